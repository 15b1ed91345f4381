"""What is against an entry that was put aside: its first reason with all others, cut to what a person reads."""

from __future__ import annotations

import json
from typing import Any

import pytest

from boss_tui.sync.effects import Fault
from boss_tui.sync.reasons import ALSO, MOST_SAID, MOST_TOLD, also, put_aside_for, reasons, short, together
from boss_tui.sync.states import reason_words
from data.tables.sync import SyncException
from tests.boss_tui.components.rows import row


def faults(count: int, reason: str = "act", first: int = 0) -> list[Fault]:
    return [Fault(reason, {"what": str(at)}) for at in range(first, first + count)]


def told(count: int, reason: str = "act", first: int = 0) -> list[Any]:
    return [[fault.reason, fault.detail] for fault in faults(count, reason, first)]


def exception(reason: str = "act", state: str = "open", **detail: Any) -> Any:
    return row(SyncException, reason=reason, state=state, detail=json.dumps(detail) if detail else "")


def test_one_fault_is_itself_and_the_first_of_several_goes_first() -> None:
    (alone,) = faults(1, "staff")
    assert together([alone]) is alone
    assert together([alone, *faults(1)]) == Fault("staff", {"what": "0", ALSO: told(1)})


def test_many_are_told_up_to_a_bound_and_every_kind_of_them() -> None:
    (first,) = faults(1, "staff")
    most = together([first, *faults(MOST_TOLD), *faults(1, "date", 7), *faults(2, "books")])
    assert most.detail[ALSO] == [*told(MOST_TOLD), *told(1, "books"), *told(1, "date", 7)]
    assert together([first, *faults(MOST_TOLD + 1)]).detail[ALSO] == told(MOST_TOLD)


def test_what_else_is_found_later_is_added_once() -> None:
    assert also(exception(what="0"), faults(2)) == {"what": "0", ALSO: told(2)}
    assert also(exception(what="0", also=told(2)), faults(2, first=1)) == {"what": "0", ALSO: told(3)}
    assert len(also(exception(what="0"), faults(MOST_TOLD + 1))[ALSO]) == MOST_TOLD
    long = Fault("act", {"what": "x" * (MOST_SAID + 1)})
    once = also(exception(what="0"), [long])
    assert once[ALSO] == [["act", {"what": "x" * MOST_SAID}]]
    assert also(exception(**once), [long]) == once


def test_all_reasons_are_told_each_once_the_first_one_first() -> None:
    assert reasons(exception("staff")) == ("staff",)
    assert reasons(exception("staff", what="0")) == ("staff",)
    assert reasons(exception("staff", also=[["act", {}], ["staff", {}], ["act", {}], ["date", {}]])) == (
        "staff",
        "act",
        "date",
    )


@pytest.mark.parametrize("state", ["open", "noted"])
def test_they_are_told_in_words_one_behind_the_other(state: str) -> None:
    noted = state == "noted"
    first, second, third = (str(reason_words(each, noted=noted)) for each in ("staff", "right", "date"))
    assert str(put_aside_for(exception("staff", state))) == first
    both = exception("staff", state, also=[["right", {}], ["date", {}]])
    assert str(put_aside_for(both)) == f"{first} {second} {third}"
    assert (str(reason_words("staff")) == first) is not noted


@pytest.mark.parametrize(
    ("detail", "noted"),
    [
        ("x" * MOST_SAID, "x" * MOST_SAID),
        ("x" * (MOST_SAID + 1), "x" * MOST_SAID),
        ([1] * (MOST_SAID + 1), [1] * MOST_SAID),
        ({"a": ["y" * 999], "b": {"c": "z" * 999}}, {"a": ["y" * MOST_SAID], "b": {"c": "z" * MOST_SAID}}),
        (7, 7),
        (None, None),
    ],
)
def test_what_is_noted_is_short_however_deep_it_lies(detail: Any, noted: Any) -> None:
    assert short(detail) == noted
