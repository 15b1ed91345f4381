"""An outlet that tells of calls and questions of nobody's, of approvals that were given otherwise, and of accounts that
are opened as none is."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from boss_tui.components.operators.delegations import APPROVALS
from boss_tui.desk import shown
from boss_tui.headquarters.rules import accounts, contacts, grants, reaches
from data.journal import Change, canonical
from data.statements import instance
from data.tables.account import BillingAccount
from data.tables.credit_control import ControlDone
from data.tables.document import PaperDocument
from data.tables.eligibility import InterfaceAnswer
from data.tables.finance import Payment, PaymentTender
from data.tables.order import ProductOrder, Subscription
from data.tables.organisation import Authority, Delegation, Grant, Operator, Role
from data.tables.resource import PhoneNumber
from data.tables.service import Interaction
from tests.boss_tui.components.rows import DAY, row
from tests.boss_tui.headquarters.known import MADE, Fact, change, claim, form, known, order, told
from tests.boss_tui.headquarters.liar import Told, at_doors, chained, hall, headquarters, journal, push
from tests.boss_tui.headquarters.sly import Sly
from tests.hall import FACTS
from tests.homes import of_this_run


@cache
def _day() -> str:
    """An opening that is called off, another number, a stop that a supervisor allows: the hall's journal as JSON."""
    sly = Sly(hall(of_this_run("contacts")))
    sly.at.desk.orders.cancel(sly.at.open_account().serial, "mistaken", FACTS.supervisor, FACTS.password)
    sly.do("C6", "13957003757", action="suspend", cause="fraud", reason="疑似诈骗")
    new = next(row.number for row in sly.at.rows(PhoneNumber, state="idle", grade="N", order=("number",)))
    sly.do("C2", "13957008785", new_number=new)
    found = json.dumps(journal(sly.at))
    sly.at.store.close()
    return found


LIES: Mapping[str, tuple[str, str, str, dict[str, Any], str]] = {
    "a bank pays from the first": ("C1", "billing_account", "add", {"bank": "ICBC"}, "form"),
    "the account is of another number": ("C1", "billing_account", "add", {"number": "HZ0100009999"}, "form"),
    "the account opens again": ("C1.cancellation", "billing_account", "change", {"state": "active"}, "move"),
    "it roams further": ("C1", "subscription", "add", {"roaming": "province"}, "form"),
    "nobody is called": ("C2.completion", "interaction", "add", {"state": "completed"}, "said"),
    "somebody is called later": ("C2.completion", "interaction", "add", {"due_on": "2026-12-24"}, "said"),
    "they are called about something else": ("C2.completion", "interaction", "add", {"matter": "C8"}, "said"),
    "it holds for long": ("approve", "operator_grant", "add", {"expires_at": "2026-11-24T01:10:00.000000Z"}, "said"),
    "it was given for another form": ("C6", "operator_grant", "change", {"used_order": "none"}, "said"),
    "another thing was shown": ("C1.cancellation", "operator_grant", "add", {"shown": ""}, "said"),
}


def lied(kind: str, table: str, op: str, values: Mapping[str, Any]) -> Told:
    """The day up to an entry of a kind, with other values in a row that it adds or changes."""
    day: Told = json.loads(_day())
    place = next(at for at, entry in enumerate(day) if entry["kind"] == kind and f'"{table}"' in entry["body"])
    body = json.loads(day[place]["body"])
    next(each[4] for each in body["changes"] if each[:2] == [table, op]).update(values)
    day[place]["body"] = canonical(body)
    return chained(day[: place + 1], place)


def test_an_honest_day_is_believed(tmp_path: Path) -> None:
    assert push(headquarters(tmp_path), json.loads(_day())) == []


@pytest.mark.parametrize(("what", "on_a_stick"), at_doors(LIES))
def test_each_is_as_it_was_done(tmp_path: Path, what: str, *, on_a_stick: bool) -> None:
    kind, table, op, values, reason = LIES[what]
    found = push(headquarters(tmp_path), lied(kind, table, op, values), tmp_path if on_a_stick else None)
    assert [(each.reason, each.state) for each in found] == [(reason, "open")]


# where the rules turn: contacts

LINE = row(Subscription, id="s1", customer_id="c1")
CALL = {"id": "i", "customer_id": "c1", "order_id": "o1", "kind": "call_back", "due_on": "2026-11-26", "state": "open"}


def contact(**values: Any) -> Fact:
    return Interaction, {**CALL, "matter": "C8", **values}


CHANGES = order("C8", subscription_id="s1", customer_id="c1", form_json="{}")
ASKS = order("C13", customer_id="c1", form_json=form(matter="why"))
ASKED = {"kind": "consultation", "due_on": "", "state": "completed", "matter": "why"}


@pytest.mark.parametrize(
    ("new", "wrong"),
    [
        ([CHANGES, contact()], 0),
        ([CHANGES, contact(due_on="2026-11-27")], 1),
        ([CHANGES, contact(due_on="")], 1),
        ([CHANGES, contact(matter="C1")], 1),
        ([CHANGES, contact(state="completed")], 1),
        ([CHANGES, contact(kind="complaint")], 1),
        ([CHANGES, contact(customer_id="c2")], 1),
        ([CHANGES, contact(order_id="o2")], 1),
        ([CHANGES, contact(order_id=None)], 1),
        ([order("C10", customer_id="c1", form_json="{}"), contact(matter="C10", due_on="2026-11-30")], 0),
        ([contact(order_id=None, matter="M8", due_on=DAY), (ControlDone, {"control_order": "x"})], 0),
        ([contact(order_id=None, matter="M8"), (ControlDone, {"control_order": "x"})], 1),
        ([contact(order_id=None, matter="M8", due_on=DAY)], 1),
        ([ASKS, contact(**ASKED)], 0),
        ([ASKS, contact(**{**ASKED, "matter": "who"})], 1),
        ([ASKS, contact(**{**ASKED, "state": "open"})], 1),
        ([ASKS, contact(**{**ASKED, "due_on": DAY})], 1),
        ([CHANGES, contact(**ASKED)], 1),
    ],
)
def test_a_contact_is_what_its_order_leaves(new: Sequence[Fact], wrong: int) -> None:
    assert told(contacts.judge(known(LINE), claim(*new))) == [("said", False)] * wrong


def test_who_is_called_about_a_service_s_answer_is_called_about_that() -> None:
    answer = row(InterfaceAnswer, id="a", interface="police")
    here = row(ProductOrder, **CHANGES[1])
    settled = change("interface_answer", "a", way="call_in")
    assert told(contacts.judge(known(LINE, here, answer), claim(contact(matter="police"), changed=[settled]))) == []
    assert told(contacts.judge(known(LINE, here, answer), claim(contact(matter="police")))) == [("said", False)]


@pytest.mark.parametrize(
    ("changed", "wrong"),
    [
        ([change("interaction", "i", state="completed"), change("product_order", "o1", state="cancelled")], 0),
        ([change("interaction", "i", state="open"), change("product_order", "o1", state="cancelled")], 1),
        ([change("interaction", "i", state="completed"), change("product_order", "o1", state="completed")], 1),
        ([change("interaction", "i", state="completed"), change("product_order", "o2", state="cancelled")], 1),
        ([change("interaction", "i", base=2, state="completed")], 0),  # told elsewhere
    ],
)
def test_a_call_is_done_with_when_its_order_is_taken_back(changed: Sequence[Change], wrong: int) -> None:
    here = row(Interaction, revision=1, matter="C8", **CALL)
    assert told(contacts.judge(known(here), claim(changed=changed))) == [("move", False)] * wrong


def test_a_reversal_takes_calls_back_too() -> None:
    here = row(Interaction, revision=1, matter="C8", **CALL)
    back = claim(order("C8", id="r", reverses="o1"), changed=[change("interaction", "i", state="completed")])
    assert told(contacts.judge(known(here), back)) == []


# approvals

GIVEN = {
    "id": "g",
    "draft_id": "d",
    "rule": "right",
    "supervisor": "2001",
    "granted_at": MADE,
    "expires_at": "2026-11-23T01:10:00.000000Z",
}


def given(**values: Any) -> Fact:
    return Grant, {**GIVEN, **values}


CODE = row(Authority, id="a", kind="code", supervisor="2001", valid_until="2026-11-23T01:05:00.000000Z")


@pytest.mark.parametrize(
    ("values", "wrong"),
    [
        ({}, 0),
        ({"expires_at": "2026-11-23T01:09:00.000000Z"}, 0),
        ({"expires_at": "2026-11-23T01:08:59.999999Z"}, 1),
        ({"expires_at": "2026-11-23T01:10:00.000001Z"}, 1),
        ({"granted_at": "2026-11-23T01:00:00.000001Z"}, 1),
        ({"granted_at": "2026-11-23T00:58:59.000000Z", "expires_at": "2026-11-23T01:08:59.000000Z"}, 1),
        ({"on_behalf_of": "2002"}, 1),
        ({"authority": "none"}, 1),
        ({"authority": "a", "expires_at": "2026-11-23T01:05:00.000000Z"}, 0),
        ({"authority": "a"}, 1),
        ({"authority": "a", "supervisor": "2002", "expires_at": "2026-11-23T01:05:00.000000Z"}, 1),
    ],
)
def test_an_approval_holds_for_as_long_as_one_does(values: dict[str, Any], wrong: int) -> None:
    assert told(grants.judge(known(CODE), claim(given(**values), kind="approve"))) == [("said", False)] * wrong


def test_who_stands_in_for_somebody_says_so() -> None:
    handed = {"outlet": "HZ01", "right": APPROVALS, "since": DAY, "until": DAY, "withdrawn_on": ""}
    at_work = [
        row(Operator, staff_no=staff_no, outlet="HZ01", role=role, state="active", confirmed_on=DAY)
        for staff_no, role in (("2001", "clerk"), ("2002", "supervisor"))
    ]
    rows = [row(Delegation, giver="2002", taker="2001", **handed), *at_work]
    rows += [row(Role, code=code, grade=code) for code in ("clerk", "supervisor")]
    assert told(grants.judge(known(*rows), claim(given(on_behalf_of="2002"), kind="approve"))) == []
    assert told(grants.judge(known(*rows), claim(given(on_behalf_of="2003"), kind="approve"))) == [("said", False)]


HERE = row(Grant, revision=1, shown="x", **GIVEN)
USED = change("operator_grant", "g", used_order="o1")
PAID = [
    (Payment, {"id": "p", "order_id": "o1", "posting_id": "x"}),
    (PaymentTender, {"payment_id": "p", "line": 1, "kind": "cash", "amount": -500, "reference": ""}),
]


@pytest.mark.parametrize(
    ("new", "grant", "wrong"),
    [
        ([order(draft_id="d", approved_by="2001")], {}, 0),
        ([order(draft_id="d", approved_by="2001,2002")], {}, 0),
        ([order(draft_id="d", approved_by="2002")], {}, 1),
        ([order(draft_id="d", approved_by="")], {}, 1),
        ([order(draft_id="e", approved_by="2001")], {}, 1),
        ([order(draft_id="d", approved_by="2001", id="o2")], {}, 1),
        ([order(draft_id="d", approved_by="2001")], {"paid_out": '[["cash",500,""]]'}, 1),
        ([order(draft_id="d", approved_by="2001", amount=-500), *PAID], {"paid_out": '[["cash",500,""]]'}, 0),
        ([order(draft_id="d", approved_by="2001", amount=-500), *PAID], {"paid_out": '[["card",500,""]]'}, 1),
        ([order(draft_id="d", approved_by="2001", amount=-500), *PAID], {"paid_out": "x"}, 1),
        ([order(draft_id="d", approved_by="2001")], {"expires_at": "2026-11-23T00:59:00.000000Z"}, 0),
        ([order(draft_id="d", approved_by="2001")], {"expires_at": "2026-11-23T00:58:59.999999Z"}, 1),
    ],
)
def test_an_approval_goes_to_the_order_it_was_given_for(new: Sequence[Fact], grant: dict[str, Any], wrong: int) -> None:
    here = instance(Grant, {**HERE.__dict__, **grant})
    assert told(grants.judge(known(here), claim(*new, changed=[USED]))) == [("said", False)] * wrong


def test_two_who_allowed_one_form_saw_the_same() -> None:
    other = row(Grant, revision=1, shown="y", **{**GIVEN, "id": "h"})
    both = [USED, change("operator_grant", "h", used_order="o1")]
    new = order(draft_id="d", approved_by="2001")
    assert told(grants.judge(known(HERE, other), claim(new, changed=both))) == [("said", False)]


def test_who_allows_that_an_order_is_taken_back_saw_it_as_it_stood() -> None:
    of = row(ProductOrder, **order(draft_id="d", state="inProgress", approved_by="")[1])
    off = change("product_order", "o1", state="cancelled", approved_by="2001")
    seen = {"rule": "cancellation", "used_order": "o1", "shown": shown.of_order(of)}
    for values, wrong in (({}, 0), ({"shown": "x"}, 1), ({"rule": "right"}, 1), ({"paid_out": "[]"}, 1)):
        cancelled = claim(given(**{**seen, **values}), changed=[off], kind="C12.cancellation")
        assert told(grants.judge(known(of), cancelled)) == [("said", False)] * wrong, values


# accounts

ACCOUNT = {"id": "a", "number": "HZ0100000001", "bank": "", "bank_account": ""}
SAYS = PaperDocument, {"id": "w", "content": '{"account":"HZ0100000001"}'}


@pytest.mark.parametrize(
    ("values", "wrong"),
    [
        ({}, 0),
        ({"number": "HZ0100000002"}, 1),
        ({"number": "HZ02"}, 1),
        ({"bank": "ICBC"}, 1),
        ({"bank_account": "6222"}, 1),
        ({"pay_method": "bank_debit"}, 1),
        ({"state": "closed"}, 1),
    ],
)
def test_an_account_is_opened_as_one_is(values: dict[str, Any], wrong: int) -> None:
    new = claim((BillingAccount, {**ACCOUNT, **values}), SAYS)
    assert told(accounts.judge(known(), new)) == [("form", False)] * wrong


def test_a_closed_account_never_opens_again() -> None:
    again, closes = (change("billing_account", "a", state=state) for state in ("active", "closed"))
    assert told(accounts.judge(known(), claim(changed=[again]))) == [("move", False)]
    assert told(accounts.judge(known(), claim(changed=[closes]))) == []


@pytest.mark.parametrize(
    ("typed", "pay_type", "roaming", "wrong"),
    [
        ("national", "postpaid", "national", 0),
        ("national", "postpaid", "province", 1),
        ("national", "prepaid", "province", 0),
        ("national", "prepaid", "national", 1),
        ("none", "prepaid", "none", 0),
        ("none", "prepaid", "province", 1),
    ],
)
def test_a_line_roams_as_its_form_says(typed: str, pay_type: str, roaming: str, wrong: int) -> None:
    opens = order("C1", subscription_id="s1", form_json=form(roaming=typed, long_distance="domestic"))
    line = Subscription, {"id": "s1", "pay_type": pay_type, "roaming": roaming, "long_distance": "domestic"}
    assert told(reaches.judge(known(), claim(opens, line))) == [("form", False)] * wrong
