"""C8 优惠变更 change plan: from one to another, compared over what the customer really used, now or from next month.

Services that the customer chose stay; those that the plan contained end or begin with it, and the network is told of
them alone. From next month: the order waits for its first day and can be cancelled until then. Now: each plan's monthly
fee is charged for its days. A plan's contract that still runs costs its penalty first; the new plan's begins with it.
"""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Collection, Iterable, Mapping
from datetime import date
from typing import Annotated, Any, ClassVar, Literal

from msgspec import Struct

from boss_tui.answers.business import Notice, Qualification, Quote, Reason
from boss_tui.business.priced import Books, Priced
from boss_tui.business.process import Run
from boss_tui.business.reversal import Reversal
from boss_tui.components.invoices.sales import Agreed
from boss_tui.components.network_elements import SERVICE
from boss_tui.components.products.agreements import penalty
from boss_tui.components.products.products import PlanMove
from boss_tui.components.resources.number_locks import must_stay
from boss_tui.components.tariff.tariff import PriceQuery
from boss_tui.forms.fields import Ask, Choice
from boss_tui.forms.typed import Flag, yuan
from boss_tui.transactions import contracts, this_month
from boss_tui.transactions.c08.compare import Comparison, asked_for, compare, in_words, monthly_fee, moved_to
from boss_tui.transactions.line_forms import PasswordForm
from boss_tui.transactions.lines import Fact, Line, LineTransaction, identified
from boss_tui.transactions.reasons import NO_PARTNER, NO_SHARE
from boss_tui.transactions.services import tell_network
from data.errors import NotAllowed, OutOfStock
from data.message import Message, both, listed, say
from data.parameters import FOLLOW_UP_DAYS
from data.tables.life import Agreement
from data.tables.order import ProductOrder, Subscription

PENALTY = "plan_penalty"
STARTS = {"now": say("From today, by days"), "next": say("From the 1st of next month")}


class ChangePlanForm(PasswordForm):
    """The form of C8."""

    plan: Annotated[
        str,
        Ask(
            say("New plan"),
            "choice",
            help=say("F4 shows what each would have cost, the cheapest first."),
            choices="plans",
            section=say("New plan"),
            width=10,
            length=20,
        ),
    ]
    starts: Annotated[
        Literal["", "now", "next"],
        Ask(
            say("Starts"),
            "choice",
            help=say("now or next. Empty: next month; at once for who came this month."),
            choices="starts",
            width=6,
        ),
    ] = ""
    keep: Annotated[
        Flag,
        Ask(
            say("Keep contract"),
            "flag",
            help=say(
                "y: it goes on with a plan that it is not sold with; a supervisor "
                "must allow it. n: it ends and costs its penalty."
            ),
            width=2,
        ),
    ] = False


class PlanCase(Struct):
    """What the step has worked out: the change, its first day, the contracts that it breaks (the plan's own, and the
    handset's that is not sold with the new plan)."""

    moved: PlanMove | None = None
    day: date | None = None
    bound: Agreement | None = None
    handset: Agreement | None = None


class ChangePlanTransaction(LineTransaction[ChangePlanForm, PlanCase]):
    """C8 优惠变更; taken back on the same day."""

    form = ChangePlanForm
    identity = "password"
    reversal = Reversal("day", same_operator=True)
    instead = say("Change the plan once more.")
    empty: ClassVar = {
        "F8": say("No more is trusted with one plan than with another: the limit is the customer's."),
        "A3": say("A change of plan earns no points, and tenure runs on."),
        "A4": NO_PARTNER,
        "B2": NO_SHARE,
    }

    def look(self, run: Run, form: ChangePlanForm, line: Line) -> None:
        """See what ends and begins, from when, and whether a contract is broken."""
        line.more = change = PlanCase()
        if not form.plan or form.starts is None:
            return
        with run.beside("plan"):
            if form.plan == line.subscription.plan:
                raise NotAllowed(say("This is the plan in force."))
            must_stay(run.context.tx, line.number)
            change.moved = moved_to(run, line, form.plan)
            change.day = first_day(form, line.subscription, run.context.today)
            change.bound = run.products.bound(line.subscription.id, "plan")
            change.handset = _handset_left(run, form, line)

    def explain(self, run: Run, form: ChangePlanForm, case: Line[PlanCase] | None) -> None:
        """Compare, for who may know what was used; and before the customer agrees, what the change means."""
        line = case
        if line is None:
            return
        comparison = None
        if identified(run, line):
            comparison = compare(run, line)
            _show(run, line, comparison)
            run.notices.append(this_month.notice(run, line.subscription))
        change: PlanCase = line.more
        if change.moved is not None and change.day is not None:
            _explain(run, line, change.moved, change.day, comparison)

    def touches(self, run: Run, form: ChangePlanForm, line: Line) -> tuple[str, ...]:
        """The plan, the services that end and begin with it, and those that either goes together with or doesn't."""
        if (moved := line.more.moved) is None:
            return ("plan",)
        return ("plan", *(f"{SERVICE}{code}" for code in run.products.hang_together((*moved.ends, *moved.begins))))

    def asked(self, run: Run, form: ChangePlanForm, line: Line) -> PriceQuery:
        """The plan that they go to."""
        return asked_for(line, line.more.moved)

    def begins(self, run: Run, form: ChangePlanForm, case: Line[PlanCase] | None) -> Iterable[str]:
        """The new plan, from whatever day on."""
        moved = case.more.moved if case else None
        return moved.sold if moved else ()

    def price(self, run: Run, form: ChangePlanForm, line: Line) -> Quote:
        """What the rules ask for a change, the contract's penalty, and what is charged each month then."""
        change: PlanCase = line.more
        lines = list(super().price(run, form, line).lines)
        if change.moved is None or change.day is None:
            return Quote(tuple(lines))
        due = penalty(change.bound, change.day) if change.bound else 0
        if due:
            lines.append(run.tariff.line(PENALTY, due))
        if change.handset:
            lines += contracts.ending(run, line, change.handset)
        codes = [product.code for product in change.moved.basket.all]
        quote = Quote((*lines, *run.tariff.monthly(codes, line.customer.category)))
        return contracts.with_terms(quote, change.moved.basket.plan, change.day)

    def priced(self, form: ChangePlanForm, order: Mapping[str, Any], books: Books) -> Priced:
        """As `asked`: the plan that they go to."""
        return Priced((form.plan,))

    def act(self, run: Run, form: ChangePlanForm, line: Line) -> None:
        """Next month's waits for its day; today's is told to the network where services end or begin."""
        change: PlanCase = line.more
        if change.moved is None or change.day is None:
            raise NotAllowed(say("The form is not complete."))
        if change.day > run.context.today:
            run.processes.schedule(line.subscription.id, change.day, {}, follows=False, touches=run.touches)
        else:
            tell_network(run, line.subscription, change.moved)
        if change.handset:
            contracts.end(run, change.handset)
        run.behaviour.watch(line.customer.id)

    def state(self, run: Run, form: ChangePlanForm, line: Line) -> str:
        """Pending until its day has come."""
        return "pending" if line.more.day > run.context.today else super().state(run, form, line)

    def about(self, run: Run, form: ChangePlanForm, line: Line) -> tuple[Fact, ...]:
        """Both plans, and the first day of the new one."""
        return (
            (say("Old plan"), run.products.name(line.subscription.plan)),
            (say("New plan"), run.products.name(form.plan)),
            (say("From"), line.more.day.isoformat()),
        )

    def starts(self, run: Run, line: Line) -> Message:
        """The new plan's first day."""
        change: PlanCase = line.more
        if change.day and change.day > run.context.today:
            return Message("{day}", {"day": change.day.isoformat()})
        return super().starts(run, line)

    def advice(self, run: Run, form: ChangePlanForm, line: Line) -> tuple[Message, ...]:
        """What ends, what begins, what it costs a month: what the customer signs for."""
        change: PlanCase = line.more
        if change.moved is None:
            return ()
        fee = say("{yuan} yuan a month from then on.", yuan=yuan(monthly_fee(run, line, change.moved)))
        return (fee, *_lost_and_gained(run, line.subscription.plan, change.moved))

    def agreed(self, run: Run, form: ChangePlanForm, line: Line) -> Agreed | None:
        """What the new plan binds to."""
        return contracts.agreed(line.more.moved.basket.plan, run.quote)

    def facts(self, run: Run, form: ChangePlanForm, line: Line) -> dict[str, Any]:
        """Both plans and the first day."""
        return {
            **super().facts(run, form, line),
            "old_plan": line.subscription.plan,
            "plan": form.plan,
            "from": line.more.day.isoformat(),
        }

    def due(self, run: Run, order: ProductOrder) -> bool:
        """Its first day has come: the network is told; what can't be any more is refused, and people are told.

        While a line is stopped at its owner's request nothing but the keep-number fee is charged (C6): it waits.
        """
        subscription = run.products.owned(str(order.subscription_id))
        if any(cause.cause == "request" for cause in run.products.causes(subscription.id)):
            raise NotAllowed(say("The line is stopped at its owner's request: its plan changes when it works again."))
        tell_network(run, subscription, self._moved(run, subscription, self.form_of(order).plan))
        return run.network.ordered()

    def finish(self, run: Run, order: ProductOrder) -> None:
        """竣工: the plan is the new one, with its services and its fee from its first day on."""
        subscription = run.products.owned(str(order.subscription_id))
        form = self.form_of(order)
        day = first_day(form, subscription, date.fromisoformat(order.business_date))
        self._switch(run, subscription, form.plan, day)
        contracts.follow(run, order)
        run.network.done()
        run.statistics.count("changed", order.amount)
        run.service.call_back(subscription.customer_id, FOLLOW_UP_DAYS.of(run.context.tx, self.code), self.code)

    def cancel(self, run: Run, order: ProductOrder) -> None:
        """It has not begun: what waited for its day does not come."""
        run.processes.unschedule(str(order.subscription_id), self.code, say("The order was cancelled."))
        contracts.goes_on(run, order.id, str(order.subscription_id))

    def reverse(self, run: Run, order: ProductOrder) -> bool:
        """Back to the plan before, with its services, fee and contract."""
        subscription = run.products.owned(str(order.subscription_id))
        before = run.products.plan_before(order.id)
        tell_network(run, subscription, self._moved(run, subscription, before))
        run.products.reverse_contracts(subscription.id, order.id)
        contracts.goes_on(run, order.id, subscription.id)
        if run.network.ordered():
            return True
        self._switch(run, subscription, before, run.context.today)
        return False

    def finish_reversal(self, run: Run, order: ProductOrder) -> None:
        """The network has the services of the plan before."""
        subscription = run.products.owned(str(order.subscription_id))
        before = run.products.plan_before(str(order.reverses))
        self._switch(run, subscription, before, date.fromisoformat(order.business_date))
        run.network.done()

    def _switch(self, run: Run, subscription: Subscription, plan: str, day: date) -> None:
        """Products, plan and charges, from a day on."""
        moved = self._moved(run, subscription, plan)
        after = [product.code for product in moved.basket.all]
        category = run.customers.owner(subscription.customer_id).category
        run.products.move(subscription, moved, day)
        run.billing.charge_from(subscription.id, run.tariff.monthly(after, category), {*after, *moved.ends}, day)

    def _moved(self, run: Run, subscription: Subscription, plan: str) -> PlanMove:
        owner = run.customers.owner(subscription.customer_id)
        return moved_to(run, Line(subscription, owner, run.accounts.of(subscription.account_id)), plan)

    # lists and examples

    def choices(self, run: Run, form: ChangePlanForm, field: str, text: str) -> list[Choice]:
        """The plans with what each would have cost, and when it may start."""
        if field == "starts":
            return [Choice(code, label) for code, label in STARTS.items()]
        if field != "plan":
            return super().choices(run, form, field, text)
        line = self.line(run, form)
        if line is None:
            return []
        known = identified(run, line)
        comparison = compare(run, line)
        return [
            _choice(offer, bool(known and comparison.months))
            for offer in comparison.offers
            if offer.plan.code != line.subscription.plan
        ]

    def known(self, run: Run, field: str) -> Collection[str]:
        """All plans, also the one in force."""
        return [plan.code for plan in run.products.offered("plan")] if field == "plan" else ()

    def example(self, run: Run) -> dict[str, Any]:
        """The first number that may change, and the plan that suits it best."""
        subscription, typed = self.example_line(run, pay_type="postpaid")
        owner = run.customers.owner(subscription.customer_id)
        line = Line(subscription, owner, run.accounts.of(subscription.account_id))
        for offer in compare(run, line).offers:
            if offer.plan.code != subscription.plan:
                return {**typed, "plan": offer.plan.code, "starts": "now"}
        raise OutOfStock(say("No number is left to make an example of."))


def first_day(form: ChangePlanForm, subscription: Subscription, today: date) -> date:
    """The new plan's first day: today, or the 1st of next month (domain-facts 8). Who came this month may at once."""
    at_once = form.starts == "now" or (not form.starts and subscription.opened_on[:7] == f"{today:%Y-%m}")
    return today if at_once else date(today.year + today.month // 12, today.month % 12 + 1, 1)


def _handset_left(run: Run, form: ChangePlanForm, line: Line) -> Agreement | None:
    """The handset's contract that ends with a plan it is not sold with; none where a supervisor lets it go on."""
    bound = run.products.bound(line.subscription.id, contracts.HANDSET)
    if bound is None:
        return None
    bundle = run.handsets.contract(bound.product)
    if not bundle.plans or form.plan in bundle.plans.split(","):
        return None
    name = both(bundle.name_zh, bundle.name_en)
    if form.keep:
        why = say(
            "{bundle} is for the plans {plans} only: a supervisor lets it go on.", bundle=name, plans=bundle.plans
        )
        reasons = (*run.qualification.reasons, Reason("contract", "override", why))
        run.qualification = Qualification(reasons)
        return None
    run.notices.append(Notice("notice", contracts.in_words(run, line, bound)))
    run.notes["keep"] = say("{bundle} ends: {yuan}", bundle=name, yuan=yuan(contracts.penalty_of(run, line, bound)))
    return bound


def _show(run: Run, line: Line, comparison: Comparison) -> None:
    run.facts["months"] = list(comparison.months)
    run.facts["comparison"] = [
        {**offer.as_fact(), "in_force": offer.plan.code == line.subscription.plan} for offer in comparison.offers
    ]
    advice = in_words(comparison, line.subscription.plan)
    if advice is not None:
        run.notices.append(Notice("recommendation", advice))


def _explain(run: Run, line: Line, moved: PlanMove, day: date, comparison: Comparison | None) -> None:
    """Before the customer agrees: from when, what ends and begins, what this month costs."""
    chosen = comparison.of(moved.basket.plan.code) if comparison else None
    now = comparison.of(line.subscription.plan) if comparison else None
    run.notes["plan"] = run.products.name(moved.basket.plan.code)
    if comparison and comparison.months and chosen and now:
        run.notes["plan"] = say(
            "{plan}: {total} in {n} {n:month|months}, {now} with the plan in force",
            plan=chosen.name,
            total=yuan(chosen.total),
            n=len(comparison.months),
            now=yuan(now.total),
        )
    run.notes["starts"] = say("from {day}", day=day.isoformat())
    if day == run.context.today and chosen:
        month = monthrange(day.year, day.month)[1]
        new, old = chosen.fee * (month - day.day + 1) // month, run.billing.before(line.subscription.id, day)
        run.notes["starts"] = say(
            "from today: this month {old} of the old fee, {new} of the new", new=yuan(new), old=yuan(old)
        )
    run.notices += [Notice("change", text) for text in _lost_and_gained(run, line.subscription.plan, moved)]


def _lost_and_gained(run: Run, plan: str, moved: PlanMove) -> list[Message]:
    """The services that end with the plan, those that run on, and those that begin."""
    ends = [code for code in moved.ends if code != plan]
    begins = [code for code in moved.begins if code != moved.basket.plan.code]
    stays = [p.code for p in moved.basket.all if p.code not in {*moved.begins, moved.basket.plan.code}]
    told = {"ends": ends, "stays": stays, "begins": begins}
    return [Message(_BECOMES[how].template, {"services": _named(run, codes)}) for how, codes in told.items() if codes]


_BECOMES = {
    "ends": say("Ends with the change: {services}."),
    "stays": say("Runs on: {services}."),
    "begins": say("Begins with it: {services}."),
}


def _named(run: Run, codes: Iterable[str]) -> Message:
    return listed(map(run.products.name, codes))


def _choice(offer: Any, known: bool) -> Choice:
    fee = yuan(offer.fee)
    detail = say("{fee} a month", fee=fee)
    if known:
        detail = say("{fee} a month; would have cost {total}", fee=fee, total=yuan(offer.total))
    return Choice(offer.plan.code, offer.name, detail)
