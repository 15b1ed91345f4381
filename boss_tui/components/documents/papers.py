"""What invoices and receipts say, field by field (domain-facts 7): how they look is their layout's (`paper_layouts`).
No number is taken and nothing is stored here."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any

from msgspec import Struct, field

from boss_tui.answers.business import QuoteLine, Tender
from boss_tui.components.paper_layouts.layouts import SHIPPED, Layouts
from boss_tui.components.tenders.tenders import Ways, drawer_sum, standard
from boss_tui.components.wording import amount_in_capitals
from boss_tui.forms.typed import yuan
from boss_tui.locale import Words
from boss_tui.taxes import Rated
from data.clock import on_paper
from data.message import Message, say
from printers.document import Align, Document, Table

if TYPE_CHECKING:
    from boss_tui.components.invoices.sales import Sale

CHECK_PAGE = "https://fp.example.cn/check?n="


class Seller(Struct, frozen=True):
    """Who issues a paper, in which language, when, and for which order. `ways`: how it may be paid there; `layouts`:
    how its papers are laid out."""

    words: Words
    outlet: Message
    counter: str
    staff_no: str
    serial: str
    business_date: str
    made_at: str
    ways: Ways = field(default_factory=standard)
    layouts: Layouts = SHIPPED


COPY_MARKS = {
    "normal": say("*** Copy no. {n} ***"),
    "void": say("*** VOID, copy no. {n} ***"),
    "red": say("*** RED-LETTERED, copy no. {n} ***"),
}
"""What a copy of a paper is marked with, by the paper's state: what is void stays void on each copy."""


def void_sheet(words: Words, kind: str, number: str, reason: str, layouts: Layouts = SHIPPED) -> Document:
    """What stands for a blank that was spoiled: its number, and why it is void."""
    return layouts.paper("void_sheet", words, {"number": number, "reason": reason}, of=kind, kept=True)


def invoice(seller: Seller, number: str, sale: Sale, lines: Sequence[QuoteLine]) -> Document:
    """The invoice 发票: lines with their tax rate, total in figures and in capitals, and where it can be checked."""
    w = seller.words
    total = sum(line.amount for line in lines)
    said = {
        **head(seller, number, sale),
        "buyer_title": sale.buyer.title,
        "buyer_tax_number": sale.buyer.tax_number,
        "lines": [taxed_line(w, line) for line in lines],
        "total": yuan(total),
        "capitals": amount_in_capitals(total),
        "tax": yuan(sum(line.tax for line in lines)),
        "check_page": check_page(number, total),
        **foot(seller),
    }
    return seller.layouts.paper("invoice", w, said, kept=True)


def receipt(seller: Seller, number: str, sale: Sale, lines: Sequence[QuoteLine], tax: Sequence[Rated] = ()) -> Document:
    """The receipt 收据: what was paid, how, the change, what the customer should know; cash opens the drawer.

    `tax`: what is taxed with it where no invoice says so.
    """
    w, taken = seller.words, sale.taken
    said = {
        **head(seller, number, sale),
        "lines": [{"item": w(line.label), "amount": yuan(line.amount)} for line in lines],
        "paid_out": taken.due < 0,
        "due": yuan(taken.due),
        "capitals": amount_in_capitals(taken.due),
        "tax": yuan(sum(one.tax for one in tax)) if tax else "",
        "rates": [{"amount": yuan(one.amount), "rate": rate_shown(one.rate), "tax": yuan(one.tax)} for one in tax],
        "tenders": paid(seller, taken.tenders),
        "change": yuan(taken.change) if taken.change else "",
        "noted": facts(w, sale.noted),
        "advice": [{"line": w(line)} for line in sale.advice],
        "cash_moves": bool(drawer_sum(taken.tenders, seller.ways) or taken.change),
        **foot(seller),
    }
    return seller.layouts.paper("receipt", w, said, kept=True)


def taxed_line(w: Words, line: QuoteLine) -> dict[str, str]:
    """A line of an invoice."""
    return {"item": w(line.label), "rate": rate_shown(line.tax_rate), "amount": yuan(line.amount)}


def paid(seller: Seller, tenders: Iterable[Tender]) -> list[dict[str, str]]:
    """How something is paid, and under which references."""
    return [
        {"way": seller.words(seller.ways[one.kind].name), "amount": yuan(one.amount), "reference": one.reference}
        for one in tenders
    ]


def check_page(number: str, total: int) -> str:
    """Where an invoice can be checked."""
    return f"{CHECK_PAGE}{number.replace('-', '')}&a={total}"


def facts(w: Words, told: Iterable[tuple[Message | str, Message | str]]) -> list[dict[str, str]]:
    """Facts, each with its label."""
    return [{"label": plain(w, label), "value": plain(w, value)} for label, value in told]


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
    table = listed([[plain(w, cell) for cell in row] for row in rows or ((say("None."),),)])
    said = {"title": w(title), "customer": customer, "number": number, "table": table, **foot(seller)}
    return seller.layouts.paper("listing", w, said, of="report")


def renumbered(content: Document, of: str, number: str) -> Document:
    """The same, with another number wherever its own stands: in words, and in codes without the dash."""
    text = content.as_text()
    for before, after in ((of, number), (of.replace("-", ""), number.replace("-", ""))):
        text = text.replace(before, after)
    return Document.from_json(json.loads(text))


SIGNED = "____________"


def rate_shown(rate: int) -> str:
    """A rate of tax as papers show it."""
    return f"{rate / 100:g}%" if rate else "-"


def head(seller: Seller, number: str, sale: Sale, customer: str | Message = "") -> dict[str, Any]:
    """What every paper begins with: who issues it, its number, the business, the customer, the facts. `customer`: whose
    it is, where it is not the sale's."""
    w = seller.words
    return {
        "outlet": w(seller.outlet),
        "number": number,
        "business": w(sale.title),
        "customer": plain(w, customer or sale.customer_name),
        "facts": facts(w, sale.about),
    }


def plain(w: Words, value: str | Message) -> str:
    """A value in the paper's language; what has no language stays as it is."""
    return value if isinstance(value, str) else w(value)


def foot(seller: Seller) -> dict[str, str]:
    """What every paper ends with: serial, counter and staff, business date, time."""
    return {
        "serial": seller.serial,
        "counter": seller.counter,
        "staff": seller.staff_no,
        "business_date": seller.business_date,
        "accepted_at": on_paper(seller.made_at, seller.business_date),
    }
