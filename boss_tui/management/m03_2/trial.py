"""Whom the rules of classification would move from where to where, before anything counts; on which lists somebody
stands, whom a document or a telephone number names (catalogue M3.2)."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Annotated, Any

from pydantic import Field

from boss_tui.components.base import Context
from boss_tui.components.customers.categories import category_name, category_of, class_of
from boss_tui.components.customers.customers import Customers
from boss_tui.components.identity.kinds import document_number
from boss_tui.components.wording import masked_document, masked_name
from boss_tui.forms.fields import Ask
from boss_tui.forms.form import Form
from boss_tui.forms.typed import Whole, yuan
from boss_tui.management.kit.entity import ENDED, IN_FORCE, TO_COME
from boss_tui.management.kit.subject import Fact
from boss_tui.management.m03_2.classifying import BY_HAND, Move, Rule, first_that_fits, looked_at, rules_on
from boss_tui.management.m03_2.conditions import FACTS, Known, page
from data.choices import choice_name
from data.errors import BadForm
from data.message import Message, both, say
from data.states import state_name
from data.store import Reading
from data.tables.billing import CustomerBill
from data.tables.customer import Category, ClassRule, ListedPerson
from data.tables.order import Subscription
from data.tables.service import Partner

MOST = 20_000
EXAMPLES = 3


class ClassTrialForm(Form):
    """One person, or all customers."""

    document_number: Annotated[
        str, Ask(say("Document no."), help=say("Of one person; empty: all customers are looked at."), length=30)
    ] = ""
    number: Annotated[
        str, Ask(say("Number"), "digits", help=say("Whose owner is looked at, in place of a document."), length=11)
    ] = ""
    most: Annotated[
        Whole,
        Ask(say("At most"), "digits", help=say("So many customers are looked at.")),
        Field(ge=1, le=1_000_000),
    ] = MOST


def would_move(at: Context, asked: ClassTrialForm) -> Iterable[Fact]:
    """What the rules make of one person, and the lists that they are on; or what they make of all customers.

    BadForm: nobody has this document or this number, and it is on no list; both were said, of two people.
    """
    rules = rules_on(at.tx, at.business_date)
    if asked.document_number or asked.number:
        return _one(at, rules, _document(at, asked))
    at.use_rows(CustomerBill)
    return _all(at, rules, asked.most)


def _document(at: Context, asked: ClassTrialForm) -> str:
    """The number of the document that is meant: as it is typed, or of who has a telephone number now."""
    typed = document_number(asked.document_number)
    if not asked.number:
        return typed
    lines = at.tx.all(Subscription, number=asked.number)
    living = next((line for line in lines if line.state not in ("terminated", "cancelled")), None)
    if living is None:
        raise BadForm({"number": say("Nobody here has the number {number}.", number=asked.number)})
    found = Customers(at).owner(living.customer_id).document_number
    if typed not in ("", found):
        raise BadForm({"number": say("This number is somebody else's than the document.")})
    return found


def _one(at: Context, rules: Sequence[Rule], number: str) -> Iterator[Fact]:
    entries = list(_entries(at, number))
    if not Customers(at).with_document(number):
        if not entries:
            raise BadForm({"document_number": say("No customer has this document, and it is on no list.")})
        yield Fact(say("Customer"), say("none of ours"))
        yield from entries
        return
    at.use_rows(CustomerBill)
    for known in page(at.tx, "", at.business_date, 1, number):
        yield from _person(at, rules, known)
    yield from entries or [Fact(say("Lists"), say("on none"))]


def _entries(at: Context, number: str) -> Iterator[Fact]:
    """The entries of all lists that name a document, also those of other days: whose, why, on what base, how long."""
    for entry in at.tx.all(ListedPerson, document_number=number, order=("list", "valid_from", "id")):
        partner = at.tx.find(Partner, code=entry.source)
        if partner is not None:
            at.use_rows(Partner)
        told = say(
            "{reason} ({source}; {basis}), {since} to {until}: {standing}",
            reason=entry.reason,
            source=both(partner.name_zh, partner.name_en) if partner else say("our own"),
            basis=entry.basis,
            since=entry.valid_from or "-",
            until=entry.valid_to or "-",
            standing=state_name(_standing(entry, at.business_date)),
        )
        yield Fact(choice_name("listed_person", "list", entry.list), told)


def _standing(entry: ListedPerson, day: str) -> str:
    if entry.valid_from > day:
        return TO_COME
    return ENDED if "" < entry.valid_to < day else IN_FORCE


def _person(at: Context, rules: Sequence[Rule], known: Known) -> Iterator[Fact]:
    day, tx, person = at.business_date, at.tx, known.customer
    yield Fact(say("Customer"), masked_name(person.name))
    yield Fact(say("Category"), _called(tx, category_of(tx, person, day)))
    for fact in FACTS.values():
        yield Fact(fact.says, _value(fact.of(known, day, 3 if fact.monthly else 0), fact.kind))
    said = class_of(tx, person.document_kind, person.document_number, day)
    if said is not None and said.how == BY_HAND:
        yield Fact(say("By hand"), say("{category}: {why}; no rule moves it", category=said.category, why=said.reason))
    rule = first_that_fits(rules, known, day)
    yield Fact(say("Rule that fits"), _rule(tx, rule.code) if rule else say("none"))
    for move in looked_at(tx, rules, day, number=person.document_number).moves:
        yield Fact(say("Would move"), _way(tx, move.before, move.after))


def _value(has: int | str | None, kind: str) -> str | Message:
    if has is None:
        return say("not known")
    return yuan(has) if kind == "yuan" and isinstance(has, int) else str(has)


def _all(at: Context, rules: Sequence[Rule], most: int) -> Iterator[Fact]:
    counts: Counter[tuple[str, str]] = Counter()
    examples: Mapping[tuple[str, str], list[str]] = defaultdict(list)
    looked = kept = 0
    after = ""
    while looked < most:
        found = looked_at(at.tx, rules, at.business_date, after=after, most=min(500, most - looked))
        looked, kept, after = looked + found.customers, kept + found.kept, found.last
        counts.update(found.counts)
        _note(examples, found.moves)
        if not after:
            break
    yield Fact(
        say("Looked at"), say("{n} {n:customer|customers}, {rules} {rules:rule|rules}", n=looked, rules=len(rules))
    )
    for (before, became), n in sorted(counts.items()):
        told = say("{n}: {which}", n=n, which=", ".join(examples[before, became]))
        yield Fact(_way(at.tx, before, became), told)
    yield Fact(say("Would move"), f"{sum(counts.values()):,}")
    yield Fact(say("Kept by hand"), f"{kept:,}")


def _note(examples: Mapping[tuple[str, str], list[str]], moves: Iterable[Move]) -> None:
    for move in moves:
        named = examples[move.before, move.after]
        if len(named) < EXAMPLES:
            person = move.known.customer
            named.append(f"{masked_name(person.name)} {masked_document(person.document_number)}")


def _way(reading: Reading, before: str, after: str) -> Message:
    return say("{before} -> {after}", before=_called(reading, before), after=_called(reading, after))


def _called(reading: Reading, code: str) -> Message:
    return category_name(reading.one(Category, code=code))


def _rule(reading: Reading, code: str) -> Message:
    row: Any = reading.one(ClassRule, code=code)
    return both(f"{code} {row.name_zh}", f"{code} {row.name_en or row.name_zh}")
