"""Why something can't be done: every reason against a business, and faults of the program."""

from __future__ import annotations

import traceback
from typing import ClassVar

from textual import events
from textual.app import ComposeResult
from textual.binding import Binding

from boss_tui.answers.business import DraftView
from data.message import Message, quoted, say
from screens.dialogs.dialog import SCROLL, Box, Dialog, Heading, Lines
from screens.frame import Plain


class ErrorDialog(Dialog[None]):
    """A fault of the program: what happened, in full. c copies it; Esc, F3 or Enter close it; other keys do nothing."""

    BINDINGS: ClassVar = [
        Binding("c", "copy", show=False),
        Binding("enter", "cancel", show=False),
        *SCROLL,
    ]

    def __init__(self, fault: BaseException) -> None:
        super().__init__()
        self.fault = fault
        self.trace = "".join(traceback.format_exception(fault))
        self.body = Plain()

    def compose(self) -> ComposeResult:
        """Heading, what it means, the trace, the keys."""
        with Box(classes="-wide -error"):
            yield Heading(say("A fault of the program"))
            yield Lines(
                (say("Nothing was lost that had been saved. Copy this for support, close it, and go on."), ""),
            )
            with self.body:
                yield Lines((quoted(self.trace), ""))
            yield Lines((say("c: copy        Esc: close"), "key"))

    def action_copy(self) -> None:
        """To the clipboard, by the terminal."""
        self.desk.copy_to_clipboard(self.trace)

    def action_scroll(self, by: int) -> None:
        """Move through the trace."""
        self.body.scroll_relative(y=by, animate=False)

    def on_key(self, event: events.Key) -> None:
        """Swallow everything else."""
        if event.key not in {"c", "enter", "pageup", "pagedown", "up", "down"}:
            event.stop()


class RefusedDialog(Dialog[None]):
    """Why a business can't be done, every reason. Esc, F3 or Enter close it."""

    BINDINGS: ClassVar = [Binding("enter", "cancel", show=False)]

    def __init__(self, title: Message, reasons: tuple[Message, ...]) -> None:
        super().__init__()
        self._title, self._reasons = title, reasons

    def compose(self) -> ComposeResult:
        """Heading, reasons, keys."""
        with Box():
            yield Heading(self._title)
            yield Lines(*((say("- {reason}", reason=reason), "") for reason in self._reasons))
            yield Lines((Message("\n"), ""), (say("Enter or Esc: back"), "key"))


def refusals(draft: DraftView) -> tuple[Message, ...]:
    """Every reason against a draft."""
    return tuple(reason.message for reason in draft.qualification.reasons if reason.verdict == "no")
