"""What a person sees of the link: the state of each journal entry on its way, counts for the status line, faults.

The state of an entry is derived, never stored: pending, syncing (under way just now), retrying (a try failed),
acknowledged, dead-letter (headquarters has it and could not apply it: open until a person resolves it).
"""

from __future__ import annotations

import json
from typing import Literal

from msgspec import Struct
from sqlalchemy import bindparam, select

from data.clock import moment
from data.message import Message, say
from data.store import Reading
from data.tables.sync import JournalEntry, JournalHead, SyncException, WaitingItem

State = Literal["pending", "syncing", "retrying", "acknowledged", "dead-letter"]

_journal = JournalEntry.table()
_exceptions = SyncException.table()
_DEAD = (
    select(_exceptions.c.seq).where(_exceptions.c.outlet == bindparam("of"), _exceptions.c.state == "open").distinct()
)
_OF_SERIAL = (_journal.c.serial == bindparam("of_serial"), _journal.c.outlet == bindparam("of"))
_BY_SERIAL = select(_journal.c.seq).where(*_OF_SERIAL)


def message_in(stored: str) -> Message:
    """The message that a head keeps as JSON in `last_fault` and `stopped`."""
    return Message.from_json(json.loads(stored))


class Outbox(Struct, frozen=True):
    """The journal on its way: how many entries in each state, and what there is to show of the link.

    `fault`: what the last try met, until one succeeds. `stopped`: why nothing is sent until a person decides.
    `update_needed`: feed items that a newer program is needed for. `waiting`: items that wait for any reason.
    """

    pending: int
    syncing: int
    retrying: int
    acknowledged: int
    dead_letter: int
    attempts: int
    last_contact: str
    clock_offset_ms: int
    fault: Message | None
    stopped: Message | None
    waiting: int
    update_needed: int


def entry_state(head: JournalHead, dead: set[int], seq: int, in_flight: tuple[int, int] | None = None) -> State:
    """The state of one entry."""
    if seq in dead:
        return "dead-letter"
    if seq <= head.acked_seq:
        return "acknowledged"
    if in_flight and in_flight[0] <= seq <= in_flight[1]:
        return "syncing"
    return "retrying" if head.attempts else "pending"


def is_linked(reading: Reading, outlet: str, seconds: float) -> bool:
    """Whether headquarters was reached at the last try, less than so many seconds ago: what it was long ago says
    nothing. A clock that was set back, or ahead meanwhile, makes no old contact a new one."""
    head = reading.one(JournalHead, outlet=outlet)
    if not head.last_contact or head.attempts or head.stopped:
        return False
    return abs((reading.present() - moment(head.last_contact)).total_seconds()) < seconds


def dead_letters(reading: Reading, outlet: str) -> set[int]:
    """The sequences of entries with an open exception."""
    return {int(seq) for (seq,) in reading.rows(_DEAD, of=outlet)}


def states(reading: Reading, outlet: str, in_flight: tuple[int, int] | None = None) -> Outbox:
    """The counts for the status line. `in_flight` is the Link's, where there is one in this process."""
    head, dead = reading.one(JournalHead, outlet=outlet), dead_letters(reading, outlet)
    under_way = range(max(in_flight[0], head.acked_seq + 1), in_flight[1] + 1) if in_flight else range(0)
    syncing = len([seq for seq in under_way if seq not in dead])
    acked_dead = sum(seq <= head.acked_seq for seq in dead)
    left = head.seq - head.acked_seq - syncing - (len(dead) - acked_dead)
    items = reading.all(WaitingItem, state="waiting")  # of its own feed, and of the stream
    return Outbox(
        pending=0 if head.attempts else left,
        syncing=syncing,
        retrying=left if head.attempts else 0,
        acknowledged=head.acked_seq - acked_dead,
        dead_letter=len(dead),
        attempts=head.attempts,
        last_contact=head.last_contact,
        clock_offset_ms=head.clock_offset_ms,
        fault=message_in(head.last_fault) if head.last_fault else None,
        stopped=message_in(head.stopped) if head.stopped else None,
        waiting=len(items),
        update_needed=sum(item.why == "update" for item in items),
    )


def state_of_serial(
    reading: Reading, outlet: str, serial: str, in_flight: tuple[int, int] | None = None
) -> dict[int, State]:
    """The states of the entries that one business left, by sequence."""
    head, dead = reading.one(JournalHead, outlet=outlet), dead_letters(reading, outlet)
    found = reading.rows(_BY_SERIAL, of=outlet, of_serial=serial)
    return {int(seq): entry_state(head, dead, int(seq), in_flight) for (seq,) in sorted(found)}


def reason_words(reason: str, *, noted: bool = False) -> Message:
    """What a reason of an exception means, in words; `noted`: the entry was booked all the same."""
    if noted and reason in _NOTES:
        return _NOTES[reason]
    return _REASONS.get(reason, _REASONS["unknown"])


_NOTES = {
    "staff": say("Booked. Whether who did or allowed this was at work in this outlet on that day is not known here."),
    "right": say("Booked. Whether who did this had the right to this business on that day is not known here."),
    "approval": say("Booked. Whether a supervisor had to allow this on that day is not known here."),
    "offline": say("Booked. Whether headquarters could be reached then, as this business needs, is not known here."),
    "trust": say("Booked. Whether a hall may trust a customer so far on that day is not known here."),
    "books": say("Booked with a rate of tax that stood on another day, or that headquarters does not know any more."),
    "sums": say("Booked. What this close says is not what the books make of it here: an entry of it may be put aside."),
    "date": say("Booked. Whether a slip could be so old on that day is not known here."),
    "balance": say("Booked. More was taken out of a balance than headquarters has seen go into it."),
    "tender": say("Booked. Whether this way of paying needed a number on that day is not known here."),
    "form": say("Booked. Whether this form is right is not known here."),
    "move": say("Booked. Whether this could be done with the number on that day is not known here."),
    "said": say("Booked. Whether what the outlet says of it is so is not known here."),
    "network": say("Booked. Whether this element served the number on that day is not known here."),
    "applicant": say("Booked. Whether the outlet knew what keeps this customer from it is not known here."),
    "asked": say("Booked. Whether the outlet had to ask this then, or had other facts, is not known here."),
    "price": say("Booked at a price that stood on another day, or that headquarters does not know any more."),
}


_REASONS = {
    "stale": say("Somebody else changed the same thing first; the rest of this business counts."),
    "clash": say("What this business made is taken already; headquarters has not booked it."),
    "dangling": say("This business rests on something that headquarters does not have; it has not been booked."),
    "foreign": say("This is not for the outlet to write: headquarters has not booked it."),
    "books": say("The books of this entry do not agree; headquarters has not booked it."),
    "date": say("The date of this entry is too far from today; headquarters has not booked it."),
    "staff": say("Who did this, or allowed it, is not at work in this outlet; headquarters has not booked it."),
    "right": say("Whoever did this has no right to this business; headquarters has not booked it."),
    "approval": say("A supervisor had to allow this, and none did; headquarters has not booked it."),
    "applicant": say(
        "This customer may not have it (list, age, guardian, agent, how many numbers); headquarters has not booked it."
    ),
    "asked": say("What is asked before this business was not asked, or said no; headquarters has not booked it."),
    "sums": say("Order, payment, books and papers tell of different sums; headquarters has not booked it."),
    "reversal": say(
        "This takes back what was not taken, was taken back before, or was less; headquarters has not booked it."
    ),
    "price": say("This was charged at another price than the tariff's; headquarters has not booked it."),
    "lease": say("This was sold or numbered out of what the outlet does not hold; headquarters has not booked it."),
    "stock": say("This piece of stock was made of nothing; headquarters has not booked it."),
    "form": say("The form of this business is not right or not whole; headquarters has not booked it."),
    "offline": say("This is not done without a link; headquarters has not booked it."),
    "trust": say("A hall trusted a customer further than is left to it; headquarters has not booked it."),
    "move": say("One state can't follow the other here; headquarters has not booked it."),
    "said": say("What the outlet says of this is not what was done; headquarters has not booked it."),
    "act": say("No act of this kind does such a thing; headquarters has not booked it."),
    "unknown": say("Headquarters' program does not know this kind of entry yet; it is kept."),
    "balance": say("More was taken out of a balance than was in it; headquarters has not booked it."),
    "tender": say("This was not paid so, or its number has paid before; headquarters has not booked it."),
    "network": say("This network element does not serve that number; headquarters has not booked it."),
    "feed": say("The outlet tells of other items than headquarters sent."),
    "fork": say("Two copies of one store are in use."),
    "chain": say("The journal was altered or is damaged."),
}


REASONS = tuple(_REASONS)
"""Every reason for which an entry is put aside, by its code."""


def reason_name(reason: str) -> Message:
    """What a reason of an exception is called, in a word or two, for a line of a list."""
    return _NAMES.get(reason, _NAMES["unknown"])


_NAMES = {
    "stale": say("changed by others"),
    "clash": say("taken already"),
    "dangling": say("rests on nothing"),
    "foreign": say("not theirs"),
    "books": say("books differ"),
    "date": say("date too far"),
    "staff": say("not at work there"),
    "right": say("no right"),
    "approval": say("no approval"),
    "applicant": say("not for this customer"),
    "asked": say("not asked"),
    "sums": say("sums differ"),
    "reversal": say("taking back"),
    "price": say("other price"),
    "lease": say("not held there"),
    "stock": say("stock of nothing"),
    "form": say("form not right"),
    "offline": say("no link"),
    "trust": say("credit by a hall"),
    "move": say("state can't follow"),
    "said": say("not as it was done"),
    "act": say("unknown act"),
    "unknown": say("kind unknown"),
    "balance": say("balance too small"),
    "tender": say("not paid so"),
    "network": say("other element"),
    "feed": say("items differ"),
    "fork": say("two copies"),
    "chain": say("journal altered"),
}
