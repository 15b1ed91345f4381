"""Invariant 8: no role has two rights that headquarters has declared to be kept apart (catalogue M7)."""

from __future__ import annotations

from collections.abc import Iterator

from boss_tui.management.m07.duties import held_together
from boss_tui.verify.finding import Finding, key_text
from data.message import say
from data.store import Reading
from data.tables.organisation import DutyConflict

RULE = "no role has what is kept apart"


def check(reading: Reading, _moments: dict[str, str]) -> Iterator[Finding]:
    """Each role with both rights of a pair."""
    for role, _, one, other in held_together(reading, reading.all(DutyConflict, order=("holds", "excludes"))):
        told = say("{role} has {one} and {other}, which are kept apart.", role=role, one=one, other=other)
        yield Finding(8, RULE, "role_right", key_text([role, one]), told)
