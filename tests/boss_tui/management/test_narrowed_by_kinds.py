"""Lists narrowed by a column whose kind hangs on another one: a parameter's value is read as each kind reads it."""

from __future__ import annotations

import operator
from collections.abc import Callable
from typing import Any

import pytest

from boss_tui.management import subjects
from boss_tui.management.kit.filters import read_filter
from data.errors import BadForm
from data.parameters import PARAMETERS as DECLARED
from data.parameters import first_rows
from data.tables.billing import PlanRate
from data.tables.parameter import Parameter
from tests.head_office import HeadOffice

_, PARAMETERS = subjects.named("M19/parameter")
_, RATES = subjects.named("M6/plan_rate")


def meant(row: Any, typed: int) -> int:
    """What a number means as the value of this parameter."""
    return typed * 100 if DECLARED[row.name].unit in ("fen", "rate") else typed


@pytest.mark.parametrize(
    ("typed", "holds"),
    [("value:30", operator.eq), ("value>30", operator.gt), ("value<=30", operator.le), ("!value:30", operator.ne)],
)
def test_a_parameter_is_found_by_its_value(
    head_office: HeadOffice, typed: str, holds: Callable[[int, int], bool]
) -> None:
    rows = head_office.rows(Parameter)
    expected = {(row.name, row.business) for row in rows if holds(row.value, meant(row, 30))}
    assert 0 < len(expected) < len(rows)
    fit, _ = (int(str(each)) for each in head_office.maker.managing.count("M19/parameter", typed))
    assert fit == len(expected)
    (condition,) = read_filter(PARAMETERS, typed).conditions
    assert {(row["name"], row["business"]) for row in first_rows() if condition.holds(row)} == expected
    assert condition.only("value") == ""


def test_a_value_that_one_kind_alone_can_read_is_of_that_kind(head_office: HeadOffice) -> None:
    found = read_filter(PARAMETERS, "value>=0.01").conditions[0]
    assert {DECLARED[row["name"]].unit for row in first_rows() if found.holds(row)} <= {"fen", "rate"}
    with pytest.raises(BadForm) as refused:
        head_office.maker.managing.count("M19/parameter", "value:many")
    assert list(refused.value.errors) == ["filter"]


def test_rates_are_found_by_what_people_say(head_office: HeadOffice) -> None:
    rows = head_office.rows(PlanRate)
    for typed, kinds, least in (("included>=1GB", ("data",), 1_048_576), ("included>=100min", ("voice",), 6_000)):
        expected = sum(row.kind.partition("_")[0] in kinds and row.included >= least for row in rows)
        assert expected
        assert int(str(head_office.maker.managing.count("M6/plan_rate", typed)[0])) == expected


def test_a_rate_is_read_and_told_in_its_measure() -> None:
    voice = {"plan": "P", "kind": "voice", "included": "100 min", "unit": "1 min", "price": "0.20"}
    kept = RATES.read(voice)
    assert (kept["included"], kept["unit"]) == (6_000, 60)
    assert RATES.typed(kept) == voice
    data = RATES.read({**voice, "kind": "流量", "included": "1.5 GB", "unit": "1MB"})
    assert (data["kind"], data["included"], data["unit"]) == ("data", 1_572_864, 1_024)
    pieces = RATES.read({**voice, "kind": "message", "included": "100", "unit": "1"})
    assert (pieces["included"], RATES.typed(pieces)["included"]) == (100, "100")
    for wrong, why in (({"included": "1 GB"}, "included"), ({"unit": "0"}, "unit"), ({"unit": "0.1 s"}, "unit")):
        with pytest.raises(BadForm) as refused:
            RATES.read({**voice, **wrong})
        assert list(refused.value.errors) == [why]
    said = {name: str(told) for name, told in RATES.measures(kept).items()}
    assert said == {"price": "yuan for each begun: 1 min"}


@pytest.mark.parametrize(
    ("typed", "beside"),
    [
        ({"kind": "voice", "included": "100", "unit": ""}, {"included": "100 s", "unit": "such as 2 min"}),
        ({"kind": "data", "included": "500", "unit": "1 MB"}, {"included": "500 KB"}),
        ({"kind": "message", "included": "5", "unit": ""}, {"included": "5 messages", "unit": "in pieces"}),
        ({"kind": "", "included": "5", "unit": ""}, {}),
    ],
)
def test_what_is_meant_is_said_beside_a_field(typed: dict[str, str], beside: dict[str, str]) -> None:
    nothing: Any = None
    told = {name: str(each) for name, each in RATES.beside(typed, nothing).items()}
    assert {name: told[name] for name in told if name != "price"} == beside
