"""What M8 asks of ratings, scores, lent limits, exemptions, holidays: each rule failing alone, at its edges."""

from __future__ import annotations

from typing import Any

import pytest

from boss_tui.editions.lines import RowEdit
from boss_tui.management.m08.checks import (
    _number_fault,
    exemptions_have_an_end,
    holidays_are_days,
    limits_are_lent_for_a_time,
    orders_are_of_today,
    people_are_rated_for_a_reason,
    ratings_are_told_apart,
    scores_are_told_apart,
)
from boss_tui.management.m08.forms import ExemptionForm, RaiseForm, RatingForm, StageForm
from data.errors import BadForm
from data.statements import keys, table_name
from data.tables.account import CreditRating, CustomerCredit
from data.tables.credit import CreditExemption, CreditRaise, CustomerRating, PublicHoliday, RatingScore
from data.tables.credit_control import ControlOrder
from data.tables.customer import DocumentKind
from data.tables.order import Subscription
from data.tables.organisation import Operator, Outlet
from tests.boss_tui.components.conftest import empty_store, tx
from tests.boss_tui.components.loose import Loose
from tests.boss_tui.components.rows import DAY, Rows, rehearsal, row

__all__ = ["empty_store", "tx"]

WHO = {"document_kind": "07", "document_number": "E48261973"}
THERE = (
    row(DocumentKind, code="07", rule="passport"),
    row(Outlet, code="HZ01"),
    row(Operator, staff_no="3001", state="active"),
    row(Operator, staff_no="9", state="left"),
    row(Subscription, number="13800000000", state="active"),
    row(CreditRating, code="C", name_zh="一般", by_score=1, points_from=0, credit_limit=5_000),
)


def found(check: Any, changed: Any, *others: Any, **values: Any) -> list[str]:
    key = tuple(getattr(changed, name) for name in keys(changed.__class__))
    line = RowEdit(table_name(changed.__class__), key, "change", values)
    there = Rows(changed, *THERE, *others, scalars=[0, 0])  # nobody is rated so
    return [fault.column for fault in check(rehearsal(there, {1: line}, DAY))]


def rating(**values: Any) -> Any:
    return row(CreditRating, **{"code": "B", "name_zh": "良", "credit_limit": 100_000, **values})


@pytest.mark.parametrize(
    ("changed", "columns"),
    [
        (rating(), []),
        (rating(name_zh="一般"), ["name_zh"]),
        (rating(by_score=1, points_from=0), ["points_from"]),
        (rating(by_score=1, points_from=1, credit_limit=5_000), []),
        (rating(by_score=1, points_from=1, credit_limit=4_999), ["credit_limit"]),
        (rating(by_score=0, points_from=0, credit_limit=0), []),
        (rating(state="ended"), []),
    ],
)
def test_ratings_are_told_apart(changed: Any, columns: list[str]) -> None:
    assert found(ratings_are_told_apart, changed) == columns


def test_the_rating_of_new_customers_stays() -> None:
    assert found(ratings_are_told_apart, rating(code="C", state="ended")) == [""]


@pytest.mark.parametrize(
    ("of", "told"),
    [
        ([], ""),
        ([row(CustomerCredit, customer_id="c", rating="A")], ""),
        ([row(CustomerCredit, customer_id="c", rating="B")], "1 customer is rated so"),
        ([row(CustomerRating, **WHO, rating="B", valid_to=DAY)], "1 customer is rated so"),
        ([row(CustomerRating, **WHO, rating="B", valid_to="2026-11-22")], ""),
        ([row(CustomerRating, **WHO, rating="B")], "1 customer is rated so"),  # for good
        ([row(CustomerRating, **WHO, rating="A")], ""),
        (
            [row(CustomerCredit, customer_id="c", rating="B"), row(CustomerRating, **WHO, rating="B")],
            "2 customers are rated so",
        ),
    ],
)
def test_a_rating_that_somebody_has_stays(tx: Loose, of: list[Any], told: str) -> None:
    tx.put(*of)
    gone = RowEdit(table_name(CreditRating), ("B",), "change", {"state": "ended"})
    tx.put(rating(state="ended"))
    faults = list(ratings_are_told_apart(rehearsal(tx, {1: gone}, DAY)))
    assert [str(fault.message).startswith(told) for fault in faults] == [True] * bool(told)


@pytest.mark.parametrize(
    ("at_least", "points", "columns"),
    [(24, 15, []), (24, 10, []), (24, 9, ["points"]), (11, 11, ["points"]), (11, 10, []), (12, 10, ["at_least"])],
)
def test_more_of_a_measure_brings_no_fewer_points(at_least: int, points: int, columns: list[str]) -> None:
    other = row(RatingScore, code="A", measure="tenure", at_least=12, points=10)
    changed = row(RatingScore, code="B", measure="tenure", at_least=at_least, points=points)
    assert found(scores_are_told_apart, changed, other) == columns


def rated(**values: Any) -> Any:
    return row(CustomerRating, **{**WHO, "rating": "C", "reason": "担保", **values})


@pytest.mark.parametrize(
    ("changed", "columns"),
    [
        (rated(), []),
        (rated(reason=" "), ["reason"]),
        (rated(reason="", how="score"), []),
        (rated(rating="OLD"), ["rating"]),
        (rated(document_number="1"), ["document_number"]),
        (rated(document_kind="XX"), ["document_kind"]),
        (rated(outlet="NOWHERE"), ["outlet"]),
    ],
)
def test_people_are_rated_for_a_reason(changed: Any, columns: list[str]) -> None:
    assert found(people_are_rated_for_a_reason, changed, row(CreditRating, code="OLD", state="ended")) == columns


def test_whose_customer_it_is_stays() -> None:
    assert found(people_are_rated_for_a_reason, rated(outlet="HZ01"), outlet="HZ01") == ["outlet"]


def lent(**values: Any) -> Any:
    return row(CreditRaise, **{**WHO, "credit_limit": 1, "valid_to": DAY, "reason": "出国", **values})


@pytest.mark.parametrize(
    ("changed", "columns"),
    [
        (lent(), []),
        (lent(reason=""), ["reason"]),
        (lent(valid_to="2026-11-22"), ["valid_to"]),
        (lent(valid_from="2026-11-25", valid_to="2026-11-24"), ["valid_to"]),
        (lent(valid_to="2026-12-23"), []),
        (lent(valid_to="2026-12-24"), ["valid_to"]),
        (lent(valid_from="2026-11-24", valid_to="2026-12-24"), []),
    ],
)
def test_a_limit_is_lent_for_a_time(changed: Any, columns: list[str]) -> None:
    assert found(limits_are_lent_for_a_time, changed) == columns


def spared(**values: Any) -> Any:
    standard = {"id": "1", "kind": "red_list", **WHO, "person": "3001", "reason": "劳模", "valid_to": DAY}
    return row(CreditExemption, **{**standard, **values})


@pytest.mark.parametrize(
    ("changed", "columns"),
    [
        (spared(), []),
        (spared(reason=""), ["reason"]),
        (spared(valid_to="2026-11-22"), ["valid_to"]),
        (spared(person="nobody"), ["person"]),
        (spared(person="9"), ["person"]),
        (spared(month="2026-10"), ["month"]),
        (spared(kind="disputed", month="2026-10"), []),
        (spared(kind="disputed", month="2026-13"), ["month"]),
        (spared(kind="instalment"), ["amount"]),
        (spared(kind="instalment", amount=1), []),
        (spared(amount=1), ["amount"]),
        (spared(kind="emergency"), ["kind"]),
        (spared(number="13800000000"), []),
        (spared(number="1380000000"), ["number"]),
        (spared(number="13800000001"), ["number"]),
        (spared(document_number="1"), ["document_number"]),
    ],
)
def test_an_exemption_has_an_end_a_person_and_what_its_kind_needs(changed: Any, columns: list[str]) -> None:
    assert found(exemptions_have_an_end, changed) == columns


@pytest.mark.parametrize(
    ("stars", "until", "columns"),
    [(4, "2026-11-24", []), (4, "2026-11-25", ["valid_to"]), (3, "2026-11-24", ["kind"]), (5, DAY, [])],
)
def test_an_emergency_lasts_a_day_and_is_for_the_best(stars: int, until: str, columns: list[str]) -> None:
    rows = row(CreditRating, code="S", stars=stars), row(CustomerRating, **WHO, rating="S")
    assert found(exemptions_have_an_end, spared(kind="emergency", valid_to=until), *rows) == columns


@pytest.mark.parametrize(
    ("number", "told"),
    [
        ("13800000000", None),
        ("1380000000", "A number of 11 digits."),
        ("138000000000", "A number of 11 digits."),
        ("1380000000x", "A number of 11 digits."),
        ("13800000001", "Nobody has this number."),
        ("13800000002", "Nobody has this number."),
        ("13800000003", "Nobody has this number."),
        ("13800000004", None),
    ],
)
def test_a_number_that_is_named_is_somebody_s(number: str, told: str | None) -> None:
    states = (("2", "terminated"), ("3", "cancelled"), ("4", "terminated"), ("4", "suspended"))
    lines = [row(Subscription, number=f"1380000000{last}", state=state) for last, state in states]
    reading: Any = Rows(*THERE, *lines)
    found = _number_fault(reading, number)
    assert (str(found) if found is not None else None) == told


@pytest.mark.parametrize(("day", "columns"), [(DAY, []), ("2026-11-22", ["day"])])
def test_a_holiday_is_to_come(day: str, columns: list[str]) -> None:
    assert found(holidays_are_days, row(PublicHoliday, day=day, name_zh="假")) == columns


@pytest.mark.parametrize(
    ("form", "typed", "fields"),
    [
        (RatingForm, {"code": "X", "name_zh": "一", "stars": "6"}, {"stars"}),
        (RatingForm, {"code": "X", "name_zh": "一", "credit_limit": "-1"}, {"credit_limit"}),
        (RatingForm, {"code": "X", "name_zh": "一", "term_days": "91"}, {"term_days"}),
        (RaiseForm, {**WHO, "credit_limit": "0", "valid_to": DAY, "reason": "x"}, {"credit_limit"}),
        (RaiseForm, {**WHO, "credit_limit": "1", "reason": "x"}, {"valid_to"}),
        (ExemptionForm, {**WHO, "kind": "red_list", "person": "1", "reason": "x"}, {"valid_to"}),
        (StageForm, {"code": "X", "name_zh": "一", "pay_type": "prepaid", "conditions": "due | 1"}, {"act"}),
    ],
)
def test_what_is_typed_is_looked_at_field_by_field(form: Any, typed: dict[str, str], fields: set[str]) -> None:
    with pytest.raises(BadForm) as refused:
        form.read(typed)
    assert set(refused.value.errors) == fields


def test_each_rating_is_looked_at_whatever_comes_before_it() -> None:
    ends, called = rating(code="E", state="ended"), rating(name_zh="一般")
    lines = {n: RowEdit("credit_rating", (row.code,), "change", {}) for n, row in enumerate((ends, called), 1)}
    faults = ratings_are_told_apart(rehearsal(Rows(ends, called, *THERE, scalars=[0, 0]), lines, DAY))
    assert [(fault.position, fault.column) for fault in faults] == [(2, "name_zh")]


def ordered(key: str = "o", **values: Any) -> Any:
    standard = {"subscription_id": "line", "outlet": "HZ01", "run": "R", "made_on": DAY, "state": "active"}
    return row(ControlOrder, id=key, **{**standard, **values})


@pytest.mark.parametrize(
    ("changed", "others", "columns"),
    [
        (ordered(), [], []),
        (ordered(made_on="2026-11-22"), [], ["made_on"]),
        (ordered(made_on="2026-11-24"), [], ["made_on"]),
        (ordered(subscription_id="gone"), [], ["outlet"]),
        (ordered(outlet="HZ02"), [], ["outlet"]),
        (ordered(), [ordered("p")], ["act"]),
        (ordered(state="undone"), [ordered("p"), ordered("q")], []),
        (ordered(run=""), [ordered("p", run="")], []),
        (ordered(), [ordered("p", run="S"), ordered("q", subscription_id="x"), ordered("r", state="undone")], []),
        (ordered(made_on="2026-11-22", outlet="HZ02"), [ordered("p")], ["made_on", "outlet", "act"]),
    ],
)
def test_an_order_to_a_hall_is_of_today_of_its_own_line_and_the_only_one(
    changed: Any, others: list[Any], columns: list[str]
) -> None:
    line = row(Subscription, id="line", number="13800000009", outlet="HZ01", state="active")
    assert found(orders_are_of_today, changed, line, *others) == columns
