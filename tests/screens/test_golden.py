"""How the screens look, as text, in both languages: compared with files that a person has looked at.

`BOSS_GOLDEN=1 pytest tests/screens/test_golden.py` writes them anew; look at the difference before it is kept.
"""

from __future__ import annotations

import asyncio
import os
from pathlib import Path

import pytest
from rich.cells import cell_len

from boss_tui.app import BossApp
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
    "help": ["C1\n", "<tab>", "<f1>"],
    "palette": ["<ctrl+p>"],
    "locked": ["<ctrl+l>"],
}


async def shown(name: str, language: str, size: tuple[int, int]) -> str:
    app = BossApp(FakeDesk, language=language)
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
