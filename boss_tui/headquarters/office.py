"""What all parts of headquarters share: its store, its key, where it stands with an outlet, and how it says no."""

from __future__ import annotations

from typing import Any

from msgspec import Struct
from sqlalchemy import bindparam, update

from boss_tui.sync.keys import DeviceKey, is_signed
from boss_tui.sync.shapes import Refusal, Standing
from boss_tui.sync.wire import receipt_text
from data.clock import stamp
from data.errors import BossError
from data.journal import Author
from data.message import Message, say
from data.store import Reading, Store, UnitOfWork
from data.tables.sync import EnrolledOutlet

enrolled = EnrolledOutlet.table()
STOP = update(enrolled).values(stopped=bindparam("new_stopped")).where(enrolled.c.outlet == bindparam("of"))


class Office(Struct, frozen=True):
    """Headquarters' store and key."""

    store: Store
    key: DeviceKey

    def standing(self, row: EnrolledOutlet) -> Standing:
        """Where headquarters stands with an outlet, with its signed receipt."""
        receipt: dict[str, Any] = {
            "outlet": row.outlet,
            "epoch": row.epoch,
            "next_seq": row.next_seq,
            "head": row.head_hash,
            "durable_seq": row.durable_seq,
        }
        signed = self.key.sign(receipt_text(receipt))
        now = stamp(self.store.clock.now())
        return Standing(**receipt, receipt=signed, feed_next=row.feed_next, stopped=row.stopped, time=now)


class Refuse(BossError):
    """A refusal on its way to the outlet: an HTTP status, a code of `shapes.Refusal`, a reason."""

    def __init__(
        self, status: int, code: str, message: Message, standing: Standing | None = None, *, stream_next: int = 0
    ) -> None:
        super().__init__(message)
        self.status = status
        self.code = code
        self.standing = standing
        self.stream_next = stream_next

    def refusal(self) -> Refusal:
        """As it travels."""
        return Refusal(
            code=self.code, reason=self.message.as_json(), standing=self.standing, stream_next=self.stream_next
        )


def author(outlet: str, kind: str) -> Author:
    """Headquarters as the author of a transaction about an outlet."""
    return Author(outlet, kind, "headquarters")


def enrolled_row(reading: Reading, outlet: str) -> EnrolledOutlet:
    """An outlet that headquarters knows; Refuse when it doesn't."""
    row = reading.find(EnrolledOutlet, outlet=outlet)
    if row is None:
        raise Refuse(401, "unknown", say("Outlet {outlet} is not enrolled.", outlet=outlet))
    return row


def check_signature(office: Office, outlet: str, signed: bytes, signature: str) -> EnrolledOutlet:
    """The outlet, if its key signed these bytes; Refuse when it is unknown, or another key did."""
    with office.store.reading() as reading:
        row = enrolled_row(reading, outlet)
    if not is_signed(row.public_key, signed, signature):
        raise Refuse(401, "signature", say("The request is not signed by the key of outlet {outlet}.", outlet=outlet))
    return row


def move(tx: UnitOfWork, outlet: str, **values: Any) -> None:
    """Set columns of an outlet's row. The caller holds the outlet's lock."""
    named = {f"new_{name}": value for name, value in values.items()}
    statement = update(enrolled).values({name: bindparam(f"new_{name}") for name in sorted(values)})
    tx.run(statement.where(enrolled.c.outlet == bindparam("of")), of=outlet, **named)
