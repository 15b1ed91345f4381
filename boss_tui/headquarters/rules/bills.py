"""A bill is in the state of what was paid of it; one that an outlet makes since a line goes is of that month (B1, C9).

What is paid: `bill_payments`; what it is of: `owed` and `finals`; when it is due: `dates`. At the desk:
`boss_tui.components.billing`.
"""

from __future__ import annotations

from collections.abc import Iterator

from boss_tui.headquarters.rules.claim import Claim, Known, Row
from boss_tui.headquarters.rules.stops import HELD
from boss_tui.sync.effects import Fault
from data.tables.billing import CustomerBill


def judge(known: Known, told: Claim) -> Iterator[Fault]:
    """The first bill whose state is not that of what was paid of it, or that is new and of another month than its
    day's. One in dispute, and one that another moved first, are told elsewhere."""
    bills = {row["id"]: row for row in told.added.get("customer_bill", ())}
    changes = told.changed.get("customer_bill", ())
    new = set(bills)
    for change in changes:
        key = change.key[0]
        here = bills.get(key) or known.row(CustomerBill, key)
        if here is not None and key not in new and (key in bills or here["revision"] == change.base):
            bills[key] = {**here, **change.values}
    moved = {change.key[0] for change in changes if change.values.keys() & {"paid", "state"}}
    for key, bill in bills.items():
        wrong = (key in moved or key in new) and bill["state"] not in (*_states(bill), HELD)
        if wrong or (key in new and bill["month"] != bill["issued_on"][:7]):
            yield Fault("sums", {"what": f"customer_bill {key}: {bill['state']}", "table": "customer_bill"})
            return


def _states(bill: Row) -> set[str]:
    """The states of a bill of which so much was paid; nothing is open of one of nothing, paid or not."""
    if not bill["paid"]:
        return {"sent"} if bill["amount"] else {"sent", "settled"}
    return {"settled"} if bill["paid"] == bill["amount"] else {"partiallyPaid"}
