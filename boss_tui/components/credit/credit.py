"""F8 credit 用户信用: rating, limit, and what they allow. Prepaid products ask nothing of it (catalogue C1).

What headquarters says of somebody (M8) goes before what a counter has: their rating, and a limit that is lent until a
date. A lent limit falls back by itself. So does what a hall trusts somebody with by a word of its own
(`components.credit.hall_credit`). Source: catalogue F8, M8; management-facts 4.
"""

from __future__ import annotations

from msgspec import Struct

from boss_tui.components.base import Component, traced, valid_on
from boss_tui.forms.typed import yuan
from data.message import Message, say
from data.parameters import INTERNATIONAL_DEPOSIT
from data.store import Reading
from data.tables.account import CreditRating, CustomerCredit
from data.tables.credit import CreditExemption, CreditRaise, CustomerRating, HallCredit
from data.tables.customer import Category, Customer

NEW_CUSTOMER = "C"


class Assessment(Struct, frozen=True):
    """A customer's rating, the limit in fen that follows, the deposit in fen that is asked for.

    `lent_until`: the last business date of a limit that was lent, `own`: what it is then; empty: none is lent.
    """

    rating: str
    limit: int
    deposit: int
    lent_until: str = ""
    own: int = 0


class Standing(Struct, frozen=True):
    """How far a customer is trusted on a business date: rating, limit in fen, and how it came about.

    `own`: the limit without what is lent; `lent_until`: the last day of what is; `term_days`: of the rating.
    """

    rating: CreditRating
    own: int
    limit: int
    lent_until: str = ""

    @property
    def term_days(self) -> int:
        """How much later stages of credit control begin."""
        return self.rating.term_days


def rated(reading: Reading, customer: Customer, day: str) -> CustomerRating | None:
    """What headquarters has somebody rated as on a business date."""
    key = {"document_kind": customer.document_kind, "document_number": customer.document_number}
    row = reading.find(CustomerRating, **key)
    return row if row is not None and (not row.valid_to or row.valid_to >= day) else None


def lent(reading: Reading, customer: Customer, day: str) -> CreditRaise | HallCredit | None:
    """The limit that somebody is lent on a business date, by headquarters or a hall: the higher one."""
    key = {"document_kind": customer.document_kind, "document_number": customer.document_number}
    row = reading.find(CreditRaise, **key)
    found: list[CreditRaise | HallCredit] = [*by_hall(reading, customer.id, day, "raise")]
    if row is not None and valid_on(row, day):
        found.append(row)
    return max(found, key=lambda each: each.credit_limit, default=None)


def by_hall(reading: Reading, customer_id: str, day: str, kind: str) -> list[HallCredit]:
    """What halls trust a customer with on a business date, of a kind."""
    rows = reading.all(HallCredit, customer_id=customer_id, kind=kind, state="active", order=("id",))
    return [row for row in rows if row.business_date <= day <= row.valid_to]


def limit_of(reading: Reading, said: CustomerRating | None) -> int:
    """The limit in fen that headquarters' rating gives; 0: it says nothing."""
    if said is None:
        return 0
    return said.credit_limit or reading.one(CreditRating, code=said.rating).credit_limit


def exemptions(reading: Reading, customer: Customer, day: str) -> list[CreditExemption]:
    """What spares somebody, or a number of theirs, on a business date; the one that ends first comes first."""
    key = {"document_kind": customer.document_kind, "document_number": customer.document_number}
    rows = [row for row in reading.all(CreditExemption, **key) if valid_on(row, day)]
    halls = [
        _as_exemption(row, kind, customer)
        for word, kind in _SPARES.items()
        for row in by_hall(reading, customer.id, day, word)
    ]
    return sorted([*rows, *halls], key=lambda row: (row.valid_to, row.id))


_SPARES = {"vouch": "key_account", "emergency": "emergency"}
"""The exemption that a hall's word is, by its kind."""


def _as_exemption(row: HallCredit, kind: str, customer: Customer) -> CreditExemption:
    """A hall's word, as headquarters' own would say it."""
    return CreditExemption(
        id=row.id,
        kind=kind,
        document_kind=customer.document_kind,
        document_number=customer.document_number,
        number=row.number if kind == "emergency" else "",
        person=row.operator,
        reason=row.reason,
        valid_from=row.business_date,
        valid_to=row.valid_to,
        outlet=row.outlet,
    )


class Credit(Component):
    """F8: how far a customer is trusted."""

    code = "F8"

    @traced
    def standing(self, customer: Customer) -> Standing:
        """What a customer is trusted with on the business date, in the category that they are in."""
        return self._standing(customer.id, customer, self.tx.one(Category, code=customer.category))

    def _standing(self, customer_id: str, customer: Customer | None, category: Category) -> Standing:
        rating, own = self._own(customer_id, customer, category)
        raised = lent(self.tx, customer, self.context.business_date) if customer else None
        if raised is None or raised.credit_limit <= own:
            return Standing(rating, own, own)
        return Standing(rating, own, raised.credit_limit, raised.valid_to)

    def _own(self, customer_id: str, customer: Customer | None, category: Category) -> tuple[CreditRating, int]:
        """The rating and the limit in fen, without what is lent."""
        tx, day = self.tx, self.context.business_date
        has = tx.find(CustomerCredit, customer_id=customer_id) if customer_id else None
        said = rated(tx, customer, day) if customer else None
        rating = tx.one(CreditRating, code=said.rating if said else has.rating if has else NEW_CUSTOMER)
        counter = has.credit_limit if has else rating.credit_limit
        return rating, max(limit_of(tx, said) if said else counter, category.credit_limit)

    @traced
    def assess(self, customer_id: str, category: str, *, international: bool) -> Assessment:
        """The rating that stands, or a new customer's; and the deposit for international services (catalogue C1-F8)."""
        of_category = self.tx.one(Category, code=category)
        customer = self.tx.find(Customer, id=customer_id) if customer_id else None
        found = self._standing(customer_id, customer, of_category)
        waived = found.rating.deposit_waived or of_category.deposit_waived
        deposit = INTERNATIONAL_DEPOSIT.of(self.tx) if international and not waived else 0
        return Assessment(found.rating.code, found.limit, deposit, found.lent_until, found.own)

    @traced
    def beyond(self, customer_id: str, category: str, owed: int, monthly: int) -> Message | None:
        """Why what is owed, with what begins to be charged, is more than the customer is trusted with; None: it is not.

        All in fen (catalogue F8: the limit, and what it allows).
        """
        of_category = self.tx.one(Category, code=category)
        customer = self.tx.find(Customer, id=customer_id) if customer_id else None
        if owed + monthly <= self._own(customer_id, customer, of_category)[1]:
            return None
        found = self._standing(customer_id, customer, of_category)
        if owed + monthly <= found.limit:
            return None
        if found.lent_until:
            return say(
                "{owed} yuan owed and {more} yuan a month are beyond the limit of {limit} yuan, lent until {day}.",
                owed=yuan(owed),
                more=yuan(monthly),
                limit=yuan(found.limit),
                day=found.lent_until,
            )
        return say(
            "{owed} yuan owed and {more} yuan a month are beyond the credit limit of {limit} yuan.",
            owed=yuan(owed),
            more=yuan(monthly),
            limit=yuan(found.limit),
        )

    @traced
    def open(self, customer_id: str, assessment: Assessment) -> None:
        """Give a customer their limit, where they have none yet: what is lent for a time is none of theirs."""
        if self.tx.find(CustomerCredit, customer_id=customer_id) is None:
            limit = assessment.own if assessment.lent_until else assessment.limit
            self.tx.add(CustomerCredit, customer_id=customer_id, rating=assessment.rating, credit_limit=limit)
