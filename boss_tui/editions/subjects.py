"""What the engine is told from above: how lines are published, and what each business of management asks of them.

An edition belongs to a subject, one of the catalogue's M rows. What only that one knows of its rows (that a price is
not below nothing, that what is sold has a price) is handed in as checks, which look at the rows as they will stand.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Hashable, Iterable, Iterator, Mapping, Sequence
from typing import Any, TypeVar

from msgspec import Struct, field

from boss_tui.components.resources.leases import Leasing
from boss_tui.editions.lines import Key, RowEdit
from data.errors import NotAllowed
from data.message import Message, say
from data.statements import keys, table_name
from data.store import Reading, UnitOfWork
from data.table_words import row_words, table_word
from data.tables.base import Table
from data.tables.edition import Edition

M = TypeVar("M", bound=Table)

FOUNDING = "founding"
"""The subject of what headquarters publishes before anybody works there who could approve it."""


class Fault(Struct, frozen=True):
    """What is wrong with a line. `position`: of the line, as the edition counts them; `column`: where, if in one."""

    position: int
    column: str
    message: Message


class Unsound(NotAllowed):
    """An edition that can't be: `faults` has what is wrong, line by line. `field`: position and column of the first."""

    def __init__(self, faults: Sequence[Fault]) -> None:
        first = faults[0]
        field_ = f"{first.position}.{first.column}" if first.column else str(first.position)
        super().__init__(first.message, field=field_, reasons=[fault.message for fault in faults])
        self.faults = tuple(faults)


class Rehearsal(Struct, frozen=True):
    """Lines of an edition, by position, in the rows as they stand on a business date: what `reading` reads."""

    reading: Reading
    lines: Mapping[int, RowEdit]
    day: str

    def of(self, model: type[Table]) -> Iterator[tuple[int, RowEdit]]:
        """The lines of a table."""
        name = table_name(model)
        return ((position, line) for position, line in self.lines.items() if line.table == name)

    def rows(self, model: type[M]) -> Iterator[tuple[int, RowEdit, M]]:
        """The lines of a table, each with the row that it leaves; without those that leave none."""
        for position, line in self.of(model):
            row = self.reading.find(model, **dict(zip(keys(model), line.key, strict=True)))
            if row is not None:
                yield position, line, row

    def kept(self, model: type[M]) -> Iterator[tuple[int, M]]:
        """The rows that lines of a table add or change, by the position of the line."""
        return ((position, row) for position, line, row in self.rows(model) if line.op != "end")


Check = Callable[[Rehearsal], Iterable[Fault]]
"""Looks at what an edition comes to, and says what of it must not be."""

Publish = Callable[[UnitOfWork, Edition, Sequence[RowEdit]], Iterable[int]]
"""Puts lines of an edition into the stream and keeps them in this store: they count from its `counts_from`, or at once
where it is `at_once`. This store's rows are brought to them as far as they count by now. Answers the numbers of the
items that hold them."""


class Income(Struct, frozen=True):
    """What lines may take away. Two people approve what takes away much (management-facts 1.3).

    Attributes:
        cases: those that lines touch on a business date.
        charged: what is charged in each, in fen, by the rows as they stand; not those for which there is no price.
        added: those of cases without a price that come to what is sold already; the rest is a first list of prices.
        undiscounted: what would be charged if no discount or promotion went before the price.
    """

    cases: Callable[[Reading, Mapping[int, RowEdit], str], Iterable[Hashable]]
    charged: Callable[[Reading, Collection[Any]], Mapping[Hashable, int]]
    added: Callable[[Reading, Collection[Any]], Collection[Hashable]]
    undiscounted: Callable[[Reading, Collection[Any]], Mapping[Hashable, int]]


class EditionSubject(Struct, frozen=True):
    """A business of management. `tables`: those that its editions may write; empty: any that headquarters publishes.
    `warns`: what is said before one is submitted or approved and refuses nothing, of the rows as they stand now."""

    code: str
    tables: frozenset[str] = frozenset()
    checks: tuple[Check, ...] = ()
    income: Income | None = None
    warns: tuple[Check, ...] = ()

    def must_have(self, line: RowEdit) -> None:
        """NotAllowed for a line of a table that is another subject's."""
        if self.tables and line.table not in self.tables:
            raise NotAllowed(say("{table} is not changed by {code}.", table=table_word(line.table), code=self.code))


class Telling(Struct, frozen=True):
    """How people read what stands in a row: the row, what a column is called, a value of it."""

    row: Callable[[Reading, str, Key], Message | str] = lambda _, table, key: row_words(table, key)
    column: Callable[[str, str], Message | str] = lambda _, column: column
    value: Callable[[Reading, str, str, Any, Key], Message | str] = lambda _, __, ___, value, ____: str(value)


class Rules(Struct, frozen=True):
    """What the engine is handed. `leasing`: how blocks of stock are handed to outlets from here."""

    publish: Publish
    subjects: Mapping[str, EditionSubject] = field(default_factory=dict)
    telling: Telling = Telling()
    leasing: Leasing | None = None

    def of(self, code: str) -> EditionSubject:
        """The subject of a code."""
        return self.subjects.get(code, EditionSubject(code))

    def together(self, codes: Iterable[str]) -> EditionSubject:
        """What businesses ask of an edition that has rows of each of them: what any of them asks, once."""
        found = [self.of(code) for code in codes]
        return EditionSubject(
            found[0].code,
            frozenset().union(*(each.tables for each in found)),
            tuple(dict.fromkeys(check for each in found for check in each.checks)),
            next((each.income for each in found if each.income is not None), None),
            tuple(dict.fromkeys(check for each in found for check in each.warns)),
        )
