"""What is made of nothing, sold from another's block, numbered out of its range, or put into a box: at their edges."""

from __future__ import annotations

import json
from typing import Any

import pytest

from boss_tui.headquarters.rules import stock, transfers
from data.journal import Change
from data.tables.document import DocumentRange, PaperDocument
from data.tables.order import HandwrittenSlip
from data.tables.resource import PhoneNumber, SimCard
from data.tables.stock import ImsiReserve, RechargeCard
from data.tables.sync import Lease
from data.tables.transfer import TransferCount, TransferNote
from tests.boss_tui.components.rows import row
from tests.boss_tui.headquarters.known import MADE, Fact, change, claim, known


def lease(**values: Any) -> Any:
    content = json.dumps({"code": "A", "first": 100, "last": 199})
    standard = {"id": "l1", "kind": "number", "outlet": "HZ01", "content": content, "sell_until": MADE}
    return row(Lease, **{**standard, **values})


def found(rule: Any, rows: list[Any], *new: Fact, changed: list[Change] | None = None, **entry: Any) -> list[Any]:
    faults = rule.judge(known(*rows), claim(*new, changed=changed or [], **entry))
    return [(fault.reason, fault.detail["what"]) for fault in faults]


# pieces that are sold

SOLD = [change("phone_number", "13900000001", state="sold")]


@pytest.mark.parametrize(
    ("piece", "block", "right"),
    [
        ({}, {}, True),
        ({}, {"outlet": "HZ02"}, False),
        ({}, {"id": "other"}, False),
        ({"state": "quarantined"}, {"outlet": "HZ02"}, True),
        ({"lease_id": ""}, {"outlet": "HZ02"}, True),
        ({"number": "13900000002"}, {"outlet": "HZ02"}, True),
        ({}, {"sell_until": "2026-11-22T01:00:00.000000Z"}, True),
        ({}, {"sell_until": "2026-11-22T00:59:59.999999Z"}, False),
    ],
)
def test_a_piece_is_sold_from_the_outlet_s_own_block_in_its_time(
    piece: dict[str, Any], block: dict[str, Any], right: bool
) -> None:
    here = row(PhoneNumber, **{"number": "13900000001", "state": "idle", "lease_id": "l1", **piece})
    assert found(stock, [here, lease(**block)], changed=SOLD) == (
        [] if right else [("lease", "phone_number 13900000001")]
    )


@pytest.mark.parametrize(
    ("written_on", "until", "right"),
    [
        ("2026-11-23", "12:00:00.000000", True),
        ("2026-11-24", "12:00:00.000000", False),
        ("2026-11-24", "15:59:59.999999", False),
        ("2026-11-24", "16:00:00.000000", True),
        ("", "12:00:00.000000", True),
        ("no day", "12:00:00.000000", False),
        ("2026-11-25", "16:00:00.000000", False),
    ],
)
def test_a_slip_written_in_time_sells_in_time(written_on: str, until: str, right: bool) -> None:
    """A day begins at midnight by the hall's calendar, which is 16:00 of the one before in UTC."""
    here = row(PhoneNumber, number="13900000001", state="idle", lease_id="l1")
    slip: Fact = (HandwrittenSlip, {"id": "s", "written_on": written_on})
    told = found(stock, [here, lease(sell_until=f"2026-11-22T{until}Z")], slip, changed=SOLD, made_at="2026-12-01")
    assert (told == []) == right


def test_each_piece_is_looked_at_and_what_is_not_sold_is_passed_over() -> None:
    rows = [row(PhoneNumber, number=number, state="idle", lease_id="l1") for number in ("1", "2", "3", "4")]
    rows[1].__dict__["state"] = "locked"
    moved = [
        change("phone_number", "1", state="reserved"),
        change("phone_number", "2", state="sold"),
        change("phone_number", "9", state="sold"),
        change("phone_number", "3", state="sold"),
        change("phone_number", "4", state="sold"),
    ]
    told = found(stock, [*rows, lease(outlet="HZ02")], changed=moved)
    assert told == [("lease", "phone_number 3"), ("lease", "phone_number 4")]


# what is made

WRITTEN = [change("imsi_reserve", "460", state="used"), change("blank_card", "b1", iccid="8986")]


@pytest.mark.parametrize(
    ("kept", "changed", "right"),
    [
        ({}, WRITTEN, True),
        ({}, WRITTEN[:1], False),
        ({}, WRITTEN[1:], False),
        ({}, [WRITTEN[1], change("imsi_reserve", "460", state="void")], False),
        ({}, [WRITTEN[1], change("imsi_reserve", "461", state="used")], False),
        ({}, [WRITTEN[0], change("blank_card", "b1", iccid="8987")], False),
        ({"imsi": "461"}, WRITTEN, False),
        ({"iccid": "8987"}, WRITTEN, False),
    ],
)
def test_a_card_is_made_of_a_blank_one_and_the_imsi_that_was_kept_for_it(
    kept: dict[str, Any], changed: list[Change], right: bool
) -> None:
    reserve = row(ImsiReserve, **{"imsi": "460", "iccid": "8986", "state": "free", **kept})
    made: Fact = (SimCard, {"iccid": "8986", "imsi": "460", "lease_id": ""})
    told = found(stock, [reserve], made, changed=changed)
    assert told == ([] if right else [("stock", "sim_card 8986")])


def test_no_other_piece_is_ever_made() -> None:
    number: Fact = (PhoneNumber, {"number": "1"})
    card: Fact = (RechargeCard, {"serial": "c"})
    reserve = row(ImsiReserve, imsi="", iccid="", state="free")
    assert sorted(found(stock, [reserve], number, card, changed=WRITTEN)) == [
        ("stock", "phone_number 1"),
        ("stock", "recharge_card c"),
    ]


# runs of numbers


def run(**values: Any) -> dict[str, Any]:
    standard = {
        "id": "r1",
        "kind": "invoice",
        "code": "A",
        "first_number": 100,
        "last_number": 199,
        "next_number": 100,
        "outlet": "HZ01",
        "lease_id": "l1",
    }
    return {**standard, **values}


BLOCK = {"kind": "invoice"}


@pytest.mark.parametrize(
    ("values", "block", "right"),
    [
        ({"last_number": 150}, {}, True),
        ({"first_number": 99}, {}, False),
        ({"last_number": 200}, {}, False),
        ({"first_number": 150, "last_number": 149, "next_number": 150}, {}, False),
        ({"first_number": 150, "last_number": 150, "next_number": 150}, {}, True),
        ({"first_number": 150, "next_number": 149}, {}, False),
        ({"first_number": 150, "next_number": 150}, {}, True),
        ({"next_number": 200}, {}, True),
        ({"next_number": 201}, {}, False),
        ({"code": "B"}, {}, False),
        ({}, {"outlet": "HZ02"}, False),
        ({}, {"kind": "receipt"}, False),
        ({}, {"id": "other"}, False),
    ],
)
def test_a_run_lies_within_the_block_that_it_came_in(
    values: dict[str, Any], block: dict[str, Any], right: bool
) -> None:
    rows = [row(DocumentRange, **run()), lease(**{**BLOCK, **block})]
    told = found(stock, rows, changed=[change("document_range", "r1", **values)])
    assert told == ([] if right else [("lease", "document_range r1")])


@pytest.mark.parametrize(
    ("values", "right"),
    [
        ({"first_number": 100, "last_number": 199}, True),
        ({"first_number": 101, "last_number": 198}, True),
        ({"first_number": 99}, False),
        ({"last_number": 200}, False),
        ({"first_number": 150, "last_number": 149}, False),
        ({"first_number": 150, "last_number": 150}, True),
        ({"next_number": 999}, True),
    ],
)
def test_a_run_of_no_block_lies_within_its_old_numbers(values: dict[str, Any], right: bool) -> None:
    told = found(stock, [row(DocumentRange, **run(lease_id=""))], changed=[change("document_range", "r1", **values)])
    assert told == ([] if right else [("lease", "document_range r1")])


def test_a_run_that_is_not_here_is_told_elsewhere() -> None:
    assert found(stock, [], changed=[change("document_range", "none", last_number=9)]) == []


CUT = run(id="r2", first_number=150, next_number=150, counter="01")


@pytest.mark.parametrize(
    ("of", "new", "changed", "right"),
    [
        ({}, {}, ["r1"], True),
        ({}, {}, ["none", "r1"], True),
        ({}, {}, [], False),
        ({}, {}, ["none"], False),
        ({"kind": "receipt"}, {}, ["r1"], False),
        ({"code": "B"}, {}, ["r1"], False),
        ({"outlet": "HZ02"}, {}, ["r1"], False),
        ({"lease_id": "l2"}, {}, ["r1"], False),
        ({}, {"last_number": 200}, ["r1"], False),
    ],
)
def test_a_run_is_cut_off_from_one_that_the_outlet_has(
    of: dict[str, Any], new: dict[str, Any], changed: list[str], right: bool
) -> None:
    moved = [change("document_range", key, next_number=101) for key in changed]
    rows = [row(DocumentRange, **run(**of)), lease(**BLOCK), lease(id="l2", **BLOCK)]
    told = found(stock, rows, (DocumentRange, {**CUT, **new}), changed=moved)
    assert (("stock", "document_range r2") not in told) == right


def test_a_run_of_no_block_is_made_of_nothing() -> None:
    rows = [row(DocumentRange, **run(lease_id=""))]
    moved = [change("document_range", "r1", next_number=101)]
    told = found(stock, rows, (DocumentRange, {**CUT, "lease_id": ""}), changed=moved)
    assert told == [("stock", "document_range r2")]


@pytest.mark.parametrize(
    ("paper", "here", "moved", "right"),
    [
        ({"number": 100}, {}, {}, True),
        ({"number": 99}, {}, {}, False),
        ({"number": 119}, {}, {}, True),
        ({"number": 120}, {}, {}, False),
        ({"number": 120}, {}, {"r1": 121}, True),
        ({"number": 121}, {}, {"r1": 121}, False),
        ({"number": 120}, {}, {"r2": 121}, False),
        ({"number": 100, "kind": "receipt"}, {}, {}, False),
        ({"number": 100, "code": "B"}, {}, {}, False),
        ({"number": 100, "range_id": "none"}, {}, {}, False),
        ({"number": 100}, {"outlet": "HZ02"}, {}, False),
    ],
)
def test_a_paper_has_a_number_of_its_run_that_was_used(
    paper: dict[str, Any], here: dict[str, Any], moved: dict[str, int], right: bool
) -> None:
    rows = [row(DocumentRange, **run(next_number=120, **here)), row(DocumentRange, **run(id="r2")), lease(**BLOCK)]
    made: Fact = (PaperDocument, {"id": "p", "kind": "invoice", "code": "A", "range_id": "r1", **paper})
    changes = [change("document_range", key, next_number=number) for key, number in moved.items()]
    told = [each for each in found(stock, rows, made, changed=changes) if not each[1].startswith("document_range")]
    assert told == ([] if right else [("lease", f"{made[1]['code']}-{paper['number']:08d}")])


def test_a_paper_may_be_of_the_run_that_was_cut_off_with_it() -> None:
    rows = [row(DocumentRange, **run()), lease(**BLOCK)]
    new: Fact = (DocumentRange, {**CUT, "next_number": 151})
    paper: Fact = (PaperDocument, {"id": "p", "kind": "invoice", "code": "A", "range_id": "r2", "number": 150})
    moved = [change("document_range", "r1", next_number=101)]
    assert found(stock, rows, new, paper, changed=moved) == []
    assert found(stock, rows, new, (PaperDocument, {**paper[1], "number": 151}), changed=moved) != []


# boxes


def note(**values: Any) -> Any:
    standard = {"id": "n1", "kind": "sim", "sender": "HZ01", "receiver": "HZ02", "pieces": 2, "state": "draft"}
    return row(TransferNote, **{**standard, **values})


def count(**values: Any) -> Fact:
    standard = {
        "id": "c1",
        "note_id": "n1",
        "end_of": "sent",
        "pieces": 2,
        "listed": '["a", "b"]',
        "counted_by": "1001",
        "approved_by": "2001",
    }
    return TransferCount, {**standard, **values}


def card(iccid: str, **values: Any) -> Any:
    return row(SimCard, **{"iccid": iccid, "kind": "32K", "state": "in_stock", "lease_id": "l1", **values})


def into(*pieces: str) -> list[Change]:
    return [change("sim_card", piece, state="in_transit") for piece in pieces]


FAULT = ("stock", "transfer_count n1")


@pytest.mark.parametrize(
    ("of", "counted", "piece", "moved", "right"),
    [
        ({}, {}, {}, "ab", True),
        ({"sender": "HZ02"}, {}, {}, "ab", False),
        ({"state": "cancelled"}, {}, {}, "ab", True),
        ({"state": "sent"}, {}, {}, "ab", False),
        ({"pieces": 1}, {}, {}, "ab", False),
        ({"pieces": 3}, {}, {}, "ab", True),
        ({}, {"approved_by": ""}, {}, "ab", False),
        ({}, {"approved_by": "1001"}, {}, "ab", False),
        ({}, {"pieces": 1}, {}, "ab", False),
        ({}, {"listed": '["a"]', "pieces": 1}, {}, "a", True),
        ({}, {"listed": '["a", "c"]'}, {}, "ab", False),
        ({}, {"listed": '["a"]'}, {}, "ab", False),
        ({}, {"listed": '["a", "b", "b"]'}, {}, "ab", False),
        ({}, {"listed": '["a", 1]'}, {}, "ab", False),
        ({}, {"listed": '{"a": 1, "b": 1}'}, {}, "ab", False),
        ({}, {"listed": "["}, {}, "ab", False),
        ({}, {"listed": "[]", "pieces": 0}, {}, "", False),
        ({}, {}, {"state": "sold"}, "ab", False),
        ({"of": "32K"}, {}, {}, "ab", True),
        ({"of": "64K"}, {}, {}, "ab", False),
        ({"from_lease": "l1"}, {}, {}, "ab", True),
        ({"from_lease": "l2"}, {}, {}, "ab", False),
    ],
)
def test_pieces_go_into_a_box_by_a_count_of_its_note(
    of: dict[str, Any], counted: dict[str, Any], piece: dict[str, Any], moved: str, right: bool
) -> None:
    rows = [note(**of), card("a"), card("b", **piece)]
    assert found(transfers, rows, count(**counted), changed=into(*moved)) == ([] if right else [FAULT])


def out(*pieces: str, state: str = "in_stock") -> list[Change]:
    return [change("sim_card", piece, state=state) for piece in pieces]


COMING = {"sender": "", "receiver": "HZ01", "state": "sent", "lease_id": "l1"}
FOUND = {"end_of": "received", "listed": "[]"}


@pytest.mark.parametrize(
    ("of", "counted", "piece", "changed", "right"),
    [
        ({}, {}, {}, out("a", "b"), True),
        ({"receiver": "HZ02"}, {}, {}, out("a", "b"), False),
        ({"state": "differs"}, {}, {}, out("a", "b"), True),
        ({"state": "received"}, {}, {}, out("a", "b"), False),
        ({"state": "draft"}, {}, {}, out("a", "b"), False),
        ({}, {"listed": '["c"]'}, {}, out("a", "b"), True),
        ({}, {"listed": '["a"]'}, {}, out("a", "b"), False),
        ({}, {"listed": '["a", "b"]', "pieces": 0}, {}, [], True),
        ({}, {}, {"lease_id": "l2"}, out("a", "b"), False),
        ({}, {}, {}, out("a", "b", state="sold"), False),
        ({}, {"pieces": 1}, {"state": "in_stock"}, out("a", "b"), True),
        ({}, {}, {"state": "in_stock"}, out("a", "b"), False),
        ({}, {}, {}, [*out("a"), *into("b")], False),
        ({}, {"approved_by": "1001"}, {}, out("a", "b"), False),
    ],
)
def test_pieces_come_out_of_a_box_by_a_count_of_its_note(
    of: dict[str, Any], counted: dict[str, Any], piece: dict[str, Any], changed: list[Change], right: bool
) -> None:
    rows = [note(**{**COMING, **of}), card("a", state="in_transit"), card("b", **{"state": "in_transit", **piece})]
    assert found(transfers, rows, count(**{**FOUND, **counted}), changed=changed) == ([] if right else [FAULT])


def test_a_piece_that_is_not_here_is_in_no_box() -> None:
    assert found(transfers, [note(), card("a")], count(), changed=into("a", "b")) == [FAULT]


def test_a_count_of_no_note_is_told_and_so_are_its_pieces() -> None:
    told = found(transfers, [card("a"), card("b")], count(), changed=into("a", "b"))
    assert told == [FAULT, ("stock", "sim_card a"), ("stock", "sim_card b")]


@pytest.mark.parametrize(
    ("changed", "told"),
    [
        (into("a"), ["sim_card a"]),
        (out("b"), ["sim_card b"]),
        (out("b", state="sold"), ["sim_card b"]),
        (out("a", state="sold"), []),
        ([change("sim_card", "b", note="x")], []),
        (out("none"), []),
        ([*out("a", state="sold"), *out("b"), *into("a")], ["sim_card b", "sim_card a"]),
    ],
)
def test_no_piece_goes_into_a_box_or_out_of_it_without_a_count(changed: list[Change], told: list[str]) -> None:
    rows = [card("a"), card("b", state="in_transit")]
    assert found(transfers, rows, changed=changed) == [("stock", each) for each in told]


def test_a_count_tells_of_its_own_pieces_alone() -> None:
    rows = [note(), card("a"), card("b"), row(RechargeCard, serial="a", state="idle", lease_id="l1")]
    moved = [*into("a", "b"), change("recharge_card", "a", state="in_transit")]
    assert found(transfers, rows, count(), changed=moved) == [("stock", "recharge_card a")]
