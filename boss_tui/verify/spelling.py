"""Invariant 3: a customer is found by the name that stands in the books, however it is spelt.

A name is kept in its one spelling (one dot between its parts, half width, no private codes), and beside it the key by
which it is compared and found. Source: catalogue F3.
"""

from __future__ import annotations

from collections.abc import Iterator

from sqlalchemy import bindparam, select

from boss_tui.verify.finding import Finding
from boss_tui.verify.rule import columns_of
from data.message import say
from data.names import as_stored, name_key
from data.store import Reading
from data.tables.customer import Customer

RULE = "a name is kept as it is found"
PAGE = 5_000

_c = columns_of(Customer).c
_NEXT = select(_c.id, _c.name, _c.name_key).where(_c.id > bindparam("after")).order_by(_c.id).limit(PAGE)


def check(reading: Reading, _moments: dict[str, str]) -> Iterator[Finding]:
    """Every customer's name against its one spelling, and its key against the name."""
    after = ""
    while page := reading.rows(_NEXT, after=after):
        for key, name, kept in page:
            if name != as_stored(name):
                yield Finding(3, RULE, "customer", key, say("The name is not in its one spelling."))
            elif kept != name_key(name):
                yield Finding(3, RULE, "customer", key, say("The key of the name is not that of the name."))
        after = page[-1][0]
