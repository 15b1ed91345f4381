"""Money that outlets took with entries that headquarters put aside 待处理款: in its own books until a person decided.

The outlet has it in its drawer, and headquarters has not booked what it was taken for: it is due from the outlet, and
nobody's yet. Each posting stands under headquarters' own name, at a 'till' that is the outlet's code, so that running
totals tell outlet by outlet; its note names the exception. Source: design 6. What becomes of it: `headquarters`.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from boss_tui.components.ledger.ledger import Leg, post
from data.clock import on_the_wall
from data.store import UnitOfWork
from data.tables.finance import LedgerAccount
from data.tables.sync import SyncException

OFFICE = "headquarters"
"""Whose books these postings are."""
DUE_FROM_OUTLETS, PUT_ASIDE, OF_CLOSED, OWED_BACK, OTHER_INCOME = "1221", "2210", "2211", "2242", "6004"
CHART: tuple[dict[str, Any], ...] = (
    {"code": DUE_FROM_OUTLETS, "name_zh": "其他应收款（网点）", "name_en": "Due from outlets", "kind": "asset"},
    {"code": PUT_ASIDE, "name_zh": "待处理款", "name_en": "Money of entries put aside", "kind": "liability"},
    {"code": OF_CLOSED, "name_zh": "撤点待清款", "name_en": "Money of closed outlets", "kind": "liability"},
    {"code": OWED_BACK, "name_zh": "应退客户款", "name_en": "Owed back to customers", "kind": "liability"},
    {"code": OTHER_INCOME, "name_zh": "其他服务收入", "name_en": "Other service fees", "kind": "income"},
)
"""The accounts that it moves between."""
MOST = 10**15
"""No one tender is of so many fen, nor are all of an entry: what tells of it is rubbish, and no money."""


def money_in(changes: Iterable[Any]) -> int:
    """The fen that an entry's changes, as they were told, say were taken from customers, less what was paid out."""
    told = sum(_tendered(change) for change in changes)
    return told if abs(told) < MOST else 0


def _tendered(change: Any) -> int:
    match change:
        case ["payment_tender", "add", _, _, {"amount": int(amount)}] if type(amount) is int and abs(amount) < MOST:
            return amount
    return 0


def hold(tx: UnitOfWork, told: SyncException) -> None:
    """Put an exception's money into suspense: the outlet has it, and it is nobody's."""
    _move(tx, told, DUE_FROM_OUTLETS, PUT_ASIDE)


def let_go(tx: UnitOfWork, told: SyncException, account: str) -> None:
    """Take it out again: back to what the outlet owes (its entry tells of it now), or over to another account."""
    _move(tx, told, PUT_ASIDE, account)


def due_from_closed(tx: UnitOfWork, outlet: str, fen: int) -> None:
    """What a closed outlet had in its drawers and safe is due from it, and in suspense until it is cleared."""
    if fen:
        _know(tx, DUE_FROM_OUTLETS, OF_CLOSED)
        post(
            tx,
            outlet=OFFICE,
            business_date=on_the_wall(tx.now(), "%Y-%m-%d"),
            business="close",
            operator=OFFICE,
            till=outlet,
            note="outlet.close",
            lines=[Leg(DUE_FROM_OUTLETS, fen), Leg(OF_CLOSED, -fen)],
        )


def _move(tx: UnitOfWork, told: SyncException, debit: str, credit: str) -> None:
    if not told.held:
        return
    _know(tx, debit, credit)
    post(
        tx,
        outlet=OFFICE,
        business_date=on_the_wall(tx.now(), "%Y-%m-%d"),
        business="exception",
        operator=OFFICE,
        till=told.outlet,
        note=told.id,
        lines=[Leg(debit, told.held), Leg(credit, -told.held)],
    )


def _know(tx: UnitOfWork, *accounts: str) -> None:
    """Headquarters begins with these (`boss headquarters init`). Where its chart was published without them they are
    made here, as a last resort: money is never dropped, and `boss verify` tells of what was not published."""
    for row in CHART:
        if row["code"] in accounts and tx.find(LedgerAccount, code=row["code"]) is None:
            tx.add(LedgerAccount, **row)
