"""An outlet whose papers end by nothing, say another reason than was given, or have other copies than were printed."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from boss_tui.editions.lines import RowEdit, stored
from boss_tui.headquarters.rules import paper_ends
from data.journal import Change, canonical
from data.tables.document import NumberMove, PaperDocument
from data.tables.edition import PublishedLine
from data.tables.order import Process, ProductOrder
from data.tables.sync import AccessLog
from tests.boss_tui.components.rows import DAY, row
from tests.boss_tui.headquarters.known import Fact, change, claim, form, known, order, told
from tests.boss_tui.headquarters.liar import Told, at_doors, chained, hall, headquarters, journal, push
from tests.hall import FACTS
from tests.homes import of_this_run


@cache
def _day() -> str:
    """An opening that is called off, and a copy of one of its papers: the hall's journal as JSON."""
    at = hall(of_this_run("paper_ends"))
    at.desk.orders.cancel(at.open_account().serial, "mistaken", FACTS.supervisor, FACTS.password)
    at.desk.papers.reprint(at.rows(PaperDocument, kind="contract")[0].id, "lost")
    found = json.dumps(journal(at))
    at.store.close()
    return found


LIES: Mapping[str, tuple[str, str, dict[str, Any], str]] = {
    "the slip stands": ("C1.cancellation", "change", {"state": "normal"}, "move"),
    "nobody said so": ("C1.cancellation", "change", {"reason": "fire"}, "move"),
    "the red-letter one takes back nothing": ("C1.cancellation", "add", {"reason": ""}, "move"),
    "it was red from the first": ("C1", "add", {"reason": "mistaken"}, "said"),
    "it was void from the first": ("C1", "add", {"state": "void"}, "said"),
    "more were printed": ("C1", "add", {"copies": 1}, "said"),
    "another copy was printed": ("reprint", "change", {"copies": 2}, "said"),
}


def lied(kind: str, op: str, values: Mapping[str, Any]) -> Told:
    """The day, with other values in the last paper that an entry of a kind adds or changes."""
    day: Told = json.loads(_day())
    place = next(at for at, entry in enumerate(day) if entry["kind"] == kind)
    body = json.loads(day[place]["body"])
    papers = [each[4] for each in body["changes"] if each[:2] == ["paper_document", op]]
    papers[-1].update(values)
    day[place]["body"] = canonical(body)
    return chained(day[: place + 1], place)


def test_an_honest_day_is_believed(tmp_path: Path) -> None:
    assert push(headquarters(tmp_path), json.loads(_day())) == []


@pytest.mark.parametrize(("what", "on_a_stick"), at_doors(LIES))
def test_a_paper_ends_as_it_did(tmp_path: Path, what: str, *, on_a_stick: bool) -> None:
    kind, op, values, reason = LIES[what]
    found = push(headquarters(tmp_path), lied(kind, op, values), tmp_path if on_a_stick else None)
    assert {(each.reason, each.state) for each in found} == {(reason, "open")}


# where the rule turns

PAPER = {"code": "A", "number": 7, "order_id": "o1", "collection": "", "reason": "", "copies": 0, "drawn_later": 0}
OLD = {**PAPER, "id": "old", "kind": "invoice", "amount": 500, "tax": 5, "state": "normal", "ended_on": ""}
SLIP = {**OLD, "kind": "slip", "amount": 0, "tax": 0}
CANCELLED = AccessLog, {"id": "l", "act": "cancel", "subject": "S1", "reason": "why"}
BACK = {"id": "new", "number": 8, "amount": -500, "tax": -5, "reason": "A-00000007"}


def paper(**new: Any) -> Fact:
    return PaperDocument, {**OLD, "id": "new", "number": 8, **new}


def ends(**values: Any) -> Change:
    return change("paper_document", "old", **{"state": "red", "reason": "why", "ended_on": DAY, **values})


def found(old: Mapping[str, Any], new: Sequence[Fact], *changed: Change) -> list[str]:
    rows = [row(PaperDocument, revision=1, **old), row(ProductOrder, **order()[1])]
    faults = told(paper_ends.judge(known(*rows), claim(*new, changed=changed)))
    assert not any(note for _, note in faults)
    return [reason for reason, _ in faults]


@pytest.mark.parametrize(
    ("new", "changed", "wrong"),
    [
        ([paper(**BACK), CANCELLED], ends(), []),
        ([CANCELLED], ends(), ["move"]),
        ([paper(**BACK)], ends(), ["move"]),
        ([paper(**{**BACK, "amount": -499}), CANCELLED], ends(), ["move"]),
        ([paper(**{**BACK, "reason": "A-00000006"}), CANCELLED], ends(), ["move"]),
        ([paper(**BACK), CANCELLED], ends(state="void"), ["move"]),
        ([paper(**BACK), CANCELLED], ends(state="normal"), ["move"]),
        ([paper(**BACK), CANCELLED], ends(reason="another"), ["move"]),
        ([paper(**BACK), CANCELLED], ends(ended_on=""), ["move"]),
        ([paper(**BACK), (AccessLog, {**CANCELLED[1], "subject": "S2"})], ends(), ["move"]),
        ([paper(**BACK), (AccessLog, {**CANCELLED[1], "act": "reversal"})], ends(), []),
        ([paper(**BACK), (AccessLog, {**CANCELLED[1], "act": "reprint"})], ends(), ["move"]),
        ([], ends(base=2), []),  # told elsewhere
    ],
)
def test_an_invoice_becomes_red_by_another_one(new: Sequence[Fact], changed: Change, wrong: list[str]) -> None:
    assert found(OLD, new, changed) == wrong


def test_a_slip_becomes_void_with_its_order() -> None:
    assert found(SLIP, [CANCELLED], ends(state="void")) == []
    assert found(SLIP, [], ends(state="void")) == ["move"]
    assert found(SLIP, [CANCELLED], ends(state="red")) == ["move"]
    assert found({**SLIP, "state": "void"}, [CANCELLED], ends(state="void")) == ["move"]


def test_a_business_that_takes_an_order_back_says_why_in_its_form() -> None:
    back = order("C10", id="o2", reverses="o1", form_json=form(action="return", imei="1", reason="broken"))
    assert found(SLIP, [back], ends(state="void", reason="broken")) == []
    assert found(SLIP, [back], ends(state="void", reason="why")) == ["move"]


MOVE = {"id": "m", "kind": "slip", "code": "A", "first_number": 7, "last_number": 7, "reason": "torn"}


def test_a_sheet_that_is_printed_anew_makes_the_spoiled_one_void() -> None:
    anew = paper(**{**SLIP, "id": "new", "number": 8})
    assert found(SLIP, [anew, (NumberMove, {**MOVE, "act": "anew"})], ends(state="void", reason="torn")) == []
    assert found(SLIP, [anew, (NumberMove, {**MOVE, "act": "anew"})], ends(state="void", reason="why")) == ["move"]
    assert found(SLIP, [anew, (NumberMove, {**MOVE, "act": "seen"})], ends(state="void", reason="torn")) == ["move"]


@pytest.mark.parametrize(
    ("values", "wrong"),
    [
        ({}, []),
        ({"reason": "torn"}, ["said"]),
        ({"amount": -500, "reason": "A-00000007"}, []),
        ({"amount": -501, "reason": "A-00000007"}, ["said"]),
        ({"amount": -500, "reason": "A-00000008"}, ["said"]),
        ({"amount": -500, "reason": "A-x"}, ["said"]),
        ({"amount": -500, "kind": "receipt", "reason": "A-00000007"}, ["said"]),
        ({"state": "void", "reason": "torn"}, ["said"]),
        ({"state": "red", "reason": "torn"}, ["said"]),
        ({"copies": 1}, ["said"]),
    ],
)
def test_a_new_paper_has_no_reason_but_that_of_a_red_letter(values: dict[str, Any], wrong: list[str]) -> None:
    assert found(OLD, [paper(**values)]) == wrong


def test_a_spoiled_number_says_why() -> None:
    spoiled = {"kind": "slip", "state": "void", "order_id": None, "amount": 0}
    voided = NumberMove, {**MOVE, "act": "void", "last_number": 8}
    assert found(OLD, [paper(**spoiled, reason="torn"), voided]) == []
    assert found(OLD, [paper(**spoiled, reason="why"), voided]) == ["said"]
    assert found(OLD, [paper(**{**spoiled, "number": 9}, reason="torn"), voided]) == ["said"]
    assert found(OLD, [paper(**{**spoiled, "state": "red"}, reason="torn"), voided]) == ["said"]


REPRINTED = AccessLog, {"id": "r", "act": "reprint", "subject": "invoice A-00000007", "reason": "lost"}


def test_copies_are_those_that_were_printed() -> None:
    assert found(OLD, [REPRINTED], change("paper_document", "old", copies=1)) == []
    assert found(OLD, [REPRINTED], change("paper_document", "old", copies=2)) == ["said"]
    assert found(OLD, [], change("paper_document", "old", copies=1)) == ["said"]
    again = AccessLog, {**REPRINTED[1], "id": "r2"}
    both = [change("paper_document", "old", copies=1), change("paper_document", "old", base=2, copies=2)]
    assert found(OLD, [REPRINTED, again], *both) == []


PROCESS: dict[str, Any] = {
    "business": "C12",
    "number": "P",
    "steps": "[]",
    "limits": "[]",
    "approvals": "[]",
    "network_minutes": 0,
}


@pytest.mark.parametrize(
    ("version", "copies", "wrong"), [(1, 0, ["said"]), (1, 1, []), (1, 2, ["said"]), (0, 2, []), (2, 1, ["said"])]
)
def test_a_process_says_how_many_are_printed_at_once(version: int, copies: int, wrong: list[str]) -> None:
    process = row(Process, revision=1, copies='[{"kind":"invoice","sheets":2}]', **PROCESS)
    line = stored(RowEdit("process", ("C12",), "add", dict(process.__dict__)), 1, 0, "2026-01-01", at_once=False)
    made = row(PublishedLine, **line)
    new = [order(id="o1", process_version=version, form_json="{}"), paper(copies=copies)]
    faults = paper_ends.judge(known(process, made), claim(*new))
    assert [reason for reason, _ in told(faults)] == wrong
