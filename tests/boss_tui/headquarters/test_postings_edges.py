"""What is entered in the books, of orders and beside them: each condition alone, each act with each account."""

from __future__ import annotations

from typing import Any

import pytest

from boss_tui.components.finance.finance import BILL, CARD_ITEM, CONTRACT_ITEM
from boss_tui.components.ledger.ledger import (
    BANK,
    CARDS_SOLD,
    CASH,
    CONTRACTS,
    DEFERRED_TAX,
    OVER_SHORT,
    PREPAID,
    RECEIVABLE,
    SAFE,
    SUNDRY_EXPENSES,
    SUSPENSE,
)
from boss_tui.headquarters.rules import postings
from data.tables.finance import Payment, Posting, PostingLine, TenderKind
from tests.boss_tui.components.rows import row
from tests.boss_tui.headquarters.known import Fact, change, claim, known, order, told

WAY, OTHER = "1009", "6001"
ACCOUNTS = (CASH, BANK, SAFE, SUSPENSE, SUNDRY_EXPENSES, OVER_SHORT, WAY, OTHER, *postings.NEVER)


def posting(of: str | None, *accounts: str, key: str = "p", operator: str = "1001", bucket: str | None = None) -> Any:
    """A posting; that of an order is its payment's."""
    lines = [
        (PostingLine, {"posting_id": key, "line": at, "account": account, "bucket_id": bucket})
        for at, account in enumerate(accounts)
    ]
    paid = [(Payment, {"id": key, "posting_id": key})] if of else []
    business = "C12" if of else "M11"
    return [(Posting, {"id": key, "order_id": of, "operator": operator, "business": business}), *paid, *lines]


def unpaid(*lines: tuple[str, str, str | None]) -> list[Fact]:
    """A posting of an order that no payment names: account, item, bucket of each line."""
    entered = [
        (PostingLine, {"posting_id": "p", "line": at, "account": account, "item": item, "bucket_id": bucket})
        for at, (account, item, bucket) in enumerate(lines)
    ]
    return [order(), (Posting, {"id": "p", "order_id": "o1", "operator": "1001", "business": "C12"}), *entered]


def found(*facts: Fact, changed: Any = (), **entry: Any) -> list[str]:
    gold = row(TenderKind, code="gold", position=1, account=WAY)
    return [reason for reason, _ in told(postings.judge(known(gold), claim(*facts, changed=changed, **entry)))]


MOVED = {
    "shift.close": {CASH, SAFE, OVER_SHORT},
    "day.open": {CASH, SAFE, OVER_SHORT},
    "till.cash_in": {CASH, SAFE, SUNDRY_EXPENSES},
    "safe.deposit": {SAFE, BANK, OVER_SHORT},
    "slip": {SUSPENSE, WAY},
    "settle.slip": {SUSPENSE, WAY},
    "draft": set[str](),
    "C12": set[str](),
}


@pytest.mark.parametrize("kind", MOVED)
def test_each_act_moves_money_between_its_own_accounts(kind: str) -> None:
    moved = {account for account in ACCOUNTS if not found(*posting(None, account), kind=kind)}
    assert moved == MOVED[kind]
    for account in moved:
        assert found(*posting(None, account, bucket="b"), kind=kind) == ["act"]  # no balance of a customer's


@pytest.mark.parametrize(("business", "reasons"), [("C12", []), ("C13", ["books"])])
def test_a_posting_of_an_order_is_of_its_business(business: str, reasons: list[str]) -> None:
    assert found(order(business), *posting("o1", CASH)) == reasons


def test_one_account_too_many_is_named() -> None:
    (fault,) = postings.judge(known(), claim(*posting(None, CASH, OTHER, "9999"), kind="shift.open"))
    assert fault.detail == {"what": f"posting {OTHER}", "table": "posting", "act": "shift.open"}


@pytest.mark.parametrize(
    ("facts", "changed", "reasons"),
    [
        ([], [], []),
        ([order(), *posting("o1", CASH, OTHER)], [], []),
        ([order(), *posting("o1", OTHER, bucket="b")], [], []),
        ([order(), *posting("o2", CASH)], [], ["act"]),
        (posting("o2", CASH), [change("product_order", "o2", state="cancelled")], []),
        (posting("o2", CASH), [change("subscription", "o2", state="active")], ["act"]),
        ([order(), *posting("o1", CASH, operator="1002")], [], ["staff"]),
        ([order(operator="1002"), *posting("o1", CASH)], [], ["staff"]),
        ([order(operator="1002"), *posting("o1", CASH, operator="1002")], [], ["staff"]),  # the entry is another's
        (posting("o2", CASH, operator="1002"), [change("product_order", "o2", state="cancelled")], []),
        ([order(), *posting("o1", CASH), *posting("o2", CASH, key="q")], [], ["act"]),
        ([order(), *posting("o2", CASH), *posting("o1", CASH, key="q", operator="1002")], [], ["act"]),
    ],
)
def test_a_posting_is_of_an_order_of_its_entry_by_who_did_it(
    facts: list[Fact], changed: list[Any], reasons: list[str]
) -> None:
    assert found(*facts, changed=changed) == reasons


@pytest.mark.parametrize(
    ("lines", "wrong"),
    [
        ([(CARDS_SOLD, CARD_ITEM, None), (PREPAID, CARD_ITEM, "b")], False),
        ([(CARDS_SOLD, CARD_ITEM, None), (PREPAID, CARD_ITEM, None)], True),
        ([(CONTRACTS, CONTRACT_ITEM, "h"), (PREPAID, CONTRACT_ITEM, "b")], False),
        ([(CONTRACTS, CONTRACT_ITEM, None), (PREPAID, CONTRACT_ITEM, "b")], True),
        ([(CARDS_SOLD, CARD_ITEM, None), (PREPAID, CONTRACT_ITEM, "b")], True),
        ([(RECEIVABLE, BILL, None), (OTHER, "fee", None), (DEFERRED_TAX, "fee", None)], False),
        ([(RECEIVABLE, BILL, None), (PREPAID, "prepayment", "b")], True),
        ([(RECEIVABLE, BILL, None), (OTHER, "fee", "b")], True),
        ([(RECEIVABLE, BILL, None), (CASH, "", None)], True),
        ([(OTHER, "fee", None), (PREPAID, "prepayment", "b")], True),
        ([(CASH, "", None), (OTHER, "fee", None)], True),
        ([], False),
    ],
)
def test_what_moves_without_a_payment(lines: list[tuple[str, str, str | None]], wrong: bool) -> None:
    assert found(*unpaid(*lines)) == (["act"] if wrong else [])


@pytest.mark.parametrize("account", sorted(postings.NEVER))
def test_headquarters_own_accounts_are_no_outlet_s_also_of_an_order(account: str) -> None:
    assert found(order(), *posting("o1", CASH, account)) == ["act"]
