"""What a person decides about something that waits in a queue: done, and on record."""

from __future__ import annotations

from boss_tui.answers.business import PaperView
from boss_tui.components.tenders.tenders import CASH
from boss_tui.desk import waiting
from boss_tui.desk.copying import Copying
from boss_tui.desk.handwriting import Handwriting
from boss_tui.desk.refused import RefusedLater
from boss_tui.desk.refused_items import KIND as QUESTION
from boss_tui.desk.seat import Seat
from boss_tui.desk.supervisors import Supervisors
from boss_tui.desk.trusting import Trust


class Settling:
    """The part of the desk that settles what waits."""

    def __init__(
        self,
        seat: Seat,
        trust: Trust,
        supervisors: Supervisors,
        handwriting: Handwriting,
        papers: Copying,
        refused: RefusedLater,
    ) -> None:
        self._seat, self._trust, self._supervisors = seat, trust, supervisors
        self._handwriting, self._papers, self._refused = handwriting, papers, refused

    def settle(
        self, kind: str, key: str, way: str, words: str = "", approver: str = "", password: str = ""
    ) -> PaperView | None:
        """Do what a person decided about something that waits; the paper to be signed, where money goes back over the
        counter. `approver`: a supervisor who allows it, where one must, with their password."""
        approved_by = self._supervisors.approved(approver, password)
        if kind == QUESTION:
            self._trust.must_be_sure()
            self._refused.settle(key, way, words, approver, password, approved_by)
            return None
        with self._seat.writing(f"settle.{kind}") as tx:
            if kind in {"payment", "dated", "slip"}:  # money goes back, a business is done
                self._trust.must_be_sure(tx)
            if (kind, way) == ("payment", f"{waiting.BACK}{CASH}"):
                return self._handwriting.pay_refund(tx, key, words, approved_by)
            if kind == "slip":
                return self._handwriting.settle(tx, key, way, words, approved_by)
            waiting.settle(tx, (kind, key), way, words, tx.author.operator, self._papers.print_again)
        return None
