"""M1 screen content 用户界面录入与修改: what is said for a business, and the articles that answer customers."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Annotated

from boss_tui.catalogue import BUSINESS_NAMES
from boss_tui.forms.fields import Ask
from boss_tui.forms.form import Form
from boss_tui.forms.typed import Day, Whole
from boss_tui.management.kit.checks import names_a_business
from boss_tui.management.kit.entity import Entity
from boss_tui.management.kit.one_form import adding
from boss_tui.management.kit.subject import Change, Subject, TryOut
from boss_tui.management.m01.extra_fields import FIELD_CHECKS, FIELDS
from boss_tui.management.m01.preview import KINDS, PreviewForm, as_the_clerk_sees
from data.message import say
from data.store import Reading
from data.tables.content import Article, Content
from data.tables.organisation import Operator


class ContentForm(Form):
    """One text for one business."""

    id: Annotated[str, Ask(say("Text"), "text", help=say("Left empty, a new text is given a key."), length=40)] = ""
    business: Annotated[str, Ask(say("Business"), "code", length=8)]
    kind: Annotated[str, Ask(say("Kind"), "choice")] = "notice"
    position: Annotated[
        Whole, Ask(say("Position"), "digits", help=say("Texts of one kind are shown in this order."))
    ] = 0
    text_zh: Annotated[str, Ask(say("Chinese text"), "multiline", length=2_000)]
    text_en: Annotated[str, Ask(say("English text"), "multiline", length=2_000)] = ""
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
    title_zh: Annotated[str, Ask(say("Chinese title"), "text", length=200)]
    title_en: Annotated[str, Ask(say("English title"), "text", length=200)] = ""
    text_zh: Annotated[str, Ask(say("Chinese answer"), "multiline", length=4_000)]
    text_en: Annotated[str, Ask(say("English answer"), "multiline", length=4_000)] = ""
    words: Annotated[
        str, Ask(say("Words"), "text", help=say("By which it is found, with blanks between."), length=200)
    ] = ""
    state: Annotated[str, Ask(say("State"), "choice")] = "published"


def _example(_: Reading) -> Iterable[Change]:
    """A notice for whoever opens accounts, and what to answer who asks about it."""
    yield adding(
        "content",
        business="C1",
        text_zh="今晚零点到两点系统升级，开户请提前办理。",
        text_en="Tonight from midnight to two the system is renewed: open accounts before.",
    )
    yield adding(
        "article",
        business="C1",
        title_zh="今晚能开户吗",
        title_en="Can I open an account tonight?",
        text_zh="零点到两点系统升级，其余时间照常。",
        text_en="From midnight to two not; else as always.",
        words="升级 renewal",
    )


SUBJECT = Subject(
    "M1",
    (
        Entity(
            Content,
            ContentForm,
            say("Texts"),
            ("business", "text_zh", "text_en"),
            listed=("business", "kind", "position", "text_zh", "valid_from", "valid_to", "state"),
            words={"business": BUSINESS_NAMES, "kind": KINDS},
            named_by={"author": Operator},
            is_free=frozenset({"author"}),
            trial=lambda row: {"business": row["business"]},
        ),
        Entity(
            Article,
            ArticleForm,
            say("Articles"),
            ("code", "title_zh", "title_en", "words"),
            listed=("code", "business", "title_zh", "state"),
            words={"business": BUSINESS_NAMES},
        ),
        FIELDS,
    ),
    checks=(names_a_business({Content: "business", Article: "business"}, BUSINESS_NAMES), *FIELD_CHECKS),
    tries=TryOut(PreviewForm, as_the_clerk_sees, lambda _: {"business": "C1"}),
    example=_example,
    empty={
        "F3": say("A text is the same for every customer of a business."),
        "F4": say("What is said of a product stands with the product (M4)."),
        "F5": say("A text takes nothing out of stock."),
        "F6": say("Nothing is charged for what a screen says."),
        "F8": say("What a screen says depends on nobody's credit."),
        "F9": say("The business prints its clauses and fields; how papers look is M9's."),
        "F10": say("The network has no part in what a screen says."),
        **dict.fromkeys(("F11", "F12", "B1"), say("No money moves by a text.")),
        "A1": say("A text says nothing of how anybody uses the network."),
        "A3": say("No points are earned or spent by a text."),
        "A4": say("Agents' halls read the same texts as our own."),
        "B2": say("Nothing is owed to a partner for a text."),
    },
)
