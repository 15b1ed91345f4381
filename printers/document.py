"""A document is data: what a paper says, block by block, and nothing about how a printer does it.

Its text is already in words of one language, what customers typed included. Documents are stored as JSON and laid out
anew for each width (`printers.layout`); a reprint is another document, made from the stored one by `copy_of`.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from functools import lru_cache
from typing import Any, Literal

from msgspec import Struct, field
from msgspec.json import Encoder
from msgspec.structs import replace

Align = Literal["left", "center", "right"]


class Text(Struct, frozen=True):
    """A paragraph, wrapped to the paper; line breaks in it are kept. `scale` 2 is double width and height."""

    text: str
    align: Align = "left"
    bold: bool = False
    scale: int = 1


class KeyValue(Struct, frozen=True):
    """A label and its value on one line if they fit. `align` says where the value stands: at the right edge (amounts)
    or right after the label (names, numbers)."""

    label: str
    value: str
    align: Literal["left", "right"] = "right"
    bold: bool = False


class Row(Struct, frozen=True):
    """One row of a table.

    Attributes:
        cells: the texts, left to right.
        widths: columns of each cell; 0 shares what is left. None given: the first cell shares, the others take what
            their text needs. A text that is too long for its cell moves to a line of its own, it is never cut.
        aligns: how each cell stands in its width; none given: the first left, the others right.
    """

    cells: tuple[str, ...]
    widths: tuple[int, ...] = ()
    aligns: tuple[Align, ...] = ()
    bold: bool = False


class Table(Struct, frozen=True):
    """A table: its columns are as wide as what stands in them, and none of its cells is cut.

    Attributes:
        heads: what stands over the columns; none given: nothing does.
        rows: the cells, each row as long as the others.
        aligns: how each column stands; none given: the first left, the others right.
        total: a last row beneath a line of its own; none given: there is no sum.
        bars: what each row is compared by, as bars beside it where the paper has room for them; none given: nothing.
    """

    heads: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    aligns: tuple[Align, ...] = ()
    total: tuple[str, ...] = ()
    bars: tuple[int, ...] = ()


class HorizontalRule(Struct, frozen=True):
    """A line across the paper, made of one printable ASCII character."""

    character: str = "-"


class QR(Struct, frozen=True):
    """A QR code, centred. Too much data for the paper's width is printed as text."""

    data: str


class Barcode(Struct, frozen=True):
    """A CODE128 barcode, centred, with its text beneath. What does not fit, or is not ASCII, is printed as text."""

    data: str


class Feed(Struct, frozen=True):
    """Blank lines."""

    lines: int = 1


HALLS = 0
"""The number of a logo that is whichever the hall has set when it is printed."""


class Logo(Struct, frozen=True):
    """A picture across the middle, by its number in the store (`printers.logos`), or the hall's."""

    number: int


class Cut(Struct, frozen=True):
    """The end of a sheet: cut, or fed far enough to be torn off."""


class Drawer(Struct, frozen=True):
    """A pulse that opens the cash drawer. It is left out of copies."""


Block = Text | KeyValue | Row | Table | HorizontalRule | QR | Barcode | Logo | Feed | Cut | Drawer
_KINDS: dict[str, type[Block]] = {
    "text": Text,
    "key_value": KeyValue,
    "row": Row,
    "table": Table,
    "rule": HorizontalRule,
    "qr": QR,
    "barcode": Barcode,
    "logo": Logo,
    "feed": Feed,
    "cut": Cut,
    "drawer": Drawer,
}
_NAMES = {block: name for name, block in _KINDS.items()}


class Document(Struct, frozen=True):
    """A paper.

    Attributes:
        kind: invoice, receipt, slip, report, …
        said: what it says by the names of its layout's fields, as plain JSON values; empty where nobody asks later.
        layout: the published layout that it was made with (`key/revision`); empty: the shipped one, or none.
    """

    kind: str
    blocks: tuple[Block, ...]
    said: Mapping[str, Any] = field(default_factory=dict)
    layout: str = ""

    def as_json(self) -> dict[str, Any]:
        """Plain JSON values: {"kind": …, "blocks": [{"is": "text", "text": …}, …]}, and `said` and `layout` if any."""
        blocks = [_plain(block) for block in self.blocks]
        more = {"said": self.said, "layout": self.layout}
        return {"kind": self.kind, "blocks": blocks, **{name: value for name, value in more.items() if value}}

    def as_text(self) -> str:
        """`as_json` as JSON text, which is how a paper is kept."""
        more = f',"said":{_json(self.said)}' if self.said else ""
        more += f',"layout":{_json(self.layout)}' if self.layout else ""
        return f'{{"kind":{_json(self.kind)},"blocks":[{",".join(map(_text, self.blocks))}]{more}}}'

    @classmethod
    def from_json(cls, stored: dict[str, Any]) -> Document:
        """The document that `as_json` wrote. KeyError or TypeError if it is of another make."""
        blocks = tuple(_block(block) for block in stored["blocks"])
        return cls(stored["kind"], blocks, stored.get("said", {}), stored.get("layout", ""))


_JSON = Encoder()


def _json(value: Any) -> str:
    try:
        return _JSON.encode(value).decode()
    except UnicodeEncodeError:  # half of a surrogate pair, which UTF-8 has no bytes for, and the printer a sign
        return json.dumps(value, separators=(",", ":"))


@lru_cache(maxsize=1024)
def _text(block: Block) -> str:
    """The papers of one sale have most of their blocks in common."""
    return _json(_plain(block))


def _plain(block: Block) -> dict[str, Any]:
    plain: dict[str, Any] = {"is": _NAMES[type(block)]}
    for name in block.__struct_fields__:
        value = getattr(block, name)
        plain[name] = _listed(value) if isinstance(value, tuple) else value
    return plain


def _listed(value: Any) -> Any:
    return [_listed(one) for one in value] if isinstance(value, tuple) else value


def _tupled(value: Any) -> Any:
    return tuple(_tupled(one) for one in value) if isinstance(value, list) else value


def _block(stored: dict[str, Any]) -> Block:
    fields: dict[str, Any] = {name: _tupled(value) for name, value in stored.items()}
    return _KINDS[fields.pop("is")](**fields)


def map_text(document: Document, change: Callable[[str], str]) -> Document:
    """The document with each of its texts changed; codes hold their data as it is."""

    def changed(value: Any) -> Any:
        if isinstance(value, tuple):
            return tuple(changed(one) for one in value)
        return change(value) if isinstance(value, str) else value

    def block(one: Block) -> Block:
        if isinstance(one, QR | Barcode):
            return one
        kept = {"align", "aligns", "character"}
        return replace(one, **{n: changed(getattr(one, n)) for n in one.__struct_fields__ if n not in kept})

    return replace(document, blocks=tuple(map(block, document.blocks)))


def copy_banner(number: int, words: str = "*** 补打 第{n}次 ***") -> Text:
    """What marks the so-manieth reprint as a copy (number from 1). `words` is a template with {n}."""
    return Text(words.format(n=number), align="center", bold=True)


def copy_of(document: Document, number: int, words: str = "*** 补打 第{n}次 ***") -> Document:
    """The document as its so-manieth reprint: the banner on top of each sheet, and no pulse to the drawer."""
    return bannered(document, copy_banner(number, words))


def shut(document: Document) -> Document:
    """The document without a pulse to the drawer."""
    return replace(document, blocks=tuple(block for block in document.blocks if not isinstance(block, Drawer)))


def bannered(document: Document, banner: Block) -> Document:
    """The document with a banner on top of each sheet, and no pulse to the drawer."""
    blocks: list[Block] = [banner]
    for block in document.blocks:
        if isinstance(block, Drawer):
            continue
        if len(blocks) > 1 and isinstance(blocks[-1], Cut):
            blocks.append(banner)
        blocks.append(block)
    return replace(document, blocks=tuple(blocks))
