"""F14 process 业务流程: each process with its number, steps and time limits; the serial and the trail of each run."""

from __future__ import annotations

import json

from boss_tui.components.base import Component, traced
from boss_tui.components.numbering import next_serial
from data.tables.order import Process, Trail

DRAFT_MINUTES = 120


class Processes(Component):
    """F14: the process of a business, and what each run leaves."""

    code = "F14"

    @traced
    def started(self) -> Process:
        """The process that the business follows now."""
        return self.tx.one(Process, business=self.context.business)

    def serial(self) -> str:
        """A new order serial 流水号."""
        return next_serial(self.tx, self.context.counter, self.context.business_date)

    @traced
    def record(self, step: str) -> None:
        """Write down which cells the run has used up to here (catalogue F14)."""
        self.tx.add(
            Trail, order_id=self.context.order_id, step=step, business=self.context.business,
            cells=json.dumps(self.context.trail, ensure_ascii=False), made_at=self.tx.now(),
        )  # fmt: skip
