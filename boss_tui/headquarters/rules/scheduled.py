"""What is left for a later day is what was ordered: which act of which number, with which form; and it is done by the
order that it becomes (F14, C6 to C10).

Such an act is done by the program itself, with nobody's word: who could set another one would have what nobody asked
for. When it is due: `dates`; who may do it: `people`; numbers that leave: `portings`. At the desk:
`Processes.schedule`, `boss_tui.chores.scheduling`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import timedelta
from typing import Any

from boss_tui.components.accounts.holds import INTERNATIONAL
from boss_tui.components.processes import touching
from boss_tui.components.products.suspending import ARREARS
from boss_tui.headquarters.rules.claim import Claim, Known, Row
from boss_tui.headquarters.rules.dates import CHANGES, GIVES, REACHES, STOPS
from boss_tui.headquarters.rules.lines import LINE, orders_of
from boss_tui.headquarters.rules.network import parameters
from boss_tui.headquarters.rules.portings import CLOSES
from boss_tui.sync.effects import Fault
from boss_tui.transactions.c06.dated import touched
from boss_tui.transactions.c09.form import FINAL, LEAVES
from boss_tui.transactions.reach import BEFORE
from data.clock import moment
from data.tables.life import ScheduledAct, ServiceParameter, Suspension
from data.tables.order import ProductOrder, Subscription

TABLE, DONE = "scheduled_act", "done"
WAITS, OFF = "waiting", "cancelled"
DUE = "due"
"""The kind of an entry by which the program tells that what was due can't be done."""
SLOW = timedelta(minutes=1)
"""How long it may take until what is done is written down."""
COLUMNS = dict(zip(REACHES, ("long_distance", "roaming"), strict=True))
"""By the business that changes how far a line reaches, its column."""
_BARS = {"suspend": "starts_on", "resume": "ends_on"}


def judge(known: Known, told: Claim) -> Iterator[Fault]:
    """The first act that is set otherwise than it was ordered, or that ends otherwise than one does."""
    for act in told.added.get(TABLE, ()):
        order, line = told.row(known, ProductOrder, act["order_id"]), told.row(known, Subscription, act[LINE])
        if order is None or line is None:
            continue  # told elsewhere (`sync.effects`)
        if not _is_meant(known, told, act, order, line["number"]):
            yield Fault("form", {"what": f"{TABLE} {act['business']}", "table": TABLE})
            return
    for change in told.changed.get(TABLE, ()):
        here = known.row(ScheduledAct, *change.key)
        if here is None or here["revision"] != change.base or "state" not in change.values:
            continue  # told elsewhere (`sync.effects`)
        after = {**here, **change.values}
        if not _ends(known, told, here, after):
            yield Fault("form", {"what": f"{TABLE} {here['business']}: → {after['state']}", "table": TABLE})
            return


def _ends(known: Known, told: Claim, here: Row, after: Row) -> bool:
    """Whether an act is done, called off, failed or set again as that is done: now, by what does it, with a reason
    unless it is done."""
    state, why = after["state"], after["reason"]
    if state == WAITS:
        return bool(here["state"] == OFF and not why and not after["done_at"])
    if here["state"] != WAITS or not _is_now(told, after["done_at"]):
        return False
    if state == DONE:
        return not why and _is_done(known, told, after)
    if state == OFF:
        return bool(why) and any(_calls_off(told, order, here) for order in orders_of(known, told))
    return bool(why) and told.entry.kind == DUE


def _is_now(told: Claim, done_at: str) -> bool:
    made = moment(told.entry.made_at)
    return bool(done_at) and made - SLOW <= moment(done_at) <= made


def _calls_off(told: Claim, order: Row, act: Row) -> bool:
    """Whether an order may call an act off: one of the same business on that line, of a stop for the same cause; one by
    which the line ends; and with a contract, any that ends it."""
    if order[LINE] != act[LINE]:
        return False
    form = told.form(order)
    if order["business"] == act["business"] == STOPS and form is not None:
        return bool(form.filled.cause == parameters(act).get("cause"))
    return order["business"] in (act["business"], CLOSES) or act["business"] == GIVES


def follows(act: Row, order: Row) -> bool:
    """Whether an order is what an act becomes on its day: of that line, with what was said as its form."""
    as_ordered = (act["business"], act[LINE], act["touches"], act["parameters"], act["follows"])
    return as_ordered == (order["business"], order[LINE], order["touches"], order["form_json"], 1)


def _is_done(known: Known, told: Claim, act: Row) -> bool:
    """Whether an act is done by an order of the entry: a new one, or the one that waited for its day."""
    orders = [order for order in orders_of(known, told) if order["id"] == act["done_order_id"]]
    return any(follows(act, order) if act["follows"] else order["id"] == act["order_id"] for order in orders)


def _is_meant(known: Known, told: Claim, act: Row, order: Row, number: str) -> bool:
    """Whether an act is one that its order, with its form, leaves for a later day."""
    said, business = parameters(act), act["business"]
    if business == STOPS:
        return _stops(known, told, act, order, said, number)
    words: Iterable[str]
    if business == CHANGES:
        wanted, words = dict[str, Any](), touching.read(order["touches"])
    elif business == CLOSES and said.get("action") == LEAVES:
        return act["follows"] == 1 and not act["touches"] and said == {"number": number, "action": LEAVES}
    elif business == CLOSES:
        wanted, words = {"number": number, "action": FINAL}, (touching.LINE,)
    elif business == GIVES:
        wanted, words = _part(told, order), ()
    elif business in REACHES:
        column = COLUMNS[business]
        wanted = {"number": number, column: _before(known, told, act[LINE], column)}
        words = (column, INTERNATIONAL)
    else:
        return False
    as_ordered = (business, wanted, int(business != CHANGES), touching.stored(words))
    return as_ordered == (order["business"], said, act["follows"], act["touches"])


def _part(told: Claim, order: Row) -> dict[str, Any]:
    """The next part of a handset's prepayment: the first where it is sold, else that behind the one that comes now."""
    form = told.form(order) if order["business"] == GIVES else None
    if form is None:
        return {}  # a form that can't be read is told elsewhere (`moves`)
    return {"imei": form.filled.imei, "bundle": form.filled.bundle, "month": (form.filled.month or 0) + 1}


def _before(known: Known, told: Claim, line: str, column: str) -> str:
    """How far a line reached before, to which it goes back."""
    rows = told.after(known, ServiceParameter, **{LINE: line}, name=BEFORE)
    return next((row["value"] for row in rows if row["service"] == column), "")


def _stops(known: Known, told: Claim, act: Row, order: Row, said: Mapping[str, Any], number: str) -> bool:
    """Whether a stop is set, or lifted, on its own day; or one for arrears is lifted since they are paid, which any
    payment may have done."""
    action, cause = said.get("action"), said.get("cause")
    if said != {"number": number, "action": action, "cause": cause} or act["follows"] != 1:
        return False
    if action == "resume" and cause in ARREARS and act["touches"] == touching.LINE:
        return True
    day = _BARS.get(str(action), "")
    stops = told.after(known, Suspension, **{LINE: act[LINE]}) if day and order["business"] == STOPS else []
    right = any((stop["cause"], stop[day]) == (cause, act["due_on"]) for stop in stops)
    return right and act["touches"] == touching.stored(touched(str(cause), action))
