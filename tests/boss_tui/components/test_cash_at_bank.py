"""Cash that goes to the bank and comes from there: with its paper, once; and what the bank counted otherwise."""

from __future__ import annotations

import pytest

from boss_tui.components.till import bank_counts, cash
from boss_tui.components.till import shifts as till
from boss_tui.components.till.cash import CashReason
from data.errors import NotAllowed
from data.store import Store
from data.tables.finance import CashMovement, PostingLine
from tests.boss_tui.components.books import (
    CLERK,
    DAY,
    NEXT_DAY,
    OUTLET,
    RESERVE,
    SUPERVISOR,
    writing,
)
from tests.boss_tui.components.test_cash import MANAGER, emptied, in_safe, refused, stage

__all__ = ["stage"]


@pytest.mark.parametrize("purpose", ["deposit", "withdrawal"])
@pytest.mark.parametrize(
    ("operator", "approved_by", "fen", "reference", "field"),
    [
        (SUPERVISOR, "", 100_000, "ZP-1", None),
        (SUPERVISOR, "", 100_001, "ZP-1", "approved_by"),
        (SUPERVISOR, MANAGER, 400_000, "ZP-1", None),
        (MANAGER, "", 400_001, "ZP-1", "amount"),
        (SUPERVISOR, "", 1, " ", "reference"),
        (SUPERVISOR, "", 0, "ZP-1", "amount"),
        (CLERK, "", 1, "ZP-1", ""),
        (CLERK, SUPERVISOR, 1, "ZP-1", ""),
        (SUPERVISOR, "", -1, "ZP-1", "amount"),
    ],
)
def test_cash_goes_to_the_bank_and_comes_from_there_with_its_paper(
    store: Store, purpose: str, operator: str, approved_by: str, fen: int, reference: str, field: str | None
) -> None:
    act = CashReason(operator, "送行", approved_by, reference)

    def do() -> CashMovement:
        with writing(store) as tx:
            return cash.bank(tx, OUTLET, fen, purpose=purpose, act=act)

    if field is not None:
        refused(field, do)
        assert in_safe(store) == RESERVE
        return
    made = do()
    assert (made.reference, made.approved_by, made.amount) == ("ZP-1", approved_by, fen)
    assert in_safe(store) == RESERVE + (fen if purpose == "withdrawal" else -fen)


def test_no_more_is_taken_to_the_bank_than_the_safe_holds(store: Store) -> None:
    emptied(store, 99)
    with pytest.raises(NotAllowed, match="The safe has not so much cash"), writing(store) as tx:
        cash.bank(tx, OUTLET, 100, purpose="deposit", act=CashReason(SUPERVISOR, reference="ZP"))
    with pytest.raises(NotAllowed, match="choices"), writing(store) as tx:
        cash.bank(tx, OUTLET, 1, purpose="drop", act=CashReason(SUPERVISOR, reference="ZP"))


def test_nothing_is_taken_to_the_bank_on_a_day_that_is_closed(store: Store) -> None:
    with writing(store) as tx:
        till.close_day(tx, OUTLET, DAY, SUPERVISOR)
    with pytest.raises(NotAllowed, match="not open"), writing(store) as tx:
        cash.bank(tx, OUTLET, 100, purpose="deposit", act=CashReason(SUPERVISOR, reference="ZP"))
    with writing(store) as tx:
        till.open_day(tx, OUTLET, NEXT_DAY, SUPERVISOR)
        assert cash.bank(tx, OUTLET, 100, purpose="deposit", act=CashReason(SUPERVISOR, reference="ZP")).amount == 100


@pytest.mark.parametrize("purpose", ["deposit", "withdrawal"])
@pytest.mark.parametrize("again", ["B1", " B1", "b1", "B 1", "\uff221", "B1\u200b"])
def test_a_paper_of_the_bank_moves_cash_once(store: Store, purpose: str, again: str) -> None:
    """However its number is written; where it was used is told. A day later too."""
    with writing(store) as tx:
        first = cash.bank(tx, OUTLET, 45_000, purpose=purpose, act=CashReason(SUPERVISOR, reference="B1"))
        till.close_day(tx, OUTLET, DAY, SUPERVISOR)
        till.open_day(tx, OUTLET, NEXT_DAY, SUPERVISOR)
    held = in_safe(store)
    told = rf"B1 was used on {DAY} for 450\.00 yuan \(slip {OUTLET}-{first.number:06d}"
    with pytest.raises(NotAllowed, match=told) as refusal, writing(store) as tx:
        cash.bank(tx, OUTLET, 450, purpose=purpose, act=CashReason(SUPERVISOR, reference=again))
    assert (refusal.value.field, in_safe(store)) == ("reference", held)


def test_a_paper_of_the_bank_is_used_once_each_way_and_another_number_is_another(store: Store) -> None:
    for purpose, number, booked in (
        ("deposit", "b1", "B1"),
        ("withdrawal", " B1", "B1"),
        ("deposit", "B2", "B2"),
        ("deposit", "B11", "B11"),
    ):
        with writing(store) as tx:
            made = cash.bank(tx, OUTLET, 100, purpose=purpose, act=CashReason(SUPERVISOR, reference=number))
            assert made.reference == booked


def test_what_the_bank_counted_is_of_the_deposit_however_its_number_is_written(store: Store) -> None:
    with writing(store) as tx:
        cash.bank(tx, OUTLET, 100, purpose="deposit", act=CashReason(SUPERVISOR, reference="B1"))
        act = CashReason(SUPERVISOR, "假币", reference=" b1")
        assert bank_counts.difference(tx, OUTLET, 100, purpose="bank_short", act=act).reference == "B1"
    refused("amount", short_again, store)


def short_again(store: Store) -> None:
    with writing(store) as tx:
        act = CashReason(SUPERVISOR, "假币", reference="B1")
        bank_counts.difference(tx, OUTLET, 1, purpose="bank_short", act=act)


def test_a_paper_of_the_bank_is_found_by_its_index(store: Store) -> None:
    prepared = store.statements.of(cash._BY_PAPER)
    values = {"outlet": OUTLET, "purpose": "deposit", "reference": "B1"}
    with store.reading() as reading:
        reading._cursor.execute(f"EXPLAIN QUERY PLAN {prepared.sql}", prepared.parameters(values))
        plan = " ".join(str(line) for line in reading._cursor.fetchall())
    assert "cash_movement_reference" in plan


@pytest.mark.parametrize(
    ("purpose", "operator", "approved_by", "fen", "reference", "note", "field"),
    [
        ("bank_short", SUPERVISOR, "", 1, "ZP-1", "假币", None),
        ("bank_short", SUPERVISOR, "", 1_000, "ZP-1", "假币", None),
        ("bank_over", SUPERVISOR, "", 1, "ZP-1", "多一张", None),
        ("bank_short", SUPERVISOR, "", 1_001, "ZP-1", "假币", "approved_by"),
        ("bank_short", SUPERVISOR, SUPERVISOR, 1_001, "ZP-1", "假币", "approved_by"),
        ("bank_short", SUPERVISOR, MANAGER, 1_001, "ZP-1", "假币", None),
        ("bank_short", SUPERVISOR, MANAGER, 50_000, "ZP-1", "假币", None),
        ("bank_short", SUPERVISOR, MANAGER, 50_001, "ZP-1", "假币", "amount"),
        ("bank_over", SUPERVISOR, MANAGER, 50_001, "ZP-1", "多", None),
        ("bank_short", SUPERVISOR, "", 1, "ZP-2", "假币", "reference"),
        ("bank_short", SUPERVISOR, "", 1, "", "假币", "reference"),
        ("bank_short", SUPERVISOR, "", 1, "ZP-1", " ", "note"),
        ("bank_short", SUPERVISOR, "", 0, "ZP-1", "假币", "amount"),
        ("bank_short", CLERK, MANAGER, 1, "ZP-1", "假币", ""),
    ],
)
def test_what_the_bank_counted_otherwise_is_booked(
    store: Store, purpose: str, operator: str, approved_by: str, fen: int, reference: str, note: str, field: str | None
) -> None:
    with writing(store) as tx:
        cash.bank(tx, OUTLET, 50_000, purpose="deposit", act=CashReason(SUPERVISOR, "送行", reference="ZP-1"))

    def do() -> CashMovement:
        with writing(store) as tx:
            act = CashReason(operator, note, approved_by, reference)
            return bank_counts.difference(tx, OUTLET, fen, purpose=purpose, act=act)

    if field is not None:
        refused(field, do)
        return
    made = do()
    with store.reading() as reading:
        lines = {line.account: line.amount for line in reading.all(PostingLine, posting_id=made.posting_id)}
    into = fen if purpose == "bank_over" else -fen
    assert lines == {"1003": into, "6900": -into}
    assert in_safe(store) == RESERVE - 50_000


def test_no_more_is_lacking_at_the_bank_than_was_deposited(store: Store) -> None:
    with writing(store) as tx:
        cash.bank(tx, OUTLET, 100, purpose="deposit", act=CashReason(SUPERVISOR, "送行", reference="ZP-1"))
        bank_counts.difference(
            tx, OUTLET, 60, purpose="bank_short", act=CashReason(SUPERVISOR, "假币", reference="ZP-1")
        )
    with pytest.raises(NotAllowed, match=r"1\.00"), writing(store) as tx:
        bank_counts.difference(
            tx, OUTLET, 41, purpose="bank_short", act=CashReason(SUPERVISOR, "假币", reference="ZP-1")
        )
    with writing(store) as tx:
        bank_counts.difference(
            tx, OUTLET, 40, purpose="bank_short", act=CashReason(SUPERVISOR, "假币", reference="ZP-1")
        )
