"""Cash of the safe on the day report: each direction for itself, and together what the ledger says."""

from __future__ import annotations

import pytest
from sqlalchemy import func, select

from boss_tui.components.ledger.ledger import BANK, SAFE
from boss_tui.components.till import bank_counts, cash
from boss_tui.components.till import figures as till_figures
from boss_tui.components.till import shifts as till
from boss_tui.components.till.cash import CashReason
from boss_tui.locale import words
from boss_tui.reports import behind
from boss_tui.reports.day import day_report
from boss_tui.reports.figures import day_figures
from boss_tui.reports.paper import text
from boss_tui.reports.parts import safe_section
from boss_tui.reports.period import section_of
from boss_tui.reports.report import Report
from data.store import Reading, Store
from data.tables.finance import Posting, PostingLine
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

MOVED = [("deposit", 45_000, "B1"), ("deposit", 450, "B2"), ("withdrawal", 450, "B1"), ("withdrawal", 450, "B2")]


def a_day(store: Store) -> None:
    """What went to the bank and came from there, a drawer filled and emptied, a deposit that the bank counted 1 fen
    short and one that it counted 3 over, a safe 70 fen over."""
    reserve(store)
    with writing(store, operator=SUPERVISOR) as tx:
        till.open_day(tx, OUTLET, DAY, SUPERVISOR)
        for purpose, fen, number in MOVED:
            cash.bank(tx, OUTLET, fen, purpose=purpose, act=CashReason(SUPERVISOR, "送行", reference=number))
        for purpose, fen, number in (("bank_short", 1, "B1"), ("bank_over", 3, "B2")):
            bank_counts.difference(
                tx, OUTLET, fen, purpose=purpose, act=CashReason(SUPERVISOR, "清点", SUPERVISOR, number)
            )
        cash.count_safe(tx, OUTLET, pieces(cash.safe_balance(tx, OUTLET) + 70), counted_by=SUPERVISOR, reason="多")
        shift = till.open_shift(tx, outlet=OUTLET, till=TILL, operator=CLERK, float_amount=20_000)
        sale(tx, shift, [("number_fee", 5_000, 413)], {"transfer": 5_000})
    with writing(store) as tx:
        cash.cash_out(tx, shift, 500, purpose="drop", note="大额", operator=CLERK)
        till.close_shift(tx, shift, pieces(19_500), closed_by=CLERK, missing_reason="")


def report(reading: Reading) -> Report:
    return day_report(day_figures(reading, OUTLET, DAY))


def test_each_purpose_has_what_went_in_and_out(store: Store) -> None:
    a_day(store)
    with store.reading() as reading:
        made = report(reading)
        of = section_of(made, "safe")
        assert dict(zip(of.keys, (row[1:] for row in of.rows), strict=True)) == {
            "deposit": (2, 0, 45_450, 45_450),
            "withdrawal": (2, 900, 0, -900),
            "bank_short": (1, 0, 0, -1),
            "bank_over": (1, 0, 0, 3),
            "difference": (1, 70, 0, 0),
            "float": (1, 0, 20_000, 0),
            "drop": (1, 500, 0, 0),
            "handover": (1, 19_500, 0, 0),
        }
        assert section_of(made, "outside").rows == ()
        assert of.total[2:] == (20_970, 65_450, 44_552)
        for language, said in (("en", "Taken to the bank"), ("zh_CN", "保险柜与银行")):
            shown = text(made, words(language), 48)
            assert said in shown
            assert "M11" not in shown


def test_together_they_are_what_the_ledger_says(store: Store) -> None:
    """Of the safe, and of the bank but for what customers transferred."""
    a_day(store)
    with store.reading() as reading:
        total = section_of(report(reading), "safe").total
        safe, bank = (ledger(reading, account) for account in (SAFE, BANK))
    assert total[2] - total[3] == safe  # type: ignore[operator]
    assert total[4] in {bank, bank - 5_000}


def ledger(reading: Reading, account: str) -> int:
    lines, postings = PostingLine.table(), Posting.table()
    asked = (
        select(func.sum(lines.c.amount))
        .select_from(lines.join(postings, postings.c.id == lines.c.posting_id))
        .where(lines.c.account == account, postings.c.business_date == DAY)
    )
    return int(reading.scalar(asked))


def test_what_is_behind_each_makes_it(store: Store) -> None:
    a_day(store)
    with store.reading() as reading:
        of = section_of(report(reading), "safe")
        for key, (_, count, into, out, bank) in zip(of.keys, of.rows, strict=True):
            found = behind.behind(reading, OUTLET, DAY, "safe", key)
            expected = bank if key.startswith("bank") else into - out  # type: ignore[operator]
            assert (len(found), sum(one.amount for one in found)) == (count, expected), key


def test_another_day_has_none_of_it(store: Store) -> None:
    a_day(store)
    with writing(store) as tx:
        till.close_day(tx, OUTLET, DAY, SUPERVISOR)
        till.open_day(tx, OUTLET, NEXT_DAY, SUPERVISOR)
        assert till_figures.safe_sums(tx, OUTLET, NEXT_DAY) == ()
    assert safe_section(()).total == ()


def test_it_needs_no_scan(store: Store) -> None:
    prepared = store.statements.of(till_figures._SAFE)
    with store.reading() as reading:
        reading._cursor.execute(f"EXPLAIN QUERY PLAN {prepared.sql}", prepared.parameters({}))
        assert not [row for row in reading._cursor.fetchall() if row[3].startswith("SCAN")]


@pytest.mark.parametrize("purpose", sorted(cash.BANK))
def test_every_movement_of_the_bank_has_its_words(store: Store, purpose: str) -> None:
    reserve(store)
    with writing(store) as tx:
        till.open_day(tx, OUTLET, DAY, SUPERVISOR)
        cash.bank(tx, OUTLET, 1, purpose=purpose, act=CashReason(SUPERVISOR, reference="B1"))
        (row,) = section_of(report(tx), "safe").rows
    assert row[0] != purpose
