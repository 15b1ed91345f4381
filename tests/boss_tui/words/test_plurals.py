"""One is said in the singular: a template says both words, and no template says only the one for many."""

from __future__ import annotations

import re
from importlib import resources

import pytest
from babel.messages.pofile import read_po

from boss_tui.locale import words
from data.message import say

_PO = resources.files("boss_tui.locale") / "zh_CN" / "LC_MESSAGES" / "boss.po"
TEMPLATES = {str(message.id) for message in read_po(_PO.open("rb"), locale="zh_CN") if message.id}
"""All that the program says."""
TWO = say("{n} {n:slip is|slips are} not ticked.", n=2)


@pytest.mark.parametrize(
    ("n", "said"),
    [
        (0, "0 slips are"),
        (1, "1 slip is"),
        (2, "2 slips are"),
        (11, "11 slips are"),
        ("1", "1 slip is"),
        ("01", "01 slips are"),
        (-1, "-1 slips are"),
    ],
)
def test_a_template_says_the_word_for_one_and_for_more(n: int | str, said: str) -> None:
    message = say("{n} {n:slip is|slips are} not ticked.", n=n)
    assert words("en")(message) == str(message) == f"{said} not ticked."
    assert words("zh_CN")(message) == f"{n} 张未勾。"


def test_other_formats_of_numbers_stay() -> None:
    assert str(say("{seconds:.1f} s, {n:04d} of {n} {n:row|rows}", seconds=1.25, n=1)) == "1.2 s, 0001 of 1 row"


def test_what_is_told_within_what_is_told() -> None:
    assert words("en")(say("{told}: {n}", told=TWO, n=1)) == "2 slips are not ticked.: 1"


_COUNTED = re.compile(r"\{(\w+)\} (?:more |such )?([a-z-]+)\b")
_NEVER_ONE = {
    "At least {n} characters, at most {most}.",
    "At most {n} characters.",
    "At most {n} lines.",
    "{n} days since the opening",
    "These words need {needed} columns; there is room for {room} on a 58 mm roll.",
    "A secret is one line of at most {most} characters.",
    "Between 1 and {most} codes.",
    "At most {n} days before the open business date {today}.",
    "Between 1 and {most} hours.",
    "Nobody's document is valid for more than {n} years: type long-term when it has no last day.",
    "Only the last {n} months can be disputed.",
    "The bank's paper {reference} has moved cash {n} times.",
    "The product is charged {times} times a month.",
    "{n} customers have this name. F4 shows them.",
    "This date is {days} days ahead of the clock: a supervisor must approve.",
    "{date} is {days} days ahead of {today}; {most} at most. Correct the date; if this PC's clock is wrong, set it, "
    "or: boss clock --approver",
    "{path} holds {n} journals: an outlet's store has one.",
    "{n} wrong one-time codes in a row at this outlet, the last at counter {counter} by {staff_no}.",
    "{pieces} pieces of one note or coin can't be: {most} at most.",
    "The picture is too large: {most} dots a side at most.",
    "A printer of {n} columns listens at {address}.",
    "It has {count} lines; {most} is the most.",
    "{n} rows: {names}",
    "Row {n}: at most {most} fields, with | between them.",
}
"""Templates whose number is a limit or a sum of at least two."""
_NOUNS = {
    "bills",
    "cards",
    "characters",
    "codes",
    "columns",
    "customers",
    "days",
    "dots",
    "entries",
    "fields",
    "halls",
    "hours",
    "journals",
    "keys",
    "kinds",
    "lines",
    "minutes",
    "months",
    "numbers",
    "orders",
    "others",
    "papers",
    "passwords",
    "people",
    "pieces",
    "places",
    "points",
    "postings",
    "rows",
    "rules",
    "sheets",
    "slips",
    "steps",
    "subscribers",
    "times",
    "tries",
    "units",
    "uses",
    "years",
}


def test_no_template_counts_one_in_the_plural() -> None:
    plural = {template for template in TEMPLATES for _name, noun in _COUNTED.findall(template) if noun in _NOUNS}
    assert plural - _NEVER_ONE == set()
    assert _NEVER_ONE <= TEMPLATES, _NEVER_ONE - TEMPLATES
