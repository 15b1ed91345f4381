"""C4.1 改名: the same person's data are corrected, search follows, another person is refused."""

from __future__ import annotations

from typing import Any

import pytest

from boss_tui.answers.business import DraftView, Outcome
from boss_tui.transactions.c04_1.same_person import resembles
from boss_tui.verify import verify
from data.clock import new_key
from data.errors import BossError, NotAllowed
from data.journal import Author
from data.names import initials, name_key, pinyin
from data.tables.customer import Category, Customer, ListedPerson
from data.tables.life import ValueChange
from data.tables.network import WorkOrder
from data.tables.order import ProductOrder, Subscription
from tests.hall import FACTS, Hall

FREE = "11010519491231002X"
"""A resident ID that keeps its rule and that nobody in the hall has."""


TYPED = {"ground": "typed", "document_expires": ""}


def filled(hall: Hall, **changes: Any) -> DraftView:
    """A draft of the example, with these changes."""
    return hall.desk.forms.begin("C4.1", {**hall.desk.forms.example("C4.1"), **changes})


def owner_of_example(hall: Hall) -> Customer:
    """Whose data the example corrects."""
    (owner,) = hall.rows(Customer, document_number=hall.desk.forms.example("C4.1")["document_number"])
    assert isinstance(owner, Customer)
    return owner


def nearly(name: str) -> str:
    """A name that was entered wrongly in one character."""
    return name[:-1] + ("晗" if name[-1] != "晗" else "涵")


def corrected(hall: Hall, **changes: Any) -> Outcome:
    """A whole C4.1, approved."""
    view = filled(hall, **changes)
    assert not view.errors, view.errors
    if view.qualification.verdict == "override":
        hall.desk.approvals.approve(view.id, FACTS.supervisor, FACTS.password)
    return hall.desk.orders.complete(view.id, [])


def owner_of(hall: Hall, view: DraftView) -> Customer:
    """The owner of the number of a draft."""
    (owner,) = hall.rows(Customer, id=view.facts["customer_id"])
    assert isinstance(owner, Customer)
    return owner


def test_the_name_is_corrected_and_search_follows(hall: Hall) -> None:
    right = nearly(owner_of_example(hall).name)
    view = filled(hall, name=right, **TYPED)
    assert not view.errors
    before = owner_of(hall, view)
    assert view.facts["name"] == before.name
    assert view.qualification.verdict == "override"
    with pytest.raises(NotAllowed):
        hall.desk.orders.complete(view.id, [])
    hall.desk.approvals.approve(view.id, FACTS.supervisor, FACTS.password)
    outcome = hall.desk.orders.complete(view.id, [])
    after = owner_of(hall, view)
    assert (after.name, after.name_key, after.pinyin, after.initials) == (
        right,
        name_key(right),
        pinyin(right),
        initials(right),
    )
    assert any(right in str(hit.title) for hit in hall.desk.finding.find(right))
    told = {c.field: (c.before, c.after) for c in hall.rows(ValueChange, subject=before.id)}
    assert told["name"] == (before.name, right)
    assert [paper.kind for paper in outcome.papers] == ["slip"]
    assert any(f"{before.name}改为{right}" in line.replace(" ", "") for line in outcome.papers[0].preview)
    assert (outcome.state, hall.rows(WorkOrder, order_id=outcome.order_id)) == ("completed", [])
    with hall.store.reading() as reading:
        assert not verify(reading)


def test_a_mistyped_document_needs_a_supervisor(hall: Hall) -> None:
    view = filled(hall, document_expires="", document_number=FREE, mistyped="y")
    assert not view.errors
    assert view.qualification.verdict == "override"
    with pytest.raises(NotAllowed):
        hall.desk.orders.complete(view.id, [])
    hall.desk.approvals.approve(view.id, FACTS.supervisor, FACTS.password)
    outcome = hall.desk.orders.complete(view.id, [])
    after = owner_of(hall, view)
    assert (after.document_number, after.birth_date, after.gender) == (FREE, "1949-12-31", "female")
    (order,) = hall.rows(ProductOrder, id=outcome.order_id)
    assert order.approved_by == FACTS.supervisor
    assert not any(FREE in line for line in outcome.papers[0].preview)
    nobody = hall.desk.forms.begin("C4.1", {"number": view.values["number"]})
    assert "document_number" in nobody.errors  # approval is no proof of who they are


def test_a_renewed_document_gets_its_new_last_day(hall: Hall) -> None:
    view = filled(hall)
    owner = owner_of(hall, view)
    with hall.store.transaction(Author(FACTS.outlet, "test", "test")) as tx:
        tx.change(tx.one(Customer, id=owner.id), document_expires="2026-01-31")
    hall.desk.serving.next_customer()
    assert "no longer valid" in str(filled(hall, document_expires="").errors["document_number"])
    view = filled(hall, document_expires="2046-01-31")
    assert not view.errors
    hall.desk.orders.complete(view.id, [])
    assert owner_of(hall, view).document_expires == "2046-01-31"


WRONG: tuple[tuple[dict[str, Any], str], ...] = (
    ({"number": "13900000000"}, "number"),
    ({"number": "1390000"}, "number"),
    ({"document_number": ""}, "document_number"),
    ({"document_number": FACTS.customers[5].document_number}, "document_number"),
    ({"name": "张3"}, "name"),
    ({"name": "-"}, "name"),
    ({"document_expires": "2020-01-01"}, "document_expires"),
    ({"document_expires": "soon"}, "document_expires"),
    (
        {"mistyped": "y", "document_number": FREE, "name": "沈佳音", "ground": "renamed", "certificate": "1234"},
        "document_number",
    ),
    ({"name": "沈佳音"}, "ground"),
    ({"name": "沈佳音", "ground": "typed"}, "ground"),
    ({"name": "沈佳音", "ground": "renamed"}, "certificate"),
    ({"name": "沈佳音", "ground": "renamed", "certificate": "123"}, "certificate"),
    ({"name": "沈佳音", "ground": "because"}, "ground"),
    ({"mistyped": "y", "name": "", "document_number": "110105194912310021"}, "document_number"),
    ({"mistyped": "y", "name": "", "document_number": FACTS.customers[5].document_number}, "document_number"),
    ({"by_agent": "y"}, "agent_name"),
)


@pytest.mark.parametrize(("change", "field"), WRONG)
def test_a_wrong_form_is_refused_beside_its_field_and_changes_nothing(
    hall: Hall, change: dict[str, str], field: str
) -> None:
    before = hall.rows(Customer)
    view = filled(hall, **change)
    assert field in view.errors
    with pytest.raises(BossError):
        hall.desk.orders.complete(view.id, [])
    assert hall.rows(Customer) == before
    assert hall.rows(ProductOrder, business="C4.1") == []


def test_each_cell_is_alive_or_says_why_not(hall: Hall) -> None:
    hall.desk.orders.complete(filled(hall).id, [])
    cells = hall.desk.lookups.matrix("C4.1")
    assert [cell.code for cell in cells if cell.state == "waiting"] == []
    assert len(cells) == 20


RESEMBLE = (
    ("张小明", "张晓明", True),  # one of three, and read alike
    ("张伟", "张玮", True),
    ("张伟", "李伟", True),  # one is always allowed
    ("张伟", "李娜", False),
    ("张小明", "李小丽", False),
    ("阿卜杜拉·买买提", "阿卜杜拉·买买题", True),
    ("欧阳上官晓", "欧阳上官", True),
    ("abcdef", "abcdxy", True),  # two of six
    ("abcdef", "abcxyz", False),  # three of six
    ("Smith John", "John Smith", True),
    ("王芳", "王", True),
)


@pytest.mark.parametrize(("before", "after", "alike"), RESEMBLE)
def test_what_may_have_been_entered_wrongly(before: str, after: str, alike: bool) -> None:
    assert resembles(before, after) is resembles(after, before) is alike


def test_a_name_that_is_only_spelt_otherwise_is_no_other_name(hall: Hall) -> None:
    owner = owner_of_example(hall)
    view = filled(hall, name=f"{owner.name[0]} {owner.name[1:]}")
    assert "ground" not in view.errors
    assert view.qualification.verdict != "override"


def test_a_name_that_was_changed_by_law_has_its_certificate_on_the_slip(hall: Hall) -> None:
    outcome = corrected(hall, name="沈佳音", ground="renamed", certificate="杭公证2026-118")
    assert any("杭公证2026-118" in line for line in outcome.papers[0].preview)


def test_a_supervisor_does_not_approve_their_own(hall: Hall) -> None:
    desk = hall.counter(FACTS.supervisor, FACTS.counter)
    example = desk.forms.example("C4.1")
    view = desk.forms.begin("C4.1", {**example, "name": nearly(owner_of_example(hall).name), **TYPED})
    assert view.qualification.verdict == "override"


STEPS: tuple[tuple[dict[str, Any], dict[str, Any]], ...] = (
    ({"name": "沈佳音", "ground": "renamed", "certificate": "A1234"}, {"document_number": FREE, "mistyped": "y"}),
    ({"document_number": FREE, "mistyped": "y"}, {"name": "沈佳音", "ground": "renamed", "certificate": "A1234"}),
)


@pytest.mark.parametrize(("first", "second"), STEPS)
def test_what_two_corrections_add_up_to_is_no_change_of_owner(
    hall: Hall, first: dict[str, Any], second: dict[str, Any]
) -> None:
    number = hall.desk.forms.example("C4.1")["number"]
    corrected(hall, document_expires="", **first)
    hall.clock.move(days=400)
    hall.desk.trust.vouch_for_clock(FACTS.supervisor, FACTS.password)
    shown = {"document_number": FREE} if "document_number" in first else {}
    view = hall.desk.forms.begin(
        "C4.1", {**hall.desk.forms.example("C4.1"), "number": number, "document_expires": "", **shown, **second}
    )
    field = "document_number" if "document_number" in second else "name"
    assert "another person" in str(view.errors[field])
    with pytest.raises(BossError):
        hall.desk.orders.complete(view.id, [])


def test_a_name_does_not_become_another_one_character_by_character(hall: Hall) -> None:
    owner = owner_of_example(hall)
    step = nearly(owner.name)
    corrected(hall, name=step, **TYPED)
    view = filled(hall, name=f"欧{step[1:]}", **TYPED)
    told = resembles(owner.name, f"欧{step[1:]}")
    assert ("ground" in view.errors) is not told
    view = filled(hall, name=owner.name, **TYPED)
    assert not view.errors, "what was changed wrongly can be put back"


def limited(hall: Hall, owner: Customer, limit: int) -> None:
    """So many numbers and no more for a document of this customer's category."""
    with hall.store.transaction(Author(FACTS.outlet, "test", "test")) as tx:
        tx.change(tx.one(Category, code=owner.category), number_limit=limit)


@pytest.mark.parametrize(("beyond", "refused"), [(0, False), (1, True)])
def test_a_new_document_takes_no_more_numbers_than_it_may_have(hall: Hall, beyond: int, refused: bool) -> None:
    owner = owner_of_example(hall)
    living = [s for s in hall.rows(Subscription, customer_id=owner.id) if s.state not in {"terminated", "cancelled"}]
    limited(hall, owner, len(living) - beyond)
    view = filled(hall, document_expires="", document_number=FREE, mistyped="y")
    assert ("document_number" in view.errors) is refused


def listed(hall: Hall, source: str) -> None:
    """The free document is on a black list."""
    with hall.store.transaction(Author(FACTS.outlet, "test", "test")) as tx:
        tx.add(
            ListedPerson,
            id=new_key(tx.clock),
            list="black",
            document_kind="00",
            document_number=FREE,
            reason="欠费",
            source=source,
        )


@pytest.mark.parametrize(("source", "verdict"), [("own", "no"), ("IN001", "override")])
def test_a_new_document_is_looked_for_on_the_black_lists(hall: Hall, source: str, verdict: str) -> None:
    listed(hall, source)
    view = filled(hall, document_expires="", document_number=FREE, mistyped="y")
    assert view.qualification.verdict == verdict
    assert any("blacklist" in str(reason.message) for reason in view.qualification.reasons)


def test_a_child_s_document_needs_a_guardian(hall: Hall) -> None:
    child = "110105201412310026"
    view = filled(hall, document_expires="", document_number=child, mistyped="y")
    assert "guardian" in str(view.errors["by_agent"])


def test_a_new_document_must_be_valid_and_nobody_else_s_of_whatever_kind(hall: Hall) -> None:
    owner = owner_of_example(hall)
    other = next(c for c in hall.rows(Customer, document_kind="00") if c.id != owner.id)
    with hall.store.transaction(Author(FACTS.outlet, "test", "test")) as tx:
        tx.change(tx.one(Customer, id=owner.id), document_expires="2026-11-22")
    hall.desk.serving.next_customer()
    view = filled(hall, document_expires="", document_number=FREE, mistyped="y")
    assert "no longer valid" in str(view.errors["document_expires"])
    view = filled(hall, document_expires="2026-11-23", document_number=FREE, mistyped="y")
    assert "document_expires" not in view.errors
    view = filled(hall, document_number=other.document_number, document_kind="01", mistyped="y")
    assert "another customer" in str(view.errors["document_number"])
