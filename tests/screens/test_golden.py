"""How the screens look, as text, in both languages: compared with files that a person has looked at.

`BOSS_GOLDEN=1 pytest tests/screens/test_golden.py` writes them anew; look at the difference before it is kept.
"""

from __future__ import annotations

import asyncio
import os
from functools import partial
from pathlib import Path

import pytest
from msgspec.structs import replace
from rich.cells import cell_len

from boss_tui.answers.hall import ShiftLine
from boss_tui.components.tenders.tender_slips import TenderSlip, TenderSlips
from boss_tui.desk.day_check import ToDo, to_do
from boss_tui.reports.left_open import LeftOpen
from boss_tui.reports.standing import WAITING
from boss_tui.start.app import BossApp
from data.message import say
from tests.driver import at_desk
from tests.screens.fake_desk import FakeDesk

GOLDEN = Path(__file__).with_name("golden")
FILLED = "C1\n1\n37010219900517123X\n张三丰\n泉城路1号\nn\n13812345678\n89860012345678901234\nQQT88\n12\n50\n\n"
STORIES: dict[str, list[str]] = {
    "home": [],
    "prompt": ["c1"],
    "empty_form": ["C1\n"],
    "filled_form": [FILLED],
    "wrong_field": ["C1\n1\n123\n"],
    "list_of_a_field": ["C1\n", "<f4>"],
    "price": [FILLED, "<f9>"],
    "payment": [FILLED, "<f10>", "500\n"],
    "done": [FILLED, "<f10>", "500\n", "<f10>"],
    "give_up": ["C1\n1\n", "<f3>"],
    "approval": [FILLED.replace("370102", "888102"), "<f10>"],
    "refused": [FILLED.replace("370102", "999102"), "<f10>"],
    "held": ["C1\n1\n", "<f6>", "等\n", "<f6>"],
    "find": ["<f2>", "张"],
    "orders": ["dd\n"],
    "order": ["dd\n\n"],
    "queues": ["dl\n"],
    "printers": ["dyj\n"],
    "route_of_papers": ["dyj\n02\n"],
    "new_printer": ["dyj\n", "＋\n"],
    "till": ["till\n"],
    "count": ["till\n1", "3\n5\n"],
    "day_check": ["till\n5"],
    "day_word": ["till\n5", "<f10>"],
    "day_figures": ["till\n4", "<enter>"],
    "day_behind": ["till\n4", "<enter>", "<enter>"],
    "day_compared": ["till\n4", "<enter>", "<f9>"],
    "report": ["till\n3"],
    "report_to_file": ["till\n3", "<f10>"],
    "past": ["till\n9"],
    "period": ["till\n0"],
    "shifts": ["till\n6"],
    "safe": ["till\n7"],
    "drop": ["till\n-"],
    "hand_over": ["till\n,", "5\n"],
    "ticks": ["till\n1", "5\n", "<f10>", "y"],
    "help": ["C1\n", "<tab>", "<f1>"],
    "palette": ["<ctrl+p>"],
    "matrix": ["matrix\n"],
    "matrix_row": ["matrix\n", "M6\n"],
    "act": ["matrix\n", "M6\n", "<enter>"],
    "locked": ["<ctrl+l>"],
}


DAY = ("day_", "report", "past", "period", "shifts", "safe", "drop", "hand_over", "ticks")
"""How the stories begin that a supervisor plays, at the end of a day."""
SLIPS = (
    TenderSlips("card", say("Card"), (TenderSlip("POS1", 12500), TenderSlip("POS2", 2000))),
    TenderSlips("cheque", say("Cheque"), (TenderSlip("CQ77", 99900),)),
)


def supervisor(name: str) -> FakeDesk:
    """A supervisor's desk, at the end of a day that leaves something open; in one story a drawer is not counted yet."""
    desk = FakeDesk()
    desk._state = replace(desk._state, grade="supervisor", shift_open=True)
    desk.others_open = [ShiftLine("1008", "孙丽", "HZ0108", "suspended", "2026-11-23", "2026-11-23T04:30:00.000000Z")]
    desk.slips = SLIPS
    title = say("Shift of {operator} {name} at till {till}", operator="1008", name="孙丽", till="HZ0108")
    drawer = ToDo("shift", "1008", title, say("Suspended, since {since}", since="11-23 12:30"), 1, stops=True)
    left = (
        LeftOpen("unknown", WAITING["unknown"], 2, ("HZ01-10000327",), wants_word=True),
        LeftOpen("orders", WAITING["orders"], 1, ("HZ01072611280004",)),
    )
    desk.to_do = [*([drawer] if name == "day_check" else ()), *map(to_do, left)]
    return desk


async def shown(name: str, language: str, size: tuple[int, int]) -> str:
    app = BossApp(partial(supervisor, name) if name.startswith(DAY) else FakeDesk, language=language)
    async with at_desk(app, size) as keys:
        for step in STORIES[name]:
            await (keys.press(step.strip("<>")) if step.startswith("<") else keys.type(step))
        return keys.text()


def compare(path: Path, text: str) -> None:
    if os.environ.get("BOSS_GOLDEN"):
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text + "\n")
    assert text + "\n" == path.read_text()


@pytest.mark.parametrize("language", ["zh_CN", "en"])
@pytest.mark.parametrize("name", STORIES)
def test_a_screen_looks_as_it_did(name: str, language: str) -> None:
    text = asyncio.run(shown(name, language, (80, 24)))
    assert all(cell_len(line) <= 80 for line in text.splitlines())
    compare(GOLDEN / language / f"{name}.txt", text)


@pytest.mark.parametrize("name", ["home", "filled_form", "price"])
def test_a_screen_grows(name: str) -> None:
    compare(GOLDEN / "wide" / f"{name}.txt", asyncio.run(shown(name, "zh_CN", (120, 40))))


def test_what_is_behind_a_box_is_read_however_often_the_box_was_drawn() -> None:
    async def story() -> None:
        async with at_desk(BossApp(FakeDesk, language="en"), (80, 24)) as keys:
            await keys.type(FILLED)
            await keys.press("f10")
            first = keys.text()
            keys.app.screen._styles_cache.clear()
            keys.app.screen.refresh()
            assert keys.text() == first

    asyncio.run(story())
