"""What is published to some outlets only: each is judged by what it was told, not by what others have."""

from __future__ import annotations

from typing import Any

import pytest

from data.errors import BadForm
from data.tables.sync import SyncException
from data.tables.tariff import PriceRule
from tests.boss_tui.sync.world import journal
from tests.linked_hall import CHECKER, LinkedHall

HERE, ELSEWHERE = "region:杭州", "region:宁波"


def in_force(linked: LinkedHall, code: str, scope: str, *rows: dict[str, Any]) -> None:
    form = {"title": "There only", "reason": "tried", "effective_from": "", "scope": scope, "rows": list(rows)}
    made = linked.at_office().managing.make(code, form)
    assert linked.at_office(CHECKER).editions.approve(made.edition.id).state == "in_force"


def dearer(amount: str) -> dict[str, Any]:
    return {"table": "price_rule", "op": "change", "key": "C1-01", "values": {"amount": amount}}


def another() -> dict[str, Any]:
    values = {"id": "NEW", "item": "entry_fee", "business": "C1", "amount": "77", "rank": "90"}
    return {"table": "price_rule", "op": "add", "values": values}


def elsewhere() -> dict[str, Any]:
    values = {"code": "NB01", "name_zh": "象山营业点", "province": "浙江", "region": "宁波"}
    return {"table": "outlet", "op": "add", "values": values}


def sold(linked: LinkedHall) -> int:
    """Fen of the entry fee of an opening, of which headquarters has heard."""
    view = linked.hall.filled()
    linked.hall.open_account()
    linked.exchange()
    return next(line.amount for line in view.quote.lines if line.item == "entry_fee")


def test_a_price_of_its_region_is_what_an_outlet_charges_and_is_believed(linked: LinkedHall) -> None:
    in_force(linked, "M6", HERE, dearer("66"), another())
    linked.exchange()
    assert sold(linked) == 7_700
    assert linked.is_sound()
    (row,) = linked.central_rows(PriceRule, id="C1-01")
    assert row.amount == 5_000, "headquarters' own is the one of all others"


def test_a_price_of_another_region_is_none_of_its_own(linked: LinkedHall) -> None:
    in_force(linked, "M7", "", elsewhere())
    in_force(linked, "M6", ELSEWHERE, dearer("66"), another())
    linked.exchange()
    assert sold(linked) == 5_000
    assert linked.is_sound()


def test_an_outlet_that_was_moved_is_judged_by_where_it_was_and_noted(linked: LinkedHall) -> None:
    in_force(linked, "M6", HERE, dearer("66"))
    linked.exchange()
    linked.hall.open_account()
    move = {"table": "outlet", "op": "change", "key": "HZ01", "values": {"region": "宁波"}}
    in_force(linked, "M7", "", move)
    linked.exchange()
    assert [(row.reason, row.state) for row in linked.central_rows(SyncException)] == [("price", "noted")]
    assert sold(linked) == 5_000
    assert len(linked.central_rows(SyncException)) == 1
    assert journal(linked.hall.store, "HZ01") == journal(linked.office.store, "HZ01")


def fee(linked: LinkedHall, outlet: str, edition: str = "") -> tuple[str, list[str]]:
    """What an opening is charged at an outlet, as M6 tries it; and what is said of the edition that is tried."""
    asked = {"business": "C1", "products": "P58", "outlet": outlet}
    facts = linked.at_office().trying.try_out("M6", asked, edition=edition)
    (charged,) = (str(fact.value) for fact in facts if str(fact.label).startswith("C1-01"))
    return charged, [str(fact.value) for fact in facts if str(fact.label).startswith("Edition")]


def test_a_price_is_tried_as_it_is_where_it_is_asked_for(linked: LinkedHall) -> None:
    in_force(linked, "M7", "", elsewhere())
    form = {"title": "There only", "reason": "tried", "effective_from": "", "scope": HERE, "rows": [dearer("66")]}
    made = linked.at_office().managing.make("M6", form).edition
    assert fee(linked, "HZ01", made.id) == ("66.00 yuan", ["for 杭州: 1 outlet"])
    assert fee(linked, "NB01", made.id) == ("50.00 yuan", ["for 杭州: 1 outlet, not for NB01: tried without it"])
    assert fee(linked, "", made.id) == ("66.00 yuan", ["for 杭州: 1 outlet"])
    assert [fee(linked, at) for at in ("HZ01", "NB01", "")] == [("50.00 yuan", [])] * 3
    assert linked.at_office(CHECKER).editions.approve(made.id).state == "in_force"
    assert [fee(linked, at)[0] for at in ("HZ01", "NB01", "")] == ["66.00 yuan", "50.00 yuan", "50.00 yuan"]
    with pytest.raises(BadForm) as refused:
        fee(linked, "NOWHERE")
    assert set(refused.value.errors) == {"outlet"}
    assert linked.is_sound()
