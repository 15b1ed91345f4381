"""Blind counting 盲交: where the hall has it on, a cashier is not told what must be in the drawer before it is counted.

A supervisor turns it on and off, for every counter of the hall. What hides is decided here; what is hidden, by what is
shown: X on screen, paper, in files and commands, the day so far, and the slips of cash that is moved.
"""

from __future__ import annotations

from boss_tui.components.access import note_access
from boss_tui.components.cash_limits import is_supervisor
from data.errors import NotAllowed
from data.message import say
from data.store import Reading, UnitOfWork
from data.tables.sync import Setting

BLIND, ON, OFF = "blind_close", "yes", "no"


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
