"""An act of management as it is looked at: what was done, by whom, when, what was said with it, what it used."""

from __future__ import annotations

import json
from collections.abc import Mapping

from msgspec import Struct

from boss_tui.catalogue import COMPONENTS
from boss_tui.editions.noting import ACTS
from boss_tui.management import subjects
from data.clock import on_the_wall
from data.errors import NotFound
from data.message import Message, say
from data.store import Reading
from data.tables.act import Act


class ActView(Struct, frozen=True):
    """One act.

    Attributes:
        serial, business: its serial; the row of the catalogue, such as M6.
        what: what was done, in words.
        operator, outlet, counter: by whom, and where.
        business_date, made_at: on which business date; when, as stored.
        edition: the key of the edition that it was done to; empty: none.
        approved_by: who allowed it, where another person had to.
        said: what was said with it, what that is called and its value.
        used: each component that it used, with the calls.
    """

    serial: str
    business: str
    what: Message
    operator: str
    outlet: str
    counter: str
    business_date: str
    made_at: str
    edition: str
    approved_by: str
    said: tuple[tuple[Message | str, str], ...]
    used: tuple[tuple[Message, str], ...]

    @property
    def lines(self) -> tuple[tuple[Message | str, str], ...]:
        """All of it, label and value."""
        return (
            (say("Business"), self.business),
            (say("Staff number"), self.operator),
            (say("Where"), f"{self.outlet} {self.counter}"),
            (say("Business date"), self.business_date),
            (say("At"), on_the_wall(self.made_at, "%Y-%m-%d %H:%M:%S")),
            (say("Approved by"), self.approved_by or "-"),
            *self.said,
            *self.used,
        )


def act_view(reading: Reading, serial: str) -> ActView:
    """An act by its serial. NotFound."""
    act = reading.find(Act, serial=serial)
    if act is None:
        raise NotFound(say("There is no act {serial} here.", serial=serial))
    calls: dict[str, list[str]] = {}
    for cell, call in json.loads(act.cells):
        calls.setdefault(cell.rpartition("-")[2], []).append(call)
    called = {**_SAID, **_asked(act)}
    return ActView(
        act.serial,
        act.business,
        ACTS.get(act.act, Message(act.act)),
        act.operator,
        act.outlet,
        act.counter,
        act.business_date,
        act.made_at,
        act.edition,
        act.approved_by,
        tuple((called.get(name, name), _told(value)) for name, value in json.loads(act.form_json).items()),
        tuple(
            (say("{code} {component}", code=code, component=COMPONENTS[code]), ", ".join(calls[code]))
            for code in COMPONENTS
            if code in calls
        ),
    )


_SAID: Mapping[str, Message] = {
    "title": say("Edition title"),
    "number": say("Its number"),
    "hash": say("Hash"),
    "told": say("Was told"),
    "why": say("Why"),
    "for": say("By the right of"),
    "from": say("Taken over from"),
    "file": say("File"),
    "new": say("New"),
    "changed": say("Changed"),
    "same": say("As it stands"),
    "bad": say("Wrong"),
    "edition": say("Edition"),
    "on": say("On the date"),
    "work": say("Work order"),
    "words": say("Words"),
    "reason": say("Reason"),
    "exception": say("Exception"),
    "outlet": say("Outlet"),
    "entry": say("Entry no."),
    "held": say("In suspense"),
    "becomes": say("Its money"),
    "taker": say("Taker"),
    "right": say("Right"),
    "since": say("From"),
    "until": say("Until"),
}
"""What is said with acts that are asked for by no form of their own."""


def _asked(act: Act) -> dict[str, Message]:
    """What the fields are called of the form by which an act was asked for, if there was one."""
    if act.business not in subjects.MODULES:
        return {}
    subject = subjects.subject(act.business)
    tried = [subject.tries.form] if act.act == "try" and subject.tries is not None else []
    forms = (*tried, *(each.form for each in subject.acts if each.record == act.act))
    return {spec.name: spec.ask.label for form in forms for spec in form.fields()}


def _told(value: object) -> str:
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
