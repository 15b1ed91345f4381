"""Texts and further fields as M1 takes them, and a business as the clerk will see it."""

from __future__ import annotations

import json
from typing import Any

import pytest

from boss_tui.editions.lines import RowEdit
from boss_tui.management.m01.extra_fields import ExtraFieldForm, has_choices
from boss_tui.management.m01.preview import PreviewForm, as_the_clerk_sees
from data.errors import BadForm
from data.tables.content import Content
from data.tables.extra import ExtraField
from tests.boss_tui.components.rows import DAY, Rows, context, rehearsal, row

FIELD = {"business": "C1", "code": "why", "label_zh": "原因"}


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("r, 红, Red\ng，绿，Green\n\n", [["r", "红", "Red"], ["g", "绿", "Green"]]),
        ("r,红", [["r", "红", "红"]]),
        ('[["r", "红", "Red"]]', [["r", "红", "Red"]]),
        ("", []),
    ],
)
def test_choices_are_typed_a_line_each(typed: str, kept: list[list[str]]) -> None:
    form = ExtraFieldForm.read({**FIELD, "choices": typed})
    assert json.loads(form.choices) == kept


@pytest.mark.parametrize(
    ("typed", "wrong", "said"),
    [
        ({"choices": "r"}, "choices", "Line 1"),
        ({"choices": "r,红\ng,绿,G,x"}, "choices", "Line 2"),
        ({"choices": "r,红\nr,绿"}, "choices", "there already"),
        ({"code": "Why"}, "code", "Small"),
        ({"code": "1a"}, "code", "Small"),
        ({"code": "a" * 31}, "code", ""),
        ({"length": "201"}, "length", ""),
    ],
)
def test_what_is_wrong_says_its_line(typed: dict[str, str], wrong: str, said: str) -> None:
    with pytest.raises(BadForm) as refused:
        ExtraFieldForm.read({**FIELD, **typed})
    assert set(refused.value.errors) == {wrong}
    assert said in str(refused.value.errors[wrong])


@pytest.mark.parametrize(
    ("kind", "choices", "refused"),
    [("choice", "[]", True), ("choice", '[["r","红","R"]]', False), ("text", "[]", False)],
)
def test_a_choice_has_something_to_choose_from(kind: str, choices: str, refused: bool) -> None:
    reading: Any = Rows(row(ExtraField, **FIELD, kind=kind, choices=choices))
    line = RowEdit("extra_field", ("C1", "why"), "change", {})
    assert bool(list(has_choices(rehearsal(reading, {1: line}, DAY)))) is refused


def test_a_business_is_seen_as_the_clerk_will() -> None:
    texts = {"business": "C1", "text_zh": "甲", "state": "published"}
    reading: Any = Rows(
        row(Content, id="b", **{**texts, "text_en": "Second", "kind": "prompt"}, position=2),
        row(Content, id="a", **{**texts, "text_en": "First"}, position=1),
        row(Content, id="f", **{**texts, "text_en": "Signed", "kind": "clause"}),
        row(Content, id="c", **{**texts, "text_en": "Not yet"}, valid_from="2026-11-24"),
        row(Content, id="d", **{**texts, "text_en": "Over"}, valid_to="2026-11-22"),
        row(Content, id="e", **{**texts, "business": "C2", "text_en": "Elsewhere"}),
        row(ExtraField, **FIELD, label_en="Why", required=1),
        row(ExtraField, **{**FIELD, "code": "b"}, label_en="Note"),
    )
    at = context(reading, business="M1")
    seen = as_the_clerk_sees(at, PreviewForm.read({"business": "c1"}))
    assert {(str(fact.label), str(fact.value)) for fact in seen} == {
        ("Notice", "First"),
        ("Prompt", "Second"),
        ("Clause", "Signed"),
        ("Field: Why", "a text, required"),
        ("Field: Note", "a text"),
    }
    assert {cell for cell, _ in at.trail} == {"M1-F2"}
    with pytest.raises(BadForm):
        list(as_the_clerk_sees(at, PreviewForm.read({"business": "C99"})))
