"""X and Z: a shift so far, and a shift as it was closed (catalogue F11; peers 1a). A Z can be made again any time."""

from __future__ import annotations

from boss_tui.components.till.sums import ShiftFigures
from boss_tui.components.wording import z_number
from boss_tui.forms.typed import yuan
from boss_tui.reports.parts import (
    Names,
    cards_section,
    counted,
    moves_section,
    notes_section,
    openings_section,
    suspense_section,
    takings_sections,
    ticked_section,
)
from boss_tui.reports.report import CASHIER_SIGNS, SUPERVISOR_SIGNS, Column, Fact, Report, Section
from data.clock import on_paper
from data.message import Message, say
from data.states import SHIFT_STATES

SHOWN = 16
"""Digits of the journal's hash on paper: enough that nobody makes another journal of the same ones."""


def shift_report(
    figures: ShiftFigures, outlet: Message, businesses: Names | None = None, copy: int = 0, *, blind: bool = False
) -> Report:
    """X while the shift is open, Z once it is closed. `copy` is which reprint of the Z this is.

    `businesses` gives the names of the businesses by code. `blind`: an X that hides what must be in the drawer, and
    every sum that it follows from, from whoever is to count it.
    """
    shift = figures.shift
    closed = shift.state == "closed"
    number = z_number(shift.till, shift.z_number)
    cards = (cards_section(figures.cards),) if figures.cards else ()
    held = (suspense_section(figures.suspense),) if figures.suspense else ()
    cash = (*held, moves_section(figures.moves), notes_section(figures.notes), openings_section(figures.opened), *cards)
    takings = takings_sections(figures.takings, businesses or {})
    blind = blind and not closed
    sections = (*(_not_in_drawer(figures) if blind else takings), *cash)
    if figures.ticked:
        sections = (*sections, ticked_section(figures.ticked, figures.takings.names))
    return Report(
        name=f"{'z' if closed else 'x'}-{number.replace(' ', '-')}-{shift.business_date}",
        title=say("Shift closed (Z)") if closed else say("Shift so far (X)"),
        facts=_facts(figures, outlet, number),
        sections=(*sections, _count(figures)) if closed else sections,
        summary=(Fact(say("Cash"), say("counted blind")),) if blind else _summary(figures),
        copy=copy,
        signed=(CASHIER_SIGNS, SUPERVISOR_SIGNS) if closed else (),
    )


def _not_in_drawer(figures: ShiftFigures) -> tuple[Section, ...]:
    """What was taken otherwise than in cash. All that was taken is not told: the cash would be the rest of it."""
    kept = [one for one in figures.takings.tenders if one.key not in figures.in_drawer]
    return (counted(say("By tender"), say("Tender"), kept, figures.takings.names),)


def _facts(figures: ShiftFigures, outlet: Message, number: str) -> tuple[Fact, ...]:
    shift = figures.shift
    facts = [
        Fact(say("Outlet"), outlet),
        Fact(say("Till"), number),
        Fact(say("Business date"), shift.business_date),
        Fact(say("Cashier"), f"{shift.operator} {figures.operator}"),
        Fact(say("Shift opened"), on_paper(shift.opened_at, shift.business_date)),
    ]
    if len(figures.tills) > 1:
        facts.append(Fact(say("Tills"), ", ".join(figures.tills)))
    if figures.taken_from:
        facts.append(Fact(say("Taken over from"), figures.taken_from))
    if shift.state == "suspended":
        facts.append(Fact(say("State"), SHIFT_STATES[shift.state]))
    if shift.state == "closed":
        facts.append(Fact(say("Shift closed"), on_paper(shift.closed_at, shift.business_date)))
        seq, _, found = shift.journal_end.partition("/")
        if found:
            facts.append(Fact(say("Journal up to entry"), f"{seq} {found[:SHOWN]}"))
    if shift.closed_by not in {"", shift.operator}:
        facts.append(Fact(say("Closed by"), shift.closed_by))
    if figures.handed_to:
        facts.append(Fact(say("Handed over to"), figures.handed_to))
    return tuple(facts)


def _count(figures: ShiftFigures) -> Section:
    """What was counted, note by note and coin by coin."""
    rows = tuple((denomination, pieces, denomination * pieces) for denomination, pieces in figures.counts)
    columns = (
        Column(say("Note or coin"), "money"),
        Column(say("Pieces"), "count"),
        Column(say("Amount"), "money"),
    )
    total = (say("Total"), sum(row[1] for row in rows), sum(row[2] for row in rows))
    return Section(say("Cash count"), columns, rows, total)


def _summary(figures: ShiftFigures) -> tuple[Fact, ...]:
    shift = figures.shift
    facts = [
        Fact(say("Taken in all"), figures.takings.total, "money"),
        Fact(say("Cash expected"), figures.expected, "money"),
    ]
    if shift.state == "closed":
        facts.append(Fact(say("Cash counted"), shift.counted_cash, "money"))
        facts.append(Fact(say("Over or short"), shift.difference, "money"))
        if figures.put_down:
            facts.append(Fact(say("Counted before"), ", ".join(map(yuan, figures.put_down))))
    if shift.reason:
        facts.append(Fact(say("Reason"), shift.reason))
    if shift.approved_by:
        facts.append(Fact(say("Approved by"), shift.approved_by))
    return tuple(facts)
