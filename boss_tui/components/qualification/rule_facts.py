"""What conditions of managers may name: facts of customer, agent, product, account, order and time.

Each is worked out when it is named. Sums are in whole yuan, rounded so that `balance >= 10` and `owed <= 10` hold of
the money itself. Where a business is about no number, or opens one, product and account are empty rather than not
known: a condition about them can be told of everybody.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date
from typing import Any

from msgspec import Struct
from sqlalchemy import Select, bindparam, func, select

from boss_tui.components.base import Context
from boss_tui.components.customers.applicant import Applicant
from data.clock import wall_time
from data.message import Message, say
from data.tables.account import BalanceBucket, BillingAccount
from data.tables.billing import CustomerBill
from data.tables.order import Subscription
from data.tables.organisation import Outlet
from data.tables.product import Product

FEN = 100
_ON, _BUCKET, _BILL = Subscription.table(), BalanceBucket.table(), CustomerBill.table()
_LINES = (
    select(func.count(), func.min(_ON.c.opened_on))
    .select_from(_ON)
    .where(_ON.c.customer_id == bindparam("customer"), _ON.c.state.not_in(("terminated", "cancelled")))
)
_PREPAID = select(func.coalesce(func.sum(_BUCKET.c.amount), 0)).where(
    _BUCKET.c.account_id == bindparam("account"), _BUCKET.c.kind == "prepaid"
)
_UNPAID = select(func.coalesce(func.sum(_BILL.c.amount - _BILL.c.paid), 0)).where(
    _BILL.c.account_id == bindparam("account"), _BILL.c.state.in_(("sent", "partiallyPaid", "onHold"))
)


class RuleFact(Struct, frozen=True):
    """A fact. `says`: what it is, with its unit; `sample`: one of its values, by which conditions are tried."""

    says: Message
    sample: Any
    of: Callable[[Context, Applicant], Any]


def _lines(at: Context, asked: Applicant) -> tuple[int, str]:
    count, first = next(iter(at.tx.rows(_LINES, customer=asked.customer_id)))
    return int(count) - int(asked.opens_number and asked.counted), str(first or "")


def _months(at: Context, asked: Applicant) -> int:
    """Whole months since the first line that they still have."""
    _, first = _lines(at, asked)
    if not first:
        return 0
    since, today = date.fromisoformat(first), at.today
    return (today.year - since.year) * 12 + today.month - since.month - (today.day < since.day)


def _paid(at: Context, asked: Applicant) -> str:
    product = at.tx.find(Product, code=asked.product) if asked.product else None
    return product.pay_type if product is not None else ""


def _fen(at: Context, asked: Applicant, of: Select[Any]) -> int:
    """Of the account that it is about; where it is about none, of all that they have."""
    keys = [asked.account_id] if asked.account_id else []
    if not keys and asked.customer_id:
        keys = [each.id for each in at.tx.all(BillingAccount, customer_id=asked.customer_id)]
    return sum(int(at.tx.scalar(of, account=key)) for key in keys)


def _balance(at: Context, asked: Applicant) -> int:
    return _fen(at, asked, _PREPAID) // FEN


def _owed(at: Context, asked: Applicant) -> int:
    return -(-_fen(at, asked, _UNPAID) // FEN)


def _pay_type(at: Context, asked: Applicant) -> str:
    account = at.tx.find(BillingAccount, id=asked.account_id) if asked.account_id else None
    return account.pay_type if account is not None else ""


def _hour(at: Context) -> int:
    """Of what is entered later, when it was written."""
    return int((at.slip.written_at if at.slip else wall_time(at.tx.present()))[:2])


FACTS: dict[str, RuleFact] = {
    "customer.category": RuleFact(say("Code of the customer's category"), "ordinary", lambda _, a: a.category),
    "customer.document": RuleFact(say("Code of the kind of document"), "00", lambda _, a: a.document_kind),
    "customer.name": RuleFact(say("Name, as the document says"), "王小明", lambda _, a: a.name or None),
    "customer.document_number": RuleFact(
        say("Number of the document"), "330106199001011230", lambda _, a: a.document_number or None
    ),
    "customer.age": RuleFact(say("Years; not known of an organization"), 30, lambda _, a: a.age),
    "customer.known": RuleFact(say("Whether they were a customer before"), True, lambda _, a: bool(a.customer_id)),
    "customer.numbers": RuleFact(say("Numbers that they have"), 1, lambda at, a: _lines(at, a)[0]),
    "customer.months": RuleFact(say("Months since the first of them was opened"), 12, _months),
    "agent.present": RuleFact(say("Whether somebody acts for them"), False, lambda _, a: bool(a.agent_number)),
    "agent.name": RuleFact(say("Name of who acts for them"), "李四", lambda _, a: a.agent_name or None),
    "agent.document_number": RuleFact(
        say("Document number of who acts for them"), "330106198001011230", lambda _, a: a.agent_number or None
    ),
    "agent.age": RuleFact(say("Years of who acts for them"), 40, lambda _, a: a.agent_age),
    "agent.document": RuleFact(say("Kind of document of who acts for them"), "00", lambda _, a: a.agent_kind),
    "product.code": RuleFact(
        say("Code of the plan that the number has, or is to get; empty: it is about none"),
        "P58",
        lambda _, a: a.product,
    ),
    "product.begins": RuleFact(
        say("List of the plans and services that are sold by it: 'P58' in product.begins"),
        ["P58"],
        lambda _, a: None if a.begins is None else list(a.begins),
    ),
    "product.pay_type": RuleFact(say("prepaid, postpaid or any: how that plan is paid"), "postpaid", _paid),
    "account.pay_type": RuleFact(
        say("prepaid or postpaid: the account of the number; empty: none"), "postpaid", _pay_type
    ),
    "account.balance": RuleFact(
        say("Yuan prepaid, whole ones: on that account, else on all that they have"), 50, _balance
    ),
    "account.owed": RuleFact(
        say("Yuan billed and not paid, rounded up: on that account, else on all that they have"), 0, _owed
    ),
    "order.business": RuleFact(say("Code of the business"), "C1", lambda at, _: at.business),
    "order.outlet": RuleFact(say("Code of the outlet"), "HZ01", lambda at, _: at.outlet),
    "order.channel": RuleFact(
        say("own or agent: whose outlet"), "own", lambda at, _: at.tx.one(Outlet, code=at.outlet).channel
    ),
    "order.opens_number": RuleFact(say("Whether they get one more number by it"), True, lambda _, a: a.opens_number),
    "order.online": RuleFact(say("Whether headquarters is reached"), True, lambda at, _: at.online),
    "time.date": RuleFact(say("Business date, such as 2026-11-23"), "2026-11-23", lambda at, _: at.business_date),
    "time.day": RuleFact(say("Day of the month"), 23, lambda at, _: at.today.day),
    "time.weekday": RuleFact(say("1 is Monday, 7 Sunday"), 1, lambda at, _: at.today.isoweekday()),
    "time.hour": RuleFact(say("Hour on the wall, 0 to 23"), 9, lambda at, _: _hour(at)),
}


def named() -> tuple[tuple[str, Message], ...]:
    """Each fact by its name, with what it is: for who writes conditions."""
    return tuple((name, fact.says) for name, fact in FACTS.items())


class RuleFacts:
    """What is known where somebody is asked for: each fact is worked out once, whichever rules name it. It holds while
    nothing is written."""

    def __init__(self, at: Context, asked: Applicant) -> None:
        self.asked = asked
        self._at = at
        self._known: dict[str, Any] = {}

    def named(self, names: Iterable[str]) -> dict[str, dict[str, Any]]:
        """Those of these names; one that is not known is left out. Those that there are none of are left out too."""
        found: dict[str, dict[str, Any]] = {}
        for name in names:
            if name not in self._known:
                self._known[name] = FACTS[name].of(self._at, self.asked) if name in FACTS else None
            value = self._known[name]
            if value is not None:
                group, _, own = name.partition(".")
                found.setdefault(group, {})[own] = value
        return found


def samples() -> dict[str, dict[str, Any]]:
    """A value of each fact."""
    found: dict[str, dict[str, Any]] = {}
    for name, fact in FACTS.items():
        group, _, own = name.partition(".")
        found.setdefault(group, {})[own] = fact.sample
    return found
