"""Whose is what an order leaves, and in which state a bill and the report of a close are, as headquarters judges it."""

from __future__ import annotations

from typing import Any

import pytest

from boss_tui.components.ledger.ledger import CASH, CONTRACTS, DEPOSITS, PREPAID, SAFE
from boss_tui.headquarters.rules import bills, moves, owned, postings, tills
from boss_tui.reports.closing import digest_of
from data.journal import Change
from data.tables.account import BalanceBucket, BalanceHold
from data.tables.billing import CustomerBill
from data.tables.finance import ClosingReport, Payment, Posting, PostingLine, Shift
from data.tables.life import Agreement, ScheduledAct, Suspension
from data.tables.order import ProductOrder, Subscription, SubscriptionProduct
from data.tables.provider import ProviderSubscription
from data.tables.service import ChargeSchedule
from tests.boss_tui.components.rows import DAY, row
from tests.boss_tui.headquarters.known import Fact, change, claim, form, known, order, told

Found = list[tuple[str, bool]]
FOREIGN, FORM, MOVE, SUMS = ([(reason, False)] for reason in ("foreign", "form", "move", "sums"))
LINE = row(Subscription, id="l", customer_id="k", account_id="a", revision=1)
OTHER = row(Subscription, id="m", customer_id="k", account_id="a", revision=1)
GOES = change("subscription", "l", customer_id="n")


def ordered(*new: Fact, changed: tuple[Change, ...] = (), **of: Any) -> Found:
    done = order(**{"business": "C2", "subscription_id": "l", "customer_id": "k", **of})
    return told(owned.judge(known(LINE, OTHER), claim(done, *new, changed=changed)))


@pytest.mark.parametrize(
    ("customer", "changed", "found"),
    [
        ("k", (), []),
        ("n", (), FOREIGN),
        (None, (), FOREIGN),
        ("n", (GOES,), []),
        ("k", (GOES,), []),
        ("x", (GOES,), FOREIGN),
    ],
)
def test_an_order_is_its_owner_s(customer: str | None, changed: tuple[Change, ...], found: Found) -> None:
    assert ordered(changed=changed, customer_id=customer) == found
    assert ordered(changed=changed, customer_id=customer, subscription_id="of nobody here") == []


@pytest.mark.parametrize(
    ("moved", "found"),
    [
        (change("phone_number", "1", subscription_id="l"), []),
        (change("phone_number", "1", subscription_id=None), []),
        (change("phone_number", "1", state="quarantined"), []),
        (change("phone_number", "1", subscription_id="m"), FOREIGN),  # another of the same customer's
        (change("sim_card", "1", subscription_id="m"), FOREIGN),
        (change("handset", "1", subscription_id="m"), FOREIGN),
        (change("handset", "1", subscription_id="l", customer_id="k"), []),
        (change("handset", "1", customer_id="n"), FOREIGN),
    ],
)
def test_a_piece_goes_to_the_order_s_line_and_owner(moved: Change, found: Found) -> None:
    assert ordered(changed=(moved,)) == found


@pytest.mark.parametrize(("customer", "found"), [("k", []), ("n", FOREIGN)])
def test_a_contract_is_the_owner_s(customer: str, found: Found) -> None:
    assert ordered((Agreement, {"id": "c", "subscription_id": "l", "customer_id": customer})) == found


@pytest.mark.parametrize(
    ("business", "typed", "cause", "found"),
    [
        ("C6", {"action": "suspend", "cause": "request"}, "request", []),
        ("C6", {"action": "suspend", "cause": "request"}, "court", FORM),
        ("C6", {"action": "resume", "cause": "arrears_all", "emergency": "y"}, "arrears_outgoing", []),
        ("C6", {"action": "resume", "cause": "arrears_all"}, "arrears_outgoing", FORM),
        ("C9", {"action": "close"}, "closing", []),
        ("C9", {"action": "close"}, "fraud", FORM),
    ],
)
def test_a_stop_is_for_the_cause_that_is_named(business: str, typed: dict[str, str], cause: str, found: Found) -> None:
    stop = (Suspension, {"id": "s", "subscription_id": "l", "order_id": "o1", "cause": cause})
    assert ordered(stop, business=business, form_json=form(**typed)) == found


@pytest.mark.parametrize(
    ("account", "kind"), [(PREPAID, "prepaid"), (DEPOSITS, "deposit"), (CONTRACTS, "gift"), (CASH, "none")]
)
def test_money_lies_in_a_balance_of_its_account_s_kind(account: str, kind: str) -> None:
    line = (PostingLine, {"posting_id": "p", "line": 1, "account": account, "amount": -1, "bucket_id": "b"})
    for each in ("prepaid", "deposit", "gift"):
        here = known(row(BalanceBucket, id="b", account_id="a", kind=each))
        assert told(owned.judge(here, claim(line))) == ([] if each == kind else [("books", False)])


# new rows, bills, closes, postings


@pytest.mark.parametrize(
    ("model", "first", "more"),
    [
        (Shift, "open", {"approved_by": "2001"}),
        (ScheduledAct, "waiting", {"done_order_id": "o"}),
        (BalanceHold, "active", {"ended_order": "o"}),
        (ProviderSubscription, "active", {"until": DAY}),
    ],
)
def test_what_is_new_says_nothing_of_its_end(model: Any, first: str, more: dict[str, str]) -> None:
    empty = {name: None for name in more if name in ("done_order_id", "ended_order")} | {"state": first}
    nothing = {"z_number": None, "number": None, "done_order_id": None, "ended_order": None}
    values = {name: value for name, value in {**nothing, **empty}.items() if name in model.__annotations__}
    assert told(moves.judge(known(), claim((model, values)))) == []
    assert told(moves.judge(known(), claim((model, {**values, **more})))) == MOVE


@pytest.mark.parametrize(
    ("model", "waits", "runs"), [(SubscriptionProduct, "pending", "active"), (ChargeSchedule, "waiting", "running")]
)
def test_what_a_line_has_waits_with_it_and_with_no_other(model: Any, waits: str, runs: str) -> None:
    line = (Subscription, {"id": "n", "state": "pendingActive"})
    for state in (waits, runs):
        has = (model, {"subscription_id": "n", "state": state})
        assert told(moves.judge(known(), claim(line, has))) == ([] if state == waits else MOVE)
        assert told(moves.judge(known(), claim(has))) == ([] if state == runs else MOVE)


@pytest.mark.parametrize(
    ("paid", "state", "found"),
    [
        (500, "partiallyPaid", []),
        (500, "settled", SUMS),
        (500, "sent", SUMS),
        (1_000, "settled", []),
        (1_000, "partiallyPaid", SUMS),
        (999, "settled", SUMS),
        (0, "sent", []),
        (0, "settled", SUMS),
        (500, "onHold", []),
    ],
)
def test_a_bill_is_as_it_was_paid(paid: int, state: str, found: Found) -> None:
    bill = row(CustomerBill, id="b", amount=1_000, paid=100, state="partiallyPaid", revision=1)
    moved = change("customer_bill", "b", paid=paid, state=state)
    assert told(bills.judge(known(bill), claim(changed=[moved]))) == found
    after_another = Change("customer_bill", "change", ("b",), 2, dict(moved.values))
    assert told(bills.judge(known(bill), claim(changed=[after_another]))) == []


@pytest.mark.parametrize(("month", "found"), [("2026-11", []), ("2026-12", SUMS), ("2026-10", SUMS)])
def test_a_new_bill_is_of_its_month(month: str, found: Found) -> None:
    bill = (CustomerBill, {"id": "b", "amount": 9, "state": "sent", "month": month, "issued_on": DAY})
    assert told(bills.judge(known(), claim(bill))) == found


SHIFT = {"till": "HZ0101", "operator": "1001", "business_date": DAY}


@pytest.mark.parametrize(
    ("said", "found"),
    [
        ({}, []),
        ({"operator": "1002"}, SUMS),
        ({"business_date": "2026-11-22"}, SUMS),
        ({"kind": "day"}, SUMS),
        ({"kind": "day", "till": ""}, []),
        ({"kind": "day", "till": "", "business_date": "2026-11-22"}, SUMS),
    ],
)
def test_a_report_is_of_the_close_that_it_comes_with(said: dict[str, str], found: Found) -> None:
    report = {"outlet": "HZ01", "kind": "z", "number": 1, "content": "{}", "digest": digest_of("{}"), **SHIFT, **said}
    day = Change("business_day", "change", ("HZ01", DAY), 1, {"number": 1})
    entry = claim((ClosingReport, report), changed=[change("shift", "s", z_number=1), day], kind="day")
    here = known(row(Shift, id="s", outlet="HZ01", **SHIFT, revision=1))
    assert told(tills.judge(here, entry)) == found


def posted(of: str | None, **values: Any) -> list[Fact]:
    standard = {"id": "p", "business_date": DAY, "order_id": of, "operator": "1001"}
    sides = ((CASH, 5), (SAFE, -5))
    lines: list[Fact] = [
        (
            PostingLine,
            {"posting_id": "p", "line": at, "account": account, "amount": fen, "tax_rate": values.get("rate", 0)},
        )
        for at, (account, fen) in enumerate(sides)
    ]
    return [(Posting, {**standard, **{name: value for name, value in values.items() if name != "rate"}}), *lines]


@pytest.mark.parametrize(
    ("values", "found"),
    [
        ({"business": "M11"}, []),
        ({"business": "C1"}, [("books", False)]),
        ({"business": "M11", "rate": 600}, [("books", False)]),
    ],
)
def test_what_a_till_moves_is_its_own_and_not_taxed(values: dict[str, Any], found: Found) -> None:
    assert told(postings.judge(known(), claim(*posted(None, **values), kind="till.cash_in"))) == found


@pytest.mark.parametrize(
    ("values", "found"),
    [
        ({"business": "C2"}, []),
        ({"business": "C3"}, [("books", False)]),
        ({"business": "C2", "operator": "scheduler"}, [("staff", False)]),
    ],
)
def test_what_moves_with_an_earlier_order_is_of_it_and_by_who_does_it(values: dict[str, Any], found: Found) -> None:
    here = known(row(ProductOrder, id="o0", business="C2", revision=1))
    moved = change("product_order", "o0", state="cancelled")
    paid = (Payment, {"id": "y", "order_id": "o0", "posting_id": "p"})
    assert told(postings.judge(here, claim(*posted("o0", **values), paid, changed=[moved], kind="C2"))) == found
