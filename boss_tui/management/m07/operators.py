"""M7 operators 操作人员管理: staff, roles and their rights, what no role has both of, counters and outlets.

A password is no field of anybody's row: the office gives one (`m07.passwords`). What somebody who ends still holds is
told before (`m07.people`). Source: catalogue M7, F7; management-facts 6.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Annotated

from pydantic import AfterValidator, Field

from boss_tui.catalogue import RIGHTS as RIGHT_NAMES
from boss_tui.forms.fields import Ask
from boss_tui.forms.form import Form
from boss_tui.forms.typed import Day, Fen, Named, wrong
from boss_tui.locale import LANGUAGES
from boss_tui.management.kit.entity import Entity
from boss_tui.management.kit.one_form import changing, free_code, untouched
from boss_tui.management.kit.subject import Change, Subject, TryOut
from boss_tui.management.m06.prices import check_time, check_weekdays
from boss_tui.management.m07.duties import DUTY_CHECKS, SIDES
from boss_tui.management.m07.people import PEOPLE_CHECKS, still_holds
from boss_tui.management.m07.trial import PersonTrialForm, may_or_leaves
from data.errors import NotAllowed
from data.message import say
from data.store import Reading
from data.tables.organisation import (
    CashLimit,
    Counter,
    DutyConflict,
    Operator,
    Outlet,
    Role,
    RoleRight,
)
from data.tables.service import Partner

_RIGHT = say("C12, or M4, M4.check, M4.emergency; at halls M8.raise, M8.vouch.")
_NO_LIMIT = say("0: any amount.")


def _language(typed: str) -> str:
    if typed and typed not in LANGUAGES:
        raise wrong("One of {words}.", words=", ".join(LANGUAGES))
    return typed


class OperatorForm(Form):
    """A member of staff, as they are typed."""

    staff_no: Annotated[str, Ask(say("Staff number"), "code", length=12), Field(pattern=r"^[0-9A-Z]+$")]
    name: Annotated[str, Ask(say("Name"), length=40)]
    outlet: Annotated[str, Ask(say("Outlet"), "code", length=20)]
    role: Annotated[str, Ask(say("Role"), "text", length=20)] = "clerk"
    birth_date: Annotated[
        Day | None,
        Ask(say("Born on"), "date", help=say("No password has it inside; empty: not known.")),
    ] = None
    confirmed_on: Annotated[
        Day | None,
        Ask(say("Confirmed on"), "date", help=say("When their rights were looked at last; empty: never.")),
    ] = None
    language: Annotated[
        str,
        Ask(
            say("Language"),
            "text",
            help=say("zh_CN or en, until they choose (Ctrl+T); empty: the program's."),
            length=5,
        ),
        AfterValidator(_language),
    ] = ""
    state: Annotated[str, Ask(say("State"), "choice", help=say("A locked one signs on no more."))] = "active"


class RoleForm(Form):
    """A role, and when it works."""

    code: Annotated[str, Ask(say("Role"), "text", length=20), Field(pattern=r"^[a-z][a-z0-9_]*$")]
    name_zh: Annotated[str, Ask(say("Chinese name"), length=30)]
    name_en: Annotated[str, Ask(say("English name"), length=30)] = ""
    grade: Annotated[str, Ask(say("Grade"), "choice", help=say("Clerks need a supervisor's word."))] = "clerk"
    weekdays: Annotated[
        str,
        Ask(say("Weekdays"), "digits", help=say("1 is Monday, 67 the weekend; empty: every day."), length=7),
        AfterValidator(check_weekdays),
    ] = ""
    from_time: Annotated[
        str,
        Ask(say("Works from"), "text", help=say("Such as 08:00; empty: at any hour."), length=5),
        AfterValidator(check_time),
    ] = ""
    to_time: Annotated[
        str,
        Ask(say("Works until"), "text", help=say("Such as 20:00: a supervisor allows it later."), length=5),
        AfterValidator(check_time),
    ] = ""
    state: Annotated[str, Ask(say("State"), "choice")] = "active"


class RightForm(Form):
    """What a role may do, up to which amounts."""

    role: Annotated[str, Ask(say("Role"), "text", length=20)]
    business: Annotated[str, Ask(say("Right"), "text", help=_RIGHT, length=20)]
    approval: Annotated[str, Ask(say("Approval"), "choice", help=say("Alone, or with a supervisor's word."))] = "alone"
    amount_limit: Annotated[Fen, Ask(say("Takes in"), "money", help=_NO_LIMIT), Field(ge=0)] = 0
    refund_limit: Annotated[Fen, Ask(say("Pays out"), "money", help=_NO_LIMIT), Field(ge=0)] = 0
    refund_day_limit: Annotated[Fen, Ask(say("Pays out/day"), "money", help=_NO_LIMIT), Field(ge=0)] = 0


class DutyForm(Form):
    """Two rights that no role has both of, and why."""

    holds: Annotated[str, Ask(say("Right"), "text", help=say("C* is all of the counter's."), length=20)]
    excludes: Annotated[str, Ask(say("Apart from"), "text", help=_RIGHT, length=20)]
    reason_zh: Annotated[str, Ask(say("Chinese reason"), length=60)]
    reason_en: Annotated[str, Ask(say("English reason"), length=60)] = ""


class CounterForm(Form):
    """A counter of an outlet."""

    code: Annotated[Named, Ask(say("Counter"), "code", length=20)]
    outlet: Annotated[str, Ask(say("Outlet"), "code", length=20)]
    name_zh: Annotated[str, Ask(say("Chinese name"), length=30)]
    name_en: Annotated[str, Ask(say("English name"), length=30)] = ""
    printer: Annotated[str, Ask(say("Printer"), "code", help=say("Empty: as the hall has it."), length=20)] = ""
    state: Annotated[str, Ask(say("State"), "choice")] = "active"


class OutletForm(Form):
    """A hall, or a rural outlet."""

    code: Annotated[Named, Ask(say("Outlet"), "code", length=20)]
    name_zh: Annotated[str, Ask(say("Chinese name"), length=60)]
    name_en: Annotated[str, Ask(say("English name"), length=60)] = ""
    province: Annotated[str, Ask(say("Province"), length=20)]
    region: Annotated[str, Ask(say("Region"), length=20)] = ""
    channel: Annotated[str, Ask(say("Channel"), "choice", help=say("An agent earns commission."))] = "own"
    partner: Annotated[str, Ask(say("Agent"), "code", help=say("Whose it is, if an agent's."), length=20)] = ""
    state: Annotated[str, Ask(say("State"), "choice")] = "active"


class CashForm(Form):
    """How much cash a role moves by itself."""

    role: Annotated[str, Ask(say("Role"), "text", length=20)]
    float_limit: Annotated[Fen, Ask(say("Into a drawer"), "money"), Field(ge=0)] = 0
    expense_limit: Annotated[Fen, Ask(say("For the house"), "money"), Field(ge=0)] = 0
    bank_limit: Annotated[Fen, Ask(say("To the bank"), "money"), Field(ge=0)] = 0
    difference_limit: Annotated[Fen, Ask(say("Over or short"), "money"), Field(ge=0)] = 0


PEOPLE_LISTED = ("staff_no", "name", "outlet", "role", "state", "confirmed_on", "language")
OF_ROLE = {"role": Role}
LANGUAGE_NAMES = {"zh_CN": say("Chinese"), "en": say("English")}
RIGHTS = Entity(
    RoleRight,
    RightForm,
    say("Rights of roles"),
    ("role", "business"),
    named_by=OF_ROLE,
    words={"business": RIGHT_NAMES},
)
CASH = Entity(CashLimit, CashForm, say("Cash limits"), ("role",), named_by=OF_ROLE)
ROLES = Entity(Role, RoleForm, say("Roles"), ("code", "name_zh", "name_en"), parts={RIGHTS: "role"}, out=("closed",))
PEOPLE = Entity(
    Operator,
    OperatorForm,
    say("Staff"),
    ("staff_no", "name", "outlet", "role"),
    PEOPLE_LISTED,
    numbers=("staff_no",),
    out=("left",),
    named_by=OF_ROLE,
    works_at=frozenset({"outlet"}),
    words={"language": LANGUAGE_NAMES},
    ends=say("Leave (dismissed, or of their own will)"),
    ended=say("leaves"),
)


def _example(reading: Reading) -> Iterable[Change]:
    """Somebody new, more cash in the drawers of a role, an agent's outlet with its counter."""
    outlets = reading.all(Outlet, state="active", order=("code",))
    role = next(iter(reading.all(Role, grade="clerk", state="active", order=("code",))), None)
    agent = next(iter(reading.all(Partner, kind="channel", order=("code",))), None)
    if not outlets or role is None:
        raise NotAllowed(say("There is nothing here yet to make an example of."))
    person = {
        "staff_no": free_code(reading, Operator, "9"),
        "name": "吴晓",
        "outlet": outlets[0].code,
        "role": role.code,
    }
    yield Change("operator", "add", values=person)
    if (limit := untouched(reading, CashLimit)) is not None:
        yield changing(CASH, limit, float_limit=limit.float_limit + 100)
    if agent is not None:
        code = free_code(reading, Outlet, "AG")
        hall = {"code": code, "name_zh": agent.name_zh, "province": outlets[0].province}
        yield Change("outlet", "add", values={**hall, "channel": "agent", "partner": agent.code})
        yield Change("counter", "add", values={"code": f"{code}01", "outlet": code, "name_zh": "一号台"})


SUBJECT = Subject(
    "M7",
    (
        PEOPLE,
        ROLES,
        RIGHTS,
        Entity(
            DutyConflict,
            DutyForm,
            say("Kept apart"),
            ("holds", "excludes"),
            words={"holds": SIDES, "excludes": SIDES},
        ),
        CASH,
        Entity(
            Counter,
            CounterForm,
            say("Counters"),
            ("code", "outlet", "name_zh", "name_en"),
            out=("closed",),
            works_at=frozenset({"outlet"}),
        ),
        Entity(
            Outlet,
            OutletForm,
            say("Outlets"),
            ("code", "name_zh", "name_en", "region"),
            out=("closed",),
            stands_in={"region": (Outlet, "region")},
            is_free=frozenset({"region"}),
        ),
    ),
    checks=(*DUTY_CHECKS, *PEOPLE_CHECKS),
    warns=(still_holds,),
    tries=TryOut(PersonTrialForm, may_or_leaves, lambda reading: {"staff_no": reading.few(Operator, 1)[0].staff_no}),
    example=_example,
    empty={
        "F3": say("Staff are no customers: their own lines are opened like anybody's."),
        "F4": say("Which role sells what is a right; what is sold is M4's."),
        "F5": say("Stock belongs to a hall, not to a person; M5 hands it over."),
        "F6": say("A price is the same whoever sells it."),
        "F8": say("What a customer's credit allows is M8's."),
        "F9": say("Who may print what is the right to its business; layouts are M9's."),
        "F10": say("Nothing of staff reaches the network."),
        "F12": say("No customer's account is touched."),
        "A1": say("Signals of customers' behaviour are M14's."),
        "A2": say("Who answers which complaint is M16's."),
        "A3": say("Points are customers'."),
        "B1": say("Nothing is rated or billed by it."),
        "B2": say("What agents earn follows their contracts (M17.1)."),
    },
)
