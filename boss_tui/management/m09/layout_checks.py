"""What M9 asks of layouts: a kind that there is, a text that can be read and loses nothing, one layout at a time."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from boss_tui.components.paper_layouts.kinds import KINDS
from boss_tui.components.paper_layouts.layouts import faults_of
from boss_tui.editions.lines import RowEdit
from boss_tui.editions.subjects import Check, Fault, Rehearsal
from data.message import say
from data.statements import table_name
from data.store import Reading
from data.tables.document import PaperLayout

TOLD = 20
"""So many faults of a layout are told at once."""


def can_be_printed(at: Rehearsal) -> Iterator[Fault]:
    """A layout is of a kind that there is; each thing that is wrong with its text is told by line and column."""
    for position, layout in _layouts(at.reading, at.lines):
        if layout.kind not in KINDS:
            yield Fault(position, "kind", say("One of {words}.", words=", ".join(KINDS)))
            continue
        language = "" if layout.language == "both" else layout.language
        for fault in faults_of(layout.kind, layout.layout, language)[:TOLD]:
            yield Fault(position, "layout", fault.told)


def begins_alone(at: Rehearsal) -> Iterator[Fault]:
    """Of two layouts of a kind and language the one that began later counts: so no two begin on one date."""
    standing = at.reading.all(PaperLayout, state="active")
    for position, layout in _layouts(at.reading, at.lines):
        for other in standing:
            same = (other.kind, other.language, other.valid_from) == (layout.kind, layout.language, layout.valid_from)
            if same and other.id != layout.id:
                told = say(
                    "Layout {other} of this paper and language begins on the same date: change that.", other=other.id
                )
                yield Fault(position, "valid_from", told)


def ends_after_it_begins(at: Rehearsal) -> Iterator[Fault]:
    """A layout's last day is not before its first."""
    for position, layout in _layouts(at.reading, at.lines):
        if layout.valid_from and "" < layout.valid_to < layout.valid_from:
            yield Fault(position, "valid_to", say("The last day comes before the first."))


LAYOUT_CHECKS: tuple[Check, ...] = (can_be_printed, begins_alone, ends_after_it_begins)


def _layouts(reading: Reading, lines: Mapping[int, RowEdit]) -> Iterator[tuple[int, PaperLayout]]:
    """The layouts that the lines leave in force, by the position of the line."""
    for position, line in lines.items():
        row = reading.find(PaperLayout, id=line.key[0]) if line.table == table_name(PaperLayout) else None
        if row is not None and row.state == "active":
            yield position, row
