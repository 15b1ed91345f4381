"""An edition that is not worked out at a desk of the office: from a file, or by this program itself.

It is recorded and published as any other is, with its lines, their before and after, and who approved it (nobody, at a
founding).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from msgspec import Struct
from sqlalchemy import func, select

from boss_tui.editions.lines import RowEdit, Values, key_text, places_on, published_table
from boss_tui.editions.rows_date import stands_on
from boss_tui.editions.standing import content_hash, rows_of
from boss_tui.headquarters.stream import publish
from boss_tui.sync.dates import bring_to, business_date
from boss_tui.sync.keys import DeviceKey
from data.clock import new_key
from data.journal import canonical
from data.store import UnitOfWork
from data.tables.edition import Edition, EditionLine, Publication

_LAST = select(func.max(Edition.table().c.number))


class Said(Struct, frozen=True):
    """Who says what of an edition. `approver`: who has proven who they are; nobody at a founding. `counts_from`: a
    business date; empty, at once. `scope`: whom it reaches."""

    title: str
    author: str
    approver: str
    counts_from: str = ""
    scope: str = ""
    subject: str = "load"


def today(tx: UnitOfWork) -> str:
    """The business date that headquarters' rows stand at, brought up to the day."""
    bring_to(tx, business_date(tx, tx.author.outlet))
    return stands_on(tx)


def record_and_publish(tx: UnitOfWork, key: DeviceKey, said: Said, lines: Sequence[RowEdit]) -> Edition:
    """Record an approved edition and publish it. NotAllowed for what can't be published."""
    now, day = tx.now(), today(tx)
    counts_from = said.counts_from or day
    at_once = counts_from <= day
    edition = tx.add(
        Edition,
        id=new_key(tx.clock),
        number=int(tx.scalar(_LAST) or 0) + 1,
        subject=said.subject,
        title=said.title,
        scope=said.scope,
        effective_from=said.counts_from,
        author=said.author,
        made_at=now,
        submitted_at=now,
        state="in_force" if at_once else "approved",
        decided_by=said.approver,
        decided_at=now,
        counts_from=counts_from,
        at_once=int(at_once),
        in_force_at=now if at_once else "",
    )
    tx.add_many(EditionLine, list(_recorded(tx, edition, lines)))
    edition = tx.change(edition, content_hash=content_hash(edition, rows_of(tx, edition.id)))
    for number in publish(tx, key, edition, lines):
        tx.add(Publication, number=number, edition=edition.id, published_at=now)
    return edition


def _recorded(tx: UnitOfWork, edition: Edition, lines: Sequence[RowEdit]) -> Iterator[Values]:
    """The lines as the edition keeps them, each with what stood before."""
    stand = places_on(tx, [(line.table, line.key) for line in lines], edition.counts_from)
    for position, line in enumerate(lines):
        row = stand.get((line.table, line.key), {})
        names = published_table(line.table).__ended__ if line.op == "end" else line.values
        yield {
            "edition": edition.id,
            "position": position,
            "subject": edition.subject,
            "table_name": line.table,
            "row_key": key_text(line.key),
            "op": line.op,
            "before": canonical({name: row[name] for name in names if name in row}),
            "after": canonical(dict(line.values)),
        }
