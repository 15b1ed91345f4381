"""An outlet that lies in how it was paid, and in the cash that it moves: one slip for two orders, a provider that said
nothing, a sum that is rounded away, money out of a drawer for nothing, to the bank on a paper that was used."""

from __future__ import annotations

import json
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from boss_tui.answers.business import Tender
from boss_tui.payments.simulated import SimulatedGateway
from data.journal import canonical
from data.tables.customer import Customer
from data.tables.order import Subscription
from data.tables.service import LoyaltyAccount
from data.tables.sync import AccessLog
from tests.boss_tui.headquarters.liar import (
    Body,
    Told,
    at_doors,
    behind,
    chained,
    hall,
    headquarters,
    journal,
    lying,
    morning,
    orders,
    push,
)
from tests.boss_tui.headquarters.liar import row as of_entry
from tests.hall import FACTS, Hall
from tests.homes import of_this_run

PAYS, PAYS_TOO = "134567890123456799", "134567890123456899"
SLIP, PAPER = "SLIP-1", "PAPER-1"


def paid(at: Hall, ways: Callable[[str, int], list[Tender]]) -> str:
    """An opening that is paid so; its serial."""
    view = at.filled()
    serial = at.desk.orders.complete(view.id, ways(view.id, view.quote.due)).serial
    at.desk.serving.next_customer()
    return str(serial)


@cache
def _day() -> str:
    """A hall's day as JSON, with all that is done with money beside cash sales."""
    folder = of_this_run("payments")
    at = hall(folder)
    at.desk.seat.gateway = SimulatedGateway(folder / "pay.db", at.clock)
    by_card = paid(at, lambda _, due: [Tender("card", due, SLIP)])
    paid(at, lambda form, due: [at.desk.mobile.ask(form, due, PAYS).tender])
    by_two = paid(at, lambda form, due: [at.desk.mobile.ask(form, 7_000, PAYS_TOO).tender, Tender("cash", due - 7_000)])
    for serial in (by_card, by_two):
        at.desk.orders.cancel(serial, "changed their mind", FACTS.supervisor, FACTS.password)
    paid(at, lambda _, due: [Tender("card", due - 5_000, SLIP), Tender("cheque", 5_000, "C-1")])
    at.desk.till.cash_out(5_000, "drop", "too much in it")
    at.desk.till.cash_in(30_000, "change", "coins")
    at.desk.till.cash_out(9_000, "expense", "water")
    at.desk.till.cash_in(1_000, "return", "of the water")
    at.desk.till.cash_out(60_000, "expense", "a chair", FACTS.supervisor, FACTS.password)
    at.desk.signing.sign_off()
    at.desk.signing.sign_on(FACTS.supervisor, FACTS.password)
    at.desk.safe.bank(5_000, "deposit", PAPER)
    at.desk.safe.bank(2_000, "withdrawal", PAPER)
    at.desk.safe.bank(500, "bank_short", PAPER, "five less")
    found = json.dumps(journal(at))
    at.store.close()
    return found


def day() -> Told:
    found: Told = json.loads(_day())
    return found


def of_kind(kind: str, nth: int = 0) -> int:
    """Where an entry of a kind stands in the day."""
    return [place for place, entry in enumerate(day()) if entry["kind"] == kind][nth]


def altered(place: int, alter: Callable[[Body, dict[str, Any]], None]) -> Told:
    """The day with a lie in one of its entries, and nothing behind it."""
    found = day()[: place + 1]
    body = json.loads(found[place]["body"])
    alter(body, found[place])
    found[place]["body"] = canonical(body)
    return chained(found, place)


def test_an_honest_day_is_believed(tmp_path: Path) -> None:
    assert push(headquarters(tmp_path), day()) == []


Alter = Callable[[Body, dict[str, Any]], None]


def values(table: str, nth: int = 0, **new: Any) -> Alter:
    return lambda body, _: of_entry(body, table, nth).update(new)


def by(staff_no: str) -> Alter:
    """Somebody else moved it."""

    def alter(body: Body, entry: dict[str, Any]) -> None:
        of_entry(body, "posting")["operator"] = entry["operator"] = staff_no

    return alter


def without(table: str) -> Alter:
    def alter(body: Body, _: dict[str, Any]) -> None:
        body["changes"] = [each for each in body["changes"] if each[0] != table]

    return alter


def as_if_for(account: str) -> Alter:
    """The books have it against another account."""

    def alter(body: Body, _: dict[str, Any]) -> None:
        line = next(each[4] for each in body["changes"] if each[0] == "posting_line" and each[4]["account"] != "1001")
        total = next(each for each in body["changes"] if each[0] == "running_total" and each[2][-1] == line["account"])
        line["account"] = total[2][-1] = account

    return alter


def of_cash(fen: int) -> Alter:
    """More than it was."""

    def alter(body: Body, _: dict[str, Any]) -> None:
        of_entry(body, "cash_movement")["amount"] = fen
        for each in body["changes"]:
            if each[0] in ("posting_line", "running_total"):
                each[4]["amount"] = fen if each[4]["amount"] > 0 else -fen

    return alter


def rounded(fen: int) -> Alter:
    """So many fen of what was paid were rounded away."""

    def alter(body: Body, _: dict[str, Any]) -> None:
        first, cash_line = of_entry(body, "payment_tender"), of_entry(body, "posting_line")
        assert (first["kind"], cash_line["account"]) == ("card", "1002")
        for table, row_, at in (("payment_tender", first, 90), ("posting_line", cash_line, 90)):
            row_["amount"] -= fen
            new = {**row_, "line": at, "amount": fen, "kind": "rounding", "reference": "", "account": "6901"}
            kept = {name: new[name] for name in row_}
            key = [kept["payment_id" if table == "payment_tender" else "posting_id"], at]
            body["changes"].append([table, "add", key, 0, kept])
        total = next(each for each in body["changes"] if each[0] == "running_total" and each[2][-1] == "1002")
        total[4]["amount"] -= fen
        body["changes"].append(
            ["running_total", "increase", [*total[2][:-1], "6901"], 0, {"amount": fen, "postings": 1}]
        )

    return alter


LIES: dict[str, tuple[str, int, Alter, str]] = {
    "a card without a slip": ("C1", 0, values("payment_tender", reference=""), "tender"),
    "a slip in another spelling": ("C1", 0, values("payment_tender", reference="slip 1"), "tender"),
    "a provider that was not asked": ("C1", 1, values("payment_tender", reference="0" * 32), "tender"),
    "a provider that said so to another order": ("C1", 1, without("mobile_payment"), "tender"),
    "a refund that nobody was asked for": ("C1.cancellation", 1, without("mobile_payment"), "tender"),
    "a sum that is rounded away": ("C1", 3, rounded(1_000), "tender"),
    "an expense that says it is a drop": ("till.cash_out", 1, values("cash_movement", purpose="drop"), "sums"),
    "a drop into nobody's safe": ("till.cash_out", 0, as_if_for("6602"), "sums"),
    "an expense without a slip": ("till.cash_out", 1, without("cash_movement"), "act"),
    "an expense beyond what one may": ("till.cash_out", 1, of_cash(60_000), "approval"),
    "expenses in pieces, beyond what one may": ("till.cash_out", 1, of_cash(50_100), "approval"),
    "an expense that nobody allowed": ("till.cash_out", 2, values("cash_movement", approved_by=""), "approval"),
    "an expense that a clerk allowed": ("till.cash_out", 2, values("cash_movement", approved_by="1002"), "approval"),
    "money out of another's drawer": ("till.cash_out", 1, by("1002"), "approval"),
    "money out of a drawer by nobody": ("till.cash_out", 1, by("9999"), "staff"),
    "money out of a drawer under another's name": ("till.cash_out", 1, values("posting", operator="1002"), "staff"),
    "a deposit on no paper": ("safe.deposit", 0, values("cash_movement", reference=""), "tender"),
    "more to the bank than one may": ("safe.deposit", 0, of_cash(30_000_000), "approval"),
    "more into a drawer than one may": ("till.cash_in", 0, of_cash(1_100_000), "approval"),
}


@pytest.mark.parametrize(("what", "on_a_stick"), at_doors(LIES))
def test_money_is_what_it_is_said_to_be(tmp_path: Path, what: str, *, on_a_stick: bool) -> None:
    kind, nth, alter, reason = LIES[what]
    lie = altered(of_kind(kind, nth), alter)
    found = push(headquarters(tmp_path), lie, tmp_path if on_a_stick else None)
    assert [(each.reason, each.state, each.seq) for each in found] == [(reason, "open", lie[-1]["seq"])]


def by_card(slip: str) -> Alter:
    """What was paid in cash was paid by card."""

    def alter(body: Body, _: dict[str, Any]) -> None:
        of_entry(body, "payment_tender").update(kind="card", reference=slip)
        for table, _op, key, _base, made in body["changes"]:
            if table == "posting_line" and made["account"] == "1001":
                made["account"] = "1002"
            if table == "running_total" and key[-1] == "1001":
                key[-1] = "1002"

    return alter


@pytest.mark.parametrize(("slip", "believed"), [("4711", False), ("4712", True)])
def test_a_slip_pays_one_order(tmp_path: Path, slip: str, believed: bool) -> None:
    told_of = lying(lying(morning(), by_card("4711"), 1), by_card(slip), 2)
    office = headquarters(tmp_path)
    assert [(found.reason, found.state) for found in push(office, told_of)] == (
        [] if believed else [("tender", "open")]
    )
    assert orders(office, told_of) == [True, True, believed, True]


def test_a_paper_of_the_bank_moves_cash_once(tmp_path: Path) -> None:
    found = day()
    place = of_kind("safe.deposit")
    body = json.loads(found[place]["body"])["changes"]
    for each in body:
        for name in ("id", "posting_id"):
            if isinstance(each[4], dict) and name in each[4]:
                each[4][name] = f"again-{each[4][name]}"
        if each[1] == "add":
            each[2] = [f"again-{each[2][0]}", *each[2][1:]]
            each[4].update({"number": 10} if "number" in each[4] else {})
    office = headquarters(tmp_path)
    assert push(office, found) == []
    (wrong,) = push(office, behind(found, "safe.deposit", body))
    assert (wrong.reason, wrong.state) == ("tender", "open")


# points pay, too


@cache
def _closing() -> str:
    """A closing that points pay a part of, as JSON: the hall's journal."""
    at = hall(of_this_run("closing"))
    for account in at.rows(LoyaltyAccount):
        for line in at.rows(Subscription, customer_id=account.customer_id, state="active", pay_type="postpaid"):
            (owner,) = at.rows(Customer, id=account.customer_id)
            named = {"number": line.number, "document_number": owner.document_number, "action": "close"}
            view = at.desk.forms.begin("C9", {**named, "points": "spend"})
            if view.errors or not any("points" in item.item for item in view.quote.lines):
                at.desk.forms.abandon(view.id)
                continue
            view = at.desk.approvals.approve(view.id, FACTS.supervisor, FACTS.password)
            due = view.quote.due
            at.desk.orders.complete(view.id, [Tender("cash", abs(due))] if due else [])
            found = json.dumps(journal(at))
            at.store.close()
            return found
    raise AssertionError("somebody has points and a bill")


def closing(alter: Alter | None = None) -> Told:
    told_of: Told = json.loads(_closing())
    if alter is not None:
        body = json.loads(told_of[-1]["body"])
        alter(body, told_of[-1])
        told_of[-1]["body"] = canonical(body)
        chained(told_of, len(told_of) - 1)
    return told_of


def spending(points: int) -> Alter:
    """The customer keeps all their points but so many."""

    def alter(body: Body, _: dict[str, Any]) -> None:
        for each in body["changes"]:
            if each[0] in ("loyalty_entry", "loyalty_account"):
                each[4]["points"] = -points

    return alter


@pytest.mark.parametrize(("points", "believed"), [(None, True), (1, False), (100_000, False)])
def test_points_pay_what_they_are_worth_and_are_spent(tmp_path: Path, points: int | None, believed: bool) -> None:
    office = headquarters(tmp_path)
    found = push(office, closing(None if points is None else spending(points)))
    assert [(each.reason, each.state) for each in found] == ([] if believed else [("sums", "open")])


# who looked, and where


@pytest.mark.parametrize(("counter", "believed"), [("HZ0101", True), ("", True), ("HZ0201", False)])
def test_who_looked_did_so_at_a_counter_of_the_outlet(tmp_path: Path, counter: str, believed: bool) -> None:
    looked = {"id": "look", "outlet": "HZ01", "operator": "1001", "counter": counter, "act": "look.customer"}
    seen = {**looked, "subject": "138", "reason": "", "business_date": "", "made_at": "2026-11-23T01:10:00.000250Z"}
    office = headquarters(tmp_path)
    told_of = behind(morning(), "look.customer", [["access_log", "add", ["look"], 0, seen]])
    found = push(office, told_of)
    assert [(each.reason, each.state) for each in found] == ([] if believed else [("foreign", "open")])
    with office.store.reading() as reading:
        assert (reading.find(AccessLog, id="look") is not None) is believed
