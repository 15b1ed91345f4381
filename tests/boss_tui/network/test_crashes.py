"""The program dies at every point between two effects; and another goes on. The end is the same as without."""

from __future__ import annotations

import hashlib

import pytest

from boss_tui.network.batch import read_batch
from data.errors import Damaged
from data.tables.network import NetworkCommand
from tests.engines import Sqlite, Template

from .outlet import Died, Hall

pytestmark = pytest.mark.both_engines

POINTS = ("marked", "put", "published", "applied", "archived")


class Killer:
    """Kills the program at the nth time that a point is passed."""

    def __init__(self, point: str, nth: int) -> None:
        self.point, self.left = point, nth

    def __call__(self, point: str) -> None:
        if point == self.point:
            self.left -= 1
            if self.left == 0:
                raise Died


def _history(hall: Hall) -> list[str]:
    return [text for _, text, _ in hall.obeyed()]


@pytest.fixture(scope="module")
def without_a_crash(small_hall: Template, tmp_path_factory: pytest.TempPathFactory) -> list[str]:
    hall = Hall(small_hall.on(Sqlite()), tmp_path_factory.mktemp("sound"))
    hall.opening(1, ["clip"])
    hall.opening(2)
    hall.run()
    history = _history(hall)
    hall.close()
    return history


@pytest.mark.parametrize("nth", [1, 2])
@pytest.mark.parametrize("point", POINTS)
def test_dead_at_any_point_and_started_again(hall: Hall, without_a_crash: list[str], point: str, nth: int) -> None:
    orders = [hall.opening(1, ["clip"]), hall.opening(2)]
    doomed = hall.another(at=Killer(point, nth))
    with pytest.raises(Died):
        hall.run(doomed)
    hall.run(hall.another())
    assert [hall.states(order) for order in orders] == [["done", "done"], ["done"]]
    assert _history(hall) == without_a_crash
    assert {batch.state for batch in hall.batches()} == {"answered"}


def test_a_batch_is_made_again_byte_for_byte_whatever_time_it_is(hall: Hall) -> None:
    hall.opening(1)
    with pytest.raises(Died):
        hall.run(hall.another(at=Killer("put", 1)))
    (name,) = hall.gateway.batches()
    first = hall.gateway.batch(name)
    (batch,) = hall.batches()
    assert (batch.state, batch.sha256) == ("built", hashlib.sha256(first).hexdigest())
    assert read_batch(first).created == batch.created_at
    path = hall.folder / "gateway" / "HLR01" / "outbox" / name
    path.unlink()
    hall.clock.move(days=2)
    hall.network.step()
    assert path.read_bytes() == first
    assert hall.batches()[0].state == "published"


def test_what_has_not_left_is_never_overdue(hall: Hall) -> None:
    order = hall.opening(1)
    with pytest.raises(Died):
        hall.run(hall.another(at=Killer("marked", 1)))
    hall.clock.move(days=2)
    hall.run()
    assert hall.states(order) == ["done"]
    assert not [command for command in hall.commands(order) if command.purpose == "query"]


def test_a_command_changed_in_the_store_is_not_sent(hall: Hall) -> None:
    hall.opening(1)
    with pytest.raises(Died):
        hall.run(hall.another(at=Killer("marked", 1)))
    with hall.writing() as tx:
        tx.change(tx.all(NetworkCommand)[0], command="RMV SUB: ISDN=1;")
    with pytest.raises(Damaged):
        hall.network.step()
    assert hall.gateway.batches() == ()
