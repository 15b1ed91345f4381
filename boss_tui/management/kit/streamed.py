"""A file of pieces of stock, read row by row however long it is: CSV in UTF-8 or GB 18030, with a heading.

Before the heading may stand a line that says what the file is, so that it is known to be whole:

    #phone_number,count=10000,sha256=9f86d081…
    number,grade
    18257480000,

The head: what the pieces are, how many rows follow the heading, the SHA-256 of all bytes behind the head's line, and
whatever else a kind of stock wants to be told. Source: management-facts 12, "M for our import".
"""

from __future__ import annotations

import codecs
import csv
import hashlib
from collections.abc import Iterator, Mapping
from itertools import count, islice, repeat
from pathlib import Path
from typing import Any, BinaryIO

from msgspec import Struct

from boss_tui.management.kit.files import FileRow, called, plain
from data.characters import is_digits
from data.errors import BadForm, Outside, reason_of
from data.message import Message, say

MARK = "#"
CHUNK = 1 << 20
_BOM = codecs.BOM_UTF8
_UTF16 = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)


class Head(Struct, frozen=True):
    """What a file says that it is: of which pieces, and what else, by name (count, sha256)."""

    of: str
    said: Mapping[str, str]


class Place(Struct, frozen=True):
    """Where a row begins: at which byte, in which line (1 is the file's first)."""

    byte: int
    line: int


class StreamedFile(Struct, frozen=True):
    """A file that was looked through once: its name, the SHA-256 of its bytes, its encoding, head (None: it has none),
    heading, the sign between cells, where its rows begin, and about how many there are."""

    path: Path
    digest: str
    codec: str
    head: Head | None
    heading: tuple[str, ...]
    between: str
    start: Place
    lines: int

    @property
    def name(self) -> str:
        """As it is called."""
        return self.path.name

    @property
    def encoding(self) -> str:
        """Its encoding in words."""
        return called(self.codec)

    def page(self, place: Place, most: int) -> tuple[list[FileRow], Place]:
        """So many rows from a place on, and where the next one begins. BadForm (`file`): a line can't be read."""
        found: list[FileRow] = []
        with _opened(self.path) as file:
            file.seek(place.byte)
            lines = list(islice(file, most))
            if (simple := self._simply(lines, place)) is not None:
                return simple
            file.seek(place.byte)
            source = _Decoded(file, self.codec, place)
            line = place.line
            for cells in _csv(self.name, source, self.between):
                if any(cells) and any(map(str.strip, cells)):
                    found.append(FileRow(line, tuple(cells)))
                line = source.line
                if len(found) == most:
                    break
        return found, Place(source.byte, source.line)

    def _simply(self, lines: list[bytes], place: Place) -> tuple[list[FileRow], Place] | None:
        """Lines each of which is a row that is cut at the signs between its cells, as most files are; else None."""
        whole, between = b"".join(lines), self.between
        if b'"' in whole or b"'" in whole or b"\0" in whole or whole.count(b"\r") != whole.count(b"\r\n"):
            return None
        if not lines or max(map(len, lines)) > csv.field_size_limit():
            return None
        texts = whole.decode(self.codec).removesuffix("\n").replace("\r", "").split("\n")
        blank = between + " \t"
        if not all(map(str.strip, texts, repeat(blank))):
            return None
        cells = map(tuple, map(str.split, texts, repeat(between)))
        rows: Any = map(
            tuple.__new__, repeat(FileRow), zip(count(place.line), cells)
        )  # as FileRow does, at half the cost
        return list(rows), Place(place.byte + len(whole), place.line + len(lines))

    def is_as_it_was(self) -> bool:
        """Whether its bytes are still those that were looked through."""
        with _opened(self.path) as file:
            whole = hashlib.sha256()
            while piece := file.read(CHUNK):
                whole.update(piece)
        return whole.hexdigest() == self.digest


class _Decoded:
    """The lines of a file from a place on, as text; `byte` and `line`: where the next one begins."""

    def __init__(self, file: BinaryIO, codec: str, place: Place) -> None:
        self._read, self._codec = file.readline, codec
        self.byte, self.line = place.byte, place.line

    def __iter__(self) -> _Decoded:
        return self

    def __next__(self) -> str:
        raw = self._read()
        if not raw:
            raise StopIteration
        self.byte += len(raw)
        self.line += 1
        return raw.decode(self._codec)


def _first(cell: str) -> str:
    return cell[:1]


def _csv(name: str, source: _Decoded, between: str) -> Iterator[list[str]]:
    reader = csv.reader(source, delimiter=between, strict=True)
    while True:
        line = source.line
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error as fault:
            told = say("{file}, line {line}: no CSV: {fault}", file=name, line=line, fault=str(fault))
            raise BadForm({"file": told}) from fault
        yield [plain(cell) if cell[:1] == "'" else cell for cell in cells] if "'" in map(_first, cells) else cells


def looked_through(path: Path) -> StreamedFile:
    """A file, looked through once. Outside: it can't be read. BadForm (`file`): it is no such file, or not whole."""
    with _opened(path) as file:
        first = file.readline()
        if first.startswith(_UTF16):
            raise _bad(say("{file} is UTF-16: save it as CSV in UTF-8.", file=path.name))
        behind = len(first)
        bom = len(_BOM) if first.startswith(_BOM) else 0
        has_head = first[bom:].startswith(MARK.encode())
        digest, body, codec, lines = _hashed(file, first, has_head, path.name)
        start = Place(behind, 2) if has_head else Place(bom, 1)
        head = _head(first[bom:].decode(codec), path.name) if has_head else None
        file.seek(start.byte)
        line = file.readline()
        heading = line.decode(codec).rstrip("\r\n")
    if head is not None:
        _must_be_as_sent(head, body)
    if not heading.strip():
        raise _bad(say("{file} has no heading: its first line names the columns.", file=path.name))
    between = max(",\t;", key=heading.count)
    names = tuple(next(csv.reader([heading], delimiter=between)))
    rows = Place(start.byte + len(line), start.line + 1)
    return StreamedFile(path, digest, codec, head, names, between, rows, max(0, lines - rows.line + 1))


def _hashed(file: BinaryIO, first: bytes, has_head: bool, name: str) -> tuple[str, str, str, int]:
    """The hash of all bytes, of those behind the head's line, the encoding that they show, and how many lines."""
    whole, body = hashlib.sha256(first), hashlib.sha256(b"" if has_head else first)
    tried = {codec: codecs.getincrementaldecoder(codec)() for codec in ("utf-8", "gb18030")}
    lines, last, wrong, piece = 0, b"\n", 0, first
    while tried:
        for codec in tuple(tried):
            try:
                tried[codec].decode(piece, final=not piece)
            except UnicodeDecodeError as fault:
                del tried[codec]
                wrong = lines + piece[: fault.start].count(b"\n") + 1
        if not piece:
            break
        lines, last = lines + piece.count(b"\n"), piece
        piece = file.read(CHUNK)
        whole.update(piece)
        body.update(piece)
    if not tried:
        raise _bad(say("{file}, line {line}: neither UTF-8 nor GB 18030.", file=name, line=wrong))
    return whole.hexdigest(), body.hexdigest(), next(iter(tried)), lines + (not last.endswith(b"\n"))


def _head(line: str, name: str) -> Head:
    of, *cells = (cell.strip() for cell in line.strip().removeprefix(MARK).split(","))
    said = dict(cell.partition("=")[::2] for cell in cells)
    if not of or "" in said:
        raise _bad(say("{file}: its first line is such as {such}", file=name, such="#phone_number,count=2,sha256=…"))
    return Head(of, said)


def _must_be_as_sent(head: Head, body: str) -> None:
    sent = head.said.get("sha256", "").casefold()
    if sent and sent != body:
        raise _bad(say("The file is not as it was sent: its SHA-256 is another. Ask for it again."))
    count = head.said.get("count", "0")
    if not (is_digits(count) and len(count) < 12):
        raise _bad(say("The head's count is a whole number; {what} is none.", what=count))


def _opened(path: Path) -> BinaryIO:
    try:
        return path.open("rb")
    except OSError as fault:
        told = say("{file} can't be read: {fault}", file=str(path), fault=reason_of(fault))
        raise Outside(told) from fault


def _bad(told: Message) -> BadForm:
    return BadForm({"file": told})
