"""What was sold in the last weeks: orders, money in the books, papers, work orders, points (catalogue C1, as it ends).

Every amount is entered as the desk enters it, so that postings balance, running totals are their sums, a till's cash
is its float plus its postings, and every paper's number is one of its range.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from datetime import date, timedelta
from typing import Any

from data.bulk import Keys
from data.demo import papers, prices
from data.demo.books import RESERVE, Books, Entered
from data.demo.customers import SubscriptionRows
from data.demo.hall import COUNTERS, ELEMENT, OUTLET
from data.demo.numbers import grade_of
from data.demo.opening import PastSale, moment, network_acts, taxes_of
from data.demo.products import CONTAINED
from data.demo_staff import CLERKS, SUPERVISOR
from data.journal import canonical
from data.tables.account import BalanceEntry
from data.tables.base import Table
from data.tables.document import PaperDocument, PaperTax
from data.tables.finance import (
    BusinessDay,
    Payment,
    PaymentTender,
)
from data.tables.network import WorkOrder
from data.tables.order import OrderItem, ProductOrder, Sequence
from data.tables.service import Figure, Interaction, LoyaltyEntry

DAYS = 180
"""So many days ago the first line was sold: most have been billed for three months."""


POINTS = 100


class Sales:
    """Collects the rows of past sales, day by day; `rows` holds them by table."""

    def __init__(self, keys: Keys, today: date, expected: int) -> None:
        self.rows: dict[type[Table], list[dict[str, Any]]] = defaultdict(list)
        self.count = 0
        self._key = keys
        self._today = today
        self._expected = max(1, expected)
        self._running: Counter[str] = Counter()
        self._books = Books(self.rows, keys)
        self._figures: dict[tuple[str, str, str], list[int]] = {}

    def open(self) -> None:
        """The business days, all but today's closed, and the money in the safe that it began with."""
        first = self._day(0)
        for back in range(DAYS, -1, -1):
            day = self._today - timedelta(days=back)
            row: dict[str, Any] = {"outlet": OUTLET, "business_date": day.isoformat(), "opened_by": SUPERVISOR}
            row["opened_at"] = moment(day, 8, 30)
            if back:
                row.update(
                    state="closed",
                    closed_by=SUPERVISOR,
                    closed_at=moment(day, 18, 30),
                    number=DAYS - back + 1,
                )
            self.rows[BusinessDay].append(row)
        lines: list[Entered] = [("1004", RESERVE, "reserve", None, 0), ("1003", -RESERVE, "reserve", None, 0)]
        self._books.enter(first.isoformat(), moment(first, 8, 40), "", SUPERVISOR, lines, note="备用金")

    def add(self, line: SubscriptionRows) -> None:
        """Sell one line: its opening, its money, its papers, its completion."""
        sale = self._sale(line)
        bucket = line.buckets["prepaid"]
        self._order(sale)
        posting_id = self._money(sale, bucket["id"])
        for priced in sale.now:
            if priced.fee_kind == 2 and priced.amount:
                self.rows[BalanceEntry].append(
                    {
                        "id": self._key(),
                        "bucket_id": bucket["id"],
                        "posting_id": posting_id,
                        "amount": priced.amount,
                        "before": bucket["amount"],
                        "made_at": sale.at,
                    }
                )
                bucket["amount"] += priced.amount
        self._papers(sale)
        self._completion(sale)

    def post(self, day: date, lines: list[Entered], business: str, note: str) -> None:
        """Enter in the books what was done behind the counters, early on a business day; today, as it begins: before
        the hall does, whose journal tells of all that was done since."""
        at = moment(day, 0, 0) if day == self._today else moment(day, 8, 45)
        self._books.enter(day.isoformat(), at, "", SUPERVISOR, lines, note=note, business=business)

    def close(self) -> None:
        """End every shift with its count, and write the totals, figures and sequences."""
        self._books.close()
        self.rows[Figure] += [
            {
                "outlet": OUTLET,
                "business_date": day,
                "operator": operator,
                "business": "C1",
                "measure": measure,
                "count": n,
                "amount": amount,
            }
            for (day, operator, measure), (n, amount) in self._figures.items()
        ]
        self.rows[Sequence] += [{"name": f"order {name}", "value": value} for name, value in self._running.items()]

    def _day(self, n: int) -> date:
        return self._today - timedelta(days=DAYS - n * DAYS // self._expected)

    def _sale(self, line: SubscriptionRows) -> PastSale:
        n, self.count = self.count, self.count + 1
        day = self._day(min(n, self._expected - 1))
        desk = n % 3
        till = COUNTERS[desk]
        prefix = f"{till}{day:%y%m%d}"
        self._running[prefix] += 1
        running = self._running[prefix]
        minute = min(9 * 60 + running * 7, 17 * 60)
        at = moment(day, minute // 60, minute % 60)
        line.subscription.update(opened_on=day.isoformat(), activated_at=at)
        line.account["opened_at"] = at
        priced = prices.opening(line.products, line.customer["category"], grade_of(line.number["number"]))
        return PastSale(line, day, at, till, CLERKS[desk], self._key(), f"{prefix}{running:04d}", priced)

    def _order(self, sale: PastSale) -> None:
        line = sale.line
        self.rows[ProductOrder].append(
            {
                "id": sale.order_id,
                "serial": sale.serial,
                "outlet": OUTLET,
                "counter": sale.till,
                "operator": sale.operator,
                "business": "C1",
                "business_date": sale.day.isoformat(),
                "state": "completed",
                "draft_id": self._key(),
                "customer_id": line.customer["id"],
                "subscription_id": line.subscription["id"],
                "amount": sale.due,
                "created_at": sale.at,
                "completed_at": sale.at,
                "form_json": canonical({"number": line.number["number"], "plan": line.products[0]}),
            }
        )
        self._items(sale)
        for measure in ("accepted", "opened"):
            figure = self._figures.setdefault((sale.day.isoformat(), sale.operator, measure), [0, 0])
            figure[0] += 1
            figure[1] += sale.due

    def _items(self, sale: PastSale) -> None:
        """What it sold: plan and services, the number, the card."""
        line, charged = sale.line, {priced.item: priced.amount for priced in sale.now}
        own: Counter[str] = Counter()
        for priced in sale.now:
            own[priced.product] += priced.amount if priced.item not in {"number_fee", "sim_fee"} else 0
        plan, *chosen = line.products
        pieces = [
            ("plan", plan, own[plan]),
            *(("service", code, own[code]) for code in chosen if code not in CONTAINED[plan]),
            ("number", line.number["grade"], charged.get("number_fee", 0)),
            ("sim", line.card["kind"], charged.get("sim_fee", 0)),
        ]
        self.rows[OrderItem] += [
            {
                "id": self._key(),
                "outlet": OUTLET,
                "business_date": sale.day.isoformat(),
                "order_id": sale.order_id,
                "kind": kind,
                "product": product,
                "count": 1,
                "amount": amount,
                "monthly": sum(priced.amount for priced in sale.lines if priced.monthly and priced.product == product),
            }
            for kind, product, amount in pieces
        ]

    def _money(self, sale: PastSale, bucket: str) -> str:
        """Payment and posting; answers the posting's key. Every fifth customer pays by card."""
        card = self.count % 5 == 0 and sale.due > 0
        account, kind = ("1002", "card") if card else ("1001", "cash")
        tendered = sale.due if card else -(-sale.due // 1_000) * 1_000
        lines: list[Entered] = [(account, sale.due, "", None, 0)]
        for priced in sale.now:
            if priced.fee_kind == 2:
                lines.append((priced.account, -priced.amount, priced.item, bucket, 0))
            else:
                rate = priced.tax_rate
                lines.append((priced.account, priced.tax - priced.amount, priced.item, None, rate))
                lines += [("2221", -priced.tax, priced.item, None, rate)] if priced.tax else []
        shift = self._books.shift(sale.till, sale.operator, sale.day)
        posting = self._books.enter(
            sale.day.isoformat(), sale.at, sale.till, sale.operator, lines, sale.order_id, shift["id"]
        )
        payment = self._key()
        self.rows[Payment].append(
            {
                "id": payment,
                "outlet": OUTLET,
                "order_id": sale.order_id,
                "posting_id": posting,
                "shift_id": shift["id"],
                "due": sale.due,
                "tendered": tendered,
                "change": tendered - sale.due,
            }
        )
        if sale.due:
            self.rows[PaymentTender].append(
                {
                    "payment_id": payment,
                    "line": 1,
                    "kind": kind,
                    "amount": sale.due,
                    "reference": f"POS{self.count:08d}" if card else "",
                }
            )
        shift["expected_cash"] += 0 if card else sale.due
        return posting

    def _papers(self, sale: PastSale) -> None:
        line, number = sale.line, papers.FIRST + self.count - 1
        about = {
            "客户": line.customer["name"],
            "手机号码": line.number["number"],
            "套餐": line.products[0],
            "账户": line.account["number"],
            "流水号": sale.serial,
            "营业日期": sale.day.isoformat(),
        }
        for kind in ("invoice", "receipt"):
            listed = [priced for priced in sale.now if kind == "receipt" or priced.fee_kind != 1]
            key, told = self._key(), taxes_of(listed) if kind == "invoice" else {}
            self.rows[PaperTax] += [
                {"document_id": key, "rate": rate, "amount": amount, "tax": tax} for rate, (amount, tax) in told.items()
            ]
            self.rows[PaperDocument].append(
                {
                    "id": key,
                    "outlet": OUTLET,
                    "range_id": papers.range_id(kind),
                    "kind": kind,
                    "code": papers.CODES[kind],
                    "number": number,
                    "order_id": sale.order_id,
                    "customer_id": line.customer["id"],
                    "amount": sum(priced.amount for priced in listed),
                    "tax": sum(tax for _, tax in told.values()),
                    "content": papers.content(kind, number, about, listed),
                    "operator": sale.operator,
                    "business_date": sale.day.isoformat(),
                    "made_at": sale.at,
                }
            )

    def _completion(self, sale: PastSale) -> None:
        """What the network answered, and what follows: points, and a call-back three days later."""
        for position, (act, parameters) in enumerate(network_acts(sale.line), 1):
            self.rows[WorkOrder].append(
                {
                    "id": self._key(),
                    "order_id": sale.order_id,
                    "position": position,
                    "kind": "manual" if act == "manual" else "automatic",
                    "act": act,
                    "state": "done",
                    "element": "" if act == "manual" else ELEMENT,
                    "parameters": canonical(parameters),
                    "created_at": sale.at,
                    "done_at": sale.at,
                    "done_by": SUPERVISOR if act == "manual" else ELEMENT,
                }
            )
        customer = sale.line.customer["id"]
        self.rows[LoyaltyEntry].append(
            {
                "id": self._key(),
                "customer_id": customer,
                "order_id": sale.order_id,
                "points": POINTS,
                "reason": "C1",
                "made_at": sale.at,
            }
        )
        due = sale.day + timedelta(days=3)
        self.rows[Interaction].append(
            {
                "id": self._key(),
                "customer_id": customer,
                "order_id": sale.order_id,
                "kind": "call_back",
                "due_on": due.isoformat(),
                "matter": "C1",
                "state": "completed" if due < self._today else "open",
            }
        )
