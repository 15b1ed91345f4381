"""Examples of management where little is there: what each makes of the rows that it finds, and nothing of none."""

from __future__ import annotations

from typing import Any

import pytest

from boss_tui.management.kit.one_form import AMONG
from boss_tui.management.m03_1.trial import trial_example as of_categories
from boss_tui.management.m07.operators import SUBJECT as M7
from boss_tui.management.m08 import credit
from boss_tui.management.m08.credit import SUBJECT as M8
from boss_tui.management.m08.trial import trial_example as of_lines
from data.errors import NotAllowed
from data.parameters import FOLLOW_UP_DAYS
from data.tables.credit import ControlStage, CreditRaise, CustomerRating, PublicHoliday
from data.tables.customer import Category, Customer
from data.tables.order import Subscription
from data.tables.organisation import CashLimit, Operator, Outlet, Role
from data.tables.parameter import Parameter
from data.tables.service import Partner
from tests.boss_tui.components.rows import Rows, row


@pytest.fixture(autouse=True)
def nothing_is_drafted(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(credit, "on_row", lambda *_: [])
    monkeypatch.setattr("boss_tui.management.kit.one_form.on_row", lambda *_: [])


def tables(subject: Any, *rows: Any) -> list[str]:
    return [each.table for each in subject.example(Rows(*rows))]


PERSON = row(Customer, id="1", document_kind="00", document_number="E1")
STAFF = row(Operator, staff_no="3001", state="active")
OF_SOMEBODY = ["credit_raise", "customer_rating", "credit_exemption"]


@pytest.mark.parametrize(
    ("rows", "of_somebody"),
    [
        ([PERSON, STAFF], True),
        ([PERSON], False),
        ([STAFF], False),
        ([PERSON, row(Operator, staff_no="3001", state="left")], False),
        ([PERSON, STAFF, row(CustomerRating, document_kind="00", document_number="E1")], False),
        ([PERSON, STAFF, row(CreditRaise, document_kind="00", document_number="E1")], False),
        ([PERSON, STAFF, row(CreditRaise, document_kind="00", document_number="E2")], True),
    ],
)
def test_credit_is_lent_to_somebody_of_whom_nothing_is_said(rows: list[Any], of_somebody: bool) -> None:
    found = tables(M8, *rows)
    assert found == ["control_stage", "credit_rating", "rating_score", *OF_SOMEBODY * of_somebody, "public_holiday"]


@pytest.mark.parametrize(("place", "of_somebody"), [(AMONG - 1, True), (AMONG, False)])
def test_somebody_is_looked_for_among_the_first_customers_alone(place: int, of_somebody: bool) -> None:
    """A province has a million: not all are read for an example."""
    people = [row(Customer, id=f"{n:04d}", document_kind="00", document_number=f"E{n}") for n in range(AMONG + 1)]
    said = [row(CustomerRating, document_kind="00", document_number=f"E{n}") for n in range(AMONG + 1) if n != place]
    assert ("customer_rating" in tables(M8, *people, STAFF, *said)) is of_somebody


def test_a_stage_and_a_holiday_are_such_as_are_not_there() -> None:
    def stage(rank: int, conditions: str = "", pay_type: str = "postpaid") -> Any:
        return row(ControlStage, code=f"S{rank}", rank=rank, conditions=conditions, pay_type=pay_type)

    def days(*rows: Any) -> int:
        reading: Any = Rows(*rows)
        return credit._free_days(reading)

    assert days() == days(stage(96, pay_type="prepaid")) == 4
    assert days(stage(96)) == days(stage(50, '[{"value": "-4"}]')) == 5
    assert days(stage(96), stage(50, '[{"value": "-5"}]')) == 6
    holidays = [row(PublicHoliday, day=day) for day in ("2027-01-02", "2027-01-03")]
    *_, first = M8.example(Rows())  # type: ignore[arg-type]
    *_, third = M8.example(Rows(*holidays))  # type: ignore[arg-type]
    assert (first.values["day"], third.values["day"]) == ("2027-01-02", "2027-01-04")  # in forty days


def test_staff_is_added_where_there_is_an_outlet_and_a_role() -> None:
    hall, role = row(Outlet, code="HZ01", province="浙江", state="active"), row(Role, code="clerk", grade="clerk")
    assert tables(M7, hall, role) == ["operator"]
    assert tables(M7, hall, role, row(CashLimit, role="clerk")) == ["operator", "cash_limit"]
    agent = row(Partner, code="AG1", kind="channel", name_zh="代理")
    assert tables(M7, hall, role, agent) == ["operator", "outlet", "counter"]
    for rows in ([hall], [role], [hall, row(Role, code="boss", grade="supervisor")]):
        with pytest.raises(NotAllowed):
            tables(M7, *rows)


def test_trials_begin_with_what_is_there() -> None:
    ranks = [row(Category, code="b", rank=2), row(Category, code="a", rank=1), row(Category, code="c", rank=0)]
    ranks[2] = row(Category, code="c", rank=0, state="ended")
    reading: Any = Rows(*ranks)
    assert of_categories(reading) == {"becomes": "a"}

    def line(key: str, state: str = "active", pay_type: str = "prepaid") -> Any:
        return row(Subscription, id=key, number=key, state=state, pay_type=pay_type)

    def number(*lines: Any) -> Any:
        return of_lines(Rows(*lines))["number"]  # type: ignore[arg-type]

    assert number(line("1"), line("2", pay_type="postpaid")) == "2"
    assert number(line("1"), line("2")) == "1"
    assert number(line("1", "terminated"), line("2", "cancelled"), line("3", "terminated", "postpaid")) == ""
    assert number(line("1", "terminated"), line("2")) == "2"
    many = [line(f"{n:04d}") for n in range(AMONG - 1)]
    by_bill = {n: line(f"{n:04d}", pay_type="postpaid") for n in (AMONG - 1, AMONG)}
    assert number(*many, by_bill[AMONG - 1]) == by_bill[AMONG - 1].number
    assert number(*many, line(f"{AMONG - 1:04d}"), by_bill[AMONG]) == "0000", "not all are read for it"


@pytest.mark.parametrize(("value", "becomes"), [(FOLLOW_UP_DAYS.most, -1), (FOLLOW_UP_DAYS.most - 1, 1)])
def test_a_parameter_is_one_more_or_where_it_is_the_most_one_less(value: int, becomes: int) -> None:
    from boss_tui.management.m19.processes import SUBJECT

    (change,) = SUBJECT.example(Rows(row(Parameter, name=FOLLOW_UP_DAYS.name, value=value)))  # type: ignore[arg-type]
    assert str(change.values["value"]) == str(value + becomes)
