"""The run over all rules, in the order of the invariants."""

from __future__ import annotations

import time
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import timedelta
from typing import Any

from sqlalchemy import text

from boss_tui.sync.noted import NotedHead
from boss_tui.verify import (
    answers,
    approvals,
    bills,
    buckets,
    cards,
    cash,
    chain,
    closings,
    control,
    counting,
    damage,
    dated,
    drafts,
    duties,
    editions,
    electronic,
    figures,
    handed,
    handsets,
    holders,
    invoices,
    items,
    network_copy,
    noted,
    orders,
    papers,
    payments,
    postings,
    prints,
    process_versions,
    providers,
    pushed,
    put_aside,
    ranges,
    received,
    replay,
    secrets,
    spelling,
    stock,
    subscriptions,
    suspense,
    suspensions,
    taxes,
    tills,
    totals,
    transfers,
    unjournalled,
)
from boss_tui.verify.finding import Finding
from boss_tui.verify.network_copy import NetworkCopy
from boss_tui.verify.pushed import Headquarters
from boss_tui.verify.rule import Check, Family, Rule
from data.clock import stamp
from data.message import Message, say
from data.progress import Report, unreported
from data.store import Reading

RECENT = timedelta(minutes=10)
"""What the program does by itself, it has done after so long: complete an order, end a draft."""
LONG_AGO = timedelta(days=1)
CACHE_KIB = 65_536
"""Enough that pages are not read again and again: twice as much is no quicker over 200,000 customers."""

RULES: tuple[Rule | Family, ...] = (
    Family((damage.SOUND, damage.LEADS, damage.GUARDED), damage.check),
    *postings.RULES,
    *totals.RULES,
    *buckets.RULES,
    *tills.RULES,
    *cash.RULES,
    *counting.RULES,
    Family((cash.DRAWER, cash.IN_SAFE), cash.check),
    *payments.RULES,
    *suspense.RULES,
    Family((suspense.KNOWN,), suspense.known),
    *answers.RULES,
    *put_aside.RULES,
    *figures.RULES,
    *items.RULES,
    *bills.RULES,
    *closings.RULES,
    Family((closings.WHOLE, closings.AGREES, closings.ANSWERED), closings.check),
    Family((chain.WHOLE, chain.HEAD), chain.check),
    Family((replay.RULE, unjournalled.RULE, stock.RULE, received.RULE, received.IN_CLEAR), replay.check),
    Family(handed.RULES, handed.check),
    Family((noted.AT_CLOSE,), noted.closes),
    Family((spelling.RULE,), spelling.check),
    *holders.RULES,
    *transfers.RULES,
    *cards.RULES,
    *handsets.RULES,
    *ranges.RULES,
    *papers.RULES,
    Family((papers.RULE,), papers.check),
    *taxes.RULES,
    Family((taxes.WAITING,), taxes.check),
    *invoices.RULES,
    *electronic.RULES,
    Family((invoices.RULE,), invoices.check),
    *subscriptions.RULES,
    *suspensions.RULES,
    *control.RULES,
    *providers.RULES,
    *pushed.RULES,
    Family((pushed.STOPPED,), pushed.stopped),
    *orders.RULES,
    *approvals.RULES,
    Family((process_versions.RULE,), process_versions.check),
    *dated.RULES,
    *drafts.RULES,
    *editions.RULES,
    Family((editions.PUBLISHED, editions.SIGNED), editions.check),
    Family((duties.RULE,), duties.check),
    *secrets.RULES,
    Family((secrets.RULE,), secrets.check),
    *prints.RULES,
)
"""Every rule over the store alone."""

OF_NETWORK, OF_HEADQUARTERS = (network_copy.AGREES, network_copy.KNOWN), (pushed.HELD,)
"""The rules that ask another system, where it can be asked."""


def names() -> list[str]:
    """The name of every rule, in the order in which they are asked."""
    found = [name for check in RULES for name in check.names]
    return list(dict.fromkeys([*found, *OF_NETWORK, *OF_HEADQUARTERS, noted.NOTED]))


def verify(
    reading: Reading,
    *,
    network: NetworkCopy | Sequence[NetworkCopy] | None = None,
    headquarters: Headquarters | None = None,
    outside: NotedHead | Message | None = None,
    rules: Sequence[Check] = RULES,
    only: Collection[str] = (),
    each: Callable[[int, int], None] | None = None,
    tell: Report = unreported,
    clocked: Callable[[str, float], None] | None = None,
) -> list[Finding]:
    """Every row that breaks a rule, by invariant; empty when all holds.

    The store may be an outlet's or headquarters'. `network`: the elements' copies of their subscribers, where they can
    be read; `headquarters`: what it holds of this outlet's journal; `outside`: where the journal stood, as noted in the
    home, or why that can't be read. Without them that part of invariants 5, 6 and 2 is not asked. `rules`: those over
    the store alone. `only`: the names of the rules that are asked; empty: all. Time is the
    reading's clock.
    A part of a SQLite store that can't be read for damage is a finding, and the other rules go on; on PostgreSQL it is
    raised as `data.errors.Outside` by the reading.

    How it goes: `tell` before a rule and within a long one, `each` after a rule with how many of how many are done,
    `clocked` with a rule's name and the seconds that it took.
    """
    checks: list[Check] = list(rules)
    if copies := [network] if network is not None and not isinstance(network, Sequence) else list(network or ()):
        checks.append(Family(OF_NETWORK, lambda reading, _: network_copy.check(reading, copies, tell)))
    if headquarters is not None:
        checks.append(Family(OF_HEADQUARTERS, lambda reading, _: pushed.check(reading, headquarters)))
    if outside is not None:
        checks.append(Family((noted.NOTED,), lambda reading, _: noted.check(reading, outside)))
    if only:
        checks = [check for check in checks if not set(only).isdisjoint(_names(check))]
    now = reading.clock.now()
    moments = {"recent": stamp(now - RECENT), "long_ago": stamp(now - LONG_AGO)}
    found: list[Finding] = []
    with _room(reading):
        for done, check in enumerate(checks, start=1):
            tell(say("Rule {n} of {all}: {name}", n=done, all=len(checks), name=_names(check)[0]), 0, 0)
            began = time.perf_counter()
            found += _readable(reading, check(reading, moments))
            if clocked is not None:
                clocked(_names(check)[0], time.perf_counter() - began)
            if each is not None:
                each(done, len(checks))
    wanted = [finding for finding in found if not only or finding.rule in {*only, damage.SOUND}]
    return sorted(wanted, key=lambda finding: finding.invariant)


def _names(check: Check) -> tuple[str, ...]:
    return check.names if isinstance(check, Rule | Family) else (getattr(check, "__name__", "?"),)


@contextmanager
def _room(reading: Reading) -> Iterator[None]:
    """More memory for pages while a whole SQLite store is read."""
    if not reading.store.is_sqlite:
        yield
        return
    before = int(reading.scalar(text("PRAGMA cache_size")))
    reading.rows(text(f"PRAGMA cache_size={-CACHE_KIB}"))
    try:
        yield
    finally:
        reading.rows(text(f"PRAGMA cache_size={before}"))


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
