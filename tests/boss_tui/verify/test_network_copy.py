"""The book against a simulated element that was told of every subscriber, and against copies that differ."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import pytest

from boss_tui.network.dialects import dialect
from boss_tui.network.dialects.record import Record
from boss_tui.network.element import Element
from boss_tui.network.gateway import FolderGateway
from boss_tui.verify import Finding, verify
from data.demo.hall import ELEMENT
from data.store import Store
from data.tables.network import WorkOrder
from data.tables.order import ProductOrder, Subscription, SubscriptionProduct
from data.tables.product import Product
from data.tables.resource import PhoneNumber
from tests.boss_tui.verify import history


@dataclass(frozen=True, slots=True)
class Copy:
    """Records that were read somewhere."""

    code: str
    records: tuple[Record, ...]

    def subscribers(self) -> tuple[Record, ...]:
        return self.records


@pytest.fixture(params=["huawei", "ericsson"])
def element(request: pytest.FixtureRequest, store: Store, tmp_path: Path) -> Iterator[Element]:
    """An element that obeyed what makes the active subscribers of the book."""
    spoken = dialect(request.param)
    made = Element(tmp_path / "e.db", spoken, FolderGateway(tmp_path / "g"), clock=history.clock(), code=ELEMENT)
    with store.reading() as reading:
        for subscription in reading.all(Subscription, state="active"):
            acts = {
                reading.one(Product, code=row.product).network_act
                for row in reading.all(SubscriptionProduct, subscription_id=subscription.id, state="active")
            }
            made.state.add_key(subscription.imsi, "00")
            commands = spoken.render("create_subscriber", {
                "imsi": subscription.imsi, "msisdn": subscription.number, "profile": "1", "access": "both",
                "data": "on" if "data" in acts else "off", "long_distance": subscription.long_distance,
                "roaming": subscription.roaming,
            })  # fmt: skip
            for act in sorted(acts):
                if act.startswith("service:"):
                    commands += spoken.render(
                        "set_supplementary", {"msisdn": subscription.number, "service": act[8:], "on": "on"}
                    )
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
                s.imsi, s.number, long_distance=s.long_distance, roaming=s.roaming, data="data" in acts[s.id],
                services=frozenset(act[8:] for act in acts[s.id] if act.startswith("service:")) | {"ring_back"},
            )
            for s in reading.all(Subscription, state="active", order=("-id",))
        )  # fmt: skip


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
