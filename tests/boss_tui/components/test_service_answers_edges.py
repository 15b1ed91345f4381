"""What a service of others answers, or what counts while it can't be asked (F1): each way alone, and what is kept."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pytest

from boss_tui.components.asked import Question, ServiceAnswer
from boss_tui.components.base import Context
from boss_tui.components.customers.applicant import Applicant
from boss_tui.components.qualification import eligibility
from boss_tui.components.qualification.eligibility import Eligibility
from data.errors import NotAllowed
from data.message import say
from data.tables.eligibility import Interface, InterfaceAnswer
from tests.boss_tui.components.rows import DAY, Rows, context, row

WHO = Applicant(document_number="1")
KEY = "k1"
OWN = {"name_en": "Police", "reason_en": "Not them", "beside": "document_number"}


def interface(**values: Any) -> Any:
    standard = {"code": "police", "name_zh": "警察", "reason_zh": "不符", "kind": "remote", "address": "https://x"}
    return row(Interface, **{**standard, **OWN, "offline": "no", **values})


def answer(verdict: str, reason: str = "", **values: Any) -> ServiceAnswer:
    made: dict[str, Any] = {"verdict": verdict, "reason": reason, "fault": {}, "operator": "1001", "asked_at": "t"}
    return ServiceAnswer(**{**made, **values})


@pytest.fixture(autouse=True)
def asks(monkeypatch: pytest.MonkeyPatch) -> Any:
    """What is sent is known, and our own rule holds; else as a test says."""
    made = SimpleNamespace(known=True, readable=True, holds=True)

    def question(_at: Any, of: Interface, _known: Any) -> Question | None:
        if not made.readable:
            raise NotAllowed(say("It can't be read."))
        return Question(of, KEY, {"name": "王"}) if made.known else None

    def condition(rule: str) -> Any:
        if not rule:
            raise NotAllowed(say("There is none."))
        return SimpleNamespace(names=(), holds=lambda _: made.holds)

    monkeypatch.setattr(eligibility, "question", question)
    monkeypatch.setattr(eligibility, "condition", condition)
    monkeypatch.setattr(eligibility, "RuleFacts", lambda *_: SimpleNamespace(asked=WHO, named=lambda _: {}))
    return made


def asked(of: Any, *, answers: dict[str, ServiceAnswer] | None = None, order: str | None = "order") -> Any:
    at = context(Rows(), order_id=order, answers=answers or {})
    found = Eligibility(at).call(of, WHO).reasons
    return [(each.verdict, str(each.message), each.field) for each in found], at


@pytest.mark.parametrize(
    ("verdict", "reason", "values", "found"),
    [
        ("yes", "", {}, []),
        ("no", "", {}, [("no", "Not them", "document_number")]),
        ("no", "dead", {}, [("no", "Not them (dead)", "document_number")]),
        ("no", "dead", {"reason_zh": "", "reason_en": ""}, [("no", "dead", "document_number")]),
        ("no", "", {"reason_zh": "", "reason_en": ""}, [("no", "Police says no.", "document_number")]),
        ("override", "", {}, [("override", "Not them", "document_number")]),
    ],
)
def test_a_service_says_yes_or_why_not(verdict: str, reason: str, values: dict[str, str], found: list[Any]) -> None:
    told, at = asked(interface(**values), answers={KEY: answer(verdict, reason)})
    assert told == found
    assert [each.key for each, _ in at.asked] == [KEY]
    assert at.unasked == []


CANT = "Police can't be asked now."


@pytest.mark.parametrize(
    ("offline", "rule", "holds", "found"),
    [
        ("yes", "r", True, []),
        ("later", "r", True, []),
        ("override", "r", True, [("override", CANT, None)]),
        ("no", "r", True, [("no", CANT, None)]),
        ("rule", "r", True, []),
        ("rule", "r", False, [("no", "Not them", "document_number")]),
        ("rule", "", True, [("override", CANT, None)]),  # it can't be told: a supervisor's word
    ],
)
def test_what_counts_while_it_does_not_answer(
    asks: Any, offline: str, rule: str, holds: bool, found: list[tuple[Any, ...]]
) -> None:
    asks.holds = holds
    told, at = asked(interface(offline=offline, rule=rule), answers={KEY: answer("")})
    assert [(verdict, said, field or None) for verdict, said, field in told] == found
    assert len(at.asked) == 1
    again, without = asked(interface(offline=offline, rule=rule, address=""), answers={KEY: answer("")})
    assert (again, without.asked, without.unasked) == (told, [], [])


@pytest.mark.parametrize(
    ("known", "readable", "order", "wanting", "found"),
    [
        (True, True, "order", 1, []),  # it is asked first
        (False, True, "", 0, []),  # nothing to ask yet
        (False, True, "order", 0, ["no"]),
        (True, False, "", 0, []),
        (True, False, "order", 0, ["no"]),
    ],
)
def test_what_was_not_asked_yet_is_left_with_the_step(
    asks: Any, known: bool, readable: bool, order: str, wanting: int, found: list[str]
) -> None:
    asks.known, asks.readable = known, readable
    told, at = asked(interface(), order=order)
    assert ([verdict for verdict, _, _ in told], len(at.unasked), at.asked) == (found, wanting, [])


@pytest.mark.parametrize(
    ("rule", "holds", "offline", "found"),
    [
        ("r", True, "no", []),
        ("r", False, "no", [("no", "Not them", "document_number")]),
    ],
)
def test_a_manager_s_rule_decides(asks: Any, rule: str, holds: bool, offline: str, found: list[Any]) -> None:
    asks.holds = holds
    assert asked(interface(kind="local", rule=rule, offline=offline))[0] == found


@pytest.mark.parametrize(
    ("verdict", "offline", "state", "kept"),
    [
        ("yes", "later", "answered", ""),
        ("no", "later", "answered", ""),
        ("", "yes", "unasked", "yes"),
        ("", "later", "waiting", "later"),
        ("", "override", "waiting", "override"),
        ("", "rule", "waiting", "rule"),
    ],
)
def test_with_the_order_stands_what_was_answered_or_what_counted_instead(
    verdict: str, offline: str, state: str, kept: str
) -> None:
    at: Context = context(Rows())
    of = Question(interface(offline=offline), KEY, {"name": "王"})
    fault = {} if verdict else {"template": "down", "values": {}}
    told = answer(verdict, "why" if verdict == "no" else "", fault=fault, took_ms=7, tries=2)
    at.asked += [(of, told), (of, told)]
    Eligibility(at).record()
    (found,) = at.tx.all(InterfaceAnswer)  # each question once
    assert (found.state, found.offline, found.verdict, found.reason) == (state, kept, verdict, told.reason)
    assert (found.outlet, found.business_date, found.order_id, found.interface) == ("HZ01", DAY, "order", "police")
    assert (found.request, found.operator, found.took_ms, found.tries) == (KEY, "1001", 7, 2)
    assert (found.sent, bool(found.fault)) == ('{"name":"王"}', not verdict)
