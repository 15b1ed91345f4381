"""What is asked before a business: the interfaces that are bound to it, and what they answer (F1)."""

from __future__ import annotations

from typing import Any

import pytest

from boss_tui.components.customers.applicant import Applicant
from boss_tui.components.qualification.eligibility import Eligibility
from data.tables.customer import Category, CustomerAgent, DocumentKind
from data.tables.eligibility import BusinessInterface, Interface
from data.tables.order import ProductOrder, Subscription
from tests.boss_tui.components.loose import Loose
from tests.boss_tui.components.rows import context, row


def bound(code: str, position: int = 1, business: str = "C1", on_no: str = "refuse") -> Any:
    return row(BusinessInterface, business=business, interface=code, position=position, on_no=on_no)


def interface(code: str, **values: Any) -> Any:
    return row(Interface, **{"code": code, "name_zh": code, "name_en": code, "state": "active", **values})


SAME = Applicant(document_number="1", agent_number="1")
"""Owner and agent are one person, which the rule `agent` refuses."""


@pytest.mark.parametrize(
    ("state", "on_no", "business", "like", "verdicts"),
    [
        ("active", "refuse", "C1", "", ["no"]),
        ("active", "override", "C1", "", ["override"]),
        ("off", "refuse", "C1", "", []),
        ("active", "refuse", "C5", "", []),
        ("active", "refuse", "C5", "C5", ["no"]),
        ("active", "refuse", "C1", "C5", []),
    ],
)
def test_what_is_bound_to_the_business_is_asked_while_it_is_active(
    tx: Loose, state: str, on_no: str, business: str, like: str, verdicts: list[str]
) -> None:
    tx.put(interface("agent", state=state), bound("agent", business=business, on_no=on_no))
    found = Eligibility(context(tx)).ask(SAME, like)
    assert [one.verdict for one in found.reasons] == verdicts
    assert found.verdict == (verdicts[0] if verdicts else "yes")
    assert [one.field for one in found.reasons] == ["agent_document_number"] * len(verdicts)


@pytest.mark.parametrize(
    ("offline", "verdicts"), [("yes", []), ("override", ["override"]), ("no", ["no"]), ("refuse", ["no"])]
)
def test_what_cannot_be_asked_answers_by_its_own_rule(tx: Loose, offline: str, verdicts: list[str]) -> None:
    tx.put(interface("police", offline=offline), bound("police"))
    assert [one.verdict for one in Eligibility(context(tx)).ask(Applicant()).reasons] == verdicts


def test_reasons_come_in_the_order_of_the_interfaces(tx: Loose) -> None:
    tx.put(
        interface("police", offline="no", name_zh="警察"),
        bound("police", 2),
        interface("agent"),
        bound("agent", 1),
        interface("bank", offline="no", name_en=""),
        bound("bank", 3),
    )
    found = Eligibility(context(tx)).ask(SAME).reasons
    assert [one.rule for one in found] == ["agent", "police", "bank"]
    assert [str(one.message) for one in found[1:]] == ["police can't be asked now.", "bank can't be asked now."]


def ask(tx: Loose, rule: str, subject: Applicant) -> list[str]:
    """Beside which fields a rule is against it."""
    tx.put(interface(rule), bound(rule))
    return [one.field for one in Eligibility(context(tx)).ask(subject).reasons]


@pytest.mark.parametrize(
    ("values", "counts"),
    [
        ({}, True),
        ({"kind": "02"}, False),
        ({"number": "B"}, False),
        ({"month": "2025-12"}, False),
        ({"month": "2026-01"}, True),
        ({"month": "2026-12"}, True),
        ({"month": "2027-01"}, False),
        ({"business": "C2"}, False),
        ({"business": "C5"}, True),
        ({"state": "cancelled"}, False),
        ({"state": "rejected"}, False),
        ({"state": "failed"}, False),
        ({"reversed": True}, False),
    ],
)
def test_an_agent_s_fifth_opening_of_the_year_is_the_last(tx: Loose, values: dict[str, Any], counts: bool) -> None:
    for n in range(5):
        about = {
            "kind": "00",
            "number": "A",
            "month": "2026-11",
            "business": "C1",
            "state": "completed",
            **(values if n == 0 else {}),
        }
        tx.put(
            row(
                CustomerAgent,
                id=str(n),
                order_id=f"o{n}",
                document_kind=about["kind"],
                document_number=about["number"],
                month=about["month"],
            ),
            row(ProductOrder, id=f"o{n}", business=about["business"], state=about["state"]),
        )
    if values.get("reversed"):
        tx.put(row(ProductOrder, id="back", reverses="o0"))
    subject = Applicant(agent_kind="00", agent_number="A", agent_age=30)
    assert ask(tx, "agent", subject) == ["agent_document_number"] * counts


@pytest.mark.parametrize(
    ("state", "customer", "counts"),
    [
        ("active", "c", True),
        ("suspended", "c", True),
        ("terminated", "c", False),
        ("cancelled", "c", False),
        ("active", "d", False),
    ],
)
def test_a_document_s_living_numbers_count(tx: Loose, state: str, customer: str, counts: bool) -> None:
    tx.put(
        row(Category, code="o", number_limit=2),
        row(Subscription, id="a", number="1", customer_id="c", state="active"),
        row(Subscription, id="b", number="2", customer_id=customer, state=state),
    )
    subject = Applicant(customer_id="c", category="o", opens_number=True)
    assert ask(tx, "number_limit", subject) == ["document_number"] * counts


@pytest.mark.parametrize(
    ("age", "minors", "agent", "kind", "field"),
    [
        (16, 0, "", "00", None),
        (15, 0, "", "00", "by_agent"),
        (15, 0, "A", "00", None),
        (None, 0, "", "00", None),
        (15, 1, "A", "00", None),
        (16, 1, "", "00", "document_kind"),
        (15, 1, "", "00", "by_agent"),
        (3, 0, "", "", None),
    ],
)
def test_a_minor_has_a_guardian(
    tx: Loose, age: int | None, minors: int, agent: str, kind: str, field: str | None
) -> None:
    tx.put(row(DocumentKind, code="00", minors_only=minors))
    subject = Applicant(document_kind=kind, age=age, agent_number=agent)
    assert ask(tx, "guardian", subject) == ([field] if field else [])
