"""A form: what is typed into its fields arrives as text; it turns it into values, or says beside which field what is
wrong (`BadForm`)."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from functools import cache
from typing import Annotated, Any, ClassVar, Self, cast

from pydantic import BaseModel, ConfigDict, TypeAdapter, ValidationError
from pydantic.fields import FieldInfo
from pydantic_core import ErrorDetails

from boss_tui.forms.fields import Ask, FieldSpec, Kind, as_typed, scanned
from boss_tui.forms.typed import NAMED, TEMPLATE, folded
from data.characters import assigned, stray
from data.errors import BadForm
from data.message import Message, say
from data.names import as_stored


class Form(BaseModel):
    """What a business asks for. Unknown fields are refused; text is folded as its kind says.

    `about`: the field that the number of the customer in view goes into, where there is one. `identity`: the fields
    that the kind and number of their document go into.
    """

    # defer_build: a validator is built when its form is first read, not for every business when the program starts.
    model_config = ConfigDict(extra="forbid", frozen=True, str_strip_whitespace=True, defer_build=True)
    about: ClassVar[str] = ""
    identity: ClassVar[tuple[str, ...]] = ()

    @classmethod
    def fields(cls) -> tuple[FieldSpec, ...]:
        """The fields in the order in which they are asked for; those without an Ask are not typed by a person."""
        return _fields(cls)

    @classmethod
    def read(cls, values: Mapping[str, Any]) -> Self:
        """The form that the values make; BadForm says which fields are wrong."""
        try:
            return cls.model_validate(_folded(cls, values))
        except ValidationError as fault:
            errors = _by_field(cls, fault.errors(include_url=False))
            unknown = {name: cls.no_such_field() for name in errors if name and name not in cls.model_fields}
            raise BadForm({**errors, **unknown}) from None

    @classmethod
    def no_such_field(cls) -> Message:
        """That a name is none of its fields', and what they are called."""
        return say("There is no such field in this form; there are {names}.", names=", ".join(cls.model_fields))

    @classmethod
    def tidied(cls, values: Mapping[str, Any]) -> dict[str, Any]:
        """The values, each day that is right in one spelling (2026-11-27) however it was typed, each amount as text."""
        typed = {name: values[name] for name in _days(cls) if values.get(name)}
        read = cls.partial(typed)[0] if typed else None
        days = {name: getattr(read, name) for name in typed}
        numbers = {name: _kept(name in _amounts(cls), value) for name, value in values.items()}
        numbers |= {name: scanned(numbers[name]) for name in _codes(cls) if isinstance(numbers.get(name), str)}
        return {**numbers, **{name: day.isoformat() for name, day in days.items() if day}}

    @classmethod
    def one(cls, name: str, typed: str) -> Any:
        """What one field alone makes of what was typed into it; empty is its default. BadForm says what is wrong."""
        field = cls.model_fields[name]
        text = _fold(typed, _kinds(cls).get(name))
        if text == "":
            if field.is_required():
                raise BadForm({name: _COMMON["missing"]})
            return field.get_default(call_default_factory=True)
        try:
            value = _adapter(cls, name).validate_python(text)
        except ValidationError as fault:
            raise BadForm({name: _words_of(fault.errors(include_url=False)[0], _kinds(cls).get(name))}) from None
        if told := _no_text(cls, name, text):
            raise BadForm(told)
        return value

    @classmethod
    def partial(cls, values: Mapping[str, Any]) -> tuple[Self, dict[str, Message]]:
        """A form of the fields that are filled and right (the others hold their default, or None), and what is wrong
        with those that are filled and not right."""
        typed = _folded(cls, values)
        right: dict[str, Any] = {}
        errors: dict[str, Message] = {}
        for name, field in cls.model_fields.items():
            if typed.get(name) in (None, ""):
                right[name] = None if field.is_required() else field.get_default(call_default_factory=True)
                continue
            try:
                right[name] = _adapter(cls, name).validate_python(typed[name])
            except ValidationError as fault:
                errors[name] = _words_of(fault.errors(include_url=False)[0], _kinds(cls).get(name))
                right[name] = None
            else:
                errors.update(_no_text(cls, name, typed[name]))
        return cast(Self, cls.model_construct(None, **right)), errors


@cache
def needed(form: type[Form]) -> frozenset[str]:
    """The fields that an order has kept, whatever else was typed: those that must be filled and are no secrets."""
    asked = {spec.name: spec.ask.kind for spec in form.fields()}
    must = (name for name, field in form.model_fields.items() if field.is_required())
    return frozenset(name for name in must if asked.get(name) != "password")


@cache
def _fields(form: type[Form]) -> tuple[FieldSpec, ...]:
    found = []
    for name, field in form.model_fields.items():
        for ask in field.metadata:
            if isinstance(ask, Ask):
                found.append(FieldSpec(name, ask, field.is_required(), *_bounds(field)))
    return tuple(found)


def _bounds(field: FieldInfo) -> tuple[int | None, int | None, bool]:
    """Of a number the least and the most that its rules let through, as far as they say more than `Whole`; whether it
    is a code that files are named by."""
    least = [rule.ge for rule in field.metadata if getattr(rule, "ge", None) is not None]
    most = [rule.le for rule in field.metadata if getattr(rule, "le", 10**15) < 10**15 - 1]
    named = any(getattr(rule, "pattern", None) for rule in field.metadata)
    return max(least, default=None), min(most, default=None), named


@cache
def _days(form: type[Form]) -> tuple[str, ...]:
    """The fields that a day is typed into."""
    return tuple(spec.name for spec in form.fields() if spec.ask.kind == "date")


@cache
def _amounts(form: type[Form]) -> tuple[str, ...]:
    """The fields that an amount is typed into."""
    return tuple(spec.name for spec in form.fields() if spec.ask.kind == "money")


@cache
def _codes(form: type[Form]) -> tuple[str, ...]:
    """The fields that a scanner fills."""
    return tuple(spec.name for spec in form.fields() if spec.ask.kind in {"digits", "code"})


@cache
def _adapter(form: type[Form], name: str) -> TypeAdapter[Any]:
    field = form.model_fields[name]
    rules = tuple(rule for rule in field.metadata if not isinstance(rule, Ask))
    return TypeAdapter(Annotated[(field.annotation, *rules)] if rules else field.annotation)  # type: ignore[arg-type]


@cache
def _asks(form: type[Form]) -> dict[str, Ask]:
    """How each field is asked for."""
    return {spec.name: spec.ask for spec in form.fields()}


@cache
def _kinds(form: type[Form]) -> dict[str, Kind]:
    """What may be typed into each field."""
    return {spec.name: spec.ask.kind for spec in form.fields()}


def _folded(form: type[Form], values: Mapping[str, Any]) -> dict[str, Any]:
    """What was typed, each field folded as its kind says; empty fields are left out."""
    kinds = _kinds(form)
    typed = {name: _fold(value, kinds.get(name)) if isinstance(value, str) else value for name, value in values.items()}
    return {name: value for name, value in typed.items() if value != "" or name not in kinds}


def _kept(amount: bool, value: Any) -> Any:
    """A number as it is kept: of an amount its text, to the last digit that was typed."""
    if amount and isinstance(value, int | float | Decimal) and not isinstance(value, bool):
        return str(value)
    return float(value) if isinstance(value, Decimal) else value


def _fold(text: str, kind: Kind | None) -> str:
    """As the kind says; blanks alone are nothing. A name is folded as it is stored: what is checked, compared and
    printed is the same."""
    if kind != "password" and text.isspace():
        return ""
    text = as_stored(text) if kind == "name" else assigned(text)
    if kind in {"digits", "code", "date", "choice"}:
        text = folded(scanned(text))
    return text.upper() if kind == "code" else text


def _no_text(form: type[Form], name: str, typed: Any) -> dict[str, Message]:
    """A text too long for its field, or with control characters; not secrets (hashed) nor days (spelt freely)."""
    ask = _asks(form).get(name, Ask(Message("")))
    if ask.kind in {"password", "date"} or not isinstance(typed, str):
        return {}
    text = typed.replace("\n", " ") if ask.kind == "multiline" else typed
    if (found := stray(assigned(text))) is not None:
        return {name: found}
    if not 0 < ask.length < len(typed):
        return {}
    return {name: say("At most {n} characters.", n=ask.length)}


def _by_field(form: type[Form], faults: list[ErrorDetails]) -> dict[str, Message]:
    kinds, errors = _kinds(form), dict[str, Message]()
    for fault in faults:
        name = str(fault["loc"][0]) if fault["loc"] else ""
        errors.setdefault(name, _words_of(fault, kinds.get(name)))
    return errors


_COMMON = {
    "missing": say("This field is needed."),
    "literal_error": say("Not one of the choices. F4 shows them."),
    "bool_type": say("Type y or n."),
    "bool_parsing": say("Type y or n."),
    "string_type": say("This is no text."),
    "tuple_type": say("This is no text."),
    "int_type": say("A whole number."),
    "int_parsing": say("A whole number."),
    "int_parsing_size": say("A whole number."),
    "int_from_float": say("A whole number."),
}
_BOUNDS = {
    "greater_than": ("gt", say("More than {bound}.")),
    "greater_than_equal": ("ge", say("At least {bound}.")),
    "less_than_equal": ("le", say("At most {bound}.")),
}


def _words_of(fault: ErrorDetails, kind: Kind | None) -> Message:
    if fault["type"] == "rule":
        values = dict(fault["ctx"])
        return Message(values.pop(TEMPLATE), values)
    if fault["type"] in _BOUNDS:
        name, told = _BOUNDS[fault["type"]]
        bound = fault["ctx"][name]
        return Message(told.template, {"bound": as_typed(kind, bound) if isinstance(bound, int) else bound})
    if fault["type"] == "string_pattern_mismatch" and fault["ctx"]["pattern"] == NAMED:
        return say("Letters, digits, - and _, a letter or a digit first.")
    return _COMMON.get(fault["type"], say("This is not understood."))
