"""Open automatic work orders become queued commands, rendered in the dialect of their element.

One at a time for each subscription, when its turn has come, from what the book says then (`present`): an order before
it may have changed the number, and another the causes of a bar. What can't be rendered fails with its reason and
becomes a manual work order. The card's key, which stands in no journal, is put in here. Not the sending.
"""

from __future__ import annotations

from typing import Any

from msgspec import Struct
from sqlalchemy import and_, bindparam, exists, func, or_, select

from boss_tui.components.processes.kept_process import limit_of
from boss_tui.network import present, rows
from boss_tui.network.dialects.dialect import Dialect
from boss_tui.network.dialects.templates import holds
from boss_tui.network.expected import Expected, expected
from boss_tui.network.rows import commands, orders, values_of, work
from boss_tui.network.tables import dialect_in_force
from data.errors import BossError
from data.journal import canonical
from data.message import Message, say
from data.store import Reading, Store, UnitOfWork
from data.tables.network import NetworkCommand, NetworkElement, WorkOrder
from data.tables.order import ProductOrder
from data.tables.resource import PhoneNumber, SimCard
from data.tables.stock import ImsiReserve
from data.tables.sync import JournalEntry, JournalHead

AT_ONCE = 200
LIMIT_MINUTES = 60
KEY_LOADING = {"create_subscriber": "imsi", "change_sim": "new_imsi"}
KEY_KIND = {"k4": "1", "card": "sim", "algorithm": "comp128_3"}
"""How cards' keys are stored by the operator whose cards these are: to be checked when an element is connected (M)."""

_earlier = work.alias("earlier")
_underway = commands.alias("underway")
_journal = JournalEntry.table()
_OPEN = (
    select(*work.columns)
    .select_from(work.join(orders, orders.c.id == work.c.order_id))
    .where(work.c.state == "open", work.c.kind == "automatic")
    .where(~exists(select(commands.c.command_key).where(commands.c.work_order_id == work.c.id, commands.c.closed == 0)))
    .where(
        or_(
            orders.c.subscription_id.is_(None),
            and_(
                ~exists(
                    select(_underway.c.command_key).where(
                        _underway.c.chain == orders.c.subscription_id, _underway.c.closed == 0
                    )
                ),
                ~exists(
                    select(_earlier.c.id).where(
                        _earlier.c.order_id == work.c.order_id,
                        _earlier.c.position < work.c.position,
                        _earlier.c.kind == "automatic",
                        _earlier.c.state.in_(("open", "failed")),
                    )
                ),
            ),
        )
    )
    .order_by(orders.c.created_at, orders.c.id, work.c.position)
    .limit(AT_ONCE)
)
"""Of each order on a subscription the first that is open, unless something of that subscription is on its way."""
_ENTRY = (
    select(_journal.c.epoch, _journal.c.seq)
    .where(_journal.c.serial == bindparam("of_serial"), _journal.c.outlet == bindparam("of_outlet"))
    .where(_journal.c.kind != rows.ANSWER)
    .order_by(_journal.c.epoch.desc(), _journal.c.seq.desc())
    .limit(1)
)
_LAST = select(func.max(commands.c.position)).where(commands.c.chain == bindparam("of_chain"))


class QueuedCommand(Struct, frozen=True):
    """One command as it will be queued."""

    text: str
    undo: tuple[str, ...]
    wants: Expected


def queue_open(store: Store, outlet: str) -> bool:
    """Queue the commands of open work orders, the oldest orders first. Answers whether there were any."""
    with store.reading() as reading:
        if not reading.models(WorkOrder, _OPEN):
            return False
    stale: list[str] = []
    refused: list[tuple[str, Message]] = []
    with store.transaction(rows.author(outlet)) as tx:
        found = tx.models(WorkOrder, _OPEN)
        begun: set[str] = set()
        for order in found:
            line = tx.one(ProductOrder, id=order.order_id).subscription_id or order.id  # on no line: as it comes
            if line in begun:
                continue  # its turn comes after that of an order before it
            begun.add(line)
            try:
                if present.differs(tx, order):
                    stale.append(order.id)
                else:
                    _queue(tx, outlet, order)
            except BossError as fault:
                refused.append((order.id, fault.message))
    for order_id in stale:
        _renew(store, outlet, order_id)
    for order_id, why in refused:
        _refuse(store, outlet, order_id, why)
    return bool(found)


def _renew(store: Store, outlet: str, work_order_id: str) -> None:
    """Write down what a work order asks for now, in the journal too; it is queued with the next step."""
    with store.reading() as reading:
        product_order = reading.one(ProductOrder, id=reading.one(WorkOrder, id=work_order_id).order_id)
    with store.transaction(rows.author_for(outlet, product_order)) as tx:
        order = tx.one(WorkOrder, id=work_order_id)
        if order.state == "open":
            present.renew(tx, order)


def _refuse(store: Store, outlet: str, work_order_id: str, why: Message) -> None:
    with store.reading() as reading:
        product_order = reading.one(ProductOrder, id=reading.one(WorkOrder, id=work_order_id).order_id)
    with store.transaction(rows.author_for(outlet, product_order)) as tx:
        order = tx.one(WorkOrder, id=work_order_id)
        if order.state == "open":
            rows.fail(tx, order, say("No command could be made: {why}", why=why))


def _queue(tx: UnitOfWork, outlet: str, order: WorkOrder) -> None:
    """Add the commands of one work order. All that can be refused comes before the first row."""
    values = values_of(order)
    element = tx.one(NetworkElement, code=order.element)
    lines = lines_for(tx, element.dialect, order.act, values)
    product_order = tx.one(ProductOrder, id=order.order_id)
    head = tx.one(JournalHead, outlet=outlet)
    entry = tx.rows(_ENTRY, of_serial=product_order.serial, of_outlet=outlet)
    epoch, seq = entry[0] if entry else (head.epoch, head.seq)
    subscriber = str(values.get("msisdn") or values.get("imsi") or order.order_id)
    chain = product_order.subscription_id or subscriber
    shared: dict[str, Any] = {
        "work_order_id": order.id,
        "order_epoch": epoch,
        "order_seq": seq,
        "own": int(_own(tx, outlet, values)),
        "element": element.code,
        "subscriber": subscriber,
        "chain": chain,
        "position": int(tx.scalar(_LAST, of_chain=chain) or 0) + 1,
        "limit_minutes": limit_of(product_order.limits, order.act) or LIMIT_MINUTES,
        "queued_at": tx.now(),
    }
    for step, (number, line) in enumerate(zip(rows.numbers(tx, len(lines)), lines, strict=True), 1):
        tx.add(
            NetworkCommand,
            command_key=rows.key_of(head, number),
            number=number,
            step=step,
            command=line.text,
            undo=canonical(line.undo),
            wants=canonical(line.wants),
            **shared,
        )


def lines_for(reading: Reading, dialect_name: str, act: str, values: dict[str, Any]) -> list[QueuedCommand]:
    """The commands of an act, in order, with what takes each back and what each brings about. NotAllowed, NotFound."""
    speaks = dialect_in_force(reading, dialect_name, act)
    values = _with_key(reading, act, values)
    rendered = speaks.render(act, values)
    steps = [step for step in speaks.templates[act] if holds(step.when, values)]
    return [
        QueuedCommand(command.text, command.undo, expected(act, step, values))
        for command, step in zip(rendered, steps, strict=True)
    ]


def query_text(speaks: Dialect, asked: dict[str, str]) -> str:
    """The command that asks an element for a subscriber."""
    return speaks.render("query", asked)[0].text


def _with_key(reading: Reading, act: str, values: dict[str, Any]) -> dict[str, Any]:
    """The parameters, and the key of the card that is to be loaded; a card whose key is not here had it loaded when
    it was imported (domain-facts 2, C1)."""
    name = KEY_LOADING.get(act)
    if name is None or "ki" in values or not isinstance(values.get(name), str):
        return values
    card = reading.find(SimCard, imsi=values[name])
    kept = reading.find(ImsiReserve, imsi=values[name])  # that of a card which was written at the counter
    key = (card.ki if card else "") or (kept.ki if kept else "")
    under = {"k4": card.key_index} if card is not None and card.ki and card.key_index else {}
    return {**values, "ki": key, **KEY_KIND, **under} if key else values


def _own(reading: Reading, outlet: str, values: dict[str, Any]) -> bool:
    """Whether only numbers and cards are touched that this outlet holds and that are in no use yet (design 7)."""
    found: list[PhoneNumber | SimCard | None] = [
        reading.find(PhoneNumber, number=values[name]) for name in ("msisdn", "new_msisdn") if name in values
    ]
    found += [reading.find(SimCard, imsi=values[name]) for name in ("imsi", "new_imsi") if name in values]
    return bool(found) and all(one is not None and one.outlet == outlet and one.state == "sold" for one in found)
