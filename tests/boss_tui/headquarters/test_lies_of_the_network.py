"""An outlet that lies in what the network was asked for and what it answered: work for another's line or elsewhere,
work that nobody did, an order that ends before its work, or against it."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import pytest

from boss_tui.headquarters.rules import moves, network
from data.journal import Change
from data.tables.document import PaperDocument
from data.tables.mobile import MobilePayment
from data.tables.network import WorkOrder, WorkStep
from data.tables.order import ProductOrder, Subscription
from data.tables.resource import NumberSegment, PhoneNumber, SimCard
from tests.boss_tui.components.rows import row
from tests.boss_tui.headquarters.known import Fact, change, claim, form, known, published, told
from tests.boss_tui.headquarters.liar import (
    Body,
    behind,
    hall,
    headquarters,
    journal,
    lying,
    morning,
    opened,
    openings,
    orders,
    push,
    sold,
)
from tests.boss_tui.headquarters.liar import row as of_entry
from tests.boss_tui.headquarters.test_lies_without_orders import put_aside
from tests.boss_tui.transactions.following import network_answers
from tests.tiers import some_by_day

Alter = Callable[[Body, dict[str, Any]], None]
AT = "2026-11-23T02:00:00.000000Z"


def asked(**new: Any) -> Alter:
    """The network is asked for something else."""

    def alter(body: Body, _: dict[str, Any]) -> None:
        work = of_entry(body, "work_order")
        work["parameters"] = json.dumps({**json.loads(work["parameters"]), **new})

    return alter


def values(**new: Any) -> Alter:
    return lambda body, _: of_entry(body, "work_order").update(new)


LIES: dict[str, tuple[Alter, str]] = {
    "work for the number of somebody else": (asked(msisdn="13957000001"), "foreign"),
    "work for a number that no element serves": (asked(msisdn="19900000001"), "network"),
    "work for the card of somebody else": (asked(imsi="460009999999999"), "foreign"),
    "work for an element that there is not": (values(element="HLR99"), "network"),
    "work for no element": (values(element=""), "network"),
    "work that no element can do": (values(act="give_credit"), "form"),
    "a question as if it were work": (values(act="query"), "form"),
    "work that is asked for of nobody": (values(parameters="{}"), "form"),
    "work by hand in place of the network's": (values(kind="manual"), "form"),
    "work by hand that stands in for nothing": (
        values(kind="manual", act="manual", parameters='{"instead_of": "none"}'),
        "form",
    ),
}


@pytest.mark.parametrize("what", some_by_day(LIES, 3))
def test_the_network_is_asked_for_the_line_of_the_order_alone(tmp_path: Path, what: str) -> None:
    alter, reason = LIES[what]
    lie, office = lying(morning(), alter), headquarters(tmp_path)
    assert [(found.reason, found.state) for found in push(office, lie)] == [(reason, "open")]
    assert orders(office, lie) == [True, True, False, True]


Lie = Callable[[Body], list[list[Any]]]


def of(table: str, base: int = 1, **new: str) -> Lie:
    """The row of a table in the first opening becomes another."""

    def lie(body: Body) -> list[list[Any]]:
        key = next(each[2] for each in body["changes"] if each[0] == table)
        return [[table, "change", key, base, {**new, "revision": base + 1}]]

    return lie


def both(*lies: Lie) -> Lie:
    return lambda body: [each for lie in lies for each in lie(body)]


DONE: dict[str, Any] = {"state": "done", "done_at": AT}
COMPLETED = of("product_order", state="completed", completed_at=AT)
ANSWERED: dict[str, tuple[str, dict[str, Any], Lie, str]] = {
    "an order that is done before its work": ("C1.completion", {}, COMPLETED, "move"),
    "an order whose work was refused, and yet done": (
        "C1.completion",
        {},
        both(of("work_order", state="failed", reason="no"), COMPLETED),
        "move",
    ),
    "a line that works before the network has it": (
        "C1.completion",
        {},
        both(COMPLETED, of("subscription", state="active", activated_at=AT)),
        "move",
    ),
    "an answer under the serial of another order": (
        "network.answer",
        {"serial": "HZ01012611230002"},
        of("work_order", done_by="HLR01", **DONE),
        "foreign",
    ),
    "an answer under no serial": (
        "network.answer",
        {"serial": ""},
        of("work_order", done_by="HLR01", **DONE),
        "foreign",
    ),
    "an answer of an element that was not asked": (
        "network.answer",
        {},
        of("work_order", done_by="HLR02", **DONE),
        "move",
    ),
    "an answer at no time": ("network.answer", {}, of("work_order", state="done", done_by="HLR01"), "move"),
    "a refusal by a person": ("work.done", {}, of("work_order", state="failed"), "move"),
    "work by hand that nobody says they did": (
        "work.done",
        {"operator": "1001"},
        of("work_order", done_by="1001", **DONE),
        "move",
    ),
    "work called off by another than who says so": (
        "network.cancel",
        {"operator": "1001"},
        of("work_order", state="cancelled", done_at=AT, done_by="1002"),
        "move",
    ),
    "work that becomes another's line's": (
        "network.answer",
        {},
        of("work_order", parameters='{"msisdn": "18257480008"}'),
        "foreign",
    ),
}


@pytest.mark.parametrize("what", some_by_day(ANSWERED, 3))
def test_an_order_ends_as_its_work_did(tmp_path: Path, what: str) -> None:
    kind, entry, lie, reason = ANSWERED[what]
    told_by = {"operator": "network", "serial": of_entry(sold(morning()), "product_order")["serial"]}
    put_aside(tmp_path, kind, lie, reason, **{**told_by, **entry})


def test_what_the_network_really_answered_is_believed(tmp_path: Path) -> None:
    at = hall(tmp_path)
    opened(at, 2)
    network_answers(at)
    day, office = journal(at), headquarters(tmp_path)
    assert push(office, day) == []
    with office.store.reading() as reading:
        ended = [reading.one(ProductOrder, serial=day[place]["serial"]).state for place in openings(day)]
    assert ended == ["completed", "completed"]
    again = of("work_order", 2, done_at="2026-11-23T02:00:01.000000Z")(sold(day))
    serial = of_entry(sold(day), "product_order")["serial"]
    (found,) = push(office, behind(day, "network.answer", again, operator="network", serial=serial))
    assert (found.reason, found.state) == ("move", "open"), "it has answered, and does so once"
    at.store.close()


# where a rule turns

NUMBER, OTHER, IMSI, NEW_IMSI = "13800000001", "13800000002", "460000000000001", "460000000000002"
LINE = row(Subscription, id="l", number=NUMBER, imsi=IMSI, account_id="a", customer_id="k", state="active")
HANGS = row(Subscription, id="m", number=OTHER, imsi=NEW_IMSI, account_id="a", customer_id="k", state="active")
THEIRS = row(Subscription, id="x", number=OTHER, imsi=NEW_IMSI, account_id="b", customer_id="y", state="active")
SEGMENT = row(NumberSegment, prefix="1380000", element="HLR01")
ORDER = row(
    ProductOrder,
    id="o",
    serial="S",
    business="C3",
    subscription_id="l",
    customer_id="k",
    state="inProgress",
    form_json="{}",
)


def work(key: str = "w", **new: Any) -> Any:
    return row(WorkOrder, **of_work(key, **new))


def of_work(key: str = "w", **new: Any) -> dict[str, Any]:
    named = {"msisdn": NUMBER, "imsi": IMSI}
    standard = {"id": key, "order_id": "o", "position": 1, "kind": "automatic", "act": "unbar", "element": "HLR01"}
    return {**standard, "parameters": form(**named), "state": "open", "created_at": AT, "revision": 1, **new}


def found(rows: Sequence[Any], *new: Fact, changed: Sequence[Change] = (), kind: str = "C3", **entry: Any) -> list[str]:
    """The reasons of what is wrong; a note in brackets."""
    told_of = claim(*new, changed=changed, kind=kind, **{"serial": "S", "operator": "1001", **entry})
    faults = told(network.judge(known(*rows), told_of))
    return [f"({reason})" if note else reason for reason, note in faults]


@pytest.mark.parametrize(
    ("rows", "new", "expected"),
    [
        ([LINE], {}, []),
        ([LINE], {"element": "HLR02"}, ["network"]),
        ([LINE, HANGS], {"parameters": form(msisdn=OTHER)}, []),
        ([LINE, THEIRS], {"parameters": form(msisdn=OTHER)}, ["foreign"]),
        ([LINE], {"parameters": form(msisdn=OTHER)}, ["foreign"]),
        ([LINE, row(PhoneNumber, number=OTHER, subscription_id="l")], {"parameters": form(msisdn=OTHER)}, []),
        ([LINE, row(PhoneNumber, number=OTHER, subscription_id=None)], {"parameters": form(msisdn=OTHER)}, ["foreign"]),
        (
            [LINE, row(SimCard, iccid="c", imsi=NEW_IMSI, subscription_id="l")],
            {"parameters": form(msisdn=NUMBER, new_imsi=NEW_IMSI)},
            [],
        ),
        (
            [LINE, row(SimCard, iccid="c", imsi=NEW_IMSI, subscription_id="x"), THEIRS],
            {"parameters": form(msisdn=NUMBER, new_imsi=NEW_IMSI)},
            ["foreign"],
        ),
        ([LINE], {"parameters": "["}, ["form"]),
        ([LINE], {"parameters": "[]"}, ["form"]),
        ([LINE], {"order_id": "of nobody"}, []),  # told elsewhere
        ([LINE], {"act": "manual"}, ["form"]),
        ([LINE], {"kind": "manual", "act": "manual", "element": "", "parameters": "{}"}, ["form"]),
    ],
)
def test_work_is_of_its_order_s_line(rows: list[Any], new: dict[str, Any], expected: list[str]) -> None:
    assert found([ORDER, SEGMENT, *rows], (WorkOrder, of_work(**new)), kind="network.answer") == expected


def test_what_is_no_element_s_comes_with_its_order() -> None:
    by_hand: Fact = (WorkOrder, of_work(kind="manual", act="manual", element="", parameters="{}", order_id="n"))
    made: Fact = (ProductOrder, {**ORDER.__dict__, "id": "n", "serial": "N"})
    assert found([LINE], made, by_hand) == []
    assert found([LINE, ORDER], by_hand, changed=[change("product_order", "o", state="pending")]) == []
    at_one: Fact = (WorkOrder, {**by_hand[1], "element": "HLR01"})
    assert found([LINE], made, at_one) == ["form"]


@pytest.mark.parametrize(("new", "wrong"), [({}, []), ({"order_id": "p"}, ["form"]), ({"element": "HLR02"}, ["form"])])
def test_a_stand_in_is_of_the_work_that_failed_with_it(new: dict[str, Any], wrong: list[str]) -> None:
    here = [
        LINE,
        SEGMENT,
        ORDER,
        row(ProductOrder, id="p", serial="S", subscription_id="l", state="inProgress"),
        work(),
    ]
    stands: Fact = (WorkOrder, of_work("v", kind="manual", act="manual", **{"parameters": form(instead_of="w"), **new}))
    fails = change("work_order", "w", state="failed", reason="no")
    assert found(here, stands, changed=[fails], kind="network.answer", operator="network") == wrong
    assert found(here, stands, kind="network.answer", operator="network") == ["form"]
    other = change("work_order", "u", state="failed")
    assert found([*here, work("u")], stands, changed=[other], kind="network.answer") == ["form"]
    done = change("work_order", "w", state="done", done_at=AT, done_by="HLR01")
    assert found(here, stands, changed=[done], kind="network.answer") == ["form"]


def test_an_element_that_served_the_number_on_another_day_is_noted() -> None:
    lines = [
        published(1, "number_segment", ["1380000"], "2020-01-01", "add", prefix="1380000", element="HLR02"),
        published(2, "number_segment", ["1380000"], "2026-11-24", element="HLR01"),
    ]
    here = [ORDER, LINE, SEGMENT, *lines]
    asks: Fact = (WorkOrder, of_work())
    assert found(here, asks, business_date="2026-11-22", made_at="2026-11-22T01:00:00.000000Z") == ["(network)"]
    assert found(here, asks, business_date="2026-11-22", made_at="2026-11-24T01:00:00.000000Z") == []
    assert found(here, asks, business_date="", made_at="2026-11-24T01:00:00.000000Z") == []


BY_HAND = work("v", kind="manual", act="manual", parameters=form(instead_of="w"))
FAILED = work(state="failed")
ENDS = {"state": "done", "done_at": AT}


def step(key: str = "v", **new: Any) -> Fact:
    return WorkStep, {
        "id": f"s{key}",
        "work_order_id": key,
        "outlet": "HZ01",
        "at": AT,
        "act": "done",
        "operator": "1001",
        **new,
    }


@pytest.mark.parametrize(
    ("kind", "key", "values", "steps", "expected"),
    [
        ("network.answer", "w", {**ENDS, "done_by": "HLR01"}, [], []),
        ("network.answer", "w", {**ENDS, "done_by": "1001"}, [], ["move"]),
        ("network.answer", "w", {"state": "cancelled", "done_at": AT, "done_by": "HLR01"}, [], ["move"]),
        ("network.answer", "w", {"state": "done", "done_by": "HLR01"}, [], ["move"]),
        ("network.answer", "v", {**ENDS, "done_by": "HLR01"}, [], ["move"]),
        ("network.answer", "w", {"state": "failed"}, [], []),
        ("network.answer", "w", {"state": "failed", "done_at": AT}, [], ["move"]),
        ("network.answer", "v", {"state": "failed"}, [], ["move"]),
        ("work.done", "w", {"state": "failed"}, [], ["move"]),
        ("work.done", "v", {**ENDS, "done_by": "1001"}, [step()], []),
        ("work.done", "v", {**ENDS, "done_by": "1002"}, [step()], ["move"]),
        ("work.done", "v", {**ENDS, "done_by": "1001"}, [], ["move"]),
        ("work.done", "v", {**ENDS, "done_by": "1001"}, [step("w")], ["move"]),
        ("work.done", "v", {**ENDS, "done_by": "1001"}, [step(act="taken")], ["move"]),
        ("work.done", "v", {**ENDS, "done_by": "1001"}, [step(operator="1002")], ["move"]),
        ("work.done", "w", {**ENDS, "done_by": "1001"}, [step()], []),
        ("work.done", "w", {**ENDS, "done_by": "1001"}, [step("w")], ["move"]),
        ("work.done", "w", {**ENDS, "done_by": "1001"}, [step("of nobody")], ["move"]),
        ("network.cancel", "w", {"state": "cancelled", "done_at": AT, "done_by": "1001"}, [], []),
        ("network.cancel", "w", {"state": "cancelled", "done_by": "1001"}, [], ["move"]),
        ("network.cancel", "w", {"state": "cancelled", "done_at": AT, "done_by": "1002"}, [], ["move"]),
        ("network.requeue", "w", {"state": "open"}, [], []),
        ("work.take", "v", {"assigned": "1001"}, [], []),
        ("network.answer", "of nobody", {**ENDS, "done_by": "x"}, [], []),  # told elsewhere
    ],
)
def test_work_ends_by_who_ended_it(
    kind: str, key: str, values: dict[str, Any], steps: list[Fact], expected: list[str]
) -> None:
    here = [ORDER, LINE, SEGMENT, work(), BY_HAND]
    assert found(here, *steps, changed=[change("work_order", key, **values)], kind=kind) == expected


@pytest.mark.parametrize(
    ("works", "state", "expected"),
    [
        ([work(state="done")], "completed", []),
        ([work()], "completed", ["move"]),
        ([work(state="failed")], "completed", ["move"]),
        ([work(state="cancelled")], "completed", ["move"]),
        ([], "completed", ["move"]),
        ([work(follow_up=1, kind="manual", act="manual")], "completed", ["move"]),
        ([work(state="done"), work("v", follow_up=1, kind="manual")], "completed", []),
        ([work(state="done"), work("v", kind="manual")], "completed", ["move"]),
        ([work(state="done"), work("v", kind="manual", state="cancelled")], "completed", []),
        ([work("v", kind="manual", state="done")], "completed", []),
        ([work(state="done")], "cancelled", ["move"]),
        ([work()], "cancelled", ["move"]),
        ([work(state="cancelled")], "cancelled", []),
        ([work(state="failed")], "cancelled", []),
        ([work("v", kind="manual", state="done")], "cancelled", []),
        ([], "cancelled", []),
        ([work()], "pending", []),
    ],
)
def test_an_order_ends_when_its_work_has(works: list[Any], state: str, expected: list[str]) -> None:
    assert found([ORDER, LINE, *works], changed=[change("product_order", "o", state=state)]) == expected


def test_an_order_that_waits_for_its_day_has_no_work() -> None:
    waits = row(ProductOrder, id="o", serial="S", state="pending")
    assert found([waits], changed=[change("product_order", "o", state="completed")]) == []
    assert found([], changed=[change("product_order", "o", state="completed")]) == []


def test_work_counts_as_its_entry_leaves_it() -> None:
    ends = change("product_order", "o", state="completed")
    done = change("work_order", "w", state="done", done_at=AT, done_by="HLR01")
    assert found([ORDER, LINE, work()], changed=[done, ends], kind="network.answer", operator="network") == []
    more: Fact = (WorkOrder, of_work("v"))
    here = [ORDER, LINE, SEGMENT, work(state="done")]
    assert found(here, more, changed=[ends], kind="network.answer", operator="network") == ["move"]


NUMBERED = work(act="change_number", state="done", parameters=form(msisdn=NUMBER, new_msisdn=OTHER))
CARDED = work(act="change_sim", state="done", parameters=form(msisdn=NUMBER, imsi=IMSI, new_imsi=NEW_IMSI))


@pytest.mark.parametrize(
    ("state", "works", "values", "expected"),
    [
        ("active", [NUMBERED], {"number": OTHER}, []),
        ("active", [NUMBERED], {"number": "13800000003"}, ["move"]),
        ("active", [CARDED], {"number": OTHER}, ["move"]),
        ("active", [work(act="change_number", parameters=NUMBERED.parameters)], {"number": OTHER}, ["move"]),
        ("active", [], {"number": NUMBER}, []),
        ("active", [CARDED], {"imsi": NEW_IMSI}, []),
        ("active", [NUMBERED], {"imsi": NEW_IMSI}, ["move"]),
        ("active", [], {"plan": "P"}, []),
        ("pendingActive", [work(act="create_subscriber", state="done")], {"state": "active"}, []),
        ("pendingActive", [work(act="create_subscriber")], {"state": "active"}, ["move"]),
        ("pendingActive", [NUMBERED], {"state": "active"}, ["move"]),
        ("pendingActive", [], {"state": "cancelled"}, []),
        ("pendingTerminate", [work(act="delete_subscriber", state="done")], {"state": "terminated"}, []),
        ("pendingTerminate", [], {"state": "terminated"}, ["move"]),
        ("active", [], {"state": "suspended"}, []),
    ],
)
def test_a_line_is_another_to_the_network_once_that_did_it(
    state: str, works: list[Any], values: dict[str, Any], expected: list[str]
) -> None:
    line = row(Subscription, **{**LINE.__dict__, "state": state})
    moves = [change("subscription", "l", **values), change("product_order", "o", approved_by="")]
    assert found([ORDER, line, *works], changed=moves) == expected
    of_another = [change("subscription", "l", **values), change("product_order", "p", approved_by="")]
    other = row(ProductOrder, id="p", serial="P", subscription_id="x")
    assert found([ORDER, line, other, *works], changed=of_another) == (["move"] if works or expected else [])


def test_a_line_that_is_not_here_is_told_elsewhere() -> None:
    assert found([ORDER], changed=[change("subscription", "of nobody", state="terminated")]) == []


@pytest.mark.parametrize(
    ("kind", "serial", "expected"),
    [
        ("network.answer", "S", []),
        ("network.answer", "T", ["foreign"]),
        ("C3.completion", "T", ["foreign"]),
        ("C3", "T", []),
    ],
)
def test_what_came_of_an_order_is_told_under_its_serial(kind: str, serial: str, expected: list[str]) -> None:
    here = [ORDER, LINE, SEGMENT, work(state="done")]
    ends = change("product_order", "o", state="completed")
    assert found(here, changed=[ends], kind=kind, serial=serial) == expected
    more: Fact = (WorkOrder, of_work("v"))
    assert found(here, more, kind=kind, serial=serial) == expected
    done = change("work_order", "w", assigned="1001")
    assert found(here, changed=[done], kind=kind, serial=serial) == expected
    unknown = [change("product_order", "none", touches=""), change("work_order", "none", assigned="")]
    assert found(here, changed=unknown, kind=kind, serial=serial) == []


@pytest.mark.parametrize(
    ("table", "here", "values", "expected"),
    [
        ("work_order", work(state="done"), {"done_at": AT}, ["move"]),
        ("work_order", work(state="done"), {}, []),
        ("work_order", work(), {"assigned": "1001"}, []),
        ("product_order", row(ProductOrder, id="w", state="completed"), {"completed_at": AT}, ["move"]),
        ("product_order", row(ProductOrder, id="w", state="completed"), {"state": "completed"}, ["move"]),
        ("product_order", row(ProductOrder, id="w", state="failed"), {"completed_at": AT}, []),
        ("paper_document", row(PaperDocument, id="w", state="void", revision=1), {"copies": 2}, []),
        (
            "paper_document",
            row(PaperDocument, id="w", state="void", revision=1),
            {"copies": 2, "reason": "x"},
            ["move"],
        ),
        ("mobile_payment", row(MobilePayment, order_no="w", state="reversed"), {"dropped": 1, "reason": "x"}, []),
        ("mobile_payment", row(MobilePayment, order_no="w", state="reversed"), {"booked": 1}, ["move"]),
    ],
)
def test_what_has_ended_stays_as_it_is(table: str, here: Any, values: dict[str, Any], expected: list[str]) -> None:
    unknown, moved = change(table, "?", **values, revision=2), change(table, "w", **values, revision=2)
    entry = claim(changed=[unknown, moved], kind="C3")
    assert [reason for reason, _ in told(moves.judge(known(here), entry))] == expected


def test_each_work_order_is_looked_at_whatever_the_one_before_it_is() -> None:
    ends = change("work_order", "w", act="sing")
    assert found([ORDER, work()], changed=[ends])
    assert found([ORDER, work()], changed=[change("work_order", "?", act="sing"), ends]) == (
        found([ORDER, work()], changed=[ends])
    )
