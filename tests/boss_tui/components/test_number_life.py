"""What became of a number: made, leased, opened, given up, resting, let go; how it stands now comes last."""

from __future__ import annotations

from typing import Any

import pytest

from boss_tui.components.resources.number_life import life_of
from data.errors import NotFound
from data.tables.life import ValueChange
from data.tables.order import ProductOrder, Subscription
from data.tables.resource import PhoneNumber
from data.tables.stockroom import StockBatch, StockEvent
from data.tables.sync import Lease
from tests.boss_tui.components.rows import Rows, row

N = "13957990001"


def at(day: int) -> str:
    return f"2026-11-{day:02d}T02:00:00.000000Z"


def number(**more: Any) -> Any:
    return row(PhoneNumber, **{"number": N, "grade": "N", **more})


def told(*rows: Any) -> list[tuple[str, str, str]]:
    found = life_of(Rows(*rows), N)  # type: ignore[arg-type]
    return [(line.when[:10], line.what.template, line.who) for line in found]


def test_what_came_with_a_file_or_was_made_of_a_segment() -> None:
    batch = {"id": "b", "operator": "3001", "made_at": at(1)}
    assert told(number(batch_id="b"), row(StockBatch, how="file", name="n.csv", **batch)) == [
        ("2026-11-01", "came into stock with {file}", "3001"),
        ("", "{state}, grade {grade}", ""),
    ]
    assert told(number(batch_id="b"), row(StockBatch, how="made", name="1395799", **batch))[0][1] == "made of {name}"
    assert told(number()) == [("", "{state}, grade {grade}", "")]
    with pytest.raises(NotFound):
        told()


def test_a_lease_and_that_it_was_asked_back() -> None:
    lease = {"id": "L", "outlet": "HZ01", "handed_at": at(2), "sell_until": at(30)}
    held = number(lease_id="L", outlet="HZ01")
    assert told(held, row(Lease, **lease))[0] == ("2026-11-02", "leased to {outlet}, until {day}", "HZ01")
    assert [line[1] for line in told(held, row(Lease, recalled_at=at(5), **lease))] == [
        "leased to {outlet}, until {day}",
        "the lease was asked back",
        "{state}, grade {grade}",
    ]


def test_what_happened_on_one_day_stands_in_its_order() -> None:
    later = at(2).replace("T02", "T03")
    rows = [
        number(lease_id="L", outlet="HZ01", state="in_use"),
        row(Lease, id="L", outlet="HZ01", handed_at=at(2), sell_until=at(30)),
        row(Subscription, id="s", number=N, outlet="HZ01", opened_on="2026-11-02", state="active"),
        row(
            ProductOrder,
            id="o",
            subscription_id="s",
            business="C1",
            serial="S1",
            created_at=later,
        ),
    ]
    assert [line[1] for line in told(*rows)][:2] == ["leased to {outlet}, until {day}", "opened, at {outlet}"]


def test_who_opened_it_gave_it_up_and_what_was_done_since() -> None:
    rows = [
        number(state="quarantined", quarantine_until="2026-12-01"),
        row(Subscription, id="old", number="13957990009", outlet="HZ01", opened_on="2026-11-03", state="active"),
        row(ProductOrder, id="o1", subscription_id="old", business="C1", serial="S1", created_at=at(3)),
        row(ProductOrder, id="o2", subscription_id="old", business="C2", serial="S2", created_at=at(6)),
        row(
            ValueChange,
            id="v",
            subject="old",
            field="number",
            before=N,
            after="13957990009",
            order_id="o2",
            made_at=at(6),
        ),
        row(StockEvent, id="e", kind="number", piece=N, act="released", operator="3001", made_at=at(9)),
        row(StockEvent, id="f", kind="sim", piece=N, act="released", operator="3001", made_at=at(9)),
        row(Subscription, id="new", number=N, outlet="HZ02", opened_on="2026-11-12", state="terminated"),
        row(ProductOrder, id="o3", subscription_id="new", business="C9", serial="S3", created_at=at(20)),
    ]
    assert told(*rows) == [
        ("2026-11-03", "opened, at {outlet}", "S1"),
        ("2026-11-06", "given up for {number}", "S2"),
        ("2026-11-09", "had rested, free again", "3001"),
        ("2026-11-12", "opened, at {outlet}", ""),
        ("2026-11-20", "the line is {state}", "S3"),
        ("", "{state}, until {day}", ""),
    ]


def test_a_line_that_took_it_in_place_of_its_own() -> None:
    rows = [
        number(state="in_use", subscription_id="line"),
        row(Subscription, id="line", number=N, outlet="HZ01", opened_on="2026-11-01", state="active"),
        row(ValueChange, id="v", subject="line", field="number", before="1", after=N, order_id="o", made_at=at(4)),
    ]
    assert told(*rows)[0] == ("2026-11-04", "taken by a line, in place of its own", "HZ01")
