r"""Response files: what an element answered to a batch, by key (design 7).

    BOSS-ANSWERS 1
    batch: HLR-1_0571-01_0001_00000042.batch
    part: 1
    created: 2026-11-23T01:00:05.000001Z
    count: 1

    = 0571-01/1/17/1
    |+++    HSS53        2026-11-23 09:00:05+08:00
    |RETCODE = 0  SUCCESS0001:Operation is successful
    END 1 sha256:…

A batch may be answered in several parts, and a part need not answer every key. The element's frame is kept exactly,
line by line after a bar; a backslash is doubled, and what can't be seen (a carriage return, an undecodable byte) is
written `\uXXXX` or `\UXXXXXXXX`. A file without its trailer is not used at all: see `NotComplete`.
"""

from __future__ import annotations

import re
import unicodedata
from pathlib import Path, PurePosixPath

from msgspec import Struct

from boss_tui.network import textfile
from boss_tui.network.batch import SUFFIX as BATCH
from boss_tui.network.textfile import BadFile
from data.atomic import write_atomically
from data.errors import NotAllowed
from data.message import say

TITLE = "BOSS-ANSWERS 1"
SUFFIX = ".answers"
_NUMBER = re.compile(r"0|[1-9][0-9]{0,8}")
_HEADER = {
    "batch": re.compile(rf"[A-Za-z0-9._-]{{1,120}}{re.escape(BATCH)}"),
    "part": _NUMBER,
    "created": textfile.STAMP,
    "count": _NUMBER,
}
_HIDDEN = {"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"}
_ESCAPE = re.compile(r"\\(\\|u[0-9a-f]{4}|U[0-9a-f]{8})|\\")


class Reply(Struct, frozen=True):
    """The element's raw reply to the command of that key; bytes that were no text are surrogates (surrogateescape)."""

    key: str
    raw: str


class Replies(Struct, frozen=True):
    """One response file: part `part` (from 1) of the answers to the batch file of that name."""

    batch: str
    part: int
    created: str
    replies: tuple[Reply, ...]

    @property
    def name(self) -> str:
        """The file's name, such as `HLR-1_0571-01_0001_00000042.0001.answers`."""
        return f"{PurePosixPath(self.batch).stem}.{self.part:04d}{SUFFIX}"

    def strangers(self, keys: frozenset[str]) -> tuple[str, ...]:
        """Keys answered here that the batch, whose keys are given, does not hold."""
        return tuple(reply.key for reply in self.replies if reply.key not in keys)


def as_bytes(replies: Replies) -> bytes:
    """The file of these replies. NotAllowed: a header value or a key would not be read back."""
    values = {
        "batch": replies.batch,
        "part": str(replies.part),
        "created": replies.created,
        "count": str(len(replies.replies)),
    }
    for name, shape in _HEADER.items():
        if not shape.fullmatch(values[name]):
            raise NotAllowed(say("A response can't have {value} as its {name}.", value=values[name], name=name))
    lines = [TITLE, *(f"{name}: {value}" for name, value in values.items()), ""]
    seen: set[str] = set()
    for reply in replies.replies:
        if not textfile.KEY.fullmatch(reply.key) or reply.key in seen:
            raise NotAllowed(say("A response can't hold the line {key}.", key=reply.key))
        seen.add(reply.key)
        lines += [f"= {reply.key}", *(f"|{_escaped(line)}" for line in reply.raw.split("\n"))]
    return textfile.sealed(lines, len(replies.replies))


def write_replies(folder: Path, replies: Replies) -> Path:
    """Write the response's file, whole or not at all. Errors: `write_atomically`."""
    return write_atomically(folder, replies.name, as_bytes(replies))


def read_replies(source: Path | bytes) -> Replies:
    """The replies that a file holds. NotComplete: cut off or still being written. BadFile: which line, and how."""
    lines, said = textfile.opened(source.read_bytes() if isinstance(source, Path) else source)
    values, start = textfile.headed(lines, TITLE, _HEADER)
    found: dict[str, list[str]] = {}
    frame: list[str] | None = None
    for number, line in enumerate(lines[start:], start=start + 1):
        if line.startswith("|") and frame is not None:
            frame.append(_plain(line[1:], number))
            continue
        key = line.removeprefix("= ")
        if not line.startswith("= ") or not textfile.KEY.fullmatch(key) or frame == []:
            raise BadFile(number, say("A reply is a line with = and its key, then the frame, each line after a bar."))
        if key in found:
            raise BadFile(number, say("The key {key} comes twice.", key=key))
        frame = found[key] = []
    if frame == []:
        raise BadFile(len(lines), say("The last reply has no frame."))
    textfile.counted(len(_HEADER) + 1, int(values["count"]), len(found))
    textfile.counted(len(lines) + 1, said, len(found))
    replies = tuple(Reply(key, "\n".join(parts)) for key, parts in found.items())
    return Replies(values["batch"], int(values["part"]), values["created"], replies)


def _escaped(line: str) -> str:
    return "".join(_letter(letter) for letter in line)


def _letter(letter: str) -> str:
    if letter == "\\":
        return "\\\\"
    if letter != "\t" and unicodedata.category(letter) in _HIDDEN:
        return f"\\u{ord(letter):04x}" if ord(letter) < 0x10000 else f"\\U{ord(letter):08x}"
    return letter


def _plain(line: str, number: int) -> str:
    def letter(found: re.Match[str]) -> str:
        mark = found[1]
        if mark == "\\":
            return "\\"
        point = int(mark[1:], 16) if mark else 0x110000
        if point > 0x10FFFF:
            raise BadFile(number, say("A backslash is doubled, or begins a letter's number."))
        return chr(point)

    return _ESCAPE.sub(letter, line)
