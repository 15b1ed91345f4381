"""A number leaves for another operator as it may: a code is given to who meets the conditions, and the line ends since
it was taken over by that code (M5). One that is locked, or too new, stays with its owner.

What the porting centre said is the hall's word. A bill or a lock that an outlet may not have, a line of another
outlet's, and what waits for a decision, are noted. Source: management-facts 5.3; in the hall:
`boss_tui.chores.porting_out`, `boss_tui.components.resources.porting`.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from boss_tui.chores.porting_out import CODE, LONGEST
from boss_tui.chores.scheduling import SCHEDULER
from boss_tui.components.products.agreements import months_after
from boss_tui.components.resources.number_locks import PORTED
from boss_tui.components.resources.porting import DAYS
from boss_tui.headquarters.absence import Answer
from boss_tui.headquarters.rules.claim import Claim, Known, Row, the_less_sure
from boss_tui.headquarters.rules.debts_paid import had, is_own
from boss_tui.headquarters.rules.lines import LINE, orders_of
from boss_tui.headquarters.rules.network import parameters
from boss_tui.headquarters.rules.reversals import is_opposite
from boss_tui.sync.effects import Fault
from boss_tui.transactions.c09.form import LEAVES
from data.clock import day_after, moment, stamp
from data.tables.billing import CustomerBill
from data.tables.customer import Customer
from data.tables.life import Agreement, Suspension
from data.tables.order import Subscription
from data.tables.porting import NumberPorting
from data.tables.resource import NumberGrade, NumberLock, PhoneNumber

ACT, CLOSES, GOES, CHANGES = "number.porting", "C9", "C5", "C2"


def judge(known: Known, told: Claim) -> Iterator[Fault]:
    """The numbers that leave though they may not, or that nobody has taken over; those that change hands though they
    are locked."""
    for row in told.added.get("number_porting", ()):
        line = known.row(Subscription, row[LINE])
        right = row["state"] == "refused" or (row["state"] == "authorised" and _is_code(row))
        right = right and line is not None and line["number"] == row["number"]
        sure = _may_leave(known, told, line) if line is not None and row["state"] == "authorised" else "yes"
        if not right or sure != "yes":
            what = {"what": f"number_porting {row['number']}: → {row['state']}", "table": "number_porting"}
            yield Fault("move", what, note=right and sure == "perhaps")
    for act in told.added.get("scheduled_act", ()) if told.entry.kind == ACT else ():
        ends = (act["business"], parameters(act).get("action")) == (CLOSES, LEAVES)
        if not ends or not _has_left(known, told, act[LINE]):
            yield Fault("move", {"what": f"scheduled_act {act['business']}", "table": "scheduled_act"})
    for change in told.changed.get("phone_number", ()):
        here = known.row(PhoneNumber, *change.key)
        goes = here is not None and change.values.get("state") == PORTED != here["state"]
        if here is not None and goes and not _leaves(known, told, here[LINE]):
            yield Fault("move", {"what": f"phone_number {change.key[0]}: → {PORTED}", "table": "phone_number"})
    yield from _stays(known, told)


def _is_code(row: Row) -> bool:
    """Whether a code is one, and counts for as long as one does."""
    made = moment(row["made_at"])
    lasts = row["made_at"] < row["until"] <= stamp(made + timedelta(minutes=LONGEST + 1))
    return CODE.fullmatch(row["code"]) is not None and lasts


def _may_leave(known: Known, told: Claim, line: Row) -> Answer:
    """Whether a line meets the conditions."""
    day, owner = told.entry.business_date, known.row(Customer, line["customer_id"])
    if owner is None:
        return "yes"  # what is not here is told elsewhere (`sync.effects`)
    person = owner["holder"] == "individual" and owner["state"] == "validated"
    stops = known.told(Suspension, **{LINE: line["id"]}, state="running")
    bound = [row for row in known.told(Agreement, **{LINE: line["id"]}, state="active") if row["ends_on"] >= day]
    bills = [row for row in known.told(CustomerBill, account_id=line["account_id"]) if row["paid"] < row["amount"]]
    old = day_after(line["opened_on"], DAYS) <= day
    if person and line["state"] == "active" and old and not (stops or bound or bills):
        return _unlocked(known, told, line["number"])
    known_there = not (person and old) or stops or bound or any(had(known, told, bill) for bill in bills)
    waits = known.waits(told.entry.outlet, [line["id"], line["account_id"]])
    return "no" if known_there and is_own(told, line) and not waits else "perhaps"


def _has_left(known: Known, told: Claim, line: str) -> bool:
    """Whether the number of a line was taken over by its code."""
    return any(row["state"] == "left" for row in told.after(known, NumberPorting, **{LINE: line}))


def _leaves(known: Known, told: Claim, line: str) -> bool:
    """Whether a line ends with an order of the entry since its number has left."""
    orders = (order for order in orders_of(known, told) if (order["business"], order[LINE]) == (CLOSES, line))
    ends = any(form is not None and form.filled.action == LEAVES for form in map(told.form, orders))
    return ends and _has_left(known, told, line)


def _stays(known: Known, told: Claim) -> Iterator[Fault]:
    """The orders that give up or hand on a number that stays where it is; that end a line since it has left, though it
    has not."""
    for order in told.added.get("product_order", ()):
        form = told.form(order) if order["business"] in (CLOSES, GOES, CHANGES) else None
        line = known.row(Subscription, order[LINE]) if order[LINE] else None
        if form is None or line is None or is_opposite(known, told, order):
            continue
        action = form.filled.action if order["business"] == CLOSES else ""
        if action == LEAVES:
            sure: Answer = "yes" if _has_left(known, told, line["id"]) else "no"
        elif action in ("", "close") and order["operator"] != SCHEDULER:
            but = PORTED if action else ""
            sure = the_less_sure([_unlocked(known, told, line["number"], but), _is_old(known, order, line)])
        else:
            continue
        if sure != "yes":
            yield Fault(
                "move", {"what": f"{order['business']} {line['number']}", "order": order["id"]}, note=sure != "no"
            )


def _unlocked(known: Known, told: Claim, number: str, but: str = "") -> Answer:
    """Whether no lock of another cause than `but` holds a number."""
    day = told.entry.business_date

    def holds(row: Row) -> bool:
        stands = row["valid_from"] <= day <= (row["valid_to"] or day)
        return bool(row["state"] == "active" and stands and row["cause"] != but)

    held = known.stood(NumberLock, (number,), day, holds) if known.row(NumberLock, number) is not None else "no"
    if held == "yes" and known.has_heard(told.entry, NumberLock, (number,)):
        return "no"
    return "yes" if held == "no" else "perhaps"


def _is_old(known: Known, order: Row, line: Row) -> Answer:
    """Whether a beautiful number has been its owner's for as long as it may not get another."""
    number = known.row(PhoneNumber, line["number"])
    if order["business"] != GOES or number is None:
        return "yes"

    def over(row: Row) -> bool:
        months = row["transfer_ban_months"]
        last = months_after(date.fromisoformat(line["opened_on"]), months) if months else date.min
        return bool(order["business_date"] > last.isoformat())

    return known.stood(NumberGrade, (number["grade"],), order["business_date"], over)
