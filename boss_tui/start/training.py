"""Training mode (培训模式): a hall of its own beside the home, in which everything works and nothing counts.

It is a demonstration hall with the machines simulated, so that no command reaches an element and no entry headquarters.
Its papers have a number series of their own and say on each sheet what they are; its screens are marked. The staff of
the home sign on there as they do at work.
"""

from __future__ import annotations

from boss_tui.components.operators.grades import grade_of
from boss_tui.components.operators.staff_passwords import standing
from boss_tui.editions.lines import RowEdit
from boss_tui.home.folder import in_the_making, is_made
from boss_tui.home.settings import Home
from boss_tui.start import demonstration
from boss_tui.start.home_files import home_key, renew_head
from boss_tui.sync.keys import DeviceKey
from data.clock import Clock, SystemClock, new_key
from data.demo.hall import OFFICE
from data.journal import Author
from data.store import Store, UnitOfWork
from data.tables.document import DocumentRange
from data.tables.organisation import Operator
from data.tables.sync import TRAINING, Setting

FOLDER = "training"
SERIES = "PX"
PIECES = 100_000


def training_home(home: Home, *, customers: int = 300, clock: Clock | None = None) -> Home:
    """The training hall of a home; made when there is none yet, in seconds."""
    folder = home.folder / FOLDER
    if is_made(folder):
        return Home(folder)
    with in_the_making(folder):
        made = demonstration.make(folder, customers=customers, clock=clock, encrypted=home.settings.encrypted)
        staff = _staff(home, clock or SystemClock())
        store, central = made.open_store(clock), demonstration.headquarters_store(made, clock)
        outlet = made.settings.outlet
        with central.transaction(Author(OFFICE, TRAINING, TRAINING)) as tx:
            _let_in(tx, home_key(made, "headquarters"), staff, outlet)
        demonstration.bring_down(made, store, central)
        with store.transaction(Author(outlet, TRAINING, TRAINING)) as tx:
            tx.add(Setting, name=TRAINING, value="yes")
            _own_series(tx)
        renew_head(made, store)
        central.close()
        store.close()
    return made


def _staff(home: Home, clock: Clock) -> list[tuple[Operator, str, str]]:
    """Who works in the home, each with the hash of the password that counts there, and their grade."""
    store: Store = home.open_store()
    try:
        with store.reading() as reading:
            found = reading.all(Operator, order=("staff_no",))
            return [
                (each, standing(reading, each, clock.now()).password_hash, grade_of(reading, each.role))
                for each in found
            ]
    finally:
        store.close()


def _own_series(tx: UnitOfWork) -> None:
    """Document numbers that no real paper ever has."""
    for row in tx.all(DocumentRange, state="open"):
        tx.change(row, state="returned")
        tx.add(
            DocumentRange,
            id=new_key(tx.clock),
            kind=row.kind,
            code=f"{SERIES}{row.code}",
            first_number=1,
            last_number=PIECES,
            next_number=1,
            outlet=row.outlet,
            counter=row.counter,
        )


def _let_in(tx: UnitOfWork, key: DeviceKey, staff: list[tuple[Operator, str, str]], outlet: str) -> None:
    """The home's staff sign on with their own passwords, beside those of the demonstration."""
    from boss_tui.editions.subjects import FOUNDING
    from boss_tui.headquarters.publishing import Said, record_and_publish

    lines = []
    for person, password_hash, grade in staff:
        known = {
            "name": person.name,
            "role": grade,
            "password_hash": password_hash,
            "password_use": "lasting",
            "language": person.language,
            "state": "active" if person.state == "locked" else person.state,
            "outlet": outlet,
        }
        there = tx.find(Operator, staff_no=person.staff_no)
        lines.append(RowEdit("operator", (person.staff_no,), "add" if there is None else "change", known))
    record_and_publish(tx, key, Said("The home's staff", TRAINING, "", subject=FOUNDING), lines)
