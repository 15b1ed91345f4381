"""`boss verify` over a large hall and its element against reading each row of the store once; memory in a large and a
small hall."""

from __future__ import annotations

from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path

from boss_tui.network.dialects import dialect
from boss_tui.network.element import Element
from boss_tui.network.gateway import FolderGateway
from boss_tui.network.machine.state import State
from boss_tui.network.preload import preload
from boss_tui.verify import verify
from data.clock import SystemClock
from data.demo.hall import ELEMENT
from data.engine import connect
from data.tables import all_tables
from tests.benchmarks.halls import KEY, open_store
from tests.benchmarks.table import Row
from tests.benchmarks.timing import Samples

AIM_SECONDS = 60
"""For 100,000 customers."""
_STATUS, _CLEAR = Path("/proc/self/status"), Path("/proc/self/clear_refs")


def rows(small: tuple[Path, int], large: tuple[Path, int], folder: Path) -> list[Row]:
    """Halls as files, with how many customers they have."""
    path, customers = large
    little, _ = _alone(small[0], folder / "small.db")
    much, taken = _alone(path, folder / "large.db")
    limit = Samples()
    with limit.taking():
        _every_row(path)
    each = 100_000 / customers / 1000
    what = f"verify of {customers:,} customers and their element, for 100,000"
    return [
        Row(f"{what} / reading every row once", taken.middle * each, limit.middle * each, unit="s"),
        Row(f"{what} / the {AIM_SECONDS} s that it may take", taken.middle * each, AIM_SECONDS, 1.0, unit="s"),
        Row(f"memory meanwhile, {customers:,} against {small[1]:,} customers", much, little, 1.5, unit="MB"),
    ]


def _alone(path: Path, element_file: Path) -> tuple[float, Samples]:
    """As `_verified`, in a program that has done nothing before: what that left would count as memory of both."""
    with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as alone:
        return alone.submit(_verified, path, element_file).result()


def _verified(path: Path, element_file: Path) -> tuple[float, Samples]:
    """The most memory of the process meanwhile, in MB, and how long it took."""
    store, taken = open_store(path), Samples()
    state = State(element_file)
    with store.reading() as reading:
        preload(state, reading)
    state.close()
    gateway = FolderGateway(element_file.with_suffix(".gateway"))
    element = Element(element_file, dialect("huawei"), gateway, clock=SystemClock(), code=ELEMENT)
    _CLEAR.write_text("5")  # the kernel measures the most memory anew
    with taken.taking(), store.reading() as reading:
        found = verify(reading, network=element)
    assert not found, found[:3]
    element.close()
    store.close()
    return _megabytes("VmHWM"), taken


def _megabytes(name: str) -> float:
    line = next(line for line in _STATUS.read_text().splitlines() if line.startswith(name))
    return int(line.split()[1]) / 1000


def _every_row(path: Path) -> None:
    raw = connect(path, KEY)
    for table in all_tables():
        for _ in raw.execute(f'SELECT * FROM "{table}"'):
            pass
    raw.close()
