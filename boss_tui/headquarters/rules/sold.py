"""What reports say was sold is what orders sold: the pieces that went out and came back with them, the plan and the
services that their forms begin, at what these cost; nothing of what was taken back (F13).

Of how much money pieces are: `sums`. At the desk: `Statistics.sold`, `Statistics.taken_back`; `boss_tui.verify.items`
holds the same over the whole store.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from boss_tui.business.sold import asked_in
from boss_tui.chores.scheduling import SCHEDULER
from boss_tui.components.network_elements import SERVICE
from boss_tui.components.tariff.tariff import OPENING
from boss_tui.headquarters.absence import Answer
from boss_tui.headquarters.rules.claim import Claim, Known, Row, the_less_sure
from boss_tui.headquarters.rules.lines import LINE
from boss_tui.headquarters.rules.prices import sums_of
from boss_tui.headquarters.rules.reversals import is_left, is_opposite, rows_naming
from boss_tui.sync.effects import Fault
from boss_tui.transactions.c07_2_supplementary import SERVICES
from data.statements import table_name
from data.tables.base import Table
from data.tables.order import OrderItem, ProductOrder, SubscriptionProduct
from data.tables.product import Product, ProductRelation
from data.tables.provider import ProviderService
from data.tables.resource import NumberGrade, PhoneNumber, SimCard
from data.tables.stock import Handset, RechargeCard

TABLE = "order_item"
OF: Mapping[str, type[Table]] = {
    "plan": Product,
    "service": Product,
    "goods": Product,
    "provider": ProviderService,
    "number": NumberGrade,
}
"""By the kind of what is sold, where it is published."""
PIECES: Mapping[str, tuple[type[Table], str, tuple[str, ...]]] = {
    "number": (PhoneNumber, "grade", ()),
    "sim": (SimCard, "kind", ()),
    "goods": (Handset, "model", ("returned", "faulty")),
    "card": (RechargeCard, "face_value", ("void", "locked")),
}
"""By the kind of a piece: its table, the column that says which product it is, and the states in which one that was
sold is with us again."""
OUT = "sold"
BEGUN = ("plan", "service")
"""The kinds of what begins on a line because its form says so."""
SWITCHES = "C7.2"
"""The business whose form names services by their switch."""
Sold = tuple[str, str]
"""Kind and product."""


def judge(known: Known, told: Claim) -> Iterator[Fault]:
    """What was sold that there is not, and what stands as sold by orders that are taken back."""
    for item in told.added.get(TABLE, ()):
        if not _is_there(known, item):
            yield Fault("sums", {"what": f"{item['kind']} {item['product']}", "table": TABLE})
            return
    if others := [*_otherwise(known, told)]:
        yield from others
        return
    for orders in _taken_back(known, told):
        left = Counter[tuple[str, str, str]]()
        for row in (row for order in orders for row in rows_naming(known, told, OrderItem, "order_id", order)):
            for column in ("count", "amount", "monthly"):
                left[row["kind"], row["product"], column] += row[column]
        if any(left.values()):
            yield Fault("sums", {"what": f"items of order {orders[-1]}", "table": TABLE})
            return


def _is_there(known: Known, item: Row) -> bool:
    """Whether what was sold is, or was, published as of that kind."""
    model = OF.get(item["kind"])
    if model is None:
        return True
    here = known.row(model, item["product"])
    if here is None:
        return known.was_published(model, (item["product"],))
    return model is not Product or here["kind"] == item["kind"]


def _taken_back(known: Known, told: Claim) -> Iterable[tuple[str, ...]]:
    """The orders of which nothing may stand as sold: those that are cancelled; one that is reversed, with what reverses
    it. What one sold that is not here nobody can say."""
    for change in told.changed.get("product_order", ()):
        if change.values.get("state") == "cancelled" and told.row(known, ProductOrder, change.key[0]) is not None:
            yield (change.key[0],)
    for order in told.added.get("product_order", ()):
        here = told.row(known, ProductOrder, order["reverses"]) if order["reverses"] else None
        if here is not None and is_opposite(known, told, order):
            yield (order["id"], order["reverses"])


# what an order sells


def _otherwise(known: Known, told: Claim) -> Iterator[Fault]:
    """The first thing that the entry's orders sold otherwise than it says. What takes an order back as a whole is held
    against that (`_taken_back`)."""
    items = told.added.get(TABLE, ())
    orders = {order["id"]: order for order in told.added.get("product_order", ())}
    ended = {change.key[0] for change in told.changed.get("product_order", ())}
    if any(known.row(ProductOrder, key) is not None for key in orders):
        return  # it was told before: that is told elsewhere (`sync.effects`)
    own = {key for key, each in orders.items() if not (is_opposite(known, told, each) or is_left(known, told, each))}
    pieces = _pieces(known, told) if own else Counter[Sold]()
    for item in items:
        if item["order_id"] not in orders.keys() | ended:
            yield _fault("sums", item)
            return
        if item["order_id"] in own and item["kind"] not in BEGUN:
            pieces[item["kind"], item["product"]] -= item["count"]
    for (kind, product), left in pieces.items():
        if left:
            yield _fault("sums", {"kind": kind, "product": product})
            return
    for key in own:
        order, of_order = orders[key], [item for item in items if item["order_id"] == key]
        form = told.form(order)
        if form is not None and order["operator"] != SCHEDULER and not _begins(known, order, form.filled, of_order):
            yield Fault("form", {"what": f"items of order {order['serial']}", "table": TABLE})
            return
        for item in of_order:
            sure = _costs(known, told, order, item)
            if sure != "yes":
                yield _fault("price", item, note=sure == "perhaps")
                return


def _fault(reason: str, item: Row, *, note: bool = False) -> Fault:
    return Fault(reason, {"what": f"{item['kind']} {item['product']}", "table": TABLE}, note=note)


def _pieces(known: Known, told: Claim) -> Counter[Sold]:
    """What goes out of stock with an entry, is written or begins, and what comes back."""
    found = Counter[Sold]()
    for kind, (model, column, back) in PIECES.items():
        for change in told.changed.get(table_name(model), ()):
            here, state = known.row(model, *change.key), change.values.get("state")
            if here is None or state is None:
                continue  # told elsewhere (`sync.effects`)
            was_sold = here["state"] == OUT
            found[kind, str(here[column])] += (state == OUT and not was_sold) - (was_sold and state in back)
    for row in told.added.get("sim_card", ()):
        found["sim", row["kind"]] += 1
    for row in told.added.get("provider_subscription", ()):
        found["provider", row["service"]] += 1
    return found


def _begins(known: Known, order: Row, form: Any, items: list[Row]) -> bool:
    """Whether the plan and services that an order sells are those that its form begins, each once."""
    begun = {item["product"]: item["count"] for item in items if item["kind"] in BEGUN}
    if order["business"] == SWITCHES:
        rows = [known.row(Product, code) for code in begun]
        switched = {row["network_act"].removeprefix(SERVICE) for row in rows if row is not None}
        asked, named = {name for name in SERVICES if getattr(form, name) == "y"}, switched
    else:
        asked, named = set(asked_in(form)), set(begun)
    left = asked - named
    return named <= asked and set(begun.values()) <= {1} and not (left and _are_new(known, order, form, left))


def _are_new(known: Known, order: Row, form: Any, left: set[str]) -> bool:
    """Whether anything of what a form asks for begins, though the plan does not contain it, the line did not have it,
    and the form does not end it."""
    has = known.told(SubscriptionProduct, **{LINE: order[LINE]}) if order["business"] != OPENING else []
    had = {row["product"] for row in has if row["state"] != "pending"}
    if order["business"] == SWITCHES:
        rows = [known.row(Product, code) for code in had]
        had = {row["network_act"].removeprefix(SERVICE) for row in rows if row is not None}
    kept = had | set(getattr(form, "cancel", None) or ())
    plan = getattr(form, "plan", None) or ""
    return any(not known.was_published(ProductRelation, (plan, code)) for code in left - kept)


def _costs(known: Known, told: Claim, order: Row, item: Row) -> Answer:
    """Whether an item costs what its product does, at once and each month. Of how much pieces are: `sums`."""
    kind, product = item["kind"], item["product"]
    if kind in PIECES:
        return "no" if item["monthly"] else "yes"
    if kind == "provider":
        services = known.versions(ProviderService, (product,), told.entry.business_date)
        monthly = [{row["fee"] if row["rhythm"] == "month" else 0} for row in services]
    elif order["business"] == OPENING:
        rows = (row for row in told.added.get("charge_schedule", ()) if row["product"] == product)
        monthly = [{sum(row["amount"] for row in rows if row[LINE] == order[LINE])}]
    else:
        monthly = sums_of(known, told, order, OPENING, product, 1)
    once = sums_of(known, told, order, order["business"], product, 0) if item["amount"] else [{0}]
    return the_less_sure([_is_among(item["monthly"], monthly), _is_among(item["amount"], once)])


def _is_among(fen: int, asked: list[set[int]]) -> Answer:
    first, *others = asked or [set[int]()]
    return "yes" if fen in first else "perhaps" if any(fen in each for each in others) else "no"
