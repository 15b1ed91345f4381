"""F8 credit 用户信用: rating, limit, and what they allow. Prepaid products ask nothing of it (catalogue C1)."""

from __future__ import annotations

from dataclasses import dataclass

from boss_tui.components.base import Component, traced
from boss_tui.forms import yuan
from data.message import Message, say
from data.parameters import INTERNATIONAL_DEPOSIT
from data.tables.account import CreditRating, CustomerCredit
from data.tables.customer import Category

NEW_CUSTOMER = "C"


@dataclass(frozen=True, slots=True)
class Assessment:
    """A customer's rating, the limit in fen that follows, and the deposit in fen that is asked for."""

    rating: str
    limit: int
    deposit: int


class Credit(Component):
    """F8: how far a customer is trusted."""

    code = "F8"

    @traced
    def assess(self, customer_id: str, category: str, *, international: bool) -> Assessment:
        """The rating that stands, or a new customer's; and the deposit for international services (catalogue C1-F8)."""
        has = self.tx.find(CustomerCredit, customer_id=customer_id) if customer_id else None
        rating = self.tx.one(CreditRating, code=has.rating if has else NEW_CUSTOMER)
        of_category = self.tx.one(Category, code=category)
        limit = max(has.credit_limit if has else rating.credit_limit, of_category.credit_limit)
        waived = rating.deposit_waived or of_category.deposit_waived
        deposit = INTERNATIONAL_DEPOSIT.of(self.tx) if international and not waived else 0
        return Assessment(rating.code, limit, deposit)

    @traced
    def beyond(self, customer_id: str, category: str, owed: int, monthly: int) -> Message | None:
        """Why what is owed, with what begins to be charged, is more than the customer is trusted with; None: it is not.

        All in fen (catalogue F8: the limit, and what it allows).
        """
        limit = self.assess(customer_id, category, international=False).limit
        if owed + monthly <= limit:
            return None
        return say(
            "{owed} yuan owed and {more} yuan a month are beyond the credit limit of {limit} yuan.",
            owed=yuan(owed),
            more=yuan(monthly),
            limit=yuan(limit),
        )

    @traced
    def open(self, customer_id: str, assessment: Assessment) -> None:
        """Give a customer their limit, where they have none yet."""
        if self.tx.find(CustomerCredit, customer_id=customer_id) is None:
            self.tx.add(
                CustomerCredit, customer_id=customer_id, rating=assessment.rating, credit_limit=assessment.limit
            )
