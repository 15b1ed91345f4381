"""A row of headquarters' is the fold of its published lines, in whatever order they came."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from boss_tui.editions.lines import (
    RowEdit,
    Unfit,
    Values,
    folded,
    history,
    keep,
    put,
    put_due,
    row_on,
    rows_on,
    to_come,
)
from data import schema
from data.clock import SeededClock
from data.errors import Conflict
from data.journal import Author
from data.store import Store, UnitOfWork
from data.tables.organisation import RoleRight
from data.tables.product import Product
from data.tables.sync import Setting
from data.tables.tariff import TaxRate

RIGHT = ("clerk", "C1")
PLACE = ("role_right", RIGHT)
DAYS = ("2026-03-01", "2026-03-02", "2026-03-03", "2026-03-04")


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    """One store for all that is tried here and given up again."""
    path: Path = tmp_path_factory.mktemp("lines") / "store.db"
    made = Store(f"sqlite:///{path}", clock=SeededClock())
    schema.create(made)
    yield made
    made.close()


class _GivenUp(Exception):
    pass


@contextmanager
def trial(store: Store) -> Iterator[UnitOfWork]:
    """A unit of work that leaves nothing."""
    try:
        with store.transaction(Author("", "test", ""), journalled=False) as tx:
            yield tx
            raise _GivenUp
    except _GivenUp:
        pass


def limit(amount: int) -> RowEdit:
    """The right's limit becomes another one."""
    return RowEdit("role_right", RIGHT, "change", {"amount_limit": amount})


ADD, END = RowEdit("role_right", RIGHT, "add", {"approval": "supervised"}), RowEdit("role_right", RIGHT, "end", {})


def test_a_new_row_has_what_the_line_says_and_the_defaults_and_counts_its_lines() -> None:
    row = folded(RoleRight, RIGHT, [ADD, limit(5), limit(7)])
    assert row == {
        "role": "clerk",
        "business": "C1",
        "amount_limit": 7,
        "refund_limit": 0,
        "refund_day_limit": 0,
        "approval": "supervised",
        "revision": 3,
    }


@pytest.mark.parametrize("lines", [[], [limit(5)], [ADD, END], [ADD, END, limit(5)], [END]])
def test_what_is_not_there_or_has_ended_is_no_row(lines: list[RowEdit]) -> None:
    assert folded(RoleRight, RIGHT, lines) is None


def test_what_has_ended_is_brought_back_by_a_new_line_and_its_revision_goes_on() -> None:
    row = folded(RoleRight, RIGHT, [ADD, limit(5), END, ADD])
    assert row is not None
    assert (row["amount_limit"], row["revision"]) == (0, 4)


def test_a_row_that_others_refer_to_stays_and_says_that_it_has_ended(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Product, "__ended__", {"state": "retired"})
    add = RowEdit("product", ("P",), "add", {"name_zh": "套餐"})
    row = folded(Product, ("P",), [add, RowEdit("product", ("P",), "end", {})])
    assert row is not None
    assert (row["state"], row["name_zh"], row["revision"]) == ("retired", "套餐", 2)


def test_a_line_counts_from_its_business_date_on(store: Store) -> None:
    with trial(store) as tx:
        keep(tx, 1, [ADD], DAYS[0], at_once=False)
        keep(tx, 2, [limit(5)], DAYS[2], at_once=False)
        assert [(row_on(tx, *PLACE, day) or {}).get("amount_limit") for day in ("2026-02-28", *DAYS)] == [
            None,
            0,
            0,
            5,
            5,
        ]
        assert [line.number for line in history(tx, *PLACE)] == [1, 2]
        assert [len(to_come(tx, *PLACE, day)) for day in ("2026-02-28", *DAYS)] == [2, 1, 1, 0, 0]


def test_what_counts_at_once_does_not_wait_for_the_date(store: Store) -> None:
    with trial(store) as tx:
        keep(tx, 1, [ADD], DAYS[1], at_once=True)
        keep(tx, 2, [limit(5)], DAYS[1], at_once=False)
        assert row_on(tx, *PLACE, DAYS[0]) is not None
        assert put(tx, [PLACE], DAYS[0]) == [PLACE]
        assert tx.one(RoleRight, role="clerk", business="C1").amount_limit == 0


def test_rows_are_added_changed_taken_away_and_left_alone(store: Store) -> None:
    with trial(store) as tx:
        keep(tx, 1, [ADD, RowEdit("tax_rate", ("none", "2026-01-01"), "add", {"rate": 0})], DAYS[0], at_once=False)
        keep(tx, 2, [limit(5)], DAYS[1], at_once=False)
        keep(tx, 3, [END], DAYS[2], at_once=False)
        places = [PLACE, ("tax_rate", ("none", "2026-01-01")), PLACE]
        assert put(tx, places, DAYS[0]) == places[:2]
        assert put(tx, places, DAYS[0]) == []
        assert put_due(tx, DAYS[0], DAYS[1]) == [PLACE]
        assert tx.one(RoleRight, role="clerk", business="C1").amount_limit == 5
        assert put_due(tx, DAYS[1], DAYS[1]) == []
        assert put_due(tx, DAYS[1], DAYS[3]) == [PLACE]
        assert tx.find(RoleRight, role="clerk", business="C1") is None
        assert tx.one(TaxRate, category="none", valid_from="2026-01-01").rate == 0
        assert tx.changes == []  # they are not this journal's


@pytest.mark.parametrize(
    "line",
    [
        RowEdit("no_table", ("a",), "add", {}),
        RowEdit("customer", ("a",), "add", {}),  # an outlet's
        RowEdit("role_right", ("clerk",), "change", {"amount_limit": 1}),  # half a key
        RowEdit("role_right", RIGHT, "change", {"no_column": 1}),
        RowEdit("role_right", RIGHT, "change", {"revision": 9}),
        RowEdit("tax_rate", ("none", "2026-01-01"), "add", {}),  # without its rate
    ],
)
def test_a_line_that_is_not_for_this_programs_tables_is_refused(store: Store, line: RowEdit) -> None:
    with trial(store) as tx, pytest.raises(Unfit):
        keep(tx, 1, [line], DAYS[0], at_once=False)


LINES = st.lists(st.tuples(st.sampled_from([ADD, END, limit(1), limit(2)]), st.sampled_from(DAYS)), max_size=6)


@given(LINES, st.randoms(use_true_random=False))
def test_the_row_does_not_depend_on_the_order_in_which_lines_came(
    store: Store, told: Sequence[tuple[RowEdit, str]], random: object
) -> None:
    def rows(order: Sequence[int], days: Sequence[str]) -> Values | None:
        with trial(store) as tx:
            for number in order:
                line, day = told[number]
                keep(tx, number + 1, [line], day, at_once=False)
                put(tx, [PLACE], days[0])
            for before, day in pairwise(days):
                put_due(tx, before, day)
            found = tx.find(RoleRight, role="clerk", business="C1")
            return None if found is None else dict(found.__dict__)
        return None

    shuffled = list(range(len(told)))
    random.shuffle(shuffled)  # type: ignore[attr-defined]
    assert rows(range(len(told)), DAYS) == rows(shuffled, [DAYS[-1]]) == rows(shuffled, DAYS[1:])


def test_a_row_that_headquarters_does_not_publish_is_not_taken_away(store: Store) -> None:
    with trial(store) as tx:
        row = tx.add(Setting, name="a", value="b")
        with pytest.raises(TypeError):
            tx.remove(row)


def test_a_row_that_somebody_changed_meanwhile_is_not_taken_away(store: Store) -> None:
    with trial(store) as tx:
        row = tx.add(RoleRight, role="clerk", business="C1")
        tx.change(row, amount_limit=5)
        with pytest.raises(Conflict):
            tx.remove(row)


def undo(item: int) -> RowEdit:
    """What an item said of the right is taken back."""
    return RowEdit("role_right", RIGHT, "undo", {"item": item})


def test_what_was_undone_never_was_whatever_else_was_published_since(store: Store) -> None:
    with trial(store) as tx:
        keep(tx, 1, [ADD], DAYS[0], at_once=False)
        keep(tx, 2, [limit(5)], DAYS[2], at_once=False)
        keep(tx, 3, [undo(2)], DAYS[2], at_once=False)
        keep(tx, 4, [limit(7)], DAYS[1], at_once=False)  # before that date, said after it was undone
        assert [(row_on(tx, *PLACE, day) or {}).get("amount_limit") for day in DAYS] == [0, 7, 7, 7]
        assert [line.number for line in to_come(tx, *PLACE, DAYS[0])] == [4]
        put(tx, [PLACE], DAYS[0])
        for before, day in pairwise(DAYS):
            put_due(tx, before, day)
        assert tx.one(RoleRight, role="clerk", business="C1").amount_limit == 7


def test_a_row_that_was_added_or_ended_by_what_was_undone(store: Store) -> None:
    with trial(store) as tx:
        keep(tx, 1, [ADD], DAYS[0], at_once=False)
        keep(tx, 2, [undo(1)], DAYS[0], at_once=False)
        assert row_on(tx, *PLACE, DAYS[3]) is None
        keep(tx, 3, [ADD], DAYS[0], at_once=False)
        keep(tx, 4, [END], DAYS[1], at_once=False)
        put(tx, [PLACE], DAYS[1])
        assert tx.find(RoleRight, role="clerk", business="C1") is None
        keep(tx, 5, [undo(4)], DAYS[1], at_once=False)  # it comes when the date is there already
        put(tx, [PLACE], DAYS[1])
        assert tx.one(RoleRight, role="clerk", business="C1").amount_limit == 0


def test_many_rows_at_once_stand_as_each_alone_does(store: Store) -> None:
    with trial(store) as tx:
        wanted = [("clerk", f"B{n}") for n in range(205)]
        keep(
            tx,
            1,
            [RowEdit("role_right", key, "add", {"approval": "alone"}) for key in wanted[:203]],
            DAYS[0],
            at_once=False,
        )
        keep(tx, 2, [RowEdit("role_right", wanted[101], "change", {"amount_limit": 9})], DAYS[1], at_once=False)
        keep(tx, 3, [RowEdit("role_right", wanted[202], "end", {})], DAYS[1], at_once=False)
        for day in ("2026-02-28", *DAYS[:2]):
            found = rows_on(tx, "role_right", [*wanted, wanted[0]], day)
            assert found == {key: row for key in wanted if (row := row_on(tx, "role_right", key, day)) is not None}
            assert len(found) == {"2026-02-28": 0, DAYS[0]: 203, DAYS[1]: 202}[day]
