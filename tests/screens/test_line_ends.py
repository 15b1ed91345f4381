"""A scanner's line end is one Enter, whatever it is made of; Enters that somebody typed are what they are."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable

import pytest
from textual import events

from boss_tui.start.app import BossApp
from screens.dialogs.tender_panel import TenderPanel
from screens.line_ends import CR_LF, FOLLOWS, MACHINE, LineEnds
from tests.driver import at_desk
from tests.screens.fake_desk import FakeDesk
from tests.screens.lent_desks import LentDesks
from tests.screens.terminal_process import F
from tests.screens.test_payment_box import FILLED, shows
from tests.tiers import nightly

KEYS = {"\r": "enter", "\n": "ctrl+j"}
FAST, HANDS = MACHINE / 2, 0.08


def sorted_keys(typed: str, pauses: Iterable[float], doubled: bool = True) -> str:
    """What of the keys takes effect; each comes so many seconds after the one before."""
    ends, now, out = LineEnds(doubled), 100.0, ""
    for c, pause in zip(typed, pauses, strict=True):
        event = events.Key(KEYS.get(c, c), c)
        now += pause
        event.time = now
        out += "".join(key.character or "" for key in ends.sort(event) if isinstance(key, events.Key))
    return out


@pytest.mark.parametrize(
    ("typed", "pauses", "expected"),
    [
        ("ab\r", [FAST] * 3, "ab\r"),
        ("ab\n", [FAST] * 3, "ab\n"),
        ("ab\r\n", [FAST] * 4, "ab\r"),
        ("ab\r\r", [FAST] * 4, "ab\r"),
        ("ab\r\nab\r\n", [FAST] * 8, "ab\rab\r"),  # two scans
        ("ab\r\rab\r\r", [*[FAST] * 4, HANDS, *[FAST] * 3], "ab\rab\r"),
        ("ab\r\r7", [*[FAST] * 4, HANDS], "ab\r7"),
        ("\r\n", [HANDS, CR_LF], "\r"),  # the last pause at which it is one line end
        ("\r\n", [HANDS, CR_LF + 0.001], "\r\n"),
        ("ab\r\r", [FAST, FAST, FAST, MACHINE + 0.001], "ab\r\r"),
        ("ab\r\r", [HANDS] * 4, "ab\r\r"),  # twice by hand
        ("ab\r\r", [HANDS, HANDS, HANDS, FAST], "ab\r\r"),  # what came before was no scan
        ("kh\r\r33", [FAST] * 6, "kh\r\r33"),  # typed ahead: more follows at once
        ("kh\r\r3", [*[FAST] * 4, FOLLOWS], "kh\r\r3"),  # a burst of which two keys were read at once
        ("kh\r\r3", [*[FAST] * 4, FOLLOWS + 0.001], "kh\r3"),
        ("a\r\r\r\rb", [FAST] * 6, "a\r\r\r\rb"),
        ("ab\n\n", [FAST] * 4, "ab\n\n"),  # typed before the terminal was held
        ("\n\r", [FAST] * 2, "\n\r"),
    ],
    ids=repr,
)
def test_what_is_one_enter(typed: str, pauses: list[float], expected: str) -> None:
    assert sorted_keys(typed, pauses) == expected


def test_keys_that_come_from_no_terminal_have_no_speed() -> None:
    assert sorted_keys("ab\r\r", [FAST] * 4, doubled=False) == "ab\r\r"
    assert sorted_keys("ab\r\n", [FAST] * 4, doubled=False) == "ab\r"


@pytest.mark.pty
@pytest.mark.parametrize("end", [b"\r\n", b"\r\r", *nightly(b"\r", b"\n")], ids=repr)
def test_a_scanned_reference_books_its_card_and_no_cash(desks: LentDesks, end: bytes) -> None:
    with desks.lent() as desk:
        terminal = desk.terminal
        terminal.send(FILLED.replace("\n", "\r").encode(), 0.01)
        terminal.send(F[10])
        terminal.wait(lambda: terminal.shows("Still to pay"))
        terminal.send(b"\x1b[A2\r20\r", 0.02)
        terminal.send(b"POS4711" + end)
        terminal.wait(lambda: terminal.shows("180.00"))
        terminal.read(0.3)
        terminal.send(b"30\r", 0.02)
        terminal.wait(lambda: terminal.shows("150.00"))
        terminal.read(0.5)
        terminal.send(F[10])
        terminal.wait(lambda: bool(desk.done))
        assert desk.done[0][2] == [2000, 3000, 15000]


def test_an_enter_too_many_by_hand_books_nothing_and_loses_nothing() -> None:
    async def main() -> None:
        app = BossApp(FakeDesk, language="en")
        async with at_desk(app) as keys:
            await keys.type(FILLED)
            await keys.press("f10")
            assert isinstance(app.screen, TenderPanel)
            await keys.type("50\n\n\n")
            assert shows(keys, "Still to pay", "150.00")
            assert "Type the amount, or F10: 150.00 in cash." in keys.text()
            await keys.type("\n30\n")  # what is typed behind it counts
            assert shows(keys, "Still to pay", "120.00")
            await keys.press("up")
            await keys.type("2\n\nPOS1\n")  # a card's reference is typed: that is no Enter too many
            assert shows(keys, "Still to pay", "0.00") or "F10: complete." in keys.text()
            assert app.screen.sums.tenders[-1].kind == "card"

    asyncio.run(main())
