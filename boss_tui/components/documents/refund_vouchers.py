"""What a refund voucher 退款凭证 says: that money went back to a customer, why, of which order, how; they sign it.

It stays at the hall, beside the receipt that the customer takes along. It has no number of a range: it bears the serial
of the order that paid out, which has one voucher. Nothing is stored here. Source: domain-facts 8 (refunds are signed).
"""

from __future__ import annotations

from msgspec import Struct

from boss_tui.answers.business import Tender
from boss_tui.components.documents.papers import Seller, facts, foot, plain
from boss_tui.components.till.cash_slips import KIND
from boss_tui.components.wording import amount_in_capitals
from boss_tui.forms.typed import yuan
from data.message import Message, say
from printers.document import Document

TITLE = say("Refund voucher")


class Refund(Struct, frozen=True):
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
    signers = (
        (say("Signature of the customer"), refund.customer),
        (say("Signature of who paid out"), seller.staff_no),
        (say("Signature of the supervisor"), ""),
    )
    said = {
        "outlet": w(seller.outlet),
        "facts": facts(w, refund.facts),
        "orders": [{"order": serial} for serial in refund.of],
        "reason": plain(w, refund.reason),
        "lines": [{"item": plain(w, label), "amount": yuan(amount)} for label, amount in refund.lines],
        "refunded": yuan(refund.amount),
        "capitals": amount_in_capitals(refund.amount),
        "tenders": [_way(seller, tender) for tender in refund.tenders],
        "signatures": [{"label": w(label), "name": plain(w, name)} for label, name in signers],
        **foot(seller),
    }
    return seller.layouts.paper("refund", w, said, of=KIND)


def _way(seller: Seller, tender: Tender) -> dict[str, str]:
    """How it is paid out, and under which reference."""
    way = say("Paid out by {way}", way=seller.ways[tender.kind].name)
    return {"way": seller.words(way), "amount": yuan(-tender.amount), "reference": tender.reference}
