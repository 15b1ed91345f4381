"""Calling off all work orders of an order, while the network has nothing of it: all of them, or none.

What the network has, or may have, stays: a person looks there first and says so by giving up the manual work order that
stands in for the failed one. Not the rest of a cancellation: that is the desk's.
"""

from __future__ import annotations

import json
from collections.abc import Sequence

from boss_tui.network import manual
from data.errors import NotAllowed
from data.message import Message, say
from data.store import Reading, UnitOfWork
from data.tables.network import NetworkCommand, WorkOrder

DONE = say("The network has done it already.")


def in_the_way(reading: Reading, order_id: str) -> Message | None:
    """Why an order's work can't be called off now; None when it can."""
    for work in reading.all(WorkOrder, order_id=order_id, kind="automatic", order=("position",)):
        if work.state == "done":
            return DONE
        commands = reading.all(NetworkCommand, work_order_id=work.id, order=("number",))
        if any(not command.closed and (command.state != "queued" or command.attempts) for command in commands):
            return say("Commands are on their way to the network: wait for the answer.")
        if work.state != "cancelled" and _left_something(commands) and not _looked_at(reading, work):
            return say("What the network has of it is not certain: look there, then settle the manual work order.")
    return None


def cancel(tx: UnitOfWork, order_id: str, operator: str, words: str) -> list[WorkOrder]:
    """Cancel every work order that is not settled; those that a person did by hand stay done. NotAllowed, in words.

    Answers all work orders of the order as they are then.
    """
    refusal = in_the_way(tx, order_id)
    if refusal:
        raise NotAllowed(refusal)
    for work in tx.all(WorkOrder, order_id=order_id, kind="automatic", order=("position",)):
        if work.state in {"open", "failed"}:
            manual.cancel(tx, work.id, operator, words)
    for work in tx.all(WorkOrder, order_id=order_id, kind="manual", state="open", order=("position",)):
        manual.settle(tx, work.id, operator, done=False, words=words)
    return tx.all(WorkOrder, order_id=order_id, order=("position",))


def _looked_at(reading: Reading, work: WorkOrder) -> bool:
    """Whether a person has given up the last manual work order that stood in for this one: they have looked."""
    others = reading.all(WorkOrder, order_id=work.order_id, kind="manual", order=("position",))
    standing_in = [other for other in others if json.loads(other.parameters).get("instead_of") == work.id]
    return bool(standing_in) and manual.given_up(standing_in[-1])


def _left_something(commands: Sequence[NetworkCommand]) -> bool:
    """Whether any try of a work order may have left something in the element. Each try has its place in the chain."""
    return any(
        _not_taken_back([command for command in commands if command.position == place])
        for place in {command.position for command in commands}
    )


def _not_taken_back(commands: Sequence[NetworkCommand]) -> bool:
    """Whether a line of this try was never answered, or acted and was not wholly taken back."""
    acts = {command.step: command for command in commands if command.purpose == "act"}
    undone = {command.step: command for command in commands if command.purpose == "undo"}
    lines = sum(len(json.loads(act.undo)) for act in acts.values() if act.state == "answered")
    unanswered = any(act.state == "failed" and not act.answer_code for act in acts.values())
    return unanswered or len(undone) < lines or any(command.state != "answered" for command in undone.values())
