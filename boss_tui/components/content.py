"""F2 flexible screen content 界面: notices, prompts and sales scripts of a business, shown unasked."""

from __future__ import annotations

from boss_tui.answers import Notice
from boss_tui.components.base import Component, traced, valid_on
from data.message import both
from data.tables.content import Content


class ScreenContent(Component):
    """F2: what is published for a business today."""

    code = "F2"

    @traced
    def published(self) -> tuple[Notice, ...]:
        """The texts that are published and valid on the business date, in their order (catalogue F2)."""
        rows = self.tx.all(Content, business=self.context.business, state="published", order=("position", "id"))
        day = self.context.business_date
        return tuple(Notice(row.kind, both(row.text_zh, row.text_en)) for row in rows if valid_on(row, day))
