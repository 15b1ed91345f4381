"""What a cash slip 现金调拨单 says: one for each time that cash is moved without an order, to be signed (M11).

No number is taken and nothing is stored here. What the drawer holds then is told only to whom may know it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from boss_tui.components.papers import SIGNED, fact, plain
from boss_tui.components.wording import amount_in_capitals
from boss_tui.forms import yuan
from boss_tui.locale import Words
from data.clock import on_paper
from data.message import Message, say
from printers.document import Block, Cut, Document, Drawer, Feed, HorizontalRule, KeyValue, Row, Text

KIND = "cash"
MOVES: Mapping[str, Message] = {
    "float": say("Float"),
    "change": say("Change from the safe"),
    "return": say("Expense money returned"),
    "drop": say("Dropped into the safe"),
    "expense": say("Expenses"),
    "suspense": say("Taken for a slip, into suspense"),
    "suspense_back": say("Given back from suspense"),
    "refund": say("Refund by telephone, paid in cash"),
    "difference": say("Over and short"),
    "handover": say("Handed to the safe"),
    "deposit": say("Taken to the bank"),
    "withdrawal": say("Brought from the bank"),
    "bank_short": say("Less at the bank than deposited"),
    "bank_over": say("More at the bank than deposited"),
}
"""What each movement of cash is called."""
PIECES = (0, 7, 12)
"""Columns of a count: figures stand below each other."""
_TITLES = {
    "suspense_back": say("Money given back"),
    "refund": say("Money given back"),
    "deposit": say("Bank deposit slip"),
    "withdrawal": say("Bank withdrawal slip"),
}
_AT_SAFE = {"deposit", "withdrawal", "bank_short", "bank_over"}
_REFERENCES = {"suspense_back": say("Slip number"), "refund": say("Refund number")}
"""What the reference of a movement is, where it is not the bank's."""
_NOTES = dict.fromkeys(("suspense_back", "refund"), say("Given to"))
"""What the note of a movement is, where it does not say what it was for."""


@dataclass(frozen=True, slots=True)
class Slip:
    """What is moved.

    Attributes:
        outlet, counter, business_date, made_at: where and when.
        operator, approved_by, counterparty: staff number and name of whoever did it, allowed it, gave it; or nothing.
        note, reference: what it was for; the bank's paper.
        number: of the slip; purpose: as in `CashMovement`; amount: fen.
        way: how it was given back, where that was not in cash: the drawer stays shut then.
        holds: fen that drawer or safe hold then; None where that is not told.
    """

    outlet: Message
    counter: str
    business_date: str
    made_at: str
    operator: str
    note: str = ""
    approved_by: str = ""
    counterparty: str = ""
    reference: str = ""
    number: str = ""
    purpose: str = ""
    amount: int = 0
    holds: int | None = None
    way: Message | None = None


def slip_number(outlet: str, number: int) -> str:
    """The number of a cash slip: the outlet's code and 6 digits."""
    return f"{outlet}-{number:06d}"


def cash_slip(words: Words, slip: Slip) -> Document:
    """The slip of one movement. The drawer opens with it where its cash is moved."""
    w, at_safe = words, slip.purpose in _AT_SAFE
    blocks: list[Block] = [
        *head(w, slip, _TITLES.get(slip.purpose, say("Cash slip"))),
        fact(w, say("Purpose"), MOVES[slip.purpose]),
        *_said(w, _NOTES.get(slip.purpose, say("What for")), slip.note),
        *_said(w, _REFERENCES.get(slip.purpose, say("Number on the bank's paper")), slip.reference),
        *([fact(w, say("Way"), slip.way)] if slip.way else []),
        *_said(w, say("Taken over from"), slip.counterparty),
        HorizontalRule(),
        KeyValue(w(say("Amount")), yuan(slip.amount), bold=True),
        Text(amount_in_capitals(slip.amount)),
    ]
    if slip.holds is not None:
        held = say("In the safe then") if at_safe else say("In the drawer then")
        blocks.append(KeyValue(w(held), yuan(slip.holds)))
    blocks += [HorizontalRule(), *foot(w, slip), *_signatures(w, slip)]
    return Document(KIND, (*blocks, *(() if at_safe or slip.way else (Drawer(),)), Cut()))


def opening_slip(words: Words, slip: Slip) -> Document:
    """The slip of a drawer that is opened without a sale, and opens as it comes out."""
    w = words
    blocks = [
        *head(w, slip, say("Drawer opened")),
        fact(w, say("Reason"), slip.note),
        HorizontalRule(),
        *foot(w, slip),
        *_signatures(w, slip),
        Drawer(),
        Cut(),
    ]
    return Document(KIND, tuple(blocks))


def handover_slip(
    words: Words, slip: Slip, z_number: str, counts: Sequence[tuple[int, int]], difference: int
) -> Document:
    """The slip of a drawer that changes hands 交接单: what was counted, note by note, and whether it was what the books
    expected; both sign it. The slip's operator takes it, its counterparty gives it."""
    w = words
    blocks: list[Block] = [
        *head(w, slip, say("Handover slip")),
        fact(w, say("Handed over by"), slip.counterparty),
        fact(w, say("Taken over by"), slip.operator),
        fact(w, say("Shift ended"), z_number),
        HorizontalRule(),
        *_counted(w, slip, counts, difference),
        *foot(w, slip),
        *signed(w, say("Signature of who handed over"), slip.counterparty),
        *signed(w, say("Signature of who took over"), slip.operator),
    ]
    if slip.approved_by:
        blocks += signed(w, say("Signature of the supervisor"), slip.approved_by)
    return Document(KIND, (*blocks, Drawer(), Cut()))


def safe_count_slip(words: Words, slip: Slip, counts: Sequence[tuple[int, int]], difference: int) -> Document:
    """The slip of a count of the safe 保险柜盘点表: what was found, note by note, and what the books expected."""
    w = words
    blocks: list[Block] = [
        *head(w, slip, say("Safe count")),
        KeyValue(w(say("By the books")), yuan(slip.holds or 0)),
        HorizontalRule(),
        *_counted(w, slip, counts, difference),
        *foot(w, slip),
        *signed(w, say("Signature"), slip.operator),
        *(signed(w, say("Signature of the supervisor"), slip.approved_by) if slip.approved_by else ()),
        Cut(),
    ]
    return Document(KIND, tuple(blocks))


def _counted(w: Words, slip: Slip, counts: Sequence[tuple[int, int]], difference: int) -> list[Block]:
    """Notes and coins, their sum in figures and capitals, what it is over or short, and why."""
    return [
        Row((w(say("Note or coin")), w(say("Pieces")), w(say("Amount"))), PIECES, bold=True),
        *(Row((yuan(value), str(pieces), yuan(value * pieces)), PIECES) for value, pieces in counts),
        HorizontalRule(),
        KeyValue(w(say("Cash counted")), yuan(slip.amount), bold=True),
        Text(amount_in_capitals(slip.amount)),
        KeyValue(w(say("Over or short")), yuan(difference)),
        *_said(w, say("Reason"), slip.note),
        HorizontalRule(),
    ]


def head(w: Words, slip: Slip, title: Message) -> list[Block]:
    """Who issues a slip, what it is, its number."""
    return [
        Text(w(slip.outlet), align="center", bold=True),
        Text(w(title), align="center", bold=True, scale=2),
        *_said(w, say("No."), slip.number),
    ]


def foot(w: Words, slip: Slip) -> list[Block]:
    """Who did it, who allowed it, where and when."""
    return [
        fact(w, say("Staff"), slip.operator),
        *_said(w, say("Approved by"), slip.approved_by),
        fact(w, say("Counter"), slip.counter),
        fact(w, say("Business date"), slip.business_date),
        fact(w, say("Done at"), on_paper(slip.made_at, slip.business_date)),
    ]


def _said(w: Words, label: Message, value: str) -> list[Block]:
    return [fact(w, label, value)] if value else []


def _signatures(w: Words, slip: Slip) -> Iterator[Block]:
    """A line for each who moved, gave, got or allowed it; at the bank for who took it in."""
    yield from signed(w, say("Signature"), slip.operator)
    if slip.purpose in _NOTES:
        yield from signed(w, say("Signature of who got the money"), slip.note)
    if slip.counterparty:
        yield from signed(w, say("Signature of who handed over"), slip.counterparty)
    if slip.approved_by:
        yield from signed(w, say("Signature of the supervisor"), slip.approved_by)
    elif slip.purpose in {"float", "change", "drop"}:
        yield from signed(w, say("Signature for the safe"))
    if slip.purpose in _AT_SAFE:
        yield from signed(w, say("Stamp of the bank"))


def signed(w: Words, label: Message, name: str | Message = "") -> Iterator[Block]:
    """A line to sign on, with the name beneath."""
    yield Feed()
    yield KeyValue(w(label), SIGNED)
    if name:
        yield Text(f"({plain(w, name)})", align="right")
