"""Where running orders stand and how long each step of the network takes: what a manager of processes looks at (M19).

Of all outlets whose orders headquarters has. A step is what one work order asks for; it waits from the moment at which
it is ordered until it is done. Source: catalogue M19, F14; management-facts 11.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Annotated

from pydantic import Field
from sqlalchemy import bindparam, select

from boss_tui.businesses import BUSINESSES
from boss_tui.components.base import Context
from boss_tui.fields import Ask
from boss_tui.forms import Form, Whole
from boss_tui.management.kit.subject import Fact
from data.clock import moment
from data.errors import BadForm
from data.message import Message, say
from data.states import act_name, state_name
from data.tables.network import WorkOrder
from data.tables.order import Process, ProductOrder

RUNNING = ("acknowledged", "inProgress", "held", "pending", "failed", "partial")
MOST = 50_000
"""Steps that are looked at, the latest first."""
_TOLD = 5
_BAR = 20
_o, _w = ProductOrder.table(), WorkOrder.table()
_STEPS = (
    select(_o.c.business, _o.c.serial, _w.c.act, _w.c.kind, _w.c.state, _w.c.created_at, _w.c.done_at)
    .select_from(_w.join(_o, _o.c.id == _w.c.order_id))
    .where(_w.c.created_at >= bindparam("since"))
    .order_by(_w.c.created_at.desc())
    .limit(MOST)
)
_ORDERS = select(_o.c.business, _o.c.state, _o.c.created_at).where(_o.c.state.in_(RUNNING))


@dataclass(frozen=True, slots=True)
class Step:
    """A work order: of which business and order, what it asks for; minutes that it took, or waits by now; whether it
    waits still."""

    business: str
    serial: str
    act: str
    minutes: float
    waits: bool


@dataclass(frozen=True, slots=True)
class StepTimes:
    """What a step comes to: how many were done and wait, the median and the ninth decile of minutes of those done, the
    longest that waits."""

    act: str
    done: int
    waiting: int
    median: float
    p90: float
    longest: float


class RunningForm(Form):
    """Of which business, over how long."""

    business: Annotated[str, Ask(say("Business"), "code", help=say("Empty: all of them."), length=8)] = ""
    days: Annotated[Whole, Ask(say("Last days"), "digits"), Field(ge=1, le=366)] = 30


def decile(sorted_minutes: Sequence[float], tenths: int) -> float:
    """The value that so many tenths of a sorted list do not exceed (nearest rank); 0 of none."""
    rank = -(-len(sorted_minutes) * tenths // 10)
    return sorted_minutes[max(0, rank - 1)] if sorted_minutes else 0.0


def times_of(steps: Iterable[Step]) -> list[StepTimes]:
    """Each act's times, the slowest first: by the ninth decile, then by what waits longest."""
    by_act: dict[str, list[Step]] = {}
    for step in steps:
        by_act.setdefault(step.act, []).append(step)
    found = []
    for act, its in by_act.items():
        done = sorted(step.minutes for step in its if not step.waits)
        waiting = [step.minutes for step in its if step.waits]
        found.append(
            StepTimes(act, len(done), len(waiting), decile(done, 5), decile(done, 9), max(waiting, default=0.0))
        )
    return sorted(found, key=lambda each: (-each.p90, -each.longest, each.act))


def where_orders_stand(office: Context, asked: RunningForm) -> Iterator[Fact]:
    """Running orders by state, each step's times with a bar, and what is over its limit. BadForm: no such business."""
    if asked.business and asked.business not in BUSINESSES:
        raise BadForm({"business": say("There is no business {code} here.", code=asked.business)})
    office.use_rows(WorkOrder)
    now = office.tx.present()
    yield from _standing(office, asked.business, now)
    steps = list(_steps(office, asked, now))
    times = times_of(steps)
    slowest = max((each.p90 for each in times), default=0.0)
    for each in times:
        told = say(
            "median {median}, nine of ten {p90} min; {done} done, {waiting} waiting, the longest {longest} min {bar}",
            median=_minutes(each.median),
            p90=_minutes(each.p90),
            done=each.done,
            waiting=each.waiting,
            longest=_minutes(each.longest),
            bar="█" * round(_BAR * each.p90 / slowest) if slowest else "",
        )
        yield Fact(act_name(each.act), told)
    yield from _over(office, steps)


def _standing(office: Context, business: str, now: datetime) -> Iterator[Fact]:
    by_state: dict[str, list[str]] = {}
    for code, state, created_at in office.tx.rows(_ORDERS):
        if business in ("", code):
            by_state.setdefault(state, []).append(created_at)
    for state in RUNNING:
        if created := by_state.get(state):
            hours = (now - moment(min(created))) // timedelta(hours=1)
            told = say("{count} {count:order|orders}, the oldest for {hours} h", count=len(created), hours=hours)
            yield Fact(state_name(state), told)


def _steps(office: Context, asked: RunningForm, now: datetime) -> Iterator[Step]:
    since = (office.today - timedelta(days=asked.days)).isoformat()
    for business, serial, act, kind, state, created_at, done_at in office.tx.rows(_STEPS, since=since):
        if asked.business in ("", business) and state in ("open", "done", "failed"):
            waits = state != "done"
            took = (now if waits else moment(done_at)) - moment(created_at)
            yield Step(business, serial, "manual" if kind == "manual" else act, took / timedelta(minutes=1), waits)


def _over(office: Context, steps: Sequence[Step]) -> Iterator[Fact]:
    limits = {row.business: row.network_minutes for row in office.tx.all(Process)}
    over = [step for step in steps if step.waits and step.minutes > limits.get(step.business, float("inf"))]
    over.sort(key=lambda step: -step.minutes)
    yield Fact(say("Over its limit"), say("{count} {count:step|steps}", count=len(over)))
    for step in over[:_TOLD]:
        told = say("{act}, for {minutes} min", act=act_name(step.act), minutes=_minutes(step.minutes))
        yield Fact(Message("{serial}", {"serial": step.serial}), told)


def _minutes(minutes: float) -> str:
    return f"{minutes:.1f}" if minutes < 10 else f"{minutes:.0f}"
