"""Figures of several business days together: a month, a week, any span, by whatever a day report is by (catalogue F13).

Nothing is added up anew: a period is the sum of its days' reports, of those that were signed and of the open one as it
is now, so that day, month and any statistic agree to the fen. A period is compared with others by the same sums.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import date, timedelta

from msgspec import Struct
from sqlalchemy import bindparam, select

from boss_tui.reports.closing import FIRST_DAY, LAST_DAY, of_day
from boss_tui.reports.parts import BACK, Names, by_number
from boss_tui.reports.ranking import AS_IT_STANDS, Ranking, ranked, span_before
from boss_tui.reports.report import Column, Fact, Report, Section, Value, figure
from data.message import Message, both, say
from data.store import Reading
from data.tables.finance import BusinessDay
from data.tables.organisation import Outlet

BY: dict[str, Message] = {
    "day": say("By day"),
    "business": say("Orders"),
    "operator": say("By operator"),
    "till": say("By counter"),
    "tender": say("By tender"),
    "refund": say("Given back (within the above)"),
    "taken": say("By business"),
    "item": say("By charge item"),
    "rate": say("By tax rate"),
    "plan": say("Subscriptions opened"),
    "product": say("Products sold"),
    "extra": say("Extra fields"),
    "outside": say("Posted outside of a shift"),
    "move": say("Cash in and out"),
    "safe": say("Safe and bank"),
    "suspense": say("Money in suspense"),
    "exception": say("Exceptions"),
}
"""What the figures of a period can be by: each table of the day report whose rows add up."""

_d = BusinessDay.table()
_DATES = (
    select(_d.c.business_date)
    .where(_d.c.outlet == bindparam("outlet"), _d.c.business_date >= bindparam("since"))
    .where(_d.c.business_date <= bindparam("until"))
    .order_by(_d.c.business_date)
)
Tell = Callable[[int, int], None]


class Span(Struct, frozen=True):
    """Business dates from one to another, both included (YYYY-MM-DD; empty: without bound)."""

    since: str = ""
    until: str = ""


def days(reading: Reading, outlet: str, span: Span, names: Names) -> list[tuple[str, Report]]:
    """The reports of the business days of a span, in order."""
    return [(day, of_day(reading, outlet, day, names)) for day in dates(reading, outlet, span)]


def dates(reading: Reading, outlet: str, span: Span) -> list[str]:
    """The business dates of a span, in order."""
    found = reading.rows(_DATES, outlet=outlet, since=span.since or FIRST_DAY, until=span.until or LAST_DAY)
    return [day for (day,) in found]


def figures_report(
    reading: Reading, outlet: str, span: Span, by: str, names: Names, how: Ranking = AS_IT_STANDS
) -> Report:
    """The figures of a span by one of BY; `how` their rows are put in order, and compared."""
    found = days(reading, outlet, span, names)
    before = None
    if how.beside:
        earlier = days(reading, outlet, Span(*span_before(span.since, span.until)), names)
        before = _table(earlier, by)
    house = reading.one(Outlet, code=outlet)
    first, last = (found[0][0], found[-1][0]) if found else (span.since, span.until)
    return Report(
        name=f"figures-{outlet}-{first}-{last}-{by}",
        title=say("Figures"),
        facts=(
            Fact(say("Outlet"), both(house.name_zh, house.name_en)),
            Fact(say("Since"), first),
            Fact(say("To"), last),
            Fact(say("Business days"), len(found), "count"),
        ),
        sections=(ranked(_table(found, by), how, before),),
        summary=(Fact(say("Taken in all"), sum(taken(report) for _, report in found), "money"),),
    )


def _table(found: Sequence[tuple[str, Report]], by: str) -> Section:
    return _by_day(found) if by == "day" else summed((report for _, report in found), by)


def series(reading: Reading, outlet: str, span: Span, by: str, names: Names) -> dict[str, list[int]]:
    """What each row of a table came to day by day, in its last column; 0 where a day has none of it."""
    tables = [
        section_of(report, by) if by != "day" else _by_day([(day, report)])
        for day, report in days(reading, outlet, span, names)
    ]
    found: dict[str, list[int]] = {}
    for place, table in enumerate(tables):
        for key, row in zip(table.keys, table.rows, strict=True):
            found.setdefault(key, [0] * len(tables))[place] = figure(row[-1])
    return found


def taken(report: Report) -> int:
    """Fen that a day took."""
    return figure(report.summary[0].value)


def tax(report: Report) -> int:
    """Fen of tax that arose on a day."""
    return figure(report.summary[1].value)


def section_of(report: Report, key: str) -> Section:
    """The table of a report that is by this; an empty one in a report that was kept before there was such a table."""
    return next((section for section in report.sections if section.key == key), Section(BY[key], (), (), key=key))


def summed(reports: Iterable[Report], by: str) -> Section:
    """The tables of several days' reports as one: row by row, by what each is of."""
    tables = [section_of(report, by) for report in reports]
    if not tables:
        return Section(BY[by], (), (), key=by)
    called: dict[str, Value] = {}
    sums: dict[str, list[int]] = {}
    for table in tables:
        for key, row in zip(table.keys, table.rows, strict=True):
            called[key] = row[0]
            known = sums.setdefault(key, [0] * (len(row) - 1))
            sums[key] = [was + figure(more) for was, more in zip(known, row[1:], strict=True)]
    keys = sorted(sums, key=by_number)
    rows = tuple((called[key], *sums[key]) for key in keys)
    newest = next((table for table in reversed(tables) if table.columns), tables[-1])
    has_total = any(table.total for table in tables)
    total = (say("Total"), *(sum(column) for column in zip(*sums.values(), strict=True))) if has_total and rows else ()
    return Section(newest.title, newest.columns, rows, total, by, tuple(keys))


def _by_day(found: Sequence[tuple[str, Report]]) -> Section:
    columns = (
        Column(say("Business date")),
        Column(say("Orders"), "count"),
        Column(say("Amount"), "money"),
        Column(say("Tax"), "money"),
    )
    figures = [(_orders(report), taken(report), tax(report)) for _, report in found]
    rows = tuple((day, *sums) for (day, _), sums in zip(found, figures, strict=True))
    total = (say("Total"), *(sum(column) for column in zip(*figures, strict=True))) if rows else ()
    return Section(BY["day"], columns, rows, total, "day", tuple(day for day, _ in found))


def _orders(report: Report) -> int:
    """Orders that were accepted, also those that were taken back."""
    table = section_of(report, "business")
    return sum(figure(row[1]) for key, row in zip(table.keys, table.rows, strict=True) if key != BACK)


class Compared(Struct, frozen=True):
    """A figure of a day beside that of others: orders or fen. `then` is by the names of SPANS; None: there was no such
    day."""

    label: Value
    kind: str
    now: int
    then: tuple[int | None, ...]


SPANS: tuple[Message, ...] = (say("Day before"), say("Week before"), say("Month so far"))


def compared(reading: Reading, outlet: str, business_date: str, names: Names) -> list[Compared]:
    """A day's figures beside those of the business date before, of the same weekday a week before, and of its month up
    to it."""
    this = date.fromisoformat(business_date)
    since = min(this.replace(day=1), this - timedelta(days=7)).isoformat()
    found = dict(days(reading, outlet, Span(since, business_date), names))
    before = [day for day in found if day < business_date]
    if not before and (earlier := _last_before(reading, outlet, business_date)):
        before, found[earlier] = [earlier], of_day(reading, outlet, earlier, names)
    week = (this - timedelta(days=7)).isoformat()
    month = [report for day, report in found.items() if day[:7] == business_date[:7]]
    spans = [[found[before[-1]]] if before else [], [found[week]] if week in found else [], month]
    now = [found[business_date]]

    def one(label: Value, kind: str, of: Callable[[Report], int]) -> Compared:
        then = tuple(sum(of(report) for report in span) if span else None for span in spans)
        return Compared(label, kind, sum(of(report) for report in now), then)

    lines = [
        one(say("Taken in all"), "money", taken),
        one(say("Tax contained"), "money", tax),
        one(say("Orders"), "count", _orders),
    ]
    for key in ("tender", "taken", "operator", "till"):
        of = summed((report for span in (now, *spans) for report in span), key)
        for row_key, row in zip(of.keys, of.rows, strict=True):
            lines.append(one(row[0], "money", _cell(key, row_key)))
    return lines


def _cell(key: str, row: str) -> Callable[[Report], int]:
    """The amount of a row of a table of a report; 0 where it has none."""

    def found(report: Report) -> int:
        table = section_of(report, key)
        return figure(table.rows[table.keys.index(row)][-1]) if row in table.keys else 0

    return found


def _last_before(reading: Reading, outlet: str, business_date: str) -> str:
    found = reading.rows(_DATES, outlet=outlet, since=FIRST_DAY, until=business_date)
    earlier = [day for (day,) in found if day < business_date]
    return earlier[-1] if earlier else ""


TREND_DAYS = 30


def trend(reading: Reading, outlet: str, business_date: str, names: Names) -> list[tuple[str, int]]:
    """What each business day took, of the last so many up to this one, oldest first: date and fen."""
    since = (date.fromisoformat(business_date) - timedelta(days=TREND_DAYS - 1)).isoformat()
    return [(day, taken(report)) for day, report in days(reading, outlet, Span(since, business_date), names)]
