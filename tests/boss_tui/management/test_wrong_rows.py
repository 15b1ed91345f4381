"""Ten wrong inputs and more for each business of management: each is refused beside its field, and changes nothing."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import pytest
from sqlalchemy import select

from boss_tui.locale import words
from boss_tui.management.subjects import MODULES
from data.errors import BadForm, BossError, NotAllowed
from data.message import Message
from data.statements import columns
from data.tables import all_tables
from tests.boss_tui.management.wrong_rows import WRONG
from tests.engines import Sqlite, Template
from tests.head_office import HeadOffice

FEWEST = 10
NAMES = all_tables().keys() | {name for model in all_tables().values() for name in columns(model) if "_" in name}
"""What the store calls its tables and columns, and nobody should read. (One word may be anybody's: `name`, `state`.)"""
LISTS = re.compile("以下之一：|；有 ")
"""After what the names are listed of which one may be typed."""


@pytest.fixture(scope="module")
def unchanged(head_office_made: Template, tmp_path_factory: pytest.TempPathFactory) -> Iterator[HeadOffice]:
    """One office for all of them, which nothing is to change."""
    made = HeadOffice.copied(head_office_made.on(Sqlite()), tmp_path_factory.mktemp("unchanged"))
    yield made
    made.store.close()


def lines(code: str) -> list[tuple[str, dict[str, str], str]]:
    """Table, what is typed into its columns, and the column that is named."""
    found = []
    for line in filter(None, map(str.strip, WRONG[code].split("\n"))):
        said, _, named = line.partition(" > ")
        table, _, columns = said.partition(" ")
        typed = {column: text for column, _, text in (each.partition("=") for each in columns.split(" & "))}
        found.append((table, typed, named or next(iter(typed))))
    return found


def told(fault: BossError) -> dict[str, Message]:
    """What is said beside which place of the form."""
    if isinstance(fault, BadForm):
        return dict(fault.errors)
    reasons = fault.reasons if isinstance(fault, NotAllowed) else ()
    return {str(each.values["where"]): each for each in reasons if "where" in each.values}


def refused(office: HeadOffice, code: str, example: dict[str, Any], table: str, typed: dict[str, str]) -> str:
    """Beside which columns of the row it is refused; what went wrong with the refusal."""
    at = next(n for n, row in enumerate(example["rows"]) if row["table"] == table)
    row = example["rows"][at]
    altered = {**row, "values": {**row["values"], **typed}}
    try:
        office.maker.managing.make(code, {**example, "rows": [*example["rows"][:at], altered]})
    except BossError as fault:
        said = told(fault)
        chinese = [words("zh_CN")(each) for each in said.values()]
        assert all(text.strip() and not text.isascii() for text in chinese), chinese
        assert [raw for text in chinese for raw in raw_names(text, typed)] == [], chinese
        return " ".join(
            sorted({place.removeprefix(f"rows.{at}.") for place in said if place.startswith(f"rows.{at}.")})
        )
    return "taken"


def raw_names(text: str, typed: dict[str, str]) -> list[str]:
    """The names of tables and columns that stand raw in what is said, but for what was typed or is to be."""
    named = set(re.findall(r"(?<![\w.])[a-z]+(?:_[a-z]+)*(?![\w.])", LISTS.split(text)[0], re.ASCII))
    return sorted(named & NAMES - set(" ".join(typed.values()).split()))


@pytest.mark.parametrize("code", MODULES)
def test_what_is_wrong_is_refused_beside_its_field_and_changes_nothing(unchanged: HeadOffice, code: str) -> None:
    example, before = unchanged.maker.managing.example(code), everything(unchanged)
    wrong = lines(code)
    assert len(wrong) >= FEWEST
    found = [
        f"{table} {typed}: {beside or 'no field'}"
        for table, typed, named in wrong
        if named not in (beside := refused(unchanged, code, example, table, typed)).split()
    ]
    assert not found, "\n".join(found)
    after = everything(unchanged)
    assert [name for name in before if before[name] != after[name]] == []


def everything(office: HeadOffice) -> dict[str, list[Any]]:
    """The whole store, table by table."""
    with office.store.reading() as reading:
        return {
            name: sorted(map(repr, reading.rows(select(*model.table().columns))))
            for name, model in all_tables().items()
        }
