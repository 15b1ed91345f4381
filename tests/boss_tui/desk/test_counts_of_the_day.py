"""What was counted otherwise than the books have it stands among the exceptions of the day, and the counts behind "
"it."""

from __future__ import annotations

from typing import Any

import pytest

from boss_tui.desk import Desk
from boss_tui.reports.exceptions import exceptions
from data.errors import NotAllowed
from tests.boss_tui.desk.shop import Shop
from tests.hall import FACTS

DAY = "2026-11-23"
BOSS = (FACTS.supervisor, FACTS.password)


def chief(shop: Shop) -> Desk:
    return shop.counter(FACTS.supervisor, "HZ0102")


def told(shop: Shop) -> dict[str, tuple[int, int]]:
    with shop.store.reading() as reading:
        return {one.kind: (one.count, one.amount) for one in exceptions(reading, FACTS.outlet, DAY)}


def behind(shop: Shop, kind: str) -> list[tuple[str, int]]:
    """The words and fen of what is behind a kind."""
    return [(str(one.what), one.amount) for one in chief(shop).figures.behind(DAY, "exception", kind)]


@pytest.mark.parametrize(("off", "kind"), [(100, "safe_over"), (-100, "safe_short"), (0, "")])
def test_the_safe_over_and_short(shop: Shop, off: int, kind: str) -> None:
    held = chief(shop).safe.held().balance
    chief(shop).safe.count(pieces(held + off), "counted twice")
    found = {name: value for name, value in told(shop).items() if name.startswith("safe")}
    assert found == ({kind: (1, off)} if kind else {})
    if kind:
        assert behind(shop, kind) == [("counted twice", off)]


def pieces(fen: int) -> dict[int, int]:
    found: dict[int, int] = {}
    for face in (10_000, 100, 1):
        found[face], fen = divmod(fen, face)
    return found


def test_each_kind_of_stock_that_differs(shop: Shop) -> None:
    books: dict[str, Any] = {line.key: line.pieces for line in chief(shop).stock.lines()}
    first, second, third = list(books)[:3]
    shop.desk.stock.count({first: books[first]})
    assert "stock" not in told(shop)
    shop.desk.stock.count({first: books[first] - 1, second: books[second] + 2, third: books[third]}, "torn", *BOSS)
    assert told(shop)["stock"] == (2, 0)
    said = [what for what, _ in behind(shop, "stock")]
    assert len(said) == 2
    assert all(f"{books[key]} by the books" in " ".join(said) for key in (first, second))
    assert all(what.endswith("torn") for what in said)


def test_a_count_made_anew_says_whose_drawer_and_how_much(shop: Shop) -> None:
    chief(shop).till.count_blind(on=True)
    for counts in ({10_000: 4}, {10_000: 4, 100: 1}):
        with pytest.raises(NotAllowed):
            shop.desk.till.close_shift(counts)
    assert told(shop)["count.again"] == (1, 0)
    assert behind(shop, "count.again") == [(f"{FACTS.counter} {FACTS.clerk} 401.00", 0)]


def test_the_sums_of_the_day_say_what_the_safe_lacks(shop: Shop) -> None:
    def sums() -> dict[str, object]:
        with shop.store.reading() as reading:
            return {str(fact.label): fact.value for fact in chief(shop).reports.data(reading, "day").summary}

    assert "Over or short in the safe" not in sums()
    chief(shop).safe.count(pieces(chief(shop).safe.held().balance - 250), "counted twice")
    assert (sums()["Over or short"], sums()["Over or short in the safe"]) == (0, -250)
