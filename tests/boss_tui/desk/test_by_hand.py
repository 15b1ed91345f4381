"""A manual work order says what is to be done and for whom, and is settled with a word of what was done."""

from __future__ import annotations

import pytest

from boss_tui.answers.hall import QueueItem
from boss_tui.locale import words
from data.errors import NotAllowed
from data.tables.network import WorkOrder
from tests.hall import Hall

pytestmark = pytest.mark.light


@pytest.fixture
def item(hall: Hall) -> QueueItem:
    """Voicemail, which no command switches on."""
    hall.open_account(services="VMAIL", name="欧阳娜娜")
    (found,) = [item for item in hall.desk.queues.items() if item.kind == "manual"]
    return found


def test_it_says_the_act_the_product_the_number_and_the_customer(hall: Hall, item: QueueItem) -> None:
    order = hall.desk.lookups.orders("")[0]
    for language, act in (("en", "Switch on Voicemail"), ("zh_CN", "开通语音信箱")):
        said = words(language)(item.title)
        assert act in said
        assert order.phone in said
        assert "欧***" in said
    assert order.serial in str(item.reason)


@pytest.mark.parametrize("way", ["done", "give_up"])
def test_it_is_not_settled_without_a_word(hall: Hall, item: QueueItem, way: str) -> None:
    (found,) = [known for known in item.ways if known.name == way]
    assert found.asks, "the screen asks for it"
    with pytest.raises(NotAllowed):
        hall.desk.settling.settle("manual", item.key, way, " ")
    assert hall.rows(WorkOrder, id=item.key)[0].state == "open"
    hall.desk.settling.settle("manual", item.key, way, "platform 3, by phone")
    assert hall.rows(WorkOrder, id=item.key)[0].reason == "platform 3, by phone"
