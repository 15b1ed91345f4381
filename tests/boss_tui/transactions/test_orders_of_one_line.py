"""Orders of one line in whatever order the network, a person or a day ends them: book and network agree at the end."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from boss_tui.network import manual
from data.tables.network import WorkOrder
from tests.boss_tui.network.outlet import make_hall
from tests.boss_tui.transactions.one_line import World
from tests.engines import Sqlite, Template


@pytest.fixture(scope="module")
def template(tmp_path_factory: pytest.TempPathFactory) -> Template:
    return Template(tmp_path_factory.mktemp("one-line"), make_hall)


@pytest.fixture(params=["huawei", "ericsson"])
def world(request: pytest.FixtureRequest, template: Template, tmp_path: Path) -> Iterator[World]:
    made = World(template.on(Sqlite()), tmp_path, request.param)
    yield made
    made.hall.close()


SWITCHED = {"waiting": "y", "hold": "y", "clip": "y", "cfb": "057188886666"}
STOP, LIFT = {"action": "suspend"}, {"action": "resume"}


def test_a_subscriber_that_is_made_anew_keeps_what_the_customer_has(world: World) -> None:
    """The example: prepaid, or another number, is a subscriber made anew; no element forgets a service with it."""
    world.do("C7.2", **SWITCHED)
    world.goes_on()
    world.do("C4.3", change="prepaid")
    world.goes_on()
    world.settled()
    assert world.there.services == {"waiting", "hold", "clip"}
    assert world.there.forwarding == (("busy", "8657188886666"),)


@pytest.mark.parametrize("end", ["again", "by_hand"])
def test_a_resume_that_comes_late_does_not_lift_a_stop_that_came_meanwhile(world: World, end: str) -> None:
    loss = world.do("C6", **STOP, cause="loss")
    world.goes_on()
    assert world.state(loss) == "completed"
    world.refuses()
    resume = world.do("C6", **LIFT, cause="loss")
    world.goes_on()
    world.refuses(on=False)
    assert world.works(resume)[0] == ("unbar", "failed")
    stop = world.do("C6", **STOP, cause="fraud", reason="诈骗")
    world.goes_on()
    assert world.state(stop) == "completed"
    with world.hall.store.reading() as reading:
        (asked,) = [manual.asked(reading, work) for work in reading.all(WorkOrder, kind="manual", state="open")]
    assert asked["act"] == "bar_all"
    getattr(world, end)(resume)
    assert world.there.incoming_barred
    world.settled()


def test_a_stop_that_never_came_leaves_the_one_that_came_after_it(world: World) -> None:
    """Both bar everything: what the second one orders is not left out because the first one should have had it."""
    world.refuses()
    first = world.do("C6", **STOP, cause="fraud", reason="诈骗")
    world.goes_on()
    world.refuses(on=False)
    second = world.do("C6", **STOP, cause="court", reason="刑侦2026-117号")
    world.goes_on()
    assert world.state(second) == "completed"
    world.cancel(first)
    world.goes_on()
    assert (world.there.incoming_barred, world.line.state) == (True, "suspended")
    world.settled()
