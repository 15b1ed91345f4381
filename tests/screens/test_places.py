"""The places beside the businesses: home, find, orders, queues, till, help, palette, lock, sign-on; and leaving."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from boss_tui.start.app import BossApp
from data.errors import NotAllowed
from data.message import say
from screens.business import BusinessScreen
from screens.dialogs.approval import Approval
from screens.dialogs.dialog import Destroy
from screens.dialogs.one_line import OneLine
from screens.home import HomeScreen
from screens.lock import LockScreen
from screens.numbers import NumbersFormScreen
from screens.orders import OrderScreen
from screens.piece_counting import PieceCountScreen, ScanScreen
from screens.preview import PreviewScreen
from screens.sign_on import SignOnScreen
from screens.stock import StockCountScreen
from screens.till import OpenDayScreen
from screens.transfers import TransfersScreen
from tests.driver import Keys
from tests.screens.fake_desk import FakeDesk
from tests.screens.fake_records import Customer
from tests.screens.test_business import play


@pytest.mark.parametrize("typed", ["C1", "c1", "kh", "开户", "open account", "Ｃ１"])
def test_a_business_is_opened_by_code_initials_and_word(typed: str) -> None:
    async def story(app: BossApp, keys: Keys) -> None:
        await keys.type(typed + "\n")
        assert isinstance(app.screen, BusinessScreen)
        assert app.screen.business.code == "C1"

    play(FakeDesk(), story)


@pytest.mark.parametrize("is_demo", [False, True])
def test_machines_are_simulated_in_a_demonstration_alone(is_demo: bool) -> None:
    async def story(app: BossApp, keys: Keys) -> None:
        await keys.type("mnsb")
        assert ("Simulated" in keys.text()) is is_demo
        await keys.press("escape", "ctrl+p")
        await keys.type("mnsb")
        assert ("Simulated" in keys.text()) is is_demo
        await keys.press("escape", "escape")
        assert isinstance(app.screen, HomeScreen)
        assert (app.screen.why_not("machines") is None) is is_demo

    desk = FakeDesk()
    desk._state = replace(desk._state, is_demo=is_demo)
    play(desk, story)


def test_exceptions_are_no_matter_of_a_hall() -> None:
    """Of the office: `tests/journeys/test_exceptions_of_the_office.py`."""

    async def story(app: BossApp, keys: Keys) -> None:
        await keys.type("yc")
        assert "outlets' entries" not in keys.text()
        assert isinstance(app.screen, HomeScreen)
        assert app.screen.why_not("exceptions") is not None

    play(FakeDesk(), story)


def test_the_prompt_remembers() -> None:
    async def story(app: BossApp, keys: Keys) -> None:
        await keys.type("C2 13812345678\n")
        await keys.press("f3")
        await keys.press("ctrl+up")
        assert isinstance(app.screen, HomeScreen)
        assert app.screen.entry.value == "C2 13812345678"
        await keys.press("ctrl+down")
        assert app.screen.entry.value == ""

    play(FakeDesk(), story)


def test_a_customer_found_stays_in_view_and_is_never_read_as_markup() -> None:
    async def story(app: BossApp, keys: Keys) -> None:
        await keys.press("f2")
        await keys.type("李[b]")
        assert "[/red]李[b]四" in keys.text()
        await keys.press("enter")
        assert "[/red]李[b]四" in keys.text().splitlines()[1]
        await keys.type("C2\n")
        assert "[/red]李[b]四" in keys.text().splitlines()[1]
        await keys.press("ctrl+l")
        assert isinstance(app.screen, LockScreen)
        assert "李" not in keys.text()

    play(FakeDesk(), story)


@pytest.mark.parametrize(("code", "typed", "told"), [("C2", "", "13812345678"), ("C2", "139", "139"), ("C1", "", "1")])
def test_who_is_found_from_a_form_is_whom_it_is_about_where_it_says_of_nobody(code: str, typed: str, told: str) -> None:
    desk = FakeDesk()

    async def story(app: BossApp, keys: Keys) -> None:
        await keys.type(f"{code}\n{typed}")
        await keys.press("f2")
        await keys.type("张\n")
        assert isinstance(app.screen, BusinessScreen)
        first, *_ = app.screen.panel.values().values()
        assert first == told
        assert (app.screen.draft.values.get("number") == told) is (told == "13812345678")

    play(desk, story)


def test_a_look_that_ends_late_puts_no_customer_back(monkeypatch: pytest.MonkeyPatch) -> None:
    desk = FakeDesk()

    async def story(app: BossApp, keys: Keys) -> None:
        await keys.type("13812345678\n")
        found = desk.in_view

        def late() -> Customer | None:
            app.customer = None  # meanwhile the clerk has gone on
            return found()

        monkeypatch.setattr(desk, "in_view", late)
        await app.refresh_state()
        assert app.customer is None

    play(desk, story)


def test_esc_at_home_takes_the_customer_out_of_view() -> None:
    async def story(app: BossApp, keys: Keys) -> None:
        await keys.type("13812345678\n")
        assert "张三丰" in keys.text()
        await keys.press("escape")
        assert "张三丰" not in keys.text()

    play(FakeDesk(), story)


def test_an_order_shows_its_four_states_apart() -> None:
    async def story(app: BossApp, keys: Keys) -> None:
        await keys.type("dd\n")
        await keys.press("down", "enter")
        assert isinstance(app.screen, OrderScreen)
        shown = keys.text()
        for word in ("in progress", "pending", "queued", "UNKNOWN", "acknowledged", "no answer since 06:05"):
            assert word in shown
        await keys.press("f4")
        assert isinstance(app.screen, PreviewScreen)
        assert "收款: 150.00" in keys.text()

    play(FakeDesk(), story)


def test_a_copy_wants_a_reason() -> None:
    desk = FakeDesk()

    async def story(app: BossApp, keys: Keys) -> None:
        await keys.type("dd\n\n")
        await keys.press("f4")
        await keys.press("f4", "enter")
        await keys.press("enter")
        assert not desk.printed
        await keys.type("客户丢失\n")

    play(desk, story)
    assert desk.printed == [("p1", "客户丢失")]


def test_a_supervisor_prints_the_day_report_closes_the_day_and_opens_the_next() -> None:
    desk = FakeDesk()
    desk._state = replace(desk._state, grade="supervisor")

    async def story(app: BossApp, keys: Keys) -> None:
        await keys.type("till\n4")
        await keys.press("f4")
        assert "DAY is printed" in keys.text()
        await keys.press("f3")
        await keys.type("5")
        await keys.press("f10")
        await keys.press("y")  # a question about money is not answered by what was typed ahead
        assert isinstance(app.screen, PreviewScreen)
        await keys.press("f3")
        assert "Open the day" in keys.text()
        await keys.type("5\n")
        assert "Business date 2026-11-24 is open" in keys.text()

    play(desk, story)


def test_a_date_that_can_t_be_opened_is_told_beside_its_field_and_stays() -> None:
    desk = FakeDesk()
    desk._state = replace(desk._state, grade="supervisor", business_date="")

    async def story(app: BossApp, keys: Keys) -> None:
        await keys.type("till\n5")
        assert isinstance(app.screen, OpenDayScreen)
        assert app.screen.panel.values() == {"business_date": "2026-11-24"}, "the next one stands there"
        await keys.type("2026-13-01\n")
        assert "! There is no day 2026-13-01 in the calendar." in keys.text()
        desk.fail["open_day"] = NotAllowed(say("This one is closed."))
        await keys.type("20261101\n")
        assert isinstance(app.screen, OpenDayScreen)
        assert "! This one is closed." in keys.text()
        assert app.screen.panel.values() == {"business_date": "20261101"}
        await keys.type("２０２６1127\n")
        assert "Business date 2026-11-27 is open" in keys.text()

    play(desk, story)


def test_the_till_is_counted_blind_and_closed() -> None:
    desk = FakeDesk()

    async def story(app: BossApp, keys: Keys) -> None:
        await keys.type("till\n1")
        await keys.type("3\nx\n")
        assert "A number of pieces" in keys.text()
        await keys.type("5\n")
        assert "550.00" in keys.text()
        await keys.press("f10")
        await keys.press("y")
        assert isinstance(app.screen, PreviewScreen)
        await keys.press("f3")
        assert "till closed" in keys.text()
        await keys.type("1")
        await keys.type("500\n")
        await keys.press("f10")
        assert "till open" in keys.text()

    play(desk, story)
    assert desk.counted == {0: 50000}


def test_a_disabled_key_stays_and_says_why() -> None:
    async def story(app: BossApp, keys: Keys) -> None:
        assert "F3-Back" in keys.text()
        await keys.press("f3")
        assert "This is home" in keys.text()

    play(FakeDesk(), story)


def test_the_palette_goes_by_chinese_and_initials_and_f8_returns_to_the_form() -> None:
    async def story(app: BossApp, keys: Keys) -> None:
        await keys.press("ctrl+p")
        await keys.type("队列\n")
        assert "Queues" in keys.text()
        await keys.press("f3")
        await keys.type("C1\n1\n")
        await keys.press("f8")
        await keys.type("C2\n")
        assert "C2 Change" in keys.text()
        await keys.press("f3")
        assert "C1 Open account" in keys.text()

    play(FakeDesk(), story)


def test_help_says_what_is_legal_in_the_field_and_what_is_wrong() -> None:
    async def story(app: BossApp, keys: Keys) -> None:
        await keys.type("C1\n1\n123\n")
        await keys.press("f1")
        shown = keys.text()
        assert "18 characters, the last may be X" in shown
        assert "A resident ID has 18 characters." in shown
        assert "A number for a new customer." in shown
        await keys.press("f1")
        assert isinstance(app.screen, BusinessScreen)

    play(FakeDesk(), story)


def test_the_language_changes_what_is_shown_and_keeps_what_is_typed() -> None:
    async def story(app: BossApp, keys: Keys) -> None:
        await keys.type("C1\n1\n123\n")
        await keys.press("ctrl+t")
        shown = keys.text()
        assert "F10办理" in shown
        assert "证件号码" in shown
        assert "123" in shown
        await keys.press("ctrl+t")
        assert "F10Do it" in keys.text()

    play(FakeDesk(), story)


def test_sign_on_refuses_and_lets_in() -> None:
    desk = FakeDesk(signed_on=False, language="zh_CN")

    async def story(app: BossApp, keys: Keys) -> None:
        assert isinstance(app.screen, SignOnScreen)
        await keys.type("8001\nwrong\n")
        assert "password is wrong" in keys.text()
        await keys.press("f2")
        assert isinstance(app.screen, SignOnScreen)
        await keys.type("secret\n")
        assert isinstance(app.screen, HomeScreen)
        assert "请输入业务" in keys.text()
        await keys.type("signoff\n")
        assert isinstance(app.screen, SignOnScreen)

    play(desk, story)


def test_the_lock_opens_with_the_password_and_everything_is_behind_it() -> None:
    desk = FakeDesk()

    async def story(app: BossApp, keys: Keys) -> None:
        await keys.type("C1\n1\n123")
        await keys.press("ctrl+l")
        assert desk.locked
        await keys.type("no\n")
        assert isinstance(app.screen, LockScreen)
        await keys.press("f3")
        await keys.press("escape")
        assert isinstance(app.screen, LockScreen)
        await keys.type("secret\n")
        assert isinstance(app.screen, BusinessScreen)
        assert app.screen.panel.fields["id_no"].value == "123"

    play(desk, story)


def test_quitting_asks_while_a_form_is_open() -> None:
    async def story(app: BossApp, keys: Keys) -> None:
        await keys.type("C1\n1\n")
        await keys.press("ctrl+q")
        assert app.is_running
        await keys.press("enter")
        await keys.press("escape")
        assert isinstance(app.screen, BusinessScreen)
        await keys.press("ctrl+q")
        await keys.press("f10")
        assert app.return_code == 0

    play(FakeDesk(), story)


def test_a_refusal_of_the_desk_is_told_in_its_words() -> None:
    desk = FakeDesk()

    async def story(app: BossApp, keys: Keys) -> None:
        desk.fail["begin"] = NotAllowed(say("Not for your role."))
        await keys.type("C1\n")
        assert isinstance(app.screen, HomeScreen)
        assert "!! Not for your role." in keys.text()

    play(desk, story)


def test_the_queues_are_put_on_paper() -> None:
    async def story(app: BossApp, keys: Keys) -> None:
        await keys.type("dl\n")
        await keys.press("f10")
        assert isinstance(app.screen, PreviewScreen)
        assert "待办清单" in keys.text()

    play(FakeDesk(), story)


def test_the_stock_is_counted_and_what_differs_wants_a_reason_and_a_supervisor() -> None:
    desk = FakeDesk()

    async def story(app: BossApp, keys: Keys) -> None:
        await keys.type("pd\n")
        assert isinstance(app.screen, StockCountScreen)
        await keys.press("f10")
        assert "Count something first" in keys.text() or "请先盘点" in keys.text()
        assert keys.text().count("50.00") == 1
        await keys.type("x\n")
        assert "50.00" in keys.text(), "what the other fields are of stays"
        assert "USIM" in keys.text(), "and of the wrong one"
        await keys.press("home", *["delete"] * 3)
        await keys.type("118\n19\n")
        await keys.press("f10")
        assert isinstance(app.screen, OneLine)
        await keys.type("一张损坏\n")
        assert isinstance(app.screen, Approval)
        assert "一张损坏" in keys.text()
        await keys.press("escape")
        assert isinstance(app.screen, StockCountScreen), "nothing typed is lost"
        await keys.press("f10")
        await keys.type("一张损坏\n")
        await keys.type("9001\nsecret\n")
        assert isinstance(app.screen, PreviewScreen)
        assert "盘点表" in keys.text()

    play(desk, story)
    assert desk.stock.counted == ({"sim:usim": 118, "card:5000": 19}, "一张损坏", "9001secret")


def test_a_box_is_unpacked_and_what_is_missing_is_said_before_a_supervisor_signs() -> None:
    desk = FakeDesk()

    async def story(app: BossApp, keys: Keys) -> None:
        await keys.type("db\n")
        assert isinstance(app.screen, TransfersScreen)
        assert "DB-000012" in keys.text()
        await keys.press("enter")
        await keys.type("2")
        await keys.press("f10")
        assert isinstance(app.screen, NumbersFormScreen), "what is missing stands beside its field"
        await keys.type("12345678901234567\n箱内缺一张")
        await keys.press("f10")
        assert isinstance(app.screen, Approval)
        await keys.type("9001\nsecret\n")
        assert isinstance(app.screen, TransfersScreen)

    play(desk, story)
    assert desk.transfers.counted == (12, 2, "12345678901234567", "箱内缺一张", "9001secret")


def test_serials_are_scanned_one_after_another_and_another_approves_what_differs() -> None:
    desk = FakeDesk()

    async def story(app: BossApp, keys: Keys) -> None:
        await keys.type("zj\n")
        assert isinstance(app.screen, PieceCountScreen)
        await keys.press("enter")
        assert isinstance(app.screen, ScanScreen)
        await keys.type("111\n222\n111\n")
        assert desk.piece_counting.found == ["111", "222"]
        assert isinstance(app.screen, ScanScreen)
        assert "is strange" not in keys.text()
        await keys.type("999\n")
        assert keys.text().count("999 is strange.") == 2, "among the last scans, and in the line below"
        assert "That was found before: 2 so far." in keys.text(), "the one before it"
        await keys.press("f3")
        await keys.press("enter")
        await keys.press("down", "down", "enter")
        await keys.type("999\n")
        assert desk.piece_counting.found == ["111", "222"]
        assert "1 piece taken out of the count." in keys.text()
        await keys.press("enter")
        await keys.press("down", "enter")
        assert isinstance(app.screen, NumbersFormScreen)
        await keys.press("f10")
        await keys.type("少一张")
        await keys.press("f10")
        assert isinstance(app.screen, Approval)
        await keys.type("9001\nsecret\n")
        assert isinstance(app.screen, Destroy)
        assert "It differs." in keys.text()
        await keys.type("y")
        assert isinstance(app.screen, PieceCountScreen)
        await keys.press("enter")
        await keys.press("f3")
        await keys.press("enter")
        await keys.press("down", "down", "down", "enter")
        await keys.type("停电")
        await keys.press("f10")

    play(desk, story)
    assert desk.piece_counting.said == [
        "start card",
        "finish card 少一张 9001 secret",
        "start card",
        "give_up card 停电",
    ]
