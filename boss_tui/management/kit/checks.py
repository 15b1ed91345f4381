"""Checks that several subjects ask of their rows: made here from what each says of its own."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from typing import Any

from boss_tui.editions.lines import RowEdit
from boss_tui.editions.rehearsal import has_ended, row_name, still_named
from boss_tui.editions.subjects import Check, Fault, Rehearsal
from boss_tui.management.kit.entity import ENDED, Entity
from data.message import say
from data.statements import keys, table_name
from data.table_words import no_such
from data.tables.base import Table


def no_overlap(model: type[Table], same: tuple[str, ...]) -> Check:
    """No two rows with the same values in these columns are valid on one day (`valid_from`, `valid_to`, inclusive).

    What has been withdrawn overlaps nothing. Source: management-facts 1.3.
    """

    def check(at: Rehearsal) -> Iterator[Fault]:
        for position, _, row in at.rows(model):
            if getattr(row, "state", "published") != "published":
                continue
            others: list[Any] = at.reading.all(model, **{column: getattr(row, column) for column in same})
            for other in others:
                if other != row and getattr(other, "state", "published") == "published" and meet(row, other):
                    met = RowEdit(table_name(model), tuple(getattr(other, key) for key in keys(model)), "change", {})
                    told = say(
                        "{row} holds for the same at the same time, from {first} until {last}.",
                        row=row_name(met),
                        first=other.valid_from or "-",
                        last=other.valid_to or "-",
                    )
                    yield Fault(position, "valid_from", told)

    return check


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
