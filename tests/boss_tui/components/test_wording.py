"""Amounts in capitals, masks and formatted numbers."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from boss_tui.components.wording import (
    amount_in_capitals,
    document_number,
    masked_document,
    masked_email,
    masked_name,
    masked_phone,
    spaced,
    z_number,
)

CAPITALS = {
    "0": "零元整",
    "0.01": "壹分",
    "0.10": "壹角整",
    "0.11": "壹角壹分",
    "1": "壹元整",
    "10": "壹拾元整",
    "10.50": "壹拾元零伍角整",
    "11": "壹拾壹元整",
    "9": "玖元整",
    "99": "玖拾玖元整",
    "100": "壹佰元整",
    "198": "壹佰玖拾捌元整",
    "999": "玖佰玖拾玖元整",
    "1998": "壹仟玖佰玖拾捌元整",
    "9999": "玖仟玖佰玖拾玖元整",
    "99999999": "玖仟玖佰玖拾玖万玖仟玖佰玖拾玖元整",
    "101": "壹佰零壹元整",
    "110": "壹佰壹拾元整",
    "325.04": "叁佰贰拾伍元零肆分",
    "1001": "壹仟零壹元整",
    "1010": "壹仟零壹拾元整",
    "1409.50": "壹仟肆佰零玖元伍角整",
    "1680.32": "壹仟陆佰捌拾元零叁角贰分",
    "6007.14": "陆仟零柒元壹角肆分",
    "10000": "壹万元整",
    "10001": "壹万零壹元整",
    "10010.01": "壹万零壹拾元零壹分",
    "16409.02": "壹万陆仟肆佰零玖元零贰分",
    "100500": "壹拾万零伍佰元整",
    "107000.53": "壹拾万柒仟元零伍角叁分",
    "1010101": "壹佰零壹万零壹佰零壹元整",
    "10000000": "壹仟万元整",
    "100000000": "壹亿元整",
    "100000001": "壹亿零壹元整",
    "105000000": "壹亿零伍佰万元整",
    "100050000": "壹亿零伍万元整",
    "110000500": "壹亿壹仟万零伍佰元整",
    "1000000000000": "壹万亿元整",
    "-100": "负壹佰元整",
    "-0.05": "负伍分",
}


@pytest.mark.parametrize(("yuan", "words"), CAPITALS.items())
def test_an_amount_in_capitals(yuan: str, words: str) -> None:
    fen = round(float(yuan) * 100)
    assert amount_in_capitals(fen) == f"人民币{words}"


def test_more_than_can_be_written_is_refused() -> None:
    with pytest.raises(ValueError, match="more than can be written"):
        amount_in_capitals(10**18)
    assert amount_in_capitals(10**18 - 1).endswith("玖角玖分")


def read(words: str) -> int:
    """Fen of an amount in capitals: the other way round, by another method."""
    sizes = {"分": 1, "角": 10, "元": 100, "拾": 10, "佰": 100, "仟": 1000, "万": 10**4, "亿": 10**8}
    total = group = digit = 0
    for character in words.removeprefix("人民币").lstrip("负").rstrip("整"):
        if character in "零壹贰叁肆伍陆柒捌玖":
            digit = "零壹贰叁肆伍陆柒捌玖".index(character)
            continue
        if character in "拾佰仟":
            group, digit = group + digit * sizes[character], 0
        elif character in "万亿":
            total, group, digit = (total + group + digit) * sizes[character], 0, 0
        elif character == "元":
            total, group, digit = (total + group + digit) * 100, 0, 0
        else:
            group, digit = group + digit * sizes[character], 0
    return (total + group + digit) * (-1 if "负" in words else 1)


@given(st.integers(-(10**10) + 1, 10**10 - 1))
def test_capitals_read_back_as_the_amount(fen: int) -> None:
    words = amount_in_capitals(fen)
    assert read(words) == fen
    assert "零零" not in words
    assert words.endswith(("整", "分"))


@pytest.mark.parametrize(
    ("number", "masked"),
    [
        ("11010519491231002X", "110***********002X"),
        ("E12345678", "E******78"),
        ("H12345", "H***45"),
        ("", ""),
        ("A1", "**"),
    ],
)
def test_a_masked_document(number: str, masked: str) -> None:
    assert masked_document(number) == masked


def test_other_masks() -> None:
    assert masked_phone("13812345678") == "138****5678"
    assert masked_phone("0431-85551234") == "***********34"
    assert [masked_name(n) for n in ("", "张", "张三", "欧阳娜娜娜", "John Smith")] == [
        "",
        "张*",
        "张*",
        "欧***",
        "J***",
    ]
    assert masked_email("zhang@example.com") == "z***@example.com"
    assert masked_email("") == ""


@given(st.text("0123456789ABCX", min_size=1, max_size=30))
def test_a_mask_keeps_the_length_and_hides_at_least_a_third(number: str) -> None:
    for hidden in (masked_document(number), masked_phone(number)):
        assert len(hidden) == len(number)
        assert hidden.count("*") * 3 >= len(number)


def test_formatted_numbers() -> None:
    assert spaced("13812345678") == "138 1234 5678"
    assert spaced("89860012345678901234") == "8986 0012 3456 7890 1234"
    assert spaced("123456", 2, 3) == "12 345 6"
    assert document_number("144002501110", 42) == "144002501110 00000042"
    assert document_number("", 42) == "00000042"
    assert (z_number("0431-1", 7), z_number("0431-1", None)) == ("0431-1 Z000007", "0431-1")
