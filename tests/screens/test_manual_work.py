"""Manual work orders as a list: how far it was looked through is said, and more are asked for."""

from __future__ import annotations

from typing import Any

import pytest

from boss_tui.answers.hall import WORK_AT_ONCE
from boss_tui.desk.work_by_hand import WorkView
from boss_tui.start.app import BossApp
from data.message import Message
from screens.manual_work import ManualWorkScreen
from tests.driver import Keys
from tests.screens.fake_desk import FakeDesk
from tests.screens.test_business import play

MORE = "The {n} that are open longest were looked through. Enter: more"


def view(n: int) -> WorkView:
    at = "2026-11-23T01:00:00.000000Z"
    told: dict[str, Any] = {"what": Message(f"Task {n:04}"), "why": Message(""), "kind": "other", "business": "C1"}
    about: dict[str, Any] = {
        "serial": "s",
        "state": "open",
        "created_at": at,
        "due_at": at,
        "level": 0,
        "owner": "",
        "owner_name": "",
    }
    return WorkView(key=str(n), outlet="HZ01", held_until="", steps=(), **told, **about)


@pytest.mark.parametrize(
    ("there", "pages"),
    [(WORK_AT_ONCE - 1, []), (WORK_AT_ONCE, [1]), (WORK_AT_ONCE + 1, [1]), (3 * WORK_AT_ONCE, [1, 2])],
)
def test_below_what_is_listed_stands_how_far_it_was_looked_through(there: int, pages: list[int]) -> None:
    desk, asked = FakeDesk(), list[int]()

    def listed(*, most: int) -> list[WorkView]:
        asked.append(most)
        return [view(n) for n in range(min(there, most))]

    setattr(desk.work_by_hand, "listed", listed)  # noqa: B010 (a stand-in)

    async def story(app: BossApp, keys: Keys) -> None:
        screen = ManualWorkScreen()
        await app.push_screen(screen)
        await keys.idle()
        await keys.type("none of them")
        for page in pages:
            (line,) = screen.listing.items
            assert line.cells == (Message(MORE, {"n": page * WORK_AT_ONCE}),)
            await keys.press("enter")
            await keys.idle()
        assert asked == [WORK_AT_ONCE * (at + 1) for at in range(len(pages) + 1)]
        assert bool(screen.listing.items) == (there >= asked[-1])

    play(desk, story)
