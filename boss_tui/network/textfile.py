"""What batch files and response files share: header lines, a count, and a trailer with the SHA-256 of all before it.

UTF-8, each line ended by LF alone. Not their content: `batch` and `replies` say what a line is.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Mapping

from data.errors import Damaged, Outside
from data.message import Message, say

_TRAILER_LINE = re.compile(rb"^END [0-9]+ sha256:[0-9a-f]{64}\n", re.MULTILINE)
_TRAILER = re.compile(r"END ([0-9]+) sha256:([0-9a-f]{64})")
CODE = re.compile(r"[A-Za-z0-9][A-Za-z0-9.-]{0,31}")
"""Element and outlet codes: no underscore, so that a file name comes apart in one way only."""
KEY = re.compile(r"[A-Za-z0-9][A-Za-z0-9./:-]{0,79}")
"""Command keys, such as `0571-01/1/17/2`."""
STAMP = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z")


class NotComplete(Outside):
    """A file without its trailer: cut in half, or still being written. Nothing of it may be used.

    Its lines may look right one by one, but the last may be half a line that still reads (a shorter number, another
    code), and the file may yet change; used now and again later, one file would have two contents.
    """


class BadFile(Damaged):
    """A file that is not what it says. `line` counts from 1; 0 is the file as a whole."""

    def __init__(self, line: int, wrong: Message) -> None:
        super().__init__(say("Line {line}: {wrong}", line=line, wrong=wrong) if line else wrong)
        self.line = line


def sealed(lines: Iterable[str], count: int) -> bytes:
    """The file of these lines, trailer included."""
    body = "".join(f"{line}\n" for line in lines).encode()
    return body + f"END {count} sha256:{hashlib.sha256(body).hexdigest()}\n".encode()


def opened(content: bytes) -> tuple[list[str], int]:
    """The lines before the trailer, and the count that the trailer gives. NotComplete, BadFile."""
    body, _, last = content.removesuffix(b"\n").rpartition(b"\n")
    body += b"\n"
    trailer = _TRAILER.fullmatch(last.decode("utf-8", "replace")) if content.endswith(b"\n") else None
    early = _TRAILER_LINE.search(content) if trailer is None else None
    if early:
        raise BadFile(content.count(b"\n", 0, early.end()) + 1, say("Something stands after the trailer."))
    if trailer is None:
        raise NotComplete(say("The file has no trailer: it is cut off or still being written."))
    lines = _decoded(body)
    if hashlib.sha256(body).hexdigest() != trailer[2]:
        raise BadFile(len(lines) + 1, say("The checksum does not fit: the file was changed after it was written."))
    return lines, int(trailer[1])


def _decoded(body: bytes) -> list[str]:
    try:
        return body.decode().split("\n")[:-1]
    except UnicodeDecodeError as fault:
        line = body.count(b"\n", 0, fault.start) + 1
        raise BadFile(line, say("This is not UTF-8.")) from fault


def headed(lines: list[str], title: str, names: Mapping[str, re.Pattern[str]]) -> tuple[dict[str, str], int]:
    """The header's values, and the index of the first line after it: title, `name: value` in this order, an empty
    line. BadFile."""
    if not lines or lines[0] != title:
        raise BadFile(1, say("The first line must be {title}.", title=title))
    values: dict[str, str] = {}
    for number, (name, shape) in enumerate(names.items(), start=2):
        line = lines[number - 1] if number <= len(lines) else ""
        start, colon, value = line.partition(": ")
        if start != name or not colon or not shape.fullmatch(value):
            raise BadFile(number, say("The header needs {name} here, in its proper form.", name=name))
        values[name] = value
    after = len(names) + 1
    if after >= len(lines) or lines[after]:
        raise BadFile(after + 1, say("An empty line must end the header."))
    return values, after + 1


def counted(line: int, said: int, found: int) -> None:
    """BadFile unless the count is right."""
    if said != found:
        raise BadFile(line, say("The file says {said} {said:entry|entries} and holds {found}.", said=said, found=found))
