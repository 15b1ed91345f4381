"""Fields that M1 adds to businesses 附加字段, as they are kept; how they are asked for: `components.extra_fields`."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from typing import Annotated

from pydantic import AfterValidator, Field

from boss_tui.business.registry import BUSINESSES
from boss_tui.catalogue import BUSINESS_NAMES
from boss_tui.editions.subjects import Fault, Rehearsal
from boss_tui.forms.fields import Ask
from boss_tui.forms.form import Form
from boss_tui.forms.typed import Day, Flag, Whole, wrong
from boss_tui.management.kit.checks import names_a_business
from boss_tui.management.kit.entity import Entity
from data.message import say
from data.tables.extra import ExtraField

_CODE = re.compile(r"[a-z][a-z0-9_]{0,29}")


def check_code(typed: str) -> str:
    """What a field is kept under."""
    if not _CODE.fullmatch(typed):
        raise wrong("Small letters, digits and _, a letter first.")
    return typed


def _are_stored(typed: str) -> bool:
    try:
        found = json.loads(typed)
    except ValueError:
        return False
    return isinstance(found, list) and all(
        isinstance(each, list) and len(each) == 3 and all(isinstance(part, str) for part in each) for each in found
    )


def check_choices(typed: str) -> str:
    """Choices as they are typed (a line each: code, Chinese, English), or as they are stored; answers them stored."""
    if typed.startswith("["):
        if not _are_stored(typed):
            raise wrong("Line {line}: a code, Chinese and English, with commas.", line=1)
        return typed
    found: list[list[str]] = []
    for number, line in enumerate(filter(str.strip, typed.splitlines()), 1):
        parts = [part.strip() for part in re.split("[,，]", line)]
        if not 2 <= len(parts) <= 3 or not all(parts):
            raise wrong("Line {line}: a code, Chinese and English, with commas.", line=number)
        if parts[0] in {code for code, *_ in found}:
            raise wrong("Line {line}: {code} is there already.", line=number, code=parts[0])
        found.append([parts[0], parts[1], parts[-1]])
    return json.dumps(found, ensure_ascii=False)


class ExtraFieldForm(Form):
    """A field that a business asks for beside its own."""

    business: Annotated[str, Ask(say("Business"), "code", length=8)]
    code: Annotated[
        str,
        Ask(say("Code"), "text", help=say("Small letters, digits, _: it is kept under this."), length=30),
        AfterValidator(check_code),
    ]
    kind: Annotated[str, Ask(say("Kind"), "choice")] = "text"
    label_zh: Annotated[str, Ask(say("Chinese name"), "text", help=say("At most 14 columns wide."), length=14)]
    label_en: Annotated[str, Ask(say("English name"), "text", help=say("At most 14 columns wide."), length=14)] = ""
    help_zh: Annotated[str, Ask(say("Chinese help"), "text", length=120)] = ""
    help_en: Annotated[str, Ask(say("English help"), "text", length=120)] = ""
    choices: Annotated[
        str,
        Ask(say("Choices"), "multiline", help=say("A line each: code, Chinese, English, with commas."), length=2_000),
        AfterValidator(check_choices),
    ] = "[]"
    length: Annotated[
        Whole, Ask(say("Length"), "digits", help=say("Characters at most; 0: as many as fit.")), Field(le=200)
    ] = 0
    required: Annotated[Flag, Ask(say("Required"), "flag")] = False
    printed: Annotated[Flag, Ask(say("Printed"), "flag", help=say("On slip, contract and receipt."))] = False
    searched: Annotated[Flag, Ask(say("Searched"), "flag", help=say("Orders are found by what was typed."))] = False
    position: Annotated[Whole, Ask(say("Position"), "digits")] = 0
    state: Annotated[str, Ask(say("State"), "choice")] = "published"
    valid_from: Annotated[Day | None, Ask(say("From"), "date")] = None
    valid_to: Annotated[Day | None, Ask(say("Until"), "date")] = None


def has_choices(at: Rehearsal) -> Iterable[Fault]:
    """A field of kind choice has something to choose from."""
    for position, _, row in at.rows(ExtraField):
        if row.kind == "choice" and not json.loads(row.choices):
            yield Fault(position, "choices", say("Say what there is to choose from."))


FIELD_KINDS = {
    "text": say("a text"),
    "number": say("a number"),
    "amount": say("an amount"),
    "date": say("a date"),
    "choice": say("one of several"),
    "flag": say("yes or no"),
}
FIELDS = Entity(
    ExtraField,
    ExtraFieldForm,
    say("Extra fields"),
    ("business", "code", "label_zh", "label_en"),
    listed=("business", "code", "kind", "label_zh", "required", "valid_from", "valid_to", "state"),
    words={"business": BUSINESS_NAMES, "kind": FIELD_KINDS},
    trial=lambda row: {"business": row["business"]},
)
FIELD_CHECKS = (names_a_business({ExtraField: "business"}, BUSINESSES), has_choices)
