"""All touches of Textual's private parts but the device (`screens.driver`): the application whose keys pass the gate,
the guard around handlers, the quick input, what Textual itself gets wrong.

What Textual's types don't say of those parts is ignored here. Everything is checked against the one version of Textual
that the distribution pins.
"""

from __future__ import annotations

import asyncio
import sys
from collections.abc import Callable, Iterable, Iterator
from functools import cache
from typing import Any, ClassVar

from rich.segment import Segment
from rich.style import Style
from textual import constants, events
from textual._context import visible_screen_stack
from textual._styles_cache import StylesCache
from textual.app import App
from textual.await_complete import AwaitComplete
from textual.dom import DOMNode
from textual.driver import Driver
from textual.geometry import Size
from textual.message import Message as TextualMessage
from textual.message_pump import MessagePump
from textual.messages import InvokeLater
from textual.reactive import Reactive
from textual.screen import Screen
from textual.strip import Strip
from textual.timer import Timer
from textual.widgets import Input
from textual.widgets.input import Selection

from data.characters import assigned, is_visible
from data.message import Message
from screens.gate import Gate
from screens.line_ends import LineEnds

_UNDERLINED = Style(underline=True)
_REVERSED = Style(reverse=True)
_ROUNDS = 12
_WAIT = 2.0


GIVEN_UP = ("ctrl+e", "ctrl+f", "ctrl+k")
"""Keys of Textual's Input that are actions of ours (`screens.actions`): End and Ctrl+Delete do the same."""


class FastInput(Input, inherit_css=False):
    """An Input whose every key does not lay out the whole screen again (terminal facts 3.4), and that draws itself.

    `virtual_size`, a reactive with layout, here only scrolls. It has no component classes, a third of the cost of
    opening a form, no placeholder, and a cursor that does not blink: repaints drag input methods along."""

    DEFAULT_CSS = """
    FastInput { width: 1fr; height: 1; scrollbar-size: 0 0; background: $field; color: $foreground; pointer: text; }
    FastInput:focus { background: $field-on; text-style: bold; }
    """

    COMPONENT_CLASSES: ClassVar[set[str]] = set()
    virtual_size = Reactive(Size(0, 0), layout=False)

    def __init__(self, *, id: str | None = None, classes: str | None = None, password: bool = False) -> None:  # noqa: A002 (Textual's)
        super().__init__(id=id, classes=classes, password=password, validate_on=(), select_on_focus=False)
        self.cursor_blink = False
        for key in GIVEN_UP:
            self._bindings.key_to_bindings.pop(key, None)

    def select_all(self) -> None:
        """All of it, with its beginning in view: the cursor is where it is read from."""
        self.selection = Selection(len(self.value), 0)

    def _on_focus(self, event: events.Focus) -> None:
        """The next key types over all of it."""
        if not event.from_app_focus:
            self.select_all()

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


def pasted(text: str) -> str:
    """What a paste leaves in a field of one line: no line ends at its ends, blanks within, nothing that can't be seen.
    A character that nobody knows stays: the field's rule names it."""
    line = " ".join(part.strip() for part in text.splitlines() if part.strip())
    return "".join(c for c in assigned(line) if is_visible(c))


class GatedApp(App[None]):
    """An App whose keys pass the gate, and that ends when its terminal is gone.

    `terminal_encoding`: as the settings name it; empty: as the locale has it.
    `tidy`: takes away what closed screens leave; called after one was closed, as soon as nobody types.
    """

    terminal_encoding = ""
    tidy: Callable[[], object] | None = None

    def __init__(self, *args: Any, **keywords: Any) -> None:
        super().__init__(*args, **keywords)
        self.gate = Gate()
        self._router: asyncio.Task[None] | None = None
        self._line_ends: LineEnds | None = None
        self._tidying: Timer | None = None

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
            behind = events.Event().time - key.time
            if self.gate.take(_tidied(key), behind) and (self._router is None or self._router.done()):
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
            await _flushed(*_way_up(self))
            await self.gate.quiet()
            if self.screen is not before[1]:
                await refreshed(self.screen)
            if before == (self.focused, self.screen) and self.gate.passes:
                return

    def pop_screen(self) -> AwaitComplete:
        """Close the screen on top."""
        self._tidy_when_calm()
        return super().pop_screen()

    def _tidy_when_calm(self) -> None:
        if self.tidy is None:
            return
        if self._tidying is not None:
            self._tidying.stop()
        self._tidying = self.set_timer(self.gate.burst_pause, self._tidy_if_calm)

    def _tidy_if_calm(self) -> None:
        if self.tidy is None or not self.gate.calm:
            self._tidy_when_calm()
        else:
            self.tidy()

    async def painted(self) -> None:
        """Wait until what is shown is what there is to show."""
        for _ in range(3):  # what is painted may ask for another layout: a scrollbar, a line more
            await refreshed(self.screen)

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


class _Reached(TextualMessage, bubble=False):
    """A mark in the queue of a node: once all before it has been handled, it goes on to the next one of its `way`;
    `done` is set at the end of that."""

    def __init__(self, way: Iterator[MessagePump], done: asyncio.Future[None]) -> None:
        super().__init__()
        self._way, self._done = way, done

    def go_on(self) -> None:
        """Into the queue of the next node that takes it."""
        for node in self._way:
            if node.is_running and not node._closing and node.post_message(self):
                return
        self._done.set_result(None)


async def _flushed(*nodes: MessagePump) -> None:
    """Wait until each node in turn has handled everything that was in its queue. One mark goes from node to node: to
    come back here between them would take a tenth of the time of a key."""
    way = iter(nodes)
    while True:
        done = asyncio.get_running_loop().create_future()
        _Reached(way, done).go_on()
        if await _within(done):
            return


async def refreshed(node: MessagePump) -> None:
    """Wait until a screen has been laid out and painted."""
    done = asyncio.get_running_loop().create_future()

    def reach() -> None:  # a function: to find out what a built-in method takes costs Textual as much as a key
        done.set_result(None)

    if node.is_running and node.post_message(InvokeLater(reach)):  # `call_after_refresh`
        await _within(done)


async def _within(done: asyncio.Future[None]) -> bool:
    """Wait, but not for ever: a node may close with its queue unread. Whether it was done."""
    await asyncio.wait({done}, timeout=_WAIT)
    return done.done()


_dispatch = MessagePump._dispatch_message


async def _guarded_dispatch(self: MessagePump, message: TextualMessage) -> None:
    """Handle a message; a fault ends the handling, never the loop of the widget that it happened in."""
    if isinstance(message, _Reached):
        message.go_on()
        return
    try:
        await _dispatch(self, message)
    except Exception as fault:
        app = self.app
        if not isinstance(app, GatedApp) or isinstance(message, events.Compose | events.Mount):
            raise
        app.report_fault(fault)


_Handlers = Iterable[tuple[type, Any]]
_search = MessagePump._get_dispatch_methods


def _handlers(self: MessagePump, name: str, message: TextualMessage) -> _Handlers:
    """The handlers of a message, each with the class that has it, until one says that the rest is not to follow."""
    found = _found(type(self), name, type(message))  # type: ignore[arg-type]
    if found is None:
        yield from _search(self, name, message)
        return
    for owner, handler in found:
        if message._no_default_action:
            return
        yield owner, handler.__get__(self, owner)


@cache
def _found(node: type, name: str, message: type) -> list[tuple[type, Any]] | None:
    """The same for all nodes and messages of a class; None where the decorator `on` chooses by what a message holds."""
    if any(issubclass(message, kind) for owner in node.__mro__ for kind in vars(owner).get("_decorated_handlers", ())):
        return None
    named = [(owner, vars(owner).get(f"_{name}") or vars(owner).get(name)) for owner in node.__mro__]
    return [(owner, handler) for owner, handler in named if handler and not hasattr(handler, "_textual_on")]


def search_handlers_once() -> None:
    """From now on the handlers of a message are not searched through all classes of a node for each one: a tenth of
    the time that a key takes. Repeating it changes nothing."""
    MessagePump._get_dispatch_methods = _handlers  # type: ignore[assignment, method-assign]


_bubble = TextualMessage._bubble_to


def _bubble_past(self: TextualMessage, widget: MessagePump) -> None:
    """Bubble to the next node that does something with the message. An event may mean something to any."""
    node: MessagePump | None = widget
    while node is not None and not isinstance(self, events.Event):
        if _found(type(node), self.handler_name, type(self)) != []:  # type: ignore[arg-type]
            break
        parent = None if self._stop_propagation else node._parent
        if parent is not None and self._sender is parent:
            self.stop()
        node = parent
    if node is not None:
        _bubble(self, node)


def bubble_past_the_idle() -> None:
    """From now on a message goes up past the nodes that do nothing with it: that a field has changed, at each key,
    through five of them. A sixth of the time that a key takes. Repeating it changes nothing."""
    TextualMessage._bubble_to = _bubble_past  # type: ignore[method-assign]


def guard_handlers() -> None:
    """From now on no exception in a handler or action stops a widget of a GatedApp. Repeating it changes nothing."""
    if MessagePump._dispatch_message is not _guarded_dispatch:
        MessagePump._dispatch_message = _guarded_dispatch  # type: ignore[method-assign]


def let_go_of_closed() -> None:
    """From now on a widget that is closed leaves nothing of itself behind. Repeating it changes nothing.

    Textual keeps two colours per widget where it means to keep them per class, and with them all that the widget has
    painted, of up to a thousand that are closed: 25 MB after 40 forms (Textualize/textual issue 6665).
    """
    kept: Any = vars(StylesCache)["get_inner_outer"]
    if not isinstance(kept, classmethod):
        StylesCache.get_inner_outer = classmethod(kept)  # type: ignore[assignment, method-assign]


_resume, _resize = Screen._on_screen_resume, Screen._screen_resized


def _resume_styled(self: Screen[Any], event: events.ScreenResume) -> None:
    """A screen that comes up for the first time has its styles: each part got them as it was mounted."""
    event.refresh_styles = event.refresh_styles and bool(self._compositor.size)
    _resume(self, event)


def _resize_once(self: Screen[Any], size: Size) -> None:
    """A screen that was laid out is told its own size, as each part of it is: it has it already, and so has what is
    below it."""
    if self._compositor.size != size:
        _resize(self, size)


def open_screens_once() -> None:
    """From now on a screen that is opened is styled and fitted to the terminal once, not twice, and the one below it is
    not laid out with it: a tenth of the time that it takes. Repeating it changes nothing."""
    Screen._on_screen_resume = _resume_styled  # type: ignore[method-assign]
    Screen._screen_resized = _resize_once  # type: ignore[method-assign]


def screen_text(app: App[Any]) -> str:
    """What stands on the screen, as text, one line a row: for golden files, and for the clerk who asks for help."""
    visible_screen_stack.set(app._background_screens)  # as a painter does: else what is behind a box may be blank
    strips = app.screen._compositor.render_strips()
    return "\n".join("".join(segment.text for segment in strip).rstrip() for strip in strips)
