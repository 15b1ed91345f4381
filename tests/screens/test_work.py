"""Who did what, on the screen: person by person, act by act, and from a line to the order."""

from __future__ import annotations

import re
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

import boss_tui
from boss_tui.components.operators.work_record import Deed, Total
from boss_tui.desk.deeds import deed_said, on_record
from boss_tui.start.app import BossApp
from data.errors import NotAllowed
from data.message import say
from screens.orders import OrderScreen
from screens.preview import PreviewScreen
from screens.work import DeedsScreen, WorkScreen
from tests.driver import Keys
from tests.screens.fake_desk import FakeDesk
from tests.screens.test_business import play

AT = "2026-11-23T02:00:00.000000Z"
DEEDS = [
    Deed(AT, "03", "order", "C12", "HZ0101", 5_000),
    Deed(AT, "03", "access", "reprint", "receipt 7", 0, ("reprint",)),
]


def desk_of(total: Any = None) -> FakeDesk:
    desk, asked = FakeDesk(language="en"), []

    def work() -> list[Total]:
        if total is None:
            raise NotAllowed(say("A supervisor looks after the staff."))
        return [total]

    def work_of(staff_no: str) -> list[Deed]:
        asked.append(staff_no)
        return DEEDS

    def run_of(deed: Deed) -> str:
        return deed.subject if deed.kind == "order" else ""

    desk.personnel = SimpleNamespace(work=work, work_of=work_of, run_of=run_of, asked=asked)
    return desk


def test_a_supervisor_goes_from_a_person_to_an_order() -> None:
    desk = desk_of(Total("1002", "李雷", orders=3, taken=10_000, back=1))

    async def story(app: BossApp, keys: Keys) -> None:
        await keys.type("work\n")
        assert isinstance(app.screen, WorkScreen)
        assert "1002" in keys.text()
        assert "3 orders" in keys.text()
        await keys.press("enter")
        assert isinstance(app.screen, DeedsScreen)
        assert desk.personnel.asked == ["1002"]
        assert "50.00" in keys.text()
        await keys.type(">60")
        assert "C12" not in keys.text()
        await keys.press("backspace", "backspace")
        await keys.type("40 C12")
        assert "50.00" in keys.text()
        await keys.press("enter")
        assert isinstance(app.screen, OrderScreen)
        await keys.press("enter")
        assert isinstance(app.screen, PreviewScreen)

    play(desk, story)


def test_a_clerk_sees_their_own_alone() -> None:
    desk = desk_of()

    async def story(app: BossApp, keys: Keys) -> None:
        await keys.type("work\n")
        assert "My own, act by act" in keys.text()
        await keys.press("enter")
        assert desk.personnel.asked == ["1001"]
        await keys.type("reprint")
        await keys.press("enter")
        assert "There is no order behind this." in keys.text()

    play(desk, story)


@pytest.mark.parametrize(
    ("kind", "what", "told"),
    [
        ("order", "C1", "C1 Open account"),
        ("act", "M6 edition.approve", "M6 Edition approved"),
        ("act", "M6 newer.act", "M6 newer.act"),
        ("access", "sign_on", "Signed on"),
        ("access", "sign_on.refused", "Signed on: refused"),
        ("access", "look.bills", "Looked at Bills"),
        ("access", "look.nothing", "look.nothing"),
        ("access", "newer.act", "newer.act"),
    ],
)
def test_what_was_done_is_told_in_words(kind: str, what: str, told: str) -> None:
    assert str(deed_said(Deed(AT, "03", kind, what, ""))) == told


def test_whatever_is_put_on_record_has_words() -> None:
    found = {
        act
        for path in Path(boss_tui.__file__).parent.rglob("*.py")
        for act in re.findall(r'note_access\([\w.]+, "([a-z_.]+)"', path.read_text(encoding="utf-8"))
    }
    assert len(found) > 10
    assert [act for act in sorted(found) if isinstance(on_record(act), str)] == []
