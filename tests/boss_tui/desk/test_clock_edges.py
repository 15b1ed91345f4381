"""A clock that can't be right: when it is doubted, who vouches for it, and what keeps its distance from it then."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from boss_tui.desk import believing, codes, staff, timing
from data.clock import AHEAD, BACK, stamp
from data.errors import ClockDoubted, NotAllowed
from data.journal import Author
from data.tables.finance import BusinessDay
from data.tables.order import Draft
from data.tables.organisation import Authority, Grant, Tries
from data.tables.resource import Reservation
from data.tables.staff import OperatorStanding
from data.tables.sync import AccessLog, JournalEntry, JournalHead
from tests.boss_tui.desk.shop import Shop
from tests.hall import FACTS

OUTLET, TICK = FACTS.outlet, timedelta(microseconds=1)
CODE = "12-483920"


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """Passwords and codes are compared as they are: hashing them is another's to hold."""
    monkeypatch.setattr(staff, "matches", lambda stored, typed: stored != staff.NOBODYS and typed == FACTS.password)
    monkeypatch.setattr(codes, "matches", lambda stored, typed: stored == typed)
    monkeypatch.setattr(codes, "hashed", lambda typed: f"none of {typed}")


def head(shop: Shop, **values: Any) -> None:
    """What the journal's end knows."""
    with shop.store.transaction(Author(OUTLET, "test", "1001"), journalled=False) as tx:
        tx.change(tx.one(JournalHead, outlet=OUTLET), **values)


def known(shop: Shop, away: timedelta) -> None:
    """The clock stands so far from the last entry that nobody doubts."""
    head(shop, believed_at=stamp(shop.clock.now() - away))


def doubt(shop: Shop) -> str:
    with shop.store.reading() as reading:
        return str(timing.doubt(reading, OUTLET) or "")


@pytest.mark.parametrize(
    ("away", "told"),
    [
        (timedelta(), ""),
        (-BACK, ""),
        (-BACK - TICK, "before the last entry here"),
        (AHEAD, ""),
        (-timedelta(days=9), "before the last entry here"),
    ],
)
def test_a_clock_set_back_is_doubted(shop: Shop, away: timedelta, told: str) -> None:
    known(shop, away)
    assert (told in doubt(shop)) if told else doubt(shop) == ""


@pytest.mark.parametrize(
    ("days", "away", "doubted"),
    [
        (0, AHEAD + TICK, False),
        (-1, AHEAD + TICK, False),
        (1, AHEAD + TICK, False),
        (-2, AHEAD + TICK, True),
        (2, AHEAD + TICK, True),
        (None, AHEAD + TICK, True),
        (None, AHEAD, False),
        (0, -BACK - TICK, True),
    ],
)
def test_days_on_it_is_right_where_the_open_business_day_is_its_own_or_beside_it(
    shop: Shop, days: int | None, away: timedelta, doubted: bool
) -> None:
    (day,) = shop.rows(BusinessDay, outlet=OUTLET, state="open")
    if days is None:
        shop.alter(BusinessDay, {"outlet": OUTLET, "state": "open"}, state="closed")
    else:
        with shop.work() as tx:
            tx.change(day, state="closed")
            date = (shop.clock.now() + timedelta(days=days)).date().isoformat()
            if date == day.business_date:
                tx.change(tx.one(BusinessDay, outlet=OUTLET, business_date=date), state="open")
            else:
                for there in tx.all(BusinessDay, outlet=OUTLET, business_date=date):
                    tx.change(there, state="open")
                if not tx.all(BusinessDay, outlet=OUTLET, business_date=date):
                    tx.add(
                        BusinessDay,
                        outlet=OUTLET,
                        business_date=date,
                        state="open",
                        opened_by="2001",
                        opened_at=shop.at(),
                    )
    known(shop, away)
    assert bool(doubt(shop)) is doubted


@pytest.mark.parametrize(
    ("hour", "day", "doubted"),
    [(15, "2026-11-22", False), (16, "2026-11-22", True), (16, "2026-11-25", False), (15, "2026-11-25", True)],
)
def test_the_day_turns_at_midnight_of_the_hall(shop: Shop, hour: int, day: str, doubted: bool) -> None:
    """16:00 in UTC is midnight there: the 24th begins."""
    with shop.work() as tx:
        tx.change(tx.one(BusinessDay, outlet=OUTLET, state="open"), state="closed")
        for there in tx.all(BusinessDay, outlet=OUTLET, business_date=day):
            tx.change(there, state="open")
        if not tx.all(BusinessDay, outlet=OUTLET, business_date=day):
            tx.add(BusinessDay, outlet=OUTLET, business_date=day, state="open", opened_by="2001", opened_at=shop.at())
    shop.clock.move(hours=hour - 1, minutes=-15)
    assert shop.clock.now() == datetime(2026, 11, 23, hour, tzinfo=UTC)
    known(shop, AHEAD + TICK)
    assert bool(doubt(shop)) is doubted


@pytest.mark.parametrize(
    ("offset", "vouched", "doubted"),
    [
        (300_000, 0, False),
        (300_001, 0, True),
        (-300_000, 0, False),
        (-300_001, 0, True),
        (900_000, 600_000, False),
        (900_001, 600_000, True),
        (0, 300_001, True),
        (0, 0, False),
    ],
)
def test_it_may_be_five_minutes_apart_from_headquarters_and_from_what_was_vouched_for(
    shop: Shop, offset: int, vouched: int, doubted: bool
) -> None:
    head(shop, clock_offset_ms=offset, offset_vouched_ms=vouched)
    assert ("headquarters'" in doubt(shop)) is doubted


def test_a_doubt_says_both_times_as_the_wall_shows_them(shop: Shop) -> None:
    head(shop, clock_offset_ms=3_600_000)
    assert doubt(shop) == "This PC's clock stands at 2026-11-23 09:15, headquarters' at 2026-11-23 10:15."
    known(shop, -timedelta(hours=2))
    assert doubt(shop) == "This PC's clock stands at 2026-11-23 09:15, before the last entry here, 2026-11-23 11:15."
    shop.alter(BusinessDay, {"outlet": OUTLET, "state": "open"}, state="closed")
    known(shop, timedelta(days=4))
    assert doubt(shop) == (
        "This PC's clock stands at 2026-11-23 09:15, long after the last entry here, 2026-11-19 09:15."
    )
    head(shop, believed_at="", clock_offset_ms=0)
    assert doubt(shop) == ""


def test_nothing_with_a_time_is_done_while_it_is_doubted(shop: Shop) -> None:
    shop.desk.trust.must_know_time()
    known(shop, -timedelta(hours=2))
    with pytest.raises(ClockDoubted, match="let a supervisor vouch for it"):
        shop.desk.trust.must_know_time()
    with pytest.raises(ClockDoubted):
        shop.desk.forms.begin("C2")


@pytest.mark.parametrize(("away", "believed"), [(AHEAD + TICK, True), (AHEAD, False), (timedelta(), False)])
def test_who_opened_the_day_that_a_clock_far_ahead_shows_has_vouched_for_it(
    shop: Shop, away: timedelta, believed: bool
) -> None:
    known(shop, away)
    with shop.work() as tx:
        shop.desk.trust.must_know_time(tx)
        assert tx.vouched is believed
        tx.more["x"] = 1
    assert shop.one(JournalHead, outlet=OUTLET).believed_at == shop.at()


# a supervisor's word


def code(shop: Shop, **values: Any) -> None:
    standard = {
        "outlet": OUTLET,
        "number": 12,
        "kind": "code",
        "supervisor": FACTS.supervisor,
        "secret_hash": CODE,
        "made_at": shop.at(),
        "valid_until": shop.at(days=2),
    }
    shop.add(Authority, id="code", **{**standard, **values})


@pytest.mark.parametrize(
    ("at", "by", "word", "told", "field"),
    [
        (FACTS.clerk, FACTS.supervisor, FACTS.password, "", ""),
        (FACTS.clerk, FACTS.manager, FACTS.password, "", ""),
        (FACTS.supervisor, "", "", "", ""),
        (FACTS.supervisor, FACTS.supervisor, FACTS.password, "", ""),
        (FACTS.clerk, "", FACTS.password, "A supervisor vouches for the clock.", "staff_no"),
        (FACTS.clerk, "1002", FACTS.password, "A supervisor vouches for the clock.", "staff_no"),
        (FACTS.clerk, FACTS.supervisor, "wrong", "Staff number or password is wrong.", "password"),
        (FACTS.supervisor, "1002", FACTS.password, "A supervisor vouches for the clock.", "staff_no"),
    ],
)
def test_a_supervisor_vouches_for_it_and_work_goes_on(
    shop: Shop, at: str, by: str, word: str, told: str, field: str
) -> None:
    desk = shop.counter(at, FACTS.counter)
    known(shop, -timedelta(hours=2))
    head(shop, clock_offset_ms=3_600_000)
    if told:
        with pytest.raises(NotAllowed) as refused:
            desk.trust.vouch_for_clock(by, word)
        assert (str(refused.value), refused.value.field) == (told, field)
        assert "before the last entry" in doubt(shop)
        return
    desk.trust.vouch_for_clock(by, word)
    who = by or at
    assert doubt(shop) == ""
    (row,) = shop.rows(AccessLog, act=timing.VOUCHED)
    assert (row.subject, row.reason) == (OUTLET, who)
    (entry,) = shop.rows(JournalEntry, kind=timing.VOUCHED)
    assert f'"moved_seconds":-7200,"offset_ms":3600000,"vouched_by":"{who}"' in entry.body
    now = shop.one(JournalHead, outlet=OUTLET)
    assert (now.believed_at, now.offset_vouched_ms) == (shop.at(), 3_600_000)


def test_while_nobody_doubts_it_nothing_happens(shop: Shop) -> None:
    before = len(shop.rows(JournalEntry))
    shop.desk.trust.vouch_for_clock("nobody", "wrong")
    assert len(shop.rows(JournalEntry)) == before


@pytest.mark.parametrize(
    ("bounds", "reaches"),
    [({}, True), ({"operator": FACTS.clerk}, True), ({"operator": "1002"}, False), ({"business": "C2"}, False)],
)
def test_a_code_of_no_business_is_a_supervisor_s_word_too(shop: Shop, bounds: dict[str, str], reaches: bool) -> None:
    code(shop, **bounds)
    known(shop, -timedelta(hours=2))
    if not reaches:
        with pytest.raises(NotAllowed) as refused:
            shop.desk.trust.vouch_for_clock(f" {CODE}", "")
        told = "This code does not reach so far: ask for another."
        assert (str(refused.value), refused.value.field) == (told, "staff_no")
        assert shop.one(Authority, id="code").state == "active"
        return
    shop.desk.trust.vouch_for_clock(f" {CODE}", "")
    assert (doubt(shop), shop.one(Authority, id="code").state) == ("", "used_up")
    (row,) = shop.rows(AccessLog, act=timing.VOUCHED)
    assert row.reason == FACTS.supervisor


# what keeps its distance


@pytest.mark.parametrize(("back", "moved"), [(timedelta(hours=2), True), (-timedelta(days=4), False)])
def test_when_it_was_set_back_rights_and_pauses_keep_what_is_left_of_them(
    shop: Shop, back: timedelta, moved: bool
) -> None:
    shop.alter(BusinessDay, {"outlet": OUTLET, "state": "open"}, state="closed")
    later, of = shop.at(hours=5), {"outlet": OUTLET}
    authority = {
        **of,
        "kind": "code",
        "supervisor": FACTS.supervisor,
        "made_at": shop.at(),
        "valid_until": later,
    }
    for n, state in enumerate(("active", "withdrawn")):
        shop.add(Authority, id=state, number=n + 1, state=state, **authority)
    for key, used in (("unused", None), ("used", "order")):
        shop.add(
            Grant,
            id=key,
            draft_id="d",
            rule="r",
            supervisor=FACTS.supervisor,
            granted_at=shop.at(),
            expires_at=later,
            used_order=used,
        )
    for state in ("open", "held", "completed", "abandoned"):
        shop.add(
            Draft,
            id=state,
            number=1,
            code="C2",
            state=state,
            operator="1001",
            counter=FACTS.counter,
            created_at=shop.at(),
            touched_at=shop.at(),
            expires_at=later,
        )
    for state in ("active", "used"):
        shop.add(Reservation, id=state, kind="number", resource=state, draft_id="d", until=later, state=state)
    for subject, at in (("codes", later), ("untold", "")):
        shop.add(Tries, **of, subject=subject, tries=1, last_at=at)
    shop.add(OperatorStanding, **of, staff_no="1002", failed_at=later, challenge_at="", last_at=later)
    shop.add(OperatorStanding, **of, staff_no="1003", failed_at="", challenge_at=later)
    known(shop, -back)
    with shop.work(FACTS.supervisor) as tx:
        believing.vouch(tx, FACTS.supervisor)
    running = stamp(shop.clock.now() + timedelta(hours=5) - back) if moved else later
    rows = [
        *((Authority, state, "valid_until", state == "active") for state in ("active", "withdrawn")),
        *((Grant, key, "expires_at", key == "unused") for key in ("unused", "used")),
        *((Draft, s, "expires_at", s in {"open", "held"}) for s in ("open", "held", "completed", "abandoned")),
        *((Reservation, state, "until", state == "active") for state in ("active", "used")),
    ]
    for model, key, column, runs in rows:
        assert getattr(shop.one(model, id=key), column) == (running if runs else later), (model, key)
    assert shop.one(Tries, subject="codes").last_at == running
    assert shop.one(Tries, subject="untold").last_at == ""
    one, other = (shop.one(OperatorStanding, staff_no=who) for who in ("1002", "1003"))
    assert (one.failed_at, one.challenge_at, one.last_at) == (running, "", later)
    assert (other.failed_at, other.challenge_at) == ("", running)
