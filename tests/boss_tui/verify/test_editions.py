"""What `boss verify` says of editions: nothing of those that went their way, and each damage by its name."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import text

from boss_tui.editions import lifecycle
from boss_tui.verify import Finding, verify
from data.tables.edition import Edition
from tests.boss_tui.editions.office import CHECKER, LATER, MAKER, RULES, Desk, end, new_price, price
from tests.engines import Shared, Sqlite, Template

PUBLISHED, SIGNED = "edition is what was published of it", "edition is what was signed"
ALTERED = "UPDATE edition_line SET after = replace(after, '1500', '1501') WHERE after LIKE '%1500%'"
BY_ANOTHER, TOLD = "an edition is approved by another person", "an act is in the journal"


@pytest.fixture(scope="module")
def made(shared: Shared) -> Template:
    """An office with one edition in every state."""

    def make(url: str) -> None:
        office = Desk.made(url)
        office.approved(price(1500), new_price("P9"))
        office.approved(end("price_rule", "P2"), effective_from=LATER)
        office.act(MAKER, lifecycle.withdraw, office.approved(price(1600), effective_from="2026-12-01"), "no", RULES)
        office.act(MAKER, lifecycle.withdraw, office.drafted(price(3)), "", RULES)
        office.act(CHECKER, lifecycle.reject, office.submitted(price(4)), "no")
        office.act(MAKER, lifecycle.let_count_at_once, office.drafted(price(8, "P9")), RULES)
        office.submitted(price(1, percent=50))
        office.drafted(price(2))
        office.store.close()

    return Template(shared, "editions", make)


@pytest.fixture
def office(made: Template, tmp_path: Path) -> Iterator[Desk]:
    """A copy of it."""
    copied = Desk(made.on(Sqlite())(tmp_path))
    yield copied
    copied.store.close()


def found(office: Desk) -> list[Finding]:
    """What is wrong with the store."""
    with office.store.reading() as reading:
        return verify(reading, only=[PUBLISHED, SIGNED, BY_ANOTHER, TOLD])


def test_editions_in_every_state_that_went_their_way_are_sound(office: Desk) -> None:
    with office.store.reading() as reading:
        assert {row.state for row in reading.all(Edition)} == {
            "in_force",
            "approved",
            "withdrawn",
            "rejected",
            "submitted",
            "draft",
        }
        assert verify(reading) == []


@pytest.mark.parametrize(
    ("damage", "where", "rule"),
    [
        ("state = 'in_force'", "state = 'submitted'", PUBLISHED),
        ("state = 'rejected'", "state = 'approved'", PUBLISHED),
        ("state = 'failed'", "state = 'approved'", PUBLISHED),
        ("state = 'approved'", "state = 'draft'", PUBLISHED),
        ("state = 'withdrawn'", "state = 'in_force' AND emergency = 0", PUBLISHED),
        ("title = 'Other'", "state = 'approved'", SIGNED),
        ("title = 'Other'", "state = 'submitted'", SIGNED),
        ("content_hash = ''", "state = 'in_force' AND emergency = 0", SIGNED),
        ("decided_by = author", "state = 'approved'", BY_ANOTHER),
        ("decided_by = ''", "state = 'approved'", BY_ANOTHER),
        ("emergency = 0", "emergency = 1", BY_ANOTHER),
        ("reviewed_by = author", "emergency = 1", BY_ANOTHER),
        ("reviewed_by = '3002'", "state = 'approved'", BY_ANOTHER),
    ],
)
def test_an_edition_that_was_altered_is_named(office: Desk, damage: str, where: str, rule: str) -> None:
    alter(office, f"UPDATE edition SET {damage} WHERE {where}")
    assert (8, rule) in {(each.invariant, each.rule) for each in found(office)}


@pytest.mark.parametrize(
    ("damage", "rule"),
    [
        (ALTERED, SIGNED),
        (ALTERED, PUBLISHED),
        ("UPDATE edition_line SET dropped = 1 WHERE op = 'end'", PUBLISHED),
        ("DELETE FROM publication WHERE what = 'taken_back'", PUBLISHED),
        ("DELETE FROM publication WHERE number = (SELECT min(number) FROM publication)", PUBLISHED),
        ("UPDATE act SET operator = '3003' WHERE act = 'edition.approve'", TOLD),
        ("UPDATE act SET serial = serial || 'x' WHERE act = 'edition.reject'", TOLD),
    ],
)
def test_lines_publications_and_acts_that_were_altered_are_named(office: Desk, damage: str, rule: str) -> None:
    alter(office, damage)
    assert (8, rule) in {(each.invariant, each.rule) for each in found(office)}


@pytest.mark.parametrize(
    "damage",
    [
        "UPDATE figure SET count = count + 1 WHERE measure = 'edition.reject'",
        "DELETE FROM figure WHERE measure = 'edition.approve'",
        "DELETE FROM act WHERE act = 'edition.withdraw'",
        "UPDATE act SET operator = '3003' WHERE act = 'edition.submit'",
    ],
)
def test_figures_that_do_not_count_the_acts_are_named(office: Desk, damage: str) -> None:
    alter(office, damage)
    with office.store.reading() as reading:
        named = verify(reading, only=["figures agree with acts"])
    assert {(each.invariant, each.table) for each in named} == {(1, "figure")}


def alter(office: Desk, statement: str) -> None:
    """Do something behind the program's back, where a trigger would refuse it too."""
    with office.store.engine.connect() as connection:
        for (name,) in connection.execute(text("SELECT name FROM sqlite_master WHERE type = 'trigger'")).fetchall():
            connection.execute(text(f"DROP TRIGGER {name}"))
        assert connection.execute(text(statement)).rowcount > 0
        connection.commit()
