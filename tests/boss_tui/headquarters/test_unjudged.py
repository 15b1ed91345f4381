"""Whatever an entry holds, it becomes an exception with its reason, and the honest entries around it are booked."""

from __future__ import annotations

import json
import logging
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from boss_tui.headquarters.exceptions import Word
from boss_tui.headquarters.rules import judged
from data.errors import NotAllowed, Outside
from data.message import Message
from tests.boss_tui.headquarters.deciding import accept
from tests.boss_tui.headquarters.liar import (
    LIE,
    Body,
    chained,
    headquarters,
    lying,
    morning,
    openings,
    orders,
    push,
    row,
    undecided,
)
from tests.tiers import some_by_day

DAY = "2026-11-23"
MOST = 2**63 - 1
Alter = Callable[[Body, dict[str, Any]], None]


def holding(**values: Any) -> Alter:
    return lambda body, _: row(body, "product_order").update(values)


def also(*changes: list[Any]) -> Alter:
    return lambda body, _: body["changes"].extend(changes)


def figure(by: int) -> list[Any]:
    return ["figure", "increase", ["HZ01", DAY, "1001", "C1", "accepted"], 0, {"amount": by, "count": 1}]


def total(by: int) -> list[Any]:
    return ["running_total", "increase", ["HZ01", DAY, "HZ0101", "1001"], 0, {"postings": by}]


def tenders(body: Body, _: dict[str, Any]) -> None:
    paid = row(body, "payment")["id"]
    for line in range(2, 11_002):
        told = {"payment_id": paid, "line": line, "kind": "cash", "amount": 10**15 - 1, "reference": ""}
        body["changes"].append(["payment_tender", "add", [paid, line], 0, told])


ODD: dict[str, tuple[Alter, str]] = {
    "the first day of the calendar": (holding(created_at="0001-01-01T00:00:00.000000Z"), "date"),
    "a year long before": (holding(created_at="1800-01-01T00:00:00.000000Z"), "date"),
    "the last day of the calendar": (holding(created_at="9999-12-31T23:59:59.999999Z"), "date"),
    "a figure that no column holds twice": (also(figure(MOST), figure(MOST)), "books"),
    "a figure that sinks as far": (also(figure(-MOST)), "books"),
    "a total that no column holds twice": (also(total(MOST), total(MOST)), "unknown"),
    "more money than there is": (tenders, "sums"),
    "a revision at the end": (also(["product_order", "change", ["x"], 2**31 - 2, {"revision": 2**31 - 1}]), "dangling"),
    "a revision behind it": (also(["product_order", "change", ["x"], MOST - 1, {"revision": MOST}]), "unknown"),
    "nested without end": (holding(form_json="[" * 50_000), "unknown"),
}


@pytest.mark.parametrize("what", some_by_day(ODD, 3))
def test_what_no_program_of_ours_writes_is_put_aside_and_the_rest_goes_on(tmp_path: Path, what: str) -> None:
    alter, reason = ODD[what]
    told, office = lying(morning(), alter), headquarters(tmp_path)
    assert [each.reason for each in push(office, told)] == [reason]
    assert orders(office, told) == [place != LIE or reason == "stale" for place in range(4)]


NO_NUMBERS = ("1e400", "-1e400", "1" + "0" * 20, "0", "-1", "1.5", "true", '"1"', "null", "[1]")


def test_an_item_s_number_is_one(tmp_path: Path) -> None:
    """Of the feed or the stream: each entry that tells of another is put aside."""
    told, office = morning(), headquarters(tmp_path)
    honest = len(told)
    for number in NO_NUMBERS:
        for what in ("feed", "stream"):
            body = f'{{"changes":[],"{what}":{{"applied":[{number}],"waiting":[],"digest":""}}}}'
            told.append({**told[-1], "seq": told[-1]["seq"] + 1, "kind": "feed", "serial": "", "body": body})
    found = push(office, chained(told, honest))
    assert [(each.reason, json.loads(each.detail)) for each in found] == [("unknown", {"kind": "feed"})] * 20
    assert orders(office, told) == [True] * 4


def broken(fault: Exception, at: int) -> Callable[..., Any]:
    """The judging of entries, as it is while something is wrong with one."""

    def judging(known: Any, entry: Any, changes: Any) -> Any:
        if entry.seq == at:
            raise fault
        return judged(known, entry, changes)

    return judging


@pytest.mark.parametrize("fault", [RuntimeError("odd"), NotAllowed(Message("odd"))])
def test_what_nobody_thought_of_is_put_aside_and_logged(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture, fault: Exception
) -> None:
    told, office = morning(), headquarters(tmp_path)
    seq = told[openings(told)[LIE]]["seq"]
    monkeypatch.setattr("boss_tui.headquarters.admission.judged", broken(fault, seq))
    with caplog.at_level(logging.ERROR, "boss.headquarters"):
        (found,) = push(office, told)
    assert (found.seq, found.reason, found.held > 0) == (seq, "unknown", True)
    assert json.loads(found.detail) == {"what": f"could not be judged: {type(fault).__name__}: odd"}
    assert orders(office, told) == [place != LIE for place in range(4)]
    assert [record.exc_info and record.exc_info[1] for record in caplog.records] == [fault]
    monkeypatch.undo()
    assert accept(office.store, found.id, Word("3001", "The program was mended.")).decision == "accepted"
    assert orders(office, told) == [True] * 4


def test_a_fault_of_the_store_is_no_entry_s(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing is taken then: the outlet sends it again."""
    told, office = morning(), headquarters(tmp_path)
    driver: Any = office.store.engine.dialect.dbapi
    seq = told[openings(told)[LIE]]["seq"]
    for fault in (driver.OperationalError("disk is full"), Outside(Message("gone"))):
        monkeypatch.setattr("boss_tui.headquarters.admission.judged", broken(fault, seq))
        with pytest.raises(Outside):
            push(office, told)
        assert (undecided(office), orders(office, told)) == ([], [False] * 4)
        monkeypatch.undo()
    assert push(office, told) == []
    assert orders(office, told) == [True] * 4
