"""A gateway: the place where batch files are handed over and response files are fetched (design 7).

Below it stand four folders, the same for every kind of place, seen from our side:

    outbox/   batch files for the element        outbox/taken/     those that the element took
    inbox/    response files for us              inbox/archive/    those that we took

Not the reading of files, and no decision: a gateway only carries bytes.
"""

from __future__ import annotations

import re
from abc import ABC, abstractmethod
from pathlib import Path

from boss_tui.network.batch import SUFFIX as BATCH
from boss_tui.network.replies import SUFFIX as ANSWERS
from data.atomic import write_atomically
from data.errors import Conflict, Damaged, Outside, reason_of
from data.message import say

OUTBOX, TAKEN, INBOX, ARCHIVE = "outbox", "outbox/taken", "inbox", "inbox/archive"


FOLDERS = (OUTBOX, TAKEN, INBOX, ARCHIVE)


LARGEST = 256 * 1024 * 1024
"""Bytes; a larger file is no response of an element (100,000 commands are 9 MB, store-and-sync-facts 4.4)."""


_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,160}")


class Gateway(ABC):
    """A place with the four folders. Outside: it can't be reached now; nothing was done, or it may be done again."""

    # what we do with it

    def put(self, name: str, content: bytes) -> None:
        """Hand a batch file over. Again with the same bytes is no change, even after the element took it.
        Conflict: the name stands for other bytes."""
        if not self._there(TAKEN, name, content) and not self._there(OUTBOX, name, content):
            self._write(OUTBOX, name, content)

    def responses(self) -> tuple[str, ...]:
        """Names of the response files that wait, oldest name first."""
        return self._names(INBOX, ANSWERS)

    def fetch(self, name: str) -> bytes:
        """A response file's bytes; it stays where it is until it is archived."""
        return self._read(INBOX, _safe(name))

    def archive(self, name: str) -> None:
        """Put a response file away, once what it says is in the store. Again is no change. Nothing is overwritten: a
        second file of one name is kept under a number."""
        if _safe(name) not in self._list(INBOX):
            return
        target, number = name, 1
        while target in self._list(ARCHIVE):
            number += 1
            target = f"{name}.{number}"
        self._move(INBOX, name, ARCHIVE, target)

    # what the element does with it

    def batches(self) -> tuple[str, ...]:
        """Names of the batch files that wait for the element."""
        return self._names(OUTBOX, BATCH)

    def batch(self, name: str) -> bytes:
        """A waiting batch file's bytes."""
        return self._read(OUTBOX, _safe(name))

    def taken(self, name: str) -> None:
        """Put a batch file away that the element has dealt with; a copy of one put away before goes."""
        self._move(OUTBOX, _safe(name), TAKEN, name)

    def respond(self, name: str, content: bytes) -> None:
        """Hand a response file over; again with the same bytes is no change. Conflict: other bytes."""
        if not self._there(ARCHIVE, name, content) and not self._there(INBOX, name, content):
            self._write(INBOX, name, content)

    # how a kind of place does it

    @abstractmethod
    def _list(self, folder: str) -> frozenset[str]:
        """Names of the files in a folder."""

    @abstractmethod
    def _read(self, folder: str, name: str) -> bytes:
        """A file's bytes. Outside: it is not there; Damaged: it is too large."""

    @abstractmethod
    def _write(self, folder: str, name: str, content: bytes) -> None:
        """A new file, whole or not at all."""

    @abstractmethod
    def _move(self, folder: str, name: str, to: str, new_name: str) -> None:
        """Move a file, over one that may be there."""

    def _names(self, folder: str, suffix: str) -> tuple[str, ...]:
        return tuple(sorted(name for name in self._list(folder) if name.endswith(suffix) and _NAME.fullmatch(name)))

    def _there(self, folder: str, name: str, content: bytes) -> bool:
        if _safe(name) not in self._list(folder):
            return False
        if self._read(folder, name) != content:
            raise Conflict(say("A file {name} with another content is already there.", name=name))
        return True


def _safe(name: str) -> str:
    """The name, if it is a plain file name: a gateway is another's machine and may list anything."""
    if not _NAME.fullmatch(name):
        raise Damaged(say("The gateway names a file {name}, which is not lawful.", name=name))
    return name


def too_large(name: str) -> Damaged:
    """The error for a file above LARGEST."""
    return Damaged(say("The file {name} is too large.", name=name))


class FolderGateway(Gateway):
    """A gateway that is a folder: a mounted share, a stick, or the simulated element's."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def _folder(self, folder: str) -> Path:
        try:
            (self.path / folder).mkdir(parents=True, exist_ok=True)
        except OSError as fault:
            raise self._outside(fault) from fault
        return self.path / folder

    def _outside(self, fault: OSError) -> Outside:
        return Outside(
            say("The gateway folder {path} can't be used: {fault}", path=str(self.path), fault=reason_of(fault))
        )

    def _list(self, folder: str) -> frozenset[str]:
        try:
            return frozenset(one.name for one in self._folder(folder).iterdir() if one.is_file())
        except OSError as fault:
            raise self._outside(fault) from fault

    def _read(self, folder: str, name: str) -> bytes:
        try:
            path = self._folder(folder) / name
            if path.stat().st_size > LARGEST:
                raise too_large(name)
            return path.read_bytes()
        except OSError as fault:
            raise self._outside(fault) from fault

    def _write(self, folder: str, name: str, content: bytes) -> None:
        write_atomically(self._folder(folder), _safe(name), content)

    def _move(self, folder: str, name: str, to: str, new_name: str) -> None:
        try:
            (self._folder(folder) / name).replace(self._folder(to) / new_name)
        except OSError as fault:
            raise self._outside(fault) from fault
