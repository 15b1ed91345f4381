"""C11 充值卡: sold by runs of serials, redeemed by PIN, exchanged, given back; money owed until it is a customer's."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import text

from boss_tui.answers.business import DraftView, Outcome, Tender
from boss_tui.components.accounts.accounts import validity
from boss_tui.components.till.figures import x_figures
from data.card_pins import decipher, secret
from data.demo import recharge
from data.demo.recharge import STOCK, Printed, printed
from data.errors import BadForm, NotAllowed
from data.store import Store
from data.tables.account import BalanceBucket
from data.tables.finance import RunningTotal, Shift
from data.tables.life import ServiceParameter
from data.tables.order import Subscription
from data.tables.stock import RechargeCard
from tests.boss_tui.transactions.following import sound
from tests.hall import FACTS, Hall

CARDS = list(printed(2026, date(2026, 11, 23)))
NEAR_END = CARDS[STOCK - 1]


def do(hall: Hall, **typed: Any) -> Outcome:
    """A whole C11, approved and paid in cash where it must be."""
    view = begun(hall, **typed)
    assert not view.errors, view.errors
    if view.qualification.verdict == "override":
        view = hall.desk.approvals.approve(view.id, FACTS.supervisor, FACTS.password)
    return hall.desk.orders.complete(view.id, [Tender("cash", abs(view.quote.due))] if view.quote.due else [])


def begun(hall: Hall, **typed: Any) -> DraftView:
    return hall.desk.forms.begin("C11", typed)


def state(hall: Hall, card: Printed) -> str:
    (row,) = hall.rows(RechargeCard, serial=card.serial)
    return str(row.state)


def owed(hall: Hall) -> int:
    return -sum(int(total.amount) for total in hall.rows(RunningTotal, account="2207"))


def prepaid(hall: Hall) -> Subscription:
    found: Subscription = next(s for s in hall.rows(Subscription, pay_type="prepaid") if s.state == "active")
    return found


def balance(hall: Hall, subscription: Subscription) -> int:
    (bucket,) = hall.rows(BalanceBucket, account_id=subscription.account_id, kind="prepaid")
    return int(bucket.amount)


def test_a_run_is_sold_to_anybody_and_owed(hall: Hall) -> None:
    outcome = do(hall, serial=CARDS[0].serial, count="3")
    assert (outcome.due, outcome.state, owed(hall)) == (15_000, "completed", 15_000)
    assert outcome.facts["serials"] == [card.serial for card in CARDS[:3]]
    assert [paper.kind for paper in outcome.papers] == ["invoice", "receipt"]
    assert CARDS[2].serial in "".join(outcome.papers[0].preview)
    assert [state(hall, card) for card in CARDS[:4]] == ["sold"] * 3 + ["idle"]
    assert sound(hall)


def test_a_redeemed_card_becomes_the_customers_balance_and_prolongs_a_prepaid_number(hall: Hall) -> None:
    do(hall, serial=CARDS[0].serial)
    line = prepaid(hall)
    before = balance(hall, line)
    outcome = do(hall, action="redeem", number=line.number, pin=CARDS[0].pin)
    assert (balance(hall, line) - before, owed(hall), outcome.due) == (5_000, 0, 0)
    assert state(hall, CARDS[0]) == "used"
    (until,) = hall.rows(ServiceParameter, subscription_id=line.id, name="valid_until")
    assert until.value == "2027-02-21"  # 90 days for 50 yuan
    assert sound(hall)


def test_the_pin_stands_nowhere_in_clear(hall: Hall) -> None:
    card = CARDS[0]
    do(hall, serial=card.serial)
    do(hall, action="redeem", number=prepaid(hall).number, pin=card.pin)
    assert not [place for place in everything(hall.store) if card.pin in place]
    with hall.store.reading() as reading:
        row = reading.one(RechargeCard, serial=card.serial)
        assert row.pin_cipher == ""  # an outlet recognises a PIN, and can't read one
        (there, *_) = recharge.rows(2026, hall.clock.now().date(), "")
        assert there["serial"] == card.serial
        assert decipher(secret(reading), card.serial, there["pin_cipher"]) == card.pin


def everything(store: Store) -> list[str]:
    with store.engine.connect() as connection:
        tables = connection.execute(text("SELECT name FROM sqlite_master WHERE type = 'table'")).scalars().all()
        return [str(tuple(row)) for table in tables for row in connection.execute(text(f"SELECT * FROM {table}"))]


def test_a_card_that_cant_be_read_needs_a_supervisor(hall: Hall) -> None:
    do(hall, serial=CARDS[0].serial)
    typed = {"action": "redeem", "number": prepaid(hall).number, "serial": CARDS[0].serial, "reason": "涂层刮坏"}
    view = begun(hall, **typed)
    with pytest.raises(NotAllowed, match="without its PIN"):
        hall.desk.orders.complete(view.id, [])
    do(hall, **typed)
    assert state(hall, CARDS[0]) == "used"


def test_a_card_near_its_end_is_exchanged(hall: Hall) -> None:
    do(hall, serial=NEAR_END.serial)
    do(hall, action="exchange", serial=NEAR_END.serial, new_serial=CARDS[0].serial, reason="快到期")
    assert (state(hall, NEAR_END), state(hall, CARDS[0]), owed(hall)) == ("void", "sold", 5_000)
    early = begun(hall, action="exchange", serial=CARDS[0].serial, new_serial=CARDS[1].serial, reason="客户要求")
    assert "5 days before" in str(early.errors["serial"])
    assert sound(hall)


def test_an_unused_card_is_taken_back_for_its_money(hall: Hall) -> None:
    do(hall, serial=CARDS[0].serial)
    outcome = do(hall, action="return", serial=CARDS[0].serial, reason="买错面值")
    assert (outcome.due, owed(hall), state(hall, CARDS[0])) == (-5_000, 0, "locked")
    assert sound(hall)


@pytest.mark.parametrize(("action", "after"), [("damaged", "locked"), ("void", "void")])
def test_cards_leave_the_stock_by_a_supervisor(hall: Hall, action: str, after: str) -> None:
    do(hall, action=action, serial=CARDS[0].serial, count="2", reason="受潮")
    assert [state(hall, card) for card in CARDS[:3]] == [after, after, "idle"]
    assert sound(hall)


@pytest.mark.parametrize(
    ("typed", "field", "why"),
    [
        ({"serial": "123"}, "serial", "17 digits"),
        ({"serial": "9" * 17}, "serial", "not in this outlet's stock"),
        ({"serial": CARDS[0].serial, "count": "0"}, "count", "1 to 500"),
        ({"serial": CARDS[STOCK - 1].serial, "count": "2"}, "count", "broken"),
        ({"action": "give", "serial": CARDS[0].serial}, "action", "choices"),
        ({"action": "redeem", "number": FACTS.stock_prefix + "9999", "pin": "1" * 18}, "number", "Nobody"),
        ({"action": "redeem", "pin": "12"}, "pin", "18 digits"),
        ({"action": "redeem", "pin": CARDS[0].pin}, "pin", "idle"),
        ({"action": "redeem", "pin": "1" * 18}, "pin", "No card"),
        ({"action": "return", "serial": CARDS[0].serial, "reason": "x"}, "serial", "idle"),
        ({"action": "void", "serial": CARDS[0].serial}, "reason", "why"),
        ({"action": "exchange", "serial": CARDS[0].serial}, "new_serial", "needed"),
    ],
)
def test_what_is_wrong_stands_beside_its_field_and_changes_nothing(
    hall: Hall, typed: dict[str, Any], field: str, why: str
) -> None:
    view = begun(hall, **typed)
    assert why in str(view.errors[field])
    with pytest.raises((BadForm, NotAllowed)):
        hall.desk.orders.complete(view.id, [])
    assert not hall.rows(RechargeCard, state="sold")


def test_a_used_card_is_used_once(hall: Hall) -> None:
    do(hall, serial=CARDS[0].serial)
    do(hall, action="redeem", number=prepaid(hall).number, pin=CARDS[0].pin)
    again = begun(hall, action="redeem", number=prepaid(hall).number, pin=CARDS[0].pin)
    assert "used" in str(again.errors["pin"])


def test_a_sale_is_taken_back_on_its_day(hall: Hall) -> None:
    outcome = do(hall, serial=CARDS[0].serial, count="2")
    back = hall.desk.orders.cancel(outcome.serial, "客户反悔", FACTS.supervisor, FACTS.password)
    assert (back.due, owed(hall), state(hall, CARDS[0])) == (-10_000, 0, "idle")
    assert sound(hall)


def test_a_sale_whose_card_is_used_stays(hall: Hall) -> None:
    outcome = do(hall, serial=CARDS[0].serial, count="2")
    do(hall, action="redeem", number=prepaid(hall).number, pin=CARDS[1].pin)
    with pytest.raises(NotAllowed, match="used by now"):
        hall.desk.orders.cancel(outcome.serial, "客户反悔", FACTS.supervisor, FACTS.password)
    assert sound(hall)


def test_a_card_for_the_wrong_number_is_taken_back(hall: Hall) -> None:
    do(hall, serial=CARDS[0].serial)
    line = prepaid(hall)
    before = balance(hall, line)
    outcome = do(hall, action="redeem", number=line.number, pin=CARDS[0].pin)
    hall.desk.orders.cancel(outcome.serial, "号码报错", FACTS.supervisor, FACTS.password)
    assert (balance(hall, line), state(hall, CARDS[0]), owed(hall)) == (before, "sold", 5_000)
    (until,) = hall.rows(ServiceParameter, subscription_id=line.id, name="valid_until")
    assert until.value == ""
    assert sound(hall)


def test_the_shift_counts_its_cards(hall: Hall) -> None:
    do(hall, serial=CARDS[0].serial, count="3")
    do(hall, action="damaged", serial=CARDS[3].serial, reason="受潮")
    other = hall.counter("1002", "HZ0102")
    other.till.open_shift(10_000)
    view = other.forms.begin("C11", {"serial": CARDS[4].serial, "count": "2"})
    other.orders.complete(view.id, [Tender("cash", view.quote.due)])
    with hall.store.reading() as reading:
        fifty = x_figures(reading, reading.one(Shift, till=FACTS.counter, state="open")).cards[0]
    assert (fifty.opening, fifty.sold, fifty.damaged, fifty.others, fifty.left) == (STOCK, 3, 1, 2, STOCK - 6)


def test_each_cell_is_alive_or_says_why_not(hall: Hall) -> None:
    do(hall, serial=CARDS[0].serial)
    do(hall, action="redeem", number=prepaid(hall).number, pin=CARDS[0].pin)
    assert [cell.code for cell in hall.desk.lookups.matrix("C11") if cell.state == "waiting"] == []


@given(st.integers(min_value=0, max_value=2_000_000), st.integers(min_value=0, max_value=1_000_000))
def test_paying_more_never_gives_fewer_days(amount: int, more: int) -> None:
    assert validity(amount) <= validity(amount + more) <= 360
