"""The desk: one person at one station, and the only door through which a business is done.

At a counter it is a `CounterDesk`; for what managers keep it has some parts more, most of them of use at headquarters'
office alone.
"""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from boss_tui.desk.counter_desk import CounterDesk
from data.errors import NotAllowed
from data.message import say

if TYPE_CHECKING:
    from boss_tui.desk.acting import Acting
    from boss_tui.desk.delegating import Delegating
    from boss_tui.desk.editing import Editing
    from boss_tui.desk.list_files import ListFiles
    from boss_tui.desk.machines import Machines
    from boss_tui.desk.managing import Managing
    from boss_tui.desk.office_exceptions import OfficeExceptions
    from boss_tui.desk.office_notes import OfficeNotes
    from boss_tui.desk.personnel import Personnel
    from boss_tui.desk.row_files import RowFiles
    from boss_tui.desk.trying import Trying


class Desk(CounterDesk):
    """One operator at one station."""

    @cached_property
    def editions(self) -> Editing:
        """What managers change of headquarters' rows; at the office alone."""
        from boss_tui.desk.editing import Editing

        return Editing(self.seat, self.trust, self.runs)

    @cached_property
    def managing(self) -> Managing:
        """What managers keep: lists, rows into drafts, history."""
        from boss_tui.desk.managing import Managing

        return Managing(self.seat, self.trust, self.runs)

    @cached_property
    def trying(self) -> Trying:
        """What would come of what managers keep."""
        from boss_tui.desk.trying import Trying

        return Trying(self.seat, self.runs, self.asking, self.managing)

    @cached_property
    def personnel(self) -> Personnel:
        """Who looks after the staff."""
        from boss_tui.desk.personnel import Personnel

        return Personnel(self.seat, self.trust, self.supervisors, self.runs, lambda: self.managing)

    @cached_property
    def delegating(self) -> Delegating:
        """Rights that are handed to others for a time."""
        from boss_tui.desk.delegating import Delegating

        return Delegating(self.seat, self.trust, self.supervisors, self.runs)

    @cached_property
    def row_files(self) -> RowFiles:
        """What managers keep, as files: out and in."""
        from boss_tui.desk.row_files import RowFiles

        return RowFiles(self.seat, self.managing, self.files)

    @cached_property
    def acting(self) -> Acting:
        """What is done at the office to rows that no edition changes."""
        from boss_tui.desk.acting import Acting

        return Acting(self.seat, self.managing, self.supervisors)

    @cached_property
    def list_files(self) -> ListFiles:
        """Red and black lists of people, as files."""
        from boss_tui.desk.list_files import ListFiles

        return ListFiles(self.seat, self.managing, self.files)

    @property
    def office_notes(self) -> OfficeNotes:
        """Transfer notes as the office works on them. NotAllowed: this is no office."""
        if self.seat.office_notes is None:
            raise NotAllowed(say("This is done at headquarters' office."))
        return self.seat.office_notes

    @property
    def office_exceptions(self) -> OfficeExceptions:
        """What was put aside of outlets' entries. NotAllowed: this is no office."""
        if self.seat.office_exceptions is None:
            raise NotAllowed(say("This is done at headquarters' office."))
        return self.seat.office_exceptions

    @cached_property
    def machines(self) -> Machines:
        """The simulated machines around a demonstration, which can be made to fail. NotAllowed: these are real."""
        if self.seat.machines is None:
            raise NotAllowed(say("There are simulated machines around a demonstration hall alone."))
        return self.seat.machines()
