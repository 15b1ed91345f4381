"""How long something takes: wall time and the processor's time of this process, in milliseconds, best and median."""

from __future__ import annotations

import gc
import os
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median

TRIES, SLOW, FEW = 20, 50.0, 2
"""How often each is measured by turns; what takes longer than so many milliseconds, so often."""


@dataclass
class Samples:
    """Several measurements of the same thing, in ms."""

    wall: list[float] = field(default_factory=list)
    cpu: list[float] = field(default_factory=list)

    @contextmanager
    def taking(self) -> Iterator[None]:
        """Measure one."""
        cpu, wall = time.process_time_ns(), time.perf_counter_ns()
        yield
        self.wall.append((time.perf_counter_ns() - wall) / 1e6)
        self.cpu.append((time.process_time_ns() - cpu) / 1e6)

    def clear(self) -> None:
        """Begin again."""
        self.wall.clear()
        self.cpu.clear()

    @property
    def best(self) -> float:
        """The least wall time."""
        return min(self.wall)

    @property
    def middle(self) -> float:
        """The median wall time."""
        return median(self.wall)

    @property
    def middle_cpu(self) -> float:
        """The median of the processor's time."""
        return median(self.cpu)

    def against(self, other: Samples) -> float:
        """The median of the quotients of wall times that were taken by turns."""
        return median(mine / its for mine, its in zip(self.wall, other.wall, strict=True))


def timed(*works: Callable[[], object]) -> list[float]:
    """Milliseconds that each takes, by turns: the median; the best of a few, where one is slow."""
    samples = [Samples() for _ in works]
    for _ in range(TRIES):
        for work, each in zip(works, samples, strict=True):
            with each.taking():
                work()
        if any(each.best > SLOW for each in samples) and len(samples[0].wall) >= FEW:
            return [each.best for each in samples]
    return [each.middle for each in samples]


@contextmanager
def without_collector() -> Iterator[None]:
    """No collection falls into a measurement; what is there is kept out of later ones."""
    gc.collect()
    gc.freeze()
    gc.disable()
    try:
        yield
    finally:
        gc.enable()
        gc.unfreeze()


def repeat(work: Callable[[], object], times: int, *, warm: int = 1) -> Samples:
    """Measure the work so many times, after it was done `warm` times unmeasured."""
    samples = Samples()
    for _ in range(warm):
        work()
    with without_collector():
        for _ in range(times):
            with samples.taking():
                work()
    return samples


def fsync_floor(folder: Path, times: int = 40) -> Samples:
    """What the disk alone asks for: 4 KiB appended, and fsync."""
    path, page = folder / "floor.bin", os.urandom(4096)
    with path.open("ab", buffering=0) as file:

        def once() -> None:
            file.write(page)
            os.fsync(file.fileno())

        samples = repeat(once, times)
    path.unlink()
    return samples
