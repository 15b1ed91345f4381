"""A2 customer service 客户服务: call-backs that are due, complaints, consultations."""

from __future__ import annotations

from datetime import timedelta

from boss_tui.components.base import Component, traced
from boss_tui.components.inquiry import PARTS, InquiryScope, Row, articles
from boss_tui.components.operators.access import note_access
from data.clock import new_key
from data.errors import NotAllowed
from data.message import say
from data.tables.content import Article
from data.tables.service import Interaction

PERSONAL = say("The password opens its own number alone: for this ask for the owner's document.")


class CustomerService(Component):
    """A2: what we owe a customer after the business is done."""

    code = "A2"

    @traced
    def articles(self, text: str, business: str = "") -> list[Article]:
        """The knowledge base: articles that hold every word that is typed."""
        return articles(self.tx, text, business)

    @traced
    def consulted(self, customer_id: str, matter: str) -> None:
        """Keep what a customer asked, and was answered at once (catalogue C13)."""
        self.tx.add(
            Interaction,
            id=new_key(self.tx.clock),
            customer_id=customer_id,
            order_id=self.context.order_id,
            kind="consultation",
            matter=matter,
            state="completed",
        )

    def look(self, asked: InquiryScope, part: str, reason: str) -> list[Row]:
        """A part of a customer's private data. The look is logged with who, what and why, and leaves the cell of the
        component that the part is of. NotAllowed: the part is the person's, and only one number is asked of."""
        context, about = self.context, PARTS[part]
        if about.personal and asked.subscription:
            raise NotAllowed(PERSONAL)
        context.use(about.cell, f"look.{part}")
        note_access(self.tx, f"look.{part}", asked.customer, reason)
        return about.rows(self.tx, asked)

    @traced
    def call_no_more(self, order_id: str) -> None:
        """The order was taken back: the calls that it asked for need not be made."""
        for row in self.tx.all(Interaction, order_id=order_id, kind="call_back", state="open"):
            self.tx.change(row, state="completed")

    @traced
    def call_back(self, customer_id: str, days: int, matter: str) -> None:
        """Note that a follow-up call is due so many days from the business date (catalogue: completion)."""
        due = self.context.today + timedelta(days=days)
        self.tx.add(
            Interaction,
            id=new_key(self.tx.clock),
            customer_id=customer_id,
            order_id=self.context.order_id or None,
            kind="call_back",
            due_on=due.isoformat(),
            matter=matter,
        )
