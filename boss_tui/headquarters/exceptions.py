"""How an exception is ended: by words alone, by taking the entry after all, or by saying what becomes of the money that
it tells of. Each within a transaction that holds the outlet's lock; who may is asked before (`deciding`)."""

from __future__ import annotations

import json
from typing import Literal

from msgspec import Struct

from boss_tui.components.ledger.put_aside import DUE_FROM_OUTLETS, OTHER_INCOME, OWED_BACK, let_go
from boss_tui.forms.typed import yuan
from boss_tui.headquarters import absence
from boss_tui.headquarters.admission import Inadmissible, against, changes_of
from boss_tui.headquarters.feed import publish
from boss_tui.headquarters.office import enrolled_row
from boss_tui.headquarters.push import KNOWN_KIND_VERSION
from boss_tui.headquarters.rules.claim import Known
from boss_tui.headquarters.transfers import heard
from boss_tui.sync.effects import Fault, apply_entry, is_alone
from boss_tui.sync.reasons import also, in_words, reasons
from boss_tui.sync.rows import shared_table
from boss_tui.sync.shapes import Entry, entry_values
from boss_tui.sync.states import reason_words
from data.errors import NotAllowed
from data.journal import Change, canonical
from data.message import say
from data.statements import keys
from data.store import Reading, UnitOfWork
from data.tables.sync import JournalEntry, SyncException

VOUCHED = (
    "date",
    "right",
    "approval",
    "price",
    "lease",
    "form",
    "move",
    "said",
    "offline",
    "trust",
    "act",
)
"""Reasons that a person may vouch for: a clock was wrong, a supervisor did allow it. Not who did it: whoever is at work
in an outlet is headquarters' own to say, and stays so."""
ACCEPTABLE = (*VOUCHED, "stale", "clash", "dangling", "unknown", "reversal")
"""Those, and reasons that may be over: what was in the way is gone, the program is newer. What is not for an outlet to
write never is, nor are books or sums that do not agree, nor stock made of nothing. Of a stale entry the rest was
applied: what was left out is, once what it was based on stands."""
OWED, INCOME = "owed", "income"
BECOMES = {OWED: OWED_BACK, INCOME: OTHER_INCOME}
"""What becomes of a refused entry's money, and the account that it is posted to."""
Decision = Literal["accepted", "compensated", "refused", ""]


class Word(Struct, frozen=True):
    """What a person decided, and why."""

    by: str
    words: str


class StillAgainst(NotAllowed):
    """An entry can't be taken: more is against it than whoever decided was told. That was written down with the
    exception, so that whoever is told so ends the transaction as if nothing had failed (`deciding`)."""


def resolve(tx: UnitOfWork, exception_id: str, word: Word) -> SyncException:
    """End an exception with words, and tell its outlet. NotAllowed: it has ended, words are missing, or money of it is
    in suspense."""
    told = still_undecided(tx, exception_id)
    if told.held:
        raise NotAllowed(
            say("{yuan} yuan of it are in suspense: accept, compensate or refuse it.", yuan=yuan(told.held))
        )
    return _ended(tx, told, word, "")


def accept(tx: UnitOfWork, exception_id: str, word: Word) -> SyncException:
    """Apply the entry after all, and end the exception: its money is booked by the entry itself, and no more in
    suspense. A person vouches for what they were told is against it, and for nothing else: it is judged anew. What is
    found only now is told with the exception, so that they can vouch for that too, knowing it (StillAgainst).

    NotAllowed: it has ended, is of a kind that is never applied, still can't be, or words are missing.
    """
    told = still_undecided(tx, exception_id)
    _must_have_words(word)
    if not can_be_accepted(told):
        never = never_accepted(told)
        raise NotAllowed(say("This can't be taken: {why}", why=in_words(never or [told.reason])))
    entry = entry_of(tx, told)
    changes, found = _judged(tx, entry, told)
    if found:
        tx.change(told, detail=canonical(also(told, found)))
        raise StillAgainst(say("It still can't be applied: {why}", why=in_words([fault.reason for fault in found])))
    for fault in apply_entry(tx, told.outlet, changes):
        if not _gone_on(tx, fault, told.outlet):
            raise NotAllowed(say("It still can't be applied: {why}", why=reason_words(fault.reason)))
    heard(tx, entry)
    let_go(tx, told, DUE_FROM_OUTLETS)
    return _ended(tx, told, word, "accepted")


def compensate(tx: UnitOfWork, exception_id: str, word: Word) -> SyncException:
    """The customer gets back what was taken: it is owed to them from now on, and the outlet has the task to give it.

    NotAllowed: it has ended, no money was taken with it, or words are missing.
    """
    return _decided(tx, exception_id, word, "compensated", OWED_BACK)


def refuse(tx: UnitOfWork, exception_id: str, word: Word, becomes: str = OWED) -> SyncException:
    """The entry is never applied. Its money stays `owed` to whoever can claim it, or becomes `income`.

    NotAllowed: it has ended, or words are missing.
    """
    if becomes not in BECOMES:
        raise NotAllowed(say("Money stays owed, or becomes income."), field="as")
    return _decided(tx, exception_id, word, "refused", BECOMES[becomes])


def never_accepted(told: SyncException) -> list[str]:
    """The reasons against its entry that nobody can vouch for, and that can't be over. What it rests on may have come
    since: with that, all that was found beside may be over, and it is judged anew."""
    found = reasons(told)
    return [] if "dangling" in found else [reason for reason in found if reason not in ACCEPTABLE]


def can_be_accepted(told: SyncException) -> bool:
    """Whether its entry may be applied after all, as far as it is known what is against it."""
    return told.state == "open" and not never_accepted(told)


def can_be_compensated(told: SyncException) -> bool:
    """Whether money was taken with its entry that can be given back."""
    return told.state == "open" and told.held > 0


def entry_of(reading: Reading, told: SyncException) -> Entry:
    """The entry that it is about."""
    return Entry(**entry_values(reading.one(JournalEntry, outlet=told.outlet, epoch=told.epoch, seq=told.seq)))


def still_undecided(reading: Reading, exception_id: str) -> SyncException:
    """An exception that nobody has ended yet. NotFound; NotAllowed: somebody has."""
    told = reading.one(SyncException, id=exception_id)
    if told.state == "resolved":
        raise NotAllowed(say("This exception has ended: {words}", words=told.resolution))
    return told


def _decided(tx: UnitOfWork, exception_id: str, word: Word, decision: Decision, account: str) -> SyncException:
    told = still_undecided(tx, exception_id)
    if told.state == "noted":
        raise NotAllowed(say("It was applied: there is nothing to decide but words (resolve)."))
    if decision == "compensated" and not can_be_compensated(told):
        raise NotAllowed(say("No money was taken with it: refuse it, or end it with words."))
    let_go(tx, told, account)
    return _ended(tx, told, word, decision)


def _judged(tx: UnitOfWork, entry: Entry, told: SyncException) -> tuple[list[Change], list[Fault]]:
    """What it changes, and what is against it that nobody was told of, or can vouch for. Its date never is: the day may
    have been closed, and the year be over, since it was put aside; and what was wrong with it then was told."""
    if entry.kind_version > KNOWN_KIND_VERSION:
        return [], [Fault("unknown", {"kind": entry.kind, "kind_version": entry.kind_version})]
    try:
        changes = changes_of(entry)
    except Inadmissible as fault:
        return [], [fault.fault]
    if told.reason == "stale":
        left_out = json.loads(told.detail)
        place = (left_out["table"], tuple(left_out["key"]))
        changes = [change for change in changes if (change.table, change.key) == place]
    vouched = {"date", *reasons(told)}.intersection(VOUCHED)
    known = Known(tx, absence.of(enrolled_row(tx, entry.outlet)), entry.outlet)
    found = [fault for fault in against(known, entry, changes) if not fault.note and fault.reason not in vouched]
    return changes, found


def _gone_on(tx: UnitOfWork, fault: Fault, outlet: str) -> bool:
    """Whether a row that its outlet alone moves has gone on since: it stands as it is."""
    if fault.reason != "stale" or fault.detail["found"] <= fault.detail["base"]:
        return False
    model = shared_table(fault.detail["table"])
    here = tx.find(model, **dict(zip(keys(model), fault.detail["key"], strict=True)))
    return here is not None and is_alone(model, here.__dict__, outlet)


def _must_have_words(word: Word) -> None:
    if not word.words.strip():
        raise NotAllowed(say("Say what was decided."), field="resolution")


def _ended(tx: UnitOfWork, told: SyncException, word: Word, decision: Decision) -> SyncException:
    _must_have_words(word)
    ended = tx.change(
        told,
        state="resolved",
        decision=decision,
        decided_by=word.by,
        decided_at=tx.now(),
        resolution=word.words.strip(),
    )
    if told.state == "open":  # what was only noted its outlet never heard of
        publish(tx, told.outlet, "exception_resolved", {"rows": {"sync_exception": [dict(ended.__dict__)]}})
    return ended
