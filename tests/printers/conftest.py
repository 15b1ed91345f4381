"""No paper depends on the fonts of the machine that the tests run on."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from printers import glyphs


@pytest.fixture(autouse=True, scope="session")
def no_fonts() -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(glyphs, "_fonts", lambda _character: iter(()))
        glyphs.drawing.cache_clear()
        yield
    glyphs.drawing.cache_clear()
