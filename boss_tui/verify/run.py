"""The run over all rules, in the order of the invariants."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import timedelta
from functools import partial
from typing import Any

from sqlalchemy import text

from boss_tui.verify import (
    bills,
    buckets,
    cards,
    chain,
    damage,
    dated,
    drafts,
    figures,
    handed,
    handsets,
    holders,
    network_copy,
    orders,
    papers,
    payments,
    postings,
    prints,
    providers,
    pushed,
    ranges,
    replay,
    secrets,
    subscriptions,
    suspensions,
    taxes,
    tills,
    totals,
)
from boss_tui.verify.finding import Finding
from boss_tui.verify.network_copy import NetworkCopy
from boss_tui.verify.pushed import Headquarters
from boss_tui.verify.rule import Check
from data.clock import stamp
from data.message import say
from data.store import Reading

RECENT = timedelta(minutes=10)
"""What the program does by itself, it has done after so long: complete an order, end a draft."""
LONG_AGO = timedelta(days=1)
CACHE_KIB = 131_072

RULES: tuple[Check, ...] = (
    damage.check,
    *postings.RULES, *totals.RULES, *buckets.RULES, *tills.RULES, *payments.RULES, *figures.RULES, *bills.RULES,
    chain.check, replay.check, handed.check,
    *holders.RULES, *cards.RULES, *handsets.RULES,
    *ranges.RULES, *papers.RULES, papers.check, *taxes.RULES, taxes.check,
    *subscriptions.RULES, *suspensions.RULES, *providers.RULES,
    *pushed.RULES,
    *orders.RULES, *dated.RULES, *drafts.RULES, *secrets.RULES, secrets.check, *prints.RULES,
)  # fmt: skip
"""Every rule over the store alone."""


def verify(
    reading: Reading,
    *,
    network: NetworkCopy | Sequence[NetworkCopy] | None = None,
    headquarters: Headquarters | None = None,
    rules: Sequence[Check] = RULES,
    each: Callable[[int, int], None] | None = None,
) -> list[Finding]:
    """Every row that breaks a rule, by invariant; empty when all holds.

    The store may be an outlet's or headquarters'. `network`: the elements' copies of their subscribers, where they can
    be read; `headquarters`: what it holds of this outlet's journal. Without them that part of invariants 5 and 6 is not
    asked. `rules`: those over the store alone. Time is the reading's clock. `each` is told after each rule how many of
    how many are done.
    A part of a SQLite store that can't be read for damage is a finding, and the other rules go on; on PostgreSQL it is
    raised as `data.errors.Outside` by the reading.
    """
    copies = [] if network is None else list(network) if isinstance(network, Sequence) else [network]
    checks: list[Check] = list(rules)
    if copies:
        checks.append(partial(_asked, network_copy.check, copies))
    if headquarters is not None:
        checks.append(partial(_asked, pushed.check, headquarters))
    now = reading.clock.now()
    moments = {"recent": stamp(now - RECENT), "long_ago": stamp(now - LONG_AGO)}
    found: list[Finding] = []
    with _room(reading):
        for done, check in enumerate(checks, start=1):
            found += _readable(reading, check(reading, moments))
            if each is not None:
                each(done, len(checks))
    return sorted(found, key=lambda finding: finding.invariant)


@contextmanager
def _room(reading: Reading) -> Iterator[None]:
    """More memory for pages while a whole SQLite store is read: a third less time over a million subscribers."""
    if not reading.store.is_sqlite:
        yield
        return
    before = int(reading.scalar(text("PRAGMA cache_size")))
    reading.rows(text(f"PRAGMA cache_size={-CACHE_KIB}"))
    try:
        yield
    finally:
        reading.rows(text(f"PRAGMA cache_size={before}"))


def _asked(check: Callable[..., Iterator[Finding]], other: Any, reading: Reading, _moments: Any) -> Iterator[Finding]:
    return check(reading, other)


def _readable(reading: Reading, findings: Iterable[Finding]) -> Iterator[Finding]:
    """The findings; and one more when damage ends the reading of them."""
    driver: Any = reading.store.engine.dialect.dbapi
    try:
        yield from findings
    except driver.DatabaseError as fault:
        if not reading.store.is_sqlite or isinstance(fault, driver.ProgrammingError):
            raise
        told = say("This part of the store can't be read: {fault}", fault=str(fault))
        yield Finding(0, damage.SOUND, "", "", told)
