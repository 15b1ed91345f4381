"""Text broken into lines by its width: between words and between Han characters, never inside a word, a sum or a number
that has room on a line of its own.

A line does not begin with closing punctuation or end with an opening bracket while there is another place, and a number
keeps its sign and its unit (￥9.00, 30天, 伍元整). What is wider than a whole line is split where the line ends.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Callable
from functools import cache

from data.characters import is_han
from printers.charset import true, width
from printers.document import Align

_NOT_FIRST = frozenset("，。、；：？！）》」』】〕”’…％,.;:?!)]}%")
_NOT_LAST = frozenset("（《「『【〔“‘([{￥")
_UNITS = frozenset("元角分年月日天时秒号次张笔台个位兆")

_CAPITAL_UNITS = frozenset("拾佰仟万亿元角分整")
_CAPITALS = frozenset("零壹贰叁肆伍陆柒捌玖") | _CAPITAL_UNITS
"""Of a sum in words: a figure is not parted from what it counts, 伍元整 stays whole."""


def wrap(text: str, columns: int) -> tuple[str, ...]:
    """The folded text in one line or more of at most so many columns (2 or more). Its own line breaks are kept."""
    if columns < 2:
        raise ValueError(f"a Han character needs two columns, not {columns}")
    lines: list[str] = []
    for paragraph in text.splitlines() or [""]:
        lines += broken(true(paragraph).rstrip(), columns, width)
    return tuple(lines)


def broken(text: str, room: float, measure: Callable[[str], float]) -> list[str]:
    """One paragraph in lines that have the room; `measure` says how much a text needs. A single character that is
    wider than the room gets a line of its own."""
    lines = []
    while measure(text) > room:
        end = _fitting(text, room, measure)
        at = _break(text, end)
        lines.append(text[:at].rstrip())
        text = text[at:].lstrip(" ")
    lines.append(text)
    return lines


def widest_word(text: str, measure: Callable[[str], float]) -> float:
    """The room that the widest part of the text needs that is not to be split."""
    widest, start = 0.0, 0
    for at in range(1, len(text) + 1):
        if at == len(text) or _good(text[at - 1], text[at]):
            widest, start = max(widest, measure(text[start:at].strip())), at
    return widest


def _fitting(text: str, room: float, measure: Callable[[str], float]) -> int:
    """How many of the characters fit; at least one."""
    used = 0.0
    for count, character in enumerate(text):
        used += measure(character)
        if used > room:
            return max(1, count)
    return len(text)


def _break(text: str, end: int) -> int:
    """The last good place to break, at or before `end`; where there is none, beside a sign that should not stand at an
    edge; `end` itself if a single word has no room."""
    if text.isascii() and " " not in text[: end + 1]:  # one word: a link, as codes show it
        return end
    for fits in (_good, _between):
        for at in range(min(end, len(text) - 1), 0, -1):
            if fits(text[at - 1], text[at]) and text[:at].strip():
                return at
    return end


def _good(before: str, after: str) -> bool:
    if after in _NOT_FIRST or before in _NOT_LAST or (after in _UNITS and before.isdigit()):
        return False
    if after in _CAPITAL_UNITS and before in _CAPITALS:
        return False
    return _between(before, after)


def _between(before: str, after: str) -> bool:
    """Whether no word goes on from one to the other, and no sum from its sign."""
    return before == " " or after == " " or (before != "￥" and (_alone(before) or _alone(after)))


@cache
def _alone(character: str) -> bool:
    """Whether it is in no word with its neighbours: Han and its like, brackets and quotes. Letters and digits stand in
    words, those too that are two columns wide on paper (Greek, １２, the ’ in don’t)."""
    kind = unicodedata.east_asian_width(character)
    return is_han(character) or kind == "W" or (kind == "F" and not character.isalnum()) or character in "“‘”"


def placed(text: str, columns: int, align: Align) -> str:
    """Folded text that fits the columns, moved by blanks to where it stands; no blanks at its end."""
    text = text.rstrip()
    room = columns - width(text) if text else 0
    return " " * {"left": 0, "center": room // 2, "right": room}[align] + text
