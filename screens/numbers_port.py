"""What the screens of document numbers need of the desk: the part of `screens.ports.DeskPort` that is about them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Protocol

from boss_tui.answers import NumberRange, NumberRun, PaperView, SpoiledPaper, StockLine


class NumbersPort(Protocol):
    """Ranges of document numbers, what became of each number; and the stock that is counted by the piece."""

    def number_ranges(self) -> Sequence[NumberRange]:
        """The ranges of document numbers here."""
        ...

    def numbers_of(self, range_id: str) -> Sequence[NumberRun]:
        """What became of every number of a range."""
        ...

    def number_seen(self, kind: str, number: int, reason: str = "", approver: str = "", password: str = "") -> int:
        """The paper here shows this number next; how many were jumped over."""
        ...

    def void_numbers(
        self, range_id: str, numbers: str, reason: str, approver: str = "", password: str = ""
    ) -> tuple[int, int]:
        """Spoiled blanks: the first and the last."""
        ...

    def issue_numbers(self, range_id: str, counter: str, pieces: int = 0) -> None:
        """To a counter; empty: the whole hall."""
        ...

    def return_numbers(self, range_id: str, reason: str) -> None:
        """To headquarters."""
        ...

    def stock(self) -> Sequence[StockLine]:
        """What is in stock here, to be counted."""
        ...

    def count_stock(
        self, found: Mapping[str, int], reason: str = "", approver: str = "", password: str = ""
    ) -> PaperView:
        """Put a count on record, by the keys of `stock`; its slip. NotAllowed names reason or approved_by."""
        ...

    def spoiled(self, number: str) -> SpoiledPaper:
        """Which document a number is of."""
        ...

    def print_anew(self, number: str, reason: str, approver: str = "", password: str = "") -> PaperView:
        """A spoiled paper's document, under the next number."""
        ...
