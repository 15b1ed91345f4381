"""What M5 asks of kinds of SIM card, of SMS ports and of access codes, each rule failing alone."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import pytest

from boss_tui.editions.lines import RowEdit
from boss_tui.management.m05.codes import (
    ACCESS_CODES,
    SIM_KINDS,
    is_asked_for_no_more,
    is_rented_to_somebody,
    is_within_no_other_s,
    looks_as_its_kind,
)
from data.errors import BadForm
from data.tables.product import Product
from data.tables.resource import AccessCode, SimKind
from data.tables.service import Partner
from tests.boss_tui.components.rows import DAY, Rows, rehearsal, row
from tests.head_office import HeadOffice


def found(check: Any, rows: Iterable[Any], *lines: RowEdit, scalars: tuple[int, ...] = ()) -> list[tuple[int, str]]:
    seen = check(rehearsal(Rows(*rows, scalars=scalars), dict(enumerate(lines, 1)), DAY))
    return [(fault.position, fault.column) for fault in seen]


def code(number: str, **changes: Any) -> Any:
    return row(AccessCode, **{"code": number, "kind": "sms_port", **changes})


def rented(number: str, to: str = "SP1", **changes: Any) -> Any:
    return code(number, **{"state": "rented", "partner": to, "rented_from": DAY, **changes})


def of(number: str) -> RowEdit:
    return RowEdit("access_code", (number,), "change", {})


@pytest.mark.parametrize(
    ("number", "kind", "sound"),
    [
        ("10690", "sms_port", True),
        ("106" + "9" * 17, "sms_port", True),
        ("1069", "sms_port", False),
        ("106" + "9" * 18, "sms_port", False),
        ("10790", "sms_port", False),
        ("125", "access_code", True),
        ("96188188", "access_code", True),
        ("12", "access_code", False),
        ("961881881", "access_code", False),
        ("10612", "access_code", False),
        ("0571", "access_code", False),
    ],
)
def test_a_code_looks_as_its_kind(number: str, kind: str, sound: bool) -> None:
    assert found(looks_as_its_kind, [code(number, kind=kind)], of(number)) == ([] if sound else [(1, "code")])


@pytest.mark.parametrize(
    ("changes", "columns"),
    [
        ({}, []),
        ({"rented_to": DAY}, []),
        ({"rented_to": "2020-01-01", "rented_from": "2019-01-01"}, ["rented_to"]),
        ({"rented_to": "2020-01-01"}, ["rented_to"]),
        ({"rented_from": ""}, ["rented_from"]),
        ({"partner": ""}, ["partner"]),
        ({"partner": "SP9"}, ["partner"]),
        ({"partner": "GONE"}, ["partner"]),
        ({"state": "free"}, ["partner", "rented_from"]),
        ({"state": "free", "partner": "", "rented_from": "", "rented_to": DAY}, ["rented_to"]),
        ({"state": "free", "partner": "", "rented_from": ""}, []),
        ({"state": "ended", "partner": "SP9"}, []),
    ],
)
def test_what_is_rented_has_who_rents_it(changes: dict[str, Any], columns: list[str]) -> None:
    partners = [row(Partner, code="SP1"), row(Partner, code="GONE", state="ended")]
    rows = [rented("10690001", **changes), *partners]
    assert found(is_rented_to_somebody, rows, of("10690001")) == [(1, column) for column in columns]


@pytest.mark.parametrize(
    ("other", "sound"),
    [
        (rented("106900012", "SP2"), False),
        (rented("106900012", "SP1"), True),
        (rented("1069000", "SP2"), False),
        (code("1069000"), False),
        (rented("10690002", "SP2"), True),
        (rented("106900012", "SP2", state="ended"), True),
        (rented("106900012", "SP2", kind="access_code"), True),
    ],
)
def test_who_has_a_code_has_all_that_begin_with_it(other: Any, sound: bool) -> None:
    rows = [rented("10690001"), other]
    assert found(is_within_no_other_s, rows, of("10690001")) == ([] if sound else [(1, "code")])
    assert found(is_within_no_other_s, rows, RowEdit("sim_kind", ("x",), "change", {})) == []


@pytest.mark.parametrize(
    ("kinds", "left", "state", "faults"),
    [("32K", 0, "active", 1), ("8K", 0, "active", 0), ("8K,32K", 0, "active", 1), ("8K", 1, "active", 1)],
)
def test_no_kind_ends_that_is_asked_for_or_in_stock(kinds: str, left: int, state: str, faults: int) -> None:
    rows = [row(SimKind, code="32K", state="ended"), row(Product, code="P", sim_kinds=kinds, state=state)]
    line = RowEdit("sim_kind", ("32K",), "end", {})
    assert len(found(is_asked_for_no_more, rows, line, scalars=(left, 0))) == faults
    rows[0] = row(SimKind, code="32K")
    assert found(is_asked_for_no_more, rows, line) == []


def test_each_kind_that_ends_is_asked_about() -> None:
    rows = [row(SimKind, code="8K"), *(row(SimKind, code=each, state="ended") for each in ("32K", "64K", "128K"))]
    asked = [row(Product, code=code, sim_kinds="64K,128K") for code in ("P", "Q")]
    lines = [RowEdit("sim_kind", (each,), "end", {}) for each in ("8K", "32K", "64K", "128K")]
    assert found(is_asked_for_no_more, [*rows, *asked], *lines, scalars=(0,) * 6) == [(3, ""), (4, "")]


@pytest.mark.parametrize(
    ("entity", "typed", "column"),
    [
        (SIM_KINDS, {"code": "", "name_zh": "卡"}, "code"),
        (SIM_KINDS, {"code": "a b", "name_zh": "卡"}, "code"),
        (SIM_KINDS, {"code": "X", "name_zh": ""}, "name_zh"),
        (SIM_KINDS, {"code": "X", "name_zh": "卡", "memory_kb": "-1"}, "memory_kb"),
        (ACCESS_CODES, {"code": "106a0"}, "code"),
        (ACCESS_CODES, {"code": "12"}, "code"),
        (ACCESS_CODES, {"code": "10690", "kind": "fax"}, "kind"),
        (ACCESS_CODES, {"code": "10690", "fee": "-1"}, "fee"),
        (ACCESS_CODES, {"code": "10690", "rented_from": "2026-02-30"}, "rented_from"),
        (ACCESS_CODES, {"code": "10690", "state": "lent"}, "state"),
    ],
)
def test_what_can_t_be_is_said_beside_its_field(entity: Any, typed: dict[str, str], column: str) -> None:
    with pytest.raises(BadForm) as fault:
        entity.read(typed)
    assert column in fault.value.errors


def test_a_product_asks_for_kinds_that_there_are(head_office: HeadOffice) -> None:
    """A kind is data: once it is published, a product may ask for it; before, it may not."""
    desk = head_office.maker
    assert "sim_kind" in {entity.name.split("/")[1] for entity in desk.managing.entities() if entity.name[:3] == "M5/"}
    kinds = {one.code for one in head_office.rows(SimKind)}
    assert kinds >= {"8K", "32K", "STK", "prepaid"}


def test_each_code_is_looked_at_whatever_comes_before_it() -> None:
    rows = [code("10690", state="free"), rented("10691", to="")]
    assert found(is_rented_to_somebody, rows, of("10690"), of("10691")) == [(2, "partner")]
