"""Which commands leave: by their time, once they are released, in their turn, and never a work order cut in two."""

from __future__ import annotations

from typing import Any

import pytest

from boss_tui.network import send
from boss_tui.network.send import MOST, whole_orders
from data.clock import stamp
from data.tables.network import NetworkBatch, NetworkCommand, WorkOrder
from data.tables.sync import JournalHead, SyncException
from tests.boss_tui.components.conftest import empty_store, tx
from tests.boss_tui.components.loose import Loose
from tests.boss_tui.components.rows import NOW, row

__all__ = ["empty_store", "tx"]
MOMENT = stamp(NOW)


def command(key: str = "c", **values: Any) -> Any:
    standard = {"state": "queued", "element": "HLR1", "chain": "s", "position": 1, "work_order_id": "w", "number": 1}
    return row(NetworkCommand, command_key=key, **{**standard, "order_epoch": 1, "order_seq": 5, **values})


def work(key: str = "w", **values: Any) -> Any:
    return row(WorkOrder, id=key, **{"order_id": "o", "position": 2, "state": "open", **values})


def dead(**values: Any) -> Any:
    return row(SyncException, id="x", **{"outlet": "HZ01", "epoch": 1, "seq": 5, "state": "open", **values})


def ready(tx: Loose, *rows: Any, alone: bool = False, acked: int = 5, epoch: int = 1) -> list[str]:
    tx.put(row(JournalHead, outlet="HZ01", epoch=epoch, acked_seq=acked), *rows)
    of = {"of": "HZ01", "of_element": "HLR1", "moment": MOMENT, "alone": int(alone)}
    return [each.command_key for each in tx.models(NetworkCommand, send._READY, **of)]


@pytest.mark.parametrize(
    ("values", "leaves"),
    [
        ({}, True),
        ({"state": "sent"}, False),
        ({"closed": 1}, False),
        ({"element": "HLR2"}, False),
        ({"not_before": MOMENT}, True),
        ({"not_before": stamp(NOW.replace(microsecond=1))}, False),
        ({"work_order_id": ""}, True),
    ],
)
def test_what_is_queued_for_an_element_leaves_when_its_time_has_come(
    tx: Loose, values: dict[str, Any], leaves: bool
) -> None:
    assert bool(ready(tx, work(), command(**values))) is leaves


@pytest.mark.parametrize(
    ("told", "rows", "values", "leaves"),
    [
        ({"acked": 4}, [], {}, False),
        ({"acked": 4, "alone": True}, [], {}, True),
        ({"acked": 4}, [], {"own": 1}, True),
        ({"acked": 4, "epoch": 2}, [], {}, True),
        ({}, [dead()], {}, False),
        ({}, [dead(state="resolved")], {}, True),
        ({}, [dead(seq=4)], {}, True),
        ({}, [dead(epoch=2)], {}, True),
        ({}, [dead(outlet="HZ02")], {}, True),
        ({}, [dead()], {"own": 1}, True),
        ({"epoch": 2}, [dead()], {}, False),
    ],
)
def test_it_leaves_once_headquarters_has_accepted_its_order(
    tx: Loose, told: dict[str, Any], rows: list[Any], values: dict[str, Any], leaves: bool
) -> None:
    assert bool(ready(tx, work(), command(**values), *rows, **told)) is leaves


@pytest.mark.parametrize(
    ("others", "leaves"),
    [
        ([command("b", position=0)], False),
        ([command("b", position=0, closed=1)], True),
        ([command("b", position=0, chain="t")], True),
        ([command("b", position=1, state="sent")], True),
        ([work("v", position=1, state="failed")], False),
        ([work("v", position=1)], True),
        ([work("v", position=2, state="failed")], True),
        ([work("v", position=1, state="failed", order_id="p")], True),
    ],
)
def test_it_leaves_in_its_turn(tx: Loose, others: list[Any], leaves: bool) -> None:
    assert ("c" in ready(tx, work(), command(), *others)) is leaves


@pytest.mark.parametrize(
    ("orders", "leave"),
    [
        (["a"] * MOST, MOST),
        (["a"] * (MOST - 1) + ["b"] * 2, MOST - 1),
        (["a"] * MOST + ["b"], MOST),
        (["a"] * (MOST + 1), MOST),
        (["a", *["b"] * MOST], 1),
    ],
)
def test_no_work_order_is_cut_in_two_unless_it_is_too_large(orders: list[str], leave: int) -> None:
    assert len(whole_orders([command(work_order_id=each) for each in orders])) == leave


def test_the_first_go_first(tx: Loose) -> None:
    rows = [command(f"c{number}", number=number, chain=f"s{number}") for number in (3, 1, 2)]
    assert ready(tx, work(), *rows) == ["c1", "c2", "c3"]


@pytest.mark.parametrize(
    ("values", "waiting", "early"),
    [
        ({}, {"f"}, True),
        ({}, set(), False),
        ({}, {"g"}, False),
        ({"purpose": "act"}, {"f"}, False),
        ({"work_order_id": "v"}, {"f"}, False),
    ],
)
def test_a_question_waits_until_what_is_doubted_was_taken(
    tx: Loose, values: dict[str, Any], waiting: set[str], early: bool
) -> None:
    tx.put(row(NetworkBatch, id="b", file_name="f", state="published"), command("d", state="unknown", batch_id="b"))
    question = command("q", **{"purpose": "query", **values})
    assert send._too_early(tx, question, frozenset(waiting)) is early
    tx.put(row(NetworkBatch, id="n", sequence=2, state="built"), command("e", state="unknown", batch_id="n"))
    assert send._too_early(tx, question, frozenset()) is (
        values.get("purpose") != "act" and "work_order_id" not in values
    )
