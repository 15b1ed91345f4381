"""A line at the prompt: `C12 13957000000 50`, `挂失 139 5700 0000`: what it says of the form that it opens.

The word may say more than which business it is (`Transaction.means`: 挂失 is C6, suspend, for loss). What stands behind
it goes into the form's fields in their order, each datum into the next one that takes it: 50 is no action and no
account, but an amount. Fields of free text take what no field behind them takes more exactly.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from pydantic_core import PydanticCustomError

from boss_tui.business.process import Run, Transaction
from boss_tui.desk.lists import chooses
from boss_tui.forms.choosing import called, chosen
from boss_tui.forms.fields import FieldSpec
from boss_tui.forms.typed import folded
from data.errors import BossError

_IN_GROUPS = re.compile(r"\b(1\d{2})[ -](\d{4})[ -](\d{4})\b", re.ASCII)
"""A mobile number as it is read aloud and printed on papers."""
_SHORTEST = 6
"""Characters of a document's number or a serial at least: what is shorter is not meant for a field of codes."""


def said(found: Transaction[Any, Any], run: Run, word: str, rest: str) -> dict[str, str]:
    """The values that a line says, its word and what stands behind it. What no field takes is left out."""
    values = dict(found.means.get(folded(word).casefold(), {}))
    defaults = {n: str(f.default) for n, f in found.form.model_fields.items() if not f.is_required()}
    left = list(found.form.fields())
    first = left[0] if left else None
    for datum in _IN_GROUPS.sub(r"\1\2\3", folded(rest)).split():
        asked = [spec for spec in left if spec.name not in values and _is_asked(spec, found, {**defaults, **values})]
        asked.sort(key=_is_free)
        taker = next((spec for spec in asked if _takes(found, run, spec, datum, values, first=spec is first)), None)
        if taker is not None:
            values[taker.name] = datum
            left = left[left.index(taker) + 1 :]
    return values


def _is_free(spec: FieldSpec) -> bool:
    """Whether a field takes any words."""
    return spec.ask.kind in {"text", "name"} and not spec.ask.choices


def _is_asked(spec: FieldSpec, found: Transaction[Any, Any], held: Mapping[str, str]) -> bool:
    names = {one.name for one in found.form.fields()}
    plain = {"True": "y", "False": "n", "None": ""}
    return spec.ask.asked(lambda name: plain.get(held.get(name, ""), held.get(name, "")) if name in names else None)


def _takes(
    found: Transaction[Any, Any], run: Run, spec: FieldSpec, datum: str, values: Mapping[str, str], *, first: bool
) -> bool:
    """Whether a datum is meant for a field: one of its list, or what its own rule lets through. The first field takes
    whatever its list does not refuse: what is wrong with a number stands beside the number."""
    form, wrong = found.form.partial({**values, spec.name: datum})
    if chooses(spec):
        return _is_choice(found, run, spec, datum, {**values})
    if spec.ask.kind == "password" or spec.name in wrong:
        return first
    return first or _fits(found, run, form, spec, datum)


def _fits(found: Transaction[Any, Any], run: Run, form: Any, spec: FieldSpec, datum: str) -> bool:
    """Whether a datum that its rule lets through looks like what a field holds."""
    if spec.ask.choices:
        return _listed(found, run, form, spec, datum)
    digits = any(c.isdigit() for c in datum)
    if spec.ask.kind == "code":
        return len(datum) >= _SHORTEST and digits
    if spec.ask.kind == "digits":
        return digits and not any(c.isalpha() for c in datum)
    return not (spec.ask.kind == "name" and digits)


def _is_choice(found: Transaction[Any, Any], run: Run, spec: FieldSpec, datum: str, values: dict[str, str]) -> bool:
    form, _ = found.form.partial(values)
    try:
        whole = found.choices(run, form, spec.name, "")
        code = chosen(datum, whole, several=spec.ask.several, known=found.known(run, spec.name))
    except (BossError, PydanticCustomError):
        return False
    return called(code, whole) is not None or code in found.known(run, spec.name)


def _listed(found: Transaction[Any, Any], run: Run, form: Any, spec: FieldSpec, datum: str) -> bool:
    """Whether a field's list has it; a field with a rule of its own that is no mere text takes what its rule lets
    through, whatever the list shows now."""
    ruled = any(type(rule).__name__ == "AfterValidator" for rule in found.form.model_fields[spec.name].metadata)
    if ruled or spec.ask.kind == "text":
        return True
    try:
        return any(choice.value == datum.upper() for choice in found.choices(run, form, spec.name, datum))
    except BossError:
        return False
