"""How a person at headquarters ends an exception: by words alone, by taking the entry after all, or by saying what
becomes of the money that it tells of."""

from __future__ import annotations

import json
from typing import Literal

from msgspec import Struct

from boss_tui.components.ledger.put_aside import DUE_FROM_OUTLETS, OTHER_INCOME, OWED_BACK, let_go
from boss_tui.forms.typed import yuan
from boss_tui.headquarters import absence
from boss_tui.headquarters.admission import Inadmissible, against, changes_of
from boss_tui.headquarters.feed import publish
from boss_tui.headquarters.office import author, enrolled_row
from boss_tui.headquarters.push import KNOWN_KIND_VERSION
from boss_tui.headquarters.rules.claim import Known
from boss_tui.headquarters.transfers import heard
from boss_tui.sync.effects import Fault, apply_entry, is_alone
from boss_tui.sync.reasons import also, in_words, put_aside_for, reasons
from boss_tui.sync.rows import shared_table
from boss_tui.sync.shapes import Entry, entry_values
from boss_tui.sync.states import reason_words
from data.errors import NotAllowed
from data.journal import Change, canonical
from data.message import Message, quoted, say
from data.statements import keys
from data.store import Reading, Store, UnitOfWork
from data.table_words import TABLE_WORDS, row_words, table_word
from data.tables.sync import JournalEntry, SyncException

VOUCHED = (
    "date",
    "right",
    "approval",
    "price",
    "lease",
    "form",
    "move",
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


class Undecided(Struct, frozen=True):
    """An exception or a note that waits for a person. `about`: what of the entry; `held`: fen in suspense."""

    id: str
    outlet: str
    seq: int
    reason: str
    means: Message
    about: Message
    held: int
    since: str
    state: str


def undecided(reading: Reading) -> list[Undecided]:
    """All that waits for a person, the oldest first; notes after what keeps money or an entry back."""
    rows = [
        *reading.all(SyncException, state="open", order=("raised_at", "id")),
        *reading.all(SyncException, state="noted", order=("raised_at", "id")),
    ]
    return [_undecided(row) for row in rows]


def _undecided(row: SyncException) -> Undecided:
    means = put_aside_for(row)
    if row.reason == "stale" and _is_behind(row):
        means = say("It rests on an entry before it that was put aside: end that one first, then accept this one.")
    return Undecided(row.id, row.outlet, row.seq, row.reason, means, _about(row), row.held, row.raised_at, row.state)


def _is_behind(row: SyncException) -> bool:
    """Whether what a change was based on has not come, rather than somebody having been first."""
    detail = json.loads(row.detail)
    return bool(detail["found"] < detail["base"])


def _about(row: SyncException) -> Message:
    """What of the entry it is about, as short as it was noted: as a rule a row, whose table stands first."""
    detail = json.loads(row.detail) if row.detail else {}
    if "what" in detail:
        table, _, key = str(detail["what"]).partition(" ")
    else:
        table, key = str(detail.get("table", "")), "/".join(map(str, detail.get("key", ())))
    if table not in TABLE_WORDS:
        return quoted(f"{table} {key}".strip())
    return row_words(table, (key,)) if key else table_word(table)


def resolve(store: Store, exception_id: str, word: Word) -> SyncException:
    """End an exception with words, and tell its outlet. NotAllowed: it has ended, words are missing, or money of it is
    in suspense."""
    outlet = _outlet(store, exception_id)
    with store.transaction(author(outlet, "resolve"), journalled=False, lock=outlet) as tx:
        told = _open(tx, exception_id)
        if told.held:
            raise NotAllowed(
                say("{yuan} yuan of it are in suspense: accept, compensate or refuse it.", yuan=yuan(told.held))
            )
        return _ended(tx, told, word, "")


def accept(store: Store, exception_id: str, word: Word) -> SyncException:
    """Apply the entry after all, and end the exception: its money is booked by the entry itself, and no more in
    suspense. A person vouches for what they were told is against it, and for nothing else: it is judged anew. What is
    found only now is told with the exception, so that they can vouch for that too, knowing it.

    NotAllowed: it has ended, is of a kind that is never applied, still can't be, or words are missing.
    """
    outlet = _outlet(store, exception_id)
    with store.transaction(author(outlet, "accept"), journalled=False, lock=outlet) as tx:
        told = _open(tx, exception_id)
        never = [reason for reason in reasons(told) if reason not in ACCEPTABLE]
        if never or told.state == "noted":
            raise NotAllowed(say("This can't be taken: {why}", why=in_words(never or [told.reason])))
        entry = Entry(**entry_values(tx.one(JournalEntry, outlet=outlet, epoch=told.epoch, seq=told.seq)))
        changes, found = _judged(tx, entry, told)
        if not found:
            for fault in apply_entry(tx, outlet, changes):
                if not _gone_on(tx, fault, outlet):
                    raise NotAllowed(say("It still can't be applied: {why}", why=reason_words(fault.reason)))
            heard(tx, entry)
            let_go(tx, told, DUE_FROM_OUTLETS)
            return _ended(tx, told, word, "accepted")
        tx.change(told, detail=canonical(also(told, found)))
    raise NotAllowed(say("It still can't be applied: {why}", why=in_words([fault.reason for fault in found])))


def compensate(store: Store, exception_id: str, word: Word) -> SyncException:
    """The customer gets back what was taken: it is owed to them from now on, and the outlet has the task to give it.

    NotAllowed: it has ended, no money was taken with it, or words are missing.
    """
    return _decided(store, exception_id, word, "compensated", OWED_BACK)


def refuse(store: Store, exception_id: str, word: Word, becomes: str = OWED) -> SyncException:
    """The entry is never applied. Its money stays `owed` to whoever can claim it, or becomes `income`.

    NotAllowed: it has ended, or words are missing.
    """
    if becomes not in BECOMES:
        raise NotAllowed(say("Money stays owed, or becomes income."), field="as")
    return _decided(store, exception_id, word, "refused", BECOMES[becomes])


def _decided(store: Store, exception_id: str, word: Word, decision: Decision, account: str) -> SyncException:
    outlet = _outlet(store, exception_id)
    with store.transaction(author(outlet, decision), journalled=False, lock=outlet) as tx:
        told = _open(tx, exception_id)
        if told.state == "noted":
            raise NotAllowed(say("It was applied: there is nothing to decide but words (resolve)."))
        if decision == "compensated" and told.held <= 0:
            raise NotAllowed(say("No money was taken with it: refuse it, or end it with words."))
        let_go(tx, told, account)
        return _ended(tx, told, word, decision)


def _outlet(store: Store, exception_id: str) -> str:
    with store.reading() as reading:
        return reading.one(SyncException, id=exception_id).outlet


def _open(tx: UnitOfWork, exception_id: str) -> SyncException:
    told = tx.one(SyncException, id=exception_id)
    if told.state == "resolved":
        raise NotAllowed(say("This exception has ended: {words}", words=told.resolution))
    return told


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


def _ended(tx: UnitOfWork, told: SyncException, word: Word, decision: Decision) -> SyncException:
    if not word.words.strip():
        raise NotAllowed(say("Say what was decided."), field="resolution")
    ended = tx.change(told, state="resolved", decision=decision, decided_by=word.by, resolution=word.words.strip())
    if told.state == "open":  # what was only noted its outlet never heard of
        publish(tx, told.outlet, "exception_resolved", {"rows": {"sync_exception": [dict(ended.__dict__)]}})
    return ended
