"""Checks that several subjects ask of their rows: made here from what each says of its own."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from typing import Any

from boss_tui.editions.rehearsal import FOR_GOOD, has_ended, still_named
from boss_tui.editions.subjects import Check, Fault, Rehearsal
from boss_tui.management.kit.entity import ENDED, Entity, Key
from data.message import say
from data.statements import keys, table_name
from data.table_words import no_such, row_words
from data.tables.base import Table


def no_overlap(model: type[Table], same: tuple[str, ...]) -> Check:
    """No two rows with the same values in these columns are valid on one day (`valid_from`, `valid_to`, inclusive).

    What has been withdrawn overlaps nothing. Source: management-facts 1.3.
    """

    def key_of(row: Any) -> Key:
        return tuple(getattr(row, name) for name in keys(model))

    def check(at: Rehearsal) -> Iterator[Fault]:
        own = {line.key: (position, row) for position, line, row in at.rows(model) if _holds(row)}
        groups = {tuple(getattr(row, column) for column in same) for _, row in own.values()}
        found: dict[Key, Any] = {}
        for group in groups:
            others = at.reading.all(model, **dict(zip(same, group, strict=True)))
            found |= {key_of(row): other for row, other in _meeting(filter(_holds, others))}
        for key, (position, _) in own.items():
            if key in found:
                other = found[key]
                told = say(
                    "{row} holds for the same at the same time, from {first} until {last}.",
                    row=row_words(table_name(model), key_of(other)),
                    first=other.valid_from or "-",
                    last=other.valid_to or "-",
                )
                yield Fault(position, "valid_from", told)

    return check


def _holds(row: Any) -> bool:
    return getattr(row, "state", "published") == "published"


def _meeting(rows: Iterable[Any]) -> Iterator[tuple[Any, Any]]:
    """Of rows that are valid on one day with another: each with one of those, however many there are."""
    in_order = sorted(rows, key=lambda each: each.valid_from)
    lasts: Any = None
    for row, follows in zip(in_order, [*in_order[1:], None], strict=True):
        met = next((each for each in (lasts, follows) if each is not None and meet(row, each)), None)
        if met is not None:
            yield row, met
        if lasts is None or (row.valid_to or FOR_GOOD) > (lasts.valid_to or FOR_GOOD):
            lasts = row


def names_a_business(columns: Mapping[type[Table], str], among: Collection[str]) -> Check:
    """What these tables hold in these columns is a business of `among`, or empty."""
    of = {table_name(model): (keys(model), column) for model, column in columns.items()}

    def check(at: Rehearsal) -> Iterator[Fault]:
        for position, line in at.lines.items():
            if line.op == "end" or line.table not in of:
                continue
            key, column = of[line.table]
            named = dict(zip(key, line.key, strict=True)).get(column, line.values.get(column, ""))
            if named and named not in among:
                yield Fault(position, column, say("There is no business {code} here.", code=named))

    return check


def names_rows(model: type[Table], **columns: type[Table]) -> Check:
    """Each code in these columns (with commas between them) is the key of a row of that table."""

    def check(at: Rehearsal) -> Iterator[Fault]:
        for position, _, row in at.rows(model):
            for column, target in columns.items():
                for code in filter(None, getattr(row, column).split(",")):
                    if at.reading.find(target, **{keys(target)[0]: code}) is None:
                        told = no_such(target, code)
                        yield Fault(position, column, told)

    return check


def ends_unnamed(model: type[Table], by: Entity, column: str) -> Check:
    """A row that has ended, and is kept, is named by none of these rows that hold, or are going to."""

    def check(at: Rehearsal) -> Iterator[Fault]:
        for position, line, row in at.rows(model):
            if has_ended(model, row.__dict__):
                named = at.reading.all(by.model, **{column: line.key[0]})
                count = sum(by.validity(each.__dict__, at.day) != ENDED for each in named)
                if count:
                    yield Fault(position, "", still_named(line, by.model, count, at.day))

    return check


def meet(one: Any, other: Any) -> bool:
    """Whether two rows are valid on one day at least. Empty dates are open."""
    return (not one.valid_to or one.valid_to >= other.valid_from) and (
        not other.valid_to or other.valid_to >= one.valid_from
    )
