"""Where headquarters' rules turn of numbers that leave or are locked, of what credit control ordered, of recharge cards
and what they brought."""

from __future__ import annotations

import json
from typing import Any

import pytest

from boss_tui.components.credit.credit_control import CreditControl
from boss_tui.editions.lines import RowEdit, stored
from boss_tui.headquarters.absence import Absence
from boss_tui.headquarters.rules import controls, paid_back, pins, portings
from boss_tui.headquarters.rules.claim import OneByOne
from data.card_pins import SETTING, encipher, proof_of
from data.journal import Change
from data.tables.account import BalanceBucket, BalanceEntry
from data.tables.billing import BillPayment, CustomerBill
from data.tables.credit import CreditExemption, CreditRaise, CustomerRating
from data.tables.credit_control import ControlDone, ControlOrder
from data.tables.customer import Customer
from data.tables.edition import PublishedLine
from data.tables.finance import Payment, PaymentTender, Posting, PostingLine, TenderKind
from data.tables.life import Agreement, ScheduledAct, Suspension, ValueChange
from data.tables.order import ProductOrder, Subscription
from data.tables.organisation import Operator, Role
from data.tables.porting import NumberPorting
from data.tables.resource import NumberGrade, NumberLock, PhoneNumber
from data.tables.stock import RechargeCard
from data.tables.sync import Setting
from tests.boss_tui.components.rows import DAY, row
from tests.boss_tui.headquarters.known import Fact, change, claim, form, known, order, told

Found = list[tuple[str, bool]]
AWAY = Absence("2026-11-20T00:00:00.000000Z", "2026-11-26T00:00:00.000000Z")
WRONG, NOTED = [("move", False)], [("move", True)]
NUMBER = "13800000001"
OWNER: dict[str, Any] = {"id": "k", "holder": "individual", "state": "validated"}
LINE: dict[str, Any] = {
    "id": "l",
    "number": NUMBER,
    "outlet": "HZ01",
    "customer_id": "k",
    "account_id": "a",
    "state": "active",
    "opened_on": "2026-07-26",  # 120 days before
}
WAY: dict[str, Any] = {
    "id": "w",
    "number": NUMBER,
    "subscription_id": "l",
    "state": "authorised",
    "code": "314159",
    "made_at": "2026-11-23T01:00:00.000000Z",
    "until": "2026-11-23T02:00:00.000000Z",
}
BILL: dict[str, Any] = {"id": "b", "account_id": "a", "amount": 100, "paid": 0, "issued_on": "2026-11-01"}
BOUND: dict[str, Any] = {"id": "g", "subscription_id": "l", "state": "active", "ends_on": DAY}
STAFF = (
    row(Role, code="clerk", grade="clerk"),
    row(Role, code="supervisor", grade="supervisor"),
    row(Operator, staff_no="1001", outlet="HZ01", role="clerk", confirmed_on=DAY),
    row(Operator, staff_no="2001", outlet="HZ01", role="supervisor", confirmed_on=DAY),
)


def asks(
    *rows: Any,
    line: dict[str, Any] | None = None,
    owner: dict[str, Any] | None = None,
    way: dict[str, Any] | None = None,
    absence: Absence | None = None,
) -> Found:
    """What is said of a code that was given for a line."""
    here = (row(Subscription, **{**LINE, **(line or {})}), row(Customer, **{**OWNER, **(owner or {})}))
    entry = claim((NumberPorting, {**WAY, **(way or {})}), kind="number.porting")
    return told(portings.judge(known(*here, *rows, absence=absence), entry))


@pytest.mark.parametrize(
    ("rows", "line", "owner", "wrong"),
    [
        ([], {}, {}, []),
        ([], {"opened_on": "2026-07-27"}, {}, WRONG),
        ([], {"opened_on": "2026-07-27", "outlet": "HZ02"}, {}, NOTED),
        ([], {}, {"holder": "organization"}, WRONG),
        ([], {}, {"state": "initialized"}, WRONG),
        ([row(Suspension, id="s", subscription_id="l", state="running")], {}, {}, WRONG),
        ([row(Suspension, id="s", subscription_id="l", state="lifted")], {}, {}, []),
        ([row(Agreement, **BOUND)], {}, {}, WRONG),
        ([row(Agreement, **{**BOUND, "ends_on": "2026-11-22"})], {}, {}, []),
        ([row(CustomerBill, **BILL)], {}, {}, WRONG),
        ([row(CustomerBill, **{**BILL, "paid": 100})], {}, {}, []),
        ([row(CustomerBill, **{**BILL, "issued_on": DAY})], {}, {}, NOTED),
        ([row(NumberLock, number=NUMBER, cause="court", state="active")], {}, {}, WRONG),
        ([row(NumberLock, number=NUMBER, cause="court", state="ended")], {}, {}, []),
    ],
)
def test_a_code_is_for_who_may_leave(
    rows: list[Any], line: dict[str, Any], owner: dict[str, Any], wrong: Found
) -> None:
    assert asks(*rows, line=line, owner=owner) == wrong
    assert asks(*rows, line=line, owner=owner, way={"state": "refused"}) == []


def test_no_way_begins_at_its_end_or_with_another_number() -> None:
    assert asks(way={"state": "left"}) == asks(way={"number": "13800000002"}) == WRONG
    assert asks(row(CustomerBill, **BILL), absence=AWAY) == NOTED


@pytest.mark.parametrize(
    ("way", "wrong"),
    [
        ({"code": "1234"}, []),
        ({"code": "123"}, WRONG),
        ({"code": "123456789"}, WRONG),
        ({"code": "12 34"}, WRONG),
        ({"until": "2026-11-24T01:01:00.000000Z"}, []),
        ({"until": "2026-11-24T01:01:00.000001Z"}, WRONG),
        ({"until": "2026-11-23T01:00:00.000000Z"}, WRONG),
        ({"state": "refused", "code": "", "until": ""}, []),
    ],
)
def test_a_code_is_one_and_counts_for_a_day_at_most(way: dict[str, str], wrong: Found) -> None:
    assert asks(way=way) == wrong


LEFT = row(NumberPorting, **{**WAY, "state": "left"})
PORTED = order("C9", operator="scheduler", subscription_id="l", form_json=form(action="ported"))
PIECE = row(PhoneNumber, number=NUMBER, state="sold", subscription_id="l", grade="N")
GONE = change("phone_number", NUMBER, state="ported", subscription_id=None)


@pytest.mark.parametrize(
    ("rows", "new", "changed", "wrong"),
    [
        ([LEFT], [PORTED], [], []),
        ([], [PORTED], [], WRONG),
        ([row(NumberPorting, **WAY)], [PORTED], [], WRONG),
        ([row(NumberPorting, **WAY)], [PORTED], [change("number_porting", "w", state="left")], []),
        ([LEFT], [PORTED], [GONE], []),
        ([LEFT], [], [GONE], WRONG),
        ([], [PORTED], [GONE], WRONG * 2),
        ([LEFT], [order("C9", subscription_id="l", form_json=form(action="close"))], [GONE], WRONG),
    ],
)
def test_a_line_ends_since_its_number_has_left(
    rows: list[Any], new: list[Fact], changed: list[Change], wrong: Found
) -> None:
    here = known(row(Subscription, **LINE), PIECE, *rows)
    assert told(portings.judge(here, claim(*new, changed=changed, kind="C9"))) == wrong


@pytest.mark.parametrize(
    ("business", "action", "left", "wrong"),
    [
        ("C9", "ported", True, []),
        ("C9", "ported", False, WRONG),
        ("C9", "close", True, WRONG),
        ("C6", "ported", True, WRONG),
    ],
)
def test_what_waits_for_a_number_that_has_left(business: str, action: str, *, left: bool, wrong: Found) -> None:
    act = {"id": "x", "business": business, "subscription_id": "l", "parameters": form(action=action)}
    here = known(row(Subscription, **LINE), *([LEFT] if left else []))
    assert told(portings.judge(here, claim((ScheduledAct, act), kind="number.porting"))) == wrong
    assert told(portings.judge(here, claim((ScheduledAct, act), kind="C9"))) == []  # another's matter


LOCKED = row(NumberLock, number=NUMBER, cause="court", state="active")


@pytest.mark.parametrize(
    ("business", "typed", "lock", "wrong"),
    [
        ("C9", {"action": "close"}, {}, WRONG),
        ("C9", {"action": "close"}, {"cause": "ported"}, []),
        ("C9", {"action": "close"}, {"valid_to": "2026-11-22"}, []),
        ("C9", {"action": "close"}, {"valid_from": "2026-11-24"}, []),
        ("C9", {"action": "undo"}, {}, []),
        ("C5", {}, {}, WRONG),
        ("C2", {}, {}, WRONG),
        ("C2", {}, {"cause": "ported"}, WRONG),
        ("C8", {}, {}, []),
    ],
)
def test_a_locked_number_stays(business: str, typed: dict[str, str], lock: dict[str, Any], wrong: Found) -> None:
    locked = row(NumberLock, **{**LOCKED.__dict__, **lock})

    def found(*lines: Any, **of: Any) -> Found:
        done = order(business, **{"subscription_id": "l", "form_json": form(**typed), **of})
        return told(portings.judge(known(row(Subscription, **LINE), locked, *lines), claim(done, kind=business)))

    assert found() == wrong
    assert found(operator="scheduler") == []  # credit control closes what owes
    edit = RowEdit("number_lock", (NUMBER,), "add", {**locked.__dict__})
    today = row(PublishedLine, **stored(edit, 1, 0, DAY, at_once=False))
    assert found(today) == (NOTED if wrong else [])


@pytest.mark.parametrize(
    ("opened", "months", "wrong"),
    [("2026-05-24", 6, WRONG), ("2026-05-23", 6, []), ("2026-11-23", 0, [])],
)
def test_a_beautiful_number_is_not_transferred_before_its_time(opened: str, months: int, wrong: Found) -> None:
    rows = (row(Subscription, **{**LINE, "opened_on": opened}), PIECE)
    grade = row(NumberGrade, code="N", transfer_ban_months=months)
    for business, found in (("C5", wrong), ("C2", [])):
        entry = claim(order(business, subscription_id="l"), kind=business)
        assert told(portings.judge(known(*rows, grade), entry)) == found


# what credit control ordered


class Verdict:
    """What the desk's rule makes of a line: the act that is due, what stands already, whether it is spared."""

    def __init__(self, due: str, since: tuple[str, ...] = (), *, spared: bool = False) -> None:
        self.due = type("D", (), {"stage": type("S", (), {"row": type("R", (), {"act": due})})}) if due else None
        self.money = type("M", (), {"since": dict.fromkeys(since, DAY)})
        self.spared = ("red_list",) if spared else ()


TRUST, DOUBT = [("trust", False)], [("trust", True)]


def answered(
    outcome: str,
    verdict: Verdict,
    monkeypatch: pytest.MonkeyPatch,
    *rows: Any,
    act: str = "stop_all",
    line: dict[str, Any] | None = None,
    absence: Absence | None = None,
) -> Found:
    monkeypatch.setattr(CreditControl, "judge", lambda *_, **__: verdict)
    ordered = row(ControlOrder, id="c", subscription_id="l", act=act, outlet="HZ01")
    done = (ControlDone, {"control_order": "c", "outcome": outcome, "outlet": "HZ01"})
    here = known(row(Subscription, **{**LINE, **(line or {})}), ordered, *rows, absence=absence)
    return told(controls.judge(here, claim(done, kind="control")))


@pytest.mark.parametrize(
    ("outcome", "verdict", "wrong"),
    [
        ("not_needed", Verdict(""), []),
        ("not_needed", Verdict("stop_outgoing"), []),
        ("not_needed", Verdict("stop_all"), TRUST),
        ("not_needed", Verdict("precancel"), TRUST),
        ("not_needed", Verdict("stop_all", ("stop_outgoing",)), TRUST),
        ("not_needed", Verdict("stop_all", ("stop_all",)), []),
        ("not_needed", Verdict("stop_all", spared=True), TRUST),
        ("spared", Verdict("stop_all", spared=True), []),
        ("spared", Verdict("stop_all"), TRUST),
        ("refused", Verdict("stop_all"), TRUST),
    ],
)
def test_an_order_of_credit_control_is_not_done_for_a_reason(
    outcome: str, verdict: Verdict, wrong: Found, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert answered(outcome, verdict, monkeypatch) == wrong
    assert answered(outcome, verdict, monkeypatch, line={"outlet": "HZ02"}) == (DOUBT if wrong else [])
    if outcome != "refused":
        assert answered(outcome, verdict, monkeypatch, absence=AWAY) == (DOUBT if wrong else [])
        new = row(CustomerBill, **{**BILL, "issued_on": DAY})
        assert answered(outcome, verdict, monkeypatch, new) == (DOUBT if wrong else [])
    assert answered("refused", verdict, monkeypatch, line={"state": "terminated"}) == []


STOPPED = row(Suspension, id="s", subscription_id="l", cause="arrears_all", state="running")
PAID = row(BillPayment, id="p", bill_id="b", posting_id="g")
HELD: dict[str, Any] = {**BILL, "paid": 0, "state": "onHold"}
SAID: dict[str, Any] = {"document_kind": "00", "document_number": "1"}


@pytest.mark.parametrize(
    ("rows", "lifts", "wrong"),
    [
        ([STOPPED], "arrears_all", TRUST),
        ([STOPPED], "", []),
        ([STOPPED], "arrears_outgoing", []),
        ([row(Suspension, **{**STOPPED.__dict__, "state": "lifted"})], "arrears_all", []),
        ([row(Suspension, **{**STOPPED.__dict__, "cause": "fraud"})], "fraud", []),
        ([STOPPED, row(CustomerBill, **BILL), PAID, row(Posting, id="g", outlet="HZ01")], "arrears_all", TRUST),
        ([STOPPED, row(CustomerBill, **BILL), PAID, row(Posting, id="g", outlet="HZ02")], "arrears_all", DOUBT),
        ([STOPPED, row(CustomerBill, **HELD)], "arrears_all", DOUBT),
        ([STOPPED, row(CreditExemption, id="x", **SAID)], "arrears_all", DOUBT),
        ([STOPPED, row(CreditRaise, **SAID)], "arrears_all", DOUBT),
        ([STOPPED, row(CustomerRating, **SAID)], "arrears_all", DOUBT),
        ([STOPPED, row(CustomerRating, **{**SAID, "document_number": "2"})], "arrears_all", TRUST),
        (
            [
                STOPPED,
                row(BalanceBucket, id="u", account_id="a"),
                row(BalanceEntry, id="e", bucket_id="u", posting_id="g"),
                row(Posting, id="g", outlet="HZ02"),
            ],
            "arrears_all",
            DOUBT,
        ),
    ],
)
def test_who_has_paid_works_again(rows: list[Any], lifts: str, wrong: Found, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(CreditControl, "may_lift", lambda _self, _line, cause: cause == lifts)
    who = row(Customer, **OWNER, **SAID)

    def found(**of: Any) -> Found:
        return answered("not_needed", Verdict(""), monkeypatch, who, *rows, act="resume", **of)

    assert found() == wrong
    assert found(line={"outlet": "HZ02"}) == found(absence=AWAY) == (DOUBT if wrong else [])


def test_what_was_just_paid_is_looked_at_in_the_store(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(CreditControl, "judge", lambda *_, **__: Verdict("stop_all"))
    here = known(row(Subscription, **LINE), row(ControlOrder, id="c", subscription_id="l", act="stop_all"))
    here.learn(claim((Payment, {"id": "p", "order_id": "o0", "posting_id": "x"})))
    done = (ControlDone, {"control_order": "c", "outcome": "not_needed"})
    with pytest.raises(OneByOne):
        told(controls.judge(here, claim(done, kind="control")))


STOP = (Suspension, {"id": "s", "subscription_id": "l", "cause": "arrears_all", "state": "running"})


@pytest.mark.parametrize(
    ("act", "new", "names", "wrong"),
    [
        ("stop_all", [order("C6", subscription_id="l"), STOP], "o1", []),
        ("stop_all", [order("C6", subscription_id="l")], "o1", TRUST),
        ("stop_outgoing", [order("C6", subscription_id="l"), STOP], "o1", TRUST),
        ("stop_all", [order("C6", subscription_id="m"), STOP], "o1", TRUST),
        ("stop_all", [STOP], None, TRUST),
        ("cancel", [order("C9", subscription_id="l")], "o1", []),
        ("cancel", [order("C6", subscription_id="l")], "o1", TRUST),
        ("resume", [order("C6", subscription_id="l")], "o1", []),
        ("resume", [], None, TRUST),
        ("remind", [], None, []),
        ("call", [order("C6", subscription_id="l")], "o1", TRUST),
    ],
)
def test_what_is_said_to_be_done_is(act: str, new: list[Fact], names: str | None, wrong: Found) -> None:
    here = known(row(Subscription, **LINE), row(ControlOrder, id="c", subscription_id="l", act=act))
    done = (ControlDone, {"control_order": "c", "outcome": "done", "order_id": names})
    assert told(controls.judge(here, claim(*new, done, kind="C6.control"))) == wrong


# recharge cards

KEY = bytes(range(32))
PIN, OTHER = "123456789012345678", "876543210987654321"


@pytest.mark.parametrize(
    ("proof", "typed", "allowed", "wrong"),
    [
        (proof_of(KEY, PIN, "d1"), {}, "", []),
        (proof_of(KEY, PIN, "d0"), {}, "", [("form", False)]),  # of an order before
        (proof_of(KEY, OTHER, "d1"), {}, "", [("form", False)]),
        (proof_of(KEY, OTHER, "d1"), {"serial": "33011261000000001"}, "2001", [("form", False)]),
        ("", {}, "", [("form", False)]),
        ("", {}, "2001", [("form", False)]),
        ("", {"serial": "33011261000000001"}, "2001", []),
        ("", {"serial": "33011261000000001"}, "", [("approval", False)]),
        ("", {"serial": "33011261000000002"}, "2001", [("form", False)]),
    ],
)
def test_a_card_is_redeemed_by_its_own_pin(proof: str, typed: dict[str, str], allowed: str, wrong: Found) -> None:
    serial = "33011261000000001"
    kept = encipher(KEY, serial, PIN)
    note = {"id": "v", "order_id": "o1", "subject": serial, "field": "proof", "after": proof}
    done = order("C11", draft_id="d1", approved_by=allowed, form_json=form(action="redeem", **typed))
    entry = claim(
        done,
        *([(ValueChange, note)] if proof else []),
        changed=[change("recharge_card", serial, state="used", used_order="o1")],
        kind="C11",
    )
    secret = row(Setting, name=SETTING, value=KEY.hex())
    card = row(RechargeCard, serial=serial, state="sold", pin_cipher=kept)
    assert told(pins.judge(known(*STAFF, secret, card), entry)) == wrong
    unkept = known(*STAFF, secret, row(RechargeCard, serial=serial, state="sold"))
    assert told(pins.judge(unkept, entry)) == ([] if proof else wrong)  # of that PIN nothing is known
    altered = known(*STAFF, secret, row(RechargeCard, serial=serial, state="sold", pin_cipher=kept[:-2] + "00"))
    assert told(pins.judge(altered, entry)) == ([("form", True)] if proof else wrong)


def put(key: str, order_id: str, amount: int, kind: str, *, card: bool = False) -> list[Any]:
    """Money that came into a balance with an order: by a tender, or out of a card."""
    made = [
        row(ProductOrder, id=order_id, business="C11" if card else "C12", business_date="2026-11-01"),
        row(Posting, id=key, order_id=order_id, outlet="HZ01", business_date="2026-11-01"),
        row(BalanceEntry, id=key, bucket_id="u", posting_id=key, amount=amount),
    ]
    if card:
        return [*made, row(PostingLine, posting_id=key, line=1, account="2207", amount=amount)]
    return [
        *made,
        row(Payment, id=key, order_id=order_id, posting_id=key, due=amount),
        row(PaymentTender, payment_id=key, kind=kind, amount=amount),
    ]


WAYS = (
    row(TenderKind, code="cash", account="1001"),
    row(TenderKind, code="cheque", account="1002", clears=30),
)
BROUGHT = [*put("p1", "q1", 1_000, "cash"), *put("p2", "q2", 500, "", card=True)]


def pays(
    business: str, amount: int, *rows: Any, way: str = "cash", allowed: str = "", basket: str = "", **typed: str
) -> Found:
    """What is said of so much that is paid out of a balance."""
    done = order(business, amount=-amount, approved_by=allowed, collection=basket, form_json=form(**typed))
    entry = claim(
        done,
        (Payment, {"id": "x", "order_id": "o1", "posting_id": "z", "due": -amount}),
        (PaymentTender, {"payment_id": "x", "kind": way, "amount": -amount}),
        (PostingLine, {"posting_id": "z", "line": 1, "account": "2205", "bucket_id": "u", "amount": amount}),
        kind=business,
    )
    return told(paid_back.judge(known(*STAFF, *WAYS, *rows), entry))


@pytest.mark.parametrize(
    ("amount", "business", "typed", "alone", "with_word"),
    [
        (1_000, "C12", {"action": "refund"}, [("approval", False)], []),  # the newest first: a part of it is the card's
        (1_001, "C12", {"action": "refund"}, [("balance", False)], [("balance", False)]),
        (1_500, "C9", {"action": "close"}, [("approval", False)], []),
    ],
)
def test_the_value_of_cards_is_used_up(
    amount: int, business: str, typed: dict[str, str], alone: Found, with_word: Found
) -> None:
    assert pays(business, amount, *BROUGHT, **typed) == alone
    assert pays(business, amount, *BROUGHT, basket="b", **typed) == alone  # whatever it says it was paid with
    assert pays(business, amount, *BROUGHT, allowed="2001", **typed) == with_word
    assert pays(business, amount, *put("p1", "q1", 1_500, "cash"), **typed) == []


def test_money_goes_back_cleared_and_the_way_it_came() -> None:
    cash, cheque = put("p1", "q1", 1_000, "cash"), put("p1", "q1", 1_000, "cheque")
    assert pays("C9", 1_000, *cash, action="close") == []
    assert pays("C9", 1_000, *cash, way="cheque", action="close") == [("approval", False)]
    assert pays("C9", 1_000, *cash, way="cheque", allowed="2001", action="close") == []
    assert pays("C9", 1_000, *cheque, allowed="2001", action="close") == [("balance", False)]
    moved = row(Posting, **{**cash[1].__dict__, "outlet": "HZ02"})
    others = [moved if each is cash[1] else each for each in cash]
    assert pays("C9", 1_000, *others, way="cheque", action="close") == [("approval", True)]


def test_what_came_in_the_same_batch_is_looked_at_in_the_store() -> None:
    here = known(*STAFF, *WAYS)
    here.learn(claim((BalanceEntry, {"id": "e", "bucket_id": "u", "posting_id": "p", "amount": 5})))
    done = order("C9", amount=-5, form_json=json.dumps({"action": "close"}))
    lines = (PostingLine, {"posting_id": "z", "line": 1, "account": "2205", "bucket_id": "u", "amount": 5})
    with pytest.raises(OneByOne):
        told(paid_back.judge(here, claim(done, (Payment, {"id": "x", "order_id": "o1", "posting_id": "z"}), lines)))
