"""What is signed by each party bound: the service slip 业务受理单, the entry contract 入网协议, the agreement 业务协议.

They say what was agreed, what it costs once and each month, from when, and whether money moved; then each party signs,
or who acts for it. No number is taken and nothing is stored here. Source: domain-facts 6 (who signs) and 7 (slips).
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from boss_tui.components.documents.papers import Seller, facts, foot, head, paid, plain
from boss_tui.forms.typed import yuan
from boss_tui.locale import Words
from data.message import Message, say
from printers.document import Document

if TYPE_CHECKING:
    from boss_tui.components.invoices.sales import Agreed, Sale
from boss_tui.components.customers.parties import ACTED_BY, Party

AGREEMENT = say("Agreement")


def slip(seller: Seller, number: str, sale: Sale, of: Party | None) -> Document:
    """The service slip of one party, or of what binds nobody, which is signed by whoever asked for it."""
    named = of or Party(sale.customer_id, sale.customer_name)
    said = {
        **_head(seller, number, sale, named),
        **_agreed(seller, sale),
        "signatures": _signatures(seller.words, sale.parties or (named,)),
        **foot(seller),
    }
    return seller.layouts.paper("slip", seller.words, said, kept=True)


def contract(seller: Seller, number: str, sale: Sale, of: Party) -> Document:
    """The entry contract 入网协议: both sides, what is agreed, the published clauses, both signatures. What else was
    agreed to stands on it also where the slip's advice says it."""
    said = {
        **_head(seller, number, sale, of),
        **_agreed(seller, sale),
        "terms": [{"term": seller.words(term)} for term in sale.quote.terms],
        "clauses": _clauses(seller.words, sale),
        "signatures": _signatures(seller.words, sale.parties),
        **foot(seller),
    }
    return seller.layouts.paper("contract", seller.words, said, kept=True)


def agreement(seller: Seller, number: str, sale: Sale, of: Party, agreed: Agreed) -> Document:
    """The agreement 业务协议 that binds a party for some months: what it is about, from when until when, what is
    promised, what ending it early costs, the published clauses, both signatures."""
    w = seller.words
    said = {
        **_head(seller, number, sale, of),
        "agreed_for": w(agreed.name),
        "months": str(agreed.months),
        "first_day": agreed.starts,
        "last_day": agreed.ends,
        "promised": w(agreed.promised),
        "penalty": w(agreed.penalty),
        "clauses": _clauses(w, sale),
        "signatures": _signatures(w, (of,)),
        **foot(seller),
    }
    return seller.layouts.paper("agreement", w, said, of="contract", kept=True)


def _head(seller: Seller, number: str, sale: Sale, of: Party) -> dict[str, Any]:
    """The head that all papers have, and the document of whom it is for."""
    return {**head(seller, number, sale, of.name), "document": of.document}


def _agreed(seller: Seller, sale: Sale) -> dict[str, Any]:
    """What it costs, once and each month, whether money moves, from when; and what else was agreed to."""
    w, advice = seller.words, {str(line) for line in sale.advice}
    once = [line for line in sale.quote.lines if not line.monthly and line.amount]
    monthly = [line for line in sale.quote.lines if line.monthly]
    return {
        "once": [{"item": w(line.label), "amount": yuan(line.amount)} for line in once],
        **_moved(seller, sale, priced=bool(once), monthly=bool(monthly)),
        "monthly": [{"item": w(line.label), "amount": yuan(line.amount)} for line in monthly],
        "each_month": yuan(sale.quote.monthly),
        "in_force": w(sale.starts),
        "terms": [{"term": w(term)} for term in sale.quote.terms if str(term) not in advice],
        "noted": facts(w, sale.noted),
        "advice": [{"line": w(line)} for line in sale.advice],
    }


def _moved(seller: Seller, sale: Sale, *, priced: bool, monthly: bool) -> dict[str, Any]:
    """Whether money moves, how much, and how. Free is what costs nothing each month either."""
    taken = sale.taken
    if not priced or not taken.due:
        payment = "booked" if priced else "monthly" if monthly else "free"
        return {"payment": payment, "due": "", "tenders": [], "change": ""}
    return {
        "payment": "paid" if taken.due > 0 else "paid_out",
        "due": yuan(taken.due),
        "tenders": paid(seller, taken.tenders),
        "change": yuan(taken.change) if taken.change else "",
    }


def _clauses(w: Words, sale: Sale) -> list[dict[str, str]]:
    return [{"place": str(place), "clause": w(clause)} for place, clause in enumerate(sale.clauses, 1)]


def _signatures(w: Words, parties: Sequence[Party]) -> list[dict[str, Any]]:
    """A line for each party to sign on, with the signer's name beneath; an organisation seals as well."""
    return [
        {"label": w(_signs(one)), "name": one.signer or plain(w, one.name), "seals": one.by == "organization"}
        for one in parties
    ]


def _signs(one: Party) -> Message:
    if one.signer:
        return say("{party}'s {agent} signs", party=one.role, agent=ACTED_BY[one.by])
    return say("{party} signs", party=one.role)
