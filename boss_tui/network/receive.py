"""Response files come in: each is applied by key in one transaction, then archived.

A file that is cut or damaged changes nothing and stays where it is; an answer that was had before changes nothing. What
follows from an answer is decided afterwards (`advance`), from the rows alone.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

from msgspec.structs import asdict

from boss_tui.network import rows
from boss_tui.network.dialects.answers import Answer
from boss_tui.network.dialects.dialect import Dialect
from boss_tui.network.dialects.record import Record
from boss_tui.network.gateway import Gateway
from boss_tui.network.replies import Replies, Reply, read_replies
from boss_tui.network.send import Point
from boss_tui.network.tables import dialect_in_force
from boss_tui.network.textfile import BadFile, NotComplete
from data.errors import Damaged, Outside
from data.message import Message, say
from data.store import Store, UnitOfWork
from data.tables.network import NetworkBatch, NetworkCommand, NetworkElement

Tell = Callable[[str, Message], None]
"""Gets the name of a file and what is wrong with it, or in it."""

LONGEST_TEXT = 500


class Receiver:
    """Takes responses to the batches of one outlet."""

    def __init__(self, store: Store, outlet: str, *, tell: Tell, at: Point) -> None:
        self.store, self.outlet, self.tell, self.at = store, outlet, tell, at

    def receive(self, element: NetworkElement, gateway: Gateway) -> bool:
        """Take every response file that waits. Answers whether one was taken. Outside: the gateway is away."""
        taken = False
        for name in gateway.responses():
            if name.startswith(f"{element.code}_{self.outlet}_"):  # a gateway may serve several outlets
                taken = self._take(element, gateway, name) or taken
        return taken

    def _take(self, element: NetworkElement, gateway: Gateway, name: str) -> bool:
        try:
            replies = read_replies(gateway.fetch(name))
            if replies.name != name:
                raise BadFile(0, say("The file says that it is {name}.", name=replies.name))
        except (NotComplete, Damaged) as fault:
            self.tell(name, fault.message)
            return False
        except Outside:
            if name in gateway.responses():
                raise
            return False  # another program of this hall took it meanwhile
        self._apply(element, name, replies)
        self.at("applied")
        try:
            gateway.archive(name)
        except Outside:
            if name in gateway.responses():
                raise
        self.at("archived")
        return True

    def _apply(self, element: NetworkElement, name: str, replies: Replies) -> None:
        with self.store.transaction(rows.author(self.outlet)) as tx:
            speaks = dialect_in_force(tx, element.dialect)
            self._left(tx, replies)
            touched = {self._answer(tx, speaks, name, replies.batch, reply) for reply in replies.replies}
            for batch_id in sorted(touched - {""}):
                rows.recount(tx, batch_id)

    def _left(self, tx: UnitOfWork, replies: Replies) -> None:
        """What is answered has left, whatever became of the program that put it."""
        for reply in replies.replies:
            command = tx.find(NetworkCommand, command_key=reply.key)
            batch = tx.find(NetworkBatch, id=command.batch_id) if command and command.batch_id else None
            if batch is not None and batch.file_name == replies.batch:
                rows.published(tx, batch)
                return

    def _answer(self, tx: UnitOfWork, speaks: Dialect, name: str, batch_name: str, reply: Reply) -> str:
        """Take one answer; the batch that it moved, or nothing."""
        command = tx.find(NetworkCommand, command_key=reply.key)
        batch = tx.find(NetworkBatch, id=command.batch_id) if command and command.batch_id else None
        if command is None or batch is None or batch.file_name != batch_name:
            self.tell(name, say("Nothing was sent under the key {key}.", key=reply.key))
            return ""
        if command.closed or command.state not in {"sent", "unknown"}:
            return ""
        values = _values(speaks.answer(command.command, reply.raw), tx.now())
        alone = not command.work_order_id  # a question for comparing: nothing follows from it
        if alone and values["state"] == "unknown":
            values["state"] = "cancelled"
        tx.change(command, news=int(not alone), closed=int(alone), **values)
        return batch.id


_STATES = {"done": "answered", "refused": "failed", "unknown": "unknown"}


def _values(answer: Answer, now: str) -> dict[str, Any]:
    """What a command's row says of its answer; a NUL, which PostgreSQL keeps in no text, is replaced."""
    return {
        "state": _STATES[answer.state],
        "answer_code": answer.code,
        "answer_meaning": answer.meaning,
        "answer_retry": int(answer.retry),
        "answer_text": answer.text[:LONGEST_TEXT].replace("\0", "�"),
        "answer_record": _record_text(answer.record) if answer.record else "",
        "answered_at": now if answer.state != "unknown" else "",
    }


def _record_text(record: Record) -> str:
    return json.dumps(asdict(record), default=sorted, ensure_ascii=False)


def record_of(command: NetworkCommand) -> Record | None:
    """The subscriber that a query brought; None when the element knows none."""
    if not command.answer_record:
        return None
    values = json.loads(command.answer_record)
    if values["forwarding"] is not None:
        values["forwarding"] = tuple((kind, number) for kind, number in values["forwarding"])
    if values["services"] is not None:
        values["services"] = frozenset(values["services"])
    return Record(**values)
