"""Tenders, holds, grants, handsets, points and masks where they turn: the last value that passes, the first that
doesn't, each condition alone."""

from __future__ import annotations

from typing import Any

import pytest

from boss_tui.answers.business import Tender
from boss_tui.components.accounts.accounts import GIFT, Accounts
from boss_tui.components.accounts.holds import held_of
from boss_tui.components.behaviour import Behaviour
from boss_tui.components.operators.delegations import APPROVALS, gives, stands_in_for
from boss_tui.components.operators.operators import Operators
from boss_tui.components.products.subscriptions import reached_by
from boss_tui.components.resources.handsets import Handsets
from boss_tui.components.tenders.tenders import (
    check_tenders,
    drawer_sum,
    net_of_change,
    shared_out,
    standard,
    ways,
    without_rest,
)
from boss_tui.components.till.cash_limits import limit_of
from boss_tui.components.wording import masked_document, masked_email, masked_name, masked_phone, spaced
from data.clock import stamp
from data.errors import NotAllowed
from data.parameters import BURST_ORDERS, HANDSET_EXCHANGE_DAYS, HANDSET_RETURN_DAYS
from data.tables.account import BalanceBucket, BalanceHold
from data.tables.finance import TenderKind
from data.tables.life import Agreement
from data.tables.order import Subscription
from data.tables.organisation import Authority, CashLimit, Delegation, Grant, Operator, Role
from data.tables.resource import PhoneNumber
from data.tables.stock import Handset, HandsetBundle
from data.tender_kinds import STANDARD
from tests.boss_tui.components.rows import DAY, NOW, Rows, context, row

ROWS: Any = Rows
"""Answers as a unit of work does."""

# tenders


def cash(amount: int) -> Tender:
    return Tender("cash", amount)


def card(amount: int, reference: str = "620000000001") -> Tender:
    return Tender("card", amount, reference)


def rounding(amount: int) -> Tender:
    return Tender("rounding", amount)


@pytest.mark.parametrize(
    ("due", "tenders", "change"),
    [
        (100, [cash(100)], 0),
        (100, [cash(101)], 1),
        (100, [cash(60), card(40)], 0),
        (100, [card(100)], 0),
        (100, [cash(60), card(60)], 20),
        (100, [cash(20), card(100)], 20),
        (100, [cash(1), card(100)], 1),
        (0, [], 0),
        (45_171, [cash(45_200)], 29),
        (45_171, [cash(45_170), rounding(1)], 0),
        (45_179, [cash(45_170), rounding(9)], 0),
        (9, [rounding(9)], 0),
        (45_171, [cash(45_200), rounding(1)], 30),
    ],
)
def test_tenders_cover_what_is_due_and_change_is_cash(due: int, tenders: list[Tender], change: int) -> None:
    assert check_tenders(due, tenders) == change
    assert check_tenders(due, tenders, standard()) == change
    assert sum(tender.amount for tender in net_of_change(tenders, change)) == due


@pytest.mark.parametrize(
    ("due", "tenders", "why"),
    [
        (100, [cash(99)], "0.01 yuan are missing"),
        (100, [], "1.00 yuan are missing"),
        (100, [card(101)], "Only cash"),
        (100, [cash(20), card(121)], "Only cash"),
        (100, [cash(0), cash(100)], "with an amount"),
        (100, [cash(-1), cash(101)], "with an amount"),
        (100, [Tender("gold", 100)], "with an amount"),
        (100, [card(100, "")], "needs its reference"),
        (100, [card(100, "  ")], "needs its reference"),
        (45_180, [cash(45_170), rounding(10)], "Rounding"),
        (45_172, [cash(45_171), rounding(1)], "Rounding"),
        (100, [card(99), rounding(1)], "Rounding"),
    ],
)
def test_tenders_that_are_wrong_say_why(due: int, tenders: list[Tender], why: str) -> None:
    with pytest.raises(NotAllowed, match=why) as refusal:
        check_tenders(due, tenders)
    assert refusal.value.field == "tenders"


@pytest.mark.parametrize(("position", "digit"), [(0, ""), (1, "1"), (9, "9")])
def test_a_way_without_a_place_is_chosen_by_no_digit(position: int, digit: str) -> None:
    kind = row(TenderKind, **{**STANDARD[0], "code": "coupon", "position": position})
    assert ways(ROWS(kind))["coupon"].digit == digit


def test_where_no_way_is_published_there_are_those_of_every_outlet() -> None:
    assert ways(ROWS()) == standard()


def test_what_lies_in_the_drawer() -> None:
    assert drawer_sum([cash(5), card(7), Tender("gold", 9), cash(1)]) == 6
    assert drawer_sum([cash(5)], {}) == drawer_sum([cash(5)], None) == 5


@pytest.mark.parametrize(
    ("tenders", "change", "left"),
    [
        ([cash(100)], 0, [("cash", 100)]),
        ([cash(100)], 99, [("cash", 1)]),
        ([cash(100)], 100, []),
        ([cash(60), cash(50)], 50, [("cash", 60)]),
        ([cash(60), cash(50)], 51, [("cash", 59)]),
        ([cash(60), card(50)], 10, [("cash", 50), ("card", 50)]),
    ],
)
def test_change_comes_out_of_the_last_cash(tenders: list[Tender], change: int, left: list[tuple[str, int]]) -> None:
    assert [(tender.kind, tender.amount) for tender in net_of_change(tenders, change)] == left


@pytest.mark.parametrize(
    ("due", "taken", "left"),
    [
        (0, [], [60, 50]),
        (-5, [], [60, 50]),
        (1, [1], [59, 50]),
        (60, [60], [50]),
        (61, [60, 1], [49]),
        (110, [60, 50], []),
        (111, [60, 50], []),
    ],
)
def test_a_share_is_taken_from_the_first_tenders(due: int, taken: list[int], left: list[int]) -> None:
    tenders = [cash(60), card(50)]
    assert [tender.amount for tender in shared_out(tenders, due)] == taken
    assert [tender.amount for tender in tenders] == left


def test_a_rest_stays_in_the_balance_and_is_no_tender() -> None:
    assert without_rest([cash(100), Tender("rest", 1), Tender("rest", 2)]) == (3, [cash(100)])
    assert without_rest([cash(100)]) == (0, [cash(100)])
    for wrong in (0, -1):
        with pytest.raises(NotAllowed):
            without_rest([cash(100), Tender("rest", wrong)])


# holds


def hold(amount: int, **values: Any) -> Any:
    return row(BalanceHold, **{"bucket_id": "b", "amount": amount, "state": "active", **values})


@pytest.mark.parametrize(
    ("holds", "amount", "held", "available"),
    [
        ([], 100, 0, 100),
        ([hold(40)], 100, 40, 60),
        ([hold(40), hold(70)], 100, 70, 30),
        ([hold(100)], 100, 100, 0),
        ([hold(101)], 100, 101, 0),
        ([hold(40, state="ended")], 100, 0, 100),
        ([hold(40, bucket_id="other")], 100, 0, 100),
        ([hold(99)], 100, 99, 1),
    ],
)
def test_one_deposit_secures_all_that_rests_on_it(holds: list[Any], amount: int, held: int, available: int) -> None:
    rows = ROWS(*holds)
    assert held_of(rows, "b") == held
    assert Accounts(context(rows)).available(row(BalanceBucket, id="b", amount=amount)) == available


@pytest.mark.parametrize(
    ("distance", "roaming", "held"),
    [
        ("international", "international", ["long_distance", "roaming"]),
        ("international", "national", ["long_distance"]),
        ("domestic", "international", ["roaming"]),
        ("domestic", "national", []),
    ],
)
def test_what_is_international_rests_on_money(distance: str, roaming: str, held: list[str]) -> None:
    rows = ROWS()
    line = row(Subscription, id="s", long_distance=distance, roaming=roaming)
    Accounts(context(rows)).hold_for(line, row(BalanceBucket, id="b"), 100)
    assert [(one.service, one.amount) for one in rows.all(BalanceHold)] == [(service, 100) for service in held]


def test_holds_end_by_service_and_come_back_with_their_order() -> None:
    rows = ROWS()
    accounts = Accounts(context(rows))
    bucket = rows.add(BalanceBucket, id="b", account_id="a", kind="deposit", amount=100)
    for service in ("roaming", "long_distance"):
        accounts.hold(bucket, "s", service, 100)
    assert [one.service for one in accounts.let_go("s", "roaming")] == ["roaming"]
    assert [one.service for one in accounts.resting("s")] == ["long_distance"]
    accounts.hold(bucket, "s", "long_distance", 70)  # another amount ends what was
    assert [one.amount for one in accounts.resting("s")] == [70]
    assert len(accounts.let_go("s")) == 1
    assert accounts.resting("s") == []
    accounts.hold_again("order")
    assert {one.service for one in accounts.resting("s")} == {"roaming", "long_distance"}


def test_the_gift_bucket_is_made_once() -> None:
    accounts = Accounts(context(ROWS(row(BalanceBucket, id="p", account_id="a", kind="prepaid"))))
    made = accounts.gift("a")
    assert (made.kind, made.account_id) == (GIFT, "a")
    assert accounts.gift("a") == made
    assert accounts.gift("other") != made


def test_a_role_without_a_limit_of_its_own_has_that_of_its_grade_else_none() -> None:
    roles = [row(Role, code="cashier", grade="clerk"), row(Role, code="head", grade="manager")]
    people = [row(Operator, staff_no=role, role=role, state="active") for role in ("cashier", "head", "clerk", "boss")]
    rows = ROWS(*roles, *people, row(CashLimit, role="clerk", float_limit=7), row(CashLimit, role="boss"))
    assert [limit_of(rows, "float_limit", who) for who in ("cashier", "head", "clerk", "boss", "9", "")] == [
        7,
        0,
        7,
        0,
        0,
        0,
    ]


# grants


@pytest.mark.parametrize(
    ("values", "may"),
    [
        ({}, True),
        ({"role": "manager"}, True),
        ({"role": "clerk"}, False),
        ({"state": "left"}, False),
        ({"state": "locked"}, False),
        ({"staff_no": "2002"}, False),
    ],
)
def test_who_may_allow_something_is_a_supervisor_at_work(values: dict[str, Any], may: bool) -> None:
    person = row(Operator, **{"staff_no": "2001", "role": "supervisor", "state": "active", **values})
    assert gives(ROWS(person), "2001") is may


@pytest.mark.parametrize(
    ("delegation", "people", "giver"),
    [
        ({}, {}, "2001"),
        ({"right": "C9"}, {}, ""),
        ({"since": "2026-11-24"}, {}, ""),
        ({"since": DAY, "until": DAY}, {}, "2001"),
        ({"until": "2026-11-22"}, {}, ""),
        ({"withdrawn_on": DAY}, {}, ""),
        ({"outlet": "HZ02"}, {}, ""),
        ({}, {"2001": {"state": "locked"}}, ""),
        ({}, {"2001": {"role": "clerk"}}, ""),
        ({}, {"1001": {"outlet": "HZ02"}}, ""),
        ({}, {"1001": {"role": "supervisor"}}, ""),  # who has a word of their own gives it
    ],
)
def test_who_stands_in_gives_the_word_of_who_handed_it_over(
    delegation: dict[str, str], people: dict[str, dict[str, str]], giver: str
) -> None:
    handed = {"giver": "2001", "taker": "1001", "outlet": "HZ01", "right": APPROVALS, "until": "2026-12-31"}
    work = [
        row(Operator, **{"staff_no": who, "role": role, "state": "active", "outlet": "HZ01", **people.get(who, {})})
        for who, role in (("2001", "supervisor"), ("1001", "clerk"))
    ]
    rows = ROWS(*work, row(Delegation, number=1, **{**handed, **delegation}))
    assert stands_in_for(rows, "1001") == giver
    assert stands_in_for(rows, "") == stands_in_for(rows, "9999") == ""


SUPERVISOR = {"staff_no": "2001", "role": "supervisor", "state": "active"}


@pytest.mark.parametrize(
    ("grant", "stands"),
    [
        ({}, True),
        ({"draft_id": "other"}, False),
        ({"shown": "other"}, False),
        ({"paid_out": "card"}, False),
        ({"expires_at": stamp(NOW)}, False),
        ({"expires_at": "2026-11-23T01:00:09.000000Z"}, True),
        ({"used_order": "order"}, True),
        ({"used_order": "another"}, False),
        ({"supervisor": "1001"}, False),
        ({"authority": "active"}, True),
        ({"authority": "withdrawn"}, False),
        ({"authority": "used_up"}, True),
    ],
)
def test_a_grant_holds_for_what_was_shown_in_time_once_and_by_who_still_may(
    grant: dict[str, Any], stands: bool
) -> None:
    standard_grant = {
        "draft_id": "d",
        "rule": "amount",
        "supervisor": "2001",
        "shown": "s",
        "paid_out": "",
        "expires_at": "2026-11-23T02:00:00.000000Z",
        "used_order": None,
        "authority": None,
    }
    rows = ROWS(
        row(Operator, **SUPERVISOR),
        row(Operator, **{**SUPERVISOR, "staff_no": "1001", "role": "clerk"}),
        row(Grant, **{**standard_grant, **grant}),
        *(row(Authority, id=state, state=state) for state in ("active", "withdrawn", "used_up")),
    )
    operators = Operators(context(rows, draft_id="d", shown="s", paid_out=""))
    assert operators.granted() == ({"amount"} if stands else set())
    assert operators.use_grants() == ("2001" if stands else "")


def test_while_nothing_was_shown_no_grant_holds_and_while_no_way_is_known_any_does() -> None:
    grant = row(
        Grant,
        draft_id="d",
        rule="amount",
        supervisor="2001",
        shown="",
        paid_out="cash",
        expires_at="2026-11-23T02:00:00.000000Z",
        used_order=None,
        authority=None,
    )
    rows = ROWS(row(Operator, **SUPERVISOR), grant)
    assert Operators(context(rows, draft_id="d", shown="", paid_out=None)).granted() == set()
    rows.change(grant, shown="s")
    assert Operators(context(rows, draft_id="d", shown="s", paid_out=None)).granted() == {"amount"}


# numbers, handsets, signals


@pytest.mark.parametrize(
    ("state", "stock", "found"),
    [
        ("active", "", "s"),
        ("terminated", "", ""),
        ("cancelled", "", ""),
        ("terminated", "t", "t"),
        ("active", "t", "s"),
    ],
)
def test_a_number_reaches_who_has_it_or_gets_it(state: str, stock: str, found: str) -> None:
    class Known(Rows):
        def models(self, *_: Any, **__: Any) -> list[Any]:
            return []

    known: Any = Known
    rows = known(
        row(Subscription, id="s", number="1", state=state),
        row(Subscription, id="t", number="2", state="active"),
        row(PhoneNumber, number="1", subscription_id=stock or None),
    )
    reached = reached_by(rows, "1")
    assert (reached.id if reached else "") == found


@pytest.mark.parametrize(
    ("values", "days", "comes_back"),
    [
        ({"sold_on": "2026-11-16"}, HANDSET_RETURN_DAYS.first, True),
        ({"sold_on": "2026-11-15"}, HANDSET_RETURN_DAYS.first, False),
        ({"sold_on": "2026-11-08"}, HANDSET_EXCHANGE_DAYS.first, True),
        ({"sold_on": "2026-11-07"}, HANDSET_EXCHANGE_DAYS.first, False),
        ({"sold_on": "2026-11-23", "state": "returned"}, HANDSET_RETURN_DAYS.first, False),
    ],
)
def test_a_handset_comes_back_to_its_last_day(values: dict[str, Any], days: int, comes_back: bool) -> None:
    unit = row(Handset, **{"imei": "1", "state": "sold", **values})
    handsets = Handsets(context(ROWS()))
    if comes_back:
        handsets.must_be_within(unit, days)
        return
    with pytest.raises(NotAllowed):
        handsets.must_be_within(unit, days)


@pytest.mark.parametrize(
    ("plans", "plan", "code", "sold"),
    [
        ("P88,P128", "P88", "B", True),
        ("P88,P128", "P128", "B", True),
        ("P88,P128", "P39", "B", False),
        ("P88,P128", "P8", "B", False),
        ("", "P39", "B", True),
        ("P88", "", "B", True),
        ("", "P39", "X", False),
    ],
)
def test_a_contract_is_for_its_model_and_plans(plans: str, plan: str, code: str, sold: bool) -> None:
    bundle = row(HandsetBundle, code="B", model="M", plans=plans, valid_from="2026-01-01")
    other = row(HandsetBundle, code="X", model="N", plans="", valid_from="2026-01-01")
    handsets = Handsets(context(ROWS(bundle, other)))
    if sold:
        assert handsets.bundle(code, "M", plan) == bundle
        return
    with pytest.raises(NotAllowed):
        handsets.bundle(code, "M", plan)


@pytest.mark.parametrize(
    ("retail", "left", "percent", "fen"),
    [
        (100, 0, 30, 40),
        (60, 0, 30, 0),
        (59, 0, 30, 0),
        (61, 0, 30, 1),
        (60, 100, 30, 30),
        (60, 3, 30, 0),
        (60, 4, 30, 1),
    ],
)
def test_ending_early_costs_the_difference_and_a_part_of_what_is_left(
    retail: int, left: int, percent: int, fen: int
) -> None:
    rows = ROWS(row(HandsetBundle, code="B", price=60))
    agreement = row(Agreement, product="B", penalty_percent=percent)
    assert Handsets(context(rows)).early_end(agreement, retail, left) == fen


@pytest.mark.parametrize(("orders", "signal"), [(BURST_ORDERS.first - 1, False), (BURST_ORDERS.first, True)])
def test_many_of_one_business_within_the_hour_are_a_signal(orders: int, signal: bool) -> None:
    assert bool(Behaviour(context(ROWS(scalars=[orders]))).watch("c")) is signal


# what is shown of people


@pytest.mark.parametrize(
    ("number", "masked"),
    [
        ("330102195912061015", "330***********1015"),
        ("123456789012", "123*****9012"),
        ("12345678901", "1********01"),
        ("1234", "****"),
        ("12345", "1**45"),
        ("", ""),
    ],
)
def test_a_document_keeps_its_ends_by_its_length(number: str, masked: str) -> None:
    assert masked_document(number) == masked


@pytest.mark.parametrize(
    ("typed", "masked"),
    [("13957000043", "139****0043"), ("1395700004", "********04"), ("1395700004x", "*********4x"), ("1", "*")],
)
def test_a_phone_keeps_its_ends_where_it_is_a_mobile_one(typed: str, masked: str) -> None:
    assert masked_phone(typed) == masked


@pytest.mark.parametrize(
    ("name", "masked"),
    [
        ("", ""),
        ("张", "张*"),
        ("张三", "张*"),
        ("张三丰", "张**"),
        ("欧阳三丰", "欧***"),
        ("阿卜杜拉汗", "阿***"),
        ("J", "J***"),
        ("Jo", "J***"),
    ],
)
def test_a_name_keeps_its_first_character(name: str, masked: str) -> None:
    assert masked_name(name) == masked


def test_an_address_without_a_name_shows_nothing() -> None:
    assert (masked_email("z@e.cn"), masked_email(""), masked_email("@e.cn")) == ("z***@e.cn", "", "")


@pytest.mark.parametrize(
    ("number", "read"),
    [("13957000043", "139 5700 0043"), ("23957000043", "2395 7000 043"), ("1395700004", "1395 7000 04"), ("", "")],
)
def test_a_number_is_read_in_groups(number: str, read: str) -> None:
    assert spaced(number) == read
