"""What a day is closed with that is left open: named, and with a supervisor's word where a person has yet to decide."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from boss_tui.components.alarms import raise_alarm
from boss_tui.components.till.cash import safe_balance
from boss_tui.locale import words
from boss_tui.reports.left_open import MOST, LeftOpen, left_open, section
from boss_tui.reports.paper import text
from boss_tui.reports.report import Value
from boss_tui.reports.standing import waiting
from boss_tui.verify.closings import ANSWERED, check
from data.errors import NotAllowed, NotFound
from data.message import Message, say
from data.tables.finance import BusinessDay, Shift
from data.tables.life import ScheduledAct
from data.tables.mobile import MobilePayment
from data.tables.network import WorkOrder
from data.tables.order import Draft, HandwrittenSlip, Subscription
from data.tables.sync import JournalHead, PrintJob, SyncException
from tests.boss_tui.desk.shop import Shop
from tests.hall import FACTS

DAY = "2026-11-23"


def job(shop: Shop, key: str = "j", state: str = "queued") -> None:
    shop.add(
        PrintJob,
        id=key,
        document_id=key,
        printer="P80",
        title=f"Receipt {key}",
        content=b"",
        preview="[]",
        state=state,
        operator=FACTS.clerk,
        queued_at=shop.at(),
        rank=0,
    )


def form(shop: Shop, key: str = "f", **values: Any) -> None:
    shop.add(
        Draft,
        id=key,
        number=77,
        code="C12",
        operator=FACTS.clerk,
        counter=FACTS.counter,
        created_at=shop.at(),
        touched_at=shop.at(),
        expires_at=shop.at(hours=9),
        **values,
    )


def manual(shop: Shop) -> None:
    shop.order("7", state="completed")
    shop.add(WorkOrder, id="w", order_id="7", position=0, kind="manual", act="open", created_at=shop.at())


def dated(shop: Shop) -> None:
    shop.order("7", state="completed", subscription_id=None)
    shop.add(
        ScheduledAct,
        id="a",
        outlet=FACTS.outlet,
        business="C8",
        order_id="7",
        subscription_id=_anybody(shop),
        due_on=DAY,
        state="failed",
    )


def _anybody(shop: Shop) -> str:
    return str(shop.rows(Subscription)[0].id)


def payment(shop: Shop) -> None:
    shop.add(
        MobilePayment,
        order_no="M1",
        outlet=FACTS.outlet,
        counter=FACTS.counter,
        operator=FACTS.clerk,
        business_date=DAY,
        kind="wechat",
        provider="p",
        amount=1250,
        asked_at=shop.at(),
    )


def dead(shop: Shop) -> None:
    shop.add(SyncException, id="d", outlet=FACTS.outlet, epoch=1, seq=41, reason="x", raised_at=shop.at())


def slip(shop: Shop) -> None:
    shop.add(
        HandwrittenSlip,
        id="s",
        outlet=FACTS.outlet,
        number="SG-9",
        known_as="SG9",
        business="C1",
        written_on=DAY,
        written_at="14:05",
        written_by=FACTS.clerk,
        state="open",
        reason="x",
        counter=FACTS.counter,
        entered_by=FACTS.clerk,
        business_date=DAY,
        made_at=shop.at(),
    )


def alarm(shop: Shop) -> None:
    with shop.work() as tx:
        raise_alarm(tx, "codes", say("Look"))


PAID = '[{"kind": "cash", "amount": 100}]'
WANTING: dict[str, tuple[Callable[[Shop], object], str]] = {
    "paid": (lambda shop: form(shop, tenders_json=PAID), "No. 77: C12 at HZ0101"),
    "payments": (payment, "M1: 12.50 yuan"),
    "unknown": (lambda shop: job(shop, state="unknown"), "Receipt j"),
    "manual": (manual, "HZ01012611230007"),
    "dated": (dated, "C8 of 2026-11-23, order HZ01012611230007"),
    "dead": (dead, "Journal entry 41"),
    "slip": (slip, "SG-9 of 2026-11-23"),
    "alarm": (alarm, "HZ0101"),
}
LISTED: dict[str, tuple[Callable[[Shop], object], str]] = {
    "orders": (lambda shop: shop.order("7"), "HZ01012611230007"),
    "prints": (job, "Receipt j"),
    "held": (lambda shop: form(shop, state="held"), "No. 77: C12 at HZ0101"),
}


def said(value: Value, language: str = "en") -> str:
    return words(language)(value) if isinstance(value, Message) else str(value)


def found(shop: Shop) -> dict[str, LeftOpen]:
    with shop.store.reading() as reading:
        return {one.kind: one for one in left_open(reading, FACTS.outlet, DAY)}


def close(shop: Shop, word: str = "") -> str:
    """The day closed by a supervisor, no drawer being open; its report."""
    shop.alter(Shift, {"till": FACTS.counter, "state": "open"}, state="closed")
    return "\n".join(shop.counter(FACTS.supervisor, "HZ0102").day.close(word).preview)


@pytest.mark.parametrize("kind", WANTING)
def test_what_a_person_has_yet_to_decide_wants_a_word(shop: Shop, kind: str) -> None:
    make, name = WANTING[kind]
    before = found(shop)
    assert not [one for one in before.values() if one.wants_word]
    make(shop)
    one = found(shop)[kind]
    assert (one.count, one.wants_word) == (1, True)
    assert name in said(one.names[0])
    for word in ("", "  "):
        with pytest.raises(NotAllowed, match="This is left open") as refused:
            close(shop, word)
        assert refused.value.field == "word"
        assert shop.one(BusinessDay, outlet=FACTS.outlet, business_date=DAY).state == "open"
        shop.alter(Shift, {"till": FACTS.counter, "state": "closed"}, state="open")
    close(shop, " 明早由 2001 处理 ")
    assert shop.one(BusinessDay, outlet=FACTS.outlet, business_date=DAY).closing_word == "明早由 2001 处理"


@pytest.mark.parametrize("kind", LISTED)
def test_what_goes_on_by_itself_is_named_and_wants_no_word(shop: Shop, kind: str) -> None:
    make, name = LISTED[kind]
    assert kind not in found(shop)
    make(shop)
    one = found(shop)[kind]
    assert (one.count, one.wants_word) == (1, False)
    report = close(shop)
    assert words("zh_CN")(say("Left open at the close")) in report
    assert said(one.names[0], "zh_CN") in report
    assert name == said(one.names[0])


def test_what_is_settled_is_not_left_open(shop: Shop) -> None:
    job(shop, state="acknowledged")
    form(shop, state="completed", tenders_json=PAID)
    shop.order("7", state="completed")
    assert set(found(shop)) == {"safe", "journal"}, "nothing but the safe, and what no link takes away"


def test_the_safe_that_was_counted_today_and_a_link_that_is_up_are_no_subject(shop: Shop) -> None:
    shop.alter(JournalHead, {"outlet": FACTS.outlet}, last_contact=shop.at())
    assert set(found(shop)) == {"safe"}
    with shop.store.reading() as reading:
        held = safe_balance(reading, FACTS.outlet)
    shop.counter(FACTS.supervisor, "HZ0102").safe.count({100: held // 100, 1: held % 100})
    shop.printed()
    assert set(found(shop)) == set()
    with shop.store.reading() as reading:
        assert {one.kind for one in left_open(reading, FACTS.outlet, "2026-11-24")} == {"safe"}, "not on another date"
    for wrong in ({"last_fault": "x"}, {"last_fault": "", "stopped": "x"}):
        shop.alter(JournalHead, {"outlet": FACTS.outlet}, **wrong)
        assert set(found(shop)) == {"journal"}


@pytest.mark.parametrize(("jobs", "more"), [(MOST, False), (MOST + 1, True)])
def test_many_are_named_up_to_a_number(shop: Shop, jobs: int, more: bool) -> None:
    for n in range(jobs):
        job(shop, f"j{n:03}")
    one = found(shop)["prints"]
    assert (one.count, len(one.names)) == (jobs, MOST)
    rows = section([one]).rows
    assert len(rows) == MOST + more
    assert (said(rows[-1][1]) == "and 1 more") is more


def test_the_report_of_a_close_keeps_what_was_left_open(shop: Shop) -> None:
    job(shop, state="unknown")
    close(shop, "the clerk looks for it")
    desk = shop.counter(FACTS.supervisor, "HZ0102")
    shop.alter(PrintJob, {"id": "j"}, state="acknowledged")
    report = desk.figures.of_day(DAY)
    table = next(one for one in report.sections if one.key == "left_open")
    assert table.stood
    assert "Receipt j" in [said(which) for _, which in table.rows]
    assert "the clerk looks for it" in text(report, words("en"))
    with shop.store.reading() as reading:
        assert list(check(reading, {})) == []


def test_the_check_list_says_what_stops_what_wants_a_word_and_what_is_worth_a_look(shop: Shop) -> None:
    job(shop, state="unknown")
    job(shop, "k")
    listed = shop.counter(FACTS.supervisor, "HZ0102").day.check()
    marks = [(one.stops, one.wants_word) for one in listed]
    assert marks == sorted(marks, reverse=True)
    assert {(one.kind, one.key): one.count for one in listed if one.wants_word} == {("queues", "unknown"): 1}
    assert [(one.kind, one.key) for one in listed if one.stops] == [("shift", FACTS.clerk)]


def test_an_order_that_was_under_way_at_the_close_is_gone_behind(shop: Shop) -> None:
    order = shop.order("7")
    job(shop)
    close(shop)
    desk = shop.counter(FACTS.supervisor, "HZ0102")
    (table,) = [one for one in desk.figures.of_day(DAY).sections if one.key == "left_open"]
    key = next(key for key in table.keys if order.serial in key)
    assert [(one.kind, one.key) for one in desk.figures.behind(DAY, "left_open", key)] == [("order", order.serial)]
    for other in set(table.keys) - {key}:
        with pytest.raises(NotFound):
            desk.figures.behind(DAY, "left_open", other)


@pytest.mark.parametrize("state", ["unknown", "queued"])
def test_verify_holds_that_a_word_was_said_and_stands_on_the_report(shop: Shop, state: str) -> None:
    job(shop, state=state)
    close(shop, "first thing tomorrow")
    where = {"outlet": FACTS.outlet, "business_date": DAY}
    with shop.store.reading() as reading:
        assert list(check(reading, {})) == []
    for word, broken in (("", state == "unknown"), ("another", True)):
        shop.alter(BusinessDay, where, closing_word=word)
        with shop.store.reading() as reading:
            assert [one.rule for one in check(reading, {})] == [ANSWERED] * broken


OF_AN_OUTLET = {**WANTING, **LISTED}.keys() - {"paid", "held", "unknown", "prints"}
"""All but what never leaves the machine: forms and print jobs."""


@pytest.mark.parametrize("kind", sorted(OF_AN_OUTLET))
def test_what_another_outlet_has_open_is_no_matter_of_this_one(shop: Shop, kind: str) -> None:
    """Headquarters' store holds all outlets' work: its office closes its day without a word about theirs."""
    (WANTING.get(kind) or LISTED[kind])[0](shop)
    with shop.store.reading() as reading:
        assert {one.kind for one in left_open(reading, "HQ", DAY)} == {"safe"}
        assert not any(waiting(reading, "HQ").values())
