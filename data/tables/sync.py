"""Headquarters (design 6): the journal, its head and cursors, leases, exceptions; and what waits to be printed."""

from data.tables.base import (
    LOCAL,
    OUTLET,
    STREAM,
    Index,
    Partial,
    Table,
    blob,
    fen,
    integer,
    options,
    revision,
    state,
    text,
)


class JournalEntry(Table, table=True):
    """One committed transaction: who did what, every row that changed, and the hash of the entry before."""

    __owner__ = LOCAL
    __tablename__ = "journal"
    __append_only__ = True
    __table_args__ = options(Index("journal_serial", "serial"))
    outlet: str = text(key=True)
    epoch: int = integer(key=True)
    seq: int = integer(key=True)
    kind: str = text()
    kind_version: int = integer(1)
    operator: str = text()
    counter: str = text("")
    serial: str = text("")
    business_date: str = text("")
    made_at: str = text()
    body: str = text()
    prev_hash: str = text()
    hash: str = text()


class JournalHead(Table, table=True):
    """Where an outlet's journal ends, and how far headquarters has it. One row an outlet.

    `believed_at` is the latest time of an entry that nobody has to doubt: a clock that is set back, or far ahead, does
    not move it until a supervisor has vouched for it (`data.clock.astray`). `clock_offset_ms` is by how much
    headquarters' clock was ahead of this machine's at the last contact, `offset_vouched_ms` what of it was vouched for.
    `feed_cursor`: the last item of the outlet's own feed; `stream_cursor`: how far the stream that all outlets read was
    looked through.
    """

    __owner__ = LOCAL
    __table_args__ = options()
    outlet: str = text(key=True)
    epoch: int = integer(1)
    seq: int = integer(0)
    hash: str = text("")
    made_at: str = text("")
    believed_at: str = text("")
    acked_seq: int = integer(0)
    durable_seq: int = integer(0)
    feed_cursor: int = integer(0)
    stream_cursor: int = integer(0)
    attempts: int = integer(0)
    last_contact: str = text("")
    last_fault: str = text("")
    clock_offset_ms: int = integer(0)
    offset_vouched_ms: int = integer(0)
    stopped: str = text("")
    revision: int = revision()


class Lease(Table, table=True):
    """A block of scarce things that headquarters handed to an outlet, sold from until `sell_until`.

    kind: a kind of `boss_tui.sync.scarce`; `of` what it is of (grade, kind of card, model, face value in fen, code of
    documents; empty: mixed). `content` is JSON: of numbers of papers the range, its code, first and last number; pieces
    carry the lease's id themselves, however many there are.

    `recalled_at`: when headquarters asked for it back; its outlet sells no more from it once it hears of that.
    `part_asked_at`: when it asked for a part of it, the pieces with keys from `part_first` to `part_last`, which go on
    to the outlet `part_to` (empty: nobody's); all are empty again once the outlet has heard of that, and gave them up.

    States: handed, running (the outlet has it), returned (headquarters recalled it; the outlet has stopped selling from
    it, and what it had not sold is free again), reclaimed (taken back without the outlet's word, into quarantine).
    """

    __owner__ = STREAM
    __table_args__ = options()
    id: str = text(key=True)
    kind: str = text()
    of: str = text("")
    outlet: str = text(index=True)
    content: str = text()
    pieces: int = integer()
    handed_at: str = text()
    sell_until: str = text()
    reclaim_after: str = text("")
    recalled_at: str = text("")
    part_first: str = text("")
    part_last: str = text("")
    part_to: str = text("")
    part_asked_at: str = text("")
    state: str = state("state", "handed", "running", "returned", "reclaimed", default="handed")
    revision: int = revision()


class SyncException(Table, table=True):
    """An entry that headquarters could not apply: a dead letter, counted and shown until a person ends it.

    States: open, noted (it was applied, and headquarters alone looks at it), resolved (`resolution`: in whose words).
    `detail` is JSON: what of the entry. `held`: the money that it tells of, in fen, in suspense at headquarters while
    the exception is open. `decision`: accepted, compensated, refused, or empty where words were enough; `decided_by`:
    the staff number of who said so at headquarters' office, `decided_at` when (stored time).
    """

    __owner__ = STREAM
    __table_args__ = options(
        Index("sync_exception_open", "state", "outlet", "seq"),
        Index("sync_exception_raised", "state", "raised_at", "id"),
        Index("sync_exception_decided", "state", "decided_at", "raised_at", "id"),
        Index("sync_exception_held", "state", "held"),
        Index("sync_exception_reason", "state", "reason", "raised_at", "id"),
    )
    id: str = text(key=True)
    outlet: str = text()
    epoch: int = integer()
    seq: int = integer()
    reason: str = text()
    detail: str = text("")
    state: str = state("state", "open", "noted", "resolved", default="open")
    held: int = fen(0)
    decision: str = text("")
    decided_by: str = text("")
    decided_at: str = text("")
    resolution: str = text("")
    raised_at: str = text()
    revision: int = revision()


class FeedItem(Table, table=True):
    """Something headquarters has for an outlet, under a number without gaps for that outlet; or, under no outlet's
    name, an item of the stream that all outlets read, each what is in its scope (`boss_tui.editions.scope`).

    Both sides keep it: the outlet with headquarters' `signature`, so that it can give a restored headquarters back what
    that has forgotten. `enciphered`: what came beside it for the outlet's key alone (`boss_tui.sync.secrets`).
    """

    __owner__ = LOCAL
    __table_args__ = options(Index("feed_item_scope", "outlet", "scope", "number"))
    outlet: str = text(key=True)
    number: int = integer(key=True)
    kind: str = text()
    kind_version: int = integer(1)
    scope: str = text("")
    body: str = text()
    made_at: str = text()
    signature: str = text("")
    enciphered: str = text("")


class WaitingItem(Table, table=True):
    """A feed item that the outlet holds but has not applied, and why: shown until it is applied.

    why: update (a newer program is needed), rest (of an edition in parts some have not come yet), fault (it did not
    fit; of what counts from the business date `due`: not then).
    """

    __owner__ = LOCAL
    __table_args__ = options(Index("waiting_item_state", "outlet", "state"))
    outlet: str = text(key=True)
    number: int = integer(key=True)
    why: str = state("why", "update", "rest", "fault")
    due: str = text("")
    detail: str = text("")
    state: str = state("state", "waiting", "applied", default="waiting")
    revision: int = revision()


class EnrolmentCode(Table, table=True):
    """A one-time code by which an outlet's key becomes known to headquarters. Only the code's hash is kept."""

    __owner__ = LOCAL
    __table_args__ = options()
    code_hash: str = text(key=True)
    outlet: str = text()
    made_by: str = text()
    expires_at: str = text()
    used_at: str = text("")
    used_key: str = text("")
    revision: int = revision()


class EnrolledOutlet(Table, table=True):
    """An outlet that headquarters knows (headquarters' side): its key, its cursors, whether it is stopped and why.

    `stream_cursor`: how far it said that it has read the stream. `stream_told`: through which number of it it has given
    back what a restored headquarters had lost. `linked_at`: when it last called, to some minutes; `away_since`,
    `away_until`: between which two calls it was last away (`boss_tui.headquarters.absence`). `closed_at`:
    when it was closed for good (`boss_tui.headquarters.closing`).
    """

    __owner__ = LOCAL
    __table_args__ = options()
    outlet: str = text(key=True)
    public_key: str = text()
    epoch: int = integer(1)
    next_seq: int = integer(1)
    head_hash: str = text("")
    durable_seq: int = integer(0)
    feed_next: int = integer(1)
    stream_cursor: int = integer(0)
    stream_told: int = integer(0)
    stopped: str = text("")
    last_contact: str = text("")
    linked_at: str = text("")
    away_since: str = text("")
    away_until: str = text("")
    closed_at: str = text("")
    revision: int = revision()


UNSETTLED = "state IN ('queued', 'sending', 'refused', 'unknown')"
"""A paper that waits, is sent, or of which nobody knows whether it came out."""

HELD_UP = "state IN ('sending', 'refused', 'unknown')"
"""Those of them that are not simply next: little, among however many wait."""


class PrintJob(Table, table=True):
    """A paper on its way: the exact bytes. A printer's come out by `rank`, lowest first, then as they were queued.

    States: queued, sending, acknowledged, unconfirmed, refused, unknown, cancelled. While it is sent, `sender` is at
    it until `leased_until`, and says so anew all the time; whoever finds that run out takes it for unknown. `source`:
    the document, where it is not as its paper keeps it (a copy, a report), to be laid out for another printer.
    `meant_for`: the printer that it was for, where its stand-in has it.
    """

    __owner__ = LOCAL
    __table_args__ = options(
        Partial("print_job_unsettled", "printer", "rank", "queued_at", "id", "state", where=UNSETTLED),
        Partial("print_job_held_up", "printer", "state", "rank", "queued_at", "id", where=HELD_UP),
    )
    id: str = text(key=True)
    document_id: str = text(index=True)
    order_id: str = text("", index=True)
    printer: str = text()
    meant_for: str = text("")
    title: str = text()
    content: bytes = blob()
    preview: str = text()
    source: str = text("")
    copy_number: int = integer(0)
    state: str = state(
        "state",
        "queued",
        "sending",
        "acknowledged",
        "unconfirmed",
        "refused",
        "unknown",
        "cancelled",
        default="queued",
    )
    reason: str = text("")
    sender: str = text("")
    leased_until: str = text("")
    attempts: int = integer(0)
    not_before: str = text("")
    rank: int = integer(0)
    operator: str = text()
    queued_at: str = text()
    ended_at: str = text("")
    revision: int = revision()


class Printer(Table, table=True):
    """A printer of this outlet: its address and profile, and which kinds of paper it takes.

    States: active, off (its papers wait), removed (its jobs are still on record). `stand_in`: the printer that takes
    its papers while it can't print; `fail_over`: whether they go there (never; ask: a person says so; self: they do).
    """

    __owner__ = LOCAL
    __published__ = True
    __table_args__ = options()
    code: str = text(key=True)
    address: str = text()
    profile: str = text()
    kinds: str = text("invoice,receipt,slip,contract,report,cash")
    stand_in: str = text("")
    fail_over: str = state("fail_over", "never", "ask", "self", default="never")
    state: str = state("state", "active", "off", "removed", default="active")
    revision: int = revision()


class AccessLog(Table, table=True):
    """That somebody signed on or off, looked at, reprinted or was refused something: an entry that also reaches
    headquarters. `subject`: what it was about; never a document's number or a secret in clear. `business_date`: the one
    that was open, if any was.
    """

    __owner__ = OUTLET
    __table_args__ = options(
        Index("access_log_made_at", "made_at"),
        Index("access_log_day", "business_date", "act"),
    )
    __append_only__ = True
    id: str = text(key=True)
    outlet: str | None = text(None)
    counter: str | None = text(None)
    operator: str = text()
    act: str = text()
    subject: str = text(index=True)
    reason: str = text("")
    business_date: str = text("")
    made_at: str = text()


class Setting(Table, table=True):
    """A value that belongs to this store: its outlet, when it was made, when it was last backed up."""

    __owner__ = LOCAL
    __published__ = True
    __table_args__ = options()
    name: str = text(key=True)
    value: str = text()
    revision: int = revision()


TRAINING = "training"
"""The setting of a store in which people learn: nothing in it counts."""
