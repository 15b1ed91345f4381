"""Printers at the desk: how they stand, which counter's papers come out where, and a supervisor's word on it.

The rules are `printers.routes` and `printers.setting_up`, as for the command; here is who may, and that it is on
record.
"""

from __future__ import annotations

from collections.abc import Mapping

from boss_tui.components.access import note_access
from boss_tui.desk.counter import Counter
from boss_tui.desk.printers import PrinterLine, lines
from boss_tui.locale import words
from data.errors import NotAllowed
from data.message import Message, say
from data.store import UnitOfWork
from data.tables.sync import Printer
from printers import routes, setting_up
from printers.routes import Place
from printers.test_page import queue_test


class Printing(Counter):
    """The part of the desk that the printers' screen needs. What is changed is told line by line."""

    def printers(self) -> list[PrinterLine]:
        """The printers of the hall as they stand."""
        with self._reading() as reading:
            return lines(reading)

    def places(self) -> list[Place]:
        """Where papers come out: the hall's, then counter by counter, kind by kind."""
        with self._reading() as reading:
            return routes.table(reading, self._station.outlet)

    def set_route(self, counter: str, kind: str, printer: str) -> list[Message]:
        """Papers of a kind, of a counter, come out of this printer; `printer` empty: as the hall's do. A supervisor
        does it. BadForm beside counter, kind or printer."""
        self._must_set_up()
        with self._writing("printer.route") as tx:
            outlet = self._station.outlet
            if printer:
                told = routes.set_route(tx, outlet, counter, kind, printer)
            else:
                told = routes.clear_route(tx, outlet, counter, kind)
            note_access(tx, "printer.route", f"{counter} {kind} {printer}".strip())
        return told

    def set_printer(self, code: str, values: Mapping[str, str]) -> list[Message]:
        """Set up a printer, or change what is said of it; a supervisor does it. BadForm beside each field."""
        self._must_set_up()
        with self._writing("printer.set") as tx:
            told = setting_up.set_up(tx, self._station.outlet, code, values)
            note_access(tx, "printer.set", f"{code} {values.get('state', '')}".strip())
        return told

    def remove_printer(self, code: str, to: str = "") -> list[Message]:
        """A printer is no more; its papers go `to` another. A supervisor does it."""
        self._must_set_up()
        with self._writing("printer.remove") as tx:
            told = setting_up.remove(tx, self._station.outlet, code, to)
            note_access(tx, "printer.remove", code)
        return told

    def test_printer(self, code: str) -> None:
        """A test page for a printer, after what waits there."""
        with self._writing("print.test") as tx:
            row = routes.the_printer(tx, code)
            self._queue_test(tx, row)

    def _queue_test(self, tx: UnitOfWork, row: Printer) -> None:
        title = words(self._station.paper_language)(say("Test page"))
        queue_test(tx, row, self._station.counter, title, tx.author.operator)

    def _must_set_up(self) -> None:
        if self._person().role not in {"supervisor", "manager"}:
            raise NotAllowed(say("A supervisor says where papers come out."))
