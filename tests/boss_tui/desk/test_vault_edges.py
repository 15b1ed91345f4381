"""Service passwords at the desk, the context of what is done there, and what is left of the smaller parts of it."""

from __future__ import annotations

import json
from types import SimpleNamespace
from typing import Any

import pytest
from pydantic_core import PydanticCustomError

from boss_tui.business.vault import PROVEN
from boss_tui.desk import Desk, Station, by_hand, staff, vault
from boss_tui.desk.station import HeldForm, LastOn, State
from boss_tui.desk.vault import DeskVault
from boss_tui.network import manual
from boss_tui.sync import unlocking
from boss_tui.sync.keys import DeviceKey
from data.errors import NotAllowed
from data.message import Message
from data.tables.customer import Customer
from data.tables.finance import BusinessDay, Shift
from data.tables.life import PasswordTries
from data.tables.network import WorkOrder
from data.tables.order import Draft, Subscription
from data.tables.staff import OperatorStanding
from data.tables.sync import AccessLog, JournalEntry, JournalHead, Setting
from tests.boss_tui.desk.shop import Shop
from tests.hall import FACTS

HERE = Station(FACTS.outlet, FACTS.counter)


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """Passwords are compared as they are: hashing them is another's to hold."""
    monkeypatch.setattr(vault, "matches", lambda _stored, typed: typed == "246813")
    monkeypatch.setattr(vault, "hashed", lambda typed: f"hash of {typed}")


def made(shop: Shop) -> DeskVault:
    return DeskVault(shop.store, HERE, shop.desk.seat.person(), "a form")


def refusal(shop: Shop, number: str, password: str) -> str:
    with pytest.raises(PydanticCustomError) as refused:
        made(shop).proof(number, password)
    return str(refused.value)


@pytest.mark.parametrize(("tries", "taken"), [(None, True), (0, True), (4, True), (5, False), (6, False)])
def test_after_five_wrong_passwords_a_day_the_document_is_asked_for(shop: Shop, tries: int | None, taken: bool) -> None:
    line = shop.rows(Subscription, state="active")[0]
    key = {"subscription_id": line.id, "business_date": "2026-11-23"}
    shop.add(PasswordTries, subscription_id=line.id, business_date="2026-01-02", tries=9)
    if tries is not None:
        shop.add(PasswordTries, **key, tries=tries)
    entries = len(shop.rows(JournalEntry, kind="password.try"))
    if not taken:
        assert "Too many wrong passwords today" in refusal(shop, line.number, "246813")
        return
    assert made(shop).proof(line.number, "246813") == f"{PROVEN}{line.id}"
    assert len(shop.rows(JournalEntry, kind="password.try")) == entries
    assert refusal(shop, line.number, "000000") == "The service password is wrong."
    assert shop.one(PasswordTries, **key).tries == (tries or 0) + 1


def test_without_a_number_or_a_day_there_is_nothing_to_prove(shop: Shop) -> None:
    line = shop.rows(Subscription, state="active")[0]
    assert refusal(shop, "19900000000", "246813") == "Type the number first."
    shop.alter(BusinessDay, {"outlet": FACTS.outlet, "state": "open"}, state="closed")
    assert refusal(shop, line.number, "246813") == "Type the number first."


@pytest.mark.parametrize(("state", "taken"), [("active", False), ("suspended", False), ("terminated", True)])
def test_a_chosen_password_is_not_in_the_document_of_who_has_the_number(shop: Shop, state: str, taken: bool) -> None:
    known = next(row for row in shop.rows(Customer) if row.document_number == FACTS.customers[2].document_number)
    line = shop.rows(Subscription, customer_id=known.id)[0]
    shop.alter(Subscription, {"id": line.id}, state=state)
    password = known.document_number[4:10]
    if taken:
        assert made(shop).chosen(line.number, password) == f"hash of {password}"
        return
    with pytest.raises(PydanticCustomError):
        made(shop).chosen(line.number, password)
    assert made(shop).chosen(line.number, "246813") == "hash of 246813"


# the context of what is done


def test_what_is_done_knows_its_shift_its_draft_and_its_day(shop: Shop) -> None:
    draft = shop.one(Draft, id=shop.desk.forms.begin("C12", shop.desk.forms.example("C12")).id)
    with shop.work() as tx:
        tx.author.business_date = "2026-11-23"
        context = shop.desk.runs.context(tx, "C12", draft)
        bare = shop.desk.runs.context(tx, "C2")
    shift = shop.one(Shift, till=FACTS.counter, state="open")
    assert (context.shift_id, context.draft_id, context.business_date) == (shift.id, draft.id, "2026-11-23")
    assert context.trail == json.loads(draft.trail_json) != []
    assert (bare.draft_id, bare.trail, bare.invoicing.when) == ("", [], "now")
    shop.alter(Shift, {"id": shift.id}, operator="1002")
    with shop.work() as tx:
        tx.author.business_date = "2026-11-23"
        assert shop.desk.runs.context(tx, "C2").shift_id == "", "it is another's"


def test_while_no_day_is_open_nothing_is_begun(shop: Shop) -> None:
    shop.alter(BusinessDay, {"outlet": FACTS.outlet, "state": "open"}, state="closed")
    with pytest.raises(NotAllowed, match="The business day is not open"):
        shop.desk.forms.begin("C2")


@pytest.mark.parametrize(
    ("linked", "contact", "online"),
    [(False, False, True), (False, True, True), (True, False, False), (True, True, True)],
)
def test_an_outlet_without_headquarters_does_without_a_link(
    shop: Shop, linked: bool, contact: bool, online: bool
) -> None:
    if contact:
        shop.alter(JournalHead, {"outlet": FACTS.outlet}, last_contact=shop.at())
    desk = Desk(shop.store, Station(FACTS.outlet, FACTS.counter, linked=linked))
    with shop.store.reading() as reading:
        assert desk.runs.online(reading) is online


def test_what_is_not_said_is_as_it_mostly_is() -> None:
    assert LastOn() == LastOn("", "", 0)
    assert HeldForm(1, "C1", Message("x"), "", "1001", "").unfinished is False
    assert State("HZ01", Message("x"), "HZ0101", "", "", "", False).training is False


# work by hand


@pytest.mark.parametrize(
    ("told", "number", "owner"),
    [
        ({"msisdn": "1", "number": "2"}, "1", True),
        ({"number": "2"}, "2", True),
        ({}, "", True),
        ({"msisdn": "1"}, "1", False),
        ({"number": None}, "", False),
    ],
)
def test_a_task_names_the_number_and_the_masked_customer(
    shop: Shop, told: dict[str, Any], number: str, owner: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    customer = shop.rows(Customer)[0]
    order = shop.order("o", customer_id=customer.id if owner else None)
    work: Any = SimpleNamespace(parameters=json.dumps(told))
    monkeypatch.setattr(manual, "asked", lambda _reading, of: json.loads(of.parameters))
    with shop.store.reading() as reading:
        said = str(by_hand.task(reading, work, order))
    assert f": {number}" in said
    assert ("None" in said) is False
    assert said.endswith("*") is owner
    assert shop.rows(WorkOrder, order_id="o") == []


# lists


def test_what_is_no_choice_is_told_beside_its_field(shop: Shop) -> None:
    view = shop.desk.forms.begin("C8", {**shop.desk.forms.example("C8"), "plan": "nothing like it"})
    assert "There is no product nothing like it" in str(view.errors["plan"]), "as the business says it better"
    view = shop.desk.forms.fill(view.id, {"starts": "someday"})
    assert str(view.errors["starts"]) == "Not one of the choices. F4 shows them."
    view = shop.desk.forms.fill(view.id, {"plan": "p128", "starts": "next"})
    assert view.values["plan"] == "P128"
    assert "plan" not in view.errors
    assert "plan" in view.notes


# the record


def test_no_more_than_a_thousand_acts_are_shown_and_a_hundred_as_a_rule(shop: Shop) -> None:
    with shop.work() as tx:
        for n in range(1_001):
            tx.add(AccessLog, id=f"z{n:04d}", operator="1002", act="x", subject="s", made_at=shop.at(minutes=-1))
    desk = shop.counter(FACTS.supervisor, "HZ0102")
    assert [len(desk.signing.accesses(most)) for most in (5_000, 1_001, 999)] == [1_000, 1_000, 999]
    assert len(desk.signing.accesses()) == 100


@pytest.mark.parametrize(("meanwhile", "unlocks"), [("ABCD-EFGH", True), ("ANOTHER", False), ("", False)])
def test_a_code_is_of_the_challenge_that_stands_when_it_is_taken(
    shop: Shop, meanwhile: str, unlocks: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    """While it was worked out, somebody else used it up, or was given another one."""
    shop.add(Setting, name="headquarters_key", value=DeviceKey(b"h" * 32).public)
    desk = Desk(shop.store, HERE, device=lambda: DeviceKey(b"o" * 32))
    key = {"staff_no": FACTS.clerk, "outlet": FACTS.outlet}
    shop.alter(OperatorStanding, key, failed=10, challenge="ABCD-EFGH", challenge_at=shop.at())

    def is_code(_expected: str, _typed: str) -> bool:
        shop.alter(OperatorStanding, key, challenge=meanwhile)
        return True

    monkeypatch.setattr(unlocking, "is_code", is_code)
    if unlocks:
        desk.signing.unlock_by_code(FACTS.clerk, "X")
    else:
        with pytest.raises(NotAllowed):
            desk.signing.unlock_by_code(FACTS.clerk, "X")
    assert shop.one(OperatorStanding, **key).failed == (0 if unlocks else 10)


def test_the_right_code_for_a_number_that_nobody_has_unlocks_nothing(shop: Shop) -> None:
    shop.add(Setting, name="headquarters_key", value=DeviceKey(b"h" * 32).public)
    with shop.store.reading() as reading:
        key = {"staff_no": staff._masked(reading, "9999"), "outlet": FACTS.outlet}
    shop.add(OperatorStanding, **key, failed=10, challenge="ABCD-EFGH", challenge_at=shop.at())
    ours = DeviceKey(b"o" * 32)
    code = unlocking.code_for(DeviceKey(b"h" * 32), ours.public, FACTS.outlet, "9999", "ABCD-EFGH")
    with pytest.raises(NotAllowed, match="not headquarters' code"):
        Desk(shop.store, HERE, device=lambda: ours).signing.unlock_by_code("9999", code)
    assert shop.one(OperatorStanding, **key).failed == 10
