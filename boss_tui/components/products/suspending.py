"""Part of F4 产品: the causes for which a subscription is stopped (停机), and what the network should bar for them.

A line works again when the last cause is gone (catalogue C6). A cause stands from the acceptance of its order on, and
is gone from that of the order that lifts it; the subscription's own state follows once the network has it.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from boss_tui.components.base import Component, traced
from boss_tui.components.history import note
from data.clock import new_key
from data.message import say
from data.tables.life import ServiceParameter, Suspension, ValueChange
from data.tables.order import Subscription

FORWARD_TO = "forward_to"
"""The parameter of a kind of call forwarding (cfu, cfb, cfnry, cfnrc) that holds the number."""
CAUSES = {
    "request": say("at the owner's request"),
    "loss": say("reported lost"),
    "arrears_outgoing": say("arrears, one way"),
    "arrears_all": say("arrears, both ways"),
    "arrears_kept": say("arrears, number kept"),
    "fraud": say("against fraud"),
    "court": say("by order of a court"),
    "identity": say("identity not confirmed"),
    "closing": say("being closed"),
}
"""Why a line is stopped, in words; domain-facts 4 has the operator's own codes."""


ARREARS = ("arrears_outgoing", "arrears_all", "arrears_kept")
"""The causes that are arrears', the mildest first; the last is credit control's alone (M8): nothing is charged then."""
ERASES = ("request", "loss")
"""Causes that erase call forwarding; the others leave it (domain-facts 2)."""


def extent_of(causes: Iterable[Suspension]) -> str:
    """What is barred for these causes together: nothing (empty), outgoing (单停), or all (双停)."""
    extents = {cause.extent for cause in causes}
    return "all" if "all" in extents else "outgoing" if extents else ""


class Suspending(Component):
    """The causes of a subscription, and the parameters of its services."""

    @traced
    def causes(self, subscription_id: str) -> list[Suspension]:
        """Why a line is stopped now, the oldest cause first."""
        return self.tx.all(Suspension, subscription_id=subscription_id, state="running", order=("id",))

    @traced
    def cause(self, subscription_id: str, cause: str) -> Suspension | None:
        """One cause of a line: running, or planned for a day."""
        rows = self.tx.all(Suspension, subscription_id=subscription_id, cause=cause)
        return next((row for row in rows if row.state in ("planned", "running")), None)

    @traced
    def suspend(
        self, subscription: Subscription, cause: str, *, extent: str, starts: date, ends: date | None, reason: str
    ) -> Suspension:
        """A new cause: running from today on, or planned for a later business date (catalogue C6)."""
        return self.tx.add(
            Suspension,
            id=new_key(self.tx.clock),
            subscription_id=subscription.id,
            cause=cause,
            extent=extent,
            starts_on=starts.isoformat(),
            ends_on=ends.isoformat() if ends else "",
            reason=reason,
            state="planned" if starts > self.context.today else "running",
            order_id=self.context.order_id,
        )

    @traced
    def begin(self, planned: Suspension) -> Suspension:
        """The day of a planned cause has come; it is this order's now."""
        return self.tx.change(planned, state="running", order_id=self.context.order_id)

    @traced
    def lift(self, cause: Suspension) -> Suspension:
        """A cause is gone; one that was only planned never comes."""
        state = "lifted" if cause.state == "running" else "cancelled"
        return self.tx.change(cause, state=state, lifted_order_id=self.context.order_id)

    @traced
    def set_by(self, order_id: str) -> Suspension | None:
        """The cause that an order set, and that still stands."""
        return self.tx.find(Suspension, order_id=order_id, state="running")

    @traced
    def lifted_by(self, order_id: str) -> Suspension | None:
        """The cause that an order lifted."""
        return self.tx.find(Suspension, lifted_order_id=order_id, state="lifted")

    @traced
    def cancel_suspension(self, order_id: str) -> Suspension | None:
        """The network never had the order: what it set, or planned, is cancelled; what it lifted runs on, and is
        answered."""
        lifted = self.tx.all(Suspension, lifted_order_id=order_id, state="lifted")
        for row in self.tx.all(Suspension, order_id=order_id):
            if row.state in ("planned", "running"):
                self.tx.change(row, state="cancelled")
        again = [self.tx.change(row, state="running", lifted_order_id=None) for row in lifted]
        return again[0] if again else None

    # parameters of services

    def forwarding(self, subscription_id: str) -> dict[str, str]:
        """The call forwarding that is set: kind (cfu, cfb, cfnry, cfnrc) → number."""
        rows = self.tx.all(ServiceParameter, subscription_id=subscription_id, name=FORWARD_TO, order=("service",))
        return {row.service: row.value for row in rows if row.value}

    def parameter(self, subscription_id: str, service: str, name: str) -> str:
        """A parameter of a service; empty where it is not set."""
        row = self.tx.find(ServiceParameter, subscription_id=subscription_id, service=service, name=name)
        return row.value if row else ""

    @traced
    def restore_parameters(self, subscription_id: str, order_id: str) -> None:
        """The network never had an order: the parameters of services that it set are as they were before."""
        for change in self.tx.all(ValueChange, subject=subscription_id, order_id=order_id):
            service, dot, name = change.field.partition(".")
            if dot:
                key = {"subscription_id": subscription_id, "service": service, "name": name}
                self.tx.change(self.tx.one(ServiceParameter, **key), value=change.before)

    @traced
    def set_parameter(self, subscription_id: str, service: str, name: str, value: str) -> None:
        """Set a parameter of a service (empty: no more), and note what it was before."""
        key = {"subscription_id": subscription_id, "service": service, "name": name}
        row = self.tx.find(ServiceParameter, **key)
        field = f"{service}.{name}"
        note(self.context, subscription_id, {field: row.value if row else ""}, {field: value})
        if row is None and value:
            self.tx.add(ServiceParameter, **key, value=value)
        elif row is not None and row.value != value:
            self.tx.change(row, value=value)
