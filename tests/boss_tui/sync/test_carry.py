"""Batches on a stick, and the receipt that comes back."""

from __future__ import annotations

from pathlib import Path

import pytest

from boss_tui.headquarters.carried import take_carried
from boss_tui.headquarters.leases import hand_down
from boss_tui.sync.carry import export, import_receipt
from data.errors import BossError, Damaged, Outside
from data.tables.resource import SimCard
from data.tables.service import Figure
from data.tables.sync import AccessLog, JournalEntry
from tests.boss_tui.sync.world import World, contents, journal, look, same_books, stock

UNTIL = "2026-12-31T00:00:00.000000Z"


def test_a_stick_does_what_a_link_does(world: World, tmp_path: Path) -> None:
    store = world.outlet("H01")
    look(store, "H01", 600)
    stock(world.hq, 4)
    hand_down(world.hq, "H01", "sim", 4, UNTIL)
    link, out, back = world.link("H01"), tmp_path / "out.boss", tmp_path / "back.boss"
    assert export(link, out) == 600
    assert link.head().acked_seq == 0
    take_carried(world.office, out, back)
    take_carried(world.office, out, back)  # a stick that is read twice
    look(store, "H01", 1)
    assert import_receipt(link, back).applied == 2  # the stock, and what it is of
    assert import_receipt(link, back).applied == 0
    assert link.head().acked_seq == 600
    assert len(contents(store, SimCard)) == 4
    assert link.exchange().pushed == 3  # the look, and the entries that tell of the stream and of the feed
    assert journal(world.hq, "H01") == journal(store, "H01")
    assert same_books(world, AccessLog, Figure)


def test_an_old_receipt_moves_nothing_back(small_world: World, tmp_path: Path) -> None:
    store = small_world.outlet("H01")
    look(store, "H01", 2)
    link = small_world.link("H01")
    export(link, tmp_path / "out")
    take_carried(small_world.office, tmp_path / "out", tmp_path / "back")
    look(store, "H01", 2)
    link.exchange()
    import_receipt(link, tmp_path / "back")
    assert link.head().acked_seq == 4


def test_an_altered_file_changes_nothing(small_world: World, tmp_path: Path) -> None:
    look(small_world.outlet("H01"), "H01", 2)
    link, out, back = small_world.link("H01"), tmp_path / "out", tmp_path / "back"
    export(link, out)
    whole = out.read_bytes()
    for place in range(0, len(whole), 9):
        out.write_bytes(whole[:place] + bytes([whole[place] ^ 1]) + whole[place + 1 :])
        with pytest.raises(BossError):
            take_carried(small_world.office, out, back)
    for length in range(0, len(whole), 40):
        out.write_bytes(whole[:length])
        with pytest.raises(Damaged):
            take_carried(small_world.office, out, back)
    assert contents(small_world.hq, JournalEntry) == []
    assert not back.exists()
    out.write_bytes(whole)
    take_carried(small_world.office, out, back)
    receipt = back.read_bytes()
    for place in range(0, len(receipt), 5):
        back.write_bytes(receipt[:place] + bytes([receipt[place] ^ 1]) + receipt[place + 1 :])
        with pytest.raises(BossError):
            import_receipt(link, back)
    assert link.head().acked_seq == 0


def test_another_outlet_s_receipt_is_refused(small_world: World, tmp_path: Path) -> None:
    for code in ("H01", "H02"):
        look(small_world.outlet(code), code, 2)
    export(small_world.link("H01"), tmp_path / "out")
    take_carried(small_world.office, tmp_path / "out", tmp_path / "back")
    with pytest.raises(Damaged):
        import_receipt(small_world.link("H02"), tmp_path / "back")


def test_a_file_that_is_not_there_or_can_t_be_written_is_told(small_world: World, tmp_path: Path) -> None:
    small_world.outlet("H01")
    with pytest.raises(Outside):
        take_carried(small_world.office, tmp_path / "none", tmp_path / "back")
    with pytest.raises(Outside):
        export(small_world.link("H01"), tmp_path / "no folder" / "out")
