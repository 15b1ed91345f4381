"""Cancelling while the network is at work: what it refused can be cancelled, what it has or may have can't."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from boss_tui.answers.business import Tender
from boss_tui.desk import Desk, Station
from boss_tui.network import manual
from boss_tui.network.preload import preload
from boss_tui.network.queue import queue_open
from boss_tui.verify import verify
from data.errors import NotAllowed
from data.journal import Author
from data.store import UnitOfWork
from data.tables.network import NetworkCommand, WorkOrder
from data.tables.order import ProductOrder, Subscription
from tests.boss_tui.network.outlet import FACTS, OUTLET, Died, Hall, completed, make_hall, open_at_the_desk
from tests.boss_tui.network.test_crashes import Killer
from tests.engines import Engine, Shared, Template
from tests.tiers import NIGHTLY, nightly

pytestmark = pytest.mark.both_engines(NIGHTLY)

WHY = "网络开不通"


@pytest.fixture(scope="session")
def small_hall(shared: Shared) -> Template:
    return Template(shared, "small-hall", make_hall)


@pytest.fixture(params=["huawei", *nightly("ericsson")])
def hall(request: pytest.FixtureRequest, engine: Engine, small_hall: Template, tmp_path: Path) -> Iterator[Hall]:
    made = Hall(small_hall.on(engine), tmp_path, request.param)
    with made.store.reading() as reading:
        preload(made.element.state, reading)
    yield made
    made.close()


def desk(hall: Hall) -> Desk:
    found = Desk(hall.store, Station(OUTLET, FACTS.counter))
    found.signing.sign_on(FACTS.clerk, FACTS.password)
    return found


def cancel(hall: Hall, serial: str) -> str:
    return desk(hall).orders.cancel(serial, WHY, FACTS.supervisor, FACTS.password).state


def one(hall: Hall, model: Any, **where: Any) -> Any:
    with hall.store.reading() as reading:
        return reading.one(model, **where)


def opened(hall: Hall) -> tuple[str, str, str]:
    """An opening: the order's serial and key, and its number as on the line."""
    (serial,) = open_at_the_desk(hall, 1)
    order = one(hall, ProductOrder, serial=serial)
    return serial, order.id, f"86{one(hall, Subscription, id=order.subscription_id).number}"


def known(hall: Hall) -> set[str]:
    """The numbers that the element knows."""
    return {record.msisdn for record in hall.element.subscribers()}


def all_holds(hall: Hall) -> None:
    with hall.store.reading() as reading:
        assert verify(reading, network=hall.element) == []


def acting(hall: Hall) -> Any:
    return hall.store.transaction(Author(OUTLET, "test", FACTS.clerk))


def waiting(tx: UnitOfWork, order_id: str) -> WorkOrder:
    return tx.one(WorkOrder, order_id=order_id, kind="manual", state="open")


def test_what_the_element_refused_is_cancelled_and_the_number_sold_again(hall: Hall) -> None:
    serial, order_id, line = opened(hall)
    hall.element.faults.numbers.add(line)
    hall.accept()
    hall.run()
    assert hall.states(order_id) == ["failed", "open"]
    assert cancel(hall, serial) == "cancelled"
    assert hall.states(order_id) == ["cancelled", "cancelled"]
    hall.element.faults.numbers.clear()
    hall.pass_time()
    all_holds(hall)
    assert line[2:] not in known(hall)
    again = desk(hall)
    view = again.forms.begin("C1")
    view = again.forms.fill(view.id, {**again.forms.example("C1"), "number": line[2:]})
    sold = again.orders.complete(view.id, [Tender("cash", view.quote.due)])
    hall.accept()
    hall.run()
    assert completed(hall) == [sold.serial]
    assert line[2:] in known(hall)
    all_holds(hall)


def test_what_waits_here_is_cancelled_and_never_sent(hall: Hall) -> None:
    serial, order_id, _ = opened(hall)
    hall.element.faults.off = True
    with pytest.raises(Died):
        hall.run(hall.another(at=Killer("marked", 1)))  # the batch was marked, not handed over: it will go
    with pytest.raises(NotAllowed, match="on their way"):
        cancel(hall, serial)
    hall.element.faults.off = False
    hall.accept()
    hall.run()
    assert completed(hall) == [serial]
    before = known(hall)
    later, later_id = opened_again(hall)
    assert cancel(hall, later) == "cancelled"
    hall.run()
    assert hall.commands(later_id) == []
    assert known(hall) == before
    assert hall.states(order_id) == ["done"]
    all_holds(hall)


def opened_again(hall: Hall) -> tuple[str, str]:
    """One more opening, in the shift that is open."""
    at = desk(hall)
    view = at.forms.begin("C1")
    view = at.forms.fill(view.id, at.forms.example("C1"))
    done = at.orders.complete(view.id, [Tender("cash", view.quote.due)])
    return done.serial, done.order_id


def test_commands_that_are_queued_are_never_sent(hall: Hall) -> None:
    serial, order_id, _ = opened(hall)
    assert queue_open(hall.store, OUTLET)
    assert {command.state for command in hall.commands(order_id)} == {"queued"}
    cancel(hall, serial)
    hall.accept()
    hall.run()
    assert {(command.state, command.closed) for command in hall.commands(order_id)} == {("cancelled", 1)}
    assert not hall.obeyed()
    all_holds(hall)


def test_commands_on_their_way_are_waited_for(hall: Hall) -> None:
    serial, order_id, _ = opened(hall)
    hall.accept()
    hall.network.step()
    assert "sent" in {command.state for command in hall.commands(order_id)}
    with pytest.raises(NotAllowed, match="on their way"):
        cancel(hall, serial)
    hall.run()
    with pytest.raises(NotAllowed, match=r"The network has done it already"):
        cancel(hall, serial)
    assert completed(hall) == [serial]
    all_holds(hall)


def test_a_command_that_will_be_sent_again_is_on_its_way_too(hall: Hall) -> None:
    serial, _, _ = opened(hall)
    hall.element.faults.refuse = 2
    hall.accept()
    hall.run()
    with pytest.raises(NotAllowed, match="on their way"):
        cancel(hall, serial)


def test_what_is_not_certain_is_looked_at_first(hall: Hall) -> None:
    """The element obeyed in part and refuses to take it back: a person must look there before all else."""
    serial, order_id, line = opened(hall)
    imsi = one(hall, Subscription, number=line[2:]).imsi
    hall.accept()
    hall.network.step()
    hall.element.faults.numbers.add(line)
    hall.element.step()
    hall.element.faults.numbers.add(imsi)
    hall.run()
    assert hall.states(order_id) == ["failed", "open"]
    left = [command for command in hall.commands(order_id) if command.purpose == "undo"]
    assert {command.state for command in left} == {"failed"}
    with pytest.raises(NotAllowed, match="not certain"):
        cancel(hall, serial)
    with acting(hall) as tx:
        manual.settle(tx, waiting(tx, order_id).id, FACTS.clerk, done=False, words="looked: nothing there")
    assert cancel(hall, serial) == "cancelled"
    with hall.store.reading() as reading:
        assert verify(reading) == []


def test_tried_again_it_is_as_uncertain_as_before(hall: Hall) -> None:
    serial, order_id, _ = opened(hall)
    hall.element.faults.lose = 100_000
    hall.accept()
    for _ in range(12):
        hall.run()
        hall.clock.move(hours=2)
    assert hall.states(order_id) == ["failed", "open"]
    with pytest.raises(NotAllowed, match="not certain"):
        cancel(hall, serial)
    with acting(hall) as tx:
        manual.requeue(tx, hall.works(order_id)[0].id, FACTS.clerk)
    with pytest.raises(NotAllowed, match="not certain"):
        cancel(hall, serial)


def test_what_a_person_did_in_its_place_is_done(hall: Hall) -> None:
    serial, order_id, line = opened(hall)
    hall.element.faults.numbers.add(line)
    hall.accept()
    hall.run()
    with acting(hall) as tx:
        manual.settle(tx, waiting(tx, order_id).id, FACTS.clerk, done=True)
    with pytest.raises(NotAllowed, match="The network has done it already"):
        cancel(hall, serial)


def test_no_command_is_left_that_could_leave(hall: Hall) -> None:
    serial, _, line = opened(hall)
    hall.element.faults.numbers.add(line)
    hall.accept()
    hall.run()
    cancel(hall, serial)
    with hall.store.reading() as reading:
        assert not [command for command in reading.all(NetworkCommand) if not command.closed]
    assert hall.network.step() is False
