"""The office of the tests of editions, for the kit."""

from __future__ import annotations

from tests.boss_tui.editions.conftest import office, office_made, office_shared

__all__ = ["office", "office_made", "office_shared"]
