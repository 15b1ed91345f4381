"""Orders of one line in whatever order the network, a person or a day ends them: book and network agree at the end."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from boss_tui.components.ledger.ledger import RECEIVABLE, Leg, post
from boss_tui.network import manual
from data.clock import new_key
from data.journal import Author
from data.tables.billing import BillLine, CustomerBill
from data.tables.network import WorkOrder
from data.tables.tariff import ChargeItem
from tests.boss_tui.network.outlet import OUTLET, make_hall
from tests.boss_tui.transactions.one_line import World
from tests.engines import Shared, Sqlite, Template
from tests.tiers import nightly, some_by_day


@pytest.fixture(scope="module")
def template(shared: Shared) -> Template:
    return Template(shared, "small-hall", make_hall)


@pytest.fixture(params=["huawei", *nightly("ericsson")])
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
    assert world.there.services == frozenset({"waiting", "hold", "clip"})
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


# what touches nothing of the same goes on


def test_only_what_touches_the_same_waits(world: World) -> None:
    """A voicemail that a person switches on holds itself, and nothing else of the number."""
    order = world.do("C7.4", subscribe="VMAIL")
    assert "under way" in world.refused("C7.4", subscribe="VMAIL")["number"]
    for code, typed in (
        ("C7.2", {"waiting": "y"}),
        ("C7.1", {"long_distance": "none"}),
        ("C3", {"why": "exchange", **a_card(world)}),
        ("C6", {**STOP, "cause": "loss"}),
    ):
        world.do(code, **typed)
        world.goes_on()
    assert world.state(order) == "inProgress"
    assert (world.there.services, world.line.long_distance, world.there.incoming_barred) == (
        frozenset({"waiting"}),
        "none",
        True,
    )
    assert world.found() == []
    world.by_hand(order)
    world.settled()


def test_a_number_is_not_blocked_while_the_link_is_away(world: World) -> None:
    """Nothing leaves without headquarters; what is asked for meanwhile waits in its turn, and comes right."""
    world.do("C7.2", waiting="y")
    world.do("C7.2", clip="y", cfb="057188886666")
    world.do("C7.1", long_distance="none")
    world.do("C2", **a_number(world))
    assert "under way" in world.refused("C7.2", clip="y")["number"]
    world.do("C6", **STOP, cause="loss")
    world.goes_on()
    world.settled()
    assert (world.there.services, world.line.long_distance) == (frozenset({"waiting", "clip"}), "none")
    assert (world.there.incoming_barred, world.there.forwarding) == (True, ())


def test_the_number_changes_hands_when_the_network_has_it(world: World) -> None:
    """Not when somebody has found the time for the announcement."""
    old = world.line.number
    order = world.do("C2", **a_number(world), announce="y")
    world.goes_on()
    assert world.line.number != old
    assert (world.state(order), world.works(order)[-1]) == ("completed", ("manual", "open"))
    world.settled()
    world.by_hand(order)
    assert world.works(order)[-1] == ("manual", "done")


@pytest.mark.parametrize("known_by", ["old", "new"])
@pytest.mark.parametrize("when", ["before", "after"])
def test_a_loss_is_reported_by_old_and_new_number(world: World, when: str, known_by: str) -> None:
    numbers = {"old": world.line.number, "new": a_number(world)["new_number"]}
    world.do("C2", new_number=numbers["new"])
    if when == "after":
        world.goes_on()
        assert world.line.number == numbers["new"]
    world.do("C6", **STOP, cause="loss", number=numbers[known_by])
    world.goes_on()
    world.settled()
    assert (world.line.state, world.there.incoming_barred) == ("suspended", True)


def test_a_loss_is_reported_while_nothing_works(world: World) -> None:
    """A change of number is refused, the loss goes first; tried again, the new number is barred too."""
    world.refuses()
    order = world.do("C2", **a_number(world))
    world.goes_on()
    world.refuses(on=False)
    world.do("C6", **STOP, cause="loss")
    world.goes_on()
    assert world.there.incoming_barred
    world.again(order)
    world.settled()
    assert (world.there.msisdn, world.there.incoming_barred) == (world.line.number, True)


def test_what_was_so_already_is_not_an_orders_own(world: World) -> None:
    """Another order ends what this one did not have to begin: when this one ends, it does not come back."""
    world.do("C7.2", waiting="y", cfb="057188886666")
    world.goes_on()
    world.refuses()
    order = world.do("C7.2", waiting="y", cfb="057188886666", clip="y")
    world.goes_on()
    world.refuses(on=False)
    world.do("C7.2", waiting="n", cfb="n")
    world.goes_on()
    world.again(order)
    world.settled()
    assert (world.there.services, world.there.forwarding) == (frozenset({"clip"}), ())


@pytest.mark.parametrize("first", some_by_day(["C7.2", "C2", "C4.3", "C3"], 2))
@pytest.mark.parametrize("end", ["again", "by_hand"])
def test_a_change_is_refused_and_done_after_another(world: World, first: str, end: str) -> None:
    """Each of four changes is refused, another one overtakes it, and it is done in the end by whatever way."""
    changes = {
        "C7.2": {"clip": "y"},
        "C2": a_number(world),
        "C4.3": {"change": "prepaid"},
        "C3": {"why": "exchange", **a_card(world)},
    }
    world.do("C7.2", waiting="y", cfnrc="057188886666")
    world.goes_on()
    world.refuses()
    order = world.do(first, **changes.pop(first))
    world.goes_on()
    world.refuses(on=False)
    for code, typed in changes.items():
        if {code, first} != {"C4.3", "C7.2"}:  # prepaid asks whether all services go with it
            world.do(code, **typed)
            world.goes_on()
    world.do("C6", **STOP, cause="fraud", reason="诈骗")
    world.goes_on()
    getattr(world, end)(order)
    world.settled()


def test_a_cancelled_stop_leaves_the_narrower_one(world: World) -> None:
    """Both causes were told with one bar: without the wider one the network is told the narrower (catalogue C6)."""
    world.refuses()
    wide = world.do("C6", **STOP, cause="fraud", reason="诈骗")
    world.goes_on()
    world.refuses(on=False)
    owing(world)
    narrow = world.do("C6", **STOP, cause="arrears_outgoing")
    world.goes_on()
    assert (world.state(narrow), world.there.incoming_barred) == ("completed", True)
    world.gives_up(wide)
    world.cancel(wide)
    world.goes_on()
    world.settled()
    assert (world.there.outgoing_barred, world.there.incoming_barred) == (True, False)


def a_number(world: World) -> dict[str, str]:
    """A free number of no price."""
    offered = world.desk.forms.choices(world.desk.forms.begin("C2", {"number": world.line.number}).id, "new_number", "")
    return {"new_number": offered[0].value}


def a_card(world: World) -> dict[str, str]:
    """A card that fits."""
    return {"iccid": str(world.desk.forms.example("C3")["iccid"])}


def owing(world: World) -> None:
    """A bill of the line is overdue."""
    with world.hall.store.transaction(Author(OUTLET, "M12", "test")) as tx:
        tx.add(
            CustomerBill,
            id=new_key(tx.clock),
            outlet=OUTLET,
            account_id=world.line.account_id,
            month="2026-09",
            kind="monthly",
            amount=5_000,
            issued_on="2026-10-01",
            due_on="2026-10-15",
        )
        bill = tx.one(CustomerBill, account_id=world.line.account_id)
        income = Leg(tx.one(ChargeItem, code="monthly_fee").ledger_account, -5_000)
        lines = [Leg(RECEIVABLE, 5_000, "bill"), income]
        post(tx, outlet=OUTLET, business_date="2026-11-23", business="M12", operator="test", lines=lines)
        tx.add(BillLine, bill_id=bill.id, line=1, subscription_id=world.id, item="monthly_fee", amount=5_000)
