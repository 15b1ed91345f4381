"""The stream of what headquarters publishes: one for all outlets, each item signed and stored once.

An outlet reads what is in its scopes, page by page, after a number. Lines of a table whose rows belong to one outlet
(staff, counters) go to that one alone: a row that moves ends at the one and is added at the other. A headquarters that
was restored from a backup gets back from the outlets what it had published since. Source: design 6 and 12.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence

from msgspec import Struct
from sqlalchemy import bindparam, func, select

from boss_tui.editions.lines import RowEdit, keep, published_table, put, row_on, to_come
from boss_tui.editions.rows_date import stands_on
from boss_tui.editions.scope import OUTLET, home_of, scopes_of
from boss_tui.headquarters.office import Office, Refuse, author, enrolled_row, move
from boss_tui.headquarters.restored import all_heard
from boss_tui.sync.dates import STREAM, bring_to, business_date
from boss_tui.sync.edition_items import KIND, KIND_VERSION, About, ItemPart, part_of, parted
from boss_tui.sync.effects import Fault
from boss_tui.sync.items import digest, numbers_told
from boss_tui.sync.keys import DeviceKey, is_signed
from boss_tui.sync.rows import Unfit
from boss_tui.sync.shapes import PAGE_BYTES, PAGE_ITEMS, Entry, Item, Returned, Standing, StreamPage
from boss_tui.sync.stream import is_kept
from data.errors import NotAllowed
from data.journal import canonical
from data.message import say
from data.statements import columns
from data.store import Reading, UnitOfWork
from data.table_words import row_words
from data.tables.edition import Edition
from data.tables.sync import EnrolledOutlet, FeedItem, Setting

LOST = "stream_lost"
"""The setting that says which numbers a restored headquarters had lost: after which, through which."""
LOCK = "stream"

_feed = FeedItem.table()
_LAST = select(func.max(_feed.c.number)).where(_feed.c.outlet == STREAM)
_SIZES = (
    select(_feed.c.number, func.length(_feed.c.body))
    .where(_feed.c.outlet == STREAM, _feed.c.scope == bindparam("of_scope"), _feed.c.number > bindparam("after"))
    .order_by(_feed.c.number)
    .limit(bindparam("most"))
)


def next_number(reading: Reading) -> int:
    """The number that the next item of the stream gets."""
    return int(reading.scalar(_LAST) or 0) + 1


class Publisher(Struct, frozen=True):
    """Puts lines of an edition into the stream, signed by headquarters' key, and keeps them in this store.

    They count from the edition's `counts_from`, or at once where it is `at_once`. Rows are left as they are.
    """

    key: DeviceKey

    def __call__(self, tx: UnitOfWork, edition: Edition, lines: Sequence[RowEdit]) -> list[int]:
        """Answers the numbers of the items. NotAllowed for what can't be published."""
        tx.lock(LOCK)
        all_heard(tx)
        number, numbers = next_number(tx), []
        for scope, part in _spread(tx, _about(tx, edition), edition.scope, lines):
            item = Item(
                number=number,
                kind=KIND,
                kind_version=KIND_VERSION,
                body=part.body(),
                made_at=tx.now(),
                signature="",
                scope=scope,
            )
            signature = self.key.sign(item.signed_text(STREAM))
            tx.add(FeedItem, outlet=STREAM, **item.model_copy(update={"signature": signature}).model_dump())
            about = part.about
            keep(tx, number, part.lines, about.counts_from, at_once=about.at_once, scope=scope)
            numbers.append(number)
            number += 1
        return numbers


def _about(tx: UnitOfWork, edition: Edition) -> About:
    """What counts at once counts after all that counts already."""
    counts_from = max(edition.counts_from, stands_on(tx)) if edition.at_once else edition.counts_from
    return About(
        edition.id,
        edition.number,
        edition.subject,
        edition.title,
        edition.author,
        edition.decided_by,
        counts_from,
        bool(edition.at_once),
    )


def _spread(tx: UnitOfWork, about: About, scope: str, lines: Sequence[RowEdit]) -> list[tuple[str, ItemPart]]:
    """The parts that go to each scope; what all are to know of comes first. A row that moves has ended at the one
    outlet before it is added at the other, whatever else either is told: two people may change places."""
    by_scope: dict[tuple[bool, str], list[RowEdit]] = {}
    for line in lines:
        of_one_outlet = published_table(line.table).__scope__ == OUTLET
        for to, told in _at_home(tx, line, about) if of_one_outlet else [(scope, line)]:
            stays = told is line or told.op != "end"
            by_scope.setdefault((stays, to), []).append(told)
    first = sorted(by_scope, key=lambda each: (each[0], each[1] != scope))
    return [(each[1], part) for each in first for part in parted(about, by_scope[each])]


def _at_home(tx: UnitOfWork, line: RowEdit, about: About) -> list[tuple[str, RowEdit]]:
    """A line of a row that one outlet alone has, to that outlet; in two where the row moves. NotAllowed while it is
    going to move: what is said of it now would have to follow."""
    if line.op == "add":
        return [(home_of(line.values), line)]
    if line.op == "undo":
        return [(tx.one(FeedItem, outlet=STREAM, number=line.values["item"]).scope, line)]
    row = row_on(tx, line.table, line.key, about.counts_from)
    if row is None:
        raise NotAllowed(say("There is no {row}.", row=row_words(line.table, line.key)))
    for coming in to_come(tx, line.table, line.key, about.counts_from):
        if coming.op == "add":
            told = say(
                "{row} moves on {day}: say it from then on, or take that back first.",
                row=row_words(line.table, line.key),
                day=coming.effective_from,
            )
            raise NotAllowed(told)
    here, there = home_of(row), home_of({**row, **line.values})
    if here == there:
        return [(here, line)]
    names = set(columns(published_table(line.table))) - {"revision"}
    whole = {name: value for name, value in {**row, **line.values}.items() if name in names}
    return [(here, RowEdit(line.table, line.key, "end", {})), (there, RowEdit(line.table, line.key, "add", whole))]


def publish(tx: UnitOfWork, key: DeviceKey, edition: Edition, lines: Sequence[RowEdit]) -> list[int]:
    """Publish lines that were approved, and bring headquarters' own rows to them as far as they count today."""
    bring_to(tx, business_date(tx, tx.author.outlet))
    numbers, day = Publisher(key)(tx, edition, lines), stands_on(tx)
    if edition.at_once or edition.counts_from <= day:
        put(tx, [(line.table, line.key) for line in lines], day)
    return numbers


def page(reading: Reading, office: Office, outlet: str, after: int, limit: int) -> StreamPage:
    """The items in an outlet's scopes after a number. Refuse when the outlet has what headquarters has lost."""
    row = enrolled_row(reading, outlet)
    must_not_be_ahead(reading, office, row, after)
    scopes, coming = scopes_of(reading, outlet), next_number(reading)
    most = max(1, min(limit, PAGE_ITEMS))
    found = sorted(
        (int(number), int(size))
        for scope in scopes
        for number, size in reading.rows(_SIZES, of_scope=scope, after=after, most=most + 1)
    )
    numbers = _fitting([*found[:most]])
    stored = reading.several(FeedItem, [(STREAM, number) for number in numbers])
    items = [Item.of(stored[STREAM, number]) for number in numbers]
    through = numbers[-1] if len(numbers) < len(found) else coming - 1
    return StreamPage(after=after, through=through, next=coming, scopes=list(scopes), items=items)


def _fitting(found: list[tuple[int, int]]) -> list[int]:
    numbers: list[int] = []
    room = PAGE_BYTES
    for number, size in found:
        if numbers and size > room:
            break
        numbers.append(number)
        room -= size
    return numbers


def must_not_be_ahead(reading: Reading, office: Office, row: EnrolledOutlet, cursor: int) -> None:
    """Refuse when an outlet has read, or may have read, items that headquarters lost by being restored."""
    first = _first_lost(reading, row, cursor)
    if first:
        message = say("Headquarters lost items of the stream that the outlet has.")
        raise Refuse(409, "stream_ahead", message, office.standing(row), stream_next=first)


def _first_lost(reading: Reading, row: EnrolledOutlet, cursor: int) -> int:
    """The first item that the outlet is to give back; 0 when there is none."""
    lost, coming = _lost(reading), next_number(reading)
    after = lost[0] if lost else coming - 1
    if cursor >= coming:
        return after + 1
    return after + 1 if lost and min(cursor, lost[1]) > max(after, row.stream_told) else 0


def _lost(reading: Reading) -> tuple[int, int] | None:
    found = reading.find(Setting, name=LOST)
    return None if found is None else (json.loads(found.value)[0], json.loads(found.value)[1])


def take_back(office: Office, outlet: str, returned: Returned) -> Standing:
    """Take back items of the stream that headquarters signed and then lost, and the rows that they make."""
    for item in returned.items:
        if not is_signed(office.key.public, item.signed_text(STREAM), item.signature):
            raise Refuse(409, "signature", say("Feed item {number} is not headquarters' own.", number=item.number))
    with office.store.transaction(author(outlet, "stream.back"), journalled=False, lock=outlet) as tx:
        tx.lock(LOCK)
        before, last = next_number(tx) - 1, max((item.number for item in returned.items), default=0)
        for item in sorted(returned.items, key=lambda item: item.number):
            _adopt(tx, item)
        if last > before:  # what headquarters itself signed proves a loss; an outlet's word on how far it is does not
            _note_lost(tx, before, last)
        if returned.through:
            lost = _lost(tx)
            move(tx, outlet, stream_told=max(returned.through, lost[1] if lost else 0))
        return office.standing(enrolled_row(tx, outlet))


def _adopt(tx: UnitOfWork, item: Item) -> None:
    here = tx.find(FeedItem, outlet=STREAM, number=item.number)
    if here is not None:
        if here.body != item.body:
            raise Refuse(409, "batch", say("Item {number} of the stream is another one here.", number=item.number))
        return
    tx.add(FeedItem, outlet=STREAM, **item.model_dump())
    try:
        part = part_of(item.body)
        about = part.about
        if not is_kept(tx, item.number):
            keep(tx, item.number, part.lines, about.counts_from, at_once=about.at_once, scope=item.scope)
        bring_to(tx, business_date(tx, STREAM))
        put(tx, [(line.table, line.key) for line in part.lines], stands_on(tx))
    except Unfit as fault:
        told = say("Item {number} of the stream can't be taken back.", number=item.number)
        raise Refuse(409, "batch", told) from fault


def _note_lost(tx: UnitOfWork, before: int, through: int) -> None:
    known = _lost(tx)
    value = canonical([known[0], max(known[1], through)] if known else [before, through])
    row = tx.find(Setting, name=LOST)
    if row is None:
        tx.add(Setting, name=LOST, value=value)
    else:
        tx.change(row, value=value)


def stream_entry_fault(tx: UnitOfWork, entry: Entry) -> Iterable[Fault]:
    """Check an outlet's word on what it took of the stream."""
    try:
        told = json.loads(entry.body).get("stream")
        if told is None:
            return []
        applied, waiting = numbers_told(told)
        numbers = sorted([*applied, *waiting])
        here = [tx.find(FeedItem, outlet=STREAM, number=number) for number in numbers]
        sound = digest(item for item in here if item is not None) == told["digest"] and None not in here
    except (ValueError, KeyError, TypeError, AttributeError):
        return [Fault("unknown", {"kind": "feed"})]
    return [] if sound else [Fault("feed", {"stream": numbers})]
