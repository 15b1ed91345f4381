"""Each kind of paper whose layout can be written: what it may say, and what it may not lose (domain-facts 7).

What an invoice must say is the law's: the seller, its number, the buyer, each item with its rate and amount, the sum in
figures and in capitals, the tax, the date, who issued it. What money moves must say who signs for it.
"""

from __future__ import annotations

from functools import cache

from msgspec import Struct

from data.message import Message, say
from printers.markup.tree import Field, Vocabulary

CUT, DRAWER = "cut", "drawer"


class PaperKind(Struct, frozen=True):
    """A kind of paper. `needed`: what its layout must print (`printers.markup.checking`); `stored`: the kind as which
    it is on record; empty where it is not. `is_whole`: whether it can be laid out anew from what is on record."""

    says: Message
    fields: Vocabulary
    needed: tuple[str, ...]
    stored: str = ""
    is_whole: bool = False

    @property
    def kept(self) -> tuple[str, ...]:
        """What a paper on record keeps of what it says, so that it can be reversed, checked, laid out anew: all but
        `FROM_ROW`; of what is only signed, its head."""
        return _kept(tuple(self.fields), self.is_whole)


FROM_ROW = ("outlet", "staff", "serial", "business_date", "accepted_at", "capitals", "check_page")
"""What a paper says that stands in its row, or is worked out of that."""
_HEAD = ("number", "reason", "business", "customer", "facts")


@cache
def _kept(names: tuple[str, ...], is_whole: bool) -> tuple[str, ...]:
    return tuple(name for name in names if (name not in FROM_ROW if is_whole else name in _HEAD))


def _flag(says: Message) -> Field:
    return Field(says, "flag")


def _list(says: Message, **of: Field) -> Field:
    return Field(says, "list", of)


_LABEL, _VALUE = Field(say("Label")), Field(say("Value"))
_TABLE = Field(say("Table"), "table")
_ITEM, _AMOUNT = Field(say("Item")), Field(say("Amount"))
_FACTS = _list(say("Facts"), label=_LABEL, value=_VALUE)
_NOTED = _list(say("Fields that managers added"), label=_LABEL, value=_VALUE)
_ADVICE = _list(say("What the customer should know"), line=Field(say("Line")))
_SALE = {
    "outlet": Field(say("Seller")),
    "number": Field(say("Document number")),
    "business": Field(say("Business")),
    "customer": Field(say("Customer")),
    "facts": _FACTS,
}
_FOOT = {
    "serial": Field(say("Serial")),
    "counter": Field(say("Counter")),
    "staff": Field(say("Staff")),
    "business_date": Field(say("Business date")),
    "accepted_at": Field(say("Accepted at")),
}
_SUM = {"capitals": Field(say("Sum in capitals"))}
_BUYER = {"buyer_title": Field(say("Title")), "buyer_tax_number": Field(say("Tax number"))}
_TAXED_LINES = _list(say("Lines"), item=_ITEM, rate=Field(say("Tax rate")), amount=_AMOUNT)
_LINES = _list(say("Lines"), item=_ITEM, amount=_AMOUNT)
_WAYS = _list(say("Ways of paying"), way=Field(say("Way")), amount=_AMOUNT, reference=Field(say("Reference")))
_MOVES = _flag(say("Whether cash moves"))
_INVOICE = {
    **_SALE,
    **_BUYER,
    "lines": _TAXED_LINES,
    "total": Field(say("Total")),
    **_SUM,
    "tax": Field(say("Tax contained")),
    "check_page": Field(say("Where it can be checked")),
    **_FOOT,
}
_BY_LAW = (
    *("outlet", "number", "customer", "buyer_title", "buyer_tax_number", "lines.item", "lines.rate", "lines.amount"),
    *("total", "capitals", "tax", "business_date", "staff", "serial", CUT),
)
_RECEIPT = {
    **_SALE,
    "lines": _LINES,
    "due": Field(say("Sum")),
    "paid_out": _flag(say("Whether money goes to the customer")),
    **_SUM,
    "tax": Field(say("Tax contained")),
    "rates": _list(say("Tax by rates"), amount=_AMOUNT, rate=Field(say("Tax rate")), tax=Field(say("Tax"))),
    "tenders": _WAYS,
    "change": Field(say("Change")),
    "noted": _NOTED,
    "advice": _ADVICE,
    "cash_moves": _MOVES,
    **_FOOT,
}
_SIGNED = _list(say("Who signs"), label=_LABEL, name=Field(say("Name")))
_PARTIES = _list(
    say("Who signs"),
    label=_LABEL,
    name=Field(say("Name")),
    seals=_flag(say("Whether an organisation seals")),
)
_BOUND = {**_SALE, "document": Field(say("Document no.")), "signatures": _PARTIES}
_AGREED = {
    "once": _list(say("Paid once"), item=_ITEM, amount=_AMOUNT),
    "payment": Field(say("How it is paid: monthly, free, booked, paid, paid_out")),
    "due": Field(say("Sum")),
    "tenders": _WAYS,
    "change": Field(say("Change")),
    "monthly": _list(say("Paid each month"), item=_ITEM, amount=_AMOUNT),
    "each_month": Field(say("Each month")),
    "in_force": Field(say("In force")),
    "terms": _list(say("Terms"), term=Field(say("Term"))),
    "noted": _NOTED,
    "advice": _ADVICE,
}
_CLAUSES = _list(say("Clauses"), place=Field(say("Position")), clause=Field(say("Clause")))
_OF_CASH = {"outlet": Field(say("Outlet")), "number": Field(say("Number"))}
_CASH_FOOT = {
    "staff": Field(say("Staff")),
    "approved_by": Field(say("Approved by")),
    "counter": Field(say("Counter")),
    "business_date": Field(say("Business date")),
    "done_at": Field(say("Done at")),
    "signatures": _SIGNED,
}
_COUNTED = {
    "counts": _list(
        say("Notes and coins"), value=Field(say("Note or coin")), pieces=Field(say("Pieces")), amount=_AMOUNT
    ),
    "counted": Field(say("Cash counted")),
    **_SUM,
    "difference": Field(say("Over or short")),
    "reason": Field(say("Reason")),
}
_SECTIONS = _list(say("Sections"), title=Field(say("Title")), table=_TABLE)

KINDS: dict[str, PaperKind] = {
    "invoice": PaperKind(say("Invoice"), _INVOICE, _BY_LAW, "invoice", is_whole=True),
    "receipt": PaperKind(
        say("Receipt"),
        _RECEIPT,
        (
            *("outlet", "number", "customer", "lines.item", "lines.amount", "due", "tax", "tenders.amount", "change"),
            *("business_date", "serial", DRAWER, CUT),
        ),
        "receipt",
        is_whole=True,
    ),
    "red_invoice": PaperKind(
        say("Red-letter invoice"),
        {
            **_INVOICE,
            "of": Field(say("Red-letter of")),
            "reason": Field(say("Reason")),
            "whole": _flag(say("Whether the whole is reversed")),
        },
        (*_BY_LAW, "of", "reason"),
        "invoice",
        is_whole=True,
    ),
    "red_receipt": PaperKind(
        say("Red-letter receipt"),
        {
            **_SALE,
            "of": Field(say("Red-letter of")),
            "reason": Field(say("Reason")),
            "lines": _LINES,
            "total": Field(say("Total")),
            **_SUM,
            "tax": Field(say("Tax contained")),
            "tenders": _WAYS,
            "cash_moves": _MOVES,
            **_FOOT,
        },
        (
            *("outlet", "number", "of", "customer", "reason", "lines.item", "lines.amount", "total", "tax"),
            *("tenders.amount", "business_date", "serial", DRAWER, CUT),
        ),
        "receipt",
        is_whole=True,
    ),
    "slip": PaperKind(
        say("Service slip"),
        {**_BOUND, **_AGREED, **_FOOT},
        (
            *("outlet", "number", "business", "customer", "once.amount", "due", "monthly.amount", "in_force"),
            *("terms.term", "signatures.label", "serial", CUT),
        ),
        "slip",
    ),
    "contract": PaperKind(
        say("Entry contract"),
        {**_BOUND, **_AGREED, "clauses": _CLAUSES, **_FOOT},
        (
            *("outlet", "number", "customer", "document", "monthly.amount", "in_force", "terms.term"),
            *("clauses.clause", "signatures.label", "serial", CUT),
        ),
        "contract",
    ),
    "agreement": PaperKind(
        say("Agreement"),
        {
            **_BOUND,
            "agreed_for": Field(say("Agreed for")),
            "months": Field(say("Months")),
            "first_day": Field(say("First day")),
            "last_day": Field(say("Last day")),
            "promised": Field(say("What is promised")),
            "penalty": Field(say("What an early end costs")),
            "clauses": _CLAUSES,
            **_FOOT,
        },
        (
            *("outlet", "number", "customer", "document", "agreed_for", "months", "promised", "penalty"),
            *("clauses.clause", "signatures.label", "serial", CUT),
        ),
        "contract",
    ),
    "refund": PaperKind(
        say("Refund voucher"),
        {
            "outlet": Field(say("Outlet")),
            "facts": _FACTS,
            "orders": _list(say("Orders refunded"), order=Field(say("Order"))),
            "reason": Field(say("Reason")),
            "lines": _LINES,
            "refunded": Field(say("Refunded")),
            **_SUM,
            "tenders": _WAYS,
            "signatures": _SIGNED,
            **_FOOT,
        },
        (
            *(
                "outlet",
                "serial",
                "facts.value",
                "orders.order",
                "reason",
                "lines.amount",
                "refunded",
                "tenders.amount",
            ),
            *("signatures.label", CUT),
        ),
    ),
    "listing": PaperKind(
        say("List that was asked for"),
        {
            "title": Field(say("Title")),
            "customer": Field(say("Customer")),
            "number": Field(say("Number")),
            "table": _TABLE,
            **_FOOT,
        },
        ("title", "table", "serial", CUT),
    ),
    "void_sheet": PaperKind(
        say("Void blank"),
        {"number": Field(say("Number")), "reason": Field(say("Reason"))},
        ("number", "reason", CUT),
    ),
    "cash": PaperKind(
        say("Cash slip"),
        {
            **_OF_CASH,
            "title": Field(say("Title")),
            "purpose": Field(say("Purpose")),
            "note_label": _LABEL,
            "note": Field(say("What for")),
            "reference_label": _LABEL,
            "reference": Field(say("Reference")),
            "way": Field(say("Way")),
            "counterparty": Field(say("Taken over from")),
            "amount": _AMOUNT,
            **_SUM,
            "held_label": _LABEL,
            "held": Field(say("What drawer or safe hold then")),
            "cash_moves": _MOVES,
            **_CASH_FOOT,
        },
        ("outlet", "number", "purpose", "note", "amount", "capitals", "staff", "signatures.label", DRAWER, CUT),
    ),
    "drawer_opened": PaperKind(
        say("Drawer opened"),
        {**_OF_CASH, "reason": Field(say("Reason")), **_CASH_FOOT},
        ("number", "reason", "staff", "signatures.label", DRAWER, CUT),
    ),
    "handover": PaperKind(
        say("Handover slip"),
        {
            **_OF_CASH,
            "counterparty": Field(say("Handed over by")),
            "shift": Field(say("Shift ended")),
            **_COUNTED,
            **_CASH_FOOT,
        },
        ("number", "counterparty", "counts.amount", "counted", "difference", "staff", "signatures.label", DRAWER, CUT),
    ),
    "safe_count": PaperKind(
        say("Safe count"),
        {**_OF_CASH, "held": Field(say("By the books")), **_COUNTED, **_CASH_FOOT},
        ("number", "held", "counts.amount", "counted", "difference", "staff", "signatures.label", CUT),
    ),
    "stock_count": PaperKind(
        say("Stock count"),
        {
            **_OF_CASH,
            "table": _TABLE,
            "over": Field(say("Pieces over")),
            "short": Field(say("Pieces short")),
            "serials": _list(
                say("Serials that differ"),
                serial=Field(say("Serial")),
                verdict=Field(say("What is wrong")),
                detail=Field(say("What the books say")),
            ),
            "reason": Field(say("Reason")),
            "agrees": _flag(say("Whether all is as the books say")),
            **_CASH_FOOT,
        },
        ("number", "table", "over", "short", "serials.serial", "reason", "staff", "signatures.label", CUT),
    ),
    "transfer": PaperKind(
        say("Transfer note"),
        {
            **_OF_CASH,
            "sender": Field(say("Sent from")),
            "receiver": Field(say("Sent to")),
            "stock": Field(say("Stock")),
            "table": _TABLE,
            "is_sent": _flag(say("Whether it goes along with the box")),
            "pieces": Field(say("Pieces")),
            "missing": _list(say("Missing serials"), serial=Field(say("Serials"))),
            "missing_pieces": Field(say("Missing pieces")),
            "reason": Field(say("Reason")),
            **_CASH_FOOT,
        },
        (
            *("number", "sender", "receiver", "stock", "table", "pieces", "missing.serial", "reason", "staff"),
            *("signatures.label", CUT),
        ),
    ),
    "report": PaperKind(
        say("Report"),
        {
            "title": Field(say("Title")),
            "facts": _FACTS,
            "sections": _SECTIONS,
            "summary": _list(say("Sums"), label=_LABEL, value=_VALUE),
            "signatures": _list(say("Who signs"), label=_LABEL),
            "annex": _SECTIONS,
        },
        ("title", "facts.value", "sections.title", "sections.table", "summary.value", "signatures.label", CUT),
    ),
}
