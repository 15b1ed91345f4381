"""A code by telephone for somebody whom wrong passwords locked out: for whom, for which challenge, and on record."""

from __future__ import annotations

import pytest

from boss_tui.headquarters.unlocking import unlock_code
from boss_tui.sync.unlocking import code_for
from data.errors import BossError, NotAllowed, NotFound
from data.journal import Author
from data.tables.organisation import Operator
from data.tables.sync import AccessLog
from tests.boss_tui.sync.world import World

CHALLENGE = "ABCD-EFGH"
PEOPLE = (("1001", "H01", "active"), ("1002", "H02", "active"), ("1003", "H01", "locked"), ("1004", "H01", "left"))


@pytest.fixture
def halls(small_world: World) -> World:
    """Two outlets, and who works there."""
    for code in ("H01", "H02"):
        small_world.outlet(code)
    with small_world.hq.transaction(Author("", "people", "3001"), journalled=False) as tx:
        for staff_no, outlet, state in PEOPLE:
            tx.add(
                Operator, staff_no=staff_no, outlet=outlet, name="王芳", role="clerk", password_hash="-", state=state
            )
    return small_world


def given(world: World) -> list[tuple[str, str, str]]:
    """To whom, for which challenge, and by whom codes were given."""
    with world.hq.reading() as reading:
        return [(row.subject, row.reason, row.operator) for row in reading.all(AccessLog, act="unlock_code")]


@pytest.mark.parametrize("typed", [CHALLENGE, "abcdefgh", " ABCD EFGH ", "AB-CD-EF-GH"])
def test_a_code_is_the_one_that_the_outlet_waits_for_and_stands_on_record(halls: World, typed: str) -> None:
    code = unlock_code(halls.office, "H01", "1001", typed, "3001")
    assert code == code_for(halls.keys["H01"], halls.office.key.public, "H01", "1001", CHALLENGE)
    assert given(halls) == [("1001", "ABCDEFGH", "3001")]


@pytest.mark.parametrize(
    ("outlet", "staff_no", "challenge", "refused", "field"),
    [
        ("H01", "1009", CHALLENGE, NotFound, ""),
        ("H01", "1002", CHALLENGE, NotFound, ""),  # they work elsewhere
        ("H01", "1003", CHALLENGE, NotAllowed, ""),
        ("H01", "1004", CHALLENGE, NotAllowed, ""),
        ("H01", "1001", "ABCD-EFG", NotAllowed, "challenge"),
        ("H01", "1001", "ABCD-EFGHJ", NotAllowed, "challenge"),
        ("H01", "1001", "", NotAllowed, "challenge"),
    ],
)
def test_who_has_no_code_to_get_is_told_why_and_nothing_is_on_record(
    halls: World, outlet: str, staff_no: str, challenge: str, refused: type[BossError], field: str
) -> None:
    with pytest.raises(refused) as told:
        unlock_code(halls.office, outlet, staff_no, challenge, "3001")
    assert getattr(told.value, "field", "") == field
    assert given(halls) == []
