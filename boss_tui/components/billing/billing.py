"""B1 billing 计费: monthly charges of a subscription, which wait until completion, then run; bills, and their payment.

What money pays of a bill is worked out in `dues`; here it is looked up and entered.
"""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterable, Mapping
from datetime import date, timedelta

from sqlalchemy import bindparam, select

from boss_tui.answers.business import QuoteLine
from boss_tui.components.base import traced
from boss_tui.components.billing.bill_taxes import still_open
from boss_tui.components.billing.final_bills import FinalBills
from boss_tui.components.history import note
from boss_tui.components.tenders.dues import DuesPart, Owed, owed
from data.clock import new_key
from data.errors import NotAllowed
from data.message import say
from data.tables.account import BillingAccount
from data.tables.billing import BillPayment, CustomerBill, PlanRate, UsageMonth, charge
from data.tables.life import Suspension, ValueChange
from data.tables.service import ChargeSchedule
from data.tables.sync import JournalHead

KEPT = "kept"
"""The field of `ValueChange` that notes a charge which rests while its line is stopped on request."""

_bills = CustomerBill.table()
_OPEN = (
    select(*_bills.c)
    .where(_bills.c.account_id == bindparam("account"), _bills.c.state.in_(("sent", "partiallyPaid", "onHold")))
    .order_by(_bills.c.due_on, _bills.c.id)
)
_UNPAID = (
    select(_bills.c.account_id)
    .where(_bills.c.state == "sent", _bills.c.outlet == bindparam("outlet"))
    .order_by(_bills.c.due_on)
    .limit(bindparam("most"))
)


class Billing(FinalBills):
    """B1: what billing raises each month."""

    code = "B1"

    @traced
    def schedule(self, subscription_id: str, lines: tuple[QuoteLine, ...]) -> None:
        """Note the monthly lines of a quote; billing starts with the completion, not with the sale."""
        for line in lines:
            if line.monthly:
                self.tx.add(
                    ChargeSchedule,
                    id=new_key(self.tx.clock),
                    subscription_id=subscription_id,
                    item=line.item,
                    product=line.resource,
                    amount=line.amount,
                )

    @traced
    def start(self, subscription_id: str) -> None:
        """The subscription is active: its charges run from this business date on."""
        for row in self.tx.all(ChargeSchedule, subscription_id=subscription_id, state="waiting"):
            self.tx.change(row, state="running", starts_on=self.context.business_date)

    @traced
    def fee(self, subscription_id: str, product: str) -> int:
        """What a line is charged each month for a product from now on, in fen."""
        rows = self.tx.all(ChargeSchedule, subscription_id=subscription_id, product=product, state="running")
        return sum(row.amount for row in rows)

    @traced
    def end(self, subscription_id: str, day: str = "") -> None:
        """Nothing more is charged after a business date; after this one, if no other is said."""
        for row in self.tx.all(ChargeSchedule, subscription_id=subscription_id):
            if row.state != "ended":
                self.tx.change(row, state="ended", ends_on=day or self.context.business_date)

    @traced
    def must_be_unused(self, subscription_id: str, account_id: str) -> None:
        """NotAllowed when usage of a subscription, or a bill of its account, is known."""
        used = bool(self.tx.all(UsageMonth, subscription_id=subscription_id))
        if used or self.tx.all(CustomerBill, account_id=account_id):
            raise NotAllowed(say("The number was used, or billed, since."))

    @traced
    def owed(self, account: BillingAccount, rate: int = 0) -> list[Owed]:
        """The account's bills that are not settled, the oldest first, with `rate` per mille a day of late fee.

        Bills in dispute (onHold) are among them: who collects leaves them out (catalogue C12, M12).
        """
        found = self.tx.models(CustomerBill, _OPEN, account=account.id)
        today = self.context.today
        return [owed(bill, account.number, today, rate, still_open(self.tx, bill)) for bill in found]

    def unpaid(self, most: int = 50) -> list[str]:
        """A few accounts with a bill of which nothing is paid, the longest due first: to make an example of."""
        found = self.tx.rows(_UNPAID, outlet=self.context.outlet, most=most)
        return list(dict.fromkeys(str(account) for (account,) in found))

    @traced
    def settle(self, parts: Iterable[DuesPart], posting_id: str) -> None:
        """Enter what a posting paid of bills, or took back of what was paid."""
        parts = list(parts)
        bills = self.tx.several(CustomerBill, [(part.bill_id,) for part in parts])
        for part in parts:
            bill = bills[part.bill_id,]
            paid = bill.paid + part.amount
            state = "settled" if paid == bill.amount else "partiallyPaid" if paid else "sent"
            bills[part.bill_id,] = self.tx.change(bill, paid=paid, state=state)
            self.tx.add(
                BillPayment,
                id=new_key(self.tx.clock),
                bill_id=bill.id,
                order_id=self.context.order_id,
                posting_id=posting_id,
                amount=part.amount,
                late_fee=part.late_fee,
                tax_rate=part.tax_rate,
                tax=part.tax,
                made_at=self.tx.now(),
            )

    @traced
    def paid_by(self, order_id: str) -> list[DuesPart]:
        """What an order paid of which bills."""
        parts = []
        for row in self.tx.all(BillPayment, order_id=order_id, order=("id",)):
            bill = self.tx.one(CustomerBill, id=row.bill_id)
            account = self.tx.one(BillingAccount, id=bill.account_id)
            part = DuesPart(bill.id, bill.month, account.number, row.amount, row.late_fee, row.tax_rate, row.tax)
            parts.append(part)
        return parts

    @traced
    def as_of(self) -> str:
        """The stored time of what is known here of bills: the last word of headquarters; empty where none has come."""
        return self.tx.one(JournalHead, outlet=self.context.outlet).last_contact

    @traced
    def stopped(self, subscription_id: str, causes: Iterable[str]) -> list[str]:
        """The causes, of these, for which a line is barred now."""
        running = self.tx.all(Suspension, subscription_id=subscription_id, state="running")
        return sorted({row.cause for row in running} & set(causes))

    @traced
    def charge_from(self, subscription_id: str, lines: Iterable[QuoteLine], products: Iterable[str], day: date) -> None:
        """From a day on just these monthly lines are charged for these products; others of theirs end the day before.

        The bill of that month has the days of each (domain-facts 8). What hangs on other products runs on.
        """
        wanted = {(line.item, line.resource): line.amount for line in lines}
        about = set(products)
        for row in self.tx.all(ChargeSchedule, subscription_id=subscription_id, state="running", order=("id",)):
            if row.product not in about:
                continue
            if wanted.get((row.item, row.product)) == row.amount:
                del wanted[row.item, row.product]
            else:
                self.tx.change(row, state="ended", ends_on=(day - timedelta(days=1)).isoformat())
        for (item, product), amount in wanted.items():
            self.tx.add(
                ChargeSchedule,
                id=new_key(self.tx.clock),
                subscription_id=subscription_id,
                item=item,
                product=product,
                amount=amount,
                starts_on=day.isoformat(),
                state="running",
            )

    @traced
    def before(self, subscription_id: str, day: date) -> int:
        """What is charged for the days of a day's month that come before it, in fen (domain-facts 8): a line that was
        opened, or a service that began, in this month is charged from then on."""
        first, total = day.replace(day=1), 0
        for row in self.tx.all(ChargeSchedule, subscription_id=subscription_id, state="running"):
            began = max(first, date.fromisoformat(row.starts_on))
            total += row.amount * max((day - began).days, 0)
        return total // monthrange(day.year, day.month)[1]

    @traced
    def keep_number(self, stopped: Suspension, line: QuoteLine) -> None:
        """A line is stopped at its owner's request: full months cost the keep-number fee and nothing else (C6).

        The month of stopping charges normally: what runs ends with its last day, and the fee begins on the next.
        """
        first = _next_month(date.fromisoformat(stopped.starts_on))
        ends_on = (first - timedelta(days=1)).isoformat()
        for row in self.tx.all(ChargeSchedule, subscription_id=stopped.subscription_id, state="running"):
            note(self.context, row.id, {KEPT: "running"}, {KEPT: "ended"})
            self.tx.change(row, state="ended", ends_on=ends_on)
        self.tx.add(
            ChargeSchedule,
            id=new_key(self.tx.clock),
            subscription_id=stopped.subscription_id,
            item=line.item,
            amount=line.amount,
            starts_on=first.isoformat(),
            state="running",
        )

    @traced
    def charge_again(self, stopped: Suspension, item: str) -> None:
        """It works again: its month charges normally, from the 1st on; the keep-number fee (`item`) ends before it."""
        first = self.context.today.replace(day=1)
        for fee in self.tx.all(ChargeSchedule, subscription_id=stopped.subscription_id, item=item, state="running"):
            self.tx.change(fee, state="ended", ends_on=(first - timedelta(days=1)).isoformat())
        for kept in self.tx.all(ValueChange, order_id=stopped.order_id, field=KEPT, order=("id",)):
            row = self.tx.one(ChargeSchedule, id=kept.subject)
            if date.fromisoformat(row.ends_on) >= first - timedelta(days=1):  # no full month lies between
                self.tx.change(row, state="running", ends_on="")
                continue
            self.tx.add(
                ChargeSchedule,
                id=new_key(self.tx.clock),
                subscription_id=row.subscription_id,
                item=row.item,
                product=row.product,
                amount=row.amount,
                starts_on=first.isoformat(),
                state="running",
            )

    @traced
    def used(self, subscription_id: str, most: int = 3) -> dict[str, list[UsageMonth]]:
        """What was used in the latest closed months of which anything is known, by month, the oldest first."""
        rows = self.tx.all(UsageMonth, subscription_id=subscription_id, order=("month", "kind"))
        closed = [row for row in rows if row.month < self.context.business_date[:7]]
        months = sorted({row.month for row in closed})[-most:]
        return {month: [row for row in closed if row.month == month] for month in months}

    @traced
    def charged(self, subscription_id: str, month: str, kind: str) -> int:
        """What usage of a kind was charged in a calendar month, in fen."""
        row = self.tx.find(UsageMonth, subscription_id=subscription_id, month=month, kind=kind)
        return row.amount if row else 0

    @traced
    def would_cost(self, plan: str, fee: int, used: Mapping[str, Iterable[UsageMonth]]) -> list[int]:
        """What a plan with this monthly fee would have cost in each of these months, in fen (catalogue C8)."""
        rates = {rate.kind: rate for rate in self.tx.all(PlanRate, plan=plan)}
        return [fee + sum(_charged(row, rates.get(row.kind)) for row in rows) for rows in used.values()]


def _next_month(day: date) -> date:
    """The 1st of the month after."""
    return date(day.year + day.month // 12, day.month % 12 + 1, 1)


def _charged(used: UsageMonth, rate: PlanRate | None) -> int:
    """By the plan's rate; what no plan has a rate for costs what it did."""
    return charge(used.quantity, rate.included, rate.unit, rate.price) if rate else used.amount
