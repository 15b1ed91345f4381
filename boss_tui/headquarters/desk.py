"""The office: headquarters' own station, a desk over its store, with a journal and a business date of its own.

Management is done there. What the desk is handed beside: how editions are published, and what each subject checks.
Source: design 12.
"""

from __future__ import annotations

from boss_tui.components.stations import OFFICE
from boss_tui.desk import Desk, Station
from boss_tui.editions.subjects import Rules
from boss_tui.headquarters.exception_sheets import ExceptionsOfOffice
from boss_tui.headquarters.note_sheets import NotesOfOffice
from boss_tui.headquarters.office import Office
from boss_tui.headquarters.office_leasing import OfficeLeasing
from boss_tui.headquarters.stream import publish
from boss_tui.management.rules import rules as rules_of_subjects
from data.errors import NotAllowed
from data.message import say
from data.store import Reading, UnitOfWork
from data.tables.organisation import Counter
from data.tables.sync import JournalHead, Setting


def found(tx: UnitOfWork, outlet: str) -> None:
    """Give headquarters a station of its own: its code, and the beginning of its journal."""
    tx.add(Setting, name=OFFICE, value=outlet)
    tx.add(JournalHead, outlet=outlet)


def station(reading: Reading, counter: str = "") -> Station:
    """Headquarters' own station, at a counter of it or its first. NotAllowed: it has none."""
    code = reading.find(Setting, name=OFFICE)
    if code is None:
        raise NotAllowed(say("This store has no office: it is not headquarters'."))
    counters = [row.code for row in reading.all(Counter, outlet=code.value, order=("code",))]
    return Station(code.value, counter or (counters[0] if counters else ""))


def rules(office: Office) -> Rules:
    """What editions go by at headquarters."""
    return rules_of_subjects(lambda tx, edition, lines: publish(tx, office.key, edition, lines), OfficeLeasing())


def desk(office: Office, counter: str = "") -> Desk:
    """A desk at the office."""
    with office.store.reading() as reading:
        at = station(reading, counter)
    made = Desk(office.store, at, device=lambda: office.key)
    made.seat.rules = rules(office)
    made.seat.office_notes = NotesOfOffice(made)
    made.seat.office_exceptions = ExceptionsOfOffice(made)
    return made
