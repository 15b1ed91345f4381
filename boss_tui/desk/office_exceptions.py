"""Exceptions 异常 as the office works on them: what its screens and commands need, which headquarters does.

Source: design 6.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Protocol

from boss_tui.answers.exceptions import EXCEPTIONS_AT_ONCE, EndedTogether, ExceptionLine, ExceptionSheet, Together

if TYPE_CHECKING:
    from boss_tui.reports.files import Format


class OfficeExceptions(Protocol):
    """What was put aside, and how it ends. NotAllowed: whoever works here may not look at it, or not decide."""

    def listed(
        self, text: str = "", *, ended: bool = False, sort: str = "age", most: int = EXCEPTIONS_AT_ONCE
    ) -> Sequence[ExceptionLine]:
        """What waits for a person, what keeps money or an entry back first; then, if `ended`, what has ended; so many
        at most. `text`: words that stand in it, `>100`: of at least so many yuan. `sort`: one of
        `answers.exceptions.SORTS`, among those of one state."""
        ...

    def sheet(self, key: str) -> ExceptionSheet:
        """All of one, with the ways in which it can end now; that it was looked at is on record. NotFound."""
        ...

    def end(self, key: str, way: str, words: str, revision: int = 0) -> ExceptionLine:
        """End it: `way` is one of accept, compensate, refuse, income, resolve. `revision`: as which it was looked at
        (0: whatever it is). Conflict: something else is against it since. NotAllowed, with its field where that is
        missing or wrong (`resolution`, `way`): it is their own act, it has ended, or it can't end so. Nothing has
        changed then, but that what is found only now to be against the entry stands with the exception."""
        ...

    def together(self, ids: Sequence[str]) -> Together:
        """What can be done with several at once. NotAllowed: they are not alike, or none of them is theirs to end."""
        ...

    def end_all(self, looked: Sequence[tuple[str, int]], way: str, words: str) -> EndedTogether:
        """End several, each by its key and the revision as which it was looked at: each as `end` does, or it stays."""
        ...

    def export(self, form: Format, where: str = "", text: str = "", *, ended: bool = False, sort: str = "age") -> str:
        """Write what `listed` tells, all of it, to a file; answers its path. See `Exporting.report`."""
        ...
