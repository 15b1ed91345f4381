"""What is against an entry that was put aside: its first reason, and with it all others.

An exception is one row, whose `detail` says of what its first reason is, as plain JSON values; what else was found
stands there under `also`. Words of each reason: `states`.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

from boss_tui.sync.effects import Fault
from boss_tui.sync.states import reason_words
from data.message import Message, say
from data.tables.sync import SyncException

ALSO = "also"
MOST_TOLD = 20
"""Faults that are told of one entry; the kinds of all of them are."""
MOST_SAID = 500
"""Characters of each thing that is noted of an exception, or parts where it is a list."""


def together(faults: Sequence[Fault]) -> Fault:
    """Several faults of one entry as one, the first of which says what it is."""
    first, *others = faults
    if not others:
        return first
    kinds = {fault.reason: fault for fault in reversed(others)}
    told = [*others[:MOST_TOLD], *(fault for fault in kinds.values() if fault not in others[:MOST_TOLD])]
    return Fault(first.reason, {**first.detail, ALSO: [[fault.reason, fault.detail] for fault in told]})


def also(row: SyncException, faults: Sequence[Fault]) -> dict[str, Any]:
    """An exception's detail, with what else was found to be against its entry."""
    detail: dict[str, Any] = json.loads(row.detail)
    told = detail.get(ALSO, [])
    more = [each for fault in faults[:MOST_TOLD] if (each := [fault.reason, short(fault.detail)]) not in told]
    return {**detail, ALSO: [*told, *more]}


def reasons(row: SyncException) -> tuple[str, ...]:
    """All reasons for which an entry was put aside, the first one first."""
    told = json.loads(row.detail).get(ALSO, ()) if row.detail else ()
    return tuple(dict.fromkeys((row.reason, *(reason for reason, _ in told))))


def put_aside_for(row: SyncException) -> Message:
    """All of them in words."""
    return in_words(reasons(row), noted=row.state == "noted")


def in_words(told: Sequence[str], *, noted: bool = False) -> Message:
    """Reasons in words, one sentence after the other."""
    first, *others = (reason_words(reason, noted=noted) for reason in told)
    for other in others:
        first = say("{why} {more}", why=first, more=other)
    return first


def short(detail: Any) -> Any:
    """What is noted of an entry, cut to what a person reads: it may tell of anything, however long."""
    if isinstance(detail, str):
        return detail[:MOST_SAID]
    if isinstance(detail, dict):
        return {name: short(value) for name, value in detail.items()}
    return [short(each) for each in detail[:MOST_SAID]] if isinstance(detail, list) else detail
