"""F3 customer 客户资料: found by document, pre-entered before payment, entered for real after it.

Before payment a customer exists only in the draft. Whether what was said is complete and consistent is decided by
rules: the document's own (`identity`), and those between document, birth date, category and agent.
"""

from __future__ import annotations

from datetime import date
from typing import Any

from msgspec import Struct

from boss_tui.answers.business import Notice
from boss_tui.components.base import Component, traced
from boss_tui.components.customers.categories import benefits, best, category_for, category_name, category_of
from boss_tui.components.history import note
from boss_tui.components.identity.kinds import age_on, check_document, document_number
from data.clock import new_key
from data.errors import NotAllowed, NotFound
from data.message import Message, say
from data.names import initials, name_key, pinyin
from data.search import search
from data.statements import instance
from data.tables.customer import Category, Customer, CustomerAgent, DocumentKind
from data.tables.life import ValueChange
from data.tables.order import Subscription


class Person(Struct, frozen=True):
    """Someone as their document shows them. `known` is the customer that they are already, if any.

    `age` is whole years on the business date, None where neither document nor clerk gave a birth date;
    `born_by_document` is what the number says of it, where it does. `category` is what they are today; `own_category`
    what the counter has them as, without what headquarters says of them.
    """

    document_kind: str
    document_number: str
    holder: str = "individual"
    birth_date: str = ""
    gender: str = ""
    age: int | None = None
    category: str = ""
    known: Customer | None = None
    born_by_document: str = ""
    own_category: str = ""


class Customers(Component):
    """F3: who the customer is."""

    code = "F3"

    @traced
    def identify(self, document_kind: str, document_number: str, birth_date: str = "") -> Person:
        """Read a document: what it says of its holder, the category that follows, and whether we know them.

        A document that breaks its own rule (check digit, birth date in the future, …) raises a form's error.
        """
        kind = self.tx.find(DocumentKind, code=document_kind)
        if kind is None:
            raise NotFound(say("There is no such kind of document."))
        facts = check_document(kind.rule, document_number, self.context.today)
        number = facts.number
        known = self.tx.find(Customer, document_kind=document_kind, document_number=number)
        if known is None and kind.state == "ended":
            raise NotAllowed(say("This kind of document is not taken any more: ask for another."))
        told = facts.birth_date.isoformat() if facts.birth_date else ""
        born = told or birth_date or (known.birth_date if known else "")
        age = age_on(date.fromisoformat(born), self.context.today) if born and kind.holder == "individual" else None
        gender = facts.gender or (known.gender if known else "")
        had = known.category if known else ""
        category = category_for(self.tx, kind, number, had, self.context.business_date)
        own = best(self.tx, (kind.category, had))
        return Person(document_kind, number, kind.holder, born, gender, age, category, known, told, own)

    def _as_today(self, customer: Customer) -> Customer:
        """A customer in the category that they are in today, whatever the counter has entered them with."""
        category = category_of(self.tx, customer, self.context.business_date)
        if category == customer.category:
            return customer
        return instance(Customer, {**customer.__dict__, "category": category})

    @traced
    def kinds(self) -> list[DocumentKind]:
        """The kinds of identity document that are taken."""
        return self.tx.all(DocumentKind, state="active", order=("code",))

    def category_name(self, code: str) -> Message:
        """What a category is called."""
        return category_name(self.tx.one(Category, code=code))

    def brings(self, code: str) -> Notice | None:
        """What the clerk is told of a category: its benefits, where there are any in words (catalogue M3.1)."""
        category = self.tx.one(Category, code=code)
        told = benefits(category)
        if told is None:
            return None
        return Notice("notice", say("{category}: {benefits}", category=category_name(category), benefits=told))

    @traced
    def enter(self, person: Person, *, name: str, address: str, phone: str, email: str, expires: str) -> Customer:
        """Enter the customer for real, after payment; one that we know is brought up to date (catalogue C1-F3)."""
        found = {
            "name": name,
            **_search_keys(name),
            "address": address,
            "contact_phone": phone,
            "email": email,
            "document_expires": expires,
            "birth_date": person.birth_date,
            "gender": person.gender,
            "category": person.own_category or person.category,
        }
        if person.known is not None:
            kept = {field: value for field, value in found.items() if value != ""}
            return self.tx.change(self.tx.one(Customer, id=person.known.id), **kept)
        return self.tx.add(
            Customer,
            id=new_key(self.tx.clock),
            outlet=self.context.outlet,
            holder=person.holder,
            document_kind=person.document_kind,
            document_number=person.document_number,
            created_at=self.tx.now(),
            **found,
        )

    @traced
    def known_as(self, text: str) -> list[Customer]:
        """The customers with exactly this document number or this name."""
        found = self.tx.all(Customer, document_number=document_number(text)) or self.tx.all(
            Customer, name_key=name_key(text), order=("id",)
        )
        return [self._as_today(each) for each in found]

    @traced
    def with_document(self, number: str) -> list[Customer]:
        """The customers with a document of this number, of whatever kind: a temporary card has its holder's."""
        return self.tx.all(Customer, document_number=number)

    @traced
    def first(self, customer: Customer, field: str) -> str:
        """What a value was when the customer was entered, whatever was changed since (catalogue C4.1)."""
        changes = self.tx.all(ValueChange, subject=customer.id, field=field, order=("made_at", "id"))
        return changes[0].before if changes else str(getattr(customer, field))

    @traced
    def search(self, text: str, most: int = 20) -> list[Customer]:
        """Customers found by what is typed of a name, pinyin, initials, document or number."""
        found = search(self.tx, text, most) if text.strip() else []
        keys = [f.key for f in found if f.kind == "customer"]
        keys += [self.tx.one(Subscription, id=f.key).customer_id for f in found if f.kind == "subscription"]
        return [self.tx.one(Customer, id=key) for key in dict.fromkeys(keys)]

    @traced
    def owner(self, customer_id: str) -> Customer:
        """The customer that something belongs to, in the category that they are in today."""
        return self._as_today(self.tx.one(Customer, id=customer_id))

    @traced
    def shows(self, customer: Customer, number: str) -> None:
        """Hold a document that is shown against the owner's. NotAllowed: it is another one, or it has expired."""
        if document_number(number) != customer.document_number:
            raise NotAllowed(say("This is not the document that the owner is entered with."), field="document_number")
        if customer.document_expires and customer.document_expires < self.context.business_date:
            raise NotAllowed(say("This document is no longer valid."), field="document_number")

    @traced
    def change(self, customer: Customer, **values: Any) -> Customer:
        """Change what we know of a customer, and note what it was before (catalogue C4)."""
        note(self.context, customer.id, customer.__dict__, values)
        return self.tx.change(customer, **values)

    @traced
    def correct(self, customer: Customer, **values: Any) -> Customer:
        """Correct a customer's own data: what they are searched by follows the name (catalogue C4.1)."""
        return self.change(customer, **values, **(_search_keys(values["name"]) if "name" in values else {}))

    @traced
    def acted_by(self, customer: Customer, agent: Person, name: str, phone: str) -> None:
        """Record who acted for the customer: both people's documents are kept (domain-facts 6)."""
        self.tx.add(
            CustomerAgent,
            id=new_key(self.tx.clock),
            order_id=self.context.order_id,
            customer_id=customer.id,
            name=name,
            document_kind=agent.document_kind,
            document_number=agent.document_number,
            phone=phone,
            month=self.context.business_date[:7],
        )


def _search_keys(name: str) -> dict[str, str]:
    return {"name_key": name_key(name), "pinyin": pinyin(name), "initials": initials(name)}


def same_name(known: Customer, name: str) -> bool:
    """Whether a typed name is that of the customer we know."""
    return known.name_key == name_key(name)


def name_differs(known: Customer) -> Message:
    """What the clerk is told when the document is known under another name."""
    return say("This document belongs to {name} here. Correct the name (C4.1) first.", name=known.name)
