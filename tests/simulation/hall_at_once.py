"""Eight processes selling from one store at once: no number sold twice, no sale lost, the chain whole.

usage: python -m tests.simulation.hall_at_once [SECONDS] [PROCESSES]
"""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

from data.store import Store
from tests.engines import Sqlite
from tests.hall import make_template
from tests.simulation.kills import judge
from tests.simulation.sellers import Seller, all_told, prepare


def run(url: str, seconds: float, processes: int) -> int:
    """Sell from so many processes for so long at a hall's URL, then judge. Answers how many were sold."""
    store = Store(url)
    prepare(store)
    store.close()
    sellers = [Seller.start(url, seat, seconds) for seat in range(processes)]
    codes = [seller.ended() for seller in sellers]
    assert codes == [0] * processes, codes
    told = all_told(sellers)
    judge(url, told)
    return len(told)


def main() -> None:
    """Run from the command line."""
    seconds = float(sys.argv[1]) if len(sys.argv) > 1 else 60.0
    processes = int(sys.argv[2]) if len(sys.argv) > 2 else 8
    with tempfile.TemporaryDirectory() as folder:
        url = Sqlite().empty(Path(folder))
        make_template(url)
        sold = run(url, seconds, processes)
    print(f"{processes} processes, {seconds:g} s: {sold} sold, none twice, none lost, chain whole")


if __name__ == "__main__":
    main()
