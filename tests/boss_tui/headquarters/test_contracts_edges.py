"""Where headquarters' rules of contracts turn: each term, each business that ends one, the penalty to the fen."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

import pytest

from boss_tui.components.products.agreements import penalty
from boss_tui.headquarters.rules import contracts, writes
from data.demo.handsets import imei
from data.journal import Change
from data.tables.customer import Customer
from data.tables.finance import Payment, PostingLine
from data.tables.life import Agreement, ScheduledAct
from data.tables.order import ProductOrder, Subscription
from data.tables.product import Product
from data.tables.resource import NumberGrade, PhoneNumber
from data.tables.service import ChargeSchedule
from data.tables.stock import Handset, HandsetBundle
from data.tables.tariff import PriceRule
from tests.boss_tui.components.rows import DAY, row
from tests.boss_tui.headquarters.known import Fact, change, claim, form, known, order, published, told

LINE = row(Subscription, id="l", outlet="HZ01", number="138", customer_id="k", opened_on="2025-01-01", plan="P88")
BUNDLE = row(HandsetBundle, code="B", model="M", plans="P88", price=1_000, prepay=1_200, months=12, penalty_percent=30)
RETAIL = row(
    PriceRule, id="r", business="C10", item="handset", product="M", amount=3_000, percent=100, state="published"
)
NEXT = row(
    ScheduledAct, id="s", subscription_id="l", business="C10", state="waiting", parameters='{"bundle":"B","month":3}'
)
SALE = row(ProductOrder, id="sale", outlet="HZ01", business="C10", serial="S0")
HERE = (LINE, BUNDLE, RETAIL, NEXT, SALE, row(Customer, id="k"))
BOUND: dict[str, Any] = {
    "id": "a",
    "customer_id": "k",
    "subscription_id": "l",
    "order_id": "sale",
    "kind": "handset",
    "product": "B",
    "starts_on": "2026-09-23",
    "ends_on": "2027-09-22",
    "months": 12,
    "value": 1_200,
    "penalty_percent": 30,
    "state": "active",
    "revision": 1,
}
OF_PLAN = {**BOUND, "id": "p", "kind": "plan", "product": "P88", "value": 10_000}
COSTS = 3_000 - 1_000 + 1_000 * 30 // 100
OF_DAYS = penalty(row(Agreement, **OF_PLAN), date.fromisoformat(DAY))
OF_NUMBER = {**BOUND, "kind": "number", "value": 900}
LATER = penalty(row(Agreement, **OF_PLAN), date(2026, 12, 1))
ENDS = change("agreement", "a", state="terminated", revision=2)


def asks(item: str, fen: int) -> list[Fact]:
    """What an order was paid for an item."""
    line = {"posting_id": "y", "line": 1, "account": "6004", "item": item, "amount": -fen}
    return [(Payment, {"id": "x", "order_id": "o1", "posting_id": "y"}), (PostingLine, line)]


def found(
    business: str,
    typed: dict[str, str],
    fen: int,
    contract: dict[str, Any],
    *,
    rows: Sequence[Any] = HERE,
    changed: Sequence[Change] = (),
    of: dict[str, Any] | None = None,
) -> list[tuple[str, bool]]:
    item = "plan_penalty" if contract["kind"] == "plan" else "contract_penalty"
    done = order(business, **{"subscription_id": "l", "customer_id": "k", "form_json": form(**typed), **(of or {})})
    here = known(*rows, row(Agreement, **contract))
    return told(contracts.judge(here, claim(done, *asks(item, fen), changed=changed, kind=business)))


WRONG, NOTED = [("price", False)], [("price", True)]


@pytest.mark.parametrize(
    ("business", "typed", "contract", "costs"),
    [
        ("C9", {"action": "close"}, BOUND, COSTS),
        ("C9", {"action": "close"}, OF_PLAN, OF_DAYS),
        ("C9", {"action": "close"}, OF_NUMBER, penalty(row(Agreement, **OF_NUMBER), date.fromisoformat(DAY))),
        ("C8", {"plan": "P39", "starts": "now"}, BOUND, COSTS),
        ("C8", {"plan": "P39", "starts": "now"}, OF_PLAN, OF_DAYS),
        ("C8", {"plan": "P39", "starts": "next"}, OF_PLAN, LATER),
        ("C5", {}, OF_PLAN, OF_DAYS),
        ("C5", {}, BOUND, penalty(row(Agreement, **BOUND), date.fromisoformat(DAY))),
    ],
)
def test_a_penalty_is_asked_for_to_the_fen(
    business: str, typed: dict[str, str], contract: dict[str, Any], costs: int
) -> None:
    assert found(business, typed, costs, contract) == []
    assert found(business, typed, costs + 1, contract) == []
    assert found(business, typed, costs - 1, contract) == WRONG
    over = {**contract, "ends_on": "2026-11-22"}
    assert found(business, typed, 0, over) == []
    assert found(business, typed, 0, {**contract, "state": "terminated"}) == []


@pytest.mark.parametrize(
    ("typed", "of", "costs"),
    [
        ({"plan": "P88"}, {}, 0),  # the handset is sold with it
        ({"plan": "P39", "keep": "y"}, {}, COSTS),
        ({"plan": "P39", "keep": "y"}, {"approved_by": "2001"}, 0),
    ],
)
def test_a_handset_s_contract_goes_on_with_its_plans_or_by_a_supervisor_s_word(
    typed: dict[str, str], of: dict[str, Any], costs: int
) -> None:
    assert found("C8", typed, costs, BOUND, of=of) == []
    assert found("C8", typed, costs - 1, BOUND, of=of) == (WRONG if costs else [])


def test_contracts_that_end_by_themselves_cost_what_they_are_of() -> None:
    ended = [ENDS, change("agreement", "p", state="terminated", revision=2)]
    typed = {"action": "end", "reason": "x"}
    assert found("C10", typed, COSTS, BOUND, changed=ended[:1]) == []
    assert found("C10", typed, COSTS - 1, BOUND, changed=ended[:1]) == WRONG
    assert found("C10", typed, OF_DAYS, OF_PLAN, changed=ended[1:]) == []
    assert found("C10", typed, OF_DAYS - 1, OF_PLAN, changed=ended[1:]) == WRONG


@pytest.mark.parametrize(
    ("of", "rows", "wrong"),
    [
        ({}, HERE, WRONG),
        ({"operator": "scheduler"}, HERE, []),  # credit control closes for nothing
        ({}, (row(Subscription, **{**LINE.__dict__, "outlet": "HZ02"}), *HERE[1:]), NOTED),
        ({}, (*HERE[:4], row(ProductOrder, **{**SALE.__dict__, "outlet": "HZ02"}), *HERE[5:]), NOTED),
        ({}, (*HERE[:3], *HERE[4:]), WRONG),  # nothing is left of its prepayment
    ],
)
def test_of_a_contract_that_another_outlet_made_one_may_not_have_heard(
    of: dict[str, Any], rows: Sequence[Any], wrong: list[tuple[str, bool]]
) -> None:
    assert found("C9", {"action": "close"}, 0, BOUND, rows=rows, of=of) == wrong


@pytest.mark.parametrize(("costs", "wrong"), [(COSTS, []), (COSTS - 500, NOTED), (COSTS - 501, WRONG)])
def test_by_a_price_of_another_day_it_is_noted(costs: int, wrong: list[tuple[str, bool]]) -> None:
    lines = [
        published(1, "price_rule", ("r",), "2026-11-01", "add", **{**RETAIL.__dict__, "amount": 2_500}),
        published(2, "price_rule", ("r",), "2026-11-20", amount=3_000),
    ]
    assert found("C9", {"action": "close"}, costs, BOUND, rows=(*HERE, *lines)) == wrong


@pytest.mark.parametrize(
    ("contract", "of", "wrong"),
    [
        ({}, {}, WRONG),
        ({"ends_on": "2026-11-22"}, {}, []),
        ({"state": "terminated"}, {}, []),
        ({"kind": "plan"}, {}, []),
        ({"order_id": "theirs"}, {}, NOTED),
        ({}, {"reverses": "sale"}, WRONG),
        ({}, {"subscription_id": None}, []),
    ],
)
def test_a_number_under_contract_is_not_given_up(
    contract: dict[str, Any], of: dict[str, Any], wrong: list[tuple[str, bool]]
) -> None:
    theirs = row(ProductOrder, id="theirs", outlet="HZ02")
    done = order("C2", **{"subscription_id": "l", **of})
    here = known(*HERE, theirs, row(Agreement, **{**OF_NUMBER, **contract}))
    assert told(contracts.judge(here, claim(done, kind="C2"))) == wrong


# how one begins


def bound(terms: dict[str, Any], *rows: Any, act: str = "C10", moved: Sequence[Change] = ()) -> list[tuple[str, bool]]:
    made = {**BOUND, "id": "n", "order_id": "o1", "starts_on": DAY, "ends_on": "2027-11-22", **terms}
    done = order("C10", subscription_id="l", form_json=form(action="sell", imei="1", bundle="B"))
    facts = [done] if act == "C10" else []
    return told(contracts.judge(known(*HERE, *rows), claim(*facts, (Agreement, made), changed=moved, kind=act)))


@pytest.mark.parametrize(
    ("terms", "wrong"),
    [
        ({}, []),
        ({"months": 11, "ends_on": "2027-10-22"}, WRONG),
        ({"ends_on": "2027-11-21"}, WRONG),
        ({"starts_on": "2026-11-22"}, WRONG),
        ({"value": 1_199}, WRONG),
        ({"penalty_percent": 29}, WRONG),
        ({"state": "ended"}, WRONG),
        ({"kind": "plan"}, WRONG),
        ({"product": "other"}, WRONG * 2),  # and the one that was sold is not there
    ],
)
def test_a_contract_has_the_terms_of_its_bundle(terms: dict[str, Any], wrong: list[tuple[str, bool]]) -> None:
    assert bound(terms) == wrong


def test_on_the_terms_of_another_day_it_is_noted() -> None:
    lines = [
        published(1, "handset_bundle", ("B",), "2026-11-01", "add", **{**BUNDLE.__dict__, "penalty_percent": 20}),
        published(2, "handset_bundle", ("B",), "2026-11-20", penalty_percent=30),
    ]
    assert (bound({}, *lines), bound({"penalty_percent": 20}, *lines)) == ([], NOTED)
    assert bound({"penalty_percent": 19}, *lines) == WRONG


@pytest.mark.parametrize(
    ("typed", "of", "wrong"),
    [
        ({}, {}, WRONG),
        ({"bundle": ""}, {}, []),
        ({"action": "return"}, {}, []),
        ({"month": 3}, {}, []),  # a month of its prepayment
        ({}, {"reverses": "sale"}, []),
    ],
)
def test_what_is_sold_with_a_contract_comes_with_it(
    typed: dict[str, Any], of: dict[str, Any], wrong: list[tuple[str, bool]]
) -> None:
    asked = form(**{"action": "sell", "imei": "1", "bundle": "B", **typed})
    sale = row(ProductOrder, **{**SALE.__dict__, "form_json": asked})
    done = order("C10", subscription_id="l", form_json=asked, **of)
    assert told(contracts.judge(known(LINE, BUNDLE, sale), claim(done, kind="C10"))) == wrong


GOOD = [
    row(PhoneNumber, number="139", grade="A"),
    row(PhoneNumber, number="138", grade="N"),
    row(NumberGrade, code="A", contract_months=12, minimum_spend=900),
    row(NumberGrade, code="N"),
]


def test_a_beautiful_number_binds_from_the_day_on_which_it_works() -> None:
    moved = [change("subscription", "l", number="139")]
    of = {"kind": "number", "product": "", "value": 900}
    assert bound(of, *GOOD, act="C2.completion", moved=moved) == []
    assert bound({**of, "value": 899}, *GOOD, act="C2.completion", moved=moved) == WRONG
    assert bound(of, *GOOD, act="C2.completion") == WRONG
    without = claim(changed=moved, kind="C2.completion")
    assert told(contracts.judge(known(*HERE, *GOOD), without)) == WRONG
    plain = claim(changed=[change("subscription", "l", number="138")], kind="C2.completion")
    assert told(contracts.judge(known(*HERE, *GOOD), plain)) == []


@pytest.mark.parametrize(
    ("act", "values", "wrong"),
    [
        ("C1.completion", {"state": "active"}, WRONG),
        ("C1.completion", {"state": "terminated"}, []),
        ("C1.cancellation", {"state": "active"}, []),
        ("C3.completion", {"state": "active"}, []),
    ],
)
def test_a_line_that_is_opened_with_a_beautiful_number_is_bound_once_it_works(
    act: str, values: dict[str, Any], wrong: list[tuple[str, bool]]
) -> None:
    has = {**LINE.__dict__, "number": "139"}
    opened = [change("subscription", "l", **values)]
    here = known(row(Subscription, **has), *HERE[1:], *GOOD)
    assert told(contracts.judge(here, claim(changed=opened, kind=act))) == wrong
    if wrong:
        made = {**BOUND, "kind": "number", "product": "", "value": 900, "starts_on": DAY, "ends_on": "2027-11-22"}
        assert told(contracts.judge(here, claim((Agreement, made), changed=opened, kind=act))) == []
        plain = known(row(Subscription, **{**has, "number": "138"}), *HERE[1:], *GOOD)
        assert told(contracts.judge(plain, claim(changed=opened, kind=act))) == []


P39 = row(Product, code="P39", contract_months=12, penalty_percent=30)
FEES = [
    row(ChargeSchedule, id="p39", subscription_id="l", product="P39", amount=3_900, state="running"),
    row(ChargeSchedule, id="p88", subscription_id="l", product="P88", amount=8_800, state="ended"),
    row(ChargeSchedule, id="data", subscription_id="l", product="DATA", amount=500, state="running"),
    row(ChargeSchedule, id="other", subscription_id="x", product="P39", amount=9_900, state="running"),
]
TO_P39 = [change("subscription", "l", plan="P39")]
BY_PLAN = {"kind": "plan", "product": "P39", "value": 12 * 3_900}


@pytest.mark.parametrize("act", ["C8.completion", "C8.due", "C4.3.completion"])
@pytest.mark.parametrize(
    ("terms", "wrong"),
    [
        ({}, []),
        ({"value": 12 * 3_900 + 1}, []),
        ({"value": 12 * 3_900 - 1}, WRONG),
        ({"months": 11, "ends_on": "2027-10-22"}, WRONG),
        ({"months": 13, "ends_on": "2027-12-22"}, WRONG),
        ({"ends_on": "2027-11-21"}, WRONG),
        ({"starts_on": "2026-11-22"}, WRONG),
        ({"penalty_percent": 29}, WRONG),
        ({"penalty_percent": 31}, WRONG),
        ({"kind": "number"}, WRONG * 2),  # and the plan's own is not there
        ({"product": "P88"}, WRONG * 2),
        ({"subscription_id": "x"}, WRONG * 2),
    ],
)
def test_a_plan_binds_on_its_terms(act: str, terms: dict[str, Any], wrong: list[tuple[str, bool]]) -> None:
    assert bound({**BY_PLAN, **terms}, P39, *FEES, act=act, moved=TO_P39) == wrong


def test_a_plan_s_contract_begins_with_the_plan_alone() -> None:
    assert bound(BY_PLAN, P39, *FEES, act="C8.completion") == WRONG
    assert bound(BY_PLAN, *FEES, act="C8.completion", moved=TO_P39) == WRONG  # no such product


@pytest.mark.parametrize(
    ("act", "values", "months", "wrong"),
    [
        ("C8.completion", {"plan": "P39"}, 12, WRONG),
        ("C8.completion", {"plan": "P39"}, 1, WRONG),
        ("C8.completion", {"plan": "P39"}, 0, []),
        ("C8.due", {"plan": "P39"}, 12, WRONG),
        ("C4.3.completion", {"plan": "P39"}, 12, WRONG),
        ("C4.3.completion", {"pay_type": "prepaid"}, 12, []),
        ("C1.completion", {"state": "active"}, 12, WRONG),
        ("C1.completion", {"state": "suspended"}, 12, WRONG),
        ("C1.completion", {"state": "active"}, 0, []),
        ("C1.completion", {"state": "terminated"}, 12, []),
        ("C6.completion", {"state": "active"}, 12, []),
    ],
)
def test_a_plan_that_binds_does_not_begin_without_its_contract(
    act: str, values: dict[str, Any], months: int, wrong: list[tuple[str, bool]]
) -> None:
    plan = row(Product, code="P39", contract_months=months)
    has = row(Subscription, **{**LINE.__dict__, "plan": "P88" if "plan" in values else "P39"})
    moved = [change("subscription", "l", **values)]
    _, values_of_order = order(act.rpartition(".")[0], subscription_id="l", state="inProgress")
    done = [*moved, change("product_order", "o1", state="completed")]

    def judged(**of: Any) -> list[tuple[str, bool]]:
        here = known(has, *HERE[1:], plan, row(ProductOrder, **{**values_of_order, **of}))
        return told(contracts.judge(here, claim(changed=done, kind=act)))

    assert judged() == wrong
    assert judged(reverses="sale") == []  # what is taken back begins nothing


def test_of_a_plan_that_bound_on_another_day_it_is_noted() -> None:
    lines = [
        published(1, "product", ("P39",), "2026-11-01", "add", **{**P39.__dict__, "contract_months": 0}),
        published(2, "product", ("P39",), "2026-11-20", contract_months=12),
    ]
    without = claim(changed=TO_P39, kind="C8.completion")
    assert told(contracts.judge(known(*HERE, P39, *lines), without)) == NOTED


@pytest.mark.parametrize(
    ("months", "ends", "wrong"), [(12, "2027-11-22", []), (24, "2028-11-22", NOTED), (6, "2027-05-22", WRONG)]
)
def test_a_plan_s_terms_are_of_the_day_on_which_it_was_ordered(
    months: int, ends: str, wrong: list[tuple[str, bool]]
) -> None:
    now = {**P39.__dict__, "contract_months": 24}
    lines = [
        published(1, "product", ("P39",), "2026-11-01", "add", **P39.__dict__),
        published(2, "product", ("P39",), "2026-11-21", contract_months=24),
    ]
    _, asked = order("C8", subscription_id="l", business_date="2026-11-20")
    made = {**BOUND, **BY_PLAN, "months": months, "value": months * 3_900, "starts_on": DAY, "ends_on": ends}
    here = known(*HERE, *FEES, row(Product, **now), row(ProductOrder, **asked), *lines)
    moved = [*TO_P39, change("product_order", "o1", state="completed")]
    assert told(contracts.judge(here, claim((Agreement, made), changed=moved, kind="C8.due"))) == wrong


# how one ends

MOVES = [("move", False)]
OURS, THEIRS = (imei("86012305", nth) for nth in (1, 2))


@pytest.mark.parametrize(
    ("kind", "business", "typed", "of", "contract", "wrong"),
    [
        ("C9.completion", "C9", {"action": "final"}, {}, BOUND, []),
        ("C9.completion", "C9", {"action": "ported"}, {}, OF_PLAN, []),
        ("C9.completion", "C9", {"action": "close"}, {}, BOUND, MOVES),
        ("C9.cancellation", "C9", {"action": "final"}, {}, BOUND, MOVES),
        ("C8.completion", "C8", {"plan": "P39"}, {}, OF_PLAN, []),
        ("C8.due", "C8", {"plan": "P39"}, {}, OF_PLAN, []),
        ("C8.due", "C8", {"plan": "P39"}, {}, BOUND, MOVES),
        ("C8.cancellation", "C8", {"plan": "P39"}, {}, OF_PLAN, MOVES),
        ("C8.completion", "C8", {"plan": "P39"}, {}, BOUND, MOVES),
        ("C4.3.completion", "C4.3", {"change": "prepaid"}, {"approved_by": "2001"}, OF_PLAN, []),
        ("C4.3.completion", "C4.3", {"change": "prepaid"}, {}, OF_PLAN, MOVES),
        ("C4.3.completion", "C4.3", {"change": "cash"}, {"approved_by": "2001"}, OF_PLAN, MOVES),
        ("C2.completion", "C2", {}, {}, {**BOUND, "kind": "number"}, MOVES),
        ("C9.completion", "C9", {"action": "final"}, {"subscription_id": "other"}, BOUND, MOVES),
    ],
)
def test_a_contract_ends_with_what_ends_it(
    kind: str,
    business: str,
    typed: dict[str, str],
    of: dict[str, Any],
    contract: dict[str, Any],
    wrong: list[tuple[str, bool]],
) -> None:
    _, values = order(business, **{"subscription_id": "l", "form_json": form(**typed), **of})
    here = known(*HERE, row(Agreement, **contract), row(ProductOrder, **values))
    changed = [
        change("agreement", contract["id"], state="terminated"),
        change("product_order", "o1", state="completed"),
    ]
    assert told(contracts.judge(here, claim(changed=changed, kind=kind))) == wrong
    over = known(*HERE, row(Agreement, **{**contract, "ends_on": "2026-11-22"}), row(ProductOrder, **values))
    assert told(contracts.judge(over, claim(changed=changed, kind=kind))) == []
    stale = [change("agreement", contract["id"], 2, state="terminated"), changed[1]]
    assert told(contracts.judge(here, claim(changed=stale, kind=kind))) == []


@pytest.mark.parametrize(("state", "wrong"), [("completed", []), ("inProgress", MOVES), ("pending", MOVES)])
def test_a_plan_s_contract_ends_at_once_with_a_change_that_the_network_is_not_told_of(
    state: str, wrong: list[tuple[str, bool]]
) -> None:
    done = order("C8", subscription_id="l", state=state, form_json=form(plan="P39", starts="now"))
    ended = [change("agreement", "p", state="terminated")]
    here = known(*HERE, row(Agreement, **OF_PLAN))
    paid = asks("plan_penalty", OF_DAYS)
    assert told(contracts.judge(here, claim(done, *paid, changed=ended, kind="C8"))) == wrong


@pytest.mark.parametrize(
    ("business", "typed", "of", "wrong"),
    [
        ("C10", {"action": "return", "imei": OURS}, {}, []),
        ("C10", {"action": "return", "imei": THEIRS}, {}, MOVES),
        ("C10", {"action": "exchange", "imei": OURS}, {}, MOVES),
        ("C10", {"action": "sell"}, {"reverses": "sale"}, []),
        ("C2", {}, {"reverses": "other"}, MOVES),
        ("C6", {"action": "resume"}, {}, MOVES),
    ],
)
def test_a_contract_that_never_was_goes_with_what_made_it(
    business: str, typed: dict[str, str], of: dict[str, Any], wrong: list[tuple[str, bool]]
) -> None:
    units = [row(Handset, imei=OURS, subscription_id="l"), row(Handset, imei=THEIRS, subscription_id="other")]
    sold = row(ProductOrder, **{**SALE.__dict__, "form_json": form(action="sell")})
    done = order(business, **{"subscription_id": "l", "form_json": form(**typed), **of})
    here = known(LINE, BUNDLE, sold, *units, row(Agreement, **BOUND))
    assert told(contracts.judge(here, claim(done, changed=[ENDS], kind=business))) == wrong


@pytest.mark.parametrize(("owner", "wrong"), [("new", []), ("other", [("foreign", False)])])
def test_a_number_s_contract_goes_with_the_number(owner: str, wrong: list[tuple[str, bool]]) -> None:
    contract = row(Agreement, **{**BOUND, "kind": "number"})
    moved = [change("agreement", "a", customer_id=owner), change("subscription", "l", customer_id="new")]
    entry = claim(order("C5", subscription_id="l"), changed=moved, kind="C5")
    assert told(contracts.judge(known(*HERE, contract), entry)) == wrong
    assert writes.frozen(moved) == ""
