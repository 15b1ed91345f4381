"""Batches and receipts as files on a stick, for outlets that no link reaches: signed, written whole or not at all."""

from __future__ import annotations

import base64
import binascii
import hashlib
import os
from pathlib import Path
from typing import TYPE_CHECKING, Literal, TypeVar

from pydantic import BaseModel

from boss_tui.sync.shapes import Count, Page, Refusal
from boss_tui.sync.wire import Rubbish, Shape, read
from data.errors import Damaged, Outside
from data.journal import canonical
from data.message import say

if TYPE_CHECKING:
    from boss_tui.sync.link import Link, Pulled

FILE_BYTES = 512_000_000
ENTRIES = 500

F = TypeVar("F", bound=BaseModel)


class CarriedBatch(Shape):
    """A batch as it would be pushed: its bytes as base64, and its signature."""

    body: str
    signature: str

    def content(self) -> bytes:
        """The bytes; empty when they are no base64, so that the signature does not fit them."""
        try:
            return base64.b64decode(self.body, validate=True)
        except (binascii.Error, ValueError):
            return b""


class Carried(Shape):
    """What an outlet carries to headquarters."""

    format: Literal["boss-carry-1"] = "boss-carry-1"
    outlet: str
    feed_cursor: Count
    stream_cursor: Count
    batches: list[CarriedBatch]
    signature: str


class Receipt(Shape):
    """What headquarters gives back: where it stands, what the feed has, and a refusal if there was one."""

    format: Literal["boss-receipt-1"] = "boss-receipt-1"
    outlet: str
    page: Page
    refusal: Refusal | None
    signature: str


def carried_text(carried: Carried) -> bytes:
    """The bytes that a carried file's signature is over."""
    listed = [[hashlib.sha256(batch.body.encode()).hexdigest(), batch.signature] for batch in carried.batches]
    told = canonical([carried.outlet, carried.feed_cursor, carried.stream_cursor, listed])
    return f"boss-sync-1\ncarried\n{told}".encode()


def receipt_file_text(receipt: Receipt) -> bytes:
    """The bytes that a receipt file's signature is over."""
    return f"boss-sync-1\nreceipt file\n{canonical(receipt.model_dump(exclude={'signature'}))}".encode()


def write_file(path: Path, content: BaseModel) -> None:
    """Write a file whole: under another name, synced, then renamed, and its folder synced."""
    whole = path.with_name(path.name + ".part")
    try:
        with whole.open("wb") as file:
            file.write(content.model_dump_json().encode())
            file.flush()
            os.fsync(file.fileno())
        whole.replace(path)
        folder = os.open(path.parent, os.O_RDONLY)
        try:
            os.fsync(folder)
        finally:
            os.close(folder)
    except OSError as fault:
        raise Outside(say("{path} can't be written: {fault}", path=str(path), fault=str(fault))) from fault


def read_file(path: Path, shape: type[F]) -> F:
    """A file of one of the shapes above. Damaged when it is none, Outside when it can't be read."""
    try:
        with path.open("rb") as file:
            content = file.read(FILE_BYTES + 1)
    except OSError as fault:
        raise Outside(say("{path} can't be read: {fault}", path=str(path), fault=str(fault))) from fault
    try:
        return read(shape, content)
    except Rubbish as fault:
        raise Damaged(say("{path} is no carried file: {fault}", path=str(path), fault=str(fault))) from fault


def export(link: Link, path: Path) -> int:
    """Write all that headquarters has not acknowledged to a file; answers how many entries. Nothing is changed."""
    after, count, batches = link.head().acked_seq, 0, []
    while True:
        packed = link.packed(after, ENTRIES)
        if packed is None:
            break
        batches.append(CarriedBatch(body=base64.b64encode(packed.body).decode(), signature=packed.signature))
        count += packed.last - packed.first + 1
        after = packed.last
    head = link.head()
    told = Carried(
        outlet=link.outlet,
        feed_cursor=head.feed_cursor,
        stream_cursor=head.stream_cursor,
        batches=batches,
        signature="",
    )
    write_file(path, told.model_copy(update={"signature": link.key.sign(carried_text(told))}))
    return count


def import_receipt(link: Link, path: Path) -> Pulled:
    """Take a receipt file: what headquarters acknowledged, and its feed. An old or repeated one does no harm.

    Damaged when it is not signed by headquarters or is another outlet's.
    """
    receipt = read_file(path, Receipt)
    link.take_receipt(receipt)
    return link.apply(receipt.page)
