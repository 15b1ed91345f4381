"""What a lying outlet hangs on others' rows, on other dates, on names that look like others': nothing of it stands."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from boss_tui.headquarters.enrolment import make_code
from boss_tui.headquarters.office import Office, Refuse, author
from boss_tui.headquarters.push import take_batch
from boss_tui.sync.enrolment import enrol
from boss_tui.sync.reasons import MOST_SAID
from boss_tui.sync.wire import pack, request_text, target
from boss_tui.verify import verify
from data.errors import Outside
from data.statements import defaults
from data.tables import all_tables
from data.tables.finance import BusinessDay, Payment, PaymentTender, Posting, Shift
from data.tables.order import OrderItem, ProductOrder
from data.tables.sync import EnrolledOutlet, JournalEntry, SyncException
from tests.boss_tui.headquarters.liar import (
    LIE,
    Body,
    at_doors,
    headquarters,
    lying,
    morning,
    openings,
    orders,
    push,
    row,
    undecided,
)
from tests.boss_tui.headquarters.test_lies import added, also, changed, values
from tests.boss_tui.sync.world import URL, Direct, World, contents, device
from tests.hall import FACTS
from tests.tiers import some_by_day

Alter = Callable[[Body, dict[str, Any]], None]
DAY = "2026-11-23"


def of(table: str, **more: Any) -> dict[str, Any]:
    """A row of a table, whatever stands in it."""
    some = {c.name: 1 if c.type.python_type is int else "x" for c in all_tables()[table].table().columns}
    refers = {str(key.parent.name): None for key in all_tables()[table].table().foreign_keys}
    return {**some, **refers, **defaults(all_tables()[table]), **more}


def theirs(office: Office) -> Office:
    """What another hall has at headquarters: an order with its item, its payment and its shift."""
    at = {"outlet": "HZ02", "business_date": DAY}
    with office.store.transaction(author("HZ02", "x"), journalled=False) as tx:
        tx.add(ProductOrder, **of("product_order", id="theirs", serial="S2", state="inProgress", **at))
        for name, key in (("shift", "shift2"), ("posting", "posting2"), ("payment", "payment2")):
            hangs = {"posting_id": "posting2", "shift_id": "shift2", "order_id": "theirs"}
            model: Any = {"shift": Shift, "posting": Posting, "payment": Payment}[name]
            row_of = of(name, id=key, state="closed", **at)
            names = {c.name for c in model.table().columns}
            full = {**row_of, **{n: v for n, v in hangs.items() if n in names}}
            if name == "shift":
                full |= {"till": "HZ0101", "operator": "1001"}
            tx.add(model, **{n: v for n, v in full.items() if n in names})
    return office


def on_another_s(table: str, column: str, parent: str) -> Alter:
    def alter(body: Body, _: dict[str, Any]) -> None:
        row(body, table)[column] = parent

    return alter


TENDER = of("payment_tender", payment_id="payment2", kind="cash", amount=1)
ITEM = of("order_item", id="item2", order_id="theirs", outlet="HZ01", business_date=DAY, amount=0)
ANOTHER_S: dict[str, Alter] = {
    "a tender of another's payment": added("payment_tender", ["payment2", 1], **TENDER),
    "an item of another's order": added("order_item", ["item2"], **ITEM),
    "a payment for another's order": also(
        on_another_s("payment", "order_id", "theirs"), on_another_s("posting", "order_id", "theirs")
    ),
    "a posting in another's shift": also(
        on_another_s("payment", "shift_id", "shift2"), on_another_s("posting", "shift_id", "shift2")
    ),
    "an order that takes another's back": values("product_order", reverses="theirs"),
    "another's order that is done": changed("product_order", ["theirs"], 1, state="completed"),
    "another's shift that is closed": changed("shift", ["shift2"], 1, state="closed"),
}


@pytest.mark.parametrize(("what", "on_a_stick"), at_doors(ANOTHER_S))
def test_nothing_hangs_on_what_is_another_outlet_s(tmp_path: Path, what: str, *, on_a_stick: bool) -> None:
    office = theirs(headquarters(tmp_path))
    before = contents(office.store, PaymentTender, OrderItem, Shift)
    told = lying(morning(), ANOTHER_S[what])
    found = push(office, told, tmp_path if on_a_stick else None)
    assert [(each.reason, each.state) for each in found] == [("foreign", "open")]
    assert orders(office, told) == [True, True, False, True]
    with office.store.reading() as reading:
        assert reading.one(ProductOrder, id="theirs").state == "inProgress"
        assert verify(reading, only=["suspense is the money of open exceptions"]) == []
    theirs_before = [each for each in before if "2" in str(each.get("payment_id", each.get("id", "")))[-1:]]
    assert all(each in contents(office.store, PaymentTender, OrderItem, Shift) for each in theirs_before)


def dated(**new: str) -> Alter:
    return lambda _, entry: entry.update(new)


def posted_on(day: str) -> Alter:
    def alter(body: Body, _: dict[str, Any]) -> None:
        for table, _op, key, _base, new in body["changes"]:
            if table == "posting":
                new["business_date"] = day
            elif table == "running_total":
                key[1] = day

    return alter


DATES: dict[str, tuple[Alter, str]] = {
    "an order of the day before": (values("product_order", business_date="2026-11-22"), "date"),
    "a posting of the day after": (posted_on("2026-11-24"), "date"),
    "an order that is done in 2099": (values("product_order", created_at="2099-01-01T00:00:00.000000Z"), "date"),
    "a customer of the year 9999": (values("customer", created_at="9999-01-01T00:00:00.000000Z"), "date"),
    "a day that there is not": (dated(business_date="2026-11-31"), "date"),
    "a day in other digits": (dated(business_date="2026-11-2３"), "date"),
    "a day with a blank": (dated(business_date="2026-11-23 "), "date"),
    "a moment that is none": (dated(made_at="2026-11-23"), "date"),
    "a moment in other digits": (dated(made_at="2026-11-23T０1:00:00.000000Z"), "date"),
    "a figure of another year": (
        lambda body, _: body["changes"].append(
            ["figure", "increase", ["HZ01", "2099-01-01", "1001", "C1", "n"], 0, {"count": 1}]
        ),
        "date",
    ),
}


@pytest.mark.parametrize("what", some_by_day(DATES, 3))
def test_what_is_done_is_of_the_day_on_which_it_is_done(tmp_path: Path, what: str) -> None:
    alter, reason = DATES[what]
    office, told = headquarters(tmp_path), lying(morning(), alter)
    assert [(each.reason, each.state) for each in push(office, told)] == [(reason, "open")]
    assert orders(office, told) == [True, True, False, True]


def test_nothing_is_done_on_a_closed_day(tmp_path: Path) -> None:
    office, told = headquarters(tmp_path), morning()
    with office.store.transaction(author(FACTS.outlet, "x"), journalled=False) as tx:
        day = tx.find(BusinessDay, outlet=FACTS.outlet, business_date=DAY)
        if day is None:
            tx.add(BusinessDay, **of("business_day", outlet=FACTS.outlet, business_date=DAY, state="closed", number=1))
        else:
            tx.change(day, state="closed")
    found = push(office, told)
    assert {each.reason for each in found if each.seq >= told[openings(told)[0]]["seq"]} == {"date"}
    assert orders(office, told) == [False] * 4


BIG = 2**62
TOO_MUCH = [(BIG, -BIG), (10**13, -(10**13)), (2**63 - 1, -(2**63 - 1))]


@pytest.mark.parametrize("amounts", TOO_MUCH)
def test_sums_that_no_database_would_hold_do_not_stand(tmp_path: Path, amounts: tuple[int, int]) -> None:
    """Balanced, twice: the second would be more than a running total holds."""

    def alter(body: Body, _: dict[str, Any]) -> None:
        posting = dict(row(body, "posting"))
        posting |= {"id": "huge", "order_id": None}
        body["changes"].append(["posting", "add", ["huge"], 0, posting])
        for n, amount in enumerate(amounts):
            account = ("1001", "6004")[n]
            line = of("posting_line", posting_id="huge", line=n, account=account, amount=amount, bucket_id=None)
            body["changes"].append(["posting_line", "add", ["huge", n], 0, line])
            key = [posting["outlet"], posting["business_date"], posting["till"], account]
            body["changes"].append(["running_total", "increase", key, 0, {"amount": amount, "postings": 1}])

    office, told = headquarters(tmp_path), lying(morning(), alter)
    assert [each.reason for each in push(office, told)] == ["books"]
    assert orders(office, told) == [True, True, False, True]


NAMES = ["HZ01\u200b", "HZ\u202e01", "ＨＺ01", "HZ01\u00a0", "hz01", "HZ01\n", "HZ01\u0000", "ΗZ01"]


@pytest.mark.parametrize("name", NAMES)
def test_a_name_that_looks_like_its_own_is_another_s(tmp_path: Path, name: str) -> None:
    office, told = headquarters(tmp_path), lying(morning(), values("product_order", outlet=name))
    assert {each.reason for each in push(office, told)} <= {"foreign", "unknown"}
    assert orders(office, told) == [True, True, False, True]


@pytest.mark.parametrize("key", ["x\u200b", "\u202ex", "x\x1b[2J", "x\ud800", "x" * 201, "x\x00"])
def test_a_key_is_what_it_looks_like(tmp_path: Path, key: str) -> None:
    def alter(body: Body, _: dict[str, Any]) -> None:
        signal = of("access_log", id=key, outlet=FACTS.outlet, made_at="", business_date="")
        body["changes"].append(["access_log", "add", [key], 0, signal])

    if "\ud800" in key:
        return  # no JSON of UTF-8 holds it: it can't be pushed at all
    office, told = headquarters(tmp_path), lying(morning(), alter)
    assert [each.reason for each in push(office, told)] == ["unknown"]
    assert orders(office, told) == [True, True, False, True]


def test_what_is_noted_of_a_lie_is_short(tmp_path: Path) -> None:
    """A lie as long as a batch may be is no item that blocks its outlet's feed."""
    told = lying(morning(), values("product_order", business="C" * 200_000))
    office = headquarters(tmp_path)
    (found,) = push(office, told)
    assert len(json.loads(found.detail)["what"]) <= MOST_SAID


# the doors


@pytest.mark.parametrize("on_a_stick", [False, True])
def test_every_lie_is_a_lie_at_every_door_and_once(tmp_path: Path, *, on_a_stick: bool) -> None:
    office = theirs(headquarters(tmp_path))
    told = lying(morning(), ANOTHER_S["a payment for another's order"])
    for _ in range(3):  # and the same again, by the same door or the other
        push(office, told, tmp_path if on_a_stick else None)
    push(office, told)
    assert [(each.reason, each.state) for each in undecided(office)] == [("foreign", "open")]
    assert orders(office, told) == [True, True, False, True]


def test_an_old_honest_batch_again_changes_nothing(tmp_path: Path) -> None:
    """And parts of it in front of something new are passed over."""
    office, told = headquarters(tmp_path), morning()
    assert push(office, told[:4]) == []
    rows = contents(office.store, ProductOrder, Payment, PaymentTender)
    for entries in (told[:4], told[2:4], told[:1]):
        assert push(office, entries) == []
    assert contents(office.store, ProductOrder, Payment, PaymentTender) == rows
    assert push(office, told[1:]) == []
    assert orders(office, told) == [True] * 4
    assert len(contents(office.store, JournalEntry)) == len(told)


def test_an_old_entry_with_another_body_stops_the_outlet(tmp_path: Path) -> None:
    office, told = headquarters(tmp_path), morning()
    push(office, told)
    again = lying(json.loads(json.dumps(told)), values("product_order", amount=1), at=LIE)
    with pytest.raises(Refuse) as refusal:
        push(office, again)
    assert refusal.value.code == "fork"
    with office.store.reading() as reading:
        assert reading.one(EnrolledOutlet, outlet=FACTS.outlet).stopped
        assert [each.reason for each in reading.all(SyncException)] == ["fork"]


def test_a_batch_of_one_outlet_is_not_another_s(small_world: World) -> None:
    for code in ("H01", "H02"):
        small_world.outlet(code)
    body = pack({"outlet": "H01", "feed_cursor": 0, "stream_cursor": 0, "entries": []})
    key = small_world.keys["H01"]
    for signed_for, sent_as in (("H01", "H02"), ("H02", "H02")):
        signature = key.sign(request_text("POST", target(signed_for, "events"), body))
        with pytest.raises(Refuse):
            take_batch(small_world.office, sent_as, body, signature)


def test_no_two_outlets_have_one_key(small_world: World) -> None:
    """Nor is any the office's own: who has it would speak for both."""
    first, second = (small_world.outlet(code) for code in ("H01", "H02"))
    for number in (2, 1):  # the first outlet's, headquarters'
        code = make_code(small_world.office, "H02", "S001")
        with pytest.raises(Outside, match="is another's"):
            enrol(second, "H02", URL, code, device(number), transport=Direct(small_world.app))
    code = make_code(small_world.office, "H01", "S001")  # its own once more is no other's
    enrol(first, "H01", URL, code, device(2), transport=Direct(small_world.app))
