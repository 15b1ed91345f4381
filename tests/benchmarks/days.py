"""The day report over a day of many sales, against raw SQL that adds up the same tables on covering indexes."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from boss_tui.catalogue import BUSINESS_NAMES
from boss_tui.reports.day import day_report
from boss_tui.reports.figures import day_figures
from boss_tui.reports.report import Report
from data.bulk import bulk
from data.engine import connect
from data.store import Store
from data.tables.document import DocumentRange, PaperDocument
from data.tables.finance import BusinessDay, Posting, PostingLine, Shift
from data.tables.order import ProductOrder
from tests.benchmarks.halls import KEY, open_store
from tests.benchmarks.table import Row
from tests.benchmarks.timing import repeat
from tests.hall import FACTS

CHUNK = 5_000
TILLS, CLERKS = ("HZ0101", "HZ0102", "HZ0103"), ("1001", "1002", "1003")
BUSINESSES = ("C1", "C2", "C3", "C8", "C10", "C12")
COVERING = (
    "CREATE INDEX raw_posting ON posting (outlet, business_date, shift_id, order_id, business, operator, till, id)",
    "CREATE INDEX raw_line ON posting_line (posting_id, account, item, tax_rate, amount)",
    "CREATE INDEX raw_order ON product_order (outlet, business_date, reverses, business, amount)",
    "CREATE INDEX raw_paper ON paper_document (outlet, business_date, kind, code, range_id, number, state, ended_on, "
    "amount, tax)",
)
_FROM = (
    "FROM posting p JOIN posting_line l ON l.posting_id = p.id WHERE p.outlet = ?1 AND p.business_date = ?2 "
    "AND p.shift_id IS NOT NULL AND p.order_id IS NOT NULL AND l.account "
)
_MONEY = "IN ('1001', '1002', '1003', '1012')"
RAW = (
    *(
        f"SELECT {by}, count(DISTINCT p.order_id), sum(l.amount) {_FROM}{_MONEY} GROUP BY 1"
        for by in ("p.business", "p.operator", "p.till", "l.account")
    ),
    f"SELECT l.account, count(DISTINCT p.id), sum(l.amount) {_FROM}{_MONEY} AND l.amount < 0 GROUP BY 1",
    f"SELECT l.item, l.account, sum(l.amount) {_FROM}NOT {_MONEY} GROUP BY 1, 2",
    f"SELECT l.tax_rate, l.account, sum(l.amount) {_FROM}NOT {_MONEY} GROUP BY 1, 2",
    "SELECT business, count(*), sum(amount) FROM product_order WHERE outlet = ?1 AND business_date = ?2 AND "
    "reverses IS NULL GROUP BY 1",
    "SELECT kind, code, min(number), max(number), sum(state = 'normal'), count(*), sum(amount), sum(tax) FROM "
    "paper_document WHERE outlet = ?1 AND business_date = ?2 GROUP BY kind, code, range_id",
)
"""What the report's tables come to, each asked for by hand."""


def rows(hall: Path, folder: Path, sales: int, times: int = 5) -> list[Row]:
    """A copy of a hall, with a day of so many sales."""
    path, covered = folder / "day.db", folder / "covered.db"
    shutil.copyfile(hall, path)
    store = open_store(path)
    day = _filled(store, sales)
    shutil.copyfile(path, covered)
    ours = repeat(lambda: report_of(store, day), times)
    store.close()
    raw = connect(covered, KEY)
    for statement in (*COVERING, "ANALYZE"):
        raw.execute(statement)
    limit = repeat(lambda: [raw.execute(asked, (FACTS.outlet, day)).fetchall() for asked in RAW], times)
    raw.close()
    what = f"day report of {sales:,} sales / its tables by raw SQL on covering indexes"
    return [Row(what, ours.middle, limit.middle, 1.3)]


def report_of(store: Store, day: str) -> Report:
    """The report, from its first question to its last row."""
    with store.reading() as reading:
        return day_report(day_figures(reading, FACTS.outlet, day), BUSINESS_NAMES)


def _filled(store: Store, sales: int) -> str:
    """The open day's sales, of three clerks at three tills, straight into the tables: the date."""
    with store.reading() as reading:
        day = reading.one(BusinessDay, outlet=FACTS.outlet, state="open").business_date
        ranges = {kind: reading.all(DocumentRange, kind=kind)[0] for kind in ("invoice", "receipt")}
    with bulk(store) as into:
        into.insert(
            Shift,
            [
                {
                    "id": f"shift-{till}",
                    "outlet": FACTS.outlet,
                    "till": till,
                    "operator": clerk,
                    "business_date": day,
                    "opened_at": f"{day}T00:00:00.000000Z",
                }
                for till, clerk in zip(TILLS, CLERKS, strict=True)
            ],
        )
        for first in range(0, sales, CHUNK):
            made = [sale(n, day, ranges) for n in range(first, min(first + CHUNK, sales))]
            for model in (ProductOrder, Posting, PostingLine, PaperDocument):
                into.insert(model, [row for sale in made for row in sale[model]])
    return day


def sale(n: int, day: str, ranges: dict[str, DocumentRange]) -> dict[Any, list[dict[str, Any]]]:
    """One sale: its order, what was entered for it, its invoice and receipt. Every fifth is paid by card."""
    till, clerk, business = TILLS[n % 3], CLERKS[n % 3], BUSINESSES[n % len(BUSINESSES)]
    order, posting, at = f"order-{n:08d}", f"posting-{n:08d}", f"{day}T01:00:00.{n % 1_000_000:06d}Z"
    common = {"outlet": FACTS.outlet, "business_date": day, "operator": clerk}
    lines = (
        ("1002" if n % 5 == 0 else "1001", 10_000, "", 0),
        ("6001", -4587, "sim_fee", 900),
        ("2221", -413, "sim_fee", 900),
        ("2205", -5000, "prepayment", 0),
    )
    return {
        ProductOrder: [
            {
                "id": order,
                "serial": order,
                "counter": till,
                "business": business,
                "state": "completed",
                "draft_id": order,
                "amount": 10_000,
                "created_at": at,
                **common,
            }
        ],
        Posting: [
            {
                "id": posting,
                "business": business,
                "order_id": order,
                "shift_id": f"shift-{till}",
                "till": till,
                "made_at": at,
                **common,
            }
        ],
        PostingLine: [
            {"posting_id": posting, "line": place, "account": account, "amount": fen, "item": item, "tax_rate": rate}
            for place, (account, fen, item, rate) in enumerate(lines, 1)
        ],
        PaperDocument: list(_papers(n, order, at, ranges, common)),
    }


def _papers(
    n: int, order: str, at: str, ranges: dict[str, DocumentRange], common: dict[str, str]
) -> Iterator[dict[str, Any]]:
    for kind, of in ranges.items():
        yield {
            "id": f"{kind}-{n:08d}",
            "range_id": of.id,
            "kind": kind,
            "code": of.code,
            "number": 50_000_000 + n,
            "order_id": order,
            "amount": 10_000,
            "tax": 413,
            "content": "{}",
            "made_at": at,
            **common,
        }
