"""What an edition of prices may take away: what is charged in each case that its lines touch (management-facts 1.3).

A case is a sale of each kind that a touched rule is for, as it was and as it will be, or a unit of usage beyond what a
plan includes; `editions.second` compares what is charged in it without the edition and with it.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Hashable, Iterator, Mapping, Sequence
from itertools import product

from msgspec import Struct

from boss_tui.components.tariff.price_rules import Sale, tried, why_not, winners
from boss_tui.editions.lines import RowEdit
from boss_tui.editions.subjects import Income
from data.clock import day_after
from data.statements import columns, defaults, instance, table_name
from data.store import Reading
from data.tables.billing import PlanRate
from data.tables.organisation import Outlet
from data.tables.tariff import PriceRule


class Charge(Struct, frozen=True):
    """What a sale is charged of one item: monthly, or once."""

    sale: Sale
    item: str
    monthly: int


class Usage(Struct, frozen=True):
    """A unit of one kind of usage beyond what a plan includes."""

    plan: str
    kind: str


def _cases(reading: Reading, lines: Mapping[int, RowEdit], day: str) -> Iterator[Charge | Usage]:
    rules = {rule.id: rule for rule in reading.all(PriceRule)}
    touched = {line.key[0]: line for line in lines.values() if line.table == table_name(PriceRule)}
    after = {key: made for key, line in touched.items() if (made := _made(rules.get(key), line)) is not None}
    regions = {outlet.code: outlet.region for outlet in reading.all(Outlet)}
    others: defaultdict[tuple[str, str, int], list[PriceRule]] = defaultdict(list)
    for rule in (*rules.values(), *after.values()):
        others[rule.business, rule.item, rule.monthly].append(rule)
    for line in lines.values():
        if line.table == table_name(PlanRate):
            yield Usage(*line.key)
    for key in touched:
        own = [rule for rule in (rules.get(key), after.get(key)) if rule is not None]
        for rule in own:
            yield from _where(rule, others[rule.business, rule.item, rule.monthly], day, regions)


def _made(rule: PriceRule | None, line: RowEdit) -> PriceRule | None:
    """A rule as a line leaves it; None: it is ended, or not whole."""
    before = dict(rule.__dict__) if rule is not None else defaults(PriceRule)
    values = {**before, **line.values, "id": line.key[0]}
    whole = line.op != "end" and values.keys() >= set(columns(PriceRule))
    return instance(PriceRule, {name: values[name] for name in columns(PriceRule)}) if whole else None


def _where(rule: PriceRule, others: Sequence[PriceRule], day: str, regions: Mapping[str, str]) -> Iterator[Charge]:
    """A sale of each kind that a rule holds for. What is charged can only change where some rule of its item begins or
    ends to hold: at its times, on its days and weekdays, in what it is for. Between those one sale stands for all.
    `regions`: those that the outlets are in."""
    met = [each for each in others if not rule.monthly or each.product == rule.product]
    times = {"00:00", *(time for each in met for time in (each.from_time, each.to_time) if time and time < "24:00")}
    first = {max(day, each.valid_from) for each in met}
    first |= {_day_after(each.valid_to) for each in met if each.valid_to and each.valid_to >= day}
    weekdays = range(7 if any(each.weekdays for each in met) else 1)
    days = {_day_after(begun, n) for begun in first | {day} for n in weekdays}
    products = {each.product for each in met}
    of: set[tuple[str, ...]] = {(rule.product,)} if rule.product else {(), *((each,) for each in products if each)}
    if rule.product and not rule.monthly:
        of |= {(rule.product, each) for each in products - {"", rule.product}}
    outlets = {rule.outlet} if rule.outlet else {each.outlet for each in met} | {""}
    places = {(outlet, regions.get(outlet, "")) for outlet in outlets}
    places |= {("", each.region) for each in met if not rule.outlet}
    categories = {rule.category} if rule.category else {each.category for each in met} | {"", "ordinary"}
    for time, on, sold, category, (outlet, region) in product(
        sorted(times), sorted(days), sorted(of), categories, places
    ):
        sale = Sale(rule.business, sold, category, outlet, on, time, region)
        if not why_not(rule, sale):
            yield Charge(sale, rule.item, rule.monthly)


def _day_after(day: str, days: int = 1) -> str:
    try:
        return day_after(day, days)
    except OverflowError:
        return day  # the last day that there is


def _charged(reading: Reading, cases: Collection[Charge | Usage]) -> dict[Hashable, int]:
    rules, found = _Rules(reading), dict[Hashable, int]()
    for case in cases:
        if isinstance(case, Usage):
            rate = reading.find(PlanRate, plan=case.plan, kind=case.kind)
            if rate is not None:
                found[case] = rate.price
        elif won := winners(rules.like(case), case.sale):
            found[case] = sum(rule.amount * rule.percent // 100 for rule in won)
    return found


def _added(reading: Reading, cases: Collection[Charge | Usage]) -> list[Charge]:
    """Those of an item that is charged already, of something else."""
    rules = _Rules(reading)
    return [case for case in cases if isinstance(case, Charge) and rules.like(case)]


def _undiscounted(reading: Reading, cases: Collection[Charge]) -> dict[Hashable, int]:
    """Of each rule that counts: the dearest of those that it goes before, all of them without their discounts."""
    rules, found = _Rules(reading), dict[Hashable, int]()
    for case in cases:
        dearest = Counter[str]()
        for each in tried(rules.like(case), case.sale):
            if each.why in ("", "rank"):
                first = each.behind or each.rule.id
                dearest[first] = max(dearest[first], each.rule.amount)
        found[case] = dearest.total()
    return found


class _Rules:
    """The rules of a store that charge an item in a business, read once each."""

    def __init__(self, reading: Reading) -> None:
        self._reading = reading
        self._read: dict[tuple[str, str, int], list[PriceRule]] = {}

    def like(self, case: Charge) -> list[PriceRule]:
        """Those that may charge a case."""
        of = (case.sale.business, case.item, case.monthly)
        if of not in self._read:
            self._read[of] = self._reading.all(PriceRule, business=of[0], item=of[1], monthly=of[2])
        return self._read[of]


INCOME = Income(_cases, _charged, _added, _undiscounted)
