"""Dialogs: what asks something in the middle of a flow. Keys that mean nothing in a dialog do nothing anywhere else."""

from __future__ import annotations

import asyncio
import unicodedata
from typing import TYPE_CHECKING, ClassVar, Generic, TypeVar, cast

from textual import events
from textual.await_complete import AwaitComplete
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.screen import ModalScreen

from data.message import Message, say
from screens.widgets.drawn import Drawn
from screens.widgets.text import Row, fit, wrapped

if TYPE_CHECKING:
    from screens.frame import DeskApp

R = TypeVar("R")

YES = "f10,ctrl+s"
"""What confirms: the keys that complete a form. None that means something else elsewhere, as F2 does, and none that
anybody types ahead by habit, as Enter is."""


SCROLL: list[BindingType] = [
    Binding("pageup,up", "scroll(-5)", show=False),
    Binding("pagedown,down", "scroll(5)", show=False),
]
"""The keys of a dialog that is higher than the screen."""


class Box(Vertical, can_focus=False):
    """The frame of a dialog."""


class Dialog(ModalScreen[None], Generic[R]):
    """A dialog that ends with an answer, or with None by Esc.

    expected: the operator opened it with a key and knows that it comes, so that what was typed ahead is meant for it.
    """

    expected: ClassVar[bool] = False
    BINDINGS: ClassVar = [
        Binding("escape,f3", "cancel", show=False, priority=True),
        *(Binding(f"f{n}", "nothing", show=False) for n in (1, 2, 4, 5, 6, 7, 8, 9, 12)),
        Binding("ctrl+p", "nothing", show=False),
        *(Binding(key, "nothing", show=False, priority=True) for key in ("ctrl+q", "ctrl+f")),
    ]

    def __init__(self) -> None:
        super().__init__()
        self.answer: asyncio.Future[R | None] = asyncio.get_running_loop().create_future()
        self._going: AwaitComplete | None = None

    @property
    def desk(self) -> DeskApp:
        """The program."""
        return cast("DeskApp", self.app)

    @property
    def made(self) -> bool:
        """Whether the making of the dialog succeeded."""
        return self.is_running and bool(self.query(Box))

    def finish(self, result: R | None) -> None:
        """End with this answer. Keys wait again from this moment on."""
        if self.answer.done():
            return
        self.answer.set_result(result)
        self.desk.gate.begin()  # until `gone`: the flow that asked wakes up a moment later
        self._going = self.desk.pop_screen()

    async def gone(self) -> None:
        """Wait until the dialog has left the screen."""
        if self._going is not None:
            try:
                await self._going
            finally:
                self.desk.gate.end()

    def action_cancel(self) -> None:
        """No answer."""
        self.finish(None)

    def action_nothing(self) -> None:
        """The keys of the screens do nothing here."""

    def retell(self) -> None:
        """The language has changed."""
        for drawn in self.query(Drawn):
            drawn.retell()


class Lines(Drawn):
    """Messages, one after the other, wrapped. Each with a style."""

    def __init__(self, *lines: tuple[Message, str], id: str | None = None) -> None:  # noqa: A002 (Textual's name)
        super().__init__(id=id)
        self.lines = list(lines)

    def show(self, *lines: tuple[Message, str]) -> None:
        """Show these instead."""
        self.lines = list(lines)
        self.redraw(layout=True)

    def rows(self, width: int) -> list[Row]:
        """The lines, wrapped."""
        return [[(piece, style)] for message, style in self.lines for piece in wrapped(self.words(message), width)]


class Heading(Drawn):
    """The first line of a dialog."""

    def __init__(self, message: Message) -> None:
        super().__init__()
        self.message = message

    def rows(self, width: int) -> list[Row]:
        """One line in reverse."""
        return [[(fit(" " + self.words(self.message), width), "bar")]]


class Confirm(Dialog[bool]):
    """A question: F10 or Ctrl+S is yes, Esc is no, all else is nothing."""

    BINDINGS: ClassVar = [Binding(YES, "yes", show=False, priority=True)]
    keys: ClassVar[Message] = say("F10 or Ctrl+S: yes        Esc: no")

    def __init__(self, title: Message, *lines: Message) -> None:
        super().__init__()
        self._title, self._lines = title, lines

    def compose(self):  # type: ignore[no-untyped-def]
        """Heading, words, keys."""
        with Box():
            yield Heading(self._title)
            yield Lines(
                *((line, "") for line in self._lines),
                (Message("\n"), ""),
                (self.keys, "key"),
            )

    def action_yes(self) -> None:
        """Yes."""
        self.finish(True)

    def on_key(self, event: events.Key) -> None:
        """Swallow everything else."""
        event.stop()


class Destroy(Confirm):
    """A question whose yes can't be undone: y is yes, n or Esc is no, all else is nothing.

    The keys that complete a form are no yes here: who presses F10 twice, out of habit, has not been asked.
    """

    BINDINGS: ClassVar = [Binding(f"f3,{YES}", "nothing", show=False, priority=True)]
    keys: ClassVar[Message] = say("y: yes        n or Esc: no")

    def on_key(self, event: events.Key) -> None:
        """Yes or no, as an input method may type it too."""
        event.stop()
        typed = unicodedata.normalize("NFKC", event.character or "").casefold()
        if typed in {"y", "n"}:
            self.finish(typed == "y")


class GiveUp(Destroy):
    """Whether a form is given up; the key that puts one aside keeps it.

    Attributes:
        kept: it was that key.
    """

    BINDINGS: ClassVar = [Binding("f6,ctrl+g", "keep", show=False, priority=True)]
    keys: ClassVar[Message] = say("y: yes        F6: keep it        n or Esc: no")
    kept = False

    def action_keep(self) -> None:
        """It is put aside."""
        self.kept = True
        self.finish(False)
