"""Papers on the screen, and printing one of them again."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding

from boss_tui.answers.business import PaperView
from data.message import Message, say
from data.states import kind_name
from screens.dialogs.one_line import OneLine
from screens.dialogs.pick_list import PickList
from screens.meanings import Meaning, here
from screens.scrolled import ScrolledScreen
from screens.widgets.listing import ListRow
from screens.widgets.paper import PaperPreview


class PreviewScreen(ScrolledScreen):
    """Some papers, one below the other. F4 prints one again, as a copy and with a reason."""

    means = here(list=Meaning(say("Copy"), say("Print one again")))
    told: ClassVar[Message] = say("F4: print one again. F3: back")
    only: ClassVar[Message] = say("Arrows, PgDn: the rest. Enter: back")
    """What is said where nothing can be done but look."""
    BINDINGS: ClassVar = [Binding("enter", "enter", show=False)]

    def __init__(self, title: Message, papers: Sequence[PaperView], reprint: bool = True) -> None:
        super().__init__()
        self._title, self._papers, self._reprint = title, tuple(papers), reprint

    def heading(self) -> Message:
        """What the papers belong to."""
        return self._title

    def parts(self) -> ComposeResult:
        """The papers."""
        with self.form:
            yield PaperPreview(self._papers)

    def on_mount(self) -> None:
        """Say what can be done here."""
        if not self._papers:
            self.tell(say("There are no papers."))
        else:
            said = next((paper.summary for paper in self._papers if paper.summary != Message("")), None)
            if said is not None:
                self.tell(say("{told} {keys}", told=said, keys=self._keys()), "good")
            else:
                self.tell(self._keys())

    def _keys(self) -> Message:
        return self.told if self._reprint else self.only

    def action_enter(self) -> None:
        """Go on, where there is nothing else to do."""
        if not self._reprint:
            self.action_do("back")

    def why_not(self, name: str) -> Message | None:
        """A report is not printed from here."""
        if name == "list" and not (self._papers and self._reprint):
            return say("There is nothing to print again.")
        return super().why_not(name)

    async def do_list(self) -> None:
        """Print one again."""
        lines = [ListRow((kind_name(paper.kind), paper.number), paper) for paper in self._papers]

        async def load(text: str) -> list[ListRow]:
            return [line for line in lines if text in " ".join(map(self.desk.words, line.cells))]

        paper = await self.desk.ask(PickList(say("Print again"), load))
        if paper is None:
            return
        reason = await self.desk.ask(
            OneLine(say("Print again"), say("Why? The copy is marked and logged."), needed=True)
        )
        if reason:
            await self.desk.call(self.desk.port.papers.reprint, paper.id, reason)
            self.tell(say("{number} is printed again, as a copy.", number=paper.number), "good")
