"""What a person does about work orders: settles a manual one, queues a failed one again, cancels one.

Each is done within the caller's transaction, whose author is the person. Not what a person may do: that is the desk's.
"""

from __future__ import annotations

import json
from typing import Any

from boss_tui.network import owning, present, rows
from data.errors import NotAllowed
from data.message import say
from data.store import Reading, UnitOfWork
from data.tables.network import NetworkCommand, WorkOrder


def settle(tx: UnitOfWork, work_order_id: str, operator: str, *, done: bool, words: str = "") -> WorkOrder:
    """A person settles a manual work order: done, or given up, which needs words.

    With it goes the failed automatic one that it stands in for: done by hand is done; given up, it stays failed, and
    can still be queued again. NotAllowed: it is not an open manual one, it is another's, or words are missing.
    """
    order = tx.one(WorkOrder, id=work_order_id)
    if order.kind != "manual" or order.state != "open":
        raise NotAllowed(say("This is not an open manual work order."))
    if not done and not words.strip():
        raise NotAllowed(say("Say why it is given up."), field="words")
    owning.settled(tx, order, operator, "done" if done else "given_up", words)
    failed = _stood_in_for(tx, order)
    if not done:
        return tx.change(order, state="cancelled", done_at=tx.now(), done_by=operator, reason=words.strip())
    if failed is not None and failed.state == "failed":
        failed = present.renew(tx, failed)  # what was shown to them: they did what the book asks for now
        tx.change(failed, state="done", done_at=tx.now(), done_by=operator)
    return tx.change(
        order, state="done", done_at=tx.now(), done_by=operator, reason=words.strip() or rows.stored(_DONE)
    )


_DONE = rows.REASONS["manual"]


def _stood_in_for(reading: Reading, order: WorkOrder) -> WorkOrder | None:
    failed = json.loads(order.parameters).get("instead_of")
    return reading.find(WorkOrder, id=failed) if failed else None


def asked(reading: Reading, order: WorkOrder) -> dict[str, Any]:
    """What a manual work order asks of a person, as the book stands now; what can't be read asks for nothing."""
    failed = _stood_in_for(reading, order)
    try:
        told = rows.values_of(order)
        if failed is None:
            return told
        act, values = present.asked_now(reading, failed)
    except NotAllowed:
        return {}
    return {**told, **values, "act": act}


def requeue(tx: UnitOfWork, work_order_id: str, operator: str) -> WorkOrder:
    """Try a failed automatic work order once more, from its first command; its manual stand-in is withdrawn.

    NotAllowed: it has not failed.
    """
    order = tx.one(WorkOrder, id=work_order_id)
    if order.kind != "automatic" or order.state != "failed":
        raise NotAllowed(say("Only a failed automatic work order can be queued again."))
    standing_in = rows.stand_in(tx, order)
    if standing_in is not None:
        tx.change(standing_in, state="cancelled", done_at=tx.now(), done_by=operator, reason=rows.stored(_QUEUED_AGAIN))
    for later in tx.all(WorkOrder, order_id=order.order_id, kind="automatic", state="open"):
        if later.position > order.position:
            rows.close(tx, later)  # nothing of it has left: it is queued anew, after this one
    return tx.change(order, state="open", reason="")


_QUEUED_AGAIN = say("The work order was queued again.")


def cancel(tx: UnitOfWork, work_order_id: str, operator: str, words: str) -> WorkOrder:
    """Cancel a work order of which nothing has left, or that failed. NotAllowed: it is settled or on its way, or words
    are missing."""
    order = tx.one(WorkOrder, id=work_order_id)
    if order.state not in {"open", "failed"}:
        raise NotAllowed(say("This work order is settled."))
    if not words.strip():
        raise NotAllowed(say("Say why it is cancelled."), field="words")
    held = tx.all(NetworkCommand, work_order_id=order.id, closed=0)
    if any(command.state != "queued" or command.attempts for command in held):
        raise NotAllowed(say("Its commands are on their way to the element already."))
    rows.close(tx, order)
    standing_in = rows.stand_in(tx, order) if order.state == "failed" else None
    for one in (order, standing_in):
        if one is not None:
            tx.change(one, state="cancelled", done_at=tx.now(), done_by=operator, reason=words.strip())
    return tx.one(WorkOrder, id=work_order_id)


def given_up(order: WorkOrder) -> bool:
    """Whether a person has given up a manual work order; not one that was withdrawn to be tried again."""
    return order.kind == "manual" and order.state == "cancelled" and order.reason != rows.stored(_QUEUED_AGAIN)
