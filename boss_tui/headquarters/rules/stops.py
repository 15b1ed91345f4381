"""A stop is lifted by what lifts it: arrears that are paid, or that somebody may trust with; the operator's own causes
by a supervisor's word; any, when the line ends. Until the last one is gone the line does not work (C6, M8).

What is owed is judged by headquarters' bills, what somebody is trusted with by its ratings and limits. A bill that came
since the stop began an outlet without a link may not have: then the entry is noted. Source: catalogue C6, M8;
management-facts 4; at the hall: `CreditControl.may_lift`.
"""

from __future__ import annotations

from collections.abc import Iterator

from boss_tui.components.credit.credit_control import MONEY
from boss_tui.components.network_elements import BARS
from boss_tui.components.products.suspending import ARREARS
from boss_tui.headquarters.absence import Answer
from boss_tui.headquarters.rules.balances import held
from boss_tui.headquarters.rules.claim import Claim, Known, Row
from boss_tui.headquarters.rules.lines import LINE, orders_of
from boss_tui.headquarters.rules.network import parameters
from boss_tui.headquarters.rules.people import gives_word
from boss_tui.headquarters.rules.trusted import covers, document
from boss_tui.sync.effects import Fault
from boss_tui.transactions.c06.form import EXTENTS
from data.clock import day_after, wall_day
from data.tables.account import BalanceBucket, BillingAccount
from data.tables.billing import BillPayment, CustomerBill
from data.tables.credit import CreditExemption, CreditRaise, HallCredit
from data.tables.credit_control import ControlDone, ControlOrder
from data.tables.customer import Customer
from data.tables.life import ScheduledAct, Suspension
from data.tables.order import ProductOrder, Subscription

OPERATORS = ("fraud", "court", "identity")
"""The causes that only a supervisor's word lifts."""
STAND = ("planned", "running")
ENDS = ("terminated", "cancelled")
FURTHER, MILDER = "arrears_all", "arrears_outgoing"
"""The full stop, out of which a part that is paid lets a line; and what it is stopped for still."""
EMERGENCY, HELD = "emergency", "onHold"
_ON_ITS_DAY = {"suspend": ("starts_on", ("planned",)), "resume": ("ends_on", STAND)}
"""By what is done on its day: the column of a stop that says the day, and how the stop can't stand afterwards."""
_EXTENTS = {act: extent for extent, act in BARS.items()}


def judge(known: Known, told: Claim) -> Iterator[Fault]:
    """The stops that are lifted by nothing, and the lines that work though they are stopped."""
    for change in told.changed.get("suspension", ()):
        here = known.row(Suspension, *change.key)
        if here is None or here["revision"] != change.base:
            continue  # told elsewhere (`sync.effects`)
        after = {**here, **change.values}
        if here["state"] not in STAND or after["state"] in STAND or _is_over(told, here):
            continue
        what = {"what": f"suspension {here['cause']}", "table": "suspension"}
        if here["cause"] in OPERATORS and (sure := _by_word(known, told)) != "yes":
            yield Fault("approval", what, note=sure == "perhaps")
        elif here["cause"] in ARREARS and (sure := _may_lift(known, told, here)) != "yes":
            yield Fault("trust", what, note=sure == "perhaps")
    yield from _begins(known, told)
    yield from _stays(known, told)
    yield from _comes_on_its_day(known, told)
    yield from _comes_back(known, told)
    yield from _works(known, told)


def _begins(known: Known, told: Claim) -> Iterator[Fault]:
    """The first new stop that bars less or more than its cause does, does not begin on its day, or is for another
    reason than its order says."""
    for row in told.added.get("suspension", ()):
        later = row["starts_on"] > told.entry.business_date
        right = (row["state"] == "planned") is later and row["extent"] == EXTENTS.get(row["cause"], "all")
        if not right or row["reason"] not in _reasons(known, told, row):
            yield Fault("form", {"what": f"suspension {row['cause']}", "table": "suspension"})
            return


def _reasons(known: Known, told: Claim, stop: Row) -> list[str]:
    """Why a stop is set: the stage of credit control that sets it, else what stands in its order's form."""
    order = told.row(known, ProductOrder, stop["order_id"])
    if order is None:
        return [stop["reason"]]  # told elsewhere (`sync.effects`)
    done = [row for row in told.added.get("control_done", ()) if row["order_id"] == order["id"]]
    stages = [row["stage"] for each in done if (row := known.row(ControlOrder, each["control_order"])) is not None]
    form = told.form(order)
    return [*stages, "" if done or form is None else getattr(form.filled, "reason", "")]


def _stays(known: Known, told: Claim) -> Iterator[Fault]:
    """The first stop that stands on though the order that set it is called off."""
    off = [c.key[0] for c in told.changed.get("product_order", ()) if c.values.get("state") == "cancelled"]
    for change in told.changed.get("suspension", ()) if off else ():
        after = {**(known.row(Suspension, *change.key) or {}), **change.values}
        if after.get("order_id") in off and after.get("state") in STAND:
            yield Fault("move", {"what": f"suspension {after['cause']}", "table": "suspension"})
            return


def _comes_on_its_day(known: Known, told: Claim) -> Iterator[Fault]:
    """The first stop whose day was done with, and that did not begin, or is not gone: a line works on as if nobody had
    asked. What another outlet set since the entry's may not know of."""
    for change in told.changed.get("scheduled_act", ()):
        act = known.row(ScheduledAct, *change.key)
        if act is None or act["business"] != "C6" or change.values.get("state") != "done":
            continue
        asked = parameters(act)
        day, left = _ON_ITS_DAY.get(str(asked.get("action")), ("", ()))
        for stop in told.after(known, Suspension, **{LINE: act[LINE]}) if day else ():
            order = told.row(known, ProductOrder, stop["order_id"])
            its_own = order is not None and order["outlet"] == told.entry.outlet
            if its_own and (stop["cause"], stop[day]) == (asked.get("cause"), act["due_on"]) and stop["state"] in left:
                yield Fault("move", {"what": f"suspension {stop['cause']}", "table": "suspension"})
                return


def _is_over(told: Claim, stop: Row) -> bool:
    """Whether the line ends with the entry, or the order that set the stop is called off there."""
    moved = [c.values.get("state") for c in told.changed.get("subscription", ()) if c.key[0] == stop[LINE]]
    off = [c.key[0] for c in told.changed.get("product_order", ()) if c.values.get("state") == "cancelled"]
    return any(state in ENDS for state in moved) or stop["order_id"] in off


def _by_word(known: Known, told: Claim) -> Answer:
    """Whether a supervisor did or allowed the orders of an entry."""
    day, outlet = told.entry.business_date, told.entry.outlet
    words = {
        gives_word(known, each, outlet, day, "")
        for order in orders_of(known, told)
        for each in (order["operator"], *order["approved_by"].split(","))
        if each
    }
    return "yes" if "yes" in words else "perhaps" if "perhaps" in words else "no"


# arrears


def _may_lift(known: Known, told: Claim, stop: Row) -> Answer:
    """Whether what is paid, or what somebody said, lifts a stop for arrears."""
    line = told.row(known, Subscription, stop[LINE])
    account = told.row(known, BillingAccount, line["account_id"]) if line is not None else None
    customer = told.row(known, Customer, line["customer_id"]) if line is not None else None
    if line is None or account is None or customer is None:
        return "yes"  # what is not here is told elsewhere (`sync.effects`)
    if _is_undone(known, told, stop) or _is_trusted(known, told, line, customer):
        return "yes"
    bills = [
        bill
        for bill in told.after(known, CustomerBill, account_id=account["id"])
        if bill["paid"] < bill["amount"] and bill["state"] != HELD
    ]
    day, paid_in = told.entry.business_date, sum(held(known, row["id"]) for row in _money(known, account))
    late = [bill for bill in bills if bill["due_on"] < day]
    if line["pay_type"] == "prepaid":
        wrong = bool(late) or paid_in + _comes_in(told) <= 0
    else:
        exposed = sum(bill["amount"] - bill["paid"] for bill in bills) - max(0, paid_in)
        kept = late and not (_is_let_out(known, stop) and _paid_since(known, told, account, stop))
        wrong = bool(kept) or not _is_within(known, told, customer, exposed)
    if not wrong:
        return "yes"
    surely = late and any(bill["issued_on"] <= stop["starts_on"] for bill in late)
    sure = surely or (known.linked(told.entry) == "yes" and all(bill["issued_on"] < day for bill in bills))
    return "perhaps" if not sure or _is_uncertain(known, told, customer, account) else "no"


def _is_undone(known: Known, told: Claim, stop: Row) -> bool:
    """Whether headquarters took back what had stopped the line."""
    done = (known.row(ControlDone, *c.key) for c in told.changed.get("control_done", ()) if c.values.get("undone_at"))
    taken = (
        known.row(ControlOrder, row["control_order"]) for row in done if row and row["order_id"] == stop["order_id"]
    )
    return any(row is not None and row["state"] == "undone" for row in taken)


def _is_trusted(known: Known, told: Claim, line: Row, customer: Row) -> bool:
    """Whether an emergency resume of the line stands, or comes with the entry."""
    day = told.entry.business_date
    words = [*told.added.get("hall_credit", ()), *known.told(HallCredit, customer_id=customer["id"], state="active")]
    if any(
        row["kind"] == EMERGENCY
        and (row["customer_id"], row["number"]) == (customer["id"], line["number"])
        and row["business_date"] <= day <= row["valid_to"]
        for row in words
    ):
        return True
    kind, number = document(customer)
    rows = known.all(CreditExemption, document_kind=kind, document_number=number, kind=EMERGENCY)
    return any(row.number in ("", line["number"]) and row.valid_from <= day <= (row.valid_to or day) for row in rows)


def _money(known: Known, account: Row) -> list[Row]:
    return [row for row in known.told(BalanceBucket, account_id=account["id"]) if row["kind"] in MONEY]


def _comes_in(told: Claim) -> int:
    """What comes into balances with the entry."""
    return sum(row["amount"] for row in told.added.get("balance_entry", ()))


def _is_let_out(known: Known, stop: Row) -> bool:
    """Whether it is the full stop, and the line stays stopped outgoing."""
    running = known.told(Suspension, **{LINE: stop[LINE]}, state="running")
    return bool(stop["cause"] == FURTHER and any(row["cause"] == MILDER for row in running))


def _paid_since(known: Known, told: Claim, account: Row, stop: Row) -> bool:
    """Whether any of a bill was paid since a stop began."""
    of = {bill["id"] for bill in known.told(CustomerBill, account_id=account["id"])}
    paid = [row for bill in of for row in known.told(BillPayment, bill_id=bill)]
    paid += [row for row in told.added.get("bill_payment", ()) if row["bill_id"] in of]
    return any(wall_day(row["made_at"]) >= stop["starts_on"] for row in paid)


def _is_within(known: Known, told: Claim, customer: Row, exposed: int) -> bool:
    """Whether so many fen may be within what somebody is trusted with, lent or their own."""
    day, (kind, number) = told.entry.business_date, document(customer)
    lent = [row.credit_limit for row in known.all(CreditRaise, document_kind=kind, document_number=number)]
    words = known.told(HallCredit, customer_id=customer["id"], kind="raise", state="active")
    lent += [row["credit_limit"] for row in words if row["business_date"] <= day <= row["valid_to"]]
    return exposed <= max(lent, default=0) or covers(known, customer, day, exposed, 10_000)


def _is_uncertain(known: Known, told: Claim, customer: Row, account: Row) -> bool:
    """Whether a plan of instalments or a dispute may leave something out, or an entry about the account waits for a
    decision."""
    kind, number = document(customer)
    if any(row.kind != "key_account" for row in known.all(CreditExemption, document_kind=kind, document_number=number)):
        return True
    bills = known.told(CustomerBill, account_id=account["id"])
    return known.waits(told.entry.outlet, [account["id"], *(bill["id"] for bill in bills)])


def _comes_back(known: Known, told: Claim) -> Iterator[Fault]:
    """An emergency resume whose stops are not planned again: what it lifts comes back by itself (C6)."""
    words = [row for row in told.added.get("hall_credit", ()) if row["kind"] == EMERGENCY]
    for change in told.changed.get("suspension", ()) if words else ():
        here = known.row(Suspension, *change.key)
        planned = [row for row in told.added.get("suspension", ()) if row["state"] == "planned"]
        if here is not None and here["cause"] in ARREARS and change.values.get("state") == "lifted":
            last = max(row["valid_to"] for row in words)
            again = [row for row in planned if (row[LINE], row["cause"]) == (here[LINE], here["cause"])]
            if not any(row["starts_on"] <= day_after(last, 1) and row["extent"] == here["extent"] for row in again):
                yield Fault("trust", {"what": f"suspension {here['cause']}", "table": "suspension"})


# what works


def _works(known: Known, told: Claim) -> Iterator[Fault]:
    """The lines that are said, or told to the network, to work though they are stopped."""
    for change in told.changed.get("subscription", ()):
        if change.values.get("state") == "active" and (cause := _stands(known, told, change.key[0], "")):
            yield Fault("move", {"what": f"subscription {change.key[0]}: {cause} → active", "table": "subscription"})
    for work in told.added.get("work_order", ()):
        order = told.row(known, ProductOrder, work["order_id"])
        extent = _EXTENTS.get(work["act"])
        if order is None or extent is None or not order[LINE] or extent == "all":
            continue
        if cause := _stands(known, told, order[LINE], extent):
            yield Fault("network", {"what": f"{work['act']}: {cause}", "table": "work_order"})


def _stands(known: Known, told: Claim, line: str, extent: str) -> str:
    """The cause that stops a line more than to an extent after an entry, as far as its outlet knows of it; empty: none
    does."""
    for row in told.after(known, Suspension, **{LINE: line}):
        if row["state"] != "running" or (extent == "outgoing" and row["extent"] == "outgoing"):
            continue
        order = told.row(known, ProductOrder, row["order_id"])
        if order is not None and order["outlet"] == told.entry.outlet:
            return str(row["cause"])
    return ""
