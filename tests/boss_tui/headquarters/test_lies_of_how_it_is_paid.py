"""An outlet that has a line paid otherwise than its plan, its account or an order says."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import pytest

from boss_tui.headquarters.rules import paid_how
from data.journal import Change
from data.tables.account import BillingAccount
from data.tables.order import Subscription
from data.tables.product import Product
from tests.boss_tui.components.rows import row
from tests.boss_tui.headquarters.known import Fact, change, claim, form, known, order, told
from tests.boss_tui.headquarters.liar import Body, at_doors, headquarters, lying, morning, push
from tests.boss_tui.headquarters.liar import row as of_entry


def values(table: str) -> Callable[[Body, dict[str, Any]], None]:
    return lambda body, _: of_entry(body, table).update(
        pay_type={"prepaid": "postpaid", "postpaid": "prepaid"}[of_entry(body, table)["pay_type"]]
    )


@pytest.mark.parametrize(("table", "on_a_stick"), at_doors(["subscription", "billing_account"]))
def test_a_line_is_paid_as_its_plan_says(tmp_path: Path, table: str, *, on_a_stick: bool) -> None:
    found = push(headquarters(tmp_path), lying(morning(), values(table)), tmp_path if on_a_stick else None)
    assert ("form", "open") in {(each.reason, each.state) for each in found}


# where the rule turns

PLANS = [row(Product, code=each, kind="plan", pay_type=each) for each in ("prepaid", "postpaid", "any")]
LINE = row(Subscription, id="l", revision=1, number="138", plan="any", account_id="a", pay_type="postpaid")
ACCOUNT = row(BillingAccount, id="a", revision=1, number="A1", customer_id="k", pay_type="postpaid")
OTHER = row(BillingAccount, id="b", revision=1, number="A2", customer_id="k", pay_type="prepaid")


def line(plan: str, pay_type: str) -> Fact:
    return Subscription, {"id": "n", "number": "139", "plan": plan, "account_id": "n", "pay_type": pay_type}


def account(pay_type: str) -> Fact:
    return BillingAccount, {"id": "n", "number": "A3", "customer_id": "k", "pay_type": pay_type}


def wrong(*new: Fact, changed: Sequence[Change] = ()) -> list[tuple[str, bool]]:
    return told(paid_how.judge(known(*PLANS, LINE, ACCOUNT, OTHER), claim(*new, changed=changed)))


SURE, NOTED = [("form", False)], [("form", True)]


@pytest.mark.parametrize(
    ("plan", "of_line", "of_account", "found"),
    [
        ("prepaid", "prepaid", "prepaid", []),
        ("postpaid", "postpaid", "postpaid", []),
        ("any", "postpaid", "postpaid", []),
        ("none", "prepaid", "prepaid", []),
        ("prepaid", "postpaid", "postpaid", SURE),
        ("postpaid", "prepaid", "prepaid", SURE),
        ("any", "prepaid", "prepaid", SURE),
        ("prepaid", "prepaid", "postpaid", SURE),
        ("any", "postpaid", "prepaid", SURE),
    ],
)
def test_a_new_line_is_paid_as_plan_and_account_are(
    plan: str, of_line: str, of_account: str, found: list[tuple[str, bool]]
) -> None:
    assert wrong(line(plan, of_line), account(of_account)) == found


def changes(**values: Any) -> Fact:
    return order("C4.3", form_json=form(change="prepaid", number="138"), **values)


OF_LINE, OF_ACCOUNT = (
    change("subscription", "l", pay_type="prepaid"),
    change("billing_account", "a", pay_type="prepaid"),
)


@pytest.mark.parametrize(
    ("new", "changed", "found"),
    [
        ([changes()], [OF_LINE, OF_ACCOUNT], []),
        ([changes(reverses="o0")], [OF_LINE, OF_ACCOUNT], []),
        ([], [OF_LINE, OF_ACCOUNT], SURE),
        ([], [OF_ACCOUNT], SURE),
        ([order("C8", form_json=form(change="prepaid"))], [OF_LINE, OF_ACCOUNT], SURE),
        ([order("C4.3", form_json=form(change="postpaid"))], [OF_LINE, OF_ACCOUNT], SURE),
        ([order("C4.3", form_json=form(change="cash"))], [OF_LINE, OF_ACCOUNT], SURE),
        ([changes()], [OF_LINE], NOTED),
        ([changes()], [change("subscription", "l", base=0, pay_type="prepaid")], []),
        ([], [change("subscription", "l", account_id="b")], NOTED),
        ([account("prepaid")], [change("subscription", "l", account_id="n")], SURE),
        ([account("postpaid")], [change("subscription", "l", account_id="n")], []),
        ([], [change("subscription", "l", account_id="elsewhere")], []),
        ([], [change("subscription", "l", plan="prepaid")], []),
    ],
)
def test_how_a_line_is_paid_changes_by_an_order_that_says_so(
    new: list[Fact], changed: list[Change], found: list[tuple[str, bool]]
) -> None:
    assert wrong(*new, changed=changed) == found
