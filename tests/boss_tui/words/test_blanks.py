"""Chinese is put together as Chinese is written: no blank between Chinese and Chinese, no half-width sign after it."""

from __future__ import annotations

import re
from contextlib import suppress
from importlib import resources
from string import Formatter

from babel.messages.pofile import read_po

from boss_tui.locale import words
from data.message import Message, say

_PO = resources.files("boss_tui.locale") / "zh_CN" / "LC_MESSAGES" / "boss.po"
SAID = {str(each.id): str(each.string) for each in read_po(_PO.open("rb"), locale="zh_CN") if each.id}
"""All that the program says, in English and in Chinese."""
SINCE = say(
    "F10: into edition {number}, from {day}, for {reaches}. F6: another",
    number=3,
    day=say("its approval"),
    reaches=say("all outlets"),
)
_APART = re.compile("[一-鿿]( )[一-鿿]")
_BESIDE = re.compile(r"甲 [\u4e00-\u7531\u7533-\u9fff]|[\u4e00-\u7531\u7533-\u9fff] 甲")
"""A value and the template's own words; two values may stand apart, such as a code and its name."""
_LABELLED = re.compile(r"[^{，。：；]* \{\w+\}")
_HALF = re.compile(r"[一-鿿}][,;!?]|[一-鿿]\(|\)[一-鿿]|\}:\{|[一-鿿]:[一-鿿]")
TYPED_SO = {
    "Filter: word, column:value, amount>10, is:changing. Ins: mark. F4: more",
    "A word is looked for in: {columns}; in one column: {column}:word. is:{marks}; ! before it: not.",
    "The simulated printer cannot listen on {host}:{port}: {fault}",
    "region:NAME, channel:own, channel:agent, outlet:CODE, or nothing for all.",
    "A gateway's address is folder:PATH or sftp://USER@HOST/PATH.",
    "folder:PATH or sftp://USER@HOST/PATH; its password is set at the outlet.",
}
"""What shows how something is typed: its signs are the keyboard's."""


def test_a_blank_is_there_for_what_is_no_chinese_alone() -> None:
    assert words("zh_CN")(SINCE) == "F10：写入变更单 3，自批准之时起，适用全部网点。F6：换一张"
    on_a_day = Message(SINCE.template, {**SINCE.values, "day": "2026-12-01"})
    assert words("zh_CN")(on_a_day) == "F10：写入变更单 3，自 2026-12-01 起，适用全部网点。F6：换一张"
    assert words("en")(SINCE) == "F10: into edition 3, from its approval, for all outlets. F6: another"


def test_a_label_stays_apart_from_its_value() -> None:
    assert words("zh_CN")(say("Printer {printer}", printer="大厅")) == "打印机 大厅"


def test_what_somebody_typed_keeps_its_blanks() -> None:
    assert "张 三" in words("zh_CN")(say("{row} has ended.", row="张 三"))


def in_chinese(template: str) -> str:
    """What it says where every value is Chinese; nothing, where a value must be a number."""
    names = {name for _, name, _, _ in Formatter().parse(SAID[template]) if name}
    with suppress(ValueError):
        return words("zh_CN")(say(template, **dict.fromkeys(names, "甲"))) if names else ""
    return ""


def test_no_blank_stands_between_chinese_and_chinese() -> None:
    with_blanks = {each for each, said in SAID.items() if _APART.search(said) or _LABELLED.fullmatch(said)}
    found = [told for template in SAID.keys() - with_blanks if _BESIDE.search(told := in_chinese(template))]
    assert found == []


def test_chinese_has_signs_of_its_own() -> None:
    found = {template for template, said in SAID.items() if _HALF.search(said)}
    assert found - TYPED_SO == set()
