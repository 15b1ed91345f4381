"""The shapes of what travels between an outlet and headquarters, version 1: exact types, anything else is refused."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Annotated, Any

from pydantic import Field

from boss_tui.sync.wire import Shape
from data.tables.sync import FeedItem, JournalEntry

Count = Annotated[int, Field(ge=0, le=2**53)]
Text = Annotated[str, Field(pattern=r"^[^\x00]*$")]
Scope = Annotated[str, Field(pattern=r"^[^\x00\n]*$")]
Hash = Annotated[str, Field(pattern=r"^([0-9a-f]{64})?$")]


class Entry(Shape):
    """A journal entry as it travels: the journal's own columns."""

    outlet: str
    epoch: Annotated[int, Field(ge=1, le=2**31 - 1)]
    seq: Annotated[int, Field(ge=1, le=2**31 - 1)]
    kind: Text
    kind_version: Annotated[int, Field(ge=1, le=2**31 - 1)]
    operator: Text
    counter: Text
    serial: Text
    business_date: Text
    made_at: Text
    body: Text
    prev_hash: Hash
    hash: Hash


ENTRY_FIELDS = tuple(Entry.model_fields)


def entry_values(entry: JournalEntry) -> dict[str, Any]:
    """A stored entry as it travels."""
    return {name: getattr(entry, name) for name in ENTRY_FIELDS}


class Batch(Shape):
    """A push: consecutive entries, and how far the outlet has headquarters' feed and the stream."""

    outlet: str
    feed_cursor: Count
    stream_cursor: Count = 0
    entries: Annotated[list[Entry], Field(max_length=1000)]


class Standing(Shape):
    """Where headquarters stands with an outlet; part of every answer. `receipt` signs the first five.

    `head` is the hash of entry `next_seq` - 1. `feed_next` is the number of the next feed item. `stopped` is empty, or
    the reason (a Message as JSON) why headquarters takes nothing more from this outlet.
    """

    outlet: str
    epoch: Count
    next_seq: Annotated[int, Field(ge=1)]
    head: Hash
    durable_seq: Count
    receipt: str
    feed_next: Annotated[int, Field(ge=1)]
    stopped: str
    time: Annotated[str, Field(pattern=r"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z$")]

    def receipted(self) -> dict[str, Any]:
        """What the receipt signs."""
        return {name: getattr(self, name) for name in ("outlet", "epoch", "next_seq", "head", "durable_seq")}


class Refusal(Shape):
    """Why headquarters did nothing. `reason` is a Message as JSON. `stream_next`: of the stream, what is missing first.

    code: gap (send from standing.next_seq), epoch (another copy of the store took over), fork (other content under a
    known key), stopped, feed_ahead (the outlet holds feed items that headquarters has lost), stream_ahead (likewise of
    the stream), signature, batch, code (enrolment), unknown, stock, busy.
    """

    code: str
    reason: dict[str, Any]
    standing: Standing | None = None
    stream_next: Count = 0


class Item(Shape):
    """A feed item as it travels, signed by headquarters alone, so that it can come back after a loss there.

    `scope`: of an item of the stream, to whom it is published; those are signed under no outlet's name. `enciphered`:
    what is secret in its rows, for its reader alone (`boss_tui.sync.secrets`): no part of what is signed, since it is
    made anew for each key; who sends it signs the whole.
    """

    number: Annotated[int, Field(ge=1)]
    kind: str
    kind_version: Annotated[int, Field(ge=1)]
    body: str
    made_at: str
    signature: str
    scope: Scope = ""
    enciphered: str = ""

    def signed_text(self, outlet: str) -> bytes:
        """The bytes that the item's signature is over."""
        about = f"{outlet} {self.number} {self.kind} {self.kind_version} {self.made_at} {self.scope}"
        return f"boss-sync-1\nitem\n{about}\n{self.body}".encode()

    @classmethod
    def of(cls, row: FeedItem, signature: str = "") -> Item:
        """A stored item."""
        names = ("number", "kind", "kind_version", "body", "made_at", "scope")
        return cls(**{name: getattr(row, name) for name in names}, signature=signature or row.signature)


PAGE_BYTES = 1_000_000
"""About how much a page of items holds before it is packed; one item goes alone, however large."""
PAGE_ITEMS = 200


def in_pages(items: Iterable[Item]) -> Iterator[list[Item]]:
    """Items in runs that can travel as one."""
    page, size = list[Item](), 0
    for item in items:
        length = len(item.body) + len(item.enciphered)
        if page and (size + length > PAGE_BYTES or len(page) == PAGE_ITEMS):
            yield page
            page, size = [], 0
        page.append(item)
        size += length
    if page:
        yield page


class StreamPage(Shape):
    """A page of the stream: the items after a number that are in the outlet's scopes.

    `through`: how far was looked; numbers up to there that are not among the items are not for this outlet. `next`: the
    number of the next item that will be published, to anybody.
    """

    after: Count
    through: Count
    next: Annotated[int, Field(ge=1)]
    scopes: list[Scope]
    items: list[Item]


class Page(Shape):
    """A page of the feed: items without gaps after the cursor that was asked for; and of the stream, if that was."""

    standing: Standing
    items: list[Item]
    stream: StreamPage | None = None


class Returned(Shape):
    """Feed items that an outlet gives back to a headquarters that has lost them.

    `of_stream`: they are of the stream. `through`: how far the outlet has that; 0 while there are more to come.
    """

    items: Annotated[list[Item], Field(max_length=1000)]
    of_stream: bool = False
    through: Count = 0


class History(Shape):
    """Entries that headquarters holds, for an outlet whose store was restored."""

    standing: Standing
    entries: list[Entry]


class Enrolment(Shape):
    """An outlet presents its public key with the one-time code that it was given."""

    outlet: str
    code: str
    public_key: str


class Enrolled(Shape):
    """Headquarters' public key, which the code's fingerprint vouches for, and where it stands with the outlet.

    `card_secret`: what recharge cards' PINs are recognised by, enciphered for the outlet's key alone.
    """

    headquarters_key: str
    card_secret: str
    standing: Standing


class EpochRequest(Shape):
    """A restored store asks for a new epoch: the one it was in, and where its own journal ends. `after`: the epoch that
    headquarters said it was in just before, so that nobody who recorded a request can send it again."""

    epoch: Count
    seq: Count
    head: Hash
    after: Count | None = None


class LeaseRequest(Shape):
    """A request for scarce things. `request_id` makes a repeat harmless; it becomes the lease's key."""

    request_id: Annotated[str, Field(min_length=8, max_length=64)]
    kind: str
    pieces: Annotated[int, Field(ge=1, le=10_000)]
    of: str = ""


class TimeAnswer(Shape):
    """Headquarters' time."""

    time: str
