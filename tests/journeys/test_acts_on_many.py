"""An act on many pieces is asked about before it is done, by keys: how many, which first, and that fewer are free than
were asked for; in both languages."""

from __future__ import annotations

import asyncio

import pytest

from data.demo.hall import OFFICE
from data.message import both, say
from data.tables.sync import Lease
from screens.dialogs.dialog import Destroy
from screens.dialogs.pick_list import PickList
from screens.manage.acting import ActScreen, LeadsOn
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
            await gone_on_with(m, "Make numbers of a segment", {"numbers": "1395801"})
            await made(m)
            await gone_on_with(m, "Lease numbers to an outlet", WHOLE)
            await leased(m, linked)

    asyncio.run(day())


WHOLE = {"outlet": "", "numbers": "1395801", "grade": "", "pieces": "1000", "days": ""}
"""The form of a lease of all that was made."""


async def gone_on_with(m: OfficeManager, act: str, begun: dict[str, str]) -> None:
    """A segment is a third of the work: its edition says what comes next, and the key that decides it leads there."""
    await m.type("m5/number_segment\n")
    await m.press("f6", "enter")
    assert isinstance(m.app.screen, EditionScreen), m.text()
    m.must_read(say("once it is in force (F10): {act}", act=say(act)))
    await m.press("f10")
    assert isinstance(m.app.screen, ActScreen), m.text()
    assert m.app.screen.panel.values() == begun
    await m.press("f3")
    await m.home()


async def made(m: OfficeManager) -> None:
    """A block of a segment: nothing is made without a yes; what came of it leads on to its lease."""
    for answer in ("n", "y"):
        await m.choose("M5/phone_number", "", "Make numbers of a segment")
        await m.fill({"numbers": "1395801"}, ActScreen)
        await m.press("f10")
        assert isinstance(m.app.screen, Destroy), m.text()
        m.must_read(say("{label}: {value}", label=say("To be made"), value="1,000"))
        assert "13958010000" in m.text(), m.text()
        await m.press(answer)
        assert isinstance(m.app.screen, ActScreen if answer == "n" else LeadsOn), m.text()
        if answer == "n":
            await m.press("f3")  # out of the form, which asks
            await m.press("y")
            await m.home()
    m.must_read(say("F10: {act}        Enter or Esc: back", act=say("Lease numbers to an outlet")))
    await m.press("f10")
    assert isinstance(m.app.screen, ActScreen), m.text()
    assert m.app.screen.panel.values() == WHOLE
    await m.press("f3")
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
    m.must_read(both("城关营业厅", "Chengguan Hall"))  # what the code is called stands beside it
    await m.press("f10")
    assert isinstance(m.app.screen, Destroy), m.text()
    m.must_read(say("{n} of {wanted}: no more of them are free", n="1,000", wanted="5,000"))
    with linked.office.store.reading() as reading:
        before = len(reading.all(Lease, outlet=FACTS.outlet, kind="number"))
    await m.press("y")
    assert isinstance(m.app.screen, Told), m.text()
    with linked.office.store.reading() as reading:
        assert len(reading.all(Lease, outlet=FACTS.outlet, kind="number")) == before + 1
