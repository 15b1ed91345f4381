"""What an outlet has left to sell from its leases, and asking headquarters for more when it runs low."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import bindparam, func, select

from boss_tui.sync.client import Refused
from boss_tui.sync.link import Link
from boss_tui.sync.outbox import author
from boss_tui.sync.shapes import LeaseRequest, Standing
from boss_tui.sync.wire import target
from data.clock import new_key
from data.message import Message
from data.store import Reading
from data.tables.document import DocumentRange
from data.tables.resource import PhoneNumber, SimCard
from data.tables.sync import Lease, Setting

_number: Any = PhoneNumber.__table__  # type: ignore[attr-defined]
_sim: Any = SimCard.__table__  # type: ignore[attr-defined]
_range: Any = DocumentRange.__table__  # type: ignore[attr-defined]
_LEFT = func.coalesce(func.sum(_range.c.last_number - _range.c.next_number + 1), 0)


def _pieces(table: Any, state: str) -> Any:
    return select(func.count()).select_from(table).where(table.c.outlet == bindparam("of"), table.c.state == state)


def _papers(kind: str) -> Any:
    return select(_LEFT).where(_range.c.outlet == bindparam("of"), _range.c.kind == kind, _range.c.state == "open")


_COUNT: dict[str, Any] = {
    "number": _pieces(_number, "idle"), "sim": _pieces(_sim, "in_stock"),
    "invoice": _papers("invoice"), "receipt": _papers("receipt"), "slip": _papers("slip"),
    "contract": _papers("contract"),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class LowWater:
    """Ask for `ask` pieces when fewer than `least` are left.

    `least` should last for twice the busiest day times the days without a link (store-and-sync-facts 3).
    """

    least: int
    ask: int


DEFAULT_MARKS = {
    "number": LowWater(50, 200), "sim": LowWater(50, 200),
    "invoice": LowWater(200, 1000), "receipt": LowWater(200, 1000), "slip": LowWater(200, 1000),
    "contract": LowWater(100, 500),
}  # fmt: skip


def left(reading: Reading, outlet: str, kind: str) -> int:
    """How many of a kind the outlet can still sell or use."""
    return int(reading.scalar(_COUNT[kind], of=outlet))


def ask_for_more(link: Link, marks: Mapping[str, LowWater] = DEFAULT_MARKS) -> dict[str, Message | None]:
    """Ask for each kind that is below its mark; answers, by kind asked for, None or why headquarters said no.

    What is granted comes by the next pull. A request keeps its key until its lease arrives, so that a lost answer does
    not make two. Outside when headquarters can't be reached.
    """
    asked: dict[str, Message | None] = {}
    for kind, mark in marks.items():
        with link.store.reading() as reading:
            low = left(reading, link.outlet, kind) < mark.least
        if low:
            asked[kind] = _ask(link, kind, mark.ask)
    return asked


def _ask(link: Link, kind: str, pieces: int) -> Message | None:
    request = LeaseRequest(request_id=_request_id(link, kind), kind=kind, pieces=pieces)
    try:
        link.client.ask(Standing, "POST", target(link.outlet, "leases"), request.model_dump_json().encode())
    except Refused as refused:
        return refused.message
    return None


def _request_id(link: Link, kind: str) -> str:
    """The key of the request under way; a new one once the lease of the last has arrived."""
    name = f"lease_request.{kind}"
    with link.store.transaction(author(link.outlet)) as tx:
        before = tx.find(Setting, name=name)
        if before is None:
            return tx.add(Setting, name=name, value=new_key(tx.clock)).value
        if tx.find(Lease, id=before.value) is None:
            return before.value
        return tx.change(before, value=new_key(tx.clock)).value
