"""What each step of a business answers: the plain values that screens, the command line and tests get from the desk.

No session, no query, no row of the store; importing this costs nothing, so that screens can stand on it.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Literal

from msgspec import Struct, field

from boss_tui.taxes import Rated, tax_in
from data.message import Message
from data.tender_kinds import SUSPENSE

Verdict = Literal["yes", "override", "no"]


Offline = Literal["allowed", "up_to_amount", "form_only", "refused"]


class Reason(Struct, frozen=True):
    """One answer of F1: what was asked, the verdict, and why. `field` is where on the form it belongs; `amount`: what
    is at stake, in fen, where that is more than what is paid (a fee that is left out, money that is moved)."""

    rule: str
    verdict: Verdict
    message: Message
    field: str = ""
    amount: int = 0


class Qualification(Struct, frozen=True):
    """May this business be done, for this customer, here and now? (TMF679 qualification; catalogue F1)"""

    reasons: tuple[Reason, ...] = ()

    @property
    def verdict(self) -> Verdict:
        """The strictest verdict of all the reasons; yes when there are none."""
        verdicts = {reason.verdict for reason in self.reasons}
        return "no" if "no" in verdicts else "override" if "override" in verdicts else "yes"


class Notice(Struct, frozen=True):
    """Something the clerk must know or say, shown without being asked (catalogue F2). kind: notice, prompt, script,
    recommendation; change: what is lost or runs on with what is done now, which is seen before all else."""

    kind: str
    text: Message


class QuoteLine(Struct, frozen=True):
    """One line of a price. Amounts in fen; negative ones are given back. kind: 0 fee, 1 deposit, 2 prepayment
    (domain-facts 8). `bucket_id`: whose money it moves, where that is not told by the kind alone. `tax_rate`:
    hundredths of a percent; `taxed`: the tax in it where that was reckoned before, of a bill.
    `source`: the order whose money it gives back, where no bucket tells."""

    item: str
    label: Message
    kind: int
    list_amount: int
    amount: int
    tax_rate: int = 0
    discount: Message = Message("")
    monthly: bool = False
    resource: str = ""
    bucket_id: str = ""
    taxed: int | None = None
    source: str = ""

    @property
    def tax(self) -> int:
        """Fen of tax in it."""
        return tax_in(self.amount, self.tax_rate) if self.taxed is None else self.taxed

    @property
    def rated(self) -> Rated:
        """Its rate, amount and tax."""
        return Rated(self.tax_rate, self.amount, self.tax)


class Quote(Struct, frozen=True):
    """The price, line by line (catalogue F6). `due` is what must be paid now, in fen (negative: paid out); monthly
    lines are not in it. `terms`: what is agreed to with it, and moves no money now."""

    lines: tuple[QuoteLine, ...] = ()
    terms: tuple[Message, ...] = ()

    @property
    def due(self) -> int:
        """Fen to be paid now."""
        return sum(line.amount for line in self.lines if not line.monthly)

    @property
    def monthly(self) -> int:
        """Fen a month from now on."""
        return sum(line.amount for line in self.lines if line.monthly)

    def with_months(self, lines: Iterable[QuoteLine]) -> Quote:
        """The same, where these are what is charged each month, whatever the business's own rules say of a month."""
        return Quote((*(line for line in self.lines if not line.monthly), *lines), self.terms)

    def monthly_of(self, product: str) -> int:
        """Fen a month from now on for a product."""
        return sum(line.amount for line in self.lines if line.monthly and line.resource == product)

    @property
    def most(self) -> int:
        """Fen: the largest amount that it speaks of, whichever way it goes."""
        return max((abs(amount) for amount in (self.due, *(line.amount for line in self.lines))), default=0)

    @property
    def turnover(self) -> tuple[QuoteLine, ...]:
        """What an invoice is of: fees, and money that is paid in ahead. A deposit is no turnover; nor is what goes from
        one of a customer's buckets to another, or back to them."""
        now = [line for line in self.lines if not line.monthly]
        paid_in = sum(line.amount for line in now if line.kind == 2) > 0
        return tuple(line for line in now if line.kind == 0 or (line.kind == 2 and paid_in and line.amount > 0))


class Invoicing(Struct, frozen=True):
    """What is said to 要发票吗: when the invoice is written (now, later from the order, none at all), and for whom, by
    title 抬头 and tax number; without a title it is the customer's own, as they are on record."""

    when: Literal["now", "later", "none"] = "now"
    title: str = ""
    tax_number: str = ""


AS_USUAL = Invoicing()


class Handwritten(Struct, frozen=True):
    """A slip 手工单 that was written by hand while nothing could be entered: its number, the business date (YYYY-MM-DD)
    and time (HH:MM) that it was written, and the staff number of who wrote it."""

    number: str
    written_on: str
    written_at: str
    written_by: str


MUCH = 1_000_000
"""Fen. What is this much or more is looked at twice: dearer than the handsets that are sold, and fifty times what is
paid at a counter as a rule, so that a digit too many is asked about and a common sale never."""


MUCH_CHANGE = 100_000
"""Fen. Change of this much or more is asked about: the largest note is a hundred."""


class TenderWay(Struct, frozen=True):
    """A way of paying, as it is published.

    Attributes:
        code: such as cash, card, wechat.
        digit: what chooses it in the payment box; empty: it is not chosen.
        name: what it is called.
        account: its account in the books.
        reference: whether a number must be said with it.
        drawer: whether it lies in the drawer, and change is given of it.
        refunds: whether money is paid out in it.
        offline: whether it is taken without a link.
        provider: who is asked, by the code that the customer shows; empty: nobody.
        closed: why it can't be taken now; None when it can.
        clears: how many days it takes until it is money; nothing of it is paid out before.
    """

    code: str
    digit: str
    name: Message
    account: str
    reference: bool = False
    drawer: bool = False
    refunds: bool = True
    offline: bool = True
    provider: str = ""
    closed: Message | None = None
    clears: int = 0

    @property
    def once(self) -> bool:
        """Whether its reference was given by somebody else, for money that was moved once: it pays once."""
        return self.reference and not self.provider and self.code != SUSPENSE

    @property
    def by_hand(self) -> bool:
        """Whether it is taken while nothing can be asked and nothing is booked: in hand, or by a slip in hand."""
        return bool(self.digit) and not self.provider and self.code != SUSPENSE


class Tender(Struct, frozen=True):
    """Money handed over, in fen. kind: the code of a `TenderWay`. `reference`: of a card's slip, a cheque, a transfer;
    of mobile payment, the number under which its provider was asked."""

    kind: str
    amount: int
    reference: str = ""


class MobileView(Struct, frozen=True):
    """A mobile payment that was asked for: our number of it, fen, where it is, and why in its provider's words.

    state: asked (the customer may have to confirm), unknown, paid, closed, reversed.
    """

    order_no: str
    kind: str
    amount: int
    state: str
    reason: str = ""

    @property
    def tender(self) -> Tender:
        """What it is worth, once it is paid."""
        return Tender(self.kind, self.amount, self.order_no)


class Held(Struct, frozen=True):
    """A resource that a draft holds: kind (number, sim, …), key, until when (stored time)."""

    kind: str
    key: str
    until: str


class AskedView(Struct, frozen=True):
    """A service that a form was asked about. `state`: asking; its verdict (yes, override, no); empty: it could not be
    asked. `words`: its reason, or why not, and what counts then. `took_ms`: how long it took."""

    name: Message
    state: Literal["asking", "", "yes", "override", "no"]
    words: Message
    took_ms: int = 0


class DraftView(Struct, frozen=True):
    """A draft as the screen shows it.

    Attributes:
        id: the draft's key.
        number: its short number at this outlet, by which it is recalled.
        code: the business, such as C1.
        state: open, held, completed, expired, abandoned.
        values: what was typed, field by field; secrets as empty.
        secrets: fields that hold a secret, which is never shown again.
        errors: what is wrong with what was typed, beside its field.
        notes: what the desk found out, beside its field (the category, the owner's age, the card's kind).
        facts: values of fields that the desk filled in by itself (birth date from the resident ID).
        notices: what the clerk must know, unasked.
        qualification: F1's answer so far.
        held: what is reserved and until when.
        quote: the price so far.
        offline: what this business may do without a link.
        expires_at: when the draft ends by itself.
        shown: the digest of what an approver of it sees; empty when nobody has to approve.
        in_view: the customer in view after this step and the number of theirs that it is about; empty: nobody.
        keeps_rest: whether a part of the change may stay in the customer's balance.
        title: what it does, as far as that is chosen: which of the things that its business does.
        slip: the slip that was written by hand, where it is entered later.
        asked: the services that were asked about it, and those that are being asked.
    """

    id: str
    number: int
    code: str
    state: str
    values: dict[str, Any] = field(default_factory=dict)
    secrets: frozenset[str] = frozenset()
    errors: dict[str, Message] = field(default_factory=dict)
    notes: dict[str, Message] = field(default_factory=dict)
    facts: dict[str, Any] = field(default_factory=dict)
    notices: tuple[Notice, ...] = ()
    qualification: Qualification = Qualification()
    held: tuple[Held, ...] = ()
    quote: Quote = Quote()
    offline: Offline = "allowed"
    expires_at: str = ""
    shown: str = ""
    in_view: tuple[str, str] = ("", "")
    keeps_rest: bool = False
    title: Message | None = None
    slip: Handwritten | None = None
    asked: tuple[AskedView, ...] = ()

    @property
    def asking(self) -> bool:
        """Whether a service is being asked about it, or should be."""
        return any(each.state == "asking" for each in self.asked)


class PaperView(Struct, frozen=True):
    """A document that was made: its key, kind (invoice, receipt, slip), number, and how it looks, line by line;
    summary: what it comes to, in a sentence, where that is worth one; name: what it is called, where its kind does not
    say."""

    id: str
    kind: str
    number: str
    preview: tuple[str, ...]
    summary: Message = Message("")
    name: Message = Message("")


class Outcome(Struct, frozen=True):
    """What completing a business brought. Amounts in fen. `title`: what was done."""

    order_id: str
    serial: str
    code: str
    state: str
    due: int
    tendered: int
    change: int
    papers: tuple[PaperView, ...] = ()
    facts: dict[str, Any] = field(default_factory=dict)
    title: Message | None = None


class Basket(Struct, frozen=True):
    """Forms that wait at a counter to be paid in one go (number, business, its name, fen due); the price together.
    `keeps_rest`: whether a part of the change may stay in the customer's balance."""

    forms: tuple[tuple[int, str, Message, int], ...] = ()
    quote: Quote = Quote()
    keeps_rest: bool = False


class Collected(Struct, frozen=True):
    """What completing several in one go brought: an outcome each, the sums in fen, the receipt over all."""

    outcomes: tuple[Outcome, ...]
    due: int
    tendered: int
    change: int
    papers: tuple[PaperView, ...] = ()


class OrderView(Struct, frozen=True):
    """Where an order stands: all four states, apart (design 3). Network and prints: what, its state, why.

    `stays`: why the order can't be cancelled; empty when it can. Lists of orders don't ask that. `made_at`: stored
    time; `customer`: a masked name; `phone`: empty where the business has no number; `amount` in fen. `shown`: the
    digest of what an approver of taking it back sees. `undrawable`: why no invoice can be drawn from it; None when one
    can; `buyer`: whose it will be.
    """

    serial: str
    code: str
    state: str
    outbox: str
    network: tuple[tuple[Message, str, Message], ...] = ()
    prints: tuple[tuple[Message, str, Message], ...] = ()
    lines: tuple[tuple[Message, str | Message], ...] = ()
    stays: Message = Message("")
    made_at: str = ""
    business: Message = Message("")
    phone: str = ""
    customer: str = ""
    amount: int = 0
    shown: str = ""
    undrawable: Message | None = Message("")
    buyer: Invoicing = AS_USUAL
