"""Time and data as they are typed and read: `2 min`, `500 MB`; kept are whole seconds and KiB.

What has no unit is in seconds or KiB. A value is told in the largest unit in which it is exact, of data to the
hundredth; time in minutes at most: nobody counts calls in hours.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from decimal import Decimal
from functools import partial
from typing import Any, Literal

from pydantic_core import PydanticCustomError

from boss_tui.forms.fields import Kind, half_width, per_cent
from boss_tui.forms.typed import fen_typed, message_of, rate_typed, wrong, yuan
from data.errors import BadForm

Measure = Literal["time", "volume"]
TOLD: Mapping[Measure, Mapping[str, int]] = {
    "time": {"min": 60, "s": 1},
    "volume": {"TB": 1024**3, "GB": 1024**2, "MB": 1024, "KB": 1},
}
"""The units in which a value is told, the largest first, and how many of what is kept they are."""
PARTS: Mapping[Measure, int] = {"time": 1, "volume": 100}
"""In how many parts of a unit a value may be told: nobody says one and a half minutes for 90 s."""
_READ: Mapping[Measure, Mapping[str, int]] = {
    "time": {"": 1, "s": 1, "sec": 1, "秒": 1, "min": 60, "m": 60, "分": 60, "分钟": 60, "h": 3600, "小时": 3600},
    "volume": {"": 1}
    | {
        called: many
        for letter, many in {"k": 1, "m": 1024, "g": 1024**2, "t": 1024**3}.items()
        for called in (letter, f"{letter}b", f"{letter}ib")
    },
}
_TYPED = re.compile(r"(\d{1,12}|[1-9]\d{0,2}(?:,\d{3}){1,3})(?:\.(\d{1,2}))?\s*([a-z]*|秒|分|分钟|小时)", re.ASCII)


def read(measure: Measure, typed: Any) -> int:
    """What was typed, as it is kept. Raises as a form's validators do: it is no such measure, or no whole number."""
    found = _TYPED.fullmatch(half_width(str(typed)).strip().lower()) if not isinstance(typed, bool) else None
    unit = _READ[measure].get(found[3]) if found is not None else None
    if found is None or unit is None:
        if measure == "time":
            raise wrong("A time, such as 2 min or 90 s.")
        raise wrong("An amount of data, such as 500 MB or 1.5 GB.")
    exact = Decimal(f"{found[1].replace(',', '')}.{found[2] or 0}") * unit
    if exact % 1:
        raise wrong("That is no whole number of {unit}.", unit=[*TOLD[measure]][-1])
    return int(exact)


def kept(measure: Measure, typed: Any, field: str) -> int:
    """As `read`. BadForm names the field."""
    try:
        return read(measure, typed)
    except PydanticCustomError as refusal:
        raise BadForm({field: message_of(refusal)}) from None


def told(measure: Measure, value: int) -> str:
    """A value as it would be typed."""
    if not value:
        return "0"
    parts = PARTS[measure]
    unit, many = next(
        (unit, many) for unit, many in TOLD[measure].items() if value >= many and not value * parts % many
    )
    whole, rest = divmod(value * 100 // many, 100)
    return (f"{whole}.{rest:02d}".rstrip("0").rstrip(".") if rest else str(whole)) + f" {unit}"


READERS: Mapping[Kind, Callable[[Any, str], int]] = {
    "money": fen_typed,
    "rate": rate_typed,
    "time": partial(kept, "time"),
    "volume": partial(kept, "volume"),
}
"""What reads a number that is not typed as it is kept, by the kind of its field; the field is named where it can't be
read."""
TEXTS: Mapping[Kind, Callable[[Any], str]] = {
    "money": yuan,
    "rate": per_cent,
    "time": partial(told, "time"),
    "volume": partial(told, "volume"),
    "flag": lambda value: "y" if value else "n",
}
"""A value that is not typed as it is kept, as it is typed."""
