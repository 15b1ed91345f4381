"""Signing on: what a right and a wrong password change, for whom and for what; each count and pause where it turns."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from boss_tui.components.operators.passwords import hashed
from boss_tui.components.operators.staff_passwords import digest
from boss_tui.desk import staff
from boss_tui.desk.station import LastOn, Operator, Station
from data.clock import stamp
from data.errors import Locked, NotAllowed
from data.tables.organisation import Operator as OperatorRow
from data.tables.staff import OperatorPassword, OperatorStanding
from data.tables.sync import AccessLog, JournalEntry, Setting
from tests.boss_tui.desk.shop import Shop
from tests.hall import FACTS

HERE = Station(FACTS.outlet, "HZ0102")
WHO = FACTS.supervisor
TICK = timedelta(microseconds=1)


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """Passwords are compared as they are: hashing them is another's to hold."""
    monkeypatch.setattr(staff, "matches", lambda stored, typed: stored != staff.NOBODYS and typed == FACTS.password)


def sign_on(shop: Shop, staff_no: str = WHO, password: str = FACTS.password, kind: str = "sign_on") -> Operator:
    return staff.sign_on(shop.store, HERE, staff_no, password, kind=kind)


def refusal(shop: Shop, staff_no: str = WHO, password: str = "wrong", kind: str = "sign_on") -> NotAllowed:
    with pytest.raises(NotAllowed) as refused:
        sign_on(shop, staff_no, password, kind)
    return refused.value


def standing(shop: Shop, staff_no: str = WHO, **values: Any) -> None:
    """How their tries went so far."""
    shop.add(OperatorStanding, outlet=FACTS.outlet, staff_no=staff_no, **values)


def stands(shop: Shop, staff_no: str = WHO) -> dict[str, Any]:
    rows = shop.rows(OperatorStanding, staff_no=staff_no)
    return {
        name: value
        for row in rows
        for name, value in row.__dict__.items()
        if name not in {"outlet", "staff_no", "revision", "against"}
    }


def on_record(shop: Shop) -> list[tuple[str, str, str, str]]:
    """Who did what about whom, and why, at this counter; in the order of the words."""
    return sorted(
        (row.operator, row.act, row.subject, row.reason) for row in shop.rows(AccessLog, counter=HERE.counter)
    )


def others(shop: Shop) -> list[OperatorStanding]:
    """How tries at numbers went that nobody signed on with before."""
    return [row for row in shop.rows(OperatorStanding) if row.staff_no != FACTS.clerk]


CLEAN = {
    "failed": 0,
    "language": "",
    "failed_at": "",
    "failed_since": 0,
    "last_at": "",
    "last_counter": "",
    "challenge": "",
    "challenge_at": "",
}


def test_who_signs_on_is_told_of_the_last_time_and_of_wrong_tries_since(shop: Shop) -> None:
    first = sign_on(shop, f" {WHO} ")
    (row,) = shop.rows(OperatorRow, staff_no=WHO)
    assert first == Operator(row.staff_no, row.name, row.role, row.language, LastOn(), "", None, "supervisor")
    assert stands(shop) == {**CLEAN, "last_at": shop.at(), "last_counter": "HZ0102"}
    before = shop.at()
    shop.clock.move(minutes=1)
    refusal(shop)
    refusal(shop, kind="unlock")
    assert stands(shop) == {
        **CLEAN,
        "last_at": before,
        "last_counter": "HZ0102",
        "failed": 2,
        "failed_since": 2,
        "failed_at": shop.at(),
    }
    assert sign_on(shop).last == LastOn(before, "HZ0102", 2)
    assert sign_on(shop).last == LastOn(shop.at(), "HZ0102", 0)
    assert on_record(shop) == [
        *[(WHO, "sign_on", WHO, "")] * 3,
        (WHO, "sign_on.refused", WHO, "password"),
        (WHO, "unlock.refused", WHO, "password"),
    ]


@pytest.mark.parametrize("kind", ["unlock", "approve", "password"])
def test_what_is_no_sign_on_forgets_the_tries_and_says_at_the_next_how_many_there_were(shop: Shop, kind: str) -> None:
    standing(
        shop,
        failed=3,
        failed_at=shop.at(minutes=-1),
        failed_since=4,
        last_at="t",
        last_counter="c",
        challenge="X",
        challenge_at=shop.at(),
    )
    assert sign_on(shop, kind=kind).last == LastOn("t", "c", 4)
    assert stands(shop) == {
        **CLEAN,
        "failed_at": shop.at(minutes=-1),
        "failed_since": 4,
        "last_at": "t",
        "last_counter": "c",
    }
    assert on_record(shop) == [(WHO, kind, WHO, "")]


@pytest.mark.parametrize("tries", [None, 0])
def test_an_approval_with_nothing_to_forget_is_on_record_with_what_it_approves(shop: Shop, tries: int | None) -> None:
    if tries is not None:
        standing(shop, failed=tries)
    before, entries = stands(shop), len(shop.rows(JournalEntry))
    assert sign_on(shop, kind="approve").staff_no == WHO
    assert (stands(shop), on_record(shop), len(shop.rows(JournalEntry))) == (before, [], entries)


@pytest.mark.parametrize("kind", ["unlock", "password", "sign_on"])
def test_any_other_act_is_on_record_by_itself(shop: Shop, kind: str) -> None:
    sign_on(shop, kind=kind)
    assert on_record(shop) == [(WHO, kind, WHO, "")]


def test_a_wrong_approval_is_on_record(shop: Shop) -> None:
    assert str(refusal(shop, kind="approve")) == str(staff.REFUSED)
    assert on_record(shop) == [(WHO, "approve.refused", WHO, "password")]
    assert stands(shop)["failed"] == 1


@pytest.mark.parametrize("staff_no", [WHO, "9999"])
def test_no_password_is_no_try(shop: Shop, staff_no: str) -> None:
    refused = refusal(shop, staff_no, "")
    assert (str(refused), refused.field) == ("Type the password.", "password")
    assert (others(shop), on_record(shop)) == ([], [])


# a number that nobody has


def test_a_number_that_nobody_has_is_counted_under_a_name_that_tells_nothing(shop: Shop) -> None:
    for _ in range(2):
        refused = refusal(shop, " geheim ", FACTS.password)
        assert (str(refused), refused.field) == (str(staff.REFUSED), "password")
    (row,) = others(shop)
    assert (row.staff_no[0], len(row.staff_no), row.failed, row.failed_since) == ("?", 17, 2, 2)
    (secret,) = shop.rows(Setting, name=staff.SECRET)
    assert len(secret.value) == 64
    assert on_record(shop) == [("", "sign_on.refused", "", "number")] * 2
    refusal(shop, "another")
    assert {(r.staff_no == row.staff_no, r.failed) for r in others(shop)} == {(True, 2), (False, 1)}


def test_a_number_of_another_outlet_is_nobody_s_here(shop: Shop) -> None:
    elsewhere = Station("HZ09", "HZ0901")
    with shop.store.reading() as reading:
        known = staff.look_up(reading, elsewhere, WHO)
    assert (known.row, known.tries, known.password_hash) == (None, None, staff.NOBODYS)


# pauses


@pytest.mark.parametrize(
    ("failed", "ago", "answer"),
    [
        (4, timedelta(), "right"),
        (5, timedelta(minutes=15), "right"),
        (5, timedelta(minutes=15) - TICK, "pause"),
        (5, timedelta(), "pause"),
        (6, timedelta(minutes=30) - TICK, "pause"),
        (6, timedelta(minutes=30), "right"),
        (9, timedelta(minutes=240) - TICK, "pause"),
        (9, timedelta(minutes=240), "right"),
        (10, timedelta(days=9), "locked"),
        (10, timedelta(), "locked"),
        (11, timedelta(days=9), "locked"),
    ],
)
def test_after_too_many_no_password_is_taken_for_a_time_and_then_none_at_all(
    shop: Shop, failed: int, ago: timedelta, answer: str
) -> None:
    standing(shop, failed=failed, failed_at=stamp(shop.clock.now() - ago))
    before = stands(shop)
    if answer == "right":
        assert sign_on(shop).staff_no == WHO
        return
    refused = refusal(shop, password=FACTS.password)
    assert isinstance(refused, Locked) is (answer == "locked")
    assert refused.field == ("staff_no" if answer == "locked" else "password")
    assert ("the next is taken after" in str(refused)) is (answer == "pause")
    assert (stands(shop), on_record(shop)) == (before, [])


@pytest.mark.parametrize(("failed", "state"), [(10, Locked), (9, NotAllowed)])
def test_a_lock_or_pause_without_a_time_holds_as_far_as_it_is_known(
    shop: Shop, failed: int, state: type[Exception]
) -> None:
    standing(shop, failed=failed, failed_at="")
    if failed == 10:
        with pytest.raises(state):
            sign_on(shop)
    else:
        assert sign_on(shop).staff_no == WHO


@pytest.mark.parametrize(
    ("failed", "at", "after"),
    [
        (0, "", 1),
        (3, timedelta(days=1) - TICK, 4),
        (3, timedelta(days=1), 1),
        (9, timedelta(days=1), 1),
        (9, timedelta(hours=5), 10),
        (3, "", 1),
    ],
)
def test_wrong_tries_are_forgotten_after_a_day_but_told_at_the_next_sign_on(
    shop: Shop, failed: int, at: timedelta | str, after: int
) -> None:
    standing(
        shop, failed=failed, failed_at=stamp(shop.clock.now() - at) if isinstance(at, timedelta) else at, failed_since=7
    )
    refusal(shop)
    now = stands(shop)
    assert (now["failed"], now["failed_since"], now["failed_at"]) == (after, 8, shop.at())


def test_of_many_tries_at_once_those_after_the_last_free_one_do_not_count(
    shop: Shop, monkeypatch: pytest.MonkeyPatch
) -> None:
    """While one password was looked at, others were wrong: also the right one is not taken any more."""

    def meanwhile(_stored: str, typed: str) -> bool:
        standing(shop, failed=5, failed_at=shop.at())
        return typed == FACTS.password

    monkeypatch.setattr(staff, "matches", meanwhile)
    assert "the next is taken after" in str(refusal(shop, password=FACTS.password))


# who may be here


@pytest.mark.parametrize(
    ("state", "told"), [("locked", "headquarters unlocks it"), ("left", "works here no more"), ("active", "")]
)
def test_who_is_locked_or_gone_is_told_so_only_with_the_right_password(shop: Shop, state: str, told: str) -> None:
    shop.alter(OperatorRow, {"staff_no": WHO}, state=state)
    assert str(refusal(shop)) == str(staff.REFUSED)
    if state == "active":
        assert sign_on(shop).staff_no == WHO
        return
    failed = stands(shop)
    refused = refusal(shop, password=FACTS.password)
    assert told in str(refused)
    assert refused.field == "staff_no"
    assert stands(shop) == failed
    assert on_record(shop) == [(WHO, "sign_on.refused", WHO, why) for why in sorted({state, "password"})]


@pytest.mark.parametrize("kind", ["approve", "sign_on", "unlock", "password"])
def test_an_approval_takes_no_password_that_must_be_changed(shop: Shop, kind: str) -> None:
    shop.alter(OperatorRow, {"staff_no": WHO}, password_use="initial")
    if kind != "approve":
        assert sign_on(shop, kind=kind).change == "initial"
        return
    refused = refusal(shop, password=FACTS.password, kind=kind)
    assert (str(refused), refused.field) == (
        "This password must be changed first: sign on with it.",
        "password",
    )
    assert str(refusal(shop, kind=kind)) == str(staff.REFUSED)


@pytest.mark.parametrize(("days", "change", "left"), [(91, "expired", None), (85, "", 6), (10, "", None)])
def test_a_chosen_password_lasts_ninety_days_and_says_so_near_the_end(
    shop: Shop, days: int, change: str, left: int | None
) -> None:
    (row,) = shop.rows(OperatorRow, staff_no=WHO)
    shop.add(
        OperatorPassword,
        staff_no=WHO,
        number=1,
        outlet=FACTS.outlet,
        password_hash="h",
        replaces=digest(row.password_hash),
        made_at=shop.at(days=-days),
    )
    person = sign_on(shop)
    assert (person.change, person.days_left) == (change, left)


# choosing another one


@pytest.mark.parametrize("before", [0, 1, 3])
def test_a_chosen_password_is_put_on_record_after_those_before(shop: Shop, before: int) -> None:
    (row,) = shop.rows(OperatorRow, staff_no=WHO)
    for number in range(1, before + 1):
        shop.add(
            OperatorPassword,
            staff_no=WHO,
            number=number,
            outlet=FACTS.outlet,
            password_hash=hashed("old"),
            replaces=digest(row.password_hash),
            made_at=shop.at(days=-9),
        )
    staff.change_password(shop.store, HERE, WHO, FACTS.password, "Bambus-2026!")
    chosen = shop.rows(OperatorPassword, staff_no=WHO, order=("number",))
    assert [each.number for each in chosen] == list(range(1, before + 2))
    assert (chosen[-1].outlet, chosen[-1].replaces) == (FACTS.outlet, digest(row.password_hash))
    assert chosen[-1].made_at == shop.at()
    assert on_record(shop) == [(WHO, "password", WHO, ""), (WHO, "password.changed", WHO, "")]


def test_a_wrong_old_one_changes_nothing_and_is_counted(shop: Shop) -> None:
    with pytest.raises(NotAllowed, match="wrong"):
        staff.change_password(shop.store, HERE, WHO, "wrong", "Bambus-2026!")
    assert (shop.rows(OperatorPassword), stands(shop)["failed"]) == ([], 1)
    assert on_record(shop) == [(WHO, "password.refused", WHO, "password")]


@pytest.mark.parametrize("new", ["short1!", "demo-1234"])
def test_one_that_breaks_a_rule_is_not_taken(shop: Shop, new: str) -> None:
    with pytest.raises(NotAllowed):
        staff.change_password(shop.store, HERE, WHO, FACTS.password, new)
    assert shop.rows(OperatorPassword) == []
