"""F7 operators 操作人员: who may do a business, up to what amount, and when a supervisor must approve."""

from __future__ import annotations

from boss_tui.answers import Reason
from boss_tui.components.base import Component, traced
from boss_tui.forms import yuan
from data.clock import new_key
from data.message import Message, say
from data.tables.organisation import Grant, RoleRight

GRANT_MINUTES = 10
SUPERVISORS = ("supervisor", "manager")


class Operators(Component):
    """F7: rights of the person who works here."""

    code = "F7"

    @traced
    def may(self, amount: int = 0) -> list[Reason]:
        """Reasons against this operator doing the business with this amount (fen); a supervisor can override some."""
        right = self.tx.find(RoleRight, role=self.context.role, business=self.context.business)
        if right is None:
            return [Reason("right", "no", say("Your role may not do {code}.", code=self.context.business))]
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
    def supervised(self, rule: str, why: Message) -> list[Reason]:
        """A reason that a supervisor must allow, unless one is at work here."""
        return [] if self.context.role in SUPERVISORS else [Reason(rule, "override", why)]

    def granted(self) -> set[str]:
        """The rules that a supervisor has allowed this draft to pass, and whose time is not over."""
        now = self.tx.now()
        grants = self.tx.all(Grant, draft_id=self.context.draft_id)
        return {
            grant.rule
            for grant in grants
            if grant.expires_at > now and grant.used_order in (None, self.context.order_id)
        }

    def grant(self, rule: str, supervisor: str, until: str) -> None:
        """Record a supervisor's approval."""
        self.tx.add(
            Grant, id=new_key(self.tx.clock), draft_id=self.context.draft_id, rule=rule, supervisor=supervisor,
            granted_at=self.tx.now(), expires_at=until,
        )  # fmt: skip

    @traced
    def use_grants(self) -> str:
        """Tie the draft's grants to the order; answers who approved, or nothing."""
        used = [
            self.tx.change(g, used_order=self.context.order_id)
            for g in self.tx.all(Grant, draft_id=self.context.draft_id)
        ]
        return ",".join(sorted({grant.supervisor for grant in used}))
