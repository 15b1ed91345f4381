"""A form that was ended at another terminal is left, and says by whom; what others are in is seen, not taken."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest
from msgspec.structs import replace

from boss_tui.answers.business import DraftView, Notice, Outcome, Tender
from boss_tui.start.app import BossApp
from data.message import Message, say
from screens.business import BusinessScreen
from screens.dialogs.outcome import OutcomeDialog
from screens.held import HeldScreen
from screens.home import HomeScreen
from tests.driver import Keys, at_desk
from tests.screens.fake_desk import FakeDesk
from tests.screens.fake_records import HeldForm
from tests.screens.test_business import ID, REST, play

ELSEWHERE = say(
    "This form is completed, by {operator} at {counter}: order {serial}.", operator="8002", counter="04", serial="X1"
)


@pytest.mark.parametrize("key", ["f3", "f6"])
def test_a_form_that_was_finished_elsewhere_is_left_without_a_question(key: str) -> None:
    desk = FakeDesk()

    async def story(app: BossApp, keys: Keys) -> None:
        await keys.type(f"C1\n1\n{ID}\n")
        desk.elsewhere["d1"] = ELSEWHERE
        await keys.type("x")  # what was typed since is of no use any more
        await keys.press(key)
        assert isinstance(app.screen, HomeScreen)
        assert "by 8002 at 04: order X1" in keys.text()

    play(desk, story)
    assert "abandon" not in desk.calls
    assert "hold" not in desk.calls


def test_what_others_are_in_is_shown_and_stays_theirs() -> None:
    desk = FakeDesk()
    desk.others = [HeldForm(7, "C1", Message("Open account"), "", "8002", "2026-11-23T06:05:00.000000Z", counter="04")]

    async def story(app: BossApp, keys: Keys) -> None:
        await keys.press("f6")
        assert "in work at 04" in keys.text()
        await keys.press("enter")
        assert isinstance(app.screen, HeldScreen)
        assert "Somebody is in this form" in keys.text()

    play(desk, story)
    assert "recall" not in desk.calls


def test_enter_passes_over_what_the_document_answers_and_an_arrow_does_not() -> None:
    class Answers(FakeDesk):
        def _kept(self, draft: DraftView) -> DraftView:
            kept = super()._kept(draft)
            facts = {"name": "张三丰"} if draft.values.get("id_no") else {}
            return replace(kept, facts=facts)

    async def story(app: BossApp, keys: Keys) -> None:
        await keys.type("C1\n1\n")
        assert isinstance(app.screen, BusinessScreen)
        panel = app.screen.panel
        spec = panel.fields["name"].spec
        panel.fields["name"].spec = replace(spec, ask=replace(spec.ask, answered=True))
        await keys.type("x\n")
        assert panel.current == "id_no", "what is wrong answers nothing"
        await keys.type(f"{ID}\n")
        assert panel.current == "address"
        await keys.press("up")
        assert panel.current == "name"
        await keys.press("down", "up", "up", "down")
        assert panel.current == "name"

    play(Answers(), story)


def shown(outcome: dict[str, Any]) -> list[str]:
    """The lines of the outcome on 80 by 24 cells."""
    found: list[str] = []

    class Pays(FakeDesk):
        def complete(self, draft_id: str, tenders: list[Tender]) -> Outcome:
            return replace(super().complete(draft_id, tenders), **outcome)

    async def story(app: BossApp, keys: Keys) -> None:
        await keys.type(f"C1\n1\n{ID}\n{REST}")
        await keys.press("f10")
        await keys.type("500\n")
        await keys.press("f10")
        assert isinstance(app.screen, OutcomeDialog)
        found.extend(keys.text().splitlines())

    play(Pays(), story)
    return found


@pytest.mark.parametrize(
    ("outcome", "told"),
    [
        ({"due": 20_000, "tendered": 50_000, "change": 30_000}, ("Due 200.00", "Handed over 500.00", "Change 300.00")),
        ({"due": 20_000, "tendered": 20_000, "change": 0}, ("Due 200.00   Handed over 200.00   Change 0.00",)),
        ({"due": 1, "tendered": 999_999_999, "change": 999_999_998}, ("Change 9999999.98",)),
        ({"due": -5_000, "tendered": 0, "change": 0}, ("Given back 50.00",)),
    ],
)
def test_the_change_is_always_said_and_takes_no_more_lines_than_its_digits(
    outcome: dict[str, Any], told: tuple[str, ...]
) -> None:
    lines = shown(outcome)
    assert all(any(text in line for line in lines) for text in told), "\n".join(lines)
    paper = next(at for at, line in enumerate(lines) if "SJ00000001" in line)
    assert paper <= 8


@pytest.mark.parametrize(("width", "whole"), [(80, False), (120, True)])
def test_a_note_without_room_beside_its_field_stands_whole_beside_the_form(width: int, whole: bool) -> None:
    note = "a note of so many words that nobody could read the end of it beside the field that it is about"

    class Notes(FakeDesk):
        def _kept(self, draft: DraftView) -> DraftView:
            return replace(super()._kept(draft), notes={"address": Message(note), "name": Message("short")})

    async def story() -> None:
        async with at_desk(BossApp(Notes, language="en"), (width, 40)) as keys:
            await keys.type("C1\n1\n")
            screen = keys.app.screen
            assert isinstance(screen, BusinessScreen)
            told = " ".join("".join(text for text, _ in row).strip() for row in screen.side.rows(38))
            assert (note in told) is whole
            assert "short" not in told

    asyncio.run(story())


def test_what_is_lost_stands_before_what_might_be_saved() -> None:
    class Loses(FakeDesk):
        def _kept(self, draft: DraftView) -> DraftView:
            kept = super()._kept(draft)
            return replace(kept, notices=(*kept.notices, Notice("change", Message("Ends with the change: music."))))

    async def story(app: BossApp, keys: Keys) -> None:
        await keys.type("C1\n1\n")
        assert isinstance(app.screen, BusinessScreen)
        rows = ["".join(text for text, _ in row) for row in app.screen.side.rows(40)]
        assert rows[0].startswith("-  Ends with the change")

    play(Loses(), story)
