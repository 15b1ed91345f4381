"""C7.4 增值业务变更 value-added services: data, voicemail, ring-back tone, STK services, …, several with one order.

What they need and exclude is looked at over everything that the line has afterwards; an STK service needs an STK card.
Services of the switch (waiting, caller number, …) are C7.2's.
"""

from __future__ import annotations

from collections.abc import Collection
from typing import Annotated, Any

from boss_tui.business.process import Run
from boss_tui.components.network_elements import SERVICE
from boss_tui.forms.fields import Ask, Choice
from boss_tui.forms.typed import Codes, yuan
from boss_tui.transactions.line_forms import PasswordForm
from boss_tui.transactions.lines import Line, subject
from boss_tui.transactions.services import ServicesTransaction, Wanted
from data.errors import NotAllowed, OutOfStock
from data.message import both, say
from data.tables.order import Subscription
from data.tables.product import Product


class ValueAddedForm(PasswordForm):
    """The form of C7.4."""

    subscribe: Annotated[
        Codes,
        Ask(
            say("Subscribe"),
            "text",
            help=say("Codes with commas between them. F4 lists what this line may have."),
            choices="subscribe",
            section=say("Services"),
            width=30,
            length=120,
            several=True,
        ),
    ] = ()
    cancel: Annotated[
        Codes,
        Ask(
            say("Unsubscribe"),
            "text",
            help=say("Codes with commas between them. F4 lists what this line has."),
            choices="cancel",
            width=30,
            length=120,
            several=True,
        ),
    ] = ()


class ValueAddedTransaction(ServicesTransaction[ValueAddedForm]):
    """C7.4 增值业务变更."""

    form = ValueAddedForm

    def wanted(self, run: Run, form: ValueAddedForm, subscription: Subscription) -> Wanted:
        """What was typed, each once; what is in both lists stays as it is."""
        begins, ends = dict.fromkeys(form.subscribe or ()), dict.fromkeys(form.cancel or ())
        return Wanted(tuple(c for c in ends if c not in begins), tuple(c for c in begins if c not in ends))

    def beside(self, form: ValueAddedForm, refusal: NotAllowed) -> str:
        """Where something is subscribed it is most likely that; else what is cancelled."""
        known = {"begins": "subscribe", "ends": "cancel"}
        return known.get(refusal.field, "subscribe" if form.subscribe else "cancel")

    def also(self, run: Run, form: ValueAddedForm, line: Line) -> bool:
        """Services of the switch are refused here."""
        for field in ("subscribe", "cancel"):
            known = {product.code: product for product in run.products.offered("service")}
            of_switch = [code for code in getattr(form, field) or () if _of_switch(known.get(code))]
            if of_switch:
                run.errors.setdefault(field, say("{code} is set with C7.2.", code=of_switch[0]))
        return False

    def choices(self, run: Run, form: ValueAddedForm, field: str, text: str) -> list[Choice]:
        """What the line may have, or has."""
        line = self.line(run, form) if field in ("subscribe", "cancel") else None
        if line is None:
            return super().choices(run, form, field, text)
        has = run.products.has(line.subscription.id)
        offered = run.products.offered("service", line.customer.category, subject(run, line).age)
        found = [product for product in offered if not _of_switch(product)]
        if field == "subscribe":
            pays = ("any", line.subscription.pay_type)
            found = [product for product in found if product.code not in has and product.pay_type in pays]
        else:
            found = [product for product in found if product.code in has]
        fees = {q.resource: q.amount for q in run.tariff.monthly([p.code for p in found], line.customer.category)}
        return [
            Choice(
                p.code,
                both(p.name_zh, p.name_en),
                say("{yuan} yuan a month", yuan=yuan(fees[p.code])) if fees.get(p.code) else say("no fee"),
            )
            for p in found
        ]

    def known(self, run: Run, field: str) -> Collection[str]:
        """All services, also those that it has, or has not."""
        return [product.code for product in run.products.offered("service")]

    def example(self, run: Run) -> dict[str, Any]:
        """The first line that may have voicemail."""
        for subscription in run.products.some_lines(self.states):
            if "VMAIL" not in run.products.has(subscription.id) and not run.processes.running(subscription.id):
                owner = run.customers.owner(subscription.customer_id)
                return {"number": subscription.number, "document_number": owner.document_number, "subscribe": "VMAIL"}
        raise OutOfStock(say("No number is left to make an example of."))


def _of_switch(product: Product | None) -> bool:
    return product is not None and product.network_act.startswith(SERVICE)
