"""What a hall trusts a customer with by itself: each bound at the last value that passes and the first that doesn't."""

from __future__ import annotations

from datetime import date, timedelta
from types import SimpleNamespace
from typing import Any

import pytest

from boss_tui.components.credit import credit, hall_credit
from boss_tui.components.credit.hall_credit import HallCrediting, emergency_until
from data import parameters
from data.errors import NotAllowed
from data.tables.account import CreditRating, CustomerCredit
from data.tables.credit import HallCredit
from data.tables.customer import Category, Customer
from data.tables.order import Subscription
from tests.boss_tui.components.rows import DAY, Rows, context, row

OWN = 10_000
WHO = row(Customer, id="c", category="ordinary", document_kind="00", document_number="1")
LINE = row(Subscription, number="13957000001", outlet="HZ01")


def after(days: int) -> str:
    return (date.fromisoformat(DAY) + timedelta(days=days)).isoformat()


def of(parameter: parameters.Declared) -> int:
    return parameter.of(Rows(), "M8")  # type: ignore[arg-type]


@pytest.fixture(autouse=True)
def standing(monkeypatch: pytest.MonkeyPatch) -> Any:
    """Four stars, 100 yuan of their own; nothing is lent, no word given, on no list."""
    made = SimpleNamespace(stars=of(parameters.EMERGENCY_STARS), key_account=True, lent=None, given=None, black=False)
    rated = SimpleNamespace(own=OWN, rating=made)
    monkeypatch.setattr(hall_credit, "Credit", lambda _: SimpleNamespace(standing=lambda _: rated))
    monkeypatch.setattr(hall_credit, "category_of", lambda *_: "ordinary")
    monkeypatch.setattr(hall_credit, "lent", lambda *_: made.lent)
    monkeypatch.setattr(hall_credit, "by_hall", lambda *_: made.given)
    monkeypatch.setattr(hall_credit, "listed", lambda *_: [made.black])
    return made


def crediting(*rows: Any, key_account: bool = True, **at: Any) -> HallCrediting:
    category = row(Category, code="ordinary", key_account=key_account)
    return HallCrediting(context(Rows(category, *rows), business="M8", **at))


def given(kind: str, **values: Any) -> Any:
    standard = {"id": "g", "customer_id": "c", "outlet": "HZ01", "state": "active", "business_date": DAY}
    return row(HallCredit, **{**standard, "kind": kind, "valid_to": DAY, **values})


def refused(act: Any) -> str:
    """Beside which field; empty: it is not."""
    try:
        act()
    except NotAllowed as refusal:
        return refusal.field
    return ""


MOST = hall_credit.most_lent(Rows(), OWN)  # type: ignore[arg-type]
DAYS = of(parameters.RAISE_DAYS)


@pytest.mark.parametrize(
    ("limit", "until", "field"),
    [
        (OWN, DAY, "credit_limit"),
        (OWN + 1, DAY, ""),
        (MOST, DAY, ""),
        (MOST + 1, DAY, "credit_limit"),
        (MOST, after(-1), "valid_to"),
        (MOST, after(DAYS - 1), ""),
        (MOST, after(DAYS), "valid_to"),
    ],
)
def test_a_limit_is_lent_above_their_own_within_bounds_for_so_long(limit: int, until: str, field: str) -> None:
    at = crediting()
    assert refused(lambda: at.raise_limit(WHO, "N", limit, until, "x")) == field
    found = [(each.kind, each.credit_limit, each.valid_to, each.outlet) for each in at.tx.all(HallCredit)]
    assert found == ([] if field else [("raise", limit, until, "HZ01")])


def test_one_limit_is_lent_at_a_time_and_not_to_who_is_listed(standing: Any) -> None:
    standing.lent = given("raise", credit_limit=20_000)
    assert refused(lambda: crediting().raise_limit(WHO, "N", OWN + 1, DAY, "x")) == "number"
    standing.lent, standing.black = None, True
    assert refused(lambda: crediting().raise_limit(WHO, "N", OWN + 1, DAY, "x")) == "number"
    assert refused(lambda: crediting().vouch(WHO, "N", "x")) == "number"
    assert refused(lambda: crediting().may_resume(WHO, LINE)) == "number"


@pytest.mark.parametrize(
    ("before", "field"),
    [
        ([given("vouch", business_date="2026-11-01")] * (of(parameters.VOUCHES) - 1), ""),
        ([given("vouch", business_date="2026-11-01")] * of(parameters.VOUCHES), "number"),
        ([given("vouch", business_date="2026-10-31")] * of(parameters.VOUCHES), ""),
        ([given("vouch", business_date="2025-11-23")] * of(parameters.VOUCHES), ""),
        ([given("raise")] * of(parameters.VOUCHES), ""),
        ([given("vouch", state="withdrawn")] * of(parameters.VOUCHES), ""),
        ([given("vouch", customer_id="d")] * of(parameters.VOUCHES), ""),
    ],
)
def test_a_hall_vouches_so_often_a_month(before: list[Any], field: str) -> None:
    at = crediting(*before)
    assert refused(lambda: at.vouch(WHO, "N", "x")) == field
    if not field:
        made = at.tx.all(HallCredit)[-1]
        assert (made.kind, made.valid_to) == ("vouch", after(of(parameters.VOUCH_DAYS) - 1))


def test_a_hall_vouches_for_key_accounts_once_at_a_time(standing: Any) -> None:
    assert refused(lambda: crediting(key_account=False).vouch(WHO, "N", "x")) == "number"
    standing.given = given("vouch")
    assert refused(lambda: crediting(given("vouch")).vouch(WHO, "N", "x")) == "number"


REST = of(parameters.EMERGENCY_REST)


@pytest.mark.parametrize(
    ("before", "at", "outlet", "field"),
    [
        ([], {}, "HZ01", ""),
        ([], {"online": False}, "HZ01", ""),
        ([], {"online": True}, "HZ02", ""),
        ([], {"online": False}, "HZ02", "emergency"),
        ([given("emergency", valid_to=after(-REST - 1))], {}, "HZ01", ""),
        ([given("emergency", valid_to=after(-REST))], {}, "HZ01", "emergency"),
        ([given("vouch", valid_to=after(-REST))], {}, "HZ01", ""),
    ],
)
def test_an_emergency_resume_comes_once_in_a_time(
    before: list[Any], at: dict[str, Any], outlet: str, field: str
) -> None:
    line = row(Subscription, number="13957000001", outlet=outlet)
    assert refused(lambda: crediting(*before, **at).may_resume(WHO, line)) == field


def test_an_emergency_resume_is_for_so_many_stars_and_lasts_whole_days(standing: Any) -> None:
    standing.stars -= 1
    assert refused(lambda: crediting().may_resume(WHO, LINE)) == "emergency"
    at = crediting()
    at.resume(WHO, LINE, "x")
    (made,) = at.tx.all(HallCredit)
    days = -(-of(parameters.EMERGENCY_HOURS) // 24)
    assert (made.kind, made.number, made.valid_to, made.order_id) == ("emergency", LINE.number, after(days), "order")
    assert emergency_until(Rows(), DAY) == after(days)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({}, ""),
        ({"kind": "emergency"}, "id"),
        ({"valid_to": after(-1)}, "id"),
        ({"valid_to": after(1)}, ""),
        ({"outlet": "HZ02"}, "id"),
        ({"state": "withdrawn"}, "id"),
        ({"id": "h"}, "id"),
    ],
)
def test_what_stands_here_is_taken_back(values: dict[str, Any], field: str) -> None:
    at = crediting(given(**{"kind": "vouch", **values}))
    assert refused(lambda: at.withdraw("g", "x")) == field
    if not field:
        (row_,) = at.tx.all(HallCredit)
        assert (row_.state, row_.withdrawn_by, row_.withdrawn_for) == ("withdrawn", "1001", "x")


@pytest.mark.parametrize(
    ("lent", "limit", "until"),
    [(None, OWN, ""), (OWN - 1, OWN, ""), (OWN, OWN, ""), (OWN + 1, OWN + 1, after(9))],
)
def test_a_limit_is_lent_where_it_is_more_than_their_own(
    monkeypatch: pytest.MonkeyPatch, lent: int | None, limit: int, until: str
) -> None:
    loan = None if lent is None else SimpleNamespace(credit_limit=lent, valid_to=after(9))
    monkeypatch.setattr(credit, "lent", lambda *_: loan)
    monkeypatch.setattr(credit, "rated", lambda *_: None)
    rows = Rows(
        row(Category, code="ordinary", credit_limit=OWN - 1),
        row(CreditRating, code="B", credit_limit=1),
        row(CustomerCredit, customer_id="c", rating="B", credit_limit=OWN),
    )
    found = credit.Credit(context(rows)).standing(WHO)
    assert (found.own, found.limit, found.lent_until) == (OWN, limit, until)


@pytest.mark.parametrize(
    ("of_category", "kept", "own"),
    [(0, None, 700), (699, None, 700), (701, None, 701), (0, 500, 500), (501, 500, 501), (0, 900, 900)],
)
def test_their_own_limit_is_what_is_kept_of_them_else_a_new_customer_s_or_their_category_s(
    monkeypatch: pytest.MonkeyPatch, of_category: int, kept: int | None, own: int
) -> None:
    monkeypatch.setattr(credit, "lent", lambda *_: None)
    monkeypatch.setattr(credit, "rated", lambda *_: None)
    rows = Rows(
        row(Category, code="ordinary", credit_limit=of_category),
        row(CreditRating, code=credit.NEW_CUSTOMER, credit_limit=700),
        row(CreditRating, code="A", credit_limit=1),
        *([] if kept is None else [row(CustomerCredit, customer_id="c", rating="A", credit_limit=kept)]),
    )
    found = credit.Credit(context(rows)).standing(WHO)
    assert (found.own, found.rating.code) == (own, credit.NEW_CUSTOMER if kept is None else "A")
