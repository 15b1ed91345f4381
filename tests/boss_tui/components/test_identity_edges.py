"""Identity documents at their edges: province and county codes, days of birth, weights of a check (domain-facts 5)."""

from __future__ import annotations

from datetime import date

import pytest
from stdnum.iso7064 import mod_11_2

from boss_tui.components.identity.kinds import check_document, document_number, fault, uscc_check_character
from boss_tui.components.identity.numbers import (
    check_bank_account,
    check_iccid,
    check_imsi,
    check_mobile,
    check_password,
    is_ours,
    is_run,
)

TODAY = date(2026, 11, 23)

CODES = {
    "11",
    "12",
    "13",
    "14",
    "15",
    "21",
    "22",
    "23",
    "31",
    "32",
    "33",
    "34",
    "35",
    "36",
    "37",
    "41",
    "42",
    "43",
    "44",
    "45",
    "46",
    "50",
    "51",
    "52",
    "53",
    "54",
    "61",
    "62",
    "63",
    "64",
    "65",
    "71",
    "81",
    "82",
    "83",
}
"""The provinces of GB/T 2260, and 83 of the residence permits."""


def resident(county: str, birth: str = "19491231", order: str = "002") -> str:
    """A well-made number of that county, birth date and order."""
    first = f"{county}{birth}{order}"
    return first + mod_11_2.calc_check_digit(first)


def why_not(rule: str, number: str) -> str:
    return str(fault(check_document, rule, number, TODAY) or "")


@pytest.mark.parametrize("code", [f"{n:02}" for n in range(10, 100)])
def test_a_province_is_one_of_the_standard_s(code: str) -> None:
    told = why_not("resident_id", resident(f"{code}0101"))
    assert ("No province" in told) is (code not in CODES)
    assert ("No province" in why_not("foreign_card", f"DEU{code}0098052301")) is (code not in CODES)
    first = f"91{code}0100M000100Y4"
    credit = f"{first}{uscc_check_character(first)}"
    assert (f"No province has the code {code} (" in why_not("uscc", credit)) is (code not in CODES | {"10"})


@pytest.mark.parametrize(
    ("county", "known"),
    [
        ("110101", True),
        ("110100", False),
        ("110001", False),
        ("117001", True),
        ("117101", False),
        ("119001", True),
        ("118901", False),
        ("119101", False),
        ("460001", True),
        ("460000", False),
        ("450001", False),
        ("467001", True),
        ("469001", True),
        ("467101", False),
        ("710000", True),
        ("810000", True),
        ("659099", True),
        ("110199", True),
    ],
)
def test_a_county_is_one_that_the_standard_leaves_room_for(county: str, known: bool) -> None:
    assert ("No county" not in why_not("resident_id", resident(county))) is known


@pytest.mark.parametrize(
    ("birth", "told"),
    [
        ("20261123", ""),
        ("20261124", "in the future"),
        ("18751124", ""),
        ("18751123", "more than 150"),
        ("18761123", ""),
        ("19490229", "not a date"),
        ("19480229", ""),
        ("19491301", "not a date"),
    ],
)
def test_somebody_was_born_within_150_years_and_not_tomorrow(birth: str, told: str) -> None:
    found = why_not("resident_id", resident("110105", birth))
    assert told in found
    assert bool(found) is bool(told)


@pytest.mark.parametrize(
    ("order", "gender"), [("001", "male"), ("002", "female"), ("009", "male"), ("130", "female"), ("013", "male")]
)
def test_the_17th_is_odd_for_a_man(order: str, gender: str) -> None:
    facts = check_document("resident_id", resident("110105", order=order), TODAY)
    assert (facts.gender, facts.birth_date) == (gender, date(1949, 12, 31))


@pytest.mark.parametrize(("birth", "minor"), [("20081124", True), ("20081123", False), ("20261123", True)])
def test_a_household_register_is_for_people_under_18(birth: str, minor: bool) -> None:
    assert ("under 18" not in why_not("household", resident("110105", birth))) is minor


@pytest.mark.parametrize(
    ("number", "told"),
    [
        ("110105491231002", "15 digits are no longer"),
        ("11010549123100X", "18 characters"),
        ("1101054912310021", "18 characters"),
        ("11010549123100", "18 characters"),
    ],
)
def test_a_card_of_fifteen_digits_is_told_as_such(number: str, told: str) -> None:
    assert told in why_not("resident_id", number)


@pytest.mark.parametrize(
    ("county", "good"),
    [("810000", True), ("820000", True), ("830000", True), ("840000", False), ("810001", False), ("110105", False)],
)
def test_a_residence_permit_is_of_hong_kong_macao_or_taiwan(county: str, good: bool) -> None:
    assert (why_not("residence_permit", resident(county)) == "") is good


@pytest.mark.parametrize(
    ("number", "told"),
    [
        ("DEU310098052301", ""),
        ("DEU310000010101", ""),
        ("DEU310000022901", ""),  # of 2000
        ("DEU310001022901", "010229 is not a date"),
        ("DEU310098130101", "981301 is not a date"),
        ("DEU310098053201", "980532 is not a date"),
        ("DE3100980523019", "18 characters"),
        ("DEU3100980523011", "18 characters"),
    ],
)
def test_the_first_card_of_foreigners_holds_a_birth_date_without_its_century(number: str, told: str) -> None:
    found = why_not("foreign_card", number)
    assert told in found
    assert bool(found) is bool(told)


@pytest.mark.parametrize(
    ("first", "check"),
    [
        ("12345678912345678", "U"),
        ("91119411ABCDEFGHJ", "H"),
        ("11111111111111111", "5"),
        ("YYYY1111YWUTRQPNM", "T"),
        ("91350100M000100Y4", "3"),
    ],
)
def test_the_check_character_of_a_credit_code_weighs_every_place(first: str, check: str) -> None:
    assert uscc_check_character(first) == check


@pytest.mark.parametrize(
    ("rule", "number", "good"),
    [
        ("passport", "AB1357", True),
        ("passport", "A1357", False),
        ("passport", "A" * 16 + "1357", True),
        ("passport", "A" * 17 + "1357", False),
        ("military", "军135字", False),
        ("military", "军1357字", True),
        ("military", "军字第135号", True),
        ("military", "A" * 28 + "1357", True),
        ("military", "A" * 29 + "1357", False),
        ("other", "(A-1357)", True),
        ("hk_macao_permit", "H13572468", True),
        ("hk_macao_permit", "H1357246801", True),
        ("hk_macao_permit", "H1357246", False),
        ("hk_macao_permit", "H135724680", False),
        ("taiwan_permit", "13572468", True),
        ("taiwan_permit", "1357246", False),
        ("taiwan_permit", "13572468013", True),
        ("taiwan_permit", "1357246801B", True),
        ("taiwan_permit", "1357246801", False),
        ("taiwan_permit", "135724680123", False),
    ],
)
def test_a_number_is_as_long_as_its_kind_has_it(rule: str, number: str, good: bool) -> None:
    assert (why_not(rule, number) == "") is good


@pytest.mark.parametrize(
    ("number", "told"),
    [
        ("E11111", ""),
        ("E111111", "all the same"),
        ("E123456", "run straight"),
        ("E12345", ""),
        ("E654321X", "run straight"),
        ("E123457", ""),
        ("123456E1", ""),
        ("111112", ""),
        ("E890123", "run straight"),
    ],
)
def test_six_digits_that_are_equal_or_run_on_are_no_document(number: str, told: str) -> None:
    found = why_not("passport", number)
    assert told in found
    assert bool(found) is bool(told)


@pytest.mark.parametrize(
    ("number", "phone", "is_phone"),
    [
        ("13572468901", "13572468901", True),
        ("57246890", "13557246890", True),
        ("13572468", "13572468901", True),
        ("13572468", "", False),
        ("35724689", "13572468901", False),
        ("135724689012", "13572468901", False),
        ("72468901", "1357246", False),
    ],
)
def test_the_phone_number_is_no_document(number: str, phone: str, is_phone: bool) -> None:
    told = str(fault(check_document, "passport", number, TODAY, phone) or "")
    assert ("phone number" in told) is is_phone


def test_a_number_is_compared_without_blanks_in_capitals_and_half_width() -> None:
    assert document_number(" １１０ 105\t1949x ") == "1101051949X"


# numbers of lines, cards, accounts


@pytest.mark.parametrize(
    ("digits", "runs"),
    [
        ("123", True),
        ("321", True),
        ("135", False),
        ("890", True),
        ("109", True),
        ("112", False),
        ("124", False),
        ("975", False),
        ("11", False),
        ("12", True),
    ],
)
def test_digits_run_by_one_up_or_down(digits: str, runs: bool) -> None:
    assert is_run(digits) is runs


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ("46000123456789", "15 digits"),
        ("460001234567890", ""),
        ("460021234567890", ""),
        ("460041234567890", ""),
        ("460071234567890", ""),
        ("460081234567890", ""),
        ("460011234567890", "begins with"),
        ("461001234567890", "begins with"),
        ("4600012345678901", "15 digits"),
    ],
)
def test_an_imsi_is_of_our_networks(typed: str, told: str) -> None:
    assert told in str(fault(check_imsi, typed) or "")
    assert bool(fault(check_imsi, typed)) is bool(told)


@pytest.mark.parametrize(
    ("typed", "good"),
    [
        ("898600A1234567890123", True),
        ("8986001234567A890123", False),
        ("898600123456A7890123", True),
        ("898600A12345678901234", False),
        ("8986001234567890123", False),
        ("888600A1234567890123", False),
    ],
)
def test_a_card_s_number_may_have_letters_in_two_places(typed: str, good: bool) -> None:
    assert (fault(check_iccid, typed) is None) is good


@pytest.mark.parametrize(
    ("typed", "good"),
    [
        ("13957000001", True),
        ("1395700000", False),
        ("139570000011", False),
        ("14000000000", False),
        ("15400000000", False),
        ("19400000000", False),
        ("17900000000", False),
        ("16600000000", True),
    ],
)
def test_a_mobile_number_has_11_digits_of_a_prefix_in_use(typed: str, good: bool) -> None:
    assert (fault(check_mobile, typed) is None) is good


@pytest.mark.parametrize(
    ("typed", "good"),
    [
        ("135792468", True),
        ("13579246", False),
        ("135792468135792468135", True),
        ("1357924681357924681356", False),
        ("111111111", False),
        ("123456789", False),
        ("6222020200112231", False),
        ("6222020200112", True),
        ("622202020011223", True),
        ("62220202001122301234", True),
        ("6222021234567890123", False),
    ],
)
def test_a_bank_account_has_9_to_21_digits_a_chinese_card_a_check(typed: str, good: bool) -> None:
    assert (fault(check_bank_account, typed) is None) is good


@pytest.mark.parametrize(
    ("typed", "number", "document", "told"),
    [
        ("135790", "13900000000", "1", ""),
        ("13579", "", "", "6 digits"),
        ("1357902", "", "", "6 digits"),
        ("111111", "", "", "equal"),
        ("123456", "", "", "run straight"),
        ("135790", "13513579099", "", "phone number"),
        ("135790", "", "11135790", "number of the document"),
        ("111112", "", "", ""),
    ],
)
def test_a_password_is_hard_to_guess(typed: str, number: str, document: str, told: str) -> None:
    found = str(fault(check_password, typed, number, document) or "")
    assert told in found
    assert bool(found) is bool(told)


@pytest.mark.parametrize(
    ("number", "ours"),
    [
        ("13400000000", True),
        ("13480000000", True),
        ("13490000000", False),
        ("13500000000", True),
        ("17030000000", True),
        ("17040000000", False),
        ("13300000000", False),
        ("19800000000", True),
    ],
)
def test_a_number_is_ours_by_the_block_that_it_is_from(number: str, ours: bool) -> None:
    assert is_ours(number) is ours


def test_what_no_mobile_number_begins_with_is_said() -> None:
    assert str(fault(check_mobile, "15412345678")) == "No mobile number begins with 154."
