"""C6 停机/复机 suspend and resume: a line is stopped for a cause, and works again when the last cause is gone.

On request (报停): by its owner, with everything paid, from a day and until a day if they like; full months cost the
keep-number fee alone. A loss (挂失) is reported with the service password alone and stops the line at once. Arrears,
fraud and courts are the operator's own: a supervisor sets and lifts them. Request and loss erase call forwarding;
arrears leave it (domain-facts 2 and 6). What the network bars is what all causes together ask for.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any, ClassVar

from msgspec import Struct
from msgspec.structs import replace

from boss_tui.answers.business import Notice, Qualification, Quote, Reason
from boss_tui.business.priced import Books, Priced
from boss_tui.business.process import Run, meant
from boss_tui.components.credit.hall_credit import emergency_until
from boss_tui.components.products.suspending import ARREARS, CAUSES, ERASES, FORWARD_TO, extent_of
from boss_tui.components.resources.number_locks import must_stay
from boss_tui.components.tariff.tariff import PriceQuery
from boss_tui.forms.fields import Choice
from boss_tui.forms.typed import yuan
from boss_tui.transactions.arrears import may_lift, nothing_owed
from boss_tui.transactions.c06 import emergency
from boss_tui.transactions.c06 import form as c06_form
from boss_tui.transactions.c06.dated import schedule, touched
from boss_tui.transactions.c06.form import ACTIONS, EXTENTS, OWNERS, SuspendForm
from boss_tui.transactions.lines import Fact, Identity, Line, LineTransaction
from boss_tui.transactions.reasons import NO_PARTNER, NO_SHARE
from data.errors import NotAllowed, OutOfStock
from data.message import Message, listed, say
from data.parameters import FOLLOW_UP_DAYS, SUSPENSION_DAYS_AHEAD
from data.states import state_name
from data.tables.account import BillingAccount
from data.tables.life import Suspension
from data.tables.order import ProductOrder, Subscription

ENDED = ("terminated", "cancelled")
URGENT = ("loss", "fraud", "court")


class SuspensionCase(Struct):
    """What the step has worked out: the causes now, the one that this is about, its days."""

    causes: list[Suspension]
    known: Suspension | None
    starts: date
    ends: date | None = None

    @property
    def planned(self) -> bool:
        """Whether that cause only waits for its day."""
        return self.known is not None and self.known.state == "planned"


class SuspendTransaction(LineTransaction[SuspendForm, SuspensionCase]):
    """C6 停机/复机."""

    by_month = True
    means: ClassVar = {
        **meant(("停机", "tj", "suspend"), action="suspend"),
        **meant(("复机", "fj", "resume"), action="resume"),
        **meant(("挂失", "gs"), action="suspend", cause="loss"),
        **meant(("解挂", "jg"), action="resume", cause="loss"),
        **meant(("报停", "bt"), action="suspend", cause="request"),
        **meant(("紧急开机", "jjkj", "emergency resume"), action="resume", cause="arrears_all", emergency="y"),
    }
    form = SuspendForm
    identity = "password"
    states = ("active", "suspended")
    paid = False
    instead = say("Lift it, or set it again, with this business.")
    empty: ClassVar = {
        "F5": say("Number and card stay where they are: nothing is reserved."),
        "F8": say("Arrears are bills that are due and unpaid, whatever the limit is: that is watched apart (M8)."),
        "F11": say("No money moves at the counter: the keep-number fee comes with the bill."),
        "A3": say("Points stay, and tenure runs on while a line is stopped."),
        "A4": NO_PARTNER,
        "B2": NO_SHARE,
    }

    def shows(self, form: SuspendForm) -> Identity:
        """A loss is reported by password too; it is lifted, and all else is asked for, by document (domain-facts 6)."""
        if form.cause and form.cause not in OWNERS:
            return "none"
        return "password" if form.cause == "loss" and form.action == "suspend" else "document"

    def touches(self, run: Run, form: SuspendForm, line: Line) -> tuple[str, ...]:
        """One cause, whatever others there are; and the call forwarding that it erases."""
        if form.emergency:
            return tuple(word for cause in emergency.FROM for word in touched(cause, form.action))
        return touched(form.cause, form.action) if form.cause else ()

    def urgent(self, form: SuspendForm) -> bool:
        """What protects the owner, or others from the line, is possible whatever is under way."""
        return form.action == "suspend" and form.cause in URGENT

    def ready(self, form: SuspendForm) -> tuple[str, ...]:
        """What is urgent is possible on every line that there is."""
        return (*self.states, "pendingActive", "pendingTerminate") if self.urgent(form) else self.states

    def found(self, run: Run, form: SuspendForm) -> Subscription:
        """A loss is reported by the number that the line had before, or will have, as well."""
        return run.products.reached(form.number) if self.urgent(form) else super().found(run, form)

    def look(self, run: Run, form: SuspendForm, line: Line) -> None:
        """The cause may be set, or is gone; the days are right; what the line is like afterwards."""
        starts = form.starts_on or run.context.today
        line.more = change = SuspensionCase(run.products.causes(line.subscription.id), None, starts, form.ends_on)
        if change.causes:
            why = _named([cause.cause for cause in change.causes])
            run.notices.append(Notice("notice", say("Stopped now: {causes}.", causes=why)))
        if not form.action or not form.cause:
            return
        change.known = run.products.cause(line.subscription.id, form.cause)
        if form.emergency and change.known is None:
            change.known = emergency.lifted(form, change.causes)
        self._rights(run, form)
        with run.beside("cause"):
            if form.action == "suspend":
                if form.cause == "request":
                    must_stay(run.context.tx, line.number)
                    nothing_owed(run, line.account)
                _may_stop(run, form, line, change)
            else:
                _may_lift(run, form, line, change)
        if form.emergency:
            emergency.look(run, form, line)
        _days(run, form, change)
        _explain(run, form, line, change)

    @staticmethod
    def _rights(run: Run, form: SuspendForm) -> None:
        """Arrears, fraud, courts, identity are a supervisor's; fraud and identity say why, a court has its document."""
        if form.cause in OWNERS:
            return
        if not run.operators.supervises:
            told = say("A supervisor must approve: {cause}.", cause=CAUSES[form.cause])
            reasons = (*run.qualification.reasons, Reason("cause", "override", told))
            run.qualification = Qualification(reasons)
        if (form.emergency or form.cause in ("fraud", "identity")) and not form.reason:
            run.errors.setdefault("reason", say("Say why."))
        if form.cause == "court" and len(form.reason or "") < 4:
            run.errors.setdefault("reason", say("The number of the court's document is needed."))

    def price(self, run: Run, form: SuspendForm, line: Line) -> Quote:
        """The keep-number fee a month, for a line that is stopped on request."""
        if form.cause != "request" or form.action != "suspend" or line.subscription.pay_type == "prepaid":
            return Quote()
        return super().price(run, form, line)

    def supervised(self, form: SuspendForm) -> bool:
        """Arrears, fraud, courts, identity."""
        return bool(form.cause) and form.cause not in OWNERS

    def priced(self, form: SuspendForm, order: Mapping[str, Any], books: Books) -> Priced | None:
        """As `price`: nothing is charged but for a stop on request."""
        found = super().priced(form, order, books)
        asked = form.cause == "request" and form.action == "suspend"
        return found if asked else found and replace(found, items=frozenset())

    def act(self, run: Run, form: SuspendForm, line: Line) -> None:
        """Set or lift the cause now, or set it for its day."""
        change: SuspensionCase = line.more
        if form.action == "suspend":
            self._stop(run, form, line, change)
        elif form.emergency:
            emergency.act(run, form, line, change.causes)
        elif change.known is not None:
            unbar(run, line.subscription, change.causes, change.known)
            why = say("The cause was lifted before.")
            run.processes.unschedule(line.subscription.id, self.code, why, cause=form.cause)
        run.behaviour.watch(line.customer.id)

    @staticmethod
    def _stop(run: Run, form: SuspendForm, line: Line, change: SuspensionCase) -> None:
        new = run.products.suspend(
            line.subscription,
            form.cause,
            extent=EXTENTS.get(form.cause, "all"),
            starts=change.starts,
            ends=change.ends,
            reason=form.reason,
        )
        if new.state == "planned":
            schedule(run, new, "suspend", change.starts)
        else:
            bar(run, line.subscription, change.causes, new)

    def about(self, run: Run, form: SuspendForm, line: Line) -> tuple[Fact, ...]:
        """What was asked for and when, on the slip."""
        change: SuspensionCase = line.more
        lines: list[Fact] = [(say("Action"), ACTIONS[form.action]), (say("Cause"), CAUSES[form.cause])]
        if form.emergency:
            lines.append((say("Works until"), emergency_until(run.context.tx, run.context.business_date)))
        if form.action == "suspend":
            lines.append((say("From"), change.starts.isoformat()))
            lines += [(say("Works again on"), change.ends.isoformat())] if change.ends else []
        return (*lines, *([(say("Grounds"), form.reason)] if form.reason else []))

    def advice(self, run: Run, form: SuspendForm, line: Line) -> tuple[Message, ...]:
        """What it costs, and what else is lost or stays."""
        told: list[Message] = []
        if run.quote.monthly:
            told.append(
                say(
                    "Full months cost {yuan} yuan; those of stopping and resuming are charged normally.",
                    yuan=yuan(run.quote.monthly),
                )
            )
        if form.action == "suspend" and form.cause in ERASES and run.products.forwarding(line.subscription.id):
            told.append(say("Call forwarding is erased and has to be set again."))
        return tuple(told)

    def titled(self, values: Mapping[str, Any]) -> Message:
        """Whether it stops or resumes, and for which cause."""
        action, cause = ACTIONS.get(self.chosen(values, "action")), CAUSES.get(self.chosen(values, "cause"))
        return say("{action}: {cause}", action=action, cause=cause) if action and cause else self.name

    def starts(self, run: Run, line: Line) -> Message:
        """A stop that is set for a day waits for it."""
        change: SuspensionCase = line.more
        if change.starts > run.context.today:
            return Message("{day}", {"day": change.starts.isoformat()})
        return super().starts(run, line)

    def facts(self, run: Run, form: SuspendForm, line: Line) -> dict[str, Any]:
        """What was done, for which cause."""
        return {
            **super().facts(run, form, line),
            "action": form.action,
            "cause": form.cause,
            "from": line.more.starts.isoformat(),
        }

    def due(self, run: Run, order: ProductOrder) -> bool:
        """The day of stopping or resuming has come, or arrears were paid."""
        form = self.form_of(order)
        subscription = run.products.owned(str(order.subscription_id))
        if subscription.state in ENDED:
            raise NotAllowed(
                say("The number is {state}: this can't be done now.", state=state_name(subscription.state))
            )
        known, before = run.products.cause(subscription.id, form.cause), run.products.causes(subscription.id)
        if known is None or (form.action == "suspend" and known.state == "running"):
            return False  # somebody came before it
        if form.action == "suspend" and form.cause in ARREARS and may_lift(run, subscription, form.cause):
            run.products.lift(known)  # it was paid meanwhile: it never comes
        elif form.action == "suspend":
            bar(run, subscription, before, run.products.begin(known))
        else:
            if form.cause in ARREARS and not may_lift(run, subscription, form.cause):
                _must_be_paid(run, run.accounts.of(subscription.account_id))
                raise NotAllowed(say("It is beyond its limit still: collect what is owed first (C12)."))
            unbar(run, subscription, before, known)
        return run.network.ordered()

    def finish(self, run: Run, order: ProductOrder) -> None:
        """竣工: the subscription is what its causes make it; forwarding and charges follow."""
        subscription = run.products.owned(str(order.subscription_id))
        stopped, lifted = run.products.set_by(order.id), run.products.lifted_by(order.id)
        if stopped is not None:
            self._stopped(run, subscription, stopped)
        if lifted is not None and lifted.cause in NOT_CHARGED:
            run.billing.charge_again(lifted, KEEP_NUMBER)
        if subscription.state in self.states:
            state = "suspended" if run.products.causes(subscription.id) else "active"
            run.products.change_subscription(subscription, state=state)
        run.network.done()
        run.statistics.count("changed", order.amount)

    @staticmethod
    def _stopped(run: Run, subscription: Subscription, stopped: Suspension) -> None:
        if stopped.cause in ERASES:
            for kind in run.products.forwarding(subscription.id):
                run.products.set_parameter(subscription.id, kind, FORWARD_TO, "")
        if stopped.cause == "request" and subscription.pay_type == "postpaid":
            category = run.customers.owner(subscription.customer_id).category
            for line in run.tariff.price(PriceQuery((subscription.plan,), category)).lines:
                if line.item == KEEP_NUMBER:
                    run.billing.keep_number(stopped, line)
        if stopped.cause == "arrears_kept":
            run.billing.keep_number(stopped, run.tariff.line(KEEP_NUMBER, 0))
        if stopped.cause in OWNERS:
            run.service.call_back(subscription.customer_id, FOLLOW_UP_DAYS.of(run.context.tx, "C6"), "C6")

    def cancel(self, run: Run, order: ProductOrder) -> None:
        """The network never had it: the cause that it set is gone, the one that it lifted stands."""
        again = run.products.cancel_suspension(order.id)
        emergency.words_of(run).cancel_resume(order.id)
        if again is not None and again.ends_on >= run.context.business_date:
            schedule(run, again, "resume", date.fromisoformat(again.ends_on))

    def choices(self, run: Run, form: SuspendForm, field: str, text: str) -> list[Choice]:
        """Actions and causes, beside what these forms share."""
        return c06_form.choices(field) or super().choices(run, form, field, text)

    def example(self, run: Run) -> dict[str, Any]:
        """A loss that the first owner reports."""
        for subscription in run.products.some_lines(("active",)):
            if not run.processes.running(subscription.id):
                owner = run.customers.owner(subscription.customer_id)
                return {
                    "number": subscription.number,
                    "document_number": owner.document_number,
                    "action": "suspend",
                    "cause": "loss",
                }
        raise OutOfStock(say("No number is left to make an example of."))


KEEP_NUMBER = "keep_number_fee"
NOT_CHARGED = ("request", "arrears_kept")
"""Causes for which what is charged ends; the keep-number fee, if any, comes in its stead."""


def _may_stop(run: Run, form: SuspendForm, line: Line, change: SuspensionCase) -> None:
    if change.known is not None:
        raise NotAllowed(
            say("It is set for {day} already: resume takes that back.", day=change.known.starts_on)
            if change.planned
            else say("It is stopped for this cause already.")
        )
    if form.cause == "arrears_kept":
        raise NotAllowed(say("Credit control does this by itself, when its day has come (M8)."))
    owed = run.billing.owed(line.account)
    if form.cause == "request" and owed:
        total = yuan(sum(one.amount for one in owed))
        raise NotAllowed(say("Bills of {yuan} yuan are not paid: collect them first (C12).", yuan=total))
    if form.cause in ARREARS and not any(one.days for one in owed):
        raise NotAllowed(say("Nothing is overdue on this account."))


def _may_lift(run: Run, form: SuspendForm, line: Line, change: SuspensionCase) -> None:
    if change.known is None:
        raise NotAllowed(say("It is not stopped for this cause."))
    if form.cause in ARREARS and change.planned:
        raise NotAllowed(say("An emergency resume ends then: what is paid by that day takes the stop back by itself."))
    if form.cause in ARREARS and not form.emergency and not may_lift(run, line.subscription, form.cause):
        with run.beside("emergency" if form.cause in emergency.FROM else "cause"):  # where the other way out is
            _must_be_paid(run, line.account)


def _must_be_paid(run: Run, account: BillingAccount) -> None:
    """Whether the cause arrears is gone (catalogue C6: resume checks that)."""
    overdue = [one.amount for one in run.billing.owed(account) if one.days]
    if overdue:
        raise NotAllowed(say("{yuan} yuan are overdue still: collect them first (C12).", yuan=yuan(sum(overdue))))


def _days(run: Run, form: SuspendForm, change: SuspensionCase) -> None:
    """Days are for a stop on request; not in the past, not in the wrong order, not years ahead."""
    given = {"starts_on": form.starts_on, "ends_on": form.ends_on}
    dated = form.action == "suspend" and form.cause == "request"
    for field, day in given.items():
        if day is None:
            continue
        if not dated and (field == "ends_on" or day != run.context.today):
            run.errors.setdefault(field, say("This is done at once: only a stop on request has days."))
        elif day < run.context.today:
            run.errors.setdefault(field, say("This day is over."))
        elif (day - run.context.today).days > SUSPENSION_DAYS_AHEAD.of(run.context.tx, "C6"):
            run.errors.setdefault(field, say("This day is too far ahead."))
    if change.ends and change.ends <= change.starts:
        run.errors.setdefault("ends_on", say("This is not after the day on which it stops."))


def _explain(run: Run, form: SuspendForm, line: Line, change: SuspensionCase) -> None:
    """What the clerk says before it is done: what the line is like then."""
    left = [cause.cause for cause in change.causes if cause.cause != form.cause]
    if form.action == "resume" and left:
        run.notes["action"] = say("It stays stopped: {causes}.", causes=_named(left))
    elif form.action == "resume" and change.planned:
        run.notes["action"] = say("It will not be stopped on that day.")
    run.notes["cause"] = CAUSES[form.cause]
    if form.action == "suspend" and form.cause in ERASES and run.products.forwarding(line.subscription.id):
        run.notices.append(Notice("change", say("Call forwarding is erased and has to be set again.")))


def bar(run: Run, subscription: Subscription, before: list[Suspension], new: Suspension) -> None:
    """Have the network bar what a cause adds, and end by itself on its day."""
    run.network.bar(subscription, extent_of(before), extent_of([*before, new]))
    if new.cause in ERASES:
        run.network.erase_forwarding(subscription, run.products.forwarding(subscription.id))
    if new.ends_on:
        schedule(run, new, "resume", date.fromisoformat(new.ends_on))


def unbar(run: Run, subscription: Subscription, before: list[Suspension], known: Suspension) -> None:
    """A cause is gone: what the others bar stays barred."""
    run.products.lift(known)
    run.network.bar(subscription, extent_of(before), extent_of(c for c in before if c.id != known.id))


def _named(causes: list[str]) -> Message:
    return listed(CAUSES[cause] for cause in causes)
