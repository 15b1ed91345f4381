"""Business days, shifts and the cash in a till: F11's till side (catalogue F11, M11; peers 1a).

Plain functions over a unit of work. A business date is opened and closed by a person and is not the clock's: a close
that runs past midnight still belongs to its date. A shift is opened with a float and closed with a count, blind: no
message here tells what was expected. Sums for X and Z are made in `till_figures`; money is moved by `ledger.post`.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta

from sqlalchemy import bindparam, func, select

from boss_tui.components import ledger
from boss_tui.components.access import note_access
from boss_tui.components.ledger import Line, post
from boss_tui.components.till_figures import ShiftFigures, expected_cash, x_figures
from boss_tui.forms import day_typed
from data.clock import CHINA, moment, new_key
from data.errors import NotAllowed
from data.message import say
from data.store import Reading, UnitOfWork
from data.tables.finance import BusinessDay, Posting, Shift, ShiftCount
from data.tables.organisation import Operator
from data.tables.sync import AccessLog, JournalHead

__all__ = [
    "DENOMINATIONS", "IN", "OUT", "ShiftFigures", "cash_in", "cash_out", "close_day", "close_shift", "expected_cash",
    "is_supervisor", "next_day", "note_reprint", "open_day", "open_shift", "shift_at", "today", "x_figures",
]  # fmt: skip

BUSINESS = "M11"
DENOMINATIONS = (10000, 5000, 2000, 1000, 500, 200, 100, 50, 20, 10, 5, 2, 1)  # fen; all are legal tender
DIFFERENCE_LIMIT = 1000  # fen over or short that a cashier may sign alone, unless the house says otherwise
IN = {"change": ledger.SAFE, "return": ledger.SUNDRY_EXPENSES}
OUT = {"drop": ledger.SAFE, "expense": ledger.SUNDRY_EXPENSES}
_DAYS_AHEAD = 1

_shifts = Shift.__table__  # type: ignore[attr-defined]
_days = BusinessDay.__table__  # type: ignore[attr-defined]
_LAST_Z = select(func.max(_shifts.c.z_number)).where(_shifts.c.till == bindparam("till"))
_LAST_CLOSE = select(func.max(_days.c.number)).where(_days.c.outlet == bindparam("outlet"))
_LAST_DAY = (
    select(*_days.c).where(_days.c.outlet == bindparam("outlet")).order_by(_days.c.business_date.desc()).limit(1)
)


def is_supervisor(reading: Reading, staff_no: str) -> bool:
    """Whether this is a supervisor or manager who is at work here."""
    operator = reading.find(Operator, staff_no=staff_no)
    return operator is not None and operator.state == "active" and operator.role in {"supervisor", "manager"}


def today(reading: Reading, outlet: str) -> BusinessDay | None:
    """The outlet's open business date, if any."""
    return reading.find(BusinessDay, outlet=outlet, state="open")


def open_day(tx: UnitOfWork, outlet: str, business_date: str, operator: str, approved_by: str = "") -> BusinessDay:
    """Open a business date (as it is typed): one at a time, each later than the last.

    A date more than a day ahead of the machine's clock needs a supervisor, since no earlier one can be opened after it.
    A clock that stands before the last close is noted in the row's `note`.
    """
    day = day_typed(business_date, "business_date")
    business_date = day.isoformat()
    last = next(iter(tx.models(BusinessDay, _LAST_DAY, outlet=outlet)), None)
    if last is not None and last.state == "open":
        raise NotAllowed(say("Business date {date} is still open: close it first.", date=last.business_date))
    if last is not None and business_date <= last.business_date:
        raise NotAllowed(say("Business date {date} is closed: open a later one.", date=last.business_date))
    ahead = (day - tx.clock.now().astimezone(CHINA).date()).days
    if ahead > _DAYS_AHEAD and not is_supervisor(tx, approved_by):
        raise NotAllowed(say("This date is {days} days ahead of the clock: a supervisor must approve.", days=ahead))
    now = tx.now()
    back = int((moment(last.closed_at) - moment(now)).total_seconds()) if last is not None and last.closed_at else 0
    return tx.add(
        BusinessDay, outlet=outlet, business_date=business_date, opened_by=operator, opened_at=now,
        note=f"clock_went_back_seconds={back}" if back > 0 else "",
    )  # fmt: skip


def next_day(reading: Reading, outlet: str) -> str:
    """The first business date that may be opened now and is not behind the clock."""
    now = reading.clock.now().astimezone(CHINA).date()
    last = next(iter(reading.models(BusinessDay, _LAST_DAY, outlet=outlet)), None)
    after = date.fromisoformat(last.business_date) + timedelta(days=1) if last is not None else now
    return max(now, after).isoformat()


def close_day(tx: UnitOfWork, outlet: str, business_date: str, operator: str) -> BusinessDay:
    """Close a business date for good, under the outlet's next number. NotAllowed while a shift of it is open.

    What its report says is kept by who calls this (`boss_tui.reports.closing`)."""
    day = tx.one(BusinessDay, outlet=outlet, business_date=business_date)
    if day.state != "open":
        raise NotAllowed(say("Business date {date} is closed already.", date=business_date))
    still = tx.all(Shift, outlet=outlet, state="open", order=("till",))
    if still:
        shifts = ", ".join(f"{shift.till} ({shift.operator})" for shift in still)
        raise NotAllowed(say(
            "Still open: {shifts}. Close there, or: boss till close --counter {till}",
            shifts=shifts, till=still[0].till,
        ))  # fmt: skip
    return tx.change(
        day, state="closed", closed_by=operator, closed_at=tx.now(), journal_end=_day_end(tx, outlet),
        number=(tx.scalar(_LAST_CLOSE, outlet=outlet) or 0) + 1,
    )  # fmt: skip


def shift_at(reading: Reading, till: str) -> Shift | None:
    """The open shift at a till, if any."""
    return reading.find(Shift, till=till, state="open")


def open_shift(tx: UnitOfWork, *, outlet: str, till: str, operator: str, float_amount: int) -> Shift:
    """Open a shift on the open business date, with a float in fen that comes from the safe. One shift a till."""
    day = today(tx, outlet)
    if day is None:
        raise NotAllowed(say("The business day is not open. A supervisor opens it."))
    running = shift_at(tx, till)
    if running is not None:
        raise NotAllowed(say("Till {till} has an open shift of {operator}.", till=till, operator=running.operator))
    if float_amount < 0:
        raise NotAllowed(say("The float is an amount of 0 or more."), field="float_amount")
    shift = tx.add(
        Shift, id=new_key(tx.clock), outlet=outlet, till=till, operator=operator, business_date=day.business_date,
        opened_at=tx.now(), float_amount=float_amount,
    )  # fmt: skip
    if float_amount:
        _post(tx, shift, operator, Line(ledger.CASH, float_amount, "float"), Line(ledger.SAFE, -float_amount, "float"))
    return shift


def cash_in(tx: UnitOfWork, shift: Shift, amount: int, *, purpose: str, note: str, operator: str) -> Posting:
    """Put cash into the till that is no sale: `change` from the safe, `return` of money advanced for an expense."""
    _check_move(amount, purpose, IN, note)
    lines = Line(ledger.CASH, amount, purpose), Line(IN[purpose], -amount, purpose)
    return _post(tx, shift, operator, *lines, note=note.strip())


def cash_out(tx: UnitOfWork, shift: Shift, amount: int, *, purpose: str, note: str, operator: str) -> Posting:
    """Take cash out that is no refund: `drop` into the safe, `expense` of the house. Not more than is there."""
    _check_move(amount, purpose, OUT, note)
    if amount > expected_cash(tx, shift):
        raise NotAllowed(say("There is not so much cash in the till."), field="amount")
    lines = Line(OUT[purpose], amount, purpose), Line(ledger.CASH, -amount, purpose)
    return _post(tx, shift, operator, *lines, note=note.strip())


def _check_move(amount: int, purpose: str, purposes: Mapping[str, str], note: str) -> None:
    if purpose not in purposes:
        raise NotAllowed(say("Not one of the choices. F4 shows them."), field="purpose")
    if amount <= 0:
        raise NotAllowed(say("An amount above 0."), field="amount")
    if not note.strip():
        raise NotAllowed(say("Say what the money is for."), field="note")


def close_shift(
    tx: UnitOfWork,
    shift: Shift,
    counts: Mapping[int, int],
    *,
    closed_by: str,
    reason: str = "",
    approved_by: str = "",
    limit: int = DIFFERENCE_LIMIT,
) -> Shift:
    """Close a shift with what was counted: {denomination in fen: pieces}; all of it goes into the safe.

    The till's next Z number is taken and the difference goes to cash over and short. A difference needs a `reason`;
    one above `limit` fen a supervisor other than the cashier in `approved_by`. Somebody else's shift is closed by a
    supervisor. NotAllowed says which is missing; nothing is done then.
    """
    shift = tx.one(Shift, id=shift.id)
    if shift.state != "open":
        raise NotAllowed(say("This shift is closed already."))
    if closed_by != shift.operator and not (is_supervisor(tx, closed_by) or is_supervisor(tx, approved_by)):
        raise NotAllowed(say("This is the shift of {operator}: a supervisor must close it.", operator=shift.operator))
    if approved_by and not is_supervisor(tx, approved_by):
        raise NotAllowed(say("{operator} is not a supervisor here.", operator=approved_by), field="approved_by")
    counted = _counted(counts)
    expected = expected_cash(tx, shift)
    difference = counted - expected
    _check_difference(tx, shift, difference, reason=reason, approver=approved_by or closed_by, limit=limit)
    _hand_over(tx, shift, closed_by, counted, difference=difference, note=reason.strip())
    for denomination, pieces in sorted(counts.items()):
        if pieces:
            tx.add(ShiftCount, shift_id=shift.id, denomination=denomination, pieces=pieces)
    return tx.change(
        shift, state="closed", closed_at=tx.now(), closed_by=closed_by, expected_cash=expected, counted_cash=counted,
        difference=difference, reason=reason.strip(), approved_by=approved_by, journal_end=_journal_end(tx, shift),
        z_number=(tx.scalar(_LAST_Z, till=shift.till) or 0) + 1,
    )  # fmt: skip


def _day_end(reading: Reading, outlet: str) -> str:
    """The journal's last entry before a day's close: epoch, sequence, hash."""
    head = reading.one(JournalHead, outlet=outlet)
    return f"{head.epoch}/{head.seq} {head.hash}"


def _journal_end(reading: Reading, shift: Shift) -> str:
    """The journal's last entry before this close."""
    head = reading.one(JournalHead, outlet=shift.outlet)
    return f"{head.seq}/{head.hash}"


def _counted(counts: Mapping[int, int]) -> int:
    for denomination, pieces in counts.items():
        if denomination not in DENOMINATIONS or pieces < 0:
            raise NotAllowed(say("Count the pieces of each note and coin."), field="counts")
    return sum(denomination * pieces for denomination, pieces in counts.items())


def _check_difference(tx: UnitOfWork, shift: Shift, difference: int, *, reason: str, approver: str, limit: int) -> None:
    if difference and not reason.strip():
        raise NotAllowed(say("The count differs from the books: count again, or give a reason."), field="reason")
    if abs(difference) > limit and (approver == shift.operator or not is_supervisor(tx, approver)):
        raise NotAllowed(
            say("The count differs by more than a cashier may sign: a supervisor must approve."), field="approved_by"
        )


def _hand_over(tx: UnitOfWork, shift: Shift, operator: str, counted: int, *, difference: int, note: str) -> None:
    """Post the difference, and everything that was counted into the safe: the till is empty then."""
    lines: list[Line] = []
    if difference:
        lines += [Line(ledger.CASH, difference, "difference"), Line(ledger.OVER_SHORT, -difference, "difference")]
    if counted:
        lines += [Line(ledger.SAFE, counted, "handover"), Line(ledger.CASH, -counted, "handover")]
    if lines:
        _post(tx, shift, operator, *lines, note=note)


def note_reprint(tx: UnitOfWork, of: Shift | BusinessDay, operator: str, reason: str = "") -> int:
    """Put on record that the report of a close is printed again: a shift's Z, or a day's; answers which copy it is,
    from 1."""
    if of.state != "closed":
        raise NotAllowed(say("This shift is still open: it has no Z yet."))
    subject = of.id if isinstance(of, Shift) else f"{of.outlet} {of.business_date}"
    made = tx.all(AccessLog, act="reprint", subject=subject)
    note_access(tx, "reprint", subject, reason, operator=operator)
    return len(made) + 1


def _post(tx: UnitOfWork, shift: Shift, operator: str, *lines: Line, note: str = "") -> Posting:
    return post(
        tx, outlet=shift.outlet, business_date=shift.business_date, business=BUSINESS, operator=operator, lines=lines,
        shift_id=shift.id, till=shift.till, note=note,
    )  # fmt: skip
