"""What a service is told, and what its answer means."""

from __future__ import annotations

from typing import Any

import pytest
from msgspec.structs import replace

from boss_tui.components.customers.applicant import Applicant
from boss_tui.components.qualification.questions import fault_of, question, read, reason_in, sent_by
from boss_tui.components.qualification.rule_facts import RuleFacts
from data.errors import NotAllowed
from data.tables.eligibility import Interface
from tests.boss_tui.components.loose import Loose
from tests.boss_tui.components.rows import context, row

ASKED = Applicant("00", "110101199003070011", 36, name="王小明")


def interface(**values: Any) -> Any:
    return row(Interface, **{"code": "police", "kind": "remote", "yes_when": "answer.result == 'match'", **values})


def sent(tx: Loose, sends: str, asked: Applicant = ASKED) -> Any:
    at = context(tx)
    found = question(at, interface(sends=sends), RuleFacts(at, asked))
    return found and dict(found.sends)


def test_only_what_is_named_is_sent(tx: Loose) -> None:
    assert sent(tx, "customer.name") == {"name": "王小明"}
    assert sent(tx, "idNo = customer.document_number\nage = customer.age") == {"idNo": "110101199003070011", "age": 36}


def test_it_waits_for_what_is_needed_and_not_for_what_may_be_wanting(tx: Loose) -> None:
    nameless = replace(ASKED, name="")
    assert sent(tx, "customer.name\ncustomer.age", nameless) is None
    assert sent(tx, "customer.name?\ncustomer.age", nameless) == {"age": 36}
    assert sent(tx, "customer.name?", nameless) is None


def test_what_is_not_true_and_none_are_told(tx: Loose) -> None:
    assert sent(tx, "known = customer.known\nopens = order.opens_number") == {"known": False, "opens": False}


def test_a_question_is_known_by_form_declaration_and_what_is_sent(tx: Loose) -> None:
    at, asks = context(tx), interface(sends="customer.name")

    def key(at: Any = at, asks: Any = asks, asked: Applicant = ASKED) -> str:
        found = question(at, asks, RuleFacts(at, asked))
        assert found is not None
        return found.key

    others = {
        key(at.but(draft_id="another")),
        key(at.but(business_date="2026-12-24")),
        key(asks=interface(sends="customer.name", revision=2)),
        key(asks=interface(sends="customer.name", code="bank")),
        key(asked=replace(ASKED, name="王小红")),
    }
    assert len(others) == 5
    assert key() not in others
    assert key() == key(asked=replace(ASKED, age=1))


@pytest.mark.parametrize(
    ("told", "verdict"),
    [
        ({"result": "match"}, "yes"),
        ({"result": "mismatch"}, "no"),
        ({"result": "review"}, "override"),
        ({"result": None}, "no"),
        ({}, ""),
        (None, ""),
        ([], ""),
        ("match", ""),
        ({"Result": "match"}, ""),
    ],
)
def test_what_an_answer_means(told: Any, verdict: str) -> None:
    answer = read(interface(override_when="answer.result == 'review'"), told)
    assert answer.verdict == verdict
    assert (fault_of(answer) is None) is bool(verdict)


def test_an_answer_that_says_no_yes_or_no_is_not_understood() -> None:
    assert read(interface(yes_when="answer.count"), {"count": 3}).verdict == ""


@pytest.mark.parametrize(
    ("path", "reason"),
    [
        ("reason", "not\x1b so".replace("\x1b", "")),
        ("data.code", "7"),
        ("data", ""),
        ("data.flag", ""),
        ("data.code.deeper", ""),
        ("nothing", ""),
        ("", ""),
        ("long", "x" * 120),
    ],
)
def test_its_reason_is_one_line_of_text(path: str, reason: str) -> None:
    told = {"reason": " not\x1b\nso ", "data": {"code": 7, "flag": True}, "long": "x" * 121}
    assert reason_in(told, path) == reason
    assert reason_in("so", "") == "", "where nothing says where it stands, there is none"


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("name", "Line 1: a line is such as name = customer.name."),
        ("customer.name\n\nx = = y", "Line 3: a line is such as name = customer.name."),
        ("customer.shoe", "There is no fact customer.shoe; there are "),
        ("customer.name\nname = customer.name", "name is told twice: call one of them otherwise."),
    ],
)
def test_what_a_manager_wrote_wrong_is_told_with_its_line(text: str, told: str) -> None:
    with pytest.raises(NotAllowed) as refused:
        sent_by(text)
    assert refused.value.field == "sends"
    assert str(refused.value).startswith(told)
