"""Passwords of staff: which one counts until when, how long it is, what stands in it (management-facts 6)."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from boss_tui.components.identity.kinds import fault
from boss_tui.components.identity.text import check_email, check_postcode
from boss_tui.components.operators.passwords import hashed, matches
from boss_tui.components.operators.staff_passwords import (
    PasswordStanding,
    chosen,
    digest,
    must_be_good,
    not_again,
    standing,
)
from data.clock import stamp
from data.errors import NotAllowed
from data.tables.organisation import Operator
from data.tables.staff import OperatorPassword
from tests.boss_tui.components.loose import Loose
from tests.boss_tui.components.rows import NOW, row

GIVEN = "hash of headquarters"


def operator(**values: Any) -> Any:
    standard = {"staff_no": "1001", "name": "王芳", "role": "clerk", "password_hash": GIVEN, "birth_date": "1990-05-17"}
    return row(Operator, **{**standard, **values})


def own(number: int, age: timedelta = timedelta(), **values: Any) -> Any:
    standard = {
        "staff_no": "1001",
        "number": number,
        "password_hash": f"own {number}",
        "replaces": digest(GIVEN),
        "made_at": stamp(NOW - age),
    }
    return row(OperatorPassword, **{**standard, **values})


@pytest.mark.parametrize(
    ("rows", "use", "counts"),
    [
        ([], "initial", PasswordStanding(GIVEN, "initial")),
        ([], "lasting", PasswordStanding(GIVEN, "good")),
        ([own(1)], "initial", PasswordStanding("own 1")),
        ([own(1), own(2)], "initial", PasswordStanding("own 2")),
        ([own(1, staff_no="1002")], "initial", PasswordStanding(GIVEN, "initial")),
        ([own(1), own(2, replaces="another")], "initial", PasswordStanding(GIVEN, "initial")),
        ([own(1, replaces="another"), own(2)], "initial", PasswordStanding("own 2")),
        ([own(1, timedelta(days=90))], "initial", PasswordStanding("own 1", "expired")),
        ([own(1, timedelta(days=91))], "lasting", PasswordStanding("own 1", "expired")),
        ([own(1, timedelta(days=90) - timedelta(seconds=1))], "initial", PasswordStanding("own 1", days_left=1)),
        ([own(1, timedelta(days=89))], "initial", PasswordStanding("own 1", days_left=2)),
        ([own(1, timedelta(days=83))], "initial", PasswordStanding("own 1", days_left=8)),
        ([own(1, timedelta(days=83) + timedelta(seconds=1))], "initial", PasswordStanding("own 1", days_left=7)),
        ([own(1, timedelta(days=83) - timedelta(seconds=1))], "initial", PasswordStanding("own 1")),
        ([own(1, timedelta(days=99)), own(2, timedelta(days=1))], "initial", PasswordStanding("own 2")),
        ([own(1, timedelta(days=1)), own(2, timedelta(days=99))], "initial", PasswordStanding("own 2", "expired")),
    ],
)
def test_the_password_that_counts_is_changed_after_ninety_days(
    tx: Loose, rows: list[Any], use: str, counts: PasswordStanding
) -> None:
    tx.put(*rows)
    assert standing(tx, operator(password_use=use), NOW) == counts


@pytest.mark.parametrize(("made", "kept"), [(0, []), (5, [5, 4, 3, 2, 1]), (6, [6, 5, 4, 3, 2])])
def test_none_of_the_last_five_is_taken_again(tx: Loose, made: int, kept: list[int]) -> None:
    tx.put(*(own(n) for n in range(1, made + 1)))
    assert [one.number for one in chosen(tx, operator())] == list(range(made, 0, -1))
    assert not_again(tx, operator()) == [GIVEN, *(f"own {n}" for n in kept)]


@pytest.mark.parametrize(
    ("password", "about", "told"),
    [
        ("abcdefg1-", {}, ""),
        ("abcdefgA-", {}, ""),
        ("Abc-王-1234", {}, ""),
        ("Ab-170590-x", {}, "Not with"),
        ("Ab-170590-x", {"birth_date": ""}, ""),
        ("Ab-900518-x", {}, ""),
        ("Ab-joe-1234", {"name": "Joe Li"}, "Not with"),
        ("Ab-li-12345", {"name": "Joe Li"}, ""),
        ("Ab-12-cdefg", {"staff_no": "12"}, ""),
        ("Ab-123-cdefg", {"staff_no": "123"}, "Not with"),
        ("Ab-一二-1234", {"name": "一二"}, "Not with"),
        ("Ab-一二三-123", {"name": "一二三"}, "Not with"),
    ],
)
def test_a_password_has_nothing_in_it_that_everybody_knows(password: str, about: dict[str, str], told: str) -> None:
    if not told:
        must_be_good(password, operator(**about), "clerk")
        return
    with pytest.raises(NotAllowed, match=told) as refusal:
        must_be_good(password, operator(**about), "clerk")
    assert refusal.value.field == "password"


@pytest.mark.usefixtures("dear_passwords")
def test_a_hash_is_of_one_password_and_says_how_dear_it_is() -> None:
    stored = hashed("a secret")
    assert stored.startswith("$argon2id$v=19$m=19456,t=2,p=1$")
    assert [matches(stored, typed) for typed in ("a secret", "another")] == [True, False]
    assert not matches("no hash", "a secret")


# what else is typed


@pytest.mark.parametrize(
    ("typed", "good"),
    [
        ("a" * 64 + "@example.com", True),
        ("a" * 65 + "@example.com", False),
        ("a@" + "b" * 60 + ("." + "c" * 60) * 3 + ".example", True),
        ("abcdefghi@" + "b" * 60 + ("." + "c" * 60) * 2 + "." + "d" * 57 + ".com", True),
        ("abcdefghij@" + "b" * 60 + ("." + "c" * 60) * 2 + "." + "d" * 57 + ".com", False),
    ],
)
def test_an_address_of_mail_has_64_before_the_at_and_254_in_all(typed: str, good: bool) -> None:
    assert (fault(check_email, typed) is None) is good


@pytest.mark.parametrize(
    ("typed", "good"), [("310012", True), ("000000", True), ("910012", False), ("31001", False), ("3100123", False)]
)
def test_a_postcode_has_six_digits_the_first_no_nine(typed: str, good: bool) -> None:
    assert (fault(check_postcode, typed) is None) is good
