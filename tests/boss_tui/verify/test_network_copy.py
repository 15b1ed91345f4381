"""The book against a simulated element that was told of every subscriber, and against copies that differ."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from msgspec import Struct
from msgspec.structs import replace

from boss_tui.answers.business import Tender
from boss_tui.network import rows
from boss_tui.network.dialects import dialect
from boss_tui.network.dialects.record import Record
from boss_tui.network.element import Element
from boss_tui.network.gateway import FolderGateway
from boss_tui.network.queue import queue_open
from boss_tui.verify import Finding, verify
from data.demo.hall import ELEMENT
from data.journal import Author
from data.message import say
from data.store import Reading, Store
from data.tables.network import NetworkCommand, WorkOrder
from data.tables.order import ProductOrder, Subscription, SubscriptionProduct
from data.tables.product import Product
from data.tables.resource import PhoneNumber
from tests.boss_tui.verify import history
from tests.hall import FACTS, Hall
from tests.obeying import answer, element_of, obey


class Copy(Struct, frozen=True):
    """Records that were read somewhere."""

    code: str
    records: tuple[Record, ...]

    def subscribers(self) -> tuple[Record, ...]:
        return self.records


def _there(reading: Reading) -> list[Subscription]:
    """Those whom an element knows, the last ones first."""
    living = reading.all(Subscription, order=("-id",))
    return [s for s in living if s.state in ("active", "suspended")]


@pytest.fixture(params=["huawei", "ericsson"])
def element(request: pytest.FixtureRequest, store: Store, tmp_path: Path) -> Iterator[Element]:
    """An element that obeyed what makes the active subscribers of the book."""
    spoken = dialect(request.param)
    made = Element(tmp_path / "e.db", spoken, FolderGateway(tmp_path / "g"), clock=history.clock(), code=ELEMENT)
    with store.reading() as reading:
        for subscription in _there(reading):
            acts = {
                reading.one(Product, code=row.product).network_act
                for row in reading.all(SubscriptionProduct, subscription_id=subscription.id, state="active")
            }
            made.state.add_key(subscription.imsi, "00")
            commands = spoken.render(
                "create_subscriber",
                {
                    "imsi": subscription.imsi,
                    "msisdn": subscription.number,
                    "profile": "1",
                    "access": "both",
                    "data": "on" if "data" in acts else "off",
                    "long_distance": subscription.long_distance,
                    "roaming": subscription.roaming,
                },
            )
            for act in sorted(acts):
                if act.startswith("service:"):
                    commands += spoken.render(
                        "set_supplementary", {"msisdn": subscription.number, "service": act[8:], "on": "on"}
                    )
            if subscription.state == "suspended":
                barred = {"msisdn": subscription.number, "imsi": subscription.imsi}
                commands += spoken.render("bar_all", {**barred, "long_distance": subscription.long_distance})
            for command in commands:
                made.machine.obey(made.state, command.text)
    yield made
    made.close()


@pytest.fixture
def known(store: Store) -> tuple[Record, ...]:
    """The book's active subscribers as a copy that tells all of them."""
    with store.reading() as reading:
        acts: dict[str, set[str]] = {}
        for row in reading.all(SubscriptionProduct, state="active"):
            acts.setdefault(row.subscription_id, set()).add(reading.one(Product, code=row.product).network_act)
        return tuple(
            Record(
                s.imsi,
                s.number,
                long_distance=s.long_distance,
                roaming=s.roaming,
                data="data" in acts[s.id],
                services=frozenset(act[8:] for act in acts[s.id] if act.startswith("service:")) | {"ring_back"},
            )
            for s in _there(reading)
        )


def found(store: Store, copy: Copy | Element) -> list[Finding]:
    with store.reading() as reading:
        return verify(reading, network=copy)


def test_an_element_that_did_all_commands_agrees(store: Store, element: Element) -> None:
    assert found(store, element) == []


def test_an_element_that_lost_a_subscriber(store: Store, element: Element) -> None:
    with store.reading() as reading:
        lost = reading.all(Subscription, state="active", order=("-id",))[0]
    element.state.remove(lost.imsi)
    assert [(f.invariant, f.table, f.key) for f in found(store, element)] == [(5, "subscription", lost.id)]


ALTERED: dict[str, Callable[[Record], Record]] = {
    "imsi": lambda record: replace(record, imsi="460009999999999"),
    "long distance": lambda record: replace(record, long_distance="none"),
    "roaming": lambda record: replace(record, roaming="international"),
    "data": lambda record: replace(record, data=not record.data),
    "a service too many": lambda record: replace(record, services=frozenset({"clir"}) | (record.services or set())),
}


@pytest.mark.parametrize("altered", ALTERED.values(), ids=[name.replace(" ", "-") for name in ALTERED])
def test_a_copy_that_differs(store: Store, known: tuple[Record, ...], altered: Callable[[Record], Record]) -> None:
    assert found(store, Copy(ELEMENT, known)) == []
    with store.reading() as reading:
        victim = reading.one(Subscription, number=known[0].msisdn)
    there = Copy(ELEMENT, (altered(known[0]), *known[1:]))
    assert [(f.invariant, f.rule, f.key) for f in found(store, there)] == [
        (5, "network agrees with the book", victim.id)
    ]


def test_what_an_element_does_not_tell_is_passed_over(store: Store, known: tuple[Record, ...]) -> None:
    scarce = tuple(Record(record.imsi, record.msisdn) for record in known)
    assert found(store, Copy(ELEMENT, scarce)) == []


def test_a_subscriber_that_the_book_does_not_have(store: Store, known: tuple[Record, ...]) -> None:
    with store.reading() as reading:
        idle = reading.all(PhoneNumber, state="idle", order=("number",))[0].number
    there = Copy(ELEMENT, (*known, Record("460001111111111", idle), Record("460002222222222", "13999999999")))
    assert [(f.invariant, f.table, f.key) for f in found(store, there)] == [(5, "phone_number", idle)]


def test_an_order_under_way_is_not_compared(store: Store, known: tuple[Record, ...]) -> None:
    with store.reading() as reading:
        order = reading.all(ProductOrder, state="inProgress", order=("created_at",))[0]
        waiting = reading.one(Subscription, id=order.subscription_id)
        assert reading.all(WorkOrder, order_id=order.id, state="open")
    there = Copy(ELEMENT, (*known, Record("460003333333333", waiting.number)))
    assert found(store, there) == []


def test_another_elements_numbers_are_not_asked_for(store: Store) -> None:
    assert found(store, Copy("HLR99", ())) == []


# what an order under way has put there already


@pytest.fixture
def told(hall: Hall, tmp_path: Path) -> Iterator[Element]:
    """The hall's element, told of every subscriber."""
    made = element_of(hall.store, tmp_path / "element", hall.clock)
    yield made
    made.close()


def changed(hall: Hall) -> str:
    """A change of number (C2), paid, with the announcement by hand; the order's key."""
    view = hall.desk.forms.begin("C2", {**hall.desk.forms.example("C2"), "announce": "y"})
    due = hall.desk.forms.quote(view.id).quote.due
    return hall.desk.orders.complete(view.id, [Tender("cash", due)]).order_id


def works(hall: Hall, order_id: str) -> list[WorkOrder]:
    return [w for w in hall.rows(WorkOrder, order_id=order_id, order=("position",)) if w.kind == "automatic"]


def disagreements(hall: Hall, copy: Copy | Element) -> list[str]:
    with hall.store.reading() as reading:
        return [f.rule for f in verify(reading, network=copy)]


def test_a_new_number_is_there_while_its_announcement_waits(hall: Hall, told: Element) -> None:
    order_id = changed(hall)
    (work,) = works(hall, order_id)
    assert disagreements(hall, told) == []
    with hall.store.transaction(Author(FACTS.outlet, "test", "network")) as tx:
        assert answer(tx, told, work) == ""
    assert hall.rows(ProductOrder, id=order_id)[0].state == "inProgress"
    assert disagreements(hall, told) == []


@pytest.mark.parametrize("state", ["failed", "unanswered"])
def test_what_may_have_acted_is_no_stranger(hall: Hall, told: Element, state: str) -> None:
    order_id = changed(hall)
    (work,) = works(hall, order_id)
    with hall.store.transaction(Author(FACTS.outlet, "test", "network")) as tx:
        assert obey(tx, told, work) == ""
        if state == "failed":
            rows.fail(tx, work, say("no"))
    if state == "unanswered":
        queue_open(hall.store, FACTS.outlet)
        assert disagreements(hall, told) == ["network knows only what the book has"], "it has not left yet"
        with hall.store.transaction(rows.author(FACTS.outlet), journalled=False) as tx:
            for command in tx.all(NetworkCommand, work_order_id=work.id):
                tx.change(command, state="unknown")
    assert disagreements(hall, told) == []


def test_a_new_number_with_another_card_or_of_no_order_is_a_stranger(hall: Hall, told: Element) -> None:
    order_id = changed(hall)
    (work,) = works(hall, order_id)
    new = json.loads(work.parameters)["new_msisdn"]
    assert disagreements(hall, Copy(ELEMENT, (*told.subscribers(), Record("460001111111111", new)))) != []
    with hall.store.transaction(Author(FACTS.outlet, "test", "network")) as tx:
        answer(tx, told, work)
    swapped = [replace(r, imsi="460001111111111") if r.msisdn == new else r for r in told.subscribers()]
    assert disagreements(hall, Copy(ELEMENT, tuple(swapped))) == ["network knows only what the book has"]


def test_an_order_that_waits_for_its_day_is_no_excuse(hall: Hall, told: Element) -> None:
    view = hall.desk.forms.begin("C8", {**hall.desk.forms.example("C8"), "starts": "next"})
    done = hall.desk.orders.complete(view.id, [])
    (order,) = hall.rows(ProductOrder, id=done.order_id)
    assert order.state == "pending"
    assert disagreements(hall, told) == []
    (line,) = hall.rows(Subscription, id=order.subscription_id)
    told.state.remove(line.imsi)
    assert disagreements(hall, told) == ["network agrees with the book"]


class Large(Copy, frozen=True):
    """A copy that is never read whole."""

    def subscribers(self) -> tuple[Record, ...]:
        raise AssertionError("all of it at once")

    def by_number(self) -> dict[str, Record]:
        return {record.msisdn: record for record in self.records}


def test_a_large_copy_is_read_one_by_one(hall: Hall, known: tuple[Record, ...]) -> None:
    wrong = replace(known[0], roaming="none" if known[0].roaming != "none" else "national")
    for records in (known, (wrong, *known[1:]), known[1:], (*known, Record("460001111111111", "13900000000"))):
        assert disagreements(hall, Large(ELEMENT, records)) == disagreements(hall, Copy(ELEMENT, records))


def test_an_element_by_number_is_what_it_is_whole(element: Element) -> None:
    whole, by_number = element.subscribers(), element.by_number()
    assert dict(by_number) == {record.msisdn: record for record in whole}
    assert len(by_number) == len(whole) > 3
    assert list(by_number) == sorted(by_number)
    assert by_number.get("13000000000") is None
