"""What a character is, whatever the interpreter's Unicode knows of it."""

from __future__ import annotations

import pytest

from data.characters import assigned, begins_formula, is_digits, is_han, is_visible, private_code, shown, stray
from data.names import as_stored, initials, name_key, pinyin


@pytest.mark.parametrize(
    ("code", "han"),
    [
        (0x2FFF, False),
        (0x3006, False),
        (0x3007, True),
        (0x3008, False),
        (0x33FF, False),
        (0x3400, True),
        (0x4DBF, True),
        (0x4DC0, False),
        (0x4DFF, False),
        (0x4E00, True),
        (0x9FFF, True),
        (0xA000, False),
        (0xF8FF, False),
        (0xF900, True),
        (0xFAFF, True),
        (0xFB00, False),
        (0x1FFFF, False),
        (0x20000, True),
        (0x2EBF0, True),
        (0x2EE5D, True),
        (0x30000, True),
        (0x31350, True),
        (0x323B0, True),
        (0x33479, True),
        (0x3FFFD, True),
        (0x3FFFE, False),
        (0xE0001, False),
    ],
)
def test_han_is_known_by_its_block(code: int, han: bool) -> None:
    assert is_han(chr(code)) is han


@pytest.mark.parametrize(
    ("text", "are"),
    [("0", True), ("0123456789", True), ("", False), ("1２", False), ("²", False), ("٣", False), ("1 2", False)],
)
def test_only_what_a_number_is_read_from_is_digits(text: str, are: bool) -> None:
    """Digits above a line, and those of another script, are none: some of them no number can be made of."""
    assert is_digits(text) is are


@pytest.mark.parametrize(
    ("private", "meant"),
    [
        ("\ue815", "⺁"),
        ("\ue816", "𠂇"),
        ("\ue817", "𠂉"),
        ("\ue818", "𠃌"),
        ("\ue819", "⺄"),
        ("\ue81a", "㑳"),
        ("\ue81e", "\u9fb4"),
        ("\ue831", "𡗗"),
        ("\ue83b", "𢦏"),
        ("\ue855", "𤇾"),
        ("\ue863", "䶮"),
        ("\ue864", "\u9fbb"),
        ("\ue7c7", "ḿ"),
        ("\ue7c8", "ǹ"),
        ("\ue814", "\ue814"),
        ("\ue865", "\ue865"),
        ("\ue000", "\ue000"),
        ("\uf8ff", "\uf8ff"),  # nobody's
    ],
)
def test_private_codes_of_gbk_are_what_they_stand_for(private: str, meant: str) -> None:
    assert assigned(f"李{private}") == f"李{meant}"


def test_a_private_code_is_found_again_where_the_codec_has_it_still() -> None:
    assert private_code("\u9fb4").encode("gb18030") == b"\xfe\x59"
    assert private_code("张") == ""


@pytest.mark.parametrize(
    "character", ["\u200b", "\ufeff", "\u202e", "\x02", "\ud800", "\u2028", "\ufe00", "\U000e0100"]
)
def test_what_can_not_be_seen(character: str) -> None:
    assert not is_visible(character)


@pytest.mark.parametrize("character", ["a", " ", "\u3000", "\U0002ebf0", "\ue000", "\u0378"])
def test_what_can_be_seen_or_was_meant(character: str) -> None:
    assert is_visible(character)


def test_what_is_refused_is_named() -> None:
    assert shown("\U0002ebf0") == "\U0002ebf0 (U+2EBF0)"
    assert shown("\ue000") == "U+E000"
    assert stray("李\U0002ebf0明 é") is None
    for text, code in (("李\ue000", "U+E000"), ("a\u200bb", "U+200B"), ("a\u0378", "U+0378"), ("\x1b", "U+001B")):
        assert code in str(stray(text))


PARTS = [
    "买买提·艾力",
    "买买提•艾力",
    "买买提．艾力",
    "买买提・艾力",
    "买买提･艾力",
    "买买提.艾力",
    "买买提 · 艾力",
    "买买提‧艾力",
    "买买提。艾力",
]


@pytest.mark.parametrize("typed", PARTS)
def test_one_dot_between_the_parts_of_a_name(typed: str) -> None:
    assert as_stored(typed) == "买买提·艾力"


@pytest.mark.parametrize(
    "typed", [*PARTS, "买买提 艾力", "买买提　艾力", "买买提艾力", " 买买提·艾力 ", "·买买提·艾力·"]
)
def test_they_are_all_the_same_person(typed: str) -> None:
    assert name_key(typed) == name_key("买买提·艾力") == "买买提艾力"
    assert (pinyin(typed), initials(typed)) == ("maimaitiaili", "mmtal")


@pytest.mark.parametrize(
    ("typed", "stored"),
    [
        ("J. Smith", "J. Smith"),
        ("J.Smith", "J.Smith"),
        ("Ｊ Ｓｍｉｔｈ", "J Smith"),
        (" 张　 三 ", "张三"),
        ("上海 3 厂", "上海 3 厂"),
        ("李\ue863", "李䶮"),
        ("葛\U000e0100", "葛"),
        ("李\U0002ebf0 明", "李\U0002ebf0明"),
        ("e\u0301a", "éa"),
        ("", ""),
        ("·", ""),
    ],
)
def test_a_name_as_it_is_stored(typed: str, stored: str) -> None:
    assert as_stored(typed) == stored
    assert as_stored(stored) == stored


@pytest.mark.parametrize(
    "other", ["MARY ANN O'BRIEN", "mary-ann o’brien", "Mary‐Ann OBrien", "ｍａｒｙ－ａｎｎ ｏ＇ｂｒｉｅｎ"]
)
def test_hyphens_apostrophes_and_case_make_nobody_else(other: str) -> None:
    assert name_key(other) == name_key("Mary-Ann O'Brien")


@pytest.mark.parametrize(
    ("one", "other"), [("张三", "张三丰"), ("李䶮", "李"), ("李\U0002ebf0明", "李明"), ("上海3厂", "上海厂")]
)
def test_other_names_are_others(one: str, other: str) -> None:
    assert name_key(one) != name_key(other)


@pytest.mark.parametrize("text", ["=1", "+1", "-1", "@x", "＝1", " =1", "\u3000=1", "\t1", "\rx", "\n=1", "\u00a0＋1"])
def test_a_spreadsheet_runs_what_begins_so(text: str) -> None:
    assert begins_formula(text)
    assert not begins_formula(f"'{text}")


@pytest.mark.parametrize("text", ["", " ", "x=1", "1-1", " 1", "'=1", "（1"])
def test_a_spreadsheet_runs_nothing_else(text: str) -> None:
    assert not begins_formula(text)
