"""What a red-letter document says: what its original said, with all signs turned, and which one that was.

Made from what the original says, so that it says the same whatever prices and products have become since, and for
every business alike. No number is taken and nothing is stored here. Source: domain-facts 7 ('red-letter', reversals).
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from msgspec import Struct

from boss_tui.answers.business import QuoteLine
from boss_tui.components.documents.papers import Seller, check_page, facts, foot, paid, plain, taxed_line
from boss_tui.components.tenders.taken import Taken
from boss_tui.components.tenders.tenders import drawer_sum
from boss_tui.components.wording import amount_in_capitals
from boss_tui.forms.typed import yuan
from data.message import Message, say
from data.tables.document import PaperDocument
from printers.document import Document

TITLES = {"invoice": say("Red-letter invoice"), "receipt": say("Red-letter receipt")}


def is_red_letter(row: PaperDocument) -> bool:
    """Whether a paper reverses another one: its `reason` is that one's number."""
    return row.state == "normal" and bool(row.reason)


class Reversal(Struct, frozen=True):
    """What a red-letter document is made of.

    Attributes:
        original: the document that it reverses; of: that one's number.
        amount, tax: its own, in fen: the original's with the sign turned.
        back: what was given back, as negative amounts.
        reason: why, in the clerk's words.
    """

    original: Document
    of: str
    amount: int
    tax: int
    back: Taken
    reason: str


class PartBack(Struct, frozen=True):
    """What a red-letter invoice of a part is made of.

    Attributes:
        of: the number of the invoice whose rest stands; title, customer, about: of the business that gives back.
        lines: what is given back, as negative amounts; amount, tax: of them all, in fen.
        reason: why, in the clerk's words.
    """

    of: str
    title: Message
    customer: str | Message
    about: tuple[tuple[Message, str | Message], ...]
    lines: Sequence[QuoteLine]
    amount: int
    tax: int
    reason: str


def red_part(seller: Seller, number: str, part: PartBack) -> Document:
    """The red-letter invoice of what is given back of another one, which stands for its rest."""
    w = seller.words
    said = {
        "outlet": w(seller.outlet),
        "number": number,
        "of": part.of,
        "business": w(part.title),
        "customer": plain(w, part.customer),
        "facts": facts(w, part.about),
        "buyer_title": "",
        "buyer_tax_number": "",
        "reason": part.reason,
        "whole": False,
        "lines": [taxed_line(w, line) for line in part.lines],
        **_invoice_end(seller, number, part.amount, part.tax),
    }
    return seller.layouts.paper("red_invoice", w, said, of="invoice", kept=True)


def red_letter(seller: Seller, number: str, reversal: Reversal) -> Document:
    """The red-letter invoice or receipt under a number of its own. A receipt says how the money went back, is signed,
    and opens the drawer when cash did."""
    w, kind, original = seller.words, reversal.original.kind, reversal.original.said
    said = {
        **{name: original[name] for name in _KEPT if name in original},
        "outlet": w(seller.outlet),
        "number": number,
        "of": reversal.of,
        "reason": reversal.reason,
        "lines": [{**line, "amount": _opposite(line["amount"])} for line in original["lines"]],
    }
    if kind == "invoice":
        said |= {"whole": True, **_invoice_end(seller, number, reversal.amount, reversal.tax)}
        return seller.layouts.paper("red_invoice", w, said, of=kind, kept=True)
    said |= _receipt_end(seller, reversal)
    return seller.layouts.paper("red_receipt", w, said, of=kind, kept=True)


_KEPT = ("business", "customer", "facts", "buyer_title", "buyer_tax_number")
"""What a red-letter paper says as its original did."""


def _opposite(shown: str) -> str:
    return yuan(-int(shown.replace(",", "").replace(".", "")))


def _sum(amount: int) -> dict[str, str]:
    """The total in figures and in capitals."""
    return {"total": yuan(amount), "capitals": amount_in_capitals(amount)}


def _invoice_end(seller: Seller, number: str, amount: int, tax: int) -> dict[str, str]:
    return {**_sum(amount), "tax": yuan(tax), "check_page": check_page(number, amount), **foot(seller)}


def _receipt_end(seller: Seller, reversal: Reversal) -> dict[str, Any]:
    tenders = [
        {**one, "way": f"{one['way']} {one['reference']}".strip()} for one in paid(seller, reversal.back.tenders)
    ]
    return {
        **_sum(reversal.amount),
        "tax": yuan(reversal.tax) if reversal.tax else "",
        "tenders": tenders,
        "cash_moves": bool(drawer_sum(reversal.back.tenders, seller.ways)),
        **foot(seller),
    }
