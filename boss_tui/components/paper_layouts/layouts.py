"""Which layout a paper has, and the paper that comes of it.

A layout is read and checked when a paper first needs it, and kept. What can't be used (of a newer program, or damaged)
stops nobody: the shipped one is used instead, and the outlet's supervisor is told by an alarm.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cache, lru_cache, partial
from pathlib import Path
from typing import NamedTuple

from msgspec import Struct, field
from msgspec.structs import replace

from boss_tui.components.alarms import raise_alarm
from boss_tui.components.base import valid_on
from boss_tui.components.paper_layouts.kinds import KINDS
from boss_tui.locale import Words
from data.journal import canonical
from data.message import Message, say
from data.store import Reading, UnitOfWork
from data.tables.document import PaperLayout
from data.tables.organisation import Alarm
from printers.document import Block, Document
from printers.markup.checking import faults
from printers.markup.composing import Values, composer
from printers.markup.reading import read
from printers.markup.tree import CHINESE, ENGLISH, MarkupFault, Unreadable

LANGUAGES = (CHINESE, ENGLISH)
_FOLDER = Path(__file__).parent / "shipped"
_KEPT = 256
Compose = Callable[[Values], tuple[Block, ...]]


class Published(NamedTuple):
    """A layout that headquarters has published: its key, the revision at which it stands, its text."""

    key: str
    revision: int
    text: str

    @property
    def name(self) -> str:
        """What a paper that was made with it says of it."""
        return f"{self.key}/{self.revision}"


def faults_of(kind: str, text: str, language: str = "") -> tuple[MarkupFault, ...]:
    """All that is wrong with a layout for a kind of paper. `language`: of the papers that it is for; empty: of both."""
    about = KINDS[kind]
    try:
        return tuple(faults(read(text), about.fields, about.needed, language))
    except Unreadable as unreadable:
        return unreadable.faults


@lru_cache(_KEPT)
def compiled(kind: str, text: str, language: str) -> Compose:
    """What makes a kind of paper in a language. Unreadable: with all that is wrong with the layout."""
    found = faults_of(kind, text, language)
    if found:
        raise Unreadable(found)
    return composer(read(text), KINDS[kind].fields, language)


@cache
def shipped_text(kind: str) -> str:
    """The layout that ships with the program."""
    return (_FOLDER / f"{kind}.layout").read_text(encoding="utf-8")


Tell = Callable[[Published, Message], None]


class Layouts(Struct, frozen=True):
    """The layouts of a business date, by kind and language; the shipped ones for what has none. `tell`: who is told of
    one that can't be used."""

    published: Mapping[tuple[str, str], Published] = field(default_factory=dict)
    tell: Tell | None = None

    def paper(self, kind: str, words: Words, /, said: Values, *, of: str = "", kept: bool = False) -> Document:
        """A paper. `of`: the kind as which it is printed and stored; `kept`: whether it keeps what it says, as far as
        its kind does (`PaperKind.kept`)."""
        language = words.language if words.language in LANGUAGES else ENGLISH
        name, text = "", shipped_text(kind)
        layout = self.published.get((kind, language))
        if layout is not None:
            fault = _unusable(kind, layout.text, language)
            if fault is None:
                name, text = layout.name, layout.text
            elif self.tell is not None:
                self.tell(layout, fault)
        blocks = compiled(kind, text, language)(said)
        return Document(of or kind, blocks, {name: said[name] for name in KINDS[kind].kept} if kept else {}, name)


@lru_cache(_KEPT)
def _unusable(kind: str, text: str, language: str) -> Message | None:
    """What is wrong first with a layout; None if nothing is."""
    try:
        compiled(kind, text, language)
    except Unreadable as unreadable:
        return unreadable.faults[0].told
    return None


SHIPPED = Layouts()
ALARM = "paper_layout"


def in_force(reading: Reading, day: str) -> Layouts:
    """The layouts of a business date: a language's own before one for both, the one that began later before others."""
    return reading.worked_out(f"paper layouts {day}", lambda: _in_force(reading, day))


def at_counter(tx: UnitOfWork) -> Layouts:
    """The same of today, where papers come out: a layout that can't be used raises an alarm, once."""
    found = in_force(tx, tx.author.business_date)
    return replace(found, tell=partial(_alarm, tx)) if found.published else found


def _alarm(tx: UnitOfWork, layout: Published, fault: Message) -> None:
    told = say("Layout {layout} can't be used here, the shipped one is: {fault}", layout=layout.name, fault=fault)
    known = tx.all(Alarm, outlet=tx.author.outlet, kind=ALARM)
    if not any(row.message == canonical(told.as_json()) for row in known):
        raise_alarm(tx, ALARM, told)


def _in_force(reading: Reading, day: str) -> Layouts:
    found: dict[tuple[str, str], Published] = {}
    rows = [row for row in reading.all(PaperLayout, state="active") if row.kind in KINDS and valid_on(row, day)]
    for row in sorted(rows, key=lambda row: (row.language != "both", row.valid_from, row.id)):
        for language in (row.language,) if row.language in LANGUAGES else LANGUAGES:
            found[row.kind, language] = Published(row.id, row.revision, row.layout)
    return Layouts(found) if found else SHIPPED
