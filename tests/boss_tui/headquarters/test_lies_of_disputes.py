"""An outlet that has a provider give back what nobody disputed, or disputes what nobody charged."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from boss_tui.answers.business import Tender
from boss_tui.headquarters.rules import disputes
from data.journal import Change, canonical
from data.tables.customer import Customer
from data.tables.finance import Payment, PostingLine
from data.tables.order import ProductOrder, Subscription
from data.tables.organisation import Operator, Role
from data.tables.provider import Dispute, ProviderService, ProviderSubscription
from data.tables.service import SettlementEntry
from tests.boss_tui.components.rows import DAY, row
from tests.boss_tui.headquarters.known import Fact, change, claim, known, order, published, told
from tests.boss_tui.headquarters.liar import Body, Told, at_doors, chained, hall, headquarters, journal, push
from tests.boss_tui.headquarters.liar import row as of_entry
from tests.boss_tui.transactions.following import network_answers
from tests.hall import FACTS, Hall
from tests.homes import of_this_run


def done(at: Hall, line: Subscription, **typed: str) -> None:
    """A paid service of a line: one step of it."""
    (owner,) = at.rows(Customer, id=line.customer_id)
    view = at.desk.forms.begin("C7.5", {"number": line.number, "document_number": owner.document_number, **typed})
    assert not view.errors, view.errors
    if view.qualification.verdict == "override":
        view = at.desk.approvals.approve(view.id, FACTS.supervisor, FACTS.password)
    due = view.quote.due
    at.desk.orders.complete(view.id, [Tender("cash", due)] if due else [])
    network_answers(at)
    at.desk.serving.next_customer()


@cache
def _given_back() -> str:
    """A month that is disputed and given back, as JSON: the hall's journal."""
    at = hall(of_this_run("disputes"))
    free = (line for line in at.rows(Subscription, state="active", pay_type="postpaid"))
    line = next(line for line in free if not at.rows(ProviderSubscription, subscription_id=line.id))
    done(at, line, action="subscribe", service="MUSIC", price_told="y", agrees_again="y")
    done(at, line, action="dispute", service="MUSIC", month=DAY[:7], reason="never asked for")
    done(at, line, action="refunded", service="MUSIC")
    found = json.dumps(journal(at))
    at.store.close()
    return found


def given_back(kind_of: str = "", alter: Callable[[Body], None] | None = None) -> Told:
    """The same with a lie in the entry of a step, and nothing behind it."""
    told_of: Told = json.loads(_given_back())
    for place, entry in enumerate(told_of):
        body = json.loads(entry["body"])
        forms = [each[4].get("form_json", "") for each in body["changes"] if each[:2] == ["product_order", "add"]]
        if alter is not None and forms and json.loads(forms[0]).get("action") == kind_of:
            alter(body)
            entry["body"] = canonical(body)
            return chained(told_of[: place + 1], place)
    return told_of


def test_what_was_disputed_is_given_back(tmp_path: Path) -> None:
    assert push(headquarters(tmp_path), given_back()) == []


def twice_as_much(body: Body) -> None:
    of_entry(body, "dispute")["amount"] *= 2


def of_nothing(body: Body) -> None:
    body["changes"] = [each for each in body["changes"] if each[0] != "dispute"]


def by_nobody_who_may(body: Body) -> None:
    of_entry(body, "product_order")["approved_by"] = ""
    body["changes"] = [each for each in body["changes"] if each[2][-1:] != ["approved"]]


LIES: dict[str, tuple[str, Callable[[Body], None], str]] = {
    "twice as much": ("dispute", twice_as_much, "sums"),
    "of nothing": ("refunded", of_nothing, "sums"),
    "by nobody who may": ("refunded", by_nobody_who_may, "approval"),
}


@pytest.mark.parametrize(("what", "on_a_stick"), at_doors(LIES))
def test_a_lie_in_it_is_put_aside(tmp_path: Path, what: str, *, on_a_stick: bool) -> None:
    step, alter, reason = LIES[what]
    found = push(headquarters(tmp_path), given_back(step, alter), tmp_path if on_a_stick else None)
    assert [(each.reason, each.state) for each in found] == [(reason, "open")]


# where a rule turns

MUSIC = row(ProviderService, code="M", partner="P", fee=500, rhythm="month")
GAME = row(ProviderService, code="G", partner="P", fee=500, rhythm="piece")
HAD = [row(ProviderSubscription, id=f"h{code}", subscription_id="l", service=code) for code in ("M", "G")]
STAFF = [
    row(Operator, staff_no="1001", outlet="HZ01", role="clerk", state="active"),
    row(Operator, staff_no="2001", outlet="HZ01", role="supervisor", state="active"),
    row(Role, code="supervisor", grade="supervisor"),
]


def dispute(key: str = "d", **new: Any) -> dict[str, Any]:
    standard = {"id": key, "subscription_id": "l", "service": "M", "month": "2026-10", "amount": 500, "order_id": "o1"}
    return {**standard, "state": "requested", "reason": "x", **new}


@pytest.mark.parametrize(
    ("rows", "new", "found"),
    [
        ([], {}, []),
        ([], {"amount": 501}, [("sums", False)]),
        ([], {"amount": 0}, [("sums", False)]),
        ([], {"amount": -1}, [("sums", False)]),
        ([], {"state": "refunded"}, [("sums", False)]),
        ([], {"service": "G", "amount": 9_999}, []),
        ([], {"service": "N"}, [("sums", False)]),
        ([], {"subscription_id": "m"}, [("sums", False)]),
        ([row(Dispute, **dispute("e"))], {}, [("sums", False)]),
        ([row(Dispute, **dispute("e", state="refunded"))], {}, [("sums", False)]),
        ([row(Dispute, **dispute("e", state="refused"))], {}, []),
        ([row(Dispute, **dispute("e", month="2026-09"))], {}, []),
        ([row(Dispute, **dispute("e", service="G"))], {}, []),
    ],
)
def test_what_was_had_is_disputed_once(rows: list[Any], new: dict[str, Any], found: list[tuple[str, bool]]) -> None:
    fact: Fact = (Dispute, dispute(**new))
    assert told(disputes.judge(known(MUSIC, GAME, *HAD, *rows), claim(fact, kind="C7.5"))) == found


def test_a_fee_of_another_day_is_noted() -> None:
    lines = [
        published(1, "provider_service", ["M"], "2020-01-01", "add", **MUSIC.__dict__),
        published(2, "provider_service", ["M"], "2030-01-01", fee=900),
    ]
    fact: Fact = (Dispute, dispute(amount=900))
    assert told(disputes.judge(known(MUSIC, *HAD, *lines), claim(fact, kind="C7.5"))) == [("sums", True)]


def back(
    rows: Sequence[Any],
    fen: int,
    *,
    borne: int,
    changed: Sequence[Change],
    **new: Any,
) -> list[tuple[str, bool]]:
    """What is wrong with so many fen that a provider gives back, and that its partner bears."""
    facts: list[Fact] = [order("C7.5", **{"subscription_id": "l", "approved_by": "2001", "form_json": "{}", **new})]
    if fen:
        facts += [
            (Payment, {"id": "y", "order_id": "o1", "posting_id": "p"}),
            (PostingLine, {"posting_id": "p", "line": 1, "account": "6003", "item": "provider_refund", "amount": fen}),
            (PostingLine, {"posting_id": "p", "line": 2, "account": "2205", "item": "prepayment", "amount": -fen}),
        ]
    if borne:
        facts.append((SettlementEntry, {"id": "s", "order_id": "o1", "partner": "P", "amount": -borne}))
    return told(disputes.judge(known(MUSIC, *STAFF, *rows), claim(*facts, changed=changed, kind="C7.5")))


OPEN = row(Dispute, **dispute())
ANSWERED = change("dispute", "d", state="refunded")
WRONG = [("sums", False)]


@pytest.mark.parametrize(
    ("rows", "fen", "borne", "changed", "found"),
    [
        ([OPEN], 500, 500, [ANSWERED], []),
        ([OPEN], 501, 501, [ANSWERED], WRONG),
        ([OPEN], 500, 0, [ANSWERED], WRONG),
        ([OPEN], 500, 500, [], WRONG),
        ([OPEN], 0, 0, [ANSWERED], WRONG),
        ([OPEN], 0, 0, [change("dispute", "d", state="refused")], []),
        ([row(Dispute, **dispute(state="refused"))], 500, 500, [ANSWERED], WRONG),
        ([row(Dispute, **dispute(subscription_id="m"))], 500, 500, [ANSWERED], WRONG),
        ([], 500, 500, [ANSWERED], WRONG),
        ([], 0, 0, [], []),
    ],
)
def test_what_is_given_back_was_disputed_and_its_partner_bears_it(
    rows: list[Any], fen: int, borne: int, changed: list[Change], found: list[tuple[str, bool]]
) -> None:
    assert back(rows, fen, borne=borne, changed=changed) == found


@pytest.mark.parametrize(
    ("operator", "approved_by", "found"),
    [
        ("1001", "2001", []),
        ("2001", "", []),
        ("1001", "", [("approval", False)]),
        ("1001", "1001", [("approval", False)]),
        ("1001", "9999", [("approval", False)]),
    ],
)
def test_a_supervisor_enters_it(operator: str, approved_by: str, found: list[tuple[str, bool]]) -> None:
    given = {"operator": operator, "approved_by": approved_by}
    assert back([OPEN], 500, borne=500, changed=[ANSWERED], **given) == found


def test_what_takes_that_back_is_the_opposite_and_no_giving_back() -> None:
    of = row(ProductOrder, id="o0", business="C7.5", form_json="{}", subscription_id="l")
    assert back([of], -500, borne=-500, changed=[], reverses="o0") == []


def test_each_order_is_looked_at_whatever_the_one_before_it_is() -> None:
    """One that takes another back, and one that gives nothing back, hide nothing of what comes after them."""
    of = row(ProductOrder, id="o0", business="C7.5", form_json="{}", subscription_id="l")
    mine = {"subscription_id": "l", "approved_by": "2001", "form_json": "{}"}
    opposite = order("C7.5", id="o2", reverses="o0", **mine)
    nothing = order("C1", id="o3", **{**mine, "subscription_id": "m"})
    given: list[Fact] = [
        order("C7.5", **mine),
        (Payment, {"id": "y", "order_id": "o1", "posting_id": "p"}),
        (PostingLine, {"posting_id": "p", "line": 1, "account": "6003", "item": "provider_refund", "amount": 500}),
    ]
    for first in ([], [opposite], [nothing]):
        assert told(disputes.judge(known(MUSIC, *STAFF, of), claim(*first, *given, kind="C7.5"))) == WRONG
