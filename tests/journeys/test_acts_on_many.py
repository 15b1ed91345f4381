"""An act on many pieces is asked about before it is done, by keys: how many, which first, and that fewer are free than
were asked for; in both languages."""

from __future__ import annotations

import asyncio

import pytest

from data.demo.hall import OFFICE
from data.message import say
from data.tables.sync import Lease
from screens.dialogs.dialog import Destroy
from screens.dialogs.pick_list import PickList
from screens.manage.acting import ActScreen
from screens.manage.editions import EditionScreen
from screens.manage.people import Told
from tests.head_office import MAKER
from tests.journeys.both_ends import OfficeManager, at_office
from tests.journeys.world import FACTS
from tests.linked_hall import LinkedHall


@pytest.mark.parametrize("language", ["zh_CN", "en"])
def test_a_block_is_taken_in_and_leased(linked: LinkedHall, language: str) -> None:
    async def day() -> None:
        async with at_office(linked, MAKER, language) as m:
            await m.rows("m5/number_segment", {"prefix": "1395801", "element": "HLR01", "last": "0999"})
            await m.submit("M5")
        async with at_office(linked, "3002", language) as m:
            await m.approve_all()
        async with at_office(linked, MAKER, language) as m:
            await gone_on_with(m)
            await made(m)
            await leased(m, linked)

    asyncio.run(day())


async def gone_on_with(m: OfficeManager) -> None:
    """A segment is half of the work: its edition says what comes next, and the key that decides it leads there."""
    await m.type("m5/number_segment\n")
    await m.press("f6", "enter")
    assert isinstance(m.app.screen, EditionScreen), m.text()
    m.must_read(say("once it is in force (F10): {act}", act=say("Make numbers of a segment")))
    await m.press("f10")
    assert isinstance(m.app.screen, ActScreen), m.text()
    assert m.app.screen.panel.values() == {"numbers": "1395801"}
    await m.press("f3")
    await m.home()


async def made(m: OfficeManager) -> None:
    """A block of a segment: nothing is made without a yes."""
    for answer in ("n", "y"):
        await m.choose("M5/phone_number", "", "Make numbers of a segment")
        await m.fill({"numbers": "1395801"}, ActScreen)
        await m.press("f10")
        assert isinstance(m.app.screen, Destroy), m.text()
        m.must_read(say("{label}: {value}", label=say("Made"), value="1,000"))
        assert "13958010000" in m.text(), m.text()
        await m.press(answer)
        assert isinstance(m.app.screen, ActScreen if answer == "n" else Told), m.text()
        await m.press("f3")  # out of the form, which asks; or out of what came of it
        if answer == "n":
            await m.press("y")
        await m.home()


async def leased(m: OfficeManager, linked: LinkedHall) -> None:
    """A lease takes over what the list is narrowed to; one of more than there are says so before; the office is none
    whom it could go to."""
    await m.choose("M5/phone_number", "1395801", "Lease numbers to an outlet")
    assert isinstance(m.app.screen, ActScreen), m.text()
    values = m.app.screen.panel.values()
    assert (values["numbers"], values["pieces"]) == ("1395801", "1000")
    await m.press("f4")
    assert isinstance(m.app.screen, PickList), m.text()
    assert FACTS.outlet in m.text()
    assert OFFICE not in [item.value for item in m.app.screen.listing.items]
    await m.press("escape")
    await m.fill({"outlet": FACTS.outlet, "pieces": "5000"}, ActScreen)
    await m.press("f10")
    assert isinstance(m.app.screen, Destroy), m.text()
    m.must_read(say("{n} of {wanted}: no more of them are free", n="1,000", wanted="5,000"))
    with linked.office.store.reading() as reading:
        before = len(reading.all(Lease, outlet=FACTS.outlet, kind="number"))
    await m.press("y")
    assert isinstance(m.app.screen, Told), m.text()
    with linked.office.store.reading() as reading:
        assert len(reading.all(Lease, outlet=FACTS.outlet, kind="number")) == before + 1
