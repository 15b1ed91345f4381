"""Names, addresses, phones and e-mail of customers: what may stand in them, and how they are stored (catalogue F3).

Pure checks that answer the text as it is stored, or raise `typed.wrong`. They say which character is wrong.
"""

from __future__ import annotations

import re

from boss_tui.components.identity.numbers import check_mobile
from boss_tui.forms.typed import folded, wrong
from data.characters import kind_of, shown
from data.names import as_stored

NAME_LENGTH = 64
ORGANISATION_LENGTH = 128
ADDRESS_LENGTH = 200
_NAME_MARKS = frozenset(" ·-'’.")
_ORGANISATION_MARKS = _NAME_MARKS | frozenset('()（）&/,，、《》“”"+#@:：!！')
_ADDRESS_MARKS = _ORGANISATION_MARKS | frozenset(";；。~_*【】[]")
_DASHES = str.maketrans(dict.fromkeys("‐‑‒–—―−－", "-"))
"""What input methods make of the dash between two house numbers."""
_AREA = r"(10|2[0-9]|[3-9][0-9]{2})"
_LANDLINE = re.compile(rf"0{_AREA}-?([2-8][0-9]{{6,7}})(-([0-9]{{1,6}}))?")
_SERVICE = re.compile(r"1[0-9]{2,5}|9[56][0-9]{3,6}|999")
_EMAIL = re.compile(
    r"(?P<local>[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+(\.[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+)*)"
    r"@(?P<domain>([A-Za-z0-9]([A-Za-z0-9-]{0,61}[A-Za-z0-9])?\.)+[A-Za-z][A-Za-z0-9-]{0,61}[A-Za-z0-9])"
)


def _stray(text: str, kinds: str, marks: frozenset[str]) -> str:
    """The first character that is not of these kinds (Unicode's capital letters) nor one of these marks, as shown."""
    for character in text:
        if kind_of(character)[0] not in kinds and character not in marks:
            return shown(character)
    return ""


def _has_letter(text: str) -> bool:
    return any(kind_of(c)[0] == "L" for c in text)


def check_name(typed: str) -> str:
    """A person's name: 1 to 64 letters or Chinese characters of any script, with · blank - ' . between them."""
    name = as_stored(typed)
    if stray := _stray(name, "LM", _NAME_MARKS):
        raise wrong("{character} can't stand in a person's name.", character=stray)
    if not _has_letter(name):
        raise wrong("The name as on the document.")
    if len(name) > NAME_LENGTH:
        raise wrong("A name has at most 64 characters; these are {count}.", count=len(name))
    return name


def check_organisation(typed: str) -> str:
    """An organisation's name: 2 to 128 characters, with digits and the marks that company names have."""
    name = as_stored(typed)
    if stray := _stray(name, "LMN", _ORGANISATION_MARKS):
        raise wrong("{character} can't stand in an organisation's name.", character=stray)
    if len(name) < 2 or not _has_letter(name):
        raise wrong("The name as on the certificate of registration.")
    if len(name) > ORGANISATION_LENGTH:
        raise wrong("A name has at most 128 characters; these are {count}.", count=len(name))
    return name


def check_address(typed: str) -> str:
    """An address that a letter could find: 6 to 200 characters, and more than the same few over and over."""
    address = as_stored(typed).translate(_DASHES)
    if stray := _stray(address, "LMN", _ADDRESS_MARKS):
        raise wrong("{character} can't stand in an address.", character=stray)
    letters = {c for c in address if _has_letter(c)}
    if len(address) < 6 or len(letters) < 3:
        raise wrong("The whole address: place, street or village, and number.")
    if len(address) > ADDRESS_LENGTH:
        raise wrong("An address has at most 200 characters; these are {count}.", count=len(address))
    return address


def check_phone(typed: str) -> str:
    """A phone to be reached at: a mobile number, or a landline with its area code, stored as 0431-85551234-8."""
    number = re.sub(r"[ ()]", "", folded(typed)).replace("转", "-")
    if is_service(number):
        raise wrong("{number} is a service: type a number that reaches the person.", number=number)
    if not number.startswith("0"):
        return check_mobile(number)
    match = _LANDLINE.fullmatch(number)
    if match is None or (len(match[1]) == 2 and len(match[2]) != 8):
        raise wrong("A landline with its area code, such as 0431-85551234.")
    return f"0{match[1]}-{match[2]}" + (f"-{match[4]}" if match[4] else "")


def is_service(number: str) -> bool:
    """Whether a number is one that people call for help or service (110, 10086, 12345, 95588, 96110), which reaches
    nobody in particular."""
    return bool(_SERVICE.fullmatch(number))


def check_target(typed: str) -> str:
    """A number that calls may be forwarded to, as the switch takes it: mobile, fixed with its area code, foreign with
    00, or a short one of seven digits at most that is no service."""
    number = re.sub(r"[ ()]", "", folded(typed)).removeprefix("+86").removeprefix("0086")
    number = f"00{number[1:]}" if number.startswith("+") else number
    if is_service(number):
        raise wrong("{number} is a service: calls can't be forwarded to it.", number=number)
    if re.fullmatch(r"00[1-9][0-9]{5,12}|[2-8][0-9]{2,7}", number):
        return number
    if re.fullmatch(r"(1[0-9]{10}|0[0-9-]{9,12})", number):
        return check_phone(number).replace("-", "")
    raise wrong("A mobile, fixed, foreign (00 first) or short number; n ends the forwarding.")


def check_email(typed: str) -> str:
    """An e-mail address; its domain is stored in small letters."""
    match = _EMAIL.fullmatch(folded(typed))
    if match is None or len(match["local"]) > 64 or len(match[0]) > 254:
        raise wrong("An e-mail address, such as name@example.com.")
    return f"{match['local']}@{match['domain'].lower()}"


def check_postcode(typed: str) -> str:
    """A Chinese postcode: six digits, the first of which is not 9 (GB/T 16831 leaves 9 unused)."""
    code = folded(typed)
    if not re.fullmatch(r"[0-8][0-9]{5}", code):
        raise wrong("A postcode has six digits, such as 310012.")
    return code
