"""What rules of classification look at: facts of a customer that headquarters' store has, and conditions over them.

A condition is a row: a fact, how it is compared, with what. Facts are read for a page of customers at a time.
Source: catalogue M3.2.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from typing import Annotated, Any, Literal

from msgspec import Struct, field
from pydantic import Field
from sqlalchemy import bindparam, func, select

from boss_tui.components.identity.kinds import age_on
from boss_tui.forms.fields import Ask
from boss_tui.forms.form import Form
from boss_tui.forms.typed import Whole, fen_typed
from data.characters import is_digits
from data.choices import choice_name
from data.errors import BadForm
from data.message import Message, say
from data.store import Reading
from data.tables.account import BillingAccount
from data.tables.base import Table
from data.tables.billing import CustomerBill
from data.tables.customer import Category, Customer, DocumentKind
from data.tables.order import Subscription
from data.tables.organisation import Outlet

MOST_MONTHS = 24
AT_LEAST, AT_MOST, IS, IS_NOT = ">=", "<=", "=", "!="
COMPARISONS = (AT_LEAST, AT_MOST, IS, IS_NOT)
Kind = Literal["yuan", "count", "text"]

_customer, _line = Customer.table(), Subscription.table()
_bill, _account = CustomerBill.table(), BillingAccount.table()
_OVER = ("terminated", "cancelled")
_PAGE = (
    select(*_customer.c)
    .where(_customer.c.id > bindparam("after"), _customer.c.state != "closed")
    .order_by(_customer.c.id)
    .limit(bindparam("most"))
)
_LINES = (
    select(_line.c.customer_id, func.count(), func.min(_line.c.opened_on))
    .where(_line.c.customer_id.between(bindparam("first"), bindparam("last")), _line.c.state.not_in(_OVER))
    .group_by(_line.c.customer_id)
)
_BILLS = select(_account.c.customer_id, func.sum(_bill.c.amount)).join_from(
    _bill, _account, _bill.c.account_id == _account.c.id
)
_OF_PAGE = _account.c.customer_id.between(bindparam("first"), bindparam("last"))
_SPENT = (
    _BILLS.add_columns(_bill.c.month)
    .where(_OF_PAGE, _bill.c.month >= bindparam("since"))
    .group_by(_account.c.customer_id, _bill.c.month)
)
_OWED = (
    select(_account.c.customer_id, func.sum(_bill.c.amount - _bill.c.paid))
    .join_from(_bill, _account, _bill.c.account_id == _account.c.id)
    .where(_OF_PAGE, _bill.c.state.not_in(("settled", "new")), _bill.c.due_on < bindparam("day"))
    .group_by(_account.c.customer_id)
)


class Known(Struct):
    """A customer, and what headquarters has of them: living numbers, since when, bills by month and overdue, in fen."""

    customer: Customer
    lines: int = 0
    since: str = ""
    bills: dict[str, int] = field(default_factory=dict)
    owed: int = 0


def page(reading: Reading, after: str, day: str, most: int, number: str = "") -> list[Known]:
    """The next customers after a key, with what is known of them on a business date; or the one of a document."""
    if number:
        customers = reading.all(Customer, document_number=number)
    else:
        customers = reading.models(Customer, _PAGE, after=after, most=most)
    found = {row.id: Known(row) for row in customers}
    for first, last in [(row.id, row.id) for row in customers] if number else _bounds(customers):
        _fill(reading, found, {"first": first, "last": last}, day)
    return list(found.values())


def _bounds(customers: Sequence[Customer]) -> list[tuple[str, str]]:
    return [(customers[0].id, customers[-1].id)] if customers else []


def _fill(reading: Reading, found: Mapping[str, Known], bounds: Mapping[str, str], day: str) -> None:
    for key, count, since in reading.rows(_LINES, **bounds):
        if key in found:
            found[key].lines, found[key].since = int(count), str(since or "")
    for key, amount, month in reading.rows(_SPENT, since=_months_before(day, MOST_MONTHS), **bounds):
        if key in found:
            found[key].bills[str(month)] = int(amount)
    for key, amount in reading.rows(_OWED, day=day, **bounds):
        if key in found:
            found[key].owed = int(amount)


def _months_before(day: str, months: int) -> str:
    """The month that many before that of a day, as YYYY-MM."""
    at = int(day[:4]) * 12 + int(day[5:7]) - 1 - months
    return f"{at // 12:04d}-{at % 12 + 1:02d}"


def _spent(known: Known, day: str, months: int) -> int:
    """What the bills of the last so many whole months come to, in fen."""
    first, this = _months_before(day, months), day[:7]
    return sum(amount for month, amount in known.bills.items() if first <= month < this)


def _age(known: Known, day: str, _: int) -> int | None:
    born = known.customer.birth_date
    return age_on(date.fromisoformat(born), date.fromisoformat(day)) if born else None


def _tenure(known: Known, day: str, _: int) -> int | None:
    """Whole months since the oldest living number was opened."""
    if not known.since:
        return None
    since, now = date.fromisoformat(known.since), date.fromisoformat(day)
    return (now.year - since.year) * 12 + now.month - since.month - (now.day < since.day)


class CustomerFact(Struct, frozen=True):
    """What a condition may look at. `kind`: in yuan, a count, or a text; `monthly`: of the last so many months.

    `of` answers None where it is not known: then no condition over it holds."""

    says: Message
    kind: Kind
    of: Callable[[Known, str, int], int | str | None]
    monthly: bool = False


FACTS: Mapping[str, CustomerFact] = {
    "spend": CustomerFact(say("Bills of the last months, yuan"), "yuan", _spent, monthly=True),
    "tenure": CustomerFact(say("Months with us"), "count", _tenure),
    "age": CustomerFact(say("Age"), "count", _age),
    "lines": CustomerFact(say("Numbers held"), "count", lambda known, _day, _n: known.lines),
    "owed": CustomerFact(say("Overdue, yuan"), "yuan", lambda known, _day, _n: known.owed),
    "document_kind": CustomerFact(say("Document kind"), "text", lambda known, _day, _n: known.customer.document_kind),
    "holder": CustomerFact(say("Holder"), "text", lambda known, _day, _n: known.customer.holder),
    "category": CustomerFact(say("Category at the counter"), "text", lambda known, _day, _n: known.customer.category),
    "outlet": CustomerFact(say("Outlet"), "text", lambda known, _day, _n: known.customer.outlet),
}

HOLDERS = {each: choice_name("document_kind", "holder", each) for each in ("individual", "organization")}
CELLS: Mapping[str, Mapping[str, Message] | type[Table]] = {
    "fact": {name: each.says for name, each in FACTS.items()},
    "value:document_kind": DocumentKind,
    "value:holder": HOLDERS,
    "value:category": Category,
    "value:outlet": Outlet,
}
"""What codes in a condition are called (`Entity.cells`)."""


class ConditionForm(Form):
    """A condition, as it is typed: spend | >= | 300 | 3."""

    fact: Annotated[str, Ask(say("Fact"), length=20)]
    comparison: Annotated[str, Ask(say("Comparison"), length=2)]
    value: Annotated[str, Ask(say("Value"), length=60)]
    months: Annotated[Whole, Ask(say("Months"), "digits"), Field(le=MOST_MONTHS)] = 0


class ClassCondition(Struct, frozen=True):
    """A condition, read: its fact, how it is compared, with what (numbers as in the fact), of how many months."""

    fact: str
    comparison: str
    number: int = 0
    words: tuple[str, ...] = ()
    months: int = 0

    def holds(self, known: Known, day: str) -> bool:
        """Whether it holds for a customer on a business date; what is not known meets no condition."""
        has = FACTS[self.fact].of(known, day, self.months)
        if has is None:
            return False
        if isinstance(has, str):
            return (has in self.words) is (self.comparison == IS)
        match self.comparison:
            case ">=":
                return has >= self.number
            case "<=":
                return has <= self.number
            case "=":
                return has == self.number
        return has != self.number


def read(held: str) -> list[ClassCondition]:
    """The conditions of a rule, as its column holds them. BadForm (`conditions`): one can't be."""
    rows: list[dict[str, Any]] = json.loads(held or "[]")
    return [_read(n, row) for n, row in enumerate(rows, 1)]


def _read(n: int, row: Mapping[str, Any]) -> ClassCondition:
    fact, comparison, value, months = (row.get(name, "") for name in ("fact", "comparison", "value", "months"))
    known = FACTS.get(str(fact))
    if known is None:
        raise _bad(n, say("One of {words}.", words=", ".join(FACTS)))
    allowed = (IS, IS_NOT) if known.kind == "text" else COMPARISONS
    if comparison not in allowed:
        raise _bad(n, say("One of {words}.", words=", ".join(allowed)))
    if known.monthly is not bool(months):
        told = say("Of how many months? Between 1 and {most}.", most=MOST_MONTHS)
        raise _bad(n, told if known.monthly else say("{fact} is not of months.", fact=str(fact)))
    if known.kind == "text":
        words = tuple(word.strip() for word in str(value).split(",") if word.strip())
        if not words:
            raise _bad(n, say("A code, or several with commas."))
        return ClassCondition(str(fact), str(comparison), words=words)
    return ClassCondition(str(fact), str(comparison), _number(n, known, str(value)), months=int(months or 0))


def _number(n: int, fact: CustomerFact, typed: str) -> int:
    if fact.kind == "yuan":
        try:
            return fen_typed(typed)
        except BadForm as fault:
            raise _bad(n, fault.message) from None
    if not is_digits(typed) or len(typed) > 6:
        raise _bad(n, say("A whole number."))
    return int(typed)


def _bad(n: int, why: Message) -> BadForm:
    return BadForm({"conditions": say("Condition {n}: {why}", n=n, why=why)})


def all_hold(conditions: Iterable[ClassCondition], known: Known, day: str) -> bool:
    """Whether a customer meets every condition of a rule."""
    return all(condition.holds(known, day) for condition in conditions)
