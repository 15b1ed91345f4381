"""Exceptions and notes as lines of a list: what of an outlet's entry, by whom, why, how much of its money is in
suspense, since when; and of those that have ended, how."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from functools import cache, partial
from typing import Any

from sqlalchemy import bindparam, select

from boss_tui.answers.exceptions import ExceptionLine
from boss_tui.headquarters.entry_words import entry_words
from boss_tui.sync.reasons import put_aside_for
from boss_tui.sync.states import reason_name
from data.clock import is_made_key, moment
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
BEHIND = "stale"
"""The reason of a change whose base is not there: it may have gone on, or not have come yet."""
WAITS = (
    say("waits its turn"),
    say("It rests on an entry before it that was put aside: end that one first, then accept this one."),
)
"""Of one whose base has not come: in a word or two, and in full."""


def undecided(reading: Reading) -> list[ExceptionLine]:
    """All that waits for a person, the oldest first; notes after what keeps money or an entry back."""
    return [line for state in UNDECIDED for line in _of_state(reading, state)]


def ended(reading: Reading) -> list[ExceptionLine]:
    """All that has ended, what was decided last first."""
    return [line for state in ENDED for line in _of_state(reading, state)]


def _of_state(reading: Reading, state: str) -> list[ExceptionLine]:
    order = ("-decided_at", "-raised_at", "-id") if state in ENDED else ("raised_at", "id")
    rows = reading.all(SyncException, state=state, order=order)
    heads = {key: head for key, *head in reading.rows(_HEADS, of=state)} if rows else {}
    person = cache(partial(person_said, reading))
    return [line_with(reading, row, heads.get(row.id), person) for row in rows]


def line_of(reading: Reading, row: SyncException) -> ExceptionLine:
    """One of them."""
    entry = reading.find(JournalEntry, outlet=row.outlet, epoch=row.epoch, seq=row.seq)
    head = (entry.kind, entry.business_date, entry.operator) if entry is not None else None
    return line_with(reading, row, head, partial(person_said, reading))


def person_said(reading: Reading, staff_no: str) -> str:
    """Somebody by their staff number and name; who is no person, as the journal calls them."""
    person = reading.find(Operator, staff_no=staff_no) if staff_no else None
    return f"{staff_no} {person.name}" if person is not None else staff_no


def line_with(reading: Reading, row: SyncException, head: Any, person: Callable[[str], str]) -> ExceptionLine:
    """One of them. `head`: of its entry the kind, the business date and who did it; None: there is no such entry."""
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
        WAITS[0] if _is_behind(row) else reason_name(row.reason),
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
        return WAITS[1]
    return put_aside_for(row)


def _is_behind(row: SyncException) -> bool:
    """Whether what a change was based on has not come, rather than somebody having been first."""
    if row.reason != BEHIND:
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
