"""Files that are there whole or not at all: temporary name in the same folder, fsync, rename, fsync of the folder.

Not for files that grow. What is published is never changed: the same name with other bytes is refused.
"""

from __future__ import annotations

import os
from pathlib import Path

from data.errors import Conflict, Outside
from data.message import say


def write_atomically(folder: Path, name: str, content: bytes) -> Path:
    """Publish a file. Doing it again with the same bytes changes nothing.

    Conflict: the name is taken by other bytes. Outside: the folder can't be written. A crash at any point leaves the
    file absent or whole; a hidden `.part` file may stay behind, which every reader passes over.
    """
    target = folder / name
    try:
        if _published(target, content):
            _sync_folder(folder)  # the crash may have come between the rename and this
            return target
        part = folder / f".{name}.{os.getpid()}.part"
        _write(part, content)
        os.replace(part, target)
        _sync_folder(folder)
    except OSError as fault:
        raise Outside(say("The file {name} could not be written: {fault}", name=name, fault=str(fault))) from fault
    return target


def replace_atomically(folder: Path, name: str, content: bytes) -> None:
    """A file of our own (0600), in place of one that may be there. Outside: the folder can't be written."""
    try:
        folder.mkdir(mode=0o700, exist_ok=True)
        part = folder / f".{name}.{os.getpid()}.part"
        _write(part, content)
        os.replace(part, folder / name)
        _sync_folder(folder)
    except OSError as fault:
        raise Outside(say("The file {name} could not be written: {fault}", name=name, fault=str(fault))) from fault


def _published(target: Path, content: bytes) -> bool:
    try:
        there = target.read_bytes()
    except FileNotFoundError:
        return False
    if there != content:
        raise Conflict(say("A file {name} with another content is already there.", name=target.name))
    return True


def _write(part: Path, content: bytes) -> None:
    handle = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    try:
        view = memoryview(content)
        while view:
            view = view[os.write(handle, view) :]
        os.fsync(handle)
    finally:
        os.close(handle)


def _sync_folder(folder: Path) -> None:
    if os.name == "nt":  # a folder can't be opened there; NTFS journals the rename itself
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
