"""Made-up but valid numbers of each kind, for Hypothesis. None is taken from a real card."""

from __future__ import annotations

from datetime import date
from itertools import pairwise

from hypothesis import strategies as st
from stdnum import luhn
from stdnum.iso7064 import mod_11_2

from boss_tui.components.identity.kinds import PROVINCES, uscc_check_character

TODAY = date(2026, 11, 23)
USCC_CHARACTERS = "0123456789ABCDEFGHJKLMNPQRTUWXY"


def digits(count: int) -> st.SearchStrategy[str]:
    """So many digits."""
    return st.text("0123456789", min_size=count, max_size=count)


def births(oldest: int = 149, youngest: int = 0) -> st.SearchStrategy[date]:
    """Birth dates of people whose age on TODAY is between these."""
    return st.dates(date(TODAY.year - oldest, 1, 1), date(TODAY.year - youngest, TODAY.month, TODAY.day))


def _eighteen(front: str, birth: date, order: str) -> str:
    first = f"{front}{birth:%Y%m%d}{order}"
    return first + str(mod_11_2.calc_check_digit(first))


def resident_ids(oldest: int = 149, youngest: int = 0) -> st.SearchStrategy[str]:
    """Resident ID numbers of people between these ages on TODAY."""
    mainland = sorted(PROVINCES - {"81", "82", "83"})
    prefectures = st.sampled_from([*range(1, 71), 90])
    regions = st.builds("{}{:02}{:02}".format, st.sampled_from(mainland), prefectures, st.integers(1, 99))
    return st.builds(_eighteen, regions, births(oldest, youngest), digits(3))


def residence_permits() -> st.SearchStrategy[str]:
    """Numbers of residence permits for people from Hong Kong, Macao and Taiwan."""
    return st.builds(_eighteen, st.sampled_from(["810000", "820000", "830000"]), births(), digits(3))


def foreign_cards() -> st.SearchStrategy[str]:
    """Numbers of permanent resident cards since 2023-12."""
    return st.builds(_eighteen, digits(5).map("9".__add__), births(), digits(3))


def uscc() -> st.SearchStrategy[str]:
    """Unified social credit codes."""
    any_of = st.sampled_from(USCC_CHARACTERS)
    regions = st.builds(str.__add__, st.sampled_from(sorted(PROVINCES | {"10"})), digits(4))
    first = st.builds(
        lambda a, b, c, d: f"{a}{b}{c}{d}", any_of, any_of, regions, st.text(any_of, min_size=9, max_size=9)
    )
    return first.filter(lambda front: len(set(filter(str.isdigit, front))) > 1).map(
        lambda front: front + uscc_check_character(front)
    )


def _with_luhn(front: str) -> str:
    return front + str(luhn.calc_check_digit(front))


def iccids() -> st.SearchStrategy[str]:
    """SIM card numbers, all digits."""
    return digits(15).map(lambda rest: _with_luhn(f"8986{rest}"))


def imeis() -> st.SearchStrategy[str]:
    """Handset numbers."""
    return digits(14).map(_with_luhn)


def imsis() -> st.SearchStrategy[str]:
    """IMSIs of our networks."""
    return st.builds(str.__add__, st.sampled_from(["46000", "46002", "46004", "46007", "46008"]), digits(10))


def mobiles() -> st.SearchStrategy[str]:
    """Mobile numbers that were ours at first."""
    return st.builds(str.__add__, st.sampled_from(["135", "138", "139", "150", "178", "182", "188", "198"]), digits(8))


def service_passwords() -> st.SearchStrategy[str]:
    """Service passwords that no rule refuses, unless a number holds them."""
    return digits(6).filter(lambda typed: len({(int(b) - int(a)) % 10 for a, b in pairwise(typed)}) > 1)


def names() -> st.SearchStrategy[str]:
    """Chinese names of two to four characters."""
    return st.builds(
        str.__add__, st.sampled_from("赵钱孙李周吴郑王"), st.text("明华芳伟静强磊洋艳勇", min_size=1, max_size=3)
    )
