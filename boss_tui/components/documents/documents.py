"""F9 documents 票据: invoices and receipts: numbered from ranges at completion, and their print jobs.

A number is taken inside the transaction that makes the document, so that none is lost and none is used twice. What a
paper says (`papers`) is stored as data (`printers.document`); how it looks is worked out for the printer it goes to.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from collections.abc import Sequence as Listed

from msgspec.structs import replace
from sqlalchemy import bindparam, select
from sqlalchemy import text as sql

from boss_tui.answers.business import Invoicing, PaperView, Quote, QuoteLine, Tender
from boss_tui.components.base import traced
from boss_tui.components.customers.parties import Party
from boss_tui.components.documents.number_stock import note_anew, numbered
from boss_tui.components.documents.numbered_papers import NAMES, NumberedPapers
from boss_tui.components.documents.paid_back import of_order, of_sale, voucher
from boss_tui.components.documents.papers import Seller, invoice, listing, receipt, renumbered
from boss_tui.components.documents.red_letters import TITLES, PartBack, Reversal, red_letter, red_part
from boss_tui.components.documents.slips import AGREEMENT, agreement, contract, slip
from boss_tui.components.invoices import electronic_invoices, invoice_requests
from boss_tui.components.invoices.invoicing import buyer, checked, of_customer
from boss_tui.components.invoices.sales import (
    Agreed,
    Sale,
    given_back,
    on_receipt,
    papers_of,
    rated,
    to_invoice,
    turnover,
)
from boss_tui.components.tenders.refunds import sources_of_lines
from boss_tui.components.tenders.taken import Taken
from boss_tui.forms.typed import yuan
from boss_tui.taxes import Rated, summed
from data.errors import NotAllowed
from data.message import Message, say
from data.tables.customer import Customer
from data.tables.document import WITH_REASON, InvoiceRequest, PaperDocument, PaperTax
from data.tables.electronic import ElectronicInvoice
from data.tables.order import ProductOrder
from printers import spool
from printers.document import Document, shut

_papers = PaperDocument.table()
_RED_LETTERS = select(*_papers.c).where(
    sql(WITH_REASON),
    _papers.c.reason == bindparam("number"),
    _papers.c.kind == bindparam("kind"),
    _papers.c.state == "normal",
)


TOGETHER = say("Several in one go")


class Documents(NumberedPapers):
    """F9: papers with their numbers. `made`: what the papers of this run say, once they are made."""

    code = "F9"
    made: Sale | None = None

    @traced
    def invoice(self, sale: Sale) -> PaperView:
        """The invoice: fees with their tax, and prepayments (catalogue C1-F9, domain-facts 7)."""
        lines = turnover(sale)
        customer = self.tx.find(Customer, id=sale.customer_id) if sale.customer_id else None
        sale = replace(sale, buyer=buyer(self.context.invoicing, customer))
        return self._issue(
            "invoice", sale, lines, lambda seller, number: invoice(seller, number, sale, lines), rated(lines)
        )

    @traced
    def receipt(self, sale: Sale) -> PaperView:
        """The receipt: everything that was paid, how, and the change; what is taxed where no invoice says so."""
        lines = [line for line in sale.quote.lines if not line.monthly]
        told = on_receipt(sale)
        return self._issue(
            "receipt", sale, lines, lambda seller, number: receipt(seller, number, sale, lines, told), told
        )

    @traced
    def red_part(self, sale: Sale) -> PaperView | None:
        """A red-letter invoice of a part: what a sale gives back of an earlier order's fees; the rest of that order's
        invoice stands. None where that order has no invoice that stands."""
        of = self._standing_invoice(sale.corrects)
        return self._red_part(sale, of, given_back(sale)) if of else None

    @traced
    def draw(self, order: ProductOrder, asked: Invoicing) -> PaperView:
        """The invoice of an order that was paid before, drawn once. `asked`: for whom, if not as it was said then.
        NotAllowed: none waits; BadForm: beside title or tax number."""
        refusal = invoice_requests.why_not(self.tx, order, self.context.outlet)
        if refusal:
            raise NotAllowed(refusal)
        request = self.tx.one(InvoiceRequest, order_id=order.id)
        said, customer = invoice_requests.said_of(request), self.tx.find(Customer, id=order.customer_id or "")
        whose = invoice_requests.wanted(request)
        if asked.title or asked.tax_number:
            asked = checked(asked, of_customer(customer) if customer else Invoicing())
            whose = buyer(asked, customer)
        total = sum(line.amount for line in said.left)
        nothing = Taken("", total, total, 0, ())
        sale = Sale(order.customer_id, said.customer, said.title, said.about, Quote(said.left), nothing, buyer=whose)
        taxed = rated(said.left)
        about = {
            "customer_id": order.customer_id,
            "amount": total,
            "tax": sum(one.tax for one in taxed),
            "drawn_later": 1,
        }
        paper = self._store(
            "invoice", NAMES["invoice"], lambda seller, number: invoice(seller, number, sale, said.left), about, taxed
        )
        self.tx.change(request, state="drawn", document_id=paper.id, title=whose.title, tax_number=whose.tax_number)
        return paper

    @traced
    def electronic(self, order: ProductOrder, asked: Invoicing, mail: str) -> ElectronicInvoice:
        """Ask for the electronic invoice of an order that was paid before, once; see `electronic_invoices.ask`."""
        return electronic_invoices.ask(self.context, order, asked, mail)

    def _left(self, of: PaperDocument) -> int:
        """Fen of an invoice that no red-letter one took back."""
        return of.amount + sum(row.amount for row in self._red_letters_of(of))

    def _red_part(self, sale: Sale, of: PaperDocument, lines: Listed[QuoteLine]) -> PaperView:
        total, left = sum(line.amount for line in lines), self._left(of)
        if left + total < 0:
            raise NotAllowed(
                say("Of invoice {number} only {left} yuan are left.", number=numbered(of), left=yuan(left))
            )
        taxed = rated(lines)
        part = PartBack(
            numbered(of),
            sale.title,
            sale.customer_name,
            sale.about,
            lines,
            total,
            sum(one.tax for one in taxed),
            sale.reason,
        )
        about = {"customer_id": sale.customer_id, "amount": total, "tax": part.tax, "reason": part.of}
        return self._store(
            "invoice", TITLES["invoice"], lambda seller, number: red_part(seller, number, part), about, taxed
        )

    def _standing_invoice(self, order_id: str) -> PaperDocument | None:
        if not order_id:
            return None
        found = self.tx.all(PaperDocument, order_id=order_id, kind="invoice", state="normal", order=("made_at", "id"))
        return next((row for row in found if not row.reason), None)

    def _red_letters_of(self, row: PaperDocument) -> list[PaperDocument]:
        """The red-letter papers that took back a part of one, and stand themselves."""
        return self.tx.models(PaperDocument, _RED_LETTERS, kind=row.kind, number=numbered(row))

    @traced
    def slip(self, sale: Sale, of: Party | None = None) -> PaperView:
        """The service slip 业务受理单 of a party: what was agreed and what it costs, to be signed (domain-facts 7)."""
        named = replace(sale, customer_id=of.customer_id) if of else sale
        return self._issue("slip", named, (), lambda seller, number: slip(seller, number, sale, of))

    @traced
    def contract(self, sale: Sale, of: Party) -> PaperView:
        """The entry contract 入网协议 of a party, with the clauses that are published (catalogue C1-F9)."""
        return self._issue("contract", sale, (), lambda seller, number: contract(seller, number, sale, of))

    @traced
    def agreement(self, sale: Sale, of: Party, agreed: Agreed) -> PaperView:
        """The agreement 业务协议 that binds a party for some months; its number is of the contracts' range."""
        about = {"customer_id": of.customer_id or sale.customer_id}
        return self._store(
            "contract", AGREEMENT, lambda seller, number: agreement(seller, number, sale, of, agreed), about
        )

    @traced
    def listing(self, title: Message, customer: str, number: str, rows: Listed[tuple[str | Message, ...]]) -> PaperView:
        """A list that was asked for (catalogue C13): on paper, under no document number. `number`: by which it was
        asked for."""
        context = self.context
        queued = spool.queue(
            self.tx,
            listing(self.seller, title, customer, number, rows),
            document_id=context.order_id,
            order_id="",
            title=self._words()(title),
            counter=context.counter,
            operator=context.operator,
        )
        return PaperView(context.order_id, "report", context.serial, queued.preview)

    def of(self, sale: Sale) -> tuple[PaperView, ...]:
        """The papers of a business, as `papers_of` decides."""
        sale = self.made = self._settled(replace(sale, noted=self.context.noted))
        if sale.deferred:
            invoice_requests.ask(self.context, sale, turnover(sale))
        wanted = papers_of(sale, together=bool(self.context.collection))
        made = [self._one(kind, sale, party) for kind, party in wanted]
        back = [voucher(self.context, self.seller, of_sale(self.tx, sale))] if sale.taken.due < 0 else []
        return (*(paper for paper in made if paper), *self._prepaid_back(sale), *back)

    def _settled(self, sale: Sale) -> Sale:
        """A sale with what is known of invoices: whether the customer wants its own now, and whether that of the order
        that it corrects was written, which it comes off if not."""
        if self.context.invoicing.when != "now" and to_invoice(sale):
            sale = replace(sale, deferred=True)
        back = given_back(sale)
        if back and self._standing_invoice(sale.corrects) is None:
            invoice_requests.reduce(self.context, sale.corrects, back)
            sale = replace(sale, unwritten=True)
        return sale

    def _prepaid_back(self, sale: Sale) -> list[PaperView]:
        """Red-letter invoices of what was paid in ahead and goes back: the rest of each invoice stands (domain-facts 7,
        8). What only moves between buckets, or pays a bill, was invoiced once and stays so."""
        paid_in = [line for line in sale.quote.lines if line.kind == 2 and not line.monthly]
        back = -sum(line.amount for line in paid_in)
        found: list[PaperView] = []
        if back <= 0 or not sale.invoiced:
            return found
        for source in sources_of_lines(self.tx, paid_in, self.context.order_id):
            of = self._standing_invoice(source.order_id)
            left = self._left(of) if of else invoice_requests.left_of(self.tx, source.order_id)
            part = min(back, source.amount, left)
            if part > 0:
                label = next(line.label for line in paid_in if line.amount < 0)
                gone = [QuoteLine("", label, 2, -part, -part)]
                if of:
                    found.append(self._red_part(sale, of, gone))
                else:
                    invoice_requests.reduce(self.context, source.order_id, gone)
            back -= min(back, source.amount)
        return found

    def _one(self, kind: str, sale: Sale, party: Party | None) -> PaperView | None:
        if kind == "contract" and party:
            return self.contract(sale, party)
        if kind == "agreement" and party and sale.agreed:
            return self.agreement(sale, party, sale.agreed)
        if kind == "slip":
            return self.slip(sale, party)
        if kind == "red":
            return self.red_part(sale)
        return self.invoice(sale) if kind == "invoice" else self.receipt(sale)

    def receipt_of_many(self, sales: Listed[Sale | None], tenders: Listed[Tender], change: int) -> PaperView | None:
        """One receipt over several businesses that were paid in one go; none when nothing was paid."""
        paid = [sale for sale in sales if sale is not None and sale.taken.due]
        if not paid:
            return None
        lines = tuple(line for sale in paid for line in sale.quote.lines if not line.monthly)
        due = sum(sale.taken.due for sale in paid)
        taken = Taken("", due, due + change, change, tuple(tenders))
        about = tuple((sale.title, value) for sale in paid for _, value in sale.about[:1])
        advice = tuple(message for sale in paid for message in sale.advice)
        whole = Sale(paid[0].customer_id, paid[0].customer_name, TOGETHER, about, Quote(lines), taken, advice)
        told = summed(one for sale in paid for one in on_receipt(sale))
        return self._store(
            "receipt",
            NAMES["receipt"],
            lambda seller, number: receipt(seller, number, whole, lines, told),
            {
                "customer_id": whole.customer_id,
                "amount": due,
                "tax": sum(one.tax for one in told),
                "order_id": None,
                "collection": self.context.collection,
            },
            told,
        )

    @traced
    def red_letter(self, reason: str, back: Taken, of: str = "") -> list[PaperView]:
        """Reverse every paper of an order (this one, or the one `of`): a red-letter one each, under a number of its own
        (domain-facts 7).

        The originals become red, with the reason; a slip, which has no amounts, becomes void. NotAllowed: a part of one
        was given back before.
        """
        found: list[PaperView] = []
        order_id = of or self.context.order_id
        invoice_requests.lapse(self.tx, self.tx.one(ProductOrder, id=order_id))
        for row in self.tx.all(PaperDocument, order_id=order_id, state="normal", order=("made_at", "id")):
            if row.kind in TITLES:
                if self._red_letters_of(row):
                    raise NotAllowed(say("A part of invoice {number} was given back already.", number=numbered(row)))
                found.append(self._reverse(row, reason, back))
            ended = "red" if row.kind in TITLES else "void"
            self.tx.change(row, state=ended, reason=reason, ended_on=self.context.business_date)
        if back.due < 0 and "receipt" not in {paper.kind for paper in found}:
            found.append(self._paid_back(self.tx.one(ProductOrder, id=order_id), back))
        if back.due < 0:
            found.append(voucher(self.context, self.seller, of_order(self.tx, order_id, reason, back)))
        return found

    @traced
    def anew(self, old: PaperDocument, reason: str, approved_by: str) -> PaperView:
        """A document whose paper was spoiled, under the next number; the old number is void (domain-facts 7). Of the
        open business date alone: a later day's report would differ. `approved_by`: the supervisor who has seen the old
        sheet, which may be in a customer's hand. NotAllowed says what is in the way."""
        if old.state != "normal":
            raise NotAllowed(say("Document {number} does not stand any more.", number=numbered(old)))
        if old.business_date != self.context.business_date:
            raise NotAllowed(say("It is of {date}: print a copy of it.", date=old.business_date))
        if self._red_letters_of(old):
            raise NotAllowed(say("A part of invoice {number} was given back already.", number=numbered(old)))
        if not approved_by:
            raise NotAllowed(
                say(
                    "The sheet {number} looks valid still: a supervisor must see it and approve.", number=numbered(old)
                ),
                field="approved_by",
            )
        content = shut(Document.from_json(json.loads(old.content)))
        kept = ("customer_id", "amount", "tax", "order_id", "collection", "drawn_later", "reason")
        told = [Rated(tax.rate, tax.amount, tax.tax) for tax in self.tx.all(PaperTax, document_id=old.id)]
        paper = self._store(
            old.kind,
            NAMES[old.kind],
            lambda _, number: renumbered(content, numbered(old), number),
            {name: getattr(old, name) for name in kept},
            told,
        )
        for request in self.tx.all(InvoiceRequest, document_id=old.id):
            self.tx.change(request, document_id=paper.id)
        self.tx.change(old, state="void", reason=reason, ended_on=self.context.business_date)
        note_anew(self.tx, old, reason, approved_by)
        return paper

    def _paid_back(self, order: ProductOrder, back: Taken) -> PaperView:
        """A receipt of what is paid back of an order whose own receipt was over several."""
        (over,) = self.tx.all(PaperDocument, collection=order.collection, kind="receipt")
        customer = self.tx.one(Customer, id=order.customer_id)
        line = QuoteLine("", say("Paid back"), 0, back.due, back.due)
        of = numbered(over)
        sale = Sale(
            customer.id,
            customer.name,
            TITLES["receipt"],
            ((say("Serial"), order.serial), (say("Receipt"), of)),
            Quote((line,)),
            back,
        )
        request = invoice_requests.of_order(self.tx, order.id)
        told = [-one for one in rated(invoice_requests.said_of(request).lines)] if request else []
        about = {"customer_id": customer.id, "amount": back.due, "tax": sum(one.tax for one in told), "reason": of}
        return self._store(
            "receipt",
            NAMES["receipt"],
            lambda seller, number: receipt(seller, number, sale, sale.quote.lines, told),
            about,
            told,
        )

    def _reverse(self, row: PaperDocument, reason: str, back: Taken) -> PaperView:
        of = numbered(row)
        original = Document.from_json(json.loads(row.content))
        reversal = Reversal(original, of, -row.amount, -row.tax, back, reason)
        about = {
            "customer_id": row.customer_id,
            "amount": -row.amount,
            "tax": -row.tax,
            "reason": of,
            "drawn_later": row.drawn_later,
        }
        told = [Rated(tax.rate, tax.amount, tax.tax) for tax in self.tx.all(PaperTax, document_id=row.id)]
        return self._store(
            row.kind,
            TITLES[row.kind],
            lambda seller, number: red_letter(seller, number, reversal),
            about,
            [-one for one in told],
        )

    def _issue(
        self,
        kind: str,
        sale: Sale,
        lines: Listed[QuoteLine],
        write: Callable[[Seller, str], Document],
        told: Listed[Rated] = (),
    ) -> PaperView:
        about = {
            "customer_id": sale.customer_id,
            "amount": sum(line.amount for line in lines),
            "tax": sum(one.tax for one in told),
        }
        return self._store(kind, NAMES[kind], write, about, told)
