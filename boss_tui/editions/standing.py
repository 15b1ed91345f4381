"""Editions as they stand: one with its lines, lists of them, what of them meets whom. Questions only."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from typing import Any, cast

from msgspec import Struct
from sqlalchemy import bindparam, select

from boss_tui.editions.lines import (
    Key,
    Op,
    RowEdit,
    Values,
    counting_in,
    folded,
    history,
    key_text,
    line_of,
    places_on,
    published_table,
    seen_in,
)
from boss_tui.editions.rehearsal import has_ended
from boss_tui.editions.scope import ALL
from data.characters import is_digits
from data.errors import NotFound
from data.journal import canonical
from data.message import say
from data.store import Reading
from data.tables.act import Act
from data.tables.edition import Edition, EditionLine, Publication, PublishedLine

OPEN = ("draft", "submitted", "approved")
"""States in which an edition may still come to count: others on the same rows are told of it."""
TAKEN_OVER = "edition.take_over"
EDITABLE = ("draft", "submitted", "rejected", "stale")

_line = EditionLine.table()
_edition = Edition.table()
_published = PublishedLine.table()
_publication = Publication.table()
_ON_ROW = (
    select(*_line.c)
    .join(_edition, _edition.c.id == _line.c.edition)
    .where(
        _line.c.table_name == bindparam("of_table"),
        _line.c.row_key == bindparam("of_key"),
        _line.c.dropped == 0,
        _line.c.edition != bindparam("but"),
        _edition.c.state.in_(OPEN),
    )
    .order_by(_edition.c.number)
)
_SUBJECTS = (
    select(_line.c.subject)
    .where(_line.c.edition == bindparam("edition"), _line.c.dropped == 0)
    .distinct()
    .order_by(_line.c.subject)
)
_REVIEWS = (
    select(*_edition.c)
    .where(_edition.c.emergency == 1, _edition.c.reviewed_at == "", _edition.c.state == "in_force")
    .order_by(_edition.c.number)
)
_PUBLISHED = (
    select(*_published.c)
    .join(_publication, _publication.c.number == _published.c.number)
    .where(_publication.c.edition == bindparam("edition"), _publication.c.what == bindparam("what"))
    .order_by(_published.c.number, _published.c.position)
)


class Meeting(Struct, frozen=True):
    """Another edition that is open on a row: whose it is, since when, which columns it sets (of a row that it adds or
    ends: none)."""

    edition: Edition
    table: str
    key: Key
    op: str
    columns: tuple[str, ...]


class Mover(Struct, frozen=True):
    """Who moved a row: the edition that did."""

    edition: str
    number: int
    author: str
    approver: str
    at: str


class MovedField(Struct, frozen=True):
    """A field that is not any more as an edition found it. An empty column: the row as a whole is gone, or is there.

    `before`: as it was found, `mine`: as the edition wants it, `theirs`: as it stands now.
    """

    position: int
    table: str
    key: Key
    column: str
    before: Any
    mine: Any
    theirs: Any
    by: Mover | None


def named(reading: Reading, which: str) -> Edition:
    """An edition by its number or its key. NotFound."""
    by_number = is_digits(which) and len(which) < 10
    found = reading.find(Edition, number=int(which)) if by_number else reading.find(Edition, id=which)
    if found is None:
        raise NotFound(say("There is no edition {which}.", which=which))
    return found


def line(row: EditionLine) -> RowEdit:
    """What a line of an edition does."""
    return RowEdit(row.table_name, key(row), cast(Op, row.op), json.loads(row.after))


def key(row: EditionLine) -> Key:
    """The key of a line's row."""
    return tuple(json.loads(row.row_key))


def rows_of(reading: Reading, edition: str) -> list[EditionLine]:
    """The lines of an edition that were not dropped, in their order."""
    return reading.all(EditionLine, edition=edition, dropped=0, order=("position",))


def lines_of(reading: Reading, edition: str) -> dict[int, RowEdit]:
    """What an edition does, by the positions of its lines."""
    return {row.position: line(row) for row in rows_of(reading, edition)}


def businesses(reading: Reading, edition: Edition) -> tuple[str, ...]:
    """The businesses of an edition: the one that it was begun in, and each through which a row was put into it."""
    joined = (str(code) for (code,) in reading.rows(_SUBJECTS, edition=edition.id))
    return tuple(dict.fromkeys((edition.subject, *joined)))


def day_of(edition: Edition, today: str) -> str:
    """The business date from which an edition counts, if it is approved today."""
    return edition.effective_from or today


def content_hash(edition: Edition, rows: Iterable[EditionLine]) -> str:
    """What an approver signs: SHA-256 over what the edition says, with every line's before and after."""
    told = [
        [getattr(edition, name) for name in ("id", "subject", "title", "reason", "scope", "effective_from", "author")],
        [
            [row.subject, row.table_name, row.row_key, row.op, json.loads(row.before), json.loads(row.after)]
            for row in rows
        ],
    ]
    return hashlib.sha256(canonical(told).encode()).hexdigest()


def meetings(reading: Reading, edition: Edition) -> list[Meeting]:
    """Other open editions on the rows of this one."""
    return [
        each
        for row in rows_of(reading, edition.id)
        for each in on_row(reading, row.table_name, key(row), but=edition.id)
    ]


def on_row(reading: Reading, table: str, row_key: Key, *, but: str = "") -> list[Meeting]:
    """The open editions on a row: what is about to change it (design 12: the mark beside it)."""
    found = reading.models(EditionLine, _ON_ROW, of_table=table, of_key=key_text(row_key), but=but)
    return [
        Meeting(
            reading.one(Edition, id=row.edition),
            table,
            row_key,
            row.op,
            tuple(json.loads(row.after)) if row.op == "change" else (),
        )
        for row in found
    ]


def moved(reading: Reading, edition: Edition, today: str) -> list[MovedField]:
    """What an edition was based on and is not so any more, on the date from which it counts."""
    day = day_of(edition, today)
    rows = rows_of(reading, edition.id)
    stand = places_on(reading, [(row.table_name, key(row)) for row in rows], day, edition.scope)
    here = ((row, stand.get((row.table_name, key(row)))) for row in rows)
    return [each for row, stands in here for each in _moved(reading, row, stands, day, edition.scope)]


def _moved(reading: Reading, row: EditionLine, here: Values | None, day: str, scope: str) -> list[MovedField]:
    told, table, row_key = line(row), row.table_name, key(row)
    before = json.loads(row.before)
    stands = here is not None and not has_ended(published_table(table), here)
    if row.op == "add" or here is None or (row.op == "end" and not stands):
        if stands == (row.op != "add"):
            return []
        by = mover(reading, table, row_key, day, scope=scope)
        return [MovedField(row.position, table, row_key, "", before, dict(told.values), here, by)]
    columns = told.values if row.op == "change" else ()
    return [
        MovedField(
            row.position,
            table,
            row_key,
            column,
            before.get(column),
            told.values[column],
            here[column],
            mover(reading, table, row_key, day, column, scope),
        )
        for column in columns
        if before.get(column) != here[column]
    ]


def mover(reading: Reading, table: str, row_key: Key, day: str, column: str = "", scope: str = ALL) -> Mover | None:
    """Which edition set a column of a row, or the row, the last time before or on a date, as a scope has it; None: no
    edition did."""
    for told in reversed(list(counting_in(seen_in(reading, scope, table), history(reading, table, row_key)))):
        counts = told.op != "undo" and (told.effective_from <= day or told.at_once)
        if counts and (not column or told.op != "change" or column in json.loads(told.content)):
            return of_item(reading, told.number)
    return None


def of_item(reading: Reading, number: int) -> Mover | None:
    """Whose lines an item of the stream holds."""
    publication = reading.find(Publication, number=number)
    if publication is None:
        return None
    by = reading.one(Edition, id=publication.edition)
    return Mover(by.id, by.number, by.author, by.decided_by, by.in_force_at or by.decided_at)


def published(reading: Reading, edition: str, what: str = "lines") -> list[PublishedLine]:
    """The lines of an edition as they were published: its own, or those that took them back (`taken_back`)."""
    return reading.models(PublishedLine, _PUBLISHED, edition=edition, what=what)


class Effect(Struct, frozen=True):
    """What an edition made of a row: as it stood before its lines counted, and with them. None: no row."""

    table: str
    key: Key
    before: Values | None
    after: Values | None


def effects(reading: Reading, edition: Edition) -> list[Effect]:
    """What a published edition made of each of its rows, whatever else was published since, for whom it reaches; the
    last row first."""
    own: dict[tuple[str, str], list[PublishedLine]] = {}
    for told in published(reading, edition.id):
        own.setdefault((told.table_name, told.row_key), []).append(told)
    return [_effect(reading, lines, edition.scope) for lines in reversed(own.values())]


def _effect(reading: Reading, own: list[PublishedLine], scope: str) -> Effect:
    table, row_key = own[0].table_name, tuple(json.loads(own[0].row_key))
    model, first = published_table(table), _place(own[0])
    told = counting_in(seen_in(reading, scope, table), history(reading, table, row_key))
    earlier = [each for each in told if _place(each) < first]
    before = folded(model, row_key, map(line_of, earlier))
    return Effect(table, row_key, before, folded(model, row_key, map(line_of, [*earlier, *own])))


def _place(told: PublishedLine) -> tuple[str, int, int]:
    return told.effective_from, told.number, told.position


def makers(reading: Reading, edition: Edition) -> set[str]:
    """Whoever made lines of an edition: its author, and those from whom it was taken over."""
    taken = reading.all(Act, edition=edition.id, act=TAKEN_OVER)
    return {edition.author, *(str(json.loads(act.form_json)["from"]) for act in taken)}


def open_reviews(reading: Reading) -> list[Edition]:
    """Emergencies that nobody has looked at since, the oldest first."""
    return reading.models(Edition, _REVIEWS)


def overdue_reviews(reading: Reading, today: str) -> list[Edition]:
    """Those of them that somebody had to look at by now."""
    return [each for each in open_reviews(reading) if today and each.review_by < today]


def waiting_for(reading: Reading, staff_no: str, may_check: Mapping[str, bool]) -> list[Edition]:
    """What waits for somebody to decide: submitted by others, of businesses all of which they may check."""
    return [
        each
        for each in reading.all(Edition, state="submitted", order=("submitted_at", "number"))
        if staff_no not in (*makers(reading, each), each.first_approver)
        and all(may_check.get(code) for code in businesses(reading, each))
    ]
