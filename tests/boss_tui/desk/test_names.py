"""A name is one name from the keyboard to the paper: what is checked is what is stored, compared, found and printed."""

from __future__ import annotations

import pytest

from boss_tui.answers.business import DraftView
from data.tables.customer import Customer
from printers import glyphs
from tests.hall import Hall

pytestmark = pytest.mark.light

STORED = "买买提·艾力"
SPELT = ["买买提•艾力", "买买提．艾力", "买买提・艾力", "买买提.艾力", " 买买提 · 艾力 ", "买买提 艾力"]
UNKNOWN = "李\U0002ebf0明"
"""With a character of Unicode 15.1."""


@pytest.fixture(autouse=True)
def no_fonts(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(glyphs, "_fonts", lambda _character: iter(()))
    glyphs.drawing.cache_clear()


def stored(hall: Hall, customer_id: str) -> Customer:
    (customer,) = hall.rows(Customer, id=customer_id)
    assert isinstance(customer, Customer)
    return customer


def titles(hall: Hall, text: str) -> list[str]:
    return [str(hit.title) for hit in hall.desk.finding.find(text)]


@pytest.mark.parametrize("typed", SPELT[:-1])
def test_a_name_is_stored_with_one_dot(hall: Hall, typed: str) -> None:
    outcome = hall.open_account(name=typed)
    customer = stored(hall, outcome.facts["customer_id"])
    assert customer.name == STORED
    assert any(STORED in line.replace(" ", "") for paper in outcome.papers for line in paper.preview)


def test_whoever_has_it_is_found_and_is_nobody_else(hall: Hall) -> None:
    outcome = hall.open_account(name=STORED)
    customer = stored(hall, outcome.facts["customer_id"])
    for typed in [*SPELT, "买买提艾力", "艾力", "提·艾", "maimaiti", "mmtal"]:
        assert STORED in titles(hall, typed), typed
    for typed in SPELT:
        again = hall.desk.forms.begin("C1")
        document = {"document_kind": customer.document_kind, "document_number": customer.document_number}
        assert "name" not in hall.desk.forms.fill(again.id, {**document, "name": typed}).errors, typed
    other = hall.desk.forms.begin("C1")
    assert "name" in hall.desk.forms.fill(other.id, {**document, "name": "买买提·艾"}).errors


@pytest.mark.parametrize(
    ("typed", "name"), [(UNKNOWN, UNKNOWN), ("李\ue863", "李䶮"), ("李𠮷\U000e0101明", "李𠮷明"), ("李", "李")]
)
def test_no_character_of_a_name_vanishes(hall: Hall, typed: str, name: str) -> None:
    outcome = hall.open_account(name=typed)
    assert stored(hall, outcome.facts["customer_id"]).name == name
    assert any(name in line for paper in outcome.papers for line in paper.preview)
    assert name in titles(hall, typed)


def named(hall: Hall, name: str) -> DraftView:
    return hall.filled(name=name)


@pytest.mark.parametrize(("name", "code"), [("李\ue000", "U+E000"), ("李\u200b明", "U+200B"), ("李😀", "😀 (U+1F600)")])
def test_what_is_refused_is_said_by_character_beside_the_field(hall: Hall, name: str, code: str) -> None:
    assert code in str(named(hall, name).errors["name"])
    assert "name" not in named(hall, "李䶮").errors


def test_what_the_printer_lacks_is_told_at_once(hall: Hall, monkeypatch: pytest.MonkeyPatch) -> None:
    assert "name" not in named(hall, "张镕").notes
    assert "䶮𠮷: 〓" in str(named(hall, "李䶮𠮷䶮").notes["name"])
    monkeypatch.setattr(glyphs, "drawing", lambda _character: bytes(72))
    assert "䶮: drawn" in str(named(hall, "李䶮").notes["name"])


@pytest.mark.parametrize("typed", ["{0} {1}", "　{0}{1} ", "{0}\u00a0{1}"])
def test_a_document_is_the_same_however_its_number_is_spaced(hall: Hall, typed: str) -> None:
    example = hall.desk.forms.example("C3")
    number = example["document_number"]
    shown = typed.format(number[:6], "".join(chr(ord(c) + 0xFEE0) for c in number[6:]))
    view = hall.desk.forms.begin("C3", {**example, "document_number": shown})
    assert "document_number" not in view.errors
