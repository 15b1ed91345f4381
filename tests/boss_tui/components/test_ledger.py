"""The one function that posts: it balances, counts, moves the customers' money, and respects what is closed."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path

import pytest

from boss_tui.components.ledger.ledger import CASH, PREPAID, SAFE, Leg
from data.errors import Conflict, NotAllowed
from data.store import Store
from data.tables.account import BalanceBucket, BalanceEntry
from data.tables.finance import BusinessDay, PostingLine, RunningTotal
from data.tables.sync import JournalEntry
from tests.boss_tui.components import books
from tests.boss_tui.components.books import DAY, OUTLET, TILL, entry, writing


def total(store: Store, account: str, till: str = TILL) -> tuple[int, int]:
    with store.reading() as reading:
        kept = reading.one(RunningTotal, outlet=OUTLET, business_date=DAY, till=till, account=account)
        return kept.amount, kept.postings


def test_lines_and_running_totals_say_the_same(store: Store) -> None:
    with writing(store) as tx:
        entry(tx, Leg(CASH, 5000), Leg("6001", -3000, "number_fee"), Leg("6001", -2000, "number_fee"))
        entry(tx, Leg(CASH, -1200), Leg("6001", 1200, "number_fee"))
    with store.reading() as reading:
        assert sorted(line.amount for line in reading.all(PostingLine, account="6001")) == [-3000, -2000, 1200]
    assert total(store, CASH) == (3800, 2)
    assert total(store, "6001") == (-3800, 2)


def test_lines_that_do_not_balance_are_a_fault_and_nothing_stays(store: Store) -> None:
    with pytest.raises(ValueError, match="1 fen over"), writing(store) as tx:
        entry(tx, Leg(CASH, 5001), Leg(SAFE, -5000))
    with pytest.raises(ValueError, match="has lines"), writing(store) as tx:
        entry(tx)
    with store.reading() as reading:
        assert reading.all(PostingLine) == []


def test_a_bucket_rises_by_credit_and_falls_by_debit(store: Store) -> None:
    with writing(store) as tx:
        entry(tx, Leg(CASH, 5000), Leg(PREPAID, -5000, "prepay", "one"))
        entry(tx, Leg(PREPAID, 1000, "prepay", "one"), Leg(PREPAID, 500, "prepay", "one"), Leg("6001", -1500))
    with store.reading() as reading:
        assert reading.one(BalanceBucket, id="one").amount == 3500
        entries = reading.all(BalanceEntry, order=("made_at",), bucket_id="one")
        assert [(e.before, e.amount) for e in entries] == [(0, 5000), (5000, -1000), (4000, -500)]


def test_a_bucket_is_journalled_as_an_addition_so_that_it_always_applies(store: Store) -> None:
    with writing(store, "C12") as tx:
        entry(tx, Leg(CASH, 5000), Leg(PREPAID, -5000, "prepay", "one"))
    with store.reading() as reading:
        assert '["balance_bucket","increase",["one"],0,{"amount":5000}]' in reading.one(JournalEntry, kind="C12").body


def test_a_bucket_never_goes_below_zero(store: Store) -> None:
    with writing(store) as tx:
        entry(tx, Leg(CASH, 1000), Leg(PREPAID, -1000, "prepay", "one"))
    with pytest.raises(NotAllowed, match=r"The balance is 10\.00: 10\.01 can't be taken"), writing(store) as tx:
        entry(tx, Leg(CASH, -1001), Leg(PREPAID, 1001, "prepay", "one"))


def test_a_closed_day_takes_nothing_more(store: Store) -> None:
    with writing(store) as tx:
        tx.add(BusinessDay, outlet=OUTLET, business_date=DAY, state="closed", opened_by="1001", opened_at=tx.now())
    with pytest.raises(NotAllowed, match="is closed"), writing(store) as tx:
        entry(tx, Leg(CASH, 1), Leg(SAFE, -1))


def test_an_account_that_the_chart_lacks_is_refused_by_the_store(tmp_path: Path) -> None:
    """Once all is written down: of a store that keeps what is done."""
    made = closing(books.make(f"sqlite:///{tmp_path}/hall.db"))
    with made as store, pytest.raises(Conflict), writing(store) as tx:
        entry(tx, Leg(CASH, 1), Leg("7777", -1))
