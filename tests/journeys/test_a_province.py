"""A province from nothing: headquarters is founded, two managers set it up by keys, an outlet sells; another one does
without a link for two days, and each night for a week."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import TypeVar

import pytest

from boss_tui.business.registry import BUSINESSES
from boss_tui.headquarters.service import Running
from boss_tui.home.settings import Home
from boss_tui.start.home_files import home_key
from data.clock import SystemClock
from data.tables.base import Table
from data.tables.finance import BusinessDay
from data.tables.order import ProductOrder
from data.tables.transfer import TransferNote
from tests.boss_tui.commands.conftest import Boss
from tests.journeys.province.content import CLERKS, HALL, ONE_NUMBER, OUTPOST, ROUNDS, SUPERVISORS, THANKS, Rows
from tests.journeys.province.managers import CHECKER, MAKER, Manager, office
from tests.journeys.province.outlets import counter, element_at, enrolled
from tests.journeys.province.selling import AFTERWARDS, TWO_DAYS, WAITING, WEEK, selling
from tests.journeys.province.supplying import before_stock, boxes, done, take_in_and_hand_out
from tests.journeys.world import MovedClock
from tests.tiers import nightly

T = TypeVar("T", bound=Table)
Days = tuple[tuple[str, ...], ...]
"""Codes of businesses, day by day."""


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> MovedClock:
    """What all machines of the province go by, commands too."""
    moved = MovedClock()
    monkeypatch.setattr(SystemClock, "now", lambda _: moved.now())
    monkeypatch.setenv("BOSS_EXCHANGE_SECONDS", "1")
    return moved


@pytest.mark.usefixtures("watchful")
@pytest.mark.parametrize("days", [TWO_DAYS, *nightly((WEEK,))], ids=len)
@pytest.mark.parametrize("language", ["zh_CN", "en"])
def test_a_province_is_set_up_by_two_managers_and_sells(
    tmp_path: Path, clock: MovedClock, language: str, days: Days
) -> None:
    boss = Boss(tmp_path / "hq")
    people = ("--manager", f"{MAKER} 顾文清", "--manager", f"{CHECKER} 陆明远")
    founded = done(boss("headquarters", "init", "--plain", "--province", "浙江", *people, "--json")).json
    secrets = asyncio.run(set_up(boss, clock, language, founded["passwords"], tmp_path))
    before_stock(boss, tmp_path)

    home = Home(boss.folder)
    central, key = home.open_store(clock), home_key(home, "headquarters")
    with Running(central, key) as running:
        halls = {code: enrolled(tmp_path / code, boss, running.url, code) for code in (HALL, OUTPOST)}
        asyncio.run(take_in_and_hand_out(boss, tuple(halls), clock, language, tmp_path))
        for code in halls:
            boxes(boss, code)
        for hall in halls.values():
            done(hall("sync"))
        with element_at(halls[HALL], clock):
            asyncio.run(sell(halls[HALL], clock, language, secrets))
    with element_at(halls[OUTPOST], clock):
        asyncio.run(sell_without_a_link(halls[OUTPOST], clock, language, secrets, days))
        with Running(central, key, port=running.port):
            asyncio.run(find_the_link(halls[OUTPOST], clock, language))
            for hall in halls.values():
                done(hall("sync"))
                done(hall("verify", "--headquarters"))
        assert {row.state for row in rows(boss, TransferNote)} == {"received"}
        assert orders(boss) == orders(halls[HALL]) | orders(halls[OUTPOST])
    central.close()
    assert done(boss("headquarters", "exceptions", "--json")).json == []
    done(boss("verify"))


def rows(at: Boss, model: type[T]) -> list[T]:
    """What a store has of a table."""
    with at.reading() as reading:
        return reading.all(model)


def orders(at: Boss) -> set[tuple[str, str, int]]:
    """Serial, state and fen of each order that a store has."""
    return {(row.serial, row.state, row.amount) for row in rows(at, ProductOrder)}


async def set_up(boss: Boss, clock: MovedClock, language: str, secrets: dict[str, str], folder: Path) -> dict[str, str]:
    """By keys: all that is sold, to whom, by whom, with what; the passwords for once of who will sell it."""
    async with office(boss.folder, clock, language) as m:
        await m.come(MAKER, language, secrets.pop(MAKER))
        await m.open_day()
        for editions in ROUNDS:
            for subject, kinds in editions:
                for n, each in enumerate(kinds):
                    await enter(m, each, folder, typed=int(n == 0))  # the first row of a subject opens its edition
                await m.submit(subject)
            await m.go()
            await m.come(CHECKER, language, secrets.pop(CHECKER, ""))
            await m.approve_all()
            await m.go()
            await m.come(MAKER, language)
        given = {who: await m.password(who) for who in (*CLERKS.values(), *SUPERVISORS.values())}
        await m.go()
    return given


async def enter(m: Manager, kind: Rows, folder: Path, typed: int) -> None:
    """Rows of a kind: so many typed into forms, the others from a file."""
    lines = kind.rows()
    if typed:
        await m.rows(kind.kind, *lines[:typed])
    if len(lines) > typed:
        file = folder / f"{kind.kind.replace('/', '-')}.csv"
        file.write_text(kind.file(typed), "utf-8")
        await m.take(kind.kind, file)


async def sell(hall: Boss, clock: MovedClock, language: str, secrets: dict[str, str]) -> None:
    """All of the counter's businesses in a day with a link."""
    async with counter(hall, clock, language) as staff:
        with selling(staff, hall, HALL, clock) as at:
            await staff.come(SUPERVISORS[HALL], language, secrets[SUPERVISORS[HALL]])
            await staff.set_up()
            await staff.go()
            await at.begin(language, secrets[CLERKS[HALL]])
            await at.unpack()
            for code in (*["C1"] * 4, *AFTERWARDS):
                await at.business(code)
            assert {row.business for row in at.rows(ProductOrder, state="completed")} == set(BUSINESSES)
            await at.refuse(ONE_NUMBER[language])
            assert {THANKS in receipt for receipt in at.receipts()} == {True}


async def sell_without_a_link(
    hall: Boss, clock: MovedClock, language: str, secrets: dict[str, str], of_days: Days
) -> None:
    """Nobody answers. Each morning the business date is opened, each evening the drawer is counted and the day closed;
    at the end all of it waits."""
    supervisor, clerk = SUPERVISORS[OUTPOST], CLERKS[OUTPOST]
    async with counter(hall, clock, language) as staff:
        with selling(staff, hall, OUTPOST, clock) as at:
            for n, codes in enumerate(of_days):
                await staff.come(supervisor, language, secrets.pop(supervisor, ""))
                await (staff.open_day() if n else staff.set_up())
                await staff.go()
                await at.begin(language, secrets.pop(clerk, ""))
                if not n:
                    await at.unpack()
                for code in codes:
                    await at.business(code, "inProgress" if code in WAITING else "completed")
                assert staff.sees("NO LINK"), staff.text()
                await staff.close_shift(at.cash())
                await staff.go()
                await staff.come(supervisor, language)
                await staff.close_day()
                await staff.go()
                clock.move(days=1)
            days = at.rows(BusinessDay, state="closed")
            assert len(days) == len({row.business_date for row in days}) == len(of_days)
            assert {row.business_date for row in at.rows(ProductOrder)} == {row.business_date for row in days}


async def find_the_link(hall: Boss, clock: MovedClock, language: str) -> None:
    """What was done goes to headquarters by itself; what then came to its end counts on the next business date."""
    async with counter(hall, clock, language) as staff:
        with selling(staff, hall, OUTPOST, clock) as at:
            await staff.come(SUPERVISORS[OUTPOST], language)
            await staff.linked(clock)
            await staff.open_day()
            await staff.until(lambda: {row.state for row in at.rows(ProductOrder)} == {"completed"})
