"""Text broken into lines by its width on paper: between words, between Han characters, never inside one.

A line does not begin with closing punctuation or end with an opening bracket while there is another place.
"""

from __future__ import annotations

from printers.charset import true, width
from printers.document import Align

_NOT_FIRST = frozenset("，。、；：？！）》」』】〕”’…％,.;:?!)]}%")
_NOT_LAST = frozenset("（《「『【〔“‘([{￥")


def wrap(text: str, columns: int) -> tuple[str, ...]:
    """The folded text in one line or more of at most so many columns (2 or more). Its own line breaks are kept."""
    if columns < 2:
        raise ValueError(f"a Han character needs two columns, not {columns}")
    lines: list[str] = []
    for paragraph in text.splitlines() or [""]:
        lines += _paragraph(true(paragraph).rstrip(), columns)
    return tuple(lines)


def _paragraph(text: str, columns: int) -> list[str]:
    lines = []
    while width(text) > columns:
        end = _fitting(text, columns)
        at = _break(text, end)
        lines.append(text[:at].rstrip())
        text = text[at:].lstrip(" ")
    lines.append(text)
    return lines


def _fitting(text: str, columns: int) -> int:
    """How many of the characters fit; at least one."""
    used = 0
    for count, character in enumerate(text):
        used += width(character)
        if used > columns:
            return count
    return len(text)


def _break(text: str, end: int) -> int:
    """The last good place to break, at or before `end`; `end` itself if there is none."""
    for at in range(end, 0, -1):
        if _good(text[at - 1], text[at]) and text[:at].strip():
            return at
    return end


def _good(before: str, after: str) -> bool:
    if after in _NOT_FIRST or before in _NOT_LAST:
        return False
    return before == " " or after == " " or width(before) == 2 or width(after) == 2


def placed(text: str, columns: int, align: Align) -> str:
    """Folded text that fits the columns, moved by blanks to where it stands; no blanks at its end."""
    text = text.rstrip()
    room = columns - width(text) if text else 0
    return " " * {"left": 0, "center": room // 2, "right": room}[align] + text
