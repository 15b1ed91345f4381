"""Part of F8 用户信用: what a hall trusts a customer with by a word of its own, within what headquarters leaves to it.

A limit that is lent for a time 临时额度; a word for a key account, that puts off a stop 大客户担保; an emergency resume
of a line that is not paid 紧急开机. Each has an end and a person, counts at once, linked or not, and ends by itself.
Source: catalogue M8, F8; management-facts 4; domain-facts 6.
"""

from __future__ import annotations

from boss_tui.components.base import Component, traced
from boss_tui.components.credit.credit import Credit, by_hall, lent
from boss_tui.components.customers.categories import category_of, listed
from boss_tui.forms.typed import yuan
from data.clock import day_after, new_key
from data.errors import NotAllowed
from data.message import say
from data.parameters import (
    EMERGENCY_HOURS,
    EMERGENCY_REST,
    EMERGENCY_STARS,
    HALL_RAISE,
    RAISE_DAYS,
    VOUCH_DAYS,
    VOUCHES,
)
from data.store import Reading
from data.tables.credit import HallCredit
from data.tables.customer import Category, Customer
from data.tables.order import Subscription

DAY_HOURS = 24


def emergency_until(reading: Reading, day: str) -> str:
    """The last business date of an emergency resume that begins on one: whole days, as business dates are."""
    days = -(-EMERGENCY_HOURS.of(reading, "M8") // DAY_HOURS)
    return day_after(day, days)


def most_lent(reading: Reading, own: int) -> int:
    """Up to which limit in fen a hall lends who has one of their own."""
    return own * HALL_RAISE.of(reading, "M8") // 10_000


class HallCrediting(Component):
    """F8: a hall's own words, each a row. NotAllowed says beside which field one is beyond what is left to a hall."""

    code = "F8"

    @traced
    def raise_limit(self, customer: Customer, number: str, limit: int, until: str, reason: str) -> HallCredit:
        """Lend a customer a limit of so many fen until a business date; one at a time. `number`: by which they were
        found. NotAllowed: credit_limit, valid_to, number."""
        tx, today = self.tx, self.context.business_date
        self._must_be_trusted(customer)
        own, most = Credit(self.context).standing(customer).own, RAISE_DAYS.of(tx, "M8")
        before = lent(tx, customer, today)
        if before is not None:
            told = say(
                "{yuan} yuan are lent until {day}: one at a time.", yuan=yuan(before.credit_limit), day=before.valid_to
            )
            raise NotAllowed(told, field="number")
        if limit <= own:
            raise NotAllowed(say("The limit is {yuan} yuan already.", yuan=yuan(own)), field="credit_limit")
        if limit > most_lent(tx, own):
            told = say("Above {yuan} yuan only headquarters lends.", yuan=yuan(most_lent(tx, own)))
            raise NotAllowed(told, field="credit_limit")
        if until < today:
            raise NotAllowed(say("This day is over."), field="valid_to")
        if until > day_after(today, most - 1):
            raise NotAllowed(say("A limit is lent for {n} {n:day|days} at most.", n=most), field="valid_to")
        return self._given("raise", customer, number, until, reason, credit_limit=limit)

    @traced
    def vouch(self, customer: Customer, number: str, reason: str) -> HallCredit:
        """Put off stops of a key account, this business date included; so often a month. NotAllowed: number."""
        tx, today = self.tx, self.context.business_date
        self._must_be_trusted(customer)
        category = tx.one(Category, code=category_of(tx, customer, today))
        if not category.key_account:
            raise NotAllowed(say("This is no key account: nobody vouches for them."), field="number")
        given = [row for row in self._ever(customer, "vouch") if row.business_date[:7] == today[:7]]
        if by_hall(tx, customer.id, today, "vouch"):
            raise NotAllowed(
                say("Somebody vouches for them already, until {day}.", day=given[-1].valid_to), field="number"
            )
        most = VOUCHES.of(tx, "M8")
        if len(given) >= most:
            told = say("A hall vouches {n} {n:time|times} a month: it has.", n=most)
            raise NotAllowed(told, field="number")
        return self._given("vouch", customer, number, day_after(today, VOUCH_DAYS.of(tx, "M8") - 1), reason)

    @traced
    def may_resume(self, customer: Customer, line: Subscription) -> None:
        """NotAllowed: a line is not resumed in an emergency. Who has stars enough is, once in a time; without a link
        only a line of this outlet, since what others gave is not known here."""
        tx, today = self.tx, self.context.business_date
        self._must_be_trusted(customer)
        least = EMERGENCY_STARS.of(tx, "M8")
        if Credit(self.context).standing(customer).rating.stars < least:
            raise NotAllowed(say("Only for customers of {n} {n:star|stars} or more.", n=least), field="emergency")
        if line.outlet != self.context.outlet and not self.context.online:
            raise NotAllowed(say("Without a link only a line of this outlet is resumed so."), field="emergency")
        rest = EMERGENCY_REST.of(tx, "M8")
        latest = max((row.valid_to for row in self._ever(customer, "emergency")), default="")
        if latest and day_after(latest, rest) >= today:
            told = say(
                "There was one until {day}: the next is possible after {then}.",
                day=latest,
                then=day_after(latest, rest),
            )
            raise NotAllowed(told, field="emergency")

    @traced
    def resume(self, customer: Customer, line: Subscription, reason: str) -> HallCredit:
        """Let a line work unpaid for a time, by the order that this is of; after `may_resume`."""
        until = emergency_until(self.tx, self.context.business_date)
        return self._given("emergency", customer, line.number, until, reason, order_id=self.context.order_id)

    @traced
    def withdraw(self, key: str, reason: str) -> HallCredit:
        """Take back a limit that is lent, or a word for a key account, of this outlet; an emergency resume ends with
        its order. NotAllowed (`id`): there is no such that stands."""
        row = self.tx.find(HallCredit, id=key, outlet=self.context.outlet, state="active")
        if row is None or row.kind == "emergency" or row.valid_to < self.context.business_date:
            raise NotAllowed(say("There is none such that stands."), field="id")
        return self.tx.change(row, state="withdrawn", withdrawn_by=self.context.operator, withdrawn_for=reason)

    @traced
    def cancel_resume(self, order_id: str) -> None:
        """The network never had the order: nothing was resumed."""
        for row in self.tx.all(HallCredit, order_id=order_id, state="active"):
            self.tx.change(row, state="withdrawn", withdrawn_by=self.context.operator)

    def _ever(self, customer: Customer, kind: str) -> list[HallCredit]:
        """All that were given and not taken back, the oldest first."""
        return self.tx.all(
            HallCredit, customer_id=customer.id, kind=kind, state="active", order=("business_date", "id")
        )

    def _must_be_trusted(self, customer: Customer) -> None:
        key = customer.document_kind, customer.document_number
        if any(listed(self.tx, "black", *key, self.context.business_date)):
            raise NotAllowed(say("This customer is on the blacklist."), field="number")

    def _given(
        self,
        kind: str,
        customer: Customer,
        number: str,
        until: str,
        reason: str,
        *,
        credit_limit: int = 0,
        order_id: str | None = None,
    ) -> HallCredit:
        context = self.context
        return self.tx.add(
            HallCredit,
            id=new_key(self.tx.clock),
            outlet=context.outlet,
            kind=kind,
            customer_id=customer.id,
            number=number,
            credit_limit=credit_limit,
            reason=reason,
            operator=context.operator,
            business_date=context.business_date,
            valid_to=until,
            order_id=order_id,
            made_at=self.tx.now(),
        )
