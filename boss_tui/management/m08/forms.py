"""What is typed of credit (M8): ratings, scores, who is rated, limits that are lent, exemptions, stages, holidays."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from boss_tui.components.credit.control_stages import OCCASIONS
from boss_tui.forms.fields import Ask
from boss_tui.forms.form import Form
from boss_tui.forms.typed import CasedCodes, Day, Fen, Flag, Named, Whole
from boss_tui.management.kit.repeating import rows_of
from data.message import say

_LAST = say("The last business date; empty: for good.")
_TEXT = say("What is sent. In braces: number, owed, balance, limit, day.")
_END = say("The last business date: every exemption has one.")
_WHOSE = say("Whose customer it is; empty: all outlets are told.")
_HOW_MUCH = Field(ge=0, le=9_999)
KIND = Annotated[str, Ask(say("Document kind"), "code", length=4)]
NUMBER = Annotated[str, Ask(say("Document no."), "code", length=30)]
WHOSE = Annotated[str, Ask(say("Outlet"), "code", help=_WHOSE, length=20)]


class RatingForm(Form):
    """A rating, as it is typed."""

    code: Annotated[Named, Ask(say("Rating"), "code", length=10)]
    name_zh: Annotated[str, Ask(say("Chinese name"), length=30)]
    name_en: Annotated[str, Ask(say("English name"), length=30)] = ""
    stars: Annotated[Whole, Ask(say("Stars"), "digits", help=say("From 0 to 5.")), Field(le=5)] = 0
    credit_limit: Annotated[Fen, Ask(say("Credit limit"), "money"), Field(ge=0)] = 0
    term_days: Annotated[
        Whole, Ask(say("Term, days"), "digits", help=say("So much later stages begin after a due day.")), Field(le=90)
    ] = 0
    deposit_waived: Annotated[
        Flag, Ask(say("No deposit"), "flag", help=say("y: none is asked for international services."))
    ] = False
    by_score: Annotated[Flag, Ask(say("By score"), "flag", help=say("n: it is given by hand alone."))] = False
    points_from: Annotated[
        Whole, Ask(say("From points"), "digits", help=say("From how many points a score brings it.")), _HOW_MUCH
    ] = 0
    state: Annotated[str, Ask(say("State"), "choice")] = "active"


class ScoreForm(Form):
    """A row of the scoring rule, as it is typed."""

    code: Annotated[Named, Ask(say("Row"), "code", length=20)]
    name_zh: Annotated[str, Ask(say("Chinese name"), length=30)]
    name_en: Annotated[str, Ask(say("English name"), length=30)] = ""
    measure: Annotated[str, Ask(say("Measure"), "choice")]
    at_least: Annotated[
        Whole,
        Ask(say("At least"), "digits", help=say("Months with us, yuan a month, bills overdue.")),
        Field(le=999_999),
    ] = 0
    points: Annotated[
        Whole, Ask(say("Score"), "digits", help=say("Of overdue bills: taken off.")), Field(ge=1, le=9_999)
    ]
    state: Annotated[str, Ask(say("State"), "choice")] = "active"


class RatedForm(Form):
    """Somebody whom headquarters rates, as it is typed."""

    document_kind: KIND
    document_number: NUMBER
    rating: Annotated[str, Ask(say("Rating"), "code", length=10)]
    credit_limit: Annotated[
        Fen, Ask(say("Own limit"), "money", help=say("A limit of their own; 0: that of the rating.")), Field(ge=0)
    ] = 0
    reason: Annotated[str, Ask(say("Reason"), help=say("Needed where it is by hand."), length=60)] = ""
    valid_to: Annotated[Day | None, Ask(say("Until"), "date", help=_LAST)] = None
    outlet: WHOSE = ""
    how: Annotated[str, Ask(say("How"), "choice", help=say("By hand it stays, whatever a score says."))] = "hand"
    points: Annotated[Whole, Ask(say("Score"), "digits"), _HOW_MUCH] = 0


class RaiseForm(Form):
    """A limit that is lent somebody, as it is typed."""

    document_kind: KIND
    document_number: NUMBER
    credit_limit: Annotated[
        Fen, Ask(say("Limit"), "money", help=say("The whole limit meanwhile, not what is added.")), Field(gt=0)
    ]
    valid_from: Annotated[Day | None, Ask(say("From"), "date")] = None
    valid_to: Annotated[Day, Ask(say("Until"), "date", help=say("Its last day: then it falls back by itself."))]
    reason: Annotated[str, Ask(say("Reason"), length=60)]
    outlet: WHOSE = ""


class ExemptionForm(Form):
    """Why somebody is spared, as it is typed."""

    id: Annotated[str, Ask(say("Entry no."), help=say("Left empty, a new entry is given a key."), length=60)] = ""
    kind: Annotated[str, Ask(say("Kind"), "choice")]
    document_kind: KIND
    document_number: NUMBER
    number: Annotated[
        str, Ask(say("Number"), "digits", help=say("The one number; empty: all of theirs."), length=11)
    ] = ""
    month: Annotated[
        str, Ask(say("Bill of month"), help=say("In dispute: such as 2026-11; empty: all that is open."), length=7)
    ] = ""
    amount: Annotated[
        Fen, Ask(say("A month"), "money", help=say("Instalments: what is paid each month.")), Field(ge=0)
    ] = 0
    person: Annotated[str, Ask(say("Person"), "code", help=say("The staff number of who answers for it."), length=20)]
    reason: Annotated[str, Ask(say("Reason"), length=60)]
    valid_from: Annotated[Day | None, Ask(say("From"), "date")] = None
    valid_to: Annotated[Day, Ask(say("Until"), "date", help=_END)]
    outlet: WHOSE = ""


class ConditionForm(Form):
    """A condition of a stage, as it is typed: due | 5."""

    when: Annotated[str, Ask(say("When"), help=say("One of {words}.", words=", ".join(OCCASIONS)), length=10)]
    value: Annotated[str, Ask(say("Value"), length=12)] = ""
    stage: Annotated[str, Ask(say("After stage"), "code", length=20)] = ""


class StageForm(Form):
    """A stage of credit control, as it is typed."""

    code: Annotated[Named, Ask(say("Stage"), "code", length=20)]
    name_zh: Annotated[str, Ask(say("Chinese name"), length=30)]
    name_en: Annotated[str, Ask(say("English name"), length=30)] = ""
    pay_type: Annotated[str, Ask(say("Of whom"), "choice")]
    rank: Annotated[
        Whole, Ask(say("Rank"), "digits", help=say("In which order they come: the mildest first.")), Field(le=9_999)
    ] = 10
    act: Annotated[str, Ask(say("Act"), "choice", help=say("What is done."))]
    conditions: Annotated[
        str,
        rows_of(ConditionForm),
        Ask(
            say("Conditions"),
            "multiline",
            help=say("A line each, any will do, such as at_most | 0.00, due | 5, limit, stage | 10 | HALF"),
        ),
    ]
    text_zh: Annotated[str, Ask(say("Chinese text"), help=_TEXT, length=140)] = ""
    text_en: Annotated[str, Ask(say("English text"), help=_TEXT, length=160)] = ""
    exempt: Annotated[
        CasedCodes,
        Ask(say("Exempt"), "text", help=say("Which exemptions spare a line this stage."), several=True, length=80),
    ] = ()
    any_time: Annotated[
        Flag, Ask(say("Any time"), "flag", help=say("y: by night and on holidays, too. High spend alone."))
    ] = False
    valid_from: Annotated[Day | None, Ask(say("From"), "date")] = None
    valid_to: Annotated[Day | None, Ask(say("Until"), "date", help=_LAST)] = None
    state: Annotated[str, Ask(say("State"), "choice")] = "active"


class ControlOrderForm(Form):
    """What an outlet is told to do with a line: a run makes it; a person takes it out of an edition, or back."""

    id: Annotated[str, Ask(say("Entry no."), length=60)]
    number: Annotated[str, Ask(say("Number"), "digits", length=11)]
    stage: Annotated[str, Ask(say("Stage"), "code", length=20)] = ""
    act: Annotated[str, Ask(say("Act"), "choice")]
    at_stake: Annotated[Fen, Ask(say("At stake"), "money")] = 0
    outlet: Annotated[str, Ask(say("Outlet"), "code", length=20)]
    made_on: Annotated[Day, Ask(say("Day"), "date")]
    any_time: Annotated[Flag, Ask(say("Any time"), "flag")] = False
    run: Annotated[str, Ask(say("Run"), length=60)] = ""
    subscription_id: Annotated[str, Ask(say("Subscription"), length=60)]
    occasion: Annotated[str, Ask(say("Occasion"), length=40)] = ""
    state: Annotated[str, Ask(say("State"), "choice")] = "active"


class HolidayForm(Form):
    """A public holiday, as it is typed."""

    day: Annotated[Day, Ask(say("Day"), "date")]
    name_zh: Annotated[str, Ask(say("Chinese name"), length=30)]
    name_en: Annotated[str, Ask(say("English name"), length=30)] = ""
