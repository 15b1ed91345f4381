"""An outlet that lies in what a business does: each lie is put aside with its own reason, nothing of it is applied, the
honest openings around it are; and what was right on its day is believed, whatever came after (design 6)."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from boss_tui.desk import order_view
from boss_tui.editions.lines import RowEdit, stored
from boss_tui.headquarters.office import author
from boss_tui.sync.states import reason_words
from boss_tui.verify import verify
from data.tables.edition import PublishedLine
from data.tables.order import ProductOrder
from tests.boss_tui.headquarters.liar import (
    LIE,
    Body,
    hall,
    headquarters,
    lying,
    morning,
    opened,
    orders,
    push,
    row,
    undecided,
)
from tests.boss_tui.sync.world import contents
from tests.tiers import some_by_day

Entry = dict[str, Any]
Alter = Callable[[Body, Entry], None]


def test_honest_openings_are_believed(tmp_path: Path) -> None:
    told, office = morning(), headquarters(tmp_path)
    assert push(office, told) == []
    assert orders(office, told) == [True] * 4
    with office.store.reading() as reading:  # headquarters has what an outlet pushed, whatever it knows of its journal
        assert {order_view.order(reading, row).outbox for row in reading.all(ProductOrder)} == {"acknowledged"}


def values(table: str, nth: int = 0, **new: Any) -> Alter:
    return lambda body, _: row(body, table, nth).update(new)


def also(*alters: Alter) -> Alter:
    def alter(body: Body, entry: Entry) -> None:
        for each in alters:
            each(body, entry)

    return alter


def by(staff_no: str) -> Alter:
    return also(values("product_order", operator=staff_no), lambda _, entry: entry.update(operator=staff_no))


def added(table: str, key: list[Any], **new: Any) -> Alter:
    return lambda body, _: body["changes"].append([table, "add", key, 0, new])


def changed(table: str, key: list[Any], base: int, **new: Any) -> Alter:
    return lambda body, _: body["changes"].append([table, "change", key, base, {**new, "revision": base + 1}])


def form(**new: Any) -> Alter:
    def alter(body: Body, _: Entry) -> None:
        order = row(body, "product_order")
        order["form_json"] = json.dumps({**json.loads(order["form_json"]), **new})

    return alter


def without(table: str) -> Alter:
    def alter(body: Body, _: Entry) -> None:
        body["changes"] = [change for change in body["changes"] if change[0] != table]

    return alter


DAY = "2026-11-23"
NUMBER = {
    "segment": "1825748",
    "grade": "N",
    "tail": "9999",
    "state": "idle",
    "outlet": "HZ01",
    "lease_id": "",
    "subscription_id": None,
    "quarantine_until": "",
    "revision": 1,
}
SIM = {
    "imsi": "460009999999999",
    "kind": "32K",
    "ki": "",
    "puk": "",
    "state": "sold",
    "outlet": "HZ01",
    "lease_id": "",
    "subscription_id": None,
    "revision": 1,
}

LIES: dict[str, tuple[Alter, str]] = {
    "somebody whom nobody knows": (by("9999"), "staff"),
    "the program itself, though nothing waited": (by("scheduler"), "staff"),
    "a business that there is not": (values("product_order", business="C99"), "right"),
    "allowed by nobody": (values("product_order", approved_by="9999"), "approval"),
    "allowed by a clerk": (values("product_order", approved_by="1002"), "approval"),
    "an order of another sum": (values("product_order", amount=17_001), "sums"),
    "a payment of another sum": (values("payment", due=1, tendered=1), "sums"),
    "more change than there was": (values("payment", change=1), "sums"),
    "another tender": (values("payment_tender", amount=16_999), "sums"),
    "a tender of another kind": (values("payment_tender", kind="card"), "sums"),
    "a tender that there is not": (values("payment_tender", kind="gold"), "sums"),
    "no tender": (without("payment_tender"), "sums"),
    "no payment": (also(without("payment"), without("payment_tender")), "sums"),
    "a piece for another sum": (values("order_item", 1, amount=1), "sums"),
    "tax that the books have not": (values("paper_tax", tax=1), "sums"),
    "a paper that says less tax": (values("paper_document", tax=0), "sums"),
    "a receipt of another sum": (values("paper_document", 1, amount=1), "sums"),
    "a number of no range": (values("paper_document", range_id="none"), "lease"),
    "a number of another kind of paper": (values("paper_document", range_id="range-slip-HZ01"), "lease"),
    "a number past those that were used": (values("paper_document", number=10_004_999), "lease"),
    "a range that is longer than its block": (values("document_range", last_number=99_999_999), "lease"),
    "a range that runs past its end": (values("document_range", next_number=99_999_999), "lease"),
    "a number made of nothing": (added("phone_number", ["18257489999"], number="18257489999", **NUMBER), "stock"),
    "a card made of nothing": (added("sim_card", ["8986" + "9" * 16], iccid="8986" + "9" * 16, **SIM), "stock"),
    "a form without its plan": (form(plan=""), "form"),
    "a form with a wrong number": (form(number="110"), "form"),
    "a form that is none": (values("product_order", form_json="{"), "form"),
    "a form that is a list": (values("product_order", form_json="[]"), "form"),
    "a number that is in use at once": (values("phone_number", state="in_use"), "move"),
    "a line that works before the network has it": (values("subscription", state="active"), "move"),
    "a line that worked before it was opened": (
        values("subscription", activated_at="2026-11-23T01:00:00.000000Z"),
        "move",
    ),
    "work of the network that is done at once": (values("work_order", state="done"), "move"),
    "an opening that waits for nobody": (values("product_order", state="completed"), "move"),
    "a card that is void and sold": (values("sim_card", state="in_use"), "move"),
    "another's price": (lambda *_: None, "price"),
}
AT_HEADQUARTERS = {
    "another's price": "UPDATE price_rule SET amount = amount + 1 WHERE business = 'C1' AND item = 'sim_fee'",
}


@pytest.mark.parametrize("what", some_by_day(LIES, 3))
def test_a_lie_is_put_aside_with_its_reason_and_the_others_stand(tmp_path: Path, what: str) -> None:
    alter, reason = LIES[what]
    office = headquarters(tmp_path)
    told = lying(morning(), alter)
    if what in AT_HEADQUARTERS:
        office.store.close()
        office = headquarters(tmp_path, AT_HEADQUARTERS[what])
        told = [entry for entry in told if entry["seq"] <= 4]  # every opening lies then: one is enough
    found = push(office, told)
    assert {(row.reason, row.state) for row in found} == {(reason, "open")}
    if what not in AT_HEADQUARTERS:
        assert orders(office, told) == [True, True, False, True]
        assert len(found) == 1
    with office.store.reading() as reading:
        assert verify(reading, only=["suspense is the money of open exceptions"]) == []


def test_a_price_of_1_fen_at_the_outlet_s_own_program_is_a_lie(tmp_path: Path) -> None:
    at = hall(tmp_path, "UPDATE price_rule SET amount = 1 WHERE business = 'C1' AND item = 'entry_fee'")
    told, office = opened(at, 2), headquarters(tmp_path)
    assert [row.reason for row in push(office, told)] == ["price", "price"]
    assert orders(office, told) == [False, False]


AGAINST: dict[str, tuple[str, str]] = {
    "a business that the role has no right to": (
        "DELETE FROM role_right WHERE role = 'clerk' AND business = 'C1'",
        "right",
    ),
    "a business that a supervisor must allow": (
        "UPDATE role_right SET approval = 'supervised' WHERE role = 'clerk' AND business = 'C1'",
        "approval",
    ),
    "staff of another hall": ("UPDATE operator SET outlet = 'HZ02' WHERE staff_no = '1001'", "staff"),
    "staff who had left": ("UPDATE operator SET state = 'left' WHERE staff_no = '1001'", "staff"),
    "numbers of a block that another has": ("UPDATE lease SET outlet = 'HZ02' WHERE id = 'lease-number'", "lease"),
    "cards after their block was over": (
        "UPDATE lease SET sell_until = '2026-11-20T00:00:00.000000Z' WHERE id = 'lease-sim'",
        "lease",
    ),
    "papers of another's block": ("UPDATE lease SET outlet = 'HZ02' WHERE id = 'lease-invoice'", "lease"),
}


@pytest.mark.parametrize("what", AGAINST)
def test_what_headquarters_has_otherwise_is_a_lie(tmp_path: Path, what: str) -> None:
    statement, reason = AGAINST[what]
    told, office = morning(), headquarters(tmp_path, statement)
    assert {(row.reason, row.state) for row in push(office, told)} == {(reason, "open")}
    assert orders(office, told) == [False] * 4


@pytest.mark.parametrize(("until", "told"), [("2026-11-22T01:00", "lease"), ("2026-11-22T23:00", "")])
def test_a_form_that_had_reserved_it_may_sell_for_a_day_more(tmp_path: Path, until: str, told: str) -> None:
    statement = f"UPDATE lease SET sell_until = '{until}:00.000000Z' WHERE id = 'lease-number'"
    found = push(headquarters(tmp_path, statement), morning()[:4])
    assert {row.reason for row in found} == ({told} if told else set())


def test_who_was_allowed_by_another_supervisor_is_believed(tmp_path: Path) -> None:
    supervised = "UPDATE role_right SET approval = 'supervised' WHERE role = 'clerk' AND business = 'C1'"
    counted = ["figure", "increase", ["HZ01", DAY, "1001", "C1", "approved"], 0, {"count": 1, "amount": 17_000}]
    allowed = also(values("product_order", approved_by="2001"), lambda body, _: body["changes"].append(counted))
    told, office = lying(morning(), allowed), headquarters(tmp_path, supervised)
    push(office, told)
    assert orders(office, told) == [False, False, True, False]


def test_nobody_allows_their_own(tmp_path: Path) -> None:
    told = lying(morning(), also(by("2001"), values("product_order", approved_by="2001")))
    supervised = "UPDATE role_right SET approval = 'supervised' WHERE business = 'C1'"
    office = headquarters(tmp_path, supervised)
    push(office, told)
    assert orders(office, told) == [False] * 4


# what was right on its day


def published(office: Any, table: str, key: list[Any], day: str, op: Any = "change", **new: Any) -> None:
    """A line of headquarters' own that counts from a day on."""
    with office.store.transaction(author("", "publish"), journalled=False) as tx:
        number = len(tx.all(PublishedLine)) + 1
        line = stored(RowEdit(table, tuple(key), op, new), number, 0, day, at_once=False)
        tx.add_many(PublishedLine, [line])


def whole(office: Any, table: str, **where: Any) -> dict[str, Any]:
    from data.tables import all_tables

    with office.store.reading() as reading:
        found = dict(reading.one(all_tables()[table], **where).__dict__)
    found.pop("revision")
    return found


def fee(office: Any) -> dict[str, Any]:
    with office.store.reading() as reading:
        from data.tables.tariff import PriceRule

        rules = reading.all(PriceRule, business="C1", item="sim_fee", category="", product="")
    found = dict(rules[0].__dict__)
    found.pop("revision")
    return found


@pytest.mark.parametrize(
    ("new_from", "states"),
    [("2026-11-24", []), ("2026-11-23", [("price", "noted")] * 4), ("2026-11-01", [("price", "noted")] * 4)],
)
def test_a_price_counts_from_its_day(tmp_path: Path, new_from: str, states: list[tuple[str, str]]) -> None:
    """Sold at the old price: right the day before the new one; from its day on somebody looks at it, since an outlet
    that was not linked had no other."""
    office = headquarters(tmp_path)
    old = fee(office)
    office.store.close()
    office = headquarters(tmp_path, f"UPDATE price_rule SET amount = 9999, revision = 2 WHERE id = '{old['id']}'")
    published(office, "price_rule", [old["id"]], "2026-01-01", "add", **old)
    published(office, "price_rule", [old["id"]], new_from, amount=9999)
    told = morning()
    assert [(row.reason, row.state) for row in push(office, told)] == states
    assert orders(office, told) == [True] * 4


def test_a_price_that_never_stood_is_a_lie_whatever_was_published(tmp_path: Path) -> None:
    office = headquarters(tmp_path)
    old = fee(office)
    office.store.close()
    office = headquarters(tmp_path, f"UPDATE price_rule SET amount = 9999, revision = 2 WHERE id = '{old['id']}'")
    published(office, "price_rule", [old["id"]], "2026-01-01", "add", **{**old, "amount": 8888})
    published(office, "price_rule", [old["id"]], "2026-11-24", amount=9999)
    assert {(row.reason, row.state) for row in push(office, morning())} == {("price", "open")}


@pytest.mark.parametrize(("left_on", "state"), [("2026-11-24", ""), ("2026-11-23", "noted")])
def test_staff_who_left_afterwards_did_it_all_the_same(tmp_path: Path, left_on: str, state: str) -> None:
    office = headquarters(tmp_path)
    old = whole(office, "operator", staff_no="1001")
    office.store.close()
    office = headquarters(tmp_path, "UPDATE operator SET state = 'left', revision = 2 WHERE staff_no = '1001'")
    published(office, "operator", ["1001"], "2026-01-01", "add", **old)
    published(office, "operator", ["1001"], left_on, state="left")
    told = morning()
    assert {(row.reason, row.state) for row in push(office, told)} == ({("staff", state)} if state else set())
    assert orders(office, told) == [True] * 4


@pytest.mark.parametrize(
    ("statement", "reason"),
    [
        ("UPDATE operator SET state = 'left', revision = 2 WHERE staff_no = '1001'", "staff"),
        ("UPDATE role_right SET approval = 'supervised', revision = 2 WHERE role = 'clerk'", "approval"),
        ("UPDATE price_rule SET amount = amount + 1, revision = 2 WHERE business = 'C1' AND item = 'sim_fee'", "price"),
    ],
)
def test_what_headquarters_can_t_know_is_booked_and_noted(tmp_path: Path, statement: str, reason: str) -> None:
    told, office = morning(), headquarters(tmp_path, statement)
    assert {(row.reason, row.state, row.held) for row in push(office, told)} == {(reason, "noted", 0)}
    assert orders(office, told) == [True] * 4
    assert reason_words(reason, noted=True) != reason_words(reason)


def test_a_block_that_was_recalled_is_sold_from_until_the_outlet_hears_of_it(tmp_path: Path) -> None:
    from boss_tui.headquarters.leases import recall

    office, told = headquarters(tmp_path), morning()
    recall(office.store, "lease-number", "3001")
    assert push(office, told) == []
    assert orders(office, told) == [True] * 4


def test_each_reason_has_words_of_its_own() -> None:
    reasons = {reason for _, reason in (*LIES.values(), *AGAINST.values())}
    assert len({str(reason_words(reason)) for reason in (*reasons, "unknown")}) == len(reasons) + 1


def test_what_a_lie_would_have_written_is_not_there(tmp_path: Path) -> None:
    from data.tables.finance import PostingLine, RunningTotal
    from data.tables.resource import PhoneNumber

    office, told = headquarters(tmp_path), lying(morning(), values("product_order", amount=1))
    serial = told[[n for n, e in enumerate(told) if e["kind"] == "C1"][LIE]]["serial"]
    push(office, told)
    (found,) = undecided(office)
    sold = [r for r in contents(office.store, PhoneNumber) if r["state"] == "sold"]
    assert len(sold) == 3
    assert serial not in json.dumps(contents(office.store, PostingLine))
    cash = sum(
        r["amount"]
        for r in contents(office.store, RunningTotal)
        if r["account"] == "1001" and r["outlet"] == "HZ01" and r["business_date"] == "2026-11-23"
    )
    assert cash == 50_000 + 3 * 17_000
    assert found.held == 17_000
