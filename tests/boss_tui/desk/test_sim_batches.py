"""A maker's batch of SIM cards: whole or not at all, each fault by line and cell, its keys written and never read."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from boss_tui.headquarters import card_keys
from boss_tui.management.kit import stock, stock_jobs
from boss_tui.management.m05.sim_batches import checks, numbered
from boss_tui.management.subjects import named
from boss_tui.remote import secret_files
from data.check_digits import luhn
from data.errors import BadForm, Conflict, NotAllowed, NotFound, Outside
from data.tables.act import Act
from data.tables.job import Job
from data.tables.resource import ImsiBlock, SimCard
from data.tables.stockroom import SimBatch, TransportKey
from data.tables.sync import JournalEntry
from tests.boss_tui.desk.sim_batches import BODY, IMSI, KI, cards, iccid, written
from tests.boss_tui.desk.stock_intake import done, faults, judged, taken
from tests.head_office import CHECKER, HeadOffice

NAME = "M5/sim_card"
PARTS = ("0F" * 16, "A5" * 16)


@pytest.fixture(autouse=True)
def small_pages(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(stock, "PAGE", 4)
    monkeypatch.setattr(stock_jobs, "PAGE", 4)


@pytest.fixture
def office(head_office: HeadOffice, tmp_path: Path) -> HeadOffice:
    """An office that has the maker's key."""
    card_keys.keep(head_office.maker, tmp_path, "7", PARTS, CHECKER, "恒宝股份")
    return head_office


def test_a_batch_comes_in_whole_and_is_handed_out_then(office: HeadOffice, tmp_path: Path) -> None:
    path = written(tmp_path, cards())
    found = judged(office.maker, NAME, path)
    assert (found.counts()["new"], found.faults) == (10, [])
    job = office.maker.row_files.begin_import(NAME, found, path)
    job = office.maker.row_files.step(job.id)
    assert (job.done, job.state) == (4, "running")
    part = office.rows(SimCard, batch_id=job.id)
    assert len(part) == 4
    assert office.rows(SimBatch) == []
    with office.store.transaction(author(), journalled=False) as tx:
        free = {row.iccid for row in free_of(tx)}
    assert free.isdisjoint({row.iccid for row in part})  # nobody is handed a card of half a batch
    job = done(office.maker, job)
    assert job.state == "done"
    rows = office.rows(SimCard, batch_id=job.id, order=("iccid",))
    assert [(row.iccid, row.imsi, row.ki, row.puk) for row in rows] == [tuple(row) for row in cards()]
    assert {(row.kind, row.key_index, row.state, row.outlet) for row in rows} == {("32K", "7", "in_stock", "")}
    (batch,) = office.rows(SimBatch)
    assert (batch.id, batch.order_no, batch.quantity, batch.element) == (job.id, "DX2026-118", 10, "HLR01")
    with office.store.transaction(author(), journalled=False) as tx:
        assert {row.iccid for row in rows} <= {row.iccid for row in free_of(tx)}
    assert office.is_sound()


def author() -> Any:
    from boss_tui.headquarters.office import author as of

    return of("", "test")


def free_of(tx: Any) -> Any:
    from boss_tui.headquarters.leases import free_pieces

    return free_pieces(tx, "sim", 100_000, "32K")


@pytest.mark.parametrize(
    ("change", "wanted"),
    [
        ({"row": 3, "iccid": iccid(3)[:-1] + str((int(iccid(3)[-1]) + 1) % 10)}, [(6, "iccid", "cell")]),
        ({"row": 3, "iccid": iccid(30)}, [(6, "iccid", "cell")]),
        ({"row": 3, "imsi": str(IMSI + 30)}, [(6, "imsi", "cell")]),
        ({"row": 9, "imsi": "460119900000010"}, [(12, "imsi", "cell"), (12, "imsi", "cell")]),
        ({"row": 0, "ki": KI + "00"}, [(3, "ki", "cell")]),
        ({"row": 0, "ki": KI + "00G"}, [(3, "ki", "cell")]),
        ({"row": 0, "ki": KI + "00AA"}, [(3, "ki", "cell")]),
        ({"row": 0, "ki": ""}, [(3, "ki", "cell")]),
        ({"row": 2, "puk": "1234567"}, [(5, "puk", "cell")]),
        ({"row": 1, "iccid": ""}, [(4, "iccid", "key")]),
        ({"row": 1, "iccid": iccid(0)}, [(4, "iccid", "cell")]),  # a second time
        ({"row": 1, "imsi": str(IMSI)}, [(4, "imsi", "cell")]),
    ],
)
def test_one_wrong_cell_keeps_the_whole_batch_out(
    office: HeadOffice, tmp_path: Path, change: dict[str, Any], wanted: list[tuple[int, str, str]]
) -> None:
    rows = cards()
    for column, at in (("iccid", 0), ("imsi", 1), ("ki", 2), ("puk", 3)):
        if column in change:
            rows[change["row"]][at] = change[column]
    path = written(tmp_path, rows)
    found = judged(office.maker, NAME, path)
    assert faults(found) == wanted
    before = len(office.rows(SimCard))
    for good_rows in (False, True):
        with pytest.raises(NotAllowed):
            office.maker.row_files.begin_import(NAME, found, path, good_rows=good_rows)
    assert len(office.rows(SimCard)) == before
    assert office.rows(Job) == []


@pytest.mark.parametrize(
    "said",
    [
        {"count": "9"},
        {"order": ""},
        {"key": ""},
        {"key": "8"},
        {"kcv": "ABCDEF"},
        {"kind": "64K"},
        {"first_iccid": iccid(0)[:-1] + "x"},
        {"first_imsi": "46000"},
        {"first_iccid": iccid(1)},
        {"first_imsi": str(IMSI + 1)},
    ],
)
def test_a_head_that_does_not_fit_keeps_it_out(office: HeadOffice, tmp_path: Path, said: dict[str, str]) -> None:
    path = written(tmp_path, cards(), **said)
    found = judged(office.maker, NAME, path)
    assert found.faults
    with pytest.raises(NotAllowed):
        office.maker.row_files.begin_import(NAME, found, path)


@pytest.mark.parametrize("said", [{"sha256": "0" * 64}, {"count": ""}, {"sha256": ""}])
def test_a_file_that_is_not_as_it_was_sent_is_not_read(
    office: HeadOffice, tmp_path: Path, said: dict[str, str]
) -> None:
    with pytest.raises(BadForm) as fault:
        judged(office.maker, NAME, written(tmp_path, cards(), **said))
    assert set(fault.value.errors) == {"file"}


def test_a_batch_comes_once(office: HeadOffice, tmp_path: Path) -> None:
    taken(office, NAME, written(tmp_path, cards()))
    again = judged(office.maker, NAME, written(tmp_path, cards()))
    assert {kind for _, _, kind in faults(again)} == {"there", "file"}


def test_a_file_that_is_changed_meanwhile_never_becomes_a_batch(office: HeadOffice, tmp_path: Path) -> None:
    path = written(tmp_path, cards())
    found = judged(office.maker, NAME, path)
    job = office.maker.row_files.step(office.maker.row_files.begin_import(NAME, found, path).id)
    rows = cards()
    rows[8][2] = "F" * 32
    written(tmp_path, rows)
    with pytest.raises(Conflict):
        done(office.maker, job)
    assert office.rows(SimBatch) == []
    with office.store.transaction(author(), journalled=False) as tx:
        assert {iccid(n) for n in range(10)}.isdisjoint({row.iccid for row in free_of(tx)})


def test_cards_of_a_block_that_has_ended_are_not_ours(office: HeadOffice, tmp_path: Path) -> None:
    (block,) = office.rows(ImsiBlock)
    with office.store.transaction(author(), journalled=False) as tx:
        tx.change(tx.one(ImsiBlock, first=block.first), state="ended")
    found = judged(office.maker, NAME, written(tmp_path, cards(2)))
    assert faults(found) == [(3, "imsi", "cell"), (4, "imsi", "cell")]


def test_a_key_is_in_no_list_form_file_journal_or_act(office: HeadOffice, tmp_path: Path) -> None:
    rows = cards()
    rows[4][0] = iccid(40)
    bad = judged(office.maker, NAME, written(tmp_path, rows))
    out = "".join(piece.decode() for piece in office.maker.row_files._stock.bad_rows(bad))
    assert iccid(40) in out
    assert KI not in out
    assert all(KI not in cell for line in range(20) for cell in bad.cells_of(line))
    taken(office, NAME, written(tmp_path, cards()))
    _, entity = named(NAME)
    assert {"ki", "puk"}.isdisjoint({column.name for column in entity.columns})
    assert KI not in str(office.maker.managing.page(NAME, "8986009901126"))
    told = [row.body for row in office.rows(JournalEntry)] + [row.form_json for row in office.rows(Act)]
    assert not [text for text in told if KI in text or "0F0F" in text]
    assert not [row for row in office.rows(Job) if KI in str(row.__dict__)]


def test_the_key_is_put_together_by_two_and_kept_apart(head_office: HeadOffice, tmp_path: Path) -> None:
    row = card_keys.keep(head_office.maker, tmp_path, "7", PARTS, CHECKER)
    assert row.check_value == card_keys.check_value(bytes([0x0F ^ 0xA5] * 16))
    assert secret_files.secret_of(tmp_path, "transport", "7") == "aa" * 16
    (path,) = (tmp_path / "keys").iterdir()
    assert path.stat().st_mode & 0o077 == 0
    assert "aaaa" not in json.dumps([r.__dict__ for r in head_office.rows(TransportKey)], default=str)
    for index, parts, checker in (
        ("7x", PARTS, CHECKER),
        ("7", ("0F" * 16, "0F" * 16), CHECKER),
        ("7", ("00" * 16, "A5" * 16), CHECKER),
        ("7", ("0F" * 15, "A5" * 16), CHECKER),
        ("7", ("0F" * 16, "A5" * 24), CHECKER),
        ("7", PARTS, "3001"),
        ("7", PARTS, "1001"),
    ):
        with pytest.raises(NotAllowed):
            card_keys.keep(head_office.maker, tmp_path, index, parts, checker)
    again = card_keys.keep(head_office.maker, tmp_path, "7", ("0F" * 24, "A5" * 24), CHECKER)
    assert again.check_value != row.check_value
    assert head_office.is_sound()


def test_the_element_s_file_is_written_by_another_than_who_took_the_batch_in(
    office: HeadOffice, tmp_path: Path
) -> None:
    taken(office, NAME, written(tmp_path, cards()))
    path = tmp_path / "keys-of-order.csv"
    with pytest.raises(NotAllowed):
        card_keys.write_file(office.maker, "DX2026-118", path)
    with pytest.raises(NotFound):
        card_keys.write_file(office.checker, "DX2026-119", path)
    assert not path.exists()
    batch, count = card_keys.write_file(office.checker, "DX2026-118", path)
    assert (count, batch.preloaded_by) == (10, CHECKER)
    lines = path.read_text().splitlines()
    assert lines[0] == "#keys,element=HLR01,order=DX2026-118,key=7,count=10"
    assert lines[1:] == [f"{imsi},{ki}" for _, imsi, ki, _ in cards()]
    assert path.stat().st_mode & 0o077 == 0
    with pytest.raises(Outside):
        card_keys.write_file(office.checker, "DX2026-118", path)  # what is there is not written over
    (act,) = office.rows(Act, act="key.file")
    assert KI not in act.form_json
    assert office.is_sound()


@pytest.mark.parametrize(("first", "count"), [(0, 1), (7, 2), (9, 1), (0, 10), (3, 27), (95, 10), (999_990, 25)])
def test_numbers_that_follow_each_other_have_their_check_digits(first: int, count: int) -> None:
    assert numbered(range(BODY + first, BODY + first + count)) == [iccid(first + n) for n in range(count)]


@pytest.mark.parametrize("digits", ["89860099011260000010", "0" * 20, "9" * 20, "12345678901234567890"])
def test_check_digits_are_told_as_slowly_told_ones(digits: str) -> None:
    assert checks(digits) == (luhn(digits[:-1]) == digits[-1])
    right = digits[:-1] + luhn(digits[:-1])
    assert checks(right)
    assert not any(checks(right[:-1] + other) for other in "0123456789" if other != right[-1])
