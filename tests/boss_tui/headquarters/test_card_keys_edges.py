"""Transport keys: what two sides compare of one, and which parts make none."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from boss_tui.headquarters.card_keys import check_value, keep
from data.errors import NotAllowed

ONE, OTHER = "0F" * 16, "A5" * 16


def test_a_check_value_is_the_first_three_bytes_of_zeros_enciphered() -> None:
    """As FIPS 197's key of zeros has it, and its key of bytes that count up."""
    assert check_value(bytes(16)) == "66E94B"
    assert check_value(bytes(32)) == "DC95C0"


class Reached(Exception):
    """What is typed was taken: the key would be kept now."""


class Office:
    """A desk at which nothing is written."""

    @property
    def seat(self) -> Any:
        raise Reached


@pytest.mark.parametrize(
    ("index", "parts", "field"),
    [
        ("7", (ONE, OTHER), None),
        ("123", (ONE, OTHER), None),
        ("", (ONE, OTHER), "index"),
        ("1234", (ONE, OTHER), "index"),
        ("７", (ONE, OTHER), "index"),
        ("A", (ONE, OTHER), "index"),
        *(
            ("7", ("0F" * n, "A5" * n), None if n in (16, 24, 32) else "part")
            for n in (15, 16, 17, 23, 24, 25, 31, 32, 33)
        ),
        ("7", (ONE, "A5" * 24), "part"),
        ("7", ("0G" * 16, OTHER), "part"),
        ("7", (ONE, "0G" * 16), "part"),
        ("7", (ONE.lower(), OTHER.lower()), None),
        ("7", ("00" * 16, OTHER), "part"),
        ("7", (ONE, "00" * 16), "part"),
        ("7", (ONE, ONE), "part"),
        ("7", (ONE, "0F" * 15 + "0E"), None),
    ],
)
def test_a_key_is_made_of_two_parts_that_say_something(index: str, parts: tuple[str, str], field: str | None) -> None:
    office: Any = Office()
    if field is None:
        with pytest.raises(Reached):
            keep(office, Path(), index, parts, "3002")
        return
    with pytest.raises(NotAllowed) as refused:
        keep(office, Path(), index, parts, "3002")
    assert refused.value.field == field
