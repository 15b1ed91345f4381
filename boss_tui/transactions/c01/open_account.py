"""C1 开户 open account: a new subscription: customer, number, SIM, plan, money, papers, network.

Number and SIM are reserved first, with a time limit. The customer is pre-entered in the draft and entered for real
only with the payment. Billing, points, commission and the follow-up call wait for the network's answer. On its own
business date a completed opening can be taken back whole, while nothing else was done with the number (domain-facts 6).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta
from typing import Any

from msgspec import Struct

from boss_tui.answers.business import Notice, Qualification, QuoteLine, Tender
from boss_tui.business.priced import Books, Priced
from boss_tui.business.process import Done, Run, Transaction
from boss_tui.business.reversal import Reversal
from boss_tui.business.vault import Vault
from boss_tui.components.credit.credit import Assessment
from boss_tui.components.customers.applicant import Applicant
from boss_tui.components.customers.consistency import birth_fault, expiry_fault, expiry_note, name_note
from boss_tui.components.customers.customers import Person, name_differs, same_name
from boss_tui.components.customers.parties import party
from boss_tui.components.identity.kinds import check_name, check_organisation
from boss_tui.components.invoices.sales import Sale
from boss_tui.components.network_elements import PROFILES
from boss_tui.components.processes import touching
from boss_tui.components.products.products import Basket
from boss_tui.components.tariff.tariff import PriceQuery
from boss_tui.components.wording import spaced
from boss_tui.forms.fields import Choice
from boss_tui.transactions import agents, contracts, secrets
from boss_tui.transactions.c01 import lists as c01_lists
from boss_tui.transactions.c01.form import OpenAccountForm
from boss_tui.transactions.lines import ONCE_DONE, Fact
from boss_tui.transactions.lists import graded
from data.clock import wall_day
from data.codes import REACH
from data.errors import NotAllowed
from data.message import both, listed, say
from data.parameters import FOLLOW_UP_DAYS, OPENING_POINTS
from data.states import card_kinds
from data.tables.order import ProductOrder
from data.tables.resource import NumberGrade

PREPAID_ROAMING = "province"
WORKS = say("The number works once the network confirms it, as a rule within minutes.")


class OpeningCase(Struct):
    """What is known of an opening so far; None where it was not typed or not right."""

    person: Person | None = None
    agent: Person | None = None
    basket: Basket | None = None
    grade: NumberGrade | None = None
    assessment: Assessment | None = None

    @property
    def prepaid(self) -> bool:
        """Whether a prepaid card product is chosen: fixed face value, no credit check (catalogue C1)."""
        return self.basket is not None and self.basket.plan.pay_type == "prepaid"


class OpenAccountTransaction(Transaction[OpenAccountForm, OpeningCase]):
    """C1 开户."""

    form = OpenAccountForm
    reversal = Reversal("day", same_operator=True)
    binds = True
    instead = say("Close the number with C9 instead.")

    def fill(self, run: Run, form: OpenAccountForm) -> OpeningCase:
        """Identify, qualify, reserve, price: as far as what is typed allows."""
        case = OpeningCase()
        run.touches = frozenset({touching.LINE})
        self._people(run, form, case)
        self._qualify(run, form, case)
        self._product(run, form, case)
        self._reserve(run, form, case)
        self._price(run, form, case)
        secrets.must_agree(run, form.password, form.repeat_password)
        return case

    def _people(self, run: Run, form: OpenAccountForm, case: OpeningCase) -> None:
        if form.document_kind and form.document_number:
            with run.beside("document_number"):
                born = form.birth_date.isoformat() if form.birth_date else ""
                case.person = run.customers.identify(form.document_kind, form.document_number, born)
        if case.person:
            self._person_facts(run, form, case.person)
        self._consistent(run, form, case)

    def _person_facts(self, run: Run, form: OpenAccountForm, person: Person) -> None:
        run.notes["document_number"] = run.customers.category_name(person.category)
        if (told := run.customers.brings(person.category)) is not None:
            run.notices.append(told)
        if person.birth_date:
            run.facts["birth_date"] = person.birth_date
        known = person.known
        if known is None:
            run.facts["customer_id"] = ""  # whoever is in view is somebody else
            return
        run.facts.update(
            customer_id=known.id, name=known.name, address=known.address, contact_phone=known.contact_phone
        )
        run.facts.update(email=known.email, document_expires=known.document_expires)
        run.notes["name"] = say("Known here since {day}.", day=wall_day(known.created_at))
        if form.name and not same_name(known, form.name):
            run.errors["name"] = name_differs(known)

    def _consistent(self, run: Run, form: OpenAccountForm, case: OpeningCase) -> None:
        """What must be there and fit together beyond each field's own rule (catalogue C1-F3)."""
        if form.name:
            with run.beside("name"):
                (check_organisation if case.person and case.person.holder == "organization" else check_name)(form.name)
        if case.person and case.person.holder == "individual" and not case.person.birth_date:
            run.errors.setdefault("birth_date", say("This document does not hold the birth date: type it."))
        agents.must_be_acted_for(run, form, case.person)
        self._dates(run, form, case.person)
        case.agent = agents.agent_of(run, form)

    @staticmethod
    def _dates(run: Run, form: OpenAccountForm, person: Person | None) -> None:
        today = run.context.today
        if (wrong := expiry_fault(person, form.document_expires, today)) is not None:
            run.errors["document_expires"] = wrong
        elif (told := expiry_note(person, form.document_expires)) is not None:
            run.notes.setdefault("document_expires", told)
        if (wrong := birth_fault(person, form.birth_date, today)) is not None:
            run.errors["birth_date"] = wrong
        if (told := name_note(form.name)) is not None:
            run.notes.setdefault("name", told)

    def _qualify(self, run: Run, form: OpenAccountForm, case: OpeningCase) -> None:
        reasons = (*run.operators.may(form.prepayment or 0), *run.finance.ready())
        if case.person:
            reasons += run.eligibility.ask(_subject(form, case.person, case.agent)).reasons
            suited = run.products.recommend(case.person.category, case.person.age)
            run.notices += [_recommended(product) for product in suited]
        run.qualification = Qualification(reasons)

    def _product(self, run: Run, form: OpenAccountForm, case: OpeningCase) -> None:
        if not form.plan:
            return
        category, age = (case.person.category, case.person.age) if case.person else ("", None)
        with run.beside("plan"):
            case.basket = run.products.basket(form.plan, form.services or (), category, age)
            run.notes["plan"] = both(case.basket.plan.name_zh, case.basket.plan.name_en)
        if case.prepaid:
            self._prepaid(run, form)

    @staticmethod
    def _prepaid(run: Run, form: OpenAccountForm) -> None:
        """Prepaid cards: fixed face value, in-province only, no international dialling (catalogue C1)."""
        if form.long_distance == "international":
            run.errors["long_distance"] = say("Prepaid cards have no international calls.")
        if form.roaming in {"national", "international"}:
            run.notes["roaming"] = say("Prepaid: in the province only.")
        if form.roaming == "international":
            run.errors["roaming"] = say("Prepaid cards have no international roaming.")
        if form.prepayment:
            run.errors["prepayment"] = say("A prepaid card has a fixed face value.")

    def _reserve(self, run: Run, form: OpenAccountForm, case: OpeningCase) -> None:
        if form.number:
            with run.beside("number"):
                run.resources.reserve("number", form.number)
                case.grade = run.resources.grade(form.number)
                run.notes["number"] = graded(case.grade)
        if form.iccid:
            with run.beside("iccid"):
                run.resources.reserve("sim", form.iccid)
                kind = run.resources.sim(form.iccid).kind
                run.notes["iccid"] = say("Card: {kind}", kind=card_kinds(kind))
                run.resources.kind_must_fit(kind, case.basket.all if case.basket else ())

    def _price(self, run: Run, form: OpenAccountForm, case: OpeningCase) -> None:
        if case.person is None or case.basket is None:
            return
        if not case.prepaid:
            international = "international" in {form.long_distance, form.roaming}
            customer_id = case.person.known.id if case.person.known else ""
            case.assessment = run.credit.assess(customer_id, case.person.category, international=international)
        products = tuple(product.code for product in case.basket.all)
        deposit = case.assessment.deposit if case.assessment else 0
        extra = 0 if case.prepaid else form.prepayment or 0
        quote = run.tariff.price(PriceQuery(products, case.person.category, case.grade, extra, deposit))
        run.quote = contracts.with_terms(quote, case.basket.plan, run.context.today)

    def limited_by(self, form: OpenAccountForm, order: Mapping[str, Any]) -> int:
        """What is paid in beyond what is needed."""
        return form.prepayment or 0

    def priced(self, form: OpenAccountForm, order: Mapping[str, Any], books: Books) -> Priced:
        """Plan, services, and the number's grade."""
        return Priced((form.plan, *(form.services or ())), form.number)

    def protect(self, values: Mapping[str, Any], vault: Vault) -> dict[str, str]:
        """The service password: typed twice alike, hard to guess for who knows number or document, kept as a hash."""
        return secrets.chosen(values, vault, str(values.get("document_number") or ""), "password")

    def begins(self, run: Run, form: OpenAccountForm, case: OpeningCase | None) -> Iterable[str]:
        """The plan, and the services that were chosen with it."""
        basket = case.basket if case else None
        return (basket.plan.code, *(service.code for service in basket.chosen)) if basket else ()

    def perform(self, run: Run, form: OpenAccountForm, case: OpeningCase | None, tenders: Sequence[Tender]) -> Done:
        """Everything of the opening, in one transaction."""
        if case is None or not (case.person and case.basket and case.grade):
            raise NotAllowed(say("The form is not complete."))
        customer = run.customers.enter(
            case.person,
            name=form.name,
            address=form.address,
            phone=form.contact_phone,
            email=form.email,
            expires=form.document_expires.isoformat() if form.document_expires else "",
        )
        if case.agent:
            run.customers.acted_by(customer, case.agent, form.agent_name, form.agent_phone)
        if case.assessment:
            run.credit.open(customer.id, case.assessment)
        account = run.accounts.open(customer.id, "prepaid" if case.prepaid else "postpaid")
        card = run.resources.sim(form.iccid)
        roaming = PREPAID_ROAMING if case.prepaid and form.roaming != "none" else form.roaming
        subscription = run.products.open_subscription(
            case.basket,
            customer_id=customer.id,
            account_id=account.id,
            number=form.number,
            iccid=form.iccid,
            imsi=card.imsi,
            long_distance=form.long_distance,
            roaming=roaming,
            minimum_spend=case.grade.minimum_spend,
            password_hash=run.secrets.get("password", form.password),
        )
        run.resources.sell("number", form.number, subscription.id)
        run.resources.sell("sim", form.iccid, subscription.id)
        buckets = {1: run.accounts.bucket(account.id, "deposit").id, 2: run.accounts.bucket(account.id, "prepaid").id}
        taken = run.finance.take(run.quote, tenders, buckets)
        if case.assessment and case.assessment.deposit:
            deposit = run.accounts.bucket(account.id, "deposit")
            run.accounts.hold_for(subscription, deposit, case.assessment.deposit)
        run.billing.schedule(subscription.id, run.quote.lines)
        self._order_network(run, form, case.basket, card.imsi, subscription.pay_type, roaming)
        run.behaviour.watch(customer.id)
        run.statistics.count("accepted", taken.due)
        agent = form.agent_name if case.agent else ""
        sale = Sale(
            customer.id,
            customer.name,
            self.name,
            _about(form, case.basket, account.number, roaming),
            run.quote,
            taken,
            (WORKS, *run.quote.terms),
            (party(customer, run.context.today, agent),),
            run.content.clauses(),
            ONCE_DONE,
        )
        papers = run.documents.of(sale)
        return Done(
            customer.id,
            subscription.id,
            "inProgress",
            taken.due,
            taken.tendered,
            taken.change,
            papers,
            {"number": form.number, "account": account.number, "customer": customer.name},
        )

    def rest_line(self, run: Run, case: OpeningCase | None, amount: int) -> QuoteLine | None:
        """Into the account that is opened."""
        return run.tariff.rest(amount)

    @staticmethod
    def _order_network(run: Run, form: OpenAccountForm, basket: Basket, imsi: str, pay_type: str, roaming: str) -> None:
        """The commands for the element, and a manual work order for each service that no command provides."""
        element = run.network.element_of(form.number)
        acts = {product.network_act for product in basket.all if product.network_act}
        services = sorted(act.removeprefix("service:") for act in acts if act.startswith("service:"))
        run.network.order(
            "create_subscriber",
            element,
            imsi=imsi,
            msisdn=form.number,
            profile=PROFILES[pay_type],
            access="both",
            data="on" if "data" in acts else "off",
            long_distance=form.long_distance,
            roaming=roaming,
        )
        for service in services:
            run.network.order("set_supplementary", element, msisdn=form.number, service=service, on="on")
        for product in basket.all:
            if product.network_act == "manual":
                run.network.order("manual", "", product=product.code, msisdn=form.number)

    def finish(self, run: Run, order: ProductOrder) -> None:
        """竣工: into use, active, billed, bound by plan and beautiful number, rewarded, counted, called."""
        subscription, products = run.products.activate(str(order.subscription_id))
        run.network.done()
        run.resources.put_into_use(subscription.number, subscription.iccid)
        run.billing.start(subscription.id)
        grade = run.resources.grade(subscription.number)
        run.products.bind(subscription, "number", grade.contract_months, value=grade.minimum_spend)
        contracts.begin(run, order)
        run.loyalty.award(subscription.customer_id, OPENING_POINTS.of(run.context.tx, "C1"), "C1")
        channel = run.partners.channel()
        run.settlement.owe(channel, "commission", channel.opening_commission if channel else 0)
        for product in products:
            provider = run.partners.provider(product.partner)
            run.settlement.owe(provider, "commission", provider.opening_commission if provider else 0)
        run.statistics.count("opened", order.amount)
        run.service.call_back(subscription.customer_id, FOLLOW_UP_DAYS.of(run.context.tx, "C1"), "C1")

    def cancel(self, run: Run, order: ProductOrder) -> None:
        """The number never worked: number and card back into stock, nothing charged, the account closed.

        The customer stays entered: that is what they are. The card is taken back at the counter.
        """
        subscription = run.products.cancel_opening(str(order.subscription_id))
        run.resources.take_back(subscription.number, subscription.iccid)
        run.billing.end(subscription.id)
        run.accounts.close(subscription.account_id)

    def reverse(self, run: Run, order: ProductOrder) -> bool:
        """Taken back on its day, untouched: never charged, never rewarded; the network is to forget the subscriber.

        NotAllowed: money moved on the account since, or usage or a bill is known. Money and papers are the desk's.
        """
        subscription = run.products.owned(str(order.subscription_id))
        run.accounts.must_be_untouched(subscription.account_id, order.id)
        run.billing.must_be_unused(subscription.id, subscription.account_id)
        run.billing.end(subscription.id, (date.fromisoformat(order.business_date) - timedelta(days=1)).isoformat())
        run.loyalty.reverse(order.id)
        run.settlement.reverse(order.id)
        run.service.call_no_more(order.id)
        run.products.reverse_contracts(subscription.id, order.id)
        run.network.delete(subscription, run.products.on(subscription))
        run.products.change_subscription(subscription, state="pendingTerminate")
        return True

    def finish_reversal(self, run: Run, order: ProductOrder) -> None:
        """The network has forgotten it: as if it had never been, but that its number rests and its card is void."""
        subscription = run.products.cancel_opening(str(order.subscription_id))
        run.resources.quarantine(subscription.number)
        run.resources.void(subscription.iccid, "returned")
        run.accounts.close_if_done(subscription.account_id)
        run.network.done()

    def choices(self, run: Run, form: OpenAccountForm, field: str, text: str) -> list[Choice]:
        """The lists of F4."""
        return c01_lists.choices(run, form, field, text)

    def example(self, run: Run) -> dict[str, Any]:
        """A new customer, the first free number, and a plan and card that go together."""
        return c01_lists.example(run)


def _subject(form: OpenAccountForm, person: Person, agent: Person | None) -> Applicant:
    return Applicant(
        document_kind=person.document_kind,
        document_number=person.document_number,
        age=person.age,
        category=person.category,
        customer_id=person.known.id if person.known else "",
        agent_kind=agent.document_kind if agent else "",
        agent_number=agent.document_number if agent else "",
        agent_age=agent.age if agent else None,
        opens_number=True,
        name=form.name or "",
        agent_name=form.agent_name if agent else "",
        product=form.plan or "",
        begins=tuple(filter(None, (form.plan, *(form.services or ())))),
    )


def _recommended(product: Any) -> Notice:
    name, summary = both(product.name_zh, product.name_en), both(product.summary_zh, product.summary_en)
    return Notice("recommendation", say("{code} {name}: {summary}", code=product.code, name=name, summary=summary))


def _about(form: OpenAccountForm, basket: Basket, account: str, roaming: str) -> tuple[Fact, ...]:
    services = [product for product in basket.all if product.code != basket.plan.code]
    return (
        (say("Number"), spaced(form.number)),
        (say("Plan"), both(basket.plan.name_zh, basket.plan.name_en)),
        *(((say("Services"), listed(both(p.name_zh, p.name_en) for p in services)),) if services else ()),
        (say("Long distance"), REACH[form.long_distance]),
        (say("Roaming"), REACH[roaming]),
        (say("Account"), account),
        (say("SIM card"), form.iccid),
        *(((say("Acted for by"), form.agent_name),) if form.by_agent else ()),
    )
