"""What a simulation has done: how often each business was completed, refused, cancelled and taken back."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator

ENDS = ("completed", "refused", "cancelled", "taken back")
MOST_REASONS = 40
"""So many of the reasons for refusals are told, the most common ones."""


class Tally:
    """Counts over all runs.

    Attributes:
        ends: how a business ended, by code and one of ENDS.
        ways: what was done in it, by code and words such as `suspend loss`.
        others: what else happened.
        reasons: why something was refused, in the program's words.
        days, steps: how many were played.
    """

    def __init__(self, each_day: Callable[[Tally], None] = lambda _tally: None) -> None:
        self._each_day = each_day
        self.ends: Counter[tuple[str, str]] = Counter()
        self.ways: Counter[tuple[str, str]] = Counter()
        self.others: Counter[str] = Counter()
        self.reasons: Counter[str] = Counter()
        self.days = self.steps = 0

    def day_over(self) -> None:
        """One more day; whoever wants to know is told."""
        self.days += 1
        self._each_day(self)

    def completed(self) -> int:
        """All that was completed."""
        return sum(times for (_, end), times in self.ends.items() if end == "completed")

    def lines(self) -> Iterator[str]:
        """The table, a line a business, and what was done in it below."""
        yield f"{'':8}" + "".join(f"{end:>12}" for end in ENDS)
        for code in sorted({code for code, _ in self.ends}, key=_in_order):
            yield f"{code:8}" + "".join(f"{self.ends[code, end]:12}" for end in ENDS)
            ways = sorted((way, times) for (of, way), times in self.ways.items() if of == code)
            if ways:
                yield f"{'':10}" + ", ".join(f"{way} {times}" for way, times in ways)
        for what, times in sorted(self.others.items()):
            yield f"{times:6} {what}"
        for reason, times in self.reasons.most_common(MOST_REASONS):
            yield f"{times:6} times: {reason}"


def _in_order(code: str) -> tuple[float, str]:
    """C7.4 before C10."""
    return (float(code[1:]) if code[1:].replace(".", "").isdigit() else 99.0, code)
