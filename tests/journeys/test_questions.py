"""What businesses ask before they are done, by keys at the office (M2.1, M2.2): a test call that says what it lacks; a
rule tried against the orders of the past, stopped, gone on with by a program that comes later, read to the orders."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest

from boss_tui.management.m02_2 import run as past_run
from boss_tui.start.app import BossApp
from data.message import say
from data.tables.eligibility import BusinessInterface, InterfaceAnswer
from data.tables.job import Job
from screens.manage.jobs import JobScreen, JobsScreen
from screens.manage.trying import TryScreen
from screens.orders import OrderScreen, OrdersScreen
from tests.head_office import MAKER
from tests.journeys.both_ends import OfficeManager, at_office
from tests.linked_hall import LinkedHall

RULE = {
    "code": "never",
    "name_zh": "从不",
    "rule": "order.business != 'C1'",
    "reason_zh": "不可",
    "reason_en": "Not so.",
}
FIRST_STEPS = 2
RUN = "Try the questions against past orders"


@pytest.mark.parametrize("language", ["zh_CN", "en"])
def test_a_test_call_begins_with_the_marked_row_and_says_what_it_lacks(linked: LinkedHall, language: str) -> None:
    async def call() -> None:
        async with at_office(linked, MAKER, language) as m:
            await m.type("m2.1\nidentity_check")
            await m.press("f9")
            screen = m.app.screen
            assert isinstance(screen, TryScreen), m.text()
            assert screen.panel.values()["interface"] == "identity_check"
            await m.press("f9")
            assert screen.panel.errors.keys() == {"name", "document_number"}, m.text()
            m.must_see("It must be told this.")
            assert screen.panel.current == "name"
            for field, typed in (("number", "18900000000"), ("business", "C99"), ("simulated", "maybe")):
                screen.panel.focus_on(field)
                await m.type(typed)
                await m.press("f9")
                assert screen.panel.errors.keys() == {field}, m.text()
                await m.press("ctrl+u")

    asyncio.run(call())
    assert linked.central_rows(InterfaceAnswer) == []


@pytest.mark.parametrize("language", ["zh_CN", "en"])
def test_a_rule_is_tried_against_past_orders_stopped_and_gone_on_with(
    linked: LinkedHall, language: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(past_run, "STEP", 1)
    asked_before = len(linked.central_rows(BusinessInterface))
    asyncio.run(begun_and_stopped(linked, language, monkeypatch))
    (job,) = linked.central_rows(Job)
    assert (job.state, job.done) == ("stopped", FIRST_STEPS)
    asyncio.run(gone_on_with(linked, language, job.total))
    (job,) = linked.central_rows(Job)
    assert (job.state, job.done) == ("done", job.total)
    assert len(linked.central_rows(BusinessInterface)) == asked_before
    assert linked.is_sound()


async def begun_and_stopped(linked: LinkedHall, language: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """The draft's rule, and a run that is held after some steps: how far it is stands on every screen."""
    may, call = asyncio.Semaphore(FIRST_STEPS), BossApp.call

    async def paced(app: BossApp, work: Any, *said: Any, **named: Any) -> Any:
        if work == app.port.row_files.step:
            await may.acquire()
        return await call(app, work, *said, **named)

    with monkeypatch.context() as held:
        held.setattr(BossApp, "call", paced)
        async with at_office(linked, MAKER, language) as m:
            await m.rows("m2.1/interface", RULE)
            await m.type("m2.2\n")
            await m.press("f4", "enter")
            await m.fill({"business": "C1", "interface": "never"})
            await m.press("f10", "enter")  # into the edition of the rule
            await m.home()
            await m.choose("m2.2", "", RUN)
            await m.press("y")
            await m.wait(lambda: f" {FIRST_STEPS}/" in m.text().splitlines()[0])
            await jobs(m)
            await m.press("enter")
            assert isinstance(m.app.screen, JobScreen), m.text()
            await m.press("f10")
            may.release()
            await m.wait(lambda: not m.app.besides)
            m.must_see("stopped")
            assert f" {FIRST_STEPS}/" not in m.text().splitlines()[0]


async def gone_on_with(linked: LinkedHall, language: str, total: int) -> None:
    """By the next program: it rests until it is gone on with; which orders would have been refused is a key away."""
    async with at_office(linked, MAKER, language) as m:
        await m.type("m2.2\n")
        await jobs(m)
        m.must_see("rests")
        await m.press("enter", "f10")
        await m.wait(lambda: not m.app.besides)
        await m.press("f10")
        m.must_read(say("This has ended already."))
        m.must_read(say("{code}: {refused} of the last {n} refused, {override} by a supervisor", **all_of(total)))
        await m.type("Not so." if language == "en" else "不可")
        await m.press("enter")
        assert isinstance(m.app.screen, OrdersScreen), m.text()
        await m.press("enter")
        assert isinstance(m.app.screen, OrderScreen), m.text()


def all_of(total: int) -> dict[str, Any]:
    """What is told of the openings: each would have been refused."""
    return {"code": "C1", "refused": total, "n": total, "override": 0}


async def jobs(m: OfficeManager) -> None:
    """What goes on beside, from a list of management."""
    await m.press("f4")
    await m.paste(m.word("Jobs"))
    await m.press("enter")
    assert isinstance(m.app.screen, JobsScreen), m.text()
