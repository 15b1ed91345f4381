"""What the desk answers about the hall: what waits, shifts and safe, document numbers, stock, authorities.

Plain values, as in `boss_tui.answers.business`: no session, no query, no row of the store.
"""

from __future__ import annotations

from msgspec import Struct

from data.message import Message, say

ITEMS_AT_ONCE = 200
"""Items of a kind that the queues tell at once, the oldest; their counts say that there are more."""
WORK_AT_ONCE = 500
"""Manual work orders that are listed at once, or looked at for late ones: those that are open longest."""
NOTES_AT_ONCE = 100
"""Transfer notes, or blocks to ask back, that a list asks for at once."""


class ShiftLine(Struct, frozen=True):
    """A shift that is not closed: whose (staff number, name), at which till it is or was last, its state (open,
    suspended), its business date, since when (stored time)."""

    staff_no: str
    name: str
    till: str
    state: str
    business_date: str
    since: str


class SafeView(Struct, frozen=True):
    """The safe by the books, fen, and its latest count: when (stored time; empty: it was never counted), by whom, fen
    over or short."""

    balance: int
    counted_at: str = ""
    counted_by: str = ""
    difference: int = 0


class Compared(Struct, frozen=True):
    """A count of cash beside the books, before anything is done with it: in words, and whether they differ."""

    words: Message
    differs: bool


class NumberRange(Struct, frozen=True):
    """A range of document numbers: whose (`counter`; empty: the hall's), which comes next, how many are left. State:
    open, used_up, returned."""

    id: str
    kind: str
    code: str
    first: int
    last: int
    next: int
    counter: str
    state: str
    left: int


class NumberRun(Struct, frozen=True):
    """Document numbers one after another with one fate: used, void (with its reason), red, unused, returned."""

    first: int
    last: int
    fate: str
    reason: str = ""

    @property
    def pieces(self) -> int:
        """How many."""
        return self.last - self.first + 1


class SpoiledPaper(Struct, frozen=True):
    """A document whose paper may be spoiled: its whole number, kind, fen, its order's serial, the customer, masked."""

    number: str
    kind: str
    amount: int
    serial: str
    customer: str


class Queues(Struct, frozen=True):
    """What waits, for the status line. `headquarters`: the link is up; `age`: seconds since the last contact; `alarms`:
    what a supervisor has not looked into yet; `refused`: what services refused after it was done;
    `clock`: why this machine's clock can't be right, if it can't. `paper`: what is told once of the printers of this
    counter, each with a key that is another one when it happens again."""

    outbox: int = 0
    dead_letters: int = 0
    network: int = 0
    network_unknown: int = 0
    manual_orders: int = 0
    prints: int = 0
    prints_unknown: int = 0
    alarms: int = 0
    refused: int = 0
    clock: Message | None = None
    headquarters: bool = False
    age: int | None = None
    paper: tuple[tuple[str, Message], ...] = ()


class Way(Struct, frozen=True):
    """Something a person can do about what waits. `asks`: what they must say with it, if anything. `means`: what comes
    of it, which is said before it is done."""

    name: str
    label: Message
    asks: Message | None = None
    means: Message | None = None


class Bounds(Struct, frozen=True):
    """How far what a supervisor allows in advance goes.

    Attributes:
        hours: for how long, from now on.
        amount: fen at most; 0 is any amount.
        uses: how often; a code always once.
        business: the catalogue's code; empty is any.
        operator: staff number; empty is anybody.
    """

    hours: int
    amount: int = 0
    uses: int = 1
    business: str = ""
    operator: str = ""


class AuthorityView(Struct, frozen=True):
    """What a supervisor allowed in advance: its number, how far it goes, until when (stored time). `amount` in fen, 0
    is any; operator and business empty: any. `code` is shown once, when it was just made."""

    number: int
    kind: str
    supervisor: str
    operator: str
    business: str
    amount: int
    uses_left: int
    until: str
    code: str = ""


class StockLine(Struct, frozen=True):
    """A kind of stock that can be counted: by which key, its kind (sim, blank, handset, card), what it is of, and how
    many pieces the books have; None where that is not told."""

    key: str
    kind: str
    of: str | Message
    pieces: int | None


class NoteLine(Struct, frozen=True):
    """A note that something is still to be done with. `end_of`: whether it is to be sent from here or received;
    `pieces`: None where that is not told; `reason`: what headquarters said."""

    number: int
    shown: str
    kind: str
    of: str | Message
    end_of: str
    other: Message
    state: str
    pieces: int | None
    reason: str


class OfficeNote(Struct, frozen=True):
    """A transfer note as the office sees it: of what, from where to where; how many are wanted or were sent, how many
    of them have not come; whether it asks a block back."""

    number: int
    shown: str
    kind: str
    of: str | Message
    sender: Message
    receiver: Message
    pieces: int
    missing: int
    state: str
    recalls: bool


class EndCount(Struct, frozen=True):
    """What one end of a note counted: how many, who counted and who signed (staff numbers), when (stored time), what
    they said; `runs`: the serials that were put in, or those that were not found, run by run."""

    pieces: int
    counted_by: str
    approved_by: str
    made_at: str
    reason: str
    runs: tuple[str, ...]


class NoteSheet(Struct, frozen=True):
    """All of a note: what its sender counted and what its receiver found, each time; the serials that nobody has found;
    what the office can do with it now (send, receive, returned, lost, cancel); how its case was ended, by whom."""

    note: OfficeNote
    reason: str
    made_by: str
    sent: EndCount | None
    received: tuple[EndCount, ...]
    absent: tuple[str, ...]
    ways: tuple[str, ...]
    outcome: str
    words: str
    settled_by: str


class SortLine(Struct, frozen=True):
    """A sort of stock that goes in boxes: its kind, what it is of (as stored, and in words), how much of it is free at
    headquarters."""

    kind: str
    of: str
    called: str | Message
    free: int


class BlockLine(Struct, frozen=True):
    """A block that can be asked back with a note: its key, whose, of what, how much is left as far as headquarters
    knows, when it was handed (stored time)."""

    lease: str
    outlet: str
    kind: str
    of: str | Message
    left: int
    handed_at: str


class OpenPieceCount(Struct, frozen=True):
    """A kind of stock that can be counted serial by serial: who began the open count when (stored time; empty: none is
    open), and how many were found."""

    kind: str
    started_by: str
    started_at: str
    found: int


class Scanned(Struct, frozen=True):
    """What came of serials that were scanned into a count: how many are new in it, and what is to be told of those that
    should not be here."""

    new: int
    strange: tuple[Message, ...] = ()


class LogoView(Struct, frozen=True):
    """The logo of the hall: its number, the kinds of paper that carry it, who set it (staff number) and when."""

    number: int
    kinds: tuple[str, ...]
    set_by: str
    set_at: str


QUEUE_KINDS: dict[str, Message] = {
    "alarm": say("Alarm"),
    "question": say("Recheck"),
    "headquarters": say("Headquarters"),
    "manual": say("Manual"),
    "late": say("Late"),
    "print": say("Paper"),
    "printer": say("Printer"),
    "dated": say("Dated"),
    "slip": say("Slip"),
    "payment": say("Payment"),
}
"""What each kind of item that waits is called."""


class QueueItem(Struct, frozen=True):
    """One thing that waits, or that a person must see to.

    Attributes:
        kind: alarm, headquarters, manual, printer, print, dated (what could not be done on its day).
        key: by which it is settled.
        title: what it is.
        state: of its own kind (design 3).
        reason: why it is there.
        ways: what can be done about it; none: it goes on by itself, or headquarters sees to it.
        goes_on: it goes on by itself, whatever can be done about it.
    """

    kind: str
    key: str
    title: Message
    state: str
    reason: Message = Message("")
    ways: tuple[Way, ...] = ()
    goes_on: bool = False
