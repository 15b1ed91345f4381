"""C1's commit in a hall where managers made use of all that they may set (catalogue M1 to M19): what is a rule is data.

Of each kind there is more than a province has as a rule: rules of eligibility, fields of its own, prices by category,
hour and outlet, classes, texts, a process with copies and words over an amount.
"""

from __future__ import annotations

import json
import shutil
from pathlib import Path

from msgspec.structs import replace

from boss_tui.editions.lines import RowEdit
from data.tables.content import Content
from data.tables.customer import ClassRule
from data.tables.eligibility import BusinessInterface, Interface
from data.tables.extra import ExtraField
from data.tables.order import Process
from data.tables.tariff import PriceRule
from tests.benchmarks import commit
from tests.benchmarks.halls import open_store
from tests.benchmarks.table import Row
from tests.hall import FACTS
from tests.handed import hand_down, row_line

CODE = "C1"
RULES, FIELDS, PRICES, CLASSES, TEXTS = 10, 5, 60, 20, 5
HOURS = [f"{hour:02}:00" for hour in range(24)]


def hall(template: Path, path: Path) -> Path:
    """A copy of the hall to which all of this was handed down."""
    shutil.copyfile(template, path)
    store = open_store(path)
    hand_down(store, *_eligibility(), *_fields(), *_prices(), *_classes(), *_texts(), *_process())
    store.close()
    return path


def rows(template: Path, folder: Path, count: int) -> list[Row]:
    """The commit there against the same rows by the raw driver: pairs, best, processor."""
    found = commit.rows(hall(template, folder / "ruled.db"), folder, count)[:3]
    return [replace(row, what=f"every rule as data: {row.what.strip()}") for row in found]


def _eligibility() -> list[RowEdit]:
    expression = (
        "customer.name != '' && (time.hour >= 0 || customer.category != 'ordinary') && customer.numbers < 10{n}"
    )
    rules = [
        row_line(Interface, "add", code=f"rule{n}", name_zh=f"规则{n}", rule=expression.format(n=n), reason_zh="不可")
        for n in range(1, RULES + 1)
    ]
    asked = [
        row_line(BusinessInterface, "add", business=CODE, interface=f"rule{n}", position=50 + n)
        for n in range(1, RULES + 1)
    ]
    return rules + asked


def _fields() -> list[RowEdit]:
    return [
        row_line(
            ExtraField,
            "add",
            business=CODE,
            code=f"own{n}",
            label_zh=f"自定{n}",
            length=20,
            printed=1,
            searched=1,
            position=n,
        )
        for n in range(FIELDS)
    ]


def _prices() -> list[RowEdit]:
    """Dearer ones of other categories, hours and products: each is looked at, and none of them counts."""
    return [
        row_line(
            PriceRule,
            "add",
            id=f"HOUR{n}",
            item="monthly_fee",
            business=CODE,
            product="P39",
            category="key" if n % 2 else "",
            outlet=FACTS.outlet,
            weekdays=str(1 + n % 7),
            from_time=HOURS[n % 23],
            to_time=HOURS[n % 23 + 1],
            amount=100 + n,
            monthly=1,
        )
        for n in range(PRICES)
    ]


def _classes() -> list[RowEdit]:
    young = json.dumps([{"fact": "age", "comparison": ">=", "value": "18", "months": 0}])
    return [
        row_line(ClassRule, "add", code=f"CLASS{n}", name_zh=f"分类{n}", category="student", rank=n, conditions=young)
        for n in range(100, 100 + CLASSES)
    ]


def _texts() -> list[RowEdit]:
    kinds = ("notice", "prompt", "script", "clause")
    return [
        row_line(
            Content,
            "add",
            id=f"TEXT{n}",
            business=CODE,
            kind=kinds[n % 4],
            position=n,
            text_zh=f"第{n}条",
            state="published",
        )
        for n in range(TEXTS)
    ]


def _process() -> list[RowEdit]:
    return [
        row_line(
            Process,
            "change",
            business=CODE,
            network_minutes=20,
            limits=json.dumps([{"act": "create_subscriber", "minutes": 10}]),
            approvals=json.dumps([{"role": "supervisor", "over": 100_000_000}]),
            copies=json.dumps([{"kind": "receipt", "sheets": 2}]),
        )
    ]
