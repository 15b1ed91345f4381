"""An outlet that lies in how its days and shifts end: by who may not, twice, or otherwise than was counted."""

from __future__ import annotations

import json
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from data.journal import canonical
from tests.boss_tui.headquarters.liar import (
    Body,
    Told,
    at_doors,
    behind,
    chained,
    hall,
    headquarters,
    journal,
    opened,
    push,
    row,
)
from tests.boss_tui.transactions.following import next_day
from tests.homes import of_this_run

DAY, NEXT = "2026-11-23", "2026-11-24"
Alter = Callable[[Body, dict[str, Any]], None]


@cache
def _ended() -> str:
    """A hall's day as JSON: one opening, then its shifts and the day are closed, and another is open."""
    at = hall(of_this_run("closes"))
    opened(at, 1)
    next_day(at, NEXT)
    told = json.dumps(journal(at))
    at.store.close()
    return told


def ended(alter: Alter | None = None) -> Told:
    """The same, with a lie in its end."""
    told: Told = json.loads(_ended())
    if alter is not None:
        body = json.loads(told[-1]["body"])
        alter(body, told[-1])
        told[-1]["body"] = canonical(body)
        chained(told, len(told) - 1)
    return told


def test_an_honest_end_is_believed(tmp_path: Path) -> None:
    assert push(headquarters(tmp_path), ended()) == []


def values(table: str, nth: int = 0, **new: Any) -> Alter:
    return lambda body, _: row(body, table, nth).update(new)


def by(staff_no: str, table: str, column: str, nth: int = 0) -> Alter:
    """Who made the entry, and is said to have done it."""

    def alter(body: Body, entry: dict[str, Any]) -> None:
        row(body, table, nth)[column] = staff_no
        entry["operator"] = staff_no

    return alter


DAY_CLOSED, DAY_OPENED = 0, 1
LIES: dict[str, tuple[Alter, str, str]] = {
    "a day closed by another than who did it": (values("business_day", closed_by="2002"), "right", "open"),
    "a day closed by a clerk": (by("1002", "business_day", "closed_by"), "right", "open"),
    "a day closed by nobody": (by("9999", "business_day", "closed_by"), "right", "open"),
    "a day opened by a clerk": (values("business_day", DAY_OPENED, opened_by="1002"), "right", "open"),
    "a shift closed by another clerk": (values("shift", closed_by="1002"), "right", "open"),
    "more counted than there was": (values("shift", counted_cash=1), "sums", "open"),
    "a difference that is none": (values("shift", difference=1), "sums", "open"),
    "a report that was written again": (values("closing_report", content="{}"), "sums", "open"),
    "another day's takings": (values("closing_report", 1, taken=1), "sums", "noted"),
}


@pytest.mark.parametrize(("what", "on_a_stick"), at_doors(LIES))
def test_a_lie_in_the_end_of_a_day_is_put_aside(tmp_path: Path, what: str, *, on_a_stick: bool) -> None:
    alter, reason, state = LIES[what]
    found = push(headquarters(tmp_path), ended(alter), tmp_path if on_a_stick else None)
    assert (found[0].reason, found[0].state) == (reason, state)


def test_cash_that_the_books_have_not_is_noted(tmp_path: Path) -> None:
    """Not put aside: a sale of that shift may have been, and what comes after the close is honest."""

    def alter(body: Body, _: dict[str, Any]) -> None:
        shift = row(body, "shift")
        shift["expected_cash"] += 1
        shift["difference"] = -1

    found = push(headquarters(tmp_path), ended(alter))
    assert {(each.reason, each.state) for each in found} == {("sums", "noted")}


@pytest.mark.parametrize(("table", "state"), [("business_day", "open"), ("shift", "open")])
def test_what_was_closed_is_not_opened_again(tmp_path: Path, table: str, state: str) -> None:
    told, office = ended(), headquarters(tmp_path)
    key = next(change[2] for change in json.loads(told[-1]["body"])["changes"] if change[0] == table)
    assert push(office, told) == []
    again = [[table, "change", key, 2, {"state": state, "revision": 3}]]
    (found,) = push(office, behind(told, "day", again))
    assert (found.reason, found.state) == ("move", "open")


@pytest.mark.parametrize(("day", "reason"), [("2026-11-25", ""), (NEXT, "move"), ("2026-11-20", "move")])
def test_a_day_is_later_than_the_last(tmp_path: Path, day: str, reason: str) -> None:
    told, office = ended(), headquarters(tmp_path)
    assert push(office, told) == []
    new = {**row(json.loads(told[-1]["body"]), "business_day", DAY_OPENED), "business_date": day, "state": "closed"}
    found = push(office, behind(told, "day.open", [["business_day", "add", ["HZ01", day], 0, new]]))
    assert [each.reason for each in found][:1] == ([reason] if reason else [])
