"""The lock, the door and the people: what a passer-by can't do, what somebody is told, how they are let in again."""

from __future__ import annotations

from typing import Any

import pytest
from msgspec.structs import replace

from boss_tui.desk import staff
from boss_tui.desk.station import LastOn
from boss_tui.start.app import BossApp
from data.errors import Locked, NotAllowed, SignedOff
from data.message import Message, say
from data.tables.organisation import Operator as OperatorRow
from screens.business import BusinessScreen
from screens.dialogs.tender_panel import TenderPanel
from screens.home import HomeScreen
from screens.lock import LockScreen
from screens.sign_on import SignOnScreen
from screens.staff import PasswordScreen, StaffScreen, UnlockCode
from tests.driver import Keys
from tests.screens.fake_desk import FakeDesk
from tests.screens.fake_records import Operator
from tests.screens.test_business import play
from tests.screens.test_golden import FILLED


async def idle(app: BossApp, seconds: float) -> None:
    """So long nobody touches anything, and the program looks at it."""
    app.gate.touched_at = app.gate.now() - seconds
    await app._lock_when_idle()
    await app.gate.quiet()


@pytest.mark.parametrize(("after", "idle_for", "locked"), [(180, 179, False), (180, 181, True), (0, 9_999, False)])
def test_the_counter_locks_itself(after: float, idle_for: float, locked: bool) -> None:
    desk = FakeDesk()

    async def story(app: BossApp, keys: Keys) -> None:
        app.lock_after = lambda: after
        await idle(app, idle_for)
        assert desk.locked is locked
        assert isinstance(app.screen, LockScreen) is locked
        await idle(app, idle_for)  # once is enough
        assert desk.calls.count("lock") == int(locked)

    play(desk, story)


def test_a_key_is_a_touch() -> None:
    async def story(app: BossApp, keys: Keys) -> None:
        app.lock_after = lambda: 180
        app.gate.touched_at = app.gate.now() - 200
        await keys.press("x")
        await app._lock_when_idle()
        assert isinstance(app.screen, HomeScreen)

    play(FakeDesk(), story)


def test_the_lock_covers_a_payment_which_is_there_again_behind_it() -> None:
    desk = FakeDesk()

    async def story(app: BossApp, keys: Keys) -> None:
        app.lock_after = lambda: 180
        await keys.type(FILLED)
        await keys.press("f10")
        await keys.type("500\n")
        assert isinstance(app.screen, TenderPanel)
        await idle(app, 181)
        assert isinstance(app.screen, LockScreen)
        await keys.press("f10", "escape", "f3")
        assert not desk.done
        await keys.type("secret\n")
        assert isinstance(app.screen, TenderPanel)
        await keys.press("f10")
        assert len(desk.done) == 1

    play(desk, story)


@pytest.mark.parametrize("key", ["f2", "f4", "f8", "f10"])
def test_a_key_on_a_locked_counter_is_told_that_it_is_locked(key: str) -> None:
    async def story(app: BossApp, keys: Keys) -> None:
        app.lock_after = lambda: 180
        await idle(app, 181)
        assert isinstance(app.screen, LockScreen)
        await keys.press(key)
        assert isinstance(app.screen, LockScreen)
        assert app.screen.why_not("list") == say("The counter is locked: type the password first.")

    play(FakeDesk(), story)


def test_whoever_passes_a_locked_counter_does_not_end_the_program() -> None:
    desk = FakeDesk()

    async def story(app: BossApp, keys: Keys) -> None:
        await keys.press("ctrl+l")
        await keys.press("ctrl+q")
        assert app.is_running
        assert isinstance(app.screen, LockScreen)
        await keys.press("ctrl+p")
        assert isinstance(app.screen, LockScreen)
        await app.act("sign_off")
        assert isinstance(app.screen, SignOnScreen)
        await keys.press("ctrl+q")
        assert app.is_running
        assert "sign on before you end" in keys.text()
        await keys.type("8001\nsecret\n")
        assert isinstance(app.screen, HomeScreen)
        await keys.press("ctrl+q")
        assert app.return_code == 0

    play(desk, story)


@pytest.mark.parametrize("typed", [None, "8001\nguessed\n", "8001\nsecret\n"])
def test_somebody_else_works_at_a_counter_that_was_left_locked(typed: str | None) -> None:
    """Who locked it may be gone, or shut out by wrong passwords: the counter is not lost with them. Who passes by signs
    nobody off."""
    desk = FakeDesk()

    async def story(app: BossApp, keys: Keys) -> None:
        await keys.type("C1\n1\n37010219900517123X\n")
        await keys.press("ctrl+l")
        assert "F3Other" in keys.text().replace(" ", "")
        await keys.press("f3")
        assert "王芳 is signed off by that." in keys.text()
        assert "37010219900517123X" not in keys.text()
        desk.calls.clear()
        if typed is not None:
            await keys.type(typed)
        is_right = typed is not None and "secret" in typed
        if not is_right:
            assert ("Staff number or password is wrong." in keys.text()) is (typed is not None)
            await keys.press("escape")
        assert type(app.screen) is (HomeScreen if is_right else LockScreen), keys.text()
        assert ("sign_off" in desk.calls, "sign_on" in desk.calls) == (is_right, is_right)
        assert app.locked is not is_right

    play(desk, story)


def test_who_signed_off_at_an_open_counter_may_end_the_program() -> None:
    async def story(app: BossApp, keys: Keys) -> None:
        await keys.type("signoff\n")
        await keys.press("ctrl+q")
        assert app.return_code == 0

    play(FakeDesk(), story)


def test_who_may_work_here_no_more_is_back_at_the_sign_on() -> None:
    desk = FakeDesk()

    async def story(app: BossApp, keys: Keys) -> None:
        await keys.type("C1\n")
        assert isinstance(app.screen, BusinessScreen)
        desk.fail["fill"] = SignedOff(say("This staff number works here no more: ask headquarters (M7)."))
        desk._state = replace(desk._state, operator="")
        await keys.type("1\n")
        assert isinstance(app.screen, SignOnScreen)
        assert "works here no more" in keys.text()

    play(desk, story)


def test_who_has_signed_on_since_is_not_sent_away() -> None:
    desk = FakeDesk()

    async def story(app: BossApp, keys: Keys) -> None:
        at_work, desk._state = desk._state, replace(desk._state, operator="")
        app.state = desk._state  # as it was read a moment ago
        desk._state = at_work
        await app._sent_away()
        assert isinstance(app.screen, HomeScreen)
        assert "You were signed off" not in keys.text()

    play(desk, story)


@pytest.mark.parametrize("behind_the_lock", [False, True])
@pytest.mark.parametrize(
    ("why", "told"),
    [
        (staff._not_active(None), "!! Signed off: This staff number works here no more: ask headquarters (M7)."),
        (
            staff._not_active(OperatorRow(staff_no="1001", outlet="3701", name="王芳", state="locked")),
            "!! Signed off: This staff number is locked: headquarters unlocks it (M7).",
        ),
        (None, "!! You were signed off."),
    ],
)
def test_it_is_noticed_without_a_key_too_and_why_is_told(why: Message | None, told: str, behind_the_lock: bool) -> None:
    desk = FakeDesk()

    async def story(app: BossApp, keys: Keys) -> None:
        await keys.type("C1\n")
        if behind_the_lock:
            await keys.press("ctrl+l")
            assert isinstance(app.screen, LockScreen)
        desk._state = replace(desk._state, operator="", dismissed=why)
        await app._look()
        await app.gate.quiet()
        assert type(app.screen) is SignOnScreen, keys.text()
        assert told in keys.text().splitlines()[-2].rstrip(), keys.text()

    play(desk, story)


@pytest.mark.parametrize(
    ("field", "goes_on"), [("staff_no", "8001\nsecret\n"), ("password", "secret\n"), ("", "secret\n")]
)
def test_who_comes_next_types_over_a_number_that_can_t_sign_on(
    monkeypatch: pytest.MonkeyPatch, field: str, goes_on: str
) -> None:
    desk = FakeDesk(signed_on=False)
    sign_on, left = desk.sign_on, iter([NotAllowed(say("No."), field=field)])

    def refuses(staff_no: str, password: str, language: str = "") -> Any:
        refusal = next(left, None)
        if refusal is not None:
            raise refusal
        return sign_on(staff_no, password, language)

    monkeypatch.setattr(desk, "sign_on", refuses)

    async def story(app: BossApp, keys: Keys) -> None:
        await keys.type(f"{'8009' if field == 'staff_no' else '8001'}\nsecret\n")
        assert "!! No." in keys.text()
        await keys.type(goes_on)
        assert isinstance(app.screen, HomeScreen), keys.text()

    play(desk, story)


def test_the_key_that_completes_signs_on_once_both_are_typed() -> None:
    desk = FakeDesk(signed_on=False)

    async def story(app: BossApp, keys: Keys) -> None:
        await keys.press("f10")
        assert "Sign on first." in keys.text()
        await keys.type("8001")
        await keys.press("f10")
        assert "sign_on" not in desk.calls
        await keys.type("secret")  # the cursor is in the field that was empty
        await keys.press("f10")
        assert isinstance(app.screen, HomeScreen), keys.text()

    play(desk, story)


def signing_on(desk: FakeDesk, monkeypatch: pytest.MonkeyPatch, **more: Any) -> None:
    """The fake desk answers a sign-on with this."""

    def sign_on(staff_no: str, password: str, language: str) -> Operator:
        desk._state = replace(desk._state, operator="王芳", grade="clerk")
        return Operator(staff_no, "王芳", "clerk", language, **more)

    monkeypatch.setattr(desk, "sign_on", sign_on)


def test_the_first_screen_says_when_one_was_here_last(monkeypatch: pytest.MonkeyPatch) -> None:
    desk = FakeDesk(signed_on=False, language="en")
    signing_on(desk, monkeypatch, last=LastOn("2026-11-27T01:12:00.000000Z", "03", 2), days_left=5)

    async def story(app: BossApp, keys: Keys) -> None:
        await keys.type("8001\nsecret\n")
        text = keys.text()
        assert "Last signed on 2026-11-27 09:12 at 03." in text
        assert "Wrong passwords since: 2." in text
        assert "holds for 5 more days" in text
        await keys.type("C1\n")
        await keys.press("f3")
        assert "Last signed on" not in keys.text()

    play(desk, story)


def test_a_first_password_is_changed_before_anything_else(monkeypatch: pytest.MonkeyPatch) -> None:
    desk = FakeDesk(signed_on=False, language="en")
    signing_on(desk, monkeypatch, change="initial")

    async def story(app: BossApp, keys: Keys) -> None:
        await keys.type("8001\nsecret\n")
        assert isinstance(app.screen, PasswordScreen)
        await keys.press("f2", "f8", "f3", "ctrl+p")
        assert isinstance(app.screen, PasswordScreen)
        await keys.type("secret\nNew-one-1\nNew-one-2\n")
        assert "not the same" in keys.text()
        await keys.type("New-one-1\n")
        await keys.press("f10")
        assert isinstance(app.screen, HomeScreen)
        assert "Your password is changed." in keys.text()

    play(desk, story)


def test_ones_own_password_at_any_time_and_a_refusal_beside_its_field() -> None:
    desk = FakeDesk(language="en")

    async def story(app: BossApp, keys: Keys) -> None:
        await keys.type("password\n")
        assert isinstance(app.screen, PasswordScreen)
        await keys.type("wrong\nNew-one-1\nNew-one-1\n")
        await keys.press("f10")
        assert app.screen.panel.current == "old"
        assert "Staff number or password is wrong." in keys.text()
        await keys.type("secret\n")
        await keys.press("f10")
        assert isinstance(app.screen, HomeScreen)

    play(desk, story)


def test_a_supervisor_unlocks_on_the_screen() -> None:
    desk = FakeDesk()

    async def story(app: BossApp, keys: Keys) -> None:
        await keys.type("staff\n")
        assert isinstance(app.screen, StaffScreen)
        await keys.press("enter")
        await keys.press("f10")
        assert "unlock_staff" in desk.calls

    play(desk, story)


def test_who_is_shut_out_behind_their_own_lock_has_the_way_by_telephone() -> None:
    """Alone at an outlet nobody else could open the counter."""
    desk = FakeDesk(language="en")

    async def story(app: BossApp, keys: Keys) -> None:
        await keys.press("ctrl+l")
        desk.fail["unlock"] = Locked(say("Too many wrong passwords"))
        await keys.type("wrong\n")
        assert isinstance(app.screen, UnlockCode)
        await keys.type("good\n")
        assert isinstance(app.screen, LockScreen)
        await keys.type("secret\n")
        assert isinstance(app.screen, HomeScreen)

    play(desk, story)


def test_a_locked_number_is_unlocked_by_headquarters_code() -> None:
    desk = FakeDesk(signed_on=False, language="en")

    async def story(app: BossApp, keys: Keys) -> None:
        desk.fail["sign_on"] = Locked(say("Too many wrong passwords"))
        await keys.type("8001\nwrong\n")
        assert isinstance(app.screen, UnlockCode)
        assert "ABCD-EFGH" in keys.text()
        await app._look()  # the box stays, though nobody is signed on
        await app.gate.quiet()
        assert isinstance(app.screen, UnlockCode)
        await keys.type("bad\n")
        assert isinstance(app.screen, UnlockCode)
        await keys.type("good\n")
        assert isinstance(app.screen, SignOnScreen)
        await keys.type("secret\n")
        assert isinstance(app.screen, HomeScreen)

    play(desk, story)
