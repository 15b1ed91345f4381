"""The whole customer, part by part, as rows of words: what C13 shows and prints.

Each part says which component of the catalogue it looks at, and whether it can be told of one number alone: that is all
that a service password opens. Who has shown what, and that a look is logged, is the desk's and C13's business. Tables
that other businesses fill are shown when there is something in them.
"""

from __future__ import annotations

from collections.abc import Callable

from msgspec import Struct

from boss_tui.components.accounts.holds import held_of
from boss_tui.components.billing.usage import usage_in_words
from boss_tui.components.credit.credit_rows import credit_rows
from boss_tui.components.customers.categories import category_name, category_of
from boss_tui.components.history import shown
from boss_tui.components.products.suspending import CAUSES
from boss_tui.components.wording import masked_document
from boss_tui.forms.typed import yuan
from data.clock import wall_day
from data.codes import BUCKETS, COLUMNS, CONTRACTS, POINTS, SIGNALS
from data.message import Message, both, say
from data.states import act_name, card_kinds, kind_name, state_name
from data.store import Reading
from data.tables.account import BalanceBucket, BillingAccount
from data.tables.billing import CustomerBill, UsageMonth
from data.tables.content import Article
from data.tables.customer import Category, Customer
from data.tables.document import PaperDocument
from data.tables.finance import Payment
from data.tables.life import Agreement, Suspension, ValueChange
from data.tables.network import WorkOrder
from data.tables.order import ProductOrder, Subscription, SubscriptionProduct
from data.tables.product import Product
from data.tables.provider import ProviderService, ProviderSubscription
from data.tables.resource import NumberGrade, PhoneNumber, SimCard
from data.tables.service import BehaviourSignal, LoyaltyAccount, LoyaltyEntry
from data.tables.stock import Handset, HandsetBundle, RechargeCard

MOST = 60
"""Rows of a part at most, the latest first."""

Row = tuple[str | Message, ...]
Titles = Callable[[str, str], Message]
"""What an order did, by its business and its form as JSON: told by who knows the businesses."""


class InquiryScope(Struct, frozen=True):
    """Of whom is asked: the customer; `subscription`: of this number of theirs alone; on a business
    date, `day`.

    `titles` names what orders did; `so_far` tells the month of a number: both are told by who knows the businesses.
    """

    customer: str
    titles: Titles
    so_far: Callable[[Subscription], list[Row]] = lambda _line: []
    subscription: str = ""
    day: str = ""

    @property
    def where(self) -> dict[str, str]:
        """Which rows are meant, of tables that name both."""
        only = {"subscription_id": self.subscription} if self.subscription else {}
        return {"customer_id": self.customer, **only}


class InquiryPart(Struct, frozen=True):
    """A part of what there is to know: its title, the component that it is of, how it is read, and whether it is the
    person's as a whole, whatever number is asked of."""

    title: Message
    cell: str
    rows: Callable[[Reading, InquiryScope], list[Row]]
    personal: bool = False


def _lines(reading: Reading, asked: InquiryScope) -> list[Subscription]:
    lines = reading.all(Subscription, customer_id=asked.customer, order=("opened_on", "id"))
    return [line for line in lines if asked.subscription in ("", line.id)]


def _accounts(reading: Reading, asked: InquiryScope) -> list[BillingAccount]:
    """All of theirs; of one number the account that it is charged to."""
    accounts = reading.all(BillingAccount, customer_id=asked.customer, order=("number",))
    charged = {line.account_id for line in _lines(reading, asked)}
    return [account for account in accounts if not asked.subscription or account.id in charged]


def _orders(reading: Reading, asked: InquiryScope) -> list[ProductOrder]:
    return reading.all(ProductOrder, **asked.where, order=("-created_at",))[:MOST]


def _product(reading: Reading, code: str) -> Message:
    row = reading.find(Product, code=code)
    return both(row.name_zh, row.name_en) if row else both(code, code)


def _number(reading: Reading, subscription_id: str | None) -> str:
    """The number that a row is about; nothing where it is about none."""
    line = reading.find(Subscription, id=subscription_id) if subscription_id else None
    return line.number if line else ""


def _customer(reading: Reading, asked: InquiryScope) -> list[Row]:
    row = reading.one(Customer, id=asked.customer)
    category = reading.one(Category, code=category_of(reading, row, asked.day))
    return [
        (say("Name"), row.name),
        (say("Document no."), masked_document(row.document_number)),
        (say("Category"), category_name(category)),
        (say("Address"), row.address),
        (say("Phone"), row.contact_phone),
        (say("E-mail"), row.email),
    ]


def _numbers(reading: Reading, asked: InquiryScope) -> list[Row]:
    return [(s.number, _product(reading, s.plan), state_name(s.state), s.opened_on) for s in _lines(reading, asked)]


def _products(reading: Reading, asked: InquiryScope) -> list[Row]:
    return [
        (line.number, _product(reading, row.product), state_name(row.state), row.valid_from)
        for line in _lines(reading, asked)
        for row in reading.all(SubscriptionProduct, subscription_id=line.id, order=("product",))
    ]


def _resources(reading: Reading, asked: InquiryScope) -> list[Row]:
    found: list[Row] = []
    for line in _lines(reading, asked):
        number, card = reading.find(PhoneNumber, number=line.number), reading.find(SimCard, iccid=line.iccid)
        if number:
            grade = reading.one(NumberGrade, code=number.grade)
            found.append((line.number, both(grade.name_zh, grade.name_en), "", state_name(number.state)))
        if card:
            kind = say("SIM card: {kind}", kind=card_kinds(card.kind))
            found.append((line.number, kind, card.iccid, state_name(card.state)))
    for unit in reading.all(Handset, **asked.where, order=("imei",)):
        number_of = _number(reading, unit.subscription_id)
        found.append((number_of, _product(reading, unit.model), unit.imei, state_name(unit.state)))
    return found


def _balances(reading: Reading, asked: InquiryScope) -> list[Row]:
    return [
        (account.number, BUCKETS[bucket.kind], yuan(bucket.amount), state_name(account.state), *_held(reading, bucket))
        for account in _accounts(reading, asked)
        for bucket in reading.all(BalanceBucket, account_id=account.id, order=("kind",))
    ]


def _held(reading: Reading, bucket: BalanceBucket) -> Row:
    held = held_of(reading, bucket.id)
    return (say("of it held for services: {yuan}", yuan=yuan(held)),) if held else ()


def _credit(reading: Reading, asked: InquiryScope) -> list[Row]:
    return credit_rows(reading, asked.customer, asked.day)


def _bills(reading: Reading, asked: InquiryScope) -> list[Row]:
    accounts = {account.id: account.number for account in _accounts(reading, asked)}
    bills = [(number, bill) for key, number in accounts.items() for bill in reading.all(CustomerBill, account_id=key)]
    latest = sorted(bills, key=lambda found: (found[1].month, found[1].id), reverse=True)[:MOST]
    return [
        (bill.month, account, yuan(bill.amount), say("paid {yuan}", yuan=yuan(bill.paid)), state_name(bill.state))
        for account, bill in latest
    ]


def _payments(reading: Reading, asked: InquiryScope) -> list[Row]:
    return [
        (
            order.business_date,
            _number(reading, order.subscription_id),
            asked.titles(order.business, order.form_json),
            yuan(payment.due),
            order.serial,
        )
        for order in _orders(reading, asked)
        for payment in reading.all(Payment, order_id=order.id)
    ]


def _usage(reading: Reading, asked: InquiryScope) -> list[Row]:
    return [
        (row.month, line.number, usage_in_words(row), yuan(row.amount))
        for line in _lines(reading, asked)
        for row in reading.all(UsageMonth, subscription_id=line.id, order=("-month", "kind"))
    ]


def _month(reading: Reading, asked: InquiryScope) -> list[Row]:
    living = [line for line in _lines(reading, asked) if line.state not in ("terminated", "cancelled")]
    return [row for line in living for row in asked.so_far(line)]


def _order_rows(reading: Reading, asked: InquiryScope) -> list[Row]:
    return [
        (
            o.serial,
            _number(reading, o.subscription_id),
            asked.titles(o.business, o.form_json),
            state_name(o.state),
            yuan(o.amount),
        )
        for o in _orders(reading, asked)
    ]


def _network(reading: Reading, asked: InquiryScope) -> list[Row]:
    return [
        (order.serial, _number(reading, order.subscription_id), act_name(work.act), state_name(work.state))
        for order in _orders(reading, asked)
        for work in reading.all(WorkOrder, order_id=order.id, order=("position",))
    ]


def _contracts(reading: Reading, asked: InquiryScope) -> list[Row]:
    rows = reading.all(Agreement, **asked.where, order=("-starts_on", "id"))
    return [
        (
            _number(reading, row.subscription_id),
            CONTRACTS[row.kind],
            _agreed(reading, row.product),
            say("until {day}", day=row.ends_on),
            state_name(row.state),
        )
        for row in rows
    ]


def _agreed(reading: Reading, code: str) -> Message:
    """What a contract is for: a handset's contract, or a product."""
    bundle = reading.find(HandsetBundle, code=code)
    return both(bundle.name_zh, bundle.name_en) if bundle else _product(reading, code)


def _suspensions(reading: Reading, asked: InquiryScope) -> list[Row]:
    return [
        (line.number, CAUSES[row.cause], _days(row), state_name(row.state))
        for line in _lines(reading, asked)
        for row in reading.all(Suspension, subscription_id=line.id, order=("-starts_on", "id"))
    ]


def _days(row: Suspension) -> Message:
    """From when, and until when where that is set."""
    if row.ends_on:
        return say("{first} to {last}", first=row.starts_on, last=row.ends_on)
    return say("from {day}", day=row.starts_on)


def _signals(reading: Reading, asked: InquiryScope) -> list[Row]:
    rows = reading.all(BehaviourSignal, subject=asked.customer, order=("-raised_at",))
    signal = say("Signal")
    return [
        (wall_day(row.raised_at), SIGNALS.get(row.rule, signal), row.detail, state_name(row.state))
        for row in rows[:MOST]
    ]


def _points(reading: Reading, asked: InquiryScope) -> list[Row]:
    account = reading.find(LoyaltyAccount, customer_id=asked.customer)
    if account is None:
        return []
    entries = reading.all(LoyaltyEntry, customer_id=asked.customer, order=("-made_at",))[:MOST]
    return [
        (say("Points held"), str(account.points), say("since {day}", day=account.tenure_from), ""),
        *((wall_day(row.made_at), f"{row.points:+d}", _earned(asked, row.reason), "") for row in entries),
    ]


def _earned(asked: InquiryScope, reason: str) -> Message:
    """Why points came or went: a business, or what became of them."""
    return POINTS.get(reason) or asked.titles(reason, "{}")


def _papers(reading: Reading, asked: InquiryScope) -> list[Row]:
    return [
        (
            f"{paper.code}-{paper.number:08d}",
            kind_name(paper.kind),
            _number(reading, order.subscription_id),
            yuan(paper.amount),
            state_name(paper.state),
        )
        for order in _orders(reading, asked)
        for paper in reading.all(PaperDocument, order_id=order.id, order=("made_at", "id"))
    ]


def _history(reading: Reading, asked: InquiryScope) -> list[Row]:
    owned = {} if asked.subscription else {asked.customer: ""}
    owned |= {s.id: s.number for s in _lines(reading, asked)}
    owned |= {a.id: a.number for a in _accounts(reading, asked)}
    rows = [row for subject in owned for row in reading.all(ValueChange, subject=subject) if row.field in COLUMNS]
    latest = sorted(rows, key=lambda row: (row.made_at, row.id), reverse=True)[:MOST]
    return [
        (
            wall_day(row.made_at),
            owned[row.subject],
            COLUMNS[row.field],
            shown(reading, row.field, row.before),
            shown(reading, row.field, row.after),
        )
        for row in latest
    ]


def _cards(reading: Reading, asked: InquiryScope) -> list[Row]:
    return [
        (card.serial, yuan(card.face_value), state_name(card.state), order.business_date)
        for order in _orders(reading, asked)
        if order.business == "C11"
        for card in reading.all(RechargeCard, used_order=order.id)
    ]


def _providers(reading: Reading, asked: InquiryScope) -> list[Row]:
    return [
        (line.number, _service(reading, row.service), row.since, state_name(row.state))
        for line in _lines(reading, asked)
        for row in reading.all(ProviderSubscription, subscription_id=line.id, order=("-since", "id"))
    ]


def _service(reading: Reading, code: str) -> str | Message:
    row = reading.find(ProviderService, code=code)
    return both(row.name_zh, row.name_en) if row else code


PARTS: dict[str, InquiryPart] = {
    "customer": InquiryPart(say("Customer"), "F3", _customer),
    "numbers": InquiryPart(say("Numbers and plans"), "F4", _numbers),
    "products": InquiryPart(say("Products"), "F4", _products),
    "resources": InquiryPart(say("Numbers, cards, handsets"), "F5", _resources),
    "balances": InquiryPart(say("Accounts and balances"), "F12", _balances),
    "credit": InquiryPart(say("Credit"), "F8", _credit, personal=True),
    "bills": InquiryPart(say("Bills"), "B1", _bills),
    "payments": InquiryPart(say("Payments"), "F11", _payments),
    "usage": InquiryPart(say("Usage"), "B1", _usage),
    "month": InquiryPart(say("This month so far"), "B1", _month),
    "orders": InquiryPart(say("Orders"), "F14", _order_rows),
    "network": InquiryPart(say("Network orders"), "F10", _network),
    "contracts": InquiryPart(say("Contracts"), "F4", _contracts),
    "suspensions": InquiryPart(say("Suspensions"), "F4", _suspensions),
    "signals": InquiryPart(say("Signals"), "A1", _signals, personal=True),
    "points": InquiryPart(say("Points held"), "A3", _points, personal=True),
    "papers": InquiryPart(say("Papers"), "F9", _papers),
    "history": InquiryPart(say("History of values"), "F3", _history),
    "cards": InquiryPart(say("Recharge cards"), "F5", _cards, personal=True),
    "providers": InquiryPart(say("Partners' services"), "A4", _providers),
}
"""What can be asked of a customer, in the order in which it is offered. All of it is private."""


def articles(reading: Reading, text: str, business: str = "") -> list[Article]:
    """The knowledge base 知识库: articles that hold every word that is typed, in either language; none typed: all."""
    sought = text.casefold().split()
    rows = reading.all(Article, state="published", order=("business", "code"))
    fitting = [row for row in rows if not business or row.business == business]
    return [row for row in fitting if all(word in _words(row) for word in sought)]


def _words(row: Article) -> str:
    return " ".join((row.business, row.title_zh, row.title_en, row.text_zh, row.text_en, row.words)).casefold()
