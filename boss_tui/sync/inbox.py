"""What headquarters sends: a page and its cursor in one transaction of the outlet's store.

One author for each fact: the rows are headquarters', so the outlet's journal does not tell them as changes. It tells,
in an entry of kind `feed`, which items were applied when (numbers and a digest): headquarters checks that, and a
restored store replays it. An item of a newer kind, or one that does not fit, waits and is shown; the rest flows on.
What is published to all comes by the stream (`boss_tui.sync.stream`).
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from msgspec import Struct

from boss_tui.components.alarms import raise_alarm
from boss_tui.sync.decisions import hear
from boss_tui.sync.items import KINDS, digest, rows_of
from boss_tui.sync.keys import DeviceKey
from boss_tui.sync.outbox import set_head
from boss_tui.sync.rows import Unfit, dangling, put_rows, shared_table
from boss_tui.sync.secrets import with_secrets
from boss_tui.sync.shapes import Item
from boss_tui.sync.wire import Rubbish, loads
from data.errors import Conflict, Outside
from data.journal import Author
from data.message import say
from data.store import Store, UnitOfWork
from data.table_words import row_words
from data.tables.sync import FeedItem, JournalHead, WaitingItem


class Wait(Struct, frozen=True):
    """Why an item waits: update, fault."""

    why: str
    detail: str = ""


class Receipts(Struct):
    """What a feed entry of the journal says."""

    applied: list[int]
    waiting: list[list[Any]]
    digest: str

    def body(self) -> dict[str, Any]:
        """As plain JSON values."""
        return {"applied": self.applied, "waiting": self.waiting, "digest": self.digest}


def apply_items(store: Store, outlet: str, items: Sequence[Item], key: DeviceKey) -> tuple[int, int]:
    """Apply a page of items that follows the cursor; answers how many were applied and how many wait.

    `key`: the one that their secrets are enciphered for. Items that were taken before are dropped. Outside when items
    are missing: then nothing was done.
    """
    try:
        return _apply_items(store, outlet, items, key, careful=False)
    except (Conflict, Unfit):
        return _apply_items(store, outlet, items, key, careful=True)  # the one that does not fit is put aside


def _apply_items(store: Store, outlet: str, items: Sequence[Item], key: DeviceKey, *, careful: bool) -> tuple[int, int]:
    with store.transaction(Author(outlet, "feed", "headquarters")) as tx:
        head = tx.one(JournalHead, outlet=outlet)
        fresh = [item for item in items if item.number > head.feed_cursor]
        if [item.number for item in fresh] != list(range(head.feed_cursor + 1, head.feed_cursor + 1 + len(fresh))):
            raise Outside(say("Items are missing in headquarters' feed after {number}.", number=head.feed_cursor))
        if not fresh:
            return 0, 0
        told = Receipts([], [], digest(fresh))
        for item in fresh:
            tx.add(FeedItem, outlet=outlet, **item.model_dump())
            wait = _apply(tx, item, key, careful)
            if wait is None:
                told.applied.append(item.number)
            else:
                _put_aside(tx, outlet, item.number, wait)
                told.waiting.append([item.number, wait.why])
        tx.more["feed"] = told.body()
        set_head(tx, outlet, feed_cursor=fresh[-1].number)
    return len(told.applied), len(told.waiting)


def _apply(tx: UnitOfWork, item: Item | FeedItem, key: DeviceKey, careful: bool) -> Wait | None:
    """Apply one item, or answer why it waits."""
    known = KINDS.get(item.kind)
    if known is None or item.kind_version > known[0]:
        return Wait("update", detail=f"{item.kind} {item.kind_version}")
    try:
        rows = with_secrets(key, tx.author.outlet, item, rows_of(item.kind, loads(item.body)))
    except (Rubbish, Unfit) as fault:
        return Wait("fault", detail=str(fault))
    if careful:
        return _carefully(tx, rows)
    _put(tx, rows)
    return None


def _put(tx: UnitOfWork, rows: dict[str, list[dict[str, Any]]]) -> None:
    """Rows of headquarters'. One that was altered here is as it was again; one that both sides changed at once stays as
    it is here, and headquarters has this side's change put aside. Either is told."""
    hear(tx, rows.get("sync_exception", ()))
    for differing in put_rows(tx, rows, by_author=True):
        row = row_words(differing.table, differing.key)
        if differing.replaced:
            raise_alarm(tx, "altered", say("{row} had been altered here; headquarters' stands again.", row=row))
        else:
            told = say(
                "{row} was changed here and at headquarters at once: what stands here is not what stands there. "
                "Ask there what counts.",
                row=row,
            )
            raise_alarm(tx, "conflict", told)


def _carefully(tx: UnitOfWork, rows: dict[str, list[dict[str, Any]]]) -> Wait | None:
    driver: Any = tx.store.engine.dialect.dbapi
    try:
        with tx.savepoint():
            _put(tx, rows)
            missing = dangling(tx, [(shared_table(name), row) for name, told in rows.items() for row in told])
            if missing:
                raise Unfit(missing.message)
    except driver.OperationalError:
        raise
    except (Unfit, Conflict, OverflowError, driver.DatabaseError) as fault:
        return Wait("fault", detail=str(fault).splitlines()[0])
    return None


def _put_aside(tx: UnitOfWork, outlet: str, number: int, wait: Wait) -> None:
    tx.add(WaitingItem, outlet=outlet, number=number, why=wait.why, detail=wait.detail)


def apply_waiting(store: Store, outlet: str, key: DeviceKey) -> int:
    """Apply what waited and is now known or fits; answers how many. Called after each pull."""
    with store.reading() as reading:
        if not reading.all(WaitingItem, outlet=outlet, state="waiting"):
            return 0
    with store.transaction(Author(outlet, "feed", "headquarters")) as tx:
        applied: list[FeedItem] = []
        for waiting in tx.all(WaitingItem, outlet=outlet, state="waiting", order=("number",)):
            item = tx.one(FeedItem, outlet=outlet, number=waiting.number)
            if _apply(tx, item, key, careful=True) is None:
                tx.change(waiting, state="applied")
                applied.append(item)
        if applied:
            tx.more["feed"] = Receipts([item.number for item in applied], [], digest(applied)).body()
    return len(applied)


def replay_feed(tx: UnitOfWork, outlet: str, told: dict[str, Any], items: dict[int, Item], key: DeviceKey) -> None:
    """Do again what a feed entry of a lost journal tells; Unfit when the items are not the ones it tells of."""
    numbers = sorted([*told["applied"], *(number for number, _ in told["waiting"])])
    if any(number not in items for number in numbers) or digest(items[n] for n in numbers) != told["digest"]:
        raise Unfit(say("Headquarters' feed is not the one that this store applied."))
    why = dict(told["waiting"])
    for number in numbers:
        item = items[number]
        if tx.find(FeedItem, outlet=outlet, number=number) is None:
            tx.add(FeedItem, outlet=outlet, **item.model_dump())
        waiting = tx.find(WaitingItem, outlet=outlet, number=number)
        if number in why and waiting is None:
            _put_aside(tx, outlet, number, Wait(why[number]))
        elif number not in why:
            put_rows(tx, with_secrets(key, outlet, item, rows_of(item.kind, loads(item.body))))
            if waiting is not None:
                tx.change(waiting, state="applied")
    head = tx.one(JournalHead, outlet=outlet)
    set_head(tx, outlet, feed_cursor=max([head.feed_cursor, *numbers]))
