"""The simulated printer's paper: what actions put on it, line by line, and how a terminal shows it.

Characters stand where a real printer would put them, too wide a line is broken as a real one breaks it (and noted as
a fault), and symbols appear as their names and data. It has no wire, no buffer and no faults of its own.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Callable
from typing import Literal

from msgspec import Struct

from data.characters import assigned
from printers.decoder import Action

DRAWN = "▣"
"""Stands here for a character that came as a picture."""


class PaperLine(Struct, frozen=True):
    """One line on paper. kind: text, qr, barcode, picture or cut. `text` holds the blanks that place it."""

    kind: Literal["text", "qr", "barcode", "picture", "cut"]
    text: str = ""
    bold: bool = False
    scale: tuple[int, int] = (1, 1)


class Paper:
    """The print head and the roll.

    Attributes:
        lines: all that was printed, oldest first.
        faults: what a printer of another make might do something else with: unknown commands, lines too long.
        drawer_pulses: how often the drawer was opened.
    """

    def __init__(self, columns: int, cutter: bool = True) -> None:
        self.columns, self.cutter = columns, cutter
        self.lines: list[PaperLine] = []
        self.faults: list[str] = []
        self.drawer_pulses = 0
        self._actions: dict[str, Callable[[bytes], None]] = {
            "character": self._character,
            "line_feed": lambda _data: self._line_feed(),
            "feed": self._feed,
            "cut": lambda _data: self._cut(),
            "drawer": lambda _data: self.open_drawer(),
            "bold": self._set_bold,
            "align": self._set_align,
            "size": self._set_size,
            "qr_80": self._store_qr,
            "qr_81": lambda _data: self._symbol("qr", self._qr),
            "barcode": lambda data: self._symbol("barcode", _code128(data)),
            "picture": self._picture,
            "stored_picture": lambda data: self._symbol("picture", f"stored {data[:2].decode('ascii', 'replace')}"),
            "drawn": self._drawn,
            "reset": lambda _data: self.reset(),
            "unknown": lambda data: self.faults.append(f"unknown {data.hex()}"),
        }
        self.reset()

    def reset(self) -> None:
        """ESC @: the line that was begun and every setting are gone."""
        self._line, self._used = "", 0
        self._bold, self._scale, self._align, self._qr = False, (1, 1), 0, ""

    def do(self, action: Action) -> None:
        """Carry out one action; settings that change nothing that is read here are passed over."""
        doing = self._actions.get(action.name)
        if doing:
            doing(action.data)

    def open_drawer(self) -> None:
        """The pulse to the cash drawer."""
        self.drawer_pulses += 1

    @property
    def receipts(self) -> tuple[tuple[PaperLine, ...], ...]:
        """The sheets that were cut off, each without its cut."""
        sheets: list[tuple[PaperLine, ...]] = []
        sheet: list[PaperLine] = []
        for line in self.lines:
            if line.kind == "cut":
                sheets.append(tuple(sheet))
                sheet = []
            else:
                sheet.append(line)
        return tuple(sheets)

    def _character(self, data: bytes) -> None:
        character = assigned(data.decode("gb18030", errors="replace"))
        if "\ufffd" in character:
            self.faults.append(f"not GB 18030: {data.hex()}")
        self._put(character, min(len(data), 2))

    def _drawn(self, _data: bytes) -> None:
        """A character that is a picture in the line."""
        self._put(DRAWN, 2)

    def _put(self, character: str, columns: int) -> None:
        taken = columns * self._scale[0]
        if self._used + taken > self.columns:
            self.faults.append(f"line too long: {self._line}")
            self._line_feed()
        self._line += character
        self._used += taken

    def _line_feed(self) -> None:
        room = max(0, self.columns - self._used) // self._scale[0]
        text = " " * (0, room // 2, room)[self._align] + self._line if self._line else ""
        self.lines.append(PaperLine("text", text.rstrip(), self._bold, self._scale))
        self._line, self._used = "", 0

    def _feed(self, data: bytes) -> None:
        if self._line:
            self._line_feed()
        self.lines += [PaperLine("text")] * data[0]

    def _cut(self) -> None:
        if self._line:
            self._line_feed()
        if self.cutter:
            self.lines.append(PaperLine("cut"))
        else:
            self.faults.append("cut without a cutter")

    def _set_bold(self, data: bytes) -> None:
        self._bold = bool(data[0] & 1)

    def _set_align(self, data: bytes) -> None:
        self._align = data[0] % 48 if data[0] % 48 < 3 else 0

    def _set_size(self, data: bytes) -> None:
        self._scale = ((data[0] >> 4) + 1, (data[0] & 0x0F) + 1)

    def _store_qr(self, data: bytes) -> None:
        self._qr = data[1:].decode("utf-8", errors="replace")

    def _symbol(self, kind: Literal["qr", "barcode", "picture"], data: str) -> None:
        if self._line:
            self._line_feed()
        self.lines.append(PaperLine(kind, data))

    def _picture(self, data: bytes) -> None:
        across, down = int.from_bytes(data[:2], "little") * 8, int.from_bytes(data[2:4], "little")
        self.lines.append(PaperLine("picture", f"{across}x{down}"))


def _code128(data: bytes) -> str:
    """What a scanner reads from `{B…{C…` data."""
    text, table, at = "", "B", 0
    while at < len(data):
        if data[at : at + 1] == b"{" and data[at + 1 : at + 2] in (b"A", b"B", b"C"):
            table, at = chr(data[at + 1]), at + 2
        elif table == "C":
            text, at = text + f"{data[at]:02d}", at + 1
        else:
            at += data[at : at + 2] == b"{{"
            text, at = text + chr(data[at]), at + 1
    return text


_NAMES = {"qr": "[QR]", "barcode": "[CODE128]", "picture": "[picture]"}


def render(line: PaperLine, columns: int) -> tuple[str, ...]:
    """The line as a terminal shows it, columns lined up as on paper: at least one line of text."""
    if line.kind == "text":
        return (_spread(line.text, line.scale[0]).rstrip(),)
    if line.kind == "cut":
        return (("- " * columns)[:columns].rstrip(),)
    parts = [line.text[at : at + columns] for at in range(0, len(line.text), columns)]
    return tuple(part.center(columns).rstrip() for part in (_NAMES[line.kind], *parts))


def _spread(text: str, scale: int) -> str:
    spread = ""
    for character in text:
        drawn = 2 if unicodedata.east_asian_width(character) in "WF" else 1
        spread += character + " " * ((1 if character.isascii() else 2) * scale - drawn)
    return spread
