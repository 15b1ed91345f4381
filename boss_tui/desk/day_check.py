"""What still has to be done before a business day is closed: what stops the close, and what is only worth a look.

What would leave the day's figures wrong stops it: a drawer that nobody has counted. What goes on tomorrow as well (the
network, headquarters, printers, forms put aside) is told, with how much of it there is, and stops nothing: a hall whose
link or printer is dead closes its day all the same. Source: catalogue M11; peers 2 (closing the day).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from sqlalchemy import bindparam, func, select

from boss_tui.components import alarms, cash, handwritten, till
from boss_tui.forms import yuan
from boss_tui.reports.standing import WAITING, waiting
from data.clock import on_the_wall
from data.errors import NotAllowed
from data.message import Message, say
from data.store import Reading
from data.tables.finance import SafeCount, Shift
from data.tables.life import ScheduledAct
from data.tables.order import Draft
from data.tables.organisation import Operator

_drafts = Draft.__table__  # type: ignore[attr-defined]
_acts = ScheduledAct.__table__  # type: ignore[attr-defined]
_HELD = select(func.count()).where(_drafts.c.state == "held")
_PAID = select(func.count()).where(_drafts.c.state.in_(("open", "held")), _drafts.c.tenders_json != "[]")
_UNDONE = select(func.count()).where(_acts.c.state == "failed", _acts.c.outlet == bindparam("outlet"))


@dataclass(frozen=True, slots=True)
class ToDo:
    """A line of the check list.

    Attributes:
        kind: what it is about: shift, safe, forms, or where it waits (orders, queues).
        key: which one: a shift's cashier; empty: all of them.
        title, detail: in words. count: how many.
        stops: whether the day can't be closed before.
    """

    kind: str
    key: str
    title: Message
    detail: Message
    count: int
    stops: bool


WHERE = {"orders": "orders", "manual": "queues", "journal": "queues", "dead": "queues", "prints": "queues",
         "unknown": "queues", "payments": "queues"}  # fmt: skip
"""Where each kind of what waits is seen to."""
_AT_QUEUES = say("Enter: the queues")
_AT_ORDERS = say("Enter: the orders")


def check_list(reading: Reading, outlet: str) -> list[ToDo]:
    """What is still to be done: first what stops the close. NotAllowed: no business day is open."""
    day = till.today(reading, outlet)
    if day is None:
        raise NotAllowed(say("The business day is not open. A supervisor opens it."))
    found = [*_shifts(reading, outlet), *_safe(reading, outlet, day.business_date),
             *_forms(reading), *_waits(reading, outlet)]  # fmt: skip
    return sorted(found, key=lambda one: not one.stops)


def _shifts(reading: Reading, outlet: str) -> Iterator[ToDo]:
    """Drawers that were not counted: nothing is known of their cash."""
    for shift in reading.all(Shift, outlet=outlet, order=("till", "opened_at")):
        if shift.state == "closed":
            continue
        person = reading.find(Operator, staff_no=shift.operator)
        title = say("Shift of {operator} {name} at till {till}", operator=shift.operator,
                    name=person.name if person else "", till=shift.till)  # fmt: skip
        since = on_the_wall(shift.opened_at, "%m-%d %H:%M")
        detail = say("Since {since}: count it", since=since)
        if shift.state == "suspended":
            detail = say("Suspended, since {since}", since=since)
        yield ToDo("shift", shift.operator, title, detail, 1, stops=True)


def _safe(reading: Reading, outlet: str, business_date: str) -> Iterator[ToDo]:
    if not reading.all(SafeCount, outlet=outlet, business_date=business_date):
        held = yuan(cash.safe_balance(reading, outlet))
        detail = say("By the books {yuan} yuan", yuan=held)
        yield ToDo("safe", "", say("The safe was not counted today"), detail, 1, stops=False)


def _forms(reading: Reading) -> Iterator[ToDo]:
    """Forms that wait; most of all those for which money was handed over."""
    paid, held = int(reading.scalar(_PAID) or 0), int(reading.scalar(_HELD) or 0)
    if paid:
        yield ToDo("forms", "paid", say("Forms with money handed over, not completed: {n}", n=paid),
                   say("Complete them, or give the money back."), paid, stops=False)  # fmt: skip
    if held:
        yield ToDo("forms", "held", say("Forms put aside: {n}", n=held), say("They can be taken up tomorrow."), held,
                   stops=False)  # fmt: skip


def _waits(reading: Reading, outlet: str) -> Iterator[ToDo]:
    for kind, count in waiting(reading, outlet).items():
        if count:
            detail = _AT_ORDERS if WHERE[kind] == "orders" else _AT_QUEUES
            yield ToDo(WHERE[kind], kind, say("{what}: {n}", what=WAITING[kind], n=count), detail, count, stops=False)
    undone = int(reading.scalar(_UNDONE, outlet=outlet) or 0)
    if undone:
        yield ToDo("queues", "dated", say("Orders that could not be done on their day: {n}", n=undone), _AT_QUEUES,
                   undone, stops=False)  # fmt: skip
    slips = handwritten.waiting(reading, outlet)
    if slips:
        held = yuan(sum(slip.held for slip in slips))
        yield ToDo("queues", "slips", say("Slips that can't be done: {n}", n=len(slips)),
                   say("{yuan} yuan in suspense. Enter: the queues", yuan=held), len(slips), stops=False)  # fmt: skip
    unseen = len(alarms.unseen(reading, outlet))
    if unseen:
        yield ToDo("queues", "alarm", say("Alarms that nobody has looked into: {n}", n=unseen), _AT_QUEUES, unseen,
                   stops=False)  # fmt: skip
