"""Tax in amounts: each rate, each side of a rounding; parts make the whole to the fen."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from boss_tui.answers.business import QuoteLine
from boss_tui.components.billing.final_bills import Charged, taxes_of
from boss_tui.taxes import Rated, share, summed, tax_in
from data.message import Message

rates = st.sampled_from([0, 600, 900, 1300])


@pytest.mark.parametrize(
    ("amount", "rate", "tax"),
    [
        (10_900, 900, 900),
        (10_600, 600, 600),
        (11_300, 1300, 1300),
        (10_000, 0, 0),
        (6, 900, 0),
        (7, 900, 1),  # 0.495 and 0.578 fen
        (8, 600, 0),
        (9, 600, 1),  # 0.453 and 0.509 fen
        (-6, 900, 0),
        (-7, 900, -1),
        (-10_900, 900, -900),
    ],
)
def test_tax_is_rounded_half_up_and_alike_on_both_sides_of_nothing(amount: int, rate: int, tax: int) -> None:
    assert tax_in(amount, rate) == tax


def test_a_line_of_a_quote_has_the_tax_of_its_rate_unless_it_was_reckoned_before() -> None:
    line = QuoteLine("x", Message("x"), 0, 10_900, 10_900, tax_rate=900)
    assert line.tax == 900
    assert QuoteLine("x", Message("x"), 0, 10_900, 10_900, tax_rate=900, taxed=0).tax == 0
    assert QuoteLine("x", Message("x"), 0, 10_900, 10_900, tax_rate=900, taxed=899).rated == Rated(900, 10_900, 899)


def test_sums_are_by_rates_the_highest_first_and_what_makes_nothing_is_left_out() -> None:
    lines = [Rated(600, 5, 1), Rated(900, 10, 1), Rated(600, 5, 0), Rated(1300, 7, 1), Rated(1300, -7, -1)]
    assert summed(lines) == (Rated(900, 10, 1), Rated(600, 10, 1))


def test_money_pays_the_highest_rate_first_and_what_is_below_nothing_whole() -> None:
    left = [Rated(600, 1_060, 60), Rated(900, 10_900, 900)]
    assert share(left, 0) == ()
    assert share(left, 10_899) == (Rated(900, 10_899, tax_in(10_899, 900)),)
    assert share(left, 10_900) == (Rated(900, 10_900, 900),)
    assert share(left, 10_901) == (Rated(900, 10_900, 900), Rated(600, 1, 0))
    assert share([Rated(900, 100, 8), Rated(600, -40, -2)], 60) == (Rated(600, -40, -2), Rated(900, 100, 8))


@given(
    st.lists(st.tuples(rates, st.integers(1, 100_000)), min_size=1, max_size=6),
    st.lists(st.integers(1, 60_000), max_size=12),
)
def test_whatever_the_parts_they_make_the_whole(lines: list[tuple[int, int]], parts: list[int]) -> None:
    gross = summed(Rated(rate, amount, 0) for rate, amount in lines)
    whole = tuple(Rated(one.rate, one.amount, tax_in(one.amount, one.rate)) for one in gross)
    left = whole
    paid: list[Rated] = []
    for money in [*parts, sum(one.amount for one in whole)]:
        taken = share(left, money)
        assert all(0 <= one.tax <= one.amount for one in taken)
        assert sum(one.amount for one in taken) == min(money, sum(one.amount for one in left))
        paid += taken
        left = summed((*left, *(-one for one in taken)))
    assert left == ()
    assert summed(paid) == whole


@given(st.lists(st.tuples(rates, st.integers(1, 100_000)), min_size=1, max_size=8))
def test_the_lines_of_a_bill_share_the_tax_of_their_rate(lines: list[tuple[int, int]]) -> None:
    charged = [Charged("x", "", "", amount, rate) for rate, amount in lines]
    gross = summed(Rated(rate, amount, 0) for rate, amount in lines)
    more = tuple(Rated(one.rate, one.amount, tax_in(one.amount, one.rate)) for one in gross)
    taxes = taxes_of(charged, more)
    for one in more:
        assert sum(tax for line, tax in zip(charged, taxes, strict=True) if line.tax_rate == one.rate) == one.tax
