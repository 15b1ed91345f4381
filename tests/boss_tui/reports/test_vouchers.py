"""Vouchers of closed days: they balance, they are the books, their numbers stay, and each tool takes its file."""

from __future__ import annotations

import csv
import io
import re
import shutil
import subprocess
from collections import Counter
from decimal import Decimal
from typing import Any

import pytest
from beancount import loader
from beancount.core.data import Transaction
from beancount.ops import validation
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import text

from boss_tui.components.ledger.ledger import CASH, SAFE, Leg, post
from boss_tui.components.till import shifts as till
from boss_tui.locale import words
from boss_tui.reports.vouchers import made as statements
from boss_tui.reports.vouchers.chart import COLUMNS, PLACES, ChartPlace, Standard, of_the_house, standard_of
from boss_tui.reports.vouchers.files import KINGDEE_COLUMNS, U8_COLUMNS, U8_FIRST, written
from boss_tui.reports.vouchers.made import Voucher, VoucherEntry, fingerprint, open_days, summary, vouchers
from data.errors import BadForm, NotAllowed, NotFound
from data.message import both
from data.standard.money import ACCOUNTS
from data.store import Store
from data.tables.finance import BusinessDay
from tests.boss_tui.components.books import (
    CLERK,
    DAY,
    NEXT_DAY,
    OUTLET,
    SUPERVISOR,
    TILL,
    pieces,
    reserve,
    sale,
    writing,
)

ZH, EN = words("zh_CN"), words("en")
HLEDGER = shutil.which("hledger")


def closed_day(store: Store, day: str) -> None:
    """A day of two sales, a refund and a float, closed."""
    with store.reading() as reading:
        first = not reading.all(BusinessDay)
    if first:
        reserve(store)
    with writing(store) as tx:
        till.open_day(tx, OUTLET, day, CLERK, approved_by=SUPERVISOR)
        shift = till.open_shift(tx, outlet=OUTLET, till=TILL, operator=CLERK, float_amount=20000)
        sale(tx, shift, [("number_fee", 5000, 413), ("prepay", 10000, 0)], {"cash": 15000}, business="C1", bucket="one")
        sale(tx, shift, [("handset", 99900, 11493)], {"cash": 50000, "card": 49900})
        sale(tx, shift, [("number_fee", -2000, -165)], {"cash": -2000})
    with writing(store) as tx:
        till.close_shift(tx, shift, pieces(83000), closed_by=CLERK)
    with writing(store) as tx:
        till.close_day(tx, OUTLET, day, SUPERVISOR)


def made(store: Store, first: str = DAY, last: str = "") -> list[Voucher]:
    with store.reading() as reading:
        return vouchers(reading, OUTLET, first, last or first)


def test_a_voucher_is_the_days_postings_and_balances(store: Store) -> None:
    closed_day(store, DAY)
    (voucher,) = made(store)
    assert sum(entry.amount for entry in voucher.entries) == 0
    assert voucher.total == sum(entry.credit for entry in voucher.entries) > 0
    moved: Counter[str] = Counter()
    for entry in voucher.entries:
        assert min(entry.debit, entry.credit) == 0 < max(entry.debit, entry.credit)
        moved[entry.item] += entry.amount
    raw = """SELECT l.account, SUM(l.amount) FROM posting_line l JOIN posting p ON p.id = l.posting_id
             WHERE p.outlet = :outlet AND p.business_date = :day GROUP BY l.account"""
    with store.reading() as reading:
        rows = reading.rows(text(raw), outlet=OUTLET, day=DAY)
        assert dict(moved) == {account: amount for account, amount in rows if amount or account in moved}
    assert (voucher.numbered, voucher.reference, voucher.maker) == ("记-0001", f"{OUTLET}-20261123", "赵敏")


def test_debits_and_credits_of_an_account_stand_apart_and_rates_too(store: Store) -> None:
    closed_day(store, DAY)
    (voucher,) = made(store)
    fees = {(e.standard.code, e.item, e.tax_rate): (e.debit, e.credit) for e in voucher.entries if e.item == "6001"}
    back = [e.debit for e in voucher.entries if e.item == "6001" and e.debit]
    assert back == [2000 - 165]
    assert sum(credit for _, credit in fees.values()) + sum(back) >= 5000 - 413
    codes = [(entry.credit > 0, entry.standard.code, entry.item, entry.tax_rate) for entry in voucher.entries]
    assert codes == sorted(codes)
    cash = {entry.item for entry in voucher.entries if entry.standard.code == "1001"}
    assert cash == {CASH, SAFE}  # one account of the standard chart, two items


def test_numbers_count_the_days_of_a_month_and_stay(store: Store) -> None:
    days = ["2026-11-28", "2026-11-30", "2026-12-01", "2026-12-02"]
    for day in days:
        closed_day(store, day)
        store.clock.move(days=2)  # type: ignore[attr-defined]
    numbers = {voucher.business_date: voucher.number for voucher in made(store, "2026-11-01", "2026-12-31")}
    assert numbers == dict(zip(days, [1, 2, 1, 2], strict=True))
    assert [v.number for v in made(store, "2026-12-02")] == [2]
    assert fingerprint(made(store, "2026-11-28")) == fingerprint(made(store, "2026-11-28"))
    assert fingerprint(made(store, "2026-11-28")) != fingerprint(made(store, "2026-11-30"))


def test_an_open_day_has_no_voucher_yet(store: Store) -> None:
    closed_day(store, DAY)
    with writing(store) as tx:
        till.open_day(tx, OUTLET, NEXT_DAY, CLERK)
    assert [voucher.business_date for voucher in made(store, DAY, NEXT_DAY)] == [DAY]
    with store.reading() as reading:
        assert open_days(reading, OUTLET, DAY, NEXT_DAY) == [NEXT_DAY]
    with pytest.raises(NotAllowed, match="still open"):
        made(store, NEXT_DAY)
    with pytest.raises(NotFound, match="no business day"):
        made(store, "2020-01-01")


def test_a_day_without_postings_has_no_voucher_but_its_number(store: Store) -> None:
    with writing(store) as tx:
        till.open_day(tx, OUTLET, DAY, CLERK)
        till.close_day(tx, OUTLET, DAY, SUPERVISOR)
    reserve(store)
    closed_day(store, NEXT_DAY)
    assert made(store) == []
    assert [voucher.number for voucher in made(store, NEXT_DAY)] == [2]


def test_every_account_of_the_house_has_a_place() -> None:
    for code, _zh, _en, kind, _per_till in ACCOUNTS:
        standard = standard_of(code, DAY, {})
        assert (standard.kind, standard.code.isdigit(), len(standard.code)) == (kind, True, 4) or code == "6900"


def test_a_way_of_paying_that_was_added_is_money_in_transit_and_others_are_refused() -> None:
    assert standard_of("1016", DAY, {"1016": "douyin"}).code == "1012"
    with pytest.raises(NotAllowed, match="1017"):
        standard_of("1017", DAY, {"1016": "douyin"})


def test_a_place_holds_from_its_date_on(monkeypatch: pytest.MonkeyPatch) -> None:
    later = ChartPlace("6004", Standard("6301", both("营业外收入", "Other"), "income"), "2027-01-01")
    monkeypatch.setattr("boss_tui.reports.vouchers.chart.PLACES", (*PLACES, later))
    assert standard_of("6004", "2026-12-31", {}).code == "6051"
    assert standard_of("6004", "2027-01-01", {}).code == "6301"


# files ---------------------------------------------------------------------------------------------------------------


def rows_of(content: bytes, encoding: str = "utf-8-sig") -> list[list[str]]:
    return list(csv.reader(io.StringIO(content.decode(encoding))))


@pytest.mark.parametrize("encoding", ["", "gb18030"])
def test_u8_takes_its_columns(store: Store, encoding: str) -> None:
    closed_day(store, DAY)
    (voucher,) = made(store)
    first, *rows = rows_of(written([voucher], "u8", ZH, encoding), encoding or "utf-8-sig")
    assert tuple(first) == U8_FIRST
    assert len(rows) == len(voucher.entries)
    named = [dict(zip(U8_COLUMNS, row, strict=True)) for row in rows]
    for row in named:
        assert {row["制单日期"], row["凭证类别字"], row["业务号"], row["票号"]} == {
            DAY,
            "记",
            "1",
            f"{OUTLET}-20261123",
        }
        assert (Decimal(row["借方金额"]) == 0) != (Decimal(row["贷方金额"]) == 0)
        assert 0 < len(row["摘要"]) <= 60
        assert len(row["科目编码"]) <= 15
    assert sum(Decimal(row["借方金额"]) for row in named) == sum(Decimal(row["贷方金额"]) for row in named)
    assert sum(Decimal(row["借方金额"]) for row in named) * 100 == voucher.total


def test_kingdee_takes_its_columns(store: Store) -> None:
    closed_day(store, DAY)
    (voucher,) = made(store)
    head, *rows = rows_of(written([voucher], "kingdee", ZH))
    assert tuple(head) == KINGDEE_COLUMNS
    named = [dict(zip(KINGDEE_COLUMNS, row, strict=True)) for row in rows]
    assert [row["FENTRYID"] for row in named] == [str(place) for place in range(len(rows))]
    assert {(row["FPERIOD"], row["FGROUP"], row["FNUM"]) for row in named} == {("11", "记", "1")}
    for row in named:
        assert (row["FDEBIT"] == "") == (row["FDC"] == "0") != (row["FCREDIT"] == "")
        assert len(row["FEXP"]) <= 80
    debit = sum(Decimal(row["FDEBIT"] or 0) for row in named)
    assert debit == sum(Decimal(row["FCREDIT"] or 0) for row in named) == Decimal(voucher.total) / 100


def beancount_of(ledger: str) -> tuple[list[Any], list[Any]]:
    """Its entries, and what `bean-check` finds wrong."""
    validate: Any = validation.validate
    entries, errors, options = loader.load_string(ledger)
    return entries, [*errors, *validate(entries, options)]


def journal_of(journal: str) -> list[dict[str, Any]]:
    """A journal of hledger, read by a parser of our own: its transactions, with accounts and sums. What it does not
    understand is an error."""
    declared: set[str] = set()
    found: list[dict[str, Any]] = []
    for line in journal.splitlines():
        if line.startswith("account "):
            declared.add(line.removeprefix("account "))
        elif head := re.fullmatch(r"(\d{4}-\d\d-\d\d) \* \(([^)]+)\) ([^;|]+)", line):
            found.append({"date": head[1], "code": head[2], "payee": head[3], "sums": []})
        elif posting := re.fullmatch(r"    (\S(?:.*?\S)?)  (-?\d+\.\d\d) CNY(?:  ; .*)?", line):
            assert posting[1] in declared, posting[1]
            found[-1]["sums"].append((posting[1], Decimal(posting[2])))
        else:
            assert line in {"", "commodity 1000.00 CNY"} or line.startswith("    ; "), line
    return found


@pytest.mark.parametrize("speak", [ZH, EN])
def test_plain_text_accounting_takes_a_month(store: Store, speak: Any) -> None:
    for day in ("2026-11-28", "2026-11-30"):
        closed_day(store, day)
    of_month = made(store, "2026-11-01", "2026-11-30")
    entries, errors = beancount_of(written(of_month, "beancount", speak).decode())
    assert errors == []
    booked = [entry for entry in entries if isinstance(entry, Transaction)]
    assert [(str(entry.date), entry.narration) for entry in booked] == [
        ("2026-11-28", "记-0001"),
        ("2026-11-30", "记-0002"),
    ]
    for entry, voucher in zip(booked, of_month, strict=True):
        sums: list[Any] = [posting.units for posting in entry.postings]
        assert [int(each.number * 100) for each in sums] == [one.amount for one in voucher.entries]
    journal = written(of_month, "hledger", speak).decode()
    for told, voucher in zip(journal_of(journal), of_month, strict=True):
        assert (told["date"], told["code"]) == (voucher.business_date, voucher.numbered)
        assert [int(amount * 100) for _, amount in told["sums"]] == [one.amount for one in voucher.entries]
        assert sum(amount for _, amount in told["sums"]) == 0


@pytest.mark.skipif(HLEDGER is None, reason="hledger is not installed: our own parser has read the journal")
def test_hledger_checks_it_strictly(store: Store) -> None:
    closed_day(store, DAY)
    journal = written(made(store), "hledger", ZH)
    done = subprocess.run(
        [str(HLEDGER), "-f", "-", "check", "--strict"], input=journal, capture_output=True, check=False
    )
    assert (done.returncode, done.stderr) == (0, b"")


NAMES = st.text(st.characters(exclude_categories=["Cs"]) | st.sampled_from('";|\\:,\n\t#^=（）'), max_size=30)


@given(NAMES, NAMES, NAMES)
def test_whatever_a_hall_or_an_account_is_called_the_files_stay_whole(hall: str, item: str, maker: str) -> None:
    standard = standard_of("1001", DAY, {})
    entries = (
        VoucherEntry(standard, "1001", both(item, item), 900, 5, 0),
        VoucherEntry(standard, "1004", both(item, item), 0, 0, 5),
    )
    voucher = Voucher("HZ01", both(hall, hall), DAY, 1, "HZ01-20261123", maker, 3, entries)
    assert beancount_of(written([voucher], "beancount", ZH).decode())[1] == []
    for form in ("u8", "kingdee"):
        rows = rows_of(written([voucher], form, ZH))
        assert len(rows) == 3
        assert not any(cell.startswith(("=", "+", "-", "@")) for row in rows for cell in row)
    written([voucher], "u8", ZH, "gb18030")
    assert len(ZH(summary(voucher, entries[0], 60))) <= 60
    assert ZH(summary(voucher, entries[0], 60)).endswith(" 9%")


def test_books_that_do_not_balance_are_told(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    closed_day(store, DAY)
    monkeypatch.setattr(
        "boss_tui.reports.vouchers.made._entries",
        lambda *_: (VoucherEntry(standard_of("1001", DAY, {}), "1001", both("", ""), 0, 5, 0),),
    )
    with pytest.raises(Exception, match="do not balance"):
        made(store)


def test_what_is_posted_without_a_shift_is_in_it(store: Store) -> None:
    with writing(store) as tx:
        till.open_day(tx, OUTLET, DAY, CLERK)
        post(
            tx,
            outlet=OUTLET,
            business_date=DAY,
            business="C9",
            operator=CLERK,
            lines=[Leg("1002", 109), Leg("6001", -100, tax_rate=900), Leg("2221", -9, tax_rate=900)],
        )
        till.close_day(tx, OUTLET, DAY, SUPERVISOR)
    (voucher,) = made(store)
    assert [(e.standard.code, e.item, e.tax_rate, e.amount) for e in voucher.entries] == [
        ("1012", "1002", 0, 109),
        ("2221", "2221", 900, -9),
        ("6001", "6001", 900, -100),
    ]


@pytest.mark.parametrize("of", [statements._LINES, statements._ATTACHED, statements._BEFORE])
def test_no_voucher_needs_a_scan_of_a_whole_table(store: Store, of: Any) -> None:
    prepared = store.statements.of(of)
    with store.reading() as reading:
        reading._cursor.execute(f"EXPLAIN QUERY PLAN {prepared.sql}", prepared.parameters({}))
        plan = [row[3] for row in reading._cursor.fetchall()]
    assert not [step for step in plan if step.startswith("SCAN")], plan


HEAD = ",".join(COLUMNS)
CHART = f"{HEAD}\n1001,,100101,现金-门店,,asset\n6003,2026-01-01,6051.02,终端收入,Goods,income\n"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
def test_a_house_has_its_own_chart(store: Store, encoding: str) -> None:
    closed_day(store, DAY)
    own = of_the_house(CHART.encode(encoding))
    with store.reading() as reading:
        (voucher,) = vouchers(reading, OUTLET, DAY, DAY, own)
    codes = {entry.item: entry.standard.code for entry in voucher.entries}
    assert (codes["1001"], codes["6003"], codes["6001"]) == ("100101", "6051.02", "6001")
    assert ZH(own[0].standard.name) == "现金-门店"
    assert standard_of("6003", "2025-12-31", {}, own).code == "6001"
    assert beancount_of(written([voucher], "beancount", ZH).decode())[1] == []


@pytest.mark.parametrize(
    ("rows", "told"),
    [
        ("", "first line"),
        ("ours,code\n", "first line"),
        (f"{HEAD}\n1001,,100101,x,y\n", "Line 2 has 5"),
        (f"{HEAD}\n\n1001,,1001 01,x,,asset\n", "Line 3: our account"),
        (f"{HEAD}\n1001,,1234567890123456,x,,asset\n", "Line 2: our account"),
        (f"{HEAD}\n1001,,1001,,,asset\n", "a name"),
        (f"{HEAD}\n1001,2026-02-30,1001,x,,asset\n", "2026-02-30 is no date"),
        (f"{HEAD}\n1001,,1001,x,,money\n", "asset, liability"),
    ],
)
def test_a_chart_with_a_fault_says_where(rows: str, told: str) -> None:
    with pytest.raises(BadForm) as refused:
        of_the_house(rows.encode())
    assert told in str(EN(refused.value.errors["--chart"]))
