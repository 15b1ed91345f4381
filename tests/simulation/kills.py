"""Kill a selling process at a random moment of its sales, many times; then judge the store: nothing lost, nothing half.

usage: python -m tests.simulation.kills [KILLS] [SEED]
"""

from __future__ import annotations

import random
import sys
import tempfile
import time
from pathlib import Path

from boss_tui.verify import verify
from data.clock import SystemClock
from data.store import Store
from data.tables.order import ProductOrder
from data.tables.resource import Reservation
from tests.engines import Sqlite
from tests.hall import make_template
from tests.simulation.sellers import Seller, all_told, prepare

SALES = 2.0
"""A seller is killed within the time of so many first sales: half of the kills fall into one, the others after it."""


def run(url: str, kills: int, seed: int) -> tuple[int, int]:
    """Kill so many sellers of a hall, judging after each ten. Answers (orders in the store, orders told)."""
    store = Store(url)
    prepare(store)
    store.close()
    chance = random.Random(seed)
    told: list[str] = []
    longest = SALES * duration(url)
    number = 0
    while number < kills or not told:
        number += 1
        longest *= 2 if number > kills else 1  # the machine has become slower since a sale was timed
        seller = Seller.start(url, number, 60)
        seller.at_work()
        time.sleep(chance.uniform(0, longest))
        seller.kill()
        seller.ended()
        told += all_told([seller])
        if number % 10 == 0 or number >= kills:
            judge(url, told)
    return judge(url, told), len(told)


def duration(url: str) -> float:
    """Seconds that the first sale of a process takes on this machine now."""
    seller = Seller.start(url, 0, 0)
    seller.at_work()
    begun = time.monotonic()
    seller.pipe.readline()
    seconds = time.monotonic() - begun
    seller.ended()
    return seconds


def judge(url: str, told: list[str]) -> int:
    """What always holds, holds; every order that was told is there; reservations end. Answers how many orders."""
    store = Store(url, clock=SystemClock())
    with store.reading() as reading:
        serials = {order.serial for order in reading.all(ProductOrder)}
        findings = verify(reading)
        ends = [row.until for row in reading.all(Reservation, state="active")]
    store.close()
    missing = [serial for serial in told if serial not in serials]
    assert not missing, f"told and lost: {missing}"
    assert not findings, findings
    assert len(set(told)) == len(told), "one serial told twice"
    assert all(ends), "a reservation without an end"
    return len(serials)


def main() -> None:
    """Run from the command line."""
    kills = int(sys.argv[1]) if len(sys.argv) > 1 else 1000
    seed = int(sys.argv[2]) if len(sys.argv) > 2 else 1
    with tempfile.TemporaryDirectory() as folder:
        url = Sqlite().empty(Path(folder))
        make_template(url)
        stored, told = run(url, kills, seed)
    print(f"{kills} kills: {stored} orders stored, {told} told, nothing lost, nothing half")


if __name__ == "__main__":
    main()
