"""A small month of five people at three counters; the long one is a command (see the module)."""

from __future__ import annotations

from typing import Any

import pytest

from boss_tui.components.finance import finance
from boss_tui.components.ledger.ledger import Leg
from boss_tui.reports import figures
from tests.engines import Copy
from tests.simulation import month
from tests.simulation.any_business import small_hall


@pytest.fixture(scope="module")
def few(tmp_path_factory: pytest.TempPathFactory) -> Copy:
    """A hall with few customers."""
    return small_hall(tmp_path_factory.mktemp("few"))


def test_all_agrees_after_each_step_and_closed_days_stay(few: Copy) -> None:
    month.DONE.clear()
    month.run(few, examples=3, steps=40, by_seed=4)
    for act in ("sale", "take_back", "close_shift", "next_day", "copy", "slip", "way_out"):
        assert month.DONE[act], (act, month.DONE)


@pytest.mark.nightly
def test_a_figure_that_follows_what_comes_later_is_found(few: Copy, monkeypatch: pytest.MonkeyPatch) -> None:
    """Orders counted by the state that they are in now: a day changes when one is cancelled."""
    o = figures._o
    monkeypatch.setattr(figures, "_ORDERS", figures._ORDERS.where(o.c.state != "cancelled"))
    with pytest.raises(AssertionError, match=r"taken back|never changes"):
        month.run(few, examples=20, steps=40, by_seed=8)  # finds it early


def test_tax_that_no_paper_says_is_found(few: Copy, monkeypatch: pytest.MonkeyPatch) -> None:
    """A rate of tax that is lost on its way into the books."""

    def rateless(*args: Any, **more: Any) -> Any:
        return Leg(*args, **{**more, "tax_rate": 0})

    monkeypatch.setattr(finance, "Leg", rateless)
    with pytest.raises(AssertionError):
        month.run(few, examples=20, steps=20, by_seed=5)
