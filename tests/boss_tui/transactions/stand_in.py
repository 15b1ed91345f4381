"""A step whose components are stood in for by what a test says: for rules of a business that need no store."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

from boss_tui.answers.business import QuoteLine
from boss_tui.business.process import Run
from boss_tui.transactions.lines import Line
from data.message import Message
from data.tables.account import BillingAccount
from data.tables.customer import Customer
from data.tables.order import Subscription
from tests.boss_tui.components.rows import Rows, context, row


def parts(**methods: Any) -> SimpleNamespace:
    """A component: what is callable is a method, anything else is what its method answers, whatever it is asked."""
    return SimpleNamespace(**{name: said if callable(said) else _answering(said) for name, said in methods.items()})


def _answering(said: Any) -> Any:
    return lambda *_, **__: said


def priced(item: str, amount: int, **more: Any) -> QuoteLine:
    """A line of a quote, as the tariff makes it."""
    return QuoteLine(item, more.pop("label", Message(item)), 0, amount, amount, **more)


TARIFF = parts(line=priced)


def step(rows: Rows | None = None, *, about: dict[str, Any] | None = None, **components: Any) -> Run:
    """A step in which these components are stood in for; the others work over the rows. `about`: of its context."""
    run = Run(context(rows or Rows(), **(about or {})))
    vars(run).update({"tariff": TARIFF, **components})
    return run


def line(*, customer: dict[str, Any] | None = None, account: dict[str, Any] | None = None, **values: Any) -> Line:
    """A postpaid line that works, its owner and its account."""
    standard = {
        "id": "line",
        "number": "13957000001",
        "account_id": "account",
        "customer_id": "owner",
        "pay_type": "postpaid",
        "plan": "P88",
    }
    return Line(
        row(Subscription, **{**standard, **values}),
        row(Customer, **{"id": "owner", "holder": "individual", "category": "ordinary", **(customer or {})}),
        row(
            BillingAccount,
            **{"id": "account", "customer_id": "owner", "number": "A1", "pay_type": "postpaid", **(account or {})},
        ),
    )


def told(run: Run) -> dict[str, str]:
    """What stands beside the fields, in English."""
    return {field: str(message) for field, message in run.errors.items()}


def amounts(lines: Any) -> list[tuple[str, int]]:
    """Item and fen of each line."""
    return [(one.item, one.amount) for one in lines]
