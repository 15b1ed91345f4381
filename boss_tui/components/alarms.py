"""Alarms 告警: what a supervisor and headquarters must know of, journalled like everything else.

Open until a supervisor has said what it was, or until what was wrong has ended by itself. Plain functions over a unit
of work; whoever finds something wrong raises.
"""

from __future__ import annotations

import json

from data.clock import new_key
from data.errors import NotAllowed
from data.journal import canonical
from data.message import Message, say
from data.store import Reading, UnitOfWork
from data.tables.organisation import Alarm


def raise_alarm(tx: UnitOfWork, kind: str, message: Message, about: str = "") -> Alarm:
    """A new alarm, by the unit of work's author at their counter. `about`: the key of what is wrong, where that may end
    by itself (`over`)."""
    author = tx.author
    if about:
        message = Message(message.template, {**message.values, "about": about})
    return tx.add(
        Alarm,
        id=new_key(tx.clock),
        outlet=author.outlet,
        counter=author.counter,
        operator=author.operator,
        kind=kind,
        message=canonical(message.as_json()),
        raised_at=tx.now(),
    )


def unseen(reading: Reading, outlet: str) -> list[Alarm]:
    """What nobody has looked into, oldest first."""
    return reading.all(Alarm, outlet=outlet, state="open", order=("raised_at", "id"))


def over(tx: UnitOfWork, kind: str, about: str, words: str) -> None:
    """What alarms of a kind were raised about is in order now: they end, by the unit of work's author."""
    for row in tx.all(Alarm, outlet=tx.author.outlet, kind=kind, state="open"):
        if is_about(row.message, about):
            tx.change(row, state="seen", seen_by=tx.author.operator, words=words)


def is_about(message: str, about: str) -> bool:
    """Whether an alarm's message, as it is stored, is about what has this key."""
    told = json.loads(message)
    values = told.get("values") if isinstance(told, dict) else None
    return isinstance(values, dict) and values.get("about") == about


def see(tx: UnitOfWork, alarm_id: str, staff_no: str, words: str) -> Alarm:
    """A supervisor has looked into it. NotAllowed without a word of what it was; who may is the desk's to say."""
    row = tx.one(Alarm, id=alarm_id)
    if row.state != "open":
        raise NotAllowed(say("This is settled already."))
    if not words.strip():
        raise NotAllowed(say("Say what it was: it is kept."), field="words")
    return tx.change(row, state="seen", seen_by=staff_no, words=words.strip())
