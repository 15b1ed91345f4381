"""A small run of processes that are killed while they take files of stock in; the long one is a command."""

from __future__ import annotations

from pathlib import Path

import pytest

from boss_tui.management.kit import stock, stock_jobs
from tests.engines import Sqlite
from tests.head_office import make_template
from tests.simulation import stock_kills


@pytest.mark.kills
def test_kills_leave_no_page_half_none_twice_none_out(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for module in (stock, stock_jobs):  # as it was, for the tests after this one
        monkeypatch.setattr(module, "PAGE", stock_kills.PAGE)
    url = Sqlite().empty(tmp_path)
    make_template(url)
    files, pieces = stock_kills.run(url, tmp_path, kills=6, seed=7)
    assert pieces == (files + 1) * stock_kills.ROWS
