"""Any day at an outlet: orders, faults, crashes and two programs in any order (store-and-sync-facts 7, T15 and I5).

At every moment no line of a work order has acted twice, and each subscriber's work orders act in their order. In the
end every order is settled, and the element holds what the settled orders wanted and nothing else.
"""

from __future__ import annotations

import json
import shutil
import tempfile
from collections import defaultdict
from contextlib import suppress
from pathlib import Path
from typing import ClassVar

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from boss_tui.network.dialects.record import Record
from boss_tui.network.expected import shown
from data.parameters import NETWORK_TRIES
from data.tables.network import NetworkCommand, WorkOrder
from tests.engines import Copy
from tests.tiers import NIGHTLY

from .outlet import Died, Hall
from .test_crashes import POINTS, Killer

pytestmark = [
    pytest.mark.both_engines(NIGHTLY),
    pytest.mark.whole,  # each example has a hall of its own
    pytest.mark.hypothesis,  # no @given tells so
]

MOST = 3
ACTS = {
    "data off": ("set_data", {"data": "off"}),
    "data on": ("set_data", {"data": "on"}),
    "bar": ("bar_outgoing", {"long_distance": "domestic"}),
    "unbar": ("unbar", {"long_distance": "domestic"}),
    "abroad": ("set_roaming", {"roaming": "international", "old_roaming": "national"}),
    "clip": ("set_supplementary", {"service": "clip", "on": "on"}),
    "no clip": ("set_supplementary", {"service": "clip", "on": "off"}),
}


class Day(RuleBasedStateMachine):
    template: ClassVar[tuple[Copy]]  # in a tuple, since a function on a class becomes a method of it
    language: ClassVar[str]

    @initialize()
    def begin(self) -> None:
        self.folder = Path(tempfile.mkdtemp(prefix="boss-day-"))
        self.hall = Hall(self.template[0], self.folder, self.language)
        self.other = self.hall.open()
        self.programs = [self.hall.network, self.hall.another(self.other)]
        self.orders: dict[int, list[str]] = defaultdict(list)

    # orders

    @rule(number=st.integers(1, MOST), services=st.sets(st.sampled_from(["clip", "waiting"])))
    def open_account(self, number: int, services: set[str]) -> None:
        if not self.orders[number]:
            self.orders[number].append(self.hall.opening(number, sorted(services)))

    @rule(number=st.integers(1, MOST), act=st.sampled_from(sorted(ACTS)))
    def change(self, number: int, act: str) -> None:
        if self.orders[number]:
            name, values = ACTS[act]
            parameters = {"msisdn": f"1825748{number:04d}", **values}
            self.orders[number].append(self.hall.order([(name, parameters)]))

    # what goes on

    @rule(program=st.integers(0, 1))
    def step(self, program: int) -> None:
        self.programs[program].step()

    @rule()
    def obey(self) -> None:
        self.hall.element.step()

    @rule(program=st.integers(0, 1))
    def go_on(self, program: int) -> None:
        self.hall.run(self.programs[program], turns=4)

    @rule(minutes=st.sampled_from([1, 20, 61]))
    def wait(self, minutes: int) -> None:
        self.hall.clock.move(minutes=minutes)

    # what goes wrong

    @rule(fault=st.sampled_from(["lose", "rubbish", "cut", "duplicate", "refuse"]), count=st.integers(1, 4))
    def fault(self, fault: str, count: int) -> None:
        setattr(self.hall.element.faults, fault, count)

    @rule(slow=st.integers(0, 2))
    def slow(self, slow: int) -> None:
        self.hall.element.faults.slow = slow

    @rule(off=st.booleans())
    def off(self, off: bool) -> None:
        self.hall.element.faults.off = off

    @rule(point=st.sampled_from(POINTS), nth=st.integers(1, 3))
    def crash(self, point: str, nth: int) -> None:
        doomed = self.hall.another(at=Killer(point, nth))
        with suppress(Died):
            self.hall.run(doomed, turns=3)

    @precondition(lambda self: self.hall.gateway.batches())
    @rule(data=st.data())
    def a_batch_gets_lost(self, data: st.DataObject) -> None:
        """At the element, before a line of it was obeyed."""
        name = data.draw(st.sampled_from(self.hall.gateway.batches()))
        if self.hall.element.memory.seen(name).done == 0:
            self.hall.gateway.taken(name)

    @precondition(lambda self: self.hall.gateway.responses())
    @rule(data=st.data())
    def a_response_gets_lost(self, data: st.DataObject) -> None:
        self.hall.gateway.archive(data.draw(st.sampled_from(self.hall.gateway.responses())))

    @rule(data=st.data())
    def send_again(self, data: st.DataObject) -> None:
        seen = [name for (name,) in self.hall.element.state.db.execute("SELECT DISTINCT batch FROM obeyed ORDER BY 1")]
        if seen:
            self.hall.element.resend(data.draw(st.sampled_from(seen)))

    # what always holds

    def _rows(self) -> dict[str, NetworkCommand]:
        with self.hall.store.reading() as reading:
            return {command.command_key: command for command in reading.all(NetworkCommand)}

    @invariant()
    def nothing_acts_twice_and_all_acts_in_order(self) -> None:
        if not hasattr(self, "hall"):
            return
        known = self._rows()
        acted: set[tuple[str, int]] = set()
        places: dict[str, int] = defaultdict(int)
        for key, _, done in self.hall.obeyed():
            command = known[key]
            if not done or command.purpose != "act":
                continue
            assert (command.work_order_id, command.step) not in acted, command
            acted.add((command.work_order_id, command.step))
            assert command.position >= places[command.chain], command
            places[command.chain] = command.position

    # the end

    def teardown(self) -> None:
        if not hasattr(self, "hall"):
            return
        try:
            self._end()
        finally:
            self.hall.close()
            self.other.close()
            shutil.rmtree(self.folder)

    def _end(self) -> None:
        faults = self.hall.element.faults
        faults.off, faults.slow = False, 0
        faults.lose = faults.rubbish = faults.cut = faults.duplicate = faults.refuse = 0
        for _ in range(3 * NETWORK_TRIES.first):
            self.hall.run(self.programs[0])
            self.hall.clock.move(minutes=61)
        self.nothing_acts_twice_and_all_acts_in_order()
        assert not self.programs[1].step()
        there = {record.msisdn: record for record in self.hall.element.subscribers()}
        for number, orders in self.orders.items():
            works = [work for order in orders for work in self.hall.works(order) if work.kind == "automatic"]
            if any("could not be" in work.reason for work in works):
                continue  # a person was told to look
            self._agrees(f"1825748{number:04d}", works, there)

    def _agrees(self, msisdn: str, works: list[WorkOrder], there: dict[str, Record]) -> None:
        """The element holds what the last done work orders wanted, field by field."""
        failed_orders = {work.order_id for work in works if work.state == "failed"}
        assert all(work.state in {"done", "failed"} or work.order_id in failed_orders for work in works)
        if works and works[0].state == "failed":
            assert msisdn not in there
            assert not self.hall.element.has_key(json.loads(works[0].parameters)["imsi"])
            return
        wanted: dict[str, object] = {}
        services: dict[str, bool] = {}
        by_order = defaultdict(list)
        for command in self._rows().values():
            by_order[command.work_order_id].append(command)
        for work in works:
            if work.state == "done":
                for command in sorted(by_order[work.id], key=lambda one: one.step):
                    wants = json.loads(command.wants)
                    services |= wants.pop("services", {})
                    wanted |= {name: value for name, value in wants.items() if name != "key"}
        if wanted.get("outgoing_barred") and not there[msisdn].long_distance:
            del wanted["long_distance"]  # where bar and type share one field, a barred line does not show its type
        if wanted:
            assert shown({**wanted, "services": services}, there[msisdn]), (wanted, services, there[msisdn])


@pytest.mark.parametrize("language", ["huawei", "ericsson"])
def test_any_day(outlet_template: Copy, language: str) -> None:
    of_this = type("DayOfThis", (Day,), {"template": (outlet_template,), "language": language})
    run_state_machine_as_test(
        of_this,
        settings=settings(
            max_examples=settings().max_examples // 3,
            stateful_step_count=25,
            deadline=None,
            suppress_health_check=list(HealthCheck),
        ),
    )
