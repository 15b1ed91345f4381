"""Where headquarters' rules of whom a business is done for turn: lists, numbers, guardians, agents; ages, credit."""

from __future__ import annotations

import json
from typing import Any

import pytest

from boss_tui.headquarters.absence import Absence
from boss_tui.headquarters.rules import applicants, customers, deposits, products
from data.journal import Change
from data.tables.account import CreditRating
from data.tables.credit import CreditRaise
from data.tables.customer import Category, Customer, CustomerAgent, DocumentKind, ListedPerson
from data.tables.eligibility import BusinessInterface, Interface
from data.tables.network import WorkOrder
from data.tables.order import ProductOrder, Subscription
from data.tables.organisation import Operator, Role
from data.tables.product import Product
from data.tables.sync import JournalEntry
from tests.boss_tui.components.rows import DAY, row
from tests.boss_tui.headquarters.known import Fact, change, claim, form, known, order, published, told

Found = list[tuple[str, bool]]
WRONG, NOTED = [("applicant", False)], [("applicant", True)]
AWAY = Absence("2026-11-20T00:00:00.000000Z", "2026-11-26T00:00:00.000000Z")
ADULT, CHILD = "330102197509101012", "330106201606011574"
WHO: dict[str, Any] = {
    "id": "k",
    "holder": "individual",
    "document_kind": "00",
    "document_number": ADULT,
    "birth_date": "1975-09-10",
    "category": "own",
    "state": "validated",
}
RULES = (
    row(DocumentKind, code="00", rule="resident_id", category="own"),
    row(DocumentKind, code="07", rule="passport", category="own"),
    row(DocumentKind, code="02", rule="household", category="own", minors_only=1),
    row(Category, code="own", number_limit=2),
    row(CreditRating, code="C", credit_limit=0),
    row(Role, code="clerk", grade="clerk"),
    row(Role, code="supervisor", grade="supervisor"),
    row(Operator, staff_no="1001", outlet="HZ01", role="clerk", confirmed_on=DAY),
    row(Operator, staff_no="2001", outlet="HZ01", role="supervisor", confirmed_on=DAY),
    *(row(Interface, code=code, state="active") for code in applicants.RULES),
)


def bound(on_no: str = "no", business: str = "C1") -> list[Any]:
    return [row(BusinessInterface, business=business, interface=code, on_no=on_no) for code in applicants.RULES]


def opens(
    *rows: Any,
    who: dict[str, Any] | None = None,
    new: list[Fact] | None = None,
    of: dict[str, Any] | None = None,
    on_no: str = "no",
    absence: Absence | None = None,
) -> Found:
    """What is said of an opening for somebody."""
    done = order(**{"business": "C1", "customer_id": "k", "subscription_id": "l", **(of or {})})
    line = (Subscription, {"id": "l", "customer_id": "k", "state": "pendingActive", "outlet": "HZ01"})
    here = known(*RULES, *bound(on_no), row(Customer, **{**WHO, **(who or {})}), *rows, absence=absence)
    return told(applicants.judge(here, claim(done, line, *(new or []), kind="C1")))


LISTED: dict[str, Any] = {"id": "p", "list": "black", "source": "own", "document_kind": "00", "document_number": ADULT}


@pytest.mark.parametrize(
    ("listed", "wrong"),
    [
        ({}, WRONG),
        ({"source": "IN001"}, WRONG),
        ({"list": "red"}, []),
        ({"document_number": "x"}, []),
        ({"document_kind": "07"}, []),
        ({"valid_from": DAY, "valid_to": DAY}, WRONG),
        ({"valid_from": "2026-11-24"}, []),
        ({"valid_to": "2026-11-22"}, []),
    ],
)
def test_nobody_on_a_black_list(listed: dict[str, Any], wrong: Found) -> None:
    person = row(ListedPerson, **{**LISTED, **listed})
    assert opens(person) == wrong
    assert opens(person, of={"operator": "scheduler"}) == opens(person, of={"subscription_id": None}) == []
    assert opens(person, on_no="override") == wrong
    assert opens(person, on_no="override", of={"approved_by": "2001"}) == []
    assert opens(person, of={"approved_by": "2001"}) == wrong  # nobody may allow that


def test_a_list_of_today_an_outlet_may_not_have_heard_of() -> None:
    person = row(ListedPerson, **LISTED)
    lines = [published(1, "listed_person", ("p",), day, "add", **person.__dict__) for day in (DAY, "2026-11-22")]
    assert [opens(person, line) for line in lines] == [NOTED, WRONG]
    assert [opens(person, line, absence=AWAY) for line in lines] == [NOTED, NOTED]
    taken = {"outlet": "HZ01", "epoch": 1, "seq": 3, "kind": "feed"}
    for number, wrong in ((1, WRONG), (0, NOTED)):
        stream = {"applied": [number] if number else [], "waiting": [], "digest": ""}
        told_of = row(JournalEntry, **taken, body=json.dumps({"stream": stream}))
        assert [opens(person, line, told_of) for line in lines[:1]] == [wrong]
        assert opens(person, lines[0], told_of, absence=AWAY) == wrong


def test_what_is_not_asked_keeps_nobody() -> None:
    person = row(ListedPerson, **LISTED)
    assert opens(person, of={"business": "C2"}) == []
    off = known(
        *(each for each in RULES if not isinstance(each, Interface)),
        *(row(Interface, code=code, state="off") for code in applicants.RULES),
        *bound(),
        row(Customer, **WHO),
        person,
    )
    assert told(applicants.judge(off, claim(order("C1", customer_id="k", subscription_id="l")))) == []


def lines(count: int, **of: Any) -> list[Any]:
    values = {"customer_id": "k", "state": "active", "outlet": "HZ01", **of}
    return [row(Subscription, id=f"s{n}{of.get('outlet', '')}", **values) for n in range(count)]


@pytest.mark.parametrize(
    ("rows", "wrong"),
    [
        (lines(1), []),
        (lines(2), WRONG),
        (lines(2, state="terminated"), []),
        (lines(2, customer_id="x"), []),
        ([*lines(1), *lines(1, outlet="HZ02")], NOTED),  # the outlet need not know of that one
        (lines(2, outlet="HZ02"), NOTED),
    ],
)
def test_so_many_numbers_and_no_more(rows: list[Any], wrong: Found) -> None:
    assert opens(*rows) == wrong
    gets = change("subscription", "l", customer_id="k")
    done = order("C5", customer_id="o", subscription_id="l")
    line = row(Subscription, id="l", customer_id="o", state="active", outlet="HZ01")
    owner = row(Customer, **{**WHO, "id": "o"})
    here = known(*RULES, *bound(business="C5"), row(Customer, **WHO), owner, line, *rows)
    assert told(applicants.judge(here, claim(done, changed=[gets], kind="C5"))) == wrong


def test_a_corrected_document_is_asked_as_if_they_opened() -> None:
    papers = [change("customer", "k", document_number=ADULT)]
    for count, wrong in ((2, []), (3, WRONG)):
        here = known(*RULES, *bound(), row(Customer, **{**WHO, "document_number": "y"}), *lines(count))
        done = order("C4.1", customer_id="k", subscription_id="s0")
        assert told(applicants.judge(here, claim(done, changed=papers, kind="C4.1"))) == wrong


def agent(number: str = "330102196112041010", **of: Any) -> Fact:
    values = {"id": "a", "order_id": "o1", "customer_id": "k", "month": "2026-11", "document_kind": "00"}
    return CustomerAgent, {**values, "document_number": number, **of}


@pytest.mark.parametrize(
    ("who", "new", "wrong"),
    [
        ({}, [], []),
        ({}, [agent()], []),
        ({"document_number": CHILD}, [], WRONG),
        ({"document_number": CHILD}, [agent()], []),
        ({"document_number": CHILD}, [agent(customer_id="x")], WRONG),
        ({"document_kind": "07", "document_number": "E12345908", "birth_date": "2010-11-24"}, [], WRONG),
        ({"document_kind": "07", "document_number": "E12345908", "birth_date": "2010-11-23"}, [], []),
        ({"document_kind": "02", "document_number": CHILD}, [agent()], []),
        ({"document_kind": "02", "birth_date": "2010-11-23"}, [agent()], WRONG),
        ({"holder": "organization", "birth_date": ""}, [agent()], []),
        ({}, [agent(ADULT)], WRONG),
        ({}, [agent(CHILD)], WRONG),
    ],
)
def test_children_and_agents(who: dict[str, Any], new: list[Fact], wrong: Found) -> None:
    assert opens(who=who, new=new) == wrong


@pytest.mark.parametrize(
    ("count", "of", "acted", "wrong"),
    [
        (4, {}, {}, []),
        (5, {}, {}, WRONG),
        (5, {"business": "C2"}, {}, []),
        (5, {"state": "cancelled"}, {}, []),
        (5, {"outlet": "HZ02"}, {}, NOTED),
        (5, {}, {"month": "2025-12"}, []),
        (5, {}, {"document_number": "x"}, []),
    ],
)
def test_an_agent_opens_so_many_a_year(count: int, of: dict[str, Any], acted: dict[str, Any], wrong: Found) -> None:
    rows = []
    for n in range(count):
        values = {"outlet": "HZ01", "business": "C1", "state": "completed", **of}
        rows.append(row(ProductOrder, id=f"b{n}", **values))
        rows.append(
            row(CustomerAgent, **{**agent()[1], "id": f"b{n}", "order_id": f"b{n}", "customer_id": "x", **acted})
        )
    assert opens(*rows, new=[agent()]) == wrong


# how old one must be


SENIOR = row(Product, code="S", kind="plan", state="active", minimum_age=52)


@pytest.mark.parametrize(
    ("of", "wrong"),
    [
        ({"minimum_age": 51}, []),  # 51 since September
        ({"minimum_age": 52}, [("price", False)]),
        ({"minimum_age": 0}, []),
        ({"minimum_age": 0, "categories": "student"}, [("price", False)]),
    ],
)
def test_a_plan_is_for_who_is_old_enough(of: dict[str, Any], wrong: Found) -> None:
    plan = row(Product, **{**SENIOR.__dict__, **of})
    line = row(Subscription, id="l", customer_id="o", plan="S", outlet="HZ01")
    here = known(*RULES, row(Customer, **WHO), row(Customer, **{**WHO, "id": "o", "category": "student"}), line, plan)
    done = order("C8", customer_id="k", subscription_id="l", form_json=form(plan="S"))
    assert told(products.judge(here, claim(done, kind="C8"))) == wrong
    goes = order("C5", customer_id="o", subscription_id="l")
    gets = change("subscription", "l", customer_id="k")
    assert told(products.judge(here, claim(goes, changed=[gets], kind="C5"))) == wrong


def test_nobody_asks_how_old_an_organisation_is_that_takes_a_number_over() -> None:
    line = row(Subscription, id="l", customer_id="o", plan="S", outlet="HZ01")
    here = known(*RULES, row(Customer, **{**WHO, "holder": "organization"}), line, SENIOR)
    gets = change("subscription", "l", customer_id="k")
    assert told(products.judge(here, claim(order("C5", customer_id="o"), changed=[gets], kind="C5"))) == []
    done = order("C8", customer_id="k", subscription_id="l", form_json=form(plan="S"))
    assert told(products.judge(here, claim(done, kind="C8"))) == [("price", False)]


# what a document says, and who may owe


@pytest.mark.parametrize(
    ("of", "wrong"),
    [
        ({}, []),
        ({"birth_date": "1955-09-10"}, [("form", False)]),
        ({"document_number": "330102197509101013"}, [("form", False)]),
        ({"document_kind": "07", "document_number": "E12345908", "birth_date": "1955-09-10"}, []),
    ],
)
def test_who_comes_in_is_as_their_document_says(of: dict[str, Any], wrong: Found) -> None:
    here = known(*RULES)
    assert told(customers.judge(here, claim((Customer, {**WHO, **of}), kind="C1"))) == wrong


@pytest.mark.parametrize(
    ("limit", "typed", "wrong"),
    [
        (0, "postpaid", [("trust", False)]),
        (1, "postpaid", []),
        (0, "prepaid", []),
    ],
)
def test_who_is_trusted_with_nothing_pays_in_advance(limit: int, typed: str, wrong: Found) -> None:
    rules = [each for each in RULES if not isinstance(each, Category)]
    rows = [*rules, row(Category, code="own", credit_limit=limit), row(Customer, **WHO)]
    done = claim(order("C4.3", customer_id="k", subscription_id="l", form_json=form(change=typed)), kind="C4.3")
    assert told(customers.judge(known(*rows), done)) == wrong
    lent = row(CreditRaise, document_kind="00", document_number=ADULT, credit_limit=100)
    assert told(customers.judge(known(*rows, lent), done)) == []


@pytest.mark.parametrize(
    ("reaches", "ends", "waived", "wrong"),
    [
        ("international", False, 0, [("trust", False)]),
        ("international", True, 0, []),
        ("international", False, 1, []),
        ("domestic", False, 0, []),
    ],
)
def test_what_goes_on_under_a_new_owner_rests_on_theirs(reaches: str, *, ends: bool, waived: int, wrong: Found) -> None:
    values = {"long_distance": reaches, "roaming": "national", "pay_type": "postpaid", "outlet": "HZ01"}
    line = row(Subscription, id="l", customer_id="o", **values)
    rules = [each for each in RULES if not isinstance(each, CreditRating)]
    here = known(*rules, row(CreditRating, code="C", deposit_waived=waived), row(Customer, **WHO), line)
    work = [(WorkOrder, {"id": "w", "order_id": "o1", "act": "set_long_distance"})] if ends else []
    gets: Change = change("subscription", "l", customer_id="k")
    entry = claim(order("C5", customer_id="o", subscription_id="l"), *work, changed=[gets], kind="C5")
    assert told(deposits.judge(here, entry)) == wrong
