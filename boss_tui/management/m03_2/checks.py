"""What M3.2 asks of its rows: rules that can be read and told apart, classes with a reason, lists with a base.

Source: catalogue M3.2; management-facts 6 (each exemption has an end and a person) and 12.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any, TypeVar

from pydantic_core import PydanticCustomError

from boss_tui.components.customers.categories import RED
from boss_tui.components.identity.kinds import check_document
from boss_tui.editions.subjects import Fault, Rehearsal
from boss_tui.forms.typed import message_of
from boss_tui.management.m03_2.classifying import BY_HAND, BY_RULE
from boss_tui.management.m03_2.conditions import ClassCondition, read
from data.errors import BadForm
from data.message import Message, say
from data.statements import keys
from data.store import Reading
from data.table_words import no_such
from data.tables.base import Table
from data.tables.customer import Category, ClassRule, CustomerClass, DocumentKind, ListedPerson
from data.tables.organisation import Outlet

OWN = "own"
"""The source of our own lists."""
T = TypeVar("T", bound=Table)
_NAMES: Mapping[str, type[Table]] = {"document_kind": DocumentKind, "category": Category, "outlet": Outlet}
"""The facts whose values are codes of a table."""
_NEEDED = say("This is needed.")


def rules_are_read(at: Rehearsal) -> Iterator[Fault]:
    """A rule has a condition at least, and each can be read; what it names is there."""
    for position, row in at.kept(ClassRule):
        try:
            conditions = read(row.conditions)
        except BadForm as fault:
            yield Fault(position, "conditions", fault.message)
            continue
        if not conditions:
            yield Fault(position, "conditions", say("A condition at least: else it would fit everybody."))
        for told in (told for each in conditions for told in _strange(at.reading, each)):
            yield Fault(position, "conditions", told)


def _strange(reading: Reading, condition: ClassCondition) -> Iterator[Message]:
    model = _NAMES.get(condition.fact)
    for code in condition.words if model is not None else ():
        if model is not None and reading.find(model, **{keys(model)[0]: code}) is None:
            yield no_such(model, code)


def rules_have_an_order(at: Rehearsal) -> Iterator[Fault]:
    """No two rules that count on one day have one rank: it says which is looked at first."""
    there = at.reading.all(ClassRule, state="active", order=("rank", "code"))
    for position, row in at.kept(ClassRule):
        other = next((each for each in there if each.code != row.code and each.rank == row.rank), None)
        if row.state == "active" and other is not None:
            yield Fault(
                position, "rank", say("{other} has this rank already: which of both would win?", other=other.code)
            )


def classes_are_sound(at: Rehearsal) -> Iterator[Fault]:
    """Who is classified by hand is so for a reason; the red list is a list; whose customer it is stays."""
    for position, row in at.kept(CustomerClass):
        if row.how == BY_HAND and not row.reason.strip():
            yield Fault(position, "reason", say("Why? What is decided by hand is looked at later."))
        if row.how == BY_HAND and row.rule:
            yield Fault(position, "rule", say("No rule says it: it is by hand."))
        if row.how == BY_RULE and not row.rule:
            yield Fault(position, "rule", _NEEDED)
        if row.category == RED:
            yield Fault(position, "category", say("Who is on the red list is put on it, with its legal base."))
        if "outlet" in at.lines[position].values and at.lines[position].op == "change":
            yield Fault(position, "outlet", say("Whose customer it is stays: end this first, and add it anew."))
        yield from _document(at.reading, position, row, at.day)


def entries_are_sound(at: Rehearsal) -> Iterator[Fault]:
    """An entry says why, on what base, whose it is; a list has nobody twice at one time."""
    for position, row in at.kept(ListedPerson):
        for column in ("reason", "basis", "source"):
            if not getattr(row, column).strip():
                yield Fault(position, column, _NEEDED)
        if _twice(at.reading, row):
            yield Fault(position, "document_number", say("This list has them already at that time."))
        yield from _document(at.reading, position, row, at.day)


def _twice(reading: Reading, row: ListedPerson) -> bool:
    same = {name: getattr(row, name) for name in ("list", "document_kind", "document_number", "source")}
    others = (other for other in reading.all(ListedPerson, **same) if other.id != row.id)
    return any(_meet(row, other) for other in others)


def _meet(one: ListedPerson, other: ListedPerson) -> bool:
    last, others_last = one.valid_to or "9999", other.valid_to or "9999"
    return one.valid_from <= others_last and other.valid_from <= last


def _document(reading: Reading, position: int, row: Any, day: str) -> Iterator[Fault]:
    """The document is of a kind that there is, and its number can be one."""
    kind = reading.find(DocumentKind, code=row.document_kind)
    if kind is None:
        yield Fault(position, "document_kind", say("There is no such kind of document."))
        return
    told = number_fault(kind, row.document_number, day)
    if told is not None:
        yield Fault(position, "document_number", told)


def number_fault(kind: DocumentKind, number: str, day: str) -> Message | None:
    """Why a number can be none of this kind of document; None: it can."""
    try:
        found = check_document(kind.rule, number, date.fromisoformat(day))
    except PydanticCustomError as refusal:
        return message_of(refusal)
    if found.number != number:
        return say("This is written {number}.", number=found.number)
    return None


CLASS_CHECKS = (rules_are_read, rules_have_an_order, classes_are_sound, entries_are_sound)
