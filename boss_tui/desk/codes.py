"""One-time codes 授权码 at the desk: trying one, and what wrong tries cost (catalogue F7).

A try is counted, of its code and of the whole outlet, before it is looked at and in a transaction of its own, so that
tries at the same moment can't pass the bounds together; a right one is taken back. Hashing is slow on purpose and
happens outside of any transaction. After some wrong tries a code is withdrawn; the outlet's cost growing pauses, and
every fifth raises an alarm.
"""

from __future__ import annotations

from functools import cache

from boss_tui.components import authorities
from boss_tui.components.alarms import raise_alarm
from boss_tui.components.passwords import hashed, matches
from boss_tui.components.pauses import is_alarming, shut_until, still_counted
from data.clock import moment, on_the_wall, stamp
from data.errors import NotAllowed
from data.journal import Author
from data.message import say
from data.store import Store, UnitOfWork
from data.tables.organisation import Authority, Tries

OF_OUTLET = "codes"
CODE_TRIES = 5
"""Wrong tries after which a code is one no more."""
_REFUSED = say("There is no such code, or it is used or out of time.")


def is_code(typed: str) -> bool:
    """Whether it is a code, such as 12-483920, that was typed in place of a staff number."""
    return "-" in typed


def tried(store: Store, author: Author, typed: str) -> Authority:
    """The code that was typed, unused as yet. NotAllowed when there is none such now, or no try is taken yet."""
    number, _, _ = typed.partition("-")
    with store.transaction(author) as tx:
        found = authorities.code(tx, author.outlet, number)
        _must_be_open(tx)
        _count(tx, found, 1)
    right = matches(found.secret_hash if found else _like_none(), typed)
    with store.transaction(author) as tx:
        if found is None or not right:
            _wrong(tx, found)
        else:
            _count(tx, found, -1)
    if found is None or not right:
        raise NotAllowed(_REFUSED, field="staff_no")
    return found


@cache
def _like_none() -> str:
    """What is held against a code that there is none of, so that it takes as long."""
    return hashed("")


def _must_be_open(tx: UnitOfWork) -> None:
    """NotAllowed while the outlet's wrong tries cost a pause."""
    row, now = tx.find(Tries, outlet=tx.author.outlet, subject=OF_OUTLET), tx.present()
    until = shut_until(row.tries, moment(row.last_at), now) if row is not None and row.last_at else None
    if until is not None:
        time = on_the_wall(stamp(until), "%H:%M:%S")
        told = say("Too many wrong codes: the next is taken after {time}. A supervisor can sign on here.", time=time)
        raise NotAllowed(told, field="staff_no")


def _count(tx: UnitOfWork, found: Authority | None, by: int) -> None:
    """Count a try of the outlet, and of its code where there is one; or take it back."""
    for subject in (OF_OUTLET, *([_of(found)] if found else [])):
        row, now = tx.find(Tries, outlet=tx.author.outlet, subject=subject), tx.present()
        if row is None:
            tx.add(Tries, outlet=tx.author.outlet, subject=subject, tries=max(by, 0), last_at=stamp(now))
            continue
        counted = still_counted(row.tries, moment(row.last_at) if row.last_at else None, now)
        tx.change(row, tries=max(counted + by, 0), last_at=stamp(now) if by > 0 else row.last_at)


def _wrong(tx: UnitOfWork, found: Authority | None) -> None:
    """A try was wrong: tell of every fifth, and end a code that was tried too often."""
    outlet, all_of_them = tx.author.outlet, tx.one(Tries, outlet=tx.author.outlet, subject=OF_OUTLET).tries
    if is_alarming(all_of_them):
        told = say("{n} wrong one-time codes in a row at this outlet, the last at counter {counter} by {staff_no}.",
                   n=all_of_them, counter=tx.author.counter, staff_no=tx.author.operator)  # fmt: skip
        raise_alarm(tx, OF_OUTLET, told)
    if found is not None and tx.one(Tries, outlet=outlet, subject=_of(found)).tries >= CODE_TRIES:
        code = tx.one(Authority, id=found.id)
        if code.state == "active":
            tx.change(code, state="withdrawn")


def _of(code: Authority) -> str:
    return f"code {code.number}"
