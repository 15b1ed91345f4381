"""Findings as lines for the command line, grouped by invariant, and as JSON. Not the checks."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Sequence
from itertools import groupby
from typing import Any

from boss_tui.verify.finding import Finding
from data.message import Message, say

INVARIANTS: dict[int, Message] = {
    0: say("The store itself is sound"),
    1: say("Every posting balances; a till's cash is its float plus its postings"),
    2: say("The journal's chain is whole, and every row is what it says"),
    3: say("A number, card or IMSI is in one place, with one holder, in one state"),
    4: say("Every document number is accounted for"),
    5: say("An active subscription has one number, one card, one IMSI; the network agrees"),
    6: say("Headquarters holds what was pushed, once each, in order"),
    7: say("Every order is where its work orders say; no reservation outlives its time"),
    8: say("Every row was written by its author; what headquarters publishes was approved, and stands so everywhere"),
    9: say("The tax that papers say is the tax in the books"),
}
"""What always holds (design 5), and soundness as number 0."""

SHOWN = 20
"""Findings of one rule that are shown before the rest is only counted."""

Words = Callable[[Message | str], str]


def render(
    findings: Sequence[Finding], words: Words, *, shown: int = SHOWN, only: Collection[str] = ()
) -> Iterator[str]:
    """A line for each invariant, and below it the rows that break it, rule by rule. Where `only` some rules were
    asked, a line for each of them instead: nothing is said of what was not looked at."""
    for rule in only:
        yield f"[{rule}] {_state(sum(finding.rule == rule for finding in findings), words)}"
    for number, title in INVARIANTS.items():
        broken = [finding for finding in findings if finding.invariant == number]
        if broken or not only:
            yield f"{number}  {words(title)}: {_state(len(broken), words)}"
        for rule, group in groupby(broken, key=lambda finding: finding.rule):
            of_rule = list(group)
            yield f"   [{rule}]"
            for finding in of_rule[:shown]:
                yield f"     {finding.table} {finding.key}: {words(finding.message)}"
            if len(of_rule) > shown:
                more = words(say("… and {count} more", count=len(of_rule) - shown))
                yield f"     {more}"


def _state(count: int, words: Words) -> str:
    return words(say("{count} found", count=count)) if count else words(say("holds"))


def as_json(findings: Sequence[Finding]) -> dict[str, Any]:
    """Plain JSON values: whether all holds, how many break each invariant, and each of them."""
    return {
        "holds": not findings,
        "invariants": {str(number): sum(finding.invariant == number for finding in findings) for number in INVARIANTS},
        "findings": [finding.as_json() for finding in findings],
    }
