"""One-time codes 授权码 at the desk: trying one, and what wrong tries cost (catalogue F7).

A try is counted, of its code and of the whole outlet, before it is looked at and in a transaction of its own, so that
tries at the same moment can't pass the bounds together; a right one is taken back. Hashing is slow on purpose and
happens outside of any transaction. After some wrong tries a code is withdrawn; the outlet's cost growing pauses, and
every fifth raises an alarm.
"""

from __future__ import annotations

from functools import cache

from boss_tui.components.alarms import raise_alarm
from boss_tui.components.operators import authorities
from boss_tui.components.operators.passwords import hashed, matches
from boss_tui.components.operators.pauses import is_alarming, shut_until, still_counted
from data.clock import moment, on_the_wall, stamp
from data.errors import NotAllowed
from data.journal import Author
from data.message import say
from data.parameters import CODE_TRIES
from data.store import Store, UnitOfWork
from data.tables.organisation import Authority, Tries

OF_OUTLET = "codes"
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
        tries = _count(tx, found, 1)
    right = found if matches(found.secret_hash if found else _like_none(), typed) else None
    with store.transaction(author) as tx:
        if right is None:
            _wrong(tx, found, *tries)
        else:
            _count(tx, right, -1)
    if right is None:
        raise NotAllowed(_REFUSED, field="staff_no")
    return right


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


def _count(tx: UnitOfWork, found: Authority | None, by: int) -> tuple[int, int]:
    """Count a try of the outlet, and of its code where there is one; or take it back. Answers both counts."""
    return _counted(tx, OF_OUTLET, by), _counted(tx, f"code {found.number}", by) if found else 0


def _counted(tx: UnitOfWork, subject: str, by: int) -> int:
    row, now = tx.find(Tries, outlet=tx.author.outlet, subject=subject), tx.present()
    last = moment(row.last_at) if row is not None and row.last_at else None
    tries = max((still_counted(row.tries, last, now) if row is not None else 0) + by, 0)
    if row is None:
        tx.add(Tries, outlet=tx.author.outlet, subject=subject, tries=tries, last_at=stamp(now))
    else:
        tx.change(row, tries=tries, last_at=stamp(now) if by > 0 else row.last_at)
    return tries


def _wrong(tx: UnitOfWork, found: Authority | None, of_outlet: int, of_code: int) -> None:
    """A try was wrong, and made the counts these: tell of every fifth, and end a code that was tried too often."""
    if is_alarming(of_outlet):
        told = say(
            "{n} wrong one-time codes in a row at this outlet, the last at counter {counter} by {staff_no}.",
            n=of_outlet,
            counter=tx.author.counter,
            staff_no=tx.author.operator,
        )
        raise_alarm(tx, OF_OUTLET, told)
    if found is not None and of_code >= CODE_TRIES.of(tx):
        code = tx.one(Authority, id=found.id)
        if code.state == "active":
            tx.change(code, state="withdrawn")
