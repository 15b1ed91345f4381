"""What became of a piece that lies somewhere 一件一档 (catalogue M5): its batch, boxes, blocks, counts, who bought it.

Of SIM cards, blank cards, handsets and recharge cards alike; as far as this store knows: headquarters has what outlets
pushed.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from sqlalchemy import bindparam, select

from boss_tui.components.resources.number_life import UNSOLD, LifeLine, leased, opened
from boss_tui.components.stock.pieces import PIECES
from data.clock import on_the_wall
from data.message import Message, say
from data.states import state_name
from data.store import Reading
from data.tables.life import ValueChange
from data.tables.order import ProductOrder, Subscription
from data.tables.stock import PieceCount, PieceDifference
from data.tables.stockroom import CardBatch, StockBatch, StockEvent
from data.tables.transfer import TransferNote, TransferPiece

ORDERS = ("sold_order", "used_order")
"""The columns that name an order of a piece."""

_p, _d = TransferPiece.table(), PieceDifference.table()
_NOTES = select(_p.c.note_id, _p.c.state).where(_p.c.piece == bindparam("of_piece"))
_COUNTS = select(_d.c.count_id, _d.c.verdict).where(_d.c.piece == bindparam("of_piece"))
_VERDICTS = {
    "missing": say("was not found when it was counted"),
    "found": say("was found again when it was counted"),
    "extra": say("was found, and nobody knew it"),
    "wrong_place": say("was found where it does not belong"),
    "wrong_state": say("was found, though by the books it could not be there"),
    "left": say("left while it was counted"),
    "came": say("came while it was counted"),
}


def life_of(kind: str) -> Callable[[Reading, str], list[LifeLine]]:
    """How the life of a piece of a kind is told, by its serial: the earliest first, how it stands now last."""

    def told(reading: Reading, serial: str) -> list[LifeLine]:
        about = PIECES[kind]
        row: Any = reading.one(about.model, **{about.key: serial})
        blocks = leased(reading, kind, serial, row.lease_id)
        parts = (*_came(reading, row), *_boxes(reading, serial), *blocks, *_counted(reading, serial))
        parts = (*parts, *_settled(reading, kind, serial))
        lines = sorted((*parts, *_sold(reading, row, serial)), key=lambda line: line.when)
        return [*lines, LifeLine("", say("is {state} now", state=state_name(row.state)), row.outlet)]

    return told


def _line(at: str, what: Message, who: str = "") -> LifeLine:
    return LifeLine(on_the_wall(at) if at else "", what, who)


def _came(reading: Reading, row: Any) -> Iterator[LifeLine]:
    batch = reading.find(StockBatch, id=row.batch_id) if row.batch_id else None
    if batch is not None:
        yield _line(batch.made_at, say("came into stock with {file}", file=batch.name), batch.operator)
        counted = reading.find(CardBatch, id=batch.id)
        if counted is not None and counted.accepted_at:
            yield _line(counted.accepted_at, say("its batch was counted and accepted"), counted.accepted_by)


def _boxes(reading: Reading, serial: str) -> Iterator[LifeLine]:
    """Every box that it was in, and what was found of it at the other end."""
    for note_id, state in reading.rows(_NOTES, of_piece=serial):
        note = reading.one(TransferNote, id=note_id)
        number = f"DB-{note.number:06d}"
        yield _line(note.sent_at, say("was sent with note {number}", number=number), note.sender)
        if note.received_at:
            told = say("note {number}: {state}", number=number, state=state_name(str(state)))
            yield _line(note.received_at, told, note.receiver)


def _counted(reading: Reading, serial: str) -> Iterator[LifeLine]:
    for count_id, verdict in reading.rows(_COUNTS, of_piece=serial):
        count = reading.one(PieceCount, id=count_id)
        yield _line(count.started_at, _VERDICTS[str(verdict)], count.outlet)


def _settled(reading: Reading, kind: str, serial: str) -> Iterator[LifeLine]:
    """What the office decided about it."""
    for event in reading.all(StockEvent, piece=serial, kind=kind, order=("id",)):
        if event.act in UNSOLD:
            continue  # told with the block that it left
        before, after = state_name(event.before), state_name(event.after)
        told = say("{before} becomes {after}: {reason}", before=before, after=after, reason=event.reason)
        yield _line(event.made_at, told, event.operator)


def _sold(reading: Reading, row: Any, serial: str) -> Iterator[LifeLine]:
    """The orders that it names, the changes of its state that businesses noted, and the line that it is on."""
    ids = [str(value) for name in ORDERS if (value := getattr(row, name, None))]
    subscription = getattr(row, "subscription_id", None)
    if subscription:
        line = reading.find(Subscription, id=subscription)
        if line is not None:
            came = reading.all(ValueChange, subject=line.id, field="iccid", after=serial, order=("made_at",))
            when = on_the_wall(came[-1].made_at) if came else opened(reading, line)[0]
            yield LifeLine(when, say("is with number {number}", number=line.number), line.outlet)
    for change in reading.all(ValueChange, subject=serial, field="state", order=("made_at",)):
        ids.append(change.order_id)
    for order_id in dict.fromkeys(ids):
        order = reading.find(ProductOrder, id=order_id)
        if order is not None:
            told = say("{business} {serial}", business=order.business, serial=order.serial)
            yield _line(order.created_at, told, order.operator)
