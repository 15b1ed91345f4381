"""Sums of an entry, whose rows it hangs on, and what headquarters knows of its own rows: each condition alone."""

from __future__ import annotations

from typing import Any

import pytest

from boss_tui.components.ledger.ledger import OUTPUT_TAX
from boss_tui.headquarters.rules import judged, moves, sums, whose
from data.journal import Change
from data.tables.document import PaperDocument, PaperTax
from data.tables.finance import (
    BusinessDay,
    CashMovement,
    Payment,
    PaymentTender,
    Posting,
    PostingLine,
    SuspenseEntry,
    TenderKind,
)
from data.tables.network import WorkOrder
from data.tables.order import OrderItem, ProductOrder, Subscription
from data.tables.organisation import Counter, Operator, RoleRight
from data.tables.stock import RechargeCard
from data.tables.sync import AccessLog
from tests.boss_tui.components.rows import DAY, row
from tests.boss_tui.headquarters.known import MADE, Fact, change, claim, form, known, order, published, told

WAYS = [
    row(TenderKind, code="cash", position=1, account="1001"),
    row(TenderKind, code="card", position=2, account="1002"),
    row(TenderKind, code="pos", position=3, account="1002"),
]
BEFORE = "2026-11-22"
Table = list[Fact]


def first_wrong(rows: list[Any], *facts: Fact, **entry: Any) -> str:
    """The first sum that does not agree; empty: all do."""
    found = list(sums.judge(known(*rows), claim(*facts, **entry)))
    assert [fault.reason for fault in found] == ["sums"] * len(found)
    return found[0].detail["what"] if found else ""


def line(account: str, amount: int, at: int = 0, **values: Any) -> Fact:
    return PostingLine, {
        "posting_id": "p1",
        "line": at,
        "account": account,
        "amount": amount,
        "bucket_id": None,
        **values,
    }


def tender(kind: str, amount: int, at: int = 0, of: str = "pay") -> Fact:
    return PaymentTender, {"payment_id": of, "line": at, "kind": kind, "amount": amount}


def payment(**values: Any) -> Fact:
    standard = {"id": "pay", "order_id": "o1", "posting_id": "p1", "shift_id": "s1", "due": 500, "tendered": 500}
    return Payment, {**standard, **values}


def posting(**values: Any) -> Fact:
    return Posting, {"id": "p1", "order_id": "o1", "shift_id": "s1", "business_date": DAY, **values}


THREE = [tender("cash", 200), tender("card", 100, 1), tender("pos", 200, 2)]
PAID = [order(amount=500), payment(), posting(), tender("cash", 500), line("1001", 500), line("6001", -500, 1)]


@pytest.mark.parametrize(
    ("entry", "what"),
    [
        (PAID, ""),
        ([*PAID[:3], tender("cash", 499), *PAID[4:]], "payment pay"),
        ([PAID[0], payment(tendered=501), *PAID[2:]], "payment pay"),
        ([PAID[0], payment(tendered=700, change=200), *PAID[2:]], ""),
        ([PAID[0], payment(tendered=700, change=199), *PAID[2:]], "payment pay"),
        ([PAID[0], payment(), *PAID[3:]], "posting of payment pay"),
        ([*PAID[:2], posting(order_id="o2"), *PAID[3:]], "posting of payment pay"),
        ([*PAID[:2], posting(shift_id="s2"), *PAID[3:]], "posting of payment pay"),
        ([*PAID[:4], line("1001", 499), line("6001", -499, 1)], "tenders of payment pay"),
        ([*PAID[:4], line("1002", 500), line("6001", -500, 1)], "tenders of payment pay"),
        ([*PAID[:4], line("1001", 200), line("1001", 300, 1), line("6001", -500, 2)], ""),
        (
            [*PAID[:3], *THREE, line("1001", 200), line("1002", 300, 1), line("6001", -500, 2)],
            "",
        ),
        (
            [*PAID[:3], tender("cash", 500), tender("card", 100, 1), tender("card", -100, 2), *PAID[4:]],
            "",
        ),
        ([*PAID[:3], tender("gold", 500), *PAID[4:]], "tenders of payment pay"),
        ([*PAID, tender("cash", 0, 1, of="other")], ""),
        (
            [payment(order_id=None), posting(order_id=None), tender("gold", 500)],
            "",
        ),
        ([payment(order_id=None), posting(order_id=None), tender("gold", 499)], "payment pay"),
    ],
)
def test_tenders_make_what_was_due_and_are_posted_each_to_its_account(entry: Table, what: str) -> None:
    assert first_wrong(WAYS, *entry) == what


def test_every_payment_is_looked_at() -> None:
    none = [payment(id="a", order_id=None), posting(order_id=None), tender("cash", 500, of="a")]
    second = [
        payment(id="b", order_id="o2", posting_id="p2"),
        posting(id="p2", order_id="o2"),
        order(id="o2", amount=500),
    ]
    assert first_wrong(WAYS, *none, *second, tender("cash", 1, of="b")) == "payment b"


def test_a_way_of_paying_that_is_taken_no_more_may_have_been() -> None:
    gold = [
        published(1, "tender_kind", ("gold",), "2026-01-01", "add", account="1009"),
        published(2, "tender_kind", ("gold",), "2026-02-01", "end"),
    ]
    old = [*PAID[:3], tender("gold", 500), *PAID[4:]]
    assert first_wrong([*WAYS, *gold], *old) == ""
    second = [payment(id="b", posting_id="p2"), posting(id="p2"), tender("lead", 500, of="b")]
    assert first_wrong([*WAYS, *gold], *old, *second) == "tenders of payment b"


def item(amount: int, kind: str = "sim", **values: Any) -> Fact:
    return OrderItem, {"id": f"i{kind}{amount}", "order_id": "o1", "kind": kind, "amount": amount, **values}


@pytest.mark.parametrize(
    ("facts", "what"),
    [
        ([order(amount=0)], ""),
        ([order(amount=1)], "order S1"),
        ([order(amount=499), *PAID[1:]], "order S1"),
        ([*PAID, item(100, "plan")], ""),
        ([*PAID, item(100)], "items of order S1"),
        ([*PAID[:5], line("6001", -500, 1, item="sim_fee")], "items of order S1"),
        ([*PAID[:5], line("6001", -500, 1, item="sim_fee"), item(500)], ""),
        ([*PAID[:5], line("6001", -500, 1, item="sim_fee"), item(500, order_id="o2")], "items of order S1"),
        ([*PAID[:5], line("6001", -500, 1, item="sim_fee"), item(499)], "items of order S1"),
        ([*PAID[:5], line("6001", -500, 1, item="sim_fee"), item(200), item(300, "number")], ""),
        ([*PAID[:5], line("6001", -500, 1, item="other")], ""),
        ([*PAID[:5], line("6001", -500, 1, item="sim_fee", bucket_id="b1")], ""),
        ([*PAID, item(100, order_id="o9")], ""),
    ],
)
def test_an_order_is_of_what_was_paid_and_its_pieces_of_what_was_posted(facts: Table, what: str) -> None:
    assert first_wrong(WAYS, *facts) == what


def paper(**values: Any) -> Fact:
    standard = {"id": "d1", "kind": "invoice", "code": "A", "number": 7, "order_id": "o1", "tax": 28, "amount": 500}
    return PaperDocument, {"collection": "", "drawn_later": 0, **standard, **values}


def rate(amount: int = 472, tax: int = 28, of: str = "d1", rate: int = 600) -> Fact:
    return PaperTax, {"document_id": of, "rate": rate, "amount": amount, "tax": tax}


TAXED = [
    *PAID[:5],
    line("6001", -472, 1, tax_rate=600),
    line(OUTPUT_TAX, -28, 2, tax_rate=600),
]
"""500 fen, of which 28 are tax."""


@pytest.mark.parametrize(
    ("facts", "what"),
    [
        ([*TAXED, paper(), rate(500, 28)], ""),
        ([*TAXED, paper(tax=27), rate(500, 28)], "document A-00000007"),
        ([*TAXED, paper(tax=56), rate(500, 28), rate(1, 28, rate=900)], "papers of order o1"),
        ([*TAXED, paper(), rate(499, 28)], "papers of order o1"),
        ([*TAXED, paper(tax=27), rate(500, 27)], "papers of order o1"),
        ([*TAXED], "papers of order o1"),
        ([*TAXED, paper(state="void"), rate(500, 28)], "papers of order o1"),
        ([*TAXED, paper(drawn_later=1), rate(500, 28)], "papers of order o1"),
        ([*TAXED, paper(order_id="o2"), rate(500, 28)], "papers of order o1"),
        ([*TAXED, paper(kind="receipt", amount=500), rate(500, 28)], ""),
        ([*TAXED, paper(kind="receipt", amount=499), rate(500, 28)], ""),
        ([*TAXED, paper(kind="receipt", amount=499, state="void"), rate(500, 28)], "papers of order o1"),
        ([*TAXED, paper(kind="receipt", amount=499, collection="c1"), rate(500, 28)], ""),
        ([*TAXED, paper(kind="slip", amount=499), rate(500, 28)], ""),
        ([paper(tax=0, order_id="o9")], ""),
        ([paper(tax=1, order_id="o9")], "document A-00000007"),
        ([order(), paper(kind="receipt", amount=3, tax=0)], ""),
        ([order(collection="c1"), paper(order_id=None, collection="c1", tax=0)], ""),
        ([order(collection="c1"), paper(order_id=None, collection="c1"), rate(500, 28)], "papers of order c1"),
        ([*TAXED, order(collection="c1", amount=500), paper(order_id=None, collection="c1"), rate(500, 28)], ""),
    ],
)
def test_papers_say_what_the_postings_entered(facts: Table, what: str) -> None:
    assert first_wrong(WAYS, *facts) == what


def test_money_that_goes_back_has_a_receipt_of_another_sum() -> None:
    back = [order(amount=-500), payment(due=-500, tendered=-500), posting(), tender("cash", -500), line("1001", -500)]
    assert first_wrong(WAYS, *back, line("6001", 500, 1), paper(kind="receipt", amount=500, tax=0)) == ""


def test_the_first_sum_is_told_alone() -> None:
    assert first_wrong(WAYS, order(amount=1), order(id="o2", serial="S2", amount=2)) == "order S1"


# whose


@pytest.mark.parametrize(
    ("rows", "new", "changed", "entry", "found"),
    [
        ([], [order()], [], {}, []),
        ([row(ProductOrder, id="o0", outlet="HZ02")], [order(reverses="o0")], [], {}, ["product_order o0"]),
        ([row(ProductOrder, id="o0", outlet="HZ02")], [payment(order_id="o0")], [], {}, ["product_order o0"]),
        ([row(ProductOrder, id="o0", outlet="HZ01")], [order(reverses="o0")], [], {}, []),
        ([], [order(reverses="o0")], [], {}, []),
        ([], [order(reverses=None)], [], {}, []),
        ([row(ProductOrder, id="o0", outlet="HZ02")], [], [change("product_order", "o0")], {}, ["product_order o0"]),
        ([row(ProductOrder, id="o0", outlet="HZ01")], [], [change("product_order", "o0")], {}, []),
        ([], [], [change("product_order", "o0")], {}, []),
        ([row(RechargeCard, serial="c", outlet="HZ02")], [], [change("recharge_card", "c")], {}, []),
        ([], [order(business_date=BEFORE)], [], {}, [f"product_order {BEFORE}"]),
        ([], [order(business_date=BEFORE)], [], {"business_date": ""}, []),
        ([], [posting(business_date=BEFORE)], [], {}, [f"posting {BEFORE}"]),
        ([], [(SuspenseEntry, {"id": "e", "business_date": BEFORE})], [], {}, [f"suspense_entry {BEFORE}"]),
        ([row(BusinessDay, outlet="HZ01", business_date=DAY, state="closed")], [order()], [], {}, [DAY]),
        ([row(BusinessDay, outlet="HZ01", business_date=DAY, state="open")], [order()], [], {}, []),
        ([row(BusinessDay, outlet="HZ02", business_date=DAY, state="closed")], [order()], [], {}, []),
        ([row(BusinessDay, outlet="HZ01", business_date=DAY, state="closed")], [], [], {}, []),
        ([row(BusinessDay, outlet="HZ01", business_date=BEFORE, state="closed")], [order()], [], {}, []),
    ],
)
def test_what_is_done_hangs_on_the_outlet_s_own_and_is_of_its_date(
    rows: list[Any], new: Table, changed: list[Change], entry: dict[str, Any], found: list[str]
) -> None:
    faults = list(whose.judge(known(*rows), claim(*new, changed=changed, **entry)))
    assert [fault.detail["what"] for fault in faults] == found


def test_what_an_entry_brings_itself_goes_before_what_is_here() -> None:
    rows = [row(ProductOrder, id="o0", outlet="HZ02")]
    assert list(whose.judge(known(*rows), claim(order(id="o0"), order(reverses="o0")))) == []
    there = list(whose.judge(known(), claim(order(id="o0", outlet="HZ02"), order(reverses="o0"))))
    assert [fault.reason for fault in there] == ["foreign"]


# all rules

C8 = order("C8", form_json="{}")


DONE = claim(order(counter="HZ0101", serial="HZ01012611230001", draft_id="d", form_json=form(who="1"))).added[
    "product_order"
]


@pytest.mark.parametrize(
    ("clerk", "day", "found"),
    [
        ({"state": "left", "revision": 2}, DAY, [("staff", True)]),
        ({"state": "left", "revision": 1}, DAY, [("staff", False)]),
        ({"state": "left", "revision": 2}, BEFORE, [("date", False), ("date", False), ("staff", True)]),
        ({"state": "active"}, DAY, []),
    ],
)
def test_all_that_is_against_it_is_told(clerk: dict[str, Any], day: str, found: list[tuple[str, bool]]) -> None:
    rows = [
        row(Operator, **{"staff_no": "1001", "role": "clerk", "outlet": "HZ01", **clerk}),
        row(RoleRight, role="clerk", business="C12", approval="alone"),
        row(Counter, code="HZ0101", outlet="HZ01"),
    ]
    here = known(*rows)
    done = [Change("product_order", "add", ("o1",), 0, dict(each)) for each in DONE]
    done.append(Change("figure", "increase", ("HZ01", DAY, "1001", "C12", "accepted"), 0, {"count": 1}))
    assert told(judged(here, claim(business_date=day).entry, done)) == found
    learnt = here.row(ProductOrder, "o1") is not None
    assert learnt == all(note for _, note in found)


@pytest.mark.parametrize(
    ("typed", "wrong"),
    [
        ("[", "JSON"),
        ("{}", "who"),
        ('{"amount": "x"}', "amount, who"),
        ('{"who": ""}', "who"),
        ('{"who": null}', "who"),
    ],
)
def test_what_is_wrong_with_a_form_is_named(typed: str, wrong: str) -> None:
    (fault,) = moves.judge(known(), claim(order(form_json=typed)))
    assert fault.detail == {"what": f"C12 {wrong}", "order": "o1"}


@pytest.mark.parametrize(
    ("moved", "agrees"), [((500,), True), ((300, 200), True), ((501,), False), ((500, 500), False), ((), True)]
)
def test_cash_is_moved_by_what_was_posted(moved: tuple[int, ...], agrees: bool) -> None:
    legs = [(PostingLine, {"posting_id": "p", "line": at, "amount": fen}) for at, fen in enumerate((500, -500))]
    slips = [(CashMovement, {"id": f"{at}", "posting_id": "p", "amount": fen}) for at, fen in enumerate(moved)]
    assert first_wrong(WAYS, *legs, *slips) == ("" if agrees else "cash movement of posting p")


def test_cash_is_moved_by_a_posting_of_the_same_entry() -> None:
    assert first_wrong(WAYS, (CashMovement, {"id": "m", "posting_id": "earlier", "amount": 1})) != ""


WORK = {"id": "w", "order_id": "o1", "act": "create_subscriber", "state": "open"}
LINE = {"id": "l", "state": "pendingActive"}


@pytest.mark.parametrize(
    ("state", "facts", "found"),
    [
        ("inProgress", [(Subscription, LINE), (WorkOrder, WORK)], 0),
        ("inProgress", [(Subscription, {**LINE, "state": "active"})], 1),
        ("inProgress", [(Subscription, {**LINE, "activated_at": MADE})], 1),
        ("inProgress", [(WorkOrder, {**WORK, "state": "done"})], 1),
        ("inProgress", [(WorkOrder, {**WORK, "done_at": MADE})], 1),
        ("inProgress", [(WorkOrder, {**WORK, "done_by": "1001"})], 1),
        ("completed", [], 0),
        ("completed", [(Subscription, LINE)], 1),
        ("completed", [(WorkOrder, WORK)], 1),
        ("completed", [(WorkOrder, {**WORK, "follow_up": 1})], 0),
        ("completed", [(WorkOrder, {**WORK, "order_id": "o9"})], 0),
    ],
)
def test_what_waits_is_not_done_at_once(state: str, facts: list[Fact], found: int) -> None:
    told_of = claim(order("C99", state=state, subscription_id="l"), *facts)
    assert [fault.reason for fault in moves.judge(known(), told_of)] == ["form", *["move"] * found]


@pytest.mark.parametrize(("counter", "found"), [("HZ0101", 0), ("HZ0201", 1), ("HZ0199", 0), ("", 0), (None, 0)])
def test_who_looked_did_so_at_a_counter_of_the_outlet(counter: str | None, found: int) -> None:
    rows = [row(Counter, code="HZ0101", outlet="HZ01"), row(Counter, code="HZ0201", outlet="HZ02")]
    faults = whose.judge(known(*rows), claim((AccessLog, {"id": "a", "counter": counter})))
    assert [(fault.reason, fault.note) for fault in faults] == [("foreign", False)] * found


def test_each_payment_is_looked_at_whatever_comes_before_it() -> None:
    wrong = [order(), payment(), posting(), tender("cash", 500), line("1002", 500), line("6001", -500, 1)]
    assert first_wrong(WAYS, *wrong) == "tenders of payment pay"
    of_nothing = {"id": "free", "order_id": None, "posting_id": "p2", "due": 0, "tendered": 0}
    free, elsewhere = payment(**of_nothing), posting(id="p2", order_id=None)
    assert first_wrong(WAYS, wrong[0], free, elsewhere, *wrong[1:]) == "tenders of payment pay"
