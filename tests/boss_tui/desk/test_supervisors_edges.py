"""Whose word an act has: whoever works here, another who signs on over the screen, who stands in for one, a code."""

from __future__ import annotations

from contextlib import nullcontext
from types import SimpleNamespace
from typing import Any, cast

import pytest

from boss_tui.components.operators import authorities
from boss_tui.components.operators.delegations import WORD
from boss_tui.desk import codes, supervisors
from boss_tui.desk.supervisors import Supervisors
from data.errors import NotAllowed
from data.message import say
from data.store import UnitOfWork

REFUSAL = say("A supervisor does that.")
SUPERVISES = {"2001": True, "2002": True, "1001": False, "1002": False}
STANDS_IN = {"1002": "2001"}


def person(staff_no: str) -> Any:
    return SimpleNamespace(staff_no=staff_no, supervises=SUPERVISES[staff_no])


def at(here: str, monkeypatch: pytest.MonkeyPatch) -> Supervisors:
    """The desk of somebody; 2001, who may be here, has handed their word to 1002."""
    monkeypatch.setattr(supervisors, "sign_on", lambda _store, _station, staff_no, *_, **__: person(staff_no))
    monkeypatch.setattr(supervisors, "stands_in_for", lambda _, staff_no: STANDS_IN.get(staff_no, ""))
    station = SimpleNamespace(outlet="HZ01", counter="HZ0101")
    seat: Any = SimpleNamespace(person=lambda *_: person(here), store=None, station=station, reading=nullcontext)
    return Supervisors(seat)


@pytest.mark.parametrize(("here", "may"), [("2001", True), ("1001", False), ("1002", False)])
def test_who_works_here_says_so_only_as_a_supervisor(here: str, may: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    part, tx = at(here, monkeypatch), cast(UnitOfWork, SimpleNamespace(more={}))
    assert part.worded(tx, None, "x") == (here if may else "")
    assert tx.more == ({WORD: here} if may else {})
    if may:
        assert part.here(REFUSAL) == here
        return
    with pytest.raises(NotAllowed, match="A supervisor does that"):
        part.here(REFUSAL)


@pytest.mark.parametrize(
    ("here", "other", "approves", "field"),
    [
        ("1001", "2001", True, ""),
        ("2001", "2002", True, ""),
        ("2001", "2001", False, "staff_no"),
        ("1001", "1001", False, "staff_no"),
        ("1001", "1002", True, ""),
        ("2002", "1002", True, ""),
        ("2001", "1002", False, "staff_no"),  # who has handed it over is here
        ("1002", "1002", False, "staff_no"),
        ("2001", "1001", False, "staff_no"),
    ],
)
def test_another_supervisor_or_who_stands_in_for_one_approves(
    here: str, other: str, approves: bool, field: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    part = at(here, monkeypatch)
    if approves:
        assert part.other(other, "p") == other
        return
    with pytest.raises(NotAllowed) as refused:
        part.other(other, "p")
    assert refused.value.field == field


@pytest.mark.parametrize(
    ("here", "typed", "whose"),
    [
        ("1001", "2001", "2001"),
        ("2001", "", "2001"),
        ("2001", " ", "2001"),
        ("1001", "", None),
        ("1002", "", None),
        ("1001", "1002", "1002"),
        ("2001", "1002", None),
        ("1001", "1001", None),
    ],
)
def test_a_word_is_of_whom_is_typed_or_of_who_works_here(
    here: str, typed: str, whose: str | None, monkeypatch: pytest.MonkeyPatch
) -> None:
    part = at(here, monkeypatch)
    if whose:
        assert part.word(typed, "p", REFUSAL) == (whose, None)
        return
    with pytest.raises(NotAllowed) as refused:
        part.word(typed, "p", REFUSAL)
    assert refused.value.field == "staff_no"


@pytest.mark.parametrize(
    ("business", "operator", "reaches"),
    [("", "", True), ("", "1001", True), ("", "1002", False), ("C1", "", False), ("C1", "1001", False)],
)
def test_a_code_reaches_as_far_as_it_was_given(
    business: str, operator: str, reaches: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    code: Any = SimpleNamespace(id="c", supervisor="2001", business=business, operator=operator)
    monkeypatch.setattr(codes, "is_code", lambda typed: typed == "123456")
    monkeypatch.setattr(codes, "tried", lambda *_: code)
    part = at("1001", monkeypatch)
    if not reaches:
        with pytest.raises(NotAllowed, match="does not reach so far"):
            part.word("123456", "", REFUSAL)
        return
    assert part.word("123456", "", REFUSAL) == ("2001", code)
    used: list[Any] = []
    monkeypatch.setattr(authorities, "use", lambda _, row, act: used.append((row, act)))
    tx: Any = SimpleNamespace(one=lambda _, **key: key["id"], more={})
    assert part.worded(tx, ("2001", code), "x") == "2001"
    assert tx.more == {WORD: "2001"}
    assert part.worded(tx, ("2002", None), "x") == "2002"
    assert tx.more == {WORD: "2002"}
    assert used == [("c", "x")]


@pytest.mark.parametrize(("typed", "approved"), [("", ""), ("2001", "2001"), ("1001", "1001"), ("1002", "1002")])
def test_who_allows_something_over_the_screen_is_known_by_number(
    typed: str, approved: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whether they may is asked of what they allow."""
    assert at("2002", monkeypatch).approved(typed, "p") == approved
    if typed == "1002":
        with pytest.raises(NotAllowed):
            at("2001", monkeypatch).approved(typed, "p")


@pytest.mark.parametrize(
    ("here", "other", "counts"),
    [
        ("2001", "1001", True),  # one of the two is a supervisor, whichever
        ("2001", "2002", True),
        ("1001", "2001", True),
        ("1001", "1002", True),  # who stands in for one
        ("1002", "1001", False),
    ],
)
def test_of_two_who_count_one_is_a_supervisor(
    here: str, other: str, counts: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    part = at(here, monkeypatch)
    if counts:
        assert part.beside(other, "p", REFUSAL) == (other, None)
        return
    with pytest.raises(NotAllowed, match="A supervisor does that"):
        part.beside(other, "p", REFUSAL)


@pytest.mark.parametrize("here", ["1001", "2002"])
def test_a_supervisor_s_code_counts_along_too(here: str, monkeypatch: pytest.MonkeyPatch) -> None:
    code: Any = SimpleNamespace(id="c", supervisor="2001", business="", operator="")
    monkeypatch.setattr(codes, "is_code", lambda typed: typed == "123456")
    monkeypatch.setattr(codes, "tried", lambda *_: code)
    assert at(here, monkeypatch).beside("123456", "", REFUSAL) == ("2001", code)
