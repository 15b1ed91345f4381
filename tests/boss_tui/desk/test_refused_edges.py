"""What a service refused afterwards: each way out, who may take it, and what it does; each condition alone."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from types import SimpleNamespace
from typing import Any

import pytest

from boss_tui.desk.refused import CAUSE, RefusedLater
from boss_tui.desk.refused_items import CALL_IN, STANDS, STOP, UNDO
from data.errors import NotAllowed
from data.message import say
from data.tables.eligibility import InterfaceAnswer
from data.tables.life import Suspension
from data.tables.order import ProductOrder, Subscription
from tests.boss_tui.components.rows import Rows, row


class OfTheClerk(Rows):
    """What the clerk writes."""

    author = SimpleNamespace(operator="1001")


class Desk:
    """A counter at which a service refused the line of order S1; what is done is written down."""

    def __init__(self, *rows: Any, supervises: bool = False, customer: str | None = "c", **values: Any) -> None:
        self.done: list[str] = []
        order = {"id": "o", "serial": "S1", "business": "C1", "state": "completed", "subscription_id": "l"}
        answer = {"id": "a", "order_id": "o", "state": "refused", "interface": "I1", "later_reason": "fraud"}
        self.rows: Any = OfTheClerk(
            row(InterfaceAnswer, **answer),
            row(ProductOrder, **{**order, "customer_id": customer, **values}),
            row(Subscription, id="l", number="138"),
            *rows,
        )
        self.verdict, self.fails = "yes", False
        self._supervises = supervises

    @contextmanager
    def reading(self) -> Iterator[Any]:
        yield self.rows

    @contextmanager
    def writing(self, kind: str) -> Iterator[Any]:
        assert kind == "settle.question"
        yield self.rows

    def person(self) -> Any:
        return SimpleNamespace(supervises=self._supervises)

    def of_order(self, _tx: Any, order: ProductOrder) -> Any:
        calls = SimpleNamespace(call_back=lambda who, days, about: self.done.append(f"call {who} {days > 0} {about}"))
        return SimpleNamespace(service=calls, order=order)

    def begin(self, code: str, typed: Any) -> Any:
        self.done.append(f"begin {code} {typed['number']} {typed['action']} {typed['cause']} {typed['reason']}")
        return SimpleNamespace(id="d", shown="seen", qualification=SimpleNamespace(verdict=self.verdict))

    def approve(self, draft: str, approver: str, password: str, *, seen: str) -> None:
        self.done.append(f"approve {draft} {approver} {password} {seen}")

    def complete(self, draft: str, _tenders: list[Any]) -> Any:
        if self.fails:
            raise NotAllowed(say("Not now."))
        self.done.append(f"complete {draft}")
        return SimpleNamespace(serial="S2")

    def abandon(self, draft: str) -> None:
        self.done.append(f"abandon {draft}")

    def cancel(self, serial: str, words: str, approver: str, password: str) -> None:
        self.done.append(f"cancel {serial} {words} {approver} {password}")

    def settle(self, way: str, words: str = "why", approver: str = "2001", approved_by: str = "2001") -> Any:
        part: Any = RefusedLater(self, self, self, self, self)  # type: ignore[arg-type]
        part.settle("a", way, words, approver, "secret", approved_by)
        return self.rows.one(InterfaceAnswer)


@pytest.mark.parametrize("way", [CALL_IN, UNDO, STANDS])
@pytest.mark.parametrize(("words", "asked"), [("", True), ("  ", True), ("x", False)])
def test_but_for_a_stop_it_is_said_why(way: str, words: str, asked: bool) -> None:
    desk = Desk()
    if asked:
        with pytest.raises(NotAllowed) as refused:
            desk.settle(way, words)
        assert (refused.value.field, desk.done) == ("words", [])
    else:
        assert desk.settle(way, words).way == way
    assert Desk().settle(STOP, words).way == STOP


@pytest.mark.parametrize(
    ("way", "approver", "supervises", "may"),
    [
        (STANDS, "2001", False, True),
        (STANDS, "", True, True),
        (STANDS, "", False, False),
        (STOP, "2001", False, True),
        (STOP, "", True, True),
        (STOP, "", False, False),
        (UNDO, "2001", False, True),
        (UNDO, "", True, False),  # money goes back: another's word, whoever it is
        (UNDO, "", False, False),
        (CALL_IN, "", False, True),
    ],
)
def test_a_supervisor_decides_and_anybody_calls_the_customer_in(
    way: str, approver: str, supervises: bool, may: bool
) -> None:
    desk = Desk(supervises=supervises)
    if may:
        assert desk.settle(way, "why", approver).way == way
    else:
        with pytest.raises(NotAllowed) as refused:
            desk.settle(way, "why", approver)
        assert (refused.value.field, desk.done) == ("approved_by", [])


@pytest.mark.parametrize("way", ["", "other"])
def test_there_are_no_other_ways(way: str) -> None:
    with pytest.raises(NotAllowed, match="can't be done here"):
        Desk().settle(way)


@pytest.mark.parametrize("way", [STOP, CALL_IN, UNDO, STANDS])
def test_what_is_settled_stays_so(way: str) -> None:
    desk = Desk()
    desk.rows.change(desk.rows.one(InterfaceAnswer), state="settled")
    with pytest.raises(NotAllowed, match="settled already"):
        desk.settle(way)


@pytest.mark.parametrize(("customer", "calls"), [("c", ["call c True I1"]), (None, [])])
def test_who_is_called_in_leaves_the_task_open(customer: str | None, calls: list[str]) -> None:
    desk = Desk(customer=customer)
    answer = desk.settle(CALL_IN, " comes on Friday ")
    assert (answer.state, answer.way, answer.words, desk.done) == ("refused", CALL_IN, "comes on Friday", calls)


@pytest.mark.parametrize(("approved_by", "by"), [("2001", "2001"), ("", "1001")])
def test_what_stands_says_by_whose_word(approved_by: str, by: str) -> None:
    answer = Desk(supervises=True).settle(STANDS, " known ", approved_by=approved_by)
    assert (answer.state, answer.words, answer.settled_by, answer.settled_at > "") == ("settled", "known", by, True)


BEGUN = "begin C6 138 suspend identity fraud"


@pytest.mark.parametrize(
    ("verdict", "done"),
    [
        ("yes", [BEGUN, "complete d"]),
        ("override", [BEGUN, "approve d 2001 secret seen", "complete d"]),
    ],
)
def test_a_stop_is_a_business_of_its_own(verdict: str, done: list[str]) -> None:
    desk = Desk()
    desk.verdict = verdict
    answer = desk.settle(STOP, "")
    assert (answer.words, answer.state, desk.done) == ("S2", "settled", done)


def test_a_stop_without_the_service_s_reason_names_the_service() -> None:
    desk = Desk()
    desk.rows.change(desk.rows.one(InterfaceAnswer), later_reason="")
    desk.settle(STOP, "")
    assert desk.done[0] == "begin C6 138 suspend identity I1"


def test_a_stop_that_can_not_be_done_leaves_no_form_and_the_task_open() -> None:
    desk = Desk()
    desk.fails = True
    with pytest.raises(NotAllowed):
        desk.settle(STOP, "")
    assert desk.done == [BEGUN, "abandon d"]
    assert desk.rows.one(InterfaceAnswer).state == "refused"


@pytest.mark.parametrize(
    ("cause", "state", "again"),
    [
        (CAUSE, "running", False),
        (CAUSE, "planned", False),
        (CAUSE, "lifted", True),
        ("fraud", "running", True),
    ],
)
def test_a_line_that_is_stopped_for_it_already_is_not_stopped_again(cause: str, state: str, again: bool) -> None:
    stop = row(Suspension, id="s", subscription_id="l", cause=cause, state=state, order_id="before")
    desk = Desk(stop, row(ProductOrder, id="before", serial="S0"))
    assert desk.settle(STOP, "").words == ("S2" if again else "S0")
    assert bool(desk.done) is again


@pytest.mark.parametrize(
    ("state", "reverses", "cancelled"),
    [("completed", "", True), ("inProgress", "", True), ("cancelled", "", False), ("completed", "o", False)],
)
def test_an_order_is_taken_back_once(state: str, reverses: str, cancelled: bool) -> None:
    undone = [row(ProductOrder, id="u", serial="S9", reverses=reverses)] if reverses else []
    desk = Desk(*undone, state=state)
    assert desk.settle(UNDO).words == "why"
    assert desk.done == (["cancel S1 why 2001 secret"] if cancelled else [])
