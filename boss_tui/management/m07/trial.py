"""What somebody may do, when and up to how much; and what comes up if they leave or move: nothing is written of either.

The rules are the counter's own (`operators.operators`), asked as if that person stood there. Source: catalogue M7.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Annotated

from pydantic import AfterValidator, Field

from boss_tui.catalogue import BUSINESS_NAMES, is_managed
from boss_tui.components.base import Context
from boss_tui.components.operators.delegations import handed, right_name
from boss_tui.components.operators.grades import grade_of, role_name
from boss_tui.components.operators.leaving import Leaving
from boss_tui.components.operators.operators import Operators, hours_in_words, works
from boss_tui.components.till.cash_limits import limits_of
from boss_tui.forms.fields import Ask
from boss_tui.forms.form import Form
from boss_tui.forms.typed import Fen, Flag, yuan
from boss_tui.management.kit.subject import Fact
from boss_tui.management.m06.prices import check_time
from boss_tui.management.words import value_said
from data.errors import BadForm
from data.message import Message, say
from data.statements import table_name
from data.store import Reading
from data.tables.organisation import Operator, Outlet, Role, RoleRight

GRADES = {"clerk": say("clerk"), "supervisor": say("supervisor"), "manager": say("manager")}


class PersonTrialForm(Form):
    """Who would do what, with how much, when; or leaves, or moves to which outlet."""

    staff_no: Annotated[str, Ask(say("Staff number"), "code", choices="operator", length=12)]
    business: Annotated[
        str, Ask(say("Business"), "code", choices="any_business", help=say("Empty: all rights at a glance."), length=8)
    ] = ""
    amount: Annotated[Fen, Ask(say("Amount"), "money", help=say("What would be taken in.")), Field(ge=0)] = 0
    time: Annotated[str, Ask(say("Time"), "text", help=say("Such as 12:00."), length=5), AfterValidator(check_time)] = (
        "12:00"
    )
    leaves: Annotated[Flag, Ask(say("Leaves"), "flag", help=say("y: what comes up first."))] = False
    to_outlet: Annotated[str, Ask(say("Moves to"), "code", choices="outlet", help=say("An outlet."), length=20)] = ""


def may_or_leaves(at: Context, asked: PersonTrialForm) -> Iterable[Fact]:
    """What they may do; or what comes up. BadForm: there is no such person, business or outlet."""
    person = at.tx.find(Operator, staff_no=asked.staff_no)
    if person is None:
        raise BadForm({"staff_no": say("Nobody has the staff number {staff_no}.", staff_no=asked.staff_no)})
    if asked.to_outlet:
        _must_be_open(at, person, asked.to_outlet)
    if asked.business and asked.business not in BUSINESS_NAMES:
        raise BadForm({"business": say("There is no business {code} here.", code=asked.business)})
    if asked.leaves or asked.to_outlet:
        return _comes_up(at, person, moves=bool(asked.to_outlet))
    role = at.tx.find(Role, code=person.role)
    if asked.business:
        return _may(at, person, role, asked)
    return _rights(at, person, role)


def _must_be_open(at: Context, person: Operator, outlet: str) -> None:
    row = at.tx.find(Outlet, code=outlet)
    if row is None or row.state != "active":
        raise BadForm({"to_outlet": say("There is no outlet {code}.", code=outlet)})
    if outlet == person.outlet:
        raise BadForm({"to_outlet": say("They work there already.")})


def _who(at: Context, person: Operator, role: Role | None) -> Iterator[Fact]:
    named, grade = role_name(at.tx, person.role), GRADES[grade_of(at.tx, person.role)]
    where = value_said(at.tx, table_name(Operator), "outlet", person.outlet)
    yield Fact(say("Role"), say("{role}, {grade}, at {outlet}", role=named, grade=grade, outlet=where))
    if person.state != "active":
        told = say("locked: signs on nowhere") if person.state == "locked" else say("has left: signs on nowhere")
        yield Fact(say("State"), told)
    if role is not None and (role.weekdays or role.from_time or role.to_time):
        yield Fact(say("Works"), hours_in_words(role))


def _may(at: Context, person: Operator, role: Role | None, asked: PersonTrialForm) -> Iterator[Fact]:
    """Whether they may do one business then, with so much; a business of management: change, check, change at once."""
    yield from _who(at, person, role)
    held = {right.business for right in at.tx.all(RoleRight, role=person.role)}
    if is_managed(asked.business):
        for act, label in (("", say("Changes")), (".check", say("Checks")), (".emergency", say("At once"))):
            yield Fact(label, say("yes") if asked.business + act in held else say("no"))
        return
    there = at.trying(asked.business, person.outlet).but(role=person.role, operator=person.staff_no)
    reasons = [reason for reason in Operators(there).may(asked.amount) if reason.rule != "hours"]
    if role is not None and not works(role, at.business_date, asked.time):
        reasons += Operators.outside_hours(role)
    for reason in reasons:
        yield Fact(say("Refused") if reason.verdict == "no" else say("With a word"), reason.message)
    if not reasons:
        yield Fact(say("Allowed"), say("alone"))


def _rights(at: Context, person: Operator, role: Role | None) -> Iterator[Fact]:
    """All that they may, business by business."""
    yield from _who(at, person, role)
    yield from may_in_words(at.tx, person)


def may_in_words(reading: Reading, person: Operator) -> Iterator[Fact]:
    """Each right of somebody's role, what is handed to them, and how much cash they move."""
    for right in reading.all(RoleRight, role=person.role, order=("business",)):
        label = Message("{code} {name}", {"code": right.business, "name": right_name(right.business)})
        yield Fact(label, _in_words(right))
    for right_, giver in handed(reading, person.staff_no).items():
        yield Fact(right_name(right_), say("for {giver}, by delegation", giver=giver))
    mine = limits_of(reading, "float_limit").get(person.role)
    if mine:
        yield Fact(say("Into a drawer"), say("{yuan} yuan", yuan=yuan(mine)))


def _in_words(right: RoleRight) -> Message:
    told = say("with a supervisor's word") if right.approval == "supervised" else say("alone")
    if right.amount_limit:
        told = say("{told}; up to {yuan} yuan", told=told, yuan=yuan(right.amount_limit))
    if right.refund_limit:
        told = say("{told}; pays out {yuan} yuan", told=told, yuan=yuan(right.refund_limit))
    return told


def _comes_up(at: Context, person: Operator, *, moves: bool) -> Iterator[Fact]:
    """What they hold: what must end first, and who takes over the rest."""
    yield from _who(at, person, at.tx.find(Role, code=person.role))
    found = Leaving(at).held(person)
    for each in found:
        label = say("First") if each.first and moves else say("Still has")
        yield Fact(label, say("{what}. {then}", what=each.what, then=each.then))
