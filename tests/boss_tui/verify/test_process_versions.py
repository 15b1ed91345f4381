"""Which version of its process an order may say: what had come and counted when its form was begun, and no other."""

from __future__ import annotations

from typing import Any

from boss_tui.answers.business import Tender
from boss_tui.verify.process_versions import check
from data.journal import Author
from data.tables.order import Process, ProductOrder
from tests.boss_tui.transactions.following import next_day
from tests.hall import FACTS, FLOAT, Hall
from tests.handed import hand_down, handed_change, row_line

TOMORROW = "2026-11-24"


def told(hall: Hall) -> list[str]:
    with hall.store.reading() as reading:
        return [str(finding.message) for finding in check(reading, {})]


def otherwise(hall: Hall, key: str, **values: Any) -> None:
    """An order says something else."""
    with hall.store.transaction(Author(FACTS.outlet, "test", "test")) as tx:
        tx.change(tx.one(ProductOrder, id=key), **values)


def sold(hall: Hall) -> tuple[str, int]:
    """An opening, a second later: its key, and the version that it goes by."""
    hall.clock.move(seconds=1)
    key = hall.open_account().order_id
    (order,) = hall.rows(ProductOrder, id=key)
    return key, order.process_version


def changed(hall: Hall, **values: Any) -> int:
    """Headquarters changes C1's process; which version is in force."""
    handed_change(hall.store, Process, business="C1", **values)
    return int(hall.rows(Process, business="C1")[0].revision)


def test_a_form_goes_by_the_version_that_it_began_with_whatever_came_since(hall: Hall) -> None:
    view = hall.filled()
    newer = changed(hall, network_minutes=20)
    done = hall.desk.orders.complete(view.id, [Tender("cash", view.quote.due)])
    (before,) = hall.rows(ProductOrder, id=done.order_id)
    key, after = sold(hall)
    assert (before.process_version, after, told(hall)) == (newer - 1, newer, [])
    otherwise(hall, key, process_version=newer - 1)
    (only,) = told(hall)
    assert "replaced" in only


def test_a_version_is_not_kept_before_its_day(hall: Hall) -> None:
    key, version = sold(hall)
    hand_down(hall.store, row_line(Process, "change", business="C1", network_minutes=20), on=TOMORROW)
    assert sold(hall)[1] == version
    otherwise(hall, key, process_version=version + 1)
    (only,) = told(hall)
    assert "not then" in only
    otherwise(hall, key, process_version=version)
    next_day(hall, TOMORROW)
    hall.desk.till.open_shift(FLOAT)
    key, after = sold(hall)
    assert (after, told(hall)) == (version + 1, [])
    otherwise(hall, key, process_version=version)
    (only,) = told(hall)
    assert "replaced" in only


def test_of_the_version_in_force_the_limits_are_its_own(hall: Hall) -> None:
    key, _ = sold(hall)
    otherwise(hall, key, limits='{"":999}')
    (only,) = told(hall)
    assert "limits" in only


def test_an_order_older_than_its_form_is_not_judged_by_a_clock_that_was_put_back(hall: Hall) -> None:
    newer = changed(hall, network_minutes=20)
    hall.clock.move(hours=2)
    view = hall.filled()
    hall.clock.move(hours=-2)
    done = hall.desk.orders.complete(view.id, [Tender("cash", view.quote.due)])
    otherwise(hall, done.order_id, process_version=newer - 1, limits='{"":60}')
    assert told(hall) == []


def test_an_order_of_a_program_that_noted_none_is_left_alone(hall: Hall) -> None:
    key, _ = sold(hall)
    changed(hall, network_minutes=20)
    otherwise(hall, key, process_version=0, limits="{}")
    assert told(hall) == []
