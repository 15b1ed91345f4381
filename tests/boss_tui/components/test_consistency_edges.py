"""What is typed of a person is held against the document and the record, to the last day (F3)."""

from __future__ import annotations

from datetime import date

import pytest

from boss_tui.components.customers import consistency
from boss_tui.components.customers.consistency import birth_fault, expiry_fault, expiry_note, name_note
from boss_tui.components.customers.customers import Person
from boss_tui.forms.typed import LONG_TERM
from data.tables.customer import Customer
from tests.boss_tui.components.rows import DAY, row

TODAY = date.fromisoformat(DAY)


def person(born: str = "", holder: str = "individual", known: dict[str, str] | None = None) -> Person:
    record = row(Customer, id="c", **known) if known is not None else None
    return Person("00", "1", holder, born_by_document=born, known=record)


@pytest.mark.parametrize(
    ("who", "typed", "told"),
    [
        (None, None, ""),
        (None, DAY, ""),
        (None, "2026-11-24", "in the future"),
        (None, "1875-11-24", ""),
        (None, "1875-11-23", "more than 150 years"),
        (person("2000-01-01"), "2000-01-01", ""),
        (person("2000-01-01"), "2000-01-02", "By the document it is 2000-01-01"),
        (person(), "2000-01-02", ""),
        (person(known={"birth_date": "2000-01-01"}), "2000-01-02", "Known here as born on 2000-01-01"),
        (person(known={"birth_date": "2000-01-01"}), "2000-01-01", ""),
        (person(known={}), "2000-01-01", ""),
        (person("2000-01-02", known={"birth_date": "2000-01-01"}), "2000-01-02", "Known here"),
        (person("2000-01-02", known={"birth_date": "2000-01-01"}), None, ""),
    ],
)
def test_a_birth_date_fits_the_document_and_what_is_known(who: Person | None, typed: str | None, told: str) -> None:
    found = birth_fault(who, date.fromisoformat(typed) if typed else None, TODAY)
    assert told in str(found or "")
    assert (found is not None) is bool(told)


@pytest.mark.parametrize(
    ("who", "typed", "told"),
    [
        (None, None, ""),
        (None, DAY, ""),
        (None, "2026-11-22", "no longer valid"),
        (None, "2099-01-01", ""),
        (person(), "2046-11-23", ""),
        (person(), "2046-11-24", "more than 20 years"),
        (person(), "2046-11-22", ""),
        (person(), LONG_TERM.isoformat(), ""),
        (person(holder="organization"), "2099-01-01", ""),
        (person(known={"document_expires": "2026-11-22"}), None, "ended on 2026-11-22"),
        (person(known={"document_expires": DAY}), None, ""),
        (person(known={}), None, ""),
        (person(), None, ""),
        (person(known={"document_expires": "2026-11-22"}), "2030-01-01", ""),
    ],
)
def test_a_document_passes_on_its_last_day(who: Person | None, typed: str | None, told: str) -> None:
    found = expiry_fault(who, date.fromisoformat(typed) if typed else None, TODAY)
    assert told in str(found or "")
    assert (found is not None) is bool(told)


@pytest.mark.parametrize(("last", "good"), [("2048-02-29", True), ("2048-03-01", False), ("2048-02-28", True)])
def test_twenty_years_from_a_29th_of_february(last: str, good: bool) -> None:
    found = expiry_fault(person(), date.fromisoformat(last), date(2028, 2, 29))
    assert (found is None) is good


@pytest.mark.parametrize(("last", "good"), [("2050-03-01", True), ("2050-03-02", False)])
def test_a_year_without_one_has_the_1st_of_march(monkeypatch: pytest.MonkeyPatch, last: str, good: bool) -> None:
    monkeypatch.setattr(consistency, "LONGEST_YEARS", 22)
    found = expiry_fault(person(), date.fromisoformat(last), date(2028, 2, 29))
    assert (found is None) is good


@pytest.mark.parametrize(
    ("who", "typed", "reminds"),
    [
        (None, None, False),
        (person(), None, True),
        (person(), DAY, False),
        (person(holder="organization"), None, False),
        (person(known={"document_expires": "2030-01-01"}), None, False),
        (person(known={}), None, True),
    ],
)
def test_somebody_looks_at_the_last_day_once(who: Person | None, typed: str | None, reminds: bool) -> None:
    assert (expiry_note(who, date.fromisoformat(typed) if typed else None) is not None) is reminds


@pytest.mark.parametrize(("name", "doubt"), [(None, False), ("", False), ("张", True), ("张三", False)])
def test_a_name_of_one_character_is_doubted(name: str | None, doubt: bool) -> None:
    assert (name_note(name) is not None) is doubt
