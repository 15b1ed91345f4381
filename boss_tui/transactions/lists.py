"""Lists (F4) that fields of more than one business open, and somebody new for their examples."""

from __future__ import annotations

from datetime import timedelta

from boss_tui.business.process import Run
from boss_tui.components.wording import spaced
from boss_tui.forms.fields import Choice
from boss_tui.forms.typed import yuan
from data.check_digits import mod_11_2
from data.message import Message, both, say
from data.tables.resource import NumberGrade

CARDS = 500
"""Cards, or handsets, of a kind that are looked through for what is typed, as long as no more are asked for."""


def free_numbers(run: Run, text: str) -> list[Choice]:
    """Free numbers that fit what is typed, with their grade, fee and minimum spend."""
    found = run.resources.numbers(text, run.most)
    return [Choice(number.number, Message(spaced(number.number)), graded(grade)) for number, grade in found]


def looked_through(run: Run) -> int:
    """How many cards, or handsets, are looked through for what is typed."""
    return max(CARDS, run.most)


def graded(grade: NumberGrade) -> Message:
    """A number's grade, and what it asks for: a fee, and what the number spends a month at least."""
    name = both(grade.name_zh, grade.name_en)
    if not grade.fee and not grade.minimum_spend:
        return name
    return say(
        "{grade}  fee {fee}, min. {spend}/month", grade=name, fee=yuan(grade.fee), spend=yuan(grade.minimum_spend)
    )


def somebody(run: Run) -> str:
    """A resident ID that is right and that nobody has: the person was born some 30 years ago."""
    bits = run.context.tx.clock.random_bits(30)
    born = run.context.today - timedelta(days=365 * 25 + bits % 5000)
    body = f"330106{born:%Y%m%d}{bits // 5000 % 1000:03d}"
    return body + mod_11_2(body)
