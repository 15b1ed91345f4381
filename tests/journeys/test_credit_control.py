"""A run of credit control with exceptions, by keys (M8): who is on the red list is called, of a key account its manager
is asked first; another person signs the list, the hall stops who is left, and whoever pays there is resumed."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from pathlib import Path

import pytest

from data.choices import choice_name
from data.message import Message, say
from data.tables.credit_control import ControlDone, ControlOrder
from data.tables.life import Suspension
from screens.find import FindScreen
from screens.manage.jobs import JobScreen
from screens.manage.trying import TryScreen
from tests.boss_tui.headquarters.test_credit_control import Controlled
from tests.head_office import MAKER
from tests.journeys.both_ends import approved, at_hall, at_office
from tests.journeys.businesses import complete, fill
from tests.journeys.test_trust import KEY, owner, stops
from tests.linked_hall import LinkedHall

RUN = "Run credit control over all lines"
RED, UNTIL, WHY = "13957005433", "2026-12-31", "省劳动模范"
"""One who owes and is on the red list, beside KEY, one of a key account."""


@pytest.fixture
def controlled(linked: LinkedHall, tmp_path: Path) -> Iterator[Controlled]:
    """The two with the network element of the hall, and a line that is overdue."""
    made = Controlled(linked, tmp_path)
    yield made
    made.close()


@pytest.mark.parametrize("language", ["zh_CN", "en"])
def test_who_is_spared_is_named_and_who_pays_is_resumed(controlled: Controlled, language: str) -> None:
    linked, number = controlled.linked, controlled.line.number
    linked.exchange()
    asyncio.run(are_spared(linked, language))
    approved(linked, language)
    asyncio.run(is_run(linked, language))
    approved(linked, language)
    controlled.exchange()
    assert (stops(linked, number), stops(linked, KEY), stops(linked, RED)) == (["arrears_outgoing"], [], [])
    assert came(linked, number) == ["done"]
    asyncio.run(pays(linked, language, number))
    controlled.exchange()
    assert controlled.state() == ("active", [])
    assert controlled.commands() == ["bar_outgoing", "unbar"]
    assert [each.state for each in linked.central_rows(Suspension, subscription_id=controlled.line.id)] == ["lifted"]
    asyncio.run(is_tried(linked, language, number))
    assert linked.is_sound()


def came(linked: LinkedHall, number: str) -> list[str]:
    """What came of headquarters' orders about a line."""
    orders = linked.central_rows(ControlOrder, number=number)
    return [done.outcome for each in orders for done in linked.central_rows(ControlDone, control_order=each.id)]


async def are_spared(linked: LinkedHall, language: str) -> None:
    """One onto the red list, the other exempt until a day; an exemption without its end is refused beside that."""
    async with at_office(linked, MAKER, language) as m:
        entry = {"list": "red", **owner(linked, RED), "name": "甲", "reason": WHY, "basis": "省表彰"}
        await m.rows("m3.2/listed_person", entry)
        await m.submit("m3.2")
        exempt = {"kind": "key_account", **owner(linked, KEY), "person": MAKER, "reason": WHY, "valid_to": UNTIL}
        await m.rows("m8/credit_exemption", exempt)
        await m.submit("m8")


async def is_run(linked: LinkedHall, language: str) -> None:
    """The run as a job; without a title it is not begun. Who is spared what, and why; then the list is submitted."""
    async with at_office(linked, MAKER, language) as m:
        await m.choose("m8/control_order", "", RUN)
        await m.press("f10")
        m.must_see("A word is needed here: it is kept.")
        await m.type("今日信控\n每日\n")
        await m.wait(lambda: not m.app.besides)
        await m.press("f4")
        await m.paste(m.word("Jobs"))
        await m.press("enter", "enter")
        assert isinstance(m.app.screen, JobScreen), m.text()
        told = say("{kind}: {why}", kind=choice_name("credit_exemption", "kind", "red_list"), why=Message(WHY))
        m.must_read(told)
        m.must_read(say("until {day}, {person}: {reason}", day=UNTIL, person=MAKER, reason=WHY))
        await m.type(RED)
        await m.press("enter")
        assert isinstance(m.app.screen, FindScreen), m.text()
        await m.home()
        await m.submit("m8")


async def pays(linked: LinkedHall, language: str, number: str) -> None:
    """All that is owed, over the counter."""
    async with at_hall(linked, language) as clerk:
        await fill(clerk, "C12", who=number)
        await complete(clerk)


async def is_tried(linked: LinkedHall, language: str, number: str) -> None:
    """What the hall made of its order stands a key away from it, at headquarters."""
    async with at_office(linked, MAKER, language) as m:
        await m.type(f"m8/control_order\n{number}")
        await m.press("f9")
        assert isinstance(m.app.screen, TryScreen), m.text()
        act = choice_name("control_order", "act", "stop_outgoing")
        m.must_read(say("{act} of {day}", act=act, day="2026-11-23"), choice_name("control_done", "outcome", "done"))
