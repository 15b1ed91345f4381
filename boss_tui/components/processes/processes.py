"""F14 process 业务流程: each process with its number, steps and time limits; the serial and the trail of each run."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from sqlalchemy import and_, bindparam, exists, or_, select

from boss_tui.answers.business import Reason
from boss_tui.components.base import Component, traced
from boss_tui.components.numbering import next_serial
from boss_tui.components.operators.delegations import stands_in_for
from boss_tui.components.processes import kept_process, touching
from boss_tui.components.processes.kept_process import INFORM, KeptProcess, WordAsked
from data.cached import cached_property
from data.clock import new_key
from data.journal import canonical
from data.message import Message, both, say
from data.tables.act import Act
from data.tables.life import ScheduledAct
from data.tables.order import Process, ProductOrder, Trail
from data.tables.organisation import Operator, Role

_orders = ProductOrder.table()
_RUNNING = (
    select(*_orders.c)
    .where(
        _orders.c.subscription_id == bindparam("subscription"),
        or_(
            _orders.c.state.in_(("acknowledged", "inProgress", "held")),
            and_(_orders.c.state == "pending", _orders.c.business == bindparam("business")),
        ),
    )
    .order_by(_orders.c.created_at)
)
_taken_back = _orders.alias()
_STANDING = (
    select(*_orders.c)
    .where(
        _orders.c.business == bindparam("business"),
        _orders.c.customer_id == bindparam("customer"),
        _orders.c.state == "completed",
        _orders.c.reverses.is_(None),
        ~exists().where(_taken_back.c.reverses == _orders.c.id),
    )
    .order_by(_orders.c.created_at.desc())
    .limit(bindparam("most"))
)


WORD = "process"
"""The rule by which a process asks for somebody's word."""


class Processes(Component):
    """F14: the process of a business, and what each run leaves."""

    code = "F14"

    @cached_property
    def kept(self) -> KeptProcess:
        """The version of the process that the run goes by: the one that its form began with, else the one in force."""
        if self.context.process:
            return kept_process.kept(self.context.process)
        return kept_process.of_row(self.tx.one(Process, business=self.context.business).__dict__)

    @traced
    def started(self) -> KeptProcess:
        """The process that the run goes by, from now until it ends."""
        return self.kept

    def informs(self) -> bool:
        """Whether the clerk is shown what is published for the business (catalogue F2)."""
        return INFORM in self.kept.steps

    def asks(self, amount: int) -> list[Reason]:
        """Whose word the process asks for when so many fen are paid in, or out (below nothing)."""
        word = self.kept.word(amount)
        if word is None:
            return []
        self.context.use(self.code, "asks")
        return [Reason(WORD, "override", self._wanted(word))]

    def _wanted(self, word: WordAsked) -> Message:
        if not word.role:
            return say("The process asks for a supervisor's word.")
        role = self.tx.find(Role, code=word.role)
        name = both(role.name_zh, role.name_en) if role is not None else word.role
        return say("The process asks for the word of: {role}.", role=name)

    def takes_word_of(self, staff_no: str, amount: int) -> bool:
        """Whether somebody's word is the one that the process asks for at such an amount, if it asks for any. Who
        stands in for another gives that one's."""
        of = stands_in_for(self.tx, staff_no) or staff_no
        word, person = self.kept.word(amount), self.tx.find(Operator, staff_no=of)
        return word is None or (person is not None and kept_process.gives(self.tx, word, person.role))

    def serial(self) -> str:
        """A new order serial 流水号."""
        return next_serial(self.tx, self.context.counter, self.context.business_date)

    @traced
    def in_the_way(self, subscription_id: str, touches: Iterable[str]) -> ProductOrder | None:
        """An order on this subscription that touches the same and that the network has not ended yet, or one of this
        business that waits for its day. What another business has set for a day keeps nothing back until then."""
        words = frozenset(touches)
        found = self.tx.models(ProductOrder, _RUNNING, subscription=subscription_id, business=self.context.business)
        return next((order for order in found if touching.meet(words, touching.read(order.touches))), None)

    def running(self, subscription_id: str) -> bool:
        """Whether anything is under way on this subscription: it makes no good example."""
        return bool(
            self.tx.models(ProductOrder, _RUNNING, subscription=subscription_id, business=self.context.business)
        )

    @traced
    def order_of(self, serial: str) -> ProductOrder | None:
        """The order with a serial."""
        return self.tx.find(ProductOrder, serial=serial)

    @traced
    def latest(self, business: str, customer_id: str, most: int = 20) -> list[ProductOrder]:
        """A customer's completed orders of a business that nothing took back, the latest first."""
        return self.tx.models(ProductOrder, _STANDING, business=business, customer=customer_id, most=most)

    @traced
    def taken_back(self, order: ProductOrder) -> ProductOrder | None:
        """The order that took this one back, if any did."""
        return self.tx.find(ProductOrder, reverses=order.id)

    @traced
    def takes_back(self, order: ProductOrder, other: ProductOrder) -> None:
        """Note that an order takes another one back."""
        self.tx.change(order, reverses=other.id)

    @traced
    def schedule(
        self,
        subscription_id: str,
        due_on: date,
        parameters: Mapping[str, Any],
        *,
        follows: bool = True,
        business: str = "",
        touches: Iterable[str] = (touching.LINE,),
    ) -> ScheduledAct:
        """Let something be done on a later business date, or on the first one that is open after it.

        `follows`: it becomes an order of its own then, with `parameters` as its form, and `Transaction.due` does it.
        Without: this order itself waits, in the state pending. `business`: that of the new order, if another.
        `touches`: what it will touch of the line (`touching`); it waits for orders that do so too.
        """
        return self.tx.add(
            ScheduledAct,
            id=new_key(self.tx.clock),
            outlet=self.context.outlet,
            business=business or self.context.business,
            order_id=self.context.order_id,
            subscription_id=subscription_id,
            due_on=due_on.isoformat(),
            follows=int(follows),
            parameters=canonical(dict(parameters)),
            touches=touching.stored(touches),
        )

    @traced
    def waiting(self, subscription_id: str) -> list[ScheduledAct]:
        """What still has its day before it on a subscription, of any business, the next first."""
        return self.tx.all(ScheduledAct, subscription_id=subscription_id, state="waiting", order=("due_on", "id"))

    def order(self, order_id: str) -> ProductOrder:
        """An order by its key."""
        return self.tx.one(ProductOrder, id=order_id)

    @traced
    def unschedule(self, subscription_id: str, business: str, why: Message, **wanted: str) -> list[ScheduledAct]:
        """Call off what a business (empty: every one) still has before it on a subscription; answers what that was.

        `wanted`: only acts with these parameters.
        """
        waiting = [act for act in self.waiting(subscription_id) if business in ("", act.business)]
        meant = [act for act in waiting if wanted.items() <= json.loads(act.parameters).items()]
        now = self.tx.now()
        return [self.tx.change(a, state="cancelled", reason=canonical(why.as_json()), done_at=now) for a in meant]

    @traced
    def set_again(self, subscription_id: str, why: Message) -> list[ScheduledAct]:
        """What was called off on a subscription for this reason waits for its day again; answers what that is."""
        key = {"subscription_id": subscription_id, "state": "cancelled", "reason": canonical(why.as_json())}
        off = self.tx.all(ScheduledAct, **key)
        return [self.tx.change(act, state="waiting", reason="", done_at="") for act in off]

    @traced
    def act(self, act: str, edition: str = "", said: Mapping[str, Any] | None = None, approved_by: str = "") -> Act:
        """Write down what was done in a business of management, under a serial of its own (design 3).

        The journal's entry tells it under the same serial and with the same trail.
        """
        context = self.context
        context.serial = self.serial()
        author = self.tx.author
        author.kind, author.serial, author.trail = act, context.serial, context.trail
        return self.tx.add(
            Act,
            id=new_key(self.tx.clock),
            serial=context.serial,
            outlet=context.outlet,
            counter=context.counter,
            operator=context.operator,
            business=context.business,
            act=act,
            business_date=context.business_date,
            edition=edition,
            form_json=canonical(dict(said or {})),
            cells=canonical(context.trail),
            approved_by=approved_by,
            made_at=self.tx.now(),
        )

    @traced
    def record(self, step: str) -> None:
        """Write down which cells the run has used up to here (catalogue F14)."""
        self.tx.add(
            Trail,
            order_id=self.context.order_id,
            step=step,
            business=self.context.business,
            cells=canonical(self.context.trail),
            made_at=self.tx.now(),
        )
