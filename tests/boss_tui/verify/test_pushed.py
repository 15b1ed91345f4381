"""The outlet's journal against a real headquarters: over its database, and over the link."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from functools import cached_property, partial
from pathlib import Path

import pytest
from sqlalchemy import text

from boss_tui.headquarters.app import create_app
from boss_tui.headquarters.enrolment import make_code
from boss_tui.headquarters.office import Office
from boss_tui.sync.enrolment import enrol
from boss_tui.sync.first import FirstEdition
from boss_tui.sync.link import Link
from boss_tui.verify import Finding, OfLink, OfStore, verify
from data.demo import make
from data.demo.hall import OUTLET
from data.store import Store
from tests.boss_tui.sync.world import URL, Direct, device
from tests.boss_tui.verify import history
from tests.engines import Shared, with_tables

KEY = f"{OUTLET}/1"
HALL, OFFICE = "hall.db", "headquarters.db"


class Both:
    """An outlet and its headquarters, with everything pushed but the newest entry."""

    def __init__(self, folder: Path) -> None:
        self.outlet, self.hq = (Store(f"sqlite:///{folder / name}", clock=history.later()) for name in (HALL, OFFICE))
        self.office = Office(self.hq, device(1))
        self.transport = Direct(create_app(self.office))

    @cached_property
    def link(self) -> Link:
        """Of the enrolled outlet."""
        return Link(self.outlet, OUTLET, URL, device(2), transport=self.transport)

    @classmethod
    def make(cls, hall: Path, folder: Path) -> None:
        """The outlet is enrolled with a headquarters, and has pushed all that it did but to open one drawer more."""
        shutil.copy(hall, folder / HALL)
        with_tables(folder / OFFICE)
        both = cls(folder)
        make(
            both.hq,
            hasher=history.hash_once,
            publish=FirstEdition(device(1).sign),
            clock=history.clock(),
            customers=8,
            role="headquarters",
        )
        enrol(both.outlet, OUTLET, URL, make_code(both.office, OUTLET, "3001"), device(2), transport=both.transport)
        both.link.push_once()
        history.at_work(both.outlet, "1003", "HZ0103").till.open_shift(10_000)
        both.close()

    def close(self) -> None:
        """Let go of both."""
        self.outlet.close()
        self.hq.close()

    def damaged(self, store: Store, *statements: str) -> list[Finding]:
        """What is found at the outlet after statements at one of the two stores."""
        with store.engine.connect() as connection:
            for statement in statements:
                assert connection.execute(text(statement)).rowcount != 0
        return self.found()

    def found(self) -> list[Finding]:
        with self.outlet.reading() as reading, self.hq.reading() as hq:
            return verify(reading, headquarters=OfStore(hq))


@pytest.fixture(scope="session")
def both_made(made: Path, shared: Shared) -> Path:
    """Their stores."""
    return shared("pushed", partial(Both.make, made))


@pytest.fixture
def both(both_made: Path, tmp_path: Path) -> Iterator[Both]:
    found = Both(Path(shutil.copytree(both_made, tmp_path / "both")))
    yield found
    found.close()


def test_what_was_pushed_is_held(both: Both) -> None:
    assert both.found() == []


def test_headquarters_own_store_holds_too(both: Both) -> None:
    with both.hq.reading() as reading:
        assert verify(reading) == []


def test_over_the_link_it_is_the_same(both: Both) -> None:
    with both.outlet.reading() as reading:
        assert verify(reading, headquarters=OfLink(both.link)) == []


def test_an_entry_that_headquarters_lost(both: Both) -> None:
    found = both.damaged(both.hq, "DROP TRIGGER journal_no_delete", "DELETE FROM journal WHERE seq = 3")
    assert [(f.invariant, f.table, f.key) for f in found] == [(6, "journal", f"{KEY}/3")]
    assert "does not hold it" in str(found[0].message)


def test_an_entry_that_is_another_there(both: Both) -> None:
    found = both.damaged(both.hq, "DROP TRIGGER journal_no_update", "UPDATE journal SET hash = 'aa' WHERE seq = 4")
    assert [(f.invariant, f.key) for f in found] == [(6, f"{KEY}/4")]


def test_an_entry_that_is_held_twice(both: Both) -> None:
    columns = "seq, kind, kind_version, operator, counter, serial, business_date, made_at, body, prev_hash, hash"
    again = f"INSERT INTO journal (outlet, epoch, {columns}) SELECT outlet, 2, {columns} FROM journal WHERE seq = 4"
    found = both.damaged(both.hq, again)
    assert [(f.invariant, f.key) for f in found] == [(6, f"{OUTLET}/2/4")]


def test_an_entry_beyond_the_journals_end(both: Both) -> None:
    both.link.push_once()
    with both.outlet.reading() as reading:
        last = reading.scalar(text("SELECT max(seq) FROM journal"))
    found = both.damaged(
        both.outlet,
        "DROP TRIGGER journal_no_delete",
        f"DELETE FROM journal WHERE seq = {last}",
        "UPDATE journal_head SET seq = seq - 1, hash = (SELECT hash FROM journal ORDER BY seq DESC LIMIT 1)",
    )
    assert (6, "headquarters holds what was pushed", f"{KEY}/{last}") in {(f.invariant, f.rule, f.key) for f in found}
    assert (6, "acknowledged is in the journal", OUTLET) in {(f.invariant, f.rule, f.key) for f in found}


def test_headquarters_chain_is_checked_there(both: Both) -> None:
    both.damaged(both.hq, "DROP TRIGGER journal_no_update", "UPDATE journal SET body = body || ' ' WHERE seq = 4")
    with both.hq.reading() as reading:
        assert (2, "journal", f"{KEY}/4") in {(f.invariant, f.table, f.key) for f in verify(reading)}
