"""Transfer notes 调拨单: the paper on which stock goes from headquarters to an outlet, back, or from one to another.

What changes the holder is a lease (`sync.Lease`); the note says what is in the box, and each end counts it.
"""

from data.tables.base import (
    OUTLET,
    STREAM,
    Index,
    Partial,
    Table,
    UniqueConstraint,
    integer,
    options,
    ref,
    revision,
    state,
    text,
)


class TransferNote(Table, table=True):
    """A transfer note. Headquarters alone writes it; both ends are handed it.

    `kind`, `of`: as a lease's, of what lies somewhere (`boss_tui.sync.scarce`). `sender`, `receiver`: outlets; empty:
    headquarters. `pieces`: how many are wanted, and once they are sent, how many are in the box. `from_lease`: the
    block that is recalled so 回收; `lease_id`: the block that the receiver got. `missing`: how many have not come.

    States: draft (the sender still has them), sent (on their way), received (all of them came), differs (some did not:
    a case for the sender), resolved (that case was settled: `outcome`, by `settled_by`, in `words`), cancelled.
    """

    __owner__ = STREAM
    __table_args__ = options(
        UniqueConstraint("number", name="transfer_note_number"),
        Index("transfer_note_state", "state", "number"),
        Partial("transfer_note_from_lease", "from_lease", where="from_lease != ''"),
    )
    id: str = text(key=True)
    number: int = integer()
    kind: str = text()
    of: str = text("")
    sender: str = text("")
    receiver: str = text("")
    pieces: int = integer()
    from_lease: str = text("")
    lease_id: str = text("")
    reason: str = text("")
    outcome: str = state("outcome", "", "returned", "lost", default="")
    state: str = state("state", "draft", "sent", "received", "differs", "resolved", "cancelled", default="draft")
    missing: int = integer(0)
    made_by: str = text()
    made_at: str = text()
    sent_at: str = text("")
    received_at: str = text("")
    settled_by: str = text("")
    words: str = text("")
    revision: int = revision()


class TransferPiece(Table, table=True):
    """A piece on a note. State: in_transit, received, missing, returned (it had never left its sender), lost."""

    __owner__ = STREAM
    __table_args__ = options(Index("transfer_piece_piece", "piece"))
    note_id: str = ref("transfer_note.id", key=True)
    piece: str = text(key=True)
    state: str = state("state", "in_transit", "received", "missing", "returned", "lost", default="in_transit")
    revision: int = revision()


class TransferCount(Table, table=True):
    """What one end of a note counted: put into the box (sent) or found in it (received), by whom, and who signed with
    them. `listed`: JSON, the serials that were put in, or those that were not found."""

    __owner__ = OUTLET
    __append_only__ = True
    __table_args__ = options(Index("transfer_count_note", "note_id", "end_of"))
    id: str = text(key=True)
    outlet: str = text()
    note_id: str = ref("transfer_note.id", index=False)
    end_of: str = state("end_of", "sent", "received")
    pieces: int = integer()
    listed: str = text("[]")
    reason: str = text("")
    counted_by: str = text()
    approved_by: str = text()
    business_date: str = text()
    made_at: str = text()
