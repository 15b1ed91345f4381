"""What headquarters notes of an outlet that calls without anything to push."""

from __future__ import annotations

import pytest

from boss_tui.headquarters.absence import note_call
from data.tables.sync import EnrolledOutlet
from tests.boss_tui.sync.world import World


def times(world: World) -> tuple[str, str, str]:
    with world.hq.reading() as reading:
        row = reading.one(EnrolledOutlet, outlet="H01")
    return row.linked_at, row.away_since, row.away_until


@pytest.mark.parametrize(("minutes", "noted", "away"), [(5, False, False), (15, True, False), (90, True, True)])
def test_a_call_is_noted_where_it_says_something_new(small_world: World, minutes: int, noted: bool, away: bool) -> None:
    small_world.outlet("H01")
    first = times(small_world)
    small_world.hq.clock.move(minutes=minutes)  # type: ignore[attr-defined]
    note_call(small_world.office, "H01")
    linked_at, since, until = times(small_world)
    assert (linked_at != first[0]) is noted
    assert (since, until) == ((first[0], linked_at) if away else ("", ""))
