"""The program dies at every point between two effects; and another goes on. The end is the same as without."""

from __future__ import annotations

import hashlib

import pytest

from boss_tui.network import rows
from boss_tui.network.batch import read_batch
from boss_tui.network.send import Sender
from data.errors import Damaged
from data.message import say
from data.tables.network import NetworkCommand
from tests.engines import Sqlite, Template
from tests.tiers import NIGHTLY

from .outlet import KEY, OUTLET, Died, Hall

pytestmark = pytest.mark.both_engines(NIGHTLY)

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


@pytest.mark.parametrize("point", POINTS)
def test_what_the_element_answers_to_a_dead_program_is_taken_by_the_next(either: Hall, point: str) -> None:
    """The answer may be there before anybody noted that the batch has left; the key is kept until it is settled."""
    orders = [either.opening(1, ["clip"]), either.opening(2)]
    with pytest.raises(Died):
        either.run(either.another(at=Killer(point, 1)))
    either.element.step()
    either.run(either.another())
    assert [either.states(order) for order in orders] == [["done", "done"], ["done"]]
    assert {batch.state for batch in either.batches()} == {"answered"}
    assert not [command for order in orders for command in either.commands(order) if KEY in command.command]


def test_what_is_unanswered_of_a_batch_that_a_dead_program_put_becomes_overdue(hall: Hall) -> None:
    order = hall.opening(1)
    with pytest.raises(Died):
        hall.run(hall.another(at=Killer("put", 1)))
    hall.element.faults.lose = 1
    hall.element.step()
    hall.network.step()
    (batch,) = hall.batches()
    assert batch.state == "partial"
    assert all(command.due_at for command in hall.commands(order) if command.state == "sent")
    hall.pass_time(times=3)
    assert hall.states(order) == ["done"]


def test_a_batch_whose_orders_were_closed_before_it_left_still_leaves_as_it_was(either: Hall) -> None:
    order = either.opening(1)
    with pytest.raises(Died):
        either.run(either.another(at=Killer("marked", 1)))
    with either.writing() as tx:
        rows.fail(tx, either.works(order)[0], say("Given up."))
    assert any(KEY in command.command for command in either.commands(order))
    either.network.step()
    (batch,), (name,) = either.batches(), either.gateway.batches()
    assert batch.sha256 == hashlib.sha256(either.gateway.batch(name)).hexdigest()
    assert KEY.encode() in either.gateway.batch(name)
    assert not [command for command in either.commands(order) if KEY in command.command]


def test_two_programs_put_what_a_third_left_and_none_finds_it_damaged(hall: Hall) -> None:
    order = hall.opening(1)
    with pytest.raises(Died):
        hall.run(hall.another(at=Killer("marked", 1)))
    (batch,) = hall.batches()  # as a program read it that was held for a while
    hall.run()
    assert hall.states(order) == ["done"]
    late = Sender(hall.store, OUTLET, alone=False, at=pytest.fail)
    late._put(batch, hall.gateway)
    assert hall.gateway.batches() == ()


def test_a_command_changed_in_the_store_is_not_sent(hall: Hall) -> None:
    hall.opening(1)
    with pytest.raises(Died):
        hall.run(hall.another(at=Killer("marked", 1)))
    with hall.writing() as tx:
        tx.change(tx.all(NetworkCommand)[0], command="RMV SUB: ISDN=1;")
    with pytest.raises(Damaged):
        hall.network.step()
    assert hall.gateway.batches() == ()
