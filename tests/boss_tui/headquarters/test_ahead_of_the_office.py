"""A hall whose business date is ahead of the office's: what counts from that date counts at headquarters too."""

from __future__ import annotations

from contextlib import suppress
from datetime import date, timedelta
from pathlib import Path

from boss_tui.editions.rows_date import stands_on
from boss_tui.headquarters.office import Refuse, move
from data.journal import Author, canonical
from data.tables.edition import Edition
from data.tables.order import Subscription
from data.tables.product import Product
from data.tables.tariff import PriceRule
from tests.boss_tui.headquarters.liar import chained, headquarters, morning, push
from tests.boss_tui.transactions.following import next_day
from tests.hall import FLOAT, START
from tests.linked_hall import CHECKER, LinkedHall

TOMORROW, AFTER_IT, IN_A_WEEK = ((START + timedelta(days=days)).date().isoformat() for days in (1, 2, 7))


def a_plan(linked: LinkedHall, code: str, counts_from: str) -> str:
    """A plan like P58, on sale from a business date; its edition."""
    maker = linked.at_office()
    plan = {"table": "product", "op": "add", "values": {"code": code, "name_zh": "青春套餐", "kind": "plan"}}
    monthly = {"item": "monthly_fee", "business": "C1", "product": code, "amount": "48", "monthly": "y"}
    price = {"table": "price_rule", "op": "add", "values": {"id": f"{code}-MONTH", **monthly}}
    form = {"title": "Youth", "reason": "tried", "effective_from": counts_from, "scope": "", "rows": [plan]}
    made = maker.managing.make("M4", {**form, "rows": [plan, price]})
    assert linked.at_office(CHECKER).editions.approve(made.edition.id).state == "approved"
    return made.edition.id


def test_what_a_hall_sells_on_a_date_that_the_office_has_not_opened_is_booked(linked: LinkedHall) -> None:
    edition = a_plan(linked, "PX48", TOMORROW)
    a_plan(linked, "PX49", IN_A_WEEK)
    linked.exchange()
    linked.hall.clock.move(days=1)
    next_day(linked.hall, TOMORROW)
    linked.hall.desk.till.open_shift(FLOAT)
    linked.hall.open_account(plan="PX48")
    linked.exchange()
    assert linked.is_sound()
    assert [row.number for row in linked.central_rows(Subscription, plan="PX48")]
    assert [row.amount for row in linked.central_rows(PriceRule, product="PX48")] == [4_800]
    assert linked.central_rows(Product, code="PX49") == [], "its date is to come"
    maker = linked.at_office()
    assert maker.editions.first_look().behind == TOMORROW
    maker.day.close("seen to tomorrow")
    maker.day.open(TOMORROW)
    assert maker.editions.first_look().behind == ""
    assert [row.state for row in linked.central_rows(Edition, id=edition)] == ["in_force"]
    assert linked.is_sound()


def test_a_date_that_no_clerk_opens_alone_moves_nothing(linked: LinkedHall) -> None:
    a_plan(linked, "PX48", AFTER_IT)
    linked.exchange()
    next_day(linked.hall, AFTER_IT)
    linked.exchange()
    assert linked.central_rows(Product, code="PX48") == []


def test_the_office_sees_its_own_day_while_a_hall_is_ahead(linked: LinkedHall) -> None:
    """What counts from tomorrow is in the rows already; who looks at today's is shown what counts today."""
    maker = linked.at_office()
    line = {"table": "price_rule", "op": "change", "key": "C1-05", "values": {"amount": "23"}}
    form = {"title": "Dearer", "reason": "tried", "effective_from": TOMORROW, "scope": "", "rows": [line]}
    edition = maker.managing.make("M6", form).edition.id
    checker = linked.at_office(CHECKER)
    assert checker.editions.approve(edition).state == "approved"
    told = checker.editions.show(edition).effects
    linked.exchange()
    next_day(linked.hall, TOMORROW)
    linked.hall.desk.till.open_shift(FLOAT)
    linked.exchange()
    assert [row.amount for row in linked.central_rows(PriceRule, id="C1-05")] == [2_300]

    assert checker.editions.show(edition).effects == told
    listed = [checker.managing.page("M6", "C1-05", as_of=day).page.rows[0].values for day in ("", TOMORROW)]
    assert [row["amount"] for row in listed] == [2_000, 2_300]


# an outlet that lies


def stands_after(tmp_path: Path, day: str, stopped: str = "") -> str:
    """At which date headquarters' rows stand once a hall's entry tells of a business date."""
    tmp_path.mkdir()
    office, told = headquarters(tmp_path), morning()
    with office.store.transaction(Author("HZ01", "enrol", "test"), journalled=False) as tx:
        move(tx, told[0]["outlet"], stopped=stopped)
    told[-1]["business_date"] = day
    with suppress(Refuse):
        push(office, chained(told, len(told) - 1))
    with office.store.reading() as reading:
        return stands_on(reading)


def test_what_an_outlet_calls_a_date_moves_nothing(tmp_path: Path) -> None:
    before = stands_after(tmp_path / "a", "")
    assert date.fromisoformat(before)
    ahead = (date.fromisoformat(before) + timedelta(days=1)).isoformat()
    for place, told in enumerate((f"{before}!", f"{before} ", f"{before}T00:00", f"{before[:8]}3x", "9")):
        assert stands_after(tmp_path / str(place), told) == before, told
    assert stands_after(tmp_path / "b", ahead) == ahead
    assert stands_after(tmp_path / "c", ahead, stopped=canonical({"template": "no", "values": {}})) == before
