"""Check digits against a library's, and against numbers that are printed in the standards."""

from __future__ import annotations

from collections.abc import Callable
from types import ModuleType

import pytest
from hypothesis import given
from hypothesis import strategies as st
from stdnum import luhn as other_luhn
from stdnum.iso7064 import mod_11_2 as other_mod_11_2

from data.check_digits import fits, luhn, mod_11_2

DIGITS = st.text("0123456789", min_size=1, max_size=25)
BOTH = pytest.mark.parametrize(
    ("check", "other"), [(luhn, other_luhn), (mod_11_2, other_mod_11_2)], ids=["luhn", "iso"]
)
Check = Callable[[str], str]


@BOTH
@given(digits=DIGITS)
def test_the_digit_is_the_librarys(check: Check, other: ModuleType, digits: str) -> None:
    assert check(digits) == other.calc_check_digit(digits)
    assert fits(digits + check(digits), check)
    assert [last for last in "0123456789X" if fits(digits + last, check)] == [check(digits)]


@BOTH
@given(digits=DIGITS, place=st.integers(0, 24), more=st.integers(1, 9))
def test_one_digit_that_is_mistyped_is_found(
    check: Check, other: ModuleType, digits: str, place: int, more: int
) -> None:
    place %= len(digits)
    wrong = f"{digits[:place]}{(int(digits[place]) + more) % 10}{digits[place + 1 :]}{check(digits)}"
    assert not fits(wrong, check)
    assert not other.is_valid(wrong)


@pytest.mark.parametrize(
    ("number", "check", "right"),
    [
        ("49927398716", luhn, True),
        ("490154203237518", luhn, True),
        ("490154203237519", luhn, False),
        ("49015420323751X", luhn, False),  # only MOD 11-2 has an X
        ("11010519491231002X", mod_11_2, True),  # GB 11643
        ("440524188001010014", mod_11_2, True),
        ("11010519491231002x", mod_11_2, False),
        ("110105194912310021", mod_11_2, False),
        ("1101051949123100X2", mod_11_2, False),  # an X anywhere but at the end
        ("٤٤٠٥٢٤188001010014", mod_11_2, False),  # digits of another script
        ("0", luhn, False),
        ("", luhn, False),
        ("00", luhn, True),
    ],
)
def test_a_number_and_its_check_digit(number: str, check: Check, right: bool) -> None:
    assert fits(number, check) is right
