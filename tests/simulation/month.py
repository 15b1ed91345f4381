"""A month of five people at three counters: whatever they sell, take back, count, hand over, close and draw later, the
books, shifts, days, the month, papers and files say the same to the fen; and nothing of a closed day changes.

After each step the open day is asked by tender and rate of tax, against its shifts, the ledger's running totals and the
papers; every closed report against the bytes that it had when it was closed; the month against its days. What was
refused changes nothing. `boss verify` is asked at each close.

usage: python -m tests.simulation.month [EXAMPLES] [STEPS] [SEED] [--shrink]
"""

from __future__ import annotations

import argparse
import random
import shutil
import sys
import tempfile
from collections import Counter
from collections.abc import Callable
from contextlib import suppress
from functools import cached_property
from pathlib import Path
from typing import Any, ClassVar
from unittest.mock import patch

from hypothesis import HealthCheck, Phase, seed, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test

from boss_tui.answers.business import DraftView, Handwritten, Invoicing, Tender
from boss_tui.chores.scheduling import perform_due
from boss_tui.components.till.shifts import DENOMINATIONS, expected_cash, running, shift_at
from boss_tui.desk import Desk, Station, staff
from boss_tui.reports.period import Span
from boss_tui.verify import verify
from data.clock import CHINA
from data.errors import BossError
from data.tables.document import InvoiceRequest, PaperDocument
from data.tables.finance import BusinessDay, Shift
from data.tables.order import ProductOrder
from tests.boss_tui.transactions.following import network_answers
from tests.engines import Copy
from tests.hall import FACTS, Hall
from tests.simulation.agreement import closed_reports, day_agrees, month_agrees
from tests.simulation.any_business import small_hall

PEOPLE = ("1001", "1002", "1003", "1004", "2002")
TILLS = ("HZ0101", "HZ0102", "HZ0103")
DONE: Counter[str] = Counter()
"""What was done, over all runs."""
STEPS: dict[str, int] = {
    "sale": 8,
    "fee": 4,
    "later": 2,
    "several": 2,
    "closing": 1,
    "take_back": 5,
    "network": 2,
    "draw": 2,
    "copy": 1,
    "open_shift": 5,
    "close_shift": 3,
    "cash": 4,
    "suspend": 1,
    "resume": 2,
    "hand_over": 2,
    "drawer": 1,
    "bank": 1,
    "slip": 2,
    "way_out": 3,
    "next_day": 3,
}
"""What may happen, and how often."""
_CHOICES = [step for step, times in STEPS.items() for _ in range(times)]


class Month(RuleBasedStateMachine):
    """One hall, for as many days as it lasts."""

    template: ClassVar[tuple[Copy]]  # in a tuple, since a function on a class becomes a method of it

    @initialize()
    def begin(self) -> None:
        self.folder = Path(tempfile.mkdtemp(prefix="boss-month-"))
        self.quick = patch.object(staff, "matches", lambda _stored, typed: typed == FACTS.password)
        self.quick.start()
        self.hall = Hall.copied(self.template[0], self.folder)
        self.store, self.clock = self.hall.store, self.hall.clock
        self.desks: dict[tuple[str, str], Desk] = {}
        self.signed: dict[tuple[str, str], bytes] = {}
        self.numbers = 0

    def teardown(self) -> None:
        if hasattr(self, "store"):
            self.quick.stop()
            self.store.close()
            shutil.rmtree(self.folder, ignore_errors=True)

    @rule(what=st.sampled_from(_CHOICES), by=st.integers(0, 2**16))
    def step(self, what: str, by: int) -> None:
        """One act of somebody somewhere; what is refused changes nothing, which the invariants hold."""
        chance = random.Random(by)
        self.clock.move(minutes=chance.randrange(1, 20))
        try:
            getattr(self, f"_{what}")(chance)
        except BossError as refusal:
            DONE[f"{what}: refused"] += 1
            DONE[f"  {refusal.message.template[:60]}"] += 1
        else:
            DONE[what] += 1

    # who does it

    def _desk(self, who: str, at: str) -> Desk:
        if (who, at) not in self.desks:
            desk = Desk(self.store, Station(FACTS.outlet, at))
            desk.signing.sign_on(who, FACTS.password)
            self.desks[who, at] = desk
        return self.desks[who, at]

    @property
    def _chief(self) -> Desk:
        return self._desk(FACTS.supervisor, TILLS[0])

    def _seller(self, chance: random.Random) -> Desk:
        """Somebody who has a drawer open, at it; else somebody who has none."""
        with self.store.reading() as reading:
            seats = [(shift.operator, shift.till) for shift in running(reading, FACTS.outlet) if shift.state == "open"]
        return self._desk(*chance.choice(seats)) if seats else self._desk(chance.choice(PEOPLE), chance.choice(TILLS))

    # what they do

    def _filled(self, desk: Desk, code: str, slip: Handwritten | None = None, **changes: Any) -> DraftView:
        view = desk.forms.begin(code, slip=slip)
        view = desk.forms.fill(view.id, {**desk.forms.example(code), **changes})
        if view.qualification.verdict == "override":
            with suppress(BossError):
                view = desk.approvals.approve(view.id, FACTS.supervisor, FACTS.password, [], view.shown)
        return view

    def _tenders(self, chance: random.Random, due: int) -> list[Tender]:
        """Cash with change, a card, or both; what is paid out goes out in cash."""
        if due <= 0:
            return [Tender("cash", -due)] if due else []
        self.numbers += 1
        card = chance.choice((0, 0, due, due // 2))
        parts = [Tender("card", card, f"K{self.numbers:06d}")] if card else []
        cash = due - card + (chance.choice((0, 1000)) if due > card else 0)
        return [*parts, *([Tender("cash", cash)] if cash else [])]

    def _sold(self, chance: random.Random, code: str, invoice: str = "now", **changes: Any) -> None:
        desk = self._seller(chance)
        view = self._filled(desk, code, **changes)
        if invoice != "now":
            desk.invoices.keep(view.id, Invoicing("later"))
        desk.orders.complete(view.id, self._tenders(chance, view.quote.due))

    def _sale(self, chance: random.Random) -> None:
        code = chance.choice(("C1", "C1", "C2", "C3", "C8", "C10", "C11", "C6", "C7.4"))
        self._sold(chance, code)

    def _later(self, chance: random.Random) -> None:
        self._sold(chance, "C1", "later", prepayment=chance.choice(("50", "200")))

    def _fee(self, chance: random.Random) -> None:
        self._sold(chance, "C12")

    def _closing(self, chance: random.Random) -> None:
        self._sold(chance, "C9")

    def _several(self, chance: random.Random) -> None:
        desk = self._seller(chance)
        for code in ("C1", "C12"):
            desk.basket.collect(self._filled(desk, code).id)
        due = desk.basket.shown().quote.due
        desk.basket.complete([Tender("cash", due + 500)] if due else [])

    def _take_back(self, chance: random.Random) -> None:
        """An order of whatever day is cancelled, or reversed, at a drawer of today."""
        with self.store.reading() as reading:
            orders = reading.all(ProductOrder, order=("-created_at",))
        mine = [order.serial for order in orders if order.business_date >= self._first_day][:40]
        if mine:
            self._seller(chance).orders.cancel(chance.choice(mine), "办错了", FACTS.supervisor, FACTS.password)

    @cached_property
    def _first_day(self) -> str:
        with self.store.reading() as reading:
            return min(row.business_date for row in reading.all(BusinessDay, state="open"))

    def _network(self, _chance: random.Random) -> None:
        network_answers(self.hall)

    def _draw(self, chance: random.Random) -> None:
        with self.store.reading() as reading:
            waiting = [
                reading.one(ProductOrder, id=one.order_id).serial
                for one in reading.all(InvoiceRequest, state="waiting")
            ]
        if waiting:
            self._seller(chance).invoices.draw(chance.choice(waiting))

    def _copy(self, chance: random.Random) -> None:
        """A paper of whatever day, a Z or a day's report: printed again."""
        desk = self._chief
        past = [one for one in desk.reports.past(self._first_day) if one.state == "closed"]
        if past:
            one = chance.choice(past)
            desk.reports.print(one.kind, one.key)
        with self.store.reading() as reading:
            papers = [row.id for row in reading.all(PaperDocument, order=("-made_at",))][:20]
        if papers:
            desk.papers.reprint(chance.choice(papers), "丢失")

    def _open_shift(self, chance: random.Random) -> None:
        desk = self._desk(chance.choice(PEOPLE), chance.choice(TILLS))
        desk.till.open_shift(chance.choice((0, 20_000, 50_000)))

    def _counted(self, shift: Shift, chance: random.Random) -> dict[int, int]:
        """What lies in a drawer, mostly; sometimes a little more or less."""
        with self.store.reading() as reading:
            fen = max(0, expected_cash(reading, shift) + chance.choice((0, 0, 0, -500, 700, -3000)))
        counts = {}
        for face in DENOMINATIONS:
            counts[face], fen = divmod(fen, face)
        return counts

    def _running(self, chance: random.Random, state: str = "") -> Shift | None:
        with self.store.reading() as reading:
            found = [shift for shift in running(reading, FACTS.outlet) if state in {"", shift.state}]
        return chance.choice(found) if found else None

    def _close_shift(self, chance: random.Random) -> None:
        shift = self._running(chance)
        if shift is not None:
            self._end(shift, chance)

    def _end(self, shift: Shift, chance: random.Random) -> None:
        desk = self._desk(shift.operator, shift.till)
        desk.till.close_shift(
            self._counted(shift, chance),
            "找零",
            FACTS.supervisor,
            FACTS.password,
            "" if self._is_there(shift) else shift.operator,
        )

    def _is_there(self, shift: Shift) -> bool:
        with self.store.reading() as reading:
            here = shift_at(reading, shift.till)
        return here is not None and here.id == shift.id

    def _cash(self, chance: random.Random) -> None:
        desk = self._seller(chance)
        fen = chance.choice((500, 2_000, 10_000))
        act = chance.choice(("drop", "expense", "change", "return"))
        move = desk.till.cash_out if act in {"drop", "expense"} else desk.till.cash_in
        move(fen, act, "说明", FACTS.supervisor, FACTS.password)

    def _suspend(self, chance: random.Random) -> None:
        shift = self._running(chance, "open")
        if shift is not None:
            self._desk(shift.operator, shift.till).till.suspend_shift("午饭")

    def _resume(self, chance: random.Random) -> None:
        shift = self._running(chance, "suspended")
        if shift is not None:
            self._desk(shift.operator, chance.choice(TILLS)).till.resume_shift()

    def _hand_over(self, chance: random.Random) -> None:
        shift = self._running(chance, "open")
        if shift is not None:
            desk = self._desk(shift.operator, shift.till)
            other = chance.choice([person for person in PEOPLE if person != shift.operator])
            desk.till.hand_over(
                self._counted(shift, chance), other, FACTS.password, "交接", FACTS.supervisor, FACTS.password
            )

    def _drawer(self, chance: random.Random) -> None:
        self._seller(chance).till.open_drawer("换零钱", FACTS.supervisor, FACTS.password)

    def _bank(self, chance: random.Random) -> None:
        self.numbers += 1
        self._chief.safe.bank(
            chance.choice((10_000, 100_000)), chance.choice(("deposit", "withdrawal")), f"B{self.numbers:06d}", "送行"
        )

    def _slip(self, chance: random.Random) -> None:
        """A slip of an outage that can't be done: what was taken for it is in suspense."""
        desk = self._seller(chance)
        self.numbers += 1
        way, reference = chance.choice((("cash", ""), ("cash", ""), ("card", f"S{self.numbers:06d}")))
        slip = Handwritten(f"SG-{self.numbers}", desk.signing.state().business_date, "08:30", FACTS.clerk)
        desk.handwriting.put_down(slip, "C2", "号码已售", chance.choice((0, 500, 5_000, 20_000)), way, reference)

    def _way_out(self, chance: random.Random) -> None:
        """One of the ways of a slip that waits; done after all, its money pays an order."""
        desk = self._seller(chance)
        waiting = [item for item in desk.queues.items() if item.kind == "slip"]
        if not waiting:
            return
        item = chance.choice(waiting)
        way = chance.choice([way.name for way in item.ways])
        if way != "enter":
            desk.settling.settle(item.kind, item.key, way, "王小明", FACTS.supervisor, FACTS.password)
            return
        _, slip = desk.handwriting.waiting(item.key)
        view = self._filled(desk, chance.choice(("C1", "C2")), slip=slip)
        there = list(desk.paying.tendered(view.id))
        desk.orders.complete(
            view.id, [*there, *self._tenders(chance, view.quote.due - sum(one.amount for one in there))]
        )

    def _next_day(self, chance: random.Random) -> None:
        """Every drawer is counted, the day closed, and what was signed is kept; the next day is opened."""
        with self.store.reading() as reading:
            left = running(reading, FACTS.outlet)
        for shift in left:
            self._end(shift, chance)
        self._chief.forms.expire()
        perform_due(self.store, FACTS.outlet)
        assert not [one for one in self._chief.day.check() if one.stops]
        self._chief.day.close("明天接着办")
        self._holds()
        self.clock.move(days=chance.choice((1, 1, 1, 4)))
        self._chief.day.open(self.clock.now().astimezone(CHINA).date().isoformat())

    # what always holds

    @invariant()
    def agrees(self) -> None:
        """After each step: the open day, what was closed, and the month."""
        if not hasattr(self, "store"):
            return
        with self.store.reading() as reading:
            day = next(row.business_date for row in reading.all(BusinessDay, state="open"))
            day_agrees(reading, day)
            for key, content in closed_reports(reading, self._first_day).items():
                assert self.signed.setdefault(key, content) == content, key
            month_agrees(reading, Span(self._first_day, day))

    def _holds(self) -> None:
        with self.store.reading() as reading:
            found = [f"{one.rule}: {one.message}" for one in verify(reading)]
        assert not found, found


def run(
    template: Copy,
    examples: int,
    steps: int,
    by_seed: int = 0,
    *,
    shrink: bool = False,
    wrap: Callable[[type[Month]], type[Month]] = lambda machine: machine,
) -> None:
    """Play so many months of so many steps. A failure is raised, with its steps in its notes."""
    machine: Any = seed(by_seed)(wrap(type("Month", (Month,), {"template": (template,)})))
    run_state_machine_as_test(
        machine,
        settings=settings(
            max_examples=examples,
            stateful_step_count=steps,
            deadline=None,
            print_blob=False,
            database=None,
            phases=(Phase.generate, Phase.shrink) if shrink else (Phase.generate,),
            suppress_health_check=list(HealthCheck),
        ),
    )


def main() -> None:
    """Run from the command line."""
    asked = argparse.ArgumentParser(prog="python -m tests.simulation.month")
    asked.add_argument("examples", type=int, nargs="?", default=10)
    asked.add_argument("steps", type=int, nargs="?", default=120)
    asked.add_argument("seed", type=int, nargs="?", default=0)
    asked.add_argument("--shrink", action="store_true", help="look for fewer steps that fail (slow)")
    typed = asked.parse_args()
    examples = typed.examples + 1  # what Hypothesis tries first is the simplest: the same sale over and over
    with tempfile.TemporaryDirectory() as folder:
        try:
            run(small_hall(Path(folder)), examples, typed.steps, typed.seed, shrink=typed.shrink)
        finally:
            for what, times in sorted(DONE.items()):
                print(f"{times:6d}  {what}", file=sys.stderr)
    print("After each step all agreed, and no closed day had changed.")


if __name__ == "__main__":
    main()
