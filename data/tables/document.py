"""Documents (catalogue F9, M9): how papers are laid out; ranges of numbers received and how they went from hand to
hand; every number used, void or red-lettered."""

from typing import ClassVar

from data.tables.base import (
    LEASED,
    OFFICE,
    OUTLET,
    SHARED,
    Index,
    Partial,
    Table,
    UniqueConstraint,
    fen,
    headquarters,
    integer,
    options,
    ref,
    revision,
    state,
    text,
)


class PaperLayout(Table, table=True):
    """How a kind of paper is laid out 票据版式, in the markup of `printers.markup`; the shipped layout where there is
    none. `language`: of the papers that it is for. Valid from a business date until another (empty: open)."""

    __owner__ = headquarters("notices")
    __component__ = "F9"
    __ended__: ClassVar = {"state": "ended"}
    __identity__ = ("kind",)
    __table_args__ = options()
    id: str = text(key=True)
    kind: str = text()
    language: str = state("language", "both", "zh_CN", "en", default="both")
    layout: str = text()
    valid_from: str = text("")
    valid_to: str = text("")
    state: str = state("state", "active", "ended", default="active")
    revision: int = revision()


class DocumentRange(Table, table=True):
    """A run of document numbers handed to a counter (empty: any of the outlet); `next_number` is used next.

    `lease_id`: the block that it came in, also of what was cut off from it for a counter.
    """

    __owner__ = LEASED
    __free__ = ("open", "used_up", "returned")
    __table_args__ = options(UniqueConstraint("kind", "code", "first_number", name="document_range_start"))
    id: str = text(key=True)
    kind: str = state("kind", "invoice", "receipt", "slip", "contract")
    code: str = text()
    first_number: int = integer()
    last_number: int = integer()
    next_number: int = integer()
    outlet: str = text()
    counter: str = text("")
    lease_id: str = text("", index=True)
    state: str = state("state", "open", "used_up", "returned", default="open")
    revision: int = revision()


class NumberMove(Table, table=True):
    """What became of document numbers besides being used 票据领用存 (catalogue M9, domain-facts 7): issued to a counter
    (empty: to the whole hall), seen (which number the paper there shows), void (spoiled blank), anew (a paper was
    spoiled, its document has another number now), returned. `counter`: who had them before; `first_number` to
    `last_number`: which."""

    __owner__ = OUTLET
    __table_args__ = options(Index("number_move_day", "outlet", "business_date"))
    __append_only__ = True
    id: str = text(key=True)
    outlet: str = text()
    kind: str = state("kind", "invoice", "receipt", "slip", "contract")
    code: str = text()
    first_number: int = integer()
    last_number: int = integer()
    act: str = state("act", "issued", "seen", "void", "anew", "returned")
    counter: str = text("")
    to_counter: str = text("")
    operator: str = text()
    approved_by: str = text("")
    reason: str = text("")
    business_date: str = text()
    made_at: str = text()


WITH_REASON = "reason != ''"
ENDED = "ended_on != ''"
"""Papers that became void or red, in SQL."""


class PaperDocument(Table, table=True):
    """A document: invoice 发票, receipt 收据, slip 业务受理单, contract 入网协议. `content`: what it says, as
    JSON; `number`: 8 digits.

    States: normal, void (the paper was spoiled or taken back), red (reversed by a red-letter document). `reason`: why
    it is void or red; of a red-letter document, which is normal and has negative amounts, the number of its original.
    `ended_on`: the business date on which it became void or red.
    A receipt over several orders that were paid in one go has their `collection`, and no order of its own.
    `drawn_later`: an invoice that was written after its order was paid, or its red-letter one: the tax that it says
    was told by the receipt, and entered, on the day of the payment.
    """

    __owner__ = SHARED
    __table_args__ = options(
        UniqueConstraint("kind", "code", "number", name="paper_document_number"),
        Index("paper_document_range", "range_id", "state", "outlet"),
        Partial("paper_document_reason", "reason", where=WITH_REASON),
        Partial("paper_document_ended", "ended_on", where=ENDED),
    )
    id: str = text(key=True)
    outlet: str = text()
    range_id: str = ref("document_range.id", index=False)
    kind: str = state("kind", "invoice", "receipt", "slip", "contract")
    code: str = text()
    number: int = integer(index=True)
    order_id: str | None = ref("product_order.id", None)
    collection: str = text("", index=True)
    customer_id: str | None = ref("customer.id", None)
    amount: int = fen(0)
    tax: int = fen(0)
    content: str = text()
    state: str = state("state", "normal", "void", "red", default="normal")
    reason: str = text("")
    operator: str = text()
    business_date: str = text(index=True)
    made_at: str = text()
    ended_on: str = text("")
    copies: int = integer(0)
    drawn_later: int = integer(0)
    revision: int = revision()


class PaperTax(Table, table=True):
    """What a document says of one rate of tax (hundredths of a percent): gross fen, and the tax in them.

    An invoice has them; a receipt where no invoice is written for what was paid.
    """

    __owner__ = OUTLET
    __table_args__ = options()
    __append_only__ = True
    document_id: str = ref("paper_document.id", key=True)
    rate: int = integer(key=True)
    amount: int = fen()
    tax: int = fen()


class InvoiceRequest(Table, table=True):
    """What was said to 要发票吗 where no invoice was written when an order was paid (domain-facts 7).

    States: waiting (it is drawn later, once), electronic (asked of the tax platform: `ElectronicInvoice`), drawn,
    declined (none was wanted), void (the order was taken back, or
    all that it brought was given back, before it was drawn). `title` 抬头 and `tax_number`: whose it is, where that is
    not only the customer's name. `says`: what it is to say, as JSON; `document_id`: the invoice, once it is drawn.
    """

    __owner__ = SHARED
    __table_args__ = options(Index("invoice_request_state", "state", "business_date"))
    order_id: str = ref("product_order.id", key=True)
    outlet: str = text()
    business_date: str = text()
    state: str = state("state", "waiting", "electronic", "drawn", "declined", "void")
    title: str = text("")
    tax_number: str = text("")
    says: str = text()
    document_id: str | None = ref("paper_document.id", None)
    revision: int = revision()


class DocumentReceipt(Table, table=True):
    """A run of document numbers that headquarters received 票据入库, from a printer's shop or the tax bureau (catalogue
    M9). `paper`: the number of the delivery note; `received_by`: who took it in, and may not hand it out again."""

    __owner__ = OFFICE
    __append_only__ = True
    __table_args__ = options(UniqueConstraint("kind", "code", "first_number", name="document_receipt_start"))
    id: str = text(key=True)
    kind: str = state("kind", "invoice", "receipt", "slip", "contract")
    code: str = text()
    first_number: int = integer()
    last_number: int = integer()
    supplier: str = text()
    paper: str = text()
    received_by: str = text()
    business_date: str = text()
    made_at: str = text()
