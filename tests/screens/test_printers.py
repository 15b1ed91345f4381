"""The printers' screen by keys: a counter's papers, a printer's ways, a form with faults beside its fields."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from boss_tui.answers.hall import QueueItem, Way
from boss_tui.start.app import BossApp
from data.message import Message, say
from printers.routes import KINDS
from screens.dialogs.refusing import RefusedDialog
from screens.printers import PrinterScreen, PrintersScreen
from screens.widgets.lines import MessageLine
from tests.driver import Keys
from tests.screens.fake_desk import FakeDesk
from tests.screens.test_business import play

PLACES = ["P58*" if kind == "receipt" else "P80" for kind in KINDS]
"""Where the papers of a counter come out that has a printer of its own for receipts."""


def work(desk: FakeDesk, keys: list[str]) -> list[str]:
    """What is seen after these keys, from the screen on."""
    seen: list[str] = []

    async def story(app: BossApp, at: Keys) -> None:
        await at.type("dyj\n")
        assert isinstance(app.screen, PrintersScreen)
        for step in keys:
            await (at.press(step.strip("<>")) if step.startswith("<") else at.type(step))
        seen.append(at.text())

    play(desk, story)
    return seen[0].splitlines()


def test_the_screen_says_where_every_counter_s_papers_come_out() -> None:
    seen = work(FakeDesk(), [])
    assert next(line for line in seen if line.startswith(" 02 ")).split() == [
        "02",
        "P80",
        "P58*",
        *["P80"] * (len(KINDS) - 2),
    ]
    assert next(line for line in seen if line.startswith(">P58")).split()[:5] == [
        ">P58",
        "in",
        "use",
        "58mm",
        "tcp://192.168.1.58:9100",
    ]


def test_a_counter_s_paper_is_sent_to_another_printer_by_keys() -> None:
    desk = FakeDesk()
    seen = work(desk, ["01\n", "receipt\n", "P58\n"])
    assert desk.printers.asked_of_printers == [("route", "01", "receipt", "P58")]
    assert any("Receipt is moved." in line for line in seen)
    assert next(line for line in seen if line.startswith(">01 ")).split() == [
        ">01",
        "P80",
        "P58*",
        *["P80"] * (len(KINDS) - 2),
    ]


def test_what_is_set_is_taken_back_and_only_where_it_is_set() -> None:
    desk = FakeDesk()
    work(desk, ["02\n", "receipt\n", "not set\n"])
    assert desk.printers.asked_of_printers == [("route", "02", "receipt", "")]
    seen = work(FakeDesk(), ["01\n", "receipt\n"])
    assert not any("not set" in line for line in seen)


def test_a_printer_that_does_not_take_a_paper_is_not_offered_for_it() -> None:
    seen = work(FakeDesk(), ["01\n", "invoice\n"])
    assert not any("P58  58mm" in line or ">P58" in line for line in seen)
    assert any(">P80" in line for line in seen)


@pytest.mark.parametrize(
    ("keys", "asked"),
    [
        (["P58\n", "1"], ("test", "P58")),
        (["P58\n", "2"], ("set", "P58", {"state": "off"})),
        (["P58\n", "4", "P80\n"], ("remove", "P58", "P80")),
    ],
)
def test_what_can_be_done_about_a_printer(keys: list[str], asked: tuple[object, ...]) -> None:
    desk = FakeDesk()
    work(desk, keys)
    assert desk.printers.asked_of_printers == [asked]


@pytest.mark.parametrize(
    "keys",
    [
        ["P58\n", "<escape>"],
        ["P58\n", "4", "<escape>"],
        ["01\n", "<escape>"],
        ["01\n", "receipt\n", "<escape>"],
        ["papers of\n"],
    ],
)
def test_what_is_left_changes_nothing(keys: list[str]) -> None:
    desk = FakeDesk()
    work(desk, keys)
    assert desk.printers.asked_of_printers == []


def test_several_changes_are_told_over_the_screen() -> None:
    desk = FakeDesk()
    desk.printers.changes = (say("First."), say("Second."))

    async def story(app: BossApp, keys: Keys) -> None:
        await keys.type("dyj\nP58\n2")
        assert isinstance(app.screen, RefusedDialog)
        assert "First." in keys.text()
        assert "Second." in keys.text()

    play(desk, story)


def test_a_new_printer_is_set_up_with_faults_beside_their_fields() -> None:
    """What was typed stays; F4 lists what may stand in a field."""
    desk = FakeDesk()

    async def story(app: BossApp, keys: Keys) -> None:
        await keys.type("dyj\nnew\n")
        assert isinstance(app.screen, PrinterScreen)
        await keys.type("p90\nnowhere\n")
        await keys.press("f10")
        assert "nowhere is no address." in keys.text()
        await keys.type("tcp://10.0.0.9\n")
        await keys.press("f4")
        await keys.type("58mm-s\n")
        await keys.press("f10")
        assert isinstance(app.screen, PrintersScreen)

    play(desk, story)
    usual = {"kinds": ",".join(KINDS), "stand_in": "", "fail_over": "never"}
    assert desk.printers.asked_of_printers == [
        ("set", "P90", {"address": "nowhere", "profile": "80mm", **usual}),
        ("set", "P90", {"address": "tcp://10.0.0.9", "profile": "58mm-silent", **usual}),
    ]


def test_a_printer_is_changed_with_its_papers_chosen_from_the_list() -> None:
    desk = FakeDesk()

    async def story(app: BossApp, keys: Keys) -> None:
        await keys.type("dyj\nP58\n3")
        await keys.type("\n")
        await keys.press("f4")
        await keys.press("escape", "ctrl+u")
        await keys.type("90mm")
        await keys.press("f10")
        assert "90mm" in keys.text()
        assert isinstance(app.screen, PrinterScreen)
        await keys.press("down", "f4")
        await keys.type("slip\n")
        await keys.press("f4")
        await keys.type("report\n")
        await keys.press("up", "ctrl+u")
        await keys.type("58mm")
        await keys.press("f10")
        assert isinstance(app.screen, PrintersScreen)

    play(desk, story)
    assert desk.printers.asked_of_printers[-1] == (
        "set",
        "P58",
        {
            "address": "tcp://192.168.1.58:9100",
            "profile": "58mm",
            "kinds": "receipt,report",
            "stand_in": "",
            "fail_over": "never",
        },
    )


# what a counter is told, and what it is asked


def test_what_a_printer_wants_is_told_once_and_not_over_what_was_not_read(monkeypatch: pytest.MonkeyPatch) -> None:
    """Again only when it happens again."""
    desk = FakeDesk()
    low = ("P80 roll 1", say("Printer {printer}: the paper is nearly used up.", printer="P80"))

    async def story(app: BossApp, keys: Keys) -> None:
        screen = app.screen
        told: list[str] = []
        monkeypatch.setattr(screen, "tell", lambda message, _tone="": told.append(app.words(message)))

        async def look(*paper: tuple[str, Message]) -> list[str]:
            desk.queue = replace(desk.queue, paper=paper)
            await app._look()
            seen, told[:] = list(told), []
            return seen

        assert await look() == []
        assert await look(low) == ["Printer P80: the paper is nearly used up."]
        assert await look(low) == []
        assert await look() == []
        assert await look(low) == ["Printer P80: the paper is nearly used up."]
        assert await look() == []
        line = screen.query_one(MessageLine)
        line.tell(say("What is wrong."), "error")
        assert await look(low) == []
        line.tell(say("Well."), "good")
        assert await look(low) == ["Printer P80: the paper is nearly used up."]

    play(desk, story)


MANY = QueueItem(
    "printer",
    "P80",
    say("Printer P80"),
    "unknown",
    say("Why."),
    (Way("all_again", say("All again"), means=say("Each is printed again.")), Way("each", say("Each by itself"))),
)


@pytest.mark.parametrize(
    ("keys", "settled"),
    [("y", [("printer", "P80", "all_again", "")]), ("n", []), ("\n", [])],
)
def test_what_is_done_to_many_is_said_before(keys: str, settled: list[tuple[str, ...]]) -> None:
    desk = FakeDesk()
    desk.queues.items = lambda: [MANY]  # type: ignore[method-assign]

    async def story(app: BossApp, at: Keys) -> None:
        await at.type("dl\n\n1")
        assert "Each is printed again." in at.text()
        await at.type(keys)
        assert getattr(desk, "settled", []) == settled

    play(desk, story)


def test_each_by_itself_shows_them_one_by_one() -> None:
    desk = FakeDesk()
    one = QueueItem("print", "j", say("Receipt on P80"), "unknown")
    elsewhere = QueueItem("print", "k", say("Receipt on P58"), "unknown")
    desk.queues.items = lambda: [MANY, one, elsewhere]  # type: ignore[method-assign]

    async def story(app: BossApp, at: Keys) -> None:
        await at.type("dl\n\n2")
        assert "Receipt on P80" in at.text()
        assert "P58" not in at.text()
        assert not hasattr(desk, "settled")

    play(desk, story)


def test_a_stand_in_is_chosen_from_the_other_printers() -> None:
    desk = FakeDesk()

    async def story(app: BossApp, keys: Keys) -> None:
        await keys.type("dyj\nP58\n3\n\n\n")
        await keys.press("f4")
        assert "P80" in keys.text()
        await keys.type("P80\n\n")
        await keys.press("f4")
        await keys.type("self\n")
        await keys.press("f10")
        assert isinstance(app.screen, PrintersScreen)

    play(desk, story)
    kind, code, values = desk.printers.asked_of_printers[-1]
    assert (kind, code, values["stand_in"], values["fail_over"]) == ("set", "P58", "P80", "self")  # type: ignore[index]


def test_a_logo_is_set_and_taken_away_by_keys() -> None:
    desk = FakeDesk()
    seen = work(desk, ["logo\n", "/tmp/photo.jpg\n", "<f10>"])
    assert any("This is no PNG picture." in line for line in seen)
    assert desk.printers.logo_set is None
    seen = work(desk, ["logo\n", "/tmp/logo.png\n", "invoice", "<f10>"])
    assert desk.printers.asked_of_printers[-1] == ("logo", "/tmp/logo.png", "invoice")
    assert any("Logo no. 1, on: Invoice" in line for line in seen)
    seen = work(desk, ["logo\n", "2"])
    assert desk.printers.logo_set is None
    assert any("No logo is set." in line for line in seen)
