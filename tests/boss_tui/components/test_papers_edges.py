"""What papers say, block by block: receipts, invoices, slips, contracts and red letters (domain-facts 6, 7)."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from msgspec.structs import replace

from boss_tui.answers.business import Invoicing, Quote, QuoteLine, Tender
from boss_tui.components.customers.parties import Party, party
from boss_tui.components.documents.papers import Seller, invoice, listed, rate_shown, receipt
from boss_tui.components.documents.red_letters import PartBack, Reversal, red_letter, red_part
from boss_tui.components.documents.slips import contract, slip
from boss_tui.components.invoices.sales import Sale
from boss_tui.components.tenders.taken import Taken
from boss_tui.locale import words
from boss_tui.taxes import Rated
from data.message import say
from data.tables.customer import Customer
from printers.document import Document, KeyValue, Row, Text
from tests.boss_tui.components.rows import row

SELLER = Seller(words("en"), say("Hall"), "HZ0101", "1001", "S9", "2026-11-23", "2026-11-23T01:00:00.000000Z")
HEAD = ["*Hall", "**{title}", "No.: N1", "Business: Several fees", "Customer: 张三", "Number: 139"]
FOOT = ["Serial: S9", "Counter and staff: HZ0101 / 1001", "Business date: 2026-11-23"]


def line(name: str, amount: int, **more: Any) -> QuoteLine:
    return QuoteLine("item", say(name), more.pop("kind", 0), amount, amount, **more)


def sale(*lines: QuoteLine, due: int | None = None, change: int = 0, **more: Any) -> Sale:
    due = sum(one.amount for one in lines if not one.monthly) if due is None else due
    tenders = more.pop("tenders", (Tender("cash", due + change),) if due or change else ())
    taken = Taken("", due, due + change, change, tenders)
    return replace(Sale("c", "张三", say("Several fees"), ((say("Number"), "139"),), Quote(lines), taken), **more)


def said(document: Document) -> list[str]:
    """The blocks as lines: stars for what is bold, one more for what is large; what has no text by its name."""
    found = []
    for block in document.blocks:
        if isinstance(block, Text):
            found.append("*" * (block.bold + block.scale - 1) + block.text)
        elif isinstance(block, KeyValue):
            found.append("*" * block.bold + f"{block.label}: {block.value}")
        elif isinstance(block, Row):
            found.append(" | ".join(block.cells))
        else:
            found.append(type(block).__name__)
    return [one for one in found if not one.startswith("Accepted at")]


def head(title: str) -> list[str]:
    return [one.format(title=title) for one in HEAD]


# receipts and invoices


@pytest.mark.parametrize(
    ("made", "tax", "middle", "end"),
    [
        (
            sale(line("Fee", 1090)),
            (),
            ["Fee | 10.90", "HorizontalRule", "*Due: 10.90", "人民币壹拾元零玖角整", "Cash: 10.90"],
            ["Drawer"],
        ),
        (
            sale(line("Fee", 1090), change=910),
            (Rated(900, 1000, 83), Rated(600, 90, 5)),
            [
                "Fee | 10.90",
                "HorizontalRule",
                "*Due: 10.90",
                "人民币壹拾元零玖角整",
                "Tax contained: 0.88",
                "  of 10.00 at 9%: 0.83",
                "  of 0.90 at 6%: 0.05",
                "Cash: 20.00",
                "Change: 9.10",
            ],
            ["Drawer"],
        ),
        (
            sale(line("Fee", 100), tenders=(Tender("card", 100, "r"),)),
            (),
            ["Fee | 1.00", "HorizontalRule", "*Due: 1.00", "人民币壹元整", "Card: 1.00", "  Reference: r"],
            [],
        ),
        (
            sale(line("Fee", -1)),
            (),
            [
                "Fee | -0.01",
                "HorizontalRule",
                "*Paid out: -0.01",
                "人民币负壹分",
                "Cash: -0.01",
                "Signature of the customer: ____________",
            ],
            ["Drawer"],
        ),
        (sale(line("Fee", 0)), (), ["Fee | 0.00", "HorizontalRule", "*Due: 0.00", "人民币零元整"], []),
        (
            sale(line("Fee", 1), tenders=(Tender("card", 6, "r"),), change=5),
            (),
            [
                "Fee | 0.01",
                "HorizontalRule",
                "*Due: 0.01",
                "人民币壹分",
                "Card: 0.06",
                "  Reference: r",
                "Change: 0.05",
            ],
            ["Drawer"],
        ),
    ],
)
def test_a_receipt_says_what_was_paid_how_and_the_change(
    made: Sale, tax: tuple[Rated, ...], middle: list[str], end: list[str]
) -> None:
    made = replace(made, advice=(say("Amount"),))
    told = said(receipt(SELLER, "N1", made, made.quote.lines, tax))
    assert told == [
        *head("Receipt"),
        "HorizontalRule",
        *middle,
        "HorizontalRule",
        "Amount",
        *FOOT,
        "Feed",
        "Barcode",
        *end,
        "Cut",
    ]


@pytest.mark.parametrize(
    ("buyer", "whose"),
    [
        (Invoicing(), []),
        (Invoicing("now", "公司"), ["Title: 公司"]),
        (Invoicing("now", "公司", "T1"), ["Title: 公司", "Tax number: T1"]),
    ],
)
def test_an_invoice_says_each_line_s_rate_the_total_and_the_tax(buyer: Invoicing, whose: list[str]) -> None:
    lines = (line("Fee", 1090, tax_rate=900), line("Amount", 106, tax_rate=650), line("Deposit", 5))
    document = invoice(SELLER, "N-1", sale(buyer=buyer), lines)
    assert said(document) == [
        *["No.: N-1" if one.startswith("No.") else one for one in head("Invoice")],
        *whose,
        "HorizontalRule",
        "Item | Tax rate | Amount",
        "Fee | 9% | 10.90",
        "Amount | 6.5% | 1.06",
        "Deposit | - | 0.05",
        "HorizontalRule",
        "*Total: 12.01",
        "人民币壹拾贰元零壹分",
        "Tax contained: 0.96",
        *FOOT,
        "Feed",
        "QR",
        "Cut",
    ]
    assert {block.widths for block in document.blocks if isinstance(block, Row)} == {(0, 9, 11)}


@pytest.mark.parametrize(("rate", "shown"), [(0, "-"), (900, "9%"), (650, "6.5%"), (1, "0.01%"), (10_000, "100%")])
def test_a_rate_is_shown_in_per_cent(rate: int, shown: str) -> None:
    assert rate_shown(rate) == shown


# slips and contracts

ONE = Party("c", "张三", document="110*")
SIGNED = "____________"


@pytest.mark.parametrize(
    ("made", "agreed"),
    [
        (sale(), ["Free of charge: no money moves."]),
        (sale(line("Fee", 0)), ["Free of charge: no money moves."]),
        (
            sale(line("Fee", 500, monthly=True)),
            [
                "Nothing is paid now: it is charged each month.",
                "HorizontalRule",
                "Fee | 5.00/month",
                "*Each month: 5.00/month",
            ],
        ),
        (
            sale(line("Fee", 500), line("Deposit", -500)),
            ["Fee | 5.00", "Deposit | -5.00", "No cash moves: it is entered between accounts."],
        ),
        (sale(line("Fee", 1)), ["Fee | 0.01", "*Paid now: 0.01", "Cash: 0.01"]),
        (sale(line("Fee", -1)), ["Fee | -0.01", "*Paid out: -0.01", "Cash: -0.01"]),
        (
            sale(line("Fee", 500), line("Amount", 300, monthly=True), line("Fee", 200, monthly=True), change=100),
            [
                "Fee | 5.00",
                "*Paid now: 5.00",
                "Cash: 6.00",
                "Change: 1.00",
                "HorizontalRule",
                "Amount | 3.00/month",
                "Fee | 2.00/month",
                "*Each month: 5.00/month",
            ],
        ),
    ],
)
def test_a_slip_says_what_it_costs_once_and_each_month(made: Sale, agreed: list[str]) -> None:
    told = said(slip(SELLER, "N1", made, ONE))
    assert told == [
        *head("Service slip"),
        "Document no.: 110*",
        "HorizontalRule",
        *agreed,
        "In force: At once",
        "HorizontalRule",
        "Feed",
        f"Customer signs: {SIGNED}",
        "(张三)",
        f"Date of signing: {SIGNED}",
        *FOOT,
        "Feed",
        "Barcode",
        "Cut",
    ]


def test_what_is_advised_is_not_said_twice() -> None:
    made = sale(advice=(say("Fee"), say("Amount")))
    made = replace(made, quote=Quote((), (say("Amount"), say("Deposit"))))
    told = said(slip(SELLER, "N1", made, None))
    assert told[7:12] == ["Free of charge: no money moves.", "In force: At once", "HorizontalRule", "Deposit", "Fee"]
    assert told.count("Amount") == 1
    assert "Document no.: 110*" not in told


@pytest.mark.parametrize(
    ("of", "signs"),
    [
        (ONE, [f"Customer signs: {SIGNED}", "(张三)"]),
        (replace(ONE, signer="李四", by="agent"), [f"Customer's agent signs: {SIGNED}", "(李四)"]),
        (replace(ONE, signer="李四", by="guardian"), [f"Customer's guardian signs: {SIGNED}", "(李四)"]),
        (
            replace(ONE, signer="李四", by="organization"),
            [f"Customer's representative signs: {SIGNED}", "(李四)", f"Seal of the organisation: {SIGNED}"],
        ),
    ],
)
def test_each_party_signs_or_who_acts_for_it(of: Party, signs: list[str]) -> None:
    other = Party("d", "王五", say("New owner"))
    told = said(slip(SELLER, "N1", sale(parties=(of, other)), of))
    at = told.index("Feed")
    assert told[at : at + len(signs) + 5] == [
        "Feed",
        *signs,
        "Feed",
        f"New owner signs: {SIGNED}",
        "(王五)",
        f"Date of signing: {SIGNED}",
    ]


def test_a_contract_has_its_clauses_by_number_and_both_sides() -> None:
    told = said(contract(SELLER, "N1", sale(parties=(ONE,), clauses=(say("Fee"), say("Amount"))), ONE))
    assert told == [
        *head("Entry contract"),
        "Document no.: 110*",
        "Operator (party B): Hall",
        "HorizontalRule",
        "Free of charge: no money moves.",
        "In force: At once",
        "HorizontalRule",
        "1. Fee",
        "2. Amount",
        "Feed",
        f"Customer signs: {SIGNED}",
        "(张三)",
        f"Date of signing: {SIGNED}",
        f"Seal of the operator: {SIGNED}",
        *FOOT,
        "Feed",
        "Barcode",
        "Cut",
    ]


@pytest.mark.parametrize(
    ("values", "agent", "by"),
    [
        ({}, "", ""),
        ({}, "李四", "agent"),
        ({"birth_date": "2008-11-23"}, "李四", "agent"),
        ({"birth_date": "2008-11-24"}, "李四", "guardian"),
        ({"birth_date": "2008-11-24"}, "", ""),
        ({"holder": "organization"}, "李四", "organization"),
    ],
)
def test_a_minor_s_agent_is_the_guardian(values: dict[str, str], agent: str, by: str) -> None:
    customer = row(Customer, **{"id": "c", "name": "张三", "document_number": "11010519491231002X", **values})
    made = party(customer, date(2026, 11, 23), agent)
    assert (made.signer, made.by, made.document) == (agent, by, "110***********002X")


# red letters


@pytest.mark.parametrize("reason", ["why", ""])
def test_a_red_letter_of_a_part_says_what_comes_off(reason: str) -> None:
    lines = [line("Fee", -1090, tax_rate=900), line("Amount", -10)]
    part = PartBack("I-1", say("Several fees"), "张三", ((say("Number"), "139"),), lines, -1100, -90, reason)
    assert said(red_part(SELLER, "N1", part)) == [
        "*Hall",
        "**Red-letter invoice",
        "No.: N1",
        "Red-letter of: I-1",
        "Business: Several fees",
        "Customer: 张三",
        "Number: 139",
        *(["Reason: why"] if reason else []),
        "HorizontalRule",
        "Fee | 9% | -10.90",
        "Amount | - | -0.10",
        "HorizontalRule",
        "*Total: -11.00",
        "人民币负壹拾壹元整",
        "Tax contained: -0.90",
        *FOOT,
        "Feed",
        "QR",
        "Cut",
    ]


@pytest.mark.parametrize(
    ("tax", "tenders", "told"),
    [
        (-90, (Tender("cash", -1090),), ["Tax contained: -0.90", "Cash: -10.90", "sign", "Drawer"]),
        (0, (Tender("card", -1090, "R1"),), ["Card R1: -10.90", "sign"]),
        (0, (), ["sign"]),
    ],
)
def test_a_red_letter_says_its_original_with_all_signs_turned(
    tax: int, tenders: tuple[Tender, ...], told: list[str]
) -> None:
    original = receipt(
        SELLER,
        "R-1",
        sale(line("Fee", 123_456), line("Amount", -5), line("Deposit", 0)),
        (line("Fee", 123_456), line("Amount", -5)),
    )
    found = said(
        red_letter(SELLER, "N1", Reversal(original, "R-1", -1090, tax, Taken("", -1090, -1090, 0, tenders), "why"))
    )
    start = ["Signature of the customer: ____________" if one == "sign" else one for one in told if one != "Drawer"]
    assert found == [
        "*Hall",
        "**Red-letter receipt",
        "No.: N1",
        "Red-letter of: R-1",
        "Business: Several fees",
        "Customer: 张三",
        "Number: 139",
        "Reason: why",
        "HorizontalRule",
        "Fee | -1234.56",
        "Amount | 0.05",
        "HorizontalRule",
        "*Total: -10.90",
        "人民币负壹拾元零玖角整",
        *start,
        *FOOT,
        "Feed",
        "Barcode",
        *(["Drawer"] if "Drawer" in told else []),
        "Cut",
    ]


def test_a_red_letter_invoice_can_be_checked_and_opens_no_drawer() -> None:
    lines = (line("Fee", 1090, tax_rate=900),)
    back = Taken("", -1090, -1090, 0, (Tender("cash", -1090),))
    original = invoice(SELLER, "I-1", sale(), lines)
    found = said(red_letter(SELLER, "N1", Reversal(original, "I-1", -1090, -90, back, "w")))
    assert found[9:] == [
        "Item | Tax rate | Amount",
        "Fee | 9% | -10.90",
        "HorizontalRule",
        "*Total: -10.90",
        "人民币负壹拾元零玖角整",
        "Tax contained: -0.90",
        *FOOT,
        "Feed",
        "QR",
        "Cut",
    ]


def test_sums_of_a_list_stand_beneath_each_other_and_a_column_of_nothing_as_texts_do() -> None:
    found = listed([("a", "1.00", "", "2.00", "3"), ("b", "-1,200.50")])
    assert found.rows == (("a", "1.00", "", "2.00", "3"), ("b", "-1,200.50", "", "", ""))
    assert found.aligns == ("left", "right", "left", "right", "left")
