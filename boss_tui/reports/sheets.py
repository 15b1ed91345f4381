"""A paper on A4 as a PDF: what its pages say beside it, in the language of who prints it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from msgspec import Struct

from boss_tui.locale import Words
from data.clock import CHINA
from data.message import say
from printers.document import Document, Text, bannered
from printers.logos import Heading


class Printing(Struct, frozen=True):
    """Who has a file written, and when.

    Attributes:
        by: staff number and name.
        at: the time.
        font: the file of the font that the house has named, if any.
        worthless: what each sheet says in a training hall.
        logo: what stands at the top of papers that carry one.
    """

    by: str
    at: datetime
    font: str = ""
    worthless: str = ""
    logo: Heading | None = None


def sheet(paper: Document, title: str, words: Words, printing: Printing) -> bytes:
    """The paper on A4 pages. Outside, with what to do: there is no font that may be embedded."""
    return sheets([(paper, title)], words, printing)


def sheets(papers: Sequence[tuple[Document, str]], words: Words, printing: Printing) -> bytes:
    """Several papers in one file, each with its title, and its pages counted apart."""
    from printers.a4 import Marks, bundle  # late: the library takes 0.2 s, and most papers go to a roll
    from printers.fonts import face

    at = printing.at.astimezone(CHINA)
    said = say("Printed by {by}, {at}", by=printing.by, at=f"{at:%Y-%m-%d %H:%M:%S}")
    marks = Marks(
        title=", ".join(dict.fromkeys(title for _, title in papers)),
        printed=words(said),
        page=words(say("Page {n} of {m}")),
        made_at=at,
        language=words.language.replace("_", "-"),
    )
    marked = [(_worthless(paper, printing), title) for paper, title in papers]
    logo = printing.logo
    return bundle(marked, marks, face(printing.font), {logo.number: logo.picture} if logo is not None else {})


def _worthless(paper: Document, printing: Printing) -> Document:
    """The paper with the logo that its kind carries, marked as one of a training hall where it is."""
    if printing.logo is not None:
        paper = printing.logo.on(paper)
    if not printing.worthless:
        return paper
    return bannered(paper, Text(printing.worthless, align="center", bold=True))
