"""What a plan binds to, for every business that begins one: C1, C4.3, C8. What ending a contract costs and gives back,
for every business that ends one: C4.3, C8, C9, C10 (domain-facts 8, 9).

A plan's contract costs a part of what is left of its days. A handset's costs the difference to the price without a
contract and a part of what is left of its prepayment; the rest of that prepayment is the customer's then, and its
months come no more. What an order ended goes on when that order is taken back.
"""

from __future__ import annotations

import json
from datetime import date

from msgspec.structs import replace

from boss_tui.answers.business import Quote, QuoteLine
from boss_tui.business.process import Run
from boss_tui.components.finance.finance import CONTRACT_ITEM
from boss_tui.components.invoices.sales import Agreed
from boss_tui.components.products.agreements import binding, penalty
from boss_tui.editions.lines import as_of
from boss_tui.forms.typed import yuan
from boss_tui.transactions.lines import Line
from data.message import Message, both, say
from data.statements import instance, table_name
from data.tables.life import Agreement, ScheduledAct
from data.tables.order import ProductOrder
from data.tables.product import Product
from data.tables.stock import HandsetBundle

HANDSET, PLAN = "handset", "plan"
SELLS = "C10"
"""The business whose price rule says what a handset costs without a contract, and whose dated acts give it back."""
PENALTIES = {PLAN: "plan_penalty"}
PENALTY, PREPAYMENT = "contract_penalty", "prepayment"
ENDED = say("The contract was ended.")


# how a plan's begins


def with_terms(quote: Quote, plan: Product, first: date) -> Quote:
    """The quote of a plan, with what it binds to from its first day on."""
    return replace(quote, terms=(*quote.terms, *binding(plan, quote.monthly_of(plan.code), first)))


def agreed(plan: Product, quote: Quote) -> Agreed | None:
    """What the customer signs for who takes a plan that binds, from the day on which it works."""
    fee = quote.monthly_of(plan.code)
    if not plan.contract_months:
        return None
    return Agreed(
        both(plan.name_zh, plan.name_en),
        plan.contract_months,
        say("The plan is kept until the last day, at {yuan} yuan a month.", yuan=yuan(fee)),
        say(
            "Ending it early costs {percent} % of what is left of {yuan} yuan.",
            percent=plan.penalty_percent,
            yuan=yuan(plan.contract_months * fee),
        ),
    )


def begin(run: Run, order: ProductOrder) -> None:
    """The plan that a line has from today on binds, if it did on the day of its order, when its terms were signed: to
    what is charged for it each month."""
    line = run.products.owned(str(order.subscription_id))
    plan = _as_signed(run, line.plan, order.business_date)
    value, percent = plan.contract_months * run.billing.fee(line.id, plan.code), plan.penalty_percent
    run.products.bind(line, PLAN, plan.contract_months, product=plan.code, value=value, penalty_percent=percent)


def follow(run: Run, order: ProductOrder) -> None:
    """A line has another plan from today on: the contract of the one before ends, and that of the new one begins."""
    run.products.unbind(str(order.subscription_id), PLAN)
    begin(run, order)


def _as_signed(run: Run, code: str, day: str) -> Product:
    """A plan as it stood on a business date."""
    signed = as_of(run.context.tx, table_name(Product), (code,), day) if day < run.context.business_date else None
    return instance(Product, signed) if signed else run.products.product(code)


# how contracts end


def share(bundle: HandsetBundle, month: int) -> int:
    """Fen of a contract's prepayment that come back in a month, the first being 1; the last one takes what is left."""
    each = bundle.prepay // bundle.months
    return bundle.prepay - each * (bundle.months - 1) if month == bundle.months else each


def left_of(run: Run, agreement: Agreement) -> int:
    """Fen of a handset's prepayment that were not given back yet: the month that waits, and those after it."""
    act = _waits(run, agreement)
    if act is None:
        return 0
    bundle, next_one = run.handsets.contract(agreement.product), int(json.loads(act.parameters)["month"])
    return sum(share(bundle, month) for month in range(next_one, bundle.months + 1))


def _waits(run: Run, agreement: Agreement) -> ScheduledAct | None:
    """The dated act that gives the next month of it back."""
    acts = [act for act in run.processes.waiting(agreement.subscription_id) if act.business == SELLS]
    return next((act for act in acts if json.loads(act.parameters).get("bundle") == agreement.product), None)


def penalty_of(run: Run, line: Line, agreement: Agreement) -> int:
    """What ending a contract costs today, in fen."""
    if agreement.kind != HANDSET:
        return penalty(agreement, run.context.today)
    model = run.handsets.contract(agreement.product).model
    retail = run.tariff.rate(HANDSET, line.customer.category, SELLS, model)
    return run.handsets.early_end(agreement, retail, left_of(run, agreement))


def penalty_line(run: Run, agreement: Agreement, due: int) -> QuoteLine:
    """The line of a penalty."""
    return run.tariff.line(PENALTIES.get(agreement.kind, PENALTY), due)


def ending(run: Run, line: Line, agreement: Agreement) -> list[QuoteLine]:
    """A contract that ends while its number goes on: its penalty, and the rest of its prepayment into the balance."""
    due = penalty_of(run, line, agreement)
    return [*([penalty_line(run, agreement, due)] if due else []), *rest_into_balance(run, line, agreement)]


def rest_into_balance(run: Run, line: Line, agreement: Agreement) -> list[QuoteLine]:
    """What is left of a contract's prepayment, out of the bucket that holds it into the balance."""
    left = left_of(run, agreement) if agreement.kind == HANDSET else 0
    if not left:
        return []
    held, balance = run.accounts.gift(line.account.id), run.accounts.bucket(line.account.id, "prepaid")
    label = say("Rest of the contract's prepayment")
    return [
        run.tariff.line(CONTRACT_ITEM, -left, bucket_id=held.id, label=label),
        run.tariff.line(PREPAYMENT, left, bucket_id=balance.id, label=say("Into the balance")),
    ]


def name_of(run: Run, agreement: Agreement) -> Message:
    """What a contract is called: the handset's bundle, or the plan."""
    if agreement.kind != HANDSET:
        return run.products.name(agreement.product)
    bundle = run.handsets.contract(agreement.product)
    return both(bundle.name_zh, bundle.name_en)


def in_words(run: Run, line: Line, agreement: Agreement) -> Message:
    """Until when a contract runs, and what ending it costs."""
    due = yuan(penalty_of(run, line, agreement))
    return say("A contract runs until {day}: ending it costs {yuan}.", day=agreement.ends_on, yuan=due)


def end(run: Run, agreement: Agreement) -> None:
    """It ends now, and what was to come of it comes no more."""
    if agreement.kind == HANDSET:
        bundle = {"bundle": agreement.product}
        run.processes.unschedule(agreement.subscription_id, SELLS, ENDED, **bundle)
    run.products.unbind(agreement.subscription_id, agreement.kind)


def goes_on(run: Run, order_id: str, subscription_id: str) -> None:
    """The order that ended contracts is taken back: they run on, and their months come again."""
    run.products.bind_again(order_id)
    run.processes.set_again(subscription_id, ENDED)
