"""Customers (catalogue F3, M3): people and organisations, categories, black and red lists."""

from typing import ClassVar

from data.tables.base import (
    OFFICE,
    SHARED,
    Index,
    Table,
    UniqueConstraint,
    headquarters,
    integer,
    options,
    ref,
    revision,
    state,
    text,
)

COLOURS = ("", "red", "yellow", "green", "blue", "violet")
"""What marks a category on the screen; empty: nothing."""


class Category(Table, table=True):
    """A customer category 客户类别: what it allows and brings. Lower `rank` wins where several rules fit.

    `colour` marks its customers on the clerk's screen, beside its name; `benefits_zh`, `benefits_en`: what it brings,
    in words for the clerk. `key_account`: whether a hall may vouch for its customers 大客户. What it pays less is said
    by price rules (M6), by its code.
    """

    __owner__ = headquarters("customers")
    __component__ = "F3"
    __ended__: ClassVar = {"state": "ended"}
    __table_args__ = options()
    code: str = text(key=True)
    name_zh: str = text()
    name_en: str = text("")
    rank: int = integer(100)
    number_limit: int = integer(5)
    credit_limit: int = integer(0)
    deposit_waived: int = integer(0)
    key_account: int = integer(0)
    colour: str = state("colour", *COLOURS, default="")
    benefits_zh: str = text("")
    benefits_en: str = text("")
    state: str = state("state", "active", "ended", default="active")
    revision: int = revision()


class DocumentKind(Table, table=True):
    """A kind of identity document, by its national interface code, and the category that it leads to."""

    __owner__ = headquarters("customers")
    __component__ = "F3"
    __ended__: ClassVar = {"state": "ended"}
    __identity__ = ("holder",)
    __table_args__ = options()
    code: str = text(key=True)
    name_zh: str = text()
    name_en: str = text("")
    holder: str = state("holder", "individual", "organization", default="individual")
    rule: str = text()
    category: str = ref("category.code", index=False)
    minors_only: int = integer(0)
    state: str = state("state", "active", "ended", default="active")
    revision: int = revision()


class Customer(Table, table=True):
    """A customer (TMF629, 632). State: initialized before all is checked, validated after, closed at the end.

    `pinyin` and `initials` are made from the name, for search; `name_key` is the name without blanks, in capitals.
    """

    __owner__ = SHARED
    __table_args__ = options(
        UniqueConstraint("document_kind", "document_number", name="customer_document"),
        Index("customer_name", "name_key"),
        Index("customer_initials", "initials"),
        Index("customer_pinyin", "pinyin"),
        Index("customer_document_number", "document_number"),
    )
    id: str = text(key=True)
    outlet: str = text()
    holder: str = state("holder", "individual", "organization", default="individual")
    name: str = text()
    name_key: str = text()
    pinyin: str = text("")
    initials: str = text("")
    document_kind: str = ref("document_kind.code", index=False)
    document_number: str = text()
    document_expires: str = text("")
    birth_date: str = text("")
    gender: str = state("gender", "", "male", "female", default="")
    address: str = text("")
    contact_phone: str = text("")
    email: str = text("")
    postcode: str = text("")
    bill_medium: str = state("bill_medium", "none", "post", "email", "message", default="none")
    category: str = ref("category.code", index=False)
    state: str = state("state", "initialized", "validated", "closed", default="validated")
    created_at: str = text()
    revision: int = revision()


class ClassRule(Table, table=True):
    """A rule by which customers are classified 分类规则: who meets all of its conditions is in the category.

    The rules are looked at by `rank`, the least first; the first that fits counts. `conditions`: JSON, a list of
    objects (`boss_tui.management.m03_2.conditions`). Dates are business dates, both inclusive; empty: open.
    """

    __owner__ = headquarters("customers")
    __scope__ = "headquarters"
    __component__ = "F3"
    __ended__: ClassVar = {"state": "ended"}
    __table_args__ = options()
    code: str = text(key=True)
    name_zh: str = text()
    name_en: str = text("")
    category: str = ref("category.code", index=False)
    rank: int = integer(100)
    conditions: str = text("[]")
    valid_from: str = text("")
    valid_to: str = text("")
    state: str = state("state", "active", "ended", default="active")
    revision: int = revision()


class CustomerClass(Table, table=True):
    """What headquarters has classified somebody as, by their document; it goes before what the counter found.

    `how`: by a rule (`rule` says which), or by hand: that is kept, whatever rules say, until `valid_to` (a business
    date, inclusive; empty: for good). `outlet`: that whose customer it is, which alone is told; empty: all are.
    """

    __owner__ = headquarters("customers")
    __component__ = "F3"
    __scope__ = "outlet"
    __published__ = False
    __refers__: ClassVar = {"rule": ("class_rule",), "outlet": ("outlet",)}
    __table_args__ = options(Index("customer_class_category", "category"))
    document_kind: str = ref("document_kind.code", key=True)
    document_number: str = text(key=True)
    outlet: str = text("")
    category: str = ref("category.code", index=False)
    how: str = state("how", "rule", "hand", default="hand")
    rule: str = text("")
    reason: str = text("")
    valid_to: str = text("")
    revision: int = revision()


class ListedPerson(Table, table=True):
    """A person on a list 黑红名单: black (refused), red (cared for). `source`: whose list, own or a partner's (A4).

    `basis`: the legal base on which they are listed. Dates are business dates, both inclusive; empty: open.
    """

    __owner__ = headquarters("customers")
    __component__ = "F3"
    __refers__: ClassVar = {"source": ("partner",)}
    __table_args__ = options(Index("listed_document", "document_number", "id"))
    id: str = text(key=True)
    list: str = state("list", "black", "red")
    document_kind: str = text()
    document_number: str = text()
    name: str = text("")
    reason: str = text("")
    basis: str = text("")
    source: str = text("own")
    valid_from: str = text("")
    valid_to: str = text("")
    revision: int = revision()


class ListFile(Table, table=True):
    """A file of listed people that was taken in, one after the other by `sequence` of its source and list.

    `digest`: the SHA-256 of its rows. `edition`: that into which they came.
    """

    __owner__ = OFFICE
    __append_only__ = True
    __table_args__ = options(Index("list_file_source", "source", "list", "sequence"))
    id: str = text(key=True)
    source: str = text()
    list: str = state("list", "black", "red")
    sequence: int = integer()
    kind: str = state("kind", "full", "delta")
    rows: int = integer()
    digest: str = text()
    edition: str = ref("edition.id")
    operator: str = text()
    taken_at: str = text()


class CustomerAgent(Table, table=True):
    """Who acted for a customer in an order: both people's documents are recorded (ministry's order 25)."""

    __owner__ = SHARED
    __table_args__ = options(Index("agent_document", "document_kind", "document_number"))
    __append_only__ = True
    id: str = text(key=True)
    order_id: str = ref("product_order.id")
    customer_id: str = ref("customer.id")
    name: str = text()
    document_kind: str = text()
    document_number: str = text()
    phone: str = text("")
    month: str = text()
