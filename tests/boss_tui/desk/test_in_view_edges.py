"""Who is in view, rule by rule: what stays, what lapses, and at which second."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from boss_tui.desk.in_view import InView
from data.parameters import PROOF_MINUTES

LASTS = timedelta(minutes=PROOF_MINUTES.first)
NOW = datetime(2026, 11, 23, 1, 0, tzinfo=UTC)
SECOND = timedelta(seconds=1)


def shown() -> InView:
    """A customer who has shown a document on one form."""
    view = InView()
    view.come("a", "13957000000", NOW, LASTS, draft_id="form", sought=True)
    view.found_by = "330102"
    view.typed_on("form", NOW)
    view.prove({"document"}, "form")
    return view


@pytest.mark.parametrize(
    ("later", "stands"),
    [
        (timedelta(0), True),
        (timedelta(minutes=10), True),
        (timedelta(minutes=10) + SECOND, False),
        (-SECOND, False),
    ],
)
def test_proof_stands_for_ten_minutes_and_not_before_it_was_given(later: timedelta, stands: bool) -> None:
    assert (shown().proven(NOW + later) == {"document"}) is stands
    assert shown().fresh("form", NOW + later) is stands
    view = shown()
    view.proven(NOW + later)
    assert (view.found_by == "330102") is stands
    assert view.key == ("a", "13957000000"), "who is in view stays"


def test_each_step_for_the_customer_counts_anew() -> None:
    view = shown()
    view.come("a", "", NOW + timedelta(minutes=10), LASTS)
    assert view.proven(NOW + timedelta(minutes=20)) == {"document"}
    assert view.proven(NOW + timedelta(minutes=20) + SECOND) == frozenset()


def test_what_was_typed_on_a_form_lapses_before_more_is_typed() -> None:
    view = shown()
    view.typed_on("other", NOW + timedelta(minutes=11))
    assert not view.fresh("form", NOW + timedelta(minutes=11))
    assert view.fresh("other", NOW + timedelta(minutes=11))


def test_a_form_proves_only_where_it_was_typed_on() -> None:
    view = shown()
    view.prove({"password"}, "other")
    assert view.proven(NOW) == {"document"}
    view.prove({"password"}, "form")
    assert view.proven(NOW) == {"document", "password"}


@pytest.mark.parametrize(
    ("customer", "draft", "proven", "fresh"),
    [
        ("a", "", {"document"}, True),
        ("a", "other", {"document"}, True),
        ("b", "form", set(), True),
        ("b", "other", set(), False),
        ("b", "", set(), False),
        ("", "", set(), False),
    ],
)
def test_another_customer_has_proven_nothing(customer: str, draft: str, proven: set[str], fresh: bool) -> None:
    view = shown()
    view.come(customer, "", NOW, LASTS, draft_id=draft)
    assert view.proven(NOW) == proven
    assert view.fresh("form", NOW) is fresh


@pytest.mark.parametrize(
    ("customer", "number", "sought", "key", "was_sought", "found_by"),
    [
        ("a", "", False, ("a", "13957000000"), True, "330102"),
        ("a", "13957000001", False, ("a", "13957000001"), True, "330102"),
        ("a", "", True, ("a", "13957000000"), True, "330102"),
        ("b", "", False, ("b", ""), False, ""),
        ("b", "", True, ("b", ""), True, "330102"),
        ("b", "13957000002", False, ("b", "13957000002"), False, ""),
    ],
)
def test_the_number_and_how_they_were_found(
    customer: str, number: str, sought: bool, key: tuple[str, str], was_sought: bool, found_by: str
) -> None:
    view = shown()
    view.come(customer, number, NOW, LASTS, sought=sought)
    assert (view.key, view.sought, view.found_by) == (key, was_sought, found_by)


def test_nobody_is_in_view_when_they_leave() -> None:
    view = shown()
    view.leave()
    assert (view.key, view.sought, view.found_by) == (("", ""), False, "")
    assert (view.proven(NOW), view.fresh("form", NOW)) == (frozenset(), False)


def test_whom_a_form_brought_and_who_is_then_looked_for_is_sought() -> None:
    view = InView()
    view.come("a", "", NOW, LASTS)
    assert not view.sought
    view.come("a", "", NOW, LASTS, sought=True)
    assert view.sought
