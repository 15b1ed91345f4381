"""What waits, item by item, and which person may do what about it: each kind with its states and its ways."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from boss_tui.answers.hall import QueueItem
from boss_tui.desk import waiting
from data.errors import NotAllowed
from data.journal import canonical
from data.message import say
from data.tables.life import ScheduledAct
from data.tables.mobile import MobilePayment
from data.tables.network import WorkOrder
from data.tables.order import HandwrittenSlip, ProductOrder, Subscription
from data.tables.organisation import Alarm
from data.tables.sync import JournalHead, PrintJob, SyncException
from tests.boss_tui.desk.shop import Shop
from tests.hall import FACTS

OUTLET = FACTS.outlet
WHY = canonical(say("The wire is cut.").as_json())


def items(shop: Shop, kind: str) -> list[QueueItem]:
    with shop.store.reading() as reading:
        return [item for item in waiting.items(reading, OUTLET) if item.kind == kind]


def ways(item: QueueItem) -> list[str]:
    return [way.name for way in item.ways]


def settle(shop: Shop, kind: str, key: str, way: str, words: str = "", by: str = FACTS.clerk) -> None:
    with shop.work() as tx:
        waiting.settle(tx, (kind, key), way, words, by)


def refused(shop: Shop, kind: str, key: str, way: str, words: str = "", by: str = FACTS.clerk) -> str:
    """What is said to who may not; nothing is changed by it."""
    tables = (PrintJob, Alarm, MobilePayment, ScheduledAct, WorkOrder, ProductOrder)
    before = [shop.rows(table) for table in tables]
    with pytest.raises(NotAllowed) as refusal:
        settle(shop, kind, key, way, words, by)
    assert [shop.rows(table) for table in tables] == before
    return str(refusal.value)


def job(shop: Shop, key: str, **values: Any) -> None:
    standard = {
        "document_id": "none",
        "printer": "80mm",
        "title": "its own",
        "content": b"",
        "preview": "",
        "operator": "1001",
        "queued_at": shop.at(),
        "state": "queued",
    }
    shop.add(PrintJob, id=key, **{**standard, **values})


@pytest.mark.parametrize(
    ("state", "offered"),
    [
        ("queued", ["first", "cancel", "to P80"]),
        ("sending", []),
        ("refused", ["retry", "first", "cancel", "to P80"]),
        ("unknown", ["came_out", "again", "lost"]),
        ("acknowledged", None),
        ("unconfirmed", None),
        ("cancelled", None),
    ],
)
def test_a_print_waits_until_it_is_known_where_it_ended(shop: Shop, state: str, offered: list[str] | None) -> None:
    job(shop, "j", state=state, reason=WHY)
    found = items(shop, "print")
    assert [(item.key, item.state, ways(item)) for item in found] == (
        [] if offered is None else [("j", state, offered)]
    )
    for item in found:
        assert (str(item.title), str(item.reason)) == ("its own on 80mm", "The wire is cut.")


def test_prints_are_told_in_the_order_in_which_they_were_made(shop: Shop) -> None:
    for key, minutes in (("b", 1), ("a", 1), ("c", 0)):
        job(shop, key, queued_at=shop.at(minutes=minutes))
    assert [item.key for item in items(shop, "print")] == ["c", "a", "b"]


@pytest.mark.parametrize(
    ("state", "way", "after"),
    [
        ("unknown", "came_out", "acknowledged"),
        ("unknown", "lost", "cancelled"),
        ("refused", "retry", "queued"),
        ("unknown", "retry", None),
        ("refused", "came_out", None),
        ("refused", "lost", None),
        ("queued", "retry", None),
        ("unknown", "done", None),
        ("unknown", "seen", None),
        ("unknown", "give_up", None),
        ("unknown", "", None),
    ],
)
def test_a_person_decides_of_a_print_what_its_state_leaves_to_them(
    shop: Shop, state: str, way: str, after: str | None
) -> None:
    job(shop, "j", state=state)
    if after is None:
        refused(shop, "print", "j", way, "words")
        return
    settle(shop, "print", "j", way)
    assert shop.one(PrintJob, id="j").state == after


@pytest.mark.parametrize(
    ("kind", "way"),
    [
        ("alarm", "retry"),
        ("alarm", "done"),
        ("print", "by_hand"),
        ("manual", "retry"),
        ("manual", "seen"),
        ("payment", "done"),
        ("payment", "give_up"),
        ("dated", "by_hand"),
        ("dated", "done"),
        ("headquarters", "retry"),
        ("order", "seen"),
        ("print2", "retry"),
        ("", ""),
    ],
)
def test_what_is_no_way_of_its_kind_can_not_be_done(shop: Shop, kind: str, way: str) -> None:
    supervisor = FACTS.supervisor
    assert refused(shop, kind, "key", way, "words", supervisor) == "This can't be done here."


# alarms


def alarm(shop: Shop, key: str, **values: Any) -> None:
    standard = {"outlet": OUTLET, "counter": "HZ0102", "kind": "codes", "message": WHY, "raised_at": shop.at()}
    shop.add(Alarm, id=key, **{**standard, **values})


@pytest.mark.parametrize(("counter", "told"), [("HZ0102", "HZ0102"), ("", OUTLET)])
def test_an_alarm_is_told_with_where_and_when_it_was_raised(shop: Shop, counter: str, told: str) -> None:
    alarm(shop, "a", counter=counter)
    alarm(shop, "seen", state="seen")
    alarm(shop, "other", outlet="HZ02")
    ((item),) = items(shop, "alarm")
    assert (item.key, str(item.title), str(item.reason)) == ("a", f"Alarm at {told}, 11-23 09:15", "The wire is cut.")
    assert (item.state, ways(item)) == ("open", ["seen"])


@pytest.mark.parametrize(
    ("by", "may"), [(FACTS.clerk, False), (FACTS.supervisor, True), (FACTS.manager, True), ("none", False)]
)
def test_a_supervisor_looks_into_alarms(shop: Shop, by: str, may: bool) -> None:
    alarm(shop, "a")
    if not may:
        assert refused(shop, "alarm", "a", "seen", "a slip", by) == "A supervisor looks into alarms."
        return
    settle(shop, "alarm", "a", "seen", "a slip", by)
    row = shop.one(Alarm, id="a")
    assert (row.state, row.seen_by, row.words) == ("seen", by, "a slip")


# manual work


@pytest.mark.parametrize(
    ("way", "words", "after"),
    [
        ("done", "did it", ("done", "did it")),
        ("give_up", "can't", ("cancelled", "can't")),
        ("done", " ", None),
        ("give_up", "", None),
        ("done", "", None),
    ],
)
def test_who_settles_work_by_hand_says_what_was_done(
    shop: Shop, way: str, words: str, after: tuple[str, str] | None
) -> None:
    order = shop.order("o")
    shop.add(WorkOrder, id="w", order_id="o", position=1, kind="manual", act="change_number", created_at=shop.at())
    (item,) = [item for item in items(shop, "manual") if item.key == "w"]
    assert (item.state, ways(item)) == ("open", ["done", "give_up"])
    assert str(item.reason).startswith(f"Order {order.serial}")
    assert all(way.asks is not None for way in item.ways)
    if after is None:
        assert "Say what was done" in refused(shop, "manual", "w", way, words)
        return
    settle(shop, "manual", "w", way, words)
    work = shop.one(WorkOrder, id="w")
    assert (work.state, work.reason, work.done_by) == (*after, FACTS.clerk)
    assert not [item for item in items(shop, "manual") if item.key == "w"]


# what could not be done on its day


def act(shop: Shop, key: str, order: str = "failed", **values: Any) -> None:
    shop.order(key, state=order, serial=f"HZ010126112300{key}")
    standard = {
        "outlet": OUTLET,
        "business": "C8",
        "order_id": key,
        "subscription_id": shop.rows(Subscription)[0].id,
        "due_on": "2026-12-01",
        "state": "failed",
        "reason": WHY,
        "done_at": shop.at(),
    }
    shop.add(ScheduledAct, id=key, **{**standard, **values})


def test_what_failed_on_its_day_here_is_told_oldest_first(shop: Shop) -> None:
    act(shop, "11")
    act(shop, "12", due_on="2026-11-01")
    for key, values in {"13": {"state": "waiting"}, "14": {"state": "done"}, "15": {"outlet": "HZ02"}}.items():
        act(shop, key, **values)
    found = items(shop, "dated")
    assert [item.key for item in found] == ["12", "11"]
    assert str(found[1].title) == "C8 of 2026-12-01, order HZ01012611230011"
    assert (str(found[1].reason), ways(found[1])) == ("The wire is cut.", ["retry", "give_up"])


@pytest.mark.parametrize(
    ("order", "follows", "after"),
    [
        ("failed", 0, "pending"),
        ("failed", 1, "failed"),
        ("completed", 0, "completed"),
        ("completed", 1, "completed"),
        ("cancelled", 0, "cancelled"),
    ],
)
def test_tried_again_an_order_that_waited_for_it_waits_once_more(
    shop: Shop, order: str, follows: int, after: str
) -> None:
    act(shop, "11", order, follows=follows)
    settle(shop, "dated", "11", "retry")
    again = shop.one(ScheduledAct, id="11")
    assert (again.state, again.reason, again.done_at) == ("waiting", "", "")
    assert shop.one(ProductOrder, id="11").state == after


def test_given_up_it_needs_a_word_and_its_order_stays_failed(shop: Shop) -> None:
    act(shop, "11", done_at="")
    assert refused(shop, "dated", "11", "give_up", "  ") == "Say why it is given up."
    settle(shop, "dated", "11", "give_up", " not sold ")
    given_up = shop.one(ScheduledAct, id="11")
    assert (given_up.state, given_up.reason, given_up.done_at) == ("cancelled", "not sold", shop.at())
    assert shop.one(ProductOrder, id="11").state == "failed"


@pytest.mark.parametrize("state", ["waiting", "done", "cancelled"])
@pytest.mark.parametrize("way", ["retry", "give_up"])
def test_only_what_failed_is_tried_again_or_given_up(shop: Shop, state: str, way: str) -> None:
    act(shop, "11", state=state)
    assert refused(shop, "dated", "11", way, "words") == "This is settled already."


# mobile payments


def payment(shop: Shop, key: str, **values: Any) -> None:
    standard = {
        "outlet": OUTLET,
        "counter": FACTS.counter,
        "operator": "1001",
        "business_date": "2026-11-23",
        "kind": "wechat",
        "provider": "wechat",
        "amount": 5_001,
        "asked_at": shop.at(),
    }
    shop.add(MobilePayment, order_no=key, **{**standard, **values})


@pytest.mark.parametrize(
    ("values", "offered"),
    [
        ({"state": "asked"}, []),
        ({"state": "unknown"}, []),
        ({"state": "paid"}, None),
        ({"state": "paid", "booked": 1}, None),
        ({"state": "reversed"}, None),
        ({"state": "closed"}, None),
        ({"state": "closed", "refund_of": "x"}, ["retry", "back-cash", "by_hand"]),
        ({"state": "closed", "refund_of": "x", "dropped": 1}, None),
        ({"state": "refunded", "refund_of": "x"}, None),
        ({"state": "asked", "refund_of": "x"}, []),
    ],
)
def test_a_mobile_payment_waits_while_it_is_not_at_rest(
    shop: Shop, values: dict[str, Any], offered: list[str] | None
) -> None:
    payment(shop, "p", **values, reason="no money")
    found = items(shop, "payment")
    assert [(item.key, item.state, ways(item)) for item in found] == (
        [] if offered is None else [("p", values["state"], offered)]
    )
    for item in found:
        assert str(item.title).endswith(" 50.01")
        assert str(item.reason) == "no money"


@pytest.mark.parametrize(("kind", "named"), [("wechat", "WeChat Pay"), ("gone", "gone")])
def test_a_mobile_payment_is_told_by_its_way(shop: Shop, kind: str, named: str) -> None:
    payment(shop, "p", kind=kind)
    payment(shop, "q", asked_at=shop.at(minutes=-1))
    first, second = items(shop, "payment")
    assert (first.key, str(second.title), str(second.reason)) == ("q", f"Mobile payment: {named} 50.01", "")


def test_a_refund_that_was_refused_is_asked_for_again(shop: Shop) -> None:
    payment(shop, "p", state="closed", refund_of="x", settled_at=shop.at())
    settle(shop, "payment", "p", "retry")
    again = shop.one(MobilePayment, order_no="p")
    assert (again.state, again.settled_at, again.dropped) == ("asked", "", 0)


def test_or_it_was_given_back_in_another_way_which_is_said(shop: Shop) -> None:
    payment(shop, "p", state="closed", refund_of="x")
    assert refused(shop, "payment", "p", "by_hand", " ") == "Say how it was settled."
    settle(shop, "payment", "p", "by_hand", f" {'w' * 201}")
    by_hand = shop.one(MobilePayment, order_no="p")
    assert (by_hand.state, by_hand.dropped, by_hand.reason) == ("closed", 1, "w" * 200)


@pytest.mark.parametrize("way", ["retry", "by_hand"])
@pytest.mark.parametrize("values", [{"refund_of": ""}, {"dropped": 1}, {"state": "asked"}, {"state": "refunded"}])
def test_nothing_else_of_a_payment_is_a_person_s_to_settle(shop: Shop, way: str, values: dict[str, Any]) -> None:
    payment(shop, "p", **{"state": "closed", "refund_of": "x", **values})
    assert refused(shop, "payment", "p", way, "words") == "This is settled already."


# headquarters


@pytest.mark.parametrize(
    ("head", "state"),
    [
        ({}, None),
        ({"last_fault": WHY}, "retrying"),
        ({"stopped": WHY}, "refused"),
        ({"stopped": WHY, "last_fault": canonical(say("Another.").as_json())}, "refused"),
    ],
)
def test_the_link_waits_while_something_keeps_it(shop: Shop, head: dict[str, str], state: str | None) -> None:
    shop.alter(JournalHead, {"outlet": OUTLET}, **head)
    found = items(shop, "headquarters")
    assert [(item.key, item.state, str(item.reason), item.ways) for item in found] == (
        [] if state is None else [(OUTLET, state, "The wire is cut.", ())]
    )


def test_dead_letters_are_told_in_their_order(shop: Shop) -> None:
    for seq, outlet, state in [(9, OUTLET, "open"), (7, OUTLET, "open"), (8, OUTLET, "resolved"), (6, "HZ02", "open")]:
        letter(shop, seq, outlet, state)
    found = items(shop, "headquarters")
    assert [(item.key, str(item.title), item.state) for item in found] == [
        ("7", "Journal entry 7", "dead-letter"),
        ("9", "Journal entry 9", "dead-letter"),
    ]
    assert "changed the same thing first" in str(found[0].reason)


def letter(shop: Shop, seq: int, outlet: str = OUTLET, state: str = "open") -> None:
    told = {"outlet": outlet, "epoch": 1, "seq": seq, "reason": "stale", "raised_at": shop.at(), "state": state}
    shop.add(SyncException, id=str(seq), **told)


@pytest.mark.parametrize(
    ("kind", "make"),
    [
        ("print", lambda shop, n: job(shop, f"{n:03}")),
        ("dated", lambda shop, n: act(shop, f"{n:03}")),
        ("headquarters", letter),
    ],
)
@pytest.mark.parametrize(("made", "told"), [(199, 199), (200, 200), (201, 200)])
def test_no_more_of_a_kind_is_told_than_a_person_can_read(
    shop: Shop, kind: str, make: Callable[[Shop, int], None], made: int, told: int
) -> None:
    for n in range(made):
        make(shop, n)
    assert len(items(shop, kind)) == told


def test_what_a_person_must_see_to_comes_first(shop: Shop) -> None:
    job(shop, "j")
    act(shop, "11")
    shop.alter(JournalHead, {"outlet": OUTLET}, last_fault=WHY)
    payment(shop, "p", state="closed", refund_of="x")
    with shop.store.reading() as reading:
        told = [(item.kind, bool(item.ways)) for item in waiting.items(reading, OUTLET) if item.kind != "manual"]
    assert told == [("dated", True), ("payment", True), ("print", True), ("headquarters", False)]


@pytest.mark.parametrize(
    ("words", "held", "why"),
    [
        ("", 0, "the number is sold"),
        ("it comes tomorrow", 0, "it comes tomorrow"),
        ("", 5_000, "the number is sold (in suspense: 50.00)"),
        ("it comes tomorrow", 5_000, "it comes tomorrow (in suspense: 50.00)"),
    ],
)
def test_a_slip_says_why_it_waits_and_what_of_it_is_in_suspense(shop: Shop, words: str, held: int, why: str) -> None:
    of = {"number": "SG1", "known_as": "SG1", "business": "C1", "written_on": "2026-11-23", "written_at": "09:00"}
    slip = {**of, "id": "s", "outlet": OUTLET, "written_by": FACTS.clerk, "state": "open", "tender": "cash"}
    slip |= {"business_date": "2026-11-23", "counter": FACTS.counter, "entered_by": FACTS.clerk, "made_at": shop.at()}
    shop.add(HandwrittenSlip, **slip, reason="the number is sold", words=words, held=held, amount=held)
    (item,) = items(shop, "slip")
    assert str(item.reason) == why
    back = [way.name for way in item.ways if "cash" in way.name]
    assert len(back) == bool(held)
