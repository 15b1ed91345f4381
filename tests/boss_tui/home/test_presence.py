"""Whose desk of a counter is open: one at a time; what was left is told from what is open."""

from __future__ import annotations

import json
import os
import socket
from pathlib import Path

import pytest

from boss_tui.home.presence import FOLDER, Occupied, Presence
from data.clock import SeededClock
from data.errors import NotAllowed


def presence(folder: Path, counter: str = "HZ0101") -> Presence:
    return Presence(folder, counter, SeededClock())


def test_one_desk_of_a_counter_at_a_time(tmp_path: Path) -> None:
    first = presence(tmp_path)
    assert first.take() is None
    first.signed_on("王芳")
    with pytest.raises(Occupied) as refused:
        presence(tmp_path).take()
    holder = refused.value.holder
    assert (holder.counter, holder.process, holder.operator) == ("HZ0101", os.getpid(), "王芳")
    assert refused.value.here
    assert isinstance(refused.value, NotAllowed)
    for part in ("HZ0101", "2026-11-23 09:00:00", str(os.getpid()), socket.gethostname(), "王芳"):
        assert part in str(refused.value)
    first.leave()
    assert presence(tmp_path).take() is None


@pytest.mark.parametrize("counter", ["HZ0102", "a/../b", "柜台 1", "."])
def test_counters_do_not_stand_in_each_others_way(tmp_path: Path, counter: str) -> None:
    first, other = presence(tmp_path), presence(tmp_path, counter)
    assert (first.take(), other.take()) == (None, None)
    with pytest.raises(Occupied):
        presence(tmp_path, counter).take()
    assert all(path.parent == tmp_path / FOLDER for path in tmp_path.rglob("*.json"))
    first.leave()
    other.leave()


def test_what_was_left_is_told_once(tmp_path: Path) -> None:
    first = presence(tmp_path)
    first.take()
    left = next((tmp_path / FOLDER).iterdir()).read_text()
    first.leave()
    next((tmp_path / FOLDER).iterdir()).write_text(left)  # as a process that was killed leaves it
    second = presence(tmp_path)
    found = second.take()
    assert found is not None
    assert found.process == os.getpid()
    second.leave()
    assert presence(tmp_path).take() is None


@pytest.mark.parametrize("torn", ["", "{", '{"counter": 1}', "null", "[]"])
def test_a_torn_file_hinders_nobody(tmp_path: Path, torn: str) -> None:
    (tmp_path / FOLDER).mkdir()
    path = tmp_path / FOLDER / "HZ0101.json"
    path.write_text(torn)
    desk = presence(tmp_path)
    assert desk.take() is None
    assert json.loads(path.read_text())["process"] == os.getpid()
    path.write_text(torn)
    with pytest.raises(Occupied) as refused:
        presence(tmp_path).take()
    assert not refused.value.here
    desk.leave()


def test_only_its_owner_reads_it(tmp_path: Path) -> None:
    presence(tmp_path).take()
    assert next((tmp_path / FOLDER).iterdir()).stat().st_mode & 0o777 == 0o600
    assert (tmp_path / FOLDER).stat().st_mode & 0o777 == 0o700
