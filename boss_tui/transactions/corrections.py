"""What the corrections of a customer's data share (C4): what is known stands in the fields, only what differs changes.

A field that holds what is known already changes nothing; one that holds `-` is emptied. What a value was before stands
beside its field, and before and after on the slip.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from pydantic import AfterValidator

from boss_tui.answers import Qualification, Reason
from boss_tui.process import Run
from boss_tui.transactions.lines import Line
from data.message import Message, say

EMPTIED = "-"


def or_emptied(check: Callable[[str], str]) -> AfterValidator:
    """The rule of a field that may be emptied: `-`, or what the check lets through."""
    return AfterValidator(lambda typed: typed if typed == EMPTIED else check(typed))


def identified(run: Run, line: Line) -> bool:
    """Whether the owner has shown who they are: before that nothing that we know of them is shown."""
    return line.customer.id in run.context.identified or line.customer.id in run.proven


def changed(run: Run, row: Any, typed: Mapping[str, Any]) -> dict[str, Any]:
    """Those typed values that differ from the row's, as they are stored; what each was before stands beside it."""
    found = {}
    for name, value in typed.items():
        after = "" if value == EMPTIED else value
        before = getattr(row, name)
        if value in (None, "") or after == before:
            continue
        found[name] = after
        run.notes[name] = say("Before: {value}", value=before or EMPTIED)
    return found


def must_change(run: Run, found: Mapping[str, Any]) -> None:
    """A correction that corrects nothing is not an order."""
    if not found:
        nothing = Reason("nothing", "no", say("Nothing has been changed."))
        run.qualification = Qualification((*run.qualification.reasons, nothing))


def before_and_after(row: Any, found: Mapping[str, Any], labels: Mapping[str, Message]) -> list[tuple[Message, str]]:
    """What a slip says of each changed value."""
    return [
        (label, f"{getattr(row, name) or EMPTIED} → {found[name] or EMPTIED}")
        for name, label in labels.items()
        if name in found
    ]
