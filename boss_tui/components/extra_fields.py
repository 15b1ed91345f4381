"""Fields that managers add to a business 附加字段 (catalogue F2, M1): asked for like its own, kept with the order.

A business's form is extended by those that are published and valid on the business date, so that screen, command line
and headquarters read, check and list them as any other field. Their names begin with `x_`: no field of ours does.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import Annotated, Any, Literal, TypeVar, cast

from msgspec import Struct
from pydantic import AfterValidator, create_model

from boss_tui.components.base import Context, valid_on
from boss_tui.forms.fields import Ask, Choice, Kind
from boss_tui.forms.form import Form
from boss_tui.forms.typed import Day, Fen, Flag, folded, wrong, yuan
from data.characters import is_digits
from data.message import Message, both, say
from data.store import Reading
from data.tables.extra import ExtraField, ExtraValue

F = TypeVar("F", bound=Form)

PREFIX = "x_"
MOST_TEXT = 200
_MOST_DIGITS = 15
_WIDTHS = {"text": 40, "number": 16, "amount": 12, "date": 12, "choice": 14, "flag": 3}


class Extra(Struct, frozen=True):
    """An extra field, as it is asked for. `choices`: code, Chinese, English."""

    code: str
    kind: str
    label_zh: str
    label_en: str
    help: tuple[str, str]
    choices: tuple[tuple[str, str, str], ...]
    length: int
    required: bool
    printed: bool
    searched: bool

    @property
    def name(self) -> str:
        """Its name in the form."""
        return f"{PREFIX}{self.code}"

    @property
    def label(self) -> Message:
        """What it is called."""
        return both(self.label_zh, self.label_en)

    def listed(self) -> list[Choice]:
        """What F4 shows."""
        return [Choice(code, both(zh, en)) for code, zh, en in self.choices]

    def in_words(self, value: str) -> Message:
        """What was typed, as a person reads it."""
        if self.kind == "choice":
            return next((both(zh, en) for code, zh, en in self.choices if code == value), Message(value))
        if self.kind == "amount":
            return say("{yuan} yuan", yuan=yuan(int(value)))
        return (say("yes") if value == "y" else say("no")) if self.kind == "flag" else Message(value)


def extra_fields(reading: Reading, business: str, day: str) -> tuple[Extra, ...]:
    """The fields that are published for a business and valid on a business date, in their order."""
    by_business: dict[str, list[ExtraField]] = reading.worked_out("extra fields", lambda: _by_business(reading))
    return tuple(_extra(row) for row in by_business.get(business, ()) if valid_on(row, day))


def _by_business(reading: Reading) -> dict[str, list[ExtraField]]:
    found: dict[str, list[ExtraField]] = {}
    for row in reading.all(ExtraField, state="published", order=("position", "code")):
        found.setdefault(row.business, []).append(row)
    return found


def _extra(row: ExtraField) -> Extra:
    choices = tuple((str(code), str(zh), str(en)) for code, zh, en in json.loads(row.choices))
    return Extra(
        row.code,
        row.kind,
        row.label_zh,
        row.label_en,
        (row.help_zh, row.help_en),
        choices,
        row.length,
        bool(row.required),
        bool(row.printed),
        bool(row.searched),
    )


@lru_cache(maxsize=128)
def extended(form: type[F], extras: tuple[Extra, ...]) -> type[F]:
    """The form with extra fields after its own; the form itself where there are none."""
    if not extras:
        return form
    asked = {extra.name: _declared(extra, first=extra is extras[0]) for extra in extras}
    return cast("type[F]", create_model(form.__name__, __base__=form, __module__=form.__module__, **asked))


def _declared(extra: Extra, *, first: bool) -> Any:
    kinds: dict[str, tuple[Any, Kind]] = {
        "text": (str, "text"),
        "number": (Annotated[str, AfterValidator(_whole(extra.length))], "digits"),
        "amount": (Fen, "money"),
        "date": (Day, "date"),
        "choice": (Literal[tuple(code for code, *_ in extra.choices) or ("",)], "choice"),
        "flag": (Flag, "flag"),
    }
    of, kind = kinds[extra.kind]
    ask = Ask(
        extra.label,
        kind,
        help=both(*extra.help) if any(extra.help) else Message(""),
        choices=extra.name if extra.kind == "choice" else "",
        section=say("More") if first else Message(""),
        width=_WIDTHS[extra.kind],
        length=_length(extra),
    )
    return (Annotated[of, ask], ...) if extra.required else (Annotated[of | None, ask], None)


def _length(extra: Extra) -> int:
    return {"text": extra.length or MOST_TEXT, "number": extra.length or _MOST_DIGITS}.get(extra.kind, 0)


def _whole(digits: int) -> Any:
    def checked(typed: str) -> str:
        if not is_digits(typed):
            raise wrong("Digits only.")
        if len(typed) > (digits or _MOST_DIGITS):
            raise wrong("At most {n} digits.", n=digits or _MOST_DIGITS)
        return typed

    return checked


def typed_in(form: Form, extras: Iterable[Extra]) -> Iterator[tuple[Extra, str]]:
    """The extra fields that something was typed into, each with what is kept of it."""
    for extra in extras:
        value = getattr(form, extra.name)
        if value is not None and value != "":
            yield extra, _kept(extra, value)


def _kept(extra: Extra, value: Any) -> str:
    if extra.kind == "flag":
        return "y" if value else "n"
    return str(value.isoformat() if extra.kind == "date" else value)


def keep(context: Context, form: Form, extras: Iterable[Extra]) -> None:
    """Keep what was typed with the order that is being made."""
    rows = [
        {
            "order_id": context.order_id,
            "outlet": context.outlet,
            "business": context.business,
            "field": extra.code,
            "kind": extra.kind,
            "label_zh": extra.label_zh,
            "label_en": extra.label_en,
            "value": value,
            "found_by": searched_as(value) if extra.searched else None,
        }
        for extra, value in typed_in(form, extras)
    ]
    if rows:
        context.tx.add_many(ExtraValue, rows)


def searched_as(text: str) -> str:
    """A value as orders are found by it."""
    return folded(text).casefold()


def facts(form: Form, extras: Iterable[Extra]) -> tuple[tuple[Message, Message], ...]:
    """What a slip says of them: label and value of those that are printed."""
    return tuple((extra.label, extra.in_words(value)) for extra, value in typed_in(form, extras) if extra.printed)
