"""What the steps of the network share: who writes, making commands with their keys, ending a work order.

Not a decision: `advance` decides.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from datetime import timedelta
from typing import Any

from sqlalchemy import bindparam, func, select, update

from data.clock import new_key, stamp
from data.errors import NotAllowed
from data.journal import Author, canonical
from data.message import Message, say
from data.store import Reading, Store, UnitOfWork
from data.tables.network import NetworkBatch, NetworkCommand, NetworkElement, WorkOrder
from data.tables.order import ProductOrder, Sequence
from data.tables.resource import NumberSegment
from data.tables.sync import JournalHead

ANSWER = "network.answer"
"""The kind of journal entries that say what came of work orders."""
WHO = "network"
_COUNTER = {"name": "network command"}

commands = NetworkCommand.table()
batches = NetworkBatch.table()
work = WorkOrder.table()
orders = ProductOrder.table()

_LAST_PLACE = select(func.max(work.c.position)).where(work.c.order_id == bindparam("of_order"))
_UNANSWERED = select(func.count()).where(
    commands.c.batch_id == bindparam("of_batch"), commands.c.state.in_(("sent", "unknown"))
)
_LIMITS = select(commands.c.limit_minutes).where(commands.c.batch_id == bindparam("of_batch")).distinct()
_DUE = (
    update(commands)
    .values(due_at=bindparam("new_due"), revision=commands.c.revision + 1)
    .where(
        commands.c.batch_id == bindparam("of_batch"),
        commands.c.limit_minutes == bindparam("limit"),
        commands.c.state == "sent",
    )
)


def author(outlet: str) -> Author:
    """Who moves local rows; nothing of it is journalled."""
    return Author(outlet, WHO, WHO)


def author_for(outlet: str, order: ProductOrder, operator: str = WHO, kind: str = ANSWER) -> Author:
    """Who says what came of an order's work: the entry carries the order's serial."""
    return Author(outlet, kind, operator, order.counter, order.serial, order.business_date)


def numbers(tx: UnitOfWork, count: int) -> range:
    """So many running numbers of commands, never given before."""
    tx.increase(Sequence, _COUNTER, value=count)
    last = tx.one(Sequence, **_COUNTER).value
    return range(last - count + 1, last + 1)


def key_of(head: JournalHead, number: int) -> str:
    """A command's key: outlet, epoch (a restored store gets another), running number."""
    return f"{head.outlet}/{head.epoch}/{number}"


_CARRIED = (
    "work_order_id",
    "order_epoch",
    "order_seq",
    "own",
    "element",
    "subscriber",
    "chain",
    "position",
    "limit_minutes",
)


def follow(tx: UnitOfWork, outlet: str, like: NetworkCommand, **values: Any) -> NetworkCommand:
    """One more command of the same work order, queued under a key of its own."""
    (number,) = numbers(tx, 1)
    carried = {name: getattr(like, name) for name in _CARRIED}
    key = key_of(tx.one(JournalHead, outlet=outlet), number)
    return tx.add(NetworkCommand, command_key=key, number=number, queued_at=tx.now(), **{**carried, **values})


def stamped(store: Store) -> str:
    """The time, as it is stored."""
    return stamp(store.clock.now())


def stored(message: Message) -> str:
    """A message as a row keeps it."""
    return canonical(message.as_json())


def reason_in_words(reason: str) -> Message:
    """The message that a work order's `reason` keeps; what a person typed is shown as it is."""
    try:
        found = json.loads(reason)
        return Message.from_json(found)
    except (ValueError, TypeError, KeyError):
        return Message("", {"zh_CN": reason, "en": reason}) if reason else Message("")


_CLOSED = {"queued": "cancelled", "sent": "cancelled", "unknown": "failed"}
"""What is still open when a work order is settled: lines that did not leave, questions that need no answer any more,
and what could not be found out, which a person is told."""


def close(tx: UnitOfWork, order: WorkOrder) -> None:
    """A work order's commands are settled: what waits is not sent, and keys of cards are no longer kept here.

    Lines of a batch that has not left stay as they are until it has: a batch is made again byte for byte.
    """
    held = tx.all(NetworkCommand, work_order_id=order.id, closed=0)
    batch_of = {one: tx.find(NetworkBatch, id=one) for one in {command.batch_id for command in held}}
    for command in held:
        closed = tx.change(command, state=_CLOSED.get(command.state, command.state), closed=1, news=0)
        spoken = batch_of[command.batch_id] or tx.find(NetworkElement, code=command.element)
        if spoken and spoken.state != "built":
            _mask(tx, closed, spoken.dialect)


def published(tx: UnitOfWork, batch: NetworkBatch) -> NetworkBatch:
    """A batch has left: from now on its answers are waited for, as long as the process allows. Again is no change."""
    if batch.state != "built":
        return batch
    for (limit,) in tx.rows(_LIMITS, of_batch=batch.id):
        due = stamp(tx.clock.now() + timedelta(minutes=limit))
        tx.run(_DUE, of_batch=batch.id, limit=limit, new_due=due)
    for command in tx.all(NetworkCommand, batch_id=batch.id, closed=1):
        _mask(tx, command, batch.dialect)
    return tx.change(batch, state="published")


def _mask(tx: UnitOfWork, command: NetworkCommand, language: str) -> None:
    """A card's key is no longer kept in a line."""
    from boss_tui.network.dialects import DIALECTS, dialect

    if language in DIALECTS:
        tx.change(command, command=dialect(language).masked(command.command))


def finish(tx: UnitOfWork, order: WorkOrder, by: str) -> WorkOrder:
    """A work order is done."""
    close(tx, order)
    return tx.change(order, state="done", done_at=tx.now(), done_by=by, reason="")


def fail(tx: UnitOfWork, order: WorkOrder, why: Message) -> WorkOrder:
    """A work order failed: it says why, and a manual one stands in for it until a person settles it."""
    close(tx, order)
    parameters = {**json.loads(_object(order.parameters)), "act": order.act, "instead_of": order.id}
    last = int(tx.scalar(_LAST_PLACE, of_order=order.order_id) or order.position)
    tx.add(
        WorkOrder,
        id=new_key(tx.clock),
        order_id=order.order_id,
        position=last + 1,
        kind="manual",
        act="manual",
        element=order.element,
        parameters=canonical(parameters),
        reason=stored(why),
        created_at=tx.now(),
    )
    return tx.change(order, state="failed", reason=stored(why))


def order_more(tx: UnitOfWork, order: ProductOrder, acts: Iterable[tuple[str, Mapping[str, Any]]]) -> None:
    """More automatic work of an order, after all that it has: acts with their parameters, for the element that serves
    the number."""
    last = int(tx.scalar(_LAST_PLACE, of_order=order.id) or 0)
    for place, (act, values) in enumerate(acts, last + 1):
        element = tx.one(NumberSegment, prefix=str(values["msisdn"])[:7]).element
        tx.add(
            WorkOrder,
            id=new_key(tx.clock),
            order_id=order.id,
            position=place,
            kind="automatic",
            act=act,
            element=element,
            parameters=canonical(dict(values)),
            created_at=tx.now(),
        )


def values_of(order: WorkOrder) -> dict[str, Any]:
    """The parameters of a work order. NotAllowed: they can't be read."""
    try:
        values = json.loads(order.parameters)
    except ValueError:
        values = None
    if not isinstance(values, dict):
        raise NotAllowed(say("The parameters of the work order can't be read."))
    return values


def _object(text: str) -> str:
    try:
        return text if isinstance(json.loads(text), dict) else "{}"
    except ValueError:
        return "{}"


def stand_in(reading: Reading, order: WorkOrder) -> WorkOrder | None:
    """The open manual work order that stands in for a failed one."""
    for other in reading.all(WorkOrder, order_id=order.order_id, kind="manual", state="open"):
        if json.loads(other.parameters).get("instead_of") == order.id:
            return other
    return None


def recount(tx: UnitOfWork, batch_id: str) -> None:
    """How far a batch is answered."""
    batch = tx.one(NetworkBatch, id=batch_id)
    left = int(tx.scalar(_UNANSWERED, of_batch=batch_id))
    if left < batch.commands and batch.state != "built":
        tx.change(batch, state="partial" if left else "answered")


REASONS = {
    "manual": say("A person did it."),
    "confirmed": say("Confirmed by asking the element."),
    "absent": say("The element does not show it: sent again."),
}
