"""The figures that rules turn on are those of their sources: each stands here once more, with where it comes from.

The tests of a rule take its figure from the code, so that a test fails for one reason; that a figure is the right one
is said here alone. A house rule has no other source than what was decided for this house.
"""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from boss_tui.components import (
    accounts,
    authorities,
    behaviour,
    consistency,
    credit,
    eligibility,
    handsets,
    identity,
    inquiry,
    ledger,
    operators,
    pauses,
    recharge_cards,
    resources,
    staff_passwords,
    tenders,
    till,
)
from boss_tui.desk import codes, in_view, offline, vault
from boss_tui.transactions import (
    c01_open_account,
    c02_change_number,
    c03_exchange_sim,
    c04_1_same_person,
    c05_transfer,
    c06_suspend,
    c07_3_roaming,
    c07_5_looks,
    c07_5_paid_services,
    c08_change_plan,
    c09_close_account,
    c10_handsets,
    c11_recharge_cards,
    c12_fees,
    reach,
    services,
)
from data import cash_limits

YUAN = 100
CASH = tuple(
    {"role": role, "float_limit": float_ * YUAN, "expense_limit": expense * YUAN, "bank_limit": bank * YUAN,
     "difference_limit": 10 * YUAN}
    for role, float_, expense, bank in (
        ("clerk", 10_000, 500, 0), ("supervisor", 20_000, 5_000, 200_000), ("manager", 50_000, 20_000, 1_000_000),
    )
)  # fmt: skip
"""What each role moves of the cash by itself."""

FIGURES: list[tuple[object, str, Any, str]] = [
    (eligibility, "AGENT_MINIMUM_AGE", 16, "domain-facts 6"),
    (eligibility, "AGENT_YEARLY_LIMIT", 5, "domain-facts 6"),
    (eligibility, "OPENINGS", ("C1", "C5"), "domain-facts 6: a transfer is an opening, too"),
    (identity, "ADULT_AGE", 18, "domain-facts 6"),
    (identity, "OLDEST_YEARS", 150, "house rule"),
    (consistency, "LONGEST_YEARS", 20, "a resident identity card's longest term but for life"),
    (credit, "INTERNATIONAL_DEPOSIT", 1_000 * YUAN, "domain-facts 8"),
    (credit, "INTERNATIONAL_BALANCE", 500 * YUAN, "domain-facts 8"),
    (accounts, "VALIDITY", ((10 * YUAN, 0), (30 * YUAN, 15), (100 * YUAN, 90), (300 * YUAN, 180)), "domain-facts 9"),
    (accounts, "LONGEST", 360, "domain-facts 9"),
    (resources, "QUARANTINE_DAYS", 90, "domain-facts 3"),
    (resources, "_MINUTES", 30, "house rule"),
    (handsets, "RETURN_DAYS", 7, "catalogue C10: seven days back"),
    (handsets, "EXCHANGE_DAYS", 15, "catalogue C10: fifteen days exchanged"),
    (recharge_cards, "MOST", 500, "house rule"),
    (behaviour, "BURST_MINUTES", 60, "house rule"),
    (behaviour, "BURST_ORDERS", 3, "house rule"),
    (operators, "GRANT_MINUTES", 10, "house rule"),
    (authorities, "MOST_CODES", 20, "house rule"),
    (authorities, "MOST_HOURS", 14 * 24, "house rule"),
    (authorities, "SECRET_DIGITS", 6, "house rule"),
    (codes, "CODE_TRIES", 5, "management-facts 6"),
    (vault, "TRIES_A_DAY", 5, "house rule"),
    (in_view, "PROOF_MINUTES", 10, "house rule"),
    (offline, "FORM_DAYS", 30, "house rule"),
    (pauses, "FREE", 4, "management-facts 6"),
    (pauses, "FIRST", timedelta(seconds=15), "management-facts 6"),
    (pauses, "LONGEST", timedelta(minutes=15), "management-facts 6"),
    (pauses, "FORGOTTEN", timedelta(days=1), "management-facts 6"),
    (pauses, "ALARM_EVERY", 5, "management-facts 6"),
    (staff_passwords, "CLASSES", 3, "management-facts 6"),
    (staff_passwords, "HISTORY", 5, "management-facts 6"),
    (tenders, "JIAO", 10, "the smallest coin in hand"),
    (cash_limits, "CASH_LIMITS", CASH, "house rule"),
    (till, "DENOMINATIONS", (10_000, 5_000, 2_000, 1_000, 500, 200, 100, 50, 20, 10, 5, 2, 1), "legal tender"),
    (c01_open_account, "POINTS_FOR_OPENING", 100, "house rule"),
    (c04_1_same_person, "OF_THREE", 3, "house rule"),
    (c04_1_same_person, "SHORTEST_CERTIFICATE", 4, "house rule"),
    (c06_suspend, "LONGEST_AHEAD", 366, "house rule"),
    (c06_suspend, "URGENT", ("loss", "fraud", "court"), "catalogue C6: never kept back"),
    (c07_3_roaming, "MOST_DAYS", 60, "house rule"),
    (c07_5_looks, "OLDEST_MONTHS", 5, "catalogue C7.5: what is disputed is of the last months"),
    (c10_handsets, "FEN_A_POINT", 10 * YUAN, "house rule"),
    (c10_handsets, "COMMISSION", 200, "house rule"),
    (c11_recharge_cards, "COMMISSION", 100, "house rule"),
    (c11_recharge_cards, "OFFLINE_LIMIT", 100 * YUAN, "house rule"),
    (c12_fees, "OFFLINE_LIMIT", 500 * YUAN, "house rule"),
    (c12_fees, "FEN_A_POINT", YUAN, "house rule"),
    (c12_fees, "PER_CENT_OF_PER_CENT", 10_000, "rates are hundredths of a percent"),
    (c02_change_number, "FOLLOW_UP_DAYS", 3, "house rule"),
    (c03_exchange_sim, "FOLLOW_UP_DAYS", 3, "house rule"),
    (c05_transfer, "FOLLOW_UP_DAYS", 3, "house rule"),
    (c06_suspend, "FOLLOW_UP_DAYS", 3, "house rule"),
    (c07_5_paid_services, "FOLLOW_UP_DAYS", 3, "house rule"),
    (c08_change_plan, "FOLLOW_UP_DAYS", 3, "house rule"),
    (c09_close_account, "FOLLOW_UP_DAYS", 3, "house rule"),
    (reach, "FOLLOW_UP_DAYS", 3, "house rule"),
    (services, "FOLLOW_UP_DAYS", 3, "house rule"),
    (c01_open_account, "FOLLOW_UP_DAYS", 3, "house rule"),
    (c10_handsets, "FOLLOW_UP_DAYS", 7, "house rule"),
    (services, "SHARE", 10_000, "rates are hundredths of a percent"),
]  # fmt: skip

ACCOUNTS = {
    "CASH": "1001", "CARD": "1002", "BANK": "1003", "SAFE": "1004", "CHEQUES": "1012", "RECEIVABLE": "1122",
    "PREPAID": "2205", "DEPOSITS": "2206", "CARDS_SOLD": "2207", "CONTRACTS": "2208", "SUSPENSE": "2209",
    "OUTPUT_TAX": "2221", "DEFERRED_TAX": "2222", "PARTNERS": "2241", "SUNDRY_EXPENSES": "6602", "OVER_SHORT": "6900",
}  # fmt: skip
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
        "customer": "F3", "numbers": "F4", "products": "F4", "resources": "F5", "balances": "F12", "credit": "F8",
        "bills": "B1", "payments": "F11", "usage": "B1", "month": "B1", "orders": "F14", "network": "F10",
        "contracts": "F4", "suspensions": "F4", "signals": "A1", "points": "A3", "papers": "F9", "history": "F3",
        "cards": "F5", "providers": "A4",
    }  # fmt: skip


def test_who_is_asked_about_opens_no_number_unless_that_is_said() -> None:
    """Else whoever has five numbers could do nothing at all (catalogue C1, 一证五号)."""
    assert not eligibility.Subject("00", "330106199302227114").opens_number
