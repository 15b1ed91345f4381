"""What papers say was taxed: one that is drawn later or issued electronically, what was put off; a red-letter one, or
one that is printed anew, what the one before it said.

What is put off is what the order's payment enters. Papers that are written with a payment: `sums`. Source: catalogue
F9, M9; domain-facts 7; at the desk: `boss_tui.components.invoices.invoice_requests`; `boss_tui.verify.invoices` holds
the same over the whole store.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from boss_tui.answers.business import QuoteLine
from boss_tui.components.invoices.invoice_requests import said_of
from boss_tui.components.ledger.ledger import OUTPUT_TAX
from boss_tui.headquarters.rules.claim import Claim, Known, Row
from boss_tui.headquarters.rules.papers import is_anew, takes_back
from boss_tui.headquarters.rules.reversals import rows_naming
from boss_tui.sync.effects import Fault
from boss_tui.taxes import Rated, summed
from data.statements import instance
from data.tables.document import InvoiceRequest, PaperDocument, PaperTax
from data.tables.finance import Posting, PostingLine
from data.tables.order import ProductOrder

Taxes = tuple[Rated, ...]
INVOICE = "invoice"


def judge(known: Known, told: Claim) -> Iterator[Fault]:
    """The papers and electronic invoices that say another tax than what they are of, and what is put off though nobody
    paid it."""
    ended = [known.row(PaperDocument, *each.key) for each in told.changed.get("paper_document", ())]
    for paper in told.added.get("paper_document", ()):
        if not _is_as_before(known, told, paper, [old for old in ended if old is not None]):
            yield Fault("sums", {"what": f"document {paper['code']}-{paper['number']:08d}", "table": "paper_tax"})
    for invoice in told.added.get("electronic_invoice", ()):
        left = _left(known, told, invoice["order_id"])
        waits = known.waits(told.entry.outlet, [invoice["order_id"]])
        if left is not None and not waits and (invoice["amount"], invoice["tax"]) != _of(left):
            yield Fault("sums", {"what": f"electronic_invoice {invoice['id']}", "table": "electronic_invoice"})
    for request in told.added.get("invoice_request", ()):
        if not _is_what_was_paid(known, told, request):
            yield Fault("sums", {"what": f"invoice_request {request['order_id']}", "table": "invoice_request"})


def _is_as_before(known: Known, told: Claim, paper: Row, ended: Iterable[Row]) -> bool:
    """Whether a paper that follows another one, or is drawn later, says the tax of that, or of what was put off."""
    said = summed(_rated(row) for row in told.added.get("paper_tax", ()) if row["document_id"] == paper["id"])
    back = [[-one for one in _before(known, old)] for old in ended if takes_back(paper, old)]
    anew = [_before(known, old) for old in ended if is_anew(paper, old)]
    if back or anew:
        return said in [summed(one) for one in (*back, *anew)]
    if not paper["drawn_later"] or paper["state"] == "void":
        return True
    order = paper["order_id"]
    if known.waits(told.entry.outlet, [order or ""]):
        return True
    left = _left(known, told, order)
    drawn = any(
        change.key[0] == order and change.values.get("document_id") == paper["id"]
        for change in told.changed.get("invoice_request", ())
    )
    return left is not None and drawn and said == _taxes(left) and paper["amount"] == _of(left)[0]


def _left(known: Known, told: Claim, order: str | None) -> list[QuoteLine] | None:
    """What of an order is to be invoiced; None: nothing was put off."""
    row = told.row(known, InvoiceRequest, order) if order else None
    return None if row is None else [*said_of(instance(InvoiceRequest, dict(row))).left]


def _is_what_was_paid(known: Known, told: Claim, request: Row) -> bool:
    """Whether what is put off is what the order's payments enter, rate by rate, and was invoiced on no paper before;
    where something is given back of other orders with it, the books have both."""
    key = request["order_id"]
    order = told.row(known, ProductOrder, key)
    if order is None:
        return True  # told elsewhere (`sync.effects`)
    try:
        said = said_of(instance(InvoiceRequest, dict(request)))
    except (ValueError, KeyError, TypeError):
        return False
    papers = rows_naming(known, told, PaperDocument, "order_id", key)
    if said.back or any(_is_written(paper) for paper in papers):
        return False
    postings = rows_naming(known, told, Posting, "order_id", key)
    lines = [row for of in postings for row in rows_naming(known, told, PostingLine, "posting_id", of["id"])]
    entered = summed(
        Rated(row["tax_rate"], -row["amount"], -row["amount"] if row["account"] == OUTPUT_TAX else 0)
        for row in lines
        if row["tax_rate"]
    )
    others = (
        order["reverses"]
        or told.changed.get("invoice_request")
        or any(row["kind"] == INVOICE and row["amount"] < 0 for row in told.added.get("paper_document", ()))
    )
    return bool(others) or _taxes(said.lines) == entered


def _is_written(paper: Row) -> bool:
    """Whether it is an invoice that an order wrote at its payment."""
    return bool(
        paper["kind"] == INVOICE and paper["amount"] > 0 and not paper["drawn_later"] and paper["state"] != "void"
    )


def _taxes(lines: Iterable[QuoteLine]) -> Taxes:
    return summed(line.rated for line in lines if line.tax_rate)


def _of(lines: Iterable[QuoteLine]) -> tuple[int, int]:
    """What lines are of in all, and the tax in it."""
    lines = [*lines]
    return sum(line.amount for line in lines), sum(one.tax for one in _taxes(lines))


def _before(known: Known, old: Row) -> Taxes:
    """What a paper said that was written before."""
    return summed(_rated(row) for row in known.told(PaperTax, document_id=old["id"]))


def _rated(row: Row) -> Rated:
    return Rated(row["rate"], row["amount"], row["tax"])
