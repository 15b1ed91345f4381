"""Whose word an act beside orders needs: named in its entry or its row, one who may, and where nobody is needed."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

import pytest

from boss_tui.components.operators.delegations import APPROVALS
from boss_tui.headquarters.rules import worded
from data.journal import Change
from data.parameters import VOID_ALONE
from data.tables.document import NumberMove
from data.tables.finance import DrawerMove, Shift
from data.tables.organisation import Authority, Delegation, Operator, Role
from data.tables.sync import AccessLog
from tests.boss_tui.components.rows import DAY, row
from tests.boss_tui.headquarters.known import Fact, change, claim, known, told

PEOPLE = [
    row(Role, code="supervisor", grade="supervisor"),
    row(Role, code="clerk", grade="clerk"),
    *(
        row(Operator, staff_no=no, outlet=outlet, role=role, state=state, revision=1)
        for no, outlet, role, state in (
            ("1001", "HZ01", "clerk", "active"),
            ("1002", "HZ01", "clerk", "active"),
            ("2001", "HZ01", "supervisor", "active"),
            ("2002", "HZ02", "supervisor", "active"),
            ("2003", "HZ01", "supervisor", "left"),
        )
    ),
    row(Delegation, outlet="HZ01", number=1, giver="2001", taker="1002", right=APPROVALS, since=DAY, until=DAY),
    row(Shift, id="s", operator="1001", revision=1),
]
BACK = (
    change("phone_number", "138", state="quarantined"),
    change("number_porting", "p", state="returned"),
)


def found(kind: str, *facts: Fact, word: str = "", changed: Sequence[Change] = (), **entry: Any) -> list[Any]:
    body = json.dumps({"word": word} if word else {})
    return told(worded.judge(known(*PEOPLE), claim(*facts, changed=changed, kind=kind, body=body, **entry)))


NO = [("approval", False)]


@pytest.mark.parametrize(
    ("word", "wrong"),
    [("", NO), ("1001", NO), ("1002", []), ("2001", []), ("2002", NO), ("2003", NO), ("9999", NO)],
)
def test_an_entry_names_a_supervisor_of_its_outlet(word: str, wrong: list[Any]) -> None:
    assert found("invoice.red", word=word) == wrong
    assert [found("number.porting", word=word, changed=[each]) for each in BACK] == [wrong, wrong]


@pytest.mark.parametrize("kind", ["clock.vouched", "store.accept", "invoice.red"])
def test_a_supervisor_s_own_word_is_enough_and_a_stand_in_s_is_not(kind: str) -> None:
    assert found(kind, word="2001", operator="2001") == []
    assert found(kind, word="1002", operator="1002") == NO
    assert found(kind, word="1002", operator="2001") == NO  # who stands in allows nothing of whom they stand in for


def test_a_code_for_a_number_and_any_other_act_need_no_word() -> None:
    assert found("number.porting", changed=[change("number_porting", "p", state="left")]) == []
    assert found("reprint") == []


@pytest.mark.parametrize("kind", sorted(worded.THEIR_OWN))
def test_what_supervisors_do_themselves(kind: str) -> None:
    assert [found(kind, operator=by) for by in ("2001", "1001", "1002")] == [[], NO, NO]


def moved(act: str, pieces: int = 1, counter: str = "HZ0101", approved_by: str = "") -> Fact:
    return NumberMove, {
        "id": "n",
        "act": act,
        "first_number": 11,
        "last_number": 10 + pieces,
        "counter": counter,
        "approved_by": approved_by,
        "business_date": DAY,
    }


MOST = VOID_ALONE.first


@pytest.mark.parametrize(
    ("fact", "wrong"),
    [
        (moved("void", MOST), []),
        (moved("void", MOST + 1), NO),
        (moved("void", MOST + 1, approved_by="2001"), []),
        (moved("void", counter="HZ0102"), NO),
        (moved("void", counter="HZ0102", approved_by="2001"), []),
        (moved("void", approved_by="1001"), NO),
        (moved("anew"), NO),
        (moved("anew", approved_by="2001"), []),
        (moved("seen", counter="HZ0102"), []),
    ],
)
def test_many_numbers_and_another_counter_s_are_void_by_a_word(fact: Fact, wrong: list[Any]) -> None:
    assert found("number.void", fact) == wrong


def test_numbers_that_a_store_gave_before_are_void_by_the_word_for_the_store() -> None:
    assert found("store.accept", moved("void", MOST + 1, counter="HZ0102"), word="2001") == []


@pytest.mark.parametrize(
    ("operator", "approved_by", "wrong"),
    [("1001", "", []), ("1002", "", NO), ("2001", "", []), ("1002", "2001", []), ("1001", "1001", NO)],
)
def test_a_drawer_is_taken_out_by_its_cashier_or_with_a_word(operator: str, approved_by: str, wrong: list[Any]) -> None:
    move = {"id": "d", "shift_id": "s", "act": "suspended", "operator": operator, "approved_by": approved_by}
    assert found("shift.suspend", (DrawerMove, move), operator=operator) == wrong


def test_a_supervisor_gives_authority_under_their_own_name() -> None:
    given = (Authority, {"id": "a", "outlet": "HZ01", "number": 1, "kind": "code", "supervisor": "2001"})
    assert [found("authority", given, operator=by) for by in ("2001", "1001")] == [[], NO * 2]


@pytest.mark.parametrize(
    ("way", "by", "wrong"),
    [("stands", "2001", []), ("undo", "1001", NO), ("stop", "", NO), ("call_in", "1001", []), ("stop", "1002", [])],
)
def test_what_a_service_refused_later_is_settled_by_a_supervisor(way: str, by: str, wrong: list[Any]) -> None:
    settled = change("interface_answer", "i", way=way, settled_by=by)
    assert found("settle.question", changed=[settled]) == wrong


@pytest.mark.parametrize(
    ("operator", "subject", "reason", "wrong"),
    [
        ("2001", "1001", "", []),
        ("1001", "1002", "", NO),
        ("2001", "2001", "", NO),
        ("1001", "1001", "headquarters", []),
    ],
)
def test_nobody_unlocks_themselves(operator: str, subject: str, reason: str, wrong: list[Any]) -> None:
    log = {"id": "l", "act": "staff.unlock", "operator": operator, "subject": subject, "reason": reason}
    assert found("staff.unlock", (AccessLog, log), operator=operator) == wrong
