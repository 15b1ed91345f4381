"""What codes are called: by the names of rows, and by what an entity says of the rows within its rows."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from boss_tui.locale import LANGUAGES, words
from boss_tui.management.kit.entity import Column, Entity, Values
from boss_tui.management.kit.repeating import BETWEEN
from data.message import Message, both, listed, quoted
from data.statements import keys
from data.store import Reading
from data.tables.base import Table

Names = Mapping[tuple[str, Any], Message]
"""What the rows that codes refer to are called, by column and code."""
Said = Message | str

NAME_COLUMNS = (("name_zh", "name_en"), ("label_zh", "label_en"), ("title_zh", "title_en"), ("name", "name"))


def called(row: Values) -> Message | None:
    """What a row is called, where it has a name."""
    for chinese, english in NAME_COLUMNS:
        if row.get(chinese):
            return both(row[chinese], row.get(english, ""))
    return None


def coded(value: Any, name: Message) -> Message:
    """A code with what it is called; once, where a language calls it so itself."""
    code, called_ = str(value), {language: words(language)(name) for language in LANGUAGES}
    same = {language: each for language, each in called_.items() if each.casefold() == code.casefold()}
    if not same:
        return Message("{code} {name}", {"code": value, "name": name})
    return Message("", {language: same.get(language, f"{code} {each}") for language, each in called_.items()})


def capital(told: Message) -> Message:
    """The same as a line of its own begins: what a row is called may stand first in it, and is small within a
    sentence."""
    spoken = {language: words(language)(told) for language in LANGUAGES}
    return Message("", {language: text[:1].upper() + text[1:] for language, text in spoken.items()})


def cell_words(reading: Reading, entity: Entity, column: str) -> dict[str, Mapping[str, Message]]:
    """What codes in the rows that a column holds are called, by the field of such a row."""
    said_in = entity.cells.get(column, {}).items()
    return {name: words_ if isinstance(words_, Mapping) else _rows_called(reading, words_) for name, words_ in said_in}


def _rows_called(reading: Reading, model: type[Table]) -> dict[str, Message]:
    key = keys(model)[0]
    rows = (row.__dict__ for row in reading.all(model))
    return {str(row[key]): name for row in rows if (name := called(row)) is not None}


def cell_names(reading: Reading, entity: Entity, column: str) -> dict[tuple[str, Any], Message]:
    """The same, as `rows_said` asks for it."""
    by_field = cell_words(reading, entity, column).items()
    return {(f"{column}.{name}", code): told for name, words_ in by_field for code, told in words_.items()}


def fields_meant(name: str, row: Mapping[str, str]) -> tuple[str, ...]:
    """Under which names of `Entity.cells` it is said what a code in a field of such a row is called."""
    return (name, *(f"{name}:{other}" for other in row.values()))


def rows_said(column: Column, typed: str, names: Names) -> Message:
    """Rows within a row as they are typed, one after the other, the codes in them by what they are called."""
    assert column.rows is not None
    fields = [spec.name for spec in column.rows.fields()]
    told: list[Message] = []
    for line in typed.split("\n"):
        row = dict(zip(fields, (cell.strip() for cell in line.split(BETWEEN)), strict=False))
        shown = {name: _cell_said(column, name, row, names) for name in row}
        told.append(Message(f" {BETWEEN} ".join(f"{{{each}}}" for each in shown), shown))
    lines = {f"l{n}": each for n, each in enumerate(told)}
    return Message(" / ".join(f"{{{each}}}" for each in lines), lines)


def _cell_said(column: Column, name: str, row: Mapping[str, str], names: Names) -> Said:
    """What stands in a field of such a row, which may be several codes."""
    places = [f"{column.name}.{each}" for each in fields_meant(name, row)]
    codes = [code.strip() for code in row[name].split(",")]
    found = [next((names[place, code] for place in places if (place, code) in names), None) for code in codes]
    if not any(found):
        return row[name]
    return listed(told or quoted(code) for told, code in zip(found, codes, strict=True))
