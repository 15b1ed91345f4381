"""What is behind a figure of a day report: its orders, papers, shifts and acts, one by one (catalogue F13, M11).

A table's rows are asked for by the table's key and the row's (`Section.key`, `Section.keys`). What is answered says
where to go on: to an order, or to a shift's report.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from msgspec.structs import replace
from sqlalchemy import Select, and_, func, or_, select
from sqlalchemy import text as sql

from boss_tui.components.ledger.ledger import BANK, SAFE
from boss_tui.components.tenders.tenders import ways
from boss_tui.components.till.cash_slips import MOVES
from boss_tui.components.till.figures import of_safe
from boss_tui.reports import extra
from boss_tui.reports.behind_counts import COUNTED, shifts_of, what_about
from boss_tui.reports.behind_row import ASKED, MOST, ROW, Behind, Of, as_order, of_today, orders, orders_where, record
from boss_tui.reports.exceptions import (
    ACTS,
    FIGURES,
    PAID_OUT,
    PAPERS,
)
from boss_tui.reports.figures import plan_then
from boss_tui.reports.left_open import TABLE, of_key
from boss_tui.reports.parts import BACK, SAFE_MOVES, named
from boss_tui.reports.products import BEHIND
from data.errors import NotFound
from data.message import say
from data.store import Reading
from data.tables.document import ENDED, PaperDocument
from data.tables.finance import Posting, PostingLine, SuspenseEntry
from data.tables.order import HandwrittenSlip, ProductOrder, Subscription
from data.tables.sync import AccessLog

_p = Posting.table()


_l = PostingLine.table()


_d = PaperDocument.table()


_s = Subscription.table()


_e = SuspenseEntry.table()


_h = HandwrittenSlip.table()


_accepted = and_(of_today, orders.c.reverses.is_(None))


_ORDERS = {
    "business": orders_where(_accepted, orders.c.business == ROW),
    "plan": orders_where(
        _accepted, orders.c.business == "C1", plan_then == ROW, of=orders.join(_s, _s.c.id == orders.c.subscription_id)
    ),
    "approved": orders_where(_accepted, orders.c.business == ROW, orders.c.approved_by != ""),
    PAID_OUT: orders_where(_accepted, orders.c.business == ROW, orders.c.amount < 0),
}


def _taken_back(*where: Any) -> Select[Any]:
    acts = record.c.outlet == ASKED["outlet"], record.c.business_date == ASKED["day"]
    return orders_where(*acts, *where, of=record.join(orders, orders.c.serial == record.c.subject))


_BACK = {
    kind: _taken_back(record.c.act == act, orders.c.business == ROW)
    for kind, act in (("cancelled", "cancel"), ("reversed", "reversal"))
}


_ALL_BACK = _taken_back(record.c.act.in_(("cancel", "reversal")))


def _postings(*where: Any) -> Select[Any]:
    """Postings and the fen of those of their lines that a figure is of; debits are positive."""
    return (
        select(
            orders.c.serial,
            _p.c.made_at,
            _p.c.operator,
            _p.c.till,
            _p.c.business,
            func.sum(_l.c.amount),
            _p.c.note,
        )
        .select_from(_l.join(_p, _p.c.id == _l.c.posting_id).outerjoin(orders, orders.c.id == _p.c.order_id))
        .where(_p.c.outlet == ASKED["outlet"], _p.c.business_date == ASKED["day"], *where)
        .group_by(_p.c.id, orders.c.serial, _p.c.made_at, _p.c.operator, _p.c.till, _p.c.business, _p.c.note)
        .order_by(_p.c.made_at, _p.c.id)
        .limit(MOST)
    )


_in_a_shift = and_(_p.c.order_id.is_not(None), _p.c.shift_id.is_not(None))


_PAPER = select(
    orders.c.serial, _d.c.made_at, _d.c.operator, orders.c.counter, _d.c.code, _d.c.number, _d.c.amount
).select_from(
    _d.outerjoin(
        orders, or_(orders.c.id == _d.c.order_id, and_(_d.c.order_id.is_(None), orders.c.collection == _d.c.collection))
    )
)


def behind(reading: Reading, outlet: str, business_date: str, table: str, row: str) -> list[Behind]:
    """What is behind a row of a table. NotFound: nothing more is known of it."""
    found = _WAYS.get(table)
    if found is None:
        raise NotFound(say("There is nothing behind this figure."))
    return found(reading, {"outlet": outlet, "day": business_date}, row)


def behind_span(reading: Reading, outlet: str, days: Iterable[str], table: str, row: str) -> list[Behind]:
    """What is behind a row of a table of several days together, day by day, up to MOST."""
    found: list[Behind] = []
    for day in days:
        found += behind(reading, outlet, day, table, row)
        if len(found) >= MOST:
            break
    return found[:MOST]


def _of_orders(table: str) -> Callable[[Reading, Of, str], list[Behind]]:
    def found(reading: Reading, of: Of, row: str) -> list[Behind]:
        return [as_order(told) for told in reading.rows(_ORDERS[table], **of, row=row)]

    return found


def _of_business(reading: Reading, of: Of, row: str) -> list[Behind]:
    """Orders accepted of a business, or all that were taken back."""
    if row == BACK:
        return [as_order((*told[:5], -told[5])) for told in reading.rows(_ALL_BACK, **of)]
    return _of_orders("business")(reading, of, row)


def _taken(by: str) -> Callable[[Reading, Of, str], list[Behind]]:
    """Of what was taken: by business, operator, till, tender, charge item or rate of tax."""

    def found(reading: Reading, of: Of, row: str) -> list[Behind]:
        known = ways(reading)
        accounts = tuple(way.account for way in known.values())
        money = _l.c.account.in_(accounts)
        where = {
            "taken": (money, _p.c.business == ROW),
            "operator": (money, _p.c.operator == ROW),
            "till": (money, _p.c.till == ROW),
            "tender": (_l.c.account == ROW,),
            "refund": (_l.c.account == ROW, _l.c.amount < 0),
            "item": (~money, _l.c.item == ROW),
            "rate": (~money, _l.c.tax_rate == ROW),
        }[by]
        value: str | int = row
        if by in {"tender", "refund"}:
            value = known[row].account
        elif by == "rate":
            value = int(row)
        sign = -1 if by in {"item", "rate"} else 1
        rows = reading.rows(_postings(_in_a_shift, *where), **of, row=value)
        return [as_order((*told[:5], told[5] * sign)) for told in rows]

    return found


def _outside(reading: Reading, of: Of, row: str) -> list[Behind]:
    rows = reading.rows(_postings(_p.c.shift_id.is_(None), _p.c.business == ROW, _l.c.amount > 0), **of, row=row)
    return [
        Behind("order" if serial else "act", serial or "", at, who, till, note or business, amount)
        for serial, at, who, till, business, amount, note in rows
    ]


def _moved(reading: Reading, of: Of, row: str) -> list[Behind]:
    cash = _postings(_p.c.order_id.is_(None), _l.c.account == "1001", _l.c.item == ROW)
    return [
        Behind("act", "", at, who, till, note or named(row, MOVES), amount)
        for _, at, who, till, _, amount, note in reading.rows(cash, **of, row=row)
    ]


def _safe(reading: Reading, of: Of, row: str) -> list[Behind]:
    """The movements of cash of the safe for a purpose: what the safe got, below nothing what it gave; of what only the
    bank counted, what the bank got."""
    safe, bank = (_postings(of_safe, _l.c.account == account, _l.c.item == ROW) for account in (SAFE, BANK))
    rows = reading.rows(safe, **of, row=row) or reading.rows(bank, **of, row=row)
    return [
        Behind("act", "", at, who, till, note or named(row, SAFE_MOVES), amount)
        for _, at, who, till, _, amount, note in rows
    ]


def _products(reading: Reading, of: Of, row: str) -> list[Behind]:
    """The orders that sold a product, or took it back: pieces and fen."""
    return [
        Behind("order", serial, at, who, where, say("{n} {n:piece|pieces}", n=count), amount)
        for serial, at, who, where, count, amount in reading.rows(BEHIND, **of, key=row)
    ]


def _extras(reading: Reading, of: Of, row: str) -> list[Behind]:
    """The orders in which an answer was given."""
    return [
        Behind("order", serial, at, who, where, value, amount)
        for serial, at, who, where, value, amount in reading.rows(extra.BEHIND, **of, key=row)
    ]


_IN_SUSPENSE = (
    select(_h.c.number, orders.c.serial, _e.c.made_at, _p.c.operator, _p.c.till, _h.c.reason, _e.c.amount)
    .select_from(
        _e.join(_p, _p.c.id == _e.c.posting_id)
        .join(_h, _h.c.id == _e.c.slip_id)
        .outerjoin(orders, orders.c.id == _p.c.order_id)
    )
    .where(_e.c.outlet == ASKED["outlet"], _e.c.business_date == ASKED["day"], _e.c.act == ROW)
    .order_by(_e.c.made_at, _e.c.id)
    .limit(MOST)
)


def _suspense(reading: Reading, of: Of, row: str) -> list[Behind]:
    """Slips whose money went into suspense or out of it; the order that it paid."""
    return [
        Behind("order" if serial else "act", serial or "", at, who, till, f"{number} {reason}", amount)
        for number, serial, at, who, till, reason, amount in reading.rows(_IN_SUSPENSE, **of, row=row)
    ]


def _papers(reading: Reading, of: Of, row: str) -> list[Behind]:
    kind, code, first, last = row.split()
    asked = _PAPER.where(
        _d.c.outlet == ASKED["outlet"],
        _d.c.business_date == ASKED["day"],
        _d.c.kind == kind,
        _d.c.code == code,
        _d.c.number >= int(first),
        _d.c.number <= int(last),
    )
    return _told_papers(reading, asked, of)


def _told_papers(reading: Reading, asked: Select[Any], of: Of) -> list[Behind]:
    rows = reading.rows(asked.order_by(_d.c.number).limit(MOST), **of)
    return [
        Behind("order" if serial else "act", serial or "", at, who, where or "", f"{code}-{number:08d}", amount)
        for serial, at, who, where, code, number, amount in rows
    ]


def _exceptions(reading: Reading, of: Of, row: str) -> list[Behind]:
    kind, _, business = row.partition(" ")
    if kind in _BACK:
        return [as_order((*told[:5], -told[5])) for told in reading.rows(_BACK[kind], **of, row=business)]
    if kind in FIGURES or kind == PAID_OUT:
        return _of_orders(kind)(reading, of, business)
    if kind in PAPERS:
        state, _, earlier = kind.partition("_")
        when = _d.c.business_date < ASKED["day"] if earlier else _d.c.business_date == ASKED["day"]
        asked = _PAPER.where(_d.c.outlet == ASKED["outlet"], _d.c.ended_on == ASKED["day"], sql(ENDED_OF_PAPERS), when)
        told = _told_papers(reading, asked.where(_d.c.state == state), of)
        return _once(told)
    if kind in COUNTED:
        return COUNTED[kind](reading, of, kind)
    if kind in ACTS:
        rows = reading.all(AccessLog, business_date=of["day"], act=kind, outlet=of["outlet"], order=("made_at", "id"))
        return [
            Behind("act", row.subject, row.made_at, row.operator, row.counter or "", what_about(reading, row), 0)
            for row in rows[:MOST]
        ]
    raise NotFound(say("There is nothing behind this figure."))


def _once(papers: list[Behind]) -> list[Behind]:
    """What papers said that were taken back: the money of an order stands with one of its papers, the one that says
    most of it."""
    most: dict[str, Behind] = {}
    for one in papers:
        whose = one.key or str(one.what)
        if whose not in most or one.amount > most[whose].amount:
            most[whose] = one
    kept = {id(one) for one in most.values()}
    return [replace(one, amount=-one.amount if id(one) in kept else 0) for one in papers]


ENDED_OF_PAPERS = f"paper_document.{ENDED}"


def _left_open(reading: Reading, _of: Of, row: str) -> list[Behind]:
    """The order that was under way when the day was closed, as it stands now."""
    _wanted, kind, serial = of_key(row)
    if kind not in {"orders", "manual"}:
        raise NotFound(say("There is nothing behind this figure."))
    return [
        as_order((row.serial, row.created_at, row.operator, row.counter, row.business, row.amount))
        for row in reading.all(ProductOrder, serial=serial)
    ]


_WAYS: dict[str, Callable[[Reading, Of, str], list[Behind]]] = {
    "business": _of_business,
    "safe": _safe,
    "plan": _of_orders("plan"),
    "outside": _outside,
    "paper": _papers,
    "move": _moved,
    "suspense": _suspense,
    "product": _products,
    "extra": _extras,
    "shift": shifts_of,
    "exception": _exceptions,
    TABLE: _left_open,
    **{by: _taken(by) for by in ("taken", "operator", "till", "tender", "refund", "item", "rate")},
}
"""How each table is asked."""
