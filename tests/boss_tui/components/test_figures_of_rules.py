"""The figures that rules turn on are those of their sources: each stands here once more, with where it comes from.

The tests of a rule take its figure from the code, so that a test fails for one reason; that a figure is the right one
is said here alone. A house rule has no other source than what was decided for this house.
"""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from boss_tui.components import inquiry
from boss_tui.components.accounts import accounts
from boss_tui.components.customers import consistency
from boss_tui.components.customers.applicant import Applicant
from boss_tui.components.identity import kinds as identity
from boss_tui.components.ledger import ledger
from boss_tui.components.operators import authorities, pauses, staff_passwords
from boss_tui.components.qualification import eligibility
from boss_tui.components.resources import recharge_cards, resources
from boss_tui.components.tenders import tenders
from boss_tui.components.till import shifts as till
from boss_tui.management.m19 import times
from boss_tui.transactions import services
from boss_tui.transactions.c04_1 import same_person as c04_1_same_person
from boss_tui.transactions.c06 import suspend as c06_suspend
from boss_tui.transactions.c12 import fees as c12_fees
from data import cash_limits, parameters

YUAN = 100
CASH = tuple(
    {
        "role": role,
        "float_limit": float_ * YUAN,
        "expense_limit": expense * YUAN,
        "bank_limit": bank * YUAN,
        "difference_limit": 10 * YUAN,
    }
    for role, float_, expense, bank in (
        ("clerk", 10_000, 500, 0),
        ("supervisor", 20_000, 5_000, 200_000),
        ("manager", 50_000, 20_000, 1_000_000),
    )
)
"""What each role moves of the cash by itself."""

FIGURES: list[tuple[object, str, Any, str]] = [
    (eligibility, "OPENINGS", ("C1", "C5"), "domain-facts 6: a transfer is an opening, too"),
    (identity, "ADULT_AGE", 18, "domain-facts 6"),
    (identity, "OLDEST_YEARS", 150, "house rule"),
    (consistency, "LONGEST_YEARS", 20, "a resident identity card's longest term but for life"),
    (accounts, "VALIDITY", ((10 * YUAN, 0), (30 * YUAN, 15), (100 * YUAN, 90), (300 * YUAN, 180)), "domain-facts 9"),
    (accounts, "LONGEST", 360, "domain-facts 9"),
    (resources, "_MINUTES", 30, "house rule"),
    (recharge_cards, "MOST", 500, "house rule"),
    (authorities, "SECRET_DIGITS", 6, "house rule"),
    (pauses, "FREE", 4, "management-facts 6"),
    (pauses, "FIRST", timedelta(seconds=15), "management-facts 6"),
    (pauses, "LONGEST", timedelta(minutes=15), "management-facts 6"),
    (pauses, "FORGOTTEN", timedelta(days=1), "management-facts 6"),
    (pauses, "ALARM_EVERY", 5, "management-facts 6"),
    (staff_passwords, "CLASSES", 3, "management-facts 6"),
    (tenders, "JIAO", 10, "the smallest coin in hand"),
    (cash_limits, "CASH_LIMITS", CASH, "house rule"),
    (till, "DENOMINATIONS", (10_000, 5_000, 2_000, 1_000, 500, 200, 100, 50, 20, 10, 5, 2, 1), "legal tender"),
    (c04_1_same_person, "OF_THREE", 3, "house rule"),
    (c04_1_same_person, "SHORTEST_CERTIFICATE", 4, "house rule"),
    (c06_suspend, "URGENT", ("loss", "fraud", "court"), "catalogue C6: never kept back"),
    (c12_fees, "PER_CENT_OF_PER_CENT", 10_000, "rates are hundredths of a percent"),
    (services, "SHARE", 10_000, "rates are hundredths of a percent"),
    (times, "MOST", 1_200, "house rule"),
    (times, "PARTS", 59, "house rule"),
    (times, "LISTED", 200, "house rule"),
    (times, "DAYS", 30, "house rule"),
]

PARAMETERS = {
    "follow_up_days": {"": 3, "C10": 7},
    "sign_on_free": {"": 4},
    "proof_minutes": {"": 10},
    "sign_on_pause": {"": 15},
    "sign_on_lock": {"": 10},
    "dispute_months": {"": 5},
    "network_tries": {"": 5},
    "fen_a_point": {"": YUAN, "C10": 10 * YUAN},
    "opening_points": {"": 100},
    "commission_rate": {"": 0, "C10": 200, "C11": 100},
    "burst_minutes": {"": 60},
    "burst_orders": {"": 3},
    "agent_minimum_age": {"": 16},
    "agent_yearly_numbers": {"": 5},
    "quarantine_days": {"": 90},
    "quarantine_fraud_days": {"": 365},
    "handset_return_days": {"": 7},
    "handset_exchange_days": {"": 15},
    "card_exchange_before": {"": 5},
    "card_exchange_after": {"": 95},
    "void_alone": {"": 10},
    "international_deposit": {"": 1_000 * YUAN},
    "international_balance": {"": 500 * YUAN},
    "raise_days": {"": 31},
    "emergency_hours": {"": 24},
    "night_from": {"": 21},
    "night_until": {"": 9},
    "blacklist_from": {"": 50 * YUAN},
    "suspension_days_ahead": {"": 366},
    "roaming_days": {"": 60},
    "recommended_plans": {"": 3},
    "number_target": {"": 200},
    "sim_target": {"": 200},
    "blank_target": {"": 80},
    "imsi_target": {"": 80},
    "handset_target": {"": 20},
    "card_target": {"": 80},
    "paper_target": {"": 1_000},
    "lease_days": {"": 90},
    "delegation_days": {"": 31},
    "lease_grace_days": {"": 30},
    "enrolment_hours": {"": 72},
    "offline_limit": {"": 0, "C11": 100 * YUAN, "C12": 500 * YUAN},
    "offline_form_days": {"": 30},
    "slip_days": {"": 31},
    "approval_minutes": {"": 10},
    "authority_codes": {"": 20},
    "authority_hours": {"": 14 * 24},
    "suspense_alone": {"": 100 * YUAN},
    "code_tries": {"": 5},
    "password_tries": {"": 5},
    "password_days": {"": 90},
    "password_warned_days": {"": 7},
    "passwords_remembered": {"": 5},
    "days_ahead_alone": {"": 1},
    "days_ahead": {"": 7},
    "price_cut_alone": {"": 2000},
    "hall_raise": {"": 20_000},
    "vouch_days": {"": 1},
    "vouches": {"": 1},
    "emergency_rest": {"": 30},
    "emergency_stars": {"": 4},
    "manual_network_hours": {"": 4},
    "manual_partner_hours": {"": 24},
    "manual_other_hours": {"": 24},
    "manual_hold_days": {"": 30},
    "review_days": {"": 90},
    "review_grace_days": {"": 30},
}
"""What managers own, as it is published first."""

ACCOUNTS = {
    "CASH": "1001",
    "CARD": "1002",
    "BANK": "1003",
    "SAFE": "1004",
    "CHEQUES": "1012",
    "RECEIVABLE": "1122",
    "PREPAID": "2205",
    "DEPOSITS": "2206",
    "CARDS_SOLD": "2207",
    "CONTRACTS": "2208",
    "SUSPENSE": "2209",
    "OUTPUT_TAX": "2221",
    "DEFERRED_TAX": "2222",
    "PARTNERS": "2241",
    "SUNDRY_EXPENSES": "6602",
    "OVER_SHORT": "6900",
}
"""The chart of accounts (domain-facts 8)."""


@pytest.mark.parametrize(
    ("where", "name", "value"), [row[:3] for row in FIGURES], ids=[f"{row[1]} ({row[3]})" for row in FIGURES]
)
def test_a_rule_turns_on_the_figure_of_its_source(where: object, name: str, value: Any) -> None:
    assert getattr(where, name) == value


@pytest.mark.parametrize(("name", "number"), ACCOUNTS.items())
def test_an_account_has_its_number_of_the_chart(name: str, number: str) -> None:
    assert getattr(ledger, name) == number


def test_what_can_be_asked_of_one_person_alone_is_not_asked_by_a_number() -> None:
    """Credit, signals, points and cards are of the customer, whatever number asks (catalogue C13)."""
    assert {name for name, part in inquiry.PARTS.items() if part.personal} == {"credit", "signals", "points", "cards"}
    assert {name: part.cell for name, part in inquiry.PARTS.items()} == {
        "customer": "F3",
        "numbers": "F4",
        "products": "F4",
        "resources": "F5",
        "balances": "F12",
        "credit": "F8",
        "bills": "B1",
        "payments": "F11",
        "usage": "B1",
        "month": "B1",
        "orders": "F14",
        "network": "F10",
        "contracts": "F4",
        "suspensions": "F4",
        "signals": "A1",
        "points": "A3",
        "papers": "F9",
        "history": "F3",
        "cards": "F5",
        "providers": "A4",
    }


def test_who_is_asked_about_opens_no_number_unless_that_is_said() -> None:
    """Else whoever has five numbers could do nothing at all (catalogue C1, 一证五号)."""
    assert not Applicant("00", "330106199302227114").opens_number


def test_what_managers_own_is_published_first_as_its_source_says() -> None:
    found: dict[str, dict[str, int]] = {}
    for row in parameters.first_rows():
        found.setdefault(row["name"], {})[row["business"]] = row["value"]
    assert found == PARAMETERS


@pytest.mark.parametrize("declared", parameters.PARAMETERS.values(), ids=lambda declared: declared.name)
def test_a_parameter_is_first_what_it_may_be(declared: parameters.Declared) -> None:
    assert all(declared.least <= value <= declared.most for value in (declared.first, *declared.of_business.values()))
