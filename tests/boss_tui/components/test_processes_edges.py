"""Which orders are in each other's way, what waits for its day, what is called off and set again (F14); history."""

from __future__ import annotations

import json
from datetime import date
from typing import Any

import pytest

from boss_tui.components.history import note, shown
from boss_tui.components.processes.processes import Processes
from boss_tui.components.processes.touching import meet
from data.message import say
from data.tables.account import BillingAccount
from data.tables.customer import Category, Customer, DocumentKind
from data.tables.life import ScheduledAct, ValueChange
from data.tables.order import Process, ProductOrder, Trail
from data.tables.product import Product
from tests.boss_tui.components.loose import Loose
from tests.boss_tui.components.rows import context, row

PROCESS = {"business": "C1", "number": "x", "steps": '["inform"]', "network_minutes": 60} | dict.fromkeys(
    ("limits", "approvals", "copies"), "[]"
)


def order(key: str, **values: Any) -> Any:
    standard = {
        "id": key,
        "subscription_id": "s",
        "customer_id": "c",
        "business": "C8",
        "state": "inProgress",
        "touches": "plan",
        "created_at": key,
    }
    return row(ProductOrder, **{**standard, **values})


def f14(tx: Loose, **about: Any) -> Processes:
    return Processes(context(tx, **about))


@pytest.mark.parametrize(
    ("some", "others", "same"),
    [
        (["plan"], ["plan"], True),
        (["plan"], ["card"], False),
        (["line"], ["card"], True),
        (["card"], ["line"], True),
        (["service"], ["service:CLIP"], True),
        (["service:CLIP"], ["service"], True),
        ([], ["line"], False),
        (["service:CLIP"], ["service:MMS"], False),
        (["service:C"], ["service:CLIP"], False),
        (["line"], [], False),
        (["plan", "card"], ["stop", "card"], True),
        (["services"], ["service"], False),
    ],
)
def test_two_orders_meet_where_they_touch_the_same(some: list[str], others: list[str], same: bool) -> None:
    assert meet(some, others) is same


@pytest.mark.parametrize(
    ("values", "in_the_way"),
    [
        ({}, True),
        ({"state": "acknowledged"}, True),
        ({"state": "held"}, True),
        ({"state": "completed"}, False),
        ({"state": "cancelled"}, False),
        ({"touches": "card"}, False),
        ({"subscription_id": "t"}, False),
        ({"state": "pending"}, False),
        ({"state": "pending", "business": "C1"}, True),
        ({"state": "completed", "business": "C1"}, False),
    ],
)
def test_what_the_network_has_not_ended_is_in_the_way_of_what_touches_the_same(
    tx: Loose, values: dict[str, Any], in_the_way: bool
) -> None:
    tx.put(order("1", **values))
    found = f14(tx).in_the_way("s", ["plan", "number"])
    assert (found is not None) is in_the_way
    assert f14(tx).running("s") is (in_the_way or values == {"touches": "card"})


def test_the_first_order_that_is_in_the_way_is_told(tx: Loose) -> None:
    tx.put(order("2"), order("1"), order("0", touches="card"))
    found = f14(tx).in_the_way("s", ["plan"])
    assert found is not None
    assert found.id == "1"


def test_an_order_by_its_serial_and_what_took_it_back(tx: Loose) -> None:
    tx.put(order("a", serial="S1"), order("b", serial="S2", reverses="a"), row(Process, **PROCESS))
    one = f14(tx)
    found = one.order_of("S1")
    assert found is not None
    assert (found.id, one.order_of("S9"), one.order("b").id, one.started().number) == ("a", None, "b", "x")
    back = one.taken_back(found)
    assert back is not None
    assert (back.id, one.taken_back(back)) == ("b", None)
    one.takes_back(tx.one(ProductOrder, id="a"), one.order("b"))
    assert tx.one(ProductOrder, id="a").reverses == "b"


@pytest.mark.parametrize(
    ("values", "counts"),
    [
        ({}, True),
        ({"state": "inProgress"}, False),
        ({"business": "C2"}, False),
        ({"customer_id": "d"}, False),
        ({"reverses": "x"}, False),
        ({"id": "gone"}, False),
    ],
)
def test_the_latest_orders_are_those_that_stand(tx: Loose, values: dict[str, Any], counts: bool) -> None:
    first = {"id": "1", "state": "completed", **values}
    tx.put(
        order(first.pop("id"), **first),
        order("back", reverses="gone", state="completed"),
        order("2", state="completed", created_at="2"),
    )
    found = [one.id for one in f14(tx).latest("C8", "c")]
    assert ("1" in found) is (counts and "id" not in values)
    assert "gone" not in found
    assert f14(tx).latest("C8", "c", 1)[0].id == "2"


def test_twenty_are_told_at_most_the_latest_first(tx: Loose) -> None:
    tx.put(*(order(f"{n:02}", state="completed") for n in range(21)))
    found = [one.id for one in f14(tx).latest("C8", "c")]
    assert (len(found), found[0], found[-1]) == (20, "20", "01")


# acts that wait for their day


def test_what_is_set_for_a_day_follows_as_an_order_of_its_own_unless_said_otherwise(tx: Loose) -> None:
    one = f14(tx)
    one.schedule("s", date(2026, 12, 1), {"b": 1, "a": "x"})
    one.schedule("s", date(2026, 11, 30), {}, follows=False, business="C8", touches=("plan", "card"))
    names = ("business", "due_on", "follows", "parameters", "touches", "state", "order_id")
    assert sorted(tx.told(ScheduledAct, *names)) == [
        ("C1", "2026-12-01", 1, '{"a":"x","b":1}', "line", "waiting", "order"),
        ("C8", "2026-11-30", 0, "{}", "card plan", "waiting", "order"),
    ]
    assert [act.due_on for act in one.waiting("s")] == ["2026-11-30", "2026-12-01"]
    assert one.waiting("t") == []


@pytest.mark.parametrize(
    ("business", "wanted", "off"),
    [
        ("", {}, ["1", "2", "3"]),
        ("C8", {}, ["1", "2"]),
        ("C8", {"plan": "P"}, ["1"]),
        ("", {"plan": "P"}, ["1", "3"]),
        ("C9", {}, []),
        ("", {"plan": "Q"}, []),
    ],
)
def test_what_is_called_off_for_a_reason_is_set_again_for_it(
    tx: Loose, business: str, wanted: dict[str, str], off: list[str]
) -> None:
    acts: tuple[tuple[str, str, dict[str, Any], str], ...] = (
        ("1", "C8", {"plan": "P", "x": 1}, "waiting"),
        ("2", "C8", {}, "waiting"),
        ("3", "C6", {"plan": "P"}, "waiting"),
        ("4", "C8", {"plan": "P"}, "done"),
    )
    for key, of, parameters, state in acts:
        tx.put(
            row(
                ScheduledAct,
                id=key,
                subscription_id="s",
                business=of,
                parameters=json.dumps(parameters),
                state=state,
                due_on="2026-12-01",
            )
        )
    one, why = f14(tx), say("Fee")
    assert [act.id for act in one.unschedule("s", business, why, **wanted)] == off
    assert sorted(act.id for act in one.waiting("s")) == sorted({"1", "2", "3"} - {*off})
    assert one.set_again("s", say("Amount")) == []
    assert one.set_again("t", why) == []
    assert sorted(act.id for act in one.set_again("s", why)) == off
    assert [act.id for act in one.waiting("s")] == ["1", "2", "3"]
    assert {*tx.told(ScheduledAct, "reason", "done_at")} == {("", "")}


def test_the_trail_of_a_step_is_kept(tx: Loose) -> None:
    one = f14(tx, trail=[["C1-F4", "basket"]])
    one.record("order")
    assert tx.told(Trail, "order_id", "step", "business", "cells") == [
        ("order", "order", "C1", '[["C1-F4","basket"],["C1-F14","record"]]'),
    ]


# what values were


def test_what_differs_is_noted_a_secret_without_its_values(tx: Loose) -> None:
    before = {"plan": "P", "amount": 5, "password_hash": "x"}
    note(context(tx), "s", before, {"plan": "Q", "amount": 5, "password_hash": "y", "new": "1", "none": ""})
    names = ("field", "before", "after")
    assert sorted(tx.told(ValueChange, *names, subject="s", order_id="order")) == [
        ("new", "", "1"),
        ("password_hash", "", ""),
        ("plan", "P", "Q"),
    ]


@pytest.mark.parametrize(
    ("column", "value", "told"),
    [
        ("plan", "P", "Plan P"),
        ("plan", "gone", "gone"),
        ("document_kind", "00", "Card"),
        ("document_kind", "x", "x"),
        ("category", "v", "Best"),
        ("category", "x", "x"),
        ("account_id", "a", "A1"),
        ("account_id", "x", "-"),
        ("customer_id", "c", "张*"),
        ("customer_id", "x", "-"),
        ("state", "active", "active"),
        ("state", "odd", "odd"),
        ("document_number", "11010519491231002X", "110***********002X"),
        ("bank_account", "6222021234567890", "622*********7890"),
        ("minimum_spend", "8800", "88.00"),
        ("document_expires", "9999-12-31", "long-term"),
        ("document_expires", "2030-01-01", "2030-01-01"),
        ("plan", "", "-"),
        ("address", "", "-"),
        ("address", "x", "x"),
        ("gender", "male", "male"),
        ("barring.program", "", "No barring"),
        ("bill_medium", "post", "by post"),
        ("bill_medium", "odd", "odd"),
    ],
)
def test_a_value_is_shown_by_its_name_and_private_numbers_masked(tx: Loose, column: str, value: str, told: str) -> None:
    tx.put(
        row(Product, code="P", name_zh="品", name_en="Plan P"),
        row(DocumentKind, code="00", name_zh="证", name_en="Card"),
        row(Category, code="v", name_zh="优", name_en="Best"),
        row(BillingAccount, id="a", number="A1"),
        row(Customer, id="c", name="张三"),
    )
    assert str(shown(tx, column, value)) == told
