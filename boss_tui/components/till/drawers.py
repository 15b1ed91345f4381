"""Drawers that change their place or their cashier: suspended and resumed, handed over, opened without a sale (M11).

A drawer that is taken out of its till takes its shift with it: it goes on where it is put in again, on the same date. A
drawer that is handed over is counted: the one shift ends with its Z, the other begins with what was counted.
"""

from __future__ import annotations

from collections.abc import Mapping

from boss_tui.components.operators.access import note_access
from boss_tui.components.tenders.tender_slips import Missing
from boss_tui.components.till.cash import CashReason
from boss_tui.components.till.cash_limits import must_be_theirs, must_supervise
from boss_tui.components.till.drawer_record import OPENED
from boss_tui.components.till.shifts import begin_shift, close_shift, must_be_free, must_have_none
from data.clock import new_key
from data.errors import NotAllowed
from data.message import say
from data.store import Reading, UnitOfWork
from data.tables.finance import DrawerMove, Shift
from data.tables.organisation import Operator


def suspend(tx: UnitOfWork, shift: Shift, *, operator: str, reason: str = "", approved_by: str = "") -> Shift:
    """Take the drawer out of its till: nothing is sold in the shift until it is resumed. The cashier does it, or a
    supervisor."""
    if shift.state != "open":
        raise NotAllowed(say("Only an open shift can be suspended."))
    must_supervise(tx, approved_by)
    must_be_theirs(tx, shift.operator, operator, approved_by)
    _move(tx, shift, "suspended", operator, approved_by=approved_by, reason=reason.strip())
    return tx.change(shift, state="suspended")


def resume(tx: UnitOfWork, shift: Shift, till: str, *, operator: str) -> Shift:
    """Put the drawer of a suspended shift into a till, the same or another one: its cashier does it."""
    if shift.state != "suspended":
        raise NotAllowed(say("This shift is not suspended."))
    if operator != shift.operator:
        raise NotAllowed(
            say("The drawer is {operator}'s: they resume their shift, or it is handed over.", operator=shift.operator)
        )
    must_be_free(tx, till)
    resumed = tx.change(shift, state="open", till=till)
    _move(tx, resumed, "resumed", operator)
    return resumed


def hand_over(
    tx: UnitOfWork,
    shift: Shift,
    counts: Mapping[int, int],
    *,
    to: str,
    till: str,
    closed_by: str,
    reason: str = "",
    approved_by: str = "",
    missing: Missing | None = None,
    missing_reason: str = "",
) -> tuple[Shift, Shift]:
    """End a shift with what was counted, and begin one of `to` with it, in the same drawer: the two shifts.

    Who ends it, and what a difference wants, is as in `till.close_shift`; who takes it over has no other drawer. What
    lies in the drawer is under no limit of floats: it has been there.
    """
    if to == shift.operator:
        raise NotAllowed(say("A drawer is handed over to somebody else."), field="staff_no")
    _must_work(tx, to)
    must_have_none(tx, shift.outlet, to)
    must_be_theirs(tx, shift.operator, closed_by, approved_by)
    closed = close_shift(
        tx,
        shift,
        counts,
        closed_by=closed_by,
        reason=reason,
        approved_by=approved_by,
        missing=missing,
        missing_reason=missing_reason,
    )
    act = CashReason(to, approved_by=approved_by, counterparty=shift.operator)
    begun = begin_shift(
        tx, outlet=shift.outlet, till=till, float_amount=closed.counted_cash, act=act, taken_from=closed.id
    )
    return closed, begun


def open_drawer(tx: UnitOfWork, shift: Shift, reason: str, *, operator: str, approved_by: str = "") -> None:
    """Put on record that the drawer is opened without a sale, and why: the cashier does it, or with a supervisor."""
    if not reason.strip():
        raise NotAllowed(say("Say why the drawer is opened."), field="reason")
    must_supervise(tx, approved_by)
    must_be_theirs(tx, shift.operator, operator, approved_by)
    told = f"{reason.strip()} ({approved_by})" if approved_by else reason.strip()
    note_access(tx, OPENED, shift.id, told)


def _must_work(reading: Reading, staff_no: str) -> None:
    person = reading.find(Operator, staff_no=staff_no)
    if person is None or person.state != "active":
        raise NotAllowed(
            say("Nobody at work here has the staff number {staff_no}.", staff_no=staff_no), field="staff_no"
        )


def _move(tx: UnitOfWork, shift: Shift, act: str, operator: str, *, approved_by: str = "", reason: str = "") -> None:
    tx.add(
        DrawerMove,
        id=new_key(tx.clock),
        shift_id=shift.id,
        act=act,
        till=shift.till,
        operator=operator,
        approved_by=approved_by,
        reason=reason,
        made_at=tx.now(),
    )
