"""Porting out by commands: whether a number may leave, a code for it, what became of it; and who is refused."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from boss_tui.remote.simulated import Simulated
from data.tables.customer import Customer
from data.tables.order import Subscription
from data.tables.porting import NumberPorting
from tests.boss_tui.commands.conftest import Boss


@pytest.fixture
def centre(boss: Boss) -> Iterator[Boss]:
    """The porting centre runs, as beside a desk."""
    with Simulated(boss.folder):
        yield boss


def leaving(boss: Boss) -> tuple[str, str]:
    """A number that may leave, and its owner's document."""
    with boss.reading() as reading:
        lines = [
            (line, reading.one(Customer, id=line.customer_id)) for line in reading.all(Subscription, state="active")
        ]
    for line, owner in lines:
        if all(each["holds"] for each in boss("porting", "may", line.number, "--json").json):
            return line.number, owner.document_number
    raise AssertionError(f"none of {len(lines)} may leave")


def test_a_code_is_asked_for_and_listed(centre: Boss) -> None:
    number, document = leaving(centre)
    assert len(centre("porting", "may", number).out.splitlines()) == 5, "the five conditions"
    for wrong in ("330106199001010000", ""):
        ran = centre("porting", "ask", number, wrong)
        assert (ran.code, "not the document of the number's owner" in ran.err) == (1, True)
    ran = centre("porting", "ask", number, document, "--json")
    assert ran.code == 0, ran.err
    (listed,) = centre("porting", "list", "--json").json
    with centre.reading() as reading:
        (row,) = reading.all(NumberPorting)
    assert (row.number, row.state, listed["number"]) == (number, "authorised", number)
    assert row.code in ran.out


@pytest.mark.parametrize(("act", "told"), [("may", "Nobody has number"), ("look", "No code was asked"), ("back", "No")])
def test_of_a_number_that_nobody_has_it_says_so(centre: Boss, act: str, told: str) -> None:
    ran = centre("porting", act, "13900000000")
    assert (ran.code, told in ran.err) == (1, True), ran.err
    with centre.reading() as reading:
        assert reading.all(NumberPorting) == []
