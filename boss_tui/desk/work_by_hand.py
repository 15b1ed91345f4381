"""Manual work orders at the desk 人工工单 (catalogue M10): whose each is, taken, handed over, put off, done; at the
office those of all outlets are seen."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from msgspec import Struct

from boss_tui.answers.hall import WORK_AT_ONCE
from boss_tui.components.base import Context
from boss_tui.desk import by_hand
from boss_tui.desk.runs import Runs
from boss_tui.desk.seat import Seat
from boss_tui.editions.noting import note
from boss_tui.forms.fields import Choice
from boss_tui.forms.typed import day_typed
from boss_tui.network import manual, owning, rows
from data.clock import CHINA, stamp
from data.errors import NotAllowed, NotFound
from data.message import Message, say
from data.store import Reading, UnitOfWork
from data.tables.network import WorkOrder
from data.tables.organisation import Operator

M10 = "M10"


class StepView(Struct, frozen=True):
    """What was done about one: when (stored time), by whom, to whom it went, until when it was put off, the words."""

    at: str
    act: Message
    operator: str
    to: str = ""
    until: str = ""
    words: str = ""


class WorkView(Struct, frozen=True):
    """A manual work order as it is looked at: what is to be done and why, of which order, whose it is, until when.

    `level`: 0 in time, 1 a supervisor's, 2 headquarters' (`owning.LEVELS`). Times as stored.
    """

    key: str
    outlet: str
    what: Message
    why: Message
    kind: str
    business: str
    serial: str
    state: str
    created_at: str
    due_at: str
    level: int
    owner: str
    owner_name: str
    held_until: str
    steps: tuple[StepView, ...]


class WorkByHand:
    """The part of the desk that looks after manual work orders."""

    def __init__(self, seat: Seat, runs: Runs) -> None:
        self._seat, self._runs = seat, runs

    def listed(self, *, overdue: bool = False, most: int = WORK_AT_ONCE) -> list[WorkView]:
        """The open ones, the latest over their time first; `overdue`: only those. Of very many the `most` that are open
        longest. The office sees all outlets'."""
        with self._seat.reading() as reading:
            found = owning.waiting(reading, self._outlet, most)
            return [_view(reading, each) for each in found if each.level or not overdue]

    def overdue(self) -> tuple[int, bool]:
        """How many are a task of whoever works here: a supervisor's are late, headquarters' over twice their time; and
        whether there may be more, since only those that are open longest were looked at."""
        least = 2 if self._seat.is_office else 1
        if not self._seat.person().supervises:
            return 0, False
        with self._seat.reading() as reading:
            found = owning.waiting(reading, self._outlet)
        return sum(each.level >= least for each in found), len(found) == WORK_AT_ONCE

    @property
    def _outlet(self) -> str:
        return "" if self._seat.is_office else self._seat.station.outlet

    def show(self, key: str) -> WorkView:
        """One, with what was done about it; also when it is settled. NotFound."""
        with self._seat.reading() as reading:
            work = reading.find(WorkOrder, id=key)
            if work is None or work.kind != "manual":
                raise NotFound(say("There is no manual work order {key}.", key=key))
            return _view(reading, owning.assigned(reading, work))

    def colleagues(self) -> list[Choice]:
        """Who may be given one."""
        with self._seat.reading() as reading:
            here = reading.all(Operator, outlet=self._seat.station.outlet, state="active", order=("staff_no",))
            return [Choice(each.staff_no, Message(each.name)) for each in here]

    def take(self, key: str) -> WorkView:
        """Make it one's own."""
        return self._doing(key, "work.take", lambda tx, me: owning.take(tx, key, me))

    def hand(self, key: str, to: str, words: str) -> WorkView:
        """Give it to somebody else here. NotAllowed: to, words."""
        return self._doing(key, "work.hand", lambda tx, me: owning.hand(tx, key, me, to.strip(), words), to=to.strip())

    def hold(self, key: str, day: str, time: str, words: str) -> WorkView:
        """Put it off until a day and a time on the wall (09:00 where none is typed). NotAllowed: until, time, words."""
        until = _moment(day, time)
        return self._doing(key, "work.hold", lambda tx, me: owning.hold(tx, key, me, until, words), words=words)

    def resume(self, key: str) -> WorkView:
        """Take it up again."""
        return self._doing(key, "work.resume", lambda tx, me: owning.resume(tx, key, me))

    def settle(self, key: str, words: str, *, done: bool) -> WorkView:
        """Done, or failed and given up; what was done, or why not, is kept with the order. NotAllowed: `words`."""
        if not words.strip():
            raise NotAllowed(say("Say what was done, or why it is given up."), field="words")
        act = "work.done" if done else "work.give_up"
        return self._doing(key, act, lambda tx, me: manual.settle(tx, key, me, done=done, words=words), words=words)

    def _doing(self, key: str, act: str, do: Callable[[UnitOfWork, str], object], **said: str) -> WorkView:
        """Something about one, on record as an act of M10. NotAllowed at the office: their hall does it."""
        if self._seat.is_office:
            raise NotAllowed(say("It is done at its hall: here it is only seen."))
        self.show(key)
        with self._seat.writing(act) as tx:
            context: Context = self._runs.context(tx, M10)
            do(tx, context.operator)
            context.use_rows(WorkOrder)
            note(context, act, said={"work": key, **said})
        return self.show(key)


def _moment(day: str, time: str) -> datetime:
    if not day.strip():
        raise NotAllowed(say("Until when?"), field="until")
    date = day_typed(day, "until")
    try:
        at = datetime.strptime(time.strip() or "09:00", "%H:%M").time()
    except ValueError:
        raise NotAllowed(say("Such as 09:30."), field="time") from None
    return datetime.combine(date, at, CHINA)


def _view(reading: Reading, each: owning.Assigned) -> WorkView:
    work, order = each.work, each.order
    owner = reading.find(Operator, staff_no=work.assigned) if work.assigned else None
    return WorkView(
        work.id,
        order.outlet,
        by_hand.task(reading, work, order),
        rows.reason_in_words(work.reason),
        each.kind,
        order.business,
        order.serial,
        work.state,
        work.created_at,
        stamp(each.due),
        each.level if work.state == "open" else 0,
        work.assigned,
        owner.name if owner else "",
        work.held_until if each.held else "",
        tuple(_steps(each)),
    )


def _steps(each: owning.Assigned) -> list[StepView]:
    """What was done about it, with when it went to the supervisor and to headquarters."""
    found = [
        StepView(step.at, owning.STEPS[step.act], step.operator, step.to, step.until, step.words) for step in each.steps
    ]
    if each.work.state == "open":
        found += [StepView(at, owning.LEVELS[level], "") for level, at in each.escalated]
    return sorted(found, key=lambda step: step.at)
