"""Who looks after the staff: passwords that the office gives, editions that are taken over, what is still held."""

from __future__ import annotations

import json
from typing import Any

import pytest

from boss_tui.answers.hall import Bounds
from boss_tui.components.operators.passwords import matches
from boss_tui.components.operators.staff_passwords import must_be_good, one_time
from boss_tui.editions.lines import Op, RowEdit
from boss_tui.headquarters import desk as offices
from boss_tui.headquarters.office import Office
from data.clock import SeededClock
from data.errors import Locked, NotAllowed, NotFound
from data.journal import Author
from data.tables.edition import Edition, EditionLine
from data.tables.finance import Shift
from data.tables.organisation import Operator
from data.tables.sync import FeedItem
from tests.boss_tui.components.rows import row
from tests.hall import FACTS, START, Hall
from tests.handed import handed_change
from tests.head_office import CHECKER, KEY, MAKER, HeadOffice

pytestmark = pytest.mark.light

OWN = "Neu-Kennwort-2026"


def edition(*rows: dict[str, Any]) -> dict[str, Any]:
    return {"title": "Staff", "reason": "to see", "rows": list(rows)}


def test_a_one_time_password_is_good_by_the_rules_and_another_each_time() -> None:
    clock = SeededClock(START)
    found = {one_time(clock.random_bits) for _ in range(50)}
    assert len(found) == 50
    for password in found:
        must_be_good(password, row(Operator, staff_no="1", name="x"), "manager")


def test_who_forgot_theirs_gets_one_that_must_be_changed(head_office: HeadOffice) -> None:
    given = head_office.maker.personnel.give_password(CHECKER, "forgot it")
    assert (given.staff_no, given.state) == (CHECKER, "in_force")
    desk = offices.desk(Office(head_office.store, KEY))
    with pytest.raises(NotAllowed, match="password is wrong"):
        desk.signing.sign_on(CHECKER, "demo-1234")
    assert desk.signing.sign_on(CHECKER, given.password).change == "initial"
    with pytest.raises(NotAllowed, match="Change the password that headquarters gave you first"):
        desk.editions.listed()
    desk.signing.change_password(given.password, OWN)
    assert desk.editions.reviews()[0].number == given.edition  # another person looks at it afterwards
    assert head_office.is_sound()


def test_wrong_tries_were_at_the_old_password(head_office: HeadOffice) -> None:
    desk = offices.desk(Office(head_office.store, KEY))
    clock: Any = head_office.store.clock
    for _ in range(10):
        with pytest.raises(NotAllowed):
            desk.signing.sign_on(CHECKER, "wrong")
        clock.move(hours=4, minutes=1)
    with pytest.raises(Locked):
        desk.signing.sign_on(CHECKER, "demo-1234")
    given = head_office.maker.personnel.give_password(CHECKER, "locked out")
    with pytest.raises(NotAllowed, match="password is wrong"):
        desk.signing.sign_on(CHECKER, "wrong")
    assert desk.signing.sign_on(CHECKER, given.password).last.failed == 11  # it is told that there were so many


def test_somebody_new_signs_on_nowhere_without_one_and_gets_it_with_their_edition(head_office: HeadOffice) -> None:
    values = {"staff_no": "991", "name": "李雷", "outlet": "HQ", "role": "office"}
    head_office.maker.managing.add("M7/operator", values, title="New", reason="hired")
    given = head_office.maker.personnel.give_password("991")
    assert given.state == "draft"
    draft = head_office.maker.editions.submit(str(given.edition))
    assert head_office.rows(Operator, staff_no="991") == []
    head_office.checker.editions.approve(draft.id)
    (person,) = head_office.rows(Operator, staff_no="991")
    assert matches(person.password_hash, given.password)
    assert person.password_use == "initial"
    assert head_office.is_sound()


def test_the_first_one_needs_no_reason_and_another_does(head_office: HeadOffice) -> None:
    about = {"staff_no": "991", "name": "李雷", "outlet": "HQ", "role": "office"}
    made = head_office.maker.managing.make("M7", edition({"table": "operator", "op": "add", "values": about}))
    head_office.checker.editions.approve(made.edition.id)
    given = head_office.maker.personnel.give_password("991")
    assert (given.state, len(head_office.checker.editions.reviews())) == ("in_force", 1)
    with pytest.raises(NotAllowed) as refused:
        head_office.maker.personnel.give_password("991")
    assert refused.value.field == "reason"
    assert head_office.is_sound()


def test_without_one_nobody_signs_on(head_office: HeadOffice) -> None:
    about = {"staff_no": "991", "name": "李雷", "outlet": "HQ", "role": "office"}
    made = head_office.maker.managing.make("M7", edition({"table": "operator", "op": "add", "values": about}))
    head_office.checker.editions.approve(made.edition.id)
    for password in ("", " ", "991"):
        with pytest.raises(NotAllowed):
            offices.desk(Office(head_office.store, KEY)).signing.sign_on("991", password)


@pytest.mark.parametrize(
    ("staff_no", "reason", "field"),
    [(MAKER, "x", "staff_no"), ("nobody", "x", "staff_no"), ("", "x", "staff_no"), ("1001", " ", "reason")],
)
def test_a_password_is_not_given_so(head_office: HeadOffice, staff_no: str, reason: str, field: str) -> None:
    with pytest.raises(NotAllowed) as refused:
        head_office.maker.personnel.give_password(staff_no, reason)
    assert refused.value.field == field
    assert head_office.rows(Edition) == []


def test_a_hash_goes_to_its_own_hall_alone_and_is_shown_to_nobody(head_office: HeadOffice) -> None:
    given = head_office.maker.personnel.give_password("1001", "forgot it")
    (person,) = head_office.rows(Operator, staff_no="1001")
    told = [item for item in head_office.rows(FeedItem) if person.password_hash in item.body]
    assert [item.scope for item in told] == ["outlet:HZ01"]
    assert given.password not in "".join(line.after for line in head_office.rows(EditionLine))
    found = head_office.checker.editions.show(str(given.edition))
    shown = {each.column: (each.before, each.after) for each in found.differences}
    assert shown["password_hash"] == ("***", "***")
    (line,) = head_office.rows(EditionLine)
    assert json.loads(line.after)["password_hash"] == person.password_hash


def test_a_hall_gives_no_passwords(hall: Hall) -> None:
    with pytest.raises(NotAllowed, match="office gives passwords"):
        hall.counter(FACTS.manager, "HZ0102").personnel.give_password(FACTS.clerk, "x")


# who leaves


def test_all_that_somebody_holds_comes_up_and_the_drawer_first(hall: Hall) -> None:
    desk = hall.counter(FACTS.supervisor, "HZ0102")
    view = hall.filled()
    desk.approvals.grant(Bounds(4, operator=FACTS.clerk, business="C12"))
    found = desk.personnel.leaving(FACTS.clerk)
    told = [str(each.what) for each in found]
    assert found[0].first
    assert told[0].startswith("A drawer at till HZ0101 of HZ01, since 2026-11-23")
    assert any(one.startswith(f"Form {view.number} of C1, at HZ0101 (it keeps 2 of the stock)") for one in told)
    assert any(one.startswith("Authority 1 for them, by 2001") for one in told)
    assert [str(each.what) for each in desk.personnel.leaving(FACTS.supervisor)] == [
        "Authority 1 of theirs, 1 more time"
    ]
    assert desk.personnel.leaving(FACTS.manager) == []
    with pytest.raises(NotFound):
        desk.personnel.leaving("3001")  # not of this hall
    with pytest.raises(NotAllowed, match="A supervisor looks after"):
        hall.desk.personnel.leaving(FACTS.clerk)


def test_what_a_leaver_left_is_told_until_somebody_has_seen_to_it(hall: Hall) -> None:
    desk, other = hall.counter(FACTS.supervisor, "HZ0102"), hall.counter("1002", "HZ0103")
    view = hall.filled()
    assert desk.personnel.leavers() == []  # who is at work has left nothing
    handed_change(hall.store, Operator, staff_no=FACTS.clerk, state="left")
    (left,) = desk.personnel.leavers()
    assert left.staff_no == FACTS.clerk
    assert [str(each.what).split(",")[0] for each in left.left] == [
        "A drawer at till HZ0101 of HZ01",
        f"Form {view.number} of C1",
    ]
    assert other.personnel.leavers() == []  # a clerk is not told
    (line,) = [each for each in desk.day.check() if each.key == "left"]
    assert (line.kind, line.count, f"Form {view.number} of C1" in str(line.detail)) == ("staff", 1, True)
    counted = {10_000: 5}
    desk.till.close_shift(counted, of=FACTS.clerk)
    other.forms.recall(view.number)
    assert desk.personnel.leavers() == []


def test_what_somebody_allowed_ends_with_them(hall: Hall) -> None:
    hall.counter(FACTS.supervisor, "HZ0102").approvals.grant(Bounds(4, operator=FACTS.clerk))
    manager = hall.counter(FACTS.manager, "HZ0103")
    assert manager.approvals.authorities()
    handed_change(hall.store, Operator, staff_no=FACTS.supervisor, state="left")
    assert manager.approvals.authorities() == []


def test_an_edition_is_taken_over_from_who_left(head_office: HeadOffice) -> None:
    made = head_office.made("M6")
    with pytest.raises(NotAllowed, match="3001 still works here"):
        head_office.checker.personnel.take_over(made.edition.number)
    ended = head_office.checker.managing.make("M7", edition({"table": "operator", "op": "end", "key": MAKER}))
    third = head_office.at_work("3003")
    told = [str(each.what) for each in third.personnel.leaving(MAKER)]
    assert told == [f"Edition {made.edition.number}: M6 example (waits for approval)"]
    assert third.personnel.leavers() == []
    third.editions.approve(ended.edition.id)
    (left,) = third.personnel.leavers()
    assert (left.staff_no, [str(each.what) for each in left.left]) == (MAKER, told)
    taken = third.personnel.take_over(made.edition.number)
    assert third.personnel.leavers() == []
    assert (taken.author, taken.state) == ("3003", "draft")
    third.editions.submit(taken.id)
    assert head_office.checker.editions.approve(taken.id).state == "in_force"
    with pytest.raises(NotFound):
        third.personnel.take_over(99)
    assert head_office.is_sound()


@pytest.mark.parametrize(
    ("op", "values", "warned"),
    [
        ("end", {}, True),
        ("change", {"state": "locked"}, True),
        ("change", {"outlet": "HQ"}, True),
        ("change", {"name": "李雷"}, False),
    ],
)
def test_what_somebody_holds_is_told_before_their_leaving_is_decided(
    head_office: HeadOffice, op: Op, values: dict[str, str], warned: bool
) -> None:
    with head_office.store.transaction(Author("HZ01", "shift.open", "1001"), journalled=False) as tx:
        about = {"business_date": "2026-11-23", "opened_at": tx.now()}
        tx.add(Shift, id="s", outlet="HZ01", till="HZ0101", operator="1001", **about)
    draft = head_office.maker.editions.new("M7", "A dismissal", "because")
    head_office.maker.editions.put(draft.id, [RowEdit("operator", ("1001",), op, values)])
    for desk in (head_office.maker, head_office.checker):
        told = [str(each) for each in desk.editions.show(draft.id).warnings]
        assert any("A drawer at till HZ0101 of HZ01, since 2026-11-23. A supervisor counts" in one for one in told) is (
            warned
        )
        assert any("They are kept by the hall" in one for one in told) is warned
    if "outlet" not in values:  # who moves closes it first: that is no warning, it is refused
        head_office.maker.editions.submit(draft.id)
        assert bool(head_office.checker.editions.show(draft.id).warnings) is warned


# who is at work


def test_who_is_at_work_is_told_by_counter(hall: Hall) -> None:
    view = hall.filled()
    supervisor = hall.counter(FACTS.supervisor, "HZ0102")
    found = {each.counter: each for each in supervisor.personnel.now()}
    clerk = found[FACTS.counter]
    assert (clerk.staff_no, clerk.forms, clerk.drawer, clerk.locked) == (FACTS.clerk, (view.code,), True, False)
    assert (found["HZ0102"].staff_no, found["HZ0102"].forms, found["HZ0102"].drawer) == (FACTS.supervisor, (), False)
    hall.desk.signing.lock()
    assert {each.counter: each.locked for each in supervisor.personnel.now()} == {FACTS.counter: True, "HZ0102": False}
    hall.desk.signing.unlock(FACTS.password)
    assert not any(each.locked for each in supervisor.personnel.now())
    hall.desk.signing.sign_off()
    assert [each.counter for each in supervisor.personnel.now()] == ["HZ0102"]
    with pytest.raises(NotAllowed):
        hall.counter(FACTS.clerk, FACTS.counter).personnel.now()
