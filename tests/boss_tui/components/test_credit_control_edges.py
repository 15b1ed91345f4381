"""What a line is judged by for credit control (F8), figure by figure, each at the value where it turns."""

from __future__ import annotations

from datetime import datetime
from types import SimpleNamespace
from typing import Any

import pytest

from boss_tui.components.credit import credit_control
from boss_tui.components.credit.control_stages import Due, LineMoney, Stage
from boss_tui.components.credit.credit_control import CreditControl, Verdict, is_rest
from data.clock import CHINA
from data.parameters import NIGHT_FROM, NIGHT_UNTIL
from data.tables.account import BalanceBucket, BalanceEntry, BillingAccount
from data.tables.billing import BillPayment, CustomerBill, UsageMonth
from data.tables.credit import ControlStage, CreditExemption, PublicHoliday
from data.tables.credit_control import ControlOrder
from data.tables.customer import Customer, ListedPerson
from data.tables.life import Suspension
from data.tables.order import ProductOrder, Subscription
from tests.boss_tui.components.rows import DAY, Rows, context, row

EVE, MIDNIGHT = "2026-11-22T15:59:59.000000Z", "2026-11-22T16:00:00.000000Z"
"""The last second before the business date and its first, as stored."""
ACCOUNT, CUSTOMER = row(BillingAccount, id="account"), row(Customer, id="owner", document_kind="00")
LINE = row(Subscription, id="line", number="N", pay_type="postpaid", account_id="account", customer_id="owner")


def control(*rows: Any) -> CreditControl:
    return CreditControl(context(Rows(*rows), business_date=DAY))


@pytest.mark.parametrize(
    ("amounts", "found"),
    [
        ([], ("", 0, 0)),
        ([500], ("2026-09", 500, 0)),
        ([30, 20, 500], ("2026-09", 500, 0)),
        ([31, 30, 20, 500], ("2026-09", 500, 27)),
        ([9_999, 31, 30, 20, 500], ("2026-09", 500, 27)),
    ],
)
def test_the_latest_bill_stands_beside_the_mean_of_the_three_before_it(
    amounts: list[int], found: tuple[str, int, int]
) -> None:
    first = 10 - len(amounts)
    bills = [
        row(CustomerBill, account_id="account", kind="monthly", month=f"2026-{first + n:02}", amount=amount)
        for n, amount in enumerate(amounts)
    ]
    others = row(CustomerBill, account_id="account", kind="final", month="2026-12", amount=7)
    assert control(*bills, others)._bills(ACCOUNT) == found


@pytest.mark.parametrize(
    ("used", "daily"),
    [
        ([], 0),
        ([("2026-07", 9_000)], 0),
        ([("2026-08", 9_000)], 100),
        ([("2026-08", 8_999), ("2026-10", 1)], 100),
        ([("2026-08", 9_001)], 101),
        ([("2026-10", 90)], 1),
        ([("2026-11", 9_000), ("2026-12", 9_000)], 0),
    ],
)
def test_a_line_uses_a_day_the_mean_of_three_whole_months_rounded_up(used: list[tuple[str, int]], daily: int) -> None:
    rows = [row(UsageMonth, subscription_id="line", month=month, amount=amount) for month, amount in used]
    assert control(*rows)._daily(LINE) == daily


@pytest.mark.parametrize(
    ("entries", "found"),
    [
        ([], ""),
        ([("prepaid", 1, EVE), ("gift", 1, MIDNIGHT)], MIDNIGHT),
        ([("prepaid", 1, EVE), ("prepaid", 0, MIDNIGHT)], EVE),
        ([("prepaid", -1, EVE)], ""),
        ([("deposit", 1, EVE)], ""),
    ],
)
def test_money_came_in_when_something_was_added_to_what_a_line_lives_on(
    entries: list[tuple[str, int, str]], found: str
) -> None:
    buckets = [row(BalanceBucket, id=kind, kind=kind) for kind, _, _ in entries]
    rows = [row(BalanceEntry, bucket_id=kind, amount=amount, made_at=at) for kind, amount, at in entries]
    assert control(*rows)._paid_in(buckets) == found


def test_one_is_told_once_on_an_occasion() -> None:
    order = {"subscription_id": "line", "state": "active", "act": "remind", "occasion": "o"}
    orders = [
        row(ControlOrder, **{**order, "id": str(n), "stage": str(n), **values})
        for n, values in enumerate(
            [
                {},
                {"act": "call"},
                {"act": "stop_all"},
                {"occasion": "another"},
                {"state": "ended"},
                {"subscription_id": "another"},
                {},
            ]
        )
    ]
    assert control(*orders)._told(LINE, "o", but="6") == {"0", "1"}
    assert control(*orders)._told(LINE, "o", but="") == {"0", "1", "6"}


@pytest.mark.parametrize(
    ("causes", "since"),
    [
        ([], {}),
        ([("arrears_outgoing", "running", "2026-11-01", "")], {"stop_outgoing": "2026-11-01"}),
        ([("arrears_outgoing", "planned", "2026-11-01", "")], {}),
        ([("customer", "running", "2026-11-01", "")], {}),
        (
            [("arrears_outgoing", "running", "2026-11-01", ""), ("arrears_all", "lifted", "2026-11-05", "order")],
            {"stop_outgoing": "2026-11-09"},
        ),
        (
            [("arrears_outgoing", "running", "2026-11-10", ""), ("arrears_all", "lifted", "2026-11-05", "order")],
            {"stop_outgoing": "2026-11-10"},
        ),
        (
            [("arrears_outgoing", "running", "2026-11-01", ""), ("arrears_all", "lifted", "2026-11-05", "")],
            {"stop_outgoing": "2026-11-01"},
        ),
        (
            [("arrears_outgoing", "running", "2026-11-01", ""), ("customer", "lifted", "2026-11-05", "order")],
            {"stop_outgoing": "2026-11-01"},
        ),
        (
            [("arrears_all", "running", "2026-11-02", ""), ("arrears_kept", "running", "2026-11-03", "")],
            {"stop_all": "2026-11-02", "precancel": "2026-11-03"},
        ),
    ],
)
def test_a_stop_counts_from_its_day_or_from_what_was_let_out_of_a_further_one(
    causes: list[tuple[str, str, str, str]], since: dict[str, str]
) -> None:
    names = ("cause", "state", "starts_on", "lifted_order_id")
    rows = [row(Suspension, subscription_id="line", **dict(zip(names, of, strict=True))) for of in causes]
    order = row(ProductOrder, id="order", business_date="2026-11-09")
    assert control(order, *rows)._since(LINE) == since


@pytest.mark.parametrize(
    ("stops", "paid", "since"),
    [
        ([], [EVE], True),
        ([("running", DAY)], [EVE], False),
        ([("running", DAY)], [MIDNIGHT], True),
        ([("running", DAY)], [], False),
        ([("running", "2026-11-22")], [EVE], True),
        ([("running", "2026-11-22"), ("planned", DAY)], [EVE], False),
        ([("running", "2026-11-22"), ("lifted", DAY)], [EVE], True),
    ],
)
def test_whether_any_of_a_bill_was_paid_since_a_stop_began(
    stops: list[tuple[str, str]], paid: list[str], since: bool
) -> None:
    rows = [
        row(Suspension, id=str(n), subscription_id="line", cause="arrears_all", state=state, starts_on=day)
        for n, (state, day) in enumerate(stops)
    ]
    payments = [row(BillPayment, bill_id="b", made_at=at) for at in paid]
    found = control(row(CustomerBill, id="b", account_id="account"), *rows, *payments)
    assert found._paid_since(ACCOUNT, LINE, "arrears_all") is since


def exemption(kind: str, **values: Any) -> Any:
    return row(CreditExemption, **{"kind": kind, "person": "3001", "reason": "why", "valid_to": DAY, **values})


def owed(amount: int, month: str = "2026-10", **values: Any) -> Any:
    return SimpleNamespace(amount=amount, bill=row(CustomerBill, id=month, month=month, **values))


@pytest.mark.parametrize(
    ("bills", "exemptions", "counted", "told"),
    [
        ([], [], [], 0),
        ([owed(1), owed(0), owed(-1)], [], [1], 0),
        ([owed(5, "2026-09"), owed(7, state="onHold")], [], [5], 1),
        ([owed(5, "2026-09"), owed(7)], [exemption("disputed", month="2026-10")], [5], 1),
        ([owed(5, "2026-09"), owed(7)], [exemption("disputed")], [], 2),
        ([owed(7)], [exemption("emergency", month="2026-10")], [7], 0),
        ([owed(7)], [exemption("instalment", amount=0)], [], 1),
        ([], [exemption("instalment", amount=0)], [], 0),
        ([owed(7)], [exemption("instalment", amount=1, valid_from="2026-10-23")], [7], 1),
        ([owed(7), owed(5, state="onHold")], [exemption("instalment", amount=0)], [], 2),
    ],
)
def test_what_is_in_dispute_or_paid_by_instalments_is_not_counted(
    monkeypatch: pytest.MonkeyPatch, bills: list[Any], exemptions: list[Any], counted: list[int], told: int
) -> None:
    monkeypatch.setattr(credit_control, "Billing", lambda _: SimpleNamespace(owed=lambda _: bills))
    found, said = control()._counted(ACCOUNT, exemptions)
    assert ([one.amount for one in found], len(said)) == (counted, told)


@pytest.mark.parametrize(
    ("begun", "paid", "kept", "due"),
    [
        ("", [], True, "0.00"),
        ("2026-11-01", [], True, "0.00"),
        ("2026-10-24", [], True, "0.00"),
        ("2026-10-23", [], False, "1.00"),
        ("2026-10-23", [(99, MIDNIGHT)], False, "1.00"),
        ("2026-10-23", [(100, MIDNIGHT)], True, "1.00"),
        ("2025-11-23", [(1_199, EVE)], False, "12.00"),
        ("2025-12-24", [(1_000, EVE)], True, "10.00"),
        ("2025-12-23", [(1_000, EVE)], False, "11.00"),
        (DAY, [(7, EVE)], True, "0.00"),
        (DAY, [(7, MIDNIGHT)], True, "0.00"),
    ],
)
def test_a_plan_of_instalments_is_kept_while_each_whole_month_is_paid(
    begun: str, paid: list[tuple[int, str]], kept: bool, due: str
) -> None:
    payments = [row(BillPayment, bill_id="2026-10", amount=amount, made_at=at) for amount, at in paid]
    plan = exemption("instalment", amount=100, valid_from=begun)
    found, told = control(*payments)._kept(plan, [owed(9_999)])
    sum_ = sum(amount for amount, at in paid if begun != DAY or at == MIDNIGHT)
    assert (found, str(told)) == (kept, f"instalments until {DAY}: {sum_ / 100:.2f} of {due} yuan paid")


@pytest.mark.parametrize(
    ("exempt", "rows", "line", "kinds"),
    [
        ("red_list,roaming,emergency", [], {}, []),
        ("emergency", [exemption("emergency"), exemption("roaming")], {}, ["emergency"]),
        ("disputed,instalment", [exemption("disputed"), exemption("instalment")], {}, []),
        ("", [exemption("emergency")], {}, []),
        ("red_list", ["red"], {}, ["red_list"]),
        ("emergency", ["red"], {}, []),
        ("red_list", ["black"], {}, []),
        ("roaming", [("2026-11", "data_roaming", 1)], {"roaming": "international"}, ["roaming"]),
        ("roaming", [("2026-11", "voice_roaming", 1)], {"roaming": "international"}, ["roaming"]),
        ("roaming", [("2026-11", "voice", 1)], {"roaming": "international"}, []),
        ("roaming", [("2026-11", "data_roaming", 0)], {"roaming": "international"}, []),
        ("roaming", [("2026-10", "data_roaming", 1)], {"roaming": "international"}, []),
        ("roaming", [("2026-11", "data_roaming", 1)], {"roaming": "national"}, []),
        ("red_list", [("2026-11", "data_roaming", 1)], {"roaming": "international"}, []),
    ],
)
def test_a_line_is_spared_what_the_stage_says(
    exempt: str, rows: list[Any], line: dict[str, Any], kinds: list[str]
) -> None:
    exemptions = [each for each in rows if isinstance(each, CreditExemption)]
    lists = [each for each in rows if isinstance(each, str)]
    months = [each for each in rows if isinstance(each, tuple)]
    names = ("month", "kind", "quantity")
    used = [row(UsageMonth, subscription_id="line", **dict(zip(names, of, strict=True))) for of in months]
    entries = [row(ListedPerson, id=name, list=name, document_kind="00", reason="x") for name in lists]
    stage = Due(Stage(row(ControlStage, exempt=exempt), ()), ())
    subscription = row(Subscription, id="line", **line)
    found = control(*used, *entries)._spared(subscription, CUSTOMER, exemptions, stage)
    assert [each.kind for each in found] == kinds


@pytest.mark.parametrize(("number", "stands"), [("", True), ("N", True), ("M", False)])
def test_an_exemption_is_of_a_number_or_of_all(monkeypatch: pytest.MonkeyPatch, number: str, stands: bool) -> None:
    monkeypatch.setattr(credit_control, "exemptions", lambda *_: [exemption("emergency", number=number)])
    assert len(control().exemptions(CUSTOMER, "N")) == stands


@pytest.mark.parametrize(
    ("pay_type", "money", "fen"),
    [
        ("prepaid", {"balance": 5, "owed": 7}, 0),
        ("prepaid", {"balance": 0}, 0),
        ("prepaid", {"balance": -5, "unbilled": 7}, 5),
        ("postpaid", {"balance": -5, "owed": 7, "unbilled": 2}, 9),
    ],
)
def test_a_stage_is_about_the_debt_or_what_a_balance_lacks(pay_type: str, money: dict[str, Any], fen: int) -> None:
    line = row(Subscription, pay_type=pay_type)
    assert Verdict(line, CUSTOMER, ACCOUNT, LineMoney(**money), None, (), ()).at_stake == fen


@pytest.mark.parametrize(("money", "exposed"), [((7, 2, 0), 9), ((7, 2, 4), 5), ((7, 2, -4), 9)])
def test_what_was_paid_in_before_is_not_exposed(money: tuple[int, int, int], exposed: int) -> None:
    owed_, unbilled, balance = money
    assert LineMoney(owed=owed_, unbilled=unbilled, balance=balance).exposed == exposed


@pytest.mark.parametrize(
    ("hour", "minute", "rests"),
    [
        (NIGHT_FROM.first - 1, 59, False),
        (NIGHT_FROM.first, 0, True),
        (0, 0, True),
        (NIGHT_UNTIL.first - 1, 59, True),
        (NIGHT_UNTIL.first, 0, False),
    ],
)
def test_nobody_is_stopped_by_night_or_on_a_holiday(hour: int, minute: int, rests: bool) -> None:
    now = datetime(2026, 11, 23, hour, minute, tzinfo=CHINA)
    another: Any = Rows(row(PublicHoliday, day="2026-11-24"))
    assert is_rest(another, now) is rests
    holiday: Any = Rows(row(PublicHoliday, day="2026-11-23"))
    assert is_rest(holiday, now) is True
