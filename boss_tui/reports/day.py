"""The day report: everything that a business day of an outlet left, for signing and for the books (catalogue M11)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from boss_tui.components.till.sums import Outside
from boss_tui.components.wording import z_number
from boss_tui.reports.exceptions import KINDS, SAFE_OVER, SAFE_SHORT, Exceptional
from boss_tui.reports.extra import answers_sections
from boss_tui.reports.figures import DayFigures
from boss_tui.reports.parts import (
    Names,
    by_number,
    counted,
    moves_section,
    named,
    orders_section,
    safe_section,
    suspense_section,
    takings_sections,
)
from boss_tui.reports.products import product_section
from boss_tui.reports.report import CASHIER_SIGNS, SUPERVISOR_SIGNS, Column, Fact, Report, Section, Value
from data.clock import on_paper
from data.message import both, say
from data.states import SHIFT_STATES, kind_name

PAPERS: Names = {kind: kind_name(kind) for kind in ("invoice", "receipt", "slip", "contract")}


def day_report(
    figures: DayFigures, businesses: Names | None = None, copy: int = 0, standing: tuple[Section, ...] = ()
) -> Report:
    """The report of a business day; `businesses` gives names by code; `copy` is which reprint this is; `standing`: what
    stood at that moment (stock, queues), where that is wanted."""
    names = businesses or {}
    orders = orders_section(figures.orders, figures.back, names)
    opened = counted(say("Subscriptions opened"), say("Plan"), figures.opened, figures.plans, coded=False, key="plan")
    return Report(
        name=f"day-{figures.day.outlet}-{figures.day.business_date}",
        title=say("Day report"),
        facts=_facts(figures),
        sections=(
            orders,
            opened,
            product_section(figures.products),
            *answers_sections(figures.answers),
            *takings_sections(figures.takings, names),
            counted(say("By operator"), say("Operator"), figures.takings.operators, {}, key="operator"),
            counted(say("By counter"), say("Counter"), figures.takings.tills, {}, key="till"),
            _outside(figures.outside, names),
            _papers(figures),
            moves_section(figures.moves),
            safe_section(figures.safe),
            suspense_section(figures.suspense),
            _shifts(figures),
            _exceptions(figures.exceptions, names),
            *standing,
        ),
        summary=_summary(figures),
        copy=copy,
        signed=(CASHIER_SIGNS, SUPERVISOR_SIGNS),
    )


def _facts(figures: DayFigures) -> tuple[Fact, ...]:
    day = figures.day
    facts = [
        Fact(say("Outlet"), figures.outlet),
        Fact(say("Business date"), day.business_date),
        Fact(say("State"), SHIFT_STATES[day.state]),
        Fact(say("Day opened"), f"{on_paper(day.opened_at, day.business_date)} {day.opened_by}"),
    ]
    if day.closed_at:
        facts.append(Fact(say("Day closed"), f"{on_paper(day.closed_at, day.business_date)} {day.closed_by}"))
    if day.number is not None:
        facts.append(Fact(say("Number of the close"), day.number, "count"))
    if day.closing_word:
        facts.append(Fact(say("Said of what is left open"), day.closing_word))
    if day.note:
        facts.append(Fact(say("Note"), day.note))
    return tuple(facts)


def _outside(found: Iterable[Outside], names: Names) -> Section:
    """What no shift has: a final bill, a card used up, a month's part of a prepayment. No money was taken with it."""
    columns = (
        Column(say("Business")),
        Column(say("Count"), "count"),
        Column(say("Amount"), "money"),
        Column(say("Tax"), "money"),
        Column(say("Tax that waits"), "money"),
    )
    ordered = sorted(found, key=lambda one: by_number(one.business))
    sums = [(one.count, one.amount, one.tax, one.waiting) for one in ordered]
    rows: tuple[tuple[Value, ...], ...] = tuple(
        (named(one.business, names), *figures) for one, figures in zip(ordered, sums, strict=True)
    )
    total = (say("Total"), *(sum(column) for column in zip(*sums, strict=True))) if rows else ()
    keys = tuple(one.business for one in ordered)
    return Section(say("Posted outside of a shift"), columns, rows, total, "outside", keys)


def _papers(figures: DayFigures) -> Section:
    """Document numbers: each is used, void or red-lettered; none may be missing (design 5.4)."""
    labels = (say("Valid"), say("Void"), say("Red-lettered"), say("Missing"))
    columns = (
        Column(say("Paper")),
        Column(say("Numbers")),
        *(Column(label, "count") for label in labels),
        Column(say("Amount"), "money"),
        Column(say("Tax"), "money"),
    )
    rows: list[tuple[Value, ...]] = []
    for paper in figures.papers:
        name = say("{code} {name}", code=paper.code, name=PAPERS.get(paper.kind, both(paper.kind, paper.kind)))
        numbers = f"{paper.first:08d}-{paper.last:08d}"
        rows.append((name, numbers, paper.normal, paper.void, paper.red, paper.missing, paper.amount, paper.tax))
    keys = tuple(f"{paper.kind} {paper.code} {paper.first} {paper.last}" for paper in figures.papers)
    return Section(say("Documents"), columns, tuple(rows), key="paper", keys=keys)


def _shifts(figures: DayFigures) -> Section:
    columns = (
        Column(say("Till")),
        Column(say("Cashier")),
        Column(say("State")),
        Column(say("Cash expected"), "money"),
        Column(say("Cash counted"), "money"),
        Column(say("Over or short"), "money"),
    )
    rows: list[tuple[Value, ...]] = []
    for shift in figures.shifts:
        number = z_number(shift.till, shift.z_number)
        money = (figures.expected.get(shift.id, shift.expected_cash), shift.counted_cash, shift.difference)
        rows.append((number, shift.operator, SHIFT_STATES[shift.state], *money))
    return Section(say("Shifts"), columns, tuple(rows), key="shift", keys=tuple(shift.id for shift in figures.shifts))


def _exceptions(found: tuple[Exceptional, ...], names: Names) -> Section:
    """What was out of the ordinary, kind by kind. There is no total: these are things of many kinds."""
    columns = (Column(say("What")), Column(say("Count"), "count"), Column(say("Amount"), "money"))
    rows: list[tuple[Value, ...]] = []
    for one in found:
        what = KINDS[one.kind]
        told = say("{what}: {business}", what=what, business=named(one.business, names)) if one.business else what
        rows.append((told, one.count, one.amount))
    keys = tuple(f"{one.kind} {one.business}".strip() for one in found)
    return Section(say("Exceptions"), columns, tuple(rows), key="exception", keys=keys)


def _of_safe(figures: DayFigures) -> Iterator[Fact]:
    """What counts of the safe found over or short, where they did; what stands before it is of drawers."""
    found = [one.amount for one in figures.exceptions if one.kind in {SAFE_OVER, SAFE_SHORT}]
    if found:
        yield Fact(say("Over or short in the safe"), sum(found), "money")


def _summary(figures: DayFigures) -> tuple[Fact, ...]:
    facts = [
        Fact(say("Taken in all"), figures.takings.total, "money"),
        Fact(say("Tax contained"), figures.tax, "money"),
        Fact(say("Over or short"), figures.difference, "money"),
        *_of_safe(figures),
    ]
    if figures.suspense or figures.in_suspense:
        facts.append(Fact(say("In suspense at the end of the day"), figures.in_suspense, "money"))
    if figures.later.count:
        told = say("Invoices drawn later (their tax is of the day of payment): {n}", n=figures.later.count)
        facts += [Fact(told, figures.later.amount, "money"), Fact(say("Tax in them"), figures.later_tax, "money")]
    if figures.journal:
        facts.append(Fact(say("Journal"), figures.journal))
    return tuple(facts)
