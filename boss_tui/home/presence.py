"""Whose desk of a counter is open: one at a time, and it says where and since when.

A file of the home for each counter, locked by the process whose desk it is. The lock ends with the process, however
that ends; what stands in a file that nobody has locked was left by a desk that did not end in order.
"""

from __future__ import annotations

import fcntl
import getpass
import json
import os
import signal
import socket
import time
from pathlib import Path
from typing import IO
from urllib.parse import quote

from msgspec import Struct
from msgspec.structs import asdict, replace

from data.clock import Clock, on_the_wall, stamp
from data.errors import NotAllowed, Outside
from data.message import Message, say

FOLDER = "desks"
WAIT = 30.0
"""Seconds that another desk may take to end in order, before it is said that it does not."""
_LOOK = 0.1


class Holder(Struct, frozen=True):
    """Who has, or had, the desk of a counter open.

    since: when it was opened (UTC stamp). operator: who is signed on; empty: nobody.
    """

    counter: str
    process: int
    host: str
    user: str
    terminal: str
    since: str
    operator: str = ""

    def in_words(self) -> Message:
        """In words: since when, where, who."""
        where = say(
            "{since}, {user}@{host}, terminal {terminal}, process {process}",
            since=on_the_wall(self.since),
            user=self.user,
            host=self.host,
            terminal=self.terminal or "?",
            process=self.process,
        )
        return say("{where}, signed on: {operator}", where=where, operator=self.operator) if self.operator else where


class Occupied(NotAllowed):
    """Another desk of this counter is open. `end` ends it, where that can be done from here."""

    def __init__(self, holder: Holder, path: Path) -> None:
        super().__init__(
            say(
                "Another desk of counter {counter} is open since {holder}.",
                counter=holder.counter,
                holder=holder.in_words(),
            )
        )
        self.holder, self._path = holder, path

    @property
    def here(self) -> bool:
        """Whether it runs on this machine, so that it can be told to end."""
        return self.holder.host == socket.gethostname() and self.holder.process > 0

    def end(self) -> None:
        """Tell that desk to end in order, and wait until it has. NotAllowed when it does not."""
        try:
            os.kill(self.holder.process, signal.SIGTERM)
        except ProcessLookupError:
            pass
        except PermissionError as fault:
            raise NotAllowed(
                say(
                    "That desk is another user's: {user} or an administrator ends process {process}.",
                    user=self.holder.user,
                    process=self.holder.process,
                )
            ) from fault
        until = time.monotonic() + WAIT
        while _locked(self._path):
            if time.monotonic() >= until:
                raise NotAllowed(
                    say("That desk does not end. Somebody who may ends process {process}.", process=self.holder.process)
                )
            time.sleep(_LOOK)


class Presence:
    """The desk of one counter, from `take` to `leave`."""

    def __init__(self, folder: Path, counter: str, clock: Clock) -> None:
        self._path = folder / FOLDER / f"{quote(counter, safe='')}.json"
        self._counter, self._clock = counter, clock
        self._file: IO[str] | None = None
        self._holder: Holder | None = None

    def take(self) -> Holder | None:
        """Have it from now on; answers who left it without ending in order. Occupied while another process has it."""
        try:
            self._path.parent.mkdir(mode=0o700, exist_ok=True)
            descriptor = os.open(self._path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
        except OSError as fault:
            raise Outside(say("{path} can't be written: {fault}", path=str(self._path), fault=str(fault))) from fault
        file = os.fdopen(descriptor, "r+", encoding="utf-8")
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            with file:
                raise Occupied(_read(file) or _unknown(self._counter), self._path) from None
        self._file = file
        left = _read(file)
        self._write(
            Holder(self._counter, os.getpid(), socket.gethostname(), _user(), _terminal(), stamp(self._clock.now()))
        )
        return left

    def signed_on(self, operator: str) -> None:
        """Who is signed on now; empty: nobody."""
        if self._holder is not None and self._holder.operator != operator:
            self._write(replace(self._holder, operator=operator))

    def leave(self) -> None:
        """Ended in order."""
        if self._file is None:
            return
        self._write(None)
        self._file.close()
        self._file = None

    def _write(self, holder: Holder | None) -> None:
        assert self._file is not None
        self._holder = holder
        self._file.seek(0)
        self._file.truncate()
        if holder is not None:
            json.dump(asdict(holder), self._file, ensure_ascii=False)
        self._file.flush()


def _locked(path: Path) -> bool:
    with path.open("r+", encoding="utf-8") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return True
        return False


def _read(file: IO[str]) -> Holder | None:
    """What stands in the file; nothing in one that is empty, or was torn while it was written."""
    file.seek(0)
    try:
        return Holder(**json.load(file))
    except (ValueError, TypeError):
        return None


def _unknown(counter: str) -> Holder:
    return Holder(counter, 0, "?", "?", "?", "")


def _user() -> str:
    try:
        return getpass.getuser()
    except (OSError, KeyError):  # no name for this user's number
        return str(os.getuid())


def _terminal() -> str:
    try:
        return os.ttyname(0)
    except OSError:
        return ""
