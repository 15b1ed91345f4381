"""Handsets by a supplier's note, blank cards by a file: each fault by line and cell, disputes kept out of sale."""

from __future__ import annotations

from pathlib import Path

import pytest

from boss_tui.headquarters.leases import free_pieces
from boss_tui.headquarters.office import author
from boss_tui.management.kit.stock import StockJudged
from data.check_digits import luhn
from data.errors import BadForm, NotAllowed
from data.tables.act import Act
from data.tables.stock import BlankCard, Handset
from tests.boss_tui.desk import stock_intake
from tests.head_office import HeadOffice

MODEL = "HS-A10"


def imei(n: int) -> str:
    body = f"86012399{n:06d}"
    return body + luhn(body)


def judged(office: HeadOffice, name: str, folder: Path, text: str) -> tuple[StockJudged, Path]:
    path = folder / "stock.csv"
    path.write_text(text, encoding="utf-8")
    return stock_intake.judged(office.maker, name, path), path


def taken(office: HeadOffice, name: str, folder: Path, text: str) -> str:
    _, path = judged(office, name, folder, text)
    return stock_intake.taken(office, name, path).id


def faults(found: StockJudged) -> list[tuple[int, str]]:
    return [(line, column) for line, column, _ in stock_intake.faults(found)]


NOTE = (
    "imei,model,colour,imei2,cost,dispute\n"
    f"{imei(1)},{MODEL},曜石黑,{imei(2)},899.00,\n{imei(3)},{MODEL},月光银,,899.00,damaged\n{imei(4)},{MODEL},,,899,short\n"
)


def test_a_supplier_s_note_comes_in_and_what_is_disputed_is_sold_by_nobody(
    head_office: HeadOffice, tmp_path: Path
) -> None:
    batch = taken(head_office, "M5/handset", tmp_path, NOTE)
    rows = head_office.rows(Handset, batch_id=batch, order=("imei",))
    assert [(row.imei, row.imei2, row.cost, row.state, row.dispute) for row in rows] == [
        (imei(1), imei(2), 89_900, "in_stock", ""),
        (imei(3), "", 89_900, "disputed", "damaged"),
        (imei(4), "", 89_900, "disputed", "short"),
    ]
    with head_office.store.transaction(author("", "test"), journalled=False) as tx:
        free = {row.imei for row in free_pieces(tx, "handset", 10_000, MODEL)}
    assert free & {imei(n) for n in (1, 3, 4)} == {imei(1)}
    assert head_office.is_sound()


@pytest.mark.parametrize(("outcome", "n"), [("in_stock", 3), ("scrapped", 4)])
def test_a_dispute_is_ended_by_the_office_with_its_reason(
    head_office: HeadOffice, tmp_path: Path, outcome: str, n: int
) -> None:
    taken(head_office, "M5/handset", tmp_path, NOTE)
    said = {"imei": imei(n), "outcome": outcome, "reason": "the supplier answered"}
    for wrong in ({"outcome": "sold"}, {"imei": imei(1)}, {"reason": ""}, {"imei": imei(9)}):
        with pytest.raises(BadForm):
            head_office.maker.acting.do("M5", "settle", {**said, **wrong})
    head_office.maker.acting.do("M5", "settle", said)
    assert [row.state for row in head_office.rows(Handset, imei=imei(n))] == [outcome]
    told = [str(line.what) for line in head_office.maker.acting.life("M5/handset", (imei(n),))]
    assert any("the supplier answered" in line for line in told)
    assert any("stock.csv" in line for line in told)
    with pytest.raises(BadForm):
        head_office.maker.acting.do("M5", "settle", said)
    assert len(head_office.rows(Act, act="stock.settle")) == 1
    assert head_office.is_sound()


@pytest.mark.parametrize(
    ("row", "wanted"),
    [
        (f"{imei(1)[:-1]}{(int(imei(1)[-1]) + 1) % 10},{MODEL},,,0,", [(2, "imei")]),
        (f"{imei(1)},{MODEL},,{imei(2)[:-1]}{(int(imei(2)[-1]) + 1) % 10},0,", [(2, "imei2")]),
        (f"{imei(1)},{MODEL},,{imei(1)},0,", [(2, "imei2")]),
        (f"{imei(1)},NONE,,,0,", [(2, "model")]),
        (f"{imei(1)},P88,,,0,", [(2, "model")]),
        (f"{imei(1)},{MODEL},,,-1,", [(2, "cost")]),
        (f"{imei(1)},{MODEL},,,0,lost", [(2, "dispute")]),
        (f"86012399,{MODEL},,,0,", [(2, "imei")]),
        (f",{MODEL},,,0,", [(2, "imei")]),
        (f"{imei(1)},{MODEL},,,0,\n{imei(1)},{MODEL},,,0,", [(3, "imei")]),
    ],
)
def test_a_handset_that_can_t_be_is_told_by_cell(
    head_office: HeadOffice, tmp_path: Path, row: str, wanted: list[tuple[int, str]]
) -> None:
    found, path = judged(head_office, "M5/handset", tmp_path, f"imei,model,colour,imei2,cost,dispute\n{row}\n")
    assert faults(found) == wanted
    with pytest.raises(NotAllowed):
        head_office.maker.row_files.begin_import("M5/handset", found, path)


def test_blank_cards_come_in_by_kind(head_office: HeadOffice, tmp_path: Path) -> None:
    serials = [f"26119{n:011d}" for n in range(3)]
    batch = taken(head_office, "M5/blank_card", tmp_path, "serial,kind\n" + "".join(f"{s},STK\n" for s in serials))
    rows = head_office.rows(BlankCard, batch_id=batch, order=("serial",))
    assert [(row.serial, row.kind, row.state) for row in rows] == [(serial, "STK", "blank") for serial in serials]
    found, _ = judged(head_office, "M5/blank_card", tmp_path, "serial,kind\n2611,STK\n2611900000000099,64K\n")
    assert faults(found) == [(2, "serial"), (3, "kind")]
    again, _ = judged(head_office, "M5/blank_card", tmp_path, f"serial,kind\n{serials[0]},STK\n")
    assert faults(again) == [(2, "serial")]
    assert head_office.is_sound()
