"""What a red-letter document says: what its original said, with all signs turned, and which one that was.

Made from the original's own blocks, so that it says the same whatever prices and products have become since, and for
every business alike. No number is taken and nothing is stored here. Source: domain-facts 7 ('red-letter', reversals).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import takewhile

from boss_tui.answers import QuoteLine
from boss_tui.components.papers import CHECK_PAGE, FIGURES, Seller, fact, foot, rate_shown, signature
from boss_tui.components.taken import Taken
from boss_tui.components.tenders import drawer_sum
from boss_tui.components.wording import amount_in_capitals
from boss_tui.forms import yuan
from boss_tui.locale import Words
from data.message import Message, say
from printers.document import QR, Barcode, Block, Cut, Document, Drawer, HorizontalRule, KeyValue, Row, Text

TITLES = {"invoice": say("Red-letter invoice"), "receipt": say("Red-letter receipt")}
_MONEY = re.compile(r"-?[0-9][0-9,]*\.[0-9]{2}")


@dataclass(frozen=True, slots=True)
class Reversal:
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


@dataclass(frozen=True, slots=True)
class PartBack:
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
    blocks = [
        *_head(seller, number, part.of, "invoice"),
        KeyValue(w(say("Business")), w(part.title), align="left"),
        fact(w, say("Customer"), part.customer),
        *(fact(w, label, value) for label, value in part.about),
        *([KeyValue(w(say("Reason")), part.reason, align="left")] if part.reason else []),
        HorizontalRule(),
        *(Row((w(line.label), rate_shown(line.tax_rate), yuan(line.amount)), FIGURES) for line in part.lines),
        HorizontalRule(),
        *_sum(w, part.amount),
        *_invoice_end(seller, number, part.amount, part.tax),
    ]
    return Document("invoice", (*blocks, Cut()))


def red_letter(seller: Seller, number: str, reversal: Reversal) -> Document:
    """The red-letter invoice or receipt under a number of its own. A receipt says how the money went back, is signed,
    and opens the drawer when cash did."""
    w, kind = seller.words, reversal.original.kind
    blocks = [
        *_head(seller, number, reversal.of, kind),
        *_about(reversal.original),
        KeyValue(w(say("Reason")), reversal.reason, align="left"),
        HorizontalRule(),
        *_turned(reversal.original),
        HorizontalRule(),
        *_sum(w, reversal.amount),
    ]
    if kind == "invoice":
        return Document(kind, (*blocks, *_invoice_end(seller, number, reversal.amount, reversal.tax), Cut()))
    return Document(kind, (*blocks, *_receipt_end(seller, reversal), Cut()))


def _head(seller: Seller, number: str, of: str, kind: str) -> list[Block]:
    w = seller.words
    return [
        Text(w(seller.outlet), align="center", bold=True),
        Text(w(TITLES[kind]), align="center", bold=True, scale=2),
        KeyValue(w(say("No.")), number, align="left"),
        KeyValue(w(say("Red-letter of")), of, align="left"),
    ]


def _sum(w: Words, amount: int) -> list[Block]:
    """The total in figures and in capitals."""
    return [KeyValue(w(say("Total")), yuan(amount), bold=True), Text(amount_in_capitals(amount))]


def _about(original: Document) -> Iterator[Block]:
    """The facts at the original's head: business, customer, number; not the number that the paper itself had."""
    head = takewhile(lambda block: not isinstance(block, HorizontalRule), original.blocks)
    facts = [block for block in head if isinstance(block, KeyValue)]
    yield from facts[1:]


def _turned(original: Document) -> Iterator[Block]:
    """The original's rows, their amounts with the sign turned."""
    for block in original.blocks:
        if isinstance(block, Row):
            *before, last = block.cells
            yield replace(block, cells=(*before, _opposite(last) if _MONEY.fullmatch(last) else last))


def _opposite(shown: str) -> str:
    return yuan(-int(shown.replace(",", "").replace(".", "")))


def _invoice_end(seller: Seller, number: str, amount: int, tax: int) -> list[Block]:
    check = f"{CHECK_PAGE}{number.replace('-', '')}&a={amount}"
    return [KeyValue(seller.words(say("Tax contained")), yuan(tax)), *foot(seller), QR(check)]


def _receipt_end(seller: Seller, reversal: Reversal) -> list[Block]:
    w = seller.words
    end: list[Block] = [KeyValue(w(say("Tax contained")), yuan(reversal.tax))] if reversal.tax else []
    end += [
        KeyValue(f"{w(seller.ways[tender.kind].name)} {tender.reference}".strip(), yuan(tender.amount))
        for tender in reversal.back.tenders
    ]
    end += [signature(w), *foot(seller), Barcode(seller.serial)]
    return [*end, Drawer()] if drawer_sum(reversal.back.tenders, seller.ways) else end
