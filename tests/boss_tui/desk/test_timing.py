"""The machine's clock: one that can't be right is noticed, and work goes on after a supervisor's word."""

from __future__ import annotations

import json
from datetime import timedelta

import pytest

from boss_tui.answers.business import Tender
from boss_tui.answers.hall import Bounds
from boss_tui.desk import Desk
from data.clock import AHEAD, BACK, moment, on_paper, stamp
from data.errors import ClockDoubted, NotAllowed
from data.journal import Author
from data.tables.document import PaperDocument
from data.tables.order import Draft
from data.tables.organisation import Authority
from data.tables.sync import JournalEntry, JournalHead
from tests.hall import FACTS, Hall

pytestmark = pytest.mark.light


@pytest.fixture
def supervisor(hall: Hall) -> Desk:
    """A supervisor's own desk."""
    return hall.counter(FACTS.supervisor, "HZ0102")


def apart(hall: Hall, seconds: float) -> None:
    """Headquarters' clock is so far ahead, by its last answer."""
    with hall.store.transaction(Author(FACTS.outlet, "link", FACTS.clerk)) as tx:
        tx.change(tx.one(JournalHead, outlet=FACTS.outlet), clock_offset_ms=int(seconds * 1000))


def known(hall: Hall) -> None:
    """The journal hears of the time as it is."""
    with hall.store.transaction(Author(FACTS.outlet, "test", FACTS.clerk)) as tx:
        tx.more["told"] = 1


STEPS = [
    (-3 * 86400, True),
    (-BACK.total_seconds() - 1, True),
    (-BACK.total_seconds() + 1, False),
    (3600, False),
    (AHEAD.total_seconds() - 1, False),
    (AHEAD.total_seconds() + 1, True),
    (90 * 86400, True),
]


@pytest.mark.parametrize(("seconds", "doubted"), STEPS)
def test_a_clock_that_can_t_be_right_stops_what_has_a_time(hall: Hall, seconds: float, doubted: bool) -> None:
    """Three days back, three months on: each act that is done by the clock is refused, and says what to do."""
    view = hall.filled()
    known(hall)
    hall.clock.move(seconds=seconds)
    assert (hall.desk.queues.counts().clock is not None) == doubted
    if not doubted:
        hall.desk.forms.begin("C1")
        return
    for act in (
        lambda: hall.desk.forms.begin("C1"),
        lambda: hall.desk.till.cash_out(1_00, "drop", "to the safe"),
        lambda: hall.desk.till.close_shift({100_00: 5}),
    ):
        with pytest.raises(ClockDoubted, match="vouch"):
            act()
    if seconds < 0:  # the form is not past its time, whatever the clock says
        with pytest.raises(ClockDoubted):
            hall.desk.orders.complete(view.id, [Tender("cash", view.quote.due)])


@pytest.mark.parametrize(("seconds", "doubted"), [(-301, True), (-300, False), (300, False), (301, True)])
def test_headquarters_time_counts_as_well(hall: Hall, seconds: float, doubted: bool) -> None:
    """Five minutes apart are nothing; more is asked about, once."""
    apart(hall, seconds)
    assert (hall.desk.queues.counts().clock is not None) == doubted
    hall.desk.trust.vouch_for_clock(FACTS.supervisor, FACTS.password)
    hall.desk.forms.begin("C1")
    apart(hall, seconds * 3)
    assert hall.desk.queues.counts().clock is not None


@pytest.mark.parametrize("days", [-3, 90])
def test_work_goes_on_after_a_supervisor_s_word(hall: Hall, days: int) -> None:
    """Nobody else's; it is journalled with who gave it and how far the clock had moved."""
    known(hall)
    hall.clock.move(days=days)
    with pytest.raises(NotAllowed):
        hall.desk.trust.vouch_for_clock(FACTS.clerk, FACTS.password)
    hall.desk.trust.vouch_for_clock(FACTS.supervisor, FACTS.password)
    assert hall.desk.queues.counts().clock is None
    hall.open_account()
    entries = hall.rows(JournalEntry, kind="clock.vouched")
    (told,) = [json.loads(entry.body)["clock"] for entry in entries]
    assert told["vouched_by"] == FACTS.supervisor
    assert told["moved_seconds"] // 86400 in {days, days - 1}


def test_a_clock_that_is_set_right_asks_nobody(hall: Hall) -> None:
    """Whatever was written meanwhile."""
    known(hall)
    hall.clock.move(days=-3)
    known(hall)
    assert hall.desk.queues.counts().clock is not None
    hall.clock.move(days=3)
    hall.open_account()
    assert hall.rows(JournalEntry, kind="clock.vouched") == []


def test_nothing_lives_longer_by_a_word_for_a_clock_that_was_set_back(hall: Hall, supervisor: Desk) -> None:
    """What was over stays over; what ran has the time that was left of it."""
    over, running = (supervisor.approvals.make_codes(1, Bounds(hours))[0] for hours in (1, 10))
    hall.clock.move(hours=2)
    view = hall.filled()
    known(hall)
    left = moment(hall.rows(Draft, id=view.id)[0].expires_at) - hall.clock.now()
    hall.clock.move(days=-3)
    hall.desk.trust.vouch_for_clock(FACTS.supervisor, FACTS.password)
    assert [row.number for row in supervisor.approvals.authorities()] == [running.number]
    until = moment(hall.rows(Authority, number=running.number)[0].valid_until)
    assert abs(until - hall.clock.now() - timedelta(hours=8)) < timedelta(seconds=5)
    assert abs(moment(hall.rows(Draft, id=view.id)[0].expires_at) - hall.clock.now() - left) < timedelta(seconds=5)
    assert over.number not in [row.number for row in supervisor.approvals.authorities()]


def test_a_code_over_the_phone_vouches_where_no_supervisor_is(hall: Hall, supervisor: Desk) -> None:
    """One that is for no business alone; it is used up."""
    bound, free = (supervisor.approvals.make_codes(1, Bounds(8, business=business))[0] for business in ("C9", ""))
    hall.clock.move(days=-3)
    with pytest.raises(NotAllowed, match="does not reach so far"):
        hall.desk.trust.vouch_for_clock(bound.code, "")
    hall.desk.trust.vouch_for_clock(free.code, "")
    assert hall.desk.queues.counts().clock is None
    assert [row.state for row in hall.rows(Authority, order=("number",))] == ["active", "used_up"]


def test_no_authority_is_given_by_a_clock_that_is_doubted(hall: Hall, supervisor: Desk) -> None:
    """It would hold for months."""
    view = hall.filled()
    hall.clock.move(days=90)
    for act in (
        lambda: supervisor.approvals.grant(Bounds(1)),
        lambda: supervisor.approvals.make_codes(1, Bounds(1)),
        lambda: hall.desk.approvals.approve(view.id, FACTS.supervisor, FACTS.password),
    ):
        with pytest.raises(ClockDoubted):
            act()


def test_who_opens_the_day_that_the_clock_shows_has_vouched_for_it(hall: Hall) -> None:
    """After a week of holidays; another date than the clock's is asked about."""
    hall.desk.till.close_shift({100_00: 5})
    supervisor = hall.counter(FACTS.supervisor, FACTS.counter)
    supervisor.day.close()
    hall.clock.move(days=9)
    with pytest.raises(ClockDoubted):
        supervisor.day.open("2026-11-24")
    supervisor.day.open(supervisor.day.next())
    assert supervisor.queues.counts().clock is None
    assert len([row for row in hall.rows(JournalEntry, kind="day.open") if "vouched_by" in row.body]) == 1


def test_no_paper_contradicts_itself(hall: Hall) -> None:
    """With a clock three days back that a supervisor vouched for, the day is the business date, and the clock's time
    stands alone."""
    known(hall)
    hall.clock.move(days=-3)
    hall.desk.trust.vouch_for_clock(FACTS.supervisor, FACTS.password)
    done = hall.open_account()
    paper = "\n".join(line for paper in done.papers for line in paper.preview)
    assert hall.rows(PaperDocument, order_id=done.order_id)
    assert "2026-11-23" in paper
    assert "2026-11-20" not in paper


DAYS = [("2026-11-22", True), ("2026-11-23", True), ("2026-11-24", True), ("2026-11-21", False), ("2026-11-25", False)]


@pytest.mark.parametrize(("wall", "whole"), DAYS)
def test_a_day_beside_the_business_date_is_told(wall: str, whole: bool) -> None:
    """Work past midnight, and a day that was opened on its eve; further apart, only the time is."""
    stored = f"{wall}T04:05:06.000000Z"
    assert on_paper(stored, "2026-11-23") == (f"{wall} 12:05:06" if whole else "12:05:06")


def test_a_time_of_no_business_date_is_told_whole() -> None:
    """And no time stays none."""
    at = stamp(moment("2026-11-23T04:05:06.000000Z"))
    assert on_paper(at, "") == "2026-11-23 12:05:06"
    assert on_paper("", "2026-11-23") == ""


@pytest.mark.parametrize(("days", "doubted"), [(3, True), (4, False), (5, False), (6, False), (7, True)])
def test_the_day_that_a_supervisor_has_opened_speaks_for_the_clock(hall: Hall, days: int, doubted: bool) -> None:
    """Opened ahead, and then the clock comes to it: on the day itself and beside it nobody is asked; and from then on
    the journal knows that time."""
    hall.desk.till.close_shift({100_00: 5})
    supervisor = hall.counter(FACTS.supervisor, FACTS.counter)
    supervisor.day.close()
    supervisor.day.open("2026-11-28")  # the hall's clock stands on the 23rd
    hall.clock.move(days=days, seconds=1)
    assert (hall.desk.queues.counts().clock is not None) == doubted
    if not doubted:
        hall.desk.till.open_shift(50_000)
        hall.clock.move(hours=-1)
        assert hall.desk.queues.counts().clock is not None


def test_no_small_steps_lead_the_journal_s_time_back(hall: Hall) -> None:
    """Four minutes at a time, with a sale after each."""
    known(hall)
    with hall.store.reading() as reading:
        latest = reading.present()
    hall.clock.move(minutes=-4)
    hall.open_account()
    hall.clock.move(minutes=-4)
    assert hall.desk.queues.counts().clock is not None
    with hall.store.reading() as reading:
        assert latest - reading.present() < timedelta(seconds=1)
