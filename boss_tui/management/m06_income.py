"""What an edition of prices may take away: what is charged in each case that its lines touch (management-facts 1.3).

A case is a sale that a touched rule is for, or a unit of usage beyond what a plan includes; `editions.second` compares
what is charged in it without the edition and with it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from boss_tui.components.price_rules import Sale, winners
from boss_tui.editions.lines import RowEdit
from boss_tui.editions.subjects import Income
from data.statements import table_name
from data.store import Reading
from data.tables.billing import PlanRate
from data.tables.tariff import PriceRule

NOON = "12:00"


@dataclass(frozen=True, slots=True)
class Charge:
    """What a sale is charged of one item: monthly, or once."""

    sale: Sale
    item: str
    monthly: int


@dataclass(frozen=True, slots=True)
class Usage:
    """A unit of one kind of usage beyond what a plan includes."""

    plan: str
    kind: str


def _cases(reading: Reading, lines: Mapping[int, RowEdit], day: str) -> Iterator[Charge | Usage]:
    for line in lines.values():
        if line.table == table_name(PlanRate):
            yield Usage(*line.key)
        elif line.table == table_name(PriceRule):
            row = reading.find(PriceRule, id=line.key[0])
            before: dict[str, Any] = dict(row.__dict__) if row is not None else {}
            for values in (before, {**before, **line.values}):
                if values.get("business"):
                    yield _sale_of(values, day)


def _sale_of(rule: Mapping[str, Any], day: str) -> Charge:
    """A sale that a rule is for, on the first day on which it holds."""
    first = date.fromisoformat(max(day, rule.get("valid_from") or day))
    weekdays = rule.get("weekdays") or "1234567"
    on = next(each for n in range(7) if str((each := first + timedelta(days=n)).isoweekday()) in weekdays)
    sale = Sale(
        business=rule["business"],
        products=(rule["product"],) if rule.get("product") else (),
        category=rule.get("category") or "ordinary",
        outlet=rule.get("outlet") or "",
        day=on.isoformat(),
        time=rule.get("from_time") or NOON,
    )
    return Charge(sale, rule["item"], int(rule.get("monthly") or 0))


def _charged(reading: Reading, case: Charge | Usage) -> int:
    if isinstance(case, Usage):
        rate = reading.find(PlanRate, plan=case.plan, kind=case.kind)
        return rate.price if rate is not None else 0
    rules = reading.all(PriceRule, business=case.sale.business, item=case.item, monthly=case.monthly)
    return sum(rule.amount * rule.percent // 100 for rule in winners(rules, case.sale))


INCOME = Income(_cases, _charged)
