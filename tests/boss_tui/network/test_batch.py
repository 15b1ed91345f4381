"""Batch files: their form, that they come again byte for byte, that no crash or hand leaves a wrong one unnoticed."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from boss_tui.network.batch import Batch, BatchEntry, as_bytes, read_batch, write_batch
from boss_tui.network.textfile import BadFile, NotComplete
from data.errors import Conflict, NotAllowed, Outside

BATCH = Batch(
    "HLR-1",
    "0571-01",
    1,
    42,
    "2026-11-23T01:00:00.000001Z",
    "huawei",
    (
        BatchEntry("0571-01/1/17/1", 'MOD ISDN: ISDN="8613900000001", NEWISDN="8613900000002";'),
        BatchEntry("0571-01/1/18/1", 'ERA CFU: ISDN="8613900000003";'),
    ),
)

GOLDEN = """BOSS-BATCH 1
element: HLR-1
outlet: 0571-01
epoch: 1
sequence: 42
created: 2026-11-23T01:00:00.000001Z
dialect: huawei
count: 2

0571-01/1/17/1\tMOD ISDN: ISDN="8613900000001", NEWISDN="8613900000002";
0571-01/1/18/1\tERA CFU: ISDN="8613900000003";
END 2 sha256:"""


def test_the_form_is_fixed(tmp_path: Path) -> None:
    content = write_batch(tmp_path, BATCH).read_bytes()
    assert content.decode().startswith(GOLDEN)
    assert len(content) == len(GOLDEN) + 64 + 1
    assert os.listdir(tmp_path) == ["HLR-1_0571-01_0001_00000042.batch"]


def test_written_again_it_is_the_same_and_nothing_changes(tmp_path: Path) -> None:
    before = write_batch(tmp_path, BATCH)
    assert write_batch(tmp_path, BATCH) == before
    with pytest.raises(Conflict):
        write_batch(tmp_path, replace(BATCH, created="2026-11-23T01:00:00.000002Z"))
    assert read_batch(before) == BATCH


LINES = st.text(
    st.characters(codec="utf-8", exclude_categories=["Cc", "Cs"], exclude_characters="\u2028\u2029"), min_size=1
)
KEYS = st.from_regex(r"[A-Za-z0-9][A-Za-z0-9./:-]{0,20}", fullmatch=True)


@given(st.dictionaries(KEYS, LINES, max_size=8), st.integers(0, 999999999), st.integers(0, 999999))
def test_a_batch_reads_as_it_was_written(lines: dict[str, str], sequence: int, epoch: int) -> None:
    entries = tuple(BatchEntry(key, text) for key, text in lines.items())
    batch = replace(BATCH, entries=entries, sequence=sequence, epoch=epoch)
    assert read_batch(as_bytes(batch)) == batch
    assert as_bytes(read_batch(as_bytes(batch))) == as_bytes(batch)


@pytest.mark.parametrize(
    "change",
    [
        {"element": "HLR_1"},
        {"outlet": "a\nb"},
        {"created": "today"},
        {"dialect": "../x"},
        {"sequence": -1},
        {"entries": (BatchEntry("k", "two\nlines"),)},
        {"entries": (BatchEntry("k k", "x"),)},
        {"entries": (BatchEntry("k", ""),)},
        {"entries": (BatchEntry("k", "x"), BatchEntry("k", "y"))},
        {"entries": (BatchEntry("k", "\ud800"),)},
    ],
)
def test_what_would_not_be_read_back_is_not_written(change: dict[str, Any]) -> None:
    with pytest.raises(NotAllowed):
        as_bytes(replace(BATCH, **change))


def test_a_file_cut_anywhere_is_not_complete() -> None:
    whole = as_bytes(BATCH)
    for length in range(len(whole)):
        with pytest.raises(NotComplete):
            read_batch(whole[:length])


def test_every_changed_byte_is_noticed() -> None:
    whole = as_bytes(BATCH)
    for at in range(len(whole)):
        for other in (whole[at] ^ 1, 0x0A, 0xFF):
            if other != whole[at]:
                with pytest.raises((BadFile, NotComplete)):
                    read_batch(whole[:at] + bytes([other]) + whole[at + 1 :])


def sealed_again(old: str, new: str) -> bytes:
    """The golden file with one thing changed by someone who can count and hash."""
    from boss_tui.network.textfile import sealed

    lines = as_bytes(BATCH).decode().replace(old, new).split("\n")[:-2]
    return sealed(lines, 2)


@pytest.mark.parametrize(
    ("old", "new", "line"),
    [
        ("BOSS-BATCH 1", "BOSS-BATCH 2", 1),
        ("outlet: 0571-01", "outlets: 0571-01", 3),
        ("epoch: 1", "epoch: one", 4),
        ("count: 2", "count: 3", 8),
        ("count: 2\n\n", "count: 2\nx\n", 9),
        ("17/1\tMOD", "17/1 MOD", 10),
        ("18/1", "17/1", 11),
        ("\tERA CFU", "\tERA\tCFU", 11),
    ],
)
def test_a_wrong_line_is_named(old: str, new: str, line: int) -> None:
    with pytest.raises(BadFile) as wrong:
        read_batch(sealed_again(old, new))
    assert wrong.value.line == line


def test_what_stands_after_the_trailer_is_noticed() -> None:
    with pytest.raises(BadFile) as wrong:
        read_batch(as_bytes(BATCH) + b"0571-01/1/19/1\tRMV SUB;\n")
    assert wrong.value.line == 13


class Killed(BaseException):
    """The process ended here."""


STEPS = ["open", "write", "fsync", "close", "replace"]


def _crash_at(monkeypatch: pytest.MonkeyPatch, step: str, nth: int) -> None:
    real: Callable[..., Any] = getattr(os, step)
    calls = 0

    def crashing(*args: Any, **kwargs: Any) -> Any:
        nonlocal calls
        calls += 1
        if calls < nth:
            return real(*args, **kwargs)
        if step == "write":
            real(args[0], bytes(args[1])[: len(args[1]) // 2])  # half of it arrived
        raise Killed

    monkeypatch.setattr(os, step, crashing)


@pytest.mark.parametrize(
    ("step", "nth"),
    [(step, nth) for step in STEPS for nth in (1, 2) if (step, nth) not in {("write", 2), ("replace", 2)}],
)
def test_a_crash_leaves_the_file_absent_or_whole(tmp_path: Path, step: str, nth: int) -> None:
    with pytest.MonkeyPatch.context() as patch:
        _crash_at(patch, step, nth)
        with pytest.raises(Killed):
            write_batch(tmp_path, BATCH)
    target = tmp_path / BATCH.name
    assert not target.exists() or target.read_bytes() == as_bytes(BATCH)
    assert [name for name in os.listdir(tmp_path) if not name.startswith(".") and name != BATCH.name] == []
    assert write_batch(tmp_path, BATCH).read_bytes() == as_bytes(BATCH)


KILL = """
import os, sys
from pathlib import Path
step = sys.argv[1]
setattr(os, step, lambda *a, **k: os._exit(9))
from tests.boss_tui.network.test_batch import BATCH
from boss_tui.network.batch import write_batch
write_batch(Path(sys.argv[2]), BATCH)
"""


@pytest.mark.kills
@pytest.mark.parametrize("step", ["write", "fsync", "replace"])
def test_a_killed_process_leaves_the_file_absent(tmp_path: Path, step: str) -> None:
    ended = subprocess.run([sys.executable, "-c", KILL, step, str(tmp_path)], check=False, cwd=Path.cwd())
    assert ended.returncode == 9
    assert not (tmp_path / BATCH.name).exists()
    assert read_batch(write_batch(tmp_path, BATCH)) == BATCH


def test_a_folder_that_is_not_there_is_said(tmp_path: Path) -> None:
    with pytest.raises(Outside):
        write_batch(tmp_path / "none", BATCH)
