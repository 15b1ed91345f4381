"""F11 finance 财务: what the books need of a business: tenders taken, income and tax, customers' money, one posting."""

from __future__ import annotations

from collections.abc import Iterable
from collections.abc import Sequence as Listed

from msgspec.structs import replace

from boss_tui.answers.business import Quote, QuoteLine, Reason, Tender
from boss_tui.components.base import Component, Context, traced
from boss_tui.components.finance import suspense
from boss_tui.components.finance.mobile import refund
from boss_tui.components.ledger.ledger import (
    CARDS_SOLD,
    CASH,
    CONTRACTS,
    DEFERRED_TAX,
    OUTPUT_TAX,
    PREPAID,
    RECEIVABLE,
    Leg,
    post,
)
from boss_tui.components.tenders.payment_rows import enter_payment
from boss_tui.components.tenders.references import check_unused
from boss_tui.components.tenders.refunds import Back, back_of, sources, sources_of_lines
from boss_tui.components.tenders.taken import Taken
from boss_tui.components.tenders.tenders import (
    SUSPENSE,
    Ways,
    as_booked,
    check_tenders,
    drawer_sum,
    net_of_change,
    ways,
)
from boss_tui.components.till.figures import expected_cash
from boss_tui.components.till.shifts import no_drawer
from boss_tui.forms.typed import yuan
from data.cached import cached_property
from data.errors import NotAllowed
from data.message import Message, say
from data.tables.finance import Payment, PaymentTender, Posting, PostingLine, Shift
from data.tables.tariff import ChargeItem
from data.tender_kinds import WAY

BILL = "bill"
"""What the receivable's side of a bill is posted as."""


CARD_ITEM = "recharge_card"


CONTRACT_ITEM = "contract_prepay"


class Finance(Component):
    """F11: payments and the books."""

    code = "F11"

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self._latest = ""

    @cached_property
    def _ways(self) -> Ways:
        return ways(self.tx)

    @traced
    def ready(self) -> list[Reason]:
        """What keeps this operator from taking money here: known before the customer is asked for any."""
        if self.context.shift_id:
            return []
        return [Reason("till", "no", self._no_drawer())]

    def _no_drawer(self) -> Message:
        return no_drawer(self.tx, self.context.counter)

    @traced
    def take(self, quote: Quote, tenders: Listed[Tender], buckets: dict[int, str]) -> Taken:
        """Take the money that a quote asks for, or pay out what it gives back, and post it (catalogue C1-F11).

        `buckets` maps a fee kind (1 deposit, 2 prepayment) to the bucket it goes into. Change is given from cash only.
        Where `due` is negative the tenders say how it is paid out; they come back as negative amounts.
        NotAllowed when the tenders are too small, or larger than due without cash, or a reference among them has paid
        before; nothing is done then.
        """
        if not self.context.shift_id:
            raise NotAllowed(self._no_drawer(), field="tenders")
        change, net = self._settled(quote.due, tenders)
        lines = [Leg(self._ways[tender.kind].account, tender.amount) for tender in net]
        for line in quote.lines:
            if not line.monthly:
                lines += self._credits(line, buckets)
        context = self.context
        posting = self._post(lines or [Leg(CASH, 0)], shift_id=context.shift_id, till=context.counter)
        payment = self._enter(posting.id, quote.due, sum(t.amount for t in net) + change, change, net)
        return Taken(payment.id, payment.due, payment.tendered, change, tuple(tenders) if quote.due >= 0 else net)

    def posting_of(self, order_id: str) -> str:
        """The posting of the payment that an order made."""
        return self.tx.all(Payment, order_id=order_id, order=("id",))[0].posting_id

    def _settled(self, due: int, tenders: Listed[Tender]) -> tuple[int, tuple[Tender, ...]]:
        """The change, and the tenders net of it; those that are paid out as negative amounts, cash out of this till."""
        if due >= 0:
            change = check_tenders(due, tenders, self._ways)
            if not self.context.collection:  # what is paid in one go is one payment: it was looked at as a whole
                check_unused(self.tx, self.context.outlet, tenders, self._ways)
            return change, net_of_change(tenders, change, self._ways)
        check_tenders(-due, tenders, self._ways)
        for way in (self._ways[tender.kind] for tender in tenders):
            if way.provider or not way.refunds or not way.digit:
                raise NotAllowed(say("Nothing is paid out by {way}.", way=way.name), field="tenders")
        if sum(tender.amount for tender in tenders) != -due:
            raise NotAllowed(say("Exactly {amount} yuan are paid out.", amount=yuan(-due)), field="tenders")
        check_unused(self.tx, self.context.outlet, tenders, self._ways, out=True)
        self._must_have(drawer_sum(tenders, self._ways))
        return 0, tuple(as_booked(replace(tender, amount=-tender.amount), self._ways) for tender in tenders)

    @traced
    def bill(self, lines: Iterable[QuoteLine]) -> None:
        """Enter a bill in the books: it is owed to us, against income, and the tax in it waits for its payment. No
        money moves."""
        income = [credit for line in lines for credit in self._earned(line)]
        if income:
            owed = Leg(RECEIVABLE, -sum(line.amount for line in income), BILL)
            self._post([owed, *income])

    def brought(self, order_id: str, *items: str) -> int:
        """What the payments of an order brought for these charge items, in fen; negative where it was given back."""
        postings = {payment.posting_id for payment in self.tx.all(Payment, order_id=order_id)}
        lines = [line for posting in postings for line in self.tx.all(PostingLine, posting_id=posting)]
        return -sum(line.amount for line in lines if line.item in items)

    def latest_posting(self) -> str:
        """The posting of the payment that was taken, or given back, last in this run; empty where none was."""
        return self._latest

    @traced
    def recharge(self, amount: int, bucket_id: str, note: str = "") -> None:
        """A sold card's value, in fen, becomes the customer's own: from the cards sold into their prepaid bucket
        (catalogue C11). Negative: back again. NotAllowed when the bucket holds less."""
        context = self.context
        self._post(
            [Leg(CARDS_SOLD, amount, CARD_ITEM), Leg(PREPAID, -amount, CARD_ITEM, bucket_id)],
            shift_id=context.shift_id or None,
            till=context.counter if context.shift_id else "",
            note=note,
        )

    @traced
    def release(self, amount: int, held: str, bucket_id: str) -> None:
        """A month's part of a contract's prepayment, in fen: out of the bucket that holds it into the prepaid one
        (catalogue C10). NotAllowed when less is held."""
        self._post([Leg(CONTRACTS, amount, CONTRACT_ITEM, held), Leg(PREPAID, -amount, CONTRACT_ITEM, bucket_id)])

    @traced
    def refund(self, reason: str, of: str = "") -> Taken:
        """Give back all that an order (this one, or the one `of`) brought: each payment by opposite entries, in its own
        kinds of tender; what was paid out comes back in.

        Cash comes out of this counter's till, in the operator's open shift; card, cheque and transfer go back by their
        references. What customers' buckets were given is taken from them. Answers the whole, as negative amounts.
        NotAllowed: no open shift, not so much cash in the till, or a bucket holds less than was put in.
        """
        payments = self.tx.all(Payment, order_id=of or self.context.order_id, order=("id",))
        tenders = [tender for payment in payments for tender in self._opposite_tenders(payment)]
        if payments:
            self._must_have(-drawer_sum(tenders, self._ways))
        for payment in payments:
            self._reverse(payment, reason)
        refund(self.context, tenders, self._ways)
        due = -sum(payment.due for payment in payments)
        return Taken("", due, due, 0, tuple(tenders))

    @traced
    def pays_out(self, quote: Quote, tenders: Listed[Tender] | None = None) -> list[Reason]:
        """What is against paying out what a quote gives back (domain-facts 8). `tenders`: how, once that is said.

        What is not cleared is not paid out; the value of cards, and money that goes another way than it came, with a
        supervisor alone.
        """
        due = -quote.due
        if due <= 0:
            return []
        back = self.back(quote)
        if due > back.payable:
            told = say(
                "{uncleared} yuan of it are not cleared yet: {payable} can be paid out now.",
                uncleared=yuan(back.uncleared),
                payable=yuan(max(0, back.payable)),
            )
            return [Reason("uncleared", "no", told)]
        reasons = []
        if due > back.payable - back.cards:
            told = say("{yuan} yuan of it are the value of cards: it is used up, not paid out.", yuan=yuan(back.cards))
            reasons.append(Reason("cards", "override", told))
        other = back.other_way(tenders) if tenders is not None else 0
        if other:
            told = say(
                "{yuan} yuan came another way ({ways}): a supervisor must allow it.",
                yuan=yuan(other),
                ways=self.ways_in_words(back),
            )
            reasons.append(Reason(WAY, "override", told))
        return reasons

    def back(self, quote: Quote) -> Back:
        """How what a quote gives back may be paid out."""
        lines = sources_of_lines(self.tx, quote.lines, self.context.order_id)
        return back_of(self.tx, lines, self.context.today)

    def held_as(self, bucket_id: str) -> Back:
        """How what a bucket holds may be paid out."""
        return back_of(self.tx, sources(self.tx, bucket_id), self.context.today)

    def ways_in_words(self, back: Back) -> Message:
        """The ways in which money came, each with its most."""
        ways = {kind: fen for kind, fen in back.by_way.items() if kind in self._ways}
        named = {
            f"w{n}": say("{way} {yuan}", way=self._ways[k].name, yuan=yuan(fen))
            for n, (k, fen) in enumerate(ways.items())
        }
        return Message(", ".join(f"{{{name}}}" for name in named) or "-", named)

    def _must_have(self, cash: int) -> None:
        """The till must be open, and hold the cash (fen) that is given back."""
        if not self.context.shift_id:
            raise NotAllowed(self._no_drawer(), field="tenders")
        if cash > 0 and cash > expected_cash(self.tx, self.tx.one(Shift, id=self.context.shift_id)):
            raise NotAllowed(say("There is not so much cash in the till."), field="tenders")

    def _opposite_tenders(self, payment: Payment) -> list[Tender]:
        rows = self.tx.all(PaymentTender, payment_id=payment.id, order=("line",))
        return [Tender(row.kind, -row.amount, row.reference) for row in rows]

    def _reverse(self, payment: Payment, reason: str) -> None:
        """One payment, and its posting, with all signs turned."""
        context = self.context
        lines = self.tx.all(PostingLine, posting_id=payment.posting_id, order=("line",))
        opposite = [Leg(row.account, -row.amount, row.item, row.bucket_id, row.tax_rate) for row in lines]
        posting = self._post(opposite, shift_id=context.shift_id, till=context.counter, note=reason)
        self._enter(posting.id, -payment.due, -payment.due, 0, self._opposite_tenders(payment))

    def _post(self, lines: Iterable[Leg], *, shift_id: str | None = None, till: str = "", note: str = "") -> Posting:
        """Into the books, of the order in hand. `shift_id`, `till`: where money moves in a drawer."""
        context = self.context
        return post(
            self.tx,
            outlet=context.outlet,
            business_date=context.business_date,
            business=context.business,
            operator=context.operator,
            order_id=context.order_id,
            lines=lines,
            shift_id=shift_id,
            till=till,
            note=note,
        )

    def _enter(self, posting_id: str, due: int, tendered: int, change: int, tenders: Listed[Tender]) -> Payment:
        """A payment and its tenders, net of change; fen. What was in suspense goes out of it with the payment."""
        context, self._latest = self.context, posting_id
        for tender in tenders:
            if tender.kind == SUSPENSE:
                suspense.used(self.tx, posting_id, tender, context.serial, context.slip)
        return enter_payment(
            self.tx, self.tx.one(Posting, id=posting_id), tenders, due=due, tendered=tendered, change=change
        )

    def _credits(self, line: QuoteLine, buckets: dict[int, str]) -> list[Leg]:
        """The credit side of one quote line: the customer's bucket, or income and the tax in it.

        Of a bill the income was entered with the bill: what is owed is paid, and its tax is due now.
        """
        item = self.tx.one(ChargeItem, code=line.item)
        bucket = line.bucket_id or buckets.get(line.kind)
        if bucket:
            return [Leg(item.ledger_account, -line.amount, line.item, bucket)]
        tax, rate = line.tax, line.tax_rate
        due = [Leg(OUTPUT_TAX, -tax, line.item, tax_rate=rate)] if tax else []
        if item.ledger_account == RECEIVABLE:
            waited = [Leg(DEFERRED_TAX, tax, line.item, tax_rate=rate)] if tax else []
            return [Leg(RECEIVABLE, -line.amount, line.item, tax_rate=rate), *waited, *due]
        return [Leg(item.ledger_account, tax - line.amount, line.item, tax_rate=rate), *due]

    def _earned(self, line: QuoteLine) -> list[Leg]:
        """Income that is not paid yet, and the tax in it, which waits."""
        income = Leg(self.tx.one(ChargeItem, code=line.item).ledger_account, line.tax - line.amount, line.item)
        return [income, Leg(DEFERRED_TAX, -line.tax, line.item)] if line.tax else [income]
