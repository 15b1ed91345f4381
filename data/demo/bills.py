"""What was used and billed: rates of the plans, the last three closed months' usage and bills, and the books of it.

Only lines that were sold here have any; whoever was taken over owes nothing. A bill run enters all its bills in the
books at once, and a bank collects what was paid of them, so that account 1122 is the sum of what is unpaid. Most bills
are settled; some are not, or partly, and a few are overdue for more than 30 days: which ones follows from the line's
place in the order of sale. The usage of a prepaid card was taken from its balance at once: it has no bills.
"""

from __future__ import annotations

import random
from calendar import monthrange
from collections import Counter, defaultdict
from collections.abc import Iterator
from datetime import date
from typing import Any

from msgspec import Struct

from data.bulk import Keys
from data.demo.books import Entered
from data.demo.customers import SubscriptionRows
from data.demo.hall import OUTLET
from data.demo.prices import monthly, rate_of, tax_at, tax_in
from data.demo.sales import Sales
from data.standard.money import ITEMS
from data.standard.rows import Rows
from data.tables.base import Table
from data.tables.billing import BillLine, CustomerBill, PlanRate, UsageMonth, charge

MONTHS = 3
DUE_DAY = 10
"""A bill is due on this day of the month after its own."""
_MIB = 1_024  # KiB
_GIB = 1_024 * _MIB

_INCLUDED = {  # minutes of calls, GiB of data, messages (products' summaries)
    "P58": (300, 10, 50),
    "P88": (500, 20, 100),
    "P128": (1_000, 40, 200),
    "PSTU": (100, 30, 100),
    "PSEN": (200, 1, 50),
    "PBIZ": (2_000, 60, 500),
    "PBANK": (200, 5, 50),
    "P39": (150, 5, 50),
    "PRE50": (0, 0, 0),
    "PRE100": (0, 0, 0),
}
_BEYOND = {  # kind: unit, fen for each begun one
    "voice": (60, 19),
    "data": (100 * _MIB, 50),
    "message": (1, 10),
    "voice_international": (60, 99),
    "voice_roaming": (60, 99),
    "data_roaming": (_MIB, 100),
}
_CHEAPER = {"PBIZ": {"data_roaming": 30, "voice_roaming": 39}, "PSEN": {"voice": 15}}
_ITEM = {
    "voice": "usage_voice",
    "data": "usage_data",
    "message": "usage_message",
    "voice_international": "usage_voice",
    "voice_roaming": "usage_roaming",
    "data_roaming": "usage_roaming",
}


def rates() -> Rows:
    """What each plan gives each month, and what a unit beyond it costs."""
    yield PlanRate, [row for plan in _INCLUDED for row in _rates_of(plan).values()]


def _rates_of(plan: str) -> dict[str, dict[str, Any]]:
    minutes, gib, messages = _INCLUDED[plan]
    included = {"voice": minutes * 60, "data": gib * _GIB, "message": messages}
    return {
        kind: {
            "plan": plan,
            "kind": kind,
            "included": included.get(kind, 0),
            "unit": unit,
            "price": _CHEAPER.get(plan, {}).get(kind, price),
        }
        for kind, (unit, price) in _BEYOND.items()
    }


class Month(Struct, frozen=True):
    """A calendar month that is closed: billed on the first day of the next one."""

    first: date

    @property
    def days(self) -> int:
        """How many it has."""
        return monthrange(self.first.year, self.first.month)[1]

    @property
    def name(self) -> str:
        """YYYY-MM."""
        return f"{self.first:%Y-%m}"

    @property
    def issued(self) -> date:
        """The day of its bill run."""
        return date(self.first.year + self.first.month // 12, self.first.month % 12 + 1, 1)

    @property
    def due(self) -> date:
        """The last day on which its bills are paid in time."""
        return self.issued.replace(day=DUE_DAY)


def closed_months(today: date) -> list[Month]:
    """The last three closed months, the oldest first."""
    run = today.year * 12 + today.month - 1
    return [Month(date(n // 12, n % 12 + 1, 1)) for n in range(run - MONTHS, run)]


class Bills:
    """Collects usage and bills of the lines that were sold; `rows` holds them by table."""

    def __init__(self, keys: Keys, today: date, seed: int) -> None:
        self.rows: dict[type[Table], list[dict[str, Any]]] = defaultdict(list)
        self._key = keys
        self._chance = random.Random(seed)
        self._today = today
        self._months = closed_months(today)
        self._run: dict[str, Counter[str]] = {month.name: Counter() for month in self._months}
        self._paid: Counter[str] = Counter()
        self._taxed: dict[str, Counter[int]] = {month.name: Counter() for month in self._months}
        self._lines = 0

    def add(self, line: SubscriptionRows) -> None:
        """The months of one line, from its opening on."""
        n, self._lines = self._lines, self._lines + 1
        habit = self._chance.choice((0.3, 0.6, 0.9, 1.1, 1.5))
        for back, month in enumerate(reversed(self._months)):
            lived = self._lived(line, month)
            if lived and line.account["pay_type"] == "postpaid":
                charged = list(self._usage(line, month, habit * lived / month.days))
                self._bill(line, month, [*_fees(line, lived, month.days), *charged], _unpaid(n, back))

    def close(self, sales: Sales) -> None:
        """Enter each month's bill run in the books, and what banks collected for it until now."""
        for month in self._months:
            by_account = self._run[month.name]
            total = sum(by_account.values())
            lines: list[Entered] = [("1122", total, "bill", None, 0)]
            lines += [(account, -amount, "bill", None, 0) for account, amount in sorted(by_account.items())]
            sales.post(month.issued, lines, "M18", month.name)
            paid = self._paid[month.name]
            collected: list[Entered] = [("1003", paid, "bill", None, 0), ("1122", -paid, "bill", None, 0)]
            for rate, tax in sorted(self._taxed[month.name].items()):
                collected += [("2222", tax, "bill", None, rate), ("2221", -tax, "bill", None, rate)]
            sales.post(min(month.due, self._today), collected, "M18", month.name)

    @staticmethod
    def _lived(line: SubscriptionRows, month: Month) -> int:
        """The days of the month on which the line was there."""
        opened = date.fromisoformat(line.subscription["opened_on"])
        return max(0, min(month.days, (month.issued - opened).days))

    def _usage(self, line: SubscriptionRows, month: Month, share: float) -> Iterator[tuple[str, str, str, int]]:
        """Enter what was used, about this share of what the plan gives; answers the lines of what was beyond it."""
        for kind, rate in _rates_of(line.products[0]).items():
            often = rate["included"] or self._chance.random() < 0.06
            usual = rate["included"] or rate["unit"] * 20
            quantity = int(usual * share * self._chance.uniform(0.7, 1.3)) if often else 0
            if not quantity:
                continue
            amount = charge(quantity, rate["included"], rate["unit"], rate["price"])
            self.rows[UsageMonth].append(
                {
                    "subscription_id": line.subscription["id"],
                    "month": month.name,
                    "kind": kind,
                    "quantity": quantity,
                    "amount": amount,
                }
            )
            if amount:
                yield _ITEM[kind], "", kind, amount

    def _bill(
        self, line: SubscriptionRows, month: Month, charged: list[tuple[str, str, str, int]], unpaid: int
    ) -> None:
        """A bill of what was charged; `unpaid`: hundredths of it."""
        under = line.subscription["minimum_spend"] - sum(amount for *_, amount in charged)
        if under > 0:
            charged = [*charged, ("minimum_spend", "", "", under)]
        amount = sum(fen for *_, fen in charged)
        paid = amount - amount * unpaid // 100
        state = "settled" if paid == amount else "partiallyPaid" if paid else "sent"
        bill = self._key()
        self.rows[CustomerBill].append(
            {
                "id": bill,
                "outlet": OUTLET,
                "account_id": line.account["id"],
                "month": month.name,
                "amount": amount,
                "paid": paid,
                "issued_on": month.issued.isoformat(),
                "due_on": month.due.isoformat(),
                "state": state,
            }
        )
        self.rows[BillLine] += [
            {
                "bill_id": bill,
                "line": number,
                "subscription_id": line.subscription["id"],
                "item": item,
                "product": product,
                "detail": detail,
                "amount": fen,
                "tax_rate": rate_of(item),
            }
            for number, (item, product, detail, fen) in enumerate(charged, 1)
        ]
        self._paid[month.name] += paid
        self._book(month, charged, paid)

    def _book(self, month: Month, charged: list[tuple[str, str, str, int]], paid: int) -> None:
        """Income without tax; the tax of each rate, which waits until it is paid: the highest rate first."""
        gross: Counter[int] = Counter()
        for item, _, _, fen in charged:
            gross[rate_of(item)] += fen
        for rate in sorted(gross, reverse=True):
            whole, part = tax_at(gross[rate], rate), min(paid, gross[rate])
            paid -= part
            self._run[month.name]["2222"] += whole
            self._taxed[month.name][rate] += whole if part == gross[rate] else tax_at(part, rate)
            left = whole
            of_rate = [line for line in charged if rate_of(line[0]) == rate]
            for n, (item, _, _, fen) in enumerate(of_rate, 1):
                tax = left if n == len(of_rate) else tax_in(fen, item)
                left -= tax
                self._run[month.name][ITEMS[item][3]] += fen - tax


def _fees(line: SubscriptionRows, lived: int, days: int) -> Iterator[tuple[str, str, str, int]]:
    """The monthly fees, by days in the month of the opening (domain-facts 8)."""
    for priced in monthly(line.products, line.customer["category"]):
        yield priced.item, priced.product, "", priced.amount * lived // days


def _unpaid(n: int, back: int) -> int:
    """How many hundredths of the bill of a month are unpaid, for the nth line; 0 months back is the latest."""
    if n % 60 == 31:
        return 100
    if n % 20 in (5, 11):
        return 100 if back < MONTHS - 1 else 0
    if n % 10 == 3:
        return 100 if back == 0 else 0
    return 40 if n % 10 == 7 and back == 0 else 0
