"""Invariant 8: an edition is in the state that its own acts and what was published of it come to.

What is in force was published, line for line, and nothing else of it; what was withdrawn before its date, or failed on
it, was taken back; of what was not decided nothing was published. Its content is what was signed, by another person
than its author; a founding's by nobody, and nothing else was published before it. An emergency is signed by nobody and
reviewed by another. Each act has its entry in the office's journal, under its serial. Source: design 3 and 12.

That the published lines are those of the stream, and the rows what their lines come to: `handed`.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from itertools import chain

from sqlalchemy import and_, bindparam, exists, or_, select

from boss_tui.editions.lines import key_text
from boss_tui.editions.standing import content_hash, effects, published, rows_of
from boss_tui.editions.subjects import FOUNDING
from boss_tui.verify.finding import Finding
from boss_tui.verify.rule import Rule, columns_of
from data.message import Message, say
from data.store import Reading
from data.tables.act import Act
from data.tables.edition import Edition, EditionLine, Publication
from data.tables.sync import JournalEntry

PUBLISHED, SIGNED = "edition is what was published of it", "edition is what was signed"

_e, _p, _a, _j = (columns_of(model) for model in (Edition, Publication, Act, JournalEntry))
_ALL = select(*_e.c).where(_e.c.number > bindparam("after")).order_by(_e.c.number).limit(100)
_signed = _e.c.state.in_(("approved", "in_force", "failed"))

_before = columns_of(Publication).alias("before")
_other = columns_of(Edition).alias("other")
_after_another = exists().where(
    _p.c.edition == _e.c.id,
    _before.c.number < _p.c.number,
    _other.c.id == _before.c.edition,
    _other.c.subject != FOUNDING,
)

RULES = (
    Rule(
        8,
        "an edition is approved by another person",
        Edition,
        select(_e.c.id.label("key"), _e.c.number.label("number"), _e.c.author.label("author")).where(
            or_(
                and_(
                    _signed,
                    _e.c.emergency == 0,
                    _e.c.subject != FOUNDING,
                    or_(_e.c.decided_by == "", _e.c.decided_by == _e.c.author),
                ),
                and_(_e.c.emergency == 1, or_(_e.c.decided_by != "", _e.c.state != "in_force")),
                _e.c.reviewed_by == _e.c.author,
                and_(_e.c.reviewed_by != "", _e.c.emergency == 0),
            )
        ),
        say("Edition {number} of {author} was not approved or reviewed by another person."),
    ),
    Rule(
        8,
        "two people approve what takes away much",
        Edition,
        select(_e.c.id.label("key"), _e.c.number.label("number")).where(
            _e.c.needs_two != "",
            _e.c.state.in_(("approved", "in_force")),
            _e.c.emergency == 0,
            or_(_e.c.first_approver == "", _e.c.first_approver.in_((_e.c.author, _e.c.decided_by))),
        ),
        say("Edition {number} was to be approved by two people, and was not."),
    ),
    Rule(
        8,
        "a founding comes before all others",
        Edition,
        select(_e.c.id.label("key"), _e.c.number.label("number")).where(
            _e.c.subject == FOUNDING, or_(_e.c.decided_by != "", _e.c.emergency == 1, _after_another)
        ),
        say("Edition {number} is recorded as a founding, but there was somebody who could approve it."),
    ),
    Rule(
        8,
        "an act is in the journal",
        Act,
        select(_a.c.id.label("key"), _a.c.serial.label("serial")).where(
            ~exists().where(
                _j.c.serial == _a.c.serial,
                _j.c.outlet == _a.c.outlet,
                _j.c.kind == _a.c.act,
                _j.c.operator == _a.c.operator,
            )
        ),
        say("The journal does not tell of act {serial}."),
    ),
)

_NOTHING, _LINES, _BOTH = set[str](), {"lines"}, {"lines", "taken_back"}
_PUBLICATIONS = {"approved": (_LINES,), "in_force": (_LINES,), "failed": (_BOTH,), "withdrawn": (_NOTHING, _BOTH)}
"""What may have been published of an edition in a state; of one in any other, nothing."""


def check(reading: Reading, _moments: dict[str, str]) -> Iterator[Finding]:
    """Every edition, a hundred at a time."""
    after = -1
    while page := reading.models(Edition, _ALL, after=after):
        for edition in page:
            told = chain(_published(reading, edition), _what_was_signed(reading, edition))
            yield from (Finding(8, rule, "edition", edition.id, message) for rule, message in told)
        after = page[-1].number


def _what_was_signed(reading: Reading, edition: Edition) -> Iterator[tuple[str, Message]]:
    hashed = edition.state in ("submitted", "approved", "in_force", "failed")
    if hashed and edition.content_hash != content_hash(edition, rows_of(reading, edition.id)):
        yield SIGNED, say("Edition {number} is not what was signed.", number=edition.number)


def _published(reading: Reading, edition: Edition) -> Iterator[tuple[str, Message]]:
    what = {row.what for row in reading.all(Publication, edition=edition.id)}
    if what not in _PUBLICATIONS.get(edition.state, (_NOTHING,)):
        told = say(
            "Edition {number} is {state}, which is not what was published of it.",
            number=edition.number,
            state=edition.state,
        )
        yield PUBLISHED, told
    elif what and not _is_all_of(reading, edition):
        yield PUBLISHED, say("The lines of edition {number} are not those that were published.", number=edition.number)


def _is_all_of(reading: Reading, edition: Edition) -> bool:
    """Whether what was published of an edition is its lines; one that moves a row to another outlet is two there."""
    told: dict[tuple[str, str], list[tuple[str, str]]] = {}
    for line in published(reading, edition.id):
        told.setdefault((line.table_name, line.row_key), []).append((line.op, line.content))
    rows = {(row.table_name, row.row_key): row for row in rows_of(reading, edition.id)}
    moved = {place for place, lines in told.items() if [op for op, _ in lines] == ["end", "add"]}
    made = {(effect.table, key_text(effect.key)): effect.after or {} for effect in effects(reading, edition)}
    return told.keys() == rows.keys() and all(
        edition.state not in ("approved", "in_force") or _holds(row, made[place])
        if place in moved
        else told[place] == [(row.op, row.after)]
        for place, row in rows.items()
    )


def _holds(row: EditionLine, made: dict[str, object]) -> bool:
    return all(made.get(name) == value for name, value in json.loads(row.after).items())
