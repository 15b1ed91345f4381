"""An outlet whose line keeps what it gave up: the number or card before, or what it had as it ended."""

from __future__ import annotations

import json
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from boss_tui.headquarters.rules import let_go
from data.clock import SeededClock
from data.journal import Change, canonical
from data.tables.life import Agreement, ScheduledAct, Suspension
from data.tables.order import ProductOrder, Subscription, SubscriptionProduct
from data.tables.provider import ProviderSubscription
from data.tables.resource import PhoneNumber, SimCard
from data.tables.service import ChargeSchedule
from data.tables.sync import SyncException
from tests.boss_tui.components.rows import row
from tests.boss_tui.headquarters.known import change, claim, known
from tests.boss_tui.headquarters.liar import Told, chained, hall, headquarters, journal, push
from tests.boss_tui.headquarters.sly import Sly
from tests.homes import of_this_run

CHANGED, CLOSED, STOPPED = "13957000000", "13957008785", "13957000461"


@cache
def _day() -> str:
    """A number that is changed, one that is closed, on its day too, and one that is stopped for some days: the hall's
    journal as JSON."""
    sly = Sly(hall(of_this_run("kept")))
    new = next(row.number for row in sly.at.rows(PhoneNumber, state="idle", grade="N", order=("number",)))
    sly.do("C2", CHANGED, new_number=new)
    sly.do("C9", CLOSED, action="close")
    sly.do("C6", STOPPED, action="suspend", cause="request", starts_on="2026-11-25", ends_on="2026-11-30")
    sly.next_day("2026-11-25")
    sly.next_day("2026-12-01")
    found = json.dumps(journal(sly.at))
    sly.at.store.close()
    return found


def told(folder: Path, kind: str = "", table: str = "") -> list[SyncException]:
    """What is put aside of the day, which leaves out what an entry of a kind changes of a table, and ends with it."""
    day: Told = json.loads(_day())
    if kind:
        at = next(at for at, entry in enumerate(day) if entry["kind"] == kind and f'"{table}"' in entry["body"])
        body = json.loads(day[at]["body"])
        kept = [each for each in body["changes"] if each[0] != table]
        assert kept != body["changes"]
        day[at]["body"] = canonical({**body, "changes": kept})
        day = chained(day[: at + 1], at)
    office = headquarters(folder)
    assert isinstance(office.store.clock, SeededClock)
    office.store.clock.move(days=10)
    return push(office, day)


def test_an_honest_day_is_believed(tmp_path: Path) -> None:
    assert told(tmp_path) == []


@pytest.mark.parametrize(
    ("kind", "table"),
    [
        ("C2.completion", "phone_number"),
        ("C9.completion", "phone_number"),
        ("C9.completion", "sim_card"),
        ("C9.completion", "charge_schedule"),
        ("C9.completion", "subscription_product"),
        ("C9.completion", "suspension"),
        ("C6.due", "suspension"),
    ],
)
def test_what_a_line_has_no_more_is_let_go(tmp_path: Path, kind: str, table: str) -> None:
    found = told(tmp_path, kind, table)
    assert ("move", "open", table) in {
        (each.reason, each.state, json.loads(each.detail).get("table")) for each in found
    }


# where the rule turns

LINE: dict[str, Any] = {"id": "s1", "outlet": "HZ01", "state": "pendingTerminate", "number": "138", "iccid": "89"}
NUMBER, CARD = {"number": "138", "subscription_id": "s1"}, {"iccid": "89", "subscription_id": "s1"}
RESTS = change("phone_number", "138", state="quarantined", subscription_id=None)
VOID = change("sim_card", "89", state="void", subscription_id=None)
ENDS = change("subscription", "s1", state="terminated")


def found(changed: Sequence[Change], *more: Any, number: Any = NUMBER, card: Any = CARD) -> list[tuple[str, bool]]:
    rows = [row(Subscription, revision=1, **LINE), row(PhoneNumber, **number), row(SimCard, **card), *more]
    faults = [*let_go.judge(known(*rows), claim(changed=changed, kind="C9.completion"))]
    assert {fault.reason for fault in faults} <= {"move"}
    return [(str(fault.detail["table"]), fault.note) for fault in faults]


@pytest.mark.parametrize(
    ("changed", "kept"),
    [
        ([ENDS, RESTS, VOID], []),
        ([ENDS, VOID], ["phone_number"]),
        ([ENDS, RESTS], ["sim_card"]),
        ([ENDS], ["phone_number", "sim_card"]),
        ([change("subscription", "s1", state="cancelled")], ["phone_number", "sim_card"]),
        ([change("subscription", "s1", state="active")], []),
        ([change("subscription", "s1", base=0, state="terminated")], []),
        ([change("subscription", "s2", state="terminated")], []),
        ([ENDS, change("phone_number", "138", state="quarantined"), VOID], ["phone_number"]),
        ([ENDS, change("phone_number", "138", subscription_id="s1"), VOID], ["phone_number"]),
        ([ENDS, change("phone_number", "139", subscription_id=None), VOID], ["phone_number"]),
        ([change("subscription", "s1", number="139")], ["phone_number"]),
        ([change("subscription", "s1", number="138")], []),
        ([change("subscription", "s1", number="139"), RESTS], []),
        ([change("subscription", "s1", iccid="88")], ["sim_card"]),
        ([change("subscription", "s1", iccid="88"), VOID], []),
        ([change("subscription", "s1", plan="P58")], []),
    ],
)
def test_a_number_and_a_card_are_let_go(changed: list[Change], kept: list[str]) -> None:
    assert found(changed) == [(table, False) for table in kept]


def test_what_was_another_line_s_already_is_not_let_go_again() -> None:
    assert found([ENDS], number={**NUMBER, "subscription_id": "s2"}, card={**CARD, "subscription_id": None}) == []


OF_LINE = {"subscription_id": "s1"}
CONTRACT = row(Agreement, id="a", state="active", **OF_LINE)
CHARGED = row(ChargeSchedule, id="c", state="running", **OF_LINE)
HAS = row(SubscriptionProduct, product="P", state="active", **OF_LINE)
STOP = row(Suspension, id="stop", state="running", **OF_LINE)
ACT = row(ScheduledAct, id="act", state="waiting", **OF_LINE)
SERVICE = row(ProviderSubscription, id="p", state="active", **OF_LINE)
ENDED = [ENDS, RESTS, VOID]
OTHERS = row(ProductOrder, id="o2", outlet="HZ02", **OF_LINE)


@pytest.mark.parametrize(
    ("rows", "changed", "kept"),
    [
        ([CONTRACT], [], [("agreement", False)]),
        ([CONTRACT], [change("agreement", "a", state="terminated")], []),
        ([row(Agreement, id="a", state="ended", **OF_LINE)], [], []),
        ([row(Agreement, id="a", state="active", subscription_id="s2")], [], []),
        ([CHARGED], [], [("charge_schedule", False)]),
        ([CHARGED], [change("charge_schedule", "c", state="ended")], []),
        ([row(ChargeSchedule, id="c", state="waiting", **OF_LINE)], [], [("charge_schedule", False)]),
        ([STOP], [], [("suspension", False)]),
        ([STOP], [change("suspension", "stop", state="lifted")], []),
        ([row(Suspension, id="stop", state="planned", **OF_LINE)], [], [("suspension", False)]),
        ([row(Suspension, id="stop", state="lifted", **OF_LINE)], [], []),
        ([row(Suspension, id="stop", state="cancelled", **OF_LINE)], [], []),
        ([ACT], [], [("scheduled_act", False)]),
        ([ACT], [change("scheduled_act", "act", state="cancelled")], []),
        ([ACT, OTHERS], [], [("scheduled_act", True)]),  # of another outlet, which its own may not know of
        ([row(ScheduledAct, id="act", state="done", **OF_LINE)], [], []),
        ([row(ScheduledAct, id="act", state="failed", **OF_LINE)], [], []),
        ([SERVICE], [], [("provider_subscription", False)]),
        ([SERVICE], [change("provider_subscription", "p", state="ended")], []),
        ([row(ProviderSubscription, id="p", state="ended", **OF_LINE)], [], []),
        ([HAS], [], [("subscription_product", False)]),
        ([HAS], [Change("subscription_product", "change", ("s1", "P"), 1, {"state": "ended"})], []),
        ([HAS, row(ProductOrder, id="o1", outlet="HZ01", **OF_LINE)], [], [("subscription_product", False)]),
        ([HAS, OTHERS], [], [("subscription_product", True)]),
    ],
)
def test_a_line_that_ends_has_nothing_still(
    rows: list[Any], changed: list[Change], kept: list[tuple[str, bool]]
) -> None:
    assert found([*ENDED, *changed], *rows) == kept
    assert found([change("subscription", "s1", state="suspended"), *changed], *rows) == []
