"""What C7.2 and C7.4 share, and C8 in part: services that begin and end on a line, in one order.

What there is afterwards is looked at as a whole; only what changes goes to the network; charges begin and end with
today, by days. A service of a partner brings the partner its share of the days of this month (catalogue A4, B2); from
the next month on the settlement run does that (M18).
"""

from __future__ import annotations

from abc import abstractmethod
from calendar import monthrange
from collections.abc import Collection, Iterable
from typing import Any, ClassVar, TypeVar

from msgspec import Struct

from boss_tui.answers.business import Notice, Qualification, Quote, QuoteLine, Reason
from boss_tui.business.process import Run
from boss_tui.components.network_elements import MANUAL, SERVICE
from boss_tui.components.processes import touching
from boss_tui.components.products.products import PlanMove
from boss_tui.forms.typed import yuan
from boss_tui.transactions.line_forms import PasswordForm
from boss_tui.transactions.lines import Fact, Line, LineTransaction, subject
from boss_tui.transactions.reasons import beyond_credit
from data.errors import NotAllowed
from data.message import Message, listed, say
from data.parameters import FOLLOW_UP_DAYS
from data.tables.order import ProductOrder, Subscription

SHARE = 10_000
"""Hundredths of a percent that make a whole: a partner's rate is given in them."""

S = TypeVar("S", bound=PasswordForm)


class Wanted(Struct):
    """What a form asks for: products that end and begin, each beside its field."""

    ends: tuple[str, ...] = ()
    begins: tuple[str, ...] = ()

    def among(self, touched: Collection[str]) -> Wanted:
        """What of it an order touches: what was so already then is not its own, whatever became of it."""
        ends, begins = ([c for c in codes if f"{SERVICE}{c}" in touched] for codes in (self.ends, self.begins))
        return Wanted(tuple(ends), tuple(begins))

    def __bool__(self) -> bool:
        return bool(self.ends or self.begins)


class ServicesCase(Struct):
    """What the step has worked out."""

    wanted: Wanted
    moved: PlanMove | None = None


def tell_network(run: Run, subscription: Subscription, moved: PlanMove) -> None:
    """Work orders for the services that end and begin, where they have any act in the network (domain-facts 2)."""
    element = run.network.element_of(subscription.number)
    for codes, on in ((moved.ends, "off"), (moved.begins, "on")):
        for code in codes:
            act, msisdn = run.products.product(code).network_act, subscription.number
            if act.startswith(SERVICE):
                run.network.order("set_supplementary", element, msisdn=msisdn, service=act.removeprefix(SERVICE), on=on)
            elif act == "data":
                run.network.order("set_data", element, msisdn=msisdn, data=on)
            elif act == MANUAL:
                run.network.order(MANUAL, "", product=code, msisdn=msisdn, on=on)


class ServicesTransaction(LineTransaction[S, ServicesCase]):
    """A business that changes the services of a line: several with one order."""

    identity = "password"
    instead = say("Change it once more.")
    empty: ClassVar = {
        "A3": say("It earns no points, and tenure runs on."),
    }

    @abstractmethod
    def wanted(self, run: Run, form: S, subscription: Subscription) -> Wanted:
        """The products that a form ends and begins, on a line as it is now."""

    @abstractmethod
    def beside(self, form: S, refusal: NotAllowed) -> str:
        """The field that a refusal of the whole belongs to."""

    def also(self, run: Run, form: S, line: Line) -> bool:
        """What changes beside products; notes and errors of it."""
        return False

    def touches(self, run: Run, form: S, line: Line) -> tuple[str, ...]:
        """The services that change, and those that they go together with or don't."""
        wanted: Wanted = line.more.wanted
        return tuple(f"{SERVICE}{code}" for code in run.products.hang_together((*wanted.ends, *wanted.begins)))

    def look(self, run: Run, form: S, line: Line) -> None:
        """What is on now and will be; whether that goes together; that anything changes at all."""
        line.more = change = ServicesCase(self.wanted(run, form, line.subscription))
        also = self.also(run, form, line)
        if not change.wanted and not also:
            told = Reason("change", "no", say("Nothing is changed yet."))
            run.qualification = Qualification((*run.qualification.reasons, told))
        if change.wanted:
            self._fits(run, form, line, change)
        self._table(run, line, change.wanted if change.moved else Wanted())

    def _fits(self, run: Run, form: S, line: Line, change: ServicesCase) -> None:
        """Whether it goes together, and on the card in use."""
        try:
            change.moved = run.products.altered(
                line.subscription,
                change.wanted.ends,
                change.wanted.begins,
                line.customer.category,
                subject(run, line).age,
            )
            run.resources.must_fit(line.subscription.iccid, map(run.products.product, change.wanted.begins))
        except NotAllowed as refusal:
            run.errors.setdefault(self.beside(form, refusal), refusal.message)
        else:
            _told(run, line, change.moved)
            begins = _monthly(run, line.customer.category, change.moved.begins)
            beyond_credit(run, line, sum(fee.amount for fee in begins))

    def _table(self, run: Run, line: Line, wanted: Wanted) -> None:
        """For the screen: each service that is on or will be, and what it costs a month in fen."""
        has = run.products.has(line.subscription.id)
        codes = [code for code in has if code != line.subscription.plan]
        codes += [code for code in wanted.begins if code not in codes]
        fees = {q.resource: q.amount for q in run.tariff.monthly(codes, line.customer.category)}
        run.facts["services"] = [
            {
                "code": code,
                "now": code in has,
                "then": code not in wanted.ends,
                "fee": fees.get(code, 0),
                "name": run.products.name(code).as_json(),
            }
            for code in codes
        ]

    def begins(self, run: Run, form: S, case: Line[ServicesCase] | None) -> Iterable[str]:
        """The services that are switched on."""
        moved = case.more.moved if case else None
        return moved.sold if moved else ()

    def price(self, run: Run, form: S, line: Line) -> Quote:
        """What price rules ask for the change, and what begins to be charged each month."""
        begins = line.more.wanted.begins if line.more.moved else ()
        return super().price(run, form, line).with_months(_monthly(run, line.customer.category, begins))

    def act(self, run: Run, form: S, line: Line) -> None:
        """Only what changes goes to the network."""
        if line.more.moved:
            tell_network(run, line.subscription, line.more.moved)
        run.behaviour.watch(line.customer.id)

    def about(self, run: Run, form: S, line: Line) -> tuple[Fact, ...]:
        """What begins and what ends."""
        lines: list[Fact] = []
        for label, codes in ((say("Begins"), line.more.wanted.begins), (say("Ends"), line.more.wanted.ends)):
            if codes:
                lines.append((label, listed(map(run.products.name, codes))))
        return tuple(lines)

    def facts(self, run: Run, form: S, line: Line) -> dict[str, Any]:
        """What begins and what ends."""
        wanted: Wanted = line.more.wanted
        return {**super().facts(run, form, line), "begins": list(wanted.begins), "ends": list(wanted.ends)}

    def finish(self, run: Run, order: ProductOrder) -> None:
        """竣工: the services are on and off, and charged from today on."""
        subscription = run.products.owned(str(order.subscription_id))
        wanted = self.wanted(run, self.form_of(order), subscription).among(touching.read(order.touches))
        category = run.customers.owner(subscription.customer_id).category
        lines = _monthly(run, category, wanted.begins)
        run.products.alter(subscription, wanted.ends, wanted.begins, run.context.today)
        run.billing.charge_from(subscription.id, lines, (*wanted.ends, *wanted.begins), run.context.today)
        for code in wanted.begins:
            _share(run, code, lines)
        run.network.done()
        run.statistics.count("changed", order.amount)
        run.service.call_back(subscription.customer_id, FOLLOW_UP_DAYS.of(run.context.tx, self.code), self.code)

    def cancel(self, run: Run, order: ProductOrder) -> None:
        """The network never had it: nothing was begun or ended yet."""


def _monthly(run: Run, category: str, codes: Iterable[str]) -> tuple[QuoteLine, ...]:
    """What these services cost a month."""
    wanted = tuple(codes)
    return tuple(line for line in run.tariff.monthly(wanted, category) if line.resource in wanted)


def _share(run: Run, code: str, lines: Iterable[QuoteLine]) -> None:
    """The partner's share of what is charged for the days that are left of this month."""
    known = run.products.product(code).partner
    if not known:
        return
    partner = run.partners.provider(known)
    day = run.context.today
    days = monthrange(day.year, day.month)[1]
    fee = sum(line.amount for line in lines if line.resource == code)
    left = days - day.day + 1
    run.settlement.owe(partner, "share", fee * left * partner.rate // (days * SHARE) if partner else 0)


def _told(run: Run, line: Line, moved: PlanMove) -> None:
    """What begins with its fee, and what ends: before the customer agrees."""
    fees = {q.resource: q.amount for q in _monthly(run, line.customer.category, (*moved.begins, *moved.ends))}
    for begins, codes in ((True, moved.begins), (False, moved.ends)):
        for code in codes:
            told = _one(begins, run.products.name(code), fees.get(code, 0))
            run.notices.append(Notice("notice", told))


def _one(begins: bool, service: Message, fee: int) -> Message:
    """A service that begins or ends, and what that means for the bill, if anything."""
    if not fee:
        return (
            say("{service} begins today, without a fee.", service=service)
            if begins
            else say("{service} ends today.", service=service)
        )
    if begins:
        return say("{service} begins today: {yuan} yuan a month, this month by days.", service=service, yuan=yuan(fee))
    return say("{service} ends today: {yuan} yuan a month less.", service=service, yuan=yuan(fee))
