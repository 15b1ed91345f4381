"""M9 documents 票据管理: how each kind of paper is laid out, by version; what a layout prints, before it counts.

Numbers are no rows that are published: they are received, handed out and asked back (`m09.numbers`), and used, void and
returned at the outlets (`desk.numbers`).
Source: catalogue M9, F9; domain-facts 7.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Annotated

from boss_tui.components.paper_layouts.kinds import KINDS
from boss_tui.components.paper_layouts.layouts import LANGUAGES as PAPER_LANGUAGES
from boss_tui.components.paper_layouts.layouts import in_force, shipped_text
from boss_tui.forms.fields import Ask
from boss_tui.forms.form import Form
from boss_tui.forms.typed import Day
from boss_tui.management.kit.entity import FIRST_DAY, LAST_DAY, Entity, Values
from boss_tui.management.kit.one_form import adding
from boss_tui.management.kit.subject import Change, Subject, TryOut
from boss_tui.management.m09.layout_checks import LAYOUT_CHECKS
from boss_tui.management.m09.numbers import NUMBER_ACTS
from boss_tui.management.m09.trial import LANGUAGES, LayoutTrialForm, as_printed
from data.message import say
from data.store import Reading
from data.tables.document import PaperLayout
from printers.markup.reading import MOST_CHARACTERS


class LayoutForm(Form):
    """A layout of a kind of paper."""

    id: Annotated[str, Ask(say("Layout"), "text", help=say("Left empty, a new layout is given a key."), length=40)] = ""
    kind: Annotated[str, Ask(say("Paper"), help=say("Such as invoice: which paper is laid out so."), length=20)]
    language: Annotated[str, Ask(say("Language"), "choice", help=say("Of the papers that it is for."))] = "both"
    layout: Annotated[
        str,
        Ask(
            say("Layout text"),
            "multiline",
            help=say("A line each: text, pair, row, if, each, … with fields such as {number}. F4: in lines."),
            length=MOST_CHARACTERS,
        ),
    ]
    valid_from: Annotated[Day | None, Ask(say("From"), "date", help=FIRST_DAY)] = None
    valid_to: Annotated[Day | None, Ask(say("Until"), "date", help=LAST_DAY)] = None


def _example(reading: Reading) -> Iterable[Change]:
    """A paper that is laid out as it ships, with a line of thanks at its head."""
    taken = {(row.kind, row.language) for row in reading.all(PaperLayout, state="active")}
    free = [(kind, language) for language in LANGUAGES for kind in KINDS if (kind, language) not in taken]
    for kind, language in free[:1]:
        layout = f"text center: [谢谢惠顾|Thank you]\n{shipped_text(kind)}"
        yield adding("paper_layout", kind=kind, language=language, layout=layout)


def _shipped(reading: Reading, day: str) -> Iterable[Values]:
    """The shipped layouts, each for the languages in which none is published."""
    published = in_force(reading, day).published
    for kind in KINDS:
        left = [language for language in PAPER_LANGUAGES if (kind, language) not in published]
        if left:
            language = left[0] if len(left) == 1 else "both"
            yield {
                "id": f"shipped-{kind}",
                "kind": kind,
                "language": language,
                "layout": shipped_text(kind).rstrip("\n"),
            }


LAYOUTS = Entity(
    PaperLayout,
    LayoutForm,
    say("Layouts of papers"),
    ("id", "kind", "layout"),
    listed=("id", "kind", "language", "valid_from", "valid_to"),
    sort="kind",
    ships=_shipped,
    words={"kind": {kind: about.says for kind, about in KINDS.items()}, "language": LANGUAGES},
    trial=lambda row: {
        "kind": row.get("kind", ""),
        "layout": row.get("layout", ""),
        "language": "" if row.get("language") == "both" else row.get("language", ""),
    },
)
SUBJECT = Subject(
    "M9",
    (LAYOUTS,),
    checks=LAYOUT_CHECKS,
    tries=TryOut(LayoutTrialForm, as_printed, lambda _: {"kind": "invoice", "width": "58", "language": "zh_CN"}),
    example=_example,
    acts=NUMBER_ACTS,
    empty={
        "F3": say("A layout names fields; whose name stands there comes with the sale."),
        "F4": say("A paper names the product as it is called in M4."),
        "F5": say("Document numbers are F9's own stock; cards and numbers are M5's."),
        "F6": say("Prices and rates of tax are M6's: a paper says what was charged."),
        "F8": say("No paper looks otherwise for anybody's credit."),
        "F10": say("Nothing of a paper is told to the network."),
        **dict.fromkeys(("F11", "F12", "B1"), say("No money moves by how a paper looks; it is booked by the sale.")),
        "A1": say("No paper looks otherwise for anybody's usage."),
        "A2": say("What customers are told of their papers is an article of M1's."),
        "A3": say("Points are counted by what was paid, not by its paper."),
        "A4": say("Agents' halls print the same papers as our own."),
        "B2": say("Partners are settled with by statements (M18), not by these papers."),
    },
)
