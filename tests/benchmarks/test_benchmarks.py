"""Each benchmark runs, in a setting so small that its figures mean nothing, and the table can be read. Those that start
programs or build large stores are tried each night."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

import pytest

from tests.benchmarks import lists, long_lists, waiting_lists
from tests.benchmarks.__main__ import Bench, Sizes
from tests.benchmarks.grown import GROWN
from tests.benchmarks.table import Row, render
from tests.tiers import nightly

TINY = Sizes(
    customers=30,
    sales=4,
    starts=1,
    opens=1,
    keys=2,
    commands=20,
    tries=4,
    home_customers=8,
    each=1,
    codes=("C1", "C4.2", "C9"),
    small=20,
    day_sales=60,
    prints=200,
    lines=10,
    listed=200,
    imported=20,
    sims=20,
    numbers=300,
)


@pytest.fixture(scope="module")
def bench(tmp_path_factory: pytest.TempPathFactory) -> Bench:
    return Bench(tmp_path_factory.mktemp("bench"), tmp_path_factory.mktemp("cache"), TINY)


@pytest.mark.parametrize(
    ("part", "rows"),
    [
        ("commit", 6),
        ("backup", 1),
        ("asking", 1),
        ("managing", 6),
        ("lists", len(GROWN) * lists.EACH + long_lists.ROWS),
        ("waiting", waiting_lists.ROWS),
        ("stocking", 6),
        *nightly(
            ("start", 15),
            ("cold", 4),
            ("growth", len(TINY.codes)),
            ("ruled", 3),
            ("businesses", len(TINY.codes)),
            ("search", 5),
            ("selling", 1),
            ("verify", 3),
            ("files", 3),
            ("day", 1),
            ("headquarters", 1),
            ("queued", 3),
            ("stream", 2),
        ),
    ],
)
@pytest.mark.pty
def test_each_part_answers_its_rows(bench: Bench, part: str, rows: int) -> None:
    found = bench.parts[part]()
    assert len(found) == rows
    assert all(row.ours > 0 and row.limit for row in found)
    assert len(render(found).splitlines()) == rows + 2


def test_a_large_hall_is_made_once(bench: Bench, tmp_path: Path) -> None:
    from tests.benchmarks.searching import large_hall

    path, customers, seconds = large_hall(tmp_path, 20)
    assert (customers, seconds > 0) == (20, True)
    assert large_hall(tmp_path, 20) == (path, 20, 0.0)
    assert [file.name for file in tmp_path.iterdir()] == [path.name]


def test_the_table_shows_ratio_aim_and_what_is_missed() -> None:
    shown = render([Row("kept", 2.0, 1.0, 2.5), Row("missed 找", 3.0, 1.0, 2.5), Row("of pairs", 3.0, 1.0, ratio=2.9)])
    head, _, kept, missed, pairs = shown.splitlines()
    assert head.split() == ["what", "ours", "limit", "ratio", "aim"]
    assert kept.split() == ["kept", "2", "ms", "1", "ms", "2.00", "×", "≤", "2.5"]
    assert missed.split() == ["missed", "找", "3", "ms", "1", "ms", "3.00", "×", "!", "≤", "2.5"]
    assert pairs.split()[-2:] == ["2.90", "×"]


def test_a_large_hall_is_kept_for_as_long_as_its_tables_are_the_same(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from tests.benchmarks import searching

    monkeypatch.setattr(tempfile, "gettempdir", lambda: str(tmp_path))
    before = searching.cache_folder()
    assert searching.cache_folder() == before
    monkeypatch.setattr(searching, "shape", lambda: "other")
    after = searching.cache_folder()
    assert after != before
    assert before.exists()
    os.utime(before, (0, 0))
    searching.cache_folder()
    assert [folder.name for folder in tmp_path.iterdir()] == [after.name]
