"""C10 购买/换机身 handsets: sold by IMEI, alone or with a contract; exchanged under warranty; taken back.

Anybody may buy one. With a contract it is for a number whose owner shows their document: the price is lower, and a
prepayment is held (account 2208, the account's gift bucket) that becomes prepaid money month by month, by dated acts.
A unit comes back within 7 days for its money, within 15 for another of the same model. The network has no part in it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import timedelta
from typing import Any, ClassVar

from boss_tui.answers.business import Qualification, Tender
from boss_tui.business.priced import Books, Priced
from boss_tui.business.process import Done, Run, Transaction, meant
from boss_tui.business.reversal import Reversal
from boss_tui.components.customers.applicant import Applicant
from boss_tui.components.customers.parties import CUSTOMER, Party
from boss_tui.components.invoices.sales import Agreed, Sale
from boss_tui.components.products.agreements import months_after
from boss_tui.components.resources.handsets import ITEM
from boss_tui.components.tariff.tariff import PriceQuery
from boss_tui.components.tenders.taken import Taken
from boss_tui.components.wording import spaced
from boss_tui.forms.choosing import narrowed
from boss_tui.forms.fields import Choice
from boss_tui.forms.typed import yuan
from boss_tui.transactions import contracts
from boss_tui.transactions.c10.form import HandsetForm
from boss_tui.transactions.c10.looks import LOOKS, HandsetCase, running
from boss_tui.transactions.lines import Fact, find_lines, subject
from boss_tui.transactions.lists import looked_through
from data.errors import NotAllowed, OutOfStock
from data.message import Message, both, say
from data.parameters import COMMISSION_RATE, FEN_A_POINT, FOLLOW_UP_DAYS, HANDSET_EXCHANGE_DAYS, HANDSET_RETURN_DAYS
from data.tables.order import ProductOrder
from data.tables.stock import Handset, HandsetBundle

NOBODY = say("Bearer")
_NAMES = {
    "sell": say("Sell a handset"),
    "exchange": say("Exchange a handset"),
    "return": say("Take a handset back"),
    "end": say("End a contract"),
}


class HandsetTransaction(Transaction[HandsetForm, HandsetCase]):
    """C10 购买/换机身."""

    means: ClassVar = {
        **meant(("购买机身", "gj"), action="sell"),
        **meant(("换机身", "hj"), action="exchange"),
        **meant(("解约", "jy"), action="end"),
    }
    form = HandsetForm
    reversal = Reversal("day")
    binds = True
    empty: ClassVar = {
        "F8": say("A handset is paid at once, with a contract too: no credit is given."),
        "F10": say("The network serves any handset: no element has to act."),
    }

    def fill(self, run: Run, form: HandsetForm) -> HandsetCase:
        """Find the unit and who it is for; reserve and price it, or see whether it may come back."""
        case = HandsetCase()
        action = form.action or "sell"
        if action != "sell" and not (form.reason or "").strip():
            run.errors["reason"] = say("Say why.")
        if form.imei or action == "end":
            LOOKS[action](run, form, case)
        elif form.imei is not None:
            run.errors["imei"] = say("This field is needed.")
        asked = subject(run, case.line) if case.line else Applicant()
        reasons = [*run.operators.may(max(0, run.quote.due)), *case.reasons, *run.eligibility.ask(asked).reasons]
        if action != "exchange":
            reasons += run.finance.ready()
        run.qualification = Qualification(tuple(reasons))
        return case

    def limited_by(self, form: HandsetForm, order: Mapping[str, Any]) -> int:
        """What is taken in."""
        return max(0, int(order["amount"]))

    def supervised(self, form: HandsetForm) -> bool:
        """A unit that is taken back for its money."""
        return form.action == "return"

    def priced(self, form: HandsetForm, order: Mapping[str, Any], books: Books) -> Priced | None:
        """A unit that is sold: its model's price, or with a contract the contract's, and its fee."""
        unit = books.row(Handset, form.imei) if form.action == "sell" and not form.month else None
        if unit is None:
            return None
        bundle = books.row(HandsetBundle, form.bundle) if form.bundle else None
        if bundle is None:
            return Priced((unit["model"],))
        return Priced((unit["model"], bundle["code"]), instead={ITEM: bundle["price"]})

    def perform(self, run: Run, form: HandsetForm, case: HandsetCase | None, tenders: Sequence[Tender]) -> Done:
        """Money, units, contract, papers: in one transaction."""
        if case is None or (case.unit is None and not case.ends):
            raise NotAllowed(say("The form is not complete."))
        held = {2: run.accounts.gift(case.line.account.id).id} if case.line and case.bundle else {}
        taken = run.finance.take(run.quote, tenders, held) if run.quote.lines else Taken("", 0, 0, 0, ())
        _ACTS[form.action](run, form, case)
        customer_id = case.customer_id
        name: str | Message = run.customers.owner(customer_id).name if customer_id else form.buyer or NOBODY
        bound = Party(customer_id, name, say("Buyer") if form.action == "sell" else CUSTOMER)
        title, agreed = self.titled(vars(form)), _agreed(run, case)
        sale = Sale(
            customer_id,
            name,
            title,
            _about(run, form, case),
            run.quote,
            taken,
            _advice(run, form, case),
            (bound,),
            corrects=case.sale,
            reason=form.reason,
            agreed=agreed,
            clauses=run.content.clauses() if agreed else (),
        )
        whole = _whole_sale(run, form, -taken.due)
        run.statistics.count("reversed" if whole else "accepted", taken.due)
        papers = tuple(run.documents.red_letter(form.reason, taken, whole.id)) if whole else run.documents.of(sale)
        owned = case.unit.subscription_id if case.unit else None
        subscription_id = case.line.subscription.id if case.line else owned
        facts = {"imei": form.imei, "new_imei": form.new_imei}
        return Done(customer_id, subscription_id, "completed", taken.due, taken.tendered, taken.change, papers, facts)

    def titled(self, values: Mapping[str, Any]) -> Message:
        """Sold, exchanged or taken back."""
        return _NAMES.get(self.chosen(values, "action"), self.name)

    def finish(self, run: Run, order: ProductOrder) -> None:
        """A buyer whom we know is called after some days, and earns points; what came back whole was no sale."""
        form = self.form_of(order)
        whole = _whole_sale(run, form, -order.amount)
        if whole:
            run.processes.takes_back(order, whole)
        if form.action == "sell" and order.customer_id and not form.month:
            run.service.call_back(order.customer_id, FOLLOW_UP_DAYS.of(run.context.tx, self.code), self.code)
            run.loyalty.award(order.customer_id, order.amount // FEN_A_POINT.of(run.context.tx, self.code), self.code)

    def due(self, run: Run, order: ProductOrder) -> bool:
        """A month's part of the prepayment is the customer's (domain-facts 9); the next one is set."""
        form = self.form_of(order)
        subscription = run.products.owned(str(order.subscription_id))
        if run.products.was_terminated(subscription.id, form.bundle):
            raise NotAllowed(say("The contract was ended."))
        bundle = run.handsets.contract(form.bundle)
        account = subscription.account_id
        held, prepaid = run.accounts.gift(account), run.accounts.bucket(account, "prepaid")
        run.finance.release(contracts.share(bundle, form.month), held.id, prepaid.id)
        if form.month < bundle.months:
            _next_month(run, subscription.id, form.imei, bundle, form.month + 1)
        return False

    def reverse(self, run: Run, order: ProductOrder) -> bool:
        """Goods back on the same day: units, contract, points and what was to be given back; an ended one goes on."""
        form = self.form_of(order)
        if form.action in ("sell", "exchange"):
            run.handsets.reverse_sale(order.id)
        if form.action in ("return", "exchange"):
            run.handsets.reverse_return(run.handsets.unit(form.imei))
        if form.action in ("return", "end") and order.subscription_id:
            contracts.goes_on(run, order.id, order.subscription_id)
        if form.action == "sell" and form.bundle and order.subscription_id:
            run.products.reverse_contracts(order.subscription_id, order.id)
            run.processes.unschedule(order.subscription_id, self.code, say("The handset came back."))
        if form.action == "sell" and order.customer_id:
            run.loyalty.reverse(order.id, self.code)
        return False

    def choices(self, run: Run, form: HandsetForm, field: str, text: str) -> list[Choice]:
        """What may be done, units in stock, numbers, the model's contracts."""
        if field == "action":
            return [Choice(action, name) for action, name in _NAMES.items()]
        if field in {"imei", "new_imei"}:
            return narrowed(text, _stock(run))[: run.most]
        if field == "number":
            return find_lines(run, text)
        if field == "bundle" and form.action == "end":
            return running(run, form)
        if field == "bundle" and form.imei:
            return [_bundle(bundle) for bundle in run.handsets.bundles(run.handsets.unit(form.imei).model)]
        return []

    def example(self, run: Run) -> dict[str, Any]:
        """The first unit in stock, for nobody in particular."""
        for unit in run.handsets.in_stock():
            return {"action": "sell", "imei": unit.imei}
        raise OutOfStock(say("No handset is left to make an example of."))


def _sold(run: Run, form: HandsetForm, case: HandsetCase) -> None:
    line = case.line
    unit = run.resources.sell("handset", form.imei, line.subscription.id if line else None)
    run.handsets.hand_over(unit, line.customer.id if line else None)
    bundle = case.bundle
    if bundle and line:
        run.products.bind(
            line.subscription,
            "handset",
            bundle.months,
            product=bundle.code,
            value=bundle.prepay,
            penalty_percent=bundle.penalty_percent,
        )
        _next_month(run, line.subscription.id, form.imei, bundle, 1)
    if line:
        run.behaviour.watch(line.customer.id)
    rate = COMMISSION_RATE.of(run.context.tx, "C10")
    run.settlement.owe(run.partners.channel(), "commission", run.quote.due * rate // 10_000)


def _next_month(run: Run, subscription_id: str, imei: str, bundle: HandsetBundle, month: int) -> None:
    """Let the next part of the prepayment come a month from now (domain-facts 9: 1/12 a month)."""
    day = months_after(run.context.today, 1) + timedelta(days=1)
    form = {"imei": imei, "bundle": bundle.code, "month": month}
    run.processes.schedule(subscription_id, day, form, touches=())


def _exchanged(run: Run, form: HandsetForm, case: HandsetCase) -> None:
    old = case.unit
    if old is None or case.fresh is None:
        raise NotAllowed(say("The form is not complete."))
    unit = run.resources.sell("handset", form.new_imei, old.subscription_id, "new_imei")
    run.handsets.hand_over(unit, old.customer_id, old.sold_on)
    run.handsets.come_back(old, "faulty" if form.faulty else "returned")


def _returned(run: Run, form: HandsetForm, case: HandsetCase) -> None:
    if case.unit:
        run.handsets.come_back(case.unit, "faulty" if form.faulty else "returned")
    _ended(run, form, case)


def _ended(run: Run, _form: HandsetForm, case: HandsetCase) -> None:
    for agreement in case.ends:
        contracts.end(run, agreement)


def _whole_sale(run: Run, form: HandsetForm, paid: int) -> ProductOrder | None:
    """The sale that a return takes back whole, so that its papers are red-lettered (domain-facts 7); None where other
    things were sold with it, which stay sold."""
    if form.action != "return":
        return None
    sale = run.processes.order(run.handsets.sale_of(run.handsets.unit(form.imei)))
    return sale if sale.amount == paid else None


_ACTS: dict[str, Callable[[Run, HandsetForm, HandsetCase], None]] = {
    "sell": _sold,
    "exchange": _exchanged,
    "return": _returned,
    "end": _ended,
}


def _agreed(run: Run, case: HandsetCase) -> Agreed | None:
    """What the contract that a handset is sold with binds to."""
    bundle = case.bundle
    if bundle is None:
        return None
    back, penalty = _terms(bundle)
    last = months_after(run.context.today, bundle.months)
    return Agreed(
        both(bundle.name_zh, bundle.name_en), bundle.months, back, penalty, run.context.business_date, last.isoformat()
    )


def _terms(bundle: HandsetBundle) -> tuple[Message, Message]:
    """What comes back of a contract's prepayment, and what ending it early costs."""
    each = yuan(contracts.share(bundle, 1))
    back = say(
        "Contract of {months} {months:month|months}: {yuan} yuan of the prepayment come back each month.",
        months=bundle.months,
        yuan=each,
    )
    return back, say(
        "Ending it early costs the difference to the full price and {percent} % of what is left.",
        percent=bundle.penalty_percent,
    )


def _about(run: Run, form: HandsetForm, case: HandsetCase) -> tuple[Fact, ...]:
    about: list[Fact] = [(say("IMEI"), form.imei)] if form.imei else []
    about += [(say("Contract ended"), contracts.name_of(run, agreement)) for agreement in case.ends]
    if case.unit:
        model = run.products.goods(case.unit.model)
        name = both(model.name_zh, model.name_en)
        about.insert(0, (say("Model"), say("{model}  {colour}", model=name, colour=case.unit.colour)))
    if case.bundle:
        about.append((say("Contract"), both(case.bundle.name_zh, case.bundle.name_en)))
    if case.line:
        about.append((say("Number"), spaced(case.line.number)))
    if form.new_imei:
        about.append((say("New IMEI"), form.new_imei))
    if form.reason:
        about.append((say("Reason"), form.reason))
    return tuple(about)


def _advice(run: Run, form: HandsetForm, case: HandsetCase) -> tuple[Message, ...]:
    back, exchange = (days.of(run.context.tx, "C10") for days in (HANDSET_RETURN_DAYS, HANDSET_EXCHANGE_DAYS))
    told = [
        say(
            "Back within {back} {back:day|days}, exchanged within {exchange}: bring unit, accessories and invoice.",
            back=back,
            exchange=exchange,
        )
    ]
    if case.bundle:
        told += _terms(case.bundle)
    return tuple(told) if form.action == "sell" else ()


def _stock(run: Run) -> list[Choice]:
    """The units in stock: IMEI, model, colour and price without a contract."""
    units = run.handsets.in_stock(limit=looked_through(run))
    prices = {model: run.tariff.price(PriceQuery((model,), "")).due for model in {unit.model for unit in units}}
    return [
        Choice(
            unit.imei,
            run.products.name(unit.model),
            say("{colour}  {price} yuan", colour=unit.colour, price=yuan(prices[unit.model])),
        )
        for unit in units
    ]


def _bundle(bundle: HandsetBundle) -> Choice:
    terms = say(
        "{price} now, {prepay} prepaid, {months} {months:month|months}",
        price=yuan(bundle.price),
        prepay=yuan(bundle.prepay),
        months=bundle.months,
    )
    return Choice(bundle.code, both(bundle.name_zh, bundle.name_en), terms)
