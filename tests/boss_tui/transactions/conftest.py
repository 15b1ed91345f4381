"""What a business books is verified after most of these tests; none of them touches the file beneath the store."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from boss_tui.verify import damage


@pytest.fixture(autouse=True, scope="package")
def files_are_whole() -> Iterator[None]:
    """The database is not asked to read its whole file each time: that it says what is wrong with one has tests of its
    own (`tests/boss_tui/verify/test_damage.py`)."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(damage, "_damage", lambda _reading: [])
        yield
