import pytest
from hypothesis import given
from hypothesis import strategies as st

from data.characters import is_han
from data.names import initials, name_key, pinyin


@pytest.mark.parametrize(
    ("name", "reading", "letters"),
    [
        ("张小明", "zhangxiaoming", "zxm"),
        ("单田芳", "shantianfang", "stf"),  # a surname with a reading of its own
        ("仇英", "qiuying", "qy"),
        ("解晓东", "xiexiaodong", "xxd"),
        ("曾国藩", "zengguofan", "zgf"),
        ("尉迟恭", "yuchigong", "ycg"),
        ("欧阳修", "ouyangxiu", "oyx"),
        ("解放路超市有限公司", "jiefangluchaoshiyouxiangongsi", "jflcsyxgs"),  # no surname in a company's name
        ("解放书店", "jiefangshudian", "jfsd"),
        ("吕布", "lvbu", "lb"),  # ü as it is typed
        ("阿凡提·买买提", "afantimaimaiti", "aftmmt"),
        ("John Smith", "johnsmith", "js"),
        ("José Ñuñez", "josenunez", "jn"),
        ("O'Brien", "obrien", "o"),
        ("张John", "zhangjohn", "zj"),
        ("ＡＢＣ公司", "abcgongsi", "ags"),
        ("", "", ""),
        ("··", "", ""),
    ],
)
def test_readings(name: str, reading: str, letters: str) -> None:
    assert (pinyin(name), initials(name)) == (reading, letters)


def test_a_name_is_compared_without_blanks_case_or_width() -> None:
    assert name_key(" john　Smith ") == name_key("ＪＯＨＮsmith") == "JOHNSMITH"


@given(st.text(max_size=12))
def test_any_text_gives_plain_letters_and_digits(name: str) -> None:
    reading, letters = pinyin(name), initials(name)
    assert all(c.isascii() and c.isalnum() and c == c.lower() for c in reading)
    assert len(letters) <= len(reading)
    assert name_key(name_key(name)) == name_key(name) or not name.isascii()


@given(st.characters(min_codepoint=0x4E00, max_codepoint=0x9FA5))
def test_every_common_character_has_a_reading(character: str) -> None:
    assert is_han(character)
    assert pinyin(character)
