"""What a draft will need before it counts, told before it is submitted: what would refuse it, and who approves it.

It is worked out as at submission (`rehearsal`, `second`), and nothing is left of it.
"""

from __future__ import annotations

from collections.abc import Iterator

from msgspec import Struct

from boss_tui.editions.lifecycle import over
from boss_tui.editions.rehearsal import rehearse
from boss_tui.editions.second import why_two
from boss_tui.editions.standing import businesses, day_of, lines_of
from boss_tui.editions.subjects import Fault, Rehearsal, Rules
from data.message import Message
from data.store import Reading, UnitOfWork
from data.tables.edition import Edition


class Ahead(Struct, frozen=True):
    """What is ahead of a draft: what is wrong with its lines as they stand now; why two people approve it (None: one
    is enough, or it can't be known as long as something is wrong)."""

    faults: tuple[Fault, ...] = ()
    needs_two: Message | None = None


def ahead(tx: UnitOfWork, edition: Edition, today: str, rules: Rules) -> Ahead:
    """What a draft will need, on the office's business date `today`."""
    if told := over(edition, today):
        return Ahead((Fault(0, "", told),))
    lines, checks = lines_of(tx, edition.id), rules.together(businesses(tx, edition)).checks
    faults = rehearse(tx, lines, today, day_of(edition, today), checks, scope=edition.scope)
    return Ahead(tuple(faults)) if faults else Ahead(needs_two=why_two(tx, edition, today, rules))


def warnings(reading: Reading, edition: Edition, today: str, rules: Rules) -> Iterator[Fault]:
    """What its businesses say of an edition before somebody decides, and that refuses nothing."""
    at = Rehearsal(reading, lines_of(reading, edition.id), day_of(edition, today))
    for warns in rules.together(businesses(reading, edition)).warns:
        yield from warns(at)
