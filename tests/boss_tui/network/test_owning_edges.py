"""Work by hand as somebody's: whose it is, until when, how late; and what an element shows, at its edges."""

from __future__ import annotations

import json
from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from boss_tui.network import owning
from boss_tui.network.dialects import dialect
from boss_tui.network.dialects.acts import international, national
from boss_tui.network.machine.huawei import HuaweiMachine
from data.clock import stamp
from data.errors import NotAllowed
from data.tables.network import WorkOrder, WorkStep
from data.tables.order import ProductOrder
from data.tables.organisation import Operator, Role
from tests.boss_tui.components.conftest import empty_store, tx
from tests.boss_tui.components.loose import Loose
from tests.boss_tui.components.rows import NOW, Rows, row

__all__ = ["empty_store", "tx"]
PEOPLE = (
    *(row(Operator, staff_no=each, outlet="HZ01", role="clerk", state="active") for each in ("1001", "1002")),
    row(Operator, staff_no="1003", outlet="HZ01", role="clerk", state="left"),
    row(Operator, staff_no="1009", outlet="HZ02", role="clerk", state="active"),
    row(Operator, staff_no="2001", outlet="HZ01", role="supervisor", state="active"),
    *(row(Role, code=code, grade=code) for code in ("clerk", "supervisor")),
)


LOOKED_AT = NOW + timedelta(microseconds=1)
"""When the clock of rows in memory is asked for the first time."""


def at(hours: float) -> str:
    return stamp(LOOKED_AT + timedelta(hours=hours))


def work(key: str = "w", **values: Any) -> Any:
    standard = {"order_id": "o", "kind": "manual", "act": "x", "position": 1, "state": "open", "parameters": "{}"}
    return row(WorkOrder, id=key, **{**standard, "created_at": at(0), **values})


NETWORK, PARTNER = json.dumps({"instead_of": "a"}), json.dumps({"task": "provider"})


@pytest.mark.parametrize(
    ("parameters", "kind"),
    [
        (NETWORK, "network"),
        (PARTNER, "partner"),
        (json.dumps({"task": "provider", "instead_of": "a"}), "network"),
        ("{}", "other"),
        ("[]", "other"),
        ("no JSON", "other"),
        (json.dumps({"task": "look", "instead_of": ""}), "other"),
    ],
)
def test_work_is_of_a_kind(parameters: str, kind: str) -> None:
    assert owning.kind_of(work(parameters=parameters)) == kind


def step(act: str, hours: float, until: float = 0) -> Any:
    return row(WorkStep, id=f"{hours:08.2f}", work_order_id="w", act=act, at=at(hours), until=at(until))


@pytest.mark.parametrize(
    ("created", "values", "steps", "level", "held", "due"),
    [
        (0, {}, [], 0, False, 4),
        (-4, {}, [], 0, False, 0),
        (-4.01, {}, [], 1, False, -0.01),
        (-8, {}, [], 1, False, -4),
        (-8.01, {}, [], 2, False, -4.01),
        # put off, its time stands still
        (-9, {"held_until": at(1)}, [step("held", -2, 1)], 0, True, -2),
        (-9, {"held_until": at(0)}, [step("held", -2, 0)], 1, False, -3),
        (-9, {}, [step("held", -3, 1), step("resumed", -2)], 1, False, -4),
        (-9, {}, [step("held", -8, -7), step("taken", -2)], 1, False, -4),
        (-9, {}, [step("held", -8, -7), step("held", -6, -3)], 1, False, -1),
        (-9, {}, [step("taken", -8), step("handed", -7)], 2, False, -5),
    ],
)
def test_its_time_is_of_its_kind_and_stands_still_while_it_is_put_off(
    created: float, values: dict[str, Any], steps: list[Any], level: int, held: bool, due: float
) -> None:
    rows = Rows(row(ProductOrder, id="o"), *steps)
    found = owning.assigned(rows, work(parameters=NETWORK, created_at=at(created), **values))  # type: ignore[arg-type]
    assert (found.level, found.held, round((found.due - LOOKED_AT).total_seconds() / 3600, 2)) == (level, held, due)
    assert [reached for reached, _ in found.escalated] == list(range(1, level + 1))
    assert [when for _, when in found.escalated] == [at(due), at(due + 4)][:level]


class Worked(Rows):
    def models(self, model: Any, _statement: Any, outlet: str, most: int) -> list[Any]:
        """What is open, of an outlet or of all."""
        found = self.all(model, kind="manual", state="open", order=("created_at", "id"))
        return [each for each in found if outlet in ("", self.one(ProductOrder, id=each.order_id).outlet)][:most]

    def models_among(self, model: Any, _statement: Any, wanted: Iterable[Any]) -> list[Any]:
        """What was done about these."""
        held = set(wanted)
        return [row for row in self.all(model) if row.work_order_id in held]


def test_the_latest_go_first_then_by_when_they_are_due() -> None:
    orders = [row(ProductOrder, id="o", outlet="HZ01"), row(ProductOrder, id="p", outlet="HZ02")]
    works = [
        work("new"),
        work("late", created_at=at(-25)),
        work("latest", created_at=at(-49)),
        work("soon", parameters=NETWORK),
        work("done", state="done"),
        work("automatic", kind="automatic"),
        work("there", order_id="p", created_at=at(-1)),
    ]
    reading: Any = Worked(*orders, *works)
    assert [each.work.id for each in owning.waiting(reading, "HZ01")] == ["latest", "late", "soon", "new"]
    assert [each.work.id for each in owning.waiting(reading)] == ["latest", "late", "soon", "there", "new"]
    assert [each.work.id for each in owning.waiting(reading, most=2)] == ["latest", "late"], "those open longest"


# what is done about it


def refused(do: Any, *told: Any) -> str:
    """The field that a refusal names; "-": none is named, empty: it was allowed."""
    try:
        do(*told)
    except NotAllowed as refusal:
        return refusal.field or "-"
    return ""


@pytest.mark.parametrize(
    ("values", "by", "field"),
    [
        ({}, "1001", ""),
        ({"assigned": "1001"}, "1001", "-"),
        ({"assigned": "1002"}, "1001", "-"),
        ({"assigned": "1002"}, "2001", ""),
        ({"assigned": "1002"}, "9999", "-"),
        ({"state": "done"}, "1001", "-"),
        ({"kind": "automatic"}, "1001", "-"),
    ],
)
def test_somebody_takes_what_is_nobody_s(tx: Loose, values: dict[str, Any], by: str, field: str) -> None:
    tx.put(*PEOPLE, work(held_until=at(1), **values))
    assert refused(owning.take, tx, "w", by) == field
    if not field:
        assert tx.told(WorkOrder, "assigned", "held_until") == [(by, "")]
        assert tx.told(WorkStep, "act", "operator", "work_order_id", "outlet") == [("taken", by, "w", "HZ01")]


@pytest.mark.parametrize(
    ("assigned", "by", "to", "words", "field"),
    [
        ("1001", "1001", "1002", " look ", ""),
        ("1001", "2001", "1002", "look", ""),
        ("1001", "1002", "1002", "look", "-"),
        ("1001", "1001", "1001", "look", "to"),
        ("1001", "1001", "1003", "look", "to"),
        ("1001", "1001", "1009", "look", "to"),
        ("1001", "1001", "9999", "look", "to"),
        ("1001", "1001", "1002", "  ", "words"),
        ("", "1001", "1002", "look", ""),
    ],
)
def test_its_owner_hands_it_to_another_of_the_outlet(
    tx: Loose, assigned: str, by: str, to: str, words: str, field: str
) -> None:
    tx.put(*PEOPLE, work(assigned=assigned, held_until=at(1)))
    assert refused(owning.hand, tx, "w", by, to, words) == field
    if not field:
        assert tx.told(WorkOrder, "assigned", "held_until") == [(to, "")]
        assert tx.told(WorkStep, "act", "operator", "to", "words") == [("handed", by, to, "look")]


@pytest.mark.parametrize(
    ("assigned", "by", "hours", "words", "field"),
    [
        ("", "1001", 1, " later ", ""),
        ("1001", "2001", 24 * 30, "later", ""),
        ("1001", "1001", 24 * 30 + 0.1, "later", "until"),
        ("1001", "1001", 0, "later", "until"),
        ("1001", "1001", -1, "later", "until"),
        ("1001", "1001", 1, " ", "words"),
        ("1001", "1002", 1, "later", "-"),
    ],
)
def test_it_is_put_off_to_a_time_to_come_for_a_reason(
    tx: Loose, assigned: str, by: str, hours: float, words: str, field: str
) -> None:
    tx.put(*PEOPLE, work(assigned=assigned))
    until = tx.present() + timedelta(hours=hours)
    assert refused(owning.hold, tx, "w", by, until, words) == field
    if not field:
        assert tx.told(WorkOrder, "assigned", "held_until") == [(assigned or by, stamp(until))]
        assert tx.told(WorkStep, "act", "words", "until") == [("held", "later", stamp(until))]


@pytest.mark.parametrize(("until", "allowed"), [(1, True), (0, False), (-1, False), (None, False)])
def test_it_is_taken_up_again_while_it_is_put_off(tx: Loose, until: float | None, allowed: bool) -> None:
    tx.put(*PEOPLE, work(held_until="" if until is None else at(until)))
    assert (refused(owning.resume, tx, "w", "1001") == "") is allowed
    assert tx.told(WorkStep, "act") == (["resumed"] if allowed else [])
    assert (tx.told(WorkOrder, "held_until") == [""]) is (allowed or until is None)


# what elements say and take


PRINTOUT = """HLR SUBSCRIBER DATA
SUBSCRIBER IDENTITY
{columns}
{values}
END
"""


@pytest.mark.parametrize(
    ("columns", "values", "known"),
    [
        ("MSISDN           IMSI", "8613900000001    460001234567890", True),
        ("MSISDN           STATE", "8613900000001    CONNECTED", False),
        ("IMSI             STATE", "460001234567890  CONNECTED", False),
    ],
)
def test_a_printout_names_number_and_imsi(columns: str, values: str, known: bool) -> None:
    speaks: Any = dialect("ericsson")
    assert (speaks.record(PRINTOUT.format(columns=columns, values=values)) is not None) is known


def test_an_element_s_clock_is_china_s() -> None:
    told = HuaweiMachine("HLR1").frame("LST SUB:;", "", None, datetime(2026, 11, 23, 17, 0, tzinfo=UTC), 7)
    assert told.splitlines()[:2] == ["+++    HLR1        2026-11-24 01:00:00+08:00", "SMU    #7"]


@pytest.mark.parametrize(
    ("number", "abroad", "home"),
    [
        ("13900000001", "8613900000001", "13900000001"),
        ("1390000000", "1390000000", "1390000000"),
        ("057112345678", "8657112345678", "057112345678"),
        ("0085212345678", "85212345678", "0085212345678"),
        ("10086", "10086", "10086"),
        ("8613900000001", "8613900000001", "13900000001"),
        ("8657112345678", "8657112345678", "8657112345678"),
        ("861390000000", "861390000000", "861390000000"),
        ("23900000001", "23900000001", "23900000001"),
    ],
)
def test_a_number_has_its_country_code_at_an_element(number: str, abroad: str, home: str) -> None:
    assert (international(number), national(number)) == (abroad, home)


def test_many_are_read_at_once_as_each_is_by_itself() -> None:
    orders = [row(ProductOrder, id=f"o{n}", outlet="HZ01") for n in range(3)]
    works = [work(f"w{n}", order_id=f"o{n}", created_at=at(-n)) for n in range(3)]
    steps = [
        row(WorkStep, id=f"s{n}", work_order_id=f"w{of}", act=act, at=at(-1), until=at(1))
        for n, (of, act) in enumerate([(0, "taken"), (2, "held"), (0, "handed")])
    ]
    reading: Any = Worked(*orders, *works, *steps)
    found = owning.waiting(reading)
    assert {each.work.id: [step.id for step in each.steps] for each in found} == {
        "w0": ["s0", "s2"],
        "w1": [],
        "w2": ["s1"],
    }
    by_itself = [owning.assigned(reading, each.work) for each in found]
    assert [(each.order.id, each.due, each.steps) for each in found] == [
        (each.order.id, each.due, each.steps) for each in by_itself
    ]
