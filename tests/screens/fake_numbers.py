"""The numbers of papers at a desk that is only acted."""

from __future__ import annotations

from collections.abc import Mapping

from boss_tui.answers import PaperView
from boss_tui.hall_answers import NumberRange, NumberRun, SpoiledPaper, StockLine
from data.errors import NotAllowed
from data.message import say


class FakeNumbers:
    """Nothing was handed down here. What the screen does with real numbers, the journeys show."""

    def ranges(self) -> list[NumberRange]:
        return []

    def runs_of(self, range_id: str) -> list[NumberRun]:
        raise NotImplementedError(range_id)

    def seen(self, kind: str, number: int, reason: str = "", approver: str = "", password: str = "") -> int:
        raise NotImplementedError(kind, number, reason, approver, password)

    def void(self, range_id: str, numbers: str, reason: str, approver: str = "", password: str = "") -> tuple[int, int]:
        raise NotImplementedError(range_id, numbers, reason, approver, password)

    def issue(self, range_id: str, counter: str, pieces: int = 0) -> None:
        raise NotImplementedError(range_id, counter, pieces)

    def return_range(self, range_id: str, reason: str) -> None:
        raise NotImplementedError(range_id, reason)

    def spoiled(self, number: str) -> SpoiledPaper:
        raise NotImplementedError(number)

    def print_anew(self, number: str, reason: str, approver: str = "", password: str = "") -> PaperView:
        raise NotImplementedError(number, reason, approver, password)


class FakeStock:
    """Blank cards and recharge cards."""

    counted: tuple[dict[str, int], str, str] = ({}, "", "")

    def lines(self) -> list[StockLine]:
        return [StockLine("sim:usim", "sim", "USIM", None), StockLine("card:5000", "card", "50.00", None)]

    def count(self, found: Mapping[str, int], reason: str = "", approver: str = "", password: str = "") -> PaperView:
        self.counted = (dict(found), reason, approver + password)
        if not found:
            raise NotAllowed(say("Count something first: a number of pieces beside it."), field="counts")
        if found.get("card:5000", 20) != 20 and not reason:
            raise NotAllowed(say("The count differs from the books."), field="reason")
        if found.get("card:5000", 20) != 20 and not approver:
            raise NotAllowed(say("The count differs from the books."), field="approved_by")
        return PaperView("c", "report", "HZ01-000001", ("盘点表",))
