"""What was sold, product by product: by what the orders sold, less what was taken back on the day of that."""

from __future__ import annotations

import json
from types import SimpleNamespace
from typing import Any
from unittest import mock

import pytest
from sqlalchemy import text

from boss_tui.answers.business import Quote, Tender
from boss_tui.components.base import Piece
from boss_tui.components.statistics import Statistics
from boss_tui.reports.products import product_sums
from boss_tui.reports.ranking import Ranking
from boss_tui.verify import verify
from data.errors import NotAllowed
from data.tables.order import ProductOrder
from tests.boss_tui.desk.test_closed_days import cancel, day_after
from tests.hall import FACTS, Hall


def sold(hall: Hall, date: str = "") -> dict[str, tuple[int, int, int]]:
    with hall.store.reading() as reading:
        found = product_sums(reading, FACTS.outlet, date or hall.desk.signing.state().business_date)
    return {one.key: (one.count, one.amount, one.monthly) for one in found}


def done(hall: Hall, code: str, **changes: Any) -> str:
    view = hall.desk.forms.begin(code)
    view = hall.desk.forms.fill(view.id, {**hall.desk.forms.example(code), **changes})
    assert not view.errors, view.errors
    if view.qualification.verdict == "override":
        view = hall.desk.approvals.approve(view.id, FACTS.supervisor, FACTS.password, [], view.shown)
    due = view.quote.due
    return hall.desk.orders.complete(view.id, [Tender("cash", abs(due))] if due else []).serial


def sound(hall: Hall) -> None:
    with hall.store.reading() as reading:
        assert verify(reading) == []


def test_an_opening_sells_plan_number_and_card(hall: Hall) -> None:
    outcome = hall.open_account()
    found = sold(hall)
    kinds = {key.partition(" ")[0] for key in found}
    assert {"plan", "number", "sim"} <= kinds
    plan = next(of for key, of in found.items() if key.startswith("plan "))
    assert plan[0] == 1
    assert plan[2] > 0
    hall.desk.orders.cancel(outcome.serial, "办错了", FACTS.supervisor, FACTS.password)
    assert set(sold(hall).values()) == {(0, 0, 0)}
    sound(hall)


RAW = """
    SELECT kind || ' ' || product, SUM(count), SUM(amount), SUM(monthly) FROM order_item
    WHERE business_date BETWEEN :since AND :until GROUP BY kind, product
"""
POSTED = """
    SELECT -SUM(l.amount) FROM posting_line l JOIN posting p ON p.id = l.posting_id
    WHERE l.item = :item AND l.account NOT LIKE '10%' AND p.business_date BETWEEN :since AND :until
"""


def raw(hall: Hall, statement: str, **values: str) -> list[tuple[Any, ...]]:
    with hall.store.engine.connect() as connection:
        return [tuple(row) for row in connection.execute(text(statement), values)]


@pytest.mark.whole  # another connection reads it
def test_each_business_sells_its_own(hall: Hall) -> None:
    """Kind by kind, as raw SQL has it, and worth what the books have for it."""
    for code in ("C1", "C2", "C3", "C7.4", "C8", "C10", "C11", "C12", "C6"):
        done(hall, code)
    found, today = sold(hall), hall.desk.signing.state().business_date
    assert {key.partition(" ")[0] for key in found} == {"plan", "service", "goods", "sim", "number", "card"}
    assert {key: of for key, *of in raw(hall, RAW, since=today, until=today)} == {k: list(v) for k, v in found.items()}
    for kind, item in (("goods", "handset"), ("card", "recharge_card"), ("sim", "sim_fee"), ("number", "number_fee")):
        ((posted,),) = raw(hall, POSTED, item=item, since=today, until=today)
        assert sum(of[1] for key, of in found.items() if key.startswith(f"{kind} ")) == (posted or 0), kind
    assert next(of for key, of in found.items() if key.startswith("card "))[0] == 2
    sound(hall)


@pytest.mark.parametrize("code", ["C10", "C11"])
def test_what_comes_back_counts_on_the_day_that_it_comes_back(hall: Hall, code: str) -> None:
    """A return is an order of its own, days later: the day of the sale stays as it was signed."""
    serial = done(hall, code)
    first, before = hall.desk.signing.state().business_date, sold(hall)
    day_after(hall)
    (values,) = [order.form_json for order in hall.rows(ProductOrder, serial=serial)]
    piece = json.loads(values)
    asked = {"action": "return", "reason": "不要了"}
    asked |= {"imei": piece["imei"], "faulty": "n"} if code == "C10" else {"serial": piece["serial"]}
    view = hall.desk.forms.begin(code)
    view = hall.desk.forms.fill(view.id, asked)
    assert not view.errors, view.errors
    hall.desk.till.cash_in(100_000, "change", "找零", FACTS.supervisor, FACTS.password)
    out = [Tender("cash", -view.quote.due)]
    hall.desk.approvals.approve(view.id, FACTS.supervisor, FACTS.password, out, view.shown)
    hall.desk.orders.complete(view.id, out)
    (after,) = sold(hall).values()
    (was,) = before.values()
    assert after[0] == -1
    assert after[1] * was[0] == -was[1]
    assert sold(hall, first) == before
    sound(hall)


def test_an_order_of_yesterday_that_is_cancelled_today_counts_today(hall: Hall) -> None:
    outcome = hall.open_account()
    first, before = hall.desk.signing.state().business_date, sold(hall)
    day_after(hall)
    cancel(hall, outcome.serial)
    assert sold(hall) == {key: tuple(-each for each in of) for key, of in before.items()}
    assert sold(hall, first) == before
    (month,) = hall.desk.figures.period(first, hall.desk.signing.state().business_date, "product").sections
    assert {row[1:] for row in month.rows} == {(0, 0, 0)}
    sound(hall)


def test_a_card_given_for_one_of_its_kind_is_no_sale(hall: Hall) -> None:
    made: list[Any] = []
    context = SimpleNamespace(
        tx=hall.store,
        business="C11",
        use=lambda *_: None,
        sold=[Piece("card", "5000", -1), Piece("card", "5000")],
    )
    figures = Statistics(context)  # type: ignore[arg-type]
    with mock.patch.object(figures, "_enter", made.append):
        figures.sold((), Quote())
    assert made == [{("card", "5000"): (0, 0, 0)}]


def test_a_period_is_in_order_and_beside_the_one_before_and_behind_it_are_its_orders(hall: Hall) -> None:
    for code in ("C1", "C10", "C11"):
        done(hall, code)
    first = hall.desk.signing.state().business_date
    following = day_after(hall)
    serial = done(hall, "C10")
    whole = Ranking("amount", 1, beside=True)
    (table,) = hall.desk.figures.period(following, following, "product", whole).sections
    assert [str(column.label) for column in table.columns[-2:]] == ["Share", "Before"]
    assert len(table.rows) == 1
    key, row = table.keys[0], table.rows[0]
    assert (row[1], row[-2], row[-1]) == (1, "100.0 %", row[3])  # as many were sold the day before
    assert table.total[-1] == sum(
        int(str(each[3])) for each in hall.desk.figures.period(first, first, "product").sections[0].rows
    )
    behind = hall.desk.figures.behind_period(first, following, "product", key)
    assert [one.key for one in behind][-1] == serial
    assert len(behind) == 2
    series = hall.desk.figures.series(first, following, "product")
    assert series[key] == [row[3], row[3]]
    for wrong in (Ranking("weather"), Ranking(top=-1), Ranking(beside=True)):
        with pytest.raises(NotAllowed):
            hall.desk.figures.period("", "", "product", wrong)
