"""A small run of random managers beside random customers; the long one is a command (see the module)."""

from __future__ import annotations

from functools import partial
from pathlib import Path

import pytest

from boss_tui.sync import stream
from tests.simulation import managers, playing
from tests.simulation.tally import Tally

SEEDS, STEPS = 1, 25


@pytest.fixture(scope="module")
def province(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Headquarters and its outlets."""
    return managers.province(tmp_path_factory.mktemp("managers"))


def test_all_that_always_holds_holds_at_every_store(province: Path) -> None:
    tally = Tally()
    playing.run_seeds(partial(managers.Managers, province, tally), SEEDS, STEPS, by_seed=8680)
    assert (tally.days, tally.steps) == (SEEDS, SEEDS * (STEPS + 1))
    assert tally.completed() > 1
    assert tally.others["approve"] > 1
    assert {"process", "note", "box", "file", "listed", "delegation", "shelf"} <= tally.others.keys()


@pytest.mark.nightly
def test_rows_that_are_not_as_headquarters_says_are_found(province: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """An outlet that keeps what is published, and leaves its rows as they are."""
    monkeypatch.setattr(stream._Work, "finish", lambda _work: None)
    with pytest.raises(AssertionError, match=r"other rows|signed") as found:
        playing.run_seeds(partial(managers.Managers, province, Tally()), 3, STEPS, by_seed=8, shrink=False)
    assert playing.steps_of(found.value)[0] == playing.BEGIN


class Odd:
    """A machine that fails once two odd steps have been made."""

    steps = ("even", "odd")

    def begin(self) -> None:
        self.odd = 0

    def step(self, *, what: str, seed: int) -> None:
        self.odd += (what == "odd") * (seed >= 0)

    def all_holds(self) -> None:
        assert self.odd < 2

    def teardown(self) -> None:
        """Nothing is left."""


def test_of_a_failure_fewer_steps_are_found_that_fail_in_the_same_place() -> None:
    with pytest.raises(AssertionError) as found:
        playing.run_seeds(Odd, 1, 40, by_seed=3)
    told = playing.steps_of(found.value)
    assert [line[:20] for line in told] == ["state.begin()", *["state.step(what='odd"] * 2]
    assert "of seed 3" in found.value.__notes__
    with pytest.raises(AssertionError):
        playing.replay(Odd, told)
