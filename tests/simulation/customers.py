"""Random customers in random businesses: what each wants is filled in mostly right and sometimes not, paid alone or
together, put aside, answered by the network or not, settled by hand, taken back, days and months later, with a link or
without.

After each step all that `boss verify` asks must hold, with the copy of a simulated element that was told all of it;
that the file is sound and all rows are what the whole journal says, after every eighth and at a day's end. What was
refused must have changed nothing that counts. Most of it happens to a few numbers, and much to each.
"""

from __future__ import annotations

import json
import random
import shutil
import tempfile
from collections.abc import Sequence
from contextlib import suppress
from datetime import date, timedelta
from pathlib import Path
from typing import ClassVar, Literal

from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule
from sqlalchemy import func, select

from boss_tui.answers.business import DraftView, Invoicing, Tender
from boss_tui.business.registry import BUSINESSES
from boss_tui.chores.completion import complete_finished
from boss_tui.chores.scheduling import perform_due
from boss_tui.components.billing.final_bills import next_month
from boss_tui.components.till.business_days import today
from boss_tui.components.till.shifts import open_shift
from boss_tui.desk import Desk, Station
from boss_tui.network import manual, rows
from boss_tui.verify import damage, replay, verify
from boss_tui.verify.rule import Check, Family, columns_of
from boss_tui.verify.run import RULES
from data.errors import BossError, OutOfStock
from data.journal import Author
from data.message import say
from data.store import Store, UnitOfWork
from data.tables.document import InvoiceRequest
from data.tables.life import ScheduledAct
from data.tables.network import WorkOrder
from data.tables.order import Draft, ProductOrder
from data.tables.sync import JournalEntry, JournalHead
from tests.boss_tui.transactions.following import done_one, next_day
from tests.engines import Copy
from tests.hall import FACTS, Hall
from tests.obeying import answer, element_of, obey
from tests.simulation.clerk import Clerk
from tests.simulation.tally import Tally

seeds = st.integers(0, 2**16)
LIVELY = ("C1", "C3", "C4.3", "C5", "C6", "C7.4", "C8", "C9", "C10", "C11", "C12")
"""The businesses that most can follow from: they come three times as often as the others."""
AROUND = {
    "network_answers": 12,
    "take_back": 9,
    "days_later": 8,
    "several_in_one_go": 5,
    "by_hand": 5,
    "take_up": 3,
    "put_aside": 2,
    "failed_on_its_day": 2,
    "link": 3,
    "headquarters_acknowledges": 2,
    "draw_an_invoice": 3,
}
"""What goes on around them, and how often."""
STEPS = [*(what for what, times in AROUND.items() for _ in range(times)), *sorted(BUSINESSES), *LIVELY, *LIVELY]
INVOICES: tuple[Literal["now", "later", "none"], ...] = ("now", "now", "now", "later", "later", "none")
QUICK = [rule for rule in RULES if not (isinstance(rule, Family) and rule.check in (damage.check, replay.check))]
"""All but reading the whole file and journal: that takes as long as all others, and is done after every few steps."""
WHOLE_AT = 8
_entries, _orders = columns_of(JournalEntry), columns_of(ProductOrder)


class AnyBusiness(RuleBasedStateMachine):
    """One hall, for as many days as it lasts. `tally` counts what was done, over all runs."""

    template: ClassVar[tuple[Copy]]  # in a tuple, since a function on a class becomes a method of it
    tally: ClassVar[Tally] = Tally()

    @initialize()
    def begin(self) -> None:
        self.folder = Path(tempfile.mkdtemp(prefix="boss-any-"))
        self.hall = Hall.copied(self.template[0], self.folder)
        self.store: Store = self.hall.store
        self.desk = Desk(self.store, Station(FACTS.outlet, FACTS.counter, linked=True))
        self.desk.signing.sign_on(FACTS.clerk, FACTS.password)
        self.clerk = Clerk(self.desk, self.store)
        self.element = element_of(self.store, self.folder, self.hall.clock)
        self.played, self.holds = 0, False
        self._link(up=True)

    def teardown(self) -> None:
        self.tally.day_over()
        if hasattr(self, "store"):
            if self.holds:
                self._must_hold(RULES)
            self.element.close()
            self.store.close()
            shutil.rmtree(self.folder, ignore_errors=True)

    @rule(what=st.sampled_from(STEPS), seed=seeds)
    def step(self, what: str, seed: int) -> None:
        """A business, or something that goes on around it.

        One rule with weights of our own: with a rule for each, Hypothesis would leave most of them out on most days.
        """
        chance, self.holds = random.Random(seed), False
        with suppress(OutOfStock):
            if what in BUSINESSES:
                view = self.clerk.filled(what, chance)
                self._invoicing(view, chance)
                self._tried(view)
            else:
                getattr(self, what)(chance)

    # what a clerk does

    def _invoicing(self, view: DraftView, chance: random.Random) -> None:
        """Some want the invoice later, or none."""
        when = chance.choice(INVOICES)
        if when != "now":
            with suppress(BossError):
                self.desk.invoices.keep(view.id, Invoicing(when))

    def draw_an_invoice(self, chance: random.Random) -> None:
        """One that was put off is drawn, if that may be: once."""
        with self.store.reading() as reading:
            waiting = reading.all(InvoiceRequest, order=("order_id",))
            serials = [reading.one(ProductOrder, id=one.order_id).serial for one in waiting]
        if serials:
            before = self._told()
            try:
                self.desk.invoices.draw(chance.choice(serials))
            except BossError:
                assert self._told() == before, "a refusal changed what counts"
            else:
                self.tally.others["invoices drawn later"] += 1

    def _tried(self, view: DraftView) -> None:
        before = self._told()
        try:
            serial = self.clerk.completed(view)
        except BossError:
            assert self._told() == before, "a refusal changed what counts"
            self.desk.forms.abandon(view.id)
            self.tally.ends[view.code, "refused"] += 1
        else:
            self._count(view.code, serial)

    def _count(self, code: str, serial: str) -> None:
        """One more of a business, and of what was done in it."""
        self.tally.ends[code, "completed"] += 1
        with self.store.reading() as reading:
            form = json.loads(reading.one(ProductOrder, serial=serial).form_json)
        told = [str(form[name]) for name in ("action", "cause", "why", "change", "when") if form.get(name)]
        told += [name for name in ("bundle", "starts_on") if form.get(name)]
        told += ["prepaid"] * (code == "C1" and str(form.get("plan")).startswith("PRE"))
        told += ["blank"] * (code == "C3" and len(form["iccid"]) == 16)
        if told:
            self.tally.ways[code, " ".join(told)] += 1

    def put_aside(self, chance: random.Random) -> None:
        """A form is held; what it has reserved stays reserved."""
        self.desk.forms.hold(self.clerk.filled(chance.choice(sorted(BUSINESSES)), chance).id, "等一下")

    def take_up(self, chance: random.Random) -> None:
        """A form that was held is taken up again, and completed if it may be."""
        waiting = self.desk.held.forms()
        if waiting:
            with suppress(BossError):
                self._tried(self.desk.forms.recall(chance.choice(waiting).number))
                self.tally.others["held forms taken up"] += 1

    def several_in_one_go(self, chance: random.Random) -> None:
        """What may be is put into the basket, and paid together."""
        for code in chance.choices(sorted(BUSINESSES), k=chance.randrange(2, 4)):
            with suppress(OutOfStock):
                view = self.clerk.filled(code, chance)
                try:
                    self.desk.basket.collect(view.id)
                except BossError:
                    self.desk.forms.abandon(view.id)
                    self.tally.ends[code, "refused"] += 1
        before = self._told()
        try:
            due = self.desk.basket.shown().quote.due
            collected = self.desk.basket.complete([Tender("cash", due + 100)] if due else [])
        except BossError:
            assert self._told() == before, "a refusal changed what counts"
            for code in self._in_basket():
                self.desk.forms.abandon(code)
        else:
            for outcome in collected.outcomes:
                self._count(outcome.code, outcome.serial)
            self.tally.others["paid together"] += 1

    def _in_basket(self) -> list[str]:
        with self.store.reading() as reading:
            return [draft.id for draft in reading.all(Draft, collection=FACTS.counter, state="held")]

    def take_back(self, chance: random.Random) -> None:
        """Cancel or reverse an order, if that may be: rather one that the desk says may be."""
        among = chance.choice(("latest", "today", "openings", "openings", "any"))
        with self.store.reading() as reading:
            day = today(reading, FACTS.outlet)
            orders = reading.all(ProductOrder, order=("-created_at", "id"))
        todays = [order for order in orders if day and order.business_date == day.business_date]
        openings = [order for order in todays if order.business == "C1" and order.reverses is None]
        serials = [o.serial for o in {"latest": orders[:3], "today": todays, "openings": openings}.get(among, orders)]
        chance.shuffle(serials)
        possible = (serial for serial in serials[:8] if not self.desk.lookups.order(serial).stays.template)
        if serials:
            self._taken_back(next(possible, serials[0]))

    def _taken_back(self, serial: str) -> None:
        before = self._told()
        try:
            outcome = self.desk.orders.cancel(serial, "测试返销", FACTS.supervisor, FACTS.password)
        except BossError:
            assert self._told() == before, "a refusal changed what counts"
        else:
            if self._told() > before:
                self.tally.ends[outcome.code, "cancelled" if outcome.state == "cancelled" else "taken back"] += 1

    # what goes on

    def network_answers(self, chance: random.Random) -> None:
        """The network does what waits, order by order: all of it, some, or none; what it refuses stands as manual work.

        What comes after a refused work order in its own order waits for a person, and the orders of a line for each
        other.
        """
        with self.store.reading() as reading:
            orders = reading.all(ProductOrder, state="inProgress", order=("created_at", "id"))
        behind: set[str | None] = set()
        for order in orders:
            fate = chance.choice(("all", "all", "all", "all", "all", "some", "refuse", "none"))
            if fate != "none" and order.subscription_id not in behind:
                with self.store.transaction(rows.author_for(FACTS.outlet, order)) as tx:
                    own = self._answered(tx, order, fate)
                for work in own:
                    done_one(self.store, FACTS.outlet, FACTS.clerk, work, order)
            with self.store.reading() as reading:
                if reading.all(WorkOrder, order_id=order.id, kind="automatic", state="open"):
                    behind.add(order.subscription_id)
        complete_finished(self.store, FACTS.outlet)

    def _answered(self, tx: UnitOfWork, order: ProductOrder, fate: str) -> list[WorkOrder]:
        """What the network does of an order; answers what a person does then."""
        works = tx.all(WorkOrder, order_id=order.id, order=("position",))
        for work in works:
            if work.state == "failed":
                return []
            if work.state != "open" or work.kind == "manual":
                continue
            if fate == "refuse":
                rows.fail(tx, work, say("The element refused: {code} {text}", code="13", text="no"))
                self.tally.others["refused by the network"] += 1
                return []
            refusal = answer(tx, self.element, work)
            assert not refusal, f"{order.business} {order.serial}: {refusal}"
            if fate == "some":
                return []
        return [work for work in works if fate == "all" and (work.kind, work.state) == ("manual", "open")]

    def by_hand(self, chance: random.Random) -> None:
        """A person does at the element what it refused, gives it up in a word, or has it tried again.

        An order whose own hand task is given up is completed without it.
        """
        with self.store.reading() as reading:
            waiting = reading.all(WorkOrder, kind="manual", state="open", order=("created_at", "id"))
        if not waiting:
            return
        work, way = chance.choice(waiting), chance.choice(("done", "done", "done", "again", "give_up"))
        failed = json.loads(work.parameters).get("instead_of")
        way = "done" if way == "again" and not failed else way
        if failed and way != "give_up":
            self._at_the_element(failed, way)
        if way != "again":
            self.desk.settling.settle("manual", work.id, way, "测试")
        self.tally.others[f"by hand: {way}" if failed else f"own hand task: {way}"] += 1
        complete_finished(self.store, FACTS.outlet)
        if not failed:
            self._is_not_kept_by(work)

    def _at_the_element(self, failed: str, way: str) -> None:
        """What it refused is queued again, or done there by a person."""
        with self.store.transaction(Author(FACTS.outlet, "network.requeue", FACTS.clerk)) as tx:
            if way == "again":
                manual.requeue(tx, failed, FACTS.clerk)
            else:
                refusal = obey(tx, self.element, tx.one(WorkOrder, id=failed))
                assert not refusal, f"by hand: {refusal}"

    def _is_not_kept_by(self, work: WorkOrder) -> None:
        """A hand task that is settled, however it was, keeps its order no longer: what does is other work."""
        with self.store.reading() as reading:
            left = [
                w for state in ("open", "failed") for w in reading.all(WorkOrder, order_id=work.order_id, state=state)
            ]
            assert left or reading.one(ProductOrder, id=work.order_id).state != "inProgress", work

    def failed_on_its_day(self, chance: random.Random) -> None:
        """What could not be done on its day is tried again, or given up."""
        waiting = [item for item in self.desk.queues.items() if item.kind == "dated"]
        if waiting:
            way = chance.choice(("retry", "give_up"))
            self.desk.settling.settle("dated", chance.choice(waiting).key, way, "测试")
            self.tally.others[f"failed on its day: {way}"] += 1
            perform_due(self.store, FACTS.outlet)

    def days_later(self, chance: random.Random) -> None:
        """The day is closed, some pass with nobody here (0: until the 1st), and what fell due meanwhile is done."""
        with self.store.reading() as reading:
            day = today(reading, FACTS.outlet)
        assert day is not None
        before, days = date.fromisoformat(day.business_date), chance.choice((1, 1, 1, 3, 3, 0, 0, 100))
        following = before + timedelta(days=days) if days else next_month(before)
        next_day(self.hall, following.isoformat())
        self.hall.clock.move(days=(following - before).days)
        self.desk.trust.vouch_for_clock(FACTS.supervisor, FACTS.password)
        with self.store.transaction(Author(FACTS.outlet, "shift.open", FACTS.clerk, FACTS.counter)) as tx:
            open_shift(tx, outlet=FACTS.outlet, till=FACTS.counter, operator=FACTS.clerk, float_amount=50_000)
        self.desk.forms.expire()
        self._fall_due()
        self._link(up=True)

    def _fall_due(self) -> None:
        with self.store.reading() as reading:
            waited = {act.id for act in reading.all(ScheduledAct, state="waiting")}
        perform_due(self.store, FACTS.outlet)
        with self.store.reading() as reading:
            for state in ("done", "failed"):
                for act in reading.all(ScheduledAct, state=state):
                    if act.id in waited:
                        self.tally.ways[act.business, f"on its day: {state}"] += 1

    def link(self, chance: random.Random) -> None:
        """Headquarters can be reached, or not."""
        self._link(up=chance.random() < 0.6)

    def _link(self, *, up: bool) -> None:
        with self.store.transaction(Author(FACTS.outlet, "link", "test")) as tx:
            head = tx.one(JournalHead, outlet=FACTS.outlet)
            tx.change(head, last_contact=tx.now(), attempts=0 if up else 3)

    def headquarters_acknowledges(self, _chance: random.Random) -> None:
        """Headquarters has all of the journal."""
        with self.store.transaction(Author(FACTS.outlet, "push", "sync"), journalled=False) as tx:
            head = tx.one(JournalHead, outlet=FACTS.outlet)
            tx.change(head, acked_seq=head.seq, durable_seq=head.seq, last_contact=tx.now(), attempts=0)

    # what always holds

    def _told(self) -> int:
        """How many entries but those of drafts the journal has, and how many orders there are."""
        drafts = _entries.c.kind.in_(("draft", "approve"))
        with self.store.reading() as reading:
            told = reading.scalar(select(func.count()).select_from(_entries).where(~drafts))
            return int(told) + int(reading.scalar(select(func.count()).select_from(_orders)))

    @invariant()
    def all_holds(self) -> None:
        if hasattr(self, "store"):
            self.tally.steps += 1
            self.played += 1
            self._must_hold(QUICK if self.played % WHOLE_AT else RULES)

    def _must_hold(self, rules: Sequence[Check]) -> None:
        self.holds = False
        with self.store.reading() as reading:
            found = verify(reading, network=self.element, rules=rules)
        assert not found, found
        self.holds = True
