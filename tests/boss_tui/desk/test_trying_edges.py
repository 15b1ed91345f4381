"""What a try-out and the end of rows tell: of one row or several, where it is asked about, whom an edition is for."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pytest

from boss_tui.desk import trying
from boss_tui.editions import scope
from boss_tui.forms.fields import Choice
from boss_tui.management import choosing, words
from data.errors import BadForm
from data.message import say
from data.statements import table_name
from data.tables.edition import Edition
from data.tables.organisation import Outlet
from tests.boss_tui.components.rows import Rows, row

ROWS: Any = Rows(row(Outlet, code="HZ01", name_zh="城关"))


@pytest.mark.parametrize(
    ("wanted", "told"),
    [
        (1, "row 0"),
        (2, "2 rows: row 0, row 1"),
        (3, "3 rows: row 0, row 1, row 2"),
        (4, "4 rows: row 0, row 1, row 2 and 1 more"),
    ],
)
def test_of_several_rows_it_says_how_many_and_the_first_of_them(
    monkeypatch: pytest.MonkeyPatch, wanted: int, told: str
) -> None:
    monkeypatch.setattr(trying, "row_on", lambda *_: None)
    monkeypatch.setattr(words, "row_said", lambda _reading, _table, key, _row: say("row {n}", n=key[0]))
    part: Any = SimpleNamespace(_managing=SimpleNamespace(today=lambda _: "2026-11-23"))
    entity: Any = SimpleNamespace(name="t")
    assert str(trying.Trying._named(part, ROWS, entity, [(str(n),) for n in range(wanted)])) == told


@pytest.mark.parametrize(
    ("named", "text", "codes"),
    [
        ("business", "C4.1", ["C4.1"]),
        ("business", "M6", []),
        ("any_business", "M6", ["M6"]),
        ("business", " c4.1 ", ["C4.1"]),
        ("business", "nothing of the kind", []),
    ],
)
def test_businesses_of_the_counter_or_any_are_listed_as_they_are_typed(named: str, text: str, codes: list[str]) -> None:
    assert [each.value for each in trying.listed(ROWS, named, text)] == codes


def test_a_list_is_of_a_column_or_of_the_rows_of_a_table(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(choosing, "rows_like", lambda _, table, text: [Choice(table_name(table), say("{t}", t=text))])
    (choice,) = trying.listed(ROWS, "outlet", "城关")
    assert (choice.value, str(choice.label)) == ("outlet", "城关")
    assert "invoice" in [each.value for each in trying.listed(ROWS, "paper_layout.kind", "")]


@pytest.mark.parametrize(("form", "outlet"), [({"outlet": "HZ01"}, "HZ01"), ({"outlet": ""}, ""), ({}, "")])
def test_where_it_is_asked_about_is_an_outlet_that_there_is(form: dict[str, str], outlet: str) -> None:
    asked: Any = SimpleNamespace(**form)
    assert trying._outlet(ROWS, asked) == outlet
    asked.outlet = "HZ09"
    with pytest.raises(BadForm) as refused:
        trying._outlet(ROWS, asked)
    assert list(refused.value.errors) == ["outlet"]


@pytest.mark.parametrize(
    ("of", "outlet", "told"),
    [
        (None, "HZ01", []),
        (scope.ALL, "HZ01", []),
        ("outlet:HZ01", "HZ01", ["for x"]),
        ("outlet:HZ01", "", ["for x"]),
        ("outlet:HZ02", "HZ01", ["for x, not for HZ01: tried without it"]),
        ("outlet:HZ02", "", ["for x"]),
    ],
)
def test_whom_an_edition_is_for_is_told_where_it_is_not_for_all(
    monkeypatch: pytest.MonkeyPatch, of: str | None, outlet: str, told: list[str]
) -> None:
    monkeypatch.setattr(scope, "in_words", lambda *_: "x")
    monkeypatch.setattr(scope, "scopes_of", lambda _, at: (scope.ALL, f"outlet:{at}"))
    edition = row(Edition, number=4, title="Fees", scope=of) if of is not None else None
    found = list(trying._reach(ROWS, edition, outlet))
    assert [str(each.value) for each in found] == told
    assert [str(each.label) for each in found] == ["Edition 4 Fees"] * len(told)
    if told and edition is not None:
        (draft,) = trying._reach(ROWS, row(Edition, number=0, title="Fees", scope=of), outlet)
        assert str(draft.label) == "Edition - Fees"
