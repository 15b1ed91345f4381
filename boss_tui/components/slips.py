"""What is signed by each party bound: the service slip 业务受理单, the entry contract 入网协议, the agreement 业务协议.

They say what was agreed, what it costs once and each month, from when, and whether money moved; then each party signs,
or who acts for it. No number is taken and nothing is stored here. Source: domain-facts 6 (who signs) and 7 (slips).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from boss_tui.components.papers import SIGNED, Seller, fact, foot, head, noted, plain
from boss_tui.forms import yuan
from boss_tui.locale import Words
from data.message import Message, say
from printers.document import Barcode, Block, Cut, Document, Feed, HorizontalRule, KeyValue, Row, Text

if TYPE_CHECKING:
    from boss_tui.components.sales import Agreed, Sale
from boss_tui.components.parties import ACTED_BY, Party

AGREEMENT = say("Agreement")


def slip(seller: Seller, number: str, sale: Sale, of: Party | None) -> Document:
    """The service slip of one party, or of what binds nobody, which is signed by whoever asked for it."""
    w = seller.words
    named = of or Party(sale.customer_id, sale.customer_name)
    blocks: list[Block] = [
        *_head(seller, say("Service slip"), number, sale, named),
        HorizontalRule(),
        *_agreed(seller, sale),
    ]
    blocks += noted(w, sale)
    blocks += [Text(w(line)) for line in sale.advice]
    blocks += _signatures(w, sale.parties or (named,))
    return Document("slip", (*blocks, *foot(seller), Barcode(seller.serial), Cut()))


def contract(seller: Seller, number: str, sale: Sale, of: Party) -> Document:
    """The entry contract 入网协议: both sides, what is agreed, the published clauses, both signatures."""
    w = seller.words
    blocks: list[Block] = [
        *_head(seller, say("Entry contract"), number, sale, of),
        KeyValue(w(say("Operator (party B)")), w(seller.outlet), align="left"),
        HorizontalRule(),
        *_agreed(seller, sale),
        *noted(w, sale),
        *(Text(f"{place}. {w(clause)}") for place, clause in enumerate(sale.clauses, 1)),
        *_signatures(w, sale.parties),
        KeyValue(w(say("Seal of the operator")), SIGNED),
    ]
    return Document("contract", (*blocks, *foot(seller), Barcode(seller.serial), Cut()))


def agreement(seller: Seller, number: str, sale: Sale, of: Party, agreed: Agreed) -> Document:
    """The agreement 业务协议 that binds a party for some months: what it is about, from when until when, what is
    promised, what ending it early costs, the published clauses, both signatures."""
    w = seller.words
    last = [fact(w, say("Last day"), agreed.ends)] if agreed.ends else []
    blocks: list[Block] = [
        *_head(seller, AGREEMENT, number, sale, of),
        fact(w, say("Operator (party B)"), seller.outlet),
        HorizontalRule(),
        fact(w, say("Agreed for"), agreed.name),
        fact(w, say("Months"), str(agreed.months)),
        fact(w, say("First day"), agreed.starts or say("The day on which it is done")),
        *last,
        HorizontalRule(),
        Text(w(agreed.promised)),
        Text(w(agreed.penalty)),
        *(Text(f"{place}. {w(clause)}") for place, clause in enumerate(sale.clauses, 1)),
        *_signatures(w, (of,)),
        KeyValue(w(say("Seal of the operator")), SIGNED),
    ]
    return Document("contract", (*blocks, *foot(seller), Barcode(seller.serial), Cut()))


def _head(seller: Seller, title: Message, number: str, sale: Sale, of: Party) -> Iterator[Block]:
    """The head that all papers have, and the document of whom it is for."""
    yield from head(seller, title, number, sale, of.name)
    if of.document:
        yield fact(seller.words, say("Document no."), of.document)


def _agreed(seller: Seller, sale: Sale) -> Iterator[Block]:
    """What it costs, once and each month, whether money moved, from when; and what else was agreed to."""
    w = seller.words
    once = [line for line in sale.quote.lines if not line.monthly and line.amount]
    monthly = [line for line in sale.quote.lines if line.monthly]
    yield from (Row((w(line.label), yuan(line.amount))) for line in once)
    yield from _moved(seller, sale, priced=bool(once), monthly=bool(monthly))
    if monthly:
        yield HorizontalRule()
        yield from (Row((w(line.label), w(say("{yuan}/month", yuan=yuan(line.amount))))) for line in monthly)
        total = say("{yuan}/month", yuan=yuan(sale.quote.monthly))
        yield KeyValue(w(say("Each month")), w(total), bold=True)
    yield KeyValue(w(say("In force")), w(sale.starts), align="left")
    yield HorizontalRule()
    said = {str(line) for line in sale.advice}
    yield from (Text(w(term)) for term in sale.quote.terms if str(term) not in said)


def _moved(seller: Seller, sale: Sale, *, priced: bool, monthly: bool) -> Iterator[Block]:
    """Whether money moves, how much, and how. Free is what costs nothing each month either."""
    w, taken = seller.words, sale.taken
    if not priced and monthly:
        yield Text(w(say("Nothing is paid now: it is charged each month.")))
    elif not priced:
        yield Text(w(say("Free of charge: no money moves.")))
    elif not taken.due:
        yield Text(w(say("No cash moves: it is entered between accounts.")))
    else:
        yield KeyValue(w(say("Paid now") if taken.due > 0 else say("Paid out")), yuan(taken.due), bold=True)
        yield from (KeyValue(w(seller.ways[tender.kind].name), yuan(tender.amount)) for tender in taken.tenders)
        if taken.change:
            yield KeyValue(w(say("Change")), yuan(taken.change))


def _signatures(w: Words, parties: Sequence[Party]) -> Iterator[Block]:
    """A line for each party to sign on, with the signer's name beneath; an organisation seals as well."""
    for one in parties:
        label = say("{party} signs", party=one.role)
        if one.signer:
            label = say("{party}'s {agent} signs", party=one.role, agent=ACTED_BY[one.by])
        yield Feed()
        yield KeyValue(w(label), SIGNED)
        yield Text(f"({one.signer or plain(w, one.name)})", align="right")
        if one.by == "organization":
            yield KeyValue(w(say("Seal of the organisation")), SIGNED)
    yield KeyValue(w(say("Date of signing")), SIGNED)
