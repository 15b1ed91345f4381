"""What M8 asks of its rows: stages that rise and can be reached, ratings told apart, an end to what is lent or spared.

Source: catalogue M8; management-facts 4.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, timedelta
from itertools import pairwise
from string import Formatter
from typing import Any, TypeVar

from sqlalchemy import bindparam, func, or_, select

from boss_tui.components.base import valid_on
from boss_tui.components.credit.control_stages import OCCASIONS, STOPS, Condition, read
from boss_tui.components.credit.credit import NEW_CUSTOMER
from boss_tui.components.credit.hall_credit import emergency_until
from boss_tui.editions.lines import RowEdit
from boss_tui.editions.subjects import Fault, Rehearsal
from boss_tui.management.kit.checks import meet
from boss_tui.management.m03_2.checks import number_fault
from data.characters import is_digits
from data.errors import BadForm
from data.message import Message, say
from data.parameters import EMERGENCY_STARS, RAISE_DAYS
from data.store import Reading
from data.table_words import no_such
from data.tables.account import CreditRating, CustomerCredit
from data.tables.base import Table
from data.tables.credit import (
    ACTS,
    SPARED,
    ControlStage,
    CreditExemption,
    CreditRaise,
    CustomerRating,
    PublicHoliday,
    RatingScore,
)
from data.tables.credit_control import ControlOrder
from data.tables.customer import Customer, DocumentKind
from data.tables.order import Subscription
from data.tables.organisation import Operator, Outlet

T = TypeVar("T", bound=Table)
IN_TEXT = ("number", "owed", "balance", "limit", "day")
"""What may stand in braces in a text that is sent."""
MESSAGES = ("remind", "call")
_MONTH = re.compile(r"\d{4}-(0[1-9]|1[0-2])", re.ASCII)
_NEEDED = say("This is needed.")
NUMBER_LENGTH = 11
_r, _c = CustomerRating.table(), CustomerCredit.table()
_RATED_BY_US = (
    select(func.count())
    .select_from(_r)
    .where(_r.c.rating == bindparam("rating"), or_(_r.c.valid_to == "", _r.c.valid_to >= bindparam("on_day")))
)
_RATED_AT_COUNTERS = select(func.count()).select_from(_c).where(_c.c.rating == bindparam("rating"))


def stages_can_be_reached(at: Rehearsal) -> Iterator[Fault]:
    """A stage has a condition at least, for its way of paying; it counts from an earlier stage, if from one."""
    for position, row in at.kept(ControlStage):
        try:
            conditions = read(row.conditions)
        except BadForm as fault:
            yield Fault(position, "conditions", next(iter(fault.errors.values())))
            continue
        if not conditions:
            yield Fault(position, "conditions", say("A condition at least: else nobody comes to this stage."))
        for told in (told for condition in conditions for told in _strange(at.reading, row, condition)):
            yield Fault(position, "conditions", told)


def _strange(reading: Reading, row: ControlStage, condition: Condition) -> Iterator[Message]:
    known = OCCASIONS[condition.when]
    if known.of not in ("any", row.pay_type):
        yield say("{when} is not for this way of paying.", when=condition.when)
    if not condition.stage:
        return
    before = reading.find(ControlStage, code=condition.stage)
    if before is None or before.pay_type != row.pay_type or before.state != "active":
        yield say("There is no stage {code} of this way of paying.", code=condition.stage)
    elif before.rank >= row.rank:
        yield say("Stage {code} does not come before this one.", code=condition.stage)
    elif before.act not in STOPS:
        yield say("Nothing stands after stage {code}: days count from a stage that stops.", code=condition.stage)


def stages_rise(at: Rehearsal) -> Iterator[Fault]:
    """No two stages have one rank or one moment; none does less than the one before it, or comes sooner."""
    for position, row in at.kept(ControlStage):
        if row.state != "active":
            continue
        others = [
            each
            for each in at.reading.all(ControlStage, pay_type=row.pay_type, state="active", order=("rank", "code"))
            if each.code != row.code and meet(each, row)
        ]
        for other in others:
            if other.rank == row.rank:
                yield Fault(
                    position, "rank", say("{other} has this rank already: which comes first?", other=other.code)
                )
            elif _against(other, row):
                earlier, later = sorted((other, row), key=lambda each: each.rank)
                told = say("{later} would do less than {earlier} before it.", later=later.code, earlier=earlier.code)
                yield Fault(position, "act", told)
            yield from (Fault(position, "conditions", told) for told in _moments(row, other))


def _against(one: ControlStage, other: ControlStage) -> bool:
    return (one.rank < other.rank) is (ACTS.index(one.act) > ACTS.index(other.act)) and one.act != other.act


def _moments(row: ControlStage, other: ControlStage) -> Iterator[Message]:
    """The same moment twice, or one that comes against the order."""
    for mine in _readable(row):
        for theirs in _readable(other):
            if (mine.when, mine.number, mine.stage) == (theirs.when, theirs.number, theirs.stage):
                yield say("{other} has the same moment: {when}.", other=other.code, when=mine.in_words())
            elif (mine.when, mine.stage) == (theirs.when, theirs.stage) and _sooner(mine, theirs, row, other):
                earlier, later = sorted((row, other), key=lambda each: each.rank)
                yield say("{later} would come before {earlier}.", later=later.code, earlier=earlier.code)


def _sooner(mine: Condition, theirs: Condition, row: ControlStage, other: ControlStage) -> bool:
    """Days rise from stage to stage; balances, and the days that they last, fall."""
    rises = mine.when in ("due", "stage")
    return (row.rank < other.rank) is ((mine.number > theirs.number) if rises else (mine.number < theirs.number))


def _readable(row: ControlStage) -> list[Condition]:
    try:
        return read(row.conditions)
    except BadForm:
        return []


def stages_say_what(at: Rehearsal) -> Iterator[Fault]:
    """What is sent has a text in Chinese, with nothing in braces that is not known; what spares is known; only high
    spend stops by night."""
    for position, row in at.kept(ControlStage):
        if row.act in MESSAGES and not row.text_zh.strip():
            yield Fault(position, "text_zh", say("What does the customer read?"))
        for column in ("text_zh", "text_en"):
            told = _text_fault(getattr(row, column))
            if told is not None:
                yield Fault(position, column, told)
        for kind in filter(None, row.exempt.split(",")):
            if kind not in SPARED:
                yield Fault(position, "exempt", say("One of {words}.", words=", ".join(SPARED)))
        if row.any_time and not any(condition.when == "limit" for condition in _readable(row)):
            yield Fault(position, "any_time", say("By night only high spend is stopped: there is no condition limit."))
        if row.valid_to and row.valid_from > row.valid_to:
            yield Fault(position, "valid_to", say("This is before its first day."))


def _text_fault(text: str) -> Message | None:
    try:
        names = [name for _, name, _, _ in Formatter().parse(text) if name is not None]
    except ValueError:
        return say("A brace is not closed.")
    strange = next((name for name in names if name not in IN_TEXT), None)
    return None if strange is None else say("One of {words}.", words=", ".join(IN_TEXT))


def stages_are_not_left_hanging(at: Rehearsal) -> Iterator[Fault]:
    """A stage ends when no other counts from it."""
    for position, _, row in at.rows(ControlStage):
        if row.state == "active":
            continue
        for other in at.reading.all(ControlStage, pay_type=row.pay_type, state="active", order=("rank",)):
            if valid_on(other, at.day) and any(each.stage == row.code for each in _readable(other)):
                yield Fault(position, "", say("Stage {code} counts from it.", code=other.code))


def ratings_are_told_apart(at: Rehearsal) -> Iterator[Fault]:
    """No two have one name, one number of points; more points bring no less limit; the first and the used ones stay."""
    there = at.reading.all(CreditRating, state="active", order=("code",))
    for position, _, row in at.rows(CreditRating):
        if row.state != "active":
            yield from (Fault(position, "", told) for told in _still_used(at.reading, row, at.day))
            continue
        for other in (each for each in there if each.code != row.code):
            if other.name_zh == row.name_zh:
                yield Fault(position, "name_zh", say("{other} is called so already: another name.", other=other.code))
            if row.by_score and other.by_score and other.points_from == row.points_from:
                told = say("{other} begins at so many points, too: which is it?", other=other.code)
                yield Fault(position, "points_from", told)
    scored = sorted((row for row in there if row.by_score), key=lambda row: row.points_from)
    touched = {line.key[0]: position for position, line in at.of(CreditRating)}
    for lower, higher in pairwise(scored):
        said = touched.get(higher.code, touched.get(lower.code))
        more = higher.points_from > lower.points_from
        if said is not None and more and higher.credit_limit < lower.credit_limit:
            told = say("{more} asks more points than {less}, and gives less.", more=higher.code, less=lower.code)
            yield Fault(said, "credit_limit", told)


def _still_used(reading: Reading, row: CreditRating, day: str) -> Iterator[Message]:
    if row.code == NEW_CUSTOMER:
        yield say("New customers are rated {code}: it stays.", code=row.code)
    n = sum(reading.scalar(each, rating=row.code, on_day=day) for each in (_RATED_BY_US, _RATED_AT_COUNTERS))
    if n:
        yield say("{n} {n:customer is|customers are} rated so: rate them anew first.", n=n)


def scores_are_told_apart(at: Rehearsal) -> Iterator[Fault]:
    """No two rows of a measure ask the same; who has more gets no fewer points (of overdue: loses no fewer)."""
    for position, row in at.kept(RatingScore):
        for other in at.reading.all(RatingScore, measure=row.measure, state="active", order=("at_least",)):
            if row.state != "active" or other.code == row.code:
                continue
            if other.at_least == row.at_least:
                yield Fault(position, "at_least", say("{other} asks the same.", other=other.code))
            elif (other.at_least < row.at_least) is (other.points > row.points) and other.points != row.points:
                yield Fault(
                    position, "points", say("More of it would bring fewer points than {other}.", other=other.code)
                )


def people_are_rated_for_a_reason(at: Rehearsal) -> Iterator[Fault]:
    """Who is rated by hand is so for a reason; the rating is one that counts; the document can be one."""
    for position, row in at.kept(CustomerRating):
        rating = at.reading.find(CreditRating, code=row.rating)
        if rating is not None and rating.state != "active":
            yield Fault(position, "rating", say("There is no rating {code} any more.", code=row.rating))
        if row.how == "hand" and not row.reason.strip():
            yield Fault(position, "reason", say("Why? What is decided by hand is looked at later."))
        yield from _of_whom(at.reading, at.lines[position], position, row, at.day)


def limits_are_lent_for_a_time(at: Rehearsal) -> Iterator[Fault]:
    """A limit is lent for a reason, not in the past, not for longer than may be."""
    most = RAISE_DAYS.of(at.reading, "M8")
    for position, row in at.kept(CreditRaise):
        if not row.reason.strip():
            yield Fault(position, "reason", _NEEDED)
        begins = row.valid_from or at.day
        if row.valid_to < max(begins, at.day):
            yield Fault(position, "valid_to", say("This day is over."))
        elif (date.fromisoformat(row.valid_to) - date.fromisoformat(begins)) > timedelta(days=most - 1):
            yield Fault(position, "valid_to", say("A limit is lent for {n} {n:day|days} at most.", n=most))
        yield from _of_whom(at.reading, at.lines[position], position, row, at.day)


def exemptions_have_an_end(at: Rehearsal) -> Iterator[Fault]:
    """An exemption has an end and somebody who answers for it; it says no more and no less than its kind does."""
    for position, row in at.kept(CreditExemption):
        if not row.reason.strip():
            yield Fault(position, "reason", _NEEDED)
        if row.valid_to < max(row.valid_from, at.day):
            yield Fault(position, "valid_to", say("This day is over."))
        person = at.reading.find(Operator, staff_no=row.person)
        if person is None or person.state == "left":
            yield Fault(position, "person", say("Nobody with staff number {staff_no} works here.", staff_no=row.person))
        yield from (Fault(position, column, told) for column, told in _of_kind(row))
        if row.kind == "emergency":
            yield from _emergency(at.reading, position, row, at.day)
        if row.number and (told := _number_fault(at.reading, row.number)) is not None:
            yield Fault(position, "number", told)
        yield from _of_whom(at.reading, at.lines[position], position, row, at.day)


def _emergency(reading: Reading, position: int, row: CreditExemption, day: str) -> Iterator[Fault]:
    """An emergency resume lasts hours, and is for customers of four stars or more (domain-facts 6)."""
    last = emergency_until(reading, row.valid_from or day)
    if row.valid_to > last:
        yield Fault(position, "valid_to", say("An emergency resume lasts until {day} at most.", day=last))
    said = reading.find(CustomerRating, document_kind=row.document_kind, document_number=row.document_number)
    whose = reading.find(Customer, document_kind=row.document_kind, document_number=row.document_number)
    has = reading.find(CustomerCredit, customer_id=whose.id) if whose else None
    code = said.rating if said else has.rating if has else NEW_CUSTOMER
    rating = reading.find(CreditRating, code=code)
    least = EMERGENCY_STARS.of(reading, "M8")
    if rating is None or rating.stars < least:
        yield Fault(position, "kind", say("Only for customers of {n} {n:star|stars} or more.", n=least))


def _of_kind(row: CreditExemption) -> Iterator[tuple[str, Message]]:
    if row.month and row.kind != "disputed":
        yield "month", say("Only of a disputed bill.")
    elif row.month and not _MONTH.fullmatch(row.month):
        yield "month", say("A month, such as 2026-11.")
    if row.kind == "instalment" and not row.amount:
        yield "amount", say("How much is paid each month?")
    if row.kind != "instalment" and row.amount:
        yield "amount", say("Only of instalments.")


def _number_fault(reading: Reading, number: str) -> Message | None:
    if len(number) != NUMBER_LENGTH or not is_digits(number):
        return say("A number of {n} digits.", n=NUMBER_LENGTH)
    living = (row for row in reading.all(Subscription, number=number) if row.state not in ("terminated", "cancelled"))
    return None if next(living, None) else say("Nobody has this number.")


def _of_whom(reading: Reading, line: RowEdit, position: int, row: Any, day: str) -> Iterator[Fault]:
    """The document can be one; the outlet is there; whose customer it is stays."""
    kind = reading.find(DocumentKind, code=row.document_kind)
    if kind is None:
        yield Fault(position, "document_kind", say("There is no such kind of document."))
    elif (told := number_fault(kind, row.document_number, day)) is not None:
        yield Fault(position, "document_number", told)
    if row.outlet and reading.find(Outlet, code=row.outlet) is None:
        yield Fault(position, "outlet", no_such(Outlet, row.outlet))
    if "outlet" in line.values and line.op == "change":
        yield Fault(position, "outlet", say("Whose customer it is stays: end this first, and add it anew."))


def holidays_are_days(at: Rehearsal) -> Iterator[Fault]:
    """A holiday is a day to come."""
    for position, row in at.kept(PublicHoliday):
        if row.day < at.day:
            yield Fault(position, "day", say("This day is over."))


def orders_are_of_today(at: Rehearsal) -> Iterator[Fault]:
    """An order to an outlet is of the day of its run, of a living line of that outlet, and that line's only one of the
    run; it is taken back within its day."""
    for position, line in at.of(ControlOrder):
        row = at.reading.one(ControlOrder, id=line.key[0])
        if row.made_on != at.day:
            told = say("It is of {day}: only on that day is it done, or taken back.", day=row.made_on)
            yield Fault(position, "made_on", told)
        subscription = at.reading.find(Subscription, id=row.subscription_id)
        if subscription is None or subscription.outlet != row.outlet:
            yield Fault(position, "outlet", say("The outlet has no such line."))
        same = at.reading.all(ControlOrder, run=row.run, subscription_id=row.subscription_id, state="active")
        if row.state == "active" and row.run and len(same) > 1:
            yield Fault(position, "act", say("This run has an order for this line already."))


CREDIT_CHECKS = (
    stages_can_be_reached,
    stages_rise,
    stages_say_what,
    stages_are_not_left_hanging,
    ratings_are_told_apart,
    scores_are_told_apart,
    people_are_rated_for_a_reason,
    limits_are_lent_for_a_time,
    exemptions_have_an_end,
    holidays_are_days,
    orders_are_of_today,
)
