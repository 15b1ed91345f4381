"""What every new row says, and the state that its own entry may leave it in, as headquarters' rules ask for it."""

from __future__ import annotations

from typing import Any

import pytest

from boss_tui.headquarters.rules import dates, filled, moments, moves, points
from data.journal import Change
from data.tables.account import BalanceHold, BillingAccount
from data.tables.finance import ClosingReport, Posting
from data.tables.life import Agreement, ScheduledAct, Suspension
from data.tables.order import SubscriptionProduct
from data.tables.provider import ProviderSubscription
from data.tables.resource import SimCard
from data.tables.service import ChargeSchedule, LoyaltyAccount, LoyaltyEntry
from data.tables.stock import Handset
from tests.boss_tui.components.rows import DAY, row
from tests.boss_tui.headquarters.known import MADE, change, claim, known, told

POSTED: dict[str, Any] = {"id": "p", "business_date": DAY, "business": "M11", "operator": "1001", "made_at": MADE}


@pytest.mark.parametrize(
    ("empty", "found"),
    [
        ({}, []),
        ({"made_at": ""}, [("form", False)]),
        ({"business_date": ""}, [("form", False)]),
        ({"id": ""}, [("form", False)]),
        ({"note": "", "till": ""}, []),  # these have a default
    ],
)
def test_a_new_row_says_what_it_is_and_when_it_was(empty: dict[str, str], found: list[tuple[str, bool]]) -> None:
    assert told(filled.judge(known(), claim((Posting, {**POSTED, **empty})))) == found


def test_the_report_of_a_day_is_of_no_till() -> None:
    day = {"outlet": "HZ01", "kind": "day", "till": "", "business_date": DAY, "closed_at": MADE}
    assert told(filled.judge(known(), claim((ClosingReport, day)))) == []


STATES: list[tuple[Any, str, str]] = [
    (BillingAccount, "active", "closed"),
    (SubscriptionProduct, "active", "ended"),
    (ChargeSchedule, "running", "ended"),
    (ProviderSubscription, "active", "ended"),
    (Agreement, "active", "terminated"),
    (Suspension, "planned", "lifted"),
    (BalanceHold, "active", "ended"),
    (ScheduledAct, "waiting", "cancelled"),
    (SimCard, "sold", "void"),
]


@pytest.mark.parametrize(("model", "first", "over"), STATES)
def test_what_is_new_is_not_over(model: Any, first: str, over: str) -> None:
    begun, ended = (claim((model, {"state": state})) for state in (first, over))
    assert told(moves.judge(known(), begun)) == []
    assert told(moves.judge(known(), ended)) == [("move", False)]


@pytest.mark.parametrize(
    ("day", "found"), [(DAY, []), ("2026-11-22", [("date", False)]), ("2026-11-24", [("date", False)])]
)
def test_who_comes_today_is_with_us_since_today(day: str, found: list[tuple[str, bool]]) -> None:
    account = (LoyaltyAccount, {"customer_id": "k", "points": 0, "tenure_from": day})
    assert told(moments.judge(known(), claim(account))) == found


HANDSET = row(Handset, imei="1", state="in_stock", sold_on="", revision=1)
OLD = row(Handset, imei="0", state="sold", sold_on="2026-11-20", revision=1)
BROKEN = change("handset", "0", state="faulty")


@pytest.mark.parametrize(
    ("on", "moved", "found"),
    [
        (DAY, [], []),
        ("2026-11-22", [], [("date", False)]),
        ("2026-11-24", [], [("date", False)]),
        ("", [], [("date", False)]),
        ("2026-11-20", [], [("date", False)]),
        ("2026-11-20", [BROKEN], []),  # given for another, whose warranty goes on
        ("2026-11-21", [BROKEN], [("date", False)]),
    ],
)
def test_a_warranty_runs_from_the_day_of_the_sale(on: str, moved: list[Change], found: list[tuple[str, bool]]) -> None:
    sold = [change("handset", "1", state="sold"), change("handset", "1", 2, sold_on=on)]
    assert told(dates.judge(known(HANDSET, OLD), claim(changed=[*moved, *sold]))) == found


@pytest.mark.parametrize(
    ("grown", "entered", "found"), [(-100, -100, 0), (-101, -100, 1), (-99, -100, 1), (-100, None, 1), (None, -100, 1)]
)
def test_points_that_go_are_those_of_entries(grown: int | None, entered: int | None, found: int) -> None:
    moved = [] if grown is None else [Change("loyalty_account", "increase", ("k",), 0, {"points": grown})]
    noted = (
        [] if entered is None else [(LoyaltyEntry, {"id": "e", "customer_id": "k", "order_id": "o", "points": entered})]
    )
    assert len(told(points.judge(known(), claim(*noted, changed=moved)))) == found
