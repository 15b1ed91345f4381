"""The catalogue on the screen: its rows, the cells of one, and the run that a cell opens."""

from __future__ import annotations

import pytest

from boss_tui.catalogue import COMPONENTS
from boss_tui.start.app import BossApp
from screens.find import open_hit
from screens.matrix import ActScreen, MatrixRowScreen, MatrixScreen
from screens.orders import OrderScreen
from tests.driver import Keys
from tests.screens.fake_desk import FakeDesk
from tests.screens.fake_records import Found
from tests.screens.test_business import play


@pytest.mark.parametrize("typed", ["matrix", "ywml", "业务目录"])
def test_every_row_of_the_catalogue_is_there_and_is_narrowed(typed: str) -> None:
    async def story(app: BossApp, keys: Keys) -> None:
        await keys.type(typed + "\n")
        assert isinstance(app.screen, MatrixScreen)
        assert len(app.screen.listing.items) == 41 + 1  # under a heading, which is never marked
        assert app.screen.listing.marked is app.screen.listing.items[1]
        assert "C1    Open account               #.?-#.?-#.?-#. ?-#. ?-" in keys.text()
        await keys.type("no such")
        assert app.screen.listing.items == []

    play(FakeDesk(), story)


@pytest.mark.parametrize(("row", "opened"), [("C1", OrderScreen), ("M6", ActScreen)])
def test_a_cell_opens_the_last_run_that_used_it(row: str, opened: type) -> None:
    async def story(app: BossApp, keys: Keys) -> None:
        await keys.type("matrix\n")
        await keys.type(row + "\n")
        assert isinstance(app.screen, MatrixRowScreen)
        assert len(app.screen.listing.items) == 20
        await keys.press("enter")
        assert isinstance(app.screen, opened)
        await keys.press("f3")
        assert isinstance(app.screen, MatrixRowScreen)

    play(FakeDesk(), story)


def test_a_cell_without_a_run_says_why() -> None:
    async def story(app: BossApp, keys: Keys) -> None:
        await keys.type("matrix\n")
        await keys.type("C1\n")
        for told in ("no use for it", "no run yet", "not built yet"):
            await keys.press("down")
            await keys.press("enter")
            assert isinstance(app.screen, MatrixRowScreen)
            assert told in keys.text().splitlines()[-2]

    play(FakeDesk(), story)


def test_an_act_says_what_it_used_and_leads_to_its_edition_if_it_has_one() -> None:
    async def story(app: BossApp, keys: Keys) -> None:
        await app.push_screen(ActScreen(app.port.lookups.act("HQ012611230002")))
        await keys.press("down")
        assert "Tried out HQ012611230002" in keys.text()
        assert "F6 Tariff" in keys.text()
        await keys.press("f10")
        assert isinstance(app.screen, ActScreen)
        assert "It was done to no edition." in keys.text()

    play(FakeDesk(), story)


def test_an_act_that_is_found_opens() -> None:
    async def story(app: BossApp, keys: Keys) -> None:
        await open_hit(app, Found("act", "HQ012611230001", "M6", {}))
        assert isinstance(app.screen, ActScreen)
        assert "HQ012611230001" in keys.text()

    play(FakeDesk(), story)


@pytest.mark.parametrize("row", ["C1", "M11"])
def test_what_is_no_managers_or_not_built_has_nothing_to_try(row: str) -> None:
    async def story(app: BossApp, keys: Keys) -> None:
        await keys.type("matrix\n")
        await keys.type(row + "\n")
        await keys.press("f9")
        assert isinstance(app.screen, MatrixRowScreen)
        assert f"There is nothing to try of {row}." in keys.text().splitlines()[-2]

    play(FakeDesk(), story)


def test_the_names_of_components_are_whole_on_a_small_screen() -> None:
    async def story(app: BossApp, keys: Keys) -> None:
        await keys.type("matrix\n")
        await keys.type("M6\n")
        shown = keys.text()
        assert all(app.words(COMPONENTS[f"F{n}"]) in shown for n in range(1, 15))

    play(FakeDesk(), story)
