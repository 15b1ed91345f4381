"""Where an order stands, in all four states; what waits to go out; a customer at a glance: row by row."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from boss_tui.components.wording import masked_document, masked_name
from boss_tui.desk import lookups
from boss_tui.forms import yuan
from boss_tui.process import BUSINESSES
from data.clock import stamp
from data.journal import Author
from data.tables.account import BalanceBucket, BillingAccount
from data.tables.customer import Customer
from data.tables.document import DocumentRange, PaperDocument
from data.tables.life import ScheduledAct
from data.tables.network import NetworkCommand, WorkOrder
from data.tables.order import ProductOrder, Subscription
from data.tables.organisation import Alarm
from data.tables.sync import AccessLog, JournalEntry, JournalHead, PrintJob, SyncException
from tests.boss_tui.desk.shop import Shop
from tests.hall import FACTS

OUTLET = FACTS.outlet


def order(shop: Shop, key: str = "o", **values: Any) -> ProductOrder:
    """An order that concerns nobody yet."""
    standard = {
        "serial": f"HZ0101261123{key:0>4}", "outlet": OUTLET, "counter": FACTS.counter, "operator": "1001",
        "business": "C12", "business_date": "2026-11-23", "state": "inProgress", "draft_id": f"d-{key}",
        "created_at": shop.at(),
    }  # fmt: skip
    row: ProductOrder = shop.add(ProductOrder, id=key, **{**standard, **values})
    return row


def entry(shop: Shop, seq: int, serial: str, epoch: int = 1) -> None:
    shop.add(
        JournalEntry, outlet=OUTLET, epoch=epoch, seq=seq, kind="x", operator="1001", serial=serial,
        made_at=shop.at(), body="{}", prev_hash="p", hash="h",
    )  # fmt: skip


def outbox(shop: Shop, row: ProductOrder) -> str:
    with shop.store.reading() as reading:
        return lookups.order(reading, row).outbox


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
)  # fmt: skip
def test_headquarters_has_an_order_when_it_has_its_last_entry(
    shop: Shop, entries: list[tuple[int, int]], head: dict[str, int], state: str
) -> None:
    row = order(shop)
    for epoch, seq in entries:
        entry(shop, seq, row.serial, epoch)
    shop.alter(JournalHead, {"outlet": OUTLET}, **head)
    assert outbox(shop, row) == state


@pytest.mark.parametrize(
    ("dead", "state"),
    [
        ({}, "dead-letter"), ({"state": "resolved"}, "acknowledged"), ({"seq": 901}, "acknowledged"),
        ({"epoch": 2}, "acknowledged"), ({"outlet": "HZ02"}, "acknowledged"),
    ],
)  # fmt: skip
def test_an_entry_that_headquarters_could_not_apply_is_a_dead_letter_of_its_order(
    shop: Shop, dead: dict[str, Any], state: str
) -> None:
    row = order(shop)
    entry(shop, 900, row.serial)
    entry(shop, 950, row.serial)
    shop.alter(JournalHead, {"outlet": OUTLET}, acked_seq=999)
    standard = {"outlet": OUTLET, "epoch": 1, "seq": 900, "reason": "x", "raised_at": shop.at()}
    shop.add(SyncException, id="e", **{**standard, **dead})
    assert outbox(shop, row) == state


def test_orders_paid_in_one_go_are_sent_together(shop: Shop) -> None:
    first, second = order(shop, "1", collection="c"), order(shop, "2", collection="c")
    alone = order(shop, "3")
    entry(shop, 900, second.serial)
    shop.alter(JournalHead, {"outlet": OUTLET}, acked_seq=0)
    assert [outbox(shop, row) for row in (first, second, alone)] == ["pending", "pending", "acknowledged"]


def work(shop: Shop, key: str, **values: Any) -> None:
    standard = {
        "order_id": "o", "position": 1, "kind": "automatic", "act": "change_number", "created_at": shop.at(),
    }  # fmt: skip
    shop.add(WorkOrder, id=key, **{**standard, **values})


def command(shop: Shop, key: str, **values: Any) -> None:
    standard = {
        "work_order_id": "w", "element": "HLR1", "subscriber": "1", "position": 1, "command": "x",
        "queued_at": shop.at(), "number": 1,
    }  # fmt: skip
    shop.add(NetworkCommand, command_key=key, **{**standard, **values})


def network(shop: Shop) -> list[tuple[str, str, str]]:
    with shop.store.reading() as reading:
        view = lookups.order(reading, reading.one(ProductOrder, id="o"))
    return [(str(what), state, str(why)) for what, state, why in view.network]


@pytest.mark.parametrize(
    ("states", "shown"),
    [
        ([], "open"), (["queued"], "queued"), (["queued", "sent"], "sent"), (["failed", "sent"], "failed"),
        (["failed", "unknown", "sent"], "unknown"), (["answered", "queued"], "queued"),
        (["cancelled", "answered"], "answered"), (["cancelled"], "cancelled"),
    ],
)  # fmt: skip
def test_an_open_work_order_shows_what_wants_most_attention(shop: Shop, states: list[str], shown: str) -> None:
    order(shop)
    work(shop, "w")
    for number, state in enumerate(states):
        command(shop, str(number), number=number, state=state)
    assert network(shop) == [("Change the number", shown, "")]


@pytest.mark.parametrize("state", ["done", "failed", "cancelled"])
def test_one_that_is_settled_shows_its_own_state(shop: Shop, state: str) -> None:
    order(shop)
    work(shop, "w", state=state)
    command(shop, "1", state="unknown")
    assert network(shop) == [("Change the number", state, "")]


@pytest.mark.parametrize(
    ("answers", "why"),
    [
        ([("failed", "no such card")], "no such card"), ([("answered", "success")], ""),
        ([("failed", "no such card"), ("answered", "success")], "no such card"),
        ([("failed", "first"), ("failed", "last")], "last"), ([("failed", "first"), ("failed", "")], "first"),
        ([("failed", "1"), ("sent", "2"), ("failed", "3")], "3"),
    ],
)  # fmt: skip
def test_why_is_what_the_element_refused_last(shop: Shop, answers: list[tuple[str, str]], why: str) -> None:
    order(shop)
    work(shop, "w", act="never heard of")
    for number, (state, text) in enumerate(answers):
        command(shop, str(number), number=number, state=state, answer_text=text)
    ((what, _, told),) = network(shop)
    assert (what, told) == ("never heard of", why)


def test_work_orders_are_shown_in_their_order_with_their_own_reason(shop: Shop) -> None:
    order(shop)
    work(shop, "b", position=2, state="failed", reason="by a person")
    work(shop, "w", position=1)
    command(shop, "1", state="failed", answer_text="not of the other")
    assert [(state, why) for _, state, why in network(shop)] == [
        ("failed", "not of the other"), ("failed", "by a person"),
    ]  # fmt: skip


def job(shop: Shop, key: str, **values: Any) -> None:
    standard = {
        "document_id": "none", "printer": "80mm", "title": "its own", "content": b"", "preview": "a\nb",
        "operator": "1001", "queued_at": shop.at(), "state": "queued",
    }  # fmt: skip
    shop.add(PrintJob, id=key, **{**standard, **values})


def paper(shop: Shop, key: str, **values: Any) -> None:
    of = shop.rows(DocumentRange, kind="receipt")[0]
    standard = {
        "outlet": OUTLET, "range_id": of.id, "kind": "receipt", "code": "SJ", "number": 42, "content": "{}",
        "operator": "1001", "business_date": "2026-11-23", "made_at": shop.at(),
    }  # fmt: skip
    shop.add(PaperDocument, id=key, **{**standard, **values})


@pytest.mark.parametrize(
    ("document", "copy", "title"),
    [
        ("p", 0, "Receipt SJ-00000042"), ("p", 1, "Receipt SJ-00000042, copy 1"),
        ("p", 2, "Receipt SJ-00000042, copy 2"), ("none", 0, "its own"), ("none", 1, "its own"),
    ],
)  # fmt: skip
def test_a_print_is_told_by_the_paper_that_it_prints(shop: Shop, document: str, copy: int, title: str) -> None:
    row = order(shop)
    paper(shop, "p")
    job(shop, "j", order_id="o", document_id=document, copy_number=copy, state="unknown")
    with shop.store.reading() as reading:
        ((what, state, _),) = lookups.order(reading, row).prints
    assert (str(what), state) == (title, "unknown")


def test_the_papers_of_an_order_are_its_own_and_those_of_what_it_was_paid_with(shop: Shop) -> None:
    for key, collection in (("o", "c"), ("other", "c"), ("alone", "")):
        order(shop, key, collection=collection)
    paper(shop, "2", order_id="o", number=2, made_at=shop.at(minutes=2))
    paper(shop, "1", order_id="o", number=1, made_at=shop.at(minutes=1))
    paper(shop, "3", collection="c", number=3, made_at=shop.at())
    paper(shop, "4", order_id="alone", number=4)
    paper(shop, "5", number=5)
    job(shop, "j2", document_id="2", preview="second", queued_at=shop.at(minutes=9))
    job(shop, "j1", document_id="2", preview="a\nb", queued_at=shop.at(minutes=8))
    with shop.store.reading() as reading:
        of = {key: lookups.papers(reading, f"HZ0101261123{key:0>4}") for key in ("o", "other", "alone")}
    assert [(p.id, p.kind, p.number) for p in of["o"]] == [
        ("1", "receipt", "SJ-00000001"), ("2", "receipt", "SJ-00000002"), ("3", "receipt", "SJ-00000003"),
    ]  # fmt: skip
    assert [p.preview for p in of["o"]] == [(), ("a", "b"), ()]
    assert [p.id for p in of["other"]] == ["3"]
    assert [p.id for p in of["alone"]] == ["4"]


def lines(shop: Shop, row: ProductOrder) -> dict[str, str]:
    with shop.store.reading() as reading:
        return {str(name): str(value) for name, value in lookups.order(reading, row).lines}


def test_an_order_of_nobody_tells_what_day_by_whom_and_how_much(shop: Shop) -> None:
    row = order(shop, amount=5_001)
    assert lines(shop, row) == {
        "Business": f"C12 {BUSINESSES['C12'].name}", "Business date": "2026-11-23", "Operator": "1001",
        "Amount": "50.01",
    }  # fmt: skip
    with shop.store.reading() as reading:
        view = lookups.order(reading, row)
    assert (view.phone, view.customer, view.amount, view.made_at) == ("", "", 5_001, row.created_at)
    assert (view.network, view.prints) == ((), ())


def test_an_order_of_somebody_tells_whose_and_by_which_it_was_taken_back(shop: Shop) -> None:
    line = shop.rows(Subscription)[0]
    owner = shop.one(Customer, id=line.customer_id)
    row = order(shop, customer_id=owner.id, subscription_id=line.id, state="completed")
    back = order(shop, "b", reverses="o", state="completed")
    told = lines(shop, row)
    assert (told["Customer"], told["Number"], told["Taken back by"]) == (owner.name, line.number, back.serial)
    assert "Takes back" not in told
    other = lines(shop, back)
    assert other["Takes back"] == row.serial
    assert not {"Customer", "Number", "Taken back by", "Cancelled"} & set(other)
    with shop.store.reading() as reading:
        view = lookups.order(reading, row)
    assert (view.customer, view.phone) == (masked_name(owner.name), line.number)


@pytest.mark.parametrize("state", ["cancelled", "completed"])
def test_who_cancelled_it_and_why_is_told_of_one_that_is(shop: Shop, state: str) -> None:
    row = order(shop, state=state)
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
        return lookups.queues(reading, OUTLET, seconds)


def counts(shop: Shop) -> dict[str, int]:
    found = queues(shop)
    names = (
        "dead_letters", "network", "network_unknown", "manual_orders", "prints", "prints_unknown", "alarms",
    )  # fmt: skip
    return {name: getattr(found, name) for name in names}


def test_nothing_waits_where_nothing_was_done(shop: Shop) -> None:
    with shop.work() as tx:
        for row in tx.all(WorkOrder, state="open"):
            tx.change(row, state="done")
        for row in tx.all(NetworkCommand):
            tx.change(row, state="answered")
    assert set(counts(shop).values()) == {0}


def test_what_waits_is_counted_by_its_state(shop: Shop) -> None:
    before = counts(shop)
    order(shop)
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
        shop.add(SyncException, id=f"e{n}", outlet=OUTLET, epoch=1, seq=n, reason="x", state=state,
                 raised_at=shop.at())  # fmt: skip
    for n, state in enumerate(["open", "seen"]):
        shop.add(Alarm, id=f"al{n}", outlet=OUTLET, kind="codes", message="{}", raised_at=shop.at(), state=state)
    now = counts(shop)
    assert {name: now[name] - before[name] for name in now} == {
        "dead_letters": 2, "network": 5, "network_unknown": 5, "manual_orders": 5, "prints": 3, "prints_unknown": 2,
        "alarms": 1,
    }  # fmt: skip


def test_work_that_has_no_commands_yet_waits_for_the_network_as_well(shop: Shop) -> None:
    before = queues(shop).network
    order(shop)
    for n in range(before + 3):
        work(shop, f"w{n}")
    assert queues(shop).network == max(before, before + 3)


def dated(shop: Shop, key: str, state: str, outlet: str) -> None:
    line = shop.rows(Subscription)[0]
    if not shop.rows(ProductOrder, id=f"of-{key}"):
        order(shop, f"of-{key}", serial=key, draft_id=key)
    shop.add(
        ScheduledAct, id=key, outlet=outlet, order_id=f"of-{key}", subscription_id=line.id, business="C8",
        due_on="2026-12-01", state=state,
    )  # fmt: skip


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


# a customer at a glance


def someone(shop: Shop) -> tuple[Customer, list[Subscription]]:
    """Somebody who has a number, and all of theirs."""
    lines = shop.rows(Subscription, state="active")
    owner = shop.one(Customer, id=lines[0].customer_id)
    return owner, shop.rows(Subscription, customer_id=owner.id)


def card(shop: Shop, key: str, chosen: str = "", *, sought: bool = False) -> lookups.CustomerCard:
    with shop.store.reading() as reading:
        return lookups.customer(reading, key, chosen, sought=sought)


def numbered(shop: Shop, owner: Customer, *states: str) -> list[str]:
    """The customer has so many numbers, in these states and opened in this order."""
    spare = [s for s in shop.rows(Subscription) if s.customer_id != owner.id][: len(states)]
    for line in shop.rows(Subscription, customer_id=owner.id):
        shop.alter(Subscription, {"id": line.id}, state="terminated")
    for n, (line, state) in enumerate(zip(spare, states, strict=True)):
        shop.alter(Subscription, {"id": line.id}, customer_id=owner.id, state=state, opened_on=f"2026-01-{9 - n:02d}")
    return [line.number for line in spare]


@pytest.mark.parametrize(
    ("states", "chosen", "shown", "number", "certain"),
    [
        ((), None, [], None, False),
        (("terminated",), None, [], None, False), (("cancelled",), 0, [], None, False),
        (("active",), None, [0], 0, True), (("active",), 0, [0], 0, True),
        (("active", "suspended"), None, [1, 0], 1, False), (("active", "suspended"), 0, [1, 0], 0, True),
        (("active", "terminated"), 1, [0], 0, True), (("active", "active", "terminated"), 2, [1, 0], 1, False),
    ],
)  # fmt: skip
def test_a_customer_is_shown_by_the_number_that_was_chosen_while_it_is_theirs(
    shop: Shop, states: tuple[str, ...], chosen: int | None, shown: list[int], number: int | None, certain: bool
) -> None:
    owner, _ = someone(shop)
    numbers = numbered(shop, owner, *states)
    found = card(shop, owner.id, "" if chosen is None else numbers[chosen])
    assert found.numbers == tuple(numbers[n] for n in shown)
    assert (found.number, found.certain) == ("" if number is None else numbers[number], certain)


@pytest.mark.parametrize("sought", [True, False])
def test_a_customer_is_shown_with_what_they_have_but_for_deposits(shop: Shop, sought: bool) -> None:
    owner, _ = someone(shop)
    accounts = shop.rows(BillingAccount, customer_id=owner.id)
    buckets = [bucket for account in accounts for bucket in shop.rows(BalanceBucket, account_id=account.id)]
    for n, bucket in enumerate(buckets):
        shop.alter(BalanceBucket, {"id": bucket.id}, amount=1_000 + n)
    told = sum(1_000 + n for n, bucket in enumerate(buckets) if bucket.kind != "deposit")
    found = card(shop, owner.id, sought=sought)
    assert dict((str(name), str(value)) for name, value in found.lines)["Balance"] == yuan(told)
    assert (found.name, found.document) == (owner.name, masked_document(owner.document_number))
    assert found.sought is sought
