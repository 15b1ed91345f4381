"""Queued commands leave in batch files: chosen and marked in one transaction, built, put, marked published.

A crash anywhere leaves a batch that is 'built': it is made again byte for byte and put again, which the gateway and the
element take as the same. Not the answers.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable

from sqlalchemy import Integer, and_, bindparam, exists, func, or_, select

from boss_tui.network import rows
from boss_tui.network.batch import Batch, BatchEntry, as_bytes
from boss_tui.network.gateway import Gateway
from boss_tui.network.rows import batches, commands, work
from data.clock import new_key, stamp
from data.errors import Damaged
from data.message import say
from data.store import Reading, Store, UnitOfWork
from data.tables.network import NetworkBatch, NetworkCommand, NetworkElement
from data.tables.sync import JournalHead, SyncException

MOST = 500
"""Commands in a batch: a response of this size is taken in a moment, so that no counter waits for the store."""

Point = Callable[[str], None]
"""Called between two effects with the name of the place; tests let the program die there."""

_before = commands.alias("before")
_failed = work.alias("failed")
_head = JournalHead.table()
_dead = SyncException.table()
_accepted = and_(
    or_(commands.c.order_epoch < _head.c.epoch, commands.c.order_seq <= _head.c.acked_seq),
    ~exists(
        select(_dead.c.id).where(
            _dead.c.outlet == _head.c.outlet,
            _dead.c.epoch == commands.c.order_epoch,
            _dead.c.seq == commands.c.order_seq,
            _dead.c.state == "open",
        )
    ),
)
released = or_(bindparam("alone", type_=Integer) == 1, commands.c.own == 1, _accepted)
"""Headquarters accepted the order, or only this outlet's own is touched, or there is no headquarters (design 7)."""
_in_turn = and_(
    ~exists(
        select(_before.c.command_key).where(
            _before.c.chain == commands.c.chain, _before.c.closed == 0, _before.c.position < commands.c.position
        )
    ),
    ~exists(
        select(_failed.c.id).where(
            _failed.c.order_id == work.c.order_id, _failed.c.state == "failed", _failed.c.position < work.c.position
        )
    ),
)
_READY = (
    select(*commands.columns)
    .select_from(
        commands.outerjoin(work, work.c.id == commands.c.work_order_id).join(_head, _head.c.outlet == bindparam("of"))
    )
    .where(commands.c.state == "queued", commands.c.element == bindparam("of_element"), commands.c.closed == 0)
    .where(commands.c.not_before <= bindparam("moment"), released, _in_turn)
    .order_by(commands.c.number)
    .limit(MOST + 1)
)
_DOUBTED = (
    select(batches.c.file_name, batches.c.state)
    .select_from(commands.join(batches, batches.c.id == commands.c.batch_id))
    .where(commands.c.work_order_id == bindparam("of_work"), commands.c.closed == 0, commands.c.state == "unknown")
)
_SEQUENCE = select(func.max(batches.c.sequence)).where(batches.c.element == bindparam("of_element"))


class Sender:
    """Sends what is queued for elements of one outlet. `alone`: the outlet has no headquarters."""

    def __init__(self, store: Store, outlet: str, *, alone: bool, at: Point) -> None:
        self.store, self.outlet, self.alone, self.at = store, outlet, alone, at

    def send(self, element: NetworkElement, gateway: Gateway) -> bool:
        """Put what a crash left, then one new batch. Answers whether a batch left. Outside: the gateway is away."""
        with self.store.reading() as reading:
            left = reading.all(NetworkBatch, element=element.code, state="built", order=("sequence",))
            ready = self._ready(reading, element)
        for batch in left:
            self._put(batch, gateway)
        if not ready:
            return bool(left)
        waiting = gateway.batches() if any(command.purpose == "query" for command in ready) else ()
        made = self._mark(element, frozenset(waiting))
        if made is None:
            return bool(left)
        self.at("marked")
        self._put(made, gateway)
        return True

    def _ready(self, reading: Reading, element: NetworkElement) -> list[NetworkCommand]:
        moment = stamp(self.store.clock.now())
        return reading.models(
            NetworkCommand, _READY, of=self.outlet, of_element=element.code, moment=moment, alone=int(self.alone)
        )

    def _mark(self, element: NetworkElement, waiting: frozenset[str]) -> NetworkBatch | None:
        """Choose, and mark as sent in a new batch, in one transaction: who comes second finds nothing to choose."""
        with self.store.transaction(rows.author(self.outlet)) as tx:
            if tx.one(NetworkElement, code=element.code).state != "active":
                return None
            chosen = [c for c in whole_orders(self._ready(tx, element)) if not _too_early(tx, c, waiting)]
            if not chosen:
                return None
            head = tx.one(JournalHead, outlet=self.outlet)
            sequence = int(tx.scalar(_SEQUENCE, of_element=element.code) or 0) + 1
            batch = tx.add(
                NetworkBatch,
                id=new_key(tx.clock),
                element=element.code,
                sequence=sequence,
                epoch=head.epoch,
                dialect=element.dialect,
                created_at=tx.now(),
                commands=len(chosen),
                file_name=_named(self.outlet, head.epoch, element, sequence),
            )
            for command in chosen:
                tx.change(command, state="sent", batch_id=batch.id, attempts=command.attempts + 1, sent_at=tx.now())
            return tx.change(batch, sha256=hashlib.sha256(self.content(tx, batch)).hexdigest())

    def content(self, reading: Reading, batch: NetworkBatch) -> bytes:
        """The batch's file, from the rows."""
        held = reading.all(NetworkCommand, batch_id=batch.id, order=("number",))
        entries = tuple(BatchEntry(command.command_key, command.command) for command in held)
        return as_bytes(
            Batch(batch.element, self.outlet, batch.epoch, batch.sequence, batch.created_at, batch.dialect, entries)
        )

    def _put(self, batch: NetworkBatch, gateway: Gateway) -> None:
        with self.store.reading() as reading:
            if reading.one(NetworkBatch, id=batch.id).state != "built":
                return  # another program of this hall put it, or its answers are here
            content = self.content(reading, batch)
        if hashlib.sha256(content).hexdigest() != batch.sha256:
            raise Damaged(say("The batch {name} can't be made again as it was.", name=batch.file_name))
        gateway.put(batch.file_name, content)
        self.at("put")
        with self.store.transaction(rows.author(self.outlet)) as tx:
            rows.published(tx, tx.one(NetworkBatch, id=batch.id))
        self.at("published")


def _named(outlet: str, epoch: int, element: NetworkElement, sequence: int) -> str:
    return Batch(element.code, outlet, epoch, sequence, "", element.dialect, ()).name


def whole_orders(ready: list[NetworkCommand]) -> list[NetworkCommand]:
    """The commands that fit into one batch, none of whose work orders is cut in two; one that is larger goes alone."""
    if len(ready) <= MOST:
        return ready
    cut = ready[-1].work_order_id
    return [c for c in ready[:MOST] if c.work_order_id != cut] or ready[:MOST]


def _too_early(tx: UnitOfWork, command: NetworkCommand, waiting: frozenset[str]) -> bool:
    """Whether a query would be answered before the doubted command was obeyed: its batch has not been taken yet."""
    if command.purpose != "query":
        return False
    return any(state == "built" or name in waiting for name, state in tx.rows(_DOUBTED, of_work=command.work_order_id))
