"""Batch files: commands on their way to an element (design 7). Built again from the same data, a batch file is the
same byte for byte.

    BOSS-BATCH 1
    element: HLR-1
    outlet: 0571-01
    epoch: 1
    sequence: 42
    created: 2026-11-23T01:00:00.000001Z
    dialect: huawei
    count: 1

    0571-01/1/17/1<TAB>MOD LCK: ISDN="8613900000001", IC=FALSE, OC=TRUE, GPRSLOCK=FALSE;
    END 1 sha256:…

Not the queue: which commands make a batch is decided elsewhere.
"""

from __future__ import annotations

import re
from pathlib import Path

from msgspec import Struct

from boss_tui.network import textfile
from boss_tui.network.textfile import BadFile
from data.atomic import write_atomically
from data.errors import NotAllowed
from data.message import say

TITLE = "BOSS-BATCH 1"
SUFFIX = ".batch"
_NUMBER = re.compile(r"0|[1-9][0-9]{0,8}")
_HEADER = {
    "element": textfile.CODE,
    "outlet": textfile.CODE,
    "epoch": _NUMBER,
    "sequence": _NUMBER,
    "created": textfile.STAMP,
    "dialect": re.compile(r"[a-z0-9_]{1,20}"),
    "count": _NUMBER,
}
_TEXT = re.compile(r"[^\x00-\x1f\x7f\x85\u2028\u2029\ud800-\udfff]+")


class BatchEntry(Struct, frozen=True):
    """One command of a batch. `key` names one sending of one command: a command that is tried again has a new key."""

    key: str
    text: str


class Batch(Struct, frozen=True):
    """A batch.

    Attributes:
        element: code of the element it goes to.
        outlet, epoch, sequence: who built it, and its number there; together with element they name it.
        created: stored time (`data.clock.stamp`).
        dialect: name of the dialect that the commands are in.
        entries: the commands, in the order in which they must act.
    """

    element: str
    outlet: str
    epoch: int
    sequence: int
    created: str
    dialect: str
    entries: tuple[BatchEntry, ...]

    @property
    def name(self) -> str:
        """The file's name, such as `HLR-1_0571-01_0001_00000042.batch`."""
        return f"{self.element}_{self.outlet}_{self.epoch:04d}_{self.sequence:08d}{SUFFIX}"


def as_bytes(batch: Batch) -> bytes:
    """The file of a batch. NotAllowed: a header value or a line would not be read back."""
    values = {name: str(getattr(batch, name)) for name in _HEADER if name != "count"}
    values["count"] = str(len(batch.entries))
    for name, shape in _HEADER.items():
        if not shape.fullmatch(values[name]):
            raise NotAllowed(
                say("A batch can't have {value} as its {name}.", value=values[name], name=name), field=name
            )
    seen: set[str] = set()
    for entry in batch.entries:
        if not textfile.KEY.fullmatch(entry.key) or entry.key in seen or not _TEXT.fullmatch(entry.text):
            raise NotAllowed(say("A batch can't hold the line {key}.", key=entry.key))
        seen.add(entry.key)
    head = [TITLE, *(f"{name}: {value}" for name, value in values.items()), ""]
    return textfile.sealed([*head, *(f"{entry.key}\t{entry.text}" for entry in batch.entries)], len(batch.entries))


def write_batch(folder: Path, batch: Batch) -> Path:
    """Write the batch's file, whole or not at all; again with the same batch is no change (`write_atomically`)."""
    return write_atomically(folder, batch.name, as_bytes(batch))


def read_batch(source: Path | bytes) -> Batch:
    """The batch that a file holds. NotComplete: it is cut off. BadFile: which line is wrong, and how."""
    lines, said = textfile.opened(source.read_bytes() if isinstance(source, Path) else source)
    values, start = textfile.headed(lines, TITLE, _HEADER)
    entries: dict[str, BatchEntry] = {}
    for number, line in enumerate(lines[start:], start=start + 1):
        key, tab, text = line.partition("\t")
        if not tab or not textfile.KEY.fullmatch(key) or not _TEXT.fullmatch(text):
            raise BadFile(number, say("A line is a key, a tab, and a command."))
        if key in entries:
            raise BadFile(number, say("The key {key} comes twice.", key=key))
        entries[key] = BatchEntry(key, text)
    textfile.counted(len(_HEADER) + 1, int(values["count"]), len(entries))
    textfile.counted(len(lines) + 1, said, len(entries))
    return Batch(
        element=values["element"],
        outlet=values["outlet"],
        epoch=int(values["epoch"]),
        sequence=int(values["sequence"]),
        created=values["created"],
        dialect=values["dialect"],
        entries=tuple(entries.values()),
    )
