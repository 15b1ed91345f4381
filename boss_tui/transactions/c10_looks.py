"""What C10 looks at for each thing that it does: the unit, its price, the contract, what comes back, what ends."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace

from boss_tui.answers import Notice, Quote, QuoteLine, Reason
from boss_tui.components.finance import CONTRACT_ITEM
from boss_tui.components.handsets import ITEM
from boss_tui.components.proofs import by_document
from boss_tui.components.tariff import Asked
from boss_tui.forms import Choice, yuan
from boss_tui.process import Run
from boss_tui.transactions import contracts
from boss_tui.transactions.c10_form import HandsetForm
from boss_tui.transactions.lines import Line, identified
from data.errors import NotAllowed
from data.message import Message, both, say
from data.parameters import HANDSET_EXCHANGE_DAYS, HANDSET_RETURN_DAYS
from data.states import state_name
from data.tables.life import Agreement
from data.tables.stock import Handset, HandsetBundle

FEE = "handling_fee"


@dataclass(slots=True)
class Seen:
    """What is known so far: the unit, the one given for it, whose number it is for, the contract that it is sold with,
    the order that sold what comes back, the contracts that end."""

    unit: Handset | None = None
    fresh: Handset | None = None
    line: Line | None = None
    bundle: HandsetBundle | None = None
    sale: str = ""
    ends: list[Agreement] = field(default_factory=list)
    reasons: list[Reason] = field(default_factory=list)

    @property
    def customer_id(self) -> str | None:
        """Whose it is."""
        return self.line.customer.id if self.line else self.unit.customer_id if self.unit else None


def _sell(run: Run, form: HandsetForm, seen: Seen) -> None:
    """Reserve the unit; price it, with its contract if there is one."""
    with run.beside("imei"):
        run.resources.reserve("handset", form.imei)
        seen.unit = run.handsets.unit(form.imei)
        model = run.products.goods(seen.unit.model, "imei")
        name = both(model.name_zh, model.name_en)
        run.notes["imei"] = say("{model}  {colour}", model=name, colour=seen.unit.colour)
    if form.number:
        with run.beside("number"):
            seen.line = _line(run, form.number)
    late = _overdue(run, seen.line) if seen.line else 0
    if late:
        owes = say("{yuan} yuan of bills are overdue: a contract needs a supervisor.", yuan=yuan(late))
        run.notices.append(Notice("notice", owes))
        seen.reasons += run.operators.supervised("arrears", owes) if form.bundle else []
    if form.bundle and seen.unit:
        _contract(run, form, seen, seen.unit)
    if seen.unit:
        run.quote = _price(run, seen, seen.unit)


def _line(run: Run, number: str) -> Line:
    subscription = run.products.subscription(number)
    if subscription.state != "active":
        raise NotAllowed(say("The number is {state}: this can't be done now.", state=state_name(subscription.state)))
    customer = run.customers.owner(subscription.customer_id)
    run.notes["number"] = Message("{text}", {"text": customer.name})
    run.facts["customer_id"] = customer.id
    return Line(subscription, customer, run.accounts.of(subscription.account_id))


def _contract(run: Run, form: HandsetForm, seen: Seen, unit: Handset) -> None:
    """A contract is the number's owner's, who shows who they are; a number has one for a handset at a time."""
    with run.beside("bundle"):
        bundle = run.handsets.bundle(form.bundle, unit.model, seen.line.subscription.plan if seen.line else "")
        run.notes["bundle"] = both(bundle.name_zh, bundle.name_en)
        if seen.line and run.products.bound(seen.line.subscription.id, "handset"):
            raise NotAllowed(say("This number has a handset under contract already."))
        seen.bundle = bundle
    if not form.number:
        run.errors.setdefault("number", say("A contract needs a number."))
    _owner_shows(run, form, seen)


def _overdue(run: Run, line: Line) -> int:
    """Fen of bills that their owner should have paid, on all accounts."""
    theirs = run.accounts.of_customer(line.customer.id)
    return sum(one.amount for account in theirs for one in run.billing.owed(account) if one.days)


def _owner_shows(run: Run, form: HandsetForm, seen: Seen) -> None:
    """A contract is made, and ended, by the number's owner alone."""
    if seen.line is None or identified(run, seen.line, by="document"):
        return
    with run.beside("document_number"):
        if not form.document_number:
            raise NotAllowed(say("Ask for the owner's document."))
        run.customers.shows(seen.line.customer, form.document_number)
        run.proven.add(by_document(seen.line.customer.id))


def _price(run: Run, seen: Seen, unit: Handset) -> Quote:
    """The model's price by rule; with a contract the contract's, its fee, and the prepayment that is held."""
    category = seen.line.customer.category if seen.line else ""
    bundle = seen.bundle
    products = (unit.model, bundle.code) if bundle else (unit.model,)
    lines = run.tariff.price(Asked(products, category)).lines
    if bundle is None or seen.line is None:
        return Quote(lines)
    name = both(bundle.name_zh, bundle.name_en)
    prepay = run.tariff.line(CONTRACT_ITEM, bundle.prepay, resource=bundle.code)
    return Quote((*(_at(line, bundle.price, name) for line in lines), prepay))


def _at(line: QuoteLine, price: int, why: Message) -> QuoteLine:
    return replace(line, amount=price, discount=why) if line.item == ITEM else line


def _exchange(run: Run, form: HandsetForm, seen: Seen) -> None:
    """Another unit of the same model for one that fails within its days."""
    with run.beside("imei"):
        unit = run.handsets.unit(form.imei)
        run.handsets.must_be_within(unit, HANDSET_EXCHANGE_DAYS.of(run.context.tx, "C10"))
        seen.unit = unit
        run.notes["imei"] = run.products.name(unit.model)
    if not form.new_imei:
        run.errors.setdefault("new_imei", say("This field is needed."))
        return
    with run.beside("new_imei"):
        fresh = run.handsets.unit(form.new_imei)
        if seen.unit and fresh.model != seen.unit.model:
            raise NotAllowed(say("Only the same model is given: {model}.", model=run.products.name(seen.unit.model)))
        run.resources.reserve("handset", form.new_imei)
        seen.fresh = fresh


def _take_back(run: Run, form: HandsetForm, seen: Seen) -> None:
    """A unit for its money, within its days: a supervisor allows it. The contract that it was sold with never was: its
    fee and its prepayment go back too."""
    with run.beside("imei"):
        unit = run.handsets.unit(form.imei)
        run.handsets.must_be_within(unit, HANDSET_RETURN_DAYS.of(run.context.tx, "C10"))
        seen.unit = unit
        seen.sale = run.handsets.sale_of(unit)
        paid = run.handsets.paid_for(unit)
        run.notes["imei"] = say("{model}  paid {yuan}", model=run.products.name(unit.model), yuan=yuan(paid))
        goods = run.tariff.line(ITEM, -paid, resource=unit.model, source=seen.sale)
        run.quote = Quote((goods, *_contract_back(run, seen, unit)))
    seen.reasons += run.operators.supervised("return", say("A handset is taken back for its money."))


def _contract_back(run: Run, seen: Seen, unit: Handset) -> list[QuoteLine]:
    """What was paid for the contract that a unit was sold with: its fee, and what is left of its prepayment."""
    sale = run.handsets.sale_of(unit)
    bound = run.products.bound(unit.subscription_id, contracts.HANDSET) if unit.subscription_id else None
    if bound is None or bound.order_id != sale:
        return []
    seen.ends = [bound]
    account = run.products.owned(bound.subscription_id).account_id
    fee, left = run.finance.brought(sale, FEE), contracts.left_of(run, bound)
    prepaid = run.tariff.line(CONTRACT_ITEM, -left, bucket_id=run.accounts.gift(account).id) if left else None
    return [*([run.tariff.line(FEE, -fee, source=sale)] if fee else []), *([prepaid] if prepaid else [])]


def _end(run: Run, form: HandsetForm, seen: Seen) -> None:
    """Contracts end by themselves (解约): each for its penalty; what is left of a prepayment goes into the balance."""
    if not form.number:
        run.errors.setdefault("number", say("This field is needed."))
        return
    with run.beside("number"):
        seen.line = _line(run, form.number)
        _owner_shows(run, form, seen)
        running = [a for a in _agreed(run, seen.line) if form.bundle in ("", a.product)]
        if not running:
            raise NotAllowed(say("No contract runs on this number that could be ended."))
        seen.ends = running
        lines = [line for agreement in running for line in contracts.ending(run, seen.line, agreement)]
        run.notices += [Notice("notice", contracts.in_words(run, seen.line, agreement)) for agreement in running]
        run.quote = Quote(tuple(lines))


def _agreed(run: Run, line: Line) -> list[Agreement]:
    return [a for a in run.products.agreed(line.subscription.id) if a.kind in (contracts.HANDSET, contracts.PLAN)]


def running(run: Run, form: HandsetForm) -> list[Choice]:
    """The contracts that run on a number."""
    if not form.number:
        return []
    line = _line(run, form.number)
    return [Choice(a.product, contracts.in_words(run, line, a)) for a in _agreed(run, line)]


LOOKS: dict[str, Callable[[Run, HandsetForm, Seen], None]] = {
    "sell": _sell,
    "exchange": _exchange,
    "return": _take_back,
    "end": _end,
}
