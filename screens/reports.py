"""A report on the screen: printed by a key, written to a file by another."""

from __future__ import annotations

from functools import partial

from boss_tui.answers.business import PaperView
from data.message import Message, say
from screens.exporting import export
from screens.meanings import FILE, Meaning, here
from screens.preview import PreviewScreen

TITLES = {"x": say("X report"), "z": say("Z report"), "day": say("Day report")}


class ReportScreen(PreviewScreen):
    """A report; F4 prints it: what was printed at a close once is a copy then. F10 writes it to a file."""

    means = here(list=Meaning(say("Print"), say("Print it")), complete=FILE)
    told = say("F4: print it. F10: into a file. F3: back")

    def __init__(self, kind: str, title: Message, paper: PaperView, key: str = "") -> None:
        super().__init__(title, [paper])
        self._kind, self._key = kind, key

    async def do_list(self) -> None:
        """Print it."""
        paper = await self.desk.call(self.desk.port.reports.print, self._kind, self._key)
        self.tell(
            paper.summary if paper.summary != Message("") else say("{number} is printed.", number=paper.number), "good"
        )

    def why_not(self, name: str) -> Message | None:
        """It can be written to a file."""
        return None if name == "complete" else super().why_not(name)

    async def do_complete(self) -> None:
        """Into a file."""
        await export(self.desk, partial(self.desk.port.files.report, self._kind, self._key))
