"""A clerk of the simulations: fills in what customers want, mostly right and sometimes not, and takes the money."""

from __future__ import annotations

import random
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, timedelta

from boss_tui.answers.business import DraftView, Tender
from boss_tui.components.till.business_days import today
from boss_tui.desk import Desk
from data.errors import BossError, NotAllowed
from data.store import Store
from tests.hall import FACTS, numbered
from tests.simulation.wishes import Wishes

SPOILED = 0.3
"""So many forms are changed at random before they are completed; many of those are wrong."""
WHO = frozenset({"number", "who", "document_number", "document_kind"})


@dataclass
class Clerk:
    """Somebody who is signed on at a desk, and whose word a supervisor adds where one is wanted."""

    desk: Desk
    store: Store
    supervisor: str = FACTS.supervisor
    password: str = FACTS.password

    def filled(self, code: str, chance: random.Random) -> DraftView:
        """A form as somebody wants it: some fields from their lists, and sometimes up to three changed at random."""
        self.desk.serving.next_customer()
        wish = Wishes(self.desk, self.store, chance).of(code)
        view = self.desk.forms.begin(code, wish.typed)
        for name in wish.lists:
            with suppress(BossError):
                offered = [choice.value for choice in self.desk.forms.choices(view.id, name, "")]
                liked = [value for value in offered if wish.likes(value)] or offered
                view = self.desk.forms.fill(view.id, {name: chance.choice(liked)}) if liked else view
        for _ in range(chance.randrange(1, 4) if chance.random() < SPOILED else 0):
            view = self._varied(view, chance)
        return view

    def _varied(self, view: DraftView, chance: random.Random) -> DraftView:
        """One field filled from its list, or turned, or given an amount."""
        fields = [spec for spec in self.desk.forms.form(view.code).fields() if spec.ask.kind != "password"]
        chosen = [spec for spec in fields if spec.ask.choices and spec.name not in WHO]
        spec = chance.choice(chosen if chosen and chance.random() < 0.6 else fields)
        if spec.ask.choices:
            offered = self.desk.forms.choices(view.id, spec.name, "")
            typed = chance.choice(offered).value if offered else ""
        elif spec.ask.kind == "flag":
            typed = chance.choice("yn")
            if spec.name == "by_agent" and typed == "y":
                agent = {
                    "agent_document_number": FACTS.customers[0].document_number,
                    "agent_name": "李雷",
                    "agent_phone": "057188886666",
                    "by_agent": "y",
                }
                return self.desk.forms.fill(view.id, agent)
        elif spec.ask.kind == "money":
            typed = f"{chance.randrange(0, 30_000) / 100:.2f}"
        elif spec.ask.kind == "date":
            with self.store.reading() as reading:
                day = today(reading, self.desk.seat.station.outlet)
            assert day is not None
            typed = (date.fromisoformat(day.business_date) + timedelta(days=chance.randrange(-3, 40))).isoformat()
        else:
            return view
        return self.desk.forms.fill(view.id, {spec.name: typed})

    def completed(self, view: DraftView) -> str:
        """The serial; a supervisor approves where one must. What the till can't pay out goes by transfer."""
        due = self.desk.forms.quote(view.id).quote.due
        try:
            return self._paid(view, [Tender("cash", abs(due))] if due else [])
        except NotAllowed as refusal:
            if due >= 0 or "not so much cash" not in str(refusal):
                raise
            return self._paid(view, [numbered("transfer", -due, view)])

    def _paid(self, view: DraftView, tenders: list[Tender]) -> str:
        """Done and paid so; money that goes back another way than it came needs a supervisor too."""
        if view.qualification.verdict == "override" or view.quote.due < 0:
            self.desk.approvals.approve(view.id, self.supervisor, self.password, tenders)
        return self.desk.orders.complete(view.id, tenders).serial
