"""Where an order stands, in all four states; what waits to go out; a customer at a glance: row by row."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from boss_tui.business.registry import BUSINESSES
from boss_tui.components.wording import masked_name
from boss_tui.desk import order_view, queue_counts
from data.clock import stamp
from data.journal import Author
from data.tables.customer import Customer
from data.tables.document import DocumentRange, PaperDocument
from data.tables.life import ScheduledAct
from data.tables.network import NetworkCommand, WorkOrder
from data.tables.order import ProductOrder, Subscription
from data.tables.organisation import Alarm
from data.tables.sync import AccessLog, JournalEntry, JournalHead, PrintJob, SyncException
from printers.document import Document, Text
from tests.boss_tui.desk.shop import Shop
from tests.hall import FACTS

OUTLET = FACTS.outlet


def entry(shop: Shop, seq: int, serial: str, epoch: int = 1) -> None:
    shop.add(
        JournalEntry,
        outlet=OUTLET,
        epoch=epoch,
        seq=seq,
        kind="x",
        operator="1001",
        serial=serial,
        made_at=shop.at(),
        body="{}",
        prev_hash="p",
        hash="h",
    )


def outbox(shop: Shop, row: ProductOrder) -> str:
    with shop.store.reading() as reading:
        return order_view.order(reading, row).outbox


@pytest.mark.parametrize(
    ("entries", "head", "state"),
    [
        ([], {}, "acknowledged"),
        ([(2, 900)], {"epoch": 2, "acked_seq": 899}, "pending"),
        ([(2, 900)], {"epoch": 2, "acked_seq": 900}, "acknowledged"),
        ([(2, 900)], {"epoch": 2, "acked_seq": 901}, "acknowledged"),
        ([(2, 900)], {"epoch": 2, "acked_seq": 899, "attempts": 1}, "retrying"),
        ([(2, 900)], {"epoch": 2, "acked_seq": 900, "attempts": 1}, "acknowledged"),
        ([(2, 900)], {"epoch": 3, "acked_seq": 0}, "acknowledged"),
        ([(2, 900), (2, 950)], {"epoch": 2, "acked_seq": 900}, "pending"),
        ([(2, 900), (2, 950)], {"epoch": 2, "acked_seq": 950}, "acknowledged"),
        ([(1, 990), (2, 950)], {"epoch": 2, "acked_seq": 949}, "pending"),
        ([(1, 990), (2, 950)], {"epoch": 2, "acked_seq": 950}, "acknowledged"),
    ],
)
def test_headquarters_has_an_order_when_it_has_its_last_entry(
    shop: Shop, entries: list[tuple[int, int]], head: dict[str, int], state: str
) -> None:
    row = shop.order()
    for epoch, seq in entries:
        entry(shop, seq, row.serial, epoch)
    shop.alter(JournalHead, {"outlet": OUTLET}, **head)
    assert outbox(shop, row) == state


@pytest.mark.parametrize(
    ("dead", "state"),
    [
        ({}, "dead-letter"),
        ({"state": "resolved"}, "acknowledged"),
        ({"seq": 901}, "acknowledged"),
        ({"epoch": 2}, "acknowledged"),
        ({"outlet": "HZ02"}, "acknowledged"),
    ],
)
def test_an_entry_that_headquarters_could_not_apply_is_a_dead_letter_of_its_order(
    shop: Shop, dead: dict[str, Any], state: str
) -> None:
    row = shop.order()
    entry(shop, 900, row.serial)
    entry(shop, 950, row.serial)
    shop.alter(JournalHead, {"outlet": OUTLET}, acked_seq=999)
    standard = {"outlet": OUTLET, "epoch": 1, "seq": 900, "reason": "x", "raised_at": shop.at()}
    shop.add(SyncException, id="e", **{**standard, **dead})
    assert outbox(shop, row) == state


def test_orders_paid_in_one_go_are_sent_together(shop: Shop) -> None:
    first, second = shop.order("1", collection="c"), shop.order("2", collection="c")
    alone = shop.order("3")
    entry(shop, 900, second.serial)
    shop.alter(JournalHead, {"outlet": OUTLET}, acked_seq=0)
    assert [outbox(shop, row) for row in (first, second, alone)] == ["pending", "pending", "acknowledged"]


def work(shop: Shop, key: str, **values: Any) -> None:
    standard = {
        "order_id": "o",
        "position": 1,
        "kind": "automatic",
        "act": "change_number",
        "created_at": shop.at(),
    }
    shop.add(WorkOrder, id=key, **{**standard, **values})


def command(shop: Shop, key: str, **values: Any) -> None:
    standard = {
        "work_order_id": "w",
        "element": "HLR1",
        "subscriber": "1",
        "position": 1,
        "command": "x",
        "queued_at": shop.at(),
        "number": 1,
    }
    shop.add(NetworkCommand, command_key=key, **{**standard, **values})


def network(shop: Shop) -> list[tuple[str, str, str]]:
    with shop.store.reading() as reading:
        view = order_view.order(reading, reading.one(ProductOrder, id="o"))
    return [(str(what), state, str(why)) for what, state, why in view.network]


@pytest.mark.parametrize(
    ("states", "shown"),
    [
        ([], "open"),
        (["queued"], "queued"),
        (["queued", "sent"], "sent"),
        (["failed", "sent"], "failed"),
        (["failed", "unknown", "sent"], "unknown"),
        (["answered", "queued"], "queued"),
        (["cancelled", "answered"], "answered"),
        (["cancelled"], "cancelled"),
    ],
)
def test_an_open_work_order_shows_what_wants_most_attention(shop: Shop, states: list[str], shown: str) -> None:
    shop.order()
    work(shop, "w")
    for number, state in enumerate(states):
        command(shop, str(number), number=number, state=state)
    assert network(shop) == [("Change the number", shown, "")]


@pytest.mark.parametrize("state", ["done", "failed", "cancelled"])
def test_one_that_is_settled_shows_its_own_state(shop: Shop, state: str) -> None:
    shop.order()
    work(shop, "w", state=state)
    command(shop, "1", state="unknown")
    assert network(shop) == [("Change the number", state, "")]


@pytest.mark.parametrize(
    ("answers", "why"),
    [
        ([("failed", "no such card")], "no such card"),
        ([("answered", "success")], ""),
        ([("failed", "no such card"), ("answered", "success")], "no such card"),
        ([("failed", "first"), ("failed", "last")], "last"),
        ([("failed", "first"), ("failed", "")], "first"),
        ([("failed", "1"), ("sent", "2"), ("failed", "3")], "3"),
    ],
)
def test_why_is_what_the_element_refused_last(shop: Shop, answers: list[tuple[str, str]], why: str) -> None:
    shop.order()
    work(shop, "w", act="never heard of")
    for number, (state, text) in enumerate(answers):
        command(shop, str(number), number=number, state=state, answer_text=text)
    ((what, _, told),) = network(shop)
    assert (what, told) == ("never heard of", why)


def test_work_orders_are_shown_in_their_order_with_their_own_reason(shop: Shop) -> None:
    shop.order()
    work(shop, "b", position=2, state="failed", reason="by a person")
    work(shop, "w", position=1)
    command(shop, "1", state="failed", answer_text="not of the other")
    assert [(state, why) for _, state, why in network(shop)] == [
        ("failed", "not of the other"),
        ("failed", "by a person"),
    ]


def job(shop: Shop, key: str, **values: Any) -> None:
    standard = {
        "document_id": "none",
        "printer": "80mm",
        "title": "its own",
        "content": b"",
        "preview": "a\nb",
        "operator": "1001",
        "queued_at": shop.at(),
        "state": "queued",
    }
    shop.add(PrintJob, id=key, **{**standard, **values})


def paper(shop: Shop, key: str, **values: Any) -> None:
    of = shop.rows(DocumentRange, kind="receipt")[0]
    standard = {
        "outlet": OUTLET,
        "range_id": of.id,
        "kind": "receipt",
        "code": "SJ",
        "number": 42,
        "content": Document("receipt", (Text(f"paper {key}"),)).as_text(),
        "operator": "1001",
        "business_date": "2026-11-23",
        "made_at": shop.at(),
    }
    shop.add(PaperDocument, id=key, **{**standard, **values})


@pytest.mark.parametrize(
    ("document", "copy", "title"),
    [
        ("p", 0, "Receipt SJ-00000042"),
        ("p", 1, "Receipt SJ-00000042, copy 1"),
        ("p", 2, "Receipt SJ-00000042, copy 2"),
        ("none", 0, "its own"),
        ("none", 1, "its own"),
    ],
)
def test_a_print_is_told_by_the_paper_that_it_prints(shop: Shop, document: str, copy: int, title: str) -> None:
    row = shop.order()
    paper(shop, "p")
    job(shop, "j", order_id="o", document_id=document, copy_number=copy, state="unknown")
    with shop.store.reading() as reading:
        ((what, state, _),) = order_view.order(reading, row).prints
    assert (str(what), state) == (title, "unknown")


def test_the_papers_of_an_order_are_its_own_and_those_of_what_it_was_paid_with(shop: Shop) -> None:
    for key, collection in (("o", "c"), ("other", "c"), ("alone", "")):
        shop.order(key, collection=collection)
    paper(shop, "2", order_id="o", number=2, made_at=shop.at(minutes=2))
    paper(shop, "1", order_id="o", number=1, made_at=shop.at(minutes=1))
    paper(shop, "3", collection="c", number=3, made_at=shop.at())
    paper(shop, "4", order_id="alone", number=4)
    paper(shop, "5", number=5)
    job(shop, "j2", document_id="2", preview="second", queued_at=shop.at(minutes=9))
    job(shop, "j1", document_id="2", preview="a\nb", queued_at=shop.at(minutes=8))
    with shop.store.reading() as reading:
        of = {key: order_view.papers(reading, f"HZ0101261123{key:0>4}") for key in ("o", "other", "alone")}
    assert [(p.id, p.kind, p.number) for p in of["o"]] == [
        ("1", "receipt", "SJ-00000001"),
        ("2", "receipt", "SJ-00000002"),
        ("3", "receipt", "SJ-00000003"),
    ]
    assert [p.preview for p in of["o"]] == [("paper 1",), ("a", "b"), ("paper 3",)]  # as printed, else as it says
    assert [p.id for p in of["other"]] == ["3"]
    assert [p.id for p in of["alone"]] == ["4"]


def lines(shop: Shop, row: ProductOrder) -> dict[str, str]:
    with shop.store.reading() as reading:
        return {str(name): str(value) for name, value in order_view.order(reading, row).lines}


def test_an_order_of_nobody_tells_what_day_by_whom_and_how_much(shop: Shop) -> None:
    row = shop.order(amount=5_001)
    assert lines(shop, row) == {
        "Business": f"C12 {BUSINESSES['C12'].titled({})}",
        "Business date": "2026-11-23",
        "Operator": "1001",
        "Amount": "50.01",
    }
    with shop.store.reading() as reading:
        view = order_view.order(reading, row)
    assert (view.phone, view.customer, view.amount, view.made_at) == ("", "", 5_001, row.created_at)
    assert (view.network, view.prints) == ((), ())


def test_an_order_of_somebody_tells_whose_and_by_which_it_was_taken_back(shop: Shop) -> None:
    line = shop.rows(Subscription)[0]
    owner = shop.one(Customer, id=line.customer_id)
    row = shop.order(customer_id=owner.id, subscription_id=line.id, state="completed")
    back = shop.order("b", reverses="o", state="completed")
    told = lines(shop, row)
    assert (told["Customer"], told["Number"], told["Taken back by"]) == (owner.name, line.number, back.serial)
    assert "Takes back" not in told
    other = lines(shop, back)
    assert other["Takes back"] == row.serial
    assert not {"Customer", "Number", "Taken back by", "Cancelled"} & set(other)
    with shop.store.reading() as reading:
        view = order_view.order(reading, row)
    assert (view.customer, view.phone) == (masked_name(owner.name), line.number)


@pytest.mark.parametrize("state", ["cancelled", "completed"])
def test_who_cancelled_it_and_why_is_told_of_one_that_is(shop: Shop, state: str) -> None:
    row = shop.order(state=state)
    for key, act, subject in (
        ("1", "cancel", row.serial),
        ("2", "cancel", "another"),
        ("3", "look.order", row.serial),
    ):
        shop.add(AccessLog, id=key, operator="2001", act=act, subject=subject, reason=f"why {key}", made_at=shop.at())
    assert lines(shop, row).get("Cancelled") == ("2001 why 1" if state == "cancelled" else None)


# what waits to go out


def queues(shop: Shop, seconds: float = 600) -> Any:
    with shop.store.reading() as reading:
        return queue_counts.queues(reading, OUTLET, seconds)


def counts(shop: Shop) -> dict[str, int]:
    found = queues(shop)
    names = (
        "dead_letters",
        "network",
        "network_unknown",
        "manual_orders",
        "prints",
        "prints_unknown",
        "alarms",
    )
    return {name: getattr(found, name) for name in names}


def test_nothing_waits_where_nothing_was_done(shop: Shop) -> None:
    with shop.work() as tx:
        for work in tx.all(WorkOrder, state="open"):
            tx.change(work, state="done")
        for command in tx.all(NetworkCommand):
            tx.change(command, state="answered")
    assert set(counts(shop).values()) == {0}


def test_what_waits_is_counted_by_its_state(shop: Shop) -> None:
    before = counts(shop)
    shop.order()
    work(shop, "w", state="done")
    states = {"queued": 2, "sent": 3, "unknown": 5, "answered": 7, "failed": 1, "cancelled": 1}
    for number, state in enumerate(state for state, times in states.items() for _ in range(times)):
        command(shop, f"k{number}", number=number, state=state)
    for n, (kind, state) in enumerate([("manual", "open")] * 2 + [("manual", "done"), ("automatic", "failed")]):
        work(shop, f"w{n}", kind=kind, state=state)
    for n, (state, outlet) in enumerate([("failed", OUTLET)] * 3 + [("failed", "HZ02"), ("waiting", OUTLET)]):
        dated(shop, f"a{n}", state, outlet)
    for n, state in enumerate(["queued", "sending", "refused", "unknown", "unknown", "acknowledged", "cancelled"]):
        job(shop, f"j{n}", state=state)
    for n, state in enumerate(["open", "open", "resolved"]):
        shop.add(SyncException, id=f"e{n}", outlet=OUTLET, epoch=1, seq=n, reason="x", state=state, raised_at=shop.at())
    for n, state in enumerate(["open", "seen"]):
        shop.add(Alarm, id=f"al{n}", outlet=OUTLET, kind="codes", message="{}", raised_at=shop.at(), state=state)
    now = counts(shop)
    assert {name: now[name] - before[name] for name in now} == {
        "dead_letters": 2,
        "network": 5,
        "network_unknown": 5,
        "manual_orders": 5,
        "prints": 3,
        "prints_unknown": 2,
        "alarms": 1,
    }


def test_work_that_has_no_commands_yet_waits_for_the_network_as_well(shop: Shop) -> None:
    before = queues(shop).network
    shop.order()
    for n in range(before + 3):
        work(shop, f"w{n}")
    assert queues(shop).network == max(before, before + 3)


def dated(shop: Shop, key: str, state: str, outlet: str) -> None:
    line = shop.rows(Subscription)[0]
    if not shop.rows(ProductOrder, id=f"of-{key}"):
        shop.order(f"of-{key}", serial=key, draft_id=key)
    shop.add(
        ScheduledAct,
        id=key,
        outlet=outlet,
        order_id=f"of-{key}",
        subscription_id=line.id,
        business="C8",
        due_on="2026-12-01",
        state=state,
    )


@pytest.mark.parametrize(("seq", "acked", "outbox"), [(9, 9, 0), (9, 7, 2), (9, 0, 9)])
def test_the_outbox_is_what_headquarters_has_not_got(shop: Shop, seq: int, acked: int, outbox: int) -> None:
    head = shop.one(JournalHead, outlet=OUTLET)
    with shop.store.transaction(Author(OUTLET, "test", "1001"), journalled=False) as tx:
        tx.change(head, seq=seq, acked_seq=acked)
    assert queues(shop).outbox == outbox


@pytest.mark.parametrize(
    ("ago", "age", "linked"), [(None, None, False), (0, 0, True), (90.9, 90, True), (599, 599, True), (600, 600, False)]
)
def test_the_link_is_up_for_so_long_after_the_last_contact(
    shop: Shop, ago: float | None, age: int | None, linked: bool
) -> None:
    at = "" if ago is None else stamp(shop.store.present() - timedelta(seconds=ago))
    head = shop.one(JournalHead, outlet=OUTLET)
    with shop.store.transaction(Author(OUTLET, "test", "1001"), journalled=False) as tx:
        tx.change(head, last_contact=at)
    found = queues(shop, 600)
    assert (found.age, found.headquarters) == (age, linked)
