"""Who did an order, who allowed it, who gave a slip's money back: each condition alone, each bound on both sides."""

from __future__ import annotations

from typing import Any

import pytest

from boss_tui.chores.scheduling import SCHEDULER
from boss_tui.headquarters.rules import people
from data.tables.finance import Payment, Posting, PostingLine, SuspenseEntry
from data.tables.life import ScheduledAct
from data.tables.order import HandwrittenSlip
from data.tables.organisation import Delegation, Operator, Role, RoleRight
from tests.boss_tui.components.rows import DAY, row
from tests.boss_tui.headquarters.known import Fact, change, claim, form, known, order, published, told

ENOUGH = {"approval": "alone", "amount_limit": 1000, "refund_limit": 300, "refund_day_limit": 500}
SURE, NOTE = False, True


def staff(
    right: dict[str, Any] | None = None, clerk: dict[str, Any] | None = None, boss: dict[str, Any] | None = None
) -> list[Any]:
    """Two clerks and a supervisor of a hall, and what clerks do of C12."""
    at_work = {"outlet": "HZ01", "state": "active"}
    return [
        row(Operator, **{"staff_no": "1001", "role": "clerk", **at_work, **(clerk or {})}),
        row(Operator, **{"staff_no": "1002", "role": "clerk", **at_work}),
        row(Operator, **{"staff_no": "2001", "role": "supervisor", **at_work, **(boss or {})}),
        *(row(Role, code=code, grade=code) for code in ("clerk", "supervisor")),
        row(RoleRight, **{"role": "clerk", "business": "C12", **ENOUGH, **(right or {})}),
        row(RoleRight, role="supervisor", business="C12", **{**ENOUGH, "approval": "supervised"}),
    ]


LEFT, LEFT_LATER = {"state": "left", "revision": 1}, {"state": "left", "revision": 2}


@pytest.mark.parametrize(
    ("rows", "done", "found"),
    [
        ({}, {}, []),
        ({}, {"operator": "9999"}, [("staff", SURE)]),
        ({"clerk": LEFT}, {}, [("staff", SURE)]),
        ({"clerk": LEFT}, {"business": "C1", "approved_by": "9999"}, [("staff", SURE)]),
        ({"clerk": LEFT_LATER}, {}, [("staff", NOTE)]),
        ({"clerk": LEFT_LATER}, {"business": "C1"}, [("staff", NOTE), ("right", SURE)]),
        ({"clerk": {"outlet": "HZ02"}}, {}, [("staff", SURE)]),
        ({}, {"business": "C1"}, [("right", SURE)]),
        ({}, {"approved_by": "2001"}, []),
        ({}, {"approved_by": "1002"}, [("approval", SURE)]),
        ({}, {"approved_by": "2001,9999"}, [("approval", SURE)]),
        ({}, {"approved_by": "1002,9999"}, [("approval", SURE), ("approval", SURE)]),
        ({"boss": LEFT}, {"approved_by": "2001"}, [("approval", SURE)]),
        ({"boss": LEFT_LATER}, {"approved_by": "2001"}, [("approval", NOTE)]),
        ({"right": {"approval": "supervised"}}, {}, [("approval", SURE)]),
        ({"right": {"approval": "supervised", "revision": 2}}, {}, [("approval", NOTE)]),
        ({"right": {"approval": "supervised"}}, {"approved_by": "2001"}, []),
        ({}, {"operator": "2001", "approved_by": "2001"}, [("approval", SURE)]),
        ({}, {"amount": 1000}, []),
        ({}, {"amount": 1001}, [("approval", SURE)]),
        ({"right": {"revision": 2}}, {"amount": 1001}, [("approval", NOTE)]),
        ({}, {"amount": 1001, "approved_by": "2001"}, []),
        ({}, {"amount": 1001, "form_json": "["}, []),
        ({}, {"amount": -300}, []),
        ({}, {"amount": -301}, [("approval", SURE)]),
    ],
)
def test_an_order_is_done_by_who_may(rows: dict[str, Any], done: dict[str, Any], found: list[tuple[str, bool]]) -> None:
    assert told(people.judge(known(*staff(**rows)), claim(order(**done)))) == found


def test_what_is_told_names_the_business_the_person_and_who_allowed_it() -> None:
    (fault,) = people.judge(known(*staff()), claim(order(approved_by="1002")))
    assert fault.detail == {"what": "C12 1001", "order": "o1", "approver": "1002"}


def test_each_order_of_an_entry_is_judged() -> None:
    found = people.judge(known(*staff()), claim(order(id="a"), order(id="b", amount=1001), order(id="c", operator="9")))
    assert [(fault.reason, fault.detail["order"]) for fault in found] == [("approval", "b"), ("staff", "c")]


@pytest.mark.parametrize(("approved_by", "found"), [("", [NOTE, NOTE]), ("2001", [NOTE])])
def test_a_right_that_was_taken_away_may_have_stood_then(approved_by: str, found: list[bool]) -> None:
    rows = [each for each in staff() if not isinstance(each, RoleRight)]
    key = ("clerk", "C12")
    rows += [
        published(1, "role_right", key, "2026-01-01", "add", **ENOUGH),
        published(2, "role_right", key, "2026-11-23", "end"),
    ]
    assert [note for _, note in told(people.judge(known(*rows), claim(order(approved_by=approved_by))))] == found


@pytest.mark.parametrize(
    ("sums", "found"),
    [((200, 0), []), ((0, 200), []), ((100, 101), [("approval", SURE)]), ((201, 0), [("approval", SURE)])],
)
def test_what_was_paid_out_on_the_day_counts_with_it(sums: tuple[int, int], found: list[tuple[str, bool]]) -> None:
    assert told(people.judge(known(*staff(), scalars=sums), claim(order(amount=-300)))) == found


# the rest of the change


def paid(*lines: tuple[str, str, int]) -> list[Fact]:
    """The payment of an order, and posted lines: item, posting, fen."""
    payment: Fact = (Payment, {"id": "pay", "order_id": "o1", "posting_id": "p1"})
    return [
        payment,
        *(
            (PostingLine, {"line": at, "posting_id": of, "item": item, "amount": amount})
            for at, (item, of, amount) in enumerate(lines)
        ),
    ]


@pytest.mark.parametrize(
    ("amount", "lines", "found"),
    [
        (1001, [("", "p1", 1001), ("prepayment", "p1", -1)], [("approval", NOTE)]),
        (1002, [("", "p1", 1002), ("prepayment", "p1", -1)], [("approval", SURE)]),
        (1001, [("prepayment", "p1", -1), ("", "p1", 1001)], [("approval", SURE)]),
        (1001, [("prepayment", "p1", -1), ("sim_fee", "p1", -1000)], [("approval", SURE)]),
        (1001, [("", "p1", 1001), ("prepayment", "p2", -1)], [("approval", SURE)]),
        (1001, [("", "p1", 1001), ("prepayment", "p1", 1)], [("approval", SURE)]),
        (1000, [("", "p1", 1000), ("prepayment", "p1", -500)], []),
    ],
)
def test_a_rest_of_the_change_that_was_left_in_the_balance_is_no_part_of_what_was_asked(
    amount: int, lines: list[tuple[str, str, int]], found: list[tuple[str, bool]]
) -> None:
    assert told(people.judge(known(*staff()), claim(order(amount=amount), *paid(*lines)))) == found


# of itself


@pytest.mark.parametrize(
    ("act", "ended", "more", "found"),
    [
        ({}, {"done_order_id": "o1"}, [], []),
        ({"due_on": "2026-11-22"}, {"done_order_id": "o1"}, [], []),
        ({"due_on": "2026-11-24"}, {"done_order_id": "o1"}, [], [("staff", SURE)]),
        ({"state": "cancelled"}, {"done_order_id": "o1"}, [], [("staff", SURE)]),
        ({"business": "C9"}, {"done_order_id": "o1"}, [], [("staff", SURE)]),
        ({"parameters": "{}"}, {"done_order_id": "o1"}, [], [("staff", SURE)]),  # with another form
        ({"subscription_id": "m"}, {"done_order_id": "o1"}, [], [("staff", SURE)]),
        ({"touches": "plan"}, {"done_order_id": "o1"}, [], [("staff", SURE)]),
        ({"follows": 0}, {"done_order_id": "o1"}, [], [("staff", SURE)]),
        ({"id": "other"}, {"done_order_id": "o1"}, [], [("staff", SURE)]),
        ({}, {"done_order_id": "o2"}, [], [("staff", SURE)]),
        ({}, {"state": "done"}, [], [("staff", SURE)]),
        ({}, {"done_order_id": "o1"}, [(Payment, {"id": "p", "order_id": "o1"})], [("staff", SURE)]),
        ({}, {"done_order_id": "o1"}, [(Payment, {"id": "p", "order_id": "o2"})], []),
    ],
)
def test_the_program_does_by_itself_what_waited_for_its_day(
    act: dict[str, Any], ended: dict[str, Any], more: list[Fact], found: list[tuple[str, bool]]
) -> None:
    said, line = form(number="139"), {"subscription_id": "l", "touches": "line"}
    standard = {"id": "act", "state": "waiting", "business": "C12", "due_on": DAY, "follows": 1, "parameters": said}
    waited = row(ScheduledAct, **{**standard, **line, **act})
    entry = claim(
        order(operator=SCHEDULER, form_json=said, **line), *more, changed=[change("scheduled_act", "act", **ended)]
    )
    assert told(people.judge(known(waited), entry)) == found


# a slip's money


def back(amount: int = -300, act: str = "given_back", approved_by: str = "", slip: str = "s1") -> list[Fact]:
    """So many fen of a slip go back by the hands of 1001."""
    entry = {
        "id": "e1",
        "act": act,
        "posting_id": "p1",
        "slip_id": slip,
        "outlet": "HZ01",
        "business_date": DAY,
        "amount": amount,
        "approved_by": approved_by,
    }
    return [(Posting, {"id": "p1", "operator": "1001"}), (SuspenseEntry, entry)]


@pytest.mark.parametrize(
    ("rows", "entry", "sums", "found"),
    [
        ({}, {}, (), []),
        ({}, {"amount": -301}, (), [("approval", SURE)]),
        ({}, {"amount": -301, "act": "taken"}, (), []),
        ({"right": {"revision": 2}}, {"amount": -301}, (), [("approval", NOTE)]),
        ({}, {}, (200, 0), []),
        ({}, {}, (200, 1), [("approval", SURE)]),
        ({}, {"amount": -301, "approved_by": "2001"}, (), []),
        ({}, {"approved_by": "1002"}, (), [("approval", SURE)]),
        ({"boss": LEFT_LATER}, {"approved_by": "2001"}, (), [("approval", NOTE)]),
        ({"right": {"approval": "supervised"}}, {}, (), [("approval", SURE)]),
        ({"clerk": LEFT}, {}, (), [("staff", SURE)]),
        ({"clerk": LEFT}, {"amount": -301}, (), [("staff", SURE)]),
        ({"clerk": LEFT_LATER}, {}, (), [("staff", NOTE)]),
        ({"clerk": LEFT_LATER}, {"slip": "none"}, (), [("staff", SURE)]),
        ({}, {"slip": "none"}, (), [("staff", SURE)]),
    ],
)
def test_a_slip_s_money_is_given_back_by_who_may(
    rows: dict[str, Any], entry: dict[str, Any], sums: tuple[int, ...], found: list[tuple[str, bool]]
) -> None:
    slip = row(HandwrittenSlip, id="s1", business="C12")
    assert told(people.judge(known(slip, *staff(**rows), scalars=sums), claim(*back(**entry)))) == found


@pytest.mark.parametrize(
    ("role", "sums", "found"),
    [
        ("clerk", (), []),
        ("other", (), [("approval", NOTE)]),  # clerk was another that the outlet may have known of
        ("", (), [("staff", SURE)]),
    ],
)
def test_a_role_is_the_one_of_that_day_else_perhaps_another(
    role: str, sums: tuple[int, ...], found: list[tuple[str, bool]]
) -> None:
    """What is published of who they were: a clerk on the day, a clerk until that day, nobody at all."""
    lines = [("2026-01-01", "add", "clerk"), (DAY, "change", "other")][: 2 if role == "other" else bool(role)]
    rows = [each for each in staff() if getattr(each, "staff_no", "") != "1001"]
    for number, (day, op, each) in enumerate(lines, start=1):
        more = {"outlet": "HZ01", "state": "active"} if op == "add" else {}
        rows.append(published(number, "operator", ("1001",), day, op, role=each, **more))
    there = known(row(HandwrittenSlip, id="s1", business="C12"), *rows, scalars=sums)
    assert told(people.judge(there, claim(*back()))) == found


def test_money_of_a_slip_that_is_not_there_names_who_gave_it() -> None:
    (fault,) = people.judge(known(*staff()), claim(*back(slip="none")))
    assert fault.detail == {"what": "1001", "slip": "none"}


# what was handed over


@pytest.mark.parametrize(
    ("giver", "found"),
    [
        ({}, []),
        (LEFT, [("right", SURE)]),
        (LEFT_LATER, [("right", NOTE)]),
        ({"outlet": "HZ02"}, [("right", SURE)]),
    ],
)
def test_a_right_is_handed_over_by_who_is_at_work_there(giver: dict[str, Any], found: list[Any]) -> None:
    handed = {"outlet": "HZ01", "number": 1, "giver": "2001", "taker": "1001", "since": DAY, "until": DAY}
    rows = [
        *staff(boss=giver),
        row(RoleRight, role="supervisor", business="C1", **ENOUGH),
        row(Delegation, right="C1", **handed),
        row(Delegation, right="M8.raise", **{**handed, "number": 2}),
        row(RoleRight, role="supervisor", business="M8.raise", **ENOUGH),
    ]
    assert told(people.judge(known(*rows), claim(order("C1")))) == found
    sure = {(): "yes", (("right", SURE),): "no", (("right", NOTE),): "perhaps"}[tuple(found)]
    assert people.has_right(known(*rows), "1001", "HZ01", "M8.raise", DAY) == sure
