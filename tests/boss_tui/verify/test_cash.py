"""A drawer, or the safe, that was below nothing is told in the journal's order: a clock set back is no theft."""

from __future__ import annotations

from boss_tui.components.ledger.ledger import Leg
from boss_tui.components.till import cash
from boss_tui.components.till import shifts as till
from boss_tui.verify import cash as rules
from data.clock import SeededClock
from data.store import Store, UnitOfWork
from data.tables.finance import Shift
from tests.boss_tui.components.books import CLERK, DAY, OUTLET, SUPERVISOR, TILL, reserve, writing
from tests.boss_tui.components.conftest import books_shared
from tests.boss_tui.components.conftest import store as books

__all__ = ["books", "books_shared"]


def found(store: Store) -> list[tuple[str, str]]:
    with store.reading() as reading:
        return [(one.rule, one.key) for one in rules.check(reading, {})]


def begun(store: Store, fen: int) -> Shift:
    reserve(store)
    with writing(store) as tx:
        till.open_day(tx, OUTLET, DAY, SUPERVISOR)
        return till.open_shift(tx, outlet=OUTLET, till=TILL, operator=CLERK, float_amount=fen)


def drop(tx: UnitOfWork, shift: Shift, fen: int) -> None:
    cash.cash_out(tx, shift, fen, purpose="drop", note="x", operator=CLERK)


def test_a_clock_that_was_set_back_makes_no_drawer_empty(books: Store) -> None:
    shift = begun(books, 300)
    assert isinstance(books.clock, SeededClock)
    books.clock.move(hours=-2)
    with writing(books) as tx:
        drop(tx, shift, 300)  # by the clock before the float
    assert found(books) == []


def test_what_was_taken_before_it_was_there_is_found_also_when_all_is_right_in_the_end(books: Store) -> None:
    shift = begun(books, 300)
    with writing(books) as tx:
        tx.change(tx.one(Shift, id=shift.id), float_amount=300)
        cash.move(tx, "drop", 301, cash.post_in(tx, shift, CLERK, *lines("drop", 301)), cash.CashReason(CLERK))
    assert found(books) == [(rules.DRAWER, shift.id)]
    with writing(books) as tx:
        cash.cash_in(tx, shift, 1, purpose="return", note="x", operator=CLERK)
    assert found(books) == [(rules.DRAWER, shift.id)]


def lines(purpose: str, fen: int) -> tuple[Leg, ...]:
    return Leg("1004", fen, purpose), Leg("1001", -fen, purpose)


def test_the_last_fen_may_go(books: Store) -> None:
    shift = begun(books, 300)
    with writing(books) as tx:
        drop(tx, shift, 300)
    assert found(books) == []


def test_a_safe_is_below_nothing_from_the_first_fen_on(books: Store) -> None:
    with writing(books) as tx:
        till.open_day(tx, OUTLET, DAY, SUPERVISOR)
        cash.post_at_safe(tx, OUTLET, SUPERVISOR, Leg("1003", 1, "x"), Leg("1004", -1, "x"))
    assert found(books) == [(rules.IN_SAFE, OUTLET)]
    reserve(books)
    assert found(books) == [(rules.IN_SAFE, OUTLET)]


def test_a_paper_of_the_bank_that_moved_cash_twice_is_found(books: Store) -> None:
    reserve(books)
    (rule,) = (one for one in rules.RULES if one.name == "bank's paper moves cash once")
    with writing(books) as tx:
        till.open_day(tx, OUTLET, DAY, SUPERVISOR)
        for times, purpose in ((0, "deposit"), (0, "withdrawal"), (1, "deposit")):
            posting = cash.post_at_safe(tx, OUTLET, SUPERVISOR, *lines(purpose, 1))
            cash.move(tx, purpose, 1, posting, cash.CashReason(SUPERVISOR, reference="B1"))
            assert len(tx.rows(rule.broken)) == times
