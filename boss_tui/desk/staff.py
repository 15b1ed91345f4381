"""Signing on: staff number and password, tries counted, too many lock the operator out."""

from __future__ import annotations

from boss_tui.components.passwords import matches
from boss_tui.desk.station import Operator, Station
from data.errors import NotAllowed
from data.journal import Author
from data.message import say
from data.store import Store
from data.tables.organisation import Operator as OperatorRow

TRIES = 5
_REFUSED = say("Staff number or password is wrong.")


def sign_on(store: Store, station: Station, staff_no: str, password: str, *, kind: str = "sign_on") -> Operator:
    """The operator, when the password is theirs. NotAllowed otherwise; the fifth wrong try locks the operator."""
    with store.reading() as reading:
        row = reading.find(OperatorRow, staff_no=staff_no.strip(), outlet=station.outlet)
    if row is None:
        raise NotAllowed(_REFUSED, field="password")
    if row.state != "active":
        raise NotAllowed(say("{name} is locked. A manager can unlock (M7).", name=row.name), field="staff_no")
    right = matches(row.password_hash, password)  # slow on purpose, and outside of any transaction
    _note(store, station, row, right, kind)
    if not right:
        raise NotAllowed(_REFUSED, field="password")
    return Operator(row.staff_no, row.name, row.role, row.language)


def _note(store: Store, station: Station, row: OperatorRow, right: bool, kind: str) -> None:
    """Count a wrong try, or forget the ones before a right one."""
    if right and not row.failed_attempts:
        return
    author = Author(station.outlet, kind, row.staff_no, station.counter)
    with store.transaction(author) as tx:
        current = tx.one(OperatorRow, staff_no=row.staff_no)
        attempts = 0 if right else current.failed_attempts + 1
        tx.change(current, failed_attempts=attempts, state="locked" if attempts >= TRIES else current.state)
