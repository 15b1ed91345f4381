"""Whether an outlet had its link when it did something, as far as headquarters can tell: from when it last called.

An outlet with a link calls every few minutes. Between two calls that lie further apart it had none, or says so itself
in the entry. Its clock may be wrong by as much as entries may be dated ahead: near the ends of an absence nobody knows.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Literal

from msgspec import Struct

from boss_tui.headquarters.office import Office, author, enrolled_row, move
from data.clock import moment, stamp
from data.tables.sync import EnrolledOutlet

CALLS = timedelta(hours=1)
"""How far apart the calls of an outlet with a link are, at most."""
CLOCK = timedelta(days=2)
"""By how much an outlet's clock may be wrong."""
Answer = Literal["yes", "perhaps", "no"]
"""Perhaps: by what stood on another day, or headquarters does not know."""


class Absence(Struct, frozen=True):
    """Between which two calls an outlet was last away, as stored; empty: never."""

    since: str = ""
    until: str = ""

    def linked_at(self, made_at: str) -> Answer:
        """Whether it had a link at a moment of its own clock."""
        if not self.until:
            return "yes"
        at, first, last = moment(made_at), moment(self.since) + CALLS, moment(self.until)
        if not first < at < last:
            return "yes"
        return "no" if first + CLOCK < at < last - CLOCK else "perhaps"


def of(row: EnrolledOutlet) -> Absence:
    """An outlet's last absence."""
    return Absence(row.away_since, row.away_until)


def note_call(office: Office, outlet: str) -> None:
    """An outlet has called without anything to push."""
    now = office.store.clock.now()
    with office.store.reading() as reading:
        if not called(enrolled_row(reading, outlet), now):
            return
    with office.store.transaction(author(outlet, "call"), journalled=False, lock=outlet) as tx:
        noted = called(enrolled_row(tx, outlet), now)
        if noted:
            move(tx, outlet, **noted)


def called(row: EnrolledOutlet, now: datetime) -> dict[str, str]:
    """What is to be noted of an outlet that calls: when, and the absence that ends with it; nothing while it has just
    called."""
    if row.linked_at and now - moment(row.linked_at) < CALLS / 6:
        return {}
    away = bool(row.linked_at) and now - moment(row.linked_at) > CALLS
    noted = {"linked_at": stamp(now)}
    return {**noted, "away_since": row.linked_at, "away_until": stamp(now)} if away else noted
