"""What damage is, and how it is planted."""

from __future__ import annotations

import re
from typing import Any

from msgspec import Struct
from sqlalchemy import text

from data.schema import guards
from data.store import Store


class Damage(Struct, frozen=True):
    """One kind of damage.

    Attributes:
        name: for the test's name.
        invariant, rule, table: of the finding that must come.
        pick: a query whose first row is the victim's key; its columns are named in `do` as :a, :b, :c, …
        do: statements, alike on both engines.
        key: the finding's key as a query over the same names; empty: the victim's own key.
    """

    name: str
    invariant: int
    rule: str
    table: str
    pick: str
    do: tuple[str, ...]
    key: str = ""


def plant(store: Store, damage: Damage) -> str:
    """Do the damage, with triggers and references off; answers the key that must be named."""
    with store.engine.connect() as connection:

        def run(statement: str, **values: Any) -> Any:
            return connection.execute(text(statement), values)

        off, on = _switches(store, " ".join(damage.do))
        for statement in off:
            run(statement)
        victim = run(damage.pick).fetchone()
        assert victim is not None, "nothing to damage"
        values = dict(zip("abcde", victim, strict=False))
        for statement in damage.do:
            wanted = {name: value for name, value in values.items() if f":{name}" in statement}
            assert run(statement, **wanted).rowcount != 0, statement
        named = run(damage.key, **{n: v for n, v in values.items() if f":{n}" in damage.key}) if damage.key else None
        key = named.fetchone() if named is not None else victim
        for statement in on:
            run(statement)
    return "/".join(str(part) for part in key)


def _switches(store: Store, doing: str) -> tuple[list[str], list[str]]:
    """What takes references away, and the guards of the tables that are touched; and what puts them back."""
    if not store.is_sqlite:
        return ["SET session_replication_role = replica"], ["SET session_replication_role = DEFAULT"]
    touched = set(re.findall(r"\w+", doing))
    parts = {made: made.split() for made in guards(True)}
    guarding = {made: words[2] for made, words in parts.items() if words[words.index("ON") + 1] in touched}
    off = ["PRAGMA foreign_keys = OFF", "PRAGMA ignore_check_constraints = ON"]
    return [*off, *(f"DROP TRIGGER {name}" for name in guarding.values())], [*guarding, "PRAGMA foreign_keys = ON"]
