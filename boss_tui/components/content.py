"""F2 flexible screen content 界面: notices, prompts and scripts of a business, shown unasked; contract clauses."""

from __future__ import annotations

from boss_tui.answers import Notice
from boss_tui.components.base import Component, traced, valid_on
from data.message import Message, both
from data.tables.content import Content

CLAUSE = "clause"
"""The kind of a text that is no notice for the clerk, but a clause of what the customer signs."""


class ScreenContent(Component):
    """F2: what is published for a business today."""

    code = "F2"

    @traced
    def published(self) -> tuple[Notice, ...]:
        """The texts that are published and valid on the business date, in their order (catalogue F2)."""
        return tuple(Notice(row.kind, both(row.text_zh, row.text_en)) for row in self._valid() if row.kind != CLAUSE)

    @traced
    def clauses(self) -> tuple[Message, ...]:
        """The clauses of the contract that the business begins, as published and valid on the business date."""
        return tuple(both(row.text_zh, row.text_en) for row in self._valid() if row.kind == CLAUSE)

    def _valid(self) -> list[Content]:
        rows = self.tx.all(Content, business=self.context.business, state="published", order=("position", "id"))
        return [row for row in rows if valid_on(row, self.context.business_date)]
