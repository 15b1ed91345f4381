"""What a cancellation gives back: each tender to the fen, out of which drawer, and on which day."""

from __future__ import annotations

import pytest

from boss_tui.answers.business import Outcome, Tender
from boss_tui.components.till.figures import x_figures
from boss_tui.components.till.shifts import shift_at
from boss_tui.reports.figures import day_figures
from data.tables.account import BalanceBucket, BalanceEntry, BillingAccount
from data.tables.finance import Payment, PaymentTender, Posting, PostingLine
from data.tables.order import ProductOrder
from tests.boss_tui.transactions.test_cancellation import INTERNATIONAL, WHY, all_holds, cancel, in_drawer, sold
from tests.hall import FACTS, FLOAT, Hall
from tests.tiers import NIGHTLY

pytestmark = pytest.mark.both_engines(NIGHTLY)


def test_each_kind_of_tender_goes_back_to_the_fen(hall: Hall) -> None:
    def mixed(due: int) -> list[Tender]:
        some = [Tender("card", 3_001, "R1"), Tender("cheque", 2_002, "Q2"), Tender("transfer", 1_003, "T3")]
        return [*some, Tender("cash", due - 6_006 + 777)]

    opened = sold(hall, mixed, **INTERNATIONAL)
    drawer = in_drawer(hall)
    outcome = cancel(hall, opened.serial)
    cash = opened.due - 6_006
    assert (outcome.due, outcome.tendered, outcome.change) == (-opened.due, -6_006, cash)
    assert outcome.change == outcome.tendered - outcome.due
    assert [(t["kind"], t["amount"], t["reference"]) for t in outcome.facts["back"]] == [
        ("card", 3_001, "R1"),
        ("cheque", 2_002, "Q2"),
        ("transfer", 1_003, "T3"),
        ("cash", cash, ""),
    ]
    assert in_drawer(hall) == drawer - cash == FLOAT
    taken, back = _payments(hall, opened)
    assert (back.due, back.tendered, back.change) == (-taken.due, -taken.due, 0)
    came, went = (
        {(t.kind, abs(t.amount), t.reference) for t in hall.rows(PaymentTender, payment_id=p.id)} for p in (taken, back)
    )
    noted = {("card", 3_001, "R1"), ("cheque", 2_002, "Q2"), ("transfer", 1_003, "T3")}
    assert came == went == {*noted, ("cash", cash, "")}
    assert all(tender.amount < 0 for tender in hall.rows(PaymentTender, payment_id=back.id))
    all_holds(hall)


def _payments(hall: Hall, opened: Outcome) -> tuple[Payment, Payment]:
    first, second = sorted(hall.rows(Payment, order_id=opened.order_id), key=lambda row: -row.due)
    return first, second


def test_every_line_of_the_books_is_answered_and_the_buckets_are_empty(hall: Hall) -> None:
    opened = sold(hall, lambda due: [Tender("cash", due + 500)], **INTERNATIONAL)
    cancel(hall, opened.serial)
    taken, back = _payments(hall, opened)
    lines = [
        sorted((row.account, row.item, row.bucket_id or "", row.amount) for row in hall.rows(PostingLine, posting_id=p))
        for p in (taken.posting_id, back.posting_id)
    ]
    assert sorted((account, item, bucket, -amount) for account, item, bucket, amount in lines[1]) == lines[0]
    assert hall.rows(Posting, id=back.posting_id)[0].note == WHY
    (account,) = hall.rows(BillingAccount, number=opened.facts["account"])
    buckets = hall.rows(BalanceBucket, account_id=account.id)
    assert {bucket.amount for bucket in buckets} == {0}
    moved = [entry.amount for bucket in buckets for entry in hall.rows(BalanceEntry, bucket_id=bucket.id)]
    assert sorted(amount for amount in moved if amount > 0) == sorted(-amount for amount in moved if amount < 0) != []


def test_cash_comes_out_of_the_till_of_the_counter_where_it_is_cancelled(hall: Hall) -> None:
    opened = hall.open_account()
    here = in_drawer(hall)
    other = hall.counter("1002", "HZ0102")
    other.till.open_shift(FLOAT)
    other.orders.cancel(opened.serial, WHY, FACTS.supervisor, FACTS.password)
    assert in_drawer(hall) == here
    assert in_drawer(hall, "HZ0102") == FLOAT - opened.due
    all_holds(hall)


def test_an_order_is_cancelled_on_a_later_day_and_the_earlier_one_stays_as_it_was_signed(hall: Hall) -> None:
    opened = hall.open_account()
    chief = hall.counter(FACTS.supervisor, "HZ0104")
    hall.desk.till.close_shift({10_000: in_drawer(hall) // 10_000, 1_000: in_drawer(hall) % 10_000 // 1_000})
    before = hall.desk.reports.shown("day")
    (day,) = {order.business_date for order in hall.rows(ProductOrder, id=opened.order_id)}
    with hall.store.reading() as reading:
        signed = day_figures(reading, FACTS.outlet, day)
    chief.day.close()
    chief.day.open("2026-11-24")
    hall.desk.till.open_shift(FLOAT)
    hall.clock.move(days=1)
    outcome = cancel(hall, opened.serial)
    assert outcome.change == opened.due
    with hall.store.reading() as reading:
        now, later = (day_figures(reading, FACTS.outlet, date) for date in (day, "2026-11-24"))
    assert (now.takings, now.orders, now.back) == (signed.takings, signed.orders, ())
    assert sum(paper.amount for paper in now.papers) == sum(paper.amount for paper in signed.papers)
    assert later.takings.total == sum(each.amount for each in later.back) == -opened.due
    assert before.preview
    all_holds(hall)


def test_x_z_and_day_report_agree_and_show_what_was_given_back(hall: Hall) -> None:
    first = sold(hall, lambda due: [Tender("card", 4_000, "R1"), Tender("cash", due - 4_000)])
    hall.open_account()
    cancel(hall, first.serial)
    with hall.store.reading() as reading:
        shift = shift_at(reading, FACTS.counter)
        assert shift is not None
        x = x_figures(reading, shift)
        day = day_figures(reading, FACTS.outlet, shift.business_date)
    assert x.takings == day.takings
    assert {back.key: back.amount for back in x.takings.refunds} == {"card": -4_000, "cash": 4_000 - first.due}
    assert x.takings.total == sum(o.amount for o in day.orders) + sum(c.amount for c in day.back)
    assert sum(item.amount for item in x.takings.items) == x.takings.total
    assert x.expected == FLOAT + x.takings.total
    assert sum(paper.red for paper in day.papers) == 2
    said = "\n".join(hall.desk.reports.shown("x").preview) + "\n".join(hall.desk.reports.shown("day").preview)
    assert said.count("-40.00") == 2
