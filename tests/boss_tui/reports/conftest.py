"""The same small hall as the components' tests have."""

from __future__ import annotations

from tests.boss_tui.components.conftest import books_shared, store

__all__ = ["books_shared", "store"]
