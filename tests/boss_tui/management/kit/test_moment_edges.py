"""A list as of one moment, a piece after the other: it is held until its last piece was read, and no longer."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from types import SimpleNamespace
from typing import Any

import pytest

from boss_tui.management.kit import moment
from boss_tui.management.kit.moment import Moment


@pytest.fixture
def held() -> list[str]:
    """Whether the reading is open."""
    return []


def opened(monkeypatch: pytest.MonkeyPatch, held: list[str], rows: Iterator[Any]) -> Any:
    @contextmanager
    def reading() -> Iterator[None]:
        held.append("open")
        yield None
        held.append("closed")

    monkeypatch.setattr(moment, "rows", lambda *_: rows)
    store: Any = SimpleNamespace(reading=reading)
    nothing: Any = None
    return Moment(store, nothing, nothing)


@pytest.mark.parametrize(
    ("count", "pieces"),
    [(0, [[]]), (1, [[0]]), (2, [[0, 1], []]), (3, [[0, 1], [2]]), (4, [[0, 1], [2, 3], []])],
)
def test_fewer_than_were_asked_for_are_the_last(
    monkeypatch: pytest.MonkeyPatch, held: list[str], count: int, pieces: list[list[int]]
) -> None:
    of = opened(monkeypatch, held, iter(range(count)))
    for piece in pieces:
        assert held == ["open"]
        assert of.next(2) == piece
    assert held == ["open", "closed"]


def test_a_moment_that_can_not_be_read_on_is_let_go(monkeypatch: pytest.MonkeyPatch, held: list[str]) -> None:
    def rows() -> Iterator[int]:
        yield 0
        raise OSError("gone")

    of = opened(monkeypatch, held, rows())
    with pytest.raises(OSError, match="gone"):
        of.next(2)
    assert held == ["open", "closed"]


def test_it_can_be_let_go_before_its_end(monkeypatch: pytest.MonkeyPatch, held: list[str]) -> None:
    opened(monkeypatch, held, iter(range(9))).close()
    assert held == ["open", "closed"]
