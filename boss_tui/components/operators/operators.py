"""F7 operators 操作人员: who may do a business, up to what amount, and when a supervisor must approve."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlalchemy import bindparam, func, select

from boss_tui.answers.business import Reason
from boss_tui.components.base import Component, traced
from boss_tui.components.hours import in_times, in_weekdays
from boss_tui.components.operators import rights_review
from boss_tui.components.operators.delegations import gives, stands_in_for
from boss_tui.components.operators.grades import SUPERVISORS, grade_of
from boss_tui.forms.typed import yuan
from data.clock import new_key, stamp, wall_time
from data.errors import NotAllowed
from data.message import Message, say
from data.store import Reading, UnitOfWork
from data.tables.finance import Posting, SuspenseEntry
from data.tables.order import ProductOrder
from data.tables.organisation import Authority, Grant, Operator, Role, RoleRight

OF_ROLES = ("right", "amount")
"""The rules that ask what somebody's role may do."""

_orders = ProductOrder.table()
_PAID_OUT = select(-func.coalesce(func.sum(_orders.c.amount), 0)).where(
    _orders.c.outlet == bindparam("outlet"),
    _orders.c.operator == bindparam("operator"),
    _orders.c.business_date == bindparam("day"),
    _orders.c.amount < 0,
    _orders.c.state != "cancelled",
)

_entries, _postings = SuspenseEntry.table(), Posting.table()
_GIVEN_BACK = (
    select(-func.coalesce(func.sum(_entries.c.amount), 0))
    .select_from(_entries.join(_postings, _postings.c.id == _entries.c.posting_id))
    .where(
        _entries.c.outlet == bindparam("outlet"),
        _postings.c.operator == bindparam("operator"),
        _entries.c.business_date == bindparam("day"),
        _entries.c.act == "given_back",
    )
)


class Operators(Component):
    """F7: rights of the person who works here."""

    code = "F7"

    @traced
    def may(self, amount: int = 0) -> list[Reason]:
        """Reasons against this operator doing the business with so much (fen) now; a supervisor overrides some."""
        person = self.tx.find(Operator, staff_no=self.context.operator)
        if lapsed := rights_review.against(self.tx, person, self.context.business_date):
            return lapsed
        right = self._right(self.context.business)
        if right is None:
            return [Reason("right", "no", say("Your role may not do {code}.", code=self.context.business))]
        return [*self._alone(right, amount), *self._at_this_hour()]

    def _right(self, needed: str) -> RoleRight | None:
        """A right, as it is handed to this operator, else as their role has it."""
        role, giver = self.context.role, self.context.handed.get(needed)
        if giver:
            role = self.tx.one(Operator, staff_no=giver).role
        return self.tx.find(RoleRight, role=role, business=needed)

    def _at_this_hour(self) -> list[Reason]:
        """Whether the role works now, by the business date and the clock on the wall."""
        role = self.tx.find(Role, code=self.context.role)
        if role is None or works(role, self.context.business_date, wall_time(self.tx.present())):
            return []
        return self.outside_hours(role)

    @staticmethod
    def outside_hours(role: Role) -> list[Reason]:
        """What is against a role at an hour at which it does not work."""
        told = say("Your role works {hours}: a supervisor must allow it now.", hours=hours_in_words(role))
        return [Reason("hours", "override", told)]

    def _alone(self, right: RoleRight, amount: int) -> list[Reason]:
        """Whether the role does this by itself."""
        if right.approval == "supervised":
            return [
                Reason(
                    "right",
                    "override",
                    say("A supervisor must approve this business ({code}).", code=self.context.business),
                )
            ]
        if right.amount_limit and amount > right.amount_limit:
            limit = yuan(right.amount_limit)
            return [Reason("amount", "override", say("More than {limit} yuan needs a supervisor.", limit=limit))]
        return []

    @traced
    def may_manage(self, right: str) -> str:
        """Who has handed this operator the right to it; empty: it is their role's own. NotAllowed: they may not change
        (empty), check, or change at once what the business manages, or do an act of a hall.

        Each is a right of its own: `M6`, `M6.check`, `M6.emergency`, `M8.raise`. Who may check need not be one who may
        change.
        """
        code = self.context.business
        needed = f"{code}.{right}" if right else code
        person = self.tx.find(Operator, staff_no=self.context.operator)
        if code != "M7" and (lapsed := rights_review.against(self.tx, person, self.context.business_date)):
            raise NotAllowed(lapsed[0].message)  # M7 itself stays: else nobody could confirm anybody any more
        if self.tx.find(RoleRight, role=self.context.role, business=needed) is not None:
            return ""
        if needed not in self.context.handed:
            raise NotAllowed(_lacks(right, needed))
        return self.context.handed[needed]

    @traced
    def other_may_check(self, staff_no: str) -> bool:
        """Whether another person's role may check what this business manages."""
        other = self.tx.find(Operator, staff_no=staff_no)
        needed = f"{self.context.business}.check"
        return (
            other is not None
            and staff_no != self.context.operator
            and self.tx.find(RoleRight, role=other.role, business=needed) is not None
        )

    def other_must_check(self, staff_no: str) -> None:
        """NotAllowed (`approved_by`): another person has to sign, and nobody has, or their role may not check it."""
        if not staff_no:
            raise NotAllowed(say("Another person has to approve it."), field="approved_by")
        if not self.other_may_check(staff_no):
            needed = f"{self.context.business}.check"
            told = say(
                "{staff_no} may not allow this: their role lacks the right {right}.", staff_no=staff_no, right=needed
            )
            raise NotAllowed(told, field="approved_by")

    @traced
    def may_pay_out(self, amount: int) -> list[Reason]:
        """Reasons against this operator paying out so many fen: at once, or with what they paid out on this business
        date already; a supervisor can override them."""
        context = self.context
        right = self._right(context.business)
        if right is None:
            return []
        before = paid_out(self.tx, context.outlet, context.operator, context.business_date)
        told = _too_much(right, amount, before)
        return [Reason("refund", "override", told)] if told else []

    @traced
    def supervised(self, rule: str, why: Message) -> list[Reason]:
        """A reason that a supervisor must allow, unless one is at work here."""
        return [] if self.supervises else [Reason(rule, "override", why)]

    @property
    def supervises(self) -> bool:
        """Whether whoever works here is of a grade whose word clerks need."""
        return grade_of(self.tx, self.context.role) in SUPERVISORS

    def granted(self) -> set[str]:
        """The rules that a supervisor has allowed this draft to pass, as it stands and for as long as that holds."""
        return {grant.rule for grant in self._standing()}

    def grant(self, rule: str, supervisor: str, until: str, authority: str | None = None) -> None:
        """Record a supervisor's approval of what is shown now. `authority`: the key of the code it was given by."""
        context = self.context
        self.tx.add(
            Grant,
            id=new_key(self.tx.clock),
            draft_id=context.draft_id,
            rule=rule,
            supervisor=supervisor,
            on_behalf_of=stands_in_for(self.tx, supervisor),
            shown=context.shown,
            paid_out=context.paid_out or "",
            authority=authority,
            granted_at=self.tx.now(),
            expires_at=until,
        )

    @traced
    def use_grants(self) -> str:
        """Tie the grants that hold to the order; answers who approved, or nothing."""
        used = [self.tx.change(grant, used_order=self.context.order_id) for grant in self._standing()]
        return ",".join(sorted({grant.supervisor for grant in used}))

    def _standing(self) -> list[Grant]:
        """The grants of this draft that hold now: for what is shown, for the way that money is paid out once that is
        known, in time, unused, by a supervisor who still is one, by a code that was not withdrawn meanwhile."""
        context = self.context
        if not context.shown:
            return []
        now = stamp(self.tx.present())
        return [
            grant
            for grant in self.tx.all(Grant, draft_id=context.draft_id)
            if grant.shown == context.shown
            and context.paid_out in (None, grant.paid_out)
            and grant.expires_at > now
            and grant.used_order in (None, context.order_id)
            and gives(self.tx, grant.supervisor)
            and not (grant.authority and self.tx.one(Authority, id=grant.authority).state == "withdrawn")
        ]


def must_pay_out(tx: UnitOfWork, business: str, staff_no: str, amount: int) -> None:
    """NotAllowed (`approved_by`) when a person may not pay out so many fen of a business by themselves: the limits are
    those of its refunds."""
    person = tx.find(Operator, staff_no=staff_no)
    right = tx.find(RoleRight, role=person.role, business=business) if person is not None else None
    if right is None or right.approval == "supervised":
        told: Message | None = say("A supervisor must approve this business ({code}).", code=business)
    else:
        before = paid_out(tx, tx.author.outlet, staff_no, tx.author.business_date)
        told = _too_much(right, amount, before)
    if told:
        raise NotAllowed(told, field="approved_by")


def paid_out(reading: Reading, outlet: str, operator: str, day: str) -> int:
    """What somebody paid out in an outlet on a business date, by orders and out of suspense, in fen."""
    of = {"outlet": outlet, "operator": operator, "day": day}
    return sum(int(reading.scalar(each, **of) or 0) for each in (_PAID_OUT, _GIVEN_BACK))


def pays_out_alone(right: Mapping[str, Any], amount: int, before: int) -> bool:
    """Whether a role pays out so many fen by itself: at once, and with what was paid out before on that date."""
    at_once, a_day = right["refund_limit"], right["refund_day_limit"]
    return not (at_once and amount > at_once) and not (a_day and amount > 0 and amount + before > a_day)


def _too_much(right: RoleRight, amount: int, before: int) -> Message | None:
    """Why a role does not pay out so many fen by itself (`pays_out_alone`)."""
    if pays_out_alone(right.__dict__, amount, before):
        return None
    if right.refund_limit and amount > right.refund_limit:
        return say("More than {limit} yuan paid out at once needs a supervisor.", limit=yuan(right.refund_limit))
    return say(
        "{before} yuan were paid out today: more than {limit} a day needs a supervisor.",
        before=yuan(before),
        limit=yuan(right.refund_day_limit),
    )


def _lacks(right: str, needed: str) -> Message:
    match right:
        case "check":
            return say("Your role may not decide what others changed: it lacks the right {right}.", right=needed)
        case "emergency":
            return say("Your role may not let a change count unapproved: it lacks the right {right}.", right=needed)
    return say("Your role may not change this: it lacks the right {right}.", right=needed)


def works(role: Role, day: str, time: str) -> bool:
    """Whether a role works on a business date, at a time (HH:MM)."""
    return in_weekdays(role.weekdays, day) and in_times(role.from_time, role.to_time, time)


def hours_in_words(role: Role) -> Message:
    """When a role works."""
    first, last = role.from_time or "00:00", role.to_time or "24:00"
    if role.weekdays:
        return say("on days {days} (1: Monday) from {first} until {last}", days=role.weekdays, first=first, last=last)
    return say("from {first} until {last}", first=first, last=last)
