"""Cards' keys at headquarters: the transport keys that they come under, and the file in which an element gets them.

A transport key is put together of two parts, each typed by another person, who knows no more of it: it goes into a file
of its own at this machine (`remote.secret_files`), and a row says its check value alone. Keys of cards are never shown;
they leave in one file for the element, written by who looks after elements and did not take the batch in.
Source: management-facts 5.4 (key ceremony; importer, reader and owner apart).
"""

from __future__ import annotations

import hashlib
import os
import re
from collections.abc import Iterator
from pathlib import Path

from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes
from sqlalchemy import bindparam, select

from boss_tui.components.operators.operators import Operators
from boss_tui.desk import Desk
from boss_tui.editions.noting import note
from boss_tui.remote import secret_files
from data.errors import NotAllowed, NotFound, Outside, reason_of
from data.message import say
from data.store import Reading
from data.tables.resource import SimCard
from data.tables.stockroom import SimBatch, StockBatch, TransportKey

_PART = re.compile(r"(?:[0-9A-Fa-f]{32}|[0-9A-Fa-f]{48}|[0-9A-Fa-f]{64})", re.ASCII)
_INDEX = re.compile(r"[0-9]{1,3}", re.ASCII)
PAGE = 5_000

_c = SimCard.table()
_KEYS = (
    select(_c.c.imsi, _c.c.ki)
    .where(_c.c.batch_id == bindparam("batch"), _c.c.imsi > bindparam("after"))
    .order_by(_c.c.imsi)
    .limit(bindparam("most"))
)


def check_value(key: bytes) -> str:
    """What two sides compare to know that they have the same key: 6 hex digits that tell nothing of it."""
    engine = Cipher(algorithms.AES(key), modes.ECB()).encryptor()
    return engine.update(bytes(16))[:3].hex().upper()


def keep(desk: Desk, home: Path, index: str, parts: tuple[str, str], checker: str, maker: str = "") -> TransportKey:
    """Put a transport key together and keep it; what it was before under that index is no more.

    `parts`: hexadecimal, of the same length (AES of 128, 192 or 256 bits); `checker`: who typed the second one.
    NotAllowed names the field: index, part.
    """
    if not _INDEX.fullmatch(index):
        raise NotAllowed(say("An index has 1 to 3 digits."), field="index")
    if not all(map(_PART.fullmatch, parts)) or len(parts[0]) != len(parts[1]):
        raise NotAllowed(say("Each part has 32, 48 or 64 hexadecimal digits, both the same number."), field="part")
    one, other = (bytes.fromhex(part) for part in parts)
    key = bytes(a ^ b for a, b in zip(one, other, strict=True))
    if not any(one) or not any(other) or not any(key):
        raise NotAllowed(say("A part that is all zeros, or both alike, make no key."), field="part")
    with desk.seat.writing("key.keep") as tx:
        context = desk.runs.context(tx, "M5")
        _must_be_two(Operators(context), checker)
        by = {"check_value": check_value(key), "maker": maker, "kept_by": context.operator, "approved_by": checker}
        here = tx.find(TransportKey, key_index=index)
        row = (
            tx.add(TransportKey, key_index=index, made_at=tx.now(), **by)
            if here is None
            else tx.change(here, state="active", made_at=tx.now(), **by)
        )
        note(context, "key.keep", said={"key": index, "check_value": row.check_value}, approved_by=checker)
        secret_files.keep_secret(home, secret_files.TRANSPORT, index, key.hex())
    return row


def _must_be_two(operators: Operators, checker: str) -> None:
    operators.may_manage("")
    operators.other_must_check(checker)


def write_file(desk: Desk, order_no: str, path: Path) -> tuple[SimBatch, int]:
    """The keys of a batch as its element takes them, into a new file that its owner alone reads; how many.

    NotAllowed: whoever works here does not look after elements (M10), or took the batch in. NotFound. Outside.
    """
    with desk.seat.writing("key.file") as tx:
        context = desk.runs.context(tx, "M10")
        Operators(context).may_manage("")
        batch = tx.find(SimBatch, order_no=order_no)
        if batch is None:
            raise NotFound(say("No batch of order {order} has come.", order=order_no))
        if tx.one(StockBatch, id=batch.id).operator == context.operator:
            told = say("Who took a batch in does not get its keys: another person writes the file.")
            raise NotAllowed(told, field="operator")
        digest, count = _written(tx, batch, path)
        batch = tx.change(batch, preloaded_at=tx.now(), preloaded_by=context.operator)
        told_of = {"order": order_no, "element": batch.element, "sha256": digest, "keys": count}
        note(context, "key.file", said=told_of)
    return batch, count


def _written(reading: Reading, batch: SimBatch, path: Path) -> tuple[str, int]:
    """Whole or not at all: the head says what is in it."""
    part = path.with_name(f".{path.name}.part")
    whole, count = hashlib.sha256(), 0
    try:
        if path.exists():
            raise FileExistsError(path)
        with os.fdopen(os.open(part, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w", encoding="utf-8") as file:
            said = {"element": batch.element, "order": batch.order_no, "key": batch.key_index, "count": batch.quantity}
            file.write(",".join(("#keys", *(f"{name}={value}" for name, value in said.items()))) + "\n")
            for line in _lines(reading, batch.id):
                file.write(line)
                whole.update(line.encode())
                count += 1
            file.flush()
            os.fsync(file.fileno())
        part.replace(path)
    except OSError as fault:
        part.unlink(missing_ok=True)
        raise Outside(say("{file} can't be written: {fault}", file=str(path), fault=reason_of(fault))) from fault
    return whole.hexdigest(), count


def _lines(reading: Reading, batch: str) -> Iterator[str]:
    after = ""
    while page := reading.rows(_KEYS, batch=batch, after=after, most=PAGE):
        yield from (f"{imsi},{key}\n" for imsi, key in page)
        after = str(page[-1][0])
