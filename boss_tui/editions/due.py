"""The opening of a business date at the office: approved editions come to count, in the order of their dates.

They were published when they were approved, and each outlet brings them in on its own business date, also offline. The
office looks at them once more: one that can't be any more fails, its lines are taken back by opposite ones of the same
date, so that the old values stay; an alarm tells it, and nothing else is held up. Source: management-facts 1.3.
"""

from __future__ import annotations

from sqlalchemy import bindparam, select

from boss_tui.editions.acts import hand_over, stored
from boss_tui.editions.lines import put, put_due
from boss_tui.editions.opposite import taking_back
from boss_tui.editions.rehearsal import still_sound
from boss_tui.editions.standing import lines_of
from boss_tui.editions.subjects import Fault, Rules
from data.clock import new_key
from data.journal import canonical
from data.message import say
from data.store import UnitOfWork
from data.tables.edition import Edition
from data.tables.organisation import Alarm

_edition = Edition.__table__  # type: ignore[attr-defined]
_DUE = (
    select(*_edition.c)
    .where(_edition.c.state == "approved", _edition.c.counts_from <= bindparam("day"))
    .order_by(_edition.c.counts_from, _edition.c.decided_at, _edition.c.number)
)


def come_due(tx: UnitOfWork, after: str, day: str, rules: Rules) -> list[Edition]:
    """Bring in what counts from a business date after `after`, up to `day`; answers the editions, in force or failed.

    The caller opens the date in the same transaction, under a named operator.
    """
    due = tx.models(Edition, _DUE, day=day)
    put_due(tx, after, day)
    return [_come(tx, edition, day, rules) for edition in due]


def _come(tx: UnitOfWork, edition: Edition, day: str, rules: Rules) -> Edition:
    lines = lines_of(tx, edition.id)
    faults = still_sound(tx, lines, day, rules.of(edition.subject).checks)
    if not faults:
        return tx.change(edition, state="in_force", in_force_at=tx.now())
    opposite = taking_back(tx, edition)
    hand_over(tx, edition, opposite, "taken_back", rules)
    put(tx, [(line.table, line.key) for line in opposite], day)
    _alarm(tx, edition, faults)
    return tx.change(edition, state="failed", fault=stored(fault.message for fault in faults))


def _alarm(tx: UnitOfWork, edition: Edition, faults: list[Fault]) -> None:
    told = say("Edition {number} of {author} did not come to count: {why}", number=edition.number,
               author=edition.author, why=faults[0].message)  # fmt: skip
    tx.add(
        Alarm, id=new_key(tx.clock), outlet=tx.author.outlet, counter=tx.author.counter, operator=tx.author.operator,
        kind="edition", message=canonical(told.as_json()), raised_at=tx.now(),
    )  # fmt: skip
