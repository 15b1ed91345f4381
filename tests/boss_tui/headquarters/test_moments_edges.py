"""Where headquarters' rule turns of when something was written, of which date it is, and by whom; and lies of that."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from boss_tui.headquarters.rules import moments, moves, postings, sums
from data.tables.billing import BillPayment, CustomerBill
from data.tables.document import PaperDocument
from data.tables.finance import BusinessDay, Payment, Posting, Shift
from data.tables.network import WorkStep
from data.tables.order import OrderItem, Subscription
from data.tables.organisation import Counter
from data.tables.porting import NumberPorting
from tests.boss_tui.components.rows import DAY, row
from tests.boss_tui.headquarters.known import Fact, change, claim, known, order, told
from tests.boss_tui.headquarters.liar import headquarters, lying, morning, orders, push
from tests.boss_tui.headquarters.test_lies import Alter, values

DATE, STAFF = [("date", False)], [("staff", False)]
Found = list[tuple[str, bool]]


HALL = row(Counter, code="HZ0101", outlet="HZ01")


def numbered(**values: Any) -> Fact:
    """An order of that counter's."""
    return order(counter="HZ0101", serial="HZ01012611230001", **values)


@pytest.mark.parametrize(
    ("counter", "serial", "wrong"),
    [
        ("HZ0101", "HZ01012611230001", False),
        ("HZ0101", "HZ01012611220001", True),
        ("HZ0101", "HZ01022611230001", True),
        ("HZ0102", "HZ01022611230001", True),  # nobody knows it
        ("HZ0201", "HZ02012611230001", True),
        ("", "2611230001", True),
    ],
)
def test_a_serial_is_of_a_counter_of_the_outlet(counter: str, serial: str, wrong: bool) -> None:
    here = known(HALL, row(Counter, code="HZ0201", outlet="HZ02"))
    found = told(moments.judge(here, claim(order(counter=counter, serial=serial))))
    assert found == ([("foreign", False)] if wrong else [])


@pytest.mark.parametrize(
    ("fact", "wrong"),
    [
        ((BillPayment, {"id": "p", "made_at": "2026-11-23T00:00:00.000000Z"}), []),
        ((BillPayment, {"id": "p", "made_at": "2026-11-22T23:59:59.999999Z"}), DATE),
        ((BillPayment, {"id": "p", "made_at": "2026-11-23T02:00:00.000000Z"}), []),
        ((BillPayment, {"id": "p", "made_at": "2026-11-23T02:00:00.000001Z"}), DATE),
        ((BillPayment, {"id": "p", "made_at": ""}), []),
        (numbered(created_at="2026-11-20T01:00:00.000000Z"), DATE),
        (numbered(completed_at="2026-11-20T01:00:00.000000Z"), DATE),
        ((OrderItem, {"id": "i", "business_date": DAY}), []),
        ((OrderItem, {"id": "i", "business_date": "2026-11-22"}), DATE),
        ((Subscription, {"id": "l", "opened_on": DAY}), []),
        ((Subscription, {"id": "l", "opened_on": "2026-01-01"}), DATE),
        ((CustomerBill, {"id": "b", "issued_on": "2026-11-24"}), DATE),
        ((BusinessDay, {"outlet": "HZ01", "business_date": "2026-11-24"}), []),
        ((PaperDocument, {"id": "d", "operator": "1001"}), []),
        ((PaperDocument, {"id": "d", "operator": "1002"}), STAFF),
        ((WorkStep, {"id": "w", "operator": "1002"}), STAFF),
        ((WorkStep, {"id": "w", "operator": "1001", "at": "2026-11-20T01:00:00.000000Z"}), DATE),
        ((NumberPorting, {"id": "n", "operator": "1001", "left_on": "2026-11-22"}), DATE),
    ],
)
def test_what_is_told_was_written_with_it(fact: Fact, wrong: Found) -> None:
    assert told(moments.judge(known(HALL), claim(fact))) == wrong


@pytest.mark.parametrize(
    ("table", "new", "wrong"),
    [
        ("work_order", {"done_at": "2026-11-20T01:00:00.000000Z"}, DATE),
        ("work_order", {"done_at": "2026-11-23T01:00:01.000000Z"}, []),
        ("number_porting", {"left_on": "2026-11-20"}, DATE),
        ("number_porting", {"left_on": DAY}, []),
        ("paper_document", {"ended_on": "2026-12-30"}, DATE),
    ],
)
def test_what_becomes_another_does_so_with_it(table: str, new: dict[str, Any], wrong: Found) -> None:
    assert told(moments.judge(known(), claim(changed=[change(table, "k", **new)]))) == wrong
    if "left_on" in new or "ended_on" in new:  # an entry of no date
        assert told(moments.judge(known(), claim(changed=[change(table, "k", **new)], business_date=""))) == []


LIES: dict[str, tuple[Alter, str]] = {
    "an order of three days ago by its clock": (
        values("product_order", created_at="2026-11-20T01:00:00.000000Z"),
        "date",
    ),
    "a line that was opened long ago": (values("subscription", opened_on="2026-01-05"), "date"),
    "a piece of another day": (values("order_item", business_date="2026-11-20"), "date"),
    "a paper of another day": (values("paper_document", business_date="2026-11-20"), "date"),
    "a paper that another clerk has drawn": (values("paper_document", operator="1002"), "staff"),
    "a serial of no counter": (values("product_order", serial="0042"), "foreign"),
    "a counter that nobody knows": (values("product_order", counter="HZ0177"), "foreign"),
    "money of another business": (values("posting", business="C12"), "books"),
    "more pieces than one": (values("order_item", count=2), "sums"),
    "more postings than there were": (lambda body, _: _more(body), "books"),
}


def _more(body: dict[str, Any]) -> None:
    next(each for each in body["changes"] if each[0] == "running_total")[4]["postings"] += 1


@pytest.mark.parametrize("on_a_stick", [False, True])
@pytest.mark.parametrize("what", LIES)
def test_a_lie_of_when_and_who_is_put_aside(tmp_path: Path, what: str, *, on_a_stick: bool) -> None:
    alter, reason = LIES[what]
    lie, office = lying(morning(), alter), headquarters(tmp_path)
    found = push(office, lie, tmp_path if on_a_stick else None)
    assert [(each.reason, each.state) for each in found] == [(reason, "open")]
    assert orders(office, lie) == [True, True, False, True]


@pytest.mark.parametrize(("business", "wrong"), [("C12", []), ("C1", [("books", False)]), ("", [("books", False)])])
def test_a_posting_is_of_its_order_s_business(business: str, wrong: Found) -> None:
    facts: list[Fact] = [
        order(),
        (Posting, {"id": "p", "order_id": "o1", "operator": "1001", "business": business}),
        (Payment, {"id": "y", "order_id": "o1", "posting_id": "p"}),
    ]
    assert told(postings.judge(known(), claim(*facts))) == wrong


@pytest.mark.parametrize(
    ("kind", "product", "count", "amount", "right"),
    [
        ("goods", "M1", 1, 0, True),
        ("goods", "M1", -1, 0, True),
        ("goods", "M1", 0, 0, True),
        ("goods", "M1", 2, 0, False),
        ("goods", "M1", -2, 0, False),
        ("card", "5000", 3, 15_000, True),
        ("card", "5000", -1, -5_000, True),
        ("card", "5000", 4, 15_000, False),
    ],
)
def test_so_many_pieces_were_sold_as_there_are(kind: str, product: str, count: int, amount: int, right: bool) -> None:
    item = row(OrderItem, kind=kind, product=product, count=count, amount=amount)
    assert sums._is_counted(item.__dict__) is right


@pytest.mark.parametrize(
    ("new", "wrong"),
    [
        ({}, []),
        ({"state": "closed"}, [("move", False)]),
        ({"difference": 1}, [("move", False)]),
        ({"counted_cash": 1}, [("move", False)]),
        ({"closed_by": "1001"}, [("move", False)]),
    ],
)
def test_a_shift_begins_uncounted(new: dict[str, Any], wrong: Found) -> None:
    assert told(moves.judge(known(), claim((Shift, {"id": "s", "state": "open", **new})))) == wrong
