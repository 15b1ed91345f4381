"""M1 screen content 用户界面录入与修改: what is said for a business, and the articles that answer customers."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Annotated

from pydantic import AfterValidator, Field

from boss_tui.businesses import BUSINESSES
from boss_tui.catalogue import BUSINESS_NAMES
from boss_tui.fields import Ask
from boss_tui.forms import Day, Flag, Form
from boss_tui.management.kit.checks import names_a_business
from boss_tui.management.kit.subject import Change, Entity, Subject, TryOut
from boss_tui.management.m01_preview import (
    KINDS,
    PreviewForm,
    as_the_clerk_sees,
    check_choices,
    check_code,
    has_choices,
)
from data.message import say
from data.store import Reading
from data.tables.content import Article, Content
from data.tables.extra import ExtraField


class ContentForm(Form):
    """One text for one business."""

    id: Annotated[str, Ask(say("Text"), "text", help=say("Left empty, a new text is given a key."), length=40)] = ""
    business: Annotated[str, Ask(say("Business"), "code", length=8)]
    kind: Annotated[str, Ask(say("Kind"), "choice")] = "notice"
    position: Annotated[
        int, Ask(say("Position"), "digits", help=say("Texts of one kind are shown in this order.")), Field(ge=0)
    ] = 0
    text_zh: Annotated[str, Ask(say("Chinese"), "multiline", length=2_000)]
    text_en: Annotated[str, Ask(say("English"), "multiline", length=2_000)] = ""
    state: Annotated[str, Ask(say("State"), "choice")] = "published"
    valid_from: Annotated[Day | None, Ask(say("From"), "date")] = None
    valid_to: Annotated[Day | None, Ask(say("Until"), "date")] = None
    author: Annotated[str, Ask(say("Author"), "text", length=20)] = ""


class ArticleForm(Form):
    """A question that customers ask, and what to answer."""

    code: Annotated[
        str, Ask(say("Article"), "text", help=say("Left empty, a new article is given a key."), length=40)
    ] = ""
    business: Annotated[str, Ask(say("Business"), "code", length=8)] = ""
    title_zh: Annotated[str, Ask(say("Question (zh)"), "text", length=200)]
    title_en: Annotated[str, Ask(say("Question (en)"), "text", length=200)] = ""
    text_zh: Annotated[str, Ask(say("Answer (zh)"), "multiline", length=4_000)]
    text_en: Annotated[str, Ask(say("Answer (en)"), "multiline", length=4_000)] = ""
    words: Annotated[
        str, Ask(say("Words"), "text", help=say("By which it is found, with blanks between."), length=200)
    ] = ""
    state: Annotated[str, Ask(say("State"), "choice")] = "published"


class ExtraFieldForm(Form):
    """A field that a business asks for beside its own."""

    business: Annotated[str, Ask(say("Business"), "code", length=8)]
    code: Annotated[
        str,
        Ask(say("Code"), "text", help=say("Small letters, digits, _: it is kept under this."), length=30),
        AfterValidator(check_code),
    ]
    kind: Annotated[str, Ask(say("Kind"), "choice")] = "text"
    label_zh: Annotated[str, Ask(say("Name (Chinese)"), "text", help=say("At most 14 columns wide."), length=14)]
    label_en: Annotated[str, Ask(say("Name (English)"), "text", help=say("At most 14 columns wide."), length=14)] = ""
    help_zh: Annotated[str, Ask(say("Help (zh)"), "text", length=120)] = ""
    help_en: Annotated[str, Ask(say("Help (en)"), "text", length=120)] = ""
    choices: Annotated[
        str,
        Ask(say("Choices"), "multiline", help=say("A line each: code, Chinese, English, with commas."), length=2_000),
        AfterValidator(check_choices),
    ] = "[]"
    length: Annotated[
        int, Ask(say("Length"), "digits", help=say("Characters at most; 0: as many as fit.")), Field(ge=0, le=200)
    ] = 0
    required: Annotated[Flag, Ask(say("Required"), "flag")] = False
    printed: Annotated[Flag, Ask(say("Printed"), "flag", help=say("On slip, contract and receipt."))] = False
    searched: Annotated[Flag, Ask(say("Searched"), "flag", help=say("Orders are found by what was typed."))] = False
    position: Annotated[int, Ask(say("Position"), "digits"), Field(ge=0)] = 0
    state: Annotated[str, Ask(say("State"), "choice")] = "published"
    valid_from: Annotated[Day | None, Ask(say("From"), "date")] = None
    valid_to: Annotated[Day | None, Ask(say("Until"), "date")] = None


FIELD_KINDS = {
    "text": say("a text"),
    "number": say("a number"),
    "amount": say("an amount"),
    "date": say("a date"),
    "choice": say("one of several"),
    "flag": say("yes or no"),
}


def _example(_: Reading) -> Iterable[Change]:
    """A notice for whoever opens accounts, and what to answer who asks about it."""
    yield Change(
        "content",
        "add",
        values={
            "business": "C1",
            "text_zh": "今晚零点到两点系统升级，开户请提前办理。",
            "text_en": "Tonight from midnight to two the system is renewed: open accounts before.",
        },
    )
    yield Change(
        "article",
        "add",
        values={
            "business": "C1",
            "title_zh": "今晚能开户吗",
            "title_en": "Can I open an account tonight?",
            "text_zh": "零点到两点系统升级，其余时间照常。",
            "text_en": "From midnight to two not; else as always.",
            "words": "升级 renewal",
        },
    )


_EMPTY = {
    "F3": say("A text is the same for every customer of a business."),
    "F4": say("What is said of a product stands with the product (M4)."),
    "F5": say("A text takes nothing out of stock."),
    "F6": say("Nothing is charged for what a screen says."),
    "F8": say("What a screen says depends on nobody's credit."),
    "F9": say("The business prints its clauses and fields; how papers look is M9's."),
    "F10": say("The network has no part in what a screen says."),
    "F11": say("No money moves by a text."),
    "F12": say("No account is touched by a text."),
    "A1": say("A text says nothing of how anybody uses the network."),
    "A3": say("No points are earned or spent by a text."),
    "A4": say("Agents' halls read the same texts as our own."),
    "B1": say("Nothing is billed by a text."),
    "B2": say("Nothing is owed to a partner for a text."),
}
SUBJECT = Subject(
    "M1",
    (
        Entity(
            Content,
            ContentForm,
            say("Texts"),
            ("business", "text_zh", "text_en"),
            listed=("business", "kind", "position", "text_zh", "valid_from", "valid_to", "state"),
            new_key=lambda typed, free: (typed["id"] or free,),
            words={"business": BUSINESS_NAMES, "kind": KINDS},
        ),
        Entity(
            Article,
            ArticleForm,
            say("Articles"),
            ("code", "title_zh", "title_en", "words"),
            listed=("code", "business", "title_zh", "state"),
            words={"business": BUSINESS_NAMES},
            new_key=lambda typed, free: (typed["code"] or free,),
        ),
        Entity(
            ExtraField,
            ExtraFieldForm,
            say("Further fields"),
            ("business", "code", "label_zh", "label_en"),
            listed=("business", "code", "kind", "label_zh", "required", "valid_from", "valid_to", "state"),
            words={"business": BUSINESS_NAMES, "kind": FIELD_KINDS},
        ),
    ),
    checks=(
        names_a_business({Content: "business", Article: "business"}, BUSINESS_NAMES),
        names_a_business({ExtraField: "business"}, BUSINESSES),
        has_choices,
    ),
    tries=TryOut(PreviewForm, as_the_clerk_sees, lambda _: {"business": "C1"}),
    example=_example,
    empty=_EMPTY,
)
