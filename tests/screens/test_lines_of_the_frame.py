"""The lines of the frame: what the screen is goes before a document; why a key was dropped, before whatever else is
said while its mark stays; the prompt finds a place by what stands within its name."""

from __future__ import annotations

import pytest
from textual import events

from boss_tui.start.app import BossApp
from data.message import say
from screens.counting import CloseShiftScreen
from screens.drawers import closing
from screens.driver import Unreadable
from screens.gate import BURST_PAUSE
from screens.widgets.lines import StatusLine
from tests.driver import Keys
from tests.screens.fake_desk import FakeDesk
from tests.screens.test_business import play
from tests.screens.test_drawers import other

WHY = "!  A key was dropped: what came is no UTF-8 (settings.toml: terminal_encoding)."


def told(keys: Keys) -> str:
    """The line above the keys."""
    return keys.text().splitlines()[-2].rstrip()


async def unreadable(app: BossApp) -> None:
    """The terminal sends a byte that is no character."""
    app.post_message(Unreadable(b"\xff", "utf-8"))
    await app.settled()
    looked(app)


def looked(app: BossApp) -> None:
    """The status line looks at the marks, as it does now and then."""
    for line in app.screen.query(StatusLine):
        line._look()


@pytest.mark.parametrize("tone", ["", "good", "warn", "error"])
def test_why_a_key_was_dropped_is_told_for_as_long_as_its_mark_stays(tone: str) -> None:
    """The form that still answers says something of its own: that stands there afterwards."""

    async def story(app: BossApp, keys: Keys) -> None:
        now = app.gate.now()
        app.gate._clock, app.gate.burst_pause = (lambda: now), BURST_PAUSE
        await keys.type("C1\n")
        await unreadable(app)
        app.announce(say("Nothing has been changed."), tone)
        assert told(keys) == WHY
        await keys.type("1")  # of the same burst
        assert told(keys) == WHY
        now += 10
        await keys.press("left")
        looked(app)
        assert "dropped" not in keys.text()
        assert told(keys).endswith("Nothing has been changed.")

    play(FakeDesk(), story)


def test_a_reason_is_told_of_no_other_key() -> None:
    """What was thrown away since it was meant for something else has a mark alone."""

    async def story(app: BossApp, keys: Keys) -> None:
        now = app.gate.now()
        app.gate._clock, app.gate.burst_pause = (lambda: now), BURST_PAUSE
        await unreadable(app)
        now += 10
        await keys.type("C1\n")
        app.gate.flush()
        app.gate.take(events.Key("x", "x"))
        looked(app)
        assert "1 key dropped" in keys.text()
        assert "A key was dropped" not in keys.text()

    play(FakeDesk(), story)


def test_what_a_screen_is_called_goes_before_the_customers_document() -> None:
    shift = other("open", "HZ0108")

    async def story(app: BossApp, keys: Keys) -> None:
        await keys.press("f2")
        await keys.type("李[b]\n")
        customer = app.customer
        assert customer is not None
        assert customer.document in keys.text()
        await app.push_screen(closing(shift))
        await app.settled()
        assert isinstance(app.screen, CloseShiftScreen)
        head = keys.text().splitlines()[1]
        assert app.words(app.screen.heading()) in head
        assert customer.name in head
        assert customer.number in head

    play(FakeDesk(), story)


@pytest.mark.parametrize(("typed", "place"), [("班授", "Delegations"), ("numbers", "Document numbers")])
def test_a_place_is_found_by_what_stands_within_its_name(typed: str, place: str) -> None:
    async def story(app: BossApp, keys: Keys) -> None:
        await keys.type(typed)
        assert place in keys.text(), keys.text()

    play(FakeDesk(), story)
