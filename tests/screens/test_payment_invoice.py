"""The invoice in the payment box: put off by a key, or made out to somebody."""

from __future__ import annotations

from boss_tui.answers.business import Invoicing, Tender
from boss_tui.start.app import BossApp
from screens.dialogs.invoice_box import InvoiceBox
from screens.dialogs.outcome import OutcomeDialog
from screens.dialogs.tender_panel import TenderPanel
from tests.driver import Keys
from tests.screens.fake_desk import FakeDesk
from tests.screens.test_payment_box import play


def test_the_invoice_is_put_off_by_a_key_and_said_in_words() -> None:
    desk = FakeDesk()

    async def story(app: BossApp, keys: Keys) -> None:
        assert "Invoice: now" in keys.text()
        await keys.type("300")
        await keys.press("ctrl+k")
        assert isinstance(app.screen, InvoiceBox)
        await keys.type("2")
        assert "later, drawn from the order" in keys.text()
        await keys.press("f10")
        assert isinstance(app.screen, TenderPanel)
        assert "Invoice: later" in keys.text()
        assert "change 100.00" in keys.text(), "what was typed before is there"
        await keys.press("f10")
        assert isinstance(app.screen, OutcomeDialog)

    assert play(story, desk) == [Tender("cash", 30_000)]
    assert list(desk.asked_invoices.values()) == [Invoicing("later")]


def test_a_title_and_its_number_are_typed_and_checked_beside_their_fields() -> None:
    desk = FakeDesk()

    async def story(app: BossApp, keys: Keys) -> None:
        await keys.press("ctrl+k")
        await keys.type("\n")
        await keys.type("某公司\n123\n")
        assert isinstance(app.screen, InvoiceBox)
        assert "! A tax number" in keys.text()
        assert "A tax number has 15, 18 or 20 characters; these are 3." in keys.text()
        assert not desk.asked_invoices
        await keys.type("111111111111111")
        await keys.press("f10")
        assert "Invoice: now, for 某公司 111111111111111" in keys.text()
        await keys.press("ctrl+k", "right", "right", "enter")
        assert "Invoice: none, and none later" in keys.text()

    assert play(story, desk) == []


def test_esc_leaves_the_invoice_as_it_was() -> None:
    desk = FakeDesk()

    async def story(app: BossApp, keys: Keys) -> None:
        await keys.press("ctrl+k")
        await keys.type("3")
        await keys.press("escape")
        assert isinstance(app.screen, TenderPanel)
        assert "Invoice: now" in keys.text()
        await keys.press("ctrl+k")
        await keys.type("9")
        await keys.press("f10")
        assert isinstance(app.screen, InvoiceBox)
        assert "! 1 now, 2 later, 3 none" in keys.text()

    assert play(story, desk) == []
    assert not desk.asked_invoices
