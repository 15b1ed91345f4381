"""What a hall trusts a customer with by a word of its own (M8), by keys: a limit lent until a day, a word for a key
account, an emergency resume of a line that is not paid; and what headquarters makes of each."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from pathlib import Path

import pytest

from data.choices import choice_name
from data.message import Message, say
from data.tables.credit import HallCredit
from data.tables.credit_control import ControlDone, ControlOrder
from data.tables.customer import Customer
from data.tables.life import Suspension
from data.tables.order import Subscription
from screens.dialogs.approval import Approval
from screens.manage.acting import ActScreen
from screens.manage.people import Told
from tests.boss_tui.headquarters.test_credit_control import Controlled
from tests.boss_tui.transactions.following import next_day
from tests.head_office import MAKER
from tests.journeys.both_ends import approved, at_hall, at_office
from tests.journeys.businesses import complete, fill
from tests.journeys.world import Clerk
from tests.linked_hall import LinkedHall

HALL_MANAGER, COUNTER = "2002", "HZ0103"
LENT, KEY, STARS = "13957005028", "13957007109", "13957002947"
"""One who is lent a limit; a key account that owes; one of many stars that owes."""
LAST_DAY, AFTER = "2026-12-01", "2026-12-02"
WHY = "客户出差，月底付清"


@pytest.fixture
def controlled(linked: LinkedHall, tmp_path: Path) -> Iterator[Controlled]:
    """The two with the network element of the hall."""
    made = Controlled(linked, tmp_path)
    yield made
    made.close()


@pytest.mark.parametrize("language", ["zh_CN", "en"])
def test_what_a_hall_trusts_customers_with_ends_by_itself_and_headquarters_judges_it(
    controlled: Controlled, language: str
) -> None:
    linked, hall = controlled.linked, controlled.hall
    linked.exchange()
    asyncio.run(are_rated(linked, language))
    approved(linked, language)
    asyncio.run(are_trusted(linked, language))
    controlled.signed(controlled.run())
    controlled.exchange()
    assert (came(linked, KEY), stops(linked, KEY)) == ("spared", [])
    assert (came(linked, STARS), stops(linked, STARS)) == ("done", ["arrears_outgoing"])
    asyncio.run(is_resumed(linked, language))
    controlled.exchange()
    assert stops(linked, STARS) == []
    asyncio.run(are_judged(linked, language))
    assert linked.is_sound()
    for day in ("2026-11-24", "2026-11-25"):
        next_day(hall, day)
        controlled.at_the_hall()
    assert stops(linked, STARS) == ["arrears_outgoing"]  # by itself, though nobody said a word more


def line(linked: LinkedHall, number: str) -> Subscription:
    """Who has a number at the hall."""
    (found,) = linked.hall.rows(Subscription, number=number)
    assert isinstance(found, Subscription)
    return found


def owner(linked: LinkedHall, number: str) -> dict[str, str]:
    """Their document, as it is typed."""
    (customer,) = linked.hall.rows(Customer, id=line(linked, number).customer_id)
    return {"document_kind": customer.document_kind, "document_number": customer.document_number}


def stops(linked: LinkedHall, number: str) -> list[str]:
    """Why a line is stopped, at the hall."""
    running = linked.hall.rows(Suspension, subscription_id=line(linked, number).id, state="running")
    return [row.cause for row in running]


def came(linked: LinkedHall, number: str) -> str:
    """What came of headquarters' order to stop a line, as headquarters has heard."""
    (order,) = linked.central_rows(ControlOrder, subscription_id=line(linked, number).id, act="stop_outgoing")
    (done,) = linked.central_rows(ControlDone, control_order=order.id)
    return str(done.outcome)


async def are_rated(linked: LinkedHall, language: str) -> None:
    """By headquarters: whoever has five stars is stopped on time, too; one becomes such a one, one a key account."""
    async with at_office(linked, MAKER, language) as m:
        await m.change("m8/credit_rating", "code:A", term_days="0")
        await m.rows("m8/customer_rating", {**owner(linked, STARS), "rating": "A", "reason": WHY})
        await m.submit("m8")
        await m.rows("m3.2/customer_class", {**owner(linked, KEY), "category": "key", "reason": WHY})
        await m.submit("m3.2")


async def are_trusted(linked: LinkedHall, language: str) -> None:
    """By the hall's manager, before headquarters hears of it; more than is left to a hall is refused first."""
    async with at_hall(linked, language, HALL_MANAGER, COUNTER) as clerk:
        await begin(clerk, "m8/credit_raise", "Lend a limit for a time")
        await typed(clerk, LENT, "200.01", LAST_DAY, WHY)
        assert clerk.sees("Above {yuan} yuan only headquarters lends.", yuan="200.00"), clerk.text()
        await clerk.press("ctrl+u")
        await typed(clerk, "200", "", "")
        assert isinstance(clerk.app.screen, Told), clerk.text()
        assert clerk.sees("{yuan} yuan, then {own} again", yuan="200.00", own="100.00"), clerk.text()
        await clerk.press("enter", "f3")
        await begin(clerk, "m8/credit_exemption", "Vouch for a key account")
        await typed(clerk, KEY, WHY)
        assert isinstance(clerk.app.screen, Told), clerk.text()
        assert clerk.sees("none before the day after"), clerk.text()
        await clerk.press("enter", "f3")


async def begin(clerk: Clerk, at: str, says: str) -> None:
    """An act's form, from its list."""
    await clerk.type(f"{at}\n")
    await clerk.press("f4")
    await clerk.paste(clerk.word(says))
    await clerk.press("enter")
    assert isinstance(clerk.app.screen, ActScreen), clerk.text()


async def typed(clerk: Clerk, *fields: str) -> None:
    """Into one field after the other; then it is done."""
    for each in fields:
        await clerk.give(each)
        await clerk.press("enter")
    await clerk.press("f10")


async def is_resumed(linked: LinkedHall, language: str) -> None:
    """At the counter, by a supervisor's word."""
    async with at_hall(linked, language) as clerk:
        await fill(clerk, "jjkj", number=STARS, reason=WHY)
        await clerk.press("f10")
        assert isinstance(clerk.app.screen, Approval), clerk.text()
        await clerk.press("escape")
        await complete(clerk)


async def are_judged(linked: LinkedHall, language: str) -> None:
    """Headquarters has nothing to decide, and goes by each word as long as it counts."""
    assert [row.state for row in linked.central_rows(HallCredit, order=("made_at",))] == ["active"] * 3
    lent = say("{yuan}, lent until {day}; then {own}", yuan="200.00", day=LAST_DAY, own="100.00")
    async with at_office(linked, MAKER, language) as m:
        for number, said in ((LENT, lent), (KEY, kind("key_account")), (STARS, kind("emergency"))):
            await m.tries("m8", number=number)
            m.must_read(said)
            await m.home()
        await m.tries("m8", number=LENT, on=AFTER)
        m.must_read(Message("100.00"))
        assert "200.00" not in m.text(), m.text()


def kind(spared: str) -> Message:
    """What spares a line."""
    return choice_name("credit_exemption", "kind", spared)
