"""What is entered in the books: of an order in the same entry, by who did it; beside orders, by acts that move money
between a few accounts of the hall's own. Headquarters' own accounts no outlet enters anything in.

Whether the sums agree: `sums` and `admission`. Source: design 4 and 5.1; `components.till` posts beside orders.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping

from boss_tui.components.finance.finance import BILL, CARD_ITEM, CONTRACT_ITEM
from boss_tui.components.ledger.ledger import (
    BANK,
    CARD,
    CARDS_SOLD,
    CASH,
    CHEQUES,
    CONTRACTS,
    DEPOSITS,
    OUTPUT_TAX,
    OVER_SHORT,
    PREPAID,
    SAFE,
    SUNDRY_EXPENSES,
    SUSPENSE,
)
from boss_tui.components.ledger.put_aside import DUE_FROM_OUTLETS, OF_CLOSED, OWED_BACK, PUT_ASIDE
from boss_tui.components.tenders.tenders import ways
from boss_tui.components.till.cash import BUSINESS as OF_TILLS
from boss_tui.headquarters.rules.claim import Claim, Known, Row
from boss_tui.headquarters.rules.lines import orders_of
from boss_tui.sync.effects import Fault

BESIDE_ORDERS: Mapping[str, frozenset[str]] = {
    "shift": frozenset({CASH, SAFE, OVER_SHORT}),
    "day": frozenset({CASH, SAFE, OVER_SHORT}),
    "till": frozenset({CASH, SAFE, SUNDRY_EXPENSES}),
    "safe": frozenset({SAFE, BANK, OVER_SHORT}),
    "slip": frozenset({SUSPENSE}),
    "settle": frozenset({SUSPENSE}),
}
"""The accounts between which each act moves money without an order."""
OF_TENDERS = ("slip", "settle")
"""Those that move it between the accounts of ways of paying, too."""
OF_MONEY = frozenset({CASH, CARD, BANK, SAFE, CHEQUES, CARDS_SOLD, CONTRACTS, PREPAID, DEPOSITS, SUSPENSE, OUTPUT_TAX})
"""What no bill is entered in: it is owed to us, against income, and the tax in it waits."""
NEVER = frozenset({DUE_FROM_OUTLETS, PUT_ASIDE, OF_CLOSED, OWED_BACK})


def judge(known: Known, told: Claim) -> Iterator[Fault]:
    """The first posting that its act does not make, or that somebody else made."""
    postings = told.added.get("posting", ())
    if not postings:
        return
    orders = {order["id"]: order for order in told.added.get("product_order", ())}
    moved = {change.key[0] for change in told.changed.get("product_order", ())}
    here = {order["id"]: order for order in orders_of(known, told)}
    lines: defaultdict[str, list[Row]] = defaultdict(list)
    for line in told.added.get("posting_line", ()):
        lines[line["posting_id"]].append(line)
    paid = {payment["posting_id"] for payment in told.added.get("payment", ())}
    for posting in postings:
        of = posting["order_id"]
        wrong: set[str] = {*NEVER} & {line["account"] for line in lines[posting["id"]]}
        if of is None:
            wrong = _strange(known, told.entry.kind.partition(".")[0], lines[posting["id"]])
        elif of not in orders and of not in moved:
            wrong = {line["account"] for line in lines[posting["id"]]}
        elif posting["id"] not in paid:
            wrong |= _unpaid(lines[posting["id"]])
        if wrong:
            yield Fault("act", {"what": f"posting {min(wrong)}", "table": "posting", "act": told.entry.kind})
            return
        if of in orders and {posting["operator"], told.entry.operator} != {orders[of]["operator"]}:
            yield Fault("staff", {"what": f"posting {posting['operator']}", "order": of})
            return
        if of in here and posting["operator"] not in (told.entry.operator, here[of]["operator"]):
            yield Fault("staff", {"what": f"posting {posting['operator']}", "order": of})
            return
        wrong_tax = of is None and any(line["tax_rate"] for line in lines[posting["id"]])
        if posting["business"] != _business(told, posting, here.get(of)) or wrong_tax:
            yield Fault("books", {"what": f"posting {posting['business']}", "order": of})
            return


def _business(told: Claim, posting: Row, order: Row | None) -> str:
    """The business that a posting is of: its order's; a till's own. Of an order that is not here, a slip, or what is
    settled, it is not said."""
    if order is not None:
        return str(order["business"])
    said = posting["order_id"] is not None or told.entry.kind.partition(".")[0] in OF_TENDERS
    return str(posting["business"]) if said else OF_TILLS


def _unpaid(lines: list[Row]) -> set[str]:
    """The accounts of an order's posting without a payment that it does not move: what is moved so is a bill against
    its income, what a sold card is worth, or a month's part of a contract's prepayment (`finance.finance`)."""
    items = {line["item"] for line in lines}
    if items == {CARD_ITEM}:
        own = {(CARDS_SOLD, False), (PREPAID, True)}
    elif items == {CONTRACT_ITEM}:
        own = {(CONTRACTS, True), (PREPAID, True)}
    elif BILL in items:
        return {line["account"] for line in lines if line["account"] in OF_MONEY or line["bucket_id"] is not None}
    else:
        own = set()
    return {line["account"] for line in lines if (line["account"], line["bucket_id"] is not None) not in own}


def _strange(known: Known, act: str, lines: list[Row]) -> set[str]:
    """The accounts of a posting beside orders that its act does not move; a balance of a customer's never is."""
    own = BESIDE_ORDERS.get(act, frozenset())
    if act in OF_TENDERS:
        own |= {way.account for way in ways(known.reading).values()}
    return {line["account"] for line in lines if line["account"] not in own or line["bucket_id"] is not None}
