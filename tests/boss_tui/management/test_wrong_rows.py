"""Ten wrong inputs and more for each business of management: each is refused beside its field, and changes nothing."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from boss_tui.desk import row_files
from boss_tui.editions.rehearsal import MOST_LINES
from boss_tui.locale import words
from boss_tui.management.kit.importing import Judged
from boss_tui.management.subjects import MODULES, subject
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


FILES = {
    "M1/content": ("business,text_zh\nC1,甲\nC99,乙\n", [(3, "business")]),
    "M2.2": ("business,interface\nC13,agent\nC13,nobody\nC98,agent\n", [(3, "interface"), (4, "business")]),
    "M3.2": ("code,name_zh,category,conditions\nQ1,甲,key,shoes | >= | 5\n", [(2, "conditions")]),
    "M6": (
        "item,business,amount,valid_from,valid_to\n"
        "entry_fee,C1,5,,\nsim_fee,C2,5,,\nsim_fee,C4.1,5,2026-12-09,2026-12-01\n",
        [(2, "valid_from"), (4, "valid_to")],
    ),
    "M9": ('kind,language,layout\ninvoice,both,"text: {nobody}\ncut"\n', [(2, "layout")]),
}
"""Files whose rows each form would take, and a rule of the business refuses: the lines and columns that it names."""


@pytest.mark.parametrize("most", [1, MOST_LINES])
@pytest.mark.parametrize("name", FILES)
def test_a_file_of_rows_is_refused_by_line_and_column_as_a_row_is(
    unchanged: HeadOffice, name: str, most: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """`most`: rows of an edition, be it one of many that the file becomes."""
    monkeypatch.setattr(row_files, "MOST_LINES", most)
    content, wrong = FILES[name]
    path = tmp_path / "rows.csv"
    path.write_text(content, "utf-8")
    files = unchanged.maker.row_files
    judged = files.preview(name, path)
    while files.judge(judged):
        pass
    assert [(fault.line, fault.column) for fault in judged.faults] == wrong
    good = len(content.strip().split("\n")) - 1 - len(wrong) if name != "M9" else 0
    assert judged.counts()["new"] == good


@pytest.mark.parametrize("name", [f"{code}/{each.name}" for code in MODULES for each in subject(code).entities])
def test_what_a_list_shows_comes_back_as_it_stands(unchanged: HeadOffice, name: str, tmp_path: Path) -> None:
    desk = unchanged.maker
    if desk.managing.entity(name).stock is not None:
        return
    path = desk.row_files.export(name, "csv", where=str(tmp_path / "rows.csv"))
    judged = desk.row_files.preview(name, Path(str(path)))
    while desk.row_files.judge(judged):
        pass
    assert (judged.counts(), judged.faults) == ({"new": 0, "changed": 0, "same": judged.total, "bad": 0}, [])


def test_a_row_of_the_program_s_own_that_a_file_changes_is_a_whole_new_one(
    unchanged: HeadOffice, tmp_path: Path
) -> None:
    desk, path = unchanged.maker, tmp_path / "rows.csv"
    path.write_text("dialect,code,text_zh\nericsson,1,没有这个用户。\n", "utf-8")
    judged = desk.row_files.preview("M10/answer_code", path)
    while desk.row_files.judge(judged):
        pass
    assert isinstance(judged, Judged)
    (verdict,) = judged.verdicts
    shown = desk.managing.row("M10/answer_code", ("ericsson", "1")).before or {}
    assert (verdict.edit.op, verdict.edit.key) == ("add", ("ericsson", "1"))
    stays = {name: shown[name] for name in ("meaning", "text_en")}
    assert verdict.edit.values == {**stays, "text_zh": "没有这个用户。"}


def test_a_piece_of_stock_is_shown_as_it_is(unchanged: HeadOffice) -> None:
    managing = unchanged.maker.managing
    row = managing.row("M5/phone_number", managing.page("M5/phone_number").page.rows[0].key)
    assert row.before == row.after
    assert (row.op, row.edition, (row.before or {})["number"]) == ("", None, row.key[0])


@pytest.mark.parametrize(("code", "table", "key"), [("M6", "charge_item", "entry_fee"), ("M5", "number_group", "G139")])
def test_what_other_rows_still_name_can_t_end(unchanged: HeadOffice, code: str, table: str, key: str) -> None:
    ends = {"title": "x", "reason": "x", "rows": [{"table": table, "op": "end", "key": key}]}
    with pytest.raises(NotAllowed, match="can't end"):
        unchanged.maker.managing.make(code, ends)


def everything(office: HeadOffice) -> dict[str, list[Any]]:
    """The whole store, table by table."""
    with office.store.reading() as reading:
        return {
            name: sorted(map(repr, reading.rows(select(*model.table().columns))))
            for name, model in all_tables().items()
        }
