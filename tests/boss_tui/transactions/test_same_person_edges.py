"""Who may be whom: agents, grounds of another name, another's document, what corrections add up to (C4.1, C5)."""

from __future__ import annotations

from datetime import date
from types import SimpleNamespace
from typing import Any

import pytest

from boss_tui.answers.business import Qualification
from boss_tui.business.process import Run
from boss_tui.business.registry import BUSINESSES
from boss_tui.components.customers.customers import Person
from boss_tui.transactions.agents import agent_of, must_be_acted_for, must_be_another
from boss_tui.transactions.c04_1.form import CorrectNameForm
from boss_tui.transactions.c04_1.same_person import (
    must_add_up,
    must_be_theirs,
    must_have_ground,
    must_qualify,
    resembles,
)
from boss_tui.transactions.corrections import Corrected
from data.errors import NotAllowed
from data.message import say
from data.parameters import AGENT_MINIMUM_AGE
from data.tables.customer import Customer, DocumentKind
from tests.boss_tui.components.rows import row
from tests.boss_tui.transactions.stand_in import line, parts, step, told

YOUNG = AGENT_MINIMUM_AGE.first - 1


def person(number: str = "D1", **values: Any) -> Person:
    return Person("00", number, **values)


def owner(**values: Any) -> Any:
    standard = {"id": "owner", "name": "张小明", "document_number": "D1", "holder": "individual"}
    return row(Customer, **{**standard, **values})


def asked(**values: Any) -> CorrectNameForm:
    """A form of C4.1 with these fields, as a step sees it."""
    return CorrectNameForm.model_construct(
        **{"ground": "", "certificate": "", "document_expires": None, "name": "", **values}
    )


# agents


AGENT = {
    "by_agent": True,
    "agent_document_kind": "00",
    "agent_document_number": "D2",
    "agent_name": "王芳",
    "agent_phone": "13812345678",
}


def acting(begins: str = "", **changes: Any) -> Any:
    return SimpleNamespace(**{f"{begins}{name}": value for name, value in {**AGENT, **changes}.items()})


@pytest.mark.parametrize("begins", ["", "new_"])
@pytest.mark.parametrize(
    ("changes", "wrong", "found"),
    [
        ({}, [], True),
        ({"by_agent": False}, [], False),
        ({"by_agent": None, "agent_name": ""}, [], False),
        ({"agent_document_number": ""}, ["agent_document_number"], False),
        ({"agent_name": ""}, ["agent_name"], True),
        ({"agent_name": None}, ["agent_name"], True),
        ({"agent_phone": ""}, ["agent_phone"], True),
        ({"agent_document_kind": ""}, [], False),
        ({"agent_name": "王3"}, ["agent_name"], True),
        ({"agent_phone": "12"}, ["agent_phone"], True),
        ({"agent_name": "", "agent_phone": ""}, ["agent_name", "agent_phone"], True),
    ],
)
def test_an_agents_number_name_and_phone_are_each_needed_and_right(
    begins: str, changes: dict[str, Any], wrong: list[str], found: bool
) -> None:
    run = step(customers=parts(identify=person("D2")))
    assert (agent_of(run, acting(begins, **changes), begins) is not None) is found
    assert sorted(run.errors) == [f"{begins}{field}" for field in wrong]


def test_an_agents_document_that_is_wrong_is_told_beside_it() -> None:
    def identify(*_: Any) -> Person:
        raise NotAllowed(say("No such document."))

    run = step(customers=parts(identify=identify))
    assert agent_of(run, acting()) is None
    assert told(run) == {"agent_document_number": "No such document."}


@pytest.mark.parametrize(
    ("agent", "said"),
    [
        (None, ""),
        (person("D1", age=40), "same person"),
        (person("D2", age=AGENT_MINIMUM_AGE.first), ""),
        (person("D2", age=YOUNG), "at least"),
        (person("D2", age=None), ""),
        (person("D2", age=0), "at least"),
        (person("D1", age=YOUNG), "same person"),
    ],
)
@pytest.mark.parametrize("begins", ["", "new_"])
def test_nobody_acts_for_themselves_and_no_child_for_anybody(agent: Person | None, said: str, begins: str) -> None:
    run = step()
    must_be_another(run, agent, "D1", begins)
    assert list(run.errors) == ([f"{begins}agent_document_number"] if said else [])
    assert said in "".join(told(run).values())


@pytest.mark.parametrize(
    ("who", "by_agent", "wrong"),
    [
        (person(holder="organization"), False, True),
        (person(holder="organization"), None, True),
        (person(holder="organization"), True, False),
        (person(), False, False),
        (None, False, False),
    ],
)
def test_an_organisation_is_always_acted_for(who: Person | None, by_agent: bool | None, wrong: bool) -> None:
    for begins in ("", "new_"):
        run = step()
        must_be_acted_for(run, acting(begins, by_agent=by_agent), who, begins)
        assert list(run.errors) == ([f"{begins}by_agent"] if wrong else [])


# another name (C4.1)


@pytest.mark.parametrize(
    ("ground", "certificate", "name", "field"),
    [
        ("", "", "张晓明", "ground"),
        (None, "", "张晓明", "ground"),
        ("typed", "", "张晓明", None),
        ("typed", "", "李国强", "ground"),
        ("renamed", "1234", "李国强", None),
        ("renamed", "123", "李国强", "certificate"),
        ("renamed", " 123 ", "李国强", "certificate"),
        ("renamed", " 1234 ", "李国强", None),
        ("renamed", None, "李国强", "certificate"),
        ("renamed", "", "张晓明", "certificate"),
        ("typed", "1234", "李国强", "ground"),
    ],
)
def test_another_name_has_its_ground_and_a_supervisor_in_any_case(
    ground: str | None, certificate: str | None, name: str, field: str | None
) -> None:
    run = step(customers=parts(first="张小明"))
    (reason,) = must_have_ground(run, asked(ground=ground, certificate=certificate), owner(), name)
    assert list(run.errors) == ([field] if field else [])
    assert (reason.rule, reason.verdict) == ("name", "override")
    assert name in str(reason.message)


@pytest.mark.parametrize(
    ("before", "after", "alike"),
    [
        ("abc", "abd", True),
        ("abc", "ade", False),
        ("abcde", "abcxy", False),
        ("abcdef", "abcdxy", True),
        ("abcdefgh", "abcdefxy", True),
        ("abcdefgh", "abcdexyz", False),
        ("abcdefghi", "abcdefxyz", True),
        ("a", "b", True),
        ("a", "bc", False),
        ("ab", "abc", True),
        ("ab", "abcd", False),
        ("john smith", "SMITH JOHN", True),
    ],
)
def test_a_third_of_a_long_name_may_differ_and_always_one_character(before: str, after: str, alike: bool) -> None:
    assert resembles(before, after) is resembles(after, before) is alike


@pytest.mark.parametrize(
    ("known", "holder", "refused"),
    [
        ([], "individual", ""),
        (["owner"], "individual", ""),
        (["other"], "individual", "another customer"),
        (["owner", "other"], "individual", "another customer"),
        ([], "organization", "does not become"),
    ],
)
def test_the_right_document_is_nobody_elses_and_of_the_same_kind_of_holder(
    known: list[str], holder: str, refused: str
) -> None:
    run = step(customers=parts(with_document=[owner(id=key) for key in known]))
    if not refused:
        must_be_theirs(run, person(holder=holder), owner())
        return
    with pytest.raises(NotAllowed, match=refused):
        must_be_theirs(run, person(holder=holder), owner())


@pytest.mark.parametrize(
    ("typed", "known", "over"),
    [
        (None, "2026-11-22", True),
        (None, "2026-11-23", False),
        (None, "", False),
        (date(2027, 1, 1), "2026-11-22", False),
    ],
)
@pytest.mark.parametrize("agent", [None, person("D2", age=30)])
def test_another_document_is_valid_and_asked_what_an_opening_asks(
    typed: date | None, known: str, over: bool, agent: Person | None
) -> None:
    subjects: list[Any] = []

    def ask(subject: Any, like: str = "") -> Qualification:
        subjects.append((subject, like))
        return Qualification()

    run = step(eligibility=parts(ask=ask))
    one = line(customer={"document_expires": known, "category": "vip", "name": "张小明"})
    one.agent = agent
    reasons = must_qualify(run, asked(document_expires=typed), one, person("D9", age=40))
    assert ("document_expires" in run.errors) is over
    assert [(reason.rule, reason.verdict) for reason in reasons] == [("document", "override")]
    ((subject, like),) = subjects
    assert (like, subject.keeps_numbers, subject.opens_number) == ("C1", True, False)
    assert (subject.document_number, subject.age, subject.category) == ("D9", 40, "vip")
    assert subject.name == "张小明"
    must_qualify(run, asked(name="张晓明"), one, person("D9", age=40))
    assert subjects[-1][0].name == "张晓明"
    assert (subject.agent_number, subject.agent_age) == (("D2", 30) if agent else ("", None))


@pytest.mark.parametrize(
    ("after", "first", "refused"),
    [
        ({}, ("张小明", "D1"), False),
        ({"name": "李"}, ("张小明", "D1"), False),
        ({"document_number": "D2"}, ("张小明", "D1"), False),
        ({"name": "李", "document_number": "D2"}, ("张小明", "D1"), True),
        ({"name": "李"}, ("张小明", "D0"), True),
        ({"document_number": "D2"}, ("李", "D1"), True),
        ({"document_number": "D0"}, ("李", "D0"), False),
        ({"name": "张 小明", "document_number": "D2"}, ("张小明", "D1"), False),
        ({}, ("李", "D0"), True),
    ],
)
def test_name_and_number_do_not_both_become_others_however_many_steps(
    after: dict[str, str], first: tuple[str, str], refused: bool
) -> None:
    run = step(customers=parts(first=lambda _owner, what: first[what != "name"]))
    if not refused:
        must_add_up(run, owner(), after)
        return
    with pytest.raises(NotAllowed, match="C5"):
        must_add_up(run, owner(), after)


# what its slip says


def slip(form: CorrectNameForm, **after: str) -> dict[str, str]:
    one = line()
    one.more = Corrected(dict.fromkeys(after, "11010519491231002X"), after, {})
    transaction: Any = BUSINESSES["C4.1"]
    run: Run = step()
    return {str(label): str(value) for label, value in transaction.about(run, form, one)}


@pytest.mark.parametrize(
    ("ground", "certificate", "after", "labels"),
    [
        ("renamed", "1234", {"name": "李"}, {"Name", "Ground", "Certificate"}),
        ("renamed", "", {"name": "李"}, {"Name", "Ground"}),
        ("typed", "", {"name": "李"}, {"Name", "Ground"}),
        ("", "", {"name": "李"}, {"Name"}),
        ("", "1234", {"name": "李"}, {"Name"}),
        ("renamed", "1234", {"document_expires": "2030-01-01"}, {"Valid until"}),
        ("renamed", "1234", {"document_number": "330106199901010015"}, {"Document no."}),
        (
            "renamed",
            "1234",
            {"name": "李", "document_number": "330106199901010015"},
            {"Name", "Ground", "Certificate", "Document no."},
        ),
    ],
)
def test_a_slip_has_ground_and_certificate_with_a_name_alone(
    ground: str, certificate: str, after: dict[str, str], labels: set[str]
) -> None:
    said = slip(asked(ground=ground, certificate=certificate), **after)
    assert set(said) == labels
    assert said.get("Certificate", "1234") == "1234"
    assert "33010619990101" not in said.get("Document no.", "")


@pytest.mark.parametrize(("field", "codes"), [("ground", ["typed", "renamed"]), ("document_kind", ["00"])])
def test_grounds_and_kinds_have_lists(field: str, codes: list[str]) -> None:
    run = step(customers=parts(kinds=[row(DocumentKind, code="00")]))
    found = BUSINESSES["C4.1"].choices(run, asked(), field, "")
    assert [choice.value for choice in found] == codes
