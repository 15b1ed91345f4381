"""A refund by telephone that its provider refuses, paid out of a drawer instead (catalogue F11).

The order's books say already that the money went back through the provider. It did not: it is the provider's debt to us
again, and cash goes out of a drawer, with a slip that the customer signs. What was settled otherwise (at the provider's
own site, by a transfer of headquarters) moves nothing here, and is only said.
"""

from __future__ import annotations

from boss_tui.components.ledger.ledger import CASH, Leg
from boss_tui.components.tenders.tenders import ways
from boss_tui.components.till.cash import CashReason, move, post_in
from boss_tui.components.till.cash_limits import (
    APPROVED_BY,
    is_supervisor,
    must_be_theirs,
    must_be_within,
    must_supervise,
)
from boss_tui.components.till.figures import expected_cash
from boss_tui.forms.typed import yuan
from data.errors import NotAllowed
from data.message import say
from data.store import UnitOfWork
from data.tables.finance import CashMovement, Shift
from data.tables.mobile import MobilePayment

REFUND = "refund"
"""What the lines of the books are of, and what cash is said to be moved for."""


def must_be_refused(row: MobilePayment) -> None:
    """NotAllowed: this is no refund that was refused, or somebody has settled it."""
    if row.state != "closed" or row.dropped or not row.refund_of:
        raise NotAllowed(say("This is settled already."))


def pay(tx: UnitOfWork, row: MobilePayment, shift: Shift, act: CashReason) -> CashMovement:
    """Pay a refused refund out of a drawer; the movement, for its slip. It goes another way than it came: a supervisor
    does it, or allows it. NotAllowed: who got it is not said, it is settled, not so much cash is there."""
    must_be_refused(row)
    way, amount = ways(tx)[row.kind], -row.amount
    if not act.note.strip():
        raise NotAllowed(say("Say who got the money."), field="words")
    must_supervise(tx, act.approved_by)
    must_be_theirs(tx, shift.operator, act.operator, act.approved_by)
    must_be_within(tx, "expense_limit", amount, act.operator, act.approved_by)
    if not (is_supervisor(tx, act.operator) or act.approved_by):
        told = say(
            "{yuan} yuan came another way ({ways}): a supervisor must allow it.", yuan=yuan(amount), ways=way.name
        )
        raise NotAllowed(told, field=APPROVED_BY)
    if amount > expected_cash(tx, shift):
        raise NotAllowed(say("There is not so much cash in the till."), field="amount")
    lines = Leg(way.account, amount, REFUND), Leg(CASH, -amount, REFUND)
    posting = post_in(tx, shift, act.operator, *lines, note=act.note.strip())
    tx.change(row, dropped=1, reason=act.note.strip()[:200])
    return move(tx, REFUND, amount, posting, act)
