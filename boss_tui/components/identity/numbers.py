"""Numbers of cards, handsets and lines: ICCID, IMSI, IMEI, mobile number; and the service password (domain-facts 5).

Pure checks that answer the number as it is stored, or raise `typed.wrong`. Whether the thing exists is not asked here.
"""

from __future__ import annotations

import re
from itertools import pairwise

from boss_tui.forms.typed import folded, wrong
from data.characters import is_digits
from data.check_digits import fits, luhn

IMSI_COUNTRY = "460"
OWN_NETWORKS = ("00", "02", "04", "07", "08")
OWN_PREFIXES = (
    *(f"134{digit}" for digit in range(9)),
    "135",
    "136",
    "137",
    "138",
    "139",
    "147",
    "150",
    "151",
    "152",
    "157",
    "158",
    "159",
    "172",
    "178",
    "182",
    "183",
    "184",
    "187",
    "188",
    "195",
    "197",
    "198",
    "1703",
    "1705",
    "1706",
)
_MOBILE = re.compile(
    r"1(3[0-9]|4[5679]|5[0-35-9]|6[2567]|7[0-8]|8[0-9]|9[0-35-9])[0-9]{8}"  # machine cards (140, 144, 148 …) left out
)
_ICCID = re.compile(r"8986[0-9]{2}[0-9A-F][0-9]{5}[0-9A-F][0-9]{7}")


def check_iccid(typed: str) -> str:
    """A SIM card's number: 20 characters from 8986, the last of which is the Luhn digit of the first 19.

    The 7th and the 13th (segment, maker) may be letters; then there is no check digit that could be worked out.
    """
    number = folded(typed).upper().replace(" ", "")
    if len(number) != 20:
        raise wrong("A SIM card's number has 20 characters; these are {count}.", count=len(number))
    if not number.startswith("8986"):
        raise wrong("A SIM card's number begins with 8986.")
    if not _ICCID.fullmatch(number):
        raise wrong("A SIM card's number is digits; only the 7th and the 13th place may hold a letter.")
    if is_digits(number) and not fits(number, luhn):
        raise wrong("The check digit does not fit: one of the 20 digits is mistyped.")
    return number


def check_imsi(typed: str) -> str:
    """The identity that the network knows: 15 digits, 460 and one of our networks (00, 02, 04, 07, 08)."""
    number = folded(typed).replace(" ", "")
    if not re.fullmatch(r"[0-9]{15}", number):
        raise wrong("An IMSI has 15 digits.")
    if not number.startswith(IMSI_COUNTRY) or number[3:5] not in OWN_NETWORKS:
        raise wrong("An IMSI of ours begins with 46000, 46002, 46004, 46007 or 46008.")
    return number


def check_imei(typed: str) -> str:
    """A handset's number: 15 digits with the Luhn digit. 14 (without it) and 16 (with the software's) say so."""
    number = folded(typed).replace(" ", "").replace("-", "")
    if re.fullmatch(r"[0-9]{14}", number):
        raise wrong("The last digit is missing: an IMEI has 15.")
    if re.fullmatch(r"[0-9]{16}", number):
        raise wrong("This is the IMEI with its software version (16 digits): type the 15 digits on the box.")
    if not re.fullmatch(r"[0-9]{15}", number):
        raise wrong("An IMEI has 15 digits.")
    if not fits(number, luhn):
        raise wrong("The check digit does not fit: one of the 15 digits is mistyped.")
    return number


def check_mobile(typed: str) -> str:
    """A mobile number of the mainland: 11 digits with a prefix that is in use for people. A leading +86 is dropped."""
    number = re.sub(r"[ \-]", "", folded(typed)).removeprefix("+86")
    if not re.fullmatch(r"[0-9]{11}", number):
        raise wrong("A mobile number has 11 digits.")
    if not _MOBILE.fullmatch(number):
        raise wrong("No mobile number begins with {prefix}.", prefix=number[:3])
    return number


def is_ours(number: str) -> bool:
    """Whether the block that a mobile number is from was ours at first. Numbers can be carried to another operator."""
    return number.startswith(OWN_PREFIXES)


def is_run(digits: str) -> bool:
    """Whether digits run straight up or down by one, over 9 and 0 too: 456789, 890123, 321098."""
    steps = {(int(after) - int(before)) % 10 for before, after in pairwise(digits)}
    return steps in ({1}, {9})


def check_password(typed: str, number: str = "", document: str = "") -> str:
    """A service password 服务密码: six digits that are hard to guess. It is never part of a message."""
    if not re.fullmatch(r"[0-9]{6}", typed):
        raise wrong("A service password has 6 digits.")
    if len(set(typed)) == 1:
        raise wrong("Six equal digits are too easy to guess.")
    if is_run(typed):
        raise wrong("Digits that run straight on are too easy to guess.")
    if typed in number:
        raise wrong("These six digits stand in the phone number.")
    if typed in document:
        raise wrong("These six digits stand in the number of the document.")
    return typed


def check_bank_account(typed: str) -> str:
    """An account that a bank debits: 9 to 21 digits; a Chinese card (62, 16 to 19 digits) has a Luhn digit."""
    number = re.sub(r"[ \-]", "", folded(typed))
    if not re.fullmatch(r"[0-9]{9,21}", number):
        raise wrong("A bank account has 9 to 21 digits.")
    if len(set(number)) == 1 or is_run(number):
        raise wrong("These digits are no bank account.")
    if number.startswith("62") and 16 <= len(number) <= 19 and not fits(number, luhn):
        raise wrong("The check digit does not fit: one digit of the card is mistyped.")
    return number
