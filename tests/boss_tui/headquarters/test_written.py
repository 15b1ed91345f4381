"""Headquarters lets acts write what they write, and no more: its table is held against what journals of tests have
(`tests.written`)."""

from __future__ import annotations

from boss_tui.headquarters.rules.writes import WRITES, Writes
from tests.written import kept, permitted

RARE: dict[str, str] = {
    "agreement": "customer_id:C5",  # one that goes with its number
    "balance_hold": "+:C5",
    "blank_card": "state:stock",  # counted, or in a box
    # who is known is brought up to date by an opening and by a transfer (`components.customers.enter`)
    "customer": (
        "name:C1,C5 name_key:C1,C5 pinyin:C1,C5 initials:C1,C5 document_expires:C1,C5 birth_date:C1,C5 gender:C1,C5"
        " address:C4.1,C5 contact_phone:C4.1,C4.2,C5 email:C1,C4.1,C5 postcode:C1,C4.1,C5 bill_medium:C1,C4.1"
        " category:C1,C5 document_kind:C4.1"
    ),
    "document_range": "state:invoice,order,store.accept",  # the last number of a range
    "hall_credit": "state:credit withdrawn_by:credit withdrawn_for:C6,credit",
    "handwritten_slip": "business:slip entered_by:slip",
    "loyalty_account": "+:C10,C12,C9",  # who had none
    "operator_grant": "expires_at:clock",
    "provider_subscription": "state:C8 until:C8",
    "red_confirmation": "message:invoice",
    "shift": "difference:day reason:day approved_by:day",  # nobody's drawer differs where tests close it with the day
    "subscription": "long_distance:C4.3,C8 roaming:C4.3,C8",
    "subscription_product": "state:C5 valid_from:C7 valid_to:C5",
    "suspension": "order_id:C9",
    "work_order": "act:work parameters:work assigned:settle",
}
"""What the program does and no test's journal has yet: columns with acts."""


def rare() -> set[tuple[str, str, str]]:
    return {
        (table, column, act)
        for table, listed in RARE.items()
        for column, _, acts in (each.partition(":") for each in listed.split())
        for act in acts.split(",")
    }


def unseen() -> set[tuple[str, str, str]]:
    """What may be written, and is not known to be."""
    seen = kept()
    return {
        (table, column, act)
        for (table, column), acts in permitted().items()
        for act in acts - seen.get((table, column), set())
    }


def test_nothing_may_be_written_that_no_act_writes() -> None:
    told = "no act writes this: take it out of boss_tui/headquarters/rules/writes.py, or run what does (tests.written)"
    assert sorted(unseen() - rare()) == [], told


def test_what_is_rare_may_be_written_and_was_not_seen() -> None:
    assert sorted(rare() - unseen()) == []


def test_what_acts_write_they_may_write() -> None:
    may = permitted()
    wrong = {place: acts for place, acts in kept().items() if not acts & may.get(place, set())}
    assert wrong == {}, "headquarters would put this aside: boss_tui/headquarters/rules/writes.py"


def test_a_table_that_lets_too_much_is_told() -> None:
    """The test above, put to the test."""
    too_broad = Writes("C1", {"state": "C1 C3 C6 C9 C13"})
    assert "C13" not in WRITES["subscription"].by_column["state"]
    assert too_broad.by_column["state"] - kept()["subscription", "state"] == {"C13"}
