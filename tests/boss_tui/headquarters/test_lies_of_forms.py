"""An outlet that enters another thing than its form says: another number, card, plan or person, a customer who is worth
more, a line that is charged less each month."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from boss_tui.components.credit.credit import NEW_CUSTOMER
from boss_tui.components.customers.categories import RED
from boss_tui.headquarters.rules import customers, named, prices
from data.journal import Change
from data.tables.account import CreditRating, CustomerCredit
from data.tables.credit import CustomerRating
from data.tables.customer import Category, Customer, CustomerClass, DocumentKind, ListedPerson
from data.tables.order import ProductOrder, Subscription
from data.tables.resource import NumberGrade, PhoneNumber
from data.tables.stock import BlankCard
from tests.boss_tui.components.rows import row
from tests.boss_tui.headquarters.known import Fact, change, claim, form, known, order
from tests.boss_tui.headquarters.liar import Body, headquarters, lying, morning, orders, push, sold
from tests.boss_tui.headquarters.liar import row as of_entry
from tests.tiers import some_by_day

Alter = Callable[[Body, dict[str, Any]], None]


def values(table: str, **new: Any) -> Alter:
    return lambda body, _: of_entry(body, table).update(new)


def without(table: str) -> Alter:
    def alter(body: Body, _: dict[str, Any]) -> None:
        body["changes"] = [each for each in body["changes"] if each[0] != table]

    return alter


def of_another(column: str) -> Alter:
    """The line has what the first customer's line has."""
    return lambda body, _: of_entry(body, "subscription").update(
        {column: of_entry(sold(morning()), "subscription")[column]}
    )


LIES: dict[str, tuple[Alter, str]] = {
    "another plan": (values("subscription", plan="P128"), "form"),
    "another number": (of_another("number"), "form"),
    "another card": (of_another("iccid"), "form"),
    "a number that stays idle": (without("phone_number"), "form"),
    "a card that stays in stock": (without("sim_card"), "form"),
    "another person": (values("customer", document_number="330106199003070038"), "form"),
    "another name": (values("customer", name="陈建国", name_key="陈建国"), "form"),
    "a customer who is found by another name": (values("customer", name_key="陈建国"), "form"),
    "a customer of another category": (values("customer", category="key"), "trust"),
    "a customer of a category that there is not": (values("customer", category="ours"), "trust"),
    "more credit": (values("customer_credit", credit_limit=9_999_999_900), "trust"),
    "a better rating": (values("customer_credit", rating="A"), "trust"),
    "credit that was used less than nothing": (values("customer_credit", used=-1), "trust"),
    "a month for nothing": (values("charge_schedule", amount=0), "price"),
    "a month that pays the customer": (values("charge_schedule", amount=-5_800), "price"),
    "a line on which less is to be spent": (values("subscription", minimum_spend=-1), "price"),
    "a line on which more is to be spent": (values("subscription", minimum_spend=99_900), "price"),
    "no month at all": (without("charge_schedule"), "price"),
}


@pytest.mark.parametrize("what", some_by_day(LIES, 3))
def test_what_is_entered_is_what_the_form_says(tmp_path: Path, what: str) -> None:
    alter, reason = LIES[what]
    lie, office = lying(morning(), alter), headquarters(tmp_path)
    assert [(found.reason, found.state) for found in push(office, lie)] == [(reason, "open")]
    assert orders(office, lie) == [True, True, False, True]


# where a rule turns

PERSON = "330106199001011234"
CARD, MADE, NEWLY = "89860050112600000148", "89860050112600000155", "89860050112600000163"
BLANK, FRESH = "1234567890123456", "1234567890123457"
DONE = row(ProductOrder, id="o0", business="C2", form_json=form(new_number="13800000001"), state="inProgress")
BACK = row(ProductOrder, id="o9", business="C2", form_json=form(new_number="13800000001"), reverses="o0")


def of_line(**new: Any) -> Change:
    return change("subscription", "l", **new)


def ends(order_id: str) -> Change:
    return change("product_order", order_id, state="completed")


@pytest.mark.parametrize(
    ("facts", "changed", "kind", "found"),
    [
        ([], [ends("o0"), of_line(number="13800000001", tail="0001")], "C2.completion", 0),
        ([], [ends("o0"), of_line(number="13800000001", tail="0002")], "C2.completion", 1),
        ([], [ends("o0"), of_line(number="13800000001")], "C2.completion", 1),
        ([], [ends("o0"), of_line(number="13800000002")], "C2.completion", 1),
        ([], [ends("o0"), of_line(plan="P2")], "C2.completion", 1),
        ([], [ends("o0"), of_line(state="active")], "C2.completion", 0),
        ([], [ends("o0"), of_line(number="13800000002")], "C2.cancellation", 0),  # it has again what it had
        ([], [ends("o9"), of_line(number="13800000002")], "C2.completion", 0),
        ([order("C8", form_json=form(plan="P2"))], [of_line(plan="P2")], "C8", 0),
        ([order("C8", form_json=form(plan="P2"))], [of_line(plan="P3")], "C8", 1),
        ([order("C3", form_json=form(iccid=CARD))], [of_line(iccid=CARD)], "C3", 0),
        ([order("C3", form_json=form(iccid=BLANK))], [of_line(iccid=MADE)], "C3", 0),  # written before
        ([order("C3", form_json=form(iccid="1234567890123459"))], [of_line(iccid=MADE)], "C3", 1),
        (
            [order("C3", form_json=form(iccid=FRESH))],
            [change("blank_card", FRESH, iccid=NEWLY), of_line(iccid=NEWLY)],
            "C3",
            0,
        ),
    ],
)
def test_a_line_has_what_a_form_names(facts: list[Fact], changed: list[Change], kind: str, found: int) -> None:
    rows = [DONE, BACK, row(BlankCard, serial=BLANK, iccid=MADE, state="written")]
    faults = list(named.judge(known(*rows), claim(*facts, changed=changed, kind=kind)))
    assert [(fault.reason, fault.note) for fault in faults] == [("form", False)] * found


def renamed(name: str, key: str) -> Change:
    return change("customer", "k", name=name, name_key=key)


@pytest.mark.parametrize(
    ("who", "changed", "kind", "found"),
    [
        ({}, [], "C5", 0),
        ({"document_number": "D2"}, [], "C5", 1),
        ({"name": "Li Lei"}, [], "C5", 0),
        ({"name": "LiLei"}, [], "C5", 1),  # as it is typed, to the blank
        ({"name": "韩梅", "name_key": "韩梅"}, [], "C5", 1),
        ({"name_key": "韩梅"}, [], "C5", 1),
        (None, [renamed("Li Lei", "LILEI")], "C5", 0),
        (None, [renamed("韩梅", "韩梅")], "C5", 1),
        (None, [renamed("Li Lei", "韩梅")], "C5", 1),
        (None, [change("customer", "k", name_key="LILEI")], "C5", 1),  # none is found anew who is not called so
        (None, [change("customer", "k", address="杭州")], "C5", 0),
        (None, [renamed("韩梅", "韩梅")], "C5.cancellation", 0),  # called again as before
    ],
)
def test_a_customer_is_called_as_a_form_says(
    who: dict[str, str] | None, changed: list[Change], kind: str, found: int
) -> None:
    standard = {"id": "k", "document_number": PERSON, "name": "Li Lei", "name_key": "LILEI"}
    signed = order("C5", form_json=form(new_document_number=PERSON, new_name="Li Lei"))
    new = [(Customer, {**standard, **who})] if who is not None else []
    faults = named.judge(known(), claim(signed, *new, changed=changed, kind=kind))
    assert [(fault.reason, fault.note) for fault in faults] == [("form", False)] * found


WHO = {"id": "k", "document_kind": "00", "document_number": "E12345908"}
KINDS = [
    row(DocumentKind, code="00", rule="passport", category="ordinary"),
    row(Category, code="ordinary", credit_limit=0),
    row(Category, code="key", credit_limit=50_000),
    row(CreditRating, code=NEW_CUSTOMER, credit_limit=10_000),
    row(CreditRating, code="A", credit_limit=100_000),
]
OF_KEY = row(CustomerClass, document_kind="00", document_number="E12345908", category="key")
RATED = row(CustomerRating, document_kind="00", document_number="E12345908", rating="A", credit_limit=0)
LISTED = row(ListedPerson, document_kind="00", document_number="E12345908", list=RED)


@pytest.mark.parametrize(
    ("category", "said", "found"),
    [
        ("ordinary", [], 0),
        ("key", [], 1),
        ("key", [OF_KEY], 0),
        (RED, [], 1),
        (RED, [LISTED], 0),
        ("", [], 1),
    ],
)
def test_a_customer_is_in_a_category_that_somebody_says(category: str, said: list[Any], found: int) -> None:
    come_in = claim((Customer, {**WHO, "category": category}))
    becomes = claim(changed=[change("customer", "k", category=category)])
    for told, there in ((come_in, []), (becomes, [row(Customer, **WHO, category="student")])):
        faults = list(customers.judge(known(*KINDS, *said, *there), told))
        assert [(fault.reason, fault.note) for fault in faults] == [("trust", False)] * found
    assert list(customers.judge(known(), claim(changed=[change("customer", "k", address="x")]))) == []


@pytest.mark.parametrize(
    ("credit", "category", "said", "found"),
    [
        ({}, "ordinary", [], 0),
        ({"credit_limit": 10_001}, "ordinary", [], 1),
        ({"credit_limit": 50_000}, "key", [OF_KEY], 0),
        ({"credit_limit": 50_001}, "key", [OF_KEY], 1),
        ({"rating": "A", "credit_limit": 100_000}, "ordinary", [], 1),
        ({"rating": "A", "credit_limit": 100_000}, "ordinary", [RATED], 0),
        ({"rating": "A", "credit_limit": 100_001}, "ordinary", [RATED], 1),
        ({"used": 1}, "ordinary", [], 1),
    ],
)
def test_a_customer_is_trusted_with_what_their_rating_gives(
    credit: dict[str, Any], category: str, said: list[Any], found: int
) -> None:
    standard = {"customer_id": "k", "rating": NEW_CUSTOMER, "credit_limit": 10_000, "used": 0}
    told = claim((Customer, {**WHO, "category": category}), (CustomerCredit, {**standard, **credit}))
    assert [fault.reason for fault in customers.judge(known(*KINDS, *said), told)] == ["trust"] * found


@pytest.mark.parametrize(
    ("new", "found"),
    [
        ({"number": "13800000001", "minimum_spend": 6_900}, 0),
        ({"number": "13800000001", "minimum_spend": 0}, 1),
        ({"number": "13800000002", "minimum_spend": 0}, 0),
        ({"minimum_spend": 6_900}, 0),  # of the number that it has
        ({"minimum_spend": 6_899}, 1),
        ({"number": "13800000002"}, 0),
        ({"number": "13800000009", "minimum_spend": 1}, 0),  # a number that is not here: told elsewhere
    ],
)
def test_what_is_to_be_spent_at_least_is_of_the_number_s_grade(new: dict[str, Any], found: int) -> None:
    rows = [
        row(NumberGrade, code="A", minimum_spend=6_900, revision=1),
        row(NumberGrade, code="N", minimum_spend=0, revision=1),
        row(PhoneNumber, number="13800000001", grade="A"),
        row(PhoneNumber, number="13800000002", grade="N"),
        row(Subscription, id="l", number="13800000001", minimum_spend=0),
    ]
    faults = list(prices._least(known(*rows), claim(changed=[of_line(**new)])))
    assert [(fault.reason, fault.note) for fault in faults] == [("price", False)] * found


@pytest.mark.parametrize("first", [{"state": "suspended"}, {"number": "13800000009", "minimum_spend": 1}])
def test_each_line_s_least_is_looked_at_whatever_the_one_before_it_says(first: dict[str, Any]) -> None:
    rows = [
        row(NumberGrade, code="A", minimum_spend=6_900, revision=1),
        row(PhoneNumber, number="13800000001", grade="A"),
        row(Subscription, id="l", number="13800000001", minimum_spend=0),
    ]
    changed = [change("subscription", "other", **first), of_line(minimum_spend=6_899)]
    assert [fault.reason for fault in prices._least(known(*rows), claim(changed=changed))] == ["price"]
