"""Where running orders stand and how long each step takes, in words: what a manager of processes looks at (M19).

What there is to say is worked out in `m19.times`. Source: catalogue M19, F14; management-facts 11.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated

from pydantic import Field

from boss_tui.business.registry import BUSINESSES
from boss_tui.catalogue import BUSINESS_NAMES
from boss_tui.components.base import Context
from boss_tui.forms.fields import Ask
from boss_tui.forms.form import Form
from boss_tui.management.kit.subject import Fact
from boss_tui.management.m19.times import (
    ProcessStanding,
    StepTimes,
    at_step,
    bar,
    bottleneck,
    in_minutes,
    standings,
    step_name,
    versions,
)
from data.errors import BadForm
from data.message import Message, say
from data.states import state_name
from data.tables.network import WorkOrder

_TOLD = 5


class RunningForm(Form):
    """Of which business, over how long."""

    business: Annotated[
        str, Ask(say("Business"), "code", choices="business", help=say("Empty: all of them."), length=8)
    ] = ""
    days: Annotated[
        int, Ask(say("Last days"), "digits", help=say("Of very many steps a sample.")), Field(ge=1, le=366)
    ] = 30


def where_orders_stand(office: Context, asked: RunningForm) -> Iterator[Fact]:
    """Process by process; of one business what is over its limit, the bottleneck, running orders by state, each step's
    times. BadForm: no such business."""
    if asked.business and asked.business not in BUSINESSES:
        raise BadForm({"business": say("There is no business {code} here.", code=asked.business)})
    office.use_rows(WorkOrder)
    found = standings(office.tx, asked.business, asked.days)
    if not asked.business:
        yield Fact(say("Running"), say("{count} {count:order|orders}", count=sum(one.orders for one in found)))
        yield from map(_in_one_line, found)
        return
    for one in found:
        yield from _over(office, one, asked.days)
        yield Fact(say("Bottleneck"), bottleneck(one))
        for state, (count, minutes) in one.running.items():
            told = say("{count} {count:order|orders}, the oldest for {hours} h", count=count, hours=int(minutes // 60))
            yield Fact(state_name(state), told)
        yield Fact(say("Process"), versions(one))
        for each in one.times:
            yield Fact(step_name(each.act), _told(each))


def _in_one_line(one: ProcessStanding) -> Fact:
    told = say(
        "{orders} {orders:order runs|orders run}, {over} over the limit; {bottleneck}",
        orders=one.orders,
        over=one.over,
        bottleneck=bottleneck(one),
    )
    name = say("{code} {business}", code=one.business, business=BUSINESS_NAMES[one.business])
    return Fact(say("!! {name}", name=name) if one.over else name, told)


def _told(each: StepTimes) -> Message:
    return say(
        "{done} done: median {median}, nine of ten {p90} min; {waiting} waiting, the longest {longest} min {bar}",
        median=in_minutes(each.median),
        p90=in_minutes(each.p90),
        done=each.done,
        waiting=each.waiting,
        longest=in_minutes(each.longest),
        bar=bar(each.share),
    )


def _over(office: Context, one: ProcessStanding, days: int) -> Iterator[Fact]:
    yield Fact(say("Over its limit"), say("{count} {count:step|steps}", count=one.over))
    late = [step for each in one.times if each.over for step in at_step(office.tx, one.business, each.act, days)]
    for step in sorted(late, key=lambda step: -step.over)[:_TOLD]:
        if step.over:
            told = say(
                "{act}, for {minutes} min of {limit}",
                act=step_name(step.act),
                minutes=in_minutes(step.minutes),
                limit=step.limit,
            )
            yield Fact(Message("{serial}", {"serial": step.serial}), told)
