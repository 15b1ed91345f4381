"""One line is asked for: a reason, a date, a code."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding

from data.message import Message, say
from screens.dialogs.approval import Secret
from screens.dialogs.dialog import YES, Box, Dialog, Heading, Lines
from screens.terminal import FastInput


class OneLine(Dialog[str]):
    """One line of text: a note, a reason. about: what the question is about, line by line. typed: what stands there
    already, to be taken with Enter or typed over. label: what is typed, where the question does not say it."""

    expected: ClassVar[bool] = True
    helps: ClassVar[Message] = say(
        "One line is typed. Enter or F10 goes on with it; Esc leaves it, and nothing is changed."
    )

    BINDINGS: ClassVar = [Binding(YES, "go_on", show=False, priority=True)]

    def __init__(
        self,
        title: Message,
        question: Message,
        needed: bool = False,
        *,
        about: Sequence[Message] = (),
        typed: str = "",
        label: Message | None = None,
    ) -> None:
        super().__init__()
        self._title, self._question, self._needed = title, question, needed
        self._about, self._typed, self._label = about, typed, label
        self.field, self.refused = Secret(False, id="line"), Lines((Message("\n"), ""), id="said")

    def compose(self) -> ComposeResult:
        """Heading, question, field."""
        with Box():
            yield Heading(self._title)
            yield Lines((self._question, ""), *((say("- {reason}", reason=one), "warn") for one in self._about))
            if self._label is not None:
                yield Lines((self._label, "strong"))
            yield self.field
            yield self.refused
            yield Lines((say("Enter or F10: go on        Esc: back"), "key"))

    def on_mount(self) -> None:
        """What stands there already is marked: the next key overtypes it."""
        self.field.value = self._typed
        self.field.select_all()

    def on_input_submitted(self, event: FastInput.Submitted) -> None:
        """The answer."""
        event.stop()
        self.action_go_on()

    def action_go_on(self) -> None:
        """The answer, where there is one or none is needed."""
        if self.field.value.strip() or not self._needed:
            self.finish(self.field.value.strip())
        else:
            self.desk.bell()
            self.refused.show((say("A word is needed here: it is kept."), "error"))
