"""An outlet that lies in what is owed: rows told twice, balances filled out of nothing, bills and slips that move
otherwise than the books, points that nothing earned, what another customer has."""

from __future__ import annotations

import json
from collections.abc import Callable
from copy import deepcopy
from pathlib import Path
from typing import Any

import pytest

from boss_tui.components.loyalty import GIVEN_BACK, PAID_BY_POINTS, SPENT
from boss_tui.headquarters.rules import lines, owed, partners, points
from data.journal import Change
from data.parameters import FEN_A_POINT, OPENING_POINTS
from data.tables.account import BalanceBucket, BillingAccount
from data.tables.billing import BillLine, BillPayment, CustomerBill
from data.tables.customer import Customer
from data.tables.finance import Payment, PostingLine, RunningTotal, SuspenseEntry
from data.tables.order import HandwrittenSlip, ProductOrder, Subscription
from data.tables.service import ChargeSchedule, Figure, LoyaltyAccount, LoyaltyEntry, Partner, SettlementEntry
from data.tables.stock import RechargeCard
from data.tables.tariff import PriceRule
from tests.boss_tui.components.rows import row
from tests.boss_tui.headquarters.known import Fact, change, claim, form, known, order, told
from tests.boss_tui.headquarters.liar import (
    Body,
    behind,
    headquarters,
    lying,
    morning,
    orders,
    push,
    sold,
)
from tests.boss_tui.headquarters.liar import row as of_entry
from tests.boss_tui.sync.world import contents
from tests.tiers import some_by_day

Alter = Callable[[Body, dict[str, Any]], None]
DAY, FEN = "2026-11-23", 100_000


def twice(*tables: str) -> Alter:
    """Rows of the books are told twice with half of what they are of, so that they seem to agree."""

    def alter(body: Body, _: dict[str, Any]) -> None:
        for listed in [each for each in body["changes"] if each[0] in tables]:
            if listed[4].get("bucket_id"):
                listed[4]["amount"] //= 2
                body["changes"].append(deepcopy(listed))

    return alter


def out_of(account: str, item: str = "", *, paid: bool = False) -> Alter:
    """A balance filled out of an account, by a posting of its own that no payment names, or in that of the payment."""

    def alter(body: Body, _: dict[str, Any]) -> None:
        posting = of_entry(body, "posting")
        bucket = next(each[2][0] for each in body["changes"] if each[:2] == ["balance_bucket", "increase"])
        of, first = (posting["id"], 90) if paid else ("p", 1)
        common, by = {"posting_id": of, "tax_rate": 0}, {} if paid else {"postings": 1}
        sides = ((account, FEN, item, None), ("2205", -FEN, "prepayment", bucket))
        if not paid:
            body["changes"].append(["posting", "add", ["p"], 0, {**posting, "id": "p"}])
        for line, (of_account, amount, of_item, of_bucket) in enumerate(sides, start=first):
            values = {"line": line, "account": of_account, "amount": amount, "item": of_item, "bucket_id": of_bucket}
            body["changes"] += [
                ["posting_line", "add", [of, line], 0, {**common, **values}],
                ["running_total", "increase", ["HZ01", DAY, posting["till"], of_account], 0, {**by, "amount": amount}],
            ]
        entry = {"id": "b", "bucket_id": bucket, "posting_id": of, "amount": FEN, "before": 0}
        body["changes"] += [
            ["balance_bucket", "increase", [bucket], 0, {"amount": FEN}],
            ["balance_entry", "add", ["b"], 0, {**entry, "made_at": posting["made_at"]}],
        ]

    return alter


def owed_to_a_partner(body: Body, _: dict[str, Any]) -> None:
    of = {"partner": "AG001", "order_id": of_entry(body, "product_order")["id"], "kind": "share", "business_date": DAY}
    body["changes"].append(["settlement_entry", "add", ["s"], 0, {"id": "s", "amount": 99_999_900, **of}])


LIES: dict[str, tuple[Alter, str]] = {
    "lines of the books that are told twice": (twice("posting_line", "balance_entry"), "clash"),
    "a balance out of what is owed to us": (out_of("1122", "bill"), "act"),
    "a balance out of cards that nobody used": (out_of("2207", "recharge_card"), "act"),
    "a balance out of a contract": (out_of("2208", "contract_prepay"), "act"),
    "a balance out of income": (out_of("6004", "entry_fee"), "act"),
    "a balance for cash that no payment is of": (out_of("1001"), "act"),
    "a balance out of the fee that is paid": (out_of("6004", "entry_fee", paid=True), "price"),
    "a partner who is owed what no order brought": (owed_to_a_partner, "sums"),
    "a balance out of a fee that is none of this business's": (out_of("6004", "late_fee", paid=True), "books"),
}


@pytest.mark.parametrize("what", some_by_day(LIES, 3))
def test_no_balance_is_filled_out_of_nothing(tmp_path: Path, what: str) -> None:
    alter, reason = LIES[what]
    lie, office = lying(morning(), alter), headquarters(tmp_path)
    assert [(found.reason, found.state) for found in push(office, lie)] == [(reason, "open")]
    assert orders(office, lie) == [True, True, False, True]


def test_what_was_done_is_not_done_again(tmp_path: Path) -> None:
    """An honest entry once more, under the next number."""
    day, office = morning(), headquarters(tmp_path)
    assert push(office, day) == []

    def stands() -> list[dict[str, Any]]:
        rows = contents(office.store, BalanceBucket, RunningTotal, ProductOrder, Figure)
        return [each for each in rows if each.get("outlet") != "headquarters"]  # where the money is put aside

    before = stands()
    (found,) = push(office, behind(day, "C1", sold(day)["changes"]))
    assert (found.reason, found.state) == ("clash", "open")
    assert stands() == before


def test_what_calls_itself_an_order_is_none(tmp_path: Path) -> None:
    day, office = morning(), headquarters(tmp_path)
    done = of_entry(sold(day), "product_order")["id"]
    ended = [["product_order", "change", [done], 1, {"state": "failed", "revision": 2}]]
    assert push(office, day) == []
    (found,) = push(office, behind(day, "order", ended))
    assert (found.reason, found.state) == ("act", "open")


# where a rule turns

BILL = row(CustomerBill, id="b", account_id="a", amount=1_000, paid=0, state="sent", revision=1)
CARD = row(RechargeCard, serial="c", face_value=5_000, state="sold", revision=2)
SLIP = row(HandwrittenSlip, id="s", held=300, state="open", revision=1)


def line(account: str, amount: int, at: int = 1) -> Fact:
    return PostingLine, {"posting_id": "p", "line": at, "account": account, "amount": amount}


def pays(amount: int, bill: str = "b") -> Fact:
    return BillPayment, {"id": f"{bill}{amount}", "bill_id": bill, "amount": amount}


def goes(amount: int, slip: str = "s") -> Fact:
    return SuspenseEntry, {"id": f"{slip}{amount}", "slip_id": slip, "amount": amount}


def used(base: int = 2) -> Change:
    return change("recharge_card", "c", base, state="used", revision=base + 1)


def new_bill(amount: int, *parts: int) -> list[Fact]:
    made = (CustomerBill, {"id": "n", "account_id": "a", "amount": amount, "paid": 0})
    return [made, *((BillLine, {"bill_id": "n", "line": at, "amount": fen}) for at, fen in enumerate(parts))]


def paid(by: int, base: int = 1) -> Change:
    return change("customer_bill", "b", base, paid=by, revision=base + 1)


@pytest.mark.parametrize(
    ("facts", "changed", "found"),
    [
        ([], [], 0),
        ([line("1122", -400), pays(400)], [paid(400)], 0),
        ([line("1122", -400), pays(300), pays(100)], [paid(300), paid(400, 2)], 0),
        ([line("1122", -399), pays(400)], [paid(400)], 1),
        ([line("1122", -400), pays(399)], [paid(400)], 1),
        ([line("1122", -400), pays(400)], [], 2),  # paid by nothing that a bill says
        ([line("1122", 1), pays(-1)], [paid(-1)], 1),  # never below nothing
        ([], [paid(400)], 2),
        ([], [paid(400, 2)], 0),  # it is not here as it was found: another was first
        ([line("1122", 900), *new_bill(900, 500, 400)], [], 0),
        ([line("1122", 900), *new_bill(900, 500, 399)], [], 1),
        ([*new_bill(900, 900)], [], 1),
        ([line("2207", 5_000)], [used()], 0),
        ([line("2207", 4_999)], [used()], 1),
        ([line("2207", 5_000)], [], 1),
        ([], [used()], 1),
        ([], [used(3)], 0),
        ([line("2207", 5_000)], [used(), change("recharge_card", "c", 3, state="sold", revision=4)], 1),
        ([line("2209", 300), goes(-300)], [change("handwritten_slip", "s", held=0, revision=2)], 0),
        ([line("2209", 301), goes(-301)], [change("handwritten_slip", "s", held=-1, revision=2)], 1),
        ([line("2209", 300), goes(-200)], [change("handwritten_slip", "s", held=0, revision=2)], 1),
        ([line("2209", 300), goes(-300)], [], 2),
        ([line("2209", 300)], [paid(400, 2)], 1),  # that hides nothing of other accounts
        ([line("1122", 900), *new_bill(900, 900)], [change("customer_bill", "n", paid=0), paid(0)], 0),
        ([line("1122", 900), *new_bill(900, 900)], [change("customer_bill", "n", paid=0), paid(1)], 2),
    ],
)
def test_what_is_owed_moves_with_the_books(facts: list[Fact], changed: list[Change], found: int) -> None:
    faults = list(owed.judge(known(BILL, CARD, SLIP), claim(*facts, changed=changed)))
    assert [(fault.reason, fault.note) for fault in faults] == [("sums", False)] * found


A_POINT, OF_GOODS = (FEN_A_POINT.of_business.get(code, FEN_A_POINT.first) for code in ("C12", "C10"))
OPENING = OPENING_POINTS.of_business.get("C1", OPENING_POINTS.first)


def earned(
    *entries: int, grown: int | None = None, customer: str = "k1", reason: str = ""
) -> tuple[list[Fact], list[Change]]:
    of = {"customer_id": "k1", "order_id": "o1", "reason": reason}
    facts = [(LoyaltyEntry, {"id": f"{at}", "points": points, **of}) for at, points in enumerate(entries)]
    by = sum(entries) if grown is None else grown
    return facts, [Change("loyalty_account", "increase", (customer,), 0, {"points": by})]


@pytest.mark.parametrize(
    ("done", "moved", "found"),
    [
        (order("C12"), earned(), 0),
        (order("C12"), earned(10), 0),
        (order("C12"), earned(11), 1),
        (order("C12"), earned(10, grown=11), 1),
        (order("C12"), earned(10, customer="k2"), 1),
        (order("C10", amount=10 * OF_GOODS), earned(10), 0),
        (order("C10", amount=10 * OF_GOODS - 1), earned(10), 1),
        (order("C1"), earned(OPENING), 0),
        (order("C1"), earned(OPENING + 1), 1),
        (order("C2", amount=10 * A_POINT), earned(1), 1),
        (order("C9"), earned(-500), 0),
        (order("C9"), earned(70, reason=GIVEN_BACK), 0),  # so many were taken before
        (order("C9"), earned(71, reason=GIVEN_BACK), 1),
        (order("C9"), earned(70), 1),
        (order("C9"), earned(70, 70, reason=GIVEN_BACK), 2),
        (order("C9"), earned(70, -70, 70, reason=GIVEN_BACK), 0),  # the undoing was called off, and done again
        (order("C9"), earned(50, reason=GIVEN_BACK), 1),  # what was earned and taken back stays taken
        (order("C12"), earned(5, 5), 0),
        (order("C12"), earned(6, 5), 2),  # an order earns once
    ],
)
def test_points_are_what_an_order_earns(done: Fact, moved: tuple[list[Fact], list[Change]], found: int) -> None:
    facts, changed = moved
    lapsed = row(LoyaltyEntry, id="l", customer_id="k1", order_id="o0", points=-70)
    undone = row(LoyaltyEntry, id="u", customer_id="k1", order_id="o0", points=-50, reason=GIVEN_BACK)
    paid_for = (BillPayment, {"id": "x", "bill_id": "b", "order_id": "o1", "amount": 11 * A_POINT - 1})
    faults = list(points.judge(known(lapsed, undone), claim(done, paid_for, *facts, changed=changed)))
    assert [fault.reason for fault in faults] == ["sums"] * found


@pytest.mark.parametrize(
    ("spent", "pays", "of", "found"),
    [
        (1_000, 500, {}, 0),
        (999, 500, {}, 1),
        (1_000, 501, {}, 1),
        (0, 1, {}, 1),
        (1_200, 600, {}, 0),  # all that they have
        (1_201, 600, {}, 1),
        (1_000, 500, {"customer_id": "nobody"}, 1),
        (1_000, 500, {"business": "C7.5"}, 1),  # no rule says what they are worth there
    ],
)
def test_points_pay_what_they_are_worth(spent: int, pays: int, of: dict[str, Any], found: int) -> None:
    rate = row(PriceRule, id="r", business="C9", item=PAID_BY_POINTS, amount=50, percent=100, revision=1)
    has = row(LoyaltyAccount, customer_id="k1", points=1_200)
    facts = [
        order(**{"business": "C9", "customer_id": "k1", "reverses": None, **of}),
        (Payment, {"id": "x", "order_id": "o1", "posting_id": "p"}),
        (PostingLine, {"posting_id": "p", "line": 1, "item": PAID_BY_POINTS, "amount": pays}),
        (LoyaltyEntry, {"id": "s", "customer_id": "k1", "order_id": "o1", "points": -spent, "reason": SPENT}),
    ]
    taken = Change("loyalty_account", "increase", ("k1",), 0, {"points": -spent})
    assert told(points.judge(known(rate, has), claim(*facts, changed=[taken]))) == [("sums", False)] * found


OPENS = row(Partner, code="P", opening_commission=3_000)
SHARED = row(SettlementEntry, id="s0", partner="P", order_id="o0", amount=-700)
CHARGED = row(ChargeSchedule, id="c", subscription_id="l", amount=600)


@pytest.mark.parametrize(
    ("amount", "of", "found"),
    [
        (3_000, {}, 0),
        (3_001, {}, 1),
        (-9_999, {}, 0),
        (5_000, {"amount": 5_000}, 0),
        (5_001, {"amount": 5_000}, 1),
        (5_000, {"amount": -5_000}, 0),
        (3_000, {"subscription_id": "l"}, 0),
        (3_100, {"subscription_id": "dear"}, 0),
        (3_101, {"subscription_id": "dear"}, 1),
        (3_200, {"reverses": "o9"}, 0),
        (3_201, {"reverses": "o9"}, 1),
    ],
)
def test_a_partner_is_owed_no_more_than_an_order_brought(amount: int, of: dict[str, Any], found: int) -> None:
    dear = (ChargeSchedule, {"id": "d", "subscription_id": "dear", "amount": 3_100})
    undone = row(SettlementEntry, id="s9", partner="P", order_id="o9", amount=-3_200)
    owes = (SettlementEntry, {"id": "s", "partner": "P", "order_id": "o1", "amount": amount})
    entry = claim(order("C7.4", **{"subscription_id": None, **of}), dear, owes)
    faults = partners.judge(known(OPENS, SHARED, CHARGED, undone), entry)
    assert told(faults) == [("sums", False)] * found


THEIRS = [
    row(Customer, id="k1", document_number="D1"),
    row(Customer, id="k2", document_number="D2"),
    row(BillingAccount, id="a1", customer_id="k1", number="A1"),
    row(BillingAccount, id="a2", customer_id="k2", number="A2"),
    row(Subscription, id="s1", number="13800000001", customer_id="k1", account_id="a1"),
    row(Subscription, id="s2", number="13800000002", customer_id="k2", account_id="a2"),
    row(CustomerBill, id="b1", account_id="a1"),
    row(CustomerBill, id="b2", account_id="a2"),
    row(LoyaltyAccount, customer_id="k2", points=5),
]
OTHERS: list[Change] = [
    change("customer", "k2", address="x"),
    change("customer", "k2", document_number="x"),
    change("billing_account", "a2", state="closed"),
    change("customer_bill", "b2", paid=1),
    Change("loyalty_account", "increase", ("k2",), 0, {"points": -5}),
]


@pytest.mark.parametrize("moved", OTHERS, ids=lambda moved: moved.table)
@pytest.mark.parametrize(
    ("written", "of", "found"),
    [
        ({}, {}, ["foreign"]),
        ({"who": "13800000009"}, {}, ["foreign"]),
        ({"who": "13800000002"}, {}, []),
        ({"who": "A2"}, {}, []),
        ({"who": "D2"}, {}, []),
        ({}, {"customer_id": "k2"}, []),
        ({}, {"subscription_id": "s2"}, []),
    ],
)
def test_an_order_moves_nothing_of_whom_it_is_not_of(
    moved: Change, written: dict[str, str], of: dict[str, str], found: list[str]
) -> None:
    of_order = {"customer_id": "k1", "subscription_id": "s1", "form_json": form(**written), **of}
    faults = lines.judge(known(*THEIRS), claim(order("C12", **of_order), changed=[moved]))
    assert [(fault.reason, json.dumps(fault.detail)) for fault in faults if fault.reason != "foreign"] == []
    assert told(lines.judge(known(*THEIRS), claim(order("C12", **of_order), changed=[moved]))) == [
        (reason, False) for reason in found
    ]


def test_what_a_customer_s_own_order_moves_is_theirs() -> None:
    own = [change("customer", "k1", address="x"), change("billing_account", "a1", state="closed"), paid(1)]
    done = order("C4.2", customer_id="k1", subscription_id="s1")
    assert list(lines.judge(known(*THEIRS), claim(done, changed=own))) == []
