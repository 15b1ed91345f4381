"""Wrong tries at a one-time code: when the next is taken, how they are counted, and when a code ends."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from boss_tui.desk import codes
from data.clock import stamp
from data.errors import NotAllowed
from data.journal import Author
from data.tables.organisation import Authority, Tries
from tests.boss_tui.components.rows import NOW, Rows, row

SECOND = timedelta(seconds=1)


class Tx(Rows):
    """A unit of work by a clerk at HZ01."""

    author = Author("HZ01", "approve.code", "1001", "HZ0101")

    def present(self) -> Any:
        return NOW


def tries(count: int, ago: timedelta) -> Tries:
    made: Tries = row(Tries, outlet="HZ01", subject=codes.OF_OUTLET, tries=count, last_at=stamp(NOW - ago))
    return made


@pytest.mark.parametrize(
    ("count", "ago", "taken"),
    [
        (4, timedelta(0), True),
        (5, timedelta(0), False),
        (5, timedelta(seconds=14), False),
        (5, timedelta(seconds=15), True),
        (6, timedelta(seconds=29), False),
        (6, timedelta(seconds=30), True),
        (99, timedelta(minutes=15) - SECOND, False),
        (99, timedelta(minutes=15), True),
    ],
)
def test_the_outlets_wrong_tries_cost_a_pause(count: int, ago: timedelta, taken: bool) -> None:
    tx: Any = Tx(tries(count, ago))
    if taken:
        codes._must_be_open(tx)
    else:
        with pytest.raises(NotAllowed, match="Too many wrong codes"):
            codes._must_be_open(tx)


def test_without_any_try_one_is_taken() -> None:
    nothing: Any = Tx()
    codes._must_be_open(nothing)
    untold: Any = Tx(row(Tries, outlet="HZ01", subject=codes.OF_OUTLET, tries=9, last_at=""))
    codes._must_be_open(untold)
    elsewhere: Any = Tx(row(Tries, outlet="HZ02", subject=codes.OF_OUTLET, tries=9, last_at=stamp(NOW)))
    codes._must_be_open(elsewhere)


@pytest.mark.parametrize(
    ("count", "ago", "by", "left", "at"),
    [
        (3, timedelta(hours=1), 1, 4, NOW),
        (3, timedelta(hours=1), -1, 2, NOW - timedelta(hours=1)),
        (0, timedelta(hours=1), -1, 0, NOW - timedelta(hours=1)),
        (3, timedelta(days=1) - SECOND, 1, 4, NOW),
        (3, timedelta(days=1), 1, 1, NOW),
    ],
)
def test_a_try_is_counted_and_a_right_one_taken_back(count: int, ago: timedelta, by: int, left: int, at: Any) -> None:
    tx: Any = Tx(tries(count, ago))
    assert codes._count(tx, None, by) == (left, 0)
    (kept,) = tx.all(Tries)
    assert (kept.tries, kept.last_at) == (left, stamp(at))


def test_the_first_try_is_counted_of_the_outlet_and_of_its_code() -> None:
    tx: Any = Tx()
    assert codes._count(tx, row(Authority, number=12), 1) == (1, 1)
    assert {(one.subject, one.tries) for one in tx.all(Tries)} == {(codes.OF_OUTLET, 1), ("code 12", 1)}


@pytest.mark.parametrize(
    ("of_code", "state", "after"),
    [(4, "active", "active"), (5, "active", "withdrawn"), (6, "active", "withdrawn"), (5, "used_up", "used_up")],
)
def test_a_code_is_withdrawn_after_five_wrong_tries(of_code: int, state: str, after: str) -> None:
    code = row(Authority, id="a", number=12, state=state)
    tx: Any = Tx(code)
    codes._wrong(tx, code, 1, of_code)
    assert tx.one(Authority, id="a").state == after
