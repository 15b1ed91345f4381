"""What somebody typed means: the codes of a form in words; the row that a key names, where it is still to come."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from boss_tui.editions.standing import on_row
from boss_tui.management.called import cell_names, rows_said
from boss_tui.management.kit.entity import Column, Entity, Key
from boss_tui.management.words import name_of, row_said
from data.characters import is_digits
from data.message import Message, listed, quoted, say
from data.states import state_name
from data.store import Reading
from data.table_words import no_such


def meant(entity: Entity, typed: Mapping[str, str], reading: Reading) -> Iterator[tuple[str, Message]]:
    """What the codes in a form mean, by field: what the words beside it say. Of a field of which the entity has
    something to say itself, that follows the word of its code."""
    besides = entity.beside(typed, reading)
    yield from besides.items()
    for column in entity.columns:
        value = _held(column, typed.get(column.name, "").strip())
        word = entity.words_of(column).get(value)
        if value in ("", None):
            continue
        if column.name in entity.cells:
            yield column.name, rows_said(column, str(value), cell_names(reading, entity, column.name))
            continue
        if column.spec.ask.several:
            yield from ((column.name, told) for told in _several_meant(entity, column, value, reading))
            continue
        named = word if word is not None else name_of(reading, entity.model, column.name, value, entity)
        if named is not None:
            also = besides.get(column.name)
            yield column.name, say("{word}; {also}", word=named, also=also) if also is not None else named


def _several_meant(entity: Entity, column: Column, value: Any, reading: Reading) -> Iterator[Message]:
    codes, known = str(value).replace(",", " ").split(), entity.words_of(column)
    found = [known.get(each) or name_of(reading, entity.model, column.name, each, entity) for each in codes]
    if any(found):
        yield listed(told or quoted(code) for told, code in zip(found, codes, strict=True))


def _held(column: Column, typed: str) -> Any:
    if column.spec.ask.kind == "flag":
        return {"y": 1, "n": 0}.get(typed)
    return int(typed) if column.is_number and is_digits(typed) else typed


def nowhere(reading: Reading, entity: Entity, key: Key) -> Message:
    """That there is no such row; or which edition is going to add it."""
    for met in on_row(reading, entity.name, key):
        if met.op == "add":
            return say(
                "{row} is not there yet: edition {number} of {author} ({state}) adds it.",
                row=row_said(reading, entity.name, key),
                number=met.edition.number,
                author=met.edition.author,
                state=state_name(met.edition.state),
            )
    return no_such(entity.model, *key)
