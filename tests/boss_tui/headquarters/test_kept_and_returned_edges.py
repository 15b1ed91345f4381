"""Where headquarters' rules of deposits, of what is sold, of returned handsets and of supervisors' words turn."""

from __future__ import annotations

from typing import Any

import pytest

from boss_tui.headquarters.rules import balances, deposits, people, products, returned
from data.clock import day_after
from data.demo.handsets import imei
from data.journal import Change
from data.parameters import HANDSET_EXCHANGE_DAYS, HANDSET_RETURN_DAYS, INTERNATIONAL_BALANCE, INTERNATIONAL_DEPOSIT
from data.tables.account import BalanceBucket, BalanceEntry, BalanceHold, BillingAccount, CreditRating, CustomerCredit
from data.tables.customer import Category, Customer, ListedPerson
from data.tables.finance import Payment, PostingLine
from data.tables.life import ValueChange
from data.tables.order import ProductOrder, Subscription
from data.tables.organisation import Operator, Role, RoleRight
from data.tables.product import Product
from data.tables.stock import Handset
from tests.boss_tui.components.rows import DAY, row
from tests.boss_tui.headquarters.known import change, claim, form, known, order, published, told

Found = list[tuple[str, bool]]
LINE: dict[str, Any] = {
    "id": "l",
    "outlet": "HZ01",
    "customer_id": "k",
    "account_id": "a",
    "state": "active",
    "pay_type": "postpaid",
    "long_distance": "domestic",
    "roaming": "national",
}
WHO = row(Customer, id="k", document_kind="00", document_number="1", category="own")
HERE = (row(Subscription, **LINE), WHO)
WRONG, NOTED = [("price", False)], [("price", True)]

SOLD: dict[str, Any] = {"code": "P", "state": "active"}


@pytest.mark.parametrize(
    ("product", "wrong"),
    [
        ({}, []),
        ({"state": "retired"}, WRONG),
        ({"valid_to": "2026-11-22"}, WRONG),
        ({"valid_to": DAY}, []),
        ({"valid_from": "2026-11-24"}, WRONG),
        ({"outlets": "HZ01,HZ02"}, []),
        ({"outlets": "HZ02"}, WRONG),
        ({"categories": "own,student"}, []),
        ({"categories": "student"}, WRONG),
        ({"code": "Q"}, WRONG),
    ],
)
@pytest.mark.parametrize(
    ("business", "typed"),
    [("C1", {"plan": "P"}), ("C1", {"services": ["P"]}), ("C8", {"plan": "P"}), ("C7.4", {"subscribe": ["P"]})],
)
def test_a_product_is_sold_then_there_and_to_them(
    business: str, typed: dict[str, Any], product: dict[str, Any], wrong: Found
) -> None:
    done = order(business, customer_id="k", subscription_id="l", form_json=form(**typed))
    sold = row(Product, **{**SOLD, **product})
    assert told(products.judge(known(*HERE, sold), claim(done, kind=business))) == wrong
    assert told(products.judge(known(*HERE, sold), claim(order("C2", form_json=form(**typed)), kind="C2"))) == []


def test_what_was_sold_on_another_day_is_noted() -> None:
    lines = [
        published(1, "product", ("P",), "2026-11-01", "add", **SOLD),
        published(2, "product", ("P",), "2026-11-20", state="retired"),
    ]
    done = order("C8", customer_id="k", subscription_id="l", form_json=form(plan="P"))
    sold = row(Product, code="P", state="retired", revision=2)
    assert told(products.judge(known(*HERE, sold, *lines), claim(done, kind="C8"))) == NOTED


# what rests on a deposit

CREDIT = (row(CustomerCredit, customer_id="k", rating="C"), row(CreditRating, code="C"), row(Category, code="own"))
ENOUGH, INSTEAD = INTERNATIONAL_DEPOSIT.first, INTERNATIONAL_BALANCE.first
TRUST: Found = [("trust", False)]


def rest(amount: int, kind: str = "deposit", has: int | None = None, *rows: Any, **of: Any) -> Found:
    bucket = (BalanceBucket, {"id": "m", "account_id": "a", "kind": kind})
    hold = {"id": "h", "bucket_id": "m", "subscription_id": "l", "service": "long_distance", "amount": amount}
    came = (BalanceEntry, {"id": "e", "bucket_id": "m", "amount": amount if has is None else has})
    typed = of.pop("typed", {"long_distance": "international"})
    standard = {"customer_id": "k", "subscription_id": "l", "form_json": form(**typed)}
    done = order(of.pop("business", "C7.1"), **standard)
    facts = [done, bucket, came, *([(BalanceHold, {**hold, "order_id": "o1", **of})] if amount else [])]
    return list(dict.fromkeys(told(deposits.judge(known(*(rows or CREDIT), *HERE), claim(*facts)))))


@pytest.mark.parametrize(
    ("found", "wrong"),
    [
        (rest(ENOUGH), []),
        (rest(ENOUGH - 1), TRUST),
        (rest(ENOUGH, "deposit", ENOUGH - 1), TRUST),  # it is not there
        (rest(INSTEAD, "prepaid"), []),
        (rest(INSTEAD - 1, "prepaid"), TRUST),
        (rest(ENOUGH + 1), TRUST),  # more than it needs: that is the customer's
        (rest(INSTEAD + 1, "prepaid"), TRUST),
        (rest(ENOUGH, "gift"), TRUST),
        (rest(ENOUGH, service="roaming"), TRUST),
        (rest(ENOUGH, subscription_id="m"), TRUST),
        (rest(0, typed={"long_distance": "domestic"}), []),
        (rest(0, business="C7.3", typed={"roaming": "international"}), TRUST),
        (rest(0, "deposit", 0, CREDIT[0], row(CreditRating, code="C", deposit_waived=1)), []),
        (rest(0, "deposit", 0, *CREDIT[:2], row(Category, code="own", deposit_waived=1)), []),
        (rest(0, "deposit", 0, *CREDIT, row(Category, code="red", deposit_waived=1)), TRUST),
        (
            rest(
                0,
                "deposit",
                0,
                *CREDIT,
                row(Category, code="red", deposit_waived=1),
                row(ListedPerson, document_kind="00", document_number="1", list="red"),
            ),
            [],
        ),
    ],
)
def test_what_is_international_rests_on_something(found: Found, wrong: Found) -> None:
    assert found == wrong


@pytest.mark.parametrize(("reach", "wrong"), [("international", TRUST), ("domestic", [])])
def test_so_does_a_line_that_is_opened_so(reach: str, wrong: Found) -> None:
    line = (Subscription, {**LINE, "id": "n", "long_distance": reach})
    entry = claim(order("C1", customer_id="k", subscription_id="n"), line)
    assert told(deposits.judge(known(*CREDIT, *HERE), entry)) == wrong


@pytest.mark.parametrize(
    ("account", "wrong"),
    [
        ({"id": "a", "customer_id": "another"}, []),  # whoever pays for the line
        ({"id": "b", "customer_id": "k"}, []),
        ({"id": "b", "customer_id": "another"}, TRUST),
    ],
)
def test_a_service_rests_on_money_of_its_own_line(account: dict[str, str], wrong: Found) -> None:
    bucket = row(BalanceBucket, id="m", account_id=account["id"], kind="deposit")
    hold = {"id": "h", "bucket_id": "m", "subscription_id": "l", "service": "roaming", "amount": ENOUGH}
    here = known(*HERE, bucket, row(BillingAccount, **account))
    assert told(deposits.judge(here, claim((BalanceHold, hold)))) == wrong


def test_a_service_may_rest_on_as_much_as_before() -> None:
    hold = {"bucket_id": "m", "subscription_id": "l", "service": "roaming", "amount": ENOUGH + 1}
    here = [*HERE, row(BalanceBucket, id="m", account_id="a", kind="deposit")]
    before = row(BalanceHold, **hold, id="b", state="ended")
    assert told(deposits.judge(known(*here), claim((BalanceHold, {**hold, "id": "h"})))) == TRUST
    assert told(deposits.judge(known(*here, before), claim((BalanceHold, {**hold, "id": "h"})))) == []


HELD: dict[str, Any] = {"id": "h", "bucket_id": "m", "subscription_id": "l", "service": "roaming", "amount": 500}
LETS_GO = change("balance_hold", "h", state="ended", ended_order="o1")


@pytest.mark.parametrize(
    ("business", "typed", "kind", "wrong"),
    [
        ("C7.3", {"roaming": "national"}, "C7.3", []),
        ("C7.3", {"roaming": "international"}, "C7.3", TRUST),
        ("C7.1", {"long_distance": "domestic"}, "C7.1", TRUST),
        ("C7.4", {}, "C7.4", TRUST),
        ("C7.4", {}, "C7.4.cancellation", []),
        ("C9", {"action": "close"}, "C9", []),
    ],
)
def test_money_is_let_go_with_what_rests_on_it(business: str, typed: dict[str, str], kind: str, wrong: Found) -> None:
    done = order(business, customer_id="k", subscription_id="l", form_json=form(**typed))
    line = row(Subscription, **{**LINE, "roaming": "international"})
    here = known(line, WHO, row(BalanceHold, **HELD, state="active"))
    assert told(deposits.judge(here, claim(done, changed=[LETS_GO], kind=kind))) == wrong
    again = (BalanceHold, {**HELD, "id": "n", "state": "active"})
    assert told(deposits.judge(here, claim(done, again, changed=[LETS_GO], kind=kind))) == []


@pytest.mark.parametrize(
    ("taken", "changed", "wrong"),
    [
        (500, [], []),
        (501, [], [("balance", False)]),
        (1_000, [LETS_GO], []),
        (1_001, [LETS_GO], [("balance", False)] * 2),
    ],
)
def test_what_a_service_rests_on_stays(taken: int, changed: list[Change], wrong: Found) -> None:
    here = known(row(BalanceBucket, id="m", amount=1_000), row(BalanceHold, **HELD, state="active"))
    out = (BalanceEntry, {"id": "e", "bucket_id": "m", "amount": -taken, "before": 1_000})
    assert told(balances.judge(here, claim(out, changed=changed))) == wrong


def test_a_prepaid_line_has_nothing_international() -> None:
    done = order("C7.3", customer_id="k", subscription_id="l", form_json=form(roaming="international"))
    line = row(Subscription, **{**LINE, "pay_type": "prepaid"})
    waived = row(CreditRating, code="C", deposit_waived=1)
    assert told(deposits.judge(known(line, WHO, CREDIT[0], waived), claim(done))) == TRUST


# what comes back

UNIT, GIVEN = (imei("86012305", nth) for nth in (1, 2))
BROUGHT = [
    row(ProductOrder, id="sale", business="C10"),
    row(Payment, id="x", order_id="sale", posting_id="y"),
    row(PostingLine, posting_id="y", line=1, item="handset", amount=-1_000),
    row(PostingLine, posting_id="y", line=2, item="handling_fee", amount=-50),
]
LATE: Found = [("reversal", False)]


def comes(action: str, days: int, item: str = "handset", fen: int = 1_000, unit: str = UNIT, **sold: Any) -> Found:
    of = {"imei": UNIT, "state": "sold", "sold_on": day_after(DAY, -days), "sold_order": "sale", **sold}
    first = [
        row(Handset, imei=UNIT, state="returned", sold_order="sale"),
        row(ValueChange, id="v", order_id="exchange", field="state", subject=UNIT),
    ]
    rows = [row(Handset, **{**of, "imei": unit}), *(first if unit != UNIT else [])]
    done = order("C10", form_json=form(action=action, imei=unit, new_imei=GIVEN))
    back = (PostingLine, {"posting_id": "z", "line": 1, "item": item, "amount": fen})
    facts = [done, (Payment, {"id": "w", "order_id": "o1", "posting_id": "z"}), *([back] if fen else [])]
    return told(returned.judge(known(*BROUGHT, *rows), claim(*facts)))


BACK, EXCHANGE = HANDSET_RETURN_DAYS.first, HANDSET_EXCHANGE_DAYS.first


@pytest.mark.parametrize(
    ("found", "wrong"),
    [
        (comes("return", BACK), []),
        (comes("return", BACK + 1), LATE),
        (comes("return", 0, sold_on=""), LATE),
        (comes("return", 0, fen=1_001), LATE),
        (comes("return", 0, item="handling_fee", fen=50), []),
        (comes("return", 0, item="handling_fee", fen=51), LATE),
        (comes("return", 0, sold_order="other"), LATE),
        (comes("return", 0, unit=GIVEN, sold_order="exchange"), []),
        (comes("return", 0, unit=GIVEN, sold_order="exchange", fen=1_001), LATE),
        (comes("exchange", EXCHANGE, fen=0), []),
        (comes("exchange", EXCHANGE + 1, fen=0), LATE),
        (comes("sell", BACK + 1, fen=0), []),
    ],
)
def test_a_handset_comes_back_in_its_days_for_what_was_paid(found: Found, wrong: Found) -> None:
    assert found == wrong


@pytest.mark.parametrize(("model", "wrong"), [("A", []), ("B", WRONG), (None, [])])
def test_a_handset_is_exchanged_for_the_same_model(model: str | None, wrong: Found) -> None:
    rows = [row(Handset, imei=UNIT, model="A", sold_on=DAY, sold_order="sale")]
    fresh = [row(Handset, imei=GIVEN, model=model)] if model else []
    done = order("C10", form_json=form(action="exchange", imei=UNIT, new_imei=GIVEN))
    assert told(returned.judge(known(*BROUGHT, *rows, *fresh), claim(done))) == wrong


# what is never done without a supervisor

STAFF = [
    row(Operator, staff_no="1001", outlet="HZ01", role="clerk", state="active", confirmed_on=DAY),
    row(Operator, staff_no="2001", outlet="HZ01", role="chief", state="active", confirmed_on=DAY),
    row(Role, code="clerk", grade="clerk"),
    row(Role, code="chief", grade="supervisor"),
    *(row(RoleRight, role=role, business=code) for role in ("clerk", "chief") for code in ("C6", "C10", "C11", "C12")),
]
ALWAYS = [
    ("C6", {"action": "suspend", "cause": "fraud"}, {"action": "suspend", "cause": "loss"}),
    ("C6", {"action": "resume", "cause": "court"}, {"action": "resume", "cause": "request"}),
    ("C10", {"action": "return"}, {"action": "exchange"}),
    ("C11", {"action": "return"}, {"action": "sell"}),
    ("C11", {"action": "void"}, {"action": "redeem"}),
    ("C11", {"action": "damaged"}, {"action": "exchange"}),
    ("C12", {"action": "collect", "waive": "y"}, {"action": "collect"}),
    ("C12", {"action": "correct"}, {"action": "advance"}),
]


@pytest.mark.parametrize(("business", "always", "alone"), ALWAYS)
def test_what_needs_a_supervisor_has_one(business: str, always: dict[str, str], alone: dict[str, str]) -> None:
    def found(typed: dict[str, str], **by: str) -> Found:
        done = order(business, form_json=form(**typed), customer_id=None, **by)
        return told(people.judge(known(*STAFF), claim(done, kind=business)))

    assert found(alone) == found(always, approved_by="2001") == found(always, operator="2001") == []
    assert found(always) == [("approval", False)]
    assert ("approval", False) in found(always, approved_by="1001")
