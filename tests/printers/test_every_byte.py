"""A receipt that fails at any byte, at either end, comes out once, or as a marked copy; nothing behind it is lost.

A sample of the positions; `python -m tests.printers.breaking` tries every one.
"""

from __future__ import annotations

import random
from typing import get_args

import pytest

from tests.printers.breaking import BYTES, EXPECTED, TALK, Fault, fail, shop, whole

pytestmark = pytest.mark.whole  # a simulated printer listens

ASKED = 9
"""Bytes of the questions before the job."""
EDGES = (0, 2, 3, ASKED - 1, ASKED, ASKED + 1, TALK - 3, TALK - 1, TALK)
SYMBOLS = tuple(ASKED + BYTES.index(command) + 4 for command in (b"\x1d(k", b"\x1dk", b"\x1dV"))
"""In the middle of a QR code, of a bar code and of the cut."""
DRAWN = tuple(sorted(random.Random(20261128).sample(range(ASKED + 2, TALK - 3), 4)))


@pytest.mark.parametrize("fault", get_args(Fault))
def test_a_receipt_that_fails_at_a_byte_comes_out_once_or_marked(fault: Fault) -> None:
    with shop() as made:
        for at in sorted({*EDGES, *SYMBOLS, *DRAWN}):
            fail(made, fault, at)


@pytest.mark.parametrize("at", [*SYMBOLS[:1], *DRAWN[:2], TALK - 1])
def test_who_looks_before_there_is_a_new_roll_prints_a_copy_that_says_so(at: int) -> None:
    """The first comes out after all, when there is one: once, without a mark."""
    with shop() as made:
        fail(made, "paper", at, hasty=True)


def test_the_looking_sees_what_is_whole_and_what_is_marked() -> None:
    banner = type(EXPECTED[0])("text", "*** 补打 第1次 ***")
    assert whole(EXPECTED) == (1, 0)
    assert whole((*EXPECTED, *EXPECTED)) == (2, 0)
    assert whole((*EXPECTED, banner, *EXPECTED)) == (1, 1)
    assert whole(EXPECTED[:-1]) == (0, 0)
    assert whole((*EXPECTED[:5], *EXPECTED)) == (1, 0)
