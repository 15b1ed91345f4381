"""What may be typed into a field, and what it becomes: amounts to fen, days to dates, codes, flags, whole numbers."""

from __future__ import annotations

import re
import unicodedata
from datetime import date
from decimal import Decimal
from typing import Annotated, Any

from pydantic import BeforeValidator, Field
from pydantic_core import PydanticCustomError

from boss_tui.forms.fields import half_width
from data.errors import BadForm, NotAllowed
from data.message import Message


def folded(text: str) -> str:
    """Half-width, without blanks at the ends: what an input method typed as １３８ is 138."""
    return unicodedata.normalize("NFKC", text).strip()


TEMPLATE = "template_"
"""Among an error's values: the key of its translation, for its details keep the filled text only."""


def wrong(template: str, /, **values: Any) -> PydanticCustomError:
    """What a validator raises: the message arrives beside the field. Translations are gathered from here too."""
    return PydanticCustomError("rule", template, {TEMPLATE: template, **values})


def message_of(refusal: PydanticCustomError) -> Message:
    """What a validator raised with `wrong`, as a message."""
    values = dict(refusal.context or {})
    return Message(values.pop(TEMPLATE, refusal.message_template), values)


_AMOUNT = re.compile(r"(\d+|[1-9]\d{0,2}(?:,\d{3})+)(?:\.(\d{1,2}))?", re.ASCII)


_WHOLE_DIGITS = 9


def _read_fen(typed: Any) -> Any:
    """Yuan (`12`, `12.5`, `1,234.50`) to fen; a number, as JSON has it, means what its text does.

    The one reader of amounts. A comma stands before groups of exactly three digits or nowhere: 12,50 is no amount, for
    nobody can tell what was meant. Full-width digits and signs are read; a sign, a currency, a blank inside, an
    exponent, a third decimal and any other digit (², ①, ٣) are not.
    """
    if isinstance(typed, bool) or not isinstance(typed, str | int | float | Decimal):
        raise wrong("An amount in yuan, such as 50 or 12.50.")
    if isinstance(typed, int) and abs(typed) >= 10**_WHOLE_DIGITS:
        raise wrong("The amount is too large.")  # thousands of digits are not even made a text of
    found = _AMOUNT.fullmatch(half_width(str(typed)).strip())
    if found is None:
        raise wrong("An amount in yuan, such as 50 or 12.50.")
    whole, part = found[1].replace(",", ""), found[2] or ""
    if len(whole) > _WHOLE_DIGITS:
        raise wrong("The amount is too large.")
    return int(whole) * 100 + int(part.ljust(2, "0"))


Fen = Annotated[int, BeforeValidator(_read_fen)]
"""An amount: yuan wherever it is typed or kept as typed, fen once it is read."""


_RATE = re.compile(r"(\d{1,3})(?:\.(\d{1,2}))?\s*%?", re.ASCII)


def _read_rate(typed: Any) -> Any:
    """Per cent (`6`, `6%`, `6.5`) to hundredths of it; a number, as JSON has it, means what its text does."""
    is_typed = isinstance(typed, str | int | float) and not isinstance(typed, bool)
    found = _RATE.fullmatch(half_width(str(typed)).strip()) if is_typed else None
    if found is None:
        raise wrong("A rate in per cent, such as 6 or 6.5.")
    rate = int(found[1]) * 100 + int((found[2] or "").ljust(2, "0"))
    if rate > 100_00:
        raise wrong("At most {bound}.", bound="100")
    return rate


Rate = Annotated[int, BeforeValidator(_read_rate)]
"""A rate: per cent wherever it is typed or kept as typed, hundredths of it once it is read (13 % is 1300)."""


def rate_typed(typed: str, field: str) -> int:
    """A rate that is typed outside of any form. BadForm says what is wrong with it, beside the field."""
    try:
        rate: int = _read_rate(typed)
    except PydanticCustomError as refusal:
        raise BadForm({field: message_of(refusal)}) from None
    return rate


def fen_typed(typed: Any, field: str = "amount") -> int:
    """An amount that is typed outside of any form, or stands as a number in a file, in fen. BadForm says what is
    wrong with it, beside the field."""
    try:
        amount: int = _read_fen(typed)
    except PydanticCustomError as refusal:
        raise BadForm({field: message_of(refusal)}) from None
    return amount


Whole = Annotated[int, Field(ge=0, le=10**15 - 1)]
"""A whole number, of what is counted or ranked; a field narrows it. None is negative, none too large for a column or
for JSON."""


NAMED = r"^[0-9A-Za-z][0-9A-Za-z_-]*$"
Named = Annotated[str, Field(pattern=NAMED)]
"""A code that rows are named by, alone or in a list of several, and files, folders and serials: letters, digits, - and
_."""


def yuan(fen: int) -> str:
    """Fen as yuan with two digits: 1250 is 12.50."""
    sign = "-" if fen < 0 else ""
    return f"{sign}{abs(fen) // 100}.{abs(fen) % 100:02d}"


def _read_flag(typed: Any) -> Any:
    if isinstance(typed, str):
        return {"y": True, "n": False, "": False, "是": True, "否": False}.get(folded(typed).lower(), typed)
    return typed


Flag = Annotated[bool, BeforeValidator(_read_flag)]


def codes_in(text: str) -> tuple[str, ...]:
    """The codes of a field that holds several, with commas or blanks between them; all in capitals."""
    return tuple(each.upper() for each in _parts(text))


def _parts(text: str) -> list[str]:
    return _BETWEEN.sub(" ", folded(text)).split()


def toggled(text: str, code: str) -> str:
    """A field that holds several codes with one more, or without it where it was there, in whatever case."""
    held = list(_parts(text))
    left = [each for each in held if each.casefold() != code.casefold()]
    return ",".join(left if len(left) < len(held) else [*held, code])


_BETWEEN = re.compile(r"[,;、，；\s]+")


Codes = Annotated[tuple[str, ...], BeforeValidator(lambda typed: codes_in(typed) if isinstance(typed, str) else typed)]


CasedCodes = Annotated[
    tuple[str, ...], BeforeValidator(lambda typed: tuple(_parts(typed)) if isinstance(typed, str) else typed)
]
"""Several codes that are told apart by small and capital letters, such as customers' categories."""


LONG_TERM = date.max
"""The last day of a document that has none 长期. An empty one is not known."""


_DAY = re.compile(r"(\d{4})(?:[-/.年](\d{1,2})[-/.月](\d{1,2})日?|(\d\d)(\d\d))", re.ASCII)


_FOR_EVER = {"长期", "长期有效", "long-term", "long term", "longterm", "9999-12-31"}


def _read_day(typed: Any) -> Any:
    """20261127, 2026-11-27, 2026/11/27, 2026.11.27 and 2026年11月27日 are a day; dates pass."""
    if not isinstance(typed, str):
        return typed
    found = _DAY.fullmatch(folded(typed))
    if found is None:
        raise wrong("Not a day: type it as 20261127 or 2026-11-27.")
    year, *parts = (int(part) for part in found.groups() if part)
    try:
        return date(year, *parts)
    except ValueError:
        raise wrong("There is no day {day} in the calendar.", day=folded(typed)) from None


def _read_expiry(typed: Any) -> Any:
    return LONG_TERM if isinstance(typed, str) and folded(typed).lower() in _FOR_EVER else _read_day(typed)


Day = Annotated[date, BeforeValidator(_read_day)]


Expiry = Annotated[date, BeforeValidator(_read_expiry)]
"""A document's last day; 长期 or `long-term` when it has none."""


def day_typed(typed: str, field: str = "") -> date:
    """A day that is typed outside of any form. NotAllowed says how to type it."""
    try:
        day: date = _read_day(typed)
    except PydanticCustomError as refusal:
        raise NotAllowed(message_of(refusal), field=field) from None
    return day
