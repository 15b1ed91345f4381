"""Which exceptions a list tells, in which order: asked of the store so many at a time, however many there are.

The store narrows and sorts, by an index for each order but those of what the journal alone knows (what was done, by
whom): so a page is a page's work. A word is looked for in what stands in a row and its entry, and among the words for
its codes, in each language. Queries only; their SQL is compiled once for each shape of what is typed.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import cache, lru_cache, partial
from heapq import merge
from operator import ge, gt, le, lt
from typing import Any

from msgspec import Struct
from sqlalchemy import ColumnElement, Select, String, and_, bindparam, cast, func, not_, or_, select, tuple_

from boss_tui.answers.exceptions import DECISIONS, ExceptionLine
from boss_tui.catalogue import BUSINESS_NAMES
from boss_tui.forms.typed import fen_typed
from boss_tui.headquarters.entry_words import KINDS, entry_words
from boss_tui.headquarters.exception_lines import BEHIND, ENDED, UNDECIDED, WAITS, line_with, person_said
from boss_tui.locale import LANGUAGES, words
from boss_tui.management.kit.filters import ascii_lower, small, unindexed
from boss_tui.sync.states import REASONS, reason_name, reason_words
from data.errors import BadForm
from data.message import Message, say
from data.statements import any_of, columns, instances
from data.store import Reading
from data.table_words import TABLE_WORDS
from data.tables.organisation import Operator
from data.tables.sync import JournalEntry, SyncException

_e, _j, _o = SyncException.table(), JournalEntry.table(), Operator.table()
_OF_ENTRY = and_(_j.c.outlet == _e.c.outlet, _j.c.epoch == _e.c.epoch, _j.c.seq == _e.c.seq)
_TAILS: Mapping[str, tuple[Any, ...]] = {
    **dict.fromkeys(UNDECIDED, (_e.c.raised_at, _e.c.id)),
    **dict.fromkeys(ENDED, (_e.c.decided_at, _e.c.raised_at, _e.c.id)),
}
"""By what alike ones are in order: those that wait the oldest first, those that have ended the last first."""
_LEADS: Mapping[str, tuple[Any, ...]] = {
    "age": (),
    "taken": (_e.c.held,),
    "paid": (_e.c.held,),
    "outlet": (_e.c.outlet, _e.c.seq),
    "kind": (func.coalesce(_j.c.kind, ""),),
    "person": (func.coalesce(_j.c.operator, ""),),
    "reason": (_e.c.reason,),
}
"""What each of `answers.exceptions.SORTS` goes by; the largest sums are those taken, and those paid out, by turns."""
_TAKEN, _PAID = "taken", "paid"
_FALLING = (_TAKEN,)
_OF_SUMS: Mapping[str, ColumnElement[bool]] = {_TAKEN: _e.c.held >= 0, _PAID: _e.c.held < 0}
AHEAD = 5_000
"""Rows that are looked through for a word in their order before all of them are as the table lies."""
_WIDTH = len(columns(SyncException))
_IN_JOURNAL = ("kind", "person")
_SUM = re.compile(r"-?(\d*)(?:\.(\d{0,2}))?")


class _Word(Struct, frozen=True):
    """A word that is looked for: `term` as it is typed; the codes whose words hold it.

    `least`: it is a sum (in fen) that the money comes to at least, and no word.
    """

    term: str
    kinds: tuple[str, ...] = ()
    reasons: tuple[str, ...] = ()
    tables: tuple[str, ...] = ()
    standings: tuple[str, ...] = ()
    least: int | None = None

    @property
    def shape(self) -> _Word:
        """What makes its SQL, whatever it is: of a word whether it may be a sum; of a sum, that it is one."""
        if self.least is not None:
            return _Word("", least=0)
        return _Word("0" if _digits(self.term) else "", self.kinds, self.reasons, self.tables, self.standings)

    def parameters(self, at: int) -> dict[str, Any]:
        """What is looked for, as its SQL takes it."""
        if self.least is not None:
            return {f"least{at}": self.least, f"most{at}": -self.least}
        return {f"has{at}": _like(self.term), f"sum{at}": _digits(self.term)}


def found(reading: Reading, text: str, *, ended: bool, sort: str, size: int) -> Iterator[ExceptionLine]:
    """Those that fit what is typed, state by state: what keeps money or an entry back, what is only noted, and, if
    `ended`, what has ended. `sort`: one of `answers.exceptions.SORTS`. They are read `size` at a time."""
    terms, person = tuple(map(_word, text.casefold().split())), cache(partial(person_said, reading))
    for state in (*UNDECIDED, *(ENDED if ended else ())):
        for rows in _pages(reading, state, sort, terms, size):
            heads = {key: head for key, *head in reading.among(_heads, (row.id for row in rows))}
            yield from (line_with(reading, row, heads.get(row.id), person) for row in rows)


@cache
def _heads(most: int) -> Select[Any]:
    """Of the entries that so many are about: kind, business date, who did it."""
    told = select(_e.c.id, _j.c.kind, _j.c.business_date, _j.c.operator).select_from(_e.join(_j, _OF_ENTRY))
    return told.where(any_of(_e.c.id, most))


def _pages(
    reading: Reading, state: str, sort: str, terms: tuple[_Word, ...], size: int
) -> Iterator[list[SyncException]]:
    if sort != "sum":
        return _in_order(reading, state, sort, terms, size)
    both = ((row for rows in _in_order(reading, state, lead, terms, size) for row in rows) for lead in (_TAKEN, _PAID))
    return _by_size(merge(*both, key=lambda row: -abs(row.held)), size)


def _by_size(rows: Iterable[SyncException], size: int) -> Iterator[list[SyncException]]:
    page: list[SyncException] = []
    for row in rows:
        page.append(row)
        if len(page) == size:
            yield page
            page = []
    yield page


def _in_order(
    reading: Reading, state: str, lead: str, terms: tuple[_Word, ...], size: int
) -> Iterator[list[SyncException]]:
    shape = tuple(term.shape for term in terms)
    values: dict[str, Any] = {"of": state, "size": size}
    for at, term in enumerate(terms):
        values |= term.parameters(at)
    place: dict[str, Any] = {}
    while True:
        found = _page(reading, _Page(state, lead, shape, bool(place)), {**values, **place})
        yield instances(SyncException, (row[:_WIDTH] for row in found))
        if len(found) < size:
            return
        place = _place("p", found[-1][_WIDTH:])


class _Page(Struct, frozen=True):
    """What makes the SQL of a page: of which state, in which order, of which words; `placed`: from a place on."""

    state: str
    lead: str
    shape: tuple[_Word, ...]
    placed: bool


def _page(reading: Reading, asked: _Page, values: Mapping[str, Any]) -> list[tuple[Any, ...]]:
    """A page's rows, as they are found soonest: in their order, or as the table lies."""
    if asked.lead in _IN_JOURNAL:
        return reading.rows(_statement(asked, lying=True), **values)
    if not asked.shape:
        return reading.rows(_statement(asked), **values)
    end = reading.rows(_far(asked.state, asked.lead, asked.placed), **values, ahead=AHEAD)
    found = reading.rows(_statement(asked, ended=bool(end)), **values, **(_place("e", end[0]) if end else {}))
    if len(found) == values["size"] or not end:
        return found
    return reading.rows(_statement(asked, lying=True), **values)


def _place(name: str, parts: Iterable[Any]) -> dict[str, Any]:
    return {f"{name}{at}": part for at, part in enumerate(parts)}


@lru_cache(maxsize=256)
def _statement(asked: _Page, *, ended: bool = False, lying: bool = False) -> Select[Any]:
    """Rows, and where each stands in its order. `ended`: up to a place; `lying`: no index leads to them."""
    leads, tails = _LEADS[asked.lead], _TAILS[asked.state]
    told = select(*_e.c, *leads, *tails).limit(bindparam("size"))
    if asked.lead in _IN_JOURNAL:
        told = told.select_from(_e.outerjoin(_j, _OF_ENTRY))
    told = _in_turn(told, asked.state, asked.lead, asked.placed, lying=lying)
    if ended:
        told = told.where(not_(_behind(asked.state, asked.lead, "e")))
    for at, word in enumerate(asked.shape):
        told = told.where(_holds(at, word, asked.state))
    return told


@cache
def _far(state: str, lead: str, placed: bool) -> Select[Any]:
    """The place that is so many rows on, whether those fit or not; of none, if there are no more."""
    told = select(*_LEADS[lead], *_TAILS[state]).limit(1).offset(bindparam("ahead"))
    return _in_turn(told, state, lead, placed)


def _in_turn(told: Select[Any], state: str, lead: str, placed: bool, *, lying: bool = False) -> Select[Any]:
    told = told.where((unindexed(_e.c.state) if lying else _e.c.state) == bindparam("of"))
    if lead in _OF_SUMS:
        told = told.where(_OF_SUMS[lead])
    if placed:
        told = told.where(_behind(state, lead, "p"))
    order = ((_LEADS[lead], lead in _FALLING), (_TAILS[state], state in ENDED))
    return told.order_by(*(each.desc() if falling else each for columns, falling in order for each in columns))


def _behind(state: str, lead: str, name: str) -> ColumnElement[bool]:
    """Whether a row stands behind a place."""
    leads, tails, falls, tail_falls = _LEADS[lead], _TAILS[state], lead in _FALLING, state in ENDED
    alike = _compared(tails, name, len(leads), lt if tail_falls else gt)
    if not leads:
        return alike
    further, there = (lt, le) if falls else (gt, ge)
    return and_(_compared(leads, name, 0, there), or_(_compared(leads, name, 0, further), alike))


def _compared(order: tuple[Any, ...], name: str, first: int, how: Callable[[Any, Any], Any]) -> ColumnElement[bool]:
    place = tuple_(*(bindparam(f"{name}{at}") for at in range(first, first + len(order))))
    compared: ColumnElement[bool] = how(tuple_(*order), place)
    return compared


# words


def _word(term: str) -> _Word:
    if term.startswith(">"):
        try:
            return _Word(term, least=fen_typed(term[1:]))
        except BadForm:
            return _Word(term, least=0)  # nothing is typed behind the sign yet
    return _Word(
        term,
        _holding(_kinds(), term),
        _holding(_reasons(), term),
        _holding(_tables(), term),
        tuple(standing for standing, told in _standings().items() if term in told),
    )


def _like(text: str) -> str:
    return "%" + re.sub(r"([%_\\])", r"\\\1", ascii_lower(text)) + "%"


def _digits(term: str) -> str:
    """What a sum looks like in fen whose yuan hold a term; empty: none do."""
    typed = _SUM.fullmatch(term)
    if typed is None or not any(typed.groups()):
        return ""
    whole, part = typed.groups()
    return f"%{whole}%" if part is None else f"%{whole}{part:_<2}"


def _holding(said: Mapping[str, str], term: str) -> tuple[str, ...]:
    return tuple(code for code, told in said.items() if term in told)


def _said(*told: Message) -> str:
    """Messages in each language, as they are looked through."""
    return "\n".join(words(language)(each) for language in LANGUAGES for each in told).casefold()


@cache
def _kinds() -> Mapping[str, str]:
    return {kind: _said(entry_words(kind)) for kind in (*BUSINESS_NAMES, *KINDS)}


@cache
def _reasons() -> Mapping[str, str]:
    found = {each: _said(reason_name(each), reason_words(each), reason_words(each, noted=True)) for each in REASONS}
    return {**found, BEHIND: f"{found[BEHIND]}\n{_said(*WAITS)}"}


@cache
def _tables() -> Mapping[str, str]:
    return {table: _said(told) for table, told in TABLE_WORDS.items()}


@cache
def _standings() -> Mapping[str, str]:
    """How far one is, by its state, or by what was decided."""
    waiting = {"open": say("undecided"), "noted": say("booked, to be looked at")}
    return {each: _said(told) for each, told in {**waiting, **DECISIONS}.items()}


def _holds(at: int, word: _Word, state: str) -> ColumnElement[bool]:
    """Whether a row, or its entry, holds a word; or its money comes to a sum, taken or paid out."""
    if word.least is not None:
        return or_(_e.c.held >= bindparam(f"least{at}"), _e.c.held <= bindparam(f"most{at}"))
    pattern: Any = bindparam(f"has{at}")

    def like(column: Any) -> ColumnElement[bool]:
        held: ColumnElement[bool] = small(column).like(pattern, escape="\\")
        return held

    found = [like(each) for each in (_e.c.outlet, cast(_e.c.seq, String), _e.c.detail, _e.c.id)]
    if word.reasons:
        found.append(_e.c.reason.in_(word.reasons))
        found += [_e.c.detail.like(f'%["{reason}",%') for reason in word.reasons]
    found += [_e.c.detail.like(f'%"{table}%') for table in word.tables]
    if word.term:  # it may be a sum
        found.append(func.concat("00", cast(func.abs(_e.c.held), String)).like(bindparam(f"sum{at}")))
    called = select(_o.c.staff_no).where(like(_o.c.name))
    if state in ENDED:
        ways = [standing for standing in word.standings if standing in DECISIONS]
        found += [like(_e.c.resolution), like(_e.c.decided_by), _e.c.decided_by.in_(called)]
        found += [_e.c.decision.in_(ways)] if ways else []
    elif state in word.standings:
        found.append(_e.c.state == state)
    of_entry = [like(_j.c.operator), like(_j.c.business_date), like(_j.c.kind), _j.c.operator.in_(called)]
    if word.kinds:
        of_entry.append(_j.c.kind.in_(word.kinds))
        known = [kind for kind in _kinds() if "." in kind]
        within = or_(*(_j.c.kind.like(f"{kind}.%") for kind in word.kinds))
        of_entry.append(and_(within, _j.c.kind.not_in(known)))
    entry = select(_j.c.seq).where(_OF_ENTRY, or_(*of_entry)).correlate(_e).exists()
    return or_(*found, entry)  # the entry last: it is another row
