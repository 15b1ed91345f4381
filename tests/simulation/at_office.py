"""What all work of random managers has in common: whose desk it is done at, and that a refusal changes nothing."""

from __future__ import annotations

import random
from collections.abc import Callable
from pathlib import Path
from typing import Any, ClassVar

from sqlalchemy import func, select

from boss_tui.desk import Desk
from boss_tui.verify.rule import columns_of
from data.errors import BossError
from data.message import Message
from data.tables.act import Act
from data.tables.edition import Edition, EditionLine, PublishedLine
from data.tables.sync import Lease
from data.tables.transfer import TransferCount, TransferNote
from tests.simulation.province import MANAGERS, Province
from tests.simulation.tally import Tally

COUNTED = (EditionLine, PublishedLine, Act, Lease, TransferNote, TransferCount)
"""Of what a refusal leaves no row."""
_counted = [func.count().label("n")]


def why(refusal: BossError) -> str:
    """The program's words for a refusal, without what they are about: the first of its reasons."""
    told = [*getattr(refusal, "reasons", ()), *getattr(refusal, "errors", {}).values()] or [refusal.message]
    inner = told[0].values.get("why")
    return inner.template if isinstance(inner, Message) else str(told[0].template)


class AtOffice:
    """Managers at work in a province, with files in a folder.

    Attributes:
        acts: the methods that are acts, and how often each is drawn: each takes chance and a manager's desk.
    """

    acts: ClassVar[dict[str, int]]

    def __init__(self, province: Province, folder: Path, tally: Tally) -> None:
        self.province, self.folder, self.tally = province, folder, tally
        self.central = province.office.store

    def tried(self, what: str, act: Callable[[], object]) -> bool:
        """Whether it was done; what was refused has changed nothing."""
        before = self._kept()
        try:
            act()
        except BossError as refusal:
            self.tally.others[f"{what}: refused"] += 1
            self.tally.reasons[why(refusal)] += 1
        else:
            self.tally.others[what] += 1
            return True
        assert self._kept() == before, "a refusal changed what headquarters keeps"
        return False

    def _kept(self) -> Any:
        with self.central.reading() as reading:
            editions = [dict(row.__dict__) for row in reading.all(Edition, order=("number",))]
            counted = [reading.scalar(select(*_counted).select_from(columns_of(model))) for model in COUNTED]
        return editions, counted

    @staticmethod
    def who(desk: Desk) -> str:
        """The staff number of who sits at a desk."""
        assert desk.seat.operator is not None
        return desk.seat.operator.staff_no

    def another(self, chance: random.Random, *but: str) -> Desk:
        """Mostly another manager's desk: who checks, as a rule, is not who made it."""
        others = [who for who in MANAGERS if who not in but]
        return self.province.managers[chance.choice(others if others and chance.random() < 0.9 else MANAGERS)]
