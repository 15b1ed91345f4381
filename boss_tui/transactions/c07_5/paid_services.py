"""C7.5 付费业务变更 paid services of partners: list, subscribe with a double yes, cancel, dispute, bar a provider.

No element knows of them: the partner's platform is told by a manual work order, and book and charges follow once that
is done. A disputed charge is asked back from the provider (A4); when it agrees, a supervisor enters that: the money
goes into the customer's balance, and the provider owes it (B2).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Mapping
from typing import Annotated, Any, ClassVar, Literal

from pydantic import AfterValidator

from boss_tui.answers.business import Notice, Qualification, Quote, QuoteLine, Reason
from boss_tui.business.priced import Books, Priced
from boss_tui.business.process import Run
from boss_tui.components.network_elements import MANUAL
from boss_tui.forms.fields import Ask, Choice
from boss_tui.forms.typed import Fen, Flag, wrong, yuan
from boss_tui.transactions.c07_5.looks import ACTIONS, FEE, LOOKS, PaidServiceCase, fee, service_choices
from boss_tui.transactions.line_forms import PasswordForm
from boss_tui.transactions.lines import Fact, Line, LineTransaction, identified
from boss_tui.transactions.reasons import beyond_credit
from data.errors import OutOfStock
from data.message import Message, both, say
from data.parameters import FOLLOW_UP_DAYS
from data.tables.order import ProductOrder, Subscription

ENTERED_BY_CHIEF = ("refunded", "refused")
_MONTH = re.compile("[0-9]{4}-(0[1-9]|1[0-2])")


def _month(typed: str) -> str:
    if typed and not _MONTH.fullmatch(typed):
        raise wrong("A month such as 2026-10.")
    return typed


class PaidServicesForm(PasswordForm):
    """The form of C7.5."""

    action: Annotated[
        Literal["subscribe", "cancel", "dispute", "bar", "unbar", "refunded", "refused"],
        Ask(
            say("Action"),
            "choice",
            help=say("F4 shows what can be done."),
            choices="action",
            section=say("Service"),
            width=10,
        ),
    ]
    service: Annotated[
        str,
        Ask(
            say("Service"),
            "choice",
            help=say("F4 shows what it has, or what providers sell."),
            choices="service",
            width=12,
            length=20,
        ),
    ]
    price_told: Annotated[
        Flag,
        Ask(
            say("Price told"),
            "flag",
            help=say("To subscribe: y once the customer has heard the price and agrees."),
            width=2,
            when="action=subscribe",
        ),
    ] = False
    agrees_again: Annotated[
        Flag,
        Ask(
            say("Agrees again"),
            "flag",
            help=say("To subscribe: y when the customer has agreed a second time."),
            width=2,
            when="action=subscribe",
        ),
    ] = False
    month: Annotated[
        str,
        Ask(
            say("Month"),
            "code",
            help=say("In dispute: the month of the charge, such as 2026-10."),
            choices="",
            section=say("Dispute"),
            width=9,
            length=7,
            when="action=dispute",
        ),
        AfterValidator(_month),
    ] = ""
    amount: Annotated[
        Fen | None,
        Ask(
            say("Amount"),
            "money",
            help=say("Yuan in dispute. Empty: all that was charged."),
            width=10,
            when="action=dispute",
        ),
    ] = None
    reason: Annotated[
        str, Ask(say("Reason"), "text", help=say("What the customer says."), width=30, length=80, when="action=dispute")
    ] = ""


class PaidServicesTransaction(LineTransaction[PaidServicesForm, PaidServiceCase]):
    """C7.5 付费业务变更."""

    form = PaidServicesForm
    identity = "password"
    instead = say("Do the opposite with this business.")
    gives_back = True  # what was disputed
    empty: ClassVar = {
        "F5": say("Number and card stay: nothing is reserved."),
        "A3": say("It earns no points, and tenure runs on."),
    }

    def look(self, run: Run, form: PaidServicesForm, line: Line) -> None:
        """What the line has of providers; whether this can be done with the service."""
        line.more = change = PaidServiceCase()
        if identified(run, line):
            _list(run, line)
        if not form.action or not form.service:
            return
        with run.beside("service"):
            change.service = run.partners.service(form.service)
            change.partner = change.service.partner
            provider = run.partners.name(change.partner)
            name = both(change.service.name_zh, change.service.name_en)
            run.notes["service"] = say("{service} of {provider}", service=name, provider=provider)
            LOOKS[form.action](run, form, line, change)
            if form.action == "subscribe":
                beyond_credit(run, line, sum(fee.amount for fee in _monthly(run, change.service)))
        if form.action in ENTERED_BY_CHIEF and not run.operators.supervises:
            told = Reason("dispute", "override", say("A supervisor enters what the provider answered."))
            run.qualification = Qualification((*run.qualification.reasons, told))

    def touches(self, run: Run, form: PaidServicesForm, line: Line) -> tuple[str, ...]:
        """All that is had of the provider, since barring it ends that."""
        return (f"provider:{line.more.partner}",) if line.more.partner else ()

    def price(self, run: Run, form: PaidServicesForm, line: Line) -> Quote:
        """The monthly fee that begins; or what the provider gives back, which goes into the balance."""
        change: PaidServiceCase = line.more
        if change.refund:
            bucket = run.accounts.bucket(line.account.id, "prepaid").id
            return Quote(
                (
                    run.tariff.line("provider_refund", -change.refund.amount),
                    run.tariff.line("prepayment", change.refund.amount, bucket_id=bucket),
                )
            )
        quote = super().price(run, form, line)
        begins = form.action == "subscribe" and change.service
        return quote.with_months(_monthly(run, change.service) if begins and change.service else ())

    def priced(self, form: PaidServicesForm, order: Mapping[str, Any], books: Books) -> Priced | None:
        """What a provider gives back is no price."""
        return None if form.action == "refunded" else super().priced(form, order, books)

    def act(self, run: Run, form: PaidServicesForm, line: Line) -> None:
        """The partner's platform is told; what is asked back, and what came of it, is entered at once."""
        change: PaidServiceCase = line.more
        if form.action in ("subscribe", "cancel", "bar", "unbar"):
            run.network.order(
                MANUAL,
                "",
                task="provider",
                provider=change.partner,
                service=form.service,
                msisdn=line.number,
                what=form.action,
            )
        elif form.action == "dispute":
            run.partners.dispute(line.subscription.id, form.service, form.month, change.amount, form.reason)
        elif change.answered is not None:
            run.partners.answered(change.answered, form.action)
            if change.refund:
                run.settlement.owe(run.partners.provider(change.partner), "share", -change.refund.amount)
        run.behaviour.watch(line.customer.id)

    def about(self, run: Run, form: PaidServicesForm, line: Line) -> tuple[Fact, ...]:
        """What was asked for, of whom."""
        change: PaidServiceCase = line.more
        lines: list[Fact] = [(ACTIONS[form.action], run.notes["service"])]
        if form.action == "subscribe" and change.service:
            lines.append((say("Price"), fee(change.service)))
        if form.action == "dispute":
            lines.append((say("In dispute"), say("{month}: {yuan} yuan", month=form.month, yuan=yuan(change.amount))))
        return tuple(lines)

    def advice(self, run: Run, form: PaidServicesForm, line: Line) -> tuple[Message, ...]:
        """What happens next."""
        if form.action == "dispute":
            return (say("The provider is asked to give the money back; we call with its answer."),)
        return ()

    def titled(self, values: Mapping[str, Any]) -> Message:
        """What is done with the service."""
        action = ACTIONS.get(self.chosen(values, "action"))
        return say("Paid service: {action}", action=action) if action else self.name

    def facts(self, run: Run, form: PaidServicesForm, line: Line) -> dict[str, Any]:
        """What was done with which service."""
        return {
            **super().facts(run, form, line),
            "action": form.action,
            "service": form.service,
            "amount": line.more.amount,
        }

    def finish(self, run: Run, order: ProductOrder) -> None:
        """The platform has it: the book and the charges follow."""
        form, subscription = self.form_of(order), run.products.owned(str(order.subscription_id))
        done: dict[str, Callable[[Run, Subscription, str], None]] = {
            "subscribe": _subscribe,
            "cancel": _cancel,
            "bar": _bar,
            "unbar": _unbar,
        }
        if form.action in done:
            done[form.action](run, subscription, form.service)
        run.network.done()
        run.statistics.count("changed", order.amount)
        run.service.call_back(subscription.customer_id, FOLLOW_UP_DAYS.of(run.context.tx, self.code), self.code)

    def cancel(self, run: Run, order: ProductOrder) -> None:
        """The platform never had it: nothing was begun or ended yet."""

    def choices(self, run: Run, form: PaidServicesForm, field: str, text: str) -> list[Choice]:
        """Actions, and the services that they can be done with."""
        if field == "action":
            return [Choice(code, label) for code, label in ACTIONS.items()]
        line = self.line(run, form) if field == "service" else None
        if line is None:
            return super().choices(run, form, field, text)
        return service_choices(run, form, line, identified(run, line))

    def known(self, run: Run, field: str) -> Collection[str]:
        """All that providers sell, also what it does not have."""
        return [service.code for service in run.partners.sold()] if field == "service" else ()

    def example(self, run: Run) -> dict[str, Any]:
        """The first line that has not got the music."""
        for subscription in run.products.some_lines(self.states, pay_type="postpaid"):
            free = not run.partners.having(subscription.id, "MUSIC") and not run.partners.barred(
                subscription.id, "SP001"
            )
            if free and not run.processes.running(subscription.id):
                owner = run.customers.owner(subscription.customer_id)
                return {
                    "number": subscription.number,
                    "document_number": owner.document_number,
                    "action": "subscribe",
                    "service": "MUSIC",
                    "price_told": "y",
                    "agrees_again": "y",
                }
        raise OutOfStock(say("No number is left to make an example of."))


def _list(run: Run, line: Line) -> None:
    """What the line has and had, who ordered it, what it costs: shown once the customer is known."""
    rows = []
    for had in run.partners.had(line.subscription.id):
        service = run.partners.service(had.service)
        rows.append(
            {
                "code": had.service,
                "name": both(service.name_zh, service.name_en).as_json(),
                "fee": service.fee,
                "rhythm": service.rhythm,
                "since": had.since,
                "until": had.until,
                "told_by": had.told_by,
                "state": had.state,
                "provider": run.partners.name(service.partner).as_json(),
            }
        )
    run.facts["paid_services"] = rows
    if any(row["state"] == "active" and row["told_by"] == "message" for row in rows):
        run.notices.append(
            Notice("notice", say("Some services were ordered by a message: ask whether they are known."))
        )


def _monthly(run: Run, service: Any) -> tuple[QuoteLine, ...]:
    if service.rhythm != "month":
        return ()
    label = both(service.name_zh, service.name_en)
    return (run.tariff.line(FEE, service.fee, monthly=True, resource=service.code, label=label),)


def _subscribe(run: Run, subscription: Subscription, code: str) -> None:
    run.partners.begin(subscription.id, code)
    lines = _monthly(run, run.partners.service(code))
    run.billing.charge_from(subscription.id, lines, (code,), run.context.today)


def _cancel(run: Run, subscription: Subscription, code: str) -> None:
    having = run.partners.having(subscription.id, code)
    if having is not None:
        run.partners.end(having)
        run.billing.charge_from(subscription.id, (), (code,), run.context.today)


def _bar(run: Run, subscription: Subscription, code: str) -> None:
    """The provider is barred, and what it had sold ends."""
    for ending in run.partners.bar(subscription.id, run.partners.service(code).partner):
        _cancel(run, subscription, ending.service)


def _unbar(run: Run, subscription: Subscription, code: str) -> None:
    bar = run.partners.barred(subscription.id, run.partners.service(code).partner)
    if bar is not None:
        run.partners.unbar(bar)
