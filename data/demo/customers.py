"""Customers with their accounts, subscriptions, numbers and cards: a stream of rows in bounded memory.

The first ones are the people of `facts`; the others are invented by their running number. Each subscription has one
number, one card, one holder.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from typing import Any

from msgspec import Struct, field

from data.bulk import Keys
from data.demo import cards, numbers, products
from data.demo.facts import CUSTOMERS, FULL_DOCUMENT, KEY_ACCOUNT, KnownPerson
from data.demo.hall import OUTLET
from data.demo.people import Person, person
from data.demo.prices import monthly
from data.names import initials, name_key, pinyin
from data.standard.credit import LIMITS

_PLANS = {"P58": 40, "P88": 25, "P128": 10, "PRE50": 15, "PRE100": 10}
_CHOICES, _WEIGHTS = tuple(_PLANS), tuple(_PLANS.values())
_SERVICES = ("RBT", "VMAIL", "CLIR")
FULL_COUNT = 5


class SubscriptionRows(Struct):
    """One subscription and what belongs to it, as rows; `products` are its plan and services, the plan first."""

    customer: dict[str, Any]
    account: dict[str, Any]
    buckets: dict[str, dict[str, Any]]
    subscription: dict[str, Any]
    number: dict[str, Any]
    card: dict[str, Any]
    products: tuple[str, ...]


class Someone(Struct):
    """A customer and their lines."""

    customer: dict[str, Any]
    lines: list[SubscriptionRows] = field(default_factory=list)


def subscriptions(customers: int) -> int:
    """How many subscriptions so many customers have."""
    full = CUSTOMERS.index(FULL_DOCUMENT)
    return customers + (FULL_COUNT - 1 if customers > full else 0)


class People:
    """Makes customers in order. The same seed makes the same people, numbers and keys."""

    def __init__(self, seed: int, keys: Keys) -> None:
        self._chance = random.Random(seed)
        self._key = keys
        self._lines = 0
        self.cards = dict.fromkeys(cards.STOCK, 0)
        """How many cards of each kind are given out."""

    def make(self, count: int, opened: str) -> Iterator[Someone]:
        """So many customers; `opened` is the business date from which they are ours, where no order says another."""
        for n in range(count):
            known = CUSTOMERS[n] if n < len(CUSTOMERS) else None
            someone = Someone(self._known(known, opened) if known else self._invented(person(n, self._chance), opened))
            for _ in range(FULL_COUNT if known is FULL_DOCUMENT else 1):
                someone.lines.append(self._line(someone.customer, opened))
            yield someone

    def _known(self, known: KnownPerson, opened: str) -> dict[str, Any]:
        organization = known.document_kind == "30"
        resident = known.document_kind == "00"
        number = known.document_number
        born = f"{number[6:10]}-{number[10:12]}-{number[12:14]}" if resident else "" if organization else "1981-06-02"
        gender = ("male" if int(number[16]) % 2 else "female") if resident else "" if organization else "male"
        return self._customer(
            opened,
            name=known.name,
            name_key=name_key(known.name),
            pinyin=pinyin(known.name),
            initials=initials(known.name),
            document_kind=known.document_kind,
            document_number=number,
            holder="organization" if organization else "individual",
            birth_date=born,
            gender=gender,
            address="杭州市西湖区文三路90号",
            category="key" if known is KEY_ACCOUNT else "organization" if organization else "ordinary",
        )

    def _invented(self, one: Person, opened: str) -> dict[str, Any]:
        young = one.birth_date >= "2003"
        student = self._chance.random() < (0.5 if young else 0.02)
        return self._customer(
            opened,
            name=one.name,
            name_key=one.name,
            pinyin=one.pinyin,
            initials=one.initials,
            document_kind="00",
            document_number=one.document_number,
            holder="individual",
            birth_date=one.birth_date,
            gender=one.gender,
            address=one.address,
            category="student" if student else "ordinary",
        )

    def _customer(self, opened: str, **values: Any) -> dict[str, Any]:
        phone = f"05718{self._chance.randrange(10**8) % 10**7:07d}"
        created = f"{opened}T02:00:00.000000Z"
        return {"id": self._key(), "outlet": OUTLET, "contact_phone": phone, "created_at": created, **values}

    def _line(self, customer: dict[str, Any], opened: str) -> SubscriptionRows:
        n, self._lines = self._lines, self._lines + 1
        plan = self._plan(customer["category"])
        pay_type = products.PAY_TYPES[plan]
        number = numbers.customers_number(n)
        kind = "prepaid" if pay_type == "prepaid" else "32K" if self._chance.random() < 0.8 else "STK"
        card = cards.card(kind, self.cards[kind], self._chance, outlet=OUTLET, state="in_use")
        self.cards[kind] += 1
        account = {
            "id": self._key(),
            "outlet": OUTLET,
            "number": f"{OUTLET}{n + 1:08d}",
            "customer_id": customer["id"],
            "pay_type": pay_type,
            "opened_at": customer["created_at"],
        }
        buckets = {
            kind: {"id": self._key(), "account_id": account["id"], "kind": kind, "amount": 0}
            for kind in ("deposit", "prepaid")
        }
        grade = numbers.grade_of(number)
        subscription = {
            "id": self._key(),
            "outlet": OUTLET,
            "customer_id": customer["id"],
            "account_id": account["id"],
            "number": number,
            "tail": number[-4:],
            "iccid": card["iccid"],
            "imsi": card["imsi"],
            "plan": plan,
            "pay_type": pay_type,
            "roaming": "province" if pay_type == "prepaid" else "national",
            "state": "active",
            "minimum_spend": numbers.MINIMUM_SPEND[grade],
            "opened_on": opened,
            "activated_at": customer["created_at"],
        }
        card["subscription_id"] = subscription["id"]
        row = numbers.phone_number(number, outlet=OUTLET, state="in_use", subscription_id=subscription["id"])
        chosen = self._services(pay_type)
        return SubscriptionRows(
            customer, account, buckets, subscription, row, card, (plan, *products.CONTAINED[plan], *chosen)
        )

    def _plan(self, category: str) -> str:
        if category in ("key", "organization"):
            return "PBIZ"
        return "PSTU" if category == "student" else self._chance.choices(_CHOICES, _WEIGHTS)[0]

    def _services(self, pay_type: str) -> tuple[str, ...]:
        if pay_type == "prepaid" or self._chance.random() < 0.7:
            return ()
        return (self._chance.choice(_SERVICES[:1]),)


def monthly_charges(line: SubscriptionRows, starts_on: str, key: Keys) -> Iterator[dict[str, Any]]:
    """What billing raises each month for a line."""
    for priced in monthly(line.products, line.customer["category"]):
        yield {
            "id": key(),
            "subscription_id": line.subscription["id"],
            "item": priced.item,
            "product": priced.product,
            "amount": priced.amount,
            "starts_on": starts_on,
            "state": "running",
        }


def credit(customer: dict[str, Any]) -> dict[str, Any]:
    """A customer's rating and the limit that follows."""
    rating = "A" if customer["category"] in ("key", "organization") else "C"
    return {"customer_id": customer["id"], "rating": rating, "credit_limit": LIMITS[rating]}
