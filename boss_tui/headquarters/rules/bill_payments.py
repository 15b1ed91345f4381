"""What an order says that it paid of bills is what its posting moved, rate by rate, and what of a bill is open (C12).

A bill's lines keep the rates that they were made by, and money pays the highest rate first (`taxes.share`); what is
taken back is what was paid, to the fen. Of a bill that another moved first, or that others paid of, less is known: it
is left to `sync.effects`, or noted. Source: management-facts 7.1; at the desk:
`boss_tui.components.billing.bill_taxes`, `boss_tui.components.tenders.dues`; how high a late fee is: `debts_paid`.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator

from msgspec import Struct

from boss_tui.components.billing.bill_taxes import in_lines
from boss_tui.components.ledger.ledger import DEFERRED_TAX, RECEIVABLE
from boss_tui.headquarters.rules.claim import Claim, Known, Row
from boss_tui.sync.effects import Fault
from boss_tui.taxes import Rated, share, summed
from boss_tui.transactions.c12.ways import BILL, LATE_FEE
from data.statements import instance
from data.tables.billing import BillLine, BillPayment, CustomerBill
from data.tables.finance import Posting
from data.tables.order import ProductOrder

TABLE = "bill_payment"


class Left(Struct, frozen=True):
    """What of a bill is open by rates of tax, and whether its outlet surely knows of all that was paid."""

    parts: tuple[Rated, ...]
    sure: bool


def judge(known: Known, told: Claim) -> Iterator[Fault]:
    """The first posting that moves otherwise than its payments of bills say; the payments that a bill does not make."""
    payments = told.added.get(TABLE, ())
    if not payments:
        return
    if posting := _posted_otherwise(told, payments):
        yield Fault("sums", {"what": f"posting {posting}: {TABLE}", "table": TABLE})
    groups, left = defaultdict[tuple[str, str], list[Row]](list), dict[str, Left]()
    for row in payments:
        groups[row["order_id"], row["bill_id"]].append(row)
    for (order, bill), rows in groups.items():
        before = _taken_back(known, told, order, bill)
        if before:
            right, sure = _parts(before, -1) == _parts(rows), True
        elif bill in left or _is_here(known, told, bill):
            open_now = left.get(bill) or _open(known, told, bill)
            right, sure = _is_share(rows, open_now.parts), open_now.sure
            left[bill] = Left(summed((*open_now.parts, *(-one for one in _rated(rows)))), sure)
        else:
            continue
        if not right:
            yield Fault("sums", {"what": f"{TABLE} {bill}", "table": TABLE}, note=not sure)


def _posted_otherwise(told: Claim, payments: Iterable[Row]) -> str:
    """The first posting that is not of what its payments of bills say; empty: none."""
    said = Counter[tuple[str, str, int]]()
    for row in payments:
        said[row["posting_id"], RECEIVABLE, row["tax_rate"]] += row["amount"]
        said[row["posting_id"], DEFERRED_TAX, row["tax_rate"]] -= row["tax"]
        said[row["posting_id"], LATE_FEE, 0] += row["late_fee"]
    postings = {row["posting_id"] for row in payments}
    for line in told.added.get("posting_line", ()):
        if line["posting_id"] in postings:
            if line["item"] == BILL and line["account"] in (RECEIVABLE, DEFERRED_TAX):
                said[line["posting_id"], line["account"], line["tax_rate"]] += line["amount"]
            elif line["item"] == LATE_FEE:
                said[line["posting_id"], LATE_FEE, 0] += line["amount"]
    return next((posting for (posting, _, _), left in said.items() if left), "")


def _taken_back(known: Known, told: Claim, order: str, bill: str) -> list[Row]:
    """What the order that is cancelled, or that another takes back, had paid of a bill."""
    row = told.row(known, ProductOrder, order)
    if row is None:
        return []
    paid = told.after(known, BillPayment, order_id=row["reverses"]) if row["reverses"] else []
    if told.cancels(order):
        paid = known.told(BillPayment, order_id=order)
    return [each for each in paid if each["bill_id"] == bill]


def _parts(rows: Iterable[Row], sign: int = 1) -> Counter[tuple[int, ...]]:
    names = ("amount", "late_fee", "tax")
    return Counter((row["tax_rate"], *(sign * row[name] for name in names)) for row in rows)


def _is_here(known: Known, told: Claim, bill: str) -> bool:
    """Whether a bill is here as an entry found it: else another was first, and that is told elsewhere."""
    if any(row["id"] == bill for row in told.added.get("customer_bill", ())):
        return True
    here = known.row(CustomerBill, bill)
    bases = [change.base for change in told.changed.get("customer_bill", ()) if change.key == (bill,)]
    return here is not None and bases[:1] == [here["revision"]]


def _open(known: Known, told: Claim, bill: str) -> Left:
    """What of a bill is open before an entry's payments, with the lines that the entry puts on it (`still_open`)."""
    whole = in_lines(instance(BillLine, dict(row)) for row in told.after(known, BillLine, bill_id=bill))
    entered = known.told(BillPayment, bill_id=bill)
    here = known.row(CustomerBill, bill)
    left = summed((*whole, *(-one for one in _rated(entered))))
    otherwise = (here["paid"] if here is not None else 0) - sum(row["amount"] for row in entered)
    postings = (known.row(Posting, row["posting_id"]) for row in entered)
    own = all(posting is not None and posting["outlet"] == told.entry.outlet for posting in postings)
    return Left(summed((*left, *(-one for one in share(left, otherwise)))), own)


def _rated(rows: Iterable[Row]) -> tuple[Rated, ...]:
    return tuple(Rated(row["tax_rate"], row["amount"], row["tax"]) for row in rows)


def _is_share(rows: Iterable[Row], left: tuple[Rated, ...]) -> bool:
    """Whether money was paid by the rates of what is open, or all of that."""
    paid = summed(_rated(rows))
    money = sum(one.amount for one in paid)
    return paid in (left, summed(share(left, money) or (Rated(0, money, 0),)))
