"""What managers want changed, chosen at random among the rows that headquarters publishes, of every subject.

A row is changed in a field or two, copied under another key, or ended: as the fields are declared, so that a subject
that is added is worked on too. Much of it can't be, and is refused.
"""

from __future__ import annotations

from datetime import date, timedelta
from random import Random
from typing import Any

from msgspec import Struct, field

from boss_tui.business.registry import BUSINESSES
from boss_tui.desk import Desk
from boss_tui.management.kit.entity import Column, Entity, Key
from boss_tui.management.subjects import MODULES, subject
from data.statements import columns
from data.store import Reading
from data.tables.order import Process
from data.tables.organisation import Operator
from data.tables.tariff import PriceRule
from tests.simulation.province import MANAGERS, PLACES

SUBJECTS = (*MODULES, "M6", "M6", "M6", "M4", "M4", "M7", "M7", "M1", "M3.1", "M8")
"""What is worked on, and how often: prices most."""
OURS = {"role": "office", "code": "HQ", "outlet": "HQ"}
"""Rows of the office itself are left alone: without them nobody could go on."""
COUNTER = frozenset(BUSINESSES)
WORDS = ("", "supervisor", "manager", "clerk", "nobody")
"""Whose word a process may ask for; that of the last two can't be asked for."""


class RowWish(Struct, frozen=True):
    """A row that somebody wants added, changed or ended: its list (M6/tax_rate), key, fields as typed."""

    name: str
    op: str
    keys: tuple[Key, ...] = ()
    typed: dict[str, str] = field(default_factory=dict)


class Changes(Struct, frozen=True):
    """Wishes of whoever sits at a desk of the office, on a business date."""

    desk: Desk
    reading: Reading
    chance: Random
    today: str

    def any(self, code: str) -> RowWish:
        """Something of a subject."""
        if code == "M6" and self.chance.random() < 0.6:
            return self.price()
        entity = self.chance.choice([each for each in subject(code).entities if each.stock is None])
        rows = self._rows(entity)
        op = self.chance.choices(("change", "add", "end"), (6, 3, 1))[0]
        if not rows:
            return RowWish(f"{code}/{entity.name}", "add", (), self._new(code, entity, self._blank(code, entity)))
        row = self.chance.choice(rows)
        if op == "end":
            return RowWish(f"{code}/{entity.name}", op, (entity.key_of(row),))
        typed = entity.typed(row)
        if op == "add":
            return RowWish(f"{code}/{entity.name}", op, (), self._new(code, entity, typed))
        return RowWish(f"{code}/{entity.name}", op, (entity.key_of(row),), self._varied(code, entity, typed))

    def price(self) -> RowWish:
        """Other amounts, of one price or of several at once."""
        rules = self.reading.all(PriceRule, state="published", order=("id",))
        some = self.chance.sample(rules, k=min(len(rules), self.chance.choice((1, 1, 2, 30))))
        keys = tuple((rule.id,) for rule in some)
        amount = f"{self.chance.randrange(0, 20_000) / 100:.2f}"
        typed = {"amount": amount} if self.chance.random() < 0.7 else {"percent": str(self.chance.randrange(50, 101))}
        return RowWish("M6/price_rule", "change", keys, typed)

    def process(self) -> RowWish:
        """Of a counter's business: whose word it asks for, its time limits, its sheets; more than one of those at
        times, and sometimes of somebody who is not there."""
        chance, rows = self.chance, self.reading.all(Process, order=("business",))
        one = chance.choice([row for row in rows if row.business in COUNTER])
        said = {
            "approvals": self._row(chance.choice(WORDS), chance.choice(("0", "100", "300"))),
            "copies": self._row(chance.choice(("invoice", "receipt")), chance.choice("23")),
            "limits": self._row("create_subscriber", str(chance.randrange(1, 90))),
            "network_minutes": str(chance.randrange(1, 90)),
            "draft_minutes": str(chance.randrange(5, 200)),
        }
        some = chance.sample([*said], k=chance.choice((1, 1, 2)))
        return RowWish("M19/process", "change", ((one.business,),), {name: said[name] for name in some})

    def _row(self, *cells: str) -> str:
        """A row as it is typed; or none."""
        return " | ".join(cells) if self.chance.random() < 0.7 else ""

    def staff(self) -> RowWish:
        """Somebody at a counter is dismissed, engaged again, or moved."""
        people = [row for row in self.reading.all(Operator, order=("staff_no",)) if row.staff_no not in MANAGERS]
        one = self.chance.choice(people)
        if self.chance.random() < 0.6:
            state = "left" if one.state == "active" else "active"
            return RowWish("M7/operator", "change", ((one.staff_no,),), {"state": state})
        to = self.chance.choice(PLACES).code
        return RowWish("M7/operator", "change", ((one.staff_no,),), {"outlet": to})

    def _rows(self, entity: Entity) -> list[dict[str, Any]]:
        names = columns(entity.model)
        rows = (dict(row.__dict__) for row in self.reading.all(entity.model))
        found = [row for row in rows if not any(row.get(name) == value for name, value in OURS.items())]
        return sorted(found, key=lambda row: [str(row[name]) for name in names])

    def _blank(self, code: str, entity: Entity) -> dict[str, str]:
        rows = self.desk.managing.example(code)["rows"]
        told = [row["values"] for row in rows if row["table"] == entity.name and row["op"] == "add"]
        return {**self.desk.managing.blank(f"{code}/{entity.name}"), **(told[0] if told else {})}

    def _new(self, code: str, entity: Entity, typed: dict[str, str]) -> dict[str, str]:
        """A row like another one, under a key of its own."""
        number = self.chance.randrange(10, 99)
        keyed = [column for column in entity.columns if column.is_key]
        again = self.chance.choice(keyed)
        if entity.gives_key:
            typed = {**typed, again.name: ""}
        elif offered := self._offered(code, entity, again):
            typed = {**typed, again.name: self.chance.choice(offered)}
        else:
            typed = {**typed, again.name: f"{typed[again.name]}{number}"}
        return {**typed, **self._varied(code, entity, typed)}

    def _varied(self, code: str, entity: Entity, typed: dict[str, str]) -> dict[str, str]:
        """A field or two that become something else."""
        free = [column for column in entity.columns if not column.is_key and column.rows is None]
        chosen = self.chance.sample(free, k=min(len(free), self.chance.choice((1, 1, 1, 2))))
        return {column.name: self._value(code, entity, column, typed[column.name]) for column in chosen}

    def _value(self, code: str, entity: Entity, column: Column, typed: str) -> str:
        chance, kind = self.chance, column.spec.ask.kind
        offered = self._offered(code, entity, column)
        if offered:
            return chance.choice(offered)
        if kind == "flag":
            return "n" if typed == "y" else "y"
        if kind == "money":
            return f"{chance.choice((0, 100, chance.randrange(0, 100_000))) / 100:.2f}"
        if kind == "date":
            day = date.fromisoformat(self.today) + timedelta(days=chance.randrange(-3, 40))
            return chance.choice(("-", day.isoformat()))
        if kind == "digits":
            return str(chance.choice((0, 1, 30, chance.randrange(0, 500))))
        return f"{typed[:8]}{chance.choice('新改甲乙')}" if kind in ("text", "multiline") else typed

    def _offered(self, code: str, entity: Entity, column: Column) -> list[str]:
        return [each.value for each in self.desk.managing.choices(f"{code}/{entity.name}", column.name)]
