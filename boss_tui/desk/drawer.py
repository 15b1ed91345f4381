"""The cash of the counter and of the safe, as the desk moves it: each movement has a slip to be signed (M11).

Who may do what, and how much, are the rules of `boss_tui.components.cash`; a supervisor's word is given by their own
sign-on over the clerk's screen.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from boss_tui.answers import PaperView, SafeView
from boss_tui.components import bank_counts, blind, cash, till
from boss_tui.components.cash_slips import KIND, Slip, cash_slip, safe_count_slip, slip_number
from boss_tui.components.tenders import ways
from boss_tui.components.till_figures import expected_cash
from boss_tui.desk.staff import APPROVAL, sign_on
from boss_tui.desk.trusting import Trusting
from boss_tui.locale import words
from data.clock import on_the_wall
from data.errors import NotAllowed, NotFound
from data.message import Message, both, say
from data.store import Reading, UnitOfWork
from data.tables.finance import CashMovement, Payment, PaymentTender, Posting, Shift
from data.tables.organisation import Operator, Outlet
from printers import routes, spool
from printers.document import Document

_SLIP = say("Cash slip")


class Drawers(Trusting):
    """The part of the desk that moves cash without an order."""

    def open_shift(self, float_fen: int, approver: str = "", password: str = "") -> PaperView | None:
        """Open this operator's shift at this counter with so much in the drawer (fen), taken from the safe; the slip of
        the float, where there is one. A float above the role's limit with a supervisor's password."""
        approved_by = self._approved(approver, password)
        with self._writing("shift.open") as tx:
            self.must_be_sure(tx)
            shift = till.open_shift(
                tx, outlet=self._station.outlet, till=self._station.counter, operator=tx.author.operator,
                float_amount=float_fen, approved_by=approved_by,
            )  # fmt: skip
            moved = cash.float_of(tx, shift)
            return self._slip(tx, moved) if moved is not None else None

    def cash_in(self, amount: int, purpose: str, note: str, approver: str = "", password: str = "") -> PaperView:
        """Cash into the drawer, fen, with its purpose and a note; the slip."""
        approved_by = self._approved(approver, password)
        with self._writing("till.cash_in") as tx:
            self.must_be_sure(tx)
            moved = cash.cash_in(
                tx, self._open_shift(tx), amount, purpose=purpose, note=note, operator=tx.author.operator,
                approved_by=approved_by,
            )  # fmt: skip
            return self._slip(tx, moved)

    def cash_out(self, amount: int, purpose: str, note: str, approver: str = "", password: str = "") -> PaperView:
        """Cash out of the drawer, fen, with its purpose and a note; the slip."""
        approved_by = self._approved(approver, password)
        with self._writing("till.cash_out") as tx:
            self.must_be_sure(tx)
            shift = self._open_shift(tx)
            blind.must_not_try(tx, shift.id, approved_by)
            try:
                moved = cash.cash_out(
                    tx, shift, amount, purpose=purpose, note=note, operator=tx.author.operator, approved_by=approved_by
                )
                return self._slip(tx, moved)
            except NotAllowed as no:
                if no.field != "amount":
                    raise
                refusal = no  # nothing was moved, and that it was tried is kept
                blind.note_refused(tx, shift.id, "till.cash_out")
        raise refusal

    def bank(
        self, amount: int, purpose: str, reference: str, note: str = "", approver: str = "", password: str = ""
    ) -> PaperView:
        """Cash of the safe to the bank (`deposit`), or from there (`withdrawal`), fen, with the number of the bank's
        paper; or what the bank counted otherwise than a deposit (`bank_short`, `bank_over`). The slip; a supervisor
        does it."""
        approved_by = self._approved(approver, password)
        with self._writing(f"safe.{purpose}") as tx:
            self.must_be_sure(tx)
            act = cash.Act(tx.author.operator, note, approved_by, reference)
            done = bank_counts.difference if purpose in bank_counts.COUNTED else cash.bank
            return self._slip(tx, done(tx, self._station.outlet, amount, purpose=purpose, act=act))

    def safe(self) -> SafeView:
        """What must be in the safe, and how it was counted last; a supervisor sees it."""
        with self._reading() as reading:
            cash.must_be_of_safe(reading, self._person(reading).staff_no)
            held, last = (
                cash.safe_balance(reading, self._station.outlet),
                cash.last_count(reading, self._station.outlet),
            )
        return SafeView(held) if last is None else SafeView(held, last.made_at, last.counted_by, last.difference)

    def count_safe(
        self, counts: Mapping[int, int], reason: str = "", approver: str = "", password: str = ""
    ) -> PaperView:
        """Count the safe ({denomination in fen: pieces}); its slip. A difference needs a reason, a large one another
        supervisor's password."""
        approved_by = self._approved(approver, password)
        with self._writing("safe.count") as tx:
            self.must_be_sure(tx)
            row = cash.count_safe(
                tx, self._station.outlet, counts, counted_by=tx.author.operator, reason=reason, approved_by=approved_by
            )
            slip = self._slip_of(tx, row.counted_by, approved_by=row.approved_by, note=row.reason, amount=row.counted,
                                 holds=row.expected)  # fmt: skip
            counted = tuple(sorted(((value, n) for value, n in counts.items() if n), reverse=True))
            paper = safe_count_slip(words(self._station.paper_language), slip, counted, row.difference)
            queued = self._print_slip(tx, paper, row.id, say("Safe count"), on_the_wall(row.made_at, "%m-%d %H:%M"))
            return replace(queued, told=cash.outcome(row.counted, row.difference))

    def blind(self) -> bool:
        """Whether shifts are counted blind in this hall."""
        with self._reading() as reading:
            return blind.is_blind(reading)

    def count_blind(self, *, on: bool) -> None:
        """Turn blind counting on or off for the hall; a supervisor does it."""
        with self._writing("till.blind") as tx:
            blind.turn(tx, on=on, operator=tx.author.operator)

    # inside

    def _approved(self, approver: str, password: str) -> str:
        """The staff number of a supervisor who allows something over the clerk's screen; nothing where none does."""
        if not approver:
            return ""
        return sign_on(self._store, self._station, approver, password, kind=APPROVAL).staff_no

    def _open_shift(self, reading: Reading) -> Shift:
        shift = till.shift_at(reading, self._station.counter)
        if shift is None:
            raise NotFound(say("No shift is open at this counter."))
        return shift

    def _shift_of(self, reading: Reading, cashier: str) -> Shift:
        """The shift of a cashier that is not closed, wherever it is. NotFound where there is none."""
        shift = till.running_of(reading, self._station.outlet, cashier)
        if shift is None:
            raise NotFound(say("{operator} has no shift that is open.", operator=cashier))
        return shift

    def _slip(self, tx: UnitOfWork, moved: CashMovement) -> PaperView:
        """Print the slip of a movement."""
        posting = tx.one(Posting, id=moved.posting_id)
        slip = self._slip_of(
            tx, posting.operator, approved_by=moved.approved_by, note=posting.note,
            number=slip_number(moved.outlet, moved.number), purpose=moved.purpose, amount=moved.amount,
            reference=moved.reference, holds=self._held(tx, posting), way=_way_back(tx, posting),
        )  # fmt: skip
        return self._print_slip(tx, cash_slip(words(self._station.paper_language), slip), slip.number)

    def _slip_of(
        self, tx: UnitOfWork, operator: str, *, approved_by: str = "", counterparty: str = "", **said: Any
    ) -> Slip:
        """A slip of what is done here and now, by these staff numbers."""
        outlet = tx.one(Outlet, code=self._station.outlet)
        return Slip(
            both(outlet.name_zh, outlet.name_en), self._station.counter, tx.author.business_date, tx.now(),
            _named(tx, operator), approved_by=_named(tx, approved_by), counterparty=_named(tx, counterparty), **said,
        )  # fmt: skip

    def _held(self, tx: UnitOfWork, posting: Posting) -> int | None:
        """Fen that the drawer, or the safe, holds after a movement; None where that is not told."""
        if posting.shift_id is None:
            return cash.safe_balance(tx, posting.outlet)
        if blind.hides(tx, tx.author.operator) or _way_back(tx, posting):
            return None
        return expected_cash(tx, tx.one(Shift, id=posting.shift_id))

    def _print_slip(
        self, tx: UnitOfWork, document: Document, key: str, heading: Message = _SLIP, number: str = ""
    ) -> PaperView:
        """Queue a slip; where the hall has set no printer for cash slips, it comes out where reports do. `number`: what
        it is told by beside its heading, where that is not its key."""
        number = number or key
        title = f"{words(self._station.paper_language)(heading)} {number}"
        document = replace(document, kind=routes.first_taken(tx, (KIND, "report")))
        queued = spool.queue(
            tx, document, document_id=key, order_id="", title=title, counter=self._station.counter,
            operator=tx.author.operator,
        )  # fmt: skip
        return PaperView(key, KIND, number, queued.preview)


def _way_back(reading: Reading, posting: Posting) -> Message | None:
    """How a posting gave a customer money back, where that was not out of the drawer."""
    payment = reading.find(Payment, posting_id=posting.id)
    if payment is None:
        return None
    (tender,) = reading.all(PaymentTender, payment_id=payment.id)
    way = ways(reading)[tender.kind]
    return None if way.drawer else way.name


def _named(reading: Reading, staff_no: str) -> str:
    """Staff number and name."""
    person = reading.find(Operator, staff_no=staff_no) if staff_no else None
    return f"{staff_no} {person.name}" if person is not None else staff_no
