"""What a run of credit control makes of a line, what it counts, and what it tells."""

from __future__ import annotations

import json
from types import SimpleNamespace
from typing import Any

import pytest

from boss_tui.components.credit.control_stages import Condition, LineMoney
from boss_tui.components.credit.credit_control import Spared, Verdict
from boss_tui.management.m03_2.checks import OWN
from boss_tui.management.m08 import control as m08_control
from boss_tui.management.m08.control import Found
from data.message import say
from data.parameters import BLACKLIST_FROM
from data.tables.account import BillingAccount
from data.tables.credit import ControlStage
from data.tables.credit_control import ControlDone, ControlOrder
from data.tables.customer import Customer, ListedPerson
from data.tables.job import Job
from data.tables.order import Subscription
from tests.boss_tui.components.rows import Rows, context, row

LINE = row(Subscription, id="line", number="N", customer_id="owner", pay_type="postpaid", state="active")
OWNER = row(Customer, id="owner", document_number="D")


def verdict(*spared: str, due: Any = None) -> Verdict:
    whys = tuple(Spared(kind, say(kind)) for kind in spared)
    return Verdict(LINE, OWNER, row(BillingAccount), LineMoney(owed=700, about="o"), due, whys, ())


@pytest.mark.parametrize(
    ("stage", "spared", "held", "act", "any_time"),
    [
        ("remind", [], "due", "remind", False),
        ("remind", ["red_list"], "due", "", False),
        ("call", ["roaming"], "due", "", False),
        ("stop_outgoing", ["red_list"], "due", "call", False),
        ("cancel", ["roaming"], "due", "call", False),
        ("stop_all", ["key_account"], "due", "", False),
        ("stop_all", ["key_account", "roaming"], "due", "call", False),
        ("stop_all", [], "limit", "stop_all", True),
        ("stop_all", [], "sudden", "stop_all", False),
    ],
)
def test_who_is_spared_a_stop_is_called_where_it_is_for_the_red_list_or_abroad(
    stage: str, spared: list[str], held: str, act: str, any_time: bool
) -> None:
    row_ = row(ControlStage, code="S", act=stage, any_time=1)
    found = m08_control._of_stage(verdict(*spared), row_, {held})
    assert (found.act, found.stage, found.at_stake, found.occasion, found.any_time) == (act, "S", 700, "o", any_time)
    assert [each.kind for each in found.spared] == spared
    assert not m08_control._of_stage(verdict(), row(ControlStage, act=stage), {"limit"}).any_time


@pytest.mark.parametrize(
    ("waits", "state", "stopped", "lifts", "due", "acts"),
    [
        (True, "active", "", True, True, []),
        (False, "active", "", True, True, ["remind"]),
        (False, "active", "", True, False, []),
        (False, "suspended", "", True, False, []),
        (False, "active", "arrears_all", True, True, ["remind"]),
        (False, "suspended", "arrears_all", True, True, ["resume"]),
        (False, "suspended", "arrears_all", False, True, ["remind"]),
    ],
)
def test_a_line_is_resumed_before_a_stage_of_it_is_due(
    monkeypatch: pytest.MonkeyPatch, waits: bool, state: str, stopped: str, lifts: bool, due: bool, acts: list[str]
) -> None:
    stage = SimpleNamespace(stage=SimpleNamespace(row=row(ControlStage, act="remind")), held=(Condition("due"),))
    control = SimpleNamespace(
        is_stopped=lambda _, cause: cause == stopped,
        may_lift=lambda *_: lifts,
        judge=lambda _: verdict(due=stage if due else None),
    )
    monkeypatch.setattr(m08_control, "CreditControl", lambda _: control)
    rows = [row(ControlOrder, id="c", subscription_id="line", state="active")] if waits else []
    line = row(Subscription, id="line", state=state)
    assert [each.act for each in m08_control._found(context(Rows(*rows)), line)] == acts


@pytest.mark.parametrize(
    ("orders", "done", "waits"),
    [([], [], False), (["a"], [], True), (["a"], ["a"], False), (["a", "b"], ["a"], True), (["a"], ["b"], True)],
)
def test_a_line_waits_while_an_order_of_it_has_come_to_nothing(orders: list[str], done: list[str], waits: bool) -> None:
    rows = [row(ControlOrder, id=key, subscription_id="line", state="active") for key in orders]
    ended = row(ControlOrder, id="ended", subscription_id="line", state="undone")
    reading: Any = Rows(ended, *rows, *(row(ControlDone, control_order=key) for key in done))
    assert m08_control._waits(reading, LINE) is waits


@pytest.mark.parametrize(
    ("act", "more", "listed", "bad"),
    [
        ("cancel", 1, [], True),
        ("cancel", 0, [], False),
        ("precancel", 1, [], False),
        ("cancel", 1, [{}], False),
        ("cancel", 1, [{"list": "red"}, {"document_number": "E"}, {"source": "file"}], True),
    ],
)
def test_who_is_cancelled_with_a_great_debt_comes_onto_our_black_list_once(
    monkeypatch: pytest.MonkeyPatch, act: str, more: int, listed: list[dict[str, str]], bad: bool
) -> None:
    monkeypatch.setattr(type(BLACKLIST_FROM), "of", lambda *_: 100)
    entry = {"list": "black", "document_number": "D", "source": OWN}
    reading: Any = Rows(OWNER, *(row(ListedPerson, **{**entry, **values}) for values in listed))
    assert m08_control._is_bad_debt(reading, Found(LINE, act, "S", 100 + more)) is bad


def test_a_run_counts_acts_with_their_sums_and_what_spares_and_names_so_many(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(m08_control, "TOLD", 2)
    said: dict[str, Any] = {"acts": {}, "sums": {}, "spared": {}, "who": [], "lines": 3, "editions": [("e", 4)]}
    red, abroad = Spared("red_list", say("hero")), Spared("roaming", say("abroad"))
    found = [
        Found(LINE, "remind", "S1", 150),
        Found(LINE, "remind", "S1", 50),
        Found(LINE, "call", "S2", 300, (red, abroad)),
        Found(LINE, "", "S3", 100, (red, red)),
        Found(LINE, "", "S4", 7, (red,)),
    ]
    m08_control._count(said, found[:3])
    m08_control._count(said, found[3:])
    assert (said["acts"], said["sums"]) == ({"remind": 2, "call": 1}, {"remind": 200, "call": 300})
    assert (said["spared"], len(said["who"])) == ({"red_list": 3, "roaming": 1}, 2)
    job = row(Job, done=9, said=json.dumps(said))
    assert [str(line) for line in m08_control.told(job)] == [
        "9 lines were looked at, 3 are in edition #4: another person signs it.",
        "Reminder: 2, 2.00 yuan",
        "Reminder and call: 1, 3.00 yuan",
        "spared, Red list: 3",
        "spared, Roaming abroad: 1",
        "N, S2, 3.00 yuan: called; Red list: hero, Roaming abroad: abroad",
        "N, S3, 1.00 yuan: spared; Red list: hero, Red list: hero",
    ]
    nothing = row(Job, done=1, said=json.dumps({**said, "acts": {}, "spared": {}, "who": [], "editions": []}))
    assert [str(line) for line in m08_control.told(nothing)] == ["1 line was looked at: nothing is to be done."]
