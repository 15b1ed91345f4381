"""Business days, shifts and the cash in a till: F11's till side (catalogue F11, M11; peers 1a).

Plain functions over a unit of work. A business date is opened and closed by a person and is not the clock's: a close
that runs past midnight still belongs to its date. A shift is opened with a float and closed with a count; where that
is blind, no message here tells by how much it differs. Sums for X and Z are made in `figures`; cash that moves without
an order in `cash`; drawers that change their place or their cashier in `drawers`.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta

from sqlalchemy import bindparam, func, select, text

from boss_tui.components.ledger import ledger
from boss_tui.components.ledger.ledger import Leg
from boss_tui.components.operators.access import note_access
from boss_tui.components.operators.delegations import gives
from boss_tui.components.tenders.tender_slips import Missing, check_off, keep, slips_of
from boss_tui.components.till import blind
from boss_tui.components.till.business_days import last_day, next_day, own_shift, today
from boss_tui.components.till.cash import (
    DENOMINATIONS,
    CashReason,
    begin_with,
    counted_sum,
    differing,
    must_be_explained,
    post_in,
)
from boss_tui.components.till.cash_limits import is_supervisor, limit_of, must_be_within, must_supervise
from boss_tui.components.till.figures import expected_cash, x_figures
from boss_tui.components.till.sums import ShiftFigures
from boss_tui.forms.typed import day_typed
from data.clock import moment, new_key, wall_date
from data.errors import Differs, NotAllowed
from data.message import Message, say
from data.parameters import DAYS_AHEAD, DAYS_AHEAD_ALONE
from data.store import Reading, UnitOfWork
from data.tables.finance import BusinessDay, Shift, ShiftCount
from data.tables.sync import AccessLog, JournalHead

__all__ = [
    "DENOMINATIONS",
    "ShiftFigures",
    "close_day",
    "close_shift",
    "expected_cash",
    "is_supervisor",
    "must_close",
    "next_day",
    "no_drawer",
    "not_today",
    "note_reprint",
    "open_day",
    "open_shift",
    "own_shift",
    "put_down",
    "running",
    "running_of",
    "shift_at",
    "today",
    "x_figures",
]


_shifts = Shift.table()
_days = BusinessDay.table()
_LAST_Z = select(func.max(_shifts.c.z_number)).where(_shifts.c.till == bindparam("till"))
_LAST_CLOSE = select(func.max(_days.c.number)).where(_days.c.outlet == bindparam("outlet"))
_LATEST_CLOSE = select(func.max(_days.c.closed_at)).where(_days.c.outlet == bindparam("outlet"))
_RUNNING = (
    select(*_shifts.c)
    .where(_shifts.c.outlet == bindparam("outlet"), text("shift.state != 'closed'"))  # in the words of the index
    .order_by(_shifts.c.till, _shifts.c.operator)
)


def open_day(tx: UnitOfWork, outlet: str, business_date: str, operator: str, approved_by: str = "") -> BusinessDay:
    """Open a business date (as it is typed): one at a time, each later than the last.

    No earlier date can be opened after it: one more than a day ahead of `_known_date` needs a supervisor, and more than
    DAYS_AHEAD is refused to everybody. A clock that stands before the last close is noted in the row's `note`.
    """
    day = day_typed(business_date, "business_date")
    business_date = day.isoformat()
    last = last_day(tx, outlet)
    if last is not None and last.state == "open":
        raise NotAllowed(say("Business date {date} is still open: close it first.", date=last.business_date))
    if last is not None and business_date <= last.business_date:
        raise NotAllowed(say("Business date {date} is closed: open a later one.", date=last.business_date))
    _must_be_near(tx, day, _known_date(tx, outlet, last), approved_by)
    now = tx.now()
    back = int((moment(last.closed_at) - moment(now)).total_seconds()) if last is not None and last.closed_at else 0
    return tx.add(
        BusinessDay,
        outlet=outlet,
        business_date=business_date,
        opened_by=operator,
        opened_at=now,
        note=f"clock_went_back_seconds={back}" if back > 0 else "",
    )


def _must_be_near(reading: Reading, day: date, known: date, approved_by: str) -> None:
    ahead, most = (day - known).days, DAYS_AHEAD.of(reading)
    if ahead > most:
        told = say(
            "{date} is {days} days ahead of {today}; {most} at most. Correct the date; if this PC's clock is wrong, "
            "set it, or: boss clock --approver",
            date=day.isoformat(),
            days=ahead,
            today=known.isoformat(),
            most=most,
        )
        raise NotAllowed(told, field="business_date")
    if ahead > DAYS_AHEAD_ALONE.of(reading) and not gives(reading, approved_by):
        told = say("This date is {days} days ahead of the clock: a supervisor must approve.", days=ahead)
        raise NotAllowed(told, field="business_date")


def _known_date(reading: Reading, outlet: str, last: BusinessDay | None) -> date:
    """The date that a business date is measured from: by the time that rights end by, or headquarters' where that is
    later. While the clock stands before a close of this outlet, since somebody vouched for one that is behind, work
    goes on from the last business date."""
    now = reading.present()
    head = reading.find(JournalHead, outlet=outlet)
    if head is not None:
        now = max(now, reading.clock.now() + timedelta(milliseconds=head.clock_offset_ms))
    today = wall_date(now)
    closed = reading.scalar(_LATEST_CLOSE, outlet=outlet)
    if last is not None and closed and wall_date(moment(closed)) > today:
        return max(today, date.fromisoformat(last.business_date))
    return today


def not_today(reading: Reading, outlet: str) -> Message | None:
    """That the open business date is over by the calendar, where it is: what is done still counts on it."""
    day = today(reading, outlet)
    now = _known_date(reading, outlet, day).isoformat()
    if day is None or day.business_date >= now:
        return None
    return say(
        "Today is {today}, and business date {date} was not closed: all that is sold counts on {date}, until a "
        "supervisor closes it and opens {today}.",
        today=now,
        date=day.business_date,
    )


def close_day(tx: UnitOfWork, outlet: str, business_date: str, operator: str, word: str = "") -> BusinessDay:
    """Close a business date for good, under the outlet's next number. NotAllowed while a shift of it is open.

    What its report says is kept by who calls this, who also knows what the `word` is about
    (`boss_tui.reports.closing`)."""
    day = tx.one(BusinessDay, outlet=outlet, business_date=business_date)
    if day.state != "open":
        raise NotAllowed(say("Business date {date} is closed already.", date=business_date))
    still = running(tx, outlet)
    if still:
        shifts = ", ".join(f"{shift.till} ({shift.operator})" for shift in still)
        raise NotAllowed(
            say(
                "Still open: {shifts}. Close there, or: boss till close --counter {till}",
                shifts=shifts,
                till=still[0].till,
            )
        )
    return tx.change(
        day,
        state="closed",
        closed_by=operator,
        closed_at=tx.now(),
        journal_end=_day_end(tx, outlet),
        number=(tx.scalar(_LAST_CLOSE, outlet=outlet) or 0) + 1,
        closing_word=word,
    )


def shift_at(reading: Reading, till: str) -> Shift | None:
    """The open shift at a till, if any."""
    return reading.find(Shift, till=till, state="open")


def no_drawer(reading: Reading, till: str) -> Message:
    """What is said to whoever has no shift of their own at a till: there is none, or it is a colleague's."""
    theirs = shift_at(reading, till)
    if theirs is None:
        return say("Open your shift first (code: till).")
    return say(
        "The drawer here is {operator}'s: take it over, or have it suspended (code: till).", operator=theirs.operator
    )


def running(reading: Reading, outlet: str) -> list[Shift]:
    """The shifts of an outlet that are not closed, open or suspended, by their tills."""
    return reading.models(Shift, _RUNNING, outlet=outlet)


def running_of(reading: Reading, outlet: str, operator: str) -> Shift | None:
    """The shift that somebody has not closed yet in an outlet, if any: there is one at most."""
    return next((shift for shift in running(reading, outlet) if shift.operator == operator), None)


def open_shift(
    tx: UnitOfWork, *, outlet: str, till: str, operator: str, float_amount: int, approved_by: str = ""
) -> Shift:
    """Open a shift on the open business date, with a float in fen that comes from the safe. One shift a till, and one
    of a cashier; a float above the role's limit with a supervisor's word."""
    if float_amount < 0:
        raise NotAllowed(say("The float is an amount of 0 or more."), field="float_amount")
    must_supervise(tx, approved_by)
    must_be_within(tx, "float_limit", float_amount, operator, approved_by)
    return begin_shift(
        tx, outlet=outlet, till=till, float_amount=float_amount, act=CashReason(operator, approved_by=approved_by)
    )


def begin_shift(
    tx: UnitOfWork, *, outlet: str, till: str, float_amount: int, act: CashReason, taken_from: str | None = None
) -> Shift:
    """A shift of the act's operator with its float; see `open_shift`, which has limits."""
    day = today(tx, outlet)
    if day is None:
        raise NotAllowed(say("The business day is not open. A supervisor opens it."))
    must_be_free(tx, till)
    must_have_none(tx, outlet, act.operator)
    shift = tx.add(
        Shift,
        id=new_key(tx.clock),
        outlet=outlet,
        till=till,
        operator=act.operator,
        business_date=day.business_date,
        opened_at=tx.now(),
        float_amount=float_amount,
        taken_from=taken_from,
    )
    begin_with(tx, shift, act)
    return shift


def must_be_free(reading: Reading, till: str) -> None:
    """NotAllowed while a shift is open at a till: a drawer is one person's."""
    running = shift_at(reading, till)
    if running is not None:
        raise NotAllowed(say("Till {till} has an open shift of {operator}.", till=till, operator=running.operator))


def must_have_none(reading: Reading, outlet: str, operator: str) -> None:
    """NotAllowed, and where, while somebody has a shift that is not closed: nobody minds two drawers."""
    other = running_of(reading, outlet, operator)
    if other is None:
        return
    told = say(
        "{operator} has an open shift at till {till}: close it, hand it over, or suspend it and go on here.",
        operator=operator,
        till=other.till,
    )
    if other.state == "suspended":
        told = say(
            "{operator} has a suspended shift, last at till {till}: resume it.", operator=operator, till=other.till
        )
    raise NotAllowed(told)


def close_shift(
    tx: UnitOfWork,
    shift: Shift,
    counts: Mapping[int, int],
    *,
    closed_by: str,
    reason: str = "",
    approved_by: str = "",
    limit: int | None = None,
    missing: Missing | None = None,
    missing_reason: str = "",
) -> Shift:
    """Close a shift with what was counted: {denomination in fen: pieces}; all of it goes into the safe. One that is
    suspended is closed as it was taken out.

    The till's next Z number is taken and the difference goes to cash over and short. A difference needs a `reason`;
    one above `limit` fen (the limit of the cashier's role) a supervisor other than the cashier in `approved_by`.
    Slips of cards, cheques, transfers and mobile payments that are not in hand are `missing`, with a reason, and under
    the same limit. Somebody else's shift is closed by a supervisor. NotAllowed says what is wanting; nothing is done
    then.
    """
    shift = tx.one(Shift, id=shift.id)
    must_close(tx, shift, closed_by, approved_by)
    if limit is None:
        limit = limit_of(tx, "difference_limit", shift.operator)
    counted = counted_sum(counts)
    expected = expected_cash(tx, shift)
    difference = counted - expected
    approver, slips = approved_by or closed_by, slips_of(tx, shift)
    lacking = check_off(slips, missing or {}, missing_reason)
    if lacking > limit and not _signs(tx, shift, approver):
        told = say("More is not in hand than a cashier may sign for: a supervisor must approve.")
        raise NotAllowed(told, field="approved_by")
    _check_difference(tx, shift, difference, reason=reason, approver=approver, limit=limit)
    keep(tx, shift, slips, missing or {}, missing_reason)
    _hand_over(tx, shift, closed_by, counted, difference=difference, note=reason.strip())
    for denomination, pieces in sorted(counts.items()):
        if pieces:
            tx.add(ShiftCount, shift_id=shift.id, denomination=denomination, pieces=pieces)
    blind.accept(tx, shift.id, blind.of_drawer(counts))
    return tx.change(
        shift,
        state="closed",
        closed_at=tx.now(),
        closed_by=closed_by,
        expected_cash=expected,
        counted_cash=counted,
        difference=difference,
        reason=reason.strip(),
        approved_by=approved_by,
        journal_end=_journal_end(tx, shift),
        z_number=(tx.scalar(_LAST_Z, till=shift.till) or 0) + 1,
    )


def must_close(reading: Reading, shift: Shift, closed_by: str, approved_by: str = "") -> None:
    """NotAllowed when a shift is closed, or is not theirs to close: its cashier does it, or a supervisor."""
    if shift.state == "closed":
        raise NotAllowed(say("This shift is closed already."))
    if closed_by != shift.operator and not (is_supervisor(reading, closed_by) or gives(reading, approved_by)):
        told = say("This is the shift of {operator}: a supervisor must close it.", operator=shift.operator)
        raise NotAllowed(told, field="approved_by")
    must_supervise(reading, approved_by)


def put_down(tx: UnitOfWork, shift: Shift, counts: Mapping[int, int], approved_by: str = "") -> blind.PutDown | None:
    """Put the count of a shift's drawer down before the books are asked about it (`blind.put_down`)."""
    amount = counted_sum(counts)
    signs = approved_by if approved_by and _signs(tx, shift, approved_by) else ""
    hidden = blind.hides(tx, tx.author.operator)
    return blind.put_down(tx, shift.id, blind.of_drawer(counts), hidden=hidden, amount=amount, signed_by=signs)


def _day_end(reading: Reading, outlet: str) -> str:
    """The journal's last entry before a day's close: epoch, sequence, hash."""
    head = reading.one(JournalHead, outlet=outlet)
    return f"{head.epoch}/{head.seq} {head.hash}"


def _journal_end(reading: Reading, shift: Shift) -> str:
    """The journal's last entry before this close."""
    head = reading.one(JournalHead, outlet=shift.outlet)
    return f"{head.seq}/{head.hash}"


def _check_difference(tx: UnitOfWork, shift: Shift, difference: int, *, reason: str, approver: str, limit: int) -> None:
    apart = differing(difference, hidden=blind.hides(tx, tx.author.operator))
    if difference:
        must_be_explained(reason, apart)
    if abs(difference) > limit and not _signs(tx, shift, approver):
        told = say("{apart}. It is more than a cashier may sign for: a supervisor must approve.", apart=apart)
        raise Differs(told, field="approved_by")


def _signs(reading: Reading, shift: Shift, approver: str) -> bool:
    """Whether this is a supervisor other than the cashier, who does not sign for so much alone."""
    return approver != shift.operator and gives(reading, approver)


def _hand_over(tx: UnitOfWork, shift: Shift, operator: str, counted: int, *, difference: int, note: str) -> None:
    """Post the difference, and everything that was counted into the safe: the till is empty then."""
    lines: list[Leg] = []
    if difference:
        lines += [Leg(ledger.CASH, difference, "difference"), Leg(ledger.OVER_SHORT, -difference, "difference")]
    if counted:
        lines += [Leg(ledger.SAFE, counted, "handover"), Leg(ledger.CASH, -counted, "handover")]
    if lines:
        post_in(tx, shift, operator, *lines, note=note)


def note_reprint(tx: UnitOfWork, of: Shift | BusinessDay, operator: str, reason: str = "") -> int:
    """Put on record that the report of a close is printed again: a shift's Z, or a day's; answers which copy it is,
    from 1."""
    if of.state != "closed":
        raise NotAllowed(say("This shift is still open: it has no Z yet."))
    subject = of.id if isinstance(of, Shift) else f"{of.outlet} {of.business_date}"
    made = tx.all(AccessLog, act="reprint", subject=subject)
    note_access(tx, "reprint", subject, reason, operator=operator)
    return len(made) + 1
