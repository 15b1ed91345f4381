"""What could not be done on its day waits for a person, who lets it be tried again or gives it up with a word."""

from __future__ import annotations

import pytest

from boss_tui.answers.business import Outcome
from boss_tui.answers.hall import QueueItem
from boss_tui.chores.scheduling import perform_due
from data.errors import NotAllowed
from data.tables.life import ScheduledAct
from data.tables.order import ProductOrder
from data.tables.product import Product
from tests.boss_tui.transactions.following import findings, network_answers, next_day
from tests.hall import FACTS, Hall
from tests.handed import handed_change

pytestmark = pytest.mark.light


def set_plan(hall: Hall, state: str) -> None:
    """Let P128 be on sale, or not."""
    handed_change(hall.store, Product, code="P128", state=state)


@pytest.fixture
def undone(hall: Hall) -> Outcome:
    """A change of plan from next month on, whose plan was withdrawn meanwhile."""
    typed = {**hall.desk.forms.example("C8"), "plan": "P128", "starts": "next"}
    outcome = hall.desk.orders.complete(hall.desk.forms.begin("C8", typed).id, [])
    set_plan(hall, "retired")
    next_day(hall, "2026-12-01")
    perform_due(hall.store, FACTS.outlet)
    return outcome


def waiting(hall: Hall) -> list[QueueItem]:
    """What could not be done on its day."""
    return [item for item in hall.desk.queues.items() if item.kind == "dated"]


def test_it_is_shown_with_its_order_and_why(hall: Hall, undone: Outcome) -> None:
    (item,) = waiting(hall)
    assert undone.serial in str(item.title)
    assert "not sold today" in str(item.reason)
    assert [way.name for way in item.ways] == ["retry", "give_up"]
    assert hall.desk.queues.counts().manual_orders == 1


def test_tried_again_it_is_done_once_nothing_keeps_it_back(hall: Hall, undone: Outcome) -> None:
    set_plan(hall, "active")
    hall.desk.settling.settle("dated", waiting(hall)[0].key, "retry")
    assert perform_due(hall.store, FACTS.outlet) == 1
    network_answers(hall)
    assert hall.rows(ProductOrder, id=undone.order_id)[0].state == "completed"
    assert (waiting(hall), findings(hall)) == ([], [])


def test_tried_again_for_nothing_it_waits_once_more(hall: Hall, undone: Outcome) -> None:
    hall.desk.settling.settle("dated", waiting(hall)[0].key, "retry")
    perform_due(hall.store, FACTS.outlet)
    assert len(waiting(hall)) == 1
    assert hall.rows(ProductOrder, id=undone.order_id)[0].state == "failed"


def test_given_up_with_a_word_its_order_can_be_cancelled(hall: Hall, undone: Outcome) -> None:
    key = waiting(hall)[0].key
    with pytest.raises(NotAllowed, match="why"):
        hall.desk.settling.settle("dated", key, "give_up", " ")
    hall.desk.settling.settle("dated", key, "give_up", "套餐已下架，客户另选")
    (act,) = hall.rows(ScheduledAct, id=key)
    assert (act.state, act.reason, waiting(hall)) == ("cancelled", "套餐已下架，客户另选", [])
    with pytest.raises(NotAllowed, match="settled already"):
        hall.desk.settling.settle("dated", key, "retry")
    hall.desk.till.open_shift(10_000)
    hall.desk.orders.cancel(undone.serial, "套餐已下架", FACTS.supervisor, FACTS.password)
    assert hall.rows(ProductOrder, id=undone.order_id)[0].state == "cancelled"
    assert findings(hall) == []
