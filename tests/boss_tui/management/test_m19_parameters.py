"""Parameters are typed and read in what they are counted in: money in yuan, rates in per cent, the rest whole (M19)."""

from __future__ import annotations

import json
from typing import Any

import pytest

from boss_tui.management import words
from boss_tui.management.kit import exporting
from boss_tui.management.kit.entity import IN_FORCE
from boss_tui.management.kit.listing import ListRow
from boss_tui.management.m19.processes import PARAMETERS, UNITS
from data.errors import BadForm, BossError
from data.parameters import BLACKLIST_FROM, COMMISSION_RATE, FOLLOW_UP_DAYS
from data.parameters import PARAMETERS as DECLARED
from data.tables.edition import EditionLine
from tests.head_office import HeadOffice

MONEY, RATE, DAYS = (each.name for each in (BLACKLIST_FROM, COMMISSION_RATE, FOLLOW_UP_DAYS))
NAME = "M19/parameter"


@pytest.mark.parametrize(
    ("name", "typed", "stored", "read"),
    [
        (MONEY, "80", 8_000, "80.00"),
        (MONEY, "80.5", 8_050, "80.50"),
        (RATE, "2.5", 250, "2.5 %"),
        (RATE, "100", 10_000, "100 %"),
        (DAYS, "7", 7, "7"),
    ],
)
def test_it_is_typed_and_read_in_its_own_measure(
    head_office: HeadOffice, name: str, typed: str, stored: int, read: str
) -> None:
    managing = head_office.maker.managing
    made = managing.change(NAME, [(name, "")], {"value": typed}, title="Numbers", reason="new").edition
    (line,) = head_office.rows(EditionLine, edition=made.id)
    assert json.loads(line.after) == {"value": stored}
    shown = managing.row(NAME, (name, ""))
    assert shown.after is not None
    assert shown.after["value"] == read.removesuffix(" %")
    (field,) = head_office.maker.editions.show(made.id).in_words
    assert str(field.after) == read
    assert field.is_sum == (name == MONEY)
    head_office.maker.editions.withdraw(made.id)


@pytest.mark.parametrize(
    ("name", "typed"),
    [(MONEY, "-1"), (MONEY, "1.005"), (MONEY, "100000.01"), (RATE, "100.01"), (RATE, "x"), (DAYS, "7.5"), (DAYS, "91")],
)
def test_what_it_can_not_be_is_told_beside_it(head_office: HeadOffice, name: str, typed: str) -> None:
    row = {"table": "parameter", "op": "change", "key": f"{name}/", "values": {"value": typed}}
    said = {"title": "Numbers", "reason": "new", "effective_from": "", "scope": "", "rows": [row]}
    with pytest.raises(BossError) as refused:
        head_office.maker.managing.make("M19", said)
    beside = [*refused.value.errors] if isinstance(refused.value, BadForm) else [str(refused.value.field)]
    assert [each for each in beside if each.endswith("value")], refused.value


def test_its_bounds_are_told_as_they_are_typed(head_office: HeadOffice) -> None:
    typed = {"name": MONEY, "business": "", "value": "100000.01"}
    told = head_office.maker.trying.against(NAME, (MONEY, ""), typed)
    assert str(told["value"]) == "Between 0.00 and 100,000.00."


def test_a_list_a_file_and_a_history_say_the_same(head_office: HeadOffice) -> None:
    row: dict[str, Any] = {"name": MONEY, "business": "", "value": 5_000}
    column = PARAMETERS.column("value")
    assert words.cell_said(PARAMETERS, column, ListRow((MONEY, ""), row, IN_FORCE), {}) == "50.00"
    assert exporting.cells(PARAMETERS, row) == (MONEY, "", "50.00")
    assert PARAMETERS.read(PARAMETERS.typed(row)) == row
    with head_office.store.reading() as reading:
        assert words.value_said(reading, "parameter", "value", 5_000, (MONEY, "")) == "50.00"
    assert str(head_office.maker.managing.meant(NAME, {"name": MONEY, "value": "50"})["value"]) == "yuan"
    assert {str(UNITS[each.unit]) for each in DECLARED.values()}.isdisjoint({"fen", "in 10,000"})
