"""Where a home folder is, and what its settings say that must be known before all is loaded. Nothing heavy here."""

from __future__ import annotations

import fcntl
import json
import os
import shutil
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Any

from data.errors import Outside
from data.message import say

FILE = "settings.toml"


def home_folder(chosen: Path | str | None = None) -> Path:
    """The home folder: as chosen (`--home`), as BOSS_HOME says, or `.boss` in the user's own."""
    return Path(chosen or os.environ.get("BOSS_HOME") or Path.home() / ".boss").expanduser().resolve()


def written_setting(folder: Path, name: str) -> str:
    """One value of the settings, as it is written; empty when it is not there. What is wrong with the file is said by
    whoever reads it whole (`boss_tui.home.settings`)."""
    try:
        text = (folder / FILE).read_text(encoding="utf-8")
        if name not in text:
            return ""
        import tomllib

        return str(tomllib.loads(text).get(name, ""))
    except (OSError, ValueError):
        return ""


UNFINISHED = "unfinished.json"
"""Stands in a home while it is made, locked: who makes it, and what stood in the folder before."""


def is_made(folder: Path) -> bool:
    """Whether there is a home in a folder, and not what a killed program left of one."""
    return (folder / FILE).exists() and not is_unfinished(folder)


def is_unfinished(folder: Path) -> bool:
    """Whether the making of a home was broken off here, or another program is at it."""
    return (folder / UNFINISHED).exists() and _told(folder).get("program") != os.getpid()


@contextmanager
def in_the_making(folder: Path) -> Iterator[None]:
    """Make a home: whole, or not at all. What a killed program left of one goes first, and if this one is killed, the
    next one begins anew. What stood in the folder before stays. Outside: another program is making it."""
    marker = folder / UNFINISHED
    if marker.exists() and not is_unfinished(folder):  # a part of a making of ours
        yield
        return
    existed = folder.exists()
    folder.mkdir(parents=True, mode=0o700, exist_ok=True)
    with marker.open("a", encoding="utf-8") as file:
        _claim(folder, file)
        before = _told(folder).get("before")
        if before is None:  # nobody was at it before
            before = sorted(path.name for path in folder.iterdir() if path != marker)
        _clear(folder, before)
        file.truncate(0)
        file.write(json.dumps({"program": os.getpid(), "before": before}))
        file.flush()
        try:
            yield
        except BaseException:
            _clear(folder, before)
            marker.unlink()
            if not existed:
                folder.rmdir()
            raise
        marker.unlink()


def _told(folder: Path) -> dict[str, Any]:
    """What the marker says; nothing where there is none, or its writing was broken off: then nothing was made yet."""
    try:
        told: dict[str, Any] = json.loads((folder / UNFINISHED).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return told


def _claim(folder: Path, file: IO[str]) -> None:
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError as fault:
        raise Outside(say("Another program is making the home in {folder}.", folder=str(folder))) from fault


def _clear(folder: Path, before: Collection[str]) -> None:
    """Take away what a making has put into a folder."""
    for path in folder.iterdir():
        if path.name in before or path.name == UNFINISHED:
            continue
        if path.is_dir() and not path.is_symlink():
            shutil.rmtree(path)
        else:
            path.unlink(missing_ok=True)
