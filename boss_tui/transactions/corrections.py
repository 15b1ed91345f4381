"""What the corrections of a customer's data share (C4): what is known stands in the fields, only what differs changes.

A field that holds what is known already changes nothing; one that holds `-` is emptied. What a value was before stands
beside its field, and before and after on the slip.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from msgspec import Struct
from pydantic import AfterValidator

from boss_tui.answers.business import Qualification, Reason
from boss_tui.business.process import Run
from boss_tui.forms.typed import LONG_TERM
from boss_tui.transactions.lines import Fact
from data.message import Message, say

EMPTIED = "-"


def or_emptied(check: Callable[[str], str]) -> AfterValidator:
    """The rule of a field that may be emptied: `-`, or what the check lets through."""
    return AfterValidator(lambda typed: typed if typed == EMPTIED else check(typed))


class Corrected(Struct, frozen=True):
    """What is corrected: the values of those fields that differ, as they were and as they will be stored.

    `named`: of fields that hold a code, what each code is called.
    """

    before: dict[str, Any]
    after: dict[str, Any]
    named: Mapping[str, Mapping[str, Message]]

    def facts(self, labels: Mapping[str, Message]) -> list[Fact]:
        """What a slip says of each: before and after."""
        return [
            (
                label,
                say("{before} to {after}", before=self.shown(name, self.before), after=self.shown(name, self.after)),
            )
            for name, label in labels.items()
            if name in self.after
        ]

    def shown(self, name: str, values: Mapping[str, Any]) -> Message:
        """A value as people read it: a code by its name, nothing as `-`; a document's last day may be none."""
        value = values[name]
        if value == LONG_TERM.isoformat():
            return say("long-term")
        return self.named.get(name, {}).get(value) or Message("{text}", {"text": value or EMPTIED})


def changed(
    run: Run, row: Any, typed: Mapping[str, Any], named: Mapping[str, Mapping[str, Message]] | None = None
) -> Corrected:
    """Those typed values that differ from the row's; what each was before stands beside it."""
    found = Corrected({}, {}, named or {})
    for name, value in typed.items():
        after = "" if value == EMPTIED else value
        before = getattr(row, name)
        if value in (None, "") or after == before:
            continue
        found.before[name], found.after[name] = before, after
        run.notes[name] = say("Before: {value}", value=found.shown(name, found.before))
    return found


def must_change(run: Run, found: Corrected) -> None:
    """A correction that corrects nothing is not an order."""
    if not found.after:
        nothing = Reason("nothing", "no", say("Nothing has been changed."))
        run.qualification = Qualification((*run.qualification.reasons, nothing))
