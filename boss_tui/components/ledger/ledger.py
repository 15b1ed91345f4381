"""The books: the one function that posts, and the accounts it posts to (catalogue F11, F12, M11).

Money moves through `post` or not at all: a sale, a payment, a refund, a float, cash carried to the safe. It is not the
place where amounts are worked out; tills and shifts are in `till`.
"""

from __future__ import annotations

from collections.abc import Iterable

from msgspec import Struct

from boss_tui.components.accounts.holds import held_of
from boss_tui.forms.typed import yuan
from data.clock import new_key
from data.dated import must_be_open
from data.errors import NotAllowed
from data.message import say
from data.store import UnitOfWork
from data.tables.account import BalanceBucket, BalanceEntry
from data.tables.finance import Posting, PostingLine, RunningTotal, Shift

CASH = "1001"
CARD = "1002"
BANK = "1003"
SAFE = "1004"
CHEQUES = "1012"
RECEIVABLE = "1122"
PREPAID = "2205"
DEPOSITS = "2206"
CARDS_SOLD = "2207"
CONTRACTS = "2208"
SUSPENSE = "2209"
"""Money that was taken and is nobody's yet 暂收款: of slips that could not be done (`components.finance.suspense`)."""
OUTPUT_TAX = "2221"
DEFERRED_TAX = "2222"
"""Tax in bills that are not paid: it becomes output tax, and stands on a paper, with the payment (management-facts
7.1)."""
PARTNERS = "2241"
SUNDRY_EXPENSES = "6602"
OVER_SHORT = "6900"


class Leg(Struct, frozen=True):
    """One line of a posting.

    Attributes:
        account: its code in the chart of accounts.
        amount: fen; a debit is positive, a credit negative.
        item: the charge item, or what the money was moved for (`float`, `handover`).
        tax_rate: the rate, in hundredths of a percent, by which what it is about is taxed with this posting.
        bucket_id: whose money it is. A bucket is owed to the customer, so a credit raises it and a debit lowers it.
    """

    account: str
    amount: int
    item: str = ""
    bucket_id: str | None = None
    tax_rate: int = 0


def post(
    tx: UnitOfWork,
    *,
    outlet: str,
    business_date: str,
    business: str,
    operator: str,
    lines: Iterable[Leg],
    order_id: str | None = None,
    shift_id: str | None = None,
    till: str = "",
    note: str = "",
) -> Posting:
    """Enter lines in the books: the posting, its lines, the running totals, and the buckets that they move.

    Lines of 0 fen are entered too (what was given free is counted). ValueError when the lines do not add up to
    nothing: that is a fault of the caller. NotAllowed when the business date or the shift is closed, or when a bucket
    would go below zero, or below what a service rests on. `note` says in the clerk's own words what the money was for.
    """
    entered = tuple(lines)
    _must_balance(entered)
    _must_be_open(tx, outlet, business_date, shift_id)
    posting = tx.add(
        Posting,
        id=new_key(tx.clock),
        outlet=outlet,
        business_date=business_date,
        business=business,
        order_id=order_id,
        shift_id=shift_id,
        till=till,
        operator=operator,
        made_at=tx.now(),
        note=note,
    )
    tx.add_many(
        PostingLine,
        [
            {
                "posting_id": posting.id,
                "line": number,
                "account": line.account,
                "amount": line.amount,
                "item": line.item,
                "tax_rate": line.tax_rate,
                "bucket_id": line.bucket_id,
            }
            for number, line in enumerate(entered, start=1)
        ],
    )
    for line in entered:
        if line.bucket_id is not None:
            _move_bucket(tx, posting, line.bucket_id, -line.amount)
    at = {"outlet": outlet, "business_date": business_date, "till": till}
    totals = [{**at, "account": code, "amount": amount, "postings": 1} for code, amount in _by_account(entered).items()]
    tx.increase_many(RunningTotal, totals, ("amount", "postings"))
    return posting


def _must_balance(lines: tuple[Leg, ...]) -> None:
    if not lines:
        raise ValueError("a posting has lines")
    over = sum(line.amount for line in lines)
    if over:
        raise ValueError(f"the lines do not balance: {over} fen over in {lines}")


def _must_be_open(tx: UnitOfWork, outlet: str, business_date: str, shift_id: str | None) -> None:
    """A closed day or shift has been counted and signed: nothing may be added to it."""
    must_be_open(tx, outlet, business_date)
    if shift_id is not None and tx.one(Shift, id=shift_id).state == "closed":
        raise NotAllowed(say("This shift is closed. Open a new one."))


def _by_account(lines: tuple[Leg, ...]) -> dict[str, int]:
    """What each account moves in all, in the order of the lines."""
    totals: dict[str, int] = {}
    for line in lines:
        totals[line.account] = totals.get(line.account, 0) + line.amount
    return totals


def _move_bucket(tx: UnitOfWork, posting: Posting, bucket_id: str, amount: int) -> None:
    """Raise or lower a bucket. It is added to, not set, so that headquarters can apply it in any order (design 6)."""
    bucket = tx.one(BalanceBucket, id=bucket_id)
    if bucket.amount + amount < 0:
        has, asked = yuan(bucket.amount), yuan(-amount)
        raise NotAllowed(say("The balance is {balance}: {amount} can't be taken from it.", balance=has, amount=asked))
    held = held_of(tx, bucket_id) if amount < 0 else 0
    if bucket.amount + amount < held:
        raise NotAllowed(
            say(
                "Of {balance} yuan {held} are held for international services: {amount} can't be taken. End them first "
                "(C7.1, C7.3).",
                balance=yuan(bucket.amount),
                held=yuan(held),
                amount=yuan(-amount),
            )
        )
    tx.increase(BalanceBucket, {"id": bucket.id}, amount=amount)
    tx.add(
        BalanceEntry,
        id=new_key(tx.clock),
        bucket_id=bucket_id,
        posting_id=posting.id,
        amount=amount,
        before=bucket.amount,
        made_at=tx.now(),
    )
