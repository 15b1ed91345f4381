"""What headquarters takes of a hall's words: each bound alone, on both sides; nothing of one changes but its end."""

from __future__ import annotations

from typing import Any

import pytest

from boss_tui.components.credit.credit import NEW_CUSTOMER
from boss_tui.headquarters.rules import trusted
from boss_tui.headquarters.rules.claim import Claim, Known
from data.clock import day_after
from data.journal import Change
from data.parameters import EMERGENCY_REST, EMERGENCY_STARS, VOUCHES
from data.tables.account import CreditRating, CustomerCredit
from data.tables.credit import CustomerRating, HallCredit
from data.tables.customer import Category, Customer, CustomerClass, DocumentKind
from data.tables.organisation import Operator, RoleRight
from tests.boss_tui.components.rows import DAY, row
from tests.boss_tui.headquarters.known import Stored
from tests.boss_tui.headquarters.test_admission import entry

THERE = (
    row(Customer, id="c", document_kind="00", document_number="1", category="key"),
    row(CustomerCredit, customer_id="c", rating="B", credit_limit=10_000),
    row(CreditRating, code="B", credit_limit=10_000, stars=EMERGENCY_STARS.first),
    row(Category, code="key", key_account=1, credit_limit=0),
    row(Category, code="red", key_account=0, credit_limit=0),
    row(DocumentKind, code="00", category="key"),
    row(Operator, staff_no="2002", outlet="HZ01", role="manager", state="active"),
    row(Operator, staff_no="1001", outlet="HZ01", role="clerk", state="active"),
    row(Operator, staff_no="2009", outlet="HZ02", role="manager", state="active"),
    row(RoleRight, role="manager", business="M8.raise"),
    row(RoleRight, role="manager", business="M8.vouch"),
)
KINDS: dict[str, dict[str, Any]] = {
    "raise": {"credit_limit": 20_000, "valid_to": "2026-12-23"},
    "vouch": {"valid_to": DAY},
    "emergency": {"valid_to": "2026-11-24", "order_id": "o"},
}


class Unchanged(Known):
    """Nothing was ever published otherwise than it stands."""

    def __init__(self, *others: Any) -> None:
        super().__init__(Stored(*THERE, *others))  # type: ignore[arg-type]
        self.today = DAY


def word(kind: str, **values: Any) -> dict[str, Any]:
    about = {"id": "h", "kind": kind, "customer_id": "c", "outlet": "HZ01", "operator": "2002", "business_date": DAY}
    return {**about, "state": "active", "credit_limit": 0, "order_id": None, **KINDS[kind], **values}


def reasons(kind: str, *others: Any, business: str = "C6", **values: Any) -> list[str]:
    claim = Claim(entry([]), [])
    claim.added["hall_credit"].append(word(kind, **values))
    claim.added["product_order"].append({"id": "o", "business": business})
    return [fault.reason for fault in trusted.judge(Unchanged(*others), claim)]


@pytest.mark.parametrize(
    ("kind", "values", "found"),
    [
        ("raise", {}, []),
        ("raise", {"credit_limit": 20_001}, ["trust"]),
        ("raise", {"valid_to": "2026-12-24"}, ["trust"]),
        ("raise", {"valid_to": "2026-11-22"}, ["trust"]),
        ("raise", {"operator": "1001"}, ["right"]),
        ("raise", {"operator": "2009"}, ["right"]),
        ("raise", {"operator": "nobody"}, ["right"]),
        ("raise", {"customer_id": "nobody"}, ["trust"]),
        ("vouch", {}, []),
        ("vouch", {"valid_to": "2026-11-24"}, ["trust"]),
        ("vouch", {"operator": "1001"}, ["right"]),
        ("emergency", {}, []),
        ("emergency", {"operator": "1001"}, []),  # the order says who allowed it
        ("emergency", {"valid_to": "2026-11-25"}, ["trust"]),
        ("emergency", {"order_id": None}, ["right"]),
        ("emergency", {"order_id": "other"}, ["right"]),
        ("emergency", {"business": "C1"}, ["right"]),
    ],
)
def test_a_word_is_within_what_is_left_to_a_hall(kind: str, values: dict[str, Any], found: list[str]) -> None:
    assert reasons(kind, **values) == found


def before(kind: str, on: str, **values: Any) -> Any:
    return row(HallCredit, **word(kind, **{"id": "before", "business_date": on, "valid_to": on, **values}))


RESTED, RESTS = (day_after(DAY, -EMERGENCY_REST.first - days) for days in (1, 0))


@pytest.mark.parametrize(
    ("kind", "others", "found"),
    [
        ("emergency", [row(CustomerRating, document_kind="00", document_number="1", rating="few")], []),
        ("emergency", [before("emergency", RESTED)], []),
        ("emergency", [before("emergency", RESTS)], ["trust"]),
        ("emergency", [before("emergency", RESTS, state="withdrawn")], []),
        ("emergency", [before("emergency", RESTS, customer_id="other")], []),
        ("emergency", [before("vouch", RESTS)], []),
        ("vouch", [before("vouch", f"{DAY[:7]}-01")] * (VOUCHES.first - 1), []),
        ("vouch", [before("vouch", f"{DAY[:7]}-{1 + nth:02}", id=f"{nth}") for nth in range(VOUCHES.first)], ["trust"]),
        ("vouch", [before("vouch", f"2026-10-{1 + nth:02}", id=f"{nth}") for nth in range(VOUCHES.first)], []),
    ],
)
def test_a_hall_gives_its_word_so_often(kind: str, others: list[Any], found: list[str]) -> None:
    assert reasons(kind, *others) == found


@pytest.mark.parametrize(("stars", "found"), [(EMERGENCY_STARS.first, []), (EMERGENCY_STARS.first - 1, ["trust"])])
def test_an_emergency_resume_is_for_who_has_stars(stars: int, found: list[str]) -> None:
    rated = [row(CustomerCredit, customer_id="d", rating="S"), row(CreditRating, code="S", stars=stars)]
    who = row(Customer, id="d", document_kind="01", document_number="2", category="own")
    assert reasons("emergency", who, *rated, customer_id="d") == found


def test_of_another_hall_s_word_one_may_not_have_heard() -> None:
    claim = Claim(entry([]), [])
    claim.added["hall_credit"].append(word("emergency"))
    claim.added["product_order"].append({"id": "o", "business": "C6"})
    (fault,) = trusted.judge(Unchanged(before("emergency", RESTS, outlet="HZ02")), claim)
    assert (fault.reason, fault.note) == ("trust", True)


LIMITED = {"document_kind": "01", "document_number": "2", "category": "own"}


@pytest.mark.parametrize(
    ("has", "found"),
    [
        ([], ["trust"]),
        ([row(CustomerCredit, customer_id="d", rating="", credit_limit=10_000)], []),
        ([row(CustomerCredit, customer_id="d", rating="B", credit_limit=0)], []),
        ([row(CustomerRating, document_kind="01", document_number="2", rating="", credit_limit=10_000)], []),
        ([row(CustomerRating, document_kind="01", document_number="2", rating="B", credit_limit=0)], []),
        ([row(CustomerRating, document_kind="01", document_number="3", rating="B", credit_limit=10_000)], ["trust"]),
        ([row(CreditRating, code=NEW_CUSTOMER, credit_limit=10_000)], []),
        ([row(Category, code="own", credit_limit=10_000)], []),
        ([row(DocumentKind, code="01", category="rich"), row(Category, code="rich", credit_limit=10_000)], []),
        (
            [
                row(CustomerClass, document_kind="01", document_number="2", category="rich"),
                row(Category, code="rich", credit_limit=10_000),
            ],
            [],
        ),
        ([row(Category, code="rich", credit_limit=10_000)], ["trust"]),
    ],
)
def test_a_limit_is_raised_from_any_that_may_be_a_customer_s_own(has: list[Any], found: list[str]) -> None:
    who = row(Customer, id="d", **LIMITED)
    assert reasons("raise", who, *has, customer_id="d") == found
    assert reasons("raise", who, *has, customer_id="d", credit_limit=20_001) == ["trust"]


def notes(kind: str, *others: Any, **values: Any) -> list[tuple[str, bool]]:
    claim = Claim(entry([]), [])
    claim.added["hall_credit"].append(word(kind, **values))
    return [(fault.reason, fault.note) for fault in trusted.judge(Unchanged(*others), claim)]


def test_what_may_have_stood_then_is_noted() -> None:
    """A row that was changed since may have said something else: nobody knows."""
    moved = row(Operator, staff_no="2003", outlet="HZ02", role="manager", state="active", revision=2)
    assert notes("raise", moved, operator="2003") == [("right", True)]
    who = row(Customer, id="d", **{**LIMITED, "category": "was"})
    once = row(Category, code="was", key_account=0, revision=2)
    assert notes("vouch", who, once, customer_id="d") == [("trust", True)]
    assert notes("vouch", who, customer_id="d") == [("trust", False)]
    assert notes("vouch", moved, who, once, customer_id="d", operator="2003") == [("right", True), ("trust", True)]


def test_nobody_vouches_for_who_is_no_key_account() -> None:
    others = row(Category, code="ordinary", key_account=0), row(DocumentKind, code="01", category="ordinary")
    who = row(Customer, id="d", document_kind="01", document_number="2", category="ordinary")
    assert reasons("vouch", *others, who, customer_id="d") == ["trust"]


@pytest.mark.parametrize(
    ("since", "until", "found"),
    [
        ("2026-11-20", "2026-11-22", []),
        ("2026-11-20", DAY, ["trust"]),
        ("2026-12-23", "2026-12-24", ["trust"]),
        ("2026-12-24", "2026-12-24", []),
    ],
)
def test_one_stands_at_a_time(since: str, until: str, found: list[str]) -> None:
    there = row(HallCredit, id="g", kind="raise", customer_id="c", business_date=since, valid_to=until, state="active")
    assert reasons("raise", there) == found
    assert reasons("vouch", there) == []


@pytest.mark.parametrize(
    ("values", "found"),
    [
        ({"state": "withdrawn", "withdrawn_by": "2002", "withdrawn_for": "x"}, []),
        ({"state": "active"}, ["move"]),
        ({"valid_to": "2027-01-01"}, ["move"]),
        ({"state": "withdrawn", "credit_limit": 1}, ["move"]),
    ],
)
def test_a_word_is_taken_back_and_never_changed(values: dict[str, str], found: list[str]) -> None:
    claim = Claim(entry([]), [])
    claim.changed["hall_credit"].append(Change("hall_credit", "change", ("h",), 1, values))
    assert [fault.reason for fault in trusted.judge(Unchanged(), claim)] == found
