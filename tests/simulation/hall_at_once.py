"""Eight processes selling from one store at once: no number sold twice, no sale lost, the chain whole.

usage: python -m tests.simulation.hall_at_once [SECONDS] [PROCESSES]
"""

from __future__ import annotations

import shutil
import sys
import tempfile
from pathlib import Path

from data.store import Store
from tests.hall import make_template
from tests.simulation.kills import judge
from tests.simulation.sellers import Seller, all_told, prepare


def run(template: Path, folder: Path, seconds: float, processes: int) -> int:
    """Sell from so many processes for so long, then judge. Answers how many were sold."""
    path = folder / "store.db"
    shutil.copyfile(template, path)
    store = Store(f"sqlite:///{path}")
    prepare(store)
    store.close()
    sellers = [Seller.start(path, seat, seconds) for seat in range(processes)]
    codes = [seller.ended() for seller in sellers]
    assert codes == [0] * processes, codes
    told = all_told(sellers)
    judge(path, told)
    return len(told)


def main() -> None:
    """Run from the command line."""
    seconds = float(sys.argv[1]) if len(sys.argv) > 1 else 60.0
    processes = int(sys.argv[2]) if len(sys.argv) > 2 else 8
    with tempfile.TemporaryDirectory() as folder:
        sold = run(make_template(Path(folder)), Path(folder), seconds, processes)
    print(f"{processes} processes, {seconds:g} s: {sold} sold, none twice, none lost, chain whole")


if __name__ == "__main__":
    main()
