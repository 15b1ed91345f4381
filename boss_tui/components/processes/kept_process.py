"""The version of a process 流程版本 that a run began with, and keeps: what becomes of the process meanwhile is for
those that begin later. A form keeps it whole, an order its number and its steps' time limits (catalogue M19, F14).
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import lru_cache
from typing import Any

from msgspec import Struct

from boss_tui.components.operators.grades import grade_of
from data.journal import canonical
from data.store import Reading
from data.tables.order import Process
from data.tables.organisation import GRADES

INFORM = "inform"
STEPS = ("identify", "qualify", INFORM, "product", "reserve", "price", "pay", "document", "order")
"""What a counter does in a business, in the order in which it does."""
OTHER_ACTS = ""
"""In the limits of an order: the steps of the network that have none of their own."""
_KEPT = ("number", "steps", "limits", "approvals", "copies", "network_minutes")


class WordAsked(Struct, frozen=True):
    """Whose word a process asks for: of which role (empty: any supervisor's), when over so many fen are paid in or out
    (0: always)."""

    role: str
    over: int


class KeptProcess(Struct, frozen=True):
    """A version of a process: which one it is, and what it says.

    Attributes:
        number: what the house calls the process.
        steps: what is done at the counter.
        limits: minutes that a step of the network may take, by act; `OTHER_ACTS`: those without their own.
        words: whose word it asks for, from which amount on.
        sheets: how many sheets of a kind of paper come out, where it is more than one.
    """

    version: int
    number: str
    steps: tuple[str, ...]
    limits: Mapping[str, int]
    words: tuple[WordAsked, ...]
    sheets: Mapping[str, int]

    def word(self, amount: int) -> WordAsked | None:
        """Whose word it asks for when so many fen are paid in, or out (below nothing); None: nobody's. Of several the
        one that is asked for from the highest amount on."""
        asked = [word for word in self.words if not word.over or abs(amount) > word.over]
        return max(asked, key=lambda word: word.over, default=None)


def stored(process: Process) -> str:
    """A process as a form keeps it."""
    return canonical({"version": process.revision, **{name: getattr(process, name) for name in _KEPT}})


@lru_cache(256)
def kept(held: str) -> KeptProcess:
    """What a form keeps: forms of one version keep the same."""
    values = json.loads(held)
    return of_row({**values, "revision": values["version"]})


def of_row(row: Mapping[str, Any]) -> KeptProcess:
    """A process as its table has it."""
    return KeptProcess(
        row["revision"],
        row["number"],
        tuple(json.loads(row["steps"])),
        {OTHER_ACTS: row["network_minutes"], **{each["act"]: each["minutes"] for each in json.loads(row["limits"])}},
        tuple([WordAsked(each["role"], each["over"]) for each in json.loads(row["approvals"])]),
        {each["kind"]: each["sheets"] for each in json.loads(row["copies"])},
    )


def of_order(process: KeptProcess) -> dict[str, Any]:
    """What an order keeps of the process that it goes by: columns of its row."""
    return {"process_version": process.version, "limits": canonical(dict(process.limits))}


def begun_now(reading: Reading, business: str) -> dict[str, Any]:
    """The same of an order that begins now, without a form."""
    return of_order(of_row(reading.one(Process, business=business).__dict__))


def limit_of(limits: str, act: str) -> int | None:
    """The minutes that a step of an order may take; None: its program noted none."""
    held: dict[str, int] = json.loads(limits)
    return held.get(act, held.get(OTHER_ACTS))


def gives(reading: Reading, word: WordAsked, role: str) -> bool:
    """Whether people of a role may give a word that is asked for: those of that role, or of a higher grade."""
    if not word.role or role == word.role:
        return True
    return _rank(reading, role) > _rank(reading, word.role)


def _rank(reading: Reading, role: str) -> int:
    return GRADES.index(grade_of(reading, role))
