"""A contact with a customer is what its order leaves: a call that is due so many days after it, of its customer; what
was asked and answered at once (A2). A call that is done with is one whose order was taken back.

Source: catalogue A2, C13; at the desk: `CustomerService.call_back`, `CustomerService.consulted`.
"""

from __future__ import annotations

from collections.abc import Iterator

from boss_tui.headquarters.rules.claim import Claim, Known, Row
from boss_tui.headquarters.rules.lines import LINE
from boss_tui.sync.effects import Fault
from data.clock import day_after
from data.parameters import FOLLOW_UP_DAYS
from data.tables.eligibility import InterfaceAnswer
from data.tables.order import ProductOrder, Subscription
from data.tables.service import Interaction

TABLE = "interaction"
ASKS = "C13"
"""The business that answers a question."""
CONTROL = "M8"
"""What calls that credit control asks for are about."""
CALL, QUESTION = "call_back", "consultation"


def judge(known: Known, told: Claim) -> Iterator[Fault]:
    """The first contact that is of no order, or says what its order does not."""
    for row in told.added.get(TABLE, ()):
        if not _is_right(known, told, row):
            yield Fault("said", {"what": f"{TABLE} {row['kind']} {row['matter']}", "table": TABLE})
            return
    for change in told.changed.get(TABLE, ()):
        here = known.row(Interaction, *change.key)
        if here is None or here["revision"] != change.base or "state" not in change.values:
            continue  # told elsewhere (`sync.effects`)
        if change.values["state"] != "completed" or not _is_taken_back(told, here["order_id"]):
            yield Fault("move", {"what": f"{TABLE} {here['kind']} {here['matter']}", "table": TABLE})
            return


def _is_right(known: Known, told: Claim, row: Row) -> bool:
    if row["order_id"] is None:
        return bool(told.added.get("control_done")) and _is_call(known, told, row, None)
    order = told.row(known, ProductOrder, row["order_id"])
    if order is None or row["customer_id"] not in _customers(known, told, order):
        return False
    if row["kind"] == CALL:
        return _is_call(known, told, row, order)
    form = told.form(order)
    asked = (form.filled.matter or form.filled.part or ASKS) if form is not None and order["business"] == ASKS else None
    said = (row["kind"], row["state"], row["due_on"], row["matter"])
    return bool(said == (QUESTION, "completed", "", asked))


def _is_call(known: Known, told: Claim, row: Row, order: Row | None) -> bool:
    """Whether a call is due on the day on which it has to be, about its business."""
    if row["state"] != "open":
        return False
    if order is None:
        return bool((row["due_on"], row["matter"]) == (told.entry.business_date, CONTROL))
    day = told.entry.business_date

    def due(days: int) -> bool:
        return bool(row["due_on"] == day_after(day, days))

    about = {order["business"], *_interfaces(known, told)}
    return row["matter"] in about and known.number_stood(FOLLOW_UP_DAYS, order["business"], day, due) != "no"


def _interfaces(known: Known, told: Claim) -> Iterator[str]:
    """The services of others whose answers are settled with the entry: a customer is called about them."""
    for change in told.changed.get("interface_answer", ()):
        here = known.row(InterfaceAnswer, *change.key)
        if here is not None:
            yield here["interface"]


def _customers(known: Known, told: Claim, order: Row) -> set[str]:
    """Who has a line that an order is of, before and behind it, and who asked for it."""
    found = {order["customer_id"]}
    line = told.row(known, Subscription, order[LINE]) if order[LINE] else None
    found |= {line["customer_id"]} if line is not None else set()
    found |= {c.values["customer_id"] for c in told.changed.get("subscription", ()) if "customer_id" in c.values}
    return found


def _is_taken_back(told: Claim, order_id: str) -> bool:
    """Whether an order is cancelled, or another one takes it back, with the entry."""
    return told.cancels(order_id) or any(row["reverses"] == order_id for row in told.added.get("product_order", ()))
