"""A business as the clerk will see it, tried by M1 (catalogue F2, M1)."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Annotated

from boss_tui.catalogue import BUSINESS_NAMES
from boss_tui.components.base import Context
from boss_tui.components.content import ScreenContent
from boss_tui.components.extra_fields import extra_fields
from boss_tui.forms.fields import Ask
from boss_tui.forms.form import Form
from boss_tui.management.kit.subject import Fact
from boss_tui.management.m01.extra_fields import FIELD_KINDS
from data.errors import BadForm
from data.message import Message, say

KINDS: dict[str, Message] = {
    "notice": say("Notice"),
    "prompt": say("Prompt"),
    "script": say("Script"),
    "clause": say("Clause"),
}


class PreviewForm(Form):
    """Which business is looked at."""

    business: Annotated[str, Ask(say("Business"), "code", choices="business", length=8)]


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
        kind = FIELD_KINDS[extra.kind]
        told = say("{kind}, required", kind=kind) if extra.required else kind
        yield Fact(say("Field: {label}", label=extra.label), told)
