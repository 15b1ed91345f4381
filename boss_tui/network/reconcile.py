"""Whether book and network agree: an element's subscriber records against living subscriptions (design 5, rule 5).

The records come from questions put to the element (`ask`, then `answers`), from a dump, or from the simulated element
itself. What is under way is passed over. Nothing is changed: a difference is for a person.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from msgspec import Struct
from sqlalchemy import bindparam, select, union

from boss_tui.network import rows
from boss_tui.network.book import lines
from boss_tui.network.dialects.record import Record
from boss_tui.network.queue import LIMIT_MINUTES, query_text
from boss_tui.network.receive import record_of
from boss_tui.network.rows import commands, orders
from boss_tui.network.tables import dialect_in_force
from data.message import Message, say
from data.store import Reading, UnitOfWork
from data.tables.network import NetworkCommand, NetworkElement
from data.tables.order import Subscription
from data.tables.resource import PhoneNumber
from data.tables.sync import JournalHead

UNDER_WAY = ("acknowledged", "inProgress", "held", "pending", "partial", "failed")
"""States of orders of which something may still come."""

_subscriptions = Subscription.table()
_numbers = PhoneNumber.table()
_MOVING = union(
    select(commands.c.subscriber).where(commands.c.closed == 0),
    select(_subscriptions.c.number)
    .select_from(_subscriptions.join(orders, orders.c.subscription_id == _subscriptions.c.id))
    .where(orders.c.state.in_(UNDER_WAY)),
    select(_numbers.c.number)
    .select_from(_numbers.join(orders, orders.c.subscription_id == _numbers.c.subscription_id))
    .where(orders.c.state.in_(UNDER_WAY)),
)
"""Numbers of which something may be on its way: also one that a subscription is to have, and does not yet."""
_ANSWERS = (
    select(*commands.columns)
    .where(commands.c.work_order_id == "", commands.c.element == bindparam("of_element"))
    .where(commands.c.answered_at >= bindparam("since"), commands.c.answered_at != "")
    .order_by(commands.c.number)
)


class Mismatch(Struct, frozen=True):
    """Book and network disagree about a subscriber. `field`: one of `Record`'s, or `subscriber` (one has none)."""

    number: str
    field: str
    book: Any
    element: Any

    @property
    def message(self) -> Message:
        """As a person reads it."""
        return say(
            "{number}: {field} is {book} in the book and {element} in the network.",
            number=self.number,
            field=self.field,
            book=str(self.book),
            element=str(self.element),
        )


def differences(
    reading: Reading, element: str, records: Iterable[Record], numbers: Sequence[str] | None = None
) -> Iterator[Mismatch]:
    """Every difference between the book and the element's records, by number.

    `numbers`: who was asked about; None says that the records are all that the element has, so that whoever is missing
    in them is missing there.
    """
    there = {record.msisdn: record for record in records}
    moving = {str(number) for (number,) in reading.rows(_MOVING)}
    asked = None if numbers is None else set(numbers)
    for page in lines(reading, element):
        for line in page:
            record = there.pop(line.record.msisdn, None)
            wanted = asked is None or line.record.msisdn in asked
            if wanted and line.record.msisdn not in moving:
                yield from _compared(line.record, record)
    for number, record in sorted(there.items()):
        if number not in moving and (asked is None or number in asked):
            yield Mismatch(number, "subscriber", None, record.imsi)


def _compared(book: Record, there: Record | None) -> Iterator[Mismatch]:
    if there is None:
        yield Mismatch(book.msisdn, "subscriber", book.imsi, None)
        return
    for field, here, other in book.differences(there):
        if field != "long_distance" or not there.outgoing_barred:  # some elements keep both in one place
            yield Mismatch(book.msisdn, field, here, other)


def ask(tx: UnitOfWork, outlet: str, element: str, numbers: Sequence[str]) -> list[NetworkCommand]:
    """Queue a question about each number. They leave and are answered like any command, and belong to no order."""
    row, head = tx.one(NetworkElement, code=element), tx.one(JournalHead, outlet=outlet)
    speaks, running = dialect_in_force(tx, row.dialect, "query"), rows.numbers(tx, len(numbers))
    return [
        tx.add(
            NetworkCommand,
            command_key=rows.key_of(head, place),
            number=place,
            work_order_id="",
            own=1,
            element=element,
            subscriber=number,
            chain=f"?{number}",
            position=0,
            purpose="query",
            command=query_text(speaks, {"msisdn": number}),
            limit_minutes=LIMIT_MINUTES,
            queued_at=tx.now(),
        )
        for place, number in zip(running, numbers, strict=True)
    ]


def answers(reading: Reading, element: str, since: str) -> dict[str, Record | None]:
    """What was answered to such questions since a time, by number; None: the element knows nobody there."""
    found: dict[str, Record | None] = {}
    for command in reading.models(NetworkCommand, _ANSWERS, of_element=element, since=since):
        if command.state == "answered" or command.answer_meaning == "no_subscriber":
            found[command.subscriber] = record_of(command)
    return found
