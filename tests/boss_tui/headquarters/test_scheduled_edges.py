"""What an order leaves for a later day, as headquarters judges it: each part of it, as it was ordered and otherwise."""

from __future__ import annotations

from typing import Any

import pytest

from boss_tui.headquarters.rules import scheduled
from data.demo.handsets import imei
from data.tables.life import ScheduledAct, ServiceParameter, Suspension
from data.tables.order import ProductOrder, Subscription
from tests.boss_tui.components.rows import row
from tests.boss_tui.headquarters.known import MADE, Fact, change, claim, form, known, order, told

NUMBER, DAY_SET, UNIT = "13900000001", "2026-12-05", imei("86012305", 1)
LINE = row(Subscription, id="l", number=NUMBER, revision=1)
BEFORE = row(ServiceParameter, subscription_id="l", service="roaming", name="before", value="national", revision=1)
STOP: dict[str, Any] = {"id": "s", "subscription_id": "l", "cause": "request", "starts_on": DAY_SET, "ends_on": ""}
WRONG = [("form", False)]
ACTS: dict[str, tuple[dict[str, Any], dict[str, Any], int, str]] = {
    "C8": ({"plan": "P"}, {}, 0, "plan service:P"),
    "C9": ({"action": "close"}, {"number": NUMBER, "action": "final"}, 1, "line"),
    "C10": ({"action": "sell", "imei": UNIT, "bundle": "B"}, {"imei": UNIT, "bundle": "B", "month": 1}, 1, ""),
    "C7.3": ({"roaming": "international"}, {"number": NUMBER, "roaming": "national"}, 1, "international roaming"),
    "C6": (
        {"action": "suspend", "cause": "request"},
        {"number": NUMBER, "action": "suspend", "cause": "request"},
        1,
        "forwarding stop:request",
    ),
}
"""By business: what its form says, what its act says, whether that becomes an order, and what it touches."""


def left(business: str, /, typed: dict[str, Any] | None = None, of: str = "", **act: Any) -> list[tuple[str, bool]]:
    """What is against an act that an order leaves."""
    form_said, said, follows, touches = ACTS[business]
    ordered = order(of or business, subscription_id="l", touches=touches, form_json=form(**(typed or form_said)))
    standard: dict[str, Any] = {
        "id": "a",
        "business": business,
        "order_id": "o1",
        "subscription_id": "l",
        "due_on": DAY_SET,
    }
    standard |= {"parameters": form(**said), "follows": follows, "touches": touches}
    new: Fact = (ScheduledAct, {**standard, **act})
    return told(scheduled.judge(known(LINE, BEFORE, row(Suspension, **STOP)), claim(ordered, new)))


@pytest.mark.parametrize("business", ACTS)
def test_an_act_is_what_was_ordered(business: str) -> None:
    _, said, follows, touches = ACTS[business]
    assert left(business) == []
    assert left(business, follows=1 - follows) == WRONG
    assert left(business, touches=f"{touches} number".strip()) == WRONG
    assert left(business, of="C12") == WRONG
    assert left(business, parameters=form(**said, more="1")) == WRONG
    for name in said:
        assert left(business, parameters=form(**{**said, name: "x"})) == WRONG


def test_an_act_that_no_business_leaves_is_none() -> None:
    assert left("C8", of="C2", business="C2") == WRONG


def test_the_parts_of_a_prepayment_come_one_after_the_other() -> None:
    second = {"action": "sell", "imei": UNIT, "bundle": "B", "month": "2"}
    for month, found in ((2, WRONG), (3, []), (4, WRONG)):
        assert left("C10", second, parameters=form(imei=UNIT, bundle="B", month=month)) == found


@pytest.mark.parametrize(
    ("cause", "touches", "found"),
    [("arrears_all", "line", []), ("arrears_all", "plan", WRONG), ("fraud", "line", WRONG), ("request", "line", WRONG)],
)
def test_what_is_paid_lifts_stops_for_arrears_whatever_paid_it(cause: str, touches: str, found: Any) -> None:
    said = form(number=NUMBER, action="resume", cause=cause)
    assert left("C6", of="C12", typed={"who": "1"}, parameters=said, touches=touches) == found


@pytest.mark.parametrize(("due_on", "found"), [(DAY_SET, []), ("2026-12-06", WRONG)])
def test_a_stop_is_that_of_its_day(due_on: str, found: Any) -> None:
    assert left("C6", due_on=due_on) == found


def test_a_number_that_leaves_is_closed() -> None:
    said = form(number=NUMBER, action="ported")
    assert left("C9", of="C1", parameters=said, touches="") == []
    assert left("C9", of="C1", parameters=said) == WRONG
    assert left("C9", of="C1", parameters=form(number="1", action="ported"), touches="") == WRONG


# done

WAITS: dict[str, Any] = {"id": "a", "business": "C9", "subscription_id": "l", "order_id": "o0", "state": "waiting"}
SAID = form(number=NUMBER, action="final")


@pytest.mark.parametrize(
    ("became", "done", "found"),
    [
        ({}, "o1", []),
        ({}, "o2", WRONG),
        ({}, None, WRONG),
        ({"form_json": form(number=NUMBER, action="close")}, "o1", WRONG),
        ({"subscription_id": "m"}, "o1", WRONG),
        ({"business": "C6"}, "o1", WRONG),
    ],
)
def test_an_act_is_done_by_the_order_that_it_becomes(became: dict[str, Any], done: str | None, found: Any) -> None:
    waits = row(ScheduledAct, **WAITS, follows=1, parameters=SAID, touches="line")
    new = order(**{"business": "C9", "subscription_id": "l", "touches": "line", "form_json": SAID, **became})
    ended = change("scheduled_act", "a", state="done", done_order_id=done, done_at=MADE)
    assert told(scheduled.judge(known(LINE, waits), claim(new, changed=[ended]))) == found


@pytest.mark.parametrize(("done", "found"), [("o0", []), ("o9", WRONG)])
def test_an_order_that_waits_goes_on_itself(done: str, found: Any) -> None:
    waits = row(ScheduledAct, **{**WAITS, "business": "C8"}, follows=0, parameters="{}", touches="plan")
    rows = [row(ProductOrder, id=key, business="C8", subscription_id="l", revision=1) for key in ("o0", "o9")]
    moved = [change("product_order", key, state="inProgress") for key in ("o0", "o9")]
    ended = change("scheduled_act", "a", state="done", done_order_id=done, done_at=MADE)
    assert told(scheduled.judge(known(LINE, waits, *rows), claim(changed=[*moved, ended]))) == found


@pytest.mark.parametrize(
    ("was", "values", "kind", "found"),
    [
        ("waiting", {"state": "cancelled", "reason": "why", "done_at": MADE}, "C9", []),
        ("waiting", {"state": "cancelled", "reason": "", "done_at": MADE}, "C9", WRONG),
        ("waiting", {"state": "cancelled", "reason": "why", "done_at": ""}, "C9", WRONG),
        ("waiting", {"state": "cancelled", "reason": "why", "done_at": "2026-11-23T00:59:00.000000Z"}, "C9", []),
        ("waiting", {"state": "cancelled", "reason": "why", "done_at": "2026-11-23T00:58:59.999999Z"}, "C9", WRONG),
        ("waiting", {"state": "cancelled", "reason": "why", "done_at": "2026-11-23T01:00:00.000001Z"}, "C9", WRONG),
        ("done", {"state": "cancelled", "reason": "why", "done_at": MADE}, "C9", WRONG),
        ("waiting", {"state": "failed", "reason": "why", "done_at": MADE}, "due", []),
        ("waiting", {"state": "failed", "reason": "", "done_at": MADE}, "due", WRONG),
        ("waiting", {"state": "failed", "reason": "why", "done_at": MADE}, "C9", WRONG),
        ("cancelled", {"state": "waiting", "reason": "", "done_at": ""}, "C9", []),
        ("cancelled", {"state": "waiting", "reason": "why", "done_at": ""}, "C9", WRONG),
        ("cancelled", {"state": "waiting", "reason": "", "done_at": MADE}, "C9", WRONG),
        ("waiting", {"state": "waiting", "done_order_id": "o1", "done_at": MADE}, "C9", WRONG),
    ],
)
def test_an_act_ends_as_one_does(was: str, values: dict[str, Any], kind: str, found: Any) -> None:
    here = row(ScheduledAct, **{**WAITS, "state": was, "revision": 1}, reason="why" if was == "cancelled" else "")
    new = order("C9", subscription_id="l", form_json=form(number=NUMBER, action="close"))
    changed = [change("scheduled_act", "a", **values)]
    assert told(scheduled.judge(known(LINE, here), claim(new, changed=changed, kind=kind))) == found


OFF = change("scheduled_act", "a", state="cancelled", reason="why", done_at=MADE)


@pytest.mark.parametrize(
    ("act", "business", "typed", "found"),
    [
        ("C6", "C6", {"action": "resume", "cause": "request"}, []),
        ("C6", "C6", {"action": "resume", "cause": "loss"}, WRONG),
        ("C6", "C7.4", {"subscribe": ["S"]}, WRONG),
        ("C6", "C9", {"action": "close"}, []),
        ("C8", "C9", {"action": "close"}, []),
        ("C8", "C7.4", {"subscribe": ["S"]}, WRONG),
        ("C10", "C8", {"plan": "P"}, []),
    ],
)
def test_an_act_is_called_off_by_what_may(act: str, business: str, typed: dict[str, Any], found: Any) -> None:
    said = form(number=NUMBER, action="suspend", cause="request")
    here = row(ScheduledAct, **{**WAITS, "business": act, "revision": 1}, parameters=said)
    new = order(business, subscription_id="l", form_json=form(number=NUMBER, **typed))
    assert told(scheduled.judge(known(LINE, here), claim(new, changed=[OFF]))) == found
    elsewhere = order(business, subscription_id="m", form_json=form(number=NUMBER, **typed))
    assert told(scheduled.judge(known(LINE, here), claim(elsewhere, changed=[OFF]))) == WRONG
