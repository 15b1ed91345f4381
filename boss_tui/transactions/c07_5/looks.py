"""What C7.5 looks at before each of its actions: whether it can be done with a service, and for how much."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from msgspec import Struct

from boss_tui.answers.business import Notice
from boss_tui.business.process import Run
from boss_tui.forms.fields import Choice
from boss_tui.forms.typed import yuan
from boss_tui.transactions.lines import Line
from data.errors import NotAllowed
from data.message import Message, both, say
from data.parameters import DISPUTE_MONTHS
from data.tables.provider import Dispute, ProviderService

FEE = "provider_fee"
CONTENT = "content"
"""The kind of usage that providers charge by the piece."""
ACTIONS = {
    "subscribe": say("Subscribe"),
    "cancel": say("Unsubscribe"),
    "dispute": say("Dispute"),
    "bar": say("Bar the provider"),
    "unbar": say("Let the provider sell again"),
    "refunded": say("Provider refunds"),
    "refused": say("Provider refuses"),
}


class PaidServiceCase(Struct):
    """What the step has worked out: the service, its partner, fen in dispute, the dispute that is answered."""

    service: ProviderService | None = None
    partner: str = ""
    amount: int = 0
    answered: Dispute | None = None
    refund: Dispute | None = None


def _subscribes(run: Run, form: Any, line: Line, change: PaidServiceCase) -> None:
    """On offer, not barred, not there yet; and the customer agrees twice."""
    service = change.service
    if service is None or form.service not in {sold.code for sold in run.partners.sold()}:
        raise NotAllowed(say("This service is not sold today."))
    if run.partners.barred(line.subscription.id, change.partner):
        raise NotAllowed(say("The owner has barred this provider: lift that first."))
    if run.partners.having(line.subscription.id, form.service):
        raise NotAllowed(say("The line has this service already."))
    rhythm = say("{yuan} yuan a month", yuan=yuan(service.fee))
    if service.rhythm == "piece":
        rhythm = say("{yuan} yuan a piece", yuan=yuan(service.fee))
    run.notices.append(Notice("notice", say("Say the price: {price}.", price=rhythm)))
    for field in ("price_told", "agrees_again"):
        if not getattr(form, field):
            run.errors.setdefault(field, say("The customer has to agree twice: y."))


def _cancels(run: Run, form: Any, line: Line, _change: PaidServiceCase) -> None:
    if not run.partners.having(line.subscription.id, form.service):
        raise NotAllowed(say("The line does not have this service."))


def _bars(run: Run, _form: Any, line: Line, change: PaidServiceCase) -> None:
    if run.partners.barred(line.subscription.id, change.partner):
        raise NotAllowed(say("This provider is barred already."))
    ends = [had.service for had in run.partners.had(line.subscription.id) if had.state == "active"]
    mine = [code for code in ends if run.partners.service(code).partner == change.partner]
    if mine:
        run.notices.append(Notice("change", say("This ends with it: {services}.", services=", ".join(mine))))


def _unbars(run: Run, _form: Any, line: Line, change: PaidServiceCase) -> None:
    if not run.partners.barred(line.subscription.id, change.partner):
        raise NotAllowed(say("This provider is not barred."))


def _disputes(run: Run, form: Any, line: Line, change: PaidServiceCase) -> None:
    """A month in which it was had, and no more than was charged in it."""
    if not form.reason:
        run.errors.setdefault("reason", say("Say what the customer says."))
    had = [row for row in run.partners.had(line.subscription.id) if row.service == form.service]
    if not had:
        raise NotAllowed(say("The line never had this service."))
    with run.beside("month"):
        _may_dispute(run, form, line, min(row.since for row in had))
        change.amount = _charged(run, form.month, line, change)
    if form.amount is not None and not 0 < form.amount <= change.amount:
        told = say("Between 0.01 and {most} yuan were charged.", most=yuan(change.amount))
        run.errors.setdefault("amount", told)
    elif form.amount is not None:
        change.amount = form.amount


def _may_dispute(run: Run, form: Any, line: Line, since: str) -> None:
    today = run.context.today
    months = today.year * 12 + today.month
    if not form.month:
        raise NotAllowed(say("Which month?"))
    if not since[:7] <= form.month <= f"{today:%Y-%m}":
        raise NotAllowed(say("The line did not have it in this month."))
    oldest = DISPUTE_MONTHS.of(run.context.tx)
    if months - (int(form.month[:4]) * 12 + int(form.month[5:])) > oldest:
        raise NotAllowed(say("Only the last {n} months can be disputed.", n=oldest))
    if run.partners.disputed(line.subscription.id, form.service, form.month):
        raise NotAllowed(say("This month is in dispute already, or was given back."))


def _charged(run: Run, month: str, line: Line, change: PaidServiceCase) -> int:
    """What was charged for the service in a month, in fen; by the piece: for all content."""
    if change.service is None or change.service.rhythm == "month":
        return change.service.fee if change.service else 0
    charged = run.billing.charged(line.subscription.id, month, CONTENT)
    if not charged:
        raise NotAllowed(say("Nothing was charged for it in this month."))
    return charged


def _answers(run: Run, form: Any, line: Line, change: PaidServiceCase) -> None:
    """The provider's answer to the oldest dispute that is open."""
    change.answered = run.partners.disputed(line.subscription.id, form.service)
    if change.answered is None:
        raise NotAllowed(say("No dispute of this service is open."))
    change.amount = change.answered.amount
    run.notices.append(
        Notice(
            "notice",
            say(
                "In dispute: {month}, {yuan} yuan. {reason}",
                month=change.answered.month,
                yuan=yuan(change.amount),
                reason=change.answered.reason,
            ),
        )
    )
    if form.action == "refunded":
        change.refund = change.answered


LOOKS: dict[str, Callable[[Run, Any, Line, PaidServiceCase], None]] = {
    "subscribe": _subscribes,
    "cancel": _cancels,
    "dispute": _disputes,
    "bar": _bars,
    "unbar": _unbars,
    "refunded": _answers,
    "refused": _answers,
}


def service_choices(run: Run, form: Any, line: Line, known: bool) -> list[Choice]:
    """What is sold, to subscribe; else what the line has or had, once the customer is known."""
    if form.action in ("subscribe", "bar", "unbar"):
        return [_choice(run, service, fee(service)) for service in run.partners.sold()]
    if not known:
        return []
    had = run.partners.had(line.subscription.id)
    rows = [row for row in had if row.state == "active" or form.action != "cancel"]
    found = {row.service: row for row in rows}
    return [
        _choice(run, run.partners.service(code), say("since {day}, by {how}", day=row.since, how=TOLD[row.told_by]))
        for code, row in found.items()
    ]


TOLD = {"counter": say("counter"), "message": say("message")}


def fee(service: ProviderService) -> Message:
    """What a service costs, and for what."""
    if service.rhythm == "piece":
        return say("{yuan} yuan a piece", yuan=yuan(service.fee))
    return say("{yuan} yuan a month", yuan=yuan(service.fee))


def _choice(run: Run, service: ProviderService, detail: Message) -> Choice:
    name = say(
        "{service} of {provider}",
        service=both(service.name_zh, service.name_en),
        provider=run.partners.name(service.partner),
    )
    return Choice(service.code, name, detail)
