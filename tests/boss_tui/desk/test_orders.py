"""Orders are found by what a customer has at hand, and no question reads a whole table."""

from __future__ import annotations

from unittest.mock import patch

import pytest

from boss_tui.components.tariff import price_rules, tariff
from boss_tui.desk.order_search import QUERIES
from tests.hall import Hall

pytestmark = pytest.mark.light


def serials(hall: Hall, text: str) -> list[str]:
    """What is found."""
    return [order.serial for order in hall.desk.lookups.orders(text)]


def test_an_order_is_found_by_serial_number_and_name(hall: Hall) -> None:
    first = hall.open_account(name="欧阳娜娜")
    hall.clock.move(seconds=1)
    second = hall.open_account()
    (view,) = [order for order in hall.desk.lookups.orders("") if order.serial == first.serial]
    for text in (first.serial, first.serial[-4:], first.serial[-8:], first.serial[-4:].lstrip("0")):
        assert first.serial in serials(hall, text), text
        assert second.serial not in serials(hall, text), text
    for text in (view.phone, view.phone[-4:], view.phone[-6:], "欧阳娜", "娜娜", "oynn"):
        assert first.serial in serials(hall, text), text
        assert second.serial not in serials(hall, text), text
    assert serials(hall, "no such thing") == []
    assert serials(hall, "")[:2] == [second.serial, first.serial], "the newest first"


def test_a_line_says_what_the_order_was_about(hall: Hall) -> None:
    done = hall.open_account(name="欧阳娜娜")
    (line,) = hall.desk.lookups.orders(done.serial)
    assert (line.customer, line.amount, line.code) == ("欧***", done.due, "C1")
    assert len(line.phone) == 11
    assert line.made_at
    assert str(line.business) == "Open account"


@pytest.mark.parametrize("name", QUERIES)
def test_no_question_reads_a_whole_table(hall: Hall, name: str) -> None:
    prepared = hall.store.statements.of(QUERIES[name])
    values = {"low": "1", "high": "2", "key": "1"}
    wanted = {bound: values[bound] for bound in values if f":{bound}" in str(QUERIES[name])}
    with hall.store.reading() as reading:
        reading._cursor.execute("EXPLAIN QUERY PLAN " + prepared.sql, prepared.parameters(wanted))
        plan = [row[3] for row in reading._cursor.fetchall()]
    steps = [step for step in plan if step.startswith("SCAN") and "USING INDEX" not in step]
    assert not steps, plan
    if name in {"latest", "serial"}:  # the limit ends these, as long as nothing is sorted
        assert not any("TEMP B-TREE" in step for step in plan), plan


def test_a_price_that_steps_ask_for_again_and_again_is_worked_out_once(hall: Hall) -> None:
    with patch.object(tariff, "with_list_prices", wraps=price_rules.with_list_prices) as worked_out:
        view = hall.desk.forms.begin("C7.4", hall.desk.forms.example("C7.4"))
        hall.desk.orders.complete(view.id, [])
    sales = [call.args[1] for call in worked_out.call_args_list]
    assert sales
    assert len(sales) == len(set(sales))
