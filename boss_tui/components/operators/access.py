"""The record of who signed on and off, looked at what, and was refused what (management-facts 6; kept two years).

One row for each act, journalled like all else, so that it reaches headquarters. What is recorded is what somebody chose
or opened, never what they were typing on the way there. In a store that was put back from a copy nothing is recorded
until headquarters has brought it up again: an entry of its own would be another history (design 6).
"""

from __future__ import annotations

from data.clock import new_key
from data.restored import is_restored
from data.store import UnitOfWork
from data.tables.sync import AccessLog


def note_access(tx: UnitOfWork, act: str, subject: str, reason: str = "", *, operator: str = "") -> None:
    """Put an act of the author of this transaction on record. `operator`: whose act it was, where it is another's.

    `subject`: a key, a serial, a staff number; never a document's number or a secret as it was typed.
    """
    if is_restored(tx):
        return
    author = tx.author
    tx.add(
        AccessLog,
        id=new_key(tx.clock),
        outlet=author.outlet,
        counter=author.counter,
        operator=operator or author.operator,
        act=act,
        subject=subject,
        reason=reason,
        business_date=author.business_date,
        made_at=tx.now(),
    )
