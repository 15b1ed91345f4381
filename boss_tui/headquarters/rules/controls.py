"""What credit control ordered is done at the outlet, or there is a reason why not: it was paid, it is stopped already,
it is spared, the line is no more (M8).

The desk's own rule is asked over headquarters' rows. What the outlet may not have heard of is noted: a bill of today,
or any without a link; a line of another outlet; what was paid elsewhere, or is said of the customer alone; what waits
for a decision. Source: management-facts 4; in the hall:
`boss_tui.chores.controlling`.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from boss_tui.chores.controlling import OVER
from boss_tui.chores.scheduling import SCHEDULER
from boss_tui.components.base import Context
from boss_tui.components.credit.credit_control import CreditControl, Verdict
from boss_tui.components.products.suspending import ARREARS
from boss_tui.headquarters.absence import Answer
from boss_tui.headquarters.rules.claim import Claim, Known, OneByOne, Row
from boss_tui.headquarters.rules.lines import LINE
from boss_tui.sync.effects import Fault
from boss_tui.transactions.c06.by_rule import CAUSE_OF
from data.statements import instance
from data.tables.account import BalanceBucket, BalanceEntry
from data.tables.billing import BillPayment, CustomerBill
from data.tables.credit import ACTS, CreditExemption, CreditRaise, CustomerRating
from data.tables.credit_control import ControlOrder
from data.tables.customer import Customer
from data.tables.finance import Posting
from data.tables.life import Suspension
from data.tables.order import Subscription

RESUMES, CLOSES, HELD = "resume", "cancel", "onHold"
STANDS = ("planned", "running")
MONEY = ("payment", "bill_payment", "balance_entry", "customer_bill", "suspension", "hall_credit")
"""What of entries before this one in its batch the store may not have yet, and control goes by."""


def judge(known: Known, told: Claim) -> Iterator[Fault]:
    """The orders of credit control that came to nothing for no reason, or to something that was not done."""
    for done in told.added.get("control_done", ()):
        order = known.row(ControlOrder, done["control_order"])
        line = known.row(Subscription, order["subscription_id"]) if order is not None else None
        if order is None or line is None:
            continue  # what is not here is told elsewhere (`sync.effects`)
        what = {"what": f"control_order {order['act']} {line['number']}: {done['outcome']}", "table": "control_done"}
        if done["outcome"] == "done":
            if not _was_done(told, order, done):
                yield Fault("trust", what)
        elif (sure := _is_right(known, told, order, line, done["outcome"])) != "yes":
            yield Fault("trust", what, note=sure == "perhaps")


def _was_done(told: Claim, order: Row, done: Row) -> bool:
    """Whether what was ordered is done by an order of the entry; who is only told something, by none."""
    if order["act"] not in (*CAUSE_OF, RESUMES, CLOSES):
        return done["order_id"] is None
    wanted = ("C9" if order["act"] == CLOSES else "C6", order["subscription_id"])
    made = [row for row in told.added.get("product_order", ()) if row["id"] == done["order_id"]]
    if [(row["business"], row[LINE]) for row in made] != [wanted]:
        return False
    cause = CAUSE_OF.get(order["act"])
    if cause is None:
        return True
    stops = told.added.get("suspension", ())
    begins = any((row[LINE], row["cause"]) == (wanted[1], cause) and row["state"] in STANDS for row in stops)
    return begins or any(c.values.get("state") == "running" for c in told.changed.get("suspension", ()))


def _is_right(known: Known, told: Claim, order: Row, line: Row, outcome: str) -> Answer:
    """Whether an order had not to be done, as its outlet says."""
    waits = known.waits(told.entry.outlet, [line["id"], line["account_id"], line["customer_id"]])
    own = line["outlet"] == told.entry.outlet and not waits
    if outcome == "refused":
        return "yes" if line["state"] in OVER else "no" if own else "perhaps"
    if any(known.learned(table) for table in MONEY):
        raise OneByOne
    if order["act"] == RESUMES:
        return _stays(known, told, line, own=own)
    verdict = _verdict(known, told, line, order["id"])
    if outcome == "spared":
        right = bool(verdict.spared)
    else:
        stopped = any(ACTS.index(act) >= ACTS.index(order["act"]) for act in verdict.money.since)
        due = verdict.due
        less = due is None or ACTS.index(due.stage.row.act) < ACTS.index(order["act"])
        right = less or (order["act"] in CAUSE_OF and stopped)
    if right:
        return "yes"
    bills = known.told(CustomerBill, account_id=line["account_id"])
    new = any(bill["issued_on"] >= told.entry.business_date for bill in bills if bill["paid"] < bill["amount"])
    return "no" if own and not new and known.linked(told.entry) == "yes" else "perhaps"


def _verdict(known: Known, told: Claim, line: Row, but: str) -> Verdict:
    """What credit control makes of the line, over the rows that are here."""
    return _control(known, told).judge(instance(Subscription, dict(line)), but=but)


def _control(known: Known, told: Claim) -> CreditControl:
    tx: Any = known.reading
    return CreditControl(Context(tx, "M8", told.entry.outlet, "", SCHEDULER, "", told.entry.business_date))


def _stays(known: Known, told: Claim, line: Row, *, own: bool) -> Answer:
    """Whether nothing lifts what a line that is to work again is stopped for, as far as its outlet knows."""
    stops = [row for row in known.told(Suspension, **{LINE: line["id"]}, state="running") if row["cause"] in ARREARS]
    control, of = _control(known, told), instance(Subscription, dict(line))
    if not any(control.may_lift(of, row["cause"]) for row in stops):
        return "yes"
    return "no" if own and known.linked(told.entry) == "yes" and not _is_news(known, told, line) else "perhaps"


def _is_news(known: Known, told: Claim, line: Row) -> bool:
    """Whether what lifts a stop may be what an outlet need not know: paid elsewhere, in dispute, or said of the
    customer by headquarters."""
    owner = known.row(Customer, line["customer_id"])
    said = {"document_kind": owner["document_kind"], "document_number": owner["document_number"]} if owner else {}
    if any(known.all(model, **said) for model in (CreditExemption, CreditRaise, CustomerRating)):
        return True
    bills = known.told(CustomerBill, account_id=line["account_id"])
    paid = [row for bill in bills for row in known.told(BillPayment, bill_id=bill["id"])]
    for bucket in known.told(BalanceBucket, account_id=line["account_id"]):
        paid += known.told(BalanceEntry, bucket_id=bucket["id"])
    postings = (known.row(Posting, row["posting_id"]) for row in paid)
    elsewhere = any(row is not None and row["outlet"] != told.entry.outlet for row in postings)
    return elsewhere or any(bill["state"] == HELD for bill in bills)
