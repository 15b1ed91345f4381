"""The opening of a business date at the office: approved editions come to count, in the order of their dates.

They were published when they were approved, and each outlet brings them in on its own business date, also offline. The
office looks at them once more: one that can't be any more fails, its lines are undone from the same date, so that the
old values stay; an alarm tells it, and nothing else is held up. Source: management-facts 1.3.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import bindparam, select

from boss_tui.components.alarms import raise_alarm
from boss_tui.editions.lifecycle import hand_over, stored
from boss_tui.editions.lines import put
from boss_tui.editions.opposite import taking_back
from boss_tui.editions.rehearsal import Lines, does_not_fit, still_sound
from boss_tui.editions.standing import businesses, lines_of
from boss_tui.editions.subjects import Fault, Rules
from data.message import say
from data.store import UnitOfWork
from data.tables.edition import Edition, Publication
from data.tables.sync import WaitingItem

_edition = Edition.table()
_DUE = (
    select(*_edition.c)
    .where(_edition.c.state == "approved", _edition.c.counts_from <= bindparam("day"))
    .order_by(_edition.c.counts_from, _edition.c.decided_at, _edition.c.number)
)


def come_due(tx: UnitOfWork, day: str, rules: Rules) -> list[Edition]:
    """What was approved for a business date up to `day` counts from now on; answers the editions, in force or failed.

    The caller opens the date in the same transaction, under a named operator.
    """
    return [_come(tx, edition, day, rules) for edition in tx.models(Edition, _DUE, day=day)]


def _come(tx: UnitOfWork, edition: Edition, day: str, rules: Rules) -> Edition:
    faults = _brought(tx, lines_of(tx, edition.id), day, rules.together(businesses(tx, edition)).checks)
    if not faults:
        return tx.change(edition, state="in_force", in_force_at=tx.now())
    hand_over(tx, edition, taking_back(tx, edition), "taken_back", rules)
    _waits_no_more(tx, edition)
    told = say(
        "Edition {number} of {author} did not come to count: {why}",
        number=edition.number,
        author=edition.author,
        why=faults[0].message,
    )
    raise_alarm(tx, "edition", told)
    return tx.change(edition, state="failed", fault=stored(fault.message for fault in faults))


def _brought(tx: UnitOfWork, lines: Lines, day: str, checks: Any) -> list[Fault]:
    """Bring an edition's rows to their date, if they are not there; what is wrong with them then."""
    driver: Any = tx.store.engine.dialect.dbapi
    try:
        with tx.savepoint():
            put(tx, [(line.table, line.key) for line in lines.values()], day)
    except (driver.IntegrityError, driver.DataError) as fault:
        return [does_not_fit(0, fault)]
    return still_sound(tx, lines, day, checks)


def _waits_no_more(tx: UnitOfWork, edition: Edition) -> None:
    """What did not fit into the rows at the opening is taken back: nobody waits for it."""
    for item in tx.all(Publication, edition=edition.id, what="lines"):
        for waiting in tx.all(WaitingItem, outlet="", number=item.number, state="waiting"):
            tx.change(waiting, state="applied")
