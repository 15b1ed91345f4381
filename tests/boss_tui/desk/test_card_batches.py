"""A printer's batch of recharge cards: whole or not at all, each fault by line and cell, PINs written and never read;
counted by another, then handed to an outlet with a note."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from boss_tui.headquarters.leases import free_pieces
from boss_tui.headquarters.office import author
from boss_tui.management.kit import stock, stock_jobs
from boss_tui.management.subjects import named
from boss_tui.remote import secret_files
from data.card_pins import check_of, decipher, secret
from data.errors import BadForm, BossError, Conflict, NotAllowed
from data.tables.act import Act
from data.tables.job import Job
from data.tables.stock import RechargeCard
from data.tables.stockroom import CardBatch
from data.tables.sync import JournalEntry
from tests.boss_tui.desk.card_batches import FIRST, NAME, ORDER, cards, pin, with_key, wrapped, written
from tests.boss_tui.desk.stock_intake import done, faults, judged, taken
from tests.head_office import CHECKER, HeadOffice


@pytest.fixture(autouse=True)
def small_pages(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(stock, "PAGE", 4)
    monkeypatch.setattr(stock_jobs, "PAGE", 4)


@pytest.fixture
def office(head_office: HeadOffice, tmp_path: Path) -> HeadOffice:
    """An office that has the printer's key."""
    with_key(head_office.maker, head_office.checker, tmp_path)
    return head_office


def free(office: HeadOffice) -> set[str]:
    """The serials of 50 yuan that can be handed out."""
    with office.store.transaction(author("", "test"), journalled=False) as tx:
        return {row.serial for row in free_pieces(tx, "card", 100_000, "5000")}


def accept(office: HeadOffice, **said: str) -> None:
    office.checker.acting.do("M5", "accept", {"order": ORDER, "pieces": "10", **said})


def test_a_batch_comes_in_whole_and_is_handed_out_once_another_has_counted_it(
    office: HeadOffice, tmp_path: Path
) -> None:
    path = written(tmp_path, cards())
    found = judged(office.maker, NAME, path)
    assert (found.counts()["new"], found.faults) == (10, [])
    job = office.maker.row_files.step(office.maker.row_files.begin_import(NAME, found, path).id)
    assert (job.done, job.state, office.rows(CardBatch)) == (4, "running", [])
    job = done(office.maker, job)
    rows = office.rows(RechargeCard, batch_id=job.id, order=("serial",))
    assert [row.serial for row in rows] == [serial for serial, _ in cards()]
    assert {(row.face_value, row.valid_to, row.state, row.outlet) for row in rows} == {
        (5_000, "2028-12-31", "idle", "")
    }
    with office.store.reading() as reading:
        key = secret(reading)
    for n, row in enumerate(rows):  # it is found by its PIN, and read by the platform alone
        assert row.pin_check == check_of(key, pin(FIRST + n))
        assert decipher(key, row.serial, row.pin_cipher) == pin(FIRST + n)
    (batch,) = office.rows(CardBatch)
    assert (batch.id, batch.order_no, batch.sequence, batch.quantity) == (job.id, ORDER, 12, 10)
    serials = {row.serial for row in rows}
    assert free(office).isdisjoint(serials)
    assert office.checker.acting.begun(NAME, "accept", (rows[3].serial,)) == {"order": ORDER}
    assert office.checker.acting.begun(NAME, "accept") == {"order": ORDER}
    accept(office)
    assert serials <= free(office)
    told = [str(line.what) for line in office.maker.acting.life(NAME, (rows[0].serial,))]
    assert told[:2] == ["came into stock with cards.csv", "its batch was counted and accepted"]
    assert office.checker.acting.begun(NAME, "accept") == {}
    assert office.is_sound()


@pytest.mark.parametrize(
    ("change", "wanted"),
    [
        ({"row": 3, "serial": str(FIRST + 30)}, [(6, "serial", "cell")]),
        ({"row": 3, "serial": str(FIRST)}, [(6, "serial", "cell")]),  # a second time
        ({"row": 3, "serial": "3301126900000004"}, [(6, "serial", "cell")]),  # a digit short
        ({"row": 3, "serial": ""}, [(6, "serial", "key")]),
        ({"row": 0, "pin": wrapped(pin(FIRST))[:-2]}, [(3, "pin_cipher", "cell")]),
        ({"row": 0, "pin": "X" * 64}, [(3, "pin_cipher", "cell")]),
        ({"row": 0, "pin": ""}, [(3, "pin_cipher", "cell")]),
        ({"row": 5, "pin": "0" * 64}, [(8, "pin_cipher", "cell")]),  # altered
        ({"row": 5, "pin": wrapped(pin(FIRST + 5), bytes(16))}, [(8, "pin_cipher", "cell")]),  # of another key
        ({"row": 5, "pin": wrapped("70000000000000000A")}, [(8, "pin_cipher", "cell")]),  # no digits
        ({"row": 5, "pin": wrapped("7000000000000000012")}, [(8, "pin_cipher", "cell")]),  # one too many
        ({"row": 9, "pin": wrapped(pin(FIRST))}, [(12, "pin_cipher", "twice")]),  # in a page before
    ],
)
def test_one_wrong_cell_keeps_the_whole_batch_out(
    office: HeadOffice, tmp_path: Path, change: dict[str, Any], wanted: list[tuple[int, str, str]]
) -> None:
    rows = cards()
    row = rows[change["row"]]
    row[0], row[1] = change.get("serial", row[0]), change.get("pin", row[1])
    path = written(tmp_path, rows)
    found = judged(office.maker, NAME, path)
    assert faults(found) == wanted
    before = len(office.rows(RechargeCard))
    for good_rows in (False, True):
        with pytest.raises(NotAllowed):
            office.maker.row_files.begin_import(NAME, found, path, good_rows=good_rows)
    assert (len(office.rows(RechargeCard)), office.rows(Job)) == (before, [])


@pytest.mark.parametrize(
    "said",
    [
        {"count": "9"},
        {"order": ""},
        {"maker": ""},
        {"sequence": "0"},
        {"sequence": "twelve"},
        {"first_serial": str(FIRST + 1)},
        {"first_serial": "330"},
        {"face_value": "0"},
        {"face_value": "fifty"},
        {"sum": "499.99"},
        {"valid_to": "2028-02-30"},
        {"key": "8"},
        {"kcv": "ABCDEF"},
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


def test_a_machine_without_the_key_reads_no_pin(office: HeadOffice, tmp_path: Path) -> None:
    path = written(tmp_path, cards())
    office.maker.seat.transport_key = lambda index: secret_files.transport_key(tmp_path / "elsewhere", index)
    assert faults(judged(office.maker, NAME, path)) == [(1, "", "file")]
    office.maker.seat.transport_key = None
    assert faults(judged(office.maker, NAME, path)) == [(1, "", "file")]


def test_a_batch_comes_once_and_files_of_a_maker_follow_each_other(office: HeadOffice, tmp_path: Path) -> None:
    taken(office, NAME, written(tmp_path, cards()))
    again = judged(office.maker, NAME, written(tmp_path, cards()))
    assert {kind for _, _, kind in faults(again)} == {"there", "file"}
    assert office.maker.row_files.seen_before(again) is not None
    more = cards(4, FIRST + 10)
    for said in (
        {"sequence": "12", "order": "CZ2026-32"},
        {"sequence": "14", "order": "CZ2026-32"},
        {"sequence": "13"},
    ):
        found = judged(office.maker, NAME, written(tmp_path, more, **said))
        assert faults(found) == [(1, "", "file")], said
    known = [[serial, wrapped(pin(FIRST + n))] for n, (serial, _) in enumerate(more)]
    found = judged(office.maker, NAME, written(tmp_path, known, sequence="13", order="CZ2026-32"))
    assert [(line, column) for line, column, _ in faults(found)] == [(line, "pin_cipher") for line in range(3, 7)]
    taken(office, NAME, written(tmp_path, more, sequence="13", order="CZ2026-32"))
    taken(office, NAME, written(tmp_path, cards(2, FIRST + 20), sequence="1", order="N-1", maker="东信"))
    assert [row.sequence for row in office.rows(CardBatch, order=("sequence",))] == [1, 12, 13]


def test_a_file_that_is_changed_meanwhile_never_becomes_a_batch(office: HeadOffice, tmp_path: Path) -> None:
    path = written(tmp_path, cards())
    found = judged(office.maker, NAME, path)
    job = office.maker.row_files.step(office.maker.row_files.begin_import(NAME, found, path).id)
    rows = cards()
    rows[8][1] = wrapped(pin(1))
    written(tmp_path, rows)
    with pytest.raises(Conflict):
        done(office.maker, job)
    assert office.rows(CardBatch) == []
    assert free(office).isdisjoint({serial for serial, _ in rows})


def test_a_file_of_an_order_that_came_since_it_was_judged_is_not_taken(office: HeadOffice, tmp_path: Path) -> None:
    other = written(tmp_path, cards(4, FIRST + 50)).rename(tmp_path / "other.csv")
    late = judged(office.maker, NAME, other)
    taken(office, NAME, written(tmp_path, cards()))
    with pytest.raises(NotAllowed) as refused:
        done(office.maker, office.maker.row_files.begin_import(NAME, late, other))
    assert refused.value.field == "file"
    assert office.rows(RechargeCard, serial=str(FIRST + 50)) == []


def test_a_pin_is_in_no_list_form_file_journal_or_act(office: HeadOffice, tmp_path: Path) -> None:
    rows = cards()
    rows[4][0] = str(FIRST + 40)
    bad = judged(office.maker, NAME, written(tmp_path, rows))
    secrets = (*(pin(FIRST + n) for n in range(10)), *(cell for _, cell in rows))
    out = "".join(piece.decode() for piece in office.maker.row_files._stock.bad_rows(bad))
    assert str(FIRST + 40) in out
    shown = [out, *(cell for line in range(20) for cell in bad.cells_of(line))]
    taken(office, NAME, written(tmp_path, cards()))
    accept(office)
    _, entity = named(NAME)
    assert "pin_cipher" not in {column.name for column in entity.columns}
    shown.append(str(office.maker.managing.page(NAME, str(FIRST)[:13])))
    shown += [row.body for row in office.rows(JournalEntry)] + [row.form_json for row in office.rows(Act)]
    shown += [str(row.__dict__) for row in office.rows(Job)]
    assert not [text for text in shown if any(each in text for each in secrets)]


@pytest.mark.parametrize(
    ("said", "field"),
    [
        ({"order": "CZ2026-99"}, "order"),
        ({"order": ""}, "order"),
        ({"pieces": "9"}, "pieces"),
        ({"pieces": "11"}, "pieces"),
        ({"pieces": "-1"}, "pieces"),
        ({"pieces": "ten"}, "pieces"),
        ({"pieces": "10", "missing": str(FIRST), "reason": "lost"}, "pieces"),
        ({"pieces": "9", "missing": str(FIRST)}, "reason"),
        ({"pieces": "9", "missing": str(FIRST + 99), "reason": "lost"}, "missing"),
        ({"pieces": "8", "missing": f"{FIRST + 2}-{FIRST + 1}", "reason": "lost"}, "missing"),
    ],
)
def test_a_count_that_does_not_come_to_the_batch_accepts_nothing(
    office: HeadOffice, tmp_path: Path, said: dict[str, str], field: str
) -> None:
    taken(office, NAME, written(tmp_path, cards()))
    with pytest.raises(BossError) as refused:
        accept(office, **said)
    where = set(refused.value.errors) if isinstance(refused.value, BadForm) else {refused.value.field}
    assert where == {field}
    assert office.rows(CardBatch)[0].accepted_at == ""


def test_who_took_the_file_in_does_not_accept_its_cards_nor_does_anybody_twice(
    office: HeadOffice, tmp_path: Path
) -> None:
    taken(office, NAME, written(tmp_path, cards()))
    with pytest.raises(NotAllowed):
        office.maker.acting.do("M5", "accept", {"order": ORDER, "pieces": "10"})
    accept(office)
    with pytest.raises(NotAllowed):
        accept(office)
    (act,) = office.rows(Act, act="stock.accept")
    assert act.operator == CHECKER


def test_cards_that_did_not_come_are_never_sold(office: HeadOffice, tmp_path: Path) -> None:
    taken(office, NAME, written(tmp_path, cards()))
    accept(office, pieces="8", missing=f"{FIRST + 3}-{FIRST + 4}", reason="the box was open")
    gone = {str(FIRST + 3), str(FIRST + 4)}
    assert free(office) & {serial for serial, _ in cards()} == {serial for serial, _ in cards()} - gone
    assert {row.state for serial in gone for row in office.rows(RechargeCard, serial=serial)} == {"locked"}
    told = [str(line.what) for line in office.maker.acting.life(NAME, (str(FIRST + 3),))]
    assert any("the box was open" in line for line in told)
    assert office.is_sound()


def test_cards_that_have_expired_are_not_accepted(office: HeadOffice, tmp_path: Path) -> None:
    taken(office, NAME, written(tmp_path, cards(), valid_to="2026-01-31"))
    with pytest.raises(NotAllowed):
        accept(office)
