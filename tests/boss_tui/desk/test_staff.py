"""Who works at the counter: wrong passwords, own passwords, unlocking, who was dismissed, and the record of it all."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from itertools import pairwise
from typing import Any

import pytest

from boss_tui.components.operators import passwords
from boss_tui.components.operators.passwords import hashed
from boss_tui.desk import Desk, Station, staff
from boss_tui.sync.keys import DeviceKey
from boss_tui.sync.unlocking import code_for
from data.errors import Locked, NotAllowed, SignedOff
from data.journal import Author
from data.tables.customer import Customer
from data.tables.organisation import Operator, RoleRight
from data.tables.parameter import Parameter
from data.tables.staff import OperatorPassword, OperatorStanding
from data.tables.sync import AccessLog, JournalEntry, Setting
from tests.hall import FACTS, Hall
from tests.handed import handed_change

pytestmark = pytest.mark.light

REFUSED = "Staff number or password is wrong."
OUTLETS, HEADQUARTERS = DeviceKey(b"o" * 32), DeviceKey(b"h" * 32)


def at(hall: Hall, counter: str = "HZ0102") -> Desk:
    return Desk(hall.store, Station(FACTS.outlet, counter), device=lambda: OUTLETS)


def refusal(desk: Desk, staff_no: str, password: str = "wrong") -> NotAllowed:
    with pytest.raises(NotAllowed) as refused:
        desk.signing.sign_on(staff_no, password)
    return refused.value


def fail(hall: Hall, staff_no: str, times: int) -> None:
    """So many wrong passwords, each after the pause of the one before."""
    for _ in range(times):
        assert str(refusal(at(hall), staff_no)) == REFUSED
        hall.clock.move(hours=4, minutes=1)


def change(hall: Hall, staff_no: str, **values: Any) -> None:
    """What headquarters writes."""
    with hall.store.transaction(Author(FACTS.outlet, "M7", "headquarters"), journalled=False) as tx:
        tx.change(tx.one(Operator, staff_no=staff_no), **values)


def acts(hall: Hall, operator: str = FACTS.supervisor) -> list[str]:
    return [row.act for row in hall.rows(AccessLog, operator=operator, order=("made_at",))]


# wrong passwords


def test_four_wrong_passwords_cost_nothing_and_the_fifth_a_pause(hall: Hall) -> None:
    for _ in range(5):
        assert str(refusal(at(hall), FACTS.supervisor)) == REFUSED
    early = refusal(at(hall), FACTS.supervisor, FACTS.password)  # also the right one
    assert "the next is taken after" in str(early)
    hall.clock.move(minutes=14, seconds=58)
    refusal(at(hall), FACTS.supervisor, FACTS.password)
    hall.clock.move(seconds=3)
    assert at(hall).signing.sign_on(FACTS.supervisor, FACTS.password).last.failed == 5
    for _ in range(4):
        refusal(at(hall), FACTS.supervisor)
    at(hall).signing.sign_on(FACTS.supervisor, FACTS.password)  # the right one forgot those before


@pytest.mark.parametrize("staff_no", [FACTS.supervisor, "9999"])
def test_no_password_is_no_try(hall: Hall, staff_no: str) -> None:
    """Enter pressed on a locked desk by whoever passes shuts nobody out."""
    for _ in range(12):
        told = refusal(at(hall), staff_no, "")
        assert (str(told), told.field) == ("Type the password.", "password")
    desk = at(hall)
    desk.signing.sign_on(FACTS.supervisor, FACTS.password)
    desk.signing.lock()
    for _ in range(12):
        with pytest.raises(NotAllowed):
            desk.signing.unlock("")
    desk.signing.unlock(FACTS.password)
    assert "unlock.refused" not in acts(hall)


def test_a_clock_that_is_put_back_or_a_try_in_the_pause_gains_nothing(hall: Hall) -> None:
    for _ in range(5):
        refusal(at(hall), FACTS.supervisor)
    hall.clock.move(minutes=-600)
    assert "the next is taken after" in str(refusal(at(hall), FACTS.supervisor, FACTS.password))
    hall.clock.move(minutes=616)
    at(hall).signing.sign_on(FACTS.supervisor, FACTS.password)


def test_the_tenth_locks_until_another_supervisor_unlocks(hall: Hall) -> None:
    fail(hall, FACTS.supervisor, 10)
    hall.clock.move(days=30)
    assert isinstance(refusal(at(hall), FACTS.supervisor, FACTS.password), Locked)
    manager = hall.counter(FACTS.manager, "HZ0103")
    line = next(line for line in manager.signing.staff() if line.staff_no == FACTS.supervisor)
    assert (line.state, line.failed) == ("shut", 10)
    manager.signing.unlock_staff(FACTS.supervisor)
    signed_on = at(hall).signing.sign_on(FACTS.supervisor, FACTS.password)
    assert signed_on.last.failed == 10
    with pytest.raises(NotAllowed):
        manager.signing.unlock_staff(FACTS.supervisor)  # there is nothing to unlock


def test_managers_say_how_many_wrong_passwords_cost_a_pause_and_lock(hall: Hall) -> None:
    for name, value in {"sign_on_free": 1, "sign_on_pause": 2, "sign_on_lock": 3}.items():
        handed_change(hall.store, Parameter, name=name, business="", value=value)
    for _ in range(2):
        assert str(refusal(at(hall), FACTS.supervisor)) == REFUSED
    assert "the next is taken after" in str(refusal(at(hall), FACTS.supervisor, FACTS.password))
    hall.clock.move(minutes=2, seconds=1)
    refusal(at(hall), FACTS.supervisor)
    assert isinstance(refusal(at(hall), FACTS.supervisor, FACTS.password), Locked)


def test_nobody_unlocks_themselves_and_no_clerk_unlocks(hall: Hall) -> None:
    fail(hall, FACTS.supervisor, 5)
    with pytest.raises(NotAllowed, match="A supervisor looks after the staff"):
        hall.desk.signing.unlock_staff(FACTS.supervisor)
    supervisor = hall.counter(FACTS.supervisor, "HZ0102")
    for _ in range(5):
        refusal(at(hall, "HZ0103"), FACTS.supervisor)
    with pytest.raises(NotAllowed, match="Another person"):
        supervisor.signing.unlock_staff(FACTS.supervisor)


@pytest.mark.parametrize("nobodys", ["9999", "", "demo-1234"])
def test_a_number_that_nobody_has_behaves_like_one_that_somebody_has(hall: Hall, nobodys: str) -> None:
    """The same words after the same number of tries, and what was typed is nowhere in clear."""
    told: dict[str, list[tuple[type, str]]] = {FACTS.supervisor: [], nobodys: []}
    for n in range(12):
        if n >= 5:
            hall.clock.move(hours=5)
        for staff_no, words in told.items():
            refused = refusal(at(hall), staff_no)
            words.append((type(refused), str(refused)))
    assert told[nobodys] == told[FACTS.supervisor]
    assert told[nobodys][-1][0] is Locked
    kept = {row.staff_no for row in hall.rows(OperatorStanding)}
    assert FACTS.supervisor in kept
    assert not {"9999", "demo-1234", ""} & kept
    assert not any(nobodys and nobodys in f"{row.subject} {row.operator}" for row in hall.rows(AccessLog))


@pytest.mark.usefixtures("dear_passwords")
def test_a_number_that_nobody_has_costs_a_hash_as_well(hall: Hall, monkeypatch: pytest.MonkeyPatch) -> None:
    change(hall, FACTS.supervisor, password_hash=hashed("Given-1234"))
    compared: list[str] = []

    def counting(stored: str, password: str) -> bool:
        compared.append(stored)
        return passwords.matches(stored, password)

    monkeypatch.setattr(staff, "matches", counting)
    for staff_no in ("9999", FACTS.supervisor):
        refusal(at(hall), staff_no)
    cost = [stored.rsplit("$", 2)[0] for stored in compared]
    assert len(cost) == 2
    assert cost[0] == cost[1] == "$argon2id$v=19$m=19456,t=2,p=1"


@pytest.mark.parametrize(("state", "told"), [("locked", "is locked: headquarters"), ("left", "works here no more")])
def test_name_and_state_are_told_to_the_right_password_alone(hall: Hall, state: str, told: str) -> None:
    change(hall, FACTS.supervisor, state=state)
    assert str(refusal(at(hall), FACTS.supervisor)) == REFUSED
    assert told in str(refusal(at(hall), FACTS.supervisor, FACTS.password))


def test_many_tries_at_once_count_no_more_than_the_free_ones(hall: Hall, monkeypatch: pytest.MonkeyPatch) -> None:
    """A right password that was being compared while others failed is not taken once the pause has begun."""

    def late(stored: str, password: str) -> bool:
        monkeypatch.setattr(staff, "matches", passwords.matches)
        for _ in range(5):
            refusal(at(hall, "HZ0103"), FACTS.supervisor)
        return passwords.matches(stored, password)

    monkeypatch.setattr(staff, "matches", late)
    assert "the next is taken after" in str(refusal(at(hall), FACTS.supervisor, FACTS.password))


# headquarters' code


@pytest.fixture
def alone(hall: Hall) -> Hall:
    """The only supervisor is locked, and the outlet knows its headquarters."""
    with hall.store.transaction(Author(FACTS.outlet, "sync", "headquarters")) as tx:
        tx.add(Setting, name="headquarters_key", value=HEADQUARTERS.public)
    fail(hall, FACTS.supervisor, 10)
    return hall


def answer(challenge: str, staff_no: str = FACTS.supervisor, outlet: str = FACTS.outlet) -> str:
    """What headquarters reads out."""
    return code_for(HEADQUARTERS, OUTLETS.public, outlet, staff_no, challenge)


def test_headquarters_code_unlocks_once(alone: Hall) -> None:
    asked = at(alone).signing.challenge(FACTS.supervisor)
    assert at(alone).signing.challenge(FACTS.supervisor) == asked  # the same while it is good
    code = answer(asked.text)
    at(alone).signing.unlock_by_code(FACTS.supervisor, code.lower().replace("-", " "))  # as it is heard and typed
    at(alone).signing.sign_on(FACTS.supervisor, FACTS.password)
    fail(alone, FACTS.supervisor, 10)
    with pytest.raises(NotAllowed):
        at(alone).signing.unlock_by_code(FACTS.supervisor, code)
    assert at(alone).signing.challenge(FACTS.supervisor).text != asked.text
    with pytest.raises(NotAllowed):
        at(alone).signing.unlock_by_code(FACTS.supervisor, code)


@pytest.mark.parametrize("bound", [{"staff_no": FACTS.clerk}, {"outlet": "HZ02"}, {"challenge": "ABCD-EFGH"}])
def test_the_code_is_of_this_outlet_this_number_and_this_challenge(alone: Hall, bound: dict[str, str]) -> None:
    asked = at(alone).signing.challenge(FACTS.supervisor).text
    with pytest.raises(NotAllowed):
        at(alone).signing.unlock_by_code(FACTS.supervisor, answer(**{"challenge": asked, **bound}))
    assert isinstance(refusal(at(alone), FACTS.supervisor, FACTS.password), Locked)


@pytest.mark.parametrize(("minutes", "good"), [(29, True), (31, False)])
def test_the_code_is_good_for_half_an_hour(alone: Hall, minutes: int, good: bool) -> None:
    code = answer(at(alone).signing.challenge(FACTS.supervisor).text)
    alone.clock.move(minutes=minutes)
    if good:
        at(alone).signing.unlock_by_code(FACTS.supervisor, code)
    else:
        with pytest.raises(NotAllowed):
            at(alone).signing.unlock_by_code(FACTS.supervisor, code)


def test_only_who_is_locked_gets_a_challenge_and_only_where_there_is_a_headquarters(alone: Hall) -> None:
    with pytest.raises(NotAllowed, match="is not locked"):
        at(alone).signing.challenge(FACTS.clerk)
    with pytest.raises(NotAllowed, match="no headquarters"):
        Desk(alone.store, Station(FACTS.outlet, "HZ0102")).signing.challenge(FACTS.supervisor)
    fail(alone, "9999", 10)
    assert len(at(alone).signing.challenge("9999").text) == len("ABCD-EFGH")  # nobody learns that nobody has it


# who works here, as it is now


@pytest.mark.parametrize("state", ["left", "locked"])
def test_an_open_desk_stops_at_the_next_act(hall: Hall, state: str) -> None:
    view = hall.filled()
    change(hall, FACTS.clerk, state=state)
    with pytest.raises(SignedOff):
        hall.desk.forms.fill(view.id, {"note": "x"})
    with pytest.raises(SignedOff):
        hall.desk.finding.find("138")
    assert hall.desk.signing.state().operator == ""


CALLS: dict[str, Callable[[Desk], object]] = {
    "find": lambda desk: desk.finding.find("138"),
    "orders": lambda desk: desk.lookups.orders(""),
    "held": lambda desk: desk.held.forms(),
    "begin": lambda desk: desk.forms.begin("C1"),
    "cash in": lambda desk: desk.till.cash_in(100, "change", "x"),
    "waiting": lambda desk: desk.queues.items(),
    "last": lambda desk: desk.forms.last_values("C1"),
    "authorities": lambda desk: desk.approvals.authorities(),
    "language": lambda desk: desk.signing.speak("en"),
    "customer": lambda desk: desk.lookups.customer("x"),
    "papers": lambda desk: desk.lookups.papers("x"),
}


@pytest.mark.parametrize("call", CALLS)
def test_every_call_looks_at_the_row_as_it_is(hall: Hall, call: str) -> None:
    change(hall, FACTS.clerk, state="left")
    with pytest.raises(SignedOff):
        CALLS[call](hall.desk)


@pytest.mark.parametrize("call", CALLS)
def test_no_call_is_answered_behind_the_lock(hall: Hall, call: str) -> None:
    hall.desk.signing.lock()
    with pytest.raises(NotAllowed, match="Sign on first"):
        CALLS[call](hall.desk)


def test_state_notices_it_without_any_act(hall: Hall) -> None:
    change(hall, FACTS.clerk, state="left")
    assert hall.desk.signing.state().operator == ""


def test_another_role_counts_from_the_next_act_on(hall: Hall) -> None:
    desk = hall.counter(FACTS.supervisor, "HZ0102")
    assert desk.signing.staff()
    change(hall, FACTS.supervisor, role="clerk")
    with pytest.raises(NotAllowed, match="A supervisor"):
        desk.signing.staff()
    change(hall, FACTS.clerk, role="manager")
    assert hall.desk.signing.staff()
    with hall.store.reading() as reading:
        managers = {right.business for right in reading.all(RoleRight, role="manager")}
    assert {line.code for line in hall.desk.signing.businesses() if line.allowed} <= managers


def test_the_language_that_somebody_chose_is_theirs_at_every_counter_of_the_hall(hall: Hall) -> None:
    hall.desk.signing.speak("en")
    hall.desk.signing.sign_off()
    again = hall.counter(FACTS.clerk, "HZ0103").seat.operator
    other = hall.counter(FACTS.supervisor, FACTS.counter).seat.operator
    assert again is not None
    assert other is not None
    assert (again.language, other.language) == ("en", "")
    desk = hall.counter(FACTS.supervisor, FACTS.counter)
    assert desk.signing.sign_on(FACTS.supervisor, FACTS.password, "en").language == "en", "who has chosen none reads it"
    assert desk.seat.words().language == "en"
    assert desk.signing.sign_on(FACTS.clerk, FACTS.password, "zh_CN").language == "en"


# one's own password


def test_ones_own_password_is_changed_and_the_old_one_is_good_no_more(hall: Hall) -> None:
    desk = hall.counter(FACTS.supervisor, "HZ0102")
    desk.signing.change_password(FACTS.password, "Quite-new-1")
    assert str(refusal(at(hall), FACTS.supervisor, FACTS.password)) == REFUSED
    at(hall).signing.sign_on(FACTS.supervisor, "Quite-new-1")
    assert hall.rows(Operator, staff_no=FACTS.supervisor)[0].revision == 1  # headquarters' row is as it was


@pytest.mark.parametrize(
    ("old", "new", "field"),
    [
        ("wrong", "Quite-new-1", "old"),
        (FACTS.password, "short-1", "password"),
        (FACTS.password, FACTS.password, "password"),
    ],
)
def test_a_refusal_stands_beside_its_field(hall: Hall, old: str, new: str, field: str) -> None:
    with pytest.raises(NotAllowed) as refused:
        hall.desk.signing.change_password(old, new)
    assert refused.value.field == field
    assert not hall.rows(OperatorPassword)


def test_none_of_the_last_five(hall: Hall) -> None:
    desk = hall.counter(FACTS.supervisor, "HZ0102")
    used = [FACTS.password, *(f"Number-{n}-{n}" for n in range(1, 7))]
    for old, new in pairwise(used):
        desk.signing.change_password(old, new)
    for again in (*used[2:], FACTS.password):  # headquarters' own is never taken again
        with pytest.raises(NotAllowed, match="Not one of the last 5"):
            desk.signing.change_password(used[-1], again)
    desk.signing.change_password(used[-1], used[1])


def test_headquarters_password_is_changed_at_the_first_sign_on(hall: Hall) -> None:
    change(hall, FACTS.supervisor, password_hash=hashed("Given-1234"), password_use="initial")
    desk = at(hall)
    assert desk.signing.sign_on(FACTS.supervisor, "Given-1234").change == "initial"
    for call in (desk.signing.staff, desk.held.forms, lambda: desk.forms.begin("C1")):
        with pytest.raises(NotAllowed, match="Change the password"):
            call()
    with pytest.raises(NotAllowed, match="must be changed first"):
        staff.sign_on(hall.store, Station(FACTS.outlet, "HZ0101"), FACTS.supervisor, "Given-1234", kind="approve")
    desk.signing.change_password("Given-1234", "My-own-one-1")
    assert desk.signing.staff()
    assert at(hall).signing.sign_on(FACTS.supervisor, "My-own-one-1").change == ""


def test_a_password_that_headquarters_gives_anew_counts_instead_of_ones_own(hall: Hall) -> None:
    hall.counter(FACTS.supervisor, "HZ0102").signing.change_password(FACTS.password, "My-own-one-1")
    change(hall, FACTS.supervisor, password_hash=hashed("Given-5678"), password_use="initial")
    assert str(refusal(at(hall), FACTS.supervisor, "My-own-one-1")) == REFUSED
    assert at(hall).signing.sign_on(FACTS.supervisor, "Given-5678").change == "initial"


@pytest.mark.parametrize(
    ("age", "change_", "left"),
    [
        (timedelta(days=83, seconds=-10), "", None),
        (timedelta(days=83, seconds=10), "", 7),
        (timedelta(days=90, seconds=-10), "", 1),
        (timedelta(days=90, seconds=10), "expired", None),
    ],
)
def test_a_password_of_ones_own_holds_ninety_days(hall: Hall, age: timedelta, change_: str, left: int | None) -> None:
    hall.counter(FACTS.supervisor, "HZ0102").signing.change_password(FACTS.password, "My-own-one-1")
    hall.clock.move(seconds=age.total_seconds())
    person = at(hall).signing.sign_on(FACTS.supervisor, "My-own-one-1")
    assert (person.change, person.days_left) == (change_, left)


# the record


def test_signing_on_and_off_locking_and_failing_are_on_record(hall: Hall) -> None:
    desk = at(hall)
    refusal(desk, FACTS.supervisor)
    desk.signing.sign_on(FACTS.supervisor, FACTS.password)
    desk.signing.lock()
    with pytest.raises(NotAllowed):
        desk.signing.unlock("wrong")
    desk.signing.unlock(FACTS.password)
    desk.signing.sign_off()
    refusal(desk, "9999")
    assert acts(hall) == ["sign_on.refused", "sign_on", "lock", "unlock.refused", "unlock", "sign_off"]
    (unknown,) = hall.rows(AccessLog, operator="", act="sign_on.refused")
    assert (unknown.counter, unknown.outlet, unknown.subject) == ("HZ0102", FACTS.outlet, "")
    told = {entry.kind for entry in hall.rows(JournalEntry)}
    assert {"sign_on", "lock", "unlock", "sign_off"} <= told  # so that headquarters gets them


def test_the_last_sign_on_is_told_at_the_next(hall: Hall) -> None:
    first = at(hall).signing.sign_on(FACTS.supervisor, FACTS.password)
    assert first.last.at == ""
    refusal(at(hall, "HZ0103"), FACTS.supervisor)
    refusal(at(hall, "HZ0104"), FACTS.supervisor)
    second = at(hall, "HZ0104").signing.sign_on(FACTS.supervisor, FACTS.password)
    assert (second.last.counter, second.last.failed) == ("HZ0102", 2)
    third = at(hall).signing.sign_on(FACTS.supervisor, FACTS.password)
    assert (third.last.counter, third.last.failed) == ("HZ0104", 0)


def test_what_is_opened_is_on_record_once_and_not_what_is_typed(hall: Hall) -> None:
    opened = hall.open_account()
    (customer,) = (row for row in hall.rows(Customer) if row.id == opened.facts["customer_id"])
    before = len(hall.rows(AccessLog))
    for length in range(3, 12):
        hall.desk.finding.find(customer.document_number[:length])
    assert len(hall.rows(AccessLog)) == before
    for _ in range(3):  # the screen asks again every few seconds
        hall.desk.lookups.customer(customer.id)
    hall.desk.lookups.order(opened.serial)
    hall.desk.lookups.papers(opened.serial)
    looks = hall.rows(AccessLog, order=("made_at",))[before:]
    assert [(row.act, row.subject, row.operator, row.counter) for row in looks] == [
        ("look.customer", customer.id, FACTS.clerk, FACTS.counter),
        ("look.order", opened.serial, FACTS.clerk, FACTS.counter),
        ("look.papers", opened.serial, FACTS.clerk, FACTS.counter),
    ]
    hall.desk.serving.next_customer()
    hall.desk.lookups.customer(customer.id)
    assert len(hall.rows(AccessLog)) == before + 4


def test_no_document_number_is_on_record(hall: Hall) -> None:
    number = hall.rows(Customer)[0].document_number
    hall.desk.finding.listed(number, 1)
    (found,) = hall.rows(AccessLog, act="find")
    assert number not in found.subject
    assert found.subject.endswith(number[-4:])


def test_a_supervisor_reads_the_record_and_that_is_on_record(hall: Hall) -> None:
    with pytest.raises(NotAllowed):
        hall.desk.signing.accesses()
    desk = hall.counter(FACTS.supervisor, "HZ0102")
    lines = desk.signing.accesses(2)
    assert [(line.act, line.operator) for line in lines] == [("access.read", FACTS.supervisor), ("sign_on", "2001")]
    assert {line.operator for line in desk.signing.accesses(50, FACTS.clerk)} == {FACTS.clerk}
