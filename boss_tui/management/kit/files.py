"""Files of rows: CSV in UTF-8 or GB 18030, and spreadsheets; read as text cell by cell, and written so as to be read
in again. What a spreadsheet would run as a formula has an apostrophe before it, in and out.
"""

from __future__ import annotations

import codecs
import csv
import hashlib
import io
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime
from pathlib import Path
from typing import Any, Literal, NamedTuple

from msgspec import Struct

from data.characters import begins_formula
from data.errors import BadForm, NotAllowed, Outside, reason_of
from data.message import Message, say

Encoding = Literal["utf-8", "gb18030"]
Format = Literal["csv", "gb18030", "xlsx"]
FORMATS: dict[Format, Message] = {
    "csv": say("CSV in UTF-8, as spreadsheets open it"),
    "gb18030": say("CSV in GB 18030"),
    "xlsx": say("XLSX: a spreadsheet"),
}
SPREADSHEET = "XLSX"
_CALLED = {"utf-8": "UTF-8", "gb18030": "GB 18030"}
MOST_TEXT = 32_767
"""Characters of a cell of a spreadsheet (ECMA-376): a longer text would be cut without a word."""
READING = say("Reading rows")
_ZIP = b"PK\x03\x04"


class FileRow(NamedTuple):
    """A row of a file: the line where it begins (1 is the heading's, as an editor counts), and its cells."""

    line: int
    cells: tuple[str, ...]


class Source(Struct, frozen=True):
    """A file of rows as it was read: its name, the SHA-256 of its bytes, its encoding in words, heading and rows."""

    name: str
    digest: str
    encoding: str
    heading: tuple[str, ...]
    records: tuple[FileRow, ...]


def read(path: Path) -> Source:
    """Read a file whole. Outside: it can't be read. BadForm (`file`): it is no such file, and in which line."""
    try:
        content = path.read_bytes()
    except OSError as fault:
        raise Outside(say("{file} can't be read: {fault}", file=str(path), fault=reason_of(fault))) from fault
    return parsed(path.name, content)


def parsed(name: str, content: bytes) -> Source:
    """A file's content. See `read`."""
    if content.startswith(_ZIP):
        encoding, records = SPREADSHEET, list(_of_sheet(name, content))
    else:
        spoken, text = _decoded(name, content)
        encoding, records = _CALLED[spoken], list(_of_csv(name, text))
    if not records:
        raise BadForm({"file": say("{file} has no heading: its first line names the columns.", file=name)})
    heading, *rest = records
    return Source(name, hashlib.sha256(content).hexdigest(), encoding, heading.cells, tuple(rest))


def called(codec: str) -> str:
    """An encoding in words."""
    return _CALLED[codec]


def _decoded(name: str, content: bytes) -> tuple[Encoding, str]:
    """The text, by the encoding that its bytes show: UTF-8 where they can be that, else GB 18030."""
    has_mark = content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))
    if has_mark or b"\0" in content.partition(b"\n")[0]:  # of a letter in UTF-16 one byte is 0
        raise BadForm({"file": say("{file} is UTF-16: save it as CSV in UTF-8.", file=name)})
    try:
        return "utf-8", content.decode("utf-8-sig")
    except UnicodeDecodeError as first:
        try:
            return "gb18030", content.decode("gb18030")
        except UnicodeDecodeError as fault:
            at = max(first.start, fault.start)
            told = say(
                "{file}, line {line}: neither UTF-8 nor GB 18030.", file=name, line=content[:at].count(b"\n") + 1
            )
            raise BadForm({"file": told}) from fault


def _of_csv(name: str, text: str) -> Iterator[FileRow]:
    first = text.split("\n", 1)[0]
    between = max(",\t;", key=first.count)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=between, strict=True)
    before = 0
    try:
        for cells in reader:
            if any(map(str.strip, cells)):
                yield FileRow(before + 1, tuple([plain(cell) if cell[:1] == "'" else cell for cell in cells]))
            before = reader.line_num
    except csv.Error as fault:
        told = say("{file}, line {line}: no CSV: {fault}", file=name, line=before + 1, fault=str(fault))
        raise BadForm({"file": told}) from fault


def _of_sheet(name: str, content: bytes) -> Iterator[FileRow]:
    """The first sheet. A number is what would be typed for it."""
    import zipfile

    from openpyxl import load_workbook

    try:
        book = load_workbook(io.BytesIO(content), read_only=True, data_only=True)
        for line, row in enumerate(book.worksheets[0].iter_rows(), 1):
            cells = [plain(_shown(cell)) for cell in row]
            while cells and not cells[-1]:
                cells.pop()
            if any(cells):
                yield FileRow(line, tuple(cells))
    except (zipfile.BadZipFile, KeyError, ValueError, IndexError) as fault:
        raise BadForm({"file": say("{file} is no spreadsheet that can be read.", file=name)}) from fault


def _shown(cell: Any) -> str:
    """A cell as it would be typed: 0.06 that a sheet shows as 6 % is 6 %."""
    if isinstance(cell.value, int | float) and not isinstance(cell.value, bool) and "%" in (cell.number_format or ""):
        return f"{_cell(round(cell.value * 100, 10))}%"
    return _cell(cell.value)


def _cell(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "y" if value else "n"
    if isinstance(value, datetime):
        return value.date().isoformat() if value.time() == datetime.min.time() else value.isoformat(" ", "seconds")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return repr(value) if isinstance(value, float) else str(value)


def plain(cell: str) -> str:
    """A cell without the apostrophe that kept a spreadsheet from running it."""
    return cell[1:] if cell.startswith("'") and _would_run(cell) else cell


def safe(text: str) -> str:
    """Text that no spreadsheet runs, and that `plain` makes what it was, apostrophes of its own and all."""
    return f"'{text}" if _would_run(text) else text


def _would_run(text: str) -> bool:
    """Whether a spreadsheet would run it, but for apostrophes before it."""
    return begins_formula(text.lstrip("'"))


def csv_bytes(rows: Iterable[Sequence[str]], form: Format, *, first: bool = True) -> bytes:
    """Rows as CSV; UTF-8 with the mark that spreadsheets look for, at the beginning of a file (`first`)."""
    out = io.StringIO(newline="")
    csv.writer(out).writerows([[safe(cell) for cell in row] for row in rows])
    if form == "gb18030":
        return out.getvalue().encode("gb18030")
    return out.getvalue().encode("utf-8-sig" if first else "utf-8")


def sheet_bytes(title: str, heading: Sequence[str], rows: Iterable[Sequence[Any]]) -> bytes:
    """Rows as a spreadsheet: amounts with two digits, dates as dates, text as text whatever it begins with.

    NotAllowed (`form`): a text is longer than a cell takes, or has control characters."""
    from openpyxl import Workbook
    from openpyxl.cell import WriteOnlyCell
    from openpyxl.styles import Font

    from boss_tui.reports.workbook import sheet_name

    book = Workbook(write_only=True)
    sheet: Any = book.create_sheet(sheet_name(title))
    sheet.freeze_panes = "A2"
    cells = []
    for name in heading:
        cell: Any = WriteOnlyCell(sheet, name)
        cell.font = Font(bold=True)
        cells.append(cell)
    written = [[_written(sheet, value) for value in row] for row in rows]  # first: a sheet that is begun can't be left
    for line in (cells, *written):
        sheet.append(line)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _written(sheet: Any, value: Any) -> Any:
    from openpyxl.cell import WriteOnlyCell
    from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE

    from boss_tui.reports.workbook import DAY, FORMATS

    if isinstance(value, str):
        if len(value) > MOST_TEXT or ILLEGAL_CHARACTERS_RE.search(value):
            told = say("A text does not fit into a spreadsheet's cell (32,767 characters, no control ones): take CSV.")
            raise NotAllowed(told, field="form")
        if value.startswith("'"):
            return safe(value)
        if not value.startswith("="):
            return value
        text: Any = WriteOnlyCell(sheet, value)
        text.data_type = "s"
        return text
    cell: Any = WriteOnlyCell(sheet, value)
    cell.number_format = DAY if isinstance(value, date) else FORMATS["money"] if not isinstance(value, int) else "0"
    return cell
