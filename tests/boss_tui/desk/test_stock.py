"""The stock is counted blind, against the books of that moment; what differs has a reason and a supervisor's word."""

from __future__ import annotations

from typing import Any

import pytest

from boss_tui.answers.hall import Bounds
from boss_tui.components.stock.stock_count import MOST
from boss_tui.desk import Desk
from boss_tui.verify import verify
from data.errors import NotAllowed
from data.tables.stock import StockCount, StockPiece
from data.tables.sync import PrintJob
from tests.hall import FACTS, Hall

pytestmark = pytest.mark.light


def supervisor(hall: Hall) -> Desk:
    return hall.counter(FACTS.supervisor, "HZ0102")


def books(hall: Hall) -> dict[str, int]:
    """What must be there, as a supervisor is told."""
    return {line.key: line.pieces or 0 for line in supervisor(hall).stock.lines()}


def refused(field: str, act: Any) -> None:
    with pytest.raises(NotAllowed) as refusal:
        act()
    assert refusal.value.field == field


def test_a_clerk_is_told_what_to_count_and_not_how_much(hall: Hall) -> None:
    lines = hall.desk.stock.lines()
    assert {line.pieces for line in lines} == {None}
    assert {line.kind for line in lines} == {"sim", "blank", "handset", "card"}
    assert [line.key for line in lines] == list(books(hall))
    assert all(pieces > 0 for pieces in books(hall).values())


def test_a_count_that_agrees_needs_nobody(hall: Hall) -> None:
    expected = books(hall)
    paper = hall.desk.stock.count(expected)
    (row,) = hall.rows(StockCount)
    assert (row.number, row.counted_by, row.approved_by, row.reason) == (1, FACTS.clerk, "", "")
    pieces = hall.rows(StockPiece, count_id=row.id)
    assert {f"{one.kind}:{one.of}": (one.expected, one.counted) for one in pieces} == {
        key: (n, n) for key, n in expected.items()
    }
    assert "账实相符" in "\n".join(paper.preview)
    assert len(hall.rows(PrintJob, document_id=row.id)) == 1
    with hall.store.reading() as reading:
        assert verify(reading) == []


@pytest.mark.parametrize("off", [-1, 1])
def test_one_piece_more_or_less_needs_a_reason_and_a_supervisor(hall: Hall, off: int) -> None:
    key, pieces = next((key, n) for key, n in books(hall).items() if key.startswith("card:"))
    found = {key: pieces + off}
    refused("reason", lambda: hall.desk.stock.count(found))
    refused("reason", lambda: hall.desk.stock.count(found, "  ", FACTS.supervisor, FACTS.password))
    refused("approved_by", lambda: hall.desk.stock.count(found, "one was torn"))
    refused("staff_no", lambda: hall.desk.stock.count(found, "one was torn", FACTS.clerk, FACTS.password))
    assert hall.rows(StockCount) == []
    told = "\n".join(hall.desk.stock.count(found, "one was torn", FACTS.supervisor, FACTS.password).preview)
    (row,) = hall.rows(StockCount)
    assert (row.counted_by, row.approved_by, row.reason) == (FACTS.clerk, FACTS.supervisor, "one was torn")
    assert f"{off:+d}" in told
    assert "one was torn" in told
    with hall.store.reading() as reading:
        assert verify(reading) == []


def test_a_supervisor_needs_no_other_and_counts_run_on(hall: Hall) -> None:
    key, pieces = next(iter(books(hall).items()))
    hall.desk.stock.count({key: pieces})
    supervisor(hall).stock.count({key: pieces + 5}, "found in the cellar")
    assert [(row.number, row.approved_by) for row in supervisor(hall).stock.counts()] == [
        (2, FACTS.supervisor),
        (1, ""),
    ]


def test_a_code_over_the_phone_lets_it_differ_once(hall: Hall) -> None:
    key, pieces = next(iter(books(hall).items()))
    (code,) = supervisor(hall).approvals.make_codes(1, Bounds(hours=1))
    hall.desk.stock.count({key: pieces + 1}, "one too many", code.code)
    refused("staff_no", lambda: hall.desk.stock.count({key: pieces + 1}, "one too many", code.code))


def test_what_was_sold_meanwhile_is_no_difference(hall: Hall) -> None:
    before = books(hall)
    hall.open_account()
    after = books(hall)
    assert sum(before.values()) - sum(after.values()) == 1
    hall.desk.stock.count(after)
    refused("reason", lambda: hall.desk.stock.count(before))


@pytest.mark.parametrize("counts", [{}, {"card": 1}, {"card:1": 1}, {"number:": 3}, {"boat:x": 1}])
def test_what_can_t_be_counted(hall: Hall, counts: dict[str, int]) -> None:
    refused("counts", lambda: hall.desk.stock.count(counts))


@pytest.mark.parametrize(("pieces", "field"), [(-1, "counts"), (0, "reason"), (MOST, "reason"), (MOST + 1, "counts")])
def test_how_many_can_be(hall: Hall, pieces: int, field: str) -> None:
    refused(field, lambda: hall.desk.stock.count({next(iter(books(hall))): pieces}))


def test_nothing_is_counted_while_no_day_is_open(hall: Hall) -> None:
    expected = books(hall)
    hall.desk.till.close_shift({10_000: 5, 5_000: 0}, "float", FACTS.supervisor, FACTS.password)
    boss = supervisor(hall)
    boss.day.close()
    refused("", lambda: boss.stock.count(expected))
