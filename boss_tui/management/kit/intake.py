"""What a kind of stock declares of the files that it comes in by; `kit.stock` does the rest.

Of a SIM batch that is an intake with checks of ICCID and IMSI and a table of batches; of numbers, segments and grades.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any, NamedTuple, Protocol

from msgspec import Struct, field

from boss_tui.components.resources.number_life import LifeLine
from boss_tui.forms.form import Form
from boss_tui.management.kit.faults import CellFault
from boss_tui.management.kit.streamed import StreamedFile
from data.store import Reading, UnitOfWork


class StockRow(NamedTuple):
    """A row that could be read: its line, its cells, and what they mean, by column."""

    line: int
    cells: tuple[str, ...]
    values: dict[str, Any]


class Intake(Protocol):
    """What a kind of stock makes of one file. It is made anew whenever the file is gone on with."""

    def judge(self, reading: Reading, rows: Sequence[StockRow]) -> Iterable[CellFault]:
        """What is wrong with rows that are neither there already nor twice in the file."""
        ...

    def end(self, reading: Reading) -> Iterable[CellFault]:
        """What is wrong with the file as a whole, when all of its rows were judged in their order."""
        ...

    def write(self, tx: UnitOfWork, rows: Sequence[StockRow]) -> None:
        """Take good rows in."""
        ...

    def taken(self, tx: UnitOfWork) -> None:
        """All of them are in."""
        ...


TransportKeys = Callable[[str], bytes]


class FileIn(NamedTuple):
    """A file that is taken in: under which key its batch is on record, what it says of itself, and the transport keys
    that this machine keeps, by their index (`remote.secret_files.transport_key`)."""

    batch: str
    file: StreamedFile
    transport_key: TransportKeys | None = None


class Stock(Struct, frozen=True):
    """How an entity's rows come in as stock.

    Attributes:
        kind: what the pieces are, as a lease of them says (number, sim, …).
        columns: what a file may say of a piece; those that the form must have must be there.
        intake: what is made of a file.
        unique: columns, beside the key, of which no two pieces have the same.
        distinct: columns of which no two rows of a file have the same, whatever is in stock.
        needs_head: whether a file must say how many rows it has, and its hash.
        plain: by column, cells that need no more reading: they mean what they are.
        alike: of an intake, what all pieces of its file have alike, where its cells are their columns as they stand.
        is_numbered: whether its intake holds that the pieces of a file follow each other: then none is twice in it.
        secret: columns of a file that are never shown again, beside those that the table keeps so.
        form: the fields of a file, where it says more than is ever shown (keys, PINs); by default the entity's.
        life: what became of a piece, by its key.
        tail: the column of a key's last four digits, where an index has them.
    """

    kind: str
    columns: tuple[str, ...]
    intake: Callable[[Reading, FileIn], Intake]
    unique: tuple[str, ...] = ()
    distinct: tuple[str, ...] = ()
    needs_head: bool = False
    plain: Mapping[str, re.Pattern[str]] = field(default_factory=dict)
    alike: Callable[[Any], Mapping[str, Any]] | None = None
    is_numbered: bool = False
    secret: tuple[str, ...] = ()
    form: type[Form] | None = None
    life: Callable[[Reading, str], Sequence[LifeLine]] | None = None
    tail: str = ""
