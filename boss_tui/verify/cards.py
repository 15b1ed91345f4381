"""Invariants 1 and 3: a recharge card is in one state with its orders; the books owe what is sold and unused.

A card that is idle has no order, one that is sold has the order that sold it, one that is used has both. The account
'recharge cards sold' holds the face value of the cards that are sold. Headquarters books the entries of many outlets,
and hands out cards that it has not been told of yet: there the account is not looked at. Source: design 5.3, C11.
"""

from __future__ import annotations

from sqlalchemy import and_, or_, select

from boss_tui.components.ledger.ledger import CARDS_SOLD
from boss_tui.verify.rule import Rule, columns_of, exists, total
from data.message import say
from data.tables.finance import LedgerAccount, RunningTotal
from data.tables.stock import RechargeCard
from data.tables.sync import JournalHead

_c, _a, _t, _h = (columns_of(table) for table in (RechargeCard, LedgerAccount, RunningTotal, JournalHead))
_owed = select(-total(_t.c.amount)).where(_t.c.account == CARDS_SOLD).scalar_subquery()
_sold = select(total(_c.c.face_value)).where(_c.c.state == "sold").scalar_subquery()

RULES = (
    Rule(
        3,
        "recharge card fits its orders",
        RechargeCard,
        select(_c.c.serial.label("key"), _c.c.state.label("state")).where(
            or_(
                and_(_c.c.state == "idle", or_(_c.c.sold_order.is_not(None), _c.c.used_order.is_not(None))),
                and_(_c.c.state == "sold", or_(_c.c.sold_order.is_(None), _c.c.used_order.is_not(None))),
                and_(_c.c.state == "used", or_(_c.c.sold_order.is_(None), _c.c.used_order.is_(None))),
                and_(_c.c.state != "used", _c.c.used_order.is_not(None)),
            )
        ),
        say("The card is {state}, which is not what its orders did."),
    ),
    Rule(
        1,
        "recharge cards sold are owed",
        LedgerAccount,
        select(_a.c.code.label("key"), _owed.label("owed_fen"), _sold.label("sold_fen")).where(
            _a.c.code == CARDS_SOLD, _owed != _sold, exists(_h.c.outlet != "")
        ),
        say("The books owe {owed_fen} yuan for recharge cards; those sold and unused are worth {sold_fen}."),
    ),
)
