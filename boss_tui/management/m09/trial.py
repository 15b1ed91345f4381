"""A layout as it would be printed, tried by M9: the bytes of a real printer, read again by the simulated one.

What stands on the paper is what a real one of its kind says: one that is named by its number, else the last of them
that is on record here, else a sample.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Annotated, Any

from sqlalchemy import bindparam, select

from boss_tui.components.base import Context
from boss_tui.components.documents.number_stock import numbered
from boss_tui.components.documents.papers import check_page
from boss_tui.components.paper_layouts.kinds import KINDS
from boss_tui.components.paper_layouts.layouts import Layouts, Published, faults_of, in_force
from boss_tui.components.wording import amount_in_capitals
from boss_tui.forms.fields import Ask
from boss_tui.forms.form import Form
from boss_tui.locale import words
from boss_tui.management.kit.subject import Fact
from boss_tui.management.m09.samples import sample
from data.characters import is_digits, is_han
from data.clock import on_paper
from data.errors import BadForm
from data.message import Message, both, say
from data.store import Reading
from data.tables.document import PaperDocument
from data.tables.order import ProductOrder
from data.tables.organisation import Outlet
from printers import logos, rendering
from printers.decoder import Decoder
from printers.document import Document
from printers.markup.reading import MOST_CHARACTERS
from printers.paper import Paper, render
from printers.profiles import PROFILES

LANGUAGES: dict[str, Message] = {"both": say("Both languages"), "zh_CN": say("Chinese"), "en": say("English")}
WIDTHS = {"58": "58mm-cutter", "80": "80mm"}
_papers = PaperDocument.table()
_LAST = (
    select(*_papers.c)
    .where(_papers.c.kind == bindparam("kind"), _papers.c.state == "normal")
    .order_by(_papers.c.business_date.desc())
    .limit(50)
)
"""The last papers on record, among which one of the kind is looked for."""


class LayoutTrialForm(Form):
    """Which paper is laid out, and how."""

    kind: Annotated[
        str,
        Ask(
            say("Paper"),
            choices="paper_layout.kind",
            help=say("Such as invoice: which paper is laid out so."),
            length=20,
        ),
    ]
    layout: Annotated[
        str,
        Ask(
            say("Layout text"),
            "multiline",
            help=say("Empty: as it is laid out on that date."),
            length=MOST_CHARACTERS,
        ),
    ] = ""
    number: Annotated[str, Ask(say("Number"), help=say("Of a paper on record, such as 1440-00000012."), length=40)] = ""
    width: Annotated[str, Ask(say("Width"), "code", help=say("58 or 80; empty: both."), length=2)] = ""
    language: Annotated[str, Ask(say("Language"), help=say("zh_CN or en; empty: both."), length=5)] = ""


def as_printed(at: Context, asked: LayoutTrialForm) -> Iterator[Fact]:
    """What is wrong with the layout, by line and column; if nothing is, the paper line by line in each width and
    language, that of whoever looks first. BadForm: there is no such paper, width or language."""
    _must_be_known(asked)
    found = faults_of(asked.kind, asked.layout, asked.language) if asked.layout.strip() else ()
    for fault in found:
        yield Fact(say("Fault"), fault.told)
    if found:
        return
    for language in (asked.language,) if asked.language else sorted(("zh_CN", "en"), key=lambda each: each != at.reads):
        layouts = _layouts(at, asked, language)
        said = _said(at.tx, asked, language)
        document = layouts.paper(asked.kind, words(language), said, of=KINDS[asked.kind].stored or "report")
        for width in (asked.width,) if asked.width else WIDTHS:
            told = say("{width} mm, {language}", width=width, language=LANGUAGES[language])
            yield Fact(told, _whose(document, asked))
            for line in printed(at.tx, document, width):
                yield Fact(Message(""), line)


def printed(reading: Reading, document: Document, width: str) -> Iterator[str]:
    """The paper as a printer of a width in mm prints the bytes that it is sent, and what it took amiss."""
    profile = PROFILES[WIDTHS[width]]
    content, _ = rendering.rendered(reading, document, profile)
    paper, decoder = Paper(profile.columns), Decoder()
    for action in decoder.feed(logos.filled_in(reading, content, profile.columns)):
        paper.do(action)
    for line in paper.lines:
        yield from render(line, profile.columns)
    yield from (f"!! {fault}" for fault in paper.faults)


def _must_be_known(asked: LayoutTrialForm) -> None:
    wrong: dict[str, Message] = {}
    if asked.kind not in KINDS:
        wrong["kind"] = say("One of {words}.", words=", ".join(KINDS))
    if asked.width and asked.width not in WIDTHS:
        wrong["width"] = say("One of {words}.", words=", ".join(WIDTHS))
    if asked.language and asked.language not in ("zh_CN", "en"):
        wrong["language"] = say("One of {words}.", words="zh_CN, en")
    if wrong:
        raise BadForm(wrong)


def _layouts(at: Context, asked: LayoutTrialForm, language: str) -> Layouts:
    """The layout that was typed, else those of the date."""
    if not asked.layout.strip():
        return in_force(at.tx, at.business_date)
    return Layouts({(asked.kind, language): Published("", 0, asked.layout)})


def _said(reading: Reading, asked: LayoutTrialForm, language: str) -> Mapping[str, Any]:
    """What a paper of the kind says. BadForm: the one that is named is not on record, or of another kind."""
    if asked.number.strip():
        return _of_number(reading, asked, language)
    stored = KINDS[asked.kind].stored
    if stored:
        for row in reading.models(PaperDocument, _LAST, kind=stored):
            said = _of_row(reading, row, asked.kind, language)
            if said is not None and _is_in(said, language):
                return said
    return sample(asked.kind, words(language))


def _is_in(said: Mapping[str, Any], language: str) -> bool:
    """Whether a paper was made in a language: what it calls its business is a word of the program's."""
    return any(map(is_han, str(said.get("business", "")))) is (language == "zh_CN")


def _of_number(reading: Reading, asked: LayoutTrialForm, language: str) -> Mapping[str, Any]:
    if not KINDS[asked.kind].is_whole:
        raise BadForm({"number": say("Of this kind of paper only a sample can be laid out.")})
    code, _, number = asked.number.strip().rpartition("-")
    found = reading.all(PaperDocument, code=code, number=int(number)) if is_digits(number) else []
    for row in found:
        if (said := _of_row(reading, row, asked.kind, language)) is not None:
            return said
    raise BadForm({"number": say("No paper of this kind with that number is on record here.")})


def _of_row(reading: Reading, row: PaperDocument, kind: str, language: str) -> Mapping[str, Any] | None:
    """What a paper on record says, in full; None: it is no paper of that kind, or does not say all of it."""
    about, said = KINDS[kind], json.loads(row.content).get("said", {})
    if not about.is_whole or not said.keys() >= set(about.kept):
        return None
    order = reading.find(ProductOrder, id=row.order_id) if row.order_id else None
    outlet = reading.find(Outlet, code=row.outlet)
    return {
        **said,
        "outlet": words(language)(both(outlet.name_zh, outlet.name_en)) if outlet else row.outlet,
        "staff": row.operator,
        "serial": order.serial if order else row.collection,
        "business_date": row.business_date,
        "accepted_at": on_paper(row.made_at, row.business_date),
        "capitals": amount_in_capitals(row.amount),
        "check_page": check_page(numbered(row), row.amount),
    }


def _whose(document: Document, asked: LayoutTrialForm) -> Message | str:
    """Which layout a paper has."""
    if asked.layout.strip():
        return say("as it is typed")
    return document.layout or say("as it ships")
