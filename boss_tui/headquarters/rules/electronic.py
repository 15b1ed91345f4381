"""Electronic invoices are of the money of an order whose invoice was put off, once; and no more is taken back of one
than it is of.

Whether the tax platform issued them headquarters can't see. Source: catalogue M9; management-facts 7.3; at the desk:
`boss_tui.components.invoices`.
"""

from __future__ import annotations

from collections.abc import Iterator

from boss_tui.components.invoices.electronic_slips import ENDED
from boss_tui.headquarters.rules.claim import Claim, Known, Row
from boss_tui.headquarters.rules.papers import brought_by
from boss_tui.headquarters.rules.reversals import rows_naming
from boss_tui.sync.effects import Fault
from data.characters import is_digits
from data.tables.document import InvoiceRequest
from data.tables.electronic import ElectronicInvoice, RedConfirmation

NUMBER = 20
"""Digits of the number of one that is issued."""


def judge(known: Known, told: Claim) -> Iterator[Fault]:
    """The electronic invoices that nobody paid for, that are a second one, or that are issued under no number; what is
    taken back of them, though it is no part of them."""
    for invoice in told.added.get("electronic_invoice", ()):
        if not _is_of_its_order(known, told, invoice):
            yield Fault("sums", {"what": f"electronic_invoice {invoice['id']}", "table": "electronic_invoice"})
    for change in told.changed.get("electronic_invoice", ()):
        number = str(change.values.get("number", ""))
        issued = change.values.get("state") == "issued"
        if issued is not bool(number) or (issued and not (len(number) == NUMBER and is_digits(number))):
            yield Fault("move", {"what": f"electronic_invoice {change.key[0]}", "table": "electronic_invoice"})
    for red in told.added.get("red_confirmation", ()):
        of = told.row(known, ElectronicInvoice, red["invoice_id"])
        if of is not None and not 0 < red["amount"] <= of["amount"] - _taken(known, told, red):
            yield Fault("sums", {"what": f"red_confirmation {red['id']}", "table": "red_confirmation"})


def _is_of_its_order(known: Known, told: Claim, invoice: Row) -> bool:
    """Whether an order's invoice was put off and is asked for with the entry, and is of no more than it brought."""
    order = invoice["order_id"]
    request = told.row(known, InvoiceRequest, order)
    others = rows_naming(known, told, ElectronicInvoice, "order_id", order)
    asked = any(
        change.key[0] == order and change.values.get("state") == "electronic"
        for change in told.changed.get("invoice_request", ())
    )
    return bool(
        request is not None
        and asked
        and not any(row["id"] != invoice["id"] and row["state"] != "cancelled" for row in others)
        and 0 < invoice["amount"] <= brought_by(known, told, order)
        and 0 <= invoice["tax"] < invoice["amount"]
        and (invoice["state"], invoice["number"]) == ("waiting", "")
    )


def _taken(known: Known, told: Claim, red: Row) -> int:
    """What is taken back of an invoice beside, in fen."""
    rows = rows_naming(known, told, RedConfirmation, "invoice_id", red["invoice_id"])
    return sum(row["amount"] for row in rows if row["id"] != red["id"] and row["state"] not in ENDED)
