"""Who did it, and within which limits: staff of that outlet, with the right to the business then; what needs a
supervisor, or is over an amount that one may do alone, has another's word.

Source: catalogue F7, M7; design 3. The limits are the role's own (`operators.operators`); what amount a business's
form is held against is asked from its Transaction.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping

from boss_tui.business.registry import BUSINESSES
from boss_tui.chores.issuing import ALARM as REFUSED
from boss_tui.chores.issuing import ASKER
from boss_tui.chores.scheduling import SCHEDULER
from boss_tui.components.alarms import is_about
from boss_tui.components.operators.delegations import APPROVALS
from boss_tui.components.operators.grades import SUPERVISORS
from boss_tui.components.operators.operators import pays_out_alone
from boss_tui.components.operators.rights_review import have_lapsed
from boss_tui.components.tariff.tariff import PREPAYMENT
from boss_tui.components.till.cash import BANK
from boss_tui.headquarters.absence import Answer
from boss_tui.headquarters.rules.claim import Claim, Known, Row, the_less_sure
from boss_tui.headquarters.rules.reversals import is_left, is_opposite
from boss_tui.headquarters.rules.scheduled import follows
from boss_tui.sync.effects import Fault
from data.clock import on_the_wall, wall_day
from data.journal import Change
from data.tables.base import Table
from data.tables.credit_control import ControlOrder
from data.tables.life import ScheduledAct
from data.tables.order import HandwrittenSlip, ProductOrder
from data.tables.organisation import Alarm, Authority, Delegation, Grant, Operator, Role, RoleRight

OF_ITS_STAFF = {"operator_password": ("staff_no",), "delegation": ("giver", "taker")}
"""What an outlet says of people, by table, and the columns that name them: it speaks for its own staff alone."""

RUNNING: Mapping[str, tuple[type[Table], str]] = {
    "authority": (Authority, "valid_until"),
    "operator_grant": (Grant, "expires_at"),
}
"""By table, until when a right runs: a clock that is set back takes that back with it, and nobody makes it longer."""


def judge(known: Known, told: Claim) -> Iterator[Fault]:
    """What is wrong with who did the orders and acts of an entry, or allowed them; with who gave money of a slip back;
    with whom it tells of."""
    for table, named in OF_ITS_STAFF.items():
        for row in told.added.get(table, ()):
            yield from _of_its_staff(known, told, table, [row[name] for name in named])
    for act in told.added.get("act", ()):
        yield from _act(known, act)
    for order in told.added.get("product_order", ()):
        if not is_left(known, told, order):
            yield from _order(known, told, order)
    for change in told.changed.get("product_order", ()):
        if change.values.get("state") == "cancelled":
            yield from _cancelled(known, told, change)
    for entry in told.added.get("suspense_entry", ()):
        if entry["act"] == "given_back":
            yield from _given_back(known, told, entry)
    yield from _words(known, told)
    yield from _seen(known, told)
    for table, (model, until) in RUNNING.items():
        for change in told.changed.get(table, ()):
            here = known.row(model, *change.key)
            if here is not None and change.values.get(until, "") > here[until]:
                yield Fault("right", {"what": f"{table} {change.key[0]}", "table": table})


def _of_its_staff(known: Known, told: Claim, table: str, named: Iterable[str]) -> Iterator[Fault]:
    """Whether who is told of is, or on that day may have been, of the outlet's staff."""
    day = told.entry.business_date or on_the_wall(told.entry.made_at, "%Y-%m-%d")
    for staff_no in named:
        if known.stood(Operator, (staff_no,), day, lambda row: row["outlet"] == told.entry.outlet) == "no":
            yield Fault("foreign", {"what": f"{table} {staff_no}", "table": table})


def _act(known: Known, act: Row) -> Iterator[Fault]:
    """Whether who acted was at work there. What is done with an edition is done at headquarters' own office."""
    if act["edition"]:
        yield Fault("foreign", {"what": f"act {act['act']} {act['operator']}", "table": "act"})
    elif act["operator"] != SCHEDULER:
        day = act["business_date"]
        there = at_work(known, act["operator"], act["outlet"], day)
        if there != "yes":
            yield Fault("staff", {"what": f"{act['business']} {act['operator']}"}, note=there == "perhaps")


def _of_itself(known: Known, told: Claim, order: Row) -> bool:
    """Whether the program did it on its day: an order before it had set that, and no money moves with it."""
    acts = (
        known.row(ScheduledAct, *change.key)
        for change in told.changed.get("scheduled_act", ())
        if change.values.get("done_order_id") == order["id"]
    )
    waited = any(
        act is not None
        and act["state"] == "waiting"
        and follows(act, order)
        and act["due_on"] <= order["business_date"]
        for act in acts
    )
    return waited and not told.of_order("payment", order["id"])


def _of_control(known: Known, told: Claim, order: Row) -> bool:
    """Whether the program did it since headquarters' credit control told this outlet to, and no money moves with it."""
    of_order = [
        *(row["control_order"] for row in told.added.get("control_done", ()) if row["order_id"] == order["id"]),
        *(
            change.key[0]
            for change in told.changed.get("control_done", ())
            if change.values.get("undone_order") == order["id"]
        ),
    ]
    rows = (known.row(ControlOrder, key) for key in of_order)
    told_to = any(
        row is not None and row["outlet"] == order["outlet"] and row["subscription_id"] == order["subscription_id"]
        for row in rows
    )
    return told_to and order["business"] in ("C6", "C9") and not told.of_order("payment", order["id"])


def _order(known: Known, told: Claim, order: Row) -> Iterator[Fault]:
    staff_no, day = order["operator"], order["business_date"]
    what = {"what": f"{order['business']} {staff_no}", "order": order["id"]}
    if staff_no == SCHEDULER:
        if not (_of_itself(known, told, order) or _of_control(known, told, order)):
            yield Fault("staff", what)
        return
    there = at_work(known, staff_no, order["outlet"], day)
    if there != "yes":
        yield Fault("staff", what, note=there == "perhaps")
    roles = roles_of(known, staff_no, day)
    if there == "no" or not roles:
        return
    giver = giver_of(known, order["outlet"], staff_no, order["business"], day)
    roles = (roles_of(known, giver, day) if giver else []) or roles
    right = by_role(roles, lambda role: known.stood(RoleRight, (role, order["business"]), day, lambda _: True))
    if giver:
        right = the_less_sure([right, at_work(known, giver, order["outlet"], day)])
    if right != "yes":
        yield Fault("right", what, note=right == "perhaps")
    approvers = [each for each in order["approved_by"].split(",") if each]
    for each in approvers:
        sure = gives_word(known, each, order["outlet"], day, staff_no)
        if sure != "yes":
            yield Fault("approval", {**what, "approver": each}, note=sure == "perhaps")
    opposite = is_opposite(known, told, order)
    if not opposite and (sure := _supervised(known, told, order)) != "yes":
        yield Fault("approval", what, note=sure == "perhaps")
    elif right != "no" and not by_another(order, approvers, opposite=opposite):
        yield from (Fault("approval", what),) if opposite else _alone(known, told, order, roles, what)


def _supervised(known: Known, told: Claim, order: Row) -> Answer:
    """Whether a supervisor did or allowed what is never done without one."""
    form = told.form(order)
    if form is None or not BUSINESSES[order["business"]].supervised(form.filled):
        return "yes"
    return word_of_supervisor(known, order)


def word_of_supervisor(known: Known, order: Row) -> Answer:
    """Whether a supervisor did or allowed an order."""
    people, day = (order["operator"], *filter(None, order["approved_by"].split(","))), order["business_date"]
    words = {gives_word(known, each, order["outlet"], day, order["operator"]) for each in people}
    return "yes" if "yes" in words else "perhaps" if "perhaps" in words else "no"


def _alone(known: Known, told: Claim, order: Row, roles: list[str], what: dict[str, str]) -> Iterator[Fault]:
    """Whether nobody had to allow it."""
    form, day = told.form(order), order["business_date"]
    taken = BUSINESSES[order["business"]].limited_by(form.filled, order) if form is not None else 0
    before = known.paid_out(order["outlet"], order["operator"], day)

    def alone(asked: int) -> Answer:
        def suffices(right: Row) -> bool:
            return not _needs_word(right, order, asked, before)

        return by_role(roles, lambda role: known.stood(RoleRight, (role, order["business"]), day, suffices))

    sure = alone(taken)
    if sure == "no" and taken and alone(taken - rest_of(told, order)) != "no":
        sure = "perhaps"
    if sure != "yes":
        yield Fault("approval", what, note=sure == "perhaps")


def _words(known: Known, told: Claim) -> Iterator[Fault]:
    """Who gave their word, or handed over what is theirs, beside orders: a supervisor of that outlet, and no other for
    them; nobody gives it to themselves."""
    by, outlet, day = told.entry.operator, told.entry.outlet, told.entry.business_date or wall_day(told.entry.made_at)
    given = [("approval", grant["supervisor"], by) for grant in told.added.get("operator_grant", ())]
    given += [("right", row["giver"], row["taker"]) for row in told.added.get("delegation", ()) if row["giver"] == by]
    given += [("right", "", by) for row in told.added.get("delegation", ()) if row["giver"] != by]
    given += [("approval", by, "") for move in told.added.get("cash_movement", ()) if move["purpose"] in BANK]
    reversing = any(order["reverses"] for order in told.added.get("product_order", ()))
    takes_back = reversing or bool(told.changed.get("product_order"))
    for reason, giver, taker in given:
        own = giver == taker and not takes_back
        sure = "no" if own else gives_word(known, giver, outlet, day, "" if takes_back else taker)
        if sure != "yes":
            yield Fault(reason, {"what": f"{told.entry.kind} {giver or by}"}, note=sure == "perhaps")


def _seen(known: Known, told: Claim) -> Iterator[Fault]:
    """Whether who looked into an alarm is who tells of it, and a supervisor: nobody ends the alarm about themselves.
    What has ended by itself nobody looks into."""
    by, day = told.entry.operator, told.entry.business_date or wall_day(told.entry.made_at)
    for change in told.changed.get("alarm", ()):
        here = told.row(known, Alarm, change.key[0])
        if here is None or here["outlet"] != told.entry.outlet:
            continue  # told elsewhere (`sync.effects`)
        own = change.values.get("seen_by", by) == by
        if own and by == ASKER and _was_put_right(told, here):
            continue
        sure = gives_word(known, by, told.entry.outlet, day, "") if own else "no"
        if sure != "yes":
            yield Fault("right", {"what": f"alarm {change.key[0]}", "table": "alarm"}, note=sure == "perhaps")


def _was_put_right(told: Claim, alarm: Row) -> bool:
    """Whether the electronic invoice of which an alarm tells that it was refused is issued by the same entry."""
    changed = told.changed.get("electronic_invoice", ())
    issued = [str(each.key[0]) for each in changed if each.values.get("state") == "issued"]
    return alarm["kind"] == REFUSED and any(is_about(alarm["message"], key) for key in issued)


def _cancelled(known: Known, told: Claim, change: Change) -> Iterator[Fault]:
    """Whether a supervisor allowed that an order is cancelled; they may be who does it (`boss_tui.desk.cancelling`)."""
    here, by, entry = known.row(ProductOrder, *change.key), told.entry.operator, told.entry
    if here is None:
        return
    approvers = filter(None, str(change.values.get("approved_by", here["approved_by"])).split(","))
    words = {gives_word(known, each, entry.outlet, entry.business_date, by) for each in approvers}
    if "yes" not in words:
        what = {"what": f"{here['business']} {by}", "order": here["id"]}
        yield Fault("approval", what, note="perhaps" in words)


def _given_back(known: Known, told: Claim, entry: Row) -> Iterator[Fault]:
    """Whether money of a slip that can't be done was given back by who may, or with a supervisor's word."""
    by = {row["id"]: row["operator"] for row in told.added["posting"]}[entry["posting_id"]]
    slip, day = known.row(HandwrittenSlip, entry["slip_id"]), entry["business_date"]
    roles = roles_of(known, by, day)
    what = {"what": f"{slip['business'] if slip else ''} {by}".strip(), "slip": entry["slip_id"]}
    sure = at_work(known, by, entry["outlet"], day)
    if sure != "yes" or not roles or slip is None:
        yield Fault("staff", what, note=sure == "perhaps" and bool(roles) and slip is not None)
        return
    approver = entry["approved_by"]
    if approver:
        sure = gives_word(known, approver, entry["outlet"], day, by)
    else:
        before = known.paid_out(entry["outlet"], by, day)

        def alone(right: Row) -> bool:
            return right["approval"] != "supervised" and pays_out_alone(right, -entry["amount"], before)

        business = slip["business"]
        sure = by_role(roles, lambda role: known.stood(RoleRight, (role, business), day, alone))
    if sure != "yes":
        yield Fault("approval", what, note=sure == "perhaps")


def giver_of(known: Known, outlet: str, taker: str, right: str, day: str) -> str:
    """Who had handed somebody a right, or their word, on a business date, and was at work there themselves
    (`operators.delegations`); empty: nobody."""
    for row in known.of_outlets(Delegation, outlet=outlet, taker=taker, right=right):
        if row.since <= day <= (row.withdrawn_on or row.until) and at_work(known, row.giver, outlet, day) != "no":
            return row.giver
    return ""


def at_work(known: Known, staff_no: str, outlet: str, day: str) -> Answer:
    """Whether somebody might work at an outlet on a business date."""
    return known.stood(Operator, (staff_no,), day, lambda row: _works(known, row, outlet, day))


def gives_word(known: Known, staff_no: str, outlet: str, day: str, maker: str) -> Answer:
    """Whether somebody could allow what another does: a supervisor, or who stood in for one that did not make it."""
    own = known.stood(Operator, (staff_no,), day, lambda row: _allows(known, row, outlet, day))
    if own == "yes":
        return own
    giver = giver_of(known, outlet, staff_no, APPROVALS, day)
    if not giver or maker in (giver, staff_no):
        return own
    return known.stood(Operator, (giver,), day, lambda row: _allows(known, row, outlet, day))


def has_right(known: Known, staff_no: str, outlet: str, right: str, day: str) -> Answer:
    """Whether somebody was at work at an outlet on a business date with a right: their role's, or handed to them by who
    was at work there, too."""
    giver = giver_of(known, outlet, staff_no, right, day)
    roles = (roles_of(known, giver, day) if giver else []) or roles_of(known, staff_no, day)
    there = [at_work(known, each, outlet, day) for each in (staff_no, giver) if each]
    of_role = by_role(roles, lambda role: known.stood(RoleRight, (role, right), day, lambda _: True))
    return the_less_sure([*there, of_role])


def _works(known: Known, row: Row, outlet: str, day: str) -> bool:
    """Whether somebody may work at an outlet: their rights have not lapsed (`components.operators.rights_review`)."""
    lapsed = have_lapsed(known.reading, row["confirmed_on"], day)
    return bool(row["outlet"] == outlet and row["state"] != "left" and not lapsed)


def _allows(known: Known, row: Row, outlet: str, day: str) -> bool:
    role = known.row(Role, row["role"])
    grade = str(role["grade"]) if role is not None else row["role"]
    return _works(known, row, outlet, day) and grade in SUPERVISORS


def roles_of(known: Known, staff_no: str, day: str) -> list[str]:
    """The roles in which an outlet may have had somebody at work on a business date, the one that they should have had
    first; none: there is nobody of that number."""
    return list(dict.fromkeys(str(row["role"]) for row in known.versions(Operator, (staff_no,), day)))


def by_role(roles: list[str], asked: Callable[[str], Answer]) -> Answer:
    """What is so by somebody's role; perhaps, where it is so by another that an outlet may have known of."""
    first, *others = [asked(role) for role in roles] or ["no"]
    return first if first != "no" or set(others) <= {"no"} else "perhaps"


def by_another(order: Row, approvers: list[str], *, opposite: bool = False) -> bool:
    """Whether somebody else than who did it allowed it. Who takes an order back (`opposite`) may be the supervisor of
    it, and there always is one."""
    return any(each != order["operator"] for each in approvers) or bool(approvers and opposite)


def _needs_word(right: Row, order: Row, taken: int, before: int) -> bool:
    """Whether a role does not do this order by itself: at all, or with so much money (`taken`: what its limit of what
    is taken in is held against; `before`: what the person paid out on that date already)."""
    limit = right["amount_limit"]
    return (
        right["approval"] == "supervised"
        or not pays_out_alone(right, -order["amount"], before)
        or bool(limit and taken > limit)
    )


def rest_of(told: Claim, order: Row) -> int:
    """What may be a rest of the change that the customer left in their balance: it is no part of what was asked."""
    paid = {payment["posting_id"] for payment in told.of_order("payment", order["id"])}
    last = [line for line in told.added.get("posting_line", ()) if line["posting_id"] in paid][-1:]
    return sum(max(0, -line["amount"]) for line in last if line["item"] == PREPAYMENT)
