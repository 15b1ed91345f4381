"""An edition that rows of several businesses have joined: each allows, checks and decides what is its own."""

from __future__ import annotations

import json
from collections.abc import Iterator

import pytest

from boss_tui.editions import drafts, lifecycle, opposite, standing
from boss_tui.editions.lines import RowEdit
from boss_tui.editions.subjects import EditionSubject, Fault, Rehearsal, Rules, Unsound
from boss_tui.management import rules as house
from data.errors import NotAllowed
from data.message import say
from data.tables.act import Act
from data.tables.edition import Edition, EditionLine
from data.tables.product import Product
from tests.boss_tui.editions.office import CHECKER, MAKER, RULES, THIRD, Desk, price

PLAN = RowEdit("product", ("PLAN",), "change", {"name_zh": "学生套餐"})
SALES = "supervisor"
"""A role that may check prices, and no products."""


def joined(office: Desk) -> str:
    """A draft that was begun in M6, and a row of M4 that joined it."""
    made = office.drafted(price(1500))
    office.act(MAKER, drafts.put_line, made, PLAN, RULES, business="M4")
    return made


def waits(office: Desk, **may: bool) -> list[str]:
    with office.store.reading() as reading:
        held = {code.replace("_", "."): True for code, has in may.items() if has}
        return [each.id for each in standing.waiting_for(reading, CHECKER, held)]


@pytest.fixture
def roles(office: Desk) -> Desk:
    """The office, where 3003 checks prices and no products."""
    office.approved(RowEdit("operator", (THIRD,), "change", {"role": SALES}))
    return office


@pytest.mark.both_engines
def test_rows_of_two_businesses_are_one_edition_submitted_and_approved_once(office: Desk) -> None:
    made = joined(office)
    with office.store.reading() as reading:
        assert standing.businesses(reading, reading.one(Edition, id=made)) == ("M6", "M4")
        assert {row.table_name: row.subject for row in standing.rows_of(reading, made)} == {
            "price_rule": "M6",
            "product": "M4",
        }
    office.act(MAKER, lifecycle.submit, made, RULES)
    assert waits(office, M6=True) == waits(office, M4=True) == []
    assert waits(office, M6=True, M4=True) == [made]
    office.act(CHECKER, lifecycle.approve, made, RULES)
    assert (office.price(), office.row(Product, code="PLAN").name_zh) == (1500, "学生套餐")


def test_the_business_of_a_row_that_was_taken_out_is_asked_no_more(office: Desk) -> None:
    made = joined(office)
    (position,) = (row.position for row in _rows(office, made) if row.subject == "M4")
    office.act(MAKER, drafts.drop_line, made, position)
    office.act(MAKER, lifecycle.submit, made, RULES)
    assert waits(office, M6=True) == [made]


def test_who_may_not_check_one_of_them_decides_nothing_of_it(roles: Desk) -> None:
    made = joined(roles)
    roles.act(MAKER, lifecycle.submit, made, RULES)
    for decide in (
        lambda at: lifecycle.approve(at, made, RULES),
        lambda at: lifecycle.reject(at, made, "no"),
    ):
        with pytest.raises(NotAllowed) as refused:
            roles.act(THIRD, decide)
        assert refused.value.message.values["right"] == "M4.check"
    assert roles.edition(made).state == "submitted"


def test_who_may_not_change_one_of_them_puts_no_row_into_it_nor_submits_it(office: Desk) -> None:
    made = joined(office)
    prices_only = RowEdit("operator", (MAKER,), "change", {"role": "clerk"})
    office.approved(prices_only, by=THIRD)
    with pytest.raises(NotAllowed) as refused:
        office.act(MAKER, drafts.put_line, made, PLAN, RULES, business="M4")
    assert refused.value.message.values["right"] == "M4"
    with pytest.raises(NotAllowed) as refused:
        office.act(MAKER, lifecycle.submit, made, RULES)
    assert refused.value.message.values["right"] == "M4"


def test_each_business_checks_what_is_its_own_and_what_two_ask_is_told_once(office: Desk) -> None:
    def dear(at: Rehearsal) -> Iterator[Fault]:
        for position, _ in at.of(Product):
            yield Fault(position, "name_zh", say("No."))

    both = [
        EditionSubject(code, frozenset({table}), (dear,)) for code, table in (("M6", "price_rule"), ("M4", "product"))
    ]
    rules = Rules(RULES.publish, {each.code: each for each in both})
    made = joined(office)
    with pytest.raises(NotAllowed):
        office.act(MAKER, drafts.put_line, made, PLAN, rules)  # M6 does not keep products
    with pytest.raises(Unsound) as refused:
        office.act(MAKER, lifecycle.submit, made, rules)
    assert [(fault.position, fault.column) for fault in refused.value.faults] == [(1, "name_zh")]


def test_two_people_approve_it_where_one_of_its_businesses_asks_for_that(office: Desk) -> None:
    rules = house.rules(RULES.publish)
    made = office.act(MAKER, drafts.new, business="M9", title="Papers", reason="Because").id
    office.act(MAKER, drafts.put_line, made, price(100), rules)
    assert office.act(MAKER, lifecycle.submit, made, rules, business="M9").needs_two


def test_what_was_put_in_through_another_business_is_signed_for(office: Desk) -> None:
    made = office.drafted(price(1500))
    with office.store.reading() as reading:
        edition = reading.one(Edition, id=made)
        before = standing.content_hash(edition, standing.rows_of(reading, made))
    office.act(MAKER, drafts.put_line, made, price(1500), RULES, business="M4")
    with office.store.reading() as reading:
        assert standing.content_hash(edition, standing.rows_of(reading, made)) != before


def test_its_opposite_is_of_the_same_businesses(office: Desk) -> None:
    made = joined(office)
    office.act(MAKER, lifecycle.submit, made, RULES)
    office.act(CHECKER, lifecycle.approve, made, RULES)
    back, left = office.act(MAKER, opposite.roll_back, made, RULES, "back")
    assert not left
    assert {row.table_name: row.subject for row in _rows(office, back.id)} == {"price_rule": "M6", "product": "M4"}


def test_the_trail_says_what_each_business_used(office: Desk) -> None:
    made = joined(office)
    office.act(MAKER, lifecycle.submit, made, RULES)
    with office.store.reading() as reading:
        (act,) = reading.all(Act, edition=made, act="edition.submit")
        cells = {cell for cell, _ in json.loads(act.cells)}
    assert {"M6-F6", "M4-F4"} <= cells
    assert "M6-F4" not in cells


def _rows(office: Desk, edition: str) -> list[EditionLine]:
    with office.store.reading() as reading:
        return standing.rows_of(reading, edition)
