"""Choices of an extra field: as they are typed, and as they are stored; nothing else is ever kept."""

from __future__ import annotations

import json

import pytest

from boss_tui.management.m01.extra_fields import ExtraFieldForm
from data.errors import BadForm

STORED = json.dumps([["a", "甲", "A"]], ensure_ascii=False)


@pytest.mark.parametrize(
    ("typed", "stored"),
    [
        ("a,甲,A", [["a", "甲", "A"]]),
        ("a，甲，A", [["a", "甲", "A"]]),
        ("a,甲", [["a", "甲", "甲"]]),
        (" a , 甲 , A ", [["a", "甲", "A"]]),
        ("a,甲,A\n\nb,乙,B", [["a", "甲", "A"], ["b", "乙", "B"]]),
        (STORED, [["a", "甲", "A"]]),
        ("[]", []),
    ],
)
def test_choices_are_kept_as_code_and_both_names(typed: str, stored: list[list[str]]) -> None:
    assert json.loads(ExtraFieldForm.one("choices", typed)) == stored


@pytest.mark.parametrize(
    ("typed", "line", "code"),
    [
        ("a", 1, None),
        ("a,甲,A,x", 1, None),
        ("a,,A", 1, None),
        (",甲", 1, None),
        ("a,甲\nb", 2, None),
        ("a,甲\n\nb", 2, None),
        ("a,甲,A\na,乙,B", 2, "a"),
        ("[", 1, None),
        ("[1]", 1, None),
        ("[1],甲,A", 1, None),
        ('["a"]', 1, None),
        ('[["a", "b"]]', 1, None),
        ('[["a", "b", 1]]', 1, None),
        ('{"a": 1}', 1, None),
    ],
)
def test_what_are_no_choices_is_said_with_its_line(typed: str, line: int, code: str | None) -> None:
    with pytest.raises(BadForm) as refused:
        ExtraFieldForm.one("choices", typed)
    (told,) = refused.value.errors.values()
    assert (told.values.get("line"), told.values.get("code")) == (line, code)
