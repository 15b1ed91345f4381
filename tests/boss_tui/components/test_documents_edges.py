"""Papers: their numbers, what of an invoice is left, what is drawn later, what goes back and its papers (F9)."""

from __future__ import annotations

import json
from typing import Any

import pytest
from msgspec.structs import replace

from boss_tui.answers.business import Invoicing, PaperView, Quote, QuoteLine, Tender
from boss_tui.components.customers.parties import Party
from boss_tui.components.documents.documents import Documents
from boss_tui.components.documents.red_letters import is_red_letter
from boss_tui.components.invoices import invoice_requests
from boss_tui.components.invoices.sales import Sale
from boss_tui.components.tenders.taken import Taken
from data.errors import NotAllowed, OutOfStock
from data.message import say
from data.tables.account import BalanceEntry
from data.tables.customer import Customer
from data.tables.document import DocumentRange, InvoiceRequest, PaperDocument, PaperTax
from data.tables.finance import Payment, PaymentTender, Posting
from data.tables.order import ProductOrder
from data.tables.organisation import Operator, Outlet
from data.tables.sync import Lease, Printer
from tests.boss_tui.components.loose import Loose
from tests.boss_tui.components.rows import DAY, context, row

KINDS = ("invoice", "receipt", "slip", "contract")
FEE, DEPOSIT, PREPAY = 0, 1, 2


def numbers(kind: str, **values: Any) -> Any:
    standard = {
        "id": f"r-{kind}",
        "kind": kind,
        "code": kind[0].upper(),
        "first_number": 1,
        "last_number": 999,
        "next_number": 5,
        "outlet": "HZ01",
    }
    return row(DocumentRange, **{**standard, **values})


@pytest.fixture
def loose(tx: Loose) -> Loose:
    tx.put(
        row(Outlet, code="HZ01", name_zh="厅", name_en="Hall"),
        row(Operator, staff_no="1001", outlet="HZ01"),
        row(Printer, code="p", kinds=",".join((*KINDS, "report")), profile="80mm"),
        *map(numbers, KINDS),
        row(Customer, id="c", name="张三", document_number="1"),
        row(Customer, id="firm", name="公司甲", holder="organization", document_number="91330100MA2XXXXX"),
        row(ProductOrder, id="order", serial="S9", outlet="HZ01", customer_id="c", collection="go"),
    )
    return tx


_BUYER = '"buyer_title": "", "buyer_tax_number": ""'
_TOLD = f'{{"business": "Several fees", "customer": "张三", "facts": [], "lines": [], {_BUYER}}}'
SAID = f'{{"kind": "invoice", "blocks": [], "said": {_TOLD}}}'


def f9(tx: Loose, **about: Any) -> Documents:
    return Documents(context(tx, **{"serial": "S9", "language": "en", **about}))


def line(kind: int, amount: int, **more: Any) -> QuoteLine:
    return QuoteLine("item", say("Fee"), kind, amount, amount, **more)


def sale(*lines: QuoteLine, **more: Any) -> Sale:
    due = sum(one.amount for one in lines if not one.monthly)
    taken = more.pop("taken", Taken("", due, due, 0, ()))
    about = ((say("Number"), "139"),)
    return replace(Sale("c", "张三", say("Several fees"), about, Quote(lines), taken), **more)


def paper(key: str, **values: Any) -> Any:
    standard = {
        "id": key,
        "kind": "invoice",
        "code": "I",
        "number": 1,
        "order_id": "order",
        "customer_id": "c",
        "outlet": "HZ01",
        "content": SAID,
        "made_at": key,
    }
    return row(PaperDocument, **{**standard, **values})


def papers(tx: Loose, *names: str, **where: Any) -> list[Any]:
    return tx.told(PaperDocument, *(names or ("kind", "amount", "tax")), order=("made_at",), **where)


def text(view: PaperView) -> str:
    return "\n".join(view.preview)


# numbers


@pytest.mark.parametrize(
    ("ranges", "number", "left"),
    [
        ([{}], "R-00000005", ("open", 6)),
        ([{"next_number": 999}], "R-00000999", ("used_up", 1000)),
        ([{"next_number": 998}], "R-00000998", ("open", 999)),
        ([{"id": "b", "code": "B", "first_number": 2}, {"id": "a", "code": "A"}], "A-00000005", ("open", 6)),
        ([{"id": "b", "code": "B", "counter": "HZ0101"}, {"id": "a", "code": "A"}], "B-00000005", ("open", 6)),
        ([{"id": "b", "code": "B"}, {"id": "a", "code": "A", "counter": "HZ0102"}], "B-00000005", ("open", 6)),
        ([{"id": "b", "code": "B"}, {"id": "a", "code": "A", "state": "used_up"}], "B-00000005", ("open", 6)),
        ([{"id": "b", "code": "B"}, {"id": "a", "code": "A", "outlet": "NB01"}], "B-00000005", ("open", 6)),
        ([{"id": "b", "next_number": 7, "first_number": 6}, {"id": "a"}], "R-00000005", ("open", 6)),
        ([{"id": "b", "code": "B"}, {"id": "a", "code": "A", "lease_id": "asked back"}], "B-00000005", ("open", 6)),
        ([{"id": "b", "code": "B"}, {"id": "a", "code": "A", "lease_id": "had"}], "A-00000005", ("open", 6)),
        ([{"id": "b", "code": "B"}, {"id": "a", "code": "A", "lease_id": "unknown"}], "A-00000005", ("open", 6)),
        (
            [{"id": "b", "code": "B"}, {"id": "a", "code": "A", "counter": "HZ0101", "lease_id": "asked back"}],
            "B-00000005",
            ("open", 6),
        ),
    ],
)
def test_the_next_number_is_of_the_counter_s_own_range_then_of_the_outlet_s(
    loose: Loose, ranges: list[dict[str, Any]], number: str, left: tuple[str, int]
) -> None:
    loose.change(loose.one(DocumentRange, id="r-receipt"), state="returned")
    loose.put(row(Lease, id="had", sell_until="2020"), row(Lease, id="asked back", recalled_at="2026"))
    loose.put(*(numbers("receipt", **{"id": "x", "code": "R", "first_number": 3, **one}) for one in ranges))
    made = f9(loose).receipt(sale(line(FEE, 100)))
    assert (made.number, made.kind) == (number, "receipt")
    code = number[0]
    (found,) = loose.told(DocumentRange, "state", "next_number", code=code, next_number=left[1])
    assert found == left


@pytest.mark.parametrize(
    "values",
    [
        {"counter": "HZ0102"},
        {"state": "used_up"},
        {"state": "returned"},
        {"outlet": "NB01"},
        {"kind": "slip"},
        {"lease_id": "asked back"},
    ],
)
def test_where_no_number_is_left_no_paper_is_made(loose: Loose, values: dict[str, str]) -> None:
    loose.put(row(Lease, id="asked back", recalled_at="2026"))
    loose.change(loose.one(DocumentRange, id="r-receipt"), **{**values, "code": "Z"})
    with pytest.raises(OutOfStock):
        f9(loose).receipt(sale(line(FEE, 100)))


def test_a_receipt_has_all_that_was_paid_now_and_says_the_tax_that_no_invoice_says(loose: Loose) -> None:
    lines = (line(FEE, 1090, tax_rate=900), line(DEPOSIT, 500), line(FEE, 77, monthly=True))
    f9(loose).receipt(sale(*lines))
    f9(loose).receipt(sale(*lines, deferred=True))
    assert papers(loose) == [("receipt", 1590, 0), ("receipt", 1590, 90)]
    assert loose.told(PaperTax, "rate", "amount", "tax") == [(900, 1090, 90)]


@pytest.mark.parametrize(
    ("customer", "asked", "title"),
    [
        ("c", Invoicing(), ""),
        ("c", Invoicing(title="某公司", tax_number="T1"), "某公司"),
        ("firm", Invoicing(), "公司甲"),
        (None, Invoicing(), ""),
    ],
)
def test_an_invoice_has_the_turnover_its_tax_and_whose_it_is(
    loose: Loose, customer: str | None, asked: Invoicing, title: str
) -> None:
    one = f9(loose, invoicing=asked)
    shown = text(one.invoice(sale(line(FEE, 1090, tax_rate=900), line(DEPOSIT, 500), customer_id=customer)))
    assert papers(loose) == [("invoice", 1090, 90)]
    assert loose.told(PaperTax, "rate", "amount", "tax") == [(900, 1090, 90)]
    assert ("Title" in shown, title in shown) == (bool(title), True)


def test_a_slip_is_of_its_party(loose: Loose) -> None:
    f9(loose).slip(sale(), Party("firm", "公司甲"))
    f9(loose).slip(sale())
    f9(loose).contract(sale(), Party("firm", "公司甲"))
    assert papers(loose, "kind", "customer_id") == [("slip", "firm"), ("slip", "c"), ("contract", "c")]


@pytest.mark.parametrize(("rows", "shown"), [([], "None."), ([("one", say("two"))], "one  two")])
def test_a_list_that_is_empty_says_so(loose: Loose, rows: list[Any], shown: str) -> None:
    view = f9(loose).listing(say("Orders"), "张三", "139", rows)
    assert (view.kind, view.id, view.number) == ("report", "order", "S9")
    assert shown in text(view)
    assert ("None." in text(view)) is not bool(rows)
    assert papers(loose) == []


# what is left of an invoice


@pytest.mark.parametrize(
    ("state", "reason", "red"),
    [("normal", "I-1", True), ("normal", "", False), ("red", "I-1", False), ("void", "", False)],
)
def test_a_red_letter_stands_and_names_what_it_reverses(state: str, reason: str, red: bool) -> None:
    assert is_red_letter(paper("x", state=state, reason=reason)) is red


def corrected(tx: Loose, amount: int) -> PaperView | None:
    return f9(tx, order_id="next").red_part(sale(line(FEE, amount, tax_rate=900), corrects="order", reason="why"))


@pytest.mark.parametrize(
    ("values", "stands"),
    [
        ({}, True),
        ({"state": "red"}, False),
        ({"state": "void"}, False),
        ({"reason": "I-00000009"}, False),
        ({"order_id": "other"}, False),
        ({"kind": "receipt"}, False),
    ],
)
def test_a_part_comes_off_the_invoice_that_stands(loose: Loose, values: dict[str, Any], stands: bool) -> None:
    loose.put(paper("1", amount=1090, tax=90, **values))
    made = corrected(loose, -1090)
    assert (made is not None) is stands
    if stands:
        assert papers(loose, "amount", "tax", "reason", "order_id", order_id="next") == [
            (-1090, -90, "I-00000001", "next"),
        ]
        assert loose.told(PaperTax, "rate", "amount", "tax") == [(900, -1090, -90)]


@pytest.mark.parametrize(
    ("before", "amount", "left"),
    [([], -1091, "10.90"), ([-90], -1000, None), ([-90], -1001, "10.00"), ([-90, -500], -501, "5.00")],
)
def test_no_more_comes_off_than_is_left(loose: Loose, before: list[int], amount: int, left: str | None) -> None:
    loose.put(
        paper("1", amount=1090),
        paper("f", number=70, amount=-9, reason="I-00000002"),
        paper("g", number=71, kind="receipt", amount=-9, reason="I-00000001"),
        paper("h", number=72, amount=-9, state="red", reason="I-00000001"),
        *(paper(f"2{n}", number=n + 10, amount=part, reason="I-00000001") for n, part in enumerate(before)),
    )
    if left is None:
        assert corrected(loose, amount) is not None
        return
    with pytest.raises(NotAllowed, match=f"only {left} yuan"):
        corrected(loose, amount)


# drawn later


def put_off(tx: Loose, *lines: QuoteLine, **about: Any) -> None:
    """What is asked of an invoice that is not written when order `order` is paid."""
    asked = about.pop("asked", Invoicing("later"))
    invoice_requests.ask(context(tx, invoicing=asked), sale(*lines, **about), lines)


@pytest.mark.parametrize(
    ("asked", "title", "number"),
    [(Invoicing(), "", ""), (Invoicing("later", "某公司", "123456789012345"), "某公司", "123456789012345")],
)
def test_what_was_put_off_is_drawn_once_for_whom_it_is_asked(
    loose: Loose, asked: Invoicing, title: str, number: str
) -> None:
    put_off(loose, line(FEE, 1090, tax_rate=900), line(PREPAY, 1000))
    order = loose.one(ProductOrder, id="order")
    shown = f9(loose, order_id="order").draw(order, asked)
    assert papers(loose, "amount", "tax", "drawn_later", "customer_id") == [(2090, 90, 1, "c")]
    assert loose.told(InvoiceRequest, "state", "document_id", "title", "tax_number") == [
        ("drawn", shown.id, title, number),
    ]
    assert ("Title" in text(shown)) is bool(title)
    with pytest.raises(NotAllowed):
        f9(loose).draw(order, asked)


def test_one_whom_nobody_knows_has_an_invoice_drawn_too(loose: Loose) -> None:
    loose.change(loose.one(ProductOrder, id="order"), customer_id=None)
    put_off(loose, line(FEE, 100), customer_id=None)
    f9(loose).draw(loose.one(ProductOrder, id="order"), Invoicing("later", "某公司", "123456789012345"))
    assert papers(loose, "customer_id") == [None]


# which papers


@pytest.mark.parametrize(
    ("invoicing", "lines", "made", "state"),
    [
        ("now", [line(FEE, 100)], ["invoice", "receipt"], None),
        ("later", [line(FEE, 100)], ["receipt"], "waiting"),
        ("none", [line(FEE, 100)], ["receipt"], "declined"),
        ("later", [line(DEPOSIT, 100)], ["receipt"], None),
        ("now", [], ["slip"], None),
    ],
)
def test_an_invoice_is_written_now_or_put_off(
    loose: Loose, invoicing: Any, lines: list[QuoteLine], made: list[str], state: str | None
) -> None:
    one = f9(loose, invoicing=Invoicing(invoicing))
    assert [view.kind for view in one.of(sale(*lines))] == made
    assert loose.told(InvoiceRequest, "state") == ([state] if state else [])
    assert one.made is not None
    assert one.made.deferred is (state is not None)


def test_a_contract_and_its_slips_are_of_each_party(loose: Loose) -> None:
    parties = (Party("c", "张三"), Party("firm", "公司甲"))
    found = f9(loose).of(sale(parties=parties, clauses=(say("Fee"),)))
    assert [view.kind for view in found] == ["slip", "slip", "contract", "contract"]


@pytest.mark.parametrize(
    ("written", "asked", "made", "unwritten"),
    [(True, False, ["invoice", "receipt"], False), (False, True, ["receipt"], True), (False, False, ["receipt"], True)],
)
def test_fees_of_an_earlier_order_come_off_its_invoice_or_off_what_waits(
    loose: Loose, written: bool, asked: bool, made: list[str], unwritten: bool
) -> None:
    if written:
        loose.put(paper("1", amount=1090))
    if asked:
        put_off(loose, line(FEE, 1090))
    one = f9(loose, order_id="next")
    assert [view.kind for view in one.of(sale(line(FEE, -100), corrects="order"))] == [*made, "refund"]
    assert one.made is not None
    assert one.made.unwritten is unwritten
    assert invoice_requests.left_of(loose, "order") == (990 if asked else 0)


def test_a_sale_that_gives_nothing_back_looks_for_no_other_invoice(loose: Loose) -> None:
    one = f9(loose, order_id="next")
    one.of(sale(line(FEE, 100), corrects="order"))
    assert one.made is not None
    assert not one.made.unwritten


# what was paid in ahead and goes back


def paid_in(tx: Loose, key: str, amount: int, invoiced: int | None, asked: int = 0) -> None:
    """An order that put so much into bucket b, with an invoice of so much or what waits for one."""
    tx.put(
        row(ProductOrder, id=key, business="C12", business_date=DAY),
        row(Posting, id=key, order_id=key),
        row(BalanceEntry, id=key, bucket_id="b", posting_id=key, amount=amount),
        row(Payment, id=key, order_id=key, posting_id=key, due=amount),
        row(PaymentTender, payment_id=key, line=1, kind="cash", amount=amount),
    )
    if invoiced is not None:
        tx.put(paper(key, order_id=key, number=int(key), amount=invoiced))
    if asked:
        lines = (line(PREPAY, asked),)
        invoice_requests.ask(context(tx, order_id=key, invoicing=Invoicing("later")), sale(*lines), lines)


@pytest.mark.parametrize(
    ("sources", "lines", "red"),
    [
        ([(100, 100)], [-100], [(-100, "I-00000001")]),
        ([(100, 100)], [-30], [(-30, "I-00000001")]),
        ([(100, 100)], [-150], [(-100, "I-00000001")]),  # nobody knows where the rest came from
        ([(100, 60)], [-100], [(-60, "I-00000001")]),  # the rest of it was never invoiced
        ([(100, 0)], [-100], []),
        ([(100, 1)], [-100], [(-1, "I-00000001")]),
        ([(100, None)], [-100], []),
        ([(100, 100), (50, 50)], [-120], [(-50, "I-00000002"), (-70, "I-00000001")]),
        ([(100, 100), (50, 20)], [-50], [(-20, "I-00000002")]),
        ([(100, 100)], [-100, 60], [(-40, "I-00000001")]),  # what only moves was invoiced once, and stays so
        ([(100, 100)], [-100, 100], []),
        ([(100, 100)], [100], []),
        ([(100, 100)], [-1], [(-1, "I-00000001")]),
    ],
)
def test_what_was_paid_in_and_goes_back_comes_off_the_invoices_it_was_on(
    loose: Loose, sources: list[tuple[int, int | None]], lines: list[int], red: list[tuple[int, str]]
) -> None:
    for n, (amount, invoiced) in enumerate(sources, 1):
        paid_in(loose, str(n), amount, invoiced)
    back = [line(PREPAY, amount, bucket_id="b") for amount in lines]
    monthly = line(PREPAY, -1000, bucket_id="b", monthly=True)
    f9(loose, order_id="next").of(sale(*back, monthly, line(DEPOSIT, -7, bucket_id="d"), line(FEE, 0)))
    found = papers(loose, "amount", "reason", order_id="next", kind="invoice")
    assert [one for one in found if one[1]] == red


def test_what_prepaid_money_pays_has_no_red_letter(loose: Loose) -> None:
    paid_in(loose, "1", 100, 100)
    f9(loose, order_id="next").of(sale(line(PREPAY, -100, bucket_id="b"), invoiced=False))
    assert papers(loose, "reason", order_id="next", kind="invoice") == []


@pytest.mark.parametrize(("asked", "back", "left"), [(100, -30, 70), (100, -100, 0), (20, -30, 0), (1, -30, 0)])
def test_what_waits_to_be_drawn_is_less_by_it(loose: Loose, asked: int, back: int, left: int) -> None:
    paid_in(loose, "1", 100, None, asked)
    f9(loose, order_id="next").of(sale(line(PREPAY, back, bucket_id="b")))
    assert invoice_requests.left_of(loose, "1") == left
    assert papers(loose, "kind", order_id="next", kind="invoice") == []


# several in one go


def test_one_receipt_is_over_all_that_was_paid_in_one_go(loose: Loose) -> None:
    lines, advice = (line(FEE, 1090, tax_rate=900), line(FEE, 9, monthly=True)), (say("Calls: {n}", n=1),)
    first = sale(*lines, deferred=True, advice=advice, about=((say("Number"), "139"), (say("Plan"), "P88")))
    second = sale(line(DEPOSIT, 500), about=((say("Number"), "188"),), customer_id="firm", customer_name="公司甲")
    one = f9(loose, collection="go")
    view = one.receipt_of_many([None, sale(), first, second], [Tender("cash", 2000)], 410)
    assert view is not None
    shown = text(view)
    assert papers(loose, "amount", "tax", "order_id", "collection", "customer_id") == [(1590, 90, None, "go", "c")]
    assert loose.told(PaperTax, "rate", "amount", "tax") == [(900, 1090, 90)]
    assert all(part in shown for part in ("张三", "139", "188", "Calls: 1", "15.90", "4.10", "20.00"))
    assert not any(part in shown for part in ("公司甲", "P88", "0.09"))
    assert json.loads(loose.told(PaperDocument, "content")[0])["kind"] == "receipt"


@pytest.mark.parametrize("sales", [[], [None], [sale()], [None, sale()]])
def test_where_nothing_was_paid_there_is_no_receipt(loose: Loose, sales: list[Sale | None]) -> None:
    assert f9(loose).receipt_of_many(sales, [], 0) is None
