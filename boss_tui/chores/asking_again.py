"""Services that could not be asked when a business was done are asked again, beside the desk, until they answer.

The outlet that did it asks: what a service knows it by is kept there, and the service may be away while headquarters is
not, or the other way round. Under the same key: what the service took then, and whose answer was lost, counts once. A
yes confirms; a no is a task for somebody in that hall (`components.qualification.refusals`).
"""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from boss_tui.components.asked import Question, ServiceAnswer
from boss_tui.components.qualification import refusals
from boss_tui.components.till.business_days import today
from data.journal import Author
from data.store import Reading, Store
from data.tables.eligibility import Interface, InterfaceAnswer
from data.tables.order import ProductOrder

if TYPE_CHECKING:
    from boss_tui.remote.services import Services

KIND = "question.again"
ASKER = "services"
"""Who asks again: no person."""
FIRST, LONGEST = timedelta(seconds=15), timedelta(minutes=30)
"""Until the next try: the first, doubling up to the longest."""


class AskingAgain:
    """The work of one outlet. Two programs may do it at once: a service takes a repeat as the same, and a row is
    changed only as it was read. Nothing is written while a service is away: it is asked less and less often."""

    def __init__(self, store: Store, outlet: str, services: Callable[[], Services]) -> None:
        self._store, self._outlet, self._services = store, outlet, services
        self._away: dict[str, tuple[int, datetime]] = {}
        """How often each service did not answer in a row, and when it is asked again."""

    def step(self) -> bool:
        """Ask what waits, of those services that may be back; what was refused and is taken back by now is nobody's
        task any more. Whether one answered, or was settled so."""
        with self._store.reading() as reading:
            waiting, refused = (of(reading, self._outlet) for of in (refusals.to_ask, refusals.refused))
            over = [row for row in refused if _taken_back(reading, row.order_id)]
        done = [*map(self._ask, waiting), *map(self._settle, over)]
        return any(done)

    def _settle(self, row: InterfaceAnswer) -> bool:
        """Its order was taken back from elsewhere than the task."""
        with self._store.transaction(Author(self._outlet, KIND, ASKER)) as tx:
            day, now = today(tx, self._outlet), tx.one(InterfaceAnswer, id=row.id)
            tx.author.business_date = day.business_date if day else row.business_date
            if now.state != "refused":  # somebody was quicker
                return False
            back = tx.find(ProductOrder, reverses=row.order_id) or tx.one(ProductOrder, id=row.order_id)
            tx.change(
                now, state="settled", way="undo", words=back.serial, settled_by=back.operator, settled_at=tx.now()
            )
        return True

    def _ask(self, row: InterfaceAnswer) -> bool:
        with self._store.reading() as reading:
            interface = reading.find(Interface, code=row.interface)
            gone = interface is None or interface.state != "active" or interface.kind != "remote"
            gone = gone or _taken_back(reading, row.order_id)
        if gone or interface is None:
            return self._write(row, None)
        tries, due = self._away.get(row.interface, (0, None))
        if due is not None and self._store.clock.now() < due:
            return False
        answer = self._services().ask(Question(interface, row.request, json.loads(row.sent)), ASKER)
        if answer.verdict:
            self._away.pop(row.interface, None)
            return self._write(row, answer)
        pause = min(FIRST * 2 ** min(tries, 10), LONGEST)
        self._away[row.interface] = (tries + 1, self._store.clock.now() + pause)
        return False

    def _write(self, row: InterfaceAnswer, answer: ServiceAnswer | None) -> bool:
        """What came of it; no answer at all: there is nothing left to ask about."""
        with self._store.transaction(Author(self._outlet, KIND, ASKER)) as tx:
            day = today(tx, self._outlet)
            tx.author.business_date = day.business_date if day else row.business_date
            now = tx.one(InterfaceAnswer, id=row.id)
            if now.state != "waiting":  # another program of this hall was quicker
                return False
            if answer is None:
                tx.change(now, state="settled", way="gone", settled_at=tx.now(), settled_by=ASKER)
            else:
                state = "confirmed" if answer.verdict == "yes" else "refused"
                tx.change(now, state=state, later_at=tx.now(), later_reason=answer.reason)
        return True


def _taken_back(reading: Reading, order_id: str) -> bool:
    order = reading.one(ProductOrder, id=order_id)
    ended = order.state in {"cancelled", "rejected", "failed"}
    return ended or reading.find(ProductOrder, reverses=order_id) is not None
