"""Paying: which ways there are now, and what has been handed over for a form before it is completed.

Money that a clerk has entered is on disk with the form: it is there again when the program, or the power, ended in the
middle of it. Several forms that are paid in one go keep it with the first of them.
"""

from __future__ import annotations

import json
from collections.abc import Sequence

from msgspec.structs import replace

from boss_tui.answers.business import Tender, TenderWay
from boss_tui.components.documents import handwritten
from boss_tui.components.finance import suspense
from boss_tui.components.finance.mobile import paid_for
from boss_tui.components.slip_numbers import find
from boss_tui.components.tenders.references import check_unused
from boss_tui.components.tenders.tenders import SUSPENSE, Ways, as_booked, check_references, ways
from boss_tui.desk import drafts
from boss_tui.desk.basket import Collecting
from boss_tui.desk.filling import DRAFT_WORK
from boss_tui.desk.runs import Runs
from boss_tui.desk.seat import Seat
from data.message import say
from data.store import Reading, UnitOfWork
from data.tables.order import Draft


class Paying:
    """The part of the desk that the payment box needs. `draft_id` empty: the forms of the counter's basket."""

    def __init__(self, seat: Seat, runs: Runs, basket: Collecting) -> None:
        self._seat, self._runs, self._basket = seat, runs, basket

    def tender_ways(self) -> tuple[TenderWay, ...]:
        """The ways of paying, with why one can't be taken now. Money in suspense is one where there is some."""
        self._seat.person()
        with self._seat.store.reading() as reading:
            online, known = self._runs.online(reading), dict(ways(reading))
            held = known.pop(SUSPENSE, None)
            if held is not None and suspense.held_at(reading, self._seat.station.outlet):
                last = max(int(way.digit or 0) for way in known.values())
                known[SUSPENSE] = replace(held, digit=str(last + 1))
            return tuple(self._as_it_stands(way, online) for way in known.values())

    def _as_it_stands(self, way: TenderWay, online: bool) -> TenderWay:
        if not online and not way.offline:
            return replace(way, closed=say("Without a link this can't be taken."))
        if way.provider and way.closed is None and self._seat.gateway is None:
            return replace(way, closed=say("No payment service is set up here."))
        return way

    def tendered(self, draft_id: str) -> tuple[Tender, ...]:
        """What was handed over for a form so far; what was paid by telephone is found also when whoever asked for it
        is gone, and is left out when it went back."""
        self._seat.person()
        with self._seat.store.reading() as reading:
            known = ways(reading)
            found: list[Tender] = []
            for draft in self.paid_for(reading, draft_id):
                there = tenders_of(draft)
                found += [t for t in there if t.kind not in known or not known[t.kind].provider]
                found += paid_for(reading, draft.id)
        return tuple(found or self._in_suspense(draft_id))

    def _in_suspense(self, draft_id: str) -> list[Tender]:
        """What was taken for the slip that a form enters, as far as it is due: it counts as paid."""
        with self._seat.writing(DRAFT_WORK) as tx:
            draft = drafts.current(tx, draft_id) if draft_id else None
            slip = handwritten.of_draft(draft) if draft is not None else None
            row = find(tx, self._seat.station.outlet, slip.number) if slip is not None else None
            if draft is None or row is None or not row.held:
                return []
            amount = min(row.held, self._runs.filled_in(tx, draft).quote.due)
            return [Tender(SUSPENSE, amount, row.number)] if amount > 0 else []

    def keep_tenders(self, draft_id: str, tenders: Sequence[Tender]) -> None:
        """Put on disk what has been handed over so far.

        NotAllowed, and what was there stays: a reference that is new among them has paid before, or a slip has less in
        suspense.
        """
        with self._seat.writing(DRAFT_WORK) as tx:
            paid_for = self.paid_for(tx, draft_id)
            self._check_references(tx, paid_for, tenders)
            for number, draft in enumerate(paid_for):
                kept = [] if number else [[t.kind, t.amount, t.reference] for t in tenders]
                tx.change(draft, tenders_json=json.dumps(kept, ensure_ascii=False))

    def _check_references(self, tx: UnitOfWork, paid_for: list[Draft], tenders: Sequence[Tender]) -> None:
        """The rule of the payment itself, while the clerk still has the slip in hand."""
        known = ways(tx)
        check_references(tenders, known)
        suspense.must_hold(tx, self._seat.station.outlet, tenders)
        kept = {_number(tender, known) for draft in paid_for for tender in tenders_of(draft)}
        new = [t for t in tenders if t.kind in known and known[t.kind].once and _number(t, known) not in kept]
        if new:
            out = len(paid_for) == 1 and self._runs.filled_in(tx, paid_for[0]).quote.due < 0
            check_unused(tx, self._seat.station.outlet, new, known, out=out)

    def paid_for(self, reading: Reading, draft_id: str) -> list[Draft]:
        """The forms that are paid."""
        return [drafts.current(reading, draft_id)] if draft_id else self._basket.collected(reading)


def _number(tender: Tender, known: Ways) -> tuple[str, str]:
    """What a tender is known by."""
    return tender.kind, as_booked(tender, known).reference


def tenders_of(draft: Draft) -> list[Tender]:
    """What was handed over for a form so far."""
    return [Tender(kind, amount, reference) for kind, amount, reference in json.loads(draft.tenders_json)]
