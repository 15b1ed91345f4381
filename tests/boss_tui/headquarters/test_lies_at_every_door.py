"""One day in which every opening but the first and the last lies in another way, told to headquarters over signed files
and, each night, to one that stands on PostgreSQL: each lie has its own reason there too, the honest ones are booked."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from pathlib import Path

import pytest

from boss_tui.headquarters.office import Office
from boss_tui.verify import verify
from data.clock import SeededClock
from data.store import Store
from tests.boss_tui.headquarters.liar import Told, hall, headquarters, lying, opened, orders, push, undecided
from tests.boss_tui.headquarters.test_decisions import by_stick
from tests.boss_tui.headquarters.test_lies import AT_HEADQUARTERS
from tests.boss_tui.headquarters.test_lies import LIES as OF_ORDERS
from tests.boss_tui.headquarters.test_lies_of_counts import LIES as OF_COUNTS
from tests.homes import of_this_run
from tests.simulation.honest import OWN, make_headquarters

LIES = {what: lie for what, lie in {**OF_ORDERS, **OF_COUNTS}.items() if what not in AT_HEADQUARTERS}
REASONS = [reason for _, reason in LIES.values()]


@cache
def _day() -> Told:
    at = hall(of_this_run("doors"))
    told = opened(at, len(LIES) + 2)
    at.store.close()
    for nth, (alter, _) in enumerate(LIES.values(), start=1):
        told = lying(told, alter, nth)
    return told


def stand(office: Office, told: Told) -> None:
    """Each lie is put aside with its reason, and no honest opening with them."""
    found = undecided(office)
    assert [row.reason for row in found] == REASONS
    assert {row.state for row in found} == {"open"}
    assert orders(office, told) == [True, *(False for _ in LIES), True]
    with office.store.reading() as reading:
        assert verify(reading, only=["suspense is the money of open exceptions"]) == []


def test_on_a_stick(tmp_path: Path) -> None:
    office = headquarters(tmp_path)
    by_stick(office, _day(), tmp_path)
    stand(office, _day())


@pytest.mark.nightly
def test_on_postgresql(postgres_databases: Callable[[], str]) -> None:
    url = postgres_databases()
    make_headquarters(url)
    clock = SeededClock()
    clock.move(hours=3)
    office = Office(Store(url, clock=clock), OWN)
    push(office, _day())
    stand(office, _day())
    office.store.close()
