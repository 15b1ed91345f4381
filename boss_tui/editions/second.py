"""Which editions two people approve: those that lower a price by more than managers leave to one (`PRICE_CUT_ALONE`).

What is charged is compared in each case that an edition touches, as the rows will stand on its business date without
it and with it. What had no price before, as of a plan that comes with its promotion, is compared with what it would be
charged without any discount: a cut is the same in one edition as in two. A first list of prices, before anything
of its kind was charged, lowers nothing. Source: management-facts 1.3.
"""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from itertools import islice

from boss_tui.editions.rehearsal import Lines, as_if
from boss_tui.editions.standing import businesses, day_of, lines_of
from boss_tui.editions.subjects import Income, Rules
from data.message import Message, say
from data.parameters import PRICE_CUT_ALONE
from data.store import UnitOfWork
from data.tables.edition import Edition

WHOLE = 10_000
"""A rate is in parts of it."""
MOST = 20_000
"""Cases of an edition that are compared, while somebody waits."""


def why_two(tx: UnitOfWork, edition: Edition, today: str, rules: Rules) -> Message | None:
    """Why two people approve an edition; None: one is enough."""
    income = rules.together(businesses(tx, edition)).income
    return why_two_of(tx, income, lines_of(tx, edition.id), today, day_of(edition, today))


def why_two_of(tx: UnitOfWork, income: Income | None, lines: Lines, today: str, day: str) -> Message | None:
    """Why two people approve lines that count from a business date, by what they may take away."""
    if income is None:
        return None
    with as_if(tx, {}, today, day):
        cases = dict.fromkeys(islice(income.cases(tx, lines, day), MOST + 1))
        if len(cases) > MOST:
            return say("More prices change than can be compared one by one: two people approve it.")
        before = income.charged(tx, cases)
        added = income.added(tx, [case for case in cases if case not in before])
    with as_if(tx, lines, today, day):
        after = income.charged(tx, cases)
        listed = income.undiscounted(tx, added)
    fallen, below = (_deepest(prices, after) for prices in (before, listed))
    alone = PRICE_CUT_ALONE.of(tx)
    if fallen > alone and fallen >= below:
        return say("A price falls by {percent} %: two people approve it.", percent=fallen * 100 // WHOLE)
    if below > alone:
        return say(
            "A new price is {percent} % below the full one: two people approve it.", percent=below * 100 // WHOLE
        )
    return None


def _deepest(before: Mapping[Hashable, int], after: Mapping[Hashable, int]) -> int:
    return max((cut(price, after.get(case, 0)) for case, price in before.items()), default=0)


def cut(before: int, after: int) -> int:
    """By how much a price falls, in parts of 10,000, what is begun counted; 0: it does not."""
    return -((after - before) * WHOLE // before) if 0 <= after < before else 0
