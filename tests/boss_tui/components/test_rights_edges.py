"""Where rights end: the last fen, hour and use; the wrong business, operator or role alone; age, lists and credit."""

from __future__ import annotations

from typing import Any

import pytest

from boss_tui.answers.hall import Bounds
from boss_tui.components.credit.credit import Credit
from boss_tui.components.customers.applicant import Applicant
from boss_tui.components.operators.authorities import fits, make
from boss_tui.components.operators.operators import Operators
from boss_tui.components.qualification.eligibility import RULES
from data.errors import NotAllowed
from data.message import say
from data.parameters import AGENT_MINIMUM_AGE, AGENT_YEARLY_NUMBERS, AUTHORITY_HOURS, INTERNATIONAL_DEPOSIT
from data.tables.account import CreditRating, CustomerCredit
from data.tables.customer import Category, DocumentKind, ListedPerson
from data.tables.organisation import Authority, RoleRight
from tests.boss_tui.components.rows import DAY, Rows, context, row


def authority(**changes: Any) -> Any:
    standard = {
        "id": "x",
        "outlet": "HZ01",
        "number": 12,
        "kind": "grant",
        "supervisor": "2001",
        "business": "C12",
        "operator": "1001",
        "amount_limit": 210_000,
        "made_at": "",
        "valid_until": "",
    }
    return row(Authority, **{**standard, **changes})


@pytest.mark.parametrize(
    ("changes", "amount", "covers"),
    [
        ({}, 210_000, True),
        ({}, 210_001, False),
        ({}, -210_000, True),
        ({}, -210_001, False),
        ({}, 0, True),
        ({"amount_limit": 0}, 10**9, True),
        ({"amount_limit": 1}, 1, True),
        ({"amount_limit": 1}, 2, False),
        ({"business": "C9"}, 1, False),
        ({"business": ""}, 1, True),
        ({"operator": "1002"}, 1, False),
        ({"operator": ""}, 1, True),
    ],
)
def test_an_authority_covers_what_its_bounds_say_the_last_fen_included(
    changes: dict[str, Any], amount: int, covers: bool
) -> None:
    assert fits(authority(**changes), context(Rows(), business="C12"), amount) is covers


@pytest.mark.parametrize(
    ("bounds", "field"),
    [
        ({"hours": 0}, "hours"),
        ({"hours": AUTHORITY_HOURS.first + 1}, "hours"),
        ({"amount": -1}, "amount"),
        ({"uses": 0}, "uses"),
        ({"uses": 1_001}, "uses"),
    ],
)
def test_bounds_beyond_what_may_be_given_are_refused_beside_them(bounds: dict[str, int], field: str) -> None:
    with pytest.raises(NotAllowed) as refusal:
        make(Rows(), "HZ01", "grant", "2001", Bounds(**{"hours": 1, "uses": 1, "amount": 0, **bounds}))  # type: ignore[arg-type]
    assert refusal.value.field == field


@pytest.mark.parametrize(
    ("right", "amount", "verdicts"),
    [
        (None, 0, ["no"]),
        ({"approval": "supervised"}, 0, ["override"]),
        ({}, 10**9, []),
        ({"amount_limit": 5_000}, 5_000, []),
        ({"amount_limit": 5_000}, 5_001, ["override"]),
        ({"business": "C2"}, 0, ["no"]),
        ({"role": "supervisor"}, 0, ["no"]),
    ],
)
def test_a_role_may_do_a_business_up_to_its_amount(
    right: dict[str, Any] | None, amount: int, verdicts: list[str]
) -> None:
    rows = Rows() if right is None else Rows(row(RoleRight, **{"role": "clerk", "business": "C1", **right}))
    assert [reason.verdict for reason in Operators(context(rows)).may(amount)] == verdicts


@pytest.mark.parametrize(("role", "asked"), [("clerk", 1), ("supervisor", 0), ("manager", 0)])
def test_what_needs_a_supervisor_needs_none_while_one_is_at_work(role: str, asked: int) -> None:
    assert len(Operators(context(Rows(), role=role)).supervised("rule", say("why"))) == asked


# qualification (F1)

KINDS = [
    row(DocumentKind, code="00", name_zh="身份证", name_en="ID", rule="resident_id"),
    row(DocumentKind, code="02", name_zh="户口簿", name_en="Register", rule="household", minors_only=1),
]


def asks(rule: str, subject: Applicant, *rows: Any, scalars: Any = (), **where: Any) -> str:
    answer = RULES[rule](context(Rows(*KINDS, *rows, scalars=scalars), **where), subject)
    return answer[1] if answer else ""


@pytest.mark.parametrize(
    ("kind", "age", "agent", "field"),
    [
        ("00", AGENT_MINIMUM_AGE.first - 1, "", "by_agent"),
        ("00", AGENT_MINIMUM_AGE.first, "", ""),
        ("00", AGENT_MINIMUM_AGE.first - 1, "3301", ""),
        ("02", AGENT_MINIMUM_AGE.first - 1, "3301", ""),
        ("02", AGENT_MINIMUM_AGE.first, "3301", "document_kind"),
        ("00", None, "", ""),
        ("", 3, "", ""),
    ],
)
def test_who_is_too_young_acts_through_a_guardian(kind: str, age: int | None, agent: str, field: str) -> None:
    assert asks("guardian", Applicant(document_kind=kind, age=age, agent_number=agent)) == field


@pytest.mark.parametrize(
    ("agent", "age", "opened", "refused"),
    [
        ("", 3, 99, False),
        ("A", AGENT_MINIMUM_AGE.first, 0, False),
        ("A", AGENT_MINIMUM_AGE.first - 1, 0, True),
        ("A", None, 0, False),
        ("OWNER", 40, 0, True),
        ("A", 40, AGENT_YEARLY_NUMBERS.first - 1, False),
        ("A", 40, AGENT_YEARLY_NUMBERS.first, True),
        ("A", 40, AGENT_YEARLY_NUMBERS.first + 1, True),
    ],
)
def test_an_agent_is_somebody_else_old_enough_and_not_too_busy(
    agent: str, age: int | None, opened: int, refused: bool
) -> None:
    subject = Applicant(document_number="OWNER", agent_number=agent, agent_age=age)
    assert bool(asks("agent", subject, scalars=[opened])) is refused


@pytest.mark.parametrize(
    ("has", "opens", "keeps", "customer", "refused"),
    [
        (4, True, False, "c", False),
        (5, True, False, "c", True),
        (5, False, True, "c", False),
        (6, False, True, "c", True),
        (9, False, False, "c", False),
        (9, True, False, "", False),
    ],
)
def test_a_document_has_so_many_numbers_and_no_more(
    has: int, opens: bool, keeps: bool, customer: str, refused: bool
) -> None:
    category = row(Category, code="ordinary", name_zh="普通", name_en="Ordinary", number_limit=5)
    subject = Applicant(category="ordinary", customer_id=customer, opens_number=opens, keeps_numbers=keeps)
    assert bool(asks("number_limit", subject, category, scalars=[has])) is refused


@pytest.mark.parametrize(
    ("changes", "own", "partner"),
    [
        ({}, "document_number", ""),
        ({"source": "police"}, "", "document_number"),
        ({"list": "red"}, "", ""),
        ({"valid_to": DAY}, "document_number", ""),
        ({"valid_to": "2026-11-22"}, "", ""),
        ({"document_kind": "02"}, "", ""),
        ({"document_number": "OTHER"}, "", ""),
        ({"document_number": "AGENT"}, "agent_document_number", ""),
    ],
)
def test_a_blacklist_counts_for_owner_and_agent_until_its_last_day(
    changes: dict[str, str], own: str, partner: str
) -> None:
    standard = {"document_kind": "00", "document_number": "OWNER", "list": "black", "source": "own"}
    listed = row(ListedPerson, **{**standard, **changes})
    subject = Applicant(document_kind="00", document_number="OWNER", agent_kind="00", agent_number="AGENT")
    assert asks("blacklist_own", subject, listed) == own
    assert asks("blacklist_partner", subject, listed) == partner


# credit (F8)


def credit(limit: int, *, waived: int = 0, category_limit: int = 0, category_waived: int = 0) -> Credit:
    return Credit(
        context(
            Rows(
                row(CreditRating, code="C", name_zh="C", name_en="C", credit_limit=limit, deposit_waived=waived),
                row(
                    Category,
                    code="o",
                    name_zh="o",
                    name_en="o",
                    credit_limit=category_limit,
                    deposit_waived=category_waived,
                ),
            )
        )
    )


@pytest.mark.parametrize(
    ("owed", "monthly", "within"),
    [(0, 10_000, True), (10_000, 0, True), (5_000, 5_000, True), (5_000, 5_001, False), (10_001, 0, False)],
)
def test_the_credit_limit_itself_is_still_within_it(owed: int, monthly: int, within: bool) -> None:
    assert (credit(10_000).beyond("", "o", owed, monthly) is None) is within


@pytest.mark.parametrize(
    ("rating", "category", "international", "deposit"),
    [
        (0, 0, True, INTERNATIONAL_DEPOSIT.first),
        (1, 0, True, 0),
        (0, 1, True, 0),
        (1, 1, True, 0),
        (0, 0, False, 0),
    ],
)
def test_international_services_ask_a_deposit_unless_rating_or_category_waives_it(
    rating: int, category: int, international: bool, deposit: int
) -> None:
    found = credit(1, waived=rating, category_waived=category).assess("", "o", international=international)
    assert found.deposit == deposit


@pytest.mark.parametrize(("of_rating", "of_category", "limit"), [(1, 2, 2), (2, 1, 2), (3, 3, 3)])
def test_the_higher_of_rating_and_category_is_the_limit(of_rating: int, of_category: int, limit: int) -> None:
    assert credit(of_rating, category_limit=of_category).assess("", "o", international=False).limit == limit


def test_a_customer_s_own_limit_goes_before_the_rating_s() -> None:
    own = row(CustomerCredit, customer_id="c", rating="C", credit_limit=7)
    asked = credit(9)
    asked.tx.rows.append(own)  # type: ignore[attr-defined]
    assert asked.assess("c", "o", international=False).limit == 7
    assert asked.assess("", "o", international=False).limit == 9
