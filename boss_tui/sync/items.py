"""Feed items as both sides read them: which kinds there are, which tables each may write, and the digest of a page."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from typing import Any, Protocol

from boss_tui.sync.rows import Unfit
from data.message import say
from data.tables import all_tables
from data.tables.base import LEASED, headquarters

PARTS = ("organisation", "customers", "products", "tariffs", "notices", "resources", "network", "rules")
"""The parts of what headquarters publishes, in their order: a part refers to those before it."""
TABLES_OF_PART: dict[str, tuple[str, ...]] = {
    part: tuple(name for name, table in all_tables().items() if table.__owner__ == headquarters(part)) for part in PARTS
}
"""The tables of each part."""
LEASES = frozenset(name for name, table in all_tables().items() if table.__owner__ is LEASED) | {"lease"}

KINDS: dict[str, tuple[int, frozenset[str]]] = {
    "lease": (1, LEASES),
    "lease_end": (1, LEASES),
    "transfer": (1, LEASES | {"transfer_note", "transfer_piece"}),
    "exception": (1, frozenset({"sync_exception"})),
    "exception_resolved": (1, frozenset({"sync_exception"})),
}
"""Each kind: the newest version that this program applies, and the tables that it may write."""

MOST_ITEMS = 2**53
"""No item has a higher number: none that JSON's readers would agree on."""


class ItemLike(Protocol):
    """What an item is told by, stored or on its way."""

    @property
    def number(self) -> int:
        """Its number in the outlet's feed."""

    @property
    def kind(self) -> str:
        """One of KINDS, or one of a newer program."""

    @property
    def kind_version(self) -> int:
        """The version of its kind."""

    @property
    def body(self) -> str:
        """JSON."""


def digest(items: Iterable[ItemLike]) -> str:
    """One hash for a run of items, in the order of their numbers."""
    told = "".join(
        f"{item.number}:{item.kind}:{item.kind_version}:{hashlib.sha256(item.body.encode()).hexdigest()}\n"
        for item in sorted(items, key=lambda item: item.number)
    )
    return hashlib.sha256(told.encode()).hexdigest()


def numbers_told(told: Any) -> tuple[list[int], list[int]]:
    """The numbers of the items that an entry says were applied, and that wait. ValueError: one is no number of an item;
    KeyError or TypeError: it tells of no items."""
    applied, waiting = list(told["applied"]), [number for number, *_ in told["waiting"]]
    if not all(type(number) is int and 0 < number <= MOST_ITEMS for number in (*applied, *waiting)):
        raise ValueError("no number of an item")
    return applied, waiting


def rows_of(kind: str, body: Any) -> dict[str, list[dict[str, Any]]]:
    """The rows that an item of a known kind holds; Unfit when its tables are others."""
    rows = body.get("rows") if isinstance(body, dict) else None
    if not isinstance(rows, dict) or not set(rows) <= KINDS[kind][1]:
        raise Unfit(say("A feed item {kind} holds other rows than it may.", kind=kind))
    if not all(isinstance(told, list) and all(isinstance(row, dict) for row in told) for told in rows.values()):
        raise Unfit(say("A feed item {kind} holds no rows.", kind=kind))
    if any(row.get(name) for table, told in rows.items() for name in _untold(table) for row in told):
        raise Unfit(say("A feed item {kind} tells a secret in clear.", kind=kind))
    return rows


def _untold(table: str) -> tuple[str, ...]:
    """The columns of a table that stand in no item."""
    model = all_tables()[table]
    return (*model.__secret__, *model.__enciphered__)
