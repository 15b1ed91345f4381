"""What a supervisor allows holds for one form, for so many minutes as headquarters says, and for the order that it
becomes: one that names them (F7).

What was shown when an order is taken back headquarters can work out itself; of a form, that all who allowed it were
shown the same. Whether they may allow it: `people`. Source: catalogue F7; at the desk: `Operators.grant`,
`Operators.use_grants`, `boss_tui.desk.approving`.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

from boss_tui.components.operators.delegations import APPROVALS
from boss_tui.components.tenders.tenders import as_compared
from boss_tui.desk import shown
from boss_tui.desk.cancelling import REVERSAL, STEP
from boss_tui.headquarters.absence import Answer
from boss_tui.headquarters.rules.claim import Claim, Known, Row
from boss_tui.headquarters.rules.people import giver_of
from boss_tui.sync.effects import Fault
from boss_tui.sync.wire import Rubbish, loads
from data.clock import moment, wall_day
from data.parameters import APPROVAL_MINUTES
from data.statements import instance
from data.tables.order import ProductOrder
from data.tables.organisation import Authority, Grant

TABLE = "operator_grant"
SLOW = timedelta(minutes=1)
"""How long it may take from when somebody is asked until it is written down."""


def judge(known: Known, told: Claim) -> Iterator[Fault]:
    """The first approval that is not as it was given, or goes to an order that it was not given for."""
    used = list[Row]()
    for row in told.added.get(TABLE, ()):
        sure = _given(known, told, row)
        if sure != "yes":
            yield _fault(row, note=sure == "perhaps")
            return
        used += [row] if row["used_order"] is not None else []
    new = {row["id"] for row in used}
    for change in told.changed.get(TABLE, ()):
        here = known.row(Grant, *change.key) if change.key[0] not in new else None
        if here is None or here["revision"] != change.base or change.values.get("used_order") is None:
            continue  # told elsewhere (`sync.effects`)
        used.append({**here, **change.values})
    for row in used:
        if not _fits(known, told, row, used):
            yield _fault(row)
            return


def _fault(row: Row, *, note: bool = False) -> Fault:
    return Fault("said", {"what": f"{TABLE} {row['rule']} {row['supervisor']}", "table": TABLE}, note=note)


def _given(known: Known, told: Claim, row: Row) -> Answer:
    """Whether an approval was given with the entry, by whom it says, and holds as long as one does."""
    given, until = moment(row["granted_at"]), moment(row["expires_at"])
    if not moment(told.entry.made_at) - SLOW <= given <= moment(told.entry.made_at):
        return "no"
    day = told.entry.business_date or wall_day(told.entry.made_at)
    if row["on_behalf_of"] not in ("", giver_of(known, told.entry.outlet, row["supervisor"], APPROVALS, day)):
        return "no"
    code = told.row(known, Authority, row["authority"]) if row["authority"] is not None else None
    if code is None and row["authority"] is not None:
        return "no"
    if code is not None and (code["kind"], code["supervisor"]) != ("code", row["supervisor"]):
        return "no"

    def holds(minutes: int) -> bool:
        last = given + timedelta(minutes=minutes)
        if code is not None and moment(code["valid_until"]) < last:
            last = moment(code["valid_until"])
        return last - SLOW <= until <= last

    return known.number_stood(APPROVAL_MINUTES, "", day, holds)


def _fits(known: Known, told: Claim, row: Row, used: list[Row]) -> bool:
    """Whether an approval is of the order that it goes to: of its form, in time, by one whom it names, for all that is
    paid out by it."""
    order = _order(known, told, row["used_order"])
    if order is None or row["supervisor"] not in order["approved_by"].split(","):
        return False
    if row["draft_id"] != order["draft_id"] or moment(row["expires_at"]) < moment(told.entry.made_at) - SLOW:
        return False
    if told.entry.kind.endswith(f".{STEP}"):
        said = (row["rule"], row["paid_out"], row["shown"])
        return said == (REVERSAL if order["reverses"] else STEP, "", _taken_back(known, order))
    alike = all(each["shown"] == row["shown"] for each in used if each["draft_id"] == row["draft_id"])
    return alike and _ways(row["paid_out"]) == _paid_out(told, order)


def _order(known: Known, told: Claim, key: str) -> Row | None:
    """An order that is made or taken back with the entry, as it leaves it."""
    new = next((row for row in told.added.get("product_order", ()) if row["id"] == key), None)
    moved = [change.values for change in told.changed.get("product_order", ()) if change.key[0] == key]
    here = known.row(ProductOrder, key) if new is None and moved else None
    if here is None:
        return new
    after: dict[str, Any] = dict(here)
    for values in moved:
        after |= values
    return after


def _taken_back(known: Known, order: Row) -> str:
    """What was shown of an order that is cancelled, or that another one reverses: the order as it stood."""
    of = known.row(ProductOrder, order["reverses"] or order["id"])
    return shown.of_order(instance(ProductOrder, dict(of))) if of is not None else ""


def _paid_out(told: Claim, order: Row) -> list[list[Any]]:
    """How money was paid out by an order: ways, fen and numbers; none, when none was."""
    if order["amount"] >= 0:
        return []
    paid = {row["id"] for row in told.of_order("payment", order["id"])}
    ways = [row for row in told.added.get("payment_tender", ()) if row["payment_id"] in paid]
    return sorted([way["kind"], -way["amount"], as_compared(way["reference"])] for way in ways)


def _ways(said: str) -> list[list[Any]] | None:
    """The same as an approval has it; None: it can't be read."""
    try:
        return sorted([kind, fen, as_compared(reference)] for kind, fen, reference in loads(said or "[]"))
    except (Rubbish, TypeError, ValueError, AttributeError):
        return None
