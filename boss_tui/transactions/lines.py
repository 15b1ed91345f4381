"""What the businesses on a number that a customer has already share: find it, see who asks, qualify, pay, papers.

Each of them says in `look` what it makes of its form, and in `act` what it does. `Line` is the number with its
subscription, owner and account. Who may ask: the owner by document (or somebody for them, with both documents), by the
service password where the business takes that, or nobody need show anything (domain-facts 6).
"""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING, Any, ClassVar, Generic, Literal, TypeVar, cast

from msgspec import Struct
from msgspec.structs import replace
from typing_extensions import TypeVar as Defaulted

from boss_tui.answers.business import PaperView, Qualification, Quote, QuoteLine, Tender
from boss_tui.business.priced import Books, Priced
from boss_tui.business.process import Done, Run, Transaction
from boss_tui.business.vault import PROVEN, Vault
from boss_tui.components.customers.applicant import Applicant
from boss_tui.components.customers.customers import Person
from boss_tui.components.customers.parties import Party, party
from boss_tui.components.identity.kinds import age_on
from boss_tui.components.identity.proofs import by_document, by_password
from boss_tui.components.invoices.sales import AT_ONCE, Agreed, Sale
from boss_tui.components.processes import touching
from boss_tui.components.tariff.tariff import PriceQuery
from boss_tui.components.tenders.taken import Taken
from boss_tui.components.wording import masked_name, spaced
from boss_tui.forms.fields import Choice
from boss_tui.forms.typed import folded
from boss_tui.transactions import agents
from data.errors import NotAllowed, OutOfStock
from data.message import Message, both, say
from data.states import state_name
from data.tables.account import BillingAccount
from data.tables.customer import Customer
from data.tables.order import Subscription

if TYPE_CHECKING:
    from boss_tui.components.tenders.taken import Taken
from boss_tui.transactions.line_forms import LineForm, OwnerForm

Identity = Literal["none", "password", "document"]


ONCE_DONE = say("As soon as the network has confirmed it")


M = Defaulted("M", default=Any)
"""What a business works out of its form, beside the number."""


class Line(Struct, Generic[M]):
    """A number with all that hangs on it. `more` is what the business itself works out; its `look` sets it."""

    subscription: Subscription
    customer: Customer
    account: BillingAccount
    agent: Person | None = None
    more: M = cast(Any, None)
    agent_name: str = ""

    @property
    def number(self) -> str:
        """The number."""
        return self.subscription.number


Fact = tuple[Message, str | Message]
"""What a paper says in a line of its own: what it is, and its value."""


F = TypeVar("F", bound=LineForm)


STOPPED = "suspended"


class LineTransaction(Transaction[F, Line[M]], Generic[F, M]):
    """A business on a number.

    Class attributes, beside `Transaction`'s:
        identity: who must show who they are: the owner by document; by document or password; nobody.
        states: the states of a subscription in which it may be done.
        touched: what it touches of the number (`processes.touching`), where that is always the same; an order that
            touches the same and is still under way keeps it back.
        paid: whether money may move at all; then the shift must be open.
        by_month: whether what its own price rules say of a month is charged (of others: what an opening's rules say).
    """

    identity: ClassVar[Identity] = "document"
    states: ClassVar[tuple[str, ...]] = ("active",)
    touched: ClassVar[tuple[str, ...]] = (touching.LINE,)
    paid: ClassVar[bool] = True
    by_month: ClassVar[bool] = False
    binds = True

    def fill(self, run: Run, form: F) -> Line[M] | None:
        """Find the number, see who asks, qualify; then what is special to the business, and its price."""
        line = self.line(run, form)
        if line is None:
            run.qualification = Qualification(tuple(run.operators.may()))
            return None
        self._identify(run, form, line)
        run.qualification = Qualification((*run.operators.may(), *(run.finance.ready() if self.paid else ())))
        self.look(run, form, line)
        self._qualify(run, form, line)
        run.touches = frozenset(self.touches(run, form, line))
        if not self.urgent(form):
            _must_be_free(run, line)
        run.quote = self.price(run, form, line)
        return line

    @abstractmethod
    def look(self, run: Run, form: F, line: Line[M]) -> None:
        """What is special: check what is typed, reserve, note what the clerk must see. Errors stand beside fields."""

    @abstractmethod
    def act(self, run: Run, form: F, line: Line[M]) -> None:
        """Do what is special, in the one transaction. The money was taken, the papers come after it."""

    def asked(self, run: Run, form: F, line: Line[M]) -> PriceQuery:
        """What the price is asked for (catalogue F6)."""
        return PriceQuery((line.subscription.plan,), line.customer.category)

    def price(self, run: Run, form: F, line: Line[M]) -> Quote:
        """The quote: what published rules say for this business; of a month only what it charges."""
        quote = run.tariff.price(self.asked(run, form, line))
        return quote if self.by_month else quote.with_months(())

    def priced(self, form: F, order: Mapping[str, Any], books: Books) -> Priced | None:
        """As `asked`: by the plan that the number has."""
        line = books.row(Subscription, order["subscription_id"])
        return None if line is None else Priced((line["plan"],))

    def about(self, run: Run, form: F, line: Line[M]) -> tuple[Fact, ...]:
        """What the papers say of it, beside the number."""
        return ()

    def advice(self, run: Run, form: F, line: Line[M]) -> tuple[Message, ...]:
        """What the customer should know, on the last paper."""
        return ()

    def corrects(self, run: Run, form: F, line: Line[M]) -> str:
        """The order whose fees are given back with this one; empty for none."""
        return ""

    def facts(self, run: Run, form: F, line: Line[M]) -> dict[str, Any]:
        """What the outcome tells whoever called."""
        return {"number": line.number, "customer": line.customer.name}

    def shows(self, form: F) -> Identity:
        """Who must show who they are for this form, where that is not alike for all of the business."""
        return self.identity

    def touches(self, run: Run, form: F, line: Line[M]) -> Iterable[str]:
        """What this form touches of the number, as far as it is filled in."""
        return self.touched

    def urgent(self, form: F) -> bool:
        """Whether nothing that is under way on the number may keep this form back."""
        return False

    def found(self, run: Run, form: F) -> Subscription:
        """The subscription that the number means. NotFound."""
        return run.products.subscription(form.number)

    def ready(self, form: F) -> tuple[str, ...]:
        """The states of a subscription in which this form may be done."""
        return self.states

    # finding and identifying

    def line(self, run: Run, form: F) -> Line[M] | None:
        """The number's subscription, owner and account; None while there is none, or it may not be worked on."""
        if not form.number:
            return None
        with run.beside("number"):
            subscription = self.found(run, form)
            customer = run.customers.owner(subscription.customer_id)
            name = masked_name(customer.name) if self.shows(form) != "none" else customer.name
            run.notes["number"] = say(
                "{name}  {plan}  {state}",
                name=name,
                plan=run.products.name(subscription.plan),
                state=state_name(subscription.state),
            )
            if (told := run.customers.brings(customer.category)) is not None:
                run.notices.append(told)
            run.facts["customer_id"] = customer.id
            self._must_be_ready(run, form, subscription)
            return Line(subscription, customer, run.accounts.of(subscription.account_id))
        return None

    def _must_be_ready(self, run: Run, form: F, subscription: Subscription) -> None:
        state, ready = subscription.state, self.ready(form)
        if state == "active" and STOPPED not in ready and self.touched and run.products.causes(subscription.id):
            state = STOPPED  # as soon as the network has it
        if state not in ready:
            raise NotAllowed(say("The number is {state}: this can't be done now.", state=state_name(state)))

    def _identify(self, run: Run, form: F, line: Line[M]) -> None:
        """Who asks has shown who they are, at this counter just now, by document, or by password."""
        if isinstance(form, OwnerForm):
            line.agent, line.agent_name = agents.agent_of(run, form), form.agent_name or ""
            agents.must_be_another(run, line.agent, line.customer.document_number)
        shows = self.shows(form)
        if shows == "none":
            return
        password = str(run.secrets.get("password") or "") if shows == "password" else ""
        if password == f"{PROVEN}{line.subscription.id}":
            run.proven.add(by_password(line.subscription.id))
        typed = getattr(form, "document_number", "")
        if not typed and identified(run, line, by=shows):
            return
        with run.beside("document_number"):
            if not typed:
                raise NotAllowed(
                    say("Ask for the owner's document, or the service password.")
                    if shows == "password"
                    else say("Ask for the owner's document.")
                )
            self.shown(run, form, line, typed)

    def shown(self, run: Run, form: F, line: Line[M], typed: str) -> None:
        """A document is shown: it must be the owner's, and valid. NotAllowed says what is wrong with it."""
        run.customers.shows(line.customer, typed)
        run.proven.add(by_document(line.customer.id))

    def _qualify(self, run: Run, form: F, line: Line[M]) -> None:
        asked = replace(subject(run, line), begins=tuple(self.begins(run, form, line)))
        against = run.eligibility.ask(asked).reasons
        run.qualification = Qualification((*run.qualification.reasons, *against))

    # doing it

    def protect(self, values: Mapping[str, Any], vault: Vault) -> dict[str, str]:
        """The service password, where it proves who asks."""
        typed = folded(str(values.get("password") or ""))
        if self.identity != "password" or not typed or typed.startswith(PROVEN):
            return {}
        return {"password": vault.proof(folded(str(values.get("number") or "")), typed)}

    def perform(self, run: Run, form: F, case: Line[M] | None, tenders: Sequence[Tender]) -> Done:
        """Money, what is special, papers, figures: in one transaction."""
        if (line := case) is None:
            raise NotAllowed(say("The form is not complete."))
        taken = self.take(run, line, tenders)
        if line.agent and isinstance(form, OwnerForm):
            run.customers.acted_by(line.customer, line.agent, form.agent_name, form.agent_phone)
        self.act(run, form, line)
        run.statistics.count("accepted", taken.due)
        agent = getattr(form, "agent_name", "") if line.agent else ""
        about = (
            (say("Number"), spaced(line.number)),
            *self.about(run, form, line),
            *(((say("Acted for by"), agent),) if agent else ()),
        )
        agreed = self.agreed(run, form, line)
        sale = Sale(
            line.customer.id,
            line.customer.name,
            self.titled(vars(form)),
            about,
            run.quote,
            taken,
            self.advice(run, form, line),
            self.parties(run, line, agent),
            starts=self.starts(run, line),
            corrects=self.corrects(run, form, line),
            agreed=agreed,
            clauses=run.content.clauses() if agreed else (),
        )
        papers = self.papers(run, line, sale)
        return Done(
            line.customer.id,
            line.subscription.id,
            self.state(run, form, line),
            taken.due,
            taken.tendered,
            taken.change,
            papers,
            self.facts(run, form, line),
        )

    def parties(self, run: Run, line: Line[M], agent: str) -> tuple[Party, ...]:
        """Whom it binds: who signs."""
        return (party(line.customer, run.context.today, agent),) if self.binds else ()

    def starts(self, run: Run, line: Line[M]) -> Message:
        """From when it is in force."""
        return ONCE_DONE if run.network.ordered() else AT_ONCE

    def agreed(self, run: Run, form: F, line: Line[M]) -> Agreed | None:
        """What the customer binds themselves to for some months, if so."""
        return None

    def papers(self, run: Run, line: Line[M], sale: Sale) -> tuple[PaperView, ...]:
        """The papers of the business."""
        return run.documents.of(sale)

    def state(self, run: Run, form: F, line: Line[M]) -> str:
        """The order's: in progress while the network has work for it."""
        return "inProgress" if run.network.ordered() else "completed"

    def take(self, run: Run, line: Line[M], tenders: Sequence[Tender]) -> Taken:
        """The money of the quote, into the account of the number; nothing where there is none to move."""
        if not any(price.amount for price in run.quote.lines if not price.monthly):
            from boss_tui.components.tenders.taken import Taken  # money that nobody moves needs no books

            return Taken("", 0, 0, 0, ())
        account = line.account.id
        buckets = {1: run.accounts.bucket(account, "deposit").id, 2: run.accounts.bucket(account, "prepaid").id}
        return run.finance.take(run.quote, tenders, buckets)

    def rest_line(self, run: Run, case: Line[M] | None, amount: int) -> QuoteLine | None:
        """Into the prepaid balance of the number's account."""
        return run.tariff.rest(amount) if case is not None and run.quote.due > 0 else None

    # lists and examples

    def choices(self, run: Run, form: F, field: str, text: str) -> list[Choice]:
        """The lists that these forms share."""
        if field == "number":
            return find_lines(run, text)
        if field == "agent_document_kind":
            return [Choice(kind.code, both(kind.name_zh, kind.name_en)) for kind in run.customers.kinds()]
        return []

    def example_line(self, run: Run, **wanted: Any) -> tuple[Subscription, dict[str, Any]]:
        """A subscription that this can be done on now, and the fields of it that a form needs."""
        for subscription in run.products.some_lines(self.states, **wanted):
            if self.touched and run.processes.running(subscription.id):
                continue
            typed = {"number": subscription.number}
            if self.identity != "none":
                typed["document_number"] = run.customers.owner(subscription.customer_id).document_number
            return subscription, typed
        raise OutOfStock(say("No number is left to make an example of."))


def _must_be_free(run: Run, line: Line) -> None:
    """Nothing that touches the same of the number is under way."""
    before = run.processes.in_the_way(line.subscription.id, run.touches)
    if before is not None:
        told = say(
            "Order {serial} ({code}) is still under way on this number.", serial=before.serial, code=before.business
        )
        run.errors.setdefault("number", told)


def identified(run: Run, line: Line, by: Identity = "password") -> bool:
    """Whether it has been proven who asks about a line: by document, or where that will do by its own password."""
    wanted = {by_document(line.customer.id)}
    wanted |= {by_password(line.subscription.id)} if by == "password" else set()
    return not wanted.isdisjoint(run.proven | run.context.identified)


def subject(run: Run, line: Line) -> Applicant:
    """Whom the qualification is asked for: the owner, and who acts for them."""
    owner, agent = line.customer, line.agent
    born = owner.birth_date
    return Applicant(
        document_kind=owner.document_kind,
        document_number=owner.document_number,
        category=owner.category,
        age=age_on(date.fromisoformat(born), run.context.today) if born else None,
        customer_id=owner.id,
        agent_kind=agent.document_kind if agent else "",
        agent_number=agent.document_number if agent else "",
        agent_age=agent.age if agent else None,
        name=owner.name,
        agent_name=line.agent_name if agent else "",
        product=line.subscription.plan,
        account_id=line.account.id,
    )


def find_lines(run: Run, text: str) -> list[Choice]:
    """The numbers of the customer in view that hold what is typed; then all that begin, or end, with it."""
    sought = folded(text)
    own = run.products.lines_of(run.context.in_view) if run.context.in_view else []
    found = {row.id: row for row in own if sought in row.number}
    found.update((row.id, row) for row in run.products.find_lines(sought))
    return [_choice(run, subscription) for subscription in found.values()]


def _choice(run: Run, subscription: Subscription) -> Choice:
    owner = run.customers.owner(subscription.customer_id)
    detail = say("{plan}  {state}", plan=run.products.name(subscription.plan), state=state_name(subscription.state))
    return Choice(subscription.number, Message("{text}", {"text": masked_name(owner.name)}), detail)
