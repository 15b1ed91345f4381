"""Properties are judged by what they find, not by how long a busy machine takes over one example."""

from __future__ import annotations

import os
from collections.abc import Iterator

import pytest
from hypothesis import settings

from printers import glyphs

settings.register_profile("untimed", deadline=None, max_examples=40 if os.environ.get("CI") else 100)
settings.load_profile("untimed")


@pytest.fixture(autouse=True, scope="session")
def no_fonts() -> Iterator[None]:
    """No paper depends on the fonts of the machine that the tests run on."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(glyphs, "_fonts", lambda _character: iter(()))
        glyphs.drawing.cache_clear()
        yield
    glyphs.drawing.cache_clear()
