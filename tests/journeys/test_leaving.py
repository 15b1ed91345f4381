"""Somebody leaves in the middle of a shift, by keys: what they hold is told before it is decided, and again at their
hall until it is seen to; who signs off is told of their drawer."""

from __future__ import annotations

import asyncio

import pytest

from boss_tui.locale import words
from data.message import Message, say
from screens.dialogs.dialog import Destroy
from screens.lock import LockScreen, Successor
from screens.manage.rows import RowsScreen
from screens.sign_on import SignOnScreen
from screens.staff import StaffScreen
from tests.head_office import MAKER
from tests.journeys.both_ends import approved, at_hall, at_office
from tests.journeys.world import FACTS
from tests.linked_hall import LinkedHall

DRAWER = say(
    "A drawer at till {till} of {outlet}, since {day}", till=FACTS.counter, outlet=FACTS.outlet, day="2026-11-23"
)
ALL_AT_OFFICE = say("They are kept by the hall: its supervisor lists them by staff, F4.")
SEEN_TO = say("A supervisor counts and closes it, or hands it over.")


@pytest.mark.parametrize("language", ["zh_CN", "en"])
def test_what_a_dismissed_clerk_leaves_is_told_at_both_ends(linked: LinkedHall, language: str) -> None:
    number = linked.hall.filled().number
    name = linked.hall.desk.signing.state().operator
    linked.exchange()
    asyncio.run(dismissed(linked, language, name))
    approved(linked, language)
    asyncio.run(seen_to(linked, language, number))


async def dismissed(linked: LinkedHall, language: str, name: str) -> None:
    """The question names them, and says what they leave; without a yes nothing is done."""
    async with at_office(linked, MAKER, language) as m:
        for answer in ("n", "y"):
            await m.choose("M7/operator", FACTS.clerk, "Leave (dismissed, or of their own will)")
            assert isinstance(m.app.screen, Destroy), m.text()
            m.must_read(say("Staff"), Message(FACTS.clerk), Message(name), DRAWER, SEEN_TO, ALL_AT_OFFICE)
            await m.press(answer)
            if answer == "n":
                assert isinstance(m.app.screen, RowsScreen), m.text()
                await m.press("escape", "escape")
        await m.type("Dismissal\nbecause\n\n\n")
        await m.submit("M7")


async def seen_to(linked: LinkedHall, language: str, number: int) -> None:
    """The supervisor is told at home, at the close of the day, in the list of the staff; until it is done."""
    form = say("Form {number} of {code}, at {counter}", number=number, code="C1", counter=FACTS.counter)
    speak = words(language)
    async with at_hall(linked, language, FACTS.supervisor, "HZ0102") as clerk:
        both = say("{these}; {one}", these=DRAWER, one=form)  # each has a comma of its own
        assert "".join(speak(both).split()) in "".join(clerk.text().split()), clerk.text()
        await clerk.type("till\n5")
        assert speak(say("Left by people who work here no more"))[:10] in clerk.text()
        await clerk.type(speak(say("Left by people who work here no more"))[:6])
        await clerk.press("enter")
        assert isinstance(clerk.app.screen, StaffScreen), clerk.text()
        await clerk.press("f3", "f3", "f3")
        desk = linked.hall.counter(FACTS.supervisor, "HZ0103")
        desk.till.close_shift({10_000: 5}, of=FACTS.clerk)
        desk.forms.abandon(desk.forms.recall(number).id)
        await clerk.type("yg\n")
        await clerk.press("f3")
        assert speak(DRAWER)[:8] not in clerk.text(), clerk.text()


@pytest.mark.parametrize("language", ["zh_CN", "en"])
def test_who_signs_off_is_told_of_a_drawer_that_stays_open(linked: LinkedHall, language: str) -> None:
    told = "{staff_no}'s drawer at {till} is open: close it or hand it over before going."

    async def day() -> None:
        for staff_no, is_told in ((FACTS.clerk, True), ("1002", False)):
            async with at_hall(linked, language, staff_no, "HZ0104") as clerk:
                await clerk.type("xb\n")
                assert isinstance(clerk.app.screen, SignOnScreen), clerk.text()
                assert clerk.sees(told, staff_no=FACTS.clerk, till=FACTS.counter) is is_told, clerk.text()

    linked.hall.filled()
    asyncio.run(day())


@pytest.mark.parametrize("language", ["zh_CN", "en"])
def test_what_was_begun_behind_a_lock_is_gone_on_with_by_somebody_else(linked: LinkedHall, language: str) -> None:
    """Who locked the counter has gone home: they are signed off, their form is there for whoever comes, and both ends
    are sound."""

    async def day() -> None:
        async with at_hall(linked, language) as clerk:
            await clerk.type("C1\n\n330106199305124524\n")
            await clerk.press("ctrl+l")
            assert isinstance(clerk.app.screen, LockScreen), clerk.text()
            assert "330106199305124524" not in clerk.text()
            await clerk.press("f3")
            assert isinstance(clerk.app.screen, Successor), clerk.text()
            await clerk.type(f"1002\n{FACTS.password}\n")
            await clerk.press("f6")
            assert "C1" in clerk.text(), clerk.text()
            assert FACTS.clerk in clerk.text(), clerk.text()

    asyncio.run(day())
    linked.exchange()
    assert linked.is_sound()
