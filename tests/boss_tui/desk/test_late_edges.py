"""Steps of orders that wait longer than their process lets them: from which minute on, which, who sees to it."""

from __future__ import annotations

import json
from typing import Any

import pytest

from boss_tui.desk import late
from data.errors import NotAllowed
from data.tables.network import WorkOrder
from data.tables.order import ProductOrder
from tests.boss_tui.components.rows import row
from tests.boss_tui.desk.shop import Shop
from tests.hall import FACTS

LIMITS = json.dumps({"open": 30, "": 60})


def put(shop: Shop, *works: dict[str, Any], **order: Any) -> None:
    """Work orders of one order; `minutes`: how long ago each was made."""
    shop.order("o", **{"limits": LIMITS, **order})
    for n, work in enumerate(works):
        about = {"id": f"w{n}", "order_id": "o", "act": "open", "state": "open", "kind": "automatic"}
        values = {name: value for name, value in work.items() if name != "minutes"}
        made = row(WorkOrder, **{**about, **values, "created_at": shop.at(minutes=-work["minutes"])})
        shop.add(WorkOrder, **{name: getattr(made, name) for name in WorkOrder.model_fields})


@pytest.mark.parametrize(
    ("work", "order", "told"),
    [
        ({"minutes": 31}, {}, "OVER by 1.0 min (limit 30)"),
        ({"minutes": 30}, {}, None),
        ({"minutes": 90}, {}, "OVER by 60 min (limit 30)"),
        ({"minutes": 60, "act": "bar"}, {}, None),
        ({"minutes": 61, "act": "bar"}, {}, "OVER by 1.0 min (limit 60)"),
        ({"minutes": 31, "state": "done"}, {}, None),
        ({"minutes": 31, "kind": "manual"}, {}, None),
        ({"minutes": 31}, {"outlet": "HZ02"}, None),
        ({"minutes": 31}, {"limits": "{}"}, None),
        ({"minutes": 31}, {"limits": '{"open": 0}'}, "OVER by 31 min (limit 0)"),
        ({"minutes": 31, "assigned": "1002"}, {}, "OVER by 1.0 min (limit 30); 1002 sees to it"),
    ],
)
def test_what_is_over_its_limit_here_is_told_with_who_sees_to_it(
    shop: Shop, work: dict[str, Any], order: dict[str, Any], told: str | None
) -> None:
    is_assigned = "assigned" in work
    put(shop, work, **order)
    with shop.store.reading() as reading:
        found = list(late.items(reading, FACTS.outlet))
        assert late.count(reading, FACTS.outlet) == (told is not None and not is_assigned)
    assert [(str(each.reason), each.goes_on) for each in found] == ([(told, is_assigned)] if told else [])


def test_the_oldest_is_told_first_and_each_work_of_itself_alone(shop: Shop) -> None:
    put(shop, {"minutes": 40}, {"minutes": 50}, {"minutes": 50, "kind": "manual"}, {"minutes": 30})
    with shop.store.reading() as reading:
        assert [each.key for each in late.items(reading, FACTS.outlet)] == ["w1", "w0"]
        order = reading.one(ProductOrder, id="o")
        told = [late.of_work(reading, reading.one(WorkOrder, id=f"w{n}"), order) for n in range(4)]
    assert [str(each or "") for each in told] == ["OVER by 10 min (limit 30)", "OVER by 20 min (limit 30)", "", ""]


def test_who_sees_to_it_is_noted_while_it_waits(shop: Shop) -> None:
    put(shop, {"minutes": 40}, {"minutes": 40, "state": "done"})
    with shop.work() as tx:
        late.take(tx, "w0", "1002")
        with pytest.raises(NotAllowed):
            late.take(tx, "w1", "1002")
    assert shop.one(WorkOrder, id="w0").assigned == "1002"
