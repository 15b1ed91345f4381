"""Who is signed on and what supervisors see and undo of them: each state of the staff, each challenge and code."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from datetime import timedelta
from types import SimpleNamespace
from typing import Any

import pytest

from boss_tui.desk import Desk, Station, staff
from boss_tui.desk.signing import HEADQUARTERS_KEY
from boss_tui.desk.station import StaffLine
from boss_tui.sync.keys import DeviceKey
from boss_tui.sync.unlocking import code_for
from data.clock import stamp
from data.errors import BadForm, NotAllowed, NotFound, SignedOff
from data.message import say
from data.parameters import PROOF_MINUTES
from data.tables.organisation import Counter
from data.tables.organisation import Operator as OperatorRow
from data.tables.staff import OperatorStanding
from data.tables.sync import AccessLog, JournalEntry, Setting
from tests.boss_tui.desk.shop import Shop
from tests.hall import FACTS

WHO, TICK = FACTS.clerk, timedelta(microseconds=1)
OURS, HEADQUARTERS = DeviceKey(b"o" * 32), DeviceKey(b"h" * 32)


LASTS = timedelta(minutes=PROOF_MINUTES.first)


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """Passwords are compared as they are: hashing them is another's to hold."""
    monkeypatch.setattr(staff, "matches", lambda stored, typed: stored != staff.NOBODYS and typed == FACTS.password)


def acts(shop: Shop, *but: str) -> list[tuple[str, str, str, str]]:
    return sorted(
        (row.operator, row.act, row.subject, row.reason)
        for row in shop.rows(AccessLog)
        if row.made_at >= shop.at() and row.act not in but
    )


def standing(shop: Shop, staff_no: str = WHO, **values: Any) -> None:
    for row in shop.rows(OperatorStanding, staff_no=staff_no):
        shop.alter(OperatorStanding, {"staff_no": row.staff_no}, **values)
        return
    shop.add(OperatorStanding, outlet=FACTS.outlet, staff_no=staff_no, **values)


def message(refused: pytest.ExceptionInfo[NotAllowed]) -> tuple[str, str]:
    return str(refused.value), refused.value.field


# stations


@pytest.mark.parametrize(
    ("exchange", "contact", "seconds"), [(100.0, 299.0, 300.0), (100.0, 301.0, 301.0), (200.0, 600.0, 600.0)]
)
def test_headquarters_is_reachable_for_three_exchanges_at_least(
    exchange: float, contact: float, seconds: float
) -> None:
    settings: Any = SimpleNamespace(
        outlet="HZ01", counter="HZ0101", paper_language="en", exchange_seconds=exchange, contact_seconds=contact
    )
    assert Station.of(settings) == Station("HZ01", "HZ0101", False, "en", seconds)
    assert Station.of(settings, "HZ0102", linked=True) == Station("HZ01", "HZ0102", True, "en", seconds)
    assert (Station("HZ01", "HZ0101").linked, Station("HZ01", "HZ0101").contact_seconds) == (False, 600.0)


@pytest.mark.parametrize(("counter", "there"), [("HZ0101", True), ("HZ0102", True), ("HZ0199", False), ("", False)])
def test_nobody_works_at_a_counter_that_the_outlet_has_not(shop: Shop, counter: str, there: bool) -> None:
    desk = Desk(shop.store, Station(FACTS.outlet, counter))
    if there:
        assert desk.signing.sign_on(WHO, FACTS.password).staff_no == WHO
        return
    with pytest.raises(BadForm) as refused:
        desk.signing.sign_on(WHO, FACTS.password)
    known = ", ".join(sorted(row.code for row in shop.rows(Counter, outlet=FACTS.outlet)))
    told = f"There is no counter {counter} at outlet HZ01, but: {known}."
    assert {field: str(text) for field, text in refused.value.errors.items()} == {"counter": told}
    assert acts(shop) == []


def test_before_headquarters_has_handed_counters_down_the_sign_on_itself_refuses(shop: Shop) -> None:
    with shop.store.reading() as reading:
        Station("HZ99", "HZ9901").must_be_there(reading)


# on and off, the lock


def test_who_signs_off_leaves_nothing_of_theirs_on_the_desk(shop: Shop) -> None:
    desk = shop.desk
    desk.forms.begin("C2")
    desk.seat.in_view.come("customer", "13957000000", shop.store.present(), LASTS)
    desk.seat.looked["look.order"] = "1"
    desk.signing.lock()
    desk.signing.sign_off()
    assert (desk.seat.operator, desk.seat.locked, desk.seat.open_drafts, desk.seat.looked) == (None, False, set(), {})
    assert desk.seat.in_view.key == ("", "")
    desk.signing.sign_off()
    assert acts(shop) == [(WHO, "lock", WHO, ""), (WHO, "sign_off", WHO, "")]


def test_another_who_signs_on_begins_with_nothing_of_the_one_before(shop: Shop) -> None:
    desk = shop.desk
    desk.forms.begin("C2")
    desk.seat.in_view.come("customer", "13957000000", shop.store.present(), LASTS)
    with pytest.raises(NotAllowed):
        desk.signing.sign_on(FACTS.supervisor, "wrong")
    assert (desk.seat.person().staff_no, len(desk.seat.open_drafts), desk.seat.in_view.customer_id) == (
        WHO,
        1,
        "customer",
    )
    desk.signing.sign_on(FACTS.supervisor, FACTS.password)
    assert (desk.seat.person().staff_no, desk.seat.open_drafts, desk.seat.in_view.customer_id) == (
        FACTS.supervisor,
        set(),
        "",
    )


def test_a_lock_is_on_record_once_and_opens_for_its_operator_s_password(shop: Shop) -> None:
    shop.desk.signing.lock()
    shop.desk.signing.lock()
    with pytest.raises(NotAllowed):
        shop.desk.signing.unlock("wrong")
    assert shop.desk.seat.locked is True
    shop.desk.signing.unlock(FACTS.password)
    assert shop.desk.seat.locked is False
    assert acts(shop) == [(WHO, "lock", WHO, ""), (WHO, "unlock", WHO, ""), (WHO, "unlock.refused", WHO, "password")]


def test_where_nobody_is_there_is_nothing_to_unlock_and_nothing_on_record(shop: Shop) -> None:
    desk = Desk(shop.store, Station(FACTS.outlet, FACTS.counter))
    entries = len(shop.rows(JournalEntry))
    desk.signing.lock()
    desk.signing.sign_off()
    with pytest.raises(NotAllowed, match="Sign on first"):
        desk.signing.unlock(FACTS.password)
    with pytest.raises(NotAllowed, match="Sign on first"):
        desk.signing.change_password("a", "b")
    assert len(shop.rows(JournalEntry)) == entries


@pytest.mark.parametrize(
    ("old", "new", "field", "told"),
    [
        ("wrong", "Bambus-2026!", "old", "The password is wrong."),
        ("", "Bambus-2026!", "password", ""),
        (FACTS.password, "short", "password", "At least 8"),
        (FACTS.password, "aaaaaaaaa", "password", "Three of"),
    ],
)
def test_what_is_wrong_with_another_password_stands_beside_its_field(
    shop: Shop, old: str, new: str, field: str, told: str
) -> None:
    with pytest.raises(NotAllowed) as refused:
        shop.desk.signing.change_password(old, new)
    assert told in str(refused.value)
    assert refused.value.field == field


def test_who_had_to_change_it_works_on_after_it(shop: Shop) -> None:
    shop.alter(OperatorRow, {"staff_no": WHO}, password_use="initial")
    desk = Desk(shop.store, Station(FACTS.outlet, FACTS.counter))
    assert desk.signing.sign_on(WHO, FACTS.password).change == "initial"
    with pytest.raises(NotAllowed) as refused:
        desk.forms.begin("C2")
    assert refused.value.field == "password"
    desk.signing.change_password(FACTS.password, "Bambus-2026!")
    assert desk.forms.begin("C2").code == "C2"
    assert (desk.seat.person().change, desk.seat.person().days_left) == ("", None)


def test_who_may_work_here_no_more_is_off_the_desk_at_once(shop: Shop) -> None:
    shop.alter(OperatorRow, {"staff_no": WHO}, state="left")
    assert shop.desk.signing.state().operator == ""
    assert shop.desk.seat.operator is None
    other = shop.counter(FACTS.supervisor, FACTS.counter)
    shop.alter(OperatorRow, {"staff_no": FACTS.supervisor}, state="locked")
    with pytest.raises(SignedOff):
        other.queues.items()
    assert other.seat.operator is None


@pytest.mark.parametrize("noticed", ["signing.state", "queues.items"])
@pytest.mark.parametrize("act", ["queues.items", "forms.begin", "signing.unlock", "signing.change_password"])
def test_the_next_act_is_told_of_a_dismissal_whoever_noticed_it(shop: Shop, noticed: str, act: str) -> None:
    """The look at the state that goes on beside the clerk does not take the word away from them."""
    does: dict[str, Callable[[], object]] = {
        "signing.state": shop.desk.signing.state,
        "queues.items": shop.desk.queues.items,
        "forms.begin": lambda: shop.desk.forms.begin("C12"),
        "signing.unlock": lambda: shop.desk.signing.unlock(FACTS.password),
        "signing.change_password": lambda: shop.desk.signing.change_password(FACTS.password, "Bambus-2026!"),
    }
    shop.alter(OperatorRow, {"staff_no": WHO}, state="left")
    with suppress(SignedOff):
        does[noticed]()
    assert shop.desk.seat.operator is None
    for _ in range(2):
        with pytest.raises(SignedOff, match="works here no more"):
            does[act]()
    shop.alter(OperatorRow, {"staff_no": WHO}, state="active")
    shop.desk.signing.sign_on(WHO, FACTS.password)
    shop.desk.signing.sign_off()
    with pytest.raises(NotAllowed, match="Sign on first") as refused:
        does[act]()
    assert not isinstance(refused.value, SignedOff)


# the staff, for supervisors


@pytest.mark.parametrize(
    ("person", "tries", "line"),
    [
        ("active", {"failed": 0}, ("active", 0, "")),
        ("active", {"failed": 4, "ago": 0}, ("active", 4, "")),
        ("active", {"failed": 5, "ago": 0}, ("paused", 5, 15)),
        ("active", {"failed": 5, "ago": 14}, ("paused", 5, 1)),
        ("active", {"failed": 5, "ago": 15}, ("active", 5, "")),
        ("active", {"failed": 9, "ago": 1440}, ("active", 0, "")),
        ("active", {"failed": 10, "ago": 0}, ("shut", 10, "")),
        ("active", {"failed": 10, "ago": 9999}, ("shut", 10, "")),
        ("active", {"failed": 3}, ("active", 0, "")),
        ("locked", {"failed": 10, "ago": 0}, ("locked", 10, "")),
        ("left", {"failed": 6, "ago": 0}, ("left", 6, "")),
        ("locked", {"failed": 0}, ("locked", 0, "")),
    ],
)
def test_a_supervisor_sees_how_everybody_s_tries_went(
    shop: Shop, person: str, tries: dict[str, int], line: tuple[str, int, Any]
) -> None:
    who = "1002"
    (row,) = shop.rows(OperatorRow, staff_no=who)
    shop.alter(OperatorRow, {"staff_no": who}, state=person)
    at = shop.at(minutes=-tries["ago"]) if "ago" in tries else ""
    standing(shop, who, failed=tries["failed"], failed_at=at, last_at="t", last_counter="HZ0102")
    lines = {each.staff_no: each for each in shop.counter(FACTS.supervisor, "HZ0102").signing.staff()}
    state, failed, minutes = line
    until = shop.at(minutes=minutes) if minutes != "" else ""
    assert lines[who] == StaffLine(who, row.name, row.role, state, failed, until, "t", "HZ0102")


def test_who_never_signed_on_is_shown_as_they_are_and_all_in_the_order_of_their_numbers(shop: Shop) -> None:
    lines = shop.counter(FACTS.manager, "HZ0102").signing.staff()
    assert [line.staff_no for line in lines] == sorted(
        row.staff_no for row in shop.rows(OperatorRow, outlet=FACTS.outlet)
    )
    (row,) = shop.rows(OperatorRow, staff_no="1002")
    assert StaffLine("1002", row.name, row.role, row.state, 0, "", "", "") in lines


@pytest.mark.parametrize(("by", "may"), [(WHO, False), (FACTS.supervisor, True), (FACTS.manager, True)])
def test_a_supervisor_or_manager_looks_after_the_staff(shop: Shop, by: str, may: bool) -> None:
    desk = shop.counter(by, "HZ0102")
    standing(shop, "1002", failed=3, failed_at=shop.at(), challenge="X", challenge_at=shop.at(), failed_since=2)
    acts_of: tuple[Callable[[], Any], ...] = (
        desk.signing.staff,
        lambda: desk.signing.unlock_staff("1002"),
        desk.signing.accesses,
    )
    for act in acts_of:
        if may:
            act()
        else:
            with pytest.raises(NotAllowed, match="A supervisor looks after the staff"):
                act()
    row = shop.one(OperatorStanding, staff_no="1002")
    assert (row.failed, row.challenge, row.challenge_at, row.failed_since) == (
        (0, "", "", 2) if may else (3, "X", shop.at(), 2)
    )
    assert ((by, "staff.unlock", "1002", "") in acts(shop)) is may


def test_nobody_unlocks_themselves_nor_who_is_not_shut_out(shop: Shop) -> None:
    desk = shop.counter(FACTS.supervisor, "HZ0102")
    standing(shop, FACTS.supervisor, failed=3)
    with pytest.raises(NotAllowed) as refused:
        desk.signing.unlock_staff(FACTS.supervisor)
    assert message(refused) == ("Another person who is a supervisor must unlock.", "staff_no")
    standing(shop, WHO, failed=0)
    for who in (WHO, "1002"):
        with pytest.raises(NotAllowed) as refused:
            desk.signing.unlock_staff(who)
        assert message(refused) == ("There is nothing to unlock.", "staff_no")
    with pytest.raises(NotFound):
        desk.signing.unlock_staff("9999")
    standing(shop, WHO, failed=1)
    desk.signing.unlock_staff(WHO)
    assert shop.one(OperatorStanding, staff_no=WHO).failed == 0


# headquarters' code


def linked(shop: Shop) -> Desk:
    """A desk with a key of its own, at an outlet that has a headquarters."""
    shop.add(Setting, name=HEADQUARTERS_KEY, value=HEADQUARTERS.public)
    return Desk(shop.store, Station(FACTS.outlet, FACTS.counter), device=lambda: OURS)


def code(challenge: str, who: str = WHO) -> str:
    return code_for(HEADQUARTERS, OURS.public, FACTS.outlet, who, challenge)


@pytest.mark.parametrize(("key", "device"), [(False, True), (True, False), (False, False)])
def test_where_there_is_no_headquarters_a_supervisor_must_unlock(shop: Shop, key: bool, device: bool) -> None:
    standing(shop, failed=10, failed_at=shop.at())
    if key:
        shop.add(Setting, name=HEADQUARTERS_KEY, value=HEADQUARTERS.public)
    desk = Desk(shop.store, Station(FACTS.outlet, FACTS.counter), device=(lambda: OURS) if device else None)
    for act in (lambda: desk.signing.challenge(WHO), lambda: desk.signing.unlock_by_code(WHO, "X")):
        with pytest.raises(NotAllowed) as refused:
            act()
        assert message(refused) == ("This outlet has no headquarters to ask: a supervisor must unlock.", "code")


@pytest.mark.parametrize(("failed", "locked"), [(None, False), (9, False), (10, True), (11, True)])
def test_only_who_is_locked_is_given_a_challenge(shop: Shop, failed: int | None, locked: bool) -> None:
    desk, who = linked(shop), "1002"
    if failed is not None:
        standing(shop, who, failed=failed, failed_at=shop.at())
    if not locked:
        with pytest.raises(NotAllowed) as refused:
            desk.signing.challenge(who)
        assert message(refused) == ("This staff number is not locked.", "staff_no")
        return
    asked = desk.signing.challenge(f" {who} ")
    row = shop.one(OperatorStanding, staff_no=who)
    assert (asked.outlet, asked.staff_no, asked.text) == (FACTS.outlet, who, row.challenge)
    assert row.challenge_at == shop.at()


def test_without_a_number_it_is_of_whoever_is_behind_the_lock(shop: Shop) -> None:
    desk = linked(shop)
    standing(shop, failed=10, failed_at=shop.at())
    with pytest.raises(NotAllowed, match="not locked"):
        desk.signing.challenge()
    desk.seat.operator = shop.desk.seat.operator
    asked = desk.signing.challenge()
    assert asked.staff_no == WHO
    desk.signing.unlock_by_code("", code(asked.text))
    assert shop.one(OperatorStanding, staff_no=WHO).failed == 0


@pytest.mark.parametrize(("ago", "same"), [(timedelta(minutes=30) - TICK, True), (timedelta(minutes=30), False)])
def test_a_challenge_and_its_code_are_good_for_half_an_hour(shop: Shop, ago: timedelta, same: bool) -> None:
    desk, at = linked(shop), stamp(shop.clock.now() - ago)
    standing(shop, failed=10, failed_at=shop.at(), challenge="ABCD-EFGH", challenge_at=at)
    if same:
        desk.signing.unlock_by_code(WHO, code("ABCD-EFGH"))
        assert acts(shop) == [(WHO, "staff.unlock", WHO, "headquarters")]
        row = shop.one(OperatorStanding, staff_no=WHO)
        assert (row.failed, row.challenge, row.challenge_at) == (0, "", "")
        return
    with pytest.raises(NotAllowed) as refused:
        desk.signing.unlock_by_code(WHO, code("ABCD-EFGH"))
    assert message(refused)[1] == "code"
    assert acts(shop) == [(WHO, "staff.unlock.refused", WHO, "headquarters")]
    assert shop.one(OperatorStanding, staff_no=WHO).failed == 10


@pytest.mark.parametrize(("ago", "same"), [(timedelta(minutes=30) - TICK, True), (timedelta(minutes=30), False)])
def test_while_it_is_good_the_same_challenge_is_told_again(shop: Shop, ago: timedelta, same: bool) -> None:
    desk, at = linked(shop), stamp(shop.clock.now() - ago)
    standing(shop, failed=10, failed_at=shop.at(), challenge="ABCD-EFGH", challenge_at=at)
    assert (desk.signing.challenge(WHO).text == "ABCD-EFGH") is same
    assert (shop.one(OperatorStanding, staff_no=WHO).challenge_at == at) is same


@pytest.mark.parametrize(
    ("challenge", "typed", "who"),
    [
        ("ABCD-EFGH", "wrong", WHO),
        ("ABCD-EFGH", code("ABCD-EFGJ"), WHO),
        ("", code(""), WHO),
        ("ABCD-EFGH", code("ABCD-EFGH", "1002"), WHO),
        ("ABCD-EFGH", code("ABCD-EFGH", "9999"), "9999"),
        ("ABCD-EFGH", code("ABCD-EFGH", "1003"), "1003"),
    ],
)
def test_another_code_unlocks_nothing_and_is_on_record(shop: Shop, challenge: str, typed: str, who: str) -> None:
    desk = linked(shop)
    standing(shop, failed=10, failed_at=shop.at(), challenge=challenge, challenge_at=shop.at())
    with pytest.raises(NotAllowed) as refused:
        desk.signing.unlock_by_code(who, typed)
    assert message(refused) == ("This is not headquarters' code for this challenge. Ask for it again.", "code")
    assert shop.one(OperatorStanding, staff_no=WHO).failed == 10
    known = who if shop.rows(OperatorRow, staff_no=who) else ""
    assert acts(shop) == [(known, "staff.unlock.refused", known, "headquarters")]


# the record


@pytest.mark.parametrize(("most", "shown"), [(0, 1), (1, 1), (3, 3), (100, 6), (5_000, 6)])
def test_the_newest_acts_come_first_and_reading_them_is_one(shop: Shop, most: int, shown: int) -> None:
    before = len(shop.rows(AccessLog))
    for n in range(5):
        shop.add(
            AccessLog,
            id=f"z{n}",
            operator="1002",
            act=f"act {n}",
            subject="s",
            reason="r",
            counter=None,
            made_at=shop.at(minutes=n - 9),
        )
    found = shop.counter(FACTS.supervisor, "HZ0102").signing.accesses(most)
    assert len(found) == min(shown, 6 + before) if most <= 3 else len(found) == 6 + before
    assert (found[0].act, found[0].operator, found[0].subject) == ("access.read", FACTS.supervisor, "*")
    times = [line.at for line in found]
    assert times == sorted(times, reverse=True)


def test_the_acts_of_one_person_are_theirs_alone(shop: Shop) -> None:
    for n, who in enumerate(("1002", "1001", "1002")):
        shop.add(
            AccessLog,
            id=f"z{n}",
            operator=who,
            act=f"act {n}",
            subject="s",
            reason="r",
            counter=None,
            made_at=shop.at(minutes=n - 9),
        )
    found = shop.counter(FACTS.supervisor, "HZ0102").signing.accesses(staff_no="1002")
    assert [(line.act, line.counter, line.subject, line.reason) for line in found] == [
        ("act 2", "", "s", "r"),
        ("act 0", "", "s", "r"),
    ]
    assert (FACTS.supervisor, "access.read", "1002", "") in acts(shop)


@pytest.mark.parametrize(
    ("told", "field", "beside"),
    [
        ("Wait a while.", "", "old"),  # what keeps any password from being tried
        (str(staff.WRONG), "password", "old"),
        ("Six digits are too few.", "password", "password"),
    ],
)
def test_what_is_against_another_password_stands_beside_what_is_wrong(
    shop: Shop, monkeypatch: pytest.MonkeyPatch, told: str, field: str, beside: str
) -> None:
    def refusing(*_: object) -> None:
        raise NotAllowed(staff.WRONG if told == str(staff.WRONG) else say(told), field=field)

    monkeypatch.setattr(staff, "change_password", refusing)
    with pytest.raises(NotAllowed) as refused:
        shop.desk.signing.change_password("old", "new")
    assert (str(refused.value), refused.value.field) == (told, beside)
    shop.desk.seat.locked = True
    with pytest.raises(NotAllowed, match="ign on"):
        shop.desk.signing.change_password("old", "new")
