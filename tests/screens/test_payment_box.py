"""The payment box by its keys: the sums that are always seen, the ways of paying, and what F10 would do."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Awaitable, Callable, Sequence
from itertools import repeat

import pytest
from msgspec.structs import replace

from boss_tui.answers.business import DraftView, Quote, QuoteLine, Tender
from boss_tui.start.app import BossApp
from data.errors import NotAllowed
from data.message import both, say
from screens.dialogs.outcome import OutcomeDialog
from screens.dialogs.pick_list import PickList
from screens.dialogs.tender_panel import TenderPanel
from tests.driver import Keys, at_desk
from tests.screens.fake_desk import FakeDesk

FILLED = "C1\n1\n37010219900517123X\n张三丰\n路1号\nn\n13812345678\n89860012345678901234\nQQT88\n12\n50\n\n"
TYPED = dict(
    zip(
        ("id_kind", "id_no", "name", "address", "agent", "number", "sim", "product", "months", "prepaid"),
        FILLED.split("\n")[1:],
        strict=False,
    )
)
"""The same form in the drafts of a desk: typing it takes longer than what most stories are about."""
FEE = QuoteLine("fee", both("手续费", "Handling"), 0, 1000, 1000)


class ManyLines(FakeDesk):
    """Its price has so many lines of ten yuan."""

    def __init__(self, lines: int) -> None:
        super().__init__()
        self.lines = lines

    def quote(self, draft_id: str) -> DraftView:
        draft = super().quote(draft_id)
        self.drafts[draft_id] = DraftView(
            **{
                **{name: getattr(draft, name) for name in DraftView.__struct_fields__},
                "quote": Quote(tuple(repeat(FEE, self.lines))),
            }
        )
        return self.drafts[draft_id]


def play(
    story: Callable[[BossApp, Keys], Awaitable[None]], desk: FakeDesk | None = None, size: tuple[int, int] = (80, 24)
) -> list[Tender]:
    """What was paid by a clerk who has the box in front of them."""
    desk = desk or FakeDesk()

    async def main() -> None:
        app = BossApp(lambda: desk, language="en")
        async with at_desk(app, size) as keys:
            app.flow(app.show_draft(desk.begin("C1", TYPED)))
            await keys.press("f10")
            assert isinstance(app.screen, TenderPanel)
            await story(app, keys)

    asyncio.run(main())
    return list(desk.done[0][2]) if desk.done else []


def shows(keys: Keys, label: str, yuan: str) -> bool:
    """Whether a line with this label and this amount is seen."""
    return re.search(rf"│ {label} .*{re.escape(yuan)} │", keys.text()) is not None


@pytest.mark.parametrize("size", [(80, 24), (120, 40)], ids=str)
def test_due_handed_over_and_left_are_seen_however_many_lines_there_are(size: tuple[int, int]) -> None:
    async def story(_app: BossApp, keys: Keys) -> None:
        assert shows(keys, "Due", "200.00")
        assert shows(keys, "Still to pay", "200.00")
        for n in range(1, 13):
            await keys.type("10\n")
            assert shows(keys, "Due", "200.00")
            assert shows(keys, "Still to pay", f"{200 - 10 * n}.00")
            assert n == 1 or shows(keys, "Handed over", f"{10 * n}.00")
        await keys.type("100\n")
        assert shows(keys, "Due", "200.00")
        assert shows(keys, "Handed over", "220.00")
        assert shows(keys, "Change to give", "20.00")

    play(story, ManyLines(20), size)


def test_f10_takes_exactly_what_is_left_and_says_so_before() -> None:
    async def story(app: BossApp, keys: Keys) -> None:
        assert "F10: Cash 200.00 exactly, and complete." in keys.text()
        await keys.press("f10")
        assert isinstance(app.screen, OutcomeDialog)

    assert play(story) == [Tender("cash", 20_000)]


def test_what_f10_does_is_said_anew_at_each_key() -> None:
    async def story(_app: BossApp, keys: Keys) -> None:
        await keys.type("3")
        assert "Enter: Cash 3.00; then 197.00 is still to pay." in keys.text()
        await keys.type("00")
        assert "F10: Cash 300.00, change 100.00, and complete." in keys.text()

    assert play(story) == []


def test_an_f10_that_was_typed_before_the_box_was_seen_pays_nothing() -> None:
    desk = FakeDesk()

    async def main() -> None:
        app = BossApp(lambda: desk, language="en")
        async with at_desk(app) as keys:
            await keys.type(FILLED)
            await keys.press("f10", "f10")
            assert isinstance(app.screen, TenderPanel)
            assert not desk.done
            await keys.press("f10")
            assert isinstance(app.screen, OutcomeDialog)

    asyncio.run(main())


def test_f4_lists_the_ways_and_the_arrows_choose() -> None:
    async def story(app: BossApp, keys: Keys) -> None:
        await keys.press("f4")
        assert isinstance(app.screen, PickList)
        assert all(way in keys.text() for way in ("1 Cash", "2 Card", "3 Cheque", "4 Bank transfer", "5 WeChat Pay"))
        await keys.press("down", "enter")
        assert "needs its reference" in keys.text()
        await keys.press("tab")
        await keys.type("POS77")
        assert "F10: Card 200.00 exactly" in keys.text()
        await keys.press("f10")
        assert isinstance(app.screen, OutcomeDialog)

    assert play(story) == [Tender("card", 20_000, "POS77")]


def test_left_and_right_turn_through_the_ways() -> None:
    async def story(app: BossApp, keys: Keys) -> None:
        assert isinstance(app.screen, TenderPanel)
        await keys.press("up")
        assert "Cash   (digits 1 to 7, F4: all ways)" in keys.text()
        for way in ("Card", "Cheque", "Bank transfer", "WeChat Pay", "Alipay", "UnionPay QR", "Cash"):
            await keys.press("right")
            assert f"{way}   (digits 1" in keys.text()
        await keys.press("left")
        assert app.screen.panel.fields["kind"].value == "7"

    play(story)


def test_an_error_keeps_the_way_in_view_and_is_overtyped() -> None:
    async def story(app: BossApp, keys: Keys) -> None:
        assert isinstance(app.screen, TenderPanel)
        await keys.type("abc\n")
        assert "An amount in yuan" in keys.text()
        assert "Cash   (digits 1" in keys.text()
        await keys.type("50\n")
        assert shows(keys, "Still to pay", "150.00")

    play(story)


def test_f1_says_what_each_way_asks_for() -> None:
    async def story(_app: BossApp, keys: Keys) -> None:
        await keys.press("f1")
        assert "Several may be mixed" in keys.text()

    play(story)


def test_what_the_customer_gets_is_not_called_payment() -> None:
    class GivesBack(ManyLines):
        def quote(self, draft_id: str) -> DraftView:
            draft = super().quote(draft_id)
            back = replace(draft, quote=Quote((replace(FEE, amount=-1000),)))
            self.drafts[draft_id] = back
            return back

    async def story(app: BossApp, keys: Keys) -> None:
        text = keys.text()
        assert "Paying out" in text
        assert shows(keys, "Still to pay out", "10.00")
        assert "F10: pay out cash 10.00, and complete." in text.replace("Cash", "cash")
        await keys.press("escape")
        assert "To give back now 10.00" in keys.text()

    play(story, GivesBack(1))


ODD = QuoteLine("bill", both("话费账单", "Bill"), 0, 45171, 45171)


class OddPrice(FakeDesk):
    """Its price is no whole jiao; the customer has a balance, or none."""

    def __init__(self, keeps: bool = True) -> None:
        super().__init__()
        self.keeps = keeps

    def quote(self, draft_id: str) -> DraftView:
        draft = super().quote(draft_id)
        self.drafts[draft_id] = replace(draft, quote=Quote((ODD,)), keeps_rest=self.keeps)
        return self.drafts[draft_id]


def test_one_wrong_tender_is_taken_out_alone() -> None:
    async def story(app: BossApp, keys: Keys) -> None:
        await keys.type("50\n30\n20\n")
        await keys.press("delete")
        assert isinstance(app.screen, PickList)
        await keys.press("down", "enter")
        assert "Taken out: Cash 30.00." in keys.text()
        assert shows(keys, "Still to pay", "130.00")
        await keys.press("f10")

    assert play(story) == [Tender("cash", 5_000), Tender("cash", 2_000), Tender("cash", 13_000)]


def test_the_only_tender_goes_at_once_and_delete_in_a_typed_amount_deletes_a_digit() -> None:
    async def story(app: BossApp, keys: Keys) -> None:
        await keys.type("50\n")
        await keys.press("delete")
        assert shows(keys, "Still to pay", "200.00")
        await keys.type("40\n12")
        await keys.press("home", "delete")
        assert isinstance(app.screen, TenderPanel)
        assert app.screen.panel.fields["amount"].value == "2"
        assert shows(keys, "Still to pay", "160.00")

    play(story)


@pytest.mark.parametrize("typed", ["2", "", "\n", "up"])
def test_f5_begins_anew_with_the_cursor_in_the_amount(typed: str) -> None:
    async def story(app: BossApp, keys: Keys) -> None:
        assert isinstance(app.screen, TenderPanel)
        await keys.type("50\n")
        await (keys.press("up") if typed == "up" else keys.type(typed))
        await keys.press("f5")
        assert app.screen.panel.current == "amount"
        assert app.focused is app.screen.panel.fields["amount"]
        assert app.screen.panel.values() == {"kind": "1", "amount": "", "reference": ""}
        assert shows(keys, "Still to pay", "200.00")

    play(story)


def test_what_was_handed_over_is_there_again() -> None:
    desk = FakeDesk()

    async def story(app: BossApp, keys: Keys) -> None:
        await keys.type("50\n")
        assert list(desk.handed.values()) == [(Tender("cash", 5_000),)]  # before anything else
        await keys.press("escape", "f10")
        assert isinstance(app.screen, TenderPanel)
        assert shows(keys, "Still to pay", "150.00")
        await keys.press("f10")

    assert play(story, desk) == [Tender("cash", 5_000), Tender("cash", 15_000)]


def test_change_that_no_coin_pays_is_rounded_in_the_customers_favour() -> None:
    async def story(app: BossApp, keys: Keys) -> None:
        await keys.type("452")
        assert "No coin pays 0.09 of the change. F7: give 0.30. F8: into the balance." in keys.text()
        await keys.press("f7")
        assert shows(keys, "Change to give", "0.30")
        assert shows(keys, "Rounding", "0.01")
        await keys.press("f7")  # once more: no more
        assert shows(keys, "Change to give", "0.30")
        await keys.press("f10")
        assert isinstance(app.screen, OutcomeDialog)

    assert play(story, OddPrice()) == [Tender("cash", 45_200), Tender("rounding", 1)]


def test_before_anything_is_handed_over_what_is_due_is_rounded() -> None:
    async def story(_app: BossApp, keys: Keys) -> None:
        await keys.press("f7")
        assert shows(keys, "Still to pay", "451.70")
        await keys.press("f10")

    assert play(story, OddPrice()) == [Tender("rounding", 1), Tender("cash", 45_170)]


def test_the_rest_goes_into_the_balance_the_fen_or_all_of_it() -> None:
    async def story(_app: BossApp, keys: Keys) -> None:
        await keys.type("452\n")
        for kept, change in (("0.09", "0.20"), ("0.29", "0.00"), ("0.09", "0.20")):
            if (kept, change) == ("0.09", "0.20") and shows(keys, "Into the balance", "0.29"):
                await keys.press("f8")  # none again
                assert shows(keys, "Change to give", "0.29")
            await keys.press("f8")
            assert shows(keys, "Into the balance", kept)
            assert shows(keys, "Change to give", change)
        await keys.press("f10")

    assert play(story, OddPrice()) == [Tender("cash", 45_200), Tender("rest", 9)]


def test_where_there_is_no_balance_none_is_offered_and_the_fen_are_asked_about_once() -> None:
    async def story(app: BossApp, keys: Keys) -> None:
        await keys.type("452\n")
        await keys.press("f8")
        assert shows(keys, "Change to give", "0.29")
        await keys.press("f10")
        assert isinstance(app.screen, TenderPanel)
        assert "F10: complete, with the fen." in keys.text()
        await keys.press("f10")
        assert isinstance(app.screen, OutcomeDialog)

    assert play(story, OddPrice(keeps=False)) == [Tender("cash", 45_200)]


CODE = "134567890123456799"


def test_a_scanned_code_is_recognised_asked_and_paid() -> None:
    desk = FakeDesk()

    async def story(app: BossApp, keys: Keys) -> None:
        await keys.type(CODE)
        assert "Enter: ask for it with this code." in keys.text()
        await keys.type("\n")
        assert desk.asked == [(20_000, CODE)]
        assert "F10: complete." in keys.text()
        await keys.press("f10")
        assert isinstance(app.screen, OutcomeDialog)

    assert play(story, desk) == [Tender("wechat", 20_000, "HZ1")]


def test_an_amount_then_the_code_in_the_reference() -> None:
    desk = FakeDesk()

    async def story(_app: BossApp, keys: Keys) -> None:
        await keys.press("up")
        await keys.type(f"5\n150\n{CODE}\n")
        assert desk.asked == [(15_000, CODE)]
        assert shows(keys, "Still to pay", "50.00")
        await keys.press("delete")  # taken out: it goes back
        assert desk.dropped == ["HZ1"]
        assert shows(keys, "Still to pay", "200.00")

    play(story, desk)


def test_waiting_can_be_given_up() -> None:
    desk = FakeDesk()
    desk.answers = ["asked"] * 9

    async def story(app: BossApp, keys: Keys) -> None:
        await keys.type(f"{CODE}\n")
        assert "The customer confirms on the telephone" in keys.text()
        assert "WeChat Pay: 200.00 yuan" in keys.text()
        await keys.press("escape")
        assert isinstance(app.screen, TenderPanel)
        assert desk.dropped == ["HZ1"]
        assert "Not paid." in keys.text()
        assert shows(keys, "Still to pay", "200.00")

    assert play(story, desk) == []


def test_what_is_not_paid_is_no_money() -> None:
    desk = FakeDesk()
    desk.answers = ["closed"]

    async def story(_app: BossApp, keys: Keys) -> None:
        await keys.type(f"{CODE}\n")
        assert "Not paid." in keys.text()
        assert shows(keys, "Still to pay", "200.00")
        await keys.press("f5")
        await keys.press("up")
        await keys.type("5\n20\nPOS1\n")  # no code: nobody can be asked
        assert "Scan the code on the customer's telephone." in keys.text()

    assert play(story, desk) == []


def test_change_so_large_that_a_digit_was_too_many_is_asked_about() -> None:
    async def story(app: BossApp, keys: Keys) -> None:
        await keys.type("1199.99")  # change below the bound
        await keys.press("f7", "f5")
        await keys.type("1200")
        await keys.press("f10")
        assert isinstance(app.screen, TenderPanel)
        assert "1000.00 of change is unusually much." in keys.text()
        await keys.press("f10")
        assert isinstance(app.screen, OutcomeDialog)

    assert play(story) == [Tender("cash", 120_000)]


@pytest.mark.parametrize(("fen", "asked"), [(1_000_000, True), (999_999, False)])
def test_an_amount_that_is_unusually_much_is_looked_at_twice(fen: int, asked: bool) -> None:
    class Dear(FakeDesk):
        def quote(self, draft_id: str) -> DraftView:
            draft = super().quote(draft_id)
            self.drafts[draft_id] = replace(draft, quote=Quote((replace(FEE, amount=fen),)))
            return self.drafts[draft_id]

    async def main() -> None:
        app = BossApp(Dear, language="en")
        async with at_desk(app) as keys:
            await keys.type(FILLED)
            await keys.press("f10")
            assert ("is unusually much" in keys.text()) is asked
            if asked:
                await keys.press("f10")  # the habit is no answer
                assert not isinstance(app.screen, TenderPanel)
                await keys.type("y")
            assert isinstance(app.screen, TenderPanel)

    asyncio.run(main())


class Booked(FakeDesk):
    """POS1 has paid already."""

    def keep_tenders(self, draft_id: str, tenders: Sequence[Tender]) -> None:
        if any(tender.reference == "POS1" for tender in tenders):
            raise NotAllowed(say("{way} {reference} has paid.", way=say("Card"), reference="POS1"), field="tenders")
        super().keep_tenders(draft_id, tenders)


@pytest.mark.parametrize("key", ["f10", "enter"])
def test_a_number_that_has_paid_is_said_beside_it_and_all_stays(key: str) -> None:
    async def story(app: BossApp, keys: Keys) -> None:
        await keys.type("50\n")
        await keys.press("up")
        await keys.type("2\n150\nPOS1")
        await keys.press(key)
        assert isinstance(app.screen, TenderPanel)
        assert "Card POS1 has paid." in keys.text()
        assert app.screen.panel.values() == {"kind": "2", "amount": "150", "reference": "POS1"}
        assert app.screen.panel.current == "reference"
        assert shows(keys, "Still to pay", "150.00")
        await keys.type("POS2")  # over what was there
        await keys.press("f10")
        assert isinstance(app.screen, OutcomeDialog)

    assert play(story, Booked()) == [Tender("cash", 5_000), Tender("card", 15_000, "POS2")]
