"""Dialogs: what asks something in the middle of a flow. Keys that mean nothing in a dialog do nothing anywhere else."""

from __future__ import annotations

import asyncio
import unicodedata
from typing import TYPE_CHECKING, ClassVar, Generic, TypeVar, cast

from textual import events
from textual.await_complete import AwaitComplete
from textual.binding import Binding, BindingType
from textual.containers import Vertical, VerticalScroll
from textual.screen import ModalScreen

from data.message import Message, say
from screens.widgets.drawn import Drawn
from screens.widgets.text import Row, fit, headed, wrapped

if TYPE_CHECKING:
    from textual.app import ComposeResult

    from boss_tui.forms.fields import FieldSpec
    from screens.frame import DeskApp
    from screens.widgets.form_panel import FormPanel

R = TypeVar("R")

YES = "f10,ctrl+s"
"""What confirms: the keys that complete a form. None that means something else elsewhere, as F2 does, and none that
anybody types ahead by habit, as Enter is."""


_FIRST = say("End this box first: its last line says how.")


_ELSEWHERE = ("f2", "ctrl+f", "f8", "ctrl+o", "f12", "ctrl+p", "ctrl+l", "ctrl+q")
"""The keys that lead away from a screen."""
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
    helps: what F1 says of it, beside what the field at hand expects.
    """

    expected: ClassVar[bool] = False
    helps: ClassVar[Message] = say("Esc leaves it, and nothing is changed. Its last line says what other keys do.")
    BINDINGS: ClassVar = [
        Binding("escape,f3", "cancel", show=False, priority=True),
        Binding("f1", "explain", show=False, priority=True),
        Binding("ctrl+t", "speak", show=False, priority=True),
        *(Binding(f"f{n}", "nothing", show=False) for n in (4, 5, 6, 7, 9)),
        *(Binding(key, "elsewhere", show=False, priority=True) for key in _ELSEWHERE),
    ]

    def __init__(self) -> None:
        super().__init__()
        self.answer: asyncio.Future[R | None] = asyncio.get_running_loop().create_future()
        self._going: AwaitComplete | None = None
        self._said_before: tuple[Message, str] = (Message(""), "")

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
        below = self.desk.screen_below()
        if below is not None and below.said_last[0] == _FIRST:
            below.tell(*self._said_before)
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

    def action_explain(self) -> None:
        """F1: the field at hand, and what is asked here."""
        self.desk.flow(self._explain())

    async def _explain(self) -> None:
        await self.desk.ask(HelpBox(self.help_sections()))

    def help_sections(self) -> list[tuple[Message, Message]]:
        """What is to be known of the field at hand, where there is one, and of the box."""
        spec, sections = self.at_hand, list[tuple[Message, Message]]()
        if spec is not None:
            from boss_tui.forms.expected import expected

            sections.append((spec.ask.label, expected(spec)))
        return [*sections, (say("This box"), self.helps)]

    @property
    def at_hand(self) -> FieldSpec | None:
        """The field that the cursor is in, of a box that has a form."""
        panel: FormPanel | None = getattr(self, "panel", None)
        return panel.fields[panel.current].spec if panel is not None else None

    def action_nothing(self) -> None:
        """The keys of a form do nothing here."""

    def action_speak(self) -> None:
        """The next language."""
        self.desk.flow(self.desk.do_language())

    def action_elsewhere(self) -> None:
        """The keys that lead away from a screen lead nowhere from here; that is said for as long as the box is
        there."""
        self.desk.bell()
        below = self.desk.screen_below()
        if below is not None and below.said_last[0] != _FIRST:
            self._said_before = below.said_last
            below.tell(_FIRST, "warn")

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


class Fitting(Lines):
    """Lines, as many as the screen has room for above the keys of their box; then how many more there are (`rest`)."""

    _BOX = 6
    """Rows of the box beside them: its frame, the heading, the keys and what is empty above these."""

    def __init__(self, rest: Message, *lines: Message) -> None:
        super().__init__(*((line, "") for line in lines))
        self._rest = rest

    def rows(self, width: int) -> list[Row]:
        """The lines, wrapped, each of them whole or not at all."""
        room, found = self.app.size.height - self._BOX, list[Row]()
        for at, (message, _) in enumerate(self.lines):
            pieces, left = wrapped(self.words(message), width), len(self.lines) - at
            if len(found) + len(pieces) > room - (left > 1):
                rest = Message(self._rest.template, {"n": left})
                return [*found, *([(piece, "")] for piece in wrapped(self.words(rest), width))]
            found += [[(piece, "")] for piece in pieces]
        return found


class Heading(Drawn):
    """The first line of a dialog."""

    def __init__(self, message: Message) -> None:
        super().__init__()
        self.message = message

    def rows(self, width: int) -> list[Row]:
        """One line in reverse."""
        return [[(fit(" " + headed(self.words(self.message)), width), "bar")]]


class Confirm(Dialog[bool]):
    """A question: y is yes, as in every box, and so are the keys that complete a form; n or Esc is no; all else is
    nothing."""

    BINDINGS: ClassVar = [Binding(YES, "yes", show=False, priority=True)]
    keys: ClassVar[Message] = say("y or F10: yes        n or Esc: no")
    rest: ClassVar[Message] = say("and {n} {n:line|lines} more")
    helps: ClassVar[Message] = say(
        "A question. y, F10 or Ctrl+S does it; n or Esc leaves all as it is. Other keys do nothing."
    )

    def __init__(self, title: Message, *lines: Message) -> None:
        super().__init__()
        self._title, self._lines = title, lines

    def compose(self) -> ComposeResult:
        """Heading, words, keys."""
        with Box():
            yield Heading(self._title)
            yield Fitting(self.rest, *self._lines)
            yield Lines((Message("\n"), ""), (self.keys, "key"))

    def action_yes(self) -> None:
        """Yes."""
        self.finish(True)

    def on_key(self, event: events.Key) -> None:
        """Yes or no, as an input method may type it too; swallow everything else."""
        event.stop()
        typed = unicodedata.normalize("NFKC", event.character or "").casefold()
        if typed in {"y", "n"}:
            self.finish(typed == "y")


class Complete(Confirm):
    """The last question of a business that costs nothing. A letter may have been typed ahead: only the keys that
    complete a form are yes, as in the payment box."""

    keys: ClassVar[Message] = say("F10 or Ctrl+S: yes        Esc: no")
    helps: ClassVar[Message] = say("A question. F10 or Ctrl+S does it; Esc leaves all as it is. Other keys do nothing.")

    def on_key(self, event: events.Key) -> None:
        """Swallow everything else, letters too."""
        event.stop()
        event.prevent_default()


class Destroy(Confirm):
    """A question whose yes can't be undone: y alone is yes, n or Esc is no, all else is nothing.

    The keys that complete a form are no yes here: who presses F10 twice, out of habit, has not been asked.
    """

    BINDINGS: ClassVar = [Binding(f"f3,{YES}", "nothing", show=False, priority=True)]
    keys: ClassVar[Message] = say("y: yes        n or Esc: no")
    helps: ClassVar[Message] = say(
        "A question about what is not easily undone. y does it; n or Esc leaves all as it is. Other keys do nothing."
    )


class HelpBox(Dialog[None]):
    """What F1 says over another box; F1, F3, Enter or Esc closes it. What is longer than the screen is gone through."""

    BINDINGS: ClassVar = [Binding("f1,enter", "cancel", show=False, priority=True), *SCROLL]

    def __init__(self, sections: list[tuple[Message, Message]]) -> None:
        super().__init__()
        told = [Lines((title, "strong"), (text, "")) for title, text in sections]
        self.inside = VerticalScroll(*told, id="told", can_focus=False)

    def compose(self) -> ComposeResult:
        """Heading, sections, keys."""
        with Box():
            yield Heading(say("Help"))
            yield self.inside
            yield Lines((Message("\n"), ""), (say("Enter or Esc: back"), "key"))

    def action_scroll(self, lines: int) -> None:
        """Further, or back."""
        self.inside.scroll_relative(y=lines, animate=False)


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
