"""What a sale is to its papers, and which of them it prints: the one place that decides it (domain-facts 7).

Pure: nothing is read or written here.
"""

from __future__ import annotations

from collections.abc import Sequence as Listed
from typing import TYPE_CHECKING

from msgspec import Struct

from boss_tui.answers.business import AS_USUAL, Invoicing, Quote, QuoteLine
from boss_tui.taxes import Rated, summed
from data.message import Message, say

if TYPE_CHECKING:
    from boss_tui.components.customers.parties import Party
    from boss_tui.components.tenders.taken import Taken

AT_ONCE = say("At once")


class Agreed(Struct, frozen=True):
    """What a customer binds themselves to for some months, as the agreement 业务协议 says it.

    Attributes:
        name: what it is about: a handset with its contract, a beautiful number.
        months: for how long; starts, ends: its first and last business date, empty where they are not known yet.
        promised: what it obliges to, in words, as `penalty` says what ending it early costs.
    """

    name: Message
    months: int
    promised: Message
    penalty: Message
    starts: str = ""
    ends: str = ""


class Sale(Struct, frozen=True):
    """What the papers of a sale say.

    Attributes:
        about: what is worth a line each: number, plan, account.
        advice: what the customer should know.
        parties: whom it binds: each has a slip, and all of them sign it.
        clauses: of the contract that it begins; none: it begins no contract.
        agreed: what it binds to for some months: an agreement of its own, with its clauses.
        starts: from when it is in force.
        invoiced: whether what was charged is to be invoiced; not where prepaid money pays it, which was invoiced when
            it was paid in (domain-facts 7).
        deferred: whether its invoice is not written now: the customer wants it later, or none.
        corrects: the order whose invoice is right only in part now, since its fees are given back; `reason`: why.
        unwritten: whether that order has no invoice that stands.
        buyer: whose the invoice is, where that is not only the customer's name.
        noted: what else was typed that slip, contract and receipt say.
    """

    customer_id: str | None
    customer_name: str | Message
    title: Message
    about: tuple[tuple[Message, str | Message], ...]
    quote: Quote
    taken: Taken
    advice: tuple[Message, ...] = ()
    parties: tuple[Party, ...] = ()
    clauses: tuple[Message, ...] = ()
    starts: Message = AT_ONCE
    invoiced: bool = True
    corrects: str = ""
    reason: str = ""
    deferred: bool = False
    unwritten: bool = False
    buyer: Invoicing = AS_USUAL
    agreed: Agreed | None = None
    noted: tuple[tuple[Message, Message], ...] = ()


def turnover(sale: Sale) -> list[QuoteLine]:
    """The lines of a sale's invoice (`Quote.turnover`); what it gives back of another order's is no part of it."""
    return [line for line in sale.quote.turnover if not (sale.corrects and line.amount < 0)]


def given_back(sale: Sale) -> list[QuoteLine]:
    """The fees that a sale gives back of the order that it corrects."""
    now = [line for line in sale.quote.lines if not line.monthly]
    return [line for line in now if sale.corrects and line.kind == 0 and line.amount < 0]


def rated(lines: Listed[QuoteLine]) -> tuple[Rated, ...]:
    """Amounts and tax of lines by rates; what is not taxed is left out."""
    return summed(line.rated for line in lines if line.tax_rate)


def to_invoice(sale: Sale) -> bool:
    """Whether a sale has something that is invoiced, now or later."""
    charged = turnover(sale)
    return sale.invoiced and (sum(line.amount for line in charged) > 0 or any(rated(charged)))


def on_receipt(sale: Sale) -> tuple[Rated, ...]:
    """What is taxed in a sale and stands on no invoice: its receipt says it, since tax is owed all the same."""
    lines = [] if sale.invoiced and not sale.deferred else turnover(sale)
    return rated([*lines, *(given_back(sale) if sale.unwritten else ())])


def papers_of(sale: Sale, *, together: bool = False) -> tuple[tuple[str, Party | None], ...]:
    """Which papers a sale prints, and for which party: the one place that decides it.

    An invoice of what it brought, whatever money pays it (a deposit alone is none), unless the customer wants it later
    or none; a red-letter one of fees that are given back, where they were invoiced; a receipt where money was paid,
    given back, or one thing paid another; a slip for each whom it binds, or where nothing else would say what was done;
    a contract where it begins one, or an agreement for some months. `together`: it is paid with others, and gets its
    receipt with theirs.
    """
    due = sale.taken.due
    moved = [line for line in sale.quote.lines if line.amount and not line.monthly]
    found: list[tuple[str, Party | None]] = []
    if to_invoice(sale) and not sale.deferred:
        found.append(("invoice", None))
    if given_back(sale) and not sale.unwritten:
        found.append(("red", None))
    if moved and not (due > 0 and together):
        found.append(("receipt", None))
    if not (sale.parties or found or due > 0):
        found.append(("slip", None))
    found += [("slip", party) for party in sale.parties]
    signed = "agreement" if sale.agreed else "contract" if sale.clauses else ""
    return (*found, *((signed, party) for party in sale.parties if signed))
