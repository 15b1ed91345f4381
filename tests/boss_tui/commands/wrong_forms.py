"""Forms of every business with one thing wrong in each: by the kind of a field, and what is special to a business."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from boss_tui.fields import FieldSpec
from boss_tui.process import BUSINESSES

Wrong = tuple[str, dict[str, Any]]
"""The field beside which it is refused, and what is different from the example; None takes a field out."""

OF_KIND: dict[str, tuple[Any, ...]] = {
    "choice": ("mars", ["a", {"b": 1}]),
    "date": ("2026-02-30", "下周"),
    "digits": ("12a4", 13800000000),
    "code": ("\ud800", ["a"]),
    "text": ("\ud800", {"b": 1}),
    "name": ("a\x00b", ["a"]),
    "money": ("1.005", "很多", "-1", -1, 1.005, 1e-3, True, float("nan")),
    "flag": ("maybe", ["y"]),
    "password": ("12", "12345６7"),
}
"""What no field of a kind takes."""


def wrong_forms(code: str, example: Mapping[str, Any]) -> Iterator[Wrong]:
    """All of a business: what the kinds of its fields make wrong, then what is special to it."""
    specs = BUSINESSES[code].form.fields()
    for spec in specs:
        if spec.name == "password" and code != "C1":
            continue  # a wrong one is a try, which is on the record
        if spec.ask.asked(lambda name: str(example.get(name) or _default(code, name))):
            yield from _of(spec)
    yield "no_such_field", {"no_such_field": "x"}
    yield from SPECIAL.get(code, ())


def _default(code: str, name: str) -> str:
    default = BUSINESSES[code].form.model_fields[name].default
    return default if isinstance(default, str) else ""


def _of(spec: FieldSpec) -> Iterator[Wrong]:
    for value in OF_KIND[spec.ask.kind]:
        yield spec.name, {spec.name: value}
    if spec.required:
        yield spec.name, {spec.name: None}
    if spec.ask.length and spec.ask.kind not in {"date", "money"}:
        yield spec.name, {spec.name: "9" * (spec.ask.length + 1)}


_SOMEBODY: Wrong = ("document_number", {"document_number": "330102199003070011"})
_NOBODY: Wrong = ("number", {"number": "13900000000"})

SPECIAL: dict[str, tuple[Wrong, ...]] = {
    "C1": (
        ("document_number", {"document_number": "330106199203054421"}),
        ("number", {"number": "13800000000"}),
        ("iccid", {"iccid": "89860050112600000404"}),
        ("birth_date", {"birth_date": "2090-01-01"}),
    ),
    "C2": (_NOBODY, _SOMEBODY, ("new_number", {"new_number": "13900000000"})),
    "C3": (_NOBODY, _SOMEBODY, ("iccid", {"iccid": "89860050112600000404"})),
    "C5": (_NOBODY, _SOMEBODY, ("repeat_password", {"repeat_password": "850612"})),
    "C6": (_NOBODY, _SOMEBODY, ("cause", {"action": "resume"})),
    "C10": (("imei", {"imei": "860123040000018"}), ("number", {"number": "13900000000"})),
    "C11": (("serial", {"serial": "33011269000000001"}), ("count", {"count": "0"})),
    "C12": (("who", {"who": "没有这个人"}), ("amount", {"amount": "0"})),
    "C13": (_NOBODY, _SOMEBODY, ("part", {"part": "everything"})),
    **dict.fromkeys(
        ("C4.1", "C4.2", "C4.3", "C4.4", "C7.1", "C7.2", "C7.3", "C7.4", "C7.5", "C8", "C9"), (_NOBODY, _SOMEBODY)
    ),
}
