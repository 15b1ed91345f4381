"""What a password of staff must be, at the edges of each rule (management-facts 6)."""

from __future__ import annotations

from typing import Any

import pytest

from boss_tui.components.operators.staff_passwords import must_be_good
from data.errors import NotAllowed
from data.tables.organisation import Operator

CLERK = {"staff_no": "1001", "name": "陈晓燕", "birth_date": "1990-05-17", "role": "clerk"}


def person(**changes: str) -> Operator:
    values: dict[str, Any] = {"outlet": "HZ01", "password_hash": "-", **CLERK, **changes}
    return Operator(**values)


@pytest.mark.parametrize(
    ("password", "role"),
    [
        ("Abcdef12", "clerk"),  # eight, three classes
        ("abcdef1!", "supervisor"),
        ("ABCDEF1!", "clerk"),
        ("密码abcd12", "clerk"),  # what is no letter of a case is of the fourth class
        ("Abcdefgh1234", "manager"),
        ("a-1" * 21 + "B", "clerk"),  # 64
    ],
)
def test_these_are_good(password: str, role: str) -> None:
    must_be_good(password, person(role=role), role)


@pytest.mark.parametrize(
    ("password", "role", "told"),
    [
        ("Abcde12", "clerk", "At least 8"),
        ("Abcdefg1234", "manager", "At least 12"),
        ("a-1" * 21 + "Bc", "clerk", "at most 64"),
        ("abcdefg1", "clerk", "Three of these"),
        ("ABCDEFG1", "clerk", "Three of these"),
        ("Abcdefgh", "clerk", "Three of these"),
        ("abcdef-gh", "clerk", "Three of these"),
        ("Abcd\x07ef12", "clerk", "control"),
        ("Xyz-1001!", "clerk", "staff number"),
        ("Xyz-10-01!", "clerk", "staff number"),
        ("Xyz１００１!", "clerk", "staff number"),
        ("陈晓燕Abcd12", "clerk", "name"),
        ("Chen-XiaoYan1", "clerk", "name"),
        ("Ab-19900517", "clerk", "birth"),
        ("Ab-1990-05-17", "clerk", "birth"),
        ("Ab!900517", "clerk", "birth"),
        ("Ab!17051990", "clerk", "birth"),
    ],
)
def test_these_are_not_and_it_is_said_why(password: str, role: str, told: str) -> None:
    with pytest.raises(NotAllowed) as refused:
        must_be_good(password, person(role=role), role)
    assert told in str(refused.value)
    assert refused.value.field == "password"


def test_a_birth_date_that_is_not_known_forbids_nothing() -> None:
    must_be_good("Ab!19900517", person(birth_date=""), "clerk")


def test_a_part_of_a_name_of_several_words_is_one() -> None:
    with pytest.raises(NotAllowed):
        must_be_good("my-Lily-1", person(name="林 Lily"), "clerk")
