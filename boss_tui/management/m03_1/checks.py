"""What M3.1 asks of categories: told apart by name and rank, and none ends that somebody or something still names.

Source: catalogue M3.1, F3; management-facts 1.3.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from sqlalchemy import bindparam, exists, func, or_, select

from boss_tui.components.customers.categories import FALLEN_BACK_TO
from boss_tui.components.identity.kinds import RULES
from boss_tui.editions.subjects import Fault, Rehearsal
from data.message import Message, say
from data.store import Reading
from data.tables.customer import Category, ClassRule, Customer, CustomerClass, DocumentKind
from data.tables.product import Product
from data.tables.tariff import PriceRule

_customer = Customer.table()
_class = CustomerClass.table()
_SAID = (
    exists()
    .where(_class.c.document_kind == _customer.c.document_kind)
    .where(_class.c.document_number == _customer.c.document_number)
)
_IN_IT = (
    select(func.count())
    .where(_customer.c.category == bindparam("code"), _customer.c.state != "closed")
    .where(~_SAID.where(or_(_class.c.valid_to == "", _class.c.valid_to >= bindparam("day"))))
)
"""Customers whom the counter has in a category, and headquarters in no other."""
_CLASSED = select(func.count()).where(
    _class.c.category == bindparam("code"), or_(_class.c.valid_to == "", _class.c.valid_to >= bindparam("day"))
)
_TOLD = 3
"""So many of what names a category are named; of the rest it is said how many there are."""
_TAKEN: dict[str, Message] = {
    "name_zh": say("{other} is called so already: another name."),
    "name_en": say("{other} is called so already: another name."),
    "rank": say("{other} has this rank already: which of both would win?"),
}


def told_apart(at: Rehearsal) -> Iterator[Fault]:
    """No two categories that are in use have one name, or one rank."""
    there = at.reading.all(Category, state="active", order=("rank", "code"))
    for position, _, row in at.rows(Category):
        for column, told in _TAKEN.items():
            same = (each for each in there if each.code != row.code and _same(each, row, column))
            other = next(same, None)
            if row.state == "active" and other is not None:
                yield Fault(position, column, Message(told.template, {"other": other.code}))


def _same(one: Category, other: Category, column: str) -> bool:
    value = getattr(one, column)
    return bool(value != "" and value == getattr(other, column))


def named_no_more(at: Rehearsal) -> Iterator[Fault]:
    """A category ends when no customer has it, nothing falls back to it, and no rule, plan or document names it."""
    for position, _, row in at.rows(Category):
        if row.state == "active":
            continue
        if row.code in FALLEN_BACK_TO:
            yield Fault(position, "", say("The program falls back to {code}: it stays.", code=row.code))
        for told in _names(at.reading, row.code, at.day):
            yield Fault(position, "", told)


def _names(reading: Reading, code: str, day: str) -> Iterator[Message]:
    """What names a category on a business date or later."""
    n = sum(int(reading.scalar(asked, code=code, day=day) or 0) for asked in (_IN_IT, _CLASSED))
    if n:
        yield say("{n} {n:customer has|customers have} it: classify them anew first (M3.2).", n=n)
    kinds = reading.all(DocumentKind, category=code, state="active", order=("code",))
    yield from _told(say("Kinds of document lead to it: {which}."), (row.code for row in kinds))
    by = reading.all(ClassRule, category=code, state="active", order=("rank",))
    still = (row.code for row in by if not row.valid_to or row.valid_to >= day)
    yield from _told(say("Customers are classified as it by {which} (M3.2)."), still)
    rules = reading.all(PriceRule, category=code, state="published", order=("id",))
    stand = (row.id for row in rules if not row.valid_to or row.valid_to >= day)
    yield from _told(say("Price rules name it: {which} (M6)."), stand)
    sold = (row for row in reading.all(Product, order=("code",)) if row.state != "retired")
    yield from _told(
        say("Products are for it: {which} (M4)."), (row.code for row in sold if code in row.categories.split(","))
    )


def _told(words: Message, which: Iterable[str]) -> Iterator[Message]:
    named = list(which)
    if named:
        rest = len(named) - _TOLD
        shown = ", ".join(named[:_TOLD]) + (f" +{rest}" if rest > 0 else "")
        yield Message(words.template, {"which": shown})


def kind_is_checked(at: Rehearsal) -> Iterator[Fault]:
    """A kind of document has a rule that the program knows; one kind at least is taken."""
    for position, line in at.of(DocumentKind):
        row = at.reading.find(DocumentKind, code=line.key[0])
        if row is not None and row.rule not in RULES:
            yield Fault(position, "rule", say("One of {words}.", words=", ".join(RULES)))
        if row is not None and row.state == "ended" and not at.reading.all(DocumentKind, state="active"):
            yield Fault(position, "", say("No document would be taken any more."))


CATEGORY_CHECKS = (told_apart, named_no_more, kind_is_checked)
