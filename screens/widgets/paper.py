"""A document as it looks on paper, on the screen: the same lines that the printer gets."""

from __future__ import annotations

from collections.abc import Sequence

from boss_tui.answers.business import PaperView
from data.message import Message
from data.states import kind_name
from screens.widgets.drawn import Drawn
from screens.widgets.text import Row, fit


class PaperPreview(Drawn):
    """Documents, one below the other."""

    def __init__(self, papers: Sequence[PaperView] = ()) -> None:
        super().__init__()
        self.papers = tuple(papers)

    def show(self, papers: Sequence[PaperView]) -> None:
        """Show these."""
        self.papers = tuple(papers)
        self.redraw(layout=True)

    def rows(self, width: int) -> list[Row]:
        """A heading and the lines of each."""
        rows: list[Row] = []
        for paper in self.papers:
            kind = self.words(paper.name if paper.name != Message("") else kind_name(paper.kind))
            rows.append([(fit(f" {kind}  {paper.number}", width), "head")])
            rows += [[("  |" + fit(line, min(width - 4, 80)), "")] for line in paper.preview]
        return rows
