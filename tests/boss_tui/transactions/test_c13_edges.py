"""Who is shown what by an inquiry (C13): what opens private data, what is printed, what is kept of it."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pytest

from boss_tui.answers.business import Notice
from boss_tui.business.process import Run
from boss_tui.business.registry import BUSINESSES
from boss_tui.business.vault import PROVEN
from boss_tui.components.inquiry import PARTS
from boss_tui.transactions import c13_inquiry
from boss_tui.transactions.c13_inquiry import InquiryForm
from data.errors import NotAllowed
from data.message import Message
from data.tables.content import Article
from data.tables.order import Subscription
from tests.boss_tui.components.rows import row
from tests.boss_tui.transactions.deeds import doing, hears, order
from tests.boss_tui.transactions.stand_in import line, told

ASK: Any = BUSINESSES["C13"]
OTHERS = next(code for code, part in PARTS.items() if part.personal)
OWN = next(code for code, part in PARTS.items() if not part.personal)


def asked(**typed: Any) -> Any:
    empty = {
        "number": "13957000001",
        "document_number": "",
        "password": "",
        "reason": "",
        "part": "",
        "matter": "",
        "paper": "none",
    }
    return InquiryForm.model_construct(**{**empty, **typed})


def asking(shown: str = "", *, fresh: bool = True, **answers: Any) -> tuple[Any, Run, list[str]]:
    """A step in which this is proven already: document or password."""
    one = line(state="active", customer={"name": "Zhang"})
    service = {"articles": [], **answers.pop("service", {})}
    run, done = doing(about={"fresh": fresh}, service=service, operators={"supervised": ["allowed"]}, **answers)
    if shown:
        run.proven.add({"document": "document:owner", "password": "password:line"}[shown])
    return one, run, done


# who asks


ONCE_MORE = "It is a while since this was shown: ask for it once more."


@pytest.mark.parametrize(
    ("typed", "password", "shown", "fresh", "lapsed"),
    [
        ({"document_number": "D"}, "", "", False, {"document_number"}),
        ({}, "$proven$line", "", False, {"password"}),
        ({"document_number": "D"}, "x", "", False, {"document_number", "password"}),
        ({"document_number": "D"}, "", "", True, set()),
        ({"document_number": "D"}, "", "document", False, set()),
        ({}, "", "", False, set()),
    ],
)
def test_what_was_shown_a_while_ago_is_asked_for_once_more(
    typed: dict[str, str], password: str, shown: str, fresh: bool, lapsed: set[str]
) -> None:
    one, run, _ = asking(shown, fresh=fresh)
    run.secrets = {"password": password} if password else {}
    ASK._identify(run, asked(**typed), one)
    assert run.lapsed == lapsed
    assert (told(run).get("document_number") == ONCE_MORE) is bool(lapsed)


@pytest.mark.parametrize(
    ("typed", "shown", "supervised", "wrong"),
    [
        ({"reason": "why"}, "", True, False),
        ({}, "", False, True),
        ({"reason": "why"}, "document", False, False),
        ({"reason": "why", "document_number": "D"}, "", False, False),
        ({"document_number": "D"}, "", False, False),
        ({}, "password", False, False),
    ],
)
def test_without_proof_a_supervisor_allows_it_for_a_reason(
    typed: dict[str, str], shown: str, supervised: bool, wrong: bool
) -> None:
    one, run, _ = asking(shown)
    ASK._identify(run, asked(**typed), one)
    assert (one.more, list(run.errors)) == (["allowed"] if supervised else None, ["document_number"] if wrong else [])


@pytest.mark.parametrize(
    ("shown", "reason", "only"),
    [
        ("document", "", ""),
        ("password", "", "line"),
        ("", "", "line"),
        ("", "why", ""),
        ("password", "why", "line"),
        ("document", "why", ""),
    ],
)
def test_a_password_opens_its_own_number_alone(shown: str, reason: str, only: str) -> None:
    one, run, _ = asking(shown)
    found = c13_inquiry.opened(run, one, reason)
    assert (found.customer, found.subscription) == ("owner", only)


# what is looked at


@pytest.mark.parametrize(
    ("part", "shown", "reason", "wrong"),
    [
        (OTHERS, "password", "", True),
        (OTHERS, "document", "", False),
        (OTHERS, "", "why", False),
        (OWN, "password", "", False),
        ("", "password", "", False),
    ],
)
def test_what_is_the_persons_is_no_numbers(part: str, shown: str, reason: str, wrong: bool) -> None:
    one, run, _ = asking(shown)
    ASK.look(run, asked(part=part, reason=reason), one)
    assert ("part" in run.errors) is wrong


@pytest.mark.parametrize(
    ("paper", "part", "wrong"),
    [("list", "", True), ("list", OWN, False), ("slip", "", False), ("none", "", False), (None, "", False)],
)
def test_a_list_is_of_a_part(paper: Any, part: str, wrong: bool) -> None:
    one, run, _ = asking("document")
    ASK.look(run, asked(paper=paper, part=part), one)
    assert ("part" in run.errors) is wrong


@pytest.mark.parametrize(("matter", "found", "scripts"), [("x", 3, 2), ("x", 1, 1), ("x", 0, 0), ("", 3, 0)])
def test_two_articles_stand_beside_a_question(matter: str, found: int, scripts: int) -> None:
    articles = [row(Article, code=str(n), text_zh=str(n), text_en=str(n)) for n in range(found)]
    one, run, _ = asking("document", service={"articles": articles})
    one.more, run.notices = ["allowed"], [Notice("notice", Message("first"))]
    ASK.look(run, asked(matter=matter), one)
    assert [(notice.kind, str(notice.text)) for notice in run.notices] == [
        *(("script", str(n)) for n in reversed(range(scripts))),
        ("notice", "first"),
    ]
    reasons: Any = run.qualification.reasons
    assert reasons == ("allowed",)


# what is kept of it


@pytest.mark.parametrize(
    ("typed", "password", "looked", "kept", "why"),
    [
        ({}, "", False, "C13", None),
        ({"part": OWN}, "", True, OWN, "identified"),
        ({"part": OWN, "matter": "x"}, "", True, "x", "identified"),
        ({"matter": "x"}, "", False, "x", None),
        ({"part": OWN, "document_number": "D"}, "", True, OWN, "document"),
        ({"part": OWN, "document_number": "D"}, f"{PROVEN}line", True, OWN, "password"),
        ({"part": OWN, "document_number": "D"}, "x", True, OWN, "document"),
        ({"part": OWN, "document_number": "D", "reason": "why"}, "", True, OWN, "why"),
    ],
)
def test_a_look_is_logged_with_what_opened_it(
    typed: dict[str, str], password: str, looked: bool, kept: str, why: str | None
) -> None:
    looks: list[Any] = []
    one, run, done = asking(service={"look": hears(looks, [("a", Message("b"))])})
    run.secrets = {"password": password}
    result = ASK.perform(run, asked(**typed), one, [])
    assert [what[1:] for what in looks] == ([(OWN, why)] if looked else [])
    assert done == [f"service.consulted('owner', '{kept}')", "statistics.count('accepted')"]
    assert result.facts == {"number": "13957000001", "customer": "Zhang", "rows": [["a", "b"]] if looked else []}
    assert (result.customer_id, result.subscription_id, result.state, result.papers) == (
        "owner",
        "line",
        "completed",
        (),
    )


@pytest.mark.parametrize(
    ("paper", "part", "papers"),
    [("none", OWN, ()), ("slip", "", ("slip",)), ("slip", OWN, ("slip",)), ("list", OWN, ("list",)), ("list", "", ())],
)
def test_what_is_printed(paper: str, part: str, papers: tuple[str, ...]) -> None:
    listed: list[Any] = []
    slips: list[Any] = []
    one, run, _ = asking(
        service={"look": ["row"]}, documents={"slip": hears(slips, "slip"), "listing": hears(listed, "list")}
    )
    assert ASK.perform(run, asked(paper=paper, part=part, matter="what"), one, []).papers == papers
    assert [what[1:] for what in listed] == ([("Zhang", "139 5700 0001", ["row"])] if papers == ("list",) else [])
    for slip in slips:
        assert [(str(label), value) for label, value in slip.about] == [("Question", "what")]
        assert (slip.taken.due, slip.taken.tendered, slip.taken.change) == (0, 0, 0)


def test_nothing_is_asked_of_nobody_and_nothing_is_changed() -> None:
    _, run, done = asking()
    with pytest.raises(NotAllowed, match="not complete"):
        ASK.perform(run, asked(), None, [])
    ASK.act(run, asked(), line())
    ASK.finish(run, order({}))
    assert done == []


@pytest.mark.parametrize(
    ("field", "values"),
    [("part", list(PARTS)), ("paper", ["none", "list", "slip"]), ("matter", ["title"]), ("password", [])],
)
def test_lists_of_the_fields(field: str, values: list[str]) -> None:
    _, run, _ = asking(service={"articles": [row(Article, code="1", title_zh="title")]})
    assert [one.value for one in ASK.choices(run, asked(), field, "")] == values


def test_an_example_asks_for_balances() -> None:
    own = row(Subscription, id="line", number="139", customer_id="owner")
    run, _ = doing(
        products={"some_lines": [own]},
        customers={"owner": SimpleNamespace(document_number="D")},
        processes={"running": "order"},
    )
    found = ASK.example(run)
    assert (found["number"], found["document_number"], found["part"], found["paper"]) == (
        "139",
        "D",
        "balances",
        "none",
    )
