"""What the network is asked for is of the order's own line, at the element that serves its number; it ends once, as its
order says; and an order ends as its work did, never before it and never against it.

Commands and answers stay in the hall: headquarters has the work orders, which say what came of them. What a line is to
the network (that it is there, its number, its card) becomes another only by work that was done. Source: catalogue F10,
F14; design 5.7 and 7; in the hall: `boss_tui.network.advance`, `boss_tui.network.manual`, `boss_tui.chores.completion`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from boss_tui.components.network_elements import MANUAL
from boss_tui.headquarters.absence import Answer
from boss_tui.headquarters.rules.claim import Claim, Known, Row
from boss_tui.headquarters.rules.lines import LINE, hangs_together, orders_of
from boss_tui.network.dialects.acts import ACTS
from boss_tui.network.rows import ANSWER
from boss_tui.sync.effects import Fault
from boss_tui.sync.wire import Rubbish, loads
from data.clock import on_the_wall
from data.statements import keys, table_name
from data.tables.base import Table
from data.tables.network import WorkOrder, WorkStep
from data.tables.order import ProductOrder, Subscription
from data.tables.resource import NumberSegment, PhoneNumber, SimCard

QUERY = "query"
"""The act that is no work: a question of the program's own."""
NAMES: Mapping[str, str] = {"msisdn": "number", "new_msisdn": "number", "imsi": "imsi", "new_imsi": "imsi"}
"""The parameters that name a line, and its column of each."""
OF_LINES: Mapping[str, type[Table]] = {"msisdn": PhoneNumber, "imsi": SimCard}
"""The pieces that they name."""
BROUGHT: Mapping[str, tuple[str, str]] = {
    "number": ("change_number", "new_msisdn"),
    "imsi": ("change_sim", "new_imsi"),
}
"""What becomes another of a line by work alone: the act, and the parameter that says into what."""
STATES: Mapping[tuple[str, str], str] = {
    ("pendingActive", "active"): "create_subscriber",
    ("pendingTerminate", "terminated"): "delete_subscriber",
}
"""The work after which a line is in another state."""
ENDED = frozenset({"done", "cancelled"})


def judge(known: Known, told: Claim) -> Iterator[Fault]:
    """What is asked of the network for another's line or elsewhere; what ends otherwise than it can; what an order says
    that its work does not."""
    for work in told.added.get("work_order", ()):
        yield from _asked(known, told, work)
    for change in told.changed.get("work_order", ()):
        here = told.row(known, WorkOrder, change.key[0])
        if here is None:
            continue  # what is not here is told elsewhere (`sync.effects`)
        after = {**here, **change.values}
        if change.values.keys() & {"act", "parameters"}:
            yield from _asked(known, told, after)
        if not _ends_right(known, told, after, change.values.get("state")):
            yield Fault("move", {"what": f"work_order {here['id']}: → {after['state']}", "table": "work_order"})
    for change in told.changed.get("product_order", ()):
        state = change.values.get("state")
        if state in ("completed", "cancelled") and (wrong := _against_its_work(known, told, change.key[0], state)):
            what = f"product_order {change.key[0]}: {wrong} → {state}"
            yield Fault("move", {"what": what, "table": "product_order"})
    for change in told.changed.get("subscription", ()):
        for wrong in _not_brought(known, told, change.key[0], change.values):
            yield Fault("move", {"what": f"subscription {change.key[0]}: {wrong}", "table": "subscription"})
    yield from _of_another_order(known, told)


# what is asked


def _asked(known: Known, told: Claim, work: Row) -> Iterator[Fault]:
    """Whether work is one that there is, of its order's line, for the element that serves it."""
    order = told.row(known, ProductOrder, work["order_id"])
    if order is None:
        return  # what is not here is told elsewhere (`sync.effects`)
    asked = parameters(work)
    what = {"what": f"{work['act']} {work['element']} {asked.get('msisdn', '')}".strip(), "table": "work_order"}
    if work["kind"] == MANUAL:
        if work["act"] != MANUAL or not _stands_in(known, told, work, asked):
            yield Fault("form", what)
        return
    if work["act"] not in ACTS or work["act"] == QUERY or "msisdn" not in asked:
        yield Fault("form", what)
        return
    sure = _serves(known, told, work["element"], str(asked["msisdn"]))
    if sure != "yes":
        yield Fault("network", what, note=sure == "perhaps")
    if not all(_is_of(known, told, order, name, str(asked[name])) for name in NAMES.keys() & asked.keys()):
        yield Fault("foreign", what)


def _serves(known: Known, told: Claim, element: str, number: str) -> Answer:
    """Whether an element served a number, on the order's date or on that day."""
    days = {told.entry.business_date, on_the_wall(told.entry.made_at, "%Y-%m-%d")} - {""}
    key = (number[:7],)
    answers = {known.stood(NumberSegment, key, day, lambda row: row["element"] == element) for day in sorted(days)}
    return "yes" if "yes" in answers else "perhaps" if "perhaps" in answers else "no"


def _stands_in(known: Known, told: Claim, work: Row, asked: Mapping[str, Any]) -> bool:
    """Whether what a person is to do for the network stands in for work of the same order that failed with the entry,
    at the same element; what is no element's comes with its order."""
    failed = asked.get("instead_of")
    if not failed:
        return not work["element"] and any(row["id"] == work["order_id"] for row in orders_of(known, told))
    first = told.row(known, WorkOrder, failed)
    fails = any(each.key[0] == failed and each.values.get("state") == "failed" for each in told.changed["work_order"])
    return first is not None and fails and _of(first) == _of(work)


def _of(work: Row) -> tuple[str, str]:
    return work["order_id"], work["element"]


def _is_of(known: Known, told: Claim, order: Row, name: str, value: str) -> bool:
    """Whether a number or a card is that of the order's line, or becomes so, or of one that hangs together with it."""
    column, model, (key,) = NAMES[name], OF_LINES[name.removeprefix("new_")], keys(OF_LINES[name.removeprefix("new_")])
    own = told.row(known, Subscription, order[LINE]) if order[LINE] else None
    if own is not None and own[column] == value:
        return True
    table = table_name(model)
    pieces = [*told.added.get(table, ()), *known.told(model, **{column: value})]
    lines = {row["id"] for row in known.told(Subscription, **{column: value})}
    for piece in (row for row in pieces if row[column] == value):
        lines |= {piece[LINE], *(c.values.get(LINE) for c in told.changed.get(table, ()) if c.key[0] == piece[key])}
    return any(line == order[LINE] or hangs_together(known, told, [order], line) for line in lines - {None})


# how it ends


def _ends_right(known: Known, told: Claim, after: Row, state: str | None) -> bool:
    """Whether work ends as it can: by the network's answer, by the hand of who told of it, or with its order."""
    answered, automatic = told.entry.kind == ANSWER, after["kind"] != MANUAL
    if state == "failed":
        return answered and automatic and not after["done_at"]
    if state not in ENDED:
        return True
    if answered:
        right = automatic and state == "done" and after["done_by"] == after["element"]
    else:
        right = after["done_by"] == told.entry.operator and (state == "cancelled" or _done_by_hand(known, told, after))
    return bool(right and after["done_at"])


def _done_by_hand(known: Known, told: Claim, work: Row) -> bool:
    """Whether who told of the entry says there that they did it, or what stands in for it."""
    steps = told.added.get(table_name(WorkStep), ())
    own = {row["work_order_id"] for row in steps if (row["act"], row["operator"]) == ("done", told.entry.operator)}
    if work["kind"] == MANUAL:
        return work["id"] in own
    return any(
        row and parameters(row).get("instead_of") == work["id"] for row in (known.row(WorkOrder, k) for k in own)
    )


# how its order ends


def works_of(known: Known, told: Claim, order_id: str) -> list[dict[str, Any]]:
    """The work orders of an order, as the entry leaves them."""
    rows = {row["id"]: {**row} for row in known.told(WorkOrder, order_id=order_id)}
    for change in told.changed.get("work_order", ()):
        if change.key[0] in rows:
            rows[change.key[0]] |= change.values
    return [*rows.values(), *(dict(row) for row in told.of_order("work_order", order_id))]


def _against_its_work(known: Known, told: Claim, order_id: str, state: str) -> str:
    """What of an order's work does not go with its end: what is left of it, or nothing at all; of one that is called
    off, what was done by the network, or is still to be done."""
    works = works_of(known, told, order_id)
    if state == "cancelled":
        return next((row["act"] for row in works if row["state"] == "open" or _was_done(row)), "")
    if not any(not row["follow_up"] for row in works):
        order = known.row(ProductOrder, order_id)
        return "-" if order is not None and order["state"] == "inProgress" else ""
    return next((row["act"] for row in works if _keeps(row)), "")


def _was_done(work: Row) -> bool:
    return bool(work["kind"] != MANUAL and work["state"] == "done")


def _keeps(work: Row) -> bool:
    """Whether work keeps its order from ending (`chores.completion`)."""
    left = work["state"] in ("open", "failed") or (work["kind"] != MANUAL and work["state"] != "done")
    return bool(left and not work["follow_up"])


def _not_brought(known: Known, told: Claim, line: str, values: Mapping[str, Any]) -> Iterator[str]:
    """What of a line is told to be another, though no work of the entry's orders on it brought that."""
    here = known.row(Subscription, line)
    if here is None:
        return
    orders = [order["id"] for order in orders_of(known, told) if order[LINE] == line]
    done = [row for order in orders for row in works_of(known, told, order) if _was_done(row)]
    for column, (act, into) in BROUGHT.items():
        value = values.get(column, here[column])
        if value != here[column] and not any(row["act"] == act and parameters(row).get(into) == value for row in done):
            yield column
    wanted = STATES.get((here["state"], values.get("state", here["state"])))
    if wanted is not None and not any(row["act"] == wanted for row in done):
        yield f"{here['state']} → {values['state']}"


def _of_another_order(known: Known, told: Claim) -> Iterator[Fault]:
    """Whether what the network answered, or an order that ended by it, is of the order whose serial the entry has."""
    kind = told.entry.kind
    if kind != ANSWER and not kind.endswith(".completion"):
        return
    named: list[Any] = [each.key[0] for each in told.changed.get("product_order", ())]
    works = [known.row(WorkOrder, *each.key) for each in told.changed.get("work_order", ())]
    named += [row["order_id"] for row in (*works, *told.added.get("work_order", ())) if row is not None]
    moved = (known.row(ProductOrder, key) for key in named)
    other = next((row["serial"] for row in moved if row is not None and row["serial"] != told.entry.serial), "")
    if other:
        yield Fault("foreign", {"what": f"product_order {other}", "table": "product_order"})


def parameters(work: Row) -> Mapping[str, Any]:
    """What work is asked with; nothing, where that can't be read."""
    try:
        found = loads(work["parameters"])
    except Rubbish:
        return {}
    return found if isinstance(found, dict) else {}
