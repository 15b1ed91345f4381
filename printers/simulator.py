"""A thermal printer that is not there: it listens on TCP, prints on paper that can be read, and fails on command.

It does what printing-facts 5 and 6 saw real ones do: answers status at once and `GS r` in its turn, keeps what it got
while the paper is out and prints it after refilling, even when the sender has long gone. For demonstrations and tests.
"""

from __future__ import annotations

import threading
from collections import deque
from collections.abc import Callable
from typing import Self

from printers.decoder import Action, Decoder, RealTime
from printers.listener import Listener, Reply
from printers.paper import Paper, PaperLine


class Simulator:
    """A printer with one connection at a time.

    Args:
        host, port: where it listens; port 0 takes any free one, which `port` then tells.
        columns: 32 for 58 mm, 48 for 80 mm.
        cutter: whether it can cut.
        on_line: called from the printer's own thread with each line as it comes out.
    """

    def __init__(
        self,
        host: str = "127.0.0.1",
        port: int = 0,
        columns: int = 48,
        *,
        cutter: bool = True,
        on_line: Callable[[PaperLine], None] | None = None,
    ) -> None:
        self.columns = columns
        self.paper = Paper(columns, cutter)
        self._on_line = on_line
        self._decoder, self._real_time = Decoder(), RealTime()
        self._waiting: deque[tuple[Action, Reply]] = deque()
        self._changed = threading.Condition()
        self._stopping = self._no_paper = self._cover = self._near_end = self._mute = False
        self._speed = self._left = 0
        self._busy = False
        self._listener = Listener(host, port, self.receive)
        self._printing = threading.Thread(target=self._print, name="simulated printer", daemon=True)

    # -- the switch and the wire

    def start(self) -> Self:
        """Power on and listen. OSError if the port is taken."""
        self._listener.open()
        self._printing.start()
        return self

    def stop(self) -> None:
        """Close the wire and end the threads; the paper can still be read."""
        self._listener.close()
        self._set(_stopping=True)
        self._printing.join()

    def __enter__(self) -> Self:
        return self.start()

    def __exit__(self, *_error: object) -> None:
        self.stop()

    @property
    def port(self) -> int:
        """The port that it listens on."""
        return self._listener.port

    @property
    def address(self) -> str:
        """Its address as `printers.devices` takes it."""
        return f"network:{self._listener.host}:{self.port}"

    def receive(self, received: bytes, reply: Reply) -> None:
        """Bytes from the wire; answers go to `reply`. (Another wire than TCP may call it: a serial line in tests.)"""
        with self._changed:
            for ordinary, command in self._real_time.split(received):
                self._waiting.extend((action, reply) for action in self._decoder.feed(ordinary))
                if command:
                    self._at_once(command, reply)
            self._changed.notify_all()

    # -- what a person does to it

    def switch_off(self) -> None:
        """Pull the plug: the connection breaks, what was not printed is gone, nobody can connect."""
        self._listener.close()
        with self._changed:
            self._forget()
            self._real_time = RealTime()
            self._changed.notify_all()

    def switch_on(self) -> None:
        """Plug in again, on the same port."""
        self._listener.open()

    def paper_out(self, after: int = 0) -> None:
        """The roll ends: now, or after so many lines more."""
        self._set(_left=after, _no_paper=not after)

    def refill(self) -> None:
        """A new roll; what was kept is printed."""
        self._set(_no_paper=False, _near_end=False, _left=0)

    def near_end(self, near: bool = True) -> None:
        """The roll is nearly used up; it still prints."""
        self._set(_near_end=near)

    def cover(self, is_open: bool = True) -> None:
        """Open or close the cover; with the cover open nothing is printed."""
        self._set(_cover=is_open)

    def slow(self, bytes_per_second: int = 0) -> None:
        """Print no faster than this; 0 is as fast as it goes."""
        self._set(_speed=bytes_per_second)

    def mute(self, silent: bool = True) -> None:
        """Never answer anything, as cheap printers do; it still prints."""
        self._set(_mute=silent)

    # -- what came of it

    @property
    def online(self) -> bool:
        """Whether it would print now."""
        return not (self._no_paper or self._cover)

    @property
    def receipts(self) -> tuple[tuple[PaperLine, ...], ...]:
        """The sheets that were cut off so far."""
        with self._changed:
            return self.paper.receipts

    @property
    def lines(self) -> tuple[PaperLine, ...]:
        """Everything that is on the paper so far."""
        with self._changed:
            return tuple(self.paper.lines)

    def wait_for(self, condition: Callable[[Paper], bool], timeout: float = 10) -> bool:
        """Wait until the paper is as the condition says; whether it came so far within the seconds."""
        with self._changed:
            return self._changed.wait_for(lambda: condition(self.paper), timeout)

    def wait_idle(self, timeout: float = 10) -> bool:
        """Wait until everything received is printed; whether that was so within the seconds."""
        with self._changed:
            return self._changed.wait_for(lambda: not self._waiting and not self._busy, timeout)

    # -- the inside

    def _set(self, **state: bool | int) -> None:
        with self._changed:
            for name, value in state.items():
                setattr(self, name, value)
            self._changed.notify_all()

    def _at_once(self, command: bytes, reply: Reply) -> None:
        if command[1] == 0x14:
            self.paper.open_drawer()
        elif command[1] == 0x05 and command[2] == 2:
            self._forget()
        elif command[1] == 0x04 and not self._mute:
            reply(bytes([0x12 | self._status(command[2])]))

    def _forget(self) -> None:
        self._waiting.clear()
        self._decoder.clear()
        self.paper.reset()

    def _status(self, which: int) -> int:
        if which == 1:
            return 0 if self.online else 0x08
        if which == 2:
            return 0x04 * self._cover | 0x20 * self._no_paper
        if which == 4:
            return 0x0C * (self._near_end or self._no_paper) | 0x60 * self._no_paper
        return 0

    def _print(self) -> None:
        """The printer's own thread: one action after the other, while it can print."""
        while True:
            with self._changed:
                self._changed.wait_for(lambda: self._stopping or (bool(self._waiting) and self.online))
                if self._stopping:
                    return
                if self._speed:
                    self._changed.wait_for(lambda: self._stopping, self._waiting[0][0].length / self._speed)
                    if not self._waiting or not self.online:
                        continue  # switched off, or out of paper, meanwhile
                self._busy = True
                new = self._carry_out(*self._waiting.popleft())
            for line in new:
                if self._on_line:
                    self._on_line(line)
            with self._changed:
                self._busy = False
                self._changed.notify_all()

    def _carry_out(self, action: Action, reply: Reply) -> list[PaperLine]:
        before = len(self.paper.lines)
        if action.name == "ask":
            if not self._mute:
                reply(bytes([0x03 * self._near_end if action.data in (b"\x01", b"1") else 0x00]))
        else:
            self.paper.do(action)
        new = self.paper.lines[before:]
        if self._left and new:
            self._left = max(0, self._left - len(new))
            self._no_paper = not self._left
        return new
