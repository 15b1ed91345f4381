"""Whom the rules of classification would move from where to where, before anything counts (catalogue M3.2)."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Annotated, Any

from pydantic import Field

from boss_tui.components.base import Context
from boss_tui.components.categories import category_name, category_of, class_of, listed
from boss_tui.components.customers import Customers
from boss_tui.components.wording import masked_document, masked_name
from boss_tui.fields import Ask
from boss_tui.forms import Form, yuan
from boss_tui.management.kit.subject import Fact
from boss_tui.management.m03_classifying import BY_HAND, Move, Rule, first_that_fits, looked_at, rules_on
from boss_tui.management.m03_conditions import FACTS, Known, page
from data.errors import BadForm
from data.message import Message, both, say
from data.store import Reading
from data.tables.customer import Category, ClassRule

MOST = 20_000
EXAMPLES = 3


class ClassTrialForm(Form):
    """One person, or all customers."""

    document_number: Annotated[
        str, Ask(say("Document no."), help=say("Of one customer; empty: all are looked at."), length=30)
    ] = ""
    most: Annotated[
        int,
        Ask(say("At most"), "digits", help=say("So many customers are looked at.")),
        Field(ge=1, le=1_000_000),
    ] = MOST


def would_move(at: Context, asked: ClassTrialForm) -> Iterable[Fact]:
    """What the rules make of one customer, or of all. BadForm: nobody has this document."""
    rules = rules_on(at.tx, at.business_date)
    if asked.document_number:
        return _one(at, rules, asked.document_number)
    return _all(at, rules, asked.most)


def _one(at: Context, rules: Sequence[Rule], number: str) -> Iterator[Fact]:
    found = Customers(at).with_document(number)
    if not found:
        raise BadForm({"document_number": say("No customer has this document.")})
    for known in page(at.tx, "", at.business_date, 1, number):
        yield from _person(at, rules, known)


def _person(at: Context, rules: Sequence[Rule], known: Known) -> Iterator[Fact]:
    day, tx, person = at.business_date, at.tx, known.customer
    yield Fact(say("Customer"), masked_name(person.name))
    yield Fact(say("Category"), _called(tx, category_of(tx, person, day)))
    for fact in FACTS.values():
        yield Fact(fact.says, _value(fact.of(known, day, 3 if fact.monthly else 0), fact.kind))
    said = class_of(tx, person.document_kind, person.document_number, day)
    if said is not None and said.how == BY_HAND:
        yield Fact(say("By hand"), say("{category}: {why}; no rule moves it", category=said.category, why=said.reason))
    for entry in listed(tx, "red", person.document_kind, person.document_number, day):
        yield Fact(say("Red list"), say("{reason} ({source})", reason=entry.reason, source=entry.source))
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
    yield Fact(say("Would move"), str(sum(counts.values())))
    yield Fact(say("Kept by hand"), str(kept))


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
