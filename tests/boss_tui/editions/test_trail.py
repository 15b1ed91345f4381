"""What an act with an edition leaves in the trail, by the tables that it changed and asked; and what those refuse."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from boss_tui.editions import lifecycle
from boss_tui.editions.lines import RowEdit
from boss_tui.editions.subjects import Unsound
from boss_tui.headquarters import desk as offices
from boss_tui.headquarters.office import Office
from data.clock import SeededClock
from data.errors import NotAllowed
from data.tables.act import Act
from data.tables.service import Figure
from tests.boss_tui.editions.office import CHECKER, KEY, MAKER, PASSWORD, RULES, Desk, end, new_price, price
from tests.engines import Shared, Sqlite, Template
from tests.hall import START

ALWAYS = {"F1", "F2", "F7", "F13", "F14"}
PLACES = (
    RowEdit("category", ("vip",), "add", {"name_zh": "大客户"}),
    RowEdit("outlet", ("HZ01",), "add", {"name_zh": "厅", "province": "浙江"}),
    RowEdit("product", ("UNTIL",), "add", {"name_zh": "到年底", "valid_to": "2026-12-31"}),
    RowEdit("product", ("GONE",), "add", {"name_zh": "停售", "state": "retired"}),
    RowEdit("content", ("t",), "add", {"business": "M6", "text_zh": "先问财务", "state": "published"}),
    RowEdit("interface", ("audit",), "add", {"name_zh": "审计", "offline": "no"}),
    RowEdit("interface", ("asked",), "add", {"name_zh": "询问", "offline": "override"}),
)


@pytest.fixture(scope="module")
def places_made(shared: Shared) -> Template:
    """An office with something to refer to, made once."""

    def make(url: str) -> None:
        made = Desk.made(url)
        made.approved(*PLACES)
        made.store.close()

    return Template(shared, "places", make)


@pytest.fixture
def office(places_made: Template, tmp_path: Path) -> Iterator[Desk]:
    """A copy of it."""
    made = Desk(places_made.on(Sqlite())(tmp_path), SeededClock(START, 2))
    yield made
    made.store.close()


def cells(office: Desk, edition: str, act: str) -> set[str]:
    with office.store.reading() as reading:
        (found,) = reading.all(Act, edition=edition, act=act)
        return {cell.removeprefix("M6-") for cell, _ in json.loads(found.cells)}


@pytest.mark.parametrize(
    ("line", "more"),
    [
        (price(1500), {"F6"}),
        (new_price("N", product="PLAN"), {"F6", "F4"}),
        (new_price("N", category="vip"), {"F6", "F3"}),
        (new_price("N", outlet="HZ01"), {"F6", "F7"}),
        (end("price_rule", "P1"), {"F6"}),
        (RowEdit("charge_item", ("card",), "change", {"name_en": "Card"}), {"F6", "F11"}),
        (RowEdit("plan_rate", ("PLAN", "voice"), "add", {}), {"B1", "F4"}),
        (RowEdit("tax_rate", ("std", "2026-11-23"), "add", {"rate": 600}), {"F6"}),
    ],
)
def test_a_submission_leaves_the_cells_of_what_it_changed_and_asked(
    office: Desk, line: RowEdit, more: set[str]
) -> None:
    made = office.submitted(line)
    assert cells(office, made, "edition.new") == {"F7", "F13", "F14"}
    assert cells(office, made, "edition.submit") == ALWAYS | more
    office.act(CHECKER, lifecycle.approve, made, RULES)
    assert cells(office, made, "edition.approve") == (ALWAYS | more) - {"F2"}


def test_what_was_read_before_a_submission_is_on_record(office: Desk) -> None:
    made = office.submitted(price(1500))
    with office.store.reading() as reading:
        (act,) = reading.all(Act, edition=made, act="edition.submit")
        assert "先问财务" in json.dumps(json.loads(act.form_json)["told"], ensure_ascii=False)
        counted = {row.measure: row.count for row in reading.all(Figure, business="M6", operator=MAKER)}
    assert counted == {"edition.new": 2, "edition.submit": 2}  # one more than the places


@pytest.mark.parametrize(
    ("values", "column"),
    [
        ({"product": "NONE"}, "product"),
        ({"category": "none"}, "category"),
        ({"outlet": "XX"}, "outlet"),
        ({"product": "UNTIL"}, "product"),
        ({"product": "UNTIL", "valid_to": "2027-01-01"}, "product"),
        ({"product": "GONE"}, "product"),
        ({"item": "none"}, "item"),
    ],
)
def test_a_price_names_what_is_there_as_long_as_it_holds(office: Desk, values: dict[str, Any], column: str) -> None:
    with pytest.raises(Unsound) as refused:
        office.submitted(new_price("N", **values))
    assert [fault.column for fault in refused.value.faults] == [column]


@pytest.mark.parametrize("values", [{}, {"product": "UNTIL", "valid_to": "2026-12-31"}, {"product": "PLAN"}])
def test_a_price_that_ends_with_its_product_stands(office: Desk, values: dict[str, Any]) -> None:
    assert office.edition(office.submitted(new_price("N", **values))).state == "submitted"


@pytest.mark.parametrize(("interface", "on_no", "refused"), [("audit", "no", True), ("asked", "override", False)])
def test_what_is_asked_of_the_business_can_forbid_it(office: Desk, interface: str, on_no: str, refused: bool) -> None:
    """An interface that can't be asked answers by its rule; another person decides about an edition in any case."""
    bound = RowEdit("business_interface", ("M6", interface), "add", {"on_no": on_no})
    office.approved(bound)
    if refused:
        with pytest.raises(NotAllowed, match="can't be asked"):
            office.submitted(price(1500))
    else:
        office.submitted(price(1500))


def test_what_is_published_for_a_business_stands_with_its_open_editions(office: Desk) -> None:
    made = office.submitted(price(1500))
    desk = offices.desk(Office(office.store, KEY))
    desk.signing.sign_on(CHECKER, PASSWORD)
    assert [str(notice.text) for notice in desk.editions.show(made).notices] == ["先问财务"]
    desk.editions.approve(made)
    assert desk.editions.show(made).notices == ()  # decided: nothing is to be minded any more
