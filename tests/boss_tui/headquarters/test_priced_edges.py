"""What headquarters makes of a price, and of what needs a link: kinds of items, times, days, categories, limits."""

from __future__ import annotations

from collections import Counter
from typing import Any

import pytest

from boss_tui.business.priced import Priced
from boss_tui.components.customers.categories import RED
from boss_tui.headquarters.absence import Absence
from boss_tui.headquarters.rules import offline, prices
from data.parameters import OFFLINE_LIMIT
from data.tables.customer import Customer, CustomerClass, DocumentKind, ListedPerson
from data.tables.finance import Payment, PostingLine
from data.tables.order import HandwrittenSlip, Subscription, SubscriptionProduct
from data.tables.organisation import Outlet
from data.tables.parameter import Parameter
from data.tables.provider import ProviderService
from data.tables.resource import NumberGrade, PhoneNumber
from data.tables.service import ChargeSchedule
from data.tables.tariff import ChargeItem, PriceRule
from tests.boss_tui.components.rows import DAY, row
from tests.boss_tui.headquarters.known import MADE, Fact, claim, form, known, order, published, told

BEFORE, AFTER = "2026-11-22", "2026-11-24"
KINDS = [row(ChargeItem, code=code, fee_kind=kind) for code, kind in (("fee", 0), ("held", 1), ("ahead", 2))]


def rule(**values: Any) -> Any:
    return row(PriceRule, **{"id": "r1", "item": "fee", "business": "C1", "amount": 2000, **values})


def charged(*posted: tuple[str, int], **of: Any) -> list[Fact]:
    """An order of C1 and what was posted for it, item by item."""
    return [
        order("C1", **of),
        (Payment, {"id": "pay", "order_id": "o1", "posting_id": "p1"}),
        *(
            (PostingLine, {"posting_id": "p1", "line": at, "item": item, "amount": -amount})
            for at, (item, amount) in enumerate(posted)
        ),
    ]


def answer(
    rows: list[Any],
    *posted: tuple[str, int],
    more: tuple[Fact, ...] = (),
    asked: Priced | None = None,
    **of: Any,
) -> str:
    """What headquarters says of what was posted."""
    entry, there, asked = claim(*charged(*posted, **of), *more), known(*KINDS, *rows), asked or Priced()
    fee = prices._number_fee(prices._Books(there, entry), asked.number)
    return prices._right(there, entry, entry.added["product_order"][0], asked, fee)


@pytest.mark.parametrize(
    ("rules", "posted", "right"),
    [
        ([{}], [("fee", 2000)], True),
        ([{}], [("fee", 1999)], False),
        ([{}], [("fee", 2001)], False),
        ([{}], [], False),
        ([{}], [("fee", 1200), ("fee", 800)], True),
        ([{}], [("fee", 2000), ("", 400), ("other", 7)], True),
        ([{"item": "ahead"}], [("ahead", 1999)], False),
        ([{"item": "ahead"}], [("ahead", 2000)], True),
        ([{"item": "ahead"}], [("ahead", 2001)], True),
        ([{"item": "held"}], [], True),
        ([{"item": "unknown"}], [("unknown", 2001)], False),
        ([{"percent": 50, "amount": 2001}], [("fee", 1000)], True),
        ([{"percent": 50, "amount": 2001}], [("fee", 1001)], False),
        ([{"monthly": 1}], [], False),  # it is to be charged each month
        ([{}, {"id": "r2", "amount": 500, "product": "P1", "rank": 1}], [("fee", 500)], True),
        ([{}, {"id": "r2", "amount": 500, "product": "P2", "rank": 1}], [("fee", 500)], True),
        ([{}, {"id": "r2", "amount": 500, "product": "P3", "rank": 1}], [("fee", 500)], False),
        ([{}, {"id": "r2", "amount": 500, "outlet": "HZ01", "rank": 1}], [("fee", 500)], True),
        ([{}, {"id": "r2", "amount": 500, "outlet": "HZ02", "rank": 1}], [("fee", 500)], False),
        ([{}, {"id": "r2", "item": "held"}, {"id": "r3", "item": "ahead"}], [("fee", 2000), ("ahead", 1)], False),
        ([{"business": "C2"}], [], True),
    ],
)
def test_what_is_posted_is_what_the_rules_said(
    rules: list[dict[str, Any]], posted: list[tuple[str, int]], right: bool
) -> None:
    begun: Fact = (SubscriptionProduct, {"subscription_id": "s", "product": "P2"})
    found = answer([rule(**each) for each in rules], *posted, more=(begun,), asked=Priced(("P1",)), subscription_id="s")
    assert found == ("yes" if right else "no")


@pytest.mark.parametrize(("line", "right"), [("s", "no"), ("another", "yes")])
def test_what_begins_on_another_line_of_one_basket_is_not_its_price(line: str, right: str) -> None:
    begun: Fact = (SubscriptionProduct, {"subscription_id": line, "product": "P2"})
    rules = [rule(), rule(id="r2", amount=500, product="P2", rank=1)]
    found = answer(rules, ("fee", 2000), more=(begun,), asked=Priced(("P1",)), subscription_id="s")
    assert found == right


@pytest.mark.parametrize(
    ("rules", "charged_for", "right"),
    [
        ([{"monthly": 1}], [("fee", "", 2000)], True),
        ([{"monthly": 1}], [("fee", "", 1999)], False),
        ([{"monthly": 1}], [("fee", "", 2000), ("fee", "", 2000)], False),
        ([{"monthly": 1, "percent": 50}], [("fee", "", 1000)], True),
        ([{"monthly": 1, "product": "P1"}, {"id": "r2", "monthly": 1}], [("fee", "P1", 2000), ("fee", "", 2000)], True),
        ([{"monthly": 1, "product": "P1"}, {"id": "r2", "monthly": 1}], [("fee", "P1", 2000)], False),
        ([{"monthly": 1, "product": "P9"}], [], True),
        ([], [("fee", "", 1)], False),
    ],
)
def test_a_line_that_is_opened_is_charged_each_month_what_the_rules_say(
    rules: list[dict[str, Any]], charged_for: list[tuple[str, str, int]], right: bool
) -> None:
    schedule: list[Fact] = [
        (ChargeSchedule, {"id": str(at), "subscription_id": "s", "item": item, "product": of, "amount": amount})
        for at, (item, of, amount) in enumerate(charged_for)
    ]
    schedule.append((ChargeSchedule, {"id": "x", "subscription_id": "another", "item": "fee", "amount": 7}))
    asked = Priced(("P1",))
    found = answer([rule(**each) for each in rules], more=tuple(schedule), asked=asked, subscription_id="s")
    assert found == ("yes" if right else "no")


@pytest.mark.parametrize(
    ("charge", "values", "found"),
    [
        ({}, {}, []),
        ({"amount": 1999}, {}, [("price", False)]),
        ({"amount": 1999}, {"amount": 1999}, []),  # as it was charged before
        ({"amount": 1999}, {"amount": 1999, "subscription_id": "l2"}, [("price", False)]),
        ({"item": "other"}, {}, [("price", False)]),
        ({"product": "P9"}, {}, []),  # of whatever product
        ({"item": "service", "product": "V1", "amount": 500}, {}, []),  # a provider's own price
        ({"item": "service", "product": "V1", "amount": 499}, {}, [("price", False)]),
        ({"item": "cheap", "amount": 1}, {}, [("price", False)]),  # for others than them
        ({"item": "kind", "amount": 1}, {}, []),
    ],
)
def test_what_a_line_is_charged_from_now_on_somebody_says(
    charge: dict[str, Any], values: dict[str, Any], found: list[tuple[str, bool]]
) -> None:
    rows = [
        *KINDS,
        rule(monthly=1),
        rule(id="r2", item="cheap", amount=1, category="student"),
        rule(id="r3", item="kind", amount=1, category="ordinary"),
        row(ProviderService, code="V1", fee=500),
        row(Customer, id="k", document_kind="00", document_number="1", category="ordinary"),
        row(Subscription, id="l", customer_id="k"),
    ]
    standard = {"id": "c", "subscription_id": "l", "item": "fee", "amount": 2000, "product": ""}
    before = [row(ChargeSchedule, **{**standard, "id": "old", **values})] if values else []
    entry = claim(order("C8"), (ChargeSchedule, {**standard, **charge}))
    assert told(prices._monthly(known(*rows, *before), entry)) == found


@pytest.mark.parametrize("of", ["new", "l"])
def test_each_monthly_charge_is_looked_at_whatever_the_one_before_it_is_of(of: str) -> None:
    """What a line that is opened is charged is judged with its order; what one was charged before is right."""
    before = row(ChargeSchedule, id="old", subscription_id="l", item="fee", product="P", amount=2000)
    first = {"id": "a", "subscription_id": of, "item": "fee", "product": "P", "amount": 2000}
    dear = {"id": "b", "subscription_id": "l", "item": "other", "product": "P", "amount": 1}
    entry = claim(order("C8"), (Subscription, {"id": "new"}), (ChargeSchedule, first), (ChargeSchedule, dear))
    (fault,) = prices._monthly(known(row(Subscription, id="l", customer_id="k"), before), entry)
    assert fault.detail["what"] == "charge_schedule other P"


@pytest.mark.parametrize(("region", "right"), [("杭州", "yes"), ("宁波", "yes"), ("温州", "no"), ("", "no")])
def test_a_price_of_a_region_is_right_wherever_the_outlet_is_or_was(region: str, right: str) -> None:
    moved = [row(Outlet, code="HZ01", region="杭州"), published(1, "outlet", ("HZ01",), BEFORE, region="宁波")]
    there = rule(id="r2", amount=500, region=region or "温州", rank=1)
    assert answer([*moved, rule(), there], ("fee", 500)) == right


def test_what_another_order_was_paid_is_not_posted_for_this_one() -> None:
    other: list[Fact] = [
        (Payment, {"id": "pay2", "order_id": "o2", "posting_id": "p2"}),
        (PostingLine, {"posting_id": "p2", "line": 0, "item": "fee", "amount": -2000}),
    ]
    assert answer([rule()], more=tuple(other)) == "no"


@pytest.mark.parametrize(
    ("asked", "posted", "right"),
    [
        (Priced(items=frozenset({"fee"})), 2000, True),
        (Priced(items=frozenset({"fee"})), 0, False),
        (Priced(items=frozenset()), 0, True),
        (Priced(items=frozenset()), 2000, False),
        (Priced(instead={"fee": 7}), 7, True),
        (Priced(instead={"fee": 7}), 2000, False),
    ],
)
def test_a_business_says_what_it_charges_of_its_rules_and_what_instead(asked: Priced, posted: int, right: bool) -> None:
    assert answer([rule()], ("fee", posted), asked=asked) == ("yes" if right else "no")


@pytest.mark.parametrize(
    ("number", "posted", "right"),
    [
        ("1", 8800, True),
        ("1", 8799, False),
        ("1", 0, False),
        ("2", 0, True),
        ("9", 0, True),
        ("", 0, True),
        ("", 8800, False),
    ],
)
def test_a_number_s_grade_has_its_fee(number: str, posted: int, right: bool) -> None:
    rows = [
        row(PhoneNumber, number="1", grade="good"),
        row(PhoneNumber, number="2", grade="none"),
        row(NumberGrade, code="good", fee=8800),
    ]
    found = answer(rows, ("number_fee", posted), asked=Priced(number=number))
    assert found == ("yes" if right else "no")


@pytest.mark.parametrize(
    ("made", "posted", "right"),
    [
        ("2026-11-23T00:59:00.000000Z", 500, True),
        ("2026-11-23T00:59:59.999999Z", 2000, False),
        ("2026-11-23T01:00:00.000000Z", 500, True),
        ("2026-11-23T01:00:00.000000Z", 2000, True),
        ("2026-11-23T01:01:00.000000Z", 500, False),
        ("2026-11-23T01:01:00.000000Z", 2000, True),
    ],
)
def test_a_minute_may_have_gone_by_since_it_was_looked_at(made: str, posted: int, right: bool) -> None:
    early = rule(id="r2", amount=500, rank=1, to_time="09:00")
    assert answer([rule(), early], ("fee", posted), created_at=made) == ("yes" if right else "no")


@pytest.mark.parametrize(
    ("slip", "posted", "right"),
    [
        ({"written_at": "08:59"}, 500, True),
        ({"written_at": "09:00"}, 500, False),
        ({"written_at": "09:00"}, 2000, True),
        ({"written_at": "08:59", "order_id": "o2"}, 500, False),
        ({"written_at": "08:59", "written_on": "2026-11-21"}, 500, False),
    ],
)
def test_of_a_slip_written_by_hand_its_own_day_and_time_count(slip: dict[str, Any], posted: int, right: bool) -> None:
    early = rule(id="r2", amount=500, rank=1, to_time="09:00", valid_from=BEFORE)
    stands: Fact = (HandwrittenSlip, {"order_id": "o1", "written_on": BEFORE, **slip})
    found = answer([rule(), early], ("fee", posted), more=(stands,), created_at="2026-11-23T05:00:00.000000Z")
    assert found == ("yes" if right else "no")


# what stood then

ADDED = {name: value for name, value in rule().__dict__.items() if name not in ("id", "revision")}


def lines(*later: tuple[str, int]) -> list[Any]:
    """A rule of 1000 fen since January, and what it changed to from a day on; the row as it stands now."""
    made = [published(1, "price_rule", ("r1",), "2026-01-01", "add", **{**ADDED, "amount": 1000})]
    made += [published(at, "price_rule", ("r1",), day, amount=fen) for at, (day, fen) in enumerate(later, 2)]
    amount = next((fen for day, fen in reversed(later) if day <= DAY), 1000)
    return [*made, rule(amount=amount, revision=1 + len(later))]


@pytest.mark.parametrize(
    ("rows", "day", "posted", "found"),
    [
        ([rule()], BEFORE, 2000, "yes"),
        ([rule()], BEFORE, 1999, "no"),
        ([rule(revision=2)], BEFORE, 1999, "perhaps"),
        ([rule(revision=2)], DAY, 2000, "yes"),
        (lines((DAY, 2000)), BEFORE, 1000, "yes"),
        (lines((DAY, 2000)), BEFORE, 2000, "perhaps"),
        (lines((DAY, 2000)), BEFORE, 3000, "no"),
        (lines((DAY, 2000)), DAY, 2000, "yes"),
        (lines((DAY, 2000)), DAY, 1000, "perhaps"),
        (lines((DAY, 2000)), DAY, 3000, "no"),
        (lines((BEFORE, 1500), (DAY, 2000)), BEFORE, 1500, "yes"),
        (lines((BEFORE, 1500), (DAY, 2000)), DAY, 1500, "perhaps"),
        (lines((AFTER, 4000)), DAY, 4000, "perhaps"),
        (lines((AFTER, 4000)), AFTER, 1000, "yes"),
        (lines((AFTER, 4000)), AFTER, 4000, "yes"),
        (lines(("2026-01-01", 1500)), DAY, 1000, "perhaps"),
        (lines(("2026-01-01", 1500), ("2026-01-01", 1700)), DAY, 1500, "perhaps"),  # read in between
    ],
)
def test_what_was_right_on_its_day_is_right(rows: list[Any], day: str, posted: int, found: str) -> None:
    assert answer(rows, ("fee", posted), business_date=day) == found


@pytest.mark.parametrize(("revision", "found"), [(1, "no"), (2, "perhaps")])
def test_a_rule_that_was_changed_though_no_line_tells_of_it_is_not_known(revision: int, found: str) -> None:
    other = rule(id="r2", item="other", amount=5, revision=revision)
    assert answer([*lines((DAY, 2000)), other], ("fee", 2000), ("other", 6), business_date=BEFORE) == found
    assert answer([*lines((DAY, 2000)), other], ("fee", 1000), ("other", 5), business_date=BEFORE) == "yes"


@pytest.mark.parametrize(
    ("done", "posted", "found"),
    [
        ({}, 2000, []),
        ({}, 1999, [("price", False)]),
        ({"reverses": "o0"}, 1999, []),
        ({"form_json": "["}, 1999, []),
    ],
)
def test_an_order_at_another_price_is_told(done: dict[str, Any], posted: int, found: list[tuple[str, bool]]) -> None:
    entry = claim(*charged(("fee", posted), **{"form_json": form(plan="P1"), **done}))
    faults = list(prices.judge(known(*KINDS, rule()), entry))
    assert told(faults) == found
    assert [fault.detail for fault in faults] == [{"what": "C1 S1", "order": "o1"} for _ in found]


def test_a_price_that_can_t_be_known_is_noted() -> None:
    entry = claim(*charged(("fee", 1999), form_json=form(plan="P1")))
    assert told(prices.judge(known(*KINDS, rule(revision=2)), entry)) == [("price", True)]


def test_an_order_of_no_price_is_passed_over_and_those_behind_it_are_not() -> None:
    made = [*charged(("fee", 1999), form_json=form(plan="P1")), order("C9", id="o9")]
    entry = claim(made[-1], order("C1", id="oX", reverses="o0"), *made[:-1])
    assert told(prices.judge(known(*KINDS, rule()), entry)) == [("price", False)]


# categories


def customer(**values: Any) -> dict[str, Any]:
    return {"id": "c1", "category": "vip", "document_kind": "id", "document_number": "7", **values}


@pytest.mark.parametrize(
    ("rows", "new", "asked", "found"),
    [
        ([], [], None, {""}),
        ([], [], "none", {""}),
        ([row(Customer, **customer())], [], "c1", {"vip"}),
        ([row(Customer, **customer())], [], None, {""}),
        ([row(Customer, **customer()), row(DocumentKind, code="id", category="local")], [], "c1", {"vip", "local"}),
        ([row(DocumentKind, code="id", category="local")], [customer()], None, {"local"}),
        ([row(DocumentKind, code="pass", category="local")], [customer()], None, {""}),
        ([row(ListedPerson, document_kind="id", document_number="7", list=RED)], [customer()], None, {RED}),
        ([row(ListedPerson, document_kind="id", document_number="7", list="black")], [customer()], None, {""}),
        ([row(ListedPerson, document_kind="id", document_number="8", list=RED)], [customer()], None, {""}),
        ([row(CustomerClass, document_kind="id", document_number="7", category="gold")], [customer()], None, {"gold"}),
        ([row(CustomerClass, document_kind="id", document_number="8", category="gold")], [customer()], None, {""}),
        (
            [
                published(1, "customer_class", ("id", "7"), "2026-01-01", "add", category="iron"),
                published(2, "customer_class", ("id", "7"), "2026-02-01", category="gold"),
                published(3, "customer_class", ("id", "7"), "2026-03-01", until="2027-01-01"),
                published(4, "customer_class", ("id", "7"), "2026-04-01", "end"),
            ],
            [customer()],
            None,
            {"iron", "gold"},
        ),
    ],
)
def test_a_customer_may_have_been_charged_by_any_category_that_is_said_of_them(
    rows: list[Any], new: list[dict[str, Any]], asked: str | None, found: set[str]
) -> None:
    entry = claim(order("C1", customer_id=asked), *((Customer, each) for each in new))
    assert prices.categories_of(known(*rows), entry, entry.added["product_order"][0]) == found


def test_each_category_s_price_is_right() -> None:
    rules = [
        rule(),
        rule(id="r2", category="vip", amount=500, rank=1),
        rule(id="r3", category="gold", amount=900, rank=1),
    ]
    rows = [
        *rules,
        row(Customer, **customer()),
        row(CustomerClass, document_kind="id", document_number="7", category="gold"),
    ]
    said = {fen: answer(rows, ("fee", fen), customer_id="c1") for fen in (500, 900, 2000)}
    assert said == {500: "yes", 900: "yes", 2000: "no"}


def test_books_are_as_an_entry_leaves_them() -> None:
    entry = claim((Customer, customer(category="new")), (Customer, customer(id="c2", category="two")))
    books = prices._Books(known(row(Customer, **customer(id="c3")), row(Customer, **customer())), entry)
    found = {key: books.row(Customer, key) for key in ("c1", "c2", "c3", "c4")}
    categories = {key: each and each["category"] for key, each in found.items()}
    assert categories == {"c1": "new", "c2": "two", "c3": "vip", "c4": None}


# without a link

AWAY = Absence("2026-11-01T00:00:00.000000Z", "2026-12-01T00:00:00.000000Z")
JUST_AWAY = Absence("2026-11-22T00:00:00.000000Z", "2026-12-01T00:00:00.000000Z")


def limit(fen: int, code: str = "C12", **values: Any) -> Any:
    return row(Parameter, **{"name": OFFLINE_LIMIT.name, "business": code, "value": fen, **values})


@pytest.mark.parametrize(
    ("rows", "done", "found"),
    [
        ([limit(1000)], {"amount": 1000}, []),
        ([limit(1000)], {"amount": -1000}, []),
        ([limit(1000)], {"amount": 1001}, [("offline", False)]),
        ([limit(1000)], {"amount": 1001, "reverses": "o0"}, []),
        ([limit(1000, revision=2)], {"amount": 1001}, [("offline", True)]),
        ([limit(1000, ""), limit(2000)], {"amount": 1001}, []),
        ([limit(2000, ""), limit(1000)], {"amount": 1001}, [("offline", False)]),
        ([limit(2000, "")], {"amount": 2000}, []),
        ([limit(2000, "")], {"amount": 2001}, [("offline", False)]),
        ([limit(0, "C11")], {"amount": 50_000}, []),
        ([limit(90_000, "C11")], {"amount": 50_001}, [("offline", False)]),
        ([limit(0)], {"amount": 0}, []),
        ([limit(0)], {"amount": 1}, [("offline", False)]),
        ([], {"business": "C9", "amount": 0}, [("offline", False)]),
        ([], {"business": "C1", "amount": 9999}, []),
    ],
)
def test_a_business_is_done_without_a_link_up_to_its_limit(
    rows: list[Any], done: dict[str, Any], found: list[tuple[str, bool]]
) -> None:
    entry = claim(order(**done), body='{"offline": true}')
    assert told(offline.judge(known(*rows), entry)) == found


@pytest.mark.parametrize(
    ("absence", "body", "revision", "found"),
    [
        (None, "{}", 1, []),
        (AWAY, "{}", 1, [("offline", False)]),
        (JUST_AWAY, "{}", 1, [("offline", True)]),
        (JUST_AWAY, "{}", 2, [("offline", True)]),
        (AWAY, "{}", 2, [("offline", True)]),
        (None, '{"offline": true}', 1, [("offline", False)]),
        (None, '{"offline": false}', 1, []),
    ],
)
def test_an_outlet_had_its_link_or_had_not(
    absence: Absence | None, body: str, revision: int, found: list[tuple[str, bool]]
) -> None:
    entry = claim(order(amount=1001), body=body, made_at=MADE)
    assert told(offline.judge(known(limit(1000, revision=revision), absence=absence), entry)) == found


@pytest.mark.parametrize(
    ("key", "day", "found"),
    [
        ("C12", BEFORE, []),
        ("C12", DAY, [("offline", True)]),
        ("", BEFORE, []),
        ("", DAY, [("offline", True)]),
    ],
)
def test_a_limit_stood_on_its_day_though_it_is_gone(key: str, day: str, found: list[tuple[str, bool]]) -> None:
    rows = [
        published(1, "parameter", (OFFLINE_LIMIT.name, key), "2026-01-01", "add", value=1000),
        published(2, "parameter", (OFFLINE_LIMIT.name, key), DAY, "end"),
    ]
    entry = claim(order(amount=1000, business_date=day), body='{"offline": true}')
    assert told(offline.judge(known(*rows), entry)) == found


def test_sums_are_told_by_item() -> None:
    entry = claim(*charged(("fee", 3), ("ahead", 4), ("fee", -1), ("", 9)))
    assert prices.posted_for(entry, "o1") == Counter({"fee": 2, "ahead": 4})


@pytest.mark.parametrize(("fen", "right"), [(9, "yes"), (2_000, "yes"), (2_009, "no")])
def test_what_is_charged_each_month_may_be_by_any_category_that_is_said_of_them(fen: int, right: str) -> None:
    rows = [
        rule(monthly=1, category="vip", amount=9),
        rule(id="r2", monthly=1, category="local"),
        row(Customer, **customer()),
        row(DocumentKind, code="id", category="local"),
    ]
    schedule: Fact = (ChargeSchedule, {"id": "x", "subscription_id": "s", "item": "fee", "product": "", "amount": fen})
    found = answer(rows, more=(schedule,), asked=Priced(("P1",)), subscription_id="s", customer_id="c1")
    assert found == right
