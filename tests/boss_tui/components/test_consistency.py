"""What is typed of a person against the document and what is known: the last day that passes, the first that fails."""

from __future__ import annotations

from datetime import date

import pytest

from boss_tui.components.customers.consistency import birth_fault, expiry_fault, expiry_note, name_note
from boss_tui.components.customers.customers import Person
from boss_tui.components.identity.kinds import check_document, fault
from boss_tui.components.identity.text import check_phone, check_target, is_service
from boss_tui.forms.fields import scanned
from boss_tui.forms.typed import LONG_TERM
from boss_tui.transactions.c01.form import OpenAccountForm
from data.errors import BadForm
from data.message import Message
from data.tables.customer import Customer

TODAY = date(2026, 11, 23)


def person(*, told: str = "", known_birth: str = "", known_expires: str = "", holder: str = "individual") -> Person:
    known = Customer(birth_date=known_birth, document_expires=known_expires)
    has = known if known_birth or known_expires else None
    return Person("00", "1", holder, told or known_birth, known=has, born_by_document=told)


def day(text: str) -> date | None:
    return date.fromisoformat(text) if text else None


def said(found: Message | None) -> str:
    return "" if found is None else str(found)


@pytest.mark.parametrize(
    ("typed", "told", "known", "words"),
    [
        ("", "1990-05-17", "", ""),
        ("1990-05-17", "1990-05-17", "", ""),
        ("1990-05-18", "1990-05-17", "", "By the document it is 1990-05-17"),
        ("1990-05-17", "", "1990-05-17", ""),
        ("1990-05-16", "", "1990-05-17", "Known here as born on 1990-05-17"),
        ("2026-11-23", "", "", ""),
        ("2026-11-24", "", "", "in the future"),
        ("1876-11-23", "", "", ""),
        ("1875-11-24", "", "", ""),  # 150 years and 364 days
        ("1875-11-23", "", "", "more than 150 years"),
    ],
)
def test_a_typed_birth_date(typed: str, told: str, known: str, words: str) -> None:
    found = said(birth_fault(person(told=told, known_birth=known), day(typed), TODAY))
    assert words in found
    assert bool(found) == bool(words)


@pytest.mark.parametrize(
    ("typed", "known", "holder", "words"),
    [
        ("2026-11-23", "", "individual", ""),  # its last day
        ("2026-11-22", "", "individual", "no longer valid"),
        ("2046-11-23", "", "individual", ""),
        ("2046-11-24", "", "individual", "more than 20 years"),
        ("2066-01-01", "", "organization", ""),
        ("2020-01-01", "", "organization", "no longer valid"),
        (LONG_TERM.isoformat(), "", "individual", ""),
        ("", "", "individual", ""),
        ("", "2026-11-23", "individual", ""),
        ("", "2026-11-22", "individual", "known here ended on 2026-11-22"),
        ("2036-11-22", "2026-11-22", "individual", ""),  # renewed
    ],
)
def test_a_document_s_last_day(typed: str, known: str, holder: str, words: str) -> None:
    found = said(expiry_fault(person(known_expires=known, holder=holder), day(typed), TODAY))
    assert words in found
    assert bool(found) == bool(words)


def test_twenty_years_from_a_29th_of_february() -> None:
    leap = date(2080, 2, 29)  # 2100 has none
    assert expiry_fault(person(), date(2100, 3, 1), leap) is None
    assert expiry_fault(person(), date(2100, 3, 2), leap) is not None


def test_doubts_are_said_and_do_not_refuse() -> None:
    assert "last day" in said(expiry_note(person(), None))
    assert expiry_note(person(), date(2030, 1, 1)) is None
    assert expiry_note(person(known_expires="2030-01-01"), None) is None
    assert expiry_note(person(holder="organization"), None) is None
    assert expiry_note(None, None) is None
    assert "whole name" in said(name_note("李"))
    assert name_note("李四") is name_note("") is name_note(None) is None


@pytest.mark.parametrize(
    "number", ["110", "119", "120", "122", "112", "999", "10086", "10000", "12345", "95588", "96110", "118114"]
)
def test_what_people_call_for_help_or_service(number: str) -> None:
    assert is_service(number)
    assert "is a service" in said(fault(check_phone, number))
    assert "is a service" in said(fault(check_target, number))


@pytest.mark.parametrize(
    ("typed", "stored"),
    [
        ("13900001111", "13900001111"),
        ("+86 139 0000 1111", "13900001111"),
        ("008613900001111", "13900001111"),
        ("0571-88886666", "057188886666"),
        ("010 88886666", "01088886666"),
        ("(0571)8888666", "05718888666"),
        ("0085291234567", "0085291234567"),
        ("+85291234567", "0085291234567"),
        ("666", "666"),
        ("88886666", "88886666"),
        ("１３９００００１１１１", "13900001111"),
    ],
)
def test_what_calls_may_be_forwarded_to(typed: str, stored: str) -> None:
    assert check_target(typed) == stored


@pytest.mark.parametrize(
    "typed", ["1390000111", "139000011112", "0571888866", "01088886", "057188886666-8", "66", "12", "00", "12900001111"]
)
def test_what_is_cut_off_or_no_number_is_refused(typed: str) -> None:
    assert fault(check_target, typed) is not None


def resident(county: str, body: str = "19900517123") -> str:
    first = county + body
    check = "10X98765432"[sum(int(d) * pow(2, 17 - at, 11) for at, d in enumerate(first)) % 11]
    return first + check


@pytest.mark.parametrize(
    ("county", "right"),
    [
        ("370102", True),
        ("370100", False),
        ("370001", False),
        ("377001", True),
        ("377101", False),
        ("429006", True),
        ("429106", False),
        ("460003", True),
        ("460000", False),
        ("450003", False),
        ("110101", True),
        ("660101", False),
        ("659099", True),
        ("810000", True),
    ],
)
def test_codes_that_no_county_can_have(county: str, right: bool) -> None:
    assert (fault(check_document, "resident_id", resident(county), TODAY) is None) is right


@pytest.mark.parametrize(
    ("rule", "number", "words"),
    [
        ("foreign_card", "USA110076010112", ""),
        ("foreign_card", "USA110076130112", "761301 is not a date"),
        ("foreign_card", "USA110076023012", "760230 is not a date"),
        ("foreign_card", "USA110000022912", ""),  # 2000 had the day
        ("foreign_card", "USA160076010112", "No province has the code 16"),
    ],
)
def test_dates_and_regions_in_other_numbers(rule: str, number: str, words: str) -> None:
    found = said(fault(check_document, rule, number, TODAY))
    assert words in found
    assert bool(found) == bool(words)


@pytest.mark.parametrize(
    "sent",
    [
        "89860012345678901234",
        "]C189860012345678901234",
        "\x0289860012345678901234\x03",
        "89860012345678901234\t",
        "\ufeff89860012345678901234\r\n",
        "\x02]Q089860012345678901234\x1d\t",
        "８９８６0012345678901234",
    ],
)
def test_what_a_scanner_puts_around_it_is_no_part_of_it(sent: str) -> None:
    assert OpenAccountForm.partial({"iccid": sent})[1].get("iccid") == OpenAccountForm.partial(
        {"iccid": "89860012345678901234"}
    )[1].get("iccid")
    assert scanned(sent)[-4:] == "1234"
    assert OpenAccountForm.tidied({"iccid": sent, "address": "]C1"})["address"] == "]C1"


@pytest.mark.parametrize("between", ["\x1d", "\u200b", "\0"])
def test_what_stands_within_is_refused(between: str) -> None:
    with pytest.raises(BadForm) as refused:
        OpenAccountForm.read({"iccid": f"898600{between}12345678901234"})
    assert "iccid" in refused.value.errors


def test_codes_that_begin_with_a_bracket_are_no_prefix() -> None:
    assert scanned("]C") == "]C"
    assert scanned("[C1x") == "[C1x"
    assert scanned("]11x") == "]11x"
