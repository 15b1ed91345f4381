"""What supervisors allow in advance (授权): a grant to an operator for a time, or one-time codes for the phone (F7).

Plain functions over a unit of work; the desk decides when they are asked. Each authority is bounded in number, amount
and time, and works without a link. A code is its number and six digits, such as 12-483920: the number finds the row,
the hash of the whole is what is kept.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import TYPE_CHECKING

from sqlalchemy import bindparam, func, select

from boss_tui.components.base import Context
from boss_tui.components.operators.access import note_access
from boss_tui.components.operators.grades import supervises
from data.clock import new_key, stamp
from data.errors import NotAllowed
from data.message import say
from data.parameters import AUTHORITY_HOURS
from data.store import Reading, UnitOfWork
from data.tables.organisation import Authority, Operator

if TYPE_CHECKING:
    from boss_tui.answers.hall import Bounds

SECRET_DIGITS = 6

_table = Authority.table()
_LAST = select(func.max(_table.c.number)).where(_table.c.outlet == bindparam("outlet"))
_VALID = (
    select(*_table.c)
    .where(
        _table.c.outlet == bindparam("outlet"),
        _table.c.state == "active",
        _table.c.uses_left > 0,
        _table.c.valid_until > bindparam("moment"),
    )
    .order_by(_table.c.number)
)


def valid(reading: Reading, outlet: str) -> list[Authority]:
    """What may still be used at an outlet: in time, not used up, and given by who still may give it."""
    found = reading.models(Authority, _VALID, outlet=outlet, moment=stamp(reading.present()))
    givers = ((each, reading.find(Operator, staff_no=each.supervisor)) for each in found)
    return [each for each, giver in givers if giver is not None and supervises(reading, giver)]


def make(tx: UnitOfWork, outlet: str, kind: str, supervisor: str, bounds: Bounds, secret_hash: str = "") -> Authority:
    """A new grant or code. NotAllowed beside the bound that is too wide."""
    longest = AUTHORITY_HOURS.of(tx)
    if not 1 <= bounds.hours <= longest:
        raise NotAllowed(say("Between 1 and {most} hours.", most=longest), field="hours")
    if bounds.amount < 0:
        raise NotAllowed(say("An amount above 0."), field="amount")
    if not 1 <= bounds.uses <= 1000:
        raise NotAllowed(say("Between 1 and 1,000 times."), field="uses")
    until = stamp(tx.present() + timedelta(hours=bounds.hours))
    return tx.add(
        Authority,
        id=new_key(tx.clock),
        outlet=outlet,
        number=next_number(tx, outlet),
        kind=kind,
        supervisor=supervisor,
        operator=bounds.operator,
        business=bounds.business,
        amount_limit=bounds.amount,
        uses_left=bounds.uses,
        secret_hash=secret_hash,
        made_at=tx.now(),
        valid_until=until,
    )


def next_number(reading: Reading, outlet: str) -> int:
    """The number of the next authority of an outlet."""
    return int(reading.scalar(_LAST, outlet=outlet) or 0) + 1


def secret(bits: int) -> str:
    """The digits of a code, from random bits."""
    return f"{bits % 10**SECRET_DIGITS:0{SECRET_DIGITS}d}"


def fits(authority: Authority, context: Context, amount: int) -> bool:
    """Whether an authority covers this business, operator and amount (fen), the last one included."""
    return (
        authority.business in {"", context.business}
        and authority.operator in {"", context.operator}
        and (not authority.amount_limit or abs(amount) <= authority.amount_limit)
    )


def standing(context: Context, amount: int, counts: Callable[[str], bool]) -> Authority | None:
    """A grant that lets this operator do this business now, if there is one. `counts`: whose word is enough for it."""
    found = valid(context.tx, context.outlet)
    fitting = (a for a in found if a.kind == "grant" and fits(a, context, amount))
    return next((a for a in fitting if counts(a.supervisor)), None)


def code(reading: Reading, outlet: str, number: str) -> Authority | None:
    """The code with this number, if one may still be used."""
    return next((a for a in valid(reading, outlet) if a.kind == "code" and str(a.number) == number), None)


def use(tx: UnitOfWork, authority: Authority, what: str) -> Authority:
    """Count one use down, and put on record for what: a business, or another act."""
    left = authority.uses_left - 1
    note_access(tx, "authority", f"{authority.outlet} {authority.kind} {authority.number} {what}", authority.supervisor)
    return tx.change(authority, uses_left=left, state="active" if left else "used_up")


def withdraw(tx: UnitOfWork, outlet: str, number: int) -> Authority:
    """End an authority before its time. NotFound."""
    return tx.change(tx.one(Authority, outlet=outlet, number=number), state="withdrawn")
