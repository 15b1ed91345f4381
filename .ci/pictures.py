"""The pictures of the README: screens of the demonstration hall, drawn anew by `make pictures`.

Chinese glyphs are two cells wide, which the SVG export does not know: their text is measured again here.
"""

from __future__ import annotations

import asyncio
import re
import sys
import tempfile
from html import unescape
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from rich.cells import cell_len  # noqa: E402

import screens  # noqa: E402, F401 (first: it sets what Textual reads at its import)
from boss_tui.start.app import BossApp  # noqa: E402
from boss_tui.start.opening import Opened  # noqa: E402
from tests.driver import at_desk  # noqa: E402

PICTURES = ROOT / "screens" / "pictures"
_WEB_FONT = re.compile(r"@font-face \{.*?\}", re.DOTALL)
_SPAN = re.compile(r'(<text [^>]*?textLength=")([\d.]+)("[^>]*>)([^<]*)(</text>)')


def measured(svg: str) -> str:
    """The SVG with the length of each text as a terminal would draw it, and no font from the web."""

    def again(match: re.Match[str]) -> str:
        text = unescape(match[4])
        length = float(match[2]) * cell_len(text) / max(len(text), 1)
        return f"{match[1]}{length:.1f}{match[3]}{match[4]}{match[5]}"

    return _SPAN.sub(again, _WEB_FONT.sub("", svg))


async def draw(folder: Path) -> None:
    """A clerk opens an account; two pictures are kept."""
    opened = Opened(str(folder), demo=True, customers=60)
    app = BossApp(opened.connect, opened.keep_house, language="zh_CN")
    try:
        async with at_desk(app, size=(100, 30)) as keys:
            await keys.type("1001\ndemo-1234\ntill\n\n200")
            await keys.press("f10", "f3")
            await keys.type("C1\n\n330105199005183462\n仇丽华\n\n\n城关镇人民路12号\n057188886666\n\n\n")
            await keys.press("f4", "enter", "f4", "enter", "f4", "enter")
            (PICTURES / "open-account.svg").write_text(measured(app.export_screenshot(title="boss")))
            await keys.type("\n\n\n\n274916\n274916")
            await keys.press("f10")
            await keys.type("300\n")
            await keys.press("f10")
            (PICTURES / "papers.svg").write_text(measured(app.export_screenshot(title="boss")))
    finally:
        opened.close()


if __name__ == "__main__":
    PICTURES.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as temporary:
        asyncio.run(draw(Path(temporary) / "home"))
