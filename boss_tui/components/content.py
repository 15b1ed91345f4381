"""F2 flexible screen content 界面: notices, prompts and scripts of a business, shown unasked; contract clauses."""

from __future__ import annotations

from boss_tui.answers.business import Notice
from boss_tui.components.base import Component, traced, valid_on
from data.message import Message, both
from data.store import Reading
from data.tables.content import Content

CLAUSE = "clause"
"""The kind of a text that is no notice for the clerk, but a clause of what the customer signs."""


class ScreenContent(Component):
    """F2: what is published for a business today."""

    code = "F2"

    @traced
    def published(self, business: str = "") -> tuple[Notice, ...]:
        """The texts that are published and valid on the business date, in their order (catalogue F2). `business`: of
        another than the one that is done here."""
        return published(self.tx, business or self.context.business, self.context.business_date)

    @traced
    def clauses(self, business: str = "") -> tuple[Message, ...]:
        """The clauses of the contract that the business begins, as published and valid on the business date."""
        found = _valid(self.tx, business or self.context.business, self.context.business_date)
        return tuple(both(row.text_zh, row.text_en) for row in found if row.kind == CLAUSE)


def published(reading: Reading, business: str, day: str) -> tuple[Notice, ...]:
    """The texts of a business that are published and valid on a business date, in their order."""
    found = _valid(reading, business, day)
    return tuple(Notice(row.kind, both(row.text_zh, row.text_en)) for row in found if row.kind != CLAUSE)


def _valid(reading: Reading, business: str, day: str) -> list[Content]:
    rows = reading.all(Content, business=business, state="published", order=("position", "id"))
    return [row for row in rows if valid_on(row, day)]
