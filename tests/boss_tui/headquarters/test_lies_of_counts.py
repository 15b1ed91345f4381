"""An outlet that lies in what reports are made of, and where its money stands: figures that no order backs, papers of
another amount, income in a neighbour's account, no tax, another customer's balance, an old slip's price."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from boss_tui.headquarters.rules import figures, items, lines, papers, slips
from data.journal import Change
from data.parameters import SLIP_DAYS
from data.tables.customer import Customer
from data.tables.finance import Payment, Posting, PostingLine, TenderKind
from data.tables.life import ScheduledAct
from data.tables.order import HandwrittenSlip, ProductOrder, Subscription
from data.tables.organisation import Operator
from data.tables.tariff import ChargeItem, TaxRate
from tests.boss_tui.components.rows import DAY, row
from tests.boss_tui.headquarters.known import Fact, change, claim, form, known, order
from tests.boss_tui.headquarters.known import told as reasons
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
from tests.tiers import some_by_day

Alter = Callable[[Body, dict[str, Any]], None]
ACCEPTED = ["figure", "increase", ["HZ01", DAY, "1001", "C1", "accepted"]]


def counted(measure: str, count: int, amount: int = 0, operator: str = "1001", business: str = "C1") -> Alter:
    key = ["HZ01", DAY, operator, business, measure]
    values = {"count": count, "amount": amount}
    return lambda body, _: body["changes"].append(["figure", "increase", key, 0, values])


def without(table: str) -> Alter:
    def alter(body: Body, _: dict[str, Any]) -> None:
        body["changes"] = [change for change in body["changes"] if change[0] != table]

    return alter


def moved(account: str, to: str) -> Alter:
    """Income that stands in another account, as its totals say too."""

    def alter(body: Body, _: dict[str, Any]) -> None:
        for table, _op, key, _base, values in body["changes"]:
            if table == "posting_line" and values["account"] == account:
                values["account"] = to
            if table == "running_total" and key[3] == account:
                key[3] = to

    return alter


def untaxed(body: Body, _: dict[str, Any]) -> None:
    """A sale without tax, in the books and on paper."""
    income = {"6003": -2_000, "6004": -5_000}
    kept = []
    for told in body["changes"]:
        table, _op, key, _base, values = told
        account = values.get("account") if table == "posting_line" else key[-1] if table == "running_total" else ""
        if table == "paper_tax" or account == "2221":
            continue
        if account in income:
            values.update(amount=income[account], **({"tax_rate": 0} if table == "posting_line" else {}))
        if table == "paper_document":
            values["tax"] = 0
            values["content"] = values["content"].replace('"tax":"6.43"', '"tax":"0.00"')
        kept.append(told)
    body["changes"] = kept


def into_another_s(body: Body, _: dict[str, Any]) -> None:
    """A prepayment that goes into the balance of who was first served."""
    theirs = next(told[2][0] for told in sold(morning())["changes"] if told[:2] == ["balance_bucket", "increase"])
    for table, op, key, _base, values in body["changes"]:
        if table in ("posting_line", "balance_entry") and values["bucket_id"]:
            values["bucket_id"] = theirs
        if (table, op) == ("balance_bucket", "increase"):
            key[0] = theirs


def printed(nth: int, amount: int) -> Alter:
    """A paper of another amount, in its row and on the sheet."""

    def alter(body: Body, _: dict[str, Any]) -> None:
        paper = of_entry(body, "paper_document", nth)
        was, now = (f"{fen // 100}.{fen % 100:02d}" for fen in (paper["amount"], amount))
        more = f"{(amount - paper['amount'] + 10_000) // 100}.{amount % 100:02d}"  # on the line of the prepayment
        content = paper["content"].replace(f'"{was}"', f'"{now}"').replace('"100.00"', f'"{more}"')
        paper.update(amount=amount, content=content)

    return alter


LIES: dict[str, tuple[Alter, str]] = {
    "an order more than there is": (counted("accepted", 1, 17_000), "sums"),
    "a fen more than there was": (counted("accepted", 0, 1), "sums"),
    "no figure": (without("figure"), "sums"),
    "an order of a colleague's": (counted("accepted", 1, 17_000, "1002"), "sums"),
    "another business's": (counted("opened", 1, 0, business="C2"), "sums"),
    "more that were opened than orders": (counted("opened", 2), "sums"),
    "more fen that were opened": (counted("opened", 1, 17_001), "sums"),
    "who was not there": (counted("opened", 1, 0, "1002"), "sums"),
    "fewer than none": (counted("opened", -1), "sums"),
    "what nobody allowed": (counted("approved", 1, 17_000), "sums"),
    "what no slip was of": (counted("entered_later", 1, 17_000), "sums"),
    "what was not cancelled": (counted("cancelled", 1, -17_000), "sums"),
    "an invoice of more": (printed(0, 17_001), "sums"),
    "an invoice of less": (printed(0, 16_999), "sums"),
    "a receipt of more": (printed(1, 17_001), "sums"),
    "a sheet that says otherwise": (lambda body, _: of_entry(body, "paper_document", 1).update(content="{}"), "sums"),
    "income of a card as a fee": (moved("6003", "6004"), "books"),
    "income as a partner's": (moved("6003", "2241"), "books"),
    "no tax": (untaxed, "books"),
    "another customer's balance": (into_another_s, "books"),
}


@pytest.mark.parametrize("what", some_by_day(LIES, 3))
def test_a_lie_in_what_is_counted_or_printed_is_put_aside(tmp_path: Path, what: str) -> None:
    alter, reason = LIES[what]
    told, office = lying(morning(), alter), headquarters(tmp_path)
    assert [(found.reason, found.state) for found in push(office, told)] == [(reason, "open")]
    assert orders(office, told) == [True, True, False, True]


@pytest.mark.parametrize("amount", [17_000, 0, -17_000])
def test_what_a_business_counts_beside_is_of_its_order(tmp_path: Path, amount: int) -> None:
    told, office = lying(morning(), counted("opened", 1, amount)), headquarters(tmp_path)
    assert push(office, told) == []


@pytest.mark.parametrize("kind", ["act", "C1", "C1.completion", "look.order"])
def test_nothing_is_counted_without_an_order_or_an_act(tmp_path: Path, kind: str) -> None:
    told = behind(morning(), kind, [[*ACCEPTED, 0, {"amount": 88_888_888, "count": 5_000}]])
    (found,) = push(headquarters(tmp_path), told)
    assert (found.reason, found.state) == ("sums", "open")


def test_a_second_invoice_of_an_order_is_of_none(tmp_path: Path) -> None:
    """Neither of an order of another entry, in the entry of an honest one."""
    first = of_entry(sold(morning()), "product_order")["id"]

    def alter(body: Body, _: dict[str, Any]) -> None:
        of_entry(body, "paper_document", 0)["order_id"] = first

    told, office = lying(morning(), alter), headquarters(tmp_path)
    assert {found.reason for found in push(office, told)} == {"sums"}


# where a rule turns

SIM, BACK, DEPOSIT = ("sim_fee", ""), ("prepayment", "b"), ("deposit", "b")


@pytest.mark.parametrize(
    ("worth", "amounts", "fits"),
    [
        ({SIM: 2_000}, [2_000], True),
        ({SIM: 2_000}, [1_999], False),
        ({SIM: 2_000}, [2_001], False),
        ({SIM: 2_000}, [1_500, 500], True),
        ({SIM: 2_000}, [], True),
        ({SIM: 2_000, DEPOSIT: 500}, [2_000], True),
        ({SIM: 2_000, DEPOSIT: 500}, [2_500], False),
        ({SIM: 2_000, BACK: -500}, [1_500], True),
        ({SIM: 2_000, BACK: -500}, [2_000, -500], True),
        ({SIM: 2_000, BACK: -500}, [2_001, -500], False),
        ({SIM: 2_000, BACK: -500}, [2_000, -501], False),
        ({BACK: -500}, [-500], True),
        ({BACK: -500}, [-501], False),
        ({}, [1], False),
    ],
)
def test_invoices_are_of_what_was_brought(worth: dict[Any, int], amounts: list[int], fits: bool) -> None:
    drawn = [{"amount": amount, "state": "normal"} for amount in amounts]
    assert papers._is_of(Counter(worth), [*drawn, {"amount": 9, "state": "void"}]) is fits


RULES = [
    row(TenderKind, code="cash", position=1, account="1001"),
    row(ChargeItem, code="sim_fee", ledger_account="6003", tax_category="goods"),
    row(TaxRate, category="goods", valid_from="2026-01-01", rate=1_300),
    row(TaxRate, category="goods", valid_from="2026-12-01", rate=900),
    row(ProductOrder, id="o0", business="C3", form_json="another"),
]


def paid(net: int, tax: int, rate: int = 1_300, **of: Any) -> list[Fact]:
    lines = [("6003", net), *([("2221", tax)] if tax else [])]
    entered = [
        (PostingLine, {"posting_id": "p1", "line": at, "account": account, "amount": -fen, "item": "sim_fee"} | common)
        for at, (account, fen) in enumerate(lines)
        for common in [{"tax_rate": rate, "bucket_id": None}]
    ]
    payment = (Payment, {"id": "pay", "order_id": "o1", "posting_id": "p1"})
    return [order("C3", **of), (Posting, {"id": "p1", "order_id": "o1"}), payment, *entered]


@pytest.mark.parametrize(
    ("facts", "found"),
    [
        (paid(1_770, 230), []),
        (paid(1_771, 229), []),  # a fen of a line, by which parts of it are rounded
        (paid(1_772, 228), [("books", False)]),
        (paid(2_000, 0), [("books", False)]),
        (paid(2_000, 0, 0), [("books", False)]),
        (paid(1_835, 165, 900), [("books", True)]),  # the rate of another day
        (paid(1_835, 165, 900, business_date="2026-12-01"), []),
        (paid(1_770, 230, business_date="2026-12-01"), [("books", True)]),
        (paid(1_887, 113, 600), [("books", False)]),
        (paid(1_887, 113, 600, reverses="o0"), [("books", True)]),
    ],
)
def test_tax_is_that_of_the_day(facts: list[Fact], found: list[tuple[str, bool]]) -> None:
    assert reasons(items.judge(known(*RULES), claim(*facts))) == found


CLERKS = [
    row(Operator, staff_no="1001", role="clerk", outlet="HZ01"),
    row(Operator, staff_no="2001", role="supervisor", outlet="HZ01"),
    row(Operator, staff_no="1009", role="clerk", outlet="HZ02"),
]
OLDEST, TOO_OLD = "2026-10-23", "2026-10-22"
assert SLIP_DAYS.first == 31


def slip(**values: Any) -> Fact:
    standard = {"id": "s1", "outlet": "HZ01", "number": "SG-1", "known_as": "SG1", "order_id": "o1", "state": "entered"}
    written = {"business_date": DAY, "written_on": DAY, "written_at": "09:00", "written_by": "1001", "business": "C12"}
    return HandwrittenSlip, {**standard, **written, **values}


@pytest.mark.parametrize(
    ("written", "of_order", "found"),
    [
        ({}, {}, []),
        ({"written_on": OLDEST}, {"approved_by": "2001"}, []),
        ({"written_on": TOO_OLD}, {"approved_by": "2001"}, ["date"]),
        ({"written_on": "2026-11-24"}, {"approved_by": "2001"}, ["date"]),
        ({"written_on": "20261122"}, {"approved_by": "2001"}, ["date"]),
        ({"written_on": "2026-11-22"}, {}, ["approval"]),
        ({"written_on": "2026-11-22"}, {"operator": "2001"}, []),
        ({"written_on": "2026-11-22"}, {"approved_by": "1001"}, ["approval"]),
        ({"written_at": "23:59"}, {}, []),
        ({"written_at": "24:00"}, {}, ["form"]),
        ({"known_as": "SG2"}, {}, ["form", "form"]),
        ({"written_by": "1009"}, {}, ["staff"]),
        ({"written_by": "9999"}, {}, ["staff"]),
        ({"order_id": None}, {}, ["form"]),
    ],
)
def test_a_slip_is_young_enough_and_by_who_was_there(
    written: dict[str, Any], of_order: dict[str, Any], found: list[str]
) -> None:
    told = claim(slip(**written), order(hand_slip="sg 1", **of_order))
    assert [fault.reason for fault in slips.judge(known(*CLERKS), told)] == found


def test_a_slip_that_was_put_down_before_has_the_prices_of_its_day() -> None:
    here = known(*CLERKS, row(*[slip()[0]], **slip(written_on="2026-11-22", state="open", order_id=None)[1]))
    told = claim(order(hand_slip="SG-1"), changed=[change("handwritten_slip", "s1", state="entered", order_id="o1")])
    assert [fault.reason for fault in slips.judge(here, told)] == ["approval"]


@pytest.mark.parametrize(
    ("measure", "count", "fen", "fits"),
    [("opened", 1, 500, True), ("opened", 1, 501, False), ("opened", 2, 0, False), ("cancelled", 1, -500, False)],
)
def test_a_figure_is_of_the_orders_that_an_entry_moves(measure: str, count: int, fen: int, fits: bool) -> None:
    standing = row(ProductOrder, **order("C1", amount=500, state="inProgress")[1])
    grown = Change("figure", "increase", ("HZ01", DAY, "1001", "C1", measure), 0, {"count": count, "amount": fen})
    told = claim(kind="C1.completion", changed=[change("product_order", "o1", state="completed"), grown])
    assert (list(figures.judge(known(standing), told)) == []) is fits


# an order's own line


def first(table: str, column: str = "id") -> Any:
    return of_entry(sold(morning()), table)[column]


MOVES: dict[str, tuple[str, Callable[[], list[list[Any]]], str]] = {
    "another's line by an opening": (
        "C1",
        lambda: [["subscription", "change", [first("subscription")], 1, {"activated_at": "", "revision": 2}]],
        "foreign",
    ),
    "another's service by an opening": (
        "C1",
        lambda: [
            [
                "subscription_product",
                "add",
                [first("subscription"), "S1"],
                0,
                {**of_entry(sold(morning()), "subscription_product"), "product": "S1", "state": "active"},
            ]
        ],
        "foreign",
    ),
    "a plan by an opening": (
        "C1",
        lambda: [["subscription", "change", [first("subscription")], 1, {"plan": "P58", "revision": 2}]],
        "act",
    ),
    "a bill's end by an opening": (
        "C1",
        lambda: [["customer_bill", "change", ["b"], 1, {"state": "settled", "revision": 2}]],
        "act",
    ),
}


@pytest.mark.parametrize("what", MOVES)
def test_an_order_moves_its_own_line_and_what_its_business_moves(tmp_path: Path, what: str) -> None:
    _, changes, reason = MOVES[what]

    def alter(body: Body, _: dict[str, Any]) -> None:
        body["changes"].extend(changes())

    told, office = lying(morning(), alter), headquarters(tmp_path)
    (found,) = push(office, told)
    assert (found.reason, found.state) == (reason, "open")
    assert orders(office, told) == [True, True, False, True]


LINE = {"id": "s1", "number": "13800000001", "account_id": "a1", "customer_id": "k1"}


@pytest.mark.parametrize(
    ("other", "of_form", "fits"),
    [
        ({}, {}, True),  # the order's own
        ({"id": "s2", "account_id": "a1", "customer_id": "k2"}, {}, True),
        ({"id": "s2", "account_id": "a2", "customer_id": "k1"}, {}, True),
        ({"id": "s2", "account_id": "a2", "customer_id": "k2"}, {"who": "13800000001"}, True),
        ({"id": "s2", "account_id": "a2", "customer_id": "k2"}, {"who": "13800000002"}, False),
    ],
)
def test_what_hangs_on_the_same_account_is_resumed_with_it(
    other: dict[str, Any], of_form: dict[str, str], fits: bool
) -> None:
    rows = [row(Subscription, **LINE), row(Subscription, **{**LINE, **other})]
    act = (ScheduledAct, {"id": "x", "subscription_id": other.get("id", "s1")})
    paid_for = order("C12", subscription_id="s1", customer_id="k1", form_json=form(**of_form))
    assert (list(lines.judge(known(*rows), claim(paid_for, act))) == []) is fits
    changed = [change("subscription", other.get("id", "s1"), state="active")]
    assert (list(lines.judge(known(*rows), claim(paid_for, changed=changed))) == []) is (not other)


@pytest.mark.parametrize(("document", "fits"), [("330106199001011234", True), ("330106199001011235", False)])
def test_a_line_goes_to_whom_its_form_names(document: str, fits: bool) -> None:
    rows = [row(Subscription, **LINE), row(Customer, id="k9", document_number="330106199001011234")]
    moved_to = [change("subscription", "s1", customer_id="k9")]
    transfer = order("C5", subscription_id="s1", customer_id="k1", form_json=form(new_document_number=document))
    assert (list(lines.judge(known(*rows), claim(transfer, changed=moved_to))) == []) is fits


def test_each_row_is_of_the_order_s_line_whatever_the_one_before_it_is_of() -> None:
    rows = [
        row(Subscription, **LINE),
        row(Subscription, **{**LINE, "id": "s2", "account_id": "a2", "customer_id": "k2"}),
    ]
    acts = [(ScheduledAct, {"id": f"x{of}", "subscription_id": of}) for of in ("s1", "s2")]
    made = order("C12", subscription_id="s1", customer_id="k1", form_json=form())
    (fault,) = lines.judge(known(*rows), claim(made, *acts))
    assert fault.detail["what"] == "scheduled_act xs2"
