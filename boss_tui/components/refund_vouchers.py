"""What a refund voucher 退款凭证 says: that money went back to a customer, why, of which order, how; they sign it.

It stays at the hall, beside the receipt that the customer takes along. It has no number of a range: it bears the serial
of the order that paid out, which has one voucher. Nothing is stored here. Source: domain-facts 8 (refunds are signed).
"""

from __future__ import annotations

from dataclasses import dataclass

from boss_tui.answers import Tender
from boss_tui.components.papers import SIGNED, Seller, fact, foot, plain
from boss_tui.components.till.cash_slips import KIND, signed
from boss_tui.components.wording import amount_in_capitals
from boss_tui.forms import yuan
from data.message import Message, say
from printers.document import Barcode, Block, Cut, Document, HorizontalRule, KeyValue, Row, Text

TITLE = say("Refund voucher")


@dataclass(frozen=True, slots=True)
class Refund:
    """Money that goes back to a customer.

    Attributes:
        customer: whose it is; facts: what is worth a line each, the business first.
        of: serials of the orders that are refunded; empty: what the customer had here is paid out.
        reason: why: the clerk's words, or the business that pays it out.
        lines: what makes it up, as on the receipt: what goes back is below nothing.
        amount: fen that are paid out; tenders: how, fen below nothing.
    """

    customer: str | Message
    facts: tuple[tuple[str | Message, str | Message], ...]
    of: tuple[str, ...]
    reason: str | Message
    lines: tuple[tuple[str | Message, int], ...]
    amount: int
    tenders: tuple[Tender, ...]


def refund_voucher(seller: Seller, refund: Refund) -> Document:
    """The voucher: who gets what back, why, how, in figures and in words, with lines for all who sign."""
    w = seller.words
    blocks: list[Block] = [
        Text(w(seller.outlet), align="center", bold=True),
        Text(w(TITLE), align="center", bold=True, scale=2),
        fact(w, say("No."), seller.serial),
        *(KeyValue(plain(w, label), plain(w, value), align="left") for label, value in refund.facts),
        *(fact(w, say("Order refunded"), serial) for serial in refund.of),
        fact(w, say("Reason"), refund.reason),
        HorizontalRule(),
        *(Row((plain(w, label), yuan(amount))) for label, amount in refund.lines),
        HorizontalRule(),
        KeyValue(w(say("Refunded")), yuan(refund.amount), bold=True),
        Text(amount_in_capitals(refund.amount)),
        *_ways(seller, refund),
        HorizontalRule(),
        *foot(seller),
        Barcode(seller.serial),
        *signed(w, say("Signature of the customer"), refund.customer),
        *signed(w, say("Signature of who paid out"), seller.staff_no),
        *signed(w, say("Signature of the supervisor")),
        KeyValue(w(say("Date of signing")), SIGNED),
        Cut(),
    ]
    return Document(KIND, tuple(blocks))


def _ways(seller: Seller, refund: Refund) -> list[Block]:
    """How it is paid out, and under which references."""
    w = seller.words
    blocks: list[Block] = []
    for tender in refund.tenders:
        way = say("Paid out by {way}", way=seller.ways[tender.kind].name)
        blocks.append(KeyValue(w(way), yuan(-tender.amount)))
        if tender.reference:
            blocks.append(fact(w, say("  Reference"), tender.reference))
    return blocks
