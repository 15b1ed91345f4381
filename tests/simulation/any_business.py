"""Random customers in random businesses: filled in at random, paid, answered by the network, taken back, days later.

After each step all that `boss verify` asks must hold, and what was refused must have changed nothing that counts. A
failure prints the steps that led to it, as Hypothesis has shortened them.

usage: python -m tests.simulation.any_business [EXAMPLES] [STEPS]
"""

from __future__ import annotations

import random
import shutil
import sys
import tempfile
from collections import Counter
from contextlib import suppress
from datetime import date, timedelta
from pathlib import Path
from typing import Any, ClassVar

from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test

from boss_tui.answers import DraftView, Tender
from boss_tui.completion import complete_finished
from boss_tui.components.till import open_shift, today
from boss_tui.desk import Desk, Station
from boss_tui.network import rows
from boss_tui.process import BUSINESSES
from boss_tui.scheduling import perform_due
from boss_tui.verify import verify
from data.errors import BossError, NotAllowed, OutOfStock
from data.journal import Author
from data.message import say
from data.store import Store
from data.tables.customer import Customer
from data.tables.network import WorkOrder
from data.tables.order import ProductOrder, Subscription
from data.tables.sync import JournalEntry, JournalHead
from tests.boss_tui.transactions.following import next_day
from tests.engines import Copy, Sqlite
from tests.hall import FACTS, Hall, make_template

seeds = st.integers(0, 2**16)


class AnyBusiness(RuleBasedStateMachine):
    """One hall, for as many days as it lasts. `done` counts what was completed, over all runs."""

    template: ClassVar[tuple[Copy]]  # in a tuple, since a function on a class becomes a method of it
    done: ClassVar[Counter[str]] = Counter()

    @initialize()
    def begin(self) -> None:
        self.folder = Path(tempfile.mkdtemp(prefix="boss-any-"))
        self.hall = Hall.copied(self.template[0], self.folder)
        self.store: Store = self.hall.store
        self.desk = Desk(self.store, Station(FACTS.outlet, FACTS.counter, linked=True))
        self.desk.sign_on(FACTS.clerk, FACTS.password)
        self.serials: list[str] = []
        self.link(up=True)

    def teardown(self) -> None:
        if hasattr(self, "store"):
            self.store.close()
            shutil.rmtree(self.folder, ignore_errors=True)

    # what a clerk does

    @rule(code=st.sampled_from(sorted(BUSINESSES)), seed=seeds)
    def business(self, code: str, seed: int) -> None:
        """Fill in a business, at random beyond its example, and complete it if it may be."""
        chance = random.Random(seed)
        with suppress(OutOfStock):
            self._business(code, chance)

    def _business(self, code: str, chance: random.Random) -> None:
        self.desk.next_customer()
        form = {**self.desk.example(code), **(self._somebody(code, chance) if chance.random() < 0.6 else {})}
        view = self.desk.begin(code, form)
        for _ in range(chance.randrange(3)):
            view = self._varied(view, chance)
        before = self._told()
        try:
            outcome = self._completed(view)
        except BossError:
            assert self._told() == before, "a refusal changed what counts"
            self.desk.abandon(view.id)
        else:
            self.serials.append(outcome)
            self.done[code] += 1

    def _somebody(self, code: str, chance: random.Random) -> dict[str, Any]:
        """Another living number and its owner's document, where the form is about one."""
        form = self.desk.form(code)
        if not form.about:
            return {}
        with self.store.reading() as reading:
            living = [
                s for s in reading.all(Subscription, order=("number",)) if s.state not in ("terminated", "cancelled")
            ]
            line = chance.choice(living)
            document = reading.one(Customer, id=line.customer_id).document_number
        typed = {form.about: line.number, "document_number": document}
        return {name: value for name, value in typed.items() if name in form.model_fields}

    def _varied(self, view: DraftView, chance: random.Random) -> DraftView:
        """One field filled from its list, or turned, or given an amount."""
        spec = chance.choice([spec for spec in self.desk.form(view.code).fields() if spec.name != "password"])
        if spec.ask.choices:
            offered = self.desk.choices(view.id, spec.name, "")
            typed = chance.choice(offered).value if offered else ""
        elif spec.ask.kind == "flag":
            typed = chance.choice("yn")
        elif spec.ask.kind == "money":
            typed = f"{chance.randrange(0, 30_000) / 100:.2f}"
        elif spec.ask.kind == "date":
            with self.store.reading() as reading:
                day = today(reading, FACTS.outlet)
            assert day is not None
            typed = (date.fromisoformat(day.business_date) + timedelta(days=chance.randrange(-3, 40))).isoformat()
        else:
            return view
        return self.desk.fill(view.id, {spec.name: typed})

    def _completed(self, view: DraftView) -> str:
        """The serial; a supervisor approves where one must. What the till can't pay out goes by transfer."""
        if view.qualification.verdict == "override":
            view = self.desk.approve(view.id, FACTS.supervisor, FACTS.password)
        due = self.desk.quote(view.id).quote.due
        try:
            return self.desk.complete(view.id, [Tender("cash", abs(due))] if due else []).serial
        except NotAllowed as refusal:
            if due >= 0 or "not so much cash" not in str(refusal):
                raise
            return self.desk.complete(view.id, [Tender("transfer", -due, "T1")]).serial

    @rule(which=seeds)
    def take_back(self, which: int) -> None:
        """Cancel or reverse an order, if that may be."""
        if self.serials:
            with suppress(BossError):
                self.desk.cancel(self.serials[which % len(self.serials)], "测试返销", FACTS.supervisor, FACTS.password)

    # what goes on

    @rule(refuses=st.integers(0, 9))
    def network_answers(self, refuses: int) -> None:
        """All open work is done; one time in ten the first of it is refused, and stands as manual work then."""
        with self.store.transaction(Author(FACTS.outlet, "network.answer", "network")) as tx:
            waiting = tx.all(WorkOrder, state="open", order=("created_at", "position"))
            for place, work in enumerate(waiting):
                if refuses == 0 and place == 0 and work.kind == "automatic":
                    rows.fail(tx, work, say("The element refused: {code} {text}", code="13", text="no"))
                else:
                    rows.finish(tx, work, "HLR01")
        complete_finished(self.store, FACTS.outlet)

    @rule(days=st.sampled_from([1, 1, 7, 31, 100]))
    def days_later(self, days: int) -> None:
        """The day is closed, some pass with nobody here, and what fell due meanwhile is done."""
        with self.store.reading() as reading:
            day = today(reading, FACTS.outlet)
        assert day is not None
        following = date.fromisoformat(day.business_date) + timedelta(days=days)
        next_day(self.hall, following.isoformat())
        self.hall.clock.move(days=days)
        with self.store.transaction(Author(FACTS.outlet, "shift.open", FACTS.clerk, FACTS.counter)) as tx:
            open_shift(tx, outlet=FACTS.outlet, till=FACTS.counter, operator=FACTS.clerk, float_amount=50_000)
        self.desk.expire()
        perform_due(self.store, FACTS.outlet)
        self.link(up=True)

    @rule(up=st.booleans())
    def link(self, up: bool) -> None:
        """Headquarters can be reached, or not."""
        with self.store.transaction(Author(FACTS.outlet, "link", "test")) as tx:
            head = tx.one(JournalHead, outlet=FACTS.outlet)
            tx.change(head, last_contact=tx.now(), attempts=0 if up else 3)

    # what always holds

    def _told(self) -> int:
        """How many entries but those of drafts the journal has, and how many orders there are."""
        with self.store.reading() as reading:
            told = [entry for entry in reading.all(JournalEntry) if entry.kind not in {"draft", "approve"}]
            return len(told) + len(reading.all(ProductOrder))

    @invariant()
    def all_holds(self) -> None:
        if hasattr(self, "store"):
            with self.store.reading() as reading:
                found = verify(reading)
            assert not found, found


def run(template: Copy, examples: int, steps: int) -> Counter[str]:
    """Play so many days of so many steps; answers how often each business was completed."""
    done: Counter[str] = Counter()
    of_this = type("OfThis", (AnyBusiness,), {"template": (template,), "done": done})
    run_state_machine_as_test(
        of_this,
        settings=settings(
            max_examples=examples, stateful_step_count=steps, deadline=None, phases=(Phase.generate, Phase.shrink),
            suppress_health_check=list(HealthCheck),
        ),
    )  # fmt: skip
    return done


def main() -> None:
    """Run from the command line."""
    examples, steps = (int(word) for word in (sys.argv[1:] + ["40", "50"][len(sys.argv) - 1 :]))
    with tempfile.TemporaryDirectory() as folder:
        url = f"sqlite:///{Path(folder) / 'hall.db'}"
        make_template(url)
        counted = run(lambda where: Sqlite().copy(url, where), examples, steps)
    print(f"{examples} days of {steps} steps, all that always holds held; completed: {dict(sorted(counted.items()))}")


if __name__ == "__main__":
    main()
