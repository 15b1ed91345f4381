"""Who moves from which category into which by the rules of classification, as they stand on a business date.

Whom headquarters has classified by hand stays. Whom the counter has in the same category already needs no word of
headquarters'. Pure: a page of customers in, their moves out; the try-out tells them, a run puts them into editions.
Source: catalogue M3.2.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence

from msgspec import Struct, field

from boss_tui.components.base import valid_on
from boss_tui.components.customers.categories import best
from boss_tui.editions.lines import RowEdit
from boss_tui.management.m03_2.conditions import ClassCondition, Known, all_hold, page, read
from data.statements import table_name
from data.store import Reading
from data.tables.customer import ClassRule, CustomerClass, DocumentKind

PAGE = 500
"""So many customers are looked at at a time."""
BY_RULE, BY_HAND = "rule", "hand"


class Rule(Struct, frozen=True):
    """A rule that counts: its code, the category, its conditions."""

    code: str
    category: str
    conditions: tuple[ClassCondition, ...]


class Move(Struct, frozen=True):
    """That somebody leaves a category for another by a rule (empty: none fits any more), and the row that says so."""

    known: Known
    before: str
    after: str
    rule: str
    line: RowEdit


class Looked(Struct):
    """What came of a page of customers: how many they were, whose class by hand stays, who moves, the last one's key;
    empty: there are no more."""

    customers: int = 0
    kept: int = 0
    moves: list[Move] = field(default_factory=list)
    last: str = ""

    @property
    def counts(self) -> Counter[tuple[str, str]]:
        """How many move, by category before and after."""
        return Counter((move.before, move.after) for move in self.moves)


def rules_on(reading: Reading, day: str) -> list[Rule]:
    """The rules that count on a business date, in the order in which they are looked at."""
    rows = reading.all(ClassRule, state="active", order=("rank", "code"))
    return [Rule(row.code, row.category, tuple(read(row.conditions))) for row in rows if valid_on(row, day)]


def first_that_fits(rules: Iterable[Rule], known: Known, day: str) -> Rule | None:
    """The rule that classifies a customer."""
    return next((rule for rule in rules if all_hold(rule.conditions, known, day)), None)


def looked_at(
    reading: Reading, rules: Sequence[Rule], day: str, *, after: str = "", most: int = PAGE, number: str = ""
) -> Looked:
    """The next customers after a key, or those of a document number, held against the rules."""
    people = page(reading, after, day, most, number)
    kinds = {kind.code: kind.category for kind in reading.all(DocumentKind)}
    said = reading.several(CustomerClass, [_key(known) for known in people])
    found = Looked(len(people), last=people[-1].customer.id if len(people) == most and not number else "")
    for known in people:
        row = said.get(_key(known))
        if row is not None and row.how == BY_HAND and _stands(row, day):
            found.kept += 1
            continue
        own = best(reading, (kinds[known.customer.document_kind], known.customer.category))
        move = _move(known, row, own, first_that_fits(rules, known, day), day)
        if move is not None:
            found.moves.append(move)
    return found


def _key(known: Known) -> tuple[str, str]:
    return known.customer.document_kind, known.customer.document_number


def _stands(row: CustomerClass, day: str) -> bool:
    return not row.valid_to or row.valid_to >= day


def _move(known: Known, row: CustomerClass | None, own: str, rule: Rule | None, day: str) -> Move | None:
    """What becomes of somebody's row; None: it stays as it is. `own`: what they are without one."""
    before = row.category if row is not None and _stands(row, day) else own
    after = rule.category if rule else own
    if rule is None or (row is None and after == own):
        done = RowEdit(table_name(CustomerClass), _key(known), "end", {})
        return None if row is None else Move(known, before, after, "", done)
    said = {"category": rule.category, "how": BY_RULE, "rule": rule.code, "reason": "", "valid_to": ""}
    if row is None:
        line = RowEdit(table_name(CustomerClass), _key(known), "add", {"outlet": known.customer.outlet, **said})
        return Move(known, before, after, rule.code, line)
    changed = {name: value for name, value in said.items() if getattr(row, name) != value}
    line = RowEdit(table_name(CustomerClass), _key(known), "change", changed)
    return Move(known, before, after, rule.code, line) if changed else None
