"""Invariant 9: a closed day never changes.

The report that is kept of a close, a shift's or a day's, has the digest that was kept with it, and says what the books
make of that shift or day now: figure by figure, but for what stood at that moment (stock, queues). Closes of an outlet
rise by one without gap; from the first that kept its report on, each has one. What a person had yet to decide when a
day was closed has a supervisor's word (`boss_tui.reports.left_open`). Source: catalogue F11, M11; design 5.9.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from sqlalchemy import and_, bindparam, func, select

from boss_tui.reports.closing import digest_of, made_of_shift
from boss_tui.reports.day import day_report
from boss_tui.reports.exceptions import PAPERS
from boss_tui.reports.figures import day_figures
from boss_tui.reports.left_open import TABLE, wanted_word
from boss_tui.reports.parts import BACK
from boss_tui.reports.report import Report, from_json
from boss_tui.verify.finding import Finding
from boss_tui.verify.rule import Rule, columns_of, exists
from data.message import say
from data.store import Reading
from data.tables.finance import BusinessDay, ClosingReport, Shift

WHOLE, AGREES = "report of a close is as it was kept", "closed day never changes"
ANSWERED = "what a day leaves open is answered for"
PAGE = 50
SAFE_APART = "safe"
OTHERWISE: dict[str, frozenset[str]] = {
    "business": frozenset({BACK}),
    "outside": frozenset({"M11"}),
    "exception": frozenset(PAPERS),
}
"""Rows, by their table, that reports without a table of the safe say otherwise."""

_d, _r = columns_of(BusinessDay), columns_of(ClosingReport)
_before = func.lag(_d.c.number).over(partition_by=_d.c.outlet, order_by=_d.c.number)
_numbered = (
    select(_d.c.outlet, _d.c.business_date, _d.c.number, _before.label("before"))
    .where(_d.c.number.is_not(None))
    .subquery()
)
_first = (
    select(_r.c.outlet, func.min(_r.c.number).label("number"))
    .where(_r.c.kind == "day")
    .group_by(_r.c.outlet)
    .subquery()
)
_PAGE = (
    select(*_r.c)
    .where(
        (_r.c.outlet > bindparam("outlet"))
        | and_(_r.c.outlet == bindparam("outlet"), _r.c.kind > bindparam("kind"))
        | and_(_r.c.outlet == bindparam("outlet"), _r.c.kind == bindparam("kind"), _r.c.till > bindparam("till"))
        | and_(
            _r.c.outlet == bindparam("outlet"),
            _r.c.kind == bindparam("kind"),
            _r.c.till == bindparam("till"),
            _r.c.number > bindparam("number"),
        )
    )
    .order_by(_r.c.outlet, _r.c.kind, _r.c.till, _r.c.number)
    .limit(PAGE)
)

RULES = (
    Rule(
        9,
        "closes of days rise by one",
        BusinessDay,
        select(
            _numbered.c.outlet.label("key_outlet"),
            _numbered.c.business_date.label("key_date"),
            _numbered.c.number.label("number"),
            _numbered.c.before.label("before"),
        ).where(_numbered.c.number != _numbered.c.before + 1),
        say("Close {number} of a business day follows {before}."),
    ),
    Rule(
        9,
        "close of a day keeps its report",
        BusinessDay,
        select(_d.c.outlet.label("key_outlet"), _d.c.business_date.label("key_date"), _d.c.business_date.label("day"))
        .select_from(_d.join(_first, _first.c.outlet == _d.c.outlet))
        .where(
            _d.c.number > _first.c.number,
            ~exists(_r.c.outlet == _d.c.outlet, _r.c.kind == "day", _r.c.till == "", _r.c.number == _d.c.number),
        ),
        say("Business date {day} was closed, and its report is not there."),
    ),
)


def check(reading: Reading, _moments: dict[str, str]) -> Iterator[Finding]:
    """Each report that is kept, page by page."""
    after = {"outlet": "", "kind": "", "till": "", "number": 0}
    while rows := reading.models(ClosingReport, _PAGE, **after):
        for row in rows:
            yield from _of(reading, row)
        after = {name: getattr(rows[-1], name) for name in after}


def _of(reading: Reading, row: ClosingReport) -> Iterator[Finding]:
    key = f"{row.outlet}/{row.kind}/{row.till}/{row.number}"
    name = {"day": row.business_date}.get(row.kind, f"{row.till} Z{row.number:06d}")
    if digest_of(row.content) != row.digest:
        told = say("The report of {name} is not the one that was kept at its close.", name=name)
        yield Finding(9, WHOLE, "closing_report", key, told)
        return
    made = _made_again(reading, row)
    if made is None:
        yield Finding(9, AGREES, "closing_report", key, say("{name} has a report, and was never closed.", name=name))
        return
    report = from_json(json.loads(row.content))
    if row.kind == "day":
        yield from _answered(reading, row, report, key)
    kept, now = figures_of(report), figures_of(made)
    if row.kind == "day" and SAFE_APART not in kept:
        kept, now = _as_before(kept), _as_before(now)
    for part in sorted(kept.keys() | now.keys()):
        if kept.get(part) != now.get(part):
            told = say("The report of {name} says otherwise than the books do now: {part}.", name=name, part=part)
            yield Finding(9, AGREES, "closing_report", key, told)


def _as_before(figures: dict[str, Any]) -> dict[str, Any]:
    """What a report that was kept before cash of the safe stood apart says alike: it had the till's own business among
    what was posted outside of a shift, no row of orders taken back, and the money of each paper."""
    found = {part: said for part, said in figures.items() if part != SAFE_APART}
    for part in OTHERWISE.keys() & found.keys():
        keys, rows = found[part]
        same = [(key, row) for key, row in zip(keys, rows, strict=True) if key not in OTHERWISE[part]]
        found[part] = tuple(key for key, _ in same), [row for _, row in same]
    return found


def _answered(reading: Reading, row: ClosingReport, report: Report, key: str) -> Iterator[Finding]:
    """What a person had yet to decide was closed with a supervisor's word, and that stands on the report."""
    day = reading.find(BusinessDay, outlet=row.outlet, number=row.number)
    left = next((section for section in report.sections if section.key == TABLE), None)
    word = day.closing_word if day is not None else ""
    if left is not None and wanted_word(left) and not word:
        told = say("{day} was closed with something left open, and without a word about it.", day=row.business_date)
        yield Finding(9, ANSWERED, "closing_report", key, told)
    if word and word not in [fact.value for fact in report.facts]:
        told = say("What was said of what {day} left open is not on its report.", day=row.business_date)
        yield Finding(9, ANSWERED, "closing_report", key, told)


def _made_again(reading: Reading, row: ClosingReport) -> Report | None:
    if row.kind == "z":
        shift = reading.find(Shift, till=row.till, z_number=row.number)
        return made_of_shift(reading, shift, {}) if shift is not None else None
    day = reading.find(BusinessDay, outlet=row.outlet, number=row.number)
    return day_report(day_figures(reading, row.outlet, day.business_date)) if day is not None else None


def figures_of(report: Report) -> dict[str, Any]:
    """What of a report can be made again: of each table what its rows are of, and all their figures. Names may have
    changed since, and what stood at that moment can't be told any more."""
    found: dict[str, Any] = {
        section.key: (section.keys, [[value for value in row if isinstance(value, int)] for row in section.rows])
        for section in report.sections
        if section.key and not section.stood
    }
    found["summary"] = [fact.value for fact in report.summary if isinstance(fact.value, int)]
    return found
