"""The stream that headquarters publishes to all, as an outlet takes it: a page and its cursor in one transaction.

Each line is kept at once, also one that counts from a later business date (`boss_tui.sync.dates` brings it in then).
What is in several parts is taken as a whole once its last part is here. An item of a newer kind, or with a table or
column that this program does not know, waits for a newer program; one that does not fit waits too; the rest flows on.
The journal tells, in an entry of kind `feed`, what was taken: headquarters checks that, a restored store replays it.
When headquarters says that the outlet is in other scopes than before (it has moved to another region), the stream is
read from its start, and what is here already passed over.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Any

from msgspec import Struct, field
from sqlalchemy import bindparam, select

from boss_tui.editions.lines import Place, Unfit, bring, keep
from boss_tui.editions.rows_date import stands_on
from boss_tui.editions.scope import be_in, scopes_here
from boss_tui.sync.dates import STREAM, bring_soundly, bring_to, business_date, must_be_sound, tell_altered
from boss_tui.sync.edition_items import KIND, KIND_VERSION, ItemPart, part_of
from boss_tui.sync.items import digest
from boss_tui.sync.outbox import set_head
from boss_tui.sync.shapes import Item, StreamPage
from boss_tui.sync.wire import loads
from data.errors import Conflict, Outside
from data.journal import Author
from data.message import say
from data.store import Reading, Store, UnitOfWork
from data.tables.edition import PublishedLine
from data.tables.sync import FeedItem, JournalHead, WaitingItem

_line = PublishedLine.table()
_KEPT = select(_line.c.number).where(_line.c.number == bindparam("of_number")).limit(1)
_OF_ITEM = select(_line.c.table_name, _line.c.row_key).where(_line.c.number == bindparam("of_number"))
_OF_SCOPE = select(_line.c.table_name, _line.c.row_key).where(_line.c.scope == bindparam("of_scope")).distinct()


class PageOutcome(Struct, frozen=True):
    """What a page came to: items applied, items that wait. `again`: it has to be read from the start."""

    applied: int = 0
    waiting: int = 0
    again: bool = False


class _Wait(Struct, frozen=True):
    why: str
    detail: str = ""


class _Work(Struct):
    """One page under way. `careful`: each edition for itself, so that the one which does not fit is put aside."""

    tx: UnitOfWork
    outlet: str
    day: str
    careful: bool
    applied: list[int] = field(default_factory=list)
    waiting: dict[int, str] = field(default_factory=dict)
    places: list[Place] = field(default_factory=list)

    def is_new(self, line: PublishedLine) -> bool:
        """Whether a line came with this page."""
        return line.number in self.applied

    def take(self, item: FeedItem) -> None:
        """Apply an item, with the parts before it, or put it aside."""
        group, wait = _ready(self.tx, item)
        wait = wait or self._apply(group)
        numbers = [one.number for one in group] if wait is None or group else [item.number]
        for number in numbers:
            self._note(number, wait)

    def _apply(self, group: Sequence[FeedItem]) -> _Wait | None:
        try:
            parts = [part_of(item.body) for item in group]
        except Unfit as fault:
            return _Wait("fault", str(fault))
        before = list(self.applied)
        self.applied += [item.number for item in group]
        try:
            with self.tx.savepoint():
                for item, part in zip(group, parts, strict=True):
                    _keep(self.tx, item, part)
                self._put(parts)
        except _Misfit as fault:
            self.applied = before
            return fault.wait
        return None

    def _put(self, parts: Iterable[ItemPart]) -> None:
        counting = [
            (line.table, line.key)
            for part in parts
            if part.about.at_once or part.about.counts_from <= self.day
            for line in part.lines
        ]
        if not self.careful:
            self.places += counting
            return
        try:
            tell_altered(self.tx, bring_soundly(self.tx, counting, self.day, self.is_new))
        except Unfit as fault:
            raise _Misfit(_Wait("fault", str(fault))) from fault

    def _note(self, number: int, wait: _Wait | None) -> None:
        waiting = self.tx.find(WaitingItem, outlet=STREAM, number=number)
        if wait is None:
            self.waiting.pop(number, None)  # the parts before it came with the same page
            if number not in self.applied:
                self.applied.append(number)
            if waiting is not None:
                self.tx.change(waiting, state="applied")
            return
        self.waiting[number] = wait.why
        if waiting is None:
            self.tx.add(WaitingItem, outlet=STREAM, number=number, why=wait.why, detail=wait.detail)
        else:
            self.tx.change(waiting, why=wait.why, detail=wait.detail)

    def finish(self) -> None:
        """Bring the rows up to what was kept. Unfit or Conflict where that does not go: then it is done with care."""
        if self.places:
            brought = bring(self.tx, self.places, self.day, self.is_new)
            must_be_sound(self.tx, brought.changed)
            tell_altered(self.tx, brought)


class _Misfit(Exception):
    """What an edition is put aside for."""

    def __init__(self, wait: _Wait) -> None:
        super().__init__(wait.why)
        self.wait = wait


def _ready(tx: UnitOfWork, item: FeedItem) -> tuple[list[FeedItem], _Wait | None]:
    """The items that are to be applied together with this one, its own last; or why it waits."""
    if item.kind != KIND or item.kind_version > KIND_VERSION:
        return [], _Wait("update", f"{item.kind} {item.kind_version}")
    try:
        part = part_of(item.body)
    except Unfit as fault:
        return [], _Wait("fault", str(fault))
    if not part.is_last:
        return [], _Wait("rest", f"{part.part}/{part.parts}")
    numbers = range(item.number - part.parts + 1, item.number)
    found = [tx.find(FeedItem, outlet=STREAM, number=number) for number in numbers]
    before = [one for one in found if one is not None]
    return ([*before, item], None) if len(before) == len(found) else ([], _Wait("rest", f"{part.part}/{part.parts}"))


def _keep(tx: UnitOfWork, item: FeedItem, part: ItemPart) -> None:
    if is_kept(tx, item.number):
        return
    about = part.about
    try:
        keep(tx, item.number, part.lines, about.counts_from, at_once=about.at_once, scope=item.scope)
    except Unfit as fault:
        raise _Misfit(_Wait("update", str(fault))) from fault


def is_kept(reading: Reading, number: int) -> bool:
    """Whether the lines of an item of the stream are kept here."""
    return reading.scalar(_KEPT, of_number=number) is not None


def take_page(store: Store, outlet: str, page: StreamPage) -> PageOutcome:
    """Take a page that follows the cursor in. Outside when items are missing: then nothing was done."""
    driver: Any = store.engine.dialect.dbapi
    try:
        return _take_page(store, outlet, page, careful=False)
    except driver.OperationalError:
        raise
    except (Conflict, Unfit, OverflowError, driver.DatabaseError):
        return _take_page(store, outlet, page, careful=True)


def _take_page(store: Store, outlet: str, page: StreamPage, *, careful: bool) -> PageOutcome:
    with store.transaction(Author(outlet, "feed", "headquarters")) as tx:
        head = tx.one(JournalHead, outlet=outlet)
        if page.after > head.stream_cursor:
            raise Outside(say("Items are missing in headquarters' stream after {number}.", number=head.stream_cursor))
        bring_to(tx, business_date(tx, outlet))
        moved = _be_in(tx, page.scopes)
        if moved and page.after:
            set_head(tx, outlet, stream_cursor=0)
            tx.more["stream"] = _told([], {}, [], 0, page.scopes)
            return PageOutcome(again=True)
        work = _Work(tx, outlet, stands_on(tx), careful)
        items = _new(tx, page)
        if items:
            tx.add_many(FeedItem, [{"outlet": STREAM, **item.model_dump()} for item in items])
        for item in _items(tx, [item.number for item in items]).values():
            work.take(item)
        work.finish()
        through = max(page.through, 0 if moved else head.stream_cursor)
        if work.applied or work.waiting or moved:
            tx.more["stream"] = _told(
                sorted(work.applied),
                work.waiting,
                _items(tx, [*work.applied, *work.waiting]).values(),
                through,
                page.scopes if moved else None,
            )
        if through != head.stream_cursor:
            set_head(tx, outlet, stream_cursor=through)
    return PageOutcome(len(work.applied), len(work.waiting))


def _new(tx: UnitOfWork, page: StreamPage) -> list[Item]:
    """The items of a page that are not here yet. Outside when they are in disorder, or another has a number here."""
    numbers = [item.number for item in page.items]
    if numbers != sorted(set(numbers)) or any(not page.after < number <= page.through for number in numbers):
        raise Outside(say("A page of headquarters' stream is in disorder."))
    found, known = [], _items(tx, numbers)
    for item in page.items:
        here = known.get(item.number)
        if here is None:
            found.append(item)
        elif (here.body, here.kind) != (item.body, item.kind):
            raise Outside(
                say("Item {number} of headquarters' stream is another than was taken here.", number=item.number)
            )
    return found


def _items(tx: UnitOfWork, numbers: Iterable[int]) -> dict[int, FeedItem]:
    """Items that are here, by their number, in order."""
    found = tx.several(FeedItem, [(STREAM, number) for number in numbers])
    return {number: item for (_, number), item in sorted(found.items())}


def _told(
    applied: list[int], waiting: dict[int, str], items: Iterable[FeedItem], through: int, scopes: Sequence[str] | None
) -> dict[str, Any]:
    told: dict[str, Any] = {
        "applied": applied,
        "waiting": sorted([number, why] for number, why in waiting.items()),
        "digest": digest(items),
        "through": through,
    }
    return told if scopes is None else {**told, "scopes": sorted(scopes)}


def _be_in(tx: UnitOfWork, scopes: Sequence[str]) -> bool:
    """Take up the scopes that headquarters names; answers whether something has to be read that was not for here."""
    before = scopes_here(tx)
    if before == frozenset(scopes):
        return False
    be_in(tx, scopes)
    if before is None:  # this is the first that is heard of them
        return False
    for scope in before.symmetric_difference(scopes):
        bring(tx, _places(tx, _OF_SCOPE, of_scope=scope), stands_on(tx), lambda _: True)
    return not frozenset(scopes) <= before


def _places(reading: Reading, statement: Any, **values: Any) -> list[Place]:
    return [(str(table), tuple(loads(key))) for table, key in reading.rows(statement, **values)]


def try_again(store: Store, outlet: str) -> int:
    """Apply what waited and is now known or fits; bring the rows to the day. Answers how many items it was.

    Called with each exchange, whether or not there is a link.
    """
    with store.reading() as reading:
        waits = any(row.why != "rest" for row in reading.all(WaitingItem, outlet=STREAM, state="waiting"))
        if not waits and business_date(reading, outlet) <= stands_on(reading):
            return 0
    with store.transaction(Author(outlet, "feed", "headquarters")) as tx:
        bring_to(tx, business_date(tx, outlet))
        work = _Work(tx, outlet, stands_on(tx), careful=True)
        for row in tx.all(WaitingItem, outlet=STREAM, state="waiting", order=("number",)):
            if row.why != "rest":
                _again(work, row)
        if work.applied:
            cursor = tx.one(JournalHead, outlet=outlet).stream_cursor
            tx.more["stream"] = _told(sorted(work.applied), {}, _items(tx, work.applied).values(), cursor, None)
    return len(work.applied)


def _again(work: _Work, row: WaitingItem) -> None:
    if row.number in work.applied:
        return
    tx = work.tx
    if not is_kept(tx, row.number):
        work.take(tx.one(FeedItem, outlet=STREAM, number=row.number))
        return
    try:
        bring_soundly(tx, _places(tx, _OF_ITEM, of_number=row.number), work.day, lambda _: True)
    except Unfit:
        return
    work.applied.append(row.number)
    tx.change(row, state="applied")


def replay(tx: UnitOfWork, outlet: str, told: dict[str, Any], items: Callable[[int], Item | None]) -> None:
    """Do again what an entry of a lost journal tells of the stream; Unfit when the items are not the ones it tells of.

    An item that headquarters does not send any more is in a scope in which the outlet is no longer.
    """
    why = dict(told["waiting"])
    numbers = sorted([*told["applied"], *why])
    found = {number: item for number in numbers if (item := items(number)) is not None}
    if len(found) == len(numbers) and digest(found.values()) != told["digest"]:
        raise Unfit(say("Headquarters' stream is not the one that this store applied."))
    if "scopes" in told:
        _be_in(tx, told["scopes"])
    for number, item in found.items():
        if tx.find(FeedItem, outlet=STREAM, number=number) is None:
            tx.add(FeedItem, outlet=STREAM, **item.model_dump())
        _replay_item(tx, item, why.get(number, ""))
    set_head(tx, outlet, stream_cursor=told["through"])


def _replay_item(tx: UnitOfWork, item: Item, why: str) -> None:
    waiting = tx.find(WaitingItem, outlet=STREAM, number=item.number)
    if why:
        if waiting is None:
            tx.add(WaitingItem, outlet=STREAM, number=item.number, why=why)
        return
    part = part_of(item.body)
    _keep(tx, tx.one(FeedItem, outlet=STREAM, number=item.number), part)
    day = stands_on(tx)
    if part.about.at_once or part.about.counts_from <= day:
        bring(tx, [(line.table, line.key) for line in part.lines], day, lambda _: True)
    if waiting is not None:
        tx.change(waiting, state="applied")
