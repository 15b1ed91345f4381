"""What C10 looks at for each thing that it does: the unit, its price, the contract, what comes back, what ends."""

from __future__ import annotations

from collections.abc import Callable

from msgspec import Struct, field
from msgspec.structs import replace

from boss_tui.answers.business import Notice, Quote, QuoteLine, Reason
from boss_tui.business.process import Run
from boss_tui.components.finance.finance import CONTRACT_ITEM
from boss_tui.components.identity.proofs import by_document
from boss_tui.components.resources.handsets import ITEM
from boss_tui.components.resources.number_locks import must_stay
from boss_tui.components.tariff.tariff import PriceQuery
from boss_tui.forms.fields import Choice
from boss_tui.forms.typed import yuan
from boss_tui.transactions import contracts
from boss_tui.transactions.c10.form import HandsetForm
from boss_tui.transactions.lines import Line, identified
from data.errors import NotAllowed
from data.message import Message, both, say
from data.parameters import HANDSET_EXCHANGE_DAYS, HANDSET_RETURN_DAYS
from data.states import state_name
from data.tables.life import Agreement
from data.tables.stock import Handset, HandsetBundle

FEE = "handling_fee"


class HandsetCase(Struct):
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


def _sell(run: Run, form: HandsetForm, case: HandsetCase) -> None:
    """Reserve the unit; price it, with its contract if there is one."""
    with run.beside("imei"):
        run.resources.reserve("handset", form.imei)
        case.unit = run.handsets.unit(form.imei)
        model = run.products.goods(case.unit.model, "imei")
        name = both(model.name_zh, model.name_en)
        run.notes["imei"] = say("{model}  {colour}", model=name, colour=case.unit.colour)
    if form.number:
        with run.beside("number"):
            case.line = _line(run, form.number)
    late = _overdue(run, case.line) if case.line else 0
    if late:
        owes = say("{yuan} yuan of bills are overdue: a contract needs a supervisor.", yuan=yuan(late))
        run.notices.append(Notice("notice", owes))
        case.reasons += run.operators.supervised("arrears", owes) if form.bundle else []
    if form.bundle and case.unit:
        _contract(run, form, case, case.unit)
    if case.unit:
        run.quote = _price(run, case, case.unit)


def _line(run: Run, number: str) -> Line:
    subscription = run.products.subscription(number)
    if subscription.state != "active":
        raise NotAllowed(say("The number is {state}: this can't be done now.", state=state_name(subscription.state)))
    customer = run.customers.owner(subscription.customer_id)
    run.notes["number"] = Message("{text}", {"text": customer.name})
    run.facts["customer_id"] = customer.id
    return Line(subscription, customer, run.accounts.of(subscription.account_id))


def _contract(run: Run, form: HandsetForm, case: HandsetCase, unit: Handset) -> None:
    """A contract is the number's owner's, who shows who they are; a number has one for a handset at a time."""
    with run.beside("bundle"):
        bundle = run.handsets.bundle(form.bundle, unit.model, case.line.subscription.plan if case.line else "")
        run.notes["bundle"] = both(bundle.name_zh, bundle.name_en)
        if case.line and run.products.bound(case.line.subscription.id, "handset"):
            raise NotAllowed(say("This number has a handset under contract already."))
        if case.line:
            must_stay(run.context.tx, case.line.number)
        case.bundle = bundle
    if not form.number:
        run.errors.setdefault("number", say("A contract needs a number."))
    _owner_shows(run, form, case)


def _overdue(run: Run, line: Line) -> int:
    """Fen of bills that their owner should have paid, on all accounts."""
    theirs = run.accounts.of_customer(line.customer.id)
    return sum(one.amount for account in theirs for one in run.billing.owed(account) if one.days)


def _owner_shows(run: Run, form: HandsetForm, case: HandsetCase) -> None:
    """A contract is made, and ended, by the number's owner alone."""
    if case.line is None or identified(run, case.line, by="document"):
        return
    with run.beside("document_number"):
        if not form.document_number:
            raise NotAllowed(say("Ask for the owner's document."))
        run.customers.shows(case.line.customer, form.document_number)
        run.proven.add(by_document(case.line.customer.id))


def _price(run: Run, case: HandsetCase, unit: Handset) -> Quote:
    """The model's price by rule; with a contract the contract's, its fee, and the prepayment that is held."""
    category = case.line.customer.category if case.line else ""
    bundle = case.bundle
    products = (unit.model, bundle.code) if bundle else (unit.model,)
    lines = run.tariff.price(PriceQuery(products, category)).lines
    if bundle is None or case.line is None:
        return Quote(lines)
    name = both(bundle.name_zh, bundle.name_en)
    prepay = run.tariff.line(CONTRACT_ITEM, bundle.prepay, resource=bundle.code)
    return Quote((*(_at(line, bundle.price, name) for line in lines), prepay))


def _at(line: QuoteLine, price: int, why: Message) -> QuoteLine:
    return replace(line, amount=price, discount=why) if line.item == ITEM else line


def _exchange(run: Run, form: HandsetForm, case: HandsetCase) -> None:
    """Another unit of the same model for one that fails within its days."""
    with run.beside("imei"):
        unit = run.handsets.unit(form.imei)
        run.handsets.must_be_within(unit, HANDSET_EXCHANGE_DAYS.of(run.context.tx, "C10"))
        case.unit = unit
        run.notes["imei"] = run.products.name(unit.model)
    if not form.new_imei:
        run.errors.setdefault("new_imei", say("This field is needed."))
        return
    with run.beside("new_imei"):
        fresh = run.handsets.unit(form.new_imei)
        if case.unit and fresh.model != case.unit.model:
            raise NotAllowed(say("Only the same model is given: {model}.", model=run.products.name(case.unit.model)))
        run.resources.reserve("handset", form.new_imei)
        case.fresh = fresh


def _take_back(run: Run, form: HandsetForm, case: HandsetCase) -> None:
    """A unit for its money, within its days: a supervisor allows it. The contract that it was sold with never was: its
    fee and its prepayment go back too."""
    with run.beside("imei"):
        unit = run.handsets.unit(form.imei)
        run.handsets.must_be_within(unit, HANDSET_RETURN_DAYS.of(run.context.tx, "C10"))
        case.unit = unit
        case.sale = run.handsets.sale_of(unit)
        paid = run.handsets.paid_for(unit)
        run.notes["imei"] = say("{model}  paid {yuan}", model=run.products.name(unit.model), yuan=yuan(paid))
        goods = run.tariff.line(ITEM, -paid, resource=unit.model, source=case.sale)
        run.quote = Quote((goods, *_contract_back(run, case, unit)))
    case.reasons += run.operators.supervised("return", say("A handset is taken back for its money."))


def _contract_back(run: Run, case: HandsetCase, unit: Handset) -> list[QuoteLine]:
    """What was paid for the contract that a unit was sold with: its fee, and what is left of its prepayment."""
    sale = run.handsets.sale_of(unit)
    bound = run.products.bound(unit.subscription_id, contracts.HANDSET) if unit.subscription_id else None
    if bound is None or bound.order_id != sale:
        return []
    case.ends = [bound]
    account = run.products.owned(bound.subscription_id).account_id
    fee, left = run.finance.brought(sale, FEE), contracts.left_of(run, bound)
    prepaid = run.tariff.line(CONTRACT_ITEM, -left, bucket_id=run.accounts.gift(account).id) if left else None
    return [*([run.tariff.line(FEE, -fee, source=sale)] if fee else []), *([prepaid] if prepaid else [])]


def _end(run: Run, form: HandsetForm, case: HandsetCase) -> None:
    """Contracts end by themselves (解约): each for its penalty; what is left of a prepayment goes into the balance."""
    if not form.number:
        run.errors.setdefault("number", say("This field is needed."))
        return
    with run.beside("number"):
        case.line = _line(run, form.number)
        _owner_shows(run, form, case)
        running = [a for a in _agreed(run, case.line) if form.bundle in ("", a.product)]
        if not running:
            raise NotAllowed(say("No contract runs on this number that could be ended."))
        case.ends = running
        lines = [line for agreement in running for line in contracts.ending(run, case.line, agreement)]
        run.notices += [Notice("notice", contracts.in_words(run, case.line, agreement)) for agreement in running]
        run.quote = Quote(tuple(lines))


def _agreed(run: Run, line: Line) -> list[Agreement]:
    return [a for a in run.products.agreed(line.subscription.id) if a.kind in (contracts.HANDSET, contracts.PLAN)]


def running(run: Run, form: HandsetForm) -> list[Choice]:
    """The contracts that run on a number."""
    if not form.number:
        return []
    line = _line(run, form.number)
    return [Choice(a.product, contracts.in_words(run, line, a)) for a in _agreed(run, line)]


LOOKS: dict[str, Callable[[Run, HandsetForm, HandsetCase], None]] = {
    "sell": _sell,
    "exchange": _exchange,
    "return": _take_back,
    "end": _end,
}
