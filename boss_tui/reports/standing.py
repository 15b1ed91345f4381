"""How the outlet stands at the moment of a day's report: what is in stock, and what waits (catalogue M11, F5).

It can't be made again later, so that a closed day says what stood there when it was closed. Nothing is counted one by
one: each line is an index's range.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import BigInteger, bindparam, case, cast, func, select
from sqlalchemy import text as sql

from boss_tui.components.documents import handwritten
from boss_tui.components.stock import stock_book
from boss_tui.reports.report import Column, Section, Value
from data.message import Message, say
from data.states import kind_name, state_name
from data.store import Reading
from data.tables.document import DocumentRange
from data.tables.mobile import OPEN, MobilePayment
from data.tables.network import WorkOrder
from data.tables.order import IN_PROGRESS, ProductOrder
from data.tables.resource import PhoneNumber
from data.tables.sync import UNSETTLED, JournalHead, PrintJob, SyncException

_n = PhoneNumber.table()
_r = DocumentRange.table()
_o = ProductOrder.table()
_w = WorkOrder.table()
_j = PrintJob.table()
_m = MobilePayment.table()
_e = SyncException.table()
_OUTLET: Any = bindparam("outlet")


_NUMBERS = select(func.count()).where(_n.c.outlet == _OUTLET, _n.c.state == "idle")
_left = cast(func.sum(_r.c.last_number - _r.c.next_number + 1), BigInteger)
_RANGES = (
    select(_r.c.kind, _r.c.code, func.coalesce(_left, 0))
    .where(_r.c.outlet == _OUTLET, _r.c.state == "open")
    .group_by(_r.c.kind, _r.c.code)
    .order_by(_r.c.kind, _r.c.code)
)
_WAITING = {
    "orders": select(func.count()).select_from(_o).where(sql(IN_PROGRESS), _o.c.outlet == _OUTLET),
    "manual": select(func.count())
    .select_from(_w.join(_o, _o.c.id == _w.c.order_id))
    .where(_w.c.kind == "manual", _w.c.state == "open", _o.c.outlet == _OUTLET),
    "prints": select(func.count()).select_from(_j).where(sql(UNSETTLED)),
    "unknown": select(func.coalesce(func.sum(case((_j.c.state == "unknown", 1), else_=0)), 0))
    .select_from(_j)
    .where(sql(UNSETTLED)),
    "dead": select(func.count()).select_from(_e).where(_e.c.state == "open", _e.c.outlet == _OUTLET),
    "payments": select(func.count()).select_from(_m).where(sql(f"({OPEN})"), _m.c.outlet == _OUTLET),
}
"""What of an outlet waits: headquarters' store has that of all."""
WAITING: dict[str, Message] = {
    "orders": say("Orders open in the network"),
    "manual": say("Work by hand that is open"),
    "journal": say("Entries that headquarters has not"),
    "dead": say("Entries that headquarters refused"),
    "prints": say("Papers not out yet"),
    "unknown": say("Papers of which nobody knows"),
    "payments": say("Mobile payments not settled"),
}


def standing(reading: Reading, outlet: str) -> tuple[Section, ...]:
    """What is in stock, what waits, and what is in suspense, slip by slip."""
    return _stock(reading, outlet), _waiting(waiting(reading, outlet)), *_suspense(reading, outlet)


def waiting(reading: Reading, outlet: str) -> dict[str, int]:
    """How many of each kind wait to go out, by the keys of WAITING."""
    found = {kind: int(reading.scalar(asked, outlet=outlet) or 0) for kind, asked in _WAITING.items()}
    head = reading.find(JournalHead, outlet=outlet)
    found["journal"] = head.seq - head.acked_seq if head is not None else 0
    return {kind: found[kind] for kind in WAITING}


def _stock(reading: Reading, outlet: str) -> Section:
    rows: list[tuple[Value, ...]] = [(kind_name("number"), "-", int(reading.scalar(_NUMBERS, outlet=outlet)))]
    for (kind, of), pieces in stock_book.book(reading, outlet).items():
        rows.append((kind_name(kind), stock_book.called(reading, kind, of), pieces))
    for kind, code, left in reading.rows(_RANGES, outlet=outlet):
        rows.append((kind_name(kind), code, left))
    columns = (Column(say("Stock")), Column(say("Kind")), Column(say("Pieces"), "count"))
    return Section(say("In stock"), columns, tuple(rows), key="stock", stood=True)


def _suspense(reading: Reading, outlet: str) -> tuple[Section, ...]:
    """Each slip whose money is in suspense: it is said on each day until it is settled."""
    held = [slip for slip in handwritten.waiting(reading, outlet) if slip.held]
    columns = (
        Column(say("Slip in suspense")),
        Column(say("Written")),
        Column(say("Business")),
        Column(say("State")),
        Column(say("Amount"), "money"),
    )
    rows = tuple((slip.number, slip.written_on, slip.business, state_name(slip.state), slip.held) for slip in held)
    total = (say("Total"), "", "", "", sum(slip.held for slip in held))
    return (Section(say("Slips in suspense"), columns, rows, total, key="slips", stood=True),) if rows else ()


def _waiting(found: dict[str, int]) -> Section:
    rows = tuple((WAITING[kind], count) for kind, count in found.items())
    columns = (Column(say("What waits")), Column(say("Count"), "count"))
    return Section(say("What waits"), columns, rows, key="waiting", keys=tuple(found), stood=True)
