"""A paper on A4 as a PDF: what its pages say beside it, in the language of who prints it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from boss_tui.locale import Words
from data.clock import CHINA
from data.message import say
from printers.document import Document, Text, bannered


@dataclass(frozen=True, slots=True)
class Printing:
    """Who has a file written, and when.

    Attributes:
        by: staff number and name.
        at: the time.
        font: the file of the font that the house has named, if any.
        worthless: what each sheet says in a training hall.
    """

    by: str
    at: datetime
    font: str = ""
    worthless: str = ""


def sheet(paper: Document, title: str, words: Words, printing: Printing) -> bytes:
    """The paper on A4 pages. Outside, with what to do: there is no font that may be embedded."""
    from printers.a4 import Marks, pdf  # late: the library takes 0.2 s, and most papers go to a roll
    from printers.fonts import face

    at = printing.at.astimezone(CHINA)
    said = say("Printed by {by}, {at}", by=printing.by, at=f"{at:%Y-%m-%d %H:%M:%S}")
    marks = Marks(
        title=title, printed=words(said), page=words(say("Page {n} of {m}")), made_at=at,
        language=words.language.replace("_", "-"),
    )  # fmt: skip
    if printing.worthless:
        paper = bannered(paper, Text(printing.worthless, align="center", bold=True))
    return pdf(paper, marks, face(printing.font))
