"""The numbers of papers at a desk that is only acted."""

from __future__ import annotations

from boss_tui.answers import NumberRange, NumberRun, PaperView, SpoiledPaper


class FakeNumbers:
    """Nothing was handed down here. What the screen does with real numbers, the journeys show."""

    def number_ranges(self) -> list[NumberRange]:
        return []

    def numbers_of(self, range_id: str) -> list[NumberRun]:
        raise NotImplementedError(range_id)

    def number_seen(self, kind: str, number: int, reason: str = "", approver: str = "", password: str = "") -> int:
        raise NotImplementedError(kind, number, reason, approver, password)

    def void_numbers(
        self, range_id: str, numbers: str, reason: str, approver: str = "", password: str = ""
    ) -> tuple[int, int]:
        raise NotImplementedError(range_id, numbers, reason, approver, password)

    def issue_numbers(self, range_id: str, counter: str, pieces: int = 0) -> None:
        raise NotImplementedError(range_id, counter, pieces)

    def return_numbers(self, range_id: str, reason: str) -> None:
        raise NotImplementedError(range_id, reason)

    def spoiled(self, number: str) -> SpoiledPaper:
        raise NotImplementedError(number)

    def print_anew(self, number: str, reason: str, approver: str = "", password: str = "") -> PaperView:
        raise NotImplementedError(number, reason, approver, password)
