"""Part of F11 财务: where a customer's money came from, and so how it may be paid out (domain-facts 8).

What a bucket holds is what payments put into it, less what was used: the oldest money is used first, the newest is paid
out first. Money goes back the way it came; what is not cleared yet (a cheque of these days) is not paid out at all, and
the value of cards is used up, not paid out. Money that only moved between buckets is still what it was. Read here,
written nowhere.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from datetime import date, timedelta

from msgspec import Struct, field
from msgspec.structs import replace

from boss_tui.answers.business import QuoteLine, Tender
from boss_tui.components.ledger.ledger import CARDS_SOLD
from boss_tui.components.slip_numbers import find
from boss_tui.components.tenders.tenders import SUSPENSE, ways
from data.store import Reading
from data.tables.account import BalanceEntry
from data.tables.finance import Payment, PaymentTender, Posting, PostingLine
from data.tables.order import ProductOrder
from data.tables.product import Product


class Source(Struct):
    """Money that an order brought.

    Attributes:
        order_id: the order; empty where none is known.
        amount: fen of it that are left.
        day: the business date on which it came.
        card: whether it is the value of a card.
        tenders: fen that came each way, less what went back so; None: nobody knows which way.
    """

    order_id: str
    amount: int
    day: str
    card: bool = False
    tenders: dict[str, int] | None = None


class Back(Struct):
    """How money may be paid out, in fen: the most each way; what may go any way; in all; and what of that is not
    cleared, or is the value of cards."""

    by_way: dict[str, int] = field(default_factory=dict)
    any_way: int = 0
    total: int = 0
    uncleared: int = 0
    cards: int = 0

    @property
    def payable(self) -> int:
        """What may be paid out at all."""
        return self.total - self.uncleared

    def other_way(self, tenders: Iterable[Tender]) -> int:
        """Fen of these tenders that came another way."""
        sums: dict[str, int] = {}
        for tender in tenders:
            sums[tender.kind] = sums.get(tender.kind, 0) + tender.amount
        over = sum(max(0, amount - self.by_way.get(kind, 0)) for kind, amount in sums.items())
        return max(0, over - self.any_way)


def back_of(reading: Reading, found: Iterable[Source], today: date) -> Back:
    """What may be paid out of these sources on a business date."""
    back, known = Back(), ways(reading)
    for source in found:
        back.total += source.amount
        back.cards += source.amount if source.card else 0
        if source.tenders is None:
            back.any_way += source.amount
            continue
        since = date.fromisoformat(source.day)
        cleared = {
            kind: fen
            for kind, fen in source.tenders.items()
            if kind not in known or since + timedelta(days=known[kind].clears) <= today
        }
        rest = max(0, source.amount - sum(cleared.values()))
        waiting = sum(fen for kind, fen in source.tenders.items() if kind not in cleared)
        back.uncleared += min(rest, waiting)
        back.any_way += max(0, rest - waiting)  # what was paid with money that was here already
        for kind, fen in cleared.items():
            back.by_way[kind] = back.by_way.get(kind, 0) + min(fen, source.amount)
    return back


def sources_of_lines(reading: Reading, lines: Iterable[QuoteLine], excluding: str = "") -> list[Source]:
    """Where the money of a quote's lines came from that give some back. `excluding`: an order that is left out."""
    found: list[Source] = []
    for line in lines:
        if line.amount >= 0 or line.monthly:
            continue
        if line.source:
            found.append(brought(reading, line.source, -line.amount))
        elif line.bucket_id:
            found += newest(sources(reading, line.bucket_id, excluding=excluding), -line.amount)
    return found


def brought(reading: Reading, order_id: str, amount: int) -> Source:
    """So much of what an order brought."""
    order = reading.one(ProductOrder, id=order_id)
    return Source(order_id, amount, order.business_date, False, _tenders(reading, order_id))


def sources(reading: Reading, bucket_id: str, before: str = "", excluding: str = "") -> list[Source]:
    """What a bucket holds, by where it came from, the oldest first. `before`: as it was when this posting was made."""
    left: list[Source] = []
    for root, entries in _by_order(reading, bucket_id, before, excluding).items():
        amount = sum(entry.amount for entry, _ in entries)
        posting = entries[0][1]
        if amount > 0:
            left += _came(reading, posting, amount)
        elif amount < 0:
            paid = _paid_out(reading, root)
            left = _less(left, -amount, paid) if paid else _used(left, -amount)
    return left


def newest(found: Sequence[Source], amount: int) -> list[Source]:
    """The newest of these, up to so many fen."""
    taken: list[Source] = []
    for source in reversed(found):
        part = min(amount, source.amount)
        if part:
            taken.append(replace(source, amount=part))
        amount -= part
    if amount > 0:
        taken.append(Source("", amount, "0001-01-01"))
    return taken


def _by_order(
    reading: Reading, bucket_id: str, before: str, excluding: str
) -> dict[str, list[tuple[BalanceEntry, Posting]]]:
    """The entries of a bucket by the order that they are of; what took an order back is of that order."""
    found: dict[str, list[tuple[BalanceEntry, Posting]]] = {}
    for entry in reading.all(BalanceEntry, bucket_id=bucket_id, order=("id",)):
        posting = reading.one(Posting, id=entry.posting_id)
        if (before and posting.id >= before) or (excluding and posting.order_id == excluding):
            continue
        order = reading.find(ProductOrder, id=posting.order_id) if posting.order_id else None
        root = (order.reverses or order.id) if order else posting.order_id or posting.id
        found.setdefault(root, []).append((entry, posting))
    return found


def _came(reading: Reading, posting: Posting, amount: int) -> list[Source]:
    """Where money came from that a posting put into a bucket: out of other buckets, out of a card, by tenders."""
    lines = reading.all(PostingLine, posting_id=posting.id, order=("line",))
    moved: list[Source] = []
    for line in lines:
        if line.bucket_id and line.amount > 0 and amount > 0:
            part = min(line.amount, amount)
            moved += newest(sources(reading, line.bucket_id, before=posting.id), part)[::-1]
            amount -= part
    if amount <= 0:
        return moved
    order_id = posting.order_id or ""
    card = any(line.account == CARDS_SOLD and line.amount > 0 for line in lines) or _prepaid_opening(reading, order_id)
    return [*moved, Source(order_id, amount, posting.business_date, card, _tenders(reading, order_id))]


def _prepaid_opening(reading: Reading, order_id: str) -> bool:
    """Whether an order opened a number with a prepaid card: its face value is the balance (catalogue C1)."""
    order = reading.find(ProductOrder, id=order_id) if order_id else None
    if order is None or order.business != "C1":
        return False
    plan = reading.find(Product, code=json.loads(order.form_json).get("plan", ""))
    return plan is not None and plan.pay_type == "prepaid"


def _tenders(reading: Reading, order_id: str) -> dict[str, int] | None:
    """Fen that came each way with an order; None where no payment is known."""
    found: dict[str, int] = {}
    payments = reading.all(Payment, order_id=order_id) if order_id else []
    for payment in payments:
        for row in reading.all(PaymentTender, payment_id=payment.id):
            kind = _came_as(reading, payment, row)
            found[kind] = found.get(kind, 0) + row.amount
    return {kind: fen for kind, fen in found.items() if fen > 0} if payments else None


def _came_as(reading: Reading, payment: Payment, row: PaymentTender) -> str:
    """The kind of a tender; of money that was in suspense, what was taken for the slip."""
    if row.kind != SUSPENSE:
        return row.kind
    slip = find(reading, payment.outlet, row.reference)
    return slip.tender if slip is not None else row.kind


def _paid_out(reading: Reading, order_id: str) -> dict[str, int]:
    """Fen that an order paid out each way; nothing where it only used money."""
    found: dict[str, int] = {}
    for payment in reading.all(Payment, order_id=order_id):
        for row in reading.all(PaymentTender, payment_id=payment.id) if payment.due < 0 else ():
            found[row.kind] = found.get(row.kind, 0) - row.amount
    return found


def _used(left: list[Source], amount: int) -> list[Source]:
    """What is left after so much was used: the oldest first."""
    kept = []
    for source in left:
        part = min(amount, source.amount)
        amount -= part
        if source.amount > part:
            kept.append(replace(source, amount=source.amount - part))
    return kept


def _less(left: list[Source], amount: int, paid: dict[str, int]) -> list[Source]:
    """What is left after so much was paid out: the newest first, and of each way what went back so."""
    kept: list[Source] = []
    for source in reversed(left):
        part = min(amount, source.amount)
        amount -= part
        tenders = dict(source.tenders) if source.tenders is not None else None
        if tenders is not None and part:
            _take_out(tenders, paid)
        if source.amount > part:
            kept.insert(0, replace(source, amount=source.amount - part, tenders=tenders))
    return kept


def _take_out(tenders: dict[str, int], paid: dict[str, int]) -> None:
    """Take what went back each way out of what came so; what is left of it in `paid` came with older money."""
    for kind, fen in paid.items():
        went = min(fen, tenders.get(kind, 0))
        if went:
            tenders[kind] -= went
            paid[kind] -= went
