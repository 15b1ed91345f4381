"""What goes back on a stick: all that waits for an outlet, page by page; what a refused batch leaves out."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from types import SimpleNamespace
from typing import Any

import pytest

from boss_tui.headquarters import carried
from boss_tui.headquarters.office import Refuse
from data.message import say


@pytest.mark.parametrize("count", [0, 1, 199, 200, 201, 401])
def test_all_items_of_the_feed_go_page_by_page(monkeypatch: pytest.MonkeyPatch, count: int) -> None:
    def page(_office: Any, outlet: str, after: int, most: int) -> Any:
        assert (outlet, most) == ("HZ01", 200)
        return SimpleNamespace(items=[SimpleNamespace(number=n) for n in range(after + 1, count + 1)][:most])

    monkeypatch.setattr(carried, "page", page)
    office: Any = None
    assert [item.number for item in carried._all_items(office, "HZ01", 0)] == list(range(1, count + 1))
    assert [item.number for item in carried._all_items(office, "HZ01", 150)] == list(range(151, count + 1))


class Page(SimpleNamespace):
    """A page of the stream."""

    def model_copy(self, *, update: dict[str, Any]) -> Page:
        return Page(**{**self.__dict__, **update})


@pytest.mark.parametrize("count", [0, 1, 200, 201, 401])
@pytest.mark.parametrize("cursor", [0, 7])
def test_all_of_the_stream_goes_as_one_page(monkeypatch: pytest.MonkeyPatch, count: int, cursor: int) -> None:
    """Numbers of an outlet's stream begin behind its cursor; `next` is the number of the one that comes next."""
    last = cursor + count

    def page(_reading: Any, _office: Any, _outlet: str, after: int, most: int) -> Page:
        through = min(after + most, last)
        return Page(after=after, through=through, next=last + 1, items=list(range(after + 1, through + 1)))

    @contextmanager
    def reading() -> Iterator[None]:
        yield None

    monkeypatch.setattr(carried, "stream_page", page)
    office: Any = SimpleNamespace(store=SimpleNamespace(reading=reading))
    asked: Any = SimpleNamespace(outlet="HZ01", stream_cursor=cursor)
    found: Any = carried._all_of_stream(office, asked)
    assert (found.after, found.items) == (cursor, list(range(cursor + 1, last + 1)))
    assert found.through == last


def test_batches_are_taken_in_turn_until_one_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    taken: list[str] = []

    def take(_office: Any, outlet: str, content: str, signature: str, *, linked: bool) -> None:
        assert (outlet, signature, linked) == ("HZ01", "s", False)
        if content == "bad":
            raise Refuse(409, "gap", say("Send from 3."))
        taken.append(content)

    def batches(*contents: str) -> list[Any]:
        return [SimpleNamespace(content=lambda c=each: c, signature="s") for each in contents]

    monkeypatch.setattr(carried, "take_batch", take)
    office: Any = None
    assert carried._take_all(office, "HZ01", batches("1", "2")) is None
    refusal = carried._take_all(office, "HZ01", batches("3", "bad", "4"))
    assert refusal is not None
    assert (taken, refusal.code) == (["1", "2", "3"], "gap")
