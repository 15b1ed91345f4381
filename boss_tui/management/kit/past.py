"""A row's history, and what differs between two dates: who, when, before and after, by which edition."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from msgspec import Struct

from boss_tui.editions.differences import Difference, between
from boss_tui.editions.lines import Values, counting, folded, history, key_text, line_of
from boss_tui.editions.standing import on_row
from boss_tui.management.kit.entity import Entity, Key
from data.errors import NotAllowed
from data.message import say
from data.store import Reading
from data.tables.edition import Edition, EditionLine, Publication


class FieldChange(Struct, frozen=True):
    """A field, before and after."""

    column: str
    before: Any
    after: Any


class PastChange(Struct, frozen=True):
    """One change of a row.

    Attributes:
        from_day: the business date from which it counts; empty: of an edition that is still open without one.
        op: add, change or end.
        edition, number, title, reason: the edition; empty and 0 where none did it (what was loaded first).
        author, approver, at: who, and when it was decided.
        state: of the edition; `in_force` where none did it.
    """

    from_day: str
    op: str
    fields: tuple[FieldChange, ...]
    edition: str = ""
    number: int = 0
    title: str = ""
    reason: str = ""
    author: str = ""
    approver: str = ""
    at: str = ""
    state: str = "in_force"


def of_row(reading: Reading, entity: Entity, key: Key) -> list[PastChange]:
    """Every change of a row, the latest first: what is still open, what is to come, what counts."""
    found = list(_published(reading, entity, key))
    return [*_open(reading, entity, key), *reversed(found)]


def _published(reading: Reading, entity: Entity, key: Key) -> Iterator[PastChange]:
    before: Values | None = None
    lines = list(counting(reading, history(reading, entity.name, key)))
    for at, told in enumerate(lines):
        after = folded(entity.model, key, [line_of(each) for each in lines[: at + 1]])
        publication = reading.find(Publication, number=told.number)
        by = reading.find(Edition, id=publication.edition) if publication else None
        yield _change(told.effective_from, told.op, tuple(_differ(entity, before, after)), by)
        before = after


def _change(day: str, op: str, fields: tuple[FieldChange, ...], by: Edition | None) -> PastChange:
    if by is None:
        return PastChange(day, op, fields)
    return PastChange(
        day,
        op,
        fields,
        by.id,
        by.number,
        by.title,
        by.reason,
        by.author,
        by.decided_by,
        by.in_force_at or by.decided_at or by.made_at,
        by.state,
    )


def _differ(entity: Entity, before: Values | None, after: Values | None) -> Iterator[FieldChange]:
    for column in entity.columns:
        old, new = ((row or {}).get(column.name) for row in (before, after))
        if old != new and not column.is_key:
            yield FieldChange(column.name, old, new)


def _open(reading: Reading, entity: Entity, key: Key) -> Iterator[PastChange]:
    for met in reversed(on_row(reading, entity.name, key)):
        if met.edition.state == "approved":
            continue  # it is published: it stands among the lines that are to come
        said = _line_of(reading, met.edition.id, entity, key)
        fields = tuple(
            FieldChange(column.name, said[0].get(column.name), said[1][column.name])
            for column in entity.columns
            if column.name in said[1]
        )
        yield _change(met.edition.effective_from, met.op, fields, met.edition)


def _line_of(reading: Reading, edition: str, entity: Entity, key: Key) -> tuple[dict[str, Any], dict[str, Any]]:
    row = reading.one(EditionLine, edition=edition, table_name=entity.name, row_key=key_text(key))
    return json.loads(row.before), json.loads(row.after)


def difference(reading: Reading, entity: Entity, first: str, last: str) -> list[Difference]:
    """The rows and fields of an entity that are other on a later business date than on an earlier one."""
    if first > last:
        raise NotAllowed(say("{first} is after {last}.", first=first, last=last), field="to")
    known = {column.name for column in entity.columns}
    return [each for each in between(reading, first, last, (entity.name,)) if each.column in known]
