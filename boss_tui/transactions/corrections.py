"""What the corrections of a customer's data share (C4): what is known stands in the fields, only what differs changes.

A field that holds what is known already changes nothing; one that holds `-` is emptied. What a value was before stands
beside its field, and before and after on the slip.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from pydantic import AfterValidator

from boss_tui.answers import Qualification, Reason
from boss_tui.forms import LONG_TERM
from boss_tui.process import Run
from boss_tui.transactions.lines import on_paper
from data.message import Message, say

EMPTIED = "-"


def or_emptied(check: Callable[[str], str]) -> AfterValidator:
    """The rule of a field that may be emptied: `-`, or what the check lets through."""
    return AfterValidator(lambda typed: typed if typed == EMPTIED else check(typed))


@dataclass(frozen=True, slots=True)
class Corrected:
    """What is corrected: the values of those fields that differ, as they were and as they will be stored."""

    before: dict[str, Any]
    after: dict[str, Any]

    def told(self, labels: Mapping[str, Message]) -> list[tuple[Message, str]]:
        """What a slip says of each: before and after."""
        return [
            (label, f"{on_paper(_shown(self.before[name]))} → {on_paper(_shown(self.after[name]))}")
            for name, label in labels.items()
            if name in self.after
        ]


def changed(run: Run, row: Any, typed: Mapping[str, Any]) -> Corrected:
    """Those typed values that differ from the row's; what each was before stands beside it."""
    found = Corrected({}, {})
    for name, value in typed.items():
        after = "" if value == EMPTIED else value
        before = getattr(row, name)
        if value in (None, "") or after == before:
            continue
        found.before[name], found.after[name] = before, after
        run.notes[name] = say("Before: {value}", value=_shown(before))
    return found


def _shown(value: str) -> Message:
    """A value as people read it: nothing is `-`, a document's last day may be none."""
    return say("long-term") if value == LONG_TERM.isoformat() else Message("{text}", {"text": value or EMPTIED})


def must_change(run: Run, found: Corrected) -> None:
    """A correction that corrects nothing is not an order."""
    if not found.after:
        nothing = Reason("nothing", "no", say("Nothing has been changed."))
        run.qualification = Qualification((*run.qualification.reasons, nothing))
