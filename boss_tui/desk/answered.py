"""What services answered to an order, in words: who asked what when, how long it took, which rule counted."""

from __future__ import annotations

import json
from collections.abc import Iterator

from boss_tui.components.qualification.questions import COUNTS
from data.clock import on_the_wall
from data.message import Message, both, say
from data.store import Reading
from data.tables.eligibility import Interface, InterfaceAnswer

VERDICTS: dict[str, Message] = {
    "yes": say("it may be done"),
    "override": say("a supervisor must allow it"),
    "no": say("it may not be done"),
}
_WAYS: dict[str, Message] = {
    "stop": say("the line was stopped: {words}"),
    "call_in": say("the customer was called in: {words}"),
    "undo": say("taken back: {words}"),
    "stands": say("it stands: {words}"),
    "gone": say("there was nothing left to ask about"),
}


def lines(reading: Reading, order_id: str) -> Iterator[tuple[Message, str | Message]]:
    """A line for each question; a second one for what came of it later."""
    for row in reading.all(InterfaceAnswer, order_id=order_id, order=("id",)):
        name = name_of(reading, row)
        yield name, _said(row)
        if row.state == "waiting":
            yield name, say("It is asked again until it answers.")
        if row.later_at:
            verdict = VERDICTS["yes" if row.state == "confirmed" else "no"]
            time = on_the_wall(row.later_at, "%m-%d %H:%M")
            yield (
                name,
                say("Asked again, {time}: {verdict}. {reason}", time=time, verdict=verdict, reason=row.later_reason),
            )
        if row.way:
            told = Message(_WAYS[row.way].template, {"words": row.words})
            by = say("{told} ({who}, {time})", told=told, who=row.settled_by, time=on_the_wall(row.settled_at))
            yield name, by if row.settled_at else told


def _said(row: InterfaceAnswer) -> Message:
    who, time = row.operator, on_the_wall(row.asked_at, "%H:%M:%S")
    if row.verdict:
        told = say("{verdict}. {reason}", verdict=VERDICTS[row.verdict], reason=row.reason)
        return say("{time} {who}, {ms} ms: {told}", time=time, who=who, ms=row.took_ms, told=told)
    why = Message.from_json(json.loads(row.fault)) if row.fault else say("Not asked.")
    counts = COUNTS.get(row.offline, Message(""))
    return say("{time} {who}: {why} Meanwhile: {counts}.", time=time, who=who, why=why, counts=counts)


def name_of(reading: Reading, row: InterfaceAnswer) -> Message:
    """What the interface is called; one that is published no more, by its code."""
    interface = reading.find(Interface, code=row.interface)
    return both(interface.name_zh, interface.name_en) if interface else Message("{code}", {"code": row.interface})
