"""C11 充值卡: cards of several face values in one sale, with one payment, one receipt and one order."""

from __future__ import annotations

import pytest

from boss_tui.answers.business import Tender
from data.tables.stock import RechargeCard
from tests.boss_tui.transactions.following import sound
from tests.hall import FACTS, Hall


def first_of(hall: Hall) -> list[RechargeCard]:
    """The first card in stock of each face value."""
    cards = hall.rows(RechargeCard, state="idle", outlet=FACTS.outlet, order=("serial",))
    values: dict[int, RechargeCard] = {}
    for card in cards:
        values.setdefault(card.face_value, card)
    return [values[value] for value in sorted(values)]


def test_several_values_are_one_sale(hall: Hall) -> None:
    small, large, *_ = first_of(hall)
    view = hall.desk.forms.begin("C11", {"serial": small.serial, "count": "2", "more": f"{large.serial}*3"})
    assert not view.errors
    due = 2 * small.face_value + 3 * large.face_value
    assert [line.amount for line in view.quote.lines] == [2 * small.face_value, 3 * large.face_value]
    outcome = hall.desk.orders.complete(view.id, [Tender("cash", due)])
    assert (outcome.due, len(outcome.facts["serials"])) == (due, 5)
    assert {hall.rows(RechargeCard, serial=serial)[0].state for serial in outcome.facts["serials"]} == {"sold"}
    printed = "".join("".join(paper.preview) for paper in outcome.papers)
    assert small.serial in printed
    assert large.serial in printed
    assert sound(hall)
    back = hall.desk.orders.cancel(outcome.serial, "客户反悔", FACTS.supervisor, FACTS.password)
    assert back.due == -due
    assert {hall.rows(RechargeCard, serial=serial)[0].state for serial in outcome.facts["serials"]} == {"idle"}
    assert sound(hall)


@pytest.mark.parametrize("typed", ["{0}*0", "{0}*501", "{0}*x", "{0}x5", "123", "{0}*1*2"])
def test_what_is_no_run_is_said_beside_the_field(hall: Hall, typed: str) -> None:
    small, large, *_ = first_of(hall)
    view = hall.desk.forms.begin("C11", {"serial": small.serial, "more": typed.format(large.serial)})
    assert "more" in view.errors


def test_no_card_is_sold_twice_in_one_sale(hall: Hall) -> None:
    small, *_ = first_of(hall)
    view = hall.desk.forms.begin("C11", {"serial": small.serial, "count": "2", "more": f"{int(small.serial) + 1}"})
    assert "twice" in str(view.errors["more"])
    view = hall.desk.forms.begin("C11", {"serial": small.serial, "count": "2", "more": f"{int(small.serial) + 2}"})
    assert "more" not in view.errors
