"""Cancelling an order from its screen: a reason, a supervisor, what goes back; or why it can't be."""

from __future__ import annotations

from boss_tui.start.app import BossApp
from data.message import say
from screens.dialogs.approval import Approval
from screens.dialogs.one_line import OneLine
from screens.dialogs.outcome import OutcomeDialog
from screens.orders import OrderScreen
from tests.driver import Keys
from tests.screens.fake_desk import FakeDesk
from tests.screens.test_business import play

SERIAL = "3701-03-20261123-0001"


def test_an_order_is_cancelled_with_a_reason_and_a_supervisor() -> None:
    desk = FakeDesk()

    async def story(app: BossApp, keys: Keys) -> None:
        await keys.type("dd\n\n")
        await keys.press("delete")
        assert isinstance(app.screen, OneLine)
        await keys.press("enter")
        assert isinstance(app.screen, OneLine), "a reason is needed"
        await keys.type("网络开不通\n")
        assert isinstance(app.screen, Approval)
        assert f"Cancel order {SERIAL}" in keys.text()
        await keys.type("9001\nboss\n")
        assert isinstance(app.screen, OutcomeDialog)
        shown = keys.text()
        for words in (f"Order {SERIAL} is cancelled.", "Give back 150.00", "In cash 100.00", "合计: -150.00"):
            assert words in shown
        await keys.press("space")
        assert isinstance(app.screen, OrderScreen)
        assert "cancelled" in keys.text()
        await keys.press("delete")
        assert isinstance(app.screen, OrderScreen)
        assert "The order is cancelled already." in keys.text()

    play(desk, story)
    assert desk.cancelled == {SERIAL: "网络开不通"}
    assert desk.calls.count("cancel") == 1


def test_esc_leaves_the_order_as_it_is() -> None:
    desk = FakeDesk()

    async def story(app: BossApp, keys: Keys) -> None:
        await keys.type("dd\n\n")
        await keys.press("delete", "escape")
        assert isinstance(app.screen, OrderScreen)
        await keys.press("delete")
        await keys.type("开不通\n")
        await keys.press("escape")
        assert isinstance(app.screen, OrderScreen)

    play(desk, story)
    assert "cancel" not in desk.calls


def test_a_wrong_password_is_told_and_nothing_is_done() -> None:
    desk = FakeDesk()

    async def story(app: BossApp, keys: Keys) -> None:
        await keys.type("dd\n\n")
        await keys.press("delete")
        await keys.type("开不通\n")
        await keys.type("9001\nwrong\n")
        assert isinstance(app.screen, Approval), "it stays open for another try"
        assert "password is wrong" in keys.text()
        assert not desk.cancelled
        await keys.type("\nboss\n")
        assert isinstance(app.screen, OutcomeDialog)

    play(desk, story)
    assert desk.cancelled


def test_an_order_that_stays_says_why_and_the_palette_too() -> None:
    desk = FakeDesk()
    desk.stays = say("{why} {instead}", why=say("The network has done it already."), instead=say("Close it with C9."))

    async def story(app: BossApp, keys: Keys) -> None:
        await keys.type("dd\n\n")
        await keys.press("delete")
        assert isinstance(app.screen, OrderScreen)
        assert "The network has done it already. Close it with C9." in keys.text()
        await keys.press("f5")
        await keys.press("ctrl+p")
        await keys.type("撤单\n")
        assert isinstance(app.screen, OrderScreen)
        assert "The network has done it already." in keys.text()

    play(desk, story)
    assert "cancel" not in desk.calls
