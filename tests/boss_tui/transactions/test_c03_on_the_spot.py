"""C3 换卡/补卡: a loss that is lifted with the new card, and an exchange that is taken back on the spot."""

from __future__ import annotations

import json

import pytest

from boss_tui.answers.business import Outcome
from data.errors import NotAllowed
from data.tables.document import PaperDocument
from data.tables.life import Suspension
from data.tables.network import WorkOrder
from data.tables.order import ProductOrder, Subscription
from data.tables.resource import SimCard
from tests.boss_tui.transactions.following import network_answers, next_day, sound
from tests.boss_tui.transactions.test_c03_exchange_sim import begin, blank, exchange, line_of, stop
from tests.hall import FACTS, Hall

SPOT = 30


def lost(hall: Hall, *, reported: bool = True) -> dict[str, str]:
    """A number whose card is lost; its owner's document."""
    typed = line_of(hall, pay_type="postpaid", plan="P58")
    if reported:
        hall.desk.orders.complete(hall.desk.forms.begin("C6", {**typed, "action": "suspend", "cause": "loss"}).id, [])
        network_answers(hall)
    return {**typed, "why": "lost", "returned": "n", "iccid": blank(hall)}


def line(hall: Hall, number: str) -> Subscription:
    """A number as it is now."""
    found: Subscription = hall.rows(Subscription, number=number)[0]
    return found


def taken_back(hall: Hall, serial: str) -> Outcome:
    """The order taken back by the clerk who did it, with a supervisor."""
    return hall.desk.orders.cancel(serial, "客户反悔", FACTS.supervisor, FACTS.password)


# 补卡 + 解挂


def test_the_loss_is_lifted_with_the_new_card_in_one_act(hall: Hall) -> None:
    typed = lost(hall)
    outcome = exchange(hall, **typed, lift="y")
    assert line(hall, typed["number"]).state == "suspended"  # until the network has both
    works = hall.rows(WorkOrder, order_id=outcome.order_id, order=("position",))
    assert (works[0].act, works[-1].act) == ("change_sim", "unbar")
    assert json.loads(works[-1].parameters)["imsi"] == outcome.facts["imsi"]
    network_answers(hall)
    after = line(hall, typed["number"])
    assert (after.state, after.iccid) == ("active", outcome.facts["iccid"])
    assert [row.state for row in hall.rows(Suspension, subscription_id=after.id)] == ["lifted"]
    assert any("解挂" in text for paper in outcome.papers for text in paper.preview)
    assert sound(hall)


@pytest.mark.parametrize("lift", ["n", ""])
def test_it_stays_stopped_where_that_is_not_asked_for(hall: Hall, lift: str) -> None:
    typed = lost(hall)
    outcome = exchange(hall, **typed, lift=lift)
    network_answers(hall)
    assert line(hall, typed["number"]).state == "suspended"
    assert "unbar" not in {work.act for work in hall.rows(WorkOrder, order_id=outcome.order_id)}
    assert sound(hall)


def test_there_is_nothing_to_lift_where_nothing_was_reported(hall: Hall) -> None:
    typed = lost(hall, reported=False)
    assert "nothing to lift" in str(begin(hall, **typed, lift="y").errors["lift"])
    assert "lift" not in begin(hall, **typed, lift="n").errors


def test_a_cancelled_one_leaves_the_loss_reported(hall: Hall) -> None:
    typed = lost(hall)
    outcome = exchange(hall, **typed, lift="y")
    taken_back(hall, outcome.serial)
    found = line(hall, typed["number"])
    assert (found.state, [row.state for row in hall.rows(Suspension, subscription_id=found.id)]) == (
        "suspended",
        ["running"],
    )
    assert sound(hall)


# 返销


def test_on_the_spot_the_old_card_is_the_lines_again(hall: Hall) -> None:
    typed = line_of(hall, pay_type="postpaid", plan="P58")
    before = line(hall, typed["number"])
    outcome = exchange(hall, **typed, why="exchange", returned="n")
    network_answers(hall)
    back = taken_back(hall, outcome.serial)
    assert (back.due, back.state) == (-outcome.due, "inProgress")
    assert sound(hall)
    network_answers(hall)
    after = line(hall, typed["number"])
    cards = {row.iccid: row.state for row in hall.rows(SimCard) if row.iccid in (before.iccid, outcome.facts["iccid"])}
    assert (after.iccid, after.imsi, after.state) == (before.iccid, before.imsi, "active")
    assert cards == {before.iccid: "in_use", outcome.facts["iccid"]: "void"}
    states = {row.kind: row.state for row in hall.rows(PaperDocument, order_id=outcome.order_id)}
    assert states == {"invoice": "red", "receipt": "red", "slip": "void"}
    assert hall.rows(ProductOrder, serial=back.serial)[0].state == "completed"
    assert sound(hall)


def test_the_loss_that_was_lifted_with_it_is_reported_again(hall: Hall) -> None:
    typed = lost(hall)
    outcome = exchange(hall, **typed, lift="y")
    network_answers(hall)
    taken_back(hall, outcome.serial)
    network_answers(hall)
    found = line(hall, typed["number"])
    assert found.state == "suspended"
    assert [row.state for row in hall.rows(Suspension, subscription_id=found.id)] == ["running"]
    assert sound(hall)


@pytest.mark.parametrize(("minutes", "allowed"), [(0, True), (SPOT, True), (SPOT + 1, False)])
def test_it_is_the_spot_for_half_an_hour(hall: Hall, minutes: int, *, allowed: bool) -> None:
    outcome = exchange(hall)
    network_answers(hall)
    hall.clock.move(minutes=minutes, seconds=-1 if allowed and minutes else 0)
    if allowed:
        assert taken_back(hall, outcome.serial).due == -outcome.due
    else:
        with pytest.raises(NotAllowed, match="on the spot"):
            taken_back(hall, outcome.serial)


def test_another_clerk_cannot_and_another_day_is_no_spot(hall: Hall) -> None:
    outcome = exchange(hall)
    network_answers(hall)
    other = hall.counter("1002", "HZ0102")
    other.till.open_shift(10_000)
    with pytest.raises(NotAllowed, match="who did it"):
        other.orders.cancel(outcome.serial, "客户反悔", FACTS.supervisor, FACTS.password)
    next_day(hall, "2026-11-24")
    with pytest.raises(NotAllowed, match="business date"):
        taken_back(hall, outcome.serial)


def test_what_came_after_it_is_taken_back_first(hall: Hall) -> None:
    typed = line_of(hall, pay_type="postpaid", plan="P58")
    first = exchange(hall, **typed, why="exchange", returned="n")
    network_answers(hall)
    stop(hall, typed["number"], "loss")
    exchange(hall, **typed, why="lost", returned="n", iccid=blank(hall))
    network_answers(hall)
    with pytest.raises(NotAllowed, match="came after it"):
        taken_back(hall, first.serial)
