"""A text of several lines, over the form that it belongs to; what would come of it beside it, where there is room."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from typing import TYPE_CHECKING, ClassVar

from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Horizontal, VerticalScroll
from textual.timer import Timer
from textual.widgets import TextArea

from data.message import Message, say
from screens.dialogs.dialog import SCROLL, Box, Dialog, Heading, Lines
from screens.widgets.drawn import Drawn
from screens.widgets.text import Row, fit, wrapped

if TYPE_CHECKING:
    from boss_tui.forms.fields import FieldSpec
    from boss_tui.management.kit.subject import Fact


SOON = 0.4
"""Seconds after a key, when what would come of a text is worked out."""
Ahead = Callable[[str], Awaitable[Sequence["Fact"]]]
"""What would come of a text."""


class Facts(Drawn):
    """What a try-out answers; None: nothing was asked yet. What has no label is a line as it is printed: no blank of it
    is lost, nothing wraps."""

    def __init__(self, facts: Sequence[Fact] | None = ()) -> None:
        super().__init__()
        self.facts = facts

    def show(self, facts: Sequence[Fact] | None) -> None:
        """Show these."""
        self.facts = facts
        self.redraw(layout=True)

    def rows(self, width: int) -> list[Row]:
        """Facts wrapped, lines as they come."""
        if not self.facts:
            return [] if self.facts is None else [[(self.words(say("Nothing yet.")), "dim")]]
        rows: list[Row] = []
        for fact in self.facts:
            value = fact.value if isinstance(fact.value, str) else self.words(fact.value)
            label = self.words(fact.label)
            if not label:
                rows.append([(fit(value, width), "")])
                continue
            told = self.words(say("{label}: {value}", label=label, value=value)) if value else label
            rows += [[(piece, "" if value else "head")] for piece in wrapped(told, width)]
        return rows


class FactsDialog(Dialog[None]):
    """What would come of a row, over its form. Up, Down, PgUp and PgDn go through it; Esc, F3 or Enter close it."""

    expected: ClassVar[bool] = True
    BINDINGS: ClassVar = [Binding("enter", "cancel", show=False), *SCROLL]

    def __init__(self, title: Message, facts: Sequence[Fact]) -> None:
        super().__init__()
        self._title, self.inside = title, VerticalScroll(Facts(facts), id="ahead", can_focus=False)

    def compose(self) -> ComposeResult:
        """Heading, facts, keys."""
        with Box(classes="-whole"):
            yield Heading(self._title)
            yield self.inside
            yield Lines((say("Esc or Enter: back to the form"), "key"))

    def action_scroll(self, lines: int) -> None:
        """Further, or back."""
        self.inside.scroll_relative(y=lines, animate=False)


class TextDialog(Dialog[str]):
    """A text of several lines. F10 or Ctrl+S takes it, Esc leaves it as it was. `ahead`: what would come of it; it
    stands beside the text on a wide screen, and takes its place by F9 on a narrow one."""

    expected: ClassVar[bool] = True
    helps: ClassVar[Message] = say(
        "A text of several lines: Enter begins the next. F10 takes it, Esc leaves it as it was."
    )
    BINDINGS: ClassVar = [
        Binding("f10,ctrl+s", "take", show=False, priority=True),
        Binding("f9", "look", show=False, priority=True),
        Binding("ctrl+up", "scroll(-10)", show=False, priority=True),
        Binding("ctrl+down", "scroll(10)", show=False, priority=True),
    ]

    def __init__(self, spec: FieldSpec, text: str, ahead: Ahead | None = None) -> None:
        super().__init__()
        self._spec, self._ahead = spec, ahead
        self._soon: Timer | None = None
        self.area = TextArea(text, id="text", soft_wrap=ahead is None, show_line_numbers=ahead is not None)
        self.facts = Facts()
        self.beside = VerticalScroll(self.facts, id="ahead", can_focus=False)

    @property
    def at_hand(self) -> FieldSpec:
        """The field whose text it is."""
        return self._spec

    def compose(self) -> ComposeResult:
        """Heading, text, what comes of it, keys."""
        with Box(classes="-wide" if self._ahead is None else "-whole"):
            yield Heading(self._spec.ask.label)
            with Horizontal(id="texts"):
                yield self.area
                yield self.beside
            keys = say("F10: take it        Esc: as it was")
            if self._ahead is not None:
                keys = say("F10: take it   Esc: as it was   F9: what comes of it   Ctrl+Up, Ctrl+Down: its lines")
            yield Lines((keys, "key"))

    def on_mount(self) -> None:
        """The cursor behind what stands there; of a text with a preview, at its first line."""
        self.beside.display = False
        if self._ahead is None:
            self.area.styles.height = 8
            self.area.move_cursor(self.area.document.end)
            return
        self.on_resize()

    def on_resize(self) -> None:
        """What comes of it stands beside the text, where the screen is wide."""
        if self._ahead is not None:
            self.area.display, self.beside.display = True, self._is_wide
            self.desk.flow(self._look_ahead())

    @property
    def _is_wide(self) -> bool:
        return self.app.size.width >= 110

    def on_text_area_changed(self) -> None:
        """Shortly after the last key, what would come of it."""
        if self._soon is not None:
            self._soon.stop()
        if self._ahead is not None and self.beside.display:
            self._soon = self.set_timer(SOON, lambda: self.desk.flow(self._look_ahead()))

    async def _look_ahead(self) -> None:
        if self._ahead is not None and self.beside.display:
            self.facts.show(await self._ahead(self.area.text))

    async def action_look(self) -> None:
        """Work it out now; on a narrow screen in the place of the text, or the text again."""
        if self._ahead is None:
            return
        if not self._is_wide:
            self.beside.display = not self.beside.display
            self.area.display = not self.beside.display
            if self.area.display:
                self.area.focus()
        self.desk.flow(self._look_ahead())

    def action_scroll(self, lines: int) -> None:
        """Further through what comes of it."""
        self.beside.scroll_relative(y=lines, animate=False)

    def action_take(self) -> None:
        """The text."""
        self.finish(self.area.text)
