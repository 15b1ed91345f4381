"""The basket 合并办理: several forms of a customer, paid in one go.

They wait at the counter, and have one payment and one receipt; orders and invoices stay apart, so that each can be
taken back alone. Each is looked at as those before it in the basket will have left the book: they are done for that,
and undone again (`_rehearsed`).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager, nullcontext

from boss_tui.answers.business import Basket, Collected, Quote, Tender
from boss_tui.business.process import Done, Run
from boss_tui.components.draft_rows import is_past, values_of
from boss_tui.components.finance.mobile import book
from boss_tui.components.tenders.references import check_unused
from boss_tui.components.tenders.tenders import REST, check_tenders, net_of_change, shared_out, ways, without_rest
from boss_tui.desk import drafts
from boss_tui.desk.orders import Orders, outcome_of
from boss_tui.desk.runs import Runs, business
from boss_tui.desk.seat import Seat
from data.clock import new_key
from data.errors import BadForm, Expired, NotAllowed
from data.message import say
from data.store import Reading, UnitOfWork
from data.tables.order import Draft

BASKET = "collection"


class Collecting:
    """The part of the desk that has the counter's basket."""

    def __init__(self, seat: Seat, runs: Runs, orders: Orders) -> None:
        self._seat, self._runs, self._orders = seat, runs, orders

    def collect(self, draft_id: str) -> Basket:
        """Put a form that is right and allowed into the counter's basket, to be paid with others in one go.

        NotAllowed: it pays money out, which is done by itself, or it could not be completed after those before it.
        """
        self._orders.asking.once_asked(lambda: self._collect(draft_id))
        return self.shown()

    def _collect(self, draft_id: str) -> None:
        with self._seat.writing("draft") as tx:
            draft = drafts.current(tx, draft_id)
            self._runs.read(self._runs.filled_in(tx, draft).run, business(draft.code))
            quote = self._rehearsed(tx, [*self.collected(tx), draft], new=draft)[-1]
            if quote.due < 0:
                raise NotAllowed(say("This pays money out: complete it by itself."))
            tx.change(draft, state="held", collection=self._seat.station.counter, touched_at=tx.now())

    def shown(self) -> Basket:
        """What waits at this counter to be paid in one go, with its price together.

        NotAllowed names a form that can't be done any more: before anything is paid.
        """
        return self._orders.asking.once_asked(self._shown)

    def _shown(self) -> Basket:
        with self._seat.writing("draft") as tx:
            waiting = self.collected(tx)
            filled = [self._runs.filled_in(tx, draft) for draft in waiting]
            quotes = self._rehearsed(tx, waiting)
        forms = (
            (draft.number, draft.code, business(draft.code).titled(values_of(draft)), quote.due)
            for draft, quote in zip(waiting, quotes, strict=True)
        )
        return Basket(tuple(forms), _together(quotes), bool(filled) and filled[-1].keeps_rest)

    def _rehearsed(self, tx: UnitOfWork, waiting: Sequence[Draft], new: Draft | None = None) -> list[Quote]:
        """What each form asks for once those before it are done: they are done, in cash, and all of it is undone.

        NotAllowed names a form that can't be; what is refused of the `new` one stands beside its own fields.
        """
        quotes, collection = [], new_key(tx.clock)
        try:
            with tx.savepoint():
                for draft in waiting:
                    with nullcontext() if draft is new else _named(draft):
                        quotes.append(self._runs.filled_in(tx, draft).quote)
                        due = quotes[-1].due
                        if due >= 0:
                            tenders = [Tender("cash", due)] if due else []
                            self._orders.perform(tx, draft, tenders, collection, f"#{draft.number}")
                raise _Undone
        except _Undone:
            return quotes

    def collected(self, reading: Reading) -> list[Draft]:
        """The drafts of this counter's basket that are not past their time, in the order they came."""
        waiting = reading.all(Draft, collection=self._seat.station.counter, state="held", order=("number",))
        now = reading.present()
        return [draft for draft in waiting if not is_past(draft, now)]

    def complete(self, tenders: Sequence[Tender]) -> Collected:
        """Do all that waits in the basket: one transaction, one payment, one receipt. Change is given once.

        NotAllowed names the form that can't be done, and leaves all of them as they were.
        """
        return self._orders.asking.once_asked(lambda: self._complete(tenders))

    def _complete(self, tenders: Sequence[Tender]) -> Collected:
        rest, tenders = without_rest(tenders)
        due = self.shown().quote.due + rest
        with self._seat.writing(BASKET) as tx:
            waiting = self.collected(tx)
            if not waiting:
                raise Expired(say("Nothing waits in the basket any more."))
            change = check_tenders(due, tenders, ways(tx))
            check_unused(tx, self._seat.station.outlet, tenders, ways(tx))
            book(tx, tenders, ways(tx), {draft.id for draft in waiting})
            collection, done = new_key(tx.clock), []
            runs: list[Run] = []
            left = list(net_of_change(tenders, change, ways(tx)))
            for draft in waiting:
                kept = rest if draft is waiting[-1] else 0
                run, outcome = self._one_of_many(tx, draft, left, collection, kept)
                runs.append(run)
                done.append(outcome_of(run, draft, outcome))
            if left:
                raise NotAllowed(say("The price has changed meanwhile: look at it again."), field="tenders")
            receipt = runs[-1].documents.receipt_of_many([r.documents.made for r in runs], tenders, change)
            tx.author.serial = runs[-1].context.serial
            tx.author.trail = [cell for run in runs for cell in run.context.trail]
        tendered = sum(tender.amount for tender in tenders)
        return Collected(tuple(done), due, tendered, change, (receipt,) if receipt else ())

    def _one_of_many(
        self, tx: UnitOfWork, draft: Draft, left: list[Tender], collection: str, rest: int
    ) -> tuple[Run, Done]:
        """One draft of a basket, paid out of what is left of the tenders; `rest`: fen that its customer's balance gets
        of the change. A refusal says which form it is."""
        with _named(draft):
            share = shared_out(left, self._runs.filled_in(tx, draft).quote.due + rest)
            return self._orders.perform(tx, draft, [*share, *([Tender(REST, rest)] if rest else [])], collection)


class _Undone(Exception):
    """What was done to see what it leads to is undone."""


@contextmanager
def _named(draft: Draft) -> Iterator[None]:
    """A refusal of one form among several says which it is."""
    try:
        yield
    except (BadForm, NotAllowed, Expired) as refusal:
        which = say("No. {number} ({code}): {why}", number=draft.number, code=draft.code, why=refusal.message)
        raise NotAllowed(which, field=refusal.field) from refusal


def _together(quotes: Sequence[Quote]) -> Quote:
    """The price of several forms."""
    lines = tuple(line for quote in quotes for line in quote.lines)
    return Quote(lines, tuple(term for quote in quotes for term in quote.terms))
