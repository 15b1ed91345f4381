"""What went by the offline rule is asked again until there is an answer; a no is a task with real ways out."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from boss_tui.answers.business import Outcome, Tender
from boss_tui.answers.hall import QueueItem
from boss_tui.chores.asking_again import AskingAgain
from data.errors import NotAllowed
from data.journal import Author
from data.tables.document import DocumentRange
from data.tables.eligibility import Interface, InterfaceAnswer
from data.tables.life import Suspension
from data.tables.order import ProductOrder, Subscription
from data.tables.service import Interaction
from data.tables.sync import JournalEntry
from tests.boss_tui.desk.served import NAME, NUMBER, QUICK, WHO, Served, served
from tests.boss_tui.headquarters.liar import by_hand, headquarters, journal, push
from tests.boss_tui.transactions.following import network_answers
from tests.hall import FACTS, Hall
from tests.handed import hand_down, row_line

pytestmark = pytest.mark.whole  # services are asked by threads, which open the store
SUPERVISED = (FACTS.supervisor, FACTS.password)


@pytest.fixture
def asks(hall: Hall, tmp_path: Path) -> Iterator[Served]:
    """What is done about answers is believed at headquarters, too."""
    ranges = hall.rows(DocumentRange)
    with served(hall, tmp_path, {"C1": ("identity_check",)}, **QUICK) as made:
        made.again = AskingAgain(hall.store, FACTS.outlet, lambda: made.services)
        yield made
    office = headquarters(tmp_path)
    of_more = "UPDATE document_range SET next_number = {0.next_number} WHERE id = '{0.id}'"
    by_hand(office.store, *(of_more.format(each) for each in ranges))  # it was made for fewer customers
    told = [(each.reason, each.detail) for each in push(office, journal(hall)) if each.reason != "feed"]
    assert told == []  # but that it was handed services which that headquarters never published
    office.store.close()


def again(asks: Served, outlet: str = "") -> bool:
    if outlet:
        return AskingAgain(asks.hall.store, outlet, lambda: asks.services).step()
    return asks.again.step()


def opened(asks: Served, fault: str = "down") -> Outcome:
    """An account that was opened while the police could not be asked."""
    asks.state.fault(fault, times=1)
    view = asks.hall.desk.forms.asked(asks.hall.filled(**WHO).id)
    return asks.hall.desk.orders.complete(view.id, [Tender("cash", view.quote.due)])


def refused(asks: Served) -> Outcome:
    """One that the police refuse afterwards."""
    done = opened(asks)
    network_answers(asks.hall)
    asks.state.person(NUMBER, "另一人")
    assert again(asks)
    return done


def the(asks: Served) -> Any:
    (row,) = asks.hall.rows(InterfaceAnswer)
    return row


def task(asks: Served) -> QueueItem:
    (item,) = [item for item in asks.hall.desk.queues.items() if item.kind == "question"]
    return item


def settle(asks: Served, way: str, words: str = "", approver: tuple[str, str] = SUPERVISED) -> None:
    asks.hall.desk.settling.settle("question", task(asks).key, way, words, *approver)


# asked again


def test_a_yes_confirms(asks: Served) -> None:
    opened(asks)
    assert again(asks)
    assert (the(asks).state, the(asks).verdict) == ("confirmed", "")
    assert asks.hall.desk.queues.counts().refused == 0
    assert not again(asks)


def test_under_the_key_and_with_the_words_of_the_first_time(asks: Served) -> None:
    done = opened(asks, "lose")
    again(asks)
    (asked,) = asks.state.asked()
    assert (asked.key, asked.sent, asked.times) == (the(asks).request, {"number": NUMBER, "name": NAME}, 2)
    assert (the(asks).order_id, json.loads(the(asks).sent)) == (done.order_id, asked.sent)


def test_while_it_is_away_it_is_asked_less_and_less_often_and_nothing_is_written(asks: Served) -> None:
    opened(asks)
    opened(asks)
    asks.state.fault("broken", times=3)
    entries = len(asks.hall.rows(JournalEntry))
    for seconds, left in ((15, 2), (30, 1), (60, 0)):
        assert not again(asks)
        assert [times for *_, times in asks.state.faults()] == ([left] if left else [])
        asks.hall.clock.move(seconds=seconds - 1)
        assert not again(asks)
        asks.hall.clock.move(seconds=1)
    assert len(asks.hall.rows(JournalEntry)) == entries
    asks.seconds.now = 30.0  # five failures in a row: it was left alone
    assert again(asks)
    assert {row.state for row in asks.hall.rows(InterfaceAnswer)} == {"confirmed"}


def test_another_outlet_asks_for_its_own(asks: Served) -> None:
    opened(asks)
    assert not again(asks, "ELSEWHERE")
    assert the(asks).state == "waiting"


def test_of_what_is_taken_back_nothing_is_asked(asks: Served) -> None:
    done = opened(asks)
    asks.hall.desk.orders.cancel(done.serial, "作废", *SUPERVISED)
    again(asks)
    assert (the(asks).state, the(asks).way) == ("settled", "gone")
    assert asks.state.asked() == []


def test_what_was_refused_and_is_taken_back_from_its_order_is_a_task_no_more(asks: Served) -> None:
    done = refused(asks)
    settle(asks, "call_in", "明天上午来", ("", ""))
    assert not again(asks)
    asks.hall.desk.orders.cancel(done.serial, "作废", *SUPERVISED)
    assert again(asks)
    (back,) = asks.hall.rows(ProductOrder, reverses=done.order_id)
    assert (the(asks).state, the(asks).way, the(asks).words) == ("settled", "undo", back.serial)
    assert asks.hall.desk.queues.counts().refused == 0
    assert not again(asks)


def test_nor_what_is_asked_no_more(asks: Served) -> None:
    opened(asks)
    hand_down(asks.hall.store, row_line(Interface, "change", code="identity_check", state="off"))
    again(asks)
    assert (the(asks).state, the(asks).way) == ("settled", "gone")


# a no


def test_a_no_is_a_task_on_every_screen_and_in_the_list(asks: Served) -> None:
    done = refused(asks)
    assert asks.hall.desk.queues.counts().refused == 1
    item = task(asks)
    assert done.serial in str(item.title)
    assert "Police identity check" in str(item.title)
    assert str(item.reason) == "姓名与证件号码不一致"
    assert [way.name for way in item.ways] == ["stop", "call_in", "undo", "stands"]


def test_a_review_is_one_too(asks: Served) -> None:
    opened(asks)
    asks.state.person(NUMBER, NAME, "协查")
    again(asks)
    assert str(task(asks).reason) == "协查"


def test_the_line_is_stopped_by_a_business_of_its_own(asks: Served) -> None:
    done = refused(asks)
    settle(asks, "stop")
    (stop,) = asks.hall.rows(Suspension)
    (order,) = asks.hall.rows(ProductOrder, id=stop.order_id)
    assert (stop.cause, stop.extent, order.business) == ("identity", "outgoing", "C6")
    assert order.approved_by == FACTS.supervisor
    assert (the(asks).state, the(asks).way, the(asks).words) == ("settled", "stop", order.serial)
    assert the(asks).settled_by == FACTS.supervisor
    network_answers(asks.hall)
    (opening,) = asks.hall.rows(ProductOrder, serial=done.serial)
    assert asks.hall.rows(Subscription, id=opening.subscription_id)[0].state == "suspended"
    assert asks.hall.desk.queues.counts().refused == 0


def test_stopped_before_the_task_was_settled_it_is_not_stopped_twice(asks: Served) -> None:
    refused(asks)
    settle(asks, "stop")
    row = the(asks)
    # as if the power had gone between the two, and nothing of the first been told
    with asks.hall.store.transaction(Author(FACTS.outlet, "test", FACTS.clerk), journalled=False) as tx:
        tx.change(tx.one(InterfaceAnswer, id=row.id), state="refused", way="", words="")
    settle(asks, "stop")
    assert len(asks.hall.rows(Suspension)) == 1
    assert the(asks).words == row.words


def test_the_customer_is_called_in_and_the_task_stays(asks: Served) -> None:
    done = refused(asks)
    settle(asks, "call_in", "明天上午来", ("", ""))
    (call,) = asks.hall.rows(Interaction, order_id=done.order_id, kind="call_back", matter="identity_check")
    assert call.customer_id
    assert (the(asks).state, the(asks).way) == ("refused", "call_in")
    assert "明天上午来" in str(task(asks).reason)
    settle(asks, "stands", "本人已来，证件无误")
    assert the(asks).state == "settled"


def test_the_order_is_taken_back_with_its_money(asks: Served) -> None:
    done = refused(asks)
    settle(asks, "undo", "身份不符")
    (reversal,) = asks.hall.rows(ProductOrder, reverses=done.order_id)
    assert reversal.amount == -done.due
    assert (the(asks).state, the(asks).way, the(asks).words) == ("settled", "undo", "身份不符")


@pytest.mark.parametrize(
    ("way", "words", "approver", "field"),
    [
        ("stop", "", ("", ""), "approved_by"),
        ("undo", "x", ("", ""), "approved_by"),
        ("stands", "x", ("", ""), "approved_by"),
        ("call_in", " ", ("", ""), "words"),
        ("undo", "", SUPERVISED, "words"),
        ("stands", " ", SUPERVISED, "words"),
        ("retry", "", SUPERVISED, ""),
    ],
)
def test_who_must_say_what(asks: Served, way: str, words: str, approver: tuple[str, str], field: str) -> None:
    refused(asks)
    with pytest.raises(NotAllowed) as told:
        settle(asks, way, words, approver)
    assert told.value.field == field
    assert (the(asks).state, asks.hall.rows(Suspension)) == ("refused", [])


def test_what_is_settled_is_settled(asks: Served) -> None:
    refused(asks)
    key = task(asks).key
    settle(asks, "stands", "无误")
    with pytest.raises(NotAllowed):
        asks.hall.desk.settling.settle("question", key, "stop", "", *SUPERVISED)


def test_the_order_tells_all_of_it(asks: Served) -> None:
    done = refused(asks)
    settle(asks, "stands", "无误")
    lines = [str(value) for label, value in asks.hall.desk.lookups.order(done.serial).lines if "Police" in str(label)]
    assert len(lines) == 3
    assert "can't be reached" in lines[0]
    assert "later" in lines[0]
    assert "姓名与证件号码不一致" in lines[1]
    assert "无误" in lines[2]
