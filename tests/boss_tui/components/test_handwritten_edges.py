"""Slips of an outage, as they are typed and seen to: each bound of number, day, time and writer; what is in the way."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

from boss_tui.answers.business import Handwritten
from boss_tui.components import slip_numbers
from boss_tui.components.documents import handwritten
from data.errors import BadForm, NotAllowed
from data.parameters import SLIP_DAYS
from data.tables.order import HandwrittenSlip, ProductOrder
from data.tables.organisation import Operator
from tests.boss_tui.components.rows import DAY, Rows, context, row

MOST = SLIP_DAYS.of(Rows())  # type: ignore[arg-type]
TYPED = {"number": "SG-30", "written_on": DAY, "written_at": "08:30", "written_by": "1001"}
CLERKS = [row(Operator, staff_no="1001", outlet="HZ01"), row(Operator, staff_no="1002", outlet="HZ02")]


def before(days: int) -> str:
    return (date.fromisoformat(DAY) - timedelta(days=days)).isoformat()


def slip(**values: Any) -> Any:
    standard = {"id": "s", "outlet": "HZ01", "number": "SG30", "known_as": "SG30", "state": "open"}
    return row(HandwrittenSlip, **{**standard, **values})


def order(key: str, state: str, **values: Any) -> Any:
    return row(ProductOrder, id=key, serial=f"S{key}", state=state, **values)


@pytest.mark.parametrize(
    ("typed", "wrong"),
    [
        ({}, set()),
        ({"number": ""}, {"number"}),
        ({"number": "-"}, {"number"}),
        ({"number": "S" * 20}, set()),
        ({"number": "S" * 21}, {"number"}),
        ({"written_on": before(-1)}, {"written_on"}),
        ({"written_on": before(MOST)}, set()),
        ({"written_on": before(MOST + 1)}, {"written_on"}),
        ({"written_on": "soon"}, {"written_on"}),
        ({"written_at": "9.00"}, set()),
        ({"written_at": "09:01"}, {"written_at"}),
        ({"written_at": "23:59", "written_on": before(1)}, set()),
        ({"written_at": "24:00", "written_on": before(1)}, {"written_at"}),
        ({"written_at": "08:60"}, {"written_at"}),
        ({"written_by": "1002"}, {"written_by"}),
        ({"written_by": "1009"}, {"written_by"}),
        ({"number": "", "written_by": ""}, {"number", "written_by"}),
    ],
)
def test_a_slip_is_of_somebody_here_of_late_and_not_of_later(typed: dict[str, str], wrong: set[str]) -> None:
    """It is nine o'clock."""
    reading: Any = Rows(*CLERKS)
    if not wrong:
        found = handwritten.checked(reading, "HZ01", Handwritten(**{**TYPED, **typed}), DAY)
        assert found.written_at == {**TYPED, **typed}["written_at"].replace("9.00", "09:00")
        assert (found.number, found.written_on, found.written_by) == tuple(
            {**TYPED, **typed}[name] for name in ("number", "written_on", "written_by")
        )
        return
    with pytest.raises(BadForm) as refused:
        handwritten.checked(reading, "HZ01", Handwritten(**{**TYPED, **typed}), DAY)
    assert set(refused.value.errors) == wrong


@pytest.mark.parametrize(
    ("rows", "stands"),
    [
        ([slip()], False),
        ([slip(state="parked")], False),
        ([slip(state="settled")], True),
        ([slip(state="settled", outlet="HZ02")], False),
        ([slip(state="settled", known_as="SG31")], False),
        ([slip(state="entered", order_id="1"), order("1", "completed")], True),
        ([slip(state="entered", order_id="1"), order("1", "cancelled")], False),
        ([slip(state="entered", order_id="1"), order("1", "failed")], False),
        ([slip(state="entered", order_id="1"), order("1", "rejected")], False),
        ([slip(state="entered", order_id="1"), order("1", "completed"), order("2", "completed", reverses="1")], False),
        ([slip(state="entered", order_id="1"), order("1", "completed"), order("2", "failed", reverses="1")], True),
    ],
)
def test_a_slip_is_entered_once_unless_its_order_was_undone(rows: list[Any], stands: bool) -> None:
    reading: Any = Rows(*CLERKS, *rows)
    typed = Handwritten(**TYPED)
    if stands:
        with pytest.raises(BadForm) as refused:
            handwritten.checked(reading, "HZ01", typed, DAY)
        assert set(refused.value.errors) == {"number"}
    else:
        assert handwritten.checked(reading, "HZ01", typed, DAY) == typed


@pytest.mark.parametrize(
    ("slip_of", "held"), [(None, 0), (DAY, 0), (before(1), 1)], ids=["no slip", "of today", "of yesterday"]
)
def test_a_slip_of_an_earlier_day_is_allowed_by_a_supervisor(slip_of: str | None, held: int) -> None:
    typed = None if slip_of is None else Handwritten(**{**TYPED, "written_on": slip_of})
    at = context(Rows(row(Operator, staff_no="1001", role="clerk")), slip=typed)
    assert len(handwritten.reasons(at)) == held


@pytest.mark.parametrize(
    ("values", "words", "field"),
    [
        ({}, "done", ""),
        ({"state": "parked"}, "done", ""),
        ({}, " ", "words"),
        ({"held": 1}, "done", None),
        ({"state": "settled"}, "done", None),
        ({"state": "entered"}, "done", None),
    ],
)
def test_a_slip_is_settled_in_words_once_nothing_of_it_is_in_suspense(
    values: dict[str, Any], words: str, field: str | None
) -> None:
    tx: Any = Rows(slip(**values))
    if field == "":
        handwritten.settle(tx, "s", f" {words} ")
        (found,) = tx.all(HandwrittenSlip)
        assert (found.state, found.words) == ("settled", words)
        return
    with pytest.raises(NotAllowed) as refused:
        handwritten.settle(tx, "s", words)
    assert refused.value.field == (field or "")


@pytest.mark.parametrize(
    ("number", "known"),
    [
        ("SG-30", "SG30"),
        ("ＳＧ30", "SG30"),
        (" sg_30 ", "SG30"),
        ("SG 30", "SG30"),
        ("30", "30"),
        ("030", "030"),
        ("S" * 20, "S" * 20),
        ("S" * 21, ""),
        ("-" * 19 + "1", "1"),
        ("", ""),
        ("-/", ""),
        ("单30", ""),  # its letters are ours
        ("30（补）", ""),
        ("SG\x0730", ""),
        ("SG\u200b30", ""),  # nobody sees it
        ("SG\ufe0f30", ""),
        ("SG№30", "SGNO30"),
    ],
)
def test_a_slip_is_known_by_its_letters_and_digits(number: str, known: str) -> None:
    assert slip_numbers.is_number(number) is bool(known)
    if known:
        assert slip_numbers.known_as(number) == known
