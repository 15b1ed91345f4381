"""Beside the sales, by keys: the stock counted, a logo set, a refund with its voucher, figures by product."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest
from PIL import Image, ImageDraw

from data.tables.account import BalanceBucket
from data.tables.counting import BlindCount
from data.tables.customer import Customer as Owner
from data.tables.order import Subscription
from data.tables.stock import PieceCount, RechargeCard, StockCount
from data.tables.sync import PrintJob
from screens.day_figures import BehindScreen
from screens.dialogs.dialog import Destroy
from screens.dialogs.one_line import OneLine
from screens.orders import OrderScreen
from screens.period_figures import PeriodScreen
from screens.preview import PreviewScreen
from screens.stock import StockCountScreen
from tests.journeys.businesses import serve
from tests.journeys.test_drawers import home, sign_on, till
from tests.journeys.world import FACTS, Clerk, World
from tests.tiers import nightly


async def stock(clerk: Clerk, world: World) -> None:
    """One piece too few is put down; another count wants a supervisor, who signs; the slip comes out."""
    chief = world.desk(FACTS.supervisor, "HZ0102")
    pieces = chief.stock.lines()[0].pieces or 0
    await clerk.type(f"pd\n{pieces - 1}")
    await clerk.press("f10")
    assert isinstance(clerk.app.screen, OneLine), clerk.text()
    assert clerk.word("Your count is put down. It differs from the books: give a reason.")[:6] in clerk.text()
    await clerk.press("escape")
    assert isinstance(clerk.app.screen, StockCountScreen), clerk.text()
    await clerk.press("home", *["delete"] * 6)
    await clerk.type(str(pieces))
    await clerk.press("f10")
    await clerk.type(f"{FACTS.supervisor}\n{FACTS.password}\n")
    assert isinstance(clerk.app.screen, PreviewScreen), clerk.text()
    assert [row.counted_by for row in world.rows(StockCount)] == [FACTS.clerk]
    assert [row.state for row in world.rows(BlindCount, order=("number",))] == ["answered", "accepted"]
    await home(clerk)


async def pieces(clerk: Clerk, world: World) -> None:
    """One serial is not found: the supervisor who signs sees what differs, says no once, and yes then."""
    serials = [row.serial for row in world.rows(RechargeCard, state="idle", outlet=FACTS.outlet)]
    await clerk.type("zj\n")
    await clerk.press("end", "enter")
    await clerk.type(f"{serials[1]}-{serials[-1]}")
    await clerk.press("f10")
    for answer in "ny":
        await clerk.press("f3", "enter")
        await clerk.type("2not found")
        await clerk.press("f10")
        await clerk.type(f"{FACTS.supervisor}\n{FACTS.password}\n")
        assert isinstance(clerk.app.screen, Destroy), clerk.text()
        assert clerk.sees("What is missing is never sold as new."), clerk.text()
        await clerk.type(answer)
        if answer == "n":
            assert clerk.sees("Not approved: the count goes on."), clerk.text()
            assert [row.state for row in world.rows(PieceCount)] == ["open"]
            await clerk.press("escape", "f3")
            await clerk.press("enter", "1")
    assert [row.state for row in world.rows(PieceCount)] == ["closed"]
    assert [row.state for row in world.rows(RechargeCard, serial=serials[0])] == ["locked"]
    await home(clerk)


async def refund(clerk: Clerk, world: World) -> None:
    """A balance goes back to its owner, in cash, with a voucher to be signed."""
    line, owner = next(
        (line, world.rows(Owner, id=line.customer_id)[0])
        for line in world.rows(Subscription, state="active", pay_type="prepaid")
        if any(row.amount > 1_000 for row in world.rows(BalanceBucket, account_id=line.account_id, kind="prepaid"))
    )
    await serve(clerk, world, "C12", who=line.number, action="advance", amount="20")
    await serve(
        clerk,
        world,
        "C12",
        who=line.number,
        action="refund",
        document_number=owner.document_number,
        amount="5",
        reason="客户要求",
    )
    titles = [job.title for job in world.rows(PrintJob)]
    assert [title for title in titles if title.startswith("退款凭证")], titles


async def logo(clerk: Clerk, picture: Path) -> None:
    """A supervisor sets a picture, and the list says which papers carry it."""
    image = Image.new("L", (120, 60), 255)
    ImageDraw.Draw(image).rectangle((10, 10, 90, 50), fill=0)
    image.save(picture)
    await clerk.type("printers\n")
    await clerk.type(f"{clerk.word('Logo')}\n{picture}")
    await clerk.press("f10")
    assert not clerk.sees("No logo is set."), clerk.text()
    assert clerk.word("Logo") in clerk.text()
    await home(clerk)


async def products(clerk: Clerk) -> None:
    """Figures by product, behind one its orders, and one of these."""
    await till(clerk)
    await clerk.type(f"{clerk.word('Figures')}\n")
    await clerk.press("f4")
    await clerk.type(f"{clerk.word('Products sold')}\n")
    assert isinstance(clerk.app.screen, PeriodScreen), clerk.text()
    await clerk.press("enter")
    assert isinstance(clerk.app.screen, BehindScreen), clerk.text()
    await clerk.press("enter")
    assert isinstance(clerk.app.screen, OrderScreen), clerk.text()
    await clerk.press("f3", "f3")
    assert isinstance(clerk.app.screen, PeriodScreen), clerk.text()
    await home(clerk)


@pytest.mark.parametrize(("language", "size"), [("zh_CN", (120, 40)), *nightly(("en", (80, 24)))])
def test_stock_refund_logo_and_products(world: World, tmp_path: Path, language: str, size: tuple[int, int]) -> None:
    async def day() -> None:
        async with world.clerk(language, size) as clerk:
            await clerk.sign_on()
            if clerk.app.words.language != language:
                await clerk.press("ctrl+t")
            await clerk.open_shift()
            await stock(clerk, world)
            await pieces(clerk, world)
            await refund(clerk, world)
            await sign_on(clerk, FACTS.supervisor)
            if clerk.app.words.language != language:
                await clerk.press("ctrl+t")
            await logo(clerk, tmp_path / "logo.png")
            await products(clerk)
            await clerk.until(lambda: clerk.told() == (0, 0, 0))

    asyncio.run(day())
    world.clean()
