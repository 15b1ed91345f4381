"""A fumbling clerk's day, by keys alone: what slips at a counter where money, names and numbers are typed in a hurry.

One story on one hall; between its halves the program is killed in the middle of a payment. What was typed wrong is said
beside its field, what was handed over is kept, and in the evening the drawer has what it should.
"""

from __future__ import annotations

import asyncio
import re
from dataclasses import dataclass
from datetime import timedelta

import pytest

from boss_tui.answers.business import Tender
from boss_tui.forms.typed import yuan
from data.message import both
from data.tables.account import BalanceBucket
from data.tables.billing import CustomerBill
from data.tables.customer import Customer
from data.tables.finance import Payment, PaymentTender
from data.tables.order import ProductOrder, Subscription
from screens.business import BusinessScreen
from screens.dialogs.approval import Approval
from screens.dialogs.dialog import Confirm
from screens.dialogs.outcome import OutcomeDialog
from screens.dialogs.tender_panel import TenderPanel
from screens.home import HomeScreen
from tests.journeys.till import count, money
from tests.journeys.world import Clerk, World
from tests.journeys.world import Customer as Newcomer

SECRET = "274916"
FLOAT = 200_000
DOTTED, RARE = "阿凡提•买买提", "李\U0002ebf0明"


@dataclass
class Day:
    """The clerk, the hall, and the fen that came into the drawer."""

    clerk: Clerk
    world: World
    drawer: int = FLOAT

    def people(self) -> list[tuple[Subscription, Customer]]:
        """Numbers of persons who have one each and owe nothing, in order."""
        lines = self.world.rows(Subscription, state="active", pay_type="postpaid", order=("number",))
        unpaid = {bill.account_id for bill in self.world.rows(CustomerBill, state="sent")}
        held = [line.customer_id for line in lines]
        pairs = [
            (line, self.world.rows(Customer, id=line.customer_id)[0])
            for line in lines
            if held.count(line.customer_id) == 1 and line.account_id not in unpaid
        ]
        return [pair for pair in pairs if pair[1].holder == "individual" and pair[1].document_kind == "00"]

    def form(self) -> BusinessScreen:
        """The form that is shown."""
        assert isinstance(self.clerk.app.screen, BusinessScreen), self.clerk.text()
        return self.clerk.app.screen

    def box(self) -> TenderPanel:
        """The payment box."""
        assert isinstance(self.clerk.app.screen, TenderPanel), self.clerk.text()
        return self.clerk.app.screen

    async def typed(self, code: str = "", **fields: str) -> BusinessScreen:
        """A form, opened where a code is given, and some of its fields."""
        if code:
            await self.clerk.type(f"{code}\n")
        for name, text in fields.items():
            self.form().panel.focus_on(name)
            await self.clerk.give(f"{text}\n")
            self.clerk.app.gate.unlock()
        return self.form()

    async def scanned(self, text: str) -> None:
        """What a scanner sends, with CR and LF behind it."""
        await self.clerk.give(text)
        await self.clerk.press("enter", "ctrl+j")

    async def given_up(self) -> None:
        """F3, and home again."""
        await self.clerk.press("f3")
        if not isinstance(self.clerk.app.screen, HomeScreen):
            await self.clerk.press("y")
        assert isinstance(self.clerk.app.screen, HomeScreen), self.clerk.text()

    async def done(self) -> str:
        """The outcome is there; the serial."""
        screen = self.clerk.app.screen
        assert isinstance(screen, OutcomeDialog), self.clerk.text()
        outcome = screen.outcome
        await self.clerk.press("space")
        return outcome.serial

    async def ended(self, serial: str) -> None:
        """Network, printer and headquarters have all of it."""
        await self.clerk.until(lambda: self.world.rows(ProductOrder, serial=serial)[0].state == "completed")

    def tenders(self, serial: str) -> list[tuple[str, int]]:
        """What was booked for an order, by way of paying."""
        (order,) = self.world.rows(ProductOrder, serial=serial)
        (payment,) = self.world.rows(Payment, order_id=order.id)
        return sorted((row.kind, row.amount) for row in self.world.rows(PaymentTender, payment_id=payment.id))


@pytest.mark.nightly  # a long one
@pytest.mark.parametrize("language", ["zh_CN", "en"])
def test_a_fumbling_clerks_day(world: World, language: str) -> None:
    async def day() -> None:
        async with world.clerk(language) as clerk:
            await clerk.sign_on()
            await clerk.open_shift(yuan(FLOAT))
            morning = Day(clerk, world)
            await types_a_comma(morning)
            await scans_a_reference(morning)
            await asks_by_number(morning)
            await looks_for_a_plan(morning)
            await opens_for_odd_names(morning)
            await gives_money_back(morning)
            await does_two_in_one_go(morning)
            await is_overtaken(morning)
            await leaves_a_part_payment(morning)
        async with world.clerk(language) as clerk:  # the power was back
            await clerk.sign_on()
            evening = Day(clerk, world, morning.drawer)
            await takes_it_up(evening)
            await counts(evening)

    asyncio.run(day())
    world.clean()


async def types_a_comma(day: Day) -> None:
    """`12,50` is no amount, in a form and in the payment box; `1,250` is one."""
    clerk, (line, _) = day.clerk, day.people()[0]
    await day.typed("C12", who=line.number, action="advance")
    told = clerk.word("An amount in yuan, such as 50 or 12.50.")
    for wrong in ("12,50", "1,5", "20,00", "1,2345"):
        await day.typed(amount=wrong)
        assert clerk.app.words(day.form().draft.errors["amount"]) == told
        assert day.form().panel.values()["amount"] == wrong
        assert day.form().panel.current == "amount"
    await day.typed(amount="1,250")
    assert day.form().draft.quote.due == 125_000
    await clerk.press("f10")
    for wrong in ("20,00", "1250,00"):
        await clerk.type(f"{wrong}\n")
        assert day.box().sums.left == 125_000
        assert clerk.sees("An amount in yuan, such as 50 or 12.50."), clerk.text()
        clerk.app.gate.unlock()
    await clerk.press("escape")
    await day.given_up()


async def scans_a_reference(day: Day) -> None:
    """A card's reference comes with CR LF: it books the card, and no cash. A wrong tender is taken out alone; F5 begins
    anew, with the cursor in the amount."""
    clerk, (line, _) = day.clerk, day.people()[0]
    await day.typed("C12", who=line.number, action="advance", amount="1250")
    await clerk.press("f10")
    await clerk.type("300\n")
    await clerk.press("f5")
    assert (day.box().panel.current, day.box().sums.left) == ("amount", 125_000)
    await clerk.press("up")
    await clerk.type("2\n20\n")
    await day.scanned("POS4711")
    assert day.box().sums.left == 123_000, clerk.text()
    await clerk.type("\n\n")  # and an Enter too many by hand
    assert day.box().sums.left == 123_000, clerk.text()
    await clerk.type("300\n30\n")
    await clerk.press("delete")
    await clerk.press("down", "enter")  # the 300 should have been 30
    assert clerk.sees("Taken out: {way} {yuan}.", way=both("现金", "Cash"), yuan="300.00"), clerk.text()
    assert day.box().sums.left == 120_000
    await clerk.press("f10")
    serial = await day.done()
    assert day.tenders(serial) == [("card", 2_000), ("cash", 3_000), ("cash", 120_000)]
    day.drawer += 123_000


async def asks_by_number(day: Day) -> None:
    """A number at the prompt brings its customer; 挂失 and 复机 say what is done; a line is a whole form."""
    clerk, (line, owner) = day.clerk, day.people()[2]
    await clerk.type(f"{line.number}\n")
    assert owner.name in clerk.text().splitlines()[1]
    await clerk.type("挂失\n")
    shown = day.form().panel.values()
    assert (shown["number"], shown["action"], shown["cause"]) == (line.number, "suspend", "loss")
    await day.typed(password=SECRET)
    await clerk.press("f10")
    assert isinstance(clerk.app.screen, Confirm), clerk.text()
    await clerk.press("f10")
    await day.ended(await day.done())
    assert day.world.rows(Subscription, id=line.id)[0].state == "suspended"
    await clerk.type(f"复机 {line.number}\n")
    await day.typed(cause="loss", document_number=owner.document_number)
    assert day.form().panel.values()["action"] == "resume"
    await clerk.press("f10")
    await clerk.press("f10")
    await day.ended(await day.done())
    assert day.world.rows(Subscription, id=line.id)[0].state == "active"
    other = day.people()[3][0].number
    await clerk.type(f"C12 {other[:3]} {other[3:7]} {other[7:]} 50\n")
    shown = day.form().panel.values()
    assert (shown["who"], shown["amount"]) == (other, "50")
    assert owner.name not in clerk.text().splitlines()[1]
    await day.given_up()


async def looks_for_a_plan(day: Day) -> None:
    """58 stands in the middle of 畅聊58套餐."""
    clerk, (line, owner) = day.clerk, day.people()[3]
    await day.typed("C8", number=line.number, document_number=owner.document_number)
    day.form().panel.focus_on("plan")
    await clerk.press("f4")
    await clerk.type("58")
    await clerk.press("enter")
    assert day.form().panel.values()["plan"] == "P58", clerk.text()
    await day.given_up()


async def opens_for_odd_names(day: Day) -> None:
    """C1: a document past its last day is refused; a name with its dot is found however the dot is typed; a character
    that few printers have stands on the paper as it is."""
    clerk = day.clerk
    for turn, name in enumerate((DOTTED, RARE)):
        customer = Newcomer(turn, name)
        await clerk.fill_account(customer)
        if not turn:
            await day.typed(document_expires="20200101")
            await clerk.press("f10")
            assert day.form().panel.current == "document_expires", clerk.text()
            await day.typed(document_expires="20400101")
        due = day.form().draft.quote.due
        done = await clerk.pay("300")
        printed = "".join("".join(row.split()) for paper in done.outcome.papers for row in paper.preview)
        assert name.replace("•", "·") in printed, clerk.text()
        day.drawer += due
        await day.ended(await day.done())
        assert day.world.rows(Customer, document_number=customer.document)[0].name.replace("·", "•") == name
    for sought in (DOTTED, DOTTED.replace("•", "·"), DOTTED.replace("•", "."), DOTTED.replace("•", ""), RARE):
        await clerk.press("f2")
        await clerk.type(f"{sought}\n")
        found = clerk.app.customer
        assert found is not None, (sought, clerk.text())
        assert (found.name == RARE) is (sought == RARE)


async def gives_money_back(day: Day) -> None:
    """What came by card goes back by card; in cash only by a supervisor's word. A cheque of today stays."""
    clerk, (line, owner) = day.clerk, day.people()[4]
    await day.typed("C12", who=line.number, action="advance", amount="500")
    await clerk.press("f10")
    await clerk.press("up")
    await clerk.type("2\n400\nPOS4713\n")
    await clerk.press("up")
    await clerk.type("3\n100\nCH77\n")
    await clerk.press("f10")
    assert day.tenders(await day.done()) == [("card", 40_000), ("cheque", 10_000)]
    had = day.world.rows(BalanceBucket, account_id=line.account_id, kind="prepaid")[0].amount
    asked = {"who": line.number, "action": "refund", "document_number": owner.document_number, "reason": "客户要求"}
    await day.typed("C12", **asked, amount=yuan(had))
    assert "amount" in day.form().draft.errors, clerk.text()
    assert yuan(had - 10_000) in clerk.app.words(day.form().draft.errors["amount"]), "all but the cheque"
    await day.typed(amount="400")
    await clerk.press("f10")
    await clerk.press("f10")
    assert isinstance(clerk.app.screen, Approval), clerk.text()
    assert re.search(rf"│ *C12 .* {line.number} ", clerk.text()), clerk.text()
    await clerk.press("escape")
    await clerk.press("f10")
    await clerk.press("f5")  # not in cash, then
    await clerk.press("up")
    await clerk.type("2\n400\nR4713\n")
    await clerk.press("f10")
    assert day.tenders(await day.done()) == [("card", -40_000)]
    assert day.world.rows(BalanceBucket, account_id=line.account_id, kind="prepaid")[0].amount == had - 40_000


async def does_two_in_one_go(day: Day) -> None:
    """Calls and roaming abroad, both of one number, together: one deposit secures both, and both are done."""
    clerk, (line, owner) = day.clerk, day.people()[5]
    await day.typed("C7.1", number=line.number, document_number=owner.document_number, long_distance="international")
    due = day.form().draft.quote.due
    await clerk.press("ctrl+e")
    assert isinstance(clerk.app.screen, HomeScreen), clerk.text()
    until = day.world.clock.now() + timedelta(days=30)
    await day.typed("C7.3", number=line.number, roaming="international", until=f"{until:%Y%m%d}")
    await clerk.press("ctrl+e")
    await clerk.type("jz\n")
    assert day.box().sums.left == due == 100_000, clerk.text()
    await clerk.press("f10")
    serials = (await day.done()).split(", ")
    assert len(serials) == 2
    for serial in serials:
        await day.ended(serial)
    after = day.world.rows(Subscription, id=line.id)[0]
    assert (after.long_distance, after.roaming) == ("international", "international")
    day.drawer += due


async def is_overtaken(day: Day) -> None:
    """A form is completed at another counter: F3 leaves it, and says by whom."""
    clerk, (line, _) = day.clerk, day.people()[6]
    await day.typed("C12", who=line.number, action="advance", amount="50")
    other = day.world.desk("1002", "HZ0102")
    other.till.open_shift(10_000)
    other.orders.complete(day.form().draft.id, [Tender("cash", 5_000)])
    await clerk.press("f3")
    assert isinstance(clerk.app.screen, HomeScreen), clerk.text()
    assert "1002" in clerk.text(), clerk.text()
    assert "HZ0102" in clerk.text(), clerk.text()


async def leaves_a_part_payment(day: Day) -> None:
    """The power goes while the customer looks for the rest of the money."""
    clerk, (line, _) = day.clerk, day.people()[1]
    await day.typed("C12", who=line.number, action="advance", amount="80")
    await clerk.press("f10")
    await clerk.press("up")
    await clerk.type("2\n50\n")
    await day.scanned("POS4712")
    assert day.box().sums.left == 3_000


async def takes_it_up(day: Day) -> None:
    """The form is there, and what was handed over for it; the rest is paid."""
    clerk = day.clerk
    assert clerk.sees("Forms that were left unfinished: {n}. F6 takes them up again.", n=1), clerk.text()
    await clerk.press("f6", "enter")
    assert day.form().panel.values()["amount"] == "80"
    await clerk.press("f10")
    assert day.box().sums.left == 3_000, clerk.text()
    await clerk.press("f10")
    serial = await day.done()
    assert day.tenders(serial) == [("card", 5_000), ("cash", 3_000)]
    day.drawer += 3_000


async def counts(day: Day) -> None:
    """The drawer has what the day brought, to the fen."""
    clerk = day.clerk
    await clerk.type("qt\n")
    z = "\n".join((await count(clerk, day.drawer)).preview)
    assert money(clerk, z, "Cash expected") == money(clerk, z, "Cash counted") == yuan(day.drawer)
    assert money(clerk, z, "Over or short") == "0.00"
    await clerk.press("f3", "f3")
    await clerk.until(lambda: clerk.told() == (0, 0, 0))
