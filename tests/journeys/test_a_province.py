"""A province from nothing: headquarters is founded, two managers set it up by keys, an outlet sells."""

from __future__ import annotations

import asyncio
import json
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from boss_tui.headquarters.service import Running
from boss_tui.home_files import home_key
from boss_tui.settings import Home
from data.tables.base import Table
from data.tables.order import ProductOrder, Subscription
from screens.home import HomeScreen
from tests.boss_tui.commands.conftest import Boss
from tests.journeys.businesses import complete, fill
from tests.journeys.province.content import CLERKS, EDITIONS, HALL, SUPERVISORS, Rows, stock
from tests.journeys.province.managers import CHECKER, MAKER, Manager, office
from tests.journeys.province.outlets import CHOSEN, begin_to_sell, counter, element_at, enrolled
from tests.journeys.world import Customer, MovedClock

AFTERWARDS = ("C2", "C4.1", "C4.2", "C4.4", "C5", "C7.1", "C7.2", "C7.3", "C8", "C13", "C9")
"""What is done at the counter for those who have an account."""


@pytest.mark.parametrize("language", ["zh_CN", "en"])
def test_a_province_is_set_up_by_two_managers_and_sells(tmp_path: Path, language: str) -> None:
    clock, boss = MovedClock(), Boss(tmp_path / "hq")
    people = ("--manager", f"{MAKER} 顾文清", "--manager", f"{CHECKER} 陆明远")
    founded = boss("headquarters", "init", "--plain", "--province", "浙江", *people, "--json").json
    staff = asyncio.run(set_up(boss, clock, language, founded["passwords"], tmp_path))
    (tmp_path / "stock.json").write_text(json.dumps(stock()), "utf-8")
    assert boss("headquarters", "load", tmp_path / "stock.json").code == 0
    assert boss("verify").code == 0

    home = Home(boss.folder)
    central = home.open_store(clock)
    with Running(central, home_key(home, "headquarters")) as running:
        hall = enrolled(tmp_path / HALL, boss, running.url, HALL)
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
        for subject, kinds in EDITIONS:
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


def example(hall: Boss, code: str) -> dict[str, str]:
    """A form that works here now, as a clerk would type it."""
    told = hall("do", code, "--example", "--operator", CLERKS[HALL], BOSS_PASSWORD=CHOSEN)
    assert told.code == 0, (code, told.err)
    return {name: str(value) for name, value in told.json.items()}


async def sell(hall: Boss, clock: MovedClock, language: str) -> None:
    """Some accounts by keys, then what people come back for."""
    store = Home(hall.folder).open_store(clock)

    def found(model: type[Table], **where: Any) -> list[Any]:
        with store.reading() as reading:
            return reading.all(model, **where)

    def is_done(serial: str) -> bool:
        return bool(found(ProductOrder, serial=serial, state="completed"))

    async with counter(hall, clock, HALL, language) as clerk:
        for turn in range(4):
            await clerk.open_account(Customer(turn), "400")
            await clerk.press("space")
        await clerk.until(lambda: len(found(Subscription, state="active")) == 4)
        for code in AFTERWARDS:
            values = example(hall, code)
            await fill(clerk, code, **values)
            outcome = await complete(clerk, SUPERVISORS[HALL], CHOSEN)
            assert isinstance(clerk.app.screen, HomeScreen), clerk.text()
            await clerk.until(partial(is_done, outcome.serial))
    store.close()
