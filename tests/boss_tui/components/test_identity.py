"""Identity documents, numbers of cards and handsets, names and addresses: what is taken, what is refused, and why."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from pydantic_core import PydanticCustomError
from stdnum import imei
from stdnum.cn import ric, uscc

from boss_tui.components.identity import kinds as identity
from boss_tui.components.identity.kinds import DocumentFacts, age_on, check_document, fault
from boss_tui.components.identity.numbers import is_run
from tests import generators
from tests.generators import TODAY

RESIDENT = "11010519491231002X"


def document(rule: str) -> Callable[[str], DocumentFacts]:
    return lambda number: check_document(rule, number, TODAY)


def said(check: Callable[..., object], *values: object) -> str:
    message = fault(check, *values)
    return str(message) if message else ""


def test_a_resident_id_tells_birth_and_gender() -> None:
    assert check_document("resident_id", " 11010519491231002x ", TODAY) == DocumentFacts(
        RESIDENT, date(1949, 12, 31), "female"
    )
    assert check_document("resident_id", "１１０１０５19491231002X", TODAY).number == RESIDENT


@given(generators.resident_ids())
def test_every_well_made_resident_id_is_taken(number: str) -> None:
    facts = check_document("resident_id", number, TODAY)
    assert facts.number == number
    assert facts.birth_date == ric.get_birth_date(number)
    assert ric.calc_check_digit(number) == number[-1]


@given(st.data())
@pytest.mark.parametrize(
    ("numbers", "check", "alphabet"),
    [
        (generators.resident_ids(), document("resident_id"), "0123456789X"),
        (generators.residence_permits(), document("residence_permit"), "0123456789X"),
        (generators.foreign_cards(), document("foreign_card"), "0123456789X"),
        (generators.uscc(), document("uscc"), generators.USCC_CHARACTERS),
        (generators.iccids(), identity.check_iccid, "0123456789"),
        (generators.imeis(), identity.check_imei, "0123456789"),
    ],
    ids=["resident_id", "residence_permit", "foreign_card", "uscc", "iccid", "imei"],
)
def test_one_wrong_character_is_always_found(
    numbers: st.SearchStrategy[str], check: Callable[[str], object], alphabet: str, data: st.DataObject
) -> None:
    number = data.draw(numbers)
    assert fault(check, number) is None
    at = data.draw(st.integers(0, len(number) - 1))
    other = data.draw(st.sampled_from(alphabet.replace(number[at], "")))
    assert fault(check, number[:at] + other + number[at + 1 :]) is not None


@given(st.data())
@pytest.mark.parametrize(
    ("numbers", "check", "blind"),
    [
        (generators.resident_ids(), document("resident_id"), ()),
        (generators.foreign_cards(), document("foreign_card"), ()),
        (generators.uscc(), document("uscc"), ()),
        (generators.iccids(), identity.check_iccid, ("09", "90")),  # what Luhn can't see
        (generators.imeis(), identity.check_imei, ("09", "90")),
    ],
    ids=["resident_id", "foreign_card", "uscc", "iccid", "imei"],
)
def test_two_neighbours_swapped_are_found(
    numbers: st.SearchStrategy[str], check: Callable[[str], object], blind: tuple[str, ...], data: st.DataObject
) -> None:
    number = data.draw(numbers)
    at = data.draw(st.integers(0, len(number) - 2))
    pair = number[at : at + 2]
    assume(pair[0] != pair[1] and pair not in blind)
    assert fault(check, number[:at] + pair[::-1] + number[at + 2 :]) is not None


@given(generators.uscc())
def test_credit_codes_agree_with_the_library_where_it_knows_them(number: str) -> None:
    if number[:2].isdigit():
        assert uscc.is_valid(number)
    assert identity.uscc_check_character(number[:17]) == number[17]


@given(generators.imeis())
def test_imeis_agree_with_the_library(number: str) -> None:
    assert identity.check_imei(number) == imei.validate(number)


@pytest.mark.parametrize(
    ("rule", "number", "why"),
    [
        ("resident_id", "110105491231002", "15 digits are no longer valid"),
        ("resident_id", "1101051949123100", "18 characters"),
        ("resident_id", "16010519491231002X", "No province has the code 16"),
        ("resident_id", "110105194913310024", "not a date of birth"),
        ("resident_id", "110105190002290023", "not a date of birth"),
        ("resident_id", "110105202611240024", "in the future"),
        ("resident_id", "110105187511220024", "more than 150 years"),
        ("resident_id", "110105194912310021", "check digit"),
        ("residence_permit", RESIDENT, "begins with 810000"),
        ("foreign_card", RESIDENT, "begin with 9"),
        ("hk_macao_permit", "K12345678", "H or M"),
        ("hk_macao_permit", "H123456789", "8 or 10 digits"),
        ("taiwan_permit", "1234567", "8 digits"),
        ("passport", "E12 345678", "without blanks"),
        ("passport", "E1234", "6 to 20"),
        ("passport", "护照123456", "letters and digits"),
        ("military", "军字第", "6 to 32"),
        ("military", "军字第无号码", "has digits in it"),
        ("uscc", "91350100M000100Y4O", "18 characters"),
        ("uscc", "91350100M000100Y44", "check character"),
        ("passport", "11111111", "all the same"),
        ("passport", "E23456789", "run straight on"),
        ("taiwan_permit", "87654321", "run straight on"),
    ],
)
def test_a_document_is_refused_with_its_reason(rule: str, number: str, why: str) -> None:
    assert why in said(document(rule), number)


@pytest.mark.parametrize(
    ("rule", "number", "stored"),
    [
        ("hk_macao_permit", "h60204713", "H60204713"),
        ("hk_macao_permit", "M6020471300", "M6020471300"),
        ("taiwan_permit", "06020471", "06020471"),
        ("taiwan_permit", "0602047131b", "0602047131B"),
        ("passport", "e20471306", "E20471306"),
        ("military", "军字第1320471号", "军字第1320471号"),
        ("police", "公字（2013）0471", "公字(2013)0471"),
        ("foreign_card", "deu310098052301", "DEU310098052301"),
        ("uscc", "91350100m000100y43", "91350100M000100Y43"),
    ],
)
def test_a_document_is_taken(rule: str, number: str, stored: str) -> None:
    assert check_document(rule, number, TODAY).number == stored


def test_residence_permits_are_taken_where_the_library_refuses_them() -> None:
    number = "810000199408230021"
    assert not ric.is_valid(number)
    assert check_document("residence_permit", number, TODAY).birth_date == date(1994, 8, 23)


def test_who_is_born_today_has_a_document_today() -> None:
    newborn = next_valid("11010520261123002")
    assert check_document("household", newborn, TODAY).birth_date == TODAY


def test_a_household_register_is_for_minors() -> None:
    young = next_valid("11010520110101002")
    assert check_document("household", young, TODAY).birth_date == date(2011, 1, 1)
    assert "under 18" in said(document("household"), RESIDENT)


def next_valid(first: str) -> str:
    return next(
        number for number in (first + c for c in "0123456789X") if fault(document("resident_id"), number) is None
    )


@given(generators.mobiles())
def test_the_head_or_tail_of_the_phone_number_is_no_document(phone: str) -> None:
    assume(len(set(phone[-8:])) > 1 and not is_run(phone[-8:]))
    assert "This is the phone number" in said(check_document, "taiwan_permit", phone[-8:], TODAY, phone)
    assert "This is the phone number" in said(check_document, "passport", phone, TODAY, phone)


@given(generators.births(), st.integers(0, 149))
def test_a_birthday_makes_one_year(birth: date, years: int) -> None:
    leap = birth.month == 2 and birth.day == 29
    birthday = (
        date(birth.year + years, 3, 1)
        if leap and not _leap(birth.year + years)
        else birth.replace(year=birth.year + years)
    )
    assert age_on(birth, birthday) == years
    assert age_on(birth, date.fromordinal(birthday.toordinal() - 1)) == years - 1


def _leap(year: int) -> bool:
    return year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)


@pytest.mark.parametrize(
    ("number", "why"),
    [
        ("8986001234567890123", "these are 19"),
        ("88860012345678901234", "begins with 8986"),
        ("8986001A345678901234", "only the 7th and the 13th"),
        ("89860012345678901235", "check digit"),
    ],
)
def test_a_sim_card_number_is_refused_with_its_reason(number: str, why: str) -> None:
    assert why in said(identity.check_iccid, number)


def test_a_sim_card_number_with_letters_has_no_check_digit() -> None:
    assert identity.check_iccid("898600a1 2345 b7890123") == "898600A12345B7890123"


def test_imei_imsi_mobile() -> None:
    assert identity.check_imei("49-015420-323751-8") == "490154203237518"
    assert "last digit is missing" in said(identity.check_imei, "49015420323751")
    assert "software version" in said(identity.check_imei, "4901542032375101")
    assert "15 digits" in said(identity.check_imei, "abc")
    assert "begins with 46000" in said(identity.check_imsi, "460011234567890")
    assert "15 digits" in said(identity.check_imsi, "46000123456789")
    assert identity.check_mobile("+86 138-1234-5678") == "13812345678"
    assert identity.check_mobile("１３８１２３４５６７８") == "13812345678"
    assert "11 digits" in said(identity.check_mobile, "1381234567")
    assert "begins with 144" in said(identity.check_mobile, "14412345678")
    assert identity.is_ours("13812345678")
    assert identity.is_ours("17051234567")
    assert not identity.is_ours("13491234567")
    assert not identity.is_ours("13012345678")


@given(generators.imsis(), generators.mobiles())
def test_well_made_numbers_are_taken(imsi: str, mobile: str) -> None:
    assert identity.check_imsi(imsi) == imsi
    assert identity.check_mobile(mobile) == mobile
    assert identity.is_ours(mobile)


@pytest.mark.parametrize(
    "typed", ["12345", "1234567", "12345a", "１２３４５６", "111111", "123456", "890123", "210987"]
)
def test_weak_passwords_are_refused(typed: str) -> None:
    assert fault(identity.check_password, typed) is not None


@given(generators.service_passwords(), st.data())
def test_a_password_is_not_part_of_the_number_or_document_and_is_never_told(typed: str, data: st.DataObject) -> None:
    assert identity.check_password(typed, "13800000000", "X") == typed
    before, after = data.draw(generators.digits(3)), data.draw(generators.digits(2))
    for values in ((typed, before + typed + after, ""), (typed, "", before + typed + after)):
        message = fault(identity.check_password, *values)
        assert message is not None
        assert typed not in str(message)


@pytest.mark.parametrize(
    ("typed", "stored"),
    [
        (" 张 三 ", "张三"),
        ("阿卜杜拉•买买提", "阿卜杜拉·买买提"),
        ("Jean-Luc  O'Neil Jr.", "Jean-Luc O'Neil Jr."),
        ("Ｊｏｈｎ　Smith", "John Smith"),
        ("Müller", "Müller"),
        ("李〇", "李〇"),
        ("𠮷田", "𠮷田"),
    ],
)
def test_a_name_is_taken(typed: str, stored: str) -> None:
    assert identity.check_name(typed) == stored


@pytest.mark.parametrize(
    ("typed", "why"),
    [
        ("", "as on the document"),
        (" · ", "as on the document"),
        ("张3", "3 (U+0033)"),
        ("张\x07三", "U+0007 can't"),
        ("张\u202e三", "U+202E can't"),
        ("张😀", "😀 (U+1F600)"),
        ("张\t三", "U+0009 can't"),
        ("<b>", "< (U+003C)"),
        ("张" * 65, "these are 65"),
    ],
)
def test_a_name_is_refused_naming_the_character(typed: str, why: str) -> None:
    assert why in said(identity.check_name, typed)


@given(st.text(max_size=80))
def test_what_passes_as_a_name_is_stored_as_it_passes_again(typed: str) -> None:
    try:
        stored = identity.check_name(typed)
    except PydanticCustomError:
        return
    assert identity.check_name(stored) == stored
    assert 1 <= len(stored) <= 64
    assert stored == stored.strip()


@given(generators.names())
def test_names_of_tests_are_names(name: str) -> None:
    assert identity.check_name(name) == name


def test_organisations_addresses_phones_and_mail() -> None:
    assert identity.check_organisation("长春 7 天（北方）有限公司") == "长春 7 天（北方）有限公司"
    assert "certificate" in said(identity.check_organisation, "77")
    assert "U+000A" in said(identity.check_organisation, "甲\n乙")
    assert identity.check_address("吉林省长春市大街 1 号") == "吉林省长春市大街 1 号"
    for short in ("长春市", "123456789", "啊啊啊啊啊啊啊啊"):
        assert "The whole address" in said(identity.check_address, short)
    assert identity.check_phone("(0431) 85551234") == "0431-85551234"
    assert identity.check_phone("010-65551234转8") == "010-65551234-8"
    assert identity.check_phone("138 1234 5678") == "13812345678"
    for bad in ("0431", "010-6555123", "0131-85551234"):
        assert "area code" in said(identity.check_phone, bad)
    assert identity.check_email(" Zhang.San+1@Example.COM ") == "Zhang.San+1@example.com"
    for bad in ("zhang", "zhang@localhost", "a..b@example.com", "a@-x.com", "a b@example.com", "@example.com"):
        assert "name@example.com" in said(identity.check_email, bad)
