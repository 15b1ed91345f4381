"""Cash that is moved without an order, as headquarters judges it: where each rule turns, on rows in memory."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pytest

from boss_tui.components.ledger.ledger import BANK, CARD, CASH, OVER_SHORT, SAFE, SUNDRY_EXPENSES, SUSPENSE
from boss_tui.headquarters.rules import cash
from data.journal import Change
from data.tables.finance import CashMovement, Posting, PostingLine, Shift
from data.tables.mobile import MobilePayment
from data.tables.organisation import CashLimit, Delegation, Operator, Role
from tests.boss_tui.components.rows import DAY, row
from tests.boss_tui.headquarters.known import Fact, change, claim, known, published, told
from tests.boss_tui.headquarters.test_tenders_edges import WAYS

STAFF = [
    row(Operator, staff_no="1001", outlet="HZ01", role="clerk", state="active"),
    row(Operator, staff_no="1002", outlet="HZ01", role="clerk", state="active"),
    row(Operator, staff_no="1003", outlet="HZ01", role="cashier", state="active"),
    row(Operator, staff_no="2001", outlet="HZ01", role="supervisor", state="active"),
    row(Operator, staff_no="2002", outlet="HZ01", role="supervisor", state="active"),
    row(Role, code="clerk", grade="clerk"),
    row(Role, code="cashier", grade="clerk"),
    row(Role, code="supervisor", grade="supervisor"),
    row(Shift, id="h", outlet="HZ01", operator="1001", state="open"),
]
LIMITS = [
    row(CashLimit, role="clerk", float_limit=1_000, expense_limit=500, bank_limit=0),
    row(CashLimit, role="supervisor", float_limit=2_000, expense_limit=1_500, bank_limit=9_000),
]


def cash_moved(
    purpose: str | None,
    debit: str,
    credit: str,
    fen: int = 100,
    *,
    here: Sequence[Any] = LIMITS,
    operator: str = "1001",
    changed: Sequence[Change] = (),
    shift: str | None = "h",
    **new: Any,
) -> list[str]:
    """The reasons of what is wrong with cash that is moved; notes in brackets."""
    facts: list[Fact] = [
        (
            Posting,
            {
                "id": "p",
                "outlet": "HZ01",
                "business_date": DAY,
                "order_id": None,
                "shift_id": shift,
                "operator": operator,
            },
        ),
        (PostingLine, {"posting_id": "p", "line": 1, "account": debit, "amount": fen}),
        (PostingLine, {"posting_id": "p", "line": 2, "account": credit, "amount": -fen}),
    ]
    if purpose is not None:
        movement = {"id": "m", "outlet": "HZ01", "number": 1, "posting_id": "p", "purpose": purpose, "amount": fen}
        facts.append((CashMovement, {**movement, **new}))
    entry = claim(*facts, changed=changed, kind="till", operator=operator)
    faults = told(cash.judge(known(*WAYS, *STAFF, *here), entry))
    return [f"({reason})" if note else reason for reason, note in faults]


@pytest.mark.parametrize(
    ("purpose", "debit", "credit", "expected"),
    [
        ("change", CASH, SAFE, []),
        ("change", SAFE, CASH, ["sums"]),
        ("change", CASH, SUNDRY_EXPENSES, ["sums"]),
        ("return", CASH, SUNDRY_EXPENSES, []),
        ("drop", SAFE, CASH, []),
        ("expense", SUNDRY_EXPENSES, CASH, []),
        ("expense", SAFE, CASH, ["sums"]),
        ("float", CASH, SAFE, []),
        ("suspense_back", SUSPENSE, CASH, []),
        ("suspense_back", SAFE, CASH, ["sums"]),
        (None, CASH, SAFE, []),
        (None, SAFE, OVER_SHORT, []),
        (None, SUNDRY_EXPENSES, CASH, ["act"]),
        (None, BANK, SAFE, ["act"]),
        (None, CARD, CASH, ["act"]),
        (None, SUSPENSE, CARD, []),
    ],
)
def test_cash_goes_where_its_purpose_says(purpose: str | None, debit: str, credit: str, expected: list[str]) -> None:
    assert cash_moved(purpose, debit, credit) == expected


def at_the_bank(purpose: str = "deposit", debit: str = BANK, credit: str = SAFE, **more: Any) -> list[str]:
    standard = {"operator": "2001", "shift": None, "reference": "R"}
    return cash_moved(purpose, debit, credit, **{**standard, **more})


def before(**new: Any) -> Any:
    standard = {"id": "b", "outlet": "HZ01", "number": 9, "posting_id": "pb", "purpose": "deposit", "reference": "R"}
    return row(CashMovement, **{**standard, "amount": 100, **new})


@pytest.mark.parametrize(
    ("rows", "new", "expected"),
    [
        ([], {}, []),
        ([], {"reference": ""}, ["tender"]),
        ([], {"reference": "r"}, ["tender"]),
        ([before()], {}, ["tender"]),
        ([before(purpose="withdrawal")], {}, []),
        ([before(outlet="HZ02")], {}, []),
        ([before(reference="Q")], {}, []),
        ([], {"fen": 9_000}, []),
        ([], {"fen": 9_001}, ["approval"]),
        ([], {"operator": "1001"}, ["approval"]),
    ],
)
def test_a_paper_of_the_bank_moves_cash_once(rows: list[Any], new: dict[str, Any], expected: list[str]) -> None:
    assert at_the_bank(here=[*LIMITS, *rows], **new) == expected


def test_what_the_bank_counted_is_of_a_deposit_and_needs_no_paper_of_its_own() -> None:
    assert at_the_bank("bank_short", OVER_SHORT, BANK, here=[*LIMITS, before()]) == []
    assert at_the_bank("bank_over", BANK, OVER_SHORT, here=[*LIMITS, before()]) == []
    assert at_the_bank("bank_short", BANK, OVER_SHORT, here=[*LIMITS, before()]) == ["sums"]


@pytest.mark.parametrize(
    ("purpose", "fen", "new", "expected"),
    [
        ("expense", 500, {}, []),
        ("expense", 501, {}, ["approval"]),
        ("expense", 501, {"approved_by": "2001"}, []),
        ("expense", 1_501, {"approved_by": "2001"}, ["approval"]),
        ("expense", 501, {"approved_by": "1002"}, ["approval"]),
        ("expense", 100, {"approved_by": "1002"}, ["approval"]),
        ("expense", 100, {"approved_by": "9999"}, ["approval"]),
        ("expense", 500, {"operator": "1002"}, ["approval"]),  # another's drawer
        ("expense", 500, {"operator": "1002", "approved_by": "2001"}, []),
        ("expense", 500, {"operator": "2001"}, []),
        ("expense", 500, {"operator": "9999"}, ["staff", "approval"]),
        ("drop", 99_999, {}, []),
        ("drop", 99_999, {"operator": "1002"}, ["approval"]),
        ("change", 1_000, {}, []),
        ("change", 1_001, {}, ["approval"]),
        ("return", 501, {}, ["approval"]),
    ],
)
def test_cash_is_moved_by_who_may_move_so_much(
    purpose: str, fen: int, new: dict[str, Any], expected: list[str]
) -> None:
    assert cash_moved(purpose, *cash.BETWEEN[purpose], fen, **new) == expected


def test_the_limit_is_that_of_the_role_then_of_its_grade_then_every_outlet_s() -> None:
    of_cashier = [row(Shift, id="c", outlet="HZ01", operator="1003", state="open")]
    expense = cash.BETWEEN["expense"]
    assert cash_moved("expense", *expense, 500, operator="1003", shift="c", here=[*LIMITS, *of_cashier]) == []
    assert cash_moved("expense", *expense, 501, operator="1003", shift="c", here=[*LIMITS, *of_cashier]) == ["approval"]
    own = row(CashLimit, role="cashier", expense_limit=600)
    assert cash_moved("expense", *expense, 600, operator="1003", shift="c", here=[*LIMITS, own, *of_cashier]) == []
    assert cash_moved("expense", *expense, 50_000, here=[]) == []
    assert cash_moved("expense", *expense, 50_001, here=[]) == ["approval"]
    assert cash_moved("expense", *expense, 50_000, operator="1003", shift="c", here=of_cashier) == []
    assert cash_moved("expense", *expense, 1, here=LIMITS[1:]) == ["approval"], "no limit is published for clerks"


def test_a_limit_of_another_day_is_noted() -> None:
    lines = [
        published(1, "cash_limit", ["clerk"], "2020-01-01", "add", **LIMITS[0].__dict__),
        published(2, "cash_limit", ["clerk"], "2030-01-01", expense_limit=700),
    ]
    expense = cash.BETWEEN["expense"]
    assert cash_moved("expense", *expense, 700, here=[*LIMITS, *lines]) == ["(approval)"]
    assert cash_moved("expense", *expense, 701, here=[*LIMITS, *lines]) == ["approval"]


def test_who_stands_in_gives_the_word_of_who_handed_it_over() -> None:
    handed = row(
        Delegation, outlet="HZ01", number=1, giver="2001", taker="1002", right="approvals", since=DAY, until=DAY
    )
    expense = cash.BETWEEN["expense"]
    assert cash_moved("expense", *expense, 1_500, approved_by="1002", here=[*LIMITS, handed]) == []
    assert cash_moved("expense", *expense, 1_501, approved_by="1002", here=[*LIMITS, handed]) == ["approval"]


def spent(fen: int, **new: Any) -> list[Any]:
    """What was spent out of the drawer before."""
    posting = {"id": "q", "outlet": "HZ01", "shift_id": "h", "order_id": None, "business_date": DAY}
    movement = {"id": "b", "outlet": "HZ01", "number": 9, "posting_id": "q", "purpose": "expense", "amount": fen}
    of_movement = {name: value for name, value in new.items() if name in ("purpose", "approved_by")}
    of_posting = {name: value for name, value in new.items() if name not in of_movement}
    return [row(Posting, **{**posting, **of_posting}), row(CashMovement, **{**movement, **of_movement})]


@pytest.mark.parametrize(
    ("rows", "fen", "expected"),
    [
        (spent(300), 200, []),
        (spent(300), 201, ["approval"]),
        (spent(300, approved_by="2001"), 500, []),
        (spent(300, purpose="drop"), 500, []),
        (spent(300, shift_id="g"), 500, []),
        (spent(300, order_id="o"), 500, []),
    ],
)
def test_a_limit_is_none_where_it_can_be_taken_again(rows: list[Any], fen: int, expected: list[str]) -> None:
    assert cash_moved("expense", *cash.BETWEEN["expense"], fen, here=[*LIMITS, *rows]) == expected
    assert cash_moved("change", *cash.BETWEEN["change"], 500, here=[*LIMITS, *rows]) == []
    allowed = cash_moved("expense", *cash.BETWEEN["expense"], fen, here=[*LIMITS, *rows], approved_by="2001")
    assert allowed == []


def test_a_drawer_that_is_taken_over_is_under_no_limit() -> None:
    taken = row(Shift, id="t", outlet="HZ01", operator="1001", state="open", taken_from="h")
    assert cash_moved("float", CASH, SAFE, 5_000, shift="t", here=[*LIMITS, taken]) == []
    assert cash_moved("float", CASH, SAFE, 5_000) == ["approval"]
    assert cash_moved("change", CASH, SAFE, 5_000, shift="t", here=[*LIMITS, taken]) == ["approval"]


REFUSED = {"order_no": "N", "outlet": "HZ01", "kind": "wechat", "amount": -100, "state": "closed", "refund_of": "M"}
SEEN_TO = change("mobile_payment", "N", dropped=1)


@pytest.mark.parametrize(
    ("new", "changed", "account", "expected"),
    [
        ({}, [SEEN_TO], "1013", []),
        ({}, [SEEN_TO], CARD, ["sums"]),
        ({}, [], "1013", ["sums"]),
        ({}, [change("mobile_payment", "N", state="asked")], "1013", ["sums"]),
        ({}, [change("mobile_payment", "L", dropped=1)], "1013", ["sums"]),
        ({"amount": -99}, [SEEN_TO], "1013", ["sums"]),
        ({"state": "refunded"}, [SEEN_TO], "1013", ["sums"]),
        ({"dropped": 1}, [SEEN_TO], "1013", ["sums"]),
        ({"refund_of": ""}, [SEEN_TO], "1013", ["sums"]),
        ({"kind": "gold"}, [SEEN_TO], "1013", ["sums"]),
    ],
)
def test_what_a_provider_refuses_to_give_back_is_paid_in_cash_once(
    new: dict[str, Any], changed: list[Change], account: str, expected: list[str]
) -> None:
    here = [*LIMITS, row(MobilePayment, **{**REFUSED, **new})]
    told_of = cash_moved("refund", account, CASH, 100, here=here, changed=changed, approved_by="2001")
    assert told_of == expected


def test_who_moves_it_is_who_tells_of_it_and_at_work_there() -> None:
    posting = {"id": "p", "outlet": "HZ01", "business_date": DAY, "order_id": None, "shift_id": None}
    entered = [(Posting, {**posting, "operator": "1001"})]
    assert told(cash.judge(known(*WAYS, *STAFF), claim(*entered, operator="1002", kind="till"))) == [("staff", False)]
    assert told(cash.judge(known(*WAYS, *STAFF), claim(*entered, operator="1001", kind="till"))) == []
    of_order = [(Posting, {**posting, "operator": "9999", "order_id": "o"})]
    assert told(cash.judge(known(*WAYS, *STAFF), claim(*of_order, operator="1002"))) == []


@pytest.mark.parametrize(("taken_from", "expected"), [("h", []), (None, [("staff", False)])])
def test_who_takes_a_drawer_over_has_its_float_posted_by_who_hands_it_over(
    taken_from: str | None, expected: list[Any]
) -> None:
    posting = {"id": "p", "outlet": "HZ01", "business_date": DAY, "order_id": None, "operator": "1001"}
    shift = {"id": "t", "outlet": "HZ01", "operator": "1001", "state": "open", "taken_from": taken_from}
    entered = claim((Posting, posting), (Shift, shift), operator="1002", kind="shift.hand_over")
    assert told(cash.judge(known(*WAYS, *STAFF), entered)) == expected


def test_each_posting_is_looked_at_whatever_the_one_before_it_tells() -> None:
    def posted(key: str, debit: str, credit: str) -> list[Fact]:
        of = {"id": key, "outlet": "HZ01", "business_date": DAY, "order_id": None, "shift_id": "h", "operator": "1001"}
        sides = enumerate(((debit, 100), (credit, -100)), 1)
        return [
            (Posting, of),
            *((PostingLine, {"posting_id": key, "line": n, "account": of_, "amount": fen}) for n, (of_, fen) in sides),
        ]

    unsaid = [*posted("p", CASH, SAFE), *posted("q", SUNDRY_EXPENSES, CASH)]
    assert told(cash.judge(known(*WAYS, *STAFF), claim(*unsaid, kind="till"))) == [("act", False)]
