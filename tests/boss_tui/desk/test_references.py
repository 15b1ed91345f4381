"""The number of a slip, a cheque, a transfer pays once: refused beside the tender, with the order that has it."""

from __future__ import annotations

import pytest

from boss_tui.answers.business import Tender
from data.errors import NotAllowed
from data.tables.finance import LedgerAccount, PaymentTender, TenderKind
from data.tables.order import ProductOrder
from tests.boss_tui.transactions.following import sound
from tests.boss_tui.transactions.test_refunds import a_line, pay_in, refund
from tests.hall import FACTS, Hall
from tests.handed import hand_down, row_line
from tests.scans import explained

DAY = "2026-11-23"


def references(hall: Hall, kind: str) -> list[tuple[int, str]]:
    rows = hall.rows(PaymentTender, kind=kind, order=("payment_id",))
    return [(row.amount, row.reference) for row in rows if not row.reference.startswith("POS0000")]  # the hall's own


@pytest.mark.parametrize(
    ("kind", "again"),
    [("card", "POS1"), ("card", " pos 1"), ("card", "ＰＯＳ１"), ("cheque", "POS1"), ("transfer", "Pos1")],
)
def test_a_number_that_has_paid_is_refused_and_the_order_named(hall: Hall, kind: str, again: str) -> None:
    line = a_line(hall)
    first = pay_in(hall, line, Tender(kind, 10_000, "POS1"))
    with pytest.raises(NotAllowed) as refused:
        pay_in(hall, line, Tender("cash", 10_000), Tender(kind, 5_000, again))
    assert refused.value.field == "tenders"
    assert f"POS1 has paid order {first.serial} of {DAY}" in str(refused.value)
    assert references(hall, kind) == [(10_000, "POS1")]
    pay_in(hall, line, Tender(kind, 5_000, "POS2"))
    assert sound(hall)


def test_a_number_is_of_its_kind(hall: Hall) -> None:
    line = a_line(hall)
    for kind in ("card", "cheque", "transfer"):
        pay_in(hall, line, Tender(kind, 10_000, "N1"))
    assert sound(hall)


def test_another_counter_can_not_book_it_again(hall: Hall) -> None:
    line = a_line(hall)
    pay_in(hall, line, Tender("card", 10_000, "POS1"))
    other = hall.counter("1002", "HZ0103")
    other.till.open_shift(0)
    view = other.forms.begin("C12", {"who": line.number, "action": "advance", "amount": "100"})
    with pytest.raises(NotAllowed, match="has paid order"):
        other.orders.complete(view.id, [Tender("card", 10_000, "POS1")])
    other.orders.complete(view.id, [Tender("card", 10_000, "POS2")])  # nothing else was lost


def test_a_number_pays_again_once_its_payment_was_taken_back(hall: Hall) -> None:
    line = a_line(hall)
    for _ in range(2):
        order = pay_in(hall, line, Tender("card", 10_000, "POS1"))
        hall.desk.orders.cancel(order.serial, "收错", FACTS.supervisor, FACTS.password)
    standing = pay_in(hall, line, Tender("card", 10_000, "POS1"))
    with pytest.raises(NotAllowed, match=f"has paid order {standing.serial} of"):
        pay_in(hall, line, Tender("card", 10_000, "POS1"))
    assert sound(hall)


def test_a_refund_frees_no_number_and_has_one_of_its_own(hall: Hall) -> None:
    line = a_line(hall)
    pay_in(hall, line, Tender("card", 10_000, "POS1"), Tender("cash", 10_000))
    back = hall.desk.orders.complete(refund(hall, line, 4_000).id, [Tender("card", 4_000, "R1")])
    view = refund(hall, line, 6_000)
    with pytest.raises(NotAllowed) as refused:
        hall.desk.orders.complete(view.id, [Tender("card", 6_000, " r1")])
    assert f"R1 was paid out with order {back.serial} of {DAY}" in str(refused.value)
    hall.desk.orders.complete(view.id, [Tender("card", 6_000, "POS1")])  # back under the payment's own number
    assert references(hall, "card") == [(10_000, "POS1"), (-4_000, "R1"), (-6_000, "POS1")]
    with pytest.raises(NotAllowed, match="has paid order"):
        pay_in(hall, line, Tender("card", 10_000, "POS1"))
    pay_in(hall, line, Tender("card", 10_000, "R1"))  # a refund is no payment
    assert sound(hall)


def two_together(hall: Hall) -> int:
    """What two openings cost that wait to be paid in one go."""
    for _ in range(2):
        hall.desk.basket.collect(hall.filled().id)
    return hall.desk.basket.shown().quote.due


def test_what_is_paid_in_one_go_is_one_payment(hall: Hall) -> None:
    due = two_together(hall)
    done = hall.desk.basket.complete([Tender("card", due, "POS1")])
    assert [reference for _, reference in references(hall, "card")] == ["POS1", "POS1"]
    assert sound(hall)
    for outcome in done.outcomes:  # one of them stands as yet
        view = hall.filled()
        with pytest.raises(NotAllowed, match="has paid order"):
            hall.desk.orders.complete(view.id, [Tender("card", view.quote.due, "POS1")])
        hall.desk.forms.abandon(view.id)
        hall.desk.orders.cancel(outcome.serial, "收错", FACTS.supervisor, FACTS.password)
    view = hall.filled()
    hall.desk.orders.complete(view.id, [Tender("card", view.quote.due, "POS1")])
    assert sound(hall)


def test_what_is_paid_in_one_go_has_no_number_that_has_paid(hall: Hall) -> None:
    pay_in(hall, a_line(hall), Tender("card", 10_000, "POS1"))
    due = two_together(hall)
    for tenders in (
        [Tender("card", due, "pos1")],
        [Tender("card", 1, "POS2"), Tender("card", due - 1, "POS2")],
    ):
        with pytest.raises(NotAllowed, match=r"has paid order|stands here twice"):
            hall.desk.basket.complete(tenders)
    assert len(hall.desk.basket.shown().forms) == 2
    hall.desk.basket.complete([Tender("card", 1, "POS2"), Tender("card", due - 1, "POS3")])
    assert sound(hall)


def test_it_is_said_before_it_is_kept_with_the_form(hall: Hall) -> None:
    line = a_line(hall)
    pay_in(hall, line, Tender("card", 10_000, "POS1"))
    view = hall.desk.forms.begin("C12", {"who": line.number, "action": "advance", "amount": "100"})
    hall.desk.paying.keep_tenders(view.id, [Tender("cash", 100), Tender("card", 100, "POS2")])
    for new, why in (("POS1", "has paid order"), ("pos2", "stands here twice")):
        with pytest.raises(NotAllowed, match=why):
            hall.desk.paying.keep_tenders(view.id, [*hall.desk.paying.tendered(view.id), Tender("card", 100, new)])
    assert hall.desk.paying.tendered(view.id) == (Tender("cash", 100), Tender("card", 100, "POS2"))


def test_what_was_booked_meanwhile_can_still_be_taken_out(hall: Hall) -> None:
    line = a_line(hall)
    view = hall.desk.forms.begin("C12", {"who": line.number, "action": "advance", "amount": "100"})
    kept = [Tender("cash", 100), Tender("card", 9_900, "POS1")]
    hall.desk.paying.keep_tenders(view.id, kept)
    pay_in(hall, line, Tender("card", 10_000, "POS1"))
    with pytest.raises(NotAllowed, match="has paid order"):
        hall.desk.orders.complete(view.id, kept)
    hall.desk.paying.keep_tenders(view.id, kept[1:])
    hall.desk.paying.keep_tenders(view.id, [])
    assert hall.desk.paying.tendered(view.id) == ()


def test_money_paid_out_is_looked_up_among_refunds(hall: Hall) -> None:
    line = a_line(hall)
    pay_in(hall, line, Tender("card", 20_000, "POS1"))
    hall.desk.orders.complete(refund(hall, line, 4_000).id, [Tender("card", 4_000, "R1")])
    view = refund(hall, line, 6_000)
    with pytest.raises(NotAllowed, match="was paid out with order"):
        hall.desk.paying.keep_tenders(view.id, [Tender("card", 6_000, "R1")])
    hall.desk.paying.keep_tenders(view.id, [Tender("card", 6_000, "POS1")])


@pytest.mark.parametrize(("reference", "once"), [(1, True), (0, False)])
def test_a_published_kind_pays_once_where_it_needs_its_number(hall: Hall, reference: int, once: bool) -> None:
    hand_down(
        hall.store,
        row_line(
            LedgerAccount,
            "add",
            code="1016",
            name_zh="代金券",
            name_en="Vouchers",
            kind="asset",
            per_till=0,
        ),
        row_line(
            TenderKind,
            "add",
            code="voucher",
            position=8,
            name_zh="代金券",
            name_en="Voucher",
            account="1016",
            reference=reference,
            drawer=0,
            refunds=1,
            offline=1,
            provider="",
            clears=0,
        ),
    )
    line = a_line(hall)
    pay_in(hall, line, Tender("voucher", 100, "V1"))
    if once:
        with pytest.raises(NotAllowed, match="Voucher V1 has paid order"):
            pay_in(hall, line, Tender("voucher", 100, "V1"))
    else:
        pay_in(hall, line, Tender("voucher", 100, "V1"))
    assert sound(hall)


@pytest.mark.whole  # another connection reads it
def test_it_is_found_by_its_index(hall: Hall) -> None:
    line = a_line(hall)
    with explained() as scans:
        pay_in(hall, line, Tender("card", 10_000, "POS1"))
        with pytest.raises(NotAllowed, match="has paid order"):
            pay_in(hall, line, Tender("card", 10_000, "POS1"))
    (asked,) = [sql for sql in scans.seen if "payment_tender" in sql and sql.startswith("SELECT")]
    assert not scans.found, scans.told()
    with hall.store.engine.connect() as connection:
        plan = connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {asked}", ("POS1", "card", FACTS.outlet, 1))
        assert any("payment_tender_reference (reference=? AND kind=?)" in str(step) for step in plan)
    assert len(hall.rows(ProductOrder, business="C12", state="completed")) == 1
