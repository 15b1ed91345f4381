"""What is to be done next of what an edition added, which is only half of the work: numbers are made of a segment."""

from __future__ import annotations

import json
from collections.abc import Iterator

from msgspec import Struct

from boss_tui.editions import standing
from boss_tui.management import subjects
from boss_tui.management.kit.acts import OfficeAct
from boss_tui.management.kit.entity import Key
from data.statements import defaults, keys
from data.store import Reading
from data.tables.edition import Edition


class NextStep(Struct, frozen=True):
    """An act that goes on from a row: at which list (M5/number_segment), and at which of its rows."""

    name: str
    act: OfficeAct
    key: Key


def next_steps(reading: Reading, edition: Edition) -> Iterator[NextStep]:
    """The acts that make something of the rows that an edition adds, as far as that is not done yet."""
    for row in standing.rows_of(reading, edition.id):
        acts = [act for act in subjects.subject(row.subject).acts if row.table_name in act.also]
        if acts and row.op == "add":
            model, key = subjects.named(f"{row.subject}/{row.table_name}")[1].model, standing.key(row)
            values = {**defaults(model), **json.loads(row.after), **dict(zip(keys(model), key, strict=True))}
            for act in acts:
                if act.is_left(reading, values):
                    yield NextStep(f"{row.subject}/{row.table_name}", act, key)
