"""Small forms: what was typed is not lost by a key, and what the desk refuses of a field stands beside that field."""

from __future__ import annotations

import asyncio
import importlib
import pkgutil
from collections.abc import Iterator
from typing import Any

import pytest
from rich.cells import cell_len

import screens
from boss_tui.forms.form import Form
from boss_tui.headquarters import desk as offices
from boss_tui.headquarters.office import Office
from boss_tui.locale import LANGUAGES, words
from boss_tui.management.subjects import MODULES, subject
from boss_tui.start.app import BossApp
from data.demo_staff import PASSWORD
from data.errors import BadForm, BossError, NotAllowed, NotFound, OutOfStock
from data.message import Message, say
from screens.dialogs.dialog import Destroy
from screens.local_form import LocalFormScreen
from screens.manage.acting import begin
from screens.numbers import AnewForm
from screens.widgets.form_panel import LABEL
from tests.driver import at_desk
from tests.head_office import KEY, MAKER, HeadOffice
from tests.screens.fake_desk import FakeDesk

WHY = say("Not on a Sunday.")


def test_every_act_of_the_office_asks_before_it_forgets_what_was_typed(head_office: HeadOffice) -> None:
    desk = offices.desk(Office(head_office.store, KEY))
    acts = [(code, act) for code in MODULES for act in subject(code).acts]

    async def work() -> None:
        async with at_desk(BossApp(lambda: desk, language="en")) as keys:
            await keys.type(f"{MAKER}\n{PASSWORD}\n")
            home = keys.app.screen
            for code, act in acts:
                keys.app.flow(begin(keys.app, code, act))
                await keys.idle()
                form = keys.app.screen
                await keys.press("f3")
                assert keys.app.screen is home, "nothing was typed"
                keys.app.flow(begin(keys.app, code, act))
                await keys.idle()
                form = keys.app.screen
                await keys.type("1")
                await keys.press("f3")
                assert isinstance(keys.app.screen, Destroy), (code, act.name)
                await keys.press("escape")
                assert keys.app.screen is form
                await keys.press("f3")
                await keys.type("y")
                assert keys.app.screen is home

    asyncio.run(work())


class RefusedScreen(LocalFormScreen):
    """A form that is refused whatever is typed."""

    def __init__(self, refusal: BossError) -> None:
        super().__init__(AnewForm.fields())
        self._refusal = refusal

    async def do_complete(self) -> None:
        """It is refused."""
        raise self._refusal


@pytest.mark.parametrize("kind", [NotAllowed, NotFound, OutOfStock, BadForm])
def test_a_refusal_that_names_a_field_stands_beside_it_and_any_other_in_the_line_below(kind: Any) -> None:
    def refused(field: str) -> BossError:
        return BadForm({field: WHY}) if kind is BadForm else kind(WHY, field=field)

    async def told(keys: Any, field: str) -> tuple[dict[str, Message], Message]:
        screen = RefusedScreen(refused(field))
        await keys.app.push_screen(screen)
        await keys.press("f10")
        return dict(screen.panel.errors), screen.said_last[0]

    async def story() -> None:
        async with at_desk(BossApp(FakeDesk, language="en")) as keys:
            field = AnewForm.fields()[-1].name
            assert await told(keys, field) == ({field: WHY}, WHY)
            assert keys.app.screen.panel.current == field  # type: ignore[attr-defined]
            assert await told(keys, "elsewhere") == ({}, WHY)

    asyncio.run(story())


def _of_screens(form: type[Form]) -> Iterator[type[Form]]:
    """The forms that the screens have themselves."""
    for each in form.__subclasses__():
        if each.__module__.startswith("screens."):
            yield each
        yield from _of_screens(each)


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_each_field_of_a_small_form_is_called_has_room(language: str) -> None:
    for module in pkgutil.walk_packages(screens.__path__, "screens."):
        importlib.import_module(module.name)
    speak = words(language)
    labels = {speak(spec.ask.label) for form in _of_screens(Form) for spec in form.fields()}
    assert len(labels) > 20
    assert [label for label in labels if cell_len(label) > LABEL] == []
