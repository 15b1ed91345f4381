"""What the clerk reads of a customer's credit: rating and limit, what is lent, what spares them (C13)."""

from __future__ import annotations

from boss_tui.components.credit.credit import exemptions, lent, limit_of, rated
from boss_tui.forms.typed import yuan
from data.choices import choice_name
from data.message import Message, both, say
from data.store import Reading
from data.tables.account import CreditRating, CustomerCredit
from data.tables.customer import Customer


def credit_rows(reading: Reading, customer_id: str, day: str) -> list[tuple[Message | str, ...]]:
    """What the counter has a customer rated as, or headquarters; what it lends, and what spares them, until when."""
    row, person = reading.find(CustomerCredit, customer_id=customer_id), reading.find(Customer, id=customer_id)
    said = rated(reading, person, day) if person else None
    raised = lent(reading, person, day) if person else None
    code = said.rating if said else row.rating if row else ""
    if not code:
        return []
    limit = row.credit_limit if row and not said else limit_of(reading, said)
    found: list[tuple[Message | str, ...]] = [(say("Rating"), _rating(reading, code)), (say("Limit"), yuan(limit))]
    if raised:
        found.append((say("Lent limit"), yuan(raised.credit_limit), say("until {day}", day=raised.valid_to)))
    for exempt in exemptions(reading, person, day) if person else ():
        kind = choice_name("credit_exemption", "kind", exempt.kind)
        found.append((say("Exempt"), kind, say("until {day}", day=exempt.valid_to)))
    return found


def _rating(reading: Reading, code: str) -> Message:
    row = reading.find(CreditRating, code=code)
    return both(row.name_zh, row.name_en) if row else both(code, code)
