"""What a day report has in a file beside what was signed: the day beside others, and what each day took until then.

A close is signed for what it says; what others say of other days is no part of it, and stands after it, so headed.
"""

from __future__ import annotations

from msgspec.structs import replace

from boss_tui.reports import period
from boss_tui.reports.parts import Names
from boss_tui.reports.period import SPANS, Compared
from boss_tui.reports.report import Column, Report, Section, Value
from data.message import say
from data.store import Reading


def with_comparison(reading: Reading, outlet: str, report: Report, business_date: str, names: Names) -> Report:
    """The report of a day, and after its end the tables that compare it."""
    beside = _beside(period.compared(reading, outlet, business_date, names))
    each = _each_day(period.trend(reading, outlet, business_date, names))
    return replace(report, annex=(beside, each))


def _beside(found: list[Compared]) -> Section:
    """Each sum of the day beside that of the day before, of the same weekday and of the month so far."""
    columns = (
        Column(say("Beside other days")),
        Column(say("This day"), "money"),
        *(Column(span, "money") for span in SPANS),
    )
    rows: list[tuple[Value, ...]] = [
        (one.label, one.now, *("-" if then is None else then for then in one.then))
        for one in found
        if one.kind == "money"
    ]
    return Section(say("Beside other days (no part of what is signed)"), columns, tuple(rows))


def _each_day(found: list[tuple[str, int]]) -> Section:
    """What each business day took, as bars where there is room."""
    columns = (Column(say("Business date")), Column(say("Amount"), "money"))
    total = (say("Total"), sum(fen for _, fen in found))
    return Section(say("Each day until then (no part of what is signed)"), columns, tuple(found), total)
