"""The rows of a table in another order, the first of them alone, each with its share, beside a period before (F13).

Nothing is left out by it: what is not among the first stands together in one row, and the total stays.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

from msgspec import Struct

from boss_tui.reports.report import Column, Section, Value
from data.errors import NotAllowed
from data.message import Message, say

SORTS: dict[str, Message] = {
    "": say("As they stand"),
    "amount": say("The largest amount first"),
    "count": say("The most pieces first"),
}
Row = tuple[Value, ...]


class Ranking(Struct, frozen=True):
    """How a table is shown. `sort`: one of SORTS; `top`: so many of the first rows alone (0: all); `beside`: whether
    the period before stands beside it."""

    sort: str = ""
    top: int = 0
    beside: bool = False

    @property
    def plain(self) -> bool:
        """Whether the table stays as it is."""
        return not (self.sort or self.top or self.beside)


AS_IT_STANDS = Ranking()


def checked(how: Ranking) -> Ranking:
    """A ranking as it is asked for. NotAllowed: there is no such order, or fewer rows than none."""
    if how.sort not in SORTS:
        raise NotAllowed(say("Sorted by amount or by count."), field="sort")
    if how.top < 0:
        raise NotAllowed(say("How many rows: 0 for all."), field="top")
    return how


def span_before(since: str, until: str) -> tuple[str, str]:
    """The period before one: of a month the month before, else as many days. NotAllowed: it has no first or last
    day."""
    if not (since and until):
        raise NotAllowed(say("Say of which dates (F9): what has no beginning has no period before it."), field="since")
    first = date.fromisoformat(since)
    if since.endswith("-01") and until[:7] == since[:7] and until[8:] in {"28", "29", "30", "31"} and _ends(until):
        last = first - timedelta(days=1)
        return last.replace(day=1).isoformat(), last.isoformat()
    days = (date.fromisoformat(until) - first).days + 1
    return (first - timedelta(days=days)).isoformat(), (first - timedelta(days=1)).isoformat()


def _ends(until: str) -> bool:
    """Whether a date is the last of its month, or behind it (2026-02-31 is said of a whole month)."""
    try:
        return (date.fromisoformat(until) + timedelta(days=1)).day == 1
    except ValueError:
        return True


def ranked(section: Section, how: Ranking, before: Section | None = None) -> Section:
    """The table so; a share of the total, in a thousand parts, with each amount. `before`: the table of the period
    before."""
    if how.plain or not section.rows:
        return section
    whole = sum(_last(row) for row in section.rows)
    pairs = list(zip(section.keys, section.rows, strict=True))
    if how.sort:
        pairs.sort(key=lambda pair: -_sorted_by(section, how.sort)(pair[1]))
    then = dict(zip(before.keys, before.rows, strict=True)) if before is not None else {}
    kept, rest = (pairs[: how.top], pairs[how.top :]) if how.top else (pairs, [])

    def told(row: Row, keys: list[str]) -> Row:
        beside = (sum(_last(then[key]) for key in keys if key in then),) if how.beside else ()
        return (*row, _share(_last(row), whole), *beside)

    rows = [told(row, [key]) for key, row in kept]
    if rest:
        others: Row = (say("{n} {n:other|others}", n=len(rest)), *_summed([row for _, row in rest]))
        rows.append(told(others, [key for key, _ in rest]))
    columns = (*section.columns, Column(say("Share")), *([Column(say("Before"), "money")] if how.beside else []))
    total = (*section.total, _share(whole, whole), *([sum(map(_last, then.values()))] if how.beside else []))
    keys = (*(key for key, _ in kept), *([""] if rest else []))
    return Section(section.title, columns, tuple(rows), total if section.total else (), section.key, keys)


def _last(row: Row) -> int:
    return row[-1] if isinstance(row[-1], int) else 0


def _sorted_by(section: Section, sort: str) -> Callable[[Row], int]:
    """The value that rows are put in order by: the last amount, or the first count; of a table without, its last."""
    counts = [place for place, column in enumerate(section.columns) if column.kind == "count"]
    place = counts[0] if sort == "count" and counts else len(section.columns) - 1

    def value(row: Row) -> int:
        cell = row[place]
        return cell if isinstance(cell, int) else 0

    return value


def _summed(rows: list[Row]) -> tuple[int, ...]:
    columns = list(zip(*rows, strict=True))[1:]
    return tuple(sum(value for value in column if isinstance(value, int)) for column in columns)


def _share(amount: int, whole: int) -> str:
    """A share in percent with one digit, rounded half up; none where the whole is not above nothing."""
    if whole <= 0:
        return "-"
    thousandths = (abs(amount) * 2000 + whole) // (2 * whole)
    return f"{'-' if amount < 0 and thousandths else ''}{thousandths // 10}.{thousandths % 10} %"
