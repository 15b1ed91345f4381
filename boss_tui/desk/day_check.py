"""The check list before the close of a business day: what stops it, what wants a word, and what is only worth a look.

What would leave the day's figures wrong stops it: a drawer that nobody has counted. All else is left open with the day
(`boss_tui.reports.left_open` says which of it wants a supervisor's word). Source: catalogue M11; peers 2 (closing the
day).
"""

from __future__ import annotations

from collections.abc import Iterator

from msgspec import Struct

from boss_tui.components.operators.grades import works_at
from boss_tui.components.till import shifts as till
from boss_tui.reports.left_open import LeftOpen, left_open
from data.clock import on_the_wall
from data.errors import NotAllowed
from data.message import Message, say
from data.store import Reading
from data.tables.organisation import Operator


class ToDo(Struct, frozen=True):
    """A line of the check list.

    Attributes:
        kind: where it is seen to: shift, safe, forms, staff, orders, queues.
        key: which one: a shift's cashier; else the kind of what is left open. The safe has none: there is one.
        title, detail: in words. count: how many.
        stops: whether the day can't be closed before.
        wants_word: whether who closes the day with it has to say a word about it.
    """

    kind: str
    key: str
    title: Message
    detail: Message
    count: int
    stops: bool
    wants_word: bool = False


_WHERE = {"safe": "safe", "paid": "forms", "held": "forms", "left": "staff", "orders": "orders"}
"""Where each kind of what is left open is seen to, where that is not at the queues."""


def check_list(reading: Reading, outlet: str) -> list[ToDo]:
    """What is still to be done: first what stops the close, then what wants a word. NotAllowed: no business day is
    open."""
    day = till.today(reading, outlet)
    if day is None:
        raise NotAllowed(say("The business day is not open. A supervisor opens it."))
    return [*_shifts(reading, outlet), *map(to_do, left_open(reading, outlet, day.business_date))]


def _shifts(reading: Reading, outlet: str) -> Iterator[ToDo]:
    """Drawers that were not counted: nothing is known of their cash."""
    for shift in till.running(reading, outlet):
        person = reading.find(Operator, staff_no=shift.operator)
        title = say(
            "Shift of {operator} {name} at till {till}",
            operator=shift.operator,
            name=person.name if person else "",
            till=shift.till,
        )
        since = on_the_wall(shift.opened_at, "%m-%d %H:%M")
        detail = say("Since {since}: count it", since=since)
        if not works_at(reading, shift.operator, outlet):
            detail = say("Works here no more; since {since}: count it", since=since)
        elif shift.state == "suspended":
            detail = say("Suspended, since {since}", since=since)
        yield ToDo("shift", shift.operator, title, detail, 1, stops=True)


def to_do(one: LeftOpen) -> ToDo:
    """The line of a kind of what would be left open, with the first of its names."""
    where = _WHERE.get(one.kind, "queues")
    title = say("{what}: {n}", what=one.what, n=one.count) if one.kind != "safe" else one.what
    name = one.names[0] if one.names else ""
    told = name if isinstance(name, Message) else Message("{text}", {"text": str(name)})
    detail = say("{name} …", name=told) if one.count > 1 and one.names else told
    return ToDo(
        where, one.kind if one.kind != "safe" else "", title, detail, one.count, stops=False, wants_word=one.wants_word
    )
