"""The journal: one hash-chained entry for each committed transaction, in sequence without gaps.

`hash` is SHA-256 over the hash before, and the entry as canonical JSON. Anyone who has the entries can check them; a
change, a removal or a swap shows at the first entry that it touches.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator
from typing import Any, NamedTuple

from msgspec import Struct, field
from msgspec.json import Encoder

from data.tables.sync import JournalEntry

GENESIS = "0" * 64


class Author(Struct):
    """Who writes, and what for: it stands in the journal. `kind`: the business (C1), or what else (shift.open)."""

    outlet: str
    kind: str
    operator: str
    counter: str = ""
    serial: str = ""
    business_date: str = ""
    trail: list[list[str]] = field(default_factory=list)


class Change(NamedTuple):
    """A row that changed. op: add, change, increase. `base` is the revision it was based on (0 for a new row)."""

    table: str
    op: str
    key: tuple[Any, ...]
    base: int
    values: dict[str, Any]


_CANONICAL = Encoder(order="sorted")


def canonical(value: Any) -> str:
    """JSON in the one form that is hashed: sorted keys, no blanks, characters as they are."""
    return _CANONICAL.encode(value).decode()


def body_of(changes: Iterable[Change], author: Author, more: dict[str, Any]) -> str:
    """An entry's body: the changes and the trail."""
    return canonical({"changes": list(changes), "trail": author.trail, **more})


def changes_of(body: str) -> list[Change]:
    """The changes that `body_of` wrote."""
    return [Change(t, op, tuple(key), base, values) for t, op, key, base, values in json.loads(body)["changes"]]


_HASHED = (
    "outlet",
    "epoch",
    "seq",
    "kind",
    "kind_version",
    "operator",
    "counter",
    "serial",
    "business_date",
    "made_at",
)


def entry_hash(entry: dict[str, Any], prev_hash: str) -> str:
    """The hash of an entry that follows the one with `prev_hash`."""
    head = canonical({name: entry[name] for name in _HASHED})
    return hashlib.sha256(f"{prev_hash}\n{head}\n{entry['body']}".encode()).hexdigest()


def broken(entries: Iterable[JournalEntry], after: str, next_seq: int) -> Iterator[tuple[int, str]]:
    """Where a run of entries is not the one that follows hash `after`: (sequence, what is wrong)."""
    for entry in entries:
        if entry.seq != next_seq:
            yield next_seq, f"missing: the next entry is {entry.seq}"
        elif entry.prev_hash != after:
            yield entry.seq, "does not follow the entry before it"
        if entry.hash != entry_hash(entry.__dict__, entry.prev_hash):
            yield entry.seq, "was altered: its hash is not that of its content"
        after, next_seq = entry.hash, entry.seq + 1
