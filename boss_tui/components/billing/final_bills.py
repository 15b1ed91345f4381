"""The part of B1 about final bills: what a line that is closed is still charged, and the bill of it (catalogue C9).

The month of closing is charged normally, whole (domain-facts 6); so is each month before it that no bill run has
reached yet. A line that gets another owner is charged by days until then (catalogue C5): what one owner's final bill
has, the next one's has not. A line that is closed, undone and closed again in one month has one final bill: what came
since is added. Nothing is deleted: a bill that is taken back gets the opposite lines.
"""

from __future__ import annotations

import re
from calendar import monthrange
from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import date

from msgspec import Struct
from sqlalchemy import bindparam, select

from boss_tui.components.base import Component, traced
from boss_tui.components.billing.bill_taxes import in_lines, lines_of, still_open
from boss_tui.components.history import note
from boss_tui.components.tariff.tariff import tax_rate_on
from boss_tui.components.tenders.dues import DuesPart
from boss_tui.taxes import Rated, summed, tax_in
from data.clock import new_key
from data.tables.account import BillingAccount
from data.tables.billing import BillLine, CustomerBill, UsageMonth
from data.tables.life import ValueChange
from data.tables.order import ProductOrder, Subscription
from data.tables.service import ChargeSchedule
from data.tables.tariff import ChargeItem

LINES = "lines"
"""The field of `ValueChange` that notes how many lines a final bill had before an order, and after it."""
USAGE_ITEMS = {
    "voice": "usage_voice",
    "voice_international": "usage_voice",
    "voice_roaming": "usage_roaming",
    "data": "usage_data",
    "data_roaming": "usage_roaming",
    "message": "usage_message",
    "content": "value_added_fee",
}
"""The charge item of each kind of usage."""
_b, _l = CustomerBill.table().c, BillLine.table().c
_BILLED = (
    select(_b.account_id, _b.month, _l.item, _l.product, _l.detail, _l.amount, _l.tax_rate)
    .where(_l.subscription_id == bindparam("of"), _b.id == _l.bill_id, _b.kind == "final")
    .order_by(_b.account_id, _b.id, _l.line)
)
_MONTH = re.compile(r"[0-9]{4}-[0-9]{2}$")
NOT_SPENT = "content"
"""What a provider charges for does not count towards a minimum spend (domain-facts 6)."""


class Charged(Struct, frozen=True):
    """A line of a bill in fen: charge item, product, what it was for, its rate of tax (hundredths of a percent)."""

    item: str
    product: str
    detail: str
    amount: int
    tax_rate: int = 0


def days_of(starts_on: str, ends_on: str, first: date) -> tuple[int, int]:
    """On how many days of the month that begins with `first` something was charged, and how many the month has."""
    whole = monthrange(first.year, first.month)[1]
    last = first.replace(day=whole)
    begins = max(first, date.fromisoformat(starts_on)) if starts_on else first
    ends = min(last, date.fromisoformat(ends_on)) if ends_on else last
    return max(0, (ends - begins).days + 1), whole


def next_month(day: date) -> date:
    """The first day of the month after a day's."""
    return date(day.year + day.month // 12, day.month % 12 + 1, 1)


def unbilled_months(last_billed: str, since: date, today: date) -> Iterator[date]:
    """The first days of the months after the last bill (YYYY-MM; empty: there is none), up to this one. Where no bill
    ever was, this month, and the one before if the line is charged to its account since then: whoever was taken over
    owes nothing of earlier ones."""
    this, opened = today.replace(day=1), since.replace(day=1)
    if last_billed:
        month = max(opened, next_month(date.fromisoformat(f"{last_billed}-01")))
    else:
        month = opened if next_month(opened) >= this else this
    while month <= this:
        yield month
        month = next_month(month)


def less(lines: Iterable[Charged], billed: Iterable[Charged]) -> list[Charged]:
    """What of these lines is not billed yet, line by line."""
    sums: Counter[tuple[str, str, str]] = Counter()
    rates: dict[tuple[str, str, str], int] = {}
    for line in lines:
        sums[line.item, line.product, line.detail] += line.amount
        rates[line.item, line.product, line.detail] = line.tax_rate
    for line in billed:
        sums[line.item, line.product, line.detail] -= line.amount
    return [Charged(*key, amount, rates[key]) for key, amount in sums.items() if amount > 0]


def taxes_of(lines: Iterable[Charged], more: tuple[Rated, ...]) -> list[int]:
    """The tax in each line, of `more` that they bring to a bill: the last line of a rate takes what rounding leaves."""
    left = {one.rate: one.tax for one in more}
    listed, taxes = list(lines), []
    last = {line.tax_rate: n for n, line in enumerate(listed)}
    for n, line in enumerate(listed):
        tax = left.get(line.tax_rate, 0) if last[line.tax_rate] == n else tax_in(line.amount, line.tax_rate)
        left[line.tax_rate] = left.get(line.tax_rate, 0) - tax
        taxes.append(tax)
    return taxes


class FinalBills(Component):
    """B1: the final bill."""

    code = "B1"

    @traced
    def unbilled(self, subscription: Subscription, account: BillingAccount, until: date | None = None) -> list[Charged]:
        """What a line is charged until the end of this month and no bill has yet: fees, usage, minimum spend.

        `until`: the last day that is charged, where that is before the end: its month by days, with all that was used.
        """
        months = [first for first in self._unbilled_months(subscription, account) if until is None or first <= until]
        lines = [line for first in months for line in self._month(subscription, first, until)]
        return less(lines, self._billed(subscription, account))

    @traced
    def used_in(self, subscription_id: str, month: str) -> list[UsageMonth]:
        """What a line used in a month (YYYY-MM), kind by kind."""
        return self.tx.all(UsageMonth, subscription_id=subscription_id, month=month, order=("kind",))

    def brings(self, account: BillingAccount, lines: Iterable[Charged]) -> tuple[Rated, ...]:
        """What these lines bring to the account's final bill: gross fen and tax by rates."""
        final = self._final(account)
        before = in_lines(lines_of(self.tx, final)) if final else ()
        gross = summed(
            (
                *(Rated(one.rate, one.amount, 0) for one in before),
                *(Rated(line.tax_rate, line.amount, 0) for line in lines),
            )
        )
        after = (Rated(one.rate, one.amount, tax_in(one.amount, one.rate)) for one in gross)
        return summed((*after, *(-one for one in before)))

    @traced
    def issue_final(self, account: BillingAccount, subscription_id: str, lines: list[Charged]) -> list[DuesPart]:
        """The final bill of these lines, due at once; answers what settles it: nothing where there is none."""
        if not lines:
            return []
        day = self.context.business_date
        bill = self._final(account) or self.tx.add(
            CustomerBill,
            id=new_key(self.tx.clock),
            outlet=self.context.outlet,
            account_id=account.id,
            month=day[:7],
            kind="final",
            amount=0,
            issued_on=day,
            due_on=day,
            order_id=self.context.order_id,
        )
        bill = self._append(bill, subscription_id, lines)
        return [
            DuesPart(bill.id, bill.month, account.number, one.amount, 0, one.rate, one.tax)
            for one in still_open(self.tx, bill)
        ]

    @traced
    def void_final(self, order_id: str) -> tuple[list[Charged], list[int]]:
        """Take back what an order put on a final bill, whose payment was taken back before; answers the opposite lines,
        and the tax in each."""
        change = self.tx.find(ValueChange, order_id=order_id, field=LINES)
        if change is None:
            return [], []
        bill, first, last = self.tx.one(CustomerBill, id=change.subject), int(change.before), int(change.after)
        rows = lines_of(self.tx, bill)
        mine = [row for row in rows if first < row.line <= last]
        opposite = [Charged(row.item, row.product, row.detail, -row.amount, row.tax_rate) for row in mine]
        before = in_lines(rows)
        self._append(bill, str(mine[0].subscription_id), opposite)
        after = in_lines(lines_of(self.tx, bill))
        return opposite, taxes_of(opposite, summed((*after, *(-one for one in before))))

    def _append(self, bill: CustomerBill, subscription_id: str, lines: list[Charged]) -> CustomerBill:
        """Put lines on a bill; what is paid of it stays."""
        before = len(lines_of(self.tx, bill))
        for number, line in enumerate(lines, before + 1):
            self.tx.add(
                BillLine,
                bill_id=bill.id,
                line=number,
                subscription_id=subscription_id,
                item=line.item,
                product=line.product,
                detail=line.detail,
                amount=line.amount,
                tax_rate=line.tax_rate,
            )
        amount = bill.amount + sum(line.amount for line in lines)
        state = "settled" if bill.paid == amount else "partiallyPaid" if bill.paid else "sent"
        note(self.context, bill.id, {LINES: before}, {LINES: before + len(lines)})
        return self.tx.change(bill, amount=amount, state=state)

    def _final(self, account: BillingAccount) -> CustomerBill | None:
        month = self.context.business_date[:7]
        return self.tx.find(CustomerBill, account_id=account.id, month=month, kind="final")

    def _billed(self, subscription: Subscription, account: BillingAccount) -> Iterator[Charged]:
        """What final bills have of a line: those of its account, and of the accounts that it was charged to before."""
        accounts = {account.id, *(move.before for move in self._moves(subscription))}
        for charged_to, month, item, product, detail, amount, rate in self.tx.rows(_BILLED, of=subscription.id):
            if charged_to in accounts:
                yield Charged(item, product, self._marked(detail, month), amount, rate)

    def _moves(self, subscription: Subscription) -> list[ValueChange]:
        """Each change of the account that a line is charged to, the oldest first."""
        return self.tx.all(ValueChange, subject=subscription.id, field="account_id", order=("made_at",))

    def _marked(self, detail: str, month: str) -> str:
        """A line's detail as it would be today: the month in which it was billed stands there only once it is over."""
        if _MONTH.search(detail) or month == self.context.business_date[:7]:
            return detail
        return f"{detail} {month}".strip()

    def _unbilled_months(self, subscription: Subscription, account: BillingAccount) -> Iterator[date]:
        """The first days of the months that no bill of the account has, up to this one."""
        bills = self.tx.all(CustomerBill, account_id=account.id, kind="monthly", order=("-month",))
        since = max(date.fromisoformat(subscription.opened_on), self._came(subscription))
        return unbilled_months(bills[0].month if bills else "", since, self.context.today)

    def _came(self, subscription: Subscription) -> date:
        """The business date since which a line is charged to its account, if it was charged to another one before."""
        moves = self._moves(subscription)
        return date.fromisoformat(self.tx.one(ProductOrder, id=moves[-1].order_id).business_date) if moves else date.min

    def _month(self, subscription: Subscription, first: date, until: date | None) -> list[Charged]:
        """Everything of one month, or of its days until one."""
        name = f"{first:%Y-%m}"
        mark = "" if name == self.context.business_date[:7] else name
        lines = [*self._fees(subscription.id, first, mark, until), *self._usage(subscription, name, mark)]
        spent = sum(line.amount for line in lines if not line.detail.startswith(NOT_SPENT))
        days, whole = days_of("", until.isoformat() if until else "", first)
        under = subscription.minimum_spend * days // whole - spent
        return [*lines, self._charged("minimum_spend", "", mark, under)] if under > 0 else lines

    def _charged(self, item: str, product: str, detail: str, amount: int) -> Charged:
        """A line with the rate of its item today."""
        category = self.tx.one(ChargeItem, code=item).tax_category
        return Charged(item, product, detail, amount, tax_rate_on(self.tx, category, self.context.business_date))

    def _fees(self, subscription_id: str, first: date, mark: str, until: date | None) -> Iterator[Charged]:
        """The monthly fees, each by the days on which it was charged (domain-facts 8)."""
        for row in self.tx.all(ChargeSchedule, subscription_id=subscription_id, order=("item", "product", "id")):
            ends_on = min(filter(None, (row.ends_on, until.isoformat() if until else "")), default="")
            days, whole = days_of(row.starts_on, ends_on, first)
            if row.state != "waiting" and days:
                yield self._charged(row.item, row.product, mark, row.amount * days // whole)

    def _usage(self, subscription: Subscription, month: str, mark: str) -> Iterator[Charged]:
        """What was used beyond the plan; a prepaid line has paid it from its balance already."""
        if subscription.pay_type == "prepaid":
            return
        for row in self.tx.all(UsageMonth, subscription_id=subscription.id, month=month, order=("kind",)):
            if row.amount:
                yield self._charged(USAGE_ITEMS[row.kind], "", f"{row.kind} {mark}".strip(), row.amount)
