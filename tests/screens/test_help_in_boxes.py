"""F1 in a box says what the field at hand expects and what is asked there, in both languages; a digit means one line of
a list, wherever it stands."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import Any

import pytest

from boss_tui.components.qualification.rule_facts import FACTS
from boss_tui.forms.expected import expected
from boss_tui.locale import words
from boss_tui.management.m02_1.interfaces import InterfaceForm
from boss_tui.management.m19.processes import PROCESSES
from boss_tui.start.app import BossApp
from data.message import Message, both, say
from screens.dialogs.approval import Approval
from screens.dialogs.dialog import Confirm, Destroy, Dialog, HelpBox
from screens.dialogs.one_line import OneLine
from screens.dialogs.pick_list import PickList, pick
from screens.frame import DeskScreen
from screens.manage.about import About
from screens.manage.lines import LinesDialog
from screens.manage.text import TextDialog
from screens.widgets.listing import HEADING, Listing, ListRow
from tests.driver import Keys
from tests.journeys.both_ends import squeezed
from tests.screens.fake_desk import FakeDesk
from tests.screens.test_business import play

TITLE = both("此处", "This here")
ASKED = {spec.name: spec for spec in InterfaceForm.fields()}


async def nobody(_staff_no: str, _password: str) -> None:
    """Nothing is allowed."""


async def nothing(_text: str) -> list[ListRow]:
    return []


BOXES: dict[str, Callable[[], Dialog[Any]]] = {
    "confirm": lambda: Confirm(TITLE),
    "destroy": lambda: Destroy(TITLE),
    "one line": lambda: OneLine(TITLE, TITLE),
    "approval": lambda: Approval(nobody, (TITLE,)),
    "list": lambda: PickList(TITLE, nothing),
    "edition": lambda: About(TITLE),
    "lines": lambda: LinesDialog(PROCESSES, PROCESSES.column("steps"), "check"),
    "text": lambda: TextDialog(ASKED["reason_zh"], "a"),
}


@pytest.mark.parametrize("box", BOXES)
def test_the_language_changes_in_a_box(box: str) -> None:
    async def story(app: BossApp, keys: Keys) -> None:
        app.speak("en")
        made = BOXES[box]()
        app.flow(asked(app, made))
        await keys.idle()
        await keys.press("ctrl+t")
        assert app.screen is made
        assert app.words.language == "zh_CN"
        if box not in ("lines", "text"):
            assert squeezed(words("zh_CN")(TITLE)) in squeezed(keys.text())
        await keys.press("escape")

    play(FakeDesk(), story)


@pytest.mark.parametrize("box", [box for box in BOXES if box != "lines"])  # there F8 takes a line out
@pytest.mark.parametrize("key", ["f8", "f2", "f12"])
def test_a_key_that_leads_elsewhere_says_that_the_box_is_ended_first(box: str, key: str) -> None:
    async def story(app: BossApp, keys: Keys) -> None:
        app.speak("en")
        made, below = BOXES[box](), app.screen
        assert isinstance(below, DeskScreen)
        below.tell(Message("Said before"), "good")
        app.flow(asked(app, made))
        await keys.idle()
        await keys.press(key, key)
        assert app.screen is made
        assert "End this box first: its last line says how." in keys.text()
        await keys.press("escape")
        assert below.said_last == (Message("Said before"), "good")

    play(FakeDesk(), story)


@pytest.mark.parametrize("box", BOXES)
@pytest.mark.parametrize("language", ["zh_CN", "en"])
def test_f1_helps_in_a_box_and_leaves_it_as_it_is(box: str, language: str) -> None:
    async def story(app: BossApp, keys: Keys) -> None:
        app.speak(language)
        made = BOXES[box]()
        app.flow(asked(app, made))
        await keys.idle()
        for closing in ("f1", "escape", "enter"):
            await keys.press("f1")
            assert isinstance(app.screen, HelpBox), keys.text()
            shown = squeezed(keys.text())
            for each in told(made):
                assert squeezed(words(language)(each)) in shown, keys.text()
            await keys.press(closing)
            assert app.screen is made, keys.text()
        made.finish(None)
        await keys.idle()

    play(FakeDesk(), story)


@pytest.mark.parametrize("field", ["rule", "sends"])
@pytest.mark.parametrize("language", ["zh_CN", "en"])
def test_what_a_condition_may_name_is_told_where_it_is_typed(field: str, language: str) -> None:
    """Each fact with what it is, however many: the help is gone through."""

    async def story(app: BossApp, keys: Keys) -> None:
        app.speak(language)
        app.flow(asked(app, TextDialog(ASKED[field], "")))
        await keys.idle()
        await keys.press("f1")
        assert "time.hour" not in keys.text()
        seen = ""
        for _ in range(12):
            seen += squeezed(keys.text())
            assert words(language)(say("Enter or Esc: back")) in keys.text()
            await keys.press("pagedown")
        for name, fact in FACTS.items():
            assert f"{name}:" in seen or f"{name}：" in seen, name
            assert squeezed(words(language)(fact.says))[:20] in seen, seen
        await keys.press("escape", "escape")

    play(FakeDesk(), story)


def told(made: Dialog[Any]) -> list[Message]:
    """What F1 must say: of the field, where there is one; of the box."""
    spec = made.at_hand
    of_field = [spec.ask.label, expected(spec)] if spec is not None else []
    return [*of_field, made.helps]


async def asked(app: BossApp, made: Dialog[Any]) -> None:
    await app.ask(made)


LINES = [ListRow((both(f"做{name}", f"Do {name}"),), name) for name in "abcdefghijklm"]
CAREFUL = [ListRow((say("End"),), "end")]


@pytest.mark.parametrize(
    ("keys", "found"),
    [
        (["4"], "d"),
        (["pagedown", "4"], "d"),
        (["down", "down", "pagedown", "pagedown", "1"], "a"),
        (["d", "o", "space", "h", "8"], "h"),
        (["d", "o", "space", "h", "4"], None),  # it is not listed now: nothing is taken
    ],
)
def test_a_digit_means_the_same_line_wherever_the_list_stands(keys: list[str], found: str | None) -> None:
    answers = []

    async def story(app: BossApp, hands: Keys) -> None:
        app.speak("en")

        async def choose() -> None:
            answers.append(await app.ask(pick(TITLE, LINES, CAREFUL)))

        app.flow(choose())
        await hands.idle()
        await hands.press(*keys)
        if isinstance(app.screen, PickList):
            await hands.press("f3")
        await asyncio.sleep(0)

    play(FakeDesk(), story)
    assert answers == [found]


def test_none_below_a_heading_has_a_key() -> None:
    listing = Listing((4,))
    listing.give_keys([ListRow(("a",)), ListRow(("b",), style=HEADING), ListRow(("c",))])
    assert [listing.key_of(ListRow((name,))) for name in "ac"] == ["1", ""]
