"""Slips at the close of a shift: which there are, what is not in hand, who signs for it; and what stands on the Z."""

from __future__ import annotations

from typing import Any

import pytest

from boss_tui.components.tenders.tender_slips import slips_of
from boss_tui.components.till import shifts as till
from boss_tui.components.till.figures import x_figures
from boss_tui.locale import words
from boss_tui.reports.paper import text
from boss_tui.reports.shift import shift_report
from data.errors import NotAllowed
from data.message import both
from data.store import Store
from data.tables.finance import Payment, PaymentTender, Shift, ShiftTender
from tests.boss_tui.components.books import CLERK, COLLEAGUE, DAY, OTHER_TILL, OUTLET, SUPERVISOR, TILL, sale, writing


@pytest.fixture
def shift(store: Store) -> Shift:
    """A shift with an empty drawer and some slips; a colleague's has one more."""
    with writing(store) as tx:
        till.open_day(tx, OUTLET, DAY, SUPERVISOR)
        mine = till.open_shift(tx, outlet=OUTLET, till=TILL, operator=CLERK, float_amount=0)
        theirs = till.open_shift(tx, outlet=OUTLET, till=OTHER_TILL, operator=COLLEAGUE, float_amount=0)
        for at, kind, reference, fen in (
            (mine, "cheque", "ZP7", 900),
            (mine, "card", "POS1", 5_000),
            (mine, "card", "POS2", 300),
            (mine, "card", "POS1", 200),
            (mine, "transfer", "T1", 1_001),
            (mine, "card", "POS2", -300),
            (theirs, "card", "POS9", 100),
            (mine, "wechat", "WX1", 40),
            (mine, "cash", "", 0),
        ):
            paid(tx, at, kind, reference, fen)
    return mine


def paid(tx: Any, shift: Shift, kind: str, reference: str, fen: int) -> None:
    posting = sale(tx, shift, [("number_fee", 0, 0)], {"cash": 0})
    payment = next(row for row in tx.all(Payment) if row.posting_id == posting.id)
    tx.add(PaymentTender, payment_id=payment.id, line=9, kind=kind, amount=fen, reference=reference)


def closed(store: Store, shift: Shift, missing: dict[str, list[str]], reason: str = "", **values: Any) -> Shift:
    with writing(store) as tx:
        expected = till.expected_cash(tx, shift)
        told = {"closed_by": CLERK, **values}
        return till.close_shift(tx, shift, {1: expected}, missing=missing, missing_reason=reason, **told)


def test_slips_stand_by_kind_each_once_as_they_came(store: Store, shift: Shift) -> None:
    with store.reading() as reading:
        found = slips_of(reading, shift)
    assert [(of.kind, of.amount, [(slip.reference, slip.amount) for slip in of.slips]) for of in found] == [
        ("card", 5_200, [("POS1", 5_200), ("POS2", 300), ("POS2", -300)]),
        ("cheque", 900, [("ZP7", 900)]),
        ("transfer", 1_001, [("T1", 1_001)]),
        ("wechat", 40, [("WX1", 40)]),
    ]


def test_all_in_hand_is_kept_too(store: Store, shift: Shift) -> None:
    closed(store, shift, {})
    with store.reading() as reading:
        rows = {row.kind: (row.slips, row.amount, row.missing, row.reason) for row in reading.all(ShiftTender)}
    assert rows == {
        "card": (3, 5_200, 0, ""),
        "cheque": (1, 900, 0, ""),
        "transfer": (1, 1_001, 0, ""),
        "wechat": (1, 40, 0, ""),
    }


@pytest.mark.parametrize(
    ("missing", "reason", "approved_by", "field"),
    [
        ({"cheque": ["ZP7"]}, "", "", "missing_reason"),
        ({"cheque": ["ZP7"]}, " ", "", "missing_reason"),
        ({"cheque": ["zp 7"]}, "lost", "", None),
        ({"cheque": ["ZP7"], "wechat": ["WX1"]}, "lost", "", None),
        ({"transfer": ["T1"]}, "lost", "", "approved_by"),
        ({"transfer": ["T1"]}, "lost", SUPERVISOR, None),
        ({"card": ["POS2"]}, "lost", "", None),
        ({"card": ["ZP7"]}, "lost", "", "missing"),
        ({"card": ["POS9"]}, "lost", "", "missing"),
        ({"cash": [""]}, "lost", "", "missing"),
        ({"transfer": ["T1"]}, "lost", COLLEAGUE, "approved_by"),
        ({"card": []}, "", "", None),
        ({"cheque": ["ZP7"], "card": ["POS2"]}, "lost", "", "approved_by"),
    ],
)
def test_a_slip_that_is_not_in_hand_has_a_reason_and_above_the_limit_somebody_else_who_signs(
    store: Store, shift: Shift, missing: dict[str, list[str]], reason: str, approved_by: str, field: str | None
) -> None:
    """1000 fen is the last that a clerk signs for: 900 + 40 is, 1001 is not, nor are 900 + twice 300."""
    if field is None:
        assert closed(store, shift, missing, reason, approved_by=approved_by).state == "closed"
        return
    with pytest.raises(NotAllowed) as refused:
        closed(store, shift, missing, reason, approved_by=approved_by)
    assert refused.value.field == field
    with store.reading() as reading:
        assert reading.all(ShiftTender) == []


def test_the_z_says_what_was_missing_and_why(store: Store, shift: Shift) -> None:
    done = closed(store, shift, {"cheque": ["ZP7"]}, "被客户带走")
    with store.reading() as reading:
        said = text(shift_report(x_figures(reading, done), both("厅", "Hall"), {}), words("en"), 80)
    rows = [line.split() for line in said.splitlines()]
    assert ["Card", "3", "52.00", "0", "0.00"] in rows
    assert ["Cheque:", "ZP7", "(被客户带走)", "1", "9.00", "1", "9.00"] in rows
