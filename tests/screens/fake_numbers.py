"""The numbers of papers at a desk that is only acted."""

from __future__ import annotations

from collections.abc import Mapping

from boss_tui.answers.business import PaperView
from boss_tui.answers.hall import NoteLine, NumberRange, NumberRun, OpenPieceCount, Scanned, SpoiledPaper, StockLine
from boss_tui.components.documents.number_accounts import CodeAccount, NumberAccount
from data.errors import NotAllowed
from data.message import Message, say


class FakeNumbers:
    """Nothing was handed down here. What the screen does with real numbers, the journeys show."""

    def ranges(self) -> list[NumberRange]:
        return []

    def runs_of(self, range_id: str) -> list[NumberRun]:
        raise NotImplementedError(range_id)

    def accounts(self) -> list[CodeAccount]:
        return []

    def runs_in(self, account: NumberAccount) -> list[NumberRun]:
        raise NotImplementedError(account)

    def paper(self, kind: str, code: str, number: int) -> PaperView:
        raise NotImplementedError(kind, code, number)

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


class FakeTransfers:
    """A box to be unpacked, of three recharge cards."""

    counted: tuple[int, int, str, str, str] = (0, 0, "", "", "")

    def notes(self) -> list[NoteLine]:
        other = say("Headquarters")
        return [NoteLine(12, "DB-000012", "card", "50.00", "received", other, "sent", None, "for the feast")]

    def send(
        self, number: int, pieces: int, serials: str = "", reason: str = "", approver: str = "", password: str = ""
    ) -> PaperView:
        raise NotImplementedError(number, pieces, serials, reason, approver, password)

    def receive(
        self, number: int, pieces: int, missing: str = "", reason: str = "", approver: str = "", password: str = ""
    ) -> PaperView:
        if pieces != 3 and not missing:
            raise NotAllowed(say("That is less than was sent: list the missing."), field="missing")
        if not approver:
            raise NotAllowed(say("Two people count and sign."), field="approved_by")
        self.counted = (number, pieces, missing, reason, approver + password)
        return PaperView("t", "report", "DB-000012", ("调拨单",))


class FakePieceCounting:
    """A count of recharge cards."""

    def __init__(self) -> None:
        self.found: list[str] = []
        self.said: list[str] = []
        self.started_at = ""

    def counts(self) -> list[OpenPieceCount]:
        return [OpenPieceCount("card", "1001", self.started_at, len(self.found))]

    def start(self, kind: str) -> None:
        self.said.append(f"start {kind}")
        self.started_at = "2026-11-23T01:00:00.000000Z"

    def scan(self, kind: str, serials: str) -> Scanned:
        assert kind == "card"
        new = [serial for serial in serials.split() if serial not in self.found]
        self.found += new
        return Scanned(len(new), tuple(say("{serial} is strange.", serial=each) for each in new if each == "999"))

    def take_out(self, kind: str, serials: str) -> int:
        assert kind == "card"
        gone = [serial for serial in serials.split() if serial in self.found]
        self.found = [serial for serial in self.found if serial not in gone]
        return len(gone)

    def differing(self, kind: str, approver: str, password: str) -> list[Message]:
        assert kind == "card"
        return [say("It differs.")] if approver and password else []

    def finish(self, kind: str, reason: str = "", approver: str = "", password: str = "") -> PaperView:
        if not reason:
            raise NotAllowed(say("The count differs from the books."), field="reason")
        if not approver:
            raise NotAllowed(say("The count differs from the books."), field="approved_by")
        self.said.append(f"finish {kind} {reason} {approver} {password}")
        self.started_at = ""
        return PaperView("c", "report", "HZ01-000001", ("盘点表",))

    def give_up(self, kind: str, reason: str) -> None:
        self.said.append(f"give_up {kind} {reason}")
        self.started_at = ""
