"""Electronic invoices are asked of the tax platform, from the outlet that sold, whenever it can be reached.

'Issuing' is written before the first byte is sent. What then gets no answer is looked up by its key, and asked once
more under the same key where the platform does not know it: nothing is issued twice. The platform is the interface
`tax_platform` (M2.1), with its time-outs, breaker and secret. Source: management-facts 7.3.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from functools import partial
from typing import Any

from boss_tui.components.alarms import over, raise_alarm
from boss_tui.components.invoices import electronic_invoices as electronic
from boss_tui.components.invoices import electronic_slips as slips
from boss_tui.remote import Unanswered
from boss_tui.remote.services import Services
from boss_tui.sync.dates import business_date
from data.clock import from_the_wall, new_key, stamp, wall_date
from data.errors import NotFound
from data.journal import Author
from data.message import Message, say
from data.progress import Report, unreported
from data.store import Store, UnitOfWork
from data.tables.electronic import ElectronicInvoice, RedConfirmation
from data.tables.eligibility import Interface
from data.tables.organisation import Outlet

PLATFORM = "tax_platform"
"""The code of its interface."""
ACT, ASKER = "invoice.electronic", "system"
ALARM = "electronic"
FIRST, LONGEST = timedelta(seconds=30), timedelta(minutes=30)
"""How long a question rests after the platform gave no answer; twice as long each time, up to that."""
_NUMBER = re.compile(r"[0-9]{20}")
_RED = frozenset(slips.RED_STATES)
_TEXT = 200
_ASKED = say("The tax platform is being asked.")


class Issuing:
    """The work of one outlet. Two programs may do it at once: the platform takes a repeat as the same, and a row is
    changed only as it was read."""

    def __init__(self, store: Store, outlet: str, services: Callable[[], Services]) -> None:
        self._store, self._outlet, self._services = store, outlet, services
        self._away: dict[str, tuple[int, datetime]] = {}
        self.unanswered: Message | None = None

    def step(self, only: str = "", tell: Report = unreported) -> bool:
        """Ask what waits; `only`: an invoice's key, that one and its slips alone. Whether the platform answered
        anything; `unanswered` says why the last question had no answer, where that is so. `tell` hears of each question
        before it is asked: what it raises ends the work there, and what was answered stays."""
        self.unanswered = None
        with self._store.reading() as reading:
            if not self._is_there():
                return False
            invoices = [
                row
                for state in ("issuing", "waiting")
                for row in reading.all(ElectronicInvoice, outlet=self._outlet, state=state, order=("made_at", "id"))
            ]
            asked_back = [
                (row, reading.one(ElectronicInvoice, id=row.invoice_id))
                for state in slips.OPEN
                for row in reading.all(RedConfirmation, outlet=self._outlet, state=state, order=("made_at", "id"))
            ]
        work: list[Callable[[], bool]] = [partial(self._issue, row) for row in invoices if only in ("", row.id)]
        work += [
            partial(self._take_back, row, of) for row, of in asked_back if of.state == "issued" and only in ("", of.id)
        ]
        is_answered = False
        for done, question in enumerate(work):
            tell(_ASKED, done, len(work))
            is_answered |= question()
        return is_answered

    def credit(self) -> Mapping[str, Any]:
        """The month's credit, as the platform tells it: limit, used, left, in fen. Unanswered, NotFound."""
        month = f"{wall_date(self._store.clock.now()):%Y-%m}"
        return self._ask("/credit", {"month": month}, new_key(self._store.clock))

    def _is_there(self) -> bool:
        with self._store.reading() as reading:
            return reading.find(Interface, code=PLATFORM, kind="remote", state="active") is not None

    def _issue(self, row: ElectronicInvoice) -> bool:
        if self._rests(row.id):
            return False
        try:
            if row.state == "waiting":
                answer = self._first(row)
            else:
                answer = self._ask("/query", {"key": electronic.key_of(row)}, new_key(self._store.clock))
                if answer.get("state") == "unknown":
                    answer = self._ask("", self._question(row), electronic.key_of(row))
        except Unanswered as fault:
            self._wait(row.id)
            self.unanswered = fault.message
            return False
        return self._took(row, answer)

    def _first(self, row: ElectronicInvoice) -> Mapping[str, Any]:
        """Send it, once it is written that it is sent."""
        with self._writing() as tx:
            now = tx.one(ElectronicInvoice, id=row.id)
            if now.state == "waiting":
                tx.change(now, state="issuing")
        return self._ask("", self._question(row), electronic.key_of(row))

    def _question(self, row: ElectronicInvoice) -> dict[str, Any]:
        with self._store.reading() as reading:
            outlet = reading.one(Outlet, code=self._outlet)
        return electronic.sent(row, outlet.name_zh)

    def _took(self, row: ElectronicInvoice, answer: Mapping[str, Any]) -> bool:
        state, number = str(answer.get("state", "")), str(answer.get("number", ""))
        why = str(answer.get("reason", ""))[:_TEXT]
        values: dict[str, Any] = {}
        if state == "issued" and _NUMBER.fullmatch(number) and answer.get("amount") == row.amount:
            issued_at = from_the_wall(str(answer.get("issued_at", ""))) or stamp(self._store.clock.now())
            values = {"state": "issued", "number": number, "issued_at": issued_at}
        elif state == "no_credit":  # the month's money is used up: it is asked again, and nothing was issued
            values = {"state": "waiting", "message": why}
        elif state == "failed":
            values = {"state": "failed", "message": why}
        if state in ("", "issuing", "no_credit") or not values:
            self._wait(row.id)
        if not values:
            return state == "issuing"
        with self._writing() as tx:
            now = tx.one(ElectronicInvoice, id=row.id)
            if now.state not in ("waiting", "issuing"):
                return True  # another program was quicker, or its order was taken back
            values = {"message": "", **values}
            if any(getattr(now, name) != told for name, told in values.items()):
                tx.change(now, **values)
            if state == "failed":
                told = say("Electronic invoice for {title} was refused: {why}", title=now.title, why=why)
                raise_alarm(tx, ALARM, told, about=now.id)
            elif state == "issued":  # what was refused before was put right
                over(tx, ALARM, now.id, number)
        if state in ("issued", "failed"):
            self._away.pop(row.id, None)
        return True

    def _take_back(self, row: RedConfirmation, of: ElectronicInvoice) -> bool:
        if self._rests(row.id):
            return False
        asked = {"key": row.id, "number": of.number, "amount": row.amount, "reason": row.reason}
        try:
            if row.state == "10":
                answer = self._ask("/red", asked, row.id)
            else:
                answer = self._ask("/red/query", {"key": row.id}, new_key(self._store.clock))
        except Unanswered as fault:
            self._wait(row.id)
            self.unanswered = fault.message
            return False
        state, number = str(answer.get("state", "")), str(answer.get("number", ""))
        is_done = state in ("01", "04")
        if state not in _RED or (is_done and not _NUMBER.fullmatch(number)):
            self._wait(row.id)
            return False
        if state == row.state:
            self._wait(row.id)
            return True
        values = {"state": state, "slip": str(answer.get("slip", ""))[:40], "number": number if is_done else ""}
        with self._writing() as tx:
            now = tx.one(RedConfirmation, id=row.id)
            if now.state in slips.OPEN:
                now = tx.change(now, **values, message=str(answer.get("reason", ""))[:_TEXT])
                if state in slips.ENDED:
                    told = slips.RED_STATES[state]
                    raise_alarm(
                        tx, ALARM, say("Nothing of {number} was taken back: {told}", number=of.number, told=told)
                    )
        return True

    def _ask(self, path: str, body: Mapping[str, Any], key: str) -> Mapping[str, Any]:
        """An answer of the platform. Unanswered: none came, or none that is one. NotFound: there is no platform."""
        with self._store.reading() as reading:
            interface = reading.find(Interface, code=PLATFORM)
        if interface is None:
            raise NotFound(say("There is no tax platform: publish the interface {code} (M2.1).", code=PLATFORM))
        return self._services().told(interface, path, body, key)

    def _writing(self) -> Any:
        return Written(self._store, self._outlet, ACT)

    def _rests(self, key: str) -> bool:
        _, due = self._away.get(key, (0, None))
        return due is not None and self._store.clock.now() < due

    def _wait(self, key: str) -> None:
        tries, _ = self._away.get(key, (0, None))
        self._away[key] = (tries + 1, self._store.clock.now() + min(FIRST * 2 ** min(tries, 10), LONGEST))


class Written:
    """A transaction of nobody's at the outlet, on its business date."""

    def __init__(self, store: Store, outlet: str, act: str) -> None:
        self._made = store.transaction(Author(outlet, act, ASKER))
        self._outlet = outlet

    def __enter__(self) -> UnitOfWork:
        tx = self._made.__enter__()
        tx.author.business_date = business_date(tx, self._outlet)
        return tx

    def __exit__(self, *told: Any) -> None:
        self._made.__exit__(*told)
