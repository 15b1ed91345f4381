"""The compiled translations, which the build makes elsewhere; desks in terminals that are lent from test to test."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

import boss_tui.locale
from tests.screens.lent_desks import LentDesks


def compile_words() -> None:
    """Compile what is missing or older than its source."""
    for source in Path(boss_tui.locale.__file__).parent.glob("*/LC_MESSAGES/*.po"):
        target = source.with_suffix(".mo")
        if target.exists() and target.stat().st_mtime >= source.stat().st_mtime:
            continue
        partial = target.with_suffix(f".{os.getpid()}")
        with source.open("rb") as words, partial.open("wb") as compiled:
            write_mo(compiled, read_po(words))
        partial.replace(target)


compile_words()


@pytest.fixture(scope="module")
def desks(tmp_path_factory: pytest.TempPathFactory) -> Iterator[LentDesks]:
    """Desks in terminals, for tests of a desk that has been opened."""
    desks = LentDesks(tmp_path_factory.mktemp("desks"))
    yield desks
    desks.end()
