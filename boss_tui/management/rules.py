"""What editions of all subjects go by: the rules of each, and how the engine says what it has to say of rows."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from boss_tui.components.resources.leases import Leasing
from boss_tui.editions import subjects as engine
from boss_tui.management.subjects import MODULES, subject
from boss_tui.management.words import TELLING


class _OfEngine(Mapping[str, engine.EditionSubject]):
    """All subjects as the engine of editions is told of them, each when it is asked for."""

    def __getitem__(self, code: str) -> engine.EditionSubject:
        if code not in MODULES:
            raise KeyError(code)
        return subject(code).of_engine

    def __iter__(self) -> Iterator[str]:
        return iter(MODULES)

    def __len__(self) -> int:
        return len(MODULES)


def rules(publish: engine.Publish, leasing: Leasing | None = None) -> engine.Rules:
    """What editions of all subjects go by, and their acts."""
    return engine.Rules(publish, _OfEngine(), TELLING, leasing)
