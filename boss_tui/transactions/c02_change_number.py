"""C2 改号 change number: another free number on the same subscription; the card and its IMSI stay.

The new number is reserved, then sold with the order; it takes the old one's place once the network has it, and the old
one goes into quarantine then: the announcement is made by a person, when there is time. A beautiful number brings its
fee, its minimum spend and its contract; one whose contract still runs can't be given up. Call forwarding is set again
where the element makes the subscriber anew. On the spot it is taken back: the old number is the line's again.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any, ClassVar

from msgspec.structs import replace
from pydantic import AfterValidator

from boss_tui.business.priced import Books, Priced
from boss_tui.business.process import Run
from boss_tui.business.reversal import ON_THE_SPOT
from boss_tui.components.identity.kinds import check_mobile
from boss_tui.components.invoices.sales import Agreed
from boss_tui.components.tariff.tariff import PriceQuery
from boss_tui.components.wording import spaced
from boss_tui.forms.fields import Ask, Choice
from boss_tui.forms.typed import Flag, yuan
from boss_tui.transactions.line_forms import OwnerForm
from boss_tui.transactions.lines import Fact, Line, LineTransaction
from boss_tui.transactions.lists import free_numbers, graded
from boss_tui.transactions.reasons import NO_PARTNER, NO_SHARE
from data.errors import NotAllowed, OutOfStock
from data.message import Message, say
from data.parameters import FOLLOW_UP_DAYS
from data.tables.order import ProductOrder


class ChangeNumberForm(OwnerForm):
    """The form of C2."""

    new_number: Annotated[
        str,
        Ask(
            say("New number"),
            "digits",
            help=say("F4 searches: last digits, 139 at the start, 1*88, or a grade."),
            choices="numbers",
            section=say("New number"),
            width=14,
            length=11,
        ),
        AfterValidator(check_mobile),
    ]
    announce: Annotated[
        Flag,
        Ask(say("Announcement"), "flag", help=say("y when callers of the old number are told the new one."), width=2),
    ] = False


class ChangeNumberTransaction(LineTransaction[ChangeNumberForm]):
    """C2 改号."""

    form = ChangeNumberForm
    touched = ("number",)
    reversal = ON_THE_SPOT
    instead = say("Change the number once more.")
    empty: ClassVar = {
        "F8": say("No credit is given: the number's fee is paid at once."),
        "A4": NO_PARTNER,
        "B2": NO_SHARE,
        "A3": say("A change of number earns no points, and tenure runs on."),
        "B1": say("Bills follow the subscription, whatever its number is."),
    }

    def look(self, run: Run, form: ChangeNumberForm, line: Line) -> None:
        """The old number may be given up; the new one is free, of the same element, and is held."""
        with run.beside("number"):
            bound = run.products.bound(line.subscription.id, "number")
            if bound is not None:
                raise NotAllowed(say("This number is under contract until {day}.", day=bound.ends_on))
            run.resources.must_not_be_locked(line.number)
        if not form.new_number:
            return
        with run.beside("new_number"):
            run.resources.reserve("number", form.new_number)
            if run.network.element_of(form.new_number) != run.network.element_of(line.number):
                raise NotAllowed(say("This number is served by another element: choose one of the same segment."))
            line.more = run.resources.grade(form.new_number)
            run.notes["new_number"] = graded(line.more)

    def asked(self, run: Run, form: ChangeNumberForm, line: Line) -> PriceQuery:
        """The handling fee, and the new number's own."""
        return PriceQuery((line.subscription.plan,), line.customer.category, line.more)

    def priced(self, form: ChangeNumberForm, order: Mapping[str, Any], books: Books) -> Priced | None:
        """As `asked`: the new number's grade too."""
        found = super().priced(form, order, books)
        return found and replace(found, number=form.new_number)

    def act(self, run: Run, form: ChangeNumberForm, line: Line) -> None:
        """The number is sold to the subscription, and the network is told."""
        run.resources.sell("number", form.new_number, line.subscription.id, "new_number")
        element = run.network.element_of(line.number)
        run.network.order(
            "change_number",
            element,
            msisdn=line.number,
            new_msisdn=form.new_number,
            **run.network.stands(line.subscription),
        )
        run.network.forward_again(line.subscription.id, element, form.new_number)
        if form.announce:
            run.network.follow_up(task="announce", msisdn=line.number, new_msisdn=form.new_number)
        run.behaviour.watch(line.customer.id)

    def about(self, run: Run, form: ChangeNumberForm, line: Line) -> tuple[Fact, ...]:
        """Both numbers stand on the paper."""
        return ((say("New number"), spaced(form.new_number)),)

    def agreed(self, run: Run, form: ChangeNumberForm, line: Line) -> Agreed | None:
        """A beautiful number binds for its months, from the day on which it works."""
        grade = line.more
        if not grade.contract_months:
            return None
        return Agreed(
            say("Number {number}", number=spaced(form.new_number)),
            grade.contract_months,
            say("At least {yuan} yuan are spent each month.", yuan=yuan(grade.minimum_spend)),
            say("Until the last day the number is neither changed nor given back."),
        )

    def advice(self, run: Run, form: ChangeNumberForm, line: Line) -> tuple[Message, ...]:
        """Until when the old number works, and what the new one costs a month."""
        works = say("The old number works until the network confirms the new one, as a rule within minutes.")
        return (works, *run.quote.terms)

    def facts(self, run: Run, form: ChangeNumberForm, line: Line) -> dict[str, Any]:
        """Both numbers."""
        return {**super().facts(run, form, line), "new_number": form.new_number}

    def finish(self, run: Run, order: ProductOrder) -> None:
        """竣工: the new number takes the old one's place, which goes into quarantine."""
        new = self.form_of(order).new_number
        subscription = run.products.owned(str(order.subscription_id))
        grade = run.resources.grade(new)
        run.resources.quarantine(subscription.number)
        run.resources.put_into_use(number=new)
        run.products.change_subscription(subscription, number=new, tail=new[-4:], minimum_spend=grade.minimum_spend)
        run.products.bind(subscription, "number", grade.contract_months, value=grade.minimum_spend)
        run.network.done()
        run.statistics.count("changed", order.amount)
        run.service.call_back(subscription.customer_id, FOLLOW_UP_DAYS.of(run.context.tx, self.code), self.code)

    def cancel(self, run: Run, order: ProductOrder) -> None:
        """The network never had it: the new number is free again, the old one was never given up."""
        run.resources.take_back(number=self.form_of(order).new_number)

    def reverse(self, run: Run, order: ProductOrder) -> bool:
        """On the spot: the network is to have the old number again; the new one's contract never began."""
        subscription = run.products.owned(str(order.subscription_id))
        old = run.products.value_before(order.id, "number")
        run.resources.number_again(old, subscription.id)
        element = run.network.element_of(subscription.number)
        run.network.order(
            "change_number", element, msisdn=subscription.number, new_msisdn=old, **run.network.stands(subscription)
        )
        run.network.forward_again(subscription.id, element, old)
        run.products.reverse_contracts(subscription.id, order.id)
        run.service.call_no_more(order.id)
        return True

    def finish_reversal(self, run: Run, order: ProductOrder) -> None:
        """The network has the old number: it is in use, and the new one rests."""
        subscription = run.products.owned(str(order.subscription_id))
        old = run.products.value_before(str(order.reverses), "number")
        run.resources.quarantine(subscription.number)
        run.resources.put_into_use(number=old)
        spend = run.resources.grade(old).minimum_spend
        run.products.change_subscription(subscription, number=old, tail=old[-4:], minimum_spend=spend)
        run.network.done()

    def choices(self, run: Run, form: ChangeNumberForm, field: str, text: str) -> list[Choice]:
        """The free numbers, beside what these forms share."""
        return free_numbers(run, text) if field == "new_number" else super().choices(run, form, field, text)

    def example(self, run: Run) -> dict[str, Any]:
        """The first number that may change, and an ordinary one that is free."""
        for number, grade in run.resources.numbers("", 50):
            if not grade.fee:
                _, typed = self.example_line(run)
                return {**typed, "new_number": number.number}
        raise OutOfStock(say("No number is left to make an example of."))
