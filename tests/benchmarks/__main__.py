"""Measures everything side by side with its limit, and prints one table.

usage: python -m tests.benchmarks [--customers N] [--only PART ...]
"""

from __future__ import annotations

import argparse
import os
import platform
import shutil
import sys
import tempfile
import time
from collections.abc import Callable
from functools import cached_property
from pathlib import Path

from msgspec import Struct

from boss_tui.business.registry import BUSINESSES
from tests.benchmarks import (
    asking,
    backups,
    businesses,
    cold,
    commit,
    days,
    files,
    ingest,
    lists,
    long_lists,
    managing,
    queued,
    ruled,
    searching,
    selling,
    sims,
    stocking,
    stream,
    terminals,
    verifying,
    waiting_lists,
)
from tests.benchmarks.halls import Drafts, filled, made, open_store
from tests.benchmarks.table import Row, render

HALL = 300


class Sizes(Struct, frozen=True):
    """How much is measured. The test of the benchmarks takes little."""

    customers: int | None = None
    sales: int = 80
    starts: int = 5
    opens: int = 10
    keys: int = 24
    commands: int = files.COMMANDS
    tries: int = 60
    each: int = 12
    codes: tuple[str, ...] = tuple(BUSINESSES)
    small: int = 10_000
    home_customers: int = HALL
    day_sales: int = 100_000
    prints: int = queued.MANY
    listed: int = 1_000_000
    imported: int = 100_000
    sims: int = 100_000
    numbers: int = 1_000_000
    lines: int = 1_000


class Bench:
    """The parts, on one folder."""

    def __init__(self, folder: Path, cache: Path, sizes: Sizes) -> None:
        self._folder, self._cache, self._sizes = folder, cache, sizes
        self._hall: Path | None = None
        self._sold: tuple[Drafts, Path] | None = None
        self.parts: dict[str, Callable[[], list[Row]]] = {
            "start": self._terminals,
            "cold": self._cold,
            "commit": self._commit,
            "ruled": self._ruled,
            "businesses": self._businesses,
            "growth": self._growth,
            "search": self._search,
            "files": self._files,
            "headquarters": self._headquarters,
            "backup": self._backup,
            "verify": self._verify,
            "day": self._day,
            "queued": self._queued,
            "selling": self._selling,
            "asking": self._asking,
            "managing": self._managing,
            "lists": self._lists,
            "waiting": self._waiting,
            "sims": self._sims,
            "stocking": self._stocking,
            "stream": self._stream,
        }

    @property
    def hall(self) -> Path:
        """The hall that sales are made in."""
        if self._hall is None:
            self._hall = made(self._folder, HALL)
        return self._hall

    @cached_property
    def homes(self) -> tuple[Path, Path]:
        """A demonstration's home, and an outlet's."""
        return terminals.homes(self._folder, self._sizes.home_customers)

    @property
    def sold(self) -> tuple[Drafts, Path]:
        """Forms that wait for the money, and a store in which they were completed."""
        if self._sold is None:
            drafts = filled(self.hall, self._folder, max(4, self._sizes.sales // 2))
            path = self._folder / "sold.db"
            commit.record(drafts, path)
            self._sold = drafts, path
        return self._sold

    def _terminals(self) -> list[Row]:
        sizes = self._sizes
        return terminals.rows(*self.homes, sizes.starts, sizes.opens, sizes.keys)

    def _cold(self) -> list[Row]:
        return cold.rows(self.homes[1], self._sizes.starts)

    def _commit(self) -> list[Row]:
        folder = self._folder / "commit"
        folder.mkdir()
        return commit.rows(self.hall, folder, self._sizes.sales)

    def _ruled(self) -> list[Row]:
        folder = self._folder / "ruled"
        folder.mkdir()
        return ruled.rows(self.hall, folder, self._sizes.sales)

    def _businesses(self) -> list[Row]:
        folder = self._folder / "businesses"
        folder.mkdir()
        return businesses.rows(self.hall, folder, self._sizes.each, self._sizes.codes)

    def _growth(self) -> list[Row]:
        """In the hall of the searches and one of a twentieth of it or less, on copies."""
        sizes = self._sizes
        large, customers, _ = searching.large_hall(self._cache, sizes.customers)
        small, _, _ = searching.large_hall(self._cache, min(sizes.small, customers))
        copies = []
        for place, path in enumerate((small, large)):
            copies.append(self._folder / f"grown-{place}.db")
            shutil.copyfile(path, copies[-1])
        found = businesses.growth(copies[0], copies[1], sizes.each, sizes.codes)
        for path in copies:
            path.unlink()
        return found

    def _verify(self) -> list[Row]:
        sizes, halls = self._sizes, []
        _, customers, _ = searching.large_hall(self._cache, sizes.customers)
        for count in (min(sizes.small, customers), customers):
            halls.append((searching.large_hall(self._cache, count)[0], count))
        folder = self._folder / "verify"
        folder.mkdir()
        return verifying.rows(halls[0], halls[1], folder)

    def _day(self) -> list[Row]:
        folder = self._folder / "day"
        folder.mkdir()
        return days.rows(self.hall, folder, self._sizes.day_sales)

    def _queued(self) -> list[Row]:
        folder = self._folder / "queued"
        folder.mkdir()
        return queued.rows(self.hall, folder, self._sizes.prints)

    def _selling(self) -> list[Row]:
        folder = self._folder / "selling"
        folder.mkdir()
        return selling.rows(self.sold[0], folder, self._sizes.day_sales // 50)

    def _asking(self) -> list[Row]:
        folder = self._folder / "asking"
        folder.mkdir()
        return asking.rows(self.hall, folder, self._sizes.each)

    def _managing(self) -> list[Row]:
        folder = self._folder / "managing"
        folder.mkdir()
        return managing.rows(folder, self._sizes.listed, self._sizes.imported)

    def _lists(self) -> list[Row]:
        folder = self._folder / "lists"
        folder.mkdir()
        found = lists.rows(folder, self._sizes.listed)
        return [*found, *long_lists.rows(folder / "office.db", folder, self._sizes.listed)]

    def _waiting(self) -> list[Row]:
        folder = self._folder / "waiting"
        folder.mkdir()
        return waiting_lists.rows(folder, self._sizes.listed)

    def _sims(self) -> list[Row]:
        folder = self._folder / "sims"
        folder.mkdir()
        return sims.rows(folder, self._sizes.sims)

    def _stocking(self) -> list[Row]:
        folder = self._folder / "stocking"
        folder.mkdir()
        return stocking.rows(folder, self._sizes.numbers)

    def _stream(self) -> list[Row]:
        folder = self._folder / "stream"
        folder.mkdir()
        return stream.rows(folder, self._sizes.lines, self._sizes.lines)

    def _search(self) -> list[Row]:
        return searching.rows(self._cache, self._sizes.customers, self._sizes.tries)

    def _files(self) -> list[Row]:
        store = open_store(self.hall)
        papers = files.paper_rows(store)
        store.close()
        return files.batch_rows(self._folder, self._sizes.commands) + papers

    def _headquarters(self) -> list[Row]:
        return ingest.rows(*self.sold, self._folder)

    def _backup(self) -> list[Row]:
        return backups.rows(self.sold[0], self._folder)


def measure(folder: Path, cache: Path, sizes: Sizes, only: list[str]) -> list[Row]:
    """The rows of these parts, or of all."""
    bench = Bench(folder, cache, sizes)
    rows = []
    for name, part in bench.parts.items():
        if not only or name in only:
            began = time.perf_counter()
            rows += part()
            print(f"{name}: {time.perf_counter() - began:.0f} s", file=sys.stderr, flush=True)
    return rows


def machine() -> str:
    """What it was measured on."""
    load = ", ".join(f"{figure:.1f}" for figure in os.getloadavg())
    return f"{platform.machine()}, {os.cpu_count()} processors, load {load}, Python {platform.python_version()}"


def main() -> None:
    """Run from the command line."""
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks", description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--customers", type=int, help="customers of the large hall (kept in the temporary folder)")
    parser.add_argument("--only", nargs="+", default=[], help="parts, by name: start, commit, …")
    asked = parser.parse_args()
    began = time.perf_counter()
    with tempfile.TemporaryDirectory(prefix="boss-bench-") as folder:
        rows = measure(Path(folder), searching.cache_folder(), Sizes(customers=asked.customers), asked.only)
    print(render(rows))
    print(f"\n{machine()}; {time.perf_counter() - began:.0f} s. A ratio with ! is beyond its aim.")


if __name__ == "__main__":
    main()
