"""Lists (F4) that fields of more than one business open."""

from __future__ import annotations

from boss_tui.components.wording import spaced
from boss_tui.forms import Choice, yuan
from boss_tui.process import Run
from data.message import Message, both, say

MOST = 30
"""Lines of a list at most."""


def free_numbers(run: Run, text: str) -> list[Choice]:
    """Free numbers that fit what is typed, with their grade, fee and minimum spend."""
    lines = []
    for number, grade in run.resources.numbers(text, MOST):
        price = say("{grade}  fee {fee}  min. {spend}", grade=both(grade.name_zh, grade.name_en),
                    fee=yuan(grade.fee), spend=yuan(grade.minimum_spend))  # fmt: skip
        lines.append(Choice(number.number, Message(spaced(number.number)), price))
    return lines
