"""A thief's day at the counter, by keys alone: what they try with rights, proof and words that are not theirs.

One story on one hall. The clerk's counter stays open while somebody else comes, and each step says what stands in the
way; at its end nothing has been taken, and everything that was tried is on record.
"""

from __future__ import annotations

import asyncio
import re
from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from data.journal import Author
from data.message import say
from data.tables.customer import Customer, ListedPerson
from data.tables.order import ProductOrder, Subscription
from data.tables.organisation import Alarm, Authority, Operator
from data.tables.sync import AccessLog
from screens.business import BusinessScreen
from screens.dialogs.approval import Approval
from screens.dialogs.outcome import OutcomeDialog
from screens.dialogs.refusing import RefusedDialog
from screens.dialogs.tender_panel import TenderPanel
from screens.home import HomeScreen
from screens.lock import LockScreen, Successor
from screens.sign_on import SignOnScreen
from screens.staff import StaffScreen
from tests.journeys.world import FACTS, Clerk, World
from tests.journeys.world import Customer as Newcomer

SECRET = "274916"
"""The service password of every number of the hall."""
BLACKLISTED = FACTS.blacklisted.document_number
FREE = "11010519491231002X"
"""A resident ID that keeps its rule and that nobody in the hall has."""


@pytest.mark.nightly  # a long one
@pytest.mark.parametrize("language", ["zh_CN", "en"])
def test_a_thiefs_day(world: World, language: str) -> None:
    async def day() -> None:
        async with world.clerk(language) as clerk:
            known.update(order.id for order in world.rows(ProductOrder))
            codes = await codes_are_made(clerk)
            await clerk.sign_on()
            await clerk.open_shift("2000")
            await takes_a_word_for_another_number(clerk, world)
            await stands_behind_somebody_who_showed_a_document(clerk, world)
            await knows_the_password_of_one_number(clerk, world)
            await tries_codes(clerk, world, codes)
            await tries_passwords(clerk, world)
            await becomes_somebody_else_in_two_steps(clerk, world)
            await acts_for_whom_they_take_it_from(clerk, world)
            await passes_a_locked_counter(clerk, world)
            await goes_on_after_being_dismissed(clerk, world)
            await cuts_the_link(clerk, world)

    known: set[str] = set()
    asyncio.run(day())
    done = [order for order in world.rows(ProductOrder) if order.id not in known]
    assert [(order.business, order.amount) for order in done] == [("C4.1", 0)]
    acts = {"sign_on", "sign_off", "authority", "approve.refused", "staff.unlock", "lock", "unlock", "unlock.refused"}
    assert acts | {"look.resources"} <= {row.act for row in world.rows(AccessLog)}
    world.clean()
    written(world, role="supervisor")
    assert world.broken()


def form(clerk: Clerk) -> BusinessScreen:
    """The form that is shown."""
    assert isinstance(clerk.app.screen, BusinessScreen), clerk.text()
    return clerk.app.screen


async def typed(clerk: Clerk, code: str = "", **fields: str) -> BusinessScreen:
    """A form, opened where a code is given, and some of its fields."""
    if code:
        await clerk.type(f"{code}\n")
    for name, text in fields.items():
        form(clerk).panel.focus_on(name)
        await clerk.give(f"{text}\n")
        clerk.app.gate.unlock()
    return form(clerk)


async def given_up(clerk: Clerk) -> None:
    """F3, and home again."""
    await clerk.press("f3")
    if not isinstance(clerk.app.screen, HomeScreen):
        await clerk.press("y")
    assert isinstance(clerk.app.screen, HomeScreen), clerk.text()


async def word(clerk: Clerk, staff_no: str = FACTS.supervisor, password: str = FACTS.password) -> None:
    """A supervisor's word, into the box that asks for it."""
    assert isinstance(clerk.app.screen, Approval), clerk.text()
    await clerk.type(f"{staff_no}\n{password}\n")


def said(clerk: Clerk, field: str) -> str:
    """What stands beside a field."""
    return clerk.app.words(form(clerk).draft.errors[field])


def owner(world: World, line: Subscription) -> Customer:
    """Whose a number is."""
    (found,) = world.rows(Customer, id=line.customer_id)
    assert isinstance(found, Customer)
    return found


def people(world: World) -> list[tuple[Subscription, Customer]]:
    """Numbers of persons who have one each, in order."""
    lines = world.rows(Subscription, state="active", pay_type="postpaid", order=("number",))
    held = [line.customer_id for line in lines]
    pairs = [(line, owner(world, line)) for line in lines if held.count(line.customer_id) == 1]
    return [(line, person) for line, person in pairs if person.holder == "individual" and person.document_kind == "00"]


async def codes_are_made(clerk: Clerk) -> list[str]:
    """A supervisor makes two codes for closings, reads them off the screen, and signs off."""
    await clerk.sign_on(FACTS.supervisor)
    await clerk.type("sq\n\nC9\n8\n\n2\n")
    await clerk.press("f10")
    assert isinstance(clerk.app.screen, RefusedDialog), clerk.text()
    codes = re.findall(r"\b\d+-\d{6}\b", clerk.text())
    assert len(codes) == 2, clerk.text()
    await clerk.press("enter", "f3")
    await clerk.type("signoff\n")
    assert isinstance(clerk.app.screen, SignOnScreen), clerk.text()
    return codes


async def takes_a_word_for_another_number(clerk: Clerk, world: World) -> None:
    """C9 is approved for one number and not paid; every change asks again: another number, another way of the points.
    What is as it was doesn't."""
    (line, person), (other, their), *_ = people(world)
    await typed(clerk, "C9", number=line.number, document_number=person.document_number)
    await clerk.press("f10")
    assert line.number in clerk.text()
    await word(clerk)
    assert isinstance(clerk.app.screen, TenderPanel), clerk.text()
    await clerk.press("escape", "f10")
    assert isinstance(clerk.app.screen, TenderPanel), clerk.text()
    await clerk.press("escape")
    await typed(clerk, points="lose")
    await clerk.press("f10")
    assert isinstance(clerk.app.screen, Approval), clerk.text()
    await clerk.press("escape")
    await typed(clerk, number=other.number, document_number=their.document_number)
    await clerk.press("f10")
    assert isinstance(clerk.app.screen, Approval), clerk.text()
    assert other.number in clerk.text()
    await clerk.press("escape")
    await given_up(clerk)
    assert world.rows(ProductOrder, business="C9") == []


async def stands_behind_somebody_who_showed_a_document(clerk: Clerk, world: World) -> None:
    """One shows a document, the next does too; for the first it is asked once more: C3, and a loss that is lifted."""
    (line, person), (other, their), *_ = people(world)
    await typed(clerk, "C4.2", number=line.number, document_number=person.document_number)
    await given_up(clerk)
    await typed(clerk, "C3", number=line.number)
    assert "document_number" not in form(clerk).draft.errors, "they still stand here"
    await given_up(clerk)
    await typed(clerk, "C4.2", number=other.number, document_number=their.document_number)
    await given_up(clerk)
    assert their.name in clerk.text().splitlines()[1]
    for opened in (f"C3 {line.number}", f"C6 {line.number} resume loss"):
        await clerk.type(f"{opened}\n")
        await clerk.press("f10")
        assert "document_number" in form(clerk).draft.errors, clerk.text()
        assert person.name in clerk.text().splitlines()[1]
        await given_up(clerk)


async def knows_the_password_of_one_number(clerk: Clerk, world: World) -> None:
    """It opens that number, and none of the same owner's others: neither what there is, nor a service that costs."""
    lines = world.rows(Subscription, customer_id=_rich(world), state="active", order=("number",))
    first, second, *_ = (line.number for line in lines)
    await typed(clerk, "C13", number=first, password=SECRET, part="resources")
    assert not form(clerk).draft.errors, clerk.text()
    form(clerk).panel.focus_on("part")
    await clerk.press("f4")
    await clerk.type(clerk.word("Numbers, cards, handsets"))
    await clerk.press("enter")
    shown = "\n".join(clerk.text().splitlines()[2:])
    assert first in shown
    assert not [line.number for line in lines[1:] if line.number in shown], shown
    await clerk.press("f3", "f3")
    await given_up(clerk)
    await typed(clerk, "C7.5", number=second, action="subscribe", service="MUSIC", price_told="y", agrees_again="y")
    await clerk.press("f10")
    assert "document_number" in form(clerk).draft.errors, clerk.text()
    await given_up(clerk)


def _rich(world: World) -> str:
    """The key of the customer who has five numbers."""
    return str(world.rows(Customer, document_number=FACTS.full_document.document_number)[0].id)


async def tries_codes(clerk: Clerk, world: World, codes: list[str]) -> None:
    """A code is for one form of its business, once; where nothing wants a word none is asked for, and none used up."""
    (line, person), (other, their), *_ = people(world)
    await typed(clerk, "C12", who=line.number, action="advance", amount="50")
    await clerk.press("f10")
    assert isinstance(clerk.app.screen, TenderPanel), clerk.text()
    await clerk.press("escape")
    await given_up(clerk)
    await typed(
        clerk,
        "C4.1",
        number=line.number,
        document_number=person.document_number,
        name=nearly(person.name),
        ground="typed",
    )
    await clerk.press("f10")
    assert isinstance(clerk.app.screen, Approval), clerk.text()
    await clerk.type(f"{codes[0]}\n")
    assert clerk.sees("This code does not reach so far: ask for another."), clerk.text()
    await clerk.press("escape")
    await given_up(clerk)
    assert [code.uses_left for code in world.rows(Authority, kind="code")] == [1, 1]
    await typed(clerk, "C9", number=line.number, document_number=person.document_number)
    await clerk.press("f10")
    await clerk.type(f"{codes[0]}\n")
    assert isinstance(clerk.app.screen, TenderPanel), clerk.text()
    await clerk.press("escape")
    await typed(clerk, number=other.number, document_number=their.document_number)
    await clerk.press("f10")
    number = codes[1].partition("-")[0]
    for guess in (codes[0], *(f"{number}-{wrong:06d}" for wrong in _wrong(codes[1]))):
        await clerk.type(f"{guess}\n")
        assert clerk.sees("There is no such code, or it is used or out of time."), clerk.text()
    await clerk.type(f"{codes[1]}\n")
    assert (
        clerk.word("Too many wrong codes: the next is taken after {time}. A supervisor can sign on here.").partition(
            "{"
        )[0]
        in clerk.text()
    ), clerk.text()
    (alarm,) = world.rows(Alarm)
    assert (alarm.kind, alarm.operator) == ("codes", FACTS.clerk)
    await clerk.press("escape")
    await given_up(clerk)


def _wrong(code: str) -> list[int]:
    """Four that are not it."""
    return [(int(code.partition("-")[2]) + step) % 10**6 for step in range(1, 5)]


def nearly(name: str) -> str:
    """A name that was entered wrongly in one character."""
    return name[:-1] + ("晗" if name[-1] != "晗" else "涵")


async def tries_passwords(clerk: Clerk, world: World) -> None:
    """Five wrong ones for the supervisor cost a pause, no lock for ever; the manager ends it at another counter."""
    (line, person), *_ = people(world)
    await typed(clerk, "C9", number=line.number, document_number=person.document_number)
    await clerk.press("f10")
    for _ in range(5):
        await word(clerk, password="guessed")
        assert clerk.sees("Staff number or password is wrong."), clerk.text()
    await word(clerk)
    told = clerk.word("Too many wrong tries: the next is taken after {time}.").partition("{")[0]
    assert told in clerk.text(), clerk.text()
    async with world.clerk(clerk.app.words.language, opened=world.second("HZ0102")) as other:
        await other.sign_on(FACTS.manager)
        await other.type(f"yg\n{FACTS.supervisor}")
        assert isinstance(other.app.screen, StaffScreen), other.text()
        await other.press("enter")
        await other.press("f10")  # what was typed ahead answers no question
        assert other.sees("{staff_no} can sign on again.", staff_no=FACTS.supervisor), other.text()
    await word(clerk)
    assert isinstance(clerk.app.screen, TenderPanel), clerk.text()
    await clerk.press("escape")
    await given_up(clerk)


async def becomes_somebody_else_in_two_steps(clerk: Clerk, world: World) -> None:
    """C4.1: another name has its ground and a supervisor; after it another document is another person's, and one on a
    list is nobody's to have."""
    (line, person), *_ = people(world)[4:]
    proof = {"number": line.number, "document_number": person.document_number}
    await typed(clerk, "C4.1", **proof, name="金无忌")
    await clerk.press("f10")
    assert form(clerk).panel.current == "ground", clerk.text()
    await typed(clerk, ground="typed")
    await clerk.press("f10")
    told = "Too little of the name is left for a mistake: changed by law (renamed), or a new owner (C5)."
    assert said(clerk, "ground") == clerk.word(told), clerk.text()
    await typed(clerk, name=nearly(person.name))
    await clerk.press("f10")
    await word(clerk)
    await clerk.press("f10")
    assert isinstance(clerk.app.screen, OutcomeDialog), clerk.text()
    await clerk.press("space")
    await typed(clerk, "C4.1", number=line.number, document_number=FREE, mistyped="y")
    await clerk.press("f10")
    told = "Another name and another number are another person, in one step or in several: use C5."
    assert said(clerk, "document_number") == clerk.word(told), clerk.text()
    await given_up(clerk)
    await typed(clerk, "C4.1", number=people(world)[0][0].number, document_number=BLACKLISTED, mistyped="y")
    await clerk.press("f10")
    (listed,) = world.rows(ListedPerson, document_number=BLACKLISTED)
    why = say("On the blacklist: {reason} (source: {source}).", reason=listed.reason, source=say("our own list"))
    assert said(clerk, "document_number") == clerk.app.words(why)
    await given_up(clerk)


async def acts_for_whom_they_take_it_from(clerk: Clerk, world: World) -> None:
    """C5: the new owner is the old one's agent."""
    (line, person), *_ = people(world)[6:]
    new = Newcomer()
    await typed(
        clerk,
        "C5",
        number=line.number,
        document_number=person.document_number,
        by_agent="y",
        agent_document_number=new.document,
        agent_name=new.name,
        agent_phone="13957000000",
        new_document_number=new.document,
        new_name=new.name,
        new_address=new.address,
        new_phone=new.phone,
        new_password=new.password,
        repeat_password=new.password,
    )
    await clerk.press("f10")
    assert "agent_document_number" in form(clerk).draft.errors, clerk.text()
    await typed(
        clerk,
        agent_document_number=FREE,
        agent_name="金无忌",
        new_by_agent="y",
        new_agent_document_number=FREE,
        new_agent_name="金无忌",
        new_agent_phone="13957000000",
    )
    await clerk.press("f10")
    assert said(clerk, "new_agent_document_number") == clerk.word("One person can't act for both sides.")
    await given_up(clerk)


async def passes_a_locked_counter(clerk: Clerk, world: World) -> None:
    """No key shows what is there; behind the lock the form is as it was, and who was served shows again who they
    are."""
    (line, person), *_ = people(world)
    await typed(clerk, "C4.2", number=line.number, document_number=person.document_number)
    await clerk.press("ctrl+l")
    for key in ("ctrl+q", "f2"):
        await clerk.press(key)
        assert clerk.app.is_running
        assert isinstance(clerk.app.screen, LockScreen), clerk.text()
    for key in ("f3", "escape"):  # somebody else may work here, once they have signed on
        await clerk.press(key)
        assert isinstance(clerk.app.screen, Successor), clerk.text()
        await clerk.type(f"{FACTS.clerk}\nguessed\n")
        assert isinstance(clerk.app.screen, Successor), clerk.text()
        await clerk.press("escape")
        assert isinstance(clerk.app.screen, LockScreen), clerk.text()
    await clerk.type("guessed\n")
    assert isinstance(clerk.app.screen, LockScreen), clerk.text()
    await clerk.type(f"{FACTS.password}\n")
    assert form(clerk).panel.values()["number"] == line.number
    await given_up(clerk)
    await typed(clerk, "C3", number=line.number)
    assert "document_number" in form(clerk).draft.errors, clerk.text()
    await given_up(clerk)


async def goes_on_after_being_dismissed(clerk: Clerk, world: World) -> None:
    """The next act of an open desk ends it."""
    line = people(world)[0][0]
    await typed(clerk, "C12", who=line.number, action="advance", amount="50")
    with handed_down(world, state="left"):
        await clerk.press("f10")
        assert isinstance(clerk.app.screen, SignOnScreen), clerk.text()
        assert clerk.app.state is not None
        assert not clerk.app.state.operator
    await clerk.sign_on()


async def cuts_the_link(clerk: Clerk, world: World) -> None:
    """Without headquarters nobody changes owner or name: on the screen, and by a command, which has a desk as well."""
    (line, person), *_ = people(world)[6:]
    world.machines.cut()
    world.clock.move(minutes=7)
    await clerk.until(lambda: clerk.sees("NO LINK"))
    told = "Without a link only the form is taken: hold it (F6) until headquarters can decide."
    await clerk.type(f"C5 {line.number} {person.document_number}\n")
    assert clerk.word(told) in _refusals(clerk), clerk.text()
    await given_up(clerk)
    await typed(
        clerk,
        "C4.1",
        number=line.number,
        document_number=person.document_number,
        name=nearly(person.name),
        ground="typed",
    )
    await clerk.press("f10")
    assert isinstance(clerk.app.screen, RefusedDialog), clerk.text()
    await clerk.press("escape")
    assert clerk.word(told) in _refusals(clerk), clerk.text()
    await given_up(clerk)
    world.machines.mend()
    await clerk.linked(world.clock)


def _refusals(clerk: Clerk) -> list[str]:
    reasons = form(clerk).draft.qualification.reasons
    return [clerk.app.words(reason.message) for reason in reasons if reason.verdict == "no"]


@contextmanager
def handed_down(world: World, **values: str) -> Iterator[None]:
    """What headquarters hands down of the clerk, for a while."""
    (before,) = world.rows(Operator, staff_no=FACTS.clerk)
    with world.store.transaction(Author(FACTS.outlet, "M7", "headquarters"), journalled=False) as tx:
        tx.change(before, **values)
    yield
    with world.store.transaction(Author(FACTS.outlet, "M7", "headquarters"), journalled=False) as tx:
        tx.change(tx.one(Operator, staff_no=FACTS.clerk), **{name: getattr(before, name) for name in values})
    written(world, revision=str(before.revision))


def written(world: World, **values: str) -> None:
    """What somebody with the outlet's key writes into the file past the program."""
    with world.store.engine.begin() as connection:
        for name, value in values.items():
            connection.exec_driver_sql(f"UPDATE operator SET {name} = ? WHERE staff_no = ?", (value, FACTS.clerk))
