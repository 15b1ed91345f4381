"""Drawers that change hands on the screen: who stays signed on, and whose suspended drawer can be taken over."""

from __future__ import annotations

from typing import Any

import pytest
from msgspec.structs import replace

from boss_tui.answers.hall import Compared, ShiftLine
from boss_tui.start.app import BossApp
from data.errors import NotAllowed
from data.message import Message, say
from screens.counting import CloseShiftScreen, HandOverScreen
from screens.dialogs.approval import Giver
from screens.dialogs.dialog import Destroy
from screens.dialogs.one_line import OneLine
from screens.drawers import ShiftsScreen
from screens.preview import PreviewScreen
from screens.sign_on import SignOnScreen
from screens.till import TillScreen
from tests.driver import Keys
from tests.screens.fake_desk import FakeDesk
from tests.screens.test_business import play


def other(state: str, till: str = "HZ0108") -> ShiftLine:
    return ShiftLine("1008", "孙丽", till, state, "2026-11-23", "2026-11-23T04:30:00.000000Z")


def hall(state: str, *, mine: bool = False, role: str = "clerk", till: str = "HZ0108") -> FakeDesk:
    """Another's shift in a state, with or without one of who works here."""
    desk = FakeDesk()
    desk._state = replace(desk._state, shift_open=mine, grade=role)
    desk.others_open = [other(state, till)]
    return desk


async def counted(keys: Keys) -> None:
    await keys.type("5\n")
    await keys.press("f10")
    await keys.press("y")


def test_who_hands_over_signs_off() -> None:
    desk = hall("open", mine=True)

    async def story(app: BossApp, keys: Keys) -> None:
        await keys.type("till\nHand over\n")
        await counted(keys)
        assert isinstance(app.screen, PreviewScreen)
        await keys.press("enter")
        assert isinstance(app.screen, SignOnScreen)

    play(desk, story)
    assert desk.calls.count("sign_off") == 1


def test_the_mark_goes_to_what_comes_next_once_its_line_is_offered_no_more(monkeypatch: pytest.MonkeyPatch) -> None:
    """And stays on its line, wherever that stands by now, or on what took its place."""
    desk = hall("open", mine=True)

    def suspended(*_: str) -> None:
        desk._state = replace(desk._state, shift_open=False)

    monkeypatch.setattr(desk.till, "suspend_shift", suspended)

    async def story(app: BossApp, keys: Keys) -> None:
        await keys.type("till\n=\n")
        screen = app.screen
        assert isinstance(screen, TillScreen)
        assert (screen.listing.at, screen.listing.marked) == (0, screen.listing.items[0])
        screen.listing.at = len(screen.listing.items) - 1
        last = screen.listing.marked
        desk._state = replace(desk._state, shift_open=True)
        await keys.press("f5")
        assert screen.listing.marked == last
        assert screen.listing.at < len(screen.listing.items) - 1

    play(desk, story)


def test_who_takes_a_suspended_drawer_over_goes_on() -> None:
    desk = hall("suspended")

    async def story(app: BossApp, keys: Keys) -> None:
        await keys.type("till\nTake over\n")
        assert isinstance(app.screen, HandOverScreen)
        assert "Take over from 1008: count the drawer" in keys.text()
        await counted(keys)
        await keys.press("enter")
        assert isinstance(app.screen, TillScreen)

    play(desk, story)
    assert desk.handed_over == ("", "", "1008")
    assert "sign_off" not in desk.calls


@pytest.mark.parametrize("wrong", ["approved_by", "staff_no"])
def test_whose_drawer_it_is_may_say_it_or_after_all_a_supervisor(monkeypatch: pytest.MonkeyPatch, wrong: str) -> None:
    desk = hall("suspended")
    hand_over, tried = desk.till.hand_over, list[tuple[str, str]]()

    def asked(*args: Any) -> Any:
        tried.append((args[1], args[4]))
        if args[4] == "2001":
            return hand_over(*args)
        raise NotAllowed(
            say("They work here no more." if args[1] else "Say who."), field=wrong if args[1] else "approved_by"
        )

    monkeypatch.setattr(desk.till, "hand_over", asked)

    async def story(app: BossApp, keys: Keys) -> None:
        await keys.type("till\nTake over\n")
        await counted(keys)
        assert isinstance(app.screen, Giver)
        await keys.type("1008\nsecret\n")
        assert isinstance(app.screen, Giver)
        assert "They work here no more." in keys.text()
        await keys.type("2001\nsecret\n")
        assert isinstance(app.screen, PreviewScreen)

    play(desk, story)
    assert tried == [("", ""), ("1008", ""), ("", "2001")]
    assert desk.handed_over == ("", "2001", "1008")


@pytest.mark.parametrize(
    ("state", "mine", "offered"), [("suspended", False, True), ("suspended", True, False), ("open", False, False)]
)
def test_a_drawer_is_taken_over_by_who_has_none_and_while_it_is_out_of_its_counter(
    state: str, mine: bool, offered: bool
) -> None:
    async def story(app: BossApp, keys: Keys) -> None:
        await keys.type("till\n")
        assert isinstance(app.screen, TillScreen)
        assert ("The suspended one of 1008" in keys.text()) is offered

    play(hall(state, mine=mine), story)


@pytest.mark.parametrize("state", ["suspended", "open"])
def test_a_supervisor_takes_a_suspended_drawer_over_from_the_list_of_shifts(state: str) -> None:
    async def story(app: BossApp, keys: Keys) -> None:
        await keys.type("till\nShifts of the hall\n")
        assert isinstance(app.screen, ShiftsScreen)
        await keys.press("f4")
        assert isinstance(app.screen, HandOverScreen) is (state == "suspended")
        assert ("Only a suspended drawer can be taken over at another counter." in keys.text()) is (state == "open")

    play(hall(state, role="supervisor"), story)


@pytest.mark.parametrize(
    ("typed", "screen"), [("take", HandOverScreen), ("TAKE", HandOverScreen), ("shifts", ShiftsScreen)]
)
def test_what_is_called_so_goes_before_what_only_tells_of_it(typed: str, screen: type) -> None:
    """'The drawer is taken out' tells of suspending a shift, and 'take' is no word for that."""

    async def story(app: BossApp, keys: Keys) -> None:
        await keys.type(f"till\n{typed}\n")
        assert isinstance(app.screen, screen), keys.text()

    desk = hall("open", role="supervisor")
    desk.others_open = [replace(one, till=desk._state.counter) for one in desk.others_open]
    play(desk, story)


def test_who_closes_a_colleagues_drawer_is_told_whose_it_is() -> None:
    desk = hall("open", role="supervisor")
    desk.others_open = [replace(one, till=desk._state.counter) for one in desk.others_open]
    whose = f"{desk.others_open[0].staff_no} {desk.others_open[0].name}"

    async def story(app: BossApp, keys: Keys) -> None:
        await keys.type("till\n")
        assert f"It is {whose}'s: count it; Z report" in keys.text()
        await keys.press("1")
        assert isinstance(app.screen, CloseShiftScreen)
        assert f"Shift of {whose} at till {desk._state.counter}: count and close" in keys.text()

    play(desk, story)


def test_who_has_a_drawer_here_takes_no_other_and_is_told_before_it_is_counted() -> None:
    async def story(app: BossApp, keys: Keys) -> None:
        await keys.type("till\nShifts of the hall\n")
        await keys.press("f4")
        assert isinstance(app.screen, ShiftsScreen)
        assert "close it or hand it over first" in keys.text()

    desk = hall("suspended", role="supervisor")
    own = replace(other("open", desk._state.counter), staff_no=desk._state.staff_no)
    desk.others_open = [*desk.others_open, own]
    play(desk, story)


@pytest.mark.parametrize(
    ("own", "here", "told"),
    [
        ("open", False, "Your drawer is open at till 09"),
        ("open", True, "Your drawer is open at till 09"),
        ("suspended", True, "Your drawer is suspended: resume it at a counter that has none."),
        ("suspended", False, ""),
    ],
)
def test_who_has_a_drawer_elsewhere_is_told_before_anything_is_counted(own: str, here: bool, told: str) -> None:
    desk = FakeDesk()
    desk._state = replace(desk._state, shift_open=False)
    mine = replace(other(own, "09"), staff_no=desk._state.staff_no)
    desk.others_open = [mine, *([other("open", desk._state.counter)] if here else [])]

    async def story(app: BossApp, keys: Keys) -> None:
        await keys.type("till\n")
        assert told in keys.text()
        assert ("Your drawer is" in keys.text()) is bool(told)
        await keys.type("1")
        assert isinstance(app.screen, TillScreen)
        assert ("resume_shift" in desk.calls) is not bool(told)

    play(desk, story)


@pytest.mark.parametrize(("typed", "asked"), [("", False), ("5", True), ("5\n\n2\n", True)])
def test_a_count_that_was_begun_is_not_lost_to_a_key(typed: str, asked: bool) -> None:
    async def story(app: BossApp, keys: Keys) -> None:
        await keys.type("till\n1")
        assert isinstance(app.screen, CloseShiftScreen)
        await keys.type(typed)
        counts = app.screen.counts()
        await keys.press("f3")
        assert isinstance(app.screen, Destroy) is asked
        if asked:
            await keys.press("n")
            assert isinstance(app.screen, CloseShiftScreen)
            assert app.screen.counts() == counts
            await keys.press("f3")
            await keys.press("y")
        assert isinstance(app.screen, TillScreen)

    play(hall("suspended", mine=True), story)


@pytest.mark.parametrize(("given", "sent"), [("", False), ("one too few", True)])
def test_what_a_count_comes_to_is_told_before_its_reason_and_the_end_are_asked(given: str, sent: bool) -> None:
    apart = "Counted 0.00, by the books 5.00: 5.00 short."

    async def story(app: BossApp, keys: Keys) -> None:
        await keys.type("till\n1")
        await keys.press("f10")
        assert isinstance(app.screen, OneLine)
        assert apart in keys.text()
        assert "Reason" in keys.text()
        assert "can't be opened again" not in keys.text()
        await keys.type(f"{given}\n")
        if not sent:
            await keys.press("escape")
            assert isinstance(app.screen, CloseShiftScreen)
            assert "close_shift" not in desk.calls
            return
        assert isinstance(app.screen, Destroy)
        assert apart in keys.text()
        assert "The shift is closed and can't be opened again." in keys.text()
        assert "close_shift" not in desk.calls
        await keys.press("y")
        assert "close_shift" in desk.calls

    desk = hall("suspended", mine=True)
    desk.beside_books = Compared(Message(apart), differs=True)
    play(desk, story)


@pytest.mark.parametrize(
    ("compared", "told"),
    [
        (None, "Counted 0.00."),
        (Compared(Message("Counted 0.00 yuan: it is right."), differs=False), "Counted 0.00 yuan: it is right."),
    ],
)
def test_a_count_that_is_right_or_blind_is_asked_about_at_once(compared: Compared | None, told: str) -> None:
    async def story(app: BossApp, keys: Keys) -> None:
        await keys.type("till\n1")
        await keys.press("f10")
        assert isinstance(app.screen, Destroy)
        assert told in keys.text()

    desk = hall("suspended", mine=True)
    desk.beside_books = compared
    play(desk, story)


def test_what_was_done_before_is_not_told_again_after_something_else() -> None:
    async def story(app: BossApp, keys: Keys) -> None:
        await keys.type("till\n")
        app.announce(Message("Done before"), "good")
        await keys.press("2")
        assert not isinstance(app.screen, TillScreen)
        await keys.press("f3")
        assert isinstance(app.screen, TillScreen)
        assert "Done before" not in keys.text()

    play(hall("suspended", mine=True), story)


@pytest.mark.parametrize("role", ["clerk", "supervisor"])
def test_a_key_of_the_till_means_the_same_whatever_drawer_is_open(role: str) -> None:
    """The first opens or closes one; what hangs on it comes after all that does not."""
    keys_of: list[dict[str, str]] = []

    async def story(app: BossApp, keys: Keys) -> None:
        await keys.type("till\n")
        assert isinstance(app.screen, TillScreen)
        keys_of.append({str(line.value): key for key, line in app.screen.listing.keys.items()})

    for desk in (FakeDesk(), hall("open", role=role), hall("open", mine=True, role=role), hall("suspended", role=role)):
        desk._state = replace(desk._state, grade=role)
        play(desk, story)
    always = set.intersection(*map(set, keys_of))
    assert {"x", "z", "day", "past", "figures"} <= always
    assert "drop" not in always
    assert all(each[act] == keys_of[0][act] for each in keys_of for act in always)
