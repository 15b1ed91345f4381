"""The terminal as a device: Textual's own driver, with a reader and a writer that notice when nobody is there any more.

Stock Textual ends without a word on a byte that is no UTF-8, spins when its input has ended, and waits for ever for a
terminal that takes nothing. Here each of these, and being hung up or told to stop, becomes one thing: the terminal is
*gone*, the program is told why, once, and ends in order; a program that can't is ended.

With `screens.terminal` this is all that knows Textual's private parts.
"""

from __future__ import annotations

import contextlib
import logging
import os
import queue
import selectors
import signal
import sys
import termios
import threading
import time
import traceback
from collections.abc import Callable, Iterator
from types import FrameType
from typing import TYPE_CHECKING, Any, cast

from textual import events
from textual._xterm_parser import XTermParser
from textual.drivers.linux_driver import LinuxDriver
from textual.message import Message as TextualMessage

from boss_tui.home.encoding import Reader, Unread, terminal_encoding, written
from data.errors import reason_of
from data.message import Message, say

if TYPE_CHECKING:
    from textual.app import App

    from screens.terminal import GatedApp

log = logging.getLogger("boss.terminal")

LOOK = 0.1
"""Seconds between looks at what does not announce itself: an end asked for, a sequence without end, a write that is
stuck."""
HALF = 1.0
"""Seconds that the rest of a character may take: a slow link sends its bytes apart."""
STUCK = 10.0
"""Seconds in which a terminal that is alive takes some of what is written to it, selecting text or not."""
PARTING = 2.0
"""Seconds in which a terminal that may be there still takes the last that is written: its screen is given back, so that
no customer is left on it."""
ORDER = 20.0
"""Seconds that ending in order may take before the program is ended without."""
TAKES_NOTHING = say("the terminal takes nothing any more ({fault})", fault=f"{STUCK:.0f} s")
GONE_CODE = 3
"""What the program ends with: something outside failed. A signal's is 128 and its number, as shells have it."""
_QUEUED = 30
_PIECE = 2048
_SIGNALS = {
    signal.SIGHUP: say("the terminal was closed (hang-up)"),
    signal.SIGTERM: say("the program was told to end (SIGTERM)"),
    signal.SIGINT: say("the program was interrupted (SIGINT)"),
}


class Unreadable(TextualMessage):
    """The terminal sent bytes that are no character in its encoding."""

    def __init__(self, data: bytes, encoding: str) -> None:
        super().__init__()
        self.data, self.encoding = data, encoding


class EndOfInputError(Exception):
    """The terminal will send nothing any more."""


class Writer:
    """Writes to the terminal in a thread. A terminal that takes nothing makes nobody wait once it is `gone`.

    failed: called with what went wrong, in the thread that found it.
    """

    def __init__(
        self,
        descriptor: int,
        encoding: str,
        failed: Callable[[Message], None],
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._descriptor, self._encoding, self._failed, self._clock = descriptor, encoding, failed, clock
        self._queue: queue.Queue[str | None] = queue.Queue(_QUEUED)
        self._gone = threading.Event()
        self._thread = threading.Thread(target=self._run, name="boss-output", daemon=True)
        self.pieces = 0
        """How many pieces have been taken: what does not grow while `writing` is stuck."""
        self.writing = False

    def start(self) -> None:
        """Begin."""
        self._thread.start()

    def write(self, text: str) -> None:
        """Write it in its turn; wait while much is waiting. Nothing when the terminal is gone."""
        self._put(text)

    def give_up(self) -> None:
        """Nobody is there: write nothing any more, and let nobody wait."""
        self._gone.set()

    def stop(self) -> None:
        """Write what waits, and end. What is stuck is left alone: it ends with the program."""
        self._put(None)
        for _ in self._while_it_takes():
            self._thread.join(LOOK)
            if not self._thread.is_alive():
                return

    def _put(self, text: str | None) -> None:
        for _ in self._while_it_takes():
            with contextlib.suppress(queue.Full):
                self._queue.put(text, timeout=LOOK)
                return

    def _while_it_takes(self) -> Iterator[None]:
        """Until the terminal is gone. Who waits for it looks whether it is stuck: at the end nobody else does."""
        stuck = Stuck(self, self._clock)
        while not self._gone.is_set():
            yield
            if stuck.look():
                self.give_up()
                self._failed(TAKES_NOTHING)

    def _run(self) -> None:
        while (text := self._queue.get()) is not None and not self._gone.is_set():
            try:
                self._take(written(text, self._encoding))
            except OSError as fault:
                self._failed(say("the terminal takes nothing any more ({fault})", fault=reason_of(fault)))
                return

    def _take(self, data: bytes) -> None:
        self.writing = True
        while data and not self._gone.is_set():
            data = data[self._piece(data[:_PIECE]) :]
            self.pieces += 1
        self.writing = False

    def _piece(self, data: bytes) -> int:
        try:
            return os.write(self._descriptor, data)
        except BlockingIOError:  # somebody who shares the terminal has set it so
            time.sleep(LOOK)
            return 0


class Stuck:
    """Whether a writer has made no way for long, by the time that this process has really run: it may have slept."""

    def __init__(self, writer: Writer, clock: Callable[[], float]) -> None:
        self._writer, self._clock = writer, clock
        self._seen, self._since, self._last = -1, 0.0, clock()

    def look(self) -> bool:
        """Look now; answers whether it is stuck."""
        now = self._clock()
        ran, self._last = min(now - self._last, 2 * LOOK), now
        if not self._writer.writing or self._writer.pieces != self._seen:
            self._seen, self._since = self._writer.pieces, 0.0
        else:
            self._since += ran
        return self._since >= STUCK


class DeskDriver(LinuxDriver):
    """Textual's driver for a terminal of its own encoding, which may go away."""

    def __init__(self, app: App[Any], **options: Any) -> None:
        super().__init__(app, **options)
        desk = cast("GatedApp", app)
        stream = sys.__stdin__.encoding if sys.__stdin__ is not None else ""
        self.encoding = terminal_encoding(os.environ, desk.terminal_encoding, stream)
        self._writer: Writer | None = None
        self._ended = threading.Event()
        for each in _SIGNALS:
            if signal.getsignal(each) is not signal.SIG_IGN:  # as nohup leaves it
                signal.signal(each, self._on_signal)

    # the end

    def gone(self, why: Message, code: int = GONE_CODE, *, parting: float = 0.0) -> None:
        """Nobody is at the terminal, or nobody should be: from any thread, or a signal's handler; only once.

        `parting`: seconds in which it may still take what is written, where it is perhaps there; said again, it is not.
        """
        if parting == 0.0 or self._ended.is_set():
            self._give_up()
        if self._ended.is_set():
            return
        self._ended.set()
        _after(parting, self._give_up)
        _after(ORDER, _end_without_order)
        with contextlib.suppress(RuntimeError):  # the loop has ended already: so has the program, nearly
            self._loop.call_soon_threadsafe(cast("GatedApp", self._app).terminal_gone, why, code)

    def _give_up(self) -> None:
        if self._writer is not None:
            self._writer.give_up()

    def _on_signal(self, number: int, _: FrameType | None) -> None:
        self.gone(_SIGNALS[signal.Signals(number)], 128 + number, parting=PARTING)

    # out

    def start_application_mode(self) -> None:
        """As Textual does; a terminal that is gone by now is found out."""
        self._writer = Writer(_output(), self.encoding, self.gone)
        if self._ended.is_set():
            self._writer.give_up()
        self._writer.start()
        super().start_application_mode()  # type: ignore[no-untyped-call]  # Textual's
        if self._key_thread is None:
            try:
                termios.tcgetattr(self.fileno)
            except termios.error as fault:
                self.gone(say("the terminal takes nothing any more ({fault})", fault=str(fault.args[-1])))

    def write(self, data: str) -> None:
        """Write to the terminal, if one is there."""
        if self._writer is not None:
            self._writer.write(data)

    def close(self) -> None:
        """End what writes."""
        if self._writer is not None:
            self._writer.stop()
        super().close()

    # in

    def _run_input_thread(self) -> None:
        """Read until the end, and say what it was."""
        try:
            self.run_input_thread()
        except EndOfInputError:
            self.gone(say("the terminal was closed (end of input)"))
        except OSError as fault:
            self.gone(say("the terminal can't be read any more ({fault})", fault=reason_of(fault)))
        except BaseException as fault:
            log.exception("fault while reading the terminal")
            self.gone(say("the terminal can't be read any more ({fault})", fault=repr(fault)), 1)

    def run_input_thread(self) -> None:
        """Read what is typed, and look after what does not announce itself."""
        reader, parser = Reader(self.encoding), XTermParser(self._debug)
        stuck = Stuck(self._writer, time.monotonic) if self._writer is not None else None
        with selectors.SelectSelector() as selector:
            selector.register(self.fileno, selectors.EVENT_READ)
            half = 0.0
            while not self.exit_event.is_set():
                if selector.select(LOOK):
                    half = time.monotonic()
                    self._typed(reader.read(self._read()), parser)
                elif reader.pending and time.monotonic() - half >= HALF:
                    self._typed(reader.give_up(), parser)
                self._found(parser.tick())
                if stuck is not None and stuck.look():
                    self.gone(TAKES_NOTHING)

    def _read(self) -> bytes:
        try:
            data = os.read(self.fileno, 4096)
        except BlockingIOError:  # somebody who shares the terminal has set it so
            time.sleep(LOOK)
            return b""
        if not data:
            raise EndOfInputError
        return data

    def _typed(self, pieces: Any, parser: XTermParser) -> None:
        for piece in pieces:
            if isinstance(piece, Unread):
                self.process_message(Unreadable(piece.data, self.encoding))
            else:
                self._found(parser.feed(piece))

    def _found(self, found: Any) -> None:
        for event in found:
            if not isinstance(event, events.Resize) or self._in_band_window_resize:  # pasted text is no size
                self.process_message(event)


def _output() -> int:
    """The terminal to draw on: where errors go, unless they are kept in a file."""
    streams = [stream for stream in (sys.__stderr__, sys.__stdout__, sys.__stdin__) if stream is not None]
    return next((stream.fileno() for stream in streams if stream.isatty()), 2)


def _after(seconds: float, act: Callable[[], None]) -> None:
    """Do it in a thread after so many seconds, unless the program has ended."""
    timer = threading.Timer(seconds, act)
    timer.daemon = True
    timer.start()


def _end_without_order() -> None:
    """The program could not end: say where each thread is, and end it."""
    stacks = ["".join(traceback.format_stack(frame)) for frame in sys._current_frames().values()]
    log.critical("the desk did not end in order within %.0f s; its threads:\n%s", ORDER, "\n".join(stacks))
    logging.shutdown()
    os._exit(GONE_CODE)
