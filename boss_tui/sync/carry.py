"""Batches and receipts as files on a stick, for outlets that no link reaches: signed, enciphered for who is to read
them, written whole or not at all."""

from __future__ import annotations

import base64
import binascii
import hashlib
import json
import os
from pathlib import Path
from typing import TYPE_CHECKING, Literal, TypeVar

from pydantic import BaseModel

from boss_tui.sync.keys import DeviceKey, enciphered_for
from boss_tui.sync.shapes import Count
from boss_tui.sync.wire import Rubbish, Shape, pack, read, unpack
from data.errors import Damaged, Outside, reason_of
from data.journal import canonical
from data.message import say

if TYPE_CHECKING:
    from boss_tui.sync.link import Link, Pulled
from boss_tui.sync.receipt import Receipt

FILE_BYTES = 512_000_000


ENTRIES = 500


CARRIED: Literal["boss-carry-2"] = "boss-carry-2"


_IN_CLEAR = ("boss-carry-1", "boss-receipt-1")
"""What older programs wrote: signed, and in clear."""


F = TypeVar("F", bound="Carried | Receipt")


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

    format: Literal["boss-carry-2"] = CARRIED
    outlet: str
    feed_cursor: Count
    stream_cursor: Count
    batches: list[CarriedBatch]
    signature: str


class Enciphered(Shape):
    """A file as it is carried: which of the two it is, of which outlet, and its content, packed, for its reader's key
    alone. One that was taken for the other, or for another outlet's, can't be deciphered."""

    format: Literal["boss-carry-2", "boss-receipt-2"]
    outlet: str
    content: str

    def purpose(self) -> str:
        """What it was enciphered for."""
        return f"{self.format} {self.outlet}"


def carried_text(carried: Carried) -> bytes:
    """The bytes that a carried file's signature is over."""
    listed = [[hashlib.sha256(batch.body.encode()).hexdigest(), batch.signature] for batch in carried.batches]
    told = canonical([carried.outlet, carried.feed_cursor, carried.stream_cursor, listed])
    return f"boss-sync-1\ncarried\n{told}".encode()


def write_file(path: Path, content: Carried | Receipt, reader: str) -> None:
    """Write a file whole, for the holder of a public key: under another name, synced, then renamed, and its folder
    synced."""
    told = Enciphered(format=content.format, outlet=content.outlet, content="")
    packed = enciphered_for(reader, pack(content.model_dump()), told.purpose())
    _write(path, told.model_copy(update={"content": packed}))


def _write(path: Path, content: BaseModel) -> None:
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
        raise Outside(say("{path} can't be written: {fault}", path=str(path), fault=reason_of(fault))) from fault


def read_file(path: Path, shape: type[F], key: DeviceKey) -> F:
    """A file of one of the shapes above. Damaged when it is none, was not written for this key, or is an older
    program's; Outside when it can't be read."""
    try:
        with path.open("rb") as file:
            content = file.read(FILE_BYTES + 1)
    except OSError as fault:
        raise Outside(say("{path} can't be read: {fault}", path=str(path), fault=reason_of(fault))) from fault
    try:
        told = read(Enciphered, content)
        if told.format != shape.model_fields["format"].default:
            raise Rubbish(told.format)
        return read(shape, unpack(key.deciphered(told.content, told.purpose()), FILE_BYTES))
    except Rubbish as fault:
        if _is_in_clear(content):
            old = say("{path} was written by an older program, in clear: write it anew with this one.", path=str(path))
            raise Damaged(old) from fault
        raise Damaged(
            say("{path} is no carried file, or not whole: copy it again. ({fault})", path=str(path), fault=str(fault))
        ) from fault


def _is_in_clear(content: bytes) -> bool:
    try:
        told = json.loads(content)
    except (ValueError, RecursionError):
        return False
    return isinstance(told, dict) and told.get("format") in _IN_CLEAR


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
    write_file(path, told.model_copy(update={"signature": link.key.sign(carried_text(told))}), link.server_key)
    return count


def import_receipt(link: Link, path: Path) -> Pulled:
    """Take a receipt file: what headquarters acknowledged, and its feed. An old or repeated one does no harm.

    Damaged when it is not signed by headquarters, or was not written for this outlet.
    """
    receipt = read_file(path, Receipt, link.key)
    link.take_receipt(receipt)
    return link.apply(receipt.page)
