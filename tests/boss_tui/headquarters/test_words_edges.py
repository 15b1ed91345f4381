"""Who gave their word, handed something over, cancelled or told of somebody, as headquarters works it out."""

from __future__ import annotations

from typing import Any

import pytest

from boss_tui.chores.scheduling import SCHEDULER
from boss_tui.headquarters.rules import people, processes
from data.tables.act import Act
from data.tables.finance import CashMovement, Payment
from data.tables.order import Process, ProductOrder
from data.tables.organisation import Delegation, Grant, Operator
from data.tables.staff import OperatorPassword
from tests.boss_tui.components.rows import DAY, row
from tests.boss_tui.headquarters.known import Fact, change, claim, known, order, published, told
from tests.boss_tui.headquarters.test_staff_edges import LEFT, LEFT_LATER, NOTE, SURE, staff

Found = list[tuple[str, bool]]
TAKES_BACK = [change("product_order", "o0", state="failed")]


def handed(giver: str, taker: str, right: str = "C12", **values: Any) -> Fact:
    days = {"since": DAY, "until": DAY, "withdrawn_on": ""}
    return Delegation, {"outlet": "HZ01", "number": 1, "giver": giver, "taker": taker, "right": right, **days, **values}


def granted(supervisor: str) -> Fact:
    return Grant, {"id": "g", "supervisor": supervisor}


def carried(purpose: str) -> Fact:
    return CashMovement, {"id": "m", "purpose": purpose}


def judged(rows: list[Any], *facts: Fact, changed: Any = (), **entry: Any) -> Found:
    return told(people.judge(known(*rows), claim(*facts, changed=changed, **{"kind": "approve", **entry})))


@pytest.mark.parametrize(
    ("facts", "by", "found"),
    [
        ([granted("2001")], "1001", []),
        ([granted("1002")], "1001", [("approval", SURE)]),
        ([granted("9999")], "1001", [("approval", SURE)]),
        ([granted("2001")], "2001", [("approval", SURE)]),
        ([granted("1001")], "1001", [("approval", SURE)]),
        ([granted("2001"), granted("1002")], "1001", [("approval", SURE)]),
        ([carried("deposit")], "2001", []),
        ([carried("withdrawal")], "2001", []),
        ([carried("deposit")], "1001", [("approval", SURE)]),
        ([carried("withdrawal")], "1001", [("approval", SURE)]),
        ([carried("expense")], "1001", []),
        ([handed("2001", "1001")], "2001", []),
        ([handed("2001", "2001")], "2001", [("right", SURE)]),
        ([handed("1002", "1001")], "1002", [("right", SURE)]),
        ([handed("2001", "1001")], "1001", [("right", SURE)]),
        ([handed("2001", "1001")], "1002", [("right", SURE)]),
        ([handed("1001", "1001")], "1001", [("right", SURE)]),
    ],
)
def test_a_word_and_a_right_are_given_by_a_supervisor_to_another(facts: list[Fact], by: str, found: Found) -> None:
    assert judged(staff(), *facts, operator=by) == found


@pytest.mark.parametrize(("boss", "found"), [(LEFT, SURE), (LEFT_LATER, NOTE)])
def test_who_may_have_been_a_supervisor_then_is_noted(boss: dict[str, Any], found: bool) -> None:
    rows = staff(boss=boss)
    assert judged(rows, granted("2001")) == [("approval", found)]
    assert judged(rows, handed("2001", "1001"), operator="2001") == [("right", found)]


def test_what_takes_an_order_back_may_be_allowed_by_who_does_it() -> None:
    assert judged(staff(), granted("2001"), operator="2001", changed=TAKES_BACK) == []
    assert judged(staff(), granted("1001"), operator="1001", changed=TAKES_BACK) == [("approval", SURE)]


def test_what_is_told_names_the_act_and_who_gave_it() -> None:
    for facts, by, what in (
        ([granted("1002")], "1001", "approve 1002"),
        ([handed("2001", "1001")], "1001", "approve 1001"),
    ):
        (fault,) = people.judge(known(*staff()), claim(*facts, kind="approve", operator=by))
        assert fault.detail == {"what": what}


def test_a_word_outside_of_a_business_date_is_of_the_day_on_which_it_was_given() -> None:
    assert judged(staff(), granted("2001"), business_date="") == []
    stand_in = row(Delegation, **handed("2001", "1002", "approvals")[1])
    assert judged([*staff(), stand_in], granted("1002"), business_date="") == []
    before = row(Delegation, **handed("2001", "1002", "approvals", since="2026-11-22", until="2026-11-22")[1])
    assert judged([*staff(), before], granted("1002"), business_date="") == [("approval", SURE)]


# who stands in for another


@pytest.mark.parametrize(
    ("values", "stands_in"),
    [
        ({}, True),
        ({"since": "2026-11-24"}, False),
        ({"since": "2026-11-22", "until": "2026-11-22"}, False),
        ({"until": "2026-12-01"}, True),
        ({"until": "2026-12-01", "withdrawn_on": "2026-11-22"}, False),
        ({"until": "2026-12-01", "withdrawn_on": DAY}, True),
        ({"right": "C12"}, False),
        ({"taker": "1001"}, False),
        ({"outlet": "HZ02"}, False),
        ({"giver": "1001"}, False),
        ({"giver": "9999"}, False),
    ],
)
def test_who_was_handed_the_word_gives_it_on_those_days(values: dict[str, Any], stands_in: bool) -> None:
    there = row(Delegation, **{**handed("2001", "1002", "approvals")[1], **values})
    assert people.gives_word(known(*staff(), there), "1002", "HZ01", DAY, "1001") == ("yes" if stands_in else "no")


@pytest.mark.parametrize(("maker", "word"), [("1001", "yes"), ("2001", "no"), ("1002", "no"), ("", "yes")])
def test_a_stand_in_gives_no_word_for_what_either_of_the_two_made(maker: str, word: str) -> None:
    there = row(Delegation, **handed("2001", "1002", "approvals")[1])
    assert people.gives_word(known(*staff(), there), "1002", "HZ01", DAY, maker) == word


@pytest.mark.parametrize(
    ("who", "outlet", "right", "answer"),
    [
        ("1001", "HZ01", "C12", "yes"),
        ("1001", "HZ01", "C99", "no"),
        ("1001", "HZ02", "C12", "no"),
        ("9999", "HZ01", "C12", "no"),
    ],
)
def test_a_right_is_had_at_work(who: str, outlet: str, right: str, answer: str) -> None:
    assert people.has_right(known(*staff()), who, outlet, right, DAY) == answer


def test_a_right_that_was_handed_over_is_the_giver_s_role_s() -> None:
    rows = [each for each in staff() if getattr(each, "role", "") != "clerk" or isinstance(each, Operator)]
    assert people.has_right(known(*rows), "1001", "HZ01", "C12", DAY) == "no"
    assert (
        people.has_right(known(*rows, row(Delegation, **handed("2001", "1001")[1])), "1001", "HZ01", "C12", DAY)
        == "yes"
    )
    nobody_s = row(Delegation, **handed("9999", "1001")[1])
    assert people.has_right(known(*staff(), nobody_s), "1001", "HZ01", "C12", DAY) == "yes"  # their own, then


def test_a_right_that_is_only_to_come_may_have_been_told_already() -> None:
    rows = [each for each in staff() if getattr(each, "business", "") != "C12"]
    to_come = published(1, "role_right", ("clerk", "C12"), "2026-12-01", "add", approval="alone")
    assert people.has_right(known(*rows, to_come), "1001", "HZ01", "C12", DAY) == "perhaps"
    assert people.has_right(known(*rows), "1001", "HZ01", "C12", DAY) == "no"


@pytest.mark.parametrize(
    ("version", "rows", "found"),
    [
        (0, [row(Process, business="C12", revision=2)], []),
        (3, [], []),
        (1, [row(Process, business="C12", revision=1)], []),
        (3, [row(Process, business="C12", revision=1)], ["form"]),
        (3, [row(Process, business="C1", revision=1)], []),
    ],
)
def test_an_order_goes_by_a_version_of_its_process_that_there_was(
    version: int, rows: list[Any], found: list[str]
) -> None:
    judged_by = processes.judge(known(*rows), claim(order(process_version=version, operator=SCHEDULER)))
    assert [reason for reason, _ in told(judged_by)] == found


@pytest.mark.parametrize(
    ("approved_by", "role", "lines", "found"),
    [
        ("2001", "supervisor", [], []),
        ("1002", "supervisor", [], [("approval", SURE)]),
        ("9999", "supervisor", [], [("approval", SURE)]),  # nobody has that number
        ("2001", "clerk", [], [("approval", SURE)]),
        ("2001", "clerk", [("2026-01-01", "supervisor"), (DAY, "clerk")], [("approval", NOTE)]),
        ("2001", "supervisor", [("2026-01-01", "clerk"), (DAY, "supervisor")], []),
    ],
)
def test_a_process_asks_for_the_word_of_a_role_that_somebody_had(
    approved_by: str, role: str, lines: list[tuple[str, str]], found: Found
) -> None:
    """On the day; perhaps, where their outlet may not have heard that they have another now."""
    asks = row(Process, business="C12", number="N", steps="[]", approvals='[{"over":0,"role":"supervisor"}]')
    told_of = [
        published(n, "operator", ("2001",), day, "add" if n == 1 else "change", role=had, outlet="HZ01")
        for n, (day, had) in enumerate(lines, start=1)
    ]
    there = known(*staff(boss={"role": role}), asks, *told_of)
    done = claim(order("C12", operator="1001", approved_by=approved_by, process_version=1))
    assert told(processes.judge(there, done)) == found


# of its own staff, and acts


@pytest.mark.parametrize(
    ("fact", "found"),
    [
        ((OperatorPassword, {"staff_no": "1001"}), []),
        ((OperatorPassword, {"staff_no": "9999"}), [("foreign", SURE)]),
        ((OperatorPassword, {"staff_no": "2009"}), [("foreign", SURE)]),
        ((Act, {"id": "a", "operator": "1001", "outlet": "HZ01", "business_date": DAY}), []),
        ((Act, {"id": "a", "operator": "2009", "outlet": "HZ01", "business_date": DAY}), [("staff", SURE)]),
        ((Act, {"id": "a", "operator": SCHEDULER, "outlet": "HZ01", "business_date": DAY}), []),
        ((Act, {"id": "a", "operator": SCHEDULER, "edition": 7, "outlet": "HZ01"}), [("foreign", SURE)]),
        ((Act, {"id": "a", "operator": "1001", "edition": 7, "outlet": "HZ01"}), [("foreign", SURE)]),
    ],
)
def test_an_outlet_speaks_for_its_own_staff_alone(fact: Fact, found: Found) -> None:
    far = row(Operator, staff_no="2009", outlet="HZ02", role="supervisor", state="active")
    assert judged([*staff(), far], fact) == found
    assert judged([*staff(), far], fact, business_date="") == found


def test_each_who_is_named_is_asked_for() -> None:
    far = row(Operator, staff_no="2009", outlet="HZ02", role="supervisor", state="active")
    found = judged([*staff(), far], handed("2009", "9999"), operator="2001")
    assert found == [("foreign", SURE), ("foreign", SURE), ("right", SURE)]


# cancelled


@pytest.mark.parametrize(
    ("approved_by", "here", "found"),
    [
        ("2001", "", []),
        (None, "2001", []),
        ("", "2001", [("approval", SURE)]),
        ("1002", "", [("approval", SURE)]),
        ("1002,2001", "", []),
        ("1001", "", [("approval", SURE)]),
    ],
)
def test_an_order_is_cancelled_with_a_supervisor_s_word(approved_by: str | None, here: str, found: Found) -> None:
    there = row(ProductOrder, **{**order()[1], "approved_by": here})
    said: dict[str, Any] = {} if approved_by is None else {"approved_by": approved_by}
    cancelled = [change("product_order", "o1", state="cancelled", **said)]
    assert judged([there, *staff()], changed=cancelled) == found
    assert judged(staff(), changed=cancelled) == []  # of what is not here nothing can be said
    assert judged([there, *staff()], changed=[change("product_order", "o1", state="failed", **said)]) == []


def test_who_cancels_may_be_the_supervisor_who_allows_it() -> None:
    there = row(ProductOrder, **order()[1])
    cancelled = [change("product_order", "o1", state="cancelled", approved_by="2001")]
    assert judged([there, *staff()], changed=cancelled, operator="2001") == []
    assert judged([there, *staff(boss=LEFT_LATER)], changed=cancelled) == [("approval", NOTE)]
    (fault,) = people.judge(known(there, *staff(boss=LEFT)), claim(changed=cancelled))
    assert (fault.note, fault.detail) == (False, {"what": "C12 1001", "order": "o1"})


def test_a_payment_is_no_order_s_word() -> None:
    assert judged(staff(), (Payment, {"id": "p", "order_id": "o9"})) == []
