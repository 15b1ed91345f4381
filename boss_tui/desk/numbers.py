"""Document numbers at the desk 票据: which counter has which, what was spoiled, what goes back (catalogue M9)."""

from __future__ import annotations

from sqlalchemy import bindparam, or_, select

from boss_tui.answers.business import PaperView
from boss_tui.answers.hall import NumberRange, NumberRun, SpoiledPaper
from boss_tui.components.documents import number_accounts, number_stock, paper_ranges
from boss_tui.components.documents.number_accounts import CodeAccount, NumberAccount
from boss_tui.components.documents.number_stock import numbered
from boss_tui.components.till import shifts as till
from boss_tui.components.wording import masked_name
from boss_tui.desk.order_view import laid_out
from boss_tui.desk.runs import Runs
from boss_tui.desk.seat import Seat
from boss_tui.desk.station import Operator
from boss_tui.desk.supervisors import Supervisors
from boss_tui.desk.trusting import Trust
from data.characters import is_digits
from data.errors import NotAllowed
from data.message import say
from data.store import Reading, UnitOfWork
from data.tables.customer import Customer
from data.tables.document import DocumentRange, PaperDocument
from data.tables.order import ProductOrder

DIGITS = 8
_p = PaperDocument.table()
_ENDS_SO = (
    select(*_p.c)
    .where(
        _p.c.business_date == bindparam("business_date"),
        _p.c.outlet == bindparam("outlet"),
        or_(_p.c.order_id.is_not(None), _p.c.collection != ""),
        _p.c.number % bindparam("beyond") == bindparam("digits"),
    )
    .limit(2)
)


class Numbers:
    """The part of the desk that minds the numbers of papers."""

    def __init__(self, seat: Seat, trust: Trust, supervisors: Supervisors, runs: Runs) -> None:
        self._seat, self._trust, self._supervisors, self._runs = seat, trust, supervisors, runs

    def ranges(self) -> list[NumberRange]:
        """The outlet's ranges, each kind by its numbers, with what is left of each."""
        with self._seat.reading() as reading:
            return [_shown(row) for row in paper_ranges.ranges(reading, self._seat.station.outlet)]

    def runs_of(self, range_id: str) -> list[NumberRun]:
        """What became of every number of a range: runs of numbers with one fate."""
        with self._seat.reading() as reading:
            row = reading.one(DocumentRange, id=range_id, outlet=self._seat.station.outlet)
            return number_stock.accounted(reading, row)

    def accounts(self) -> list[CodeAccount]:
        """Every number accounted for, code by code: here over the counters, at the office over all outlets."""
        with self._seat.reading() as reading:
            if self._seat.is_office:
                return number_accounts.of_headquarters(reading)
            return number_accounts.of_outlet(reading, self._seat.station.outlet)

    def runs_in(self, account: NumberAccount) -> list[NumberRun]:
        """What became of every number of one pair of hands, in runs; those that are missing among them."""
        missing = [NumberRun(first, last, "missing") for first, last in account.gaps]
        with self._seat.reading() as reading:
            rows = [reading.one(DocumentRange, id=key) for key in account.ranges]
            known = [run for row in rows for run in number_stock.accounted(reading, row)]
        return sorted([*known, *missing], key=lambda run: run.first)

    def paper(self, kind: str, code: str, number: int) -> PaperView:
        """The document of a number, as it was printed. NotFound: it has none."""
        with self._seat.reading() as reading:
            row = reading.one(PaperDocument, kind=kind, code=code, number=number)
        self._seat.opened("look.papers", numbered(row))
        return PaperView(row.id, row.kind, numbered(row), laid_out(row))

    def seen(self, kind: str, number: int, reason: str = "", approver: str = "", password: str = "") -> int:
        """The paper at this counter shows this number next. Answers how many were jumped over, which are void then and
        need a reason. NotAllowed names the field: number, reason, approved_by."""
        approved = self._supervisors.word(approver, password, say("A supervisor approves it.")) if approver else None
        with self._seat.writing("number.seen") as tx:
            self._trust.must_have_a_day(tx)
            word = self._supervisors.worded(tx, approved, "number.seen")
            return number_stock.seen(
                tx, self._seat.station.counter, kind, number, reason, self._seat.paper_words(), word
            )

    def void(self, range_id: str, numbers: str, reason: str, approver: str = "", password: str = "") -> tuple[int, int]:
        """Make unused numbers of a range void, as they are typed (12345678, or 12345678-12345690); answers the first
        and the last. Of this counter's own range by who works here; of another, or many at once, by a supervisor."""
        approved = self._supervisors.word(approver, password, say("A supervisor approves it.")) if approver else None
        with self._seat.writing("number.void") as tx:
            self._trust.must_have_a_day(tx)
            row, (first, last) = self._range(tx, range_id), _typed(numbers)
            number_stock.voidable(row, first, last, reason)  # nobody is called for what can't be
            word = self._supervisors.worded(tx, approved, "number.void")
            if row.counter != self._seat.station.counter and not word:
                raise NotAllowed(say("They are not this counter's: a supervisor must approve."), field="approved_by")
            number_stock.void(tx, row, first, last, reason, self._seat.paper_words(), word)
        return first, last

    def issue(self, range_id: str, counter: str, pieces: int = 0) -> None:
        """Give the unused numbers of a range, or so many of them, to a counter; empty: to the whole hall. By a
        supervisor."""
        with self._seat.writing("number.issue") as tx:
            self._trust.must_have_a_day(tx)
            _must_supervise(self._seat.person(tx))
            number_stock.issue(tx, self._range(tx, range_id), counter.strip().upper(), pieces)

    def return_range(self, range_id: str, reason: str) -> None:
        """Give the unused numbers of a range back to headquarters. By a supervisor."""
        with self._seat.writing("number.return") as tx:
            self._trust.must_have_a_day(tx)
            _must_supervise(self._seat.person(tx))
            number_stock.return_range(tx, self._range(tx, range_id), reason)

    def spoiled(self, number: str) -> SpoiledPaper:
        """Which document of today a number is of, as it is printed or its last digits: what a supervisor is shown
        before it is printed anew. NotAllowed beside the number."""
        with self._seat.reading() as reading:
            row = self._document(reading, number)
            order = self._order_of(reading, row)
            customer = reading.find(Customer, id=order.customer_id or "")
            shown = SpoiledPaper(
                numbered(row), row.kind, row.amount, order.serial, masked_name(customer.name) if customer else ""
            )
        self._seat.opened("look.papers", order.serial)
        return shown

    def print_anew(self, number: str, reason: str, approver: str = "", password: str = "") -> PaperView:
        """A paper was spoiled: its document is printed under the next number, the old one is void. `number`: as it is
        printed, or its last digits where they are of one document of today. By a supervisor's word: the old sheet looks
        as if it stood."""
        if not reason.strip():
            raise NotAllowed(say("Say why: it is kept with the numbers."), field="reason")
        approved = self._supervisors.word(approver, password, say("A supervisor approves it.")) if approver else None
        with self._seat.writing("number.anew") as tx:
            self._trust.must_be_sure(tx)
            old = self._document(tx, number)
            order = self._order_of(tx, old)
            tx.author.serial = order.serial
            word = self._supervisors.worded(tx, approved, "number.anew")
            return self._runs.of_order(tx, order).documents.anew(old, reason.strip(), word)

    def _document(self, reading: Reading, number: str) -> PaperDocument:
        sought = number.strip().upper()
        code, _, digits = sought.rpartition("-")
        if not is_digits(digits):
            raise NotAllowed(say("The number of a document, as it is printed."), field="number")
        found = self._of_today(reading, code, digits.lstrip("0") if code else digits)
        if not found:
            raise NotAllowed(say("There is no document {number} of today.", number=sought), field="number")
        if len(found) > 1:
            raise NotAllowed(say("Several documents end so: type the whole number."), field="number")
        return found[0]

    def _of_today(self, reading: Reading, code: str, digits: str) -> list[PaperDocument]:
        """The documents of today with a whole number; where it is typed in part, two at most of those that end so."""
        day = till.today(reading, self._seat.station.outlet)
        of = {"outlet": self._seat.station.outlet, "business_date": day.business_date if day else ""}
        if len(digits) > DIGITS:
            return []
        if not code and len(digits) < DIGITS:
            return reading.models(PaperDocument, _ENDS_SO, **of, beyond=10 ** len(digits), digits=int(digits))
        known = reading.all(PaperDocument, number=int(digits or "0"), **({"code": code} if code else {}))
        ours = (row for row in known if (row.outlet, row.business_date) == (of["outlet"], of["business_date"]))
        return [row for row in ours if row.order_id or row.collection]

    def _order_of(self, reading: Reading, row: PaperDocument) -> ProductOrder:
        """The order of a document; of a receipt over several, one of them."""
        return (
            reading.one(ProductOrder, id=row.order_id)
            if row.order_id
            else reading.all(ProductOrder, collection=row.collection, order=("serial",))[0]
        )

    def _range(self, tx: UnitOfWork, range_id: str) -> DocumentRange:
        return tx.one(DocumentRange, id=range_id, outlet=self._seat.station.outlet)


def _must_supervise(person: Operator) -> None:
    if not person.supervises:
        raise NotAllowed(say("A supervisor gives numbers out and back."))


def _shown(row: DocumentRange) -> NumberRange:
    left = row.last_number - row.next_number + 1 if row.state == "open" else 0
    return NumberRange(
        row.id, row.kind, row.code, row.first_number, row.last_number, row.next_number, row.counter, row.state, left
    )


def _typed(numbers: str) -> tuple[int, int]:
    """`12345678` or `12345678-12345690` as first and last."""
    first, dash, last = (part.strip() for part in numbers.replace("－", "-").partition("-"))
    ends = (first, last if dash else first)
    if not all(is_digits(end) and len(end) <= DIGITS for end in ends):
        raise NotAllowed(say("One number, or the first and the last with a dash: 12345678-12345690."), field="numbers")
    return int(ends[0]), int(ends[1])
