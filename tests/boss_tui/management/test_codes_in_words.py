"""No list of management shows a code alone: what is one of a few, or names a row, stands there in words, and is found
by them; in both languages."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import pytest

from boss_tui.locale import LANGUAGES, words
from boss_tui.management import subjects
from boss_tui.management.called import called
from boss_tui.management.kit.entity import Column, Entity
from boss_tui.management.words import names_of, said
from data.message import Message
from tests.head_office import HeadOffice

CODE = re.compile(r"[a-z]+(_[a-z]+)*")
PLAIN = {
    ("interface", "beside"),  # a field of a form, and one of a service's answer: as those spell it
    ("interface", "reason_at"),
    ("product", "network_act"),
}
ALL = [entity for code in subjects.MODULES for entity in subjects.subject(code).entities]


@pytest.mark.parametrize("entity", ALL, ids=lambda entity: entity.name)
def test_each_code_that_a_column_may_hold_has_a_word(entity: Entity) -> None:
    for column in entity.columns:
        for code, label in entity.words_of(column).items():
            for language in LANGUAGES:
                told = words(language)(label)
                assert told, (entity.name, column.name, code)
                assert language != "zh_CN" or not CODE.fullmatch(told), (entity.name, column.name, code)


def codes(entity: Entity, rows: list[dict[str, Any]]) -> Iterator[tuple[Column, str]]:
    """What stands in a list and looks like a code of the program's, but what is a row's own key beside its name."""
    for column in entity.columns:
        is_text = column.spec.ask.kind in ("text", "choice", "code") and not column.is_number
        if not is_text or (entity.name, column.name) in PLAIN:
            continue
        for row in rows:
            value = row[column.name]
            if isinstance(value, str) and CODE.fullmatch(value) and not (column.is_key and called(row)):
                yield column, value


def test_no_list_shows_a_code_alone(head_office: HeadOffice) -> None:
    with head_office.store.reading() as reading:
        for entity in ALL:
            rows = [dict(row.__dict__) for row in reading.all(entity.model)]
            names = names_of(reading, entity, rows)
            for column, value in codes(entity, rows):
                told = said(entity, column, value, names)
                assert isinstance(told, Message), (entity.name, column.name, value)
                assert not CODE.fullmatch(words("zh_CN")(told)), (entity.name, column.name, value)


@pytest.mark.parametrize(
    ("name", "typed"),
    [
        ("M7/operator", "role:营业员"),
        ("M7/operator", "role:clerk"),
        ("M7/operator", "营业员"),
        ("M7/operator", "岗位:Clerk"),
        ("M7/operator", "state:在职"),
        ("M7/role_right", "business:开户"),
        ("M4/plan_rate", "通话"),
        ("M4/product", "is:已生效"),
        ("M4/product", "是:in_force"),
    ],
)
def test_a_list_is_searched_by_words_as_by_codes(head_office: HeadOffice, name: str, typed: str) -> None:
    fit, every = (int(str(each)) for each in head_office.maker.managing.count(name, typed))
    assert 0 < fit < every or typed.endswith(("在职", "已生效", "in_force"))
    assert len(head_office.maker.managing.page(name, typed).page.rows) == min(fit, 50)
