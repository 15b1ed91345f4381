"""Small things that a newcomer misses: lists that say that they are empty, Home and End, subtotals, help everywhere."""

from __future__ import annotations

from collections.abc import Iterable
from types import SimpleNamespace
from typing import Any

import pytest
from rich.cells import cell_len
from textual.css.stylesheet import Stylesheet
from textual.dom import DOMNode
from textual.message import Message as TextualMessage
from textual.screen import Screen
from textual.widget import Widget

from boss_tui.answers.business import PaperView
from boss_tui.forms.fields import Choice
from boss_tui.start.app import BossApp
from data.message import Message, say
from screens.dialogs.one_line import OneLine
from screens.dialogs.pick_list import PickList
from screens.dialogs.tender_panel import TenderPanel
from screens.find import FindScreen
from screens.frame import Plain
from screens.manage.editions import EditionScreen
from screens.terminal import FastInput
from screens.till import TillScreen
from tests.driver import Keys
from tests.screens.fake_desk import FakeDesk
from tests.screens.test_business import ID, REST, play


def test_a_form_that_is_opened_is_styled_once_and_fitted_once_and_what_is_below_it_stays(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    laid_out, styled = list[tuple[type, bool]](), list[int]()
    lay_out, style = Screen._refresh_layout, Stylesheet.update_nodes

    def counted_lay_out(screen: Screen[Any], *args: Any, **keywords: Any) -> None:
        laid_out.append((type(screen), bool(args)))  # to a size, or for what has changed within
        lay_out(screen, *args, **keywords)

    def counted_style(sheet: Stylesheet, nodes: Iterable[DOMNode], animate: bool = False) -> None:
        together = list(nodes)
        styled.append(len(together))
        style(sheet, together, animate)

    async def story(app: BossApp, keys: Keys) -> None:
        await keys.type("c1")
        monkeypatch.setattr(Screen, "_refresh_layout", counted_lay_out)
        monkeypatch.setattr(Stylesheet, "update_nodes", counted_style)
        await keys.type("\n")
        assert {of for of, _ in laid_out} == {type(app.screen)}
        assert sum(fitted for _, fitted in laid_out) == 1
        assert max(styled) == 1

    play(FakeDesk(), story)


def test_that_a_field_has_changed_is_told_to_those_alone_who_do_something_with_it(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    told = list[str]()
    post = Widget.post_message

    def noted(widget: Widget, message: TextualMessage) -> bool:
        if isinstance(message, FastInput.Changed):
            told.append(type(widget).__name__)
        return post(widget, message)

    async def story(app: BossApp, keys: Keys) -> None:
        await keys.type(f"c1\n1\n{ID}\n{REST}")
        told.clear()
        await keys.type("7")
        assert told == ["Field"]
        await keys.press("f10")
        assert isinstance(app.screen, TenderPanel)
        told.clear()
        await keys.type("5")
        assert told == ["Field", "TenderPanel"]

    monkeypatch.setattr(Widget, "post_message", noted)
    play(FakeDesk(), story)


def test_an_empty_queue_says_that_nothing_waits() -> None:
    desk = FakeDesk()
    desk.queues.items = list  # type: ignore[method-assign]

    async def story(app: BossApp, keys: Keys) -> None:
        await keys.type("dl\n")
        assert "Nothing waits." in keys.text()
        await keys.type("x")
        assert "Nothing found." in keys.text()
        await keys.press("f3")
        await keys.press("f6")
        assert "No form is held" in keys.text()

    play(desk, story)


@pytest.mark.parametrize(("word", "leads"), [("signoff", True), ("xb", True), ("signof", False), ("mnsb", False)])
def test_a_word_of_the_prompt_typed_elsewhere_says_where_it_is_typed(word: str, leads: bool) -> None:
    async def story(app: BossApp, keys: Keys) -> None:
        await keys.type(f"till\n{word}")
        told = f"Nothing found here. To go there: F8, then {word}"
        assert (told in keys.text()) is leads
        assert ("Nothing found." in keys.text()) is not leads
        await keys.press("escape")
        assert "Nothing found" not in keys.text()

    play(FakeDesk(), story)


def test_who_is_found_from_a_screen_that_is_no_form_is_said_to_be_in_view() -> None:
    async def story(app: BossApp, keys: Keys) -> None:
        await keys.type("till\n")
        await keys.press("f8")
        await keys.type("13812345678\n")
        assert isinstance(app.screen, TillScreen)
        assert app.customer is not None
        assert f"{app.customer.name} is in view: the next business is for them." in keys.text()

    play(FakeDesk(), story)


def test_the_palette_says_when_nothing_matches_and_home_and_end_move_in_it() -> None:
    async def story(app: BossApp, keys: Keys) -> None:
        await keys.press("ctrl+p", "end")
        assert isinstance(app.screen, PickList)
        assert app.screen.listing.at == len(app.screen.listing.items) - 1
        await keys.press("home")
        assert app.screen.listing.at == 0
        await keys.type("zzzz")
        assert "Nothing found." in keys.text()
        await keys.press("home")
        await keys.type("a")
        assert app.screen.query_one("ListInput").value == "azzzz"  # type: ignore[attr-defined]

    play(FakeDesk(), story)


def test_a_list_longer_than_the_screen_says_where_it_is_and_is_paged_through() -> None:
    desk = FakeDesk()
    many = [Choice(f"N{n:03d}", Message(f"line {n}")) for n in range(60)]
    desk.choices = lambda *_: many  # type: ignore[method-assign]

    async def story(app: BossApp, keys: Keys) -> None:
        await keys.type("C1\n")
        await keys.press("f4")
        assert isinstance(app.screen, PickList)
        listing, seen = app.screen.listing, set()
        page = listing.page
        assert 5 < page < 24
        assert f"1-{page} of 60" in keys.text()
        for _ in range(-(-60 // page)):
            seen |= {choice.value for choice in many if choice.value in keys.text()}
            await keys.press("pagedown")
        assert seen == {choice.value for choice in many}
        assert "of 60" in keys.text()
        assert listing.at == 59
        await keys.press("pageup")
        assert listing.at == 59 - page

    play(desk, story)


def test_a_list_that_fits_says_nothing_of_pages() -> None:
    async def story(app: BossApp, keys: Keys) -> None:
        await keys.type("C1\n")
        await keys.press("f4")
        assert "PgDn" not in keys.text()

    play(FakeDesk(), story)


def test_end_and_home_move_through_a_paper() -> None:
    desk = FakeDesk()
    desk.lookups.papers = lambda serial: [PaperView(serial, "slip", "1", ("a line",) * 60)]  # type: ignore[method-assign]

    async def story(app: BossApp, keys: Keys) -> None:
        await keys.type("dd\n\n")
        await keys.press("f4")
        await keys.press("end")
        plain = app.screen.query_one("#form", Plain)
        assert plain.scroll_y == plain.max_scroll_y > 0
        await keys.press("home")
        assert plain.scroll_y == 0

    play(desk, story)


def test_the_count_has_subtotals_and_help() -> None:
    async def story(app: BossApp, keys: Keys) -> None:
        await keys.type("till\n1")
        await keys.type("3\n2\n")
        assert "= 300.00" in keys.text()
        assert "= 100.00" in keys.text()
        await keys.press("f1")
        assert "How many pieces" in keys.text()
        assert "a reason is asked for" in " ".join(keys.text().split())

    play(FakeDesk(), story)


def test_a_reason_that_is_needed_is_asked_for_aloud() -> None:
    async def story(app: BossApp, keys: Keys) -> None:
        await keys.type("dd\n\n")
        await keys.press("f4")
        await keys.press("f4", "enter", "enter")
        assert isinstance(app.screen, OneLine)
        assert "A word is needed here" in keys.text()

    play(FakeDesk(), story)


def test_a_field_takes_no_key_that_is_an_action() -> None:
    async def story(app: BossApp, keys: Keys) -> None:
        await keys.type(f"C1\n1\n{ID}\n{REST}")
        await keys.press("ctrl+e")
        assert "complete it by itself" in keys.text()
        await keys.press("ctrl+f")
        assert isinstance(app.screen, FindScreen)

    play(FakeDesk(), story)


def test_what_is_to_be_known_of_an_edition_stands_there_whole() -> None:
    """However long: it is why somebody would not approve."""
    told = say("There is no {what}.", what="drawer of HZ0101, no form that was begun with it, " * 3)
    shown: Any = SimpleNamespace(desk=SimpleNamespace(words=str), size=SimpleNamespace(width=40))
    lines = [str(row.cells[0]) for row in EditionScreen._known_before(shown, told)]
    assert [line[:3] for line in lines] == ["!! ", *["   "] * (len(lines) - 1)]
    assert " ".join(line[3:] for line in lines) == str(told)
    assert max(map(cell_len, lines)) <= 40 - len("  ")
