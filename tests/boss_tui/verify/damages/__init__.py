"""Damage of many kinds, planted by raw SQL behind the program's back: what to do, and what must be found for it."""

from __future__ import annotations

from tests.boss_tui.verify.damages.documents import DOCUMENTS
from tests.boss_tui.verify.damages.holders import HOLDERS
from tests.boss_tui.verify.damages.journal import JOURNAL, PUBLISHED
from tests.boss_tui.verify.damages.ledger import BILLS, HELD, LEDGER
from tests.boss_tui.verify.damages.orders import ANSWERED, DATED, ITEMS, ORDERS, VERSIONS
from tests.boss_tui.verify.damages.payments import PAYMENTS, SUSPENSE, TAXES
from tests.boss_tui.verify.damages.stock import KEPT, STOCK
from tests.boss_tui.verify.damages.subscriptions import STOPPED, SUBSCRIPTIONS
from tests.boss_tui.verify.damages.tills import TILLS

ALL = (
    *ANSWERED,
    *PUBLISHED,
    *LEDGER,
    *HELD,
    *BILLS,
    *TAXES,
    *TILLS,
    *PAYMENTS,
    *JOURNAL,
    *HOLDERS,
    *DOCUMENTS,
    *SUBSCRIPTIONS,
    *ORDERS,
    *VERSIONS,
    *DATED,
    *SUSPENSE,
    *ITEMS,
    *STOPPED,
    *KEPT,
    *STOCK,
)
