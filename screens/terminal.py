"""All touches of Textual's private parts but the device (`screens.driver`): the type-ahead gate, the guard around
handlers, the quick input.

Textual routes a key to what has the focus when the key arrives, not when the keys before it have taken effect. The gate
holds each key back until the one before has, with all that it set off: screens, focus, calls to the desk. It is
not a keyboard buffer for its own sake: with a patient typist it never holds anything.

Everything here is checked against the one version of Textual that the distribution pins.
"""

from __future__ import annotations

import asyncio
import sys
import time
from collections import deque
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any, ClassVar

from rich.segment import Segment
from rich.style import Style
from textual import constants, events
from textual.app import App
from textual.dom import DOMNode
from textual.driver import Driver
from textual.geometry import Size
from textual.message import Message as TextualMessage
from textual.message_pump import MessagePump
from textual.reactive import Reactive
from textual.strip import Strip
from textual.widgets import Input

from data.characters import assigned, is_visible
from data.message import Message
from screens.line_ends import LineEnds

BURST_PAUSE = 0.25
"""Seconds. What goes on being typed after a fault is thrown away until hands or scanner rest this long."""
LONG_AFTER = 0.3
"""Seconds after which work that keys wait for gets a mark on the screen."""
_UNDERLINED = Style(underline=True)
_REVERSED = Style(reverse=True)
_ROUNDS = 12
_WAIT = 2.0


GIVEN_UP = ("ctrl+e", "ctrl+f", "ctrl+k")
"""Keys of Textual's Input that are actions of ours (`screens.actions`): End and Ctrl+Delete do the same."""


class FastInput(Input, inherit_css=False):
    """An Input whose every key does not lay out the whole screen again (terminal facts 3.4), and that draws itself.

    `virtual_size` is a reactive with layout; here it only scrolls. It has no component classes, which make a third of
    the cost of opening a form, no placeholder, and a cursor that does not blink: repaints drag input methods along.
    """

    DEFAULT_CSS = """
    FastInput { width: 1fr; height: 1; scrollbar-size: 0 0; background: $field; color: $foreground; pointer: text; }
    FastInput:focus { background: $field-on; text-style: bold; }
    """

    COMPONENT_CLASSES: ClassVar[set[str]] = set()
    virtual_size = Reactive(Size(0, 0), layout=False)

    def __init__(self, *, id: str | None = None, classes: str | None = None, password: bool = False) -> None:  # noqa: A002
        super().__init__(id=id, classes=classes, password=password, validate_on=())
        self.cursor_blink = False
        for key in GIVEN_UP:
            self._bindings.key_to_bindings.pop(key, None)

    def _on_paste(self, event: events.Paste) -> None:
        """Paste as if typed; an empty paste is none."""
        event.stop()
        event.prevent_default()
        if event.text:
            self.replace(event.text, *self.selection)

    def render_line(self, y: int) -> Strip:
        """The value with selection and cursor, underlined: where 16 colours make the field as black as the rest, it
        is still seen where it ends."""
        plain = self.rich_style + _UNDERLINED
        if y:
            return Strip.blank(self.size.width, self.rich_style)
        value = "*" * len(self.value) if self.password else self.value
        start, end = sorted(self.selection)
        if not self.has_focus:
            parts = [Segment(value, plain)]
        elif start != end:
            parts = [
                Segment(value[:start], plain),
                Segment(value[start:end], plain + _REVERSED),
                Segment(value[end:], plain),
            ]
        else:
            under = value[end : end + 1] or " "
            parts = [Segment(value[:end], plain), Segment(under, plain + _REVERSED), Segment(value[end + 1 :], plain)]
        strip = Strip(part for part in parts if part.text)
        left, width = round(self.scroll_x) if self.has_focus else 0, self.size.width  # one that was left: its beginning
        return strip.crop(left, left + width).extend_cell_length(width, plain)


FastInput._inherit_component_classes = False  # its base class has no keyword for it


class Gate:
    """What has been typed and not yet taken effect.

    `waiting` is the number of keys held back; `dropped` how many the last flush threw away; `busy` how many pieces of
    work the next key waits for; `typed_at` when the key that takes effect now was typed, `touched_at` when hand or
    mouse did anything last, by the clock of `now`.
    `on_change` is called when `waiting` or `dropped` changes.
    """

    def __init__(self, clock: Callable[[], float]) -> None:
        self.burst_pause = BURST_PAUSE
        self.long_after = LONG_AFTER
        self.dropped = 0
        self.on_change: Callable[[], None] = lambda: None
        self.on_flush: Callable[[int], None] = lambda _: None
        self._clock = clock
        self._typed: deque[tuple[float, events.Key | events.Paste]] = deque()
        self.typed_at = 0.0
        self.touched_at = clock()
        self._busy = 0
        self._since = 0.0
        self._routing = False
        self._quiet = asyncio.Event()
        self._quiet.set()
        self._locked_until = 0.0
        self._marked_until = 0.0

    @property
    def waiting(self) -> int:
        """Keys that have been typed and not been routed."""
        return len(self._typed)

    @property
    def busy(self) -> bool:
        """Whether a piece of work runs that keys wait for."""
        return self._busy > 0

    @property
    def long(self) -> bool:
        """Whether that work takes so long that a person notices."""
        return self.busy and self._clock() - self._since >= self.long_after

    @property
    def idle(self) -> bool:
        """Whether everything that was typed has taken effect."""
        return not (self._typed or self._busy or self._routing)

    def now(self) -> float:
        """Seconds by the gate's clock."""
        return self._clock()

    def begin(self) -> None:
        """A piece of work starts; the next key waits for its end."""
        if self._busy == 0:
            self._since = self._clock()
        self._busy += 1
        self._quiet.clear()

    def end(self) -> None:
        """A piece of work has ended."""
        self._busy -= 1
        if self._busy == 0:
            self._quiet.set()

    @contextmanager
    def held(self) -> Iterator[None]:
        """Keys wait while the block runs."""
        self.begin()
        try:
            yield
        finally:
            self.end()

    async def quiet(self) -> None:
        """Wait until no piece of work runs."""
        await self._quiet.wait()

    def flush(self) -> int:
        """Throw away what was typed ahead, and what follows without a rest: it was meant for something else."""
        self._locked_until = self._clock() + self.burst_pause
        return self._drop()

    def unreadable(self) -> None:
        """A key came as bytes that are no character: it is dropped, alone, and that stays to be seen until hands or
        scanner have rested."""
        self._marked_until = self._clock() + self.burst_pause
        self.dropped += 1
        self.on_flush(1)
        self.on_change()

    def unlock(self) -> None:
        """Take keys again at once."""
        self._locked_until = 0.0

    def take(self, event: events.Key | events.Paste) -> bool:
        """Hold an event back. Answers whether it is to be routed at all."""
        escape = isinstance(event, events.Key) and event.key == "escape"
        now = self._clock()
        if now < self._locked_until and not escape:
            self._locked_until = now + self.burst_pause
            self.dropped += 1
            self.on_change()
            return False
        self.unlock()
        if now < self._marked_until:
            self._marked_until = now + self.burst_pause
        if escape and self._busy and self._typed:
            self._drop()  # what waits behind slow work is given up; in a mere burst of keys Esc has its own place
        self._typed.append((now, event))
        if self._busy:
            self.on_change()
        return True

    def next(self) -> events.Key | events.Paste | None:
        """The event that may be routed now."""
        self._routing = bool(self._typed)
        if not self._typed:
            return None
        self.typed_at, event = self._typed.popleft()
        if self.dropped and self.typed_at >= self._marked_until:
            self.dropped = 0
            self.on_change()
        return event

    def routed(self) -> None:
        """The event has taken effect."""
        self._routing = False

    def _drop(self) -> int:
        count = len(self._typed)
        self._typed.clear()
        if count:
            self.dropped += count
            self.on_flush(count)
            self.on_change()
        return count


def pasted(text: str) -> str:
    """What a paste leaves in a field of one line: no line ends at its ends, blanks within, nothing that can't be seen.
    A character that nobody knows stays: the field's rule names it."""
    line = " ".join(part.strip() for part in text.splitlines() if part.strip())
    return "".join(c for c in assigned(line) if is_visible(c))


class GatedApp(App[None]):
    """An App whose keys pass the gate, and that ends when its terminal is gone.

    `terminal_encoding`: as the settings name it; empty: as the locale has it.
    """

    terminal_encoding = ""

    def __init__(self, *args: Any, **keywords: Any) -> None:
        super().__init__(*args, **keywords)
        self.gate = Gate(time.monotonic)
        self._router: asyncio.Task[None] | None = None
        self._line_ends: LineEnds | None = None

    def get_driver_class(self) -> type[Driver]:
        """The driver that notices when the terminal goes away, unless the environment names one."""
        if constants.DRIVER is None and sys.platform != "win32":
            from screens.driver import DeskDriver

            return DeskDriver
        return super().get_driver_class()

    def terminal_gone(self, why: Message, code: int) -> None:  # noqa: ARG002 (for those who have a log)
        """Nobody is at the terminal any more. Subclasses end in order; `code` is what the program ends with."""
        self.exit(return_code=code)

    async def on_event(self, event: events.Event) -> None:
        """Hold keys and pastes back; let everything else through."""
        if isinstance(event, events.Key | events.Paste | events.MouseEvent):
            self.gate.touched_at = self.gate.now()
        if not isinstance(event, events.Key | events.Paste) or event.is_forwarded or hasattr(event, "_passed"):
            await super().on_event(event)
            return
        if self._line_ends is None:
            self._line_ends = LineEnds(doubled=not self.is_headless)
        for key in self._line_ends.sort(event):
            if self.gate.take(_tidied(key)) and (self._router is None or self._router.done()):
                self._router = asyncio.create_task(self._route())

    async def _route(self) -> None:
        while True:
            await self.gate.quiet()
            event = self.gate.next()
            if event is None:
                return
            event._passed = True  # type: ignore[union-attr]
            try:
                self.post_message(event)
                await self.settled()
            finally:
                self.gate.routed()

    async def settled(self) -> None:
        """Wait until all that was set off has taken effect: queues, screens, focus, work that keys wait for."""
        for _ in range(_ROUNDS):
            before = (self.focused, self.screen)
            await _flushed(self)
            for node in _way_up(self):
                await _flushed(node)
            await self.gate.quiet()
            if self.screen is not before[1]:
                await _refreshed(self.screen)
            if before == (self.focused, self.screen) and not self.gate.busy:
                return

    async def painted(self) -> None:
        """Wait until what is shown is what there is to show."""
        for _ in range(3):  # what is painted may ask for another layout: a scrollbar, a line more
            await _refreshed(self.screen)

    def report_fault(self, fault: BaseException) -> None:
        """Something failed that should not have. The program goes on; subclasses show it."""
        raise fault

    def _handle_exception(self, error: Exception) -> None:
        """Textual ends the program here; this one tells and goes on (terminal facts 2.5)."""
        self.report_fault(error)


def _tidied(event: events.Key | events.Paste) -> events.Key | events.Paste:
    """What came before the terminal was held has its Enter as a line feed; a paste has line ends of its own. Textual
    takes no character for one that the interpreter's Unicode does not know: it comes in as a paste does."""
    if isinstance(event, events.Paste):
        return events.Paste(pasted(event.text))
    if event.key == "ctrl+j":
        return events.Key("enter", "\r")
    typed = event.character or ""
    if len(typed) == 1 and not typed.isprintable() and is_visible(typed):
        return events.Paste(assigned(typed))
    return event


def _way_up(app: App[None]) -> list[DOMNode]:
    """The nodes that a key passes: from the one with the focus up to the App."""
    start: DOMNode = app.focused or app.screen
    return list(start.ancestors_with_self)


async def _flushed(node: MessagePump) -> None:
    """Wait until a node has handled everything that was in its queue."""
    if not node.is_running or node._closing:
        return
    done = asyncio.Event()
    if node.call_later(done.set):
        await _within(done)


async def _refreshed(node: MessagePump) -> None:
    """Wait until a screen has been laid out and painted."""
    done = asyncio.Event()
    if node.is_running and node.call_after_refresh(done.set):
        await _within(done)


async def _within(done: asyncio.Event) -> None:
    """Wait, but not for ever: a node may close with its queue unread."""
    try:
        await asyncio.wait_for(done.wait(), _WAIT)
    except TimeoutError:
        return


_dispatch = MessagePump._dispatch_message


async def _guarded_dispatch(self: MessagePump, message: TextualMessage) -> None:
    """Handle a message; a fault ends the handling, never the loop of the widget that it happened in."""
    try:
        await _dispatch(self, message)
    except Exception as fault:
        app = self.app
        if not isinstance(app, GatedApp) or isinstance(message, events.Compose | events.Mount):
            raise
        app.report_fault(fault)


def guard_handlers() -> None:
    """From now on no exception in a handler or action stops a widget of a GatedApp. Repeating it changes nothing."""
    if MessagePump._dispatch_message is not _guarded_dispatch:
        MessagePump._dispatch_message = _guarded_dispatch  # type: ignore[method-assign]


def screen_text(app: App[Any]) -> str:
    """What stands on the screen, as text, one line a row: for golden files, and for the clerk who asks for help."""
    lines = (
        ["".join(segment.text for segment in strip) for strip in layer._compositor.render_strips()]
        for layer in app.screen_stack[-1:]
    )
    return "\n".join(line.rstrip() for shown in lines for line in shown)
