"""Drafts: whose they are, how long they last, who may take them up again. Each rule at the edge where it turns."""

from __future__ import annotations

import json
from datetime import timedelta
from typing import Any

import pytest

from boss_tui.answers.business import Notice
from boss_tui.business.registry import BUSINESSES
from boss_tui.components.wording import masked_name
from boss_tui.desk import drafts, held
from boss_tui.desk.station import HeldForm, Operator, Station
from data.clock import stamp
from data.errors import Expired, NotAllowed, NotFound
from data.message import say
from data.tables.customer import Customer
from data.tables.order import Draft, Process, Sequence, Subscription
from data.tables.resource import Reservation
from tests.boss_tui.desk.shop import Shop
from tests.hall import FACTS

HERE = Station(FACTS.outlet, "HZ0101")
ME = Operator("1001", "王芳", "clerk", "zh_CN")
MINE = {"operator": "1001", "counter": "HZ0101"}
ELSEWHERE = {"operator": "1002", "counter": "HZ0102"}
TICK = timedelta(microseconds=1)


def draft(shop: Shop, key: str = "a", **values: Any) -> Draft:
    """A draft of C12 that somebody else is in, with something typed into it, for an hour more."""
    standard = {
        "number": 900,
        "code": "C12",
        "state": "open",
        "values_json": '{"number": "x"}',
        "created_at": shop.at(),
        "touched_at": shop.at(),
        "expires_at": shop.at(hours=1),
        **ELSEWHERE,
    }
    row: Draft = shop.add(Draft, id=key, **{**standard, **values})
    return row


@pytest.mark.parametrize(("code", "minutes"), [("C1", 45), ("C12", 1)])
def test_a_new_one_has_the_next_number_and_the_time_of_its_process(shop: Shop, code: str, minutes: int) -> None:
    shop.alter(Process, {"business": code}, draft_minutes=minutes)
    before = [row.value for row in shop.rows(Sequence, name="draft")] or [0]
    with shop.work() as tx:
        made = [drafts.begin(tx, HERE, ME, code) for _ in range(2)]
    assert [row.number for row in made] == [before[0] + 1, before[0] + 2]
    for row in made:
        assert (row.code, row.state, row.operator, row.counter) == (code, "open", "1001", "HZ0101")
        assert (row.created_at, row.touched_at) == (shop.at(), shop.at())
        assert row.expires_at == shop.at(minutes=minutes)
        assert json.loads(row.values_json) == {}


@pytest.mark.parametrize(
    ("state", "left", "error"),
    [
        ("open", TICK, None),
        ("held", TICK, None),
        ("open", timedelta(), Expired),
        ("held", timedelta(), Expired),
        ("open", -TICK, Expired),
        ("expired", TICK, Expired),
        ("expired", -TICK, Expired),
        ("completed", TICK, NotAllowed),
        ("abandoned", TICK, NotAllowed),
        ("completed", -TICK, NotAllowed),
        ("abandoned", -TICK, NotAllowed),
    ],
)
def test_it_can_be_worked_on_until_its_time_is_over(
    shop: Shop, state: str, left: timedelta, error: type[Exception] | None
) -> None:
    row = draft(shop, state=state, expires_at=stamp(shop.clock.now() + left))
    with shop.store.reading() as reading:
        if error is None:
            assert drafts.current(reading, "a") == row
            return
        with pytest.raises(error) as refused:
            drafts.current(reading, "a")
    assert type(refused.value) is error


def test_there_is_none_of_another_key(shop: Shop) -> None:
    with shop.store.reading() as reading, pytest.raises(NotFound, match="no such form"):
        drafts.current(reading, "b")


@pytest.mark.parametrize("state", ["open", "held", "expired"])
def test_nobody_has_ended_what_can_be_worked_on_or_ran_out(shop: Shop, state: str) -> None:
    draft(shop, state=state)
    with shop.store.reading() as reading:
        assert drafts.ended(reading, "a") is None


def test_who_ended_it_is_told_by_the_order_else_by_who_had_it_last(shop: Shop) -> None:
    draft(shop, state="abandoned")
    done = shop.open_account()
    shop.alter(Draft, {"order_id": done.order_id}, operator="1002", counter="HZ0102")
    (of_order,) = shop.rows(Draft, order_id=done.order_id)
    with shop.store.reading() as reading:
        assert str(drafts.ended(reading, "a")) == "This form has ended, with 1002 at HZ0102: given up."
        told = f"This form is completed, by 1001 at HZ0101: order {done.serial}."
        assert str(drafts.ended(reading, of_order.id)) == told


LEFT = [
    # whose it is, what is on a screen, what was typed, minutes left → whether it is offered, whether others see it
    ({**MINE}, set(), "x", 1, True, False),
    ({**MINE}, {"a"}, "x", 1, False, False),
    ({**MINE}, {"b"}, "x", 1, True, False),
    ({"operator": "1002", "counter": "HZ0101"}, set(), "x", 1, True, False),
    ({"operator": "1001", "counter": "HZ0102"}, set(), "x", 1, True, False),
    ({**ELSEWHERE}, set(), "x", 1, False, True),
    ({**ELSEWHERE}, {"a"}, "x", 1, False, True),
    ({**MINE}, set(), "", 1, False, False),
    ({**ELSEWHERE}, set(), "", 1, False, False),
    ({**MINE}, set(), "x", 0, False, False),
    ({**ELSEWHERE}, set(), "x", 0, False, False),
]


@pytest.mark.parametrize(("whose", "here", "typed", "minutes", "offered", "seen"), LEFT)
def test_what_was_left_unfinished_is_offered_to_its_counter_and_its_operator(
    shop: Shop, whose: dict[str, str], here: set[str], typed: str, minutes: int, offered: bool, seen: bool
) -> None:
    draft(shop, **whose, values_json=json.dumps({"number": typed, "name": ""}), expires_at=shop.at(minutes=minutes))
    with shop.store.reading() as reading:
        assert [f.number for f in held.waiting(reading, HERE, ME, here)] == ([900] if offered else [])
        assert [f.number for f in held.in_work(reading, HERE, ME)] == ([900] if seen else [])
    with shop.work() as tx:
        if offered:
            taken = drafts.recall(tx, 900, HERE, ME, here)
            assert (taken.id, taken.state, taken.operator, taken.counter) == ("a", "open", "1001", "HZ0101")
        else:
            with pytest.raises(NotFound, match="No held form has the number 900"):
                drafts.recall(tx, 900, HERE, ME, here)


@pytest.mark.parametrize("state", ["held", "completed", "abandoned", "expired"])
def test_what_was_put_aside_waits_for_everybody_and_what_has_ended_for_nobody(shop: Shop, state: str) -> None:
    draft(shop, state=state, collection="HZ0102", touched_at=shop.at(minutes=-5))
    with shop.store.reading() as reading:
        assert [f.number for f in held.waiting(reading, HERE, ME, {"a"})] == ([900] if state == "held" else [])
        assert held.in_work(reading, HERE, ME) == []
    with shop.work() as tx:
        if state != "held":
            with pytest.raises(NotFound):
                drafts.recall(tx, 900, HERE, ME, set())
            return
        taken = drafts.recall(tx, 900, HERE, ME, set())
    assert (taken.state, taken.collection, taken.operator, taken.counter) == ("open", "", "1001", "HZ0101")
    assert taken.touched_at == shop.at()


def test_a_held_one_that_is_past_its_time_is_not_taken_up(shop: Shop) -> None:
    draft(shop, state="held", expires_at=shop.at())
    with shop.work() as tx, pytest.raises(Expired):
        drafts.recall(tx, 900, HERE, ME, set())
    assert shop.one(Draft, id="a").state == "held"


def test_of_two_with_one_number_the_newer_is_taken_up(shop: Shop) -> None:
    for key, age in (("old", -9), ("new", -1), ("middle", -5)):
        draft(shop, key, state="held", created_at=shop.at(minutes=age))
    with shop.work() as tx:
        assert drafts.recall(tx, 900, HERE, ME, set()).id == "new"


def test_what_waits_is_told_oldest_first_and_by_number(shop: Shop) -> None:
    for number, state, age, whose in [
        (903, "held", -1, ELSEWHERE),
        (901, "open", -2, MINE),
        (904, "held", -3, MINE),
        (902, "held", -1, ELSEWHERE),
    ]:
        draft(shop, str(number), number=number, state=state, touched_at=shop.at(minutes=age), **whose)
    with shop.store.reading() as reading:
        told = [(f.number, f.unfinished) for f in held.waiting(reading, HERE, ME, set())]
    assert told == [(904, False), (901, True), (902, False), (903, False)]


def test_what_others_are_in_is_told_oldest_first(shop: Shop) -> None:
    for number, age in ((903, -1), (901, -1), (902, -3)):
        draft(shop, str(number), number=number, touched_at=shop.at(minutes=age))
    with shop.store.reading() as reading:
        assert [f.number for f in held.in_work(reading, HERE, ME)] == [902, 901, 903]


@pytest.mark.parametrize(
    ("typed", "phone", "customer"),
    [
        ({"number": "{phone}"}, "{phone}", "owner"),
        ({"number": "{phone}", "name": ""}, "{phone}", "owner"),
        ({"number": "{phone}", "name": "欧阳娜娜"}, "{phone}", "欧***"),
        ({"name": "欧阳娜娜"}, "", "欧***"),
        ({"number": "19999999999"}, "19999999999", ""),
        ({"number": None, "name": None, "amount": "5"}, "", ""),
    ],
)
def test_it_is_told_with_the_masked_name_of_whom_it_is_about(
    shop: Shop, typed: dict[str, Any], phone: str, customer: str
) -> None:
    line = next(s for s in shop.rows(Subscription) if s.state == "active")
    owner = shop.one(Customer, id=line.customer_id)
    typed = {name: line.number if value == "{phone}" else value for name, value in typed.items()}
    row = draft(shop, note="回来再办", values_json=json.dumps(typed, ensure_ascii=False))
    with shop.store.reading() as reading:
        (form,) = held.in_work(reading, HERE, ME)
    assert form == HeldForm(
        900,
        "C12",
        BUSINESSES["C12"].titled(typed),
        "回来再办",
        "1002",
        row.touched_at,
        customer=masked_name(owner.name) if customer == "owner" else customer,
        phone=phone.format(phone=line.number),
        unfinished=True,
        counter="HZ0102",
    )


@pytest.mark.parametrize("order", [("2026-01-01", "2026-02-01"), ("2026-02-01", "2026-01-01")])
def test_a_number_that_several_had_is_told_with_the_last_of_them(shop: Shop, order: tuple[str, str]) -> None:
    lines = shop.rows(Subscription)
    first, second = lines[0], next(s for s in lines if s.customer_id != lines[0].customer_id)
    for line, day in zip((first, second), order, strict=True):
        shop.alter(Subscription, {"id": line.id}, number="19912345678", tail="5678", state="terminated", opened_on=day)
    draft(shop, values_json='{"number": "19912345678"}')
    with shop.store.reading() as reading:
        (form,) = held.in_work(reading, HERE, ME)
    last = second if order[1] > order[0] else first
    assert form.customer[:1] == shop.one(Customer, id=last.customer_id).name[:1]


@pytest.mark.parametrize(
    ("code", "online", "days"), [("C9", False, 30), ("C9", True, 0), ("C1", False, 0), ("C12", False, 0)]
)
def test_what_waits_for_headquarters_is_kept_for_a_month(shop: Shop, code: str, online: bool, days: int) -> None:
    row = draft(shop, code=code)
    with shop.work() as tx:
        drafts.hold(tx, row, "n" * 81, online=online)
    held = shop.one(Draft, id="a")
    assert (held.state, held.note) == ("held", "n" * 80)
    assert held.expires_at == (shop.at(days=30) if days else row.expires_at)


def test_one_that_lasts_longer_than_a_month_anyway_is_not_cut_short(shop: Shop) -> None:
    row = draft(shop, code="C9", expires_at=shop.at(days=31))
    with shop.work() as tx:
        drafts.hold(tx, row, "", online=False)
    assert shop.one(Draft, id="a").expires_at == shop.at(days=31)


@pytest.mark.parametrize(("ended", "freed"), [("expired", "expired"), ("abandoned", "released")])
def test_what_an_ended_one_held_is_free(shop: Shop, ended: str, freed: str) -> None:
    row = draft(shop, touched_at=shop.at(minutes=-5))
    for key, of, state in (("1", "a", "active"), ("2", "a", "used"), ("3", "b", "active")):
        shop.add(Reservation, id=key, kind="number", resource=key, draft_id=of, until=shop.at(hours=1), state=state)
    with shop.work() as tx:
        drafts.end(tx, row, ended)
    assert [shop.one(Reservation, id=key).state for key in "123"] == [freed, "used", "active"]
    assert (shop.one(Draft, id="a").state, shop.one(Draft, id="a").touched_at) == (ended, shop.at())


@pytest.mark.parametrize(
    ("state", "after"),
    [("open", "abandoned"), ("held", "abandoned"), ("expired", "expired"), ("abandoned", "abandoned")],
)
def test_it_is_given_up_once(shop: Shop, state: str, after: str) -> None:
    row = draft(shop, state=state, touched_at=shop.at(minutes=-5))
    with shop.work() as tx:
        drafts.abandon(tx, "a")
    assert shop.one(Draft, id="a").state == after
    assert (shop.one(Draft, id="a") == row) is (state == after)


def test_what_is_done_is_not_given_up(shop: Shop) -> None:
    draft(shop, state="completed")
    with shop.work() as tx, pytest.raises(NotAllowed):
        drafts.abandon(tx, "a")


def test_all_that_are_past_their_time_end_and_no_other(shop: Shop) -> None:
    wanted = {}
    for state in ("open", "held", "completed", "abandoned"):
        for minutes in (0, -1, 1):
            past = minutes <= 0 and state in {"open", "held"}
            row = draft(shop, f"{state}{minutes}", state=state, expires_at=shop.at(minutes=minutes))
            wanted[row.id] = "expired" if past else state
    with shop.work() as tx:
        assert drafts.expire(tx) == 4
        assert drafts.expire(tx) == 0
    assert {row.id: row.state for row in shop.rows(Draft) if row.id in wanted} == wanted


def test_the_same_as_last_time_is_of_the_last_form_that_this_person_completed(shop: Shop) -> None:
    same = sorted(spec.name for spec in BUSINESSES["C1"].form.fields() if spec.ask.same)
    other = next(spec.name for spec in BUSINESSES["C1"].form.fields() if not spec.ask.same)
    with shop.store.reading() as reading:
        assert drafts.last_values(reading, "C1", "1009") == {}
    for key, number, state, code, operator, age in [
        ("1", 1, "completed", "C1", "1009", -9),
        ("2", 3, "completed", "C1", "1009", -5),
        ("3", 2, "completed", "C1", "1009", -5),
        ("4", 4, "abandoned", "C1", "1009", -1),
        ("5", 5, "completed", "C2", "1009", -1),
        ("6", 6, "completed", "C1", "1008", -1),
    ]:
        typed = json.dumps({same[0]: key, other: key})
        draft(
            shop,
            key,
            number=number,
            state=state,
            code=code,
            operator=operator,
            values_json=typed,
            touched_at=shop.at(minutes=age),
        )
    with shop.store.reading() as reading:
        assert drafts.last_values(reading, "C1", "1009") == {same[0]: "2"}
        assert drafts.last_values(reading, "C1", "1007") == {}


def test_what_is_lost_is_said_before_what_to_offer_and_that_before_the_rest() -> None:
    kinds = ["script", "recommendation", "notice", "change", "prompt"]
    told = sorted((Notice(kind, say("{text}", text=kind)) for kind in kinds), key=drafts._first)
    assert [notice.kind for notice in told] == ["change", "recommendation", "script", "notice", "prompt"]


@pytest.mark.parametrize(("typed", "kept"), [({"password": "h"}, {"password": "h"}), ({"password": ""}, {}), ({}, {})])
def test_the_secrets_of_a_form_are_those_among_its_values(typed: dict[str, str], kept: dict[str, str]) -> None:
    code = next(code for code in BUSINESSES if drafts.secret_fields(code) == {"password"})
    assert drafts.secrets_of(code, {**typed, "number": "x"}) == kept


@pytest.mark.parametrize(("code", "keeps"), [("C1", True), ("C2", True), ("C9", False), ("C10", False)])
def test_a_rest_of_the_change_stays_where_there_is_a_balance_and_something_to_pay(
    shop: Shop, code: str, keeps: bool
) -> None:
    view = shop.desk.forms.begin(code, shop.desk.forms.example(code))
    assert view.keeps_rest is (keeps and view.quote.due > 0), view.quote.due
    assert shop.desk.forms.begin(code).keeps_rest is False


def test_a_secret_is_shown_as_set_and_never_again(shop: Shop) -> None:
    view = shop.desk.forms.begin("C1", shop.desk.forms.example("C1"))
    assert view.secrets
    assert {(view.values[name], str(view.notes[name])) for name in view.secrets} == {("", "Set.")}
    assert shop.desk.forms.begin("C1").secrets == frozenset()
