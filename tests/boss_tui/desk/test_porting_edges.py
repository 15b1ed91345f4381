"""Numbers that leave, at the desk: for whom a code is asked, what replaces what, when it lapses, how one comes back."""

from __future__ import annotations

from datetime import date, timedelta
from types import SimpleNamespace
from typing import Any

import pytest

from data.errors import NotAllowed, NotFound
from data.tables.customer import Customer
from data.tables.order import Subscription
from data.tables.porting import NumberPorting
from data.tables.resource import NumberGrade, PhoneNumber
from tests.boss_tui.desk.shop import Shop
from tests.hall import FACTS

AUTHORISED = {"state": "authorised", "code": "123456", "until": "2026-11-23T02:00:00.000000Z"}


@pytest.fixture
def line(shop: Shop) -> Subscription:
    """A line that may leave."""
    with shop.store.reading() as reading:
        owners = {row.id for row in reading.all(Customer, holder="individual", state="validated")}
    found = next(row for row in shop.rows(Subscription, state="active") if row.customer_id in owners)
    long_ago = (date.fromisoformat("2026-11-23") - timedelta(days=500)).isoformat()
    altered = shop.alter(Subscription, {"id": found.id}, opened_on=long_ago)
    assert isinstance(altered, Subscription)
    return altered


def asked(shop: Shop, line: Subscription, monkeypatch: pytest.MonkeyPatch, **told: str) -> Any:
    owner = shop.one(Customer, id=line.customer_id)
    centre = SimpleNamespace(code=lambda *_: told or AUTHORISED)
    monkeypatch.setattr(shop.desk.porting, "_work", lambda: centre)
    shop.clock.move(seconds=1)
    return shop.desk.porting.ask(f" {line.number} ", f" {owner.document_number.lower()} ")


@pytest.fixture(autouse=True)
def nothing_against(monkeypatch: pytest.MonkeyPatch) -> None:
    """The conditions themselves are looked at elsewhere."""
    monkeypatch.setattr("boss_tui.desk.porting.conditions", lambda *_: ())


def test_a_code_replaces_the_one_before_and_lapses_by_itself(
    shop: Shop, line: Subscription, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = asked(shop, line, monkeypatch)
    assert (first.number, first.state, first.code, first.until) == (line.number, *AUTHORISED.values())
    assert (first.operator, first.customer) == (FACTS.clerk, shop.one(Customer, id=line.customer_id).name)
    refused = asked(shop, line, monkeypatch, state="refused", reason="in dispute")
    assert (refused.state, refused.reason, refused.code) == ("refused", "in dispute", "")
    assert [one.state for one in shop.desk.porting.asked()] == ["refused", "authorised"], "a refusal replaces nothing"
    asked(shop, line, monkeypatch)
    assert [one.state for one in shop.desk.porting.asked()] == ["authorised", "refused", "lapsed"]
    (row, *_) = shop.rows(NumberPorting, state="authorised")
    shop.alter(NumberPorting, {"id": row.id}, until=shop.at(seconds=1))
    assert shop.desk.porting.asked()[0].state == "authorised"
    shop.clock.move(seconds=1)
    assert shop.desk.porting.asked()[0].state == "lapsed"


def test_another_outlet_s_are_not_listed_nor_more_than_the_latest(
    shop: Shop, line: Subscription, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("boss_tui.desk.porting.LATEST", 1)
    for code in ("1", "2"):
        asked(shop, line, monkeypatch, **{**AUTHORISED, "code": code})
    assert [one.code for one in shop.desk.porting.asked()] == ["2"]
    for row in shop.rows(NumberPorting):
        shop.alter(NumberPorting, {"id": row.id}, outlet="HZ02")
    assert shop.desk.porting.asked() == []


@pytest.mark.parametrize("state", ["active", "suspended", "pendingTerminate", "terminated"])
def test_who_lives_with_us_is_asked_for_by_their_own_document(shop: Shop, line: Subscription, state: str) -> None:
    shop.alter(Subscription, {"id": line.id}, state=state)
    wrong = NotFound if state == "terminated" else NotAllowed
    with pytest.raises(wrong) as refused:
        shop.desk.porting.ask(line.number, "1")
    assert refused.value.field == ("number" if state == "terminated" else "document")


def test_what_stands_against_it_is_told_and_nothing_else(
    shop: Shop, line: Subscription, monkeypatch: pytest.MonkeyPatch
) -> None:
    said = [SimpleNamespace(asked=str(n), against=f"no {n}", holds=n == 1) for n in range(3)]
    monkeypatch.setattr("boss_tui.desk.porting.conditions", lambda *_: said)
    assert shop.desk.porting.conditions(line.number) == said
    with pytest.raises(NotAllowed, match="0: no 0, 2: no 2") as refused:
        asked(shop, line, monkeypatch)
    assert (refused.value.field, shop.rows(NumberPorting)) == ("number", [])


def test_without_services_nobody_is_asked(shop: Shop, line: Subscription) -> None:
    with pytest.raises(NotAllowed, match="No services"):
        shop.desk.porting.ask(line.number, shop.one(Customer, id=line.customer_id).document_number)
    with pytest.raises(NotFound, match="No code was asked") as refused:
        shop.desk.porting.came_back(line.number)
    assert refused.value.field == "number"


@pytest.mark.parametrize(
    ("porting", "piece", "by", "field"),
    [
        ("left", "ported", FACTS.supervisor, None),
        ("left", "ported", FACTS.clerk, "approved_by"),
        ("authorised", "ported", FACTS.supervisor, "number"),
        ("left", "in_use", FACTS.supervisor, "number"),
    ],
)
def test_what_had_left_comes_back_to_rest_by_a_supervisor_s_word(
    shop: Shop,
    line: Subscription,
    monkeypatch: pytest.MonkeyPatch,
    porting: str,
    piece: str,
    by: str,
    field: str | None,
) -> None:
    asked(shop, line, monkeypatch)
    shop.alter(NumberPorting, {"number": line.number}, state=porting)
    number = shop.alter(PhoneNumber, {"number": line.number}, state=piece)
    shop.alter(NumberGrade, {"code": number.grade}, quarantine_days=7)
    shop.desk = shop.counter(by, FACTS.counter)
    if field:
        with pytest.raises(NotAllowed) as refused:
            shop.desk.porting.came_back(line.number)
        assert (refused.value.field, shop.one(PhoneNumber, number=line.number).state) == (field, piece)
        return
    view = shop.desk.porting.came_back(line.number)
    after = shop.one(PhoneNumber, number=line.number)
    assert (view.state, view.back_on) == ("returned", "2026-11-23")
    assert (after.state, after.quarantine_until) == ("quarantined", "2026-11-30")
