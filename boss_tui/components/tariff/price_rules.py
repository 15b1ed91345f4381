"""Which price rule counts 资费规则 (catalogue F6, M6): all conditions that a rule names must hold; the highest wins, of
equal ranks the one that says more of whom, where and when.

Pure: rows and a sale in, the answer with its reasons out. The counter prices with it, a manager tries a price with it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any, Literal

from msgspec import Struct

from boss_tui.components.base import valid_on
from boss_tui.components.hours import in_times, in_weekdays
from data.tables.tariff import PriceRule

Why = Literal["", "state", "date", "weekday", "time", "business", "product", "category", "outlet", "region", "rank"]
"""Why a rule does not count: which of its conditions fails first, or that another one of its kind goes first (rank);
empty: it counts."""


class Sale(Struct, frozen=True):
    """What a price is looked up for. `day`: a business date; `time`: HH:MM on the hall's wall; `products`: codes of
    plan and services; `region`: that the outlet is in."""

    business: str
    products: tuple[str, ...]
    category: str
    outlet: str
    day: str
    time: str
    region: str = ""


class Tried(Struct, frozen=True):
    """A rule, why it does not count, and which one goes before it where it is that."""

    rule: PriceRule
    why: Why = ""
    behind: str = ""


def why_not(rule: PriceRule, sale: Sale) -> Why:
    """The first condition of a rule that fails; empty when all hold. An empty condition holds for any."""
    for why, holds in _CONDITIONS:
        if not holds(rule, sale):
            return why
    return ""


_CONDITIONS: tuple[tuple[Why, Callable[[PriceRule, Sale], bool]], ...] = (
    ("state", lambda rule, _: rule.state == "published"),
    ("business", lambda rule, sale: rule.business == sale.business),
    ("product", lambda rule, sale: not rule.product or rule.product in sale.products),
    ("date", lambda rule, sale: valid_on(rule, sale.day)),
    ("category", lambda rule, sale: rule.category in ("", sale.category)),
    ("outlet", lambda rule, sale: rule.outlet in ("", sale.outlet)),
    ("region", lambda rule, sale: rule.region in ("", sale.region)),
    ("weekday", lambda rule, sale: in_weekdays(rule.weekdays, sale.day)),
    ("time", lambda rule, sale: in_times(rule.from_time, rule.to_time, sale.time)),
)


def conditions(of: Mapping[str, Any]) -> int:
    """How many conditions of whom, what, where and when a rule names, by its columns."""
    named = ("product", "category", "outlet", "region", "weekdays", "valid_to")
    return sum(bool(of[name]) for name in named) + bool(of["from_time"] or of["to_time"])


def precedence(rule: PriceRule) -> tuple[int, int, str]:
    """By what one rule goes before another that fits as well: the greater goes first."""
    return rule.rank, conditions(rule.__dict__), rule.id


def tried(rules: Iterable[PriceRule], sale: Sale) -> list[Tried]:
    """Every rule with why it counts or does not, those that count first: one for each item, product and rhythm."""
    found: list[Tried] = []
    first: dict[tuple[str, str, int], PriceRule] = {}
    for rule in sorted(rules, key=precedence, reverse=True):
        why = why_not(rule, sale)
        if why:
            found.append(Tried(rule, why))
            continue
        before = first.setdefault(_kind(rule), rule)
        found.append(Tried(rule) if before is rule else Tried(rule, "rank", before.id))
    return sorted(found, key=lambda each: each.why != "")


def winners(rules: Iterable[PriceRule], sale: Sale) -> list[PriceRule]:
    """The rules that count, in the order of their items, what is charged at once before what is charged each month."""
    return [first for first, _ in with_list_prices(rules, sale)]


def with_list_prices(rules: Iterable[PriceRule], sale: Sale) -> list[tuple[PriceRule, PriceRule]]:
    """The rules that count, each with the list price that it is measured by: the last rule of that product, item and
    rhythm that fits."""
    best: dict[tuple[str, str, int], PriceRule] = {}
    last: dict[tuple[str, str, int], PriceRule] = {}
    for rule in sorted(rules, key=precedence):
        if not why_not(rule, sale):
            best[_kind(rule)] = rule
            last.setdefault((rule.item, rule.product, rule.monthly), rule)
    found = sorted(best.values(), key=lambda rule: (rule.monthly, rule.item, rule.product))
    return [(rule, last[rule.item, rule.product, rule.monthly]) for rule in found]


def _kind(rule: PriceRule) -> tuple[str, str, int]:
    """What only one rule says the price of: an item; each month, an item of each product."""
    return rule.item, rule.product if rule.monthly else "", rule.monthly
