"""What the bank counted otherwise than the slip of a deposit says 缴款差异: booked, with the deposit's number (M11).

The slip said what was taken out of the safe; the bank has credited more or less. A supervisor says so with a reason;
more than their role may sign for, with another supervisor's word, as of a count of the safe. Source: management-facts
7.1 (slip sum ≠ bank sum is a difference case).
"""

from __future__ import annotations

from msgspec.structs import replace

from boss_tui.components.ledger import ledger
from boss_tui.components.ledger.ledger import Leg
from boss_tui.components.tenders.tenders import as_compared
from boss_tui.components.till.cash import CashReason, by_paper, move, must_be_of_safe, post_at_safe
from boss_tui.components.till.cash_limits import APPROVED_BY, limit_of, must_supervise
from boss_tui.forms.typed import yuan
from data.errors import NotAllowed
from data.message import say
from data.store import UnitOfWork
from data.tables.finance import CashMovement

COUNTED = {"bank_short": -1, "bank_over": 1}
"""Whether the bank has less or more than the slip of a deposit said."""


def difference(tx: UnitOfWork, outlet: str, amount: int, *, purpose: str, act: CashReason) -> CashMovement:
    """The bank has so many fen less or more than a deposit's slip says (`act.reference`: its number; `act.note`: why).
    NotAllowed: there is no such deposit, it was not as much, no reason, or another supervisor has to sign too."""
    must_be_of_safe(tx, act.operator)
    must_supervise(tx, act.approved_by)
    if amount <= 0:
        raise NotAllowed(say("An amount above 0."), field="amount")
    act = replace(act, reference=as_compared(act.reference))
    number = act.reference
    taken = sum(row.amount for row in by_paper(tx, outlet, "deposit", number))
    if not number or not taken:
        raise NotAllowed(say("No deposit was taken to the bank under this number."), field="reference")
    lacking = sum(row.amount for row in by_paper(tx, outlet, "bank_short", number))
    if purpose == "bank_short" and amount > taken - lacking:
        raise NotAllowed(say("The deposit was of {yuan} yuan.", yuan=yuan(taken)), field="amount")
    if not act.note.strip():
        raise NotAllowed(say("Say what the bank found, and who has seen it."), field="note")
    if amount > limit_of(tx, "difference_limit", act.operator) and act.approved_by in {"", act.operator}:
        told = say("The bank's count differs by more than one may sign for: another supervisor must approve.")
        raise NotAllowed(told, field=APPROVED_BY)
    into = COUNTED[purpose] * amount
    lines = Leg(ledger.BANK, into, purpose), Leg(ledger.OVER_SHORT, -into, purpose)
    return move(tx, purpose, amount, post_at_safe(tx, outlet, act.operator, *lines, note=act.note.strip()), act)
