"""C10 购买/换机身: sold by IMEI, alone or with a contract, exchanged, taken back; the money to the fen."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from boss_tui.answers.business import DraftView, Outcome, Tender
from boss_tui.chores.scheduling import perform_due
from boss_tui.components.products.agreements import months_after
from boss_tui.transactions.contracts import share
from data.demo.handsets import imei
from data.errors import BadForm, NotAllowed
from data.journal import Author
from data.tables.account import BalanceBucket
from data.tables.document import PaperDocument
from data.tables.finance import PostingLine
from data.tables.life import Agreement, ScheduledAct
from data.tables.order import Subscription
from data.tables.resource import Reservation
from data.tables.stock import Handset, HandsetBundle
from tests.boss_tui.transactions.following import next_day, sound
from tests.hall import FACTS, Hall

M30 = [imei("86012305", n) for n in range(1, 6)]
A10 = imei("86012304", 1)
TODAY = date(2026, 11, 23)


def begun(hall: Hall, **typed: Any) -> DraftView:
    return hall.desk.forms.begin("C10", typed)


def do(hall: Hall, **typed: Any) -> Outcome:
    """A whole C10, approved and paid in cash where it must be."""
    view = begun(hall, **typed)
    assert not view.errors, view.errors
    if view.qualification.verdict == "override":
        view = hall.desk.approvals.approve(view.id, FACTS.supervisor, FACTS.password)
    return hall.desk.orders.complete(view.id, [Tender("cash", abs(view.quote.due))] if view.quote.due else [])


def unit(hall: Hall, number: str) -> Handset:
    (row,) = hall.rows(Handset, imei=number)
    found: Handset = row
    return found


def line(hall: Hall) -> tuple[Subscription, dict[str, Any]]:
    """A number, and what its owner shows for a contract."""
    typed = hall.desk.forms.example("C2")
    (subscription,) = hall.rows(Subscription, number=typed["number"])
    return subscription, {"number": typed["number"], "document_number": typed["document_number"]}


def bucket(hall: Hall, subscription: Subscription, kind: str) -> int:
    rows = hall.rows(BalanceBucket, account_id=subscription.account_id, kind=kind)
    return int(rows[0].amount) if rows else 0


def test_a_handset_is_sold_to_anybody_with_its_tax(hall: Hall) -> None:
    outcome = do(hall, imei=M30[0], buyer="李雷")
    sold = unit(hall, M30[0])
    assert (outcome.due, outcome.state, sold.state, sold.sold_on) == (199_900, "completed", "sold", "2026-11-23")
    lines = {(row.account, row.item): row.amount for row in hall.rows(PostingLine, item="handset")}
    assert lines["2221", "handset"] == -22_997  # 13 % in 1999.00
    text = "".join(outcome.papers[0].preview)
    assert [word for word in ("13%", M30[0], "李雷") if word not in text] == []
    assert sound(hall)


def test_while_it_is_being_sold_it_is_nobody_elses(hall: Hall) -> None:
    begun(hall, imei=M30[0])
    again = begun(hall, imei=M30[0])
    assert "just taken" in str(again.errors["imei"])
    assert len(hall.rows(Reservation, kind="handset", state="active")) == 1


def test_a_contract_lowers_the_price_and_holds_a_prepayment(hall: Hall) -> None:
    subscription, owner = line(hall)
    outcome = do(hall, imei=M30[0], bundle="BD-M30", **owner)
    assert outcome.due == 99_900 + 120_000 + 1_000
    assert bucket(hall, subscription, "gift") == 120_000
    (agreement,) = hall.rows(Agreement, subscription_id=subscription.id, kind="handset")
    assert (agreement.months, agreement.value, agreement.penalty_percent) == (12, 120_000, 30)
    preview = "".join(outcome.papers[0].preview)
    assert [rate for rate in ("13%", "9%", "合约预存款") if rate not in preview] == []
    assert sound(hall)


def test_the_prepayment_comes_back_month_by_month(hall: Hall) -> None:
    subscription, owner = line(hall)
    do(hall, imei=M30[0], bundle="BD-M30", **owner)
    before, day = bucket(hall, subscription, "prepaid"), TODAY
    for month in range(1, 13):
        day = months_after(day, 1) + timedelta(days=1)
        next_day(hall, day.isoformat())
        perform_due(hall.store, FACTS.outlet)
        assert bucket(hall, subscription, "prepaid") - before == 10_000 * month
    assert bucket(hall, subscription, "gift") == 0
    assert not hall.rows(ScheduledAct, business="C10", state="waiting")
    assert sound(hall)


def test_an_ended_contract_gives_no_more_back(hall: Hall) -> None:
    subscription, owner = line(hall)
    do(hall, imei=M30[0], bundle="BD-M30", **owner)
    with hall.store.transaction(Author(FACTS.outlet, "end", FACTS.supervisor)) as tx:
        tx.change(tx.one(Agreement, subscription_id=subscription.id, kind="handset"), state="terminated")
    next_day(hall, date(2026, 12, 24).isoformat())
    perform_due(hall.store, FACTS.outlet)
    assert bucket(hall, subscription, "gift") == 120_000
    assert len(hall.rows(ScheduledAct, business="C10", state="failed")) == 1


def test_a_failing_unit_is_exchanged_for_the_same_model(hall: Hall) -> None:
    do(hall, imei=M30[0])
    next_day(hall, (TODAY + timedelta(days=15)).isoformat())
    do(hall, action="exchange", imei=M30[0], new_imei=M30[1], reason="不开机")
    old, new = unit(hall, M30[0]), unit(hall, M30[1])
    assert (old.state, new.state, new.sold_on) == ("faulty", "sold", "2026-11-23")
    other = begun(hall, action="exchange", imei=M30[1], new_imei=A10, reason="不开机")
    assert "same model" in str(other.errors["new_imei"])
    assert sound(hall)


def test_what_was_held_for_another_wish_is_free_once_it_is_done(hall: Hall) -> None:
    """First an exchange, then its money back after all: the unit that was to be given is nobody's."""
    do(hall, imei=M30[0])
    view = begun(hall, action="exchange", imei=M30[0], new_imei=M30[1], reason="花屏")
    assert hall.rows(Reservation, resource=M30[1], state="active")
    view = hall.desk.forms.fill(view.id, {"action": "return", "faulty": "n"})
    tenders = [Tender("cash", abs(view.quote.due))]
    hall.desk.approvals.approve(view.id, FACTS.supervisor, FACTS.password, tenders)
    hall.desk.orders.complete(view.id, tenders)
    assert not hall.rows(Reservation, state="active")
    assert sound(hall)


def test_after_its_days_it_stays(hall: Hall) -> None:
    do(hall, imei=M30[0])
    next_day(hall, (TODAY + timedelta(days=16)).isoformat())
    late = begun(hall, action="exchange", imei=M30[0], new_imei=M30[1], reason="不开机")
    assert "15 days" in str(late.errors["imei"])


def test_a_unit_is_taken_back_for_what_was_paid(hall: Hall) -> None:
    """Days later, by red-letter papers over those of the sale, as the tax office wants it (domain-facts 7)."""
    sold = do(hall, imei=M30[0])
    do(hall, action="exchange", imei=M30[0], new_imei=M30[1], reason="花屏")
    next_day(hall, (TODAY + timedelta(days=3)).isoformat())
    hall.desk.till.open_shift(300_000)
    back = do(hall, action="return", imei=M30[1], reason="仍花屏", faulty="n")
    assert [paper.kind for paper in back.papers] == ["invoice", "receipt", "refund"]
    assert all("红" in "".join(paper.preview) for paper in back.papers if paper.kind != "refund"), back.papers
    assert {row.state for row in hall.rows(PaperDocument, order_id=sold.order_id)} == {"red", "void"}
    assert (back.due, unit(hall, M30[1]).state) == (-199_900, "returned")
    assert sum(row.amount for row in hall.rows(PostingLine, account="2221")) == sum(
        row.amount for row in hall.rows(PostingLine, account="2221") if row.item != "handset"
    )
    assert sound(hall)


@pytest.mark.parametrize("bundle", ["", "BD-M30"])
def test_goods_back_on_the_same_day(hall: Hall, bundle: str) -> None:
    subscription, owner = line(hall)
    outcome = do(hall, imei=M30[0], bundle=bundle, **owner)
    back = hall.desk.orders.cancel(outcome.serial, "客户反悔", FACTS.supervisor, FACTS.password)
    assert (back.due, unit(hall, M30[0]).state) == (-outcome.due, "in_stock")
    assert bucket(hall, subscription, "gift") == 0
    assert not hall.rows(Agreement, subscription_id=subscription.id, kind="handset", state="active")
    assert not hall.rows(ScheduledAct, business="C10", state="waiting")
    assert sound(hall)


def test_an_exchange_is_taken_back(hall: Hall) -> None:
    do(hall, imei=M30[0])
    outcome = do(hall, action="exchange", imei=M30[0], new_imei=M30[1], reason="不开机")
    hall.desk.orders.cancel(outcome.serial, "检测无故障", FACTS.supervisor, FACTS.password)
    assert (unit(hall, M30[0]).state, unit(hall, M30[1]).state) == ("sold", "in_stock")
    assert sound(hall)


@pytest.mark.parametrize(
    ("typed", "field", "why"),
    [
        ({"imei": "1234"}, "imei", "15 digits"),
        ({"imei": M30[0][:-1] + str((int(M30[0][-1]) + 1) % 10)}, "imei", "check digit"),
        ({"imei": imei("35123456", 1)}, "imei", "not in this outlet's stock"),
        ({"imei": M30[0], "number": FACTS.stock_prefix + "9999"}, "number", "Nobody"),
        ({"imei": M30[0], "bundle": "BD-M30"}, "number", "needs a number"),
        ({"imei": M30[0], "action": "rent"}, "action", "choices"),
        ({"imei": M30[0], "action": "return", "reason": "x"}, "imei", "in stock"),
        ({"imei": M30[0], "action": "return"}, "reason", "why"),
        ({"imei": imei("35123456", 1), "action": "return", "reason": "x"}, "imei", "no handset"),
        ({"imei": M30[0], "action": "exchange", "reason": "x"}, "new_imei", "needed"),
    ],
)
def test_what_is_wrong_stands_beside_its_field_and_changes_nothing(
    hall: Hall, typed: dict[str, Any], field: str, why: str
) -> None:
    view = begun(hall, **typed)
    assert why in str(view.errors[field])
    with pytest.raises((BadForm, NotAllowed)):
        hall.desk.orders.complete(view.id, [])
    assert not hall.rows(Handset, state="sold")


def test_a_contract_asks_for_its_model_and_the_owner(hall: Hall) -> None:
    subscription, owner = line(hall)
    wrong = begun(hall, imei=A10, bundle="BD-M30", **owner)
    assert "not sold with" in str(wrong.errors["bundle"])
    hall.desk.serving.next_customer()
    nobody = begun(hall, imei=imei("86012304", 2), bundle="BD-M30", number=subscription.number)
    assert "document" in str(nobody.errors["document_number"])


def test_each_cell_is_alive_or_says_why_not(hall: Hall) -> None:
    _, owner = line(hall)
    do(hall, imei=M30[0], bundle="BD-M30", **owner)
    assert [cell.code for cell in hall.desk.lookups.matrix("C10") if cell.state == "waiting"] == []


@given(st.integers(min_value=0, max_value=10_000_000), st.integers(min_value=1, max_value=36))
def test_the_months_give_back_all_and_no_more(prepay: int, months: int) -> None:
    bundle = HandsetBundle(code="X", name_zh="X", model="X", price=0, prepay=prepay, months=months)
    parts = [share(bundle, month) for month in range(1, months + 1)]
    assert sum(parts) == prepay
    assert min(parts) >= 0


@pytest.mark.parametrize(
    ("typed", "models"),
    [
        ("", {"HS-A10", "HS-M30", "HS-P50"}),
        ("星河", {"HS-A10", "HS-M30"}),
        ("xh", {"HS-A10", "HS-M30"}),
        ("river", {"HS-A10", "HS-M30"}),
        ("p50", {"HS-P50"}),
        ("墨岩", {"HS-P50"}),
        ("曜石", {"HS-A10", "HS-M30"}),
        ("1999", {"HS-M30"}),
        ("1999.00", {"HS-M30"}),
        (M30[0][-9:], {"HS-M30"}),
        ("nothing", set()),
    ],
)
def test_the_list_of_units_is_narrowed_by_any_part_of_what_it_shows(hall: Hall, typed: str, models: set[str]) -> None:
    found = hall.desk.forms.choices(hall.desk.forms.begin("C10").id, "imei", typed)
    stock = {unit.imei: unit for unit in hall.rows(Handset, state="in_stock")}
    assert {stock[choice.value].model for choice in found} == models
    for choice in found:
        assert stock[choice.value].colour in str(choice.detail)
    assert len(found) > 30 or models != {"HS-A10", "HS-M30", "HS-P50"}, "all of them can be paged through"
