"""A C1 that asks a service which answers at once, against the same with a rule here and a bare HTTP round trip.

The clerk's time alone: filled in, answered, priced, completed. By turns, in two copies of one hall.
"""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

import httpx

from boss_tui.answers.business import Tender
from boss_tui.desk import Desk
from boss_tui.remote import Caller
from boss_tui.remote.services import Services
from boss_tui.remote.simulated import Simulated
from data.store import Store
from data.tables.eligibility import BusinessInterface, Interface
from tests.benchmarks.halls import counter, open_store
from tests.benchmarks.table import Row
from tests.benchmarks.timing import Samples, without_collector
from tests.hall import FLOAT
from tests.handed import hand_down, row_line

AIM = 1.25
"""The service's own time and no more: what is left is that the answer is kept with the form and with the order."""
WARM = 3
PATH = "/v1/identity"
_RULE = {"code": "rule", "name_zh": "规则", "rule": "customer.name != ''", "reason_zh": "不可"}


def rows(hall: Path, folder: Path, times: int) -> list[Row]:
    """So many C1 each way."""
    asking, ruled = Samples(), Samples()
    with Simulated(folder) as simulated, httpx.Client(base_url=simulated.address) as client, without_collector():
        here, there = _hall(hall, folder / "rule.db", "rule"), _hall(hall, folder / "asks.db", "identity_check")
        services = Services(folder, there[0].clock, Caller())
        there[1].seat.services = lambda: services
        for n in range(times + WARM):
            if n == WARM:
                asking.clear()
                ruled.clear()
            _once(there[1], asking, None)
            _once(here[1], ruled, client)
        for store, _ in (here, there):
            store.close()
    return [Row("C1 that asks a service / with a rule and a bare HTTP call; median", asking.middle, ruled.middle, AIM)]


def _hall(hall: Path, path: Path, interface: str) -> tuple[Store, Desk]:
    """A copy whose C1 asks one more interface, with its shift open."""
    shutil.copyfile(hall, path)
    store = open_store(path)
    lines = [row_line(Interface, "add", **_RULE)] if interface == "rule" else []
    hand_down(store, *lines, row_line(BusinessInterface, "add", business="C1", interface=interface, position=90))
    desk = counter(store)
    desk.till.open_shift(FLOAT)
    return store, desk


def _once(desk: Desk, taken: Samples, client: Any) -> None:
    """One C1. `client`: asks the service as barely as can be, where the form itself does not."""
    example, view = desk.forms.example("C1"), desk.forms.begin("C1")
    with taken.taking():
        desk.forms.fill(view.id, example)
        if client is None:
            desk.asking.ask(view.id)
        else:
            asked = {"number": example["document_number"], "name": example["name"]}
            client.post(PATH, json=asked, headers={"Idempotency-Key": view.id}).raise_for_status().json()
        view = desk.forms.quote(view.id)
        desk.orders.complete(view.id, [Tender("cash", view.quote.due)])
