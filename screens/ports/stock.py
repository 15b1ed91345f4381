"""Document numbers, and the stock that is counted by the piece: what the screens need of the desk for it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Protocol

from boss_tui.answers.business import PaperView
from boss_tui.answers.hall import NoteLine, NumberRange, NumberRun, OpenPieceCount, Scanned, SpoiledPaper, StockLine

if TYPE_CHECKING:
    from boss_tui.components.documents.number_accounts import CodeAccount, NumberAccount
    from boss_tui.components.resources.porting import PortingCondition
    from boss_tui.desk.porting import PortingView
    from data.message import Message
    from data.progress import Report


class PortingPort(Protocol):
    """Numbers that leave for another operator."""

    def asked(self) -> Sequence[PortingView]:
        """What was asked for here, the latest first."""
        ...

    def conditions(self, number: str) -> Sequence[PortingCondition]:
        """Whether a number may leave. NotFound: nobody has it here."""
        ...

    def ask(self, number: str, document: str, tell: Report = ...) -> PortingView:
        """Ask for a code. NotAllowed names the field: number, document. Unanswered."""
        ...

    def look(self, number: str, tell: Report = ...) -> tuple[PortingView, Message | None]:
        """Ask what became of a code; why there was no answer, where there was none."""
        ...

    def came_back(self, number: str, approver: str = "", password: str = "") -> PortingView:
        """A number that had left is ours again. NotAllowed names approved_by."""
        ...


class NumbersPort(Protocol):
    """Ranges of document numbers, and what became of each number."""

    def ranges(self) -> Sequence[NumberRange]:
        """The ranges of document numbers here."""
        ...

    def runs_of(self, range_id: str) -> Sequence[NumberRun]:
        """What became of every number of a range."""
        ...

    def accounts(self) -> Sequence[CodeAccount]:
        """Every number accounted for, code by code."""
        ...

    def runs_in(self, account: NumberAccount) -> Sequence[NumberRun]:
        """What became of every number of one pair of hands."""
        ...

    def paper(self, kind: str, code: str, number: int) -> PaperView:
        """The document of a number."""
        ...

    def seen(self, kind: str, number: int, reason: str = "", approver: str = "", password: str = "") -> int:
        """The paper here shows this number next; how many were jumped over."""
        ...

    def void(self, range_id: str, numbers: str, reason: str, approver: str = "", password: str = "") -> tuple[int, int]:
        """Spoiled blanks: the first and the last."""
        ...

    def issue(self, range_id: str, counter: str, pieces: int = 0) -> None:
        """To a counter; empty: the whole hall."""
        ...

    def return_range(self, range_id: str, reason: str) -> None:
        """To headquarters."""
        ...

    def spoiled(self, number: str) -> SpoiledPaper:
        """Which document a number is of."""
        ...

    def print_anew(self, number: str, reason: str, approver: str = "", password: str = "") -> PaperView:
        """A spoiled paper's document, under the next number."""
        ...


class StockPort(Protocol):
    """The stock."""

    def lines(self) -> Sequence[StockLine]:
        """What is in stock here, to be counted."""
        ...

    def count(self, found: Mapping[str, int], reason: str = "", approver: str = "", password: str = "") -> PaperView:
        """Put a count on record, by the keys of `stock`; its slip. NotAllowed names reason or approved_by."""
        ...


class TransfersPort(Protocol):
    """Boxes of stock."""

    def notes(self) -> Sequence[NoteLine]:
        """What is to be packed or unpacked here."""
        ...

    def send(
        self, number: int, pieces: int, serials: str = "", reason: str = "", approver: str = "", password: str = ""
    ) -> PaperView:
        """A box is packed; its paper. NotAllowed names the field."""
        ...

    def receive(
        self, number: int, pieces: int, missing: str = "", reason: str = "", approver: str = "", password: str = ""
    ) -> PaperView:
        """A box is unpacked; its paper. NotAllowed names the field."""
        ...


class PieceCountingPort(Protocol):
    """The stock, counted serial by serial."""

    def counts(self) -> Sequence[OpenPieceCount]:
        """The kinds, each with its open count."""
        ...

    def start(self, kind: str) -> None:
        """Begin one."""
        ...

    def scan(self, kind: str, serials: str) -> Scanned:
        """What was found; how many are new, and what should not be here."""
        ...

    def take_out(self, kind: str, serials: str) -> int:
        """What was scanned by mistake; how many."""
        ...

    def differing(self, kind: str, approver: str, password: str) -> Sequence[Message]:
        """What differs, told to whoever is here to approve it."""
        ...

    def finish(self, kind: str, reason: str = "", approver: str = "", password: str = "") -> PaperView:
        """Close it; its slip. NotAllowed names reason or approved_by."""
        ...

    def give_up(self, kind: str, reason: str) -> None:
        """It is not finished."""
        ...
