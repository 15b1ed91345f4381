"""Outlets and headquarters live through anything: lost questions and answers, restores on both sides, in any order.

In the short run a few lives; BOSS_LIVES says how many in the long run.
"""

from __future__ import annotations

import os
import shutil
import tempfile
from contextlib import suppress
from datetime import date
from pathlib import Path
from typing import Any

import httpx
import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from boss_tui.editions.lines import RowEdit, row_on
from boss_tui.headquarters.leases import hand_down
from boss_tui.headquarters.overview import mark_restored
from boss_tui.sync.rejoin import rejoin
from boss_tui.verify.handed import check
from data.clock import SeededClock
from data.errors import NotAllowed, OutOfStock, Outside
from data.journal import Author
from data.store import Store
from data.tables.resource import PhoneNumber, SimCard
from data.tables.service import BehaviourSignal, Figure
from data.tables.sync import AccessLog, SyncException
from tests.boss_tui.sync.world import Direct, World, backup, contents, journal, look, same_books, set_signal, stock

pytestmark = pytest.mark.whole  # each example has a headquarters of its own

UNTIL = "2026-12-31T00:00:00.000000Z"
OUTLETS = ("H01", "H02")
outlets = st.sampled_from(OUTLETS)
BUSINESSES = ("C1", "C2")
DAYS, LAST = ("", "2026-11-26"), "2026-12-31"
scopes = st.sampled_from(["", "channel:own", "outlet:H01", "outlet:H02", "region:none"])
cuts = st.lists(st.sampled_from(["", "request", "answer"]), max_size=6)


class Lives(RuleBasedStateMachine):
    """Two outlets, headquarters, and what can happen to them."""

    def __init__(self) -> None:
        super().__init__()
        self.folder = Path(tempfile.mkdtemp(prefix="boss-lives-"))
        self.world = World(f"sqlite:///{self.folder / 'headquarters.db'}", self.folder)
        for code in OUTLETS:
            self.world.outlet(code)
        halls = [RowEdit("outlet", (code,), "add", {"name_zh": code, "province": "AH"}) for code in OUTLETS]
        self.world.publish(*halls)
        stock(self.world.hq, 12)
        self.backups: dict[str, list[Path]] = {}
        self.lost: set[str] = set()
        self.running = 0
        self.headquarters_backs_up()
        for code in OUTLETS:
            self.backs_up(code)

    def line(self, faults: list[str]) -> Direct:
        """A transport that loses what the list says, exchange by exchange."""
        transport, left = Direct(self.world.app), list(faults)

        def fault(place: str) -> None:
            if left and left[0] == place:
                left.pop(0)
                raise httpx.ReadTimeout("lost")
            if left and place == "answer":
                left.pop(0)

        transport.fault = fault
        return transport

    def at_work(self, code: str) -> bool:
        """Whether the outlet does business: not while its store is being brought up."""
        return code not in self.lost

    @rule(code=outlets, times=st.integers(1, 4))
    def looks(self, code: str, times: int) -> None:
        if self.at_work(code):
            look(self.world.stores[code], code, times)

    @rule(code=outlets, name=st.sampled_from("甲乙丙"))
    def sets_its_signal(self, code: str, name: str) -> None:
        if self.at_work(code):
            set_signal(self.world.stores[code], code, f"P-{code}", name)

    @rule(code=outlets)
    def sells(self, code: str) -> None:
        if not self.at_work(code):
            return
        with self.world.stores[code].transaction(Author(code, "stock", "S001")) as tx:
            numbers = tx.all(PhoneNumber, outlet=code, state="idle", order=("number",))
            if numbers:
                tx.change(numbers[0], state="sold")

    @rule(code=outlets, faults=cuts)
    def exchanges(self, code: str, faults: list[str]) -> None:
        link = self.world.link(code, transport=self.line(faults))
        done = link.exchange()
        assert done.fault is None or faults
        assert (done.stopped is not None) == (code in self.lost) or done.fault is not None

    @rule(code=outlets, kind=st.sampled_from(["number", "sim"]))
    def hands_down(self, code: str, kind: str) -> None:
        try:
            hand_down(self.world.hq, code, kind, 2, UNTIL)
        except (OutOfStock, NotAllowed):
            return

    @rule(code=outlets, faults=cuts)
    def gets_numbers_and_sells_one(self, code: str, faults: list[str]) -> None:
        self.hands_down(code, "number")
        self.exchanges(code, faults)
        self.sells(code)

    @rule(
        scope=scopes, business=st.sampled_from(BUSINESSES), op=st.sampled_from(["put", "end"]), days=st.integers(0, 1)
    )
    def publishes(self, scope: str, business: str, op: str, days: int) -> None:
        key = ("clerk", f"{business} {scope}")
        with self.world.hq.reading() as reading:
            stands = row_on(reading, "role_right", key, LAST) is not None
        self.running += 1
        how: Any = ("change" if stands else "add") if op == "put" else "end"
        values = {} if how == "end" else {"amount_limit": self.running}
        with suppress(NotAllowed):  # headquarters was restored and has not heard from all
            self.world.publish(RowEdit("role_right", key, how, values), scope=scope, counts_from=DAYS[days])

    @rule(code=outlets, n=st.integers(1, 2))
    def moves_somebody(self, code: str, n: int) -> None:
        key = (f"100{n}",)
        with self.world.hq.reading() as reading:
            row = row_on(reading, "operator", key, LAST)
        values = {"outlet": code} if row else {"outlet": code, "name": "X", "password_hash": "x"}
        if row is None or row["outlet"] != code:
            with suppress(NotAllowed):
                self.world.publish(RowEdit("operator", key, "change" if row else "add", values))

    @rule()
    def a_day_passes(self) -> None:
        for store in (self.world.hq, *self.world.stores.values()):
            clock = store.clock
            assert isinstance(clock, SeededClock)
            if clock.now().date() < date(2026, 11, 30):
                clock.move(days=1)

    @rule(code=outlets)
    def backs_up(self, code: str) -> None:
        if self.at_work(code):
            self.running += 1
            self.backups.setdefault(code, []).append(self.folder / f"{code}-{self.running}.db")
            backup(self.world.stores[code], self.backups[code][-1])

    @rule(code=outlets, which=st.integers(0, 9))
    def loses_its_store(self, code: str, which: int) -> None:
        here = journal(self.world.stores[code], code)
        if not self.at_work(code) or journal(self.world.hq, code) != here:
            return  # what never reached headquarters is not what this is about
        self.running += 1
        path = self.folder / f"{code}-{self.running}.db"
        shutil.copyfile(self.backups[code][which % len(self.backups[code])], path)
        self.world.stores[code].close()
        self.world.stores[code] = Store(f"sqlite:///{path}", clock=SeededClock(seed=1000 + self.running))
        if journal(self.world.stores[code], code) != here:
            self.lost.add(code)

    @rule(code=outlets, faults=cuts)
    def rejoins(self, code: str, faults: list[str]) -> None:
        if self.at_work(code):
            return
        try:
            rejoin(self.world.link(code, transport=self.line(faults)))
        except Outside:
            assert faults
        else:
            self.lost.discard(code)

    @rule()
    def headquarters_backs_up(self) -> None:
        self.running += 1
        self.backups.setdefault("headquarters", []).append(self.folder / f"headquarters-{self.running}.db")
        backup(self.world.hq, self.backups["headquarters"][-1])

    @precondition(lambda self: not self.lost)
    @rule(which=st.integers(0, 9))
    def headquarters_loses_its_store(self, which: int) -> None:
        self.running += 1
        path = self.folder / f"restored-{self.running}.db"
        known = self.backups["headquarters"]
        shutil.copyfile(known[which % len(known)], path)
        self.world.hq.close()
        self.world.restored(f"sqlite:///{path}")
        mark_restored(self.world.hq)

    @invariant()
    def a_number_has_one_holder(self) -> None:
        held = [row["number"] for store in self.world.stores.values() for row in contents(store, PhoneNumber)]
        cards = [row["iccid"] for store in self.world.stores.values() for row in contents(store, SimCard)]
        assert len(held) == len(set(held))
        assert len(cards) == len(set(cards))

    @invariant()
    def headquarters_holds_a_beginning_of_each_journal(self) -> None:
        for code in OUTLETS:
            here, there = journal(self.world.stores[code], code), journal(self.world.hq, code)
            shorter = min(len(here), len(there))
            assert here[:shorter] == there[:shorter]
            assert code in self.lost or len(there) <= len(here)

    def teardown(self) -> None:
        """With a good link at last, both sides agree on everything."""
        try:
            for _ in range(2):  # what one outlet brings may concern the other
                for code in OUTLETS:
                    link = self.world.link(code)
                    if code in self.lost:
                        rejoin(link)
                        self.lost.discard(code)
                    done = link.exchange()
                    assert (done.fault, done.stopped, done.waiting) == (None, None, 0), str(done)
            for code in OUTLETS:
                assert journal(self.world.hq, code) == journal(self.world.stores[code], code)
            assert same_books(self.world, AccessLog, Figure, BehaviourSignal)
            for model in (PhoneNumber, SimCard):
                handed = [row for row in contents(self.world.hq, model) if row["outlet"]]
                held = [row for store in self.world.stores.values() for row in contents(store, model)]
                assert handed == sorted(held, key=str)
            assert contents(self.world.hq, SyncException) == []
            for store in (self.world.hq, *self.world.stores.values()):
                with store.reading() as reading:
                    assert list(check(reading, {})) == []
        finally:
            self.world.close()
            shutil.rmtree(self.folder)


TestLives = Lives.TestCase
TestLives.settings = settings(
    max_examples=int(os.environ.get("BOSS_LIVES", "6")),
    stateful_step_count=30,
    deadline=None,
    derandomize="BOSS_LIVES" not in os.environ,
    suppress_health_check=list(HealthCheck),
)
