"""A supervisor's word over a form: who may give it, to what, for how long; and what a code is used up by."""

from __future__ import annotations

from typing import Any

import pytest

from boss_tui.answers.business import DraftView
from boss_tui.desk import codes, staff
from data.errors import BadForm, NotAllowed
from data.parameters import APPROVAL_MINUTES
from data.tables.finance import Shift
from data.tables.organisation import Authority, Grant, RoleRight, Tries
from data.tables.sync import AccessLog
from tests.boss_tui.desk.shop import Shop
from tests.hall import FACTS

CODE = "12-483920"
DUE = 1_000


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """Passwords and codes are compared as they are: hashing them is another's to hold."""
    monkeypatch.setattr(staff, "matches", lambda stored, typed: stored != staff.NOBODYS and typed == FACTS.password)
    monkeypatch.setattr(codes, "matches", lambda stored, typed: stored == typed)
    monkeypatch.setattr(codes, "hashed", lambda typed: f"none of {typed}")


def supervised(shop: Shop, *roles: str, approval: str = "supervised") -> None:
    for role in roles or ("clerk",):
        shop.alter(RoleRight, {"role": role, "business": "C2"}, approval=approval)


def form(shop: Shop, **typed: Any) -> DraftView:
    """A C2 that wants a supervisor's word."""
    if not typed:
        supervised(shop)
    view = shop.desk.forms.begin("C2", {**shop.desk.forms.example("C2"), **typed})
    assert view.quote.due == DUE
    return view


def code(shop: Shop, **values: Any) -> None:
    standard = {
        "outlet": FACTS.outlet,
        "number": 12,
        "kind": "code",
        "supervisor": FACTS.supervisor,
        "secret_hash": CODE,
        "made_at": shop.at(),
        "valid_until": shop.at(hours=1),
    }
    shop.add(Authority, id="code", **{**standard, **values})


def refused(shop: Shop, view: DraftView, staff_no: str, password: str, seen: str = "") -> tuple[str, str]:
    """What is said, and beside which field; nothing is given by it."""
    with pytest.raises(NotAllowed) as refusal:
        shop.desk.approvals.approve(view.id, staff_no, password, seen=seen)
    assert shop.rows(Grant) == []
    return str(refusal.value), refusal.value.field


def given(shop: Shop, view: DraftView) -> list[tuple[str, str, str, str | None]]:
    return [(g.rule, g.supervisor, g.expires_at, g.authority) for g in shop.rows(Grant, draft_id=view.id)]


@pytest.mark.parametrize(
    ("staff_no", "password", "told", "field"),
    [
        (FACTS.supervisor, FACTS.password, "", ""),
        (FACTS.manager, FACTS.password, "", ""),
        (FACTS.supervisor, "wrong", "Staff number or password is wrong.", "password"),
        ("1002", FACTS.password, "Another person who is a supervisor must approve.", "staff_no"),
        (FACTS.clerk, FACTS.password, "Another person who is a supervisor must approve.", "staff_no"),
        ("", FACTS.password, "Staff number or password is wrong.", "password"),
    ],
)
def test_another_person_who_is_a_supervisor_allows_it_for_some_minutes(
    shop: Shop, staff_no: str, password: str, told: str, field: str
) -> None:
    view = form(shop)
    if told:
        assert refused(shop, view, staff_no, password) == (told, field)
        return
    allowed = shop.desk.approvals.approve(view.id, staff_no, password)
    assert allowed.qualification.verdict == "yes"
    assert given(shop, view) == [("right", staff_no, shop.at(minutes=APPROVAL_MINUTES.first), None)]


@pytest.mark.parametrize(
    ("at", "by", "may"),
    [
        (FACTS.supervisor, FACTS.supervisor, False),
        (FACTS.supervisor, FACTS.manager, True),
    ],
)
def test_a_supervisor_at_the_counter_asks_another(shop: Shop, at: str, by: str, may: bool) -> None:
    supervised(shop, "supervisor")
    shop.alter(Shift, {"till": FACTS.counter, "state": "open"}, operator=at)
    shop.desk = shop.counter(at, FACTS.counter)
    view = shop.desk.forms.begin("C2", shop.desk.forms.example("C2"))
    assert view.qualification.verdict == "override"
    if may:
        assert shop.desk.approvals.approve(view.id, by, FACTS.password).qualification.verdict == "yes"
    else:
        assert refused(shop, view, by, FACTS.password)[0] == "Another person who is a supervisor must approve."


def test_who_may_not_do_it_either_can_not_allow_it(shop: Shop) -> None:
    view = form(shop)
    supervised(shop, "supervisor")
    told, field = refused(shop, view, FACTS.supervisor, FACTS.password)
    assert told.startswith("Who approves may not do this either: A supervisor must approve this business")
    assert field == "staff_no"
    assert shop.desk.approvals.approve(view.id, FACTS.manager, FACTS.password).qualification.verdict == "yes"


@pytest.mark.parametrize("less", [0, 1])
def test_nor_with_so_much(shop: Shop, less: int) -> None:
    typed = shop.desk.forms.example("C12")
    due = shop.desk.forms.begin("C12", typed).quote.due
    shop.alter(RoleRight, {"role": "clerk", "business": "C12"}, amount_limit=due - 1)
    shop.alter(RoleRight, {"role": "supervisor", "business": "C12"}, amount_limit=due - less)
    view = shop.desk.forms.begin("C12", typed)
    if less:
        assert "Who approves may not" in refused(shop, view, FACTS.supervisor, FACTS.password)[0]
    else:
        assert shop.desk.approvals.approve(view.id, FACTS.supervisor, FACTS.password).qualification.verdict == "yes"
        assert [rule for rule, _, _, _ in given(shop, view)] == ["amount"]


def test_where_nobody_s_word_is_wanting_nothing_happens(shop: Shop) -> None:
    supervised(shop, approval="alone")
    view = shop.desk.forms.begin("C2", shop.desk.forms.example("C2"))
    before = len(shop.rows(AccessLog))
    assert shop.desk.approvals.approve(view.id, "nobody", "wrong") == shop.desk.forms.quote(view.id)
    assert (given(shop, view), len(shop.rows(AccessLog))) == ([], before)


@pytest.mark.parametrize("by", [(FACTS.supervisor, FACTS.password), (CODE, "")])
def test_what_is_wrong_stands_beside_its_field_first(shop: Shop, by: tuple[str, str]) -> None:
    code(shop)
    view = form(shop)
    shop.desk.forms.fill(view.id, {"number": "123"})
    with pytest.raises(BadForm):
        shop.desk.approvals.approve(view.id, *by)
    assert (shop.rows(Grant), shop.one(Authority, id="code").state) == ([], "active")


@pytest.mark.parametrize("by", [(FACTS.supervisor, FACTS.password), (CODE, "")])
def test_what_can_not_be_done_at_all_is_not_allowed_by_anybody(shop: Shop, by: tuple[str, str]) -> None:
    code(shop)
    view = form(shop)
    shop.alter(Shift, {"till": FACTS.counter, "state": "open"}, state="closed")
    assert "shift" in refused(shop, view, *by)[0]
    assert (shop.one(Authority, id="code").state, shop.rows(Tries)) == ("active", [])


@pytest.mark.parametrize("by", [(FACTS.supervisor, FACTS.password), (CODE, "")])
def test_what_has_changed_since_it_was_shown_is_looked_at_again(shop: Shop, by: tuple[str, str]) -> None:
    code(shop)
    view = form(shop)
    assert view.shown
    assert refused(shop, view, *by, seen="another")[0] == "It has changed meanwhile: look at it again."
    assert (shop.one(Authority, id="code").state, shop.rows(Tries)) == ("active", [])
    assert shop.desk.approvals.approve(view.id, *by, seen=view.shown).qualification.verdict == "yes"


@pytest.mark.parametrize("by", [(FACTS.supervisor, FACTS.password), (CODE, "")])
def test_what_changes_while_the_password_is_looked_at_is_looked_at_again(
    shop: Shop, by: tuple[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    code(shop)
    view = form(shop)

    def meanwhile(_stored: str, _typed: str) -> bool:
        shop.desk.forms.fill(view.id, {"document_number": FACTS.customers[1].document_number})
        return True

    for where in (staff, codes):
        monkeypatch.setattr(where, "matches", meanwhile)
    assert refused(shop, view, *by)[0] == "It has changed meanwhile: look at it again."
    assert shop.one(Authority, id="code").state == "active"


@pytest.mark.parametrize(
    ("bounds", "reaches"),
    [
        ({}, True),
        ({"business": "C2"}, True),
        ({"business": "C8"}, False),
        ({"operator": FACTS.clerk}, True),
        ({"operator": "1002"}, False),
        ({"amount_limit": DUE}, True),
        ({"amount_limit": DUE - 1}, False),
        ({"business": "C2", "operator": "1002"}, False),
    ],
)
def test_a_code_is_used_up_by_what_it_reaches(shop: Shop, bounds: dict[str, Any], reaches: bool) -> None:
    code(shop, **bounds)
    view = form(shop)
    if not reaches:
        assert refused(shop, view, CODE, "") == ("This code does not reach so far: ask for another.", "staff_no")
        assert (shop.one(Authority, id="code").state, shop.one(Authority, id="code").uses_left) == ("active", 1)
        return
    assert shop.desk.approvals.approve(view.id, f" {CODE} ", "").qualification.verdict == "yes"
    assert given(shop, view) == [("right", FACTS.supervisor, shop.at(minutes=APPROVAL_MINUTES.first), "code")]
    assert (shop.one(Authority, id="code").state, shop.one(Authority, id="code").uses_left) == ("used_up", 0)
    (row,) = shop.rows(AccessLog, act="authority")
    assert (row.subject, row.reason) == (f"{FACTS.outlet} code 12 C2", FACTS.supervisor)


@pytest.mark.parametrize(("minutes", "holds"), [(APPROVAL_MINUTES.first + 1, APPROVAL_MINUTES.first), (4, 4)])
def test_it_holds_no_longer_than_the_code_it_was_given_by(shop: Shop, minutes: int, holds: int) -> None:
    code(shop, valid_until=shop.at(minutes=minutes))
    view = form(shop)
    shop.desk.approvals.approve(view.id, CODE, "")
    assert [until for _, _, until, _ in given(shop, view)] == [shop.at(minutes=holds)]


# tries at codes


def tries(shop: Shop) -> dict[str, tuple[int, str]]:
    return {row.subject: (row.tries, row.last_at) for row in shop.rows(Tries)}


@pytest.mark.parametrize(
    "values",
    [
        {"secret_hash": "12-000000"},
        {"state": "withdrawn"},
        {"state": "used_up"},
        {"uses_left": 0},
        {"valid_until": ""},
        {"number": 13},
        {"outlet": "HZ02"},
        {"supervisor": FACTS.clerk},
    ],
)
def test_a_code_that_is_none_now_is_refused_and_counted(shop: Shop, values: dict[str, Any]) -> None:
    code(shop, **values)
    view = form(shop)
    told = ("There is no such code, or it is used or out of time.", "staff_no")
    assert refused(shop, view, CODE, "") == told
    found = values == {"secret_hash": "12-000000"}
    assert tries(shop) == {"codes": (1, shop.at()), **({"code 12": (1, shop.at())} if found else {})}


def test_a_right_code_is_not_counted(shop: Shop) -> None:
    code(shop)
    view = form(shop)
    before = shop.at()
    refused(shop, view, "99-1", "")
    shop.clock.move(seconds=30)
    shop.desk.approvals.approve(view.id, CODE, "")
    assert {subject: count for subject, (count, _) in tries(shop).items()} == {"codes": 1, "code 12": 0}
    assert tries(shop)["codes"][1] > before


@pytest.mark.parametrize(("wrong", "after"), [(3, "active"), (4, "withdrawn")])
def test_a_code_is_one_no_more_after_five_wrong_tries(shop: Shop, wrong: int, after: str) -> None:
    code(shop, secret_hash="12-000000")
    view = form(shop)
    shop.add(Tries, outlet=FACTS.outlet, subject="code 12", tries=wrong, last_at=shop.at())
    refused(shop, view, CODE, "")
    assert shop.one(Authority, id="code").state == after


def test_while_a_pause_lasts_no_code_is_looked_at(shop: Shop) -> None:
    code(shop)
    view = form(shop)
    shop.add(Tries, outlet=FACTS.outlet, subject="codes", tries=5, last_at=shop.at(seconds=-14))
    told, field = refused(shop, view, CODE, "")
    assert told.startswith("Too many wrong codes: the next is taken after 09:15:01.")
    assert field == "staff_no"
    shop.clock.move(seconds=1)
    assert shop.desk.approvals.approve(view.id, CODE, "").qualification.verdict == "yes"
