"""The encrypted hall that benchmarks work on, made once; copies of it with an open counter."""

from __future__ import annotations

import shutil
from pathlib import Path

from msgspec import Struct

from boss_tui.components.operators.passwords import hashed
from boss_tui.desk import Desk, Station
from boss_tui.sync.first import FirstEdition
from data import demo, schema
from data.clock import SystemClock
from data.store import Store
from tests.hall import FACTS, FLOAT

KEY = "5a" * 32


def made(folder: Path, customers: int) -> Path:
    """An encrypted store with a demonstration hall in it: one file, closed."""
    path = folder / f"hall-{customers}.db"
    store = open_store(path)
    schema.create(store)
    demo.make(
        store,
        hasher=hashed,
        publish=FirstEdition(),
        clock=store.clock,
        customers=customers,
        printers={"80mm": "file:/dev/null"},
    )
    store.close()
    return path


def open_store(path: Path) -> Store:
    """A store of these benchmarks: encrypted, by the machine's own clock."""
    return Store(f"sqlite:///{path}", KEY, SystemClock())


class Drafts(Struct, frozen=True):
    """A copy of the hall with forms of C1 that are filled and only wait for the money."""

    path: Path
    forms: tuple[tuple[str, int], ...]
    """Draft and what is due, in fen."""

    def copied(self, path: Path) -> Path:
        """Another copy, as it stands."""
        shutil.copyfile(self.path, path)
        return path


def counter(store: Store) -> Desk:
    """A desk with a clerk signed on."""
    desk = Desk(store, Station(FACTS.outlet, FACTS.counter))
    desk.signing.sign_on(FACTS.clerk, FACTS.password)
    return desk


def filled(template: Path, folder: Path, count: int) -> Drafts:
    """A copy of the template with so many forms filled in at a counter whose shift is open."""
    path = folder / "drafts.db"
    shutil.copyfile(template, path)
    store = open_store(path)
    desk = counter(store)
    desk.till.open_shift(FLOAT)
    forms = []
    for _ in range(count):
        view = desk.forms.begin("C1")
        view = desk.forms.fill(view.id, desk.forms.example("C1"))
        assert not view.errors, view.errors
        forms.append((view.id, view.quote.due))
    store.close()
    return Drafts(path, tuple(forms))
