"""Stages of credit control: when each is due, at its edges; and what M8 asks of them, each rule failing alone."""

from __future__ import annotations

import json
from typing import Any

import pytest

from boss_tui.components.credit.control_stages import LineMoney, due, read, stages_on
from boss_tui.editions.lines import RowEdit
from boss_tui.management.m08.checks import (
    stages_are_not_left_hanging,
    stages_can_be_reached,
    stages_rise,
    stages_say_what,
)
from data.errors import BadForm
from data.standard import credit as demo
from data.tables.credit import ControlStage
from tests.boss_tui.components.rows import DAY, Rows, rehearsal, row

DEMO = [row(ControlStage, **values) for model, rows in demo.rows() if model is ControlStage for values in rows]
STAGES = stages_on(DEMO, DAY)


def conditions(*each: tuple[str, str, str]) -> str:
    return json.dumps([dict(zip(("when", "value", "stage"), one, strict=True)) for one in each])


def stage(code: str = "X", **values: Any) -> Any:
    standard = {
        "name_zh": "阶段",
        "pay_type": "postpaid",
        "rank": 150,
        "act": "remind",
        "conditions": conditions(("due", "0", "")),
        "text_zh": "欠费{owed}元",
    }
    return row(ControlStage, **{"code": code, **standard, **values})


def found(check: Any, changed: Any, *others: Any, op: Any = "change") -> list[str]:
    line = RowEdit("control_stage", (changed.code,), op, {})
    return [fault.column for fault in check(rehearsal(Rows(changed, *others), {1: line}, DAY))]


@pytest.mark.parametrize(
    ("pay_type", "money", "code"),
    [
        ("prepaid", {"balance": 1_000}, None),
        ("prepaid", {"balance": 999}, "P-REMIND"),
        ("prepaid", {"balance": 500}, "P-REMIND"),
        ("prepaid", {"balance": 499}, "P-CALL"),
        ("prepaid", {"balance": 2_999, "daily": 1_000}, "P-CALL"),
        ("prepaid", {"balance": 3_000, "daily": 1_000}, None),
        ("prepaid", {"balance": 1}, "P-CALL"),
        ("prepaid", {"balance": 0}, "P-HALF"),
        ("prepaid", {"balance": 0, "since": {"stop_outgoing": "2026-11-17"}}, None),
        ("prepaid", {"balance": 0, "since": {"stop_outgoing": "2026-11-16"}}, "P-FULL"),
        ("postpaid", {"limit": 0}, None),
        ("postpaid", {"owed": 1, "limit": 1, "due_on": "2026-11-27"}, None),
        ("postpaid", {"owed": 1, "limit": 1, "due_on": "2026-11-26"}, "B-REMIND"),
        ("postpaid", {"owed": 1, "limit": 1, "due_on": "2026-11-23"}, "B-REMIND"),
        ("postpaid", {"owed": 1, "limit": 1, "due_on": "2026-11-22"}, "B-CALL"),
        ("postpaid", {"owed": 1, "limit": 1, "due_on": "2026-11-19"}, "B-CALL"),
        ("postpaid", {"owed": 1, "limit": 1, "due_on": "2026-11-18"}, "B-HALF"),
        ("postpaid", {"owed": 1, "limit": 1, "due_on": "2026-11-18", "term_days": 1}, "B-CALL"),
        ("postpaid", {"owed": 1, "limit": 1, "due_on": "2026-11-26", "term_days": 9}, "B-REMIND"),
        ("postpaid", {"owed": 60, "unbilled": 40, "limit": 100}, None),
        ("postpaid", {"owed": 60, "unbilled": 41, "limit": 100}, "B-HALF"),
        ("postpaid", {"owed": 60, "unbilled": 41, "balance": 1, "limit": 100}, None),
        ("postpaid", {"owed": 60, "unbilled": 41, "balance": -1, "limit": 100}, "B-HALF"),
        ("postpaid", {"unbilled": 101, "limit": 100, "since": {"stop_outgoing": DAY}}, None),
        ("postpaid", {"latest": 501, "mean": 100}, "B-SUDDEN"),
        ("postpaid", {"latest": 500, "mean": 100}, None),
        ("postpaid", {"latest": 501, "mean": 0}, None),
        ("postpaid", {"latest": 501, "mean": 100, "told": frozenset({"B-SUDDEN"})}, None),
        ("postpaid", {"limit": 0, "since": {"stop_all": "2026-09-24"}}, "B-KEEP"),
        ("postpaid", {"limit": 0, "since": {"stop_all": "2026-09-25"}}, None),
    ],
)
def test_the_furthest_stage_that_holds_is_due(pay_type: str, money: dict[str, Any], code: str | None) -> None:
    judged = due(STAGES, pay_type, LineMoney(**money), DAY)
    assert (judged.stage.row.code if judged else None) == code


def test_of_a_line_of_which_nothing_is_known_nothing_is_owed() -> None:
    zero = dict.fromkeys(("balance", "daily", "owed", "unbilled", "limit", "latest", "mean", "term_days"), 0)
    assert LineMoney() == LineMoney(**zero, due_on="", since={}, about="", told=frozenset())


def test_what_was_told_is_not_told_again_and_the_conditions_that_hold_are_named() -> None:
    low = LineMoney(balance=100, daily=1_000)
    judged = due(STAGES, "prepaid", low, DAY)
    assert judged is not None
    assert [each.when for each in judged.held] == ["below", "use"]
    told = LineMoney(balance=100, told=frozenset({"P-CALL", "P-REMIND"}))
    assert due(STAGES, "prepaid", told, DAY) is None


@pytest.mark.parametrize(
    ("each", "right"),
    [
        (("due", "5", ""), True),
        (("due", "-3", ""), True),
        (("due", "-999", ""), True),
        (("due", "999", ""), True),
        (("due", "-1000", ""), False),
        (("due", "1000", ""), False),
        (("stage", "999", "A"), True),
        (("due", "five", ""), False),
        (("due", "", ""), False),
        (("due", "5", "A"), False),
        (("stage", "5", ""), False),
        (("stage", "-1", "A"), False),
        (("stage", "0", "A"), True),
        (("limit", "", ""), True),
        (("limit", "5", ""), False),
        (("below", "0.005", ""), False),
        (("below", "10", ""), True),
        (("never", "1", ""), False),
    ],
)
def test_what_a_condition_may_be(each: tuple[str, str, str], right: bool) -> None:
    if right:
        assert len(read(conditions(each))) == 1
    else:
        with pytest.raises(BadForm) as refused:
            read(conditions(each))
        assert set(refused.value.errors) == {"conditions"}


def test_the_demonstration_s_stages_pass_every_rule() -> None:
    for check in (stages_can_be_reached, stages_rise, stages_say_what, stages_are_not_left_hanging):
        for changed in DEMO:
            assert found(check, changed, *(other for other in DEMO if other is not changed)) == []


LATER = conditions(("due", "9", ""))
FIRST = stage("STOP", act="stop_outgoing", rank=100, conditions=conditions(("due", "-9", "")))


@pytest.mark.parametrize(
    ("changed", "columns"),
    [
        (stage(), []),
        (stage(conditions="[]"), ["conditions"]),
        (stage(conditions=conditions(("due", "x", ""))), ["conditions"]),
        (stage(conditions=conditions(("below", "5", ""))), ["conditions"]),
        (stage(conditions=conditions(("stage", "5", "NONE"))), ["conditions"]),
        (stage(conditions=conditions(("stage", "5", "STOP"))), []),
        (stage(conditions=conditions(("stage", "5", "STOP")), rank=100), ["conditions"]),
        (stage(conditions=conditions(("stage", "5", "STOP")), pay_type="prepaid"), ["conditions"]),
        (stage(conditions=conditions(("stage", "5", "TOLD"))), ["conditions"]),
    ],
)
def test_a_stage_can_be_reached(changed: Any, columns: list[str]) -> None:
    told = stage("TOLD", rank=50, conditions=conditions(("due", "-20", "")))
    assert found(stages_can_be_reached, changed, FIRST, told) == columns


@pytest.mark.parametrize(
    ("changed", "columns"),
    [
        (stage(act="stop_all", conditions=LATER), []),
        (stage(act="stop_outgoing", conditions=LATER), []),
        (stage(rank=99), []),
        (stage(rank=99, conditions=conditions(("due", "-10", ""))), []),
        (stage(rank=100, act="stop_all", conditions=LATER), ["rank"]),
        (stage(rank=150, act="remind", conditions=LATER), ["act"]),
        (stage(act="stop_all", conditions=conditions(("due", "5", ""))), ["conditions"]),
        (stage(act="stop_all", conditions=conditions(("due", "4", ""))), ["conditions"]),
        (stage(act="stop_all", conditions=conditions(("due", "6", ""))), []),
        (stage(rank=99, conditions=conditions(("due", "6", ""))), ["conditions"]),
        (stage(rank=100, act="stop_all", pay_type="prepaid"), []),
        (stage(rank=100, act="stop_all", state="ended"), []),
        (stage(rank=100, act="stop_all", valid_from="2027-01-01"), []),
    ],
)
def test_stages_rise(changed: Any, columns: list[str]) -> None:
    before = stage(
        "STOP", act="stop_outgoing", rank=100, conditions=conditions(("due", "5", "")), valid_to="2026-12-31"
    )
    assert found(stages_rise, changed, before) == columns


@pytest.mark.parametrize(
    ("changed", "columns"),
    [
        (stage(text_zh=""), ["text_zh"]),
        (stage(text_zh="", act="stop_all"), []),
        (stage(text_zh="{name}"), ["text_zh"]),
        (stage(text_en="{owed"), ["text_en"]),
        (stage(text_en="{}"), ["text_en"]),
        (stage(exempt="red_list,friend"), ["exempt"]),
        (stage(exempt="red_list"), []),
        (stage(any_time=1), ["any_time"]),
        (stage(any_time=1, conditions=conditions(("due", "5", ""), ("limit", "", ""))), []),
        (stage(valid_from="2027-01-02", valid_to="2027-01-01"), ["valid_to"]),
    ],
)
def test_a_stage_says_what_is_sent_and_what_spares(changed: Any, columns: list[str]) -> None:
    assert found(stages_say_what, changed) == columns


def test_a_stage_from_which_another_counts_does_not_end() -> None:
    after = stage("AFTER", act="stop_all", conditions=conditions(("stage", "5", "STOP")))
    gone = stage("STOP", act="stop_outgoing", rank=100, state="ended")
    assert found(stages_are_not_left_hanging, gone, after, op="end") == [""]
    assert found(stages_are_not_left_hanging, gone, stage("AFTER"), op="end") == []


def test_each_stage_that_ends_is_looked_at_whatever_comes_before_it() -> None:
    after = stage("AFTER", act="stop_all", conditions=conditions(("stage", "5", "STOP")))
    gone = stage("STOP", act="stop_outgoing", rank=100, state="ended")
    lines = {1: RowEdit("control_stage", ("AFTER",), "change", {}), 2: RowEdit("control_stage", ("STOP",), "end", {})}
    assert [fault.position for fault in stages_are_not_left_hanging(rehearsal(Rows(gone, after), lines, DAY))] == [2]


def test_each_stage_is_looked_at_whatever_comes_before_it() -> None:
    def positions(check: Any, *stages: Any) -> list[int]:
        lines = {n: RowEdit("control_stage", (each.code,), "change", {}) for n, each in enumerate(stages, 1)}
        return [fault.position for fault in check(rehearsal(Rows(*stages), lines, DAY))]

    unread, unconditional = stage("A", conditions=conditions(("never", "1", ""))), stage("B", conditions="[]")
    assert positions(stages_can_be_reached, unread, unconditional) == [1, 2]
    ended, one, other = stage("A", state="ended"), stage("B", rank=160), stage("C", rank=160)
    assert set(positions(stages_rise, ended, one, other)) == {2, 3}
