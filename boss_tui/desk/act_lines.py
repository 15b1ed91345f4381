"""What was done with an edition, a line each: who, when, what in words."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from msgspec import Struct

from boss_tui.editions.noting import ACTS
from data.message import Message
from data.store import Reading
from data.tables.act import Act
from data.tables.organisation import Operator


class ActLine(Struct, frozen=True):
    """What was done with an edition: under which serial, by whom (`who`: number and name), when (stored time), what was
    said with it."""

    serial: str
    act: str
    operator: str
    who: str
    business_date: str
    at: str
    said: Mapping[str, Any]

    @property
    def what(self) -> Message:
        """What was done, in words."""
        return ACTS.get(self.act, Message(self.act))


def who_is(reading: Reading, staff_no: str) -> str:
    """A person by number and name; of nobody whom we know, the number."""
    person = reading.find(Operator, staff_no=staff_no)
    return f"{staff_no} {person.name}" if person is not None else staff_no


def act_line(reading: Reading, act: Act) -> ActLine:
    """An act, in a line."""
    return ActLine(
        act.serial,
        act.act,
        act.operator,
        who_is(reading, act.operator),
        act.business_date,
        act.made_at,
        json.loads(act.form_json),
    )
