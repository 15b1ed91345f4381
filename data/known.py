"""Answers that a piece of work knows already, once it writes rows of the same table: which hold still, and which go."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence, Set
from typing import Any

from data.tables.base import Table

COMPARED = 200
"""How often a row that is written is held against an answer that is known; by then, reading anew costs less."""
SHORT = 20
"""Rows of an answer among which one is looked for."""

Asked = tuple[Any, ...]
"""What is asked for: the table's model, the order, and the values of columns, `(name, value)` each."""
Known = dict[Any, list[Any]]
"""The answers about one table, by what was `Asked`."""


def met_before(known: Known, where: Mapping[str, Any]) -> Any | None:
    """The row with this whole key, where a short answer holds it already."""
    if len(known) > SHORT:
        return None
    wanted = where.items()
    for found in known.values():
        if found and len(found) <= SHORT:
            for row in found:
                if wanted <= row.__dict__.items():
                    return row
    return None


def narrowed(known: Known, where: Mapping[str, Any], order: Sequence[str]) -> list[Any] | None:
    """The rows with these values, where a short answer that asked for less holds all of them already, and no other
    order is asked for than the one that they are in."""
    if len(known) > SHORT:
        return None
    wanted = where.items()
    for (_, its_order, *its), found in known.items():
        if len(found) <= SHORT and all(pair in wanted for pair in its):
            rows = [row for row in found if wanted <= row.__dict__.items()]
            if its_order == order or len(rows) <= 1:
                return rows
    return None


def forget(known: Known, rows: Sequence[Mapping[str, Any]]) -> None:
    """Drop the answers that any of these whole rows would be in, as they were and are; without rows, all."""
    if not rows or len(rows) * len(known) > COMPARED:
        known.clear()
        return
    for asked in list(known):
        if _has_any(asked, rows):
            del known[asked]


def take_in(known: Known, row: Table) -> None:
    """A new row takes its place at the end of answers that it is in, where it is sure to belong there; the others that
    it is in are dropped."""
    values = row.__dict__
    if len(known) > COMPARED:
        known.clear()
        return
    for asked in [asked for asked in known if _has_any(asked, (values,))]:
        found, (_, order, *_rest) = known[asked], asked
        if not found or _comes_after(values, found[-1].__dict__, order):
            found.append(row)
        else:
            del known[asked]


def take_place(known: Known, old: Table, new: Table, names: Set[str]) -> None:
    """A changed row takes its place in short answers that hang on none of the columns that changed (`names`), and
    leaves those that it is in no more; the others that it is in are dropped."""
    both = (old.__dict__, new.__dict__)
    if len(known) > COMPARED // 2:
        forget(known, both)
        return
    for asked in [asked for asked in known if _has_any(asked, both)]:
        found = known[asked]
        if len(found) > SHORT or old not in found:
            del known[asked]
        elif not _hangs_on(asked, names):
            found[found.index(old)] = new
        elif not _has_any(asked, both[1:]):
            found.remove(old)
        else:
            del known[asked]


def _has_any(asked: Asked, rows: Iterable[Mapping[str, Any]]) -> bool:
    """Whether any of these rows is in the answer to what was asked."""
    wanted = asked[2:]
    for row in rows:
        for name, value in wanted:
            if row[name] != value:
                break
        else:
            return True
    return False


def _comes_after(values: Mapping[str, Any], last: Mapping[str, Any], order: Sequence[str]) -> bool:
    """Whether a row stands behind another in this order, whatever the database: only whole numbers are sure."""
    if not order or order[0].startswith("-"):
        return False
    mine, its = values[order[0]], last[order[0]]
    return isinstance(mine, int) and isinstance(its, int) and mine > its


def _hangs_on(asked: Asked, names: Set[str]) -> bool:
    """Whether any of these columns decides what is in the answer, or where."""
    _, order, *wanted = asked
    return not names.isdisjoint([*[name for name, _ in wanted], *[name.lstrip("-") for name in order]])
