"""Where names, addresses and phones begin and end: the last character that passes, the first that doesn't."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from pydantic_core import PydanticCustomError

from boss_tui.components.identity.text import (
    check_address,
    check_name,
    check_organisation,
    check_phone,
    check_target,
    is_service,
)

Check = Callable[[str], str]


def passes(check: Check, typed: str) -> bool:
    try:
        check(typed)
    except PydanticCustomError:
        return False
    return True


@pytest.mark.parametrize(
    ("check", "typed", "good"),
    [
        (check_name, "李", True),
        (check_name, "", False),
        (check_name, "··", False),
        (check_name, "-", False),
        (check_name, "李" * 64, True),
        (check_name, "李" * 65, False),
        (check_organisation, "李厂", True),
        (check_organisation, "厂", False),
        (check_organisation, "12", False),
        (check_organisation, "厂" * 128, True),
        (check_organisation, "厂" * 129, False),
        (check_address, "文三路1号5", True),
        (check_address, "文三路1号", False),
        (check_address, "文三路123", True),
        (check_address, "文三文三12", False),
        (check_address, "文三路" + "1" * 197, True),
        (check_address, "文三路" + "1" * 198, False),
    ],
)
def test_a_text_is_as_long_as_it_may_be_and_no_longer(check: Check, typed: str, good: bool) -> None:
    assert passes(check, typed) is good


@pytest.mark.parametrize(
    ("typed", "stored"),
    [
        ("010-85551234", "010-85551234"),
        ("01085551234", "010-85551234"),
        ("0431-85551234-8", "0431-85551234-8"),
        ("0431-8555123", "0431-8555123"),
        ("0431-85551234-123456", "0431-85551234-123456"),
        ("（0431）85551234转8", "0431-85551234-8"),
        ("010-8555123", ""),
        ("020-1555123", ""),
        ("0431-855512345", ""),
        ("0431-855512", ""),
        ("0431-15551234", ""),
        ("0131-85551234", ""),
        ("0431-85551234-1234567", ""),
        ("0431-85551234-", ""),
    ],
)
def test_a_landline_has_its_area_and_as_many_digits_as_there(typed: str, stored: str) -> None:
    assert passes(check_phone, typed) is bool(stored)
    if stored:
        assert check_phone(typed) == stored


@pytest.mark.parametrize(
    ("number", "service"),
    [
        ("110", True),
        ("10086", True),
        ("100861", True),
        ("12345", True),
        ("95588", True),
        ("955881", True),
        ("95588123", True),
        ("96110", True),
        ("999", True),
        ("11", False),
        ("1008612", False),
        ("9558", False),
        ("955881234", False),
        ("97110", False),
        ("998", False),
        ("13957000000", False),
    ],
)
def test_what_people_call_for_help_is_a_service(number: str, service: bool) -> None:
    assert is_service(number) is service


@pytest.mark.parametrize(
    ("typed", "stored"),
    [
        ("13957000001", "13957000001"),
        ("+8613957000001", "13957000001"),
        ("008613957000001", "13957000001"),
        ("010-85551234", "01085551234"),
        ("+4930123456", "004930123456"),
        ("00493012", "00493012"),
        ("8555123", "8555123"),
        ("666", "666"),
        ("66666666", "66666666"),
        ("0049301", ""),
        ("00" + "4" * 13, "00" + "4" * 13),
        ("00" + "4" * 14, ""),
        ("000493012", ""),
        ("66", ""),
        ("666666666", ""),
        ("110", ""),
        ("12345", ""),
        ("1395700000", ""),
        ("139570000011", ""),
    ],
)
def test_where_calls_may_be_forwarded_to(typed: str, stored: str) -> None:
    assert passes(check_target, typed) is bool(stored)
    if stored:
        assert check_target(typed) == stored


@pytest.mark.parametrize("dash", "-‐‑‒–—―−－")
def test_a_dash_between_house_numbers_is_one_whatever_makes_it(dash: str) -> None:
    assert check_address(f"杭州市文三路1{dash}2号") == "杭州市文三路1-2号"


def test_what_is_no_dash_is_refused_in_an_address() -> None:
    assert not passes(check_address, "杭州市文三路1…2号")
