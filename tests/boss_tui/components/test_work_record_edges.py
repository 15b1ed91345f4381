"""Who did what (M7): what counts into each figure of a person, on which dates and where; which deeds are told."""

from __future__ import annotations

from typing import Any

import pytest
from msgspec.structs import asdict

from boss_tui.components.operators.work_record import Deed, Sought, Total, deeds, run_of, totals
from data.tables.act import Act
from data.tables.document import PaperDocument
from data.tables.order import ProductOrder
from data.tables.organisation import Operator
from data.tables.sync import AccessLog
from tests.boss_tui.components.loose import Loose
from tests.boss_tui.components.rows import DAY, row

TODAY = Sought(DAY, DAY)


def order(key: str, **values: Any) -> Any:
    standard = {"id": key, "operator": "1001", "outlet": "HZ01", "business": "C1", "business_date": DAY}
    return row(ProductOrder, **{**standard, "reverses": None, "state": "completed", "created_at": key, **values})


def logged(key: str, act: str, **values: Any) -> Any:
    standard = {"id": key, "act": act, "operator": "1001", "outlet": "HZ01", "business_date": DAY, "made_at": key}
    return row(AccessLog, **{**standard, **values})


def done(key: str, **values: Any) -> Any:
    standard = {"id": key, "act": "edition.submit", "operator": "1001", "outlet": "HZ01", "business_date": DAY}
    return row(Act, **{**standard, "business": "M6", "made_at": key, **values})


@pytest.mark.parametrize(
    ("rows", "figures"),
    [
        ([order("1", amount=500), order("2", amount=-200), order("3")], {"orders": 3, "taken": 500, "paid_out": 200}),
        ([order("1", reverses="0"), order("2", state="cancelled"), order("3")], {"orders": 3, "back": 2}),
        ([logged("1", "reprint"), logged("2", "sign.on")], {"reprints": 1}),
        ([logged(str(n), act) for n, act in enumerate(["find", "look.order", "customer.x", "inquiry"])], {"looks": 4}),
        ([logged("1", "finding"), logged("2", "relook.x")], {}),
        ([logged("1", "sign.refused"), logged("2", "refused")], {"refused": 1}),
        ([done("1"), done("2")], {"managed": 2}),
    ],
)
def test_what_a_person_did_is_counted_by_what_it_was(tx: Loose, rows: list[Any], figures: dict[str, int]) -> None:
    tx.put(row(Operator, staff_no="1001", name="王芳"), *rows)
    nothing = dict.fromkeys((field for field in Total.__struct_fields__ if field not in ("staff_no", "name")), 0)
    assert [asdict(each) for each in totals(tx, TODAY)] == [{"staff_no": "1001", "name": "王芳", **nothing, **figures}]


def test_words_count_for_who_gave_them_and_who_needed_them(tx: Loose) -> None:
    tx.put(order("1", approved_by="2001"), order("2", approved_by="2001,3001"), order("3"))
    assert totals(tx, TODAY) == [
        Total("1001", orders=3, worded=2),
        Total("2001", words_given=2),
        Total("3001", words_given=1),
    ]


@pytest.mark.parametrize(
    ("values", "counts"),
    [
        ({}, True),
        ({"business_date": "2026-11-22"}, False),
        ({"business_date": "2026-11-24"}, False),
        ({"outlet": "HZ02"}, False),
        ({"outlet": "HZ01"}, True),
    ],
)
@pytest.mark.parametrize("make", [order, lambda key, **values: logged(key, "reprint", **values), done])
def test_it_is_of_these_dates_and_of_one_outlet_or_of_all(
    tx: Loose, make: Any, values: dict[str, str], counts: bool
) -> None:
    tx.put(make("1", **values))
    assert len(totals(tx, Sought(DAY, DAY, "HZ01"))) == len(deeds(tx, "1001", Sought(DAY, DAY, "HZ01"))) == counts
    assert len(totals(tx, TODAY)) == ("business_date" not in values)
    assert len(totals(tx, Sought("2026-11-22", "2026-11-24"))) == 1
    assert deeds(tx, "1002", TODAY) == []


def test_nobody_signed_on_is_nobody_s_work(tx: Loose) -> None:
    tx.put(logged("1", "sign.refused", operator=""))
    assert totals(tx, TODAY) == []


@pytest.mark.parametrize(("looks", "orders", "alone"), [(3, 1, 2), (1, 1, 0), (1, 2, 0)])
def test_looks_without_an_order_after_them_stand_alone(looks: int, orders: int, alone: int) -> None:
    assert Total("1001", looks=looks, orders=orders).looks_alone == alone


def test_deeds_are_told_the_latest_first_with_what_makes_them_an_exception(tx: Loose) -> None:
    tx.put(
        order("1", serial="S1", counter="HZ0101", amount=-7, approved_by="2001", reverses="0"),
        order("2", serial="S2", state="cancelled"),
        order("3", serial="S3"),
        done("4", serial="A4"),
        logged("5", "reprint", subject="invoice X-1"),
        logged("6", "sign.refused"),
        logged("7", "look.order", subject="S3"),
    )
    found = deeds(tx, "1001", TODAY)
    assert [(one.at, one.kind, one.why) for one in found] == [
        ("7", "access", ()),
        ("6", "access", ("refused",)),
        ("5", "access", ("reprint",)),
        ("4", "act", ()),
        ("3", "order", ()),
        ("2", "order", ("back",)),
        ("1", "order", ("word", "back")),
    ]
    last = found[-1]
    assert (last.counter, last.subject, last.amount, last.approved_by) == ("HZ0101", "S1", -7, "2001")


@pytest.mark.parametrize(
    ("sought", "found"),
    [
        ({}, ["C1 ", "C2 word", "M6 ", "reprint reprint"]),
        ({"exceptions": True}, ["C2 word", "reprint reprint"]),
        ({"business": "C2"}, ["C2 word"]),
        ({"business": "C"}, []),
        ({"amount": 100}, ["C1 ", "C2 word"]),
        ({"amount": 101}, ["C2 word"]),
        ({"amount": 501}, []),
    ],
)
def test_deeds_are_narrowed_by_business_amount_and_exceptions(
    tx: Loose, sought: dict[str, Any], found: list[str]
) -> None:
    tx.put(
        order("4", amount=100),
        order("3", business="C2", amount=-500, approved_by="2001"),
        done("2"),
        logged("1", "reprint"),
    )
    told = deeds(tx, "1001", Sought(DAY, DAY, **sought))
    assert [f"{each.what.split(' ')[0]} {' '.join(each.why)}" for each in told] == found


@pytest.mark.parametrize(
    ("kind", "what", "subject", "serial"),
    [
        ("order", "C1", "S1", "S1"),
        ("access", "look.order", "S1", "S1"),
        ("access", "look.order", "S1 why", "S1"),
        ("access", "look.order", "S9", ""),
        ("access", "reprint", "invoice AB-12-7 lost", "S1"),
        ("access", "reprint", "receipt AB-12-7", ""),
        ("access", "reprint", "invoice AB-7", ""),
        ("access", "reprint", "invoice AB-12-8", ""),
        ("access", "reprint", "invoice AB-12-9", ""),
        ("access", "reprint", "invoice AB-12-²", ""),
        ("access", "reprint", "invoice", ""),
    ],
)
def test_a_deed_leads_to_its_order(tx: Loose, kind: str, what: str, subject: str, serial: str) -> None:
    """A copy to the order of its paper, where that has one: 9 is of none."""
    paper = {"kind": "invoice", "code": "AB-12"}
    tx.put(
        order("o", serial="S1"),
        row(PaperDocument, id="p", number=7, order_id="o", **paper),
        row(PaperDocument, id="q", number=9, order_id=None, **paper),
    )
    assert run_of(tx, Deed("1", "HZ0101", kind, what, subject)) == serial
