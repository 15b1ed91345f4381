"""Money that goes back: the way it came, cleared, no card's value, within limits; the invoice red-lettered in part."""

from __future__ import annotations

import pytest

from boss_tui.answers.business import DraftView, Outcome, Tender
from data.errors import NotAllowed
from data.tables.account import BalanceBucket
from data.tables.customer import Customer
from data.tables.document import PaperDocument
from data.tables.order import Subscription
from data.tables.organisation import RoleRight
from tests.boss_tui.transactions.following import next_day, sound
from tests.boss_tui.transactions.test_c09_close_account import begin as closing
from tests.boss_tui.transactions.test_c09_close_account import line_of
from tests.hall import FACTS, Hall
from tests.handed import handed_change


def money(hall: Hall, line: Subscription) -> int:
    """Its balance."""
    return int(hall.rows(BalanceBucket, account_id=line.account_id, kind="prepaid")[0].amount)


def a_line(hall: Hall) -> Subscription:
    """A line whose owner owes nothing."""
    return line_of(hall, plan="P58")


def pay_in(hall: Hall, line: Subscription, *tenders: Tender) -> Outcome:
    """Money in advance, some time after what was before."""
    hall.clock.move(minutes=1)
    amount = f"{sum(tender.amount for tender in tenders) / 100:.2f}"
    view = hall.desk.forms.begin("C12", {"who": line.number, "action": "advance", "amount": amount})
    assert not view.errors, view.errors
    return hall.desk.orders.complete(view.id, list(tenders))


def refund(hall: Hall, line: Subscription, fen: int) -> DraftView:
    """A form of C12 that pays so much out, some time after what was before."""
    hall.clock.move(minutes=1)
    (owner,) = hall.rows(Customer, id=line.customer_id)
    typed = {"who": line.number, "action": "refund", "amount": f"{fen / 100:.2f}", "reason": "客户要求"}
    return hall.desk.forms.begin("C12", {**typed, "document_number": owner.document_number})


def invoice(hall: Hall, outcome: Outcome) -> PaperDocument:
    """The invoice of an order."""
    (row,) = [p for p in hall.rows(PaperDocument, order_id=outcome.order_id, kind="invoice") if not p.reason]
    found: PaperDocument = row
    return found


def reds(hall: Hall, outcome: Outcome) -> list[int]:
    """What red-letter invoices took back of an order's invoice."""
    row = invoice(hall, outcome)
    return [red.amount for red in hall.rows(PaperDocument, reason=f"{row.code}-{row.number:08d}", order=("id",))]


CARD, CASH, CHEQUE = Tender("card", 30_000, "POS1"), Tender("cash", 20_000), Tender("cheque", 40_000, "CH1")


@pytest.mark.parametrize(
    ("came", "goes", "alone"),
    [
        ((CASH,), (Tender("cash", 20_000),), True),
        ((CARD,), (Tender("card", 30_000, "R1"),), True),
        ((CARD,), (Tender("cash", 1),), False),
        ((CARD,), (Tender("transfer", 30_000, "T1"),), False),
        ((CARD, CASH), (Tender("cash", 20_000), Tender("card", 30_000, "R1")), True),
        ((CARD, CASH), (Tender("cash", 20_000),), True),
        ((CARD, CASH), (Tender("cash", 20_001),), False),
        ((CARD, CASH), (Tender("card", 30_001, "R1"),), False),
    ],
)
def test_money_goes_back_the_way_it_came_or_a_supervisor_allows_another(
    hall: Hall, came: tuple[Tender, ...], goes: tuple[Tender, ...], *, alone: bool
) -> None:
    line = a_line(hall)
    paid = pay_in(hall, line, *came)
    fen = sum(tender.amount for tender in goes)
    view = refund(hall, line, fen)
    assert (view.errors, view.qualification.verdict) == ({}, "yes")
    if not alone:
        with pytest.raises(NotAllowed, match="came another way"):
            hall.desk.orders.complete(view.id, list(goes))
        hall.desk.approvals.approve(view.id, FACTS.supervisor, FACTS.password, list(goes))
    back = hall.desk.orders.complete(view.id, list(goes))
    assert back.due == -fen
    assert reds(hall, paid) == [-fen]
    assert invoice(hall, paid).state == "normal"
    assert sound(hall)


def test_what_went_back_one_way_does_not_go_back_so_again(hall: Hall) -> None:
    line = a_line(hall)
    pay_in(hall, line, CARD, CASH)
    hall.desk.orders.complete(refund(hall, line, 20_000).id, [CASH])
    view = refund(hall, line, 10_000)
    with pytest.raises(NotAllowed, match="came another way"):
        hall.desk.orders.complete(view.id, [Tender("cash", 10_000)])
    hall.desk.orders.complete(view.id, [Tender("card", 10_000, "R1")])
    assert sound(hall)


@pytest.mark.parametrize(("day", "cleared"), [("2026-11-27", False), ("2026-11-28", True)])
def test_a_cheque_is_refunded_once_it_is_cleared(hall: Hall, day: str, *, cleared: bool) -> None:
    line = a_line(hall)
    before = money(hall, line)
    pay_in(hall, line, CHEQUE)
    view = refund(hall, line, 40_000)
    assert "400.00 of it are not cleared yet" in str(view.errors["amount"])
    assert not refund(hall, line, before).errors
    next_day(hall, day)
    hall.desk.till.open_shift(100_000)
    assert bool(refund(hall, line, 40_000).errors) != cleared
    assert sound(hall)


def test_what_is_not_cleared_stays_when_a_number_is_closed(hall: Hall) -> None:
    line = a_line(hall)
    before = money(hall, line)
    pay_in(hall, line, CHEQUE)
    view = closing(hall, line, points="lose")
    assert [q.amount for q in view.quote.lines if q.item == "prepayment"] == [-before]
    assert any("not cleared yet" in str(notice.text) for notice in view.notices)


def test_the_face_value_of_a_prepaid_card_is_not_paid_out(hall: Hall) -> None:
    line = next(s for s in hall.rows(Subscription, pay_type="prepaid", state="active"))
    face = money(hall, line)
    assert face > 0
    assert "are the value of cards; 0.00" in str(refund(hall, line, 1).errors["amount"])
    pay_in(hall, line, CASH)
    assert "200.00 can be refunded" in str(refund(hall, line, 20_001).errors["amount"])
    hall.desk.orders.complete(refund(hall, line, 20_000).id, [CASH])
    assert money(hall, line) == face
    assert sound(hall)


def test_a_refund_of_several_payments_takes_back_the_newest_first(hall: Hall) -> None:
    line = a_line(hall)
    first, second = pay_in(hall, line, CASH), pay_in(hall, line, CASH)
    hall.desk.orders.complete(refund(hall, line, 25_000).id, [Tender("cash", 25_000)])
    assert (reds(hall, first), reds(hall, second)) == ([-5_000], [-20_000])
    assert sound(hall)


def test_a_payment_that_was_refunded_in_part_is_not_taken_back_whole(hall: Hall) -> None:
    line = a_line(hall)
    paid = pay_in(hall, line, CASH)
    back = hall.desk.orders.complete(refund(hall, line, 5_000).id, [Tender("cash", 5_000)])
    with pytest.raises(NotAllowed):
        hall.desk.orders.cancel(paid.serial, "录错", FACTS.supervisor, FACTS.password)
    hall.desk.orders.cancel(back.serial, "客户反悔", FACTS.supervisor, FACTS.password)
    hall.desk.orders.cancel(paid.serial, "录错", FACTS.supervisor, FACTS.password)
    assert sound(hall)


def test_one_card_of_three_leaves_an_invoice_of_two(hall: Hall) -> None:
    example = hall.desk.forms.example("C11")
    view = hall.desk.forms.begin("C11", {**example, "count": "3"})
    sold = hall.desk.orders.complete(view.id, [Tender("card", view.quote.due, "POS3")])
    each = sold.due // 3
    view = hall.desk.forms.begin("C11", {"action": "return", "serial": example["serial"], "reason": "未使用"})
    for tenders in ([Tender("cash", each)], [Tender("card", each, "R1")]):
        hall.desk.approvals.approve(view.id, FACTS.supervisor, FACTS.password, tenders)
    back = hall.desk.orders.complete(view.id, [Tender("card", each, "R1")])
    assert [paper.kind for paper in back.papers][-2:] == ["invoice", "refund"]
    assert (invoice(hall, sold).state, reds(hall, sold)) == ("normal", [-each])
    assert sound(hall)


@pytest.mark.parametrize(
    ("limit", "day_limit", "first", "second", "asked"),
    [
        (20_000, 0, 0, 20_000, False),
        (20_000, 0, 0, 20_001, True),
        (0, 30_000, 10_000, 20_000, False),
        (0, 30_000, 10_000, 20_001, True),
        (0, 0, 10_000, 30_000, False),
    ],
)
def test_refunds_have_a_limit_at_once_and_a_day_and_what_is_taken_in_has_its_own(
    hall: Hall, limit: int, day_limit: int, first: int, second: int, *, asked: bool
) -> None:
    handed_change(hall.store, RoleRight, role="clerk", business="C12", refund_limit=limit, refund_day_limit=day_limit)
    line = a_line(hall)
    view = hall.desk.forms.begin("C12", {"who": line.number, "action": "advance", "amount": "9000"})
    assert view.qualification.verdict == "yes"
    hall.desk.orders.complete(view.id, [Tender("cash", 900_000)])
    if first:
        hall.desk.orders.complete(refund(hall, line, first).id, [Tender("cash", first)])
    view = refund(hall, line, second)
    assert (view.qualification.verdict == "override") == asked
    if asked:
        hall.desk.approvals.approve(view.id, FACTS.supervisor, FACTS.password)
    hall.desk.orders.complete(view.id, [Tender("cash", second)])
    assert sound(hall)
