"""The day report: everything that a business day of an outlet left, for signing and for the books (catalogue M11)."""

from __future__ import annotations

from boss_tui.components.wording import z_number
from boss_tui.reports.figures import DayFigures
from boss_tui.reports.parts import Names, counted, moves_section, takings_sections
from boss_tui.reports.report import SUPERVISOR_SIGNS, Column, Fact, Report, Section, Value
from data.clock import on_paper
from data.message import both, say
from data.states import kind_name

PAPERS: Names = {kind: kind_name(kind) for kind in ("invoice", "receipt", "slip", "contract")}
STATES: Names = {"open": say("Open"), "suspended": say("Suspended"), "closed": say("Closed")}


def day_report(figures: DayFigures, businesses: Names | None = None, copy: int = 0) -> Report:
    """The report of a business day; `businesses` gives names by code; `copy` is which reprint this is."""
    names = businesses or {}
    orders = counted(say("Orders"), say("Business"), figures.orders, names)
    cancelled = counted(say("Orders cancelled"), say("Business"), figures.cancelled, names)
    opened = counted(say("Subscriptions opened"), say("Plan"), figures.opened, figures.plans, coded=False)
    return Report(
        name=f"day-{figures.day.outlet}-{figures.day.business_date}",
        title=say("Day report"),
        facts=_facts(figures),
        sections=(
            orders, cancelled, opened, *takings_sections(figures.takings, names),
            counted(say("By operator"), say("Operator"), figures.takings.operators, {}),
            _papers(figures), moves_section(figures.moves), _shifts(figures),
        ),
        summary=_summary(figures),
        copy=copy,
        signed=(SUPERVISOR_SIGNS,),
    )  # fmt: skip


def _facts(figures: DayFigures) -> tuple[Fact, ...]:
    day = figures.day
    facts = [
        Fact(say("Outlet"), figures.outlet),
        Fact(say("Business date"), day.business_date),
        Fact(say("State"), STATES[day.state]),
        Fact(say("Day opened"), f"{on_paper(day.opened_at, day.business_date)} {day.opened_by}"),
    ]
    if day.closed_at:
        facts.append(Fact(say("Day closed"), f"{on_paper(day.closed_at, day.business_date)} {day.closed_by}"))
    if day.note:
        facts.append(Fact(say("Note"), day.note))
    return tuple(facts)


def _papers(figures: DayFigures) -> Section:
    """Document numbers: each is used, void or red-lettered; none may be missing (design 5.4)."""
    labels = (say("Valid"), say("Void"), say("Red-lettered"), say("Missing"))
    columns = (
        Column(say("Paper")), Column(say("Numbers")), *(Column(label, "count") for label in labels),
        Column(say("Amount"), "money"), Column(say("Tax"), "money"),
    )  # fmt: skip
    rows: list[tuple[Value, ...]] = []
    for paper in figures.papers:
        name = say("{code} {name}", code=paper.code, name=PAPERS.get(paper.kind, both(paper.kind, paper.kind)))
        numbers = f"{paper.first:08d}-{paper.last:08d}"
        rows.append((name, numbers, paper.normal, paper.void, paper.red, paper.missing, paper.amount, paper.tax))
    return Section(say("Documents"), columns, tuple(rows))


def _shifts(figures: DayFigures) -> Section:
    columns = (
        Column(say("Till")), Column(say("Cashier")), Column(say("State")), Column(say("Cash expected"), "money"),
        Column(say("Cash counted"), "money"), Column(say("Over or short"), "money"),
    )  # fmt: skip
    rows: list[tuple[Value, ...]] = []
    for shift in figures.shifts:
        number = z_number(shift.till, shift.z_number)
        money = (figures.expected.get(shift.id, shift.expected_cash), shift.counted_cash, shift.difference)
        rows.append((number, shift.operator, STATES[shift.state], *money))
    return Section(say("Shifts"), columns, tuple(rows))


def _summary(figures: DayFigures) -> tuple[Fact, ...]:
    facts = [
        Fact(say("Taken in all"), figures.takings.total, "money"),
        Fact(say("Tax contained"), figures.takings.tax, "money"),
        Fact(say("Over or short"), figures.difference, "money"),
    ]
    if figures.later.count:
        told = say("Invoices drawn later (their tax is of the day of payment): {n}", n=figures.later.count)
        facts += [Fact(told, figures.later.amount, "money"), Fact(say("Tax in them"), figures.later_tax, "money")]
    if figures.journal:
        place = figures.journal
        facts.append(Fact(say("Journal"), f"{place.epoch}/{place.seq} {place.hash}"))
    return tuple(facts)
