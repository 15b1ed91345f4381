"""M8 credit 信用管理: ratings and the score that brings them, lent limits, exemptions, stages of credit control.

A run of the scoring rule (`m08.scoring`) or of credit control (`m08.control`) puts what it finds into editions.
Source: catalogue M8, F8; management-facts 4.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta
from itertools import count

from boss_tui.components.credit.control_stages import OCCASIONS_CALLED
from boss_tui.editions.standing import on_row
from boss_tui.management.kit.entity import Entity
from boss_tui.management.kit.one_form import AMONG, free_code
from boss_tui.management.kit.subject import Change, RuleRun, Subject, TryOut
from boss_tui.management.m08 import control as m08_control
from boss_tui.management.m08 import scoring as m08_scoring
from boss_tui.management.m08.checks import CREDIT_CHECKS
from boss_tui.management.m08.forms import (
    ConditionForm,
    ControlOrderForm,
    ExemptionForm,
    HolidayForm,
    RaiseForm,
    RatedForm,
    RatingForm,
    ScoreForm,
    StageForm,
)
from boss_tui.management.m08.hall import ACTS
from boss_tui.management.m08.trial import ControlTrialForm, trial_example, would_happen
from data.choices import choice_name
from data.clock import wall_date
from data.message import say
from data.statements import table_name
from data.store import Reading
from data.tables.account import CreditRating
from data.tables.credit import (
    SPARED,
    ControlStage,
    CreditExemption,
    CreditRaise,
    CustomerRating,
    PublicHoliday,
    RatingScore,
)
from data.tables.credit_control import ControlOrder
from data.tables.customer import Customer, ListedPerson
from data.tables.organisation import Operator

STAGES = Entity(
    ControlStage,
    StageForm,
    say("Stages of credit control"),
    ("code", "name_zh", "name_en"),
    listed=("pay_type", "rank", "code", "name_zh", "name_en", "act", "exempt", "valid_from", "valid_to", "state"),
    sort="rank",
    rows={"conditions": ConditionForm},
    cells={"conditions": {"when": OCCASIONS_CALLED, "stage": ControlStage}},
    words={"exempt": {kind: choice_name("credit_exemption", "kind", kind) for kind in SPARED}},
)
RATINGS = Entity(
    CreditRating,
    RatingForm,
    say("Ratings"),
    ("code", "name_zh", "name_en"),
    listed=(
        "code",
        "name_zh",
        "name_en",
        "stars",
        "credit_limit",
        "term_days",
        "deposit_waived",
        "points_from",
        "state",
    ),
)
SCORES = Entity(RatingScore, ScoreForm, say("Scoring rule"), ("code", "name_zh", "name_en"))
RATED = Entity(
    CustomerRating, RatedForm, say("Rated"), ("document_number", "rating", "reason"), numbers=("document_number",)
)
RAISES = Entity(CreditRaise, RaiseForm, say("Lent limits"), ("document_number", "reason"), numbers=("document_number",))
EXEMPTIONS = Entity(
    CreditExemption,
    ExemptionForm,
    say("Exemptions"),
    ("document_number", "number", "person", "reason"),
    listed=("kind", "document_number", "number", "person", "reason", "valid_from", "valid_to", "month", "amount"),
    sort="valid_to",
    numbers=("document_number", "number", "person"),
    named_by={"person": Operator},
)
ORDERS = Entity(
    ControlOrder,
    ControlOrderForm,
    say("Orders of credit control"),
    ("number", "stage"),
    listed=("made_on", "number", "act", "stage", "at_stake", "outlet", "state"),
    numbers=("number",),
    out=("undone",),
    named_by={"stage": ControlStage},
    trial=lambda row: {"number": row["number"]},
)
HOLIDAYS = Entity(PublicHoliday, HolidayForm, say("Public holidays"), ("day", "name_zh", "name_en"))


def _example(reading: Reading) -> Iterable[Change]:
    """A stage of its own, a rating, a limit lent to somebody, an exemption, a holiday."""
    person = next((each for each in reading.few(Customer, AMONG, order=("id",)) if _free(reading, each)), None)
    staff = next(iter(reading.all(Operator, state="active", order=("staff_no",))), None)
    today = wall_date(reading.present())
    until, later = ((today + timedelta(days=n)).isoformat() for n in (20, 30))
    code, days = free_code(reading, ControlStage, "EARLY"), _free_days(reading)
    rating = free_code(reading, CreditRating, "S")
    yield Change(
        STAGES.name,
        "add",
        values={
            "code": code,
            "name_zh": f"提前提醒{code[5:]}",
            "name_en": f"Early notice {code[5:]}",
            "pay_type": "postpaid",
            "rank": str(max(0, 100 - days)),
            "act": "remind",
            "conditions": f"due | -{days}",
            "text_zh": "您{number}的话费{owed}元将于近日到期。",
            "text_en": "The bill of {number}, {owed} yuan, is due soon.",
        },
    )
    yield Change(
        RATINGS.name,
        "add",
        values={
            "code": rating,
            "name_zh": f"四星{rating}",
            "name_en": f"Four stars {rating}",
            "credit_limit": "1500.00",
            "stars": "4",
            "term_days": "7",
        },
    )
    yield Change(
        SCORES.name,
        "add",
        values={
            "code": free_code(reading, RatingScore, "STAY"),
            "name_zh": "在网十年",
            "name_en": "Ten years with us",
            "measure": "tenure",
            "at_least": str(next(n for n in count(120) if not reading.all(RatingScore, measure="tenure", at_least=n))),
            "points": "40",
        },
    )
    if person is not None and staff is not None:
        who = {"document_kind": person.document_kind, "document_number": person.document_number}
        yield Change(
            RAISES.name,
            "add",
            values={**who, "credit_limit": "8000.00", "valid_to": later, "reason": "出国考察期间"},
        )
        yield Change(RATED.name, "add", values={**who, "rating": "B", "reason": "长期按时缴费"})
        yield Change(
            EXEMPTIONS.name,
            "add",
            values={**who, "kind": "key_account", "person": staff.staff_no, "valid_to": until, "reason": "大客户"},
        )
    holidays = ((today + timedelta(days=n)).isoformat() for n in count(40))
    holiday = next(
        each
        for each in holidays
        if reading.find(PublicHoliday, day=each) is None and not on_row(reading, HOLIDAYS.name, (each,))
    )
    yield Change(HOLIDAYS.name, "add", values={"day": holiday, "name_zh": "调休", "name_en": "Day off"})


def _free_days(reading: Reading) -> int:
    """So many days before a bill is due that no stage is set for them, nor any rank that follows from it."""
    taken = {row.conditions for row in reading.all(ControlStage)}
    ranks = {row.rank for row in reading.all(ControlStage, pay_type="postpaid")}
    return next(n for n in count(4) if 100 - n not in ranks and not any(f'"-{n}"' in each for each in taken))


def _free(reading: Reading, person: Customer) -> bool:
    """Whether nothing is said of somebody, and nobody is about to."""
    key = person.document_kind, person.document_number
    return not any(
        reading.find(model, document_kind=key[0], document_number=key[1]) or on_row(reading, table_name(model), key)
        for model in (CustomerRating, CreditRaise)
    )


CONTROL = RuleRun(
    say("Run credit control over all lines"),
    m08_control.begin,
    m08_control.step,
    m08_control.told,
    ("title", "reason"),
)
SCORING = RuleRun(say("Rate all customers by score"), m08_scoring.begin, m08_scoring.step, m08_scoring.told)
SUBJECT = Subject(
    "M8",
    (STAGES, RATINGS, SCORES, RATED, RAISES, EXEMPTIONS, HOLIDAYS, ORDERS),
    checks=CREDIT_CHECKS,
    more_tables=frozenset({table_name(ListedPerson)}),
    tries=TryOut(ControlTrialForm, would_happen, trial_example),
    example=_example,
    acts=ACTS,
    runs={**dict.fromkeys((STAGES.name, ORDERS.name), CONTROL), **dict.fromkeys((SCORES.name, RATED.name), SCORING)},
    empty={
        "F5": say("Numbers and cards stay where they are; a cancelled line's go the way of C9."),
        "F6": say("A limit costs nothing; what is charged is said by price rules (M6)."),
        "F9": say("No paper comes of a rating; what is sent is a message, and bills are M12's."),
        "F10": say("The network is told by the order that stops or resumes a line (C6), not by its rule."),
        "F11": say("No money moves: what is owed is collected by C12, written off by M11."),
        "A1": say("Sudden spend is a signal of M14's; here it is money that counts."),
        "A2": say("Who is called for a debt is on the hall's own list of calls."),
        "A3": say("Points of loyalty buy goods; those of the score stand in its rows."),
        "A4": say("Partners' black lists are taken in by M3.2."),
        "B2": say("Partners are settled with by their contracts (M18)."),
    },
)
