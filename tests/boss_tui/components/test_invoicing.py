"""Titles and tax numbers of invoices, at the edges; and whose an invoice is by itself."""

from __future__ import annotations

import pytest
from pydantic_core import PydanticCustomError

from boss_tui.answers.business import Invoicing
from boss_tui.components.invoices.invoicing import check_tax_number, check_title, checked, own
from data.demo.people import resident_id, uscc
from data.errors import BadForm

COMPANY = uscc("91331181MA2E1K7Q3")
PERSON = resident_id("33010519900518346")
TYPO = COMPANY[:-1] + ("A" if COMPANY[-1] != "A" else "B")


@pytest.mark.parametrize(
    ("typed", "stored"),
    [
        (COMPANY, COMPANY),
        (COMPANY.lower(), COMPANY),
        (f" {COMPANY[:8]} {COMPANY[8:]} ", COMPANY),
        ("".join(chr(ord(c) + 0xFEE0) for c in COMPANY), COMPANY),
        ("330105123456789", "330105123456789"),
        ("33010512345678X", "33010512345678X"),
        (PERSON, PERSON),
        (f"{PERSON}01", f"{PERSON}01"),
        ("A" * 18, "A" * 18),
        ("IOSVZ0123456789ABC", "IOSVZ0123456789ABC"),
        ("1" * 20, "1" * 20),
    ],
)
def test_a_tax_number_has_15_18_or_20_letters_and_digits(typed: str, stored: str) -> None:
    assert check_tax_number(typed) == stored


@pytest.mark.parametrize(
    ("typed", "why"),
    [
        *((("1" * n), "15, 18 or 20") for n in (1, 14, 16, 17, 19, 21)),
        ("", "15, 18 or 20"),
        ("33010512345678.", "letters and digits"),
        ("33010512345678中", "letters and digits"),
        (TYPO, "check character"),
        (COMPANY[:2] + "99" + COMPANY[4:], "No province"),
        (PERSON[:-1] + ("0" if PERSON[-1] != "0" else "1"), "No province"),
    ],
)
def test_what_is_no_tax_number_says_why(typed: str, why: str) -> None:
    with pytest.raises(PydanticCustomError, match=why):
        check_tax_number(typed)


@pytest.mark.parametrize("typed", ["杭州明天科技有限公司", "A&B（杭州）有限公司", "张三", "李", "个人"])
def test_a_title_is_a_name(typed: str) -> None:
    assert check_title(typed)


@pytest.mark.parametrize("typed", ["", "  ", "123", "王😀明", "名" * 129])
def test_what_is_no_title(typed: str) -> None:
    with pytest.raises(PydanticCustomError):
        check_title(typed)


@pytest.mark.parametrize(
    ("title", "number", "field"),
    [
        ("", COMPANY, "title"),
        ("   ", COMPANY, "title"),
        ("杭州某公司", "123", "tax_number"),
        ("123", COMPANY, "title"),
        ("杭州某公司", TYPO, "tax_number"),
        ("杭州某公司", "", "tax_number"),
    ],
)
def test_what_is_wrong_stands_beside_its_field(title: str, number: str, field: str) -> None:
    with pytest.raises(BadForm) as refusal:
        checked(Invoicing("later", title, number), own("龙泉青瓷有限公司", COMPANY, True))
    assert list(refusal.value.errors) == [field]


def test_their_own_title_is_none_that_was_said() -> None:
    company, person = own("龙泉青瓷有限公司", COMPANY, True), own("张三", PERSON, False)
    assert (company.title, company.tax_number) == ("龙泉青瓷有限公司", COMPANY)
    assert (person.title, person.tax_number) == ("张三", "")
    assert own("某单位", "不是税号", True).tax_number == ""
    for their in (company, person):
        assert checked(Invoicing("later", their.title, their.tax_number), their) == Invoicing("later")
        assert checked(Invoicing("none"), their) == Invoicing("none")
    assert checked(Invoicing("now", "某公司", COMPANY), person) == Invoicing("now", "某公司", COMPANY)
    assert checked(Invoicing("now", "某人", ""), person) == Invoicing("now", "某人")
