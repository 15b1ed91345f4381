"""Identity documents: is this a number of that kind, and what does it say of its holder? (catalogue F3; domain-facts 5)

Pure checks: what they refuse, they refuse with `typed.wrong`, so that they stand in a form's validators; `fault` gives
the same as a message. Whether a person may have what they ask for is not decided here (that is F1's). Numbers of cards
and handsets are in `numbers`, names and addresses in `text`; this module hands them on.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from typing import Any, Literal

from msgspec import Struct
from pydantic_core import PydanticCustomError

from boss_tui.components.identity.numbers import (
    check_iccid,
    check_imei,
    check_imsi,
    check_mobile,
    check_password,
    is_ours,
    is_run,
)
from boss_tui.components.identity.text import (
    check_address,
    check_email,
    check_name,
    check_organisation,
    check_phone,
)
from boss_tui.forms.typed import folded, wrong
from data.characters import is_digits
from data.check_digits import fits, mod_11_2
from data.message import Message

__all__ = [
    "RULES",
    "DocumentFacts",
    "age_on",
    "check_address",
    "check_document",
    "check_email",
    "check_iccid",
    "check_imei",
    "check_imsi",
    "check_mobile",
    "check_name",
    "check_organisation",
    "check_password",
    "check_phone",
    "document_number",
    "fault",
    "is_ours",
    "uscc_check_character",
]

Gender = Literal["", "male", "female"]

OLDEST_YEARS = 150
ADULT_AGE = 18  # a household register identifies minors only (domain-facts 6)
PROVINCES = frozenset(
    map(
        str,
        (
            *range(11, 16),
            *range(21, 24),
            *range(31, 38),
            *range(41, 47),
            *range(50, 55),
            *range(61, 66),
            71,
            81,
            82,
            83,
        ),
    )
)
_TAIWAN, _HAINAN = "71", "46"
_PERMIT_REGIONS = ("810000", "820000", "830000")
_NATIONAL = "10"
"""Where a unified code has the province: registered with an authority of the state."""
_USCC_CHARACTERS = "0123456789ABCDEFGHJKLMNPQRTUWXY"
_USCC_WEIGHTS = (1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28)


class DocumentFacts(Struct, frozen=True):
    """What a document's number says.

    Attributes:
        number: as it is stored: half width, capitals, no blanks.
        birth_date: where the number holds it.
        gender: male, female, or empty where the number does not say.
    """

    number: str
    birth_date: date | None = None
    gender: Gender = ""


def check_document(rule: str, number: str, today: date, phone: str = "") -> DocumentFacts:
    """The facts of a document number by the rule of its kind (`RULES`; `DocumentKind.rule`).

    `phone` is the customer's phone number, which may not stand in for a document number. Raises `typed.wrong`.
    KeyError for a rule that there is none of: a fault of the set-up.
    """
    facts = RULES[rule](folded(number).upper(), today)
    run = re.fullmatch(r"\D*(\d{6,})\D*", facts.number)
    if run and (len(set(run[1])) == 1 or is_run(run[1])):
        raise wrong("Digits that are all the same or run straight on are not a document number.")
    if phone and len(facts.number) <= len(phone) and (phone.startswith(facts.number) or phone.endswith(facts.number)):
        raise wrong("This is the phone number, not the number of the document.")
    return facts


def document_number(typed: str) -> str:
    """A document's number as it is compared and looked for, which is as every rule stores it: half width, capitals, no
    blanks."""
    return re.sub(r"\s", "", folded(typed)).upper()


def age_on(birth: date, day: date) -> int:
    """Whole years from birth to a day; who was born on 29 February grows older on 1 March of other years."""
    return day.year - birth.year - ((day.month, day.day) < (birth.month, birth.day))


def fault(check: Callable[..., Any], *values: Any) -> Message | None:
    """What a check says against these values, as a message; None when it says nothing."""
    try:
        check(*values)
    except PydanticCustomError as error:
        context = dict(error.context or {})
        return Message(str(context.pop("template_", error.message_template)), context)
    return None


def _resident_id(number: str, today: date) -> DocumentFacts:
    """Resident identity card 居民身份证: province, prefecture, county, birth date, MOD 11-2. No list has all counties
    that there ever were: only codes that none can have are refused."""
    number = re.sub(r"\s", "", number)
    if len(number) == 15 and is_digits(number):
        raise wrong("Cards with 15 digits are no longer valid: ask for the card with 18.")
    _shape(number, r"\d{17}[\dX]", wrong("The number has 18 characters: 17 digits and a digit or X."))
    if number[:2] not in PROVINCES:
        raise wrong("No province has the code {code} (the first two digits).", code=number[:2])
    if number[:2] < _TAIWAN and not _may_be_county(number[:6]):
        raise wrong("No county has the code {code} (the first six digits).", code=number[:6])
    return _with_birth(number, today)


def _may_be_county(code: str) -> bool:
    """Whether GB/T 2260 leaves room for a county of this code: 01 to 70 for prefectures, 90 for counties directly under
    a province (Hainan had 00 for them until 2000); a county's own two digits are never 00."""
    prefecture, county = int(code[2:4]), int(code[4:6])
    return county > 0 and (1 <= prefecture <= 70 or prefecture == 90 or (code.startswith(_HAINAN) and prefecture == 0))


def _with_birth(number: str, today: date) -> DocumentFacts:
    """What the 18 characters say whose places 7 to 14 are a birth date and whose 17th is odd for a man."""
    try:
        birth = date.fromisoformat(f"{number[6:10]}-{number[10:12]}-{number[12:14]}")
    except ValueError:
        raise wrong("{digits} (the 7th to the 14th) is not a date of birth.", digits=number[6:14]) from None
    if birth > today:
        raise wrong("The date of birth {date} is in the future.", date=birth.isoformat())
    if age_on(birth, today) > OLDEST_YEARS:
        raise wrong("The date of birth {date} is more than 150 years ago.", date=birth.isoformat())
    if not fits(number, mod_11_2):
        raise wrong("The check digit does not fit: one of the 18 characters is mistyped.")
    return DocumentFacts(number, birth, "male" if int(number[16]) % 2 else "female")


def _household(number: str, today: date) -> DocumentFacts:
    """Household register 户口簿: the resident ID number of a minor."""
    facts = _resident_id(number, today)
    if facts.birth_date is not None and age_on(facts.birth_date, today) >= ADULT_AGE:
        raise wrong("A household register is for people under 18: ask for the identity card.")
    return facts


def _residence_permit(number: str, today: date) -> DocumentFacts:
    """Residence permit of people from Hong Kong, Macao and Taiwan 港澳台居民居住证."""
    number = re.sub(r"\s", "", number)
    _shape(number, r"\d{17}[\dX]", wrong("The number has 18 characters: 17 digits and a digit or X."))
    if not number.startswith(_PERMIT_REGIONS):
        raise wrong("A residence permit begins with 810000, 820000 or 830000.")
    return _with_birth(number, today)


def _foreign_card(number: str, today: date) -> DocumentFacts:
    """Permanent resident card of a foreigner 外国人永久居留身份证: 18 digits from 9 (since 2023-12-01), or 3 + 12."""
    number = re.sub(r"\s", "", number)
    if re.fullmatch(r"[A-Z]{3}[0-9]{12}", number):
        _old_foreign_card(number)
        return DocumentFacts(number)
    _shape(
        number, r"9\d{16}[\dX]", wrong("18 characters that begin with 9, or on the old card 3 letters and 12 digits.")
    )
    return _with_birth(number, today)


def _old_foreign_card(number: str) -> None:
    """The first card: nationality, region of issue (four digits), birth date without its century, two digits more."""
    if number[3:5] not in PROVINCES:
        raise wrong("No province has the code {code} (the 4th and 5th character).", code=number[3:5])
    if not any(_is_day(f"{century}{number[7:9]}", number[9:11], number[11:13]) for century in ("19", "20")):
        raise wrong("{text} is not a date of birth.", text=number[7:13])


def _is_day(year: str, month: str, day: str) -> bool:
    try:
        date(int(year), int(month), int(day))
    except ValueError:
        return False
    return True


def _hk_macao_permit(number: str, _today: date) -> DocumentFacts:
    """Travel permit of people from Hong Kong and Macao 港澳居民来往内地通行证."""
    _shape(number, r"[HM](\d{8}|\d{10})", wrong("H or M and 8 or 10 digits."))
    return DocumentFacts(number)


def _taiwan_permit(number: str, _today: date) -> DocumentFacts:
    """Travel permit of people from Taiwan 台湾居民来往大陆通行证."""
    _shape(number, r"\d{8}|\d{10}[\dA-Z]", wrong("8 digits, or 11 characters of which the first 10 are digits."))
    return DocumentFacts(number)


def _passport(number: str, _today: date) -> DocumentFacts:
    """Passport 护照: letters and digits."""
    _shape(number, r"[A-Z\d]{6,20}", wrong("6 to 20 letters and digits, without blanks."))
    return DocumentFacts(number)


def _service_card(number: str, _today: date) -> DocumentFacts:
    """Cards of officers, soldiers and police 军人证 武警证, and others: Chinese characters may stand in the number."""
    _shape(number, r"[A-Z\d\u3400-\u4dbf\u4e00-\u9fff()\-]{6,32}", wrong("6 to 32 characters, without blanks."))
    if not any(character.isdigit() for character in number):
        raise wrong("The number of a document has digits in it.")
    return DocumentFacts(number)


def uscc_check_character(first: str) -> str:
    """The 18th character of a unified social credit code, from the first 17 (GB 32100)."""
    total = sum(_USCC_CHARACTERS.index(c) * weight for c, weight in zip(first, _USCC_WEIGHTS, strict=True))
    return _USCC_CHARACTERS[-total % 31]


def _uscc(number: str, _today: date) -> DocumentFacts:
    """Unified social credit code 统一社会信用代码: two characters that may be letters, region, body, check."""
    number = re.sub(r"[\s\-]", "", number)
    kind = f"[{_USCC_CHARACTERS}]"
    _shape(
        number,
        rf"{kind}{{2}}\d{{6}}{kind}{{10}}",
        wrong("18 characters, the 3rd to the 8th digits; the letters I, O, S, V and Z do not occur."),
    )
    if number[2:4] not in PROVINCES and number[2:4] != _NATIONAL:
        raise wrong("No province has the code {code} (the 3rd and 4th character).", code=number[2:4])
    if uscc_check_character(number[:17]) != number[17]:
        raise wrong("The check character does not fit: one of the 18 characters is mistyped.")
    return DocumentFacts(number)


def _shape(number: str, pattern: str, otherwise: PydanticCustomError) -> None:
    """Hold a number against a pattern of ASCII digits."""
    if not re.fullmatch(pattern, number, re.ASCII):
        raise otherwise


RULES: dict[str, Callable[[str, date], DocumentFacts]] = {
    "resident_id": _resident_id,
    "household": _household,
    "residence_permit": _residence_permit,
    "foreign_card": _foreign_card,
    "hk_macao_permit": _hk_macao_permit,
    "taiwan_permit": _taiwan_permit,
    "passport": _passport,
    "military": _service_card,
    "police": _service_card,
    "uscc": _uscc,
    "other": _service_card,
}
