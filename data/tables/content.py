"""What is said for a business (catalogue F2, M1): notices, prompts, scripts, contract clauses, by version."""

from data.tables.base import Table, headquarters, integer, options, revision, state, text


class Content(Table, table=True):
    """One text for one business; past versions stay. Valid from a business date until another (empty: for good)."""

    __owner__ = headquarters("notices")
    __component__ = "F2"
    __table_args__ = options()
    id: str = text(key=True)
    business: str = text(index=True)
    kind: str = state("kind", "notice", "prompt", "script", "clause", default="notice")
    position: int = integer(0)
    text_zh: str = text()
    text_en: str = text("")
    state: str = state("state", "draft", "published", "expired", default="draft")
    valid_from: str = text("")
    valid_to: str = text("")
    author: str = text("")
    revision: int = revision()


class Article(Table, table=True):
    """An article of the knowledge base (catalogue A2, C13): a question that customers ask, and what to answer."""

    __owner__ = headquarters("notices")
    __component__ = "A2"
    __table_args__ = options()
    code: str = text(key=True)
    business: str = text("", index=True)
    title_zh: str = text()
    title_en: str = text("")
    text_zh: str = text()
    text_en: str = text("")
    words: str = text("")
    state: str = state("state", "published", "withdrawn", default="published")
    revision: int = revision()
