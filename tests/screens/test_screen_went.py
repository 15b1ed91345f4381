"""A screen that goes while it waits for the desk (whoever works here signs off, the counter locks) ends in silence."""

from __future__ import annotations

import ast
from collections.abc import Callable, Coroutine
from pathlib import Path
from typing import Any

import pytest

from boss_tui.start.app import BossApp
from screens.business import BusinessScreen
from screens.frame import DeskScreen
from screens.home import HomeScreen
from screens.list_screen import ListScreen
from screens.queues import QueuesScreen
from tests.driver import Keys
from tests.screens.fake_desk import FakeDesk
from tests.screens.test_business import play

Work = Callable[[Any], Coroutine[Any, Any, None]]


async def _to_a_field(screen: BusinessScreen) -> None:
    await screen.desk.call(screen.desk.port.forms.quote, screen.draft.id)
    screen.panel.focus_on("id_no")
    screen._say_field()


WAITING: dict[str, tuple[str, type[DeskScreen], Work]] = {
    "queues, looked at again": ("dl\n", QueuesScreen, lambda screen: screen.do_restore()),
    "a form's price": ("C1\n", BusinessScreen, lambda screen: screen.do_price()),
    "a form's field": ("C1\n", BusinessScreen, _to_a_field),
    "a list, narrowed": ("dl\n", ListScreen, lambda screen: screen._narrow("")),
}


@pytest.mark.parametrize("case", WAITING)
def test_a_screen_that_went_while_it_waited_says_nothing(case: str) -> None:
    typed, kind, work = WAITING[case]

    async def story(app: BossApp, keys: Keys) -> None:
        await keys.type(typed)
        screen = app.screen
        assert isinstance(screen, kind)
        went: list[object] = []

        def going(called: Callable[..., Any]) -> Callable[..., Any]:
            async def goes(*asked: Any, **said: Any) -> Any:
                found = await called(*asked, **said)
                if not went:
                    went.append(screen)
                    await app.pop_screen()
                return found

            return goes

        for name in ("call", "refresh_state"):
            setattr(app, name, going(getattr(app, name)))
        app.flow(work(screen))
        await keys.idle()
        assert went
        assert not screen.is_attached
        assert type(app.screen) is HomeScreen, keys.text()

    play(FakeDesk(), story)


def test_no_screen_looks_for_its_parts() -> None:
    """What is looked for (`query_one`) may have gone; a part that a screen touches later is its attribute."""
    root = Path(__file__).parents[2] / "screens"
    looked = [
        f"{path.name}:{node.lineno}"
        for path in root.rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.Attribute) and node.attr == "query_one"
    ]
    assert looked == []
