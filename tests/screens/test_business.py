"""One business from the prompt to the money, by its keys."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Sequence

from msgspec.structs import replace

from boss_tui.answers.business import DraftView, Outcome, Tender
from boss_tui.forms.fields import Choice
from boss_tui.start.app import BossApp
from data.errors import NotAllowed
from data.message import say
from screens.business import BusinessScreen
from screens.c01_open_account import OpenAccountScreen
from screens.dialogs.approval import Approval
from screens.dialogs.dialog import Confirm, Destroy
from screens.dialogs.outcome import OutcomeDialog
from screens.dialogs.pick_list import PickList
from screens.dialogs.refusing import ErrorDialog, RefusedDialog
from screens.dialogs.tender_panel import TenderPanel
from screens.home import HomeScreen
from tests.driver import Keys, at_desk
from tests.screens.fake_desk import FakeDesk

ID = "37010219900517123X"
REST = "张三丰\n泉城路1号\nn\n13812345678\n89860012345678901234\nQQT88\n12\n50\n\n"


def play(desk: FakeDesk, story: Callable[[BossApp, Keys], Awaitable[None]], language: str = "en") -> None:
    """The application over a desk, and a clerk."""

    async def main() -> None:
        app = BossApp(lambda: desk, language=language)
        async with at_desk(app) as keys:
            await story(app, keys)

    asyncio.run(main())


def test_open_account_from_the_prompt_to_the_change() -> None:
    desk = FakeDesk()

    async def story(app: BossApp, keys: Keys) -> None:
        await keys.type("kh\n")
        assert isinstance(app.screen, OpenAccountScreen)
        await keys.type("1\n" + ID + "\n" + REST)
        await keys.press("f10")
        assert isinstance(app.screen, TenderPanel)
        await keys.type("120\n")
        assert "80.00" in keys.text()
        await keys.type("100")
        await keys.press("f10")  # what stands in the field counts
        assert isinstance(app.screen, OutcomeDialog)
        assert "20.00" in keys.text()
        assert "SJ00000001" in keys.text()
        await keys.press("x")
        assert isinstance(app.screen, HomeScreen)
        assert app.screen.entry.value == ""  # the key that closed the outcome did nothing else

    play(desk, story)
    assert [(code, tenders) for code, _, tenders in desk.done] == [
        ("C1", [Tender("cash", 12000), Tender("cash", 10000)])
    ]
    assert desk.threads == {"desk_0"}


def test_data_behind_the_code_goes_into_the_fields() -> None:
    desk = FakeDesk()

    async def story(app: BossApp, keys: Keys) -> None:
        await keys.type("C2 13812345678\n")
        assert isinstance(app.screen, BusinessScreen)
        assert app.screen.panel.values() == {"number": "13812345678"}

    play(desk, story)


def test_a_field_that_hangs_on_another_comes_and_goes() -> None:
    desk = FakeDesk()

    async def story(app: BossApp, keys: Keys) -> None:
        await keys.type("C1\n1\n" + ID + "\n张三丰\n路\n")
        assert "Agent's name" not in keys.text()
        await keys.type("y\n李四\n")
        assert "Agent's name" in keys.text()
        assert desk.drafts["d1"].values["agent_name"] == "李四"
        await keys.press("up", "up")
        await keys.type("n\n")
        assert "Agent's name" not in keys.text()
        assert isinstance(app.screen, BusinessScreen)
        assert app.screen.panel.current == "number"

    play(desk, story)


def test_enter_stays_at_a_wrong_field_and_tab_goes_on() -> None:
    desk = FakeDesk()

    async def story(app: BossApp, keys: Keys) -> None:
        await keys.type("C1\n1\n123\n")
        screen = app.screen
        assert isinstance(screen, BusinessScreen)
        assert screen.panel.current == "id_no"
        assert "! A resident ID has 18" in keys.text()
        await keys.type("1234")  # overtypes
        await keys.press("tab")
        assert screen.panel.current == "name"
        assert screen.panel.fields["id_no"].value == "1234"
        assert "! A resident ID has 18" in keys.text()

    play(desk, story)


def test_full_width_digits_and_small_letters_are_folded() -> None:
    desk = FakeDesk()

    async def story(app: BossApp, keys: Keys) -> None:
        await keys.type("C1\n１\n３７０１０２１９９００５１７１２３ｘ\n")
        assert desk.drafts["d1"].values == {"id_kind": "1", "id_no": ID}

    play(desk, story)


def test_f4_narrows_by_chinese_and_takes_a_line_by_its_digit_where_lines_are_numbered() -> None:
    desk = FakeDesk()

    async def story(app: BossApp, keys: Keys) -> None:
        await keys.type("C1\n1\n" + ID + "\n张三丰\n路\nn\n")
        await keys.press("f4")
        assert isinstance(app.screen, PickList)
        await keys.type("靓")
        assert "13812345678" not in keys.text().split("narrow")[0]
        await keys.press("enter")
        assert desk.drafts["d1"].values["number"] == "13888888888"
        assert isinstance(app.screen, BusinessScreen)
        assert app.screen.panel.current == "sim"

    play(desk, story)


def test_a_list_that_is_empty_until_something_is_typed_has_its_columns_then() -> None:
    class LooksFor(FakeDesk):
        def choices(self, draft_id: str, field: str, text: str, most: int = 200) -> Sequence[Choice]:
            return super().choices(draft_id, field, text, most) if text else []

    async def story(app: BossApp, keys: Keys) -> None:
        await keys.type("C1\n1\n" + ID + "\n张三丰\n路\nn\n")
        await keys.press("f4")
        assert "Nothing to choose from" in keys.text()
        await keys.type("138")
        assert "13888888888 golden" in keys.text()

    play(LooksFor(), story)


def test_a_long_list_is_paged_on_past_what_is_asked_for_at_first() -> None:
    wanted: list[int] = []

    class HasMany(FakeDesk):
        def choices(self, draft_id: str, field: str, text: str, most: int = 200) -> Sequence[Choice]:
            assert super().choices(draft_id, field, text) is not None
            wanted.append(most)
            return [Choice(f"138{n:08}", say("ordinary")) for n in range(450)][:most]

    async def story(app: BossApp, keys: Keys) -> None:
        await keys.type("C1\n1\n" + ID + "\n张三丰\n路\nn\n")
        await keys.press("f4")
        assert "of 200+" in keys.text()
        await keys.press("end")
        assert "of 400+" in keys.text()
        assert "13800000199" in keys.text()  # the mark is where it was
        await keys.press("end")
        assert "of 450:" in keys.text()
        await keys.press("end")
        assert "13800000449" in keys.text()

    play(HasMany(), story)
    assert [most for most in wanted if most > 200] == [400, 600]


def test_f8_clears_what_stands_in_the_prompt_and_a_key_brings_it_back() -> None:
    async def story(app: BossApp, keys: Keys) -> None:
        await keys.type("13812")
        await keys.press("f8")
        await keys.type("C1")
        assert isinstance(app.screen, HomeScreen)
        assert app.screen.entry.value == "C1"
        await keys.press("ctrl+up")
        assert app.screen.entry.value == "13812"

    play(FakeDesk(), story)


def test_f7_fills_what_may_be_the_same_and_f5_puts_it_back() -> None:
    desk = FakeDesk()

    async def story(app: BossApp, keys: Keys) -> None:
        await keys.type("C1\n")
        await keys.press("f7")
        assert desk.drafts["d1"].values == {"id_kind": "2", "address": "历下区泉城路1号", "product": "SZX"}
        await keys.press("f5")
        await keys.press("y")
        assert not any(desk.drafts["d1"].values.values())
        assert "as it was opened" in keys.text()

    play(desk, story)


def test_hold_and_recall() -> None:
    desk = FakeDesk()

    async def story(app: BossApp, keys: Keys) -> None:
        await keys.type("C1\n1\n" + ID + "\n张三")
        await keys.press("f6")
        await keys.type("等身份证\n")
        assert isinstance(app.screen, HomeScreen)
        assert desk.drafts["d1"].values["name"] == "张三"  # what stood in the field is kept too
        await keys.press("f6")
        assert "等身份证" in keys.text()
        await keys.press("enter")
        assert isinstance(app.screen, BusinessScreen)
        assert app.screen.panel.values()["id_no"] == ID

    play(desk, story)


def test_leaving_a_form_asks_only_when_something_would_be_lost() -> None:
    desk = FakeDesk()

    async def story(app: BossApp, keys: Keys) -> None:
        await keys.type("C1\n")
        await keys.press("f3")
        assert isinstance(app.screen, HomeScreen)
        await keys.type("C1\nabc")
        await keys.press("f3", "enter", "f10", "f2", "ctrl+s")  # no key that is typed by habit says yes
        assert "Give it up?" in keys.text()
        await keys.press("escape")
        assert isinstance(app.screen, BusinessScreen)
        await keys.press("f3")
        await keys.press("y")
        assert isinstance(app.screen, HomeScreen)
        assert desk.drafts["d2"].state == "abandoned"
        await keys.type("C1\nabc")
        await keys.press("f3")
        assert "F6: keep it" in keys.text()
        await keys.press("f6")
        await keys.type("back at noon\n")
        assert isinstance(app.screen, HomeScreen)
        assert desk.drafts["d3"].state == "held"

    play(desk, story)


def test_esc_restores_the_field_first() -> None:
    desk = FakeDesk()

    async def story(app: BossApp, keys: Keys) -> None:
        await keys.type("C1\n1\nabc")
        await keys.press("escape")
        assert isinstance(app.screen, BusinessScreen)
        field = app.screen.panel.fields["id_no"]
        assert field.value == "ABC"
        assert "Esc once more takes back" in keys.text()
        await keys.type("d")  # something else is typed: the next Esc is a first one again
        await keys.press("escape")
        assert field.value == "ABCD"
        await keys.press("escape")
        assert field.value == ""
        await keys.press("escape")
        assert "Give it up?" in keys.text()

    play(desk, story)


def test_a_rule_that_says_no_shows_every_reason() -> None:
    desk = FakeDesk()

    async def story(app: BossApp, keys: Keys) -> None:
        await keys.type("C1\n1\n999102199005171234\n" + REST)
        assert "NO This customer owes 120.00 yuan." in keys.text()
        await keys.press("f10")
        assert isinstance(app.screen, RefusedDialog)

    play(desk, story)
    assert not desk.done


def test_a_supervisor_allows_it() -> None:
    desk = FakeDesk()

    async def story(app: BossApp, keys: Keys) -> None:
        await keys.type("C1\n1\n888102199005171234\n" + REST)
        await keys.press("f10")
        assert "A supervisor is asked" in keys.text()
        await keys.type("9001\nwrong\n")
        assert "password is wrong" in keys.text()
        assert isinstance(app.screen, Approval), "it stays open for another try"
        await keys.press("f10")  # means nothing here
        await keys.type("12-000000\n")
        assert "password is wrong" in keys.text()
        await keys.type("9001\nboss\n")
        assert isinstance(app.screen, TenderPanel)

    play(desk, story)


def test_an_approval_that_is_given_up_leaves_the_form() -> None:
    desk = FakeDesk()

    async def story(app: BossApp, keys: Keys) -> None:
        await keys.type("C1\n1\n888102199005171234\n" + REST)
        await keys.press("f10")
        await keys.type("9001\nwrong\n")
        await keys.press("escape")
        assert isinstance(app.screen, BusinessScreen)
        assert not desk.done

    play(desk, story)


def test_missing_fields_are_pointed_at() -> None:
    desk = FakeDesk()

    async def story(app: BossApp, keys: Keys) -> None:
        await keys.type("C1\n")
        await keys.press("f10")
        assert isinstance(app.screen, BusinessScreen)
        assert app.screen.panel.current == "id_no"
        assert keys.text().count("This field is needed.") >= 6

    play(desk, story)


def test_nothing_to_pay_is_confirmed_by_a_key_that_is_not_typed_ahead() -> None:
    desk = FakeDesk()

    async def story(app: BossApp, keys: Keys) -> None:
        await keys.type("C2\n13812345678\n")
        await keys.press("f10")
        await keys.press("enter", "f2", "ctrl+f", "y")  # F2 finds, everywhere else
        assert not desk.done
        assert isinstance(app.screen, Confirm)
        await keys.press("ctrl+s")
        assert isinstance(app.screen, OutcomeDialog)

    play(desk, story)


def test_card_needs_a_reference_and_gives_no_change() -> None:
    desk = FakeDesk()

    async def story(app: BossApp, keys: Keys) -> None:
        await keys.type("C1\n1\n" + ID + "\n" + REST)
        await keys.press("f10", "shift+tab")
        await keys.type("2\n999\n")
        await keys.type("REF1\n")
        assert "only cash gives change" in keys.text()
        await keys.type("150\n")
        await keys.type("\n20")
        await keys.press("f10")
        assert "30.00 is still to pay" in keys.text()  # what was typed is not all; the rest is not made up
        await keys.type("\n")
        await keys.press("f10")
        assert isinstance(app.screen, OutcomeDialog)

    play(desk, story)
    assert desk.done[0][2] == [Tender("card", 15000, "REF1"), Tender("cash", 2000), Tender("cash", 3000)]


def test_a_refusal_at_the_end_keeps_the_form() -> None:
    desk = FakeDesk()

    async def story(app: BossApp, keys: Keys) -> None:
        await keys.type("C2\n13812345678\n")
        desk.fail["complete"] = NotAllowed(say("The shift is not open."))
        await keys.press("f10")
        await keys.press("f10")
        assert isinstance(app.screen, BusinessScreen)
        assert "The shift is not open." in keys.text()
        assert app.screen.panel.values() == {"number": "13812345678"}

    play(desk, story)


def test_a_fault_is_a_dialog_and_the_program_goes_on() -> None:
    desk = FakeDesk()

    async def story(app: BossApp, keys: Keys) -> None:
        await keys.type("C1\n1\n")
        desk.fail["fill"] = ZeroDivisionError("[/b] in the desk")
        await keys.type(ID + "\n")
        assert isinstance(app.screen, ErrorDialog)
        assert "[/b] in the desk" in app.screen.trace
        await keys.press("q", "f10", "x")
        assert isinstance(app.screen, ErrorDialog)
        await keys.press("escape")
        assert isinstance(app.screen, BusinessScreen)
        assert app.screen.panel.fields["id_no"].value == ID  # nothing that was typed is thrown away
        await keys.type("\n张三丰\n")
        assert desk.drafts["d1"].values["name"] == "张三丰"
        assert desk.drafts["d1"].values["id_no"] == ID

    play(desk, story)


def test_home_says_what_was_left_unfinished_and_f6_takes_it_up() -> None:
    desk = FakeDesk()
    desk.left.add(desk.begin("C1", {"id_kind": "1", "name": "张三"}).id)

    async def story(app: BossApp, keys: Keys) -> None:
        assert "Forms that were left unfinished: 1." in keys.text()
        await keys.press("f6")
        assert all(word in keys.text() for word in ("张", "unfinished"))
        desk.left.clear()
        await keys.press("enter")
        assert isinstance(app.screen, BusinessScreen)
        assert app.screen.panel.values()["name"] == "张三"
        await keys.press("f3")
        assert isinstance(app.screen, Destroy), "what was typed before is not given up in silence"
        await keys.press("y")
        assert "left unfinished" not in keys.text()

    play(desk, story)


def test_whoever_a_form_is_about_is_in_view_with_the_number_worked_on() -> None:
    class Finds(FakeDesk):
        def about(self, draft: DraftView) -> str:
            return "c1" if draft.values.get("number") else ""

    async def story(app: BossApp, keys: Keys) -> None:
        number = Finds().customer("c1").numbers[-1]
        await keys.type(f"C2\n{number}\n")
        assert app.customer is not None
        assert (app.customer.customer_id, app.customer.number) == ("c1", number)
        await keys.press("f3")
        await keys.press("y")
        await keys.type("C1\n")
        assert isinstance(app.screen, BusinessScreen)
        assert not app.screen.panel.values()["id_no"]  # the next account may be anybody's

    play(Finds(), story)


def test_an_order_under_way_is_not_said_to_be_done() -> None:
    class UnderWay(FakeDesk):
        def complete(self, draft_id: str, tenders: list[Tender]) -> Outcome:
            return replace(super().complete(draft_id, tenders), state="inProgress")

    async def story(app: BossApp, keys: Keys) -> None:
        await keys.type(f"C1\n1\n{ID}\n{REST}")
        await keys.press("f10")
        await keys.type("500\n")
        await keys.press("f10")
        assert isinstance(app.screen, OutcomeDialog)
        assert "accepted, under way" in keys.text()

    play(UnderWay(), story)
