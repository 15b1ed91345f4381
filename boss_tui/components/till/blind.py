"""Blind counting 盲交: where the hall has it on, a cashier is not told what must be in the drawer before it is counted.

A supervisor turns it on and off, for every counter of the hall. What hides is decided here; what is hidden, by what is
shown: X on screen, paper, in files and commands, the day so far, and the slips of cash that is moved. The stock is
always counted blind, but by supervisors.

Nor is it found out by trying. A count is put down before the books are asked (`put_down`), in a transaction of its own,
and is kept. Once they have answered to one, another is counted with a supervisor, who signs on for it; so is the third
in any case. The same holds for amounts that are taken out of a drawer: the third, after two that were refused.
"""

from __future__ import annotations

import json
from collections.abc import Mapping

from msgspec import Struct

from boss_tui.components.operators.access import note_access
from boss_tui.components.operators.delegations import gives
from boss_tui.components.till.cash_limits import APPROVED_BY, is_supervisor
from boss_tui.forms.typed import yuan
from data.clock import new_key
from data.errors import NotAllowed
from data.message import say
from data.store import Reading, UnitOfWork
from data.tables.counting import BlindCount
from data.tables.sync import AccessLog, Setting

BLIND, ON, OFF = "blind_close", "yes", "no"
AGAIN = "count.again"
"""The act on record when something else is counted than was put down before."""
REFUSED = "cash.refused"
"""The act on record when an amount was refused while shifts are counted blind."""
ALONE = 2
"""Counts, and refused amounts, that nobody else has to be there for."""


class PutDown(Struct, frozen=True):
    """A count that was put down: its key, whether who counts is not told what must be there, and why the books are not
    asked about it, where they are not."""

    key: str
    hidden: bool
    refusal: NotAllowed | None = None


def is_blind(reading: Reading) -> bool:
    """Whether shifts are counted blind here."""
    setting = reading.find(Setting, name=BLIND)
    return setting is not None and setting.value == ON


def hides(reading: Reading, staff_no: str) -> bool:
    """Whether this person is not told what must be in a drawer."""
    return is_blind(reading) and not is_supervisor(reading, staff_no)


def turn(tx: UnitOfWork, *, on: bool, operator: str) -> None:
    """Turn it on or off; a supervisor does it, and it is on record."""
    if not is_supervisor(tx, operator):
        raise NotAllowed(say("A supervisor says whether shifts are counted blind."))
    value, before = ON if on else OFF, tx.find(Setting, name=BLIND)
    if before is None:
        tx.add(Setting, name=BLIND, value=value)
    else:
        tx.change(before, value=value)
    note_access(tx, "till.blind", tx.author.outlet, value)


def put_down(
    tx: UnitOfWork, subject: str, pieces: Mapping[str, int], *, hidden: bool, amount: int = 0, signed_by: str = ""
) -> PutDown | None:
    """Put a count of a subject down (see `BlindCount`), and say whether the books may be asked about it. None: it is
    not blind, and nothing was put down before.

    The same count as the last, or as one that they have answered to, is that one: who gives a reason, or has a
    supervisor sign, counts nothing anew. `hidden`: whether the author is not told what must be there. `signed_by`: the
    supervisor who signed on for it; where one counts, they do.
    """
    before = tx.all(BlindCount, subject=subject, outlet=tx.author.outlet, order=("number",))
    if not (hidden or before):
        return None
    signed_by = signed_by or ("" if hidden else tx.author.operator)
    row = _known(before, _as_json(pieces)) or _added(tx, subject, len(before) + 1, _as_json(pieces), amount)
    asked = any(one.state == "answered" for one in before if one.id != row.id)
    if not signed_by and (asked or row.number > ALONE):
        return PutDown(row.id, hidden, _wants_supervisor(asked=asked))
    tx.change(row, state="answered", approved_by=signed_by or row.approved_by)
    return PutDown(row.id, hidden)


def _known(before: list[BlindCount], pieces: str) -> BlindCount | None:
    last = before[-1:]
    return next((one for one in before if one.pieces_json == pieces and (one.state == "answered" or one in last)), None)


def _added(tx: UnitOfWork, subject: str, number: int, pieces: str, amount: int) -> BlindCount:
    author = tx.author
    if number > 1:
        note_access(tx, AGAIN, subject, yuan(amount) if amount else "")
    return tx.add(
        BlindCount,
        id=new_key(tx.clock),
        outlet=author.outlet,
        counter=author.counter,
        operator=author.operator,
        business_date=author.business_date,
        subject=subject,
        number=number,
        pieces_json=pieces,
        amount=amount,
        made_at=tx.now(),
    )


def _as_json(pieces: Mapping[str, int]) -> str:
    return json.dumps(dict(sorted(pieces.items())))


def _wants_supervisor(*, asked: bool) -> NotAllowed:
    told = (
        say("Your count is put down already. Who counts another does it with a supervisor, who signs on for it.")
        if asked
        else say("Two counts are put down. The third is counted with a supervisor, who signs on for it.")
    )
    return NotAllowed(told, field=APPROVED_BY)


def not_answered(tx: UnitOfWork, key: str) -> None:
    """Say that the books have not answered to a count after all: something else was wrong."""
    tx.change(tx.one(BlindCount, id=key), state="put_down")


def accept(tx: UnitOfWork, subject: str, pieces: Mapping[str, int]) -> None:
    """Say of the count that was put down, if any, that it is the one that counts."""
    row = _known(put_down_before(tx, tx.author.outlet, subject), _as_json(pieces))
    if row is not None:
        tx.change(row, state="accepted")


def put_down_before(reading: Reading, outlet: str, subject: str) -> list[BlindCount]:
    """The counts of a subject that were put down, the first one first."""
    return reading.all(BlindCount, outlet=outlet, subject=subject, order=("number",))


def of_drawer(counts: Mapping[int, int]) -> dict[str, int]:
    """The pieces of a drawer as they are put down: an empty field is none."""
    return {str(face): pieces for face, pieces in counts.items() if pieces}


def must_not_try(tx: UnitOfWork, shift_id: str, approved_by: str) -> None:
    """NotAllowed when somebody who is not told what must be in a drawer has tried amounts of it, unless a supervisor
    has signed on."""
    if not hides(tx, tx.author.operator) or gives(tx, approved_by):
        return
    if len(tx.all(AccessLog, act=REFUSED, subject=shift_id)) >= ALONE:
        told = say("Amounts of this drawer were refused twice: a supervisor signs on for the next.")
        raise NotAllowed(told, field=APPROVED_BY)


def note_refused(tx: UnitOfWork, shift_id: str, act: str) -> None:
    """Put on record that an amount was refused to somebody who is not told what must be in a drawer."""
    if hides(tx, tx.author.operator):
        note_access(tx, REFUSED, shift_id, act)
