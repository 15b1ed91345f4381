"""What is secret in the rows of a feed item (the keys of SIM cards): beside it, enciphered for its reader alone.

An item's body, which both sides keep, sign and compare, never tells it. Who sends the item adds it from their own rows:
headquarters for the key of the outlet that holds the row, an outlet that gives an item back for headquarters'.
Source: design 6.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from typing import Any, Protocol

from boss_tui.sync.keys import DeviceKey, enciphered_for
from boss_tui.sync.rows import Unfit, key_of, shared_tables
from boss_tui.sync.wire import Rubbish, loads
from data.errors import Damaged
from data.journal import canonical
from data.message import say
from data.statements import keys
from data.store import Reading
from data.tables.base import Table

Rows = Mapping[str, Sequence[Mapping[str, Any]]]


class ItemLike(Protocol):
    """An item, stored or on its way."""

    @property
    def number(self) -> int:
        """Its number in the outlet's feed."""

    @property
    def body(self) -> str:
        """JSON."""

    @property
    def enciphered(self) -> str:
        """What is secret of it, for who has it."""


def _purpose(outlet: str, number: int) -> str:
    return f"boss item 1 {outlet} {number}"


@cache
def _guarded() -> Mapping[str, type[Table]]:
    return {name: table for name, table in shared_tables().items() if table.__enciphered__}


def secrets_for(public: str, reading: Reading, outlet: str, item: ItemLike) -> str:
    """What is secret in the rows of an outlet's item, as they stand here, for the holder of a public key; empty when
    nothing is. Of rows that are not that outlet's (any more), nothing is told."""
    told = [
        [table, list(key), secret]
        for table, key in _places(item.body)
        if (secret := _secret(reading, _guarded()[table], key, outlet))
    ]
    return enciphered_for(public, canonical(told).encode(), _purpose(outlet, item.number)) if told else ""


def _places(body: str) -> Iterator[tuple[str, tuple[Any, ...]]]:
    """The rows in an item that have something secret; none of one that this program can't read: it is its reader's."""
    try:
        rows = json.loads(body)["rows"]
        yield from [(table, key_of(_guarded()[table], row)) for table in _guarded() for row in rows.get(table, ())]
    except (ValueError, KeyError, TypeError, AttributeError, Unfit):
        return


def _secret(reading: Reading, model: type[Table], key: tuple[Any, ...], outlet: str) -> dict[str, str]:
    here = reading.find(model, **dict(zip(keys(model), key, strict=True)))
    if here is None or here.__dict__["outlet"] != outlet:
        return {}
    return {name: value for name in model.__enciphered__ if (value := here.__dict__[name])}


def with_secrets(key: DeviceKey, outlet: str, item: ItemLike, rows: Rows) -> dict[str, list[dict[str, Any]]]:
    """The rows of an item with what came beside it. Unfit when that was not enciphered for this key and this item, or
    is of other rows."""
    whole = {table: [dict(row) for row in listed] for table, listed in rows.items()}
    if not item.enciphered:
        return whole
    by_key = {
        (table, key_of(_guarded()[table], row)): row
        for table, listed in whole.items()
        if table in _guarded()
        for row in listed
    }
    try:
        told = loads(key.deciphered(item.enciphered, _purpose(outlet, item.number)).decode())
        for table, of, secret in told:
            if not set(secret) <= set(_guarded()[table].__enciphered__):
                raise KeyError(table)
            by_key[table, tuple(of)].update(secret)
    except Damaged as fault:
        raise Unfit(fault.message) from fault
    except (Rubbish, KeyError, TypeError, ValueError) as fault:
        raise Unfit(say("What came enciphered beside feed item {number} is not of it.", number=item.number)) from fault
    return whole
