"""Printers at the desk: how they stand, which counter's papers come out where, and a supervisor's word on it.

The rules are `printers.routes` and `printers.setting_up`, as for the command; here is who may, and that it is on
record.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from boss_tui.answers.hall import LogoView
from boss_tui.components.operators.access import note_access
from boss_tui.desk.printers import PrinterLine, lines
from boss_tui.desk.seat import Seat
from boss_tui.desk.supervisors import Supervisors
from data.errors import BadForm, NotFound, reason_of
from data.message import Message, say
from data.store import UnitOfWork
from data.tables.printing import Logo
from data.tables.sync import Printer
from printers import logos, routes, setting_up
from printers.routes import Place
from printers.test_page import queue_test

_REFUSAL = say("A supervisor says where papers come out.")


class Printing:
    """The part of the desk that the printers' screen needs. What is changed is told line by line."""

    def __init__(self, seat: Seat, supervisors: Supervisors) -> None:
        self._seat, self._supervisors = seat, supervisors

    def lines(self) -> list[PrinterLine]:
        """The printers of the hall as they stand."""
        with self._seat.reading() as reading:
            return lines(reading)

    def places(self) -> list[Place]:
        """Where papers come out: the hall's, then counter by counter, kind by kind."""
        with self._seat.reading() as reading:
            return routes.table(reading, self._seat.station.outlet)

    def set_route(self, counter: str, kind: str, printer: str) -> list[Message]:
        """Papers of a kind, of a counter, come out of this printer; `printer` empty: as the hall's do. A supervisor
        does it. BadForm beside counter, kind or printer."""
        self._supervisors.here(_REFUSAL)
        with self._seat.writing("printer.route") as tx:
            outlet = self._seat.station.outlet
            if printer:
                told = routes.set_route(tx, outlet, counter, kind, printer)
            else:
                told = routes.clear_route(tx, outlet, counter, kind)
            note_access(tx, "printer.route", f"{counter} {kind} {printer}".strip())
        return told

    def set_up(self, code: str, values: Mapping[str, str]) -> list[Message]:
        """Set up a printer, or change what is said of it; a supervisor does it. BadForm beside each field."""
        self._supervisors.here(_REFUSAL)
        with self._seat.writing("printer.set") as tx:
            told = setting_up.set_up(tx, self._seat.station.outlet, code, values)
            note_access(tx, "printer.set", f"{code} {values.get('state', '')}".strip())
        return told

    def remove(self, code: str, to: str = "") -> list[Message]:
        """A printer is no more; its papers go `to` another. A supervisor does it."""
        self._supervisors.here(_REFUSAL)
        with self._seat.writing("printer.remove") as tx:
            told = setting_up.remove(tx, self._seat.station.outlet, code, to)
            note_access(tx, "printer.remove", code)
        return told

    def logo(self) -> LogoView | None:
        """The logo at the top of papers: which kinds carry it, since when; None where none is set."""
        with self._seat.reading() as reading:
            found = logos.current(reading)
            if found is None:
                return None
            row = reading.one(Logo, number=found.number)
        return LogoView(found.number, found.kinds, row.set_by, row.set_at)

    def set_logo(self, path: str, kinds: str = "") -> LogoView:
        """Put a picture file (PNG) at the top of these kinds of paper (empty: what customers take along), from the next
        paper on; a supervisor does it. BadForm beside picture or kinds."""
        self._supervisors.here(_REFUSAL)
        try:
            content = Path(path).expanduser().read_bytes()
        except (OSError, ValueError) as fault:
            why = reason_of(fault) if isinstance(fault, OSError) else str(fault)
            raise BadForm({"picture": say("{path} can't be read: {fault}", path=path, fault=why)}) from fault
        with self._seat.writing("printer.logo") as tx:
            found = logos.put(tx, content, kinds)
            note_access(tx, "printer.logo", f"{found.number} {','.join(found.kinds)}")
            return LogoView(found.number, found.kinds, tx.author.operator, tx.now())

    def put_logo_away(self) -> None:
        """No paper carries a logo from now on; a supervisor does it. NotFound when none does."""
        self._supervisors.here(_REFUSAL)
        with self._seat.writing("printer.logo") as tx:
            if not logos.put_away(tx):
                raise NotFound(say("No logo is set."))
            note_access(tx, "printer.logo", "-")

    def test(self, code: str) -> None:
        """A test page for a printer, after what waits there."""
        with self._seat.writing("print.test") as tx:
            row = routes.the_printer(tx, code)
            self._queue_test(tx, row)

    def _queue_test(self, tx: UnitOfWork, row: Printer) -> None:
        title = self._seat.paper_words()(say("Test page"))
        queue_test(tx, row, self._seat.station.counter, title, tx.author.operator)
