"""The logo of a hall: set once, at the top of the kinds of paper that carry it, from then on.

A job and a document say only which logo they carry; its dots are put in when they are sent, so that neither a sale nor
the store has to carry a picture a hundred times a day. A logo that was ever used stays: what waits keeps its own.
"""

from __future__ import annotations

from collections.abc import Iterator

from msgspec import Struct
from msgspec.structs import replace

from data.errors import BadForm
from data.message import say
from data.store import Reading, UnitOfWork
from data.tables.printing import Logo as LogoRow
from data.tables.printing import LogoRaster
from printers.document import HALLS, Block, Document, Logo
from printers.escpos import logo_mark
from printers.pictures import cleaned, rastered
from printers.profiles import PROFILES
from printers.symbols import DOTS_PER_COLUMN

KINDS = ("invoice", "receipt", "slip", "contract")
"""The kinds of paper that carry it where nothing else is said: what customers take along."""
ALL = ("invoice", "receipt", "slip", "contract", "report", "cash")
WIDTHS = tuple(sorted({DOTS_PER_COLUMN * about.columns for about in PROFILES.values() if about.language == "escpos"}))
"""Dots across of all papers that there are."""


class Heading(Struct, frozen=True):
    """The logo that papers carry now: its number, the kinds of paper, the picture."""

    number: int
    kinds: tuple[str, ...]
    picture: bytes

    def on(self, document: Document) -> Document:
        """The document with it where its layout says, else at its top, if its kind carries it and it has none yet."""
        if document.kind not in self.kinds:
            return _without(document)
        if any(isinstance(block, Logo) for block in document.blocks):
            return _put_in(document, self.number)
        return replace(document, blocks=(Logo(self.number), *document.blocks))


def current(reading: Reading) -> Heading | None:
    """The logo that is set; None where none is."""
    return reading.worked_out("logo", lambda: _current(reading))


def _current(reading: Reading) -> Heading | None:
    used = [row for row in reading.all(LogoRow, order=("number",)) if row.kinds]
    return Heading(used[-1].number, tuple(used[-1].kinds.split(",")), used[-1].picture) if used else None


def headed(reading: Reading, document: Document) -> Document:
    """A document with the logo that is set, where its kind carries it."""
    logo = current(reading)
    return logo.on(document) if logo is not None else _without(document)


def _put_in(document: Document, number: int) -> Document:
    """The document with a logo wherever its layout says that the hall's stands."""
    if not any(map(_is_place, document.blocks)):
        return document
    return replace(document, blocks=tuple(Logo(number) if _is_place(one) else one for one in document.blocks))


def _without(document: Document) -> Document:
    """The document without a place for the hall's logo."""
    blocks = tuple([one for one in document.blocks if type(one) is not Logo or one.number != HALLS])
    return document if len(blocks) == len(document.blocks) else replace(document, blocks=blocks)


def _is_place(block: Block) -> bool:
    return isinstance(block, Logo) and block.number == HALLS


def put(tx: UnitOfWork, content: bytes, kinds: str = "") -> Heading:
    """Set a logo from a picture file, in the dots of every width of paper. BadForm beside `picture` or `kinds`."""
    wanted = _kinds(kinds)
    picture = cleaned(content)
    put_away(tx)
    number = max((row.number for row in tx.all(LogoRow)), default=0) + 1
    tx.add(LogoRow, number=number, kinds=",".join(wanted), picture=picture, set_by=tx.author.operator, set_at=tx.now())
    for dots in WIDTHS:
        tx.add(LogoRaster, number=number, dots=dots, content=rastered(picture, dots))
    return Heading(number, wanted, picture)


def put_away(tx: UnitOfWork) -> bool:
    """No paper carries a logo from now on. Whether one did."""
    used = [row for row in tx.all(LogoRow) if row.kinds]
    for row in used:
        tx.change(row, kinds="")
    return bool(used)


def filled_in(reading: Reading, content: bytes, columns: int) -> bytes:
    """What is sent of a job: each logo that it carries in dots. One that is not known leaves no trace."""
    for row in _in(reading, content):
        raster = reading.find(LogoRaster, number=row.number, dots=DOTS_PER_COLUMN * columns)
        content = content.replace(logo_mark(row.number), raster.content if raster is not None else b"")
    return content


def pictures(reading: Reading, document: Document) -> dict[int, bytes]:
    """The pictures of the logos that a document carries, by their numbers."""
    numbers = {block.number for block in document.blocks if isinstance(block, Logo)}
    return {row.number: row.picture for row in reading.all(LogoRow) if row.number in numbers} if numbers else {}


def _in(reading: Reading, content: bytes) -> Iterator[LogoRow]:
    if b"\x1d(L" in content:
        yield from (row for row in reading.all(LogoRow) if logo_mark(row.number) in content)


def _kinds(typed: str) -> tuple[str, ...]:
    asked = [kind for kind in typed.replace("，", ",").replace(" ", ",").lower().split(",") if kind]
    if unknown := [kind for kind in asked if kind not in ALL]:
        told = say("There is no kind of paper {kind}, but: {known}.", kind=unknown[0], known=", ".join(ALL))
        raise BadForm({"kinds": told})
    return tuple(kind for kind in ALL if kind in asked) or KINDS
