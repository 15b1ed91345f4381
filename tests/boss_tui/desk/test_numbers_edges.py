"""Numbers of papers at the desk: as they are typed, which document of today they mean, what is left of a range."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pytest

from boss_tui.components.till import shifts as till
from boss_tui.desk import numbers, refused_items
from boss_tui.desk.numbers import Numbers
from data.errors import NotAllowed
from data.tables.document import DocumentRange, PaperDocument
from data.tables.eligibility import InterfaceAnswer
from data.tables.order import ProductOrder
from tests.boss_tui.components.conftest import empty_store, tx
from tests.boss_tui.components.loose import Loose
from tests.boss_tui.components.rows import DAY, Rows, row

__all__ = ["empty_store", "tx"]


@pytest.mark.parametrize(
    ("typed", "ends"),
    [
        ("7", (7, 7)),
        ("12345678", (12345678, 12345678)),
        ("12345678-12345690", (12345678, 12345690)),
        (" 7 － 9 ", (7, 9)),
        ("123456789", None),
        ("1-123456789", None),
        ("7-", None),
        ("-7", None),
        ("x", None),
        ("７", None),
        ("1-2-3", None),
    ],
)
def test_one_number_or_the_first_and_the_last(typed: str, ends: tuple[int, int] | None) -> None:
    if ends is not None:
        assert numbers._typed(typed) == ends
        return
    with pytest.raises(NotAllowed) as refused:
        numbers._typed(typed)
    assert refused.value.field == "numbers"


def paper(number: int, **values: Any) -> Any:
    standard = {"id": f"d{number}", "outlet": "HZ01", "business_date": DAY, "code": "SJ", "order_id": "o"}
    return row(PaperDocument, **{**standard, "number": number, **values})


TODAY = [
    paper(123),
    paper(1123),
    paper(200, code="FP"),
    paper(300, order_id=None, collection="c"),
    paper(400, order_id=None),
    paper(500, business_date="2026-11-22"),
    paper(600, outlet="HZ02"),
]


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("SJ-00000123", 123),
        ("sj-123", 123),
        (" 00000123 ", 123),
        ("0123", 123),
        ("123456789", None),
        ("1123", 1123),
        ("123", None),
        ("FP-123", None),
        ("200", 200),
        ("300", 300),
        ("400", None),
        ("500", None),
        ("600", None),
        ("", None),
        ("SJ-", None),
        ("SJ-x", None),
        ("１２３", None),
    ],
)
def test_a_document_of_today_is_meant_by_its_number_or_its_last_digits(
    tx: Loose, monkeypatch: pytest.MonkeyPatch, typed: str, found: int | None
) -> None:
    monkeypatch.setattr(till, "today", lambda *_: SimpleNamespace(business_date=DAY))
    part: Any = Numbers.__new__(Numbers)
    part._seat = SimpleNamespace(station=SimpleNamespace(outlet="HZ01"))
    tx.put(*TODAY)
    if found is not None:
        assert part._document(tx, typed).number == found
        return
    with pytest.raises(NotAllowed) as refused:
        part._document(tx, typed)
    assert refused.value.field == "number"


@pytest.mark.parametrize(
    ("state", "following", "left"), [("open", 5, 6), ("open", 10, 1), ("open", 11, 0), ("used", 5, 0)]
)
def test_what_is_left_of_a_range(state: str, following: int, left: int) -> None:
    of = row(DocumentRange, id="r", first_number=1, last_number=10, next_number=following, state=state)
    assert numbers._shown(of).left == left


@pytest.mark.parametrize(
    ("line", "way", "ways", "why"),
    [
        ("l", "", ["stop", "call_in", "undo", "stands"], "gone"),
        (None, "", ["call_in", "undo", "stands"], "gone"),
        ("l", "call_in", ["stop", "call_in", "undo", "stands"], "Called in: they come (gone)"),
    ],
)
def test_what_was_refused_afterwards_has_its_ways_out(line: str | None, way: str, ways: list[str], why: str) -> None:
    """There is a line to be stopped where the order has one."""
    order = row(ProductOrder, id="o", serial="S1", business="C1", subscription_id=line)
    answer = row(
        InterfaceAnswer, id="a", order_id="o", interface="police", later_reason="gone", words="they come", way=way
    )
    item = refused_items._item(Rows(order), answer)  # type: ignore[arg-type]
    assert ([each.name for each in item.ways], str(item.reason)) == (ways, why)
