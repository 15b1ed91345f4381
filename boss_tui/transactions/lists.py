"""Lists (F4) that fields of more than one business open, and somebody new for their examples."""

from __future__ import annotations

from datetime import timedelta

from stdnum.iso7064 import mod_11_2

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


def somebody(run: Run) -> str:
    """A resident ID that is right and that nobody has: the person was born some 30 years ago."""
    bits = run.context.tx.clock.random_bits(30)
    born = run.context.today - timedelta(days=365 * 25 + bits % 5000)
    body = f"330106{born:%Y%m%d}{bits // 5000 % 1000:03d}"
    return body + str(mod_11_2.calc_check_digit(body))
