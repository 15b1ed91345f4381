"""What takes an order back is held against what it takes back: the honest ways are believed, each lie is put aside."""

from __future__ import annotations

import json
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from data.journal import canonical
from tests.boss_tui.headquarters.liar import Told, at_doors, chained, hall, headquarters, journal, opened, push, row
from tests.boss_tui.headquarters.test_limits import booked, reasons
from tests.boss_tui.transactions.test_c12_fees import SETTLED, allowed, begin, collect, one_who_owes
from tests.hall import FACTS, Hall
from tests.homes import of_this_run
from tests.tiers import some_by_day

Alter = Callable[[dict[str, Any]], None]
WHY = "客户反悔"


def taken_back(at: Hall, serial: str) -> str:
    """A supervisor lets an order be taken back; the serial of what does so."""
    return at.desk.orders.cancel(serial, WHY, FACTS.supervisor, FACTS.password).serial


@cache
def _day() -> tuple[str, tuple[str, ...]]:
    """A hall's day as JSON: an opening cancelled on its way, a payment reversed, one put right; their serials."""
    at = hall(of_this_run("reversals"))
    opened(at, 1)
    (opening,) = (entry["serial"] for entry in journal(at) if entry["kind"] == "C1")
    taken_back(at, opening)
    paid = collect(at, who=SETTLED, action="advance", amount="50").serial
    back = taken_back(at, paid)
    wrong = collect(at, who=SETTLED, action="advance", amount="30").serial
    view = begin(at, who=SETTLED, action="correct", serial=wrong, right=one_who_owes(at, 1), reason="录错号码")
    assert not view.errors, view.errors
    right = at.desk.orders.complete(allowed(at, view).id, []).serial
    told = json.dumps(journal(at))
    at.store.close()
    return told, (opening, paid, back, wrong, right)


def day() -> tuple[Told, tuple[str, ...]]:
    told, serials = _day()
    return json.loads(told), serials


def altered(told: Told, kind: str, serial: str, alter: Alter) -> Told:
    """The same with the entry of a kind that tells of an order altered, and a chain that is whole."""
    (place,) = [n for n, e in enumerate(told) if e["kind"] == kind and e["serial"] == serial]
    body = json.loads(told[place]["body"])
    alter(body)
    told[place]["body"] = canonical(body)
    return chained(told, place)


def test_what_a_hall_takes_back_is_believed(tmp_path: Path) -> None:
    told, serials = day()
    office = headquarters(tmp_path)
    assert reasons(push(office, told)) == []
    assert booked(office, *serials) == [True] * 5


def test_a_bill_that_was_paid_for_another_is_put_right(tmp_path: Path) -> None:
    at = hall(tmp_path)
    wrong, right = one_who_owes(at, 1), one_who_owes(at, 2)
    serial = collect(at, who=wrong, amount="80").serial
    view = begin(at, who=wrong, action="correct", serial=serial, right=right, reason="录错号码")
    at.desk.orders.complete(allowed(at, view).id, [])
    told = journal(at)
    at.store.close()
    (tmp_path / "there").mkdir()
    assert reasons(push(headquarters(tmp_path / "there"), told)) == []


def to(nth: int = 0, **values: Any) -> Alter:
    """The order says so, as it is added or, by `nth`, as it is changed later in its entry."""
    return lambda body: row(body, "product_order", nth).update(values)


def takes_back(place: int, nth: int) -> Alter:
    """It is said to take another of the day's orders back."""

    def alter(body: dict[str, Any]) -> None:
        told, serials = day()
        (of,) = (
            change[4]["id"]
            for entry in told
            for change in json.loads(entry["body"])["changes"]
            if change[:2] == ["product_order", "add"] and change[4]["serial"] == serials[place]
        )
        row(body, "product_order", nth).update(reverses=of)

    return alter


def without_money(body: dict[str, Any]) -> None:
    money = ("payment", "posting", "running_total", "balance_")
    body["changes"] = [change for change in body["changes"] if not change[0].startswith(money)]


def more(fen: int) -> Alter:
    """So much more is paid out, by order, payment, tender and books alike."""

    def alter(body: dict[str, Any]) -> None:
        row(body, "product_order")["amount"] -= fen
        payment = row(body, "payment")
        payment.update(due=payment["due"] - fen, tendered=payment["tendered"] - fen)
        row(body, "payment_tender")["amount"] -= fen
        accounts = {}
        for line in [change[4] for change in body["changes"] if change[0] == "posting_line"]:
            line["amount"] += -fen if line["amount"] < 0 else fen
            accounts[line["account"]] = -fen if line["amount"] < 0 else fen
        for change in body["changes"]:
            if change[0] == "running_total":
                change[4]["amount"] += accounts[change[2][-1]]
            elif change[0] == "balance_bucket" or change[0] == "balance_entry":
                change[4]["amount"] -= fen

    return alter


def to_another_account(body: dict[str, Any]) -> None:
    """What had been paid in as an advance is taken out of fees."""
    body["changes"] = [change for change in body["changes"] if not change[0].startswith("balance_")]
    for change in body["changes"]:
        if change[0] == "posting_line" and change[4]["bucket_id"]:
            moved = change[4]["account"]
            change[4].update(bucket_id=None, account="6004")
            (total,) = [c for c in body["changes"] if c[0] == "running_total" and c[2][-1] == moved]
            total[2][-1] = "6004"


OPENING, PAID, BACK, WRONG, RIGHT = range(5)
LIES: dict[str, tuple[int, Alter, str]] = {
    "more than was taken": (BACK, more(100_000), "reversal"),
    "an order that is not here": (BACK, to(reverses="none"), "dangling"),
    "an order of another business, which is not completed": (BACK, takes_back(OPENING, 0), "reversal"),
    "what was taken back already": (RIGHT, takes_back(PAID, 1), "reversal"),
    "what itself takes back": (RIGHT, takes_back(BACK, 1), "reversal"),
    "allowed by nobody": (BACK, to(1, approved_by=""), "approval"),
    "allowed by a clerk": (BACK, to(1, approved_by="1002"), "approval"),
    "out of another account": (BACK, to_another_account, "reversal"),
    "put right for another sum, later in its entry": (RIGHT, to(1, amount=-3_000), "foreign"),
}


@pytest.mark.parametrize(("what", "on_a_stick"), at_doors(LIES, 3))
def test_what_takes_back_other_than_was_is_put_aside(tmp_path: Path, what: str, *, on_a_stick: bool) -> None:
    place, alter, reason = LIES[what]
    told, serials = day()
    kind = "C12.cancellation" if place == BACK else "C12"
    office, lie = headquarters(tmp_path), altered(told, kind, serials[place], alter)
    found = push(office, lie, tmp_path if on_a_stick else None)
    assert [row.reason for row in found if row.state == "open"][:1] == [reason]
    assert booked(office, *serials[: place + 1]) == [True] * place + [False]


@pytest.mark.parametrize(
    ("alter", "reason"),
    some_by_day(
        [
            (without_money, "reversal"),
            (to(amount=1), "foreign"),
            (to(approved_by=""), "approval"),
            (to(reverses="o0"), "move"),
            (to(business_date="2026-11-20"), "foreign"),
            (to(approved_by="1002"), "approval"),
        ],
        2,
    ),
)
def test_an_order_is_cancelled_with_all_given_back_and_a_word(tmp_path: Path, alter: Alter, reason: str) -> None:
    told, serials = day()
    found = push(headquarters(tmp_path), altered(told, "C1.cancellation", serials[OPENING], alter))
    assert reasons(found) == [(reason, "open")]


def test_an_order_that_is_cancelled_as_it_is_made_moved_no_money(tmp_path: Path) -> None:
    """It would count for no limit of a day."""
    told, serials = day()
    (found,) = push(headquarters(tmp_path), altered(told, "C12", serials[PAID], to(state="cancelled")))[:1]
    assert (found.reason, found.state) == ("reversal", "open")
