"""The layouts of papers: the shipped ones are whole, the published one is used, a broken one stops nobody."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from boss_tui.components.paper_layouts import layouts as layouts_module
from boss_tui.components.paper_layouts.kinds import KINDS
from boss_tui.components.paper_layouts.layouts import SHIPPED, Layouts, Published, faults_of, in_force, shipped_text
from boss_tui.locale import words
from boss_tui.management.m09.samples import sample
from data.message import Message
from data.tables.document import PaperLayout
from printers.document import Text
from printers.markup.tree import Field
from tests.boss_tui.components.rows import DAY, Rows, row

ENDS = "pair: x | {title}\ntable: {table}\ntext: {serial}\ncut"


def test_every_kind_has_a_layout_that_loses_nothing_and_no_layout_is_of_none() -> None:
    folder = Path(layouts_module.__file__).parent / "shipped"
    assert {file.stem for file in folder.iterdir()} == set(KINDS)
    assert {kind: faults_of(kind, shipped_text(kind)) for kind in KINDS} == dict.fromkeys(KINDS, ())


def _names(fields: Any) -> dict[str, Any]:
    return {name: _names(field.of) if field.kind == "list" else field.kind for name, field in fields.items()}


def _said(values: Any, fields: dict[str, Field]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for name, value in values.items():
        if isinstance(value, list):
            found[name] = {key: kind for item in value for key, kind in _said(item, dict(fields[name].of)).items()}
        else:
            found[name] = {str: "text", bool: "flag"}.get(type(value), "table")
    return found


@pytest.mark.parametrize("kind", KINDS)
def test_a_paper_says_what_its_layout_may_ask_for_and_nothing_else(kind: str) -> None:
    """A field that no paper says would fail at a counter; one that is unknown could never be printed."""
    about = dict(KINDS[kind].fields)
    wanted, said = _names(about), _said(sample(kind, words("en")), about)
    assert said.keys() == wanted.keys()
    for name, inner in said.items():
        if isinstance(inner, dict) and inner:
            assert inner.keys() == wanted[name].keys(), name
        elif not isinstance(inner, dict):
            assert inner == wanted[name], name


@pytest.mark.parametrize("needed", sorted({(kind, name) for kind, about in KINDS.items() for name in about.needed}))
def test_without_what_it_needs_a_layout_is_refused(needed: tuple[str, str]) -> None:
    kind, name = needed
    gone = name.rpartition(".")[2]
    text = "\n".join(
        line for line in shipped_text(kind).splitlines() if f"{{{gone}}}" not in line and line.strip() != gone
    )
    assert faults_of(kind, text)


def layout(key: str = "L1", **values: Any) -> Any:
    return row(PaperLayout, **{"id": key, "kind": "listing", "layout": ENDS, **values})


def used(*rows: Any, kind: str = "listing", language: str = "en", day: str = DAY) -> str:
    reading: Any = Rows(*rows)
    found = in_force(reading, day).published.get((kind, language))
    return found.name if found else ""


def test_the_layout_of_a_date_and_language_is_used() -> None:
    assert used() == ""
    assert used(layout()) == "L1/1"
    assert used(layout(), kind="invoice") == ""
    assert used(layout(state="ended")) == ""
    assert used(layout(valid_from=DAY)) == "L1/1"
    assert used(layout(valid_from="2099-01-01")) == ""
    assert used(layout(valid_to=DAY)) == "L1/1"
    assert used(layout(valid_to="2000-01-01")) == ""
    assert used(layout(language="zh_CN")) == ""
    assert used(layout(language="zh_CN"), language="zh_CN") == "L1/1"
    assert used(layout(), layout("L2", language="en")) == "L2/1"
    assert used(layout("L2", language="en"), layout(valid_from=DAY)) == "L2/1"
    assert used(layout(), layout("L2", valid_from=DAY)) == "L2/1"
    assert used(layout(kind="of_a_newer_program")) == ""


def test_a_paper_says_which_layout_it_has_and_keeps_what_it_says_where_it_is_asked_to() -> None:
    said = sample("listing", words("en"))
    layouts = Layouts({("listing", "en"): Published("L1", 3, "text: mine\n" + ENDS)})
    paper = layouts.paper("listing", words("en"), said, of="report")
    assert (paper.kind, paper.layout, paper.said, paper.blocks[0]) == ("report", "L1/3", {}, Text("mine"))
    assert layouts.paper("listing", words("zh_CN"), said).layout == ""
    void = sample("void_sheet", words("en"))
    kept = SHIPPED.paper("void_sheet", words("en"), void, of="invoice", kept=True)
    assert json.loads(kept.as_text())["said"] == kept.said == void


@pytest.mark.parametrize("broken", ["", "text: {nobody}\ncut", "if\ncut", "text: x", ENDS.replace("cut", "cot")])
def test_a_broken_layout_stops_nobody_and_is_told(broken: str) -> None:
    told: list[tuple[str, Message]] = []
    layouts = Layouts({("listing", "en"): Published("L1", 1, broken)}, lambda one, why: told.append((one.name, why)))
    said = sample("listing", words("en"))
    paper = layouts.paper("listing", words("en"), said)
    assert (paper.blocks, paper.layout) == (SHIPPED.paper("listing", words("en"), said).blocks, "")
    assert [name for name, _ in told] == ["L1/1"]
    assert str(told[0][1]).startswith("Line ")


def test_what_is_money_can_be_laid_out_anew_and_of_the_rest_its_head_is_kept() -> None:
    assert {name for name, kind in KINDS.items() if kind.is_whole} == {
        "invoice",
        "receipt",
        "red_invoice",
        "red_receipt",
    }
    assert "total" in KINDS["red_receipt"].kept
    assert "capitals" not in KINDS["invoice"].kept
    assert set(KINDS["slip"].kept) <= {"number", "reason", "business", "customer", "facts"}


def test_of_a_layout_with_several_faults_the_first_is_told() -> None:
    text = "text: {nobody}\ntext: {nobody_else}\ncut"
    first, second, *_ = faults_of("listing", text)
    assert first.told != second.told
    assert layouts_module._unusable("listing", text, "en") == first.told
    assert layouts_module._unusable("listing", shipped_text("listing"), "en") is None
