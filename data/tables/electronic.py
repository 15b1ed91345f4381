"""Fully electronic invoices 数电票 (catalogue M9, management-facts 7.3): asked of the tax platform, which numbers them;
and the confirmation slips 红字确认单 by which alone they are taken back."""

from data.tables.base import OUTLET, Index, Partial, Table, fen, integer, options, ref, revision, state, text


class ElectronicInvoice(Table, table=True):
    """A fully electronic invoice of an order whose invoice was put off. `id` and `attempt` make the key under which the
    platform is asked, so that a repeat issues nothing twice.

    States: waiting (not sent yet), issuing (sent, and not known to be issued), issued (`number`, 20 digits, and
    `issued_at`, as the platform says), failed (it was refused, `message` says why: it can be asked for anew), cancelled
    (its order was taken back before it was sent). `says`: its lines as JSON; `amount`, `tax` in fen.
    """

    __owner__ = OUTLET
    __table_args__ = options(
        Partial("electronic_invoice_number", "number", where="number != ''", unique=True),
        Index("electronic_invoice_state", "outlet", "state", "made_at", "id"),
    )
    id: str = text(key=True)
    outlet: str = text()
    order_id: str = ref("product_order.id")
    attempt: int = integer(1)
    title: str = text()
    tax_number: str = text("")
    mail: str = text("")
    amount: int = fen()
    tax: int = fen(0)
    says: str = text()
    state: str = state("state", "waiting", "issuing", "issued", "failed", "cancelled", default="waiting")
    number: str = text("")
    issued_at: str = text("")
    message: str = text("")
    operator: str = text()
    business_date: str = text()
    made_at: str = text()
    revision: int = revision()


class RedConfirmation(Table, table=True):
    """What is taken back of an electronic invoice 红字确认单. `amount`: fen, above nothing; `reason`: 01 wrong, 02
    goods returned, 03 service ended, 04 discount; `slip`: the platform's number of it; `number`: of the red invoice.

    States, as the platform counts them: 10 applying (not answered yet), 01 none needed, 02 the buyer is to confirm, 03
    the seller is to confirm, 04 both confirmed, 05 the buyer denied, 06 the seller denied, 07 lapsed after 72 hours, 08
    withdrawn by its maker, 09 withdrawn after it was confirmed.
    """

    __owner__ = OUTLET
    __table_args__ = options(Index("red_confirmation_state", "outlet", "state", "made_at", "id"))
    id: str = text(key=True)
    outlet: str = text()
    invoice_id: str = ref("electronic_invoice.id")
    amount: int = fen()
    reason: str = state("reason", "01", "02", "03", "04")
    state: str = state("state", "10", "01", "02", "03", "04", "05", "06", "07", "08", "09", default="10")
    slip: str = text("")
    number: str = text("")
    message: str = text("")
    operator: str = text()
    business_date: str = text()
    made_at: str = text()
    revision: int = revision()
