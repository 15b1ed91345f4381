"""What an outlet has left to sell from its leases, and asking headquarters for more when it runs low."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import Any

from msgspec import Struct
from sqlalchemy import bindparam, func, select

from boss_tui.components.resources.leases import not_over
from boss_tui.sync.client import Refused
from boss_tui.sync.link import Link
from boss_tui.sync.outbox import author
from boss_tui.sync.scarce import PAPERS, PIECES
from boss_tui.sync.shapes import LeaseRequest, Standing
from boss_tui.sync.wire import target
from data.clock import new_key, stamp
from data.message import Message
from data.parameters import (
    BLANK_TARGET,
    CARD_TARGET,
    HANDSET_TARGET,
    IMSI_TARGET,
    NUMBER_TARGET,
    PAPER_TARGET,
    SIM_TARGET,
    Declared,
)
from data.store import Reading
from data.tables.document import DocumentRange
from data.tables.sync import Lease, Setting

_range = DocumentRange.table()
_lease = Lease.table()
_PAPERS = select(func.coalesce(func.sum(_range.c.last_number - _range.c.next_number + 1), 0)).where(
    _range.c.outlet == bindparam("of"), _range.c.kind == bindparam("of_kind"), _range.c.state == "open"
)
_SORTS = (
    select(_lease.c.of)
    .where(_lease.c.outlet == bindparam("of"), _lease.c.kind == bindparam("of_kind"), _lease.c.recalled_at == "")
    .distinct()
)


@cache
def _pieces(kind: str, *, of: bool) -> Any:
    about = PIECES[kind]
    table: Any = about.model.table()
    statement = select(func.count()).select_from(table)
    statement = statement.where(
        table.c.outlet == bindparam("of"), table.c.state == about.free, not_over(table.c.lease_id, table.c[about.key])
    )
    return statement.where(table.c[about.sort] == bindparam("sort")) if of else statement


class LowWater(Struct, frozen=True):
    """Ask for what is wanting to `target` pieces when fewer than `least` are left.

    `least` should last for twice the busiest day times the days without a link (store-and-sync-facts 3).
    """

    least: int
    target: int


TARGETS: Mapping[str, Declared] = {
    "number": NUMBER_TARGET,
    "sim": SIM_TARGET,
    "blank": BLANK_TARGET,
    "imsi": IMSI_TARGET,
    "handset": HANDSET_TARGET,
    "card": CARD_TARGET,
    **dict.fromkeys(PAPERS, PAPER_TARGET),
}
_LOW = 4
"""The part of its target that an outlet may be down to before it asks for more."""


def marks_of(reading: Reading) -> dict[str, LowWater]:
    """Each kind's mark, as managers own its target."""
    targets = {kind: declared.of(reading) for kind, declared in TARGETS.items()}
    return {kind: LowWater(-(-target // _LOW), target) for kind, target in targets.items()}


def left(reading: Reading, outlet: str, kind: str, of: str = "") -> int:
    """How many of a kind, or of one sort of it, the outlet can still sell or use."""
    if kind not in PIECES:
        return int(reading.scalar(_PAPERS, of=outlet, of_kind=kind))
    sort = PIECES[kind].sort_of(of) if of else ""
    asked = {"sort": sort} if of else {}
    return int(reading.scalar(_pieces(kind, of=bool(of)), of=outlet, sold_at=stamp(reading.present()), **asked))


def _sorts(reading: Reading, outlet: str, kind: str) -> list[str]:
    """The sorts of a kind that are asked for: those that every outlet has, and of what not every outlet sells those
    that it was handed before, unless headquarters asked for them back. One that is empty is any."""
    about = PIECES.get(kind)
    everywhere = set(about.everywhere(reading)) if about is not None else set[str]()
    if about is None or not (about.by_sort or everywhere):
        return [""]
    before = {str(of) for (of,) in reading.rows(_SORTS, of=outlet, of_kind=kind)}
    return sorted(everywhere | (before - {""} if everywhere else before))


def ask_for_more(link: Link, marks: Mapping[str, LowWater] | None = None) -> dict[str, Message | None]:
    """Ask for each kind, sort by sort where it has sorts, that is below its mark; answers, by what was asked for (such
    as `card 5000`), None or why headquarters said no. `marks`: by default what managers have set.

    What is granted comes by the next pull. A request keeps its key until its lease arrives, so that a lost answer does
    not make two. Outside when headquarters can't be reached.
    """
    with link.store.reading() as reading:
        low = [
            (kind, of, mark.target - there)
            for kind, mark in (marks_of(reading) if marks is None else marks).items()
            for of in _sorts(reading, link.outlet, kind)
            if (there := left(reading, link.outlet, kind, of)) < mark.least
        ]
    return {f"{kind} {of}".strip(): _ask(link, kind, of, pieces) for kind, of, pieces in low}


def _ask(link: Link, kind: str, of: str, pieces: int) -> Message | None:
    request = LeaseRequest(request_id=_request_id(link, kind, of), kind=kind, of=of, pieces=pieces)
    try:
        link.client.ask(Standing, "POST", target(link.outlet, "leases"), request.model_dump_json().encode())
    except Refused as refused:
        return refused.message
    return None


def _request_id(link: Link, kind: str, of: str) -> str:
    """The key of the request under way; a new one once the lease of the last has arrived."""
    name = f"lease_request.{kind}.{of}".removesuffix(".")
    with link.store.transaction(author(link.outlet)) as tx:
        before = tx.find(Setting, name=name)
        if before is None:
            return tx.add(Setting, name=name, value=new_key(tx.clock)).value
        if tx.find(Lease, id=before.value) is None:
            return before.value
        return tx.change(before, value=new_key(tx.clock)).value
