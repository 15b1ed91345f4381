"""After a store was restored from a backup: fetch from headquarters what it lost, then go on in a new epoch.

The store is stopped while this runs; it can be repeated from any point. What had not reached headquarters is not here.
"""

from __future__ import annotations

from typing import Any

from boss_tui.components.numbering import catch_up
from boss_tui.sync.dates import STREAM, bring_to
from boss_tui.sync.effects import apply_entry, changes_in
from boss_tui.sync.inbox import replay_feed
from boss_tui.sync.keys import DeviceKey, is_signed
from boss_tui.sync.link import Link
from boss_tui.sync.outbox import author, set_head
from boss_tui.sync.rows import Unfit
from boss_tui.sync.shapes import Entry, EpochRequest, History, Item, Page, Standing
from boss_tui.sync.stream import replay
from boss_tui.sync.wire import loads, target
from data.errors import Damaged, Outside
from data.journal import GENESIS, broken, canonical
from data.message import say
from data.restored import EPOCH_WANTED
from data.statements import instance, row_values
from data.store import UnitOfWork
from data.tables.sync import JournalEntry, JournalHead, Setting

PAGE = 200


def rejoin(link: Link) -> int:
    """Bring a restored store up to headquarters' journal and start a new epoch; answers how many entries came back.

    Refused (a fork) when this store has entries of its own that are not in headquarters' journal: then a backup made
    before them has to be restored. Damaged when what comes does not fit. Until the end the outlet stays stopped.
    """
    why = say("This store is being brought up to headquarters' journal.")
    with link.store.transaction(author(link.outlet)) as tx:
        set_head(tx, link.outlet, stopped=canonical(why.as_json()))
    head = link.head()
    standing = link.client.checked(link.client.ask(Standing, "GET", target(link.outlet, "status")))
    request = EpochRequest(epoch=head.epoch, seq=head.seq, head=head.hash, after=standing.epoch)
    granted = link.client.ask(Standing, "POST", target(link.outlet, "epoch"), request.model_dump_json().encode())
    link.client.checked(granted)
    came = 0
    while link.head().seq < granted.next_seq - 1:
        came += _page(link)
    with link.store.transaction(author(link.outlet)) as tx:
        if tx.one(JournalHead, outlet=link.outlet).hash != granted.head:
            raise Damaged(say("What headquarters sent does not end where it said."))
        set_head(
            tx, link.outlet, epoch=granted.epoch, acked_seq=granted.next_seq - 1, stopped="", last_contact=tx.now()
        )
        catch_up(tx)
        mark = tx.find(Setting, name=EPOCH_WANTED)
        if mark is not None:
            tx.change(mark, value="no")
    return came


def _page(link: Link) -> int:
    head = link.head()
    answer = link.client.ask(History, "GET", target(link.outlet, f"events?after={head.seq}&limit={PAGE}"))
    link.client.checked(answer.standing)
    if not answer.entries:
        raise Outside(say("Headquarters sends no more entries, though it has them."))
    told = [instance(JournalEntry, row_values(JournalEntry, entry.__dict__)) for entry in answer.entries]
    for seq, _ in broken(told, head.hash or GENESIS, head.seq + 1):
        raise Damaged(say("Entry {seq} from headquarters does not follow this store's journal.", seq=seq))
    items = _items(link, head.feed_cursor, answer.entries)
    stream = _of_stream(link, answer.entries)
    with link.store.transaction(author(link.outlet), journalled=False) as tx:
        for entry in answer.entries:
            _replay(tx, entry, items, stream, link.key)
        last = answer.entries[-1]
        tx.add_many(JournalEntry, [entry.__dict__ for entry in answer.entries])
        set_head(tx, link.outlet, seq=last.seq, hash=last.hash, made_at=last.made_at, epoch=last.epoch)
    return len(answer.entries)


def _replay(tx: UnitOfWork, entry: Entry, items: dict[int, Item], stream: dict[int, Item], key: DeviceKey) -> None:
    try:
        body = loads(entry.body)
        if "feed" in body:
            replay_feed(tx, entry.outlet, body["feed"], items, key)
        if "dated" in body:
            bring_to(tx, body["dated"]["to"])
        if "stream" in body:
            replay(tx, entry.outlet, body["stream"], stream.get)
        faults = apply_entry(tx, entry.outlet, changes_in(entry.body, entry.outlet))
    except (Unfit, KeyError, TypeError, ValueError) as fault:
        raise Damaged(say("Entry {seq} from headquarters can't be applied here.", seq=entry.seq)) from fault
    if faults:
        raise Damaged(say("Entry {seq} from headquarters does not fit this store.", seq=entry.seq))


def _items(link: Link, cursor: int, entries: list[Entry]) -> dict[int, Item]:
    """The feed items that these entries tell of, from headquarters."""
    wanted = [_numbers(entry, "feed") for entry in entries if entry.kind == "feed"]
    numbers = {number for told in wanted for number in told}
    found: dict[int, Item] = {}
    after = min(numbers, default=cursor + 1) - 1
    while numbers and after < max(numbers):
        page = link.client.ask(Page, "GET", target(link.outlet, f"feed?after={after}&limit={PAGE}"))
        if not page.items:
            raise Outside(say("Headquarters' feed has lost item {number}.", number=after + 1))
        for item in page.items:
            if not is_signed(link.server_key, item.signed_text(link.outlet), item.signature):
                raise Outside(say("Feed item {number} is not signed by headquarters.", number=item.number))
            found[item.number] = item
        after = page.items[-1].number
    return found


def _of_stream(link: Link, entries: list[Entry]) -> dict[int, Item]:
    """The items of the stream that these entries tell of, as far as headquarters still sends them here."""
    numbers = {number for entry in entries if entry.kind == "feed" for number in _numbers(entry, "stream")}
    found: dict[int, Item] = {}
    after = min(numbers, default=1) - 1
    while numbers and after < max(numbers):
        asked = f"feed?after={link.head().feed_cursor}&limit={PAGE}&stream={after}"
        page = link.client.ask(Page, "GET", target(link.outlet, asked)).stream
        if page is None or page.through <= after:
            break
        for item in page.items:
            if not is_signed(link.server_key, item.signed_text(STREAM), item.signature):
                raise Outside(say("Feed item {number} is not signed by headquarters.", number=item.number))
            found[item.number] = item
        after = page.through
    return found


def _numbers(entry: Entry, of: str) -> list[int]:
    told: Any = loads(entry.body).get(of, {"applied": [], "waiting": []})
    return [*told["applied"], *(number for number, _ in told["waiting"])]
