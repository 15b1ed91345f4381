"""Invariant 7: passwords are kept as Argon2id hashes, and nowhere as they were typed.

Operators have one, once headquarters gave them the first; subscriptions have one or none (taken over from an old
system). Drafts keep secret fields as hashes or as the proof that one was right, and orders keep no secret fields at
all. Which fields are secret is what the forms declare. Source: catalogue C1, M7.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from sqlalchemy import bindparam, select

from boss_tui.business.registry import BUSINESSES
from boss_tui.business.vault import PROVEN
from boss_tui.verify.finding import Finding
from boss_tui.verify.rule import Rule, columns_of
from data.message import say
from data.store import Reading
from data.tables.order import Draft, ProductOrder, Subscription
from data.tables.organisation import Operator

RULE = "secrets are not kept as typed"
HASHED = "$argon2id$"
PAGE = 2_000

_p, _s, _d, _o = columns_of(Operator), columns_of(Subscription), columns_of(Draft), columns_of(ProductOrder)


def _next(table: Any, business: Any, values: Any) -> Any:
    found = select(table.c.id, business, values).where(table.c.id > bindparam("after"), business == bindparam("code"))
    return found.where(values.like(bindparam("holds"))).order_by(table.c.id).limit(PAGE)


_DRAFTS, _ORDERS = _next(_d, _d.c.code, _d.c.values_json), _next(_o, _o.c.business, _o.c.form_json)

RULES = (
    Rule(
        7,
        "operator password is hashed",
        Operator,
        select(_p.c.staff_no.label("key")).where(_p.c.password_hash != "", _p.c.password_hash.not_like(f"{HASHED}%")),
        say("The password is not kept as an Argon2id hash."),
    ),
    Rule(
        7,
        "product password is hashed",
        Subscription,
        select(_s.c.id.label("key")).where(_s.c.password_hash != "", _s.c.password_hash.not_like(f"{HASHED}%")),
        say("The password is not kept as an Argon2id hash."),
    ),
)


def secret_fields(code: str) -> tuple[str, ...]:
    """The fields of a business' form that are never kept as typed."""
    form = BUSINESSES[code].form
    return tuple(sorted(spec.name for spec in form.fields() if spec.ask.kind == "password"))


def check(reading: Reading, _moments: dict[str, str]) -> Iterator[Finding]:
    """The forms of every business that has secret fields."""
    for code in sorted(BUSINESSES):
        for name in secret_fields(code):
            for table, statement, hashed in (("draft", _DRAFTS, True), ("product_order", _ORDERS, False)):
                for key, value in _values(reading, statement, code, name):
                    if not (hashed and value.startswith((HASHED, PROVEN))):
                        told = say("The form keeps the secret field {field} as it was typed.", field=name)
                        yield Finding(7, RULE, table, key, told)


def _values(reading: Reading, statement: Any, code: str, name: str) -> Iterator[tuple[str, str]]:
    """Keys of rows, and what stands in the field, where something does."""
    after = ""
    while page := reading.rows(statement, code=code, holds=f'%"{name}"%', after=after):
        for key, _, stored in page:
            value = json.loads(stored).get(name)
            if value:
                yield key, str(value)
        after = page[-1][0]
