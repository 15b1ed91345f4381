"""要发票吗, by keys: an invoice that is put off and drawn once; a company's title, corrected in the payment box."""

from __future__ import annotations

import asyncio

from data.tables.customer import Customer as CustomerRow
from data.tables.document import InvoiceRequest, PaperDocument
from data.tables.order import ProductOrder, Subscription
from screens.dialogs.invoice_box import InvoiceBox
from screens.dialogs.outcome import OutcomeDialog
from screens.dialogs.tender_panel import TenderPanel
from screens.orders import OrdersScreen
from screens.preview import PreviewScreen
from tests.journeys.world import Clerk, Customer, World


def test_an_invoice_is_put_off_and_drawn_from_the_list_of_orders(world: World) -> None:
    async def day() -> None:
        async with world.clerk() as clerk:
            await clerk.sign_on()
            await clerk.open_shift()
            serial = await put_off(clerk)
            await drawn(clerk, world, serial)
            await clerk.until(lambda: not clerk.app.queues.outbox)
            with world.headquarters() as central:
                (order,) = world.rows(ProductOrder, serial=serial)
                assert central.one(InvoiceRequest, order_id=order.id).state == "drawn"

    asyncio.run(day())
    world.clean()


async def put_off(clerk: Clerk) -> str:
    """C1 as ever, one key more in the payment box. The order's serial."""
    await clerk.fill_account(Customer())
    await clerk.press("f10")
    assert clerk.sees("Invoice: {when}, for {whose}   (Ctrl+K)", when=clerk.word("now"), whose=Customer().name)
    await clerk.press("ctrl+k")
    await clerk.type("2")
    await clerk.press("f10")
    assert isinstance(clerk.app.screen, TenderPanel), clerk.text()
    assert clerk.word("later, drawn from the order") in clerk.text()
    await clerk.give("200")
    await clerk.press("f10")
    assert isinstance(clerk.app.screen, OutcomeDialog), clerk.text()
    outcome = clerk.app.screen.outcome
    assert [paper.kind for paper in outcome.papers] == ["receipt", "slip", "contract"]
    await clerk.press("space")
    return outcome.serial


async def drawn(clerk: Clerk, world: World, serial: str) -> None:
    """From the list, by the same key; once more is refused, in the list and in the order."""
    await clerk.type("dd\n")
    await clerk.press("ctrl+k")
    assert isinstance(clerk.app.screen, InvoiceBox), clerk.text()
    await clerk.press("f10")
    assert isinstance(clerk.app.screen, PreviewScreen), clerk.text()
    (paper,) = world.rows(PaperDocument, kind="invoice", drawn_later=1)
    assert f"{paper.code}-{paper.number:08d}" in clerk.text()
    await clerk.press("f3")
    assert isinstance(clerk.app.screen, OrdersScreen), clerk.text()
    for key in ("ctrl+k", "enter", "ctrl+k"):
        await clerk.press(key)
        assert key == "enter" or clerk.sees("The invoice of this order is drawn already: F4 shows it."), clerk.text()
    assert clerk.word("drawn later") in clerk.text()
    await clerk.press("f3", "f3")
    assert len(world.rows(PaperDocument, kind="invoice", drawn_later=1)) == 1


def test_a_company_pays_and_has_its_title_on_the_invoice(world: World) -> None:
    async def day() -> None:
        async with world.clerk() as clerk:
            await clerk.sign_on()
            await clerk.open_shift()
            (company,) = world.rows(CustomerRow, holder="organization", name="杭州明天科技有限公司")
            line = world.rows(Subscription, customer_id=company.id)[0]
            numbers.append(company.document_number)
            await clerk.type(f"C12 {line.number} 500\n预存\n")
            await clerk.press("f10")
            assert isinstance(clerk.app.screen, TenderPanel), clerk.text()
            assert company.name in clerk.text()
            assert company.document_number in clerk.text()
            await clerk.press("ctrl+k")
            await clerk.type("\n杭州明天科技有限公司滨江分公司\n1\n")
            assert clerk.sees("A tax number has 15, 18 or 20 characters; these are {count}.", count=1)
            await clerk.type(f"{company.document_number}\n")
            assert isinstance(clerk.app.screen, TenderPanel), clerk.text()
            assert "滨江分公司" in clerk.text()
            await clerk.press("f10")
            assert isinstance(clerk.app.screen, OutcomeDialog), clerk.text()
            invoices.extend("\n".join(p.preview) for p in clerk.app.screen.outcome.papers if p.kind == "invoice")

    invoices: list[str] = []
    numbers: list[str] = []
    asyncio.run(day())
    (invoice,) = invoices
    assert "滨江分公司" in invoice
    assert numbers[0] in invoice
    world.clean()
