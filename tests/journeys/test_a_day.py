"""A day at the counter: all twenty businesses by keys, the till and the day closed, and all books agree.

What the day leaves to be done by itself is done on the first of the next month.

One customer comes in with nothing and goes through as many of them as one line can; the others are the hall's.
"""

from __future__ import annotations

import asyncio
import re
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any

import pytest

from boss_tui.answers.business import Outcome
from boss_tui.business.registry import BUSINESSES
from boss_tui.catalogue import COMPONENTS
from boss_tui.components.inquiry import PARTS
from boss_tui.forms.typed import yuan
from boss_tui.locale import words
from boss_tui.matrix import row
from boss_tui.network.book import lines
from data.clock import AHEAD, CHINA
from data.demo.hall import ELEMENT
from data.demo.recharge import printed
from data.tables.account import BillingAccount
from data.tables.billing import CustomerBill
from data.tables.customer import Customer as Owner
from data.tables.finance import Posting, PostingLine, Shift
from data.tables.order import ProductOrder, Subscription
from data.tables.provider import Dispute, ProviderSubscription
from data.tables.resource import SimCard
from data.tables.stock import Handset, RechargeCard
from screens.counting import FACES
from screens.preview import PreviewScreen
from tests.journeys.businesses import LIST, serve
from tests.journeys.till import count, money, report
from tests.journeys.world import FACTS, Clerk, Customer, World

FLOAT = 900_000
CASH = "1001"
NEW_SECRET = "850612"


def today() -> date:
    """Today in China, whatever the machine's own zone: the hall's dates are."""
    return datetime.now(CHINA).date()


@dataclass
class Day:
    """A clerk's day: who comes, with which number now, and what was done for them.

    Attributes:
        customer: somebody new, and their number.
        done: what each business came to, in order.
    """

    clerk: Clerk
    world: World
    customer: Customer = field(default_factory=Customer)
    number: str = ""
    done: list[Outcome] = field(default_factory=list)

    async def serve(self, code: str, **typed: object) -> Outcome:
        """A business for somebody."""
        outcome = await serve(self.clerk, self.world, code, **typed)
        assert outcome.code == code
        self.done.append(outcome)
        return outcome

    async def mine(self, code: str, **typed: object) -> Outcome:
        """A business on the new customer's number."""
        return await self.serve(code, number=self.number, **typed)

    def of(self, code: str) -> list[Outcome]:
        """What was done of a business."""
        return [outcome for outcome in self.done if outcome.code == code]

    def line(self, **where: Any) -> Subscription:
        """A line of the hall as it is now; the new customer's unless something else is asked for."""
        found: Subscription = self.world.rows(Subscription, **(where or {"number": self.number}))[0]
        return found

    def owner(self, line: Subscription) -> Owner:
        """Whose it is."""
        found: Owner = self.world.rows(Owner, id=line.customer_id)[0]
        return found


async def comes_in(day: Day, plan: str = "P58", **typed: str) -> None:
    """C1: a new customer, plan, number and card from the lists."""
    outcome = await day.serve(
        "C1",
        document_number=day.customer.document,
        name=day.customer.name,
        address=day.customer.address,
        contact_phone=day.customer.phone,
        plan=plan,
        number=LIST,
        iccid=LIST,
        password=day.customer.password,
        repeat_password=day.customer.password,
        **typed,
    )
    day.number = outcome.facts["number"]
    assert day.line().state == "active"


async def gets_another_number(day: Day) -> None:
    """C2: the first that the list offers."""
    before = day.number
    outcome = await day.mine("C2", document_number=day.customer.document, new_number=LIST)
    day.number = outcome.facts["new_number"]
    assert day.number != before
    assert not day.world.rows(Subscription, number=before, state="active")


async def gets_another_card(day: Day) -> None:
    """C3: the old one is handed in, a new one comes from the list."""
    before = day.line().iccid
    await day.mine("C3", why="exchange", returned="y", iccid=LIST)
    assert day.line().iccid != before
    assert day.world.rows(SimCard, iccid=before)[0].state == "void"


async def has_a_name_written_wrong(day: Day) -> None:
    """C4.1: another character, as the document has it."""
    await day.mine("C4.1", name="仇丽桦", ground="typed")
    assert day.owner(day.line()).name == "仇丽桦"


async def has_moved(day: Day) -> None:
    """C4.2: letters go elsewhere."""
    await day.mine("C4.2", address="西湖区文三路138号", postcode="310012", bill_medium="post")
    assert day.owner(day.line()).address == "西湖区文三路138号"


async def pays_by_bank(day: Day) -> None:
    """C4.3: the bank collects from now on."""
    await day.mine("C4.3", change="debit", bank="ICBC", bank_account="6222020200112230012")
    assert day.world.rows(BillingAccount, id=day.line().account_id)[0].pay_method == "bank_debit"


async def forgot_the_password(day: Day) -> None:
    """C4.4: a new one, twice."""
    await day.mine("C4.4", new_password=NEW_SECRET, repeat_password=NEW_SECRET)


async def changes_services(day: Day) -> None:
    """C7.1 to C7.4: what the network does for the number."""
    await day.mine("C7.1", long_distance="none")
    await day.mine("C7.2", cfb="057188886666", clip="n")
    await day.mine("C7.3", roaming="province")
    await day.mine("C7.4", subscribe="WEATHER")
    line = day.line()
    assert (line.long_distance, line.roaming) == ("none", "province")


async def hears_music(day: Day, **typed: str) -> None:
    """C7.5: from a provider, asked for twice."""
    await day.mine("C7.5", **typed, action="subscribe", service="MUSIC", price_told="y", agrees_again="y")
    assert day.world.rows(ProviderSubscription, subscription_id=day.line().id, state="active")


async def loses_the_telephone(day: Day) -> None:
    """C6: stopped, and found again; the choices typed as a clerk does: words, initials, beginnings."""
    await day.mine("C6", action="停机", cause="gs")
    assert day.line().state == "suspended"
    await day.mine("C6", action="res", cause="LOSS", document_number=day.customer.document)
    assert day.line().state == "active"


async def buys_a_telephone(day: Day) -> None:
    """C10: for the number, no contract."""
    outcome = await day.serve("C10", imei=LIST, number=day.number)
    assert day.world.rows(Handset, imei=outcome.facts["imei"])[0].state == "sold"


async def changes_the_plan(day: Day) -> None:
    """C8: a larger one, at once."""
    await day.mine("C8", plan="P88", starts="now")
    assert day.line().plan == "P88"


async def pays_in_advance(day: Day) -> None:
    """C12: money for bills that are to come."""
    await day.serve("C12", who=day.number, action="预存", amount="100")


async def asks(day: Day) -> None:
    """C13: what is there on the account, as a list to take along."""
    await day.mine("C13", part="balances", paper="list")


async def gives_the_number_away(day: Day) -> None:
    """C5: somebody else comes along; what was paid in advance goes back."""
    other = Customer(1, "沈佳音")
    await day.mine(
        "C5",
        balance="back",
        new_document_number=other.document,
        new_name=other.name,
        new_address=other.address,
        new_phone=other.phone,
        new_password=other.password,
        repeat_password=other.password,
    )
    day.customer = other
    assert day.owner(day.line()).document_number == other.document


async def goes(day: Day) -> None:
    """C9: closed, with the provider's service that the line has by then; a supervisor allows it."""
    await hears_music(day, document_number=day.customer.document)
    await day.mine("C9", document_number=day.customer.document)
    assert day.line().state == "pendingTerminate"


async def owes(day: Day) -> None:
    """C12: a customer of the hall pays all that is owed."""
    unpaid = {bill.account_id for bill in day.world.rows(CustomerBill, state="sent")}
    line = next(line for line in day.world.rows(Subscription, state="active") if line.account_id in unpaid)
    await day.serve("C12", who=line.number)
    assert {bill.state for bill in day.world.rows(CustomerBill, account_id=line.account_id)} == {"settled"}


async def buys_cards(day: Day) -> None:
    """C11: two of a run are sold, and the PIN of one is put on a prepaid number."""
    card, _ = cards = list(printed(2026, today()))[:2]
    await day.serve("C11", action="sell", serial=card.serial, count="2")
    await day.serve("C11", action="redeem", number=day.line(pay_type="prepaid", state="active").number, pin=card.pin)
    states = [day.world.rows(RechargeCard, serial=each.serial)[0].state for each in cards]
    assert states == ["used", "sold"]


async def is_not_sure_how_to_pay(day: Day) -> None:
    """C1 once more, with the plan that is paid either way, and C4.3: prepaid, and postpaid again."""
    first, number = day.customer, day.number
    day.customer = Customer(2, "姚望舒")
    await comes_in(day, plan="P39", prepayment="88.50")
    for way in ("prepaid", "postpaid"):
        await day.mine("C4.3", document_number=day.customer.document, change=way)
        assert day.line().pay_type == way
    day.customer, day.number = first, number


async def never_ordered_it(day: Day) -> None:
    """C7.5: a customer of the hall is charged for stars that nobody asked for; the provider gives a month back."""
    had = day.world.rows(ProviderSubscription, service="STARS", state="active")[0]
    line = day.line(id=had.subscription_id)
    proof = {"number": line.number, "document_number": day.owner(line).document_number, "service": "STARS"}
    month = f"{today().replace(day=1) - timedelta(days=1):%Y-%m}"
    await day.serve("C7.5", **proof, action="dispute", month=month, reason="没有订过")
    await day.serve("C7.5", **proof, action="refunded")
    assert [row.state for row in day.world.rows(Dispute, subscription_id=line.id)] == ["refunded"]


async def goes_abroad(day: Day) -> None:
    """C12, C7.1 to C7.3, C6: what is owed is paid; then calls and roaming far away, unseen, and a stop on request."""
    had = day.world.rows(ProviderSubscription, service="STARS", state="active")[0]
    line = day.line(id=had.subscription_id)
    proof = {"number": line.number, "document_number": day.owner(line).document_number}
    await day.serve("C12", who=line.number)
    await day.serve("C7.1", **proof, long_distance="international")
    await day.serve("C7.3", **proof, roaming="international", until=f"{today() + timedelta(days=30)}")
    await day.serve("C7.2", **proof, clir="y")
    for action in ("suspend", "resume"):
        await day.serve("C6", **proof, action=action, cause="request")
    line = day.line(id=line.id)
    assert (line.long_distance, line.roaming, line.state) == ("international", "international", "active")


async def wants_to_know_everything(day: Day) -> None:
    """C13: each part of what is kept of a customer."""
    for part in PARTS:
        await day.mine("C13", part=part)


async def brings_small_change(day: Day) -> None:
    """C12: no piece is smaller than a jiao; where a closing's days come to odd fen, somebody pays in the rest."""
    odd = sum(outcome.due for outcome in day.done) % FACES[-1]
    if odd:
        number = day.line(pay_type="prepaid", state="active").number
        await day.serve("C12", who=number, action="advance", amount=yuan(FACES[-1] - odd))


STEPS = (
    comes_in,
    gets_another_number,
    gets_another_card,
    has_a_name_written_wrong,
    has_moved,
    pays_by_bank,
    forgot_the_password,
    changes_services,
    hears_music,
    loses_the_telephone,
    buys_a_telephone,
    changes_the_plan,
    pays_in_advance,
    asks,
    wants_to_know_everything,
    gives_the_number_away,
    goes,
    owes,
    buys_cards,
    is_not_sure_how_to_pay,
    never_ordered_it,
    goes_abroad,
    brings_small_change,
)


async def close_the_till(day: Day) -> None:
    """X, count, Z: all say what the orders say."""
    clerk = day.clerk
    taken = sum(outcome.due for outcome in day.done)
    agreed = {"Taken in all": yuan(taken), "Cash expected": yuan(FLOAT + taken)}
    await clerk.type("qt\n")
    x = await report(clerk, "2")
    assert {label: money(clerk, x, label) for label in agreed} == agreed
    z = "\n".join((await count(clerk, FLOAT + taken)).preview)
    agreed |= {"Cash counted": yuan(FLOAT + taken), "Over or short": "0.00"}
    assert {label: money(clerk, z, label) for label in agreed} == agreed
    await clerk.press("f3")
    assert await report(clerk, "3") == z
    await clerk.press("f3")


async def close_the_scripts_till(day: Day) -> None:
    """The shift of the counter that scripts work at is counted too: no day is closed over an open one."""
    shift = day.world.rows(Shift, state="open")[0]
    async with day.world.clerk("en", opened=day.world.second(shift.till)) as other:
        await other.sign_on(shift.operator)
        await other.type("qt\n")
        await count(other, shift.float_amount)


async def close_the_day(day: Day) -> None:
    """A supervisor closes it: the report says what the orders say, business by business."""
    clerk = day.clerk
    await clerk.type("signoff\n")
    await clerk.sign_on(FACTS.supervisor)
    await clerk.type("qt\n5")
    await clerk.press("f10")
    await clerk.press("y")
    assert isinstance(clerk.app.screen, PreviewScreen), clerk.text()
    (paper,) = clerk.app.screen._papers
    said = "\n".join(paper.preview)
    assert money(clerk, said, "Taken in all") == yuan(sum(outcome.due for outcome in day.done))
    assert money(clerk, said, "Over or short") == "0.00"
    for code in BUSINESSES:
        due = sum(outcome.due for outcome in day.done if outcome.code == code)
        assert re.search(rf"^ *{re.escape(code)} .* {len(day.of(code))} +{re.escape(yuan(due))}$", said, re.M), (
            code,
            said,
        )
    await clerk.until(lambda: clerk.told() == (0, 0, 0) and not clerk.app.queues.outbox)


async def the_first_of_the_month(day: Day) -> None:
    """The line that was closed ends on its day: the number rests, the card is void, the provider has one less."""
    clerk, line = day.clerk, day.line()
    ends = date.fromisoformat(day.of("C9")[-1].facts["closes_on"])
    leap = ends - today()
    day.world.clock.move(days=leap.days)
    await clerk.press("f3", "f3")
    await clerk.type("qt\n5\n")
    if leap >= AHEAD:  # a leap of days is asked about; near the month's end it is none
        assert clerk.sees("Is it really {day} today?", day=ends.isoformat()), clerk.text()
        await clerk.press("f10")
    await clerk.press("f3")
    await clerk.type("signoff\n")
    await clerk.sign_on()
    await clerk.open_shift(yuan(FLOAT))
    await clerk.until(lambda: day.line(id=line.id).state == "terminated")
    await clerk.until(lambda: clerk.told() == (0, 0, 0))
    network(day)


def books(day: Day) -> None:
    """Every order of the day is what the screen said, balances, and is at headquarters with its lines."""
    world = day.world
    store = world.home.open_store(world.clock)
    try:
        with store.reading() as here, world.headquarters() as there:
            for outcome in day.done:
                order = here.one(ProductOrder, serial=outcome.serial)
                assert (order.business, order.amount, order.state) == (outcome.code, outcome.due, "completed")
                postings = here.all(Posting, order_id=order.id)
                booked = [line for p in postings for line in here.all(PostingLine, posting_id=p.id)]
                assert sum(line.amount for line in booked) == 0
                assert sum(line.amount for line in booked if line.account == CASH) == outcome.due
                assert there.one(ProductOrder, serial=outcome.serial).amount == outcome.due
                assert {p.id for p in there.all(Posting, order_id=order.id)} == {p.id for p in postings}
    finally:
        store.close()


def network(day: Day) -> None:
    """The element's subscribers are the book's: nobody is missing, nobody too many, each as the book has them."""
    with day.world.store.reading() as reading:
        book = {line.record.msisdn: line.record for page in lines(reading, ELEMENT) for line in page}
    known = {record.msisdn: record for record in day.world.subscribers()}
    assert set(known) == set(book)
    apart = {number: list(record.differences(known[number])) for number, record in book.items()}
    assert not {number: found for number, found in apart.items() if found}


@pytest.mark.nightly  # by day a province's halls sell all twenty, by keys too
@pytest.mark.parametrize("language", ["zh_CN", "en"])
def test_a_day(world: World, language: str) -> None:
    async def whole() -> None:
        async with world.clerk(language) as clerk:
            await clerk.sign_on()
            await clerk.open_shift(yuan(FLOAT))
            day = Day(clerk, world)
            for step in STEPS:
                await step(day)
            assert {outcome.code for outcome in day.done} == set(BUSINESSES)
            await clerk.until(lambda: clerk.told() == (0, 0, 0))
            network(day)
            await close_the_till(day)
            await close_the_scripts_till(day)
            await close_the_day(day)
            await the_first_of_the_month(day)
            days.append(day)

    days: list[Day] = []
    asyncio.run(whole())
    books(days[0])
    world.clean()
    cells(world)


def cells(world: World) -> None:
    """Each of all businesses and components is alive by the day's trails, or empty with a reason in both languages."""
    store = world.home.open_store(world.clock)
    try:
        with store.reading() as reading:
            found = [cell for code in BUSINESSES for cell in row(reading, code)]
    finally:
        store.close()
    assert len(found) == len(BUSINESSES) * len(COMPONENTS)
    assert [cell.code for cell in found if cell.state == "waiting"] == []
    for language in ("zh_CN", "en"):
        assert all(words(language)(cell.reason) for cell in found if cell.state == "empty")
