"""What an order enters in the books and how it is taxed; which papers are of its money: each condition alone."""

from __future__ import annotations

from typing import Any

import pytest

from boss_tui.business.registry import BUSINESSES
from boss_tui.components.ledger.ledger import CARDS_SOLD, DEFERRED_TAX, OUTPUT_TAX, PREPAID, RECEIVABLE
from boss_tui.components.tariff.tariff import DEPOSIT
from boss_tui.headquarters.rules import items, papers
from data.tables.account import BalanceBucket, BillingAccount
from data.tables.document import PaperDocument
from data.tables.finance import Payment, Posting, PostingLine, TenderKind
from data.tables.order import HandwrittenSlip, ProductOrder, Subscription
from data.tables.tariff import ChargeItem, TaxRate
from tests.boss_tui.components.rows import row
from tests.boss_tui.headquarters.known import Fact, change, claim, form, known, order, told

Found = list[tuple[str, bool]]
SURE, NOTE = ("books", False), ("books", True)
THERE = [
    row(TenderKind, code="cash", position=1, account="1001"),
    row(ChargeItem, code="fee", ledger_account="6004", tax_category="basic"),
    row(ChargeItem, code="bill", ledger_account=RECEIVABLE, tax_category="none"),
    row(ChargeItem, code="recharge_card", ledger_account=CARDS_SOLD, tax_category="none"),
    row(ChargeItem, code="prepayment", ledger_account=PREPAID, tax_category="none"),
    row(TaxRate, category="basic", valid_from="2014-06-01", rate=1_100),
    row(TaxRate, category="basic", valid_from="2019-04-01", rate=900),
    row(TaxRate, category="basic", valid_from="2026-11-24", rate=500),
    row(TaxRate, category="none", valid_from="2014-06-01", rate=0),
]


def line(account: str, amount: int, item: str = "", *, at: int = 0, of: str = "p", **values: Any) -> Fact:
    standard = {"posting_id": of, "line": at, "account": account, "amount": amount, "item": item, "bucket_id": None}
    return PostingLine, {**standard, **values}


def paid(*lines: Fact, of: str | None = "o1", due: int = 0, key: str = "p") -> list[Fact]:
    """A payment of an order with the lines that it was posted as."""
    posting: Fact = (Posting, {"id": key, "order_id": of})
    numbered = [(model, {**values, "line": at, "posting_id": key}) for at, (model, values) in enumerate(lines)]
    return [posting, (Payment, {"id": key, "order_id": of, "posting_id": key, "due": due}), *numbered]


def books(*facts: Fact, rows: list[Any] | None = None, changed: Any = ()) -> Found:
    return told(items.judge(known(*THERE, *(rows or [])), claim(*facts, changed=changed)))


@pytest.mark.parametrize(
    ("entered", "found"),
    [
        (line("1001", 500), []),
        (line("1009", 500), [SURE]),
        (line("6004", -500, "fee", tax_rate=900), [SURE]),  # without its tax
        (line("6001", -500, "fee"), [SURE]),
        (line("6004", -500, "nothing"), [SURE]),
        (line(RECEIVABLE, -500, "bill"), []),
        (line(PREPAID, -500, "bill"), [SURE]),
        (line(CARDS_SOLD, -500, "recharge_card"), []),
        (line(CARDS_SOLD, -500, "recharge_card", bucket_id="b"), [SURE]),
        (line(CARDS_SOLD, 500, "recharge_card"), [SURE]),  # a sale gives nothing back
        (line(PREPAID, -500, "recharge_card", bucket_id="b"), []),
        (line(PREPAID, -500, "recharge_card"), [SURE]),  # nobody's balance
        (line(CARDS_SOLD, -500, "prepayment"), [SURE]),
        (line(OUTPUT_TAX, -1, "prepayment"), [SURE]),  # a tax of what is not taxed
    ],
)
def test_a_line_stands_in_its_item_s_account(entered: Fact, found: Found) -> None:
    assert books(order(), *paid(entered)) == found
    assert books(order(), *paid(entered, of="o2")) == []  # of no order of the entry: `postings`
    assert books(order(), *paid(entered, of=None)) == []


def test_what_no_payment_posted_is_not_taxed_here() -> None:
    assert books(order(), (Posting, {"id": "p", "order_id": "o1"}), line("6004", -500, "fee")) == []
    assert books(order(), *paid(line("2205", -500, "prepayment", bucket_id="gone", tax_rate=900))) == []


def test_a_tax_in_a_balance_is_in_another_account() -> None:
    rows = [row(BalanceBucket, id="b", account_id="a"), row(BillingAccount, id="a", customer_id="c")]
    for account in (OUTPUT_TAX, DEFERRED_TAX):
        assert books(order(customer_id="c"), *paid(line(account, -1, "fee", bucket_id="b")), rows=rows) == [SURE]


@pytest.mark.parametrize(
    ("whose", "values", "more", "found"),
    [
        ("c", {}, [], []),
        ("d", {}, [], [SURE]),
        ("d", {"subscription_id": "l"}, [row(Subscription, id="l", account_id="a")], []),
        ("d", {"subscription_id": "l"}, [row(Subscription, id="l", account_id="x")], [SURE]),
        ("d", {"subscription_id": "m"}, [row(Subscription, id="l", account_id="a")], [SURE]),
        ("d", {"form_json": form(right="138")}, [row(Subscription, id="l", number="138", account_id="a")], []),
        ("d", {"form_json": form(right="139")}, [row(Subscription, id="l", number="138", account_id="a")], [SURE]),
        ("d", {"form_json": form(right="138")}, [row(Subscription, id="l", number="138", account_id="x")], [SURE]),
        ("d", {"form_json": "["}, [row(Subscription, id="l", number="138", account_id="a")], [SURE]),
    ],
)
def test_a_balance_is_the_customer_s_or_its_line_s_or_of_a_number_that_is_named(
    whose: str, values: dict[str, Any], more: list[Any], found: Found
) -> None:
    rows = [row(BalanceBucket, id="b", account_id="a"), row(BillingAccount, id="a", customer_id=whose), *more]
    entered = paid(line(PREPAID, -500, "prepayment", bucket_id="b"))
    assert books(order(**{"customer_id": "c", "subscription_id": None, **values}), *entered, rows=rows) == found


def test_a_balance_may_be_of_whom_a_line_goes_to_or_new_in_the_entry() -> None:
    rows = [row(BalanceBucket, id="b", account_id="a"), row(BillingAccount, id="a", customer_id="d")]
    mine = order(customer_id="c", subscription_id=None)
    entered = paid(line(PREPAID, -500, "prepayment", bucket_id="b"))
    goes = [change("subscription", "l", customer_id="d")]
    assert books(mine, *entered, rows=rows, changed=goes) == []
    assert books(mine, *entered, rows=rows, changed=[change("subscription", "l", customer_id="e")]) == [SURE]
    new: list[Fact] = [
        (BalanceBucket, {"id": "b", "account_id": "a"}),
        (BillingAccount, {"id": "a", "customer_id": "c"}),
    ]
    assert books(mine, *entered, *new) == []
    assert books(mine, *entered, new[0]) == [SURE]  # of an account that nobody knows


def taxed(amount: int, tax: int, rate: int = 900, item: str = "fee") -> list[Fact]:
    """So much gross, of which so much is tax."""
    return paid(
        line("1001", amount),
        line("6004", -(amount - tax), item, tax_rate=rate),
        line(OUTPUT_TAX, -tax, item, tax_rate=rate),
    )


@pytest.mark.parametrize(
    ("gross", "tax", "rate", "found"),
    [
        (1_090, 90, 900, []),
        (1_090, 91, 900, []),  # a line may be rounded by a fen
        (1_090, 89, 900, []),
        (1_090, 92, 900, [SURE]),
        (1_090, 88, 900, [SURE]),
        (1_090, 0, 900, [SURE]),
        (1_110, 110, 1_100, [NOTE]),  # the rate of another day
        (1_050, 50, 500, [NOTE]),
        (1_060, 60, 600, [SURE]),  # a rate that there never was
        (1_090, 0, 0, [SURE]),
        (-1_090, -90, 900, [SURE]),  # nothing is given back but by what takes an order back
    ],
)
def test_an_item_is_taxed_by_the_rate_of_its_day_to_the_fen(gross: int, tax: int, rate: int, found: Found) -> None:
    assert books(order(), *taxed(gross, tax, rate)) == found


def test_what_was_earned_is_given_back_by_what_takes_an_order_back() -> None:
    of = row(ProductOrder, id="o0", business="C12", form_json="{}")
    assert books(order(reverses="o0", form_json="1"), *taxed(-1_090, -90), rows=[of]) == []
    for code, business in BUSINESSES.items():
        assert books(order(code), *taxed(-1_090, -90)) == ([] if business.gives_back else [SURE]), code


def test_a_rate_that_was_changed_may_have_been_another() -> None:
    rows = [row(TaxRate, category="basic", valid_from="2020-01-01", rate=900, revision=2)]
    assert books(order(), *taxed(1_060, 60, 600), rows=rows) == [NOTE]
    of = row(ProductOrder, id="o0", business="C12", form_json="{}")
    assert books(order(reverses="o0", form_json="1"), *taxed(1_060, 60, 600), rows=[of]) == [NOTE]
    slip = (HandwrittenSlip, {"id": "s", "order_id": "o1", "written_on": "2019-03-31"})
    assert books(order(), slip, *taxed(1_110, 110, 1_100)) == []
    assert books(order(), slip, *taxed(1_090, 90, 900)) == [NOTE]


def test_each_line_of_an_item_may_be_rounded_by_itself() -> None:
    lines = [line("6004", -500, "fee", tax_rate=900), line("6004", -500, "fee", tax_rate=900)]
    assert books(order(), *paid(*lines, line(OUTPUT_TAX, -92, "fee", tax_rate=900))) == []
    assert books(order(), *paid(*lines, line(OUTPUT_TAX, -93, "fee", tax_rate=900))) == [SURE]
    each = [*taxed(1_090, 92), *paid(line("6004", -1_000, "fee", tax_rate=900), of="o2", key="q")]
    assert books(order(), order(id="o2"), *each) == [SURE, SURE]


def test_an_opposite_is_taxed_as_what_it_takes_back_was() -> None:
    of = row(ProductOrder, id="o0", business="C12", form_json="{}", state="completed")
    back = order(reverses="o0", form_json="{}")
    assert books(back, *taxed(-1_060, -60, 600), rows=[of]) == []
    assert books(order(reverses="o0", form_json='{"a": 1}'), *taxed(-1_060, 0, 600), rows=[of]) == [SURE]


# papers


@pytest.fixture(autouse=True)
def says_its_row(monkeypatch: pytest.MonkeyPatch) -> None:
    """What a paper prints is what its row says, unless it is 'other'."""
    monkeypatch.setattr(papers, "says_otherwise", lambda *told: "it" if told[-1] == "other" else None)


def paper(kind: str = "invoice", amount: int = 500, **values: Any) -> Fact:
    standard = {"id": f"{kind}{amount}", "code": "A", "number": 7, "order_id": "o1", "state": "normal", "tax": 0}
    return PaperDocument, {**standard, "kind": kind, "amount": amount, **values}


def wrong(*facts: Fact, rows: list[Any] | None = None, changed: Any = ()) -> str:
    """What is told of the first paper that is not right, or of an order's invoices; empty: all are."""
    found = list(papers.judge(known(*(rows or [])), claim(*facts, changed=changed)))
    assert [fault.reason for fault in found] == ["sums"] * len(found)
    return found[0].detail["what"].partition(" ")[0] if found else ""


SOLD = paid(line("1001", 500), line("6004", -500, "fee"), due=500)
GIVEN_BACK = paid(line("1001", -500), line("6004", 500, "fee"), due=-500)
LENT = paid(line("1001", 800), line("6004", -500, "fee"), line("2206", -300, DEPOSIT), due=800)


@pytest.mark.parametrize(
    ("facts", "told_of"),
    [
        ([order(), *SOLD], ""),
        ([order(), *SOLD, paper()], ""),
        ([order(), *SOLD, paper(amount=499)], "invoices"),
        ([order(), *SOLD, paper(amount=501)], "invoices"),
        ([order(), *SOLD, paper(amount=200), paper(amount=300)], ""),
        ([order(), *SOLD, paper(amount=200)], "invoices"),
        ([order(), *SOLD, paper(), paper(amount=400, state="void")], "document"),
        ([order(), *SOLD, paper(), paper(amount=0, state="void")], ""),
        ([order(), *SOLD, paper(content="other")], "document"),
        ([order(), *SOLD, paper(), paper(amount=0, state="void", content="other")], ""),
        ([order(), *SOLD, paper("receipt")], ""),
        ([order(), *SOLD, paper("receipt", 499)], "document"),
        ([order(), *SOLD, paper("slip", 0)], ""),
        ([order(), *SOLD, paper("slip", 1)], "document"),
        ([order(), *SOLD, paper("slip", 0, tax=1)], "document"),
        ([order(), *SOLD, paper("contract", 0, order_id="o2")], "document"),
        ([order(), *SOLD, paper("slip", 0, order_id=None)], ""),
        ([order(), *SOLD, paper(drawn_later=1)], ""),
        ([order(), *SOLD, paper(drawn_later=1, amount=499)], ""),
        ([order(), *SOLD, paper(order_id="o2")], "document"),
        ([order(), *SOLD, paper(order_id=None)], "document"),
        ([order(), *SOLD, paper(order_id="o2", drawn_later=1)], "document"),
        # a deposit has a receipt of its own, and no invoice
        ([order(), *LENT, paper()], ""),
        ([order(), *LENT, paper(amount=800)], "invoices"),
        ([order(), *LENT, paper("receipt", 800)], ""),
        ([order(), *LENT, paper("receipt", 300)], ""),
        ([order(), *LENT, paper("receipt", 500)], "document"),
        # what is given back has red letters, of no more than that
        ([order(), *GIVEN_BACK, paper(amount=-500)], ""),
        ([order(), *GIVEN_BACK, paper(amount=-300)], ""),
        ([order(), *GIVEN_BACK, paper(amount=-501)], "invoices"),
        ([order(), *GIVEN_BACK, paper(amount=1)], "invoices"),
        ([order(), *GIVEN_BACK, paper(amount=0)], ""),
    ],
)
def test_papers_are_of_the_money_that_their_orders_moved(facts: list[Fact], told_of: str) -> None:
    assert wrong(*facts) == told_of


def test_each_payment_has_its_receipt_or_all_have_one() -> None:
    twice = [*SOLD, *paid(line("1001", 200), line("6004", -200, "fee"), due=200, key="q")]
    for amount, told_of in ((500, ""), (200, ""), (700, ""), (300, "document"), (501, "document")):
        assert wrong(order(), *twice, paper("receipt", amount)) == told_of


@pytest.mark.parametrize(("amount", "told_of"), [(700, ""), (699, "document"), (500, "document"), (0, "document")])
def test_one_paper_of_what_was_paid_in_one_go_is_of_all_of_it(amount: int, told_of: str) -> None:
    go = {"collection": "k"}
    other = paid(line("1001", 200), line("6004", -200, "fee"), of="o2", due=200, key="q")
    alone = paid(line("1001", 9), of="o3", due=9, key="r")
    facts = [order(**go), order(id="o2", **go), order(id="o3", collection="other"), *SOLD, *other, *alone]
    assert wrong(*facts, paper("receipt", amount, order_id=None, **go)) == told_of


@pytest.mark.parametrize(
    ("ended", "told_of"),
    [
        ({}, ""),
        ({"amount": 499}, "document"),
        ({"kind": "receipt"}, "document"),
        ({"order_id": "o3"}, "document"),
        ({"tax": 1}, "document"),
        ({"reason": "jam"}, "document"),
        ({"drawn_later": 1}, "document"),
        ({"id": "another"}, "document"),
    ],
)
def test_a_sheet_that_is_printed_anew_says_what_the_spoiled_one_said(ended: dict[str, Any], told_of: str) -> None:
    for kind, fen in (("invoice", 500), ("slip", 0)):
        if ended.get("amount") and not fen:
            continue
        old = {**paper(kind, fen, id="old", order_id="o9")[1], **ended}
        if kind == "slip" and old["kind"] == "receipt":
            continue
        spoiled = [change("paper_document", "old", state="void")]
        assert wrong(paper(kind, fen, order_id="o9"), rows=[row(PaperDocument, **old)], changed=spoiled) == told_of


def test_a_red_receipt_is_of_the_one_that_becomes_red_with_it() -> None:
    old = row(PaperDocument, **paper("receipt", 500, id="old", tax=28)[1])
    becomes = [change("paper_document", "old", state="red")]
    entry = [order(), *GIVEN_BACK]
    assert wrong(*entry, paper("receipt", -500, tax=-28), rows=[old], changed=becomes) == ""
    other = [*entry[:1], *paid(line("1001", -9), due=-9)]
    for values, told_of in (
        ({"amount": -500, "tax": -28}, ""),
        ({"amount": 500, "tax": -28}, "document"),
        ({"amount": -500, "tax": 28}, "document"),
        ({"amount": -400, "tax": -28}, "document"),
    ):
        assert wrong(*other, paper("receipt", **values), rows=[old], changed=becomes) == told_of
    assert wrong(*other, paper("receipt", -500, tax=-28), rows=[old]) == "document"


def test_an_invoice_that_is_drawn_later_is_of_what_the_order_brought() -> None:
    before = [row(model, **values) for model, values in SOLD] + [row(ProductOrder, id="o1")]
    for amount, told_of in ((500, ""), (501, "document"), (499, "document"), (-1, "document")):
        assert wrong(paper(amount=amount, drawn_later=1), rows=before) == told_of
    assert wrong(paper(), rows=before) == "document"
    moved = [change("product_order", "o1", state="completed")]
    assert wrong(paper(drawn_later=1), rows=before, changed=moved) == ""
    assert wrong(paper(), rows=before, changed=moved) == "invoices"  # nothing was paid for it now


def test_each_line_is_looked_at_whatever_the_posting_before_it_is_of() -> None:
    others = paid(line("1009", 500), of=None, key="q")
    assert books(order(), *others, *paid(line("1009", 500))) == [SURE]
