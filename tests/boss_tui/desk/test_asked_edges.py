"""What a form still wants to know: kept by form, asked before it is done, so often and no oftener."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, datetime
from types import SimpleNamespace
from typing import Any

import pytest

from boss_tui.components.asked import Question, ServiceAnswer
from boss_tui.components.qualification import questions
from boss_tui.desk.asking import Asking, Unasked, views
from data.clock import SeededClock
from data.errors import Conflict
from data.message import say
from data.tables.eligibility import Interface
from data.tables.order import Draft
from tests.boss_tui.components.rows import Rows, row

NOW = datetime(2026, 11, 23, 1, 0, tzinfo=UTC)


def question(key: str, **values: Any) -> Question:
    return Question(row(Interface, code="P", name_zh="警", name_en="Police", **{"offline": "later", **values}), key, {})


class Seat:
    """A seat whose services answer yes, and that writes down what is kept with which form."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch, *, services: bool = True, draft: str = "open") -> None:
        self.asked: list[str] = []
        self.kept: list[list[tuple[str, str, str]]] = []
        self.operator = SimpleNamespace(staff_no="1001")
        self.station = SimpleNamespace(outlet="HZ01", counter="HZ0101")
        self.services = (lambda: self) if services else None
        self.clock, self.store, self.rows = SeededClock(NOW), self, Rows(row(Draft, id="d", state=draft))
        self.authors: list[Any] = []

        def keep(_tx: Any, draft: Draft, answers: Any) -> None:
            self.kept.append(
                [(draft.id, key, each.verdict or str(each.fault.get("template"))) for key, each in answers]
            )

        monkeypatch.setattr(questions, "keep", keep)

    def person(self) -> Any:
        return self.operator

    def ask(self, of: Question, operator: str, _stop: Any) -> ServiceAnswer:
        self.asked.append(f"{of.key} {operator}")
        return ServiceAnswer("yes")

    @contextmanager
    def transaction(self, author: Any) -> Iterator[Any]:
        self.authors.append((author.outlet, author.operator))
        yield self.rows


def part(monkeypatch: pytest.MonkeyPatch, **how: Any) -> tuple[Any, Any]:
    seat: Any = Seat(monkeypatch, **how)
    return seat, Asking(seat)


def test_what_a_form_wants_to_know_is_its_own_and_forgotten_once_it_wants_nothing(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    _, of = part(monkeypatch)
    of.note("d", [question("a"), question("b")])
    of.note("e", [question("c")])
    assert [each.key for each in of.wanting("d")] == ["a", "b"]
    of.note("d", [])
    assert ([*of.wanting("d")], [each.key for each in of.wanting("e")]) == ([], ["c"])


def test_all_that_is_open_is_asked_once_and_kept_with_the_form(monkeypatch: pytest.MonkeyPatch) -> None:
    seat, of = part(monkeypatch)
    of.note("d", [question("a"), question("b")])
    of.ask("d")
    assert sorted(seat.asked) == ["a 1001", "b 1001"]
    assert sorted(seat.kept) == [[("d", "a", "yes")], [("d", "b", "yes")]]
    assert seat.authors == [("HZ01", "1001")] * 2
    of.ask("nothing")
    assert len(seat.asked) == 2


@pytest.mark.parametrize(("state", "kept"), [("open", 1), ("held", 1), ("done", 0), ("abandoned", 0)])
def test_an_answer_is_kept_while_its_form_can_be_worked_on(
    monkeypatch: pytest.MonkeyPatch, state: str, kept: int
) -> None:
    seat, of = part(monkeypatch, draft=state)
    of.note("d", [question("a")])
    of.ask("d")
    assert len(seat.kept) == kept


def test_without_services_the_offline_rule_counts_and_it_is_said_why(monkeypatch: pytest.MonkeyPatch) -> None:
    seat, of = part(monkeypatch, services=False)
    of.note("d", [question("a")])
    of.ask("d")
    assert (seat.asked, seat.kept) == ([], [[("d", "a", "No services are asked from here.")]])


def test_a_fault_of_asking_comes_to_who_asked(monkeypatch: pytest.MonkeyPatch) -> None:
    seat, of = part(monkeypatch)

    def fails(*_: Any) -> ServiceAnswer:
        raise Conflict(say("Broken."))

    seat.ask = fails
    of.note("d", [question("a")])
    with pytest.raises(Conflict, match="Broken"):
        of.ask("d")
    assert seat.kept == []


def test_what_nobody_waits_for_is_answered_by_the_offline_rule(monkeypatch: pytest.MonkeyPatch) -> None:
    seat, of = part(monkeypatch)
    of.note("d", [question("a"), question("b")])
    of.note("e", [question("c")])
    of.give_up("d")
    told = "Not waited for, by {staff_no}."
    assert (seat.asked, seat.kept) == ([], [[("d", "a", told), ("d", "b", told)]])


@pytest.mark.parametrize(("wants", "done"), [(0, True), (1, True), (2, True), (3, False), (4, False)])
def test_a_form_is_tried_three_times_while_it_brings_up_new_questions(
    monkeypatch: pytest.MonkeyPatch, wants: int, done: bool
) -> None:
    seat, of = part(monkeypatch)
    left = [question(str(n)) for n in range(wants)]
    asked = list(left)

    def work() -> str:
        if left:
            raise Unasked("d", [left.pop(0)])
        return "done"

    def answered(answers: Mapping[str, ServiceAnswer]) -> str:
        missing = [each for each in asked if each.key not in answers]
        if missing:
            raise Unasked("", missing[:1])
        return f"done with {len(answers)}"

    if done:
        assert of.once_asked(work) == "done"
        assert of.once_answered(answered) == f"done with {wants}"
    else:
        for way, again in ((of.once_asked, work), (of.once_answered, answered)):
            with pytest.raises(Conflict, match="keeps changing"):
                way(again)
    assert len(seat.asked) == min(wants, 3) * 2


def test_what_was_asked_is_told_and_what_is_being_asked() -> None:
    at: Any = SimpleNamespace(
        asked=[
            (question("a"), ServiceAnswer("no", "dead", took_ms=7)),
            (question("b"), ServiceAnswer("")),
        ],
        unasked=[question("c", offline="no")],
    )
    told = [(each.state, str(each.words), each.took_ms) for each in views(at)]
    assert told == [
        ("no", "dead", 7),
        ("", "Not asked. Meanwhile: it may be done, and is asked again later.", 0),
        ("asking", "it may not be done without", 0),
    ]
    assert {str(each.name) for each in views(at)} == {"Police"}
