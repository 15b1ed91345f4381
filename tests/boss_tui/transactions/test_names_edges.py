"""What corrections of a customer (C4.1, C4.2) take, prove, change and call for."""

from __future__ import annotations

from datetime import date, timedelta
from types import SimpleNamespace
from typing import Any

import pytest

from boss_tui.business.registry import BUSINESSES
from boss_tui.components.customers.customers import Person
from boss_tui.transactions.c04_1.form import CorrectNameForm
from boss_tui.transactions.c04_1.same_person import _apart
from boss_tui.transactions.c04_2_change_contacts import ChangeContactsForm
from boss_tui.transactions.corrections import Corrected
from data.codes import BILL_MEDIA
from data.errors import NotAllowed
from data.message import say
from data.tables.customer import Customer, DocumentKind
from tests.boss_tui.components.rows import DAY, row
from tests.boss_tui.transactions.acts import Acts, Does, changing
from tests.boss_tui.transactions.stand_in import line, told

TODAY = date.fromisoformat(DAY)
NAME: Any = BUSINESSES["C4.1"]
CONTACTS: Any = BUSINESSES["C4.2"]
NUMBER = "13957000001"
OLD = {
    "name": "张小明",
    "document_number": "OLD",
    "document_kind": "00",
    "birth_date": "1990-05-17",
    "document_expires": "2030-01-01",
    "name_key": "张小明",
}


def form(kind: Any = CorrectNameForm, **typed: Any) -> Any:
    empty = {name: field.default for name, field in kind.model_fields.items() if not field.is_required()}
    return kind.model_construct(**{**empty, "number": NUMBER, **typed})


# C4.1


@pytest.mark.parametrize(
    ("typed", "document", "proves"),
    [
        ({}, "OLD", True),
        ({}, "NEW", True),
        ({"mistyped": True}, "NEW", False),
        ({"mistyped": True}, "OLD", True),
        ({"document_expires": TODAY}, "OLD", False),
        ({"document_expires": TODAY}, "NEW", True),
        ({"document_expires": TODAY - timedelta(days=1)}, "OLD", True),
        ({"document_expires": TODAY + timedelta(days=1)}, "OLD", False),
        ({"mistyped": True, "document_expires": TODAY}, "NEW", False),
        ({}, "old", True),
        ({"document_expires": TODAY}, "old", False),
        ({"mistyped": True}, "old", True),
    ],
)
def test_a_document_that_is_corrected_proves_nothing_to_others(typed: Any, document: str, proves: bool) -> None:
    acts = Acts()
    run = acts.step()
    NAME.shown(run, form(**typed), line(customer=OLD), document)
    assert acts == ([f"customers.shows(owner, {document})"] if proves else [])
    assert bool(run.proven) is proves


def looked(typed: Any, *, owner: Any = None, who: Any = None, identified: bool = True, **said: Any) -> Any:
    """A form of C4.1 looked at: the run and its line."""
    one = line(customer={**OLD, **(owner or {})})
    customers = {
        "kinds": [row(DocumentKind, code="00", name_zh="身份证", name_en="Resident ID")],
        "identify": lambda *_: who,
        "with_document": [],
        "first": getattr,
        **said,
    }
    about = {"identified": frozenset({"document:owner"} if identified else ())}
    run = Acts().step(about=about, customers=customers, eligibility={"ask": SimpleNamespace(reasons=())})
    NAME.look(run, typed, one)
    return run, one


RIGHT = Person("00", "NEW", birth_date="1991-01-01", gender="F", age=35)


@pytest.mark.parametrize(
    ("typed", "after", "rules", "wrong"),
    [
        ({}, {}, ["nothing"], []),
        ({"name": "张小明"}, {}, ["nothing"], []),
        ({"name": "张晓明", "ground": "typed"}, {"name": "张晓明"}, ["name"], []),
        ({"name": "张晓明"}, {"name": "张晓明"}, ["name"], ["ground"]),
        ({"name": "张1"}, {}, ["nothing"], ["name"]),
        ({"document_expires": date(2031, 1, 1)}, {"document_expires": "2031-01-01"}, [], []),
        ({"document_expires": date(2030, 1, 1)}, {}, ["nothing"], []),
        ({"document_expires": TODAY - timedelta(days=1)}, {}, ["nothing"], ["document_expires"]),
        (
            {"mistyped": True, "document_number": "NEW"},
            {"document_number": "NEW", "birth_date": "1991-01-01", "gender": "F"},
            ["document"],
            [],
        ),
        ({"mistyped": True, "document_number": ""}, {}, ["nothing"], []),
        ({"mistyped": False, "document_number": "NEW"}, {}, ["nothing"], []),
        (
            {"mistyped": True, "document_number": "NEW", "name": "李国强", "ground": "renamed", "certificate": "1234"},
            {"name": "李国强", "document_number": "NEW", "birth_date": "1991-01-01", "gender": "F"},
            ["name", "document"],
            ["document_number"],
        ),
    ],
)
def test_only_what_differs_is_corrected_and_a_supervisor_looks_at_who_it_is(
    typed: Any, after: dict[str, str], rules: list[str], wrong: list[str]
) -> None:
    run, one = looked(form(**typed), who=RIGHT)
    assert (one.more.after, [reason.rule for reason in run.qualification.reasons]) == (after, rules)
    assert list(run.errors) == wrong


def test_a_name_and_a_number_that_became_others_before_stand_beside_the_name() -> None:
    run, _ = looked(form(name="李国强", ground="renamed", certificate="1234"), first=lambda *_: "another")
    assert list(run.errors) == ["name"]


def test_a_name_that_is_only_written_otherwise_needs_no_ground() -> None:
    run, one = looked(form(name="张 小 明"), owner={"name": "张小明", "name_key": "张小明"})
    assert ("ground" in run.errors, "name" in {reason.rule for reason in run.qualification.reasons}) == (False, False)
    assert set(one.more.after) <= {"name"}


@pytest.mark.parametrize(
    ("holder", "name", "wrong"),
    [("organization", "杭州电子1厂", []), ("individual", "杭州电子1厂", ["name"])],
)
def test_a_name_is_a_persons_or_an_organisations(holder: str, name: str, wrong: list[str]) -> None:
    run, _ = looked(form(name=name, ground="renamed", certificate="1234"), owner={"holder": holder})
    assert list(run.errors) == wrong


@pytest.mark.parametrize(
    ("who", "typed", "after", "rules"),
    [
        (Person("02", "OLD", birth_date="1990-05-17"), {"document_kind": "02"}, {"document_kind": "02"}, ["document"]),
        (Person("00", "OLD", birth_date="1991-01-01"), {}, {"birth_date": "1991-01-01"}, []),
    ],
)
def test_another_kind_of_document_is_another_document(who: Person, typed: Any, after: Any, rules: list[str]) -> None:
    run, one = looked(form(mistyped=True, document_number="OLD", **typed), who=who)
    assert (one.more.after, [reason.rule for reason in run.qualification.reasons]) == (after, rules)


@pytest.mark.parametrize(("kind", "asked"), [("", "00"), ("02", "02")])
def test_the_right_document_is_of_the_kind_that_is_known_unless_another_is_typed(kind: str, asked: str) -> None:
    case: list[Any] = []

    def identify(*given: Any) -> Person:
        case.append(given)
        return RIGHT

    looked(form(mistyped=True, document_number="NEW", document_kind=kind), identify=identify)
    assert case == [(asked, "NEW", "1990-05-17")]


def test_somebody_elses_document_stands_beside_its_number() -> None:
    run, _ = looked(form(mistyped=True, document_number="NEW"), who=RIGHT, with_document=[row(Customer, id="other")])
    assert "another customer" in told(run)["document_number"]


@pytest.mark.parametrize("identified", [True, False])
def test_what_is_known_is_shown_to_who_has_shown_who_they_are(*, identified: bool) -> None:
    run, _ = looked(form(), identified=identified)
    assert run.facts == ({"name": "张小明", "document_expires": "2030-01-01"} if identified else {})


@pytest.mark.parametrize("business", [NAME, CONTACTS])
def test_what_differs_is_changed_and_they_are_watched(business: Any) -> None:
    acts, one = Acts(), line(customer=OLD)
    one.more = Corrected({"name": "张小明"}, {"name": "张晓明"}, {})
    run = acts.step(customers={"correct": Does(changing), "change": Does(changing)})
    business.act(run, form(), one)
    done = "correct" if business is NAME else "change"
    assert acts == [f"customers.{done}(owner, name=张晓明)", "behaviour.watch(owner)"]
    assert business.facts(run, form(), one)["customer"] == "张晓明"


@pytest.mark.parametrize(
    ("known", "day"), [("2046-11-01", "2045-11-01"), ("2046-11-23", "2046-11-01"), ("", "2046-11-01")]
)
def test_an_example_is_a_document_that_was_renewed(known: str, day: str) -> None:
    one = line(customer={**OLD, "document_expires": known})
    run = Acts().step(products={"some_lines": [one.subscription]}, customers={"owner": one.customer})
    assert NAME.example(run) == {"number": NUMBER, "document_number": "OLD", "document_expires": day}


@pytest.mark.parametrize(
    ("one", "other", "steps"),
    [
        ("", "", 0),
        ("", "abc", 3),
        ("abc", "", 3),
        ("abc", "abc", 0),
        ("abc", "abd", 1),
        ("abc", "bc", 1),
        ("abc", "xabc", 1),
        ("kitten", "sitting", 3),
        ("ab", "ba", 2),
        ("abcdef", "bcdefa", 2),
        ("flaw", "lawn", 2),
    ],
)
def test_names_are_as_far_apart_as_characters_must_be_changed(one: str, other: str, steps: int) -> None:
    assert _apart(one, other) == steps


# C4.2


KNOWN = {"address": "A", "contact_phone": "P", "email": "", "postcode": "", "bill_medium": "none"}


@pytest.mark.parametrize(
    ("known", "typed", "wrong"),
    [
        ({}, {"address": "B"}, []),
        ({}, {"bill_medium": "post"}, ["postcode"]),
        ({"address": ""}, {"bill_medium": "post"}, ["address", "postcode"]),
        ({}, {"bill_medium": "post", "postcode": "310012"}, []),
        ({}, {"bill_medium": "email"}, ["email"]),
        ({"email": "a@b.cn"}, {"bill_medium": "email"}, []),
        ({}, {"bill_medium": "message"}, []),
        ({"email": "a@b.cn", "bill_medium": "email"}, {"email": "-"}, ["email"]),
        ({"postcode": "310012", "bill_medium": "post"}, {"address": "-"}, ["address"]),
    ],
)
def test_a_bill_comes_where_it_can_be_sent_to(known: Any, typed: Any, wrong: list[str]) -> None:
    run = Acts().step()
    CONTACTS.look(run, form(ChangeContactsForm, **typed), line(customer={**KNOWN, **known}))
    assert (list(run.errors), run.qualification.verdict) == (wrong, "yes")


def test_contacts_that_change_nothing_are_no_order() -> None:
    run = Acts().step()
    CONTACTS.look(run, form(ChangeContactsForm, address="A"), line(customer=KNOWN))
    assert (run.qualification.verdict, run.errors) == ("no", {})


@pytest.mark.parametrize(("identified", "facts"), [((), {}), (("password:line",), KNOWN), (("document:owner",), KNOWN)])
def test_contacts_are_shown_to_who_has_shown_who_they_are(identified: Any, facts: Any) -> None:
    run = Acts().step(about={"identified": frozenset(identified)})
    CONTACTS.look(run, form(ChangeContactsForm), line(customer=KNOWN))
    assert run.facts == facts


def test_a_slip_and_the_outcome_say_which_contacts_changed() -> None:
    one = line(customer=KNOWN)
    one.more = Corrected({"email": "", "address": "A"}, {"email": "a@b.cn", "address": "B"}, {})
    run = Acts().step()
    assert {str(label): str(value) for label, value in CONTACTS.about(run, form(ChangeContactsForm), one)} == {
        "Address": "A to B",
        "E-mail": "- to a@b.cn",
    }
    assert CONTACTS.facts(run, form(ChangeContactsForm), one)["changed"] == ["address", "email"]


@pytest.mark.parametrize(("field", "values"), [("bill_medium", list(BILL_MEDIA)), ("email", [])])
def test_how_a_bill_comes_has_a_list(field: str, values: list[str]) -> None:
    assert [choice.value for choice in CONTACTS.choices(Acts().step(), form(ChangeContactsForm), field, "")] == values


@pytest.mark.parametrize(
    ("lives", "house"),
    [("A", "138"), ("浙江省杭州市西湖区文三路138号", "140"), ("浙江省杭州市西湖区文三路140号", "138")],
)
def test_an_example_moves_to_where_they_do_not_live(lives: str, house: str) -> None:
    one = line(customer={**OLD, "address": lives})
    run = Acts().step(products={"some_lines": [one.subscription]}, customers={"owner": one.customer})
    assert CONTACTS.example(run)["address"] == f"浙江省杭州市西湖区文三路{house}号"


def test_a_document_that_breaks_its_rule_stands_beside_its_number() -> None:
    def refuse(*_: Any) -> None:
        raise NotAllowed(say("broken"))

    run, one = looked(form(mistyped=True, document_number="NEW"), identify=refuse)
    assert (told(run), one.more.after) == ({"document_number": "broken"}, {})
