"""What an outlet says of a box and is not so, and damage to what is on its way: found."""

from __future__ import annotations

from typing import Any

import pytest

from boss_tui.sync.scarce import PIECES
from boss_tui.verify import verify
from data.journal import Author
from data.tables.sync import SyncException
from data.tables.transfer import TransferCount, TransferNote
from tests.boss_tui.headquarters.test_transfers import DAY, at_once, is_sound, state_of
from tests.boss_tui.sync.world import World, contents

# an outlet that lies


def lie(world: World, note: TransferNote, **changes: Any) -> str:
    """A count as no desk writes it; the reason for which it is put aside."""
    store = world.stores["H01"]
    with store.transaction(Author("H01", "stock.transfer", "S001", business_date=DAY)) as tx:
        row = {
            "id": "lie",
            "outlet": "H01",
            "note_id": note.id,
            "end_of": "received",
            "pieces": 1,
            "listed": '["00000000001","00000000002"]',
            "counted_by": "S001",
            "approved_by": "S002",
            "business_date": DAY,
            "made_at": tx.now(),
        }
        moved = changes.pop("moved", ["00000000000"])
        tx.add(TransferCount, **{**row, **changes})
        for serial in moved:
            tx.change(tx.one(PIECES["sim"].model, iccid=serial), state="in_stock")
    world.link("H01").exchange()
    return " ".join(row["reason"] for row in contents(world.hq, SyncException))


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({}, ""),
        ({"approved_by": "S001"}, "stock"),
        ({"approved_by": ""}, "stock"),
        ({"pieces": 2}, "stock"),
        ({"listed": '["00000000000"]'}, "stock"),
        ({"listed": "none"}, "stock"),
        ({"listed": '["00000000001","00000000001"]'}, "stock"),
        ({"end_of": "sent"}, "stock"),
        ({"moved": [], "pieces": 0, "listed": "[]", "end_of": "sent"}, "stock"),
    ],
)
def test_a_lying_count_does_not_stand(small_world: World, changes: dict[str, Any], reason: str) -> None:
    note = at_once(small_world)
    assert lie(small_world, note, **changes) == reason
    assert state_of(small_world, note)[0] == ("sent" if reason else "differs")


def test_out_of_a_box_nothing_comes_without_a_count(small_world: World) -> None:
    at_once(small_world)
    with small_world.stores["H01"].transaction(Author("H01", "stock", "S001")) as tx:
        tx.change(tx.one(PIECES["sim"].model, iccid="00000000000"), state="in_stock")
    small_world.link("H01").exchange()
    assert [row["reason"] for row in contents(small_world.hq, SyncException)] == ["stock"]


# what verify holds

DAMAGES = {
    "a piece that is sold out of its box": (
        "piece of an open note is on its way: sim",
        "UPDATE sim_card SET state = 'in_stock' WHERE iccid = '00000000001'",
    ),
    "a piece that is on no note": (
        "piece on its way is on a note: sim",
        "UPDATE sim_card SET state = 'in_transit', outlet = 'H01' WHERE iccid = '00000000005'",
    ),
    "a piece taken off its note": (
        "transfer note is what was counted",
        "DELETE FROM transfer_piece WHERE piece = '00000000001'",
    ),
    "a note that says that all came": (
        "transfer note is what was counted",
        "UPDATE transfer_note SET state = 'received'",
    ),
    "a case of other pieces": (
        "transfer note is what was counted",
        "UPDATE transfer_note SET state = 'differs', missing = 2",
    ),
    "a count that one signed alone": (
        "count of a box is signed by two",
        "UPDATE transfer_count SET approved_by = counted_by",
    ),
}


@pytest.mark.whole
@pytest.mark.parametrize("name", DAMAGES)
def test_damage_to_a_box_is_found(small_world: World, name: str) -> None:
    rule, statement = DAMAGES[name]
    at_once(small_world)
    assert is_sound(small_world)
    with small_world.hq.engine.connect() as connection:
        for trigger in connection.exec_driver_sql("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall():
            connection.exec_driver_sql(f"DROP TRIGGER {trigger[0]}")
        assert connection.exec_driver_sql(statement).rowcount > 0
        connection.commit()
    with small_world.hq.reading() as reading:
        assert rule in {finding.rule for finding in verify(reading)}
