"""Where running orders stand and how long each step takes: by process, by step, by order (catalogue M19, F14).

A step is what one work order asks for, and the form before them all: that takes from its beginning until the order
stands. What a step waits counts from the moment at which it is ordered. In a hall it is told of the hall, at
headquarters of all outlets whose orders it has. Of very many steps a sample is looked at, of all
the time alike, so that it is told at once. Source: management-facts 11.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime, timedelta
from functools import cache
from typing import Any

from msgspec import Struct, field
from sqlalchemy import bindparam, func, select
from sqlalchemy import text as sql

from boss_tui.components.processes.kept_process import limit_of
from boss_tui.network import owning
from data.clock import first_key, made_at, moment
from data.message import Message, say
from data.states import act_name
from data.store import Reading
from data.tables.network import WorkOrder
from data.tables.order import RUNNING, RUNS, Process, ProductOrder

Alike = tuple[str, int, int, str]
"""Orders that are alike: their state, version of their process; how many, and when the oldest was made."""
FORM, MANUAL = "form", "manual"
"""Steps that are no act of the network: the form at the counter, what a person does."""
MOST = 1_200
"""Steps that wait, and forms or steps that are done, are looked at as far as so many of each."""
PARTS = 59
"""Of the days that are looked at, with as many steps each: a part is no day nor a half of one, so that all hours come
in."""
LISTED = 200
DAYS = 30
_MINUTE = timedelta(minutes=1)
_END = "g"
"""Sorts after all keys."""
_o, _w = ProductOrder.table(), WorkOrder.table()
_COLUMNS = (
    _o.c.business,
    _o.c.serial,
    _o.c.outlet,
    _o.c.limits,
    _w.c.kind,
    _w.c.act,
    _w.c.state,
    _w.c.created_at,
    _w.c.done_at,
)
_OF_ORDERS = select(*_COLUMNS).select_from(_w.join(_o, _o.c.id == _w.c.order_id))
_WAITING = _OF_ORDERS.where(_w.c.kind == "automatic", _o.c.state.in_(RUNNING))
_ALIKE = (_o.c.business, _o.c.state, _o.c.process_version)
QUERIES = {
    "done": (
        _OF_ORDERS.where(_w.c.id >= bindparam("first"), _w.c.id < bindparam("next"), _w.c.done_at != "")
        .order_by(_w.c.id.desc())
        .limit(MOST // PARTS)
    ),
    "open": _WAITING.where(_w.c.state == "open").order_by(_w.c.created_at, _w.c.id).limit(MOST),
    "failed": _WAITING.where(_w.c.state == "failed").order_by(_w.c.created_at.desc(), _w.c.id.desc()).limit(MOST),
    "forms": (
        select(_o.c.business, _o.c.serial, _o.c.outlet, _o.c.draft_id, _o.c.created_at, _o.c.id)
        .where(_o.c.id >= bindparam("first"), _o.c.id < bindparam("next"))
        .order_by(_o.c.id.desc())
        .limit(MOST // PARTS)
    ),
    "running": select(*_ALIKE, func.count(), func.min(_o.c.created_at))
    .where(sql(f"product_order.{RUNS}"))
    .group_by(*_ALIKE),
}
"""Each question by its name. A test holds that none of them reads a whole table: what nearly all rows have is asked of
none, so that the latest are found by their keys."""


class Step(Struct, frozen=True):
    """A step of an order: what it asks for, minutes that it took, or waits by now; whether it waits still; the minutes
    that it may take, where that is said."""

    business: str
    serial: str
    outlet: str
    act: str
    minutes: float
    waits: bool
    limit: int | None = None

    @property
    def over(self) -> float:
        """Minutes by which it waits longer than it may; 0: it does not."""
        return max(0.0, self.minutes - self.limit) if self.waits and self.limit is not None else 0.0


class StepTimes(Struct, frozen=True):
    """What a step comes to: how many were done, wait, and are over their limit; the median and the ninth decile of
    minutes of those done; the longest that waits; of all the time that orders spent, the share that they spent here;
    the shortest of their limits."""

    act: str
    done: int
    waiting: int
    over: int
    median: float
    p90: float
    longest: float
    share: float
    limit: int | None


class ProcessStanding(Struct, frozen=True):
    """Where the orders of a process stand. `running`: by state, how many, and how old the oldest is, in minutes;
    `versions`: how many of them go by which; `times`: its steps, those over their limit first, then where most time is
    spent."""

    business: str
    number: str
    version: int
    running: Mapping[str, tuple[int, float]] = field(default_factory=dict)
    versions: Mapping[int, int] = field(default_factory=dict)
    times: tuple[StepTimes, ...] = ()

    @property
    def orders(self) -> int:
        """How many run."""
        return sum(count for count, _ in self.running.values())

    @property
    def over(self) -> int:
        """How many steps are over their limit."""
        return sum(each.over for each in self.times)

    @property
    def bottleneck(self) -> StepTimes | None:
        """The step in which its orders spend most of their time; None: there is nothing to go by."""
        slowest = max(self.times, key=lambda each: each.share, default=None)
        return slowest if slowest is not None and slowest.share else None


def decile(sorted_minutes: Sequence[float], tenths: int) -> float:
    """The value that so many tenths of a sorted list do not exceed (nearest rank); 0 of none."""
    rank = -(-len(sorted_minutes) * tenths // 10)
    return sorted_minutes[max(0, rank - 1)] if sorted_minutes else 0.0


def times_of(steps: Iterable[Step]) -> list[StepTimes]:
    """Each step's times: what is over its limit first, then where most time is spent."""
    by_act: dict[str, list[Step]] = {}
    for step in steps:
        by_act.setdefault(step.act, []).append(step)
    spent = sum(step.minutes for its in by_act.values() for step in its)
    found = [_times(act, its, spent) for act, its in by_act.items()]
    return sorted(found, key=lambda each: (-each.over, -each.share, each.act))


def _times(act: str, its: Sequence[Step], spent: float) -> StepTimes:
    done = sorted(step.minutes for step in its if not step.waits)
    waiting = [step.minutes for step in its if step.waits]
    return StepTimes(
        act,
        len(done),
        len(waiting),
        sum(step.over > 0 for step in its),
        decile(done, 5),
        decile(done, 9),
        max(waiting, default=0.0),
        sum(step.minutes for step in its) / spent if spent else 0.0,
        min((step.limit for step in its if step.limit is not None), default=None),
    )


def steps_since(reading: Reading, since: datetime, business: str = "") -> Iterator[Step]:
    """Steps that wait, or were ordered since then and are done; forms that became an order since then. Of very many
    those that wait longest, and of each part of the time as many. `business`: of it alone."""
    now, limit_at = reading.present(), cache(limit_of)  # many orders have the same limits
    found = (*reading.rows(QUERIES["open"]), *reading.rows(QUERIES["failed"]), *_spread(reading, "done", since))
    for of, serial, outlet, limits, kind, act, state, created_at, done_at in found:
        if business in ("", of) and state != "cancelled":
            waits, name = state != "done", MANUAL if kind == "manual" else act
            took = (now if waits else moment(done_at)) - moment(created_at)
            limit = None if kind == "manual" else limit_at(limits, act)
            yield Step(of, serial, outlet, name, took / _MINUTE, waits, limit)
    for one in owning.waiting(reading, "", LISTED):  # what a person does has time limits of its own, and is put off
        if business in ("", one.order.business):
            since = moment(one.work.created_at)
            minutes, limit = (now - since) / _MINUTE, int((one.due - since) / _MINUTE)
            yield Step(one.order.business, one.order.serial, one.order.outlet, MANUAL, minutes, waits=True, limit=limit)
    for of, serial, outlet, draft_id, created_at, key in _spread(reading, "forms", since):
        begun = made_at(draft_id) if draft_id < key else None  # what the program does by itself has a form afterwards
        if business in ("", of) and begun is not None:
            yield Step(of, serial, outlet, FORM, max(0.0, (moment(created_at) - begun) / _MINUTE), waits=False)


def _spread(reading: Reading, name: str, since: datetime) -> Iterator[tuple[Any, ...]]:
    """What a question finds of each part of the time since then: the same number at most."""
    part = (reading.present() - since) / PARTS
    ends = [first_key(since + at * part) for at in range(PARTS)]
    for first, following in zip(ends, (*ends[1:], _END), strict=True):
        yield from reading.rows(QUERIES[name], first=first, next=following)


def standings(reading: Reading, business: str = "", days: int = DAYS) -> list[ProcessStanding]:
    """Where orders stand, process by process: those that are over a limit first, then those with most orders running.
    What neither runs nor ran lately is left out. `business`: that one alone, in any case."""
    now = reading.present()
    by_business: dict[str, list[Step]] = {}
    for step in steps_since(reading, now - timedelta(days=days), business):
        by_business.setdefault(step.business, []).append(step)
    running: dict[str, list[Alike]] = {}
    for of, *alike in reading.rows(QUERIES["running"]):
        running.setdefault(of, []).append(tuple(alike))
    rows = [row for row in reading.all(Process, order=("business",)) if business in ("", row.business)]
    found = [
        ProcessStanding(
            row.business,
            row.number,
            row.revision,
            _by_state(running.get(row.business, ()), now),
            _by_version(running.get(row.business, ())),
            tuple(times_of(by_business.get(row.business, ()))),
        )
        for row in rows
        if business or row.business in running or row.business in by_business
    ]
    return sorted(found, key=lambda each: (-each.over, -each.orders, each.business))


def _by_state(orders: Iterable[Alike], now: datetime) -> dict[str, tuple[int, float]]:
    by_state: dict[str, list[tuple[int, str]]] = {}
    for state, _, count, oldest in orders:
        by_state.setdefault(state, []).append((count, oldest))
    return {
        state: (sum(count for count, _ in found), (now - moment(min(oldest for _, oldest in found))) / _MINUTE)
        for state in RUNNING
        if (found := by_state.get(state))
    }


def _by_version(orders: Iterable[Alike]) -> dict[int, int]:
    found = Counter[int]()
    for _, version, count, _ in orders:
        found[version] += count
    return {version: found[version] for version in sorted(found) if version}


def at_step(reading: Reading, business: str, act: str, days: int = DAYS) -> list[Step]:
    """The orders at a step: what is over its limit first, then what waits, then what took longest; at most `LISTED`."""
    found = [
        step for step in steps_since(reading, reading.present() - timedelta(days=days), business) if step.act == act
    ]
    return sorted(found, key=lambda step: (-step.over, not step.waits, -step.minutes, step.serial))[:LISTED]


# in words

_BAR = 20
_TEN = 10


def step_name(act: str) -> Message:
    """What a step is called."""
    return say("Form at the counter") if act == FORM else act_name(act)


def in_minutes(minutes: float) -> str:
    """Minutes, as people read them."""
    return f"{minutes:.1f}" if minutes < _TEN else f"{minutes:.0f}"


def bar(share: float, cells: int = _BAR) -> str:
    """A share as a bar; what is there at all shows."""
    return "█" * max(1, round(cells * share)) if share > 0 else ""


def overdue(minutes: float, limit: int) -> Message:
    """By how much a step is over its limit."""
    return say("OVER by {over} min (limit {limit})", over=in_minutes(minutes - limit), limit=limit)


def bottleneck(one: ProcessStanding) -> Message:
    """The step in which a process's orders spend most of their time, with that share of it."""
    slowest = one.bottleneck
    if slowest is None:
        return Message("-")
    return say("{step} {share} % of the time", step=step_name(slowest.act), share=round(100 * slowest.share))


def versions(one: ProcessStanding) -> Message:
    """Number and version of a process, and how many running orders go by which."""
    by = ", ".join(f"{version} × {count}" for version, count in one.versions.items()) or "-"
    return say("{number}, version {version}; running by version: {by}", number=one.number, version=one.version, by=by)
