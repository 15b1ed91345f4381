"""What invoices and receipts say, block by block (domain-facts 7). No number is taken and nothing is stored here."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from boss_tui.answers import QuoteLine
from boss_tui.components.tenders import Ways, drawer_sum, standard
from boss_tui.components.wording import amount_in_capitals
from boss_tui.forms import yuan
from boss_tui.locale import Words
from boss_tui.taxes import Rated
from data.clock import on_paper
from data.message import Message, say
from printers.document import (
    QR,
    Align,
    Barcode,
    Block,
    Cut,
    Document,
    Drawer,
    Feed,
    HorizontalRule,
    KeyValue,
    Row,
    Table,
    Text,
)

if TYPE_CHECKING:
    from boss_tui.components.sales import Sale

FIGURES = (0, 9, 11)  # item, tax rate, amount: figures stand below each other
CHECK_PAGE = "https://fp.example.cn/check?n="


@dataclass(frozen=True, slots=True)
class Seller:
    """Who issues a paper, in which language, when, and for which order. `ways`: how it may be paid there."""

    words: Words
    outlet: Message
    counter: str
    staff_no: str
    serial: str
    business_date: str
    made_at: str
    ways: Ways = field(default_factory=standard)


COPY_MARKS = {
    "normal": say("*** Copy no. {n} ***"),
    "void": say("*** VOID, copy no. {n} ***"),
    "red": say("*** RED-LETTERED, copy no. {n} ***"),
}
"""What a copy of a paper is marked with, by the paper's state: what is void stays void on each copy."""


def void_sheet(words: Words, kind: str, number: str, reason: str) -> Document:
    """What stands for a blank that was spoiled: its number, and why it is void."""
    blocks: list[Block] = [
        Text(words(say("VOID")), align="center", bold=True, scale=2),
        KeyValue(words(say("Number")), number, align="left"),
        fact(words, say("Reason"), reason),
        HorizontalRule(),
        KeyValue(words(say("Total")), yuan(0), bold=True),
        Cut(),
    ]
    return Document(kind, tuple(blocks))


def invoice(seller: Seller, number: str, sale: Sale, lines: Sequence[QuoteLine]) -> Document:
    """The invoice 发票: lines with their tax rate, total in figures and in capitals, and where it can be checked."""
    w = seller.words
    blocks = [
        *head(seller, say("Invoice"), number, sale),
        *([fact(w, say("Title"), sale.buyer.title)] if sale.buyer.title else []),
        *([fact(w, say("Tax number"), sale.buyer.tax_number)] if sale.buyer.tax_number else []),
        HorizontalRule(),
        Row((w(say("Item")), w(say("Tax rate")), w(say("Amount"))), FIGURES, bold=True),
    ]
    blocks += [Row((w(line.label), rate_shown(line.tax_rate), yuan(line.amount)), FIGURES) for line in lines]
    total = sum(line.amount for line in lines)
    tax = sum(line.tax for line in lines)
    blocks += [
        HorizontalRule(),
        KeyValue(w(say("Total")), yuan(total), bold=True),
        Text(amount_in_capitals(total)),
        KeyValue(w(say("Tax contained")), yuan(tax)),
        *foot(seller),
        QR(f"{CHECK_PAGE}{number.replace('-', '')}&a={total}"),
        Cut(),
    ]
    return Document("invoice", tuple(blocks))


def receipt(seller: Seller, number: str, sale: Sale, lines: Sequence[QuoteLine], tax: Sequence[Rated] = ()) -> Document:
    """The receipt 收据: what was paid, how, the change, what the customer should know; cash opens the drawer.

    `tax`: what is taxed with it where no invoice says so.
    """
    w, taken = seller.words, sale.taken
    blocks = [*head(seller, say("Receipt"), number, sale), HorizontalRule()]
    blocks += [Row((w(line.label), yuan(line.amount))) for line in lines]
    due = say("Due") if taken.due >= 0 else say("Paid out")
    blocks += [HorizontalRule(), KeyValue(w(due), yuan(taken.due), bold=True), Text(amount_in_capitals(taken.due))]
    blocks += tax_blocks(w, tax)
    for tender in taken.tenders:
        blocks.append(KeyValue(w(seller.ways[tender.kind].name), yuan(tender.amount)))
        if tender.reference:
            blocks.append(fact(w, say("  Reference"), tender.reference))
    if taken.change:
        blocks.append(KeyValue(w(say("Change")), yuan(taken.change)))
    if taken.due < 0:
        blocks.append(signature(w))
    blocks += [
        HorizontalRule(),
        *noted(w, sale),
        *(Text(w(line)) for line in sale.advice),
        *foot(seller),
        Barcode(seller.serial),
    ]
    if drawer_sum(taken.tenders, seller.ways) or taken.change:
        blocks.append(Drawer())
    return Document("receipt", (*blocks, Cut()))


def noted(w: Words, sale: Sale) -> list[Block]:
    """What was typed into fields that managers have added, where it is printed."""
    return [fact(w, label, value) for label, value in sale.noted]


def tax_blocks(w: Words, taxed: Sequence[Rated]) -> list[Block]:
    """The tax contained, and of which amount by which rate."""
    if not taxed:
        return []
    rates = [
        KeyValue(w(say("  of {amount} at {rate}", amount=yuan(one.amount), rate=rate_shown(one.rate))), yuan(one.tax))
        for one in taxed
    ]
    return [KeyValue(w(say("Tax contained")), yuan(sum(one.tax for one in taxed))), *rates]


_SUM = re.compile(r"-?[0-9][0-9,]*\.[0-9]{2}")


def listed(rows: Sequence[Sequence[str]]) -> Table:
    """A list without headings, its sums beneath each other; a row that says less than others ends with blanks."""
    columns = max(map(len, rows))
    cells = tuple((*row, *[""] * (columns - len(row))) for row in rows)
    aligns: list[Align] = []
    for column in zip(*cells, strict=True):
        said = [cell for cell in column if cell]
        aligns.append("right" if said and all(map(_SUM.fullmatch, said)) else "left")
    return Table((), cells, tuple(aligns))


def listing(
    seller: Seller, title: Message, customer: str, number: str, rows: Sequence[Sequence[str | Message]]
) -> Document:
    """A list that was asked for (catalogue C13). `number`: by which it was asked for."""
    w = seller.words
    blocks = [
        Text(w(title), align="center", bold=True),
        KeyValue(w(say("Customer")), customer, align="left"),
        KeyValue(w(say("Asked for")), number, align="left"),
        HorizontalRule(),
        listed([[plain(w, cell) for cell in row] for row in rows or ((say("None."),),)]),
        HorizontalRule(),
        *foot(seller),
        Cut(),
    ]
    return Document("report", tuple(blocks))


def renumbered(content: Document, of: str, number: str) -> Document:
    """The same, with another number wherever its own stands: in words, and in codes without the dash."""
    text = content.as_text()
    for before, after in ((of, number), (of.replace("-", ""), number.replace("-", ""))):
        text = text.replace(before, after)
    return Document.from_json(json.loads(text))


SIGNED = "____________"


def signature(w: Words) -> Block:
    """Where the customer signs."""
    return KeyValue(w(say("Signature of the customer")), SIGNED)


def rate_shown(rate: int) -> str:
    """A rate of tax as papers show it."""
    return f"{rate / 100:g}%" if rate else "-"


def head(seller: Seller, title: Message, number: str, sale: Sale, customer: str | Message = "") -> list[Block]:
    """What every paper begins with: who issues it, what it is, its number, the business, the customer, the facts.
    `customer`: whose it is, where it is not the sale's."""
    w = seller.words
    return [
        Text(w(seller.outlet), align="center", bold=True),
        Text(w(title), align="center", bold=True, scale=2),
        KeyValue(w(say("No.")), number, align="left"),
        KeyValue(w(say("Business")), w(sale.title), align="left"),
        fact(w, say("Customer"), customer or sale.customer_name),
        *(fact(w, label, value) for label, value in sale.about),
    ]


def fact(w: Words, label: Message, value: str | Message) -> Block:
    """A fact of a paper's head."""
    return KeyValue(w(label), plain(w, value), align="left")


def plain(w: Words, value: str | Message) -> str:
    """A value in the paper's language; what has no language stays as it is."""
    return value if isinstance(value, str) else w(value)


def foot(seller: Seller) -> list[Block]:
    """What every paper ends with: serial, counter and staff, business date, time."""
    w = seller.words
    return [
        KeyValue(w(say("Serial")), seller.serial, align="left"),
        KeyValue(w(say("Counter and staff")), f"{seller.counter} / {seller.staff_no}", align="left"),
        KeyValue(w(say("Business date")), seller.business_date, align="left"),
        KeyValue(w(say("Accepted at")), on_paper(seller.made_at, seller.business_date), align="left"),
        Feed(),
    ]
