"""What the screens need of the desk, and nothing about how the desk does it.

`DeskPort` is the only door. Its records are protocols too: the desk, which stands on a floor below, answers with plain
values of its own that have these attributes. Every call is synchronous, may wait for disk or lock, and is made in one
thread of its own, one after the other. Every call may raise the errors of `data.errors`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any, Protocol

from boss_tui.answers import (
    AuthorityView,
    Basket,
    Bounds,
    Collected,
    DraftView,
    Handwritten,
    Invoicing,
    MobileView,
    Offline,
    OrderView,
    Outcome,
    PaperView,
    QueueItem,
    Queues,
    Tender,
    TenderWay,
)
from data.message import Message
from screens.day_port import DayPort
from screens.numbers_port import NumbersPort
from screens.printing_port import PrintingPort
from screens.till_port import TillPort

if TYPE_CHECKING:  # forms bring Pydantic, which the first frame does not wait for
    from boss_tui.forms import Choice, Form


class OperatorView(Protocol):
    """Who works at the counter. language: zh_CN or en. change: why their password must be changed first (initial,
    expired), or nothing; days_left: how long it still holds, where that is near."""

    @property
    def last(self) -> LastOnView: ...  # noqa: D102
    @property
    def change(self) -> str: ...  # noqa: D102
    @property
    def days_left(self) -> int | None: ...  # noqa: D102

    @property
    def staff_no(self) -> str: ...  # noqa: D102 (an attribute; the class says what it is)
    @property
    def name(self) -> str: ...  # noqa: D102
    @property
    def role(self) -> str: ...  # noqa: D102
    @property
    def language(self) -> str: ...  # noqa: D102


class LastOnView(Protocol):
    """The sign-on before this one: stored time (empty: there was none), counter, wrong passwords since."""

    @property
    def at(self) -> str: ...  # noqa: D102
    @property
    def counter(self) -> str: ...  # noqa: D102
    @property
    def failed(self) -> int: ...  # noqa: D102


class ChallengeView(Protocol):
    """What headquarters is told over the phone, to read out a code that unlocks."""

    @property
    def outlet(self) -> str: ...  # noqa: D102
    @property
    def staff_no(self) -> str: ...  # noqa: D102
    @property
    def text(self) -> str: ...  # noqa: D102


class StaffView(Protocol):
    """Somebody of the outlet. state: active, locked, left, paused (until), shut."""

    @property
    def staff_no(self) -> str: ...  # noqa: D102
    @property
    def name(self) -> str: ...  # noqa: D102
    @property
    def role(self) -> str: ...  # noqa: D102
    @property
    def state(self) -> str: ...  # noqa: D102
    @property
    def failed(self) -> int: ...  # noqa: D102
    @property
    def until(self) -> str: ...  # noqa: D102
    @property
    def last_at(self) -> str: ...  # noqa: D102
    @property
    def last_counter(self) -> str: ...  # noqa: D102


class DeskState(Protocol):
    """Where we are, for the status line. `operator` is a name, empty while nobody is signed on.

    `advice` is what a newcomer is told before signing on, in a demonstration hall.
    """

    @property
    def outlet(self) -> str: ...  # noqa: D102
    @property
    def outlet_name(self) -> str | Message: ...  # noqa: D102
    @property
    def counter(self) -> str: ...  # noqa: D102
    @property
    def business_date(self) -> str: ...  # noqa: D102
    @property
    def operator(self) -> str: ...  # noqa: D102
    @property
    def role(self) -> str: ...  # noqa: D102
    @property
    def shift_open(self) -> bool: ...  # noqa: D102
    @property
    def training(self) -> bool: ...  # noqa: D102
    @property
    def advice(self) -> tuple[Message, ...]: ...  # noqa: D102
    @property
    def staff_no(self) -> str: ...  # noqa: D102


class HeldView(Protocol):
    """A form that waits to be recalled. since: stored time. customer: a masked name. unfinished: nobody put it aside,
    the program ended in the middle of it."""

    @property
    def number(self) -> int: ...  # noqa: D102
    @property
    def code(self) -> str: ...  # noqa: D102
    @property
    def label(self) -> Message: ...  # noqa: D102
    @property
    def note(self) -> str: ...  # noqa: D102
    @property
    def operator(self) -> str: ...  # noqa: D102
    @property
    def since(self) -> str: ...  # noqa: D102
    @property
    def customer(self) -> str: ...  # noqa: D102
    @property
    def phone(self) -> str: ...  # noqa: D102
    @property
    def unfinished(self) -> bool: ...  # noqa: D102
    @property
    def counter(self) -> str: ...  # noqa: D102


class BusinessView(Protocol):
    """A business that can be opened. aliases: Chinese name, pinyin initials, English. `allowed`: for this operator."""

    @property
    def code(self) -> str: ...  # noqa: D102
    @property
    def label(self) -> Message: ...  # noqa: D102
    @property
    def aliases(self) -> tuple[str, ...]: ...  # noqa: D102
    @property
    def allowed(self) -> bool: ...  # noqa: D102
    @property
    def offline(self) -> Offline: ...  # noqa: D102


class Hit(Protocol):
    """Something found. kind: customer, subscription, number, order, document, sim, card, handset. `values`: the
    `customer_id` and `number` that it leads to, of an order or paper its `serial`; none of these is ever empty."""

    @property
    def kind(self) -> str: ...  # noqa: D102
    @property
    def title(self) -> str: ...  # noqa: D102
    @property
    def detail(self) -> str | Message: ...  # noqa: D102
    @property
    def values(self) -> Mapping[str, str]: ...  # noqa: D102


class CustomerView(Protocol):
    """The customer in front of the clerk. lines: what is worth seeing at a glance, label and value. number: the one
    that it is about, and whether that is `certain`. sought: they were looked for; else a form brought them."""

    @property
    def customer_id(self) -> str: ...  # noqa: D102
    @property
    def name(self) -> str: ...  # noqa: D102
    @property
    def document(self) -> str: ...  # noqa: D102
    @property
    def numbers(self) -> tuple[str, ...]: ...  # noqa: D102
    @property
    def lines(self) -> tuple[tuple[Message, str | Message], ...]: ...  # noqa: D102
    @property
    def number(self) -> str: ...  # noqa: D102
    @property
    def certain(self) -> bool: ...  # noqa: D102
    @property
    def sought(self) -> bool: ...  # noqa: D102


class DeskPort(NumbersPort, PrintingPort, TillPort, DayPort, Protocol):
    """One operator at one counter."""

    # who and where
    def sign_on(self, staff_no: str, password: str) -> OperatorView:
        """Sign on; NotAllowed when it may not be."""
        ...

    def change_password(self, old: str, new: str) -> None:
        """Choose another password of one's own; NotAllowed says beside which field (old, password)."""
        ...

    def staff(self) -> Sequence[StaffView]:
        """Everybody of the outlet; NotAllowed for others than supervisors."""
        ...

    def unlock_staff(self, staff_no: str) -> None:
        """Let somebody try again who was shut out by wrong passwords."""
        ...

    def challenge(self, staff_no: str = "") -> ChallengeView:
        """What to tell headquarters, for somebody who is locked; NotAllowed where there is no headquarters."""
        ...

    def unlock_by_code(self, staff_no: str, code: str) -> None:
        """Unlock with the code that headquarters read out."""
        ...

    def sign_off(self) -> None:
        """Sign off; NotAllowed while something is open that must be ended first."""
        ...

    def speak(self, language: str) -> None:
        """The operator reads another language now: reports come in it."""
        ...

    def lock(self) -> None:
        """Lock the counter: nothing is done until `unlock`."""
        ...

    def unlock(self, password: str) -> None:
        """Unlock with the operator's own password."""
        ...

    def meet(self, customer_id: str, number: str = "") -> CustomerView:
        """Somebody who was looked for is in front of the clerk now, with the number that they were found by."""
        ...

    def in_view(self) -> CustomerView | None:
        """The customer in front of the clerk, as they stand now."""
        ...

    def next_customer(self) -> None:
        """The next customer: nobody is in view, and who was there has to show again who they are."""
        ...

    def state(self) -> DeskState:
        """Outlet, counter, operator, business date and till."""
        ...

    # a business
    def assumed(self, code: str, typed: Mapping[str, Any]) -> Mapping[str, Any]:
        """What a form begins with: what was typed with its code, and what the customer in view says."""
        ...

    def said(self, code: str, word: str, rest: str) -> Mapping[str, Any]:
        """What a line at the prompt says of the form that it opens: by its word, and behind it."""
        ...

    def begin(self, code: str, values: Mapping[str, Any] | None = None, slip: Handwritten | None = None) -> DraftView:
        """A new draft, on disk at once."""
        ...

    def fill(self, draft_id: str, changes: dict[str, str]) -> DraftView:
        """Fields as typed. What is wrong comes back in `errors`, not as an exception."""
        ...

    def quote(self, draft_id: str) -> DraftView:
        """The draft with its price."""
        ...

    def tender_ways(self) -> Sequence[TenderWay]:
        """The ways of paying, with why one can't be taken now."""
        ...

    def tendered(self, draft_id: str) -> Sequence[Tender]:
        """What was handed over for a form so far; empty `draft_id`: for the basket."""
        ...

    def keep_tenders(self, draft_id: str, tenders: Sequence[Tender]) -> None:
        """Put on disk what has been handed over so far."""
        ...

    def ask_payment(self, draft_id: str, amount: int, code: str) -> MobileView:
        """Ask the provider whose code the customer shows for so many fen; it may still be confirmed then."""
        ...

    def look_at_payment(self, order_no: str) -> MobileView:
        """How a mobile payment stands now."""
        ...

    def drop_payment(self, order_no: str) -> None:
        """Nobody waits for it any more, or it is not wanted: its money goes back."""
        ...

    def invoicing(self, draft_id: str) -> Invoicing:
        """What was said of a form's invoice so far, with title and tax number as the customer is on record."""
        ...

    def keep_invoicing(self, draft_id: str, asked: Invoicing) -> None:
        """Keep what is said of a form's invoice. BadForm: beside title or tax number."""
        ...

    def draw_invoice(self, serial: str, title: str = "", tax_number: str = "") -> PaperView:
        """Draw the invoice of an order that was put off: once. `title`, `tax_number`: if not as it was said then."""
        ...

    def complete(self, draft_id: str, tenders: list[Tender]) -> Outcome:
        """Do it. BadForm, NotAllowed and the others leave the draft as it was."""
        ...

    def collect(self, draft_id: str) -> Basket:
        """Put the draft into the counter's basket, to be paid with others in one go."""
        ...

    def basket(self) -> Basket:
        """What waits at this counter to be paid in one go."""
        ...

    def complete_basket(self, tenders: list[Tender]) -> Collected:
        """Do all that waits in the basket: one payment, one receipt, orders apart."""
        ...

    def hold(self, draft_id: str, note: str = "") -> None:
        """Put the draft aside under its number."""
        ...

    def recall(self, number: int) -> DraftView:
        """Take a held draft up again, at whatever counter."""
        ...

    def held(self) -> Sequence[HeldView]:
        """What waits at this outlet, oldest first."""
        ...

    def in_work(self) -> Sequence[HeldView]:
        """What others are in at other counters, oldest first."""
        ...

    def ended(self, draft_id: str) -> Message | None:
        """Who completed a form or gave it up meanwhile, wherever that was; None while it can be worked on."""
        ...

    def abandon(self, draft_id: str) -> None:
        """Give the draft up and free what it holds."""
        ...

    def last_values(self, code: str) -> Mapping[str, Any]:
        """What this operator typed the last time (F7)."""
        ...

    def choices(self, draft_id: str, field: str, text: str) -> Sequence[Choice]:
        """The field's list (F4), narrowed by what is typed."""
        ...

    def approve(
        self, draft_id: str, staff_no: str, password: str, tenders: Sequence[Tender] | None = None, seen: str = ""
    ) -> DraftView:
        """A supervisor allows what the rules leave to one, as it was shown (`seen`: `DraftView.shown`); `staff_no` may
        be a one-time code instead. `tenders`: how money is paid out, else it is in cash."""
        ...

    def vouch_for_clock(self, staff_no: str, password: str) -> None:
        """A supervisor's word that work goes on by this machine's clock; `staff_no` may be a one-time code."""
        ...

    def accept_store(self, staff_no: str = "", password: str = "") -> None:
        """A supervisor's word that work goes on with this store, which is not the one that was noted; `staff_no` may be
        a one-time code."""
        ...

    def authorities(self) -> Sequence[AuthorityView]:
        """What supervisors allowed in advance and may still be used; NotAllowed for others than supervisors."""
        ...

    def grant(self, bounds: Bounds) -> AuthorityView:
        """Let an operator do for some hours what needs a supervisor."""
        ...

    def make_codes(self, count: int, bounds: Bounds) -> Sequence[AuthorityView]:
        """So many one-time codes; shown this once only."""
        ...

    def withdraw_authority(self, number: int) -> None:
        """End an authority before its time."""
        ...

    def form(self, code: str) -> type[Form]:
        """What a business asks for."""
        ...

    def businesses(self) -> Sequence[BusinessView]:
        """Everything of the catalogue, also what this operator may not do."""
        ...

    def help(self, code: str, field: str) -> Message:
        """What there is to know about a business, or about one of its fields."""
        ...

    # looking up
    def find(self, text: str) -> Sequence[Hit]:
        """By number, document, name, pinyin, serial, card, handset."""
        ...

    def order(self, serial: str) -> OrderView:
        """Where an order stands."""
        ...

    def orders(self, text: str, *, under_way: bool = False) -> Sequence[OrderView]:
        """The latest orders that fit a text: a serial or its end, a number or its last digits, a name. Empty: the
        latest of all. under_way: only those that the network is not done with."""
        ...

    def cancel(self, serial: str, reason: str, staff_no: str, password: str, seen: str = "") -> Outcome:
        """Cancel an order in progress, with a supervisor's own sign-on; once only. `change`: cash to be counted out."""
        ...

    def queues(self) -> Queues:
        """What waits to go out."""
        ...

    def waiting(self) -> Sequence[QueueItem]:
        """What waits, item by item, and what can be done about each."""
        ...

    def print_queues(self) -> PaperView:
        """The queue list on paper."""
        ...

    def settle(
        self, kind: str, key: str, way: str, words: str = "", approver: str = "", password: str = ""
    ) -> PaperView | None:  # fmt: skip
        """Do what a person decided about something that waits; the paper to be signed, where money goes back."""
        ...

    def papers(self, serial: str) -> Sequence[PaperView]:
        """The documents of an order."""
        ...

    def inquire(self, draft_id: str, part: str) -> Sequence[tuple[str | Message, ...]]:
        """A part of the customer that an inquiry is about; the look is logged. NotAllowed: they have not shown who they
        are."""
        ...

    def check_slip(self, slip: Handwritten) -> Handwritten:
        """A slip that was written by hand, as it will be kept. BadForm: field by field; it came in before."""
        ...

    def put_slip_down(
        self, slip: Handwritten, code: str, why: str, taken: int = 0, way: str = "cash", reference: str = "",
        approver: str = "", password: str = "",
    ) -> None:  # fmt: skip
        """A slip that can't be done as it was promised waits among the queues; what was taken (fen) is in suspense.
        NotAllowed (`approved_by`): it is more than the clerk takes alone."""
        ...

    def slip_waiting(self, key: str) -> tuple[str, Handwritten]:
        """The business and the head of a slip that waits, by its key."""
        ...

    def quotation(self, number: int) -> PaperView:
        """The price of a held form as a slip, without doing it."""
        ...

    def reprint(self, paper_id: str, reason: str) -> PaperView:
        """Print again, marked as a copy, logged."""
        ...


class Connect(Protocol):
    """Makes the desk; slow, and run in a thread once the first frame is shown."""

    def __call__(self) -> DeskPort:
        """The desk."""
        ...
