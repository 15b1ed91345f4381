"""A small run of random customers in random businesses; the long one is a command (see the module)."""

from __future__ import annotations

import pytest

from boss_tui.network import rows
from data.store import UnitOfWork
from data.tables.network import WorkOrder
from tests.engines import Copy
from tests.simulation import any_business, customers, playing
from tests.simulation.tally import Tally


@pytest.fixture(scope="module")
def few(tmp_path_factory: pytest.TempPathFactory) -> Copy:
    """A hall with few customers."""
    return any_business.small_hall(tmp_path_factory.mktemp("few"))


def test_all_that_always_holds_holds(few: Copy) -> None:
    tally = Tally()
    playing.run(any_business.machine(few, tally), examples=3, steps=20, by_seed=2)
    assert tally.completed() > 5


def _does_nothing(tx: UnitOfWork, _element: object, work: WorkOrder) -> str:
    """An element that says it has done what it has not."""
    rows.finish(tx, work, "HLR01")
    return ""


@pytest.mark.nightly
def test_a_fault_is_found_and_its_steps_play_it_again(few: Copy, monkeypatch: pytest.MonkeyPatch) -> None:
    machine = any_business.machine(few, Tally())
    with monkeypatch.context() as planted:
        planted.setattr(customers, "answer", _does_nothing)
        with pytest.raises(AssertionError, match="network") as found:
            playing.run(machine, examples=30, steps=10, by_seed=6, shrink=False)
        steps = playing.steps_of(found.value)
        assert steps[0] == "state.begin()"
        with pytest.raises(AssertionError, match="network"):
            playing.replay(machine, steps)
    playing.replay(machine, steps)


def test_the_table_says_how_each_business_ended() -> None:
    tally = Tally()
    tally.ends["C10", "completed"], tally.ends["C7.4", "refused"] = 2, 1
    tally.ways["C10", "sell"] = 2
    table = list(tally.lines())
    assert [line.split() for line in table[1:]] == [
        ["C7.4", "0", "1", "0", "0"],
        ["C10", "2", "0", "0", "0"],
        ["sell", "2"],
    ]
