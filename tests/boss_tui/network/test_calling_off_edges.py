"""Calling off work, settling it by hand, queueing it again: over an empty store, each condition alone."""

from __future__ import annotations

import json
from typing import Any

import pytest

from boss_tui.network import cancelling, manual
from data.errors import NotAllowed
from data.tables.network import NetworkCommand, WorkOrder
from tests.boss_tui.components.conftest import empty_store, tx
from tests.boss_tui.components.loose import Loose
from tests.boss_tui.components.rows import row

__all__ = ["empty_store", "tx"]


def work(key: str = "w", kind: str = "automatic", instead_of: str = "", position: int = 1, **values: Any) -> Any:
    parameters = json.dumps({"instead_of": instead_of} if instead_of else {})
    standard = {"order_id": "o", "act": "bar", "position": position, "parameters": parameters, "state": "open"}
    return row(WorkOrder, id=key, kind=kind, **{**standard, **values})


def command(number: int = 1, of: str = "w", **values: Any) -> Any:
    standard = {"state": "answered", "closed": 1, "position": 1, "step": number, "undo": "[]"}
    return row(NetworkCommand, command_key=f"{of}{number}", work_order_id=of, number=number, **{**standard, **values})


UNDO = json.dumps(["take it back"])
DONE, ON_THE_WAY, NOT_CERTAIN = "done it already", "on their way", "not certain"


@pytest.mark.parametrize(
    ("rows", "why"),
    [
        ([], ""),
        ([work(state="done")], DONE),
        ([work(order_id="p", state="done")], ""),
        ([work(kind="manual", state="done")], ""),
        ([work(), command(state="queued", closed=0)], ""),
        ([work(), command(state="queued", closed=0, attempts=1)], ON_THE_WAY),
        ([work(), command(state="sent", closed=0)], ON_THE_WAY),
        ([work(), command(state="sent", closed=1)], ""),
        ([work(), command(of="other", state="sent", closed=0)], ""),
        # what a try may have left there
        ([work(state="failed"), command(state="failed")], NOT_CERTAIN),
        ([work(state="failed"), command(state="failed", answer_code="3")], ""),
        ([work(state="cancelled"), command(state="failed")], ""),
        ([work(state="failed"), command(undo=UNDO)], NOT_CERTAIN),
        ([work(state="failed"), command(undo=UNDO), command(2, purpose="undo")], ""),
        ([work(state="failed"), command(undo=UNDO), command(2, purpose="undo", state="failed")], NOT_CERTAIN),
        ([work(state="failed"), command(undo=UNDO), command(2, purpose="query")], NOT_CERTAIN),
        ([work(state="failed"), command(undo=UNDO), command(2, purpose="undo", position=2)], NOT_CERTAIN),
        ([work(state="failed"), command(undo=UNDO, state="failed", answer_code="3")], ""),
        ([work(state="failed"), command(), command(2, undo=UNDO), command(3, purpose="undo")], ""),
        ([work(state="failed"), command(undo=UNDO), command(2, undo=UNDO), command(3, purpose="undo")], NOT_CERTAIN),
        # of a step that was sent again the last try counts
        ([work(state="failed"), command(state="failed"), command(2, step=1, state="failed", answer_code="3")], ""),
        # where a person has looked there
        ([work(state="failed"), command(state="failed"), work("m", "manual", "w", 2, state="cancelled")], ""),
        ([work(state="failed"), command(state="failed"), work("m", "manual", "w", 2)], NOT_CERTAIN),
        ([work(state="failed"), command(state="failed"), work("m", "manual", "x", 2, state="cancelled")], NOT_CERTAIN),
        (
            [
                *(work(state="failed"), command(state="failed")),
                *(work("m", "manual", "w", 2, state="cancelled"), work("n", "manual", "w", 3)),
            ],
            NOT_CERTAIN,
        ),
        ([work(), work("v", position=2, state="done")], DONE),
    ],
)
def test_what_the_network_has_or_may_have_is_in_the_way(tx: Loose, rows: list[Any], why: str) -> None:
    tx.put(*rows)
    found = cancelling.in_the_way(tx, "o")
    assert why in str(found or "")
    assert bool(found) == bool(why)
    if why:
        with pytest.raises(NotAllowed):
            cancelling.cancel(tx, "o", "2001", "x")


def states(tx: Loose) -> dict[str, str]:
    return dict(tx.told(WorkOrder, "id", "state"))


def test_all_that_is_not_settled_is_called_off_and_what_a_person_did_stays(tx: Loose) -> None:
    tx.put(
        *(work("a"), work("b", position=2, state="failed"), work("c", position=3, state="cancelled")),
        *(work("d", "manual", position=4), work("e", "manual", position=5, state="done")),
        *(work("f", "manual", "b", position=6), work("far", order_id="p"), command(of="a", state="queued", closed=0)),
    )
    found = cancelling.cancel(tx, "o", "2001", " why ")
    assert [each.id for each in found] == ["a", "b", "c", "d", "e", "f"]
    assert states(tx) == {**dict.fromkeys("abcdf", "cancelled"), "e": "done", "far": "open"}
    assert {row.reason for row in tx.all(WorkOrder, state="cancelled") if row.id != "c"} == {"why"}
    assert tx.told(NetworkCommand, "closed") == [1]


# one by one


@pytest.mark.parametrize(
    ("rows", "words", "allowed"),
    [
        ([work()], "x", True),
        ([work(state="failed")], "x", True),
        ([work(state="done")], "x", False),
        ([work()], "  ", False),
        ([work(), command(state="queued", closed=0)], "x", True),
        ([work(), command(state="queued", closed=0, attempts=1)], "x", False),
        ([work(), command(state="sent", closed=0)], "x", False),
        ([work(), command(state="sent", closed=1)], "x", True),
    ],
)
def test_work_is_cancelled_of_which_nothing_has_left(tx: Loose, rows: list[Any], words: str, allowed: bool) -> None:
    tx.put(*rows)
    if allowed:
        assert manual.cancel(tx, "w", "2001", words).state == "cancelled"
        assert tx.told(WorkOrder, "done_by", "reason") == [("2001", "x")]
    else:
        with pytest.raises(NotAllowed):
            manual.cancel(tx, "w", "2001", words)


@pytest.mark.parametrize(
    ("values", "done", "words", "allowed"),
    [
        ({}, True, "", True),
        ({}, False, "", False),
        ({}, False, " ", False),
        ({}, False, "x", True),
        ({"kind": "automatic"}, True, "", False),
        ({"state": "cancelled"}, True, "", False),
    ],
)
def test_a_person_settles_what_is_open_and_says_why_it_is_given_up(
    tx: Loose, values: dict[str, Any], done: bool, words: str, allowed: bool
) -> None:
    tx.put(work("a", state="failed"), work(**{"kind": "manual", "instead_of": "a", **values}))
    if not allowed:
        with pytest.raises(NotAllowed):
            manual.settle(tx, "w", "1001", done=done, words=words)
        return
    settled = manual.settle(tx, "w", "1001", done=done, words=words)
    assert (settled.state, settled.done_by, bool(settled.reason)) == ("done" if done else "cancelled", "1001", True)
    assert states(tx)["a"] == ("done" if done else "failed")
    assert manual.given_up(settled) is not done


@pytest.mark.parametrize("state", ["open", "cancelled", "done"])
def test_what_a_person_did_ends_only_the_failed_one_that_it_stood_in_for(tx: Loose, state: str) -> None:
    tx.put(work("a", state=state), work("b", state="failed", position=2), work("w", "manual", "a", 3))
    manual.settle(tx, "w", "1001", done=True)
    assert states(tx) == {"a": state, "b": "failed", "w": "done"}


@pytest.mark.parametrize(
    ("values", "allowed"), [({"state": "failed"}, True), ({}, False), ({"kind": "manual", "state": "failed"}, False)]
)
def test_only_what_failed_is_queued_again_and_what_comes_after_it(
    tx: Loose, values: dict[str, Any], allowed: bool
) -> None:
    tx.put(work(**{"position": 2, **values}), work("m", "manual", "w", 5))
    tx.put(*(work(f"v{at}", position=at) for at in (1, 2, 3)), work("far", order_id="p", position=3))
    tx.put(*(command(of=of, state="queued", closed=0) for of in ("v1", "v2", "v3", "far")))
    if not allowed:
        with pytest.raises(NotAllowed):
            manual.requeue(tx, "w", "2001")
        return
    assert manual.requeue(tx, "w", "2001").state == "open"
    assert dict(tx.told(NetworkCommand, "work_order_id", "closed")) == {"v1": 0, "v2": 0, "v3": 1, "far": 0}
    withdrawn = tx.one(WorkOrder, id="m")
    assert (withdrawn.state, manual.given_up(withdrawn)) == ("cancelled", False)
