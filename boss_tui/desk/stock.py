"""The stock at the desk: what there is to count, and the count with its slip (M7, M11). Clerks count blind."""

from __future__ import annotations

from collections.abc import Mapping

from boss_tui.answers.business import PaperView
from boss_tui.answers.hall import StockLine
from boss_tui.components.stations import shelf
from boss_tui.components.stock import stock_book, stock_count
from boss_tui.components.stock.stock_slips import TITLE, stock_slip
from boss_tui.components.till import blind
from boss_tui.components.till.cash_slips import slip_number
from boss_tui.desk.blindly import put_down_first
from boss_tui.desk.seat import Seat
from boss_tui.desk.slips import Slips
from boss_tui.desk.supervisors import Supervisors
from boss_tui.desk.trusting import Trust
from data.errors import NotAllowed
from data.message import say
from data.states import kind_name
from data.store import UnitOfWork
from data.tables.stock import StockCount


class Stock:
    """The part of the desk that counts the stock."""

    def __init__(self, seat: Seat, trust: Trust, supervisors: Supervisors, slips: Slips) -> None:
        self._seat, self._trust, self._supervisors, self._slips = seat, trust, supervisors, slips

    def lines(self) -> list[StockLine]:
        """What is in stock here by the books, to be counted; how much of it only a supervisor is told."""
        with self._seat.reading() as reading:
            told = self._seat.person(reading).supervises
            return [
                StockLine(f"{kind}:{of}", kind, stock_book.called(reading, kind, of), pieces if told else None)
                for (kind, of), pieces in stock_book.book(reading, shelf(reading, self._seat.station.outlet)).items()
            ]

    def count(self, found: Mapping[str, int], reason: str = "", approver: str = "", password: str = "") -> PaperView:
        """Put on record what was found, by the keys of `lines` (card:5000); what is not named was not counted. Answers
        its slip. NotAllowed names the field: counts, reason, approved_by."""
        approved = self._supervisors.word(approver, password, say("A supervisor approves it.")) if approver else None
        pieces = {_piece(key): n for key, n in found.items()}

        def put_down(tx: UnitOfWork) -> blind.PutDown | None:
            self._trust.must_have_a_day(tx)
            signs = approved[0] if approved is not None and approved[1] is None else ""  # here, and not by a code
            hidden = not self._seat.person(tx).supervises
            return stock_count.put_down(tx, pieces, hidden=hidden, signed_by=signs)

        writing, act = self._seat.writing, "stock.count"
        with put_down_first(writing, act, put_down), writing(act) as tx:
            self._trust.must_have_a_day(tx)
            word = self._supervisors.worded(tx, approved, "stock.count")
            row, counted = stock_count.count(tx, pieces, reason=reason, approved_by=word)
            lines = [
                (kind_name(one.kind), stock_book.called(tx, one.kind, one.of), one.expected, one.counted)
                for one in counted
            ]
            number = slip_number(row.outlet, row.number)
            slip = self._slips.slip(tx, row.counted_by, approved_by=row.approved_by, note=row.reason, number=number)
            document = stock_slip(self._seat.paper_words(), slip, lines)
            return self._slips.queue(tx, document, row.id, TITLE, number)

    def counts(self) -> list[StockCount]:
        """The counts of this outlet, the latest first."""
        with self._seat.reading() as reading:
            return reading.all(StockCount, outlet=self._seat.station.outlet, order=("-number",))


def _piece(key: str) -> stock_book.Piece:
    kind, colon, of = key.strip().partition(":")
    if not colon:
        raise NotAllowed(say("There is no stock here of {what}.", what=key), field="counts")
    return kind.strip().lower(), of.strip()
