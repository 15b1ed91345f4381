"""What a list of management is, for F1: from what its subject declares, and what all such lists have in common."""

from __future__ import annotations

from boss_tui.catalogue import BUSINESS_NAMES
from boss_tui.forms.expected import expected
from boss_tui.management import subjects
from boss_tui.management.choosing import can_choose
from boss_tui.management.kit.entity import Entity
from boss_tui.management.kit.filters import MARKS
from data.message import Message, listed, quoted, say

Section = tuple[Message, Message]


def of_rows(name: str, entity: Entity, may_change: bool) -> list[Section]:
    """A list of rows (M6/price_rule): what it is, what is done with one, its marks, its filter, what can be tried and
    done besides, and what stands in each column."""
    subject, _ = subjects.named(name)
    found = [
        (entity.says, _what(subject.code, entity)),
        (say("What you do here"), _done(entity, may_change)),
        (say("Marks"), _marks(entity)),
        (say("Filter"), _filter(entity)),
    ]
    if subject.tries is not None:
        asked = listed(quoted(spec.ask.label) for spec in subject.tries.form.fields())
        found.append(
            (say("Try (F9)"), say("What would come of it, nothing being changed. You say: {fields}.", fields=asked))
        )
    acts = [act.says for act in subject.acts if act.stands_at(entity.name)]
    if acts:
        found.append((say("What can be done (F4)"), say("{acts}.", acts=listed(acts))))
    return [*found, *((each.label, expected(each.spec, can_choose(entity, each))) for each in entity.columns)]


def _what(code: str, entity: Entity) -> Message:
    key = listed(quoted(column.label) for column in entity.columns if column.is_key)
    told = say("Of {code} {business}. A row is known by: {key}.", code=code, business=BUSINESS_NAMES[code], key=key)
    if entity.has_dates:
        told = say("{told} It holds from its first to its last day, both inclusive.", told=told)
    parts = listed(part.says for part in entity.parts)
    return say("{told} A copy takes along: {parts}.", told=told, parts=parts) if entity.parts else told


def _done(entity: Entity, may_change: bool) -> Message:
    if entity.stock is not None:
        return say("Enter: what became of a piece. Stock comes in from a file (F4), and no edition changes it.")
    if not may_change:
        return say("They are only looked at here. Enter: a row field by field. F4: its history, what differs, a file.")
    return say(
        "Enter: change a row, from the column under the cursor. F4: a new one, a copy, an end, its history, files. "
        "What is changed goes into an edition, which counts for nobody yet: F10 looks at it and submits it, another "
        "person approves it, and it counts from its date."
    )


def _marks(entity: Entity) -> Message:
    told = say("* marked (Ins): F4 works on all of them. > and <: there are more columns (Ctrl+Right, Ctrl+Left).")
    if entity.stock is not None:
        return told
    pending = say("~7 3001 11-23: edition 7, which 3001 began on that day, changes the row; with 'new' it adds it.")
    said = say(
        "{marks} {pending} Grey rows are not in force: proposed, to come, or ended.", marks=told, pending=pending
    )
    if entity.ships is None:
        return said
    own = say("The program's own rows count while nothing is published in their place: change one to begin that.")
    return say("{told} {more}", told=said, more=own)


def _filter(entity: Entity) -> Message:
    sought = listed(quoted(entity.column(name).label) for name in entity.search)
    example = next((column for column in entity.columns if column.is_number and not column.is_closed), None)
    told = say(
        "A word is looked for in: {columns}; in one column: {column}:word. is:{marks}; ! before it: not.",
        columns=sought,
        column=entity.columns[0].name,
        marks=listed(MARKS.values()),
    )
    return say("{told} More or less: {column}>10.", told=told, column=example.name) if example is not None else told
