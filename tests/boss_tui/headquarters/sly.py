"""A clerk who alters the hall's own rows beside the program, so that the program itself reckons wrong, and signs it."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from boss_tui.answers.business import DraftView, Outcome
from boss_tui.chores.scheduling import perform_due
from boss_tui.verify import verify
from data.clock import SeededClock, moment, wall_date
from data.tables.customer import Customer
from data.tables.order import Subscription
from data.tables.sync import SyncException
from tests.boss_tui.headquarters.liar import Told, by_hand, hall, headquarters, journal, push
from tests.boss_tui.transactions.following import network_answers, next_day
from tests.hall import FACTS, FLOAT, Hall, numbered
from tests.homes import of_this_run


@dataclass
class Sly:
    """A hall, and what of its journal is a lie: from which entry on, up to which, and the reason of its first fault."""

    at: Hall
    lies: list[tuple[int, int, str]] = field(default_factory=list)

    @contextmanager
    def lie(self, reason: str, *statements: str, undo: Sequence[str] = ()) -> Iterator[None]:
        """What is done meanwhile is a lie; `undo`: the rows as they were."""
        first = len(journal(self.at)) + 1
        by_hand(self.at.store, *statements)
        yield
        by_hand(self.at.store, *undo)
        self.lies.append((first, len(journal(self.at)), reason))

    def line(self, number: str) -> Subscription:
        """A line by its number."""
        (found,) = self.at.rows(Subscription, number=number)
        return found  # type: ignore[no-any-return]

    def typed(self, number: str) -> dict[str, str]:
        """A number and its owner's document."""
        (owner,) = self.at.rows(Customer, id=self.line(number).customer_id)
        return {"number": number, "document_number": owner.document_number}

    def do(self, code: str, number: str, *, alone: bool = False, **form: Any) -> Outcome:
        """A business on a number, with a supervisor where one must allow it (`alone`: without), and the network's
        answer."""
        return self.done(self.at.desk.forms.begin(code, {**self.typed(number), **form}), alone=alone)

    def done(self, view: DraftView, *, alone: bool = False) -> Outcome:
        """The same of a form that is filled."""
        assert not view.errors, view.errors
        tenders = [numbered("card", abs(view.quote.due), view)] if view.quote.due else []
        if view.qualification.verdict == "override" and not alone:
            view = self.at.desk.approvals.approve(view.id, FACTS.supervisor, FACTS.password, tenders)
        outcome = self.at.desk.orders.complete(view.id, tenders)
        self.goes_on()
        self.at.desk.serving.next_customer()
        return outcome

    def goes_on(self) -> None:
        """What the hall does without anybody, until nothing is left to do today."""
        network_answers(self.at)
        while perform_due(self.at.store, FACTS.outlet):
            network_answers(self.at)

    def next_day(self, day: str) -> None:
        """Another business date begins, and the clerk's shift with it."""
        self.at.clock.move(days=(date.fromisoformat(day) - wall_date(self.at.clock.now())).days)
        next_day(self.at, day)
        self.at.desk.till.open_shift(FLOAT)
        self.goes_on()


Day = tuple[Told, list[tuple[int, int, str]]]


def made(name: str, acts: Callable[[Sly], None]) -> Callable[[], Day]:
    """A hall's day, made once a run: its journal, and what of it is a lie."""

    @cache
    def play() -> str:
        sly = Sly(hall(of_this_run(name)))
        acts(sly)
        found = json.dumps((journal(sly.at), sly.lies))
        sly.at.store.close()
        return found

    def day() -> Day:
        told, lies = json.loads(play())
        return told, [(first, last, reason) for first, last, reason in lies]

    return day


def tell(folder: Path, day: Day, *statements: str, on_a_stick: bool) -> None:
    """Tell a day over the link, or in signed files: each lie is put aside with its reason, and nothing honest.
    `statements`: what headquarters knows beside."""
    office, (told, lies) = headquarters(folder), day
    by_hand(office.store, *statements)
    clock = office.store.clock
    assert isinstance(clock, SeededClock)
    clock.move(seconds=max(0.0, (moment(told[-1]["made_at"]) - clock.now()).total_seconds()))
    found = push(office, told, folder if on_a_stick else None)
    of_lies = [seq for first, last, _ in lies for seq in range(first, last + 1)]
    honest = [said(each) for each in found if each.seq not in of_lies and not _is_close_behind(each)]
    assert not honest, honest
    wanted = [(first, reason) for first, _, reason in lies]
    assert [(first, _first(found, first, last)) for first, last, _ in lies] == wanted, [*map(said, found)]
    with office.store.reading() as reading:
        assert verify(reading, only=["suspense is the money of open exceptions"]) == []


def _is_close_behind(row: SyncException) -> bool:
    """Whether it is but noted that a close counts what a lie before it took, which is not booked."""
    return row.state == "noted" and json.loads(row.detail).get("table") == "shift_tender"


def said(row: SyncException) -> tuple[int, str, str, str]:
    """What is told of an exception."""
    return row.seq, row.state, row.reason, row.detail


def _first(found: Sequence[SyncException], first: int, last: int) -> str:
    """The first reason for which something of some entries was put aside; noted: that alone; empty: all stands."""
    of_lie = [each for each in found if first <= each.seq <= last]
    reasons = [each.reason for each in of_lie if each.state == "open"]
    return reasons[0] if reasons else "noted" if of_lie else ""
