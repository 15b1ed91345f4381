"""What would happen to a number, or to all numbers of a customer, by credit control on a day; nothing is written.

It says which stage is due, which of its conditions hold, what spares the line and why, and what it was judged by: the
money, the rating, the limit and what of it is lent; what its hall was told last, and what came of that. Source:
catalogue M8; management-facts 4.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from typing import Annotated, Any

from boss_tui.components.base import Context
from boss_tui.components.credit.control_stages import stages_on
from boss_tui.components.credit.credit import Credit
from boss_tui.components.credit.credit_control import CreditControl, Verdict
from boss_tui.components.customers.customers import Customers
from boss_tui.components.products.products import Products
from boss_tui.components.wording import masked_name
from boss_tui.forms.fields import Ask
from boss_tui.forms.form import Form
from boss_tui.forms.typed import yuan
from boss_tui.management.kit.one_form import AMONG
from boss_tui.management.kit.subject import Fact
from data.choices import choice_name
from data.clock import on_the_wall
from data.errors import BadForm, NotFound
from data.message import Message, both, listed, say
from data.statements import table_name
from data.store import Reading
from data.tables.credit import ACTS, ControlStage
from data.tables.credit_control import ControlDone, ControlOrder
from data.tables.order import ProductOrder, Subscription

LAST = 3
"""Orders of credit control that are told of a line."""


class ControlTrialForm(Form):
    """A number, or a document: all numbers of whoever it is of."""

    number: Annotated[str, Ask(say("Number"), "digits", help=say("One line; or by document, all."), length=11)] = ""
    document_number: Annotated[str, Ask(say("Document no."), help=say("All numbers of a customer."), length=30)] = ""


def trial_example(reading: Reading) -> Mapping[str, Any]:
    """A line that is charged by bill, or any, of the first there are."""
    lines = reading.few(Subscription, AMONG, order=("id",))
    living = [line for line in lines if line.state not in ("terminated", "cancelled")]
    best = next((line for line in living if line.pay_type == "postpaid"), next(iter(living), None))
    return {"number": best.number if best else ""}


def would_happen(at: Context, asked: ControlTrialForm) -> Iterable[Fact]:
    """What is due for the lines on the date. BadForm: nothing is named, or nobody has it."""
    lines = _lines(at, asked)
    control = CreditControl(at)
    for line in lines:
        yield from _line(at, control.judge(line))


def _lines(at: Context, asked: ControlTrialForm) -> list[Subscription]:
    if asked.number:
        try:
            return [Products(at).subscription(asked.number)]
        except NotFound as fault:
            raise BadForm({"number": fault.message}) from fault
    if not asked.document_number:
        raise BadForm({"number": say("A number, or a document number.")})
    people = Customers(at).with_document(asked.document_number)
    if not people:
        raise BadForm({"document_number": say("No customer has this document.")})
    found = [line for person in people for line in Products(at).lines_of(person.id)]
    if not found:
        raise BadForm({"document_number": say("This customer has no number.")})
    return found


def _line(at: Context, verdict: Verdict) -> Iterator[Fact]:
    line, money = verdict.subscription, verdict.money
    yield Fact(say("Number"), say("{number} {name}", number=line.number, name=masked_name(verdict.customer.name)))
    yield from _trust(at, verdict)
    if line.pay_type == "prepaid":
        yield Fact(say("Balance"), say("{yuan} yuan, {daily} a day", yuan=yuan(money.balance), daily=yuan(money.daily)))
    else:
        owed = say("{yuan} yuan, due {day}", yuan=yuan(money.owed), day=money.due_on) if money.owed else yuan(0)
        yield Fact(say("Owed"), owed)
        yield Fact(say("Unbilled"), yuan(money.unbilled))
    yield from (Fact(say("Not counted"), told) for told in verdict.not_counted)
    for act, day in money.since.items():
        yield Fact(
            say("Stands already"), say("{act} since {day}", act=choice_name("control_stage", "act", act), day=day)
        )
    yield from _stage(at, verdict)
    yield from _told(at.tx, line)


def _told(reading: Reading, line: Subscription) -> Iterator[Fact]:
    """What the line's hall was told to do last by runs, and what came of each there."""
    for order in reading.few(ControlOrder, LAST, subscription_id=line.id, order=("-made_on", "-id")):
        act = choice_name(table_name(ControlOrder), "act", order.act)
        label = say("{act} of {day}", act=act, day=order.made_on)
        yield Fact(label, _came(reading, reading.find(ControlDone, control_order=order.id)))


def _came(reading: Reading, done: ControlDone | None) -> Message:
    if done is None:
        return say("its hall has not done it yet")
    outcome = choice_name(table_name(ControlDone), "outcome", done.outcome)
    told = say("{outcome}, {time}", outcome=outcome, time=on_the_wall(done.done_at, "%m-%d %H:%M"))
    order = reading.find(ProductOrder, id=done.order_id) if done.order_id else None
    if order is not None:
        told = say("{told}, order {serial}", told=told, serial=order.serial)
    if done.undone_at:
        return say("{told}; taken back", told=told)
    why = Message.from_json(json.loads(done.words)) if done.words else None
    return say("{told}: {why}", told=told, why=why) if why else told


def _trust(at: Context, verdict: Verdict) -> Iterator[Fact]:
    trust = Credit(at).standing(verdict.customer)
    name = both(trust.rating.name_zh, trust.rating.name_en or trust.rating.name_zh)
    yield Fact(
        say("Rating"), say("{code} {name}, {n} {n:star|stars}", code=trust.rating.code, name=name, n=trust.rating.stars)
    )
    limit: Message | str = yuan(trust.limit)
    if trust.lent_until:
        own = yuan(trust.own)
        limit = say("{yuan}, lent until {day}; then {own}", yuan=limit, day=trust.lent_until, own=own)
    yield Fact(say("Credit limit"), limit)


def _stage(at: Context, verdict: Verdict) -> Iterator[Fact]:
    due, day = verdict.due, at.business_date
    if due is None:
        yield Fact(say("Stage"), say("none: nothing is done"))
        yield from _next(at, verdict, day)
        return
    row = due.stage.row
    yield Fact(say("Stage"), both(f"{row.code} {row.name_zh}", f"{row.code} {row.name_en or row.name_zh}"))
    yield Fact(say("Act"), choice_name("control_stage", "act", row.act))
    for condition in due.stage.conditions:
        holds = say("holds") if condition in due.held else say("does not hold")
        yield Fact(say("Condition"), say("{what}: {holds}", what=condition.in_words(), holds=holds))
    yield from (Fact(say("Exempt"), spared.in_words) for spared in verdict.spared)
    if not verdict.spared:
        yield Fact(say("Exempt"), say("nothing spares it: it is done"))


def _next(at: Context, verdict: Verdict, day: str) -> Iterator[Fact]:
    """What would have to hold for the next stage of this way of paying that has not been reached."""
    reached = max((ACTS.index(act) for act in verdict.money.since), default=-1)
    for stage in stages_on(at.tx.all(ControlStage), day):
        if stage.row.pay_type == verdict.subscription.pay_type and ACTS.index(stage.row.act) > reached:
            words = listed(condition.in_words() for condition in stage.conditions)
            yield Fact(say("Next stage"), say("{code}: {when}", code=stage.row.code, when=words))
            return
