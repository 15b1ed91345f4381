"""Closes and what is kept of them: the report of a shift's close (Z) and of a day's, as data, as it was signed.

A close is numbered, its report is kept with a digest in the same transaction, and whoever asks for it later is given
what was kept: names, stock and the program may change meanwhile, the paper does not. What it says can be made again
from the books all the same, but for what stood at that moment; `boss verify` compares the two. A shift or day that was
closed before its store kept reports (a demonstration's past) is made again each time. Source: catalogue F11, M11;
design 5.9; peers 1a.
"""

from __future__ import annotations

import hashlib
import json

from msgspec import Struct
from sqlalchemy import bindparam, select

from boss_tui.components.till import shifts as till
from boss_tui.components.till.figures import x_figures
from boss_tui.reports.day import day_report
from boss_tui.reports.figures import day_figures
from boss_tui.reports.left_open import left_open, must_be_answered_for, section
from boss_tui.reports.parts import Names
from boss_tui.reports.report import Report, as_json, from_json
from boss_tui.reports.shift import shift_report
from boss_tui.reports.standing import standing
from data.journal import canonical
from data.message import both
from data.store import Reading, UnitOfWork
from data.tables.finance import BusinessDay, ClosingReport, Shift
from data.tables.organisation import Outlet

_s = Shift.table()
_d = BusinessDay.table()
_SHIFTS = (
    select(*_s.c)
    .where(_s.c.outlet == bindparam("outlet"), _s.c.business_date >= bindparam("since"))
    .where(_s.c.business_date <= bindparam("until"))
    .order_by(_s.c.business_date.desc(), _s.c.opened_at.desc(), _s.c.id)
)
_DAYS = (
    select(*_d.c)
    .where(_d.c.outlet == bindparam("outlet"), _d.c.business_date >= bindparam("since"))
    .where(_d.c.business_date <= bindparam("until"))
    .order_by(_d.c.business_date.desc())
)
FIRST_DAY, LAST_DAY = "0000-00-00", "9999-99-99"
WORD = 200
"""Characters of a supervisor's word at most."""


class Past(Struct, frozen=True):
    """A report that can be asked for: of a shift so far (x), of a shift's close (z), of a day.

    Attributes:
        kind: x, z, day.
        key: what it is asked for by: the till of an X, till and number of a Z (`HZ0101/3`), the date of a day.
        number: of the close; None while it is open.
        operator: whose shift it is; of a day, who closed it.
        difference: fen over or short.
    """

    kind: str
    key: str
    business_date: str
    till: str
    number: int | None
    operator: str
    state: str
    closed_at: str
    difference: int


def z_key(shift: Shift) -> str:
    """What a shift's report is asked for by. A suspended one is at no till: it is told by its cashier too."""
    if shift.state == "closed":
        return f"{shift.till}/{shift.z_number}"
    return f"{shift.till}@{shift.operator}" if shift.state == "suspended" else shift.till


def past(reading: Reading, outlet: str, since: str = "", until: str = "") -> list[Past]:
    """All reports of an outlet in a span of business dates (both included; empty: without bound), newest first, each
    day before its shifts."""
    span = {"outlet": outlet, "since": since or FIRST_DAY, "until": until or LAST_DAY}
    days, found = reading.models(BusinessDay, _DAYS, **span), list[Past]()
    of_day: dict[str, list[Shift]] = {}
    for shift in reading.models(Shift, _SHIFTS, **span):
        of_day.setdefault(shift.business_date, []).append(shift)
    for day in days:
        mine = of_day.get(day.business_date, [])
        over = sum(shift.difference for shift in mine)
        found.append(
            Past(
                "day",
                day.business_date,
                day.business_date,
                "",
                day.number,
                day.closed_by,
                day.state,
                day.closed_at,
                over,
            )
        )
        found += [_of(shift) for shift in mine]
    return found


def _of(shift: Shift) -> Past:
    kind = "z" if shift.state == "closed" else "x"
    return Past(
        kind,
        z_key(shift),
        shift.business_date,
        shift.till,
        shift.z_number,
        shift.operator,
        shift.state,
        shift.closed_at,
        shift.difference,
    )


def close_day(tx: UnitOfWork, outlet: str, business_date: str, operator: str, names: Names, word: str = "") -> Report:
    """Close a business date for good (`till.close_day`) and keep what it left. Answers its report.

    `word`: the supervisor's, of what is left open; NotAllowed (field `word`) where one is wanted and there is none."""
    left = left_open(tx, outlet, business_date)
    day = till.close_day(tx, outlet, business_date, operator, word.strip()[:WORD])
    must_be_answered_for(left, word)
    stands = (*standing(tx, outlet), section(left))
    report = day_report(day_figures(tx, outlet, business_date), names, standing=stands)
    _keep(
        tx,
        report,
        kind="day",
        till="",
        number=day.number or 0,
        outlet=outlet,
        business_date=business_date,
        operator=operator,
        closed_at=day.closed_at,
        difference=_over(report),
    )
    return report


def keep_shift(tx: UnitOfWork, shift: Shift, names: Names) -> Report:
    """Keep what a shift that was just closed left. Answers its Z."""
    report = made_of_shift(tx, shift, names)
    _keep(
        tx,
        report,
        kind="z",
        till=shift.till,
        number=shift.z_number or 0,
        outlet=shift.outlet,
        business_date=shift.business_date,
        operator=shift.operator,
        closed_at=shift.closed_at,
        difference=shift.difference,
    )
    return report


def _over(report: Report) -> int:
    found = next(section for section in report.sections if section.key == "shift")
    return sum(int(str(row[-1])) for row in found.rows)


def _keep(tx: UnitOfWork, report: Report, **about: str | int) -> None:
    content = canonical(as_json(report))
    taken = report.summary[0].value
    tx.add(ClosingReport, taken=taken, content=content, digest=digest_of(content), **about)


def digest_of(content: str) -> str:
    """The SHA-256 of what is kept."""
    return hashlib.sha256(content.encode()).hexdigest()


def of_shift(reading: Reading, shift: Shift, names: Names, *, blind: bool = False) -> Report:
    """A shift's report: the X as it is now, the Z as it was signed. `blind`: see `shift_report`."""
    kept = _kept(reading, shift.outlet, "z", shift.till, shift.z_number) if shift.state == "closed" else None
    return kept or made_of_shift(reading, shift, names, blind=blind)


def of_day(reading: Reading, outlet: str, business_date: str, names: Names) -> Report:
    """A day's report: as it is now, or as it was signed. NotFound: the outlet has no such day."""
    day = reading.one(BusinessDay, outlet=outlet, business_date=business_date)
    kept = _kept(reading, outlet, "day", "", day.number) if day.state == "closed" else None
    if kept is not None:
        return kept
    now = standing(reading, outlet) if day.state == "open" else ()
    return day_report(day_figures(reading, outlet, business_date), names, standing=now)


def made_of_shift(reading: Reading, shift: Shift, names: Names, *, blind: bool = False) -> Report:
    """A shift's report, made from the books."""
    house = reading.one(Outlet, code=shift.outlet)
    return shift_report(x_figures(reading, shift), both(house.name_zh, house.name_en), names, blind=blind)


def _kept(reading: Reading, outlet: str, kind: str, at: str, number: int | None) -> Report | None:
    row = reading.find(ClosingReport, outlet=outlet, kind=kind, till=at, number=number)
    return from_json(json.loads(row.content)) if row is not None else None
