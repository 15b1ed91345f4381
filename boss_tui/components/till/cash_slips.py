"""What a cash slip 现金调拨单 says: one for each time that cash is moved without an order, to be signed (M11).

No number is taken and nothing is stored here. What the drawer holds then is told only to whom may know it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from msgspec import Struct

from boss_tui.components.paper_layouts.layouts import SHIPPED, Layouts
from boss_tui.components.wording import amount_in_capitals
from boss_tui.forms.typed import yuan
from boss_tui.locale import Words
from data.clock import on_paper
from data.message import Message, say
from printers.document import Document

KIND = "cash"
Signer = tuple[Message, str]
"""Whose signature it is, and the name beneath."""
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


class Slip(Struct, frozen=True):
    """What is moved.

    Attributes:
        outlet, counter, business_date, made_at: where and when.
        operator, approved_by, counterparty: staff number and name of whoever did it, allowed it, gave it; or nothing.
        note, reference: what it was for; the bank's paper.
        number: of the slip; purpose: as in `CashMovement`; amount: fen.
        way: how it was given back, where that was not in cash: the drawer stays shut then.
        holds: fen that drawer or safe hold then; None where that is not told.
        layouts: how it is laid out.
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
    layouts: Layouts = SHIPPED


def slip_number(outlet: str, number: int) -> str:
    """The number of a cash slip: the outlet's code and 6 digits."""
    return f"{outlet}-{number:06d}"


def cash_slip(words: Words, slip: Slip) -> Document:
    """The slip of one movement. The drawer opens with it where its cash is moved."""
    w, at_safe = words, slip.purpose in _AT_SAFE
    held = say("In the safe then") if at_safe else say("In the drawer then")
    said = {
        **head(w, slip),
        "title": w(_TITLES.get(slip.purpose, say("Cash slip"))),
        "purpose": w(MOVES[slip.purpose]),
        "note_label": w(_NOTES.get(slip.purpose, say("What for"))),
        "note": slip.note,
        "reference_label": w(_REFERENCES.get(slip.purpose, say("Number on the bank's paper"))),
        "reference": slip.reference,
        "way": w(slip.way) if slip.way else "",
        "counterparty": slip.counterparty,
        "amount": yuan(slip.amount),
        "capitals": amount_in_capitals(slip.amount),
        "held_label": w(held),
        "held": "" if slip.holds is None else yuan(slip.holds),
        "cash_moves": not (at_safe or slip.way),
        **foot(slip),
        "signatures": signed(w, _signers(slip)),
    }
    return slip.layouts.paper("cash", w, said, of=KIND)


def opening_slip(words: Words, slip: Slip) -> Document:
    """The slip of a drawer that is opened without a sale, and opens as it comes out."""
    said = {**head(words, slip), "reason": slip.note, **foot(slip), "signatures": signed(words, _signers(slip))}
    return slip.layouts.paper("drawer_opened", words, said, of=KIND)


def handover_slip(
    words: Words, slip: Slip, z_number: str, counts: Sequence[tuple[int, int]], difference: int
) -> Document:
    """The slip of a drawer that changes hands 交接单: what was counted, note by note, and whether it was what the books
    expected; both sign it. The slip's operator takes it, its counterparty gives it."""
    signers = [
        (say("Signature of who handed over"), slip.counterparty),
        (say("Signature of who took over"), slip.operator),
        *_supervisor(slip),
    ]
    said = {
        **head(words, slip),
        "counterparty": slip.counterparty,
        "shift": z_number,
        **_counted(slip, counts, difference),
        **foot(slip),
        "signatures": signed(words, signers),
    }
    return slip.layouts.paper("handover", words, said, of=KIND)


def safe_count_slip(words: Words, slip: Slip, counts: Sequence[tuple[int, int]], difference: int) -> Document:
    """The slip of a count of the safe 保险柜盘点表: what was found, note by note, and what the books expected."""
    said = {
        **head(words, slip),
        "held": yuan(slip.holds or 0),
        **_counted(slip, counts, difference),
        **foot(slip),
        "signatures": signed(words, [(say("Signature"), slip.operator), *_supervisor(slip)]),
    }
    return slip.layouts.paper("safe_count", words, said, of=KIND)


def _counted(slip: Slip, counts: Sequence[tuple[int, int]], difference: int) -> dict[str, Any]:
    """Notes and coins, their sum in figures and capitals, what it is over or short, and why."""
    return {
        "counts": [
            {"value": yuan(value), "pieces": str(pieces), "amount": yuan(value * pieces)} for value, pieces in counts
        ],
        "counted": yuan(slip.amount),
        "capitals": amount_in_capitals(slip.amount),
        "difference": yuan(difference),
        "reason": slip.note,
    }


def head(w: Words, slip: Slip) -> dict[str, str]:
    """Who issues a slip, and its number."""
    return {"outlet": w(slip.outlet), "number": slip.number}


def foot(slip: Slip) -> dict[str, str]:
    """Who did it, who allowed it, where and when."""
    return {
        "staff": slip.operator,
        "approved_by": slip.approved_by,
        "counter": slip.counter,
        "business_date": slip.business_date,
        "done_at": on_paper(slip.made_at, slip.business_date),
    }


def _supervisor(slip: Slip) -> list[Signer]:
    return [(say("Signature of the supervisor"), slip.approved_by)] if slip.approved_by else []


def _signers(slip: Slip) -> Iterator[Signer]:
    """Each who moved, gave, got or allowed it; at the bank who took it in."""
    yield say("Signature"), slip.operator
    if slip.purpose in _NOTES:
        yield say("Signature of who got the money"), slip.note
    if slip.counterparty:
        yield say("Signature of who handed over"), slip.counterparty
    yield from _supervisor(slip)
    if not slip.approved_by and slip.purpose in {"float", "change", "drop"}:
        yield say("Signature for the safe"), ""
    if slip.purpose in _AT_SAFE:
        yield say("Stamp of the bank"), ""


def signed(w: Words, signers: Iterable[Signer]) -> list[dict[str, str]]:
    """Who signs a paper, each on a line with the name beneath."""
    return [{"label": w(label), "name": name} for label, name in signers]
