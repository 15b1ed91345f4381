"""What was missing at headquarters and is found: which pieces come back, and why another one does not."""

from __future__ import annotations

from typing import Any

import pytest

from boss_tui.components.stock import piece_count
from boss_tui.management.m05 import found_pieces
from boss_tui.management.m05.found_pieces import FOUND
from boss_tui.sync.scarce import PIECES
from data.errors import BadForm
from data.statements import table_name
from data.tables.resource import SimCard
from data.tables.stock import Handset, RechargeCard
from data.tables.sync import Lease
from tests.boss_tui.components.rows import Rows, row

LOST = {kind: PIECES[kind].lost for kind in ("card", "handset")}


def card(serial: str = "1001", **values: Any) -> Any:
    return row(RechargeCard, **{"serial": serial, "state": LOST["card"], "outlet": "", "lease_id": "", **values})


@pytest.mark.parametrize(
    ("typed", "ends"),
    [
        ("1001", ["1001"]),
        ("1001 1002,1003", ["1001", "1002", "1003"]),
        ("1001-1009", ["1001", "1009"]),
        ("1001-", ["1001"]),
        ("", []),
    ],
)
def test_both_ends_of_a_run_are_looked_up(typed: str, ends: list[str]) -> None:
    assert list(found_pieces._ends(typed)) == ends


def test_a_list_is_of_the_kind_of_its_first_piece() -> None:
    rows: Any = Rows(card(), row(Handset, imei="86"))
    assert found_pieces._kind_of(rows, "1001-1005 86") == "card"
    assert found_pieces._kind_of(rows, "86 1001") == "handset"
    for typed in ("9 1001", ""):
        with pytest.raises(BadForm, match="No piece of stock has serial"):
            found_pieces._kind_of(rows, typed)


@pytest.mark.parametrize(
    ("typed", "why"),
    [
        ("1001", ""),
        ("1001-1002", ""),
        ("1001 9", "There is no recharge card with serial 9."),
        ("1001-1003", "1003 is"),
        ("1003 1001", "1003 is"),
    ],
)
def test_each_piece_that_is_named_is_out_of_stock(typed: str, why: str) -> None:
    rows: Any = Rows(card(), card("1002"), card("1003", state="idle"))
    if not why:
        found_pieces._must_be_away(rows, "card", typed, ["1001", "1002"])
        return
    with pytest.raises(BadForm) as refused:
        found_pieces._must_be_away(rows, "card", typed, ["1001", "1002"])
    assert str(refused.value.errors["serials"]).casefold().startswith(why.casefold())


@pytest.mark.parametrize(
    ("values", "told"),
    [
        ({"outlet": "HZ01"}, "with outlet HZ01."),
        ({"outlet": "HZ01", "state": "idle"}, "with outlet HZ01."),
        ({"state": "idle"}, "it is not missing."),
        ({}, "but not as one that was missing."),
    ],
)
def test_of_one_that_does_not_come_back_it_is_told_how_it_stands(values: dict[str, str], told: str) -> None:
    message = str(found_pieces._stays(card(**values), "card").errors["serials"])
    assert message.startswith("1001 is ")
    assert message.endswith(told)


@pytest.mark.parametrize(
    ("lease", "missed", "comes"),
    [
        ("", True, True),
        ("", False, False),
        ("reclaimed", False, True),  # taken back without its outlet's word
        ("running", True, False),
        ("returned", True, False),
        ("gone", True, True),  # its block is not here: what was counted counts
        ("gone", False, False),
    ],
)
def test_a_piece_comes_back_that_was_missed_here_or_taken_back_without_a_word(
    monkeypatch: pytest.MonkeyPatch, lease: str, missed: bool, comes: bool
) -> None:
    monkeypatch.setattr(piece_count, "is_missing", lambda _, serial: missed and serial == "1001")
    blocks = [] if lease in ("", "gone") else [row(Lease, id="l", state=lease)]
    rows: Any = Rows(*blocks)
    assert found_pieces._comes_back(rows, "card", card(lease_id="l" if lease else "")) is comes


@pytest.mark.parametrize(
    ("at", "serials"),
    [
        (None, {}),
        ({"serial": "1001"}, {"serials": "1001"}),
        ({"serial": "1002"}, {}),  # an outlet has it
        ({"serial": "1003"}, {}),  # it is in stock
        ({"serial": "9"}, {}),
        ({"imei": "86"}, {"serials": "86"}),
        ({"other": "1001"}, {}),
    ],
)
def test_at_a_row_of_a_list_the_piece_is_filled_in_that_is_away(
    at: dict[str, str] | None, serials: dict[str, str]
) -> None:
    rows: Any = Rows(
        card(),
        card("1002", outlet="HZ01"),
        card("1003", state="idle"),
        row(Handset, imei="86", state=LOST["handset"], outlet=""),
    )
    assert found_pieces._at_row(rows, at) == serials


def test_it_is_done_at_the_list_of_every_kind_that_lies_in_stock() -> None:
    assert {table_name(Handset), table_name(SimCard)} <= {*FOUND.also}
    assert table_name(RechargeCard) not in FOUND.also, "it has that list already"
