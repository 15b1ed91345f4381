"""What a benchmark answers, and the one table that all of them are printed in."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable

from msgspec import Struct

HEADS = ("what", "ours", "limit", "ratio", "aim")


class Row(Struct, frozen=True):
    """One line of the table.

    Attributes:
        what: what was measured, how, and against what.
        ours: what it took us, in `unit`.
        limit: what the bare thing took, in the same unit; None where there is nothing to compare with.
        aim: the ratio that the design asks for; None where it asks for none.
        unit: ms, MB or µs.
        ratio: ours against limit, where that is not their quotient (the median of quotients of pairs).
    """

    what: str
    ours: float
    limit: float | None = None
    aim: float | None = None
    unit: str = "ms"
    ratio: float | None = None

    @property
    def times(self) -> float | None:
        """How many times the limit."""
        if self.ratio is not None:
            return self.ratio
        return self.ours / self.limit if self.limit else None

    def cells(self) -> tuple[str, ...]:
        """The line's texts. A ratio beyond its aim is marked."""
        times = self.times
        missed = times is not None and self.aim is not None and round(times, 2) > self.aim
        return (
            self.what,
            f"{_figure(self.ours)} {self.unit}",
            f"{_figure(self.limit)} {self.unit}" if self.limit is not None else "",
            f"{times:.2f} ×{' !' if missed else '  '}" if times is not None else "",
            f"≤ {self.aim:g}" if self.aim is not None else "",
        )


def _figure(value: float) -> str:
    """Three digits that mean something."""
    return f"{value:,.0f}" if value >= 100 else f"{value:.3g}" if value >= 0.1 else f"{value:.4f}"


def _width(text: str) -> int:
    return sum(2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in text)


def render(rows: Iterable[Row]) -> str:
    """The table as text: one line a row, figures to the right."""
    lines = [HEADS, *(row.cells() for row in rows)]
    widths = [max(_width(line[column]) for line in lines) for column in range(len(HEADS))]
    shown = []
    for line in lines:
        first = line[0] + " " * (widths[0] - _width(line[0]))
        rest = (" " * (room - _width(text)) + text for text, room in zip(line[1:], widths[1:], strict=True))
        shown.append("  ".join((first, *rest)).rstrip())
    shown.insert(1, "  ".join("─" * width for width in widths))
    return "\n".join(shown)
