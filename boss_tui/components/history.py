"""What values were before an order and are after it (`ValueChange`): the history that C4, C5, C8 and C13 show.

Not a component of the catalogue: those that change a value note it here, in the same transaction.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from boss_tui.components.base import Context
from data.clock import new_key
from data.tables.life import ValueChange

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
                ValueChange, id=new_key(context.tx.clock), subject=subject, field=field, before=told[0], after=told[1],
                order_id=context.order_id, made_at=context.tx.now(),
            )  # fmt: skip
