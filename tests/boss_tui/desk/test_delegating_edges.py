"""Whom a right may be handed to and for which days: each bound on both sides, and what is in the way."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

from boss_tui.desk import delegating
from data.errors import NotAllowed
from data.parameters import DELEGATION_DAYS
from data.tables.organisation import Delegation, DutyConflict, Operator, RoleRight
from tests.boss_tui.components.rows import DAY, Rows, row
from tests.boss_tui.desk.shop import Shop
from tests.hall import FACTS

DATES = ("2026-11-25", "2026-11-27")
TAKER = row(Operator, staff_no="1002", role="clerk", outlet="HZ01")


def handed(**values: Any) -> Any:
    standard = {
        "outlet": "HZ01",
        "giver": "2001",
        "taker": "1002",
        "right": "C12",
        "since": DATES[0],
        "until": DATES[1],
    }
    return row(Delegation, **{**standard, **values})


@pytest.mark.parametrize(
    ("values", "fits"),
    [
        ({}, False),
        ({"until": DATES[0], "since": DAY}, False),
        ({"until": "2026-11-24", "since": DAY}, True),
        ({"since": DATES[1], "until": "2026-12-01"}, False),
        ({"since": "2026-11-28", "until": "2026-12-01"}, True),
        ({"right": "C11"}, True),
        ({"taker": "1003"}, True),
        ({"withdrawn_on": DAY}, True),
    ],
)
def test_nobody_is_handed_what_they_have_then_already(values: dict[str, Any], fits: bool) -> None:
    reading: Any = Rows(TAKER, handed(**values))
    if fits:
        delegating._must_fit(reading, TAKER, "C12", DATES)
    else:
        with pytest.raises(NotAllowed) as refused:
            delegating._must_fit(reading, TAKER, "C12", DATES)
        assert refused.value.field == "taker"


@pytest.mark.parametrize(
    ("right", "own", "handed_on", "fits"),
    [
        ("M4", "M4.check", "", False),
        ("M4.check", "M4", "", False),
        ("M4", "C12", "M4.check", False),
        ("M4", "C12", "C11", True),
        ("C12", "M4", "M4.check", True),
    ],
)
def test_what_is_kept_apart_stays_so(right: str, own: str, handed_on: str, fits: bool) -> None:
    """From what their role has, and from what they are handed for those days; what they have by now is not asked."""
    more = [handed(right=handed_on)] if handed_on else []
    apart = row(DutyConflict, holds="M4", excludes="M4.check", reason_zh="x")
    reading: Any = Rows(TAKER, apart, row(RoleRight, role="clerk", business=own), *more)
    if fits:
        delegating._must_fit(reading, TAKER, right, DATES)
    else:
        with pytest.raises(NotAllowed) as refused:
            delegating._must_fit(reading, TAKER, right, DATES)
        assert refused.value.field == "right"


@pytest.mark.parametrize(
    ("staff_no", "values", "found"),
    [
        ("1002", {}, True),
        ("2001", {"staff_no": "2001"}, False),
        ("1002", {"outlet": "HZ02"}, False),
        ("1002", {"state": "left"}, False),
        ("1009", {}, False),
    ],
)
def test_a_taker_is_another_person_who_works_here(staff_no: str, values: dict[str, Any], found: bool) -> None:
    person = row(Operator, **{"staff_no": "1002", "outlet": "HZ01", "state": "active", **values})
    reading: Any = Rows(person)
    if found:
        assert delegating._taker(reading, "HZ01", "2001", staff_no) is person
    else:
        with pytest.raises(NotAllowed) as refused:
            delegating._taker(reading, "HZ01", "2001", staff_no)
        assert refused.value.field == "taker"


MOST = DELEGATION_DAYS.of(Rows())  # type: ignore[arg-type]
LAST = date.fromisoformat(DAY) + timedelta(days=MOST - 1)


@pytest.mark.parametrize(
    ("since", "until", "field"),
    [
        ("", DAY, ""),
        (DAY, DAY, ""),
        ("2026-11-22", DAY, "since"),
        ("2026-11-24", DAY, "until"),
        ("", "", "until"),
        ("", LAST.isoformat(), ""),
        ("", (LAST + timedelta(days=1)).isoformat(), "until"),
    ],
)
def test_days_begin_today_or_later_and_are_so_many(since: str, until: str, field: str) -> None:
    reading: Any = Rows()
    if not field:
        assert delegating._dates(reading, DAY, since, until) == (since or DAY, until)
        return
    with pytest.raises(NotAllowed) as refused:
        delegating._dates(reading, DAY, since, until)
    assert refused.value.field == field


@pytest.mark.parametrize(
    ("typed", "right"), [("c12", "C12"), (" m4.CHECK ", "M4.check"), ("Approvals", "approvals"), ("C4.2", "C4.2")]
)
def test_a_right_is_known_however_it_is_typed(typed: str, right: str) -> None:
    assert delegating._right(typed) == right


def test_what_may_be_handed_over_is_one_s_own_and_to_whom_whoever_else_works_here(shop: Shop) -> None:
    desk = shop.counter(FACTS.supervisor, FACTS.counter)
    (me,) = shop.rows(Operator, staff_no=FACTS.supervisor)
    own = sorted(each.business for each in shop.rows(RoleRight, role=me.role))
    assert [each.value for each in desk.delegating.choices("right")] == ["approvals", *own]
    shop.alter(Operator, {"staff_no": "1003"}, state="left")
    here = sorted(each.staff_no for each in shop.rows(Operator, outlet=FACTS.outlet, state="active"))
    assert FACTS.supervisor in here
    assert [each.value for each in desk.delegating.choices("taker")] == [each for each in here if each != me.staff_no]
