"""Invoices that are put off: what they are to say, what comes off them, when one can be drawn, whose they are (F9)."""

from __future__ import annotations

from typing import Any

import pytest

from boss_tui.answers.business import Invoicing, Quote, QuoteLine
from boss_tui.components.invoices import invoice_requests
from boss_tui.components.invoices.invoicing import buyer, checked, own
from boss_tui.components.invoices.sales import Sale
from boss_tui.components.tenders.taken import Taken
from data.errors import BadForm, NotAllowed
from data.message import say
from data.tables.customer import Customer
from data.tables.document import InvoiceRequest
from data.tables.order import ProductOrder
from tests.boss_tui.components.loose import Loose
from tests.boss_tui.components.rows import context, row

TAX_NUMBER = "91350100M000100Y43"


def line(amount: int, rate: int = 0) -> QuoteLine:
    return QuoteLine("item", say("Fee"), 0, amount, amount, rate)


def sale(*lines: QuoteLine, customer_id: str | None = "c") -> Sale:
    about = ((say("Number"), "139"), (say("Plan"), say("Fee")))
    return Sale(customer_id, "张三", say("Several fees"), about, Quote(lines), Taken("", 0, 0, 0, ()))


def ask(tx: Loose, *lines: QuoteLine, when: Any = "later", order_id: str = "order", **about: Any) -> InvoiceRequest:
    asked = Invoicing(when, *about.pop("whose", ()))
    one = sale(*lines, **about)
    invoice_requests.ask(context(tx, order_id=order_id, invoicing=asked), one, lines)
    return tx.one(InvoiceRequest, order_id=order_id)


def state(tx: Loose, order_id: str = "order") -> str:
    return tx.one(InvoiceRequest, order_id=order_id).state


@pytest.fixture
def loose(tx: Loose) -> Loose:
    tx.put(
        row(Customer, id="c", name="张三", document_number="1"),
        row(ProductOrder, id="order", serial="S1", outlet="HZ01"),
        row(ProductOrder, id="other", serial="S2", outlet="HZ01"),
        row(Customer, id="firm", name="公司甲", holder="organization", document_number=TAX_NUMBER),
    )
    return tx


def test_what_it_is_to_say_is_kept_word_by_word(loose: Loose) -> None:
    kept = ask(loose, line(1090, 900), line(50))
    said = invoice_requests.said_of(kept)
    assert (str(said.title), said.customer) == ("Several fees", "张三")
    assert [(str(label), str(value)) for label, value in said.about] == [("Number", "139"), ("Plan", "Fee")]
    assert [(one.amount, one.list_amount, one.kind, one.tax_rate, one.tax) for one in said.left] == [
        (1090, 1090, 0, 900, 90),
        (50, 50, 0, 0, 0),
    ]
    assert (kept.state, kept.outlet, kept.business_date, kept.title) == ("waiting", "HZ01", "2026-11-23", "")


@pytest.mark.parametrize(
    ("when", "customer", "whose", "found"),
    [
        ("later", "c", (), ("waiting", "", "")),
        ("none", "c", (), ("declined", "", "")),
        ("later", "firm", (), ("waiting", "公司甲", TAX_NUMBER)),
        ("later", None, (), ("waiting", "", "")),
        ("later", "c", ("某公司", "1"), ("waiting", "某公司", "1")),
    ],
)
def test_whose_it_will_be_is_kept_with_it(
    loose: Loose, when: str, customer: str | None, whose: tuple[str, ...], found: tuple[str, str, str]
) -> None:
    kept = ask(loose, line(1), when=when, customer_id=customer, whose=whose)
    assert (kept.state, kept.title, kept.tax_number) == found
    assert invoice_requests.wanted(kept) == Invoicing("later", *found[1:])


@pytest.mark.parametrize(
    ("when", "parts", "left", "after"),
    [
        ("later", [], 100, "waiting"),
        ("later", [-1], 99, "waiting"),
        ("later", [-100], 0, "void"),
        ("none", [-100], 0, "declined"),
        ("later", [-40, -60], 0, "void"),
        ("none", [-30], 70, "declined"),
    ],
)
def test_what_is_given_back_comes_off_it(loose: Loose, when: str, parts: list[int], left: int, after: str) -> None:
    ask(loose, line(100), when=when)
    for part in parts:
        invoice_requests.reduce(context(loose, order_id="other"), "order", [line(part)])
    assert (invoice_requests.left_of(loose, "order"), state(loose)) == (left, after)
    invoice_requests.lapse(loose, loose.one(ProductOrder, id="other"))  # what gave back is taken back
    assert invoice_requests.left_of(loose, "order") == 100
    assert state(loose) == ("declined" if when == "none" else "waiting")


def test_no_more_than_is_left_is_given_back(loose: Loose) -> None:
    ask(loose, line(100))
    invoice_requests.reduce(context(loose, order_id="other"), "order", [line(-40)])
    with pytest.raises(NotAllowed, match=r"Of order S1 only 0[.]60 yuan are left"):
        invoice_requests.reduce(context(loose, order_id="other"), "order", [line(-61)])
    assert invoice_requests.left_of(loose, "order") == 60
    assert invoice_requests.left_of(loose, "none") == 0


@pytest.mark.parametrize("stands", ["drawn", "void"])
def test_nothing_comes_off_one_that_is_drawn_or_gone(loose: Loose, stands: str) -> None:
    loose.change(ask(loose, line(100)), state=stands)
    invoice_requests.reduce(context(loose, order_id="other"), "order", [line(-40)])
    invoice_requests.reduce(context(loose, order_id="other"), "none", [line(-40)])
    assert (invoice_requests.left_of(loose, "order"), state(loose)) == (100, stands)


def test_what_another_order_gave_back_stays_given_back(loose: Loose) -> None:
    ask(loose, line(100))
    for by, part in (("other", -40), ("third", -10)):
        invoice_requests.reduce(context(loose, order_id=by), "order", [line(part)])
    invoice_requests.lapse(loose, loose.one(ProductOrder, id="other"))
    assert invoice_requests.left_of(loose, "order") == 90


@pytest.mark.parametrize(
    ("before", "after"), [("waiting", "void"), ("declined", "declined"), ("drawn", "drawn"), ("void", "void")]
)
def test_of_an_order_that_is_taken_back_none_is_drawn(loose: Loose, before: str, after: str) -> None:
    loose.change(ask(loose, line(100)), state=before)
    invoice_requests.lapse(loose, loose.one(ProductOrder, id="order"))
    assert state(loose) == after


def test_an_order_of_which_a_part_was_given_back_is_not_taken_back(loose: Loose) -> None:
    ask(loose, line(100))
    invoice_requests.reduce(context(loose, order_id="other"), "order", [line(-40)])
    with pytest.raises(NotAllowed, match="A part of order S1"):
        invoice_requests.lapse(loose, loose.one(ProductOrder, id="order"))


@pytest.mark.parametrize(
    ("stands", "outlet", "why"),
    [
        ("waiting", "HZ01", ""),
        ("waiting", "NB01", "order of outlet HZ01"),
        ("drawn", "HZ01", "is drawn already"),
        ("declined", "HZ01", "No invoice was wanted"),
        ("void", "HZ01", "was taken back"),
        (None, "HZ01", "No invoice"),
    ],
)
def test_one_that_waits_here_can_be_drawn(loose: Loose, stands: str | None, outlet: str, why: str) -> None:
    if stands is not None:
        loose.change(ask(loose, line(100)), state=stands)
    told = invoice_requests.why_not(loose, loose.one(ProductOrder, id="order"), outlet)
    assert (told is None) is (why == "")
    assert why in str(told or "")


# whose an invoice is


@pytest.mark.parametrize(
    ("asked", "holder", "whose"),
    [
        (Invoicing("later"), "organization", ("later", "公司甲", TAX_NUMBER)),
        (Invoicing(), "individual", ("now", "", "")),
        (Invoicing("now", "乙"), "organization", ("now", "乙", "")),
        (Invoicing("none"), None, ("none", "", "")),
    ],
)
def test_an_organisation_s_own_name_and_number_stand_on_it(
    asked: Invoicing, holder: str | None, whose: tuple[str, str, str]
) -> None:
    customer = row(Customer, id="x", name="公司甲", holder=holder, document_number=TAX_NUMBER) if holder else None
    found = buyer(asked, customer)
    assert (found.when, found.title, found.tax_number) == whose


@pytest.mark.parametrize(
    ("document", "organisation", "number"),
    [
        (TAX_NUMBER, True, TAX_NUMBER),
        ("123", True, ""),
        (TAX_NUMBER, False, ""),
        ("330106000012345", True, "330106000012345"),
    ],
)
def test_a_certificate_s_number_is_the_tax_number_where_it_is_one(
    document: str, organisation: bool, number: str
) -> None:
    assert own("公司甲", document, organisation) == Invoicing(title="公司甲", tax_number=number)


FIRM = Invoicing("now", "公司甲", TAX_NUMBER)


@pytest.mark.parametrize(
    ("asked", "mine", "kept"),
    [
        (Invoicing("later", "公司甲", TAX_NUMBER), FIRM, Invoicing("later")),
        (Invoicing("later", "张三"), Invoicing(title="张三"), Invoicing("later")),
        (Invoicing("now", "公司乙", "330106000012345"), FIRM, Invoicing("now", "公司乙", "330106000012345")),
        (Invoicing("now", "李四"), Invoicing(title="张三"), Invoicing("now", "李四")),
        (Invoicing(), FIRM, Invoicing()),
        (Invoicing("now", "公司乙"), FIRM, "tax_number"),
        (Invoicing("now", "", TAX_NUMBER), FIRM, "title"),
        (Invoicing("now", "公司乙", "1"), FIRM, "tax_number"),
    ],
)
def test_what_is_asked_is_kept_unless_it_is_their_own(asked: Invoicing, mine: Invoicing, kept: Invoicing | str) -> None:
    if isinstance(kept, Invoicing):
        assert checked(asked, mine) == kept
        return
    with pytest.raises(BadForm) as refusal:
        checked(asked, mine)
    assert list(refusal.value.errors) == [kept]
