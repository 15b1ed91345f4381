"""What a column of a published table can hold: each kind of column at its edges, and what of a line stands where."""

from __future__ import annotations

from typing import Any

import pytest

from boss_tui.editions.columns import choices, faults
from boss_tui.editions.lines import RowEdit
from data.tables.tariff import PriceRule
from tests.boss_tui.editions.office import new_price

NUMBER, TEXT, DAY, WORD, NEEDED = (
    "A whole number.",
    "A text.",
    "A date, such as 2026-12-31.",
    "One of",
    "This is needed.",
)


def told(line: RowEdit) -> list[tuple[str, str]]:
    return [(name, str(message)) for name, message in faults(line)]


def changed(**values: Any) -> list[tuple[str, str]]:
    return told(RowEdit("price_rule", ("P1",), "change", values))


@pytest.mark.parametrize(
    ("value", "said"),
    [(0, ""), (-1, ""), (True, NUMBER), (1.0, NUMBER), ("1", NUMBER), ("", NUMBER), (None, NEEDED)],
)
def test_a_number_is_whole(value: Any, said: str) -> None:
    assert changed(amount=value) == ([("amount", said)] if said else [])


@pytest.mark.parametrize(("column", "bits"), [("amount", 63), ("rank", 31), ("percent", 31), ("monthly", 31)])
def test_a_number_fits_both_databases(column: str, bits: int) -> None:
    """Money is wide; any other number is an INTEGER, which PostgreSQL holds in 32 bits."""
    least, most = -(2**bits), 2**bits - 1
    assert (changed(**{column: least}), changed(**{column: most})) == ([], [])
    assert changed(**{column: least - 1}) == [(column, f"At least {least}.")]
    assert changed(**{column: most + 1}) == [(column, f"At most {most}.")]


@pytest.mark.parametrize(
    ("value", "said"),
    [
        ("", ""),
        ("卡费", ""),
        ("a\x01b", ""),
        ("a\x00b", TEXT),
        ("\ud800", TEXT),
        ("a\udfffb", TEXT),
        ("\ue000", ""),
        (1, TEXT),
        (None, NEEDED),
    ],
)
def test_a_text_is_what_both_databases_hold(value: Any, said: str) -> None:
    assert changed(name_zh=value) == ([("name_zh", said)] if said else [])


@pytest.mark.parametrize("column", ["valid_from", "valid_to"])
@pytest.mark.parametrize(
    ("value", "fits"),
    [
        ("2026-12-31", True),
        ("2028-02-29", True),
        ("", True),
        ("2026-02-29", False),
        ("20261231", False),
        ("2026-12-31T00", False),
        ("soon", False),
    ],
)
def test_a_date_is_a_day_that_there_is_or_open(column: str, value: str, fits: bool) -> None:
    assert changed(**{column: value}) == ([] if fits else [(column, DAY)])


def test_one_of_a_few_is_one_of_them() -> None:
    few = {name: words for name, words in choices(PriceRule).items() if words}
    assert few
    for name, words in few.items():
        assert [changed(**{name: word}) for word in words] == [[] for _ in words]
        ((column, said),) = changed(**{name: f"{words[0]}x"})
        assert (column, said.startswith(WORD), all(word in said for word in words)) == (name, True, True)


def test_what_is_no_column_and_what_of_the_key_is_named() -> None:
    assert changed(colour="red") == [("colour", "There is no column colour.")]
    assert changed(revision=2) == [("revision", "There is no column revision.")]
    assert changed(id="P2") == [("id", "The key of a row stays.")]
    assert told(RowEdit("price_rule", ("P1", "P2"), "change", {})) == [("", "The key of price rule is id.")]
    assert told(RowEdit("price_rule", (), "end", {})) == [("", "The key of price rule is id.")]
    assert told(RowEdit("price_rule", (1,), "end", {})) == [("id", TEXT)]
    assert told(RowEdit("shift", ("P1",), "end", {})) != []
    assert told(RowEdit("price_rule", ("P1",), "undo", {"item": 1})) == []


def test_a_new_row_says_all_that_nothing_is_made_of() -> None:
    whole = new_price("P1")
    assert told(whole) == []
    for name in ("item", "amount"):
        left = {column: value for column, value in whole.values.items() if column != name}
        assert told(RowEdit("price_rule", ("P1",), "add", left)) == [(name, NEEDED)], name
    assert changed() == []
