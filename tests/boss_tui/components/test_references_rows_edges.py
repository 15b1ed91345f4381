"""A reference pays once in an outlet, and pays out once: what of the books stands in the way of it (F11)."""

from __future__ import annotations

from typing import Any

import pytest

from boss_tui.answers.business import Tender
from boss_tui.components.tenders.references import check_unused
from boss_tui.components.tenders.tenders import standard
from data.errors import NotAllowed
from data.tables.finance import Payment, PaymentTender
from data.tables.order import ProductOrder
from tests.boss_tui.components.loose import Loose
from tests.boss_tui.components.rows import DAY, row


def paid(
    key: str, amount: int, *, reference: str = "R1", kind: str = "card", outlet: str = "HZ01", **about: Any
) -> list[Any]:
    """An order that was paid with so many fen under a reference."""
    return [
        row(ProductOrder, id=key, serial=f"S{key}", business_date=DAY, **about),
        row(Payment, id=key, order_id=key, outlet=outlet),
        row(PaymentTender, payment_id=key, line=1, kind=kind, amount=amount, reference=reference),
    ]


@pytest.mark.parametrize(
    ("rows", "paid_by", "out_by"),
    [
        ([], "", ""),
        (paid("1", 100), "S1", ""),
        (paid("1", 1), "S1", ""),
        (paid("1", -1), "", "S1"),
        (paid("1", 0), "", ""),
        (paid("1", 100, reference="R2"), "", ""),
        (paid("1", 100, kind="cheque"), "", ""),
        (paid("1", 100, outlet="NB01"), "", ""),
        ([*paid("1", 100), *paid("2", -100, reverses="1")], "", ""),  # taken back: it is free again
        ([*paid("1", 100), *paid("2", -100)], "S1", "S2"),  # a refund of its own frees nothing
        ([*paid("1", -100), *paid("2", 100, reverses="1")], "", ""),
        ([*paid("2", 100), *paid("1", 100)], "S1", ""),
    ],
)
def test_what_a_reference_has_paid_stands_in_its_way(tx: Loose, rows: list[Any], paid_by: str, out_by: str) -> None:
    tx.put(*rows)
    for out, by in ((False, paid_by), (True, out_by)):
        tenders = [Tender("cash", 5), Tender("odd", 5, "R1"), Tender("card", 5, " r1 ")]
        if not by:
            check_unused(tx, "HZ01", tenders, standard(), out=out)
            continue
        with pytest.raises(NotAllowed, match=rf"R1 .* order {by} of {DAY}") as refusal:
            check_unused(tx, "HZ01", tenders, standard(), out=out)
        assert refusal.value.field == "tenders"
        assert ("paid out" in str(refusal.value)) is out


def test_a_payment_is_meant_where_nothing_else_is_said(tx: Loose) -> None:
    tx.put(*paid("1", -100))
    check_unused(tx, "HZ01", [Tender("card", 5, "R1")], standard())
    tx.put(*paid("2", 100, reference="R2"))
    with pytest.raises(NotAllowed, match="has paid order S2"):
        check_unused(tx, "HZ01", [Tender("card", 5, "R9"), Tender("card", 5, "R2")], standard())
