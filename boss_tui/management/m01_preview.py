"""What M1 asks of texts and further fields, and a business as the clerk will see it (catalogue F2, M1)."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping
from typing import Annotated

from boss_tui.catalogue import BUSINESS_NAMES
from boss_tui.components.base import Context
from boss_tui.components.content import ScreenContent
from boss_tui.components.extra_fields import extra_fields
from boss_tui.editions.lines import RowEdit
from boss_tui.editions.subjects import Fault
from boss_tui.fields import Ask
from boss_tui.forms import Form, wrong
from boss_tui.management.kit.subject import Fact
from data.errors import BadForm
from data.message import Message, say
from data.store import Reading
from data.tables.extra import ExtraField

_CODE = re.compile(r"[a-z][a-z0-9_]{0,29}")
KINDS: dict[str, Message] = {
    "notice": say("Notice"),
    "prompt": say("Prompt"),
    "script": say("Script"),
    "clause": say("Clause"),
}


def check_code(typed: str) -> str:
    """What a field is kept under."""
    if not _CODE.fullmatch(typed):
        raise wrong("Small letters, digits and _, a letter first.")
    return typed


def check_choices(typed: str) -> str:
    """Choices as they are typed (a line each: code, Chinese, English), or as they are stored; answers them stored."""
    if typed.startswith("["):
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


def has_choices(reading: Reading, lines: Mapping[int, RowEdit], day: str) -> Iterable[Fault]:  # noqa: ARG001
    """A field of kind choice has something to choose from."""
    for position, line in lines.items():
        if line.table == "extra_field":
            row = reading.find(ExtraField, business=line.key[0], code=line.key[1])
            if row is not None and row.kind == "choice" and not json.loads(row.choices):
                yield Fault(position, "choices", say("Say what there is to choose from."))


class PreviewForm(Form):
    """Which business is looked at."""

    business: Annotated[str, Ask(say("Business"), "code", length=8)]


def as_the_clerk_sees(at: Context, asked: PreviewForm) -> Iterable[Fact]:
    """The texts of a business in their order, its clauses, and the fields that it asks for beside its own."""
    if asked.business not in BUSINESS_NAMES:
        raise BadForm({"business": say("There is no business {code} here.", code=asked.business)})
    content = ScreenContent(at)
    for notice in content.published(asked.business):
        yield Fact(KINDS[notice.kind], notice.text)
    for clause in content.clauses(asked.business):
        yield Fact(KINDS["clause"], clause)
    for extra in extra_fields(at.tx, asked.business, at.business_date):
        told = say("{kind}, required", kind=extra.kind) if extra.required else Message(extra.kind)
        yield Fact(say("Field: {label}", label=extra.label), told)
