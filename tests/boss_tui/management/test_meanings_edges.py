"""What is typed into a form of a manager's: each column's meaning is told, whatever the column before it is like."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pytest

from boss_tui.management import meanings
from data.message import Message, say

WORDS: dict[str, dict[Any, Message]] = {"state": {"on": say("works")}, "flag": {1: say("yes"), 0: say("no")}}


def column(name: str, *, kind: str = "text", several: bool = False, number: bool = False) -> Any:
    return SimpleNamespace(
        name=name, spec=SimpleNamespace(ask=SimpleNamespace(kind=kind, several=several)), is_number=number
    )


def meant(columns: list[Any], beside: dict[str, Message] | None = None, /, **typed: str) -> list[tuple[str, str]]:
    entity: Any = SimpleNamespace(
        columns=columns,
        cells=("rows",),
        model=None,
        beside=lambda *_: beside or {},
        words_of=lambda column: WORDS.get(column.name, {}),
    )
    return [(name, str(told)) for name, told in meanings.meant(entity, typed, None)]  # type: ignore[arg-type]


@pytest.fixture(autouse=True)
def named(monkeypatch: pytest.MonkeyPatch) -> None:
    """A code that begins with a letter has a name."""
    monkeypatch.setattr(meanings, "rows_said", lambda _column, value, _names: say("rows of {v}", v=value))
    monkeypatch.setattr(meanings, "cell_names", lambda *_: {})
    monkeypatch.setattr(
        meanings,
        "name_of",
        lambda _reading, _model, _name, value, _entity: say("name of {v}", v=value) if str(value).isalpha() else None,
    )


STATE = column("state")


@pytest.mark.parametrize(
    ("first", "typed", "told"),
    [
        (column("other"), "", []),  # nothing is typed
        (column("flag", kind="flag"), "?", []),
        (column("flag", kind="flag"), "y", [("flag", "yes")]),
        (column("flag", kind="flag"), "n", [("flag", "no")]),
        (column("rows"), "a | b", [("rows", "rows of a | b")]),
        (column("codes", several=True), "a,b", [("codes", "name of a, name of b")]),
        (column("codes", several=True), "a 1", [("codes", "name of a, 1")]),
        (column("codes", several=True), "1,2", []),  # none of them is known
        (column("other"), "a", [("other", "name of a")]),
        (column("other"), "1", []),
    ],
)
def test_each_column_is_told_whatever_the_one_before_it_is(first: Any, typed: str, told: list[tuple[str, str]]) -> None:
    assert meant([first, STATE], **{first.name: typed, "state": " on "}) == [*told, ("state", "works")]


@pytest.mark.parametrize(("number", "typed", "held"), [(True, "07", 7), (True, "x", "x"), (False, "07", "07")])
def test_a_number_is_held_as_one(number: bool, typed: str, held: Any) -> None:
    assert meanings._held(column("n", number=number), typed) == held


@pytest.mark.parametrize(
    ("typed", "told"), [("n", "no; others: yes"), ("y", "yes; others: yes"), ("", "others: yes"), ("?", "others: yes")]
)
def test_what_a_row_says_of_a_field_stands_behind_the_word_of_its_code(typed: str, told: str) -> None:
    found = meant([column("flag", kind="flag"), STATE], {"flag": say("others: yes")}, flag=typed)
    assert dict(found) == {"flag": told}
