"""Tenders as the desk takes them: published ways of paying, sums that no coin pays, money on disk till it is booked."""

from __future__ import annotations

from pathlib import Path

import pytest

from boss_tui.answers.business import DraftView, Tender
from boss_tui.components.tenders.tenders import check_tenders, standard
from boss_tui.components.till.figures import x_figures
from boss_tui.desk import Desk, Station
from boss_tui.payments.simulated import SimulatedGateway
from boss_tui.verify import verify
from data.errors import NotAllowed
from data.journal import Author
from data.tables.account import BalanceBucket
from data.tables.finance import Payment, PaymentTender, Shift, TenderKind
from data.tables.sync import JournalHead
from tests.hall import FACTS, Hall

pytestmark = pytest.mark.light


def odd(hall: Hall, prepayment: str = "100.01") -> DraftView:
    """A C1 whose price is no whole jiao."""
    return hall.filled(prepayment=prepayment)


def tenders(hall: Hall) -> list[tuple[str, int]]:
    return [(row.kind, row.amount) for row in hall.rows(PaymentTender) if row.payment_id == hall.rows(Payment)[-1].id]


def clean(hall: Hall) -> None:
    with hall.store.reading() as reading:
        assert not list(verify(reading))


@pytest.mark.parametrize(
    ("due", "handed", "ok"),
    [
        (45_171, [("cash", 45_170), ("rounding", 1)], True),
        (45_171, [("cash", 45_200), ("rounding", 1)], True),  # change 0.30
        (45_179, [("cash", 45_170), ("rounding", 9)], True),  # the most
        (45_170, [("cash", 45_160), ("rounding", 10)], False),
        (45_171, [("cash", 45_169), ("rounding", 2)], False),  # that is no jiao
        (45_171, [("card", 45_170), ("rounding", 1)], False),  # a card pays fen
        (45_171, [("card", 40_000), ("cash", 5_170), ("rounding", 1)], True),
        (5, [("rounding", 5)], True),
        (45_171, [("rounding", 45_171)], False),
    ],
)
def test_what_may_be_rounded(due: int, handed: list[tuple[str, int]], ok: bool) -> None:
    given = [Tender(kind, amount, "R" if kind == "card" else "") for kind, amount in handed]
    if ok:
        assert check_tenders(due, given) == max(sum(amount for _, amount in handed) - due, 0)
        return
    with pytest.raises(NotAllowed):
        check_tenders(due, given)


def test_rounding_is_booked_and_everything_agrees(hall: Hall) -> None:
    view = odd(hall)
    assert view.quote.due % 10 == 1
    due = view.quote.due
    done = hall.desk.orders.complete(view.id, [Tender("cash", due + 29), Tender("rounding", 1)])
    assert (done.due, done.change) == (due, 30)
    assert tenders(hall) == [("cash", due - 1), ("rounding", 1)]
    with hall.store.reading() as reading:
        figures = x_figures(reading, hall.rows(Shift, till=FACTS.counter, state="open")[0])
    assert {each.key: each.amount for each in figures.takings.tenders} == {"cash": due - 1, "rounding": 1}
    assert figures.expected == 50_000 + due - 1
    assert any("抹零" in line for paper in done.papers for line in paper.preview)
    clean(hall)


def test_the_rest_of_the_change_goes_into_the_balance(hall: Hall) -> None:
    view = odd(hall)
    assert view.keeps_rest
    due = view.quote.due
    done = hall.desk.orders.complete(view.id, [Tender("cash", due + 29), Tender("rest", 9)])
    assert (done.due, done.change) == (due + 9, 20)
    advanced = sum(line.amount for line in view.quote.lines if line.kind == 2 and not line.monthly)
    assert advanced + 9 in [bucket.amount for bucket in hall.rows(BalanceBucket, kind="prepaid")]
    clean(hall)


@pytest.mark.parametrize("rest", [0, -1])
def test_no_rest_is_none(hall: Hall, rest: int) -> None:
    view = odd(hall)
    with pytest.raises(NotAllowed):
        hall.desk.orders.complete(view.id, [Tender("cash", view.quote.due), Tender("rest", rest)])


def test_a_rest_needs_a_balance_that_stays_the_customers(hall: Hall) -> None:
    view = hall.desk.forms.begin("C11")
    view = hall.desk.forms.fill(view.id, hall.desk.forms.example("C11"))
    assert not view.keeps_rest
    with pytest.raises(NotAllowed, match="no balance"):
        hall.desk.orders.complete(view.id, [Tender("cash", view.quote.due + 100), Tender("rest", 100)])


def test_a_part_payment_survives_a_crash_and_is_recalled(hall: Hall) -> None:
    view = odd(hall)
    handed = (Tender("card", 2_000, "POS1"), Tender("cash", 500))
    hall.desk.paying.keep_tenders(view.id, handed)
    after = Desk(hall.store, Station(FACTS.outlet, FACTS.counter))  # the power was gone
    after.signing.sign_on(FACTS.clerk, FACTS.password)
    (held,) = after.held.forms()
    recalled = after.forms.recall(held.number)
    assert after.paying.tendered(recalled.id) == handed
    after.orders.complete(recalled.id, [*handed, Tender("cash", view.quote.due - 2_500)])
    assert sum(amount for _, amount in tenders(hall)) == view.quote.due


def test_several_in_one_go_keep_it_too(hall: Hall) -> None:
    for _ in range(2):
        hall.desk.basket.collect(odd(hall).id)
    handed = (Tender("cash", 500),)
    hall.desk.paying.keep_tenders("", handed)
    assert hall.desk.paying.tendered("") == handed
    due = hall.desk.basket.shown().quote.due
    assert hall.desk.basket.shown().keeps_rest
    done = hall.desk.basket.complete([Tender("cash", due + 100), Tender("rest", 8)])
    assert (done.due, done.change) == (due + 8, 92)
    clean(hall)


def test_a_kind_that_headquarters_publishes_is_taken_and_told(hall: Hall) -> None:
    codes = [way.code for way in hall.desk.paying.tender_ways()]
    assert codes == ["rounding", "cash", "card", "cheque", "transfer", "wechat", "alipay", "unionpay"]
    with hall.store.reading() as reading:
        assert {row.code for row in reading.all(TenderKind)} == set(standard())


def test_mobile_payment_is_no_money_before_its_provider_was_asked(hall: Hall) -> None:
    view = hall.filled()
    with pytest.raises(NotAllowed, match="was not asked"):
        hall.desk.orders.complete(view.id, [Tender("wechat", view.quote.due, "HZ1")])
    assert not [t for t in hall.rows(PaymentTender) if t.kind == "wechat"]


@pytest.mark.parametrize(("attempts", "closed"), [(0, set()), (1, {"wechat", "alipay", "unionpay"})])
def test_without_a_link_it_can_not_be_taken(hall: Hall, attempts: int, closed: set[str], tmp_path: Path) -> None:
    with hall.store.transaction(Author(FACTS.outlet, "test", "test")) as tx:
        head = tx.one(JournalHead, outlet=FACTS.outlet)
        tx.change(head, last_contact=tx.now(), attempts=attempts)
    desk = Desk(hall.store, Station(FACTS.outlet, FACTS.counter, linked=True))
    desk.seat.gateway = SimulatedGateway(tmp_path / "payments.db", hall.clock)
    desk.signing.sign_on(FACTS.clerk, FACTS.password)
    assert {way.code for way in desk.paying.tender_ways() if way.closed is not None} == closed


def test_without_a_payment_service_it_can_not_be_taken(hall: Hall) -> None:
    with hall.store.transaction(Author(FACTS.outlet, "test", "test")) as tx:
        tx.change(tx.one(JournalHead, outlet=FACTS.outlet), last_contact=tx.now())
    desk = Desk(hall.store, Station(FACTS.outlet, FACTS.counter, linked=True))
    desk.signing.sign_on(FACTS.clerk, FACTS.password)
    closed = {way.code: str(way.closed) for way in desk.paying.tender_ways() if way.closed is not None}
    assert closed == dict.fromkeys(("wechat", "alipay", "unionpay"), "No payment service is set up here.")
