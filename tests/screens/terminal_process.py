"""A process in a real pseudo-terminal, with a screen that can be read: what a terminal would show."""

from __future__ import annotations

import codecs
import contextlib
import fcntl
import os
import pty
import re
import select
import signal
import struct
import sys
import termios
import time
from collections.abc import Callable, Mapping
from types import TracebackType
from typing import Self

import pyte

_KITTY = re.compile(rb"\x1b\[[<>=?][0-9;]*u")
F = {3: b"\x1b[13~", 4: b"\x1b[14~", 5: b"\x1b[15~", 9: b"\x1b[20~", 10: b"\x1b[21~"}


class TerminalProcess:
    """Starts a module of this repository; `send` types bytes, `wait` reads until the screen is as wanted.

    before: what the command line begins with, such as a shell that the program is started from.
    owned: whether the terminal is the program's own, which is hung up when that closes; else it only reads and writes.
    environment: besides what this process has. charset: what the terminal sends and takes.
    """

    def __init__(
        self,
        module: str,
        *arguments: str,
        size: tuple[int, int] = (80, 24),
        term: str = "xterm-256color",
        before: tuple[str, ...] = (),
        owned: bool = True,
        environment: Mapping[str, str] | None = None,
        charset: str = "utf-8",
    ):
        self.screen = pyte.Screen(*size)
        self._stream = pyte.Stream(self.screen)
        self._decoder = codecs.getincrementaldecoder(charset)("replace")
        self.bytes = b""
        self._code: int | None = None
        self._fd, inner = pty.openpty()
        fcntl.ioctl(self._fd, termios.TIOCSWINSZ, struct.pack("HHHH", size[1], size[0], 0, 0))
        self.at_first = self.settings()
        self.pid = os.fork()
        if self.pid == 0:
            os.close(self._fd)
            os.setsid()
            signal.signal(signal.SIGHUP, signal.SIG_DFL)  # whatever runs the tests may have it ignored
            if owned:
                fcntl.ioctl(inner, termios.TIOCSCTTY, 0)
            for standard in range(3):
                os.dup2(inner, standard)
            os.environ.update({"TERM": term, "LANG": "C.UTF-8", "COLUMNS": "", "LINES": "", **(environment or {})})
            command = [*before, sys.executable, "-m", module, *arguments]
            os.execvp(command[0], command)
        os.close(inner)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, fault: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.end()

    def end(self) -> None:
        """Process and terminal end."""
        if self._code is None:
            with contextlib.suppress(ProcessLookupError):
                os.kill(self.pid, signal.SIGKILL)
            os.waitpid(self.pid, 0)
        self.close()

    def close(self) -> None:
        """The terminal goes away."""
        if self._fd >= 0:
            os.close(self._fd)
            self._fd = -1

    def settings(self) -> list[object]:
        """How the terminal takes what is typed: echo, lines (as termios has it)."""
        return termios.tcgetattr(self._fd)

    def ended(self) -> bool:
        """Whether the process has ended."""
        if self._code is None:
            found, status = os.waitpid(self.pid, os.WNOHANG)
            self._code = os.waitstatus_to_exitcode(status) if found else None
        return self._code is not None

    def code(self, seconds: float = 60.0, reading: bool = True) -> int:
        """What it ends with; AssertionError when it does not end. reading: the terminal still takes what is written."""
        end = time.monotonic() + seconds
        while not self.ended():
            assert time.monotonic() < end, f"not ended within {seconds} s:\n{self.text()}"
            if reading and self._fd >= 0:
                self.read(0.02)
            else:
                time.sleep(0.02)
        assert self._code is not None
        return self._code

    def send(self, data: bytes, gap: float = 0.0) -> None:
        """Type bytes: at once, or each key (byte, escape sequence, character) so many seconds after the last."""
        if gap == 0:
            os.write(self._fd, data)
            return
        for key in re.findall(rb"\x1b\[[0-9;]*~|\x1b[OA-Z]?.|[\xc0-\xff][\x80-\xbf]+|.", data, re.DOTALL):
            os.write(self._fd, key)
            self.read(gap)

    def read(self, seconds: float) -> None:
        """Show what arrives within a time."""
        end = time.monotonic() + seconds
        while (left := end - time.monotonic()) > 0:
            if select.select([self._fd], [], [], left)[0]:
                try:
                    data = os.read(self._fd, 65536)
                except OSError:
                    return
                self.bytes += data
                self._stream.feed(self._decoder.decode(_KITTY.sub(b"", data)))

    def wait(self, until: Callable[[], bool], seconds: float = 30.0) -> None:
        """Read until something is so; AssertionError with the screen when it never is."""
        end = time.monotonic() + seconds
        while not until():
            told = f"ended with {self._code}" if self.ended() else "still running"
            assert time.monotonic() < end, f"not within {seconds} s, {told}:\n{self.text()}"
            self.read(0.02)

    def text(self) -> str:
        """What stands on the screen."""
        rows = []
        for y in range(self.screen.lines):
            row = self.screen.buffer[y]
            rows.append("".join(row[x].data for x in range(self.screen.columns)).rstrip())
        return "\n".join(rows)

    def shows(self, text: str) -> bool:
        """Whether a text stands on the screen."""
        return text in self.text()
