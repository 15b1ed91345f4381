"""Every table has a word of its own in both languages, and what is said of rows says it."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

from boss_tui.locale import LANGUAGES, words
from data.errors import NotFound
from data.store import Store
from data.table_words import TABLE_WORDS, no_such, row_words, table_word
from data.tables import all_tables
from data.tables.resource import SimCard
from data.tables.tariff import TaxRate

ROOT = Path(__file__).parents[2]


def test_every_table_has_its_word_and_no_word_is_of_none() -> None:
    assert TABLE_WORDS.keys() == all_tables().keys()


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_two_tables_are_called_the_same(language: str) -> None:
    said = [words(language)(told) for told in TABLE_WORDS.values()]
    assert sorted(said) == sorted(set(said))
    assert [text for text in said if "_" in text] == []


def test_a_row_is_told_by_its_word_and_key() -> None:
    assert words("zh_CN")(row_words(TaxRate, ("standard", "2026-12-01"))) == "税率 standard/2026-12-01"
    assert words("en")(no_such("tax_rate", "none")) == "There is no tax rate none."
    assert str(table_word("typed by somebody")) == "typed by somebody"


def test_what_is_not_there_is_told_in_words(store: Store) -> None:
    with store.reading() as reading, pytest.raises(NotFound) as refused:
        reading.one(SimCard, iccid="8986")
    assert words("zh_CN")(refused.value.message) == "没有SIM 卡 8986。"


def test_no_message_is_filled_with_the_name_of_a_table() -> None:
    """No call of `say` has a value that is worked out of a table's name, or of a line's `table`."""
    found = []
    for package in ("boss_tui", "screens", "data", "printers"):
        for path in sorted((ROOT / package).rglob("*.py")):
            for call in ast.walk(ast.parse(path.read_text("utf-8"))):
                if isinstance(call, ast.Call) and isinstance(call.func, ast.Name) and call.func.id == "say":
                    found += [f"{path}:{call.lineno}" for each in call.keywords if raw(each.value, each.arg or "")]
    assert found == []


def raw(value: ast.expr, of: str = "") -> bool:
    """Whether a value of a message names a table raw. `of`: where it stands in the message."""
    match value:
        case ast.Attribute(attr="name"):
            return of == "table"
        case ast.Call(func=ast.Name(id="table_name")) | ast.Attribute(attr="table" | "__tablename__" | "__name__"):
            return True
        case ast.Call(func=ast.Name(id="str"), args=[inner]):
            return raw(inner)
        case ast.JoinedStr(values=parts):
            return any(raw(part.value) for part in parts if isinstance(part, ast.FormattedValue))
    return False
