"""Part of F8 用户信用: what a line is judged by for credit control, what spares it, and the stage that is due.

Asked by a control run, by the counter that carries its orders out, and by whoever tries what would happen. What spares
a line has an end and a person each (management-facts 4).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta

from msgspec import Struct
from msgspec.structs import replace

from boss_tui.components.accounts.accounts import Accounts
from boss_tui.components.base import Component, traced
from boss_tui.components.billing.billing import Billing
from boss_tui.components.billing.final_bills import FinalBills
from boss_tui.components.credit.control_stages import Due, LineMoney, due, stages_on
from boss_tui.components.credit.credit import Credit, exemptions
from boss_tui.components.customers.categories import listed
from boss_tui.components.customers.customers import Customers
from boss_tui.components.tenders.dues import Owed
from boss_tui.forms.typed import yuan
from data.choices import choice_name
from data.clock import on_the_wall, stamp, wall_day
from data.message import Message, say
from data.parameters import NIGHT_FROM, NIGHT_UNTIL
from data.store import Reading
from data.tables.account import BalanceBucket, BalanceEntry, BillingAccount
from data.tables.billing import BillPayment, CustomerBill, UsageMonth
from data.tables.credit import ControlStage, CreditExemption, PublicHoliday
from data.tables.credit_control import ControlOrder
from data.tables.customer import Customer
from data.tables.life import Suspension
from data.tables.order import ProductOrder, Subscription

SINCE = {"arrears_outgoing": "stop_outgoing", "arrears_all": "stop_all", "arrears_kept": "precancel"}
"""The act of credit control that a cause of being stopped comes from."""
MONEY = ("prepaid", "gift")
"""The buckets that a prepaid line lives on: a deposit is no balance."""
TOLD = ("remind", "call")
"""The acts that only tell the customer something."""
MEAN_DAYS, MEAN_MONTHS = 90, 3
ABROAD = ("voice_roaming", "data_roaming")


class Spared(Struct, frozen=True):
    """Why a line is spared: the kind, and in words until when and who answers for it."""

    kind: str
    why: Message

    @property
    def in_words(self) -> Message:
        """Both."""
        return say("{kind}: {why}", kind=choice_name("credit_exemption", "kind", self.kind), why=self.why)


class Verdict(Struct, frozen=True):
    """What credit control makes of a line on a business date.

    Attributes:
        subscription, customer, account, money: who and what was looked at.
        due: the stage that is due, with the conditions that hold; None: nothing is.
        spared: what spares the line this stage; empty: it is done.
        not_counted: what was left out of what is owed, and why.
    """

    subscription: Subscription
    customer: Customer
    account: BillingAccount
    money: LineMoney
    due: Due | None
    spared: tuple[Spared, ...]
    not_counted: tuple[Message, ...]

    @property
    def at_stake(self) -> int:
        """What the stage is about in fen: the debt with what is unbilled; of a prepaid line what its balance lacks."""
        money = self.money
        return -min(0, money.balance) if self.subscription.pay_type == "prepaid" else money.owed + money.unbilled


def is_rest(reading: Reading, now: datetime) -> bool:
    """Whether nobody is stopped or written to now: by night, and on public holidays."""
    day, hour = on_the_wall(stamp(now), "%Y-%m-%d"), int(on_the_wall(stamp(now), "%H"))
    by_night = hour >= NIGHT_FROM.of(reading, "M8") or hour < NIGHT_UNTIL.of(reading, "M8")
    return by_night or reading.find(PublicHoliday, day=day) is not None


class CreditControl(Component):
    """F8: credit control of one line."""

    code = "F8"

    @traced
    def judge(self, subscription: Subscription, but: str = "") -> Verdict:
        """What is due for a line on the business date. `but`: an order that is not looked at, since it is in hand."""
        tx, day = self.tx, self.context.business_date
        customer = Customers(self.context).owner(subscription.customer_id)
        account = Accounts(self.context).of(subscription.account_id)
        exemptions = self.exemptions(customer, subscription.number)
        counted, not_counted = self._counted(account, exemptions)
        money = self._money(subscription, customer, account, counted)
        money = replace(money, told=self._told(subscription, money.about, but))
        found = due(stages_on(tx.all(ControlStage), day), subscription.pay_type, money, day)
        spared = self._spared(subscription, customer, exemptions, found) if found else ()
        return Verdict(subscription, customer, account, money, found, tuple(spared), tuple(not_counted))

    @traced
    def exemptions(self, customer: Customer, number: str) -> list[CreditExemption]:
        """The exemptions that stand for a line."""
        found = exemptions(self.tx, customer, self.context.business_date)
        return [row for row in found if row.number in ("", number)]

    def _counted(
        self, account: BillingAccount, exemptions: Iterable[CreditExemption]
    ) -> tuple[list[Owed], list[Message]]:
        """The bills whose open sums count: none in dispute, nothing that a plan of instalments covers."""
        owed = [one for one in Billing(self.context).owed(account) if one.amount > 0]
        disputed = {row.month: row for row in exemptions if row.kind == "disputed"}
        counted, told = [], []
        for one in owed:
            if one.bill.state == "onHold" or one.bill.month in disputed or "" in disputed:
                told.append(say("{yuan} yuan of {month} are in dispute", yuan=yuan(one.amount), month=one.bill.month))
            else:
                counted.append(one)
        plan = next((row for row in exemptions if row.kind == "instalment"), None)
        if plan is None or not counted:
            return counted, told
        kept, why = self._kept(plan, owed)
        return ([] if kept else counted), [*told, why]

    def _kept(self, plan: CreditExemption, owed: Iterable[Owed]) -> tuple[bool, Message]:
        """Whether a plan of instalments is kept: for each whole month since it began, its amount was paid."""
        begun, now = plan.valid_from or self.context.business_date, self.context.business_date
        months = (int(now[:4]) - int(begun[:4])) * 12 + int(now[5:7]) - int(begun[5:7]) - (now[8:] < begun[8:])
        paid = sum(
            row.amount
            for one in owed
            for row in self.tx.all(BillPayment, bill_id=one.bill.id)
            if wall_day(row.made_at) >= begun
        )
        kept = paid >= months * plan.amount
        told = say(
            "instalments until {day}: {paid} of {due} yuan paid",
            day=plan.valid_to,
            paid=yuan(paid),
            due=yuan(months * plan.amount),
        )
        return kept, told

    def _money(
        self, subscription: Subscription, customer: Customer, account: BillingAccount, counted: list[Owed]
    ) -> LineMoney:
        buckets = Accounts(self.context).buckets(account.id)
        trust = Credit(self.context).standing(customer)
        postpaid = subscription.pay_type == "postpaid"
        unbilled = FinalBills(self.context).unbilled(subscription, account, self.context.today) if postpaid else []
        month, latest, mean = self._bills(account)
        due_on = min((one.bill.due_on for one in counted), default="")
        return LineMoney(
            balance=sum(bucket.amount for bucket in buckets if bucket.kind in MONEY),
            daily=0 if postpaid else self._daily(subscription),
            owed=sum(one.amount for one in counted),
            due_on=due_on,
            unbilled=sum(line.amount for line in unbilled),
            limit=trust.limit,
            term_days=trust.term_days,
            since=self._since(subscription),
            about=(due_on or month) if postpaid else self._paid_in(buckets),
            latest=latest,
            mean=mean,
        )

    def _bills(self, account: BillingAccount) -> tuple[str, int, int]:
        """The month and sum of the latest monthly bill, and the mean of the three before it; 0: there are no three."""
        bills = self.tx.all(CustomerBill, account_id=account.id, kind="monthly", order=("-month",))
        if not bills:
            return "", 0, 0
        before = [bill.amount for bill in bills[1 : 1 + MEAN_MONTHS]]
        return bills[0].month, bills[0].amount, sum(before) // MEAN_MONTHS if len(before) == MEAN_MONTHS else 0

    def _paid_in(self, buckets: Iterable[BalanceBucket]) -> str:
        """When money last came in; empty: never."""
        entries = (row for b in buckets if b.kind in MONEY for row in self.tx.all(BalanceEntry, bucket_id=b.id))
        return max((row.made_at for row in entries if row.amount > 0), default="")

    def _told(self, subscription: Subscription, about: str, but: str) -> frozenset[str]:
        """The stages of which the customer was told on this occasion."""
        orders = self.tx.all(ControlOrder, subscription_id=subscription.id, state="active")
        return frozenset(row.stage for row in orders if row.act in TOLD and row.occasion == about and row.id != but)

    @traced
    def may_lift(self, subscription: Subscription, cause: str) -> bool:
        """Whether a line that arrears have stopped may do more again (management-facts 4).

        Everything, once nothing that counts is overdue and it is within its limit (prepaid: once it has a balance), or
        while an emergency resume 紧急开机 stands. What a part of it, paid since, brings within the limit alone is let
        out of the full stop, and no further.
        """
        customer = Customers(self.context).owner(subscription.customer_id)
        account = Accounts(self.context).of(subscription.account_id)
        spared = self.exemptions(customer, subscription.number)
        if any(row.kind == "emergency" for row in spared):
            return True
        counted, _ = self._counted(account, spared)
        money = self._money(subscription, customer, account, counted)
        overdue = any(one.days for one in counted)
        if subscription.pay_type == "prepaid":
            return money.balance > 0 and not overdue
        within = money.exposed <= money.limit
        if cause == "arrears_all" and self.is_stopped(subscription, "arrears_outgoing"):
            return within and (not overdue or self._paid_since(account, subscription, cause))
        return within and not overdue

    def _paid_since(self, account: BillingAccount, subscription: Subscription, cause: str) -> bool:
        """Whether any of a bill was paid since a stop began: a stage that its days alone have brought stays."""
        stops = self.tx.all(Suspension, subscription_id=subscription.id, cause=cause)
        began = max((stop.starts_on for stop in stops if stop.state in ("planned", "running")), default="")
        bills = self.tx.all(CustomerBill, account_id=account.id)
        return any(
            wall_day(row.made_at) >= began for bill in bills for row in self.tx.all(BillPayment, bill_id=bill.id)
        )

    def is_stopped(self, subscription: Subscription, cause: str) -> bool:
        """Whether a line is stopped for a cause now."""
        return bool(self.tx.all(Suspension, subscription_id=subscription.id, cause=cause, state="running"))

    def _daily(self, subscription: Subscription) -> int:
        """What a line uses a day: the mean of the last three months, rounded up."""
        first = (self.context.today.replace(day=1) - timedelta(days=MEAN_DAYS)).isoformat()[:7]
        rows = self.tx.all(UsageMonth, subscription_id=subscription.id)
        used = sum(row.amount for row in rows if first <= row.month < self.context.business_date[:7])
        return -(-used // MEAN_DAYS)

    def _since(self, subscription: Subscription) -> Mapping[str, str]:
        """The acts that stand: what the line is stopped for, and since when. What a part that was paid has let out of a
        further stage counts its days anew from then on."""
        causes = [row for row in self.tx.all(Suspension, subscription_id=subscription.id) if row.cause in SINCE]
        orders = [row.lifted_order_id for row in causes if row.state == "lifted" and row.lifted_order_id]
        let_out = max((self.tx.one(ProductOrder, id=key).business_date for key in orders), default="")
        return {SINCE[row.cause]: max(row.starts_on, let_out) for row in causes if row.state == "running"}

    def _spared(
        self, subscription: Subscription, customer: Customer, exemptions: Iterable[CreditExemption], found: Due
    ) -> Iterable[Spared]:
        """What spares the line the stage that is due."""
        wanted, day = found.stage.exempt, self.context.business_date
        for row in exemptions:
            if row.kind in wanted and row.kind not in ("disputed", "instalment"):
                told = say("until {day}, {person}: {reason}", day=row.valid_to, person=row.person, reason=row.reason)
                yield Spared(row.kind, told)
        if "red_list" in wanted:
            for entry in listed(self.tx, "red", customer.document_kind, customer.document_number, day):
                yield Spared("red_list", say("{reason} ({basis})", reason=entry.reason, basis=entry.basis))
        if "roaming" in wanted and subscription.roaming == "international" and self._is_abroad(subscription):
            yield Spared("roaming", say("it is used abroad this month"))

    def _is_abroad(self, subscription: Subscription) -> bool:
        month = self.context.business_date[:7]
        rows = self.tx.all(UsageMonth, subscription_id=subscription.id, month=month)
        return any(row.kind in ABROAD and row.quantity > 0 for row in rows)
