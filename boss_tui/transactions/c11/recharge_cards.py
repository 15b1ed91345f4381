"""C11 充值卡 recharge cards: sold by a run of serials, redeemed for a number, exchanged, given back, taken out of sale.

Cards are sold to anybody. Their money is owed as 'recharge cards sold' (2207) until one is redeemed: then it is the
customer's prepayment (2205), and prolongs a prepaid number (domain-facts 9). So the face value of the cards that are
sold and not used is what 2207 holds. A PIN is kept as a keyed hash from the moment it is typed (`data.card_pins`).
Without a link cards are sold; redeemed up to 100 yuan.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any, ClassVar

from msgspec import Struct, field

from boss_tui.answers.business import Qualification, Quote, Reason, Tender
from boss_tui.business.process import Done, Run, Transaction
from boss_tui.business.reversal import Reversal
from boss_tui.business.vault import PROVEN, Vault
from boss_tui.components.customers.applicant import Applicant
from boss_tui.components.finance.finance import CARD_ITEM
from boss_tui.components.invoices.sales import Sale
from boss_tui.components.products.suspending import ARREARS
from boss_tui.components.resources.recharge_cards import last_of
from boss_tui.components.tenders.taken import Taken
from boss_tui.components.wording import masked_name, spaced
from boss_tui.forms.fields import Choice
from boss_tui.forms.typed import folded, wrong, yuan
from boss_tui.transactions.arrears import resume_line
from boss_tui.transactions.c11.form import RechargeCardsForm, is_pin, runs_in
from boss_tui.transactions.lines import Fact, Line, find_lines, subject
from data.errors import NotAllowed, OutOfStock
from data.message import Message, listed, say
from data.parameters import COMMISSION_RATE, OFFLINE_LIMIT
from data.states import state_name
from data.tables.order import ProductOrder
from data.tables.stock import RechargeCard

NOBODY = say("Bearer")
_NAMES = {
    "sell": say("Sell"),
    "redeem": say("Redeem"),
    "exchange": say("Exchange"),
    "return": say("Take back"),
    "damaged": say("Damaged card"),
    "void": say("Void"),
}
_TITLES = {
    "sell": say("Recharge cards sold"),
    "redeem": say("Recharge card redeemed"),
    "exchange": say("Recharge card exchanged"),
    "return": say("Recharge card taken back"),
    "damaged": say("Recharge cards reported damaged"),
    "void": say("Recharge cards made void"),
}
_PUT_ASIDE = {"return": "locked", "damaged": "locked", "void": "void"}
_MONEY = {"sell", "return"}


class CardsCase(Struct):
    """What is known so far: the cards that it is about, run by run of a sale and all together, the fresh one given for
    an old one, whose number it is for."""

    runs: list[list[RechargeCard]] = field(default_factory=list)
    cards: list[RechargeCard] = field(default_factory=list)
    fresh: RechargeCard | None = None
    line: Line | None = None
    reasons: list[Reason] = field(default_factory=list)

    @property
    def value(self) -> int:
        """Fen on the cards."""
        return sum(card.face_value for card in self.cards)


class RechargeCardsTransaction(Transaction[RechargeCardsForm, CardsCase]):
    """C11 充值卡."""

    form = RechargeCardsForm
    reversal = Reversal("day")
    gives_back = True  # cards that are returned
    empty: ClassVar = {
        "F8": say("A card is paid when it is sold: no credit is given."),
        "F10": say("Cards work at the recharge platform from their printing on; no element of ours has to act."),
        "A2": say("What a card's buyer was sold ends with the sale: nobody is to be called back."),
        "A3": say("Points come with bills that are paid, not with money that is paid in ahead."),
        "B1": say("A card fills the balance that usage is charged to; it is no charge itself."),
    }

    def fill(self, run: Run, form: RechargeCardsForm) -> CardsCase:
        """Find the cards, and see whether this may be done with them."""
        case = CardsCase()
        action = form.action or "sell"
        if action != "sell" and (action != "redeem" or form.serial) and not (form.reason or "").strip():
            run.errors["reason"] = say("Say why.")
        _LOOKS[action](run, form, case)
        asked = subject(run, case.line) if case.line else Applicant()
        reasons = [*run.operators.may(case.value), *case.reasons, *run.eligibility.ask(asked).reasons]
        if action in _MONEY:
            reasons += run.finance.ready()
        run.qualification = Qualification(tuple(reasons))
        return case

    def protect(self, values: Mapping[str, Any], vault: Vault) -> dict[str, str]:
        """A PIN is kept as what finds its card."""
        typed = folded(str(values.get("pin") or "")).replace(" ", "")
        if not typed or typed.startswith(PROVEN):
            return {}
        if not is_pin(typed):
            raise wrong("A PIN of 18 digits, from under the coating.")
        return {"pin": vault.card(typed)}

    def supervised(self, form: RechargeCardsForm) -> bool:
        """A card that is taken back for its money, and those that are taken out of sale."""
        return form.action in ("return", "damaged", "void")

    def limited_by(self, form: RechargeCardsForm, order: Mapping[str, Any]) -> int:
        """What is taken in."""
        return max(0, int(order["amount"]))

    def perform(self, run: Run, form: RechargeCardsForm, case: CardsCase | None, tenders: Sequence[Tender]) -> Done:
        """Money, the cards' states, papers, figures: in one transaction."""
        if case is None or not case.cards:
            raise NotAllowed(say("The form is not complete."))
        taken = run.finance.take(run.quote, tenders, {}) if run.quote.lines else Taken("", 0, 0, 0, ())
        self._change(run, form, case)
        run.statistics.count("accepted", taken.due)
        customer = case.line.customer if case.line else None
        name: str | Message = customer.name if customer else NOBODY
        sale = Sale(
            customer.id if customer else None,
            name,
            self.titled(vars(form)),
            _about(form, case),
            run.quote,
            taken,
            _advice(form, case),
        )
        papers = run.documents.of(sale)
        facts = {"serials": [card.serial for card in case.cards], "face_value": case.cards[0].face_value}
        return Done(
            customer.id if customer else None,
            case.line.subscription.id if case.line else None,
            "completed",
            taken.due,
            taken.tendered,
            taken.change,
            papers,
            facts,
        )

    def titled(self, values: Mapping[str, Any]) -> Message:
        """What is done with the cards."""
        return _TITLES.get(self.chosen(values, "action"), self.name)

    @staticmethod
    def _change(run: Run, form: RechargeCardsForm, case: CardsCase) -> None:
        if form.action == "sell":
            run.cards.sell(case.cards)
            channel = run.partners.channel()
            rate = COMMISSION_RATE.of(run.context.tx, "C11")
            run.settlement.owe(channel, "commission", case.value * rate // 10_000)
        elif case.line:
            run.cards.use(case.cards[0], _kept(form.pin)[1])
            _redeem(run, case.line, case.value)
            run.behaviour.watch(case.line.customer.id)
        elif case.fresh:
            run.cards.put_aside(case.cards, "void", form.reason)
            run.cards.sell([case.fresh])
        else:
            run.cards.put_aside(case.cards, _PUT_ASIDE[form.action], form.reason)

    def reverse(self, run: Run, order: ProductOrder) -> bool:
        """Each card is in the state it had; a redeemed one's value leaves the balance again."""
        form = self.form_of(order)
        if form.action == "redeem" and order.subscription_id:
            card = run.cards.used_by(order.id)
            subscription = run.products.owned(order.subscription_id)
            run.finance.recharge(-card.face_value, run.accounts.bucket(subscription.account_id, "prepaid").id)
            run.accounts.shorten(order.id)
        run.cards.restore(order.id)
        return False

    def choices(self, run: Run, form: RechargeCardsForm, field: str, text: str) -> list[Choice]:
        """What may be done, whose number, and the next cards of each face value."""
        if field == "action":
            return [Choice(action, name) for action, name in _NAMES.items()]
        if field == "number":
            return find_lines(run, text)
        if field in {"serial", "new_serial"}:
            return [
                Choice(serial, say("{yuan} yuan", yuan=yuan(value)), say("{count} in stock", count=count))
                for value, serial, count in run.cards.for_sale()
            ]
        return []

    def example(self, run: Run) -> dict[str, Any]:
        """Two cards of the smallest face value."""
        for _, serial, count in run.cards.for_sale():
            if count > 1:
                return {"action": "sell", "serial": serial, "count": "2"}
        raise OutOfStock(say("No recharge card is left to make an example of."))


def _sell(run: Run, form: RechargeCardsForm, case: CardsCase) -> None:
    """An unbroken run out of the stock; its end is computed and shown (domain-facts 9)."""
    if not _given(run, form, "serial") or not form.count:
        return
    with run.beside("serial"):
        case.runs = [run.cards.run_of(form.serial, form.count)]
        run.notes["serial"] = say("to {serial}", serial=last_of(form.serial, form.count))
        run.notes["count"] = _pieces(case.runs[0])
    with run.beside("more"):
        _more(run, form, case)
    case.cards = [card for cards in case.runs for card in cards]
    lines = (
        run.tariff.line(CARD_ITEM, sum(card.face_value for card in cards), resource=cards[0].serial)
        for cards in case.runs
    )
    run.quote = Quote(tuple(lines))


def _more(run: Run, form: RechargeCardsForm, case: CardsCase) -> None:
    """Further runs in the same sale, of other face values as a rule; no card stands in two of them."""
    for serial, count in runs_in(form.more or ""):
        cards = run.cards.run_of(serial, count)
        known = {card.serial for sold in case.runs for card in sold}
        twice = [card.serial for card in cards if card.serial in known]
        if twice:
            raise NotAllowed(say("Card {serial} stands here twice.", serial=twice[0]))
        case.runs.append(cards)
    if len(case.runs) > 1:
        run.notes["more"] = listed(_pieces(cards) for cards in case.runs[1:])


def _pieces(cards: Sequence[RechargeCard]) -> Message:
    """How many, of which value."""
    return say("{count} of {yuan} yuan each", count=len(cards), yuan=yuan(cards[0].face_value))


def _redeem_card(run: Run, form: RechargeCardsForm, case: CardsCase) -> None:
    """By PIN, or by the serial of a card whose PIN can't be read: that a supervisor allows."""
    if _given(run, form, "number"):
        with run.beside("number"):
            case.line = _line(run, form.number)
    if not form.pin and not form.serial:
        run.errors.setdefault("pin", say("Type the PIN; of a card that can't be read the serial."))
        return
    beside = "pin" if form.pin else "serial"
    with run.beside(beside):
        card = run.cards.of_pin(_kept(form.pin)[0]) if form.pin else run.cards.card(form.serial)
        run.cards.must_be_sold(card)
        run.cards.must_be_valid(card)
        case.cards = [card]
        run.notes[beside] = say("{yuan} yuan", yuan=yuan(card.face_value))
    if not form.pin:
        case.reasons += run.operators.supervised("unreadable", say("A card is redeemed without its PIN."))
    limit = OFFLINE_LIMIT.of(run.context.tx, "C11")
    if not run.context.online and case.value > limit:
        case.reasons.append(Reason("link", "no", say("Without a link: up to {limit} yuan.", limit=yuan(limit))))


def _kept(pin: str) -> tuple[str, str]:
    """What a draft keeps of a PIN: what finds its card, and what proves that it was typed."""
    check, _, proof = pin.removeprefix(PROVEN).partition(".")
    return check, proof


def _exchange(run: Run, form: RechargeCardsForm, case: CardsCase) -> None:
    """An unused card around its last day, for a fresh one of the same value."""
    if not _given(run, form, "serial") or not _given(run, form, "new_serial"):
        return
    with run.beside("serial"):
        card = run.cards.card(form.serial)
        run.cards.must_be_sold(card)
        run.cards.must_be_near_its_end(card)
        case.cards = [card]
    with run.beside("new_serial"):
        fresh = run.cards.run_of(form.new_serial, 1)[0]
        if case.cards and fresh.face_value != case.value:
            raise NotAllowed(say("Card {serial} has another face value.", serial=fresh.serial))
        case.fresh = fresh


def _take_back(run: Run, form: RechargeCardsForm, case: CardsCase) -> None:
    """A card that was sold here and never used, for its money: a supervisor allows it."""
    if not _given(run, form, "serial"):
        return
    with run.beside("serial"):
        card = run.cards.card(form.serial)
        run.cards.must_be_sold(card)
        run.cards.must_be_valid(card)
        case.cards = [card]
        run.notes["serial"] = say("{yuan} yuan", yuan=yuan(card.face_value))
        sold = card.sold_order or ""
        run.quote = Quote((run.tariff.line(CARD_ITEM, -card.face_value, resource=card.serial, source=sold),))
    case.reasons += run.operators.supervised("return", say("A card is taken back for its money."))


def _put_aside(run: Run, form: RechargeCardsForm, case: CardsCase) -> None:
    """Cards of the stock that can't be sold any more: a supervisor allows it."""
    if not _given(run, form, "serial") or not form.count:
        return
    with run.beside("serial"):
        case.cards = run.cards.run_of(form.serial, form.count)
        run.notes["serial"] = say("to {serial}", serial=last_of(form.serial, form.count))
    case.reasons += run.operators.supervised("stock", say("Cards are taken out of sale."))


_LOOKS: dict[str, Callable[[Run, RechargeCardsForm, CardsCase], None]] = {
    "sell": _sell,
    "redeem": _redeem_card,
    "exchange": _exchange,
    "return": _take_back,
    "damaged": _put_aside,
    "void": _put_aside,
}


def _given(run: Run, form: RechargeCardsForm, name: str) -> bool:
    """Whether a field that the action needs is filled and right."""
    value = getattr(form, name)
    if value == "":
        run.errors.setdefault(name, say("This field is needed."))
    return bool(value)


def _line(run: Run, number: str) -> Line:
    """The number that gets the value: active, or suspended (what it owes may be why)."""
    subscription = run.products.subscription(number)
    if subscription.state not in {"active", "suspended"}:
        state = state_name(subscription.state)
        raise NotAllowed(say("The number is {state}: this can't be done now.", state=state))
    customer = run.customers.owner(subscription.customer_id)
    run.notes["number"] = Message("{text}", {"text": masked_name(customer.name)})
    run.facts["customer_id"] = customer.id
    return Line(subscription, customer, run.accounts.of(subscription.account_id))


def _redeem(run: Run, line: Line, value: int) -> None:
    """The value into the prepaid bucket; a prepaid number may be used longer (domain-facts 9), and works again where
    arrears had stopped it."""
    run.finance.recharge(value, run.accounts.bucket(line.account.id, "prepaid").id)
    run.accounts.extend(line.subscription, value)
    stopped = (cause.cause for cause in run.products.causes(line.subscription.id))
    resume_line(run, line.subscription, [cause for cause in stopped if cause in ARREARS])


def _about(form: RechargeCardsForm, case: CardsCase) -> tuple[Fact, ...]:
    about: list[Fact] = []
    for cards in case.runs or [case.cards]:
        first, last = cards[0], cards[-1]
        serials = first.serial if first is last else f"{first.serial} - {last.serial}"
        about.append((say("Card serial"), serials))
        about.append((say("Face value"), f"{len(cards)} × {yuan(first.face_value)}"))
    if case.line:
        about.insert(0, (say("Number"), spaced(case.line.number)))
    if case.fresh:
        about.append((say("New card"), case.fresh.serial))
    if form.action != "sell" and form.reason:
        about.append((say("Reason"), form.reason))
    return tuple(about)


def _advice(form: RechargeCardsForm, case: CardsCase) -> tuple[Message, ...]:
    if form.action == "sell":
        day = min(card.valid_to for card in case.cards)
        return (say("The cards can be used until {day}. Keep them like cash.", day=day),)
    return ()
