"""Headquarters' side of unlocking by telephone: the code that answers an outlet's challenge (`sync.unlocking`)."""

from __future__ import annotations

from boss_tui.components.operators.access import note_access
from boss_tui.headquarters.office import Office, author, enrolled_row
from boss_tui.sync.unlocking import code_for, plain
from data.errors import NotAllowed, NotFound
from data.message import say
from data.tables.organisation import Operator

CHALLENGE = 8


def unlock_code(office: Office, outlet: str, staff_no: str, challenge: str, by: str) -> str:
    """The code for somebody whom wrong passwords locked out of an outlet; that `by` gave it is on record.

    NotFound: nobody of that number works there; NotAllowed: they may not sign on at all, or this is no challenge.
    """
    with office.store.transaction(author(outlet, "unlock_code"), journalled=False, lock=outlet) as tx:
        row = tx.find(Operator, staff_no=staff_no, outlet=outlet)
        if row is None:
            raise NotFound(
                say("Nobody of staff number {staff_no} works at {outlet}.", staff_no=staff_no, outlet=outlet)
            )
        if row.state != "active":
            raise NotAllowed(say("{staff_no} may not sign on: locked here, or left.", staff_no=staff_no))
        if len(plain(challenge)) != CHALLENGE:
            raise NotAllowed(say("A challenge has eight characters, such as ABCD-EFGH."), field="challenge")
        enrolled = enrolled_row(tx, outlet)
        note_access(tx, "unlock_code", staff_no, plain(challenge), operator=by)
    return code_for(office.key, enrolled.public_key, outlet, staff_no, challenge)
