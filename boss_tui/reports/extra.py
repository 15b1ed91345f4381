"""What was typed into fields that managers have added (catalogue M1, F13): how often each answer was given on a day.

By the orders that were accepted on the business date, whatever became of them later: so a closed day's figures never
change. Of a choice, and of yes or no, each answer; of anything else, in how many orders it was typed.
"""

from __future__ import annotations

import json
from collections.abc import Iterable

from msgspec import Struct
from sqlalchemy import bindparam, case, func, select

from boss_tui.reports.report import Column, Section
from data.message import Message, both, say
from data.store import Reading
from data.tables.extra import ExtraField, ExtraValue
from data.tables.order import ProductOrder

_v = ExtraValue.table()
_o = ProductOrder.table()
_ANSWER = case((_v.c.kind.in_(("choice", "flag")), _v.c.value), else_="")
_OF_DAY = (_o.c.outlet == bindparam("outlet"), _o.c.business_date == bindparam("day"))
_FROM = _v.join(_o, _o.c.id == _v.c.order_id)
_SUMS = (
    select(
        _v.c.business, _v.c.field, _v.c.kind, func.max(_v.c.label_zh), func.max(_v.c.label_en), _ANSWER, func.count()
    )
    .select_from(_FROM)
    .where(*_OF_DAY)
    .group_by(_v.c.business, _v.c.field, _v.c.kind, _ANSWER)
    .order_by(_v.c.business, _v.c.field, _ANSWER)
)
BEHIND = (
    select(_o.c.serial, _o.c.created_at, _o.c.operator, _o.c.counter, _v.c.value, _o.c.amount)
    .select_from(_FROM)
    .where(*_OF_DAY, _v.c.business + " " + _v.c.field + " " + _ANSWER == bindparam("key"))
    .order_by(_o.c.id)
)
"""The orders behind an answer's figure of a day."""


class Answered(Struct, frozen=True):
    """An answer: its key (business, field, answer, with blanks between), both in words, and how often it was given."""

    key: str
    business: str
    label: Message
    answer: Message
    count: int


def answers(reading: Reading, outlet: str, business_date: str) -> tuple[Answered, ...]:
    """How often each answer was given on a business date."""
    return tuple(
        Answered(f"{business} {field} {value}", business, both(zh, en), _told(reading, business, field, kind, value), n)
        for business, field, kind, zh, en, value, n in reading.rows(_SUMS, outlet=outlet, day=business_date)
    )


def _told(reading: Reading, business: str, field: str, kind: str, value: str) -> Message:
    if kind == "flag":
        return say("yes") if value == "y" else say("no")
    if kind != "choice":
        return say("typed")
    row = reading.find(ExtraField, business=business, code=field)
    named = {code: both(zh, en) for code, zh, en in json.loads(row.choices)} if row else {}
    return named.get(value, Message(value))


def answers_sections(found: Iterable[Answered]) -> tuple[Section, ...]:
    """As a table of the day's report; none where nothing was asked."""
    listed = tuple(found)
    if not listed:
        return ()
    columns = (Column(say("Field")), Column(say("Count"), "count"))
    rows = tuple(
        (say("{business} {field}: {answer}", business=one.business, field=one.label, answer=one.answer), one.count)
        for one in listed
    )
    return (Section(say("Extra fields"), columns, rows, (), "extra", tuple(one.key for one in listed)),)
