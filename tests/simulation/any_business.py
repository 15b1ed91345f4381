"""Random customers in random businesses: filled in at random, paid alone or together, answered by the network or not,
settled by hand, taken back, days and months later.

After each step all that `boss verify` asks must hold, with the copy of a simulated element that was told all of it; and
what was refused must have changed nothing that counts. A failure prints the steps that led to it, as Hypothesis has
shortened them. Most of it happens to a few numbers, so that much happens to each.

usage: python -m tests.simulation.any_business [EXAMPLES] [STEPS] [SEED]
"""

from __future__ import annotations

import json
import random
import shutil
import sys
import tempfile
from collections import Counter
from contextlib import suppress
from datetime import date, timedelta
from pathlib import Path
from typing import Any, ClassVar

from hypothesis import HealthCheck, Phase, seed, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test

from boss_tui.answers import DraftView, Tender
from boss_tui.completion import complete_finished
from boss_tui.components.final_bills import next_month
from boss_tui.components.till import open_shift, today
from boss_tui.desk import Desk, Station
from boss_tui.network import manual, rows
from boss_tui.process import BUSINESSES
from boss_tui.scheduling import perform_due
from boss_tui.verify import verify
from data.errors import BossError, NotAllowed, OutOfStock
from data.journal import Author
from data.message import say
from data.store import Store, UnitOfWork
from data.tables.customer import Customer
from data.tables.network import WorkOrder
from data.tables.order import Draft, ProductOrder, Subscription
from data.tables.sync import JournalEntry, JournalHead
from tests.boss_tui.transactions.following import next_day
from tests.engines import Copy, Sqlite
from tests.hall import FACTS, Hall, make_template
from tests.obeying import answer, element_of, obey

seeds = st.integers(0, 2**16)
FEW = 6
"""Of so many of the oldest numbers most is asked."""
WHO = frozenset({"number", "who", "document_number", "document_kind"})


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
        self.element = element_of(self.store, self.folder, self.hall.clock)
        self.serials: list[str] = []
        self.link(up=True)

    def teardown(self) -> None:
        if hasattr(self, "store"):
            self.element.close()
            self.store.close()
            shutil.rmtree(self.folder, ignore_errors=True)

    # what a clerk does

    @rule(code=st.sampled_from(sorted(BUSINESSES)), seed=seeds)
    def business(self, code: str, seed: int) -> None:
        """Fill in a business, at random beyond its example, and complete it if it may be."""
        chance = random.Random(seed)
        with suppress(OutOfStock):
            self._business(code, chance)

    def _filled(self, code: str, chance: random.Random) -> DraftView:
        """A form of a business: its example, mostly about one of the few, with up to four fields changed."""
        self.desk.next_customer()
        form = {**self.desk.example(code), **(self._somebody(code, chance) if chance.random() < 0.8 else {})}
        view = self.desk.begin(code, form)
        for _ in range(chance.randrange(5)):
            view = self._varied(view, chance)
        return view

    def _business(self, code: str, chance: random.Random) -> None:
        view = self._filled(code, chance)
        before = self._told()
        try:
            outcome = self._completed(view)
        except BossError:
            assert self._told() == before, "a refusal changed what counts"
            self.desk.abandon(view.id)
        else:
            self.serials.append(outcome)
            self._count(code, outcome)

    def _count(self, code: str, serial: str) -> None:
        """One more of a business, and of what was done in it."""
        self.done[code] += 1
        with self.store.reading() as reading:
            form = json.loads(reading.one(ProductOrder, serial=serial).form_json)
        told = [str(form[name]) for name in ("action", "cause", "why", "change", "when") if form.get(name)]
        if told:
            self.done[" ".join((f"  {code}", *told))] += 1

    @rule(codes=st.lists(st.sampled_from(sorted(BUSINESSES)), min_size=2, max_size=3), seed=seeds)
    def several_in_one_go(self, codes: list[str], seed: int) -> None:
        """What may be is put into the basket, and paid together."""
        chance = random.Random(seed)
        for code in codes:
            with suppress(BossError):
                self.desk.collect(self._filled(code, chance).id)
        before = self._told()
        try:
            due = self.desk.basket().quote.due
            collected = self.desk.complete_basket([Tender("cash", due + 100)] if due else [])
        except BossError:
            assert self._told() == before, "a refusal changed what counts"
            for code in self._in_basket():
                self.desk.abandon(code)
        else:
            for outcome in collected.outcomes:
                self.serials.append(outcome.serial)
                self._count(outcome.code, outcome.serial)
            self.done["together"] += 1

    def _in_basket(self) -> list[str]:
        with self.store.reading() as reading:
            return [draft.id for draft in reading.all(Draft, collection=FACTS.counter, state="held")]

    def _somebody(self, code: str, chance: random.Random) -> dict[str, Any]:
        """Another living number and its owner's document, where the form is about one."""
        form = self.desk.form(code)
        if not form.about:
            return {}
        with self.store.reading() as reading:
            living = [
                s for s in reading.all(Subscription, order=("opened_on", "id"))
                if s.state not in ("terminated", "cancelled")
            ]  # fmt: skip
            few = [*living[:FEW], *living[-2:], *(s for s in living if s.state in ("suspended", "pendingTerminate"))]
            line = chance.choice(few if chance.random() < 0.8 else living)
            document = reading.one(Customer, id=line.customer_id).document_number
        typed = {form.about: line.number, "document_number": document}
        return {name: value for name, value in typed.items() if name in form.model_fields}

    def _varied(self, view: DraftView, chance: random.Random) -> DraftView:
        """One field filled from its list, or turned, or given an amount."""
        fields = [spec for spec in self.desk.form(view.code).fields() if spec.name != "password"]
        chosen = [spec for spec in fields if spec.ask.choices and spec.name not in WHO]
        spec = chance.choice(chosen if chosen and chance.random() < 0.6 else fields)
        if spec.ask.choices:
            offered = self.desk.choices(view.id, spec.name, "")
            typed = chance.choice(offered).value if offered else ""
        elif spec.ask.kind == "flag":
            typed = chance.choice("yn")
            if spec.name == "by_agent" and typed == "y":
                agent = {"agent_document_number": FACTS.customers[0].document_number, "agent_name": "李雷",
                         "agent_phone": "057188886666", "by_agent": "y"}  # fmt: skip
                return self.desk.fill(view.id, agent)
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

    @rule(which=seeds, lately=st.booleans())
    def take_back(self, which: int, lately: bool) -> None:
        """Cancel or reverse an order, if that may be: one of the last ones, or any."""
        among = self.serials[-3:] if lately else self.serials
        if not among:
            return
        serial, before = among[which % len(among)], self._told()
        try:
            outcome = self.desk.cancel(serial, "测试返销", FACTS.supervisor, FACTS.password)
        except BossError:
            assert self._told() == before, "a refusal changed what counts"
        else:
            if self._told() > before:
                self.done[f"{outcome.code} {'cancelled' if outcome.state == 'cancelled' else 'taken back'}"] += 1

    # what goes on

    @rule(seed=seeds)
    def network_answers(self, seed: int) -> None:
        """The network does what waits, order by order: all of it, some, or none; what it refuses stands as manual work.

        What comes after a refused work order in its own order waits for a person.
        """
        chance = random.Random(seed)
        with self.store.reading() as reading:
            orders = reading.all(ProductOrder, state="inProgress", order=("created_at", "id"))
        for order in orders:
            fate = chance.choice(("all", "all", "all", "all", "some", "refuse", "none"))
            if fate != "none":
                with self.store.transaction(Author(FACTS.outlet, "network.answer", "network")) as tx:
                    self._answered(tx, order, fate)
        complete_finished(self.store, FACTS.outlet)

    def _answered(self, tx: UnitOfWork, order: ProductOrder, fate: str) -> None:
        for work in tx.all(WorkOrder, order_id=order.id, order=("position",)):
            if work.state == "failed":
                return
            if work.state == "open" and work.kind == "manual":
                if fate == "all":
                    rows.finish(tx, work, FACTS.clerk)
            elif work.state == "open" and fate == "refuse":
                rows.fail(tx, work, say("The element refused: {code} {text}", code="13", text="no"))
                self.done["refused by the network"] += 1
                return
            elif work.state == "open":
                refusal = answer(tx, self.element, work)
                assert not refusal, f"{order.business} {order.serial}: {refusal}"
                if fate == "some":
                    return

    @rule(which=seeds, way=st.sampled_from(["done", "done", "give_up", "again"]))
    def by_hand(self, which: int, way: str) -> None:
        """A person does at the element what it refused, gives it up, or has it tried again."""
        with self.store.reading() as reading:
            waiting = reading.all(WorkOrder, kind="manual", state="open", order=("created_at", "id"))
        if not waiting:
            return
        work = waiting[which % len(waiting)]
        instead_of = json.loads(work.parameters).get("instead_of")
        if way == "give_up" and not instead_of:
            way = (
                "done"  # open question: an order whose own hand task is given up is never completed, and verify says so
            )
        if instead_of and way != "give_up":
            with self.store.transaction(Author(FACTS.outlet, "network.manual", FACTS.clerk)) as tx:
                failed = tx.one(WorkOrder, id=instead_of)
                if way == "again":
                    manual.requeue(tx, instead_of, FACTS.clerk)
                else:
                    refusal = obey(tx, self.element, failed)
                    assert not refusal, f"by hand: {refusal}"
        if not (instead_of and way == "again"):
            self.desk.settle("manual", work.id, "done" if way == "again" else way, "测试")
        self.done[f"by hand: {way}"] += 1
        complete_finished(self.store, FACTS.outlet)

    @rule(days=st.sampled_from([1, 1, 3, 0, 0, 100]))
    def days_later(self, days: int) -> None:
        """The day is closed, some pass with nobody here (0: until the 1st), and what fell due meanwhile is done."""
        with self.store.reading() as reading:
            day = today(reading, FACTS.outlet)
        assert day is not None
        before = date.fromisoformat(day.business_date)
        following = before + timedelta(days=days) if days else next_month(before)
        next_day(self.hall, following.isoformat())
        self.hall.clock.move(days=(following - before).days)
        with self.store.transaction(Author(FACTS.outlet, "shift.open", FACTS.clerk, FACTS.counter)) as tx:
            open_shift(tx, outlet=FACTS.outlet, till=FACTS.counter, operator=FACTS.clerk, float_amount=50_000)
        self.desk.expire()
        self.done["acts that fell due"] += perform_due(self.store, FACTS.outlet)
        self.link(up=True)

    @rule(up=st.booleans())
    def link(self, up: bool) -> None:
        """Headquarters can be reached, or not."""
        with self.store.transaction(Author(FACTS.outlet, "link", "test")) as tx:
            head = tx.one(JournalHead, outlet=FACTS.outlet)
            tx.change(head, last_contact=tx.now(), attempts=0 if up else 3)

    @rule()
    def headquarters_acknowledges(self) -> None:
        """Headquarters has all of the journal."""
        with self.store.transaction(Author(FACTS.outlet, "push", "sync"), journalled=False) as tx:
            head = tx.one(JournalHead, outlet=FACTS.outlet)
            tx.change(head, acked_seq=head.seq, durable_seq=head.seq, last_contact=tx.now(), attempts=0)

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
                found = verify(reading, network=self.element)
            assert not found, found


def run(template: Copy, examples: int, steps: int, by_seed: int | None = None) -> Counter[str]:
    """Play so many days of so many steps; answers how often each business was completed, and in it what."""
    done: Counter[str] = Counter()
    of_this = type("OfThis", (AnyBusiness,), {"template": (template,), "done": done})
    if by_seed is not None:
        of_this = seed(by_seed)(of_this)
    run_state_machine_as_test(
        of_this,
        settings=settings(
            max_examples=examples, stateful_step_count=steps, deadline=None, phases=(Phase.generate, Phase.shrink),
            suppress_health_check=list(HealthCheck), print_blob=True, database=None,
        ),
    )  # fmt: skip
    return done


def main() -> None:
    """Run from the command line."""
    typed = [int(word) for word in sys.argv[1:]]
    examples, steps, by_seed = (*typed, *(40, 50, 0)[len(typed) :])
    with tempfile.TemporaryDirectory() as folder:
        url = f"sqlite:///{Path(folder) / 'hall.db'}"
        make_template(url)
        counted = run(lambda where: Sqlite().copy(url, where), examples, steps, by_seed)
    print(f"{examples} days of {steps} steps (seed {by_seed}), all that always holds held; completed:")
    for what, times in sorted(counted.items(), key=lambda item: item[0].strip()):
        print(f"{times:6} {what}")


if __name__ == "__main__":
    main()
