"""Numbers that leave for another operator 携号转网, with the porting centre: a code is asked for, and whether the
number was taken over by it. The centre is the interface `porting_centre` (M2.1), with its time-outs and breaker.

What the centre says is written once it was said: a question that gets no answer changes nothing, and is asked again.
Source: management-facts 5.3.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import timedelta
from typing import Any

from boss_tui.chores.issuing import Written
from boss_tui.chores.scheduling import perform_due
from boss_tui.components.alarms import raise_alarm
from boss_tui.remote import Unanswered
from boss_tui.remote.services import Services
from boss_tui.sync.dates import business_date
from data.clock import moment, new_key, stamp
from data.errors import NotFound
from data.journal import canonical
from data.message import Message, say
from data.store import Store, UnitOfWork
from data.tables.eligibility import Interface
from data.tables.life import ScheduledAct
from data.tables.order import ProductOrder, Subscription
from data.tables.porting import NumberPorting

CENTRE = "porting_centre"
"""The code of its interface."""
ACT, ALARM = "number.porting", "porting"
CLOSES = "C9"
"""The business that ends a subscription, also one that has left."""
CODE = re.compile(r"[0-9]{4,8}", re.ASCII)
_MINUTES = 60
LONGEST = 24 * 60
"""So many minutes a code counts at most, whatever the centre says."""
_GRACE = timedelta(hours=1)
"""How long after a code has lapsed the centre is still asked: it may have been used in its last minute."""
_TEXT = 120


class PortingOut:
    """The work of one outlet. Two programs may do it at once: a row is changed only as it was read."""

    def __init__(self, store: Store, outlet: str, services: Callable[[], Services]) -> None:
        self._store, self._outlet, self._services = store, outlet, services
        self.unanswered: Message | None = None

    def code(self, number: str, document_kind: str, document_number: str) -> dict[str, str]:
        """What the centre says to a number that wants to leave: the columns state, code, until, reason. Unanswered;
        NotFound: there is no centre."""
        asked = {"number": number, "document_kind": document_kind, "document_number": document_number}
        told = self._ask("", asked)
        code, minutes = str(told.get("code", "")), told.get("minutes", _MINUTES)
        if told.get("result") == "authorised" and CODE.fullmatch(code) and isinstance(minutes, int):
            until = stamp(self._store.present() + timedelta(minutes=max(1, min(minutes, LONGEST))))
            return {"state": "authorised", "code": code, "until": until}
        if told.get("result") == "refused":
            return {"state": "refused", "reason": str(told.get("reason", ""))[:_TEXT]}
        raise Unanswered("unreadable", say("Its answer can't be read."))

    def step(self, only: str = "") -> bool:
        """Ask what became of each code that was given; `only`: of one number. Whether the centre answered anything;
        `unanswered` says why it did not, where that is so."""
        self.unanswered = None
        with self._store.reading() as reading:
            found = reading.all(NumberPorting, outlet=self._outlet, state="authorised", order=("made_at", "id"))
        answered = [self._look(row) for row in found if only in ("", row.number)]
        if any(answered):
            perform_due(self._store, self._outlet)  # what has left is closed at once
        return any(answered)

    def _look(self, row: NumberPorting) -> bool:
        try:
            told = self._ask("/status", {"number": row.number, "code": row.code})
        except Unanswered as fault:
            self.unanswered = fault.message
            return False
        state, now = told.get("state"), self._store.present()
        is_over = state == "lapsed" or (state in ("waiting", "unknown") and now > moment(row.until) + _GRACE)
        if state != "taken_over" and not is_over:
            return state == "waiting"
        with Written(self._store, self._outlet, ACT) as tx:
            again = tx.one(NumberPorting, id=row.id)
            if again.state != "authorised":
                return True  # another program was quicker
            if is_over:
                tx.change(again, state="lapsed")
            else:
                _left(tx, again)
        return True

    def _ask(self, path: str, body: Mapping[str, Any]) -> Mapping[str, Any]:
        with self._store.reading() as reading:
            interface = reading.find(Interface, code=CENTRE, kind="remote", state="active")
        if interface is None:
            raise NotFound(say("There is no porting centre: publish the interface {code} (M2.1).", code=CENTRE))
        return self._services().told(interface, path, body, new_key(self._store.clock))


def _left(tx: UnitOfWork, row: NumberPorting) -> None:
    """Another operator has it: its subscription is ended, with a final bill, by an order of its own (C9)."""
    line = tx.one(Subscription, id=row.subscription_id)
    left_on = business_date(tx, row.outlet)
    tx.change(row, state="left", left_on=left_on)
    opened = tx.all(ProductOrder, subscription_id=line.id, order=("created_at", "id"))
    tx.add(
        ScheduledAct,
        id=new_key(tx.clock),
        outlet=row.outlet,
        business=CLOSES,
        order_id=opened[0].id,
        subscription_id=line.id,
        due_on=left_on,
        follows=1,
        parameters=canonical({"number": row.number, "action": "ported"}),
    )
    raise_alarm(tx, ALARM, say("{number} has left for another operator: it is closed now.", number=row.number))
