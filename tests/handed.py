"""What headquarters publishes, for halls of tests that know no headquarters: it comes by the stream, as anywhere."""

from __future__ import annotations

from typing import Any

from boss_tui.editions.lines import Op, RowEdit
from boss_tui.editions.scope import scopes_here
from boss_tui.sync.dates import STREAM, business_date
from boss_tui.sync.edition_items import KIND, KIND_VERSION, About, parted
from boss_tui.sync.shapes import Item, StreamPage
from boss_tui.sync.stream import take_page
from data.clock import stamp
from data.demo.hall import OUTLET
from data.statements import keys, table_name
from data.store import Store
from data.tables.base import Table
from data.tables.sync import FeedItem, JournalHead


def row_line(model: type[Table], op: Op, **values: Any) -> RowEdit:
    """A row added, changed or ended, by its key and columns."""
    key = tuple(values.pop(name) for name in keys(model))
    return RowEdit(table_name(model), key, op, {name: value for name, value in values.items() if name != "revision"})


def hand_down(store: Store, *lines: RowEdit, on: str = "") -> None:
    """An edition that counts at once, or from a business date on."""
    with store.reading() as reading:
        here = reading.all(FeedItem, outlet=STREAM)
        cursor = reading.one(JournalHead, outlet=OUTLET).stream_cursor
        number = max([cursor, *(item.number for item in here)]) + 1
        day, scopes = business_date(reading, OUTLET), sorted(scopes_here(reading) or ())
    about = About("test", number, "test", "A change of a test", "3001", "3002", on or day, not on)
    (part,) = parted(about, lines)
    item = Item(
        number=number,
        kind=KIND,
        kind_version=KIND_VERSION,
        body=part.body(),
        made_at=stamp(store.clock.now()),
        signature="",
        scope="",
    )
    page = StreamPage(after=cursor, through=number, next=number + 1, scopes=scopes, items=[item])
    assert take_page(store, OUTLET, page).applied == 1


def handed_change(store: Store, model: type[Table], **values: Any) -> None:
    """One row changed: its key, and the columns that become others."""
    hand_down(store, row_line(model, "change", **values))
