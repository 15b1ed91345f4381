"""The matrix 41 × 20, alive: which components the runs of each business really used, by the trails that they left.

A C row's runs are customers' orders, an M row's are acts of management. A cell that a business has no use for is
declared empty where the business is declared (`Transaction.empty`, `Subject.empty`), with a reason.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from typing import Any, Literal

from msgspec import Struct
from sqlalchemy import bindparam, select

from boss_tui.business.registry import BUSINESSES
from boss_tui.catalogue import COMPONENTS, is_managed
from boss_tui.management import subjects
from data.message import Message, say
from data.store import Reading
from data.tables.act import Act
from data.tables.order import ProductOrder, Trail

CellState = Literal["alive", "empty", "waiting", "unbuilt"]
MARKS: dict[CellState, str] = {"alive": "#", "empty": ".", "waiting": "?", "unbuilt": "-"}
"""How a cell is drawn where there is room for one character."""
STATES: dict[CellState, Message] = {
    "alive": say("alive"),
    "empty": say("empty"),
    "waiting": say("no run yet"),
    "unbuilt": say("not built yet"),
}
BEGUN = say("built: what has run")
"""Said of what is not built of a business of which a part is."""
RUNS = 200
"""The latest runs of a business that are looked at for all its cells."""

_trails, _orders, _acts = Trail.table(), ProductOrder.table(), Act.table()
_LATEST_ORDERS = (
    select(_trails.c.cells, _orders.c.serial)
    .join(_orders, _orders.c.id == _trails.c.order_id)
    .where(_trails.c.business == bindparam("business"))
    .order_by(_trails.c.order_id.desc())
    .limit(RUNS)
)
_LATEST_ACTS = (
    select(_acts.c.cells, _acts.c.serial)
    .where(_acts.c.business == bindparam("business"))
    .order_by(_acts.c.id.desc())
    .limit(RUNS)
)
_LATEST_ACT = (
    select(_acts.c.cells, _acts.c.serial)
    .where(_acts.c.business == bindparam("business"), _acts.c.cells.like(bindparam("used")))
    .order_by(_acts.c.id.desc())
    .limit(1)
)
"""The latest act that used a cell, however many came after it: there are far fewer than orders, and some are rare."""


class Cell(Struct, frozen=True):
    """One cell of the matrix.

    Attributes:
        code: such as C1-F5.
        state: alive (a run used it), empty (no use, on purpose), waiting (no run yet), unbuilt (no such business yet).
        calls: what runs called there, the latest first.
        serial: the last run that used it: an order's, or an act's.
        reason: why it is empty; of what has not run, by what it would; of what is not built, that a part of its
            business is.
    """

    code: str
    state: CellState
    calls: tuple[str, ...] = ()
    serial: str = ""
    reason: Message = Message("")


def row(reading: Reading, business: str) -> list[Cell]:
    """The 20 cells of a business of the catalogue, from the trails of its latest runs in this store; of what managers
    do also from earlier ones."""
    used: dict[str, tuple[list[str], str]] = {}
    _take(used, reading.rows(_LATEST_ACTS if is_managed(business) else _LATEST_ORDERS, business=business))
    empty = declared_empty(business)
    if is_managed(business):
        for code in (f"{business}-{component}" for component in COMPONENTS if component not in (empty or ())):
            if code not in used:
                _take(used, reading.rows(_LATEST_ACT, business=business, used=f'%"{code}"%'))
    return [_cell(f"{business}-{component}", used, component, empty) for component in COMPONENTS]


def _take(used: dict[str, tuple[list[str], str]], runs: Iterable[Any]) -> None:
    """What runs used, the latest first: by cell the calls, and the serial of the first that used it."""
    for cells, serial in runs:
        for cell, call in json.loads(cells):
            calls, _ = used.setdefault(cell, ([], serial))
            if call not in calls:
                calls.append(call)


def declared_empty(business: str) -> Mapping[str, Message] | None:
    """The components that a business has no use for, each with its reason; None: there is no such business yet."""
    if business in BUSINESSES:
        return BUSINESSES[business].empty
    return subjects.subject(business).empty if business in subjects.MODULES else None


def _cell(
    code: str, used: Mapping[str, tuple[list[str], str]], component: str, empty: Mapping[str, Message] | None
) -> Cell:
    if code in used:
        calls, serial = used[code]
        return Cell(code, "alive", tuple(calls), serial)
    if empty is None:
        return Cell(code, "unbuilt", reason=BEGUN if used else Message(""))
    if component in empty:
        return Cell(code, "empty", reason=empty[component])
    business = code.rpartition("-")[0]
    return Cell(code, "waiting", reason=by_what(business) if is_managed(business) else Message(""))


def by_what(business: str) -> Message:
    """What a manager's business would use a component by: nobody serves a customer to see it."""
    return say("Used by an edition of {code}, or by its try-out (F9; boss manage {code} try).", code=business)
