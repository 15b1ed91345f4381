"""The desk in memory and the application over it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from boss_tui.app import BossApp
from tests.screens.fake_desk import FakeDesk


@pytest.fixture
def desk() -> FakeDesk:
    return FakeDesk()


@pytest.fixture
def app(desk: FakeDesk) -> BossApp:
    return BossApp(lambda: desk, language="en")


@pytest.fixture
def run() -> Callable[[Any], Any]:
    import asyncio

    return asyncio.run
