"""What fields of businesses take: the last value that passes, and the first that doesn't."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from pydantic_core import PydanticCustomError
from stdnum.iso7064 import mod_11_2

from boss_tui.business.registry import BUSINESSES
from boss_tui.business.vault import PROVEN
from boss_tui.forms.typed import LONG_TERM
from boss_tui.transactions import lists
from boss_tui.transactions.c07_5 import paid_services as c07_5_paid_services
from boss_tui.transactions.c11 import form as c11_form
from boss_tui.transactions.corrections import Corrected, changed, must_change, or_emptied
from boss_tui.transactions.lists import graded, somebody
from boss_tui.transactions.secrets import HASHED, chosen, must_agree, six_digits_or
from data.errors import BadForm
from data.message import Message, say
from data.tables.customer import Customer
from data.tables.product import Product
from data.tables.provider import ProviderService
from data.tables.resource import NumberGrade
from tests.boss_tui.components.rows import DAY, row
from tests.boss_tui.transactions.stand_in import parts, step
from tests.boss_tui.transactions.test_c07_5_paid_services import a_line, begin, do
from tests.hall import Hall


def takes(check: Any, typed: Any) -> bool:
    """Whether a field's rule takes it."""
    try:
        check(typed)
    except PydanticCustomError:
        return False
    return True


@pytest.mark.parametrize(
    ("typed", "taken"),
    [
        ("", True),
        ("2026-01", True),
        ("2026-12", True),
        ("2026-09", True),
        ("2026-10", True),
        ("2026-00", False),
        ("2026-13", False),
        ("2026-1", False),
        ("2026-011", False),
        ("2026/01", False),
        ("202a-01", False),
        ("2026-0a", False),
        ("2026-0:", False),
        ("2026-1-", False),
        ("2026-1 ", False),
        ("2026-１0", False),
        ("２０２６-10", False),
        ("2026-19", False),
        ("2026-20", False),
        ("2026-01\n", False),
    ],
)
def test_a_month_has_four_digits_and_one_of_twelve(typed: str, taken: bool) -> None:
    assert takes(c07_5_paid_services._month, typed) is taken


@pytest.mark.parametrize("month", ["2026-0a", "2026-0:", "2026-1-"])
def test_what_is_no_month_is_refused_beside_its_field(hall: Hall, month: str) -> None:
    view = begin(hall, a_line(hall, "STARS"), action="dispute", service="STARS", month=month, reason="不认识")
    assert "such as 2026-10" in str(view.errors["month"])


# cards (C11)


@pytest.mark.parametrize(
    ("typed", "taken"),
    [("3" * 17, True), ("3" * 16, False), ("3" * 18, False), ("3" * 16 + "a", False), ("３" * 17, False), ("", False)],
)
def test_a_cards_serial_has_seventeen_digits(typed: str, taken: bool) -> None:
    assert takes(c11_form._serial, typed) is taken


@pytest.mark.parametrize(
    ("typed", "taken"),
    [
        ("3" * 18, True),
        ("3" * 17, False),
        ("3" * 19, False),
        ("3" * 17 + "a", False),
        ("３" * 18, False),
        (PROVEN, True),
        (f"{PROVEN}x", True),
        ("", False),
    ],
)
def test_a_pin_has_eighteen_digits_or_was_proven(typed: str, taken: bool) -> None:
    assert takes(c11_form._pin, typed) is taken


@pytest.mark.parametrize(
    ("typed", "taken"),
    [
        ("0", False),
        ("1", True),
        ("500", True),
        ("501", False),
        (1, True),
        (500, True),
        (0, False),
        (501, False),
        (-1, False),
        ("-1", False),
        ("", False),
        ("a", False),
        ("５", False),
        (None, False),
        (1.0, False),
    ],
)
def test_one_to_five_hundred_cards(typed: Any, taken: bool) -> None:
    assert takes(c11_form._count, typed) is taken


S, T = "33011262000000001", "33011262000000007"


@pytest.mark.parametrize(
    ("typed", "runs"),
    [
        ("", []),
        (S, [(S, 1)]),
        (f"{S}*1", [(S, 1)]),
        (f"{S}*500", [(S, 500)]),
        (f" {S} * 5 ,, {T} ", [(S, 5), (T, 1)]),
        (f"{S}，{T}*2", [(S, 1), (T, 2)]),
        (f"{S}*0", None),
        (f"{S}*501", None),
        (f"{S}*", None),
        (f"{S}*a", None),
        (f"{S}*1*2", None),
        (S[:-1], None),
        (f"{S},3", None),
        ("*5", None),
    ],
)
def test_further_runs_are_a_serial_and_one_to_five_hundred(typed: str, runs: list[tuple[str, int]] | None) -> None:
    if runs is None:
        assert not takes(c11_form.runs_in, typed)
    else:
        assert c11_form.runs_in(typed) == runs


# service passwords


@pytest.mark.parametrize(
    ("typed", "taken"),
    [
        ("135790", True),
        ("13579", False),
        ("1357901", False),
        ("13579a", False),
        ("１３５７９０", False),
        ("", False),
        (HASHED, True),
        (f"{HASHED}id$x", True),
        (f"x{HASHED}", False),
    ],
)
def test_a_password_is_six_digits_or_a_hash(typed: str, taken: bool) -> None:
    assert takes(six_digits_or(HASHED), typed) is taken


class Vault:
    """A vault whose hash of a password says it."""

    def chosen(self, number: str, password: str, document: str = "") -> str:
        return f"{HASHED}{password}{number}{document}"

    def matches(self, stored: str, typed: str) -> bool:
        return stored.startswith(f"{HASHED}{typed}")


H = f"{HASHED}135790"


@pytest.mark.parametrize(
    ("new", "again", "kept"),
    [
        ("", "", {}),
        ("135790", "", {"new_password": H}),
        ("135790", "135790", {"new_password": H, "repeat_password": H}),
        (H, "135790", {"repeat_password": H}),
        (H, H, {}),
        ("135790", H, {"new_password": H}),
        ("135790", "135791", "repeat_password"),
        (H, "135791", "repeat_password"),
        ("", "135790", "new_password"),
        ("１３５７９０", "135790", {"new_password": H, "repeat_password": H}),
        ("", H, {}),
        (None, None, {}),
    ],
)
def test_a_new_password_is_typed_twice_the_same(new: Any, again: Any, kept: Any) -> None:
    vault: Any = Vault()
    typed = {"new_password": new, "repeat_password": again}
    if isinstance(kept, dict):
        assert chosen(typed, vault) == kept
        return
    with pytest.raises(BadForm) as refusal:
        chosen(typed, vault)
    assert list(refusal.value.errors) == [kept]


def test_it_is_held_against_number_and_document() -> None:
    vault: Any = Vault()
    kept = chosen({"password": "135790", "number": "139"}, vault, "ID", first="password")
    assert kept == {"password": f"{H}139ID"}


@pytest.mark.parametrize(
    ("new", "again", "differ"),
    [("a", "a", False), ("a", "b", True), ("a", "", False), ("", "b", False), (None, "b", False), ("a", None, False)],
)
def test_one_that_was_typed_anew_is_typed_twice_again(new: str | None, again: str | None, differ: bool) -> None:
    run = step()
    must_agree(run, new, again)
    assert ("repeat_password" in run.errors) is differ


# corrections


@pytest.mark.parametrize(
    ("typed", "after"),
    [
        (None, None),
        ("", None),
        ("Old", None),
        ("New", "New"),
        ("-", ""),
        ("old", "old"),
    ],
)
def test_only_what_differs_is_corrected(typed: str | None, after: str | None) -> None:
    run = step()
    found = changed(run, row(Customer, name="Old"), {"name": typed})
    assert (found.before, found.after) == (({}, {}) if after is None else ({"name": "Old"}, {"name": after}))
    assert ("name" in run.notes) is (after is not None)
    must_change(run, found)
    assert run.qualification.verdict == ("no" if after is None else "yes")


def test_what_is_empty_already_is_not_emptied() -> None:
    assert changed(step(), row(Customer, email=""), {"email": "-"}).after == {}


def test_a_slip_tells_only_what_is_corrected_a_code_by_its_name() -> None:
    after = {"document_kind": "02", "name": "", "document_expires": LONG_TERM.isoformat()}
    before = {"document_kind": "00", "name": "Old", "document_expires": "2026-01-01"}
    found = Corrected(before, after, {"document_kind": {"00": say("Resident ID")}})
    labels = {name: Message(name) for name in ("name", "document_kind", "document_expires", "birth_date")}
    assert [(str(label), str(value)) for label, value in found.facts(labels)] == [
        ("name", "Old to -"),
        ("document_kind", "Resident ID to 02"),
        ("document_expires", "2026-01-01 to long-term"),
    ]


@pytest.mark.parametrize(("typed", "asked"), [("-", []), ("--", ["--"]), ("x", ["x"])])
def test_what_empties_a_field_is_not_held_against_its_rule(typed: str, asked: list[str]) -> None:
    case: list[str] = []

    def check(value: str) -> str:
        case.append(value)
        return value

    rule: Any = or_emptied(check).func
    assert (rule(typed), case) == (typed, asked)


# lists


@pytest.mark.parametrize(
    ("fee", "spend", "said"),
    [
        (0, 0, "Grade"),
        (1, 0, "Grade  fee 0.01, min. 0.00/month"),
        (0, 1, "Grade  fee 0.00, min. 0.01/month"),
        (100_000, 5_000, "Grade  fee 1000.00, min. 50.00/month"),
    ],
)
def test_a_plain_number_is_called_by_its_grade_alone(fee: int, spend: int, said: str) -> None:
    grade = row(NumberGrade, name_zh="级", name_en="Grade", fee=fee, minimum_spend=spend)
    assert str(graded(grade)) == said


def test_a_list_has_two_hundred_lines_at_most() -> None:
    """Some ten screenfuls of 21 lines (lists.MOST)."""
    asked: list[int] = []

    def numbers(_text: str, most: int) -> list[Any]:
        asked.append(most)
        return []

    assert lists.free_numbers(step(resources=parts(numbers=numbers)), "139") == []
    assert asked == [200]


def test_somebody_for_an_example_is_grown_up_and_their_number_right() -> None:
    run = step()
    for number in [somebody(run) for _ in range(20)]:
        assert mod_11_2.is_valid(number)
        born = date.fromisoformat(f"{number[6:10]}-{number[10:12]}-{number[12:14]}")
        assert 365 * 25 <= (date.fromisoformat(DAY) - born).days < 365 * 25 + 5_000


# what a list of services takes


@pytest.mark.parametrize(("field", "codes"), [("service", ["MUSIC"]), ("action", []), ("month", [])])
def test_only_the_service_has_codes_beyond_its_list(field: str, codes: list[str]) -> None:
    run = step(partners=parts(sold=[row(ProviderService, code="MUSIC")]))
    assert list(BUSINESSES["C7.5"].known(run, field)) == codes


@pytest.mark.parametrize(("field", "codes"), [("plan", ["P88"]), ("starts", []), ("keep", [])])
def test_only_the_plan_has_codes_beyond_its_list(field: str, codes: list[str]) -> None:
    run = step(products=parts(offered=[row(Product, code="P88")]))
    assert list(BUSINESSES["C8"].known(run, field)) == codes


def test_a_service_that_is_not_on_its_list_is_taken_by_its_code(hall: Hall) -> None:
    line = a_line(hall, "STARS")
    do(hall, line, "cancel", "stars")
    view = begin(hall, line, action="subscribe", service="music", price_told="y", agrees_again="y")
    assert (view.values["service"], view.errors) == ("MUSIC", {})
