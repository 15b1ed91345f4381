"""Counting the stock serial by serial at the desk: begun, scanned into, finished with its slip (M5, M7).

Several people may scan into one count; whoever finishes it is the one who counted. How much must be there nobody is
told.
"""

from __future__ import annotations

from collections import Counter
from contextlib import nullcontext
from itertools import groupby

from boss_tui.answers.business import PaperView
from boss_tui.answers.hall import OpenPieceCount, Scanned
from boss_tui.components.stock import piece_count, stock_book
from boss_tui.components.stock.pieces import LYING, named
from boss_tui.components.stock.stock_slips import TITLE, stock_slip
from boss_tui.components.till.cash_slips import slip_number
from boss_tui.desk.seat import Seat
from boss_tui.desk.slips import Slips
from boss_tui.desk.supervisors import Supervisors
from boss_tui.desk.trusting import Trust
from data.clock import on_the_wall
from data.message import Message, first_of, quoted, say
from data.states import kind_name, state_name
from data.store import Reading
from data.tables.stock import PieceCount

ACT = "stock.pieces"
_APPROVES = say("A supervisor approves it.")
VERDICTS: dict[str, Message] = {
    "missing": say("missing"),
    "found": say("was missing, found again"),
    "extra": say("nobody knows it"),
    "wrong_place": say("belongs elsewhere"),
    "wrong_state": say("can't be here by the books"),
    "left": say("left meanwhile"),
    "came": say("came meanwhile"),
}

_BECOMES = {
    piece_count.FOUND: say("What an earlier count missed and this one found is in stock again."),
    piece_count.MISSING: say("What is missing is never sold as new."),
}
"""What becomes of pieces once a count is approved."""


class PieceCounting:
    """The part of the desk that counts serials."""

    def __init__(self, seat: Seat, trust: Trust, supervisors: Supervisors, slips: Slips) -> None:
        self._seat, self._trust, self._supervisors, self._slips = seat, trust, supervisors, slips

    def counts(self) -> list[OpenPieceCount]:
        """The kinds that can be counted, each with its open count, if there is one."""
        outlet = self._seat.station.outlet
        with self._seat.reading() as reading:
            return [
                _open(reading, kind, reading.find(PieceCount, outlet=outlet, kind=kind, state="open")) for kind in LYING
            ]

    def start(self, kind: str) -> None:
        """Freeze what must be here of a kind. NotAllowed: a count of it is open."""
        with self._seat.writing(ACT) as tx:
            self._trust.must_have_a_day(tx)
            piece_count.start(tx, kind.strip().lower())

    def scan(self, kind: str, serials: str) -> Scanned:
        """Serials that were found: one after another, or a run of what must be here as FIRST-LAST. NotAllowed names
        the field serials."""
        with self._seat.writing(ACT) as tx:
            count = piece_count.open_count(tx, self._seat.station.outlet, kind)
            expected = piece_count.frozen(count)
            found = [each for part in serials.replace(",", " ").split() for each in _read(part, expected)]
            strange = [
                say("{serial}: {what}", serial=one.piece, what=_in_words(one))
                for one in piece_count.strange(tx, count, found)
            ]
            return Scanned(piece_count.scan(tx, count, found), tuple(strange))

    def differing(self, kind: str, approver: str, password: str) -> list[Message]:
        """What differs in the open count of a kind, sort by sort, for whoever is here to approve it, and what becomes
        of it. Empty: nothing; or a code says so, of who is not here to see. NotAllowed: they are no supervisor."""
        giver, code = self._supervisors.word(approver, password, _APPROVES)
        if code is not None:
            return []
        with self._seat.reading() as reading:
            count = piece_count.open_count(reading, self._seat.station.outlet, kind)
            found = piece_count.apart(reading, count)
            if found:
                piece_count.must_be_another(giver, self._seat.person(reading).staff_no)
            told = [_apart(reading, kind, of, list(alike)) for of, alike in groupby(found, key=lambda one: one.of)]
            verdicts = dict.fromkeys(one.verdict for one in found)
            which = [_which(each, [one.piece for one in found if one.verdict == each]) for each in verdicts]
            return [*told, *which, *(words for verdict, words in _BECOMES.items() if verdict in verdicts)]

    def take_out(self, kind: str, serials: str) -> int:
        """Serials that were scanned by mistake, one after another or as FIRST-LAST; how many. NotAllowed (`serials`):
        one was not scanned."""
        with self._seat.writing(ACT) as tx:
            count = piece_count.open_count(tx, self._seat.station.outlet, kind)
            return piece_count.take_out(tx, count, named(serials, piece_count.found(tx, count), "serials"))

    def finish(self, kind: str, reason: str = "", approver: str = "", password: str = "") -> PaperView:
        """Close the open count of a kind; answers its slip. NotAllowed names the field: reason, approved_by."""
        approved = self._supervisors.word(approver, password, _APPROVES) if approver else None
        with self._seat.writing(ACT) as tx:
            self._trust.must_have_a_day(tx)
            count = piece_count.open_count(tx, self._seat.station.outlet, kind)
            word = self._supervisors.worded(tx, approved, ACT) if approved else ""
            quietly = tx.received if self._seat.is_office else nullcontext  # headquarters' stock is in no journal
            row, pieces, differences = piece_count.finish(tx, count, reason=reason, approved_by=word, quietly=quietly)
            number = slip_number(row.outlet, row.number)
            slip = self._slips.slip(tx, row.counted_by, approved_by=row.approved_by, note=row.reason, number=number)
            lines = [
                (kind_name(one.kind), stock_book.called(tx, one.kind, one.of), one.expected, one.counted)
                for one in pieces
            ]
            told = [(one.piece, VERDICTS[one.verdict], _books(one.detail)) for one in differences]
            document = stock_slip(self._seat.paper_words(), slip, lines, told)
            return self._slips.queue(tx, document, row.id, TITLE, number)

    def give_up(self, kind: str, reason: str) -> None:
        """Give the open count of a kind up. NotAllowed without a reason."""
        with self._seat.writing(ACT) as tx:
            self._trust.must_have_a_day(tx)
            piece_count.give_up(tx, piece_count.open_count(tx, self._seat.station.outlet, kind), reason)


def _books(detail: str) -> Message:
    """What the books say of a piece (`PieceDifference.detail`), in words: its state, and the order that sold it."""
    state, _, sold = detail.partition(" ")
    serial, _, at = sold.partition(" ")
    if not sold:
        return state_name(state)
    return say("{state}, order {serial}, {time}", state=state_name(state), serial=serial, time=on_the_wall(at))


def _in_words(one: piece_count.Difference) -> Message:
    """Why a piece should not be here; of what can't be here by the books, what they say."""
    if one.verdict == "wrong_state":
        return say("{what}: {books}", what=VERDICTS[one.verdict], books=_books(one.detail))
    return VERDICTS[one.verdict]


def _apart(reading: Reading, kind: str, of: str, alike: list[piece_count.Difference]) -> Message:
    what = say("{kind} {of}", kind=kind_name(kind), of=stock_book.called(reading, kind, of) if of else say("unknown"))
    return say("{what}: {apart}", what=what, apart=piece_count.tally(Counter(one.verdict for one in alike)))


def _which(verdict: str, serials: list[str]) -> Message:
    shown = first_of([quoted(serial) for serial in serials], len(serials))
    return say("{what}: {serials}", what=VERDICTS[verdict], serials=shown)


def _read(part: str, expected: list[str]) -> list[str]:
    return named(part, expected, "serials") if "-" in part else [part]


def _open(reading: Reading, kind: str, count: PieceCount | None) -> OpenPieceCount:
    if count is None:
        return OpenPieceCount(kind, "", "", 0)
    return OpenPieceCount(kind, count.started_by, count.started_at, len(piece_count.found(reading, count)))
