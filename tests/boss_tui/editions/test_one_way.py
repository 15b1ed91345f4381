"""No row of headquarters' is written but by the fold of its published lines, and in bulk by the first edition."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

import boss_tui
import data
import screens
from data.tables import all_tables

WRITES = {"add", "add_many", "change_many", "increase", "increase_many", "insert"}
PUBLISHED = {model.__name__ for model in all_tables().values() if model.__owner__.part}
LAST_RESORT = "boss_tui/components/ledger/put_aside.py"
"""Money that was really taken is never dropped: where no chart was published with its accounts, they are made."""
ROOT = Path(boss_tui.__file__).parent.parent
FILES = [
    path for package in (boss_tui, data, screens) for path in sorted(Path(str(package.__file__)).parent.rglob("*.py"))
]


def written(tree: ast.AST) -> Iterator[str]:
    """The published tables that a module names as what it adds to, changes or inserts into."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in WRITES:
            for told in node.args[:1]:
                if isinstance(told, ast.Name) and told.id in PUBLISHED:
                    yield told.id


def test_no_module_writes_a_published_table_by_name() -> None:
    found = {
        str(path.relative_to(ROOT)): names
        for path in FILES
        if (names := list(written(ast.parse(path.read_text("utf-8")))))
    }
    found.pop(LAST_RESORT)
    assert found == {}


@pytest.mark.parametrize(
    ("line", "names"),
    [
        ("tx.add(Product, code='P')", ["Product"]),
        ("into.insert(RoleRight, rows)", ["RoleRight"]),
        ("tx.change_many(PriceRule, rows)", ["PriceRule"]),
        ("tx.add(Customer, id='1')", []),
        ("known.add(code)", []),
    ],
)
def test_the_search_finds_what_it_is_for(line: str, names: list[str]) -> None:
    assert list(written(ast.parse(line))) == names
