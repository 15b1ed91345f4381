"""Fields that managers have added: asked for at the counter, kept with the order, printed, found, counted."""

from __future__ import annotations

import json
from typing import Any

import pytest

from boss_tui.reports.behind import behind
from boss_tui.reports.extra import answers
from data.errors import BadForm
from data.journal import Author
from data.tables.extra import ExtraField, ExtraValue
from tests.hall import FACTS, Hall

pytestmark = pytest.mark.light

COLOURS = json.dumps([["r", "红", "Red"], ["g", "绿", "Green"]])
ROWS: tuple[dict[str, Any], ...] = (
    {"code": "why", "label_zh": "原因", "label_en": "Why", "required": 1, "printed": 1, "searched": 1, "position": 1},
    {"code": "colour", "kind": "choice", "label_zh": "颜色", "label_en": "Colour", "choices": COLOURS, "position": 2},
)


def publish(hall: Hall, *rows: dict[str, Any], business: str = "C4.2") -> None:
    """What headquarters hands down."""
    with hall.store.transaction(Author(FACTS.outlet, "M1", "headquarters"), journalled=False) as tx:
        for row in rows:
            here = tx.find(ExtraField, business=business, code=row["code"])
            if here is None:
                tx.add(ExtraField, business=business, **row)
            else:
                tx.change(here, **row)


def begun(hall: Hall, **typed: Any) -> Any:
    desk = hall.desk.forms
    view = desk.begin("C4.2")
    return desk.fill(view.id, {**desk.example("C4.2"), **typed})


def day(hall: Hall) -> str:
    return hall.desk.signing.state().business_date


def test_it_is_asked_for_after_the_businesss_own_and_by_no_other(hall: Hall) -> None:
    own = [spec.name for spec in hall.desk.forms.form("C4.2").fields()]
    publish(hall, *ROWS)
    assert [spec.name for spec in hall.desk.forms.form("C4.2").fields()] == [*own, "x_why", "x_colour"]
    assert "x_why" not in {spec.name for spec in hall.desk.forms.form("C4.1").fields()}
    assert [choice.value for choice in hall.desk.forms.choices(begun(hall).id, "x_colour", "")] == ["r", "g"]


def test_it_is_kept_with_the_order_printed_found_and_counted(hall: Hall) -> None:
    publish(hall, *ROWS)
    view = begun(hall, x_why="Moved house", x_colour="绿")
    assert (view.errors, view.values["x_colour"]) == ({}, "g")
    done = hall.desk.orders.complete(view.id, [])
    assert {(row.field, row.value) for row in hall.rows(ExtraValue, order_id=done.order_id)} == {
        ("why", "Moved house"),
        ("colour", "g"),
    }
    paper = "\n".join(done.papers[0].preview)
    assert "Moved house" in paper
    assert "Green" not in paper
    assert [hit.values["serial"] for hit in hall.desk.finding.find("moved HOUSE")] == [done.serial]
    assert [view.serial for view in hall.desk.lookups.orders("moved house")] == [done.serial]
    with hall.store.reading() as reading:
        counted = {
            one.key: (str(one.label), str(one.answer), one.count) for one in answers(reading, FACTS.outlet, day(hall))
        }
        assert counted == {"C4.2 colour g": ("Colour", "Green", 1), "C4.2 why ": ("Why", "typed", 1)}
        assert [b.key for b in behind(reading, FACTS.outlet, day(hall), "extra", "C4.2 why ")] == [done.serial]


@pytest.mark.parametrize(
    ("typed", "wrong"), [({}, {"x_why"}), ({"x_why": "a", "x_colour": "blue"}, {"x_colour"}), ({"x_why": "a"}, set())]
)
def test_what_is_missing_or_wrong_stands_beside_it_and_nothing_is_done(
    hall: Hall, typed: dict[str, str], wrong: set[str]
) -> None:
    publish(hall, *ROWS)
    view = begun(hall, **typed)
    if wrong:
        with pytest.raises(BadForm) as refused:
            hall.desk.orders.complete(view.id, [])
        assert set(refused.value.errors) == wrong
    else:
        assert hall.desk.orders.complete(view.id, []).state == "completed"


def test_one_that_is_taken_away_meanwhile_is_asked_for_no_more_and_one_that_came_is(hall: Hall) -> None:
    publish(hall, *ROWS)
    first, second = begun(hall, x_why="a"), begun(hall, x_why="b")
    publish(hall, {"code": "why", "state": "withdrawn"})
    hall.desk.orders.complete(first.id, [])
    publish(hall, {"code": "colour", "required": 1})
    with pytest.raises(BadForm) as refused:
        hall.desk.orders.complete(second.id, [])
    assert set(refused.value.errors) == {"x_colour"}


def test_it_begins_and_ends_with_its_business_dates(hall: Hall) -> None:
    publish(hall, {"code": "why", "label_zh": "原因", "valid_from": day(hall), "valid_to": day(hall)})
    assert "x_why" in {spec.name for spec in hall.desk.forms.form("C4.2").fields()}
    publish(hall, {"code": "why", "valid_to": "2020-01-01"})
    assert "x_why" not in {spec.name for spec in hall.desk.forms.form("C4.2").fields()}
