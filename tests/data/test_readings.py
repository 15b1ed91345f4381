"""Readings of Chinese characters: words before characters, the longest first; the file is its generator's."""

from __future__ import annotations

import runpy
from pathlib import Path

import pytest

from data.readings import FILE, Readings, readings

GENERATOR = Path(__file__).parents[2] / ".ci" / "readings.py"
SMALL = Readings(
    """\
# who made it

bei 北
chang 长
hang 杭
jing 京
shi 市
xing 行
yi 一
yin 银
zhang 丈

一丈
北京市

银行 yin hang
行长 hang zhang
银行长 yin hang zhang
一行 yi hang
市长 shi zhang
一丁点儿 yi ding dian r
"""
)


@pytest.mark.parametrize(
    ("characters", "read"),
    [
        ("", ""),
        ("行", "xing"),
        ("银行", "yin hang"),
        ("行银", "xing yin"),  # a word only as it stands
        ("银行长", "yin hang zhang"),  # the longest of two that begin alike
        ("一行长", "yi hang chang"),  # what begins first takes its characters
        ("一丈行", "yi zhang xing"),  # also where it is read as its characters are
        ("北京市长", "bei jing shi chang"),  # 北京市 before 市长
        ("京市长", "jing shi zhang"),
        ("北京", "bei jing"),  # the beginning of a word is none
        ("银\u2e80行", "yin xing"),  # a radical has no reading, and parts words
        ("\U0003fffd", ""),  # the last that Unicode has room for
        ("一丁点儿", "yi ding dian r"),
    ],
)
def test_words_are_found_from_the_left_the_longest_first(characters: str, read: str) -> None:
    assert SMALL.read(characters) == read.split()


@pytest.mark.parametrize(
    ("characters", "read"),
    [
        ("中国银行", "zhong guo yin hang"),
        ("行动", "xing dong"),
        ("重庆", "chong qing"),
        ("重要", "zhong yao"),
        ("长城", "chang cheng"),
        ("家长", "jia zhang"),
        ("绿色", "lv se"),
        ("龟兹", "qiu ci"),
        ("龙", "long"),
        ("䶮", "yan"),  # extension A
        ("𠼞", "a"),  # extension B
        ("𠮷", ""),  # known to no dictionary
        ("〇", "ling"),
    ],
)
def test_what_the_file_says(characters: str, read: str) -> None:
    assert readings().read(characters) == read.split()


@pytest.mark.nightly  # it takes reading whole dictionaries
def test_the_file_is_what_its_generator_makes() -> None:
    made: str = runpy.run_path(str(GENERATOR))["made"]()
    assert made == FILE.read_text(encoding="utf-8")
