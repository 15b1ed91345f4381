"""Rows from the other side, over an empty store: by revision, what is left alone, what leads nowhere; who may move what
is held."""

from __future__ import annotations

import json
from typing import Any

import pytest

from boss_tui.sync.decisions import hear
from boss_tui.sync.effects import Net, _may_move, apply_bulk, apply_entry, is_alone
from boss_tui.sync.rows import (
    Differing,
    Unfit,
    dangling,
    fitting,
    holds,
    key_of,
    measures,
    put_rows,
    shared_table,
    still_named,
)
from data.errors import Conflict
from data.journal import Change
from data.tables.account import BalanceBucket
from data.tables.base import Table
from data.tables.customer import Category
from data.tables.finance import PostingLine, RunningTotal
from data.tables.order import ProductOrder
from data.tables.organisation import Alarm
from data.tables.resource import NumberSegment, PhoneNumber, SimCard
from data.tables.service import BehaviourSignal
from data.tables.stock import RechargeCard
from data.tables.sync import JournalEntry, SyncException
from tests.boss_tui.components.conftest import empty_store, tx
from tests.boss_tui.components.loose import Loose
from tests.boss_tui.components.rows import row

__all__ = ["empty_store", "tx"]


def whole(model: type[Table], **values: Any) -> dict[str, Any]:
    return dict(row(model, **values).__dict__)


@pytest.mark.parametrize(
    ("value", "held"),
    [
        (2**63 - 1, True),
        (2**63, False),
        (-(2**63), True),
        (-(2**63) - 1, False),
        (True, False),
        (1.0, False),
        ("一", True),
        ("a\x00", False),
        ("\ud800", False),
        ("a\udfff", False),
        ("\ue000", True),
        (None, False),
        ([], False),
    ],
)
def test_a_column_holds_text_and_whole_numbers_that_both_databases_take(value: Any, held: bool) -> None:
    assert holds(value) is held
    column = "amount" if type(value) is int else "account"
    if held:
        assert fitting(PostingLine, {column: value}) == {column: value}
    else:
        with pytest.raises(Unfit):
            fitting(PostingLine, {column: value})


@pytest.mark.parametrize(
    ("model", "column", "value", "fits"),
    [
        (Category, "credit_limit", "5", False),
        (Category, "credit_limit", None, False),
        (Category, "code", 5, False),
        (Category, "rank", 2**31 - 1, True),
        (Category, "rank", 2**31, False),
        (Category, "rank", -(2**31) - 1, False),
        (PostingLine, "amount", 2**31, True),
        (PostingLine, "bucket_id", None, True),
        (PostingLine, "bucket_id", 0, False),
        (PostingLine, "account", None, False),
    ],
)
def test_a_column_holds_what_is_of_its_type(model: type[Table], column: str, value: Any, fits: bool) -> None:
    if fits:
        assert fitting(model, {column: value}) == {column: value}
    else:
        with pytest.raises(Unfit):
            fitting(model, {column: value})


def test_what_is_added_to_is_an_amount_or_a_count() -> None:
    assert measures(RunningTotal) == {"amount", "postings"}
    assert measures(BalanceBucket) == {"amount"}
    assert "revision" not in measures(PhoneNumber)


def test_a_row_has_the_table_s_columns_and_its_whole_key() -> None:
    assert fitting(Category, {"name_en": "Key"}) == {"name_en": "Key"}
    others: tuple[Any, ...] = ({"colours": 1}, [], None)
    for wrong in others:
        with pytest.raises(Unfit):
            fitting(Category, wrong)
    assert key_of(PostingLine, {"posting_id": "p", "line": 2, "amount": 1}) == ("p", 2)
    with pytest.raises(Unfit):
        key_of(PostingLine, {"posting_id": "p"})
    with pytest.raises(Unfit):
        shared_table("weather")


@pytest.mark.parametrize(
    ("here", "told", "stands", "differs"),
    [
        (None, {"revision": 3, "rank": 7}, 7, False),
        ({"revision": 2, "rank": 1}, {"revision": 3, "rank": 7}, 7, False),
        ({"revision": 3, "rank": 1}, {"revision": 3, "rank": 1}, 1, False),
        ({"revision": 3, "rank": 1}, {"revision": 3, "rank": 7}, 1, True),
        ({"revision": 4, "rank": 1}, {"revision": 3, "rank": 7}, 1, False),
    ],
)
def test_the_newer_row_stands_and_another_content_of_one_revision_is_told(
    tx: Loose, here: dict[str, int] | None, told: dict[str, int], stands: int, differs: bool
) -> None:
    if here is not None:
        tx.put(row(Category, code="c", **here))
    found = put_rows(tx, {"category": [whole(Category, code="c", **told)]})
    assert tx.told(Category, "rank") == [stands]
    assert found == ([Differing("category", ("c",), False)] if differs else [])


def test_what_headquarters_tells_of_its_own_stands_against_what_was_altered_here(tx: Loose) -> None:
    tx.put(row(Category, code="c", revision=3, rank=1), row(PhoneNumber, number="138", revision=3, tail="1"))
    told = {
        "category": [whole(Category, code="c", revision=3, rank=7)],
        "phone_number": [whole(PhoneNumber, number="138", revision=3, tail="2")],
    }
    assert put_rows(tx, told, by_author=True) == [
        Differing("category", ("c",), True),
        Differing("phone_number", ("138",), False),
    ]
    assert (tx.told(Category, "rank"), tx.told(PhoneNumber, "tail")) == ([7], ["1"])
    older = {"category": [whole(Category, code="c", revision=2, rank=9)]}
    assert (put_rows(tx, older, by_author=True), tx.told(Category, "rank")) == ([], [7])
    same = {"category": [whole(Category, code="c", revision=3, rank=7)]}
    assert put_rows(tx, same, by_author=True) == []


def test_a_secret_that_does_not_come_with_a_row_stays(tx: Loose) -> None:
    tx.put(row(RechargeCard, serial="s", pin_cipher="kept"), row(SimCard, iccid="i", ki="kept", puk="kept"))
    told = {
        "recharge_card": [whole(RechargeCard, serial="s", revision=2, pin_cipher="", state="sold")],
        "sim_card": [whole(SimCard, iccid="i", revision=2, ki="", puk="new", state="sold")],
    }
    assert put_rows(tx, told) == []
    assert tx.told(RechargeCard, "pin_cipher", "state") == [("kept", "sold")]
    assert tx.told(SimCard, "ki", "puk", "state") == [("kept", "new", "sold")]


def test_a_row_that_is_not_whole_is_none(tx: Loose) -> None:
    short = whole(Category, code="c")
    del short["rank"]
    without = {"posting_id": "p", "line": 1}
    for table, told in (("category", short), ("posting_line", without)):
        with pytest.raises(Unfit):
            put_rows(tx, {table: [told]})


def test_several_rows_of_one_table_are_each_written(tx: Loose) -> None:
    tx.put(row(SimCard, iccid="a", imsi="1", ki="x"), row(SimCard, iccid="b", imsi="2", ki="x"))
    told = [
        whole(SimCard, iccid="a", imsi="1", revision=2, ki="", state="sold"),
        whole(SimCard, iccid="b", imsi="2", revision=2, ki="y", state="sold"),
        whole(SimCard, iccid="c", imsi="3"),
        whole(SimCard, iccid="d", imsi="4"),
    ]
    assert put_rows(tx, {"sim_card": told}) == []
    assert tx.told(SimCard, "iccid", "ki", "state", order=("iccid",)) == [
        ("a", "x", "sold"),
        ("b", "y", "sold"),
        ("c", "", "in_stock"),
        ("d", "", "in_stock"),
    ]


# references


def test_what_leads_nowhere_is_named(tx: Loose) -> None:
    tx.put(row(NumberSegment, prefix="138"))
    fine = {"segment": "138", "grade": None}
    assert dangling(tx, [(PhoneNumber, {}), (PhoneNumber, fine)]) is None
    found = dangling(tx, [(PhoneNumber, fine), (PhoneNumber, {**fine, "segment": "139"})])
    assert found is not None
    assert (found.table, found.column, found.target, found.value) == (PhoneNumber, "segment", NumberSegment, "139")


def test_what_is_still_named_by_another_row_is_told(tx: Loose) -> None:
    tx.put(row(PhoneNumber, number="13800000000", segment="138"))
    assert still_named(tx, NumberSegment, ("138",)) is PhoneNumber
    assert still_named(tx, NumberSegment, ("139",)) is None
    assert still_named(tx, PhoneNumber, ("138",)) is None


# who holds it


HELD = {"outlet": "HZ01", "state": "idle"}


@pytest.mark.parametrize(
    ("model", "here", "alone", "may"),
    [
        (PhoneNumber, HELD, True, True),
        (PhoneNumber, {**HELD, "outlet": "HZ02"}, False, False),
        (PhoneNumber, {**HELD, "state": "in_use"}, False, True),
        (PhoneNumber, {"outlet": "HZ02", "state": "in_use"}, False, True),
        (Alarm, {"outlet": "HZ01", "state": "seen"}, True, True),
        (Alarm, {"outlet": "HZ02", "state": "seen"}, False, False),
    ],
)
def test_what_is_free_is_its_holder_s_alone_and_what_is_with_a_customer_anybody_s(
    model: type[Table], here: dict[str, Any], alone: bool, may: bool
) -> None:
    assert (is_alone(model, here, "HZ01"), _may_move(model, here, "HZ01")) == (alone, may)
    assert not is_alone(Category, here, "HZ01")


def moved(base: int, **values: Any) -> Change:
    return Change("phone_number", "change", ("138",), base, {**values, "revision": base + 1})


@pytest.mark.parametrize(
    ("here", "change", "reason", "state"),
    [
        ({}, moved(1, state="sold"), "", "sold"),
        ({"outlet": "HZ02"}, moved(1, state="sold"), "foreign", "idle"),
        ({"outlet": "HZ02", "state": "in_use"}, moved(1, state="idle"), "", "idle"),
        ({"revision": 2}, moved(1, state="sold"), "stale", "idle"),
        ({"revision": 2, "outlet": "HZ02"}, moved(1, state="sold"), "foreign", "idle"),
        ({"revision": 2, "outlet": "HZ02", "state": "in_use"}, moved(1, state="idle"), "stale", "in_use"),
        # based on what stood in an entry that was put aside: only where nobody else moves it, before and after
        ({}, moved(3, state="idle", tail="x"), "", "idle"),
        ({}, moved(3, state="sold"), "stale", "idle"),
        ({"state": "sold"}, moved(3, state="idle"), "stale", "sold"),
    ],
)
def test_a_change_stands_on_its_revision_by_its_holder(
    tx: Loose, here: dict[str, Any], change: Change, reason: str, state: str
) -> None:
    tx.put(row(PhoneNumber, **{"number": "138", **HELD, **here}))
    faults = apply_entry(tx, "HZ01", [change])
    assert [fault.reason for fault in faults] == ([reason] if reason else [])
    assert tx.told(PhoneNumber, "state") == [state]


def test_a_change_of_what_is_not_here_is_stale(tx: Loose) -> None:
    (fault,) = apply_entry(tx, "HZ01", [moved(4, state="sold")])
    assert fault.detail == {"table": "phone_number", "key": ["138"], "base": 4, "found": 0}
    tx.put(row(PhoneNumber, number="138", revision=2, **HELD))
    (fault,) = apply_entry(tx, "HZ01", [moved(4, state="sold")])
    assert fault.detail["found"] == 2


def test_one_that_is_stale_leaves_the_rest_of_its_entry(tx: Loose) -> None:
    told = whole(Alarm, id="a", outlet="HZ01")
    faults = apply_entry(tx, "HZ01", [moved(1, state="sold"), Change("alarm", "add", ("a",), 0, told)])
    assert ([fault.reason for fault in faults], tx.told(Alarm, "id")) == (["stale"], ["a"])
    signal = whole(BehaviourSignal, id="b", rule="many", subject="x", raised_at="")
    whose = [Change("behaviour_signal", "add", ("b",), 0, signal)]
    assert (apply_entry(tx, "HZ01", whose), apply_entry(tx, "HZ02", whose)) == ([], [])  # a customer's, by two outlets
    other = [Change("behaviour_signal", "add", ("b",), 0, {**signal, "rule": "x"})]
    assert [fault.reason for fault in apply_entry(tx, "HZ01", other)] == ["clash"]
    for fact in (
        told,
        {**told, "words": "x"},
    ):  # the very same one, too: its figures would count again
        again = [Change("alarm", "add", ("a",), 0, fact)]
        assert [fault.reason for fault in apply_entry(tx, "HZ01", again)] == ["clash"]


def test_changes_follow_each_other_to_be_taken_as_one(tx: Loose) -> None:
    tx.put(row(PhoneNumber, number="138", **HELD))
    apply_bulk(tx, "HZ01", [[moved(1, state="sold")], [moved(2, tail="x")]])
    assert tx.told(PhoneNumber, "state", "tail", "revision") == [("sold", "x", 3)]
    added = Change("alarm", "add", ("a",), 0, whole(Alarm, id="a", outlet="HZ01"))
    seen = Change("alarm", "change", ("a",), 1, {"state": "seen", "revision": 2})
    apply_bulk(tx, "HZ01", [[added], [seen]])
    assert tx.told(Alarm, "state") == ["seen"]
    for *before, wrong in ([moved(1, state="sold"), moved(1, tail="x")], [added, added], [added, seen, seen]):
        net = Net()
        for change in before:
            net.take(change)
        with pytest.raises(Conflict):
            net.take(wrong)


def test_figures_of_one_row_are_added_up() -> None:
    net = Net()
    for values in ({"b": 1, "a": 2}, {"a": 3, "b": 4}, {"a": 5}):
        net.take(Change("figure", "increase", ("k",), 0, values))
    assert net.increases == {("figure", ("a", "b")): {("k",): {"a": 5, "b": 5}}, ("figure", ("a",)): {("k",): {"a": 5}}}


# what was decided


@pytest.mark.parametrize(
    ("serial", "order", "named"), [("S1", "S1", "S1"), ("S1", "S2", "-"), ("", "", "-"), (None, "S1", "-")]
)
def test_a_task_names_the_order_that_can_t_be_booked(tx: Loose, serial: str | None, order: str, named: str) -> None:
    told = {"id": "x", "outlet": "HZ01", "epoch": 1, "seq": 7, "held": 1_250, "resolution": "w", "decision": ""}
    tx.put(row(ProductOrder, id="o", serial=order))
    if serial is not None:
        tx.put(row(JournalEntry, outlet="HZ01", epoch=1, seq=7, serial=serial))
    hear(tx, [{**told, "decision": "accepted"}])
    assert tx.told(Alarm, "id") == []
    hear(tx, [{**told, "decision": "compensated"}])
    (message,) = tx.told(Alarm, "message")
    values = json.loads(message)["values"]
    assert (values["serial"], values["seq"], values["yuan"], values["words"]) == (named, 7, "12.50", "w")


@pytest.mark.parametrize(("known", "raised"), [("compensated", 0), ("refused", 1), ("", 1)])
def test_a_task_is_raised_once(tx: Loose, known: str, raised: int) -> None:
    tx.put(row(SyncException, id="x", decision=known))
    told = {"id": "x", "outlet": "HZ01", "epoch": 1, "seq": 7, "held": 0, "resolution": "", "decision": "compensated"}
    hear(tx, [told])
    assert len(tx.told(Alarm, "id")) == raised
