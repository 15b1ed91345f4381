"""Contracts bind: what is sold with one comes with it, on its terms; one that ends before its time costs its penalty.

What a penalty is follows from headquarters' own rows: the contract, the bundle that it is of, the price of the handset
without it. An outlet that asked for more than is least is believed. Of what is another outlet's it may not have heard:
that is noted. Source: domain-facts 8, 9; catalogue C2, C4.3, C5, C8, C9, C10; at the desk:
`boss_tui.transactions.contracts`.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any

from boss_tui.chores.scheduling import SCHEDULER
from boss_tui.components.products.agreements import months_after, penalty
from boss_tui.headquarters.rules.claim import Claim, Known, Row
from boss_tui.headquarters.rules.lines import LINE, orders_of
from boss_tui.headquarters.rules.prices import posted_for, rates
from boss_tui.headquarters.rules.reversals import is_opposite
from boss_tui.sync.effects import Fault
from boss_tui.transactions.c08.change_plan import first_day
from boss_tui.transactions.c09.form import FINAL, LEAVES
from boss_tui.transactions.contracts import HANDSET, PENALTIES, PENALTY, PLAN, SELLS, share
from data.codes import PAY_TYPES
from data.statements import instance
from data.tables.life import Agreement, ScheduledAct
from data.tables.order import ProductOrder, Subscription
from data.tables.product import Product
from data.tables.resource import NumberGrade, PhoneNumber
from data.tables.service import ChargeSchedule
from data.tables.stock import Handset, HandsetBundle

NUMBER = "number"
OPENED, WORKS = "C1.completion", ("active", "suspended")
"""The entry from which a new line works, and its states then."""
BINDS = ("C1.completion", "C2.completion")
"""The entries from which a number binds."""
COSTS = ("C5", "C8", "C9", SELLS)
"""The businesses that ask for a penalty."""
AFTERWARDS = {"C4.3": (PLAN,), "C8": (PLAN,), "C9": (HANDSET, PLAN, NUMBER)}
"""The kinds of contract that end when an order is done, by its business: what they cost was asked before."""
AT_ONCE = {"C5": (HANDSET, PLAN), "C8": (HANDSET,), SELLS: (HANDSET, PLAN)}
"""Those that end with the order itself."""


def judge(known: Known, told: Claim) -> Iterator[Fault]:
    """The contracts that are made on other terms, or not at all; that end by what ends none; what was not asked for."""
    for row in told.added.get("agreement", ()):
        if not (terms := _terms(known, told, row)) or terms[0] != "yes":
            yield Fault("price", _what(row), note="perhaps" in terms)
    yield from _unbound(known, told)
    yield from _plan_unbound(known, told)
    yield from _ended(known, told)
    yield from _kept(known, told)
    for order in told.added.get("product_order", ()):
        if order["business"] in COSTS and order[LINE] and not is_opposite(known, told, order):
            yield from _charged(known, told, order)


def _what(row: Row) -> dict[str, Any]:
    return {"what": f"agreement {row['kind']} {row['product']}".strip(), "table": "agreement"}


# how they begin


def _terms(known: Known, told: Claim, row: Row) -> list[str]:
    """Whether the terms of a new contract are those that headquarters had for it, for each way in which it had them."""
    day = told.entry.business_date
    if row["starts_on"] != day or row["state"] != "active" or row["months"] < 1:
        return []
    if row["ends_on"] != months_after(date.fromisoformat(day), row["months"]).isoformat():
        return []
    if row["kind"] == HANDSET:
        fit = [_is_of_bundle(row, each) for each in known.versions(HandsetBundle, (row["product"],), day)]
    elif row["kind"] == PLAN:
        if _new_plans(known, told).get(row[LINE]) != row["product"]:
            return []
        fee = _fee(known, told, row[LINE], row["product"])
        signed = _signed(known, told, row[LINE])
        fit = [_is_of_plan(row, each, fee) for each in known.versions(Product, (row["product"],), signed)]
    else:
        fit = [row["kind"] == NUMBER and _is_of_grade(row, each) for each in _grades(known, told, row[LINE], day)]
    return ["yes" if fits else "perhaps" for fits in fit[:1] if fits or any(fit)]


def _is_of_bundle(row: Row, bundle: Row) -> bool:
    of = (bundle["months"], bundle["prepay"], bundle["penalty_percent"])
    return of == (row["months"], row["value"], row["penalty_percent"])


def _is_of_plan(row: Row, plan: Row, fee: int) -> bool:
    """An outlet that reckons a penalty on more than is least is believed."""
    of = (plan["contract_months"], plan["penalty_percent"])
    return of == (row["months"], row["penalty_percent"]) and bool(row["value"] >= row["months"] * fee)


def _new_plans(known: Known, told: Claim) -> dict[str, str]:
    """The lines that have a plan from an entry on, and which: they are opened, or go to another one. What is taken back
    begins nothing."""
    if any(order["reverses"] for order in orders_of(known, told)):
        return {}
    found = dict[str, str]()
    for change in told.changed.get("subscription", ()):
        here, line = known.row(Subscription, *change.key), str(change.key[0])
        opened = told.entry.kind == OPENED and change.values.get("state") in WORKS
        if here is not None and (opened or "plan" in change.values):
            found[line] = str(change.values.get("plan", here["plan"]))
    return found


def _signed(known: Known, told: Claim, line: str) -> str:
    """The business date on which the plan was ordered that a line has from an entry on: its terms are of that day."""
    days = (order["business_date"] for order in orders_of(known, told) if order[LINE] == line)
    return next(days, told.entry.business_date)


def _fee(known: Known, told: Claim, line: str, plan: str) -> int:
    """What a line is charged each month for a plan after an entry, in fen: whether that is so much, `prices` says."""
    rows = told.after(known, ChargeSchedule, **{LINE: line})
    return sum(row["amount"] for row in rows if (row["product"], row["state"]) == (plan, "running"))


def _is_of_grade(row: Row, grade: Row) -> bool:
    return bool((grade["contract_months"], grade["minimum_spend"]) == (row["months"], row["value"]))


def _grades(known: Known, told: Claim, line: str, day: str) -> list[Row]:
    """The grade of the number that a line has after an entry."""
    here = known.row(Subscription, line)
    numbers = [
        c.values["number"] for c in told.changed.get("subscription", ()) if c.key[0] == line and "number" in c.values
    ]
    piece = known.row(PhoneNumber, numbers[-1] if numbers else here["number"]) if here is not None else None
    return known.versions(NumberGrade, (piece["grade"],), day) if piece is not None else []


def _unbound(known: Known, told: Claim) -> Iterator[Fault]:
    """What is sold at a contract's price, or is a number that binds, without the contract."""
    day, bound = told.entry.business_date, told.added.get("agreement", ())
    for order in told.added.get("product_order", ()):
        form = told.form(order) if order["business"] == SELLS and not is_opposite(known, told, order) else None
        if form is None or form.filled.action != "sell" or form.filled.month or not form.filled.bundle:
            continue
        bundle = form.filled.bundle
        binds = [each["months"] > 0 for each in known.versions(HandsetBundle, (bundle,), day)]
        if not any((row["order_id"], row["product"]) == (order["id"], bundle) for row in bound) and any(binds):
            yield Fault("price", {"what": f"{SELLS} {bundle}", "order": order["id"]}, note=not all(binds))
    if told.entry.kind not in BINDS or any(order["reverses"] for order in orders_of(known, told)):
        return
    for change in told.changed.get("subscription", ()):
        if not _begins(change.values):
            continue
        binds = [each["contract_months"] > 0 for each in _grades(known, told, change.key[0], day)]
        if any(binds) and not any(row[LINE] == change.key[0] and row["kind"] == NUMBER for row in bound):
            yield Fault(
                "price", {"what": f"{told.entry.kind} {change.key[0]}", "table": "agreement"}, note=not all(binds)
            )


def _plan_unbound(known: Known, told: Claim) -> Iterator[Fault]:
    """A plan that binds, begun without the contract."""
    bound = {(row[LINE], row["product"]) for row in told.added.get("agreement", ()) if row["kind"] == PLAN}
    for line, plan in _new_plans(known, told).items():
        signed = _signed(known, told, line)
        binds = [each["contract_months"] > 0 for each in known.versions(Product, (plan,), signed)]
        if any(binds) and (line, plan) not in bound:
            what = {"what": f"{told.entry.kind} {line} {plan}", "table": "agreement"}
            yield Fault("price", what, note=not all(binds))


def _begins(values: Row) -> bool:
    """Whether a line has a number from now on: its first one, or another."""
    return "number" in values or values.get("state") == "active"


# how they end


def _ended(known: Known, told: Claim) -> Iterator[Fault]:
    """The contracts that still run, and end by an order that ends none such; that go to whom their line does not."""
    for change in told.changed.get("agreement", ()):
        here = known.row(Agreement, *change.key)
        if here is None or here["revision"] != change.base:
            continue  # told elsewhere (`sync.effects`)
        after = {**here, **change.values}
        ends = here["state"] == "active" != after["state"] and here["ends_on"] >= told.entry.business_date
        line = told.row(known, Subscription, here[LINE])
        moved = [c.values.get("customer_id") for c in told.changed.get("subscription", ()) if c.key[0] == here[LINE]]
        if ends and not any(_ends(known, told, order, here) for order in orders_of(known, told)):
            yield Fault("move", {**_what(here), "what": f"agreement {here['id']}: → {after['state']}"})
        elif after["customer_id"] != here["customer_id"] and line is not None and after["customer_id"] not in moved:
            yield Fault("foreign", _what(here))


def _kept(known: Known, told: Claim) -> Iterator[Fault]:
    """A number that is given up for another, though a contract binds to it."""
    for order in told.added.get("product_order", ()):
        if order["business"] != "C2" or not order[LINE] or is_opposite(known, told, order):
            continue
        for row in known.told(Agreement, **{LINE: order[LINE]}, state="active", kind=NUMBER):
            if row["ends_on"] >= order["business_date"]:
                yield Fault("price", _what(row), note=not _is_its_own(known, told, row))


def _ends(known: Known, told: Claim, order: Row, contract: Row) -> bool:
    """Whether an order ends a contract of its line: by itself, as it is done, or as it takes back what made it."""
    if order[LINE] != contract[LINE]:
        return False
    if order["reverses"] and order["reverses"] == contract["order_id"]:
        return True
    form, kind, business = told.form(order), contract["kind"], order["business"]
    if form is None or is_opposite(known, told, order):
        return False
    if kind in AFTERWARDS.get(business, ()) and _is_done(told, order):
        return (business != "C9" or form.filled.action in (FINAL, LEAVES)) and _is_allowed(order, form.filled)
    new = any(row["id"] == order["id"] for row in told.added.get("product_order", ()))
    if new and business == SELLS and form.filled.action == "return":
        unit = known.row(Handset, form.filled.imei)
        return kind == HANDSET and unit is not None and unit[LINE] == contract[LINE]
    return new and kind in AT_ONCE.get(business, ()) and (business != SELLS or form.filled.action == "end")


def _is_done(told: Claim, order: Row) -> bool:
    """Whether an entry completes an order: once the network has it; at once, or on its day, where that is told
    nothing."""
    added = [row for row in told.added.get("product_order", ()) if row["id"] == order["id"]]
    if added:
        return bool(added[0]["state"] == "completed")
    moved = [change for change in told.changed.get("product_order", ()) if change.key[0] == order["id"]]
    done = any(change.values.get("state") == "completed" for change in moved)
    return done and told.entry.kind in (f"{order['business']}.completion", f"{order['business']}.due")


def _is_allowed(order: Row, form: Any) -> bool:
    """Whether somebody allowed that a plan's contract ends for nothing, where it does (C4.3)."""
    return order["business"] != "C4.3" or (form.change in PAY_TYPES and bool(order["approved_by"]))


# what ending them costs


def _charged(known: Known, told: Claim, order: Row) -> Iterator[Fault]:
    """What an order asked for the contracts that it ends is as much as they cost at least."""
    due = [(each, _least(known, told, order, each, day)) for each, day in _breaks(known, told, order)]
    posted, sure, perhaps = posted_for(told, order["id"]), Counter[str](), Counter[str]()
    for contract, costs in due:
        item = PENALTIES.get(contract["kind"], PENALTY)
        sure[item] += costs[0]
        perhaps[item] += min(costs) if _is_its_own(known, told, contract) else 0
    for item in sure:
        if posted[item] < sure[item]:
            what = {"what": f"{order['business']} {item} {sure[item]}", "order": order["id"]}
            yield Fault("price", what, note=posted[item] >= perhaps[item])


def _is_its_own(known: Known, told: Claim, contract: Row) -> bool:
    """Whether the outlet has known of a contract: it made it, or has it with the line from of old."""
    line, made = known.row(Subscription, contract[LINE]), contract["order_id"]
    order = known.row(ProductOrder, made) if made else None
    outlets = {row["outlet"] for row in (line, order) if row is not None}
    return outlets == {told.entry.outlet}


def _breaks(known: Known, told: Claim, order: Row) -> Iterable[tuple[Row, date]]:
    """The contracts that an order ends before their time, and the day from which they are ended."""
    form, day = told.form(order), date.fromisoformat(order["business_date"])
    if form is None or order["operator"] == SCHEDULER:
        return  # credit control closes a line for nothing: what it owes stays owed
    active = known.told(Agreement, **{LINE: order[LINE]}, state="active")
    running = sorted((row for row in active if row["ends_on"] >= day.isoformat()), key=lambda row: str(row["ends_on"]))
    last = {row["kind"]: row for row in running}
    business, filled = order["business"], form.filled
    if business == "C9" and filled.action == "close":
        yield from ((row, day) for row in running)
    elif business == "C5":
        yield from ((last[kind], day) for kind in (HANDSET, PLAN) if kind in last)
    elif business == "C8":
        line = known.row(Subscription, order[LINE])
        if PLAN in last and line is not None:
            yield last[PLAN], first_day(filled, instance(Subscription, dict(line)), day)
        if HANDSET in last and _is_left(known, order, filled, last[HANDSET]):
            yield last[HANDSET], day
    elif business == SELLS and filled.action == "end":
        ended = {change.key[0] for change in told.changed.get("agreement", ())}
        yield from ((row, day) for row in running if row["id"] in ended)


def _is_left(known: Known, order: Row, form: Any, contract: Row) -> bool:
    """Whether a plan is one that a handset's contract is not for, and nobody lets that go on."""
    plans = [each["plans"] for each in known.versions(HandsetBundle, (contract["product"],), order["business_date"])]
    kept = form.keep and bool(order["approved_by"])
    return not kept and all(of and form.plan not in of.split(",") for of in plans)


def _least(known: Known, told: Claim, order: Row, contract: Row, day: date) -> list[int]:
    """What ending a contract costs in fen, as the outlet may have had it, as it should first."""
    if contract["kind"] != HANDSET or order["business"] == "C5":
        return [penalty(instance(Agreement, dict(contract)), day)]
    bundles = known.versions(HandsetBundle, (contract["product"],), order["business_date"])
    if not bundles:
        return [0]
    retail = rates(known, told, order, HANDSET, SELLS, bundles[0]["model"])
    month = _next_month(known, contract)

    def costs(bundle: Row, price: int) -> int:
        of = instance(HandsetBundle, dict(bundle))
        left = sum(share(of, each) for each in range(month, bundle["months"] + 1)) if month else 0
        return int(max(price - bundle["price"], 0) + left * contract["penalty_percent"] // 100)

    return [costs(bundle, price) for bundle in bundles for price in retail]


def _next_month(known: Known, contract: Row) -> int:
    """The month of a contract whose part of the prepayment waits for its day; 0: none does."""
    for act in known.told(ScheduledAct, **{LINE: contract[LINE]}, business=SELLS, state="waiting"):
        parameters = json.loads(act["parameters"])
        if parameters.get("bundle") == contract["product"]:
            return int(parameters["month"])
    return 0
