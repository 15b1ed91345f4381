"""C3 换卡/补卡 exchange or replace SIM: another card for the same number.

The exchange of a card that works may be asked for by an agent; one that is lost or broken is replaced for its owner in
person, who shows the document for it (domain-facts 6). A broken one is replaced free. The new card is one of the stock,
or a blank one that is written on the spot. The old one works until the network confirms; then it is void, what is
forwarded is set again. A line that was stopped for loss stays so, or works again with the new card (补卡 + 解挂) where
that is asked for. On the spot it can be taken back: the old card is the line's again.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar

from msgspec.structs import replace

from boss_tui.answers.business import Quote
from boss_tui.business.priced import Books, Priced
from boss_tui.business.process import Run, meant
from boss_tui.business.reversal import ON_THE_SPOT
from boss_tui.components.products.suspending import extent_of
from boss_tui.components.resources.blank_cards import SERIAL
from boss_tui.forms.choosing import narrowed
from boss_tui.forms.fields import Choice
from boss_tui.transactions.c03.form import WHYS, ExchangeSimForm
from boss_tui.transactions.lines import Fact, Line, LineTransaction
from boss_tui.transactions.lists import looked_through
from boss_tui.transactions.reasons import NO_PARTNER, NO_SHARE
from data.errors import NotAllowed, OutOfStock
from data.message import Message, say
from data.parameters import FOLLOW_UP_DAYS
from data.states import card_kinds
from data.tables.order import ProductOrder, Subscription
from data.tables.resource import SimCard

LOSS = "loss"
LIFTED = say("The loss report is lifted with the new card.")
PREPAID = "prepaid"
BLANKS_SHOWN = 40
CHARGED = {"exchange": {"sim_fee"}, "lost": {"sim_fee", "handling_fee"}, "broken": set[str]()}
"""The items that are charged for each reason, at what the price rules say (domain-facts 6)."""


class ExchangeSimTransaction(LineTransaction[ExchangeSimForm]):
    """C3 换卡/补卡."""

    means: ClassVar = {
        **meant(("换卡", "hk", "exchange sim"), why="exchange"),
        **meant(("补卡", "bk", "replace sim"), why="lost"),
    }
    form = ExchangeSimForm
    states = ("active", "suspended")
    reversal = ON_THE_SPOT
    touched = ("card",)
    instead = say("Exchange the card once more.")
    empty: ClassVar = {
        "F8": say("No credit is given: the card is paid at once."),
        "A3": say("A card earns no points, and tenure runs on."),
        "A4": NO_PARTNER,
        "B1": say("Bills follow the subscription, whatever its card is."),
        "B2": NO_SHARE,
    }

    def look(self, run: Run, form: ExchangeSimForm, line: Line) -> None:
        """The line may have another card, for this reason and for who asks; the card fits, and is held."""
        with run.beside("number"):
            _stopped_for(run, form, line)
        if form.why in ("lost", "broken"):
            _in_person(run, form, line)
        if form.lift and form.why == "lost" and run.products.cause(line.subscription.id, LOSS) is None:
            run.errors.setdefault("lift", say("No loss is reported: there is nothing to lift."))
        if not form.iccid:
            return
        with run.beside("iccid"):
            line.more = _hold(run, form.iccid)
            run.notes["iccid"] = say("Card of kind {kind}", kind=card_kinds(line.more))
            _must_fit(run, line, line.more)

    def touches(self, run: Run, form: ExchangeSimForm, line: Line) -> tuple[str, ...]:
        """The card; and the loss, where that is lifted with it."""
        return (*self.touched, f"stop:{LOSS}") if _lifts(form) else self.touched

    def price(self, run: Run, form: ExchangeSimForm, line: Line) -> Quote:
        """The card, and the handling of a loss; nothing for a card that does not work (domain-facts 6)."""
        charged = CHARGED.get(form.why or "", set[str]())
        quote = super().price(run, form, line)
        return replace(quote, lines=tuple(priced for priced in quote.lines if priced.item in charged))

    def priced(self, form: ExchangeSimForm, order: Mapping[str, Any], books: Books) -> Priced | None:
        """As `price`: what is charged for that reason."""
        found = super().priced(form, order, books)
        return found and replace(found, items=frozenset(CHARGED.get(form.why or "", ())))

    def act(self, run: Run, form: ExchangeSimForm, line: Line) -> None:
        """The card is sold to the subscription, written first if it is blank, and the network is told."""
        subscription = line.subscription
        card = _sell(run, form.iccid, subscription)
        element = run.network.element_of(line.number)
        run.network.order("change_sim", element, msisdn=line.number, imsi=subscription.imsi, new_imsi=card.imsi)
        run.network.forward_again(subscription.id, element, line.number)
        if _lifts(form):
            _lift(run, subscription, card.imsi)
        run.behaviour.watch(line.customer.id)
        line.more = card

    def about(self, run: Run, form: ExchangeSimForm, line: Line) -> tuple[Fact, ...]:
        """Both cards stand on the paper."""
        card: SimCard = line.more
        blank = ((say("Blank card"), form.iccid),) if form.iccid != card.iccid else ()
        return ((say("Old card"), line.subscription.iccid), (say("New card"), card.iccid), *blank)

    def advice(self, run: Run, form: ExchangeSimForm, line: Line) -> tuple[Message, ...]:
        """Until when the old card works, why it was given up, and what does not move."""
        works = say("The old card works until the network confirms the new one, as a rule within minutes.")
        stopped = say("The line is still stopped: the loss report is lifted by resuming it (C6).")
        return (
            works,
            say("What is stored on the old card does not move to the new one."),
            *((stopped,) if line.subscription.state == "suspended" and not _lifts(form) else ()),
            *((LIFTED,) if _lifts(form) else ()),
        )

    def facts(self, run: Run, form: ExchangeSimForm, line: Line) -> dict[str, Any]:
        """The new card."""
        return {**super().facts(run, form, line), "iccid": line.more.iccid, "imsi": line.more.imsi}

    def finish(self, run: Run, order: ProductOrder) -> None:
        """竣工: the new card is in use, the old one void; what became of it is noted."""
        form = self.form_of(order)
        subscription = run.products.owned(str(order.subscription_id))
        old, card = subscription.iccid, run.resources.card_named(form.iccid)
        run.resources.put_into_use(iccid=card.iccid)
        subscription = run.products.change_subscription(subscription, iccid=card.iccid, imsi=card.imsi)
        run.resources.void(old, "returned" if form.returned else form.why)
        if _lifts(form):
            _follow_causes(run, subscription)
        run.network.done()
        run.statistics.count("changed", order.amount)
        run.service.call_back(subscription.customer_id, FOLLOW_UP_DAYS.of(run.context.tx, self.code), self.code)

    def cancel(self, run: Run, order: ProductOrder) -> None:
        """The network never had it: the new card goes into stock; a blank one stays written, as a card of its kind."""
        run.resources.take_back(iccid=run.resources.card_named(self.form_of(order).iccid).iccid)
        run.products.cancel_suspension(order.id)

    def reverse(self, run: Run, order: ProductOrder) -> bool:
        """On the spot: the network is to have the old card again, and the loss that was lifted with it."""
        subscription = run.products.owned(str(order.subscription_id))
        old = run.resources.give_again(run.products.value_before(order.id, "iccid"), subscription.id)
        element = run.network.element_of(subscription.number)
        run.network.order("change_sim", element, msisdn=subscription.number, imsi=subscription.imsi, new_imsi=old.imsi)
        run.network.forward_again(subscription.id, element, subscription.number)
        before = extent_of(run.products.causes(subscription.id))
        if run.products.cancel_suspension(order.id) is not None:
            run.network.bar(subscription, before, extent_of(run.products.causes(subscription.id)), old.imsi)
        run.service.call_no_more(order.id)
        return True

    def finish_reversal(self, run: Run, order: ProductOrder) -> None:
        """The network has the old card: it is in use, and the new one, taken back, is void."""
        subscription = run.products.owned(str(order.subscription_id))
        new, old = subscription.iccid, run.products.value_before(str(order.reverses), "iccid")
        imsi = run.products.value_before(str(order.reverses), "imsi")
        run.resources.put_into_use(iccid=old)
        subscription = run.products.change_subscription(subscription, iccid=old, imsi=imsi)
        run.resources.void(new, "returned")
        _follow_causes(run, subscription)
        run.network.done()

    def titled(self, values: Mapping[str, Any]) -> Message:
        """An exchange 换卡, or a replacement 补卡 and why."""
        return WHYS.get(self.chosen(values, "why"), self.name)

    # lists and examples

    def choices(self, run: Run, form: ExchangeSimForm, field: str, text: str) -> list[Choice]:
        """The reasons, and the cards that fit the line: paired ones, then blank ones."""
        if field == "why":
            return [Choice(code, label) for code, label in WHYS.items()]
        return _cards(run, self.line(run, form), text) if field == "iccid" else super().choices(run, form, field, text)

    def example(self, run: Run) -> dict[str, Any]:
        """The first line and the first card that go together."""
        subscription, typed = self.example_line(run, state="active")
        for card in run.resources.sims(1, _fitting(run, subscription)):
            return {**typed, "why": "exchange", "returned": "y", "iccid": card.iccid}
        raise OutOfStock(say("No number, plan or card is left to make an example of."))


def _lifts(form: ExchangeSimForm) -> bool:
    """Whether the loss report goes with the new card."""
    return bool(form.lift and form.why == "lost")


def _lift(run: Run, subscription: Subscription, imsi: str) -> None:
    """解挂: the loss is over, and the network lifts what it alone barred, for the new card."""
    known, before = run.products.cause(subscription.id, LOSS), run.products.causes(subscription.id)
    if known is not None:
        run.products.lift(known)
        left = [one for one in before if one.id != known.id]
        run.network.bar(subscription, extent_of(before), extent_of(left), imsi)


def _follow_causes(run: Run, subscription: Subscription) -> None:
    """The subscription is what its causes make it."""
    state = "suspended" if run.products.causes(subscription.id) else "active"
    run.products.change_subscription(subscription, state=state)


def _stopped_for(run: Run, form: ExchangeSimForm, line: Line) -> None:
    """A line that is stopped may have another card when that is because the card is lost, and for nothing else."""
    causes = [one.cause for one in run.products.causes(line.subscription.id)]
    if line.subscription.state == "active" and not causes:
        return
    if causes != ["loss"]:
        raise NotAllowed(say("The number is stopped, and not for loss alone: it must be resumed first (C6)."))
    if form.why and form.why != "lost":
        raise NotAllowed(say("The card is reported as lost: choose lost, or resume the line first."), field="why")


def _in_person(run: Run, form: ExchangeSimForm, line: Line) -> None:
    """A replacement is for the owner in person, with the document that is shown for it; an organisation sends somebody.

    (domain-facts 6; catalogue C3: stricter than an exchange)
    """
    if form.by_agent and line.customer.holder != "organization":
        run.errors.setdefault("by_agent", say("A lost or broken card is replaced for its owner in person only."))
    with run.beside("document_number"):
        if not form.document_number:
            raise NotAllowed(say("A replacement needs the owner's document, shown for this."))
        run.customers.shows(line.customer, form.document_number)


def _hold(run: Run, typed: str) -> str:
    """Hold the card that is typed and no other; answers its kind."""
    if len(typed) == SERIAL:
        run.resources.let_go("sim")
        run.resources.reserve("blank", typed)
        run.resources.next_imsi()
        return run.resources.blank(typed).kind
    run.resources.let_go("blank")
    run.resources.reserve("sim", typed)
    return run.resources.sim(typed).kind


def _sell(run: Run, typed: str, subscription: Subscription) -> SimCard:
    if len(typed) == SERIAL:
        return run.resources.write_held(typed, subscription.id)
    run.resources.sell("sim", typed, subscription.id)
    return run.resources.sim(typed)


def _must_fit(run: Run, line: Line, kind: str) -> None:
    refusal = _refusal(run, line.subscription, kind)
    if refusal is not None:
        raise NotAllowed(refusal)


def _refusal(run: Run, subscription: Subscription, kind: str) -> Message | None:
    """Why a kind of card is not for a subscription: prepaid cards are for prepaid plans, its services may need STK."""
    if (kind == PREPAID) != (run.products.product(subscription.plan).pay_type == PREPAID):
        return say("Prepaid cards are for prepaid plans, and no others.")
    try:
        run.resources.kind_must_fit(kind, run.products.on(subscription))
    except NotAllowed as refusal:
        return refusal.message
    return None


def _cards(run: Run, line: Line | None, text: str) -> list[Choice]:
    """The cards that can be taken, narrowed by the kind, or by what their number ends with."""
    kinds = _fitting(run, line.subscription) if line else run.resources.kinds_of_sims()
    most = looked_through(run)
    paired = [Choice(card.iccid, card_kinds(card.kind), Message(card.imsi)) for card in run.resources.sims(most, kinds)]
    blanks = [card for card in run.resources.blanks(most) if card.kind in kinds]
    blank = [Choice(card.serial, card_kinds(card.kind), say("blank card")) for card in blanks]
    return narrowed(text, paired)[: run.most - BLANKS_SHOWN] + narrowed(text, blank)[:BLANKS_SHOWN]


def _fitting(run: Run, subscription: Subscription) -> list[str]:
    """The kinds of card that a subscription may have."""
    return [kind for kind in run.resources.kinds_of_sims() if _refusal(run, subscription, kind) is None]
