"""The whole customer, part by part: every row that each part tells, of all their numbers and of one alone (C13)."""

from __future__ import annotations

from typing import Any

import pytest

from boss_tui.components.billing.usage import usage_in_words
from boss_tui.components.inquiry import MOST, PARTS, InquiryScope, articles
from data.message import Message, say
from data.tables.account import BalanceBucket, BalanceHold, BillingAccount, CreditRating, CustomerCredit
from data.tables.billing import CustomerBill, UsageMonth
from data.tables.content import Article
from data.tables.credit import CreditExemption, CreditRaise, CustomerRating
from data.tables.customer import Category, Customer, DocumentKind
from data.tables.document import PaperDocument
from data.tables.finance import Payment
from data.tables.life import Agreement, Suspension, ValueChange
from data.tables.network import WorkOrder
from data.tables.order import ProductOrder, Subscription, SubscriptionProduct
from data.tables.product import Product
from data.tables.provider import ProviderService, ProviderSubscription
from data.tables.resource import NumberGrade, PhoneNumber, SimCard
from data.tables.service import BehaviourSignal, LoyaltyAccount, LoyaltyEntry
from data.tables.stock import Handset, HandsetBundle, RechargeCard
from tests.boss_tui.components.loose import Loose
from tests.boss_tui.components.rows import row

ONE, TWO = "13957000001", "13957000002"


def line(key: str, number: str, **values: Any) -> Any:
    standard = {
        "id": key,
        "number": number,
        "customer_id": "c",
        "account_id": f"{key}-account",
        "iccid": f"{key}-card",
        "plan": "P88",
        "state": "active",
        "opened_on": "2026-01-01",
    }
    return row(Subscription, **{**standard, **values})


def order(key: str, line: str | None, **values: Any) -> Any:
    standard = {
        "id": key,
        "serial": f"S-{key}",
        "customer_id": "c",
        "subscription_id": line,
        "business": "C12",
        "business_date": "2026-11-23",
        "state": "completed",
        "created_at": key,
    }
    return row(ProductOrder, **{**standard, **values})


@pytest.fixture
def loose(tx: Loose) -> Loose:
    """A customer with two numbers and an account for each; somebody else with one."""
    tx.put(
        row(
            Customer,
            id="c",
            name="张三",
            document_kind="00",
            document_number="11010519491231002X",
            category="vip",
            address="人民路1号",
            contact_phone="0571-1",
            email="z@x.cn",
        ),
        row(Category, code="vip", name_zh="贵宾", name_en="VIP"),
        row(DocumentKind, code="00", category="vip"),
        row(Product, code="P88", name_zh="八", name_en="88"),
        line("a", ONE),
        line("b", TWO, plan="gone", state="terminated", opened_on="2025-01-01"),
        line("x", "18800000000", customer_id="d"),
        row(BillingAccount, id="a-account", number="A1", customer_id="c"),
        row(BillingAccount, id="b-account", number="A2", customer_id="c", state="closed"),
        row(BillingAccount, id="x-account", number="A3", customer_id="d"),
    )
    return tx


def titles(business: str, form: str) -> Message:
    return Message(f"title of {business}") if form == "{}" else Message(form)


def told(tx: Loose, part: str, subscription: str = "", day: str = "") -> list[tuple[str, ...]]:
    """What a part says, in English."""
    asked = InquiryScope("c", titles, lambda line: [(line.number, say("so far"))], subscription, day)
    return [tuple(map(str, row)) for row in PARTS[part].rows(tx, asked)]


def test_what_is_the_person_s_alone_is_not_told_of_a_number() -> None:
    assert {code for code, part in PARTS.items() if part.personal} == {"credit", "signals", "points", "cards"}


def test_the_customer_with_their_document_masked(loose: Loose) -> None:
    assert told(loose, "customer") == [
        ("Name", "张三"),
        ("Document no.", "110***********002X"),
        ("Category", "VIP"),
        ("Address", "人民路1号"),
        ("Phone", "0571-1"),
        ("E-mail", "z@x.cn"),
    ]


def test_numbers_and_products_the_oldest_first(loose: Loose) -> None:
    first, second = (TWO, "gone", "closed for good", "2025-01-01"), (ONE, "88", "active", "2026-01-01")
    assert told(loose, "numbers") == [first, second]
    assert told(loose, "numbers", "a") == [second]
    loose.put(
        row(SubscriptionProduct, subscription_id="a", product="P88", valid_from="2026-02-02"),
        row(SubscriptionProduct, subscription_id="x", product="P88"),
    )
    assert told(loose, "products") == [(ONE, "88", "active", "2026-02-02")]
    assert told(loose, "products", "b") == []


def test_the_month_so_far_is_of_what_lives(loose: Loose) -> None:
    assert told(loose, "month") == [(ONE, "so far")]
    loose.change(loose.one(Subscription, id="a"), state="cancelled")
    assert told(loose, "month") == []
    assert PARTS["month"].rows(loose, InquiryScope("c", titles)) == []


def test_numbers_cards_and_handsets(loose: Loose) -> None:
    loose.put(
        row(PhoneNumber, number=ONE, grade="A", state="in_use"),
        row(NumberGrade, code="A", name_zh="甲", name_en="Fine"),
        row(SimCard, iccid="b-card", imsi="1", kind="odd", state="void"),
        row(Handset, imei="1", model="P88", customer_id="c", subscription_id="a", state="sold"),
        row(Handset, imei="2", model="gone", customer_id="c", state="sold"),
        row(Handset, imei="3", customer_id="d"),
    )
    handset = (ONE, "88", "1", "sold")
    assert told(loose, "resources") == [
        (TWO, "SIM card: odd", "b-card", "void"),
        (ONE, "Fine", "", "in use"),
        handset,
        ("", "gone", "2", "sold"),
    ]
    assert told(loose, "resources", "a") == [(ONE, "Fine", "", "in use"), handset]


def test_balances_and_what_is_held_of_them(loose: Loose) -> None:
    loose.put(
        row(BalanceBucket, id="1", account_id="a-account", kind="prepaid", amount=5000),
        row(BalanceBucket, id="2", account_id="a-account", kind="deposit", amount=10),
        row(BalanceBucket, id="3", account_id="b-account", kind="gift"),
        row(BalanceBucket, id="4", account_id="x-account", kind="gift"),
        row(BalanceHold, id="h", bucket_id="1", amount=2000),
    )
    mine = [("A1", "Deposit", "0.10", "active"), ("A1", "Prepaid", "50.00", "active", "of it held for services: 20.00")]
    assert told(loose, "balances", "a") == mine
    assert told(loose, "balances") == [*mine, ("A2", "Given monthly", "0.00", "closed")]


@pytest.mark.parametrize(("rated", "name"), [(True, "Good"), (False, "B")])
def test_credit(loose: Loose, rated: bool, name: str) -> None:
    assert told(loose, "credit") == []
    loose.put(row(CustomerCredit, customer_id="c", rating="B", credit_limit=10_000))
    if rated:
        loose.put(row(CreditRating, code="B", name_zh="好", name_en="Good"))
    assert told(loose, "credit") == [("Rating", name), ("Limit", "100.00")]


@pytest.mark.parametrize(("until", "stands"), [("2026-11-23", True), ("2026-11-22", False)])
def test_credit_that_headquarters_gives_lends_and_spares(loose: Loose, until: str, stands: bool) -> None:
    loose.put(row(CreditRating, code="A", name_zh="优", name_en="Excellent", credit_limit=300_000))
    loose.put(row(CreditRating, code="B", name_zh="好", name_en="Good"))
    loose.put(row(CustomerCredit, customer_id="c", rating="B", credit_limit=10_000))
    (owner,) = loose.all(Customer, id="c")
    who = {"document_kind": owner.document_kind, "document_number": owner.document_number, "valid_to": until}
    loose.put(row(CustomerRating, **who, rating="A"))
    loose.put(row(CreditRaise, **who, credit_limit=900_000))
    loose.put(row(CreditExemption, **who, id="e", kind="red_list"))
    told_ = told(loose, "credit", day="2026-11-23")
    if not stands:
        assert told_ == [("Rating", "Good"), ("Limit", "100.00")]
        return
    assert told_ == [
        ("Rating", "Excellent"),
        ("Limit", "3000.00"),
        ("Lent limit", "9000.00", f"until {until}"),
        ("Exempt", "Red list", f"until {until}"),
    ]


def test_bills_the_latest_month_first(loose: Loose) -> None:
    about = {"amount": 100, "paid": 20, "state": "partiallyPaid"}
    for key, account, month in (
        ("1", "a", "2026-09"),
        ("2", "b", "2026-10"),
        ("3", "a", "2026-10"),
        ("4", "x", "2026-10"),
        ("5", "b", "2025-01"),
    ):
        loose.put(row(CustomerBill, id=key, account_id=f"{account}-account", month=month, **about))
    rest = ("1.00", "paid 0.20", "paid in part")
    assert told(loose, "bills") == [
        ("2026-10", "A1", *rest),
        ("2026-10", "A2", *rest),
        ("2026-09", "A1", *rest),
        ("2025-01", "A2", *rest),
    ]
    assert told(loose, "bills", "b") == [("2026-10", "A2", *rest), ("2025-01", "A2", *rest)]


def test_orders_with_what_they_paid_what_the_network_did_and_their_papers(loose: Loose) -> None:
    loose.put(
        order("1", "a", amount=1250),
        order("2", None, form_json="two", business="C13", state="cancelled"),
        order("3", "x", customer_id="d"),
        row(Payment, id="p", order_id="1", due=1250),
        row(Payment, id="q", order_id="3", due=1),
        row(WorkOrder, id="w", order_id="1", position=2, act="unbar", state="done"),
        row(WorkOrder, id="v", order_id="1", position=1, act="odd", state="sent"),
        row(
            PaperDocument,
            id="d",
            order_id="1",
            kind="invoice",
            code="HZ",
            number=42,
            amount=1250,
            state="red",
            made_at="2",
        ),
        row(PaperDocument, id="e", order_id="1", kind="receipt", code="R", number=123456789, amount=5, made_at="1"),
    )
    first, second = ("S-1", ONE, "title of C12", "completed", "12.50"), ("S-2", "", "two", "cancelled", "0.00")
    assert told(loose, "orders") == [second, first]
    assert told(loose, "orders", "a") == [first]
    assert told(loose, "orders", "b") == []
    assert told(loose, "payments") == [("2026-11-23", ONE, "title of C12", "12.50", "S-1")]
    assert told(loose, "network") == [("S-1", ONE, "odd", "sent"), ("S-1", ONE, "Lift the bar", "done")]
    assert told(loose, "papers") == [
        ("R-123456789", "Receipt", ONE, "0.05", "valid"),
        ("HZ-00000042", "Invoice", ONE, "12.50", "red-lettered"),
    ]


def test_usage_in_the_measures_that_people_know(loose: Loose) -> None:
    loose.put(
        row(UsageMonth, subscription_id="a", month="2026-10", kind="voice", quantity=61, amount=30),
        row(UsageMonth, subscription_id="a", month="2026-11", kind="data", quantity=1, amount=5),
        row(UsageMonth, subscription_id="x", month="2026-11", kind="data"),
    )
    assert told(loose, "usage") == [
        ("2026-11", ONE, "Data: 1 MB", "0.05"),
        ("2026-10", ONE, "Calls: 2 min", "0.30"),
    ]
    assert told(loose, "usage", "b") == []


@pytest.mark.parametrize(
    ("kind", "quantity", "told"),
    [
        ("voice", 0, "Calls: 0 min"),
        ("voice", 60, "Calls: 1 min"),
        ("voice", 61, "Calls: 2 min"),
        ("voice", 59 * 60, "Calls: 59 min"),
        ("voice", 3601, "Calls: 61 min"),
        ("voice_international", 60, "Calls abroad: 1 min"),
        ("voice_international", 61, "Calls abroad: 2 min"),
        ("voice_roaming", 60, "Calls while roaming: 1 min"),
        ("voice_roaming", 61, "Calls while roaming: 2 min"),
        ("data", 1024, "Data: 1 MB"),
        ("data", 1025, "Data: 2 MB"),
        ("data_roaming", 1024, "Data while roaming: 1 MB"),
        ("data_roaming", 1025, "Data while roaming: 2 MB"),
        ("message", 7, "Messages: 7"),
        ("odd", 7, "odd: 7"),
    ],
)
def test_a_begun_unit_is_told_as_one(kind: str, quantity: int, told: str) -> None:
    assert str(usage_in_words(row(UsageMonth, kind=kind, quantity=quantity))) == told


def test_contracts_suspensions_and_what_providers_sell(loose: Loose) -> None:
    about = {"customer_id": "c", "ends_on": "2027-01-01"}
    loose.put(
        row(Agreement, id="1", subscription_id="a", kind="handset", product="H", starts_on="2026-02-01", **about),
        row(
            Agreement,
            id="2",
            subscription_id="b",
            kind="plan",
            product="P88",
            starts_on="2026-01-01",
            state="terminated",
            **about,
        ),
        row(Agreement, id="3", subscription_id="b", kind="number", product="odd", starts_on="2026-03-01", **about),
        row(HandsetBundle, code="H", name_zh="机", name_en="Phone for less"),
        row(Suspension, id="1", subscription_id="a", cause="loss", starts_on="2026-05-01", state="lifted"),
        row(Suspension, id="2", subscription_id="a", cause="request", starts_on="2026-06-01", ends_on="2026-06-09"),
        row(ProviderSubscription, id="1", subscription_id="a", service="V", since="2026-01-01"),
        row(ProviderSubscription, id="2", subscription_id="a", service="odd", since="2026-02-01", state="ended"),
        row(ProviderService, code="V", name_zh="影", name_en="Films"),
    )
    handset = (ONE, "Handset contract", "Phone for less", "until 2027-01-01", "active")
    assert told(loose, "contracts", "a") == [handset]
    assert told(loose, "contracts") == [
        (TWO, "Number contract", "odd", "until 2027-01-01", "active"),
        handset,
        (TWO, "Plan contract", "88", "until 2027-01-01", "closed for good"),
    ]
    assert told(loose, "suspensions") == [
        (ONE, "at the owner's request", "2026-06-01 to 2026-06-09", "running"),
        (ONE, "reported lost", "from 2026-05-01", "lifted"),
    ]
    assert told(loose, "providers") == [(ONE, "odd", "2026-02-01", "ended"), (ONE, "Films", "2026-01-01", "active")]
    assert told(loose, "suspensions", "b") == told(loose, "providers", "b") == []


def test_signals_and_points(loose: Loose) -> None:
    assert told(loose, "points") == []
    loose.put(
        row(BehaviourSignal, id="1", rule="burst", subject="c", detail="x", raised_at="2026-11-22T01:00:00Z"),
        row(BehaviourSignal, id="2", rule="odd", subject="c", state="seen", raised_at="2026-11-23T01:00:00Z"),
        row(BehaviourSignal, id="3", rule="odd", subject="d"),
        row(LoyaltyAccount, customer_id="c", points=90, tenure_from="2020-01-01"),
        row(LoyaltyEntry, id="1", customer_id="c", points=100, reason="C1", made_at="2026-01-01T01:00:00Z"),
        row(LoyaltyEntry, id="2", customer_id="c", points=-10, reason="spent", made_at="2026-02-01T01:00:00Z"),
        row(LoyaltyEntry, id="3", customer_id="d", points=1),
    )
    assert told(loose, "signals") == [
        ("2026-11-23", "Signal", "", "seen"),
        ("2026-11-22", "The same business many times within the hour", "x", "raised"),
    ]
    assert told(loose, "points") == [
        ("Points held", "90", "since 2020-01-01", ""),
        ("2026-02-01", "-10", "Points spent", ""),
        ("2026-01-01", "+100", "title of C1", ""),
    ]


def change(key: str, subject: str, field: str, before: str, after: str, day: str) -> Any:
    return row(ValueChange, id=key, subject=subject, field=field, before=before, after=after, made_at=f"{day}T01:00Z")


def test_history_of_the_customer_the_numbers_and_the_accounts_the_latest_first(loose: Loose) -> None:
    loose.put(
        change("1", "c", "address", "", "人民路1号", "2026-01-03"),
        change("2", "a", "plan", "gone", "P88", "2026-01-04"),
        change("3", "b-account", "pay_method", "cash", "bank_debit", "2026-01-02"),
        change("4", "a", "fate", "", "lost", "2026-01-05"),
        change("5", "d", "address", "", "x", "2026-01-06"),
        change("6", "a", "number", "1", ONE, "2026-01-04"),
    )
    number, plan = ("2026-01-04", ONE, "Number", "1", ONE), ("2026-01-04", ONE, "Plan", "gone", "88")
    assert told(loose, "history") == [
        number,
        plan,
        ("2026-01-03", "", "Address", "-", "人民路1号"),
        ("2026-01-02", "A2", "Bills", "paid at the counter", "debited by the bank"),
    ]
    assert told(loose, "history", "a") == [number, plan]


def test_cards_that_were_redeemed(loose: Loose) -> None:
    loose.put(
        order("1", "a", business="C11"),
        order("2", "a"),
        row(RechargeCard, serial="s1", face_value=5000, state="used", used_order="1"),
        row(RechargeCard, serial="s2", face_value=5000, state="used", used_order="2"),
    )
    assert told(loose, "cards") == [("s1", "50.00", "used", "2026-11-23")]


@pytest.mark.parametrize("rows", [MOST, MOST + 1])
def test_sixty_rows_are_shown_the_latest(loose: Loose, rows: int) -> None:
    for n in range(rows):
        day = f"2026-{n // 28 + 1:02}-{n % 28 + 1:02}"
        loose.put(
            order(f"o{n:02}", "a"),
            change(f"v{n:02}", "a", "number", str(n), "", day),
            row(CustomerBill, id=f"b{n:02}", account_id="a-account", month=f"{2000 + n}-01"),
            row(BehaviourSignal, id=f"s{n:02}", subject="c", raised_at=day),
            row(LoyaltyEntry, id=f"l{n:02}", customer_id="c", points=n, made_at=day),
        )
    loose.put(row(LoyaltyAccount, customer_id="c"))
    assert MOST == 60
    assert [len(told(loose, part)) for part in ("orders", "history", "bills", "signals")] == [MOST] * 4
    assert len(told(loose, "points")) == MOST + 1
    latest = rows - 1
    assert told(loose, "orders")[0][0] == f"S-o{latest}"
    assert told(loose, "history")[0][3] == str(latest)
    assert told(loose, "bills")[0][0] == f"{2000 + latest}-01"
    assert told(loose, "points")[1][1] == f"+{latest}"


@pytest.mark.parametrize(
    ("text", "business", "found"),
    [
        ("", "", ["k1", "k2", "k3"]),
        ("", "C2", ["k2"]),
        ("lost card", "", ["k3"]),
        ("CARD", "", ["k1", "k3"]),
        ("card", "C1", ["k1"]),
        ("card number", "", []),
        ("号码", "", ["k2"]),
        ("c2", "", ["k2"]),
        ("sim", "", ["k1"]),
    ],
)
def test_articles_hold_every_word_that_is_typed(tx: Loose, text: str, business: str, found: list[str]) -> None:
    tx.put(
        row(Article, code="k1", business="C1", title_en="New card", words="SIM"),
        row(Article, code="k2", business="C2", title_zh="号码", text_en="number"),
        row(Article, code="k3", business="C3", title_en="Card", text_en="what is lost"),
        row(Article, code="k4", business="C1", title_en="Card lost", state="withdrawn"),
    )
    assert [one.code for one in articles(tx, text, business)] == found
