"""What values were before an order and are after it (`ValueChange`): the history that C4, C5, C8 and C13 show.

Not a component of the catalogue: those that change a value note it here, in the same transaction; who looks at the
history is shown words, never the codes that the columns hold.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from boss_tui.components.base import Context
from boss_tui.components.wording import masked_document, masked_name
from boss_tui.forms.typed import LONG_TERM, yuan
from data.clock import new_key
from data.codes import VALUES
from data.message import Message, both, say
from data.states import state_name
from data.store import Reading
from data.tables.account import BillingAccount
from data.tables.customer import Category, Customer, DocumentKind
from data.tables.life import ValueChange
from data.tables.product import Product

SECRET = frozenset({"password_hash"})


def note(context: Context, subject: str, before: Mapping[str, Any], after: Mapping[str, Any]) -> None:
    """Note each value of `after` that differs from `before`. `subject`: the key of the customer, account, subscription.

    A secret's change is noted without either value.
    """
    for field, value in after.items():
        was = before.get(field, "")
        if value != was:
            told = ("", "") if field in SECRET else (str(was), str(value))
            context.tx.add(
                ValueChange,
                id=new_key(context.tx.clock),
                subject=subject,
                field=field,
                before=told[0],
                after=told[1],
                order_id=context.order_id,
                made_at=context.tx.now(),
            )


def shown(reading: Reading, column: str, value: str) -> str | Message:
    """A value of a column as people read it: codes by their names, private numbers masked, nothing as `-`."""
    named = VALUES.get(column, {}).get(value)
    if named is not None or not value:
        return named or "-"
    found = _NAMED.get(column)
    return found(reading, value) if found else value


def _plan(reading: Reading, code: str) -> str | Message:
    row = reading.find(Product, code=code)
    return both(row.name_zh, row.name_en) if row else code


def _kind_of_document(reading: Reading, code: str) -> str | Message:
    row = reading.find(DocumentKind, code=code)
    return both(row.name_zh, row.name_en) if row else code


def _category(reading: Reading, code: str) -> str | Message:
    row = reading.find(Category, code=code)
    return both(row.name_zh, row.name_en) if row else code


def _account(reading: Reading, key: str) -> str | Message:
    row = reading.find(BillingAccount, id=key)
    return row.number if row else "-"


def _owner(reading: Reading, key: str) -> str | Message:
    row = reading.find(Customer, id=key)
    return masked_name(row.name) if row else "-"


_NAMED: dict[str, Callable[[Reading, str], str | Message]] = {
    "plan": _plan,
    "document_kind": _kind_of_document,
    "category": _category,
    "account_id": _account,
    "customer_id": _owner,
    "state": lambda _reading, code: state_name(code),
    "document_number": lambda _reading, number: masked_document(number),
    "bank_account": lambda _reading, number: masked_document(number),
    "minimum_spend": lambda _reading, fen: yuan(int(fen)),
    "document_expires": lambda _reading, day: say("long-term") if day == LONG_TERM.isoformat() else day,
}
"""How the values of a column are shown that have their names elsewhere in the store."""
