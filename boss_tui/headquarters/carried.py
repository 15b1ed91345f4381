"""Batches that came on a stick, and the receipt that goes back on it: the same bytes and rules as over HTTP."""

from __future__ import annotations

from pathlib import Path

from boss_tui.headquarters.feed import page
from boss_tui.headquarters.office import Office, Refuse, check_signature, enrolled_row
from boss_tui.headquarters.push import take_batch
from boss_tui.headquarters.stream import page as stream_page
from boss_tui.sync.carry import Carried, CarriedBatch, carried_text, read_file, write_file
from boss_tui.sync.receipt import Receipt, receipt_file_text
from boss_tui.sync.shapes import Item, Page, Refusal, Standing, StreamPage


def take_carried(office: Office, path: Path, receipt: Path) -> tuple[Standing, Refusal | None]:
    """Take the batches of a carried file, and write the receipt with what the feed has for the outlet; answers where
    headquarters then stands, and the refusal of a batch if there was one.

    Damaged or Outside when the file is none, or can't be read or written; Refuse when it is not signed by its outlet.
    Batches that were taken before do no harm. A refusal of a batch stands in the receipt, which is then still written.
    """
    carried = read_file(path, Carried, office.key)
    row = check_signature(office, carried.outlet, carried_text(carried), carried.signature)
    refusal = _take_all(office, carried.outlet, carried.batches)
    with office.store.reading() as reading:
        standing = office.standing(enrolled_row(reading, carried.outlet))
    whole = Page(standing=standing, items=[])
    if refusal is None:
        items, stream = _all_items(office, carried.outlet, carried.feed_cursor), _all_of_stream(office, carried)
        whole = Page(standing=standing, items=items, stream=stream)
    told = Receipt(outlet=carried.outlet, page=whole, refusal=refusal, signature="")
    write_file(receipt, told.model_copy(update={"signature": office.key.sign(receipt_file_text(told))}), row.public_key)
    return standing, refusal


def _take_all(office: Office, outlet: str, batches: list[CarriedBatch]) -> Refusal | None:
    try:
        for batch in batches:
            take_batch(office, outlet, batch.content(), batch.signature, linked=False)
    except Refuse as refuse:
        return refuse.refusal()
    return None


def _all_items(office: Office, outlet: str, after: int) -> list[Item]:
    items: list[Item] = []
    while True:
        more = page(office, outlet, after, 200).items
        if not more:
            return items
        items += more
        after = more[-1].number


def _all_of_stream(office: Office, carried: Carried) -> StreamPage:
    """What the outlet has not read yet of the stream, as one page."""
    with office.store.reading() as reading:
        one = stream_page(reading, office, carried.outlet, carried.stream_cursor, 200)
        items = [*one.items]
        while one.through + 1 < one.next:
            one = stream_page(reading, office, carried.outlet, one.through, 200)
            items += one.items
    return one.model_copy(update={"after": carried.stream_cursor, "items": items})
