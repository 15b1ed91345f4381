"""A process that asks for a supervisor's word while the link is cut (M19), by keys: the hall goes by what it was handed
last, the word is given at the counter, and headquarters judges it once it hears of it."""

from __future__ import annotations

import asyncio
import json

import pytest

from boss_tui.verify import verify
from data.message import both
from data.tables.order import Process, ProductOrder
from data.tables.sync import SyncException
from screens.dialogs.approval import Approval
from screens.dialogs.outcome import OutcomeDialog
from screens.dialogs.tender_panel import TenderPanel
from tests.boss_tui.transactions.test_c06_emergency import cut_off
from tests.head_office import MAKER
from tests.journeys.both_ends import approve, at_hall, at_office
from tests.journeys.world import FACTS, Customer
from tests.linked_hall import LinkedHall

ANOTHER = "2002"
"""The hall's manager, whose grade is higher: their word is as good."""


@pytest.mark.parametrize("language", ["zh_CN", "en"])
def test_a_word_is_asked_for_as_the_hall_knows_it_and_judged_when_the_link_is_back(
    linked: LinkedHall, language: str
) -> None:
    linked.exchange()
    before = version(linked)
    asyncio.run(asks_for_a_word(linked, language))
    cut_off(linked.hall)  # before the hall has heard of it: nobody asks
    asyncio.run(sells(linked, language, 0))
    linked.exchange()
    assert version(linked) == before + 1
    cut_off(linked.hall)  # now it knows: the word is given at the counter, though nobody can be asked whether it counts
    asyncio.run(sells(linked, language, 1, FACTS.supervisor, refused=(FACTS.clerk, "3001")))
    asyncio.run(leaves(linked, language, FACTS.supervisor))
    asyncio.run(sells(linked, language, 2, FACTS.supervisor))  # who has left meanwhile, unheard
    linked.exchange()
    asyncio.run(sells(linked, language, 3, ANOTHER, refused=(FACTS.supervisor,)))
    linked.exchange()
    sold = linked.central_rows(ProductOrder, business="C1", operator=FACTS.clerk, order=("serial",))[-4:]
    words = ["", FACTS.supervisor, FACTS.supervisor, ANOTHER]
    assert [(row.process_version, row.approved_by) for row in sold] == [
        (before, words[0]),
        *((before + 1, word) for word in words[1:]),
    ]
    told = linked.central_rows(SyncException, order=("seq",))
    assert {(row.reason, row.state) for row in told} == {("approval", "noted")}
    of = [json.loads(row.detail) for row in told]
    assert {each["order"] for each in of if "order" in each} == {row.id for row in sold[:3]}
    assert {each["what"] for each in of if "order" not in each} == {f"approve {FACTS.supervisor}"}
    # of who left on that day nobody knows whether they still were there
    for store in (linked.hall.store, linked.office.store):
        with store.reading() as reading:
            assert verify(reading) == []


def version(linked: LinkedHall) -> int:
    """Of C1's process, as the hall has it."""
    (row,) = linked.hall.rows(Process, business="C1")
    return int(row.revision)


async def asks_for_a_word(linked: LinkedHall, language: str) -> None:
    """C1 asks for a supervisor's word, whatever is paid; in force at headquarters."""
    async with at_office(linked, MAKER, language) as m:
        await m.change("m19/process", "C1 ", approvals="supervisor\n0")
        await m.submit("m19")
    await approve(linked, language)


async def leaves(linked: LinkedHall, language: str, staff_no: str) -> None:
    """Somebody of the hall is dismissed; in force at headquarters."""
    async with at_office(linked, MAKER, language) as m:
        await m.change("m7/operator", staff_no, state="left")
        await m.submit("m7")
    await approve(linked, language)


async def sells(linked: LinkedHall, language: str, turn: int, word: str = "", refused: tuple[str, ...] = ()) -> None:
    """A whole C1; with somebody's word, where one is asked for, after those whose word is none."""
    async with at_hall(linked, language) as clerk:
        await clerk.fill_account(Customer(turn))
        await clerk.press("f10")
        for who in (*refused, *filter(None, [word])):
            assert isinstance(clerk.app.screen, Approval), clerk.text()
            assert clerk.sees("The process asks for the word of: {role}.", role=both("值班长", "Supervisor"))
            await clerk.type(f"{who}\n{FACTS.password}\n")
        assert isinstance(clerk.app.screen, TenderPanel), clerk.text()
        await clerk.give("300")
        await clerk.press("f10")
        assert isinstance(clerk.app.screen, OutcomeDialog), clerk.text()
        await clerk.press("space")
