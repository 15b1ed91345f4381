"""The numbers that managers own: what is published stands, of the business before that of all."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from data.parameters import FEN_A_POINT, FOLLOW_UP_DAYS, PARAMETERS
from data.store import Store
from data.tables.parameter import Parameter
from tests.data.conftest import author

Row = tuple[str, str, int]


@pytest.mark.parametrize(
    ("published", "of_c1", "of_c10"),
    [
        ([], 3, 7),
        ([("follow_up_days", "", 5)], 5, 5),
        ([("follow_up_days", "C10", 9)], 3, 9),
        ([("follow_up_days", "", 5), ("follow_up_days", "C10", 9)], 5, 9),
        ([("follow_up_days", "", 0), ("fen_a_point", "C10", 9)], 0, 0),
    ],
)
def test_what_is_published_stands(sqlite_store: Store, published: Sequence[Row], of_c1: int, of_c10: int) -> None:
    with sqlite_store.transaction(author(), journalled=False) as tx:
        tx.add_many(Parameter, [dict(zip(("name", "business", "value"), row, strict=True)) for row in published])
    with sqlite_store.reading() as reading:
        assert (FOLLOW_UP_DAYS.of(reading, "C1"), FOLLOW_UP_DAYS.of(reading, "C10")) == (of_c1, of_c10)
        assert FEN_A_POINT.of(reading, "C12") == 100


def test_another_number_counts_from_the_moment_that_it_is_published(sqlite_store: Store) -> None:
    with sqlite_store.transaction(author(), journalled=False) as tx:
        row = tx.add(Parameter, name="follow_up_days", business="", value=5)
        assert FOLLOW_UP_DAYS.of(tx, "C1") == 5
        tx.change(row, value=6)
        assert FOLLOW_UP_DAYS.of(tx, "C1") == 6
    with sqlite_store.reading() as reading:
        assert FOLLOW_UP_DAYS.of(reading, "C1") == 6


def test_each_has_a_name_of_its_own_that_its_constant_bears() -> None:
    import data.parameters as module

    assert {name: getattr(module, name.upper()) for name in PARAMETERS} == PARAMETERS


BOUNDS = {
    (0, 5): "emergency_stars",
    (0, 7): "days_ahead_alone",
    (0, 12): "night_until",
    (0, 20): "recommended_plans sign_on_free",
    (0, 31): "days_ahead vouches",
    (0, 50): "passwords_remembered",
    (0, 60): "dispute_months",
    (0, 90): "follow_up_days password_warned_days",
    (0, 100): "agent_yearly_numbers",
    (0, 365): "card_exchange_after card_exchange_before handset_exchange_days handset_return_days",
    (0, 366): "emergency_rest lease_grace_days slip_days",
    (0, 1_000): "handset_target void_alone",
    (0, 3_650): "quarantine_days quarantine_fraud_days",
    (0, 10_000): ("blank_target card_target commission_rate imsi_target number_target price_cut_alone sim_target"),
    (0, 100_000): "opening_points paper_target",
    (0, 10_000_000): "blacklist_from international_balance international_deposit",
    (0, 100_000_000): "offline_limit suspense_alone",
    (1, 7): "vouch_days",
    (1, 50): "network_tries",
    (1, 100): "code_tries password_tries",
    (1, 240): "emergency_hours proof_minutes sign_on_pause",
    (1, 365): "offline_form_days",
    (1, 366): ("delegation_days manual_hold_days password_days raise_days review_days review_grace_days roaming_days"),
    (1, 720): "enrolment_hours manual_network_hours manual_other_hours manual_partner_hours",
    (1, 1_000): "authority_codes",
    (1, 1_440): "approval_minutes burst_minutes",
    (1, 3_650): "lease_days",
    (1, 3_660): "suspension_days_ahead",
    (1, 8_760): "authority_hours",
    (1, 1_000_000): "fen_a_point",
    (2, 100): "burst_orders sign_on_lock",
    (12, 24): "night_from",
    (14, 18): "agent_minimum_age",
    (10_000, 100_000): "hall_raise",
}
"""Between which numbers a manager may set each, by what was decided here."""


def test_each_is_set_between_the_numbers_that_were_decided() -> None:
    told = {name: bounds for bounds, names in BOUNDS.items() for name in names.split()}
    assert {each.name: (each.least, each.most) for each in PARAMETERS.values()} == told
    assert all(each.least <= each.first <= each.most for each in PARAMETERS.values())
    assert all(each.least <= of <= each.most for each in PARAMETERS.values() for of in each.of_business.values())
