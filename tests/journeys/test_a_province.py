"""A province from nothing: headquarters is founded, two managers set it up by keys, an outlet sells."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest

from boss_tui.businesses import BUSINESSES
from boss_tui.headquarters.service import Running
from boss_tui.home_files import home_key
from boss_tui.settings import Home
from data.tables.order import ProductOrder, Subscription
from tests.boss_tui.commands.conftest import Boss
from tests.journeys.province.content import CLERKS, HALL, ROUNDS, SUPERVISORS, Rows
from tests.journeys.province.managers import CHECKER, MAKER, Manager, office
from tests.journeys.province.outlets import begin_to_sell, counter, element_at, enrolled
from tests.journeys.province.selling import AFTERWARDS, selling
from tests.journeys.province.supplying import stocked, supplied
from tests.journeys.world import Customer, MovedClock


@pytest.mark.parametrize("language", ["zh_CN", "en"])
def test_a_province_is_set_up_by_two_managers_and_sells(tmp_path: Path, language: str) -> None:
    clock, boss = MovedClock(), Boss(tmp_path / "hq")
    people = ("--manager", f"{MAKER} 顾文清", "--manager", f"{CHECKER} 陆明远")
    founded = boss("headquarters", "init", "--plain", "--province", "浙江", *people, "--json").json
    staff = asyncio.run(set_up(boss, clock, language, founded["passwords"], tmp_path))
    stocked(boss, tmp_path)
    assert boss("verify").code == 0

    home = Home(boss.folder)
    central = home.open_store(clock)
    with Running(central, home_key(home, "headquarters")) as running:
        hall = enrolled(tmp_path / HALL, boss, running.url, HALL)
        supplied(boss, hall, HALL)
        begin_to_sell(hall, HALL, staff)
        with element_at(hall, clock):
            asyncio.run(sell(hall, clock, language))
        assert hall("sync").code == 0
        checked = hall("verify", "--headquarters")
        assert checked.code == 0, checked.out
    central.close()
    checked = boss("verify")
    assert checked.code == 0, checked.out


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


async def sell(hall: Boss, clock: MovedClock, language: str) -> None:
    """Some accounts by keys, then what people come back for."""
    async with counter(hall, clock, HALL, language) as clerk:
        with selling(clerk, hall, HALL, clock) as at:
            for turn in range(4):
                await at.open_account(Customer(turn))
            await clerk.until(lambda: len(at.rows(Subscription, state="active")) == 4)
            for code in AFTERWARDS:
                await at.business(code)
            assert {row.business for row in at.rows(ProductOrder, state="completed")} == set(BUSINESSES)
