"""An outlet's link with headquarters: push, pull, when to try again. Every fault is kept and shown; nothing is lost.

A Link is used by one thread at a time. Counters write to the store all the while.
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from msgspec import Struct
from msgspec.structs import replace

from boss_tui.sync.client import Client, Refused, TimedOut
from boss_tui.sync.dates import STREAM
from boss_tui.sync.enrolment import headquarters_key
from boss_tui.sync.inbox import apply_items, apply_waiting
from boss_tui.sync.keys import DeviceKey, is_signed
from boss_tui.sync.outbox import Packed, accept, author, disagreement, packed_batch, set_head, tail
from boss_tui.sync.receipt import Receipt, receipt_file_text
from boss_tui.sync.secrets import secrets_for
from boss_tui.sync.shapes import Item, Page, Returned, Standing, StreamPage, in_pages
from boss_tui.sync.states import message_in
from boss_tui.sync.stream import PageOutcome, take_page, try_again
from boss_tui.sync.wire import pack, target
from data.errors import BossError, Damaged, NotAllowed, Outside
from data.journal import canonical
from data.message import Message, say
from data.store import Reading, Store
from data.tables.sync import FeedItem, JournalHead

if TYPE_CHECKING:
    import httpx

START, MOST, LEAST = 100, 500, 20
"""Entries in a batch: at first, at most, at least (store-and-sync-facts 2.2)."""
FIRST_DELAY, LONGEST_DELAY = 5.0, 300.0
"""Seconds until the next try after a fault: the first, doubling up to the longest."""
PAGE = 50
BACK = 5
"""Items of the stream that are given back at once: each may be large."""


class Pushed(Struct, frozen=True):
    """What one push did: entries that headquarters newly has. `more`: there is more to send."""

    entries: int
    more: bool


class Pulled(Struct, frozen=True):
    """What one pull did: items applied, items that wait. `more`: headquarters has more."""

    applied: int
    waiting: int
    more: bool = False


class Exchange(Struct, frozen=True):
    """What an exchange did, and what ended it early: a fault (it is tried again) or a stop (a person decides)."""

    pushed: int = 0
    applied: int = 0
    waiting: int = 0
    fault: Message | None = None
    stopped: Message | None = None


class Stopped(NotAllowed):
    """The outlet may not push: headquarters and this store disagree, and a person decides."""


class Link:
    """One outlet's link. `server_key`: headquarters' public key; by default the one noted at enrolment.

    `every`: seconds between exchanges when there is nothing to send; `longest`: after a fault until the next try, at
    most. `in_flight`: the sequences under way just now.
    """

    def __init__(
        self,
        store: Store,
        outlet: str,
        url: str,
        key: DeviceKey,
        *,
        server_key: str = "",
        timeout: float = 20.0,
        every: float = 30.0,
        longest: float = LONGEST_DELAY,
        transport: httpx.BaseTransport | None = None,
    ) -> None:
        self.store, self.outlet, self.key, self.every, self.longest = store, outlet, key, every, longest
        self.server_key = server_key or headquarters_key(store)
        self.client = Client(url, key, self.server_key, timeout=timeout, transport=transport)
        self.size = START
        self.in_flight: tuple[int, int] | None = None
        self._next: datetime | None = None

    def head(self) -> JournalHead:
        """The journal's head, as it is now."""
        with self.store.reading() as reading:
            return reading.one(JournalHead, outlet=self.outlet)

    def packed(self, after: int, limit: int) -> Packed | None:
        """A signed batch of the entries after a sequence, at most so many; None when there are none."""
        with self.store.reading() as reading:
            head = reading.one(JournalHead, outlet=self.outlet)
            entries = tail(reading, head, after, limit)
        return packed_batch(head, entries, self.key) if entries else None

    # one step each

    def push_once(self) -> Pushed:
        """Send one batch. Outside when it did not arrive for certain; Stopped when a person has to decide."""
        head = self.head()
        if head.stopped:
            raise Stopped(message_in(head.stopped))
        batch = self.packed(head.acked_seq, self.size)
        if batch is None:
            return Pushed(0, False)
        try:
            standing = self._send(batch)
        except TimedOut:
            self.size = max(LEAST, self.size // 2)
            raise
        except Refused as refused:
            self._refused(refused, batch)
            return Pushed(0, True)
        finally:
            self.in_flight = None
        self._accept(standing)
        self.size = min(MOST, self.size * 2)
        now = self.head()
        return Pushed(now.acked_seq - head.acked_seq, now.acked_seq < now.seq)

    def _send(self, batch: Packed) -> Standing:
        self.in_flight = (batch.first, batch.last)
        where = target(self.outlet, "events")
        standing = self.client.ask(Standing, "POST", where, batch.body, signature=batch.signature)
        return self.client.checked(standing)

    def _refused(self, refused: Refused, batch: Packed) -> None:
        """Do what a refusal asks for, or raise it."""
        code, standing = refused.refusal.code, refused.refusal.standing
        if standing is None:
            raise refused
        self.client.checked(standing)
        if code in ("fork", "epoch", "stopped"):
            self._stop(refused.message)
        if code == "feed_ahead":
            self._give_back(standing.feed_next)
        elif code == "stream_ahead":
            self._give_back_stream(refused.refusal.stream_next)
        elif code == "gap" and standing.next_seq != batch.first:
            self._accept(standing)
        else:
            raise refused

    def _accept(self, standing: Standing, *, carried: bool = False) -> None:
        if standing.outlet != self.outlet:
            raise Outside(say("Headquarters answered for another outlet."))
        with self.store.transaction(author(self.outlet)) as tx:
            wrong = accept(tx, self.outlet, standing, carried=carried)
        if wrong:
            raise Stopped(wrong)

    def _stop(self, why: Message, *, carried: bool = False) -> None:
        with self.store.transaction(author(self.outlet)) as tx:
            contact = {} if carried else {"last_contact": tx.now()}
            set_head(tx, self.outlet, stopped=canonical(why.as_json()), **contact)
        raise Stopped(why)

    def _give_back(self, first: int) -> None:
        """Give feed items back to a headquarters that lost them."""
        with self.store.reading() as reading:
            rows = reading.all(FeedItem, outlet=self.outlet, order=("number",))
            items = [self._returned(reading, row) for row in rows if row.number >= first]
        for some in in_pages(items):
            self.client.ask(Standing, "POST", target(self.outlet, "feed"), pack(Returned(items=some).model_dump()))

    def _returned(self, reading: Reading, row: FeedItem) -> Item:
        """An item for headquarters, which may have lost the secrets of its rows as well."""
        beside = secrets_for(self.server_key, reading, self.outlet, row)
        return Item.of(row).model_copy(update={"enciphered": beside})

    def _give_back_stream(self, first: int) -> None:
        """Give items of the stream back to a headquarters that lost them, and say how far it was read here.

        What was looked through after the last of them was for others, who give that back: it is read from there again.
        """
        with self.store.reading() as reading:
            cursor = reading.one(JournalHead, outlet=self.outlet).stream_cursor
            rows = reading.all(FeedItem, outlet=STREAM, order=("number",))
        items = [Item.of(row) for row in rows if row.number >= first]
        for start in range(0, max(len(items), 1), BACK):
            through = cursor if start + BACK >= len(items) else 0
            returned = Returned(items=items[start : start + BACK], of_stream=True, through=through)
            self.client.ask(Standing, "POST", target(self.outlet, "feed"), pack(returned.model_dump()))
        last = rows[-1].number if rows else 0
        if last < cursor:
            with self.store.transaction(author(self.outlet)) as tx:
                set_head(tx, self.outlet, stream_cursor=last)

    def pull_once(self) -> Pulled:
        """Fetch one page of the feed and of the stream and apply them with their cursors. Outside when it did not
        arrive."""
        head = self.head()
        asked = f"feed?after={head.feed_cursor}&limit={PAGE}&stream={head.stream_cursor}"
        try:
            page = self.client.ask(Page, "GET", target(self.outlet, asked))
        except Refused as refused:
            standing = refused.refusal.standing
            if refused.refusal.code not in ("feed_ahead", "stream_ahead") or standing is None:
                raise
            self.client.checked(standing)
            if refused.refusal.code == "stream_ahead":
                self._give_back_stream(refused.refusal.stream_next)
            else:
                self._give_back(standing.feed_next)
            return Pulled(0, 0, True)
        self._accept(self.client.checked(page.standing))  # a headquarters that was restored shows here, too
        return self.apply(page)

    def apply(self, page: Page) -> Pulled:
        """Apply a page that came over the link or on a stick. Outside when an item is not headquarters' own.

        What is published to all comes first: what is handed to this outlet may name it.
        """
        self.client.checked(page.standing)
        taken = PageOutcome() if page.stream is None else self._apply_stream(page.stream)
        self._must_be_signed(self.outlet, page.items)
        applied, waiting = apply_items(self.store, self.outlet, page.items, self.key)
        more = bool(page.items) and page.items[-1].number + 1 < page.standing.feed_next
        more = more or taken.again or (page.stream is not None and page.stream.through + 1 < page.stream.next)
        return Pulled(applied + taken.applied, waiting + taken.waiting, more)

    def _apply_stream(self, page: StreamPage) -> PageOutcome:
        self._must_be_signed(STREAM, page.items)
        return take_page(self.store, self.outlet, page)

    def _must_be_signed(self, outlet: str, items: list[Item]) -> None:
        for item in items:
            if not is_signed(self.server_key, item.signed_text(outlet), item.signature):
                raise Outside(say("Feed item {number} is not signed by headquarters.", number=item.number))

    def take_receipt(self, receipt: Receipt) -> None:
        """Take headquarters' word from a carried receipt: forward only, since it may be an old one."""
        text = receipt_file_text(receipt)
        if receipt.outlet != self.outlet or not is_signed(self.server_key, text, receipt.signature):
            raise Damaged(say("This receipt is not headquarters' for outlet {outlet}.", outlet=self.outlet))
        standing = self.client.checked(receipt.page.standing)
        if receipt.refusal is not None and receipt.refusal.code in ("fork", "epoch", "stopped"):
            self._stop(Refused(receipt.refusal).message, carried=True)
        if standing.next_seq - 1 >= self.head().acked_seq:
            self._accept(standing, carried=True)

    # the whole

    def exchange(self) -> Exchange:
        """Push all there is, pull all there is, push what that left in the journal.

        What goes wrong is in the answer and in the store; only a store that can't be written raises.
        """
        done = Exchange(applied=try_again(self.store, self.outlet))
        try:
            self._resume()
            done = self._push_all(done)
            done = self._pull_all(done)
            done = self._push_all(done)
        except Stopped as stop:
            done = _with(done, stopped=stop.message)
        except BossError as fault:
            done = _with(done, fault=fault.message)
        self._note(done)
        return done

    def _resume(self) -> None:
        """After a stop: go on by itself only when headquarters' word agrees with this journal again."""
        head = self.head()
        if not head.stopped:
            return
        standing = self.client.checked(self.client.ask(Standing, "GET", target(self.outlet, "status")))
        with self.store.transaction(author(self.outlet)) as tx:
            if disagreement(tx, tx.one(JournalHead, outlet=self.outlet), standing):
                raise Stopped(message_in(head.stopped))
            set_head(tx, self.outlet, stopped="")

    def _push_all(self, done: Exchange) -> Exchange:
        more = True
        while more:
            pushed = self.push_once()
            done, more = _with(done, pushed=done.pushed + pushed.entries), pushed.more
        return done

    def _pull_all(self, done: Exchange) -> Exchange:
        more = True
        while more:
            pulled = self.pull_once()
            more = pulled.more
            done = _with(done, applied=done.applied + pulled.applied, waiting=done.waiting + pulled.waiting)
        again = apply_waiting(self.store, self.outlet, self.key) + try_again(self.store, self.outlet)
        return _with(done, applied=done.applied + again)

    def _note(self, done: Exchange) -> None:
        """Keep how it went, and when to try next."""
        attempts = self.head().attempts + 1 if done.fault else 0
        told = canonical(done.fault.as_json()) if done.fault else ""
        clock = self.store.clock
        seconds = self.every
        if attempts:
            seconds = min(self.longest, FIRST_DELAY * 2 ** min(attempts - 1, 10))
            seconds *= 0.8 + 0.4 * clock.random_bits(10) / 1023  # so that a province does not call at once
        elif done.stopped:
            seconds = LONGEST_DELAY
        self._next = clock.now() + timedelta(seconds=seconds)
        with self.store.transaction(author(self.outlet)) as tx:
            set_head(tx, self.outlet, attempts=attempts, last_fault=told)
            if not attempts:
                set_head(tx, self.outlet, last_contact=tx.now())

    # the background

    def wait(self) -> float:
        """Seconds until the next exchange is due, by the clock that was handed in; 0 when it is.

        After a fault the delay counts, with or without new entries; else new entries are due at once.
        """
        if self._next is None:
            return 0.0
        head = self.head()
        if not head.attempts and not head.stopped and head.seq > head.acked_seq:
            return 0.0
        return max(0.0, (self._next - self.store.clock.now()).total_seconds())

    def run(self, stop: threading.Event, tick: float = 1.0, also: Callable[[], object] | None = None) -> None:
        """Exchange whenever it is due, until `stop` is set: for a thread in the background.

        `also` is called after each exchange that went well, such as `partial(stock.ask_for_more, link)`.

        What the store itself refuses (disk full, busy) is tried again at the next tick, and shown by the store's users.
        """
        while not stop.is_set():
            try:
                if self.wait() <= 0:
                    self.exchange()
                    if also is not None and not self.head().attempts:
                        also()
            except BossError:
                self._next = self.store.clock.now() + timedelta(seconds=FIRST_DELAY)
            stop.wait(tick)

    def close(self) -> None:
        """Let go of the connection."""
        self.client.close()


def _with(done: Exchange, **more: Any) -> Exchange:
    return replace(done, **more)
