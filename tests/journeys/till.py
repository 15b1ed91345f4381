"""The till by keys: its reports as text, and the count that closes a shift."""

from __future__ import annotations

from boss_tui.answers.business import PaperView
from screens.counting import FACES
from screens.dialogs.tick_list import TickList
from screens.preview import PreviewScreen
from tests.journeys.world import Clerk


async def report(clerk: Clerk, choice: str) -> str:
    """A report of the till's screen, as text."""
    await clerk.type(choice)
    assert isinstance(clerk.app.screen, PreviewScreen), clerk.text()
    (paper,) = clerk.app.screen._papers
    assert paper.preview[2].strip() in clerk.text()
    await clerk.press("f3")
    return "\n".join(paper.preview)


def money(clerk: Clerk, paper: str, label: str) -> str:
    """The amount on the last line that begins with a label; a report speaks the language of the screen."""
    said = clerk.app.words(label)
    found = [line.split()[-1] for line in paper.splitlines() if line.strip().startswith(said)]
    assert found, (label, paper)
    return found[-1]


def pieces(cash: int) -> str:
    """What is typed for so many fen, in as few pieces as there are."""
    typed = ""
    for face in FACES:
        found, cash = divmod(cash, face)
        typed += f"{found or ''}\n"
    assert cash == 0
    return typed


async def tick_all(clerk: Clerk) -> None:
    """Every slip is in hand, where there are any to be ticked off."""
    if isinstance(clerk.app.screen, TickList):
        await clerk.press("enter", "f10")


async def count(clerk: Clerk, cash: int) -> PaperView:
    """Count the drawer, in as few pieces as there are, and close the shift; the Z report, as it stands there.

    `cash`: fen in the drawer, a multiple of the smallest piece.
    """
    await clerk.type("1")
    await clerk.type(pieces(cash))
    await clerk.press("f10")
    await clerk.press("y")  # a question about money is not answered by what was typed ahead
    await tick_all(clerk)
    assert isinstance(clerk.app.screen, PreviewScreen), clerk.text()
    (paper,) = clerk.app.screen._papers
    return paper
