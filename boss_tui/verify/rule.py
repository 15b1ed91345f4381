"""A rule as one query: its rows are those that break it.

Most rules are of this kind, so that a million rows are looked at by the database and not here. Rules that must read
JSON, hashes or another system are functions of their own.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Any

from msgspec import Struct
from sqlalchemy import BigInteger, Select, cast, func, literal, select, union_all

from boss_tui.forms.typed import yuan
from boss_tui.verify.finding import Finding, key_text
from data.message import Message
from data.store import Reading
from data.tables.base import Table

Check = Callable[[Reading, dict[str, str]], Iterator[Finding]]
"""A rule at work: a reading, and the moments that rules measure time by (`now`, `recent`, `long_ago`)."""


class Family(Struct, frozen=True):
    """A check that is a function, with the names of the rules that its findings may have."""

    names: tuple[str, ...]
    check: Check

    def __call__(self, reading: Reading, moments: dict[str, str]) -> Iterator[Finding]:
        """The findings of these rules."""
        return self.check(reading, moments)


def columns_of(model: type[Table]) -> Any:
    """A model's table, whose columns queries are made of."""
    return model.table()


def total(column: Any) -> Any:
    """The sum of a column of whole numbers, 0 where there is nothing; a whole number on every engine."""
    return func.coalesce(cast(func.sum(column), BigInteger), 0)


def side_by_side(kept: Any, made: Any, key: Sequence[str], measures: Sequence[str]) -> Any:
    """What is kept and what was made, by a key that both have: `kept_…` and `made_…` of each measure, 0 where one side
    has none.

    A union of both, and no full join: SQLite has no index to make that by, and compares each row with each.
    """

    def one(side: Any, named: str) -> Select[Any]:
        own = {f"{named}_{measure}": side.c[measure] for measure in measures}
        names = (f"{each}_{measure}" for each in ("kept", "made") for measure in measures)
        return select(*(side.c[name] for name in key), *(own.get(name, literal(0)).label(name) for name in names))

    both = union_all(one(kept, "kept"), one(made, "made")).subquery()
    by = [both.c[name] for name in key]
    sums = (total(column).label(column.name) for column in both.c if column.name not in key)
    return select(*by, *sums).group_by(*by).subquery()


def exists(*where: Any) -> Any:
    """Whether there is a row that fits."""
    return select(1).where(*where).exists()


class Rule(Struct, frozen=True):
    """A rule as a query.

    Attributes:
        invariant, name: as in `Finding`.
        model: the table whose rows break the rule.
        broken: a query for them. Columns labelled `key`, or beginning with `key_`, are the row's key, in order; the
            others are the values of the message by their names, those that end in `_fen` shown as yuan.
        message: what is wrong, as a template without values.
    """

    invariant: int
    name: str
    model: type[Table]
    broken: Select[Any]
    message: Message

    @property
    def names(self) -> tuple[str, ...]:
        """The names of the rules that a finding may have: this one."""
        return (self.name,)

    def __call__(self, reading: Reading, moments: dict[str, str]) -> Iterator[Finding]:
        """The findings of this rule."""
        names = [str(name) for name in self.broken.selected_columns.keys()]  # noqa: SIM118 (of itself it gives the columns)
        for row in reading.rows(self.broken, **moments):
            key, values = [], {}
            for name, value in zip(names, row, strict=True):
                if name == "key" or name.startswith("key_"):
                    key.append(value)
                else:
                    values[name] = yuan(int(value)) if name.endswith("_fen") else value
            table = str(self.model.__tablename__)
            yield Finding(self.invariant, self.name, table, key_text(key), Message(self.message.template, values))
