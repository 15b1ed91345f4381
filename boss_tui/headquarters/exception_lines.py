"""Exceptions and notes as lines of a list: what of an outlet's entry, by whom, why, how much of its money is in
suspense, since when; and of those that have ended, how."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import cache, partial
from typing import Any

from sqlalchemy import bindparam, select

from boss_tui.answers.exceptions import ExceptionLine
from boss_tui.forms.typed import fen_typed, yuan
from boss_tui.headquarters.entry_words import entry_words
from boss_tui.locale import LANGUAGES, words
from boss_tui.sync.reasons import put_aside_for
from boss_tui.sync.states import reason_name
from data.clock import is_made_key, moment
from data.errors import BadForm
from data.message import Message, quoted, say
from data.store import Reading
from data.table_words import TABLE_WORDS, row_words, table_word
from data.tables.organisation import Operator
from data.tables.sync import JournalEntry, SyncException

RIGHT = "M11"
"""The row of the catalogue by whose right they are ended: what becomes of money is the accountants' to say."""
UNDECIDED, ENDED = ("open", "noted"), ("resolved",)
"""The states of what waits for a person, those that keep money or an entry back first; and of what has ended."""

_e, _j = SyncException.table(), JournalEntry.table()
_HEADS = (
    select(_e.c.id, _j.c.kind, _j.c.business_date, _j.c.operator)
    .select_from(
        _e.join(_j, (_j.c.outlet == _e.c.outlet) & (_j.c.epoch == _e.c.epoch) & (_j.c.seq == _e.c.seq)),
    )
    .where(_e.c.state == bindparam("of"))
)
Head = tuple[str, str, str]
"""Of an entry: its kind, business date, and who did it."""
_KEYS: Mapping[str, Callable[[ExceptionLine], Any]] = {
    "age": lambda _: 0,
    "sum": lambda line: -abs(line.held),
    "outlet": lambda line: (line.outlet, line.seq),
    "kind": lambda line: str(line.kind),
    "person": lambda line: line.person,
    "reason": lambda line: line.reason,
}


def undecided(reading: Reading) -> list[ExceptionLine]:
    """All that waits for a person, the oldest first; notes after what keeps money or an entry back."""
    return [line for state in UNDECIDED for line in _of_state(reading, state)]


def ended(reading: Reading) -> list[ExceptionLine]:
    """All that has ended, what was decided last first."""
    return [line for state in ENDED for line in _of_state(reading, state)]


def sorted_by(lines: Iterable[ExceptionLine], sort: str) -> list[ExceptionLine]:
    """The same lines by one of `answers.exceptions.SORTS`, state by state as they stand; alike ones as they stand."""
    found, key = list(lines), _KEYS[sort]
    places = {state: place for place, state in enumerate((*UNDECIDED, *ENDED))}
    return sorted(found, key=lambda line: (places[line.state], key(line)))


def fitting(lines: Iterable[ExceptionLine], text: str) -> Iterator[ExceptionLine]:
    """The lines that fit what is typed: each word stands in it, in whatever language; `>100`: of at least so many
    yuan, taken or paid out."""
    terms = text.casefold().split()
    least = [_at_least(term) for term in terms if term.startswith(">")]
    sought = [term for term in terms if not term.startswith(">")]
    for line in lines:
        if all(abs(line.held) >= fen for fen in least) and _holds(line, sought):
            yield line


def _at_least(term: str) -> int:
    try:
        return fen_typed(term[1:])
    except BadForm:
        return 0  # nothing is typed behind the sign yet


def _holds(line: ExceptionLine, sought: list[str]) -> bool:
    if not sought:
        return True
    told = " ".join(spoken for language in LANGUAGES for spoken in _said(line, language)).casefold()
    return all(term in told for term in sought)


def _said(line: ExceptionLine, language: str) -> Iterator[str]:
    speak = words(language)
    yield from (line.id, line.outlet, str(line.seq), line.business_date, line.person, line.decided_by, line.words)
    yield yuan(line.held)
    yield from map(speak, (line.kind, line.called, line.means, line.about, line.standing))


def _of_state(reading: Reading, state: str) -> list[ExceptionLine]:
    order = ("-decided_at", "-raised_at", "-id") if state in ENDED else ("raised_at", "id")
    rows = reading.all(SyncException, state=state, order=order)
    heads = {key: head for key, *head in reading.rows(_HEADS, of=state)} if rows else {}
    person = cache(partial(person_said, reading))
    return [_line(reading, row, heads.get(row.id), person) for row in rows]


def line_of(reading: Reading, row: SyncException) -> ExceptionLine:
    """One of them."""
    entry = reading.find(JournalEntry, outlet=row.outlet, epoch=row.epoch, seq=row.seq)
    head = (entry.kind, entry.business_date, entry.operator) if entry is not None else None
    return _line(reading, row, head, partial(person_said, reading))


def person_said(reading: Reading, staff_no: str) -> str:
    """Somebody by their staff number and name; who is no person, as the journal calls them."""
    person = reading.find(Operator, staff_no=staff_no) if staff_no else None
    return f"{staff_no} {person.name}" if person is not None else staff_no


def _line(reading: Reading, row: SyncException, head: Any, person: Callable[[str], str]) -> ExceptionLine:
    kind, day, staff_no = head if head is not None else ("", "", "")
    return ExceptionLine(
        row.id,
        row.revision,
        row.outlet,
        row.epoch,
        row.seq,
        entry_words(kind) if kind else Message(""),
        day,
        person(staff_no),
        row.held,
        row.reason,
        say("waits its turn") if _is_behind(row) else reason_name(row.reason),
        means_of(row),
        about(row),
        row.raised_at,
        max(0, int((reading.present() - moment(row.raised_at)).total_seconds())),
        row.state,
        row.decision,
        person(row.decided_by),
        row.decided_at,
        row.resolution,
    )


def means_of(row: SyncException) -> Message:
    """Why, in full."""
    if _is_behind(row):
        return say("It rests on an entry before it that was put aside: end that one first, then accept this one.")
    return put_aside_for(row)


def _is_behind(row: SyncException) -> bool:
    """Whether what a change was based on has not come, rather than somebody having been first."""
    if row.reason != "stale":
        return False
    detail = json.loads(row.detail)
    return bool(detail["found"] < detail["base"])


def about(row: SyncException) -> Message:
    """What of the entry it is about, as short as it was noted."""
    return about_detail(json.loads(row.detail) if row.detail else {})


def about_detail(detail: Mapping[str, Any]) -> Message:
    """The same of what was noted of one reason: as a rule a row, whose table stands first."""
    if "message" in detail:
        return Message.from_json(detail["message"])
    if "what" in detail:
        table, _, key = str(detail["what"]).partition(" ")
    else:
        table, key = str(detail.get("table", "")), "/".join(map(str, detail.get("key", ())))
    if table not in TABLE_WORDS:
        return quoted(f"{table} {key}".strip())
    return row_words(table, (key,)) if key and not is_made_key(key) else table_word(table)
